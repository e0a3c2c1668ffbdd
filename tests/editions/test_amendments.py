"""What became of claims in later editions, by hand-built claims."""

from __future__ import annotations

from datetime import UTC, date, datetime

from fogline.editions import Article, amendments_of
from fogline.model import Amendment, Claim, Edition, EventType, Party, Place, Quantity, Status, When, Words

FIRST = (
    "At least 20 people were killed when shells hit a market in Sake. The army entered Kirotshe. "
    "Rebels shelled Goma at dawn."
)
SECOND = "At least 8 people were killed when shells hit a market in Sake. Rebels shelled Goma at dawn."
THIRD = "At least 8 people were killed when shells hit a market in Sake."


def claim(document: str, text: str, words: str, event: EventType, **fields: object) -> Claim:
    start = text.index(words)
    evidence = Words.at(text, start, start + len(words))
    return Claim(document=document, evidence=evidence, event=event, **fields).identified()  # type: ignore[arg-type]


def killed(document: str, text: str, figure: float, status: Status = "happened") -> Claim:
    words = f"At least {figure:g} people were killed"
    count = Quantity(text=f"{figure:g}", start=0, end=1, kind="killed", low=figure, high=figure)
    return claim(document, text, words, "CASUALTIES", quantities=(count,), status=status)


def article(*texts: str) -> Article:
    editions = tuple(
        Edition(
            document=f"d{n}", address="a.example/1", title=None, outlet=None, published=date(2023, 2, 9),
            updated=date(2023, 2, 9 + n), retrieved=datetime(2023, 2, 20, tzinfo=UTC),
        )
        for n in range(len(texts))
    )  # fmt: skip
    return Article(address="a.example/1", editions=editions, texts=texts)


def test_a_figure_is_corrected_and_a_claim_withdrawn() -> None:
    first = killed("d0", FIRST, 20)
    entered = claim("d0", FIRST, "The army entered Kirotshe", "CAPTURE")
    shelled = claim("d0", FIRST, "Rebels shelled Goma", "SHELL")
    later = {"d1": [killed("d1", SECOND, 8), claim("d1", SECOND, "Rebels shelled Goma", "SHELL")]}
    found = amendments_of(article(FIRST, SECOND), {"d0": [first, entered, shelled], **later})
    assert found == {
        first.id: Amendment(
            kind="changed", edition="d1", day=date(2023, 2, 10), claim=later["d1"][0].id,
            changes=("killed 20 → 8",),
        ),
        entered.id: Amendment(kind="withdrawn", edition="d1", day=date(2023, 2, 10)),
    }  # fmt: skip
    assert found[first.id].sentence == "Changed in the edition of 2023-02-10 (d1): killed 20 → 8."


def test_a_claim_that_stands_shares_the_fate_of_what_it_became() -> None:
    one = claim("d0", FIRST, "Rebels shelled Goma", "SHELL")
    two = claim("d1", SECOND, "Rebels shelled Goma", "SHELL")
    found = amendments_of(article(FIRST, SECOND, THIRD), {"d0": [one], "d1": [two]})
    assert {found[one.id], found[two.id]} == {
        Amendment(kind="withdrawn", edition="d2", day=date(2023, 2, 11))
    }


def test_what_is_taken_up_again_was_not_withdrawn() -> None:
    one, three = (claim(d, FIRST, "The army entered Kirotshe", "CAPTURE") for d in ("d0", "d2"))
    assert amendments_of(article(FIRST, SECOND, FIRST), {"d0": [one], "d2": [three]}) == {}


def test_a_claim_in_a_sentence_that_is_kept_stands_however_it_is_read_now() -> None:
    one = claim("d0", FIRST, "Rebels shelled Goma", "SHELL")
    assert amendments_of(article(FIRST, SECOND), {"d0": [one], "d1": []}) == {}


def test_type_place_and_parties_find_a_claim_that_was_moved_and_reworded() -> None:
    before = "Troops of the army entered the town of Kirotshe early on Sunday. " + THIRD
    after = THIRD + " Kirotshe, further west, was entered by army troops, officials said."
    told = {
        "places": (Place(text="Kirotshe", role="at", start=0, end=8),),
        "agents": (Party(text="army", start=0, end=4, side="COD"),),
    }
    one = claim("d0", before, "Troops of the army entered the town of Kirotshe", "CAPTURE", **told)
    two = claim("d1", after, "Kirotshe, further west, was entered by army troops", "CAPTURE", **told)
    elsewhere = claim(
        "d1", after, "Kirotshe, further west, was entered by army troops", "CAPTURE",
        places=(Place(text="Masisi", role="at", start=0, end=6),),
    )  # fmt: skip
    assert amendments_of(article(before, after), {"d0": [one], "d1": [two]}) == {}
    withdrawn = amendments_of(article(before, after), {"d0": [one], "d1": [elsewhere]})
    assert withdrawn[one.id].kind == "withdrawn"


def test_a_denial_and_another_day_are_changes() -> None:
    one, two = killed("d0", FIRST, 20), killed("d1", FIRST.replace("Sake", "Minova"), 20, "denied")
    day = {"when": When(earliest=date(2023, 2, 4), latest=date(2023, 2, 4))}
    moved = {"when": When(earliest=date(2023, 2, 6), latest=date(2023, 2, 6))}
    other = FIRST.replace("at dawn", "at dusk")
    three = claim("d0", FIRST, "Rebels shelled Goma", "SHELL", **day)
    four = claim("d1", other, "Rebels shelled Goma", "SHELL", **moved)
    texts = FIRST, other.replace("Sake", "Minova")
    found = amendments_of(article(*texts), {"d0": [one, three], "d1": [two, four]})
    assert found[one.id].changes == ("happened → denied",)
    assert found[three.id].changes == ("2023-02-04 → 2023-02-06",)
