"""Put one claim together from what each part found: the reader's words, resolved by the resolvers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from .extract.hedges import certainty, hedge
from .extract.parse import Parse
from .extract.reader import Reading
from .model import Attribution, Claim, LeftOut, Party, Place, PlaceMention, Quantity, Span, When, Words
from .resolve.claim_capitals import with_capitals
from .resolve.claim_places import claim_places
from .resolve.dates import claim_when
from .resolve.joined import joined_parties, joined_status
from .resolve.quantities import claim_quantities, strength_of_doers
from .resolve.verification import FLAG as NOT_VERIFIED
from .resolve.verification import unverified
from .resolve.voices import NARRATED, Voices

T = TypeVar("T")

NOBODY: tuple[tuple[Party, ...], tuple[Party, ...]] = ((), ())
PLACE_ROLES = ("at", "from", "to", "near")


@dataclass(frozen=True, slots=True)
class Layers:
    """What the parts found in the whole document."""

    attributions: Sequence[Attribution]
    places: Sequence[PlaceMention]
    dates: Sequence[When]
    quantities: Sequence[Quantity]


def assemble(
    parse: Parse, readings: Sequence[Reading], layers: Layers, left_out: list[LeftOut], *, extractor: str
) -> Iterator[Claim]:
    """Yield the claims of a document, with their ids.

    A field that fails is left at its default and told in ``left_out``; the claim stands.
    """
    voices = Voices(parse, layers.attributions)
    text = parse.document.text

    def whole(name: str, find: Callable[[], T], default: T) -> T:
        try:
            return find()
        except Exception as error:  # a part that fails must not lose the claims
            left_out.append(LeftOut(step=name, span=None, why=f"{type(error).__name__}: {error}"))
            return default

    nobody: set[Span] = set()
    doubted = whole(
        "verification", lambda: unverified(text, parse.sentences, [r.evidence for r in readings]), nobody
    )
    named = whole("capitals", lambda: with_capitals(text, layers.places), layers.places)
    settlements = [
        Span(m.start, m.end) for m in layers.places if m.kind == "literal" and m.precision == "settlement"
    ]
    for reading in readings:
        flags = (NOT_VERIFIED,) if reading.evidence in doubted else ()
        yield _claim(parse, reading, layers, voices, left_out, extractor, flags, settlements, named)


def _claim(
    parse: Parse,
    reading: Reading,
    layers: Layers,
    voices: Voices,
    left_out: list[LeftOut],
    extractor: str,
    flags: tuple[str, ...],
    settlements: Sequence[Span],
    named: Sequence[PlaceMention],
) -> Claim:
    document, evidence, event = parse.document, reading.evidence, reading.event
    sentences = parse.sentences
    sentence = next((s for s in sentences if s.start <= evidence.start < s.end), evidence)

    status, why = joined_status(document.text, sentence, evidence, read=reading.statuses, event=event)

    def step(name: str, work: Callable[[], T], default: T) -> T:
        try:
            return work()
        except Exception as error:  # one mention that fails must not lose the claim
            left_out.append(LeftOut(step=name, span=evidence, why=f"{type(error).__name__}: {error}"))
            return default

    voice = step(
        "voice",
        lambda: voices.of(
            evidence, status=status, attributed=_attributed(reading), spans=reading.scored("speaker")
        ),
        NARRATED,
    )
    agents, targets = step(
        "parties",
        lambda: joined_parties(
            parse, sentence, evidence, event=event,
            seen=None if reading.parts is None else (reading.scored("agent"), reading.scored("target")),
            settlements=settlements,
            speaker=voice.speaker.side if voice.speaker else None,
        ),
        NOBODY,
    )  # fmt: skip
    no_places: tuple[Place, ...] = ()
    places = step(
        "places",
        lambda: claim_places(
            parse, sentence, evidence, named, event=event, spans=reading.scored(*PLACE_ROLES)
        ),
        no_places,
    )
    when = step(
        "when",
        lambda: claim_when(
            document, sentence, evidence, layers.dates, status=status, event=event,
            spans=reading.spans("when"),
        ),
        When(reason="the time could not be worked out"),
    )  # fmt: skip
    no_figures: tuple[Quantity, ...] = ()
    figures = step(
        "quantities",
        lambda: strength_of_doers(
            claim_quantities(
                document, sentence, evidence, layers.quantities, event=event, spans=reading.figures()
            ),
            agents,
            targets,
        ),
        no_figures,
    )
    words = step("hedge", lambda: voice.hedge or hedge(document.text, sentence, evidence), None)
    return Claim(
        document=document.id,
        evidence=Words.at(document.text, evidence.start, evidence.end),
        event=event,
        status=status,
        hedge=words,
        agents=agents,
        targets=targets,
        places=places,
        when=when,
        quantities=figures,
        speaker=voice.speaker,
        relays=voice.relays,
        mode=voice.mode,
        certainty=certainty(status, words, evidence.of(document.text)),
        confidence=round(reading.score, 3),
        reasons={"status": why, "speaker": voice.reason, "when": when.reason},
        flags=flags if voice.attitude is None else (voice.attitude, *flags),
        extractor=extractor,
    ).identified()


def _attributed(reading: Reading) -> float | None:
    """Return the probability that somebody vouches for a claim, None where nobody has read the words."""
    return None if reading.parts is None else reading.attributed
