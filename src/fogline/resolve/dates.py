"""Give a claim its time: which expression times it, or what the document implies where none does."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from ..extract.data import data
from ..extract.date_values import shift
from ..extract.dates import looks_back
from ..model import Document, EventType, Span, Status, When


@lru_cache(maxsize=1)
def _rules() -> dict[str, Any]:
    rules = data("resolve/dates.yml")
    compiled: dict[str, Any] = {key: re.compile(pattern) for key, pattern in rules["patterns"].items()}
    return {**compiled, "weights": rules["weights"], "states": frozenset(rules["states"])}


@dataclass(frozen=True, slots=True)
class _Choice:
    score: float
    mention: When
    why: str


def claim_when(
    document: Document,
    sentence: Span,
    evidence: Span,
    mentions: Sequence[When],
    *,
    status: Status,
    event: EventType,
    spans: Sequence[Span] | None = None,
    sentences: Sequence[Span] | None = None,
) -> When:
    """Return the time of one claim.

    The expression that times the claim is looked for in its clause, then in its sentence, then in the
    sentences before it in the same paragraph; where none does, fresh news is taken to be of the day
    before publication to publication, an intention to begin at publication, and background to have no
    time that is told.

    Args:
        document: the report.
        sentence: the claim's sentence.
        evidence: the claim's clause.
        mentions: all the document's time expressions, as ``extract.dates.dates`` gives them.
        status: the claim's status.
        event: the claim's type.
        spans: the expressions that a trained reader chose for the claim, if one did.
        sentences: the document's sentences, to look back over; found by line breaks without them.

    Returns:
        The interval with the words it rests on and a reason; without days where none can be told.
    """
    text = document.text
    first = bisect_left(mentions, sentence.start, key=lambda m: m.start or 0)
    last = bisect_left(mentions, sentence.end, key=lambda m: m.start or 0)
    within = [m for m in mentions[max(0, first - 1) : last] if (m.end or 0) > sentence.start]
    sayings = [m for m in within if _times_the_saying(text, m, evidence)]
    chosen = _of_reader(within, spans) or _of_sentence(text, sentence, evidence, within, sayings, status)
    if chosen is not None:
        return _with_status(chosen, status, document.published)
    return _implied(document, sentence, evidence, mentions[:first], sayings, status, event)


def _of_reader(within: Sequence[When], spans: Sequence[Span] | None) -> _Choice | None:
    """Take the expression that the reader's spans cover best."""
    best: _Choice | None = None
    for span in spans or ():
        for mention in within:
            assert mention.start is not None and mention.end is not None
            shared = min(span.end, mention.end) - max(span.start, mention.start)
            if shared > 0 and (mention.earliest or mention.latest):
                score = shared - 20 * ("vague" in mention.flags) - 10 * ("duration" in mention.flags)
                if best is None or score > best.score:
                    best = _Choice(score, mention, "chosen by the reader")
    return best


def _of_sentence(
    text: str, sentence: Span, evidence: Span, within: Sequence[When], sayings: Sequence[When], status: Status
) -> _Choice | None:
    """Take the expression of the sentence that times the clause, by where it stands and what it is."""
    weights: dict[str, float] = _rules()["weights"]
    best: _Choice | None = None
    for mention in within:
        if (mention.earliest is None and mention.latest is None) or mention in sayings:
            continue
        assert mention.start is not None and mention.end is not None
        inside = mention.start >= evidence.start and mention.end <= evidence.end + 2
        score = weights["inside"] if inside else 0.0
        why = "in the clause"
        if not inside:
            gap_text = text[mention.end : evidence.start] if mention.end <= evidence.start else text[evidence.end : mention.start]
            score += _outside(text, sentence, mention, evidence, gap_text, weights)
            why = "in the sentence"
        for flag in mention.flags:
            score += weights.get(flag, 0.0)
        if best is None or score > best.score:
            best = _Choice(score, mention, why)
    return best if best is not None and best.score >= weights["threshold"] else None


def _outside(text: str, sentence: Span, mention: When, evidence: Span, gap: str, weights: dict[str, float]) -> float:
    """Score an expression outside the clause by its place in the sentence."""
    assert mention.start is not None and mention.end is not None
    rules = _rules()
    score = 0.0
    if mention.start - sentence.start <= 3:
        score += weights["fronted"]
    elif mention.end <= evidence.start:
        score += weights["before"]
    else:
        score += weights["behind"]
    score += weights["gap"] * min(len(gap), 200) / 100
    if rules["break"].search(gap):
        score += weights["break"]
    return score


def _times_the_saying(text: str, mention: When, evidence: Span) -> bool:
    """Tell whether an expression outside the clause times the saying ("said on Monday that")."""
    assert mention.start is not None and mention.end is not None
    if mention.start >= evidence.start and mention.end <= evidence.end:
        return False
    rules = _rules()
    before = text[max(0, mention.start - 60) : mention.start]
    after = text[mention.end : mention.end + 40]
    return bool(rules["saying_before"].search(before)) or bool(rules["saying_after"].match(after))


def _with_status(choice: _Choice, status: Status, published: date | None) -> When:
    mention = choice.mention
    earliest, latest = mention.earliest, mention.latest
    reason = f"{choice.mention.text!r} {choice.why}: {mention.reason}"
    return When(
        text=mention.text, start=mention.start, end=mention.end, earliest=earliest, latest=latest,
        precision=mention.precision, reason=reason, flags=mention.flags,
    )  # fmt: skip


def _implied(
    document: Document,
    sentence: Span,
    evidence: Span,
    before: Sequence[When],
    sayings: Sequence[When],
    status: Status,
    event: EventType,
) -> When:
    """Work out the time of a clause that no expression of its sentence times."""
    text, published = document.text, document.published
    rules = _rules()
    clause = evidence.of(text)
    told = next((m for m in sayings if m.earliest and m.precision in ("day", "days")), None)
    back = looks_back(document)
    reference = told.latest if told is not None and told.latest else published
    if status in ("intended", "possible", "conditional") and rules["future"].search(clause) and reference is not None and not back:
        return _open(reference, told)
    paragraph = 0 if back else text.rfind("\n", 0, sentence.start) + 1
    present = rules["present"].search(clause) is not None and not back
    if told is None and not present:
        carried = _carried(before, paragraph)
        if carried is not None:
            if status in ("intended", "conditional") and not back:
                return _open(carried.latest or carried.earliest or date.min, carried)
            return _carry(carried)
    if reference is None:
        return When(reason="no words tell the time and the day of publication is not known")
    if back:
        return When(reason="no words tell the time, and the document looks back from long after")
    if status in ("intended", "conditional") or (status == "possible" and not rules["perfect"].search(clause)):
        return _open(reference, told)
    how = "publication" if told is None else f"{told.text!r}, when it was said"
    return When(
        earliest=shift(reference, -1), latest=reference, precision="days",
        reason=f"no words tell the time: fresh news, the day before {how} to that day",
    )  # fmt: skip


def _open(reference: date, told: When | None) -> When:
    how = "publication" if told is None else f"{told.text!r}"
    return When(earliest=reference, latest=None, precision="unknown", reason=f"to come, with no time told: from {how} on")


def _carried(before: Sequence[When], paragraph: int) -> When | None:
    for mention in reversed(before):
        if (mention.start or 0) < paragraph:
            return None
        if mention.earliest is None and mention.latest is None:
            continue
        if {"vague", "duration", "until", "before", "after"} & set(mention.flags):
            continue
        return mention
    return None


def _carry(mention: When) -> When:
    return When(
        earliest=mention.earliest, latest=mention.latest, precision=mention.precision,
        reason=f"goes on from {mention.text!r} told before: {mention.reason}", flags=("carried",),
    )  # fmt: skip
