"""The voices of a ledger with the whole chain: through whom they reached it, and how their claims fared."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
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
    Agency < Example Daily``; ``offices`` and ``bodies`` count in which office and for which body a person
    spoke, where the texts tell it. ``confirmed`` and ``contradicted`` count events in which voices of other
    sides, with origins of their own, bore it out or stood against it; ``disputed`` those in which only a
    party to the event did. ``reliability`` is its letter where it speaks of others' matters, ``why`` what
    it rests on.
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
    offices: dict[str, int] = {}
    bodies: dict[str, int] = {}
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
    ways = _ways(claims)
    return [_heard(one, ways.get(_key(one.name, one.outlet), _Ways()), judge) for one in summaries]


class _Ways:
    """By which ways a voice's claims came, and in which offices and for which bodies it spoke."""

    def __init__(self) -> None:
        self.chains: Counter[str] = Counter()
        self.offices: Counter[str] = Counter()
        self.bodies: Counter[str] = Counter()


def _ways(claims: Iterable[Stored]) -> dict[tuple[str | None, str | None], _Ways]:
    """Return the ways of each voice, by its name, or its outlet where it has none."""
    found: dict[tuple[str | None, str | None], _Ways] = {}
    for stored in claims:
        speaker = stored.claim.speaker
        name = (speaker.name or speaker.text) if speaker else None
        one = found.setdefault(_key(name, stored.outlet), _Ways())
        one.chains[" < ".join([*stored.claim.relays, stored.outlet or stored.claim.document])] += 1
        if speaker is not None and speaker.office is not None:
            one.offices[speaker.office] += 1
        if speaker is not None and speaker.body is not None:
            one.bodies[speaker.body] += 1
    return found


def _heard(one: VoiceSummary, ways: _Ways, judge: Judge | None) -> Heard:
    told = {field: getattr(one, field) for field in VoiceSummary.__struct_fields__}
    told |= {
        "chains": dict(ways.chains.most_common(_CHAINS)),
        "offices": dict(ways.offices.most_common(_CHAINS)),
        "bodies": dict(ways.bodies.most_common(_CHAINS)),
    }
    if judge is None:
        return Heard(**told)
    teller: Teller = voice_teller(one.name, one.outlet, side=one.side, kind=one.kind)
    record = judge.records.get(teller.name)
    source = standing_of(teller, record, judged=judge.judged, settings=judge.settings)
    return Heard(
        **told,
        confirmed=record.confirmed if record else 0,
        contradicted=record.contradicted if record else 0,
        disputed=record.disputed if record else 0,
        reliability=source.letter,
        why="; ".join(source.reasons),
    )


def _key(name: str | None, outlet: str | None) -> tuple[str | None, str | None]:
    return (name, None) if name is not None else (None, outlet)
