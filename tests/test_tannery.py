"""The second bundled corpus: every line of its key points at the text as it is read, and what is planted is there."""

from __future__ import annotations

import importlib.util
import re
import tomllib
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pandas as pd
import pytest

from framing import example, example_path, find_passages
from framing.stats import read_contrasts
from framing.tables import WORD
from framing.words.concepts import load_concepts

TRAINING = Path(__file__).parents[1] / "training" / "tannery"
PLANTED = {
    "regeneration": "Port Ansel Evening Beacon",
    "residents": "Port Ansel Evening Beacon",
    "demolition": "The Gannet",
    "families": "The Gannet",
    "luxury flats": "The Gannet",
    "redevelopment": "Harbor Business Ledger",
    "holdouts": "Harbor Business Ledger",
    "scheme": "Ansel Coast Radio",
    "private flats": "Ansel Coast Radio",
    "clearance": "The Inland Courier",
    "householders": "The Inland Courier",
}


@pytest.fixture(scope="module")
def articles() -> pd.DataFrame:
    return example("tannery").set_index("article_id")


@pytest.fixture(scope="module")
def texts(articles) -> dict[str, str]:
    return articles["text"].to_dict()


@pytest.fixture(scope="module")
def key(articles) -> dict[str, pd.DataFrame]:
    names = ["quotes", "scare", "zones", "labels", "coverage", "agency", "tone"]
    tables = {
        name: pd.read_csv(example_path("tannery", f"key/gold_{name}.csv"), keep_default_na=False) for name in names
    }
    return {name: table.join(articles[["outlet", "event"]], on="article_id") for name, table in tables.items()}


@pytest.fixture(scope="module")
def answers() -> dict[str, dict]:
    found = tomllib.loads(example_path("tannery", "key/answers.toml").read_text(encoding="utf-8"))
    return {outlet["name"]: outlet for outlet in found["outlet"]}


def spans(cell: str) -> list[tuple[int, int]]:
    pairs = [piece.split("-") for piece in cell.split(";") if piece]
    return [(int(start), int(end)) for start, end in pairs]


def test_five_outlets_tell_eight_events_in_five_file_formats(articles):
    assert articles.groupby("event")["outlet"].nunique().tolist() == [5] * 8 and len(articles) == 40
    endings = articles["path"].str.extract(r"\.(\w+)$")[0].groupby(articles["outlet"]).unique()
    assert sorted(ending for endings in endings for ending in endings) == ["docx", "html", "md", "txt", "txt"]
    assert articles["date"].min() == "2024-03-04" and articles["date"].notna().all()
    assert articles["headline"].notna().all() and set(articles["language"]) == {"en"}


def test_no_name_of_the_other_corpus_stands_in_it(texts):
    assert [name for name, text in texts.items() if re.search(r"Putin|Kim Jong|Kremlin|Pyongyang", text)] == []


def test_articles_have_150_to_450_words_of_their_own(texts, key):
    own = key["zones"][~key["zones"]["zone"].isin(["furniture", "caption"])]
    counts = {
        article: sum(len(WORD.findall(texts[article][row.start : row.end])) for row in rows.itertuples())
        for article, rows in own.groupby("article_id")
    }
    assert len(counts) == 40 and {article: n for article, n in counts.items() if not 150 <= n <= 450} == {}


@pytest.mark.parametrize("part", ["content", "cue", "source"])
def test_every_gold_quotation_points_at_its_words(texts, key, part):
    for row in key["quotes"].itertuples():
        pieces = [texts[row.article_id][start:end] for start, end in spans(getattr(row, f"{part}_spans"))]
        assert " ".join(pieces) == getattr(row, part) and all(piece == piece.strip() for piece in pieces)


def test_gold_quotations_are_never_nested_and_each_has_content_and_cue(key):
    assert (key["quotes"]["content"].str.len() > 0).all() and (key["quotes"]["cue"].str.len() > 0).all()
    for article, rows in key["quotes"].groupby("article_id"):
        contents = sorted(pair for cell in rows["content_spans"] for pair in spans(cell))
        assert all(first[1] <= second[0] for first, second in pairwise(contents)), article


def test_every_double_mark_belongs_to_a_quotation_or_to_scare_quotes(texts, key):
    for article, text in texts.items():
        kept = key["zones"][(key["zones"]["article_id"] == article) & (key["zones"]["zone"] != "furniture")]
        taken = [
            pair
            for cell in key["quotes"].loc[key["quotes"]["article_id"] == article, "content_spans"]
            for pair in spans(cell)
        ]
        scare = key["scare"][key["scare"]["article_id"] == article]
        taken += list(zip(scare["start"], scare["end"], strict=True))
        loose = [
            hit.start()
            for hit in re.finditer(r'["“”‘]', text)
            if len(kept[(kept["start"] <= hit.start()) & (hit.start() < kept["end"])])
            and not any(start <= hit.start() < end for start, end in taken)
        ]
        assert loose == [], article


def test_labels_facts_agency_and_tone_point_at_their_words(texts, key):
    for name, column in [("scare", "content"), ("labels", "text"), ("agency", "clause"), ("tone", "text")]:
        for row in key[name].itertuples():
            assert texts[row.article_id][row.start : row.end] == getattr(row, column)
    found = key["coverage"][key["coverage"]["found"] == "found"]
    for row in found.itertuples():
        assert spans(row.all_spans)[0] == (int(row.start), int(row.end))
        assert all(texts[row.article_id][start:end].strip() for start, end in spans(row.all_spans))


def test_each_name_is_the_own_word_of_one_outlet_and_of_no_other(key):
    own = key["labels"][key["labels"]["voice"] == "outlet"]
    for label, outlet in PLANTED.items():
        events = own[own["label"] == label].groupby("outlet")["event"].nunique()
        assert events.idxmax() == outlet and events[outlet] >= 5 and events.drop(outlet).sum() <= 1, label


def test_one_speaker_has_the_floor_in_each_outlet(key, answers):
    for outlet, answer in answers.items():
        (first, most), (_, next_most) = Counter(
            key["quotes"].loc[key["quotes"]["outlet"] == outlet, "speaker"]
        ).most_common(2)
        assert first == answer["most_quoted"] and most >= 2 * next_most
    assert len({answer["most_quoted"] for answer in answers.values()}) == 5


def test_every_outlet_leaves_some_facts_untold_that_others_tell(key, answers):
    facts = pd.read_csv(example_path("tannery", "facts.csv"))
    assert facts["fact"].is_unique and len(key["coverage"]) == 40 * len(facts)
    stated = key["coverage"][key["coverage"]["found"] == "found"].groupby("outlet")["fact"].agg(set)
    assert set().union(*stated) == set(facts["fact"])
    for outlet, answer in answers.items():
        assert set(answer["never_states"]) == set(facts["fact"]) - stated[outlet] and len(answer["never_states"]) >= 3


def test_only_those_close_to_the_owners_hide_who_cleared_the_block(key):
    doings = key["agency"][(key["agency"]["doer"] == "police")].groupby("outlet")["form"].agg(set)
    assert doings["The Gannet"] == {"active"} and doings["Ansel Coast Radio"] == {"active"}
    assert "active" not in doings["Port Ansel Evening Beacon"] | doings["Harbor Business Ledger"]


def test_tone_is_planted_on_both_sides(key):
    tone = key["tone"].groupby(["outlet", "target"])["polarity"].agg(set)
    assert tone["Port Ansel Evening Beacon", "Ingrid Valloway"] == {"positive"}
    assert tone["The Inland Courier", "Ingrid Valloway"] == {"negative"}
    assert tone["Harbor Business Ledger", "Rupert Kessling"] == {"positive"}
    assert "Ansel Coast Radio" not in key["tone"]["outlet"].tolist()


def test_marks_differ_from_outlet_to_outlet(articles):
    seen = {
        outlet: {mark for mark in '"“‘' if mark in "".join(rows["text"])} for outlet, rows in articles.groupby("outlet")
    }
    assert seen == {
        "Port Ansel Evening Beacon": {"‘"},
        "The Gannet": {'"'},
        "Harbor Business Ledger": {'"'},
        "Ansel Coast Radio": {"“"},
        "The Inland Courier": {"“"},
    }


def test_only_the_agency_copy_is_shared_between_outlets(articles, texts):
    def runs(text: str) -> set[tuple[str, ...]]:
        words = [word.lower() for word in WORD.findall(re.sub(r'[“"‘][^”"’\n]*[”"’]', " zzquotezz ", text))]
        return {tuple(words[i : i + 10]) for i in range(len(words) - 9)}

    of = {article: runs(text) for article, text in texts.items()}
    pairs = {
        (first, second)
        for first in of
        for second in of
        if first < second and of[first] & of[second] and articles.loc[first, "outlet"] != articles.loc[second, "outlet"]
    }
    assert pairs == {("coast-radio-wall", "inland-courier-wall")}


def test_concepts_and_hypotheses_can_be_read(key, answers):
    declared = {
        label.name for concept in load_concepts(example_path("tannery", "tannery.toml")) for label in concept.labels
    }
    assert set(key["labels"]["label"]) == declared
    assert set(read_contrasts(example_path("tannery", "contrasts.toml"))["outlet"]) <= set(answers)


def test_most_zones_are_found_where_the_author_put_them(articles, key):
    found = find_passages(articles.reset_index())[["article_id", "start", "zone"]]
    both = key["zones"].merge(found, on=["article_id", "start"], how="left", suffixes=("", "_found"))
    assert (both["zone"] == both["zone_found"]).mean() > 0.95


def test_articles_and_key_are_what_the_marked_up_source_gives(tmp_path):
    spec = importlib.util.spec_from_file_location("build_tannery", TRAINING / "build.py")
    builder = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(builder)
    builder.build(tmp_path)
    bundled = example_path("tannery")
    made = [path.relative_to(tmp_path) for path in sorted(tmp_path.rglob("*")) if path.is_file()]
    assert len(made) == 49  # a Word file's bytes depend on the library that wrote it; its words are in the key
    assert [
        path
        for path in made
        if path.suffix != ".docx" and (tmp_path / path).read_bytes() != (bundled / path).read_bytes()
    ] == []
