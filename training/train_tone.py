"""Train the tone model on NewsMTSC and what its teacher judged, and write its weights to framing/data/models/tone.

    python training/train_tone.py prepare --targets targets.jsonl --work WORK
    python training/train_tone.py fit --part PART --work WORK      # PART: one of PARTS; they may run side by side
    python training/train_tone.py pack --work WORK                 # writes the weights, prints cross-validated scores

`training/make_models.py` runs all of it. Needs torch besides the project; scoring does not. ``targets.jsonl`` and
``judged0.npz``, ``judged1.npz`` in WORK come from `tone_teacher.py`: two teachers, each of which knows one half of the
articles. Everything is tried on the half of the articles that neither it nor its teacher has seen.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
from collections import Counter
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from scipy.sparse import csr_matrix, diags, hstack, load_npz, save_npz, vstack
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "training")]

from tone_texts import Row, article_of, common_of, halves, read_rows  # noqa: E402

from framing.language import model as language  # noqa: E402
from framing.sentiment.features import Pair, SentenceReading, predicated, see  # noqa: E402
from framing.sentiment.model import number_matrix, token_arrays, view_matrix, word_matrix  # noqa: E402

AT_LEAST, AT_LEAST_TAUGHT = 2, 3  # times a word feature must occur among labelled targets, or among all
NUMBERS, VIEWS = 3.0, 1.0  # scale of the dense parts
STRENGTH, LEAST = 0.05, 0.1  # C of the logistic regression; scale of a word that falls evenly on the classes
TAUGHT_LINEAR, TAUGHT_NETWORK = 1.0, 0.6  # what a taught target counts beside a labelled one
USEFUL = 2e-3  # word features with smaller weights are left out
VERSION = "6"
EPOCHS = 3
PARTS = ["linear0", "linear1", "network0", "network1", "linear", "final0"]


class Lesson(NamedTuple):
    """Targets to learn from: which, how likely each class is said to be, and what each counts."""

    rows: np.ndarray
    goals: np.ndarray
    counts: np.ndarray


def pairs_of(rows: list[Row], common: frozenset[str]) -> list[Pair]:
    """Each target as the model sees it; every distinct sentence is parsed once."""
    texts = list(dict.fromkeys(row["sentence"] for row in rows))
    readings = {
        text: SentenceReading(doc[:], common)
        for text, doc in zip(texts, language().pipe(texts, batch_size=64), strict=True)
    }
    return [(readings[row["sentence"]], see(readings[row["sentence"]], row["start"], row["end"])) for row in rows]


def network_arrays(pairs: list[Pair], deps: dict[str, int], step: int = 2000) -> dict[str, np.ndarray]:
    """`token_arrays` of many targets, in small numbers to save memory."""
    parts = [token_arrays(pairs[start : start + step], deps) for start in range(0, len(pairs), step)]
    for part in parts:
        word = part.pop("word")
        part |= {"kind": np.minimum(word, 3), "vectors": part["vectors"][word]}  # a vector at every place
    longest = max(part["kind"].shape[1] for part in parts)
    for part in parts:
        for name, values in part.items():
            if name not in ("role", "numbers"):
                small = values.astype(np.float16 if values.dtype.kind == "f" else np.int8)
                part[name] = np.pad(small, [(0, 0), (0, longest - small.shape[1])] + [(0, 0)] * (small.ndim - 2))
    return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}


def linear_parts(pairs: list[Pair], column: dict[str, int], step: int = 2000) -> csr_matrix:
    """Word features, numbers and views of all targets side by side."""
    return vstack(
        [
            hstack(
                [
                    word_matrix(part, column),
                    csr_matrix(number_matrix(part) * NUMBERS),
                    csr_matrix(view_matrix(part) * VIEWS),
                ]
            ).astype(np.float32)
            for part in (pairs[start : start + step] for start in range(0, len(pairs), step))
        ]
    ).tocsr()


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
        vstack([here[rows] for rows in each]).tocsr(),
        np.repeat(range(3), [len(rows) for rows in each]),
        sample_weight=np.concatenate([shares[rows, label] for label, rows in enumerate(each)]),
    )
    return fitted.coef_.T * scale[:, None], fitted.intercept_


def log_shares(values: np.ndarray) -> np.ndarray:
    return values - np.logaddexp.reduce(values, axis=1, keepdims=True)


def fit_mix(votes: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """(votes + 1) x 3 weights that turn both readers' log-probabilities, and the predicate, into honest ones."""
    fitted = LogisticRegression(C=1.0, max_iter=1000).fit(votes, labels)
    return np.vstack([fitted.coef_.T, fitted.intercept_])


def macro(labels: np.ndarray, votes: np.ndarray) -> float:
    return float(f1_score(labels, votes.argmax(1), average="macro"))


class Material(NamedTuple):
    """What the parts learn from, as `prepare` left it in the work folder."""

    rows: list[Row]  # labelled targets first
    labels: np.ndarray
    half: np.ndarray  # of the labelled
    beside: np.ndarray  # half of the article of each taught target; -1: of none
    judged: np.ndarray  # taught targets x 2 teachers x 3
    features: csr_matrix
    about: dict[str, Any]  # column, deps, common and the sizes of the dense parts

    def lesson(self, held: int | None, count: float) -> Lesson:
        """What may be learned from when half `held` is for trying; None: everything."""
        n = len(self.labels)
        rows = np.arange(n) if held is None else np.flatnonzero(self.half != held)
        more = np.arange(len(self.judged)) if held is None else np.flatnonzero(self.beside != held)
        said = self.judged[more].mean(1) if held is None else self.judged[more, held]
        return Lesson(
            np.concatenate([rows, n + more]),
            np.concatenate([np.eye(3)[self.labels[rows]], said]),
            np.concatenate([np.ones(len(rows)), np.full(len(more), count)]),
        )


def prepare(targets: Path, work: Path) -> None:
    """Parse every sentence and write what both readers see of each target."""
    rows = read_rows(targets)
    gold = [row for row in rows if "polarity" in row]
    common = common_of(gold)
    pairs = pairs_of(rows, common)
    names = [set(seen.names) for _, seen in pairs]
    counts, labelled = (Counter(name for each in part for name in each) for part in (names, names[: len(gold)]))
    column = {
        name: number
        for number, name in enumerate(
            sorted(name for name, n in counts.items() if n >= AT_LEAST_TAUGHT or labelled[name] >= AT_LEAST)
        )
    }
    deps = {dep: n for n, dep in enumerate(sorted({d for reading, _ in pairs[: len(gold)] for d in reading.deps}), 1)}
    save_npz(work / "linear_features.npz", linear_parts(pairs, column), compressed=False)
    np.savez(work / "network_arrays.npz", **network_arrays(pairs, deps))
    said = np.array([[predicated(*pair)] for pair in pairs[: len(gold)]])
    about = {
        "common": sorted(common),
        "deps": deps,
        "words": list(column),
        "said": said.tolist(),
        "n_numbers": number_matrix(pairs[:1]).shape[1],
    }
    (work / "about.json").write_text(json.dumps(about, ensure_ascii=False), "utf-8")
    if targets.resolve() != (work / "targets.jsonl").resolve():
        shutil.copyfile(targets, work / "targets.jsonl")
    print(f"{len(gold)} labelled targets, {len(rows) - len(gold)} taught, {len(column)} word features", flush=True)


def material(work: Path) -> Material:
    rows = read_rows(work / "targets.jsonl")
    gold, taught = ([row for row in rows if ("polarity" in row) is known] for known in (True, False))
    half = halves(gold)
    half_of = dict(zip([article_of(row["id"]) for row in gold], half.tolist(), strict=True))
    beside = np.array([half_of.get(article_of(row["id"].removeprefix("other:")), -1) for row in taught], int)
    judged = np.stack([np.load(work / f"judged{number}.npz")["p"] for number in (0, 1)], axis=1)
    return Material(
        rows,
        np.array([row["polarity"] + 1 for row in gold]),
        half,
        beside,
        judged,
        load_npz(work / "linear_features.npz"),
        json.loads((work / "about.json").read_text("utf-8")),
    )


def fit(part: str, work: Path) -> None:
    """One reader, on everything or without one half: writes its weights, or what it makes of that half."""
    known = material(work)
    kind, held = part.rstrip("0123456789"), int(part[-1]) if part[-1].isdigit() else None
    if kind == "linear":
        weights, intercept = fit_linear(known.features, len(known.about["words"]), known.lesson(held, TAUGHT_LINEAR))
        if held is None:
            np.savez(work / "linear.npz", weights=weights, intercept=intercept)
        else:
            tried = np.flatnonzero(known.half == held)
            np.savez(work / f"{part}.npz", votes=log_shares(known.features[tried] @ weights + intercept))
        return
    from tone_network import predict, train, weights_of

    arrays = dict(np.load(work / "network_arrays.npz"))
    learn_from = known.lesson(held if kind == "network" else None, TAUGHT_NETWORK)
    seed = 2000 + held if kind == "network" else 100 + held
    network = train(arrays, *learn_from, len(known.about["deps"]) + 1, seed=seed, epochs=EPOCHS)
    np.savez(
        work / f"{part}.npz",
        **(
            weights_of(network)
            if kind == "final"
            else {"votes": predict(network, arrays, np.flatnonzero(known.half == held))}
        ),
    )


def pack(work: Path, out: Path) -> None:
    """Mix the readers by what each half says of the other, print how well that does, and write the weights."""
    known = material(work)
    labels, half, gold = known.labels, known.half, known.rows[: len(known.labels)]
    linear, network = np.zeros((len(gold), 3)), np.zeros((len(gold), 3))
    for held in (0, 1):
        for votes, kind in ((linear, "linear"), (network, "network")):
            votes[half == held] = np.load(work / f"{kind}{held}.npz")["votes"]
        print(
            f"half {held}: linear {macro(labels[half == held], linear[half == held]):.3f}, "
            f"network {macro(labels[half == held], network[half == held]):.3f}"
        )
    votes = np.hstack([linear, network, np.array(known.about["said"])])
    mixed = np.zeros_like(linear)
    for held in (0, 1):
        here = half == held
        mixed[here] = np.hstack([votes[here], np.ones((here.sum(), 1))]) @ fit_mix(votes[~here], labels[~here])
    together = Counter(row["sentence"] for row in gold)
    several = np.array([together[row["sentence"]] > 1 for row in gold])
    print(
        f"cross-validated macro-F1: linear {macro(labels, linear):.3f}, network {macro(labels, network):.3f}, "
        f"both {macro(labels, mixed):.3f}, several targets {macro(labels[several], mixed[several]):.3f}"
    )
    chance = np.exp(log_shares(mixed))
    (work / "out_of_fold.jsonl").write_text(
        "".join(
            json.dumps({"id": row["id"], "p": [round(float(v), 4) for v in p]}) + "\n"
            for row, p in zip(gold, chance, strict=True)
        )
    )

    stored = np.load(work / "linear.npz")
    weights, words = stored["weights"], known.about["words"]
    first, second = len(words), len(words) + known.about["n_numbers"]
    useful = np.abs(weights[:first]).max(1) > USEFUL
    np.savez_compressed(
        out / "linear.npz",
        words=weights[:first][useful].astype(np.float16),
        numbers=(weights[first:second] * NUMBERS).astype(np.float16),
        views=(weights[second:] * VIEWS).astype(np.float16),
        intercept=stored["intercept"].astype(np.float32),
        mix=fit_mix(votes, labels).astype(np.float32),
    )
    kept_names = [name for name, keep in zip(words, useful, strict=True) if keep]
    (out / "vocabulary.json").write_text(
        json.dumps(
            {"version": VERSION, "common": known.about["common"], "deps": known.about["deps"], "words": kept_names},
            ensure_ascii=False,
            separators=(",", ":"),
        ),
        "utf-8",
    )
    np.savez_compressed(out / "network.npz", **dict(np.load(work / "final0.npz")))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("stage", choices=["prepare", "fit", "pack"])
    parser.add_argument("--targets", type=Path, help="for prepare: the file that tone_teacher.py writes")
    parser.add_argument("--part", choices=PARTS, help="for fit")
    parser.add_argument("--work", type=Path, required=True, help="folder for the results of each stage")
    parser.add_argument("--out", type=Path, default=ROOT / "framing/data/models/tone")
    options = parser.parse_args()
    if options.stage == "prepare":
        prepare(options.targets, options.work)
    elif options.stage == "fit":
        fit(options.part, options.work)
    else:
        pack(options.work, options.out)


if __name__ == "__main__":
    main()
