"""Alerts by mail: those of a round in one message."""

from __future__ import annotations

import hashlib
import smtplib
import ssl
from collections.abc import Sequence
from email.message import EmailMessage
from email.utils import formatdate

from ...errors import SourceError
from ..alerts import Alert
from ..feeds import Mail

_TIMEOUT = 20.0
_SUBJECT = 120


class Mailing:
    """Sends mail.

    Args:
        mail: the server, who sends, who gets it.
        password: for the server, where it wants one.
    """

    at_once = 50

    def __init__(self, mail: Mail, *, password: str | None) -> None:
        self._mail = mail
        self._password = password

    def __call__(self, alerts: Sequence[Alert]) -> None:
        """Send alerts.

        Raises:
            SourceError: the server does not take the mail.
        """
        mail = self._mail
        try:
            message = _message(alerts, mail)
            context = ssl.create_default_context()
            server = (
                smtplib.SMTP_SSL(mail.server, mail.port, timeout=_TIMEOUT, context=context)
                if mail.tls == "tls"
                else smtplib.SMTP(mail.server, mail.port, timeout=_TIMEOUT)
            )
            with server:
                if mail.tls == "starttls":
                    server.starttls(context=context)
                if mail.user is not None:
                    server.login(mail.user, self._password or "")
                server.send_message(message, mail.sender, list(mail.to))
        except (smtplib.SMTPException, OSError, ValueError) as error:
            raise SourceError(
                f"Mail to {', '.join(mail.to)} was not taken by {mail.server}:{mail.port} "
                f"({_why(error)}). Check server, port, tls and user in the feeds file."
            ) from None


def _message(alerts: Sequence[Alert], mail: Mail) -> EmailMessage:
    message = EmailMessage()
    first = " ".join(alerts[0].text.split())
    more = f" (and {len(alerts) - 1} more)" if len(alerts) > 1 else ""
    message["Subject"] = f"[Fogline] {first if len(first) <= _SUBJECT else first[:_SUBJECT] + '…'}{more}"
    message["From"] = mail.sender
    message["To"] = ", ".join(mail.to)
    message["Date"] = formatdate()
    digest = hashlib.sha256("".join(alert.id for alert in alerts).encode()).hexdigest()[:32]
    message["Message-ID"] = f"<{digest}@{mail.sender.rpartition('@')[2] or 'fogline'}>"
    message.set_content("\n\n".join(alert.text for alert in alerts) + "\n")
    return message


def _why(error: Exception) -> str:
    """Return what a mail server said, without what may hold a password."""
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return f"{error.smtp_code}: user or password refused"
    if isinstance(error, smtplib.SMTPResponseException):
        return f"{error.smtp_code} {error.smtp_error!r}"
    return f"{type(error).__name__}: {error}"
