"""Dispersion measures against Gries' published example."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, strategies as st

from framing.words import measures

GRIES = [
    line.split()
    for line in (
        "b a m n i b e u p",
        "b a s a t b e w q n",
        "b c a g a b e s t a",
        "b a g h a b e a a t",
        "b a h a a b e a x a t",
    )
]
SIZES = [len(part) for part in GRIES]


def hits(word: str) -> list[int]:
    return [part.count(word) for part in GRIES]


def test_gries_word_a():
    a = hits("a"), SIZES
    assert measures.juilland_d(*a) == pytest.approx(0.785, abs=5e-4)
    assert measures.dp(*a) == pytest.approx(0.18)
    assert measures.dp_norm(*a) == pytest.approx(0.220, abs=5e-4)


@pytest.mark.parametrize(
    "measure, expected",
    [("juilland_d", [0.968, 0, 0, 0]), ("dp", [0.02, 0.82, 0.80, 0.78]), ("dp_norm", [0.024, 1, 0.976, 0.951])],
)
def test_gries_words_b_i_q_x(measure, expected):
    table = np.array([hits(word) for word in "biqx"])
    assert getattr(measures, measure)(table, SIZES) == pytest.approx(expected, abs=5.1e-4)


def test_three_equal_parts():
    assert measures.dp([2, 1, 0], [10, 10, 10]) == pytest.approx(1 / 3)
    assert measures.dp_norm([2, 1, 0], [10, 10, 10]) == pytest.approx(0.5)
    assert measures.dp([3, 0, 0], [10, 10, 10]) == pytest.approx(2 / 3)
    assert measures.dp_norm([3, 0, 0], [10, 10, 10]) == pytest.approx(1)


@given(
    st.lists(st.tuples(st.integers(0, 9), st.integers(10, 500)), min_size=2, max_size=8).filter(
        lambda parts: any(count for count, _ in parts)
    )
)
def test_dispersion_stays_within_its_range(parts):
    counts, sizes = zip(*parts, strict=True)
    assert 0 <= measures.dp(counts, sizes) <= 1
    assert 0 <= measures.dp_norm(counts, sizes) <= 1 + 1e-12


def test_a_word_that_never_occurs_has_no_dispersion():
    assert np.isnan(measures.dp([0, 0], [10, 10]))


def test_empty_parts_are_refused_in_words():
    with pytest.raises(ValueError, match="leave empty articles out"):
        measures.dp([1, 0], [10, 0])
    with pytest.raises(ValueError, match="2 counts per word for 3 parts"):
        measures.dp([1, 0], [10, 10, 10])
