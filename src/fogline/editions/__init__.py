"""Articles that change under one address: their editions, and what became of their claims."""

from __future__ import annotations

from .amendments import amendments_of
from .articles import Article, articles_of, firsts_of
from .difference import Change, differences
from .marking import amended_in, marked

__all__ = [
    "Article",
    "Change",
    "amended_in",
    "amendments_of",
    "articles_of",
    "differences",
    "firsts_of",
    "marked",
]
