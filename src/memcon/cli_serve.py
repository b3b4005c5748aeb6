"""``memcon serve``: the ledger as pages for the people at this machine, and an API for its programs."""

from __future__ import annotations

import os
from typing import Annotated, Final

import typer

from memcon.errors import MemconError

__all__ = ["serve_command"]

_USAGE: Final = 2
_PORT: Final = 8765
_PROCESSES: Final = 2


def serve_command(
    ledger: Annotated[str, typer.Option("--ledger", metavar="FILE", envvar="MEMCON_LEDGER", help="The ledger's file.")] = "memcon.db",
    host: Annotated[
        str, typer.Option(metavar="ADDRESS", help="The address to listen at. Others than this machine's own show the ledger to whoever reaches it.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="The port; 0 for any that is free.")] = _PORT,
    allow_host: Annotated[
        list[str] | None, typer.Option("--allow-host", metavar="NAME", help="A further name by which the server may be called; may be given again.")
    ] = None,
    processes: Annotated[
        int, typer.Option("--processes", metavar="N", min=0, max=64, help="Processes that make pages; 0: two, or as many as there are processors.")
    ] = 0,
) -> None:
    """Show the ledger as web pages, until Ctrl-C. Nothing can be changed from them."""
    import socket

    from memcon.web.app import create_app
    from memcon.web.serving import Team, listening, serve

    try:
        app = create_app(ledger, hosts=[*(allow_host or ()), host])
    except MemconError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(_USAGE) from error
    beside = (processes or min(_PROCESSES, os.cpu_count() or 1)) - 1 if hasattr(socket, "SO_REUSEPORT") else 0
    try:
        # Alone at first: two servers must not share an address by mistake.
        listening((host, port)).close()
        sock = listening((host, port), shared=beside > 0)
    except OSError as error:
        typer.echo(f"{host}:{port}: cannot listen there ({error.strerror}); choose another with --port", err=True)
        raise typer.Exit(_USAGE) from error
    if app.state.shelf.outdated():
        from memcon.cli_ledger import OUTDATED

        typer.echo(f"{ledger}: {OUTDATED}", err=True)
    shown = f"[{host}]" if ":" in host else host
    typer.echo(f"http://{shown}:{sock.getsockname()[1]}/  (Ctrl-C ends it)")
    if beside == 0:
        serve(sock, app)
        return
    with Team((host, sock.getsockname()[1]), ledger, [*(allow_host or ()), host], beside):
        serve(sock, app)
