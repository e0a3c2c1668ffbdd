"""The voices that may vouch for a claim, and what can be told of each: the ground on which one is chosen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..extract.voices import cue_entry
from ..extract.voices.lexicon import lexicon
from ..model import Attribution, Mode, Span
from .vouching import heads

if TYPE_CHECKING:
    from spacy.tokens import Token

    from ..extract.parse import Parse

_PRONOUNS = {"he": "he", "she": "he", "it": "it", "they": "they", "who": "who", "which": "who"}
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_SHIFTED = frozenset({"had", "would", "might", "was", "were"})
_SHARES = ((0.001, "none"), (0.3, "touch"), (0.6, "part"), (0.95, "most"), (1.01, "all"))
_RELATIVES = frozenset({"who", "which", "that", "whom", "whose", "where", "when"})
_LINKS = frozenset(
    {"and", "but", "or", "while", "as", "after", "before", "since", "when", "where", "which", "who", "that"}
    | {"with", "in", "to", "for", "of", "by", "because", "although", "though", "whose", "if", "until"}
)


@dataclass(frozen=True, slots=True)
class Near:
    """An attribution that may hold a claim, with the share of the claim's words that it holds."""

    attribution: Attribution
    share: float


@dataclass(frozen=True, slots=True)
class Choice:
    """One voice that a claim may have (None: the outlet's own), with the features of the choice."""

    attribution: Attribution | None
    features: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Clause:
    """What is told of the claim's own words: their mode, where they stand, how their verb stands."""

    span: Span
    sentence: Span
    mode: Mode
    tense: str
    aside: bool
    linked: str  # the word that the clause opens with, where it links it to another
    before: str  # the word or mark right before the clause
    opens: bool  # whether it begins its sentence
    status: str  # as it is told, empty where nobody has read it
    relative: str = ""  # how a relative clause opens in which it stands, a comma before it where there is one


def clause_of(
    parse: Parse, evidence: Span, sentence: Span, mode: Mode, *, aside: bool, status: str = ""
) -> Clause:
    """Read a claim's words.

    Args:
        parse: the document.
        evidence: characters of the claim's clause.
        sentence: characters of its sentence.
        mode: how much of it stands in quotation marks.
        aside: whether it is an aside of the outlet inside reported speech.
        status: whether it is told as having happened, denied, intended, possible or conditional.
    """
    tokens = parse.tokens(evidence)
    if tokens is None or not len(tokens):
        return Clause(evidence, sentence, mode, "none", aside, "", "", False, status)
    first, root = tokens[0], tokens.root
    before = parse.doc[first.i - 1] if first.i and parse.doc[first.i - 1].idx >= sentence.start else None
    linked = first.lower_ if first.lower_ in _LINKS else ""
    return Clause(
        evidence,
        sentence,
        mode,
        _tense(root),
        aside,
        linked,
        _word(before),
        before is None,
        status,
        _relative(root, sentence),
    )


def choices(parse: Parse, clause: Clause, near: Sequence[Near], ruled: Attribution | None) -> list[Choice]:
    """Return the voices that a claim may have, each with its features; the outlet's own comes first.

    Args:
        parse: the document.
        clause: the claim's words.
        near: the attributions with a source in and around its sentence.
        ruled: whom the rules choose.
    """
    spots = [_spot(parse, clause, one.attribution) for one in near]
    out = [Choice(None, tuple(_of_outlet(parse, clause, near, spots, ruled)))]
    for number, one in enumerate(near):
        features = tuple(_of_voice(parse, clause, near, spots, number, ruled))
        out.append(Choice(one.attribution, features))
    return out


def _of_outlet(
    parse: Parse, clause: Clause, near: Sequence[Near], spots: Sequence[str], ruled: Attribution | None
) -> Iterator[str]:
    most = _bucket(max((one.share for one in near), default=0.0))
    here = sum(spot in ("inside", "under", "ahead", "behind") for spot in spots)
    yield f"outlet most={most}"
    yield f"outlet mode={clause.mode}"
    yield f"outlet ruled={ruled is None}"
    yield f"outlet ruled={ruled is None} most={most} mode={clause.mode}"
    yield f"outlet tense={clause.tense}"
    yield f"outlet tense={clause.tense} most={most}"
    yield f"outlet aside={clause.aside} most={most}"
    yield f"outlet linked={clause.linked}"
    yield f"outlet linked={clause.linked} most={most}"
    yield f"outlet before={clause.before} most={most}"
    yield f"outlet here={min(here, 3)} most={most}"
    yield f"outlet spots={'+'.join(sorted(set(spots)))}"
    yield f"outlet relative={clause.relative} most={most}"
    yield f"outlet relative={clause.relative} most={most} tense={clause.tense}"
    yield f"outlet status={clause.status}"
    yield f"outlet status={clause.status} most={most}"
    if clause.opens and not here:
        yield f"outlet alone before={'said' if 'before' in spots else ''} tense={clause.tense}"


def _of_voice(
    parse: Parse,
    clause: Clause,
    near: Sequence[Near],
    spots: Sequence[str],
    number: int,
    ruled: Attribution | None,
) -> Iterator[str]:
    one, spot = near[number], spots[number]
    a, share = one.attribution, _bucket(one.share)
    entry = cue_entry(parse, a)
    kind = "none" if entry is None else entry.kind if entry.vouches else f"{entry.kind}-"
    rule = a.reason.partition(":")[0]
    yield f"share={share} spot={spot}"
    yield f"share={share} kind={kind}"
    yield f"spot={spot} kind={kind} share={share}"
    yield f"rule={rule} share={share}"
    yield f"ruled={ruled is a}"
    yield f"ruled={ruled is a} kind={kind} share={share}"
    yield f"ruled={ruled is a} tense={clause.tense}"
    yield f"mode={clause.mode} of={a.mode} share={share}"
    yield f"mode={clause.mode} spot={spot} share={share}"
    yield f"aside={clause.aside} share={share}"
    yield f"denies={a.denies} spot={spot} share={share}"
    yield f"tense={clause.tense} spot={spot} share={share}"
    yield f"tense={clause.tense} kind={kind} spot={spot}"
    yield f"linked={clause.linked} share={share} spot={spot}"
    yield f"before={clause.before} share={share} spot={spot}"
    yield f"relative={clause.relative} share={share}"
    yield f"relative={clause.relative} share={share} kind={kind}"
    yield f"relative={clause.relative} share={share} tense={clause.tense}"
    yield f"status={clause.status} spot={spot} share={share}"
    yield f"status={clause.status} kind={kind} share={share}"
    yield f"status={clause.status} denies={a.denies} share={share}"
    teller = _teller(parse, a)
    yield f"teller={teller} share={share}"
    yield f"teller={teller} spot={spot}"
    cue = _lemma(parse, a)
    yield f"cue={cue} share={share}"
    yield f"cue={cue} spot={spot}"
    if clause.aside:
        yield f"aside share={share} kind={kind} tense={clause.tense}"
    link = _link(parse, clause, a)
    if link is not None:
        yield f"link={link} share={share}"
        yield f"link={link} tense={clause.tense} share={share}"
    deeper = [other for k, other in enumerate(near) if k != number and _inside(other.attribution, a)]
    held = [o for o in deeper if o.share >= 0.6]
    yield f"deeper={min(len(held), 2)} share={share}"
    yield f"deeper={min(len(held), 2)} denies={a.denies} kind={kind}"
    for other in held[:1]:
        inner = cue_entry(parse, other.attribution)
        yield f"deeper kind={inner.kind if inner else 'none'} teller={_teller(parse, other.attribution)}"
    outer = [o for k, o in enumerate(near) if k != number and _inside(a, o.attribution) and o.share >= 0.6]
    yield f"outer={min(len(outer), 2)} share={share} kind={kind}"
    yield f"outer denies={any(o.attribution.denies for o in outer)} rule={rule}"
    nearest = not any(
        spots[k] == spot and abs(_at(o.attribution) - clause.span.start) < abs(_at(a) - clause.span.start)
        for k, o in enumerate(near)
        if k != number
    )
    yield f"nearest={nearest} spot={spot} share={share}"
    rivals = sum(o.share >= 0.6 for k, o in enumerate(near) if k != number)
    yield f"rivals={min(rivals, 2)} share={share} spot={spot}"


def _spot(parse: Parse, clause: Clause, a: Attribution) -> str:
    """Tell where the cue stands: in the claim, ahead of it or behind it in its sentence, or elsewhere."""
    at = _at(a)
    if clause.span.start <= at < clause.span.end:
        return "inside" if a.cue is None or heads(parse, a.cue, clause.span) else "under"
    if clause.sentence.start <= at < clause.sentence.end:
        return "ahead" if at < clause.span.start else "behind"
    return "before" if at < clause.sentence.start else "after"


def _at(a: Attribution) -> int:
    return a.cue.start if a.cue is not None else a.content[0].start


def _inside(inner: Attribution, outer: Attribution) -> bool:
    at = _at(inner)
    return any(s.start <= at < s.end for s in outer.content)


def _bucket(share: float) -> str:
    return next((name for limit, name in _SHARES if share < limit), "all")


def _tense(root: Token) -> str:
    words = {c.lower_ for c in root.children if c.dep_ in ("aux", "auxpass")}
    if words & {"had", "'d"}:
        return "had"
    if words & {"would"}:
        return "would"
    if words & {"to"}:
        return "to"
    if words & {"has", "have", "is", "are", "'s", "'re", "'ve", "will", "do", "does"}:
        return "now"
    if words & {"was", "were"}:
        return "was"
    if words & {"could", "may", "might", "must", "should", "can"}:
        return "may"
    return {"VBD": "past", "VBZ": "now", "VBP": "now", "VBG": "ing", "VBN": "done", "VB": "bare"}.get(
        root.tag_, "noun"
    )


def _word(token: Token | None) -> str:
    if token is None:
        return "start"
    if token.is_quote or token.text in ("“", "”", "‘", "’"):
        return "quote"
    if token.is_punct or token.lower_ in _LINKS:
        return token.lower_[:6]
    return token.pos_ if token.pos_ in ("VERB", "AUX", "NOUN", "PROPN", "ADV", "ADP") else "other"


def _relative(root: Token, sentence: Span) -> str:
    """Return how the relative clause opens that a claim stands in: ", which", "who", "" where in none."""
    at = root
    for _ in range(6):
        if at.dep_ in ("relcl", "acl"):
            first = at.left_edge
            comma = first.i > 0 and first.nbor(-1).text in (",", "–", "—", "(")
            wh = next((t.lower_ for t in at.lefts if t.lower_ in _RELATIVES), None)
            wh = wh or next(
                (c.lower_ for t in at.lefts for c in t.subtree if c.lower_ in _RELATIVES), at.dep_
            )
            return ("," if comma else "") + wh
        if at.dep_ in ("ccomp", "ROOT", "parataxis") or at.head.i == at.i:
            return ""
        at = at.head
    return ""


def _teller(parse: Parse, a: Attribution) -> str:
    tokens = parse.tokens(a.source) if a.source is not None else None
    if tokens is None:
        return "none"
    root = tokens.root
    lower = root.lower_
    if lower in _PRONOUNS:
        return _PRONOUNS[lower]
    if root.lemma_.lower() in lexicon().pictures:
        return "picture"
    if a.kind == "unnamed" or a.kind is None:
        return f"{root.tag_} unnamed"
    return f"{root.tag_} {a.kind}"


def _lemma(parse: Parse, a: Attribution) -> str:
    tokens = parse.tokens(a.cue) if a.cue is not None else None
    return tokens.root.lemma_.lower()[:16] if tokens is not None else "none"


def _link(parse: Parse, clause: Clause, a: Attribution) -> str | None:
    """Return what stands between the words of a voice and the claim, where it does not hold it."""
    before = [s for s in a.content if clause.sentence.start <= s.start and s.end <= clause.span.start + 1]
    behind = [s for s in a.content if s.start >= clause.span.end - 1 and s.end <= clause.sentence.end]
    text = parse.document.text
    if before:
        gap = text[before[-1].end : clause.span.start]
        return f"then {_gap(gap)}"
    if behind:
        gap = text[clause.span.end : behind[0].start]
        return f"first {_gap(gap)}"
    return None


def _gap(gap: str) -> str:
    if ";" in gap:
        return ";"
    words = gap.split()
    if len(words) > 3:
        return "far," if "," in gap else "far"
    return " ".join(w.casefold()[:8] for w in words)
