"""Verify what is kept: the raw bytes, the texts that were read from them, the claims and their words."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable

from .. import __version__
from ..ingest import Archive
from ..store.base import digest as digest_of
from ..store.custody import Kept
from . import claims, raw
from .verified import Verified

Progress = Callable[[int, str], None]


def verify(
    documents: Iterable[Kept],
    archive: Archive | None,
    *,
    whole_archive: bool = False,
    only: Collection[str] | None = None,
    coarsened: bool = False,
    progress: Progress | None = None,
) -> Verified:
    """Hash again, slice again, read again, and tell every difference.

    Args:
        documents: the documents as they are kept, those of the same raw bytes one behind the other.
        archive: the raw bytes; None where they were left out on purpose.
        whole_archive: hash everything that the archive holds, not only what the documents were read from.
        only: the claims to look at; all of the documents' where None.
        coarsened: claims carry rounded points, so that their hash is that of another.
        progress: called with how many were looked at, and of what.

    Returns:
        What was looked at, and the differences.
    """
    found = Verified(coarsened=coarsened)
    sound: dict[str, bool] = {}
    tell = progress or (lambda done, what: None)
    if archive is not None and whole_archive:
        for nth, digest in enumerate(archive.digests(), start=1):
            sound[digest] = raw.check(archive, digest, found)
            tell(nth, "contents of the archive")
    group: str | None = None
    texts: dict[str, list[str]] = {}

    def read_again() -> None:
        if archive is not None and group is not None and texts:
            if group not in sound:
                sound[group] = raw.check(archive, group, found)
            if sound[group]:
                raw.read_again(archive, group, texts, found)
        texts.clear()

    for nth, kept in enumerate(documents, start=1):
        document = kept.document
        if document.raw != group:
            read_again()
            group = document.raw
        text = document.text or None
        if text is None:
            found.without_text += 1
        else:
            _check_text(kept, found)
        for id, body in kept.claims:
            if only is None or id in only:
                claims.check(id, body, document.id, text, found)
        if document.raw is None:
            found.without_raw += 1
        elif archive is not None and _same_reader(kept):
            texts.setdefault(kept.digest, []).append(document.id)
        elif archive is not None:
            found.another_reader += 1
            if document.raw not in sound:
                sound[document.raw] = raw.check(archive, document.raw, found)
        tell(nth, "documents")
    read_again()
    return found


def _check_text(kept: Kept, found: Verified) -> None:
    found.texts += 1
    if digest_of(kept.document.text) != kept.digest:
        id = kept.document.id
        found.differs(
            id,
            "text",
            f"The text of the document {id} is not what its digest says: it was changed after it was read. "
            "Put the ledger back from a copy, or add the document's source to a new one.",
        )


def _same_reader(kept: Kept) -> bool:
    return __version__ in raw.edition_of(kept.extractors)
