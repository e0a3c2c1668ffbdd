"""How sure a claim is, by the shape of its clause and how its words go with the event."""

from __future__ import annotations

from dataclasses import replace

from fogline.extract.parse import parse
from fogline.extract.plausible import apart, features, plausibility, weighed
from fogline.extract.reader import Reading
from fogline.model import Document, EventType, Span


def reading(text: str, words: str, event: EventType, score: float = 0.5) -> Reading:
    """A claim as the reader marks it."""
    start = text.index(words)
    return Reading(Span(start, start + len(words)), 0, event, score, {}, 0.0, None)


def sure(text: str, words: str, event: EventType, score: float = 0.5) -> float:
    """How sure such a claim is."""
    known, document = plausibility(), parse(Document(id="d", text=text))
    return known.sure(features(document, [reading(text, words, event, score)], known, sentences=1)[0])


TEXT = "Rebel gunmen seized the port of Berbera on Monday, after a visit of the governor to the market."


def test_a_whole_clause_is_surer_than_one_broken_off() -> None:
    assert sure(TEXT, "Rebel gunmen seized the port of Berbera", "CAPTURE") > sure(
        TEXT, "gunmen seized the", "CAPTURE"
    )


def test_words_that_go_with_the_event_are_surer() -> None:
    words = "Rebel gunmen seized the port of Berbera"
    assert sure(TEXT, words, "CAPTURE") > sure(TEXT, words, "NEGOTIATE")


def test_a_surer_reader_is_believed_more() -> None:
    words = "Rebel gunmen seized the port of Berbera"
    told = [sure(TEXT, words, "CAPTURE", score) for score in (0.0, 0.2, 0.5, 0.9, 1.0)]
    assert told == sorted(told)
    assert 0 < told[0] < told[-1] < 1


def test_a_headline_is_told_from_the_sentence_below_it() -> None:
    head, body = "Gunmen seize port of Berbera", "Gunmen seized the port of Berbera on Monday"
    text = f"{head}\n\n{body}, the ministry in Hargeisa said about an hour after dawn, and left again.\n"
    document, known = parse(Document(id="d", text=text)), plausibility()
    both = [reading(text, head, "CAPTURE"), reading(text, body, "CAPTURE")]
    above, below = features(document, both, known, sentences=2)
    assert "headline" in above
    assert "headline" not in below


def test_what_is_not_sure_enough_is_left_out() -> None:
    text = "“I weighed ninety kilos,” he said. Rebel gunmen seized the port of Berbera on Monday."
    document = parse(Document(id="d", text=text))
    good = reading(text, "Rebel gunmen seized the port of Berbera", "CAPTURE", 0.6)
    poor = reading(text, "I weighed", "NEGOTIATE", 0.16)
    found = weighed(document, [poor, good])
    assert [r.event for r in found] == ["CAPTURE"]
    assert found[0].score >= plausibility().least


def test_of_the_same_words_the_surer_event_stands_unless_both_are_sure() -> None:
    words = "Rebel gunmen seized the port of Berbera"
    one, other = reading(TEXT, words, "CAPTURE", 0.8), reading(TEXT, words, "ATTACK", 0.3)
    assert apart([other, one], second=0.4) == [one]
    sure_too = replace(other, score=0.5)
    assert {r.event for r in apart([sure_too, one], second=0.4)} == {"CAPTURE", "ATTACK"}
    again = reading(TEXT, "gunmen seized the port", "CAPTURE", 0.7)
    assert apart([again, one], second=0.4) == [one]


def test_a_claim_alone_in_a_long_article_is_doubted() -> None:
    known, document = plausibility(), parse(Document(id="d", text=TEXT))
    one = reading(TEXT, "Rebel gunmen seized the port of Berbera", "CAPTURE", 0.4)
    sure = [replace(one, score=0.8)] * 3
    alone, short = (known.sure(features(document, [one], known, n)[0]) for n in (30, 1))
    in_company = known.sure(features(document, [one, *sure], known, 30)[0])
    assert alone < short
    assert alone < in_company


def test_unknown_words_say_how_common_an_event_is() -> None:
    known = plausibility()
    assert known.fit("", "CASUALTIES") > known.fit("", "PROTEST")
    assert known.fit("Zzyzx", "CAPTURE") == known.fit("", "CAPTURE")
