"""Who among the voices of an event leans on another, and so confirms nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from msgspec import Struct

from ..model import Voice, VoiceKind
from ..resolve.parties.data import countries, read
from ..store import Stored
from .counting import with_article
from .outlets import Outlet

if TYPE_CHECKING:
    from .kinship import Kinship
    from .tellings import Telling


class Rules(Struct, frozen=True, forbid_unknown_fields=True):
    """What makes one voice lean on another."""

    official: frozenset[VoiceKind]
    nameless: frozenset[VoiceKind]
    witnesses: frozenset[VoiceKind]
    outlets: frozenset[VoiceKind]
    own_eyes: tuple[str, ...]
    agency_words: tuple[str, ...]


@lru_cache(maxsize=1)
def rules() -> Rules:
    """Return what makes one voice lean on another."""
    return read(__package__, "origins.yml", Rules)


@dataclass(slots=True)
class Speaking:
    """The tellings of one voice, while its independence is worked out."""

    key: tuple[str, ...]
    name: str
    speaker: Voice | None
    teller: Outlet | None
    tellings: list[Telling]
    claims: list[Stored] = field(default_factory=list)
    leans: str | None = None

    @property
    def side(self) -> str | None:
        """The side that the voice speaks for."""
        if self.speaker is not None:
            return self.speaker.side
        return self.teller.organ_of if self.teller is not None else None

    @property
    def own_words(self) -> bool:
        """Whether an outlet tells it, and nobody is quoted."""
        return self.key[0] in ("outlet", "document")

    @property
    def official(self) -> bool:
        """Whether the voice speaks for its side."""
        if self.side is None:
            return False
        if self.key[0] == "outlet":
            return True  # a state's organ, or it would have no side
        return self.speaker is not None and self.speaker.kind in rules().official


def lean(voices: Sequence[Speaking], kin: Kinship) -> None:
    """Say of every voice that is not independent on whom it leans, the first telling first."""
    spoken: dict[str, str] = {}
    first: list[Speaking] = []
    # Who is named goes before an outlet's own words, and these before those whom nobody names.
    for voice in sorted(voices, key=lambda v: (v.key[0] == "nameless", v.own_words)):
        others = [v for v in voices if v is not voice and v.leans is None]
        if voice.official and voice.side is not None:
            if voice.side in spoken:
                voice.leans = _for_one_side(with_article(voice.name), voice.side, spoken)
            spoken.setdefault(voice.side, voice.name)
        elif voice.key[0] == "nameless":
            voice.leans = _may_be(voice, others, spoken)
        if voice.leans is None and voice.own_words and not _own_eyes(voice):
            voice.leans = _rests(voice, others)
        if voice.leans is None and voice.teller is not None:
            voice.leans = _sister(voice, voice.teller, [v for v in first if v.leans is None], kin)
        first.append(voice)


def _for_one_side(who: str, side: str, spoken: Mapping[str, str]) -> str:
    row = countries().get(side)
    state = row.names[0] if row is not None and row.names else side
    return f"{who} speaks for {state}, as {with_article(spoken[side])} does"


def _may_be(voice: Speaking, others: Sequence[Speaking], spoken: Mapping[str, str]) -> str | None:
    """Say whom a voice without a name may be, None where it saw for itself or nobody else tells it."""
    if voice.speaker is None or voice.speaker.kind in rules().witnesses or not others:
        return None
    if voice.side is None:
        return f"nobody is named, and it may be {with_article(others[0].name)}"
    return _for_one_side("whoever it is", voice.side, spoken) if voice.side in spoken else None


def _rests(voice: Speaking, others: Sequence[Speaking]) -> str | None:
    """Say on whom an outlet's own report of the event rests, None where it quotes nobody on it."""
    reports = {telling.root.document for telling in voice.tellings if not telling.cited}
    for other in others:
        if any(telling.root.document in reports for telling in other.tellings):
            return f"{with_article(voice.name)} tells it in a report that rests on {with_article(other.name)}"
    return None


def _sister(voice: Speaking, teller: Outlet, others: Sequence[Speaking], kin: Kinship) -> str | None:
    """Say which sister outlet tells the same in its own words, or of the same nameless voice."""
    for other in others:
        same = other.own_words if voice.own_words else other.key[:2] == voice.key[:2]
        if same and other.teller is not None and voice.key[0] in ("outlet", "nameless"):
            why = kin.sisters(teller, other.teller)
            if why is not None:
                return why
    return None


def _own_eyes(voice: Speaking) -> bool:
    words = " ".join(s.claim.evidence.text for s in voice.claims).casefold()
    return any(phrase.casefold() in words for phrase in rules().own_eyes)
