"""Join what the trained reader says of a claim with what grammar and rules say.

Each errs where the other does not. Of parties, the reader sees what a clause is about but cuts phrases
short, the grammar gives whole phrases but follows every misparse: the grammar's phrases stand that the
reader at least half sees, else what the reader is sure of, else what it takes for the likeliest. Of
status, the reader gives probabilities and a rule that speaks adds to the odds of its word.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from ..extract.status import status as status_by_rule
from ..model import EventType, Party, Span, Status
from .befallen import befallen
from .claim_parties import acting, claim_parties, told_by_grammar
from .companions import Tie, companions
from .frames import frames, verbs
from .lists import items
from .party_phrases import whole
from .passives import changes_hands, performs, undergoes

if TYPE_CHECKING:
    from ..extract.parse import Parse


_FIGURES = frozenset({"NUM", "DET", "ADP", "CCONJ", "PUNCT", "SYM", "SPACE", "ADV"})
Scored = Sequence[tuple[Span, float]]

HALF = 0.5  # the same of those it befell, where nobody else was found; nobody has done it on half a suspicion
SURE = 0.65  # probability from which the reader's word on a party stands against the grammar's
CERTAIN = 0.8  # the same from which a phrase does it that no list of words knows to act


def joined_status(
    text: str, sentence: Span, evidence: Span, *, read: Mapping[Status, float], event: EventType | None = None
) -> tuple[Status, str]:
    """Return the status that reader and rules make likeliest together, with the reason.

    Args:
        text: the document's text.
        sentence: the sentence of the claim.
        evidence: the clause that states the occurrence.
        read: the reader's probability of each status; empty where there was no reader.
        event: the type of what is told, None where that is not known.
    """
    ruled, why, odds = status_by_rule(text, sentence, evidence, event=event)
    if not read:
        return ruled, why
    scores = {s: math.log(p + 1e-9) + (odds if s == ruled else 0.0) for s, p in read.items()}
    best = max(scores, key=lambda s: scores[s])
    share = f"{read[best]:.0%} by the reader"
    return best, f"{why} ({share})" if best == ruled else f"{share}, though by rule {ruled}: {why}"


def joined_parties(
    parse: Parse,
    sentence: Span,
    evidence: Span,
    *,
    event: EventType,
    seen: tuple[Scored, Scored] | None,
    settlements: Sequence[Span] = (),
    speaker: str | None = None,
) -> tuple[tuple[Party, ...], tuple[Party, ...]]:
    """Return the agents and targets of a claim with their sides.

    Args:
        parse: the parsed document.
        sentence: the sentence of the claim.
        evidence: the clause that states the occurrence.
        event: the claim's type.
        seen: agents and targets that the reader may be seeing, each with its probability; None where
            there was no reader.
        settlements: names of settlements in the text, in order, which shells hit only as places.
        speaker: the side of the voice that tells it.
    """
    grammar = told_by_grammar(parse, sentence, evidence, event=event, speaker=speaker)
    if seen is None:
        return grammar.agents, grammar.targets
    frame = frames()[event]
    told = [[Span(p.start, p.end) for p in part] for part in (grammar.agents, grammar.targets)]
    agent_spans, target_spans = ([(whole(parse, s), p) for s, p in part] for part in seen)
    agents = _join(parse, agent_spans, told[0])
    targets = _join(parse, target_spans, told[1])
    if grammar.plain and told[0]:
        agents = told[0]
    if grammar.repelled and told[1]:
        targets = told[1]
        agents = [a for a in agents if not any(a.overlaps(t) for t in targets)]
    suffering = [a for a in agents if undergoes(parse, a, evidence=evidence, event=event)]
    agents = [a for a in agents if a not in suffering and not changes_hands(parse, a, event=event)]
    targets = [*targets, *(s for s in suffering if not any(s.overlaps(t) for t in targets))]
    seen_too = [a for a in told[0] if any(a.overlaps(s) for s, _ in target_spans)]
    doing = [t for t in (*targets, *seen_too) if performs(parse, t, evidence=evidence, event=event)]
    targets = [t for t in targets if t not in doing]
    agents = [*agents, *(d for d in doing if not any(d.overlaps(a) for a in agents))]
    agents += _with(parse, evidence, agents, agent_spans, tie="agents")
    targets += _with(parse, evidence, targets, target_spans, tie="targets")
    agents = _actors(parse, agents, agent_spans, speaker=speaker)
    if not agents:
        found = _likeliest(parse, agent_spans, least=0.0 if frame.always else SURE, but=targets)
        agents = acting(parse, found, speaker=speaker)
    if not targets:
        targets = _likeliest(parse, target_spans, least=0.0 if frame.victims else HALF, but=agents)
    taken = [t for t in targets if changes_hands(parse, t, event=event)]
    losers = acting(parse, taken, speaker=speaker)  # "the garrison fell", not "the bridge fell"
    targets = [t for t in targets if t not in taken or t in losers]
    targets = befallen(parse, targets, event=event, settlements=settlements)
    return claim_parties(
        parse, sentence, evidence, event=event, agents=agents, targets=targets, speaker=speaker
    )


def _join(parse: Parse, seen: Scored, told: Sequence[Span]) -> list[Span]:
    """Return the grammar's phrases that the reader sees and the rest of their lists, else the reader's."""
    sure = [s for s, p in seen if p >= SURE]
    chosen = [t for t in told if any(t.overlaps(s) for s, _ in seen)]
    lists = [s for s in sure if not chosen or any(s.overlaps(p) for p in chosen)]
    return [*chosen, *(p for p in _items(parse, lists) if not any(p.overlaps(c) for c in chosen))]


def _with(parse: Parse, evidence: Span, parties: Sequence[Span], seen: Scored, *, tie: Tie) -> list[Span]:
    """Return who is told along with parties, one by one."""
    found = companions(parse, evidence, parties, seen, tie=tie)
    return [span for span in _items(parse, found) if _tells(parse, span)]


def _items(parse: Parse, spans: Sequence[Span]) -> list[Span]:
    return [item for span in spans for item in items(parse, span)]


def _actors(parse: Parse, spans: Sequence[Span], seen: Scored, *, speaker: str | None) -> list[Span]:
    """Return the spans that can do something, or that the reader is certain do."""
    known = acting(parse, spans, speaker=speaker)
    certain = [s for s, p in seen if p >= CERTAIN]
    return [s for s in spans if s in known or (_tells(parse, s) and any(s.overlaps(c) for c in certain))]


def _likeliest(parse: Parse, seen: Scored, *, least: float, but: Sequence[Span]) -> list[Span]:
    """Return what the reader takes for a part before all else, where that says who and is none of ``but``."""
    free = [(s, p) for s, p in seen if p >= least and not any(s.overlaps(b) for b in but)]
    best = max(free, key=lambda s: s[1], default=None)
    return [best[0]] if best is not None and _tells(parse, best[0]) else []


def _tells(parse: Parse, span: Span) -> bool:
    """Tell whether a phrase says who: not a figure alone, nor "the toll"."""
    tokens = parse.tokens(span)
    if tokens is None or all(t.pos_ in _FIGURES for t in tokens):
        return False
    head = tokens.root
    return head.lower_ not in verbs().sums or any(c.lower_ == "of" for c in head.rights)
