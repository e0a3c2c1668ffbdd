"""From a parse to attributions: the order of the rules at a glance."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from ...model import Attribution, Mode, Span
from .attach import attach_quotations
from .coordination import uncoupled
from .datelines import datelines, without_datelines
from .finding import Finding, Page, Quotes
from .grammar import VERBAL
from .labels import entry_findings, headline_findings, label_findings
from .layers import parents, thinned
from .lexicon import Cue, lexicon
from .misread import misread_findings
from .nesting import answers, beside
from .nouns import noun_findings
from .order import order_findings
from .phrases import phrase_findings
from .pictured import picture_findings
from .quotations import quotations
from .relays import cited, relayed
from .surface import fill
from .verbs import entry_of, verb_findings

if TYPE_CHECKING:
    from ..parse import Parse

_log = logging.getLogger(__name__)
_RULES = (verb_findings, noun_findings, phrase_findings, misread_findings, picture_findings)


def attributions(parse: Parse) -> list[Attribution]:
    """Return every attribution of the document, in order, outer before inner.

    Names are as written: who a pronoun or a role means is worked out by ``fogline.resolve``. What one
    rule cannot handle costs that mention alone.

    Args:
        parse: the parsed document.

    Returns:
        Attributions; ``relays`` has the words of outlets and outer voices, innermost first.
    """
    doc, words = parse.doc, lexicon()
    if not len(doc):
        return []
    text = parse.document.text
    page = Page(parse.document.id, doc, text, Quotes(quotations(text)), words)
    found = attach_quotations(page, list(_candidates(page)))
    found = without_datelines(found, datelines(text))
    filled = (fill(doc, f) for f in found)
    layers = uncoupled(page, thinned(cited(doc, [f for f in filled if f is not None], words)))
    layers = thinned(layers)
    above = parents(layers)
    return [_attribution(page, layers, above, n) for n in range(len(layers))]


def outermost(found: Iterable[Attribution]) -> list[Attribution]:
    """Return the attributions that stand in nobody else's words."""
    kept: list[Attribution] = []
    reach: list[Span] = []
    for a in found:
        at = a.cue or a.content[0]
        inside = any(s.start <= at.start < s.end for s in reach[-24:])
        inside = inside or any(
            s.start <= a.content[0].start and a.content[-1].end <= s.end for s in reach[-24:]
        )
        if not inside:
            kept.append(a)
            reach.extend(a.content)
    return kept


def _candidates(page: Page) -> Iterator[Finding]:
    yield from headline_findings(page)
    yield from label_findings(page)
    yield from entry_findings(page)
    yield from order_findings(page)
    for token in page.doc:
        for rule in _RULES:
            try:
                yield from rule(page, token)
            except (AttributeError, IndexError, ValueError) as error:
                _log.warning("voices: left out %r at %d of %s: %s", token.text, token.idx, page.id, error)


def _attribution(page: Page, layers: list[Finding], above: list[int | None], number: int) -> Attribution:
    f = layers[number]
    cue = f.cue.of(page.text) if f.cue is not None else None
    return Attribution(
        source=f.source,
        cue=f.cue,
        content=f.content,
        mode=mode_of(page.text, f.content, page.quotes),
        name=" ".join(f.source.of(page.text).split()) if f.source is not None else None,
        relays=_relays(page, layers, above, number),
        hedge=cue if f.entry.hedge else None,
        denies=f.entry.denies and not f.negated,
        reason=f"{f.rule}: {cue}" if cue else f.rule,
    )


def _relays(page: Page, layers: list[Finding], above: list[int | None], number: int) -> tuple[str, ...]:
    f = layers[number]
    out = list(relayed(page.doc, f, page.words))
    own = f.source.of(page.text) if f.source is not None else None
    at = above[number] if not answers(page, f) else None
    for _ in range(8):
        if at is None:
            break
        outer = layers[at]
        passes_on = outer.entry.kind in ("saying", "showing") and not outer.entry.denies
        if outer.source is not None and passes_on and not beside(page, f, outer):
            name = " ".join(outer.source.of(page.text).split())
            if name != own:
                out.append(name)
            out.extend(relayed(page.doc, outer, page.words))
        at = above[at]
    return tuple(dict.fromkeys(out))


def mode_of(text: str, content: tuple[Span, ...], quotes: Quotes) -> Mode:
    """Tell whether the words of ``content`` stand in quotation marks: all, some or none."""
    total = inside = 0
    for piece in content:
        letters = sum(ch.isalnum() for ch in piece.of(text))
        total += letters
        for q in quotes.touching(piece):
            start, end = max(piece.start, q.span.start), min(piece.end, q.span.end)
            inside += sum(ch.isalnum() for ch in text[start:end])
    if not inside:
        return "indirect"
    return "direct" if inside >= 0.97 * total else "mixed"


def cue_entry(parse: Parse, attribution: Attribution) -> Cue | None:
    """Return what the lexicon knows of the cue of ``attribution``, None where it is no word of it."""
    tokens = parse.tokens(attribution.cue) if attribution.cue is not None else None
    if tokens is None:
        return None
    words = lexicon()
    for token in tokens:
        lemma = token.lemma_.lower()
        if token.pos_ in VERBAL and token.dep_ not in ("aux", "auxpass"):
            entry = entry_of(token, words)
            if entry is not None:
                return entry
        elif token.pos_ == "NOUN" and lemma in words.nouns:
            return words.nouns[lemma]
        elif token.pos_ == "ADJ" and lemma in words.adjectives:
            return words.adjectives[lemma]
    return None


def cue_attitude(parse: Parse, attribution: Attribution) -> str | None:
    """Return how the reporter takes what is said, by the cue: "claimed", "admitted", None for neither."""
    tokens = parse.tokens(attribution.cue) if attribution.cue is not None else None
    attitudes = lexicon().attitudes
    return next((attitudes[t.lemma_.lower()] for t in tokens or () if t.lemma_.lower() in attitudes), None)
