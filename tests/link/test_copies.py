"""Near copies of passages: what is found, to the character, and which is the copy."""

from __future__ import annotations

import time
from datetime import date, datetime
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fogline.link.alignment import align
from fogline.link.copies import copies_of, credits_in, find_copies, update_copies
from fogline.link.credits import credits_of
from fogline.link.outlets import outlet_of
from fogline.link.shingles import bands_of, signatures, words_of
from fogline.model import Copy, Document
from fogline.store import migrate
from fogline.store.duckdb import DuckDBStore
from fogline.store.link_tables import SIGNATURES
from fogline.store.tables import DOCUMENTS, REPLACEMENTS

DISPATCH = (
    "Rebel fighters took the market town of Sake on Tuesday after a day of shelling, two residents and a "
    "local official said. The army pulled back along the road to Goma, where thousands of families had "
    "already sought shelter in schools and churches. A spokesman for the governor of North Kivu said that "
    "reinforcements were on their way and that the town would be retaken within days. Aid workers said the "
    "only hospital in the area had run out of blood and was turning the lightly wounded away."
)
OTHER = (
    "The harvest in the highlands was poorer than in any year since records began, according to the farm "
    "office. Farmers blamed a late frost, and dealers in the capital said that potatoes cost twice what they "
    "did last spring. The office expects imports to rise."
)


def document(name: str, text: str, *, outlet: str | None = None, day: int | None = None) -> Document:
    """Return a report of some day in March 2023."""
    return Document(id=name, text=text, outlet=outlet, published=date(2023, 3, day) if day else None)


def only(copies: list[Copy]) -> Copy:
    """Return the one copy of a list."""
    assert len(copies) == 1
    return copies[0]


def test_a_dispatch_inside_a_longer_article_is_found_to_the_character() -> None:
    article = f"Fighting in the east\n\n{OTHER}\n\n{DISPATCH}\n\nMore on this tomorrow."
    dispatch = document("dispatch", DISPATCH, outlet="Lake Wire", day=7)
    copy = only(find_copies([document("article", article, outlet="The Courier", day=8), dispatch]))
    assert (copy.document, copy.source) == ("article", "dispatch")
    assert article[copy.start : copy.end] == DISPATCH
    assert DISPATCH[copy.source_start : copy.source_end] == DISPATCH
    assert copy.words == 88
    assert copy.similarity == 1.0
    assert copy.reason == (
        "The Courier has 88 words in a row in common with Lake Wire: that came out earlier, on 7 March 2023."
    )


def test_other_punctuation_and_a_few_other_words_keep_a_passage_whole() -> None:
    edited = DISPATCH.replace("Sake", "Saké").replace(",", " –").replace("thousands of", "many")
    edited = edited.replace("pulled back", "withdrew").replace("had already sought", "have found")
    found = only(find_copies([document("a", DISPATCH, day=7), document("b", edited, day=8)]))
    assert (found.document, found.start, found.end) == ("b", 0, len(edited))
    assert found.similarity == pytest.approx(0.91, abs=0.03)


def test_a_passage_that_was_moved_is_found_where_it_is_now() -> None:
    first, second, third, fourth = (f"{s}." for s in DISPATCH.removesuffix(".").split(". "))
    moved = " ".join((third, fourth, first, second))
    found = find_copies([document("a", DISPATCH, day=7), document("b", moved, day=8)])
    assert [moved[c.start : c.end] for c in found] == [f"{third} {fourth}", f"{first} {second}"]
    assert [DISPATCH[c.source_start : c.source_end] for c in found] == [
        f"{third} {fourth}",
        f"{first} {second}",
    ]


def test_who_names_the_other_is_the_copy_on_one_day() -> None:
    credited = f"GOMA (Lake Wire) - {DISPATCH}"
    copy = only(
        find_copies(
            [
                document("a-copy", credited, outlet="The Courier", day=7),
                document("z-wire", DISPATCH + " The curfew stands.", outlet="Lake Wire", day=7),
            ]
        )
    )
    assert (copy.document, copy.source) == ("a-copy", "z-wire")
    assert copy.reason.endswith(": it names Lake Wire.")


def test_who_names_the_other_is_the_copy_though_dated_a_day_before_it() -> None:
    credited = f"{DISPATCH}\n(Reuters)"
    one = document("paper", credited, outlet="The Courier", day=7)
    assert only(find_copies([one, document("wire", DISPATCH, outlet="Reuters", day=8)])).document == "paper"
    assert only(find_copies([one, document("wire", DISPATCH, outlet="Reuters", day=20)])).document == "wire"


def test_an_agency_is_the_source_where_nothing_else_tells() -> None:
    longer = document("paper", f"{DISPATCH} {OTHER}", outlet="The Courier", day=7)
    copy = only(find_copies([longer, document("wire", DISPATCH, outlet="AFP", day=7)]))
    assert copy.document == "paper"
    assert "Agence France-Presse is an agency" in copy.reason


def test_three_copies_name_one_source() -> None:
    documents = [document(f"d{day}", DISPATCH, outlet=f"Paper {day}", day=day) for day in (9, 7, 8, 10)]
    assert {(c.document, c.source) for c in find_copies(documents)} == {
        ("d8", "d7"),
        ("d9", "d7"),
        ("d10", "d7"),
    }


def test_a_bulletin_that_fills_in_new_figures_is_no_copy() -> None:
    formula = (
        "Over the past day the enemy launched {} missile and {} air strikes and fired {} times from rocket "
        "launchers at our positions and at settlements. Air defence shot down {} of {} drones that were "
        "launched in the night. The enemy lost {} soldiers, {} tanks and {} guns, the General Staff said."
    )
    monday = document("monday", formula.format(3, 41, 67, 12, 14, 620, 8, 11), outlet="Staff", day=6)
    tuesday = document("tuesday", formula.format(5, 28, 90, 21, 26, 710, 4, 17), outlet="Staff", day=7)
    assert find_copies([monday, tuesday]) == []
    again = document("again", monday.text, outlet="Daily", day=7)
    assert only(find_copies([monday, again])).document == "again"


def test_two_reports_that_quote_the_same_words_are_no_copies() -> None:
    words = (
        '"We left the town because holding it would have cost too many of our soldiers, '
        'and they are needed in the south."'
    )
    one = document("one", f"{words} The general spoke after the meeting. {OTHER}", day=7)
    two = document("two", f"Families crossed the river in boats, a nurse said. {words}", day=8)
    assert find_copies([one, two]) == []


def test_documents_without_words_or_given_twice_do_no_harm() -> None:
    empty = [document("empty", ""), document("short", "Two words"), document("signs", "… — !?")]
    twice = [document("a", DISPATCH, day=7), document("a", DISPATCH, day=7)]
    assert find_copies([*empty, *twice]) == []
    assert find_copies([]) == []


@given(st.text(max_size=300))
def test_words_are_slices_in_order(text: str) -> None:
    words = words_of(text)
    spans = list(zip(words.starts.tolist(), words.ends.tolist(), strict=True))
    assert all(text[a:b].isalnum() for a, b in spans)
    assert all(b <= c for (_, b), (c, _) in pairwise(spans))
    assert len(words.hashes) == len(spans) == len(words.quoted) == len(words.figures)
    assert signatures(words).shape[0] == len(words.sentences)


@settings(max_examples=50)
@given(
    st.lists(
        st.sampled_from(["aid", "army", "bridge", "camp", "road", "said", "the", "two", "."]), max_size=120
    ),
    st.lists(
        st.sampled_from(["aid", "army", "bridge", "camp", "road", "said", "the", "two", "."]), max_size=120
    ),
)
def test_passages_are_slices_that_share_the_words_they_say(one: list[str], two: list[str]) -> None:
    texts = {"one": " ".join(one), "two": " ".join(two)}
    for copy in find_copies(document(name, text) for name, text in texts.items()):
        mine = texts[copy.document][copy.start : copy.end].replace(".", " ").split()
        theirs = texts[copy.source][copy.source_start : copy.source_end].replace(".", " ").split()
        assert copy.document != copy.source
        assert 8 <= copy.words <= min(len(mine), len(theirs))
        assert copy.similarity == pytest.approx(copy.words / max(len(mine), len(theirs)), abs=1e-3)


def test_the_neighbours_of_a_sentence_do_not_change_its_signature() -> None:
    sentence = "The bridge at the old mill was blown up on Friday night, the mayor of Kobane said."
    alone = set(bands_of(words_of(sentence)).ravel().tolist())
    between = bands_of(words_of(f"{DISPATCH} {sentence} {DISPATCH}"))
    assert any(set(row.tolist()) == alone for row in between)


def test_signatures_estimate_the_share_of_shingles_in_common() -> None:
    words = [f"w{number}" for number in range(46)]
    one, two = words_of(" ".join(words[:40])), words_of(" ".join(words[6:]))
    exact = len(set(one.shingles.tolist()) & set(two.shingles.tolist())) / 44  # 32 of 44
    assert float((signatures(one) == signatures(two)).mean()) == pytest.approx(exact, abs=0.2)


@pytest.mark.parametrize(
    "junk", ["a " * 500_000, "x" * 1_000_000, "(.\n" * 300_000, "one two three. " * 70_000]
)
def test_junk_is_compared_in_linear_time(junk: str) -> None:
    began = time.process_time()
    find_copies([document("a", junk), document("b", junk[:-7]), document("c", DISPATCH)])
    assert time.process_time() - began < 10


def test_alignment_needs_no_common_words() -> None:
    assert align(words_of(DISPATCH), words_of(OTHER)) == []
    assert align(words_of(""), words_of(DISPATCH)) == []


@pytest.mark.parametrize(
    ("text", "outlets"),
    [
        ("KHARTOUM (Reuters) - Fighting resumed on Monday.", ["Reuters"]),
        ("PORT SUDAN, Sudan (AP) — Fighting resumed.", ["Associated Press"]),
        ("(Lake Wire) – Fighting resumed on Monday.", ["Lake Wire"]),
        ("By Reuters\n\nFighting resumed on Monday.", ["Reuters"]),
        ("Fighting resumed on Monday.\n\nSource: TASS", ["TASS"]),
        ("Fighting resumed on Monday. (AFP/Reuters)", ["Agence France-Presse", "Reuters"]),
        ("BENGHAZI (July 2) – Fighting resumed.", []),
        ("SIRTE (Special) - Fighting resumed.", []),
        ("REPORTER (Benghazi): Fighting resumed.", []),
        ("The town (population 4,000) - the last before the border - fell.", []),
        ("The movement (RSF) said that it held the airport.", []),
        ("Reuters reporters saw smoke over the airport on Monday.", []),
    ],
)
def test_credits_are_read_from_datelines_bylines_and_source_lines(text: str, outlets: list[str]) -> None:
    found = credits_of(Document(id="d", text=text, outlet="The Courier"))
    assert [credit.outlet for credit in found] == outlets
    assert all(text[c.start : c.end] for c in found)


def test_an_outlet_does_not_credit_itself() -> None:
    assert credits_of(Document(id="d", text="KYIV (Reuters) - It rained.", outlet="reuters.com")) == ()


@pytest.mark.parametrize(
    ("told", "name", "kind"),
    [
        ("AP", "Associated Press", "agency"),
        ("www.reuters.com", "Reuters", "agency"),
        ("https://edition.cnn.com/2023/03/07/x.html", "CNN", "broadcaster"),
        ("www.bbc.co.uk", "BBC", "broadcaster"),
        ("www.nytimes.com", "The New York Times", "paper"),
        ("news.lakewire.co.ug", "lakewire.co.ug", None),
        ("Lake Wire", "Lake Wire", None),
    ],
)
def test_outlets_have_one_name(told: str, name: str, kind: str | None) -> None:
    found = outlet_of(told)
    assert (found.name, found.kind) == (name, kind)


@pytest.fixture
def store() -> DuckDBStore:
    """Return an empty ledger in memory."""
    made = DuckDBStore()
    migrate(made)
    return made


def keep(store: DuckDBStore, *documents: Document) -> None:
    """Write documents into a ledger."""
    at = datetime(2023, 3, 31)
    store.insert(
        DOCUMENTS,
        [
            (d.id, d.id, d.id, d.text, None, d.published, d.outlet, None, None, None, None, at)
            for d in documents
        ],
    )


DOCUMENTS_GIVEN = (
    document("wire", DISPATCH, outlet="Reuters", day=7),
    document("paper", f"Town falls\n\nGOMA (Reuters) - {DISPATCH}", outlet="The Courier", day=7),
    document("farm", OTHER, outlet="The Courier", day=8),
    document("both", f"{OTHER}\n\n{DISPATCH}", outlet="Evening Post", day=9),
)


def test_a_ledger_compared_one_by_one_knows_what_all_at_once_gives(store: DuckDBStore) -> None:
    together = find_copies(DOCUMENTS_GIVEN)
    assert {(c.document, c.source) for c in together} == {
        ("paper", "wire"),
        ("both", "wire"),
        ("both", "farm"),
    }
    for one in DOCUMENTS_GIVEN:
        keep(store, one)
        update_copies(store)
    assert copies_of(store) == together
    assert copies_of(store, ["farm"]) == [c for c in together if c.source == "farm"]


def test_comparing_again_finds_nothing_new(store: DuckDBStore) -> None:
    keep(store, *DOCUMENTS_GIVEN)
    assert len(update_copies(store)) == 3
    assert update_copies(store) == []
    assert update_copies(store, DOCUMENTS_GIVEN) == []
    assert len(copies_of(store)) == 3


def test_a_ledger_keeps_credits(store: DuckDBStore) -> None:
    keep(store, *DOCUMENTS_GIVEN)
    update_copies(store)
    assert {
        name: [c.outlet for c in found] for name, found in credits_in(store, ["wire", "paper"]).items()
    } == {"paper": ["Reuters"]}


def test_a_document_that_was_replaced_is_passed_over(store: DuckDBStore) -> None:
    keep(store, *DOCUMENTS_GIVEN)
    update_copies(store)
    keep(store, document("wire2", DISPATCH, outlet="Reuters", day=6))
    store.insert(REPLACEMENTS, [("wire", "wire2", datetime(2023, 3, 31))])
    update_copies(store)
    assert {(c.document, c.source) for c in copies_of(store)} == {
        ("paper", "wire2"),
        ("both", "wire2"),
        ("both", "farm"),
    }


def test_what_another_edition_found_is_worked_out_again(store: DuckDBStore) -> None:
    keep(store, *DOCUMENTS_GIVEN)
    found = update_copies(store)
    store.run("DELETE FROM signatures")
    store.insert(SIGNATURES, [(d.id, "an older edition") for d in DOCUMENTS_GIVEN])
    assert update_copies(store) == found
    assert copies_of(store) == found
