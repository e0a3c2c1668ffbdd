"""Made texts in many languages through the whole extractor: ``python -m fuzz.texts 1000``."""

from __future__ import annotations

import json
import random
import resource
import sys
import time
from datetime import date
from typing import Any

from fogline.model import Document
from fogline.pipeline import Extractor

from .seeds import text

SLOW_S = 10.0
MEMORY_MB = 2048


def through(count: int, seed: int, *, until: float | None = None) -> dict[str, Any]:
    """Read so many made texts, and tell what broke, what was left out and what took too long.

    Args:
        count: how many.
        seed: of the texts.
        until: when to stop, in seconds of ``time.monotonic()``; never where None.
    """
    rng = random.Random(f"texts:{seed}")
    reader = Extractor()
    told: dict[str, Any] = {"texts": 0, "claims": 0, "left_out": 0, "slowest_s": 0.0, "findings": []}
    for number in range(count):
        if until is not None and time.monotonic() > until:
            break
        document = Document(
            id=f"t{number}", text=text(rng, rng.randrange(1, 40)), published=date(2022, 9, 11)
        )
        made = document.sound().text
        begun = time.process_time()
        try:
            found = reader.extract(document)
            for claim in found.claims:
                evidence = claim.evidence
                assert made[evidence.start : evidence.end] == evidence.text
            told["claims"] += len(found.claims)
            told["left_out"] += len(found.left_out)
            told["findings"] += [
                f"{number}: {left.step}: {left.why}" for left in found.left_out if "Error" in left.why
            ]
        except Exception as error:  # whatever it is, it is a finding
            told["findings"].append(f"{number}: {type(error).__name__}: {error}"[:300])
        taken = time.process_time() - begun
        told["slowest_s"] = max(told["slowest_s"], round(taken, 2))
        if taken > SLOW_S:
            told["findings"].append(f"{number}: {taken:.1f} s")
        told["texts"] += 1
    told["peak_mib"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    if told["peak_mib"] > MEMORY_MB:
        told["findings"].append(f"{told['peak_mib']} MiB")
    return told


if __name__ == "__main__":
    print(json.dumps(through(int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1), indent=1))
