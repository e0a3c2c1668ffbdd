"""Part what a voice says from what it goes on to say: "said that A, adding B", "said A and denied B"."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ...model import Span
from .finding import Finding, Page
from .grammar import child, sentence
from .layers import parents

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_FINITE = frozenset({"VBD", "VBZ", "VBP"})
_TELLING = frozenset({"saying", "judging", "thinking"})


def uncoupled(page: Page, findings: list[Finding]) -> list[Finding]:
    """Return the findings with each second cue of a sentence cut out of the content of the first.

    A parser often hangs "adding that …", "and denied that …" or ", while B said …" on the clause before;
    the words belong to the cue. The findings are in the order of ``layers.thinned``.
    """
    above = parents(findings)
    out = list(findings)
    for number, found in enumerate(findings):
        if found.token is None or (found.cue is not None and page.quotes.at(found.cue.start) is not None):
            continue
        chain: list[int] = []
        at = above[number]
        while at is not None and len(chain) < 6:
            chain.append(at)
            cut = _cut(page.doc, findings[at], found)
            if cut is not None:
                for outer in chain:
                    out[outer] = _shortened(out[outer], cut)
                if not _has_subject(page.doc[found.token]) and not _apart(page.doc, findings[at], found):
                    out[number] = replace(out[number], source=findings[at].source)
                break
            at = above[at]
    return out


def _apart(doc: Doc, outer: Finding, inner: Finding) -> bool:
    """Tell whether ``inner`` has a source of its own behind a semicolon: "A said X; B puts it at Y"."""
    if inner.source is None or outer.token is None or inner.token is None:
        return False
    parted = _semicolon(doc, outer.token, inner.token)
    return parted is not None and parted < inner.source.start


def _cut(doc: Doc, outer: Finding, inner: Finding) -> int | None:
    """Return where ``inner`` begins to stand beside ``outer``, None where it stands inside."""
    if outer.token is None or inner.token is None or outer.token >= inner.token or outer.rule == "passive":
        return None
    first, second = doc[outer.token], doc[inner.token]
    if inner.source is not None and sentence(first)[0] == sentence(second)[0]:
        parted = _semicolon(doc, first.i, second.i)
        if parted is not None:
            return parted
    if (
        sentence(first)[0] != sentence(second)[0]
        or outer.entry.kind not in _TELLING
        or inner.entry.kind not in _TELLING
    ):
        return None
    start = _start(doc, second, inner)
    if start <= outer.token + 1:
        return None
    before = doc[start - 1]
    if second.tag_ == "VBG" and inner.rule in ("verb", "beside a quotation"):
        return (
            before.idx
            if before.text == "," and second.dep_ in ("advcl", "acl", "conj", "ccomp", "dep")
            else None
        )
    if second.tag_ not in _FINITE and child(second, "aux") is None:
        return None
    if before.dep_ != "cc" and before.lower_ not in ("and", "but", "while", "whereas"):
        return None
    comma = start >= 2 and doc[start - 2].text == ","
    if _tense(first) != _tense(second):
        return None
    if _has_subject(second):
        return doc[start - 2].idx if comma and start - 2 > outer.token else None
    return (doc[start - 2] if comma else before).idx


def _semicolon(doc: Doc, first: int, second: int) -> int | None:
    """Return the offset of the last semicolon between two tokens, None where there is none."""
    for i in range(second - 1, first, -1):
        if doc[i].text == ";":
            return int(doc[i].idx)
    return None


def _has_subject(verb: Token) -> bool:
    return child(verb, "nsubj", "nsubjpass", "csubj", "expl") is not None


def _start(doc: Doc, verb: Token, finding: Finding) -> int:
    who = child(verb, "nsubj", "nsubjpass", "csubj", "expl")
    if who is not None and who.i < verb.i:
        return int(who.left_edge.i)
    first = verb.i
    for c in verb.lefts:
        if c.dep_ in ("aux", "auxpass", "neg", "advmod") and first - c.i <= 3:
            first = min(first, c.i)
    return int(first)


def _tense(verb: Token) -> str:
    for c in verb.children:
        if c.dep_ in ("aux", "auxpass") and c.tag_ in ("VBD", "VBZ", "VBP", "MD"):
            return "VBZ" if c.tag_ == "VBP" else str(c.tag_)
    return "VBZ" if verb.tag_ == "VBP" else str(verb.tag_)


def _shortened(finding: Finding, cut: int) -> Finding:
    """Return the finding without what its content has from ``cut`` to the end of that piece."""
    pieces = []
    for piece in finding.content:
        if piece.start < cut < piece.end:
            pieces.append(Span(piece.start, cut))
        elif piece.end <= cut:
            pieces.append(piece)
    return finding.with_content(tuple(pieces)) if pieces else finding
