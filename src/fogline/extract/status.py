"""Tell by rule whether a clause says that something happened, did not, is meant to, may or would."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from ..model import EventType, Span, Status
from .data import data

_LEAD = 170  # characters of the sentence before the clause that can bear on it
_TAIL = 60


class Ruled(NamedTuple):
    """What a rule says: the status, why, and the log odds that its word adds to a reader's."""

    status: Status
    why: str
    odds: float = 2.0  # the best on training reports held back from the reader


@dataclass(frozen=True, slots=True)
class _Rule:
    says: Ruled
    events: frozenset[EventType]  # which it is for; all where empty
    lead: re.Pattern[str] | None
    clause: re.Pattern[str] | None
    opening: re.Pattern[str] | None
    tail: re.Pattern[str] | None
    unless: re.Pattern[str] | None


@lru_cache(maxsize=1)
def _rules() -> tuple[_Rule, ...]:
    def compiled(row: dict[str, Any], key: str) -> re.Pattern[str] | None:
        return re.compile(row[key]) if key in row else None

    parts = ("lead", "clause", "opening", "tail", "unless")
    return tuple(
        _Rule(
            Ruled(**{key: row[key] for key in Ruled._fields if key in row}),
            frozenset(row.get("events", ())),
            *(compiled(row, part) for part in parts),
        )
        for row in data("extract/status.yml")["rules"]
    )


def status(text: str, sentence: Span, evidence: Span, *, event: EventType | None = None) -> Ruled:
    """Return the status of a claim by the words of its clause and of its sentence before it.

    A fallback where no trained reader is at hand; the rules are ``status.yml``, tried in order.

    Args:
        text: the document's text.
        sentence: the sentence of the clause.
        evidence: the clause.
        event: the type of what it tells, None where that is not known.

    Returns:
        The status with the reason in a few words; ``happened`` where no rule speaks.
    """
    clause = evidence.of(text)
    lead = text[max(sentence.start, evidence.start - _LEAD) : evidence.start]
    tail = text[evidence.end : min(sentence.end, evidence.end + _TAIL)]
    for rule in _rules():
        if rule.events and event not in rule.events:
            continue
        if _applies(rule, lead, clause, tail):
            return rule.says
    return Ruled("happened", "told as fact")


def _applies(rule: _Rule, lead: str, clause: str, tail: str) -> bool:
    matched = ""
    for pattern, where in (
        (rule.lead, lead),
        (rule.clause, clause),
        (rule.opening, clause),
        (rule.tail, tail),
    ):
        if pattern is None:
            continue
        found = pattern.search(where)
        if found is None:
            return False
        matched = where
    return rule.unless is None or rule.unless.search(matched if rule.clause is None else clause) is None
