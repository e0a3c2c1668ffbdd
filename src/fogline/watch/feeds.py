"""What a feeds file may say: sources, politeness, budget, alerts and where they go."""

from __future__ import annotations

import math
import re
from pathlib import Path
from typing import Annotated, Any, ClassVar, Literal, get_args

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from ..errors import QueryError
from ..model.event import DisputedField
from ..query import meant
from ..store import Filters

Kind = Literal["feed", "sitemap", "folder", "mail"]
KINDS: tuple[Kind, ...] = get_args(Kind)
LINE = "line"  # the output that is always there: a line on standard output
_DURATION = re.compile(r"(\d+(?:\.\d+)?)\s*([smhd]?)")
_UNITS = {"": 1.0, "s": 1.0, "m": 60.0, "h": 3600.0, "d": 86400.0}
_IN_YAML = ("--place 49.21,37.28 --radius 25", "place: 49.21,37.28 with radius_km: 25")
_FILTERS = (
    "place", "radius_km", "side", "voice", "voice_side", "event", "status", "text", "min_confidence",
)  # fmt: skip


def _seconds(value: Any) -> Any:
    found = _DURATION.fullmatch(str(value).strip().lower()) if not isinstance(value, bool) else None
    if found is None or not math.isfinite(float(found[1])):
        raise ValueError("write a number of seconds, or one with s, m, h or d behind it, as in 15m")
    return float(found[1]) * _UNITS[found[2]]


def _several(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


def _fields(value: Any) -> Any:
    if value is True:
        return list(get_args(DisputedField))
    return [] if value in (False, None) else _several(value)


def _address(value: str) -> str:
    if not re.match(r"https?://[^\s/]+", value, re.IGNORECASE):
        raise ValueError("write an address that begins with http:// or https://")
    return value


Seconds = Annotated[float, BeforeValidator(_seconds)]
Names = Annotated[tuple[str, ...], BeforeValidator(_several)]
Address = Annotated[str, AfterValidator(_address)]


class Part(BaseModel):
    """A part of a feeds file: frozen, and without room for a misspelt field."""

    model_config: ClassVar[ConfigDict] = ConfigDict(extra="forbid", frozen=True)


class Source(Part):
    """What is watched: exactly one of ``feed``, ``sitemap``, ``folder`` and ``mail``, and how.

    ``match`` is a pattern for addresses (``*/news/*``) or file names; ``max_age`` leaves out what tells that
    it is older; ``backlog`` is the most that is taken at the first visit, the newest; ``revisit`` are the
    ages at which a page is asked for again, so that a changed one becomes a new edition. ``content`` takes
    a feed's own text in place of the page it links to. Without ``robots`` a site's robots.txt is not heeded.
    """

    feed: Address | None = None
    sitemap: Address | None = None
    folder: Path | None = None
    mail: Path | None = None
    name: str | None = Field(None, min_length=1, max_length=80)
    outlet: str | None = Field(None, min_length=1, max_length=200)
    every: Seconds | None = Field(None, ge=1)
    match: str | None = None
    max_age: Seconds | None = Field(None, gt=0)
    backlog: int = Field(50, ge=0)
    revisit: tuple[Seconds, ...] = Field((), max_length=10)
    content: Literal["page", "entry"] = "page"
    robots: bool = True

    @model_validator(mode="after")
    def _one(self) -> Source:
        given = [kind for kind in KINDS if getattr(self, kind) is not None]
        if len(given) != 1:
            what = "none of them is" if not given else f"{' and '.join(given)} are"
            raise ValueError(f"a source has one of {', '.join(KINDS)}; {what} given here")
        if self.content == "entry" and given != ["feed"]:
            raise ValueError("only a feed has content: entry")
        return self

    @property
    def kind(self) -> Kind:
        """What kind of source it is."""
        return next(kind for kind in KINDS if getattr(self, kind) is not None)

    @property
    def where(self) -> str:
        """Its address or path, which is what its state is kept under."""
        return str(getattr(self, self.kind))

    @property
    def label(self) -> str:
        """What it is called in messages."""
        return self.name or re.sub(r"^https?://|\?.*$", "", self.where)


class Budget(Part):
    """The most that is asked for and taken in an hour, or a round."""

    requests: int = Field(default=600, ge=1)
    documents: int = Field(default=300, ge=1)
    megabytes: float = Field(default=500.0, gt=0)
    per: Literal["hour", "round"] = "hour"


class Rule(Part):
    """When to alert: what a new claim has to meet, and what its event has come to.

    The filters are those of ``fogline claims``. ``disputed`` (true, or fields such as ``quantity``) waits
    for a new answer that parts from the others of its event; ``confirmed`` for the first independent one.
    """

    name: str = Field(min_length=1, max_length=80)
    place: str | None = None
    radius_km: float | None = None
    side: str | None = None
    voice: str | None = None
    voice_side: str | None = None
    event: Names = ()
    status: Names = ()
    text: str | None = None
    min_confidence: float | None = None
    disputed: Annotated[tuple[DisputedField, ...], BeforeValidator(_fields)] = ()
    confirmed: bool = False
    to: Names = (LINE,)

    @model_validator(mode="after")
    def _sense(self) -> Rule:
        if not (self.given() or self.disputed or self.confirmed):
            raise ValueError(
                "it would tell of every claim; give at least a place, side, voice, event, status, text, "
                "disputed or confirmed"
            )
        try:
            self.filters()
        except QueryError as error:
            raise ValueError(str(error).replace(*_IN_YAML)) from None
        return self

    def given(self) -> dict[str, Any]:
        """Return the filters that are given."""
        return {name: value for name in _FILTERS if (value := getattr(self, name)) not in (None, ())}

    def filters(self) -> Filters:
        """Return the filters, with the places and sides in them looked up."""
        return meant(Filters.of(**self.given()))


class Mail(Part):
    """A mail server and who gets mail through it; the password is in the environment."""

    to: Names = Field(min_length=1)
    sender: str
    server: str = "localhost"
    port: int = Field(25, ge=1, le=65535)
    tls: Literal["none", "starttls", "tls"] = "none"
    user: str | None = None
    password_env: str | None = None

    @model_validator(mode="after")
    def _safe(self) -> Mail:
        if self.user is not None and self.password_env is None:
            raise ValueError("a user needs a password: name the environment variable in password_env")
        if self.user is not None and self.tls == "none":
            raise ValueError("a password goes over tls or starttls only")
        return self


class Output(Part):
    """Where alerts go: a webhook or mail.

    ``secret_env`` names the environment variable that holds what a webhook is signed with.
    """

    webhook: Address | None = None
    mail: Mail | None = None
    secret_env: str | None = None
    allow_private: bool = False

    @model_validator(mode="after")
    def _one(self) -> Output:
        if (self.webhook is None) == (self.mail is None):
            raise ValueError("an output has one of webhook and mail")
        return self


class Feeds(Part):
    """A whole feeds file."""

    sources: tuple[Source, ...] = Field(min_length=1)
    contact: str | None = Field(None, pattern=r"^[\x21-\x7e]{3,200}$")
    every: Seconds = Field(900.0, ge=1)
    delay: Seconds = Field(2.0, ge=0)
    deadline: Seconds = Field(60.0, gt=0)
    page_megabytes: float = Field(25.0, gt=0)
    allow_private: bool = False
    budget: Budget = Budget()
    alerts: tuple[Rule, ...] = ()
    outputs: dict[str, Output] = {}

    @model_validator(mode="after")
    def _whole(self) -> Feeds:
        for what, names in (
            ("source", [source.where for source in self.sources]),
            ("name", [source.label for source in self.sources]),
            ("alert", [rule.name for rule in self.alerts]),
        ):
            twice = next((name for name in names if names.count(name) > 1), None)
            if twice is not None:
                raise ValueError(f"the {what} {twice!r} is there twice; leave one out, or name it otherwise")
        if LINE in self.outputs:
            raise ValueError(f"the output {LINE!r} is there already; call this one otherwise")
        for rule in self.alerts:
            for name in rule.to:
                if name != LINE and name not in self.outputs:
                    known = ", ".join((LINE, *self.outputs))
                    raise ValueError(f"the alert {rule.name!r} goes to {name!r}; there are {known}")
        return self

    def pace(self, source: Source) -> float:
        """Return how often a source is looked at, in seconds."""
        return self.every if source.every is None else source.every
