"""The bodies of one document: ministries, armies, agencies, groups, under their full names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from msgspec import Struct

from ..model import Span, VoiceKind
from .parties.data import countries, read
from .parties.lexicon import adjective, find, fold
from .roles import roles

if TYPE_CHECKING:
    from .parties.sides import Sides

_MINISTRY = re.compile(r"\b(ministry|department|secretariat) of (?:the )?", re.IGNORECASE)
_SUBJECT = re.compile(
    r"\b((?:[A-Za-z]+ (?:and |& ))?[A-Za-z]+(?: affairs)?) (ministry|secretariat)\b", re.IGNORECASE
)


class Ministries(Struct, frozen=True, forbid_unknown_fields=True):
    """What ministries are called, and the subjects they may have."""

    names: dict[str, str]
    matters: frozenset[str]
    articles: frozenset[str]


@lru_cache(maxsize=1)
def ministries() -> Ministries:
    """Return what ministries are called."""
    return read(__package__, "ministries.yml", Ministries)


@dataclass(slots=True)
class BodyMention:
    """A body where it is named; ``words`` describe it in the text, folded."""

    span: Span
    name: str
    side: str | None
    kind: VoiceKind
    words: set[str] = field(default_factory=set)


def ministry_name(text: str, iso: str | None) -> str | None:
    """Return the full name of the ministry that ``text`` names ("the foreign ministry"), None for none."""
    matter = None
    found = _MINISTRY.search(text)
    if found:
        rest = re.match(r"[\w-]+(?: (?:and |& )?[A-Z][\w-]+)*", text[found.end() :])
        if rest:
            matter = rest.group()
    else:
        found = _SUBJECT.search(text)
        if found:
            matter = found.group(1)
            words = matter.split()
            if (
                len(words) > 1
                and words[-1].casefold() in ministries().names
                and words[-2].casefold() not in {"and", "&"}
            ):
                matter = words[-1]
    if matter is None:
        return None
    matter = re.sub(r"^(?:the|its|their|his|our) ", "", matter, flags=re.IGNORECASE)
    if matter.casefold() in {"the", "a", "an", "its", "their", "his", "her", "our", "that", "this", "each"}:
        return None
    known = ministries().names.get(matter.casefold())
    if known is None and not matter[:1].isupper() and matter.casefold() not in ministries().matters:
        return None
    matter = known or " ".join(
        w if w.casefold() in {"and", "of", "the"} else w.capitalize() for w in matter.split()
    )
    owner = adjective(iso) if iso else None
    if owner is None and iso and len(iso) > 3:
        owner = iso
    return f"{owner} Ministry of {matter}" if owner else f"Ministry of {matter}"


def forces_name(word: str, iso: str) -> str | None:
    """Return the name of a state's forces as ``word`` ("army", "military", "navy") calls them."""
    country = countries().get(iso)
    owner = adjective(iso)
    if country is None or owner is None:
        return None
    if word in {"military", "forces", "armed forces", "troops"} or (
        word == "army" and country.forces and iso == "ISR"
    ):
        return country.forces or f"{owner} Armed Forces"
    return f"{owner} {word.title()}"


def government_name(iso: str) -> str | None:
    """Return the name of a state's government ("Government of Turkey", "Government of the United States")."""
    country = countries().get(iso)
    return government_of(country.names[0]) if country is not None else None


def government_of(state: str) -> str:
    """Return the name of the government of a state told by its name."""
    article = "the " if state.split()[0] in ministries().articles or state in ministries().articles else ""
    return f"Government of {article}{state}"


@lru_cache(maxsize=1)
def _kind_words() -> dict[str, frozenset[VoiceKind]]:
    kinds: dict[str, set[VoiceKind]] = {}
    for kind, words in roles().bodies.items():
        for word in words:
            kinds.setdefault(word, set()).add(kind)  # type: ignore[arg-type]  # roles.yml names kinds only
    return {word: frozenset(found) for word, found in kinds.items()}


def kinds_of(words: str) -> frozenset[VoiceKind]:
    """Return the kinds of body that a role ("think tank", "news agency") may mean."""
    table = _kind_words()
    lowered = words.casefold()
    if lowered in table:
        return table[lowered]
    last = lowered.split()[-1] if lowered.split() else ""
    return table.get(last, frozenset())


def mentions(sides: Sides) -> list[BodyMention]:
    """Return the bodies of a document in the order of the text."""
    text = sides.parse.document.text
    found = [*_from_hits(sides), *_from_patterns(sides), *_from_entities(sides)]
    found.sort(key=lambda body: (body.span.start, -(body.span.end - body.span.start)))
    kept: list[BodyMention] = []
    for body in found:
        if kept and body.span.start < kept[-1].span.end:
            if body.span.end - body.span.start <= kept[-1].span.end - kept[-1].span.start:
                continue
            kept.pop()
        kept.append(body)
    for body in kept:
        behind = re.match(r",\s+(?:an?|the)\s+([^,.;:()\n]{3,60})", text[body.span.end : body.span.end + 80])
        if behind:
            body.words.update(fold(word) for word in behind.group(1).split())
    return kept


def _from_hits(sides: Sides) -> Iterator[BodyMention]:
    for hit in sides.hits:
        if hit.foreign or hit.entry.kind not in {"group", "body"}:
            continue
        yield BodyMention(Span(hit.start, hit.end), hit.entry.name, hit.entry.side, hit.entry.voice or "body")


_OFFICIAL = re.compile(
    r"\b(?:[Mm]inistry|[Ss]ecretariat|[Gg]eneral [Ss]taff|[Aa]rmy|[Mm]ilitary|[Aa]ir [Ff]orce|[Nn]avy|"
    r"[Gg]overnment|[Pp]olice|[Pp]residency|[Aa]rmed [Ff]orces|[Ee]mbassy|[Ii]ntelligence)\b"
)


def _from_patterns(sides: Sides) -> Iterator[BodyMention]:
    """Yield ministries, armies and governments named with their state or by a bare noun."""
    doc, text = sides.doc, sides.parse.document.text
    for match in _OFFICIAL.finditer(text):
        token = doc.char_span(match.start(), match.end(), alignment_mode="expand")
        if token is None or token.root.dep_ in {"compound", "poss", "amod"}:
            continue
        head = token.root
        span = Span(doc[head.left_edge.i].idx, match.end())
        if span.end - span.start > 80 or "\n" in span.of(text):
            span = Span(match.start(), match.end())
        right = re.match(r" of (?:the )?[\w’' -]{3,40}", text[match.end() : match.end() + 44])
        phrase = span.of(text) + (right.group() if right else "")
        side, _ = sides.side(span)
        named = official_name(phrase, side)
        if named is not None:
            name, kind = named
            yield BodyMention(span, name, side, kind)


def official_name(phrase: str, iso: str | None) -> tuple[str, VoiceKind] | None:
    """Return name and kind of the state body that a phrase names, None where it names none."""
    lowered = phrase.casefold()
    ministry = ministry_name(phrase, iso)
    if ministry is not None:
        return ministry, "military" if "Defence" in ministry else "official"
    owner = adjective(iso) if iso else None
    if owner is None or iso is None:
        return None
    if "general staff" in lowered:
        return f"{owner} General Staff", "military"
    for word in ("air force", "armed forces", "navy", "army", "military"):
        if re.search(rf"\b{word}\b", lowered):
            name = forces_name(word, iso)
            return (name, "military") if name else None
    if "intelligence" in lowered:
        return f"{owner} intelligence", "official"
    if "police" in lowered:
        return f"{owner} police", "official"
    if "embassy" in lowered:
        return f"{owner} embassy", "official"
    if "presiden" in lowered:
        return f"{owner} presidency", "official"
    if "government" in lowered:
        name = government_name(iso)
        return (name, "official") if name else None
    return None


def _from_entities(sides: Sides) -> Iterator[BodyMention]:
    """Yield organisations that no data file knows, with the names behind their acronyms."""
    defined = sides.names.defined
    covered = [(hit.start, hit.end) for hit in sides.hits]
    index = 0
    for ent in sides.doc.ents:
        if ent.label_ not in {"ORG", "NORP"} or "\n" in ent.text:
            continue
        while index < len(covered) and covered[index][1] <= ent.start_char:
            index += 1
        if index < len(covered) and covered[index][0] < ent.end_char:
            continue
        words = ent.text.removeprefix("the ").removeprefix("The ").removesuffix("'s").removesuffix("’s")
        if ent.label_ == "NORP" and words not in defined:
            continue
        if len(words) < 3 or not words[:1].isupper() or _OFFICIAL.search(words):
            continue
        before = sides.doc[ent.start - 1] if ent.start else None
        if before is not None and before.ent_type_ == "ORDINAL" and before.text[0].isdigit():
            words = f"{before.text} {words}"  # "the 24th" is of the brigade's name
        last = ent.root.lemma_.casefold()
        if last in roles().papers or last.removesuffix("s") in roles().papers:
            continue  # "Videos" at the head of a sentence
        yield BodyMention(Span(ent.start_char, ent.end_char), defined.get(words, words), None, "body")


def relay_name(text: str) -> str:
    """Return the full name of the outlet or person that ``text`` names ("the AP" → "Associated Press")."""
    clean = " ".join(text.split()).strip(" ,.;:\"“”'")
    for hit in find(clean):
        if hit.entry.voice in {"agency", "paper", "broadcaster"}:
            return hit.entry.name
        if hit.entry.kind in {"body", "group"} and hit.end - hit.start >= 0.5 * len(
            clean.removeprefix("the ")
        ):
            return hit.entry.name
    bare = re.sub(r"^(?:the|a|an) (?=\S)", "", clean, flags=re.IGNORECASE)
    if not re.match(r"[A-Z]", bare):
        return clean
    return re.sub(r"(?<!\s)\s+(?:news agency|newspaper|agency)$", "", bare)


def full_name(text: str) -> str | None:
    """Return the full name of the body that ``text`` is a name of ("ISW"), None where it is no body's."""
    clean = " ".join(text.split()).removeprefix("the ").removeprefix("The ")
    for hit in find(clean):
        if hit.entry.kind in {"body", "group"} and (hit.start, hit.end) == (0, len(clean)):
            return hit.entry.name
    return None
