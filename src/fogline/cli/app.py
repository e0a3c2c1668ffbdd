"""All verbs at a glance."""

from __future__ import annotations

from typing import Annotated

import typer

from .add import add
from .area import area
from .checks import checks
from .claims import claims
from .compare import compare
from .control import control
from .copy import copy
from .dates import dates
from .demo import demo
from .doctor import doctor
from .documents import documents
from .events import events
from .export import export
from .extract import extract
from .gazetteer import gazetteer
from .layers import layers
from .link import link
from .load import load
from .places import places
from .report import report
from .review import review
from .roles import roles
from .serve import serve
from .show import show
from .verify import verify
from .voices import BareLedger, voices
from .voices_of import voices_of
from .watch import watch

LEDGER = "The ledger"
LAYERS = "One layer, without a ledger"

app = typer.Typer(
    name="fogline",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)


def _version(wanted: bool) -> None:
    if wanted:
        from .. import __version__

        print(f"fogline {__version__}")
        raise typer.Exit


@app.callback()
def fogline(
    version: Annotated[
        bool, typer.Option("--version", help="Print the version and stop.", callback=_version, is_eager=True)
    ] = False,
    debug: Annotated[
        bool, typer.Option("--debug", help="Print a full traceback where something goes wrong.")
    ] = False,
) -> None:
    """Read reports on armed conflict and keep a ledger of claims.

    Who said that what happened, where, when, how much, how surely, through whom, in which words.

    \b
    Start with:
      fogline add reports/
      fogline claims --place Izium
      fogline events --disputed
      fogline show ID
    """


for verb in (
    add, claims, events, checks, show, area, link, documents, voices_of, compare, copy, layers, roles,
    extract, load, voices, places, dates, demo, doctor, export, report, serve, verify, watch,
):  # fmt: skip
    app.command(verb.__name__.replace("_", "-"), cls=BareLedger if verb is voices else None)(verb)
app.add_typer(control)
app.add_typer(review)
app.add_typer(gazetteer)
