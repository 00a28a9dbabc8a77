"""How right, how fast and how large the tone model is.

    python tests/benchmarks/tone_benchmark.py speed
    python tests/benchmarks/tone_benchmark.py scores ../shared/bench/sentiment/dev_rw.jsonl [more files]
    python tests/benchmarks/tone_benchmark.py people OUT_OF_FOLD.jsonl ../shared/bench/sentiment/train.jsonl

`scores` prints macro-F1, accuracy and F1 by class of the model beside TextBlob and VADER, then by kind of sentence.
`people` takes the file that ``training/train_tone.py --oof`` writes and correlates mean tone per person with the
mean of the labels, over persons with at least 20 targets. `speed` counts processor time, so set OMP_NUM_THREADS=1.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from pathlib import Path

import numpy as np
import pandas as pd

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from framing.sentiment.tones import score_targets, textblob_scores, vader_score

KINDS = {
    "all": lambda t: t["sentence"].notna(),
    "with quotation marks": lambda t: t["sentence"].str.contains('["“]'),
    "without": lambda t: ~t["sentence"].str.contains('["“]'),
    "one target": lambda t: t.groupby("sentence")["sentence"].transform("size") == 1,
    "two and more": lambda t: t.groupby("sentence")["sentence"].transform("size") > 1,
    "up to 20 words": lambda t: t["sentence"].str.split().str.len() <= 20,
    "over 35 words": lambda t: t["sentence"].str.split().str.len() > 35,
    "negated": lambda t: t["sentence"].str.contains(r"\b(?:not|never|no)\b|n['’]t\b"),
    "target a pronoun": lambda t: (
        t["mention"].str.lower().isin(["he", "she", "him", "her", "his", "they", "them", "their", "i", "me", "my"])
    ),
}
NO_SURNAMES = """
    He She They We His Her Their You House Party President Republicans Democrats Senate Congress Committee
    Department Administration Court Times Facebook Twitter Google States America Americans People This That The
""".split()


def read(path: str) -> pd.DataFrame:
    return pd.DataFrame([json.loads(line) for line in Path(path).read_text("utf-8").splitlines()])


def measures(gold: pd.Series, found: pd.Series) -> list[float]:
    from sklearn.metrics import f1_score

    each = f1_score(gold, found, labels=[-1, 0, 1], average=None, zero_division=0)
    return [len(gold), float((gold == found).mean()), float(each.mean()), *map(float, each)]


def scores(paths: list[str]) -> pd.DataFrame:
    rows = []
    for path in paths:
        gold = read(path)["polarity"]
        table = score_targets(read(path))
        found = {
            "the model": table["polarity"].astype(int),
            "VADER, ±.05": np.sign(table["sentence"].map(vader_score).where(lambda v: v.abs() >= 0.05, 0)).astype(int),
            "TextBlob, sign": np.sign(table["sentence"].map(lambda s: textblob_scores(s)[0])).astype(int),
        }
        for name, polarity in found.items():
            rows.append([Path(path).stem, name, "all", *measures(gold, polarity)])
        for kind, chosen in KINDS.items():
            here = chosen(table).to_numpy()
            if kind != "all" and here.any():
                rows.append([Path(path).stem, "the model", kind, *measures(gold[here], found["the model"][here])])
    columns = ["file", "method", "sentences", "n", "accuracy", "macro_f1", "negative", "neutral", "positive"]
    return pd.DataFrame(rows, columns=columns).round(3)


def people(out_of_fold: str, data: str, at_least: int = 20) -> pd.DataFrame:
    """Correlation of mean tone per person with the mean label, per method."""
    table = read(data).merge(read(out_of_fold), on="id")
    table["the model, out of fold"] = [p[2] - p[0] for p in table["p"]]
    table["TextBlob"] = table["sentence"].map(lambda text: textblob_scores(text)[0])
    table["VADER"] = table["sentence"].map(vader_score)
    # an id ends in the person's name and two offsets: all mentions of one person, pronouns too, share the name
    whole = table["id"].str.rsplit("_", n=3).str[1].str.replace(r"['’]s$", "", regex=True)
    table["person"] = whole.str.split().str[-1]
    table = table[table["person"].str.fullmatch(r"[A-Z][a-z]\w+", na=False) & ~table["person"].isin(NO_SURNAMES)]
    table = table[table.groupby("person")["id"].transform("size") >= at_least]
    means = table.groupby("person")[["polarity", "the model, out of fold", "VADER", "TextBlob"]].mean()
    rows = []
    for name in means.columns[1:]:
        pairs = [
            (a, b)
            for a in means.index
            for b in means.index
            if means.loc[a, "polarity"] - means.loc[b, "polarity"] >= 0.3
        ]
        right = np.mean([means.loc[a, name] > means.loc[b, name] for a, b in pairs])
        rows.append([name, len(means), means["polarity"].corr(means[name]), len(pairs), right])
    return pd.DataFrame(rows, columns=["method", "n_people", "correlation", "n_clear_pairs", "ordered_right"]).round(3)


def speed(n: int = 1000) -> pd.DataFrame:
    from framing.language import model
    from framing.sentiment.features import SentenceReading, see
    from framing.sentiment.model import load_model, probabilities

    who = ["Mary Jones", "the minister", "Peter Brown"]
    what = [
        "praised {} for the new harbour and its quiet streets",
        "accused {} of hiding the true cost of the bridge",
        "said that {} would meet the unions on Tuesday to talk about pay and hours",
    ]
    texts = [
        f"On day {i} of the debate {who[i % 3]} {what[i % 3].format(who[(i + 1) % 3])}, according to a report "
        "that the city council published after weeks of delay."
        for i in range(n)
    ]
    nlp = model()
    list(nlp.pipe(texts[:20]))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    started = time.process_time()
    common = load_model().common
    loaded = time.process_time()
    docs = list(nlp.pipe(texts, batch_size=64))
    parsed = time.process_time()
    pairs = [
        (reading, see(reading, texts[i].index(who[i % 3]), texts[i].index(who[i % 3]) + len(who[i % 3])))
        for i, reading in enumerate(SentenceReading(doc[:], common) for doc in docs)
    ]
    probabilities(pairs)
    done = time.process_time()
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return pd.DataFrame(
        [
            ["load the model, s", loaded - started],
            ["parse, sentences/s", n / (parsed - loaded)],
            ["score, targets/s", n / (done - parsed)],
            ["added memory, MB", (after - before) / 1024],
        ],
        columns=["measure", "value"],
    ).round(2)


if __name__ == "__main__":
    command = {"scores": lambda: scores(sys.argv[2:]), "people": lambda: people(*sys.argv[2:4]), "speed": speed}
    print(command[sys.argv[1]]().to_string(index=False))
