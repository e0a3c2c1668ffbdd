"""Who says what: every attribution of a document, on conflict or not.

``attributions`` is the whole layer; ``outermost`` leaves out what stands inside another's words.
"""

from __future__ import annotations

from .attribute import attributions, cue_attitude, cue_entry, outermost

__all__ = ["attributions", "cue_attitude", "cue_entry", "outermost"]
