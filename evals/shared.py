"""Where the gold lies, its scorers, and the commands that are measured."""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from types import ModuleType
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
SHARED = Path(os.environ.get("EVALS_SHARED", ROOT.parent / "shared"))
OUT = ROOT / "out"

Record = dict[str, Any]


def present() -> bool:
    """Tell whether the gold and its scorers are here; they are no part of the repository."""
    return (SHARED / "gold" / "dev").is_dir() and (SHARED / "evals").is_dir()


def scorer(name: str) -> ModuleType:
    """Import one of the scorers beside the gold, as it is.

    Args:
        name: file name without ``.py``, e.g. ``score_claims``.
    """
    spec = importlib.util.spec_from_file_location(name, SHARED / "evals" / f"{name}.py")
    if spec is None or spec.loader is None:
        raise FileNotFoundError(f"There is no scorer {name} in {SHARED / 'evals'}.")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def gold_reports(folder: Path) -> list[Record]:
    """Return the gold files of a folder: ``{"doc", "claims", "text"}`` each, by name."""
    reports = []
    for path in sorted(folder.glob("*.json")):
        report = json.loads(path.read_text(encoding="utf-8"))
        report["text"] = path.with_suffix(".txt").read_bytes().decode("utf-8")
        reports.append(report)
    return reports


def as_documents(reports: Iterable[Record]) -> list[Record]:
    """Return gold reports as the documents that Fogline reads, without their claims."""
    kept = ("id", "title", "published", "outlet", "language")
    return [{**{k: r["doc"].get(k) for k in kept}, "text": r["text"]} for r in reports]


def write_jsonl(path: Path, records: Iterable[Record]) -> Path:
    """Write one record a line and return the path."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(r, ensure_ascii=False) + "\n" for r in records)
    return path


def read_jsonl(path: Path) -> list[Record]:
    """Return the records of a JSON Lines file."""
    with path.open(encoding="utf-8") as file:
        return [json.loads(line) for line in file if line.strip()]


def predict(verb: str, name: str, documents: Iterable[Record]) -> list[Record]:
    """Run a layer by its public command on documents and return what it wrote.

    Args:
        verb: ``extract``, ``voices``, ``places`` or ``dates``.
        name: what to call the files under ``out/evals``.
        documents: records with ``id`` and ``text``, and what else is known.

    Raises:
        RuntimeError: the command failed; the message holds its standard error.
    """
    given = write_jsonl(OUT / "evals" / f"{name}.documents.jsonl", documents)
    told = OUT / "evals" / f"{name}.{verb}.jsonl"
    told.unlink(missing_ok=True)
    command = [str(Path(sys.executable).parent / "fogline"), verb, str(given), "-o", str(told)]
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise RuntimeError(f"{' '.join(command)} ended with {done.returncode}:\n{done.stderr.strip()}")
    return read_jsonl(told)
