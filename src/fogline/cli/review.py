"""``fogline review``: people judge what the machine read and linked."""

from __future__ import annotations

import getpass
from typing import Annotated

import typer
from typer import Argument, Option

from .options import LedgerPath, TableFormat

review = typer.Typer(
    name="review",
    no_args_is_help=True,
    rich_markup_mode=None,
    help="Judge whether claims tell of one occurrence, correct a claim, set a voice's reliability.\n\n"
    "Each judgement is kept with who, when and why. Linking respects it, and it can be taken back.",
)

Claim = Annotated[str, Argument(metavar="CLAIM", help="A claim's id, or as much of it as no other shares.")]
Why = Annotated[str, Option("--why", metavar="TEXT", help="The reason; it is kept.")]
By = Annotated[str | None, Option("--by", metavar="NAME", help="Who judges.  [default: the user's name]")]


@review.command()
def same(claim: Claim, other: Claim, why: Why, by: By = None, ledger: LedgerPath = None) -> None:
    """Judge that two claims tell of one occurrence."""
    _pair("same", claim, other, why, by, ledger)


@review.command("not-same")
def not_same(claim: Claim, other: Claim, why: Why, by: By = None, ledger: LedgerPath = None) -> None:
    """Judge that two claims tell of different occurrences."""
    _pair("not-same", claim, other, why, by, ledger)


@review.command()
def wrong(
    claim: Claim,
    field: Annotated[
        str,
        Argument(
            metavar="FIELD",
            help="claim (there is none), event, status, when, speaker, place, or a figure as in killed.",
        ),
    ],
    why: Why,
    value: Annotated[
        str | None,
        Argument(
            metavar="VALUE", help="What is right, as in CAPTURE, 2022-09-08..10, Izium@49.21,37.28, 12."
        ),
    ] = None,
    by: By = None,
    ledger: LedgerPath = None,
) -> None:
    """Judge that a claim was read wrongly, and say what is right. The claim stays as it was read."""
    from .open import open_ledger

    with open_ledger(ledger, read_only=False) as book:
        subject = book.show(claim, embargo_hours=0).claim.id
        kept = book.review("wrong", subject, field=field, value=value, reviewer=_who(by), reason=why)
    _note(kept.id)


@review.command()
def reliability(
    voice: Annotated[
        str, Argument(metavar="VOICE", help="A voice's name, as `fogline voices-of` prints it.")
    ],
    letter: Annotated[str, Argument(metavar="LETTER", help="A (reliable) to F (cannot be judged).")],
    why: Why,
    by: By = None,
    ledger: LedgerPath = None,
) -> None:
    """Set how reliable a voice is."""
    from .open import open_ledger

    with open_ledger(ledger, read_only=False) as book:
        kept = book.review("reliability", voice, value=letter.upper(), reviewer=_who(by), reason=why)
    _note(kept.id)


@review.command()
def undo(
    judgement: Annotated[
        str, Argument(metavar="ID", help="The judgement's id, as `fogline review list` prints it.")
    ],
    why: Why,
    by: By = None,
    ledger: LedgerPath = None,
) -> None:
    """Take a judgement back."""
    from .open import open_ledger

    with open_ledger(ledger, read_only=False) as book:
        kept = book.review("undo", judgement, reviewer=_who(by), reason=why)
    _note(kept.id)


@review.command("list")
def listed(format: TableFormat = "table", ledger: LedgerPath = None) -> None:
    """Print all judgements, and how often the machine agrees with them."""
    import sys

    from ..link import Review
    from .console import Column, note
    from .open import open_ledger
    from .rows import print_rows

    columns = (
        Column("id", least=13, most=13),
        Column("at", least=16, most=16),
        Column("by", share=1, least=6, most=20),
        Column("kind", least=11, most=11),
        Column("subject", share=3, least=12, most=32),
        Column("right", share=2, least=8, most=40),
        Column("why", share=4, least=12, most=80),
        Column("holds", least=5),
    )
    with open_ledger(ledger) as book:
        found = book.reviews()
        agreement = book.agreement()
    holding = set(agreement.holding)

    def row(one: Review) -> dict[str, str]:
        right = one.other or (
            f"{one.field}: {one.value}" if one.field and one.value else one.field or one.value
        )
        return {
            "id": one.id,
            "at": f"{one.at:%Y-%m-%d %H:%M}",
            "by": one.reviewer,
            "kind": one.kind,
            "subject": one.subject,
            "right": right or "",
            "why": one.reason,
            "holds": "" if one.kind == "undo" else "yes" if one.id in holding else "no",
        }

    print_rows(found, format, sys.stdout, columns=columns, row=row)
    note(agreement.told())


def _pair(kind: str, claim: str, other: str, why: str, by: str | None, ledger: LedgerPath) -> None:
    from .open import open_ledger

    with open_ledger(ledger, read_only=False) as book:
        one, two = (book.show(id, embargo_hours=0).claim.id for id in (claim, other))
        kept = book.review(kind, one, other=two, reviewer=_who(by), reason=why)
        events = book.events_by_claim([one, two])
    _note(kept.id)
    from .console import note

    together = events.get(one) == events.get(two)
    if together is not (kind == "same"):
        note("Another judgement stands against it, so they stay as they were: `fogline review list`.")


def _who(by: str | None) -> str:
    return by or getpass.getuser()


def _note(id: str) -> None:
    from .console import note

    note(f"Kept as {id}. Take it back with: fogline review undo {id} --why …")
