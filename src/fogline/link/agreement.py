"""How often the machine agrees with people's judgements."""

from __future__ import annotations

from collections import Counter

from msgspec import Struct

from ..store import Store
from .features import records, turns
from .pairs import Pairs
from .parameters import settings
from .reading import claims_of, linked_in
from .review import holding, reviews


class Agreement(Struct, frozen=True, kw_only=True):
    """What people judged, and in how much of it the machine, on its own, judges the same.

    ``same`` and ``apart`` count pairs of claims that a person judged, ``same_agreed`` and ``apart_agreed``
    those where the pair's own weight says so too; ``wrong`` counts corrections by field. ``holding`` are the
    ids of the judgements that hold.
    """

    same: int = 0
    same_agreed: int = 0
    apart: int = 0
    apart_agreed: int = 0
    wrong: dict[str, int] = {}
    voices: int = 0
    holding: tuple[str, ...] = ()

    def told(self) -> str:
        """Say it in one paragraph."""
        pairs = self.same + self.apart
        if not (pairs or self.wrong or self.voices):
            return "No judgement holds."
        parts = []
        if pairs:
            agreed = self.same_agreed + self.apart_agreed
            parts.append(
                f"Of {pairs:,} judged {'pair' if pairs == 1 else 'pairs'} of claims the machine agrees on "
                f"{agreed:,} ({agreed / pairs:.0%}): {self.same_agreed:,} of {self.same:,} judged the same, "
                f"{self.apart_agreed:,} of {self.apart:,} judged not the same."
            )
        if self.wrong:
            fields = ", ".join(f"{field} {count:,}" for field, count in self.wrong.items())
            parts.append(f"Corrected by people: {fields}.")
        if self.voices:
            parts.append(f"Voices whose reliability people set: {self.voices:,}.")
        return " ".join(parts)


def agreement(store: Store) -> Agreement:
    """Compare the judgements that hold with what the machine says without them."""
    given = reviews(store)
    judged = holding(given)
    pairs = [*judged.same, *judged.apart]
    claims = claims_of(store, [claim for pair in pairs for claim in pair])
    comparing = Pairs()
    reports = {stored.claim.document for stored in claims.values()}
    beside = claims_of(store, [*claims, *linked_in(store, reports)])
    comparing.load(records(claims, turns(stored.claim for stored in beside.values())))
    weight = {(link.one, link.other): link.weight for link in comparing.weigh(pairs)}
    comparing.close()
    threshold = settings().clusters.threshold
    wrong = Counter(field for fields in judged.wrong.values() for field in fields)
    return Agreement(
        same=len(judged.same),
        same_agreed=sum(weight.get(pair, threshold - 1) >= threshold for pair in judged.same),
        apart=len(judged.apart),
        apart_agreed=sum(weight.get(pair, threshold - 1) < threshold for pair in judged.apart),
        wrong=dict(sorted(wrong.items())),
        voices=len(judged.reliability),
        holding=judged.rows,
    )
