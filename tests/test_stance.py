"""`cue_stance`: how a cue presents what it introduces."""

from __future__ import annotations

import pandas as pd
import pytest

from framing.quotes.cues import STANCES, cue_stance, plain_cue, stance_list, unlisted_cues


@pytest.mark.parametrize(
    ("cue", "stance"),
    [
        ("said", "neutral"),
        ("According to", "neutral"),
        ("was quoted as saying", "neutral"),
        ("told", "neutral"),
        ("insisted", "assertive"),
        ("vows", "assertive"),
        ("has pointed out", "assertive"),
        ("is sure", "assertive"),
        ("claimed", "doubting"),
        ("alleges", "doubting"),
        ("cast doubt on", "doubting"),
        ("accused", "doubting"),
        ("fears", "emotive"),
        ("expressed concern", "emotive"),
        ("slammed", "emotive"),
        ("are worried", "emotive"),
        ("hinted", "evasive"),
        ("declined to comment", "evasive"),
        ("would not say", "evasive"),
        ("has repeatedly denied", "denying"),
        ("refuted", "denying"),
        ("dismissing", "denying"),
    ],
)
def test_a_cue_has_its_stance(cue, stance):
    assert cue_stance(cue) == stance


def test_a_phrase_goes_before_its_words():
    assert cue_stance("raised") == "neutral" and cue_stance("raised concerns about") == "emotive"


def test_a_stronger_word_goes_before_said():
    assert cue_stance("said, sobbing") == "emotive"


@pytest.mark.parametrize("cue", [None, pd.NA, float("nan"), "", "burbled", "—", "“concern” of"])
def test_missing_and_unknown_cues_raise_nothing(cue):
    assert cue_stance(cue) in STANCES


def test_unknown_cues_are_neutral_and_listed():
    quotes = pd.DataFrame({"cue": ["burbled", "said", "Burbled", "yodelled", pd.NA]})
    assert cue_stance("burbled") == "neutral"
    assert unlisted_cues(quotes).values.tolist() == [["burbled", 2], ["yodelled", 1]]


def test_unlisted_cues_need_the_column():
    with pytest.raises(ValueError, match="no cue"):
        unlisted_cues(pd.DataFrame({"source": ["she"]}))


def test_every_class_has_a_note_and_words_and_no_word_has_two_classes():
    table = stance_list()
    assert table["stance"].tolist() == STANCES
    assert table["note"].str.len().min() > 20
    words = [word for words in table["words"] for word in words.split(";")]
    assert len(words) == len(set(words)) > 300


@pytest.mark.parametrize(
    ("cue", "base"),
    [
        ("has repeatedly denied", "deny"),
        ("said", "say"),
        ("was saying", "say"),
        ("according to", "according to"),
        ("was quoted as saying", "be quoted as saying"),
        ("will also warn", "warn"),
    ],
)
def test_cues_are_counted_in_base_form(cue, base):
    assert plain_cue(cue) == base
