"""The shipped tone model: probabilities of negative, neutral and positive toward a hidden target.

Two readers vote: a linear model over words, word lists and word vectors around the target, and small networks
that read the sentence word by word. How their votes are weighed, beside what the target is plainly said to be
("became a pariah"), is learned on articles neither had seen, which also makes the probabilities honest.
Weights are arrays and JSON; `framing/models/tone/MODEL_CARD.md` says what they were trained on and how often
they are right.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

import numpy as np

from framing.language import model as language
from framing.scoring.denial import with_denials
from framing.scoring.tone_encoding import Pair, number_matrix, token_arrays, view_matrix, word_matrix
from framing.scoring.tone_features import Reading, predicated, see
from framing.scoring.tone_network import Weights, logits

BATCH = 64  # targets whose words are in memory at once


@dataclass(frozen=True)
class ToneModel:
    """Everything that was learned."""

    common: frozenset[str]  # words that are no names although capitalised
    column: dict[str, int]  # word feature -> row of `words`
    deps: dict[str, int]
    words: np.ndarray
    numbers: np.ndarray
    views: np.ndarray
    intercept: np.ndarray
    networks: tuple[Weights, ...]
    mix: np.ndarray  # (6 log-probabilities, what the target is said to be, 1) x 3
    version: str


@lru_cache(maxsize=1)
def load_model() -> ToneModel:
    """The weights in ``framing/models/tone``, read on first use."""
    folder: Any = files("framing") / "models" / "tone"
    about = json.loads((folder / "vocabulary.json").read_text("utf-8"))
    with (folder / "linear.npz").open("rb") as file:
        linear = {name: values.astype(np.float64) for name, values in np.load(file, allow_pickle=False).items()}
    networks: dict[str, Weights] = {}
    with (folder / "network.npz").open("rb") as file:
        for name, values in np.load(file, allow_pickle=False).items():
            seed, layer = name.split("/", 1)
            networks.setdefault(seed, {})[layer] = values.astype(np.float64)
    return ToneModel(common=frozenset(about["common"]), deps=about["deps"],
                     column={name: number for number, name in enumerate(about["words"])},
                     words=linear["words"], numbers=linear["numbers"], views=linear["views"],
                     intercept=linear["intercept"], mix=linear["mix"], networks=tuple(networks.values()),
                     version=about["version"])


def probabilities(pairs: list[Pair]) -> np.ndarray:
    """targets x 3: how likely negative, neutral and positive; each row sums to 1."""
    model = load_model()
    order = sorted(range(len(pairs)), key=lambda n: len(pairs[n][0].tokens))
    result = np.zeros((len(pairs), 3))
    for start in range(0, len(order), BATCH):
        chosen = order[start:start + BATCH]
        batch = [pairs[n] for n in chosen]
        votes = [log_softmax(linear_logits(model, batch))]
        if model.networks:
            arrays = token_arrays(batch, model.deps)
            votes.append(np.log(np.mean([np.exp(log_softmax(logits(weights, arrays)))
                                         for weights in model.networks], axis=0)))
        said = [[predicated(*pair), 1.0] for pair in batch]
        together = np.concatenate([*votes, np.array(said)], axis=1)
        result[chosen] = np.exp(log_softmax(together @ model.mix))
    return with_denials(pairs, result)


def scores_of(pairs: list[Pair]) -> tuple[np.ndarray, np.ndarray]:
    """Per target: the score (-1 to 1) and the likeliest class (-1, 0 or 1)."""
    chance = probabilities(pairs)
    return chance[:, 2] - chance[:, 0], chance.argmax(1) - 1


def read_targets(rows: list[tuple[str, int, int]]) -> list[Pair]:
    """Each ``(sentence, start, end)`` as the model sees it; every distinct sentence is parsed once."""
    wrong = [row for row in rows if not 0 <= row[1] < row[2] <= len(row[0]) or not row[0][row[1]:row[2]].strip()]
    if wrong:
        sentence, start, end = wrong[0]
        raise ValueError(f"{len(wrong)} of {len(rows)} targets hold no word of their sentence; the first is "
                         f"characters {start} to {end} of {sentence[:60]!r} ({len(sentence)} characters). "
                         "Offsets count from 0 within the sentence, and the end is not included.")
    texts = list(dict.fromkeys(row[0] for row in rows))
    common = load_model().common
    readings = {text: Reading(doc[:], common)
                for text, doc in zip(texts, language().pipe(texts, batch_size=64), strict=True)}
    return [(readings[text], see(readings[text], start, end)) for text, start, end in rows]


def linear_logits(model: ToneModel, pairs: list[Pair]) -> np.ndarray:
    """targets x 3 from the linear model alone."""
    return (word_matrix(pairs, model.column) @ model.words + number_matrix(pairs) @ model.numbers
            + view_matrix(pairs) @ model.views + model.intercept)


def log_softmax(values: np.ndarray) -> np.ndarray:
    """Logarithms of probabilities, row by row."""
    values = values - values.max(1, keepdims=True)
    return values - np.log(np.exp(values).sum(1, keepdims=True))
