"""P values in words: one style in sentences, captions, figures and tables."""

import re

import pandas as pd
import pytest

from framing import show_table
from framing.precision import p_statement, p_words
from framing.stats import in_words


@pytest.mark.parametrize(
    ("p", "words"),
    [
        (0.031, ".031"),
        (0.0625, ".062"),
        (1.0, "1"),
        (0.9997, "1"),
        (0.001, ".001"),
        (0.00099, "< .001"),
        (0.05, ".050"),
        (0.04996, ".0500"),
        (0.0496, ".0496"),
        (0.0503, ".0503"),
        (float("nan"), "n/a"),
        (pd.NA, "n/a"),
    ],
)
def test_three_decimals_no_zero_before_the_point_and_four_next_to_the_usual_limit(p, words):
    assert p_words(p) == words


@pytest.mark.parametrize(
    ("p", "words"), [(0.0625, ".0625"), (1 / 128, ".00781"), (0.0001, ".0001"), (1e-5, ".00001"), (1.0, "1")]
)
def test_the_least_p_of_a_sample_keeps_its_digits(p, words):
    assert p_words(p, exact=True) == words


def test_a_statement_has_one_sign():
    assert [p_statement(p) for p in (0.0004, 0.2)] == ["p < .001", "p = .200"]


def test_the_sample_in_words_writes_p_as_figures_do():
    row = {
        "measure": "share",
        "outlet": "Gazette",
        "reference": "rest",
        "n_articles": 16,
        "n_events": 8,
        "smallest_p": 1 / 128,
        "width": float("nan"),
        "detectable": float("nan"),
        "note": "",
    }
    assert "smallest p value possible is .00781. " in in_words(pd.DataFrame([row]))


def test_a_shown_table_writes_p_as_figures_do_and_leaves_other_numbers_alone():
    table = pd.DataFrame({"p": [0.0004, 0.0312], "smallest_p": [1 / 128, 0.0625], "share": [0.25, 0.5]})
    assert re.findall(r'right">([^<]*)</td>', show_table(table)._repr_html_().replace("&lt;", "≺")) == [
        "≺ .001",
        ".00781",
        "0.25",
        ".031",
        ".0625",
        "0.50",
    ]


def test_a_column_called_p_that_holds_no_p_values_is_shown_as_it_is():
    assert ">7.50</td>" in show_table(pd.DataFrame({"p": [7.5]}))._repr_html_()
