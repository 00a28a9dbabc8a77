"""Intervals for shares: Newcombe's published tables."""

import numpy as np
import pytest
from hypothesis import given, strategies as st
from scipy.stats import binomtest

from framing.stats.intervals import newcombe, newcombe_paired, wilson


@pytest.mark.parametrize(
    ("k", "n", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_wilson_gives_the_digits_newcombe_printed(k, n, low, high):
    found = wilson(k, n)
    assert [f"{end:.4f}" for end in found] == [f"{low:.4f}", f"{high:.4f}"]


@pytest.mark.parametrize(
    ("first", "second", "low", "high"),
    [
        ((56, 70), (48, 80), 0.0524, 0.3339),
        ((9, 10), (3, 10), 0.1705, 0.8090),
        ((5, 56), (0, 29), -0.0381, 0.1926),
        ((0, 10), (0, 20), -0.1611, 0.2775),
    ],
)
def test_newcombe_gives_the_digits_newcombe_printed(first, second, low, high):
    found = newcombe(*first, *second)
    assert [f"{end:.4f}" for end in found] == [f"{low:.4f}", f"{high:.4f}"]


@given(st.integers(1, 300).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_wilson_agrees_with_scipy(share):
    k, n = share
    expected = binomtest(k, n).proportion_ci(method="wilson")
    assert wilson(k, n) == pytest.approx((expected.low, expected.high), abs=1e-12)


@given(st.tuples(st.integers(0, 12), st.integers(0, 9)))
def test_exchanging_the_outlets_mirrors_the_interval_of_the_difference(counts):
    k1, k2 = counts
    low, high = newcombe(k1, 12, k2, 9)
    assert newcombe(k2, 9, k1, 12) == pytest.approx((-high, -low))
    assert low <= k1 / 12 - k2 / 9 <= high


@given(st.integers(0, 9), st.integers(0, 9), st.integers(0, 9), st.integers(1, 9))
def test_the_paired_interval_holds_the_difference_and_turns_with_the_outlets(both, first, second, neither):
    low, high = newcombe_paired(both, first, second, neither)
    assert -1 <= low <= (first - second) / (both + first + second + neither) <= high <= 1
    assert newcombe_paired(both, second, first, neither) == pytest.approx((-high, -low))


def test_without_association_the_paired_interval_is_the_unpaired_one():
    assert newcombe_paired(4, 4, 6, 6) == pytest.approx(newcombe(8, 20, 10, 20))
    assert newcombe_paired(0, 8, 0, 0) == pytest.approx(newcombe(8, 8, 0, 8))


def test_association_within_events_narrows_the_interval():
    wide, narrow = newcombe(12, 20, 10, 20), newcombe_paired(10, 2, 0, 8)
    assert narrow[1] - narrow[0] < wide[1] - wide[0]


def test_intervals_take_whole_columns():
    low, high = wilson([0, 1], [20, 29])
    assert low.shape == high.shape == (2,)


def test_no_articles_give_no_interval():
    assert np.isnan(wilson(0, 0)).all()


def test_more_hits_than_articles_is_an_error():
    with pytest.raises(ValueError, match="0 <= k <= n"):
        wilson(5, 3)
