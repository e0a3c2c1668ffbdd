"""Processes that work on one ledger at once: what each of them does, and a launcher that forks them."""

from __future__ import annotations

import os
import sys
import time
import traceback
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from stub import StubReader, report

import fogline.adding
import fogline.link.pairs
from fogline import Ledger, connect
from fogline.model import Document

SHARED, ADDERS, LINKERS, REVIEWERS, REVIEWS = 36, 4, 2, 2, 5
_NAMES = ("Novaya Niva", "Stara Niva")


def documents(adder: int) -> list[Document]:
    """Return what one adder adds: two thirds of the shared reports, and two whose ids others have as well."""
    first = adder * SHARED // ADDERS
    numbers = [(first + n) % SHARED for n in range(SHARED * 2 // 3)]
    told = [_shared(number) for number in numbers]
    clash = report("clash", text=f"Wire: the garrison captured Novaya Niva, said adder {adder}. They left.")
    dated = report("dated", published=date(2022, 9, 11) if adder % 2 else None)
    return [*told[:8], clash, dated, *told[8:]]


def _shared(number: int) -> Document:
    published = date(2022, 9, 1) + timedelta(days=number // 6)
    text = f"The garrison captured {_NAMES[number % 2]}, Colonel Orr said in report {number}. Some 300 left."
    return report(f"shared-{number}", text=text, published=published)


def add(ledger: Ledger, adder: int) -> None:
    """Add in small batches, so that others come in between."""
    fogline.adding._BATCH_DOCUMENTS = 3
    done = ledger.add(documents(adder))
    assert done.failed == 0, done.problems
    assert done.documents + done.known == len(documents(adder))


def link(ledger: Ledger, linker: int) -> None:
    """Link whatever has come, several times."""
    for _ in range(3):
        ledger.link()
        time.sleep(0.05)


def review(ledger: Ledger, reviewer: int) -> None:
    """Judge a claim that was there from the start, again and again."""
    claim = ledger.claims(document="shared-0")[0].id
    for number in range(REVIEWS):
        told = {"field": "status", "value": "denied" if number % 2 else "happened"}
        ledger.review("wrong", claim, **told, reviewer=f"reviewer {reviewer}", reason=f"reason {number}")


WORK: dict[str, tuple[Callable[[Ledger, int], None], int]] = {
    "add": (add, ADDERS), "link": (link, LINKERS), "review": (review, REVIEWERS),
}  # fmt: skip


def launch(address: str, archive: str) -> int:
    """Fork all of them, each with a ledger of its own, and return how many failed."""
    children = []
    for work, count in WORK.values():
        for number in range(count):
            child = os.fork()
            if not child:
                try:
                    with connect(address, archive=archive, reader=StubReader()) as ledger:
                        work(ledger, number)
                    os._exit(0)
                except BaseException:
                    traceback.print_exc()
                    os._exit(1)
            children.append(child)
    return sum(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) != 0 for child in children)


if __name__ == "__main__":
    sys.exit(launch(*sys.argv[1:]))
