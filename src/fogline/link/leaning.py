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
    def official(self) -> bool:
        """Whether the voice speaks for its side."""
        if self.side is None:
            return False
        if self.key[0] == "outlet":
            return True  # a state's organ, or it would have no side
        return self.speaker is not None and self.speaker.kind in rules().official


def lean(voices: Sequence[Speaking]) -> None:
    """Say of every voice that is not independent on whom it leans, the first telling first."""
    spoken: dict[str, str] = {}
    # Who is named goes before an outlet's own words, and these before those whom nobody names.
    for voice in sorted(voices, key=lambda v: (v.key[0] == "nameless", v.key[0] in ("outlet", "document"))):
        others = [v for v in voices if v is not voice and v.leans is None]
        if voice.official and voice.side is not None:
            if voice.side in spoken:
                voice.leans = f"speaks for {_state(voice.side)}, as {with_article(spoken[voice.side])} does"
            spoken.setdefault(voice.side, voice.name)
        elif voice.key[0] == "nameless":
            voice.leans = _may_be(voice, others, spoken)
        if voice.leans is None and voice.key[0] in ("outlet", "document") and not _own_eyes(voice):
            reports = {s.claim.document for s in voice.claims}
            on = next((v for v in others if reports & {s.claim.document for s in v.claims}), None)
            if on is not None:
                voice.leans = f"tells it in a report that rests on {with_article(on.name)}"


def _may_be(voice: Speaking, others: Sequence[Speaking], spoken: Mapping[str, str]) -> str | None:
    """Say whom a voice without a name may be, None where it saw for itself or nobody else tells it."""
    if voice.speaker is None or voice.speaker.kind in rules().witnesses or not others:
        return None
    if voice.side is None:
        return f"without a name, may be {with_article(others[0].name)}"
    if voice.side in spoken:
        return f"without a name, speaks for {_state(voice.side)}, as {with_article(spoken[voice.side])} does"
    return None


def _own_eyes(voice: Speaking) -> bool:
    words = " ".join(s.claim.evidence.text for s in voice.claims).casefold()
    return any(phrase.casefold() in words for phrase in rules().own_eyes)


def _state(side: str) -> str:
    row = countries().get(side)
    return row.names[0] if row is not None and row.names else side
