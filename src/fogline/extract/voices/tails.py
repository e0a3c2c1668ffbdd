"""Who says it, named behind it, where the parse lost him: "…, a source at the police told the agency."."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from .finding import Finding, Page
from .grammar import characters

if TYPE_CHECKING:
    from spacy.tokens import Span as TokenSpan
    from spacy.tokens import Token

_LONGEST = 16  # tokens from the comma to the end of the sentence
_BEHIND = 5  # of them behind the verb: who was told, on which day, in what
_OPENS = frozenset({"DET", "NOUN", "PROPN", "PRON", "ADJ", "NUM"})
_NOT_FIRST = frozenset({"who", "which", "that", "whom", "whose", "what", "this", "these", "those", "it"})


def tail_findings(page: Page) -> Iterator[Finding]:
    """Yield what ends with its source and cue, where grammar ties no subject to the cue.

    A long participle before the comma ("…, wounding three, a source told …") draws the source to itself; the
    order of words still tells: a noun phrase without a verb, a verb of saying, little behind it.
    """
    for sentence in page.doc.sents:
        found = _tail(page, sentence)
        if found is not None:
            yield found


def _tail(page: Page, sentence: TokenSpan) -> Finding | None:
    doc = page.doc
    end = sentence.end
    while end > sentence.start and (doc[end - 1].is_punct or doc[end - 1].is_space):
        end -= 1
    comma = next(
        (i for i in range(end - 1, max(sentence.start, end - _LONGEST), -1) if doc[i].text == ","), None
    )
    if comma is None or comma - sentence.start < 3 or end - comma < 3:
        return None
    first = doc[comma + 1]
    if first.pos_ not in _OPENS or first.lower_ in _NOT_FIRST:
        return None
    verb = next((t for t in doc[comma + 1 : end] if t.pos_ in {"VERB", "AUX"}), None)
    if verb is None or verb.i == first.i or end - verb.i - 1 > _BEHIND or not _said(page, verb):
        return None
    source = characters(doc, comma + 1, verb.i - 1)
    cue = characters(doc, verb.i, verb.i)
    content = characters(doc, sentence.start, comma - 1)
    if source is None or cue is None or content is None:
        return None
    return Finding(source, cue, (content,), page.words.verbs[verb.lemma_.lower()], "verb", token=verb.i)


def _said(page: Page, verb: Token) -> bool:
    """Tell whether a verb says something, in the past or present, and has lost its subject."""
    entry = page.words.verbs.get(verb.lemma_.lower())
    if entry is None or entry.kind != "saying" or verb.tag_ not in {"VBD", "VBZ", "VBP"}:
        return False
    return not any(c.dep_ in {"nsubj", "nsubjpass", "auxpass"} for c in verb.children)
