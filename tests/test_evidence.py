import pandas as pd
import pytest

from framing.reports.write_up import evidence

TEXT = "The mayor opened the bridge. Critics called it a folly. The band played on."


@pytest.fixture
def articles(article):
    return article(TEXT)


def rows(*spans):
    return pd.DataFrame([{"article_id": "a1", "start": start, "end": end} for start, end in spans])


def test_evidence_shows_exactly_the_words_and_what_stands_around_them(articles):
    start = TEXT.index("Critics")
    shown = evidence(rows((start, start + 26)), articles).iloc[0]
    assert (shown["before"], shown["passage"], shown["after"]) == (
        "The mayor opened the bridge.",
        "Critics called it a folly.",
        "The band played on.",
    )


def test_one_row_is_enough_and_either_order_is_taken(articles):
    row = rows((4, 9)).iloc[0]
    assert evidence(row, articles)["passage"].tolist() == ["mayor"]
    assert evidence(articles, rows((4, 9)))["passage"].tolist() == ["mayor"]


def test_a_row_without_offsets_keeps_its_place(articles):
    table = pd.DataFrame({"article_id": ["a1", "a1"], "start": [pd.NA, 4], "end": [pd.NA, 9]})
    shown = evidence(table, articles)
    assert shown["passage"].isna().tolist() == [True, False]


def test_rows_of_other_articles_are_refused_by_name(articles):
    with pytest.raises(ValueError, match="'b7'"):
        evidence(rows((0, 3)).assign(article_id="b7"), articles)


def test_offsets_beyond_the_text_are_refused(articles):
    with pytest.raises(ValueError, match="outside article"):
        evidence(rows((70, 400)), articles)


def test_long_context_is_cut_at_words(articles):
    shown = evidence(rows((29, 36)), articles, context=12).iloc[0]
    assert shown["before"] == "… bridge." and shown["after"] == "called it …"
