"""Train the tone model on NewsMTSC and write its weights to framing/models/tone.

    python training/train_tone.py --data ../shared/bench/sentiment/train.jsonl [--seeds 6] [--cv-seeds 2]

Needs torch besides the project (``pip install torch``; scoring does not). Each line of the data holds
``id, sentence, start, end, polarity``; ids begin with the article, and every choice rests on folds that keep an
article together. About ten minutes a fold round on one core. Prints the cross-validated scores.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix, diags, hstack
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score
from sklearn.model_selection import GroupKFold

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "training")]

from framing.language import model as language  # noqa: E402
from framing.scoring.tone_encoding import Pair, number_matrix, token_arrays, view_matrix, word_matrix  # noqa: E402
from framing.scoring.tone_features import Reading, common_words, predicated, see  # noqa: E402

FOLDS = 5
AT_LEAST = 2  # targets a word feature must occur with
NUMBERS, VIEWS = 3.0, 1.0  # scale of the dense parts
STRENGTH, LEAST = 0.05, 0.1  # C of the logistic regression; scale of a word that falls evenly on the classes
VERSION = "2"


def article_of(name: str) -> str:
    return "_".join(name.split("_")[:3])


def read(path: Path, common: frozenset[str] | None = None) -> tuple[list[dict], list[Pair], frozenset[str]]:
    """The rows of a file, each target as the model sees it, and the words that are no names."""
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
    texts = sorted({row["sentence"] for row in rows})
    docs = list(language().pipe(texts, batch_size=64))
    if common is None:
        common = common_words([[token.text for token in doc] for doc in docs])
    readings = {text: Reading(doc[:], common) for text, doc in zip(texts, docs, strict=True)}
    return rows, [(readings[row["sentence"]], see(readings[row["sentence"]], row["start"], row["end"]))
                  for row in rows], common


def linear_parts(pairs: list[Pair], column: dict[str, int]) -> csr_matrix:
    return hstack([word_matrix(pairs, column), csr_matrix(number_matrix(pairs) * NUMBERS),
                   csr_matrix(view_matrix(pairs) * VIEWS)]).tocsr()


def telling(words: csr_matrix, labels: np.ndarray) -> np.ndarray:
    """How unevenly each word feature falls on the classes: its largest log ratio, as in naive Bayes."""
    ratios = []
    for label in range(3):
        inside = np.asarray(words[labels == label].sum(0)).ravel() + 1
        outside = np.asarray(words[labels != label].sum(0)).ravel() + 1
        ratios.append(np.abs(np.log((inside / inside.sum()) / (outside / outside.sum()))))
    return np.max(ratios, axis=0) + LEAST


def fit_linear(features: csr_matrix, n_words: int, labels: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Coefficients (features x 3) and intercepts; telling words are shrunk less (Wang & Manning 2012)."""
    scale = np.concatenate([telling(features[:, :n_words], labels), np.ones(features.shape[1] - n_words)])
    fitted = LogisticRegression(C=STRENGTH, max_iter=150, tol=1e-3).fit(features @ diags(scale), labels)
    return fitted.coef_.T * scale[:, None], fitted.intercept_


def fold_votes(features: csr_matrix, n_words: int, labels: np.ndarray, known: np.ndarray,
               held: np.ndarray) -> np.ndarray:
    """Log-probabilities of the held-out rows from a linear model of the others."""
    weights, intercept = fit_linear(features[known], n_words, labels[known])
    values = features[held] @ weights + intercept
    return values - np.logaddexp.reduce(values, axis=1, keepdims=True)


def fit_mix(votes: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """(votes + 1) x 3 weights that turn both readers' log-probabilities, and the predicate, into honest ones."""
    fitted = LogisticRegression(C=1.0, max_iter=1000).fit(votes, labels)
    return np.vstack([fitted.coef_.T, fitted.intercept_])


def kept(folder: Path | None, name: str, make: Callable[[], np.ndarray]) -> np.ndarray:
    """The array `name` from the work folder, or made and put there, so that an interrupted run can go on."""
    path = folder / f"{name}.npy" if folder else None
    if path and path.exists():
        return np.load(path, allow_pickle=False)
    made = make()
    if path:
        path.parent.mkdir(parents=True, exist_ok=True)
        np.save(path, made)
    return made


def macro(labels: np.ndarray, votes: np.ndarray) -> float:
    return float(f1_score(labels, votes.argmax(1), average="macro"))


def main() -> None:
    from tone_network import Network, predict, train, weights_of

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared/bench/sentiment/train.jsonl")
    parser.add_argument("--out", type=Path, default=ROOT / "framing/models/tone")
    parser.add_argument("--oof", type=Path, help="write out-of-fold probabilities here (JSON lines)")
    parser.add_argument("--work", type=Path, help="folder for the results of each fold, reused when there")
    parser.add_argument("--seeds", type=int, default=6, help="networks in the shipped model")
    parser.add_argument("--cv-seeds", type=int, default=2, help="networks per fold")
    parser.add_argument("--epochs", type=int, default=5)
    options = parser.parse_args()

    rows, pairs, common = read(options.data)
    labels = np.array([row["polarity"] + 1 for row in rows])
    groups = np.array([article_of(row["id"]) for row in rows])
    counts = Counter(name for _, seen in pairs for name in set(seen.names))
    column = {name: number for number, name in enumerate(sorted(n for n, k in counts.items() if k >= AT_LEAST))}
    deps = {dep: number for number, dep in enumerate(sorted({d for reading, _ in pairs for d in reading.deps}), 1)}
    features = linear_parts(pairs, column)
    arrays = token_arrays(pairs, deps)
    arrays["vectors"] = arrays["vectors"].astype(np.float16)
    print(f"{len(rows)} targets, {len(set(groups))} articles, {len(column)} word features", flush=True)

    folds = list(GroupKFold(FOLDS, shuffle=True, random_state=0).split(labels, labels, groups))
    linear, network = np.zeros((len(labels), 3)), np.zeros((len(labels), 3))

    def one_network(known: np.ndarray, seed: int) -> Network:
        return train(arrays, labels, known, len(deps) + 1, seed=seed, epochs=options.epochs)

    for number, (known, held) in enumerate(folds):
        linear[held] = kept(options.work, f"linear{number}", lambda known=known, held=held: fold_votes(
            features, len(column), labels, known, held))
        network[held] = np.log(np.mean([np.exp(kept(
            options.work, f"network{number}-{seed}", lambda known=known, held=held, seed=2000 + number + 100 * seed:
            predict(one_network(known, seed), arrays, held))) for seed in range(options.cv_seeds)], axis=0))
        print(f"fold {number}: linear {macro(labels[held], linear[held]):.3f}, "
              f"network {macro(labels[held], network[held]):.3f}", flush=True)
    said = np.array([[predicated(*pair)] for pair in pairs])
    votes = np.hstack([linear, network, said])
    mixed = np.zeros_like(linear)
    for known, held in folds:
        mixed[held] = np.hstack([votes[held], np.ones((len(held), 1))]) @ fit_mix(votes[known], labels[known])
    print(f"cross-validated macro-F1: linear {macro(labels, linear):.3f}, network {macro(labels, network):.3f}, "
          f"both {macro(labels, mixed):.3f}", flush=True)
    if options.oof:
        chance = np.exp(mixed - np.logaddexp.reduce(mixed, axis=1, keepdims=True))
        options.oof.write_text("".join(json.dumps({"id": row["id"], "p": [round(float(v), 4) for v in p]}) + "\n"
                                       for row, p in zip(rows, chance, strict=True)))

    weights, intercept = fit_linear(features, len(column), labels)
    first, second = len(column), len(column) + number_matrix(pairs[:1]).shape[1]
    useful = np.abs(weights[:first]).max(1) > 1e-3
    options.out.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(options.out / "linear.npz", words=weights[:first][useful].astype(np.float16),
                        numbers=(weights[first:second] * NUMBERS).astype(np.float16),
                        views=(weights[second:] * VIEWS).astype(np.float16), intercept=intercept.astype(np.float32),
                        mix=fit_mix(votes, labels).astype(np.float32))
    names = [name for name, keep in zip(column, useful, strict=True) if keep]
    (options.out / "vocabulary.json").write_text(json.dumps(
        {"version": VERSION, "common": sorted(common), "deps": deps, "words": names},
        ensure_ascii=False, separators=(",", ":")), "utf-8")
    everyone = np.arange(len(labels))
    layers = {}
    for seed in range(options.seeds):
        path = options.work / f"final{seed}.npz" if options.work else None
        if path and path.exists():
            found = dict(np.load(path, allow_pickle=False))
        else:
            found = weights_of(one_network(everyone, 100 + seed))
            if path:
                np.savez(path, **found)
        layers.update({f"{seed}/{name}": values for name, values in found.items()})
        print(f"network {seed} trained", flush=True)
    np.savez_compressed(options.out / "network.npz", **layers)


if __name__ == "__main__":
    main()
