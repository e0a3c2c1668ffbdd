"""``fogline verify``: whether what is held is what was taken in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from typer import Argument, Option

from .options import LedgerPath

if TYPE_CHECKING:
    from ..custody import Verified


def verify(
    what: Annotated[
        str | None,
        Argument(
            metavar="[DOCUMENT|CLAIM|EVENT|BAG]",
            help="The id of a document, claim or event, or a bag (folder or .zip).  "
            "[default: the whole ledger]",
        ),
    ] = None,
    json: Annotated[
        bool, Option("--json", help="Print what was looked at, and what differs, as JSON.")
    ] = False,
    ledger: LedgerPath = None,
) -> int:
    """Compare what is held with what was taken in; exit with 1 where anything differs.

    Hashes the raw bytes of the archive again, compares every text with its digest, every claim with the hash
    that is its id and every span of it with the text, and reads the raw bytes again to see whether the
    same text comes out. A bag that somebody handed over is checked against its manifests and in the same way.

    \b
    Examples:
      fogline verify
      fogline verify c1f3a9
      fogline verify handed-over.zip --json
    """
    from ..custody.bag import is_bag, verify_bag
    from .open import open_ledger
    from .progress import progress

    with progress([], noun="looked at") as show:
        if what is not None and is_bag(Path(what)):
            found = verify_bag(Path(what), progress=show)
        else:
            with open_ledger(ledger) as book:
                found = book.verify(what, progress=show)
    if json:
        import msgspec

        print(msgspec.json.format(msgspec.json.encode(found)).decode())
    else:
        for difference in found.differences:
            print(difference.message)
        print(told(found))
    return 1 if found.differences else 0


def told(found: Verified) -> str:
    """Say in a few lines what was looked at."""
    from .add import plural

    looked = [
        f"{plural(found.raw, 'content')} of the archive ({found.raw_bytes / 1e6:,.1f} MB) hashed",
        f"{plural(found.texts, 'text')} compared with their digests",
        f"{plural(found.claims, 'claim')} with {plural(found.spans, 'span')} compared with the texts",
        f"{plural(found.read_again, 'document')} read again from the raw bytes",
    ]
    lines = ["; ".join(looked) + "."]
    for count, why in (
        (found.another_reader, "read by another version of Fogline, so not read again"),
        (found.without_raw, "given as text, so there are no raw bytes"),
        (found.without_text, "here by its digests only, so its spans were not compared"),
    ):
        if count:
            lines.append(f"{plural(count, 'document')}: {why}.")
    if found.coarsened:
        lines.append("The points of the claims are rounded, so that the hashes of claims were not compared.")
    differences = plural(len(found.differences), "difference")
    lines.append(f"{differences} found." if found.differences else "Nothing differs.")
    return "\n".join(lines)
