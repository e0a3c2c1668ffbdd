"""An extractor that needs no model: each sentence with "captured" or "left" is a claim."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from fogline.model import (
    Candidate,
    Claim,
    Document,
    Extraction,
    LeftOut,
    Party,
    Place,
    Quantity,
    Span,
    Voice,
    When,
    Words,
)

PLACES = {
    "Novaya Niva": (49.21, 37.28, 1001, "settlement"),
    "Stara Niva": (49.4612, 36.8534, 1002, "settlement"),
    "the mill bridge": (49.2137, 37.2689, None, "point"),
}
_CLAIM = re.compile(r"[^.\n]*\b(captured|left)\b[^.\n]*\.")
_SAID = re.compile(r"(Colonel Orr|Minister Vale) said")


class StubReader:
    """Finds claims by two verbs, voices by two names and places by three; counts what it read."""

    def __init__(self, identity: str = "stub/1") -> None:
        self.identity = identity
        self.read: list[str] = []

    def extract(self, document: Document) -> Extraction:
        """Read one document; the word "breaks" in it raises."""
        self.read.append(document.id)
        if "breaks the reader" in document.text:
            raise ValueError("cannot read this")
        claims = tuple(self._claim(document, found) for found in _CLAIM.finditer(document.text))
        left_out = (
            (LeftOut(step="dates", span=Span(0, 3), why="no such day"),) if "no such" in document.text else ()
        )
        return Extraction(document=document.id, claims=claims, left_out=left_out)

    def extract_all(self, documents: Iterable[Document]) -> Iterator[Extraction]:
        """Read documents in batches of four, as real extractors do."""
        batch: list[Document] = []
        for document in documents:
            batch.append(document)
            if len(batch) == 4:
                yield from [self.extract(one) for one in batch]
                batch = []
        yield from [self.extract(one) for one in batch]

    def _claim(self, document: Document, found: re.Match[str]) -> Claim:
        text, day = found.group(), document.published
        said = _SAID.search(text)
        places = []
        for name, (lat, lon, geonameid, precision) in PLACES.items():
            if name in text:
                start = found.start() + text.index(name)
                others = (Candidate(name=name, lat=10.0, lon=-20.5, country="XYZ", feature="PPL", score=0.2),)
                places.append(
                    Place(
                        text=name, role="at", start=start, end=start + len(name), name=name, lat=lat, lon=lon,
                        geonameid=geonameid, country="UKR", precision=precision, score=0.8,
                        alternatives=others, reason="the only one of this name near the front",
                    )
                )  # fmt: skip
        when = When(earliest=day - timedelta(days=1), latest=day, precision="days") if day else When()
        start = found.start() + len(text) - len(text.lstrip())
        return Claim(
            document=document.id,
            evidence=Words.at(document.text, start, found.end()),
            event="CAPTURE" if found[1] == "captured" else "WITHDRAW",
            agents=(Party(text="the garrison", start=0, end=1, side="UKR"),) if "garrison" in text else (),
            places=tuple(places),
            when=when,
            quantities=(
                (Quantity(text="some 300", start=0, end=1, kind="troops", low=300.0, high=300.0),)
                if "300" in text
                else ()
            ),
            speaker=Voice(text=said[1], name=said[1], side="RUS", kind="official") if said else None,
            relays=("Wire",) if "Wire" in text else (),
            mode="indirect" if said else "narrated",
            confidence=0.9 if said else 0.6,
            reasons={"event": f'the verb "{found[1]}"'},
            extractor=self.identity,
        ).identified()


def report(
    id: str = "r1", *, text: str | None = None, published: date | None = date(2022, 9, 11)
) -> Document:
    """Return a report with two claims."""
    told = text or (
        "The garrison captured Novaya Niva, Colonel Orr said. It was a quiet day. "
        "Some 300 troops left Stara Niva by the mill bridge."
    )
    return Document(id=id, text=told, title=f"Report {id}", published=published, outlet="The Courier")
