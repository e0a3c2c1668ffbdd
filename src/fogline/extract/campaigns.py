"""Wars and campaigns with their days, for reports that count from a beginning they do not tell."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from ..model import Document
from .data import data


@dataclass(frozen=True, slots=True)
class Campaign:
    """A war, campaign, battle or siege with its first and last day."""

    name: str
    start: date
    end: date


@dataclass(frozen=True, slots=True)
class _Row:
    campaign: Campaign
    names: re.Pattern[str]
    about: tuple[re.Pattern[str], ...]


@lru_cache(maxsize=1)
def _rows() -> tuple[_Row, ...]:
    rows = []
    for row in data("extract/campaigns.yml")["campaigns"]:
        names = "|".join(re.escape(n) for n in [row["name"], *row.get("also", [])])
        about = tuple(re.compile(rf"\b(?:{words})", re.I) for words in row.get("about", []))
        end = row.get("end") or date(9999, 12, 31)
        rows.append(
            _Row(Campaign(row["name"], row["start"], end), re.compile(rf"\b(?:{names})\b", re.I), about)
        )
    return tuple(rows)


def campaign_named(words: str) -> Campaign | None:
    """Return the war or campaign that some words name ("the Russian invasion of Ukraine")."""
    return next((row.campaign for row in _rows() if row.names.search(words)), None)


def campaign_of(document: Document) -> Campaign | None:
    """Return the war or campaign that a document is plainly about, None where it does not show.

    It is one whose name stands in the title; else, for a report printed while it went on, the first whose
    ``about`` words each stand at least twice in the text.
    """
    title = document.title or ""
    if title:
        for row in _rows():
            if row.names.search(title):
                return row.campaign
    head = document.text[:20_000]
    for row in _rows():
        published = document.published
        if not row.about or published is None or not row.campaign.start <= published <= row.campaign.end:
            continue
        if all(len(pattern.findall(head)) >= 2 for pattern in row.about):
            return row.campaign
    return None
