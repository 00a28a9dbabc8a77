"""Articles put together by event, and pairs in doubt."""

from __future__ import annotations

import sys
from pathlib import Path

import pandas as pd
import pytest

from framing import group_events
from framing.salience import doubtful_pairs

sys.path.insert(0, str(Path(__file__).parent / "benchmarks"))
from events_benchmark import pairwise_f1, real_articles, synthetic_articles

FERRY = (
    "The ferry to Gotland ran aground near Visby in thick fog. Rescue boats took every passenger of the ferry "
    "off before the tide turned."
)
FERRY_TOO = (
    "Passengers of the Gotland ferry were taken off by rescue boats after it ran aground in fog near Visby, "
    "the coast guard said."
)
CHOIR = "A choir of eleven bakers won the singing prize of Tartu with a song about rye bread and snow."


def articles(*rows: tuple[str, str, str]) -> pd.DataFrame:
    table = pd.DataFrame(rows, columns=["article_id", "date", "text"])
    table["known_zones"] = [f'[[0, {len(text)}, "body"]]' for text in table["text"]]
    return table


def test_two_tellings_of_one_event_are_put_together_and_a_third_is_not():
    found = group_events(
        articles(("a", "2023-05-01", FERRY), ("b", "2023-05-02", FERRY_TOO), ("c", "2023-05-01", CHOIR))
    )
    assert found["event"].tolist() == ["event 1", "event 1", "event 2"]
    assert found["n_articles"].tolist() == [2, 2, 1]
    assert "ferry" in found["terms"].iloc[0]
    assert pd.isna(found["similarity"].iloc[2])


def test_the_same_words_a_year_apart_are_two_events_unless_dates_are_left_aside():
    table = articles(("a", "2022-05-01", FERRY), ("b", "2023-05-02", FERRY_TOO))
    assert group_events(table)["event"].nunique() == 2
    assert group_events(table, days=None)["event"].nunique() == 1


def test_articles_without_dates_are_grouped_by_words():
    table = articles(("a", "", FERRY), ("b", "2023-05-02", FERRY_TOO), ("c", "", CHOIR))
    assert group_events(table)["event"].tolist() == ["event 1", "event 1", "event 2"]


def test_the_order_of_articles_changes_no_group():
    table = synthetic_articles(60)
    turned = table.iloc[::-1]
    one = group_events(table).set_index("article_id")["event"]
    two = group_events(turned).set_index("article_id")["event"]
    pairs = pd.DataFrame({"one": one, "two": two.reindex(one.index)}).drop_duplicates()
    assert pairs["one"].is_unique
    assert pairs["two"].is_unique


def test_pairs_in_doubt_come_with_their_headlines_and_the_most_doubtful_first():
    table = articles(("a", "2023-05-01", FERRY), ("b", "2023-05-02", FERRY_TOO), ("c", "2023-05-01", CHOIR))
    similarity = group_events(table)["similarity"].iloc[0]
    found = doubtful_pairs(table, group_events(table, threshold=similarity), threshold=similarity)
    assert found[["article_id", "other_id"]].to_numpy().tolist() == [["a", "b"]]
    assert doubtful_pairs(table.iloc[:1], group_events(table.iloc[:1])).empty
    assert doubtful_pairs(table, group_events(table), margin=0).empty


def test_no_articles_give_no_events():
    assert group_events(articles()).empty


def test_invented_articles_beyond_one_block_are_grouped():
    table = synthetic_articles(2_500)
    found = group_events(table)
    assert pairwise_f1(table["gold"].tolist(), found["event"].tolist())[2] > 0.95


@pytest.mark.parametrize(("days", "floor"), [(14.0, 0.97), (None, 0.95)])
def test_fifty_real_events_of_three_outlets_are_told_apart(shared, days, floor):
    table = real_articles(shared / "bench" / "events" / "articles.jsonl")
    found = group_events(table, days=days)
    assert pairwise_f1(table["gold"].tolist(), found["event"].tolist())[2] >= floor
