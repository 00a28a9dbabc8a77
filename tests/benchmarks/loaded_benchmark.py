"""Loaded wording on hand-annotated sentences, beside VADER, TextBlob, tf-idf and the outlet's name alone.

    python tests/benchmarks/loaded_benchmark.py [--shared ../shared]

Nothing in framing was trained on BABE (Spinde et al. 2021); its train part was looked at, its dev part is for
measuring. What is trained here (tf-idf, the outlet line) is trained on its train part to be compared with, and kept
nowhere. "Outlets left out": tf-idf never sees an article of the outlet it is tested on. "Inside": mean AUC inside
outlets with ten sentences or more of either kind, where knowing the outlet does not help.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
from collections import defaultdict
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from framing import read_articles
from framing.words.loaded_wording import LEAST, find_loaded

CUT = 0.4  # a sentence is called loaded from this sum of scores on; set on the train part


def load(path: Path) -> dict[str, dict[str, Any]]:
    return {row["id"]: row for row in map(json.loads, path.read_text(encoding="utf-8").splitlines())}


def by_framing(gold: dict[str, Any]) -> dict[str, Any]:
    table = pd.DataFrame(
        [{"article_id": key, "outlet": row["outlet"], "event": "e", "text": row["text"]} for key, row in gold.items()]
    )
    found = find_loaded(read_articles(table, clean=False), min_score=0)
    score = found.groupby("article_id")["score"].sum()
    words = found[found["score"] >= LEAST].groupby("article_id")["text"].agg(list)
    return {
        key: {
            "id": key,
            "score": float(score.get(key, 0)),
            "biased": bool(score.get(key, 0) >= CUT),
            "biased_words": words.get(key, []),
        }
        for key in gold
    }


def by_vader(gold: dict[str, Any]) -> dict[str, Any]:
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    analyser = SentimentIntensityAnalyzer()
    strong = {word for word, value in analyser.lexicon.items() if abs(value) > 1.5}
    return {
        key: {
            "id": key,
            "score": abs(analyser.polarity_scores(row["text"])["compound"]),
            "biased": abs(analyser.polarity_scores(row["text"])["compound"]) > 0.5,
            "biased_words": [w for w in row["text"].split() if w.lower().strip(".,;:!?\"'()") in strong],
        }
        for key, row in gold.items()
    }


def by_textblob(gold: dict[str, Any]) -> dict[str, Any]:
    from textblob.en.sentiments import PatternAnalyzer

    analyser = PatternAnalyzer()
    return {
        key: {
            "id": key,
            "score": analyser.analyze(row["text"]).subjectivity,
            "biased": analyser.analyze(row["text"]).subjectivity > 0.5,
            "biased_words": [w for w in row["text"].split() if analyser.analyze(w).subjectivity > 0.5],
        }
        for key, row in gold.items()
    }


def by_outlet(train: dict[str, Any], gold: dict[str, Any]) -> dict[str, Any]:
    share = defaultdict(list)
    for row in train.values():
        share[row["outlet"]].append(row["biased"])
    mean = {outlet: float(np.mean(marks)) for outlet, marks in share.items()}
    return {
        key: {"id": key, "score": mean.get(row["outlet"], 0.5), "biased": mean.get(row["outlet"], 0.5) > 0.5}
        for key, row in gold.items()
    }


def by_tfidf(train: dict[str, Any], gold: dict[str, Any], *, leave_out: bool) -> dict[str, Any]:
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline

    found = {}
    groups = sorted({row["outlet"] for row in gold.values()}) if leave_out else [None]
    for outlet in groups:
        seen = [row for row in train.values() if outlet is None or row["outlet"] != outlet]
        asked = {key: row for key, row in gold.items() if outlet is None or row["outlet"] == outlet}
        model = make_pipeline(
            TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, min_df=2), LogisticRegression(C=3, max_iter=500)
        )
        model.fit([row["text"] for row in seen], [row["biased"] for row in seen])
        for key, p in zip(asked, model.predict_proba([row["text"] for row in asked.values()])[:, 1], strict=True):
            found[key] = {"id": key, "score": float(p), "biased": bool(p > 0.5)}
    return found


def inside(scorer: Any, gold: dict[str, Any], predicted: dict[str, Any]) -> float:
    """Mean AUC inside outlets."""
    values = []
    for outlet in {row["outlet"] for row in gold.values()}:
        keys = [key for key, row in gold.items() if row["outlet"] == outlet]
        marks = [gold[key]["biased"] for key in keys]
        if 10 <= sum(marks) <= len(marks) - 10:
            values.append(scorer.roc_auc(marks, [predicted[key]["score"] for key in keys]))
    return float(np.mean(values))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path(__file__).resolve().parents[3] / "shared")
    folder = parser.parse_args().shared / "bench" / "loaded"
    spec = importlib.util.spec_from_file_location("score_loaded", folder / "score_loaded.py")
    assert spec and spec.loader
    scorer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scorer)
    gold, train = load(folder / "dev.jsonl"), load(folder / "train.jsonl")
    runs = {
        "framing, find_loaded (untrained)": by_framing(gold),
        "VADER, |compound|": by_vader(gold),
        "TextBlob, subjectivity": by_textblob(gold),
        "the outlet's name alone (trained)": by_outlet(train, gold),
        "tf-idf (trained)": by_tfidf(train, gold, leave_out=False),
        "tf-idf (trained, outlets left out)": by_tfidf(train, gold, leave_out=True),
    }
    print(
        f"{'BABE dev, ' + str(len(gold)) + ' sentences':38s}{'macro-F1':>9s}{'AUC':>7s}{'inside':>8s}"
        f"{'word P':>8s}{'R':>6s}{'F1':>6s}"
    )
    for name, predicted in runs.items():
        result = scorer.score(gold, predicted)
        words = "".join(
            f"{result[f'word_{part}']:{width}.3f}" if "word_f1" in result else " " * width
            for part, width in (("precision", 8), ("recall", 6), ("f1", 6))
        )
        within = inside(scorer, gold, predicted)
        print(f"{name:38s}{result['macro_f1']:9.3f}{result['roc_auc']:7.3f}{within:8.3f}{words}")


if __name__ == "__main__":
    main()
