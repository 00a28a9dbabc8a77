"""Tone on ordinary news: rows of real events that readers judged without seeing the answers, and what may never be.

``data/tone_rows.csv`` holds 300 rows drawn by `check_tone` (seed 17) from 50 events of three outlets, 100 of each
predicted class; ``data/tone_rows_second_half.csv`` 300 more from the half of the events kept apart: 130 that a version
tried then called negative, all 13 that it called positive, 157 others. Only the last choice, to abstain toward
pronouns, was made with those in sight. In both: article, offsets of the target and voice; ``first_reader`` and
``second_reader``, who knew neither each other's verdicts nor the answers, put -1 or 1 where the sentence tells
something bad or good of it in that voice, else 0, also where the target was not meant. No text.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import framing
from framing.evaluate import krippendorff_alpha
from framing.sentiment.model import SIDE, read_targets, sides
from framing.sentiment.tones import textblob_scores, vader_score
from framing.sentiment.wording import wording_scores

sys.path.insert(0, str(Path(__file__).parents[1] / "training"))

SHEET = Path(__file__).parent / "data" / "tone_rows.csv"
FRESH = Path(__file__).parent / "data" / "tone_rows_second_half.csv"
WORDED = Path(__file__).parent / "data" / "wording_rows.csv"  # `tone_benchmark.py draw` and `verdicts`
LATER = Path(__file__).parent / "data" / "wording_rows_fresh.csv"  # nothing was learned from them
KEY = ["article_id", "start", "voice"]


@pytest.fixture(scope="module")
def events(shared):
    rows = pd.read_json(shared / "bench" / "events" / "articles.jsonl", lines=True, dtype=False)
    rows["date"] = rows["date"].astype(str)
    return framing.read_articles(rows.rename(columns={"id": "article_id"}), clean=False)


@pytest.fixture(scope="module")
def tone(events):
    """With every attribution that is found, as when the rows were drawn: a voice is part of a row."""
    return framing.tone(events, quotes=framing.find_quotes(events))


def weighted(path: Path, tone: pd.DataFrame) -> pd.DataFrame:
    """Judged rows with the present answers, weighted so that the classes have the shares of the whole corpus."""
    table = pd.read_csv(path).merge(tone.drop_duplicates(KEY), on=KEY, suffixes=("_judged", ""))
    shares = tone["polarity"].value_counts(normalize=True) / table["polarity"].value_counts(normalize=True)
    return table.assign(weight=table["polarity"].map(shares).astype(float))


@pytest.fixture(scope="module")
def judged(tone):
    return weighted(SHEET, tone)


@pytest.fixture(scope="module")
def fresh(tone):
    return weighted(FRESH, tone)


@pytest.fixture(scope="module")
def apart(events, judged, fresh):
    """All judged rows of the half of the events kept apart, where both readers agree."""
    half = sorted(events["event"].unique())[1::2]
    rows = pd.concat([judged, fresh])
    return rows[rows["event"].isin(half) & (rows["first_reader"] == rows["second_reader"])]


def macro_f1(judged: pd.DataFrame, found) -> float:
    from sklearn.metrics import f1_score

    return f1_score(judged["first_reader"], found, average="macro", sample_weight=judged["weight"])


def precision(judged: pd.DataFrame, side: int) -> float:
    return float((judged.loc[judged["polarity"] == side, "first_reader"] == side).mean())


def test_polarity_and_score_never_contradict_each_other(tone):
    score, polarity = tone["score"].to_numpy(float), tone["polarity"].to_numpy(int)
    assert (np.sign(score[polarity != 0]) == polarity[polarity != 0]).all()
    assert (np.abs(score[polarity != 0]) >= SIDE).all() and (np.abs(score[polarity == 0]) < SIDE).all()
    assert (tone["valence"].abs() <= 1).all() and (tone["wording"].abs() <= 1).all()


def test_most_rows_of_ordinary_news_take_no_side(tone):
    assert 0.85 < (tone["polarity"] == 0).mean() < 0.97
    assert 0.98 < (tone.loc[tone["voice"] == "outlet", "wording"].abs() < SIDE).mean() < 0.999  # measured .996


def test_rows_given_alone_have_the_same_wording_and_valence(events, tone):
    some = events.head(2)
    found = framing.tone(some, quotes=framing.find_quotes(some)).merge(
        tone, on=[*KEY, "target"], suffixes=("_alone", "")
    )
    assert len(found) > 20
    assert (found["wording_alone"] == found["wording"]).all() and (found["valence_alone"] == found["valence"]).all()


def test_nearly_every_judged_row_is_still_there_but_those_of_unsure_pronouns(judged):
    assert len(judged) >= 222  # 226 of 300: 51 were "it" and "they", 23 a "he" or "she" that may be another


def test_verdicts_of_a_reader_keep_the_precision_that_was_measured(judged):
    assert precision(judged, -1) >= 0.52  # measured .58
    assert precision(judged, 1) >= 0.36  # measured .42


def test_in_the_events_kept_apart_a_side_taken_is_right_as_often_as_was_measured(apart):
    assert len(apart) > 355
    assert precision(apart, -1) >= 0.72  # measured .78 of 76
    assert precision(apart, 1) >= 0.55  # measured .65 of 26


def test_no_verdict_rests_on_a_pronoun_alone(events, tone):
    texts = events.set_index("article_id")["text"]
    sided = tone[tone["polarity"] != 0]
    first = [texts[row.article_id][row.start : row.end].lower() for row in sided.itertuples()]
    assert np.mean([word in ("he", "she", "his", "her", "him") for word in first]) < 0.03  # named later in the sentence


def test_tone_follows_the_reader_much_better_than_the_word_lists_do(events, fresh):
    texts = events.set_index("article_id")["text"]
    spans = framing.sentiment.sentence_tone(events[events["article_id"].isin(fresh["article_id"])])
    spans = spans.set_index(["article_id", "sentence"])
    said = [
        texts[key][slice(*spans.loc[(key, number), ["start", "end"]])]
        for key, number in zip(fresh["article_id"], fresh["sentence"], strict=True)
    ]
    vader = np.array([vader_score(text) for text in said])
    lists = {
        "VADER": np.sign(np.where(np.abs(vader) >= 0.05, vader, 0)),
        "TextBlob": np.sign([textblob_scores(text)[0] for text in said]),
    }
    ours = macro_f1(fresh, fresh["polarity"].astype(int))
    assert ours >= 0.45  # measured .52
    assert all(ours >= 1.6 * macro_f1(fresh, found.astype(int)) for found in lists.values())  # measured .28 and .30


def test_two_readers_agree_on_most_rows():
    fresh = krippendorff_alpha(pd.read_csv(FRESH)[["first_reader", "second_reader"]], level="ordinal")
    assert fresh["n_units"] == 300 and 0.9 < fresh["alpha"] < 0.98
    found = krippendorff_alpha(pd.read_csv(SHEET)[["first_reader", "second_reader"]], level="ordinal")
    assert found["n_units"] == 300 and 0.74 < found["alpha"] < 0.84 and found["low"] > 0.7


def test_where_both_readers_agree_the_answers_are_right_as_often_as_was_measured(judged):
    both = judged[judged["first_reader"] == judged["second_reader"]]
    assert len(both) > 194
    assert precision(both, -1) >= 0.55 and precision(both, 1) >= 0.4  # measured .61 and .47


def test_where_both_readers_agree_a_side_that_wording_takes_is_mostly_right(tone):
    """Nothing was learned from this sheet, but lists were mended on its errors; `later` holds rows that neither knew."""
    judged = pd.concat([pd.read_csv(WORDED), pd.read_csv(LATER).query("corpus == 'events'").assign(voice="outlet")])
    table = judged.merge(tone.drop_duplicates(KEY), on=KEY, suffixes=("_judged", ""))
    both = table[table["first_reader"] == table["second_reader"]]
    side = sides(both["wording"].to_numpy(float))
    assert len(both) > 270 and (side == -1).sum() >= 4
    assert (both.loc[side == -1, "first_reader"] == -1).mean() >= 0.75  # measured 4 of 4
    assert (both.loc[side == 0, "first_reader"] == 0).mean() >= 0.85  # measured .86


@pytest.fixture(scope="module")
def later(shared):
    """Rows judged by two readers after the weights were learned, none of articles learned from; where both agree.

    Of PolNeAR's development part, of articles of its training part in which earlier versions had taken no side, and of
    NewsMTSC: those likeliest to evaluate, and a few others.
    """
    from train_wording import in_articles

    rows = pd.read_csv(LATER)
    rows = rows[(rows["corpus"] != "events") & (rows["first_reader"] == rows["second_reader"])]
    lines = (shared / "bench" / "sentiment" / "train.jsonl").read_text("utf-8").splitlines()
    sentences = {row["id"]: row["sentence"] for row in map(json.loads, lines)}
    parts = []
    for corpus, part in rows.groupby("corpus"):
        if corpus == "newsmtsc":
            found = read_targets([(sentences[row.article_id], row.start, row.end) for row in part.itertuples()])
        else:
            folder = shared / "bench" / "quotes" / "polnear" / str(corpus).split()[1]
            found = in_articles(part.astype(str).to_dict("records"), folder)
        parts.append(part.assign(side=sides(wording_scores(found))))
    return pd.concat(parts)


def test_on_rows_that_nothing_was_learned_from_a_side_is_right_as_often_as_was_measured(later):
    """The aims, .75 and .65, are not shown to be reached: see docs/tone.md."""
    negative, positive = later[later["side"] == -1], later[later["side"] == 1]
    news = negative[negative["corpus"] != "newsmtsc"]
    assert len(negative) >= 38 and (negative["first_reader"] == -1).mean() >= 0.62  # measured .65 of 40
    assert len(news) >= 5 and (news["first_reader"] == -1).mean() >= 0.5  # measured 4 of 6
    assert len(positive) >= 5 and (positive["first_reader"] == 1).mean() >= 0.35  # measured 3 of 6


def test_two_readers_agree_on_the_later_rows():
    found = krippendorff_alpha(pd.read_csv(LATER)[["first_reader", "second_reader"]], level="ordinal")
    assert found["n_units"] == 439 and 0.85 < found["alpha"] < 0.98
