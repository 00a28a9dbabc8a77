"""Denied blame is no blame and denied praise no praise, in many wordings."""

from __future__ import annotations

import pandas as pd
import pytest

import framing

DENIED_BLAME = [
    "Harlan's plan isn't a bad idea.", "Critics found no fault with Harlan.",
    "Harlan did nothing wrong, the inquiry found.", "Harlan is not bad at all as a negotiator.",
    "Harlan's audit found no problems and no complaints.",
    "Harlan was never a liar.", "Nobody in the town blames Harlan.", "Harlan made no mistakes in the second half.",
    "Harlan was cleared of wrongdoing.", "The judges saw nothing to criticise in Harlan.",
    "Harlan is not to blame for the leak.", "Harlan governed without scandal.", "Harlan is no fool.",
    "There was no evidence of fraud by Harlan.", "Harlan cannot be faulted.", "Harlan was acquitted of corruption.",
    "Harlan's record is free of scandal.", "Harlan is far from a failure.", "Harlan is hardly a failure.",
    "Harlan has never cheated anyone.", "Harlan was not found guilty.", "Harlan didn't do anything wrong.",
    "Nothing Harlan did was illegal.", "Harlan's idea was not stupid.", "Harlan did not lie to the council."]
DENIED_PRAISE = [
    "Harlan is anything but honest.", "Harlan's tour was hardly a success.", "Harlan is no hero.",
    "Harlan is far from competent.", "Harlan is not a good mayor.", "Harlan was never a great speaker.",
    "Harlan is not trustworthy.", "Harlan's answers were by no means honest.", "Harlan's plan is not a good idea.",
    "Harlan's first year was anything but a triumph.", "Harlan's defence was hardly brilliant.",
    "Harlan is nowhere near ready or competent.", "Harlan is not exactly a genius."]
# Words of denial that deny nothing, or something else: what was blame stays blame, what was praise stays praise.
STILL_BLAME = ["Harlan is not only incompetent but corrupt.", "Harlan is nothing but a liar.",
               "Harlan is no doubt a crook.", "Harlan is a liar who does not care.",
               "Harlan did not stop the corruption that ruined the city."]
STILL_PRAISE = ["Harlan is not only honest but brilliant.", "Harlan is nothing but kind and generous.",
                "Harlan is no doubt a brilliant leader.", "Harlan could not be more generous."]


def scores(sentences: list[str]) -> pd.DataFrame:
    starts = [text.index("Harlan") for text in sentences]
    return framing.score_targets(pd.DataFrame({"sentence": sentences, "start": starts,
                                               "end": [start + len("Harlan") for start in starts]}))


@pytest.fixture(scope="module")
def scored() -> dict[str, int]:
    table = scores([*DENIED_BLAME, *DENIED_PRAISE, *STILL_BLAME, *STILL_PRAISE])
    return dict(zip(table["sentence"], table["polarity"].astype(int), strict=True))


@pytest.mark.parametrize("sentence", DENIED_BLAME)
def test_denied_blame_is_not_negative(scored, sentence):
    assert scored[sentence] >= 0


@pytest.mark.parametrize("sentence", DENIED_PRAISE)
def test_denied_praise_is_negative(scored, sentence):
    assert scored[sentence] < 0


@pytest.mark.parametrize("sentence", STILL_BLAME)
def test_blame_that_nothing_denies_stays(scored, sentence):
    assert scored[sentence] < 0


@pytest.mark.parametrize("sentence", STILL_PRAISE)
def test_praise_that_nothing_denies_stays(scored, sentence):
    assert scored[sentence] > 0


def test_scores_stay_probabilities():
    assert scores([*DENIED_BLAME, *DENIED_PRAISE])["score"].between(-1, 1).all()


def test_after_a_denial_polarity_and_score_agree_and_the_rounded_chances_still_sum_to_one():
    from framing.sentiment.model import likeliest, probabilities, read_targets

    texts = [*DENIED_BLAME, *DENIED_PRAISE, *STILL_BLAME, *STILL_PRAISE]
    starts = [text.index("Harlan") for text in texts]
    chance = probabilities(read_targets([(text, start, start + 6) for text, start in zip(texts, starts, strict=True)]))
    assert (chance == chance.round(4)).all()
    assert chance.sum(1) == pytest.approx(1, abs=3e-4)
    table = scores(texts)
    assert table["polarity"].tolist() == likeliest(chance).tolist()
    assert table["score"].tolist() == (chance[:, 2] - chance[:, 0]).round(4).tolist()
    assert (table["polarity"] * table["score"] >= 0).all()
