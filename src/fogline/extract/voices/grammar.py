"""Read subjects, full mentions and clauses off a dependency parse that may be wrong in places."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from ...model import Span

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass"})
# Verbs whose object does what the infinitive says: "asked them to announce".
CONTROL = frozenset(
    {"ask", "tell", "urge", "order", "force", "allow", "persuade", "encourage", "invite", "require", "want"}
    | {"expect", "warn", "caution", "push", "press", "lead", "cause", "prompt", "help", "get", "let", "make"}
)
# ", quoted by the AP," tells how the words came, not who spoke.
PASSED_ON = frozenset({"quote", "cite", "interview", "carry", "report"})
# Who is told stands behind these.
ADDRESSED = frozenset(
    {"tell", "inform", "assure", "advise", "remind", "notify", "brief", "reassure"}
    | {"warn", "ask", "write", "post", "tweet"}
)
# After a comma these tell how somebody spoke: "the army, through its website, said".
_WAYS = frozenset({"through", "via", "in", "on", "during", "speaking", "when", "while"})
_TIMES = frozenset(
    {"day", "night", "week", "month", "year", "morning", "evening", "afternoon", "time", "same"}
)
VERBAL = frozenset({"VERB", "AUX"})
_WINDOW = 400
_BOUNDS = "fogline.sentences"  # where a parse keeps the bounds of its sentences, by token
_STEPS = 12  # how far up a chain of coordinated or embedded verbs a subject is looked for
_EMBEDDED = frozenset({"advcl", "relcl", "ccomp", "acl"})
_TENSES = {"VBD": "past", "VBZ": "present", "VBP": "present", "MD": "modal"}
_TRIM_LEFT = frozenset({",", ";", ":", "-", "–", "—", "--", ".", ")", "]", "\n", "…", "..."})
_TRIM_RIGHT = frozenset({",", ";", ":", "-", "–", "—", "--", ".", "(", "[", "…", "..."})
_SAID = frozenset(",.?!…")
QUOTES = frozenset("\"“”‘’'«»„`") | {"``", "''"}


def sentence(token: Token) -> tuple[int, int]:
    """Return the first and last token of the sentence of ``token``, at most ``_WINDOW`` tokens away.

    The window keeps text without sentences (tables, junk) from costing more than its length.
    """
    doc, i = token.doc, token.i
    bounds = doc.user_data.get(_BOUNDS)
    if bounds is None:
        bounds = doc.user_data[_BOUNDS] = _bounds(doc)
    first, last = bounds[i]
    return max(first, i - _WINDOW), min(last, i + _WINDOW)


def _bounds(doc: Doc) -> list[tuple[int, int]]:
    bounds: list[tuple[int, int]] = []
    for sent in doc.sents:
        bounds.extend([(sent.start, sent.end - 1)] * len(sent))
    return bounds


def opens_clause(doc: Doc, i: int) -> bool:
    """Tell whether the token at ``i`` is a "that" before a clause, not the one of "that day"."""
    if doc[i].lower_ != "that":
        return False
    return i + 1 >= len(doc) or doc[i + 1].lower_ not in _TIMES


def child(token: Token, *deps: str) -> Token | None:
    """Return the first child of ``token`` with one of the relations ``deps``."""
    for c in token.children:
        if c.dep_ in deps:
            return c
    return None


def characters(doc: Doc, first: int, last: int) -> Span | None:
    """Return the characters of tokens ``first`` to ``last`` (inclusive) without loose punctuation around.

    Quotation marks stay, and so does what a closing mark encloses.
    """
    while first <= last and (doc[first].text in _TRIM_LEFT or doc[first].is_space):
        first += 1
    while last >= first and (doc[last].text in _TRIM_RIGHT or doc[last].is_space):
        last -= 1
    if first > last:
        return None
    if last > first and doc[last].dep_ in ("cc", "mark") and doc[last].lower_ in ("and", "but", "or"):
        return characters(doc, first, last - 1)
    opened = {t.text for t in doc[first : last + 1]} & {"(", ")"} == {"("}
    if opened and last + 1 < len(doc) and doc[last + 1].text == ")":
        last += 1  # "the Institute for the Study of War (ISW)"
    return Span(doc[first].idx, doc[last].idx + len(doc[last].text))


def subject(verb: Token) -> Token | None:
    """Return who says what ``verb`` says, through coordination, control and participles."""
    at = _lifted(verb)
    for _ in range(_STEPS):
        own = [c for c in at.children if c.dep_ in ("nsubj", "nsubjpass", "csubj", "expl")]
        if own:
            before = [c for c in reversed(own) if c.i < at.i]
            return next((c for c in before if _agrees(c, at)), before[0] if before else own[0])
        head = at.head
        if head.i == at.i:
            return None
        if at.dep_ in ("conj", "xcomp", "advcl", "parataxis", "aux", "dep") and head.pos_ in VERBAL:
            if at.dep_ == "xcomp":
                moved = child(head, "dobj", "dative")
                if moved is not None and head.lemma_ in CONTROL and moved.i < at.i:
                    return moved
            at = head
        elif at.dep_ in ("xcomp", "advcl") and head.pos_ == "ADJ" and head.dep_ in ("acomp", "amod", "oprd"):
            at = head.head
        elif at.dep_ == "pcomp":
            told = _quoted(at)
            if told is not None:
                return told
            at = head.head if head.head.i != head.i else head
            if at.pos_ not in VERBAL:
                return at if at.pos_ in ("NOUN", "PROPN", "PRON") else None
            if child(at, *SUBJECTS) is None and at.dep_ not in ("conj", "xcomp", "advcl", "ROOT"):
                return None
        elif at.dep_ == "acl" and head.pos_ in ("NOUN", "PROPN", "PRON"):
            return head if at.tag_ == "VBG" or tells_that(at) else None
        elif at.dep_ == "ccomp" and child(at, "mark") is None and at.tag_ == "VBG":
            at = head
        else:
            return None
    return None


def _quoted(verb: Token) -> Token | None:
    """Return who is quoted in "It quoted the mayor as saying", None where somebody speaks himself."""
    link, cue = verb.head, verb.head.head
    if link.lower_ != "as" or cue.lemma_ not in PASSED_ON:
        return None
    told = child(cue, "dobj")
    return told if told is not None and cue.i < told.i < link.i else None


def _lifted(verb: Token) -> Token:
    """Return the verb whose subject ``verb`` shares, past a clause that it is no part of.

    A parser hangs "and expects …" of "counts 61 attacks since the ship was seized and expects …" on the last
    verb; where that one has another tense or number and the verb above has the same, it belongs there.
    """
    below = verb.head
    if verb.dep_ != "conj" or child(verb, *SUBJECTS, "expl") is not None or below.dep_ not in _EMBEDDED:
        return verb
    above = below.head
    form = _form(verb)
    if form is None or _form(above) != form or above.pos_ not in VERBAL or child(above, *SUBJECTS) is None:
        return verb
    who = child(below, *SUBJECTS)
    return above if _form(below) != form or (who is not None and not _agrees(who, verb)) else verb


def _form(verb: Token) -> str | None:
    """Return the tense of a finite verb, by its first auxiliary where it has one; None for other forms."""
    for c in verb.lefts:
        if c.dep_ in ("aux", "auxpass"):
            return _TENSES.get(c.tag_)
    return "present" if verb.tag_ == "VB" else _TENSES.get(verb.tag_)


def _agrees(noun: Token, verb: Token) -> bool:
    """Tell whether a noun may be the subject of a verb in the present, by number."""
    if noun.tag_ in ("NNS", "NNPS"):
        return verb.tag_ != "VBZ"
    if noun.tag_ in ("NN", "NNP") and child(noun, "conj") is None:
        return verb.tag_ not in ("VBP", "VB") or child(verb, "aux") is not None
    return True


def tells_that(verb: Token) -> bool:
    """Tell whether a participle takes a that-clause of its own, and so is a finite verb misread."""
    clause = child(verb, "ccomp")
    mark = child(clause, "mark") if clause is not None else None
    return mark is not None and mark.lower_ == "that" and clause is not None and clause.i > verb.i


def mention(noun: Token, verb: Token | None = None) -> Span | None:
    """Return the full mention that ``noun`` heads: title, apposition and restrictive clauses included.

    A clause after a comma tells more about somebody already named and stays outside. Where ``verb`` is
    given, the mention does not reach across it.
    """
    doc = noun.doc
    first, last = noun.left_edge.i, noun.right_edge.i
    if verb is not None:
        if noun.i < verb.i:
            last = min(last, verb.i - 1)
            if first <= verb.i - 60:
                first = noun.i
        elif noun.i > verb.i:
            first = max(first, verb.i + 1)
    for i in range(first + 1, noun.i):  # "“Are you there?” the president said"
        if doc[i].text in QUOTES and doc[i - 1].text in _SAID:
            first = i + 1
    for c in noun.rights:
        if c.i > last:
            break
        comma = c.left_edge.i > 0 and doc[c.left_edge.i - 1].text in (",", "-", "–", "—", "--", ";", ":")
        loose = c.dep_ in ("relcl", "advcl", "parataxis", "ccomp") or (c.dep_ == "acl" and c.tag_ == "VBG")
        if (comma and loose) or c.dep_ in ("ccomp", "parataxis"):
            last = min(last, c.left_edge.i - 1)
            break
    for i in range(max(noun.i, first) + 2, last + 1):
        if doc[i].lower_ in ("who", "which", "whose") and doc[i - 1].text == ",":
            last = i - 2
            break
        if doc[i - 1].text == "," and (
            (doc[i].tag_ == "VBN" and doc[i].lemma_ in PASSED_ON) or doc[i].lower_ in _WAYS
        ):
            last = i - 2
            break
    while first < last and (doc[first].dep_ in ("mark", "cc", "punct") and doc[first].text not in QUOTES):
        first += 1
    return characters(doc, first, last)


def ranges(first: int, last: int, holes: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return what is left of the token range ``first`` to ``last`` (inclusive) without the ``holes``."""
    pieces = []
    at = first
    for a, b in sorted(holes):
        if b < at or a > last:
            continue
        if a > at:
            pieces.append((at, a - 1))
        at = max(at, b + 1)
    if at <= last:
        pieces.append((at, last))
    return pieces


def spans(doc: Doc, pieces: Iterable[tuple[int, int]]) -> tuple[Span, ...]:
    """Return the characters of several token ranges, leaving out those that are punctuation alone."""
    out = []
    for a, wide in pieces:
        b = min(wide, a + _WINDOW)
        span = characters(doc, a, b)
        if span is not None and any(ch.isalnum() for ch in doc[a : b + 1].text):
            out.append(span)
    return tuple(out)
