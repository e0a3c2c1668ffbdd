"""PDF files, made by fpdf2."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from fpdf import FPDF

from fogline.ingest import Item, Problem
from fogline.model import Document
from fogline.read import read

NOON = datetime(2022, 9, 11, 12, tzinfo=UTC)
PARAGRAPHS = (
    "Three people were killed on Monday when shells hit a camp for displaced families near Marib, the "
    "health ministry said in a statement carried by the state news agency.",
    "Residents said that the shelling began at dawn and went on for two hours, until the guns on the "
    "hills east of the town fell silent.",
    "It was over by noon.",
    "The self-proclaimed authorities in the capital denied that their forces had fired at the camp, and "
    "accused the other side of staging the attack.",
)


def pdf(**fields: str) -> FPDF:
    document = FPDF()
    document.set_font("Helvetica", size=11)
    for name, value in fields.items():
        getattr(document, f"set_{name}")(value)
    return document


def write(document: FPDF, text: str, *, gap: float = 3, align: str = "J", width: float = 0) -> None:
    document.multi_cell(width, 5, text, align=align, new_x="LMARGIN", new_y="NEXT")  # type: ignore[arg-type]
    document.ln(gap)


def item(document: FPDF | bytes) -> Item:
    data = document if isinstance(document, bytes) else bytes(document.output())
    return Item(name="marib.pdf", data=data, retrieved=NOON)


def only(document: FPDF) -> Document:
    (one,) = read(item(document))
    assert isinstance(one, Document)
    return one


def refusal(source: Item) -> str:
    (problem,) = read(source)
    assert isinstance(problem, Problem)
    assert problem.object == "marib.pdf"
    return problem.message


@pytest.mark.parametrize("align", ["J", "L"])
@pytest.mark.parametrize("gap", [0, 3])
def test_lines_are_joined_into_paragraphs(align: str, gap: float) -> None:
    document = pdf(title="Camp shelled", author="Example Agency")
    document.add_page()
    for paragraph in PARAGRAPHS:
        write(document, paragraph, gap=gap, align=align)
    found = only(document)
    assert found.text == "\n".join(PARAGRAPHS)
    assert (found.id, found.title, found.author, found.language) == (
        "marib", "Camp shelled", "Example Agency", "en",
    )  # fmt: skip


def test_the_day_on_which_the_file_was_made_is_not_the_day_of_publication() -> None:
    document = pdf()
    document.set_creation_date(NOON)
    document.add_page()
    write(document, PARAGRAPHS[0])
    assert only(document).published is None


@pytest.mark.parametrize("title", ["untitled", "Microsoft Word - final2.docx", "report.indd"])
def test_titles_by_programs_are_none(title: str) -> None:
    document = pdf(title=title)
    document.add_page()
    write(document, PARAGRAPHS[0])
    assert only(document).title is None


def test_a_paragraph_runs_on_over_pages_without_heads_and_page_numbers() -> None:
    class Paper(FPDF):
        def header(self) -> None:
            self.set_font("Helvetica", size=9)
            self.cell(
                0, 10, f"Example Review | issue 9 | page {self.page_no()}", new_x="LMARGIN", new_y="NEXT"
            )
            self.set_font("Helvetica", size=11)

        def footer(self) -> None:
            self.set_y(-15)
            self.cell(0, 10, f"- {self.page_no()} -", align="C")

    document = Paper()
    document.add_page()
    whole = " ".join(PARAGRAPHS * 40)
    write(document, whole)
    assert document.page_no() >= 3
    assert only(document).text == whole


def test_a_hyphen_at_a_line_end_goes_but_for_words_written_with_it() -> None:
    document = pdf()
    document.add_page()
    for line in (
        "The counter-offensive of the pro-government forces went on for a second day, and the coun-",
        "tryside was empty. The commander of the counter-",
        "offensive said in Marib that his men had come within sight of the Al-",
        "Jawf road by nightfall.",
    ):
        write(document, line, gap=0, align="L")
    assert only(document).text == (
        "The counter-offensive of the pro-government forces went on for a second day, and the countryside "
        "was empty. The commander of the counter-offensive said in Marib that his men had come within sight "
        "of the Al-Jawf road by nightfall."
    )


def test_a_headline_stands_by_itself() -> None:
    document = pdf()
    document.add_page()
    document.set_font_size(18)
    document.multi_cell(0, 8, "Camp near Marib shelled", new_x="LMARGIN", new_y="NEXT")
    document.set_font_size(11)
    write(document, PARAGRAPHS[0])
    assert only(document).text == f"Camp near Marib shelled\n{PARAGRAPHS[0]}"


def test_columns_are_read_one_after_the_other() -> None:
    document = pdf()
    document.add_page()
    with document.text_columns(ncols=2, gutter=10) as columns:
        for paragraph in PARAGRAPHS * 5:
            columns.write(paragraph + "\n\n")
    text = only(document).text
    assert PARAGRAPHS[1] in text.split("\n")
    assert " ".join(text.split()).count(PARAGRAPHS[0]) == 5


def test_a_pdf_locked_by_a_password_is_told() -> None:
    document = pdf()
    document.set_encryption(owner_password="owner", user_password="user")
    document.add_page()
    write(document, PARAGRAPHS[0])
    assert refusal(item(document)) == (
        "marib.pdf is locked by a password. Save a copy without one and add that."
    )


def test_a_pdf_that_only_its_owner_may_change_is_read() -> None:
    document = pdf()
    document.set_encryption(owner_password="owner", user_password="")
    document.add_page()
    write(document, PARAGRAPHS[0])
    assert only(document).text == PARAGRAPHS[0]


def test_a_scan_is_told() -> None:
    document = pdf()
    document.add_page()
    document.rect(10, 10, 100, 100, style="F")
    assert "has no text on its 1 page(s)" in refusal(item(document))
    assert "ocrmypdf" in refusal(item(document))


@pytest.mark.parametrize(
    "data", [b"%PDF-1.4 and then nothing", b"no pdf at all", b"%PDF-1.7\n" + bytes(range(256)) * 50]
)
def test_a_broken_pdf_is_told(data: bytes) -> None:
    assert refusal(item(data)).startswith("marib.pdf is no PDF that can be opened")


def test_a_pdf_that_is_cut_off_is_told_or_read() -> None:
    document = pdf()
    document.add_page()
    write(document, PARAGRAPHS[0])
    data = bytes(document.output())
    for part in range(1, 10):
        (one,) = read(item(data[: len(data) * part // 10]))
        assert isinstance(one, Problem | Document)


def test_an_empty_pdf_is_told() -> None:
    assert refusal(item(b"")) == "marib.pdf is empty. Give it a report, or leave it out."
