"""What a sample can show, said before any result."""

import numpy as np
import pandas as pd
import pytest

from framing.stats.comparison import compare
from framing.stats.limits import ALPHA, SAMPLE, _quoted, in_words, what_can_show


def articles_of(n_events, outlets=("Courier", "Gazette"), seed=0):
    """Articles with some words in quotation marks, and a tone that differs from event to event."""
    rng = np.random.default_rng(seed)
    rows = []
    for event in range(n_events):
        for outlet in outlets:
            quoted = " ".join(["spoken"] * int(rng.integers(5, 25)))
            text = f'The council met. "{quoted}," one member said. ' + "It then voted on the budget. " * 6
            rows.append(
                {
                    "article_id": f"{outlet}{event}",
                    "outlet": outlet,
                    "event": f"e{event:02d}",
                    "text": text,
                    "tone": rng.normal(),
                }
            )
    return pd.DataFrame(rows)


def test_one_row_per_pair_of_outlets_with_events_articles_and_least_p():
    table = what_can_show(articles_of(8, ("Courier", "Gazette", "Herald")))
    assert list(table.columns) == SAMPLE
    assert table[["outlet", "reference"]].to_numpy().tolist() == [
        ["Courier", "Gazette"],
        ["Courier", "Herald"],
        ["Gazette", "Herald"],
    ]
    assert table["n_events"].tolist() == [8, 8, 8]
    assert table["n_articles"].tolist() == [16, 16, 16]
    assert table["smallest_p"].tolist() == [2 / 2**8] * 3
    assert (table["detectable"] > 0).all()
    assert (table["width"] > 0).all()


def test_five_events_can_show_nothing_at_five_per_cent():
    row = what_can_show(articles_of(5)).iloc[0]
    assert row["smallest_p"] == 0.0625
    assert np.isnan(row["detectable"])
    assert "no difference between two outlets, however large, can be told from chance" in in_words(
        what_can_show(articles_of(5))
    )


def test_more_events_show_smaller_differences():
    found = [what_can_show(articles_of(n), articles_of(n), "tone").iloc[0] for n in (8, 20, 60)]
    assert found[0]["detectable"] > found[1]["detectable"] > found[2]["detectable"]
    assert found[0]["width"] > found[1]["width"] > found[2]["width"]


def test_it_sees_spread_and_not_who_has_more():
    articles = articles_of(10)
    shifted = articles.assign(tone=articles["tone"] + np.where(articles["outlet"] == "Gazette", 9, 0))
    one, other = (what_can_show(articles, table, "tone").iloc[0] for table in (articles, shifted))
    assert one["detectable"] == pytest.approx(other["detectable"])
    assert one["width"] == pytest.approx(other["width"])


def test_the_order_of_articles_changes_nothing():
    articles = articles_of(7, ("Courier", "Gazette", "Herald"))
    pd.testing.assert_frame_equal(what_can_show(articles), what_can_show(articles.sample(frac=1, random_state=1)))


def test_a_difference_of_the_size_named_is_found_four_times_in_five():
    rng = np.random.default_rng(2)
    noise = rng.normal(size=4000)
    base = articles_of(20)
    base["tone"] = np.resize(rng.normal(size=40), 40)
    row = what_can_show(base, base, "tone").iloc[0]
    wide = base.pivot(index="event", columns="outlet", values="tone")
    spread = (wide["Courier"] - wide["Gazette"]).std(ddof=1)
    found = []
    for _ in range(100):
        difference = row["detectable"] + spread * rng.choice(noise, 20)
        table = pd.concat(
            [
                pd.DataFrame({"outlet": "Courier", "event": range(20), "tone": difference}),
                pd.DataFrame({"outlet": "Gazette", "event": range(20), "tone": 0.0}),
            ]
        )
        found.append(compare(table, "tone", n_permutations=199, n_boot=19)["p"].iloc[0] <= ALPHA)
    assert 0.70 <= np.mean(found) <= 0.90


def test_against_the_rest_many_outlets_show_more_than_pairs():
    articles = articles_of(5, ("Courier", "Gazette", "Herald", "Times"))
    table = what_can_show(articles, reference="rest")
    assert table["smallest_p"].tolist() == [1 / 4**5] * 4
    assert (table["detectable"] > 0).all()


def test_against_the_rest_a_difference_of_the_size_named_is_found_four_times_in_five():
    rng = np.random.default_rng(5)
    outlets = ("Courier", "Gazette", "Herald")
    base = articles_of(12, outlets)
    row = what_can_show(base, base, "tone", reference="rest").iloc[0]
    wide = base.pivot(index="event", columns="outlet", values="tone")
    spread = (wide["Courier"] - (wide["Gazette"] + wide["Herald"]) / 2).std(ddof=1) / np.sqrt(1.5)
    found = []
    for _ in range(100):
        shift = np.where(base["outlet"] == "Courier", row["detectable"], 0)
        table = base.assign(tone=spread * rng.normal(size=36) + shift)
        result = compare(table, "tone", reference="rest", n_permutations=199, n_boot=19)
        found.append(result["p"].iloc[0] <= ALPHA)
    assert 0.65 <= np.mean(found) <= 0.95


def test_outlets_on_different_events_are_limited_as_unpaired_groups():
    articles = articles_of(4)
    articles["event"] = articles["event"] + articles["outlet"]
    row = what_can_show(articles).iloc[0]
    assert row["smallest_p"] == pytest.approx(2 / 70)
    assert row["note"].startswith("not paired")
    assert "cannot be paired by event" in in_words(what_can_show(articles))


def test_articles_that_never_vary_say_so():
    articles = articles_of(8).assign(tone=2.5)
    table = what_can_show(articles, articles, "tone")
    assert np.isnan(table["detectable"].iloc[0])
    assert "do not vary enough" in in_words(table)


def test_one_article_each_can_show_nothing():
    row = what_can_show(articles_of(1)).iloc[0]
    assert row["smallest_p"] == 1
    assert np.isnan(row["width"])


def test_no_articles_give_no_rows_and_no_words():
    table = what_can_show(articles_of(1).iloc[:0])
    assert list(table.columns) == SAMPLE
    assert in_words(table) == ""


def test_a_table_needs_its_column_named():
    with pytest.raises(ValueError, match="Name it"):
        what_can_show(articles_of(2), articles_of(2))


@pytest.mark.parametrize(
    ("outlets", "reference", "said"),
    [
        (("Courier", "Gazette"), None, "Courier and Gazette share 8 events (16 articles)."),
        (
            ("Courier", "Gazette", "Herald"),
            "Herald",
            "Courier and Herald share 8 events, and so do Gazette and Herald (16 articles in each comparison).",
        ),
        (
            ("Courier", "Gazette", "Herald"),
            None,
            "Each of 3 pairs of outlets shares 8 events (16 articles in each comparison).",
        ),
        (
            ("Courier", "Gazette", "Herald"),
            "rest",
            "Each of 3 outlets shares 8 events with the others together (24 articles in each comparison).",
        ),
    ],
)
def test_the_sentence_says_who_is_compared_with_whom(outlets, reference, said):
    table = what_can_show(articles_of(8, outlets), articles_of(8, outlets), "tone", reference=reference)
    assert in_words(table).startswith(said)


def test_one_or_two_outlets_against_the_others_are_named():
    articles = articles_of(8, ("Courier", "Gazette", "Herald"))
    table = what_can_show(articles, articles, "tone", reference="rest")
    assert in_words(table.head(1)).startswith("Courier shares 8 events with the others together (24 articles).")
    assert in_words(table.head(2)).startswith("Courier and Gazette each share 8 events with the others together (24")


def test_a_column_of_events_that_is_not_there_is_named():
    with pytest.raises(ValueError, match="This table has no evnt"):
        what_can_show(articles_of(8), articles_of(8), "tone", pair="evnt")


def test_many_events_can_show_no_less_than_the_random_draws_of_compare():
    table = articles_of(20)
    assert what_can_show(table, table, "tone")["smallest_p"].tolist() == [1 / 10_000]


def test_a_quotation_inside_a_quotation_is_counted_once():
    text = "The council met. “She told me ‘never again’ and left,” one member said."
    counted = _quoted(pd.DataFrame({"article_id": ["a"], "text": [text]}))
    assert counted[["value", "per"]].values.tolist() == [[7, 13]]
