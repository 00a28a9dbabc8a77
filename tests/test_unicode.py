"""Repairing characters once, and folding look-alikes for matching."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from framing.text.unicode import fold, repair


@pytest.mark.parametrize(
    ("broken", "whole", "n"),
    [
        ("plain text", "plain text", 0),
        ("it\u00e2\u20ac\u2122s", "it\u2019s", 3),
        ("caf\u00c3\u00a9", "caf\u00e9", 2),
        ("har\u00adbour", "harbour", 1),
        ("nul\x00byte", "nulbyte", 1),
        ("\u200emarked\u200f", "marked", 2),
        ("\ufeffstart", "start", 1),
        ("\ufb01sh", "fish", 1),
        ("one\r\ntwo\rthree\u2028four", "one\ntwo\nthree\nfour", 3),
        ("cafe\u0301", "caf\u00e9", 2),
    ],
)
def test_damage_is_repaired_and_counted(broken, whole, n):
    assert repair(broken) == (whole, n)


@pytest.mark.parametrize(
    "text",
    [
        "\u201cCurly\u201d \u2018marks\u2019 \u2014 and \u2026",
        "non\u00a0breaking",
        "«guillemets»",
        "O\u2019Brien",
        "\u0421osmodrome",
        "Москва",
        "Zürich",
        "R&D",
        "5 < 6 & 7 > 2",
        "日本語",
    ],
)
def test_typography_and_other_alphabets_stay_as_read(text):
    assert repair(text) == (text, 0)


@pytest.mark.parametrize(
    ("shown", "matched"),
    [
        ("\u0421osmodrome", "Cosmodrome"),
        ("don\u2019t", "don't"),
        ("\u201cyes\u201d", '"yes"'),
        ("non\u00a0breaking", "non breaking"),
        ("Jong\u2011un", "Jong-un"),
        ("Ｐutin", "Putin"),
    ],
)
def test_look_alikes_are_folded_for_matching(shown, matched):
    assert fold(shown) == matched


@pytest.mark.parametrize("word", ["Москва", "СОР", "Αθήνα", "Zürich", "naïve"])
def test_words_in_another_alphabet_are_not_folded(word):
    assert fold(word) == word


@given(st.text())
def test_folding_keeps_every_offset(text):
    assert len(fold(text)) == len(text)


@given(st.text())
def test_any_text_can_be_repaired(text):
    whole, n = repair(text)
    assert n >= 0
    assert "\r" not in whole and "\x00" not in whole and "\u00ad" not in whole
    assert (n == 0) == (whole == text)
