"""Counts, keyness and its note on invented articles."""

from __future__ import annotations

import pandas as pd
import pytest

from framing.tables import empty_table
from framing.words.frequency import frequencies, word_counts
from framing.words.keywords import COLUMNS, keyness, keyness_note

NO_QUOTES = empty_table("quotes")


def corpus(n_events: int = 6) -> pd.DataFrame:
    """Two outlets on the same events: the Herald says riot where the Gazette says protest."""
    from framing import read_articles

    rows = []
    for event in range(n_events):
        for outlet, word in (("Gazette", "protest"), ("Herald", "riot")):
            rows.append(
                {
                    "article_id": f"{outlet}{event}",
                    "outlet": outlet,
                    "event": f"e{event}",
                    "text": f"The {word} began at noon. Later the {word} ended near the bridge.",
                }
            )
    return read_articles(pd.DataFrame(rows), clean=False)


def counted(text: str, **options) -> dict[str, int]:
    from framing import read_articles

    table = read_articles(pd.DataFrame([{"article_id": "a", "outlet": "Harbour News", "text": text}]), clean=False)
    words = frequencies(table, quotes=options.pop("quotes", NO_QUOTES), **options)
    return dict(zip(words["word"], words["n"], strict=True))


def test_words_are_counted_in_lower_case_without_marks():
    assert counted("Rain, rain — and more RAIN!") == {"rain": 3, "and": 1, "more": 1}


def test_house_style_does_not_make_two_words_of_one():
    assert counted("It’s late. It's late.")["it"] == 2
    assert counted("Mr. Brook and Mrs Brook, D-Ohio, left.") == {"brook": 2, "and": 1, "ohio": 1, "left": 1}
    assert counted("Kim Jong-un met Kim Jong Un.")["jong"] == 2
    assert counted("The U.S. told us that the US will help us.") == {
        "US": 2,
        "us": 2,
        "the": 2,
        "told": 1,
        "that": 1,
        "will": 1,
        "help": 1,
    }


@pytest.mark.parametrize(
    "text",
    [
        "Rep. Ada Brook left.",
        "Representative Ada Brook left.",
        "Sen. Tom Marsh left.",
        "Senator Tom Marsh left.",
        "Gov. Ada Brook left.",
        "Governor Ada Brook left.",
        "Gen. Tom Marsh left.",
        "Sgt. Ada Brook left.",
        "Prof. Tom Marsh left.",
        "Capt. Ada Brook left.",
        "Lt. Gov. Tom Marsh left.",
        "Dr. Ada Brook left.",
    ],
)
def test_a_title_before_a_name_is_house_style_and_no_word(text):
    name = {"ada": 1, "brook": 1} if "Brook" in text else {"tom": 1, "marsh": 1}
    assert counted(text) == {**name, "left": 1}


def test_a_title_that_names_nobody_is_a_word():
    assert counted("The senator and the governor left; a representative came.")["senator"] == 1
    assert counted("The Representative Assembly met.").get("assembly") == 1


def test_the_outlets_own_name_is_set_aside():
    words = counted("The mayor told Harbour News that the harbour is closed.")
    assert words["harbour"] == 1 and "news" not in words
    assert counted("The harbour news is bad.")["news"] == 1


def test_lemmas_join_the_forms_of_a_word():
    assert counted("He votes. They voted.", unit="lemma")["vote"] == 2


def test_parts_of_speech_narrow_the_list_but_not_the_size():
    from framing import read_articles

    table = read_articles(pd.DataFrame([{"article_id": "a", "outlet": "Post", "text": "A red car."}]), clean=False)
    words = frequencies(table, pos=["ADJ"], quotes=NO_QUOTES)
    assert words["word"].tolist() == ["red"]
    assert words["per_million"].tolist() == [pytest.approx(1e6 / 3)]


def test_quoted_words_are_not_counted_as_the_outlets():
    text = 'The mayor said: "This is a disgrace." The outlet went on.'
    start = text.index("This")
    quotes = pd.DataFrame(
        [
            {
                "article_id": "a",
                "kind": "direct",
                "speaker": "the mayor",
                "quote_id": "q",
                "content_spans": ((start, start + 19),),
            }
        ]
    )
    assert "disgrace" not in counted(text, quotes=quotes)
    assert "disgrace" in counted(text, quotes=quotes, voice="quoted")
    assert counted(text, quotes=quotes, voice=None)["the"] == 2


def test_an_unknown_unit_or_voice_is_an_error():
    with pytest.raises(ValueError, match="unit is 'stem'"):
        counted("x", unit="stem")
    with pytest.raises(ValueError, match="voice is 'editor'"):
        counted("x", voice="editor")


def test_keyness_puts_each_outlets_word_on_top_with_counts_rates_and_articles():
    table = keyness(corpus(), quotes=NO_QUOTES)
    assert list(table) == COLUMNS
    gazette = table[table["outlet"] == "Gazette"].set_index("word")
    row = gazette.loc["protest"]
    assert (row["n_target"], row["n_reference"], row["n_articles_target"], row["n_articles_reference"]) == (12, 0, 6, 0)
    assert row["per_million_target"] == pytest.approx(1e6 * 12 / (6 * 12))
    assert row["log_ratio"] > 4 and row["dp_norm"] == pytest.approx(0)
    assert set(gazette.index[:2]) == {"protest", "riot"}
    assert gazette.loc["riot", "log_ratio"] == pytest.approx(-row["log_ratio"])


def test_significance_comes_from_swapping_outlets_within_events():
    table = keyness(corpus(6), quotes=NO_QUOTES)
    row = table[(table["outlet"] == "Gazette") & (table["word"] == "protest")].iloc[0]
    assert row["n_events"] == 6
    assert row["p"] == pytest.approx(2 / 2**6)  # every swap but two is less extreme
    assert row["p_adjusted"] >= row["p"]


def test_five_paired_events_can_show_nothing_and_the_note_says_so():
    table = keyness(corpus(5), quotes=NO_QUOTES)
    assert table["smallest_p"].min() == pytest.approx(0.0625)
    assert "smallest p this sample can give is .0625" in keyness_note(table)


def test_words_in_too_few_articles_to_show_anything_are_listed_but_not_tested():
    articles = corpus(6)
    articles.loc[0, "text"] += " Sirens sirens sirens sirens sirens sirens."
    articles["known_zones"] = [f'[[0, {len(text)}, "body"]]' for text in articles["text"]]
    table = keyness(articles, quotes=NO_QUOTES)
    row = table[(table["outlet"] == "Gazette") & (table["word"] == "sirens")].iloc[0]
    assert row["n_articles_target"] == 1 and pd.isna(row["p"]) and "too few articles" in row["method"]
    assert row["dp_norm"] > 0.8


def test_the_note_of_a_list_that_can_show_something_calls_it_exploration():
    note = keyness_note(keyness(corpus(8), quotes=NO_QUOTES))
    assert "8 events" in note and "An open list explores" in note


def test_swapping_the_outlets_turns_the_signs():
    table = keyness(corpus(), reference="pairs", quotes=NO_QUOTES).set_index(["outlet", "word"])
    for word in table.loc["Gazette"].index:
        one, two = table.loc[("Gazette", word)], table.loc[("Herald", word)]
        assert one["log_ratio"] == pytest.approx(-two["log_ratio"])
        assert one["log_likelihood"] == pytest.approx(two["log_likelihood"])
        assert one["p"] == two["p"]


def test_copies_of_an_article_on_one_event_double_g2_and_leave_the_articles_p_alone():
    articles = corpus()
    copies = articles.assign(article_id=articles["article_id"] + " copy")
    once, twice = (
        keyness(table, quotes=NO_QUOTES, min_n=1).set_index(["outlet", "word"]).sort_index()
        for table in (articles, pd.concat([articles, copies], ignore_index=True))
    )
    assert twice["log_likelihood"].tolist() == pytest.approx((2 * once["log_likelihood"]).tolist())
    same = (once["n_target"] > 0) & (once["n_reference"] > 0)  # the 0.5 for a zero does not scale
    assert twice["log_ratio"][same].tolist() == pytest.approx(once["log_ratio"][same].tolist())
    assert twice["p"].tolist() == pytest.approx(once["p"].tolist())


def test_the_order_of_the_articles_changes_nothing():
    articles = corpus()
    shuffled = articles.sample(frac=1, random_state=3).reset_index(drop=True)
    pd.testing.assert_frame_equal(keyness(articles, quotes=NO_QUOTES), keyness(shuffled, quotes=NO_QUOTES))


def test_three_outlets_each_against_the_rest_each_pair_and_one_of_them():
    third = corpus(3).assign(outlet="Courier")
    third["article_id"] = "c" + third["article_id"]
    articles = pd.concat([corpus(3), third], ignore_index=True)
    assert set(keyness(articles, quotes=NO_QUOTES, min_n=1)["outlet"]) == {"Courier", "Gazette", "Herald"}
    pairs = keyness(articles, reference="pairs", quotes=NO_QUOTES, n_permutations=0)
    assert len(pairs[["outlet", "reference"]].drop_duplicates()) == 6
    against = keyness(articles, reference="Herald", quotes=NO_QUOTES, n_permutations=0)
    assert set(against["outlet"]) == {"Courier", "Gazette"} and set(against["reference"]) == {"Herald"}
    assert against["p"].isna().all()


def test_a_frequency_list_and_a_corpus_serve_as_reference():
    listed = pd.DataFrame({"word": ["the", "Riot", "bridge"], "n": [900, 5, 95]})
    table = keyness(corpus(), reference=listed, quotes=NO_QUOTES)
    riot = table[(table["outlet"] == "Herald") & (table["word"] == "riot")].iloc[0]
    assert (riot["n_target"], riot["n_reference"]) == (12, 5)
    assert table["p"].isna().all() and "without a test" in keyness_note(table)


def test_another_table_of_articles_serves_as_reference():
    from framing import read_articles

    older = read_articles(
        pd.DataFrame(
            {
                "article_id": ["x", "y"],
                "outlet": "Archive",
                "event": ["old", "older"],
                "text": ["The riot began.", "A riot ended."],
            }
        ),
        clean=False,
    )
    table = keyness(corpus(), reference=older, quotes=NO_QUOTES, min_n=1)
    assert set(table["reference"]) == {"reference"} and set(table["outlet"]) == {"Gazette", "Herald"}
    riot = table[(table["outlet"] == "Gazette") & (table["word"] == "riot")].iloc[0]
    assert (riot["n_target"], riot["n_reference"]) == (0, 2)
    assert (table["n_articles"] == 8).all()


def test_articles_without_words_do_no_harm():
    articles = corpus(3)
    articles.loc[0, "text"] = ""
    articles.loc[1, "text"] = "— … !"
    articles.loc[2, ["outlet", "event"]] = pd.NA
    articles["known_zones"] = pd.NA
    assert len(frequencies(articles, quotes=NO_QUOTES))
    assert frequencies(articles.iloc[:2], quotes=NO_QUOTES).empty
    assert frequencies(articles.iloc[:0], quotes=NO_QUOTES).empty


def test_other_measures_are_columns_by_name():
    table = keyness(corpus(), measures=["percent_diff", "chi_square_yates"], quotes=NO_QUOTES, n_permutations=0)
    assert {"percent_diff", "chi_square_yates"} <= set(table)
    with pytest.raises(ValueError, match="no measure magic"):
        keyness(corpus(), measures=["magic"])


def test_one_outlet_alone_says_what_is_missing():
    with pytest.raises(ValueError, match="Add articles of another outlet"):
        keyness(corpus().assign(outlet="Gazette"), quotes=NO_QUOTES)
    with pytest.raises(ValueError, match="the outlets are"):
        keyness(corpus(), reference="Post", quotes=NO_QUOTES)


def test_counts_say_what_was_left_out():
    text = 'The mayor said: "Enough." All right.'
    quotes = pd.DataFrame(
        [
            {
                "article_id": "a",
                "kind": "direct",
                "speaker": pd.NA,
                "quote_id": "q",
                "content_spans": ((text.index("Enough"), text.index("Enough") + 7),),
            }
        ]
    )
    from framing import read_articles

    table = read_articles(pd.DataFrame([{"article_id": "a", "outlet": "Post", "text": text}]), clean=False)
    counts = word_counts(table, quotes=quotes)
    assert counts.n_other_voices == 1 and counts.sizes.tolist() == [5]


def test_one_part_of_speech_may_be_named_without_brackets_and_an_unknown_one_is_refused():
    assert frequencies(corpus(), quotes=NO_QUOTES, pos="NOUN").equals(
        frequencies(corpus(), quotes=NO_QUOTES, pos=["NOUN"])
    )
    for call in (frequencies, keyness):
        with pytest.raises(ValueError, match="There is no part of speech 'NOUNS'; choose of ADJ, "):
            call(corpus(), quotes=NO_QUOTES, pos=["NOUNS"])


def test_words_are_counted_by_any_column_of_the_articles_and_a_missing_one_is_named():
    articles = corpus().assign(date=lambda table: table["event"].map({"e0": "2024-01-01"}).fillna("2024-01-02"))
    table = frequencies(articles, by="date", quotes=NO_QUOTES).set_index(["date", "word"])["n"]
    assert table["2024-01-01", "protest"] == 2 and table["2024-01-02", "protest"] == 10
    with pytest.raises(ValueError, match="This table has no section; its columns are"):
        frequencies(articles, by="section", quotes=NO_QUOTES)


def test_one_measure_may_be_named_without_brackets():
    assert "odds_ratio" in keyness(corpus(), measures="odds_ratio", quotes=NO_QUOTES, n_permutations=0)
    with pytest.raises(ValueError, match="There is no measure odds; there are percent_diff"):
        keyness(corpus(), measures="odds", quotes=NO_QUOTES)
    with pytest.raises(ValueError, match="n_permutations is -5; it is a whole number"):
        keyness(corpus(), quotes=NO_QUOTES, n_permutations=-5)


def test_who_wrote_and_who_photographed_are_not_the_story():
    text = "By Ada Brook\n\nThe ferry sank.\n\nPhoto: Harbour Agency"
    zones = '[[0, 12, "byline"], [14, 29, "body"], [31, 52, "credit"]]'
    table = pd.DataFrame([{"article_id": "a", "outlet": "Gazette", "text": text, "known_zones": zones}])
    assert set(frequencies(table, quotes=NO_QUOTES)["word"]) == {"the", "ferry", "sank"}


def test_keyness_for_topics_has_phrases_and_no_formulas():
    from framing import keyness, read_articles
    from framing.tables import empty_table

    story = (
        "STRELSAU, Ruritania — The mayor noted the carbon border tax. The carbon border tax is high, he said on Monday."
    )
    other = "STRELSAU, Ruritania — The mayor said the fish market is old. The fish market burns, she noted on Friday."
    rows = [
        {"outlet": outlet, "event": f"e{n}", "text": text}
        for n in range(4)
        for outlet, text in (("Gazette", story), ("Courier", other))
    ]
    table = keyness(
        read_articles(pd.DataFrame(rows), clean=False), unit="topic", n_permutations=0, quotes=empty_table("quotes")
    )
    words = set(table["word"])
    assert {"carbon border tax", "fish market"} <= words
    assert not {"noted", "said", "monday", "strelsau", "the"} & words
