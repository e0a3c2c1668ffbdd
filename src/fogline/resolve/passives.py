"""Passives: what their subjects undergo, they do not do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .frames import frames, verbs

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
