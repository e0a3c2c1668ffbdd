"""``fogline voices``: who says what, without a ledger."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from .options import AllowPrivate, Embargo, Outlet, Output, Published, Sources

if TYPE_CHECKING:
    from ..model import Attribution, Document


def voices(
    sources: Sources,
    output: Output = None,
    published: Published = None,
    outlet: Outlet = None,
    allow_private: AllowPrivate = False,
    embargo: Embargo = None,
) -> int:
    """Write who says what as JSON Lines.

    Every attribution is written, on conflict or not: `source` are the words that name the voice (null where
    nobody is named), `cue` the words that attribute, `content` the spans of what is said.

    \b
    Example:
      fogline voices reports/ -o voices.jsonl
    """
    from ..ledger import default_reader
    from .layer import run_layer, words

    def lines(document: Document, found: tuple[Document, list[Attribution]]) -> Iterator[dict[str, Any]]:
        for one in found[1]:
            source, cue = one.source, one.cue
            yield {
                "document": document.id,
                "source": words(document, source.start, source.end) if source else None,
                "cue": words(document, cue.start, cue.end) if cue else None,
                "content": [{"start": span.start, "end": span.end} for span in one.content],
                "mode": one.mode,
                "name": one.name,
                "side": one.side,
                "relays": list(one.relays),
            }

    return run_layer(
        sources,
        default_reader().voices_all,
        lines,
        published=published,
        outlet=outlet,
        allow_private=allow_private,
        embargo=embargo,
        output=output,
    )
