"""Mail: body, attachments, headers that lie, messages that are broken."""

from __future__ import annotations

from datetime import UTC, date, datetime
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fogline.ingest import Item, Problem, gather
from fogline.model import Document
from fogline.read import read

BODY = "Shells fell on the harbour of Sirte on Monday, the mayor said. Nobody was hurt.\n" * 4
ANNEX = (
    "<html><body><p>"
    + "Rebels captured the town of Bunia on Tuesday, residents said. " * 10
    + "</p></body></html>"
)


def item(data: bytes, name: str = "box/new/1.M2:2,S") -> Item:
    return Item(name=name, data=data, retrieved=datetime.now(UTC), media="message/rfc822")


def message(**headers: str) -> EmailMessage:
    made = EmailMessage()
    told = {"Subject": "Sitrep 4", "From": "Field Desk <f@example.org>", "Message-ID": "<4@example.org>"}
    for name, value in {**told, "Date": "Tue, 06 Sep 2022 23:30:00 -0500", **headers}.items():
        made[name.replace("_", "-")] = value
    return made


def test_a_message_is_a_document_with_what_its_headers_tell() -> None:
    made = message()
    made.set_content(BODY)
    (document,) = read(item(made.as_bytes()))
    assert isinstance(document, Document)
    assert document.text == BODY
    assert (document.title, document.author, document.outlet) == ("Sitrep 4", "Field Desk", None)
    assert document.published == date(2022, 9, 6)
    assert document.id.startswith("Sitrep-4-")
    assert document.raw == item(made.as_bytes()).sha256()


def test_reports_attached_are_documents_of_their_own_and_pictures_are_not() -> None:
    made = message()
    made.set_content(BODY)
    made.add_attachment(ANNEX.encode(), maintype="text", subtype="html", filename="annex one.html")
    made.add_attachment(b"GIF89a", maintype="image", subtype="gif", filename="map.gif")
    body, annex = read(item(made.as_bytes()))
    assert isinstance(body, Document) and isinstance(annex, Document)
    assert annex.id == f"{body.id}-annex-one.html"
    assert annex.text.startswith("Rebels captured the town of Bunia")
    assert annex.raw == body.raw


def test_a_page_is_read_where_the_plain_text_says_nothing() -> None:
    made = message()
    made.set_content("See the HTML part.")
    made.add_alternative(ANNEX, subtype="html")
    (document,) = read(item(made.as_bytes()))
    assert isinstance(document, Document)
    assert document.text.startswith("Rebels captured")


def test_a_charset_that_nobody_knows_is_no_reason_to_leave_a_message_out() -> None:
    data = b"Subject: x\nDate: no day\nContent-Type: text/plain; charset=klingon\n\nThey left Sirte."
    (document,) = read(item(data))
    assert isinstance(document, Document)
    assert (document.text, document.published) == ("They left Sirte.", None)


def test_a_folder_of_eml_is_read_as_other_reports_are(tmp_path) -> None:  # type: ignore[no-untyped-def]
    made = message()
    made.set_content(BODY)
    (tmp_path / "one.eml").write_bytes(made.as_bytes())
    (found,) = gather([str(tmp_path)])
    assert isinstance(found, Item)
    (document,) = read(found)
    assert isinstance(document, Document)


@pytest.mark.parametrize(
    "data",
    [b"", b"Content-Type: multipart/mixed; boundary=x\n\n--x\n" * 2000, b"Content-Type: image/png\n\nx"],
)
def test_what_holds_no_text_is_a_problem(data: bytes) -> None:
    (problem,) = read(item(data))
    assert isinstance(problem, Problem)
    assert "holds no text" in problem.message


@given(st.binary(max_size=400))
def test_junk_is_a_document_or_a_problem(data: bytes) -> None:
    for found in read(item(b"Subject: x\nContent-Type: multipart/alternative; boundary=y\n\n" + data)):
        assert isinstance(found, Document | Problem)
