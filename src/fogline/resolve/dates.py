"""Give a claim its time: which expression times it, or what the document implies where none does.

The choice is a linear one over what stands between an expression and the clause, the clause's tense,
status and type (`when_features`), trained by ``training/when.py``; its weights are ``when_weights.json``.
"""

from __future__ import annotations

import calendar
import json
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from functools import lru_cache

import msgspec

from ..errors import DataError
from ..extract.data import PACKAGE
from ..extract.hindsight import looks_back
from ..model import Document, EventType, Span, Status, When
from .when_features import Choice, choices, patterns

_WEEK = timedelta(days=7)
_WEEKDAY = re.compile(
    rf"(?:on )?(?:{'|'.join(calendar.day_name)})(?: (?:morning|afternoon|evening|night))?", re.I
)
_BOUNDS = frozenset({"until", "by", "before"})
_PERFECT = re.compile(r"\bhave\b")
_TOUCHING = 3  # characters between a clause and the day behind it
_READER = 3.0  # what a reader's choice adds to an expression


@lru_cache(maxsize=1)
def _weights() -> dict[str, float]:
    path = PACKAGE / "resolve" / "when_weights.json"
    try:
        weights: dict[str, float] = json.loads(path.read_bytes())
    except (OSError, ValueError) as error:
        raise DataError(
            f"The weights {path.name} cannot be read ({error}). Install Fogline again."
        ) from error
    return weights


def claim_when(
    document: Document,
    sentence: Span,
    evidence: Span,
    mentions: Sequence[When],
    *,
    status: Status,
    event: EventType,
    spans: Sequence[Span] | None = None,
) -> When:
    """Return the time of one claim.

    It is that of an expression in its clause or sentence, or of one told before that the clause goes on
    from; where none times it, fresh news is of the day before publication (or before it was said) to that
    day, and what is yet to come begins there. A document told from long after implies nothing.

    Args:
        document: the report.
        sentence: the claim's sentence.
        evidence: the claim's clause.
        mentions: all the document's time expressions, as ``extract.dates.dates`` gives them.
        status: the claim's status.
        event: the claim's type.
        spans: the expressions that a trained reader chose for the claim, if one did; they lend weight.

    Returns:
        The interval with the words it rests on and a reason; without days where none can be told.
    """
    options = choices(document, sentence, evidence, mentions, status=status, event=event)
    if looks_back(document):
        options = [o for o in options if o.source not in ("fresh", "open")]
    if not options:
        return When(reason=_nothing(document))
    best = max(options, key=lambda o: _score(o, spans))
    if best.source in ("fresh", "open"):
        best = _implied(options, best, status)
    if status == "intended":
        best = replace(best, when=_ahead(best, document, evidence))
    if status in ("intended", "conditional", "possible") and not _PERFECT.search(evidence.of(document.text)):
        best = _by_then(options, best, document)
    if best.source == "before" and patterns()["lasting"].search(document.text, sentence.start, evidence.end):
        best = replace(best, when=_lasting(best.when, document))
    return _told(best)


def _lasting(when: When, document: Document) -> When:
    """Leave open how long what lasts went on after the day that it is told to have begun by."""
    if when.earliest is None:
        return when
    end = None if looks_back(document) else document.published
    reason = f"of what lasts, from then on: {when.reason}"
    return msgspec.structs.replace(when, latest=end, reason=reason)


def _ahead(option: Choice, document: Document, evidence: Span) -> When:
    """Take a bare weekday of what is yet to come for the next one, or for the day it was announced.

    "The leaders meet on Thursday" is of the next Thursday; "on Thursday he promised to resign" is of the
    days from that one on.
    """
    when, published = option.when, document.published
    told = when.text and _WEEKDAY.fullmatch(when.text)
    if not told or published is None or when.earliest is None or when.latest is None:
        return when
    if option.source not in ("in", "sentence") or not timedelta(0) < published - when.latest <= _WEEK:
        return when
    if option.source == "sentence" and not _scheduled(document.text, when, evidence):
        return msgspec.structs.replace(
            when, latest=None, reason=f"to come, from {when.text!r} on: {when.reason}"
        )
    return msgspec.structs.replace(
        when,
        earliest=when.earliest + _WEEK,
        latest=when.latest + _WEEK,
        reason=f"{when.text!r} after publication, as it is yet to come",
    )


def _scheduled(text: str, when: When, evidence: Span) -> bool:
    """Tell whether a day outside the clause is one of a timetable: "arrives on Saturday and will press"."""
    if when.start is None:
        return False
    touches = 0 <= when.start - evidence.end < _TOUCHING
    return touches or patterns()["scheduled"].search(text, max(0, when.start - 60), when.start) is not None


def _by_then(options: Sequence[Choice], best: Choice, document: Document) -> Choice:
    """Take "by Tuesday" and "until March" of what is yet to come for the next, not for the last."""
    when, published = best.when, document.published
    past = published is not None and when.latest is not None and when.latest < published
    if not past or not _BOUNDS & set(when.flags):
        return best
    turned = (o for o in options if (o.when.start, o.when.end) == (when.start, when.end) and o is not best)
    return next((o for o in turned if published and o.when.latest and o.when.latest >= published), best)


def _implied(options: Sequence[Choice], best: Choice, status: Status) -> Choice:
    """Take the side of the day that the status asks for: ahead what is meant to be, behind what was."""
    ahead = status in ("intended", "conditional") or (
        status != "happened" and "open*tense=will" in best.features
    )
    wanted = "open" if ahead or (status != "happened" and "fresh*tense=will" in best.features) else "fresh"
    last = best.when.latest or best.when.earliest
    return next(o for o in options if o.source == wanted and last in (o.when.latest, o.when.earliest))


def _score(option: Choice, spans: Sequence[Span] | None) -> float:
    weights = _weights()
    score = sum(weights.get(name, 0.0) for name in option.features)
    if spans and option.when.start is not None and option.when.end is not None:
        where = Span(option.when.start, option.when.end)
        score += _READER * any(span.overlaps(where) for span in spans)
    return score


def _told(option: Choice) -> When:
    """Write the choice out: words of the sentence are kept, those told before are only named."""
    when = option.when
    if option.source in ("fresh", "open"):
        return when
    if option.source in ("in", "sentence"):
        return msgspec.structs.replace(when, reason=f"{when.text!r} of its sentence: {when.reason}")
    reason = (
        f"goes on from {when.text!r}, told {'before' if option.source == 'before' else 'next'}: {when.reason}"
    )
    return msgspec.structs.replace(
        when, text=None, start=None, end=None, reason=reason, flags=(*when.flags, "carried")
    )  # fmt: skip


def _nothing(document: Document) -> str:
    if document.published is None:
        return "no words tell the time and the day of publication is not known"
    return "no words tell the time, and the document looks back from long after"
