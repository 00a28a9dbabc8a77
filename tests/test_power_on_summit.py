"""The bundled corpus: what was planted is found where `what_can_show` says that it can be, and not elsewhere."""

import tomllib

import numpy as np
import pandas as pd
import pytest

import framing
from framing.stats.comparison import compare
from framing.stats.limits import what_can_show


@pytest.fixture(scope="module")
def corpus():
    return framing.example("summit")


@pytest.fixture(scope="module")
def key():
    return framing.example_path("summit") / "key"


@pytest.fixture(scope="module")
def planted(key):
    """Outlet and label, for every label that an outlet was made to use in its own voice."""
    answers = tomllib.loads((key / "answers.toml").read_text(encoding="utf-8"))
    return [(outlet["name"], label) for outlet in answers["outlet"] for label in outlet["own_voice"]]


@pytest.fixture(scope="module")
def uses(corpus, key, planted):
    """One row per article and planted label: 1 where the outlet's own voice uses it, read off the answer key."""
    gold = pd.read_csv(key / "gold_labels.csv")
    gold = gold[gold["voice"] == "outlet"]
    return pd.concat(
        [
            corpus[["article_id", "outlet", "event"]].assign(
                item=label, value=corpus["article_id"].isin(gold.loc[gold["label"] == label, "article_id"]).astype(int)
            )
            for _, label in planted
        ],
        ignore_index=True,
    )


def test_every_planted_label_is_found_in_the_outlet_it_was_planted_in(corpus, planted, uses):
    found = compare(uses, "value", items="item", reference="rest").set_index(["measure", "outlet"])
    for outlet, label in planted:
        assert found.loc[(label, outlet), "p_adjusted"] <= 0.05
        assert found.loc[(label, outlet), "low"] > 0
    for outlet, label in dict(planted).items():  # one label of each outlet
        limits = what_can_show(corpus, uses[uses["item"] == label], "value", reference="rest").set_index("outlet")
        assert found.loc[(label, outlet), "estimate"] > limits.loc[outlet, "detectable"]


def test_a_label_planted_at_the_size_named_is_found_about_four_times_in_five(corpus, planted, uses):
    outlet, label = planted[0]
    rows = uses[uses["item"] == label]
    detectable = what_can_show(corpus, rows, "value", reference="rest").set_index("outlet").loc[outlet, "detectable"]
    rng = np.random.default_rng(1)
    found = []
    for _ in range(60):
        kept = rows.assign(value=rows["value"] * (rng.random(len(rows)) < detectable))
        result = compare(kept, "value", reference="rest", n_permutations=499, n_boot=19).set_index("outlet")
        found.append(result.loc[outlet, "p"] <= 0.05)
    assert 0.62 <= np.mean(found) <= 0.97


def test_two_outlets_on_four_of_the_events_can_show_nothing_and_show_nothing(corpus, planted, uses):
    outlet, label = planted[0]
    other = next(name for name in sorted(corpus["outlet"].unique()) if name != outlet)
    few = sorted(corpus["event"].unique())[:4]
    rows = uses[(uses["item"] == label) & uses["event"].isin(few) & uses["outlet"].isin([outlet, other])]
    assert what_can_show(corpus, rows, "value")["smallest_p"].tolist() == [0.125]
    result = compare(rows, "value").iloc[0]
    assert abs(result["estimate"]) == 1
    assert result["p"] == 0.125


def test_names_of_outlets_dealt_at_random_find_what_was_planted_no_more_often_than_chance(uses, planted):
    rng = np.random.default_rng(2)
    outlets = sorted(uses["outlet"].unique())
    labels = list(dict.fromkeys(label for _, label in planted))[:4]
    rows = uses[uses["item"].isin(labels)]
    alarms = []
    for _ in range(40):
        names = {event: dict(zip(outlets, rng.permutation(outlets), strict=True)) for event in rows["event"].unique()}
        dealt = rows.assign(
            outlet=[names[event][outlet] for event, outlet in zip(rows["event"], rows["outlet"], strict=True)]
        )
        result = compare(dealt, "value", items="item", reference="rest", n_permutations=199, n_boot=19)
        alarms.append((result["p_adjusted"] <= 0.05).any())
    assert np.mean(alarms) <= 0.15
