"""The small recurrent network of the tone model, run with numpy alone.

It reads the sentence word by word in both directions, looks again at the words that matter for the target,
and gives three log-odds. Training, with the same layers, is in ``training/tone_network.py``.
"""

from __future__ import annotations

import numpy as np

Weights = dict[str, np.ndarray]


def logits(weights: Weights, arrays: dict[str, np.ndarray]) -> np.ndarray:
    """targets x 3 (negative, neutral, positive) from the arrays of `framing.sentiment.encoding.token_arrays`."""
    kind = arrays["kind"]
    is_word = kind > 0
    words = _linear(weights, "project", arrays["vectors"])
    for value in (0, 1, 2):
        words[kind == value] = weights["special"][value]
    place, steps = weights["place.weight"][arrays["place"]], weights["steps.weight"][arrays["steps"]]
    read = np.concatenate([words, weights["pos.weight"][arrays["pos"]], weights["dep.weight"][arrays["dep"]],
                           place, steps, arrays["flags"]], -1).astype(np.float64)
    states = np.concatenate([_lstm(weights, read, is_word, ""), _lstm(weights, read, is_word, "_reverse")], -1)
    seen = _linear(weights, "look", np.concatenate([states, place, steps], -1))
    heads = _linear(weights, "heads", np.tanh(seen))
    heads = np.where(is_word[..., None], heads, -1e4)
    heads = np.exp(heads - heads.max(1, keepdims=True))
    heads /= heads.sum(1, keepdims=True)
    looked = np.einsum("blk,blh->bkh", heads, states).reshape(len(kind), -1)
    target = (arrays["flags"][..., 6] > 0) & is_word
    share = target / np.maximum(target.sum(1, keepdims=True), 1)
    at_target = np.einsum("bl,blh->bh", share, states)
    strongest = np.where(is_word[..., None], states, -1e4).max(1)
    together = np.concatenate([at_target, looked, strongest, weights["role.weight"][arrays["role"]],
                               arrays["numbers"]], -1)
    return _linear(weights, "out", np.maximum(_linear(weights, "hidden", together), 0))


def _linear(weights: Weights, name: str, values: np.ndarray) -> np.ndarray:
    return values @ weights[f"{name}.weight"].T + weights[f"{name}.bias"]


def _lstm(weights: Weights, read: np.ndarray, is_word: np.ndarray, side: str) -> np.ndarray:
    """One direction of a long short-term memory layer; padding comes last and leaves the state alone."""
    inward, again = weights[f"lstm.weight_ih_l0{side}"], weights[f"lstm.weight_hh_l0{side}"].T
    size = again.shape[0]
    fed = read @ inward.T + (weights[f"lstm.bias_ih_l0{side}"] + weights[f"lstm.bias_hh_l0{side}"])
    state = np.zeros((len(read), size), np.float64)
    memory = np.zeros_like(state)
    result = np.zeros((*is_word.shape, size), np.float64)
    steps = range(is_word.shape[1])
    for step in reversed(steps) if side else steps:
        gates = fed[:, step] + state @ again
        enter, keep, leave = (_sigmoid(gates[:, n * size:(n + 1) * size]) for n in (0, 1, 3))
        new = keep * memory + enter * np.tanh(gates[:, 2 * size:3 * size])
        here = is_word[:, step, None]
        memory = np.where(here, new, memory)
        state = np.where(here, leave * np.tanh(new), state)
        result[:, step] = np.where(here, state, 0)
    return result


def _sigmoid(values: np.ndarray) -> np.ndarray:
    return 0.5 * (1 + np.tanh(0.5 * values))
