"""Verbs of saying that a tagger takes for nouns, as in "…, prosecutors in Baku report."."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from .finding import Finding, Page
from .grammar import characters, sentence, spans
from .lexicon import Cue
from .parenthesis import parenthesis

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_LONGEST = 12  # tokens of a source
_NOUNS = frozenset({"NN", "NNS", "NNP", "NNPS"})
_PART = frozenset({"DET", "ADJ", "NOUN", "PROPN", "NUM", "ADP", "PART"})
_EDGES = frozenset({",", ";", ":", "–", "—", "--"})
_NAMES = frozenset({"NNP", "NNPS"})


def misread_findings(page: Page, token: Token) -> Iterator[Finding]:
    """Yield what ``token`` gives as a cue in the present that was tagged as a noun.

    The order of words tells: a noun phrase from a comma or the beginning of the sentence up to the word, of
    the right number, and behind it another comma, the end, or "that".
    """
    if token.tag_ not in _NOUNS or not token.is_lower:
        return
    low = token.lower_
    lemma = low.removesuffix("s")
    entry = page.words.verbs.get(lemma)
    if entry is None or entry.kind not in ("saying", "thinking") or "clause" not in entry.frames:
        return
    found = _finding(page.doc, token, entry, several=low == lemma)
    if found is not None:
        yield found


def _finding(doc: Doc, token: Token, entry: Cue, *, several: bool) -> Finding | None:
    begin, end = sentence(token)
    first = _first(doc, token.i, begin)
    if first is None or not _number(doc, first, token.i, several=several):
        return None
    behind = doc[token.i + 1] if token.i < end else None
    if behind is not None and behind.lower_ == "that":
        content = [(behind.i, end)]
    elif first > begin and (behind is None or behind.is_punct):
        content = parenthesis(doc, token, (first, token.i - 1))
    else:
        return None
    source = characters(doc, first, token.i - 1)
    cue = characters(doc, token.i, token.i)
    pieces = spans(doc, content)
    if source is None or cue is None or not pieces:
        return None
    return Finding(source, cue, pieces, entry, "verb", token.i)


def _first(doc: Doc, at: int, begin: int) -> int | None:
    """Return where the noun phrase before a word begins, None where no clause edge does."""
    for i in range(at - 1, max(begin, at - _LONGEST) - 1, -1):
        if doc[i].text in _EDGES:
            return i + 1 if i + 1 < at else None
        if doc[i].pos_ not in _PART:
            return None
        if i == begin:
            return begin
    return None


def _number(doc: Doc, first: int, at: int, *, several: bool) -> bool:
    """Tell whether a noun phrase opens as its subject would, plural or singular as the verb has it."""
    opens = doc[first]
    if opens.pos_ == "ADP" or doc[at - 1].pos_ in ("ADP", "DET", "ADJ", "PART"):
        return False
    stop = next((i for i in range(first, at) if doc[i].pos_ == "ADP"), at)
    head = doc[stop - 1]
    if several:
        return head.tag_ == "NNS"
    return head.tag_ in _NAMES or (head.tag_ == "NN" and opens.pos_ in ("DET", "PROPN"))
