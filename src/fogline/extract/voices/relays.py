"""Through whom a voice's words came: "told Suspilne", "quoted by the AP", "Reuters, citing the ministry"."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ...model import Span
from .finding import Finding
from .grammar import VERBAL, child, mention, sentence
from .lexicon import Lexicon
from .outlets import add_name, add_outlets, is_media

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as TokenSpan

# Participles that make their agent a relay whoever it is, and those that do so only for an outlet.
_QUOTED = frozenset({"quote", "cite", "carry"})
_AIRED = frozenset(
    {"interview", "report", "publish", "broadcast", "distribute", "meet", "release", "print", "reach"}
)
# What is done with a paper or a recording on its way to an outlet.
_HANDED = frozenset({"send", "give", "pass", "leak", "hand", "provide", "show", "supply", "forward"})
# "…, in an interview with Al Arabiya, urged"
_TALKS = frozenset(
    {"interview", "call", "message", "remark", "comment", "conversation", "statement", "speech", "letter"}
    | {"broadcast", "announcement", "communique", "communiqué", "recording"}
)
_THROUGH = frozenset({"to", "on", "over", "through", "via", "with", "by", "in", "for"})
# "Asked by CNN whether the pass was open, he said"
_ASKED = frozenset({"ask", "question", "interview", "reach", "contact", "press"})
_TALKED = frozenset({"speak", "talk"})
_HEARD = frozenset({"tell", "inform"})
_HEARERS = frozenset({"reporters", "journalists", "correspondents"})
_NAMED = frozenset({"ORG", "PERSON"})
_OBJECTS = frozenset({"dobj", "dative", "oprd"})
_PHRASE = 14  # tokens of whom a source cites between commas
_TELLING = frozenset({"verb", "passive", "beside a quotation"})


def relayed(doc: Doc, finding: Finding, words: Lexicon) -> tuple[str, ...]:
    """Return the outlets and persons that the words of ``finding`` came through by its own sentence."""
    found: list[str] = list(finding.relays)
    if finding.token is not None and finding.rule in _TELLING and doc[finding.token].pos_ in VERBAL:
        verb = doc[finding.token]
        found.extend(_told(verb, words, denied=finding.entry.denies))
        if not found and verb.tag_ == "VBG" and verb.dep_ == "advcl" and verb.head.pos_ in VERBAL:
            found.extend(_told(verb.head, words))
        for c in verb.children:
            if c.dep_ == "advcl" and c.lemma_.lower() in _QUOTED | _AIRED and _mark(c) == "as":
                _agent(found, c)
        if verb.dep_ == "pcomp" and verb.head.lower_ == "as" and verb.head.head.lemma_.lower() in _QUOTED:
            _agent(found, verb.head.head)
    if finding.source is not None:
        tokens = doc.char_span(finding.source.start, finding.source.end, alignment_mode="expand")
        for token in tokens or ():
            found.extend(_carried(token, words))
        found.extend(_behind(list(doc[tokens.end : tokens.end + 4]) if tokens is not None else [], words))
    return tuple(dict.fromkeys(found))


def _told(verb: Token, words: Lexicon, *, denied: bool = False) -> list[str]:
    found: list[str] = []
    for c in verb.children:
        if c.i > verb.i and c.dep_ in _OBJECTS and c.pos_ in ("NOUN", "PROPN"):
            if c.dep_ in ("dobj", "dative"):
                add_outlets(found, c, words, gatherers=True)
            taken_up = _taken_up(c) if found else []
            if not denied:  # "denied rumours on state radio" tells how the rumours came
                passed = _carried(c, words)
                if passed and verb.lemma_.lower() in _HEARD and not found and c.lower_ not in _HEARERS:
                    add_name(found, c)  # "told a camp doctor, who was quoted by TASS": through both
                found.extend([*passed, *taken_up])
        elif c.dep_ in ("prep", "dative") and c.lower_ in _THROUGH:
            noun = child(c, "pobj")
            if noun is not None:
                add_outlets(found, noun, words)
                found.extend(_carried(noun, words))
        elif c.dep_ == "prep" and verb.lemma_.lower() in _TALKED:
            further = next((p for p in c.rights if p.dep_ == "prep" and p.lower_ == "to"), None)
            noun = child(further, "pobj") if further is not None else None
            if noun is not None:  # "speaking from Maiduguri to Voice of America"
                add_outlets(found, noun, words)
        elif c.dep_ == "advcl" and c.tag_ == "VBN" and c.lemma_.lower() in _ASKED:
            _agent(found, c, words)
    return found


def _taken_up(noun: Token) -> list[str]:
    """Return who took up what an outlet had: "told Suspilne, which AFP carried"."""
    doc, found = noun.doc, list[str]()
    tokens = doc[noun.i + 1 : noun.i + 10]
    if len(tokens) < 4 or tokens[0].text != "," or tokens[1].lower_ != "which":
        return found
    for token in tokens[2:]:
        if token.text == "," or token.is_sent_start:
            break
        if token.lemma_.lower() in _QUOTED | _AIRED and token.i > tokens[1].i + 1:
            add_name(found, doc[token.i - 1])
            break
    return found


def _carried(noun: Token, words: Lexicon) -> list[str]:
    """Return who passed on the words of ``noun``: "…, quoted by Radio Dabanga", "remarks to the BBC"."""
    found: list[str] = []
    for c in noun.rights:
        lemma = c.lemma_.lower()
        if c.dep_ in ("acl", "relcl", "advcl", "appos", "conj") and c.tag_ in ("VBN", "VBD"):
            agent = next((p for p in c.rights if p.lower_ == "by"), None)
            by = child(agent, "pobj") if agent is not None else None
            if by is not None and lemma in _QUOTED:
                add_name(found, by)
            elif lemma in _HANDED:
                found.extend(_handed(c, by, words))
            elif by is not None and lemma in _AIRED:
                add_outlets(found, by, words, gatherers=lemma in _ASKED | {"meet"})
        elif c.dep_ == "acl" and c.tag_ == "VBG" and lemma in _TALKED:
            found.extend(_told(c, words))
        elif c.dep_ == "prep" and c.lower_ == "as":
            passed = child(c, "pcomp", "advcl") or next(iter(c.rights), None)
            by = next((p for p in passed.rights if p.lower_ == "by"), None) if passed is not None else None
            outlet = child(by, "pobj") if by is not None else None
            if outlet is not None:
                add_name(found, outlet)
        elif c.dep_ == "prep" and c.lower_ in ("through", "via", "with", "to", "on"):
            outlet = child(c, "pobj")
            if outlet is not None:
                add_outlets(found, outlet, words)
        elif c.dep_ == "prep" and c.lower_ in ("in", "during"):
            talk = child(c, "pobj")
            if talk is not None and talk.lemma_.lower() in _TALKS:
                found.extend(_carried(talk, words))
    return found


def _handed(participle: Token, by: Token | None, words: Lexicon) -> list[str]:
    """Return through whom a paper came: "a letter leaked by an official to the Guardian"."""
    found: list[str] = []
    if by is not None:
        add_name(found, by)
    for link in (participle, *([by] if by is not None else ())):
        to = next((c for c in link.rights if c.lower_ == "to" and c.dep_ in ("prep", "dative")), None)
        outlet = child(to, "pobj") if to is not None else None
        if outlet is not None:
            add_outlets(found, outlet, words)
    return found


def _behind(tokens: list[Token], words: Lexicon) -> list[str]:
    """Return the outlet of ", through its channel," or ", as reported by the AP," right behind a source."""
    found: list[str] = []
    if len(tokens) < 4 or tokens[0].text != ",":
        return found
    if tokens[1].lower_ in ("through", "via"):
        outlet = child(tokens[1], "pobj")
        if outlet is not None and outlet.pos_ == "PROPN" and outlet.ent_type_ in _NAMED:
            add_name(found, outlet)
        elif outlet is not None:
            add_outlets(found, outlet, words)
    elif (
        tokens[1].lower_ == "as" and tokens[2].lemma_.lower() in _QUOTED | _AIRED and tokens[3].lower_ == "by"
    ):
        outlet = child(tokens[3], "pobj")
        if outlet is not None:
            add_name(found, outlet)
    return found


def _mark(clause: Token) -> str:
    mark = child(clause, "mark")
    return mark.lower_ if mark is not None else ""


def _agent(found: list[str], participle: Token, words: Lexicon | None = None) -> None:
    """Add whoever stands behind the "by" of a participle; where ``words`` are given, only an outlet."""
    agent = next((c for c in participle.children if c.lower_ == "by"), None)
    by = child(agent, "pobj") if agent is not None else None
    if by is not None and (words is None or is_media(by, words)):
        add_name(found, by)


def cited(doc: Doc, findings: list[Finding], words: Lexicon) -> list[Finding]:
    """Return the findings with those whom a report cites as voices of their own.

    In "Interfax reported, citing a source, that …" the one who cites is the relay, and the cited has the
    same words.
    """
    out: list[Finding] = []
    by_sentence: dict[int, list[Finding]] = {}
    for f in findings:
        if f.token is not None and f.content and f.entry.kind == "saying":
            by_sentence.setdefault(sentence(doc[f.token])[0], []).append(f)
    for f in findings:
        verb = doc[f.token] if f.token is not None and f.rule == "verb" else None
        if verb is None or verb.tag_ != "VBG" or verb.lemma_.lower() not in words.citing or not f.content:
            out.append(f)
            continue
        if any(c.lemma_.lower() in words.no_sources for c in verb.rights):
            continue
        near = _teller(verb, by_sentence.get(sentence(verb)[0], ()), f)
        if near is None:
            out.append(f)
            continue
        relay = () if near.source is None else (_text(doc, near.source),)
        source = _cited(verb, f)
        out.append(replace(f, source=source, content=near.content, relays=relay, rule="cited"))
    beside = {c.cue.start: c for f in findings if (c := _beside_source(doc, f, words)) and c.cue is not None}
    return [f for f in out if f.cue is None or f.cue.start not in beside] + list(beside.values())


def _beside_source(doc: Doc, finding: Finding, words: Lexicon) -> Finding | None:
    """Return whom a source cites between commas: the army in "SANA, quoting an army statement, announced"."""
    tokens = _tokens(doc, finding.source) if finding.source is not None else None
    if tokens is None or finding.rule not in _TELLING or finding.token is None:
        return None
    at = tokens.end
    if at + 3 >= len(doc) or doc[at].text != "," or doc[at + 1].lemma_.lower() not in words.citing:
        return None
    first = at + 2 + (doc[at + 2].lower_ == "to")
    stop = next((i for i in range(first, min(first + _PHRASE, len(doc))) if doc[i].text == ","), None)
    if stop is None or not first < stop <= finding.token or doc[at + 1].tag_ != "VBG":
        return None
    cue = Span(doc[at + 1].idx, doc[at + 1].idx + len(doc[at + 1]))
    source = Span(doc[first].idx, doc[stop - 1].idx + len(doc[stop - 1]))
    told = " ".join(tokens.text.split())
    return replace(finding, source=source, cue=cue, relays=(told,), rule="cited")


def _cited(verb: Token, finding: Finding) -> Span:
    """Return whom a report cites: the object of "citing", which a parser may take for its clause."""
    named = child(verb, "dobj")
    whole = mention(named, verb) if named is not None and named.i > verb.i else None
    return whole if whole is not None else finding.content[0]


def _teller(verb: Token, findings: Iterable[Finding], own: Finding) -> Finding | None:
    near: Finding | None = None
    for g in findings:
        if g is own or g.token is None or any(c.start <= verb.idx < c.end for c in g.content):
            continue
        if near is None or abs(g.token - verb.i) < abs((near.token or 0) - verb.i):
            near = g
    return near


def _tokens(doc: Doc, span: Span) -> TokenSpan | None:
    return doc.char_span(span.start, span.end, alignment_mode="expand")


def _text(doc: Doc, span: Span) -> str:
    tokens = _tokens(doc, span)
    return " ".join(tokens.text.split()) if tokens is not None else ""
