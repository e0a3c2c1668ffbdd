"""The outlets that a phrase names, as the words of a relay."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .grammar import child, mention
from .lexicon import Lexicon

if TYPE_CHECKING:
    from spacy.tokens import Token

# What an outlet has and who works for it, to whom somebody speaks.
_PARTS = frozenset(
    {"programme", "program", "show", "edition", "service", "bureau", "correspondent", "reporter", "presenter"}
)


def is_media(noun: Token, words: Lexicon) -> bool:
    """Tell whether ``noun`` heads the mention of an outlet ("state television")."""
    first = max(noun.left_edge.i, noun.i - 8)
    plain = [t for t in noun.doc[first : noun.i + 1] if t.dep_ not in ("relcl", "acl")]
    text = " ".join(t.lower_ for t in plain if t.dep_ not in ("case", "punct")).replace("-", " ")
    lows = text.removeprefix("the ").split()
    for length in (1, 2, 3):
        for i in range(len(lows) - length + 1):
            if " ".join(lows[i : i + length]) in words.media_names:
                return True
    proper = any(t.pos_ == "PROPN" for t in plain)
    described = any(t.dep_ in ("amod", "compound", "nmod") for t in plain)
    if noun.pos_ != "PROPN" and noun.lower_ not in words.media_words:
        return False  # "its daily update", "a news conference"
    return any(low in words.media_words for low in lows) and (proper or described)


def add_outlets(found: list[str], noun: Token, words: Lexicon, *, gatherers: bool = False) -> None:
    """Add ``noun`` where it names an outlet, and the outlets coordinated with it.

    With ``gatherers``, those count as well who write down what they are told: rights groups and missions.
    """
    at: Token | None = noun
    for _ in range(4):
        if at is None:
            break
        own = _medium(at, words)
        if own is not None:
            add_name(found, own)
        elif is_media(at, words) or (gatherers and _gathers(at, words)):
            add_name(found, at)
        at = child(at, "conj")


def _medium(noun: Token, words: Lexicon) -> Token | None:
    """Return the outlet of "the newspaper El Faro", "the programme of Radio Sol", "RTK's reporter"."""
    low = noun.lower_
    named = child(noun, "appos")
    if low in words.media_words and named is not None and named.pos_ == "PROPN" and named.i - noun.i < 5:
        return named
    if low not in _PARTS:
        return None
    of = next((c for c in noun.rights if c.lower_ == "of"), None)
    whose = child(of, "pobj") if of is not None else child(noun, "poss")
    return whose if whose is not None and (whose.pos_ == "PROPN" or is_media(whose, words)) else None


def _gathers(noun: Token, words: Lexicon) -> bool:
    text = noun.doc[max(noun.left_edge.i, noun.i - 8) : noun.i + 1].text.casefold()
    bare = text.removeprefix("the ")
    return any(bare == name or bare.endswith(f" {name}") for name in words.gatherers)


def add_name(found: list[str], noun: Token) -> None:
    whole = mention(noun)
    if whole is not None:
        doc = noun.doc
        stop = next(
            (c.left_edge.i for c in noun.rights if c.dep_ in ("cc", "conj", "prep", "acl", "relcl")), None
        )
        last = noun.right_edge.i if stop is None else stop - 1
        first = max(noun.left_edge.i, noun.i - 8)
        own = child(noun, "poss")
        if own is not None and own.pos_ == "PRON":  # its own medium: by its name, or none
            first = own.i + 1
            if not any(t.pos_ == "PROPN" for t in doc[first : noun.i + 1]):
                return
        while (
            last == noun.i
            and noun.pos_ == "NOUN"
            and noun.i + 1 < len(doc)
            and doc[noun.i + 1].pos_ == "PROPN"
        ):
            noun = doc[noun.i + 1]  # "public broadcaster VRT", read as two phrases
            last = noun.i
        last = max(last, noun.i)
        while last + 2 < len(doc) and doc[last + 1].text == "-" and not doc[last].whitespace_:
            last += 2  # "al-Manar", read as several words
        text = " ".join(doc[first : last + 1].text.split()).strip(" ,;")
        found.append(text)
