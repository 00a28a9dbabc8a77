"""What is compared between outlets, from tables made by hand."""

import pandas as pd
import pytest

from framing.reports.pipeline import in_plain_words, measure_tables, most_frequent
from framing.stats.comparison import compare

ARTICLES = pd.DataFrame({"article_id": ["a", "b"], "outlet": ["Courier", "Gazette"], "event": "e1"})


def rows(columns, *cells):
    table = pd.DataFrame(list(cells), columns=["article_id", *columns])
    return ARTICLES.merge(table, on="article_id")


TABLES = {
    "articles": ARTICLES,
    "tokens": rows(
        ["pos", "voice"],
        ("a", "NOUN", "outlet"),
        ("a", "VERB", "quoted"),
        ("a", "PUNCT", "quoted"),
        ("a", "ADJ", "quoted"),
        ("a", "ADJ", "reported"),
        ("b", "NOUN", "outlet"),
    ),
    "labels": rows(
        ["concept", "label", "voice"],
        ("a", "dam", "folly", "outlet"),
        ("a", "dam", "folly", "outlet"),
        ("a", "dam", "project", "outlet"),
        ("a", "dam", "triumph", "quoted"),
        ("b", "dam", "project", "outlet"),
    ),
    "tone": rows(
        ["target", "voice", "score"],
        ("a", "Mayor", "outlet", 0.5),
        ("a", "Mayor", "outlet", -0.1),
        ("a", "Mayor", "quoted", -1.0),
        ("b", "Mayor", "quoted", -1.0),
    ),
    "loaded": rows(["voice"], ("a", "outlet"), ("b", "quoted")),
    "agency": rows(
        ["agent", "patient", "voice"],
        ("a", "Mayor", "crowd", "outlet"),
        ("a", pd.NA, "crowd", "outlet"),
        ("a", pd.NA, "Mayor; clerk", "outlet"),
        ("b", "crowd", "Mayor", "outlet"),
        ("b", pd.NA, "crowd", "quoted"),
    ),
    "emphasis": rows(
        ["kind", "item", "n_words", "in_headline", "in_lead"],
        ("a", "person", "Mayor", 4, True, pd.NA),
        ("a", "label", "folly", 2, True, pd.NA),
        ("a", "voice", "the outlet", 60, True, pd.NA),
        ("a", "voice", "Mayor", 30, False, pd.NA),
        ("a", "voice", "unattributed", 10, False, pd.NA),
        ("b", "person", "Farmer", 4, False, True),
        ("b", "voice", "the outlet", 50, True, True),
        ("b", "voice", "Farmer", 20, False, False),
    ),
}


def values(name):
    table = measure_tables(TABLES)[name]
    assert list(table.columns) == ["article_id", "outlet", "event", "item", "value"]
    return {(row.article_id, row.item): row.value for row in table.itertuples()}


def test_own_voice_is_a_share_of_words_and_marks_are_no_words():
    assert values("voice_share") == {
        ("a", "words in the outlet's own voice"): 0.25,
        ("b", "words in the outlet's own voice"): 1.0,
    }


def test_a_label_is_used_or_not_in_the_outlets_own_voice_and_every_article_has_a_row():
    assert values("label_use") == {("a", "folly"): 1, ("a", "project"): 1, ("b", "folly"): 0, ("b", "project"): 1}


def test_a_label_has_a_share_of_the_articles_own_namings_of_the_thing():
    found = values("label_share")
    assert found[("a", "folly")] == pytest.approx(2 / 3) and found[("b", "folly")] == 0
    assert ("a", "triumph") not in found  # only quoted


def test_tone_is_the_mean_in_the_outlets_own_voice_where_it_has_one():
    assert values("tone") == {("a", "Mayor"): pytest.approx(0.2)}


def test_speech_is_shared_among_all_who_are_quoted_named_or_not():
    assert values("speech_share") == {("a", "Mayor"): 0.75, ("a", "Farmer"): 0, ("b", "Mayor"): 0, ("b", "Farmer"): 1}


def test_headline_and_lead_count_people_countries_and_bodies_in_articles_that_have_the_zone():
    assert values("headline") == {("a", "Mayor"): 1, ("b", "Mayor"): 0}
    assert values("lead") == {("b", "Farmer"): 1}  # a has no lead


def test_loaded_words_are_a_share_of_the_outlets_own_words():
    item = "own words that may be loaded"
    assert values("loaded_share") == {("a", item): 1.0, ("b", item): 0.0}


def test_acting_is_a_share_of_the_articles_own_clauses_with_the_actor():
    assert values("acts") == {
        ("a", "Mayor"): 0.5,
        ("a", "crowd"): 0,
        ("a", "clerk"): 0,
        ("b", "crowd"): 1,
        ("b", "Mayor"): 0,
    }
    assert values("no_doer") == {("a", "crowd"): 0.5, ("a", "Mayor"): 1, ("a", "clerk"): 1, ("b", "Mayor"): 0}


def test_loaded_words_and_agency_are_compared_within_events_when_asked_for():
    articles = pd.DataFrame(
        {
            "article_id": [f"a{n}" for n in range(16)],
            "outlet": ["Courier", "Gazette"] * 8,
            "event": [f"e{n // 2}" for n in range(16)],
        }
    )
    words = articles.loc[articles.index.repeat(10)].assign(pos="NOUN", voice="outlet")
    loaded = articles[articles["outlet"] == "Courier"].assign(voice="outlet")
    acts = articles.assign(voice="outlet", agent=["police", pd.NA] * 8, patient=["crowd", "police"] * 8)
    measures = measure_tables(
        {
            **{name: TABLES[name][:0] for name in ("labels", "tone", "emphasis")},
            "articles": articles,
            "tokens": words,
            "loaded": loaded,
            "agency": acts,
        }
    )
    for name, item, estimate in (("loaded_share", "own words that may be loaded", 0.1), ("acts", "police", 1)):
        rows = measures[name][measures[name]["item"] == item]
        row = compare(rows, "value", items="item", n_permutations=999).iloc[0]
        assert row["estimate"] == pytest.approx(estimate) and row["p"] == row["smallest_p"] < 0.05
        assert row["n_events"] == 8


def test_only_items_of_two_articles_are_explored_the_commonest_first_then_by_name():
    table = pd.DataFrame(
        {
            "article_id": ["a", "b", "a", "b", "a", "a", "b", "c"],
            "item": ["y", "y", "x", "x", "once", "z", "z", "z"],
            "value": [1, 1, 1, 1, 1, 1, 1, 1],
        }
    )
    assert most_frequent(table) == ["z", "x", "y"] and most_frequent(table, 1) == ["z"]
    assert most_frequent(table.assign(value=0)) == []


def test_declared_measures_are_written_in_plain_words():
    found = in_plain_words(pd.Series(["tone: Kim Jong Un", "voice_share", "my own: thing"]))
    assert found == ["tone toward Kim Jong Un", "words in the outlet's own voice", "my own: thing"]
