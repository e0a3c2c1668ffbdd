"""Who vouches for a claim: the innermost voice whose words hold its evidence."""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import log
from typing import TYPE_CHECKING

from msgspec.structs import replace

from ..errors import DataError
from ..extract.data import PACKAGE
from ..extract.voices import cue_attitude
from ..extract.voices.attribute import mode_of
from ..extract.voices.finding import Quotes
from ..extract.voices.quotations import quotations
from ..model import Attribution, Mode, Span, Voice
from .outer import Outer
from .references import Named, References
from .voice_features import Choice, Near, choices, clause_of
from .vouching import COVERED, aside, of_nobody, of_others, share_of, speaks, vouches, within

if TYPE_CHECKING:
    from ..extract.parse import Parse

_CLOSE = 400  # characters within which one voice still speaks through the same outlet
_BLOCK = 512  # characters by which attributions are looked up
_AROUND = 500  # characters around a claim's sentence within which its voice is looked for
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM"})
_MOST = 14  # voices looked at for one claim
_ATTRIBUTED = 0.5  # what the log odds of a reader count beside the features
_SEEN = 1.0  # what a reader's words for the speaker count
_READ = -0.3  # what counts for a speaker whom a reader alone sees
_SURE = 0.5  # how surely it has to see one
_TOUCHED = 0.3  # the same where no voice holds as much
_MEDIA = frozenset({"agency", "paper", "broadcaster"})


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
            a = _meaning(a, who, f"{a.reason}; {who.reason}" if told_by else a.reason)
        out.append(replace(a, relays=relays))
    return _carried_on(out)


def _meaning(a: Attribution, who: Named, reason: str) -> Attribution:
    name = who.name or a.name
    return replace(
        a, name=name, side=who.side, kind=who.kind, office=who.office, body=who.body, reason=reason
    )


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
        self._references = References(parse)
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
        status: str = "",
        attributed: float | None = None,
        spans: Sequence[tuple[Span, float]] = (),
    ) -> ClaimVoice:
        """Tell who vouches for what stands at ``evidence``, as ``claim_voice`` does.

        Args:
            evidence: characters of the claim's clause.
            status: whether it is told as having happened, denied, intended, possible or conditional.
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

        options = self.choices(evidence, status=status)
        best = max(options, key=score)
        told = [o.attribution.source for o in options if o.attribution is not None]
        unseen = [
            (p, s) for s, p in spans if p >= _SURE and not any(t is not None and t.overlaps(s) for t in told)
        ]
        if unseen:
            p, words = max(unseen)
            if _READ + sure + _SEEN * p > score(best):
                alone = self._read(evidence, words)
                return self._made(evidence, alone if alone is not None else best.attribution)
        return self._made(evidence, best.attribution)

    def _read(self, evidence: Span, words: Span) -> Attribution | None:
        """Return the voice that only a reader sees, None where its words name nobody who could speak."""
        tokens = self._parse.tokens(words)
        if tokens is None or tokens.root.pos_ not in _NOMINAL:
            return None
        mode = mode_of(self._text, (evidence,), self._quotes)
        source = Span(tokens.start_char, tokens.end_char)
        a = Attribution(source=source, cue=None, content=(evidence,), mode=mode)
        meant = _meaning(a, self._references.name(source), "the trained reader takes it for who speaks")
        return None if of_nobody(self._parse, meant) else meant

    def choices(self, evidence: Span, *, status: str = "") -> list[Choice]:
        """Return the voices that what stands at ``evidence`` may have, the outlet's own first."""
        parse = self._parse
        evidence = _main_part(self._text, evidence)
        ruled, aside = self.ruled(evidence)
        mode = mode_of(self._text, (evidence,), self._quotes)
        around = self._sentence(evidence)
        clause = clause_of(parse, evidence, around, mode, aside=aside, status=status)
        near = [
            Near(a, share_of(parse, a, evidence))
            for a in self._near(evidence, around)
            if of_others(parse, a) and not of_nobody(parse, a)
        ]
        return choices(parse, clause, _passed_on(parse, near), ruled)

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
        vouching = [(share_of(parse, a, evidence), a) for a in near if vouches(parse, a, evidence)]
        most = max((share for share, _ in vouching), default=0.0)
        holding = [a for share, a in vouching if share >= (COVERED if most >= COVERED else _TOUCHED)]
        holding = [a for a in holding if speaks(parse, a) or not within(a, holding)]
        if not holding:
            return None, False
        a = min(holding, key=lambda a: (sum(s.end - s.start for s in a.content), not a.relays))
        mode = mode_of(self._text, (evidence,), self._quotes)
        if mode == "indirect" and aside(parse, evidence):
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


def _passed_on(parse: Parse, near: list[Near]) -> list[Near]:
    """Leave out a medium that only passes on what another voice says in its words."""
    holding = [n.attribution for n in near if n.share >= COVERED and speaks(parse, n.attribution)]
    return [
        n
        for n in near
        if n.attribution.kind not in _MEDIA
        or not any(b.kind not in _MEDIA and within(b, [n.attribution]) for b in holding)
    ]


def _main_part(text: str, evidence: Span) -> Span:
    """Return the longest part of the evidence between semicolons: behind one, somebody else may speak."""
    best, at = Span(evidence.start, evidence.start), evidence.start
    for part in evidence.of(text).split(";"):
        if len(part) > best.end - best.start:
            best = Span(at, at + len(part))
        at += len(part) + 1
    return best


def _blocks(span: Span) -> range:
    return range(span.start // _BLOCK, max(span.end - 1, span.start) // _BLOCK + 1)


def _away(a: Attribution, evidence: Span) -> int:
    """Return the characters between an attribution and the evidence, none where they overlap."""
    return min(
        max(0, part.start - evidence.end, evidence.start - part.end)
        for part in (*a.content, a.cue)
        if part is not None
    )
