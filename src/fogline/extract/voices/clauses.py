"""The clause that a cue verb takes, with the ends that a parser often loses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .grammar import QUOTES, VERBAL, child, opens_clause, sentence
from .lexicon import Cue, lexicon
from .parenthesis import clause_start

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_TRAILING = frozenset({"advcl", "prep", "npadvmod", "advmod", "acl", "relcl", "oprd"})
_VENUES = frozenset(
    {
        "interview",
        "statement",
        "speech",
        "conference",
        "tweet",
        "letter",
        "email",
        "e-mail",
        "report",
        "briefing",
    }
    | {
        "rally",
        "event",
        "address",
        "post",
        "message",
        "memo",
        "filing",
        "communique",
        "communiqué",
        "bulletin",
    }
    | {"broadcast", "video", "release", "debate", "hearing", "testimony", "call"}
)
# What begins with one of these behind a comma is no longer what was said.
_STOPS = frozenset(
    {
        "according",
        "citing",
        "quoting",
        "speaking",
        "adding",
        "as",
        "while",
        "when",
        "although",
        "though",
        "after",
    }
    | {"before", "hours", "days", "weeks", "a", "an", "one", "which", "who", "whose", "where"}
)
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_ASKING = frozenset({"ask", "wonder", "doubt", "know", "say"})
_BACK_SHIFTED = frozenset({"had", "have", "has", "would", "will", "was", "were", "been"})


def complement(verb: Token, entry: Cue) -> list[tuple[int, int]]:
    """Return the token ranges of the clause that ``verb`` takes: the one behind it, else the one before."""
    doc = verb.doc
    that = _that_behind(verb) if "clause" in entry.frames else None
    for c in verb.rights:
        if c.dep_ == "ccomp" or (c.dep_ == "advcl" and _marked(c)):
            if that is not None and c.left_edge.i > that:
                break
            if entry.needs_that and not _that(c):
                continue
            first = _past_citation(doc, max(c.left_edge.i, verb.i + 1), c)
            return [(first, _closed(verb, first, _joined(doc, extended(verb, c), verb)))]
        if c.dep_ == "xcomp" and _gerund(c):
            return [(c.left_edge.i, extended(verb, c))]
    if that is not None:
        root = doc[that].head
        last = root.right_edge.i if root.i > that else _segment(doc, that, verb)
        return [(that, _joined(doc, last, verb))]
    for c in verb.lefts:
        if c.dep_ == "ccomp" and entry.kind != "judging" and not entry.needs_that and not _asked(c):
            last = min(c.right_edge.i, verb.i - 1)
            if not any(t.text in (";", ":") for t in doc[last + 1 : verb.i]):
                return [(clause_start(doc, c.left_edge.i, last), last)]
    return []


def _closed(verb: Token, first: int, last: int) -> int:
    """Return where a relative clause between commas ends: "Cairo, which experts say armed him, is trying"."""
    doc, opens = verb.doc, verb.left_edge.i
    if verb.dep_ != "relcl" or opens == 0 or doc[opens - 1].text != ",":
        return last
    ends = (i - 1 for i in range(first + 1, last) if doc[i].text == "," and doc[i + 1].tag_ in _FINITE)
    return next(ends, last)


def _past_citation(doc: Doc, first: int, clause: Token) -> int:
    """Return where the clause begins behind a ", citing the ministry," that the parse took into it."""
    if doc[first].lower_ in ("citing", "quoting") or (
        doc[first].is_punct and doc[first + 1].lower_ in ("citing", "quoting")
    ):
        return next((i for i in range(first, clause.i) if opens_clause(doc, i)), first)
    return first


def _that_behind(verb: Token) -> int | None:
    """Return the "that" that stands right behind a cue, or behind the one who is told."""
    doc = verb.doc
    first = verb.i + 1
    told = child(verb, "dobj", "dative")
    if told is not None and told.i > verb.i:
        heads = [c.left_edge.i for c in told.rights if c.dep_ in ("relcl", "acl", "ccomp")]
        first = heads[0] if heads and doc[heads[0]].lower_ == "that" else told.right_edge.i + 1
    if (
        first < len(doc)
        and opens_clause(doc, first)
        and doc[first].dep_ in ("mark", "nsubj", "det", "advmod")
    ):
        following = doc[first + 1] if first + 1 < len(doc) else None
        if (
            following is not None
            and following.tag_ not in ("VBZ", "VBD", "MD", "VBP")
            and following.text not in ".,"
        ):
            return first if doc[first].dep_ == "mark" or told is None else None
    return None


def _segment(doc: Doc, first: int, verb: Token) -> int:
    stop = sentence(verb)[1]
    for i in range(first, stop + 1):
        if doc[i].text == ";":
            return i - 1
    return stop


def _marked(clause: Token) -> bool:
    mark = child(clause, "mark")
    return mark is not None and mark.lower_ in ("whether", "if") and clause.head.lemma_ in _ASKING


def _gerund(verb: Token) -> bool:
    return verb.tag_ == "VBG" or any(c.tag_ == "VBG" for c in verb.lefts if c.dep_ in ("aux", "auxpass"))


def _asked(clause: Token) -> bool:
    return clause.lemma_ == "ask" and child(clause, "nsubj") is None


def _that(clause: Token) -> bool:
    mark = child(clause, "mark")
    return mark is not None and mark.lower_ == "that"


def extended(verb: Token, clause: Token) -> int:
    """Return where the complement ends, taking along what a parser hangs on the cue instead.

    That is what follows without a comma, a verbless clause ("six of them children"), and the further
    predicates of a complement ("that men came at night, shot the guards and had freed the prisoners").
    """
    doc, stop = verb.doc, sentence(verb)[1]
    last = clause.right_edge.i
    while last > clause.i and doc[last].text == ",":
        last -= 1
    shifted = any(c.lower_ in _BACK_SHIFTED for c in clause.children if c.dep_ in ("aux", "auxpass"))
    for _ in range(8):
        further = _predicate(doc, last + 1, stop, verb, shifted)
        if further is None:
            further = _hung(verb, last + 1)
        if further is None:
            further = _of_them(doc, last + 1, stop)
        if further is None or further <= last:
            break
        last = further
    return _verbless(doc, last, stop)


def _verbless(doc: Doc, last: int, stop: int) -> int:
    """Return the end of the sentence or up to a semicolon where nothing behind ``last`` makes a clause."""
    i = last + 1
    while i <= stop and (doc[i].text in (",", "-", "–", "—") or doc[i].text in QUOTES):
        i += 1
    if i > stop or doc[i].lower_ in _STOPS or doc[i].dep_ == "cc" or _venue(doc[i]):
        return last
    for k in range(i, stop + 1):
        token = doc[k]
        if token.text in (";", ":") or token.text in QUOTES:
            return k - 1 if token.text == ";" else last
        finite = token.tag_ in ("VBD", "VBZ", "VBP", "MD") and token.dep_ not in ("relcl", "aux", "auxpass")
        if finite or (token.tag_ == "VBG" and token.lemma_.lower() in lexicon().verbs):
            return last
    return stop


def _predicate(doc: Doc, first: int, stop: int, verb: Token, shifted: bool) -> int | None:
    """Return the end of a further predicate without a subject of its own that begins at ``first``."""
    i = first
    comma = i <= stop and doc[i].text == ","
    i += comma
    joined = i <= stop and doc[i].lower_ in ("and", "but", "or", "then")
    i += joined
    while (
        i <= stop
        and (doc[i].dep_ in ("advmod", "neg", "aux", "auxpass") or doc[i].text in QUOTES)
        and i - first < 7
    ):
        i += 1
    if i > stop or i == first or doc[i].pos_ not in VERBAL:
        return None
    at = doc[i]
    entry = lexicon().verbs.get(at.lemma_.lower())
    if entry is not None and entry.kind in ("saying", "judging"):
        return None
    if child(at, "nsubj", "nsubjpass", "expl") is not None or at.tag_ not in ("VBD", "VBN", "VBZ", "VBP"):
        return None
    if (comma and not joined) or shifted or at.tag_ != verb.tag_ or child(at, "aux", "auxpass") is not None:
        return int(at.right_edge.i)
    return None


def _of_them(doc: Doc, first: int, stop: int) -> int | None:
    """Return the end of ", many of them foreigners with no way out" at ``first``."""
    if first + 3 > stop or doc[first].text != "," or doc[first + 2].lower_ != "of":
        return None
    if doc[first + 3].lower_ not in ("them", "whom") or doc[first + 1].pos_ not in (
        "ADJ",
        "NUM",
        "PRON",
        "DET",
        "ADV",
    ):
        return None
    return next((i - 1 for i in range(first + 4, stop + 1) if doc[i].text in (",", ";", ".", '"', "”")), stop)


def _hung(verb: Token, first: int) -> int | None:
    """Return the end of a phrase at ``first`` that the parse hangs on the cue, not on its content."""
    doc = verb.doc
    for c in verb.rights:
        start = c.left_edge.i
        if start < first or c.dep_ in ("punct", "cc"):
            continue
        gap = [t for t in doc[first:start] if t.text not in QUOTES]
        if c.dep_ == "ccomp" and len(gap) <= 1 and child(c, "aux", "nsubj", "nsubjpass", "expl") is None:
            return int(c.right_edge.i)
        if gap or start != first or c.dep_ not in _TRAILING or _venue(c):
            return None
        if (
            c.dep_ == "advcl"
            and doc[start].lower_ in ("as", "when", "while")
            and c.lemma_ in ("ask", "speak")
        ):
            return None
        return int(c.right_edge.i)
    return None


def _joined(doc: Doc, last: int, verb: Token) -> int:
    """Return the end of the complement with the ", and that …" behind it."""
    stop = sentence(verb)[1]
    i = last + 1
    while i <= stop and (doc[i].text == "," or doc[i].text in QUOTES):
        i += 1
    again = i + 2 <= stop and doc[i].lower_ in ("and", "but", "or") and doc[i + 1].lower_ == "that"
    if again and doc[i + 2].tag_ not in ("VBZ", "VBD", "MD", "VBP"):
        return _segment(doc, i, verb)
    return last


def _venue(prep: Token) -> bool:
    """Tell whether a prepositional phrase names where words were said, not what they are about."""
    noun = child(prep, "pobj") if prep.lower_ in ("in", "at", "during", "on") else None
    return noun is not None and noun.lemma_.lower() in _VENUES
