"""Loaded wording: candidates with reasons; a floor on hand-annotated sentences."""

from __future__ import annotations

import importlib.util
import json
import tomllib

import pandas as pd

from framing.tables import empty_table
from framing.words.index import word_index
from framing.words.loaded_wording import COLUMNS, LEXICON, find_loaded, lexicon_hits

NO_QUOTES = empty_table("quotes")


def articles_of(*texts: str) -> pd.DataFrame:
    from framing import read_articles
    return read_articles(pd.DataFrame({"article_id": [f"a{n}" for n in range(len(texts))], "outlet": "Gazette",
                                       "event": "e1", "text": texts}), clean=False)


def found(text: str) -> dict[str, str]:
    table = find_loaded(articles_of(text), quotes=NO_QUOTES)
    return dict(zip(table["text"], table["kind"], strict=True))


def test_each_candidate_comes_with_its_reason_and_sentence():
    text = "Rain fell. The mayor slammed the shameful plan."
    table = find_loaded(articles_of(text), quotes=NO_QUOTES)
    assert list(table) == COLUMNS
    assert table["text"].tolist() == ["shameful", "slammed"]
    assert table["reason"].tolist() == ["an adjective of moral condemnation",
                                        "reports speech with a verb that judges it"]
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
    quotes = pd.DataFrame([{"article_id": "a0", "kind": "direct", "speaker": "the mayor", "quote_id": "q",
                            "content_spans": ((start, start + 18),)}])
    table = find_loaded(articles_of(text), quotes=quotes)
    assert table["voice"].tolist() == ["outlet", "quoted"]
    assert table["score"].is_monotonic_decreasing and table["score"].nunique() == 2


def test_scare_quotes_are_candidates_in_the_outlets_voice():
    text = 'The so-called "reform" passed.'
    start = text.index("reform")
    quotes = pd.DataFrame([{"article_id": "a0", "kind": "scare", "speaker": pd.NA, "quote_id": "q",
                            "content_spans": ((start, start + 6),)}])
    table = find_loaded(articles_of(text), quotes=quotes)
    row = table[table["text"] == "reform"].iloc[0]
    assert (row["kind"], row["voice"]) == ("scare quotes", "outlet")


def test_nothing_to_find_gives_an_empty_table_with_columns():
    assert list(find_loaded(articles_of("It rained."), quotes=NO_QUOTES)) == COLUMNS
    assert list(find_loaded(articles_of("x").iloc[:0], quotes=NO_QUOTES)) == COLUMNS


def test_every_class_of_the_lexicon_says_why():
    classes = tomllib.loads(LEXICON.read_text(encoding="utf-8"))["class"]
    assert all(group["reason"] and group["note"] and 0 < group["weight"] <= 1 for group in classes)
    assert len({group["name"] for group in classes}) == len(classes)


def test_floor_on_annotated_sentences(shared):
    """BABE is for measuring only: nothing here was chosen on it."""
    folder = shared / "bench" / "loaded"
    spec = importlib.util.spec_from_file_location("score_loaded", folder / "score_loaded.py")
    scorer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scorer)
    gold = {row["id"]: row for row in map(json.loads, (folder / "dev.jsonl").read_text().splitlines())}
    index = word_index(articles_of(*(row["text"] for row in gold.values())), NO_QUOTES)
    ids = list(gold)
    predicted = {key: {"id": key, "score": 0.0, "biased_words": []} for key in ids}
    for first, last, entry in lexicon_hits(index):
        row = index.article[first]
        predicted[ids[row]]["score"] += entry.weight
        predicted[ids[row]]["biased_words"].append(gold[ids[row]]["text"][index.start[first]:index.end[last]])
    result = scorer.score(gold, predicted)
    assert result["word_f1"] > .33
    assert result["roc_auc"] > .71


def test_a_word_in_a_fixed_phrase_is_no_candidate():
    assert found("The gross income of the lame-duck mayor rose.") == {}
    assert "gross" in found("It was a gross lie.")


def test_a_candidate_stands_beside_a_plainer_word_where_one_is_known():
    table = find_loaded(articles_of("The mayor slammed the regime."), quotes=NO_QUOTES)
    assert dict(zip(table["text"], table["neutral"], strict=True)) == {"slammed": "criticise", "regime": "government"}
