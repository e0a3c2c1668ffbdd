"""Fogline: a ledger of claims from reports on armed conflict."""
