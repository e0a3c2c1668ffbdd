"""Measure a reader in training on reports held back."""

from __future__ import annotations

from typing import Any

import numpy as np
import torch

from data import Example, Report, examples
from fogline.extract.reader.decode import Thresholds, choose, propose
from fogline.extract.reader.labels import EVENTS, ROLES, STATUSES, relation
from model import Reader
from scoring import scorer


@torch.no_grad()
def predict(model: Reader, example: Example, propose_at: float = 0.2, begin: float = 0.5) -> dict[str, Any]:
    """Return tags, proposals, their scores and status of one window."""
    model.eval()
    window = example.window
    with torch.autocast("cpu", dtype=torch.bfloat16):
        ids = torch.tensor([window.ids])
        states = model.encode(ids, torch.ones_like(ids))
        tags = model.tag(states).float().sigmoid()[0].numpy()
        spans = propose(tags, window, threshold=propose_at, begin=begin)
        if not spans:
            return {
                "tags": tags,
                "spans": [],
                "scores": np.zeros((0, len(EVENTS)), np.float32),
                "status": [],
                "attributed": [],
            }
        b, e = torch.tensor([s[0] for s in spans]), torch.tensor([s[1] for s in spans])
        query = model.query(states.expand(len(spans), -1, -1), b, e)
        out = model.claim(query).float()
    n = len(EVENTS)
    return {
        "tags": tags,
        "spans": spans,
        "scores": out[:, :n].sigmoid().numpy(),
        "status": out[:, n : n + len(STATUSES)].argmax(-1).tolist(),
        "attributed": out[:, -1].sigmoid().tolist(),
        "states": states,
        "query": query,
    }


def claims_of(
    report: Report, read: list[tuple[Example, dict[str, Any]]], thresholds: Thresholds
) -> list[dict[str, Any]]:
    """Return predicted claims (evidence, type, status only)."""
    out = []
    for example, p in read:
        for c in choose(p["spans"], p["tags"], p["scores"], thresholds):
            span = example.window.characters(c.begin, c.end)
            out.append(
                {
                    "document": report.id,
                    "evidence": {"start": span.start, "end": span.end},
                    "event": EVENTS[c.event],
                    "status": STATUSES[p["status"][c.proposal]],
                }
            )
    return out


@torch.no_grad()
def role_counts(model: Reader, example: Example) -> np.ndarray:
    """Return, a role, pieces right, predicted and in the gold, with gold evidence given."""
    counts = np.zeros((len(ROLES), 3), int)
    if not example.claims:
        return counts
    w = example.window
    model.eval()
    with torch.autocast("cpu", dtype=torch.bfloat16):
        ids = torch.tensor([w.ids])
        states = model.encode(ids, torch.ones_like(ids)).expand(len(example.claims), -1, -1)
        b = torch.tensor([c["begin"] for c in example.claims])
        e = torch.tensor([c["end"] for c in example.claims])
        rel = torch.tensor(
            [
                [
                    relation(p, w.sentence[p], c["begin"], c["end"], w.sentence[c["begin"]])
                    for p in range(len(w))
                ]
                for c in example.claims
            ]
        )
        parts = model.parts(states, model.query(states, b, e), rel).float().sigmoid().numpy() >= 0.5
    for claim, on in zip(example.claims, parts, strict=True):
        gold = np.zeros_like(on)
        for role, a, z in claim["roles"]:
            gold[a:z, role] = True
        counts += np.stack([(gold & on).sum(0), on.sum(0), gold.sum(0)], 1)
    return counts


def measure(model: Reader, held: list[Report], tokenizer: Any) -> str:
    """Return a line of figures over the reports held back."""
    s = scorer()
    read = {r.id: [(e, predict(model, e)) for e in examples(r, tokenizer)] for r in held}
    lines = []
    best = (0.0, "")
    for accept in (0.3, 0.35, 0.4, 0.45, 0.5):
        t = Thresholds(accept=accept, second=max(0.55, accept))
        n_gold = n_pred = found = typed = status = 0
        for r in held:
            preds = claims_of(r, read[r.id], t)
            n_gold, n_pred = n_gold + len(r.claims), n_pred + len(preds)
            found += len(s.match(r.claims, preds, typed=False))
            m = s.match(r.claims, preds, typed=True)
            typed += len(m)
            status += sum(g["status"] == p["status"] for g, p in m)
        f1 = 2 * typed / max(1, n_gold + n_pred)
        loose = 2 * found / max(1, n_gold + n_pred)
        line = f"@{accept} pred {n_pred}/{n_gold} found {loose:.3f} typed {f1:.3f}"
        line += f" status {status / max(1, typed):.3f}"
        if f1 > best[0]:
            best = (f1, line)
    counts = sum(role_counts(model, e) for r in held for e in examples(r, tokenizer))
    roles = " ".join(
        f"{n}:{2 * c[0] / max(1, c[1] + c[2]):.2f}" for n, c in list(zip(ROLES, counts, strict=True))[:13]
    )
    lines.append(best[1])
    return "  ".join(lines) + "  roles " + roles
