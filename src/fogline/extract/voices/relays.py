"""Through whom a voice's words came: "told Suspilne", "quoted by the AP", "wrote on Facebook"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...model import Span
from .grammar import child, mention
from .lexicon import Lexicon

if TYPE_CHECKING:
    from spacy.tokens import Token

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


def _add(found: list[str], noun: Token, words: Lexicon) -> None:
    if is_media(noun, words):
        _append(found, noun)


def _append(found: list[str], noun: Token) -> None:
    whole = mention(noun)
    if whole is not None:
        found.append(_words(noun, whole))


def _words(noun: Token, whole: Span) -> str:
    tokens = noun.doc.char_span(whole.start, whole.end, alignment_mode="expand")
    return " ".join(tokens.text.split()) if tokens is not None else noun.text
