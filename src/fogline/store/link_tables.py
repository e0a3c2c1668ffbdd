"""The tables of linking: views that can be worked out again, and judgements, which stay."""

from __future__ import annotations

from .tables import Table, columns

SIGNATURES = Table(  # documents that have been compared with all before them, by this edition of the method
    "signatures",
    columns(document="text", edition="text"),
    key=("document", "edition"),
)

BANDS = Table(  # of the MinHash signatures of a document's sentences: what agrees in one is compared
    "bands",
    columns(band="integer", document="text"),
)

CREDITS = Table(  # outlets whose text a document says it prints
    "credits",
    columns(document="text", outlet="text", span_start="integer", span_end="integer"),
    key=("document", "outlet"),
)

COPIES = Table(  # passages of ``document`` taken from ``source``
    "copies",
    columns(document="text", source="text", body="text"),
    indexes=("document", "source"),
)

EVENTS = Table(
    "events",
    columns(
        id="text",
        type="text",
        title="text",
        earliest="date?",
        latest="date?",
        lat="real?",
        lon="real?",
        country="text?",
        documents="integer",
        independent="integer",
        disputed="integer",  # how many fields its versions part on
        grade="text?",
        body="text",  # the whole event as JSON
    ),
    key=("id",),
)

EVENT_CLAIMS = Table(
    "event_claims",
    columns(event="text", claim="text", version="text", origin="text"),
    key=("claim",),
    indexes=("event",),
)

LINKS = Table(  # pairs of claims taken for one occurrence: the weight, and the sentence that explains it
    "links",
    columns(one="text", other="text", weight="real", why="text"),
    key=("one", "other"),
)

EVENT_HISTORY = Table(  # what became of an event when more claims came
    "event_history",
    columns(event="text", what="text", into="text", at="time"),
)

LINK_BLOCKS = Table(  # where claims stand in the blocks within which they are compared
    "link_blocks",
    columns(block="text", sort="text", claim="text"),
    indexes=("block", "claim"),
)

CHECKS = Table(
    "checks",
    columns(id="text", rule="text", event="text?", claim="text", weight="text", sentence="text"),
    indexes=("claim", "event"),
)

VERDICTS = Table(  # what became of a voice's claim: borne out, or not, by a voice of another side and origin
    "verdicts",
    columns(event="text", voice="text", claim="text", finding="text", by_voice="text", other="text"),
    indexes=("event", "voice"),
)

REVIEWS = Table(  # people's judgements: facts, never updated; one that was taken back is named by another
    "reviews",
    columns(
        id="text",
        kind="text",  # same, not-same, wrong, reliability, undo
        subject="text",  # a claim, a voice, or the review taken back
        other="text?",  # the second claim of same and not-same
        field="text?",
        value="text?",  # what is right, or the reliability letter
        reviewer="text",
        reason="text",
        at="time",
    ),
    key=("id",),
)

LINK_TABLES: tuple[Table, ...] = (
    SIGNATURES, BANDS, CREDITS, COPIES, EVENTS, EVENT_CLAIMS, LINKS, LINK_BLOCKS, EVENT_HISTORY, CHECKS,
    VERDICTS, REVIEWS,
)  # fmt: skip
