"""Give every utterance in quotation marks to somebody: cues before, behind, in the middle, or none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...model import Span
from .finding import Finding, Page, Quotes
from .grammar import VERBAL, child, subject
from .grammar import sentence as sentence_of
from .lexicon import Cue
from .quotations import Quotation
from .sources import source_span
from .speech import is_speech, joined, whole_quotations
from .verbs import cue_span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Doc, Token

_QUOTING = Cue("saying", frozenset({"clause"}))
_TELLING = frozenset({"saying", "judging", "thinking"})
_NEAR = 160  # characters between a quotation and a cue of its sentence that lacks content


def attach_quotations(page: Page, findings: list[Finding]) -> list[Finding]:
    """Return the findings with every utterance in quotation marks given to somebody where the text allows.

    An utterance that no finding has goes to a cue of its sentence that still lacks content, else to the
    verb beside it, else to the cue that a colon before it goes with, else to whoever spoke last in the
    paragraph or, where it has a paragraph of its own, before it.
    """
    work = _Work(page, [whole_quotations(page.text, f, page.quotes) for f in findings])
    for number, q in enumerate(page.quotes.all):
        if number not in work.owner:
            work.attach(number, q)
    return work.findings


class _Work:
    """The findings of a page while quotations are being given out, looked up by sentence."""

    def __init__(self, page: Page, findings: list[Finding]) -> None:
        self.page = page
        self.findings = findings
        self.owner = _owners(findings, page.quotes)
        self._by_sentence: dict[int, list[int]] = {}
        for number, f in enumerate(findings):
            if f.token is not None and f.cue is not None and page.quotes.at(f.cue.start) is None:
                self._by_sentence.setdefault(page.doc[sentence_of(page.doc[f.token])[0]].idx, []).append(
                    number
                )

    def attach(self, number: int, q: Quotation) -> None:
        """Give one quotation to whoever said it."""
        page = self.page
        tokens = page.doc.char_span(q.span.start, q.span.end, alignment_mode="expand")
        if tokens is None:
            return
        doc = page.doc
        first, (final, end) = sentence_of(tokens[0])[0], sentence_of(tokens[-1])
        sentence = Span(doc[first].idx, doc[end].idx + len(doc[end]))
        near = [*self._by_sentence.get(sentence.start, ())]
        if final != first:
            near.extend(self._by_sentence.get(doc[final].idx, ()))
        open_one = _open_cue([(n, self.findings[n]) for n in near], q)
        speech = is_speech(page.text, q)
        if open_one is not None and (speech or _meets(page.text, q, self.findings[open_one])):
            self._give(open_one, number, q)
        elif not speech:
            before = self.owner.get(number - 1)
            if before is not None and _resumes(
                page.text, page.quotes.all[number - 1], q, self.findings[before]
            ):
                self._give(before, number, q)
        else:
            for found in self._others(number, q, sentence, near):
                self._give(found, number, q)
                break

    def _others(self, number: int, q: Quotation, sentence: Span, near: list[int]) -> Iterator[int]:
        page = self.page
        verb = _beside(page, q, sentence)
        if verb is not None:
            taken = next((n for n in near if self.findings[n].token == verb.i), None)
            if taken is not None and taken in (self.owner.get(number - 1), self.owner.get(number + 1)):
                yield taken
            made = _quoting(verb, q) if taken is None or not self.findings[taken].content else None
            if made is not None:
                self.findings.append(made)
                yield len(self.findings) - 1
        if page.text[sentence.start : q.span.start].rstrip()[-1:] == ":":
            for n in near:
                f = self.findings[n]
                if f.entry.kind in ("saying", "judging") and f.source is not None and f.content:
                    yield n
        before = self.owner.get(number - 1)
        if before is not None and _runs_on(page.doc, page.text, page.quotes.all[number - 1], q):
            yield before
        last = self._spoke_last(q, sentence)
        if last is not None:
            yield last

    def _spoke_last(self, q: Quotation, sentence: Span) -> int | None:
        """Return the cue of the sentence before one that is all quotation, in the same paragraph."""
        doc, text = self.page.doc, self.page.text
        if q.span.start != sentence.start or text[q.span.end : sentence.end].strip(" ."):
            return None
        first = doc.char_span(sentence.start, q.span.end, alignment_mode="expand")
        if first is None or not first.start:
            return None
        start = doc[sentence_of(doc[first.start - 1])[0]].idx
        if "\n" in text[start : q.span.start]:
            return None
        told = [n for n in self._by_sentence.get(start, ()) if _tells(self.findings[n])]
        outer = [n for n in told if doc[self.findings[n].token or 0].dep_ == "ROOT"]
        return next(iter(outer if len(told) > 1 else told), None)

    def _give(self, found: int, number: int, q: Quotation) -> None:
        f = self.findings[found]
        self.findings[found] = f.with_content(joined(self.page.text, [*f.content, q.span]))
        self.owner[number] = found


def _tells(f: Finding) -> bool:
    return f.entry.kind == "saying" and f.source is not None and bool(f.content)


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


def _open_cue(near: list[tuple[int, Finding]], q: Quotation) -> int | None:
    best: tuple[int, int] | None = None
    for number, f in near:
        if (
            f.content
            or f.cue is None
            or f.entry.needs_that
            or f.entry.raising
            or f.entry.kind not in _TELLING
        ):
            continue
        distance = min(abs(f.cue.start - q.span.end), abs(q.span.start - f.cue.end))
        if best is None or distance < best[0]:
            best = (distance, number)
    return best[1] if best is not None and best[0] < _NEAR else None


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


def _resumes(text: str, last: Quotation, q: Quotation, finding: Finding) -> bool:
    """Tell whether a quotation goes on behind its cue: "We left," she said, "at dawn"."""
    between = text[last.span.end : q.span.start]
    broken = last.inner.of(text).rstrip()[-1:] in (",", "—", "-") and between.rstrip()[-1:] in (",", ":")
    inside = finding.cue is not None and last.span.end <= finding.cue.start < q.span.start
    return broken and inside and "\n" not in between


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
