"""House style: one word stays one word, and the reader sees what was folded."""

from __future__ import annotations

import pandas as pd
import pytest

from framing.words.house_styles import (
    HOUSE_STYLE,
    american,
    fold_token,
    fold_vocabulary,
    house_style,
    own_name_spans,
    transliterations,
)


def articles(*rows: tuple[str, str]) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {
                "article_id": f"a{n}",
                "outlet": outlet,
                "event": "e",
                "text": text,
                "known_zones": f'[[0, {len(text)}, "body"]]',
            }
            for n, (outlet, text) in enumerate(rows)
        ]
    )


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("U.S.", "US"),
        ("US", "US"),
        ("u.s.", "us"),
        ("Mr.", "Mr"),
        ("Mr", "Mr"),
        ("Sen.", "Senator"),
        ("SEN.", "SENATOR"),
        ("Gen.", "General"),
        ("Sept", "September"),
        ("n’t", "not"),
        ("’s", ""),
        ("it’s", "it's"),
        ("organised", "organized"),
        ("Organisation", "Organization"),
        ("defence", "defense"),
        ("kilometres", "kilometers"),
        ("travelled", "traveled"),
        ("neighbouring", "neighboring"),
        ("programme", "program"),
    ],
)
def test_a_token_is_folded_to_one_style(written, folded):
    assert fold_token(written) == folded


@pytest.mark.parametrize(
    "word",
    """
    advise exercise surprised raising promise otherwise wise noise precise televised four hour our tour controlled
    here score us gen rep general advertising sunrise paradise improvisation
""".split(),
)
def test_words_that_only_look_british_are_left_alone(word):
    assert fold_token(word) == word


@pytest.mark.parametrize("word", ["U.S.", "organised", "Sen.", "Jong-un", "it’s", "colour", "Vostochny"])
def test_folding_twice_is_folding_once(word):
    assert fold_token(fold_token(word)) == fold_token(word)


def test_a_spelling_nobody_else_uses_stays_as_written():
    assert fold_vocabulary(["defence", "harbour", "harbor", "u.s."]) == ["defence", "harbor", "harbor", "us"]


def test_spelling_rules_agree_with_a_list_read_by_hand():
    pairs = {
        "analysed": "analyzed",
        "centre": "center",
        "cheques": "checks",
        "favourite": "favorite",
        "grey": "gray",
        "honourable": "honorable",
        "jewellery": "jewelry",
        "labelled": "labeled",
        "licence": "license",
        "manoeuvres": "maneuvers",
        "mobilisation": "mobilization",
        "modernise": "modernize",
        "paralysed": "paralyzed",
        "recognising": "recognizing",
        "rumours": "rumors",
        "sceptical": "skeptical",
        "theatres": "theaters",
    }
    assert {word: american(word) for word in pairs} == pairs


def test_the_outlets_own_name_is_found_as_a_name_only():
    text = "The Lantern Bay Herald asked; the herald of Lantern Bay did not. LBH knows, the Lantern Bay Herald’s reader too."
    assert [text[a:b] for a, b in own_name_spans(text, "The Lantern Bay Herald")] == [
        "The Lantern Bay Herald",
        "LBH",
        "the Lantern Bay Herald",
    ]
    assert own_name_spans("A (b", "News (UK") == []


def test_two_spellings_of_one_name_are_folded_to_the_commoner_when_outlets_differ_on_one_event():
    table = articles(
        ("Gazette", "They met at Vostochny on Monday."),
        ("Herald", "They met at Vostotchny on Monday."),
        ("Bugle", "The base at Vostochny is new."),
    )
    assert transliterations(table) == {"Vostotchny": "Vostochny"}


def test_alike_names_in_one_article_or_on_different_events_stay_two():
    both = articles(("Gazette", "First Stacey Brown spoke, then Stacy Green."), ("Herald", "Then Stacey left."))
    assert transliterations(both) == {}
    apart = articles(("Gazette", "So spoke Stacey Brown."), ("Herald", "So spoke Stacy Green.")).assign(
        event=["e1", "e2"]
    )
    assert transliterations(apart) == {}


def test_a_hyphen_in_a_name_is_opened_where_the_name_stands_without():
    table = articles(
        ("Gazette", "Leader Kim Jong-un came."), ("Herald", "Leader Kim Jong Un came, with a Mr President-elect.")
    )
    assert transliterations(table) == {"Jong-un": "Jong Un"}


def test_the_table_shows_before_and_after_by_outlet():
    table = articles(
        ("The Gazette", "Mr. Brown told The Gazette the U.S. defence was weak. Mr. Brown’s own."),
        ("Herald", "Mr Brown said the US defense was weak."),
    )
    style = house_style(table)
    assert list(style) == HOUSE_STYLE
    assert style[["outlet", "kind", "before", "after", "n"]].to_numpy().tolist() == [
        ["The Gazette", "title", "Mr.", "Mr", 2],
        ["The Gazette", "abbreviation", "U.S.", "US", 1],
        ["The Gazette", "apostrophe", "’", "'", 1],
        ["The Gazette", "spelling", "defence", "defense", 1],
        ["The Gazette", "own name", "The Gazette", "", 1],
    ]


def test_furniture_is_not_reported_and_no_articles_give_an_empty_table():
    text = "Subscribe to the U.S. newsletter"
    assert house_style(articles(("Gazette", text)).assign(known_zones=f'[[0, {len(text)}, "furniture"]]')).empty
    assert list(house_style(articles(("Gazette", "x")).iloc[:0])) == HOUSE_STYLE


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("practising", "practicing"),
        ("practised", "practiced"),
        ("liaise", "liaise"),
        ("tortoise", "tortoise"),
        ("chaise", "chaise"),
    ],
)
def test_words_that_only_look_british_stay_words(written, folded):
    assert american(written) == folded
