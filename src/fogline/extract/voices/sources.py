"""Who a cue verb's source is, where the parse gives it one and where the order of words must tell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...model import Span
from .grammar import ADDRESSED, PASSED_ON, QUOTES, VERBAL, characters, child, mention, sentence
from .lexicon import Cue
from .parenthesis import has_complement

if TYPE_CHECKING:
    from spacy.tokens import Token

_INSIDE = frozenset({"pobj", "prep", "amod", "nummod", "compound", "quantmod", "conj", "appos"})
_BEFORE = frozenset({"compound", "det", "amod", "poss", "nummod", "case", "quantmod", "advmod"})
_PLACES = frozenset({"GPE", "LOC", "FAC"})
_RELATIVE = frozenset({"who", "which", "that", "whom"})


def source_span(who: Token | None, verb: Token) -> Span | None:
    """Return the full mention of the subject ``who``, a relative pronoun with what it stands for."""
    if who is None:
        return None
    if any(c.lower_ == "no" and c.dep_ == "det" for c in who.lefts) and who.i < verb.i:
        # "made no mention of it and Ukraine said": what there was none of does not speak
        joined = [t for t in who.subtree if t.dep_ == "conj" and t.pos_ in ("PROPN", "NOUN") and t.i < verb.i]
        who = joined[-1] if joined else who
    if who.lower_ in _RELATIVE and who.head.dep_ == "relcl":
        antecedent = who.head.head
        for _ in range(3):
            if antecedent.dep_ == "appos":
                antecedent = antecedent.head
            elif who.lower_ == "who" and antecedent.ent_type_ in _PLACES and antecedent.dep_ == "pobj":
                antecedent = antecedent.head.head  # "its spokesman in Jammu, who reports": no place speaks
        whole = mention(antecedent, who)
        return whole if whole is not None else mention(who, verb)
    return mention(who, verb)


def inset(verb: Token, entry: Cue) -> Token | None:
    """Return who speaks in "The army, added General Worku, could be back", read as an object."""
    doc = verb.doc
    if entry.kind != "saying" or "clause" not in entry.frames or verb.lemma_ in ADDRESSED:
        return None
    if verb.tag_ not in ("VBD", "VBZ") or verb.dep_ == "ROOT" or verb.i == 0 or doc[verb.i - 1].text != ",":
        return None
    noun = child(verb, "dobj", "attr", "oprd")
    if noun is None or noun.pos_ != "PROPN" or noun.left_edge.i != verb.i + 1:
        return None
    last = noun.right_edge.i
    own = child(verb, "nsubj", "nsubjpass", "aux", "auxpass")
    return noun if own is None and last + 1 < len(doc) and doc[last + 1].text == "," else None


def behind(verb: Token, who: Token | None, entry: Cue) -> Span | None:
    """Return who speaks in "…, 30,000 of them children, said the agency" and "“Nonsense,” said the envoy".

    A parser takes the noun before the verb for its subject; a comma or a quotation mark between them and a
    noun phrase behind the verb that ends its clause tell otherwise.
    """
    doc = verb.doc
    if who is None or who.i > verb.i or entry.kind != "saying" or verb.lemma_ in ADDRESSED:
        return None
    i = verb.i - 1
    quoted = i > 0 and doc[i].text in QUOTES and doc[i - 1].text in (",", "?", "!")
    if "clause" not in entry.frames or ("object" in entry.frames and not quoted):
        return None  # "…," confirmed the mayor; but "the army confirmed the raid"
    if doc[i].text not in QUOTES and doc[i].text != ",":
        return None
    if who.right_edge.i < i - 1 - quoted or who.i < verb.left_edge.i or verb.i + 1 >= len(doc):
        return None
    noun = doc[verb.i + 1]
    while noun.dep_ in _BEFORE and noun.head.i > noun.i and noun.head.i - noun.i < 8:
        noun = noun.head
    first = doc[noun.left_edge.i]
    named = noun.pos_ == "PROPN" or (noun.pos_ == "NOUN" and first.lower_ in ("the", "a", "an"))
    if not named or noun.head.i != verb.i or has_complement(verb):
        return None
    if doc[verb.i + 1].text in QUOTES or any(t.tag_ in ("VBD", "VBZ") for t in doc[verb.i + 1 : noun.i]):
        return None
    return mention(noun, verb)


def inverted(verb: Token) -> Span | None:
    """Return the noun right behind a verb that follows its content: "…," warned the governor."""
    thing = child(verb, "dobj", "dep", "attr")
    if thing is None or thing.left_edge.i != verb.i + 1 or thing.pos_ not in ("NOUN", "PROPN", "PRON"):
        return None
    return mention(thing, verb)


def nearest(verb: Token) -> Span | None:
    """Return the noun phrase right before a finite verb that the parse gave no subject."""
    if verb.tag_ not in ("VBD", "VBZ", "VBP"):
        return None
    doc, start = verb.doc, sentence(verb)[0]
    last = verb.i - 1
    while last > start and doc[last].dep_ in ("aux", "advmod", "neg") and verb.i - last < 4:
        last -= 1
    if last < start:
        return None
    noun = doc[last]
    drawn = _drawn_in(noun, verb)
    if drawn is not None:
        return drawn
    for _ in range(8):
        if noun.dep_ not in _INSIDE or noun.head.i >= verb.i or noun.head.i < start:
            break
        noun = noun.head
    first = noun.i
    while first > start and doc[first - 1].dep_ in _BEFORE and doc[first - 1].text != ",":
        first -= 1
    nominal = noun.pos_ in ("NOUN", "PROPN", "NUM", "PRON") or noun.lower_ in ("most", "many", "some", "few")
    if not nominal or noun.dep_ in ("dobj", "npadvmod") or last - first > 15:
        return None
    if any(t.text in (",", ";", ":") or t.text in QUOTES for t in doc[first : last + 1]):
        return None
    return Span(doc[first].idx, doc[last].idx + len(doc[last].text))


def _drawn_in(noun: Token, verb: Token) -> Span | None:
    """Return the name before a verb that the parse put into an adverbial: "on the 9th Colonel Mora told"."""
    if noun.pos_ != "PROPN" or noun.dep_ not in ("pobj", "appos"):
        return None
    above = noun.head if noun.dep_ == "pobj" else noun.head.head
    if above.pos_ != "ADP" or above.i >= noun.i:
        return None
    first = noun.i
    while noun.i - first < 8 and _of_name(noun, first - 1):
        first -= 1
    if first > 0 and noun.doc[first - 1].i == above.i:
        return None
    return characters(noun.doc, first, verb.i - 1)


def _of_name(noun: Token, at: int) -> bool:
    """Tell whether the word at ``at`` belongs to the name that ``noun`` ends."""
    word = noun.doc[at]
    return (
        at > 0 and word.pos_ in ("PROPN", "DET") and noun.doc[at + 1].pos_ == "PROPN" and word.dep_ in _BEFORE
    )


def behind_relay(verb: Token) -> tuple[Span | None, tuple[str, ...]]:
    """Return who speaks in "As reported by the AP, Konashenkov, said …", and through whom."""
    doc, first = verb.doc, sentence(verb)[0]
    if not (verb.i - first >= 5 and doc[first].lower_ == "as" and doc[first + 2].lower_ == "by"):
        return None, ()
    comma = next((i for i in range(first + 3, verb.i) if doc[i].text == ","), verb.i)
    source = characters(doc, comma + 1, verb.i - 1) if comma + 1 < verb.i else None
    named = source is not None and all(t.pos_ not in VERBAL for t in doc[comma + 1 : verb.i])
    if doc[first + 1].lemma_ not in PASSED_ON or not named:
        return None, ()
    outlet = characters(doc, first + 3, comma - 1)
    return source, (outlet.of(doc.text),) if outlet is not None else ()
