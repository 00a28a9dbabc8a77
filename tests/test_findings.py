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
    row = {"measure": measure, "outlet": "Courier", "reference": "rest", "estimate": 0.75, "low": 0.4, "high": 1.0,
           "p": 0.0002, "p_adjusted": 0.001, "n_articles": 24, "n_events": 8, "target_value": 0.75,
           "reference_value": 0.0, "note": "", "declared": False}
    return row | columns


def analysis(*contrasts, **tables):
    articles = pd.DataFrame([{"article_id": f"{outlet}-{event}", "outlet": outlet, "event": event, "text": "A folly."}
                             for outlet in OUTLETS for event in EVENTS])
    labels = articles.assign(label="folly", concept="the dam", voice="outlet", start=2, end=7)
    labels = labels[labels["outlet"] == "Courier"][:6]
    return Analysis({"articles": articles, "labels": labels, "comparisons": pd.DataFrame(list(contrasts)), **tables},
                    {})


def test_a_difference_is_told_with_both_values_interval_cases_and_sentences():
    row = findings(analysis(contrast())).iloc[0]
    assert row["sentence"] == ("Courier says “folly” in its own voice more often than the other outlets: in "
                               "75\u00a0% of its articles against 0\u00a0%.")
    assert "95 % interval +40 to +100" in row["numbers"] and "paired on 8 events, 24 articles" in row["numbers"]
    assert row["evidence"] == tuple((f"Courier-e{number}", 2, 7) for number in range(6))
    assert row["n"] == 8 and "F1 .89" in row["rests_on"] and row["kind"] == "difference"


def test_less_is_told_as_less_and_leads_to_the_passages_of_the_others():
    row = findings(analysis(contrast(outlet="Gazette", estimate=-0.4, low=-0.6, high=-0.2, target_value=0.0,
                                     reference_value=0.4))).iloc[0]
    assert "Gazette says “folly” in its own voice less often" in row["sentence"]
    assert {article for article, _, _ in row["evidence"]} == {f"Courier-e{number}" for number in range(6)}


@pytest.mark.parametrize("few", [{"n_events": FEWEST_CASES - 1}, {"measure": "uses “project”"},
                                 {"note": "not paired, no events in common", "n_articles": 8}])
def test_nothing_is_told_that_rests_on_fewer_than_five_cases(few):
    assert findings(analysis(contrast(**few)))["kind"].tolist() == ["nothing"]


def test_a_p_value_is_adjusted_for_all_measures_explored_but_not_for_what_was_declared():
    others = [contrast(measure, p_adjusted=0.5) for measure in ("words given to Ann Lee", "Ann Lee in the headline",
                                                                "tone toward Ann Lee",
                                                                "words in the outlet's own voice")]
    table = findings(analysis(contrast(p_adjusted=0.011), *others))
    assert table["kind"].tolist() == ["nothing"] and "smallest adjusted p is .055" in table["sentence"].iloc[0]
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


def test_a_measure_that_has_no_words_of_its_own_is_told_in_plain_ones():
    row = findings(analysis(contrast("agency of the police", target_value=0.4, reference_value=0.1))).iloc[0]
    assert row["sentence"] == "Courier is above the other outlets in agency of the police: +0.40 against +0.10."


def test_what_holds_of_all_outlets_names_no_outlet_as_different():
    articles = analysis().articles
    quotes = articles.assign(speaker=["Ann Lee"] * 12 + ["Tom Reed"] * 7 + [pd.NA] * 5, start=0, end=8, kind="direct",
                             n_words=3)
    table = findings(analysis(contrast(p_adjusted=0.5), quotes=quotes))
    row = table[table["measure"] == "speaker"].iloc[0]
    assert row["sentence"] == ("Ann Lee is quoted in 12 of 24 articles, by 2 of 3 outlets; next comes Tom Reed, in 7.")
    assert (row["kind"], row["outlet"]) == ("seen", "") and 0.31 < row["low"] < 0.5 < row["high"] < 0.69


def test_a_sample_too_small_is_said_to_be_too_small():
    small = pd.DataFrame({"measure": ["x"], "outlet": ["A"], "reference": ["B"], "smallest_p": [0.25], "n_events": [2],
                          "n_articles": [4], "detectable": [np.nan]})
    assert "too small to tell any difference" in sample_sentence(small)
    assert "4 to 5 points" in sample_sentence(pd.concat([small.assign(smallest_p=0.001, detectable=size)
                                                         for size in (0.04, 0.05)]))


@pytest.fixture(scope="module")
def summit():
    path = partial(framing.example_path, "summit")
    return analyze(framing.example("summit"), concepts=path("summit.toml"), contrasts=path("contrasts.toml"))


def test_findings_on_the_bundled_corpus_name_planted_differences_and_none_other(summit):
    key = tomllib.loads(framing.example_path("summit", "key/answers.toml").read_text(encoding="utf-8"))["outlet"]
    planted = {(outlet["name"], name) for outlet in key for name in outlet["own_voice"]}
    quoted = {(outlet["name"], outlet["most_quoted"].replace("Kim Jong-un", "Kim Jong Un")) for outlet in key}
    table = findings(summit)
    assert 3 <= len(table) <= 7
    for row in table.itertuples():
        if row.measure == "headline":  # not planted, but anybody can count it
            surname = r"\b" + ("Kim" if row.item == "Kim Jong Un" else str(row.item).split()[-1]) + r"\b"
            named = summit.articles["headline"].str.contains(surname)
            own = summit.articles["outlet"] == row.outlet
            assert (named[own].mean() - named[~own].mean()) * row.estimate > 0.1
            continue
        assert row.estimate > 0 and (row.outlet, row.item) in (planted if row.measure == "label_use" else quoted)
    assert {("The Quayside Minute", "romance"), ("The Amur Concord", "friendship")} <= set(
        zip(table["outlet"], table["item"], strict=True))


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
        tables = {name: rows.assign(outlet=rows["article_id"].map(outlet_of)) if {"article_id", "outlet"} <= set(rows)
                  else rows for name, rows in summit.tables.items()}
        tables["comparisons"] = explore(swapped, n_permutations=999, n_boot=99, seed=seed)
        told += findings(Analysis(tables, {}))["kind"].isin(["difference", "declared"]).any()
    assert told <= 1
