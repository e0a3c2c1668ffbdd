"""Write a trained reader as ONNX graphs that need no PyTorch to run.

    python training/export.py --encoder ENCODER --model FOLDER [--out DIR]

``encoder.onnx`` (int8 weights, dynamic quantisation) gives hidden states and tags, ``claim.onnx`` and
``roles.onnx`` (32-bit, small) score spans and their parts; ``tokenizer.json`` comes along. ``reader.json``
holds the thresholds and the SHA-256 of all of them, which is part of the extractor's identity.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
import sys
from pathlib import Path

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))
sys.path.insert(0, str(Path(__file__).resolve().parent))

from model import Reader
from train import build

FILES = ("encoder.onnx", "claim.onnx", "roles.onnx", "tokenizer.json")


class _Encoder(nn.Module):
    def __init__(self, reader: Reader) -> None:
        super().__init__()
        self.reader = reader

    def forward(self, ids: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        states = self.reader.encode(ids, mask)
        return states, self.reader.tag(states).sigmoid()


class _Claim(nn.Module):
    def __init__(self, reader: Reader) -> None:
        super().__init__()
        self.reader = reader

    def forward(self, joined: Tensor) -> tuple[Tensor, Tensor]:
        query = nn.functional.gelu(self.reader.span(joined))
        return query, self.reader.claim(query)


class _Roles(nn.Module):
    def __init__(self, reader: Reader) -> None:
        super().__init__()
        self.reader = reader

    def forward(self, states: Tensor, query: Tensor, relation: Tensor) -> Tensor:
        return self.reader.parts(states[None], query, relation).sigmoid()


def export(model: Reader, hidden: int, out: Path) -> None:
    """Write the three graphs into ``out``."""
    model.eval()
    ids = torch.ones(2, 16, dtype=torch.long)
    batch, pieces, spans = "batch", "pieces", "spans"
    plain = out / "encoder32.onnx"
    torch.onnx.export(
        _Encoder(model), (ids, torch.ones_like(ids)), str(plain), dynamo=False, opset_version=17,
        input_names=["ids", "mask"], output_names=["states", "tags"],
        dynamic_axes={n: {0: batch, 1: pieces} for n in ("ids", "mask", "states", "tags")},
    )  # fmt: skip
    quantize_dynamic(plain, out / "encoder.onnx", weight_type=QuantType.QInt8, per_channel=True)
    plain.unlink()
    torch.onnx.export(
        _Claim(model), (torch.zeros(3, 3 * hidden),), str(out / "claim.onnx"), dynamo=False, opset_version=17,
        input_names=["joined"], output_names=["query", "scores"],
        dynamic_axes={n: {0: spans} for n in ("joined", "query", "scores")},
    )  # fmt: skip
    size = model.span.out_features
    torch.onnx.export(
        _Roles(model), (torch.zeros(16, hidden), torch.zeros(3, size), torch.zeros(3, 16, dtype=torch.long)),
        str(out / "roles.onnx"), dynamo=False, opset_version=17,
        input_names=["states", "query", "relation"], output_names=["roles"],
        dynamic_axes={
            "states": {0: pieces}, "query": {0: spans}, "relation": {0: spans, 1: pieces},
            "roles": {0: spans, 1: pieces},
        },
    )  # fmt: skip


def main() -> None:
    """Parse the command line and export."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--encoder", type=Path, required=True)
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=Path("src/fogline/extract/reader/weights"))
    parser.add_argument("--thresholds", default="{}", help="JSON object of thresholds")
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    model, _ = build(args.encoder, 0)
    model.load_state_dict(torch.load(args.model / "reader.pt"))
    export(model, model.tag.in_features, args.out)
    shutil.copy(args.encoder / "tokenizer.json", args.out / "tokenizer.json")
    digest = hashlib.sha256()
    for name in FILES:
        digest.update((args.out / name).read_bytes())
    record = {"sha256": digest.hexdigest(), "thresholds": json.loads(args.thresholds)}
    (args.out / "reader.json").write_text(json.dumps(record, indent=1) + "\n")
    print({n: (args.out / n).stat().st_size for n in FILES})


if __name__ == "__main__":
    main()
