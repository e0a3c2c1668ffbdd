"""Run one command and say what went wrong in one paragraph."""

from __future__ import annotations

import os
import sys
import textwrap

from typer import Abort

from ..errors import FoglineError, QueryError
from .app import app

DEBUG = "--debug"
STOPPED = 130  # what shells take for an end by Ctrl-C; Typer returns it as well


def run(arguments: list[str]) -> int:
    """Run the command line and return the exit status; ``--debug`` may stand anywhere in it."""
    end = arguments.index("--") if "--" in arguments else len(arguments)
    debug = DEBUG in arguments[:end]
    kept = [word for word in arguments[:end] if word != DEBUG] + arguments[end:]
    try:
        status = app(kept, prog_name="fogline", standalone_mode=False)
        sys.stdout.flush()
        if status == STOPPED:
            raise KeyboardInterrupt
        return status if isinstance(status, int) else 0
    except (KeyboardInterrupt, Abort):
        complain("Stopped. A ledger keeps what was read before; run the same command again to go on.")
        return STOPPED
    except (BrokenPipeError, SystemExit):
        # Whoever read our output has gone, as `head` does (Typer exits on it): say nothing more to it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except FoglineError as error:
        if debug:
            raise
        complain(str(error))
        return 2 if isinstance(error, QueryError) else 1
    except Exception as error:
        if hasattr(error, "show") and hasattr(error, "exit_code"):  # Click's: it knows how to tell itself
            error.show()
            return int(error.exit_code)
        if debug:
            raise
        complain(
            f"Something went wrong that Fogline did not foresee ({type(error).__name__}: {error}). "
            "Run the same command with --debug and report what it prints."
        )
        return 1


def complain(message: str) -> None:
    """Print one paragraph on standard error, fit to the terminal's width."""
    from ..export.safe import printable

    text = printable(message)
    if sys.stderr.isatty():
        text = textwrap.fill(text, width=max(40, os.get_terminal_size(sys.stderr.fileno()).columns - 1))
    print(f"fogline: {text}", file=sys.stderr)
