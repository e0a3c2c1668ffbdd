"""Bring the reader that ships back into PyTorch, to go on training from it.

    python training/restore.py --encoder ENCODER --out FOLDER [--weights DIR]

The whole numbers of ``encoder.onnx`` times their scales give the weights back to within half a step of the
quantisation; the heads were never quantised. Writes ``FOLDER/reader.pt`` for ``train.py --start``.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))
sys.path.insert(0, str(Path(__file__).resolve().parent))

from train import build

WEIGHTS = Path(__file__).resolve().parent.parent / "src/fogline/extract/reader/weights"


def weights(path: Path) -> dict[str, np.ndarray]:
    """Return a graph's weights by the module they belong to, as PyTorch lays them out."""
    graph = onnx.load(str(path)).graph
    held = {i.name: numpy_helper.to_array(i) for i in graph.initializer}
    out: dict[str, np.ndarray] = {}
    for name, array in held.items():
        base, _, ending = name.rpartition("_")
        if ending == "quantized":
            zero = held[f"{base}_zero_point"].astype(np.float32)
            array = (array.astype(np.float32) - zero) * held[f"{base}_scale"]
            name = base
        elif ending in ("scale", "point"):
            continue
        out[name] = array
    for node in graph.node:
        if node.op_type in ("MatMul", "MatMulInteger"):
            name = node.input[1].removesuffix("_quantized")
            if name in out:
                module = node.name.strip("/").rpartition("/")[0].replace("/", ".")
                out[f"reader.{module}.weight"] = out.pop(name).T
    return {k.removeprefix("reader."): v for k, v in out.items() if k.startswith("reader.")}


def main() -> None:
    """Write ``reader.pt``."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--encoder", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--weights", type=Path, default=WEIGHTS)
    args = parser.parse_args()
    model, _ = build(args.encoder, 0)
    state = model.state_dict()
    found: dict[str, np.ndarray] = {}
    for name in ("encoder.onnx", "claim.onnx", "roles.onnx"):
        found |= weights(args.weights / name)
    if missing := set(state) - set(found):
        raise SystemExit(f"The graphs in {args.weights} lack {sorted(missing)}; were they made by export.py?")
    model.load_state_dict({k: torch.from_numpy(found[k].astype(np.float32).copy()) for k in state})
    args.out.mkdir(parents=True, exist_ok=True)
    torch.save(model.state_dict(), args.out / "reader.pt")
    print(f"{len(state)} tensors brought back")


if __name__ == "__main__":
    main()
