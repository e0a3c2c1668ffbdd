"""Train the reader on annotated reports.

    python training/train.py --encoder ENCODER --out FOLDER [--train DIR] [--epochs N] [--fold K/N] …

ENCODER is a folder with a transformer's config, weights and tokenizer.json. With ``--fold`` every Nth
report is held back and measured; without, all are trained on. Seeded; runs on CPU in bfloat16 where
the processor is quick at it.
"""

from __future__ import annotations

import argparse
import json
import pickle
import random
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor, nn

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))
sys.path.insert(0, str(Path(__file__).resolve().parent))

from data import Example, Report, Soft, examples, load, ordinary
from fogline.extract.reader.decode import propose
from fogline.extract.reader.labels import EVENTS, ROLES, STATUSES, relation
from measure import measure
from model import Reader


def pad(windows: list[Any]) -> tuple[Tensor, Tensor]:
    """Return ids and mask of a batch of windows, both windows × pieces."""
    longest = max(len(w) for w in windows)
    ids = torch.zeros(len(windows), longest, dtype=torch.long)
    mask = torch.zeros(len(windows), longest, dtype=torch.long)
    for i, w in enumerate(windows):
        ids[i, : len(w)] = torch.tensor(w.ids)
        mask[i, : len(w)] = 1
    return ids, mask


def tag_labels(batch: list[Example], pieces: int) -> tuple[Tensor, Tensor]:
    """Return labels of the tag head and which pieces count (those of sentences read for claims)."""
    labels = torch.zeros(len(batch), pieces, len(EVENTS) + 2)
    counts = torch.zeros(len(batch), pieces)
    for i, example in enumerate(batch):
        w = example.window
        for p in range(len(w)):
            counts[i, p] = float(w.starts[p] >= 0 and w.sentence[p] >= w.first)
        if example.soft is not None:
            labels[i, : len(w)] = torch.from_numpy(example.soft.tags.astype(np.float32))
        for claim in example.claims:
            labels[i, claim["begin"] : claim["end"], claim["event"]] = 1
            labels[i, claim["begin"], -2] = 1
            labels[i, claim["end"] - 1, -1] = 1
    return labels, counts


@dataclass
class Spans:
    """Spans to score: (window, begin, end) with their labels; ``roles`` is pieces × roles or None."""

    where: list[tuple[int, int, int]] = field(default_factory=list)
    types: list[Any] = field(default_factory=list)
    status: list[int] = field(default_factory=list)
    attributed: list[float] = field(default_factory=list)
    roles: list[np.ndarray | None] = field(default_factory=list)

    def add(
        self, where: tuple[int, int, int], types: Any, status: int, attributed: float, roles: Any
    ) -> None:
        """Take in one span; an unknown status is -100, an unknown ``attributed`` -1."""
        self.where.append(where)
        self.types.append(types)
        self.status.append(status)
        self.attributed.append(attributed)
        self.roles.append(roles)


def annotated_spans(
    out: Spans, i: int, example: Example, tags: np.ndarray | None, rng: random.Random
) -> None:
    """Add the annotated spans of a window, each once more with its borders shaken, and false proposals."""
    gold: dict[tuple[int, int], list[dict[str, Any]]] = {}
    for claim in example.claims:
        gold.setdefault((claim["begin"], claim["end"]), []).append(claim)
    candidates = list(gold)
    for begin, end in gold:
        shake = max(1, (end - begin) // 5)
        a = max(1, begin + rng.randint(-shake, shake))
        b = min(len(example.window) - 1, end + rng.randint(-shake, shake))
        if b - a >= 2:
            candidates.append((a, b))
    if tags is not None:
        proposals = propose(tags[: len(example.window)], example.window, threshold=0.2, begin=0.5)
        rng.shuffle(proposals)
        candidates += proposals[:12]
    for begin, end in candidates:
        types, best, claim = np.zeros(len(EVENTS), np.float32), 0.0, None
        for (a, b), group in gold.items():
            j = max(0, min(b, end) - max(a, begin)) / (max(b, end) - min(a, begin))
            if j >= 0.25:
                types[[c["event"] for c in group]] = 1.0
            if j > best and j >= 0.4:
                best, claim = j, rng.choice(group)
        if claim is None:
            out.add((i, begin, end), types, -100, -1.0, None)
            continue
        roles = np.zeros((len(example.window), len(ROLES)), np.float32)
        for role, a, b in claim["roles"]:
            roles[a:b, role] = 1
        out.add((i, begin, end), types, claim["status"], float(claim["attributed"]), roles)


def soft_spans(out: Spans, i: int, soft: Soft, rng: random.Random) -> None:
    """Add the teacher's proposals of a window with what it thinks of each."""
    for k in rng.sample(range(len(soft.spans)), min(16, len(soft.spans))):
        told = k in soft.roles
        out.add(
            (i, *soft.spans[k]), soft.types[k].astype(np.float32), soft.status[k] if told else -100,
            soft.attributed[k] if told else -1.0, soft.roles[k].astype(np.float32) if told else None,
        )  # fmt: skip


def relations(window: Any, begin: int, end: int, pieces: int) -> list[int]:
    """Return the relation of each piece of a (padded) window to the span."""
    home = window.sentence[begin]
    out = [relation(p, window.sentence[p], begin, end, home) for p in range(len(window))]
    return out + [0] * (pieces - len(out))


def losses(model: Reader, batch: list[Example], rng: random.Random, *, online: bool) -> Tensor:
    """Return the summed loss of a batch."""
    ids, mask = pad([e.window for e in batch])
    states = model.encode(ids, mask)
    logits = model.tag(states).float()
    labels, counts = tag_labels(batch, ids.shape[1])
    weight = torch.ones(labels.shape[-1])
    weight[: len(EVENTS)] = 2.0
    weight[len(EVENTS) :] = 3.0
    bce = nn.functional.binary_cross_entropy_with_logits(logits, labels, reduction="none", pos_weight=weight)
    total = (bce.sum(-1) * counts).sum() / counts.sum()
    tags = logits.detach().sigmoid().numpy() if online else None
    spans = Spans()
    for i, example in enumerate(batch):
        if example.soft is not None:
            soft_spans(spans, i, example.soft, rng)
        else:
            annotated_spans(spans, i, example, None if tags is None else tags[i], rng)
    if not spans.where:
        return total
    rows = torch.tensor([w[0] for w in spans.where])
    begin, end = torch.tensor([w[1] for w in spans.where]), torch.tensor([w[2] for w in spans.where])
    types = torch.from_numpy(np.stack(spans.types))
    query = model.query(states[rows], begin, end)
    out = model.claim(query).float()
    n = len(EVENTS)
    total = (
        total
        + nn.functional.binary_cross_entropy_with_logits(out[:, :n], types, reduction="none").sum(-1).mean()
    )
    status = torch.tensor(spans.status)
    if (status >= 0).any():
        total = total + 0.5 * nn.functional.cross_entropy(
            out[:, n : n + len(STATUSES)], status, ignore_index=-100
        )
    attributed = torch.tensor(spans.attributed)
    known = attributed >= 0
    if known.any():
        total = total + 0.3 * nn.functional.binary_cross_entropy_with_logits(
            out[known, -1], attributed[known]
        )
    told = [k for k, r in enumerate(spans.roles) if r is not None]
    rng.shuffle(told)
    told = told[:80]
    if told:
        pieces = ids.shape[1]
        where = [spans.where[k] for k in told]
        relation_ids = torch.tensor([relations(batch[i].window, a, b, pieces) for i, a, b in where])
        roles = torch.zeros(len(told), pieces, len(ROLES))
        for i, k in enumerate(told):
            roles[i, : len(spans.roles[k])] = torch.from_numpy(spans.roles[k])
        parts = model.parts(states[rows[told]], query[told], relation_ids).float()
        bce = nn.functional.binary_cross_entropy_with_logits(
            parts, roles, reduction="none", pos_weight=torch.tensor(2.0)
        )
        total = total + (bce.sum(-1) * mask[rows[told]]).sum() / mask[rows[told]].sum() * 4
    return total


def train(
    model: Reader, reports: list[Report], tokenizer: Any, args: argparse.Namespace, held: list[Report]
) -> None:
    """Train in place, to the running average of the weights; print a line an epoch."""
    rng = random.Random(args.seed)
    encoder = list(model.encoder.parameters())
    heads = [p for n, p in model.named_parameters() if not n.startswith("encoder.")]
    optimiser = torch.optim.AdamW(
        [{"params": encoder, "lr": args.rate}, {"params": heads, "lr": args.head_rate}], weight_decay=0.01
    )
    silver = load_silver(args.silver)
    windows = sum(len(list(examples(r, tokenizer))) for r in reports) + int(len(silver) * args.silver_share)
    per_epoch = windows // args.batch + 1
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimiser, [args.rate, args.head_rate], total_steps=per_epoch * args.epochs + 200, pct_start=0.1
    )
    average = torch.optim.swa_utils.AveragedModel(
        model, multi_avg_fn=torch.optim.swa_utils.get_ema_multi_avg_fn(args.average)
    )
    step = 0
    for epoch in range(args.epochs):
        model.train()
        offset = 0 if epoch == 0 else rng.randint(0, 150)
        pool = [e for r in reports for e in examples(r, tokenizer, offset=offset)]
        pool += rng.sample(silver, int(len(silver) * args.silver_share))
        rng.shuffle(pool)
        pool.sort(key=lambda e: len(e.window) + rng.random() * 40)
        batches = [pool[i : i + args.batch] for i in range(0, len(pool), args.batch)]
        rng.shuffle(batches)
        begun, total = time.time(), 0.0
        for batch in batches:
            if step >= per_epoch * args.epochs + 199:
                break
            with torch.autocast("cpu", dtype=torch.bfloat16, enabled=not args.float32):
                loss = losses(model, batch, rng, online=epoch >= 2)
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            average.update_parameters(model)
            step += 1
            total += loss.item()
        line = f"epoch {epoch + 1} loss {total / len(batches):.3f} {time.time() - begun:.0f} s"
        if held and (epoch + 1) % args.every == 0:
            line += "  " + measure(model, held, tokenizer)
        print(line, flush=True)
    model.load_state_dict(average.module.state_dict())


def load_silver(paths: list[Path]) -> list[Example]:
    """Load the windows that ``label.py`` had a teacher label."""
    windows: list[Example] = []
    for path in paths:
        with path.open("rb") as file:
            windows += pickle.load(file)  # made by label.py in this folder a moment ago
    return windows


def build(encoder: Path, seed: int) -> tuple[Reader, Any]:
    """Load an encoder and its tokenizer; the heads are drawn from ``seed``."""
    from transformers import AutoModel

    torch.manual_seed(seed)
    body = AutoModel.from_pretrained(
        encoder, add_pooling_layer=False, dtype=torch.float32, attention_probs_dropout_prob=0.0
    )
    tokenizer = Tokenizer.from_file(str(encoder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return Reader(body, body.config.hidden_size), tokenizer


def main() -> None:
    """Parse the command line and train."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--encoder", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--train", type=Path, default=Path("../shared/gold/train"))
    parser.add_argument("--held", type=Path, help="measure on this folder instead of a fold")
    parser.add_argument("--fold", help="K/N: hold back every Nth report and ordinary item from the Kth on")
    parser.add_argument("--start", type=Path, help="a trained reader.pt to go on from")
    parser.add_argument(
        "--silver", type=Path, nargs="*", default=[], help="windows labelled by a teacher (label.py)"
    )
    parser.add_argument("--silver-share", type=float, default=1.0, help="share of them seen in each epoch")
    parser.add_argument("--ordinary", type=Path, help="a folder of news that holds no claims")
    parser.add_argument("--ordinary-times", type=int, default=1, help="how often an epoch sees it")
    parser.add_argument("--epochs", type=int, default=12)
    parser.add_argument("--every", type=int, default=2)
    parser.add_argument("--batch", type=int, default=8)
    parser.add_argument("--rate", type=float, default=1.5e-4)
    parser.add_argument("--head-rate", type=float, default=1e-3)
    parser.add_argument("--average", type=float, default=0.999, help="decay of the weights' running average")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--float32", action="store_true")
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    reports, held = load(args.train), []
    plain = ordinary(args.ordinary) if args.ordinary else []
    if args.fold:
        k, n = map(int, args.fold.split("/"))
        held = [r for i, r in enumerate(reports) if i % n == k]
        reports, plain = ([r for i, r in enumerate(rs) if i % n != k] for rs in (reports, plain))
    elif args.held:
        held = load(args.held)
    model, tokenizer = build(args.encoder, args.seed)
    if args.start:
        model.load_state_dict(torch.load(args.start))
    print(
        f"{len(reports)} reports, {sum(len(r.claims) for r in reports)} claims, {len(held)} held back",
        flush=True,
    )
    train(model, [*reports, *plain * args.ordinary_times], tokenizer, args, held)
    args.out.mkdir(parents=True, exist_ok=True)
    torch.save(model.state_dict(), args.out / "reader.pt")
    (args.out / "training.json").write_text(json.dumps({k: str(v) for k, v in vars(args).items()}, indent=1))


if __name__ == "__main__":
    main()
