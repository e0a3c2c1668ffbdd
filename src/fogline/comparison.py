"""Two readings of the same documents side by side: what both found, what one alone, and where they part."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

from msgspec import Struct

from .model import Claim, Span

SAME = 0.25  # share of their characters that two clauses must have in common (Jaccard)
FIELDS = ("status", "speaker", "agents", "targets", "places", "when", "quantities")


class Alone(Struct, frozen=True, kw_only=True):
    """A claim that only one of two extractors found: the first (1) or the second (2)."""

    by: int
    claim: Claim


class Comparison(Struct, frozen=True, kw_only=True):
    """What two extractors made of the documents that both have read.

    ``agree`` maps each field to the share (0 to 1) of the claims found by both in which it is the same;
    ``alone`` are the claims that one of them found and the other did not, in the order of the texts.
    """

    one: str
    other: str
    documents: int
    both: int
    alone: tuple[Alone, ...]
    agree: dict[str, float]


def compare(
    one: str, other: str, claims: Iterable[Claim], others: Iterable[Claim], *, documents: int
) -> Comparison:
    """Pair the claims of two extractors by document, type and clause, and compare their fields.

    Args:
        one: the first extractor's identity.
        other: the second's.
        claims: what the first found in the documents that both have read.
        others: what the second found there.
        documents: how many such documents there are.
    """
    by_document: dict[str, list[Claim]] = defaultdict(list)
    for claim in others:
        by_document[claim.document].append(claim)
    alone, same, both = list[Alone](), Counter[str](), 0
    for claim in claims:
        rest = by_document[claim.document]
        match = max(
            (c for c in rest if c.event == claim.event and _shared(c, claim) >= SAME),
            key=lambda c: _shared(c, claim),
            default=None,
        )
        if match is None:
            alone.append(Alone(by=1, claim=claim))
            continue
        rest.remove(match)
        both += 1
        same.update(field for field in FIELDS if _told(claim, field) == _told(match, field))
    alone += [Alone(by=2, claim=claim) for rest in by_document.values() for claim in rest]
    alone.sort(key=lambda a: (a.claim.document, a.claim.evidence.start))
    return Comparison(
        one=one,
        other=other,
        documents=documents,
        both=both,
        alone=tuple(alone),
        agree={field: same[field] / both if both else 0.0 for field in FIELDS},
    )


def _shared(a: Claim, b: Claim) -> float:
    one, other = Span(a.evidence.start, a.evidence.end), Span(b.evidence.start, b.evidence.end)
    shared = min(one.end, other.end) - max(one.start, other.start)
    return max(0, shared) / (max(one.end, other.end) - min(one.start, other.start))


def _told(claim: Claim, field: str) -> object:
    """Return what a claim tells in a field, without the words it rests on."""
    if field == "speaker":
        return claim.speaker and (claim.speaker.name or claim.speaker.text)
    if field in ("agents", "targets"):
        return {p.side or p.text for p in getattr(claim, field)}
    if field == "places":
        return {p.name or p.text for p in claim.places}
    if field == "when":
        return (claim.when.earliest, claim.when.latest)
    if field == "quantities":
        return {(q.kind, q.low, q.high) for q in claim.quantities}
    return claim.status
