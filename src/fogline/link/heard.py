"""The voices of a ledger with the whole chain: through whom they reached it, and how their claims fared."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from msgspec import Struct

from ..model.event import Reliability
from ..store.records import Stored
from ..store.voices import VoiceSummary
from .grades import standing_of
from .judging import Judge
from .tellers import Teller, voice_teller

_CHAINS = 5


class Heard(Struct, frozen=True, kw_only=True):
    """A voice of a ledger; ``name`` None is an outlet in its own words.

    ``chains`` counts the ways by which its claims came, relays first and the outlet last, as in ``Example
    Agency < Example Daily``. ``confirmed`` and ``contradicted`` count events in which voices of other sides,
    with origins of their own, bore it out or stood against it; ``disputed`` those in which only a party to
    the event did. ``reliability`` is its letter where it speaks of others' matters, ``why`` what it rests on.
    """

    name: str | None
    outlet: str | None
    side: str | None
    kind: str | None
    claims: int
    documents: int
    events: dict[str, int]
    first: date | None
    last: date | None
    chains: dict[str, int]
    confirmed: int = 0
    contradicted: int = 0
    disputed: int = 0
    reliability: Reliability | None = None
    why: str = ""


def heard(
    summaries: Sequence[VoiceSummary], claims: Iterable[Stored], judge: Judge | None = None
) -> list[Heard]:
    """Return voices with their chains and, where there is a judge, their records and letters.

    Args:
        summaries: the voices, as the store counts them.
        claims: the claims that they vouch for.
        judge: the ledger's judge; no record is told where None.
    """
    ways = chains(claims)
    return [_heard(one, ways.get(_key(one.name, one.outlet), {}), judge) for one in summaries]


def chains(claims: Iterable[Stored]) -> dict[tuple[str | None, str | None], dict[str, int]]:
    """Count the ways by which each voice's claims came, by its name, or its outlet where it has none."""
    counted: dict[tuple[str | None, str | None], Counter[str]] = {}
    for stored in claims:
        speaker = stored.claim.speaker
        name = (speaker.name or speaker.text) if speaker else None
        way = " < ".join([*stored.claim.relays, stored.outlet or stored.claim.document])
        counted.setdefault(_key(name, stored.outlet), Counter())[way] += 1
    return {key: dict(row.most_common(_CHAINS)) for key, row in counted.items()}


def _heard(one: VoiceSummary, ways: Mapping[str, int], judge: Judge | None) -> Heard:
    told = {field: getattr(one, field) for field in VoiceSummary.__struct_fields__}
    if judge is None:
        return Heard(**told, chains=dict(ways))
    teller: Teller = voice_teller(one.name, one.outlet, side=one.side, kind=one.kind)
    record = judge.records.get(teller.name)
    source = standing_of(teller, record, judged=judge.judged, settings=judge.settings)
    return Heard(
        **told,
        chains=dict(ways),
        confirmed=record.confirmed if record else 0,
        contradicted=record.contradicted if record else 0,
        disputed=record.disputed if record else 0,
        reliability=source.letter,
        why="; ".join(source.reasons),
    )


def _key(name: str | None, outlet: str | None) -> tuple[str | None, str | None]:
    return (name, None) if name is not None else (None, outlet)
