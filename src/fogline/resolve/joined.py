"""Join what the trained reader and the grammar say of a claim's parties.

Each errs where the other does not: the reader sees what a clause is about but cuts phrases short, the
grammar gives whole phrases but follows every misparse. What the reader is sure of stands, widened to
the grammar's phrase; where it is sure of nothing, the grammar's phrases stand that it half sees.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ..model import EventType, Party, Span
from .claim_parties import claim_parties

if TYPE_CHECKING:
    from ..extract.parse import Parse


def joined_parties(
    parse: Parse,
    sentence: Span,
    evidence: Span,
    *,
    event: EventType,
    sure: tuple[Sequence[Span], Sequence[Span]],
    seen: tuple[Sequence[Span], Sequence[Span]],
    speaker: str | None = None,
) -> tuple[tuple[Party, ...], tuple[Party, ...]]:
    """Return the agents and targets of a claim with their sides.

    Args:
        parse: the parsed document.
        sentence: the sentence of the claim.
        evidence: the clause that states the occurrence.
        event: the claim's type.
        sure: agents and targets that the reader is sure of.
        seen: agents and targets that it may be seeing, the sure ones among them.
        speaker: the side of the voice that tells it.
    """
    grammar = claim_parties(
        parse, sentence, evidence, event=event, agents=None, targets=None, speaker=speaker
    )
    agents, targets = (_join(s, w, g) for s, w, g in zip(sure, seen, grammar, strict=True))
    return claim_parties(
        parse, sentence, evidence, event=event, agents=agents, targets=targets, speaker=speaker
    )


def _join(sure: Sequence[Span], seen: Sequence[Span], grammar: Sequence[Party]) -> list[Span]:
    phrases = [Span(p.start, p.end) for p in grammar]
    out: list[Span] = []
    for span in sure:
        out += [p for p in phrases if p.overlaps(span)] or [span]
    return out or [p for p in phrases if any(p.overlaps(s) for s in seen)]
