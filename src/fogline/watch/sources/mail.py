"""Mailboxes: a Maildir, an mbox file, or a folder of ``.eml``."""

from __future__ import annotations

import hashlib
import mailbox
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from ...errors import SourceError
from ...ingest import Item, Problem
from . import Entry

MEDIA = "message/rfc822"
LARGEST = 50_000_000  # bytes of a message
_HEAD = 65_536
_ID = re.compile(rb"^message-id:\s*<([^>\r\n]{1,500})>", re.IGNORECASE | re.MULTILINE)


def entries(box: Path) -> Iterator[tuple[Entry, Item] | Problem]:
    """Give the messages of a mailbox, and a problem for each that cannot be read.

    A message is known by its Message-ID, or by its content where it has none, so that it may be moved
    and flagged.

    Raises:
        SourceError: there is no such mailbox.
    """
    if box.is_dir():
        is_maildir = (box / "cur").is_dir() and (box / "new").is_dir()
        folders = [box / "new", box / "cur"] if is_maildir else [box]
        for path in sorted(path for folder in folders for path in folder.iterdir()):
            if path.name.startswith(".") or not path.is_file():
                continue
            if not is_maildir and path.suffix.lower() != ".eml":
                continue
            try:
                if path.stat().st_size > LARGEST:
                    yield _large(str(path))
                    continue
                data = path.read_bytes()
            except OSError as error:
                yield Problem(
                    object=str(path), message=f"{path} cannot be read ({error.strerror}). Check who may."
                )
                continue
            yield _message(data, str(path), path=path)
    elif box.is_file():
        yield from _mbox(box)
    else:
        raise SourceError(f"There is no mailbox at {box}. Name a Maildir, an mbox file or a folder of .eml.")


def _mbox(box: Path) -> Iterator[tuple[Entry, Item] | Problem]:
    try:
        messages = mailbox.mbox(box, create=False)
        try:
            for key in messages.iterkeys():
                data = messages.get_bytes(key)
                name = f"{box}#{int(key) + 1}"
                yield _large(name) if len(data) > LARGEST else _message(data, name)
        finally:
            messages.close()
    except (OSError, mailbox.Error) as error:
        raise SourceError(f"The mailbox {box} cannot be read ({error}). Check the file.") from error


def _message(data: bytes, name: str, *, path: Path | None = None) -> tuple[Entry, Item]:
    told = _ID.search(data[:_HEAD])
    own = told[1].decode("ascii", "replace") if told else hashlib.sha256(data).hexdigest()
    item = Item(name=name, retrieved=datetime.now(UTC), media=MEDIA, path=path, data=None if path else data)
    return Entry(place=f"mid:{own}", names=(f"mid:{own}",), kind="file", title=name), item


def _large(name: str) -> Problem:
    return Problem(
        object=name,
        message=f"The message {name} is larger than the {LARGEST / 1e6:g} MB that are read of one. "
        "Save its attachment and add that.",
    )
