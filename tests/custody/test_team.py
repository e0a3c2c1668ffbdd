"""A team's ledger, in PostgreSQL, is verified and handed on as a file is."""

from __future__ import annotations

from pathlib import Path

from fogline import __version__
from fogline.cli.run import run
from fogline.custody.bag import verify_bag
from fogline.doctor import examine
from fogline.ledger import connect


def test_a_team_s_ledger_is_verified_bundled_and_told(emptied: str, book: object, tmp_path: Path) -> None:
    from stub import StubReader

    reader = StubReader(f"fogline/{__version__} stub/1")
    with connect(emptied, archive=tmp_path / "kept", reader=reader) as team:
        team.add([tmp_path / "in"], published="2022-09-11")
        found = team.verify()
        assert (found.differences, found.raw, found.texts, found.read_again) == ([], 3, 4, 4)
        assert found.claims == len(team.claims())
        team.link()
        event = team.events(document="one")[0]
        assert team.verify(event.id).claims == len(event.claims)
        assert verify_bag(team.bundle([event.id], tmp_path / "bag").path).differences == []
    (ledger, *_) = examine(emptied)["ledger"]
    assert ledger.details["documents"] == 4
    assert "PostGIS" in ledger.found


def test_a_changed_row_is_told(emptied: str, book: object, tmp_path: Path) -> None:
    from stub import StubReader

    with connect(emptied, archive=tmp_path / "kept", reader=StubReader()) as team:
        team.add(tmp_path / "in" / "b.txt")
        team._store.run("UPDATE documents SET text = replace(text, 'Friday', 'Sunday')")
        assert [difference.part for difference in team.verify().differences] == ["text", "span"]
        assert run(["verify", "no-such-thing", "--ledger", emptied]) == 1
