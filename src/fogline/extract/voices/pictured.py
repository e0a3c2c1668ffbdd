"""Attributions by those who publish pictures: "the brigade posted photographs of its men on the bridge"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .finding import Finding, Page
from .grammar import VERBAL, child, sentence, spans, subject
from .lexicon import Cue
from .sources import source_span
from .verbs import cue_span, is_passive

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Token

_PUBLISHED = Cue("showing", frozenset({"object"}))
_REACH = 8  # tokens from the pictures to what they are of ("photos on its Telegram channel of …")


def picture_findings(page: Page, token: Token) -> Iterator[Finding]:
    """Yield what the pictures are of that somebody publishes with the verb ``token``."""
    if token.pos_ not in VERBAL or token.lemma_.lower() not in page.words.publishing or is_passive(token):
        return
    picture = child(token, "dobj")
    who = subject(token)
    if picture is None or who is None or picture.lemma_.lower() not in page.words.pictures:
        return
    source, shown = source_span(who, token), _shown(picture)
    if source is not None and shown is not None:
        yield Finding(source, cue_span(token), spans(page.doc, [shown]), _PUBLISHED, "pictures", token.i)


def _shown(picture: Token) -> tuple[int, int] | None:
    """Return the tokens behind "of" that tell what is to be seen."""
    doc, stop = picture.doc, sentence(picture)[1]
    for i in range(picture.i + 1, min(picture.i + _REACH, stop)):
        if doc[i].is_punct or doc[i].tag_ in ("VBD", "VBZ", "VBP", "MD"):
            return None
        thing = child(doc[i], "pobj", "pcomp") if doc[i].lower_ == "of" else None
        if thing is not None:
            return (i + 1, min(max(thing.right_edge.i, picture.right_edge.i), stop))
    return None
