"""Hostile input for every reader and parser: ``make fuzz MINUTES=20``, described in docs/hardening.md."""
