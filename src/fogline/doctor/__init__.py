"""What is installed, which models and data are in use, where the ledger lies, and what is missing."""

from .examine import GROUPS, examine
from .finding import Finding, State

__all__ = ["GROUPS", "Finding", "State", "examine"]
