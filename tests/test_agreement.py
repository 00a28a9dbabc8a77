"""Agreement of coders: published examples to the digit, and errors where agreement is undefined."""

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import cohen_kappa_score

from framing.evaluate import coder_agreement, cohen_kappa, krippendorff_alpha
from framing.plots import plot_agreement
from framing.plots.style import about

FOUR = ["1 2 3 3 2 1 4 1 2 . . .", "1 2 3 3 2 2 4 1 2 5 . 3", ". 3 3 3 2 3 4 2 2 5 1 .", "1 2 3 3 2 4 4 1 2 5 1 ."]
THREE = [". . . . . 3 4 1 2 1 1 3 3 . 3", "1 . 2 1 3 3 4 3 . . . . . . .", ". . 2 1 3 4 4 . 2 1 1 3 3 . 4"]


def coded(coders):
    return pd.DataFrame(
        {f"coder {i}": [np.nan if code == "." else int(code) for code in line.split()] for i, line in enumerate(coders)}
    )


@pytest.mark.parametrize(
    ("level", "alpha"), [("nominal", ".743"), ("ordinal", ".815"), ("interval", ".849"), ("ratio", ".797")]
)
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


# Sheets that several people filled in: one row per thing coded and pair of coders, and its figure.


def sheet(*codes, **more):
    return pd.DataFrame(
        {"article_id": [f"a{i}" for i in range(len(codes))], "start": 0, "end": 9, "coded": codes, **more}
    )


SHEETS = {
    "Ada": sheet(1, 0, -1, 0, 1, "", speaker_right=["yes", "yes", "no", "yes", "no", "no"]),
    "Ben": sheet(
        "positive", "Neutral ", "-1.0", "neutral", "negative", 1, speaker_right=["yes", "no", "no", "yes", "no", "no"]
    ),
    "Cleo": sheet(1, 0, -1, 1, -1, 1, speaker_right=["yes", "yes", "no", "yes", "no", "yes"]),
}


def test_sheets_of_several_coders_give_a_row_for_all_and_one_for_every_two():
    table = coder_agreement(SHEETS)
    assert table["variable"].tolist() == ["coded"] * 4 + ["speaker_right"] * 4
    assert table["coders"].tolist()[:4] == ["all", "Ada and Ben", "Ada and Cleo", "Ben and Cleo"]
    codes = pd.DataFrame({"Ada": [1, 0, -1, 0, 1, np.nan], "Ben": [1, 0, -1, 0, -1, 1], "Cleo": [1, 0, -1, 1, -1, 1]})
    assert table["alpha"][0] == pytest.approx(krippendorff_alpha(codes)["alpha"])
    assert table[["n_units", "n_coders"]].to_numpy()[:2].tolist() == [[6, 3], [5, 2]]
    assert table["same"][1] == pytest.approx(4 / 5) and table["same"][0] == pytest.approx((4 + 3 + 5) / (5 + 5 + 6))


def test_rows_are_matched_by_the_passage_whatever_their_order_and_rows_of_one_coder_count_for_none():
    two = {"Ada": SHEETS["Ada"], "Ben": SHEETS["Ben"].iloc[::-1].head(4)}
    table = coder_agreement(two)
    assert table["coders"].tolist() == ["all", "all"] and table["n_units"].tolist() == [3, 4]


def test_an_agreement_that_cannot_be_measured_is_missing_and_the_note_says_why():
    table = coder_agreement({"Ada": sheet(1, 1), "Ben": sheet(1, 1)})
    assert np.isnan(table["alpha"][0]) and table["same"][0] == 1 and "same code" in table["note"][0]
    none = coder_agreement({"Ada": sheet(1, ""), "Ben": sheet("", 1)})
    assert none["n_units"][0] == 0 and "two coders" in none["note"][0] and np.isnan(none["same"][0])


def test_sheets_that_do_not_fit_together_are_named():
    with pytest.raises(ValueError, match="one sheet"):
        coder_agreement({"Ada": sheet(1)})
    with pytest.raises(ValueError, match=r"Ben.*has no start"):
        coder_agreement({"Ada": sheet(1), "Ben": sheet(1).drop(columns="start")}, unit=["article_id", "start"])
    with pytest.raises(ValueError, match=r"Ada.*codes 1 unit twice"):
        coder_agreement({"Ada": pd.concat([sheet(1), sheet(1)]), "Ben": sheet(1)})
    with pytest.raises(ValueError, match="variables="):
        coder_agreement({"Ada": sheet(1).rename(columns={"coded": "mine"}), "Ben": sheet(1)})


def test_the_figure_draws_alpha_of_all_with_its_interval_and_a_tick_for_every_two():
    table = coder_agreement(SHEETS)
    ax = plot_agreement(table)
    dots = [line for line in ax.lines if line.get_marker() == "o"]
    ticks = [line for line in ax.lines if line.get_marker() == "|"]
    whole = table[table["coders"] == "all"]
    assert [line.get_xdata()[0] for line in dots] == pytest.approx(whole["alpha"].tolist())
    assert [line.get_markerfacecolor() == "white" for line in dots] == [alpha < 0.8 for alpha in whole["alpha"]]
    drawn = [x for line in ticks for x in line.get_xdata()]
    assert drawn == pytest.approx(table.loc[table["coders"] != "all", "alpha"].tolist())
    assert [text.get_text() for text in ax.get_yticklabels()] == ["coded", "speaker right"]
    assert {line.get_xdata()[0] for line in ax.lines if line.get_linestyle() == ":"} == {0.667, 0.8}
    words = about(ax)
    assert "3 coders" in words.alt and "coded" in words.alt and "tick" in words.caption.casefold()
    plt.close("all")


def test_the_figure_says_what_could_not_be_measured_and_names_no_tick_that_is_not_drawn():
    ax = plot_agreement(coder_agreement({"Ada": sheet(1, 1), "Ben": sheet(1, 1)}))
    assert "not measurable" in " ".join(text.get_text() for text in ax.texts)
    assert "tick" not in about(ax).caption.casefold() and "interval" not in about(ax).caption
    plt.close("all")
