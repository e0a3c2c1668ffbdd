"""What can be told of a figure in a claim's clause: the features by which its part is chosen."""

from __future__ import annotations

import re
from functools import lru_cache

from ..extract.data import data
from ..model import EventType, Quantity, Span

_WORD = re.compile(r"[^\W_][\w’'-]*|[%$€£();:,.]")
_REACH = 90


@lru_cache(maxsize=1)
def _stems() -> re.Pattern[str]:
    stems = data("resolve/quantity_words.yml")["stems"]
    groups = "|".join(f"(?P<{name}>{pattern})" for name, pattern in stems.items())
    return re.compile(rf"\b(?:{groups})", re.I)


def _form(quantity: Quantity) -> str:
    words = quantity.text.casefold()
    first = words.split()[0] if words.split() else ""
    if "singular" in quantity.flags:
        return "single"
    if first in ("no", "both", "twice", "few", "one", "two", "several", "another", "only"):
        return first
    if any(c.isdigit() for c in words):
        return "digits"
    return "vague" if quantity.low != quantity.high else "words"


def features(text: str, sentence: Span, evidence: Span, quantity: Quantity, event: EventType) -> list[str]:
    """Return the features of one figure of a clause, as strings.

    Args:
        text: the document's text.
        sentence: the clause's sentence.
        evidence: the clause.
        quantity: the figure, as ``extract.quantities.quantities`` gives it.
        event: the claim's type.
    """
    start, end = quantity.start, quantity.end
    before = text[max(sentence.start, start - _REACH) : start]
    behind = text[end : min(max(sentence.end, evidence.end), end + _REACH)]
    form = _form(quantity)
    last_words = [w.casefold() for w in _WORD.findall(before)[-3:]]
    next_words = [w.casefold() for w in _WORD.findall(behind)[:3]]
    noun = quantity.text.casefold().split()[-1] if quantity.text else ""
    out = ["bias", f"event={event}", f"form={form}", f"form+event={form}+{event}", f"kind={quantity.kind}"]
    out += [
        f"kind+event={quantity.kind}+{event}",
        f"noun={noun}",
        f"noun+event={noun}+{event}",
        f"unit={quantity.unit}",
    ]
    out += [f"unit+event={quantity.unit}+{event}", f"kind+form={quantity.kind}+{form}"]
    out += [f"w{-i}={w}" for i, w in enumerate(reversed(last_words), 1)]
    out += [f"w+{i}={w}" for i, w in enumerate(next_words, 1)]
    if last_words:
        out.append(f"w-1+form={last_words[-1]}+{form}")
    if next_words:
        out.append(f"w+1+form={next_words[0]}+{form}")
    out.append(f"phrase={_head(behind)}")
    out += _near(before, "b", event, quantity, form) + _near(behind, "a", event, quantity, form)
    if start - evidence.start <= 2:
        out.append("opens")
    if start < evidence.start:
        out.append("outside")
    return out


_PHRASE_END = re.compile(
    r"[,.;:()—–“”\"]|\b(?:of|in|on|at|by|from|to|for|with|and|or|but|that|which|who|were|was|are|is|have|had|has|been|as|"
    r"after|before|since|when|while|near|into|over|against|under|during|than|killed|wounded|died)\b"
)


def _head(behind: str) -> str:
    """Return the last word of the phrase that goes on behind a figure, empty where none does."""
    end = _PHRASE_END.search(behind)
    words = (behind[: end.start()] if end else behind[:30]).split()
    return words[-1].casefold() if words and len(words) <= 5 else ""


def _near(words: str, side: str, event: EventType, quantity: Quantity, form: str) -> list[str]:
    """Name the telling word nearest to the figure on one side, and whether it is close."""
    found = list(_stems().finditer(words))
    if not found:
        return [f"{side}:none"]
    match = found[-1] if side == "b" else found[0]
    gap = words[match.end() :] if side == "b" else words[: match.start()]
    distance = "close" if len(gap) < 16 else "mid" if len(gap) < 40 else "far"
    between = (
        "+number" if re.search(r"\d|\b(?:and|two|three|four|five|six|seven|eight|nine|ten)\b", gap) else ""
    )
    name = match.lastgroup
    return [
        f"{side}:{name}", f"{side}:{name}+{distance}{between}", f"{side}:{name}+{event}",
        f"{side}:{name}+{quantity.kind}", f"{side}:{name}+{form}+{distance}",
        *(f"{side}any:{m.lastgroup}" for m in found),
    ]  # fmt: skip
