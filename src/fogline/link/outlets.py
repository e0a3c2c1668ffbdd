"""Outlets under one name: "AP", "The Associated Press" and apnews.com are one house."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from msgspec import Struct

from ..model import Span, VoiceKind
from ..resolve.bodies import relay_name
from ..resolve.parties.data import read
from ..resolve.parties.lexicon import find, fold

_MEDIA: frozenset[VoiceKind | None] = frozenset({"agency", "paper", "broadcaster"})
_HOST = re.compile(r"(?:https?://)?((?:[\w-]+\.)+[a-z]{2,24})(?:[:/]\S*)?", re.IGNORECASE)


class Names(Struct, frozen=True, forbid_unknown_fields=True):
    """Addresses by their outlet, endings that are no name (``co`` in co.uk), brackets that name no outlet."""

    endings: frozenset[str]
    unnamed: frozenset[str]
    hosts: dict[str, str]
    state_media: dict[str, str]


@dataclass(frozen=True, slots=True)
class Outlet:
    """An outlet: its name, its kind where it is known, and the state whose organ it is."""

    name: str
    kind: VoiceKind | None = None
    organ_of: str | None = None

    @property
    def key(self) -> str:
        """The name as it is compared: without case, accents and article."""
        return fold(self.name).removeprefix("the ")


@lru_cache(maxsize=1)
def names() -> Names:
    """Return what is known of outlets besides their rows among the bodies."""
    return read(__package__, "outlets.yml", Names)


@lru_cache(maxsize=4096)
def outlet_of(told: str) -> Outlet:
    """Return the outlet that ``told`` means: a name, an abbreviation or the host of an address."""
    clean = " ".join(told.split())
    if host := _HOST.fullmatch(clean):
        clean = _of_host(host[1].casefold())
    name = relay_name(clean) or clean
    hit = next((h for h in find(name) if h.entry.voice in _MEDIA and h.entry.name == name), None)
    if hit is None and clean.startswith("The "):
        name = clean  # as it calls itself
    return Outlet(name, hit.entry.voice if hit else None, names().state_media.get(name))


def _of_host(host: str) -> str:
    """Return the outlet's name where it is known by its address, else the address that it registered."""
    labels = host.removeprefix("www.").split(".")
    for first in range(len(labels) - 1):
        if known := names().hosts.get(".".join(labels[first:])):
            return known
    house = len(labels) - 2
    if house > 0 and labels[house] in names().endings:
        house -= 1
    label = labels[house]
    for form in (label.upper(), label.capitalize()):
        if any(span.end - span.start == len(form) for span, _ in media_in(form)):
            return form
    return ".".join(labels[house:])


def media_in(text: str) -> list[tuple[Span, str]]:
    """Return the outlets that a text names and Fogline knows, with their full names."""
    return [(Span(h.start, h.end), h.entry.name) for h in find(text) if h.entry.voice in _MEDIA]
