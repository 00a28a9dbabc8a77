"""How well quotations and speakers are found: floors on the bundled corpus and on five real pages.

The gold of the pages was written down by reading them, sentence by sentence, before any extractor was run; it holds
offsets and names only (``data/five_pages_quotes.csv``), and rows marked "open" or "nested" count neither way.
"""

from __future__ import annotations

import hashlib
import re
from importlib.resources import files
from pathlib import Path

import pandas as pd
import pytest

from framing import find_quotes, read_articles
from framing.evaluate import check_quotes, quote_scores
from framing.quotes.speakers import resolve_speakers

FIVE_PAGES = Path(__file__).parent / "data" / "five_pages_quotes.csv"


def spans(value: str) -> tuple[tuple[int, int], ...]:
    return tuple((int(a), int(b)) for a, b in (span.split("-") for span in str(value).replace(";", " ").split()))


def with_source(gold: pd.DataFrame) -> pd.DataFrame:
    """The gold as a quotes table whose speakers are still to be resolved."""
    rows = gold[gold["source_spans"].notna() & gold["speaker"].notna()]
    table = pd.DataFrame(
        {
            column: [spans(value) if isinstance(value, str) else () for value in rows[column]]
            for column in ("content_spans", "cue_spans", "source_spans")
        }
    )
    table["article_id"], table["kind"] = rows["article_id"].to_numpy(), rows["kind"].to_numpy()
    table["nested"] = rows["nested"].astype(bool).to_numpy() if "nested" in rows else False
    table["source"] = "x"
    table["start"] = [min(a for a, _ in piece) for piece in table["content_spans"]]
    table["end"] = [max(b for _, b in piece) for piece in table["content_spans"]]
    table["content"] = ""
    return table


@pytest.fixture(scope="module")
def summit() -> tuple[pd.DataFrame, pd.DataFrame]:
    folder = files("framing") / "examples" / "summit"
    return read_articles(str(folder / "articles")), pd.read_csv(str(folder / "key" / "gold_quotes.csv"))


@pytest.fixture(scope="module")
def pages(shared) -> tuple[pd.DataFrame, pd.DataFrame]:
    articles = read_articles(shared / "articles")
    gold = pd.read_csv(FIVE_PAGES)
    gold["article_id"] = gold["file"].map(dict(zip(articles["path"], articles["article_id"], strict=True)))
    return articles, gold


def test_the_pages_are_those_the_gold_was_written_for(shared, pages):
    articles, gold = pages
    for name, digest in gold[["file", "sha256"]].drop_duplicates().itertuples(index=False):
        data = (shared / "articles" / name).read_bytes()
        assert hashlib.sha256(data).hexdigest() == digest
        assert articles.loc[articles["path"] == name, "text"].item() == data.decode("utf-8")


def test_sources_of_the_five_pages_resolve_to_the_right_speakers(pages):
    articles, gold = pages
    resolved = resolve_speakers(with_source(gold), articles)
    scores = quote_scores(resolved, gold[gold["speaker"].notna()].assign(need="clear"), articles)
    assert scores["right_speaker"] >= 0.97


def test_sources_of_the_bundled_corpus_resolve_to_the_right_speakers(summit):
    articles, gold = summit
    scores = quote_scores(resolve_speakers(with_source(gold), articles), gold, articles)
    assert scores["right_direct"] >= 0.95 and scores["right_speaker"] >= 0.93


def test_quotations_of_the_bundled_corpus(summit):
    articles, gold = summit
    scores = check_quotes(find_quotes(articles), gold, articles).attrs["scores"]
    assert scores["covered_direct"] >= 0.98  # every word of it in one row, which may be longer
    assert scores["found_direct"] >= 0.98 and scores["right_direct"] >= 0.95
    assert scores["found_mixed"] >= 0.93 and scores["found_indirect"] >= 0.85
    assert scores["precision"] >= 0.83


def words_of(table: pd.DataFrame, texts: dict[str, str]) -> set[tuple[str, int]]:
    """Every word in somebody's content, as (article, place)."""
    return {
        (row.article_id, hit.start())
        for row in table.itertuples()
        for a, b in row.content_spans
        for hit in re.finditer(r"\w+(?:['’-]\w+)*", texts[row.article_id][a:b].rjust(b))
        if hit.start() >= a
    }


def test_words_of_others_in_the_bundled_corpus(summit):
    articles, gold = summit
    texts = dict(zip(articles["article_id"], articles["text"], strict=True))
    quotes = find_quotes(articles)
    found = words_of(quotes[(quotes["kind"] != "scare") & ~quotes["nested"].astype(bool)], texts)
    marked = words_of(gold.assign(content_spans=[spans(cell) for cell in gold["content_spans"]]), texts)
    precision, recall = len(found & marked) / len(found), len(found & marked) / len(marked)
    assert precision >= 0.84 and recall >= 0.91, (precision, recall)


def test_quotations_of_the_five_pages(pages):
    articles, gold = pages
    scores = quote_scores(find_quotes(articles), gold, articles)
    assert scores["found"] >= 0.92 and scores["right_speaker"] >= 0.95 and scores["precision"] >= 0.92
