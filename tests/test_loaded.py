"""Loaded wording: candidates with reasons; a floor on hand-annotated sentences."""

from __future__ import annotations

import importlib.util
import json
import tomllib
from pathlib import Path

import pandas as pd
import pytest

from framing.tables import empty_table
from framing.words.loaded_wording import COLUMNS, LEAST, LEXICON, find_loaded

NO_QUOTES = empty_table("quotes")


def articles_of(*texts: str) -> pd.DataFrame:
    from framing import read_articles

    return read_articles(
        pd.DataFrame(
            {"article_id": [f"a{n}" for n in range(len(texts))], "outlet": "Gazette", "event": "e1", "text": texts}
        ),
        clean=False,
    )


def found(text: str) -> dict[str, str]:
    table = find_loaded(articles_of(text), quotes=NO_QUOTES)
    return dict(zip(table["text"], table["kind"], strict=True))


def test_each_candidate_comes_with_its_reason_and_sentence():
    text = "Rain fell. The mayor slammed the shameful plan."
    table = find_loaded(articles_of(text), quotes=NO_QUOTES)
    assert list(table) == COLUMNS
    assert table["text"].tolist() == ["shameful", "slammed"]
    assert table["reason"].tolist() == [
        "an adjective of moral condemnation",
        "reports speech with a verb that judges it",
    ]
    assert table["sentence"].tolist() == ["The mayor slammed the shameful plan."] * 2
    assert [text[a:b] for a, b in zip(table["start"], table["end"], strict=True)] == table["text"].tolist()


def test_plain_news_prose_has_no_candidates():
    assert found("The council met on Tuesday and voted on the budget, the clerk said.") == {}


def test_adverbs_come_from_their_adjectives():
    assert found("They behaved shamefully.") == {"shamefully": "condemnation"}


def test_part_of_speech_matters_where_it_says_so():
    assert "hammer" not in found("He bought a hammer at the market.")
    assert found("Critics blast the plan.") == {"blast": "loaded reporting verb"}


def test_a_hyphen_in_the_lexicon_is_a_hyphen_in_the_text():
    assert found("The bridge has been closed. It would be open.") == {}
    assert found("The would-be king is a has-been.") == {"would-be": "epithet", "has-been": "epithet"}


def test_participles_count_where_they_describe():
    assert found("The launch failed on Monday.") == {}
    assert found("It was a failed policy.") == {"failed": "epithet"}


def test_names_are_not_candidates():
    assert found("Lily Savage met reporters in London.") == {}


def test_the_longest_phrase_wins():
    assert found("It was a witch hunt.") == {"witch hunt": "dishonesty"}


def test_words_in_somebody_elses_mouth_weigh_less_and_come_later():
    text = 'The mayor said: "It is disgraceful." It was disgraceful.'
    start = text.index("It is")
    quotes = pd.DataFrame(
        [
            {
                "article_id": "a0",
                "kind": "direct",
                "speaker": "the mayor",
                "quote_id": "q",
                "content_spans": ((start, start + 18),),
            }
        ]
    )
    table = find_loaded(articles_of(text), quotes=quotes)
    assert table["voice"].tolist() == ["outlet", "quoted"]
    assert table["score"].is_monotonic_decreasing and table["score"].nunique() == 2


def test_scare_quotes_are_candidates_in_the_outlets_voice():
    text = 'The so-called "reform" passed.'
    start = text.index("reform")
    quotes = pd.DataFrame(
        [
            {
                "article_id": "a0",
                "kind": "scare",
                "speaker": pd.NA,
                "quote_id": "q",
                "content_spans": ((start, start + 6),),
            }
        ]
    )
    table = find_loaded(articles_of(text), quotes=quotes, min_score=0)
    row = table[table["text"] == "reform"].iloc[0]
    assert "reform" not in set(find_loaded(articles_of(text), quotes=quotes)["text"])
    assert (row["kind"], row["voice"]) == ("scare quotes", "outlet")


def test_nothing_to_find_gives_an_empty_table_with_columns():
    assert list(find_loaded(articles_of("It rained."), quotes=NO_QUOTES)) == COLUMNS
    assert list(find_loaded(articles_of("x").iloc[:0], quotes=NO_QUOTES)) == COLUMNS


def test_every_class_of_the_lexicon_says_why():
    classes = tomllib.loads(LEXICON.read_text(encoding="utf-8"))["class"]
    assert all(group["reason"] and group["note"] and 0 < group["weight"] <= 1 for group in classes)
    assert len({group["name"] for group in classes}) == len(classes)


@pytest.fixture(scope="module")
def babe(shared):
    """The development part of BABE, only scored; its training part was looked at, and nothing trained on either."""
    folder = shared / "bench" / "loaded"
    spec = importlib.util.spec_from_file_location("score_loaded", folder / "score_loaded.py")
    scorer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scorer)
    return scorer, {row["id"]: row for row in map(json.loads, (folder / "dev.jsonl").read_text().splitlines())}


def test_floor_on_annotated_sentences(babe):
    scorer, gold = babe
    articles = articles_of(*(row["text"] for row in gold.values())).assign(article_id=list(gold))
    table = find_loaded(articles, quotes=NO_QUOTES, min_score=0)
    score = table.groupby("article_id")["score"].sum()
    words = table[table["score"] >= LEAST].groupby("article_id")["text"].agg(list)
    result = scorer.score(
        gold, {key: {"id": key, "score": float(score.get(key, 0)), "biased_words": words.get(key, [])} for key in gold}
    )
    assert result["word_f1"] >= 0.40
    assert result["roc_auc"] >= 0.78


def test_of_fifty_drawn_from_real_news_few_stand_in_a_wrong_sense(us_news):
    """The sheet holds our verdicts on fifty candidates drawn at random: is the word meant as its class says?"""
    sheet = pd.read_csv(Path(__file__).parent / "data" / "loaded_sheet.csv")
    table = find_loaded(us_news[us_news["article_id"].isin(sheet["article_id"])])
    seen = sheet.merge(table, on=["article_id", "start", "end"])
    assert len(seen) >= 45
    assert (seen["right_sense"] == 0).mean() <= 0.10
    assert (sheet["right_sense"] == 0).mean() <= 0.10


@pytest.mark.parametrize(
    "sentence, word",
    [
        ("They sang on the series Shameless Liars in May.", "Shameless"),
        ("He read Brutal Truths of Ruritania.", "Brutal"),
        ("A clip of the film Vile Bodies was shown.", "Vile"),
        ("They met at the Outrageous Inn.", "Outrageous"),
        ("The long Savage River flooded.", "Savage"),
        ("He heard the band Horrific Noise.", "Horrific"),
        ("She joined the Crazy Hatters last year.", "Crazy"),
        ("The club Absurd Ideas met.", "Absurd"),
        ("Then the Wretched Hive opened its doors.", "Wretched"),
        ("The play Cruel Intentions began.", "Cruel"),
    ],
)
def test_a_capital_inside_a_sentence_is_a_name(sentence, word):
    assert word not in found(sentence)
    assert word.lower() in found(f"It was {word.lower()}.")


def test_words_that_name_a_deed_or_a_side_of_politics_are_listed_only_when_asked_for():
    texts = (
        "The attack killed two.",
        "The crisis grew.",
        "Police spoke of murder.",
        "Voters asked about gun control.",
        "He was charged with fraud.",
        "They flee the storm.",
        "The trial for treason began.",
        "It was a massive wave.",
        "They spoke of rape.",
        "The hostage went home.",
    )
    articles = articles_of(*texts)
    assert find_loaded(articles, quotes=NO_QUOTES).empty
    assert find_loaded(articles, quotes=NO_QUOTES, min_score=0)["article_id"].nunique() >= 9


@pytest.mark.parametrize(
    "reporting",
    [
        "on Tuesday",
        "by 12 percent",
        ", the clerk said",
        "for $5 million",
        "in three towns",
        "in March 2013",
        ", the mayor announced",
        ", the agency reported",
        ", the council told us",
        "two years ago",
    ],
)
def test_a_word_weighs_less_in_a_sentence_that_reports(reporting):
    plain, told = (
        find_loaded(articles_of(text), quotes=NO_QUOTES, min_score=0)["score"].max()
        for text in ("The absurd plan failed again.", f"The absurd plan failed again {reporting}.")
    )
    assert told < plain


@pytest.mark.parametrize(
    "text, quoted",
    [
        ('The word "wall" was struck out.', "wall"),
        ('The so-called "HR 1" measure passed.', "HR 1"),
        ('They picked William "Mo" Cowan.', "Mo"),
        ('He used the term "amnesty" twice.', "amnesty"),
    ],
)
def test_a_quoted_word_that_is_spoken_about_or_a_name_is_no_scare_quote(text, quoted):
    start = text.index(f'"{quoted}"') + 1
    quotes = pd.DataFrame(
        [
            {
                "article_id": "a0",
                "kind": "scare",
                "speaker": pd.NA,
                "quote_id": "q",
                "content_spans": ((start, start + len(quoted)),),
            }
        ]
    )
    assert quoted not in set(find_loaded(articles_of(text), quotes=quotes)["text"])


def test_a_word_in_a_fixed_phrase_is_no_candidate():
    assert found("The gross income of the lame-duck mayor rose.") == {}
    assert "gross" in found("It was a gross lie.")


def test_a_candidate_stands_beside_a_plainer_word_where_one_is_known():
    table = find_loaded(articles_of("The mayor slammed the regime."), quotes=NO_QUOTES)
    assert dict(zip(table["text"], table["neutral"], strict=True)) == {"slammed": "criticise", "regime": "government"}


@pytest.mark.parametrize("adverb", ["directly", "abruptly", "densely", "fondly", "indirectly", "briefly", "brightly"])
def test_an_adverb_comes_from_its_own_adjective(adverb):
    assert adverb not in found(f"The minister {adverb} told the council of the plan.")
    assert "drastically" in found("The council drastically cut the budget.")
    assert "shamefully" in found("The council shamefully cut the budget.")


@pytest.mark.parametrize(
    ("sentence", "word"),
    [
        ("The treaty hurt manufacturing jobs in the north.", "manufacturing"),
        ("They opened a manufacturing plant.", "manufacturing"),
        ("The army held a military parade.", "parade"),
        ("Workers left the oil rig in May.", "rig"),
        ("There was a lull in the rain.", "lull"),
        ("The car lay in a ditch.", "ditch"),
        ("A flock of birds landed.", "flock"),
        ("She wore a red skirt.", "skirt"),
        ("They sold the ship for scrap.", "scrap"),
        ("The jockey fell from his horse.", "jockey"),
        ("They danced a waltz.", "waltz"),
        ("Her campaign blasted out an email.", "blasted"),
        ("The froth on the beer was white.", "froth"),
        ("The bridge is on the agenda of the council.", "agenda"),
        ("The two parties fight for the battlegrounds in the north.", "battlegrounds"),
    ],
)
def test_a_thing_or_a_trade_is_no_charged_verb(sentence, word):
    assert word not in found(sentence)


def test_what_stands_in_markup_is_no_scare_quotes():
    for text in ['He wrote <tweet pic="blue bird" author="some fox"> today.', 'The page said class="red box" again.']:
        table = find_loaded(articles_of(text), min_score=0)
        assert "scare quotes" not in set(table["kind"])
