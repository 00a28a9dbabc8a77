import tomllib
from functools import partial

import numpy as np
import pandas as pd
import pytest

import framing
from framing.reports.findings import COLUMNS, FEWEST_CASES, findings, sample_sentence
from framing.reports.pipeline import Analysis, analyze, explore, measure_tables

OUTLETS, EVENTS = ("Courier", "Gazette", "Herald"), [f"e{number}" for number in range(8)]


def contrast(measure="uses “folly”", **columns):
    row = {
        "measure": measure,
        "outlet": "Courier",
        "reference": "rest",
        "estimate": 0.75,
        "low": 0.4,
        "high": 1.0,
        "p": 0.0002,
        "p_adjusted": 0.001,
        "n_articles": 24,
        "n_events": 8,
        "target_value": 0.75,
        "reference_value": 0.0,
        "note": "",
        "declared": False,
    }
    return row | columns


def analysis(*contrasts, **tables):
    articles = pd.DataFrame(
        [
            {"article_id": f"{outlet}-{event}", "outlet": outlet, "event": event, "text": "A folly."}
            for outlet in OUTLETS
            for event in EVENTS
        ]
    )
    labels = articles.assign(label="folly", concept="the dam", voice="outlet", start=2, end=7)
    labels = labels[labels["outlet"] == "Courier"][:6]
    return Analysis(
        {"articles": articles, "labels": labels, "comparisons": pd.DataFrame(list(contrasts)), **tables}, {}
    )


def test_a_difference_is_told_with_both_values_interval_cases_and_sentences():
    row = findings(analysis(contrast())).iloc[0]
    assert row["sentence"] == (
        "Courier says “folly” in its own voice more often than the other outlets: in "
        "75\u00a0% of its articles against 0\u00a0%."
    )
    assert "95 % interval +40 to +100" in row["numbers"] and "paired on 8 events, 24 articles" in row["numbers"]
    assert row["evidence"] == tuple((f"Courier-e{number}", 2, 7) for number in range(6))
    assert row["n"] == 8 and "F1 .89" in row["rests_on"] and row["kind"] == "difference"


@pytest.mark.parametrize(
    ("measure", "said"),
    [("tone toward Ann Lee", "speaks less favourably of Ann Lee"), ("good or bad told of Ann Lee", "worse news")],
)
def test_wording_and_news_of_a_person_are_told_in_their_own_words(measure, said):
    rows = analysis().tables["labels"].assign(target="Ann Lee")
    told = findings(analysis(contrast(measure, estimate=-0.4, target_value=-0.3, reference_value=0.1), tone=rows))
    assert said in told["sentence"].iloc[0] and "−0.30 against +0.10" in told["sentence"].iloc[0]
    assert len(told["evidence"].iloc[0]) == 6


def test_less_is_told_as_less_and_leads_to_the_passages_of_the_others():
    row = findings(
        analysis(contrast(outlet="Gazette", estimate=-0.4, low=-0.6, high=-0.2, target_value=0.0, reference_value=0.4))
    ).iloc[0]
    assert "Gazette says “folly” in its own voice less often" in row["sentence"]
    assert {article for article, _, _ in row["evidence"]} == {f"Courier-e{number}" for number in range(6)}


@pytest.mark.parametrize(
    "few",
    [
        {"n_events": FEWEST_CASES - 1},
        {"measure": "uses “project”"},
        {"note": "not paired, no events in common", "n_articles": 8},
    ],
)
def test_nothing_is_told_that_rests_on_fewer_than_five_cases(few):
    assert findings(analysis(contrast(**few)))["kind"].tolist() == ["nothing"]


def test_a_p_value_is_adjusted_for_all_measures_explored_but_not_for_what_was_declared():
    others = [
        contrast(measure, p_adjusted=0.5)
        for measure in (
            "words given to Ann Lee",
            "Ann Lee in the headline",
            "tone toward Ann Lee",
            "words in the outlet's own voice",
        )
    ]
    table = findings(analysis(contrast(p_adjusted=0.011), *others))
    assert (
        table["kind"].tolist() == ["nothing"]
        and "is .011 within its measure and .055 over all measures" in table["sentence"].iloc[0]
    )
    declared = findings(analysis(contrast(p_adjusted=0.011, declared=True), *others)).iloc[0]
    assert declared["kind"] == "declared" and declared["p_adjusted"] == 0.011


def test_where_nothing_can_be_shown_it_says_so_and_what_can_be_read():
    row = findings(analysis(contrast(p_adjusted=0.3))).iloc[0]
    assert "No difference between outlets can be told from chance" in row["sentence"]
    assert "side by side" in row["sentence"]
    alone = findings(Analysis({"articles": analysis().articles[:1]}, {}))
    assert "No difference between outlets was tested" in alone["sentence"].iloc[0] and list(alone) == COLUMNS


def test_one_measure_gives_three_sentences_at_most_and_all_measures_seven():
    many = [contrast(outlet=outlet, reference=other) for outlet in OUTLETS for other in (*OUTLETS, "rest")]
    assert len(findings(analysis(*many))) == 3


def test_what_was_declared_is_not_told_again_by_exploration_against_another_reference():
    told = findings(analysis(contrast(), contrast(reference="Gazette", declared=True)))
    assert told[["kind", "reference"]].to_numpy().tolist()[0] == ["declared", "Gazette"]
    assert "difference" not in told["kind"].tolist()


def test_a_measure_that_has_no_words_of_its_own_is_told_in_plain_ones():
    row = findings(analysis(contrast("agency of the police", target_value=0.4, reference_value=0.1))).iloc[0]
    assert row["sentence"] == "Courier is above the other outlets in agency of the police: +0.40 against +0.10."


def test_what_holds_of_all_outlets_names_no_outlet_as_different():
    articles = analysis().articles
    quotes = articles.assign(
        speaker=["Ann Lee"] * 12 + ["Tom Reed"] * 7 + [pd.NA] * 5, start=0, end=8, kind="direct", n_words=3, quote_id=1
    )
    table = findings(analysis(contrast(p_adjusted=0.5), quotes=quotes))
    row = table[table["measure"] == "speaker"].iloc[0]
    assert row["sentence"] == (
        "Ann Lee is quoted or reported in 12 of 24 articles, by 2 of 3 outlets; next comes Tom Reed, in 7."
    )
    assert (row["kind"], row["outlet"]) == ("seen", "") and 0.31 < row["low"] < 0.5 < row["high"] < 0.69


def test_whom_others_quote_and_one_neither_quotes_nor_names_is_told_with_its_passages():
    quotes = pd.DataFrame(
        [
            {
                "article_id": f"{outlet}-{event}",
                "outlet": outlet,
                "event": event,
                "speaker": "Ann Lee",
                "start": 0,
                "end": 8,
                "kind": "direct",
                "n_words": 3,
                "nested": False,
                "quote_id": 1,
            }
            for outlet in ("Courier", "Gazette")
            for event in EVENTS[:6]
        ]
    )
    row = {
        "outlet": "Herald",
        "speaker": "Ann Lee",
        "quoted_by": "Courier; Gazette",
        "n_outlets": 2,
        "n_words": 6,
        "named": False,
    }
    missing = pd.DataFrame([row | {"event": event, "n_words": 9 if event == "e3" else 6} for event in EVENTS[:6]])

    def told(table):
        found = findings(analysis(contrast(p_adjusted=0.5), quotes=quotes, missing_speakers=table))
        return found[found["measure"] == "missing"]

    one = told(missing).iloc[0]
    assert one["sentence"] == (
        "On 6 of 8 events that three outlets or more cover, somebody whom two or more of them quote by name was found "
        "neither quoted nor named in another. Given most words: Ann Lee, 9 words in Courier and Gazette, none found in Herald."
    )
    assert (one["kind"], one["outlet"], len(one["evidence"])) == ("seen", "", 12) and one["low"] < 0.75 < one["high"]
    for other in (
        missing.assign(named=True),
        missing.assign(n_outlets=1),
        missing.assign(speaker="critics"),
        missing.assign(named=pd.NA),
        missing.head(FEWEST_CASES - 1),
    ):
        assert told(other).empty


@pytest.mark.parametrize(("versions", "rank"), [(6, "as many as any other here"), (4, "the most here")])
def test_a_statement_as_widely_printed_as_another_is_not_called_the_most(versions, rank):
    rows = [
        {
            "utterance": number,
            "outlet": outlet,
            "speaker": "Ann Lee",
            "kept": 0.5,
            "article_id": outlet,
            "start": 0,
            "end": 8,
        }
        for number, n in ((1, 6), (2, versions))
        for outlet in ["Courier", "Gazette"] * (n // 2)
    ]
    table = findings(analysis(contrast(p_adjusted=0.5), quote_matches=pd.DataFrame(rows)))
    sentence = table[table["measure"] == "quotation"]["sentence"].iloc[0]
    assert (
        sentence == f"A statement of Ann Lee stands in 6 versions in 2 outlets, {rank}; the shortest has 50\u00a0% "
        "of the content words of the fullest, in the same or like words."
    )


@pytest.mark.parametrize(
    ("target", "reference", "said"), [(0.594, 0.476, "+12 points, before rounding"), (0.6, 0.48, "+12 points,")]
)
def test_a_difference_that_its_rounded_values_do_not_give_says_so(target, reference, said):
    row = findings(
        analysis(contrast(target_value=target, reference_value=reference, estimate=target - reference))
    ).iloc[0]
    assert said in row["numbers"] and ("before rounding" in said) == ("before rounding" in row["numbers"])


def test_a_sample_too_small_is_said_to_be_too_small():
    small = pd.DataFrame(
        {
            "measure": ["x"],
            "outlet": ["A"],
            "reference": ["B"],
            "smallest_p": [0.25],
            "n_events": [2],
            "n_articles": [4],
            "detectable": [np.nan],
        }
    )
    assert "too small to tell any difference" in sample_sentence(small)
    assert "4 to 5 points" in sample_sentence(
        pd.concat([small.assign(smallest_p=0.001, detectable=size) for size in (0.04, 0.05)])
    )


def bundled(name):
    path = partial(framing.example_path, name)
    return analyze(framing.example(name), concepts=path(f"{name}.toml"), contrasts=path("contrasts.toml"))


@pytest.fixture(scope="module")
def summit():
    return bundled("summit")


@pytest.fixture(scope="module", params=["summit", "tannery"])
def corpus(request):
    """Name and analysis of a bundled corpus."""
    name = request.param
    return name, request.getfixturevalue("summit") if name == "summit" else bundled(name)


def counted(row, analysis, name):
    """The difference in headlines, or in whose words fill the space, as anybody can count it with the key at hand."""
    articles = analysis.articles
    own = articles["outlet"] == row.outlet
    if row.measure == "headline":
        surname = r"\b" + ("Kim" if row.item == "Kim Jong Un" else str(row.item).split()[-1]) + r"\b"
        named = articles["headline"].str.contains(surname)
        return named[own].mean() - named[~own].mean()
    gold = pd.read_csv(framing.example_path(name, "key/gold_quotes.csv"))
    n_said = gold["content"].str.len().groupby(gold["article_id"]).sum()
    share = 1 - articles["article_id"].map(n_said).fillna(0) / articles["text"].str.len()
    return share[own].mean() - share[~own].mean()


def test_findings_on_the_bundled_corpora_name_planted_differences_and_none_other(corpus):
    name, analysis = corpus
    key = tomllib.loads(framing.example_path(name, "key/answers.toml").read_text(encoding="utf-8"))["outlet"]
    planted = {(outlet["name"], label) for outlet in key for label in outlet["own_voice"]}
    quoted = {(outlet["name"], outlet["most_quoted"].replace("Kim Jong-un", "Kim Jong Un")) for outlet in key}
    table = findings(analysis)
    assert 3 <= len(table) <= 7
    for row in table.itertuples():
        if row.measure in ("headline", "voice_share"):  # not planted, but true of the texts
            assert counted(row, analysis, name) * row.estimate > 0 and abs(counted(row, analysis, name)) > 0.03
            continue
        assert row.estimate > 0 and (row.outlet, row.item) in (planted if row.measure == "label_use" else quoted)
    clearest = {
        "summit": {("The Quayside Minute", "romance"), ("The Amur Concord", "friendship")},
        "tannery": {("Port Ansel Evening Beacon", "regeneration"), ("The Gannet", "families")},
    }
    assert clearest[name] <= set(zip(table["outlet"], table["item"], strict=True))
    assert not table.duplicated(["measure", "item", "outlet"]).any()


def test_outlets_exchanged_at_random_within_events_are_hardly_ever_said_to_differ(summit):
    kept = {"voice_share", "label_use"}
    measures = {name: rows if name in kept else rows[:0] for name, rows in measure_tables(summit.tables).items()}
    told = 0
    for seed in range(6):
        order = np.random.default_rng(seed)
        shuffled = partial(lambda names, order: order.permutation(names.to_numpy()), order=order)
        mixed = summit.articles.groupby("event")["outlet"].transform(shuffled)
        outlet_of = dict(zip(summit.articles["article_id"], mixed, strict=True))
        swapped = {name: rows.assign(outlet=rows["article_id"].map(outlet_of)) for name, rows in measures.items()}
        tables = {
            name: rows.assign(outlet=rows["article_id"].map(outlet_of))
            if {"article_id", "outlet"} <= set(rows)
            else rows
            for name, rows in summit.tables.items()
        }
        tables["comparisons"] = explore(swapped, n_permutations=999, n_boot=99, seed=seed)
        told += findings(Analysis(tables, {}))["kind"].isin(["difference", "declared"]).any()
    assert told <= 1


def test_outlets_that_share_no_events_are_said_to_share_too_few():
    note = "not paired, no events in common: a difference may come from different events"
    row = {"measure": "share", "outlet": "A", "reference": "rest", "n_articles": 9, "n_events": 9, "smallest_p": 0.02}
    sample = pd.DataFrame([row | {"width": None, "detectable": None, "note": note}] * 2)
    assert sample_sentence(sample).startswith("These outlets share too few events to be compared")
