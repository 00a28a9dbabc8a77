"""An "it" that stands for the situation is nobody; an "it" that stands for a country or body is."""

from __future__ import annotations

import pytest

from framing.entities.resolution import resolve_mentions

OPENING = "Norway refused to sign the treaty on Monday. "


def its(table):
    """Whom each "it" of a text was taken for, with nobody left out."""
    found = resolve_mentions(table)
    return found.loc[found["mention"].str.lower() == "it", "entity"].tolist()


@pytest.mark.parametrize(
    "sentence",
    [
        "It is his turn to row now.",
        "It was all done with a smile.",
        "It was a long evening by the lake.",
        "It was Anna Berg who rang the bell.",
        "It is unclear whether the ferry will sail.",
        "It was rude to leave so early.",
        "It is clear that the ferry will not sail.",
        "It is known that the ferry leaks.",
        "It was raining on the quay.",
        "It was late, and the lamps were out.",
        "It seems that nobody rang the bell.",
        "The ferry, it turns out, was empty.",
        "It took two weeks to mend the ferry.",
        "The minister made it clear that the ferry would sail.",
        "The minister found it hard to row.",
        "The minister let it be known that the ferry would sail.",
        "If it came to that, the ferry would wait.",
    ],
)
def test_it_takes_up_no_country_where_it_stands_for_the_situation(article, sentence):
    assert its(article(OPENING + sentence)) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "It said the terms were unfair.",
        "It is prepared to talk again.",
        "It is a country of many lakes.",
        "It is one of the richest countries in the north.",
        "It is able to build the ships itself.",
        "It was asked to explain the delay.",
        "It is unlikely to sign this year.",
        "It is taking new steps to guard the coast.",
        "It was told that the terms would stand.",
        "It appears to have changed course.",
        "It was concerned that the terms were unfair.",
    ],
)
def test_it_takes_up_the_country_that_acts_or_is_described(article, sentence):
    assert its(article(OPENING + sentence)) == ["Norway"]
