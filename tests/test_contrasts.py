"""Declared contrasts: read with care, hashed, tested as one family, and never lost."""

import hashlib

import numpy as np
import pandas as pd
import pytest

from framing.stats.comparison import compare, compare_declared, contrasts_hash, read_contrasts

DECLARED = """\
[[contrast]]
name = "Who says offensive"
measure = "label_share"
item = "offensive"
outlet = "Gazette"
reference = "rest"
direction = "greater"
note = "its style guide asks for it"

[[contrast]]
measure = "tone"
outlet = "Courier"
reference = "Gazette"
direction = "less"
"""


@pytest.fixture
def declared(tmp_path):
    path = tmp_path / "contrasts.toml"
    path.write_text(DECLARED, encoding="utf-8")
    return path


def measures(n_events=8, seed=0, shift=0.0):
    """Shares of two labels, and a tone, for two outlets on the same events."""
    rng = np.random.default_rng(seed)
    outlets, events = ["Courier", "Gazette"] * n_events, np.repeat([f"e{i}" for i in range(n_events)], 2)
    base = pd.DataFrame({"article_id": [f"a{i}" for i in range(2 * n_events)], "outlet": outlets, "event": events})
    offensive = base.assign(item="offensive", value=rng.integers(1, 5, 2 * n_events), per=6)
    offensive.loc[base["outlet"] == "Gazette", "value"] += 2
    war = offensive.assign(item="war", value=offensive["per"] - offensive["value"])
    tone = base.assign(value=rng.normal(size=2 * n_events) + np.where(base["outlet"] == "Courier", shift, 0))
    return {"label_share": pd.concat([offensive, war]), "tone": tone}


def test_a_file_of_hypotheses_is_a_table(declared):
    table = read_contrasts(declared)
    assert table["name"].tolist() == ["Who says offensive", "tone, Courier against Gazette"]
    assert table["reference"].tolist() == ["rest", "Gazette"]
    assert table["direction"].tolist() == ["greater", "less"]
    assert pd.isna(table.loc[1, "item"])


def test_the_hash_is_that_of_the_file_whatever_its_line_endings(declared, tmp_path):
    assert contrasts_hash(declared) == hashlib.sha256(DECLARED.encode()).hexdigest()
    assert read_contrasts(declared).attrs["sha256"] == contrasts_hash(declared)
    other = tmp_path / "windows.toml"
    other.write_bytes(DECLARED.replace("\n", "\r\n").encode())
    assert contrasts_hash(other) == contrasts_hash(declared)
    other.write_text(DECLARED.replace("greater", "less"), encoding="utf-8")
    assert contrasts_hash(other) != contrasts_hash(declared)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("outlet = ", "not a TOML file"),
        ("", "nothing; it needs one or more blocks"),
        ("[contrast]\noutlet = 'Gazette'", "one or more blocks"),
        ("[[contrast]]\nmeasure = 'tone'", "contrast 1 of x.toml lacks outlet"),
        ("[[contrast]]\nmeasure = 'tone'\noutlet = 'Gazette'\ncolour = 'red'", "unknown colour"),
        ("[[contrast]]\nmeasure = 'tone'\noutlet = 'Gazette'\ndirection = 'up'", "direction 'up'"),
        ("[[contrast]]\nmeasure = 'tone'\noutlet = 'Gazette'\nreference = 'Gazette'", "with itself"),
        (2 * "[[contrast]]\nmeasure = 'tone'\noutlet = 'Gazette'\n", "twice"),
    ],
)
def test_what_is_wrong_in_a_file_is_said(tmp_path, content, message):
    path = tmp_path / "x.toml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(ValueError, match=message):
        read_contrasts(path)


def test_declared_contrasts_stand_apart(declared):
    result = compare_declared(measures(), read_contrasts(declared))
    assert result["declared"].tolist() == [True, True]
    assert result["name"].tolist() == ["Who says offensive", "tone, Courier against Gazette"]
    assert result["measure"].tolist() == ["label_share: offensive", "tone"]
    assert "its style guide asks for it" in result.loc[0, "note"]
    assert not compare(measures()["tone"], "value")["declared"].any()


def test_the_estimate_is_that_of_compare_and_the_family_is_the_declared_ones(declared):
    tables = measures()
    result = compare_declared(tables, read_contrasts(declared))
    tone = compare(tables["tone"], "value").iloc[0]
    assert result.loc[1, "estimate"] == tone["estimate"]
    assert result.loc[1, "p"] == tone["p"]
    assert (result["p_adjusted"] >= result["p"]).all()
    assert result.loc[0, "target_value"] > result.loc[0, "reference_value"]


def test_p_stays_two_sided_and_a_strong_difference_the_other_way_is_shown(declared):
    result = compare_declared(measures(shift=50), read_contrasts(declared))
    assert result["as_declared"].tolist() == [True, False]
    assert result.loc[1, "p"] == 2 / 2**8


def test_a_contrast_that_cannot_be_tested_stays_with_the_reason(declared):
    contrasts = read_contrasts(declared)
    contrasts.loc[0, "item"] = "invasion"
    tables = measures()
    result = compare_declared({"label_share": tables["label_share"]}, contrasts)
    assert result["p"].isna().all()
    assert result["as_declared"].isna().all()
    assert result.loc[0, "note"].startswith("not tested: 'invasion' is not in the table")
    assert result.loc[1, "note"].startswith("not tested: there is no measure 'tone' among ['label_share']")
    contrasts.loc[:, "outlet"] = "Herald"
    contrasts.loc[0, "item"] = "offensive"
    assert "no articles of 'Herald'" in compare_declared(tables, contrasts).loc[0, "note"]


def test_without_direction_there_is_nothing_to_agree_with(declared):
    contrasts = read_contrasts(declared).drop(columns="direction")
    assert compare_declared(measures(), contrasts)["as_declared"].isna().all()


def test_no_difference_at_all_is_not_as_declared(declared):
    tables = measures()
    tables["tone"]["value"] = 0.5
    result = compare_declared(tables, read_contrasts(declared))
    assert result.loc[1, "estimate"] == 0 and not result.loc[1, "as_declared"]


def test_a_measure_of_several_items_asks_which_instead_of_stopping_all(declared):
    contrasts = read_contrasts(declared).assign(item=pd.NA)
    table = compare_declared(measures(), contrasts)
    assert len(table) == 2 and table.loc[1, "p"] >= 0
    assert table.loc[0, "note"].startswith("not tested: label_share is measured of several items ('")
    assert np.isnan(table.loc[0, "p"])


def test_a_field_that_is_no_text_is_named(tmp_path):
    path = tmp_path / "contrasts.toml"
    path.write_text('[[contrast]]\nmeasure = "tone"\noutlet = ["Gazette", "Courier"]\n', encoding="utf-8")
    with pytest.raises(ValueError, match=r"contrast 1 of .* has outlet = \['Gazette', 'Courier'\]; write one text"):
        read_contrasts(path)
