"""Turn annotated reports into windows with labels for the reader."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from fogline.extract.reader.labels import EVENTS, ROLES, STATUSES
from fogline.extract.reader.windows import Window, windows
from fogline.extract.sentences import sentences
from fogline.model import Span


@dataclass
class Report:
    """An annotated report: its text, sentences and claims (the codebook's records)."""

    id: str
    text: str
    claims: list[dict[str, Any]]
    genre: str = ""
    spans: list[Span] = field(default_factory=list)


@dataclass
class Soft:
    """What a larger reader (the teacher) thinks of a window that nobody annotated.

    ``tags``: pieces × (event types + 2); ``spans``: its proposals; ``types``: proposals × event types;
    ``status``, ``attributed``: one a proposal; ``roles``: pieces × roles of the proposals it chose.
    """

    tags: np.ndarray
    spans: list[tuple[int, int]]
    types: np.ndarray
    status: list[int]
    attributed: list[float]
    roles: dict[int, np.ndarray]


@dataclass
class Example:
    """A window with its labels.

    ``claims``: one dict a gold claim of the window's sentences: ``begin``, ``end`` (pieces), ``event``,
    ``status`` (indices), ``attributed`` (bool), ``roles`` (list of (role index, begin, end) in pieces).
    """

    report: str
    window: Window
    claims: list[dict[str, Any]]
    soft: Soft | None = None


def load(folder: Path) -> list[Report]:
    """Read every annotated report below ``folder``, in the order of their names."""
    reports = []
    for path in sorted(folder.rglob("*.json")):
        record = json.loads(path.read_text(encoding="utf-8"))
        text = path.with_suffix(".txt").read_text(encoding="utf-8")
        reports.append(
            Report(
                record["doc"]["id"], text, record["claims"], record["doc"].get("genre", ""), sentences(text)
            )
        )
    return reports


def ordinary(folder: Path) -> list[Report]:
    """Read news without conflict (items between lines of ``===``): reports that hold no claims."""
    reports = []
    for path in sorted(folder.glob("*.txt")):
        for number, item in enumerate(path.read_text(encoding="utf-8").split("\n===\n")):
            reports.append(Report(f"{path.stem}-{number}", item, [], "ordinary", sentences(item)))
    return reports


def examples(report: Report, tokenizer: Any, *, offset: int = 0) -> Iterator[Example]:
    """Yield the windows of a report with the labels of the claims that lie in them."""
    for window in windows(report.text, report.spans, tokenizer, offset=offset):
        starts, ends = np.array(window.starts), np.array(window.ends)
        sentence = np.array(window.sentence)
        low = starts[(sentence >= window.first) & (starts >= 0)].min()
        high = ends.max()
        claims = []
        for claim in report.claims:
            evidence = claim["evidence"]
            if not low <= evidence["start"] < high:
                continue
            inside = np.flatnonzero((starts >= 0) & (starts < evidence["end"]) & (ends > evidence["start"]))
            if not len(inside):
                continue
            begin, end = int(inside[0]), int(inside[-1]) + 1
            claims.append(
                {
                    "begin": begin,
                    "end": end,
                    "event": EVENTS.index(claim["event"]),
                    "status": STATUSES.index(claim["status"]),
                    "attributed": claim["speaker"] is not None,
                    "roles": list(_roles(claim, report.text, starts, ends, sentence, begin, end)),
                }
            )
        yield Example(report.id, window, claims)


def _roles(
    claim: dict[str, Any], text: str, starts: Any, ends: Any, sentence: Any, begin: int, end: int
) -> Iterator[tuple[int, int, int]]:
    evidence = claim["evidence"]
    wanted: list[tuple[str, str]] = [("agent", p["text"]) for p in claim["agents"]]
    wanted += [("target", p["text"]) for p in claim["targets"]]
    wanted += [(p["role"], p["text"]) for p in claim["places"]]
    wanted += [(q["kind"], q["text"]) for q in claim["quantities"]]
    if claim["when"] and claim["when"].get("text"):
        wanted.append(("when", claim["when"]["text"]))
    if claim["speaker"] and claim["speaker"].get("text"):
        wanted.append(("speaker", claim["speaker"]["text"]))
    if claim["hedge"]:
        wanted.append(("hedge", claim["hedge"]))
    low, high = starts[starts >= 0].min(), ends.max()
    for role, words in wanted:
        place = _nearest(words, text, evidence["start"], evidence["end"], int(low), int(high), role)
        if place is None:
            continue
        inside = np.flatnonzero((starts >= 0) & (starts < place[1]) & (ends > place[0]))
        if len(inside):
            yield ROLES.index(role), int(inside[0]), int(inside[-1]) + 1


def _nearest(
    words: str, text: str, start: int, end: int, low: int, high: int, role: str
) -> tuple[int, int] | None:
    """Find the occurrence of ``words`` that the annotation most likely means: inside, then nearest."""
    if not words:
        return None
    best, best_cost = None, 0.0
    for match in re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", text[low:high]):
        a, b = low + match.start(), low + match.end()
        if start <= a and b <= end:
            cost = 0.0
            if role in ("speaker", "hedge"):
                cost = 60.0
        elif b <= start:
            cost = 1.0 + (start - b)
        else:
            cost = 1.0 + 1.5 * max(0, a - end)
        if best is None or cost < best_cost:
            best, best_cost = (a, b), cost
    return best
