"""Train the wording model: which words are loaded, and what tells that the choice of words evaluates a target.

    python training/train_wording.py --bench ../shared/bench --out framing/data/models/wording

Two small regressions over word vectors tell how loaded a word outside ``lexicons/loaded.toml`` is and to which side.
The signs of `framing.sentiment.wording` start from weights set by hand (START) and move as far as the examples ask:
``training/wording/pairs.txt`` (the same facts told plainly and with evaluation, ours) and neutral targets of NewsMTSC's
training part. Whether a side is taken is learned from those and from ``training/wording/judged.csv``: rows of PolNeAR's
training part that blind readers judged. A row runs its target down where at least one of its words does ("noisy or"),
so that the weights say which word does; its chance must be so high that in folds by article the goal is kept. Nothing
is learned from BABE or BASIL. Two minutes of one core.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
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
sys.path[:0] = [str(ROOT), str(ROOT / "training")]

from quotes_corpus import read_gold  # noqa: E402

from framing import language  # noqa: E402
from framing.sentiment import wording  # noqa: E402
from framing.sentiment.features import Pair, SentenceReading, lexicons, see  # noqa: E402
from framing.sentiment.model import load_model, read_targets  # noqa: E402
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
JUDGED = ROOT / "training" / "wording" / "judged.csv"
CHOSEN_WEIGHT = 0.5  # of judged sentences of NewsMTSC, which were chosen for their feeling, beside ordinary news
FOLDS = 10
FIRM = 3.0  # how firmly the weights of what is seen of a word are held at zero
UNSEEN = 0.01  # chance of a row to evaluate its target by a word that is not seen
GOALS = (0.75, 0.7)  # precision in folds by article that a side must keep, running down and raising
FEWEST = 20  # rows above a bar before its precision counts
LINE = re.compile(r"[^\n]*\S[^\n]*")
NO_SIDES: dict[str, Any] = {"negative": {}, "positive": {}, "certain": {"negative": 1.0, "positive": 1.0}}
Words = list[dict[str, float]]
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


def judged_rows(bench: Path) -> tuple[list[Pair], list[int], list[str], list[float]]:
    """The judged rows on which the readers agree, as the model sees them; their side, their article, what they count."""
    with JUDGED.open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["second_reader"] in ("", row["first_reader"])]
    sentences = {
        row["id"]: row["sentence"]
        for row in map(json.loads, (bench / "sentiment" / "train.jsonl").read_text("utf-8").splitlines())
    }
    chosen = [row for row in rows if row["article_id"] in sentences]
    rows = [row for row in rows if row["article_id"] not in sentences]
    pairs = in_articles(rows, bench / "quotes" / "polnear" / "train")
    pairs += read_targets([(sentences[row["article_id"]], int(row["start"]), int(row["end"])) for row in chosen])
    articles = [row["article_id"] for row in rows] + [row["article_id"].rsplit("_", 4)[0] for row in chosen]
    first: dict[str, str] = {}  # a sentence that several articles hold counts as the first one's
    opening = [" ".join(token.text for token in reading.tokens)[:60] for reading, _ in pairs]
    articles = [first.setdefault(words, name) for words, name in zip(opening, articles, strict=True)]
    weight = [1.0] * len(rows) + [CHOSEN_WEIGHT] * len(chosen)
    return pairs, [int(row["first_reader"]) for row in (*rows, *chosen)], articles, weight


def in_articles(rows: list[dict[str, str]], folder: Path) -> list[Pair]:
    """Targets in articles of PolNeAR; what its annotators give to somebody else is hidden, as in `framing.tone`."""
    annotated: dict[str, Path] = {}
    for path in sorted((folder / "attributions").glob("*.ann")):
        annotated.setdefault(path.stem.rpartition("_")[0], path)
    wanted: dict[tuple[str, str, int], list[int]] = {}
    others: dict[str, list[tuple[int, int]]] = {}
    for number, row in enumerate(rows):
        name, start = row["article_id"], int(row["start"])
        text = (folder / "text" / f"{name}.txt").read_bytes().decode("utf-8")
        line = next(found for found in LINE.finditer(text) if found.start() <= start < found.end())
        wanted.setdefault((line[0], name, line.start()), []).append(number)
        if name not in others:
            marked = read_gold(annotated[name]) if name in annotated else []
            others[name] = [span for one in marked if _somebody_else(one, text) for span in one["content"]]
    common, pairs = load_model().common, {}
    lines = ((line, (name, shift, numbers)) for (line, name, shift), numbers in wanted.items())
    for doc, (name, shift, numbers) in language.model().pipe(lines, as_tuples=True, batch_size=64):
        for number in numbers:
            start, end = (int(rows[number][cell]) - shift for cell in ("start", "end"))
            sentence = next(one for one in doc.sents if one.start_char <= start < one.end_char)
            hidden = [(a - shift, b - shift) for a, b in others[name] if not a - shift <= start < b - shift]
            reading = SentenceReading(sentence, common, hidden)
            pairs[number] = reading, see(reading, start, min(end, sentence.end_char))
    return [pairs[number] for number in range(len(rows))]


def _somebody_else(attribution: dict[str, list[tuple[int, int]]], text: str) -> bool:
    return any(text[a:b].lower() not in ("i", "we") for a, b in attribution["source"])


def learn_side(rows: list[Words], marked: np.ndarray, weight: np.ndarray) -> dict[str, float]:
    """Weights of what is seen of a word, so that the chance of a row that one of its words evaluates fits the verdicts."""
    counts = Counter(name for row in rows for name in {name for word in row for name in word})
    names = sorted(name for name, n in counts.items() if n >= SEEN_OFTEN)
    column = {name: n for n, name in enumerate(names)}
    words = [(n, word) for n, row in enumerate(rows) for word in row]
    row_of, seen = np.array([n for n, _ in words]), np.zeros((len(words), len(names)))
    for n, (_, word) in enumerate(words):
        for name, value in word.items():
            if name in column:
                seen[n, column[name]] = value
    held = np.where(np.array(names) == "always", 0.01, FIRM)

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        odds = seen @ weights
        none = np.bincount(row_of, np.logaddexp(0, odds), len(rows)) + UNSEEN
        some = np.maximum(-np.expm1(-none), 1e-12)
        value = -(weight * np.where(marked, np.log(some), -none)).sum() + 0.5 * (held * weights**2).sum()
        slope = weight * np.where(marked, -np.exp(-none) / some, 1.0)
        return float(value), seen.T @ (slope[row_of] / (1 + np.exp(-odds))) + held * weights

    start = np.where(np.array(names) == "always", -2.0, 0.0)
    found = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 500}).x.round(3)
    return {name: float(value) for name, value in zip(names, found, strict=True) if value}


def bar(chance: np.ndarray, right: np.ndarray, goal: float) -> tuple[float, int, float]:
    """The lowest chance from which on `goal` of the rows are right; how many there are, and how many of them right."""
    order = np.argsort(-chance, kind="stable")
    share = np.cumsum(right[order]) / np.arange(1, len(order) + 1)
    n = max((n for n in range(FEWEST, len(order) + 1) if share[n - 1] >= goal), default=FEWEST)
    return round(float(chance[order[n - 1]]), 2), n, float(share[n - 1])


def learn_sides(
    judged: tuple[list[Any], np.ndarray, list[str], np.ndarray], own: tuple[list[Any], np.ndarray, np.ndarray]
) -> dict[str, Any]:
    """Weights and bars of both sides, and a line on how they did in folds by article."""
    rows, verdict, articles, judged_weight = judged
    more, more_verdict, more_weight = own
    result: dict[str, Any] = {"certain": {}}
    weight = np.r_[judged_weight, more_weight]
    for column, (name, side, goal) in enumerate(zip(("negative", "positive"), (-1, 1), GOALS, strict=True)):
        words = [row[column] for row in (*rows, *more)]
        marked, chance = np.r_[verdict, more_verdict] == side, np.zeros(len(rows))
        extra = np.arange(len(rows), len(words))
        for seen, asked in GroupKFold(FOLDS).split(rows, groups=articles):
            learned = np.r_[seen, extra]
            weights = learn_side([words[n] for n in learned], marked[learned], weight[learned])
            chance[asked] = [wording.chance_of(words[n], weights) if wording.judges(words[n]) else 0 for n in asked]
        certain, n, share = bar(chance.round(4), marked[: len(rows)], goal)
        result[name], result["certain"][name] = learn_side(words, marked, weight), certain
        print(
            f"{name}: {int(marked[: len(rows)].sum())} of {len(rows)} judged rows; in {FOLDS} folds by article {n} have a "
            f"chance of {certain} and more and a word that judges said of the target, {share:.3f} of them right"
        )
    return result


def save(out: Path, loaded: np.ndarray, side: np.ndarray, signs: np.ndarray, learned: dict[str, Any]) -> None:
    weights: dict[str, Any] = {
        "about": "Weights of the wording model; see MODEL_CARD.md.",
        "signs": {name: float(value) for name, value in zip(wording.SIGNS, signs.round(3), strict=True)},
        "loaded": [float(v) for v in loaded],
        "side": [float(v) for v in side],
        **learned,
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
    save(options.out, loaded, side, np.zeros(len(wording.SIGNS)), NO_SIDES)
    rows, marks, _ = read_pairs(ROOT / "training" / "wording" / "pairs.txt")
    plain = neutral_targets(train)
    signs, words = wording.read_words(read_targets([*rows, *plain]))
    truth = np.array([*marks, *[0] * len(plain)])
    weight = np.array([1.0] * len(rows) + [NEUTRAL_WEIGHT] * len(plain))
    pairs, verdicts, articles, counts = judged_rows(options.bench)
    judged = wording.read_words(pairs)[1], np.array(verdicts), articles, np.array(counts)
    learned = learn_sides(judged, (words, truth, weight))
    save(options.out, loaded, side, weigh(signs, truth, weight), learned)


if __name__ == "__main__":
    main()
