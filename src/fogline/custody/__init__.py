"""Custody: that what a ledger holds is what was taken in, and bundles of it to hand to somebody else."""

from .verified import Difference, Verified
from .verify import verify

__all__ = ["Difference", "Verified", "verify"]
