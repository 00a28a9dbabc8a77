"""Intervals over events, against SciPy and against the definitions written out."""

import numpy as np
import pytest
from scipy import stats

from framing.stats import intervals
from framing.stats.intervals import bca, difference_interval, jackknife, percentile, ratio_interval, studentised

SHARES = np.array([0.1, 0.4, 0.2, 0.35, 0.05, 0.3, 0.6, 0.25, 0.15, 0.5, 0.45, 0.2])
ONES = np.ones(len(SHARES))


def test_the_jackknife_of_a_mean_is_students_interval():
    for n in (2, 4, 9):
        expected = stats.t.interval(0.95, n - 1, SHARES[:n].mean(), stats.sem(SHARES[:n]))
        assert jackknife(SHARES[:n], ONES[:n]) == pytest.approx(expected)


def test_the_jackknife_of_a_ratio_leaves_out_one_event_at_a_time():
    hits, words = np.array([1.0, 4.0, 2.0]), np.array([10.0, 20.0, 30.0])
    left_out = np.array([6 / 50, 3 / 40, 5 / 30])
    error = np.sqrt(2 / 3 * ((left_out - left_out.mean()) ** 2).sum())
    half = stats.t.ppf(0.975, 2) * error
    assert jackknife(hits, words) == pytest.approx((7 / 60 - half, 7 / 60 + half))


@pytest.mark.parametrize("ours, scipys", [(percentile, "percentile"), (bca, "BCa")])
def test_bootstrap_intervals_agree_with_scipys(ours, scipys):
    theirs = stats.bootstrap(
        (SHARES,), np.mean, n_resamples=20_000, method=scipys, rng=np.random.default_rng(1), vectorized=True
    ).confidence_interval
    assert ours(SHARES, ONES, n_boot=20_000) == pytest.approx((theirs.low, theirs.high), abs=0.006)


@pytest.mark.parametrize("symmetric", [False, True])
def test_the_studentised_interval_is_the_bootstrap_t_written_out(symmetric):
    rng, n = np.random.default_rng(2), len(SHARES)
    mean, error = SHARES.mean(), stats.sem(SHARES)
    t = []
    for _ in range(6_000):
        drawn = SHARES[rng.integers(n, size=n)]
        t.append((drawn.mean() - mean) / max(stats.sem(drawn), error / 4))
    if symmetric:
        half = np.quantile(np.abs(t), 0.95) * error
        expected = mean - half, mean + half
    else:
        low, high = np.quantile(t, [0.025, 0.975])
        expected = mean - high * error, mean - low * error
    found = studentised(SHARES, ONES, symmetric=symmetric, n_boot=6_000)
    assert found == pytest.approx(expected, abs=0.012)


def test_resamples_that_hardly_vary_do_not_make_the_interval_endless():
    nearly_all = np.array([1.0, 1, 1, 1, 1, 1, 1, 0.9])
    low, high = studentised(nearly_all, np.ones(8))
    assert high - low < 8 * intervals._standard_error(nearly_all, np.ones(8)) / intervals.LEAST_ERROR
    assert low > 0


@pytest.mark.parametrize(
    "n, difference, method",
    [
        (1, False, "no interval, fewer than two events"),
        (4, False, "jackknife over events"),
        (5, False, "studentised bootstrap over events"),
        (9, True, "jackknife over events"),
        (10, True, "studentised bootstrap over events"),
    ],
)
def test_few_events_take_the_jackknife(n, difference, method):
    low, high, found = ratio_interval(SHARES[:n], difference=difference)
    assert found == method
    if difference and n == 10:
        assert SHARES[:n].mean() - low == pytest.approx(high - SHARES[:n].mean())  # symmetric


def test_events_that_do_not_vary_give_no_interval():
    low, high, method = ratio_interval(np.full(8, 0.3))
    assert np.isnan(low) and np.isnan(high) and method == "no interval, no variation between events"
    low, high, method = ratio_interval(np.array([1.0, 2, 3]), np.array([10.0, 20, 30]))  # one ratio in every event
    assert np.isnan(low) and "no variation" in method


def test_few_articles_a_side_take_welchs_t():
    first, second = SHARES[:4], SHARES[4:11]
    low, high, method = difference_interval(first, second)
    expected = stats.ttest_ind(first, second, equal_var=False).confidence_interval()
    assert method == "Welch's t" and (low, high) == pytest.approx((expected.low, expected.high))


def test_exchanging_the_two_sides_turns_the_interval_round():
    first, second = SHARES[:5], SHARES[5:]
    low, high, method = difference_interval(first, second)
    turned = difference_interval(second, first)
    assert turned[:2] == pytest.approx((-high, -low)) and turned[2] == method == "studentised bootstrap over articles"
