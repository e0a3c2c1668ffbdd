"""Put the view of one event together from its claims."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TypeVar

from ..model import Copy, Event, Place
from ..store import Stored
from .agreed import agreed_days
from .counting import counted
from .credits import Credit
from .features import telling_places
from .judging import Judge
from .kinship import Kinship
from .origins import origins_of
from .summary import summary_of, title_of
from .versions import versions_of

T = TypeVar("T", bound=str)

_FINE = ("point", "settlement", "near")


def event_of(
    id: str,
    claims: Sequence[Stored],
    *,
    copies: Sequence[Copy] = (),
    credits: Mapping[str, Sequence[Credit]] | None = None,
    kinship: Kinship | None = None,
) -> Event:
    """Return the event that claims make together.

    Args:
        id: the event's id.
        claims: its claims, at least one.
        copies: passages that documents took from each other; others than these documents' are passed over.
        credits: the outlets that documents say they print, by document.
        kinship: which documents are editions of one article, and which outlets are sisters.
    """
    ordered = sorted(
        claims, key=lambda s: (s.published or date.max, s.claim.document, s.claim.evidence.start)
    )
    types = _by_count(stored.claim.event for stored in ordered)
    when = agreed_days(ordered)
    place = spot(ordered)
    origins = origins_of(ordered, copies, credits=credits, kinship=kinship)
    told = versions_of(ordered, origins)
    best = set(told.versions[0].claims) if told.versions else set()
    leading = [s for s in ordered if s.claim.id in best] or ordered
    return Event(
        id=id,
        type=types[0],
        types=types,
        title=title_of(leading, origins, when=when),
        summary=summary_of(leading, origins, told.disputes, told.figures, when=when),
        earliest=when.first,
        latest=when.last,
        place=(place.name or place.text) if place else None,
        geonameid=place.geonameid if place else None,
        country=place.country if place else None,
        lat=place.lat if place else None,
        lon=place.lon if place else None,
        radius_km=place.radius_km if place else None,
        sides=_by_count(p.side for s in ordered for p in (*s.claim.agents, *s.claim.targets) if p.side),
        claims=tuple(s.claim.id for s in ordered),
        documents=_by_count(s.claim.document for s in ordered),
        outlets=_by_count(s.outlet for s in ordered if s.outlet),
        origins=origins,
        independent=sum(origin.independent for origin in origins),
        counted=counted(origins, ordered, kinship.firsts if kinship else None),
        versions=told.versions,
        disputes=told.disputes,
        figures=told.figures,
        unresolved=told.unresolved,
    )


class Taken:
    """What documents took from each other, at hand by document for many events.

    Args:
        copies: passages that documents took from each other.
        credits: the outlets that documents say they print, by document.
        judge: what checks and grades events; they have neither where None.
        texts: documents by id, so that checks see whole sentences.
        kinship: which documents are editions of one article, and which outlets are sisters.
    """

    def __init__(
        self,
        copies: Iterable[Copy],
        credits: Mapping[str, Sequence[Credit]],
        *,
        judge: Judge | None = None,
        texts: Mapping[str, str] | None = None,
        kinship: Kinship | None = None,
    ) -> None:
        self._credits = credits
        self._kinship = kinship
        self._judge = judge
        self._texts = texts or {}
        self._copies: dict[str, list[Copy]] = {}
        for copy in copies:
            self._copies.setdefault(copy.document, []).append(copy)

    def copies(self, documents: Iterable[str]) -> list[Copy]:
        """Return what documents took from others, back to the first text."""
        found: list[Copy] = []
        waiting = list(documents)
        seen = set(waiting)
        while waiting:
            for copy in self._copies.get(waiting.pop(), ()):
                found.append(copy)
                if copy.source not in seen:
                    seen.add(copy.source)
                    waiting.append(copy.source)
        return found

    def event(self, id: str, claims: Sequence[Stored]) -> Event:
        """Return the event that claims make together."""
        documents = {stored.claim.document for stored in claims}
        copies = self.copies(documents)
        documents |= {copy.source for copy in copies}
        credits = {document: self._credits[document] for document in documents if document in self._credits}
        made = event_of(id, claims, copies=copies, credits=credits, kinship=self._kinship)
        return self.judged(made, claims)

    def judged(self, event: Event, claims: Sequence[Stored]) -> Event:
        """Return an event with its checks and its grade, as it is where there is no judge."""
        if self._judge is None:
            return event
        return self._judge.event(event, claims, copies=self.copies(event.documents), texts=self._texts)


def spot(claims: Sequence[Stored]) -> Place | None:
    """Return the place that most claims name, finely told ones before coarse ones."""
    found: dict[tuple[bool, object], dict[str, Place]] = {}
    for stored, place in telling_places(claims):
        key = (place.precision not in _FINE, place.geonameid or (place.lat, place.lon))
        if place.lat is not None:
            found.setdefault(key, {}).setdefault(stored.claim.id, place)
    if not found:
        return None
    best = min(found, key=lambda key: (key[0], -len(found[key])))
    return next(iter(found[best].values()))


def _by_count(values: Iterable[T]) -> tuple[T, ...]:
    return tuple(value for value, _ in Counter(values).most_common())
