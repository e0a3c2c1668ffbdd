"""Checks that a good desk does, each a small rule with a sentence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from ...model import Check, Copy, Origin
from ...store.records import Stored
from .area import area
from .conversion import conversion
from .country import country
from .desk import Desk, Rule
from .distance import distance
from .future import future
from .hedge import hedge
from .quotation import quotation
from .total import total
from .weekday import weekday

if TYPE_CHECKING:
    from ...resolve.gazetteer import Gazetteer

__all__ = ["RULES", "Desk", "Rule", "check_claims"]

RULES: tuple[Rule, ...] = (
    conversion,
    weekday,
    future,
    distance,
    area,
    total,
    quotation,
    country,
    hedge,
)
_ORDER = {"error": 0, "doubt": 1, "note": 2}


def check_claims(
    claims: Sequence[Stored],
    *,
    origins: Sequence[Origin] = (),
    copies: Sequence[Copy] = (),
    texts: Mapping[str, str] | None = None,
    gazetteer: Gazetteer | None = None,
) -> list[Check]:
    """Return what a good desk would stop at, the gravest first.

    Works on the claims of one event as on those of a whole ledger; a claim that a rule cannot read is
    passed over.

    Args:
        claims: the claims.
        origins: their origins: what was lost on the way is looked for along these.
        copies: passages that one report took from another.
        texts: reports by document id, so that whole sentences are seen; the evidence alone where None.
        gazetteer: where places are; the embedded one where None.
    """
    desk = Desk(claims, origins, copies, texts or {}, gazetteer)
    found = {check.id: check for rule in RULES for check in rule(desk)}
    return sorted(found.values(), key=lambda check: (_ORDER[check.weight], check.rule, check.id))
