"""Through whom a voice's words came: "told Suspilne", "quoted by the AP", "wrote on Facebook"."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ...model import Span
from .finding import Finding
from .grammar import child, mention
from .lexicon import Lexicon

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_CARRIED = frozenset(
    {"quote", "cite", "report", "carry", "publish", "interview", "broadcast", "distribute", "meet", "release"}
)
_THROUGH = frozenset({"to", "on", "through", "via", "with", "by", "in"})


def is_media(noun: Token, words: Lexicon) -> bool:
    """Tell whether ``noun`` heads the mention of an outlet."""
    if noun.lower_ in words.media_names or noun.lower_ in words.media_words:
        return noun.lower_ != "x" or noun.text == "X"
    span = noun.doc[noun.left_edge.i : noun.i + 1].text.lower().removeprefix("the ")
    return span in words.media_names or span.rsplit("'s ", 1)[-1] in words.media_names


def told(verb: Token, words: Lexicon) -> tuple[str, ...]:
    """Return the outlets that ``verb`` was addressed to or carried by."""
    found: list[str] = []
    for c in verb.children:
        if c.i < verb.i:
            continue
        if c.dep_ in ("dobj", "dative") and c.dep_ != "prep":
            _add(found, c, words)
        elif c.dep_ in ("prep", "dative") and c.lower_ in _THROUGH:
            noun = child(c, "pobj")
            if noun is None:
                continue
            _add(found, noun, words)
            inner = child(noun, "prep")
            if inner is not None and inner.lower_ in ("with", "to", "by", "on"):
                again = child(inner, "pobj")
                if again is not None:
                    _add(found, again, words)
    return tuple(found)


def carried(noun: Token) -> tuple[str, ...]:
    """Return who passed on the words of the source ``noun``: "…, quoted by Radio Dabanga, said"."""
    found: list[str] = []
    for c in noun.rights:
        if (
            c.dep_ not in ("acl", "relcl", "advcl")
            or c.lemma_.lower() not in _CARRIED
            or c.tag_ not in ("VBN", "VBD")
        ):
            continue
        agent = child(c, "agent", "prep")
        by = child(agent, "pobj") if agent is not None and agent.lower_ == "by" else None
        if by is not None:
            _append(found, by)
    return tuple(found)


def cited(doc: Doc, findings: list[Finding], words: Lexicon) -> list[Finding]:
    """Return the findings with whom a report cites as the voice: "Interfax reported, citing a source, that …".

    The one who cites is the relay; the cited has the same words.
    """
    out: list[Finding] = []
    for f in findings:
        verb = doc[f.token] if f.token is not None and f.rule == "verb" else None
        if verb is None or verb.tag_ != "VBG" or verb.lemma_.lower() not in words.citing or not f.content:
            out.append(f)
            continue
        first, last = int(verb.sent.start), int(verb.sent.end)
        told = [
            g
            for g in findings
            if g.token is not None
            and g is not f
            and first <= g.token < last
            and g.content
            and g.entry.kind == "saying"
            and not any(c.start <= verb.idx < c.end for c in g.content)
        ]
        near = min(told, key=lambda g: abs((g.token or 0) - verb.i), default=None)
        if near is None:
            out.append(f)
            continue
        relay = (" ".join(_of(doc, near.source).split()),) if near.source is not None else ()
        out.append(replace(f, source=f.content[0], content=near.content, relays=relay, rule="cited"))
    return out


def _of(doc: Doc, span: Span) -> str:
    tokens = doc.char_span(span.start, span.end, alignment_mode="expand")
    return str(tokens.text) if tokens is not None else ""


def _add(found: list[str], noun: Token, words: Lexicon) -> None:
    if is_media(noun, words):
        _append(found, noun)


def _append(found: list[str], noun: Token) -> None:
    whole = mention(noun)
    if whole is not None:
        found.append(" ".join(_of(noun.doc, whole).split()))
