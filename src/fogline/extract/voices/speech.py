"""Bring quotations and cues together: whole quotations, cues in the middle, quotations that run on."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ...model import Span
from .finding import Finding, Page, Quotes
from .grammar import VERBAL, child, subject
from .lexicon import Cue
from .quotations import Quotation
from .verbs import cue_span, source_span

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_QUOTING = Cue("saying", frozenset({"clause"}))
_WORDS = re.compile(r"\w+")


def is_speech(text: str, quotation: Quotation) -> bool:
    """Tell whether a quotation is an utterance, not a word or two in quotation marks."""
    inner = quotation.inner.of(text).strip()
    words = len(_WORDS.findall(inner[:400]))
    if quotation.continues:
        return True
    ended = inner[-1:] in ",.!?…" or text[quotation.span.end : quotation.span.end + 1] in (",", ".")
    return (words >= 3 and ended and (inner[:1].isupper() or words >= 6)) or (
        words >= 2 and inner[-1:] in ".!?," and inner[:1].isupper()
    )


def whole_quotations(text: str, finding: Finding, quotes: Quotes) -> Finding:
    """Return the finding with its content grown to the quotations that it touches, or kept inside its own."""
    cue = finding.cue or (finding.content[0] if finding.content else None)
    home = quotes.at(cue.start) if cue is not None else None
    grown: list[Span] = []
    for piece in finding.content:
        if home is not None:
            if piece.overlaps(home.span):
                start, end = max(piece.start, home.inner.start), min(piece.end, home.inner.end)
                grown.append(Span(start, end))
            continue
        for q in quotes.touching(piece):
            outside = finding.source is None or not q.span.covers(finding.source)
            if outside and (finding.cue is None or not q.span.covers(finding.cue)):
                piece = piece.union(q.span)
        grown.append(piece)
    return finding.with_content(without(joined(text, grown), finding))


def joined(text: str, spans: list[Span]) -> tuple[Span, ...]:
    """Return the spans in order, those that touch or overlap made one."""
    out: list[Span] = []
    for span in sorted(s for s in spans if s.end > s.start):
        if out and (span.start <= out[-1].end or not text[out[-1].end : span.start].strip()):
            out[-1] = out[-1].union(span)
        else:
            out.append(span)
    return tuple(out)


def without(spans: tuple[Span, ...], finding: Finding) -> tuple[Span, ...]:
    """Return the spans less the cue of the finding, and less its source where a hole must be cut for it."""
    out = list(spans)
    for hole in (finding.cue,):
        if hole is None:
            continue
        cut: list[Span] = []
        for s in out:
            if not s.overlaps(hole):
                cut.append(s)
                continue
            if s.start < hole.start:
                cut.append(Span(s.start, hole.start))
            if hole.end < s.end:
                cut.append(Span(hole.end, s.end))
        out = cut
    return tuple(out)


def attach_quotations(page: Page, findings: list[Finding]) -> list[Finding]:
    """Return the findings with every utterance in quotation marks given to somebody where the text allows.

    An utterance that no finding has goes to a cue of its sentence that still lacks content, else to the
    verb beside it, else to whoever spoke last in the paragraph or, where it opens one, before it.
    """
    doc, text, quotes = page.doc, page.text, page.quotes
    out = [whole_quotations(text, f, quotes) for f in findings]
    owner = _owners(out, quotes)
    for number, q in enumerate(quotes.all):
        if number in owner:
            continue
        sentence = _sentences(doc, q)
        open_one = _open_cue(out, q, sentence)
        if not is_speech(text, q) and (open_one is None or not _meets(text, q, out[open_one])):
            continue
        if open_one is not None:
            out[open_one] = out[open_one].with_content(joined(text, [*out[open_one].content, q.span]))
            owner[number] = open_one
            continue
        verb = _beside(page, q, sentence)
        taken = next((n for n, f in enumerate(out) if f.token == verb.i), None) if verb is not None else None
        if (
            taken is not None
            and out[taken].content
            and taken in (owner.get(number - 1), owner.get(number + 1))
        ):
            out[taken] = out[taken].with_content(joined(text, [*out[taken].content, q.span]))
            owner[number] = taken
            continue
        if verb is not None:
            made = _quoting(verb, q) if taken is None or not out[taken].content else None
            if made is not None:
                out.append(made)
                owner[number] = len(out) - 1
                continue
        before = owner.get(number - 1)
        if before is not None and _runs_on(doc, text, quotes.all[number - 1], q):
            out[before] = out[before].with_content(joined(text, [*out[before].content, q.span]))
            owner[number] = before
    return out


def _owners(findings: list[Finding], quotes: Quotes) -> dict[int, int]:
    index = {id(q): i for i, q in enumerate(quotes.all)}
    owner: dict[int, int] = {}
    for number, f in enumerate(findings):
        if f.cue is not None and quotes.at(f.cue.start) is not None:
            continue
        for piece in f.content:
            for q in quotes.touching(piece):
                owner.setdefault(index[id(q)], number)
    return owner


def _sentences(doc: Doc, q: Quotation) -> Span:
    tokens = doc.char_span(q.span.start, q.span.end, alignment_mode="expand")
    if tokens is None:
        return q.span
    first, last = tokens[0].sent, tokens[-1].sent
    return Span(first.start_char, last.end_char)


def _open_cue(findings: list[Finding], q: Quotation, sentence: Span) -> int | None:
    best: tuple[int, int] | None = None
    for number, f in enumerate(findings):
        if f.content or f.cue is None or not sentence.covers(f.cue) or q.span.covers(f.cue):
            continue
        distance = min(abs(f.cue.start - q.span.end), abs(q.span.start - f.cue.end))
        if best is None or distance < best[0]:
            best = (distance, number)
    return best[1] if best is not None and best[0] < 160 else None


def _alone(text: str, q: Quotation) -> bool:
    """Tell whether a quotation opens and closes its paragraph, as one does that goes on from the last."""
    start, stop = text.rfind("\n", 0, q.span.start) + 1, text.find("\n", q.span.end)
    around = text[start : q.span.start] + text[q.span.end : stop if stop >= 0 else len(text)]
    return not around.strip(" \t.")


def _meets(text: str, q: Quotation, finding: Finding) -> bool:
    """Tell whether a short quotation stands right before its cue: "No," he said."""
    if finding.cue is None:
        return False
    start = min(finding.cue.start, finding.source.start if finding.source is not None else finding.cue.start)
    ended = q.inner.of(text).rstrip()[-1:] in tuple(",!?")
    return ended and q.span.end <= start and not text[q.span.end : start].strip()


def _beside(page: Page, q: Quotation, sentence: Span) -> Token | None:
    """Return the verb next to a quotation in its sentence: one after it, or one before a comma or colon."""
    doc, text = page.doc, page.text
    tail = text[q.span.end : sentence.end]
    inner_end = q.inner.of(text).rstrip()[-1:]
    if tail.strip(" .,;") and (inner_end in ",!?" or tail.lstrip()[:1] == ","):
        after = doc.char_span(q.span.end, sentence.end, alignment_mode="contract")
        for token in list(after or [])[:14]:
            if token.pos_ == "VERB" and token.tag_ in ("VBD", "VBZ", "VBP") and subject(token) is not None:
                return token
    lead = text[sentence.start : q.span.start].rstrip()
    if lead[-1:] in (",", ":") and len(lead) > 3:
        before = doc.char_span(sentence.start, sentence.start + len(lead), alignment_mode="contract")
        for token in reversed(list(before or [])[-30:]):
            if token.pos_ == "VERB" and token.tag_ in ("VBD", "VBZ", "VBP", "VBG"):
                return token
    return None


def _quoting(verb: Token, q: Quotation) -> Finding | None:
    who = subject(verb)
    if who is None or q.span.start <= who.idx < q.span.end:
        return None
    if child(verb, "auxpass") is not None and verb.pos_ in VERBAL:
        return None
    source = source_span(who, verb)
    return Finding(source, cue_span(verb), (q.span,), _QUOTING, "beside a quotation", verb.i)


def _runs_on(doc: Doc, text: str, last: Quotation, q: Quotation) -> bool:
    """Tell whether a quotation goes on from the last one: next sentence, or a paragraph of its own."""
    if q.continues:
        return True
    if "\n" in text[last.span.end : q.span.start]:
        return _alone(text, q)
    tokens = doc.char_span(last.span.end - 1, q.span.start + 1, alignment_mode="expand")
    if tokens is None:
        return False
    begun = [t for t in tokens if t.is_sent_start and t.idx > last.span.end]
    return not begun or (len(begun) == 1 and begun[0].idx >= q.span.start - 1)
