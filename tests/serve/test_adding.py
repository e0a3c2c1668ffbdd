"""Reports go in over the network, and nothing else does."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import pytest
import uvicorn
from serving_help import FREE, begin
from starlette.testclient import TestClient

from fogline.ingest import address as addresses
from fogline.ledger import Ledger
from fogline.serve import Served, Tokens, create_app
from fogline.serve.jobs import Jobs
from fogline.serve.problems import Refused

REPORT = b"The garrison captured Stara Niva, Colonel Orr said."


def events_of(client: TestClient | httpx.Client, job: str) -> list[tuple[str, dict[str, object]]]:
    """Return the kinds and bodies of a job's events, until it is done."""
    text = client.get(f"/api/v1/jobs/{job}/events").text
    blocks = [block.splitlines() for block in text.split("\n\n") if block and not block.startswith(":")]
    return [(b[1].removeprefix("event: "), json.loads(b[2].removeprefix("data: "))) for b in blocks]


def added(client: TestClient, **request: object) -> list[tuple[str, dict[str, object]]]:
    """Add something and return the events of the job."""
    answer = client.post("/api/v1/add", headers=begin(client), **request)  # type: ignore[arg-type]
    assert answer.status_code == 202, answer.text
    return events_of(client, answer.json()["job"])


def test_files_are_read_and_their_claims_are_there_at_once(client: TestClient) -> None:
    before = client.get("/api/v1/meta").json()["ledger"]
    files = [
        ("files", ("a.txt", REPORT)),
        ("files", ("b.txt", b"Nothing happened.")),
        ("files", ("c.pdf", b"%PDF-1.7")),
    ]
    events = added(client, files=files, data={"published": "2024-05-01", "outlet": "The Post"})
    kind, done = events[-1]
    assert kind == "done"
    assert (done["documents"], done["claims"], done["problems"]) == (2, 1, 1)
    assert [told["object"] for kind, told in events if kind == "problem"] == ["c.pdf"]
    after = client.get("/api/v1/meta").json()["ledger"]
    assert (after["documents"], after["claims"]) == (before["documents"] + 2, before["claims"] + 1)
    assert after["events"] > 0
    (claim,) = client.get("/api/v1/claims?from=2024-04-01").json()["items"]
    assert (claim["document"], claim["published"], claim["outlet"]) == ("a", "2024-05-01", "The Post")
    assert client.get("/api/v1/documents/a/raw").content == REPORT


def test_a_pasted_text_is_kept_as_it_was_pasted(client: TestClient) -> None:
    text = "  The garrison\tcaptured Novaya Niva.\n\n \u202e"
    events = added(client, json={"text": text, "title": "../x", "published": "2024-05-01"})
    assert events[-1][1]["claims"] == 1
    (claim,) = client.get("/api/v1/claims?from=2024-04-01").json()["items"]
    document = client.get(f"/api/v1/documents/{claim['document']}").json()
    assert (document["text"], document["title"]) == (text, "../x")
    assert "/" not in document["id"]
    again = added(client, json={"text": text, "title": "../x", "published": "2024-05-01"})
    assert (again[-1][1]["documents"], again[-1][1]["known"]) == (0, 1)


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1:8765/api/v1/meta", "http://localhost/", "http://[::1]/", "http://169.254.169.254/latest",
        "http://10.0.0.1/", "http://0.0.0.0/", "http://[::ffff:127.0.0.1]/", "http://2130706433/", "HTTP://127.1/",
    ],
)  # fmt: skip
def test_addresses_off_the_public_internet_are_not_fetched(client: TestClient, address: str) -> None:
    events = added(client, json={"address": address})
    assert [kind for kind, _ in events] == ["problem", "done"]
    assert "--allow-private" not in str(events[0][1]["message"])


def test_a_redirect_into_the_private_network_is_not_followed(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first host is made to look public; it answers with a redirect to one that is not."""
    asked: list[str] = []

    class Redirecting:
        def __init__(self, listener: socket.socket) -> None:
            self.listener = listener

        def run(self) -> None:
            connection, _ = self.listener.accept()
            with connection:
                asked.append(connection.recv(4096).decode().splitlines()[0])
                connection.sendall(
                    b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/secret\r\nContent-Length: 0\r\n\r\n"
                )

    real = addresses.is_public
    with socket.create_server(("127.0.0.2", 0)) as listener:
        monkeypatch.setattr(addresses, "is_public", lambda ip: ip == "127.0.0.2" or real(ip))
        threading.Thread(target=Redirecting(listener).run, daemon=True).start()
        events = added(client, json={"address": f"http://127.0.0.2:{listener.getsockname()[1]}/report"})
    assert asked == ["GET /report HTTP/1.1"]
    assert "127.0.0.1, which is not on the public internet" in str(events[0][1]["message"])


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"address": "file:///etc/passwd"}, 422),
        ({"address": "/etc/passwd"}, 422),
        ({"address": "-"}, 422),
        ({"text": ""}, 422),
        ({"text": "x", "path": "/etc/passwd"}, 422),
        ({"text": "x", "published": "yesterday"}, 422),
        ({}, 422),
        ([], 422),
    ],
)
def test_nothing_but_a_text_or_an_address_is_taken(client: TestClient, body: object, status: int) -> None:
    assert client.post("/api/v1/add", json=body, headers=begin(client)).status_code == status


def test_forms_without_files_and_other_types_are_refused(client: TestClient) -> None:
    headers = begin(client)
    assert client.post("/api/v1/add", data={"files": "x"}, headers=headers).status_code == 415
    assert client.post("/api/v1/add", files={"other": b"x"}, headers=headers).status_code == 400
    assert client.post("/api/v1/add", content=b"x", headers=headers).status_code == 415
    broken = headers | {"Content-Type": "multipart/form-data; boundary=a"}
    assert client.post("/api/v1/add", content=b"--b\r\n", headers=broken).status_code == 400
    files = {"files": ("a.txt", REPORT)}
    day = client.post("/api/v1/add", files=files, data={"published": "May"}, headers=headers)
    assert day.status_code == 400


def test_a_job_that_breaks_says_so_and_the_next_goes_on() -> None:
    jobs = Jobs()

    def breaks(_: object) -> dict[str, object]:
        raise ValueError("private detail")

    first, second = jobs.begin(breaks), jobs.begin(lambda tell: {"documents": 0})
    jobs_done(second)
    assert [one.kind for one in first.after(0)] == ["problem", "done"]
    assert "private detail" not in str(first.after(0)[0].body)
    jobs.close()


def test_only_so_many_jobs_wait() -> None:
    jobs, go = Jobs(), threading.Event()
    first = jobs.begin(lambda tell: {"waited": go.wait(10)})
    with pytest.raises(Refused) as refused:
        for _ in range(30):
            jobs.begin(lambda tell: {})
    assert refused.value.status == 503
    go.set()
    jobs_done(first)
    jobs.close()


def jobs_done(job: object) -> None:
    """Wait until a job is done."""
    deadline = threading.Event()
    for _ in range(500):
        if any(one.kind == "done" for one in job.after(0)):  # type: ignore[attr-defined]
            return
        deadline.wait(0.01)
    raise AssertionError("the job was never done")


@contextmanager
def listening(ledger: Ledger, tokens: Tokens) -> Iterator[str]:
    """Serve a ledger on a real socket and give its address."""
    bound = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(create_app(ledger, tokens, Served(limits=FREE)), log_level="error")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [bound]}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{bound.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(10)


def test_over_a_real_socket(ledger: Ledger, tokens: Tokens) -> None:
    with listening(ledger, tokens) as address, httpx.Client(base_url=address) as client:
        headers = {"X-CSRF-Token": client.get("/api/v1/meta").json()["csrf"]}
        files = {"files": ("a.txt", REPORT)}
        job = client.post("/api/v1/add", files=files, headers=headers).json()["job"]
        with client.stream("GET", f"/api/v1/jobs/{job}/events") as stream:
            assert stream.headers["content-type"].startswith("text/event-stream")
            assert [line for line in stream.iter_lines() if line == "event: done"] == ["event: done"]
        later = client.get(f"/api/v1/jobs/{job}/events", headers={"Last-Event-ID": "1"})
        assert later.text.startswith("id: 2\n")
        rows = client.get("/api/v1/export?format=csv").text.splitlines()
        assert len(rows) == 1 + client.get("/api/v1/claims").json()["total"]
        assert httpx.get(f"{address}/api/v1/jobs/{job}/events").status_code == 401
