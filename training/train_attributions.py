"""Fit the weights that say how sure an attribution is, and write them to framing/data/models/attributions.

    python training/train_attributions.py [--bench ../shared/bench] [--out DIR]

Learned from the sheets ``tests/data/us_events_*.csv`` and ``web_pages_quotes.csv``: rows drawn at random from news of US
politics (``BENCH/events``) and from pages of other topics (``BENCH/html``), each judged right or not by readers who did not
know the program. A row that is found and cut today as it was then says what it was judged; one that is cut otherwise now
says nothing. Prints how well each drawing does that is left out of the fit; then learns from all. Needs the models of
zones, quotes and pronouns. Three minutes of one core.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import itertools
import json
import sys
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from scipy.optimize import minimize
from sklearn.metrics import roc_auc_score

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

import framing  # noqa: E402
from framing.language import parse  # noqa: E402
from framing.precision import on_one_thread  # noqa: E402
from framing.quotes import certainty, finding  # noqa: E402
from framing.quotes.certainty import COUNTED_FROM, NEVER_COUNTED, OF_SPEAKER, SIGNS, signs, signs_of_speaker  # noqa: E402

LEARNED = 6  # drawings of other topics; the later ones, and `us_events_seventh.csv`, measure
SHEETS = ROOT / "tests" / "data"
UP = {"tagged", "least", "source_link", "cue_link", "speech"}  # more of it can only speak for the row
DOWN = {*OF_SPEAKER, "nested", "slight", "no_cue", "far_cue", "pronoun"}  # can only speak against it
PENALTY = 0.05  # ridge, as variance of standardised weights; .02 and .1 do the same within .01


def us_news(bench: Path) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The articles of US news, and the rows of all sheets of them but the first, which only its author judged."""
    rows = pd.read_json(bench / "events" / "articles.jsonl", lines=True, dtype=False)
    rows = rows.assign(date=rows["date"].astype(str)).rename(columns={"id": "article_id"})
    tables = {
        name: pd.read_csv(SHEETS / f"us_events_{name}.csv")
        for name in ("second_half", "third", "fourth", "fifth", "sixth")
    }
    sheet = pd.concat([table.assign(drawing=name) for name, table in tables.items()], ignore_index=True)
    return framing.read_articles(rows, clean=False), sheet.assign(speaker=None)


def other_topics(bench: Path) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The pages in English of other topics, and the rows drawn from them."""
    with tempfile.TemporaryDirectory() as folder:
        for packed in sorted((bench / "html" / "pages").glob("*.html.gz")):
            (Path(folder) / packed.name.removesuffix(".gz")).write_bytes(gzip.decompress(packed.read_bytes()))
        articles = framing.read_articles(folder)
    articles = articles[articles["language"].fillna("en") == "en"].reset_index(drop=True)
    sheet = pd.read_csv(SHEETS / "web_pages_quotes.csv", keep_default_na=False)
    sheet = sheet[sheet["drawing"] <= LEARNED]
    names = {Path(row.path).stem: row.article_id for row in articles.itertuples()}
    sheet = sheet.assign(article_id=sheet["page"].map(names), drawing="other topics " + sheet["drawing"].astype(str))
    return articles, sheet


def rows_with_signs(articles: pd.DataFrame) -> pd.DataFrame:
    """Every attribution as found today, with ``signs``."""
    seen: list[tuple[list[float], bool]] = []

    def noted(*told: Any) -> tuple[list[float], bool]:
        seen.append(signs(*told))
        return seen[-1]

    finding.signs = noted
    try:
        known = {}
        for article, doc in parse(articles):
            seen.clear()
            rows = finding._article_rows(article, doc, finding.by_tagger, True)
            given = [number for _, _, _, number, kind, *_ in rows if kind != "scare"]
            known |= zip(given, seen, strict=True)
    finally:
        finding.signs = signs
    quotes = framing.find_quotes(articles)
    quotes = quotes[quotes["kind"] != "scare"]
    return quotes.assign(
        signs=[[*known[row.quote_id][0], *signs_of_speaker(row.speaker, row.certainty)] for row in quotes.itertuples()],
        counts=[known[row.quote_id][1] for row in quotes.itertuples()],
    )


def judged(articles: pd.DataFrame, sheet: pd.DataFrame) -> pd.DataFrame:
    """The rows of a sheet that stand today as they stood then: ``drawing, signs, counts, kind, nested, right`` (0 to 1)."""
    here = dict(list(rows_with_signs(articles).groupby("article_id")))
    found = []
    for row in sheet.itertuples():
        second = getattr(row, "second_reader", None)
        verdicts = [row.verdict, second if isinstance(second, str) and second else row.verdict]
        right = sum(verdict == "right" for verdict in verdicts) / 2
        for quote in here[row.article_id].itertuples() if row.article_id in here else []:
            both = min(quote.end, row.end) - max(quote.start, row.start)
            alike = both / (max(quote.end, row.end) - min(quote.start, row.start))
            if alike == 1 or (right == 1 and alike > 0.9):
                if row.speaker is not None and right == 1 and digest(quote.speaker) != row.speaker:
                    continue
                found.append([row.drawing, quote.signs, quote.counts, quote.kind, bool(quote.nested), right])
                break
    return pd.DataFrame(found, columns=["drawing", "signs", "counts", "kind", "nested", "right"])


def digest(name: Any) -> str:
    return hashlib.sha256(name.encode()).hexdigest()[:12] if isinstance(name, str) else ""


def fit(rows: np.ndarray, right: np.ndarray) -> np.ndarray:
    """Intercept and weights of a logistic regression with a ridge, weights held to the sign they must have."""
    mean, sd = rows.mean(axis=0), rows.std(axis=0) + 1e-6
    z = (rows - mean) / sd

    def loss(theta: np.ndarray) -> tuple[float, np.ndarray]:
        value = z @ theta[1:] + theta[0]
        error = 1 / (1 + np.exp(-value)) - right
        return (
            float((np.logaddexp(0, value) - right * value).sum() + (theta[1:] ** 2).sum() / (2 * PENALTY)),
            np.append(error.sum(), error @ z + theta[1:] / PENALTY),
        )

    names = [*SIGNS, *OF_SPEAKER]
    bounds = [(0, None) if name in UP else (None, 0) if name in DOWN else (None, None) for name in names]
    theta = minimize(loss, np.zeros(len(names) + 1), jac=True, method="L-BFGS-B", bounds=[(None, None), *bounds]).x
    weights = theta[1:] / sd
    return np.append(theta[0] - (weights * mean).sum(), weights)


def chances(rows: np.ndarray, theta: np.ndarray) -> np.ndarray:
    return 1 / (1 + np.exp(-(rows @ theta[1:] + theta[0])))


def reached(sheet: pd.DataFrame, chance: np.ndarray, cut: float) -> str:
    """Rows that count from `cut` on, how many are right, and how many of the right ones are left."""
    marked = (sheet["kind"] != "indirect") & ~sheet["nested"]
    marked &= (sheet["kind"] == "direct") | (chance >= NEVER_COUNTED) | (cut < NEVER_COUNTED)
    ever = (sheet["kind"] != "indirect") & ~sheet["nested"] | sheet["counts"]
    kept = marked | (sheet["counts"] & (chance >= cut))
    left = sheet.loc[kept, "right"].sum() / sheet.loc[ever, "right"].sum()
    return f"{kept.sum()} rows, {sheet.loc[kept, 'right'].mean():.3f} right, {left:.3f} of the right ones left"


@on_one_thread
def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bench", type=Path, default=ROOT.parent / "shared" / "bench")
    parser.add_argument("--out", type=Path, default=ROOT / "framing" / "data" / "models" / "attributions")
    options = parser.parse_args()
    path = options.out / "weights.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        path.write_text(json.dumps(dict.fromkeys(["intercept", *SIGNS, *OF_SPEAKER], 0.0)), "utf-8")
        certainty._weights.cache_clear()
    sheet = pd.concat([judged(*news(options.bench)) for news in (us_news, other_topics)], ignore_index=True)
    rows, right = np.array(sheet["signs"].tolist()), sheet["right"].to_numpy(float)
    left_out = np.zeros(len(sheet))
    for drawing in sheet["drawing"].unique():
        inside = (sheet["drawing"] == drawing).to_numpy()
        left_out[inside] = chances(rows[inside], fit(rows[~inside], right[~inside]))
    other = sheet["drawing"].str.startswith("other").to_numpy()
    for name, those in (("US news", ~other), ("other topics", other)):
        auc = roc_auc_score(right[those] > 0.5, left_out[those])
        print(f"{name}, drawings left out: {those.sum()} rows, {right[those].mean():.3f} right, AUC {auc:.3f}")
        for cut in (0.0, 0.5, 0.55, 0.6, COUNTED_FROM, 0.7, 0.75, 0.8):
            print(f"  from {cut:g}: {reached(sheet[those], left_out[those], cut)}")
    edges = np.array([0, 0.5, 0.6, 0.7, 0.8, 0.9, 1])
    for low, high in itertools.pairwise(edges):
        inside = (left_out >= low) & (left_out < high)
        print(f"  chance {low:g} to {high:g}: {inside.sum()} rows, {right[inside].mean():.3f} right")
    told = dict(zip(["intercept", *SIGNS, *OF_SPEAKER], np.round(fit(rows, right), 3).tolist(), strict=True))
    path.write_text(json.dumps(told, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
