"""What people judged, as answers tell it: which judgements were taken back, which letters voices have."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from ..link import Review
from ..link.records import Record
from ..link.review import holding
from .answers import VoiceItem


def taken_back(reviews: Sequence[Review]) -> set[str]:
    """Return the ids of the judgements that a later one took back; that one may be taken back itself."""
    undone: set[str] = set()
    for review in reversed(reviews):
        if review.kind == "undo" and review.id not in undone:
            undone.add(review.subject)
    return undone


def judged(reviews: Sequence[Review]) -> dict[str, str]:
    """Return the letters of reliability that people gave to voices."""
    return holding(reviews).reliability


def with_record(voice: VoiceItem, records: Mapping[str, Record], letters: Mapping[str, str]) -> VoiceItem:
    """Return a voice with how often others bore it out or went against it, and the letter set by hand."""
    record = records.get(voice.name or voice.outlet or "")
    return msgspec.structs.replace(
        voice,
        confirmed=record.confirmed if record else 0,
        contradicted=record.contradicted if record else 0,
        reliability=letters.get(voice.name or voice.outlet or ""),
    )
