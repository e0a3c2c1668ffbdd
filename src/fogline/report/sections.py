"""What a report tells, part by part, each sentence with the claims that it rests on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from itertools import groupby

from ..model import Check, Dispute, Event, Version
from .content import Block, Bullets, Heading, Line, Paragraph, Run, Table, plain
from .gather import Found
from .notes import Notes
from .words import counted, day_told, days_told, sentence, side_named, words

_VOICES = 25  # that the table names; the others are counted
_LONG = 3  # days that an event may take and still be told under its first
_WEIGHTS = ("error", "doubt", "note")


def glance(found: Found) -> Iterator[Block]:
    """Tell in a few sentences what the period holds."""
    events = found.events
    claims = {claim for event in events for claim in event.claims if claim in found.claims}
    stored = [found.claims[claim] for claim in claims]
    documents = len({one.claim.document for one in stored})
    outlets = len({one.outlet for one in stored if one.outlet})
    disputed = sum(bool(event.disputes) for event in events)
    unresolved = sum(event.unresolved for event in events)
    alone = sum(event.independent < 2 for event in events)
    undecided = f"; for {unresolved:,} of them nothing independent decides" if unresolved else ""
    if not events:
        yield Paragraph(plain("No event of these days is in the ledger."))
        return
    lines = [
        plain(
            f"{counted(len(claims), 'claim')} in {counted(documents, 'report')} by "
            f"{counted(outlets, 'outlet')} tell of {counted(len(events), 'event')}."
        ),
        plain(
            f"{counted(alone, 'event rests', 'events rest')} on a single independent origin; "
            f"{counted(len(events) - alone, 'is', 'are')} told by two or more."
        ),
        plain(
            f"{counted(disputed, 'event is', 'events are')} told in versions that part{undecided}."
            if disputed
            else "No event is told in versions that part."
        ),
    ]
    if found.areas:
        lines.append(plain(_hands(found)))
    yield Bullets(tuple(lines))


def _hands(found: Found) -> str:
    """Return how many settlements changed hands, and of how many somebody said so."""
    told = f"{counted(len(found.changes), 'settlement')} changed hands"
    named = sum(change.first_claimed_by is not None for change in found.changes)
    if named == len(found.changes):
        return f"{told}."
    return f"{told}: voices name {named:,} of them, the others follow from their surroundings."


def voices(found: Found, notes: Notes) -> Iterator[Block]:
    """Tell who speaks, for whom, how often and of what."""
    spoken: dict[tuple[str, str | None], list[str]] = {}
    of: dict[tuple[str, str | None], Counter[str]] = {}
    for event in found.events:
        for id in event.claims:
            if (stored := found.claims.get(id)) is None:
                continue
            speaker = stored.claim.speaker
            name = (speaker.name or speaker.text) if speaker else f"{stored.outlet or 'outlet'} (own words)"
            key = name, speaker.side if speaker else None
            spoken.setdefault(key, []).append(id)
            of.setdefault(key, Counter())[stored.claim.event] += 1
    if not spoken:
        return
    yield Heading(2, "Who speaks")
    rows = []
    for (name, side), claims in sorted(spoken.items(), key=lambda one: (-len(one[1]), one[0][0]))[:_VOICES]:
        kinds = [words("types")[kind].lower() for kind, _ in of[name, side].most_common(3)]
        rows.append(
            (
                (Run(name, foreign=True),),
                plain(side_named(side) if side else "–"),
                plain(f"{len(claims):,}"),
                (Run(", ".join(kinds), notes.of(claims)),),
            )
        )
    yield Table(("Voice", "Side", "Claims", "Mostly about"), tuple(rows), right=(2,))
    if len(spoken) > _VOICES:
        yield Paragraph(plain(f"{counted(len(spoken) - _VOICES, 'other voice')} speak less often."))


def claimed(found: Found, notes: Notes) -> Iterator[Block]:
    """Tell the events by day and type: summary, who counts, versions and voices."""
    if not found.events:
        return
    yield Heading(2, "What is claimed")
    ordered = sorted(found.events, key=lambda event: _order(event, found))
    for day, of_day in groupby(ordered, key=lambda event: _day(event, found)):
        yield Heading(3, day_told(day) if day else "Over a longer time, or on days that are not told")
        for kind, events in groupby(of_day, key=lambda event: event.type):
            yield Heading(4, words("types")[kind])
            for event in events:
                yield from _event(event, found, notes)


def disputed(found: Found, notes: Notes) -> Iterator[Block]:
    """Tell where voices part: the field, and who says what."""
    yield Heading(2, "What is disputed")
    parted = [event for event in found.events if event.disputes]
    if not parted:
        yield Paragraph(plain("No event of these days is told in versions that part."))
    for event in sorted(parted, key=lambda event: _order(event, found)):
        undecided = " Nothing independent decides between the versions." if event.unresolved else ""
        lead = (Run(sentence(event.title), notes.of(event.claims), strong=True), Run(undecided))
        yield Paragraph(lead, lead=True)
        yield Bullets(tuple(_dispute(dispute, notes) for dispute in event.disputes))


def checks(found: Found, notes: Notes) -> Iterator[Block]:
    """Tell what a good desk would stop at, the gravest first."""
    every = {check.id: check for event in found.events for check in event.checks}
    ordered = sorted(every.values(), key=lambda check: (_WEIGHTS.index(check.weight), check.rule, check.id))
    if not ordered:
        return
    yield Heading(2, "Worth a look")
    yield Bullets(tuple(_check(check, notes) for check in ordered))


def _event(event: Event, found: Found, notes: Notes) -> Iterator[Block]:
    lead = [Run(event.title, strong=True)]
    marks = [event.grade.code] if event.grade else []
    marks += ["disputed"] if event.disputes else []
    if marks:
        lead.append(Run(f" ({', '.join(marks)})"))
    yield Paragraph(tuple(lead), lead=True)
    yield Paragraph((*_summary(event, notes), Run(f" {sentence(event.counted)}", notes.of(event.claims))))
    lines = []
    if len(event.versions) > 1:
        lines = [_version(n, version, notes) for n, version in enumerate(event.versions, 1)]
    lines += _heard(event, found, notes)
    if lines:
        yield Bullets(tuple(lines))


def _summary(event: Event, notes: Notes) -> Line:
    """Return the summary with its notes: where the claims that it rests on change, and at its end."""
    if not event.summary:
        return (Run(sentence(event.title), notes.of(event.claims)),)
    runs: list[Run] = []
    for piece in event.summary:
        told = notes.of(piece.claims)
        if runs and (not told or told == runs[-1].notes):
            runs[-1] = Run(runs[-1].text + piece.text, runs[-1].notes)
        else:
            runs.append(Run(piece.text, told))
    if runs and not runs[-1].notes:
        runs[-1] = Run(runs[-1].text, notes.of(event.claims))
    return tuple(runs)


def _version(number: int, version: Version, notes: Notes) -> Line:
    status = words("statuses")[version.status]
    return (
        Run(f"Version {number}, {status}: ", strong=True),
        Run(sentence(version.text), notes.of(version.claims)),
    )


def _heard(event: Event, found: Found, notes: Notes) -> list[Line]:
    """Return who tells an event, each with side and claims, where the summary has not said it."""
    by: dict[tuple[str, str | None], list[str]] = {}
    for id in event.claims:
        if (stored := found.claims.get(id)) is None:
            continue
        speaker = stored.claim.speaker
        name = (speaker.name or speaker.text) if speaker else (stored.outlet or "an outlet that is not named")
        by.setdefault((name, speaker.side if speaker else None), []).append(id)
    if len(by) == 1 and not next(iter(by))[1]:
        return []
    runs = [Run("Voice: " if len(by) == 1 else "Voices: ", strong=True)]
    for nth, ((name, side), claims) in enumerate(by.items()):
        of = f" ({side_named(side)})" if side else ""
        runs.append(Run(f"{'; ' if nth else ''}{name}{of}", notes.of(claims)))
    return [(*runs, Run("."))]


def _dispute(dispute: Dispute, notes: Notes) -> Line:
    """Return where voices part; each answer with its own notes, where the sentence has one part for each."""
    field = Run(f"{words('fields')[dispute.field].capitalize()}: ", strong=True)
    parts = dispute.text.split(" / ")
    if len(parts) != len(dispute.values):
        every = [claim for value in dispute.values for claim in value.claims]
        return field, Run(sentence(dispute.text), notes.of(every))
    runs = [field]
    for nth, (part, value) in enumerate(zip(parts, dispute.values, strict=True)):
        runs.append(Run(f"{' / ' if nth else ''}{part}", notes.of(value.claims)))
    return (*runs, Run("."))


def _check(check: Check, notes: Notes) -> Line:
    weight = Run(f"{words('weights')[check.weight]} ({check.rule}): ", strong=True)
    return weight, Run(sentence(check.sentence), notes.of(check.claims))


def _order(event: Event, found: Found) -> tuple[bool, date, int, int, int, str]:
    day = _day(event, found)
    types = list(words("types"))
    nth = types.index(event.type)
    return day is None, day or found.until, nth, -event.independent, -len(event.claims), event.id


def _day(event: Event, found: Found) -> date | None:
    """Return the day under which an event is told, None where it is spread over many or has none."""
    first, last = event.earliest, event.latest
    if first is None or last is None or (last - first).days >= _LONG:
        return None
    return max(first, found.since)


def period(found: Found) -> str:
    """Return the days, and the region, that a report is about."""
    where = f" in {found.within}" if found.within and not found.within[:1].isdigit() else ""
    return f"{days_told(found.since, found.until)}{where}"
