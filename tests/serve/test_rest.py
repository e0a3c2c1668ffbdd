"""The addresses of the server: what they answer, page by page, and what they refuse."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable

import pytest
from serving_help import begin, serve
from starlette.testclient import TestClient

from fogline.ledger import Ledger
from fogline.serve import Tokens

GEO = {"Accept": "application/geo+json"}


def walked(client: TestClient, address: str, limit: int) -> list[str]:
    """Return the ids of all pages of a list."""
    found, cursor = [], ""
    while True:
        page = client.get(f"{address}limit={limit}{cursor}").json()
        found += [item["id"] for item in page["items"]]
        if page["next"] is None:
            assert page["total"] == len(found)
            return found
        cursor = f"&cursor={page['next']}"


@pytest.mark.parametrize("limit", [1, 2, 500])
def test_pages_of_claims_are_the_claims_of_the_command_line(
    client: TestClient, ledger: Ledger, limit: int
) -> None:
    assert walked(client, "/api/v1/claims?", limit) == [stored.claim.id for stored in ledger.stream()]


def test_a_page_goes_on_behind_the_same_claim_when_others_came(client: TestClient) -> None:
    first = client.get("/api/v1/claims?sort=-published&limit=2").json()
    headers = begin(client)
    pasted = {"text": "The garrison captured Stara Niva again.", "published": "2024-01-01"}
    job = client.post("/api/v1/add", json=pasted, headers=headers).json()["job"]
    assert "event: done" in client.get(f"/api/v1/jobs/{job}/events").text
    then = client.get(f"/api/v1/claims?sort=-published&limit=50&cursor={first['next']}").json()
    assert then["total"] == first["total"] + 1
    assert len(then["items"]) == first["total"] - 2


def test_orders(client: TestClient) -> None:
    def days(sort: str, *path: str) -> list[str | None]:
        items = client.get(f"/api/v1/claims?sort={sort}").json()["items"]
        return [item["when"][path[1]] if path[0] == "when" else item[path[0]] for item in items]

    newest = days("-published", "published")
    assert newest == ["2023-03-04", "2022-09-13", "2022-09-12", "2022-09-11", "2022-09-11", None]
    assert days("day", "when", "earliest") == [*sorted(filter(None, days("day", "when", "earliest"))), None]
    sure = days("-confidence", "confidence")
    assert sure == sorted(sure, reverse=True)


def test_a_claim_as_it_is_listed(client: TestClient) -> None:
    item = client.get("/api/v1/claims?voice=Orr").json()["items"][0]
    id = item.pop("id")
    assert id.startswith("c")
    assert item == {
        "document": "r1", "title": "Report r1", "published": "2022-09-11", "outlet": "The Courier",
        "event": "CAPTURE", "status": "happened", "hedge": None, "voice": "Colonel Orr", "voice_side": "RUS",
        "relays": [], "mode": "indirect", "agents": [{"text": "the garrison", "side": "UKR"}], "targets": [],
        "places": [
            {
                "text": "Novaya Niva", "name": "Novaya Niva", "role": "at", "lat": 49.21, "lon": 37.28,
                "radius_km": None, "precision": "settlement",
            }
        ],
        "when": {"earliest": "2022-09-10", "latest": "2022-09-11", "text": None, "precision": "days"},
        "quantities": [], "certainty": None, "confidence": 0.9, "flags": [], "event_id": None,
        "amended": None,
        "evidence": {"start": 0, "end": 55, "text": "The garrison captured Novaya Niva, Colonel Orr said."}
        | {"end": len("The garrison captured Novaya Niva, Colonel Orr said.")},
    }  # fmt: skip


def test_one_claim_with_its_text_and_marks(client: TestClient) -> None:
    id = client.get("/api/v1/claims?text=mill%20bridge&from=2022-09-01").json()["items"][0]["id"]
    whole = client.get(f"/api/v1/claims/{id}").json()
    text = whole["document"]["text"]
    marked = {(mark["kind"], text[mark["start"] : mark["end"]]) for mark in whole["marks"]}
    assert ("evidence", "Some 300 troops left Stara Niva by the mill bridge.") in marked
    assert {name for kind, name in marked if kind == "place"} == {"Stara Niva", "the mill bridge"}
    assert whole["reasons"] == {"event": 'the verb "left"'}
    assert whole["provenance"]["extractor"] == "stub/1"
    assert client.get("/api/v1/claims/cffffffff").status_code == 404


def test_geojson_where_it_is_accepted(client: TestClient) -> None:
    answer = client.get("/api/v1/claims", headers=GEO)
    assert answer.headers["content-type"] == "application/geo+json"
    features = answer.json()["features"]
    assert len(features) == 7  # one claim has two places
    assert {f["geometry"]["coordinates"][0] for f in features} == {37.28, 36.8534, 37.2689}
    both = client.get("/api/v1/claims", headers={"Accept": "application/json, application/geo+json"})
    assert both.headers["content-type"] == "application/json"


@pytest.mark.parametrize(
    "address",
    [
        "claims",
        "events",
        "documents",
        "voices",
        "timeline",
        "search?q=a",
        "checks",
        "reviews",
        "map/claims?z=3",
    ],
)
def test_what_has_not_changed_is_not_sent_again(client: TestClient, address: str) -> None:
    first = client.get(f"/api/v1/{address}")
    assert first.status_code == 200
    assert first.headers["cache-control"] == "private, no-cache"
    again = client.get(f"/api/v1/{address}", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    judged = {"kind": "reliability", "subject": "Colonel Orr", "value": "D", "reason": "often wrong"}
    assert client.post("/api/v1/reviews", json=judged, headers=begin(client)).status_code == 201
    assert (
        client.get(f"/api/v1/{address}", headers={"If-None-Match": first.headers["etag"]}).status_code == 200
    )


@pytest.mark.parametrize(
    ("address", "status", "told"),
    [
        ("claims?event=CAPTUR", 400, "Did you mean CAPTURE?"),
        ("claims?from=2022-09-31", 400, "2022-09-31"),
        ("claims?from=x", 422, "from"),
        ("claims?limit=0", 422, "limit"),
        ("claims?bbox=1,2,3", 422, "bbox"),
        ("claims?bbox=1,50,3,40", 400, "bbox=30,48,40,51"),
        ("claims?cursor=%00%00", 400, "cursor"),
        ("claims?radius=5", 400, "radius"),
        ("tiles/claims/3/8/0.json", 404, "8 in each direction"),
        ("tiles/claims/3/-1/0.json", 422, "x"),
        ("nowhere", 404, "openapi.json"),
        ("documents/none", 404, "none"),
        ("events/none", 404, "none"),
        ("jobs/none/events", 401, "session"),
    ],
)
def test_problems_name_the_object_and_the_next_step(
    client: TestClient, address: str, status: int, told: str
) -> None:
    answer = client.get(f"/api/v1/{address}")
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert sorted(problem) == ["detail", "status", "title", "type"]
    assert problem["status"] == status
    assert told in problem["detail"]


def test_the_timeline_counts_each_dated_claim_once(client: TestClient) -> None:
    told = client.get("/api/v1/timeline?group=event").json()
    assert told["undated"] == 1
    assert sum(n for day in told["days"] for n in day["counts"].values()) == 5
    assert told["days"][0] == {"day": "2022-09-10", "counts": {"CAPTURE": 1, "WITHDRAW": 1}}
    reported = client.get("/api/v1/timeline?group=voice_side&by=report").json()
    assert reported["days"][0] == {"day": "2022-09-11", "counts": {"RUS": 1, "": 1}}


def test_voices_are_counted(client: TestClient) -> None:
    voices = client.get("/api/v1/voices").json()["items"]
    told = {(voice["name"], voice["outlet"]): voice for voice in voices}
    assert told["Colonel Orr", None]["types"] == {"CAPTURE": 1}
    assert told[None, "The Courier"]["claims"] == 3
    assert sum(voice["claims"] for voice in voices) == 6


def test_a_search_finds_claims_documents_and_voices(client: TestClient) -> None:
    found = client.get("/api/v1/search?q=or").json()
    assert [voice["name"] for voice in found["voices"]] == ["Colonel Orr"]
    assert found["total_claims"] == 1
    assert [one["id"] for one in client.get("/api/v1/search?q=report%20r2").json()["documents"]] == ["r2"]


def test_documents_with_odd_ids_are_found(client: TestClient) -> None:
    listed = walked(client, "/api/v1/documents?", 2)
    assert listed == ["r1", "../../etc/passwd", "r2", "dir/r4", "r3"]
    assert client.get("/api/v1/documents/dir/r4").json()["text"] == "Nobody captured Novaya Niva in March."
    assert client.get("/api/v1/documents/dir%2Fr4").json()["claims"] == [
        client.get("/api/v1/claims?document=dir/r4").json()["items"][0]["id"]
    ]
    assert client.get("/api/v1/documents/r1/raw").status_code == 404  # it was given as text


@pytest.mark.parametrize("layer", ["claims", "events"])
def test_a_tile_is_the_part_of_the_map_that_it_covers(client: TestClient, layer: str) -> None:
    whole = client.get(f"/api/v1/map/{layer}?z=3").json()["features"]
    tile = client.get(f"/api/v1/tiles/{layer}/3/4/2.json").json()["features"]
    assert tile == whole


def test_exports_are_those_of_the_command_line(client: TestClient, ledger: Ledger) -> None:
    answer = client.get("/api/v1/export?format=csv&event=CAPTURE")
    assert "attachment" in answer.headers["content-disposition"]
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert [row["id"] for row in rows] == [stored.claim.id for stored in ledger.stream(event="CAPTURE")]
    lines = client.get("/api/v1/export?format=jsonl").text.splitlines()
    assert [json.loads(line)["id"] for line in lines] == [stored.claim.id for stored in ledger.stream()]


def test_judgements_are_made_and_taken_back(make_ledger: Callable[..., Ledger], tokens: Tokens) -> None:
    ledger = make_ledger(linked=True)
    with serve(ledger, tokens) as client:
        headers = begin(client)
        claim = client.get("/api/v1/claims?voice=Orr").json()["items"][0]
        assert claim["event_id"] is not None
        wrong = {
            "kind": "wrong",
            "subject": claim["id"],
            "field": "status",
            "value": "denied",
            "reason": "misread",
        }
        made = client.post("/api/v1/reviews", json=wrong, headers=headers)
        assert made.status_code == 201
        assert made.json()["reviewer"] == "local"
        assert [one["id"] for one in client.get(f"/api/v1/claims/{claim['id']}").json()["reviews"]] == [
            made.json()["id"]
        ]
        undo = {"kind": "undo", "subject": made.json()["id"], "reason": "it was right"}
        assert client.post("/api/v1/reviews", json=undo, headers=headers).status_code == 201
        assert [(one["kind"], one["undone"]) for one in client.get("/api/v1/reviews").json()["items"]] == [
            ("undo", False),
            ("wrong", True),
        ]
        nonsense = client.post("/api/v1/reviews", json={**wrong, "field": "colour"}, headers=headers)
        assert nonsense.status_code == 400
        missing = client.post("/api/v1/reviews", json={**wrong, "subject": "c0"}, headers=headers)
        assert missing.status_code == 404


def test_an_event_is_told_with_its_claims(make_ledger: Callable[..., Ledger], tokens: Tokens) -> None:
    with serve(make_ledger(linked=True), tokens) as client:
        items = client.get("/api/v1/events").json()["items"]
        assert sum(item["claims"] for item in items) == 6
        whole = client.get(f"/api/v1/events/{items[0]['id']}").json()
        assert [claim["id"] for claim in whole["claim_items"]] == whole["claims"]
        assert {claim["event_id"] for claim in whole["claim_items"]} == {whole["id"]}
        assert whole["versions"]
        features = client.get("/api/v1/events", headers=GEO).json()["features"]
        assert [feature["properties"]["id"] for feature in features] == [item["id"] for item in items]
        assert client.get("/api/v1/map/events?z=4").json()["features"]
        checks = client.get("/api/v1/checks").json()["items"]
        assert {check["event"] for check in checks} <= {item["id"] for item in items}
