"""``fogline serve``: the ledger in a browser, and for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

from typer import Option

from .options import LedgerPath

if TYPE_CHECKING:
    import socket

    from ..serve import Tokens


def serve(
    ledger: LedgerPath = None,
    host: Annotated[
        str, Option(metavar="ADDRESS", help="Where to listen; others need a token.")
    ] = "127.0.0.1",
    port: Annotated[
        int, Option(min=0, max=65535, metavar="N", help="The port; 0 takes any that is free.")
    ] = 8765,
    name: Annotated[
        list[str] | None,
        Option(metavar="NAME", help="A name that the server is reached by; may be given again."),
    ] = None,
    token: Annotated[
        list[str] | None,
        Option(
            metavar="ROLE[:NAME]",
            help="Make a token and print it once: read, review or add, for whom; may be given again.",
        ),
    ] = None,
    revoke: Annotated[
        list[str] | None, Option(metavar="NAME", help="Take back the token of that name; may be given again.")
    ] = None,
    rate: Annotated[
        float,
        Option(
            min=1,
            metavar="N",
            help="Requests a second that one address may make; more where many people share one.",
        ),
    ] = 200.0,
    no_browser: Annotated[bool, Option("--no-browser", help="Do not open the page.")] = False,
    log: Annotated[
        Literal["human", "json"] | None,
        Option("--log", help="Write a line a request on standard error.  [default: none]"),
    ] = None,
) -> int:
    """Serve the ledger: a page for people, REST under /api/v1 for programs.

    It listens on this machine alone, and any other address is refused until there is a token. Once tokens
    were made, nobody comes in without one. Other processes cannot open the ledger meanwhile.

    \b
    Examples:
      fogline serve
      fogline serve --token review:maria --token read:desk
      fogline serve --host 0.0.0.0 --name ledger.example.org --no-browser
    """
    import getpass
    import sys
    import threading
    import webbrowser
    from contextlib import suppress

    import uvicorn

    from ..errors import QueryError
    from ..logs import logger
    from ..serve import Limits, Served, Tokens, create_app, is_loopback
    from ..settings import load
    from .console import note
    from .open import open_ledger

    settings = load()
    with open_ledger(ledger, read_only=False) as book:
        tokens = Tokens(book.archive.folder.parent / "tokens.json")
        _change(tokens, token or [], revoke or [])
        if not is_loopback(host) and not tokens:
            raise QueryError(
                f"{host} can be reached from other machines, and this ledger has no token. "
                "Make one with --token, as in --token read, or listen on 127.0.0.1."
            )
        served = Served(
            host=host,
            names=tuple(name or ()),
            reviewer=getpass.getuser(),
            embargo_hours=settings.embargo_hours,
            coarsen=settings.coarsen,
            tiles=settings.tiles,
            limits=Limits(reads=rate, reads_at_once=round(10 * rate)),
            log=logger(log, sys.stderr) if log is not None else None,
        )
        listening = _listen(host, port)
        app = create_app(book, tokens, served)
        server = uvicorn.Server(
            uvicorn.Config(
                app,
                log_level="warning",
                server_header=False,
                proxy_headers=False,
                ws="none",
                timeout_graceful_shutdown=3,
            )
        )
        at = f"[{host}]" if ":" in host else host
        address = f"http://{at}:{listening.getsockname()[1]}/"
        note(f"The ledger {book.path} is at {address} (Ctrl-C ends it).")
        if not no_browser and is_loopback(host):
            threading.Timer(0.5, webbrowser.open, [address]).start()
        with suppress(KeyboardInterrupt):  # the usual end
            server.run(sockets=[listening])
    return 0


def _change(tokens: Tokens, made: list[str], revoked: list[str]) -> None:
    """Take tokens back and make others; each secret is printed, and told to nobody again."""
    from ..errors import QueryError
    from .console import note

    for name in revoked:
        if not tokens.take_back(name):
            raise QueryError(f"There is no token of the name {name!r} to take back.")
        note(f"The token of {name} is no longer valid.")
    for wanted in made:
        known, secret = tokens.give(wanted)
        note(f"Token of {known.name}, who may {known.role} (it is not shown again):")
        print(secret, flush=True)


def _listen(host: str, port: int) -> socket.socket:
    """Bind an address and port.

    Raises:
        QueryError: it is taken, or none of this machine's.
    """
    import socket

    from ..errors import QueryError

    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        bound = socket.socket(*found[:3])  # with its protocol, by which asyncio sees that this is TCP
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.bind(found[4])
        bound.listen(128)  # so that nobody is turned away before the server answers
    except OSError as error:
        raise QueryError(
            f"The server cannot listen on {host} port {port} ({error.strerror or error}). "
            "Give another with --port, or 0 for any that is free."
        ) from error
    return bound
