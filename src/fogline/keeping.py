"""The part of a ledger that answers for what it holds: verifying, and bundles to hand on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from .errors import LedgerError, QueryError
from .ingest import Archive
from .model import Claim
from .release import coarsened, released_document
from .store import Store, claims_with_prefix, document_named
from .store.custody import kept, kept_ids

if TYPE_CHECKING:
    from .custody import Verified
    from .custody.bundle import Bundled
    from .model import Event
    from .shown import Shown
    from .store import Stored


class Keeping:
    """Custody: the methods of a ledger that answer for what it holds."""

    _store: Store
    _archive: Archive
    _embargo_hours: float
    _coarsen: bool
    if TYPE_CHECKING:  # what the other parts of a ledger have

        def show(
            self, id: str, *, coarsen: bool | None = None, embargo_hours: float | None = None
        ) -> Shown: ...

        def event(
            self, id: str, *, coarsen: bool | None = None, embargo_hours: float | None = None
        ) -> Event: ...

        def claims_of_ids(
            self, ids: Sequence[str], *, coarsen: bool | None = None, embargo_hours: float | None = None
        ) -> list[Stored]: ...

    def verify(
        self, target: str | None = None, *, progress: Callable[[int, str], None] | None = None
    ) -> Verified:
        """Compare what is held with what was taken in, and tell every difference.

        Raw bytes are hashed again, texts compared with their digests, claims with the hash that is their id,
        every span of theirs with the text; and raw bytes are read again, where this version of Fogline
        read them, to see whether the same text comes out.

        Args:
            target: the id of a document, a claim or an event (of the last two as much as no other begins
                with); the whole ledger with its archive where None.
            progress: called with how many were looked at, and of what.

        Raises:
            LedgerError: the ledger has no such document, claim or event.
        """
        from .custody import verify

        only = None
        if target is None:
            ids = kept_ids(self._store)
        elif document_named(self._store, target) is not None:
            ids = [target]
        else:
            only = self._claims_meant(target)
            ids = kept_ids(self._store, claims=only)
        return verify(
            kept(self._store, ids),
            self._archive,
            whole_archive=target is None,
            only=only,
            progress=progress,
        )

    def bundle(
        self,
        ids: Sequence[str],
        to: str | PathLike[str],
        *,
        sources: bool = True,
        coarsen: bool | None = None,
        embargo_hours: float | None = None,
    ) -> Bundled:
        """Write claims and events with all they rest on as a bag (BagIt 1.0), to hand to somebody else.

        Args:
            ids: the ids of claims and events, or as much of their beginnings as no other begins with.
            to: a folder that is not there yet, or a file whose name ends in ``.zip``.
            sources: whether raw bytes and texts go in; without them, claims and the hashes do.
            coarsen: round points to town level; only without sources, whose words tell the place.
            embargo_hours: hold back what was published, or happened, less than so many hours ago.

        Raises:
            QueryError: no id is given, or points are to be rounded and sources to go in.
            LedgerError: there is no such claim or event, or an embargo holds it, or a part of its raw
                bytes, back.
            SourceError: the bag cannot be written.
        """
        from .custody.bundle import Contents, write

        rough = self._coarsen if coarsen is None else coarsen
        hours = self._embargo_hours if embargo_hours is None else embargo_hours
        if not ids:
            raise QueryError("A bundle is of claims or events. Give their ids; `fogline claims` lists them.")
        if rough and sources:
            raise QueryError(
                "A bundle carries the reports themselves, whose words tell the places that coarsening takes "
                "out of claims. Leave them out with --no-sources, or round nothing with --no-coarsen."
            )
        events, meant = [], list[str]()
        for id in ids:
            if id.startswith("e"):
                event = self.event(id, coarsen=rough, embargo_hours=hours)
                events.append(event)
                meant.extend(event.claims)
            else:
                meant.extend(self._claims_meant(id))
        meant = list(dict.fromkeys(meant))
        claims = self.claims_of_ids(meant, coarsen=rough, embargo_hours=hours)
        shown = [self.show(one, coarsen=rough, embargo_hours=hours) for one in meant]
        documents = {}
        for one in kept(self._store, kept_ids(self._store, claims=meant)):
            raw = one.document.raw
            if sources and raw is not None:
                self._all_released(raw, one.document.id, hours)
            bodies = tuple(
                (id, msgspec.json.encode(coarsened(msgspec.json.decode(body, type=Claim))).decode())
                if rough
                else (id, body)
                for id, body in one.claims
                if id in meant
            )
            documents[one.document.id] = msgspec.structs.replace(one, claims=bodies)
        contents = Contents(
            asked=list(ids), claims=claims, shown=shown, events=events, documents=documents,
            sources=sources, coarsened=rough,
        )  # fmt: skip
        return write(contents, self._archive, Path(to))

    def _all_released(self, raw: str, document: str, hours: float) -> None:
        """Refuse raw bytes that hold other reports, which an embargo keeps back.

        Raises:
            LedgerError: they do.
        """
        if not hours:
            return
        for other in kept(self._store, kept_ids(self._store, raw=raw)):
            if not released_document(other.document, hours=hours):
                raise LedgerError(
                    f"The raw bytes of the document {document} also hold {other.document.id}, which the "
                    f"embargo of {hours:g} hours keeps back. Wait, leave the raw bytes out with "
                    "--no-sources, or give another embargo with --embargo HOURS."
                )

    def _claims_meant(self, target: str) -> list[str]:
        """Return the ids of the claims that a claim's or event's id, or its beginning, stands for."""
        from .link import event_named

        if target.startswith("e"):
            return list(event_named(self._store, target).claims)
        claims = claims_with_prefix(self._store, target)
        if len(claims) != 1:
            told = ", ".join(claim.id for claim in claims)
            raise LedgerError(
                f"More than one claim begins with {target!r}: {told}. Give more of the id."
                if claims
                else f"The ledger {self._store.where} has no document, claim or event {target!r}. "
                "`fogline documents`, `fogline claims` and `fogline events` list those it has."
            )
        return [claims[0].id]
