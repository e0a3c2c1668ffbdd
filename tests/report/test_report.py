"""What a report tells of a ledger made by hand, as a page and as Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import msgspec
import pytest
from kept import EVER, kept
from made import said
from told_by import Page, tokens, words_of_markdown, words_of_page

from fogline.cli import main
from fogline.errors import QueryError
from fogline.ledger import Ledger, connect
from fogline.model import Status
from fogline.report import Report, alone, gather, html, markdown, situation
from fogline.store import Stored

MADE = date(2023, 3, 1)
DAYS = ("2023-02-08", "2023-02-09")


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a ledger of four reports on two towns."""
    return kept(tmp_path_factory.mktemp("report") / "ledger.duckdb", EVER)


@pytest.fixture
def ledger(file: Path) -> Iterator[Ledger]:
    with connect(file, read_only=True) as opened:
        yield opened


@pytest.fixture
def report(ledger: Ledger) -> Report:
    return situation(ledger, *DAYS, made=MADE)


def test_events_are_told_by_day_with_summary_count_and_voices(report: Report) -> None:
    text = re.sub(r"\[\^\d+\] ?", "", markdown(report))
    assert text.startswith("# Situation report, 8–9 February 2023\n")
    assert "Made by Fogline on 1 March 2023" in text
    days = re.findall(r"^### (.*)\n\n#### (.*)", text, re.MULTILINE)
    assert days == [
        ("8 February 2023", "Captures and recaptures"),
        ("9 February 2023", "Air and missile strikes"),
    ]
    assert "4 claims in 4 reports by 3 outlets tell of 2 events." in text
    assert "1 event is told in versions that part" in text
    assert "M23 spokesman (M23)" in text
    assert "the army (DR Congo)" in text or "the army (Democratic Republic of the Congo)" in text


def test_a_dispute_says_who_says_what_each_with_its_notes(report: Report) -> None:
    told = next(
        line for line in markdown(report).splitlines() if line.startswith("- **Whether it happened:**")
    )
    notes = {note.number: "".join(run.text for run in note.line) for note in report.notes}
    denied, happened = sorted(told.split(" / "), key=lambda part: "denied" not in part)
    assert [notes[int(n)].split(" ")[0:2] for n in re.findall(r"\[\^(\d+)\]", denied)] == [["the", "army"]]
    assert len(re.findall(r"\[\^(\d+)\]", happened)) == 2


def test_a_note_has_voice_outlet_day_words_and_claim(report: Report, ledger: Ledger) -> None:
    claim = next(claim.id for claim in ledger.claims() if claim.document == "denial")
    note = next(note for note in report.notes if note.claim == claim)
    told = "".join(run.text for run in note.line)
    assert told.startswith("the army (")
    assert told.endswith(
        f"in Mirror, 9 February 2023: “that rebels captured the town of Sake”. Claim {claim}."
    )


def test_every_note_is_led_to_and_leads_back(report: Report) -> None:
    page = Page(html(report))
    ids, targets = page.values("id"), {to[1:] for to in page.values("href")}
    assert len(ids) == len(set(ids))
    assert targets <= set(ids)
    numbers = [note.number for note in report.notes]
    assert numbers == [1, 2, 3, 4]
    assert {f"n{number}" for number in numbers} | {f"r{number}" for number in numbers} <= set(ids)
    text = markdown(report)
    assert set(re.findall(r"\[\^(\d+)\](?!:)", text)) == set(map(str, numbers))
    assert re.findall(r"^\[\^(\d+)\]: ", text, re.MULTILINE) == list(map(str, numbers))


def test_every_sentence_on_an_event_has_notes(report: Report) -> None:
    text = markdown(report).split("## What is claimed")[1].split("## What is disputed")[0]
    lines = [line for line in text.splitlines() if line and not line.startswith(("#", "**"))]
    assert len(lines) >= 4
    assert [line for line in lines if "[^" not in line] == []


def test_page_and_markdown_tell_the_same(report: Report) -> None:
    pictures = {picture.name: "drawing.svg" for picture in report.pictures()}
    assert words_of_markdown(markdown(report, pictures=pictures)) == words_of_page(html(report))


def test_the_page_stands_by_itself(report: Report) -> None:
    text = html(report)
    page = Page(text)
    assert {"script", "link", "iframe", "img", "object", "embed"} & {tag for tag, _ in page.elements} == set()
    assert not re.search(r"url\(|@import|\bsrc=", text)
    assert "default-src 'none'" in text
    assert "prefers-color-scheme: dark" in text
    assert "@media print" in text


HOSTILE = (
    '<script>alert(1)</script><img src=x onerror="alert(1)"> ](javascript:alert(1)) ![x](http://evil.example/x)'
    " &lt;b&gt; `code` **bold** | cell \u202egnp.exe\u2066 \x1b[31m [^1] <https://evil.example> "
    "www.evil.example $x$"
)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    def with_title(words: str, by: str, told: date, url: str, status: Status = "happened") -> Stored:
        stored = said(words, "CAPTURE", by=by, side=f"side {by}", outlet=f"- 1. {HOSTILE}", at=["Sake"],
                      agents=[(f"# {HOSTILE}", f"<svg onload=x> {HOSTILE}")], on=date(2023, 2, 8), told=told,
                      status=status)  # fmt: skip
        return msgspec.structs.replace(stored, title=f"{HOSTILE} title", url=url)

    day = date(2023, 2, 9)
    return kept(
        tmp_path_factory.mktemp("hostile") / "ledger.duckdb",
        {
            "one": with_title(f"1. {HOSTILE} one", f"* {HOSTILE}", day, "javascript:alert(1)"),
            "two": with_title(f"= {HOSTILE} two", HOSTILE, day, "https://paper.example/a?b=c", "denied"),
            "three": with_title(f"+ {HOSTILE}", "> quote", day, 'https://x.example/"onload="alert(1)'),
        },
    )


def test_hostile_words_are_shown_as_words(hostile: Path) -> None:
    with connect(hostile, read_only=True) as ledger:
        report = situation(ledger, *DAYS, made=MADE)
    text, page = html(report), Page(html(report))
    assert {tag for tag, _ in page.elements} <= {
        "html", "head", "meta", "title", "style", "body", "header", "h1", "h2", "h3", "h4", "p", "nav", "ul",
        "ol", "li", "a", "main", "figure", "figcaption", "div", "table", "thead", "tbody", "tr", "th", "td",
        "b", "bdi", "sup", "span", "svg", "rect", "path", "circle", "text", "line", "polyline", "polygon",
    }  # fmt: skip
    names = {name for _, attrs in page.elements for name in attrs}
    assert [name for name in names if name.startswith("on")] == []
    assert {to for to in page.values("href") if not to.startswith("#")} == {"https://paper.example/a?b=c"}
    assert "<script>alert(1)</script>" in "".join(page.told)
    written = markdown(report)
    for form in (text, written):
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", form)
    kinds = tokens(written)
    assert {"html_inline", "html_block", "image", "code_inline", "fence", "code_block", "hr"} & set(
        kinds
    ) == set()
    assert kinds.count("link_open") == written.count("<https://paper.example/a?b=c>") == 1
    for picture in report.pictures():
        ElementTree.fromstring(alone(picture.svg))


def test_page_and_markdown_tell_the_same_of_hostile_words(hostile: Path) -> None:
    with connect(hostile, read_only=True) as ledger:
        report = situation(ledger, *DAYS, made=MADE)
    pictures = {picture.name: "drawing.svg" for picture in report.pictures()}
    page = words_of_page(html(report))
    assert [w for w in words_of_markdown(markdown(report, pictures=pictures)) if w != "[^1]"] == [
        word for word in page if word != "[^1]"
    ]


def test_an_embargo_holds_claims_and_notes_back(tmp_path: Path) -> None:
    today = date.today()
    path = kept(
        tmp_path / "l.duckdb",
        {"new": said("rebels took Goma", "CAPTURE", by="M23", at=["Goma"], on=today, told=today)},
    )
    with connect(path, read_only=True) as ledger:
        assert len(situation(ledger, today, today, embargo_hours=0.0).notes) == 1
        held = situation(ledger, today, today, embargo_hours=72.0)
    assert held.notes == ()
    assert "No event of these days is in the ledger." in markdown(held)
    assert "Goma" not in html(held)


def test_coarsened_points_are_those_of_towns(tmp_path: Path) -> None:
    stored = said("rebels took the post", "CAPTURE", by="M23", at=["Goma"], on=date(2023, 2, 8))
    spot = msgspec.structs.replace(
        stored.claim.places[0], precision="point", lat=-1.6543, lon=29.2345, radius_km=0.1
    )
    claim = msgspec.structs.replace(stored.claim, places=(spot,))
    path = kept(tmp_path / "l.duckdb", {"spot": msgspec.structs.replace(stored, claim=claim)})
    with connect(path, read_only=True) as ledger:
        exact = gather(ledger, *DAYS, coarsen=False).events[0]
        event = gather(ledger, *DAYS, coarsen=True).events[0]
    assert (exact.lat, exact.lon) == (-1.6543, 29.2345)
    assert (event.lat, event.lon) == (-1.7, 29.2)


def test_a_region_leaves_out_what_is_elsewhere(ledger: Ledger) -> None:
    near = situation(ledger, *DAYS, within="29.0,-1.6,29.1,-1.5", made=MADE)
    assert "Sake" in markdown(near)
    assert "Air and missile strikes" not in markdown(near)
    far = situation(ledger, *DAYS, within="Ukraine", made=MADE)
    assert far.title == "Situation report, 8–9 February 2023 in Ukraine"
    assert "No event of these days" in markdown(far)


def test_days_that_make_no_sense_are_told(ledger: Ledger) -> None:
    with pytest.raises(QueryError, match="ends"):
        situation(ledger, "2023-02-09", "2023-02-08")
    with pytest.raises(QueryError):
        situation(ledger, "soon", "2023-02-08")


def test_the_command_writes_a_page_or_markdown_with_its_drawings(file: Path, tmp_path: Path) -> None:
    asked = ["report", "--from", DAYS[0], "--to", DAYS[1], "--ledger", str(file)]
    assert main([*asked, "-o", str(tmp_path / "r.html")]) == 0
    assert (tmp_path / "r.html").read_text(encoding="utf-8").startswith("<!doctype html>")
    assert main([*asked, "-o", str(tmp_path / "r.md")]) == 0
    text = (tmp_path / "r.md").read_text(encoding="utf-8")
    drawn = re.findall(r"!\[[^\]]*\]\(([^)]*)\)", text)
    assert drawn[:2] == ["r-map.svg", "r-claims.svg"]
    for name in drawn:
        root = ElementTree.fromstring((tmp_path / name).read_text(encoding="utf-8"))
        assert root.tag == "{http://www.w3.org/2000/svg}svg"


def test_the_command_without_a_file_prints_a_page(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    asked = ["report", "--from", DAYS[0], "--to", DAYS[1], "--ledger", str(file)]
    assert main([*asked, "--format", "md"]) == 0
    assert "![" not in capsys.readouterr().out
