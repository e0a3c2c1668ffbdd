"""Web archives as sources: their captures become items, and what is broken is told."""

from __future__ import annotations

import gzip
import hashlib
import io
import time
import zlib
from datetime import UTC, datetime
from pathlib import Path

import pytest
from fastwarc.stream_io import ZstdReader, zstd_train_dictionary_from_samples
from hypothesis import given, settings
from hypothesis import strategies as st
from made_warc import DATE, HEAD, PAGE, URL, packed, record, sha1, wacz, zipped

from fogline.ingest import Archive, Capture, Item, Problem, gather, unpacked

FOUND = datetime(2026, 1, 1, tzinfo=UTC)
CODED = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: %s\r\n\r\n"
CHUNKED = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n"


def read(data: bytes, name: str = "x.warc.gz") -> tuple[list[Item], list[Problem]]:
    found = list(unpacked(Item(name=name, data=data, retrieved=FOUND)))
    return [f for f in found if isinstance(f, Item)], [f for f in found if isinstance(f, Problem)]


def messages(data: bytes) -> list[str]:
    return [problem.message for problem in read(data)[1]]


def test_a_capture_is_an_item_with_all_that_was_told() -> None:
    first, second = record(id="1"), record(URL + "/2", id="2")
    for data, name in (
        (first + second, "x.warc"),
        (packed(first, second), "x.warc.gz"),
        (zipped(first, second), "x.warc.zst"),
    ):
        items, problems = read(data, name)
        assert problems == []
        assert items[0].url == URL
        assert items[0].name == f"{URL} in {name}"
        assert items[0].retrieved == datetime(2011, 10, 3, 8, 15, tzinfo=UTC)
        assert items[0].data == PAGE
        assert (items[0].media, items[0].status) == ("text/html", 200)
        assert items[0].headers == {
            "content-type": "text/html; charset=utf-8",
            "server": "a",
            "via": "b, c",
        }
        capture = items[1].capture
        assert capture == Capture(
            file=name,
            sha256=hashlib.sha256(data).hexdigest(),
            offset=len({"x.warc": first, "x.warc.gz": packed(first)}.get(name, zipped(first))),
            record="<urn:test:2>",
            digest=sha1(PAGE),
        )
        behind = data[capture.offset :]
        unpack = {"x.warc": bytes, "x.warc.gz": gzip.decompress}.get(name, _unzipped)
        assert unpack(behind) == second


def _unzipped(data: bytes) -> bytes:
    return ZstdReader(io.BytesIO(data)).read(1_000_000)


@pytest.mark.parametrize("known", [False, True])
def test_an_archive_in_frames_is_read_with_its_dictionary(known: bool) -> None:
    records = [record(f"{URL}/{nth}", PAGE + b"%d" % nth, id=str(nth)) for nth in range(400)]
    words = zstd_train_dictionary_from_samples(records, 4000) if known else None
    data = zipped(*records, dictionary=words)
    items, problems = read(data, "x.warc.zst")
    assert (len(items), problems) == (400, [])
    last = items[-1].capture
    assert last is not None
    assert data[last.offset :].startswith(b"\x28\xb5\x2f\xfd")
    huge = b"\x5d\x2a\x4d\x18\xff\xff\xff\xff"  # a dictionary of four gigabytes, and nothing behind it
    assert "may be reports" in read(huge + data, "x.warc.zst")[1][-1].message
    cut, (problem,) = read(data[:-9], "x.warc.zst")
    assert len(cut) == 399
    assert "cut off" in problem.message
    broken = bytearray(data)
    where = items[200].capture
    assert where is not None and where.offset is not None
    broken[where.offset + 12 : where.offset + 40] = b"\xff" * 28
    rest, problems = read(bytes(broken), "x.warc.zst")
    assert [item.url for item in rest] == [item.url for item in items if item is not items[200]]
    assert len(problems) == 1


def test_records_in_one_compressed_stream_have_no_place_of_their_own() -> None:
    items, _ = read(gzip.compress(record(id="1") + record(id="2")))
    assert [item.capture and item.capture.offset for item in items] == [0, None]
    assert [item.capture and item.capture.record for item in items] == ["<urn:test:1>", "<urn:test:2>"]


def test_codings_are_taken_off_and_the_digest_counts_in_any_form() -> None:
    bare = zlib.compressobj(wbits=-15)
    bare_bytes = bare.compress(PAGE) + bare.flush()
    for coding, body in (
        (b"gzip", gzip.compress(PAGE)),
        (b"deflate", zlib.compress(PAGE)),
        (b"deflate", bare_bytes),
        (b"gzip", PAGE),  # the crawler has taken it off and left the header
        (b"identity", PAGE),
    ):
        for digest in (sha1(body), sha1(PAGE), f"sha256:{hashlib.sha256(PAGE).hexdigest()}"):
            items, problems = read(record(body=body, head=CODED % coding, digest=digest))
            assert (problems, [item.data for item in items]) == ([], [PAGE])
            assert items[0].capture is not None
            assert items[0].capture.digest == digest


def test_chunks_are_joined() -> None:
    body = b"%x\r\n%s\r\n0\r\n\r\n" % (len(PAGE), PAGE)
    items, problems = read(record(body=body, head=CHUNKED) + record(body=PAGE, head=CHUNKED))
    assert (problems, [item.data for item in items]) == ([], [PAGE, PAGE])
    assert "cannot be unpacked" in messages(record(body=body[:40], head=CHUNKED))[0]


def test_what_was_changed_is_read_with_a_warning() -> None:
    items, (problem,) = read(record(body=PAGE.replace(b"Monday", b"Sunday"), digest=sha1(PAGE)))
    assert problem.severity == "warning"
    assert problem.message == (
        f"Of {URL} in x.warc.gz, its bytes are not those of its digest {sha1(PAGE)}: it was changed, or "
        "badly written. Compare it with another capture before you rely on it."
    )
    assert items[0].capture is not None
    assert items[0].capture.digest is None


def test_what_is_no_report_is_left_out_and_counted() -> None:
    def answer(status: bytes, media: bytes) -> bytes:
        return b"HTTP/1.1 %s\r\nContent-Type: %s\r\n\r\n" % (status, media)

    items, (problem,) = read(
        record(head=answer(b"404 Not Found", b"text/html"))
        + record(head=answer(b"404 Not Found", b"text/html"))
        + record(head=answer(b"301 Moved", b"text/html"))
        + record(head=answer(b"200 OK", b"image/png"))
        + record("https://courier.example/robots.txt", head=answer(b"200 OK", b"text/plain"))
        + record("urn:pageinfo:x", kind="resource", head=b"", media="application/json")
        + record("dns:courier.example", kind="resource", head=b"", media="text/dns")
        + record(kind="request", head=b"GET / HTTP/1.1\r\n\r\n", body=b"")
        + record(body=b"%PDF-1.7", head=answer(b"200 OK", b"application/octet-stream"))
        + record(
            "https://courier.example/a.pdf", b"%PDF-1.7", kind="resource", head=b"", media="application/pdf"
        )
    )
    assert [item.media for item in items] == ["application/pdf", "application/pdf"]
    assert (problem.object, problem.severity) == ("x.warc.gz", "warning")
    assert problem.message == (
        "Of the captures in x.warc.gz, 2 may be reports; left out: 2 answered with 404, 2 of no address on "
        "the web, 1 answered with 301, 1 of type image/png, 1 meant for programs."
    )


def test_a_revisit_is_given_with_the_bytes_that_it_repeats() -> None:
    first = record(id="1")
    again = record(body=b"", kind="revisit", digest=sha1(PAGE), date="2011-10-05T00:00:00Z", id="2")
    elsewhere = record(body=b"", kind="revisit", digest=sha1(b"another"), id="3")
    for data in (first + again + elsewhere, packed(again, elsewhere, first)):
        items, (problem,) = read(data)
        assert [item.data for item in items] == [PAGE, PAGE]
        assert [item.retrieved.day for item in items] == [3, 5]
        capture = items[1].capture
        assert capture is not None
        assert (capture.record, capture.repeats) == ("<urn:test:2>", "<urn:test:1>")
        assert problem.message.endswith("left out: 1 revisits of what this file does not hold.")


@pytest.mark.parametrize("pack", [False, True])
def test_a_broken_record_is_told_and_the_rest_is_read(pack: bool) -> None:
    urls = [f"{URL}/{nth}" for nth in range(5)]
    parts = [packed(record(url)) if pack else record(url) for url in urls]
    junk = b"\x1f\x8b\x08 no record\n"
    items, (problem,) = read(parts[0] + parts[1] + junk + parts[2] + parts[3] + parts[4])
    assert [item.url for item in items] == urls
    assert "is broken behind byte" in problem.message
    offset = items[2].capture and items[2].capture.offset
    assert offset == len(parts[0] + parts[1] + junk)
    damaged = bytearray(parts[2])
    damaged[20:60] = b"\xff" * 40
    items, problems = read(b"".join((parts[0], parts[1], bytes(damaged), parts[3], parts[4])))
    assert [item.url for item in items] == [urls[0], urls[1], urls[3], urls[4]]
    assert len(problems) == 1


@pytest.mark.parametrize("pack", [False, True])
def test_a_file_that_is_cut_off_gives_what_is_whole(pack: bool) -> None:
    first, last = record(URL + "/1"), record(URL + "/2")
    whole = packed(first, last) if pack else first + last
    for cut in (30, len(packed(last)) // 2):
        items, problems = read(whole[:-cut])
        assert [item.url for item in items] == [URL + "/1"]
        assert len(problems) == 1
        assert "cut off" in problems[0].message


def test_a_record_without_time_is_dated_by_the_finding_and_told() -> None:
    for date in (None, "yesterday", "0001-01-01T00:00:00+23:59"):
        items, (problem,) = read(record(date=date))
        assert items[0].retrieved == FOUND
        assert "tells no time" in problem.message


def test_bombs_are_bounded_and_the_rest_is_read() -> None:
    bomb = gzip.compress(b"\r\n" * 100_000_000, 1)
    data = record(body=gzip.compress(b"\0" * 201_000_000, 1), head=CODED % b"gzip")
    started = time.process_time()
    for pack, much in ((packed, bomb), (zipped, zipped(b"\r\n" * 100_000_000))):
        items, (problem,) = read(pack(record(URL + "/1")) + much + pack(record(URL + "/2")))
        assert [item.url for item in items] == [URL + "/1", URL + "/2"]
        assert "a record unpacks to more than 200 times its size" in problem.message
    assert "its body unpacks to more than 200 MB" in messages(data)[0]
    assert time.process_time() - started < 10


def test_a_file_of_nothing_but_marks_is_given_up() -> None:
    told = messages(b"\x1f\x8b\x08" * 300_000)
    assert told[-2].startswith("x.warc.gz is broken in more than 100 places")
    assert len(told) == 7


def test_a_wacz_is_compared_with_its_hashes_and_read() -> None:
    warc = packed(record(id="1"))
    items, problems = read(wacz(warc), "x.wacz")
    assert problems == []
    capture = items[0].capture
    assert capture is not None
    assert (capture.file, capture.member, capture.offset) == ("x.wacz", "archive/data.warc.gz", 0)
    assert capture.sha256 == hashlib.sha256(wacz(warc)).hexdigest()
    items, (problem,) = read(wacz(warc, told=b"another"), "x.wacz")
    assert [item.data for item in items] == [PAGE]
    assert "has a part archive/data.warc.gz that is not what its hash says" in problem.message
    items, (problem,) = read(wacz(warc, package=False), "x.wacz")
    assert len(items) == 1
    assert "has no datapackage.json" in problem.message
    items, (problem,) = read(wacz(warc)[:-200], "x.wacz")
    assert (items, problem.severity) == ([], "error")


def test_folders_are_searched_and_captures_kept_with_their_provenance(tmp_path: Path) -> None:
    (tmp_path / "a.warc.gz").write_bytes(packed(record()))
    (tmp_path / "b.WACZ").write_bytes(wacz(packed(record())))
    items = [one for one in gather([str(tmp_path)]) if isinstance(one, Item)]
    assert len(items) == 2
    archive = Archive(tmp_path / "kept")
    (digest,) = {archive.keep(item) for item in items}
    assert archive.path(digest).read_bytes() == PAGE
    notes = archive.provenance(digest)
    assert [note.capture for note in notes] == [item.capture for item in items]
    assert notes[0].headers["server"] == "a"
    assert (notes[0].status, notes[0].url, notes[0].retrieved.isoformat()) == (
        200,
        URL,
        DATE.replace("Z", "+00:00"),
    )
    archive.keep(items[0])
    assert len(archive.provenance(digest)) == 2


_WHOLE = {
    "x.warc": record(id="1") + record(id="2"),
    "x.warc.gz": packed(record(id="1"), record(id="2")),
    "x.warc.zst": zipped(record(id="1"), record(id="2")),
    "x.wacz": wacz(packed(record(id="1"), record(id="2"))),
}


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_no_damage_breaks_the_reading(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(sorted(_WHOLE)))
    whole = bytearray(_WHOLE[name])
    for _ in range(data.draw(st.integers(1, 5))):
        at = data.draw(st.integers(0, len(whole) - 1))
        whole[at : at + data.draw(st.integers(0, 40))] = data.draw(st.binary(max_size=40))
    for one in unpacked(Item(name=name, data=bytes(whole), retrieved=FOUND)):
        assert isinstance(one, Problem) or (one.capture is not None and one.data)


@given(st.binary(max_size=2000))
def test_any_bytes_end_in_items_or_problems(data: bytes) -> None:
    for name in ("x.warc", "x.warc.gz", "x.warc.zst", "x.wacz"):
        found = read(HEAD + data, name)
        assert found[0] == []
        assert found[1]
