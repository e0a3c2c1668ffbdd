"""Attributions whose cue is a verb: "said that", "vowed to", "accused X of", "was quoted as saying"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ...model import Span
from .clauses import complement, extended
from .finding import Finding, Page
from .grammar import (
    CONTROL,
    PASSED_ON,
    QUOTES,
    VERBAL,
    child,
    mention,
    sentence,
    spans,
    subject,
    tells_that,
)
from .lexicon import Cue, Lexicon, lexicon
from .parenthesis import as_aside, clause_start, has_complement, parenthesis
from .sources import behind, behind_relay, inset, inverted, nearest, source_span

if TYPE_CHECKING:
    from spacy.tokens import Token

_ANY = frozenset({"of", "for", "about", "on", "to", "with", "against", "as", "over", "that", "from"})
_SHARES = frozenset({"half", "twice", "double", "thrice"})
_ANSWERS = frozenset({"respond", "reply", "retort", "counter", "retaliate"})
_THOUGHT = frozenset(
    {"think", "believe", "say", "report", "know", "expect", "understand", "suspect", "presume", "allege"}
)
_TIMES = frozenset({"DATE", "TIME"})
_RELATIVE = frozenset({"who", "which", "that", "whom"})
_WH_MARKS = frozenset({"if", "whether", "that"})


def entry_of(verb: Token, words: Lexicon) -> Cue | None:
    """Return what is known of ``verb`` as a cue, with its particle where it has one."""
    particle = child(verb, "prt")
    if particle is not None:
        both = words.phrasal.get((verb.lemma_.lower(), particle.lower_))
        if both is not None:
            return both
    return words.verbs.get(verb.lemma_.lower())


def verb_findings(page: Page, token: Token) -> Iterator[Finding]:
    """Yield what ``token`` gives as a cue verb; a source without visible content comes without any."""
    if token.pos_ not in VERBAL or token.dep_ in ("aux", "auxpass", "amod", "compound"):
        return
    entry = entry_of(token, page.words)
    if token.lemma_ in _ANSWERS and _by_deed(token):
        return
    taken = child(token, "dobj")
    if token.lemma_ == "claim" and taken is not None and taken.lemma_ in page.words.tolls:
        return
    finding = _finding(token, entry) if entry is not None else None
    if finding is not None:
        yield finding


def _by_deed(verb: Token) -> bool:
    """Tell whether somebody answers by a deed, not in words: "responded by shelling the town"."""
    deed = next((c for c in verb.rights if c.lower_ == "by"), None)
    return deed is not None and child(deed, "pcomp") is not None


def is_passive(verb: Token) -> bool:
    """Tell whether ``verb`` is in the passive, reduced relatives ("troops said to be") included."""
    if child(verb, "auxpass", "nsubjpass", "csubjpass") is not None:
        return True
    if _reduced(verb):
        return True
    if verb.tag_ != "VBN" or child(verb, "aux", "nsubj") is not None or tells_that(verb):
        return False
    return verb.dep_ in ("acl", "advcl") or (verb.dep_ == "conj" and is_passive_head(verb))


def _reduced(verb: Token) -> bool:
    """Tell whether a verb behind a comma is a participle: "A suspect, thought to be abroad, is …"."""
    complement = child(verb, "xcomp")
    aux = child(complement, "aux") if complement is not None else None
    before = verb.doc[verb.i - 1].text if verb.i else ""
    return (
        verb.lemma_ in _THOUGHT
        and verb.tag_ in ("VBD", "VBN")
        and before in (",", "(", "–", "—")
        and child(verb, "aux") is None
        and aux is not None
        and aux.lower_ == "to"
    )


def is_passive_head(verb: Token) -> bool:
    """Tell whether the verb that ``verb`` is coordinated with is in the passive."""
    return child(verb.head, "auxpass", "nsubjpass") is not None


def cue_span(verb: Token) -> Span:
    """Return the characters of the cue with its auxiliaries and particle."""
    first = last = verb.i
    for c in verb.children:
        if c.dep_ in ("aux", "auxpass", "neg") and verb.i - 5 <= c.i < verb.i:
            first = min(first, c.i)
        elif c.dep_ == "prt" and c.i - verb.i < 4:
            last = max(last, c.i)
    doc = verb.doc
    return Span(doc[first].idx, doc[last].idx + len(doc[last].text))


def _finding(verb: Token, entry: Cue) -> Finding | None:
    doc = verb.doc
    passive = is_passive(verb)
    misread = _misread(verb, entry) if passive and verb.dep_ == "acl" else None
    if misread is not None:
        return misread
    if passive and verb.lemma_.lower() in PASSED_ON and (verb.dep_ == "acl" or _as_saying(verb)):
        return None
    who = None if passive else subject(verb)
    if passive:
        agent = child(verb, "agent")
        pobj = child(agent, "pobj") if agent is not None else None
        source = mention(pobj) if pobj is not None else None
        content = _passive_content(verb, entry)
    elif (teller := inset(verb, entry)) is not None:
        source, tokens = mention(teller, verb), (verb.i + 1, teller.right_edge.i)
        content = parenthesis(doc, verb, tokens)
    elif (teller_behind := behind(verb, who, entry)) is not None:
        source, content = teller_behind, _before_it(verb)
    else:
        source = None if entry.raising else source_span(who, verb) or nearest(verb)
        if who is not None and who.dep_ == "expl":
            source = None
        content = _aside(verb, entry, source) or _inserted(verb, entry, source) or _content(verb, entry, who)
        if source is None and who is None and content and content[-1][1] < verb.i:
            source = inverted(verb)
    relays: tuple[str, ...] = ()
    if source is None and who is None and not passive and entry.kind == "saying":
        source, relays = behind_relay(verb)
    negated = child(verb, "neg") is not None
    if not content and (passive or "clause" not in entry.frames):
        return None
    return Finding(
        source=source,
        cue=cue_span(verb),
        content=spans(doc, content),
        entry=entry,
        rule="passive" if passive else "verb",
        token=verb.i,
        relays=relays,
        negated=negated,
    )


def _misread(verb: Token, entry: Cue) -> Finding | None:
    """Return the finding of "…, the secretary, Omar García, announced", read as a participle."""
    noun = verb.head
    if entry.kind != "saying" or child(verb, "agent") is not None:
        return None
    told_of = _prepositional(verb, entry) if verb.i > 0 and verb.doc[verb.i - 1].text == "," else []
    if not told_of and "clause" not in entry.frames:
        return None
    source = mention(noun, verb)
    tokens = (
        verb.doc.char_span(source.start, source.end, alignment_mode="expand") if source is not None else None
    )
    if tokens is None:
        return None
    inset = parenthesis(verb.doc, verb, (tokens.start, tokens.end - 1))
    content = spans(verb.doc, inset or told_of)
    if not content or (inset and verb.i - tokens.end > 1):
        return None
    return Finding(source, cue_span(verb), content, entry, "verb", verb.i)


def _before_it(verb: Token) -> list[tuple[int, int]]:
    """Return what stands in the sentence before a verb."""
    return [(clause_start(verb.doc, sentence(verb)[0], verb.i - 1), verb.i - 1)]


def _content(verb: Token, entry: Cue, who: Token | None) -> list[tuple[int, int]]:
    if entry.raising:
        complement = child(verb, "xcomp", "oprd", "acomp")
        if complement is None or who is None or _speaks(complement):
            return []
        return [*_own(who, verb), (max(complement.left_edge.i, verb.i + 1), complement.right_edge.i)]
    for rule in (_clause, _infinitive, _prepositional, _object, _figures, _standing_for):
        found = rule(verb, entry)
        if found:
            return found
    return []


def _inserted(verb: Token, entry: Cue, source: Span | None) -> list[tuple[int, int]]:
    """Return the clause that a cue between commas is set into."""
    if source is None or "clause" not in entry.frames or entry.needs_that or has_complement(verb):
        return []
    tokens = verb.doc.char_span(source.start, source.end, alignment_mode="expand")
    if tokens is None:
        return []
    return parenthesis(verb.doc, verb, (tokens.start, tokens.end - 1))


def _aside(verb: Token, entry: Cue, source: Span | None) -> list[tuple[int, int]]:
    """Return the clause beside "as he hinted", where the cue has no clause of its own."""
    if source is None or "clause" not in entry.frames or entry.needs_that or has_complement(verb):
        return []
    return as_aside(verb)


def _as_saying(verb: Token) -> bool:
    """Tell whether "was quoted" goes on with "as saying", which is the cue."""
    return any(c.lower_ == "as" and child(c, "pcomp") is not None for c in verb.rights)


def _speaks(verb: Token) -> bool:
    """Tell whether an infinitive is itself a cue ("appeared to imply"), so that the finite verb is none."""
    entry = lexicon().verbs.get(verb.lemma_.lower())
    return entry is not None and entry.kind in ("saying", "judging") and verb.pos_ == "VERB"


def _own(who: Token, verb: Token) -> list[tuple[int, int]]:
    if who.i < verb.i:
        return [(who.left_edge.i, min(who.right_edge.i, verb.i - 1))]
    return [(who.left_edge.i, who.right_edge.i)]


def _clause(verb: Token, entry: Cue) -> list[tuple[int, int]]:
    if "clause" not in entry.frames and entry.kind != "judging":
        return []
    return complement(verb, entry)


def _infinitive(verb: Token, entry: Cue) -> list[tuple[int, int]]:
    if "to" not in entry.frames:
        return []
    complement = child(verb, "xcomp")
    if complement is None:
        complement = child(verb, "ccomp")
    if complement is not None and complement.i > verb.i:
        first = complement.left_edge.i
        moved = child(verb, "dobj")
        if moved is not None and verb.i < moved.i < first and verb.lemma_ in CONTROL:
            first = moved.left_edge.i
        return [(max(first, verb.i + 1), extended(verb, complement))]
    return []


def _prepositional(verb: Token, entry: Cue) -> list[tuple[int, int]]:
    for c in verb.rights:
        if c.dep_ in ("prep", "prt") and c.lower_ in entry.preps:
            inner = child(c, "pobj", "pcomp")
            if inner is not None:
                first, last = max(inner.left_edge.i, c.i + 1), max(inner.right_edge.i, c.right_edge.i)
                return [(first, _tail(verb, entry, last))]
    return _past_day(verb, entry)


def _past_day(verb: Token, entry: Cue) -> list[tuple[int, int]]:
    """Return what a preposition heads behind the day of the cue: "boasted on 29 March of having …"."""
    doc, stop = verb.doc, sentence(verb)[1]
    for i in range(verb.i + 2, min(verb.i + 7, stop) + 1):
        token = doc[i]
        if token.lower_ in entry.preps and token.dep_ == "prep" and doc[i - 1].ent_type_ in _TIMES:
            inner = child(token, "pobj", "pcomp")
            return [(i + 1, max(inner.right_edge.i, token.right_edge.i))] if inner is not None else []
        if token.ent_type_ not in _TIMES and token.lower_ not in ("on", "in"):
            return []
    return []


def _object(verb: Token, entry: Cue) -> list[tuple[int, int]]:
    if "object" not in entry.frames:
        return []
    thing = child(verb, "dobj")
    if thing is not None and thing.i < verb.i and thing.lower_ in _RELATIVE and verb.dep_ == "relcl":
        antecedent = verb.head
        return [(antecedent.left_edge.i, verb.left_edge.i - 1)]
    if thing is None:
        named = child(verb, "oprd")
        if named is not None and named.i > verb.i:
            return [(named.left_edge.i, named.right_edge.i)]
        return []
    if thing.i < verb.i:
        named = child(verb, "oprd") if thing.lower_ == "what" else None
        return [(named.left_edge.i, named.right_edge.i)] if named is not None and named.i > verb.i else []
    if entry.required:
        return _measured(verb, thing, entry)
    if (
        thing.pos_ == "PRON"
        and not entry.tail
        and thing.lower_ in ("it", "this", "that", "so", "himself", "herself")
    ):
        return [(thing.i, thing.i)]
    return [(thing.left_edge.i, _tail(verb, entry, thing.right_edge.i))]


def _figures(verb: Token, entry: Cue) -> list[tuple[int, int]]:
    """Return "662 dead since May" of "has counted 662 dead since May", "about 40" of "thinks about 40"."""
    doc, stop = verb.doc, sentence(verb)[1]
    if not (entry.frames & {"figures", "object"} or _bare_figure(verb)) or entry.kind not in (
        "saying",
        "thinking",
        "perceiving",
    ):
        return []
    first = verb.i + 1
    ahead = next((i for i in range(first, min(stop, first + 5) + 1) if doc[i].like_num), None)
    if ahead is None or any(t.pos_ in ("NOUN", "PROPN", "VERB", "PRON", "PUNCT") for t in doc[first:ahead]):
        return []
    for i in range(ahead, stop + 1):
        if doc[i].text == ";" or doc[i].tag_ in ("VBD", "VBZ", "VBP", "MD"):
            joint = next(
                (k for k in range(i, ahead, -1) if doc[k].text in (",", ";") or doc[k].dep_ == "cc"), None
            )
            return [(first, joint - 1)] if joint is not None else []
    return [(first, stop)]


def _standing_for(verb: Token, entry: Cue) -> list[tuple[int, int]]:
    """Return the word that stands for what is said: "say otherwise", "told Reuters as much"."""
    if entry.kind != "saying" or "clause" not in entry.frames:
        return []
    for c in verb.rights:
        if c.lower_ == "otherwise" and c.dep_ == "advmod":
            return [(c.i, c.i)]
        if c.lower_ == "much" and verb.doc[c.i - 1].lower_ == "as" and c.right_edge.i == c.i:
            return [(c.i - 1, c.i)]
    return []


def _bare_figure(verb: Token) -> bool:
    """Tell whether a number alone is what is said: "The monitors say 216"."""
    doc, at = verb.doc, verb.i + 1
    return at + 1 < len(doc) and doc[at].tag_ == "CD" and doc[at + 1].is_punct and doc[at].dep_ == "dobj"


def _measured(verb: Token, thing: Token, entry: Cue) -> list[tuple[int, int]]:
    """Return "the toll at 40, most of them children" of "put the toll at 40, …"."""
    doc, stop = verb.doc, sentence(verb)[1]
    seen = False
    for i in range(thing.i + 1, min(stop, thing.i + 60) + 1):
        figure = doc[i].lower_ == "as" or any(t.like_num or t.lower_ in _SHARES for t in doc[i + 1 : i + 6])
        seen = seen or (doc[i].lower_ in entry.tail and i - thing.i < 25 and figure)
        main = doc[i].head if doc[i].dep_ in ("aux", "auxpass") else doc[i]
        finite = doc[i].tag_ in ("VBD", "VBZ", "VBP", "MD") and main.dep_ != "relcl"
        if doc[i].text == ";" or finite:
            joint = next(
                (k for k in range(i, thing.i, -1) if doc[k].text in (",", ";") or doc[k].dep_ == "cc"), i
            )
            return [(thing.left_edge.i, joint - 1)] if seen else []
    return [(thing.left_edge.i, stop)] if seen else []


def _tail(verb: Token, entry: Cue, last: int) -> int:
    for c in verb.rights:
        if c.left_edge.i <= last:
            continue
        between = verb.doc[last + 1 : c.left_edge.i]
        if (
            len(between) > 2
            or any(t.text not in QUOTES for t in between)
            or not (
                c.dep_ in ("oprd", "xcomp", "acomp", "acl", "relcl", "advmod")
                or (c.dep_ == "prep" and c.lower_ in (entry.tail or _ANY))
            )
        ):
            break
        last = c.right_edge.i
    return last


def _passive_content(verb: Token, entry: Cue) -> list[tuple[int, int]]:
    patient = child(verb, "nsubjpass", "nsubj", "csubjpass")
    if patient is None and verb.dep_ == "conj":
        patient = child(verb.head, "nsubjpass", "nsubj")
    if patient is None and verb.dep_ == "acl":
        patient = verb.head
    clause = child(verb, "ccomp")
    if clause is not None and clause.i > verb.i and "clause" in entry.frames:
        return [(max(clause.left_edge.i, verb.i + 1), extended(verb, clause))]
    if patient is None or patient.i > verb.i:
        return []
    own = _patient(patient, verb)
    complement = child(verb, "xcomp", "oprd")
    if complement is not None and complement.i > verb.i:
        if _speaks(complement):
            return []
        if complement.dep_ == "xcomp" and verb.lemma_ in ("ask", "tell", "urge", "instruct", "order"):
            return [(complement.left_edge.i, complement.right_edge.i)]
        return [*own, (complement.left_edge.i, complement.right_edge.i)]
    for c in verb.rights:
        if c.dep_ == "prep" and c.lower_ in entry.tail:
            return [*own, (c.i + 1, c.right_edge.i)]
        if c.dep_ == "prep" and c.lower_ in entry.preps:
            return [(c.i + 1, c.right_edge.i)]
    if "object" in entry.frames and not entry.required and child(verb, "agent") is not None:
        return own
    return []


def _patient(patient: Token, verb: Token) -> list[tuple[int, int]]:
    if patient.lower_ in _RELATIVE and patient.head.dep_ == "relcl":
        patient = patient.head.head
    return [
        (
            patient.left_edge.i,
            min(patient.right_edge.i, verb.left_edge.i - 1 if verb.dep_ == "acl" else verb.i - 1),
        )
    ]
