"""What is marked in a report for a claim, beside the fields that tell where they stand."""

from __future__ import annotations

from fogline.model import Claim, Voice, Words
from fogline.serve.marks import marks


def cues(text: str, evidence: str, speaker: Voice | None) -> list[tuple[int, str]]:
    """Return where the words stand that are marked as attributing a claim, and the words."""
    start = text.index(evidence)
    words = Words(start, start + len(evidence), evidence)
    claim = Claim(document="d", evidence=words, event="CAPTURE", speaker=speaker)
    return [(m.start, text[m.start : m.end]) for m in marks(claim, text) if m.kind == "cue"]


def voice(text: str, name: str, reason: str) -> Voice:
    """Return a voice as it is mentioned."""
    start = text.index(name)
    return Voice(text=name, start=start, end=start + len(name), reason=reason)


def test_the_words_that_attribute_are_marked_nearest_to_the_voice() -> None:
    text = "Aid workers said little. The rebels took Sake, the governor, who said so, said. They said more."
    speaker = voice(text, "the governor", "verb: said; the governor is named")
    assert cues(text, "The rebels took Sake", speaker) == [(text.index("said so"), "said")]


def test_several_words_attribute_however_they_are_parted() -> None:
    text = "According  to Doctor Adam, the army shelled Sake."
    speaker = voice(text, "Doctor Adam", "according to: According to")
    assert cues(text, "the army shelled Sake", speaker) == [(0, "According  to")]


def test_nothing_is_marked_as_attributing_where_the_reason_names_no_words() -> None:
    text = "Sake fell, residents said."
    for reason in ("", "headline", "verb: added"):
        assert cues(text, "Sake fell", voice(text, "residents", reason)) == []
    assert cues(text, "Sake fell", None) == []
