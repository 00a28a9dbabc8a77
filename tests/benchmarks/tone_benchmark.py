"""How right, how fast and how large the tone model is.

    python tests/benchmarks/tone_benchmark.py speed
    python tests/benchmarks/tone_benchmark.py scores ../shared/bench/sentiment/dev_rw.jsonl [more files]
    python tests/benchmarks/tone_benchmark.py people OUT_OF_FOLD.jsonl ../shared/bench/sentiment/train.jsonl
    python tests/benchmarks/tone_benchmark.py draw ../shared FOLDER
    python tests/benchmarks/tone_benchmark.py verdicts FOLDER/key.csv FOLDER/reader_1.csv FOLDER/reader_2.csv

`scores` prints macro-F1, accuracy and F1 by class of the model beside TextBlob and VADER, then by kind of sentence.
`people` takes the file that ``training/train_tone.py --oof`` writes and correlates mean tone per person with the
mean of the labels, over persons with at least 20 targets. `speed` counts processor time, so set OMP_NUM_THREADS=1.
`draw` writes 300 rows of real events in the outlet's own voice, none of earlier sheets, for two readers who know nothing of
the answers: up to 100 of each side that `wording` takes, 100 nearly so, 50 of each side that only `polarity` takes, the
rest plain. FOLDER then holds other people's text and stays outside. `verdicts` takes what they wrote
(``row,wording,told``), prints agreement and precision, weighted to the corpus, and keeps the sheet without text.
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


DATA = Path(__file__).resolve().parents[1] / "data"
EARLIER = ["tone_rows.csv", "tone_rows_second_half.csv"]
KEPT = DATA / "wording_rows.csv"
KEY = ["article_id", "start", "end", "voice"]
SEED = 61
NEARLY = 0.2  # wording that is loaded and takes no side
TASK = """Rows of real news articles. In each the person, country or body that is meant stands in [[double brackets]]; the sentence
before and the one after are there to understand it, not to be judged. Give two answers per row:

wording  Does the outlet's own choice of words evaluate the target?
         -1  it runs the target down: a loaded noun or epithet, an adjective or adverb that judges, a verb that mocks, blames
             or doubts where a plainer one would tell the same, scare quotes, irony
          1  it raises the target: words of praise or admiration where plainer ones would tell the same
          0  plain words, however bad or good the news is ("was arrested", "lost the vote", "won the prize"); also where the words
             that judge stand between quotation marks or are plainly ascribed to somebody, where they judge somebody or
             something else, and where the brackets do not hold the target that is named
         Ask yourself: is there a plainer way to tell the same fact, and does the difference fall on the target?
told     Whatever the words: in the outlet's own voice, does the sentence tell something bad (-1) or good (1) of the target?
          0 where neither, or where it cannot be told, or where the brackets do not hold the target that is named

Write a CSV file with the head row,wording,told and one line for each row. Judge every row by itself and all of them.
"""


def draw(shared: str, folder: str, n: int = 100) -> pd.DataFrame:
    """Write ``sheet_1.txt``, ``sheet_2.txt`` (other order, same numbers) and ``key.csv``."""
    import framing
    from framing.sentiment.model import sides
    from framing.sentiment.tones import sentences

    rows = pd.read_json(Path(shared) / "bench" / "events" / "articles.jsonl", lines=True, dtype=False)
    rows["date"] = rows["date"].astype(str)
    articles = framing.read_articles(rows.rename(columns={"id": "article_id"}), clean=False)
    table = framing.tone(articles)
    own = table[table["voice"] == "outlet"].drop_duplicates(KEY)
    own = own.assign(drawn=sides(own["wording"].to_numpy(float)))
    own["nearly"] = (own["drawn"] == 0) & (own["wording"].astype(float).abs() >= NEARLY)
    own["cell"] = list(zip(own["drawn"], own["polarity"].astype(int), own["nearly"], strict=True))
    done = pd.concat([pd.read_csv(DATA / name)[KEY] for name in EARLIER]).assign(done=True)
    fresh = own.merge(done, on=KEY, how="left")
    fresh = fresh[fresh["done"].isna()].sort_values(KEY)
    sided = [part.sample(min(n, len(part)), random_state=SEED) for side, part in fresh.groupby("drawn") if side]
    nearly, plain = fresh[fresh["nearly"]], fresh[(fresh["drawn"] == 0) & ~fresh["nearly"]]
    sided.append(nearly.sample(min(n, len(nearly)), random_state=SEED))
    told = [part.sample(min(n // 2, len(part)), random_state=SEED) for side, part in plain.groupby("polarity") if side]
    rest = 3 * n - sum(map(len, [*sided, *told]))
    chosen = pd.concat([*sided, *told, plain[plain["polarity"] == 0].sample(rest, random_state=SEED)])
    chosen = chosen.sample(frac=1, random_state=SEED).reset_index(drop=True)
    chosen["row"] = chosen.index + 1
    shares = own["cell"].value_counts(normalize=True) / chosen["cell"].value_counts(normalize=True)
    chosen["weight"] = chosen["cell"].map(shares)
    texts = dict(zip(articles["article_id"], articles["text"], strict=True))
    spans: dict[str, list[tuple[int, int]]] = {}
    for one in sentences(articles[articles["article_id"].isin(chosen["article_id"])]):
        spans.setdefault(one.article.article_id, []).append((one.start, one.end))
    written, lists = {}, []
    for row in chosen.itertuples():
        text, here = texts[row.article_id], spans[row.article_id]
        at = next(n for n, (start, end) in enumerate(here) if start <= row.start < end)
        first, last = here[at]
        before = text[slice(*here[at - 1])] if at else ""
        after = text[slice(*here[at + 1])] if at + 1 < len(here) else ""
        marked = f"{text[first : row.start]}[[{text[row.start : row.end]}]]{text[row.end : last]}"
        before, marked, after = (" ".join(part.split()) for part in (before, marked, after))
        written[row.row] = f"{row.row}. target: {row.target}\n   before: {before}\n   >> {marked}\n   after: {after}\n"
        vader = vader_score(text[first:last])
        lists.append(
            [int(np.sign(vader)) if abs(vader) >= 0.05 else 0, int(np.sign(textblob_scores(text[first:last])[0]))]
        )
    chosen[["vader", "textblob"]] = lists
    for reader, seed in ((1, 101), (2, 202)):
        order = chosen["row"].sample(frac=1, random_state=seed)
        sheet = "\n".join([TASK, *(written[number] for number in order)])
        (Path(folder) / f"sheet_{reader}.txt").write_text(sheet, "utf-8")
    key = chosen[
        ["row", *KEY, "event", "drawn", "nearly", "polarity", "wording", "valence", "weight", "vader", "textblob"]
    ]
    key.to_csv(Path(folder) / "key.csv", index=False)
    return chosen.groupby(["drawn", "nearly", "polarity"], as_index=False).agg(
        rows=("row", "size"), events=("event", "nunique")
    )


def verdicts(key: str, first: str, second: str) -> pd.DataFrame:
    """Agreement of both readers and how often each side is right where they agree; keeps the sheet, without text."""
    from sklearn.metrics import f1_score

    from framing.evaluate import krippendorff_alpha

    table = pd.read_csv(key)
    for number, path in (("first", first), ("second", second)):
        read_by = pd.read_csv(path)[["row", "wording", "told"]]
        table = table.merge(
            read_by.set_axis(["row", f"{number}_reader", f"{number}_told"], axis=1), on="row", how="left"
        )
    asked = ["first_reader", "second_reader", "first_told", "second_told"]
    missing = table[asked].isna().any(axis=1)
    if missing.any() or not table[asked].isin([-1, 0, 1]).all(axis=None):
        raise SystemExit(
            f"Not every row has -1, 0 or 1 from both; the first without: {table.loc[missing, 'row'].tolist()[:9]}"
        )
    table[asked] = table[asked].astype(int)
    table[[*KEY, *asked]].sort_values(KEY).to_csv(KEPT, index=False)
    rows = []
    for question, one, other, found in (
        ("wording", "first_reader", "second_reader", "drawn"),
        ("told", "first_told", "second_told", "polarity"),
    ):
        alpha = krippendorff_alpha(table[[one, other]], level="ordinal")
        rows.append([question, "alpha", len(table), alpha["alpha"]])
        both = table[table[one] == table[other]]
        for side in (-1, 0, 1):
            here = both[both[found] == side]
            right = np.average(here[one] == side, weights=here["weight"]) if len(here) else np.nan
            rows.append([question, f"precision of {side}", len(here), right])
        for name in (found, "vader", "textblob"):
            f1 = f1_score(both[one], both[name], average="macro", sample_weight=both["weight"])
            rows.append([question, f"macro-F1 of {name}, weighted to the corpus", len(both), f1])
    return pd.DataFrame(rows, columns=["question", "measure", "rows", "value"]).round(3)


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
    command = {
        "scores": lambda: scores(sys.argv[2:]),
        "people": lambda: people(*sys.argv[2:4]),
        "draw": lambda: draw(*sys.argv[2:4]),
        "verdicts": lambda: verdicts(*sys.argv[2:5]),
        "speed": speed,
    }
    print(command[sys.argv[1]]().to_string(index=False))
