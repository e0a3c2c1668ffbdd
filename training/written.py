"""Bring the annotated reports together that the training reads: the gold ones and those written here.

    python training/written.py [--reports DIR ...] [--gold DIR] [--out DIR] [--check]

``reports/`` and ``stories/`` hold ``NAME.txt`` (the report) and ``NAME.jsonl``: a line on the document
(``title``, ``published``, ``outlet``, ``genre``) and a line a claim, in the codebook's terms but short:
``of`` (the evidence's words; ``nth`` where they occur more than once, from 0), ``event``, ``status``
(``happened`` where it is missing), ``hedge``, ``agents`` and ``targets`` as ``[text, side]``, ``places``
as ``[text, role, lat, lon]``, ``when`` as ``[text, earliest, latest]``, ``quantities`` as ``[text, kind, low,
high, unit]``, ``speaker`` as ``[text, name, side]``, ``relays``, ``mode`` (where it is missing, ``narrated``
without a speaker and ``indirect`` with one); ``one``, in reports of one story (``q1a-…``, ``q1b-…``), names
the occurrence that a claim tells of, as all reports of the story name it. What is written here is expanded
to the codebook's records and laid beside a copy of the gold reports, last by name, so that which of those
are held back stays as it was.
``--check`` only tells what does not hold: words that are not in the report, evidence over two sentences,
unknown types.
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, get_args

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))

from fogline.extract.reader.labels import EVENTS, STATUSES
from fogline.extract.sentences import sentences
from fogline.model import PlaceRole, QuantityKind
from fogline.model.party import Mode

HERE = Path(__file__).resolve().parent
PLACE_ROLES, KINDS, MODES = get_args(PlaceRole), get_args(QuantityKind), get_args(Mode)
FIELDS = {
    "of", "nth", "event", "status", "hedge", "agents", "targets", "places", "when", "quantities", "speaker",
    "relays", "mode", "one",
}  # fmt: skip


def expand(line: dict[str, Any], text: str) -> dict[str, Any]:
    """Return the codebook's record of a short one; raises ValueError where its words are not in ``text``."""
    if unknown := set(line) - FIELDS:
        raise ValueError(f"unknown fields {sorted(unknown)}")
    found = [m.start() for m in re.finditer(re.escape(line["of"]), text)]
    nth = line.get("nth", 0)
    if nth >= len(found):
        raise ValueError("its words are not in the report")
    speaker, when = line.get("speaker"), line.get("when") or (None, None, None)
    return {
        "evidence": {"start": found[nth], "end": found[nth] + len(line["of"]), "text": line["of"]},
        "event": line["event"],
        "status": line.get("status", "happened"),
        "hedge": line.get("hedge"),
        "agents": [{"text": t, "side": s} for t, s in line.get("agents", ())],
        "targets": [{"text": t, "side": s} for t, s in line.get("targets", ())],
        "places": [
            {"text": t, "role": r, "lat": lat, "lon": lon} for t, r, lat, lon in line.get("places", ())
        ],
        "when": dict(zip(("text", "earliest", "latest"), when, strict=True)),
        "quantities": [
            dict(zip(("text", "kind", "low", "high", "unit"), [*q, None][:5], strict=True))
            for q in line.get("quantities", ())
        ],
        "speaker": None if speaker is None else dict(zip(("text", "name", "side"), speaker, strict=True)),
        "relays": line.get("relays", []),
        "mode": line.get("mode", "indirect" if speaker else "narrated"),
    }


def faults(record: dict[str, Any], text: str) -> Iterator[str]:
    """Yield what does not hold of a claim's record."""
    for key, values in (("event", EVENTS), ("status", STATUSES), ("mode", MODES)):
        if record[key] not in values:
            yield f"{key} {record[key]!r}"
    words = [p["text"] for k in ("agents", "targets", "places", "quantities") for p in record[k]]
    words += [record["hedge"], record["when"]["text"], (record["speaker"] or {}).get("text")]
    yield from (f"{w!r} is not in the report" for w in words if w and w not in text)
    yield from (f"role {p['role']!r}" for p in record["places"] if p["role"] not in PLACE_ROLES)
    for place in record["places"]:
        if place["lat"] is not None and not (-90 <= place["lat"] <= 90 and -180 <= place["lon"] <= 180):
            yield f"{place['text']!r} lies nowhere"
    for quantity in record["quantities"]:
        low, high = quantity["low"], quantity["high"]
        if quantity["kind"] not in KINDS:
            yield f"kind {quantity['kind']!r}"
        if low is not None and high is not None and low > high:
            yield f"{quantity['text']!r} is from more to less"
    days = [date.fromisoformat(d) for d in (record["when"]["earliest"], record["when"]["latest"]) if d]
    if len(days) == 2 and days[0] > days[1]:
        yield "it ends before it begins"
    if (record["speaker"] is None) != (record["mode"] == "narrated"):
        yield f"mode {record['mode']!r} does not go with its speaker"
    evidence = record["evidence"]
    if not any(s.start <= evidence["start"] and evidence["end"] <= s.end + 1 for s in sentences(text)):
        yield "its evidence runs over two sentences"


def read(path: Path) -> tuple[str, dict[str, Any], list[dict[str, Any]], list[str]]:
    """Return a report's text, its document record, its claims' records and what does not hold."""
    text = path.with_suffix(".txt").read_text(encoding="utf-8")
    first, *lines = path.read_text(encoding="utf-8").splitlines()
    document = {"id": path.stem, "language": "en", **json.loads(first)}
    records, wrong = [], []
    for number, line in enumerate(lines, 2):
        if not line.strip():
            continue
        try:
            record = expand(json.loads(line), text)
            bad = list(faults(record, text))
        except (ValueError, KeyError, TypeError) as problem:
            wrong.append(f"{path.name}:{number}: {problem}: {line[:100]}")
            continue
        wrong += [f"{path.name}:{number}: {b}: {record['evidence']['text'][:80]}" for b in bad]
        records.append(record)
    return text, document, records, wrong


def main() -> None:
    """Check the reports written here or lay them beside the gold ones."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--reports", type=Path, nargs="+", default=[HERE / "reports", HERE / "stories"])
    parser.add_argument("--gold", type=Path, default=HERE.parent.parent / "shared/gold/train")
    parser.add_argument("--out", type=Path, default=HERE.parent / "out/training/reports")
    parser.add_argument("--check", action="store_true", help="write nothing, tell what does not hold")
    arguments = parser.parse_args()
    if not arguments.check:
        shutil.rmtree(arguments.out, ignore_errors=True)
        shutil.copytree(arguments.gold, arguments.out)
    wrong, reports, claims = [], 0, 0
    for number, path in enumerate(p for folder in arguments.reports for p in sorted(folder.glob("*.jsonl"))):
        text, document, records, bad = read(path)
        wrong += bad
        reports, claims = reports + 1, claims + len(records)
        if not arguments.check:
            target = arguments.out / "written" / f"{number:03d}-{path.stem}"
            target.parent.mkdir(exist_ok=True)
            target.with_suffix(".txt").write_text(text, encoding="utf-8")
            target.with_suffix(".json").write_text(
                json.dumps({"doc": document, "claims": records}, ensure_ascii=False), encoding="utf-8"
            )
    print(f"{reports} reports written for the training, {claims} claims")
    if wrong:
        raise SystemExit("\n".join(wrong))


if __name__ == "__main__":
    main()
