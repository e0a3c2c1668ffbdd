"""The words of Fogline as frozen types: no input, no output, nothing of ours imported."""

from .claim import Certainty, Claim, EventType, Status
from .control import Area, Change, Gain, Holder, Observation, Period
from .document import Document
from .edition import Amendment, Edition
from .event import Check, Copy, Dispute, DisputedValue, Event, Figure, Grade, Origin, Piece, Version
from .extraction import Extraction, LeftOut
from .party import Attribution, Mode, Party, Voice, VoiceKind
from .quantity import Quantity, QuantityKind
from .span import Span, Words
from .when import Precision, When
from .where import Candidate, Place, PlaceKind, PlaceMention, PlacePrecision, PlaceRole, Relative

__all__ = [
    "Amendment",
    "Area",
    "Attribution",
    "Candidate",
    "Certainty",
    "Change",
    "Check",
    "Claim",
    "Copy",
    "Dispute",
    "DisputedValue",
    "Document",
    "Edition",
    "Event",
    "EventType",
    "Extraction",
    "Figure",
    "Gain",
    "Grade",
    "Holder",
    "LeftOut",
    "Mode",
    "Observation",
    "Origin",
    "Party",
    "Period",
    "Piece",
    "Place",
    "PlaceKind",
    "PlaceMention",
    "PlacePrecision",
    "PlaceRole",
    "Precision",
    "Quantity",
    "QuantityKind",
    "Relative",
    "Span",
    "Status",
    "Version",
    "Voice",
    "VoiceKind",
    "When",
    "Words",
]
