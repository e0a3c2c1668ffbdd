"""The words of Fogline as frozen types: no input, no output, nothing of ours imported."""

from .claim import Certainty, Claim, EventType, Status
from .document import Document
from .extraction import Extraction, LeftOut
from .party import Attribution, Mode, Party, Voice, VoiceKind
from .quantity import Quantity, QuantityKind
from .span import Span, Words
from .when import Precision, When
from .where import Candidate, Place, PlaceKind, PlaceMention, PlacePrecision, PlaceRole

__all__ = [
    "Attribution",
    "Candidate",
    "Certainty",
    "Claim",
    "Document",
    "EventType",
    "Extraction",
    "LeftOut",
    "Mode",
    "Party",
    "Place",
    "PlaceKind",
    "PlaceMention",
    "PlacePrecision",
    "PlaceRole",
    "Precision",
    "Quantity",
    "QuantityKind",
    "Span",
    "Status",
    "Voice",
    "VoiceKind",
    "When",
    "Words",
]
