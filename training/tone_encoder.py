"""A pretrained transformer, fine-tuned to judge tone toward a masked target: the tone model's teacher.

Any encoder that `transformers` reads from a folder will do; the shipped weights learned from all-mpnet-base-v2
(Apache-2.0): ``config.json``, ``model.safetensors`` and ``tokenizer.json``.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from tone_texts import TARGET
from torch import nn
from torch.nn import functional as F
from transformers import AutoModel

torch.set_flush_denormal(True)

LONGEST = 90  # word pieces around the target
HIDDEN, DROPOUT = 256, 0.1  # of the head


class Pieces:
    """Turns masked sentences into the encoder's word pieces."""

    def __init__(self, folder: Path):
        self.tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self.tokenizer.no_truncation()
        self.tokenizer.no_padding()
        self.blank = next(word for word in ("<mask>", "[MASK]") if self.tokenizer.token_to_id(word) is not None)
        self.mask = self.tokenizer.token_to_id(self.blank)

    def __call__(self, text: str) -> list[int]:
        numbers = self.tokenizer.encode(text.replace(TARGET, self.blank)).ids
        if len(numbers) <= LONGEST:
            return numbers
        at = numbers.index(self.mask) if self.mask in numbers else 0
        start = min(max(0, at - LONGEST // 2), len(numbers) - LONGEST)
        return numbers[start : start + LONGEST]


class Teacher(nn.Module):
    """The encoder with a head that reads the target's state, the mean state and the first one."""

    def __init__(self, folder: Path, mask: int):
        super().__init__()
        self.encoder = AutoModel.from_pretrained(folder, dtype=torch.float32, add_pooling_layer=False)
        self.encoder.get_input_embeddings().weight.requires_grad_(False)
        self.mask, self.padding = mask, self.encoder.config.pad_token_id
        size = self.encoder.config.hidden_size
        self.head = nn.Sequential(
            nn.Dropout(DROPOUT), nn.Linear(3 * size, HIDDEN), nn.Tanh(), nn.Dropout(DROPOUT), nn.Linear(HIDDEN, 3)
        )

    def forward(self, texts: list[list[int]]) -> torch.Tensor:
        pieces = nn.utils.rnn.pad_sequence(
            [torch.tensor(numbers) for numbers in texts], batch_first=True, padding_value=self.padding
        )
        is_word = pieces != self.padding
        states = self.encoder(input_ids=pieces, attention_mask=is_word.long()).last_hidden_state.float()

        def mean(chosen: torch.Tensor) -> torch.Tensor:
            share = chosen.float() / chosen.sum(1, keepdim=True).clamp(min=1)
            return torch.einsum("bl,blh->bh", share, states)

        return self.head(torch.cat([mean(pieces == self.mask), mean(is_word), states[:, 0]], 1))


def fine_tune(
    teacher: Teacher,
    texts: list[list[int]],
    labels: np.ndarray,
    rows: np.ndarray,
    *,
    seed: int,
    epochs: int = 3,
    rate: float = 4e-5,
    head_rate: float = 5e-4,
    batch_size: int = 32,
) -> Teacher:
    """Fit on `rows`; word embeddings stay as they are, sentences of like length share a batch."""
    order = np.random.default_rng(seed)
    layers, lengths = list(teacher.encoder.parameters()), np.array([len(text) for text in texts])
    layers = [values for values in layers if values.requires_grad]
    groups = [{"params": layers, "lr": rate}, {"params": teacher.head.parameters(), "lr": head_rate}]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01, fused=True)
    n_batches = sum(
        -(-min(batch_size * 16, len(rows) - start) // batch_size) for start in range(0, len(rows), batch_size * 16)
    )
    plan = torch.optim.lr_scheduler.OneCycleLR(
        optimizer,
        [rate, head_rate],
        total_steps=epochs * n_batches,
        pct_start=0.1,
        anneal_strategy="linear",
        cycle_momentum=False,
    )
    teacher.train()
    for _ in range(epochs):
        mixed = order.permutation(rows)
        batches = []
        for start in range(0, len(mixed), batch_size * 16):
            chunk = mixed[start : start + batch_size * 16]
            chunk = chunk[np.argsort(lengths[chunk], kind="stable")]
            batches += [chunk[first : first + batch_size] for first in range(0, len(chunk), batch_size)]
        for number in order.permutation(len(batches)):
            here = batches[number]
            with torch.autocast("cpu", torch.bfloat16):
                values = teacher([texts[row] for row in here])
            loss = F.cross_entropy(values.float(), torch.from_numpy(labels[here]), label_smoothing=0.05)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(layers, 1.0)
            optimizer.step()
            plan.step()
    return teacher


def judge(teacher: Teacher, texts: list[list[int]], batch_size: int = 64) -> np.ndarray:
    """texts x 3 probabilities (negative, neutral, positive)."""
    teacher.eval()
    result = np.zeros((len(texts), 3), np.float32)
    order = np.argsort([len(text) for text in texts], kind="stable")
    with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
        for start in range(0, len(order), batch_size):
            here = order[start : start + batch_size]
            result[here] = teacher([texts[row] for row in here]).float().softmax(-1).numpy()
    return result
