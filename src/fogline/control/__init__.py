"""Who held what, when: worked out from claims, sightings and maps of a day."""

from .area_checks import check_areas, claims_of_area
from .areas import Shapes, areas, gains, shapes_on
from .history import changes, history
from .imports import BaselineRow, ImportOptions, SightingRow, Unread, read_rows
from .observe import observations_of
from .parameters import Parameters, parameters
from .parties import CONTESTED, party_named, party_title
from .places import box_of, settlement_named
from .stored import keep, observations
from .war import Box, Control

__all__ = [
    "CONTESTED",
    "BaselineRow",
    "Box",
    "Control",
    "ImportOptions",
    "Parameters",
    "Shapes",
    "SightingRow",
    "Unread",
    "areas",
    "box_of",
    "changes",
    "check_areas",
    "claims_of_area",
    "gains",
    "history",
    "keep",
    "observations",
    "observations_of",
    "parameters",
    "party_named",
    "party_title",
    "read_rows",
    "settlement_named",
    "shapes_on",
]
