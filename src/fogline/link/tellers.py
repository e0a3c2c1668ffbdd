"""Who tells each claim: claims with one origin, and claims of one named voice, count as one teller."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import msgspec
from msgspec import Struct

from ..model import Origin
from ..store.records import Stored
from .outlets import outlet_of

NAMELESS = frozenset({"unnamed", "resident", "media"})  # kinds whose name is no one's own ("officials")


class Teller(Struct, frozen=True, kw_only=True):
    """Who vouches for a claim, told once however often it was printed.

    ``key`` is the same for the same teller, ``name`` is what a reader is shown, ``kind`` is that of the
    voice, or ``outlet`` where a report tells it in its own words. ``origin`` is the origin's id.
    """

    key: str
    name: str
    side: str | None
    kind: str
    origin: str
    independent: bool = True


def tellers(claims: Sequence[Stored], origins: Sequence[Origin] = ()) -> dict[str, Teller]:
    """Return who tells each claim, by the claim's id.

    Args:
        claims: the claims of one event.
        origins: their origins; a claim that none of them names is its own.
    """
    by_id = {stored.claim.id: stored for stored in claims}
    found: dict[str, Teller] = {}
    for origin in origins:
        first = by_id.get(origin.claim) or next((by_id[c] for c in origin.claims if c in by_id), None)
        if first is None:
            continue
        teller = _teller(_spoken(origin, by_id) or first, origin)
        found.update((claim, teller) for claim in origin.claims if claim in by_id)
    for stored in claims:
        if stored.claim.id not in found:
            found[stored.claim.id] = _teller(stored, None)
    return found


def _spoken(origin: Origin, by_id: Mapping[str, Stored]) -> Stored | None:
    """Return a claim of an origin that names the origin's voice: the first telling may leave it out."""
    for id in origin.claims:
        stored = by_id.get(id)
        speaker = stored.claim.speaker if stored else None
        if speaker and origin.voice in (speaker.name, speaker.text):
            return stored
    return None


def _teller(stored: Stored, origin: Origin | None) -> Teller:
    claim = stored.claim
    voice = claim.speaker
    id = origin.id if origin else claim.id
    independent = origin.independent if origin else True
    told = (origin.voice if origin else None) or (voice and (voice.name or voice.text))
    outlet = stored.outlet or (origin.outlets[0] if origin and origin.outlets else None)
    side = (origin.side if origin else None) or (voice.side if voice else None)
    teller = voice_teller(
        told or None, outlet, side=side, kind=voice.kind if voice else None, id=id, document=claim.document
    )
    return teller if independent else msgspec.structs.replace(teller, independent=False)


def voice_teller(
    name: str | None,
    outlet: str | None,
    *,
    side: str | None = None,
    kind: str | None = None,
    id: str = "",
    document: str = "",
) -> Teller:
    """Return a voice as a teller; an outlet in its own words where it has no name.

    Args:
        name: the voice's name.
        outlet: the outlet, which tells where nobody else does.
        side: the voice's side.
        kind: the voice's kind.
        id: the origin's id, which parts voices whose name is no one's own ("residents").
        document: the document's id, for an outlet without a name.
    """
    if name is None:
        house = outlet_of(outlet).name if outlet else None
        key = f"outlet:{(house or document).casefold()}"
        return Teller(
            key=key, name=house or "a report of no named outlet", side=None, kind="outlet", origin=id
        )
    known = kind or "person"
    key = name.casefold() + (f"@{id}" if known in NAMELESS else "")
    return Teller(key=key, name=name, side=side, kind=known, origin=id)


def names(claims: Iterable[str], told: Mapping[str, Teller]) -> tuple[str, ...]:
    """Return the names of those who tell these claims, each once, in order."""
    return tuple(dict.fromkeys(told[claim].name for claim in claims if claim in told))


def listed(items: Sequence[str], *, most: int = 3, word: str = "and") -> str:
    """Join names as a sentence does: ``A, B and C``, or ``A, B and 4 others`` where they are many."""
    if len(items) > most + 1:
        shown = [*items[:most], f"{len(items) - most} others"]
        return f"{', '.join(shown[:-1])} and {shown[-1]}"
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {word} {items[-1]}"
