"""What the server counts and logs: operations, never what a request brings along."""

from __future__ import annotations

import io
import json

import pytest
from serving_help import ADDRESS, serve
from starlette.testclient import TestClient

from fogline.ledger import Ledger
from fogline.logs import logger
from fogline.serve import Served, Tokens, create_app


def figures(client: TestClient, **headers: str) -> str:
    """Return the figures of a server."""
    answer = client.get("/metrics", headers=headers)
    answer.raise_for_status()
    assert answer.headers["content-type"].startswith("text/plain")
    return answer.text


def test_requests_are_counted_by_operation_and_status(client: TestClient) -> None:
    for path in (
        "/api/v1/claims?text=secret+words",
        "/api/v1/claims/c0ffee",
        "/nowhere/at/all",
    ):
        client.get(path)
    told = figures(client)
    for line in (
        'fogline_serve_requests_total{method="GET",route="/api/v1/claims",status="200"} 1.0',
        'fogline_serve_requests_total{method="GET",route="/api/v1/claims/{id}",status="404"} 1.0',
        'fogline_serve_requests_total{method="GET",route="/{address:path}",status="404"} 1.0',
    ):
        assert line in told
    assert "secret" not in told and "c0ffee" not in told and "nowhere" not in told
    assert 'fogline_serve_request_seconds_count{route="/api/v1/claims"} 1.0' in told
    assert "fogline_serve_requests_running 1.0" in told


def test_what_the_gate_refuses_is_counted_and_odd_methods_are_one(ledger: Ledger, tokens: Tokens) -> None:
    with serve(ledger, tokens) as client:
        client.get("/api/v1/claims", headers={"Host": "elsewhere.example"})
        client.request("BREW", "/api/v1/claims")
        told = figures(client)
    assert 'fogline_serve_requests_total{method="GET",route="(none)",status="421"} 1.0' in told
    assert 'method="other"' in told and "BREW" not in told


def test_figures_need_a_token_where_the_ledger_does(ledger: Ledger, tokens: Tokens) -> None:
    _, secret = tokens.give("read:prometheus")
    with serve(ledger, tokens) as client:
        assert client.get("/metrics").status_code == 401
        assert client.get("/metrics", headers={"Authorization": "Bearer no"}).status_code == 401
        assert "fogline_serve_requests_total" in figures(client, Authorization=f"Bearer {secret}")


def test_figures_are_no_part_of_the_reference(client: TestClient) -> None:
    assert "/metrics" not in client.get("/api/v1/openapi.json").json()["paths"]


@pytest.mark.parametrize("form", ["json", "human"])
def test_a_line_a_request_has_the_operation_and_no_word_of_the_request(
    ledger: Ledger, tokens: Tokens, form: str
) -> None:
    to = io.StringIO()
    _, secret = tokens.give("read:desk")
    app = create_app(ledger, tokens, Served(log=logger(form, to)))  # type: ignore[arg-type]
    with TestClient(app, base_url=ADDRESS) as client:
        client.get("/api/v1/claims?text=Kupiansk&q=abc", headers={"Authorization": f"Bearer {secret}"})
        client.get("/api/v1/voices?q=Orr")
    first, second = to.getvalue().splitlines()
    for word in ("Kupiansk", "abc", secret, "Orr", "Bearer"):
        assert word not in first + second
    if form == "json":
        told = json.loads(first)
        assert (told["event"], told["method"], told["route"], told["status"]) == (
            "request", "GET", "/api/v1/claims", 200,
        )  # fmt: skip
        assert told["ms"] > 0 and told["bytes"] > 0 and json.loads(second)["status"] == 401
    else:
        assert "request method=GET route=/api/v1/claims status=200" in first
