"""The table of what is wrong, by kind."""

from __future__ import annotations

from errors import Wrong, table


def test_the_table_counts_kinds_names_the_commonest_confusion_and_gives_an_example() -> None:
    found = [
        Wrong("type", "r", 0, "They | fled.", "DISPLACE", "WITHDRAW"),
        Wrong("type", "r", 9, "They ran.", "DISPLACE", "WITHDRAW"),
        Wrong("when", "r", 3, "on  Sunday", ["a"], ["b"]),
    ]
    assert table(found).splitlines()[2:] == [
        "| type | 2 | DISPLACE → WITHDRAW 2 | They ran. |",
        "| when | 1 |  | on Sunday (gold ['a'], predicted ['b']) |",
    ]
