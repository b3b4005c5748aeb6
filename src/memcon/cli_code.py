"""``memcon code`` and ``memcon join``: claims and judgements as Parquet, by processes here or on a cluster.

Exit codes: 0 all done, 1 some shards or reports were not, 2 wrong usage or a place that cannot be used.
"""

from __future__ import annotations

from collections import Counter
from typing import Annotated, Final

import typer

from memcon.cli_ledger import field_map, progress
from memcon.errors import MemconError, shown

__all__ = ["code_command", "join_command"]

_SOME_NOT: Final = 1
_USAGE: Final = 2
_KINDS: Final = {"report": "reports", "aside": "set aside", "passed": "passed over", "unreadable": "not read", "failed": "failed"}

Engine = Annotated[str, typer.Option("--engine", metavar="NAME", help="local (processes here), dask (a cluster of processes here), or a Dask scheduler's address: tcp://HOST:8786.")]
Jobs = Annotated[int, typer.Option("--jobs", "-j", metavar="N", min=0, help="Workers that are started here; 0: one for each processor.")]


def code_command(
    sources: Annotated[list[str], typer.Argument(metavar="SOURCE...", help="Files, folders and patterns as of memcon add, Parquet too; or addresses in object stores (s3://…, gs://…).", show_default=False)],
    to: Annotated[str, typer.Option("--to", metavar="DIR", help="Folder for the claims, here or in an object store.")],
    engine: Engine = "local",
    jobs: Jobs = 0,
    published: Annotated[str | None, typer.Option(metavar="DATE", help="Day the reports were published, where they do not say.")] = None,
    outlet: Annotated[str | None, typer.Option(metavar="NAME", help="Who published the reports.")] = None,
    language: Annotated[str | None, typer.Option(metavar="CODE", help="Language of the reports, as en; else found out.")] = None,
    fields: Annotated[str | None, typer.Option(metavar="MAP", help="Names in JSON, CSV or Parquet records, as text=body,title=headline; else guessed.")] = None,
    everything: Annotated[bool, typer.Option("--all", help="Code reports too that cannot tell of a contact.")] = False,
) -> None:
    """Read reports into claims as Parquet, a file a shard. What is there is not done again: the same command goes on where it ended.

    `memcon add --claims DIR` takes the claims into a ledger, `memcon join DIR` joins them without one.
    """
    from memcon.batch import use_one_thread
    from memcon.resolve.times import span

    use_one_thread()  # before pyarrow loads numpy: in this process too, threads of linear algebra would only get in each other's way
    if published is not None and span(published) is None:
        raise typer.BadParameter(f"{published!r} is no date: write 2024-03-12, 2024-03 or 2024", param_hint="--published")
    try:
        from memcon.scale.plan import Options

        options = Options(published=published, outlet=outlet, language=language, fields=field_map(fields), sift=not everything)
        _needs_pyarrow()
        trouble = _code(sources, to, options, engine, jobs)
    except MemconError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(_USAGE) from error
    raise typer.Exit(_SOME_NOT if trouble else 0)


def _needs_pyarrow() -> None:
    try:
        import pyarrow.parquet  # noqa: F401 — only whether it is there
    except ImportError as error:
        raise MemconError("Parquet needs pyarrow: install memcon[scale]") from error


def _code(sources: list[str], to: str, options: object, engine: str, jobs: int) -> bool:
    """Code all; whether there was trouble."""
    from memcon.scale import coding, engines
    from memcon.scale.plan import Options, Shard, plan

    assert isinstance(options, Options)
    trouble = False
    shards: list[Shard] = []
    for found in plan(sources):
        if isinstance(found, Shard):
            shards.append(found)
        else:
            trouble = True
            typer.echo(str(found), err=True)
    counts: Counter[str] = Counter()
    with engines.chosen(engine, jobs) as chosen, progress() as bar:
        steps = iter(bar.each(shards))
        for done in coding.coded(shards, options, to, chosen):
            next(steps, None)
            if isinstance(done, MemconError):
                trouble = True
                bar.complain(str(done))
                continue
            counts["coded" if done.new else "known"] += 1
            counts.update({_KINDS[k]: n for k, n in done.counts.items()})
            bar.say(f"{done.file}  {'coded  ' if done.new else 'known  '}{done.name}")
        next(steps, None)
    told = ", ".join(f"{counts[x]:,} {x}" for x in _KINDS.values() if counts[x] or x == "reports")
    typer.echo(f"shards: {counts['coded']:,} coded, {counts['known']:,} known; {told} in {shown(to)}", err=True)
    return trouble


def join_command(
    claims: Annotated[str, typer.Argument(metavar="DIR", help="Folder of claims that memcon code wrote.", show_default=False)],
    to: Annotated[str | None, typer.Option("--to", metavar="DIR", help="Folder for the judgements; else `judgements` in the folder of the claims.")] = None,
    engine: Engine = "local",
    jobs: Jobs = 0,
) -> None:
    """Join claims as a ledger does, without one: which people, visits, meetings, agreements and statements are one, and why, as Parquet."""
    from memcon.batch import use_one_thread
    from memcon.scale import engines

    use_one_thread()
    try:
        _needs_pyarrow()
        from memcon.scale import joining

        with engines.chosen(engine, jobs) as chosen:
            counts = joining.join(claims, to, chosen)
    except MemconError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(_USAGE) from error
    typer.echo(", ".join(f"{n:,} {what}" for what, n in counts.items()), err=True)
