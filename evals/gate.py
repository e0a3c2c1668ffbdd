"""Fail where a measured figure lies below its floor.

    python evals/gate.py [--raise]

Figures come from the last ``run.py``. ``--raise`` lifts each floor to just below its figure where that is
higher, and lowers none: half a hundredth is left for processors that round 8-bit weights otherwise.
"""

from __future__ import annotations

import json
import math
import sys
from pathlib import Path

from shared import OUT, SHARED, present

FLOORS = Path(__file__).with_name("floors.json")
RESULT = OUT / "evals.json"
TOLERANCE = 0.002  # what rounding differs by between processors


def below(figures: dict[str, float], floors: dict[str, float]) -> list[str]:
    """Return a sentence for each floor that is not reached, or whose figure was not measured."""
    told = []
    for name, floor in floors.items():
        if name not in figures:
            told.append(f"{name} was not measured; its floor is {floor:.3f}.")
        elif figures[name] < floor - TOLERANCE:
            told.append(f"{name} is {figures[name]:.3f}, below its floor of {floor:.3f}.")
    return told


def raised(figures: dict[str, float], floors: dict[str, float]) -> dict[str, float]:
    """Return floors lifted to just below the figures, in hundredths; none is lowered, and none is new."""
    lifted = {name: math.floor((figure - 0.005) * 100) / 100 for name, figure in figures.items()}
    return {name: max(floor, lifted.get(name, 0.0)) for name, floor in floors.items()}


def main() -> int:
    """Compare the last figures with their floors."""
    if not present():
        print(f"The gate was not run: the gold reports and their scorers are not at {SHARED}.")
        return 0
    if not RESULT.exists():
        print(f"There are no figures at {RESULT}. Run evals/run.py first.", file=sys.stderr)
        return 1
    figures, floors = (json.loads(path.read_text(encoding="utf-8")) for path in (RESULT, FLOORS))
    if "--raise" in sys.argv[1:]:
        floors = raised(figures, floors)
        ordered = {name: floors[name] for name in sorted(floors) if floors[name] > 0}
        FLOORS.write_text(json.dumps(ordered, indent=1) + "\n", encoding="utf-8")
    failures = below(figures, floors)
    for sentence in failures:
        print(sentence, file=sys.stderr)
    print(f"{len(floors) - len(failures)} of {len(floors)} floors reached.")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
