"""Those told with others: "the army, helped by two militias", "nine soldiers, along with two guides"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from ..extract.data import data
from ..model import Span

if TYPE_CHECKING:
    from ..extract.parse import Parse

_REACH = 40  # characters before a phrase in which the words that join it stand


Tie = Literal["agents", "targets"]


@lru_cache(maxsize=2)
def _ties(tie: Tie) -> re.Pattern[str]:
    words = "|".join(data("resolve/companions.yml")[tie])
    return re.compile(rf"\b(?:{words}) (?:the |a |an |its |their |his |some )?$", re.I)


def companions(
    parse: Parse, evidence: Span, parties: Sequence[Span], seen: Sequence[tuple[Span, float]], *, tie: Tie
) -> list[Span]:
    """Return the phrases of a clause that words tie to its parties.

    Args:
        parse: the parsed document.
        evidence: the clause.
        parties: the agents or the targets found so far.
        seen: phrases that a trained reader may take for the same, with their probabilities.
        tie: which of the two they are.
    """
    text, found = parse.document.text, list[Span]()
    for span, _ in seen:
        behind = any(party.end <= span.start for party in parties)
        apart = not any(span.overlaps(other) for other in (*parties, *found))
        inside = evidence.start <= span.start < evidence.end
        lead = max(evidence.start, span.start - _REACH)
        if behind and apart and inside and _ties(tie).search(text, lead, span.start):
            found.append(span)
    return found
