"""The bundled corpus: every line of its key points at the text it claims, and what is planted is there."""

from __future__ import annotations

import importlib.util
import re
import tomllib
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pandas as pd
import pytest

from framing import example, example_path

WORD = re.compile(r"\w+(?:['’-]\w+)*")
TRAINING = Path(__file__).parents[1] / "training" / "summit"
OUTLETS = [
    "Liberty Palisade",
    "Northmere Dispatch",
    "The Amur Concord",
    "The Lantern Bay Herald",
    "The Quayside Minute",
]
OWN_ZONES = ["headline", "standfirst", "byline", "lead", "body", "subheading"]


@pytest.fixture(scope="module")
def articles() -> pd.DataFrame:
    return example("summit").set_index("article_id")


@pytest.fixture(scope="module")
def texts(articles) -> dict[str, str]:
    return articles["text"].to_dict()


@pytest.fixture(scope="module")
def key(articles) -> dict[str, pd.DataFrame]:
    names = ["quotes", "scare", "zones", "labels", "coverage"]
    tables = {
        name: pd.read_csv(example_path("summit", f"key/gold_{name}.csv"), keep_default_na=False) for name in names
    }
    return {name: table.join(articles[["outlet", "event"]], on="article_id") for name, table in tables.items()}


@pytest.fixture(scope="module")
def answers() -> dict[str, dict]:
    found = tomllib.loads(example_path("summit", "key/answers.toml").read_text(encoding="utf-8"))
    return {outlet["name"]: outlet for outlet in found["outlet"]}


def spans(cell: str) -> list[tuple[int, int]]:
    pairs = [piece.split("-") for piece in cell.split(";") if piece]
    return [(int(start), int(end)) for start, end in pairs]


def words(text: str) -> list[str]:
    return [word.lower().replace("’", "'") for word in WORD.findall(text)]


def runs(sequence: list[str], n: int) -> set[tuple[str, ...]]:
    return {tuple(sequence[i : i + n]) for i in range(len(sequence) - n + 1)}


def outside_marks(text: str) -> str:
    """The text with each quotation replaced by a sign that no run of words can bridge."""
    return re.sub(r'[“"][^”"\n]*(?:[”"]|$)', " @@ ", text, flags=re.M).replace("@@", "zzquotezz")


def quoted(text: str) -> list[str]:
    return re.findall(r'[“"]([^”"\n]*)(?:[”"]|$)', text, flags=re.M)


def test_five_outlets_tell_the_same_eight_events(articles):
    assert sorted(articles["outlet"].unique()) == OUTLETS
    assert articles.groupby("event")["outlet"].nunique().tolist() == [5] * 8
    assert len(articles) == 40 and articles.index.is_unique


def test_the_table_gives_the_files_as_they_are(articles):
    for row in articles.itertuples():
        file = example_path("summit", "articles") / row.outlet.lower().replace("the ", "").replace(" ", "-")
        assert (file / f"{row.event}.txt").read_text(encoding="utf-8") == row.text


def test_an_unknown_corpus_is_refused_with_the_names_of_those_there_are():
    with pytest.raises(ValueError, match=r"no bundled corpus 'sumit'. Choose one of: summit, tannery\."):
        example("sumit")


def test_an_unknown_file_is_refused_with_the_names_of_those_there_are():
    with pytest.raises(ValueError, match=r"no file 'fact\.csv'.*facts\.csv"):
        example_path("summit", "fact.csv")


def test_articles_have_150_to_300_words_of_their_own(texts, key):
    own = key["zones"][key["zones"]["zone"].isin(OWN_ZONES)]
    counts = {
        article: sum(len(words(texts[article][row.start : row.end])) for row in rows.itertuples())
        for article, rows in own.groupby("article_id")
    }
    assert {article: n for article, n in counts.items() if not 150 <= n <= 300} == {}


def test_zones_cover_every_line_once(texts, key):
    for article, rows in key["zones"].groupby("article_id"):
        lines = [(hit.start(), hit.end()) for hit in re.finditer(r"[^\n]+", texts[article])]
        assert list(zip(rows["start"], rows["end"], strict=True)) == lines
    assert set(
        """
        headline standfirst byline lead body subheading caption credit furniture other_story
    """.split()
    ) == set(key["zones"]["zone"])
    counts = key["zones"].groupby("article_id")["zone"].value_counts().unstack(fill_value=0)
    assert (counts["headline"] == 1).all() and (counts["lead"] == 1).all()


@pytest.mark.parametrize("part", ["content", "cue", "source"])
def test_every_gold_quotation_points_at_its_words(texts, key, part):
    for row in key["quotes"].itertuples():
        pieces = [texts[row.article_id][start:end] for start, end in spans(getattr(row, f"{part}_spans"))]
        assert " ".join(pieces) == getattr(row, part)
        assert all(piece == piece.strip() for piece in pieces)


def test_every_gold_quotation_has_content_cue_and_a_known_kind(key):
    gold = key["quotes"]
    assert (gold["content"].str.len() > 0).all() and (gold["cue"].str.len() > 0).all()
    assert set(gold["kind"]) == {"direct", "mixed", "indirect"}
    assert ((gold["voice"] == "reported") == (gold["kind"] == "indirect")).all()


def test_gold_quotations_are_never_nested(key):
    for _, rows in key["quotes"].groupby("article_id"):
        contents = sorted(pair for cell in rows["content_spans"] for pair in spans(cell))
        assert all(first[1] <= second[0] for first, second in pairwise(contents))
        edges = [pair for cell in [*rows["cue_spans"], *rows["source_spans"]] for pair in spans(cell)]
        assert not any(a < d and c < b for a, b in contents for c, d in edges)


def test_every_quotation_mark_belongs_to_a_quotation_or_to_scare_quotes(texts, key):
    for article, text in texts.items():
        own = key["zones"][(key["zones"]["article_id"] == article) & (key["zones"]["zone"] != "other_story")]
        taken = [
            pair
            for cell in key["quotes"].loc[key["quotes"]["article_id"] == article, "content_spans"]
            for pair in spans(cell)
        ]
        scare = key["scare"][key["scare"]["article_id"] == article]
        taken += list(zip(scare["start"], scare["end"], strict=True))
        loose = [
            text[hit.start() : hit.start() + 30]
            for hit in re.finditer(r'["“”]', text)
            if own[(own["start"] <= hit.start()) & (hit.start() < own["end"])].size
            and not any(start <= hit.start() < end for start, end in taken)
        ]
        assert loose == [], article


def test_two_to_twelve_attributions_stand_in_every_article(key):
    counts = key["quotes"].groupby("article_id").size()
    assert len(counts) == 40 and counts.min() >= 2 and counts.max() <= 12


def test_scare_quotes_labels_and_facts_point_at_their_words(texts, key):
    for name, column in [("scare", "content"), ("labels", "text")]:
        for row in key[name].itertuples():
            assert texts[row.article_id][row.start : row.end] == getattr(row, column)
    found = key["coverage"][key["coverage"]["found"] == "found"]
    for row in found.itertuples():
        pieces = spans(row.all_spans)
        assert pieces[0] == (int(row.start), int(row.end))
        assert all(texts[row.article_id][start:end].strip() for start, end in pieces)


def test_the_label_voice_agrees_with_the_quotations(key):
    gold = key["quotes"]
    for row in key["labels"].itertuples():
        around = [
            (quote.kind, quote.speaker)
            for quote in gold[gold["article_id"] == row.article_id].itertuples()
            if any(start <= row.start < end for start, end in spans(quote.content_spans))
        ]
        assert (row.voice == "outlet") == (around == [])
        if around:
            assert row.speaker == around[0][1]


def test_every_fact_is_stated_somewhere_and_missing_somewhere(key):
    facts = pd.read_csv(example_path("summit", "facts.csv"))
    assert facts["fact"].is_unique and len(key["coverage"]) == 40 * len(facts)
    share = (key["coverage"]["found"] == "found").groupby(key["coverage"]["fact"]).mean()
    assert share.between(0, 1, inclusive="neither").all()


def test_answers_name_the_labels_of_each_voice(key, answers):
    labels = key["labels"]
    for outlet, answer in answers.items():
        rows = labels[labels["outlet"] == outlet]
        own = rows[rows["voice"] == "outlet"]
        n_articles = own.groupby("label")["article_id"].nunique()
        assert set(answer["own_voice"]) == set(n_articles[n_articles >= 4].index)
        assert set(answer["quoted_only"]) == set(rows["label"]) - set(own["label"])
        assert answer["quoted_only"]


def test_answers_name_who_is_quoted_most_by_a_clear_margin(key, answers):
    for outlet, answer in answers.items():
        rows = key["quotes"][(key["quotes"]["outlet"] == outlet) & (key["quotes"]["speaker"] != "")]
        (first, most), (_, next_most) = Counter(rows["speaker"]).most_common(2)
        assert first == answer["most_quoted"] and most >= next_most + 5


def test_answers_name_the_facts_an_outlet_never_states(key, answers):
    stated = key["coverage"][key["coverage"]["found"] == "found"].groupby("outlet")["fact"].agg(set)
    for outlet, answer in answers.items():
        assert set(answer["never_states"]) == set(key["coverage"]["fact"]) - stated[outlet]
        assert len(answer["never_states"]) >= 3


def test_the_fact_an_article_leads_with_stands_in_its_lead(key, answers):
    leads = key["zones"][key["zones"]["zone"] == "lead"].set_index("article_id")
    stated = key["coverage"].set_index(["article_id", "fact"])
    for article, lead in leads.iterrows():
        fact = answers[lead["outlet"]]["leads_with"][lead["event"]]
        if fact:
            assert lead["start"] <= int(stated.loc[(article, fact), "start"]) < lead["end"]


@pytest.mark.parametrize(
    ("label", "outlet"),
    [
        ("romance", "The Quayside Minute"),
        ("invasion", "The Quayside Minute"),
        ("pariah", "Liberty Palisade"),
        ("war of aggression", "Liberty Palisade"),
        ("friendship", "The Amur Concord"),
        ("special military operation", "The Amur Concord"),
        ("offensive", "Northmere Dispatch"),
        ("conflict", "Northmere Dispatch"),
        ("war in Ukraine", "The Lantern Bay Herald"),
    ],
)
def test_one_outlet_says_it_in_every_event_and_the_others_never_in_their_own_voice(key, label, outlet):
    rows = key["labels"][(key["labels"]["label"] == label) & (key["labels"]["voice"] == "outlet")]
    assert set(rows["outlet"]) == {outlet} and rows["event"].nunique() == 8


def test_friendship_is_quoted_by_all_and_said_by_one(key):
    rows = key["labels"][key["labels"]["label"] == "friendship"]
    assert set(rows.loc[rows["voice"] == "quoted", "outlet"]) == set(OUTLETS)


def test_only_the_agency_copy_is_shared_between_outlets(articles, texts):
    def shared_words(first: str, second: str) -> int:
        return len(runs(words(outside_marks(texts[first])), 10) & runs(words(outside_marks(texts[second])), 10))

    wire = ("lantern-bay-herald-missiles", "northmere-dispatch-missiles")
    assert shared_words(*wire) > 100
    others = [
        (first, second)
        for first in articles.index
        for second in articles.index
        if first < second
        and (first, second) != wire
        and articles.loc[first, "outlet"] != articles.loc[second, "outlet"]
    ]
    assert [pair for pair in others if shared_words(*pair)] == []


def test_one_quotation_runs_over_two_paragraphs_and_closes_only_in_the_last(texts):
    text = texts["amur-concord-cosmodrome"]
    assert re.search(r': "[^"\n]+\n\n"[^"\n]+"\n', text)
    straight = {article for article, text in texts.items() if text.count('"') % 2}
    assert straight == {"amur-concord-cosmodrome"}


def test_each_outlet_keeps_one_style_of_quotation_marks(articles):
    for outlet, rows in articles.groupby("outlet"):
        text = "".join(rows["text"])
        curly = outlet in ("The Quayside Minute", "The Lantern Bay Herald")
        assert ('"' in text, "“" in text) == (not curly, curly)


def test_concepts_and_hypotheses_can_be_read(answers, key):
    from framing.stats.comparison import read_contrasts
    from framing.words.concepts import load_concepts

    labels = {
        label.name for concept in load_concepts(example_path("summit", "summit.toml")) for label in concept.labels
    }
    assert labels == set(key["labels"]["label"])
    hypotheses = read_contrasts(example_path("summit", "contrasts.toml"))
    assert set(hypotheses["outlet"]) <= set(answers) and len(hypotheses) == 4


def test_articles_and_key_are_what_the_marked_up_source_gives(tmp_path):
    spec = importlib.util.spec_from_file_location("build_summit", TRAINING / "build.py")
    builder = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(builder)
    builder.build(tmp_path)
    made = {path.relative_to(tmp_path): path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    summit = example_path("summit")
    assert len(made) == 47 and made == {path: (summit / path).read_bytes() for path in made}


def test_sentences_are_our_own(shared, texts):
    pages = [path.read_text(encoding="utf-8") for path in sorted((shared / "articles").glob("*.txt"))]
    theirs = set().union(*(runs(words(page), 9) for page in pages))
    copied = {article: runs(words(outside_marks(text)), 9) & theirs for article, text in texts.items()}
    assert {article: found for article, found in copied.items() if found} == {}
    theirs = set().union(*(runs(words(page), 14) for page in pages))
    assert [article for article, text in texts.items() if runs(words(text), 14) & theirs] == []


def test_quoted_words_were_really_said_and_are_few(shared, texts):
    pages = " ".join(
        " ".join(words(path.read_text(encoding="utf-8"))) for path in sorted((shared / "articles").glob("*.txt"))
    )
    fragments = [fragment for text in texts.values() for fragment in quoted(text)]
    assert [fragment for fragment in fragments if " ".join(words(fragment)) not in pages] == []
    assert max(len(words(fragment)) for fragment in fragments) <= 13
