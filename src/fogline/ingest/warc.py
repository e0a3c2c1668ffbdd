"""Web archives (WARC): the reports among the captures of other archivers, as items."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import TYPE_CHECKING, BinaryIO, cast

import msgspec
from msgspec import Struct

from ..errors import ReadError
from .answer import UNTOLD, Head, head_of, look, unwanted
from .body import Body
from .item import Capture, Item, Problem
from .members import UnpacksTooMuchError, next_record, opened

if TYPE_CHECKING:
    from fastwarc.warc import WarcRecord

_MOST_BYTES = 200_000_000  # of one capture, also unpacked
_MOST_BREAKS = 100  # places of one file where reading is taken up again
_TOLD_BREAKS = 5  # of which so many are told one by one
_MOST_REVISITS = 200_000  # that are looked for in one file
_NAMED = 5  # kinds of what was left out that are named


class Archived(Struct, frozen=True, kw_only=True):
    """A WARC that can be opened any number of times: a file, or a member of a WACZ.

    ``name`` is what to call it in messages, ``size`` its bytes as they lie, ``capture`` what its captures
    have in common, ``found`` when the file was.
    """

    name: str
    open: Callable[[], BinaryIO]
    size: int
    capture: Capture
    found: datetime


def captures(archived: Archived) -> Iterator[Item | Problem]:
    """Give the captures of a WARC that may be reports, as they come, and what is wrong with others.

    Taken are answers with a status of 2xx, and resources from the web, of text, HTML and PDF. A record that
    is broken or cut off is a problem and the rest is read; one whose digest does not agree is given with a
    warning. A revisit is given with the bytes of the capture that it repeats, where the file has that. What
    was left out is told by its number at the end. One capture is held in memory at a time.

    Source: WARC 1.1, ISO 28500:2017.
    """
    yield from _Reading(archived).run()


class _Reading:
    """One go through a WARC, and a second one where it has revisits."""

    def __init__(self, archived: Archived) -> None:
        self._file = archived
        self._left_out = Counter[str]()
        self._taken = 0
        self._told = False  # whether what broke the stream was told with its record
        self._revisits: dict[str, list[Head]] = {}  # by the record, address or digest that they refer to

    def run(self) -> Iterator[Item | Problem]:
        for found in self._records():
            if isinstance(found, Problem):
                yield found
            else:
                yield from self._guarded(*found)
        if self._revisits:
            yield from self._repeated()
        yield from self._count()

    def _records(self) -> Iterator[tuple[int | None, WarcRecord] | Problem]:
        """Give the records with their places; what breaks is told, and reading goes on behind it."""
        from fastwarc.warc import ArchiveIterator, WarcRecordType

        kind = WarcRecordType
        kinds = kind.response | kind.resource | kind.revisit | kind.unknown | kind.no_type
        base = 0
        for nth in range(_MOST_BREAKS):
            with self._file.open() as stream:
                source = opened(stream, base, self._file.size)
                behind = base + 1
                try:
                    for record in ArchiveIterator(
                        cast("BinaryIO", source), record_types=kinds, parse_http=False, stream_detect=False
                    ):
                        behind = source.behind(record.stream_pos, record.content_length)
                        yield source.offset(record.stream_pos), record
                    return
                except UnpacksTooMuchError as error:
                    yield self._broken(source.behind(0, 0) - 1, error)
                    return
                except OSError as error:
                    behind = max(behind, source.behind(0, 0))
                    if nth >= _TOLD_BREAKS:
                        self._left_out["parts that are broken"] += 1
                    elif not self._told:
                        yield self._broken(behind - 1, error)
                    self._told = False
            start = next_record(self._file.open, behind)
            if start is None:
                return
            base = start
        yield Problem(
            object=self._file.name,
            message=f"{self._file.name} is broken in more than {_MOST_BREAKS:,} places and was read no "
            "further. Fetch the file anew from its maker.",
        )

    def _broken(self, place: int, error: OSError) -> Problem:
        return Problem(
            object=self._file.name,
            message=f"{self._file.name} is broken behind byte {place:,} ({error}), so a part of it was left "
            "out. Fetch the file anew from its maker, if that can be.",
        )

    def _guarded(self, offset: int | None, record: WarcRecord) -> Iterator[Item | Problem]:
        """Give the capture of a record, or what is wrong with it."""
        from fastwarc.warc import WarcRecordType

        if record.record_type & (WarcRecordType.unknown | WarcRecordType.no_type):
            self._left_out["of no known kind of record"] += 1
            return
        head = None
        try:
            head = head_of(record, offset)
            if self._is_revisit(record):
                self._note(record, head)
            elif (why := unwanted(head)) is not None:
                self._left_out[why] += 1
            else:
                yield from self._capture(record, head)
        except ReadError as error:
            yield self._left(head, str(error))
        except OSError as error:
            self._told = True
            yield self._left(head, f"it is broken or cut off ({error})")

    def _left(self, head: Head | None, why: str) -> Problem:
        name = self._name(head.url) if head else f"A record of {self._file.name}"
        where = f" (record {head.record})" if head and head.record else ""
        return Problem(
            object=name,
            message=f"{name}{where} was left out: {why}. Take the page from another capture.",
        )

    def _name(self, url: str) -> str:
        return f"{url} in {self._file.name}"

    @staticmethod
    def _is_revisit(record: WarcRecord) -> bool:
        from fastwarc.warc import WarcRecordType

        return bool(record.record_type & WarcRecordType.revisit)

    def _capture(
        self, record: WarcRecord, head: Head, revisits: tuple[Head, ...] = ()
    ) -> Iterator[Item | Problem]:
        """Give the capture of a record as an item; for ``revisits``, as one for each of them instead."""
        expected = record.content_length
        if expected > _MOST_BYTES:
            much = f"{expected / 1e6:,.0f} MB, more than the {_MOST_BYTES / 1e6:g} that are read at once"
            raise ReadError(f"it has {much}")
        sent = record.reader.read(expected) if expected else b""
        if len(sent) < expected:
            raise ReadError(f"it is cut off after {len(sent):,} of {expected:,} bytes")
        if not sent:
            raise ReadError("it is empty, or cut off before its text")
        body = Body(sent, head.headers, most=_MOST_BYTES)
        media = head.media if head.media not in UNTOLD else look(body.plain)
        if media is None:
            self._left_out["of no told type"] += len(revisits) or 1
            return
        agrees = body.agrees(head.digest) if head.digest else None
        for told in revisits or (head,):
            if agrees is False:
                yield self._doubt(
                    told,
                    f"its bytes are not those of its digest {head.digest}: it was changed, or badly written. "
                    "Compare it with another capture before you rely on it",
                )
            if told.at is None:
                yield self._doubt(told, "its record tells no time, so that of the file's finding is noted")
            yield Item(
                name=self._name(told.url),
                data=body.plain,
                retrieved=told.at or self._file.found,
                url=told.url,
                media=media,
                status=told.status or head.status,
                headers=told.headers or head.headers,
                capture=msgspec.structs.replace(
                    self._file.capture,
                    offset=told.offset,
                    record=told.record,
                    digest=head.digest if agrees else None,
                    repeats=head.record if revisits else None,
                ),
            )
            self._taken += 1

    def _doubt(self, head: Head, what: str) -> Problem:
        name = self._name(head.url)
        return Problem(object=name, message=f"Of {name}, {what}.", severity="warning")

    def _note(self, record: WarcRecord, head: Head) -> None:
        """Keep a revisit until what it repeats is found."""
        if sum(map(len, self._revisits.values())) >= _MOST_REVISITS:
            self._left_out["revisits beyond those looked for"] += 1
            return
        headers = record.headers
        refers = headers.get("WARC-Refers-To") or head.digest
        if refers is None:
            self._left_out["revisits that do not say of what"] += 1
        else:
            self._revisits.setdefault(refers, []).append(head)

    def _repeated(self) -> Iterator[Item | Problem]:
        """Go through the file again for the captures that revisits repeat."""
        for found in self._records():
            if isinstance(found, Problem):
                continue  # told at the first go
            offset, record = found
            if self._is_revisit(record):
                continue
            try:
                head = head_of(record, offset)
                keys = [key for key in (head.record, head.digest) if key in self._revisits]
                meant = tuple(one for key in keys for one in self._revisits.pop(key))
                if meant and unwanted(head) is None:
                    yield from self._capture(record, head, meant)
                elif meant:
                    self._left_out["revisits of what is no report"] += len(meant)
            except (OSError, ReadError):
                self._told = True
        left = sum(map(len, self._revisits.values()))
        if left:
            self._left_out["revisits of what this file does not hold"] += left

    def _count(self) -> Iterator[Problem]:
        if not self._left_out and self._taken:
            return
        named = self._left_out.most_common(_NAMED)
        told = [f"{count:,} {what}" for what, count in named]
        others = self._left_out.total() - sum(count for _, count in named)
        if others:
            told.append(f"{others:,} others")
        yield Problem(
            object=self._file.name,
            message=f"Of the captures in {self._file.name}, {self._taken:,} may be reports"
            + (f"; left out: {', '.join(told)}." if told else ". Name another file."),
            severity="warning" if self._taken else "error",
        )
