"""Train the wording model: which words are loaded, and which signs tell that the choice of words evaluates a target.

    python training/train_wording.py --bench ../shared/bench --out framing/data/models/wording [--check]

Two small regressions over word vectors tell how loaded a word outside ``lexicons/loaded.toml`` is and to which side; a
third weighs the signs of `framing.sentiment.wording`. It learns from ``training/wording/pairs.txt`` (the same facts told
plainly and with evaluation, ours) and from the neutral targets of NewsMTSC's training part. ``--check`` prints how well
pairs are told apart in five folds by block. Under two minutes of one core.
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
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold, cross_val_predict

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT)]

from framing.sentiment import wording  # noqa: E402
from framing.sentiment.features import lexicons  # noqa: E402
from framing.sentiment.model import read_targets  # noqa: E402
from framing.text.lexicon import word_vector  # noqa: E402
from framing.words.loaded_wording import entries  # noqa: E402

WORD = re.compile(r"[a-z][a-z'’-]+")
TARGET = re.compile(r"\[([-0+])([^\]]+)\]")
SIDES = {"-": 0, "0": 1, "+": 2}
SEEN_OFTEN = 4  # times in the training sentences from which a word outside the list counts as plain
N_NEUTRAL = 1200  # neutral targets of NewsMTSC
STRENGTH = 0.5  # of the regression over the signs (C)
Target = tuple[str, int, int]


def read_pairs(path: Path) -> tuple[list[Target], list[int], list[int]]:
    """Targets of the invented sentences, their sides (0 negative, 1 none, 2 positive) and the block they stand in."""
    rows, sides, blocks, block = [], [], [], 0
    for line in path.read_text("utf-8").splitlines():
        if not line.strip():
            block += 1
        if not line.strip() or line.startswith("#"):
            continue
        text, shift = "", 0
        for found in TARGET.finditer(line):
            text += line[shift:found.start()]
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
    rows = sorted((row for row in rows if row["polarity"] == 0), key=lambda row: hashlib.sha256(
        row["id"].encode()).hexdigest())
    return [(row["sentence"], row["start"], row["end"]) for row in rows[:n]]


def word_models(sentences: list[str]) -> tuple[np.ndarray, np.ndarray]:
    """Weights (257 each) of how loaded a word is, and to which side, from its vector."""
    counts = Counter(word for text in sentences for word in WORD.findall(text.lower()))
    listed = {word for word in entries()[0] if word.isalpha()}
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


def save(out: Path, loaded: np.ndarray, side: np.ndarray, signs: np.ndarray, intercept: np.ndarray) -> None:
    weights: dict[str, Any] = {
        "about": "Weights of the wording model; see MODEL_CARD.md. Columns of signs and intercept: negative, none, positive.",
        "intercept": [float(v) for v in intercept.round(4)],
        "signs": {name: [float(v) for v in row] for name, row in zip(wording.SIGNS, signs.round(4), strict=True)},
        "loaded": [float(v) for v in loaded], "side": [float(v) for v in side]}
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
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args()
    train = options.bench / "sentiment" / "train.jsonl"
    sentences = [json.loads(line)["sentence"] for line in train.read_text("utf-8").splitlines()]
    loaded, side = word_models(sentences)
    n = len(wording.SIGNS)
    save(options.out, loaded, side, np.zeros((n, 3)), np.zeros(3))
    rows, sides, blocks = read_pairs(ROOT / "training" / "wording" / "pairs.txt")
    plain = neutral_targets(train)
    signs = wording.sign_matrix(read_targets([*rows, *plain]))
    marks = np.array([*sides, *[1] * len(plain)])
    weight = np.array([1.0] * len(rows) + [0.25] * len(plain))
    model = LogisticRegression(C=STRENGTH, max_iter=1000)
    if options.check:
        folds = np.array([*blocks, *range(1000, 1000 + len(plain))])
        found = cross_val_predict(model, signs, marks, groups=folds, cv=GroupKFold(5), params={"sample_weight": weight})
        here = found[:len(rows)]
        print(f"pairs, five folds by block: {np.mean(here == sides):.3f} of {len(rows)} targets right")
    model.fit(signs, marks, sample_weight=weight)
    save(options.out, loaded, side, model.coef_.T, model.intercept_)
    share = np.bincount(model.predict(signs)[len(rows):], minlength=3) / len(plain)
    print(f"{len(rows)} targets of own sentences, {len(plain)} neutral ones of NewsMTSC; right on own "
          f"{model.score(signs[:len(rows)], marks[:len(rows)]):.3f}; neutral ones left alone {share[1]:.3f}")


if __name__ == "__main__":
    main()
