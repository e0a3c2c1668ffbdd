"""Attributions without a verb: "according to", "in its view", "reportedly", "Moscow: troops regrouped"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ...model import Span
from .finding import Finding, Page
from .grammar import VERBAL, child, mention, ranges, sentence, spans
from .lexicon import Cue
from .parenthesis import subordinate, within

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_BARS = frozenset({";", "–", "—", "--"})
_SAYING = Cue("saying", frozenset({"clause"}))
_HEDGED = Cue("saying", frozenset({"clause"}), hedge=True)
_SUMS = frozenset({"toll", "number", "total", "count", "tally", "figure"})


def phrase_findings(page: Page, token: Token) -> Iterator[Finding]:
    """Yield what ``token`` gives as the first word of a preposition, as a view or as an adverb."""
    doc, words, low = page.doc, page.words, token.lower_
    finding = None
    for phrase in words.prepositions.get(low, ()):
        if all(token.i + k < len(doc) and doc[token.i + k].lower_ == w for k, w in enumerate(phrase)):
            finding = _preposition(doc, token, len(phrase))
            if finding is not None:
                break
    if finding is None and token.dep_ == "pobj" and token.lemma_.lower() in words.views:
        finding = _view(doc, token)
    elif finding is None and low in words.adverbs and token.pos_ in ("ADV", "ADJ"):
        finding = _adverb(doc, token)
    if finding is not None:
        yield finding


def _preposition(doc: Doc, token: Token, length: int) -> Finding | None:
    last = doc[token.i + length - 1]
    noun = child(last, "pobj") or child(token, "pobj")
    if token.lower_ in ("per", "so", "citing", "as") and (noun is None or not _can_speak(noun)):
        return None
    if noun is None or noun.i <= last.i:
        noun = doc[last.i + 1] if last.i + 1 < len(doc) else None
        if noun is None or noun.pos_ not in ("NOUN", "PROPN", "PRON", "DET", "ADJ", "NUM"):
            return None
        while (
            noun.dep_ in ("compound", "amod", "det", "poss", "nummod")
            and noun.head.i > noun.i
            and noun.head.i - noun.i < 12
        ):
            noun = noun.head
    source = mention(noun)
    if source is None:
        return None
    end = max(last.i, _last_token(doc, source))
    content = _around(doc, token, token.i, end)
    if not content:
        return None
    summed = _sum(doc, content[0][0], token.i)
    content = [(summed, token.i - 1)] if summed is not None else content
    cue = Span(token.idx, last.idx + len(last.text))
    return Finding(source, cue, spans(doc, content), _SAYING, "according to", token.i)


def _sum(doc: Doc, first: int, stop: int) -> int | None:
    """Return where ", bringing the toll to 27" begins, which is all that a count behind it vouches for."""
    for i in range(stop - 1, first, -1):
        if doc[i].tag_ == "VBG" and doc[i].lemma_ in ("bring", "raise", "take") and doc[i - 1].text == ",":
            return i if any(t.lower_ in _SUMS for t in doc[i + 1 : stop]) else None
    return None


def _can_speak(noun: Token) -> bool:
    return noun.pos_ == "PROPN" or noun.ent_type_ in ("ORG", "PERSON", "GPE", "NORP")


def _last_token(doc: Doc, span: Span) -> int:
    touched = doc.char_span(span.start, span.end, alignment_mode="expand")
    return int(touched.end) - 1 if touched is not None else 0


def _around(doc: Doc, token: Token, first: int, last: int) -> list[tuple[int, int]]:
    """Return the clause that the phrase from ``first`` to ``last`` belongs to, without the phrase."""
    left, right = _segment(doc, token, first, last)
    if first > left and _opens(doc, first):
        return ranges(last + 1, right, [])
    part = _beside_noun(doc, left, first, last, right)
    if part is not None:
        return ranges(*part, [(first, last)])
    head = token
    for _ in range(12):
        if head.head.i == head.i:
            break
        head = head.head
        if head.pos_ in VERBAL and head.dep_ in ("ccomp", "ROOT", "parataxis", "conj"):
            break
    inside = head.left_edge.i <= first and last <= head.right_edge.i
    if head.pos_ in VERBAL and head.dep_ == "ccomp" and inside:
        if head.head.lemma_ not in ("say", "tell"):
            left, right = max(left, head.left_edge.i), min(right, head.right_edge.i)
    elif (
        head.dep_ == "conj"
        and not _ends(doc, last, right)
        and first > head.left_edge.i
        and child(head, "nsubj", "nsubjpass") is not None
    ):
        left = max(left, head.left_edge.i)
    if first > left:
        left = subordinate(doc, left, first)
        if any(t.tag_ in ("VBD", "VBZ", "VBP", "MD") for t in doc[left:first]):
            # The clause before is whole: what follows is somebody else's, unless it is no clause.
            right = last if any(t.tag_ in _FINITE for t in doc[last + 1 : right + 1]) else right
    if first > left and doc[first - 1].text == ",":
        left = within(doc, left, first - 1, (last + 1, right))
    elif token.head.tag_ == "VBG" and token.head.dep_ == "advcl" and left < token.head.left_edge.i < first:
        left = token.head.left_edge.i  # "…, killing ten people according to the mayor"
    return ranges(left, right, [(first, last)])


def _beside_noun(doc: Doc, left: int, first: int, last: int, right: int) -> tuple[int, int] | None:
    """Return the words between commas that a phrase ends: "youths, 300 of them by his count, entered"."""
    opens = next((i for i in range(first - 1, left, -1) if doc[i].text == ","), None)
    if opens is None or last >= right or doc[last + 1].text != "," or first - opens < 3:
        return None
    return None if any(t.tag_ in _FINITE or t.tag_ == "VBG" for t in doc[opens:first]) else (opens + 1, last)


def _segment(doc: Doc, token: Token, first: int, last: int) -> tuple[int, int]:
    """Return the bounds of the sentence part around a phrase: semicolons, or the dashes on both sides."""
    left, right = sentence(token)
    before = next((i for i in range(first - 1, left, -1) if doc[i].text in _BARS), None)
    after = next((i for i in range(last + 1, right + 1) if doc[i].text in _BARS), None)
    dashes = before is not None and after is not None and doc[before].text == doc[after].text
    if before is not None and (doc[before].text == ";" or dashes):
        left = before + 1
    if after is not None and (doc[after].text == ";" or dashes):
        right = after - 1
    return left, right


def _ends(doc: Doc, last: int, right: int) -> bool:
    """Tell whether nothing but marks follows ``last`` in its part of the sentence."""
    return all(t.is_punct or t.is_space for t in doc[last + 1 : right + 1])


def _opens(doc: Doc, first: int) -> bool:
    """Tell whether a phrase opens its clause: behind "and", "but", or a relative "where"."""
    i = first - 1
    if doc[i].text == ",":
        i -= 1
    return i >= 0 and doc[i].lower_ in ("and", "but", "while", "that", "where", "because", "although")


def _view(doc: Doc, noun: Token) -> Finding | None:
    owner, prep = child(noun, "poss"), noun.head
    if owner is None and prep.lower_ == "by":
        return _estimate(doc, noun)
    if owner is None or prep.lower_ not in ("in", "by", "to", "on") or prep.i > owner.left_edge.i:
        return None
    source = mention(owner)
    content = _around(doc, prep, prep.i, noun.right_edge.i)
    if source is None or not content:
        return None
    if doc[owner.right_edge.i].dep_ == "case":
        source = Span(source.start, source.end - len(doc[owner.right_edge.i]))
    return Finding(
        source, Span(prep.idx, noun.idx + len(noun.text)), spans(doc, content), _SAYING, "view", prep.i
    )


def _estimate(doc: Doc, noun: Token) -> Finding | None:
    """Return the finding of "by a United Nations estimate": a body's name before what it reckons."""
    names = [c for c in noun.lefts if c.dep_ == "compound" and c.pos_ == "PROPN"]
    if not names or doc[noun.left_edge.i].dep_ != "det":
        return None
    prep = noun.head
    source = Span(doc[names[0].left_edge.i].idx, names[-1].idx + len(names[-1]))
    content = _around(doc, prep, prep.i, noun.right_edge.i)
    cue = Span(prep.idx, noun.idx + len(noun.text))
    return Finding(source, cue, spans(doc, content), _SAYING, "view", prep.i) if content else None


def _adverb(doc: Doc, adverb: Token) -> Finding | None:
    head = adverb.head
    if head.pos_ not in VERBAL:
        left, right = head.left_edge.i, head.right_edge.i
    else:
        while head.dep_ in ("xcomp", "aux") and head.head.pos_ in VERBAL and head.head.i != head.i:
            head = head.head
        left, right = head.left_edge.i, head.right_edge.i
    content = spans(doc, ranges(left, right, [(adverb.i, adverb.i)]))
    if not content:
        return None
    return Finding(
        None, Span(adverb.idx, adverb.idx + len(adverb.text)), content, _HEDGED, "adverb", adverb.i
    )
