"""A claim: one occurrence or state, as one voice tells it, in one document."""

from __future__ import annotations

import hashlib
from typing import Literal

import msgspec
from msgspec import Struct

from .party import Mode, Party, Voice
from .quantity import Quantity
from .span import Words
from .when import When
from .where import Place

EventType = Literal[
    "ADVANCE", "WITHDRAW", "CAPTURE", "ENCIRCLE", "CONTROL", "DEPLOY", "CLASH", "SHELL", "AIRSTRIKE",
    "ATTACK", "ABUSE", "CASUALTIES", "DETAIN", "DISPLACE", "DESTROY", "NEGOTIATE", "AGREE", "AID",
    "SANCTION", "PROTEST", "DECLARE",
]  # fmt: skip

Status = Literal["happened", "denied", "intended", "possible", "conditional"]


class Certainty(Struct, frozen=True, kw_only=True):
    """The probability range that a claim's own words stand for, from 0 to 1.

    ``term`` is the yardstick's term (UK PHIA probability yardstick, ICD 203) that the words fall
    under, None where they give no estimate.
    """

    low: float
    high: float
    term: str | None = None
    words: str | None = None


class Claim(Struct, frozen=True, kw_only=True):
    """One occurrence or state as one voice tells it; never changed once stored.

    The fields are those of the codebook, plus ``document``, ``id``, ``extractor``, ``certainty`` and
    what was worked out on the way: ``reasons`` maps a field's name to a sentence that explains its
    value (or its lack), ``flags`` names what a reader should check, ``confidence`` is the extractor's
    own (0 to 1, that this is a claim of this type).
    """

    document: str
    evidence: Words
    event: EventType
    status: Status = "happened"
    hedge: str | None = None
    agents: tuple[Party, ...] = ()
    targets: tuple[Party, ...] = ()
    places: tuple[Place, ...] = ()
    when: When = When()
    quantities: tuple[Quantity, ...] = ()
    speaker: Voice | None = None
    relays: tuple[str, ...] = ()
    mode: Mode = "narrated"
    certainty: Certainty | None = None
    confidence: float | None = None
    reasons: dict[str, str] = {}
    flags: tuple[str, ...] = ()
    extractor: str = ""
    id: str = ""

    def identified(self) -> Claim:
        """Return the claim with its id: a hash of document, evidence, content and extractor.

        Reasons and confidence explain a claim and are no part of what it is, so they are left out.
        """
        content = msgspec.structs.replace(self, id="", reasons={}, confidence=None)
        digest = hashlib.sha256(msgspec.json.encode(content, order="deterministic")).hexdigest()
        return msgspec.structs.replace(self, id=f"c{digest[:20]}")
