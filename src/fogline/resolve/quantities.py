"""Give a claim its figures: those of its clause, with the kind that the occurrence gives them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

import msgspec

from ..extract.data import data
from ..model import Document, EventType, Quantity, QuantityKind, Span


def claim_quantities(
    document: Document,
    sentence: Span,
    evidence: Span,
    mentions: Sequence[Quantity],
    *,
    event: EventType,
    spans: Sequence[tuple[Span, str | None]] | None = None,
) -> tuple[Quantity, ...]:
    """Return the figures that belong to one claim.

    Args:
        document: the report.
        sentence: the claim's sentence.
        evidence: the claim's clause.
        mentions: all the document's figures, as ``extract.quantities.quantities`` gives them.
        event: the claim's type, which tells what people are counted for where no word does.
        spans: figures that a trained reader chose, with their kind where it told one; None for the rule.

    Returns:
        The figures in the order of the text.
    """
    first = bisect_left(mentions, evidence.start, key=lambda q: q.end)
    out: list[Quantity] = []
    for quantity in mentions[first:]:
        if quantity.start >= evidence.end:
            break
        if quantity.end <= evidence.start:
            continue
        out.append(_of_event(document.text, quantity, event))
    return tuple(out)


def _of_event(text: str, quantity: Quantity, event: EventType) -> Quantity:
    kind: QuantityKind = quantity.kind
    if kind in ("other", "troops") and quantity.unit in ("people", None):
        told = data("extract/quantities.yml")["by_event"].get(event)
        if told is not None:
            kind = told
    return quantity if kind == quantity.kind else msgspec.structs.replace(quantity, kind=kind)
