"""The examples can be read, tell where they come from, and say that they were written for the project."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from rapidfuzz.fuzz import ratio

from fogline.ingest.files import files
from fogline.ingest.item import Item
from fogline.model import Document
from fogline.read.dispatch import read

EXAMPLES = Path(__file__).parents[1] / "examples"
REPORTS = sorted(p for p in EXAMPLES.iterdir() if p.suffix in {".md", ".html", ".pdf"})
STATEMENT = "Written for the Fogline project on public facts of September 2022; the outlet does not exist."


def document(name: str) -> Document:
    """Read one example."""
    (item,) = files(str(EXAMPLES / name))
    assert isinstance(item, Item)
    (found,) = read(item)
    assert isinstance(found, Document)
    return found


def test_there_are_a_dozen_in_three_formats() -> None:
    assert len(REPORTS) == 12
    assert {p.suffix for p in REPORTS} == {".md", ".html", ".pdf"}


@pytest.mark.parametrize("path", REPORTS, ids=lambda p: p.name)
def test_an_example_tells_its_title_day_and_outlet(path: Path) -> None:
    report = document(path.name)
    assert report.title
    assert report.published == date.fromisoformat(path.stem[path.stem.index("2022") :][:10])
    assert report.language == "en"
    assert len(report.text) > 400
    assert (report.outlet or "").startswith("Example ")


@pytest.mark.parametrize("path", REPORTS, ids=lambda p: p.name)
def test_an_example_says_that_it_was_written_for_the_project(path: Path) -> None:
    told = document(path.name).text if path.suffix == ".pdf" else path.read_text(encoding="utf-8")
    assert STATEMENT in " ".join(told.split())


def test_front_matter_and_furniture_of_the_page_are_no_part_of_the_report() -> None:
    assert "outlet:" not in document("agency-2022-09-10-withdrawal.md").text
    page = document("daily-2022-09-12-oskil.html").text
    assert "Russian cruise missiles struck a power plant in Kharkiv" in page
    assert "puzzle" not in page
    assert "Subscribe" not in page


@pytest.mark.parametrize("copy", ["daily-2022-09-11-withdrawal.md", "courier-2022-09-11-withdrawal.md"])
def test_two_papers_print_the_dispatch_nearly_word_for_word(copy: str) -> None:
    dispatch = document("agency-2022-09-10-withdrawal.md").text
    assert 90 < ratio(dispatch, document(copy).text) < 100


def test_the_pdf_is_small() -> None:
    assert (EXAMPLES / "review-2022-09-11-institute.pdf").stat().st_size < 20_000
