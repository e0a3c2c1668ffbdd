"""``fogline watch``: feeds, sitemaps, folders and mailboxes, as they change."""

from __future__ import annotations

import hashlib
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from typer import Argument, Option

from .options import Extractor, LedgerPath

if TYPE_CHECKING:
    from ..ledger import Ledger
    from ..watch import Round, Watch

PATIENCE = 30.0  # seconds that a ledger which another process holds is waited for
LogForm = Annotated[
    Literal["human", "json"], Option("--log", help="How what happens is told on standard error.")
]


def watch(
    feeds: Annotated[
        Path | None, Argument(metavar="FEEDS", help="The feeds file; --example prints one.")
    ] = None,
    ledger: LedgerPath = None,
    once: Annotated[bool, Option("--once", help="Look at everything once and end, as for cron.")] = False,
    dry_run: Annotated[
        bool, Option("--dry-run", help="Print what would be fetched, and keep nothing of it.")
    ] = False,
    example: Annotated[bool, Option("--example", help="Print a feeds file to begin with.")] = False,
    log: LogForm = "human",
    metrics: Annotated[
        str | None,
        Option("--metrics", metavar="ADDRESS:PORT", help="Serve figures for Prometheus on this machine."),
    ] = None,
    extractor: Extractor = None,
) -> int:
    """Watch feeds, sitemaps, folders and mailboxes, add what is new, and alert.

    What is new is fetched politely, added and linked as it comes; alerts go to standard output, webhooks or
    mail. A source that breaks is reported and does not stop the others. Ctrl-C ends it after the document in
    hand; begun again, it goes on where it was. The ledger is held only while it is written.

    \b
    Examples:
      fogline watch --example > feeds.yml
      fogline watch feeds.yml --dry-run
      fogline watch feeds.yml
      fogline watch feeds.yml --once --log json 2>> watch.log
    """
    from ..errors import QueryError
    from ..ledger import connect, default_reader
    from ..logs import logger
    from ..settings import load
    from ..watch import (
        EXAMPLE,
        FeedsError,
        Metrics,
        Setting,
        State,
        Watch,
        outputs_of,
        patiently,
        preview,
        read_feeds,
        serve_metrics,
    )
    from .console import note
    from .run import complain

    if example:
        print(EXAMPLE.read_text(encoding="utf-8"), end="")
        return 0
    if feeds is None:
        raise QueryError("Name a feeds file. `fogline watch --example > feeds.yml` writes one to begin with.")
    try:
        told = read_feeds(feeds)
    except FeedsError as error:
        for mistake in error.mistakes:
            complain(mistake)
        return 2
    outputs = {} if dry_run else outputs_of(told)
    settings = load()
    reader = default_reader(extractor)
    with patiently(lambda: connect(ledger), PATIENCE) as book:  # made where there is none, seen to open
        archive, kept_in = book.archive, _state_file(book)
    state = State(kept_in)
    figures = Metrics()
    end = serve_metrics(figures, metrics) if metrics is not None else None
    try:
        setting = Setting(
            connect=lambda ahead: connect(ledger, reader=ahead),
            archive=archive,
            reader=reader,
            embargo_hours=settings.embargo_hours,
            coarsen=settings.coarsen,
            patience=PATIENCE,
        )
        if dry_run:
            for line in preview(told, state, setting, log=logger(log, sys.stderr)):
                print(line)
            return 0
        desk = Watch(told, state, setting, outputs=outputs, log=logger(log, sys.stderr), metrics=figures)
        with _stopping(desk):
            if once:
                return _status(desk.round())
            if log == "human":
                note(f"Watching {len(told.sources)} sources (Ctrl-C ends it).")
            desk.run()
            return 0
    finally:
        if end is not None:
            end()
        state.close()


def _state_file(book: Ledger) -> Path:
    """Return where a watch keeps what it knows: beside its ledger, or the archive of one on a server."""
    path = Path(book.path)
    if path.is_file():
        return path.with_suffix(".watch.sqlite")
    name = hashlib.sha256(book.path.encode()).hexdigest()[:8]
    return book.archive.folder.parent / f"watch-{name}.sqlite"


def _status(done: Round) -> int:
    """Return the exit status of one round: 1 where every source broke, or nothing could be written."""
    return 1 if done.busy or (done.broken and done.broken == done.sources) else 0


@contextmanager
def _stopping(desk: Watch) -> Iterator[None]:
    """Let Ctrl-C, and what ends services, end a watch after the document in hand; at once the second time."""

    def stop(*_: object) -> None:
        if desk.stopping.is_set():
            raise KeyboardInterrupt
        desk.stopping.set()

    before = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
