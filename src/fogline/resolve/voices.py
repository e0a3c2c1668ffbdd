"""Who vouches for a claim: the innermost voice whose words hold its evidence."""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import log
from typing import TYPE_CHECKING

from msgspec.structs import replace

from ..errors import DataError
from ..extract.data import PACKAGE
from ..extract.voices import cue_attitude, cue_entry
from ..extract.voices.attribute import mode_of
from ..extract.voices.finding import Quotes
from ..extract.voices.lexicon import lexicon
from ..extract.voices.quotations import quotations
from ..model import Attribution, Mode, Span, Voice
from .outer import Outer
from .references import References
from .voice_features import Choice, Near, choices, clause_of

if TYPE_CHECKING:
    from spacy.tokens import Token

    from ..extract.parse import Parse

_CLOSE = 400  # characters within which one voice still speaks through the same outlet
_BLOCK = 512  # characters by which attributions are looked up
# "…, the governor said, two days after [rebels took the dam]": the outlet recalls what came before.
_LATER = re.compile(r"\b(?:hours|days|weeks|months|years|day|week|month|year)\s+(?:after|before|since)\s+$")
_AROUND = 500  # characters around a claim's sentence within which its voice is looked for
_MOST = 14  # voices looked at for one claim
_ATTRIBUTED = 0.6  # what the log odds of a reader count beside the features
_SEEN = 1.0  # what a reader's words for the speaker count
_COVERED = 0.6  # the share of the evidence that a voice's words hold
_TOUCHED = 0.3  # the same where no voice holds as much
_FIRST_PERSON = frozenset({"i", "we", "me", "us", "my", "our", "you", "one"})
_OF_THE_OUTLET = ("our ", "my ", "this reporter", "this correspondent", "this newspaper", "this author")
_NOT_SAID = frozenset({"to", "should", "could", "may", "might", "must", "can"})


@dataclass(frozen=True, slots=True)
class ClaimVoice:
    """The voice of a claim as the codebook wants it, with the sentence that explains it."""

    speaker: Voice | None
    relays: tuple[str, ...]
    mode: Mode
    hedge: str | None
    denies: bool
    reason: str
    attitude: str | None = None  # "claimed" or "admitted": how the reporter takes it


NARRATED = ClaimVoice(None, (), "narrated", None, False, "nobody but the outlet tells it")


@lru_cache(maxsize=1)
def _weights() -> dict[str, float]:
    path = PACKAGE / "resolve" / "voice_weights.json"
    try:
        weights: dict[str, float] = json.loads(path.read_bytes())
    except (OSError, ValueError) as error:
        raise DataError(
            f"The weights {path.name} cannot be read ({error}). Install Fogline again."
        ) from error
    return weights


def named(attributions: Iterable[Attribution], references: References) -> list[Attribution]:
    """Return the attributions with sources and relays given their full names, sides and kinds."""
    found = list(attributions)
    known = [references.name(a.source) if a.source is not None else None for a in found]
    outer = Outer(found, known, references)
    out = []
    for a, who in zip(found, known, strict=True):
        told = (outer.relay(a, text) for text in a.relays)
        relays = tuple(dict.fromkeys(name for name in told if name is not None))
        if who is not None:
            relays = tuple(r for r in relays if r != who.name)
            told_by = who.name is not None and who.reason.startswith(f"{who.name} is ")
            reason = f"{a.reason}; {who.reason}" if told_by else a.reason
            a = replace(
                a,
                name=who.name or a.name,
                side=who.side,
                kind=who.kind,
                office=who.office,
                body=who.body,
                reason=reason,
            )
        out.append(replace(a, relays=relays))
    return _carried_on(out)


def _carried_on(found: list[Attribution]) -> list[Attribution]:
    """Return the attributions with the relays of a voice kept while it goes on speaking.

    "He told the BBC that … . He put the dead at 40": the second came through the BBC as well, as long as
    the same voice follows itself closely. One who "admitted the loss but insisted to AFP that …" said both
    to AFP.
    """
    out: list[Attribution] = []
    last: dict[str, Attribution] = {}
    by_source = {a.source: a.relays for a in found if a.relays and a.source is not None}
    for a in found:
        before = last.get(a.name) if a.name is not None else None
        if not a.relays and a.source in by_source:
            a = replace(a, relays=by_source[a.source])
        elif before is not None and before.relays and not a.relays and _begin(a) - _begin(before) < _CLOSE:
            a = replace(a, relays=before.relays)
        if a.name is not None:
            last[a.name] = a
        out.append(a)
    return out


def _begin(a: Attribution) -> int:
    return min(part.start for part in (*a.content, a.cue) if part is not None)


def claim_voice(parse: Parse, evidence: Span, attributions: Sequence[Attribution]) -> ClaimVoice:
    """Tell who vouches for what stands at ``evidence``; for many claims of a document use ``Voices``.

    Args:
        parse: the document.
        evidence: characters of the claim's clause.
        attributions: those of the document, as ``named`` gives them (or without names: then the source's
            own words stand for its name).

    Returns:
        The innermost voice, its relays innermost first, how much of the evidence is in quotation marks;
        ``NARRATED`` where nobody but the outlet tells it.
    """
    return Voices(parse, attributions).of(evidence)


class Voices:
    """The voices of one document, looked up by the words they hold.

    Args:
        parse: the document.
        attributions: as for ``claim_voice``.
    """

    def __init__(self, parse: Parse, attributions: Iterable[Attribution]) -> None:
        self._parse = parse
        self._text = parse.document.text
        self._quotes = Quotes(quotations(self._text))
        self._blocks: dict[int, list[Attribution]] = {}
        for a in attributions:
            if a.source is None:
                continue
            for block in {b for part in (*a.content, a.cue) if part is not None for b in _blocks(part)}:
                self._blocks.setdefault(block, []).append(a)

    def of(
        self,
        evidence: Span,
        *,
        attributed: float | None = None,
        spans: Sequence[tuple[Span, float]] = (),
    ) -> ClaimVoice:
        """Tell who vouches for what stands at ``evidence``, as ``claim_voice`` does.

        Args:
            evidence: characters of the claim's clause.
            attributed: the probability that a voice inside the text vouches for it, where a trained reader
                gives one; it lends weight.
            spans: the words that the reader takes for the speaker, each with its probability.
        """
        weights = _weights()
        sure = 0.0 if attributed is None else _ATTRIBUTED * log((attributed + 0.01) / (1.01 - attributed))

        def score(option: Choice) -> float:
            own = sum(weights.get(f, 0.0) for f in option.features)
            if option.attribution is None:
                return own
            source = option.attribution.source
            seen = max((p for s, p in spans if source is not None and s.overlaps(source)), default=0.0)
            return own + sure + _SEEN * seen

        return self._made(evidence, max(self.choices(evidence), key=score).attribution)

    def choices(self, evidence: Span) -> list[Choice]:
        """Return the voices that what stands at ``evidence`` may have, the outlet's own first."""
        parse = self._parse
        ruled, aside = self.ruled(evidence)
        mode = mode_of(self._text, (evidence,), self._quotes)
        around = self._sentence(evidence)
        clause = clause_of(parse, evidence, around, mode, aside=aside)
        near = [
            Near(a, _share(parse, a, evidence))
            for a in self._near(evidence, around)
            if _of_others(parse, a) and not _of_nobody(parse, a)
        ]
        return choices(parse, clause, near, ruled)

    def _sentence(self, evidence: Span) -> Span:
        sentences = self._parse.sentences
        i = bisect_right(sentences, evidence.start, key=lambda s: s.start) - 1
        return sentences[i] if i >= 0 and evidence.start < sentences[i].end else evidence

    def _near(self, evidence: Span, sentence: Span) -> list[Attribution]:
        """Return the attributions in and around a sentence, in order, those that stand nearest."""
        reach = Span(max(0, sentence.start - _AROUND), sentence.end + _AROUND)
        found = {id(a): a for b in _blocks(reach) for a in self._blocks.get(b, ())}.values()
        kept = sorted(found, key=lambda a: _away(a, evidence))[:_MOST]
        return sorted((a for a in kept if _away(a, evidence) <= _AROUND), key=_begin)

    def ruled(self, evidence: Span) -> tuple[Attribution | None, bool]:
        """Return whom the rules choose, None for the outlet, and whether it is an aside of the outlet."""
        parse = self._parse
        near = {id(a): a for b in _blocks(evidence) for a in self._blocks.get(b, ())}.values()
        vouching = [(_share(parse, a, evidence), a) for a in near if _vouches(parse, a, evidence)]
        most = max((share for share, _ in vouching), default=0.0)
        holding = [a for share, a in vouching if share >= (_COVERED if most >= _COVERED else _TOUCHED)]
        holding = [a for a in holding if _speaks(parse, a) or not _within(a, holding)]
        if not holding:
            return None, False
        a = min(holding, key=lambda a: (sum(s.end - s.start for s in a.content), not a.relays))
        mode = mode_of(self._text, (evidence,), self._quotes)
        if mode == "indirect" and _aside(parse, evidence, a):
            return None, True
        return a, False

    def _made(self, evidence: Span, a: Attribution | None) -> ClaimVoice:
        if a is None:
            return NARRATED
        mode = mode_of(self._text, (evidence,), self._quotes)
        source = a.source or evidence
        words = source.of(self._text)
        speaker = Voice(
            text=words,
            start=source.start,
            end=source.end,
            name=a.name or words,
            side=a.side,
            kind=a.kind,
            office=a.office,
            body=a.body,
            reason=a.reason,
        )
        attitude = cue_attitude(self._parse, a)
        return ClaimVoice(speaker, a.relays, mode, a.hedge, a.denies, a.reason, attitude)


def _blocks(span: Span) -> range:
    return range(span.start // _BLOCK, max(span.end - 1, span.start) // _BLOCK + 1)


def _within(a: Attribution, holding: Iterable[Attribution]) -> bool:
    """Tell whether the cue of ``a`` stands in the words of another voice that holds the evidence."""
    at = a.cue.start if a.cue is not None else a.content[0].start
    return any(b is not a and any(s.start <= at < s.end for s in b.content) for b in holding)


def _speaks(parse: Parse, a: Attribution) -> bool:
    """Tell whether ``a`` reports words or thoughts, not a deed an outer voice tells ("had found")."""
    entry = cue_entry(parse, a)
    return entry is None or entry.kind in ("saying", "thinking")


def _share(parse: Parse, a: Attribution, evidence: Span) -> float:
    """Return the share of the evidence, less cue and source, that stands in the words of ``a``.

    A cue that denies or judges inside the evidence ("the ministry called it a lie") makes it all of it.
    """
    own = evidence.end - evidence.start
    held = sum(max(0, min(s.end, evidence.end) - max(s.start, evidence.start)) for s in a.content)
    for part in (a.cue, a.source):
        if part is not None and held:
            own -= max(0, min(part.end, evidence.end) - max(part.start, evidence.start))
    if held < _COVERED * own and a.cue is not None and evidence.covers(a.cue):
        entry = cue_entry(parse, a)
        if a.denies or (entry is not None and entry.kind == "judging" and a.source is not None):
            return 1.0
    return held / max(own, 1)


def _vouches(parse: Parse, a: Attribution, evidence: Span) -> bool:
    """Tell whether the source of ``a`` tells the content as its own knowledge, belief or promise."""
    if a.source is None:
        return False
    text = parse.document.text
    if not _of_others(parse, a):
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


def _of_others(parse: Parse, a: Attribution) -> bool:
    """Tell whether a source is somebody else than the outlet itself ("we", "our reporter")."""
    source = a.source.of(parse.document.text).casefold() if a.source is not None else "i"
    return source not in _FIRST_PERSON and not source.startswith(_OF_THE_OUTLET)


def _of_nobody(parse: Parse, a: Attribution) -> bool:
    """Tell whether a source is footage of no named author: "video taken by passers-by suggested"."""
    return a.kind in (None, "unnamed") and a.source is not None and _picture(parse, a.source)


def _away(a: Attribution, evidence: Span) -> int:
    """Return the characters between an attribution and the evidence, none where they overlap."""
    return min(
        max(0, part.start - evidence.end, evidence.start - part.end)
        for part in (*a.content, a.cue)
        if part is not None
    )


def _picture(parse: Parse, source: Span) -> bool:
    """Tell whether the source is footage or an image: nobody's word by itself."""
    tokens = parse.tokens(source)
    return tokens is not None and tokens.root.lemma_.lower() in lexicon().pictures


def _aside(parse: Parse, evidence: Span, a: Attribution) -> bool:
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
