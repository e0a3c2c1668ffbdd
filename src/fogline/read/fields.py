"""What a record tells about a report, checked field by field."""

from __future__ import annotations

import re
import reprlib
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import msgspec
from msgspec import Struct

from ..model import Document

_ISO = re.compile(r"(\d{4})-?(\d{2})-?(\d{2})(?:[T ]|$)")
# Only forms that cannot be misunderstood: 10/9/2022 is a day in September or in October.
_FORMS = ("%d %B %Y", "%d %b %Y", "%B %d %Y", "%b %d %Y", "%d-%b-%Y", "%d-%B-%Y", "%Y/%m/%d", "%Y.%m.%d")
_CLOCK = re.compile(r"[ T]+\d{1,2}:\d{2}.*$")
_TEXT_FIELDS = ("title", "outlet", "author", "url", "language")


class Told(Struct, frozen=True, kw_only=True):
    """The fields of a record that are of use, and a sentence on each that is not."""

    id: str | None = None
    title: str | None = None
    published: date | None = None
    updated: date | None = None
    outlet: str | None = None
    author: str | None = None
    url: str | None = None
    language: str | None = None
    wrong: tuple[str, ...] = ()

    def onto(self, document: Document) -> Document:
        """Return the document with what is told in place of what it had."""
        fields = {
            field: value
            for field in self.__struct_fields__
            if field != "wrong" and (value := getattr(self, field)) is not None
        }
        return msgspec.structs.replace(document, **fields) if fields else document


def told(record: Mapping[str, Any]) -> Told:
    """Check what a JSON object or a front matter tells about a report; unknown fields are passed over."""
    wrong: list[str] = []
    values: dict[str, Any] = {}
    name = record.get("id")
    if isinstance(name, str | int) and not isinstance(name, bool):
        values["id"] = str(name).strip() or None
    elif name is not None:
        wrong.append(f"its id is {_shown(name)}, no text or whole number")
    for field in _TEXT_FIELDS:
        value = record.get(field)
        if isinstance(value, str):
            values[field] = value.strip() or None
        elif value is not None:
            wrong.append(f"its {field} is {_shown(value)}, no text")
    for field, what, other in (("published", "publication", "date"), ("updated", "update", "modified")):
        written = record.get(field, record.get(other))
        if written is not None and written != "":
            values[field] = day(written)
            if values[field] is None:
                wrong.append(f"its {what} date is {_shown(written)}, no day (write it as 2022-09-11)")
    return Told(**values, wrong=tuple(wrong))


def day(value: object) -> date | None:
    """Return the day that a field holds, None where it holds none or could be two.

    Days are taken as they are written, in the writer's time zone.
    """
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if not isinstance(value, str) or len(value) > 80:
        return None
    text = value.strip()
    iso = _ISO.match(text)
    if iso:
        return _date(*map(int, iso.groups()))
    plain = " ".join(_CLOCK.sub("", text).replace(",", " ").split())
    for form in _FORMS:
        try:
            return datetime.strptime(plain, form).date()
        except ValueError:
            continue
    from email.utils import parsedate_to_datetime

    try:
        return parsedate_to_datetime(text).date()
    except (ValueError, OverflowError):  # an hour or a zone of a dozen digits
        return None


def _date(year: int, month: int, number: int) -> date | None:
    try:
        return date(year, month, number)
    except ValueError:
        return None


def _shown(value: object) -> str:
    return reprlib.repr(value)
