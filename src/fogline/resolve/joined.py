"""Join what the trained reader says of a claim with what grammar and rules say.

Each errs where the other does not. Of parties, the reader sees what a clause is about but cuts phrases
short, the grammar gives whole phrases but follows every misparse: the grammar's phrases stand that the
reader at least half sees, else what the reader is sure of. Of status, the reader gives probabilities and
a rule that speaks adds to the odds of its word.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from ..extract.status import status as status_by_rule
from ..model import EventType, Party, Span, Status
from .claim_parties import acting, claim_parties, told_by_grammar
from .passives import undergoes

if TYPE_CHECKING:
    from ..extract.parse import Parse


RULE = 2.0  # log odds that a rule's word adds; the best on training reports held back from the reader


def joined_status(
    text: str, sentence: Span, evidence: Span, *, read: Mapping[Status, float]
) -> tuple[Status, str]:
    """Return the status that reader and rules make likeliest together, with the reason.

    Args:
        text: the document's text.
        sentence: the sentence of the claim.
        evidence: the clause that states the occurrence.
        read: the reader's probability of each status; empty where there was no reader.
    """
    ruled, why = status_by_rule(text, sentence, evidence)
    if not read:
        return ruled, why
    scores = {s: math.log(p + 1e-9) + (RULE if s == ruled else 0.0) for s, p in read.items()}
    best = max(scores, key=lambda s: scores[s])
    share = f"{read[best]:.0%} by the reader"
    return best, f"{why} ({share})" if best == ruled else f"{share}, though by rule {ruled}: {why}"


def joined_parties(
    parse: Parse,
    sentence: Span,
    evidence: Span,
    *,
    event: EventType,
    sure: tuple[Sequence[Span], Sequence[Span]] | None,
    seen: tuple[Sequence[Span], Sequence[Span]],
    speaker: str | None = None,
) -> tuple[tuple[Party, ...], tuple[Party, ...]]:
    """Return the agents and targets of a claim with their sides.

    Args:
        parse: the parsed document.
        sentence: the sentence of the claim.
        evidence: the clause that states the occurrence.
        event: the claim's type.
        sure: agents and targets that the reader is sure of; None where there was no reader.
        seen: agents and targets that it may be seeing, the sure ones among them.
        speaker: the side of the voice that tells it.
    """
    grammar = told_by_grammar(parse, sentence, evidence, event=event, speaker=speaker)
    if sure is None:
        return grammar.agents, grammar.targets
    agents, targets = (
        _join(s, w, g) for s, w, g in zip(sure, seen, (grammar.agents, grammar.targets), strict=True)
    )
    if grammar.plain and grammar.agents:
        agents = [Span(p.start, p.end) for p in grammar.agents]
    suffering = [a for a in agents if undergoes(parse, a, evidence=evidence, event=event)]
    agents = [a for a in agents if a not in suffering]
    targets = [*targets, *(s for s in suffering if not any(s.overlaps(t) for t in targets))]
    agents = acting(parse, agents, speaker=speaker)
    return claim_parties(
        parse, sentence, evidence, event=event, agents=agents, targets=targets, speaker=speaker
    )


def _join(sure: Sequence[Span], seen: Sequence[Span], grammar: Sequence[Party]) -> list[Span]:
    phrases = [Span(p.start, p.end) for p in grammar]
    return [p for p in phrases if any(p.overlaps(s) for s in seen)] or list(sure)
