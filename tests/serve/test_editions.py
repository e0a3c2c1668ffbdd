"""Editions over REST: the mark on a claim, and what changed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import msgspec
from serving_help import serve
from stub import report

from fogline.ledger import Ledger
from fogline.serve import Tokens

FIRST = "It was a quiet day by the mill. The garrison captured Novaya Niva, Colonel Orr said. Nobody slept."
SECOND = "It was a quiet day by the mill. Nobody slept. Rain came."


def test_a_withdrawn_claim_is_marked_and_its_editions_told(
    make_ledger: Callable[..., Ledger], tokens: Tokens
) -> None:
    ledger = make_ledger()
    for id, text, updated in (("v1", FIRST, None), ("v2", SECOND, date(2022, 9, 13))):
        document = msgspec.structs.replace(report(id, text=text), url="https://vale.example/niva")
        ledger.add(msgspec.structs.replace(document, updated=updated))
    with serve(ledger, tokens) as client:
        items = client.get("/api/v1/claims?document=v1").json()["items"]
        assert items[0]["amended"] == {
            "kind": "withdrawn", "edition": "v2", "day": "2022-09-13", "claim": None,
            "sentence": "Withdrawn in the edition of 2022-09-13 (v2), which no longer tells it.",
        }  # fmt: skip
        assert client.get(f"/api/v1/claims/{items[0]['id']}").json()["amended"] == items[0]["amended"]
        assert client.get("/api/v1/documents/v2").json()["updated"] == "2022-09-13"
        told = client.get("/api/v1/documents/v2/editions").json()
        assert told["address"] == "vale.example/niva"
        assert [(one["document"], one["changes"]) for one in told["items"]] == [
            ("v1", []),
            (
                "v2",
                [
                    {"old": "The garrison captured Novaya Niva, Colonel Orr said.", "new": None},
                    {"old": None, "new": "Rain came."},
                ],
            ),
        ]
        assert client.get("/api/v1/documents/r1/editions").json() == {"address": None, "items": []}
        assert client.get("/api/v1/documents/none/editions").status_code == 404
