"""Does `wording` follow what annotators say of the author's feelings, and where they mark loaded words?

    python tests/benchmarks/wording_benchmark.py [--shared ../shared] [--half first|second|both] [--table TONE.pkl]

BASIL's development events (Fan et al. 2019: US news of three outlets, 50 events) are split into two halves by event:
every second one in the order of their names. Only the first half was looked at while the measure was made. Printed per
half and score (`wording`; `valence`; VADER of the sentence):

people     AUC of the mean score of an article in its own voice toward a main person, persons of whom the annotators say
           that the author feels negative against those of whom neutral. "annotators' words": the same from the phrases
           that they marked as lexical bias in the outlet's own voice, a ceiling for any measure of wording
sentences  AUC of the strongest score of a sentence, sentences with such a phrase against the others of the same
           articles; "with a target" leaves out sentences that name nobody

Intervals are of 1000 bootstrap samples of events.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from scipy.stats import rankdata

import framing
from framing.sentiment.tones import sentences, vader_score

N_BOOT = 1000
SCORES = ("wording", "valence", "VADER")


def auc(marks: np.ndarray, values: np.ndarray) -> float:
    """Share of pairs in which the marked one has the higher value; ties count half."""
    n, m = marks.sum(), (~marks).sum()
    return float((rankdata(values)[marks].sum() - n * (n + 1) / 2) / (n * m)) if n and m else float("nan")


def interval(table: pd.DataFrame, column: str, seed: int = 0) -> tuple[float, float]:
    """95 % of the AUC over resampled events."""
    rng = np.random.default_rng(seed)
    parts = [(part["marked"].to_numpy(), part[column].to_numpy()) for _, part in table.groupby("event")]
    found = []
    for _ in range(N_BOOT):
        drawn = [parts[n] for n in rng.integers(0, len(parts), len(parts))]
        found.append(auc(np.concatenate([d[0] for d in drawn]), np.concatenate([d[1] for d in drawn])))
    low, high = np.nanquantile(found, [0.025, 0.975])
    return float(low), float(high)


def read(shared: Path) -> tuple[pd.DataFrame, dict[str, Any], Any]:
    """Articles with their half, the annotations by article, and the scorer of names."""
    folder = shared / "bench"
    rows = pd.read_json(folder / "events" / "articles.jsonl", lines=True, dtype=False)
    rows["date"] = rows["date"].astype(str)
    events = sorted(rows["event"].unique())
    articles = framing.read_articles(rows.rename(columns={"id": "article_id"}), clean=False)
    articles["half"] = np.where(articles["event"].isin(events[::2]), "first", "second")
    lines = (folder / "names" / "dev.jsonl").read_text("utf-8").splitlines()
    spec = importlib.util.spec_from_file_location("score_names", folder / "names" / "score_names.py")
    assert spec and spec.loader
    scorer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scorer)
    return articles, {row["id"]: row for row in map(json.loads, lines)}, scorer


def own_phrases(annotated: dict[str, Any]) -> list[dict[str, Any]]:
    """Phrases marked as lexical bias in the outlet's own voice."""
    return [phrase for phrase in annotated["phrases"] if phrase["bias"] == "lex" and not phrase["quoted"]]


def people(articles: pd.DataFrame, tone: pd.DataFrame, gold: dict[str, Any], scorer: Any) -> pd.DataFrame:
    """One row per article and person that the annotators judge and `tone` finds: ``marked`` where negative."""
    own = tone[tone["voice"] == "outlet"]
    by_article, rows = dict(list(own.groupby("article_id"))), []
    for article in articles.itertuples():
        found = by_article.get(article.article_id)
        for name, feeling in gold.get(article.article_id, {"feelings": {}})["feelings"].items():
            if feeling == "pos" or found is None:
                continue
            here = found[[scorer.same(name, str(target)) for target in found["target"]]]
            if len(here):
                words = sum(
                    -1 if phrase["polarity"] == "neg" else 1
                    for phrase in own_phrases(gold[article.article_id])
                    if phrase["target"] == name
                )
                rows.append(
                    [
                        article.event,
                        article.outlet,
                        name,
                        feeling == "neg",
                        len(here),
                        *(-here[score].astype(float).mean() for score in SCORES),
                        -words,
                    ]
                )
    return pd.DataFrame(rows, columns=["event", "outlet", "name", "marked", "n", *SCORES, "annotators' words"])


def by_sentence(articles: pd.DataFrame, tone: pd.DataFrame, gold: dict[str, Any]) -> pd.DataFrame:
    """One row per sentence: ``marked`` where it holds a lexical phrase in the outlet's own voice."""
    own = tone[tone["voice"] == "outlet"]
    strongest = {
        score: own[score].astype(float).abs().groupby([own["article_id"], own["sentence"]]).max() for score in SCORES
    }
    rows = []
    spans = [
        (one.article.article_id, one.number, one.start, one.end)
        for one in sentences(articles[articles["article_id"].isin(list(gold))])
    ]
    table = pd.DataFrame(spans, columns=["article_id", "sentence", "start", "end"])
    events = articles.set_index("article_id")["event"]
    texts = articles.set_index("article_id")["text"]
    for article_id, part in table.groupby("article_id", sort=False):
        found = [place(texts[article_id], phrase, part) for phrase in own_phrases(gold[str(article_id)])]
        places = [at for at in found if at >= 0]
        for row in part.itertuples():
            key = (article_id, row.sentence)
            rows.append(
                [
                    events[article_id],
                    any(row.start <= at < row.end for at in places),
                    key in strongest["wording"].index,
                    *(strongest[score].get(key, 0.0) for score in SCORES),
                ]
            )
    return pd.DataFrame(rows, columns=["event", "marked", "named", *SCORES])


def place(text: str, phrase: dict[str, Any], sentences_of: pd.DataFrame) -> int:
    """Where a phrase stands: of several places the one nearest to the sentence that the annotators give."""
    at, found = text.find(phrase["text"]), []
    while at >= 0:
        found.append(at)
        at = text.find(phrase["text"], at + 1)
    number = phrase["sentence"].lstrip("p").split("_")[0]
    wanted = int(number) if number.isdigit() else 0  # a phrase of the title
    starts = sentences_of["start"].to_numpy()
    return min(found, key=lambda at: abs(int(np.searchsorted(starts, at, side="right")) - 1 - wanted), default=-1)


def report(half: str, measure: str, table: pd.DataFrame, scores: tuple[str, ...]) -> list[list[Any]]:
    rows = []
    for score in scores:
        value = auc(table["marked"].to_numpy(bool), table[score].to_numpy(float))
        rows.append(
            [
                half,
                measure,
                score,
                int(table["marked"].sum()),
                int((~table["marked"].astype(bool)).sum()),
                value,
                *interval(table, score),
            ]
        )
    return rows


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path(__file__).resolve().parents[3] / "shared")
    parser.add_argument("--half", choices=["first", "second", "both"], default="both")
    parser.add_argument("--table", type=Path, help="keep the table of tone here, and read it from here")
    options = parser.parse_args()
    articles, gold, scorer = read(options.shared)
    if options.half != "both":
        articles = articles[articles["half"] == options.half]
    if options.table and options.table.exists():
        tone = pd.read_pickle(options.table)
    else:
        tone = framing.tone(articles)
        if options.table:
            tone.to_pickle(options.table)
    texts = articles.set_index("article_id")["text"]
    tone = tone[tone["article_id"].isin(articles["article_id"])]
    bounds = {(one.article.article_id, one.number): (one.start, one.end) for one in sentences(articles)}
    tone["VADER"] = [
        vader_score(texts[key][slice(*bounds[key, number])])
        for key, number in zip(tone["article_id"], tone["sentence"], strict=True)
    ]
    rows = []
    for half, part in articles.groupby("half"):
        here = tone[tone["article_id"].isin(part["article_id"])]
        persons = people(part, here, gold, scorer)
        rows += report(str(half), "people", persons, (*SCORES, "annotators' words"))
        found = by_sentence(part, here, gold)
        rows += report(str(half), "sentences", found, SCORES)
        rows += report(str(half), "sentences with a target", found[found["named"]], SCORES)
    table = pd.DataFrame(rows, columns=["half", "measure", "score", "n_marked", "n_others", "auc", "low", "high"])
    print(table.round(3).to_string(index=False))


if __name__ == "__main__":
    main()
