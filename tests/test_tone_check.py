"""A sheet to judge by hand, and the model's error on it."""

from __future__ import annotations

import pandas as pd
import pytest

from framing.evaluate import SHEET, check_tone
from framing.stats.intervals import wilson

TEXT = "Critics hated Ann. Ann came at noon. Everybody loved Ann. Ann lied. Ann left. Ann won a prize."


@pytest.fixture
def tone_table():
    starts = [TEXT.index("Ann", at) for at in (0, 19, 37, 58, 68, 78)]
    return pd.DataFrame(
        {
            "article_id": "a1",
            "outlet": "Gazette",
            "event": "e1",
            "sentence": range(6),
            "target": "Ann",
            "polarity": [-1, 0, 1, -1, 0, 1],
            "score": [-0.8, 0.0, 0.7, -0.5, 0.1, 0.6],
            "start": starts,
            "end": [start + 3 for start in starts],
            "zone": "body",
            "voice": ["reported", *["outlet"] * 5],
        }
    )


def test_the_sheet_is_balanced_marks_the_target_and_leaves_the_code_empty(tone_table, article):
    sheet = check_tone(tone_table, article(TEXT), n=3)
    assert sheet.columns.tolist() == SHEET
    assert sorted(sheet["polarity"]) == [-1, 0, 1]
    assert sheet["text"].str.contains("[[Ann]]", regex=False).all()
    assert sheet["coded"].isna().all()


def test_the_same_seed_draws_the_same_rows_in_whatever_order_they_come(tone_table, article):
    articles = article(TEXT)
    one = check_tone(tone_table, articles, n=4, seed=3)
    assert check_tone(tone_table.iloc[::-1], articles, n=4, seed=3).equals(one)


def test_asking_for_more_rows_than_there_are_gives_them_all(tone_table, article):
    assert len(check_tone(tone_table, article(TEXT), n=50)) == 6


def test_errors_are_counted_per_class_with_wilsons_interval(tone_table, article):
    sheet = check_tone(tone_table, article(TEXT), n=6).sort_values("sentence", ignore_index=True)
    sheet["coded"] = ["-1", "neutral", 1, 1, "", -1]
    errors = check_tone(sheet).set_index(["of", "class"])
    low, high = wilson(2, 5)
    assert errors.loc[("all", "all"), ["n", "n_wrong", "error", "low", "high"]].tolist() == pytest.approx(
        [5, 2, 0.4, float(low), float(high)]
    )
    assert errors.loc[("predicted", "negative"), "n_wrong"] == 1
    assert errors.loc[("positive taken for negative", "positive"), ["n", "n_wrong"]].tolist() == [2, 1]
    assert errors.loc[("voice", "quoted"), "n"] == 0


def test_a_code_nobody_asked_for_is_named(tone_table, article):
    sheet = check_tone(tone_table, article(TEXT), n=6)
    with pytest.raises(ValueError, match="No row of this sheet is coded"):
        check_tone(sheet)
    with pytest.raises(ValueError, match="'maybe'"):
        check_tone(sheet.assign(coded="maybe"))


def test_a_sheet_cannot_be_drawn_without_the_articles(tone_table):
    with pytest.raises(ValueError, match="check_tone\\(tone_table, articles\\)"):
        check_tone(tone_table)
