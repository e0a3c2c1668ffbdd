"""How addresses are asked: other methods, parameters they do not have, and what a file is to hold."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from serving_help import serve
from starlette.testclient import TestClient

from fogline.ledger import Ledger
from fogline.serve import Tokens


@pytest.fixture
def linked(make_ledger: Callable[..., Ledger], tokens: Tokens, tmp_path: Path) -> Iterator[TestClient]:
    """Give a client of a server whose ledger has events."""
    with serve(make_ledger(linked=True), tokens, page=tmp_path / "page") as found:
        yield found


@pytest.mark.parametrize("address", ["claims?limit=2", "export?format=csv", "claims/none"])
def test_head_is_answered_as_get_without_a_body(client: TestClient, address: str) -> None:
    got, asked = client.get(f"/api/v1/{address}"), client.head(f"/api/v1/{address}")
    assert (asked.status_code, asked.content) == (got.status_code, b"")
    assert asked.headers["content-type"] == got.headers["content-type"]
    assert asked.headers.get("etag") == got.headers.get("etag")


@pytest.mark.parametrize("address", ["claims?form=2022-09-10", "documents?event=CAPTURE", "meta?x=1"])
def test_a_misspelt_parameter_is_refused(client: TestClient, address: str) -> None:
    answer = client.get(f"/api/v1/{address}")
    assert answer.status_code == 400
    name = address.partition("?")[2].partition("=")[0]
    assert f"There is no parameter '{name}' at this address." in answer.json()["detail"]


@pytest.mark.parametrize("address", ["claims/none", "events/none", "documents/none"])
def test_no_answer_tells_where_the_ledger_lies(client: TestClient, ledger: Ledger, address: str) -> None:
    answer = client.get(f"/api/v1/{address}")
    assert answer.status_code == 404
    assert str(Path(ledger.path).parent) not in answer.text


def test_what_is_written_as_it_may_not_be_is_quoted_without_an_expression(client: TestClient) -> None:
    detail = client.get("/api/v1/claims?bbox=1,2,3").json()["detail"]
    assert "bbox: '1,2,3' is not written as it has to be" in detail
    assert "pattern" not in detail


def test_claims_of_an_outlet(client: TestClient) -> None:
    told = {item["outlet"] for item in client.get("/api/v1/claims").json()["items"]}
    assert len(told) == 2
    items = client.get("/api/v1/claims", params={"outlet": "the courier"}).json()["items"]
    assert {item["outlet"] for item in items} == {"The Courier"}
    assert client.get("/api/v1/claims", params={"outlet": "Courier"}).json()["total"] == 0


def test_events_as_a_table_lead_to_the_rows_of_their_claims(linked: TestClient) -> None:
    events = list(csv.DictReader(io.StringIO(linked.get("/api/v1/export?format=csv&of=events").text)))
    claims = list(csv.DictReader(io.StringIO(linked.get("/api/v1/export?format=csv").text)))
    listed = linked.get("/api/v1/events").json()
    assert [event["id"] for event in events] == [item["id"] for item in listed["items"]]
    led_to = [id for event in events for id in event["claim_ids"].split("; ")]
    assert sorted(led_to) == sorted(claim["id"] for claim in claims)
    some = linked.get("/api/v1/export?format=geojson&of=events&event=WITHDRAW").json()["features"]
    assert {one["properties"]["type"] for one in some} == {"WITHDRAW"}
    lines = linked.get("/api/v1/export?format=jsonl&of=events").text.splitlines()
    assert [json.loads(line)["id"] for line in lines] == [event["id"] for event in events]


@pytest.mark.parametrize(
    ("asked", "told"),
    [("format=gpkg&of=events", "gpkg is of claims"), ("format=ged&of=claims", "ged is of events")],
)
def test_a_format_is_of_what_it_is(linked: TestClient, asked: str, told: str) -> None:
    answer = linked.get(f"/api/v1/export?{asked}")
    assert answer.status_code == 400
    assert told in answer.json()["detail"]
