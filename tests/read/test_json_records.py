"""JSON Lines and JSON."""

from __future__ import annotations

import json
import tracemalloc
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fogline.ingest import Item, Problem
from fogline.model import Document
from fogline.read import Hints, read

NOON = datetime(2022, 9, 11, 12, tzinfo=UTC)


def item(text: str | bytes, name: str = "reports.jsonl") -> Item:
    return Item(name=name, data=text.encode() if isinstance(text, str) else text, retrieved=NOON)


def parts(source: Item, hints: Hints | None = None) -> tuple[list[Document], list[Problem]]:
    found = list(read(source, hints))
    return (
        [one for one in found if isinstance(one, Document)],
        [one for one in found if isinstance(one, Problem)],
    )


def test_every_field_is_read_and_unknown_ones_are_passed_over() -> None:
    record = {
        "id": "r1", "title": "Harbour shelled", "published": "2022-09-11", "outlet": "Example Agency",
        "author": "A. Writer", "url": "https://a.example/1", "language": "en", "text": "Shells fell.",
        "cluster": {"deep": [1, 2]},
    }  # fmt: skip
    source = item(json.dumps(record))
    documents, problems = parts(source)
    assert problems == []
    assert documents == [
        Document(
            id="r1", text="Shells fell.", title="Harbour shelled", published=date(2022, 9, 11),
            outlet="Example Agency", author="A. Writer", url="https://a.example/1", language="en",
            raw=source.sha256(),
        )
    ]  # fmt: skip


def test_a_record_without_id_is_named_after_file_and_line() -> None:
    documents, _ = parts(item('\ufeff{"text": "One."}\n\n{"id": 12, "text": "Two."}\r\n{"text": "Three."}'))
    assert [document.id for document in documents] == ["reports-1", "12", "reports-4"]


@pytest.mark.parametrize(
    ("line", "part"),
    [
        ("{}", "has no text field"),
        ('{"text": null}', "has no text field"),
        ('{"text": " "}', "holds an empty text"),
        ('{"text": 5}', "has a text of type int"),
        ('{"text": ["a"]}', "has a text of type list"),
        ("[]", "is no JSON object"),
        ('"text"', "is no JSON object"),
        ('{"text": "a"', "is no valid JSON"),
        ("nonsense", "is no valid JSON"),
        (r'{"text": "\ud800"}', "is no valid JSON"),
        (b'{"text": "\xff"}', "is no valid UTF-8"),
        ("[" * 100_000, "is no"),
    ],
)
def test_a_wrong_line_is_told_by_its_number_and_the_rest_is_read(line: str | bytes, part: str) -> None:
    raw = line.encode() if isinstance(line, str) else line
    documents, problems = parts(item(b'{"id": "a", "text": "A."}\n' + raw + b'\n{"id": "b", "text": "B."}\n'))
    assert [document.id for document in documents] == ["a", "b"]
    (problem,) = problems
    assert problem.object == "line 2 of reports.jsonl"
    assert problem.severity == "error"
    assert problem.message.startswith(f"The record at line 2 of reports.jsonl {part}")
    assert "was left out" in problem.message


@pytest.mark.parametrize(
    ("field", "value", "part"),
    [
        ("published", "last week", "its publication date is 'last week', no day"),
        ("published", "10/9/2022", "its publication date is '10/9/2022', no day"),
        ("published", 1662854400, "its publication date is 1662854400, no day"),
        ("title", 5, "its title is 5, no text"),
        ("id", [1], "its id is [1], no text or whole number"),
        ("id", True, "its id is True, no text or whole number"),
    ],
)
def test_a_wrong_field_is_told_and_taken_as_unknown(field: str, value: object, part: str) -> None:
    documents, problems = parts(item(json.dumps({"text": "Shells fell.", field: value})))
    assert [(problem.severity, problem.object) for problem in problems] == [
        ("warning", "line 1 of reports.jsonl")
    ]
    assert part in problems[0].message
    assert (documents[0].published, documents[0].title, documents[0].id) == (None, None, "reports-1")


def test_fields_that_are_null_or_missing_are_unknown_without_a_word() -> None:
    documents, problems = parts(
        item('{"text": "Shells fell.", "published": null, "title": "", "outlet": null}')
    )
    assert problems == []
    assert (documents[0].published, documents[0].title, documents[0].outlet) == (None, None, None)


def test_hints_fill_only_gaps() -> None:
    source = item('{"text": "A.", "published": "2022-09-11"}\n{"text": "B.", "outlet": "Own"}')
    documents, _ = parts(source, Hints(published=date(2020, 1, 1), outlet="Given"))
    assert [(document.published, document.outlet) for document in documents] == [
        (date(2022, 9, 11), "Given"),
        (date(2020, 1, 1), "Own"),
    ]


@settings(deadline=None)
@given(
    st.text(alphabet=st.characters(blacklist_categories=["Cs"], blacklist_characters="\0")).filter(str.strip)
)
def test_text_comes_back_letter_by_letter(text: str) -> None:
    for escaped in (True, False):
        ((document,), problems) = parts(item(json.dumps({"text": text}, ensure_ascii=escaped)))
        assert document.text == text
        assert problems == []


def test_nul_becomes_a_replacement_so_that_offsets_stay() -> None:
    ((document,), _) = parts(item(r'{"text": "a\u0000b"}'))
    assert document.text == "a\ufffdb"


def test_a_line_of_10_mb_is_told_and_the_rest_is_read() -> None:
    long = json.dumps({"id": "long", "text": "Shells fell. " * 800_000})
    documents, problems = parts(item(f'{{"text": "A."}}\n{long}\n{{"text": "B."}}\n'))
    assert [document.text for document in documents] == ["A.", "B."]
    assert [problem.object for problem in problems] == ["long"]
    assert "has 10.4 million characters, more than the 1 million" in problems[0].message


def test_a_line_of_10_mb_with_a_short_text_is_read() -> None:
    ((document,), problems) = parts(item(json.dumps({"html": "x" * 10_000_000, "text": "Shells fell."})))
    assert (document.text, problems) == ("Shells fell.", [])


def test_a_line_beyond_the_limit_is_told_and_the_rest_is_read() -> None:
    documents, problems = parts(
        item(b'{"text": "A."}\n{"text": "' + b"x" * 33_000_000 + b'"}\n{"text": "B."}')
    )
    assert [document.id for document in documents] == ["reports-1", "reports-3"]
    assert problems[0].object == "line 2 of reports.jsonl"
    assert "longer than the 32 million bytes" in problems[0].message


def test_memory_does_not_grow_with_the_length_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "many.jsonl"
    line = json.dumps({"text": "Shells fell on the harbour. " * 100, "language": "en"}) + "\n"
    path.write_text(line * 10_000)
    source = Item(name="many.jsonl", path=path, retrieved=NOON)
    tracemalloc.start()
    count = sum(isinstance(one, Document) for one in read(source))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert count == 10_000
    assert path.stat().st_size > 28_000_000
    assert peak < 4_000_000


@pytest.mark.parametrize("text", ["", "\n \n"])
def test_an_empty_file_of_lines_is_told(text: str) -> None:
    _, (problem,) = parts(item(text))
    assert problem.message.startswith("reports.jsonl is empty.")


def test_json_holds_one_report_or_a_list() -> None:
    one, many, wrapped = (
        '{"text": "A."}',
        '[{"id": "x", "text": "A."}, {"text": "B."}]',
        '{"documents": [{"text": "A."}]}',
    )
    assert [[d.id for d in parts(item(text, "r.json"))[0]] for text in (one, many, wrapped)] == [
        ["r"],
        ["x", "r-2"],
        ["r-1"],
    ]


@pytest.mark.parametrize(
    ("text", "object", "part"),
    [
        ("", "r.json", "r.json is empty"),
        ("{", "r.json", "r.json is no valid JSON"),
        ("5", "r.json", "holds neither a JSON object nor a list"),
        ("[]", "r.json", "holds an empty list"),
        ("{}", "r.json", "has no text field"),
        ("[3]", "record 1 of r.json", "Record 1 of r.json is no JSON object"),
        ('[{"text": ""}]', "record 1 of r.json", "holds an empty text"),
    ],
)
def test_wrong_json_is_told(text: str, object: str, part: str) -> None:
    documents, (problem,) = parts(item(text, "r.json"))
    assert documents == []
    assert problem.object == object
    assert part in problem.message
