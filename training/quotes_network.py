"""The networks behind the quote tagger, for training; `framing.quotes.tagger` runs the same arithmetic in numpy."""

from __future__ import annotations

from typing import Any

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

from framing.quotes.tagger import LABELS

REACHES = (1, 2, 4, 8, 1)  # how far to each side a block looks
CONTEXT_AT = 3  # the block before which a token learns of its paragraph and the neighbouring ones
Batch = dict[str, Any]


class Block(nn.Module):
    """One gated step: a token, its two neighbours at some reach, and its head in the parse."""

    def __init__(self, size: int, dropout: float, reach: int):
        super().__init__()
        self.lin, self.norm, self.drop, self.reach = (
            nn.Linear(4 * size, 2 * size),
            nn.LayerNorm(size),
            nn.Dropout(dropout),
            reach,
        )

    def forward(self, x: torch.Tensor, batch: Batch) -> torch.Tensor:
        seen = self.drop(x)
        padded = torch.cat([seen, seen.new_zeros(1, x.shape[1])])
        before, after = batch["near"][self.reach]
        z = torch.cat([seen, padded[before], padded[after], padded[batch["head"]]], 1)
        return self.norm(x + F.glu(self.lin(z), 1))


class Tagger(nn.Module):
    def __init__(
        self, sizes: list[int], vectors: np.ndarray, trained: np.ndarray, size: int = 128, dropout: float = 0.3
    ):
        super().__init__()
        self.register_buffer("vectors", torch.tensor(vectors))
        self.register_buffer("own", torch.tensor(np.where(trained, np.cumsum(trained), 0)))
        self.project = nn.Linear(vectors.shape[1], size, bias=False)
        self.tables = nn.ModuleList([nn.Embedding(n, size) for n in [int(trained.sum()) + 1, *sizes[1:]]])
        for table in self.tables:
            nn.init.normal_(table.weight, std=0.05)
        nn.init.zeros_(self.tables[0].weight)
        self.norm, self.drop = nn.LayerNorm(size), nn.Dropout(dropout)
        self.blocks = nn.ModuleList([Block(size, dropout, reach) for reach in REACHES])
        self.context, self.context_norm = nn.Linear(3 * size, size), nn.LayerNorm(size)
        self.out = nn.Linear(size, len(LABELS))
        self.moves = nn.Parameter(torch.zeros(len(LABELS), len(LABELS)))
        self.first, self.last = nn.Parameter(torch.zeros(len(LABELS))), nn.Parameter(torch.zeros(len(LABELS)))

    def words(self) -> torch.Tensor:
        """The vector of every word of the vocabulary, as inference uses it."""
        return self.project(self.vectors) + self.tables[0](self.own) * (self.own > 0)[:, None]

    def forward(self, batch: Batch) -> torch.Tensor:
        ids = batch["ids"]
        hidden = [
            (torch.rand(len(ids), 1) > share).float() if self.training else torch.ones(1) for share in (0.1, 0.15, 0.15)
        ]  # words, lemmas, suffixes now and then unseen
        own = self.own[ids[:, 0]]
        x = self.project(self.vectors[ids[:, 0]]) * hidden[0]
        x = x + self.tables[0](own) * (own > 0)[:, None] * hidden[1]
        for number, table in enumerate(self.tables):
            if number:
                part = table(ids[:, number])
                x = x + (part * hidden[number] if number < 3 else part)
        x = self.drop(self.norm(x))
        for number, block in enumerate(self.blocks):
            if number == CONTEXT_AT:
                rows = torch.full((batch["rows"], x.shape[1]), -1e4).scatter_reduce(
                    0, batch["row"][:, None].expand_as(x), self.drop(x), "amax"
                )
                padded = torch.cat([rows, rows.new_zeros(1, rows.shape[1])])
                around = torch.cat([rows, padded[batch["row_before"]], padded[batch["row_after"]]], 1)
                x = self.context_norm(x + F.relu(self.context(around))[batch["row"]])
            x = block(x, batch)
        return self.out(self.drop(x))

    def loss(self, scores: torch.Tensor, batch: Batch) -> torch.Tensor:
        """Negative log likelihood of the gold labels under a linear-chain CRF over each row, per token."""
        pad, length = batch["pad"], batch["length"]
        steps, rows = pad.shape
        e, y = scores[pad], batch["labels"][pad]
        present = torch.arange(steps)[:, None] < length[None]
        gold = (e.gather(2, y[:, :, None])[:, :, 0] * present).sum() + self.first[y[0]].sum()
        gold = gold + (self.moves[y[:-1], y[1:]] * present[1:]).sum()
        gold = gold + self.last[y[length - 1, torch.arange(rows)]].sum()
        alpha, done = self.first + e[0], []
        for step, active in enumerate(present.sum(1).tolist()):
            if step:
                if active < len(alpha):
                    done.append(alpha[active:])
                    alpha = alpha[:active]
                alpha = torch.logsumexp(alpha[:, :, None] + self.moves[None], 1) + e[step, :active]
        total = torch.logsumexp(torch.cat([*done, alpha]) + self.last, 1).sum()
        return (total - gold) / len(scores)


def batch_of(articles: list[dict[str, Any]]) -> Batch:
    """Several encoded articles laid end to end; neighbours never reach over an article's edge."""
    total = sum(len(a["ids"]) for a in articles)
    near: dict[int, tuple[list, list]] = {reach: ([], []) for reach in REACHES}
    heads, rows, before, after = [], [], [], []
    offset = row_offset = 0
    n_rows = sum(int(a["row"][-1]) + 1 for a in articles)
    for a in articles:
        n, places = len(a["ids"]), np.arange(len(a["ids"]))
        heads.append(a["head"] + offset)
        for reach, (left, right) in near.items():
            left.append(np.where(places >= reach, places - reach + offset, total))
            right.append(np.where(places < n - reach, places + reach + offset, total))
        count = int(a["row"][-1]) + 1
        numbers = np.arange(count)
        rows.append(a["row"] + row_offset)
        before.append(np.where(numbers > 0, numbers - 1 + row_offset, n_rows))
        after.append(np.where(numbers < count - 1, numbers + 1 + row_offset, n_rows))
        offset, row_offset = offset + n, row_offset + count
    row = np.concatenate(rows)
    length = np.bincount(row)
    order = np.argsort(-length, kind="stable")
    rank = np.argsort(order, kind="stable")
    place = np.arange(total) - np.searchsorted(row, np.arange(n_rows))[row]
    pad = np.zeros((length.max(), n_rows), dtype=np.int64)
    pad[place, rank[row]] = np.arange(total)
    arrays = {
        "ids": np.concatenate([a["ids"] for a in articles]),
        "head": np.concatenate(heads),
        "row": row,
        "row_before": np.concatenate(before),
        "row_after": np.concatenate(after),
        "pad": pad,
        "length": length[order],
        "labels": np.concatenate([a["labels"] for a in articles]),
    }
    batch: Batch = {name: torch.tensor(array) for name, array in arrays.items()}
    batch["near"] = {
        reach: tuple(torch.tensor(np.concatenate(side)) for side in sides) for reach, sides in near.items()
    }
    return batch | {"rows": n_rows}


class Scorer(nn.Module):
    """How well two spans fit together (see `framing.quotes.tagger.pair_features`); above 0 is better than none."""

    def __init__(self, n_dense: int, sizes: list[int], size: int = 48):
        super().__init__()
        self.w, self.mid, self.out = nn.Linear(n_dense, size), nn.Linear(size, size), nn.Linear(size, 1)
        self.emb = nn.ModuleList([nn.Embedding(n, size) for n in sizes])
        self.drop = nn.Dropout(0.2)
        for table in self.emb:
            nn.init.zeros_(table.weight)

    def forward(self, dense: torch.Tensor, codes: torch.Tensor) -> torch.Tensor:
        x = self.w(dense)
        for number, table in enumerate(self.emb):
            x = x + table(codes[:, number])
        return self.out(torch.relu(self.mid(torch.relu(self.drop(x)))))[:, 0]
