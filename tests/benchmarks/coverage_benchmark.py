"""How well facts are found: grids of the bundled corpus and of ``../shared/articles``, which nothing is learned from.

    python tests/benchmarks/coverage_benchmark.py

How well the matcher does on events left out of learning is printed by ``training/train_facts.py``.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

import framing
from framing.salience.facts import coverage

HERE = Path(__file__).resolve()
DATA = HERE.parents[1] / "data"
PAGES = HERE.parents[3] / "shared" / "articles"


def measure(grid: pd.DataFrame, gold: pd.DataFrame) -> str:
    """Precision of "found", recall over decided cells and over all, share unsure; debatable cells left aside."""
    return measure_cells(grid.merge(gold, on=["article_id", "fact"], suffixes=("", "_gold")))


def measure_cells(both: pd.DataFrame) -> str:
    both = both[both["found_gold"] != "debatable"]
    found, true, unsure = both["found"] == "found", both["found_gold"] == "found", both["found"] == "unsure"
    hits = (found & true).sum()
    return (
        f"{len(both)} cells: precision {hits / found.sum():.3f}, "
        f"recall {hits / (true & ~unsure).sum():.3f} of decided, {hits / true.sum():.3f} of all, "
        f"unsure {unsure.mean():.3f}"
    )


def summit_gold() -> pd.DataFrame:
    return pd.read_csv(framing.example_path("summit", "key/gold_coverage.csv"))


def pages_gold(articles: pd.DataFrame) -> pd.DataFrame:
    gold = pd.read_csv(DATA / "five_pages_coverage.csv")
    names = {Path(str(row.path)).name: row.article_id for row in articles.itertuples()}
    return gold.assign(article_id=gold["file"].map(names))[["article_id", "fact", "found"]]


def main() -> None:
    articles = framing.example()
    print("summit,", measure(coverage(articles, framing.example_path("summit", "facts.csv")), summit_gold()))
    if PAGES.is_dir():
        pages = framing.read_articles(PAGES)
        print("five pages,", measure(coverage(pages, DATA / "five_pages_facts.csv"), pages_gold(pages)))


if __name__ == "__main__":
    main()
