"""How a place stands in its sentence."""

from __future__ import annotations

import pytest

from fogline.extract.parse import parse
from fogline.model import Document
from fogline.resolve.claim_settings import Setting, setting_of
from fogline.resolve.places import places


def setting(text: str, name: str) -> Setting:
    parsed = parse(Document(id="d", text=text))
    return setting_of(parsed, next(m for m in places(parsed) if m.text == name))


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("In Homs, two men died.", "Homs", Setting(governed=True, at=True, fronted=True)),
        ("A doctor at a clinic in Homs said so.", "Homs", Setting(governed=True, at=True, teller=True)),
        ("Troops left Homs.", "Homs", Setting(way=True)),
        ("Convoys came from Homs and Hama.", "Hama", Setting(governed=True, way=True)),
        ("Homs fell.", "Homs", Setting(subject=True)),
        ("Snipers fired on Goma from the hills.", "Goma", Setting(governed=True, at=True)),
    ],
)
def test_what_governs_a_place(text: str, name: str, expected: Setting) -> None:
    assert setting(text, name) == expected
