"""Words joined by any hyphen or dash, and abbreviations in any case, are found and counted together."""

from __future__ import annotations

import pytest

import framing


def n_lines(articles, query: str) -> int:
    return len(framing.concordance(articles, query))


@pytest.mark.parametrize("mark", ["-", "\u2010", "\u2011", "\u2012", "\u2212", "\ufe63", "\uff0d", "–"])
@pytest.mark.parametrize("query", ["cease-fire", "cease\u2011fire", "cease fire", "Cease–Fire"])
def test_a_compound_is_found_whichever_way_it_and_the_query_are_joined(article, mark, query):
    assert n_lines(article(f"A cease{mark}fire was signed. The cease-fire holds."), query) == 2


@pytest.mark.parametrize(
    "text",
    [
        "The Russia\u2011Ukraine war; the Russia-Ukraine war; the Russia–Ukraine war.",
        "A US–China deal, a US-China pact: all are Russia-Ukraine, Russia\u2010Ukraine or Russia–Ukraine.",
    ],
)
def test_pairs_of_countries_are_found_in_all_spellings(article, text):
    assert n_lines(article(text), "Russia-Ukraine") == 3
    assert n_lines(article(text), "Russia–Ukraine") == 3


def test_compounds_of_all_spellings_are_counted_as_the_same_words(article):
    counted = framing.frequencies(article("A cease\u2011fire was signed. The cease-fire holds. No cease–fire came."))
    counts = dict(zip(counted["word"], counted["n"], strict=True))
    assert counts["fire"] == 3
    assert not any("\u2011" in word or "–" in word for word in counts)


def test_a_dash_between_words_with_spaces_joins_nothing(article):
    assert n_lines(article("They agreed to cease – fire came from the other side."), "cease fire") == 0


def test_a_number_beside_a_hyphen_of_any_kind_is_one_name(article):
    text = "COVID-19 came, COVID\u201119 stayed, COVID–19 left."
    assert n_lines(article(text), "COVID-19") == 3


@pytest.mark.parametrize("query", ["u.s.", "U.S.", "U.s.", "US", "U.S"])
def test_the_united_states_are_found_by_any_spelling_but_the_pronoun(article, query):
    assert n_lines(article("The U.S. envoy left. A u.s. visa helps us. US forces stayed in the U.S."), query) == 4


def test_the_pronoun_is_not_the_country(article):
    assert n_lines(article("The U.S. envoy told us nothing."), "us") == 1


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("u.n.", "The U.N. envoy left."),
        ("U.N.", "the u.n. envoy left."),
        ("e.u.", "An E.U. rule."),
        ("u.k.", "The U.K. left."),
        ("d.c.", "He lives in D.C. now."),
        ("u.s. envoy", "The U.S. envoy left."),
        ("nato", "NATO met."),
        ("NATO", "Nato met."),
        ("(u.s.|u.k.) envoy", "The U.K. envoy left."),
        ("j.d.", "J.D. Hale spoke."),
    ],
)
def test_a_query_finds_abbreviations_in_any_case(article, query, text):
    assert n_lines(article(text), query) == 1


def test_a_regular_expression_meets_one_hyphen_only(article):
    text = "A cease\u2011fire, a cease–fire, a cease-fire."
    assert len(framing.concordance(article(text), r"cease-fire", kind="regex")) == 3
