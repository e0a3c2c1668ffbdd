"""Whether a voice vouches for a claim: how much of it stands in its words, and what its cue is worth."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from ..extract.voices import cue_entry
from ..extract.voices.lexicon import lexicon
from ..model import Attribution, Span

if TYPE_CHECKING:
    from spacy.tokens import Token

    from ..extract.parse import Parse

COVERED = 0.6  # the share of the evidence that a voice's words hold
# "…, the governor said, two days after [rebels took the dam]": the outlet recalls what came before.
_LATER = re.compile(r"\b(?:hours|days|weeks|months|years|day|week|month|year)\s+(?:after|before|since)\s+$")
_FIRST_PERSON = frozenset({"i", "we", "me", "us", "my", "our", "you", "one"})
_OF_THE_OUTLET = ("our ", "my ", "this reporter", "this correspondent", "this newspaper", "this author")
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
    if held < COVERED * own and a.cue is not None and evidence.covers(a.cue):
        entry = cue_entry(parse, a)
        if a.denies or (entry is not None and entry.kind == "judging" and a.source is not None):
            return 1.0
    return held / max(own, 1)


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
    source = a.source.of(parse.document.text).casefold() if a.source is not None else "i"
    return source not in _FIRST_PERSON and not source.startswith(_OF_THE_OUTLET)


def of_nobody(parse: Parse, a: Attribution) -> bool:
    """Tell whether a source is nobody: footage of no named author, a thing, a time ("October saw …")."""
    if a.kind not in (None, "unnamed") or a.source is None:
        return False
    tokens = parse.tokens(a.source)
    root = tokens.root if tokens is not None else None
    if root is not None and (root.lemma_.lower() in lexicon().things or root.ent_type_ in _TIMES):
        return True
    return _picture(parse, a.source)


def _picture(parse: Parse, source: Span) -> bool:
    """Tell whether the source is footage or an image: nobody's word by itself."""
    tokens = parse.tokens(source)
    return tokens is not None and tokens.root.lemma_.lower() in lexicon().pictures


def aside(parse: Parse, evidence: Span, a: Attribution) -> bool:
    """Tell whether the evidence stands in a clause after a comma that only tells more about a noun."""
    if _LATER.search(parse.document.text, max(0, evidence.start - 60), evidence.start):
        return True
    tokens = parse.tokens(evidence)
    if tokens is None:
        return False
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
    inside = any(s.start <= clause.head.idx < s.end for s in a.content)
    return inside and first > 0 and parse.doc[first - 1].text == "," and clause.idx >= evidence.start - 60
