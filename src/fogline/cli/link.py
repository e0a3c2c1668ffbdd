"""``fogline link``: claims become events."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

from typer import Option

from .options import LedgerPath

if TYPE_CHECKING:
    from ..ledger import Ledger
    from ..link import Linked

_STEPS = {
    "copies": "looking for copies",
    "compare": "comparing claims",
    "gather": "gathering them",
    "events": "writing events",
}


def link(
    afresh: Annotated[
        bool, Option("--afresh", help="Work out all events again, not only what came since.")
    ] = False,
    ledger: LedgerPath = None,
) -> None:
    """Link the claims of many reports into events.

    Runs at the end of `fogline add` as well. Events keep their ids, and what people
    judged with `fogline review` holds.

    \b
    Example:
      fogline link
    """
    from .console import note
    from .open import open_ledger

    with open_ledger(ledger, read_only=False) as book, link_progress() as show:
        done = book.link(afresh=afresh, progress=show)
    note(told(done))


def link_added(book: Ledger) -> None:
    """Link what was added; where that fails, what was added is kept all the same, and it is said so."""
    from ..errors import FoglineError
    from .console import note
    from .run import complain

    try:
        with link_progress() as show:
            done = book.link(progress=show)
    except FoglineError as error:
        complain(f"What was added is kept, but could not be linked: {error}")
        return
    except Exception as error:
        complain(
            f"What was added is kept, but could not be linked ({type(error).__name__}: {error}). "
            "Run `fogline link --debug` and report what it prints."
        )
        return
    if done.changed:
        note(told(done))


def told(linked: Linked) -> str:
    """Say in one line what linking came to."""
    from .add import plural

    if not linked.new and not linked.gone and not linked.changed:
        return (
            f"Nothing to link: {plural(linked.claims, 'claim')} in {plural(linked.events, 'event')} already."
        )
    return (
        f"Linked {plural(linked.claims, 'claim')} ({linked.new:,} new) into {plural(linked.events, 'event')} "
        f"({linked.changed:,} new or changed), in {linked.seconds:.1f} s."
    )


@contextmanager
def link_progress() -> Iterator[Callable[[str, int, int], None]]:
    """Show how far linking is, on a terminal."""
    from .progress import progress

    with progress([], noun="linked") as show:
        yield lambda step, done, of: show(done, _STEPS.get(step, step) + (f" ({of:,})" if of else ""))
