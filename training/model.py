"""The reader as a PyTorch module: a small encoder with heads for claims and for their parts."""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor, nn

from fogline.extract.reader.labels import DISTANCES, EVENTS, ROLES, STATUSES


class Reader(nn.Module):
    """Encoder with three heads.

    - ``tag``: per piece, for each event type, whether it lies inside evidence and whether evidence
      begins there; two more for whether evidence of any type begins or ends there.
    - ``claim``: per span, event types (independent), status, whether a voice vouches for it.
    - ``roles``: per span and piece, the part the piece plays in the span's claim.
    """

    def __init__(self, encoder: nn.Module, hidden: int, *, size: int = 256, dropout: float = 0.1) -> None:
        super().__init__()
        self.encoder = encoder
        self.dropout = nn.Dropout(dropout)
        self.tag = nn.Linear(hidden, len(EVENTS) + 2)
        self.span = nn.Linear(3 * hidden, size)
        self.claim = nn.Linear(size, len(EVENTS) + len(STATUSES) + 1)
        self.token_side = nn.Linear(hidden, size)
        self.query_add = nn.Linear(size, size)
        self.query_scale = nn.Linear(size, size)
        self.distance = nn.Embedding(DISTANCES, size)
        self.roles = nn.Linear(size, len(ROLES))
        nn.init.constant_(self.tag.bias, -3.0)
        nn.init.constant_(self.roles.bias, -3.0)

    def encode(self, ids: Tensor, mask: Tensor) -> Tensor:
        """Return hidden states, batch × pieces × hidden."""
        out: Any = self.encoder(input_ids=ids, attention_mask=mask)
        return self.dropout(out.last_hidden_state)

    def query(self, states: Tensor, begin: Tensor, end: Tensor) -> Tensor:
        """Return one vector a span; ``states`` are those of its window, spans × pieces × hidden."""
        position = torch.arange(states.shape[1], device=states.device)[None]
        inside = ((position >= begin[:, None]) & (position < end[:, None])).to(states.dtype)
        mean = (states * inside[..., None]).sum(1) / inside.sum(1, keepdim=True)
        rows = torch.arange(len(begin), device=states.device)
        joined = torch.cat([mean, states[rows, begin], states[rows, end - 1]], -1)
        return self.dropout(nn.functional.gelu(self.span(joined)))

    def parts(self, states: Tensor, query: Tensor, relation: Tensor) -> Tensor:
        """Return role logits, spans × pieces × roles."""
        side = self.token_side(states) * (1 + self.query_scale(query))[:, None]
        mixed = nn.functional.gelu(side + self.query_add(query)[:, None] + self.distance(relation))
        return self.roles(self.dropout(mixed))
