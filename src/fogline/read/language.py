"""Tell the language of a text where nobody told it."""

from __future__ import annotations

import re

_SAMPLE = 1000
_WORD = re.compile(r"[^\W\d_]+")
# Words that are frequent in English and rare in every other language that py3langid knows.
_ENGLISH = frozenset(
    (
        "the", "of", "and", "that", "with", "from", "which", "were", "was", "have", "has", "been", "their",
        "this", "said", "they",
    )
)  # fmt: skip
_SHARE = 0.12
_FEWEST = 5


def detect(text: str) -> str | None:
    """Return the ISO 639-1 code of a text's language, None where there is too little of it.

    Plain English is told by its function words, so that the model of py3langid is only loaded for
    what is not.

    Args:
        text: the report; its first thousand characters are looked at.
    """
    words = [word.lower() for word in _WORD.findall(text[:_SAMPLE])]
    if len(words) < _FEWEST and len("".join(words)) < 4 * _FEWEST:
        return None
    if sum(word in _ENGLISH for word in words) >= _SHARE * len(words):
        return "en"
    import py3langid

    return str(py3langid.classify(text[:_SAMPLE])[0])
