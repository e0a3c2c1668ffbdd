"""What the server's tests share: reports to be served, and clients."""

from __future__ import annotations

from datetime import date

from starlette.testclient import TestClient
from stub import report

from fogline.ledger import Ledger
from fogline.model import Document
from fogline.serve import Limits, Served, Tokens, create_app

ADDRESS = "http://127.0.0.1:8765"
HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)> \u202egnp.exe \x1b[31m javascript:alert(3)"
FREE = Limits(writes=1000.0, writes_at_once=1000, guesses=1000.0, guesses_at_once=1000)


def reports() -> list[Document]:
    """Return reports that differ in day, voice, place and words; one is hostile in all it tells."""
    plain = [
        report("r1"),
        report(
            "r2",
            text="Stara Niva was captured by the garrison, Minister Vale said.",
            published=date(2022, 9, 13),
        ),
        report("r3", text="The garrison left the mill bridge, the Wire wrote.", published=None),
        report("dir/r4", text="Nobody captured Novaya Niva in March.", published=date(2023, 3, 4)),
    ]
    text = f"The garrison captured Novaya Niva {HOSTILE.replace('.', '')} at night."
    hostile = Document(
        id="../../etc/passwd",
        text=text,
        title=HOSTILE,
        published=date(2022, 9, 12),
        outlet='"><svg onload=x>',
    )
    return [*plain, hostile]


def serve(ledger: Ledger, tokens: Tokens, **served: object) -> TestClient:
    """Return a client of a server that is set up so."""
    app = create_app(ledger, tokens, Served(**{"limits": FREE, **served}))  # type: ignore[arg-type]
    return TestClient(app, base_url=ADDRESS, raise_server_exceptions=False)


def begin(client: TestClient) -> dict[str, str]:
    """Begin a session and return the header that writing needs."""
    return {"X-CSRF-Token": client.get("/api/v1/meta").json()["csrf"]}
