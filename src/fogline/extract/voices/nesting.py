"""Whether a voice that stands in another's words is passed on by it, or stands beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .finding import Finding, Page
from .grammar import PASSED_ON, child

if TYPE_CHECKING:
    from spacy.tokens import Token

_STEPS = 12  # how far up the grammar one cue is looked for above another
# "while officials reported …", "hours before he told them …": a clause of the outlet's own
_OWN = frozenset(
    {"while", "whereas", "although", "though", "before", "after", "as", "since", "when", "until", "against"}
)


def answers(page: Page, finding: Finding) -> bool:
    """Tell whether a voice answers those in whose words it stands: "a claim that Kigali called a lie"."""
    if finding.token is None or not (finding.entry.denies or finding.entry.kind == "judging"):
        return False
    verb = page.doc[finding.token]
    while verb.dep_ in ("conj", "xcomp", "aux") and verb.head.i != verb.i:
        verb = verb.head
    return verb.dep_ == "relcl" or (finding.entry.denies and not finding.negated)


def beside(page: Page, inner: Finding, outer: Finding) -> bool:
    """Tell whether a voice stands beside another in whose clause it lies, and is not passed on by it.

    The residents of "the army took a town which residents say was empty, a spokesman said" speak to the
    outlet: a clause that tells more of a noun, one with "while" or "before", or one behind a semicolon is
    the outlet's own, unless it stands in quotation marks.

    Args:
        page: the document.
        inner: the voice whose cue stands in the words of the other.
        outer: the other.
    """
    if inner.token is None or outer.token is None:
        return False
    first, last = sorted((inner.token, outer.token))
    if page.quotes.at(page.doc[inner.token].idx) is not None:
        return False
    if any(t.text == ";" for t in page.doc[first:last]):
        return True
    token: Token = page.doc[inner.token]
    for _ in range(_STEPS):
        if token.i == outer.token or token.head.i == token.i:
            return False
        if token.dep_ == "relcl":
            return True
        if token.dep_ == "advcl":
            mark = child(token, "mark", "advmod")
            if mark is not None and mark.lower_ in _OWN:
                return True
        if token.dep_ in ("pcomp", "pobj") and token.head.lower_ in _OWN and not _as_quoted(token.head):
            return True
        token = token.head
    return False


def _as_quoted(link: Token) -> bool:
    """Tell whether an "as" is the one of "quoted the mayor as saying"."""
    return link.lower_ == "as" and link.head.lemma_ in PASSED_ON
