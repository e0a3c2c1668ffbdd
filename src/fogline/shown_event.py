"""One event in full: its versions with their voices and words, where they part, its grade, its links."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from msgspec import Struct

from .export.cells import cells
from .export.event_rows import days, summary
from .export.safe import printable
from .link import Became, Link, Review
from .model import Event, Version
from .store import Stored

PARTED = "Where they part"
_LINKS = 12  # of an event's links, the strongest


class Told(Struct, frozen=True, kw_only=True):
    """One claim as a version shows it: who tells it, through whom, when and in which words."""

    claim: str
    voice: str
    chain: str
    told: str
    words: str


class ShownEvent(Struct, frozen=True, kw_only=True):
    """An event with its claims, what links them, what became of it, and the judgements on them."""

    event: Event
    claims: tuple[Stored, ...]
    links: tuple[Link, ...] = ()
    history: tuple[Became, ...] = ()
    reviews: tuple[Review, ...] = ()

    def facts(self) -> Iterator[tuple[str, str]]:
        """Give what is known of the event as a whole."""
        event = self.event
        yield "event", event.id
        yield "type", ", ".join(event.types)
        yield "day", days(event.earliest, event.latest) or "not told"
        where = place_of(event)
        yield "place", where or "not told"
        if event.sides:
            yield "sides", ", ".join(event.sides)
        yield "told by", event.counted

    def told(self, version: Version) -> Iterator[Told]:
        """Give the claims of a version, those first that came first."""
        within = set(version.claims)
        for stored in self.claims:
            claim = stored.claim
            if claim.id not in within:
                continue
            texts = cells(claim, outlet=stored.outlet)
            carried = [*claim.relays, *([stored.outlet] if stored.outlet and claim.speaker else [])]
            yield Told(
                claim=claim.id,
                voice=texts["voice"],
                chain=" < ".join(dict.fromkeys(carried)),
                told=", ".join(
                    str(one) for one in (stored.published, stored.amended and stored.amended.mark) if one
                ),
                words=claim.evidence.text,
            )

    def disputes(self) -> Iterator[tuple[str, str]]:
        """Give each field that versions part on, with who says what."""
        for dispute in self.event.disputes:
            yield dispute.field, dispute.text
        if self.event.unresolved:
            yield "unresolved", "nothing independent decides between the versions"

    def origins(self) -> Iterator[tuple[str, str]]:
        """Give each origin with the sentence that explains it."""
        for origin in self.event.origins:
            name = origin.voice or (f"({origin.outlets[0]})" if origin.outlets else "(outlet)")
            through = [one for one in origin.chain if origin.voice or one not in origin.outlets[:1]]
            chain = f" < {' < '.join(through)}" if through else ""
            lean = "" if origin.independent else ", not independent"
            yield f"{name}{chain}{lean}", origin.reason

    def why(self) -> Iterator[tuple[str, str]]:
        """Give what links the claims: the strongest pairs with weight and sentence."""
        for link in self.links[:_LINKS]:
            yield f"{link.one[:9]} and {link.other[:9]} ({link.weight:+.1f} bits)", link.why

    def lines(self) -> Iterator[str]:
        """Give the event as lines of text."""
        event = self.event
        yield event.title
        if event.summary:
            yield ""
            yield summary(event)
        yield ""
        yield from (f"{name:<11} {value}" for name, value in self.facts())
        if event.grade:
            yield f"{'grade':<11} {event.grade.code}"
            yield from (f"{'':<13}{reason}" for reason in event.grade.reasons)
        for nth, version in enumerate(event.versions, 1):
            yield ""
            head = f"Version {nth} of {len(event.versions)}" if len(event.versions) > 1 else "As told"
            yield f"{head} ({version.status}): {version.text}"
            for told in self.told(version):
                chain = f" < {told.chain}" if told.chain else ""
                yield f"  {told.claim[:9]}  {told.voice}{chain}{f', {told.told}' if told.told else ''}"
                yield f"             “{told.words}”"
        for head, rows in (
            (PARTED, self.disputes()),
            ("Origins", self.origins()),
            ("To check", ((check.rule, check.sentence) for check in event.checks)),
            ("Why these claims are one event", self.why()),
        ):
            listed = list(rows)
            if listed:
                yield ""
                yield head
            for name, value in listed:
                yield f"  {name}: {value}" if value else f"  {name}"
        yield from self._later()

    def _later(self) -> Iterator[str]:
        if self.history or self.reviews:
            yield ""
        for one in self.history:
            into = f" into {one.into}" if one.into else ""
            yield f"{one.at:%Y-%m-%d %H:%M}  {one.event} {one.what}{into}"
        for review in self.reviews:
            what = " ".join(filter(None, (review.subject, review.other, review.field, review.value)))
            yield f"{review.at:%Y-%m-%d %H:%M}  {review.reviewer}: {review.kind} {what} ({review.reason})"

    def __str__(self) -> str:
        return "\n".join(printable(line) for line in self.lines())

    def _repr_html_(self) -> str:
        """Return the event for a notebook: its versions side by side; words of reports are escaped."""

        def safe(text: str) -> str:
            return escape(printable(text))

        event = self.event
        heads = "".join(f"<th>{safe(v.text)}<br><small>{v.status}</small></th>" for v in event.versions)
        bodies = "".join(
            "<td style='vertical-align:top;text-align:left'>"
            + "".join(
                f"<p><b>{safe(t.voice)}</b> {safe(t.chain)}<br><q>{safe(t.words)}</q></p>"
                for t in self.told(v)
            )
            + "</td>"
            for v in event.versions
        )
        facts = "".join(f"<tr><th>{name}</th><td>{safe(value)}</td></tr>" for name, value in self.facts())
        parted = "".join(f"<li>{name}: {safe(text)}</li>" for name, text in self.disputes())
        grade = (
            f"<p><b>{event.grade.code}</b> {safe(' '.join(event.grade.reasons))}</p>" if event.grade else ""
        )
        return (
            f"<h4>{safe(event.title)}</h4><p>{safe(summary(event))}</p><table>{facts}</table>{grade}"
            f"<table><tr>{heads}</tr><tr>{bodies}</tr></table><ul>{parted}</ul>"
        )


def place_of(event: Event) -> str:
    """Return where an event is, with how exactly that is known."""
    if event.lat is None or event.lon is None:
        return event.place or ""
    radius = f", within {event.radius_km:.0f} km" if event.radius_km else ""
    return f"{event.place} ({event.lat:.2f}, {event.lon:.2f}{radius})"
