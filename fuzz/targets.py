"""What is fuzzed: every reader and parser as a function of bytes that raises only where something is wrong.

Errors of ``fogline.errors`` are answers: what is hostile is refused with a sentence. Anything else that is
raised, an offset that does not hold, or an answer that cannot be written as UTF-8 JSON is a finding.
"""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import msgspec

from fogline.errors import FoglineError
from fogline.ingest import Item, Problem, unpacked
from fogline.model import Document
from fogline.read import read

Target = Callable[[bytes], None]

_NOON = datetime(2022, 9, 11, 12, tzinfo=UTC)
_TEXT = 20_000  # characters of a text that a layer reads in one case
_FOLDER = Path(tempfile.gettempdir())


def _check(found: Iterable[Document | Problem]) -> None:
    for one in found:
        if isinstance(one, Problem):
            assert one.message and one.object is not None
            one.message.encode("utf-8", "surrogatepass")
            continue
        assert one.id and one.text.strip() and "\0" not in one.text
        assert one.published is None or isinstance(one.published, date)


def _reading(name: str) -> Target:
    def target(data: bytes) -> None:
        _check(read(Item(name=name, data=data, retrieved=_NOON)))

    return target


def _fetched(data: bytes) -> None:
    """Read bytes as a server sent them, with a type and a character set that the first bytes choose."""
    medias = ("text/html", "text/plain", "application/pdf", "message/rfc822", "application/json", "x/y")
    charsets = ("utf-8", "windows-1251", "utf-16", "koi8-u", "x-nothing", "\u00e9\0")
    media, charset = medias[len(data) % 6], charsets[sum(data[:4]) % 6]
    headers = {"content-type": f"{media}; charset={charset}"}
    url = f"https://a.example/{data[:60].decode('latin-1')}"
    with contextlib.suppress(FoglineError):
        _check(read(Item(name=url, url=url, data=data[4:], media=media, headers=headers, retrieved=_NOON)))


def _archive(name: str) -> Target:
    def target(data: bytes) -> None:
        for one in unpacked(Item(name=name, data=data, retrieved=_NOON)):
            _check([one]) if isinstance(one, Problem) else _check(read(one))

    return target


def _beside(data: bytes) -> None:
    with tempfile.NamedTemporaryFile(suffix=".json", dir=_FOLDER) as file:
        file.write(data)
        file.flush()
        _check(read(Item(name="a.txt", data=b"A report.", retrieved=_NOON, sidecar=Path(file.name))))


def text_of(data: bytes) -> str:
    """Return a text that any bytes stand for, lone surrogates among them."""
    return data.decode("utf-8", "surrogateescape")[:_TEXT] or "x"


def _document(data: bytes) -> Document:
    return Document(id="x", text=text_of(data), published=date(2022, 9, 11))


def _dates(data: bytes) -> None:
    from fogline.extract.dates import dates

    document = _document(data)
    for when in dates(document):
        if when.start is not None and when.end is not None:
            assert document.text[when.start : when.end] == when.text
        assert when.earliest is None or when.latest is None or when.earliest <= when.latest


def _quantities(data: bytes) -> None:
    from fogline.extract.quantities import quantities

    document = _document(data)
    for found in quantities(document):
        assert document.text[found.start : found.end] == found.text
        assert found.low is None or found.high is None or found.low <= found.high


def _sentences(data: bytes) -> None:
    from fogline.extract.sentences import sentences

    text, last = text_of(data), 0
    for span in sentences(text):
        assert last <= span.start < span.end <= len(text)
        last = span.end


def _layers(data: bytes) -> None:
    """Read status, hedges, places by their words, credits and kinship out of a text, without a parse."""
    from fogline.extract.hedges import certainty, hedge
    from fogline.extract.sentences import sentences
    from fogline.extract.status import status
    from fogline.link.outlets import media_in, outlet_of
    from fogline.link.precedence import sketch
    from fogline.resolve.bodies import relay_name

    text = text_of(data)
    for span in sentences(text)[:50]:
        told = status(text, span, span)[0]
        certainty(told, hedge(text, span, span), span.of(text))
    outlet_of(text[:200])
    relay_name(text[:200])
    media_in(text)
    sketch(Document(id="x", text=text))


def _editions(data: bytes) -> None:
    from fogline.editions import differences
    from fogline.store.editions import address_of

    text = text_of(data)
    middle = len(text) // 2
    for change in differences(text[:middle], text[middle:]):
        assert change.told(text[:middle], text[middle:])
    address_of(text)
    address_of(f"https://{text[:300]}")


def _control(ending: str) -> Target:
    def target(data: bytes) -> None:
        from fogline.control import ImportOptions, read_rows

        with contextlib.suppress(FoglineError):
            for row in read_rows(
                data, f"sightings.{ending}", ImportOptions(day=date(2022, 9, 1), holder="UKR")
            ):
                msgspec.json.encode(row)

    return target


def _dump(data: bytes) -> None:
    from fogline.resolve.gazetteer.dump import dump_of

    with tempfile.NamedTemporaryFile(suffix=".txt", dir=_FOLDER) as file:
        file.write(data)
        file.flush()
        with contextlib.suppress(FoglineError):
            dump = dump_of([Path(file.name)])
            for row in dump._rows(dump.places[0]):
                dump._record(row, None, dump.places[0])
            list(dump.more_names())


def _places_file(ending: str) -> Target:
    def target(data: bytes) -> None:
        from fogline.resolve.gazetteer import open_gazetteer
        from fogline.resolve.gazetteer.files import read_places

        with tempfile.NamedTemporaryFile(suffix=ending, dir=_FOLDER) as file:
            file.write(data)
            file.flush()
            with contextlib.suppress(FoglineError):
                list(read_places(Path(file.name), open_gazetteer()))

    return target


def _feed(data: bytes) -> None:
    from fogline.watch.sources import feed

    with contextlib.suppress(FoglineError):
        item = Item(name="https://a.example/feed", url="https://a.example/feed", data=data, retrieved=_NOON)
        feed.entries(item, content=True)


def _sitemap(data: bytes) -> None:
    from fogline.watch.sources import sitemap

    with contextlib.suppress(FoglineError):
        url = "https://a.example/sitemap.xml"
        sitemap.entries(Item(name=url, url=url, data=data, retrieved=_NOON))


def _feeds_file(data: bytes) -> None:
    from fogline.watch.feeds_file import read_feeds

    with tempfile.NamedTemporaryFile(suffix=".yml", dir=_FOLDER) as file:
        file.write(data)
        file.flush()
        with contextlib.suppress(FoglineError):
            read_feeds(Path(file.name))


def _filters(data: bytes) -> None:
    from fogline.query import meant
    from fogline.store import DUCKDB, FilterOptions, Filters
    from fogline.store.filters import conditions

    parts = [part or None for part in text_of(data).split("\n")]
    names = list(FilterOptions.__annotations__)
    numbers = {"radius_km": float, "min_confidence": float, "embargo_hours": float, "limit": int}
    given: dict[str, Any] = {}
    for name, part in zip(names, parts, strict=False):
        if part is not None and name in numbers:
            with contextlib.suppress(ValueError, OverflowError):
                given[name] = numbers[name](part)
        else:
            given[name] = part
    with contextlib.suppress(FoglineError):
        conditions(meant(Filters.of(**given)), DUCKDB)


def _written(data: bytes) -> None:
    """Write words of a report for a terminal, a spreadsheet and JSON Lines."""
    from fogline.export.jsonl import line
    from fogline.export.safe import csv_cell, printable

    text = text_of(data)
    assert not any(ord(c) < 32 or 127 <= ord(c) < 160 for c in printable(text))
    assert not csv_cell(text).startswith(("=", "+", "-", "@"))
    told = text.encode("utf-8", "replace").decode("utf-8", "replace")
    assert line({"text": told}).count("\n") == 1


def _encoding(data: bytes) -> None:
    from fogline.read.encoding import decode

    with contextlib.suppress(FoglineError):
        decode(data, "x").text.encode("utf-8", "surrogatepass")


def _settings(data: bytes) -> None:
    import os

    from fogline.settings import load

    with tempfile.TemporaryDirectory(dir=_FOLDER) as folder:
        Path(folder, "fogline.toml").write_bytes(data)
        here = Path.cwd()
        os.chdir(folder)
        try:
            with contextlib.suppress(FoglineError):
                load()
        finally:
            os.chdir(here)


TARGETS: dict[str, Target] = {
    "html": _reading("a.html"),
    "pdf": _reading("a.pdf"),
    "plain": _reading("a.txt"),
    "markdown": _reading("a.md"),
    "json": _reading("a.json"),
    "jsonl": _reading("a.jsonl"),
    "jsonl.gz": _reading("a.jsonl.gz"),
    "eml": _reading("a.eml"),
    "parquet": _reading("a.parquet"),
    "unnamed": _reading("a"),
    "fetched": _fetched,
    "encoding": _encoding,
    "sidecar": _beside,
    "warc": _archive("a.warc"),
    "warc.gz": _archive("a.warc.gz"),
    "warc.zst": _archive("a.warc.zst"),
    "wacz": _archive("a.wacz"),
    "feed": _feed,
    "sitemap": _sitemap,
    "feeds.yml": _feeds_file,
    "settings": _settings,
    "sentences": _sentences,
    "dates": _dates,
    "quantities": _quantities,
    "layers": _layers,
    "editions": _editions,
    "filters": _filters,
    "control.csv": _control("csv"),
    "control.jsonl": _control("jsonl"),
    "control.geojson": _control("geojson"),
    "places.csv": _places_file(".csv"),
    "places.geojson": _places_file(".geojson"),
    "geonames": _dump,
    "written": _written,
}
