"""Make the example that is a PDF: python examples/make_pdf.py

The text of the file is here, so that it can be read and changed; the PDF lies beside it.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from fpdf import FPDF

TITLE = "Institute puts area retaken at over 3,000 square kilometres"
PARAGRAPHS = (
    "Ukrainian forces have retaken over 3,000 square kilometres (1,158 square miles) in the Kharkiv region "
    "since 6 September, the Institute for the Study of War estimates in its latest assessment.",
    "The Washington-based institute said that Ukrainian troops had penetrated the Russian lines to a depth "
    "of up to 70 kilometres in some places. It had put the area at 2,500 square kilometres as of "
    "9 September.",
    "Ukrainian forces will likely capture Izium in the next 48 hours, if they have not already done so, "
    "according to the institute. In its assessment of 9 September it had said that Russian "
    "positions around the town could collapse if Ukraine cut the roads north and south of it.",
    "The Russian Ministry of Defence has described the withdrawal as planned. The same assessment says that "
    "Russian forces are not conducting a controlled withdrawal and are hurriedly fleeing.",
)
NOTE = "Written for the Fogline project on public facts of September 2022; the outlet does not exist."


def main() -> None:
    """Write the PDF beside this script."""
    pdf = FPDF(format="A4")
    pdf.set_creation_date(datetime(2022, 9, 11, 8, tzinfo=UTC))
    pdf.set_title(TITLE)
    pdf.set_author("Example Review")
    pdf.set_subject(NOTE)
    pdf.set_margins(25, 25)
    pdf.add_page()
    pdf.set_font("Times", "B", 16)
    pdf.multi_cell(0, 8, TITLE, new_x="LMARGIN", new_y="NEXT")
    pdf.set_font("Times", "I", 11)
    pdf.multi_cell(0, 8, "Example Review, 11 September 2022", new_x="LMARGIN", new_y="NEXT")
    pdf.set_font("Times", "", 12)
    for paragraph in PARAGRAPHS:
        pdf.ln(3)
        pdf.multi_cell(0, 6, paragraph, align="L", new_x="LMARGIN", new_y="NEXT")
    pdf.ln(6)
    pdf.set_font("Times", "I", 9)
    pdf.multi_cell(0, 5, NOTE, align="L")
    pdf.output(str(Path(__file__).with_name("review-2022-09-11-institute.pdf")))


if __name__ == "__main__":
    main()
