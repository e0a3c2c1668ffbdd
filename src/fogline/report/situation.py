"""A situation report from end to end: the ledger is asked, the parts are put together."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from .charts import claims_by_day, land_by_day
from .content import Block, Bullets, Heading, Paragraph, Picture, Report, plain
from .gather import Found, gather
from .hands import changed, land
from .map import map_of
from .notes import Notes
from .sections import checks, claimed, disputed, glance, period, voices
from .words import day_told

if TYPE_CHECKING:
    from ..ledger import Ledger


def situation(
    ledger: Ledger,
    since: date | str,
    until: date | str,
    *,
    within: str | None = None,
    coarsen: bool | None = None,
    embargo_hours: float | None = None,
    made: date | None = None,
) -> Report:
    """Return the situation report of some days.

    Args:
        ledger: the ledger, with its claims linked.
        since: the first day.
        until: the last day.
        within: a place's name or ``west,south,east,north`` in degrees; everywhere where None.
        coarsen: round points to town level; as the settings say where None.
        embargo_hours: leave out what was published, or happened, less than so many hours ago; as the
            settings say where None.
        made: the day that the report says it was made on; today where None.

    Raises:
        QueryError: the days or the place make no sense.
    """
    found = gather(ledger, since, until, within=within, coarsen=coarsen, embargo_hours=embargo_hours)
    return written(found, made=made or date.today())


def written(found: Found, *, made: date) -> Report:
    """Return the report of what was found."""
    notes = Notes(found.claims)
    blocks: list[Block] = [
        Heading(2, "At a glance"),
        *glance(found),
        *_drawn(map_of(found), claims_by_day(found)),
        *voices(found, notes),
        *claimed(found, notes),
        *disputed(found, notes),
        *changed(found, notes),
        *land(found, notes),
        *_drawn(land_by_day(found)),
        *checks(found, notes),
        Heading(2, "How to read this"),
        *_reading(),
    ]
    return Report(
        title=f"Situation report, {period(found)}",
        subtitle=f"What reports claim, by whom, and where they part. Made by Fogline on {day_told(made)}.",
        blocks=tuple(blocks),
        notes=notes.all(),
    )


def _drawn(*pictures: Picture | None) -> list[Block]:
    return [picture for picture in pictures if picture is not None]


def _reading() -> list[Block]:
    return [
        Paragraph(
            plain(
                "Every sentence says what voices claim, not what is so; its numbers lead to the claims that "
                "it rests on, with the exact words. An event is what links claims to one occurrence."
            )
        ),
        Bullets(
            (
                plain("Reports that go back to one telling are one origin, however many outlets carry it."),
                plain(
                    "Grades are the Admiralty code: a letter for the source (A reliable to E unreliable, F "
                    "not to be judged), a number for the information (1 confirmed to 5 improbable, 6 not to "
                    "be judged)."
                ),
                plain(
                    "Disputed is an event whose versions part; none is preferred for being told more often."
                ),
            )
        ),
    ]
