"""Train the tone model on NewsMTSC and write its weights to framing/data/models/tone.

    python training/tone_teacher.py --encoder FOLDER --texts FOLDER --out taught.jsonl      # first stage
    python training/train_tone.py --taught taught.jsonl [--seeds 4] [--cv-seeds 1]

Needs torch besides the project (``pip install torch``; scoring does not). Each line of ``--data`` holds
``id, sentence, start, end, polarity``; ids begin with the article. ``--taught`` holds further targets with the
judgements of two teachers, each of which knows one half of the articles; without it the model learns from the labelled
targets alone. Everything is tried on the half of the articles that neither it nor its teacher has seen. About an
hour on one core. Prints the cross-validated scores.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from scipy.sparse import csr_matrix, diags, hstack, vstack
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score
from sklearn.model_selection import GroupKFold

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "training")]

from framing.language import model as language  # noqa: E402
from framing.sentiment.features import Reading, common_words, predicated, see  # noqa: E402
from framing.sentiment.model import Pair, number_matrix, token_arrays, view_matrix, word_matrix  # noqa: E402

AT_LEAST, AT_LEAST_TAUGHT = 2, 3  # times a word feature must occur among labelled targets, or among all
NUMBERS, VIEWS = 3.0, 1.0  # scale of the dense parts
STRENGTH, LEAST = 0.05, 0.1  # C of the logistic regression; scale of a word that falls evenly on the classes
TAUGHT_LINEAR, TAUGHT_NETWORK = 1.0, 0.6  # what a taught target counts beside a labelled one
USEFUL = 2e-3  # word features with smaller weights are left out
VERSION = "4"

Row = dict[str, Any]


class Lesson(NamedTuple):
    """Targets to learn from: which, how likely each class is said to be, and what each counts."""

    rows: np.ndarray
    goals: np.ndarray
    counts: np.ndarray


def article_of(name: str) -> str:
    return "_".join(name.split("_")[:3])


def read_rows(path: Path) -> list[Row]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def halves(rows: list[Row]) -> np.ndarray:
    """0 or 1 per row; an article falls into one half."""
    nothing = np.zeros(len(rows), int)
    result = nothing.copy()
    folds = GroupKFold(2, shuffle=True, random_state=0).split(nothing, nothing, [article_of(row["id"]) for row in rows])
    for number, (_, held) in enumerate(folds):
        result[held] = number
    return result


def common_of(rows: list[Row]) -> frozenset[str]:
    """The words that are no names."""
    texts = sorted({row["sentence"] for row in rows})
    return common_words([[token.text for token in doc] for doc in language().pipe(texts, batch_size=64)])


def pairs_of(rows: list[Row], common: frozenset[str]) -> list[Pair]:
    """Each target as the model sees it; every distinct sentence is parsed once."""
    texts = list(dict.fromkeys(row["sentence"] for row in rows))
    readings = {text: Reading(doc[:], common)
                for text, doc in zip(texts, language().pipe(texts, batch_size=64), strict=True)}
    return [(readings[row["sentence"]], see(readings[row["sentence"]], row["start"], row["end"])) for row in rows]


def network_arrays(pairs: list[Pair], deps: dict[str, int], step: int = 2000) -> dict[str, np.ndarray]:
    """`token_arrays` of many targets, in small numbers to save memory."""
    parts = [token_arrays(pairs[start:start + step], deps) for start in range(0, len(pairs), step)]
    longest = max(part["kind"].shape[1] for part in parts)
    for part in parts:
        for name, values in part.items():
            if name not in ("role", "numbers"):
                small = values.astype(np.float16 if values.dtype.kind == "f" else np.int8)
                part[name] = np.pad(small, [(0, 0), (0, longest - small.shape[1])] + [(0, 0)] * (small.ndim - 2))
    return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}


def linear_parts(pairs: list[Pair], column: dict[str, int], step: int = 2000) -> csr_matrix:
    """Word features, numbers and views of all targets side by side."""
    return vstack([hstack([word_matrix(part, column), csr_matrix(number_matrix(part) * NUMBERS),
                           csr_matrix(view_matrix(part) * VIEWS)]).astype(np.float32)
                   for part in (pairs[start:start + step] for start in range(0, len(pairs), step))]).tocsr()


def telling(words: csr_matrix, shares: np.ndarray) -> np.ndarray:
    """How unevenly each word feature falls on the classes: its largest log ratio, as in naive Bayes."""
    inside, outside = words.T @ shares + 1, words.T @ (shares.sum(1, keepdims=True) - shares) + 1
    ratios = np.log((inside / inside.sum(0)) / (outside / outside.sum(0)))
    return np.abs(ratios).max(1) + LEAST


def fit_linear(features: csr_matrix, n_words: int, lesson: Lesson) -> tuple[np.ndarray, np.ndarray]:
    """Coefficients (features x 3) and intercepts; telling words are shrunk less (Wang & Manning 2012)."""
    here, shares = features[lesson.rows], lesson.goals * lesson.counts[:, None]
    scale = np.concatenate([telling(here[:, :n_words], shares), np.ones(features.shape[1] - n_words)])
    scale[:n_words] *= np.asarray((here[:, :n_words] > 0).sum(0)).ravel() >= AT_LEAST  # words of other rows: no weight
    here = here @ diags(scale.astype(np.float32))
    # a target that may belong to several classes is learned from once in each, by its share
    each = [np.flatnonzero(lesson.goals[:, label] > 0.02) for label in range(3)]
    fitted = LogisticRegression(C=STRENGTH, max_iter=150, tol=1e-3).fit(
        vstack([here[rows] for rows in each]).tocsr(), np.repeat(range(3), [len(rows) for rows in each]),
        sample_weight=np.concatenate([shares[rows, label] for label, rows in enumerate(each)]))
    return fitted.coef_.T * scale[:, None], fitted.intercept_


def log_shares(values: np.ndarray) -> np.ndarray:
    return values - np.logaddexp.reduce(values, axis=1, keepdims=True)


def fit_mix(votes: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """(votes + 1) x 3 weights that turn both readers' log-probabilities, and the predicate, into honest ones."""
    fitted = LogisticRegression(C=1.0, max_iter=1000).fit(votes, labels)
    return np.vstack([fitted.coef_.T, fitted.intercept_])


def kept(folder: Path | None, name: str, make: Callable[[], dict[str, np.ndarray]]) -> dict[str, np.ndarray]:
    """The arrays `name` from the work folder, or made and put there, so that an interrupted run can go on."""
    path = folder / f"{name}.npz" if folder else None
    if path and path.exists():
        return dict(np.load(path, allow_pickle=False))
    made = make()
    if path:
        path.parent.mkdir(parents=True, exist_ok=True)
        np.savez(path, **made)
    return made


def macro(labels: np.ndarray, votes: np.ndarray) -> float:
    return float(f1_score(labels, votes.argmax(1), average="macro"))


def main() -> None:
    from tone_network import predict, train, weights_of

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared/bench/sentiment/train.jsonl")
    parser.add_argument("--taught", type=Path, help="the file that tone_teacher.py writes")
    parser.add_argument("--out", type=Path, default=ROOT / "framing/data/models/tone")
    parser.add_argument("--oof", type=Path, help="write out-of-fold probabilities here (JSON lines)")
    parser.add_argument("--work", type=Path, help="folder for the results of each step, reused when there")
    parser.add_argument("--seeds", type=int, default=4, help="networks in the shipped model")
    parser.add_argument("--cv-seeds", type=int, default=1, help="networks per half")
    parser.add_argument("--epochs", type=int, default=3)
    options = parser.parse_args()

    gold = read_rows(options.data)
    taught = read_rows(options.taught) if options.taught else []
    common = common_of(gold)
    pairs = pairs_of(gold + taught, common)
    labels, half = np.array([row["polarity"] + 1 for row in gold]), halves(gold)
    by_teacher = np.array([row["p"] for row in taught]).reshape(-1, 2, 3)
    half_of = dict(zip([article_of(row["id"]) for row in gold], half.tolist(), strict=True))
    beside = np.array([half_of.get(article_of(row["id"].removeprefix("other:")), -1) for row in taught], int)
    names = [set(seen.names) for _, seen in pairs]
    counts, labelled = (Counter(name for each in part for name in each) for part in (names, names[:len(gold)]))
    column = {name: number for number, name in enumerate(sorted(
        name for name, n in counts.items() if n >= AT_LEAST_TAUGHT or labelled[name] >= AT_LEAST))}
    deps = {dep: n for n, dep in enumerate(sorted({d for reading, _ in pairs[:len(gold)] for d in reading.deps}), 1)}
    features, arrays = linear_parts(pairs, column), network_arrays(pairs, deps)
    print(f"{len(gold)} labelled targets, {len(taught)} taught, {len(column)} word features", flush=True)

    def lesson(held: int | None, count: float) -> Lesson:
        """What may be learned from when half `held` is for trying; None: everything."""
        rows = np.arange(len(gold)) if held is None else np.flatnonzero(half != held)
        more = np.arange(len(taught)) if held is None else np.flatnonzero(beside != held)
        said = by_teacher[more].mean(1) if held is None else by_teacher[more, held]
        return Lesson(np.concatenate([rows, len(gold) + more]), np.concatenate([np.eye(3)[labels[rows]], said]),
                      np.concatenate([np.ones(len(rows)), np.full(len(more), count)]))

    def one_network(held: int | None, seed: int) -> Any:
        return train(arrays, *lesson(held, TAUGHT_NETWORK), len(deps) + 1, seed=seed, epochs=options.epochs)

    linear, network = np.zeros((len(gold), 3)), np.zeros((len(gold), 3))
    for number in (0, 1):
        held = np.flatnonzero(half == number)

        def linear_votes(number: int = number, held: np.ndarray = held) -> dict[str, np.ndarray]:
            weights, intercept = fit_linear(features, len(column), lesson(number, TAUGHT_LINEAR))
            return {"votes": log_shares(features[held] @ weights + intercept)}

        linear[held] = kept(options.work, f"linear{number}", linear_votes)["votes"]
        network[held] = np.log(np.mean([np.exp(kept(
            options.work, f"network{number}-{seed}",
            lambda number=number, held=held, seed=seed: {"votes": predict(
                one_network(number, 2000 + number + 100 * seed), arrays, held)})["votes"])
            for seed in range(options.cv_seeds)], axis=0))
        print(f"half {number}: linear {macro(labels[held], linear[held]):.3f}, "
              f"network {macro(labels[held], network[held]):.3f}", flush=True)
    votes = np.hstack([linear, network, np.array([[predicated(*pair)] for pair in pairs[:len(gold)]])])
    mixed = np.zeros_like(linear)
    for number in (0, 1):
        held = half == number
        mixed[held] = np.hstack([votes[held], np.ones((held.sum(), 1))]) @ fit_mix(votes[~held], labels[~held])
    together = Counter(row["sentence"] for row in gold)
    several = np.array([together[row["sentence"]] > 1 for row in gold])
    print(f"cross-validated macro-F1: linear {macro(labels, linear):.3f}, network {macro(labels, network):.3f}, "
          f"both {macro(labels, mixed):.3f}, several targets {macro(labels[several], mixed[several]):.3f}", flush=True)
    if options.oof:
        chance = np.exp(log_shares(mixed))
        options.oof.write_text("".join(json.dumps({"id": row["id"], "p": [round(float(v), 4) for v in p]}) + "\n"
                                       for row, p in zip(gold, chance, strict=True)))

    weights, intercept = fit_linear(features, len(column), lesson(None, TAUGHT_LINEAR))
    first, second = len(column), len(column) + number_matrix(pairs[:1]).shape[1]
    useful = np.abs(weights[:first]).max(1) > USEFUL
    options.out.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(options.out / "linear.npz", words=weights[:first][useful].astype(np.float16),
                        numbers=(weights[first:second] * NUMBERS).astype(np.float16),
                        views=(weights[second:] * VIEWS).astype(np.float16), intercept=intercept.astype(np.float32),
                        mix=fit_mix(votes, labels).astype(np.float32))
    kept_names = [name for name, keep in zip(column, useful, strict=True) if keep]
    (options.out / "vocabulary.json").write_text(json.dumps(
        {"version": VERSION, "common": sorted(common), "deps": deps, "words": kept_names},
        ensure_ascii=False, separators=(",", ":")), "utf-8")
    layers = {}
    for seed in range(options.seeds):
        found = kept(options.work, f"final{seed}", lambda seed=seed: weights_of(one_network(None, 100 + seed)))
        layers.update({f"{seed}/{name}": values for name, values in found.items()})
        print(f"network {seed} trained", flush=True)
    np.savez_compressed(options.out / "network.npz", **layers)


if __name__ == "__main__":
    main()
