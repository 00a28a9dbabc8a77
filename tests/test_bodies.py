"""Bodies under one name across the corpus."""

import pytest

from framing.entities.organisations import merge_bodies


def names(*variants: str) -> dict[str, str]:
    """The name of each variant when all are equally common but the first, which leads."""
    return merge_bodies({variant: len(variants) - number for number, variant in enumerate(variants)})


@pytest.mark.parametrize(
    "variants",
    [
        ("UN", "U.N.", "United Nations"),
        ("UN Security Council", "U.N. Security Council", "United Nations Security Council", "Security Council"),
        ("Harbour Board", "HARBOUR BOARD", "the Harbour Board"),
        ("Melk Valley Water Trust", "MVWT"),
        ("State Department", "US State Department"),
        ("Foreign Ministry", "Japanese Foreign Ministry"),
        ("KCNA", "Korean Central News Agency"),
    ],
)
def test_variants_of_one_body_are_one(variants):
    assert set(names(*variants).values()) == {variants[0]}


@pytest.mark.parametrize(
    "variants",
    [
        ("UN", "UN Security Council"),
        ("UN Security Council", "National Security Council"),
        ("Japanese Foreign Ministry", "Russian Foreign Ministry"),
        ("Northern Steel Works", "North Sea Watch", "NSW"),  # two bodies with these initials
    ],
)
def test_different_bodies_stay_apart(variants):
    assert len(set(names(*variants).values())) == len(variants)


def test_a_ministry_of_no_named_country_is_left_alone_where_two_countries_have_one():
    merged = names("Foreign Ministry", "Japanese Foreign Ministry", "Russian Foreign Ministry")
    assert merged["Foreign Ministry"] == "Foreign Ministry"
    assert len(set(merged.values())) == 3


def test_the_result_does_not_depend_on_the_order_of_names():
    variants = {"UN": 3, "U.N.": 3, "United Nations": 1, "MVWT": 2, "Melk Valley Water Trust": 2}
    assert merge_bodies(variants) == merge_bodies(dict(reversed(variants.items())))


@pytest.mark.parametrize(
    "counts, short, name",
    [
        ({"New York Times": 9, "the Times": 4, "Times": 2}, "the Times", "New York Times"),
        ({"Washington Post": 2, "The Post": 9}, "The Post", "Washington Post"),
        ({"Wall Street Journal": 1, "Journal": 1}, "Journal", "Wall Street Journal"),
        ({"New York Times": 30, "Washington Times": 1, "Times": 3}, "Times", "New York Times"),
        ({"New York Times": 5, "Financial Times": 4, "Times": 3}, "Times", "Times"),
        ({"Times Square Alliance": 3, "Times": 2}, "Times", "Times"),
        ({"Trade Committee": 3, "Committee": 2}, "Committee", "Committee"),
        ({"Times": 2}, "Times", "Times"),
    ],
)
def test_a_newspaper_called_by_its_last_word_is_the_one_that_the_corpus_names(counts, short, name):
    assert merge_bodies(counts)[short] == name
