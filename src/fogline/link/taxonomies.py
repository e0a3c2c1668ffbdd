"""Names of grades and of certainty in the taxonomies that other tools exchange (MISP)."""

from __future__ import annotations

from ..model import Certainty, Grade
from ..model.event import Credibility, Reliability

# https://github.com/MISP/misp-taxonomies, admiralty-scale and estimative-language
_LIKELIHOOD = (
    (0.05, "almost-no-chance"),
    (0.20, "very-unlikely"),
    (0.45, "unlikely"),
    (0.55, "roughly-even-chance"),
    (0.80, "likely"),
    (0.95, "very-likely"),
    (1.00, "almost-certain"),
)


def reliability_tag(letter: Reliability) -> str:
    """Return the MISP tag of a source's reliability.

    >>> reliability_tag("B")
    'admiralty-scale:source-reliability="b"'
    """
    return f'admiralty-scale:source-reliability="{letter.lower()}"'


def credibility_tag(figure: Credibility) -> str:
    """Return the MISP tag of an information's credibility.

    >>> credibility_tag("2")
    'admiralty-scale:information-credibility="2"'
    """
    return f'admiralty-scale:information-credibility="{figure}"'


def grade_tags(grade: Grade) -> tuple[str, str]:
    """Return both tags of a grade."""
    return reliability_tag(grade.source), credibility_tag(grade.information)


def certainty_tag(certainty: Certainty) -> str | None:
    """Return the MISP tag of a claim's certainty, None where its words are too wide for one term.

    The scale is that of ICD 203: the term within which the middle of the range lies, where the range is
    no wider than 0.35.
    """
    if certainty.high - certainty.low > 0.35:
        return None
    middle = (certainty.low + certainty.high) / 2
    term = next(name for limit, name in _LIKELIHOOD if middle <= limit)
    return f'estimative-language:likelihood-probability="{term}"'
