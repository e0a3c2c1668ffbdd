"""Tell in which sense a place name is used: for the place, for its government, or only as a label."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..model import PlaceKind
from .place_words import place_words

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_SUBJECTS = frozenset({"nsubj", "agent"})
_AT = frozenset({"on", "over", "into", "inside"})
_PEACEFUL = frozenset({"pro", "anti"})


def _acts(dep: str, verb: Token) -> bool:
    """Tell whether the subject of a verb does, or is told, what only a government does or is told."""
    words = place_words()
    if dep in {"nsubjpass", "dobj"}:
        return verb.lemma_.lower() in (words.addressed if dep == "nsubjpass" else words.reproached)
    return dep in _SUBJECTS and verb.pos_ in {"VERB", "AUX"} and verb.lemma_.lower() in words.governing


def _seat(doc: Doc, start: int, stop: int) -> bool:
    """Tell whether tokens name a seat of government ("Kremlin", "the White House")."""
    text = doc[start:stop].text
    return text.removeprefix("The ").removeprefix("the ") in place_words().seats


def _happens(root: Token) -> bool:
    """Tell whether something happens at or to what a word names ("near the White House")."""
    if root.dep_ == "pobj":
        return root.head.lower_ in place_words().placing | _AT
    return root.dep_ in {"dobj", "nsubjpass"}


def kind_of(doc: Doc, start: int, stop: int) -> PlaceKind:
    """Return the sense of the name in tokens ``start`` to ``stop``.

    ``government`` where it says, wants or orders something, or is a seat of power to which nothing
    happens; ``associative`` where it only labels a noun that is somewhere else ("the Paris agreement",
    "a Moscow newspaper"), or stands inside another name ("University of California"); ``literal`` otherwise.
    """
    words = place_words()
    root = max(doc[start:stop], key=lambda t: t.head.i < start or t.head.i >= stop)
    head = root.head
    if start > 1 and doc[start - 1].text in {"-", "–"} and doc[start - 2].text.lower() in _PEACEFUL:
        return "government"
    if _acts(root.dep_, head) or (root.dep_ == "conj" and _acts(head.dep_, head.head)):
        return "government"
    if root.dep_ == "pobj" and (head.dep_ == "agent" or head.head.lower_ == "according"):
        return "government"  # "drones launched by Russia", "according to Israel"
    if _seat(doc, start, stop) and not _happens(root):
        return "government"
    unplacing = head.lemma_.lower() in words.unplacing or head.lower_ in words.unplacing
    if root.dep_ == "poss" and unplacing:
        return "associative"
    if root.dep_ in {"compound", "nmod", "amod"} and head.i >= stop:
        if unplacing or head.text in words.institutions:
            return "associative"
        if head.ent_type_ in {"ORG", "PERSON", "PRODUCT", "EVENT", "LAW", "WORK_OF_ART"}:
            return "associative"
    if (
        stop + 1 < len(doc)
        and doc[stop].text in {"-", "–"}
        and doc[stop + 1].text.lower() in {"based", "backed", "led"}
    ):
        return "associative"
    return "literal"
