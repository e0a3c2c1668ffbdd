"""Find the words that lower the teller's commitment and the probability that they stand for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from ..model import Certainty, Span, Status
from .data import data


@dataclass(frozen=True, slots=True)
class _Hedges:
    clause: re.Pattern[str]
    cue: re.Pattern[str]
    never: re.Pattern[str]
    classes: tuple[tuple[str, re.Pattern[str]], ...]
    before: int
    behind: int


@lru_cache(maxsize=1)
def _hedges() -> _Hedges:
    table: dict[str, Any] = data("extract/hedges.yml")

    def pattern(where: tuple[str, ...]) -> re.Pattern[str]:
        words = [w for row in table["classes"] if row["where"] in where for w in row["words"]]
        return re.compile(rf"\b(?:{'|'.join(words)})\b", re.I)

    classes = tuple(
        (row["name"], re.compile(rf"\b(?:{'|'.join(row['words'])})\b", re.I)) for row in table["classes"]
    )
    reach = table["reach"]
    return _Hedges(
        pattern(("clause",)), pattern(("cue", "clause")), re.compile(table["not"]), classes,
        int(reach["before"]), int(reach["behind"]),
    )  # fmt: skip


def hedge(text: str, sentence: Span, evidence: Span, cue: Span | None = None) -> str | None:
    """Return the words that hedge a claim, verbatim, None where nothing does.

    Looks at the attribution's cue, then just before the clause, in it, and behind it. Modal verbs are
    no hedges; they bear on the status.

    Args:
        text: the document's text.
        sentence: the sentence of the clause.
        evidence: the clause.
        cue: the words by which a voice says or thinks it ("estimates"), where an attribution gave them.
    """
    rules = _hedges()
    if cue is not None:
        told = rules.cue.search(cue.of(text) + " that")
        if told is not None and told.end() <= len(cue.of(text)):
            return told.group()
    lead = text[max(sentence.start, evidence.start - rules.before) : evidence.start]
    lead = re.split(r"[;:.]\s|\b(?:but|while|although|and said)\b", lead)[-1]
    found = _last(rules.cue, rules.never, lead, text[evidence.start : evidence.start + 24])
    if found is not None:
        return found
    inside = evidence.of(text)
    match = _first(rules.clause, rules.never, inside) or _first(rules.cue, rules.never, inside[:40])
    if match is not None:
        return match
    tail = text[evidence.end : min(sentence.end, evidence.end + rules.behind)]
    attribution = re.match(r",? ?[\"”’]?,? ?(?:\w+[ -]){0,4}?(?P<verb>\w+)(?=[\s,.;]|$)", tail)
    if attribution is None:
        return None
    return _first(rules.cue, rules.never, tail.split(" and ")[0]) if tail[:1] in ',"”—' else None


def _first(pattern: re.Pattern[str], never: re.Pattern[str], words: str) -> str | None:
    for match in pattern.finditer(words):
        if not any(n.start() <= match.start() < n.end() for n in never.finditer(words)):
            return match.group()
    return None


def _last(pattern: re.Pattern[str], never: re.Pattern[str], words: str, following: str) -> str | None:
    out = None
    around = words + following
    for match in pattern.finditer(around, 0, len(around)):
        if match.start() >= len(words):
            break
        if not any(n.start() <= match.start() < n.end() for n in never.finditer(around)):
            out = match.group()
    return out


def certainty(status: Status, hedge: str | None, words: str) -> Certainty:
    """Return the probability range that a claim's own words give the occurrence.

    Terms of the UK PHIA probability yardstick (or ICD 203) keep the range published for them; other
    hedges leave a wide range open; without one the status alone speaks.

    Args:
        status: the claim's status.
        hedge: the claim's hedge, None where it has none.
        words: the clause, in which an estimate may stand beside the hedge ("believed likely").
    """
    table: dict[str, Any] = data("model/yardstick.yml")
    for source in (hedge or "", words):
        term = _term(source.casefold())
        if term is not None:
            row = table["phia"].get(term) or table["icd203"][term]
            return Certainty(low=row["low"], high=row["high"], term=term, words=hedge or term)
    if hedge is not None:
        for name, pattern in _hedges().classes:
            if pattern.search(hedge + " that"):
                row = table["other"].get(name, table["other"]["belief"])
                return _for(status, row, hedge)
        return _for(status, table["other"]["report"], hedge)
    row = table["status"][status]
    return Certainty(low=row["low"], high=row["high"])


def _for(status: Status, row: dict[str, float], hedge: str) -> Certainty:
    """Turn the range round where what is hedged is a denial."""
    if status == "denied" and row["high"] > 0.3:
        return Certainty(low=round(1 - row["high"], 2), high=round(1 - row["low"], 2), words=hedge)
    return Certainty(low=row["low"], high=row["high"], words=hedge)


@lru_cache(maxsize=1)
def _terms() -> tuple[tuple[re.Pattern[str], str], ...]:
    table = data("model/yardstick.yml")
    rows = [
        (w, term) for scale in ("phia", "icd203") for term, row in table[scale].items() for w in row["words"]
    ]
    rows.sort(key=lambda r: -len(r[0]))
    return tuple((re.compile(rf"\b{re.escape(w)}\b"), term) for w, term in rows)


def _term(words: str) -> str | None:
    for pattern, term in _terms():
        if pattern.search(words):
            return term
    return None
