"""Who says it, told by the order of words where the parse lost him: "…, a source at the police told …"."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from typing import TYPE_CHECKING

from .finding import Finding, Page
from .grammar import ADDRESSED, QUOTES, characters, child, spans
from .parenthesis import parenthesis

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as TokenSpan

_LONGEST = 16  # tokens from the comma to the verb
_BEHIND = 5  # tokens behind the verb: who was told, on which day, in what
_NAMED = 8  # tokens of a name behind a role: "its councillor, Rigzin Dorje,"
_OPENS = frozenset({"DET", "NOUN", "PROPN", "PRON", "ADJ", "NUM"})
_NOT_FIRST = frozenset({"who", "which", "that", "whom", "whose", "what", "this", "these", "those", "it"})
_PART = frozenset({"DET", "ADJ", "NOUN", "PROPN", "ADP", "PART"})
_FINITE = frozenset({"VBD", "VBZ", "VBP"})
_EDGES = frozenset({",", ";", ".", "–", "—", "--"})


def order_findings(page: Page) -> Iterator[Finding]:
    """Yield what a noun phrase and a verb of saying between commas, or behind the last one, stand for.

    A long participle before the comma ("…, wounding three, a source told …") draws the source to itself, and
    a verb before its speaker ("…, says its mayor, Ana Ruiz, and …") takes him for the subject of what he
    says; the order of words still tells.
    """
    for sentence in page.doc.sents:
        commas = [t.i for t in sentence if t.text == ","]
        if not commas:
            continue
        for verb in sentence:
            if verb.pos_ not in {"VERB", "AUX"} or not _of_saying(page, verb):
                continue
            at = bisect_left(commas, verb.i) - 1
            if at < 0 or commas[at] - sentence.start < 2 or verb.i - commas[at] > _LONGEST:
                continue
            comma = commas[at]
            found = _inverted(page, verb) if comma == verb.i - 1 else _after(page, sentence, comma, verb)
            if found is not None:
                yield found


def _of_saying(page: Page, verb: Token) -> bool:
    entry = page.words.verbs.get(verb.lemma_.lower())
    return entry is not None and entry.kind == "saying" and "clause" in entry.frames


def _after(page: Page, sentence: TokenSpan, comma: int, verb: Token) -> Finding | None:
    """Return the finding of "…, a source at the police told the agency." """
    doc = page.doc
    first = doc[comma + 1]
    if first.pos_ not in _OPENS or first.lower_ in _NOT_FIRST or verb.i == first.i or not _alone(page, verb):
        return None
    if any(t.pos_ in {"VERB", "AUX"} or t.text in QUOTES for t in doc[comma + 1 : verb.i]):
        return None
    reach = min(sentence.end, verb.i + _BEHIND + 2)
    end = next((i for i in range(verb.i + 1, reach) if doc[i].text in _EDGES), reach)
    if end - verb.i - 1 > _BEHIND or any(t.dep_ == "mark" for t in doc[verb.i + 1 : end]):
        return None
    content = parenthesis(doc, verb, (comma + 1, verb.i - 1))
    return _made(page, verb, (comma + 1, verb.i - 1), content)


def _alone(page: Page, verb: Token) -> bool:
    """Tell whether a verb has lost its subject, or is read as a participle ("reported by telephone")."""
    if verb.tag_ == "VBN" and verb.dep_ == "acl":
        behind = page.doc[verb.i + 1 : verb.i + 4]
        return len(behind) > 1 and behind[0].lower_ == "by" and _wired(page, behind)
    if verb.tag_ not in _FINITE:
        return False
    return not any(c.dep_ in {"nsubj", "nsubjpass", "auxpass"} for c in verb.children)


def _wired(page: Page, words: TokenSpan) -> bool:
    return any(t.lower_ in page.words.by_wire for t in words)


def _inverted(page: Page, verb: Token) -> Finding | None:
    """Return the finding of "…, say the town's elders, …", with the name that follows a role."""
    doc = page.doc
    if (verb.tag_ not in _FINITE and verb.tag_ != "VB") or verb.lemma_ in ADDRESSED:
        return None
    own = child(verb, "nsubj")
    last = _phrase(doc, verb.i + 1, _LONGEST)
    if last is None or (last + 1 < len(doc) and doc[last + 1].text not in _EDGES):
        return None
    if own is not None and verb.i < own.i <= last:
        return None  # the parse has it
    head = next((i - 1 for i in range(verb.i + 2, last + 1) if doc[i].pos_ == "ADP"), last)
    named = doc[head].pos_ == "PROPN"
    if last + 2 < len(doc) and doc[last + 1].text == "," and doc[last + 2].pos_ == "PROPN":
        name = _phrase(doc, last + 2, _NAMED)
        if name is not None and name + 1 < len(doc) and doc[name + 1].text in _EDGES:
            last, named = name, True
    if not named and "object" in page.words.verbs[verb.lemma_.lower()].frames:
        return None  # "…, announced a truce, …": what it takes, not who speaks
    return _made(page, verb, (verb.i + 1, last), parenthesis(doc, verb, (verb.i + 1, last)))


def _phrase(doc: Doc, first: int, longest: int) -> int | None:
    """Return where the noun phrase that begins at ``first`` ends, None where none does."""
    if first >= len(doc) or (doc[first].pos_ not in _OPENS and doc[first].tag_ != "PRP$"):
        return None
    last = first
    while last + 1 < len(doc) and last - first < longest and doc[last + 1].pos_ in _PART:
        last += 1
    return last if doc[last].pos_ in ("NOUN", "PROPN", "PRON") and doc[first].pos_ != "NUM" else None


def _made(page: Page, verb: Token, who: tuple[int, int], content: list[tuple[int, int]]) -> Finding | None:
    source, cue = characters(page.doc, *who), characters(page.doc, verb.i, verb.i)
    pieces = spans(page.doc, content)
    if source is None or cue is None or not pieces:
        return None
    return Finding(source, cue, pieces, page.words.verbs[verb.lemma_.lower()], "verb", token=verb.i)
