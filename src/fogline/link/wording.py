"""Figures, days, sides, parties and places as a sentence prints them."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import lru_cache

from ..model import Claim, Party, Place
from .data import data

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
)  # fmt: skip
_PLURALS = {"people", "police", "children", "men", "women", "personnel", "troops", "militia", "infantry"}
_UNITS = {"km2": " km²", "km": " km"}
_LONGEST = 6  # words of a party's own text that a sentence still carries
_APPOSITION = re.compile(r", (?=(?:a|an|the|who|which|his|her|its|their) )")  # "Najla, an aid worker"
_BACK = {"them", "it", "him", "her", "us", "me", "whom"}
_FIRST_WORDS = {"the", "a", "an"}


def number(value: float) -> str:
    """Return a number with its thousands parted: ``2,000``, ``1.5``."""
    return f"{value:,.2f}".rstrip("0").rstrip(".")


def amount(low: float | None, high: float | None, unit: str | None = None) -> str:
    """Return an interval in words: ``4``, ``at least 20``, ``up to 50``, ``2,500 to 3,000 km²``."""
    tail = _UNITS.get(unit or "", "")
    if low is None and high is None:
        return "an untold number"
    if high is None and low is not None:
        return f"at least {number(low)}{tail}"
    if low is None and high is not None:
        return f"up to {number(high)}{tail}"
    assert low is not None and high is not None
    return f"{number(low)}{tail}" if low == high else f"{number(low)} to {number(high)}{tail}"


def day(value: date, *, year: bool = True) -> str:
    """Return a day as ``10 September 2022``."""
    told = f"{value.day} {_MONTHS[value.month - 1]}"
    return f"{told} {value.year}" if year else told


def days(earliest: date | None, latest: date | None) -> str:
    """Return an interval of days without a preposition: ``9–10 September 2022``, ``September 2022``."""
    if earliest is None or latest is None:
        return f"from {day(earliest)}" if earliest else f"by {day(latest)}" if latest else ""
    if earliest == latest:
        return day(earliest)
    if earliest.day == 1 and (latest + timedelta(days=1)).day == 1:
        if (earliest.year, earliest.month) == (latest.year, latest.month):
            return f"{_MONTHS[earliest.month - 1]} {earliest.year}"
        if earliest.month == 1 and latest.month == 12:
            return str(earliest.year) if earliest.year == latest.year else f"{earliest.year}–{latest.year}"
    if (earliest.year, earliest.month) == (latest.year, latest.month):
        return f"{earliest.day}–{day(latest)}"
    return f"{day(earliest, year=earliest.year != latest.year)} to {day(latest)}"


def on_days(earliest: date | None, latest: date | None) -> str:
    """Return an interval of days as a sentence takes it: ``on 10 September 2022``, ``between … and …``."""
    told = days(earliest, latest)
    if not told or earliest is None or latest is None:
        return told
    if latest - earliest <= timedelta(days=1) and told[0].isdigit():
        return f"on {told.replace(' to ', ' or ')}"
    if told[0].isdigit() and not told[:4].isdigit():
        apart = (earliest.year, earliest.month) != (latest.year, latest.month)
        first = day(earliest, year=earliest.year != latest.year) if apart else str(earliest.day)
        return f"between {first} and {day(latest)}"
    return f"in {told}"


def state(side: str) -> str:
    """Return what a side is called: ``Ukraine``, ``the Syrian Democratic Forces``, ``civilians``."""
    if side == "CIV":
        return "civilians"
    known = _states().get(side)
    return known[0] if known else with_article(side)


def adjective(side: str) -> str | None:
    """Return a state's adjective, None for a side that is no state."""
    known = _states().get(side)
    return known[1] if known and side != "CIV" else None


def forces(side: str) -> str:
    """Return what a side's armed people are called: ``Ukrainian forces``, ``Boko Haram``."""
    told = adjective(side)
    return f"{told} forces" if told else state(side)


def with_article(name: str) -> str:
    """Return a group's name with "the" where English has it."""
    last = name.split()[-1].casefold() if name.split() else ""
    article = last in data("wording.yml")["with_article"] and not name.casefold().startswith("the ")
    return f"the {name}" if article else name


def voice_name(name: str) -> str:
    """Return a voice's name with its article: ``the Russian Ministry of Defence``, ``a resident of Goma``."""
    first = name.split()[0].casefold() if name.split() else ""
    if first in data("wording.yml")["common"] and plural(first):
        name = f"{name[:1].lower()}{name[1:]}"
    if name[:1].islower() and "." not in name and not plural(name) and name.split()[0] not in _FIRST_WORDS:
        office = name.split()[0] in data("wording.yml")["offices"]
        return f"{'the' if office else 'an' if name[0] in 'aeiou' else 'a'} {name}"
    words = {word.casefold().strip(",.") for word in name.split()}
    article = words & set(data("wording.yml")["bodies_with_article"]) and not name.casefold().startswith(
        "the "
    )
    return f"the {name}" if article and name[:1].isupper() else name


def at_place(name: str) -> str:
    """Return a place with the preposition of what is in or at it: ``in Izium``, ``at the Oskil River``."""
    last = name.split()[-1].casefold() if name.split() else ""
    table = data("wording.yml")
    return f"{'at' if last in table['places_at'] else 'on' if last in table['places_on'] else 'in'} {name}"


def is_seat(place: Place) -> bool:
    """Tell whether a place is a seat of government, which stands for those who sit there."""
    return place.text.casefold() in data("wording.yml")["seats"]


def plural(text: str) -> bool:
    """Tell whether a noun phrase takes a plural verb: "residents", "A and B", but not "a plant"."""
    folded = text.casefold()
    if " and " in folded:
        return True
    first = folded.split()[0] if folded.split() else ""
    if first in {"a", "an", "one"}:
        return False
    if first[:1].isdigit() and first != "1":
        return "km²" not in folded
    head = re.split(r" (?:of|in|at|from|near|on|for|to|who|that|which) | ?\(", folded)[0].strip("{}")
    last = head.split()[-1] if head.split() else ""
    if text[:1].isupper() and text.split()[0] == text.split()[-1] and last not in _PLURALS:
        return False  # one name: Jarablus, Homs
    return last in _PLURALS or last.endswith("men") or (last.endswith("s") and not last.endswith("ss"))


def place_name(place: Place) -> str | None:
    """Return what a claim calls a place, with "the" where English has it; None where it only points back."""
    text = " ".join(place.text.split())
    text = text.title() if text.isupper() and len(text) > 4 else text
    told = text if text[:1].isupper() and _names_something(text) else (place.name or "")
    if not told:
        return None
    if told.casefold().startswith("the "):
        return f"the {told[4:]}"
    last = told.split()[-1].casefold()
    return f"the {told}" if last in data("wording.yml")["places_with_article"] else told


def party_text(party: Party, claim: Claim) -> str | None:
    """Return the words for a party that a sentence can carry, None where they only point back.

    Words that name no side although one is known ("the troops") are no use outside their report either.
    """
    return _party_text(party, party.start == claim.evidence.start)


@lru_cache(maxsize=8192)
def _party_text(party: Party, begins: bool) -> str | None:
    text = _APPOSITION.split(" ".join(party.text.split()))[0].strip("“”\"'’ ")
    text = text.removesuffix("'s").removesuffix("’s")
    words = text.split()
    if (
        not words
        or len(words) > _LONGEST
        or not _names_something(text)
        or _BACK & {w.casefold() for w in words}
    ):
        return None
    if not all(character.isalnum() or character in " -–'’.,&/()" for character in text):
        return None
    if party.side and party.side != "CIV" and not _tells(text, party.side):
        return None
    if text.casefold() == (adjective(party.side) or "").casefold() if party.side else False:
        return None
    first = words[0]
    common = first.casefold() in data("wording.yml")["common"] or first.casefold() in _FIRST_WORDS
    if common and (begins or first[:1].isupper()):
        return f"{first[:1].lower()}{text[1:]}"
    return text


def _names_something(text: str) -> bool:
    return text.split()[0].casefold().rstrip(".,") not in data("wording.yml")["pointing"]


def _tells(text: str, side: str) -> bool:
    """Tell whether words name a side: its name, its adjective, or any name with a capital letter inside."""
    folded = text.casefold()
    told = [name.casefold().removeprefix("the ") for name in (state(side), adjective(side)) if name]
    if any(name in folded for name in told):
        return True
    return adjective(side) is None and any(word[:1].isupper() for word in text.split())


@lru_cache(maxsize=1)
def _states() -> dict[str, tuple[str, str]]:
    """Return the name and adjective of every state by ISO 3166 alpha-3."""
    from ..resolve.gazetteer import countries

    known = {c.iso3: (c.name, c.people[0] if c.people else c.name) for c in countries().values()}
    ours = data("wording.yml")["states"]
    known.update((side, (row["name"], row["adjective"])) for side, row in ours.items())
    return known
