"""Keyness statistics against published tables and other libraries; what each number means."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, strategies as st
from scipy.stats import chi2_contingency, fisher_exact as scipy_fisher

from framing import read_articles
from framing.tables import empty_table
from framing.words import keyness_by_event, measures
from framing.words.frequency import WordCounts, word_counts
from framing.words.keywords import EVENT_COLUMNS, keyness_of

DIGITS = [7, 10, 2, 9]  # "b" seven times in ten words, twice in nine (quanteda.textstats' tests)
UCREL = [25, 12_000, 8, 15_000]


@pytest.mark.parametrize(
    "both, first, second, neither, expected",
    [
        (110, 2442, 111, 29114, 270.72),
        (29, 13, 123, 31612, 263.90),
        (31, 23, 139, 31584, 256.84),
        (10, 0, 3, 31764, 167.23),
    ],
)
def test_four_cell_log_likelihood_gives_dunnings_table(both, first, second, neither, expected):
    g2 = measures.log_likelihood(both, both + first, second, second + neither)
    assert g2 == pytest.approx(expected, abs=0.005)


def test_small_two_by_two_table_agrees_with_quanteda():
    g2 = measures.log_likelihood(*DIGITS)
    assert measures.chi_square(*DIGITS) == pytest.approx(4.3372, abs=5e-5)
    assert measures.chi_square(*DIGITS, yates=True) == pytest.approx(2.6324, abs=5e-5)
    assert g2 == pytest.approx(4.5349, abs=5e-5)
    assert measures.fisher_exact(*DIGITS) == pytest.approx(0.06978, abs=5e-6)
    assert measures.odds_ratio(*DIGITS) == pytest.approx(8.1667, abs=5e-5)


def test_two_cells_and_four_cells_differ_greatly_in_small_texts():
    assert measures.log_likelihood(*DIGITS, cells=2) == pytest.approx(2.4401, abs=5e-5)
    assert measures.log_likelihood(*DIGITS) == pytest.approx(4.5349, abs=5e-5)


def test_ucrel_calculators_columns():
    assert measures.log_likelihood(*UCREL, cells=2) == pytest.approx(13.3965, abs=5e-5)
    assert measures.log_likelihood(*UCREL) == pytest.approx(13.4125, abs=5e-5)
    assert measures.percent_diff(*UCREL) == pytest.approx(290.625)
    assert measures.relative_rate(*UCREL) == pytest.approx(3.90625)
    assert measures.log_ratio(*UCREL) == pytest.approx(1.9658, abs=5e-5)
    assert measures.odds_ratio(*UCREL) == pytest.approx(3.9123, abs=5e-5)
    assert measures.bayes_factor_bic(*UCREL) == pytest.approx(3.1929, abs=5e-5)
    assert measures.ell(*UCREL) == pytest.approx(0.000185, abs=5e-7)


def test_a_rate_three_times_as_high_has_log_ratio_one_and_a_half():
    assert measures.relative_rate(6, 10_000, 2, 10_000) == pytest.approx(3)
    assert measures.log_ratio(6, 10_000, 2, 10_000) == pytest.approx(1.585, abs=5e-4)


def test_a_count_of_zero_becomes_one_half():
    assert measures.log_ratio(0, 5000, 9, 5200) == pytest.approx(-4.1133, abs=5e-5)


def test_simple_maths_gives_sketch_engines_example():
    example = [35, 112_289_776, 263, 1_559_716_979]
    assert measures.simple_maths(*example) == pytest.approx(1.12243, abs=5e-6)
    assert 1e6 * 35 / example[1] == pytest.approx(0.3117, abs=5e-5)


@pytest.mark.parametrize(
    "prior, deltas, scores",
    [
        (0.01, [1.69059, -1.20848, 0.14881], [2.18726, -2.34216, 0.96442]),
        ([12, 20, 168], [0.48036, -0.37351, 0.04961], [1.40504, -1.42638, 0.55686]),
    ],
)
def test_log_odds_with_dirichlet_prior_gives_monroes_formula(prior, deltas, scores):
    delta, z = measures.log_odds_dirichlet([10, 5, 85], [2, 15, 83], prior)
    assert delta == pytest.approx(deltas, abs=5e-6)
    assert z == pytest.approx(scores, abs=5e-6)


def test_a_larger_prior_shrinks_the_log_odds():
    small, _ = measures.log_odds_dirichlet([10, 5, 85], [2, 15, 83], 0.01)
    large, _ = measures.log_odds_dirichlet([10, 5, 85], [2, 15, 83], [12, 20, 168])
    assert (np.abs(large) < np.abs(small)).all()


def test_text_dispersion_keyness_counts_articles_not_occurrences():
    assert measures.text_dispersion_keyness(7, 10, 2, 9) == pytest.approx(4.5349, abs=5e-5)


counts = st.tuples(st.integers(0, 50), st.integers(60, 5000), st.integers(0, 50), st.integers(60, 5000))


@given(counts)
def test_four_cell_statistics_agree_with_scipy(row):
    a, n1, c, n2 = row
    if a + c == 0:
        assert measures.log_likelihood(*row) == measures.chi_square(*row) == 0
        return
    table = [[a, n1 - a], [c, n2 - c]]
    scipy_g2 = chi2_contingency(table, correction=False, lambda_="log-likelihood").statistic
    assert measures.log_likelihood(*row) == pytest.approx(scipy_g2, abs=1e-6, rel=1e-6)
    assert measures.chi_square(*row) == pytest.approx(chi2_contingency(table, correction=False).statistic, abs=1e-9)
    # SciPy lets the correction stop at zero, as here
    assert measures.chi_square(*row, yates=True) == pytest.approx(chi2_contingency(table).statistic, abs=1e-9)
    assert measures.fisher_exact(*row) == pytest.approx(scipy_fisher(table).pvalue)


@given(counts)
def test_swapping_the_sides_turns_the_sign(row):
    a, n1, c, n2 = row
    assert measures.log_ratio(a, n1, c, n2) == pytest.approx(-measures.log_ratio(c, n2, a, n1))
    assert measures.log_likelihood(a, n1, c, n2) == pytest.approx(measures.log_likelihood(c, n2, a, n1), abs=1e-9)


@given(counts.filter(lambda row: row[0] and row[2]))
def test_copying_every_article_doubles_the_evidence_and_leaves_the_size(row):
    twice = [2 * value for value in row]
    assert measures.log_ratio(*twice) == pytest.approx(measures.log_ratio(*row))
    for cells in (2, 4):
        assert measures.log_likelihood(*twice, cells=cells) == pytest.approx(
            2 * measures.log_likelihood(*row, cells=cells), abs=1e-9
        )


def test_arrays_give_one_number_per_word():
    both = measures.log_likelihood([7, 25], [10, 12_000], [2, 8], [9, 15_000])
    assert both == pytest.approx([measures.log_likelihood(*DIGITS), measures.log_likelihood(*UCREL)])


def test_a_word_only_one_side_uses_has_infinite_percent_diff():
    assert math.isinf(measures.percent_diff(3, 100, 0, 100))


@pytest.mark.parametrize("row, message", [((1, 0, 1, 10), "has no words"), ((5, 3, 1, 10), "between 0 and the size")])
def test_impossible_counts_say_what_is_wrong(row, message):
    with pytest.raises(ValueError, match=message):
        measures.log_likelihood(*row)


def test_an_unknown_form_of_log_likelihood_is_an_error():
    with pytest.raises(ValueError, match="form with 2 and one with 4"):
        measures.log_likelihood(*DIGITS, cells=3)


def test_yates_correction_never_turns_a_small_difference_into_evidence():
    from framing.words.measures import chi_square

    assert chi_square(10, 100, 10, 101, yates=True) == 0  # |ad - bc| is less than half the words
    assert chi_square(10, 100, 10, 101) > 0


# The difference of two rates, with its interval.


def counts(matrix, sizes, outlets, events):
    from scipy.sparse import csr_matrix

    articles = pd.DataFrame({"article_id": [f"a{i}" for i in range(len(sizes))], "outlet": outlets, "event": events})
    words = np.array([f"w{i}" for i in range(np.shape(matrix)[1])])
    return WordCounts(
        words, csr_matrix(np.asarray(matrix, dtype=float)), np.asarray(sizes, dtype=float), articles, 0, 0, 0
    )


def gap(*given, **choices):
    found = keyness_of(counts(*given), measures=["rate_difference"], min_n=1, n_permutations=0, **choices)
    return found[found["outlet"] == "A"].set_index("word")[
        ["rate_difference", "rate_difference_low", "rate_difference_high"]
    ]


def test_the_difference_of_rates_and_its_interval_are_those_written_out():
    # A: 3 of 100 and 1 of 100; B: 1 of 100 and 1 of 100. Rates .02 and .01; each event moves by +-(.005 - 0).
    row = gap([[3], [1], [1], [1]], [100] * 4, list("AABB"), ["e1", "e2"] * 2).loc["w0"]
    half = 12.706204736 * math.sqrt(2 / 1 * (2 * 0.005**2))  # t with one degree of freedom
    assert row.tolist() == pytest.approx([1e4, 1e6 * (0.01 - half), 1e6 * (0.01 + half)])


def test_where_no_event_is_named_the_articles_vary_and_one_event_gives_no_interval():
    loose = gap([[3], [1], [1], [1]], [100] * 4, list("AABB"), [None] * 4).loc["w0"]
    half = 3.182446305 * math.sqrt(4 / 3 * (2 * 0.005**2))
    assert loose.tolist() == pytest.approx([1e4, 1e6 * (0.01 - half), 1e6 * (0.01 + half)])
    assert gap([[3], [1]], [100] * 2, list("AB"), ["e"] * 2).loc["w0"].isna().tolist() == [False, True, True]


def test_a_frequency_list_does_not_vary():
    known = pd.DataFrame({"word": ["w0", "w9"], "n": [10, 990]})
    row = gap([[3], [1]], [100] * 2, list("AA"), ["e1", "e2"], reference=known).loc["w0"]
    half = 12.706204736 * math.sqrt(2 / 1 * (2 * 0.005**2))
    assert row.tolist() == pytest.approx([1e4, 1e6 * (0.01 - half), 1e6 * (0.01 + half)])


def test_the_interval_holds_the_true_difference_in_about_nineteen_samples_of_twenty():
    order, held = np.random.default_rng(0), []
    for _ in range(300):
        sizes = order.integers(200, 600, 40)
        shared = np.repeat(order.gamma(2, 0.5, 20), 2)  # an event that has much of the word has it in both outlets
        rates = np.where(np.arange(40) % 2, 0.01, 0.02) * shared
        row = gap(order.poisson(rates * sizes)[:, None], sizes, ["A", "B"] * 20, np.repeat(np.arange(20), 2)).loc["w0"]
        held.append(row["rate_difference_low"] <= 1e4 <= row["rate_difference_high"])
    assert 0.91 <= np.mean(held) <= 0.985


def articles_on(*stories: tuple[str, str, str]) -> pd.DataFrame:
    rows = [
        {"article_id": f"a{n}", "outlet": outlet, "event": event, "text": text}
        for n, (outlet, event, text) in enumerate(stories)
    ]
    return read_articles(pd.DataFrame(rows), clean=False)


def test_the_words_that_part_two_outlets_on_one_event_come_with_counts_by_article():
    articles = articles_on(
        ("Gazette", "raid", "Agents raided the mill. The raid shook Strelsau. A raid is a raid, and raids frighten."),
        ("Courier", "raid", "Agents came to the mill. The arrest calmed Strelsau. The arrest was an arrest in order."),
        ("Gazette", "flood", "Water rose in Zenda. Water filled Zenda. Water left Zenda."),
    )
    table = keyness_by_event(articles, quotes=empty_table("quotes"), unit="lemma", pos=["NOUN"], min_n=3)
    assert set(table["event"]) == {"raid"}  # the flood has one outlet
    rows = table.set_index("word")
    assert rows.loc["raid", "outlet"] == "Gazette" and rows.loc["arrest", "outlet"] == "Courier"
    assert rows.loc["arrest", "counts"] == (("a0", "Gazette", 0), ("a1", "Courier", 3))
    assert rows.loc["arrest", "n_target"] == 3 and rows.loc["arrest", "n_reference"] == 0
    assert rows.loc["arrest", "log_ratio"] > 0 and table["log_likelihood"].is_monotonic_decreasing


def test_phrases_stand_beside_words_and_formulas_of_the_trade_are_set_aside_by_event():
    story = (
        "The border wall will rise, he said. The border wall divides. Nobody wants the border wall, she noted. "
        "She noted that he said so, and noted it again."
    )
    other = "The fence will rise, he said. The fence divides. Nobody wants the fence, she said, in a statement."
    articles = articles_on(
        *[
            (outlet, event, text)
            for event in ("one", "two", "three")
            for outlet, text in (("Gazette", story), ("Courier", other))
        ]
    )
    table = keyness_by_event(articles, quotes=empty_table("quotes"), min_n=2)
    first = table[table["event"] == "one"]
    assert {"border wall", "fence"} <= set(first["word"])
    assert not {"said", "noted", "statement", "the"} & set(table["word"])
    assert (table.groupby("event").size() <= 10).all()


@pytest.mark.parametrize(
    "compound",
    """
    same-sex so-called most-wanted first-time two-faced over-the-top three-year non-profit back-room new-found
""".split(),
)
def test_a_word_cut_at_a_hyphen_is_no_topic_by_half(compound):
    first, *_, last = compound.split("-")
    articles = articles_on(
        *[
            (outlet, event, f"The {compound} pact divides Zenda. The {compound} pact fell.")
            for event in ("one", "two", "three")
            for outlet in ("Gazette", "Courier")
        ]
    )
    words = set(word_counts(articles, unit="topic", quotes=empty_table("quotes")).words)
    assert last not in words or first in words  # "sex" of "same-sex" is no topic
    assert not any(word.startswith(f"{last} ") for word in words) or first in words


def test_no_event_in_common_gives_an_empty_table_with_columns():
    alone = articles_on(("Gazette", "e1", "Rain fell on Zenda."), ("Courier", "e2", "Rain fell on Zenda."))
    assert list(keyness_by_event(alone, quotes=empty_table("quotes"))) == EVENT_COLUMNS
    assert list(keyness_by_event(alone.head(0))) == EVENT_COLUMNS
