"""What the server lets nobody do, and what it lets no text become."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace
from serving_help import ADDRESS, FREE, HOSTILE, begin, serve
from starlette.testclient import TestClient

from fogline.errors import QueryError
from fogline.ledger import Ledger
from fogline.serve import Tokens, is_loopback
from fogline.serve.gate import Buckets, Hosts
from fogline.serve.sessions import LIFETIME, Sessions

EVERYWHERE = ["/", "/api/v1/meta", "/api/v1/claims", "/api/v1/nowhere", "/nowhere", "/api/v1/claims?limit=0"]
JUDGED = {"kind": "reliability", "subject": "Colonel Orr", "value": "B", "reason": "was right"}


@pytest.mark.parametrize("address", EVERYWHERE)
def test_every_answer_has_the_strict_headers(client: TestClient, address: str) -> None:
    headers = client.get(address).headers
    policy = dict(part.strip().partition(" ")[::2] for part in headers["content-security-policy"].split(";"))
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == "'self'"
    assert policy["frame-ancestors"] == "'none'"
    assert policy["base-uri"] == "'none'"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert "access-control-allow-origin" not in headers
    assert "server" not in headers


def test_the_page_may_ask_a_tile_server_that_is_set_and_no_other(ledger: Ledger, tokens: Tokens) -> None:
    with serve(ledger, tokens, tiles="https://tiles.example.org:8443/dark/style.json?key=1") as client:
        policy = client.get("/").headers["content-security-policy"]
        assert client.get("/api/v1/meta").json()["tiles"].startswith("https://tiles.example.org:8443/dark/")
    parts = dict(part.strip().partition(" ")[::2] for part in policy.split(";"))
    allowed = {name for name, told in parts.items() if "https://tiles.example.org:8443" in told.split()}
    assert allowed == {"font-src", "img-src", "connect-src"}
    assert policy.count("example.org") == 3
    assert "dark" not in policy and "unsafe" not in policy


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example:80", "", "10.1.1.1"]
)
def test_a_name_that_is_not_the_servers_is_refused(client: TestClient, host: str) -> None:
    answer = client.get("/api/v1/meta", headers={"Host": host})
    assert answer.status_code == 421
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost:9", "LOCALHOST", "[::1]:8765", "127.0.0.9:1"])
def test_the_servers_own_names_are_answered(client: TestClient, host: str) -> None:
    assert client.get("/api/v1/claims", headers={"Host": host}).status_code == 200


def test_names_of_a_server_that_others_reach() -> None:
    hosts = Hosts("0.0.0.0", ("ledger.example.org",))
    assert all(
        name in hosts
        for name in ("10.0.0.5:80", "ledger.example.org", "LEDGER.example.org.:443", "localhost")
    )
    assert all(
        name not in hosts for name in ("evil.example", "ledger.example.org.evil.example", "", "[", "]")
    )


def test_what_is_this_machine_alone() -> None:
    assert [is_loopback(h) for h in ("127.0.0.1", "::1", "localhost", "127.8.8.8")] == [True] * 4
    assert [is_loopback(h) for h in ("0.0.0.0", "::", "192.168.0.1", "example.org", "")] == [False] * 5


def test_writing_needs_the_sessions_token(client: TestClient) -> None:
    assert client.post("/api/v1/reviews", json=JUDGED).status_code == 401
    headers = begin(client)
    assert client.post("/api/v1/reviews", json=JUDGED).status_code == 403
    assert client.post("/api/v1/reviews", json=JUDGED, headers={"X-CSRF-Token": b"\xe9"}).status_code == 403
    assert client.post("/api/v1/add", json={"text": "x"}).status_code == 403
    assert client.post("/api/v1/reviews", json=JUDGED, headers=headers).status_code == 201


@pytest.mark.parametrize(
    "foreign",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Origin": "http://127.0.0.1:9"},
    ],
)
def test_another_sites_page_writes_nothing(client: TestClient, foreign: dict[str, str]) -> None:
    headers = begin(client)
    assert client.post("/api/v1/reviews", json=JUDGED, headers=headers | foreign).status_code == 403
    assert client.post("/api/v1/session", json={"token": "x"}, headers=foreign).status_code == 403
    own = {"Origin": ADDRESS, "Sec-Fetch-Site": "same-origin"}
    assert client.post("/api/v1/reviews", json=JUDGED, headers=headers | own).status_code == 201


def test_the_cookie_is_for_this_server_and_no_script(client: TestClient) -> None:
    cookie = client.get("/api/v1/meta").headers["set-cookie"]
    assert cookie.startswith("fogline-8765=")
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie
    assert "Path=/" in cookie


def test_roles(ledger: Ledger, tokens: Tokens) -> None:
    given = {role: tokens.give(f"{role}:{role}-er")[1] for role in ("read", "review", "add")}
    with serve(ledger, tokens) as client:
        for address in (
            "meta",
            "claims",
            "documents/r1",
            "tiles/claims/0/0/0.json",
            "export",
            "base/settlements?bbox=1,1,2,2",
        ):
            assert client.get(f"/api/v1/{address}").status_code == 401
        assert client.get("/api/v1/claims", headers={"Authorization": "Bearer wrong"}).status_code == 401
        expected = {"read": (200, 403, 403), "review": (200, 201, 403), "add": (200, 201, 202)}
        for role, secret in given.items():
            headers = {"Authorization": f"Bearer {secret}"}
            read = client.get("/api/v1/claims", headers=headers).status_code
            judge = client.post("/api/v1/reviews", json=JUDGED, headers=headers)
            add = client.post("/api/v1/add", json={"text": "Nothing."}, headers=headers)
            assert (read, judge.status_code, add.status_code) == expected[role]
            if judge.status_code == 201:
                assert judge.json()["reviewer"] == f"{role}-er"


def test_a_session_by_token_ends(ledger: Ledger, tokens: Tokens) -> None:
    _, secret = tokens.give("review:maria")
    with serve(ledger, tokens) as client:
        assert client.post("/api/v1/session", json={"token": "wrong"}).status_code == 401
        begun = client.post("/api/v1/session", json={"token": secret}).json()
        assert (begun["reviewer"], begun["roles"]) == ("maria", ["read", "review"])
        assert client.get("/api/v1/meta").json()["csrf"] == begun["csrf"]
        headers = {"X-CSRF-Token": begun["csrf"]}
        assert client.post("/api/v1/reviews", json=JUDGED, headers=headers).json()["reviewer"] == "maria"
        assert client.delete("/api/v1/session").status_code == 204
        assert client.get("/api/v1/claims").status_code == 401


def test_sessions_end_by_themselves_and_do_not_grow_without_bound(tokens: Tokens) -> None:
    now = [0.0]
    sessions = Sessions(tokens, clock=lambda: now[0])
    first = sessions.begin("a", "read")
    now[0] += LIFETIME - 1
    assert sessions.find(first.id) == first
    now[0] += LIFETIME - 1
    assert sessions.find(first.id) == first
    now[0] += LIFETIME
    assert sessions.find(first.id) is None
    begun = []
    for _ in range(1001):
        now[0] += 1
        begun.append(sessions.begin("b", "add"))
    assert sessions.find(begun[0].id) is None
    assert sessions.find(begun[1].id) == begun[1]


def test_tokens_are_hashed_and_can_be_taken_back(tmp_path: Path) -> None:
    file = tmp_path / "tokens.json"
    tokens = Tokens(file)
    assert not tokens
    known, secret = tokens.give("add:maria")
    assert file.stat().st_mode & 0o777 == 0o600
    assert secret not in file.read_text()
    assert Tokens(file).find(secret) == known
    assert Tokens(file).find(secret + "x") is None
    _, other = tokens.give("read:maria")
    assert tokens.find(secret) is None  # the newer one of a name counts
    assert Tokens(file).take_back("maria")
    assert Tokens(file).find(other) is None
    assert not Tokens(file).take_back("maria")
    for wrong in ("admin", "read:a b", "read:../x", "review:" + "x" * 61):
        with pytest.raises(QueryError):
            tokens.give(wrong)


def test_too_many_requests_have_to_wait(ledger: Ledger, tokens: Tokens) -> None:
    few = replace(FREE, reads=0.01, reads_at_once=3, guesses=0.01, guesses_at_once=2)
    with serve(ledger, tokens, limits=few) as client:
        assert [client.get("/api/v1/claims").status_code for _ in range(4)] == [200, 200, 200, 429]
        assert int(client.get("/api/v1/claims").headers["retry-after"]) >= 1
        guesses = [client.post("/api/v1/session", json={"token": "x"}).status_code for _ in range(3)]
        assert guesses == [401, 401, 429]


def test_a_bucket_fills_again() -> None:
    now = [0.0]
    bucket = Buckets(2.0, 2, clock=lambda: now[0])
    assert [bucket.take("a"), bucket.take("a")] == [0.0, 0.0]
    assert bucket.take("a") == 0.5
    assert bucket.take("b") == 0.0
    now[0] += 0.5
    assert bucket.take("a") == 0.0


def test_large_requests_are_refused_with_and_without_a_length(ledger: Ledger, tokens: Tokens) -> None:
    with serve(ledger, tokens, limits=replace(FREE, body=1000, upload=5000)) as client:
        headers = begin(client) | {"Content-Type": "application/json"}

        def chunks() -> Iterator[bytes]:
            for _ in range(20):
                yield b"x" * 500

        assert client.post("/api/v1/reviews", content=b"x" * 1001, headers=headers).status_code == 413
        for address in ("reviews", "add"):
            answer = client.post(f"/api/v1/{address}", content=chunks(), headers=headers)
            assert answer.status_code == 413
        files = {"files": ("a.txt", b"x" * 6000)}
        assert client.post("/api/v1/add", files=files, headers=begin(client)).status_code == 413


@pytest.mark.parametrize(
    "path",
    [
        "/../app.py", "/..%2fapp.py", "/%2e%2e/app.py", "/assets/../../app.py", "//etc/passwd", "/etc/passwd",
        "/assets/%2e%2e%2f%2e%2e%2fapp.py", "/index.html/../../secret.txt", "/link.txt", "/C:%5Cwindows",
        "/%00",
    ],
)  # fmt: skip
def test_no_path_leads_to_the_disk(ledger: Ledger, tokens: Tokens, tmp_path: Path, path: str) -> None:
    page = tmp_path / "page"
    (page / "assets").mkdir(parents=True)
    (page / "index.html").write_text("<!doctype html><title>Page</title>")
    (page / "assets" / "a.js").write_text("export {}")
    (tmp_path / "secret.txt").write_text("secret")
    (page / "link.txt").symlink_to(tmp_path / "secret.txt")
    with serve(ledger, tokens, page=page) as client:
        assert client.get("/").text.startswith("<!doctype html><title>Page")
        assert client.get("/assets/a.js").headers["content-type"].startswith("text/javascript")
        assert client.get(path).status_code == 404


def test_documents_named_like_paths_are_only_names(client: TestClient) -> None:
    answer = client.get("/api/v1/documents/..%2F..%2Fetc%2Fpasswd")
    if answer.status_code == 200:
        assert answer.json()["title"] == HOSTILE
    assert client.get("/api/v1/documents/..%2F..%2Fetc%2Fshadow").status_code == 404
    assert client.get("/api/v1/documents/..%2F..%2Fetc%2Fpasswd/raw").status_code == 404


@pytest.mark.parametrize(
    "address", ["claims?side=UKR", "search?q=alert", "documents", "voices", "export?format=jsonl"]
)
def test_hostile_words_leave_as_data(client: TestClient, address: str) -> None:
    answer = client.get(f"/api/v1/{address}")
    assert answer.status_code == 200
    assert answer.headers["content-type"].split(";")[0] in ("application/json", "application/x-ndjson")
    assert answer.headers["x-content-type-options"] == "nosniff"
    for line in answer.text.splitlines():
        json.loads(line)


def test_raw_bytes_are_only_ever_saved(client: TestClient) -> None:
    page = b"<html><script>alert(1)</script><p>The garrison captured Novaya Niva, said the page.</p></html>"
    files = {"files": ("../../evil\u202e.html", page, "text/html")}
    headers = begin(client)
    job = client.post("/api/v1/add", files=files, headers=headers).json()["job"]
    assert "event: done" in client.get(f"/api/v1/jobs/{job}/events").text
    added = next(one for one in client.get("/api/v1/documents").json()["items"] if "evil" in one["id"])
    assert "/" not in added["id"]
    assert "\u202e" not in added["id"]
    raw = client.get(f"/api/v1/documents/{added['id']}/raw")
    assert raw.content == page
    assert raw.headers["content-type"] == "application/octet-stream"
    assert raw.headers["content-disposition"].startswith("attachment")
    assert "sandbox" in raw.headers["content-security-policy"]


@pytest.mark.parametrize(
    "settings", [{"embargo_hours": 24.0 * 365 * 20}, {"embargo_hours": 24.0, "coarsen": True}]
)
def test_embargo_and_coarsening_hold_for_every_answer(
    make_ledger: object, tokens: Tokens, settings: dict[str, object]
) -> None:
    ledger = make_ledger(linked=True, **settings)  # type: ignore[operator]
    with serve(ledger, tokens, **settings) as client:
        every = [
            "claims", "events", "documents", "voices", "timeline", "map/claims?z=12", "map/events?z=12",
            "search?q=n", "export?format=jsonl", "export?format=csv", "export?format=geojson", "checks",
        ]  # fmt: skip
        told = {address: client.get(f"/api/v1/{address}").text for address in every}
        if "coarsen" in settings:
            assert client.get("/api/v1/claims").json()["total"] == 5  # the one without a date is held back
            assert all("37.2689" not in text and "49.2137" not in text for text in told.values())
            assert client.get("/api/v1/claims?place=49.2137,37.2689&radius=0.5").json()["total"] == 0
        else:
            assert client.get("/api/v1/meta").json()["ledger"] == {
                "documents": 0, "claims": 0, "events": 0, "voices": 0,
            }  # fmt: skip
            assert all("Niva" not in text and "Orr" not in text for text in told.values())
            assert client.get("/api/v1/documents/r1").status_code == 404
            held = next(iter(ledger.stream(embargo_hours=0.0))).claim
            assert client.get(f"/api/v1/claims/{held.id}").status_code == 404
