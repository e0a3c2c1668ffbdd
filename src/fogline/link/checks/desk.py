"""What a check may look at, and the form of what it finds."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from ...model import Check, Copy, Origin
from ...store.records import Stored
from ..tellers import Teller, tellers
from ..wording import day

if TYPE_CHECKING:
    from ...resolve.gazetteer import Gazetteer

_WINDOW = 240  # characters of the report on either side of the evidence that belong to its sentence at most
_ENDS = (". ", "? ", "! ", ".” ", '." ', "\n")  # what ends a sentence, near enough for a window
_SHOWN = 160  # characters of a quotation in a sentence of ours


@dataclass(frozen=True)
class Desk:
    """The claims to be checked, and what is known besides.

    ``texts`` are the reports by document id, as far as they are at hand: with them a check sees the whole
    sentence, without them the evidence alone.
    """

    claims: Sequence[Stored]
    origins: Sequence[Origin] = ()
    copies: Sequence[Copy] = ()
    texts: Mapping[str, str] = field(default_factory=dict)
    places: Gazetteer | None = None

    @cached_property
    def told(self) -> Mapping[str, Teller]:
        """Who tells each claim."""
        return tellers(self.claims, self.origins)

    @property
    def gazetteer(self) -> Gazetteer:
        """The gazetteer, opened when it is first needed."""
        from ...resolve.gazetteer import open_gazetteer

        return self.places or open_gazetteer()

    def sentence(self, stored: Stored) -> tuple[str, int]:
        """Return the sentence around a claim's evidence and the offset at which it begins."""
        evidence = stored.claim.evidence
        text = self.texts.get(stored.claim.document)
        if text is None:
            return evidence.text, evidence.start
        left = text[max(0, evidence.start - _WINDOW) : evidence.start]
        cut = max((left.rfind(mark) + len(mark) for mark in _ENDS if mark in left), default=0)
        right = text[evidence.end : evidence.end + _WINDOW]
        ends = [right.find(mark) for mark in _ENDS if mark in right]
        start = evidence.start - len(left) + cut
        return text[start : evidence.end + (min(ends) + 1 if ends else len(right))], start


Rule = Callable[[Desk], Iterator[Check]]


def finding(
    rule: str,
    sentence: str,
    claims: Iterable[Stored],
    weight: Literal["note", "doubt", "error"] = "doubt",
) -> Check:
    """Return a check; its id is the same whenever the same rule finds the same thing."""
    ids = tuple(dict.fromkeys(stored.claim.id for stored in claims))
    digest = hashlib.sha256("\n".join((rule, sentence, *ids)).encode()).hexdigest()
    return Check(id=f"k{digest[:16]}", rule=rule, sentence=sentence, claims=ids, weight=weight)


def whence(stored: Stored) -> str:
    """Return where a claim stands: ``Example Daily, 12 September 2022``."""
    outlet = stored.outlet or stored.claim.document
    return f"{outlet}, {day(stored.published)}" if stored.published else outlet


def quoted(text: str) -> str:
    """Return words of a report in quotation marks, shortened in the middle where they are long."""
    clean = " ".join(text.split()).strip(' “”"')
    if len(clean) > _SHOWN:
        clean = f"{clean[: _SHOWN // 2].rstrip()} … {clean[-_SHOWN // 2 :].lstrip()}"
    return f"“{clean}”"
