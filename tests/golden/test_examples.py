"""The examples, read whole: what a person would write down of each is among the claims."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from fogline.ingest import Item
from fogline.ingest.files import files
from fogline.model import Claim, Document, Extraction
from fogline.pipeline import Extractor
from fogline.read.dispatch import read

EXAMPLES = Path(__file__).parents[2] / "examples"


@cache
def extractions() -> Mapping[str, Extraction]:
    """Read every example once."""
    items = [item for item in files(str(EXAMPLES)) if isinstance(item, Item)]
    documents = [document for item in items for document in read(item) if isinstance(document, Document)]
    return {extraction.document: extraction for extraction in Extractor().extract_all(documents)}


@dataclass(frozen=True)
class Told:
    """What one claim has to say; what is None is not looked at here."""

    document: str
    words: str
    event: str
    status: str | None = None
    speaker: str | None = None
    relays: tuple[str, ...] | None = None
    hedge: str | None = None
    mode: str | None = None
    agent: str | None = None
    place: int | None = None
    quantity: tuple[str, float | None, float | None] | None = None
    when: tuple[date | None, date | None] | None = None

    def met_by(self, claim: Claim) -> list[str]:
        """Return the fields in which a claim says something else."""
        speaker = (claim.speaker.name or claim.speaker.text) if claim.speaker else ""
        found = {
            "status": claim.status,
            "speaker": speaker,
            "relays": claim.relays,
            "hedge": claim.hedge,
            "mode": claim.mode,
            "agent": {party.side for party in claim.agents},
            "place": {place.geonameid for place in claim.places},
            "quantity": {(q.kind, q.low, q.high) for q in claim.quantities},
            "when": (claim.when.earliest, claim.when.latest),
        }
        wanted = {name: getattr(self, name) for name in found if getattr(self, name) is not None}
        return [
            f"{name}: {found[name]} instead of {value}"
            for name, value in wanted.items()
            if not (value in found[name] if isinstance(found[name], set) else found[name] == value)
        ]


DISPATCH = "would be regrouped to the Donetsk region"
TAKEN = "retaken about 2,000 square kilometres"
TOLD = [
    Told(
        "daily-2022-09-09-president",
        "retaken more than 1,000 square kilometres",
        "CAPTURE",
        status="happened",
        speaker="Volodymyr Zelenskyy",
        relays=("Example Agency",),
        mode="indirect",
        agent="UKR",
        quantity=("area", 1000.0, None),
        when=(date(2022, 9, 1), date(2022, 9, 9)),
    ),
    Told(
        "daily-2022-09-09-president",
        "liberated dozens of settlements",
        "CAPTURE",
        speaker="Volodymyr Zelenskyy",
        mode="direct",
        agent="UKR",
        quantity=("settlements", 24.0, 99.0),
    ),
    *(
        Told(document, DISPATCH, "WITHDRAW", status="intended", speaker="Igor Konashenkov", agent="RUS")
        for document in (
            "agency-2022-09-10-withdrawal",
            "daily-2022-09-11-withdrawal",
            "courier-2022-09-11-withdrawal",
        )
    ),
    *(
        Told(
            document,
            TAKEN,
            "CAPTURE",
            status="happened",
            speaker="Volodymyr Zelenskyy",
            agent="UKR",
            quantity=("area", 2000.0, 2000.0),
            when=(date(2022, 9, 1), published),
        )
        for document, published in (
            ("agency-2022-09-10-withdrawal", date(2022, 9, 10)),
            ("daily-2022-09-11-withdrawal", date(2022, 9, 11)),
            ("courier-2022-09-11-withdrawal", date(2022, 9, 11)),
        )
    ),
    Told(
        "bulletin-2022-09-10-ministry",
        "killed more than 2,000 Ukrainian and foreign fighters",
        "AIRSTRIKE",
        speaker="Igor Konashenkov",
        hedge="claimed",
        agent="RUS",
        quantity=("killed", 2000.0, None),
    ),
    Told(
        "bulletin-2022-09-10-intelligence",
        "advanced up to 50 kilometres",
        "ADVANCE",
        status="happened",
        agent="UKR",
        quantity=("distance", None, 50.0),
    ),
    Told(
        "review-2022-09-11-institute",
        "retaken over 3,000 square kilometres",
        "CAPTURE",
        speaker="Institute for the Study of War",
        agent="UKR",
        quantity=("area", 3000.0, None),
        when=(date(2022, 9, 6), date(2022, 9, 11)),
    ),
    Told(
        "courier-2022-09-11-residents",
        "fled from Kreminna",
        "WITHDRAW",
        speaker="Serhiy Haidai",
        agent="RUS",
        when=(date(2022, 9, 10), date(2022, 9, 10)),
    ),
    Told(
        "courier-2022-09-11-residents", "Russian soldiers had fled on Friday", "WITHDRAW", speaker="residents"
    ),
    Told(
        "courier-2022-09-14-correction",
        "about 8,500 square kilometres",
        "CAPTURE",
        speaker="Hanna Maliar",
        quantity=("area", 8500.0, 8500.0),
    ),
    Told("agency-2022-09-19-denial", "It is", "ABUSE", status="denied", speaker="Dmitry Peskov"),
    Told(
        "daily-2022-09-12-oskil",
        "more than 3,000 square kilometres",
        "CAPTURE",
        speaker="Valerii Zaluzhnyi",
        quantity=("area", 3000.0, None),
        when=(date(2022, 9, 1), date(2022, 9, 12)),
    ),
]


@pytest.mark.parametrize("told", TOLD, ids=lambda t: f"{t.document}: {t.words}")
def test_a_claim_of_the_examples_is_read(told: Told) -> None:
    claims = extractions()[told.document].claims
    near = [c for c in claims if told.words in c.evidence.text and c.event == told.event]
    assert near, [(c.event, c.evidence.text) for c in claims]
    assert min((told.met_by(claim) for claim in near), key=len) == []


def test_nothing_of_the_examples_is_left_out() -> None:
    assert {name: read.left_out for name, read in extractions().items() if read.left_out} == {}


def test_every_evidence_is_the_slice_that_it_says() -> None:
    texts = {
        document.id: document.text
        for item in files(str(EXAMPLES))
        if isinstance(item, Item)
        for document in read(item)
        if isinstance(document, Document)
    }
    wrong = [
        claim.id
        for name, extraction in extractions().items()
        for claim in extraction.claims
        if texts[name][claim.evidence.start : claim.evidence.end] != claim.evidence.text
    ]
    assert wrong == []


def test_every_example_holds_claims() -> None:
    assert [name for name, extraction in extractions().items() if not extraction.claims] == []
