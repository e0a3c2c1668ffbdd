"""A ledger made by hand."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import msgspec
from made import said

from fogline.link import link
from fogline.model import Document, Extraction
from fogline.store import Batch, DocumentRow, Stored, migrate, write
from fogline.store.duckdb import DuckDBStore

TOOK = {"agents": [("rebels", "M23")], "at": ["Sake"], "on": date(2023, 2, 8)}
FALL = "rebels captured the town of Sake"
EVER = {
    "wire": said(FALL, "CAPTURE", by="M23 spokesman", side="M23", kind="party", outlet="Lake Wire",
                 told=date(2023, 2, 8), **TOOK),
    "monitor": said(FALL, "CAPTURE", by="Kivu Monitor", side="Kivu Monitor", kind="monitor",
                    outlet="Courier", told=date(2023, 2, 9), **TOOK),
    "denial": said("that rebels captured the town of Sake", "CAPTURE", by="the army", side="COD",
                   kind="military", status="denied", outlet="Mirror", told=date(2023, 2, 9), **TOOK),
    "strike": said("an aircraft bombed a market in Goma", "AIRSTRIKE", at=["Goma"], on=date(2023, 2, 9),
                   outlet="Courier", told=date(2023, 2, 10)),
}  # type: ignore[arg-type]  # fmt: skip


def kept(path: Path, claims: Mapping[str, Stored]) -> Path:
    """Make a ledger of claims by the names of their reports, each with its own title and address."""
    store = DuckDBStore(path)
    migrate(store)
    batch = Batch(extractor="hand/1")
    for name, stored in claims.items():
        document = Document(
            id=name,
            text=stored.claim.evidence.text,
            title=stored.title,
            outlet=stored.outlet,
            published=stored.published,
            url=stored.url,
        )
        claim = msgspec.structs.replace(stored.claim, document=name, extractor="hand/1", id="")
        extraction = Extraction(document=name, claims=(claim.identified(),))
        batch.read.append((DocumentRow(document=document, given=name), extraction))
    write(store, batch)
    link(store)
    store.close()
    return path
