import csv

import pandas as pd
import pytest

from framing import compare, find_labels, frequencies, keyness, label_share
from framing.tables import as_articles, write_csv

TEXTS = ["The dam is a folly.\n\nThe dam broke.", "The dam is a triumph.\n\nThe dam held."]


def test_a_missing_outlet_is_unknown_whether_the_cell_or_the_column_is_missing():
    assert as_articles(pd.DataFrame({"text": TEXTS}))["outlet"].tolist() == ["unknown", "unknown"]
    table = pd.DataFrame({"text": TEXTS, "outlet": ["Gazette", None]})
    assert as_articles(table)["outlet"].tolist() == ["Gazette", "unknown"] and table["outlet"].isna().sum() == 1


def test_two_articles_with_one_id_are_refused_since_no_number_could_be_traced():
    with pytest.raises(ValueError, match=r"2 articles share an article_id .*'a'"):
        as_articles(pd.DataFrame({"article_id": ["a", "b", "a"], "text": [*TEXTS, "x"]}))


def test_a_missing_cell_among_the_outlets_stops_no_measure():
    articles = pd.DataFrame(
        {"article_id": ["a", "b"], "text": TEXTS, "outlet": ["Gazette", float("nan")], "event": [float("nan")] * 2}
    )
    assert set(frequencies(articles)["outlet"]) == {"Gazette", "unknown"}
    assert set(keyness(articles, min_n=1, n_permutations=0)["outlet"]) == {"Gazette", "unknown"}
    concepts = {"concept": [{"name": "the dam", "label": [{"name": "folly"}, {"name": "triumph"}]}]}
    labels = find_labels(articles, concepts)
    assert label_share(labels, by=["outlet", "event"]).empty  # no event, no share within one
    assert label_share(labels.assign(outlet=["Gazette", None]))["outlet"].unique().tolist() == ["Gazette"]


def test_no_articles_give_an_empty_keyness_table():
    assert keyness(pd.DataFrame({"article_id": [], "outlet": [], "event": [], "text": []})).empty


def test_a_table_without_the_outlet_says_what_compare_needs():
    with pytest.raises(ValueError, match=r"no outlet; .*one row per article"):
        compare(pd.DataFrame({"article_id": ["a"], "event": ["e"], "v": [1]}), "v")


def test_a_column_to_group_by_that_is_not_there_is_named():
    articles = pd.DataFrame({"article_id": ["a", "b"], "text": TEXTS, "outlet": ["x", "y"]})
    with pytest.raises(ValueError, match="has no language_group"):
        keyness(articles, by="language_group")
    with pytest.raises(ValueError, match="has no country"):
        label_share(find_labels(articles), by="country")


def test_rates_are_per_million_of_all_words_whatever_parts_of_speech_are_listed():
    articles = pd.DataFrame({"article_id": ["a", "b"], "text": TEXTS, "outlet": ["x", "y"]})
    table = keyness(articles, pos=["NOUN"], min_n=1, n_permutations=0)
    dam = table[(table["word"] == "dam") & (table["outlet"] == "x")].iloc[0]
    assert dam["n_target"] == 2 and dam["per_million_target"] == pytest.approx(2 / 8 * 1e6)


def test_the_name_of_the_author_is_no_word_of_the_story():
    text = "The dam broke.\n\nAnn Lee\n\nThe water rose."
    start = text.index("Ann")
    zones = f'[[0, {start}, "body"], [{start}, {start + 7}, "byline"], [{start + 7}, {len(text)}, "body"]]'
    counted = frequencies(pd.DataFrame({"article_id": ["a"], "text": [text], "outlet": ["x"], "known_zones": [zones]}))
    assert "lee" not in set(counted["word"]) and "water" in set(counted["word"])


def test_of_two_labels_with_the_same_words_the_one_declared_first_counts():
    articles = pd.DataFrame({"article_id": ["a"], "text": ["A war began."], "outlet": ["x"]})
    concepts = {
        "concept": [
            {"name": "it", "label": [{"name": "first", "patterns": ["war"]}, {"name": "second", "patterns": ["war"]}]}
        ]
    }
    assert find_labels(articles, concepts)["label"].tolist() == ["first"]


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@sum", "\t=1", "\r=1", "\n=1"])
def test_no_cell_begins_as_a_spreadsheet_formula(tmp_path, cell):
    write_csv(pd.DataFrame({"text": [cell, "plain"], "n": [-1, 2]}), tmp_path / "table.csv")
    with open(tmp_path / "table.csv", encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[1:] == [["'" + cell, "-1"], ["plain", "2"]]


def test_a_lone_carriage_return_in_a_text_does_not_break_its_row(tmp_path):
    table = pd.DataFrame({"text": ["One\rtwo", pd.NA], "share": [0.5, 1 / 3]})
    write_csv(table, tmp_path / "table.csv")
    again = pd.read_csv(tmp_path / "table.csv")
    assert again["text"].tolist()[0] == "One\rtwo" and again["text"].isna().tolist() == [False, True]
    assert again["share"].tolist() == pytest.approx([0.5, 1 / 3])


def test_numbers_beside_missing_cells_keep_six_digits_too(tmp_path):
    table = pd.DataFrame({"plain": [1 / 3, 2.0], "mixed": pd.Series([1 / 3, pd.NA], dtype="object")})
    write_csv(table, tmp_path / "table.csv")
    assert (tmp_path / "table.csv").read_text(encoding="utf-8").splitlines()[1] == "0.333333,0.333333"


def test_a_column_of_days_is_written_as_days(tmp_path):
    days = pd.to_datetime(pd.Series(["2024-03-04", "2024-03-05"]))
    write_csv(pd.DataFrame({"day": days, "n": [1.5, 2.0]}), tmp_path / "days.csv")
    assert (tmp_path / "days.csv").read_text() == "day,n\n2024-03-04,1.5\n2024-03-05,2\n"
