"""Whether a voice vouches for a claim: how much of it stands in its words, and what its cue is worth."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from ..extract.voices import cue_entry
from ..extract.voices.lexicon import lexicon
from ..model import Attribution, Span

if TYPE_CHECKING:
    from spacy.tokens import Span as TokenSpan
    from spacy.tokens import Token

    from ..extract.parse import Parse

COVERED = 0.6  # the share of the evidence that a voice's words hold
# "…, the governor said, two days after [rebels took the dam]": the outlet recalls what came before.
_LATER = re.compile(r"\b(?:hours|days|weeks|months|years|day|week|month|year)\s+(?:after|before|since)\s+$")
_LATER_ON = re.compile(r"(?:[\w-]+ ){1,3}(?:after|before) ")
_FIRST_PERSON = frozenset({"i", "we", "me", "us", "my", "our", "you", "one"})
# "our reporter", "this newspaper", a script's "ANCHOR": the outlet itself.
_OF_THE_OUTLET = re.compile(
    r"(?:our|my) |this (?:reporter|correspondent|newspaper|author|note|article|report|briefing|bulletin)\b"
    r"|(?:an |the )?(?:anchor|presenter|newsreader)$"
)
_NOBODY = frozenset({"nobody", "none", "everybody", "everyone", "anybody", "anyone", "everything", "nothing"})
_TIMES = frozenset({"DATE", "TIME"})
_NOT_SAID = frozenset({"to", "should", "could", "may", "might", "must", "can"})


def within(a: Attribution, holding: Iterable[Attribution]) -> bool:
    """Tell whether the cue of ``a`` stands in the words of another voice that holds the evidence."""
    at = a.cue.start if a.cue is not None else a.content[0].start
    return any(b is not a and any(s.start <= at < s.end for s in b.content) for b in holding)


def speaks(parse: Parse, a: Attribution) -> bool:
    """Tell whether ``a`` reports words or thoughts, not a deed an outer voice tells ("had found")."""
    entry = cue_entry(parse, a)
    return entry is None or entry.kind in ("saying", "thinking")


def share_of(parse: Parse, a: Attribution, evidence: Span) -> float:
    """Return the share of the evidence, less cue and source, that stands in the words of ``a``.

    A cue that denies or judges inside the evidence ("the ministry called it a lie") makes it all of it.
    """
    own = evidence.end - evidence.start
    held = sum(max(0, min(s.end, evidence.end) - max(s.start, evidence.start)) for s in a.content)
    for part in (a.cue, a.source):
        if part is not None and held:
            own -= max(0, min(part.end, evidence.end) - max(part.start, evidence.start))
    if held < COVERED * own and a.cue is not None and heads(parse, a.cue, evidence):
        entry = cue_entry(parse, a)
        if a.denies or (entry is not None and entry.kind == "judging" and a.source is not None):
            return 1.0
    return held / max(own, 1)


def heads(parse: Parse, cue: Span, evidence: Span) -> bool:
    """Tell whether a cue is the verb of the evidence or coordinated with it, not that of a clause inside."""
    inside, whole = parse.tokens(cue), parse.tokens(evidence)
    if inside is None or whole is None or not evidence.covers(cue):
        return False
    verb, root = inside.root, whole.root
    for _ in range(4):
        if verb.i == root.i:
            return True
        if verb.dep_ not in ("conj", "aux", "auxpass") or verb.head.i == verb.i:
            return False
        verb = verb.head
    return False


def vouches(parse: Parse, a: Attribution, evidence: Span) -> bool:
    """Tell whether the source of ``a`` tells the content as its own knowledge, belief or promise."""
    if a.source is None:
        return False
    text = parse.document.text
    if not of_others(parse, a):
        return False
    entry = cue_entry(parse, a)
    if entry is None or a.cue is None:
        return True
    if not entry.vouches:
        return False
    first = a.cue.of(text).split(" ", 1)[0].casefold()
    if first in _NOT_SAID:
        return False
    return not (entry.kind == "showing" and _picture(parse, a.source))


def of_others(parse: Parse, a: Attribution) -> bool:
    """Tell whether a source is somebody else than the outlet itself ("we", "our reporter")."""
    told = a.source.of(parse.document.text) if a.source is not None else "I"
    source = told.casefold() if told != "US" else told
    return source not in _FIRST_PERSON and _OF_THE_OUTLET.match(source) is None


def of_nobody(parse: Parse, a: Attribution) -> bool:
    """Tell whether a source is nobody: footage of no named author, a thing, a time ("October saw …")."""
    tokens = parse.tokens(a.source) if a.source is not None else None
    if a.source is None or tokens is None:
        return False
    root = tokens.root
    if root.lower_ in _NOBODY:
        return True
    if a.kind not in (None, "unnamed"):
        return False
    if root.lemma_.lower() in lexicon().things or root.ent_type_ in _TIMES:
        return True
    return _picture(parse, a.source)


def _picture(parse: Parse, source: Span) -> bool:
    """Tell whether the source is footage or an image: nobody's word by itself."""
    tokens = parse.tokens(source)
    return tokens is not None and tokens.root.lemma_.lower() in lexicon().pictures


def aside(parse: Parse, evidence: Span) -> bool:
    """Tell whether the evidence stands in a clause after a comma that only tells more about a noun."""
    text = parse.document.text
    if _LATER.search(text, max(0, evidence.start - 60), evidence.start):
        return True
    opening = _LATER_ON.match(text, evidence.start)
    if opening is not None and _LATER.search(opening[0]) and text[: evidence.start].endswith(", "):
        return True
    tokens = parse.tokens(evidence)
    if tokens is None:
        return False
    if tokens.root.pos_ in ("NOUN", "PROPN") and _told_more(tokens):
        return True
    clause: Token = tokens.root
    for _ in range(6):
        if clause.dep_ == "relcl":
            break
        if (
            clause.dep_ not in ("conj", "xcomp", "advcl", "ccomp", "auxpass", "aux")
            or clause.head.i == clause.i
        ):
            return False
        clause = clause.head
    if clause.dep_ != "relcl":
        return False
    first = clause.left_edge.i
    return first > 0 and parse.doc[first - 1].text == "," and clause.idx >= evidence.start - 60


def _told_more(words: TokenSpan) -> bool:
    """Tell whether a noun phrase is told more of behind a comma: "the road to Ngala, which is mined"."""
    root = words.root
    behind = (c for c in root.rights if c.dep_ == "relcl" and c.i < words.end)
    return any(root.doc[c.left_edge.i - 1].text == "," for c in behind)
