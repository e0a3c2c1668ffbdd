"""Which side a party is on, in sentences on several wars."""

from __future__ import annotations

import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fogline.errors import DataError
from fogline.extract.parse import Parse, parse
from fogline.model import Document, Span
from fogline.resolve.parties import Sides, side
from fogline.resolve.parties.data import bodies, countries, nouns, people, read
from fogline.resolve.parties.lexicon import find
from fogline.resolve.parties.names import definitions


def _parse(text: str, published: date | None = None) -> Parse:
    return parse(Document(id="t", text=text, published=published))


def _side(text: str, words: str, *, nth: int = 0, speaker: str | None = None) -> str | None:
    start = -1
    for _ in range(nth + 1):
        start = text.index(words, start + 1)
    return Sides(_parse(text)).side(Span(start, start + len(words)), speaker=speaker)[0]


def test_things_that_are_counted_are_no_civilians() -> None:
    assert _side("Two of the tanks burned.", "Two of the tanks") is None
    assert _side("Two of the villagers fled.", "Two of the villagers") == "CIV"
    assert _side("Two were killed.", "Two") == "CIV"


def test_fighters_that_are_counted_are_no_civilians() -> None:
    assert _side("The raid killed dozens of fighters.", "dozens of fighters") is None
    assert _side("Mali's army said hundreds of soldiers fled.", "hundreds of soldiers") == "MLI"
    assert _side("Scores of people fled.", "Scores of people") == "CIV"


def test_nobody_is_hit_by_his_own() -> None:
    text = "Shelling by the Rapid Support Forces hit the Abu Shouk camp, killing nine."
    assert _side(text, "nine") == "CIV"
    assert _side("Ukraine said it shot down two drones.", "two drones") is None
    assert _side("The RSF attacked a convoy of Sudanese soldiers, killing nine.", "nine") == "SDN"


def test_it_is_not_who_does_it_to_it() -> None:
    assert _side("The government banned Hamas, accusing it of murder.", "it of") == "Hamas"
    assert _side("The army took on the RSF after accusing it of looting.", "it of") == "Rapid Support Forces"


def test_a_general_staff_has_forces() -> None:
    assert _side("Ukraine's General Staff said its forces had repelled an attack.", "its forces") == "UKR"


def test_men_in_uniform_are_no_civilians() -> None:
    assert _side("Men in uniform shot three farmers.", "Men") is None
    assert _side("Men in the market shouted.", "Men") == "CIV"


def test_weapons_are_of_who_fires_them() -> None:
    assert _side("Kyiv said it shot down 21 of 30 drones launched by Russia.", "21 of 30 drones") == "RUS"
    assert _side("Israel intercepted rockets fired by Hezbollah.", "rockets") == "Hezbollah"


def test_rebels_are_known_by_their_people() -> None:
    text = "Mali's junta, backed by Wagner mercenaries, took Kidal from Tuareg rebels."
    assert _side(text, "Tuareg rebels") == "Tuareg rebels"
    named = "The Karen National Liberation Army holds the road. Karen rebels took two posts."
    assert _side(named, "Karen rebels") == "Karen National Liberation Army"
    creed = "Boko Haram raided Baga. Islamist militants of the group burnt the market."
    assert _side(creed, "Islamist militants") == "Boko Haram"


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("Ukrainian forces entered the town on Monday.", "Ukrainian forces", "UKR"),
        ("Ankara said its jets had bombed the hills.", "Ankara", "TUR"),
        ("The Kremlin rejected the report.", "The Kremlin", "RUS"),
        ("The British military sent instructors.", "The British military", "GBR"),
        ("Daesh held the old city for three years.", "Daesh", "Islamic State"),
        ("Isis fighters fled across the desert.", "Isis fighters", "Islamic State"),
        ("The Tamil Tigers shelled the harbour.", "The Tamil Tigers", "Liberation Tigers of Tamil Eelam"),
        ("FARC guerrillas ambushed a patrol.", "FARC guerrillas", "Revolutionary Armed Forces of Colombia"),
        ("Tehran warned the two navies.", "Tehran", "IRN"),
        ("Villagers fled before dawn.", "Villagers", "CIV"),
        ("Residents of Goma hid in cellars.", "Residents of Goma", "CIV"),
        ("Locals that had stayed hid in cellars.", "Locals that had stayed", "CIV"),
        ("The U.S. ambassador flew home.", "The U.S. ambassador", "USA"),
        ("Unicef counted the children in the camp.", "Unicef", "United Nations"),
        ("Members of Hamas met the envoy in Cairo.", "Members of Hamas", "Hamas"),
        ("Syrian mercenaries were flown to the front.", "Syrian mercenaries", "Syrian mercenaries"),
        ("Wagner fighters took the salt mine.", "Wagner fighters", "Wagner Group"),
        ("South Sudanese troops crossed the river.", "South Sudanese troops", "SSD"),
        ("The Korean People’s Army shelled the island.", "The Korean People’s Army", "PRK"),
        ("South Sudan People's Defence Forces soldiers came.", "South Sudan People's Defence Forces", "SSD"),
        ("The Democratic People's Republic of Korea (DPRK) launched a rocket.",
         "The Democratic People's Republic of Korea (DPRK)", "PRK"),
        ("The Republic of Korea raised the alarm.", "The Republic of Korea", "KOR"),
        ("Two of the Kenyan soldiers came home.", "Two of the Kenyan soldiers", "KEN"),
        ("Kim Jong Un ordered the launch.", "Kim Jong Un", "PRK"),
        ("North Korean gunners fired on the island.", "North Korean gunners", "PRK"),
    ],
)  # fmt: skip
def test_named_parties(text: str, words: str, expected: str) -> None:
    assert _side(text, words) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Rwandan soldiers arrived in Bukavu on Friday. Rwandan guns fell silent in Goma. The mayor fled.",
            "COD",
        ),
        (
            "Russian troops entered the town of Voznesensk. Russian tanks burned. The mayor spoke.",
            "UKR",
        ),
        ("Eritrean units looted shops in Mekelle. Eritrean trucks left at night. The mayor hid.", "ETH"),
        ("Ethiopia sent troops. Ethiopian jets bombed the hills. The mayor was not there.", "ETH"),
    ],
)
def test_a_mayor_is_of_the_land_of_the_towns_not_of_who_came(text: str, expected: str) -> None:
    assert _side(text, "The mayor") == expected


def test_a_backer_does_not_give_the_side() -> None:
    text = "Iran-backed militias fired rockets at the base."
    assert _side(text, "Iran-backed militias") == "Iran-backed militias"


def test_own_troops_are_those_of_the_subject() -> None:
    text = "The ministry in Khartoum spoke on Friday. Chad said it was withdrawing troops from the border."
    assert _side(text, "troops") == "TCD"


def test_the_army_is_that_of_the_country_the_report_is_about() -> None:
    text = "Nigerian villages burned again. In Nigeria's north-east the army lost a base on Sunday."
    assert _side(text, "the army") == "NGA"


def test_rebels_are_the_group_that_is_named() -> None:
    text = (
        "The M23 took Rutshuru in Congo. By evening the rebels had cut the road, and the M23 held the bridge."
    )
    assert _side(text, "the rebels") == "M23"


def test_the_coalition_of_a_report_on_yemen() -> None:
    text = "Yemen buried its dead. Yemeni officials said the coalition had bombed the port."
    assert _side(text, "the coalition") == "Saudi-led coalition"


def test_possessive_pronoun_goes_back_to_the_subject() -> None:
    text = "Hezbollah said on Tuesday that its fighters had left the ridge."
    assert _side(text, "its fighters") == "Hezbollah"


def test_they_goes_back_to_the_last_subject() -> None:
    text = "Turkish soldiers crossed at night. They reached the dam by morning."
    assert _side(text, "They") == "TUR"


def test_we_is_the_speakers_side() -> None:
    text = "“We hold the crossing,” the colonel said."
    assert _side(text, "We", speaker="GEO") == "GEO"


def test_the_enemy_is_whom_the_speaker_fights() -> None:
    text = "Armenian forces shelled the road. Azerbaijani troops fired back. The enemy lost tanks, Baku said."
    assert _side(text, "The enemy", speaker="AZE") == "ARM"


def test_peoples_adjectives_do_not_make_civilians_soldiers() -> None:
    text = "Three Ukrainian women were hurt when Russian shells hit a clinic."
    assert _side(text, "Three Ukrainian women") == "CIV"


def test_a_state_that_is_gone_by_the_date_of_the_report() -> None:
    text = "Serbian police burned the village."
    span = Span(0, len("Serbian police"))
    assert Sides(_parse(text, date(1999, 4, 1))).side(span)[0] == "YUG"
    assert Sides(_parse(text, date(2011, 9, 1))).side(span)[0] == "SRB"


def test_an_acronym_that_the_text_explains() -> None:
    text = "The Front for Unity and Change (FUC) took the fort. FUC fighters burned it down."
    assert _side(text, "FUC fighters") == "Front for Unity and Change"


def test_what_is_not_told_is_none_with_a_reason() -> None:
    found, reason = side(_parse("The bridge fell into the river."), Span(0, 10))
    assert found is None
    assert reason == "no side is told"


def test_longest_name_wins_and_case_of_single_words_counts() -> None:
    names = [hit.entry.side for hit in find("South Sudan and Sudan; the turkey is dry, Turkey is not.")]
    assert names == ["SSD", "SDN", "TUR"]


def test_every_row_of_the_data_is_found_by_its_name() -> None:
    for body in bodies():
        for name in (body.name, *body.aliases, *body.also):
            hits = find(f"So {name} said")
            assert len(hits) == 1, name
    for iso, country in countries().items():
        assert len(iso) == 3 or iso in country.names
        for name in (*country.names, *country.demonyms, *country.nouns, *country.seats):
            assert find(f"So {name} said"), name
    assert all(names for names in people().values())
    assert all(state in countries() for body in bodies() for state in body.states)


def test_sides_in_the_data_are_states_or_known_names() -> None:
    known = {body.name for body in bodies()} | {name for body in bodies() for name in body.also}
    for body in bodies():
        assert (
            body.side is None
            or body.side in countries()
            or body.side in known
            or body.kind == "international"
        )
    for row in people():
        assert row in countries() or row in known
    assert nouns().civilians.isdisjoint(nouns().nonstate)


def test_a_row_that_does_not_fit_names_the_file() -> None:
    with pytest.raises(DataError, match=r"words\.yml"):
        read("fogline.resolve.parties", "words.yml", dict[str, int])


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300))
def test_names_lie_inside_the_text(text: str) -> None:
    for hit in find(text):
        assert 0 <= hit.start < hit.end <= len(text)


def test_junk_takes_time_linear_in_its_length() -> None:
    junk = "Al (A) al-Al Al Al of the Al (AL) "
    seconds = []
    for times in (300, 3_000):
        start = time.process_time()
        find(junk * times)
        definitions(junk * times)
        seconds.append(time.process_time() - start)
    assert seconds[1] < 25 * seconds[0] + 0.5


def test_the_dead_are_of_no_side_unless_it_is_said() -> None:
    text = "Israeli jets hit the camp; rescuers found six bodies under the rubble."
    assert _side(text, "six bodies") is None
    text = "After Serbian troops left, about 40 bodies, most of them of civilians, lay in a quarry."
    assert _side(text, "about 40 bodies") == "CIV"
    assert _side("The bodies of Ethiopian soldiers lay on the road.", "The bodies") == "ETH"
