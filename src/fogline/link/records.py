"""Records: how often what a voice said was later confirmed or contradicted by independent ones."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

from msgspec import Struct

from ..model import Claim, Dispute, Origin, Version
from ..store.records import Stored
from .data import data
from .tellers import NAMELESS, Teller, tellers

Finding = Literal["confirmed", "contradicted", "disputed"]


class Verdict(Struct, frozen=True, kw_only=True):
    """What became of one claim of one voice: which other claim bears it out, or stands against it.

    ``disputed`` means that only a party to the event, of another side, stands against it: that is counted,
    and held against nobody.
    """

    voice: str
    claim: str
    finding: Finding
    by: str
    other: str


class Record(Struct, frozen=True, kw_only=True):
    """A voice's record over all events."""

    voice: str
    confirmed: int = 0
    contradicted: int = 0
    disputed: int = 0

    @property
    def judged(self) -> int:
        """How many claims were confirmed or contradicted."""
        return self.confirmed + self.contradicted

    @property
    def share(self) -> float:
        """The share of judged claims that were confirmed, with one of each kind added (Laplace)."""
        return (self.confirmed + 1) / (self.judged + 2)


def verdicts_of(
    claims: Sequence[Stored],
    origins: Sequence[Origin],
    versions: Sequence[Version],
    disputes: Sequence[Dispute],
) -> list[Verdict]:
    """Return what became of the claims of one event, at most one verdict for each voice.

    A voice is confirmed where a voice of another side, with an origin of its own, tells the same version
    on the same day or later; contradicted where such a voice that is no party to the event gives another
    answer. What only a party of another side contradicts is disputed.

    Args:
        claims: the claims of the event.
        origins: their origins.
        versions: its versions.
        disputes: where these part.
    """
    told = tellers(claims, origins)
    by_id = {stored.claim.id: stored for stored in claims}
    parties = sides_of(claims)
    against = _against(disputes)
    version = {claim: v.id for v in versions for claim in v.claims}
    found: dict[str, Verdict] = {}
    for stored in claims:
        id = stored.claim.id
        teller = told[id]
        if stored.claim.status not in ("happened", "denied") or teller.kind in NAMELESS:
            continue
        for other_id, other in told.items():
            later = by_id[other_id]
            if not independent(teller, other) or _earlier(later, stored):
                continue
            finding = _finding(stored, later, other, against, version, parties)
            known = found.get(teller.key)
            if finding and (known is None or _RANK[finding] > _RANK[known.finding]):
                found[teller.key] = Verdict(
                    voice=teller.name, claim=id, finding=finding, by=other.name, other=other_id
                )
    return list(found.values())


_RANK: dict[Finding, int] = {"disputed": 0, "confirmed": 1, "contradicted": 2}


def records_of(verdicts: Iterable[Verdict]) -> dict[str, Record]:
    """Return the record of every voice that was judged, by its name."""
    counts: dict[str, dict[str, int]] = {}
    for verdict in verdicts:
        row = counts.setdefault(verdict.voice, {"confirmed": 0, "contradicted": 0, "disputed": 0})
        row[verdict.finding] += 1
    return {voice: Record(voice=voice, **row) for voice, row in counts.items()}


def independent(one: Teller, other: Teller) -> bool:
    """Tell whether one voice can bear out another: other origins, other voices, other sides."""
    if one.key == other.key or one.origin == other.origin or not other.independent:
        return False
    return one.side is None or one.side != other.side


def bears_on(one: Claim, other: Claim) -> bool:
    """Tell whether one claim can bear out another: of one type, or two sides of one occurrence."""
    return one.event == other.event or any(
        {one.event, other.event} == set(pair) for pair in data("families.yml")["sides"]
    )


def sides_of(claims: Iterable[Stored]) -> frozenset[str]:
    """Return the sides that take part in an event: who acts or is acted upon, and whose country it is."""
    told = [stored.claim for stored in claims]
    parties = (party for claim in told for party in (*claim.agents, *claim.targets))
    acting = {party.side for party in parties if party.side and party.side != "CIV"}
    return frozenset(acting | {place.country for claim in told for place in claim.places if place.country})


def _finding(
    stored: Stored,
    later: Stored,
    other: Teller,
    against: Mapping[str, frozenset[str]],
    version: Mapping[str, str],
    parties: frozenset[str],
) -> Finding | None:
    id, other_id = stored.claim.id, later.claim.id
    if other_id in against.get(id, ()):
        return "disputed" if other.side in parties else "contradicted"
    alike = bears_on(later.claim, stored.claim) and later.claim.status == stored.claim.status
    if alike and version.get(id) == version.get(other_id):
        return "confirmed"
    return None


def _against(disputes: Iterable[Dispute]) -> dict[str, frozenset[str]]:
    """Return the claims that give another answer than a claim does, by its id."""
    found: dict[str, set[str]] = {}
    for dispute in disputes:
        for value in dispute.values:
            others = {c for v in dispute.values if v is not value for c in v.claims}
            for claim in value.claims:
                found.setdefault(claim, set()).update(others)
    return {claim: frozenset(others) for claim, others in found.items()}


def _earlier(one: Stored, other: Stored) -> bool:
    return one.published is not None and other.published is not None and one.published < other.published
