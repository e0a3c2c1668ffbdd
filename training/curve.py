"""Draw the learning curve: does more annotated text still help, and of which kind?

    python training/curve.py --encoder ENCODER [--train DIR] [--dev DIR] [--rounds N]

Readers are trained from the bare encoder on a growing part of the reports, each for as many steps as
``--rounds`` rounds over all of them take, and measured (tags and spans alone, at one threshold) on every
sixth report, held back, and on ``--dev``. Prints a table in Markdown. Seeded; some ten minutes a row on one
core.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
from pathlib import Path

import torch

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))
sys.path.insert(0, str(Path(__file__).resolve().parent))

from data import Report, examples, load
from fogline.extract.reader.decode import Thresholds
from measure import claims_of, predict
from model import Reader
from scoring import scorer
from train import build, train

# What papers, agencies and broadcasters print, beside statements, monitors, round-ups and encyclopaedias.
_NEWS = re.compile(r"agency|broadsheet|broadcast|paper|feature|report(?:age)?\b|wire", re.I)
_PARTS = (8, 4, 2, 1)
_ACCEPT = Thresholds(accept=0.35, second=0.55)


def figures(model: Reader, reports: list[Report], tokenizer: object) -> tuple[float, float]:
    """Return found F1 and typed F1 over ``reports``."""
    s = scorer()
    told = found = typed = 0
    for report in reports:
        claims = claims_of(report, [(e, predict(model, e)) for e in examples(report, tokenizer)], _ACCEPT)
        told += len(report.claims) + len(claims)
        found += len(s.match(report.claims, claims, typed=False))
        typed += len(s.match(report.claims, claims, typed=True))
    return 2 * found / max(1, told), 2 * typed / max(1, told)


def main() -> None:
    """Train and measure row by row."""
    raw = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=raw)
    parser.add_argument("--encoder", type=Path, required=True)
    parser.add_argument("--train", type=Path, default=Path("../shared/gold/train"))
    parser.add_argument("--dev", type=Path, default=Path("../shared/gold/dev"))
    parser.add_argument("--rounds", type=int, default=6)
    parser.add_argument("--threads", type=int, default=2)
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    reports = load(args.train)
    held = [r for i, r in enumerate(reports) if i % 6 == 0]
    known = [r for i, r in enumerate(reports) if i % 6]
    random.Random(0).shuffle(known)
    rows = [(f"one in {part}" if part > 1 else "all", known[: len(known) // part]) for part in _PARTS]
    half = len(known) // 2
    rows.append(("half, news first", sorted(known, key=lambda r: not _NEWS.search(r.genre or ""))[:half]))
    rows.append(("half, news last", sorted(known, key=lambda r: bool(_NEWS.search(r.genre or "")))[:half]))
    dev = load(args.dev)
    print("| reports | claims | | held back: found | typed | gold/dev: found | typed |")
    print("|---|---|---|---|---|---|---|", flush=True)
    for name, part in rows:
        model, tokenizer = build(args.encoder, 0)
        share = sum(len(r.text) for r in part) / sum(len(r.text) for r in known)
        settings = argparse.Namespace(
            seed=0, rate=2e-4, head_rate=1e-3, silver=[], silver_share=0.0, batch=8, average=0.0,
            epochs=round(args.rounds / share), every=10**6, float32=False,
        )  # fmt: skip
        train(model, part, tokenizer, settings, [])
        told = [f"{x:.3f}" for group in (held, dev) for x in figures(model, group, tokenizer)]
        print(
            f"| {len(part)} | {sum(len(r.claims) for r in part)} | {name} | {' | '.join(told)} |", flush=True
        )


if __name__ == "__main__":
    main()
