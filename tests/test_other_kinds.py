"""Who said what in articles of many kinds: floors on invented texts whose answers were written before any run."""

from __future__ import annotations

import pandas as pd
import pytest
from other_kinds import FOLDER, load, unmarked

from framing import find_quotes
from framing.evaluate import quote_scores


@pytest.fixture(scope="module")
def texts() -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    articles, gold, _ = load()
    return articles, gold, find_quotes(articles)


def test_marks_are_taken_out_and_their_places_kept():
    text, spans = unmarked("{1:“No {2:it rains},”} <1:Berg> said.\n")
    assert text == "“No it rains,” Berg said."
    assert [text[slice(*spans[key][0])] for key in (("content", "1"), ("content", "2"), ("source", "1"))] == [
        "“No it rains,”",
        "it rains",
        "Berg",
    ]


def test_every_quotation_of_the_gold_stands_in_its_article():
    articles, gold, notes = load()
    assert len(articles) == len(list(FOLDER.glob("*.txt"))) >= 18
    assert (gold["content"].str.len() > 0).all() and len(gold) > 250
    assert set(notes) == set(articles["article_id"])


def test_quotations_in_articles_of_many_kinds(texts):
    articles, gold, quotes = texts
    scores = quote_scores(quotes, gold, articles)
    assert scores["found"] >= 0.90 and scores["precision"] >= 0.85
    assert scores["found_direct"] >= 0.90 and scores["right_speaker"] >= 0.90


def test_no_kind_of_article_is_lost_altogether(texts):
    articles, gold, quotes = texts
    for name in articles["article_id"]:
        part = gold[gold["article_id"] == name]
        scores = quote_scores(quotes[quotes["article_id"] == name], part, articles[articles["article_id"] == name])
        assert scores["found"] >= 0.6 and scores["precision"] >= 0.55, (name, scores)
