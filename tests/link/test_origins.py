"""Origins of an event: who is one voice, who leans on whom, and how it is said."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fogline.link.counting import in_words, listed, with_article
from fogline.link.credits import Credit
from fogline.link.kinship import Kinship
from fogline.link.origins import counted, origins_of
from fogline.link.tellings import same_words
from fogline.model import Claim, Copy, Origin, Voice, VoiceKind, Words
from fogline.store import Stored

TAKEN = "Government troops have entered the port"


def voice(name: str, kind: VoiceKind = "official", side: str | None = "SDN") -> Voice:
    """Return a voice."""
    return Voice(text=name, name=name, kind=kind, side=side)


def told(
    document: str,
    speaker: Voice | None = None,
    *,
    outlet: str | None = "Nile Courier",
    day: int = 5,
    relays: Sequence[str] = (),
    start: int = 0,
    text: str = TAKEN,
) -> Stored:
    """Return a claim of May 2023 that troops took a port."""
    claim = Claim(
        document=document,
        evidence=Words(start=start, end=start + len(text), text=text),
        event="CAPTURE",
        speaker=speaker,
        relays=tuple(relays),
    ).identified()
    return Stored(claim=claim, outlet=outlet, published=date(2023, 5, day))


def copied(document: str, source: str, *, end: int = 400, outlet: str | None = None) -> Copy:
    """Return a copy of the first characters of a text."""
    return Copy(
        document=document,
        start=0,
        end=end,
        source=source,
        source_start=0,
        source_end=end,
        words=60,
        similarity=1.0,
        source_outlet=outlet,
    )


def only(origins: Sequence[Origin]) -> Origin:
    """Return the one origin of an event."""
    assert len(origins) == 1
    return origins[0]


def test_papers_that_carry_one_dispatch_are_one_origin() -> None:
    ministry = voice("Sudanese Ministry of Defence", "military")
    claims = [
        told("wire", ministry, outlet="Lake News Agency", day=4),
        told("courier", ministry, outlet="Nile Courier"),
        told("post", None, outlet="Evening Post", text=TAKEN.replace("have entered", "entered")),
    ]
    origins = origins_of(claims, [copied("courier", "wire"), copied("post", "wire")])
    origin = only(origins)
    assert origin.claim == claims[0].claim.id
    assert (origin.voice, origin.side, origin.independent) == ("Sudanese Ministry of Defence", "SDN", True)
    assert origin.documents == ("wire", "courier", "post")
    assert origin.chain == origin.outlets == ("Lake News Agency", "Nile Courier", "Evening Post")
    assert counted(origins, claims) == (
        "Three reports by three outlets, one origin. Three outlets carry the same agency dispatch (Lake News "
        "Agency), which quotes the Sudanese Ministry of Defence: one origin."
    )


def test_a_copy_of_a_report_that_tells_it_elsewhere_is_the_sources_telling() -> None:
    claims = [told("courier", outlet="Nile Courier"), told("post", outlet="Evening Post")]
    origin = only(
        origins_of(claims, [copied("courier", "wire", outlet="AFP"), copied("post", "wire", outlet="AFP")])
    )
    assert origin.voice is None
    assert origin.chain == ("Agence France-Presse", "Nile Courier", "Evening Post")
    assert origin.reason == ("Two outlets carry the same agency dispatch (Agence France-Presse): one origin.")


def test_claims_in_one_text_are_paired_with_its_first_telling() -> None:
    wire, post, own = (
        told("wire", day=4),
        told("post", text=TAKEN.replace("troops", "soldiers")),
        told("post", start=900),
    )
    assert same_words([post, own, wire], [copied("post", "wire")]) == [(wire.claim.id, post.claim.id)]
    assert same_words([post, wire], []) == []


def test_copies_of_copies_go_back_to_the_first() -> None:
    claims = [
        told(name, outlet=f"Paper {name.upper()}", day=day) for name, day in (("a", 4), ("b", 5), ("c", 6))
    ]
    origin = only(origins_of(claims, [copied("b", "a"), copied("c", "b")]))
    assert origin.chain == ("Paper A", "Paper B", "Paper C")


def test_copies_in_a_circle_come_to_an_end() -> None:
    claims = [told("a", outlet="Paper A"), told("b", outlet="Paper B")]
    assert len(origins_of(claims, [copied("a", "b"), copied("b", "a")])) in (1, 2)


def test_words_outside_the_copied_passage_are_the_papers_own() -> None:
    claims = [told("wire", outlet="Lake Wire", day=4), told("post", outlet="Evening Post", start=900)]
    assert [o.outlets for o in origins_of(claims, [copied("post", "wire")])] == [
        ("Lake Wire",),
        ("Evening Post",),
    ]


def test_one_speaker_through_several_outlets_is_one_origin() -> None:
    burhan = voice("Abdel Fattah al-Burhan")
    claims = [
        told("a", burhan, outlet="AP"),
        told("b", burhan, outlet="Nile Courier", relays=["Al Jazeera"], day=6),
    ]
    origins = origins_of(claims, [])
    assert only(origins).chain == ("Associated Press", "Al Jazeera", "Nile Courier")
    assert origins[0].reason == (
        "Associated Press and Nile Courier quote Abdel Fattah al-Burhan: one origin."
    )


@pytest.mark.parametrize(
    ("one", "other", "voices"),
    [
        ("Abdel Fattah al-Burhan", "al-Burhan", 1),
        ("Volodymyr Zelensky", "Volodymyr Zelenskyy", 1),
        ("Ibrahim Jabir", "Yasir al-Atta", 2),
        ("Ibrahim Jabir", "Ismail Jabir", 2),
        ("Iranian Army", "Iraqi Army", 2),
    ],
)
def test_one_name_may_be_short_or_spelt_otherwise(one: str, other: str, voices: int) -> None:
    claims = [told("a", voice(one)), told("b", voice(other))]
    assert len(origins_of(claims, [])) == len(origins_of(claims[::-1], [])) == voices


def test_one_surname_on_two_sides_is_two_voices() -> None:
    claims = [told("a", voice("Jabir")), told("b", voice("Ibrahim Jabir", side="TCD"))]
    assert len(origins_of(claims, [])) == 2


def test_two_officials_of_one_side_are_two_origins_and_one_is_independent() -> None:
    staff, ministry = voice("Sudanese General Staff", "military"), voice("Sudanese Ministry of Defence")
    claims = [told("a", staff, day=4), told("b", ministry, outlet="Evening Post", day=5)]
    first, second = origins_of(claims, [])
    assert (first.voice, first.independent) == ("Sudanese General Staff", True)
    assert (second.voice, second.independent) == ("Sudanese Ministry of Defence", False)
    assert second.reason == (
        "Evening Post quotes the Sudanese Ministry of Defence; not independent: the Sudanese Ministry of "
        "Defence speaks for Sudan, as the Sudanese General Staff does."
    )


def test_officials_of_two_sides_are_independent() -> None:
    claims = [told("a", voice("Ibrahim Jabir")), told("b", voice("RSF", "party", "Rapid Support Forces"))]
    assert [o.independent for o in origins_of(claims, [])] == [True, True]


def test_an_outlet_leans_on_whom_its_report_quotes() -> None:
    claims = [told("a", start=300), told("a", voice("Ibrahim Jabir"))]
    origins = {o.voice: o for o in origins_of(claims, [])}
    assert origins["Ibrahim Jabir"].independent
    assert not origins[None].independent
    assert origins[None].reason.endswith(
        "not independent: Nile Courier tells it in a report that rests on Ibrahim Jabir."
    )


def test_an_outlet_whose_reporter_saw_it_is_independent() -> None:
    seen = f"{TAKEN}, our correspondent saw"
    claims = [told("a", start=300, text=seen), told("a", voice("Ibrahim Jabir"))]
    assert [o.independent for o in origins_of(claims, [])] == [True, True]


def test_a_report_that_credits_an_agency_is_the_agencys_telling() -> None:
    claims = [told("a", outlet="Nile Courier"), told("b", outlet="Reuters", day=6)]
    credit = Credit(document="a", outlet="Reuters", start=0, end=7)
    origin = only(origins_of(claims, [], credits={"a": [credit]}))
    assert origin.outlets == ("Nile Courier", "Reuters")
    assert origin.reason == (
        "Reuters tells it in its own words; Nile Courier passes on what Reuters tells: one origin."
    )


def test_an_agency_as_speaker_is_the_agency_itself() -> None:
    claims = [
        told("a", voice("Reuters", "agency", "GBR"), outlet="Nile Courier"),
        told("b", outlet="reuters.com"),
    ]
    assert only(origins_of(claims, [])).voice is None


def test_an_agency_that_is_only_cited_does_not_lean_on_whom_the_paper_quotes() -> None:
    claims = [told("a", start=300, relays=["Reuters"]), told("a", voice("Ibrahim Jabir"))]
    assert [o.independent for o in origins_of(claims, [])] == [True, True]


def test_an_outlet_that_prints_its_report_twice_is_one_origin() -> None:
    claims = [told("a", outlet="Nile Courier", day=4), told("b", outlet="Nile Courier", day=5)]
    origins = origins_of(claims, [copied("b", "a")])
    assert only(origins).reason == "Nile Courier carries one report more than once: one origin."


def test_a_states_organ_and_its_officials_are_not_independent() -> None:
    claims = [told("a", voice("Ali Khamenei", side="IRN"), outlet="AP"), told("b", outlet="IRNA", day=6)]
    speaker, organ = origins_of(claims, [])
    assert speaker.independent
    assert organ.reason.endswith("speaks for Iran, as Ali Khamenei does.")


def test_residents_of_two_outlets_are_two_voices_and_of_one_agency_one() -> None:
    residents = voice("residents", "resident", "CIV")
    two = [told("a", residents, outlet="Nile Courier"), told("b", residents, outlet="Evening Post")]
    assert [o.independent for o in origins_of(two, [])] == [True, True]
    one = [told("a", residents, relays=["AFP"]), told("b", residents, outlet="Evening Post", relays=["AFP"])]
    assert only(origins_of(one, [])).chain[0] == "Agence France-Presse"


def test_whom_nobody_names_may_be_any_of_the_others() -> None:
    claims = [
        told("a", voice("Ibrahim Jabir")),
        told("b", voice("a source", "unnamed", None), outlet="Evening Post"),
        told("c", voice("officers", "unnamed", "SDN"), outlet="Nile Courier"),
    ]
    named, source, officers = origins_of(claims, [])
    assert named.independent
    assert source.reason.endswith("; not independent: nobody is named, and it may be Ibrahim Jabir.")
    assert officers.reason.endswith(
        "; not independent: whoever it is speaks for Sudan, as Ibrahim Jabir does."
    )


def test_a_voice_alone_is_independent() -> None:
    assert only(origins_of([told("b", voice("a source", "unnamed", None))], [])).independent


def test_no_claims_have_no_origins() -> None:
    assert origins_of([], []) == ()
    assert counted((), []) == "No reports, no origins."


VOICES = [
    None,
    voice("Ibrahim Jabir"),
    voice("Sudanese General Staff", "military"),
    voice("RSF", "party", "Rapid Support Forces"),
    voice("residents", "resident", "CIV"),
    voice("a source", "unnamed", None),
    voice("Reuters", "agency", "GBR"),
]


@given(
    st.lists(
        st.tuples(
            st.sampled_from("abcdef"),
            st.sampled_from(VOICES),
            st.integers(0, 3).map(lambda n: n * 200),
            st.sampled_from([None, "Reuters", "Nile Courier", "TASS"]),
        ),
        max_size=12,
    ),
    st.lists(st.tuples(st.sampled_from("abcdef"), st.sampled_from("abcdef")), max_size=5),
)
def test_every_claim_has_one_origin_and_one_is_independent(
    given_: list[tuple[str, Voice | None, int, str | None]], pairs: list[tuple[str, str]]
) -> None:
    claims = list({s.claim.id: s for s in (told(d, v, start=a, outlet=o) for d, v, a, o in given_)}.values())
    copies = [copied(a, b) for a, b in pairs if a != b]
    origins = origins_of(claims, copies)
    assert sorted(id for o in origins for id in o.claims) == sorted(s.claim.id for s in claims)
    assert len({o.id for o in origins}) == len(origins)
    assert any(o.independent for o in origins) or not claims
    assert origins_of(claims[::-1], copies[::-1]) == origins
    assert all(o.reason.endswith(".") for o in origins)
    assert counted(origins, claims)


@pytest.mark.parametrize(
    ("names", "told_as"),
    [([], ""), (["A"], "A"), (["A", "B"], "A and B"), (list("ABCDEF"), "A, B, C and three more")],
)
def test_names_are_listed_as_in_a_sentence(names: list[str], told_as: str) -> None:
    assert listed(names) == told_as


def test_small_numbers_are_words() -> None:
    assert [in_words(n) for n in (0, 3, 12, 13)] == ["no", "three", "twelve", "13"]


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("Ukrainian General Staff", "the Ukrainian General Staff"),
        ("United Nations", "the United Nations"),
        ("The Hague Tribunal", "The Hague Tribunal"),
        ("Reuters", "Reuters"),
        ("Hamas", "Hamas"),
    ],
)
def test_bodies_take_the_article(name: str, written: str) -> None:
    assert with_article(name) == written


def test_of_sister_outlets_the_first_is_independent() -> None:
    claims = [told("times", outlet="The Times", day=4), told("sun", outlet="The Sun")]
    first, second = origins_of(claims, [])
    assert (first.independent, second.independent) == (True, False)
    assert second.reason.endswith("not independent: The Sun belongs to News Corp, as The Times does.")
    assert all(o.independent for o in origins_of([claims[0], told("post", outlet="Evening Post")], []))


def test_outlets_that_often_print_one_text_are_sisters() -> None:
    claims = [told("a", outlet="Nile Courier", day=4), told("b", outlet="Evening Post")]
    kin = Kinship(shared={frozenset(("nile courier", "evening post")): (12, 20)})
    _, second = origins_of(claims, [], kinship=kin)
    assert not second.independent
    assert "Evening Post and Nile Courier often print one text (12 of 20 reports)" in second.reason


def test_a_voice_that_is_named_is_itself_in_sister_outlets() -> None:
    one, two = voice("Colonel Adam", side="SDN"), voice("Mayor Osman", side=None)
    claims = [told("times", one, outlet="The Times"), told("sun", two, outlet="The Sun")]
    assert all(origin.independent for origin in origins_of(claims, []))


def test_residents_in_sister_outlets_are_one_voice_of_residents() -> None:
    people = voice("residents", "resident", None)
    claims = [told("times", people, outlet="The Times", day=4), told("sun", people, outlet="The Sun")]
    assert [o.independent for o in origins_of(claims, [])] == [True, False]


def test_editions_of_one_article_are_one_report() -> None:
    claims = [told("v1", outlet=None, day=4), told("v2", outlet=None, text="Troops took the harbour")]
    assert len(origins_of(claims, [])) == 2
    origins = origins_of(claims, [], kinship=Kinship({"v1": "v1", "v2": "v1"}))
    assert only(origins).independent
    assert counted(origins, claims, {"v1": "v1", "v2": "v1"}).startswith("One report, one origin.")
