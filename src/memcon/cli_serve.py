"""``memcon serve``: the ledger as pages for the people at this machine, and an API for its programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Final

import typer

from memcon.errors import MemconError

if TYPE_CHECKING:
    from memcon.web.shelf import Shelf

__all__ = ["serve_command"]

_USAGE: Final = 2
_PORT: Final = 8765


def serve_command(
    ledger: Annotated[str, typer.Option("--ledger", metavar="FILE", envvar="MEMCON_LEDGER", help="The ledger's file.")] = "memcon.db",
    host: Annotated[
        str, typer.Option(metavar="ADDRESS", help="The address to listen at. Others than this machine's own show the ledger to whoever reaches it.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="The port; 0 for any that is free.")] = _PORT,
    allow_host: Annotated[
        list[str] | None, typer.Option("--allow-host", metavar="NAME", help="A further name by which the server may be called; may be given again.")
    ] = None,
) -> None:
    """Show the ledger as web pages, until Ctrl-C. Nothing can be changed from them."""
    import socket
    import threading

    import uvicorn

    from memcon.web.app import create_app

    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        app = create_app(ledger, hosts=[*(allow_host or ()), host])
    except MemconError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(_USAGE) from error
    sock = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)  # named, so that asyncio sends small answers at once
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        sock.bind((host, port))
        sock.listen(128)
    except OSError as error:
        typer.echo(f"{host}:{port}: cannot listen there ({error.strerror}); choose another with --port", err=True)
        raise typer.Exit(_USAGE) from error
    shown = f"[{host}]" if family == socket.AF_INET6 else host
    typer.echo(f"http://{shown}:{sock.getsockname()[1]}/  (Ctrl-C ends it)")
    threading.Thread(target=_warm, args=(app.state.shelf,), daemon=True).start()
    config = uvicorn.Config(
        app,
        log_level="warning",
        access_log=False,
        server_header=False,
        date_header=False,
        lifespan="off",
        timeout_keep_alive=30,
        limit_concurrency=500,
    )
    uvicorn.Server(config).run(sockets=[sock])


def _warm(shelf: Shelf) -> None:
    """Load and count what the first readers would otherwise wait for."""
    import networkx as nx  # noqa: F401

    from memcon.run import sentence_index
    from memcon.web.home import coverage

    with shelf.reading() as browser:
        coverage(browser, shelf)
    sentence_index("Made ready.")
