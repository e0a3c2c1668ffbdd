"""``fogline voices``: who says what, without a ledger."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any

import typer.core
from typer import Argument

from ..errors import QueryError
from .options import AllowPrivate, Embargo, LedgerPath, Outlet, Output, Published, Record, TableFormat

if TYPE_CHECKING:
    from ..model import Attribution, Document

_LEDGER = "--ledger"


class BareLedger(typer.core.TyperCommand):
    """A command whose ``--ledger`` may stand without a path: the ledger of the settings is meant."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Put the settings' ledger behind a bare ``--ledger``."""
        if _LEDGER in args:
            behind = args.index(_LEDGER) + 1
            if behind == len(args) or args[behind].startswith("-"):
                from ..settings import load

                args = [*args[:behind], str(load().ledger), *args[behind:]]
        return super().parse_args(ctx, args)


def voices(
    sources: Annotated[
        list[str] | None,
        Argument(
            metavar="SOURCE",
            help="Files (.txt .md .html .pdf .jsonl .json), folders, http(s) addresses, or - for standard "
            "input; none to list a ledger's voices.",
        ),
    ] = None,
    output: Output = None,
    published: Published = None,
    outlet: Outlet = None,
    allow_private: AllowPrivate = False,
    embargo: Embargo = None,
    record: Record = False,
    format: TableFormat = "table",
    ledger: LedgerPath = None,
) -> int:
    """Write who says what as JSON Lines; with --ledger, list the voices of a ledger.

    Every attribution is written, on conflict or not: `source` are the words that name the voice (null where
    nobody is named), `cue` the words that attribute, `content` the spans of what is said. What one voice says
    that another said stands under `inner` of the line of the first.

    With --ledger (or without sources), the voices of a ledger are listed instead, as by `fogline voices-of`:
    how often they speak, through which relays and outlets, and with --record how their claims fared.

    \b
    Examples:
      fogline voices reports/ -o voices.jsonl
      fogline voices --ledger --record
    """
    if ledger is not None or not sources:
        if sources:
            raise QueryError("Give either sources, to read them, or --ledger, to list a ledger's voices.")
        from .heard import list_voices

        list_voices({"embargo_hours": embargo}, record=record, format=format, output=output, ledger=ledger)
        return 0
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
        "office": attribution.office,
        "body": attribution.body,
        "relays": list(attribution.relays),
    }
