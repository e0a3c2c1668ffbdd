"""Which claims: the filters of a query as one frozen object, and as SQL."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any, TypedDict, Unpack, get_args

import msgspec
from msgspec import Struct

from ..errors import QueryError
from ..model import EventType, Status
from .dialect import Dialect

EVENTS: tuple[str, ...] = get_args(EventType)
STATUSES: tuple[str, ...] = get_args(Status)
NARRATOR = "narrator"
_MARKS = "-,.()/\n"
# Words between single spaces; "{}" stands for a column in lower case.
_WORDS = f"' ' || translate({{}}, '{_MARKS}', '{' ' * len(_MARKS)}') || ' '"
_POINT = re.compile(r"\s*(-?\d{1,3}(?:\.\d+)?)\s*,\s*(-?\d{1,3}(?:\.\d+)?)\s*")


class FilterOptions(TypedDict, total=False):
    """The filters as keyword arguments; see :class:`Filters`."""

    place: str | None
    radius_km: float | None
    day: date | str | None
    since: date | str | None
    until: date | str | None
    event: str | Iterable[str] | None
    status: str | Iterable[str] | None
    side: str | None
    voice: str | None
    voice_side: str | None
    text: str | None
    document: str | None
    min_confidence: float | None
    extractor: str | None
    embargo_hours: float | None
    limit: int | None


class Filters(Struct, frozen=True, kw_only=True):
    """Which claims of a ledger; a claim must meet every filter that is not None.

    ``place`` is a name (whole or in part, in any spelling that the ledger resolved to the same place) or
    ``"lat,lon"`` with ``radius_km``. ``since`` and ``until`` are the first and last day: a claim is met
    where its interval shares a day with them, so one without any day is not. ``side`` is that of an agent
    or target, ``voice`` a name in part, in any spelling or script, or ``"narrator"`` for the outlet itself;
    ``voices`` are other names of that voice, once looked up all its names in a ledger. ``text`` are words of
    the evidence, ``raws`` digests of the bytes that documents were read from. ``extractor`` None means the
    one that read a document last. ``embargo_hours`` leaves out claims of documents published, or about
    events that happened, less than so many hours ago.
    """

    place: str | None = None
    point: tuple[float, float] | None = None
    radius_km: float | None = None
    geonameids: tuple[int, ...] = ()
    country: str | None = None
    since: date | None = None
    until: date | None = None
    event: tuple[str, ...] = ()
    status: tuple[str, ...] = ()
    side: str | None = None
    voice: str | None = None
    voices: tuple[str, ...] | None = None
    voice_side: str | None = None
    text: str | None = None
    document: str | None = None
    raws: tuple[str, ...] = ()
    min_confidence: float | None = None
    extractor: str | None = None
    embargo_hours: float | None = None
    limit: int | None = None

    @classmethod
    def of(cls, **options: Unpack[FilterOptions]) -> Filters:
        """Read filters as a user gives them: days as ISO text, types in any case, a place as a point.

        Raises:
            QueryError: a value makes no sense; the message names it and what would.
        """
        unknown = set(options) - set(FilterOptions.__annotations__)
        if unknown:
            name = min(unknown)
            raise QueryError(f"There is no filter {name!r}.{_meant(name, FilterOptions.__annotations__)}")
        day = _day("day", options.get("day"))
        since, until = _day("since", options.get("since")), _day("until", options.get("until"))
        if day is not None and (since or until):
            raise QueryError(
                "A day and a range of days do not go together: give either day, or since and until."
            )
        if since and until and since > until:
            raise QueryError(f"The range of days ends ({until}) before it begins ({since}). Swap the two.")
        place, radius = options.get("place"), _number("radius_km", options.get("radius_km"), 0, 20_000)
        point = _point(place)
        if radius is not None and place is None:
            raise QueryError("A radius needs a place: a name, or a point as in --place 49.21,37.28.")
        if point is not None and radius is None:
            radius = 10.0
        limit = options.get("limit")
        if limit is not None and limit < 1:
            raise QueryError(f"A limit of {limit} claims makes no sense. Give 1 or more.")
        return cls(
            place=None if point else place,
            point=point,
            radius_km=radius,
            since=day or since,
            until=day or until,
            event=_terms("event type", options.get("event"), EVENTS, str.upper),
            status=_terms("status", options.get("status"), STATUSES, str.lower),
            side=options.get("side"),
            voice=options.get("voice"),
            voice_side=options.get("voice_side"),
            text=options.get("text"),
            document=options.get("document"),
            min_confidence=_number("min_confidence", options.get("min_confidence"), 0, 1),
            extractor=options.get("extractor"),
            embargo_hours=_number("embargo_hours", options.get("embargo_hours"), 0, 1_000_000),
            limit=limit,
        )


def without_limit(filters: Filters) -> Filters:
    """Return the same filters for all claims they meet."""
    return msgspec.structs.replace(filters, limit=None)


def embargo_day(hours: float, *, at: datetime | None = None) -> date:
    """Return the last day that is wholly older than so many hours.

    A day is taken as over at its end in UTC, so that what is known only to the day is held back long
    enough rather than let out too early.
    """
    moment = (at or datetime.now(UTC)) - timedelta(hours=hours)
    return moment.date() - timedelta(days=1)


def conditions(filters: Filters, dialect: Dialect) -> tuple[list[str], list[Any]]:
    """Return the filters as SQL conditions on claims ``c`` and documents ``d``, with their values."""
    sql: list[str] = []
    values: list[Any] = []
    lower = dialect.lower

    def add(condition: str, *given: Any) -> None:
        sql.append(condition)
        values.extend(given)

    if filters.place or filters.point or filters.geonameids or filters.country:
        condition, given = _place(filters, dialect)
        add(f"c.id IN (SELECT p.claim FROM claim_places p WHERE {condition})", *given)
    if filters.since or filters.until:
        add("(c.earliest IS NOT NULL OR c.latest IS NOT NULL)")
    if filters.since:
        add("(c.latest IS NULL OR c.latest >= ?)", filters.since)
    if filters.until:
        add("(c.earliest IS NULL OR c.earliest <= ?)", filters.until)
    for column, terms in (("event", filters.event), ("status", filters.status)):
        if terms:
            add(f"c.{column} IN ({', '.join('?' * len(terms))})", *terms)
    if filters.side:
        same = f"{lower('q.side')} = {lower('?')}"
        add(f"c.id IN (SELECT q.claim FROM claim_parties q WHERE {same})", filters.side)
    if filters.voice and filters.voice.casefold() == NARRATOR:
        add("c.voice IS NULL")
    elif filters.voice:
        names = filters.voices or ()
        add(f"c.voice IN ({', '.join('?' * len(names))})" if names else "1 = 0", *names)
    if filters.voice_side:
        add(f"{lower('c.voice_side')} = {lower('?')}", filters.voice_side)
    if filters.text:
        add(dialect.contains("replace(c.evidence, chr(10), ' ')"), _contains(filters.text))
    if filters.document:
        add("(d.id = ? OR d.given = ?)", filters.document, filters.document)
    if filters.raws:
        add(f"d.raw IN ({', '.join('?' * len(filters.raws))})", *filters.raws)
    if filters.min_confidence is not None:
        add("c.confidence >= ?", filters.min_confidence)
    if filters.embargo_hours:
        until = embargo_day(filters.embargo_hours)
        add("coalesce(d.published, CAST(d.added AS DATE)) <= ?", until)
        add("coalesce(c.latest, c.earliest, DATE '0001-01-01') <= ?", until)
    return sql, values


def _place(filters: Filters, dialect: Dialect) -> tuple[str, list[Any]]:
    """Return the condition on a claim's places: by distance from a point, or by what they are called."""
    if filters.point is not None:
        lat, lon = filters.point
        km = (
            "12742 * asin(sqrt(least(1, pow(sin(radians(p.lat - ?) / 2), 2)"
            " + cos(radians(?)) * cos(radians(p.lat)) * pow(sin(radians(p.lon - ?) / 2), 2))))"
        )
        return f"p.lat IS NOT NULL AND {km} <= ?", [lat, lat, lon, filters.radius_km]
    either: list[str] = []
    values: list[Any] = []
    if filters.place:
        words = _whole_words(filters.place)
        columns = [dialect.lower(column) for column in ("p.text", "p.name", "s.text", "s.name", "?")]
        either.extend(f"{_WORDS.format(column)} LIKE ? ESCAPE '\\'" for column in columns[:2])
        text, name, asked = columns[2:]
        either.append(
            "p.geonameid IN (SELECT s.geonameid FROM claim_places s WHERE s.geonameid IS NOT NULL"
            f" AND ({text} = {asked} OR {name} = {asked}))"
        )
        values += [words, words, filters.place, filters.place]
    if filters.geonameids:
        either.append(f"p.geonameid IN ({', '.join('?' * len(filters.geonameids))})")
        values += filters.geonameids
    if filters.country:
        either.append("p.country = ?")
        values.append(filters.country)
    return " OR ".join(f"({part})" for part in either), values


def _contains(words: str) -> str:
    """Return a LIKE pattern for text that contains these very words, and be it within others."""
    return f"%{_escaped(words)}%"


def _whole_words(name: str) -> str:
    """Return a LIKE pattern for :data:`_WORDS`: a name that contains these words, each of them whole."""
    return f"% {_escaped(name.lower().translate(str.maketrans(_MARKS, ' ' * len(_MARKS))))} %"


def _escaped(words: str) -> str:
    return re.sub(r"([%_\\])", r"\\\1", " ".join(words.split()))


def _day(name: str, value: date | str | None) -> date | None:
    if value is None or type(value) is date:
        return value
    if isinstance(value, datetime):
        return value.date()
    try:
        return date.fromisoformat(str(value).strip())
    except ValueError:
        raise QueryError(f"{value!r} is no day for {name!r}. Write it as in 2022-09-10.") from None


def _point(place: str | None) -> tuple[float, float] | None:
    found = _POINT.fullmatch(place or "")
    if found is None:
        if place is not None and not place.strip():
            raise QueryError("The place is empty. Give a name, or a point as in 49.21,37.28.")
        return None
    lat, lon = float(found[1]), float(found[2])
    if abs(lat) > 90 or abs(lon) > 180:
        raise QueryError(
            f"{place} is no point on Earth: latitude goes from -90 to 90, longitude from -180 to 180 "
            "(latitude first, as in 49.21,37.28)."
        )
    return lat, lon


def _number(name: str, value: float | None, low: float, high: float) -> float | None:
    if value is not None and not low <= value <= high:
        raise QueryError(f"{value} is no {name.replace('_', ' ')}: it goes from {low} to {high}.")
    return value


def _terms(
    what: str, value: str | Iterable[str] | None, known: tuple[str, ...], case: Callable[[str], str]
) -> tuple[str, ...]:
    given = [value] if isinstance(value, str) else list(value or ())
    terms = [case(term.strip()) for text in given for term in text.split(",") if term.strip()]
    for term in terms:
        if term not in known:
            choice = f"{_meant(term, known)} Known are {', '.join(known)}."
            raise QueryError(f"There is no {what} {term!r}.{choice}")
    return tuple(dict.fromkeys(terms))


def _meant(term: str, known: Iterable[str]) -> str:
    close = difflib.get_close_matches(term, list(known), n=1)
    return f" Did you mean {close[0]}?" if close else ""
