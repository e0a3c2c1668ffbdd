"""Notes: each claim gets a number where it is first rested on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from urllib.parse import urlsplit

from ..store import Stored
from .content import Line, Note, Run
from .words import day_told, opened, side_named


class Notes:
    """The numbers of claims, in the order in which a report first rests on them.

    Args:
        claims: the claims that may be told of, by id; a claim that is not here is never named.
    """

    def __init__(self, claims: Mapping[str, Stored]) -> None:
        self._claims = claims
        self._numbers: dict[str, int] = {}

    def of(self, claims: Iterable[str]) -> tuple[int, ...]:
        """Return the numbers of the notes on these claims, in order, each once."""
        found = {
            self._numbers.setdefault(claim, len(self._numbers) + 1)
            for claim in claims
            if claim in self._claims
        }
        return tuple(sorted(found))

    def all(self) -> tuple[Note, ...]:
        """Return the notes by number."""
        return tuple(
            Note(number, claim, _line(self._claims[claim])) for claim, number in self._numbers.items()
        )


def _line(stored: Stored) -> Line:
    """Return who says it, through whom, where, when and in which words."""
    claim, voice = stored.claim, stored.claim.speaker
    outlet = stored.outlet or "an outlet that is not named"
    runs: list[Run] = []
    if voice is None:
        runs.append(Run(f"{opened(outlet)} in its own words", foreign=True))
    else:
        runs.append(Run(voice.name or voice.text, foreign=True))
        if voice.side:
            runs.append(Run(f" ({side_named(voice.side)})"))
        if claim.relays:
            runs += [Run(", through "), Run(", ".join(claim.relays), foreign=True)]
        runs += [Run(", in "), Run(outlet, foreign=True)]
    if stored.title:
        runs += [Run(", “"), Run(stored.title, foreign=True), Run("”")]
    runs.append(Run(f", {day_told(stored.published)}" if stored.published else ", not dated"))
    runs += [Run(": “"), Run(claim.evidence.text, foreign=True, strong=True), Run("”. ")]
    runs.append(Run(f"Claim {claim.id}."))
    if address := _address(stored.url):
        runs += [Run(" "), Run(address, link=address, foreign=True)]
    return tuple(runs)


def _address(url: str | None) -> str | None:
    """Return an address that a reader may follow, None for what is no plain web address."""
    if not url or not url.isascii() or any(sign <= " " or sign in "\"'<>\\`" for sign in url):
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.hostname and "@" not in parts.netloc else None
