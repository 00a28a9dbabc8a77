"""Permutation tests: published data to the digit, other libraries, and properties."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st
from scipy.stats import false_discovery_control, fisher_exact, mannwhitneyu, rankdata, ttest_1samp, ttest_ind

from framing.stats.permutation import (
    MOST,
    arrangements,
    benjamini_hochberg,
    differences,
    rearrange,
    shuffle,
    sign_flip,
    smallest_p,
    weights,
)

DARWIN = [49, -67, 8, 16, 6, 23, 28, 41, 14, 29, 56, 24, 75, 60, -48]
MICE = [94, 197, 16, 38, 99, 141, 23], [52, 104, 146, 10, 51, 30, 40, 27, 46]
BH_1995 = [
    0.0001,
    0.0004,
    0.0019,
    0.0095,
    0.0201,
    0.0278,
    0.0298,
    0.0344,
    0.0459,
    0.3240,
    0.4262,
    0.5719,
    0.6528,
    0.7590,
    1,
]


def test_darwins_plants_as_fisher_counted_them():
    tested = sign_flip(DARWIN)
    assert tested.p[0] * 32768 == 1726
    assert f"{tested.p[0]:.5f}" == "0.05267"
    assert tested.method.startswith("exact")
    assert sign_flip(DARWIN, alternative="greater").p[0] * 32768 == 835 + 28


def test_efron_and_tibshiranis_mice():
    tested = shuffle(*MICE, alternative="greater")
    assert f"{tested.estimate[0]:.2f}" == "30.63"
    assert tested.p[0] * 11440 == pytest.approx(1613)
    assert f"{tested.p[0]:.4f}" == "0.1410"


def test_the_lady_tasting_tea():
    tested = shuffle([1, 1, 1, 0], [1, 0, 0, 0])
    assert f"{tested.p[0]:.4f}" == "0.4857"
    assert tested.p[0] == pytest.approx(fisher_exact([[3, 1], [1, 3]]).pvalue)


def test_on_ranks_it_is_the_wilcoxon_test_of_r():
    first, second = [0.80, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46], [1.15, 0.88, 0.90, 0.74, 1.21]
    ranks = rankdata(first + second)
    tested = shuffle(ranks[:10], ranks[10:], alternative="greater")
    assert ranks[:10].sum() - 55 == 35
    assert f"{tested.p[0]:.4f}" == "0.1272"
    assert tested.p[0] == pytest.approx(mannwhitneyu(first, second, alternative="greater", method="exact").pvalue)


def test_benjamini_and_hochbergs_example():
    q = benjamini_hochberg(BH_1995)
    assert (q <= 0.05).sum() == 4
    assert (np.array(BH_1995) * 15 <= 0.05).sum() == 3
    assert (false_discovery_control(BH_1995, method="by") <= 0.05).sum() == 3
    assert q[3] == pytest.approx(0.035625, abs=1e-12)
    assert q[4] == pytest.approx(0.0603, abs=1e-12)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=30))
def test_q_values_agree_with_scipy(p):
    assert benjamini_hochberg(p) == pytest.approx(false_discovery_control(p))


def test_missing_p_values_do_not_count_as_tests():
    q = benjamini_hochberg([0.01, np.nan, 0.04])
    assert q[[0, 2]] == pytest.approx([0.02, 0.04])
    assert np.isnan(q[1])


@pytest.mark.parametrize(
    ("sizes", "p"),
    [
        ((3, 3), 0.10),
        ((4, 4), 0.029),
        ((5, 5), 0.0079),
        ((10, 10), 0.00001),
        ((5,), 0.0625),
        ((6,), 0.031),
        ((8,), 0.0078),
        ((10,), 0.0020),
    ],
)
def test_the_least_p_of_small_samples(sizes, p):
    assert smallest_p(*sizes) == pytest.approx(p, rel=0.09)


@pytest.mark.parametrize("n", [5, 6, 8, 10])
def test_events_that_all_point_one_way_reach_the_least_p(n):
    tested = sign_flip(np.arange(1, n + 1))
    assert tested.p[0] == tested.smallest_p[0] == 2 / 2**n


def test_ties_limit_what_unpaired_articles_can_show():
    first, second = [1, 1, 1, 1, 0], [0, 0, 0, 0, 0, 0]
    best = shuffle(sorted(first + second)[-5:], sorted(first + second)[:6])
    tested = shuffle(first, second)
    assert tested.smallest_p[0] == best.p[0] == pytest.approx(7 / 462)  # any of the 7 zeros may be the fifth
    assert shuffle([3, 4, 5], [0, 1, 2]).smallest_p[0] == pytest.approx(2 / 20)
    assert shuffle([1, 1], [1, 1, 1]).smallest_p[0] == 1


def test_random_reassignments_never_give_zero():
    tested = sign_flip(np.arange(1.0, 41.0), n_permutations=999)
    assert tested.p[0] == tested.smallest_p[0] == 1 / 1000
    assert not tested.method.startswith("exact")


def test_events_without_a_difference_add_nothing():
    tested = sign_flip([3.0, 2.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0])
    assert tested.p[0] == tested.smallest_p[0] == 2 / 2**2
    assert sign_flip(np.zeros(8)).p[0] == 1


def test_statistics_are_students_t():
    rng = np.random.default_rng(3)
    first, second = rng.normal(size=(9, 4)), rng.normal(size=(12, 4))
    assert sign_flip(first).statistic == pytest.approx(ttest_1samp(first, 0).statistic)
    assert shuffle(first, second).statistic == pytest.approx(ttest_ind(first, second).statistic)


def test_the_maximum_over_measures_counted_by_hand():
    differences = np.array([[1.0, 1.0], [2.0, -2.0], [3.0, 4.0]])
    signs = np.array([[a, b, c] for a in (1, -1) for b in (1, -1) for c in (1, -1)])
    t = np.abs(ttest_1samp(signs[:, :, None] * differences, 0, axis=1).statistic)
    seen = t[0]
    assert seen[0] > seen[1]
    strongest, weakest = (t.max(axis=1) >= seen[0] - 1e-9).mean(), (t[:, 1] >= seen[1] - 1e-9).mean()
    tested = sign_flip(differences)
    assert tested.p_adjusted == pytest.approx([strongest, max(strongest, weakest)])


def test_measures_known_in_different_events_share_one_maximum():
    rng = np.random.default_rng(4)
    differences = rng.normal(size=(10, 3))
    alone = sign_flip(differences[2:, 0])
    differences[:2, 0] = np.nan
    tested = sign_flip(differences)
    assert tested.p[0] == pytest.approx(alone.p[0])
    assert (tested.p_adjusted >= tested.p - 1e-12).all()


@given(st.lists(st.integers(-5, 5), min_size=1, max_size=9))
def test_exchanging_the_outlets_turns_the_sign_and_keeps_p(differences):
    one, other = sign_flip(differences), sign_flip([-d for d in differences])
    assert other.estimate == pytest.approx(-one.estimate)
    assert other.p == one.p


@settings(max_examples=40)
@given(
    st.lists(st.integers(-5, 5), min_size=1, max_size=30),
    st.lists(st.integers(-5, 5), min_size=1, max_size=20),
    st.randoms(),
)
def test_articles_in_any_order_and_outlets_exchanged_give_the_same_p(first, second, random):
    one = shuffle(first, second, n_permutations=199)
    shuffled = random.sample(first, len(first))
    assert shuffle(shuffled, second, n_permutations=199).p == one.p
    other = shuffle(second, first, n_permutations=199)
    assert other.p == one.p
    assert other.estimate == pytest.approx(-one.estimate)


@given(st.integers(0, 10_000))
def test_adjusted_p_is_never_below_p_and_keeps_the_order_of_evidence(seed):
    rng = np.random.default_rng(seed)
    tested = sign_flip(rng.normal(size=(7, 5)))
    order = np.argsort(-np.abs(tested.statistic))
    assert (tested.p_adjusted >= tested.p - 1e-12).all()
    assert (np.diff(tested.p_adjusted[order]) >= 0).all()


def test_invented_noise_raises_false_alarms_about_one_time_in_twenty():
    rng = np.random.default_rng(5)
    alarms, any_alarm = [], []
    for _ in range(400):
        tested = sign_flip(rng.exponential(size=(10, 6)) - rng.exponential(size=(10, 6)))
        alarms.append((tested.p <= 0.05).mean())
        any_alarm.append(tested.p_adjusted.min() <= 0.05)
    assert 0.03 <= np.mean(alarms) <= 0.07
    assert 0.02 <= np.mean(any_alarm) <= 0.09


def test_blocks_of_many_measures_give_the_result_of_one_by_one():
    rng = np.random.default_rng(6)
    differences = rng.normal(size=(6, 1100))
    together = sign_flip(differences)
    assert together.p[[0, 500, 1099]] == pytest.approx(sign_flip(differences[:, [0, 500, 1099]]).p)
    t = np.abs(
        np.stack(
            [
                sign_flip(differences * s[:, None]).statistic
                for s in 1 - 2 * (np.arange(32)[:, None] >> np.arange(6) & 1)
            ]
        )
    )
    assert together.p_adjusted.min() == pytest.approx((t.max(axis=1) >= t[0].max() - 1e-9).mean())


def against_the_rest(cells):
    """events x outlets x measures, one article each: the differences of `rearrange`, listed outlet by outlet."""
    listed = [
        [
            differences(
                row[:, j][np.isfinite(row[:, j])],
                np.ones(np.isfinite(row[:, j]).sum()),
                [1] * int(np.isfinite(row[:, j]).sum()),
            )
            for row in cells
        ]
        for j in range(cells.shape[2])
    ]
    table = np.full((len(cells), cells.shape[1], cells.shape[2]), np.nan)
    for j, column in enumerate(listed):
        for i, ways in enumerate(column):
            table[i, : len(ways), j] = ways
    return table


def test_with_two_ways_rearranging_is_swapping():
    d = np.random.default_rng(7).normal(size=(8, 3))
    rearranged, swapped = rearrange(np.stack([d, -d], axis=1)), sign_flip(d)
    for field in ("estimate", "statistic", "p", "p_adjusted", "smallest_p"):
        assert getattr(rearranged, field) == pytest.approx(getattr(swapped, field))


def test_one_outlet_against_the_rest_counted_by_hand():
    cells = np.array([[9.0, 1, 2], [8, 7, 3], [5, 1, 1]])
    ways = [
        abs(sum(row[j] - np.delete(row, j).mean() for row, j in zip(cells, chosen, strict=True)))
        for chosen in product(range(3), repeat=3)
    ]
    tested = rearrange(against_the_rest(cells[:, :, None]))
    assert tested.n_permutations == 27
    assert tested.p[0] == pytest.approx((np.array(ways) >= ways[0] - 1e-9).mean())
    assert tested.statistic[0] == pytest.approx(ttest_1samp([7.5, 3, 4], 0).statistic)
    assert tested.smallest_p[0] == 1 / 27


def test_a_word_that_one_outlet_always_and_the_others_never_use_reaches_the_least_p():
    cells = np.zeros((6, 5, 2))
    cells[:, 0, 0] = 1
    cells[:, 1, 1] = 1
    tested = rearrange(against_the_rest(cells))
    assert tested.p[0] == tested.smallest_p[0] == 1 / 5**6
    assert tested.p[1] > 0.2


def test_an_outlet_missing_from_an_event_cannot_play_the_target():
    cells = np.array([[9.0, 1, 2], [8, 7, np.nan], [5, np.nan, 1]])[:, :, None]
    tested = rearrange(against_the_rest(cells))
    assert tested.n_permutations == 3 * 2 * 2
    assert tested.estimate[0] == pytest.approx(((9 - 1.5) + 1 + 4) / 3)
    both = against_the_rest(np.concatenate([cells, np.nan_to_num(cells, nan=1.0)], axis=2))
    assert rearrange(both, n_permutations=4999).p[0] == pytest.approx(tested.p[0], abs=0.03)


def test_skewed_noise_against_the_rest_raises_no_more_false_alarms_than_it_should():
    rng = np.random.default_rng(8)
    alarms, any_alarm = [], []
    for _ in range(200):
        tested = rearrange(against_the_rest(rng.gamma(0.3, size=(12, 3, 20))), n_permutations=199)
        alarms.append((tested.p <= 0.05).mean())
        any_alarm.append(tested.p_adjusted.min() <= 0.05)
    assert 0.03 <= np.mean(alarms) <= 0.07
    assert 0.02 <= np.mean(any_alarm) <= 0.09


def test_one_article_against_three_is_dealt_anew_article_by_article():
    found = differences(np.array([8.0, 1, 2, 3]), np.ones(4), [1, 3])
    assert found[0] == 8 - 2
    assert sorted(found) == pytest.approx(sorted([8 - 2, 1 - 13 / 3, 2 - 4, 3 - 11 / 3]))
    assert differences(np.array([1.0, 2, 3, 8]), np.ones(4), [3, 1]) == pytest.approx(-found)


def test_equal_numbers_of_articles_stay_together():
    assert differences(np.array([1.0, 3, 10, 20]), np.ones(4), [2, 2]).tolist() == [-13, 13]


def test_weights_are_those_of_the_differences():
    value = np.array([3.0, 1, 4, 1, 5, 9])
    for sizes in ([1, 1, 1, 1, 1, 1], [2, 1, 3], [2, 4], [4, 2], [3, 3]):
        assert weights(sizes, "e1") @ value == pytest.approx(differences(value, np.ones(6), sizes, "e1"))


def test_very_many_arrangements_are_drawn_at_random_and_always_the_same():
    assert len(arrangements((2, 5, 4), "e1")) == MOST
    assert [part.tolist() for part in arrangements((2, 5, 4), "e1")[0]] == [[0, 1], [2, 3, 4, 5, 6], [7, 8, 9, 10]]


def test_an_unknown_alternative_is_an_error():
    with pytest.raises(ValueError, match="'two-sided', 'greater' or 'less'"):
        sign_flip([1.0, 2.0], alternative="bigger")


def test_max_t_with_unlike_numbers_of_events_is_the_one_written_out():
    nan = np.nan
    table = np.array([[0.5, 0.2], [0.4, 0.3], [0.7, -0.1], [0.3, nan], [0.6, nan], [-0.1, 0.4]])

    def t(values):
        known = values[np.isfinite(values)]
        return abs(ttest_1samp(known, 0).statistic)

    seen = np.array([t(table[:, 0]), t(table[:, 1])])
    swapped = [[t(table[:, column] * signs) for column in (0, 1)] for signs in product([1, -1], repeat=6)]
    swapped = np.array(swapped)
    strong, weak = np.argsort(-seen)
    first = np.mean(swapped.max(axis=1) >= seen[strong] - 1e-9)
    expected = {strong: first, weak: max(first, np.mean(swapped[:, weak] >= seen[weak] - 1e-9))}
    assert sign_flip(table).p_adjusted == pytest.approx([expected[0], expected[1]])
