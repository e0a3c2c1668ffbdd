"""Where alerts go: a line, a webhook, mail."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from typing import Protocol

from ...errors import QueryError
from ..alerts import Alert
from ..feeds import LINE, Feeds, Output
from .line import Line
from .mail import Mailing
from .webhook import Webhook

__all__ = ["Deliver", "outputs_of"]


class Deliver(Protocol):
    """An output; ``at_once`` is how many alerts it takes together."""

    at_once: int

    def __call__(self, alerts: Sequence[Alert]) -> None:
        """Deliver alerts.

        Raises:
            SourceError: it does not take them; the message tells the next step.
        """


def outputs_of(feeds: Feeds, environment: Mapping[str, str] = os.environ) -> dict[str, Deliver]:
    """Return the outputs of a feeds file by name, and the line that is always there.

    Raises:
        QueryError: a secret is not in the environment.
    """
    made: dict[str, Deliver] = {LINE: Line()}
    for name, output in feeds.outputs.items():
        made[name] = _made(name, output, environment)
    return made


def _made(name: str, output: Output, environment: Mapping[str, str]) -> Deliver:
    if output.mail is not None:
        password = _secret(name, output.mail.password_env, environment)
        return Mailing(output.mail, password=password)
    assert output.webhook is not None  # the file has one of the two
    secret = _secret(name, output.secret_env, environment)
    return Webhook(
        output.webhook, secret=secret.encode() if secret else None, allow_private=output.allow_private
    )


def _secret(name: str, variable: str | None, environment: Mapping[str, str]) -> str | None:
    if variable is None:
        return None
    if not environment.get(variable):
        raise QueryError(
            f"The output {name} takes its secret from {variable}, which is not in the environment. "
            f"Set it, as in {variable}=… fogline watch feeds.yml."
        )
    return environment[variable]
