"""Text and Markdown files."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fogline.ingest import Item, Problem
from fogline.model import Document
from fogline.read import Hints, read

NOON = datetime(2022, 9, 11, 12, tzinfo=UTC)
REPORT = "Shells fell on the harbour of Sirte on Monday, the “unity” government said.\n\nThree people died.\n"


def item(data: bytes, name: str = "sirte.txt", **fields: object) -> Item:
    return Item(name=name, data=data, retrieved=NOON, **fields)  # type: ignore[arg-type]


def only(source: Item, hints: Hints | None = None) -> Document:
    (document,) = read(source, hints)
    assert isinstance(document, Document)
    return document


def problem(source: Item) -> Problem:
    (one,) = read(source)
    assert isinstance(one, Problem)
    assert one.severity == "error"
    return one


def test_a_text_file_is_its_text() -> None:
    source = item(REPORT.encode())
    assert only(source) == Document(id="sirte", text=REPORT, language="en", raw=source.sha256())


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_only_line_ends_and_the_byte_order_mark_change(end: str) -> None:
    text = "\ufeff \t" + REPORT + "  tail\u00a0\u200b \n\n"
    assert only(item(text.replace("\n", end).encode())).text == text[1:]


@settings(deadline=None)
@given(st.text(alphabet=st.characters(blacklist_categories=["Cs", "Cc"]), min_size=1).filter(str.strip))
def test_offsets_are_those_of_the_file(text: str) -> None:
    assert only(item(text.encode("utf-8-sig"))).text == text


@pytest.mark.parametrize("data", [b"", b" \n\t", b"\xef\xbb\xbf"])
def test_an_empty_file_is_told(data: bytes) -> None:
    assert problem(item(data)).message == "sirte.txt is empty. Give it a report, or leave it out."


@pytest.mark.parametrize("data", [b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8, b"\0" * 500])
def test_a_binary_file_is_told(data: bytes) -> None:
    assert problem(item(data)).message.startswith("sirte.txt is no text: it looks like a binary file.")


def test_a_text_of_50_mb_is_told_with_the_limit(tmp_path: Path) -> None:
    path = tmp_path / "long.txt"
    path.write_bytes(b"Shells fell on Monday.\n" * 2_200_000)
    told = problem(Item(name="long.txt", path=path, retrieved=NOON)).message
    assert told.startswith("long.txt has 50.6 million bytes, far more than the 1 million characters")
    assert "Split it into its reports" in told


def test_a_line_of_10_mb_is_told_with_the_limit() -> None:
    told = problem(item(b"Shells fell. " * 800_000)).message
    assert "sirte.txt has 10.4 million bytes, far more than the 1 million characters" in told


def test_a_text_just_above_the_limit_is_told_with_it() -> None:
    told = problem(item(b"Shells fell. " * 80_000)).message
    assert "The text of sirte in sirte.txt has 1.04 million characters, more than the 1 million" in told


def test_a_line_just_below_the_limit_is_read() -> None:
    assert len(only(item(b"Shells fell. " * 76_923)).text) == 999_999


def test_broken_utf8_is_read_with_a_warning() -> None:
    data = ("Глава города сказал. " * 5).encode()
    warning, document = read(item(b"One.\n" + data[:51] + b"\xff" + data[51:]))
    assert isinstance(warning, Problem)
    assert isinstance(document, Document)
    assert warning.severity == "warning"
    assert warning.message.startswith("sirte.txt is broken UTF-8, first in line 2:")
    assert "\ufffd" in document.text


def test_nul_becomes_a_replacement_so_that_offsets_stay() -> None:
    text = "Shells\0 fell on the harbour of Sirte on Monday, and it was said that it was over."
    assert only(item(text.encode())).text == text.replace("\0", "\ufffd")


def test_front_matter_of_markdown_tells_and_is_no_text() -> None:
    source = (
        "---\ntitle: 'Harbour shelled'\npublished: 2022-09-11\noutlet: Example Agency\nid: 7\n"
        f"tags: [a, b]\n---\n\n{REPORT}"
    )
    document = only(item(source.encode(), "sirte.md"))
    assert document.text == REPORT
    assert (document.id, document.title, document.outlet) == ("7", "Harbour shelled", "Example Agency")
    assert document.published == date(2022, 9, 11)


def test_front_matter_of_text_tells_and_stays_in_the_text() -> None:
    source = f"---\ndate: 2022-09-11\n---\n{REPORT}"
    document = only(item(source.encode()))
    assert document.text == source
    assert document.published == date(2022, 9, 11)


@pytest.mark.parametrize(
    "block", ["---\n- a\n- b\n---\n", "---\na: [\n---\n", "---\nd: 2022-13-45\n---\n", "---\n"]
)
def test_what_is_no_front_matter_belongs_to_the_text(block: str) -> None:
    assert only(item((block + REPORT).encode(), "a.md")).text == block + REPORT


def test_front_matter_that_makes_no_sense_is_told_and_passed_over() -> None:
    warning, document = read(item(f"---\ndate: soon\ntitle: [1]\n---\n{REPORT}".encode(), "a.md"))
    assert isinstance(warning, Problem)
    assert isinstance(document, Document)
    assert warning.message == (
        "In the front matter of a.md its title is [1], no text and its publication date is 'soon', no day "
        "(write it as 2022-09-11); it was taken as unknown. Mend it and add the file again."
    )
    assert (document.title, document.published) == (None, None)


def test_an_alias_bomb_in_front_matter_does_no_harm() -> None:
    layers = "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 40))
    source = f"---\na0: &a0 [x]\n{layers}title: *a39\n---\n{REPORT}"
    *_, document = read(item(source.encode(), "a.md"))
    assert isinstance(document, Document)
    assert document.title is None


def sidecar(folder: Path, content: str) -> Path:
    path = folder / "sirte.json"
    path.write_text(content, encoding="latin-1")
    return path


@pytest.mark.parametrize(
    "content",
    [
        '{"doc": {"id": "s1", "title": "T", "published": "2022-09-11", "outlet": "O"}, "claims": []}',
        '{"id": "s1", "title": "T", "published": "2022-09-11", "outlet": "O", "genre": "x"}',
    ],
)
def test_the_file_beside_a_report_tells_about_it(tmp_path: Path, content: str) -> None:
    document = only(item(REPORT.encode(), sidecar=sidecar(tmp_path, content)), Hints(outlet="Other"))
    assert (document.id, document.title, document.published, document.outlet, document.text) == (
        "s1", "T", date(2022, 9, 11), "O", REPORT,
    )  # fmt: skip


@pytest.mark.parametrize(
    "content", ["[1]", "{", "[" * 9999, '{"title": "é"}', '{"doc": {"published": "soon"}}', '{"doc": 3}']
)
def test_a_wrong_file_beside_a_report_is_told_and_the_report_read(tmp_path: Path, content: str) -> None:
    warning, document = read(item(REPORT.encode(), sidecar=sidecar(tmp_path, content)))
    assert isinstance(warning, Problem)
    assert isinstance(document, Document)
    assert warning.severity == "warning"
    assert "sirte.json, which tells about sirte.txt, was not used in full" in warning.message
    assert document.text == REPORT


def test_hints_fill_what_nobody_told() -> None:
    hints = Hints(published=date(2022, 9, 11), outlet="Example Agency", language="fr")
    document = only(item(REPORT.encode()), hints)
    assert (document.published, document.outlet, document.language) == (
        date(2022, 9, 11),
        "Example Agency",
        "fr",
    )
