"""The work that is disturbed, in a process of its own: it says "go" when it begins and "done" at its end.

    python faults/work.py add|link|watch|migrate|serve FOLDER

FOLDER is made by `prepare`. Reading is a look-up of made-up claims: what is killed is keeping, not parsing.
"""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "benchmarks"), str(ROOT / "src")]

import msgspec  # noqa: E402  # the path has to be set first

import fogline  # noqa: E402  # the path has to be set first
import fogline.ledger as kept  # noqa: E402  # the path has to be set first
import linking  # noqa: E402  # the path has to be set first
from fogline.model import Document, Extraction  # noqa: E402  # the path has to be set first
from fogline.store import DocumentRow, migrate  # noqa: E402  # the path has to be set first
from fogline.store.duckdb import DuckDBStore  # noqa: E402  # the path has to be set first
from fogline.store.migrations import ALL_TABLES  # noqa: E402  # the path has to be set first
from fogline.store.tables import TABLES  # noqa: E402  # the path has to be set first
from linking import fill, reports  # noqa: E402  # the path has to be set first

LEDGER = "ledger.duckdb"
CLAIMS = {"add": 6000, "link": 3000, "watch": 2000, "migrate": 2000}
A_FILE = 20  # reports in a file


class MadeReader:
    """Gives the claims that were made up with a report."""

    identity = "made up"

    def __init__(self, folder: Path) -> None:
        self._claims = msgspec.json.decode((folder / "claims.json").read_bytes(), type=dict[str, Extraction])

    def extract(self, document: Document) -> Extraction:
        """Return a report's claims."""
        return self._claims[document.id]

    def extract_all(self, documents: Iterable[Document]) -> Iterator[Extraction]:
        """Return the claims of reports, in order."""
        return map(self.extract, documents)


def prepare(verb: str, folder: Path, *, a_report: int = linking.CLAIMS_A_REPORT) -> None:
    """Make the reports of a work, its ledger where it has to be there before, and what watch reads."""
    linking.CLAIMS_A_REPORT = a_report
    made = list(reports(CLAIMS[verb], seed=random.Random(verb).randrange(10**6)))
    (folder / "reports").mkdir(parents=True)
    claims = {entry.document.id: extraction for entry, extraction in made}
    (folder / "claims.json").write_bytes(msgspec.json.encode(claims))
    for at in range(0, len(made), A_FILE):
        lines = (msgspec.json.encode(_record(entry.document)) for entry, _ in made[at : at + A_FILE])
        (folder / "reports" / f"{at:05d}.jsonl").write_bytes(b"\n".join(lines) + b"\n")
    if verb == "watch":
        feeds = {
            "sources": [{"folder": str(folder / "reports")}],
            "alerts": [{"name": "taken", "event": "CAPTURE"}],
        }
        (folder / "feeds.yml").write_text(json.dumps(feeds), encoding="utf-8")
    if verb == "link":
        with fogline.connect(folder / LEDGER, reader=MadeReader(folder)) as opened:
            opened.add(str(folder / "reports"))
    if verb == "migrate":
        _old_ledger(folder, made)


def _record(document: Document) -> dict[str, object]:
    kept = ("id", "title", "published", "outlet", "text")
    return {**{name: getattr(document, name) for name in kept}, "language": "en"}


def _old_ledger(folder: Path, made: list[tuple[DocumentRow, Extraction]]) -> None:
    """Make a ledger as an older version left it: documents and claims, without the tables that came later."""
    store = DuckDBStore(folder / LEDGER)
    migrate(store)
    fill(store, iter(made))
    for table in ALL_TABLES[len(TABLES) :]:
        store.run(f'DROP TABLE "{table.name}"')
    store.run("UPDATE meta SET value = '1' WHERE name = 'version'")
    store.close()


def do(verb: str, folder: Path) -> None:
    """Do the work; a line on standard output when it begins."""
    reader = MadeReader(folder)
    if verb == "migrate":
        store = DuckDBStore(folder / LEDGER)
        print("go", flush=True)
        migrate(store)
        store.close()
    elif verb == "serve":
        _serve(folder)
    elif verb == "watch":
        from fogline.cli import main

        kept.default_reader = lambda *_: reader
        print("go", flush=True)
        sys.stdout = sys.stderr
        code = main(["watch", str(folder / "feeds.yml"), "--ledger", str(folder / LEDGER), "--once"])
        sys.stdout = sys.__stdout__
        if code:
            sys.exit(code)
    else:
        with fogline.connect(folder / LEDGER, reader=reader) as opened:
            print("go", flush=True)
            if verb == "add":
                opened.add(str(folder / "reports"))
            else:
                opened.link()
    print("done", flush=True)


def _serve(folder: Path) -> None:
    """Serve the ledger at any port; the line that says "go" names the address."""
    import socket

    from fogline.cli import main

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    kept.default_reader = lambda *_: MadeReader(folder)
    fogline.connect(folder / LEDGER).close()
    print(f"go http://127.0.0.1:{port}", flush=True)
    sys.stdout = sys.stderr
    main(["serve", "--ledger", str(folder / LEDGER), "--port", str(port), "--no-browser"])


if __name__ == "__main__":
    do(sys.argv[1], Path(sys.argv[2]))
