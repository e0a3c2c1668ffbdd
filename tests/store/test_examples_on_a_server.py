"""Every verb on a server does what it does on a file: what it prints, and what it writes, is the same."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
import typer.main

import fogline.ledger
from cluster import Cluster
from fogline.cli import main
from fogline.cli.app import app
from fogline.ledger import connect, default_reader
from fogline.model import Document, Extraction
from fogline.serve import Served, Tokens, create_app, site

EXAMPLES = Path(__file__).parents[2] / "examples"
PRINTED = ("jsonl", "csv", "hxl", "geojson", "acled", "ged", "plover", "timemap", "annotations", "prov")
READING = (
    "claims -f jsonl",
    "claims --place Izium --from 2022-09-09 -f csv",
    "claims --text WITHDRAW -f jsonl",
    "claims --place izium --side rus --embargo 48 --coarsen -f geojson",
    "claims --voice ministry --status happened --status denied",
    "events -f jsonl",
    "events --disputed -f csv",
    "checks -f jsonl",
    "checks",
    "show {one}",
    "show {event}",
    "show {document}",
    "documents -f csv",
    "documents --left-out -f jsonl",
    "documents --editions -f jsonl",
    "voices-of --record -f jsonl",
    "voices-of --place Izium",
    "compare reader/ rules/ -f jsonl",
    "control --on 2022-09-11 -f jsonl",
    "control --on 2022-09-11 --view RUS -f geojson",
    "control --place Izium",
    "control --from 2022-09-05 --to 2022-09-12 -f csv",
    "area --from 2022-09-08 --to 2022-09-12",
    "area --from 2022-09-08 --to 2022-09-12 --claimed -f jsonl",
    "report --from 2022-09-06 --to 2022-09-12 -f md",
    "report --from 2022-09-06 --to 2022-09-12 -f html",
    "review list -f jsonl",
    "verify --json",
    *(f"export -f {form}" for form in PRINTED),
)
WRITING_FILES = (
    "export -f parquet -o claims.parquet",
    "export -f geoparquet -o claims.geoparquet",
    "export -f gpkg -o claims.gpkg",
    "export -f site -o site",
    "export --bundle {one} {event} -o bundle",
    "control --on 2022-09-11 -o control.gpkg",
    "control --on 2022-09-11 --layer areas -o areas.parquet",
    "area --from 2022-09-08 --to 2022-09-12 -o areas.csv --plot areas.svg",
)
ROUTES = ("claims?limit=50", "events?limit=50", "voices", "search?q=bridge", "checks")
# What the examples have none of, in either.
EMPTY = {
    "documents --left-out -f jsonl",
    "documents --editions -f jsonl",
    "checks -f jsonl",
    "checks",
    "area --from 2022-09-08 --to 2022-09-12 --claimed -f jsonl",
    "control --from 2022-09-05 --to 2022-09-12 -f csv",
}
ELSEWHERE = {"layers", "roles"}  # a file has neither: test_map.py
FEEDS = "sources:\n  - folder: incoming\n    outlet: Desk\nalerts:\n  - name: all\n    event: [CAPTURE]\n"
NEWS = "Troops of the Northern garrison captured the village of Sake on Friday, the governor said.\n"
# What tells when something was done, by which file or address, and ids that are drawn.
_DRAWN = re.compile(
    r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d)?(\.\d+)?(Z|\+00:00)?|\br[0-9a-f]{8,}\b|/tmp/\S+|postgresql://\S+"
)


class Remembering:
    """The reader that is asked for; what it has read once it need not read for the next ledger."""

    def __init__(self, finder: str | None) -> None:
        self._reader = default_reader(finder)
        self.identity = self._reader.identity
        self._read: dict[str, Extraction] = {}

    def extract(self, document: Document) -> Extraction:
        """Read one document."""
        if document.id not in self._read:
            self._read[document.id] = self._reader.extract(document)
        return self._read[document.id]

    def extract_all(self, documents: Iterable[Document]) -> Iterator[Extraction]:
        """Read documents in order."""
        return map(self.extract, documents)


Walked = dict[str, Any]


@pytest.fixture(scope="module")
def walks(cluster: Cluster, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Walked, Walked]]:
    """Walk all verbs on a file and on a server, and give what each came to."""
    folder = tmp_path_factory.mktemp("verbs")
    (folder / "sightings.csv").write_text(
        "date,side,lat,lon,text\n2022-09-10,UKR,49.2092,37.2568,Troops at the town hall\n", encoding="utf-8"
    )
    (folder / "incoming").mkdir()
    (folder / "incoming" / "news.txt").write_text(NEWS, encoding="utf-8")
    (folder / "feeds.yml").write_text(FEEDS, encoding="utf-8")
    (folder / "page").mkdir()
    (folder / "page" / "index.html").write_text('<html data-source="rest"></html>', encoding="utf-8")
    readers: dict[str | None, Remembering] = {}

    def reader(finder: str | None = None) -> Remembering:
        return readers.setdefault(finder, Remembering(finder))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(fogline.ledger, "default_reader", reader)
        patch.setattr(site, "FOLDER", folder / "page")
        patch.chdir(folder)
        report = json.dumps({"id": "shard-1", "published": "2023-05-05", "text": NEWS})
        Path("shard.jsonl").write_text(report, encoding="utf-8")
        assert main(["extract", "shard.jsonl", "--out", "extracted", "--engine", "local"]) == 0
        ledgers = (str(folder / "ledger.duckdb"), cluster.address(cluster.database()))
        first, second = (_walk(folder, ledger, patch) for ledger in ledgers)
        yield first, second


def _walk(folder: Path, ledger: str, patch: pytest.MonkeyPatch) -> Walked:
    patch.setenv("FOGLINE_LEDGER", ledger)
    out = folder / ("server" if "://" in ledger else "file")
    out.mkdir()
    walked: Walked = {}

    def do(line: str) -> None:
        words = [word.format(**named) for word in line.split()]
        if "-o" in words:
            words[words.index("-o") + 1] = str(out / words[words.index("-o") + 1])
        if "--plot" in words:
            words[words.index("--plot") + 1] = str(out / words[words.index("--plot") + 1])
        walked[line] = _printed(words)

    named = {"ledger": ledger}
    do(f"add {os.path.relpath(EXAMPLES)} --extractor rules --no-link")
    do(f"add {os.path.relpath(EXAMPLES)}")
    do("control import sightings.csv --source Team")
    do("load extracted")
    do("add shard.jsonl")  # it is known, but its bytes are not here
    do("watch feeds.yml --once")
    do("link --afresh")
    with connect(read_only=True) as book:
        one, other = (claim.id for claim in book.claims(event="WITHDRAW", limit=2))
        named |= {"one": one, "other": other, "event": book.events()[0].id}
        named["document"] = book.documents()[0].id
    do("review not-same {one} {other} --why Places --by Maria")
    do("review same {one} {other} --why Mistaken --by Maria")
    do("review wrong {one} killed 12 --why Typo --by Maria")
    do("review reliability president C --why Habit --by Maria")
    with connect(read_only=True) as book:
        named["judged"] = next(review.id for review in book.reviews() if review.kind == "same")
    do("review undo {judged} --why Back --by Maria")
    for line in (*READING, *WRITING_FILES):
        do(line)
    do("doctor")
    do(f"demo --examples {os.path.relpath(EXAMPLES)} --ledger {{ledger}}")
    with connect() as book:
        walked["rest"] = _asked(create_app(book, Tokens(folder / "tokens.json"), Served()))
    walked["serve"] = _served()
    walked["files"] = {str(path.relative_to(out)): _told(path) for path in sorted(out.rglob("*"))}
    return walked


def _printed(words: list[str]) -> str:
    """Run a verb and return what it prints, without what tells when and where."""
    import contextlib
    import io

    with contextlib.redirect_stdout(io.StringIO()) as out:
        code = main(words)
    assert code in (0, None), f"{words}: {code}"
    return _DRAWN.sub("…", out.getvalue())


def _asked(app: object) -> str:
    from starlette.testclient import TestClient

    with TestClient(app, base_url="http://127.0.0.1:8765") as client:  # type: ignore[arg-type]
        answers = [client.get(f"/api/v1/{route}") for route in ROUTES]
    assert {answer.status_code for answer in answers} == {200}
    return "\n".join(answer.text for answer in answers)


def _served() -> int:
    """Serve the ledger as its user does, and return how many documents it says that it holds."""
    words = [sys.executable, "-m", "fogline", "serve", "--port", "0", "--no-browser"]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as serving:
        assert serving.stdout is not None
        told = next(line for line in serving.stdout if "http://" in line)
        address = re.search(r"http://127\.0\.0\.1:\d+", told)
        assert address is not None, told
        answer = httpx.get(f"{address[0]}/api/v1/meta")
        serving.terminate()
        serving.communicate()
    return int(answer.json()["ledger"]["documents"])


def _told(path: Path) -> Any:
    """Return what a file holds, tables as their rows."""
    import pyarrow.parquet as pq
    import pyogrio

    if path.is_dir() or "manifest" in path.name:  # its hashes are of bytes that tell times
        return None
    if path.suffix in (".parquet", ".geoparquet"):
        return pq.read_table(path).to_pylist()
    if path.suffix == ".gpkg":
        layers = [str(name) for name, _ in pyogrio.list_layers(path)]
        return {name: _DRAWN.sub("…", pyogrio.read_dataframe(path, layer=name).to_csv()) for name in layers}
    return _DRAWN.sub("…", path.read_text(encoding="utf-8"))


def test_every_verb_prints_the_same(walks: tuple[Walked, Walked], cluster: Cluster) -> None:
    file, server = walks
    differing = {line for line in file if line not in ("doctor", "files") and file[line] != server[line]}
    assert differing == set()
    assert {line for line in READING if not file[line]} <= EMPTY
    assert ("PostGIS in schema" in server["doctor"]) == cluster.postgis


def test_every_file_that_is_written_holds_the_same(walks: tuple[Walked, Walked]) -> None:
    file, server = walks[0]["files"], walks[1]["files"]
    assert set(file) == set(server)
    assert [name for name in file if file[name] != server[name]] == []
    wanted = {"claims.parquet", "claims.gpkg", "site/data/claims.json", "bundle/manifest-sha256.txt"}
    assert wanted <= set(file)


def test_no_verb_that_opens_a_ledger_was_left_out(walks: tuple[Walked, Walked]) -> None:
    verbs = set(_with_a_ledger(typer.main.get_command(app)))
    walked = {verb for verb in verbs if any(line.startswith(verb) for line in walks[0])}
    assert verbs - walked == ELSEWHERE


def _with_a_ledger(command: Any, said: str = "") -> Iterator[str]:
    for name, verb in getattr(command, "commands", {}).items():
        yield from _with_a_ledger(verb, f"{said} {name}".strip())
    if any(option.name == "ledger" for option in command.params):
        yield said
