"""What fills the slots of a sentence: who, whom, where, when, how much, as most claims tell it."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import date

from msgspec import Struct

from ..model import Claim, Party, Piece, Place
from ..store.records import Stored
from .data import data
from .features import telling_places
from .figures import superseded, told_as, whole
from .tellers import Teller, listed
from .ways import Way, agent_style
from .wording import adjective, amount, at_place, forces, is_seat, party_text, place_name, state

_EXACT = {"point": 0, "settlement": 0, "near": 1, "district": 2, "area": 2, "region": 3, "country": 4}
_PREPOSITIONS = {"near": "near", "from": "from"}
_AIMED = frozenset({"SHELL", "AIRSTRIKE", "DESTROY"})
_COUNT = re.compile(
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|dozens?|hundreds?|several|scores)\b", re.I
)
_STRIKES = frozenset({"SHELL", "AIRSTRIKE", "ATTACK"})
_COUNTED = {
    "killed": "killed",
    "wounded": "wounded",
    "killed_or_wounded": "killed or wounded",
    "missing": "missing",
}
_PLACES = 3  # named in one sentence


class Slots(Struct, frozen=True, kw_only=True):
    """The filled slots by name, each with its claims."""

    filled: dict[str, Piece]

    def has(self, name: str) -> bool:
        """Tell whether a slot is filled."""
        return name in self.filled

    def piece(self, name: str) -> Piece:
        """Return what fills a slot; words that keep a sentence whole where nothing was told."""
        return self.filled.get(name) or Piece(text=_WANTING.get(name, ""))


_WANTING = {
    "object": "a place that is not named", "place": "a place that is not named", "target": "targets",
    "people": "people", "agent": "forces", "detained": "people", "left": "fled", "deaths": "deaths",
    "wounded": "casualties", "casualties": "people were killed or wounded",
}  # fmt: skip


def slots_of(claims: Sequence[Stored], told: Mapping[str, Teller], way: Way) -> Slots:
    """Return what claims of one type and status put into the slots of its templates."""
    event = claims[0].claim.event
    filled: dict[str, Piece] = {}

    def fill(name: str, found: tuple[str, tuple[str, ...]] | None) -> None:
        if found is not None and found[0]:
            filled[name] = Piece(text=found[0], claims=found[1])

    style = agent_style(event)
    fill("agent", _party(claims, told, lambda c: c.agents, style, acting=True))
    fill("force", _party(claims, told, lambda c: c.agents, "side", acting=True))
    fill("target", _party(claims, told, _hit, "target" if event in _AIMED else "forces"))
    if way.name == "CAPTURE/was driven out" and "target" not in filled and "agent" in filled:
        filled["target"] = filled.pop("agent")  # "the troops had been driven out": it was done to them
    _fill_places(claims, told, fill, strike=event in _STRIKES)
    _leave_out_named_twice(filled)
    standing = [s for s in claims if not superseded(told[s.claim.id])] or claims
    for kind in ("area", "settlements", "equipment"):
        fill(kind, _figure(standing, kind))
    target = filled.get("target")
    fill("people", _people(claims, "displaced") or _plain(target))
    fill("detained", _people(claims, "detained") or _plain(target))
    fill("deaths", _toll(claims, "killed", "death") or _toll(claims, "wounded", "wounded"))
    fill("wounded", _toll(claims, "wounded", "wounded"))
    fill("casualties", _casualties(claims, way))
    fill("object", _object(filled, event))
    fill("ground", _plain(filled.get("settlements") or filled.get("area") or filled.get("place")))
    if "agent" in filled and " and " in filled["agent"].text:
        filled["both"] = filled["agent"]
    return Slots(filled=filled)


def _hit(claim: Claim) -> tuple[Party, ...]:
    """Return the targets of a claim, without those that its toll counts ("killed five in the market")."""
    if claim.event not in (*_STRIKES, "CLASH", "ABUSE") or not claim.quantities:
        return claim.targets
    return tuple(party for party in claim.targets if not _COUNT.search(party.text))


def _leave_out_named_twice(filled: dict[str, Piece]) -> None:
    """Leave out the place where the words for the target name it: "residents of Izium"."""
    target, place = filled.get("target"), filled.get("place")
    if target and place and place.text in target.text:
        for name in ("in", "from", "to"):
            filled.pop(name, None)
        filled.pop("place")


def _plain(piece: Piece | None) -> tuple[str, tuple[str, ...]] | None:
    return (piece.text, piece.claims) if piece else None


def _party(
    claims: Sequence[Stored],
    told: Mapping[str, Teller],
    of: Callable[[Claim], tuple[Party, ...]],
    style: str,
    *,
    acting: bool = False,
) -> tuple[str, tuple[str, ...]] | None:
    """Return who most origins name: in their own words where these can stand alone, else by side."""
    by_side: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    words: dict[str, Counter[str]] = defaultdict(Counter)
    for stored in claims:
        for party in of(stored.claim):
            text = party_text(party, stored.claim)
            if text and not party.side and acting and _is_thing(text):
                continue
            side = party.side or (f"={text}" if text else None)
            if side is None:
                continue
            by_side[side][told[stored.claim.id].origin].add(stored.claim.id)
            if text:
                words[side][text] += 1
    if not by_side:
        return None
    if any(not side.startswith("=") for side in by_side):
        by_side = {side: origins for side, origins in by_side.items() if not side.startswith("=")}
    most = max(len(origins) for origins in by_side.values())
    chosen = [side for side, origins in by_side.items() if len(origins) == most][:2]
    ids = tuple(dict.fromkeys(i for side in chosen for ids in by_side[side].values() for i in sorted(ids)))
    return listed(list(dict.fromkeys(_called(side, words[side], style) for side in chosen))), ids


def _is_thing(text: str) -> bool:
    """Tell whether words for who acts name a thing: "the blast", "a truck"."""
    return text.split()[-1].casefold() in data("wording.yml")["things"]


def _called(side: str, words: Counter[str], style: str) -> str:
    if side.startswith("="):
        return side[1:]
    common = words.most_common(2)
    if style == "adjective":
        return adjective(side) or data("wording.yml")["group_adjectives"].get(side, side)
    if style == "side":
        return forces(side)
    agreed = common and (len(words) == 1 or common[0][1] > common[1][1])
    if (
        agreed
        and (common[0][1] > 1 or len(words) == 1)
        and (common[0][0] != state(side) or style == "target")
    ):
        return common[0][0]
    if style == "target" and (told := adjective(side)):
        return f"{told} targets"
    return state(side) if style == "state" else forces(side)


def _fill_places(
    claims: Sequence[Stored],
    told: Mapping[str, Teller],
    fill: Callable[[str, tuple[str, tuple[str, ...]] | None], None],
    *,
    strike: bool,
) -> None:
    """Fill the slots of places: the ones that most origins name, the most exact first."""
    votes: dict[tuple[str, object], set[str]] = defaultdict(set)
    spelt: dict[tuple[str, object], Counter[str]] = defaultdict(Counter)
    seen: dict[tuple[str, object], Place] = {}
    ids: dict[tuple[str, object], list[str]] = defaultdict(list)
    for stored, place in telling_places(claims):
        name = place_name(place)
        if name is None or (is_seat(place) and not strike):
            continue
        key = (place.role, place.geonameid or place.name or name)
        votes[key].add(told[stored.claim.id].origin)
        spelt[key][name] += 1
        seen.setdefault(key, place)
        ids[key].append(stored.claim.id)

    def best(*roles: str) -> tuple[str, tuple[str, ...], str] | None:
        keys = [key for key in votes if key[0] in roles]
        if not keys:
            return None
        exact = min(_EXACT.get(seen[key].precision, 3) for key in keys)
        keys = [key for key in keys if _EXACT.get(seen[key].precision, 3) == exact]
        most = max(len(votes[key]) for key in keys)
        keys = [key for key in keys if 2 * len(votes[key]) > most][:_PLACES]
        text = listed(list(dict.fromkeys(spelt[key].most_common(1)[0][0] for key in keys)))
        return text, tuple(dict.fromkeys(i for key in keys for i in ids[key])), keys[0][0]

    at, start, end = best("at", "near"), best("from"), best("to")
    spot = at or end or start
    if spot is None:
        return
    text, known, role = spot
    fill("place", (text, known))
    fill("in", (f"{_PREPOSITIONS[role]} {text}" if role in _PREPOSITIONS else at_place(text), known))
    origin = start or (at if at and at[2] == "at" else None)
    leaving = [("from", origin)] if origin else [("near", at)] if at else []
    if leaving and leaving[0][1]:
        word, found = leaving[0]
        target = f" to {end[0]}" if end and found is not end else ""
        fill("from", (f"{word} {found[0]}{target}", found[1] + (end[1] if target and end else ())))
    elif end:
        fill("from", (f"to {end[0]}", end[1]))
    if end and not (start or at):
        fill("left", (f"fled to {end[0]}", end[1]))
    elif source := start or at:
        goal = f" for {end[0]}" if end and end[0] != source[0] else ""
        fill("left", (f"left {source[0]}{goal}", source[1]))
    going = end or at
    if going:
        where = f"to {going[0]}" if end else f"near {going[0]}" if going[2] == "near" else at_place(going[0])
        fill("to", (where, going[1]))


def _object(filled: Mapping[str, Piece], event: str) -> tuple[str, tuple[str, ...]] | None:
    """Return what an act was done to: what was measured, the target, or else the place."""
    measured = filled.get("area") or filled.get("settlements")
    where = filled.get("in")
    if event in ("CAPTURE", "ENCIRCLE") and measured:
        tail = f" {where.text}" if where else ""
        return f"{measured.text}{tail}", measured.claims + (where.claims if where else ())
    target, place = filled.get("target"), filled.get("place")
    if event in ("CAPTURE", "ENCIRCLE", "DECLARE"):
        target = place or target
        where = None
    if target:
        tail = f" {where.text}" if where and place and place.text not in target.text else ""
        return f"{target.text}{tail}", target.claims + (where.claims if where and tail else ())
    return (place.text, place.claims) if place else None


def _figure(claims: Sequence[Stored], kind: str) -> tuple[str, tuple[str, ...]] | None:
    """Return the figure of a kind that was told last."""
    found = None
    for stored in claims:
        for quantity in stored.claim.quantities:
            if quantity.kind == kind and (quantity.low is not None or quantity.high is not None):
                tail = " settlements" if kind == "settlements" else ""
                key = (stored.published or date.min, stored.claim.id)
                if found is None or key > found[0]:
                    found = (key, f"{told_as(quantity)}{tail}")
    return (found[1], (found[0][1],)) if found else None


def _people(claims: Sequence[Stored], kind: str) -> tuple[str, tuple[str, ...]] | None:
    """Return how many people a figure of a kind counts, the one told last."""
    for stored in sorted(claims, key=lambda s: s.published or date.min, reverse=True):
        for quantity in stored.claim.quantities:
            if quantity.kind == kind and (quantity.low or quantity.high) and "singular" not in quantity.flags:
                one = quantity.low == quantity.high == 1
                return "one person" if one else f"{told_as(quantity)} people", (stored.claim.id,)
    return None


def _toll(claims: Sequence[Stored], kind: str, word: str) -> tuple[str, tuple[str, ...]] | None:
    """Return a figure of people as a title has it: "62 deaths", "at least 30 wounded"."""
    told = _people(claims, kind)
    if told is None:
        return None
    count = "one" if told[0] == "one person" else told[0].removesuffix(" people")
    return f"{count} {word}{'s' if word == 'death' and count != 'one' else ''}", told[1]


def _casualties(claims: Sequence[Stored], way: Way) -> tuple[str, tuple[str, ...]] | None:
    """Return a toll as a clause: "12 people were killed and 30 wounded"."""
    last: dict[str, tuple[float | None, float | None, str]] = {}
    for stored in sorted(claims, key=lambda s: s.published or date.min):
        for quantity in whole(stored.claim):
            if quantity.kind in _COUNTED:
                last[quantity.kind] = (quantity.low, quantity.high, stored.claim.id)
    if not last:
        return f"people were {way.account}", tuple(stored.claim.id for stored in claims)
    parts = []
    last = {kind: last[kind] for kind in _COUNTED if kind in last}
    for number, (kind, (low, high, _)) in enumerate(last.items()):
        count = "nobody" if high == 0 else amount(low, high)
        if number or count == "nobody":
            parts.append(f"{count} {'was ' if count == 'nobody' else ''}{_COUNTED[kind]}")
        else:
            one = high == 1 and low == 1
            parts.append(f"{'one person was' if one else f'{count} people were'} {_COUNTED[kind]}")
    return listed(parts), tuple(dict.fromkeys(id for _, _, id in last.values()))
