"""What leads and what gets space: shares add up, ranks are permutations, rows trace to their words."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

import framing
from framing.salience.prominence import emphasis, emphasis_profile

NAMES = ["Ada Brown", "Carl Voss", "the harbour", "Sweden", "a storm", "the ferry", "Nina Berg"]
DOINGS = ["met", "praised", "blamed", "waited for", "left"]
QUOTES = pd.DataFrame(columns=["article_id", "kind", "content_spans", "speaker", "quote_id", "nested"])


def page(text: str, **columns) -> pd.DataFrame:
    row = {"article_id": "a1", "outlet": "Gazette", "event": "e1", "text": text, **columns}
    return framing.read_articles(pd.DataFrame([row]), clean=False)


def places(text: str, *items: str) -> pd.DataFrame:
    """Every place where an item stands in a text."""
    rows = [
        ("a1", item, start, start + len(item))
        for item in items
        for start in range(len(text))
        if text.startswith(item, start)
    ]
    return pd.DataFrame(rows, columns=["article_id", "item", "start", "end"])


sentences = st.lists(
    st.tuples(st.sampled_from(NAMES), st.sampled_from(DOINGS), st.sampled_from(NAMES)), min_size=1, max_size=6
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(sentences)
def test_profiles_add_up_whatever_is_told(told):
    text = " ".join(f"{one[0].upper()}{one[1:]} {doing} {other}." for one, doing, other in told)
    items = places(text, *NAMES)
    table = emphasis(page(text), items, quotes=QUOTES, weight="inverted_pyramid")
    for _, rows in table.groupby("kind"):
        assert sorted(rows["order"]) == list(range(1, len(rows) + 1))
        assert sorted(rows["rank"]) == list(range(1, len(rows) + 1))
        assert rows["share_mentions"].sum() == pytest.approx(1)
        assert rows["first_position"].between(0, 1, inclusive="left").all()
        for share in ("share_words", "share_sentences", "weighted_share"):
            assert rows[share].between(0, 1).all()
    voices = table[table["kind"] == "voice"]
    assert voices["share_words"].sum() == pytest.approx(1)
    assert voices["weighted_share"].sum() == pytest.approx(1)
    mine = table[table["kind"] == "item"]
    assert mine["n_mentions"].sum() == len(items)
    for row in mine.itertuples():
        assert text[row.start : row.end].casefold() == row.item.casefold()


def test_first_position_is_the_share_of_words_before_the_first_mention():
    text = "One two three four Ada five six seven."
    row = emphasis(page(text), places(text, "Ada"), quotes=QUOTES).query("kind == 'item'").iloc[0]
    assert row["first_position"] == pytest.approx(4 / 8)
    assert row["share_words"] == pytest.approx(1 / 8)


def test_words_of_others_are_held_by_their_speaker():
    text = 'The harbour was quiet. "The ferry is late," Ada Brown said.'
    start = text.index('"')
    quotes = pd.DataFrame(
        [("a1", "direct", ((start, start + 19),), "Ada Brown", "q1", False)], columns=list(QUOTES.columns)
    )
    table = emphasis(page(text), places(text, "ferry"), quotes=quotes)
    voices = table[table["kind"] == "voice"].set_index("item")["n_words"].to_dict()
    assert voices == {"the outlet": 7, "Ada Brown": 4}
    assert table.query("kind == 'item'")[["n_outlet", "n_quoted"]].to_numpy().tolist() == [[0, 1]]


def test_the_longest_and_the_first_quotation_of_a_voice_are_in_its_row():
    text = 'The harbour was quiet. "The ferry is late," Ada Brown said. "It will stay late all day," she said.'
    first, second = text.index('"The'), text.index('"It')
    quotes = pd.DataFrame(
        [
            ("a1", "direct", ((first, first + 19),), "Ada Brown", "q1", False),
            ("a1", "direct", ((second, second + 27),), "Ada Brown", "q2", False),
        ],
        columns=list(QUOTES.columns),
    )
    table = emphasis(page(text), places(text, "ferry"), quotes=quotes).set_index("item")
    assert table.loc["Ada Brown", "longest_quotation"] == 6
    assert table.loc["Ada Brown", "first_quotation"] == pytest.approx(4 / 19)
    assert table.loc[["the outlet", "ferry"], ["longest_quotation", "first_quotation"]].isna().all(axis=None)


def test_the_headline_counts_where_there_is_one():
    text = "Ferry late again\n\nThe ferry was late on Monday, the harbour master of Visby said in the rain.\n"
    row = {"article_id": "a1", "outlet": "Gazette", "event": "e1", "text": text, "headline": "Ferry late again"}
    articles = framing.read_articles(pd.DataFrame([row]))
    table = emphasis(articles, places(text, "Ferry", "harbour"), quotes=QUOTES)
    table = table[table["kind"] == "item"].set_index("item")
    assert bool(table.loc["Ferry", "in_headline"]) is True
    assert bool(table.loc["harbour", "in_headline"]) is False
    assert table.loc["Ferry", "share_headline"] == pytest.approx(1 / 3)
    bare = emphasis(page("Ferry late."), places("Ferry late.", "Ferry"), quotes=QUOTES).query("kind == 'item'")
    assert bare["in_headline"].isna().all()


def test_facts_can_be_items():
    text = "The ferry was late. Rain fell on the harbour all day."
    facts = pd.DataFrame(
        {"article_id": ["a1", "a1"], "item": ["late", "rain"], "kind": "fact", "start": [0, 20], "end": [19, len(text)]}
    )
    table = emphasis(page(text), facts, quotes=QUOTES).query("kind == 'fact'").set_index("item")
    assert table["order"].to_dict() == {"late": 1, "rain": 2}
    assert table["rank"].to_dict() == {"rain": 1, "late": 2}
    assert table["share_words"].sum() == pytest.approx(1)


def test_an_unknown_weight_is_refused_with_the_choices():
    with pytest.raises(ValueError, match="choose from inverted_pyramid"):
        emphasis(page("The ferry was late."), weight="pyramid")


def test_no_articles_give_an_empty_table_with_all_columns():
    empty = emphasis(page("x").iloc[:0])
    assert empty.empty
    full = emphasis(page("The ferry."), places("The ferry.", "ferry"), quotes=QUOTES)
    assert list(empty.columns) == list(full.columns)
    assert emphasis_profile(empty).empty


def test_the_profile_counts_articles_without_the_item_too():
    texts = {
        "a1": "Ferry late\n\nThe ferry to Visby was late on Monday and nobody in the harbour knew why.\n",
        "a2": "Rain all day\n\nIt rained in Tallinn on Monday and the market in the old town was closed.\n",
    }
    articles = framing.read_articles(
        pd.DataFrame(
            {"article_id": list(texts), "outlet": "Gazette", "event": ["e1", "e2"], "text": list(texts.values())}
        )
    )
    items = pd.DataFrame([("a1", "ferry", 0, 5)], columns=["article_id", "item", "start", "end"])
    profile = emphasis_profile(emphasis(articles, items, quotes=QUOTES)).query("item == 'ferry'").iloc[0]
    assert profile["headline_share"] == pytest.approx(0.5)
    assert (profile["n_with"], profile["n_articles"]) == (1, 2)


def test_items_that_stand_in_as_many_headlines_have_the_same_interval_as_when_estimated_alone():
    from framing.stats.comparison import estimate_by

    rows = [
        (f"{outlet}e{event}{n}", outlet, f"e{event}", item)
        for outlet in ("A", "B")
        for event in range(5)
        for n in (1, 2)
        for item in ("x", "y", "z")
    ]
    table = pd.DataFrame(rows, columns=["article_id", "outlet", "event", "item"])
    table["kind"], table["first_position"], table["share_words"] = "item", 0.1, 0.2
    table["in_headline"] = [place % 7 in (0, 3) for place in range(len(table))]
    table["in_lead"] = [place % 5 == 0 for place in range(len(table))]
    profile = emphasis_profile(table)
    alone = estimate_by(table.assign(share=table["in_headline"].astype(float)), "share", by=["outlet", "kind", "item"])
    assert profile["headline_share"].tolist() == alone["estimate"].tolist()
    assert profile["headline_share_low"].tolist() == pytest.approx(alone["low"].tolist(), abs=1e-12, nan_ok=True)
    assert profile["headline_share_high"].tolist() == pytest.approx(alone["high"].tolist(), abs=1e-12, nan_ok=True)
