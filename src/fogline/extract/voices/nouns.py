"""Attributions whose cue is a noun or an adjective: "the claim that", "Kyiv's plan to", "was sure that"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ...model import Span
from .finding import Finding, Page
from .grammar import VERBAL, characters, child, mention, opens_clause, sentence, spans, subject
from .lexicon import Cue, lexicon
from .outlets import is_media
from .sources import source_span
from .verbs import is_passive

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

# Nouns that are voices of their own where nobody is named for them, unless their verb tells who issued them.
_HEARSAY = frozenset({"report", "rumour", "rumor"})
_ISSUED = frozenset({"issue", "publish", "release", "make", "file", "write", "submit", "produce", "confirm"})
_OWNED = frozenset({"claim", "take", "accept", "admit", "own", "acknowledge", "assume", "deny", "disclaim"})
_OF = frozenset({"claim", "statement", "assertion", "allegation", "accusation", "announcement"})
_SPEAKING = frozenset({"GPE", "ORG", "NORP", "PERSON"})
_REACH = 16  # tokens from the noun to its clause
_SPREAD = frozenset(
    {"carry", "make", "post", "circulate", "repeat", "publish", "attribute", "air", "raise", "level", "issue"}
    | {"broadcast", "spread", "voice", "advance", "put", "give"}
)


def noun_findings(page: Page, token: Token) -> Iterator[Finding]:
    """Yield what ``token`` gives as a noun or adjective that takes a clause, an infinitive or "of"."""
    if token.pos_ == "NOUN" and token.dep_ != "compound":
        entry = page.words.nouns.get(token.lemma_.lower())
        found = _noun(page.doc, token, entry) if entry is not None else None
    elif token.pos_ == "ADJ" and token.dep_ in ("acomp", "ROOT", "conj", "advcl", "ccomp"):
        entry = page.words.adjectives.get(token.lower_)
        found = _adjective(page.doc, token, entry) if entry is not None else None
    else:
        return
    if found is not None:
        yield found


def _noun(doc: Doc, noun: Token, entry: Cue) -> Finding | None:
    if noun.head.lower_ == "in" and (
        noun.lemma_ == "order" or (noun.i + 1 < len(doc) and doc[noun.i + 1].lower_ == "of")
    ):
        return None  # "in order to", "in the words of": a preposition
    content = _content(noun, entry)
    if not content:
        return None
    source, pieces = _holder(noun), spans(doc, content)
    if source is not None and pieces and source.start < pieces[0].start < source.end:
        source = Span(source.start, source.start + len(doc.text[source.start : pieces[0].start].rstrip(" ,")))
    passed_on = _tellers(noun)[1:] if child(noun, "poss") is None else []
    return Finding(
        source=source,
        cue=Span(noun.idx, noun.idx + len(noun.text)),
        relays=tuple(" ".join(s.of(doc.text).split()) for s in passed_on),
        content=pieces,
        entry=entry,
        rule="noun",
        token=noun.i,
    )


def _content(noun: Token, entry: Cue) -> list[tuple[int, int]]:
    if noun.dep_ == "nsubj" and noun.head.lemma_ == "be" and "clause" in entry.frames:
        stated = child(noun.head, "ccomp")
        if stated is not None and stated.i > noun.head.i and child(stated, "mark") is not None:
            return [(stated.left_edge.i, stated.right_edge.i)]
    for c in noun.rights:
        if c.dep_ in ("acl", "ccomp", "relcl", "advcl") and "clause" in entry.frames:
            mark = child(c, "mark")
            first = noun.doc[c.left_edge.i]
            if mark is not None and mark.lower_ in ("that", "whether") and first.i == mark.i:
                return [(c.left_edge.i, c.right_edge.i)]
            if first.lower_ == "that" and noun.lemma_.lower() in _OF and _own_subject(c, first):
                return [(c.left_edge.i, c.right_edge.i)]
        if c.dep_ in ("acl", "xcomp", "relcl") and "to" in entry.frames:
            aux = child(c, "aux")
            if aux is not None and aux.lower_ == "to":
                return [(c.left_edge.i, c.right_edge.i)]
        if c.dep_ == "prep" and c.lower_ in ("of", "about") and "of" in entry.frames:
            inner = child(c, "pcomp", "pobj")
            if inner is not None and (
                inner.pos_ in VERBAL or noun.tag_ == "NNS" or child(noun, "poss") is not None
            ):
                return [(c.i + 1, c.right_edge.i)]
        near = noun.doc[c.i + 1 : min(c.right_edge.i + 1, c.i + 6)]
        figures = "figures" in entry.frames and any(t.like_num for t in near)
        if c.dep_ == "prep" and c.lower_ == "of" and figures:
            return [(c.i + 1, c.right_edge.i)]
        wanted = "to" in entry.frames and noun.lemma_ in ("call", "plan", "demand")
        if c.dep_ == "prep" and c.lower_ == "for" and (wanted or "for" in entry.frames):
            return [(c.i + 1, c.right_edge.i)]
    if "for" in entry.frames and noun.dep_ == "dobj" and noun.head.lemma_.lower() in _OWNED:
        return [(noun.i, noun.i)]
    return _further(noun) if "clause" in entry.frames and entry.kind == "saying" else []


def _own_subject(clause: Token, that: Token) -> bool:
    """Tell whether a clause behind a "that" that the parse takes for a pronoun is whole without it."""
    who = child(clause, "nsubj", "nsubjpass")
    return who is not None and who.i > that.i and child(clause, "dobj") in (None, that)


def _further(noun: Token) -> list[tuple[int, int]]:
    """Return the that-clause behind who spread it: "allegations carried by some channels that …"."""
    if _author(noun) is None:
        return []
    doc, stop = noun.doc, sentence(noun)[1]
    for i in range(noun.i + 2, min(stop, noun.i + _REACH)):
        if doc[i].tag_ in ("VBD", "VBZ", "VBP", "MD") or doc[i].text in (";", ":"):
            return []
        if opens_clause(doc, i) and doc[i].dep_ == "mark":
            return [(i, doc[i].head.right_edge.i)]
    return []


def _holder(noun: Token) -> Span | None:
    owner = child(noun, "poss")
    if owner is not None:
        whole = mention(owner)
        if whole is not None and noun.doc[owner.right_edge.i].dep_ == "case":
            return Span(whole.start, whole.end - len(noun.doc[owner.right_edge.i]))
        return whole
    told = _author(noun)
    if told is not None:
        return told
    if noun.lemma_.lower() in _HEARSAY and noun.head.lemma_.lower() not in _ISSUED:
        return characters(noun.doc, noun.left_edge.i, noun.i)
    at = noun
    for _ in range(4):
        if at.dep_ not in ("dobj", "attr", "pobj", "prep", "conj", "dative") or at.head.i == at.i:
            return None
        at = at.head
        if at.pos_ in VERBAL:
            entry = lexicon().verbs.get(at.lemma_.lower())
            disowned = entry is not None and (
                entry.denies or entry.kind in ("judging", "perceiving", "showing")
            )
            return None if disowned or is_passive(at) else source_span(subject(at), at)
    return None


def _author(noun: Token) -> Span | None:
    """Return whose a report or claim is: "by X", "carried by X", "in Le Figaro", "Turkish"."""
    told = _tellers(noun)
    if told:
        return told[0]
    of = next((c for c in noun.lefts if c.dep_ == "amod" and c.ent_type_ == "NORP"), None)
    if of is None and noun.lemma_.lower() in _OF:  # "a US announcement that", "UN accusations that"
        of = next((c for c in noun.lefts if c.dep_ == "compound" and c.ent_type_ in _SPEAKING), None)
    return Span(of.doc[of.left_edge.i].idx, of.idx + len(of.text)) if of is not None else None


def _tellers(noun: Token) -> list[Span]:
    """Return who told what a noun names and who passed it on, innermost first."""
    found: list[Span] = []
    for c in noun.rights:
        person, first = None, False
        if c.dep_ == "prep" and c.lower_ in ("by", "from", "among"):
            person = child(c, "pobj")
        elif c.dep_ == "prep" and c.lower_ == "of" and noun.lemma_.lower() in _OF:
            person = child(c, "pobj")
            person = person if person is not None and person.ent_type_ in ("ORG", "PERSON") else None
        elif c.dep_ == "prep" and c.lower_ in ("in", "on"):
            person = child(c, "pobj")
            person = person if person is not None and is_media(person, lexicon()) else None
        elif c.dep_ == "acl" and c.tag_ == "VBN" and c.lemma_.lower() in _SPREAD:
            link = child(c, "agent") or next((p for p in c.rights if p.lower_ in ("by", "to")), None)
            person = child(link, "pobj") if link is not None else None
            first = c.lemma_.lower() == "attribute"
        whole = mention(person) if person is not None else None
        if whole is not None:
            found.insert(0 if first else len(found), whole)
    return found


def _adjective(doc: Doc, adjective: Token, entry: Cue) -> Finding | None:
    verb = adjective.head if adjective.dep_ in ("acomp", "conj") else adjective
    who = subject(verb) if verb.pos_ in VERBAL else None
    if who is None:
        return None
    for c in adjective.rights:
        mark = child(c, "mark", "aux")
        clause = c.dep_ in ("ccomp", "advcl") and "clause" in entry.frames
        infinitive = (
            c.dep_ in ("xcomp", "advcl") and "to" in entry.frames and mark is not None and mark.lower_ == "to"
        )
        if clause or infinitive:
            content = spans(doc, [(c.left_edge.i, c.right_edge.i)])
            break
        if c.dep_ == "prep" and c.lower_ in entry.frames:
            content = spans(doc, [(c.i + 1, c.right_edge.i)])
            break
    else:
        return None
    source = source_span(who, verb)
    if source is None or not content or who.dep_ == "expl":
        return None
    cue = Span(adjective.idx, adjective.idx + len(adjective.text))
    return Finding(source, cue, content, entry, "adjective", adjective.i)
