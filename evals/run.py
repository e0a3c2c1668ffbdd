"""Measure every layer on the gold, print a table, and keep the figures in out/evals.json.

    python evals/run.py [--only claims,voices,places,ordinary,plover,meantime,copies,linking]

Intervals are 95 %, over resampled reports. The floor of a figure stands beside it where it has one.
"""

from __future__ import annotations

import argparse
import json
import sys
import time

from gate import FLOORS, RESULT
from layers import LAYERS, Figures
from shared import SHARED, present


def table(figures: Figures, floors: dict[str, float]) -> str:
    """Return the figures as text, one a line, with interval and floor."""
    lines = [f"{'figure':34} {'value':>6}  {'95 % interval':15} {'floor':>6}"]
    for name, figure in figures.items():
        interval = "" if figure.low is None else f"{figure.low:.3f} to {figure.high:.3f}"
        floor = f"{floors[name]:.3f}" if name in floors else ""
        lines.append(f"{name:34} {figure.value:6.3f}  {interval:15} {floor:>6}")
    return "\n".join(lines)


def main() -> int:
    """Run the layers that were asked for and keep their figures beside those of earlier runs."""
    raw = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=raw)
    parser.add_argument("--only", default=",".join(LAYERS), help="layers, separated by commas")
    names = parser.parse_args().only.split(",")
    if unknown := sorted(set(names) - set(LAYERS)):
        parser.error(f"no layer is called {', '.join(unknown)}; there are {', '.join(LAYERS)}")
    if not present():
        print(f"Not run: the gold and its scorers are not at {SHARED}; EVALS_SHARED can name their folder.")
        RESULT.unlink(missing_ok=True)
        return 0
    figures: Figures = {}
    for name in names:
        began = time.perf_counter()
        figures.update(LAYERS[name]())
        print(f"{name}: {time.perf_counter() - began:.1f} s", file=sys.stderr)
    RESULT.parent.mkdir(parents=True, exist_ok=True)
    earlier = RESULT.exists() and len(names) < len(LAYERS)
    kept = json.loads(RESULT.read_text(encoding="utf-8")) if earlier else {}
    kept |= {name: round(figure.value, 4) for name, figure in figures.items()}
    RESULT.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")
    print(table(figures, json.loads(FLOORS.read_text(encoding="utf-8"))))
    return 0


if __name__ == "__main__":
    sys.exit(main())
