"""People's judgements: rows of their own, with author, time and reason, that can be taken back."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, Literal, get_args

import msgspec
from msgspec import Struct

from ..errors import LedgerError, QueryError
from ..model import Claim, Place, Quantity, QuantityKind, Status, Voice, When
from ..model.claim import EventType
from ..model.event import Reliability
from ..store import Store, now
from ..store.base import REVIEWING
from ..store.link_tables import REVIEWS

ReviewKind = Literal["same", "not-same", "wrong", "reliability", "undo"]
KINDS: tuple[str, ...] = get_args(ReviewKind)
FIELDS = ("claim", "event", "status", "when", "speaker", "place", *get_args(QuantityKind))


class Review(Struct, frozen=True, kw_only=True):
    """One judgement: on two claims (``same``, ``not-same``), on a claim's field (``wrong``), on a voice
    (``reliability``), or on an earlier judgement (``undo``)."""

    id: str
    kind: ReviewKind
    subject: str
    other: str | None = None
    field: str | None = None
    value: str | None = None
    reviewer: str
    reason: str
    at: datetime


class Judgements(Struct, frozen=True, kw_only=True):
    """The judgements that hold: the last on each pair, field and voice, without those taken back."""

    same: tuple[tuple[str, str], ...] = ()
    apart: tuple[tuple[str, str], ...] = ()
    wrong: dict[str, dict[str, str]] = {}  # claim -> field -> what is right
    reliability: dict[str, str] = {}  # voice -> letter
    rows: tuple[str, ...] = ()  # the ids of the judgements that hold

    def left_out(self) -> set[str]:
        """Return the claims that are none, as a person judged."""
        return {claim for claim, fields in self.wrong.items() if "claim" in fields}


def keep(
    store: Store,
    kind: str,
    subject: str,
    *,
    other: str | None = None,
    field: str | None = None,
    value: str | None = None,
    reviewer: str,
    reason: str,
) -> Review:
    """Write down a judgement.

    Args:
        store: the ledger.
        kind: ``same``, ``not-same``, ``wrong``, ``reliability`` or ``undo``.
        subject: a claim's id, a voice's name, or the id of the judgement to take back.
        other: the second claim, for ``same`` and ``not-same``.
        field: which field is wrong; ``claim`` where there is none at all.
        value: what is right (a type, a status, a day or two as 2022-09-08..10, a place as its name and
            lat,lon, a figure), or the letter A to F.
        reviewer: who judges.
        reason: why.

    Raises:
        QueryError: the judgement makes no sense; the message says what would.
        LedgerError: the ledger has no such claim or judgement.
    """
    if kind not in KINDS:
        raise QueryError(f"There is no judgement {kind!r}. Known are {', '.join(KINDS)}.")
    if not reviewer.strip() or not reason.strip():
        raise QueryError("A judgement needs who makes it and why: give a reviewer and a reason.")
    if kind in ("same", "not-same"):
        if other is None or other == subject:
            raise QueryError(f"The judgement {kind!r} is on two different claims. Give both.")
        _known(store, subject, other)
    elif kind == "wrong":
        _known(store, subject)
        _sensible(field, value)
    elif kind == "reliability":
        if value not in get_args(Reliability):
            raise QueryError(f"{value!r} is no reliability. Known are {', '.join(get_args(Reliability))}.")
    elif not any(review.id == subject for review in reviews(store)):
        raise LedgerError(
            f"The ledger has no judgement {subject!r}. `fogline review list` lists those it has."
        )
    at = now()
    cause = "\0".join(map(str, (kind, subject, other, field, value, reviewer, reason, at.isoformat())))
    review = Review(
        id=f"r{hashlib.sha256(cause.encode()).hexdigest()[:12]}",
        kind=kind,  # type: ignore[arg-type]
        subject=subject,
        other=other,
        field=field,
        value=value,
        reviewer=reviewer.strip(),
        reason=reason.strip(),
        at=at,
    )
    with store.alone(REVIEWING):
        store.insert(REVIEWS, [tuple(getattr(review, name) for name in REVIEWS.names)])
    return review


def reviews(store: Store, *, subjects: Iterable[str] | None = None) -> list[Review]:
    """Return all judgements by time, those taken back as well, or those on these claims and voices."""
    names = ", ".join(f'"{name}"' for name in REVIEWS.names)
    query = f'SELECT {names} FROM reviews ORDER BY "at", id'
    found = [Review(**dict(zip(REVIEWS.names, row, strict=True))) for row in store.rows(query)]
    if subjects is None:
        return found
    asked = set(subjects)
    return [review for review in found if review.subject in asked or review.other in asked]


def judgements(store: Store) -> Judgements:
    """Return the judgements that hold."""
    return holding(reviews(store))


def holding(given: Iterable[Review]) -> Judgements:
    """Return the judgements that hold among these, in order of time.

    Taking back a judgement brings none that it had overruled into doubt: the last one left holds. What takes
    back another can be taken back itself.
    """
    given = list(given)
    undone: set[str] = set()
    for review in reversed(given):
        if review.kind == "undo" and review.id not in undone:
            undone.add(review.subject)
    last: dict[tuple[str | None, ...], Review] = {}
    for review in given:
        if review.id not in undone and review.kind != "undo":
            last[_about(review)] = review
    same, apart = ([_about(r) for r in last.values() if r.kind == kind] for kind in ("same", "not-same"))
    wrong: dict[str, dict[str, str]] = {}
    for review in last.values():
        if review.kind == "wrong":
            wrong.setdefault(review.subject, {})[review.field or "claim"] = review.value or ""
    return Judgements(
        same=tuple((str(one), str(other)) for one, other in same),
        apart=tuple((str(one), str(other)) for one, other in apart),
        wrong=wrong,
        reliability={r.subject: r.value or "F" for r in last.values() if r.kind == "reliability"},
        rows=tuple(review.id for review in last.values()),
    )


def _about(review: Review) -> tuple[str | None, ...]:
    """Return what a judgement is about: of two on one thing, the later holds."""
    if review.other is not None:
        return min(review.subject, review.other), max(review.subject, review.other)
    return review.kind, review.subject, review.field


def corrected(claim: Claim, fields: dict[str, str]) -> Claim:
    """Return a claim as a person says it is right; the one in the ledger stays as it was read."""
    changes: dict[str, Any] = {}
    for field, value in fields.items():
        if field in ("event", "status"):
            changes[field] = value
        elif field == "when":
            first, last = _interval(value)
            changes["when"] = When(
                earliest=first,
                latest=last,
                precision="day" if first == last else "days",
                reason="Set by a person.",
            )
        elif field == "speaker":
            changes["speaker"] = Voice(text=value, name=value, reason="Set by a person.") if value else None
        elif field == "place":
            changes["places"] = (_place(value),)
        elif field in get_args(QuantityKind):
            others = tuple(q for q in claim.quantities if q.kind != field)
            at = claim.evidence
            figure = Quantity(
                text=value,
                start=at.start,
                end=at.start,
                kind=field,  # type: ignore[arg-type]
                low=float(value),
                high=float(value),
            )
            changes["quantities"] = (*changes.get("quantities", others), figure)
    reasons = claim.reasons | dict.fromkeys(fields, "Set by a person.")
    return msgspec.structs.replace(claim, reasons=reasons, **changes)


def touched(review: Review, store: Store) -> set[str]:
    """Return the claims whose events a judgement bears on."""
    if review.kind == "undo":
        before = next((r for r in reviews(store) if r.id == review.subject), None)
        return touched(before, store) if before else set()
    if review.kind == "reliability":
        query = "SELECT id FROM claims WHERE voice = ?"
        return {id for (id,) in store.rows(query, [review.subject])}
    return {review.subject, *filter(None, [review.other])}


def _known(store: Store, *claims: str) -> None:
    for claim in claims:
        if next(store.rows("SELECT 1 FROM claims WHERE id = ?", [claim]), None) is None:
            raise LedgerError(
                f"The ledger {store.where} has no claim {claim!r}. "
                "`fogline claims --format csv` lists their ids."
            )


def _sensible(field: str | None, value: str | None) -> None:
    if field not in FIELDS:
        raise QueryError(f"There is no field {field!r} to correct. Known are {', '.join(FIELDS)}.")
    if field == "claim":
        return
    if value is None:
        raise QueryError(f"Say what is right for {field!r}.")
    known = {"event": get_args(EventType), "status": get_args(Status)}.get(field or "")
    if known is not None and value not in known:
        raise QueryError(f"{value!r} is no {field}. Known are {', '.join(known)}.")
    if field == "when":
        _interval(value)
    elif field == "place":
        _place(value)
    elif field in get_args(QuantityKind):
        try:
            float(value)
        except ValueError:
            raise QueryError(f"{value!r} is no figure. Write it as in 12.") from None


def _interval(value: str) -> tuple[date, date]:
    first, _, last = value.partition("..")
    try:
        begins = date.fromisoformat(first.strip())
        ends = last.strip() or first.strip()
        return begins, date.fromisoformat(first.strip()[: -len(ends)] + ends if len(ends) < 10 else ends)
    except ValueError:
        raise QueryError(f"{value!r} is no day. Write it as in 2022-09-10 or 2022-09-08..10.") from None


def _place(value: str) -> Place:
    name, _, point = value.rpartition("@")
    try:
        lat, lon = (float(part) for part in point.split(","))
    except ValueError:
        raise QueryError(f"{value!r} is no place. Write it as in Izium@49.21,37.28.") from None
    if abs(lat) > 90 or abs(lon) > 180:
        raise QueryError(
            f"{value!r} is no place on Earth: latitude goes from -90 to 90, longitude from -180 to 180."
        )
    return Place(
        text=name.strip() or point,
        role="at",
        lat=lat,
        lon=lon,
        name=name.strip() or None,
        precision="settlement",
        score=1.0,
        reason="Set by a person.",
    )
