"""The YAML block between two lines of dashes on top of a Markdown or text file."""

from __future__ import annotations

import re
from typing import Any

_BLOCK = re.compile(r"---[ \t]*\n(.{0,8000}?\n)(?:---|\.\.\.)[ \t]*(?:\n+|\Z)", re.DOTALL)


def front_matter(text: str) -> tuple[dict[str, Any], str]:
    """Return what the front matter of a text tells, and the text after it.

    A block that is no YAML mapping is not front matter and belongs to the text.
    """
    block = _BLOCK.match(text)
    if block is None:
        return {}, text
    import yaml

    try:
        fields = yaml.load(block.group(1), Loader=yaml.CSafeLoader)
    except (yaml.YAMLError, ValueError, RecursionError):
        return {}, text
    if not isinstance(fields, dict):
        return {}, text
    return {str(key).lower(): value for key, value in fields.items()}, text[block.end() :]
