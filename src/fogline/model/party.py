"""Who acts, who is acted upon, who speaks."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from .span import Span

VoiceKind = Literal[
    "official", "military", "party", "international", "monitor", "research", "agency", "paper",
    "broadcaster", "resident", "media", "unnamed", "person", "body",
]  # fmt: skip

Mode = Literal["direct", "mixed", "indirect", "narrated"]


class Party(Struct, frozen=True, kw_only=True):
    """A person, force, body or population in the part of agent or target.

    ``side`` is ISO 3166 alpha-3 of a state, a group's usual English name, ``CIV`` for civilians, or
    None where the text does not tell; ``reason`` says what it rests on.
    """

    text: str
    start: int
    end: int
    side: str | None = None
    name: str | None = None
    reason: str = ""


class Voice(Struct, frozen=True, kw_only=True):
    """Who vouches for a claim inside the text; the outlet's own narration is None instead.

    ``text`` are the words of this mention, ``name`` the full name or organisation with pronouns and
    misspellings resolved. ``office`` is what the text calls a person beside the name, ``body`` the full
    name of whom that office speaks for; both None where it tells none. Offsets are None where the voice
    speaks without being named on the spot (the second sentence of a quotation has them all the same:
    those of the first).
    """

    text: str
    start: int | None = None
    end: int | None = None
    name: str | None = None
    side: str | None = None
    kind: VoiceKind | None = None
    office: str | None = None
    body: str | None = None
    reason: str = ""


class Attribution(Struct, frozen=True, kw_only=True):
    """Words of a document that it puts into somebody's mouth, mind or eyes.

    ``source`` is the full mention, None where nobody is named ("reportedly"); name, side, kind, office and
    body are those of its ``Voice``. ``content`` may be
    broken up by the cue. ``relays`` are names, innermost first. ``hedge`` is the cue word where it
    lowers commitment ("believed", "claimed"), and ``denies`` tells that the content is denied.
    """

    source: Span | None
    cue: Span | None
    content: tuple[Span, ...]
    mode: Mode = "indirect"
    name: str | None = None
    side: str | None = None
    kind: VoiceKind | None = None
    office: str | None = None
    body: str | None = None
    relays: tuple[str, ...] = ()
    hedge: str | None = None
    denies: bool = False
    reason: str = ""
