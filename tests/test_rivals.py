"""Rival names found from the coverage itself, without a concept file."""

from __future__ import annotations

import tomllib
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import framing
from framing.stats.comparison import alike
from framing.words.concepts import accept_rivals, load_concepts
from framing.words.rivals import COLUMNS, find_rivals

DATA = Path(__file__).parent / "data"
PLANTED = {
    "friendship",
    "special military operation",
    "alliance",
    "tie",
    "ostracise",
    "war",
    "pariah",
    "war of aggression",
    "partnership of outcasts",
    "rapprochement",
    "offensive",
    "conflict",
    "romance",
    "invasion",
}


def articles_of(*stories: tuple[str, str, str]) -> pd.DataFrame:
    rows = [
        {"article_id": f"a{n}", "outlet": outlet, "event": event, "text": text}
        for n, (outlet, event, text) in enumerate(stories)
    ]
    return framing.read_articles(pd.DataFrame(rows), clean=False)


@pytest.fixture(scope="module")
def two_outlets() -> pd.DataFrame:
    return articles_of(
        (
            "Gazette",
            "e1",
            "Police raided the house of Ada Brook on Monday. The agents carried out boxes of ledgers. "
            "Illegal immigrants worked in the laundry of the house, the mayor of Ruritania found.",
        ),
        (
            "Courier",
            "e1",
            "Police searched the house of Ada Brook on Monday. They carried out boxes of ledgers. "
            "Undocumented immigrants worked in the laundry of the house, the mayor of Ruritania found.",
        ),
    )


def test_a_raid_here_is_a_search_there(two_outlets):
    rivals = find_rivals(two_outlets, n_permutations=0)
    assert list(rivals) == COLUMNS
    assert {"raid", "search"} in [set(names) for names in rivals["names"]]


def test_what_describes_one_noun_is_lined_up(two_outlets):
    rivals = find_rivals(two_outlets, n_permutations=0)
    row = next(row for row in rivals.itertuples() if "illegal immigrant" in row.names)
    assert set(row.names) == {"illegal immigrant", "undocumented immigrant"} and row.referent == "immigrant"
    assert set(row.used) == {
        ("illegal immigrant", "Gazette", "outlet", 1),
        ("undocumented immigrant", "Courier", "outlet", 1),
    }
    texts = two_outlets.set_index("article_id")["text"]
    assert {texts[article][start:end] for _, article, start, end in row.evidence} == {"Illegal", "Undocumented"}


def test_contraries_and_things_of_one_kind_are_no_rivals():
    rivals = find_rivals(
        articles_of(
            ("Gazette", "e1", "The Republican senator of Ruritania won the vote."),
            ("Courier", "e1", "The Democratic senator of Ruritania lost the vote."),
        ),
        n_permutations=0,
    )
    assert rivals.empty


def test_two_things_named_in_one_list_are_no_rivals():
    rivals = find_rivals(
        articles_of(
            (
                "Gazette",
                "e1",
                "The police seized rifles and pistols in Strelsau. The pistols lay in a shed in Strelsau.",
            ),
            ("Courier", "e1", "The police seized rifles in Strelsau. The rifles lay in a shed in Strelsau."),
        ),
        n_permutations=0,
    )
    assert not any({"rifle", "pistol"} <= set(names) for names in rivals["names"])


def test_articles_of_different_events_are_not_lined_up(two_outlets):
    assert find_rivals(two_outlets.assign(event=["e1", "e2"]), n_permutations=0).empty
    assert find_rivals(two_outlets.head(0)).empty


def test_accepted_rivals_are_a_concept_file_that_counts_them(two_outlets, tmp_path):
    rivals = find_rivals(two_outlets, n_permutations=0)
    row = next(row.Index for row in rivals.itertuples() if "illegal immigrant" in row.names)
    path = accept_rivals(rivals, [row], tmp_path / "mine.toml")
    assert [label.name for label in load_concepts(path)[0].labels] == list(rivals["names"][row])
    labels = framing.find_labels(two_outlets, path)
    assert sorted(labels["text"]) == ["Illegal immigrants", "Undocumented immigrants"]
    assert "# Gazette 1 (outlet)" in path.read_text(encoding="utf-8")


def test_a_row_that_is_not_there_is_refused(two_outlets, tmp_path):
    rivals = find_rivals(two_outlets, n_permutations=0)
    with pytest.raises(ValueError, match="There is no row 999"):
        accept_rivals(rivals, [999], tmp_path / "mine.toml")


def test_the_planted_rivals_are_among_the_first_twenty():
    rivals = find_rivals(framing.example(), top=20, n_permutations=99)
    found = {name for names in rivals["names"] if len(PLANTED & set(names)) > 1 for name in names} & PLANTED
    assert len(found) >= 0.8 * len(PLANTED), sorted(PLANTED - found)
    assert rivals["p"].iloc[0] <= 0.05  # five outlets, each with its own name for the war


def test_the_planted_rivals_of_the_second_corpus_are_among_the_first_twenty():
    """The list of near names was written with both corpora known: this shows the way, not what other topics give."""
    folder = Path(framing.__file__).parent / "examples" / "tannery" / "key"
    key = tomllib.loads((folder / "answers.toml").read_text("utf-8"))
    planted = {name.removesuffix("s") for outlet in key["outlet"] for name in outlet["own_voice"]}
    planted = (planted - {"familie"}) | {"family"}
    rivals = find_rivals(framing.example("tannery"), top=20, n_permutations=0)
    found = {name for names in rivals["names"] if len(planted & set(names)) > 1 for name in names} & planted
    assert len(found) >= 0.8 * len(planted), sorted(planted - found)


# How often outlets are said to differ when each article's outlet is drawn by lot.


def test_outlets_handed_out_by_lot_are_said_to_differ_in_one_of_twenty():
    draw = np.random.default_rng(7)
    events = np.repeat(np.arange(12), 4)
    said = []
    for trial in range(300):
        shares = draw.beta(0.6, 0.6, size=48)
        outlets = np.concatenate([draw.permutation(list("ABCD")) for _ in range(12)])
        said.append(alike(shares, outlets, events, n_permutations=199, seed=trial)[0] <= 0.05)
    assert 0.02 <= np.mean(said) <= 0.085  # 300 trials: .05 within three standard errors


def test_outlets_that_choose_alike_in_every_event_are_told_apart():
    outlets, events = np.tile(list("ABC"), 8), np.repeat(np.arange(8), 3)
    shares = (outlets == "A").astype(float)
    p, least = alike(shares, outlets, events, n_permutations=999)
    assert p == least <= 0.01
    assert np.isnan(alike(shares[:3], outlets[:3], events[:3])[0])  # one event shows no habit


# Real news: sheets of our own reading, offsets and verdicts only.


@pytest.fixture(scope="module")
def rivals_of_real_news(us_news: pd.DataFrame) -> pd.DataFrame:
    return find_rivals(us_news, n_permutations=0)


def test_most_of_the_first_forty_are_real(rivals_of_real_news):
    sheet = pd.read_csv(DATA / "rivals_sheet.csv")
    real_places = set(sheet[sheet["real"] == 1][["article", "start", "end"]].itertuples(index=False, name=None))
    first = rivals_of_real_news.head(40)
    hits = [
        sum(tuple(place[1:]) in real_places for place in evidence) > len(evidence) / 2 for evidence in first["evidence"]
    ]
    assert np.mean(hits) >= 0.6  # a rivalry nobody has judged counts as wrong


def test_half_of_what_a_reader_noted_beforehand_is_found(rivals_of_real_news, us_news):
    texts = us_news.set_index("article_id")["text"]
    known = pd.read_csv(DATA / "rivals_known.csv")
    known["words"] = [texts[row.article][row.start : row.end].lower() for row in known.itertuples()]
    found = []
    for _, thing in known.groupby("thing"):
        stems = {word: [part[:6].rstrip("s") for part in word.split()] for word in thing["words"]}
        event = thing["article"].iloc[0][:8]
        rows = [row for row in rivals_of_real_news.itertuples() if any(name.startswith(event) for name in row.events)]
        found.append(
            any(
                sum(
                    any(name.startswith(stem) for part in row.names for name in part.split() for stem in parts)
                    for parts in stems.values()
                )
                > 1
                and len(set(stems)) > 1
                for row in rows
            )
        )
    assert np.mean(found) >= 0.5
