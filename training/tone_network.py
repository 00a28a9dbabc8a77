"""The tone model's network in torch, for training only; `framing.sentiment.model` runs it in numpy."""

from __future__ import annotations

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

torch.set_num_threads(1)
torch.set_flush_denormal(True)

WORDWISE = ("kind", "vectors", "pos", "dep", "place", "steps", "flags")


class Network(nn.Module):
    def __init__(
        self,
        n_deps: int,
        n_flags: int,
        n_numbers: int,
        *,
        size: int = 96,
        project: int = 96,
        dropout: float = 0.3,
        word_dropout: float = 0.15,
    ):
        super().__init__()
        self.project = nn.Linear(256, project)
        self.special = nn.Parameter(torch.randn(3, project) * 0.1)
        self.pos, self.dep = nn.Embedding(19, 8), nn.Embedding(n_deps, 12)
        self.place, self.steps, self.role = nn.Embedding(25, 8), nn.Embedding(10, 8), nn.Embedding(7, 8)
        self.lstm = nn.LSTM(project + 8 + 12 + 8 + 8 + n_flags, size, batch_first=True, bidirectional=True)
        self.look, self.heads = nn.Linear(2 * size + 16, 32), nn.Linear(32, 2)
        self.hidden, self.out = nn.Linear(8 * size + 8 + n_numbers, 64), nn.Linear(64, 3)
        self.dropout, self.word_dropout = dropout, word_dropout

    def forward(self, batch: dict[str, torch.Tensor]) -> torch.Tensor:
        def drop(values: torch.Tensor, share: float) -> torch.Tensor:
            return F.dropout(values, share, self.training)

        kind = batch["kind"]
        is_word = kind > 0
        if self.training:  # some words are read as names, so that no single word decides
            kind = kind.masked_fill((torch.rand(kind.shape) < self.word_dropout) & (kind == 3), 2)
        words = self.project(drop(batch["vectors"], 0.1))
        words = torch.where((kind < 3)[..., None], self.special[kind.clamp(max=2)], words)
        place, steps = self.place(batch["place"]), self.steps(batch["steps"])
        read = torch.cat([words, self.pos(batch["pos"]), self.dep(batch["dep"]), place, steps, batch["flags"]], -1)
        packed = nn.utils.rnn.pack_padded_sequence(
            drop(read, 0.6 * self.dropout), is_word.sum(1), batch_first=True, enforce_sorted=False
        )
        states, _ = nn.utils.rnn.pad_packed_sequence(self.lstm(packed)[0], batch_first=True, total_length=kind.shape[1])
        states = drop(states, self.dropout)
        heads = self.heads(torch.tanh(self.look(torch.cat([states, place, steps], -1))))
        heads = heads.masked_fill(~is_word[..., None], -1e4).softmax(1)
        looked = torch.einsum("blk,blh->bkh", heads, states).flatten(1)
        target = ((batch["flags"][..., 6] > 0) & is_word).float()
        share = target / target.sum(1, keepdim=True).clamp(min=1)
        at_target = torch.einsum("bl,blh->bh", share, states)
        strongest = states.masked_fill(~is_word[..., None], -1e4).max(1)[0]
        together = torch.cat([at_target, looked, strongest, self.role(batch["role"]), batch["numbers"]], -1)
        return self.out(drop(torch.relu(self.hidden(drop(together, self.dropout))), self.dropout))


def _batch(arrays: dict[str, np.ndarray], rows: np.ndarray) -> dict[str, torch.Tensor]:
    length = int((arrays["kind"][rows] > 0).sum(1).max())
    batch = {
        name: torch.from_numpy(values[rows][:, :length] if name in WORDWISE else values[rows])
        for name, values in arrays.items()
    }
    return {name: values.float() if values.is_floating_point() else values.long() for name, values in batch.items()}


def train(
    arrays: dict[str, np.ndarray],
    rows: np.ndarray,
    goals: np.ndarray,
    counts: np.ndarray,
    n_deps: int,
    *,
    seed: int,
    epochs: int = 3,
    rate: float = 2e-3,
    batch_size: int = 64,
    decay: float = 1e-2,
    smoothing: float = 0.02,
    **shape: float,
) -> Network:
    """Fit on `rows`, whose classes are as likely as `goals` say and which count `counts` times.

    Sentences of like length share a batch.
    """
    torch.manual_seed(seed)
    order = np.random.default_rng(seed)
    network = Network(n_deps, arrays["flags"].shape[-1], arrays["numbers"].shape[-1], **shape)
    optimizer = torch.optim.AdamW(network.parameters(), lr=rate, weight_decay=decay)
    lengths = (arrays["kind"][rows] > 0).sum(1)
    n_batches = sum(
        -(-min(batch_size * 16, len(rows) - start) // batch_size) for start in range(0, len(rows), batch_size * 16)
    )
    plan = torch.optim.lr_scheduler.OneCycleLR(optimizer, rate, total_steps=epochs * n_batches, pct_start=0.15)
    goal = torch.from_numpy((1 - smoothing) * goals + smoothing / 3).float()
    share = torch.from_numpy(counts).float()
    network.train()
    for _ in range(epochs):
        mixed = order.permutation(len(rows))
        batches = []
        for start in range(0, len(rows), batch_size * 16):
            chunk = mixed[start : start + batch_size * 16]
            chunk = chunk[np.argsort(lengths[chunk], kind="stable")]
            batches += [chunk[first : first + batch_size] for first in range(0, len(chunk), batch_size)]
        for number in order.permutation(len(batches)):
            here = batches[number]
            each = -(network(_batch(arrays, rows[here])).log_softmax(-1) * goal[here]).sum(1)
            loss = (each * share[here]).sum() / share[here].sum()
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            plan.step()
    return network


def predict(network: Network, arrays: dict[str, np.ndarray], rows: np.ndarray) -> np.ndarray:
    """rows x 3 log-probabilities."""
    network.eval()
    with torch.no_grad():
        parts = [
            network(_batch(arrays, rows[start : start + 256])).log_softmax(-1) for start in range(0, len(rows), 256)
        ]
    return torch.cat(parts).numpy()


def weights_of(network: Network) -> dict[str, np.ndarray]:
    """The layers as arrays, in half precision."""
    return {name: values.numpy().astype(np.float16) for name, values in network.state_dict().items()}
