"""Encodings of report files."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fogline.errors import ReadError
from fogline.read.encoding import decode

TEXTS = {
    "en": "“They have left the town,” the mayor said on Monday – “it’s over.” Rebuilding will cost £3m.",
    "ru": "Войска покинули город, сообщил глава администрации в понедельник. Погибли три человека.",
    "uk": "Українські військові звільнили село, повідомив речник. Загинуло п'ятеро людей.",
    "fr": "L'armée a repris la ville, a déclaré le préfet samedi à l'aube. Trois soldats ont été tués.",
    "de": "Die Streitkräfte zogen sich zurück, erklärte der Bürgermeister. Über zwölf Häuser brannten.",
    "pl": "Wojsko opuściło miasto, powiedział burmistrz. Zginęło pięć osób, są też ranni żołnierze.",
    "tr": "Ordu şehirden çekildi, dedi vali. Üç kişi öldü, çok sayıda yaralı olduğu bildirildi.",
    "el": "Ο στρατός αποσύρθηκε από την πόλη, δήλωσε ο δήμαρχος. Τρεις άνθρωποι σκοτώθηκαν.",
    "ar": "قال المتحدث باسم الجيش إن القوات انسحبت من المدينة يوم السبت بعد قتال عنيف.",
    "zh": "军方发言人表示,部队周六撤出了这座城市。三人死亡,多人受伤。",
    "ja": "軍の報道官は、部隊が土曜日に市から撤退したと述べた。三人が死亡した。",
}


@pytest.mark.parametrize(
    ("language", "encoding"),
    [
        ("en", "cp1252"), ("fr", "latin-1"), ("de", "cp1252"), ("pl", "cp1250"), ("pl", "iso8859-2"),
        ("tr", "cp1254"), ("ru", "cp1251"), ("ru", "koi8-r"), ("ru", "iso8859-5"), ("ru", "cp866"),
        ("uk", "cp1251"), ("uk", "koi8-u"), ("el", "cp1253"), ("ar", "cp1256"), ("zh", "gb18030"),
        ("ja", "shift_jis"), ("ja", "euc_jp"),
    ],
)  # fmt: skip
def test_legacy_encodings_are_told_by_their_bytes_and_doubted(language: str, encoding: str) -> None:
    decoded = decode(TEXTS[language].encode(encoding), "a.txt")
    assert decoded.text == TEXTS[language]
    assert decoded.doubt is not None
    assert f"a.txt is not UTF-8; it was read as {decoded.encoding}" in decoded.doubt


@pytest.mark.parametrize("language", TEXTS)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "utf-16-le", "utf-16-be"])
def test_unicode_is_certain(language: str, encoding: str) -> None:
    if encoding in ("utf-16-le", "utf-16-be") and language in ("zh", "ja"):
        encoding = "utf-16"  # without a mark these look like any other bytes
    decoded = decode(TEXTS[language].encode(encoding), "a.txt")
    assert (decoded.text, decoded.doubt) == (TEXTS[language], None)


@settings(deadline=None)
@given(st.text())
def test_utf8_comes_back(text: str) -> None:
    data = text.encode()
    if (
        not text.startswith("\ufeff")
        and sum(character < " " or character == "\x7f" for character in text) == 0
    ):
        assert decode(data, "a.txt").text == text


@settings(deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_give_text_or_a_refusal(data: bytes) -> None:
    try:
        decoded = decode(data, "a.txt")
    except ReadError as error:
        assert str(error).startswith("a.txt is")
    else:
        decoded.text.encode()  # holds no half characters


def test_what_a_server_declares_goes_before_guessing() -> None:
    decoded = decode(TEXTS["ru"].encode("iso8859-5"), "a.html", "ISO-8859-5")
    assert (decoded.text, decoded.doubt) == (TEXTS["ru"], None)


@pytest.mark.parametrize("declared", ["no-such-encoding", "base64", "ascii", "utf-16"])
def test_a_wrong_declaration_does_no_harm(declared: str) -> None:
    assert decode(TEXTS["fr"].encode(), "a.html", declared).text == TEXTS["fr"]


def test_damage_in_wide_text_is_doubted() -> None:
    decoded = decode(TEXTS["en"].encode("utf-16") + b"\x00\xd8", "a.txt")
    assert decoded.text == TEXTS["en"] + "\ufffd"
    assert decoded.doubt is not None
    assert decoded.doubt.startswith("a.txt is broken UTF-16-LE, first in line 1")
