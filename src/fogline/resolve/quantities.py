"""Give a claim its figures: which numbers of its clause belong to it, and what they count.

The choice is a softmax regression over what stands near a number (`quantity_features`), trained by
``training/quantities.py``; its weights are ``quantity_kinds.json``.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import lru_cache

import msgspec

from ..errors import DataError
from ..extract.data import PACKAGE, data
from ..model import Document, EventType, Party, Quantity, QuantityKind, Span
from .quantity_features import features

_READER = 1.0  # what a reader's choice adds to a figure's score, and its silence takes away by half
_MEASURES = {"km": "distance", "km2": "area"}
_HARMED = frozenset({"killed", "wounded", "killed_or_wounded", "missing"})
_TOLLS = _HARMED | {"detained", "displaced"}

_DEAD_OR_HURT = r"\b(?:killed|dead|died|slain)(?:,)? (?:or|and) (?:wounded|injured|hurt)\b"
_ABOUT = r"(?:(?:at least|about|some|around|nearly|more than|over) )?"
_NUMBER = (
    r"(?:\d|others|(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b"
    r"|(?:dozens?|scores|hundreds|several|many)\b)"
)
# One figure for both: "300 people killed or injured"; not where the wounded have a figure of their own.
_DEAD_AND_HURT_BEHIND = re.compile(rf"[^.;:\d]{{0,40}}?{_DEAD_OR_HURT}(?! {_ABOUT}{_NUMBER})")
_DEAD_AND_HURT_AHEAD = re.compile(rf"{_DEAD_OR_HURT} {_ABOUT}$")


def _done(verbs: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{verbs}) {_ABOUT}$")


_DONE: dict[QuantityKind, re.Pattern[str]] = {
    "displaced": _done(r"displac(?:ed|ing)|uproot(?:ed|ing)"),
    "wounded": _done(r"wound(?:ed|ing)|injur(?:ed|ing)"),
    "killed": _done(r"kill(?:ed|ing)|massacr(?:ed|ing)"),
    "detained": _done(r"(?:kidnapp|abduct|arrest|detain)(?:ed|ing)"),
}
_SUFFERED = re.compile(
    r"(?: [\w'’]+){0,3}? (?:was|were|been|being|be) (?:\w+ly )?"
    r"(?:(?P<displaced>displaced|uprooted)|(?P<detained>kidnapped|abducted|arrested|detained))\b"
)


@lru_cache(maxsize=1)
def _weights() -> dict[str, dict[str, float]]:
    path = PACKAGE / "resolve" / "quantity_kinds.json"
    try:
        weights: dict[str, dict[str, float]] = json.loads(path.read_bytes())
    except (OSError, ValueError) as error:
        raise DataError(
            f"The weights {path.name} cannot be read ({error}). Install Fogline again."
        ) from error
    return weights


def claim_quantities(
    document: Document,
    sentence: Span,
    evidence: Span,
    mentions: Sequence[Quantity],
    *,
    event: EventType,
    spans: Sequence[tuple[Span, str | None]] | None = None,
) -> tuple[Quantity, ...]:
    """Return the figures that belong to one claim, with the kind that the occurrence gives them.

    Args:
        document: the report.
        sentence: the claim's sentence.
        evidence: the claim's clause.
        mentions: all the document's figures, as ``extract.quantities.quantities`` gives them.
        event: the claim's type.
        spans: figures that a trained reader chose, with their kind where it told one; they lend weight.

    Returns:
        The figures in the order of the text.
    """
    out: list[Quantity] = []
    for quantity in candidates(evidence, mentions):
        scores = _scores(features(document.text, sentence, evidence, quantity, event))
        where = Span(quantity.start, quantity.end)
        chosen = [kind for span, kind in spans or () if span.overlaps(where)]
        if spans is not None:
            scores["none"] += -_READER if chosen else _READER / 2
            for kind in chosen:
                if kind is not None:
                    scores[kind] = scores.get(kind, 0.0) + _READER
        kind = _kind(scores, quantity)
        if kind in ("killed", "wounded") and _both(document.text, quantity):
            kind = "killed_or_wounded"
        elif kind in _TOLLS | {"troops"}:
            kind = _befell(document.text, quantity) or kind
        if kind is not None:
            out.append(quantity if kind == quantity.kind else msgspec.structs.replace(quantity, kind=kind))
    return tuple(out)


def _befell(text: str, quantity: Quantity) -> QuantityKind | None:
    """Return what the verb beside a figure tells of those it counts: "displaced 2.6 million people"."""
    before = text[max(0, quantity.start - 60) : quantity.start]
    done = next((kind for kind, told in _DONE.items() if told.search(before)), None)
    suffered = _SUFFERED.match(text, quantity.end)
    if done is None and suffered is not None:
        return "displaced" if suffered["displaced"] else "detained"
    return done


def _both(text: str, quantity: Quantity) -> bool:
    """Tell whether one figure counts dead and wounded together: "300 people killed or injured"."""
    told_after = _DEAD_AND_HURT_BEHIND.match(text, quantity.end)
    return told_after is not None or bool(_DEAD_AND_HURT_AHEAD.search(text[: quantity.start][-60:]))


def strength_of_doers(
    figures: Sequence[Quantity], agents: Sequence[Party], targets: Sequence[Party]
) -> tuple[Quantity, ...]:
    """Count those who did it as troops, not as victims: "two gunmen killed five" has a toll of five."""

    def among(figure: Quantity, parties: Sequence[Party]) -> bool:
        return any(figure.start < p.end and p.start < figure.end for p in parties)

    return tuple(
        msgspec.structs.replace(f, kind="troops")
        if f.kind in _TOLLS and among(f, agents) and not among(f, targets)
        else f
        for f in figures
    )


def candidates(evidence: Span, mentions: Sequence[Quantity]) -> list[Quantity]:
    """Return the figures that touch a clause, in order."""
    first = bisect_left(mentions, evidence.start, key=lambda q: q.end)
    out = []
    for quantity in mentions[first:]:
        if quantity.start >= evidence.end:
            break
        if quantity.end > evidence.start:
            out.append(quantity)
    return out


@lru_cache(maxsize=1)
def _own() -> dict[str, QuantityKind]:
    rows: dict[QuantityKind, list[str]] = data("resolve/quantity_words.yml")["own"]
    return {word: kind for kind, words in rows.items() for word in words}


def _scores(names: Sequence[str]) -> dict[str, float]:
    weights = _weights()
    scores: dict[str, float] = {"none": 0.0}
    for name in sorted(set(names)):
        for kind, weight in weights.get(name, {}).items():
            scores[kind] = scores.get(kind, 0.0) + weight
    return scores


def _kind(scores: dict[str, float], quantity: Quantity) -> QuantityKind | None:
    """Return the best kind, None for a number that is no figure of the claim; measures keep theirs."""
    best = max(sorted(scores), key=lambda kind: scores[kind])
    if best == "none":
        return None
    if quantity.unit in _MEASURES or quantity.kind == "duration":
        return quantity.kind
    if best in _HARMED and quantity.text:
        best = _own().get(quantity.text.split()[-1].casefold(), best)
    return best  # type: ignore[return-value]  # the weights know the codebook's kinds only
