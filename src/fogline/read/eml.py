"""Mail: the text of a message, and the reports attached to it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from datetime import date
from email import message_from_bytes, policy
from email.errors import MessageError
from email.message import EmailMessage
from email.utils import parseaddr
from typing import Any

import msgspec

from ..errors import ReadError
from ..ingest.item import Item, Problem
from ..model import Document
from . import html, pdf, plain
from .limits import LIMITS, size

_READERS = {"text/plain": plain.read, "text/html": html.read, "application/pdf": pdf.read}
_MOST = 50  # attachments
_SLUG = re.compile(r"[^\w.-]+")
_LONGEST = 60
_FEWEST = 200  # characters: a shorter plain text may only say that there is an HTML one


def read(item: Item) -> Iterator[Document | Problem]:
    """Yield a message's text as a document, and each report attached to it as one more.

    The subject is the title, the day of the ``Date`` header, where it was written, that of publication, and
    the sender's name the author.

    Raises:
        ReadError: the message is too large, broken, or holds no text.
    """
    if item.size() > LIMITS.file:
        raise ReadError(
            f"{item.name} has {size(item.size())} bytes, more than the {size(LIMITS.file)} that are read as "
            "one message. Save its attachments and add those."
        )
    try:
        message = message_from_bytes(item.bytes(), policy=policy.default)
        assert isinstance(message, EmailMessage)  # the policy makes them so
        told = _told(message)
        parts = [*_parts(message)]
    except (MessageError, ValueError, LookupError, RecursionError, AttributeError) as error:
        raise ReadError(
            f"{item.name} is no message that can be read ({type(error).__name__}). Save its text."
        ) from error
    name = _id(message, item)
    found = False
    for number, (part, attached) in enumerate(parts[: _MOST + 1]):
        own = msgspec.structs.replace(item, path=None, data=part[1], media=part[0], url=None, sidecar=None)
        id = name if not attached else f"{name}-{_slug(attached) or number}"
        try:
            for one in _READERS[part[0]](msgspec.structs.replace(own, name=attached or item.name)):
                if isinstance(one, Problem):
                    yield msgspec.structs.replace(one, object=item.name)
                    continue
                found = True
                yield _with(one, told, id=id, attached=bool(attached))
        except ReadError as error:
            if attached:
                yield Problem(object=item.name, message=f"In {item.name}: {error}", severity="warning")
    if not found:
        raise ReadError(f"{item.name} holds no text that can be read. Save its attachments and add those.")


def _parts(message: EmailMessage) -> Iterator[tuple[tuple[str, bytes], str]]:
    """Give the body and the attachments that can be read: type and bytes, and an attachment's file name."""
    plain_part, html_part = message.get_body(("plain",)), message.get_body(("html",))
    text = _bytes(plain_part)
    page = _bytes(html_part)
    if text is not None and (page is None or len(text.strip()) >= _FEWEST):
        yield ("text/plain", text), ""
    elif page is not None:
        yield ("text/html", page), ""
    for number, part in enumerate(message.iter_attachments() if message.is_multipart() else ()):
        media = part.get_content_type()
        data = _bytes(part) if isinstance(part, EmailMessage) and media in _READERS else None
        if data is not None and (part.get_filename() or part.get_content_disposition() == "attachment"):
            yield (media, data), str(part.get_filename() or f"attachment {number + 1}")


def _bytes(part: Any) -> bytes | None:
    """Return a part's content, text in UTF-8."""
    if part is None:
        return None
    try:
        content = part.get_content()
    except LookupError:  # a charset that nobody knows
        content = part.get_payload(decode=True)
    return content.encode("utf-8", "replace") if isinstance(content, str) else bytes(content)


def _told(message: EmailMessage) -> dict[str, Any]:
    """Return what a message's headers tell; what they do not is None."""
    try:
        when = getattr(message.get("date"), "datetime", None)
    except (OverflowError, ValueError):  # an hour or a zone of a dozen digits
        when = None
    day: date | None = when.date() if when is not None else None
    subject = " ".join(str(message.get("subject") or "").split())
    sender = " ".join(parseaddr(str(message.get("from") or ""))[0].split())
    return {"title": subject or None, "published": day, "author": sender or None}


def _with(document: Document, told: dict[str, Any], *, id: str, attached: bool) -> Document:
    """Return a part's document as the message's; an attachment's own title and date go first."""
    own = {name: getattr(document, name) for name in told} if attached else {}
    kept = {name: own.get(name) or value for name, value in told.items()}
    return msgspec.structs.replace(document, id=id, **kept)


def _id(message: EmailMessage, item: Item) -> str:
    own = str(message.get("message-id") or "").strip() or item.sha256()
    subject = _slug(str(message.get("subject") or "")) or "mail"
    return f"{subject}-{hashlib.sha256(own.encode('utf-8', 'replace')).hexdigest()[:8]}"


def _slug(text: str) -> str:
    return _SLUG.sub("-", text).strip("-.")[:_LONGEST].rstrip("-.")
