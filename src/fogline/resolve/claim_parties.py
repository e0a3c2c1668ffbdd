"""Who did it and to whom: the agents and targets of one claim."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ..model import EventType, Party, Span
from .frames import Frame, Part, frames, predicates, verbs
from .lists import of_two_sides
from .parties.bare import is_condition
from .parties.data import nouns
from .parties.sides import Sides, sides_of
from .party_phrases import phrase, tidy
from .passives import is_passive

if TYPE_CHECKING:
    from spacy.tokens import Span as TokenSpan
    from spacy.tokens import Token

    from ..extract.parse import Parse

_BOTH = frozenset(
    {"sides", "parties", "belligerents", "negotiators", "envoys", "powers", "countries", "neighbours"}
)
_CLAUSES = frozenset(
    {"xcomp", "conj", "advcl", "acl", "relcl", "ccomp", "attr", "dobj", "nsubj", "nsubjpass", "pobj"}
) | {"pcomp", "prep", "agent", "acomp", "dep", "parataxis", "appos", "oprd"}
_ACTING = frozenset({"PERSON", "ORG", "NORP"})
_RELATIVE = frozenset({"who", "which", "that", "whom"})
_NOT_ACTORS = frozenset(
    {"in", "near", "at", "from", "to", "against", "on", "into", "towards", "with", "between"}
)


@dataclass(slots=True)
class _Found:
    agents: list[Token] = field(default_factory=list)
    targets: list[Token] = field(default_factory=list)
    plain: bool = False  # the words say who does it, as in "in the hands of" or "blamed on"
    repelled: bool = False  # they say whose attack was repelled

    def add(self, part: Part, tokens: Iterable[Token]) -> None:
        """Add heads of phrases to a part."""
        tokens = [_antecedent(token) for token in tokens]
        if part in ("agent", "own"):
            self.agents.extend(t for t in tokens if t not in self.agents)
        elif part == "target":
            self.targets.extend(t for t in tokens if t not in self.targets)


@dataclass(frozen=True, slots=True)
class Told:
    """What the grammar of a clause says of its parties.

    ``plain`` where it says outright who does it, ``repelled`` where it says whose attack was repelled.
    """

    agents: tuple[Party, ...]
    targets: tuple[Party, ...]
    plain: bool
    repelled: bool


def told_by_grammar(
    parse: Parse, sentence: Span, evidence: Span, *, event: EventType, speaker: str | None = None
) -> Told:
    """Return the parties of a clause as its grammar gives them; arguments as in :func:`claim_parties`."""
    sides = sides_of(parse)
    found = _by_grammar(sides, sentence, evidence, event, speaker)
    agents, targets = (
        _settle(sides, [phrase(t) for t in tokens], speaker) for tokens in (found.agents, found.targets)
    )
    return Told(agents, targets, found.plain, found.repelled)


def claim_parties(
    parse: Parse,
    sentence: Span,
    evidence: Span,
    *,
    event: EventType,
    agents: Sequence[Span] | None,
    targets: Sequence[Span] | None,
    speaker: str | None = None,
) -> tuple[tuple[Party, ...], tuple[Party, ...]]:
    """Return the agents and targets of a claim with their sides.

    Args:
        parse: the parsed document.
        sentence: the sentence of the claim.
        evidence: the clause that states the occurrence.
        event: the claim's type, which says what subject and object are.
        agents: spans chosen by a trained reader, None to go by the grammar.
        targets: the same for targets.
        speaker: the side of the voice that tells it, for "we" and "the enemy".

    Returns:
        Agents and targets, in the order of the text.
    """
    sides = sides_of(parse)
    if agents is None or targets is None:
        found = _by_grammar(sides, sentence, evidence, event, speaker)
        agent_spans = [phrase(token) for token in found.agents] if agents is None else list(agents)
        target_spans = [phrase(token) for token in found.targets] if targets is None else list(targets)
    else:
        agent_spans, target_spans = list(agents), list(targets)
    return _settle(sides, agent_spans, speaker), _settle(sides, target_spans, speaker)


def acting(parse: Parse, spans: Iterable[Span], *, speaker: str | None = None) -> list[Span]:
    """Return the spans that can do something: of a side, a person or body, or a word for those who act."""
    sides = sides_of(parse)
    kept = []
    for span in spans:
        tokens = parse.tokens(span)
        if tokens is None:
            continue
        head = tokens.root
        known = head.pos_ == "PRON" or head.ent_type_ in _ACTING
        if known or sides.side(span, speaker=speaker)[0] is not None or _acts(sides, head, speaker):
            kept.append(span)
    return kept


def _antecedent(token: Token) -> Token:
    """Return the noun that a relative pronoun stands for, any other word as it is."""
    if token.lower_ in {"who", "which", "that", "whom"} and token.pos_ in {"PRON", "DET", "SCONJ"}:
        for above in token.ancestors:
            if above.dep_ == "relcl":
                return above.head
    return token


def _settle(sides: Sides, spans: Sequence[Span], speaker: str | None) -> tuple[Party, ...]:
    parties: list[Party] = []
    for span in sorted({part for whole in spans for part in of_two_sides(sides, whole)}):
        trimmed = tidy(sides.parse.document.text, span)
        if trimmed is None or any(
            trimmed.start < party.end and party.start < trimmed.end for party in parties
        ):
            continue
        side, reason = sides.side(trimmed, speaker=speaker)
        parties.append(
            Party(
                text=trimmed.of(sides.parse.document.text),
                start=trimmed.start,
                end=trimmed.end,
                side=side,
                reason=reason,
            )
        )
    return tuple(parties)


def _by_grammar(
    sides: Sides, sentence: Span, evidence: Span, event: EventType, speaker: str | None
) -> _Found:
    tokens = sides.parse.tokens(evidence)
    found = _Found()
    if tokens is None:
        return found
    frame = frames()[event]
    inside = range(tokens.start, tokens.end)
    seen: set[int] = set()
    for root in _predicates(tokens, event):
        _clause(root, inside, frame, found, seen, event)
        if found.agents or found.targets:
            break
    if not found.agents:
        _clause(tokens.root, inside, frame, found, seen, event)
    _held(tokens, event, found)
    if event == "CLASH":
        _repelled(tokens, found)
    kept = _keep(sides, found, frame, speaker)
    if frame.always and not kept.agents:
        nearest = _nearest(sides, tokens, speaker)
        kept.agents.extend([nearest] if nearest is not None and nearest not in kept.targets else [])
    return kept


def _held(tokens: TokenSpan, event: EventType, found: _Found) -> None:
    """Read "in the hands of the rebels", "under Russian control", "is ours": who holds, not what is held."""
    if event not in {"CONTROL", "CAPTURE"}:
        return
    for token in tokens:
        if token.lower_ in {"hands", "control", "rule", "occupation"} and token.dep_ == "pobj":
            holders = [c for c in token.lefts if c.dep_ in {"poss", "amod", "compound", "nmod"}]
            for child in token.rights:
                if child.lower_ == "of":
                    holders.extend(_objects(child))
            if holders:
                found.agents[:] = holders
                found.plain = True
        elif token.lower_ in {"ours", "theirs"} and token.dep_ in {"attr", "oprd", "acomp"}:
            found.agents[:] = [token]
            found.plain = True


def _repelled(tokens: TokenSpan, found: _Found) -> None:
    """Read "repelled a Russian push", "an attack by the militia was beaten off": the attackers suffer it."""
    table = verbs()
    for verb in tokens:
        if verb.lemma_.lower() not in table.repels or verb.pos_ != "VERB":
            continue
        ends = [c for c in verb.children if c.dep_ in {"dobj", "nsubjpass"}]
        attacks = [c for c in ends if c.lower_ in table.weapons | table.attempts]
        kinds = {"poss", "amod", "compound", "nmod"}
        attackers = [c for a in attacks for c in a.children if c.dep_ in kinds and c.i >= tokens.start]
        hosts = attacks if is_passive(verb) else [*attacks, verb]
        hosts += [c for a in attacks for c in a.rights if c.dep_ == "acl" and c.tag_ == "VBN"]  # "mounted by"
        by = [c for host in hosts if attacks for c in host.children if c.lower_ == "by"]
        attackers += [t for c in by for t in _parties(_objects(c))]
        if attackers:
            found.agents[:] = [t for t in found.agents if t not in attackers]
            found.add("target", attackers)
            found.repelled = True


def _nearest(sides: Sides, tokens: TokenSpan, speaker: str | None) -> Token | None:
    """Return the party nearest to the clause: a name in it, else the last actor before."""
    for token in tokens:
        hit = sides.names.name_at(token.i)
        if (
            hit is not None
            and hit.entry.kind in {"demonym", "people", "group"}
            and token.head.lower_ not in _NOT_ACTORS
        ):
            return token
    for gap, reading in sides.discourse.back(tokens[0], 2):
        token = sides.doc[reading.token]
        acts = gap > 0 or token.dep_ in {"nsubj", "nsubjpass", "agent"}
        if acts and reading.side not in (None, "CIV") and reading.sort in {"force", "group", "state"}:
            return token
    return None


def _predicates(tokens: TokenSpan, event: EventType) -> list[Token]:
    """Return the words of the evidence that carry the event: verbs first, the nearest to the root first."""
    words = predicates()[event]
    fits = [t for t in tokens if t.lemma_.lower() in words and t.pos_ in {"VERB", "NOUN", "AUX", "ADJ"}]
    return sorted(fits, key=lambda t: (t.pos_ != "VERB", sum(1 for _ in t.ancestors), t.i))


def _clause(
    root: Token, inside: range, frame: Frame, found: _Found, seen: set[int], event: EventType
) -> None:
    """Read the parts of a clause from its verb or noun, and of the clauses that hang on it."""
    if root.i in seen:
        return
    seen.add(root.i)
    if root.pos_ in {"VERB", "AUX"}:
        _verb(root, inside, frame, found, event)
    else:
        _event_noun(root, inside, frame, found, event)
    for child in root.children:
        if child.i not in inside:
            continue
        if event == "DESTROY" and child.dep_ in {"dobj", "nsubjpass"} and child.pos_ not in {"VERB", "AUX"}:
            continue  # "a French drone was shot down": it was theirs
        if child.dep_ in _CLAUSES:
            if (
                child.pos_ in {"VERB", "AUX"}
                or child.lemma_ in verbs().weapons
                or child.lower_ in verbs().weapons
            ):
                _clause(child, inside, frame, found, seen, event)
            elif child.pos_ == "ADP":
                for inner in child.children:
                    if inner.lower_ in verbs().weapons or inner.pos_ == "VERB":
                        _clause(inner, inside, frame, found, seen, event)


def _verb(verb: Token, inside: range, frame: Frame, found: _Found, event: EventType) -> None:
    table = verbs()
    passive = is_passive(verb)
    subjects = list(_subjects(verb))
    lemma = verb.lemma_.lower()
    objects = [
        c for c in verb.children if c.dep_ in {"dobj", "oprd"} and (c.i in inside or c.lower_ in _RELATIVE)
    ]
    subject_part: Part = frame.subject
    object_part: Part = frame.object
    if frame.victims and not passive:
        if objects and lemma in table.does:
            subject_part = "agent"
        elif event == "DETAIN":
            subject_part = "target" if lemma in table.suffers else "agent"
        elif lemma in table.suffers or not objects:
            subject_part = "target"
            object_part = "none" if lemma in table.suffers else object_part
    if event == "CASUALTIES" and not passive and any(o.lower_ in table.losses for o in objects):
        subject_part, object_part = "agent" if lemma in table.inflicts else "target", "none"
    if event == "CASUALTIES" and not passive and lemma in table.tells:
        subject_part = "none"
    if lemma in table.uses:
        object_part = "none"
    if event == "AID" and not passive and lemma in table.receives:
        subject_part = "target"
    if event in {"CAPTURE", "DESTROY"} and not passive and lemma in table.loses:
        subject_part = "target"
    if event in {"ADVANCE", "CAPTURE", "CLASH"} and lemma in table.drives:
        object_part = "target"
    if lemma in table.blames:
        _blamed(verb, inside, found, passive=passive)
        return
    if passive:
        driven_out = event == "CAPTURE" and lemma in table.drives
        found.add("target" if driven_out else frame.passive, _parties(subjects))
    else:
        found.add(subject_part, _parties(subjects))
    if object_part == "own":
        own = [
            t
            for t in _parties(objects)
            if t.lower_ in nouns().state_forces | nouns().armed | nouns().nonstate
        ]
        if own:
            found.agents[:] = []
            found.add("agent", own)
    elif object_part != "none":
        direct = _parties(objects)
        for token in list(direct):
            if token.lower_ in table.weapons:  # "repelled an attack by Y"
                direct.remove(token)
        found.add(object_part, direct)
    if event == "CAPTURE":  # "took the villages from the rebels", where "from" hangs on the villages
        lost = [f for o in _parties(objects) for f in o.children if f.lower_ == "from" and f.i in inside]
        found.add("target", [t for f in lost for t in _parties(_objects(f))])
    for child in verb.children:
        if child.i not in inside:
            continue
        if child.dep_ == "dative":
            found.add(frame.dative, _parties([child] if child.pos_ != "ADP" else _objects(child)))
        elif child.dep_ == "agent" or (child.lower_ == "by" and passive):
            found.add(frame.by if frame.by != "none" or not passive else "none", _parties(_objects(child)))
        elif child.dep_ == "prep":
            if child.lower_ == "to" and event == "CAPTURE" and lemma not in table.falls:
                continue
            part = frame.preposition(child.lower_)
            found.add(part, _parties(_objects(child)))


def _blamed(verb: Token, inside: range, found: _Found, *, passive: bool) -> None:
    """Read "X blamed Y for the blast", "blamed it on Y": Y did it, whatever X is to the event."""
    found.agents.clear()
    found.plain = True
    onto = [c for c in verb.children if c.dep_ == "prep" and c.lower_ in {"on", "upon"} and c.i in inside]
    if onto:
        found.add("agent", [t for c in onto for t in _parties(_objects(c))])
    elif passive:
        found.add("agent", _parties(list(_subjects(verb))))
    else:
        found.add("agent", _parties([c for c in verb.children if c.dep_ == "dobj" and c.i in inside]))


def _event_noun(noun: Token, inside: range, frame: Frame, found: _Found, event: EventType) -> None:
    """Read "the Russian shelling of X by Y", or a noun that a participle describes."""
    described = [c for c in noun.children if c.dep_ in {"relcl", "acl"} and c.i in inside]
    lower = noun.lower_
    if lower not in verbs().weapons:
        if frame.victims or frame.things:
            found.add("target" if frame.victims or described else "none", [noun] if not described else [])
        elif described or frame.always or frame.both:
            pass
    for child in noun.children:
        if child.dep_ == "poss" and frame.victims and any(c.lower_ == "of" for c in noun.rights):
            found.add("agent", [child])  # "the army's detention of a pastor"
            found.plain = True
        elif (child.dep_ == "poss" and lower in verbs().weapons) or (
            child.dep_ in {"amod", "compound", "nmod"}
            and lower in verbs().weapons
            and child.lower_ not in verbs().weapons  # "a US drone strike"
            and not _leads_a_modifier(child)
        ):
            found.add(frame.possessor, [child])
        elif child.dep_ == "prep" and child.lower_ == "of":
            found.add(
                frame.of, _parties(_objects(child)) if lower in verbs().weapons or frame.victims else []
            )
        elif child.dep_ in {"prep", "agent"}:
            part = frame.by if child.lower_ == "by" else frame.preposition(child.lower_)
            parties = _parties(_objects(child))
            found.add(part, parties)
            if frame.both and child.lower_ == "between" and len(parties) > 1:
                found.plain = True


def _leads_a_modifier(child: Token) -> bool:
    """Tell whether a participle describes another modifier: "US-led" in "US-led coalition strikes"."""
    behind = (c for c in child.head.lefts if c.i > child.i and c.dep_ in {"compound", "nmod"})
    return child.tag_ == "VBN" and any(c.lower_ not in verbs().weapons for c in behind)


def _subjects(verb: Token, depth: int = 0) -> Iterator[Token]:
    """Yield the subject of a verb, its own or the one it shares with the verb it hangs on."""
    own = [c for c in verb.children if c.dep_ in {"nsubj", "nsubjpass"}]
    if own:
        for subject in own:
            if subject.lower_ in {"who", "which", "that"} and verb.dep_ == "relcl":
                yield verb.head
            elif subject.lower_ not in {"there", "it"} or subject.dep_ != "expl":
                yield subject
        return
    if depth > 4:
        return
    if verb.dep_ in {"acl", "relcl"}:
        yield verb.head
        return
    head = verb.head
    if verb.dep_ == "xcomp" and head.lemma_ in verbs().commands:
        objects = [c for c in head.children if c.dep_ == "dobj"]
        if objects:
            yield from objects
            return
    if verb.dep_ in {"xcomp", "conj", "advcl", "ccomp", "dep", "parataxis"} and head.pos_ in {"VERB", "AUX"}:
        yield from _subjects(head, depth + 1)
    elif verb.dep_ in {"pcomp", "pobj"} and head.head.pos_ in {"VERB", "AUX"}:
        faulted = [c for c in head.head.rights if c.dep_ == "dobj" and c.i < head.i]
        if faulted and verb.dep_ == "pcomp" and head.head.lemma_ in verbs().faulting:
            yield from faulted  # "accused the rebels of shelling the town"
            return
        yield from _subjects(head.head, depth + 1)


def _objects(preposition: Token) -> list[Token]:
    return [c for c in preposition.children if c.dep_ in {"pobj", "pcomp"} and c.pos_ not in {"VERB", "AUX"}]


def _parties(heads: Sequence[Token]) -> list[Token]:
    """Return the heads and what is joined to them by "and" or a comma."""
    out = []
    for head in heads:
        out.append(head)
        out.extend(c for c in head.conjuncts if c.i > head.i and c.pos_ in {"NOUN", "PROPN", "PRON", "NUM"})
    return out


def _keep(sides: Sides, found: _Found, frame: Frame, speaker: str | None) -> _Found:
    """Leave out what is no party: places, days, things that do nothing."""
    kept = _Found(plain=found.plain, repelled=found.repelled)
    for token in found.agents:
        if (found.plain and token.pos_ == "PRON") or _acts(sides, token, speaker):
            kept.agents.append(token)
    for token in found.targets:
        if token not in kept.agents and _suffers(sides, token, frame, speaker):
            kept.targets.append(token)
    return kept


def _acts(sides: Sides, token: Token, speaker: str | None) -> bool:
    lower = token.lower_
    if is_condition(token) or (
        token.ent_type_ in {"DATE", "TIME", "CARDINAL", "QUANTITY", "MONEY", "PERCENT"}
        and token.pos_ == "NUM"
    ):
        return False
    side, _ = sides.side(Span(token.idx, token.idx + len(token)), speaker=speaker)
    if side is not None:
        return lower not in verbs().weapons or token.pos_ in {"ADJ", "PROPN"}
    if token.i in sides.names.person_at:
        return True
    lists = nouns()
    return (
        lower
        in lists.nonstate
        | lists.mercenaries
        | lists.state_forces
        | lists.armed
        | lists.government
        | lists.civilians
        | _BOTH
    )


def _suffers(sides: Sides, token: Token, frame: Frame, speaker: str | None) -> bool:
    lower = token.lower_
    if token.ent_type_ in {"DATE", "TIME", "QUANTITY", "MONEY", "PERCENT"}:
        return False
    if lower in verbs().weapons or lower in verbs().sums:
        return False
    side, _ = sides.side(Span(token.idx, token.idx + len(token)), speaker=speaker)
    if token.ent_type_ in {"GPE", "LOC", "FAC"} and (side is None or not frame.things):
        return side is not None and len(side) == 3 and frame.things is False
    if side is not None:
        return True
    return frame.things and token.pos_ in {"NOUN", "PROPN", "NUM"}
