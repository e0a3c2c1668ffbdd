"""The things that sources told of: found, held, added; each once."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path

import msgspec
from msgspec import Struct

from ..ingest import Archive, Item
from .feeds import Source
from .politeness import back_off
from .sources import Entry
from .state import State

_TRIES = 6
_TRIES_GONE = 2  # of a page that is not there: it may not be there yet
_GONE = frozenset((404, 410, 451))
_FIRST = 300.0  # seconds before a page is tried again


class Wanted(Struct, frozen=True, kw_only=True):
    """A page that is to be fetched; ``validators`` are headers that ask for it only if it changed."""

    id: int
    source: str
    kind: str
    place: str
    validators: Mapping[str, str] = {}


class Held(Struct, frozen=True, kw_only=True):
    """Bytes that are kept in the archive and wait to be added."""

    id: int
    source: str
    raw: str
    item: Item
    published: date | None


class Kept(Struct, frozen=True, kw_only=True):
    """What is told of an item whose bytes are in the archive."""

    name: str
    retrieved: datetime
    url: str | None = None
    media: str | None = None
    status: int | None = None
    headers: Mapping[str, str] = {}
    sidecar: str | None = None


class Queue:
    """What was found and what became of it.

    Args:
        state: where it is kept.
        archive: where the bytes are.
    """

    def __init__(self, state: State, archive: Archive) -> None:
        self._state = state
        self._archive = archive

    def meet(self, source: Source, entries: Sequence[Entry], *, first: bool) -> int:
        """Note what a source tells of, and return how much of it is new or changed.

        At the first visit, what is beyond the source's backlog is noted and passed over: the oldest, or what
        the source names last.
        """
        now = time.time()
        news = 0
        left = self._backlog(source) if first else len(entries)
        with self._state.change():
            for entry in _newest_first(entries):
                if entry.kind == "page" and not _fits(entry, source, now):
                    continue
                wanted = left > 0 or entry.kind == "sitemap"
                if self._note(source.where, entry, now, wanted=wanted) and wanted:
                    news += 1
                    left -= entry.kind == "page"
        return news

    def _backlog(self, source: Source) -> int:
        """Return how much of its backlog a source has left."""
        taken = self._state.rows(
            "SELECT count(*) FROM items WHERE source = ? AND kind = 'page' AND status != 'passed'",
            [source.where],
        )
        return max(0, source.backlog - int(taken[0][0]))

    def _note(self, source: str, entry: Entry, now: float, *, wanted: bool) -> bool:
        """Note one entry; tell whether there is something to be fetched that was not before."""
        known = self.known(entry)
        if known is None:
            status = "found" if wanted else "passed"
            published = entry.published.isoformat() if entry.published else None
            row = self._state.one(
                "INSERT INTO items (source, kind, place, mark, status, published, title, found) "
                "VALUES (?, ?, ?, ?, ?, ?, ?, ?) "
                "ON CONFLICT (place) DO UPDATE SET mark = excluded.mark RETURNING id",
                [source, entry.kind, entry.place, entry.mark, status, published, entry.title, now],
            )
            assert row is not None  # it returns the row's id
            self._name(int(row[0]), entry.names)
            return True
        id, mark, status = known
        self._name(id, entry.names)
        changed = entry.mark is not None and entry.mark != mark
        if entry.kind == "sitemap" and status != "found":
            changed = changed or entry.mark is None  # it does not say, so it is looked at each time
        if not changed or status == "held":
            return False
        self._state.run(
            "UPDATE items SET mark = ?, status = 'found', due = 0, tries = 0 WHERE id = ?", [entry.mark, id]
        )
        return True

    def known(self, entry: Entry) -> tuple[int, str | None, str] | None:
        """Return the id, mark and status of what has one of an entry's names."""
        for name in entry.names:
            row = self._state.one(
                "SELECT i.id, i.mark, i.status FROM names n JOIN items i ON i.id = n.item WHERE n.name = ?",
                [name],
            )
            if row is not None:
                return int(row[0]), row[1], str(row[2])
        return None

    def hold(self, source: str, entry: Entry, item: Item) -> bool:
        """Keep bytes that a source held itself; tell whether they are new."""
        known = self.known(entry)
        if known is not None and (entry.mark in (None, known[1]) or known[2] == "held"):
            return False  # what waits to be added goes first; a change is seen the next time
        raw = self._archive.keep(item)
        with self._state.change():
            self._note(source, entry, time.time(), wanted=True)
            id = self._state.rows("SELECT item FROM names WHERE name = ?", [entry.names[0]])[0][0]
            return self._hold(id, item, raw)

    def supply(self, entry: Entry, item: Item) -> bool:
        """Keep the bytes of a page that stood in the source itself, where the page is wanted."""
        known = self.known(entry)
        if known is None or known[2] != "found":
            return False
        raw = self._archive.keep(item)
        with self._state.change():
            return self._hold(known[0], item, raw)

    def fetched(self, wanted: Wanted, item: Item, names: Sequence[str]) -> bool:
        """Keep what was fetched; tell whether it is anything new.

        Args:
            wanted: what was asked for.
            item: what came.
            names: what else it is known by, now that its last address is known.
        """
        raw = self._archive.keep(item)
        with self._state.change():
            other = [
                name
                for name in names
                if self._state.one("SELECT 1 FROM names WHERE name = ? AND item != ?", [name, wanted.id])
            ]
            self._name(wanted.id, names)
            self._state.run(
                "UPDATE items SET validators = ?, tries = 0, problem = NULL WHERE id = ?",
                [msgspec.json.encode(validators(item)).decode(), wanted.id],
            )
            if other:  # another address led here before
                self._state.run("UPDATE items SET status = 'done', raw = ? WHERE id = ?", [raw, wanted.id])
                return False
            return self._hold(wanted.id, item, raw)

    def _hold(self, id: int, item: Item, raw: str) -> bool:
        if self._state.one("SELECT 1 FROM items WHERE raw = ? AND status != 'failed'", [raw]):
            self._state.run("UPDATE items SET status = 'done', raw = ? WHERE id = ?", [raw, id])
            return False
        kept = Kept(
            name=item.name,
            retrieved=item.retrieved,
            url=item.url,
            media=item.media,
            status=item.status,
            headers=item.headers,
            sidecar=str(item.sidecar) if item.sidecar else None,
        )
        self._state.run(
            "UPDATE items SET status = 'held', raw = ?, body = ?, tries = 0 WHERE id = ?",
            [raw, msgspec.json.encode(kept).decode(), id],
        )
        return True

    def _name(self, id: int, names: Sequence[str]) -> None:
        for name in names:
            self._state.run("INSERT OR IGNORE INTO names VALUES (?, ?)", [name, id])

    def wanted(self, sources: Sequence[str]) -> list[Wanted]:
        """Return what is to be fetched now of what these sources told of, the first found first."""
        now = time.time()
        return [
            Wanted(
                id=id, source=source, kind=kind, place=place,
                validators=msgspec.json.decode(told, type=dict[str, str]) if told and again else {},
            )
            for id, source, kind, place, told, again in self._state.rows(
                "SELECT id, source, kind, place, validators, status = 'again' OR kind = 'sitemap' FROM items "
                "WHERE status IN ('found', 'again') AND (due <= ? OR due > ?) ORDER BY id",
                [now, now + 40 * 86_400],  # one that is due that late was put off by a clock that has jumped
            )
            if source in sources
        ]  # fmt: skip

    def held(self, most: int) -> list[Held]:
        """Return what waits to be added, the first found first."""
        rows = self._state.rows(
            "SELECT id, source, raw, body, published FROM items WHERE status = 'held' ORDER BY id LIMIT ?",
            [most],
        )
        return [
            Held(
                id=id,
                source=source,
                raw=raw,
                item=self._item(msgspec.json.decode(body, type=Kept), raw),
                published=date.fromisoformat(published) if published else None,
            )
            for id, source, raw, body, published in rows
        ]

    def _item(self, kept: Kept, raw: str) -> Item:
        sidecar = Path(kept.sidecar) if kept.sidecar and Path(kept.sidecar).is_file() else None
        return Item(
            name=kept.name,
            retrieved=kept.retrieved,
            path=self._archive.path(raw),
            url=kept.url,
            media=kept.media,
            status=kept.status,
            headers=kept.headers,
            sidecar=sidecar,
        )

    def added(self, held: Held, *, until: float) -> None:
        """Note that bytes are in the ledger, and that they are yet to be looked through for alerts.

        Args:
            held: what was added.
            until: how long they are looked through again, for what an embargo lets out later.
        """
        with self._state.change():
            self._state.run(
                "UPDATE items SET status = CASE WHEN due > ? THEN 'again' ELSE 'done' END, body = NULL "
                "WHERE id = ? AND raw = ? AND status = 'held'",
                [time.time(), held.id, held.raw],
            )
            self._state.run("INSERT OR REPLACE INTO news VALUES (?, ?)", [held.raw, until])

    def visited(self, id: int, source: Source) -> None:
        """Note a visit to a page, and when it is to be asked for again."""
        row = self._state.one("SELECT visits, status FROM items WHERE id = ?", [id])
        if row is None:
            return
        again = row[0] < len(source.revisit)
        self._state.run(
            "UPDATE items SET visits = visits + 1, due = ?, problem = NULL, status = CASE WHEN status = "
            "'held' THEN 'held' WHEN ? THEN 'again' ELSE 'done' END WHERE id = ?",
            [time.time() + source.revisit[row[0]] if again else 0, again, id],
        )

    def looked_through(self, wanted: Wanted, item: Item | None) -> bool:
        """Note that a sitemap of an index was looked through; tell whether it was for the first time."""
        row = self._state.one("SELECT visits FROM items WHERE id = ?", [wanted.id])
        told = msgspec.json.encode(validators(item)).decode() if item is not None else None
        self._state.run(
            "UPDATE items SET status = 'done', visits = visits + 1, tries = 0, problem = NULL, "
            "validators = coalesce(?, validators) WHERE id = ?",
            [told, wanted.id],
        )
        return row is not None and row[0] == 0

    def failed(self, wanted: Wanted, problem: str, *, status: int | None, wait: float = 0.0) -> bool:
        """Note that a page could not be had; tell whether it is given up."""
        row = self._state.one("SELECT tries FROM items WHERE id = ?", [wanted.id])
        tries = (row[0] if row else 0) + 1
        over = tries >= (_TRIES_GONE if status in _GONE else _TRIES)
        self._state.run(
            "UPDATE items SET tries = ?, problem = ?, status = CASE WHEN ? THEN 'failed' ELSE status END, "
            "due = ? WHERE id = ?",
            [tries, problem, over, time.time() + max(wait, back_off(tries, least=_FIRST)), wanted.id],
        )
        return over

    def put_off(self, id: int, seconds: float) -> None:
        """Ask for a page later, for no fault of its own."""
        self._state.run("UPDATE items SET due = ? WHERE id = ?", [time.time() + seconds, id])

    def refused(self, id: int, problem: str) -> None:
        """Note that something is not to be taken, and why."""
        self._state.run("UPDATE items SET status = 'failed', problem = ? WHERE id = ?", [problem, id])


def validators(item: Item) -> dict[str, str]:
    """Return the headers that ask for something only if it has changed since."""
    pairs = (("etag", "If-None-Match"), ("last-modified", "If-Modified-Since"))
    return {ask: item.headers[told] for told, ask in pairs if told in item.headers}


def _newest_first(entries: Sequence[Entry]) -> list[Entry]:
    return sorted(entries, key=lambda entry: -(entry.at or 0.0)) if any(e.at for e in entries) else [*entries]


def _fits(entry: Entry, source: Source, now: float) -> bool:
    """Tell whether an entry is one that a source is watched for."""
    from fnmatch import fnmatchcase

    if source.match is not None and not fnmatchcase(entry.place, source.match):
        return False
    return source.max_age is None or entry.at is None or entry.at >= now - source.max_age
