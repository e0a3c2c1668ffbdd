"""One claim in full: its sentence, each field with the reason for it, and where it came from."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from html import escape

from msgspec import Struct

from .export.cells import NARRATOR, day, number, quantity
from .export.safe import printable
from .extract.sentences import sentences
from .model import Amendment, Candidate, Claim, Document, Party, Place
from .store import SourceRecord

_ALTERNATIVES = 4
_MARKS = ("⟦", "⟧")


class Shown(Struct, frozen=True, kw_only=True):
    """A claim, the document it stands in, whence its raw bytes came, and what a later edition did to it."""

    claim: Claim
    document: Document
    sources: tuple[SourceRecord, ...] = ()
    amended: Amendment | None = None

    def sentence(self) -> tuple[str, str, str]:
        """Return the sentence in three parts: before the evidence, the evidence, behind it."""
        text, evidence = self.document.text, self.claim.evidence
        spans = sentences(text)
        first = max(0, bisect_right([span.start for span in spans], evidence.start) - 1)
        last = max(first, bisect_right([span.start for span in spans], max(evidence.end - 1, 0)) - 1)
        start = min(spans[first].start, evidence.start) if spans else evidence.start
        end = max(spans[last].end, evidence.end) if spans else evidence.end
        return text[start : evidence.start], text[evidence.start : evidence.end], text[evidence.end : end]

    def fields(self) -> Iterator[tuple[str, str, str]]:
        """Give each field: its name, its value, and the reason for it ("" where none is told)."""
        claim = self.claim
        told = claim.reasons.get
        speaker = claim.speaker
        yield "event", claim.event, told("event", "")
        yield "status", claim.status, told("status", "")
        if claim.hedge:
            yield "hedge", claim.hedge, told("hedge", "")
        if claim.certainty:
            c = claim.certainty
            named = f" ({c.term})" if c.term else ""
            yield "certainty", f"{number(c.low)} to {number(c.high)}{named}", told("certainty", "")
        if speaker:
            name = speaker.name or speaker.text
            quoted = f', in the text "{speaker.text}"' if speaker.text != name else ""
            kind = ", ".join(filter(None, (speaker.kind, speaker.side)))
            value = f"{name}{f' ({kind})' if kind else ''}{quoted}"
            yield "voice", value, speaker.reason or told("speaker", "")
            if speaker.office:
                yield "office", speaker.office, ""
            if speaker.body:
                yield "speaks for", speaker.body, ""
        else:
            outlet = f"({self.document.outlet})" if self.document.outlet else NARRATOR
            yield "voice", outlet, told("speaker", "")
        yield "mode", claim.mode, told("mode", "")
        for relay in claim.relays:
            yield "relay", relay, told("relays", "")
        for name, parties in (("agent", claim.agents), ("target", claim.targets)):
            for party in parties:
                yield name, _party(party), party.reason or told(f"{name}s", "")
        for place in claim.places:
            yield "place", _place(place), place.reason or told("places", "")
            for candidate in _others(place):
                yield "", f"or {_candidate(candidate)}", ""
        when = claim.when
        words = f', from "{when.text}"' if when.text else ""
        yield "when", f"{day(when) or 'not told'}{words}", when.reason or told("when", "")
        for figure in claim.quantities:
            value = f'{quantity(figure)}, from "{figure.text}"'
            yield "quantity", value, ", ".join(figure.flags) or told("quantities", "")
        if claim.confidence is not None:
            yield "confidence", f"{claim.confidence:.2f}", told("confidence", "")
        if self.amended:
            yield "editions", self.amended.mark, self.amended.sentence
        if claim.flags:
            yield "to check", ", ".join(claim.flags), ""

    def provenance(self) -> Iterator[tuple[str, str]]:
        """Give what the claim can be traced by: document, offsets, raw bytes, extractor."""
        document, evidence = self.document, self.claim.evidence
        yield "claim", self.claim.id
        yield "document", document.id
        for name in ("title", "outlet", "author", "published", "updated", "url"):
            value = getattr(document, name)
            if value is not None:
                yield name, str(value)
        yield "characters", f"{evidence.start} to {evidence.end} of {len(document.text)}"
        yield "raw bytes", f"SHA-256 {document.raw}" if document.raw else "not kept (it was given as text)"
        for source in self.sources:
            yield "from", f"{source.whence}, {source.fetched:%Y-%m-%d %H:%M} UTC"
        yield "extractor", self.claim.extractor

    def __str__(self) -> str:
        before, evidence, behind = self.sentence()
        lines = [printable(f"{before}{_MARKS[0]}{evidence}{_MARKS[1]}{behind}"), ""]
        for name, value, reason in self.fields():
            lines.append(f"{name:<11} {printable(value)}")
            if reason:
                lines.append(f"{'':<13}{printable(reason)}")
        lines.append("")
        lines.extend(f"{name:<11} {printable(value)}" for name, value in self.provenance())
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        """Return the claim for a notebook; words of reports are escaped."""
        before, evidence, behind = (escape(printable(part)) for part in self.sentence())
        rows = "".join(
            f"<tr><th>{name}</th><td>{escape(printable(value))}</td><td><i>{escape(printable(reason))}</i></td></tr>"
            for name, value, reason in self.fields()
        )
        trace = "".join(
            f"<tr><th>{name}</th><td colspan='2'>{escape(printable(value))}</td></tr>"
            for name, value in self.provenance()
        )
        return f"<blockquote>{before}<mark>{evidence}</mark>{behind}</blockquote><table>{rows}{trace}</table>"


def _party(party: Party) -> str:
    name = f" = {party.name}" if party.name and party.name != party.text else ""
    return f"{party.text}{name}{f' [{party.side}]' if party.side else ''}"


def _place(place: Place) -> str:
    if place.lat is None or place.lon is None:
        return f"{place.role} {place.text} (not placed)"
    told = [f"{number(round(place.lat, 4))}, {number(round(place.lon, 4))}", place.precision]
    if place.radius_km is not None:
        told.append(f"within {number(round(place.radius_km, 1))} km")
    if place.geonameid is not None:
        told.append(f"GeoNames {place.geonameid}")
    if place.score:
        told.append(f"score {place.score:.2f}")
    name = f" = {place.name}" if place.name and place.name != place.text else ""
    return f"{place.role} {place.text}{name} ({', '.join(told)})"


def _others(place: Place) -> list[Candidate]:
    """Return the places that a name may mean besides the one taken."""
    others = [c for c in place.alternatives if c.geonameid is None or c.geonameid != place.geonameid]
    return others[:_ALTERNATIVES]


def _candidate(candidate: Candidate) -> str:
    where = ", ".join(filter(None, (candidate.region, candidate.country)))
    point = f"{number(round(candidate.lat, 4))}, {number(round(candidate.lon, 4))}"
    return f"{candidate.name}{f' in {where}' if where else ''} ({point}, score {candidate.score:.2f})"
