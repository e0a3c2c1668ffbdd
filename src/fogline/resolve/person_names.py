"""Where the names of people stand in a parse, whatever a tagger took them for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING

from .parties.data import nouns
from .parties.data import people as known_people
from .parties.lexicon import Hit, fold
from .roles import is_office, office_words, roles

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_NO_PEOPLE = frozenset({"GPE", "LOC", "DATE", "TIME", "EVENT", "LAW", "LANGUAGE", "MONEY", "QUANTITY"})
_INITIAL = re.compile(r"[A-Z]\.")
_APPOSED = 12  # tokens in which the office behind a name is looked for
_LONGEST = 6  # tokens of a name


def name_ranges(doc: Doc, covered: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """Yield first and stop token of each name of a person, in order, none twice.

    Args:
        doc: the parse.
        covered: whether a known name of a state, group or body covers each token.
    """
    taken = [False] * (len(doc) + 1)
    for start, stop in sorted(_candidates(doc)):
        first, last = _trimmed(doc, start, stop, covered)
        if first >= last or not _a_name(doc, first, last, covered):
            continue
        first, last = _begun(doc, first, covered), _joined(doc, first, last)
        if any(taken[first:last]) or last - first > _LONGEST:
            continue
        for i in range(first, last):
            taken[i] = True
        yield first, last


def covered_tokens(doc: Doc, hits: Sequence[Hit]) -> list[bool]:
    """Tell for each token whether a known name of a state, group or body covers it."""
    covered = [False] * len(doc)
    position = 0
    for hit in hits:
        while position < len(doc) and doc[position].idx + len(doc[position]) <= hit.start:
            position += 1
        i = position
        while i < len(doc) and doc[i].idx < hit.end:
            covered[i] = True
            i += 1
    return covered


def _candidates(doc: Doc) -> Iterator[tuple[int, int]]:
    yield from ((ent.start, ent.end) for ent in doc.ents if ent.label_ == "PERSON")
    known = _known_names()
    for token in doc:
        if token.text[:1].isupper():
            rest = known.get(fold(token.text), ())
            yield from ((token.i - len(words), token.i + 1) for words in rest if _stand(doc, token.i, words))
        if token.pos_ != "PROPN":
            if token.text[:1].isupper() and token.pos_ in {"ADJ", "NOUN", "X"} and _aged(token):
                yield token.i, token.i + 1
        elif token.ent_type_ != "PERSON" and token.i and _titled(doc, token.i):
            stop = token.i + 1
            while stop < len(doc) and doc[stop].pos_ == "PROPN" and not doc[stop].is_sent_start:
                stop += 1
            yield token.i, stop
        elif _aged(token) or (token.ent_type_ not in _NO_PEOPLE and (_apposed(token) or _appositive(token))):
            yield token.i - sum(1 for _ in _run_before(token)), token.i + 1


def _titled(doc: Doc, i: int) -> bool:
    """Tell whether a title or office stands right before a token: "General Staff" is none."""
    before = doc[i - 1]
    word = before.lower_.rstrip(".")
    body = any(doc[i].lower_ in words for words in roles().bodies.values())
    return (word in roles().titles or word in office_words()) and not before.is_sent_end and not body


def _aged(token: Token) -> bool:
    """Tell whether an age stands behind a name: "Salwa Q., 31, said"."""
    doc, i = token.doc, token.i
    return (
        i + 3 < len(doc)
        and doc[i + 1].text == ","
        and doc[i + 2].text.isdigit()
        and len(doc[i + 2]) == 2
        and doc[i + 3].text in {",", "."}
    )


def _apposed(token: Token) -> bool:
    """Tell whether a name of two words or more has an office behind it: "Ana Gil, its deputy head,"."""
    doc, i = token.doc, token.i
    if i + 3 >= len(doc) or doc[i + 1].text != "," or not any(True for _ in _run_before(token)):
        return False
    found = False
    for word in doc[i + 2 : i + 2 + _APPOSED]:
        if (
            word.is_sent_start
            or word.is_quote
            or (word.pos_ in {"VERB", "AUX", "PRON"} and word.dep_ != "poss")
        ):
            return False
        if word.text in {",", ".", ";", ")"}:
            return found
        if word.dep_ != "compound":
            found = found or (is_office(word) and word.dep_ not in {"pobj", "poss"})
    return False


def _appositive(token: Token) -> bool:
    """Tell whether a name of two words or more stands behind an office: "its deputy head, Ana Gil"."""
    if token.dep_ != "appos" or not any(True for _ in _run_before(token)):
        return False
    return any(is_office(above) for above in islice(token.ancestors, 3) if above.pos_ == "NOUN")


def _trimmed(doc: Doc, start: int, stop: int, covered: Sequence[bool]) -> tuple[int, int]:
    """Return the range without the titles before a name and what a tagger dragged along behind it."""
    first, last, titles = start, stop, roles().titles
    for i in range(start, stop):  # a line break ends a name
        if doc[i].is_space:
            last = i
            break
    while last > first and (
        doc[last - 1].lower_ in {"'s", "’s"}
        or (
            not doc[last - 1].is_alpha
            and "-" not in doc[last - 1].text
            and not (last - first > 1 and _INITIAL.fullmatch(doc[last - 1].text))
        )
    ):
        last -= 1
    while first < last and (
        doc[first].lower_.rstrip(".") in titles
        or doc[first].lower_ in roles().qualifiers
        or covered[first]
        or not doc[first].text[:1].isupper()
    ):
        first += 1
    return first, last


def _a_name(doc: Doc, first: int, last: int, covered: Sequence[bool]) -> bool:
    """Tell whether a range is a person's name and no place's ("King Salman Air Base") or body's."""
    end = doc[last - 1]
    organs = roles().facilities | nouns().institutions
    if last < len(doc) and doc[last].lower_ in organs and doc[last].pos_ == "PROPN":
        return False
    if last - first > 1 and end.lower_ in roles().facilities:
        return False
    if covered[last - 1] and not (  # "Abdul-Malik al-Houthi" is a person, though Houthi is a group
        last - first >= 2 and not covered[first] and doc[first].ent_type_ == "PERSON"
    ):
        return False
    if not any(c.isalpha() for c in end.text):
        return False
    return not (end.text.isupper() and last - first == 1)


def _begun(doc: Doc, first: int, covered: Sequence[bool]) -> int:
    """Return where a name begins that a tagger cut: "al-Harith Idriss", a first name left out."""
    tight = first > 1 and doc[first - 1].text == "-" and not doc[first - 2].whitespace_
    if tight and doc[first - 2].lower_ in roles().particles:
        return first - 2
    before = doc[first - 1] if first else None
    if (
        before is not None
        and before.pos_ == "PROPN"
        and before.dep_ == "compound"
        and before.head.i >= first
        and not before.ent_type_
        and before.text.istitle()
        and not covered[before.i]
        and before.lower_.rstrip(".") not in roles().titles | roles().qualifiers | roles().organs
        and not is_office(before)
    ):
        return first - 1
    return first


def _joined(doc: Doc, first: int, last: int) -> int:
    """Return where a name ends that a tagger broke off: "Jan-Dirk von Merveldt", "Salwa Q."."""
    while last + 1 < len(doc) and last - first < _LONGEST:
        here, then = doc[last], doc[last + 1]
        hyphen = here.text == "-" and not doc[last - 1].whitespace_ and not here.whitespace_
        particle = here.lower_ in roles().particles and then.text[:1].isupper() and then.pos_ == "PROPN"
        if particle or (hyphen and then.is_alpha):
            last += 2
        elif _INITIAL.fullmatch(here.text) and here.pos_ == "PROPN" and doc[last - 1].whitespace_:
            last += 1
        else:
            break
    return last


def _run_before(token: Token) -> Iterator[Token]:
    """Yield the proper nouns right before a token."""
    i = token.i - 1
    while i >= 0 and token.doc[i].pos_ == "PROPN" and not token.doc[i + 1].is_sent_start:
        yield token.doc[i]
        i -= 1


@lru_cache(maxsize=1)
def _known_names() -> dict[str, tuple[tuple[str, ...], ...]]:
    """The words before the last one of each well-known full name, folded, by that last word."""
    index: dict[str, list[tuple[str, ...]]] = {}
    for names in known_people().values():
        for name in names:
            *before, last = fold(name).split()
            if before:
                index.setdefault(last, []).append(tuple(before))
    return {last: tuple(rows) for last, rows in index.items()}


def _stand(doc: Doc, i: int, words: tuple[str, ...]) -> bool:
    """Tell whether ``words`` stand right before token ``i``."""
    first = i - len(words)
    return first >= 0 and all(fold(t.text) == w for t, w in zip(doc[first:i], words, strict=True))
