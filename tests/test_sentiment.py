"""Tone of sentences and toward targets: what each row says, and which voice it belongs to."""

from __future__ import annotations

import pandas as pd
import pytest

from framing.sentiment.tones import SENTENCE_TONE, sentence_tone, textblob_scores, tone, tone_profile, vader_score
from framing.tables import COLUMNS


@pytest.fixture(scope="module")
def no_quotes():
    return pd.DataFrame({column: pd.Series(dtype="object") for column in COLUMNS["quotes"]})


@pytest.mark.parametrize(
    ("text", "compound"),
    [
        ("VADER is smart, handsome, and funny.", 0.8316),
        ("VADER is not smart, handsome, nor funny.", -0.7424),
        ("Today SUX!", -0.5461),
    ],
)
def test_vader_scores_its_readme_sentences_as_published(text, compound):
    assert vader_score(text) == compound


def test_textblob_scores_a_negated_adjective_without_any_downloaded_data():
    polarity, subjectivity = textblob_scores("The plan is not very good.")
    assert -1 <= polarity < 0 <= subjectivity <= 1


def test_a_sentence_is_a_row_that_points_back_to_its_text(article, no_quotes):
    text = "The mayor gave a wonderful speech. The tenants hated the awful noise.\n"
    table = sentence_tone(article(text), quotes=no_quotes)
    assert table.columns.tolist() == SENTENCE_TONE
    assert [text[row.start : row.end] for row in table.itertuples()] == table["text"].tolist()
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


def tone_of(articles, **options) -> pd.DataFrame:
    return tone(articles, **options).set_index(["target", "voice"])


KIM = (
    "Kim Jong Un met Vladimir Putin in Vladivostok on Monday. "
    "“Russia is a wonderful friend and its heroic army will win,” Kim said. "
    "Since the invasion Russia has become a pariah and waged a brutal war of aggression."
)


def test_praise_in_a_quotation_is_not_the_outlets_tone(article):
    table = tone_of(article(KIM), targets=["Russia"])
    assert table.loc[("Russia", "quoted"), "polarity"] == 1
    assert table.loc[("Russia", "outlet"), "polarity"] == -1


def test_praise_that_the_sentence_ascribes_to_somebody_is_reported(article):
    table = tone(article("Kim Jong Un praised Russia for its heroic fight."), targets=["Russia"])
    assert table["voice"].tolist() == ["reported"]
    assert table["polarity"].tolist() == [1]


def test_a_row_points_to_the_target_and_carries_the_columns_of_the_tone_table(article):
    articles = article(KIM)
    table = tone(articles, targets=["Russia"])
    assert table.columns.tolist() == COLUMNS["tone"]
    assert {KIM[row.start : row.end] for row in table.itertuples()} == {"Russia"}
    assert table["score"].between(-1, 1).all()
    assert set(table["method"]) == {"default"}


def test_a_target_is_found_under_the_names_the_reader_gives(article):
    articles = article("The Harbour Board lied again. The quay office was praised by everyone. Nothing else happened.")
    table = tone(articles, targets={"the board": ["Harbour Board", "quay office"]})
    assert table["sentence"].tolist() == [0, 1]
    assert set(table["target"]) == {"the board"}


def test_without_targets_everyone_found_in_the_text_is_scored(article):
    assert {"Russia", "Vladimir Putin"} <= set(tone(article(KIM))["target"])


def test_a_target_that_never_occurs_gives_no_rows_and_an_empty_name_is_refused(article):
    with pytest.warns(UserWarning, match="names 'Ruritania'. Check the spelling.*canonical_names"):
        assert tone(article(KIM), targets=["Ruritania"]).empty
    with pytest.raises(ValueError, match="empty name"):
        tone(article(KIM), targets=[""])


def test_of_several_targets_only_those_that_no_sentence_names_are_warned_of(article):
    with pytest.warns(UserWarning, match="names 'Ruritania', 'Anna Berg'. Check") as warned:
        table = tone(article(KIM), targets={"Ruritania": ["Strelsau"], "Russia": [], "Anna Berg": []})
    assert len(warned) == 1 and set(table["target"]) == {"Russia"}


def test_targets_that_are_all_found_give_no_warning(article, recwarn):
    tone(article(KIM), targets=["Russia"])
    tone(article(KIM), targets="Russia")
    tone(article(KIM))
    assert not recwarn.list


@pytest.mark.filterwarnings("ignore:No sentence")
def test_words_of_the_reader_are_no_pattern(article):
    assert tone(article(KIM), targets=[".*"]).empty


@pytest.mark.parametrize("method", ["vader", "textblob"])
def test_word_lists_answer_behind_the_same_call(article, method):
    table = tone(article(KIM), targets=["Russia"], method=method)
    assert set(table["method"]) == {method}
    assert table.loc[table["voice"] == "quoted", "score"].item() > 0


def test_a_stronger_model_fits_behind_the_same_call(article):
    def always_good(table):
        assert [row.sentence[row.start : row.end] for row in table.itertuples()] == ["Russia"] * len(table)
        return table.assign(polarity=1, score=0.9)

    table = tone(article(KIM), targets=["Russia"], method=always_good)
    assert set(table["score"]) == {0.9} and set(table["method"]) == {"always_good"}


def test_an_unknown_method_and_a_wrong_answer_are_refused(article):
    with pytest.raises(ValueError, match="'bert'"):
        tone(article(KIM), method="bert")
    with pytest.raises(ValueError, match="one row per row"):
        tone(article(KIM), targets=["Russia"], method=lambda table: [1])


def test_no_articles_give_an_empty_tone_table(article):
    assert tone(article("word.").iloc[:0]).columns.tolist() == COLUMNS["tone"]
    assert tone_profile(tone(article("word.").iloc[:0])).empty


def test_a_profile_weighs_articles_alike_however_often_they_name_the_target():
    rows = [("a1", "e1", -1, -0.9)] * 9 + [("a2", "e2", 1, 0.5)]
    table = pd.DataFrame(
        [
            {
                "article_id": a,
                "outlet": "Gazette",
                "event": e,
                "target": "Ann",
                "voice": "outlet",
                "polarity": p,
                "score": s,
            }
            for a, e, p, s in rows
        ]
    )
    profile = tone_profile(table).iloc[0]
    assert profile["estimate"] == pytest.approx((-0.9 + 0.5) / 2)
    assert profile[["n_sentences", "n_negative", "n_positive", "n_articles", "n_events"]].tolist() == [10, 9, 1, 2, 2]
