"""Wire copy and near-duplicates: shared wording is found, shared quotations and facts are not."""

from __future__ import annotations

import random

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings, strategies as st

from framing.salience.wire_copy import (
    GUARANTEE,
    SHARED,
    WIRE,
    agency_credit,
    candidate_pairs,
    find_wire_copy,
    fingerprints,
    folded_words,
    joined_runs,
    shared_passages,
    shared_runs,
    without_wire_copy,
)
from framing.zones.passages import find_passages, words_per_article

WIRE_STORY = (
    "The ferry to Maren was cancelled on Monday after a crane fell across the harbour road, officials said. "
    "Nobody was hurt, but the road will stay shut until the crane has been lifted, which may take a week.\n\n"
    "The harbour board had warned in spring that the crane was rusting and that nobody would pay for paint. "
    "Passengers were taken to the fish market in buses and given soup while the wind dropped over the bay."
)
OWN_STORY = (
    "A rusty giant lies across the only way to the boats. In Maren they had seen it coming for months, and some "
    "had even taken bets on the day.\n\nIn the soup queue at the market the talk is of paint, of money and of "
    "a board that meets too rarely to decide anything at all."
)


def articles(*rows: tuple[str, str], **columns) -> pd.DataFrame:
    table = pd.DataFrame(
        [
            {
                "article_id": f"a{n}",
                "outlet": outlet,
                "event": "crane",
                "text": text,
                "known_zones": f'[[0, {len(text)}, "body"]]',
            }
            for n, (outlet, text) in enumerate(rows, 1)
        ]
    )
    return table.assign(**columns)


def test_an_agency_text_in_two_outlets_is_wire_copy_and_an_own_text_is_not():
    wire = find_wire_copy(articles(("Gazette", WIRE_STORY), ("Herald", WIRE_STORY), ("Bugle", OWN_STORY)))
    assert list(wire) == WIRE
    assert wire["share"].tolist() == [1.0, 1.0, 0.0]
    assert wire["shared_with"].tolist()[:2] == ["Herald", "Gazette"] and pd.isna(wire["shared_with"][2])
    assert wire["most_like"].tolist()[:2] == ["a2", "a1"] and wire["overlap"][0] == 1.0
    assert wire["duplicate"].isna().all() and wire["counted"].all()


@pytest.mark.parametrize(
    ("change", "least"),
    [
        (lambda text: text.replace("officials said. ", "officials said. The mayor has not been seen since. "), 0.99),
        (lambda text: text.replace("on Monday", "at 9:15 a.m. on Tuesday"), 0.95),
        (lambda text: text[: text.index(" and that nobody")], 0.99),
        (lambda text: text.replace("harbour", "harbor").replace("cancelled", "canceled"), 0.99),
        (lambda text: text.upper(), 0.99),
        (lambda text: "\n\n".join(reversed(text.split("\n\n"))), 0.99),
    ],
    ids=["a sentence added", "a time changed", "the end cut", "American spelling", "capitals", "paragraphs swapped"],
)
def test_wire_copy_is_found_though(change, least):
    changed = change(WIRE_STORY)
    wire = find_wire_copy(articles(("Gazette", WIRE_STORY), ("Herald", changed)))
    added = len(folded_words(changed)) - len(folded_words(WIRE_STORY))
    assert wire["n_shared"][1] / (len(folded_words(changed)) - max(added, 0)) >= least


def test_outlets_that_quote_the_same_words_share_no_wire_copy():
    quotation = (
        "“We have warned the board about this crane every spring for eleven years and nobody ever listened to us”"
    )
    table = articles(
        ("Gazette", f"A clerk was furious. {quotation}, she told the Gazette."),
        ("Herald", f"{quotation}: with these words a clerk met the press at noon."),
    )
    assert find_wire_copy(table)["n_shared"].tolist() == [0, 0]


def test_short_common_phrases_are_no_wire_copy():
    table = articles(
        ("Gazette", "The president of the harbour board of Maren spoke. " + OWN_STORY),
        ("Herald", "Here came the president of the harbour board of Maren, late. " + WIRE_STORY),
    )
    assert find_wire_copy(table)["n_shared"].tolist() == [0, 0]


def test_shared_passages_point_to_both_texts():
    table = articles(
        ("Gazette", "Own words first here. " + WIRE_STORY), ("Herald", WIRE_STORY + " And an end of our own.")
    )
    shared = shared_passages(table)
    assert list(shared) == SHARED
    texts = dict(zip(table["article_id"], table["text"], strict=True))
    for row in shared.itertuples():
        assert texts[row.article_id][row.start : row.end] == row.text
        assert texts[row.with_article][row.with_start : row.with_end].split() == row.text.split()
    assert shared["article_id"].tolist() == ["a1", "a2"]
    assert shared["text"][0].startswith("The ferry to Maren") and shared["text"][0].endswith("over the bay")


def test_duplicates_in_one_outlet_are_flagged_and_the_first_counts():
    table = articles(
        ("Gazette", WIRE_STORY + " Updated with one more sentence here."),
        ("Gazette", WIRE_STORY),
        ("Gazette", WIRE_STORY.upper()),
        ("Gazette", OWN_STORY),
        date=["2024-03-02", "2024-03-01", "2024-03-03", "2024-03-01"],
    )
    wire = find_wire_copy(table)
    assert wire["counted"].tolist() == [False, True, False, True]
    assert wire["duplicate"].tolist()[0] == "near" and wire["duplicate"].tolist()[2] == "exact"
    assert wire["duplicate_of"].tolist()[0] == "a2" and wire["duplicate_of"].tolist()[2] == "a2"
    assert wire["n_shared"].tolist() == [0, 0, 0, 0]  # with another outlet: none


def test_the_order_of_articles_changes_nothing():
    table = articles(
        ("Gazette", WIRE_STORY), ("Herald", WIRE_STORY + " More."), ("Gazette", WIRE_STORY), ("Bugle", OWN_STORY)
    )
    turned = find_wire_copy(table.iloc[::-1]).sort_values("article_id", ignore_index=True)
    pd.testing.assert_frame_equal(turned, find_wire_copy(table))


@pytest.mark.parametrize(
    ("text", "agency"),
    [
        (
            "Crane falls on road\n\nMAREN, March 4 (Reuters) - A crane fell across the road on Monday, officials said.",
            "Reuters",
        ),
        ("Crane falls on road\n\nA crane fell across the harbour road on Monday, officials said. — AFP", "AFP"),
        (
            "Crane falls on road\n\nBy Ada Brown\n\nA crane fell across the road on Monday, officials said.\n\n"
            "Additional reporting by Reuters and dpa",
            "Reuters; dpa",
        ),
        (
            "Crane falls on road\n\nA crane fell across the harbour road on Monday, officials said.\n\nWith inputs from agencies",
            "agencies",
        ),
        ("Crane falls on road\n\nA crane fell across the road on Monday, Reuters reported, citing officials.", None),
        (
            "Crane falls on road\n\nThe crane on Monday. Photo: Reuters\n\nA crane fell across the road, officials said.",
            None,
        ),
    ],
)
def test_the_agency_is_read_from_credits_and_not_from_sources_or_photos(text, agency):
    found = find_wire_copy(pd.DataFrame([{"article_id": "a", "outlet": "Gazette", "event": "e", "text": text}]))[
        "agency"
    ][0]
    assert pd.isna(found) if agency is None else found == agency


def test_without_wire_copy_the_shared_words_are_left_out_in_both_outlets():
    table = articles(
        ("Gazette", OWN_STORY + "\n\n" + WIRE_STORY), ("Herald", WIRE_STORY), ("Herald", WIRE_STORY + " Again.")
    )
    own = without_wire_copy(table)
    assert own["article_id"].tolist() == ["a1", "a2"]
    assert own["text"].tolist() == table["text"].tolist()[:2]
    passages = find_passages(own)
    left = passages[(passages["article_id"] == "a1") & (passages["zone"] == "body")]
    assert left["text"].tolist() == OWN_STORY.split("\n\n")
    assert words_per_article(own).tolist() == [len(OWN_STORY.split()), 0]


def test_without_wire_copy_other_zones_stay_what_they_were():
    text = "Crane falls on road\n\n" + WIRE_STORY + "\n\nSubscribe to our newsletter"
    table = articles(("Gazette", text), ("Herald", WIRE_STORY)).assign(known_zones=pd.NA)
    zones = find_passages(without_wire_copy(table)).query("article_id == 'a1'")["zone"].tolist()
    assert zones == ["headline", "other_story", "other_story", "furniture"]


@settings(max_examples=60)
@given(
    st.lists(st.integers(0, 400), max_size=60),
    st.lists(st.integers(0, 400), max_size=60),
    st.lists(st.integers(0, 400), min_size=GUARANTEE, max_size=30),
    st.lists(st.integers(0, 400), max_size=40),
)
def test_texts_with_twelve_equal_words_in_a_row_are_always_compared(before, after, common, other):
    one = [f"w{n}" for n in [*before, *common, *after]]
    two = [f"w{n}" for n in [*other, *common]]
    assert candidate_pairs([one, two]) == [(0, 1)]
    assert max(length for _, _, length in shared_runs(one, two)) >= len(common)


def test_the_planted_wire_item_of_the_bundled_corpus_is_found():
    import framing

    wire = find_wire_copy(framing.example("summit"))
    shared = wire[wire["share"] > 0.5]
    assert len(shared) == 2 and shared["outlet"].nunique() == 2 and shared["event"].nunique() == 1
    assert (wire.loc[wire["share"] <= 0.5, "share"] < 0.05).all()


def test_no_articles_give_empty_tables():
    empty = articles(("Gazette", "x")).iloc[:0]
    assert list(find_wire_copy(empty)) == WIRE and list(shared_passages(empty)) == SHARED
    assert without_wire_copy(empty).empty
    assert find_wire_copy(articles(("Gazette", ""), ("Herald", "")))["share"].tolist() == [0.0, 0.0]
    assert pd.isna(agency_credit(next(articles(("Gazette", "")).assign(byline=pd.NA, headline=pd.NA).itertuples())))


def test_a_thousand_articles_on_one_subject_are_told_apart():
    rng = random.Random(0)
    words = [f"word{n}" for n in range(3000)]
    rows = [("Gazette" if n % 2 else "Herald", " ".join(rng.choices(words, k=80)) + ".") for n in range(1000)]
    rows[500] = ("Herald", rows[7][1])
    wire = find_wire_copy(articles(*rows))
    assert wire.loc[wire["n_shared"] > 0, "article_id"].tolist() == ["a8", "a501"]


def test_what_an_outlet_repeats_of_its_own_stays_its_own():
    half = WIRE_STORY.split("\n\n")[0]
    table = articles(("Gazette", OWN_STORY + "\n\n" + half), ("Gazette", half + "\n\nThe crane was sold for scrap."))
    own = without_wire_copy(table)
    assert own["article_id"].tolist() == ["a1", "a2"]
    assert words_per_article(own).tolist() == words_per_article(table).tolist()


@pytest.mark.parametrize("n, marks", [(5, 0), (6, 1), (8, 1), (12, 1)])
def test_a_text_shorter_than_a_window_has_one_fingerprint_if_any(n, marks):
    assert len(fingerprints(np.arange(n))) == marks


def test_of_many_texts_with_one_passage_every_pair_is_compared():
    words = "the harbour master said that the ferry would sail again on monday after repairs to its bow".split()
    assert candidate_pairs([words] * 4) == [(0, 1), (0, 2), (0, 3), (1, 2), (1, 3), (2, 3)]


def test_eleven_equal_words_are_a_phrase_and_twelve_are_a_passage():
    words = folded_words(WIRE_STORY)
    shared: dict[int, list[int]] = {11: [], 12: []}
    for first in range(0, 40, 8):
        for n in shared:
            phrase = WIRE_STORY[words[first][0] : words[first + n - 1][1]]
            table = articles(("Gazette", f"{OWN_STORY} Said again, {phrase}."), ("Herald", f"Long ago {phrase}; so."))
            shared[n].append(int(find_wire_copy(table)["n_shared"][0]))
    assert shared == {11: [0] * 5, 12: [12] * 5}


def test_runs_are_one_passage_only_where_they_follow_each_other_in_both_texts():
    assert joined_runs([(0, 0, 6), (8, 9, 6)], gap=4) == [[(0, 0, 6), (8, 9, 6)]]
    assert joined_runs([(0, 0, 6), (8, 50, 6)], gap=4) == [[(0, 0, 6)], [(8, 50, 6)]]
    assert joined_runs([(0, 50, 6), (50, 57, 6)], gap=4) == [[(0, 50, 6)], [(50, 57, 6)]]


def by_hand(one: list[str], other: list[str], shortest: int = 5) -> list[tuple[int, int, int]]:
    """The same runs, each followed word by word."""
    runs = []
    for i in range(len(one)):
        for j in range(len(other)):
            n = 0
            while i + n < len(one) and j + n < len(other) and one[i + n] == other[j + n]:
                n += 1
            if n >= shortest and not (i and j and one[i - 1] == other[j - 1]):
                runs.append((i, j, n))
    kept: list[tuple[int, int, int]] = []
    for i, j, n in sorted(runs, key=lambda run: (-run[2], run)):
        if all(i + n <= a or a + b <= i for a, _, b in kept):
            kept.append((i, j, n))
    return sorted(kept)


def test_shared_runs_are_those_found_word_by_word():
    chance = random.Random(3)
    for _ in range(300):
        letters = "abcdefgh"[: chance.randint(1, 8)]
        one, other = ([chance.choice(letters) for _ in range(chance.randint(0, 28))] for _ in "ab")
        other = other + one[chance.randint(0, len(one)) :] if chance.random() < 0.5 else other
        assert shared_runs(one, other[:30]) == by_hand(one, other[:30])


@pytest.mark.parametrize("unit", [["a"], ["b", "a"], [f"w{n}" for n in range(20)]])
def test_a_text_that_repeats_itself_ten_thousand_times_is_compared_at_once(unit):
    text = unit * (200_000 // len(unit))  # word by word this took the square of its length: hours
    assert shared_runs(text, text) == [(0, 0, len(text))]
