"""Who speaks in claims, counted from the index."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ..store.filters import EVENTS
from .answers import VoiceItem
from .index import Index
from .words import Mask


def voices(index: Index, met: Mask) -> list[VoiceItem]:
    """Return who speaks in the claims that are met, the most heard first.

    A voice's side and kind are the ones most often found for it.
    """
    rows = np.flatnonzero(met)
    speaker = index.speaker[rows]
    size = len(index.speakers)
    claims = np.bincount(speaker, minlength=size)
    documents = _different(speaker, index.document[rows], size)
    linked = index.event_of[rows] >= 0
    events = _different(speaker[linked], index.event_of[rows][linked], size)
    types = _table(speaker, index.event[rows], size, len(EVENTS))
    sides = _table(speaker, index.voice_side[rows] + 1, size, len(index.sides) + 1)[:, 1:]
    kinds = _table(speaker, index.voice_kind[rows] + 1, size, len(index.kinds) + 1)[:, 1:]
    found = []
    for code in np.flatnonzero(claims).tolist():
        name, outlet = index.speakers[code]
        found.append(
            VoiceItem(
                name=name,
                outlet=outlet,
                side=_most(sides[code], index.sides),
                kind=_most(kinds[code], index.kinds),
                claims=int(claims[code]),
                documents=int(documents[code]),
                events=int(events[code]),
                confirmed=0,
                contradicted=0,
                reliability=None,
                types={EVENTS[kind]: int(types[code, kind]) for kind in _ranked(types[code])},
            )
        )
    return sorted(found, key=lambda voice: (-voice.claims, voice.name or "", voice.outlet or ""))


def _table(rows: NDArray[np.int32], columns: NDArray[np.int32], height: int, width: int) -> NDArray[np.intp]:
    """Count pairs of codes."""
    cells = rows.astype(np.int64) * width + columns
    return np.bincount(cells, minlength=height * width).reshape(height, width)


def _different(rows: NDArray[np.int32], values: NDArray[np.int32], height: int) -> NDArray[np.intp]:
    """Count the different values of each row."""
    width = int(values.max()) + 1 if len(values) else 1
    pairs = np.unique(rows.astype(np.int64) * width + values)
    return np.bincount(pairs // width, minlength=height)


def _ranked(counts: NDArray[np.intp]) -> list[int]:
    """Return the columns that count anything, the highest first."""
    order = np.argsort(-counts, kind="stable")
    return [column for column in order.tolist() if counts[column]]


def _most(counts: NDArray[np.intp], names: tuple[str, ...]) -> str | None:
    return names[int(counts.argmax())] if counts.size and counts.max() > 0 else None
