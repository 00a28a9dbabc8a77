"""Tone of sentences and toward targets: what each row says, and which voice it belongs to."""

from __future__ import annotations

import pandas as pd
import pytest

from framing.sentiment import SENTENCE_TONE, sentence_tone, textblob_scores, vader_score
from framing.tables import COLUMNS


@pytest.fixture(scope="module")
def no_quotes():
    return pd.DataFrame({column: pd.Series(dtype="object") for column in COLUMNS["quotes"]})


@pytest.mark.parametrize(("text", "compound"), [("VADER is smart, handsome, and funny.", .8316),
                                                ("VADER is not smart, handsome, nor funny.", -.7424),
                                                ("Today SUX!", -.5461)])
def test_vader_scores_its_readme_sentences_as_published(text, compound):
    assert vader_score(text) == compound


def test_textblob_scores_a_negated_adjective_without_any_downloaded_data():
    polarity, subjectivity = textblob_scores("The plan is not very good.")
    assert -1 <= polarity < 0 <= subjectivity <= 1


def test_a_sentence_is_a_row_that_points_back_to_its_text(article, no_quotes):
    text = "The mayor gave a wonderful speech. The tenants hated the awful noise.\n"
    table = sentence_tone(article(text), quotes=no_quotes)
    assert table.columns.tolist() == SENTENCE_TONE
    assert [text[row.start:row.end] for row in table.itertuples()] == table["text"].tolist()
    assert table["vader_compound"].tolist()[0] > 0 > table["vader_compound"].tolist()[1]
    assert table["voice"].tolist() == ["outlet", "outlet"]


def test_no_articles_give_an_empty_table_with_the_same_columns(article, no_quotes):
    assert sentence_tone(article("word.").iloc[:0], quotes=no_quotes).columns.tolist() == SENTENCE_TONE
    assert sentence_tone(article("\n ... \n"), quotes=no_quotes).empty


def test_page_furniture_has_no_tone(article, no_quotes):
    text = "The mayor gave a wonderful speech.\nSubscribe to our wonderful newsletter!"
    known = f'[[0, 34, "body"], [35, {len(text)}, "furniture"]]'
    table = sentence_tone(article(text).assign(known_zones=known), quotes=no_quotes)
    assert table["text"].tolist() == [text[:34]]
