"""Situation reports: what a ledger tells of some days and a region, each sentence with its sources."""

from .content import Report
from .drawing import alone
from .gather import Found, gather
from .html import html
from .markdown import markdown
from .situation import situation, written

__all__ = ["Found", "Report", "alone", "gather", "html", "markdown", "situation", "written"]
