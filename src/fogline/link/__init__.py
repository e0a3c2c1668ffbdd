"""What many reports tell together: copies, origins, events, versions, checks and grades."""

from __future__ import annotations

from .agreement import Agreement, agreement
from .events import Linked, link
from .pairs import Link
from .review import Review, judgements, keep, reviews, touched
from .views import Became, event_named, events_by_claim, events_of, held_back, history_of, links_of

__all__ = [
    "Agreement",
    "Became",
    "Link",
    "Linked",
    "Review",
    "agreement",
    "event_named",
    "events_by_claim",
    "events_of",
    "held_back",
    "history_of",
    "judgements",
    "keep",
    "link",
    "links_of",
    "reviews",
    "touched",
]
