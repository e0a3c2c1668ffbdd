"""Which outlets are sisters, and which reports are editions, as a ledger tells."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from fogline.link.copies import update_copies
from fogline.link.kinship import house_of, kinship_in
from fogline.link.outlets import outlet_of
from fogline.model import Document, Extraction
from fogline.store import Batch, DocumentRow, migrate, write
from fogline.store.duckdb import DuckDBStore

TEXT = (
    "The garrison of the river town number {n} held out through the night while trucks with flour and lamp "
    "oil waited at the ford for word from the other bank. By noon the ferrymen of quarter {n} had counted "
    "forty boats, and the miller said that nobody would cross before the rain had passed over the hills."
)
OWN = "In {place} the council met for the {n}th time over the price of bread, and nothing was decided there."


def test_an_outlet_stands_in_one_house_only() -> None:
    import yaml

    from fogline.link import kinship

    told = yaml.safe_load((Path(kinship.__file__).parent / "houses.yml").read_text(encoding="utf-8"))[
        "houses"
    ]
    keys = {house: {outlet_of(name).key for name in its} for house, its in told.items()}
    assert sum(map(len, keys.values())) == len(house_of())
    assert all(len(its) > 1 for its in keys.values())


def test_outlets_that_print_the_same_reports_are_sisters() -> None:
    store = DuckDBStore()
    migrate(store)
    day = date(2022, 9, 1)
    reports = [
        Document(
            id=f"{outlet}-{n}", text=TEXT.format(n=n), outlet=outlet, published=day.replace(day=n + shift)
        )
        for n in range(1, 8)
        for outlet, shift in (("Vale Herald", 0), ("Hill Gazette", 1))
    ]
    reports += [
        Document(id=f"own-{n}", text=OWN.format(n=n, place="Orrin"), outlet="Lake Star", published=day)
        for n in range(1, 8)
    ]
    batch = Batch(extractor="none/1")
    for document in reports:
        batch.read.append(
            (DocumentRow(document=document, given=document.id), Extraction(document=document.id))
        )
    write(store, batch)
    update_copies(store)
    kin = kinship_in(store, ["own-1"])
    herald, gazette, star = map(outlet_of, ("Vale Herald", "Hill Gazette", "Lake Star"))
    told = kin.sisters(gazette, herald)
    assert told == "Hill Gazette and Vale Herald often print one text (7 of 7 reports)"
    assert kin.sisters(gazette, star) is None
    assert kin.sisters(herald, herald) is None
