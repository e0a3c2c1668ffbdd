"""Have a trained reader label texts that nobody annotated, for a smaller one to learn from.

    python training/label.py --encoder ENCODER --model FOLDER --out silver.pkl TEXT_OR_FOLDER…

Texts are ``.txt`` or ``.md``. Each is cut into windows at several offsets; the teacher's probabilities
are kept, not its decisions.
"""

from __future__ import annotations

import argparse
import pickle
import sys
from pathlib import Path

import numpy as np
import torch

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))
sys.path.insert(0, str(Path(__file__).resolve().parent))

from data import Example, Report, Soft, examples
from fogline.extract.reader.decode import Thresholds, choose
from fogline.extract.sentences import sentences
from measure import predict
from train import build, relations


@torch.no_grad()
def label(model: object, teacher: Example, student: Example) -> Example:
    """Return the student's window with the teacher's probabilities."""
    p = predict(model, teacher)
    chosen = choose(p["spans"], p["tags"], p["scores"], Thresholds(accept=0.35))
    roles: dict[int, np.ndarray] = {}
    if chosen:
        rows = torch.tensor([c.proposal for c in chosen])
        relation = torch.tensor(
            [relations(teacher.window, c.begin, c.end, len(teacher.window)) for c in chosen]
        )
        states = p["states"].expand(len(chosen), -1, -1)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            parts = model.parts(states, p["query"][rows], relation).float().sigmoid().numpy()
        roles = {c.proposal: r.astype(np.float16) for c, r in zip(chosen, parts, strict=True)}
    student.soft = Soft(
        p["tags"].astype(np.float16),
        p["spans"],
        p["scores"].astype(np.float16),
        p["status"],
        p["attributed"],
        roles,
    )
    return student


def main() -> None:
    """Label and write."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("texts", type=Path, nargs="+")
    parser.add_argument("--encoder", type=Path, required=True, help="the teacher's")
    parser.add_argument(
        "--student", type=Path, required=True, help="the student's encoder, for its tokenizer"
    )
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--skip", nargs="*", default=[], help="stems of files to leave out")
    parser.add_argument("--offsets", type=int, nargs="+", default=[0, 60, 120])
    args = parser.parse_args()
    torch.set_num_threads(2)
    model, tokenizer = build(args.encoder, 0)
    model.load_state_dict(torch.load(args.model / "reader.pt"))
    from tokenizers import Tokenizer

    student = Tokenizer.from_file(str(args.student / "tokenizer.json"))
    student.no_padding()
    student.no_truncation()
    paths = [
        p for t in args.texts for p in (sorted([*t.rglob("*.txt"), *t.rglob("*.md")]) if t.is_dir() else [t])
    ]
    out = []
    for path in (p for p in paths if p.stem not in args.skip):
        text = path.read_text(encoding="utf-8")
        report = Report(path.stem, text, [], spans=sentences(text))
        for offset in args.offsets:
            for a, b in zip(
                examples(report, tokenizer, offset=offset),
                examples(report, student, offset=offset),
                strict=True,
            ):
                if (a.window.starts, a.window.ends) != (b.window.starts, b.window.ends):
                    raise SystemExit(f"{path}: teacher and student cut the text differently")
                out.append(label(model, a, b))
        print(path.name, len(out), flush=True)
    with args.out.open("wb") as file:
        pickle.dump(out, file)


if __name__ == "__main__":
    main()
