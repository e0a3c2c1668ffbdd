"""Files of many reports as archives keep them: Parquet, and JSON Lines packed with gzip."""

from __future__ import annotations

import gzip
import json
import resource
from datetime import UTC, date, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from fogline.ingest import Item, Problem, gather
from fogline.model import Document
from fogline.read import read

ROWS = [
    {
        "id": "a1",
        "title": "Ferry stopped",
        "published": date(2023, 4, 2),
        "outlet": "The Harbour Post",
        "url": "https://example.org/a1",
        "language": "en",
        "text": "The ferry between the two banks was stopped on Sunday.",
    },
    {
        "id": "a2",
        "text": "Shells fell on the market of Nowhere, the mayor said.",
        "outlet": "The Harbour Post",
    },
]


def item(path: Path) -> Item:
    """Return a file as an item."""
    return Item(name=str(path), path=path, retrieved=datetime.now(UTC))


def parquet(path: Path, rows: list[dict[str, object]]) -> Path:
    """Write rows as Parquet."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    pq.write_table(pa.table({name: [row.get(name) for row in rows] for name in names}), path)
    return path


def test_a_row_of_parquet_is_a_document_with_its_fields(tmp_path: Path) -> None:
    first, second = read(item(parquet(tmp_path / "news.parquet", ROWS)))
    assert isinstance(first, Document)
    assert isinstance(second, Document)
    told = (first.id, first.title, first.published, first.outlet, first.url, first.language)
    assert told == tuple(ROWS[0].values())[:6]
    assert (second.id, second.text, second.published) == ("a2", ROWS[1]["text"], None)


def test_days_are_read_from_times_and_from_texts(tmp_path: Path) -> None:
    times = [{"text": "It rained.", "published": datetime(2023, 4, 2, 23, 59)}]
    texts = [{"text": "It rained.", "published": "2 April 2023"}]
    for number, rows in enumerate((times, texts)):
        (found,) = read(item(parquet(tmp_path / f"{number}.parquet", rows)))
        assert isinstance(found, Document)
        assert found.published == date(2023, 4, 2)
        assert found.id == f"{number}-1"


def test_a_row_without_a_text_is_told_by_its_number_and_the_rest_is_read(tmp_path: Path) -> None:
    rows = [{"id": "x", "text": None}, *ROWS]
    problem, *documents = read(item(parquet(tmp_path / "news.parquet", rows)))
    assert isinstance(problem, Problem)
    assert problem.object == f"row 1 of {tmp_path / 'news.parquet'}"
    assert [d.id for d in documents if isinstance(d, Document)] == ["a1", "a2"]


@pytest.mark.parametrize(
    ("content", "told"), [(b"PAR1 nonsense PAR1", "is no Parquet that can be read"), (b"", "is no Parquet")]
)
def test_what_is_no_parquet_is_said_to_be_none(tmp_path: Path, content: bytes, told: str) -> None:
    path = tmp_path / "news.parquet"
    path.write_bytes(content)
    (problem,) = read(item(path))
    assert isinstance(problem, Problem)
    assert told in problem.message


def test_a_table_without_a_column_of_text_names_those_it_has(tmp_path: Path) -> None:
    (problem,) = read(item(parquet(tmp_path / "news.parquet", [{"id": "1", "body": "It rained."}])))
    assert isinstance(problem, Problem)
    assert "has no column 'text' (it has id, body)" in problem.message


def test_a_table_without_rows_is_a_problem(tmp_path: Path) -> None:
    path = tmp_path / "news.parquet"
    pq.write_table(pa.table({"text": pa.array([], pa.string())}), path)
    (problem,) = read(item(path))
    assert isinstance(problem, Problem)
    assert "has no rows" in problem.message


def test_a_small_file_that_says_one_long_text_often_does_not_fill_the_memory(tmp_path: Path) -> None:
    path = tmp_path / "bomb.parquet"
    once = pa.DictionaryArray.from_arrays(pa.array([0] * 400, pa.int32()), pa.array(["a " * 4_000_000]))
    pq.write_table(pa.table({"text": once}), path, dictionary_pagesize_limit=1 << 30)
    assert path.stat().st_size < 2_000_000
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    problems = list(read(item(path)))
    assert len(problems) == 400
    assert all(isinstance(p, Problem) for p in problems)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 300_000


def test_packed_lines_are_read_as_the_lines_they_hold(tmp_path: Path) -> None:
    lines = [json.dumps({**row, "published": str(row.get("published", ""))}) for row in ROWS]
    lines.append(json.dumps({"text": "No id here."}))
    plain, packed = tmp_path / "news.jsonl", tmp_path / "more" / "news.jsonl.gz"
    packed.parent.mkdir()
    plain.write_text("\n".join(lines), encoding="utf-8")
    packed.write_bytes(gzip.compress("\n".join(lines).encode()))

    def told(path: Path) -> list[tuple[str, str, str | None]]:
        return [(d.id, d.text, d.title) for d in read(item(path)) if isinstance(d, Document)]

    assert told(packed) == told(plain)
    assert [id for id, _, _ in told(packed)] == ["a1", "a2", "news-3"]


def test_of_a_packed_file_that_breaks_off_the_lines_before_are_read(tmp_path: Path) -> None:
    lines = "".join(
        json.dumps({"text": f"Day {n} was quiet in the valley {n * 7919}."}) + "\n" for n in range(3000)
    )
    path = tmp_path / "news.jsonl.gz"
    path.write_bytes(gzip.compress(lines.encode())[:-9000])
    *documents, problem = read(item(path))
    assert isinstance(problem, Problem)
    assert "is packed with gzip and broken" in problem.message
    assert len(documents) > 500
    assert all(isinstance(d, Document) for d in documents)


def test_a_folder_gives_its_shards(tmp_path: Path) -> None:
    for name in ("a.jsonl.gz", "b.parquet", "c.ndjson", "d.tar.gz", "e.gz"):
        (tmp_path / name).write_bytes(b"")
    assert [one.file.name for one in gather([str(tmp_path)]) if isinstance(one, Item)] == [
        "a.jsonl.gz", "b.parquet", "c.ndjson",
    ]  # fmt: skip
