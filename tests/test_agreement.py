"""Agreement of coders: published examples to the digit, and errors where agreement is undefined."""

import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import cohen_kappa_score

from framing.evaluate import cohen_kappa, krippendorff_alpha

FOUR = ["1 2 3 3 2 1 4 1 2 . . .", "1 2 3 3 2 2 4 1 2 5 . 3", ". 3 3 3 2 3 4 2 2 5 1 .", "1 2 3 3 2 4 4 1 2 5 1 ."]
THREE = [". . . . . 3 4 1 2 1 1 3 3 . 3", "1 . 2 1 3 3 4 3 . . . . . . .", ". . 2 1 3 4 4 . 2 1 1 3 3 . 4"]


def coded(coders):
    return pd.DataFrame({f"coder {i}": [np.nan if code == "." else int(code) for code in line.split()]
                         for i, line in enumerate(coders)})


@pytest.mark.parametrize(("level", "alpha"), [("nominal", ".743"), ("ordinal", ".815"), ("interval", ".849"),
                                              ("ratio", ".797")])
def test_krippendorffs_four_coders(level, alpha):
    assert f"{krippendorff_alpha(coded(FOUR), level=level)['alpha']:.3f}" == "0" + alpha


@pytest.mark.parametrize(("level", "alpha"), [("nominal", 0.691358), ("interval", 0.810845)])
def test_three_coders_with_many_gaps(level, alpha):
    assert krippendorff_alpha(coded(THREE), level=level)["alpha"] == pytest.approx(alpha, abs=5e-7)


def test_two_coders_ten_units_yes_or_no():
    codes = pd.DataFrame({"a": list("0100000010"), "b": list("1110010000")})
    found = krippendorff_alpha(codes)
    assert f"{found['alpha']:.3f}" == "0.095"
    assert found["low"] < found["alpha"] < found["high"]
    assert (found["n_units"], found["n_coders"]) == (10, 2)


def test_agreement_that_cannot_be_measured_is_an_error_and_never_one():
    with pytest.raises(ValueError, match="No unit was coded by two"):
        krippendorff_alpha(pd.DataFrame({"a": [1, np.nan], "b": [np.nan, 2]}))
    with pytest.raises(ValueError, match="same code"):
        krippendorff_alpha(pd.DataFrame({"a": [1, 1], "b": [1, 1]}))
    with pytest.raises(ValueError, match="share no unit"):
        cohen_kappa(pd.Series([1, np.nan]), pd.Series([np.nan, 1]))
    with pytest.raises(ValueError, match="undefined"):
        cohen_kappa(pd.Series([1, 1]), pd.Series([1, 1]))


def test_kappa_of_the_standard_example():
    first, second = ["yes"] * 25 + ["no"] * 25, ["yes"] * 20 + ["no"] * 5 + ["yes"] * 10 + ["no"] * 15
    assert f"{cohen_kappa(pd.Series(first), pd.Series(second)):.3f}" == "0.400"
    assert cohen_kappa(pd.Series(first), pd.Series(second)) == pytest.approx(cohen_kappa_score(first, second))


def test_names_of_categories_have_no_order():
    codes = pd.DataFrame({"a": ["conflict", "economy", "conflict"], "b": ["conflict", "economy", "economy"]})
    assert krippendorff_alpha(codes)["n_units"] == 3
    with pytest.raises(ValueError, match="must be numbers"):
        krippendorff_alpha(codes, level="ordinal")
    with pytest.raises(ValueError, match="level is 'rank'"):
        krippendorff_alpha(codes, level="rank")


def test_perfect_agreement_is_one():
    codes = pd.DataFrame({"a": [1, 2, 3, 1], "b": [1, 2, 3, 1]})
    assert krippendorff_alpha(codes)["alpha"] == 1


def test_the_interval_of_alpha_ends_at_one():
    codes = pd.DataFrame({"one": ["a", "b"] * 10, "other": ["a", "b"] * 9 + ["a", "a"]})
    found = krippendorff_alpha(codes)
    assert 0.8 < found["alpha"] < 1 and found["high"] == 1
