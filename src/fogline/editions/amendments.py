"""What became of a claim in later editions: it stands, it is told otherwise, or it was withdrawn."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence

from rapidfuzz import fuzz

from ..model import Amendment, Claim, Edition, Quantity, Span
from .articles import Article
from .difference import Alignment, aligned, plain

_SAME_PARTIES = 85.0  # of 100: how alike two names of one party or place are
_ALIKE = 45.0  # of 100: how alike the words of claims are that share type, place and parties
_AHEAD = 5  # editions in which a claim is looked for
_COMPARED = 600  # characters of evidence that are compared


def amendments_of(article: Article, claims: Mapping[str, Sequence[Claim]]) -> dict[str, Amendment]:
    """Return what later editions did to the claims of earlier ones, by the claims' ids.

    A claim stands where the later edition keeps its sentence, or has a claim that tells the same: with the
    same words, or of the same type with the same place and parties. Where that one differs in figures,
    status or day, the claim is changed. Where there is none, it was withdrawn. A claim that stands shares
    the fate of the one that it became, and one that one of the next few editions takes up again was not
    withdrawn.

    Args:
        article: the editions.
        claims: by document, those of one extractor.
    """
    became: dict[str, Amendment] = {}
    for number in range(len(article.editions) - 2, -1, -1):
        mine = claims.get(article.editions[number].document, ())
        for claim, amendment in _fates(article, number, mine, claims, became):
            became[claim.id] = amendment
    return became


def _fates(
    article: Article,
    number: int,
    mine: Sequence[Claim],
    claims: Mapping[str, Sequence[Claim]],
    became: Mapping[str, Amendment],
) -> Iterator[tuple[Claim, Amendment]]:
    """Give what became of an edition's claims, the later editions' being known."""
    waiting = list(mine)
    first_without = article.editions[number + 1]
    for later in range(number + 1, min(number + 1 + _AHEAD, len(article.editions))):
        if not waiting:
            return
        edition = article.editions[later]
        alignment = aligned(article.texts[number], article.texts[later])
        counterparts = _counterparts(waiting, claims.get(edition.document, ()), alignment)
        left = []
        for claim in waiting:
            other = counterparts.get(claim.id)
            if other is not None:
                kept = _sentence(alignment, claim) in alignment.kept
                amendment = (None if kept else _amended(claim, other, edition)) or became.get(other.id)
                if amendment is not None:
                    yield claim, amendment
            elif _sentence(alignment, claim) not in alignment.kept:
                left.append(claim)
        waiting = left
    for claim in waiting:
        kind = Amendment(kind="withdrawn", edition=first_without.document, day=first_without.day)
        yield claim, kind


def _counterparts(mine: Sequence[Claim], theirs: Sequence[Claim], alignment: Alignment) -> dict[str, Claim]:
    """Return the claim of a later edition that tells what each of these tells, each taken once."""
    scored = []
    for claim in mine:
        beside = alignment.pairs.get(_sentence(alignment, claim))
        for other in theirs:
            if claim.event == other.event:
                there = _number(alignment.new, other.evidence.start)
                score = _score(claim, other, beside=beside is not None and beside == there)
                if score:
                    scored.append((-score, abs(claim.evidence.start - other.evidence.start), claim, other))
    found: dict[str, Claim] = {}
    used: set[str] = set()
    for _, _, claim, other in sorted(scored, key=lambda one: (one[0], one[1], one[2].id, one[3].id)):
        if claim.id not in found and other.id not in used:
            found[claim.id] = other
            used.add(other.id)
    return found


def _score(claim: Claim, other: Claim, *, beside: bool) -> float:
    """Return how surely two claims of one type are one, 0 where they are not.

    Args:
        claim: of the earlier edition.
        other: of the later one.
        beside: whether the one's sentence is a wording of the other's.
    """
    one, two = plain(claim.evidence.text)[:_COMPARED], plain(other.evidence.text)[:_COMPARED]
    alike = fuzz.ratio(one, two)
    if beside:
        return 200 + alike
    if one == two:
        return 150
    same = _share(_places(claim), _places(other)) and _share(_parties(claim), _parties(other))
    return alike if same and alike >= _ALIKE else 0.0


def _amended(claim: Claim, other: Claim, edition: Edition) -> Amendment | None:
    changes = tuple(_changes(claim, other))
    if not changes:
        return None
    return Amendment(
        kind="changed", edition=edition.document, day=edition.day, claim=other.id, changes=changes
    )


def _changes(claim: Claim, other: Claim) -> Iterator[str]:
    """Give what two tellings of one claim differ in, as people read it."""
    after = {q.kind: q for q in reversed(other.quantities)}
    before = {q.kind: q for q in reversed(claim.quantities)}
    for kind, figure in before.items():
        new = after.get(kind)
        if new is not None and (figure.low, figure.high) != (new.low, new.high):
            yield f"{_unit(figure)}{_figure(figure)} → {_figure(new)}"
    if claim.status != other.status:
        yield f"{claim.status} → {other.status}"
    if claim.when.earliest and other.when.earliest and _apart(claim, other):
        yield f"{claim.when.earliest} → {other.when.earliest}"


def _apart(claim: Claim, other: Claim) -> bool:
    """Tell whether two claims tell days that exclude each other."""
    one, two = claim.when, other.when
    if one.earliest is None or two.earliest is None:
        return False
    return (one.latest or one.earliest) < two.earliest or (two.latest or two.earliest) < one.earliest


def _unit(figure: Quantity) -> str:
    return "" if figure.kind == "other" else f"{figure.kind} "


def _figure(figure: Quantity) -> str:
    low, high = (None if v is None else f"{v:.6f}".rstrip("0").rstrip(".") for v in (figure.low, figure.high))
    if low == high:
        return low or figure.text
    return f"{low} or more" if high is None else f"up to {high}" if low is None else f"{low} to {high}"


def _places(claim: Claim) -> frozenset[str]:
    return frozenset(plain(place.name or place.text) for place in claim.places)


def _parties(claim: Claim) -> frozenset[str]:
    return frozenset(p.side or plain(p.name or p.text) for p in (*claim.agents, *claim.targets))


def _share(one: frozenset[str], other: frozenset[str]) -> bool:
    """Tell whether names have one in common, or one side tells none."""
    if not one or not other or one & other:
        return True
    return any(fuzz.ratio(a, b) >= _SAME_PARTIES for a in one for b in other)


def _sentence(alignment: Alignment, claim: Claim) -> int:
    return _number(alignment.old, claim.evidence.start)


def _number(spans: Sequence[Span], start: int) -> int:
    return max(0, bisect_right(spans, start, key=lambda span: span.start) - 1)
