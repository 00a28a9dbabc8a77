"""A small pretrained transformer, fine-tuned to judge tone toward a masked target: the tone model's teacher.

The encoder is all-MiniLM-L6-v2 (Apache-2.0): a folder with ``model.safetensors`` and ``tokenizer.json``.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch
from safetensors.torch import load_file
from tokenizers import Tokenizer
from tone_texts import TARGET
from torch import nn
from torch.nn import functional as F

torch.set_flush_denormal(True)

LONGEST = 80  # word pieces around the target
SIZE, HEADS, LAYERS = 384, 12, 6
DROPOUT = 0.1


class Pieces:
    """Turns masked sentences into the encoder's word pieces."""

    def __init__(self, folder: Path):
        self.tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self.tokenizer.no_truncation()
        self.tokenizer.no_padding()
        self.mask = self.tokenizer.token_to_id("[MASK]")

    def __call__(self, text: str) -> list[int]:
        numbers = self.tokenizer.encode(text.replace(TARGET, "[MASK]")).ids
        if len(numbers) <= LONGEST:
            return numbers
        at = numbers.index(self.mask) if self.mask in numbers else 0
        start = min(max(0, at - LONGEST // 2), len(numbers) - LONGEST)
        return numbers[start:start + LONGEST]


class Layer(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.ask, self.give = nn.Linear(SIZE, 3 * SIZE), nn.Linear(SIZE, SIZE)
        self.up, self.down = nn.Linear(SIZE, 4 * SIZE), nn.Linear(4 * SIZE, SIZE)
        self.first, self.second = nn.LayerNorm(SIZE, eps=1e-12), nn.LayerNorm(SIZE, eps=1e-12)

    def forward(self, states: torch.Tensor, is_word: torch.Tensor) -> torch.Tensor:
        batch, length, _ = states.shape
        query, key, value = self.ask(states).view(batch, length, 3, HEADS, SIZE // HEADS).permute(2, 0, 3, 1, 4)
        heard = F.scaled_dot_product_attention(query, key, value, attn_mask=is_word[:, None, None, :])
        heard = self.give(heard.transpose(1, 2).reshape(batch, length, SIZE))
        states = self.first(states + F.dropout(heard, DROPOUT, self.training))
        return self.second(states + F.dropout(self.down(F.gelu(self.up(states))), DROPOUT, self.training))


class Teacher(nn.Module):
    """The encoder with a head that reads the target's state, the mean state and the first one."""

    def __init__(self, folder: Path, mask: int):
        super().__init__()
        found = load_file(str(folder / "model.safetensors"))
        self.mask = mask

        def copy(module: nn.Module, *names: str) -> None:
            for part in ("weight", "bias"):
                getattr(module, part).data = torch.cat([found[f"{name}.{part}"] for name in names])

        self.words = nn.Embedding.from_pretrained(found["embeddings.word_embeddings.weight"], freeze=True)
        self.places = nn.Parameter(found["embeddings.position_embeddings.weight"]
                                   + found["embeddings.token_type_embeddings.weight"][0], requires_grad=False)
        self.norm = nn.LayerNorm(SIZE, eps=1e-12)
        copy(self.norm, "embeddings.LayerNorm")
        self.norm.requires_grad_(False)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        for number, layer in enumerate(self.layers):
            place = f"encoder.layer.{number}."
            copy(layer.ask, *(f"{place}attention.self.{name}" for name in ("query", "key", "value")))
            copy(layer.give, f"{place}attention.output.dense")
            copy(layer.first, f"{place}attention.output.LayerNorm")
            copy(layer.up, f"{place}intermediate.dense")
            copy(layer.down, f"{place}output.dense")
            copy(layer.second, f"{place}output.LayerNorm")
        self.head = nn.Sequential(nn.Dropout(DROPOUT), nn.Linear(3 * SIZE, 128), nn.Tanh(), nn.Dropout(DROPOUT),
                                  nn.Linear(128, 3))

    def forward(self, pieces: torch.Tensor) -> torch.Tensor:
        is_word = pieces > 0
        states = self.norm(self.words(pieces) + self.places[:pieces.shape[1]])
        states = F.dropout(states, DROPOUT, self.training)
        for layer in self.layers:
            states = layer(states, is_word)
        states = states.float()

        def mean(chosen: torch.Tensor) -> torch.Tensor:
            share = chosen.float() / chosen.sum(1, keepdim=True).clamp(min=1)
            return torch.einsum("bl,blh->bh", share, states)

        return self.head(torch.cat([mean(pieces == self.mask), mean(is_word), states[:, 0]], 1))


def _padded(texts: list[list[int]]) -> torch.Tensor:
    result = torch.zeros(len(texts), max(map(len, texts)), dtype=torch.long)
    for row, numbers in enumerate(texts):
        result[row, :len(numbers)] = torch.tensor(numbers)
    return result


def fine_tune(teacher: Teacher, texts: list[list[int]], labels: np.ndarray, rows: np.ndarray, *, seed: int,
              epochs: int = 3, rate: float = 1e-4, head_rate: float = 1e-3, batch_size: int = 32) -> Teacher:
    """Fit on `rows`; word embeddings stay as they are, sentences of like length share a batch."""
    order = np.random.default_rng(seed)
    layers, lengths = list(teacher.layers.parameters()), np.array([len(text) for text in texts])
    groups = [{"params": layers, "lr": rate}, {"params": teacher.head.parameters(), "lr": head_rate}]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01, fused=True)
    n_batches = sum(-(-min(batch_size * 16, len(rows) - start) // batch_size)
                    for start in range(0, len(rows), batch_size * 16))
    plan = torch.optim.lr_scheduler.OneCycleLR(optimizer, [rate, head_rate], total_steps=epochs * n_batches,
                                               pct_start=0.1, anneal_strategy="linear", cycle_momentum=False)
    teacher.train()
    for _ in range(epochs):
        mixed = order.permutation(rows)
        batches = []
        for start in range(0, len(mixed), batch_size * 16):
            chunk = mixed[start:start + batch_size * 16]
            chunk = chunk[np.argsort(lengths[chunk], kind="stable")]
            batches += [chunk[first:first + batch_size] for first in range(0, len(chunk), batch_size)]
        for number in order.permutation(len(batches)):
            here = batches[number]
            with torch.autocast("cpu", torch.bfloat16):
                values = teacher(_padded([texts[row] for row in here]))
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
            here = order[start:start + batch_size]
            result[here] = teacher(_padded([texts[row] for row in here])).float().softmax(-1).numpy()
    return result
