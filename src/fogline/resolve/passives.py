"""Passives: what their subjects undergo, they do not do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .frames import frames, predicates, verbs

if TYPE_CHECKING:
    from spacy.tokens import Token

    from ..extract.parse import Parse
    from ..model import EventType, Span


def is_passive(verb: Token) -> bool:
    """Tell whether a verb is passive, written out ("was shot") or shortened ("a man shot at the gate")."""
    if any(c.dep_ in {"auxpass", "nsubjpass"} for c in verb.children):
        return True
    return (
        verb.tag_ == "VBN"
        and verb.dep_ in {"acl", "relcl", "amod"}
        and not any(c.dep_ in {"aux", "nsubj"} for c in verb.children)
    )


def undergoes(parse: Parse, span: Span, *, evidence: Span, event: EventType) -> bool:
    """Tell whether an event befalls a phrase, so that others did it.

    So it is with the subject of a passive ("was shot", "a marine taken prisoner"), of what one suffers
    ("fled", "surrendered"), of losing a place, and of being driven off. Not so where the passive only
    leads to what its subject does ("is believed to have landed", "was blamed for the blast"), nor for
    events that a passive's subject takes part in ("were deployed").

    Args:
        parse: the document.
        span: the phrase.
        evidence: the clause that states the event.
        event: its type.
    """
    tokens = parse.tokens(span)
    if tokens is None:
        return False
    head, frame, table = tokens.root, frames()[event], verbs()
    described = (c for c in head.rights if c.dep_ == "acl" and c.tag_ == "VBN" and frame.passive == "target")
    if any(
        evidence.start <= c.idx < evidence.end and c.lemma_.lower() in predicates()[event] for c in described
    ):
        return True
    verb, lemma = head.head, head.head.lemma_.lower()
    if not evidence.start <= verb.idx < evidence.end or lemma in table.blames:
        return False
    if head.dep_ == "nsubjpass":
        driven = event in {"CAPTURE", "CLASH"} and lemma in table.drives
        by = [t for c in verb.children if c.dep_ == "agent" for t in c.children if t.dep_ == "pobj"]
        hit = not by or (not frame.always and lemma in predicates()[event])
        return (driven or frame.passive == "target") and hit and all(c.dep_ != "xcomp" for c in verb.children)
    if head.dep_ != "nsubj" or is_passive(verb):
        return False
    if frame.passive == "target" and (_bears(verb) or _is_left(verb, event)):
        return True
    if event in {"CAPTURE", "DESTROY"}:
        return lemma in table.loses and any(c.dep_ == "dobj" for c in verb.children)
    objects = [c for c in verb.children if c.dep_ == "dobj"]
    if event == "CASUALTIES" and lemma not in table.inflicts | table.tells:
        return any(c.lower_ in table.losses for c in objects) or (lemma in table.suffers and not objects)
    return frame.victims and lemma in table.suffers and not objects


def _bears(verb: Token) -> bool:
    """Tell whether the subject of a verb is attacked: "faced a series of raids", "came under fire"."""
    lemma = verb.lemma_.lower()
    if lemma in verbs().bears:
        return any(_attacks(c) for c in verb.children if c.dep_ == "dobj")
    under = (c for c in verb.children if c.lower_ == "under" and lemma == "come")
    return any(_attacks(t) for c in under for t in c.children if t.dep_ == "pobj")


def _is_left(verb: Token, event: EventType) -> bool:
    """Tell whether an adjective tells what was done to the subject of a verb: "are encircled"."""
    left = (c.lower_ for c in verb.children if c.dep_ == "acomp" and c.lower_.endswith("ed"))
    return any({word[:-1], word[:-2]} & predicates()[event] for word in left)


def _attacks(noun: Token) -> bool:
    """Tell whether a noun is an attack, or counts some: "a raid", "a string of ambushes"."""
    if noun.lower_ in verbs().weapons | verbs().attempts or noun.lemma_.lower() in predicates()["ATTACK"]:
        return True
    of = (c for c in noun.children if c.lower_ == "of")
    return any(_attacks(t) for c in of for t in c.children if t.dep_ == "pobj")


def changes_hands(parse: Parse, span: Span, *, event: EventType) -> bool:
    """Tell whether a phrase is what is taken, not who takes it: "it fell", "the hill changed hands"."""
    tokens = parse.tokens(span)
    if tokens is None or event != "CAPTURE" or tokens.root.dep_ != "nsubj":
        return False
    verb = tokens.root.head
    hands = any(c.dep_ == "dobj" and c.lower_ == "hands" for c in verb.children)
    return hands or verb.lemma_.lower() == "fall"


def performs(parse: Parse, span: Span, *, evidence: Span, event: EventType) -> bool:
    """Tell whether a phrase is who does it: the subject of an active verb with an object, or behind "by".

    Args:
        parse: the document.
        span: the phrase.
        evidence: the clause that states the event.
        event: its type.
    """
    tokens = parse.tokens(span)
    if tokens is None:
        return False
    head = tokens.root
    if changes_hands(parse, span, event=event):
        return False
    if event == "CAPTURE" and head.dep_ == "pobj" and head.head.lower_ == "to":
        return head.head.head.lemma_.lower() in verbs().falls
    behind_by = head.dep_ == "pobj" and head.head.lower_ == "by"
    verb = head.head.head if behind_by else head.head
    if not evidence.start <= verb.idx < evidence.end or verb.lemma_.lower() not in predicates()[event]:
        return False
    if behind_by:
        return frames()[event].by == "agent" and is_passive(verb)
    if head.dep_ != "nsubj" or is_passive(verb) or not any(c.dep_ == "dobj" for c in verb.children):
        return False
    table, lemma = verbs(), verb.lemma_.lower()
    if frames()[event].victims:
        return lemma in table.does
    return frames()[event].subject == "agent" and lemma not in table.loses | table.receives
