"""Train the wording model: which words are loaded, and which signs tell that the choice of words evaluates a target.

    python training/train_wording.py --bench ../shared/bench --out framing/data/models/wording

Two small regressions over word vectors tell how loaded a word outside ``lexicons/loaded.toml`` is and to which side.
The signs of `framing.sentiment.wording` start from weights set by hand (START) and move as far as the examples ask:
``training/wording/pairs.txt`` (the same facts told plainly and with evaluation, ours) and neutral targets of NewsMTSC's
training part. Nothing is learned from BABE or BASIL. Half a minute of one core.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import minimize
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT)]

from framing.sentiment import wording  # noqa: E402
from framing.sentiment.features import lexicons  # noqa: E402
from framing.sentiment.model import read_targets, sides  # noqa: E402
from framing.text.lexicon import word_vector  # noqa: E402
from framing.words.loaded_wording import loaded_lexicon  # noqa: E402

WORD = re.compile(r"[a-z][a-z'’-]+")
TARGET = re.compile(r"\[([-0+])([^\]]+)\]")
SIDES = {"-": -1, "0": 0, "+": 1}
SEEN_OFTEN = 4  # times in the training sentences from which a word outside the list counts as plain
N_NEUTRAL, NEUTRAL_WEIGHT = 600, 0.15  # neutral targets of NewsMTSC, and what each counts beside one of ours
HOLD = 3.0  # how firmly the weights are held where they start
LINKED = {"describes": 0.7, "acts": 0.7, "how": 0.56, "owns": 0.42, "suffers": 0.14, "clause": 0.21, "elsewhere": 0.14}
START = {
    **{f"{link}, negative": -value for link, value in LINKED.items()},
    **{f"{link}, positive": value for link, value in LINKED.items()},
    "speaks, doubting": -0.18,
    "speaks, emotive": -0.14,
    "speaks, assertive": -0.07,
    "scare quotes near": -0.1,
    "scare quotes": -0.05,
    "irony near": -0.1,
    "irony": -0.05,
    "contrast near": -0.1,
    "contrast": -0.05,
    "parenthesis": -0.05,
}
Target = tuple[str, int, int]


def read_pairs(path: Path) -> tuple[list[Target], list[int], list[int]]:
    """Targets of the invented sentences, their sides (-1 negative, 0 none, 1 positive) and the block they stand in."""
    rows, sides, blocks, block = [], [], [], 0
    for line in path.read_text("utf-8").splitlines():
        if not line.strip():
            block += 1
        if not line.strip() or line.startswith("#"):
            continue
        text, shift = "", 0
        for found in TARGET.finditer(line):
            text += line[shift : found.start()]
            rows.append([len(text), len(text) + len(found[2])])
            sides.append(SIDES[found[1]])
            blocks.append(block)
            text, shift = text + found[2], found.end()
        text += line[shift:]
        for row in [row for row in rows if len(row) == 2]:
            row.insert(0, text)
    return [(text, start, end) for text, start, end in rows], sides, blocks


def neutral_targets(path: Path, n: int = N_NEUTRAL) -> list[Target]:
    """The first neutral targets in the order of a hash of their names: the same on every machine."""
    import hashlib

    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    rows = sorted(
        (row for row in rows if row["polarity"] == 0), key=lambda row: hashlib.sha256(row["id"].encode()).hexdigest()
    )
    return [(row["sentence"], row["start"], row["end"]) for row in rows[:n]]


def word_models(sentences: list[str]) -> tuple[np.ndarray, np.ndarray]:
    """Weights (257 each) of how loaded a word is, and to which side, from its vector."""
    counts = Counter(word for text in sentences for word in WORD.findall(text.lower()))
    listed = {word for word in loaded_lexicon()[0] if word.isalpha()}
    plain = sorted(word for word, n in counts.items() if n >= SEEN_OFTEN and word not in listed and len(word) > 2)
    return _fit([*sorted(listed), *plain], [1] * len(listed) + [0] * len(plain)), _sides()


def _sides() -> np.ndarray:
    valence = {word: value for word, value in lexicons()[0].items() if word.isalpha() and abs(value) >= 1}
    words = sorted(valence)
    return _fit(words, [int(valence[word] > 0) for word in words])


def _fit(words: list[str], marks: list[int], weight: np.ndarray | None = None) -> np.ndarray:
    vectors = np.stack([word_vector(word) for word in words])
    model = LogisticRegression(C=1.0, max_iter=500).fit(vectors, marks, sample_weight=weight)
    return np.append(model.coef_[0], model.intercept_[0]).round(4)


def weigh(signs: np.ndarray, sides: np.ndarray, weight: np.ndarray) -> np.ndarray:
    """One weight for each sign: least squares of tanh against the sides, held where they start."""
    start = np.array([START.get(name, 0.0) for name in wording.SIGNS])

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        said = np.tanh(signs @ weights)
        slope = signs.T @ (weight * 2 * (said - sides) * (1 - said**2)) + 2 * HOLD * (weights - start)
        return float((weight * (said - sides) ** 2).sum() + HOLD * ((weights - start) ** 2).sum()), slope

    return np.asarray(minimize(loss, start, jac=True, method="L-BFGS-B").x)


def save(out: Path, loaded: np.ndarray, side: np.ndarray, signs: np.ndarray) -> None:
    weights: dict[str, Any] = {
        "about": "Weights of the wording model; see MODEL_CARD.md.",
        "signs": {name: float(value) for name, value in zip(wording.SIGNS, signs.round(3), strict=True)},
        "loaded": [float(v) for v in loaded],
        "side": [float(v) for v in side],
    }
    out.mkdir(parents=True, exist_ok=True)
    text = json.dumps(weights, indent=1, ensure_ascii=False)
    text = re.sub(r"\[\s+([^\[\]]*?)\s+\]", lambda m: "[" + re.sub(r",\s+", ", ", m[1]) + "]", text)
    (out / "weights.json").write_text(text + "\n", "utf-8")
    wording.load_wording.cache_clear()
    wording.word_load.cache_clear()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bench", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    train = options.bench / "sentiment" / "train.jsonl"
    sentences = [json.loads(line)["sentence"] for line in train.read_text("utf-8").splitlines()]
    loaded, side = word_models(sentences)
    save(options.out, loaded, side, np.zeros(len(wording.SIGNS)))
    rows, marks, blocks = read_pairs(ROOT / "training" / "wording" / "pairs.txt")
    plain = neutral_targets(train)
    signs, judged = wording.sign_matrix(read_targets([*rows, *plain]))
    truth = np.array([*marks, *[0] * len(plain)])
    weight = np.array([1.0] * len(rows) + [NEUTRAL_WEIGHT] * len(plain))
    folds = np.array([*blocks, *range(1000, 1000 + len(plain))])
    found = np.zeros(len(truth), int)
    for seen, asked in GroupKFold(5).split(signs, groups=folds):
        found[asked] = sides(wording.scored(signs[asked], judged[asked], weigh(signs[seen], truth[seen], weight[seen])))
    own, other = slice(len(rows)), slice(len(rows), None)
    print(
        f"{len(rows)} targets of own sentences and {len(plain)} neutral ones of NewsMTSC; in five folds "
        f"{np.mean(found[own] == truth[own]):.3f} of own right, {np.mean(found[other] == 0):.3f} of neutral ones "
        "left alone"
    )
    save(options.out, loaded, side, weigh(signs, truth, weight))


if __name__ == "__main__":
    main()
