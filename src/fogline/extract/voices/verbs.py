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
    characters,
    child,
    mention,
    sentence,
    spans,
    subject,
    tells_that,
)
from .lexicon import Cue, Lexicon, lexicon
from .parenthesis import as_aside, clause_start, has_complement, parenthesis

if TYPE_CHECKING:
    from spacy.tokens import Token

_INSIDE = frozenset({"pobj", "prep", "amod", "nummod", "compound", "quantmod", "conj", "appos"})
_BEFORE = frozenset({"compound", "det", "amod", "poss", "nummod", "case", "quantmod", "advmod"})
_ANY = frozenset({"of", "for", "about", "on", "to", "with", "against", "as", "over", "that", "from"})
_SHARES = frozenset({"half", "twice", "double", "thrice"})
_ADDRESSED = frozenset(
    {"tell", "inform", "assure", "advise", "remind", "notify", "brief", "reassure"}
    | {"warn", "ask", "write", "post", "tweet"}
)
_PLACES = frozenset({"GPE", "LOC", "FAC"})
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
    finding = _finding(token, entry) if entry is not None else None
    if finding is not None:
        yield finding


def is_passive(verb: Token) -> bool:
    """Tell whether ``verb`` is in the passive, reduced relatives ("troops said to be") included."""
    if child(verb, "auxpass", "nsubjpass", "csubjpass") is not None:
        return True
    if verb.tag_ != "VBN" or child(verb, "aux", "nsubj") is not None or tells_that(verb):
        return False
    return verb.dep_ in ("acl", "advcl") or (verb.dep_ == "conj" and is_passive_head(verb))


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
    elif (teller := _inset(verb, entry)) is not None:
        source, tokens = mention(teller, verb), (verb.i + 1, teller.right_edge.i)
        content = parenthesis(doc, verb, tokens)
    elif (teller_behind := _behind(verb, who, entry)) is not None:
        source, content = teller_behind, _before_it(verb)
    else:
        source = None if entry.raising else source_span(who, verb) or _nearest(verb)
        if who is not None and who.dep_ == "expl":
            source = None
        content = _aside(verb, entry, source) or _inserted(verb, entry, source) or _content(verb, entry, who)
        if source is None and who is None and content and content[-1][1] < verb.i:
            source = _inverted(verb)
    relays: tuple[str, ...] = ()
    if source is None and who is None and not passive and entry.kind == "saying":
        source, relays = _behind_relay(verb)
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


def source_span(who: Token | None, verb: Token) -> Span | None:
    """Return the full mention of the subject ``who``, a relative pronoun with what it stands for."""
    if who is None:
        return None
    if who.lower_ in _RELATIVE and who.head.dep_ == "relcl":
        antecedent = who.head.head
        for _ in range(3):
            if antecedent.dep_ == "appos":
                antecedent = antecedent.head
            elif who.lower_ == "who" and antecedent.ent_type_ in _PLACES and antecedent.dep_ == "pobj":
                antecedent = antecedent.head.head  # "its spokesman in Jammu, who reports": no place speaks
        whole = mention(antecedent, who)
        return whole if whole is not None else mention(who, verb)
    return mention(who, verb)


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


def _inset(verb: Token, entry: Cue) -> Token | None:
    """Return who speaks in "The army, added General Worku, could be back", read as an object."""
    doc = verb.doc
    if entry.kind != "saying" or "clause" not in entry.frames or verb.lemma_ in _ADDRESSED:
        return None
    if verb.tag_ not in ("VBD", "VBZ") or verb.dep_ == "ROOT" or verb.i == 0 or doc[verb.i - 1].text != ",":
        return None
    noun = child(verb, "dobj", "attr", "oprd")
    if noun is None or noun.pos_ != "PROPN" or noun.left_edge.i != verb.i + 1:
        return None
    last = noun.right_edge.i
    own = child(verb, "nsubj", "nsubjpass", "aux", "auxpass")
    return noun if own is None and last + 1 < len(doc) and doc[last + 1].text == "," else None


def _behind(verb: Token, who: Token | None, entry: Cue) -> Span | None:
    """Return who speaks in "…, 30,000 of them children, said the agency" and "“Nonsense,” said the envoy".

    A parser takes the noun before the verb for its subject; a comma or a quotation mark between them and a
    noun phrase behind the verb that ends its clause tell otherwise.
    """
    doc = verb.doc
    if who is None or who.i > verb.i or entry.kind != "saying" or verb.lemma_ in _ADDRESSED:
        return None
    if "clause" not in entry.frames or "object" in entry.frames:
        return None
    i = verb.i - 1
    if doc[i].text not in QUOTES and doc[i].text != ",":
        return None
    if who.right_edge.i < i - 1 or who.i < verb.left_edge.i or verb.i + 1 >= len(doc):
        return None
    noun = doc[verb.i + 1]
    while noun.dep_ in _BEFORE and noun.head.i > noun.i and noun.head.i - noun.i < 8:
        noun = noun.head
    first = doc[noun.left_edge.i]
    named = noun.pos_ == "PROPN" or (noun.pos_ == "NOUN" and first.lower_ in ("the", "a", "an"))
    if not named or noun.head.i != verb.i or has_complement(verb):
        return None
    if doc[verb.i + 1].text in QUOTES or any(t.tag_ in ("VBD", "VBZ") for t in doc[verb.i + 1 : noun.i]):
        return None
    return mention(noun, verb)


def _before_it(verb: Token) -> list[tuple[int, int]]:
    """Return what stands in the sentence before a verb."""
    return [(clause_start(verb.doc, sentence(verb)[0], verb.i - 1), verb.i - 1)]


def _inverted(verb: Token) -> Span | None:
    """Return the noun right behind a verb that follows its content: "…," warned the governor."""
    thing = child(verb, "dobj", "dep", "attr")
    if thing is None or thing.left_edge.i != verb.i + 1 or thing.pos_ not in ("NOUN", "PROPN", "PRON"):
        return None
    return mention(thing, verb)


def _nearest(verb: Token) -> Span | None:
    """Return the noun phrase right before a finite verb that the parse gave no subject."""
    if verb.tag_ not in ("VBD", "VBZ", "VBP"):
        return None
    doc, start = verb.doc, sentence(verb)[0]
    last = verb.i - 1
    while last > start and doc[last].dep_ in ("aux", "advmod", "neg") and verb.i - last < 4:
        last -= 1
    if last < start:
        return None
    noun = doc[last]
    for _ in range(8):
        if noun.dep_ not in _INSIDE or noun.head.i >= verb.i or noun.head.i < start:
            break
        noun = noun.head
    first = noun.i
    while first > start and doc[first - 1].dep_ in _BEFORE and doc[first - 1].text != ",":
        first -= 1
    nominal = noun.pos_ in ("NOUN", "PROPN", "NUM", "PRON") or noun.lower_ in ("most", "many", "some", "few")
    if not nominal or noun.dep_ in ("dobj", "npadvmod") or last - first > 15:
        return None
    if any(t.text in (",", ";", ":") or t.text in QUOTES for t in doc[first : last + 1]):
        return None
    return Span(doc[first].idx, doc[last].idx + len(doc[last].text))


def _behind_relay(verb: Token) -> tuple[Span | None, tuple[str, ...]]:
    """Return who speaks in "As reported by the AP, Konashenkov, said …", and through whom."""
    doc, first = verb.doc, sentence(verb)[0]
    if not (verb.i - first >= 5 and doc[first].lower_ == "as" and doc[first + 2].lower_ == "by"):
        return None, ()
    comma = next((i for i in range(first + 3, verb.i) if doc[i].text == ","), verb.i)
    source = characters(doc, comma + 1, verb.i - 1) if comma + 1 < verb.i else None
    named = source is not None and all(t.pos_ not in VERBAL for t in doc[comma + 1 : verb.i])
    if doc[first + 1].lemma_ not in PASSED_ON or not named:
        return None, ()
    outlet = characters(doc, first + 3, comma - 1)
    return source, (outlet.of(doc.text),) if outlet is not None else ()


def _content(verb: Token, entry: Cue, who: Token | None) -> list[tuple[int, int]]:
    if entry.raising:
        complement = child(verb, "xcomp", "oprd", "acomp")
        if complement is None or who is None or _speaks(complement):
            return []
        return [*_own(who, verb), (max(complement.left_edge.i, verb.i + 1), complement.right_edge.i)]
    for rule in (_clause, _infinitive, _prepositional, _object, _figures):
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
        return []
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
    if not entry.frames & {"figures", "object"} or entry.kind not in ("saying", "thinking", "perceiving"):
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


def _measured(verb: Token, thing: Token, entry: Cue) -> list[tuple[int, int]]:
    """Return "the toll at 40, most of them children" of "put the toll at 40, …"."""
    doc, stop = verb.doc, sentence(verb)[1]
    seen = False
    for i in range(thing.i + 1, min(stop, thing.i + 60) + 1):
        figure = doc[i].lower_ == "as" or any(t.like_num or t.lower_ in _SHARES for t in doc[i + 1 : i + 6])
        seen = seen or (doc[i].lower_ in entry.tail and i - thing.i < 25 and figure)
        finite = doc[i].tag_ in ("VBD", "VBZ", "VBP", "MD") and doc[i].dep_ != "relcl"
        if doc[i].text == ";" or (seen and finite):
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
