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
from framing.words.index import word_index
from framing.words.labels import label_hits
from framing.words.rival_mentions import Uses, read_mentions
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


# Once a rivalry is found, every use of its names counts, not only those that were lined up.


@pytest.mark.parametrize(
    ("text", "kind", "name", "n"),
    [
        ("The clerk faced claims of sexual harassment. Sexual harassment is a crime.", "noun", "sexual harassment", 2),
        ("Sexual harassment claims were filed.", "noun", "sexual harassment", 1),
        ("The sexual-harassment case was closed.", "noun", "sexual harassment", 1),
        ("They spoke of wars of aggression in the hall.", "noun", "war of aggression", 1),
        ("Raids were made on Monday. A raid was made on Tuesday.", "noun", "raid", 2),
        ("Police raided the house and will raid the shop.", "verb", "raid", 2),
        ("Police raided the house.", "noun", "raid", 0),
        ("The raid leader spoke.", "noun", "raid", 1),
        ("Undocumented immigrants left. An undocumented immigrant stayed.", "modifier", "undocumented immigrant", 2),
        ("The National Review printed the story.", "noun", "review", 0),
        ("The review was long, and reviews are dull.", "noun", "review", 2),
        ("Director James Brook left the hall.", "noun", "director", 1),
        ("The director left the hall with James Brook.", "noun", "director", 1),
        ("They fled the civil war in Ruritania.", "noun", "war", 1),
        ("White House Chief of Staff Rahm Brook called the senator.", "noun", "chief of staff", 1),
    ],
)
def test_every_use_of_a_name_counts_and_nothing_else(text, kind, name, n):
    index = word_index(articles_of(("Gazette", "e1", text)), None)
    assert len(Uses(index, read_mentions(index)).of(kind, [name])) == n


@pytest.mark.parametrize(
    ("headline", "name", "n"),
    [
        ("Police Raid House Of Ada Brook", "house", 1),
        ("Mayor Denies Sexual Harassment", "sexual harassment", 1),
        ("Sexual Harassment Claims Shake The Hall", "sexual harassment", 1),
        ("Director Ada Brook Is Out", "director", 1),
    ],
)
def test_a_name_in_a_headline_in_capitals_counts(headline, name, n):
    told = "The mayor spoke on Monday about the case, and the clerks of the hall left at noon without a word."
    rows = [{"article_id": "a", "outlet": "Gazette", "headline": headline, "text": f"{headline}\n\n{told}\n\n{told}"}]
    index = word_index(framing.read_articles(pd.DataFrame(rows)), None)
    assert len(Uses(index, read_mentions(index)).of("noun", [name])) == n


@pytest.mark.parametrize(
    ("one", "other"), [("e-mail", "email"), ("fund-raiser", "fundraiser"), ("cover-up", "coverup")]
)
def test_a_hyphen_is_house_style_and_no_rivalry(one, other):
    told = "Ada Brook wrote the {0} to the mayor of Ruritania on Monday. The {0} was long. The {0} was read in the harbour."
    rivals = find_rivals(articles_of(("Gazette", "e1", told.format(one)), ("Courier", "e1", told.format(other))))
    assert not any(other in name for names in rivals["names"] for name in names)


def test_of_overlapping_names_the_longer_counts():
    index = word_index(articles_of(("Gazette", "e1", "Harassment is bad; sexual harassment is worse.")), None)
    names = [name for name, _, _ in Uses(index, read_mentions(index)).of("noun", ["harassment", "sexual harassment"])]
    assert names == ["harassment", "sexual harassment"]


def test_names_that_all_outlets_use_alike_by_all_their_uses_are_no_rivalry():
    """Lined up, the Gazette says "misconduct"; in its article "harassment" stands as often as in the Courier's."""
    told = "The mayor of Ruritania denied {} of a clerk, Ada Brook, in the harbour office on Monday. "
    more = "The harassment in the hall is an old matter, and the harassment of clerks is older. "
    both = articles_of(
        ("Gazette", "e1", told.format("misconduct") + more), ("Courier", "e1", told.format("harassment") + more)
    )
    alone = articles_of(("Gazette", "e1", told.format("misconduct")), ("Courier", "e1", told.format("harassment")))
    pair = {"misconduct", "harassment"}
    assert any(pair <= set(names) for names in find_rivals(alone, n_permutations=0)["names"])
    assert not any(pair <= set(names) for names in find_rivals(both, n_permutations=0)["names"])


def test_what_is_used_is_what_the_evidence_points_at(two_outlets):
    rivals = find_rivals(two_outlets, n_permutations=0)
    texts = two_outlets.set_index("article_id")["text"]
    for row in rivals.itertuples():
        assert sum(n for *_, n in row.used) == len(row.evidence)
        assert all(texts[article][start:end].strip() for _, article, start, end in row.evidence)


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


def _row_of(kind: str, *names: str, events: tuple[str, ...] = ("e1",)) -> pd.DataFrame:
    row = {"referent": "-", "kind": kind, "names": names, "events": events, "used": (), "sure": 0.5}
    return pd.DataFrame([row])


@pytest.mark.parametrize(
    ("text", "kind", "name"),
    [
        ("Officials counted fewer illegal border crossings in May.", "modifier", "illegal crossing"),
        ("The agents stopped an unauthorized crossing at the river.", "modifier", "unauthorized crossing"),
        ("She led the new conservative movement for a year.", "modifier", "new movement"),
        ("He spoke of dangerous, costly plans for the town.", "modifier", "dangerous plan"),
        ("They offered temporary cheap wooden housing to families.", "modifier", "temporary housing"),
        ("It was a far-reaching tax reform, the mayor told them.", "modifier", "far-reaching reform"),
        ("Voters saw the sweeping new health laws as a threat.", "modifier", "sweeping law"),
        ("Critics feared harsh economic penalties for the country.", "modifier", "harsh penalty"),
        ("The police broke the crowd up at noon.", "verb", "break up"),
        ("The committee called the vote off at night.", "verb", "call off"),
        ("Russia hopes to find shells in the North.", "verb", "hope"),
        ("The company was fined for the spill.", "verb", "fine"),
        ("White House Counsel Bob Brook spoke. The counsel of the mayor was there.", "noun", "counsel"),
        ("NAACP President Ben Brook spoke. The president was pleased.", "noun", "president"),
        ("President Ada Brook spoke. The presidents of two banks listened.", "noun", "president"),
        ("The members of the council met, and a member left.", "noun", "member"),
    ],
)
def test_what_is_accepted_finds_every_use_that_was_counted(tmp_path, text, kind, name):
    articles = articles_of(("Gazette", "e1", text))
    index = word_index(articles)
    uses = Uses(index, read_mentions(index)).of(kind, [name])
    labels = framing.find_labels(articles, accept_rivals(_row_of(kind, name), [0], tmp_path / "mine.toml"))
    assert len(labels) == len(uses) > 0
    for (_, first, last), label in zip(uses, labels.itertuples(), strict=True):
        assert label.start <= index.start[first] and index.end[last] <= label.end


def _not_found(articles: pd.DataFrame, folder: Path) -> list[tuple[str, str]]:
    """Names of the rivals of these articles that, each row accepted as it is, have fewer hits than uses."""
    quotes = framing.find_quotes(articles)
    rivals = find_rivals(articles, quotes=quotes, n_permutations=0)
    index, lost = word_index(articles, quotes), []
    event = articles["event"].astype(str).to_numpy()
    for row in rivals.itertuples():
        (concept,) = load_concepts(accept_rivals(rivals, [row.Index], folder / "mine.toml"))
        hits = label_hits(index, concept)
        for name in row.names:
            found = sum(event[index.article[first]] in row.events for first, _, label in hits if label == name)
            if found < sum(n for used, *_, n in row.used if used == name):
                lost.append((row.kind, name))
    return lost


@pytest.mark.parametrize("corpus", ["summit", "tannery"])
def test_every_rival_of_the_bundled_corpora_is_found_once_accepted(tmp_path, corpus):
    assert _not_found(framing.example(corpus), tmp_path) == []


def test_every_rival_of_twenty_events_of_the_news_is_found_once_accepted(us_news, tmp_path):
    events = sorted(us_news["event"].unique())[:20]
    articles = framing.read_articles(us_news[us_news["event"].isin(events)])
    for event in events:
        assert _not_found(articles[articles["event"] == event].reset_index(drop=True), tmp_path) == []


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


@pytest.mark.parametrize("shift", [1, 2])
def test_which_outlet_wrote_what_plays_no_part_in_the_search(shift):
    """So that exchanging outlets within events tests what was found. One outlet has a phrase of its own."""
    told = "{0} of Ruritania began the {1} in Strelsau on Monday. The {1} was long, and clerks fled the harbour. {2}"
    stories = [
        (outlet, f"e{n}", told.format(who, what, f"In town {n} the mayor {verb} the {what}."))
        for n in range(5)
        for outlet, who, what, verb in (
            ("Gazette", "Soldiers", "war of aggression", "denounced"),
            ("Courier", "Troops", "invasion", "criticised"),
            ("Herald", "Forces", "war", "decried"),
        )
    ]
    articles = articles_of(*stories)
    by_event = articles["outlet"].to_numpy().reshape(5, 3)
    moved = articles.assign(outlet=np.concatenate([np.roll(by_event[n], shift * n) for n in range(5)]))
    asked = ["names", "events", "evidence", "sure", "parts"]
    there, then = (find_rivals(one, n_permutations=0)[asked] for one in (articles, moved))
    assert any("war of aggression" in names for names in there["names"])
    pd.testing.assert_frame_equal(there, then)


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
    """A row is right where most of its judged places, of two names at least, are of rivalries judged real."""
    sheet = pd.read_csv(DATA / "rivals_sheet.csv")
    verdict = {(row.article, row.start, row.end): row.real for row in sheet.itertuples()}
    hits = []
    for evidence in rivals_of_real_news.head(40)["evidence"]:
        judged = [(name, verdict[tuple(place)]) for name, *place in evidence if tuple(place) in verdict]
        real = [name for name, is_real in judged if is_real]
        hits.append(len(real) > len(judged) / 2 and len(set(real)) > 1)
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
