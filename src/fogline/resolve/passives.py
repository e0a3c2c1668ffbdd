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
    """Tell whether a phrase is the subject of a passive that states an event, so that others did it.

    Not so where the passive only leads to what its subject does ("is believed to have landed", "was
    blamed for the blast"), nor for events that a passive's subject takes part in ("were deployed").

    Args:
        parse: the document.
        span: the phrase.
        evidence: the clause that states the event.
        event: its type.
    """
    tokens = parse.tokens(span)
    if tokens is None or frames()[event].passive != "target" or tokens.root.dep_ != "nsubjpass":
        return False
    verb = tokens.root.head
    if not evidence.start <= verb.idx < evidence.end or verb.lemma_.lower() in verbs().blames:
        return False
    return all(child.dep_ not in {"agent", "xcomp"} for child in verb.children)


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
