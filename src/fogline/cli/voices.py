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
    nobody is named), `cue` the words that attribute, `content` the spans of what is said. What one voice says
    that another said stands under `inner` of the line of the first.

    \b
    Example:
      fogline voices reports/ -o voices.jsonl
    """
    from ..extract.voices import outermost
    from ..ledger import default_reader
    from .layer import run_layer

    def lines(document: Document, found: tuple[Document, list[Attribution]]) -> Iterator[dict[str, Any]]:
        outer = outermost(found[1])
        nested = [one for one in found[1] if one not in outer]
        for one in outer:
            inner = [n for n in nested if any(c.covers(n.content[0]) for c in one.content)]
            lines_in = [told(document, n) for n in inner]
            yield {"document": document.id, **told(document, one), "inner": lines_in}

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


def told(document: Document, attribution: Attribution) -> dict[str, Any]:
    """Return an attribution as its line tells it."""
    from .layer import words

    source, cue = attribution.source, attribution.cue
    return {
        "source": words(document, source.start, source.end) if source else None,
        "cue": words(document, cue.start, cue.end) if cue else None,
        "content": [{"start": span.start, "end": span.end} for span in attribution.content],
        "mode": attribution.mode,
        "name": attribution.name,
        "side": attribution.side,
        "relays": list(attribution.relays),
    }
