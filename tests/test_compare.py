"""Comparing outlets: pairing, families of tests, notes, and results that do not depend on order."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings, strategies as st
from scipy.sparse import csr_matrix
from scipy.stats import ttest_1samp

import framing
from framing.stats.comparison import compare, estimate_by, max_t
from framing.stats.intervals import newcombe, newcombe_paired, wilson
from framing.tables import COLUMNS


def table_of(*rows, columns=("article_id", "outlet", "event", "value")):
    return pd.DataFrame(list(rows), columns=list(columns))


def stories(n_events=8, outlets=("Courier", "Gazette"), seed=0, **shift):
    """One article per outlet and event, with noise, and a constant added for outlets named in `shift`."""
    rng = np.random.default_rng(seed)
    return table_of(
        *(
            (f"{outlet}{i}", outlet, f"e{i:02d}", rng.normal() + shift.get(outlet, 0))
            for i in range(n_events)
            for outlet in outlets
        )
    )


def same(one, other):
    pd.testing.assert_frame_equal(one, other)
    return True


def test_the_estimate_is_the_mean_difference_within_events():
    table = table_of(
        ("a", "Courier", "e1", 5),
        ("b", "Gazette", "e1", 3),
        ("c", "Courier", "e2", 1),
        ("d", "Gazette", "e2", 0),
        ("e", "Courier", "e3", 9),
        ("f", "Gazette", "e3", 3),
    )
    row = compare(table, "value").iloc[0]
    assert (row["outlet"], row["reference"], row["estimate"]) == ("Courier", "Gazette", 3)
    assert (row["n_articles"], row["n_events"]) == (6, 3)
    assert (row["target_value"], row["reference_value"]) == (5, 2)
    assert row["p"] == row["smallest_p"] == 0.25
    assert row["effect"] == "Cohen's d_z"
    assert row["effect_size"] == pytest.approx(3 / np.std([2, 1, 6], ddof=1))


def test_the_columns_are_those_of_every_comparison():
    assert list(compare(stories(), "value").columns) == COLUMNS["comparisons"]
    assert list(compare(stories().iloc[:0], "value").columns) == COLUMNS["comparisons"]
    assert list(estimate_by(stories().iloc[:0], "value").columns) == [
        "outlet",
        "estimate",
        "low",
        "high",
        "n_articles",
        "n_events",
        "method",
    ]


def test_five_events_cannot_go_below_one_in_sixteen():
    row = compare(stories(5, Gazette=100), "value").iloc[0]
    assert row["p"] == row["smallest_p"] == 0.0625


def test_several_articles_of_one_outlet_on_one_event_count_once():
    table = stories()
    again = table.assign(article_id=table["article_id"] + "-again")
    once, twice = compare(table, "value"), compare(pd.concat([table, again]), "value")
    assert twice["n_articles"].tolist() == [32]
    assert same(once.drop(columns="n_articles"), twice.drop(columns="n_articles"))


def test_exchanging_the_outlets_turns_the_sign_and_nothing_else():
    table = stories(20, seed=3)
    other = table.assign(outlet=table["outlet"].map({"Courier": "Gazette", "Gazette": "Courier"}))
    for pair in ("event", None):
        one, two = compare(table, "value", pair=pair).iloc[0], compare(other, "value", pair=pair).iloc[0]
        for here, there in (("estimate", "estimate"), ("low", "high"), ("high", "low")):
            assert one[here] == pytest.approx(-two[there])
        assert one["p"] == two["p"]
        assert one["effect_size"] == pytest.approx(-two["effect_size"])


@settings(max_examples=15)
@given(st.randoms(), st.sampled_from(["event", None]), st.sampled_from([None, "rest", "Gazette"]))
def test_the_order_of_articles_changes_nothing(random, pair, reference):
    table = stories(6, ("Courier", "Gazette", "Herald"), seed=4).drop(index=[3, 7])
    mixed = table.sample(frac=1, random_state=random.randint(0, 999))
    options = {"pair": pair, "reference": reference, "n_permutations": 99, "n_boot": 99}
    assert same(compare(table, "value", **options), compare(mixed, "value", **options))
    assert same(estimate_by(table, "value", n_boot=99), estimate_by(mixed, "value", n_boot=99))


def test_two_runs_with_one_seed_agree_and_another_seed_differs():
    table = stories(30, seed=5)
    assert same(compare(table, "value", n_permutations=199), compare(table, "value", n_permutations=199))
    one, other = (compare(table, "value", n_permutations=199, seed=seed).iloc[0] for seed in (0, 1))
    assert one["p"] != other["p"]
    assert one["low"] != other["low"]


def test_exchanging_outlets_with_unequal_numbers_of_articles_keeps_p():
    rng = np.random.default_rng(12)
    table = table_of(
        *(
            (f"{outlet}{i}{k}", outlet, f"e{i}", rng.normal())
            for i in range(12)
            for outlet, n in (("Courier", 1 + i % 3), ("Gazette", 2))
            for k in range(n)
        )
    )
    other = table.assign(outlet=table["outlet"].map({"Courier": "Gazette", "Gazette": "Courier"}))
    one, two = compare(table, "value").iloc[0], compare(other, "value").iloc[0]
    assert one["p"] == two["p"]
    assert one["estimate"] == pytest.approx(-two["estimate"])
    assert "rearranged articles by event" in one["method"]
    found = max_t(table[["value"]], table["outlet"], table["event"], target="Courier", n_permutations=9999)
    assert found["p"].iloc[0] == one["p"]


def test_all_pairs_each_against_the_rest_or_one_reference():
    table = stories(outlets=("Courier", "Gazette", "Herald"))

    def contrasts(reference):
        return compare(table, "value", reference=reference)[["outlet", "reference"]].to_numpy().tolist()

    assert contrasts(None) == [["Courier", "Gazette"], ["Courier", "Herald"], ["Gazette", "Herald"]]
    assert contrasts("rest") == [["Courier", "rest"], ["Gazette", "rest"], ["Herald", "rest"]]
    assert contrasts("Gazette") == [["Courier", "Gazette"], ["Herald", "Gazette"]]
    with pytest.raises(ValueError, match=r"no outlet 'Times'.*Courier"):
        contrasts("Times")


def test_the_rest_is_the_mean_of_the_other_outlets_present_at_the_event():
    table = table_of(
        ("a", "Courier", "e1", 6),
        ("b", "Gazette", "e1", 2),
        ("c", "Herald", "e1", 4),
        ("d", "Courier", "e2", 6),
        ("e", "Gazette", "e2", 0),
    )
    row = compare(table, "value", reference="rest").set_index("outlet").loc["Courier"]
    assert row["estimate"] == ((6 - 3) + (6 - 0)) / 2


def test_a_word_that_one_of_five_outlets_always_uses_and_the_others_never_is_as_clear_as_can_be():
    outlets = list("abcde")
    table = table_of(
        *((f"e{i}{outlet}", outlet, f"e{i}", float(outlet == "a")) for i in range(8) for outlet in outlets)
    )
    found = compare(table, "value", reference="rest", n_permutations=999).set_index("outlet")
    assert found.loc["a", "p"] == 1 / 1000  # in no other arrangement is one outlet alone in all events
    assert (found.loc[list("bcde"), "p"] > 0.05).all()


def test_events_with_one_side_missing_are_left_out_and_counted():
    table = stories()
    table = table[~table["article_id"].isin(["Gazette0", "Courier1"])]
    row = compare(table, "value").iloc[0]
    assert (row["n_events"], row["n_articles"]) == (6, 12)
    assert row["note"] == "2 events left out, covered by one side only"


def test_outlets_without_common_events_are_compared_unpaired_and_the_note_says_so():
    table = stories()
    table["event"] = table["event"] + table["outlet"]
    row = compare(table, "value").iloc[0]
    assert row["note"].startswith("not paired, no events in common")
    assert "shuffled articles" in row["method"]
    assert row["effect"] == "Hedges' g"
    assert row["smallest_p"] == pytest.approx(2 / 12870)


def test_articles_without_event_or_identifier_are_units_of_their_own():
    table = stories().drop(columns=["event", "article_id"])
    row = compare(table, "value").iloc[0]
    assert (row["n_articles"], row["n_events"]) == (16, 0)
    assert estimate_by(table, "value")["n_events"].tolist() == [8, 8]


def test_a_missing_value_is_left_out_and_counted():
    table = stories()
    table.loc[0, "value"] = np.nan
    row = compare(table, "value").iloc[0]
    assert row["n_events"] == 7
    assert "1 article without a value left out" in row["note"]


def test_the_family_of_a_call_shares_one_maximum():
    rng = np.random.default_rng(6)
    table = stories(10).assign(other=rng.normal(size=20), third=rng.normal(size=20))
    alone, together = compare(table, "value"), compare(table, ["value", "other", "third"])
    assert together["measure"].tolist() == ["value", "other", "third"]
    assert alone["p_adjusted"].iloc[0] == alone["p"].iloc[0] == together["p"].iloc[0]
    assert together["p_adjusted"].min() > together["p"].min()
    assert (together["p_adjusted"] >= together["p"]).all()


def test_items_of_a_long_table_are_measures():
    long = pd.concat([stories(seed=1).assign(label="pact"), stories(seed=2).assign(label="alliance")])
    table = compare(long, "value", items="label")
    assert table["measure"].tolist() == ["alliance", "pact"]
    assert compare(long, "value", items="label", measure="share of label")["measure"].tolist() == [
        "share of label: alliance",
        "share of label: pact",
    ]


def test_several_rows_for_one_article_need_a_denominator_or_items():
    table = pd.concat([stories(), stories()])
    with pytest.raises(ValueError, match="Article 'Courier0' has several rows"):
        compare(table, "value")


def test_per_makes_a_ratio_of_sums_within_each_outlet_and_event():
    columns = ("article_id", "outlet", "event", "hits", "words")
    table = table_of(
        ("a", "Courier", "e1", 1, 10),
        ("b", "Courier", "e1", 5, 10),
        ("c", "Gazette", "e1", 1, 10),
        ("d", "Courier", "e2", 4, 10),
        ("e", "Gazette", "e2", 1, 5),
        columns=columns,
    )
    row = compare(table, "hits", per="words").iloc[0]
    assert row["estimate"] == pytest.approx(((6 / 20 - 1 / 10) + (4 / 10 - 1 / 5)) / 2)


def test_nothing_in_the_denominator_is_no_value():
    columns = ("article_id", "outlet", "event", "hits", "words")
    table = table_of(
        ("a", "Courier", "e1", 0, 0),
        ("b", "Gazette", "e1", 1, 2),
        ("c", "Courier", "e2", 1, 2),
        ("d", "Gazette", "e2", 1, 2),
        ("e", "Courier", "e3", 1, 2),
        ("f", "Gazette", "e3", 0, 2),
        columns=columns,
    )
    row = compare(table, "hits", per="words").iloc[0]
    assert row["n_events"] == 2
    assert "1 article without a value left out" in row["note"]


def test_words_where_numbers_should_be_are_an_error():
    with pytest.raises(ValueError, match="'high', which is no number"):
        compare(stories().assign(value="high"), "value")


def test_a_missing_column_is_named():
    with pytest.raises(ValueError, match="no tone"):
        compare(stories(), "tone")


def test_outlets_that_never_differ_get_no_interval_and_p_one():
    row = compare(stories().assign(value=2.5), "value").iloc[0]
    assert (row["estimate"], row["p"], row["smallest_p"]) == (0, 1, 1)
    assert np.isnan(row["low"])
    assert "no variation" in row["method"]


def test_one_outlet_alone_gives_no_rows():
    assert compare(stories(outlets=("Courier",)), "value").empty


def test_shares_of_articles_get_wilson_and_newcombe():
    table = table_of(
        *((f"a{i}", "Courier", f"e{i}", int(i < 9)) for i in range(10)),
        *((f"b{i}", "Gazette", f"f{i}", int(i < 3)) for i in range(10)),
    )
    estimates = estimate_by(table, "value")
    assert estimates["low"].tolist() == pytest.approx([wilson(9, 10)[0], wilson(3, 10)[0]])
    row = compare(table, "value").iloc[0]
    assert (row["low"], row["high"]) == pytest.approx(newcombe(9, 10, 3, 10))
    assert "Newcombe" in row["method"]


def test_plain_yes_or_no_keeps_an_interval_when_every_event_agrees():
    table = stories().assign(value=lambda t: (t["outlet"] == "Courier").astype(int))
    row = compare(table, "value").iloc[0]
    assert (row["low"], row["high"]) == pytest.approx(newcombe_paired(0, 8, 0, 0))
    three = stories(outlets=("Courier", "Gazette", "Herald"))
    three["value"] = (three["outlet"] == "Courier").astype(int)
    row = compare(three, "value", reference="rest").iloc[0]
    assert (row["low"], row["high"]) == pytest.approx(newcombe(8, 8, 0, 8))


def test_estimates_are_ratios_of_sums():
    columns = ("article_id", "outlet", "event", "hits", "words")
    table = table_of(
        ("a", "Courier", "e1", 1, 100), ("b", "Courier", "e2", 9, 100), ("c", "Gazette", "e1", 2, 50), columns=columns
    )
    found = estimate_by(table, "hits", per="words").set_index("outlet")
    assert found["estimate"].tolist() == [0.05, 0.04]
    assert np.isnan(found.loc["Gazette", "low"])
    assert found.loc["Courier", "low"] <= 0.05 <= found.loc["Courier", "high"] <= 1


def test_a_share_that_is_nothing_everywhere_still_has_an_upper_end():
    table = stories().assign(value=0, words=10)
    found = estimate_by(table, "value", per="words").iloc[0]
    assert (found["low"], found["high"]) == pytest.approx(wilson(0, 8))


def test_estimates_by_outlet_and_item():
    long = pd.concat([stories(seed=1).assign(label="pact"), stories(seed=2).assign(label="alliance")])
    found = estimate_by(long, "value", by=["outlet", "label"])
    assert found[["outlet", "label"]].to_numpy().tolist() == [
        ["Courier", "alliance"],
        ["Courier", "pact"],
        ["Gazette", "alliance"],
        ["Gazette", "pact"],
    ]


def test_the_interval_of_a_difference_is_close_to_students_with_normal_data():
    table = stories(40, seed=8)
    wide = table.pivot(index="event", columns="outlet", values="value")
    expected = ttest_1samp(wide["Courier"] - wide["Gazette"], 0).confidence_interval()
    row = compare(table, "value").iloc[0]
    assert (row["low"], row["high"]) == pytest.approx(expected, abs=0.06)


def test_max_t_agrees_with_compare_and_takes_sparse_dense_and_tables():
    table = stories(10, seed=9)
    rng = np.random.default_rng(1)
    table["other"] = rng.poisson(1.0, len(table)).astype(float)
    values = table[["value", "other"]]
    expected = compare(table, ["value", "other"])
    for form in (values, values.to_numpy(), csr_matrix(values.to_numpy())):
        found = max_t(form, table["outlet"], table["event"], target="Courier", reference="Gazette")
        for column in ("estimate", "p", "p_adjusted", "smallest_p"):
            assert found[column].to_numpy() == pytest.approx(expected[column].to_numpy(float))
    assert max_t(values, table["outlet"], table["event"], target="Courier")["measure"].tolist() == ["value", "other"]


def test_max_t_without_events_shuffles_articles():
    table = stories(10, seed=9, Courier=5)
    found = max_t(table[["value"]], table["outlet"], None, target="Courier")
    assert found["method"].tolist() == ["shuffled articles"]
    assert found["p"].tolist() == [0.001]


def test_max_t_names_the_outlets_there_are():
    table = stories()
    with pytest.raises(ValueError, match=r"Courier.*Gazette"):
        max_t(table[["value"]], table["outlet"], table["event"], target="Herald")
    with pytest.raises(ValueError, match="one outlet and one event for each row"):
        max_t(table[["value"]], table["outlet"].iloc[1:], None, target="Courier")


def test_splitting_one_outlet_at_random_finds_nothing_more_often_than_it_should():
    rng = np.random.default_rng(10)
    alarms = []
    for _ in range(300):
        values = rng.gamma(0.5, size=16)  # skewed, as rates of words are
        table = table_of(*((f"a{i}", "half" if i % 2 else "other half", f"e{i // 2}", values[i]) for i in range(16)))
        alarms.append(compare(table, "value", n_boot=19)["p"].iloc[0] <= 0.05)
    assert 0.02 <= np.mean(alarms) <= 0.08


def test_the_public_names_are_the_functions():
    assert framing.compare is compare
    assert framing.stats.estimate_by is estimate_by


def test_outlets_compared_with_the_rest_are_joined_by_bonferroni():
    rng = np.random.default_rng(3)
    table = pd.DataFrame(
        [
            (f"{outlet}{event}", outlet, f"e{event}", rng.normal() + (outlet == "Courier"))
            for outlet in ("Courier", "Gazette", "Herald")
            for event in range(6)
        ],
        columns=["article_id", "outlet", "event", "value"],
    )
    found = compare(table, "value", reference="rest")
    assert found["p_adjusted"].tolist() == pytest.approx(np.minimum(3 * found["p"], 1).tolist())


def test_the_interval_of_a_difference_of_yes_and_no_stays_between_minus_one_and_one():
    rows = [
        (f"{outlet}{event}{i}", outlet, f"e{event}", value)
        for event in range(3)
        for outlet, values in (("Courier", (1, 1)), ("Gazette", (0, 0, event == 2)))
        for i, value in enumerate(values)
    ]
    table = pd.DataFrame(rows, columns=["article_id", "outlet", "event", "value"]).astype({"value": float})
    row = compare(table, "value").iloc[0]
    assert row["estimate"] == pytest.approx(8 / 9) and row["high"] == 1 and -1 <= row["low"] < row["estimate"]


def test_hedges_g_is_corrected_for_few_articles():
    first, second = np.array([1.0, 2, 4]), np.array([0.0, 1, 1])
    table = pd.DataFrame(
        {"article_id": list("abcdef"), "outlet": ["Courier"] * 3 + ["Gazette"] * 3, "value": [*first, *second]}
    )
    spread = np.sqrt((first.var(ddof=1) + second.var(ddof=1)) / 2)
    expected = (first.mean() - second.mean()) / spread * (1 - 3 / 15)
    assert compare(table, "value", pair=None)["effect_size"].iloc[0] == pytest.approx(expected)


def test_the_interval_of_one_outlet_stays_where_such_values_can_be():
    low = table_of(*[(f"a{i}", "Courier", f"e{i}", value) for i, value in enumerate((0, 0, 0, 0.3))])
    assert estimate_by(low, "value")["low"].iloc[0] == 0  # no share, mean or rate is below zero where none was
    columns = ("article_id", "outlet", "event", "hits", "words")
    high = table_of(
        *[(f"a{i}", "Courier", f"e{i}", hits, 10) for i, hits in enumerate((10, 10, 10, 7))], columns=columns
    )
    assert estimate_by(high, "hits", per="words")["high"].iloc[0] == 1
    below = table_of(*[(f"a{i}", "Courier", f"e{i}", value) for i, value in enumerate((0, 0, -0.1, 0.3))])
    assert estimate_by(below, "value")["low"].iloc[0] < 0


def test_a_share_that_is_all_or_nothing_in_every_event_says_that_events_were_counted():
    columns = ("article_id", "outlet", "event", "hits", "words")
    table = table_of(*[(f"a{i}", "Courier", f"e{i}", 0, 10 + i) for i in range(8)], columns=columns)
    row = estimate_by(table, "hits", per="words").iloc[0]
    assert row["method"] == "Wilson over events" and row["low"] == 0 and row["high"] == pytest.approx(0.3244, abs=1e-4)


def test_one_event_in_common_is_not_enough_to_pair_many_measures():
    events = np.array(["e1", "e2", "e3", "e1", "e4", "e5"])
    outlets = np.repeat(["Courier", "Gazette"], 3)
    values = np.arange(6.0)[:, None]
    apart = max_t(values, outlets, events, target="Courier")
    assert "shuffled articles" in apart["method"].iloc[0] and apart["n_articles"].iloc[0] == 6
    together = max_t(values, outlets, np.array(["e1", "e2", "e3", "e1", "e2", "e5"]), target="Courier")
    assert "by event" in together["method"].iloc[0] and together["n_articles"].iloc[0] == 4


@pytest.mark.parametrize(
    "call",
    [lambda table: compare(table, "value", pair="evnt"), lambda table: estimate_by(table, "value", cluster="evnt")],
)
def test_events_under_a_name_the_table_does_not_have_are_an_error_not_unpaired_articles(call):
    with pytest.raises(ValueError, match="This table has no evnt; its columns are"):
        call(stories())


def test_a_table_without_events_is_compared_unpaired_as_before():
    table = stories().drop(columns="event")
    assert compare(table, "value")["note"].str.startswith("not paired").all()
    assert estimate_by(table, "value")["n_events"].tolist() == [8, 8]


@pytest.mark.parametrize(
    ("call", "wrong"),
    [
        (lambda table: compare(table, "value", n_permutations=0), "n_permutations is 0"),
        (lambda table: compare(table, "value", n_boot=-1), "n_boot is -1"),
        (lambda table: estimate_by(table, "value", n_boot=0), "n_boot is 0"),
        (
            lambda table: max_t(
                table[["value"]], table["outlet"], table["event"], target="Gazette", n_permutations=2.5
            ),
            "n_permutations is 2.5",
        ),
    ],
)
def test_too_few_random_draws_are_refused_in_words(call, wrong):
    with pytest.raises(ValueError, match=f"{wrong}; it is a whole number of at least 19"):
        call(stories(20))


def test_an_outlet_none_of_whose_articles_has_the_measure_is_named():
    table = stories().assign(item="tone")
    only = table[table["outlet"] == "Gazette"]
    both = pd.concat([table, only.assign(item="praise")])
    row = compare(both, "value", items="item").set_index("measure").loc["praise"]
    assert np.isnan(row["estimate"]) and row["note"] == "no article of Courier has this measure"
    against_rest = compare(both, "value", items="item", reference="rest")
    notes = against_rest[against_rest["measure"] == "praise"].set_index("outlet")["note"]
    assert notes["Gazette"] == "no article of any other has this measure"


def test_a_share_of_everything_in_every_event_has_an_interval_below_one():
    table = table_of(
        *((f"a{i}", "Courier", f"e{i}", 5 + i, 5 + i) for i in range(8)),
        columns=("article_id", "outlet", "event", "words", "all_words"),
    )
    row = estimate_by(table, "words", per="all_words").iloc[0]
    assert row["method"] == "Wilson over events" and row["high"] == 1
    assert row["low"] == pytest.approx(float(wilson(8, 8)[0]))


def test_rows_with_nothing_to_share_out_are_no_articles():
    table = table_of(
        *((f"a{i}", "Courier", f"e{i}", i % 3, 0 if i < 2 else 9) for i in range(8)),
        columns=("article_id", "outlet", "event", "words", "all_words"),
    )
    row = estimate_by(table, "words", per="all_words").iloc[0]
    assert (row["n_articles"], row["n_events"]) == (6, 6)


def test_an_article_without_two_values_is_left_out_once():
    table = stories().assign(other=lambda rows: rows["value"])
    table.loc[0, ["value", "other"]] = np.nan
    assert compare(table, ["value", "other"])["note"].str.endswith("1 article without a value left out").all()
