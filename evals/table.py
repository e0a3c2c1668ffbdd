"""Write the figures of the last ``run.py`` into the README, between its two marks.

python evals/table.py
"""

from __future__ import annotations

import json
import re
import sys

from gate import RESULT
from shared import ROOT

BEGIN, END = "<!-- figures -->", "<!-- end of figures -->"
ROWS = {
    "claims found (the same words)": "claims.found.f1",
    "claims found, of the right type": "claims.typed.f1",
    "claims with every field right": "claims.complete.f1",
    "who vouches": "claims.speaker",
    "status": "claims.status",
    "who did it": "claims.agents",
    "to whom": "claims.targets",
    "where": "claims.places",
    "when": "claims.when",
    "how many": "claims.quantities",
    "attributions, conflict or not (PolNeAR)": "voices.0.3.f1",
    "place names found (TR-News)": "places.TR-News.f1",
    "place names found and within 161 km (TR-News)": "places.TR-News.end_to_end.161_km",
}
PEOPLE = {
    "claims.found.f1": "0.95",
    "claims.typed.f1": "0.88",
    "claims.complete.f1": "0.71",
}


def table(figures: dict[str, float]) -> str:
    """Return the figures as a Markdown table."""
    lines = ["| what | Fogline | two careful people |", "|---|---|---|"]
    for words, name in ROWS.items():
        people = PEOPLE.get(name, "0.92 to 0.99" if name.startswith("claims.") else "")
        lines.append(f"| {words} | {figures[name]:.2f} | {people} |")
    return "\n".join(lines)


def main() -> int:
    """Put the table into the README."""
    readme = ROOT / "README.md"
    figures = json.loads(RESULT.read_text(encoding="utf-8"))
    text = readme.read_text(encoding="utf-8")
    inside = re.compile(f"{re.escape(BEGIN)}.*?{re.escape(END)}", re.DOTALL)
    readme.write_text(inside.sub(lambda _: f"{BEGIN}\n{table(figures)}\n{END}", text), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
