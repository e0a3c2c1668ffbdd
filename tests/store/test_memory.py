"""Memory does not grow with the number of documents that are added."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

CHILD = """
import sys
sys.path.insert(0, {tests!r})
import fogline
from stub import StubReader, report

class Forgetful(StubReader):
    def extract(self, document):
        self.read.clear()
        return super().extract(document)

def rss():
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * 4 // 1024

def documents():
    for number in range(10_000):
        yield report(f"r{{number}}", text="It rained. " * 200 + f"The garrison left Stara Niva, {{number}}.")

seen = {{}}
def look(added):
    if added.documents % 100 == 0:
        seen[added.documents] = rss()

with fogline.connect({path!r}, reader=Forgetful()) as ledger:
    added = ledger.add(documents(), progress=look)
    print(added.documents, added.claims, max(v for k, v in seen.items() if k <= 2000), max(seen.values()))
"""


def test_ten_thousand_documents_take_no_more_memory_than_two_thousand(tmp_path: Path) -> None:
    code = CHILD.format(tests=str(Path(__file__).parent), path=str(tmp_path / "ledger.duckdb"))
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    documents, claims, early, peak = map(int, done.stdout.split())
    assert (documents, claims) == (10_000, 10_000)
    assert peak - early < 40, f"{early} MiB after 2,000 documents, {peak} MiB at most"
