"""Compare raw bytes with their hash, and read them again."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime

from ..errors import FoglineError
from ..ingest import Archive, Item, Problem, Provenance
from ..read import read
from ..store.base import digest as digest_of
from .verified import Verified

_PIECE = 1 << 20


def check(archive: Archive, raw: str, found: Verified) -> bool:
    """Hash the bytes of a content again, look for its provenance, and tell whether the bytes are sound."""
    digest = hashlib.sha256()
    notes = archive.provenance(raw)
    whence = f" It came from {notes[0].url or notes[0].name}." if notes else ""
    try:
        with archive.open(raw) as stream:
            while piece := stream.read(_PIECE):
                digest.update(piece)
                found.raw_bytes += len(piece)
    except (FoglineError, OSError) as error:
        found.differs(
            raw,
            "raw",
            f"The raw bytes {raw} cannot be read from {archive.folder} ({error}). Put the archive back "
            "from a copy; where their document came by `fogline load`, they lie in its shard, and `fogline "
            f"add` of that takes them in.{whence}",
        )
        return False
    found.raw += 1
    if not notes:
        found.differs(
            raw,
            "provenance",
            f"Nothing tells whence the raw bytes {raw} came: {raw}.whence is missing or empty in "
            f"{archive.folder}. Put it back from a copy of the archive.",
        )
    if digest.hexdigest() != raw:
        found.differs(
            raw,
            "raw",
            f"The raw bytes {raw} have become others: their hash is now {digest.hexdigest()}. Put them back "
            f"from a copy of the archive {archive.folder}.{whence}",
        )
        return False
    return True


def read_again(archive: Archive, raw: str, texts: Mapping[str, Iterable[str]], found: Verified) -> None:
    """Read raw bytes again and look for the texts that documents were given of them.

    Args:
        archive: where the bytes are.
        raw: their hash.
        texts: the documents that were read from them, by the digest of their text.
        found: where to count and to note differences.
    """
    missing = {digest: list(documents) for digest, documents in texts.items()}
    troubles: list[str] = []
    for note in archive.provenance(raw) or [Provenance(name=raw, retrieved=datetime.now(UTC))]:
        item = Item(
            name=note.name,
            retrieved=note.retrieved,
            path=archive.path(raw),
            url=note.url,
            media=note.media,
            headers=note.headers,
        )
        for one in read(item, raw=raw):
            if isinstance(one, Problem):
                troubles.extend([one.message] if one.severity == "error" else [])
                continue
            found.read_again += len(missing.pop(digest_of(one.text), ()))
        if not missing:
            return
    why = f" ({troubles[0]})" if troubles else ""
    for documents in missing.values():
        for document in documents:
            found.differs(
                document,
                "reading",
                f"The text of the document {document} does not come out of its raw bytes {raw} when they are "
                f"read again{why}. Another version of a library that reads pages may be the cause: compare "
                f"`fogline doctor` with that of the machine that read it, and the text with the raw bytes.",
            )


def edition_of(extractors: Iterable[str]) -> set[str]:
    """Return the versions of Fogline that are named by extractors."""
    return {name.partition(" ")[0].partition("/")[2] for name in extractors if name.startswith("fogline/")}
