"""Quotations: marks of all kinds, broken up, running on, missing their ends."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fogline.extract.parse import parse
from fogline.extract.voices import attributions
from fogline.extract.voices.quotations import quotations
from fogline.model import Document


def quoted(text: str) -> list[str]:
    return [q.span.of(text) for q in quotations(text)]


def said(text: str) -> list[tuple[str | None, list[str], str]]:
    found = attributions(parse(Document(id="d", text=text)))
    return [(a.source.of(text) if a.source else None, [c.of(text) for c in a.content], a.mode) for a in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('He said "no" and left.', ['"no"']),
        ("He said “no” and left.", ["“no”"]),
        ("He said ‘no’ and left.", ["‘no’"]),
        ("He said 'no' and left.", ["'no'"]),
        ("He said «no» and left.", ["«no»"]),
        ("He said „no“ and left.", ["„no“"]),
        ("He said ``no'' and left.", ["``no''"]),
        ("The soldiers' camp wasn't theirs.", []),
        ("It’s the rebels’ road.", []),
        ('"One ‘two’ three," he said.', ['"One ‘two’ three,"']),
        ('"Not closed\n\nBut "this" is.', ['"Not closed', '"this"']),
        ('Not opened," she said.\n\n"But this is."', ['Not opened,"', '"But this is."']),
        ('"We left at dawn, the driver said.', ['"We left at dawn,']),
    ],
)
def test_marks_are_paired_within_a_paragraph(text: str, expected: list[str]) -> None:
    assert quoted(text) == expected


def test_a_quotation_goes_on_where_the_next_paragraph_opens_with_a_mark() -> None:
    text = "“We walked all night.\n\n“At dawn we saw the river.”"
    assert [q.continues for q in quotations(text)] == [False, True]


def test_marks_of_every_kind_stand_beside_each_other() -> None:
    text = (
        '"The town is quiet," the mayor said.\n\n“No one is leaving,” a nurse said.\n\n'
        '«We stay,» a priest said.\n\n"Nobody believes them, one driver said.\n\n'
        "'We are tired,' a teacher said."
    )
    sources = [s for s, _, mode in said(text) if mode == "direct"]
    assert [s for s in sources if s != "Nobody"] == [
        "the mayor",
        "a nurse",
        "a priest",
        "one driver",
        "a teacher",
    ]


def test_a_cue_in_the_middle_breaks_a_quotation_in_two() -> None:
    text = '"We left at dawn," said Mariam Diallo, a farmer, "because the wells were dry."'
    assert said(text)[0] == (
        "Mariam Diallo, a farmer",
        ['"We left at dawn,"', '"because the wells were dry."'],
        "direct",
    )


def test_a_quotation_runs_on_over_sentences_of_a_paragraph() -> None:
    text = '"We left at dawn," said Mariam Diallo, a farmer. "They burned the granaries. Nobody stayed."'
    assert said(text)[0][1] == ['"We left at dawn,"', '"They burned the granaries. Nobody stayed."']


def test_a_paragraph_that_is_all_quotation_goes_on_with_the_last_speaker() -> None:
    text = '"We will hold the town," Haidai said.\n\n"Our people have lived here for centuries."'
    assert said(text) == [
        ("Haidai", ['"We will hold the town,"', '"Our people have lived here for centuries."'], "direct")
    ]


def test_a_whole_quotation_is_taken_where_the_parse_sees_its_last_sentence() -> None:
    text = '"The bridge is gone. The road is mined. We go by boat," the ferryman said.'
    assert said(text)[0] == (
        "the ferryman",
        ['"The bridge is gone. The road is mined. We go by boat,"'],
        "direct",
    )


def test_a_quotation_after_a_colon_goes_with_the_cue_before_it() -> None:
    text = 'The colonel called the report a lie: "All aircraft returned to base."'
    (found,) = said(text)
    assert found[0] == "The colonel"
    assert '"All aircraft returned to base."' in found[1][-1]


def test_a_label_names_the_speaker_of_a_clip() -> None:
    text = "CLIP, HAMID KARIM (translated): “They came at night and took my brother.”"
    assert ("HAMID KARIM", ["“They came at night and took my brother.”"], "direct") in said(text)


def test_a_label_may_stand_in_brackets() -> None:
    text = "CLIP (shopkeeper, in Tigrinya, voiced over): “The trucks came back empty.”"
    assert ("shopkeeper", ["“The trucks came back empty.”"], "direct") in said(text)


def test_modes() -> None:
    assert (
        said('The minister said "the war is over".')[0][2] == "mixed"
        or said('The minister said the army had "liberated" the port.')[0][2] == "mixed"
    )
    assert said("The minister said the war was over.")[0][2] == "indirect"


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet=st.sampled_from("ab .,\n\"'“”‘’«»„`!?:;"), max_size=120))
def test_quotations_lie_in_the_text_in_order(text: str) -> None:
    last = 0
    for q in quotations(text):
        assert last <= q.span.start <= q.inner.start <= q.inner.end <= q.span.end <= len(text)
        last = q.span.end


def test_a_megabyte_of_marks_takes_no_time() -> None:
    for junk in ('"a ', "' ", '" said, ', "„a, said "):
        text = junk * (1_000_000 // len(junk))
        begun = time.process_time()
        quotations(text)
        assert time.process_time() - begun < 5, junk


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("“Are you still there?” the president said in Ankara.", "the president"),
        (
            "“When will it end? They shelled the ward – who was in it?” Amina Bello said in Maiduguri.",
            "Amina Bello",
        ),
        ("“We need shells now!” Colonel Adam Musa told reporters near El Fasher.", "Colonel Adam Musa"),
    ],
)
def test_a_question_or_an_outcry_is_of_who_speaks_behind_it(text: str, source: str) -> None:
    assert (source, [text[: text.index("”") + 1]], "direct") in said(text)


def test_a_sentence_that_is_all_quotation_is_of_who_spoke_in_the_one_before() -> None:
    quotation = "“They told us the road was safe. They shot at the bus.”"
    text = f"Yusuf Deng, who said he had farmed near Bor, said gunmen stopped him on Friday. {quotation}"
    (who,) = [who for who, content, _ in said(text) if quotation in content]
    assert who is not None
    assert who.startswith("Yusuf Deng")
    apart = f"Yusuf Deng said gunmen stopped him on Friday.\n\nThe bus burnt out. {quotation}"
    assert not [who for who, content, _ in said(apart) if quotation in content and who == "Yusuf Deng"]
