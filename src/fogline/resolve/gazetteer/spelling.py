"""Find places by a name that may be misspelt."""

from __future__ import annotations

from ...model import Candidate
from .index import Entry, Gazetteer
from .names import loose_key, plain_key

_LEAST = 72.0  # similarity (0 to 100) below which two spellings are different names
_LONGER = 2  # letters that a misspelling may have more or fewer
_EACH = 5  # places of one spelling


def find(gazetteer: Gazetteer, name: str, *, limit: int = 10) -> list[Candidate]:
    """Return places by name, transliteration or misspelling, nearest spelling first.

    The scores are spelling similarities: 1 for the name as it is spelt, 0.9 for another transliteration
    of it, less for what only resembles it (Damerau and Levenshtein's distance of the folded spellings),
    a little more for more populous places.

    Args:
        gazetteer: where to look.
        name: a place name in any script.
        limit: how many places at most.

    >>> from fogline.resolve.gazetteer import open_gazetteer
    >>> find(open_gazetteer(), "Mariupoll")[0].name
    'Mariupol'
    """
    key = plain_key(name)
    found = sorted(gazetteer.entries(name, limit=limit), key=lambda e: plain_key(e.name) != key)
    if found:
        return [gazetteer.candidate(entry, 0.9 if entry.loose else 1.0) for entry in found]
    folded = loose_key(key)
    ranked = _similar(gazetteer, folded, folded[:1], limit) or _similar(gazetteer, folded, "", limit)
    unique: dict[int, Candidate] = {}
    for score, entry in ranked:
        unique.setdefault(entry.row, gazetteer.candidate(entry, round(min(0.89, score), 3)))
    return list(unique.values())[:limit]


def _similar(gazetteer: Gazetteer, folded: str, prefix: str, limit: int) -> list[tuple[float, Entry]]:
    from rapidfuzz import process
    from rapidfuzz.distance import DamerauLevenshtein

    near = [k for k in gazetteer.folded_keys(prefix) if abs(len(k) - len(folded)) <= _LONGER]
    best = process.extract(
        folded,
        near,
        scorer=DamerauLevenshtein.normalized_similarity,
        limit=limit * 3,
        score_cutoff=_LEAST / 100,
    )
    ranked = [
        (score - 0.1 + 0.01 * min(len(str(entry.population)), 7), entry)
        for key, score, _ in best
        for entry in gazetteer.folded(key, _EACH)
    ]
    return sorted(ranked, key=lambda pair: -pair[0])
