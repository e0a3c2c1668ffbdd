"""What each claim answers to the questions on which voices part, and when two answers exclude each other."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from msgspec import Struct

from ..model import Claim, Place, Quantity
from ..model.event import DisputedField
from ..store.records import Stored
from .data import data
from .distances import kilometres
from .figures import GROWING, agree, label, superseded, told_as, whole
from .tellers import Teller
from .ways import Way, is_disputable, stands_against, way_of
from .wording import days, forces, place_name, state


class Answer(Struct, frozen=True, kw_only=True):
    """What one claim answers to one question.

    ``width`` tells how vague it is (smaller is more exact), ``size`` how large, where it is a figure.
    """

    claim: str
    teller: Teller
    told: date | None
    value: Any
    text: str
    width: float = 0.0
    size: float = 0.0


class Question(Struct, frozen=True, kw_only=True):
    """A field on which voices may part: what claims answer, and when two answers exclude each other.

    ``about`` is put before the answers in a sentence ("killed").
    """

    field: DisputedField
    about: str
    answers: tuple[Answer, ...]
    differ: Callable[[Answer, Answer], bool]


def questions(claims: Sequence[Stored], told: Mapping[str, Teller]) -> Iterator[Question]:
    """Give the questions that the claims of one event answer, in the order in which a reader asks them."""
    yield _make("status", "", claims, told, _status, _other_status)
    yield _make("event", "", claims, told, _way, lambda a, b: stands_against(a.value, b.value))
    yield _make("agents", "", claims, told, _agents, _other_agents)
    yield _make("targets", "", claims, told, _targets, _other_victims)
    yield from _quantities(claims, told)
    yield _make("when", "", claims, told, _when, _other_day)
    yield _make("place", "", claims, told, _place, _other_place)


_Read = Callable[[Claim], tuple[Any, str, float] | None]


def _make(
    field: DisputedField,
    about: str,
    claims: Sequence[Stored],
    told: Mapping[str, Teller],
    read: _Read,
    differ: Callable[[Answer, Answer], bool],
) -> Question:
    answers = []
    for stored in claims:
        found = read(stored.claim)
        if found is not None:
            value, text, width = found
            id = stored.claim.id
            answers.append(
                Answer(claim=id, teller=told[id], told=stored.published, value=value, text=text, width=width)
            )
    return Question(field=field, about=about, answers=tuple(answers), differ=differ)


def _status(claim: Claim) -> tuple[tuple[bool, str], str, float] | None:
    """Answer whether it happened; what is planned, possible or conditional leaves it open."""
    kind = str(_groups().get(claim.event, claim.event))
    if claim.status == "happened":
        return (True, kind), "happened", 0.0
    if claim.status == "denied" and not _none_hurt(claim):
        return (False, kind), "denied", 0.0
    return None


def _other_status(one: Answer, other: Answer) -> bool:
    (happened, kind), (happened2, kind2) = one.value, other.value
    return bool(kind == kind2 and happened != happened2)


def _asserted(claim: Claim) -> bool:
    return claim.status == "happened"


def _way(claim: Claim) -> tuple[Way, str, float] | None:
    if not _asserted(claim):
        return None
    way = way_of(claim)
    if not is_disputable(way):
        return None
    return way, way.account, 0.0


class _Doer(Struct, frozen=True):
    group: int
    sides: frozenset[str]
    earliest: date | None
    latest: date | None
    event: str


def _agents(claim: Claim) -> tuple[_Doer, str, float] | None:
    """Answer who did it, or holds it, where a side is told."""
    group = _groups().get(claim.event)
    sides = frozenset(party.side for party in claim.agents if party.side and party.side != "CIV")
    if not _asserted(claim) or group is None or not sides:
        return None
    text = " and ".join(sorted(map(state, sides)))
    doer = _Doer(group, sides, claim.when.earliest, claim.when.latest, claim.event)
    return doer, f"{'held by' if claim.event == 'CONTROL' else 'by'} {text}", float(len(sides))


def _other_agents(one: Answer, other: Answer) -> bool:
    a: _Doer = one.value
    b: _Doer = other.value
    if a.group != b.group or not _apart(a.sides, b.sides):
        return False
    if a.event == b.event:
        return a.event != "CONTROL" or not _one_after_the_other(a, b)
    held, taken = (a, b) if a.event == "CONTROL" else (b, a)
    if "CONTROL" not in (a.event, b.event):
        return True
    if held.earliest is None or taken.latest is None:  # who held it before it was taken is no contradiction
        return False
    return held.earliest > taken.latest


def _one_after_the_other(a: _Doer, b: _Doer) -> bool:
    """Tell whether the days of two states lie well apart: who held a place first contradicts nobody later.

    Days that only touch are told of one state, or they would not be of one event: held by one or the other.
    """
    return any(
        first.latest is not None and then.earliest is not None and (then.earliest - first.latest).days > 1
        for first, then in ((a, b), (b, a))
    )


def _hit(claim: Claim) -> frozenset[str]:
    """Return the sides that an act was done to."""
    return frozenset(party.side for party in claim.targets if party.side)


class _Victims(Struct, frozen=True):
    sides: frozenset[str]
    figures: tuple[Quantity, ...]
    event: str


def _targets(claim: Claim) -> tuple[_Victims, str, float] | None:
    """Answer to whom it was done."""
    sides = _hit(claim)
    if not _asserted(claim) or claim.event not in data("disputes.yml")["targets"] or not sides:
        return None
    text = " and ".join(sorted(forces(side) for side in sides))
    return _Victims(sides, tuple(whole(claim)), claim.event), text, float(len(sides))


def _other_victims(one: Answer, other: Answer) -> bool:
    """Tell whether two answers to whom it was done exclude each other: civilians here, fighters there.

    Two figures that do not agree are of two groups, and so are deaths that are not counted at all.
    """
    a: _Victims = one.value
    b: _Victims = other.value
    if ("CIV" in a.sides) == ("CIV" in b.sides) or a.sides & b.sides:
        return False
    counted = [(x, y) for x in a.figures for y in b.figures if (x.kind, x.unit) == (y.kind, y.unit)]
    if not counted and "CASUALTIES" in (a.event, b.event):
        return False
    return all(agree(x, y) for x, y in counted)


class _Counted(Struct, frozen=True):
    figure: Quantity
    sides: frozenset[str]


def _apart(one: frozenset[str], other: frozenset[str]) -> bool:
    """Tell whether two sets of sides have none in common, nor any that fights with one of the other's."""
    if one & other:
        return False
    return not any(a in band and b in band for band in _bands() for a in one for b in other)


def _quantities(claims: Sequence[Stored], told: Mapping[str, Teller]) -> Iterator[Question]:
    """Give a question for each kind of figure; a later figure of one voice replaces its earlier ones."""
    by_kind: dict[tuple[str, str | None], list[Answer]] = {}
    for stored in claims:
        id = stored.claim.id
        figures = whole(stored.claim) if _asserted(stored.claim) else []
        if _none_hurt(stored.claim):
            figures = [_none(stored.claim)]
        for quantity in figures:
            low, high = quantity.low or 0.0, quantity.high
            width = float("inf") if high is None else high - low
            if superseded(told[id]):
                continue
            answer = Answer(
                claim=id, teller=told[id], told=stored.published,
                value=_Counted(quantity, _hit(stored.claim)),
                text=told_as(quantity), width=width, size=low,
            )  # fmt: skip
            by_kind.setdefault((quantity.kind, quantity.unit), []).append(answer)
    for (kind, _), answers in by_kind.items():
        newest: dict[str, date] = {}
        for answer in answers:
            if answer.told is not None:
                newest[answer.teller.key] = max(answer.told, newest.get(answer.teller.key, answer.told))
        current = tuple(a for a in answers if a.told is None or a.told == newest.get(a.teller.key, a.told))
        yield Question(field="quantity", about=label(kind), answers=current, differ=_other_figure)


def _other_figure(one: Answer, other: Answer) -> bool:
    """Tell whether two figures exclude each other; a higher one told later, by no opposed side, does not."""
    a: Quantity = one.value.figure
    b: Quantity = other.value.figure
    if agree(a, b):
        return False
    if one.value.sides and other.value.sides and _apart(one.value.sides, other.value.sides):
        return False  # they count the dead of two sides
    if a.kind in GROWING and one.told and other.told and one.told != other.told:
        first, then = (one, other) if one.told < other.told else (other, one)
        early: Quantity = first.value.figure
        grown = (then.value.figure.low or 0.0) > (early.high or early.low or 0.0) > 0
        sides = {one.teller.side, other.teller.side} - {None}
        if grown and len(sides) < 2:
            return False
    return True


def _none_hurt(claim: Claim) -> bool:
    """Tell whether a claim denies that anybody was hurt, which is a figure: none."""
    return claim.status == "denied" and claim.event == "CASUALTIES"


def _none(claim: Claim) -> Quantity:
    words = claim.evidence
    return Quantity(
        text=words.text, start=words.start, end=words.end, kind="killed", low=0.0, high=0.0, unit="people"
    )


def _when(claim: Claim) -> tuple[tuple[date, date, str], str, float] | None:
    """Answer on which day, where words tell it to within three days."""
    when = claim.when
    if not _asserted(claim) or not when.text or when.earliest is None or when.latest is None:
        return None
    if (when.latest - when.earliest) > timedelta(days=2) or {"vague", "carried"} & set(when.flags):
        return None
    width = float((when.latest - when.earliest).days)
    return (when.earliest, when.latest, claim.event), days(when.earliest, when.latest), width


def _other_day(one: Answer, other: Answer) -> bool:
    (first, last, event), (from_day, to_day, event2) = one.value, other.value
    if event != event2:
        return False
    grace = 0 if event in data("disputes.yml")["on_one_day"] else 1
    return bool(last + timedelta(days=grace) < from_day or to_day + timedelta(days=grace) < first)


def _place(claim: Claim) -> tuple[tuple[Place, ...], str, float] | None:
    if not _asserted(claim) or claim.event not in data("disputes.yml")["at_one_spot"]:
        return None
    placed = tuple(p for p in claim.places if p.lat is not None and p.lon is not None)
    exact = all(p.precision in ("point", "settlement", "near") for p in placed)
    if not placed or not exact:
        return None
    names = [name for p in placed if (name := place_name(p))]
    return placed, "in " + " and ".join(dict.fromkeys(names)), float(len(placed))


def _other_place(one: Answer, other: Answer) -> bool:
    spare = float(data("disputes.yml")["spot_km"])
    return all(
        kilometres(a, b) > (a.radius_km or 0.0) + (b.radius_km or 0.0) + spare
        for a in one.value
        for b in other.value
    )


@lru_cache(maxsize=1)
def _groups() -> dict[str, int]:
    rows = data("disputes.yml")["agents"]
    return {event: number for number, row in enumerate(rows) for event in row}


@lru_cache(maxsize=1)
def _bands() -> tuple[frozenset[str], ...]:
    return tuple(map(frozenset, data("disputes.yml")["with"]))
