"""Concordance, collocates and description on invented sentences."""

from __future__ import annotations

import math

import pandas as pd
import pytest

from framing.tables import empty_table
from framing.words.description import description_profile, descriptions
from framing.words.kwic import COLUMNS, Concordance, collocates, concordance, concordance_html
from framing.words.measures import log_likelihood

NO_QUOTES = empty_table("quotes")


def articles_of(*texts: str, outlets=None) -> pd.DataFrame:
    from framing import read_articles

    return read_articles(
        pd.DataFrame(
            {
                "article_id": [f"a{n}" for n in range(len(texts))],
                "outlet": outlets or ["Gazette"] * len(texts),
                "event": "e1",
                "date": [f"2024-01-0{9 - n}" for n in range(len(texts))],
                "text": texts,
            }
        ),
        clean=False,
    )


def nodes(text: str, query: str, **options) -> list[str]:
    return concordance(articles_of(text), query, quotes=NO_QUOTES, **options)["node"].tolist()


TEXT = "The minister said the war was over. Ministers say a long war costs money; wars always do."


def test_a_phrase_is_found_as_written_in_any_case():
    assert nodes(TEXT, "THE war") == ["the war"]
    assert nodes(TEXT, "war") == ["war", "war"]


def test_a_lemma_query_finds_the_other_forms():
    assert sorted(nodes(TEXT, "say", kind="lemma")) == ["said", "say"]
    assert sorted(nodes(TEXT, "war", kind="lemma")) == ["war", "war", "wars"]


def test_a_part_of_speech_query_finds_what_kind_of_war():
    assert nodes(TEXT, "ADJ war", kind="pos") == ["long war"]


def test_a_regular_expression_searches_the_text():
    assert sorted(nodes(TEXT, r"\bwars?\b", kind="regex")) == ["war", "war", "wars"]
    assert nodes("It’s late.", "it's", kind="regex") == ["It’s"]


def test_wildcards_alternatives_and_optional_words():
    assert sorted(nodes(TEXT, "minist*")) == ["Ministers", "minister"]
    assert sorted(nodes(TEXT, "(a|the) [long] war")) == ["a long war", "the war"]


@pytest.mark.parametrize(
    "query, kind, message",
    [
        ("", "phrase", "no word to look for"),
        ("(war", "phrase", "never closed"),
        ("(war", "regex", "not a regular"),
        ("war", "stem", "kinds are"),
    ],
)
def test_a_query_that_cannot_be_read_is_an_error(query, kind, message):
    with pytest.raises(ValueError, match=message):
        nodes(TEXT, query, kind=kind)


def test_lines_have_context_and_offsets_of_the_node():
    table = concordance(articles_of(TEXT), "was over", quotes=NO_QUOTES)
    row = table.iloc[0]
    assert list(table) == COLUMNS
    assert TEXT[row["start"] : row["end"]] == row["node"]
    assert row["left"].endswith("the war") and row["right"].startswith(".")


def test_sorting_by_right_and_left_context_date_and_outlet():
    table = articles_of("a war zone b", "b war cry", "c war bond", outlets=["B", "A", "C"])

    def order(sort):
        return concordance(table, "war", sort=sort, quotes=NO_QUOTES)["article_id"].tolist()

    assert order("right") == ["a2", "a1", "a0"]
    assert order("left") == ["a0", "a1", "a2"]
    assert order("date") == ["a2", "a1", "a0"]
    assert order("outlet") == ["a1", "a0", "a2"]
    assert order("place") == ["a0", "a1", "a2"]


def quoted(text: str, content: str) -> pd.DataFrame:
    start = text.index(content)
    return pd.DataFrame(
        [
            {
                "article_id": "a0",
                "kind": "direct",
                "speaker": "the mayor",
                "quote_id": "q",
                "content_spans": ((start, start + len(content)),),
            }
        ]
    )


def test_the_voice_of_each_line_is_shown_and_can_be_chosen():
    text = 'The mayor said: "A disgrace." It was a disgrace.'
    quotes = quoted(text, "A disgrace.")
    table = concordance(articles_of(text), "disgrace", sort="place", quotes=quotes)
    assert table["voice"].tolist() == ["quoted", "outlet"]
    assert table["speaker"].iloc[0] == "the mayor"
    assert len(concordance(articles_of(text), "disgrace", voice="outlet", quotes=quotes)) == 1


def test_nothing_found_gives_an_empty_table_that_can_still_be_shown():
    table = concordance(articles_of(TEXT), "peace", quotes=NO_QUOTES)
    assert table.empty and list(table) == COLUMNS
    assert "0 lines" in table._repr_html_()


def test_text_is_never_trusted_as_html():
    text = "Before <script>alert(1)</script> war <b>after</b>."
    page = concordance(articles_of(text, outlets=["<i>X</i>"]), "war", quotes=NO_QUOTES)._repr_html_()
    assert "<script" not in page and "<b>" not in page and "<i>" not in page
    assert "&lt;b&gt;after" in page


def test_the_html_is_the_same_on_every_run_and_says_how_much_it_shows():
    table = concordance(articles_of(*["a war"] * 5, outlets=["A", "B", "A", "B", "C"]), "war", quotes=NO_QUOTES)
    page = concordance_html(table, rows=3)
    assert page == concordance_html(table, rows=3)
    assert page.count("<tr>") == 4 and "5 lines in 5 articles; the first 3 are shown." in page
    assert isinstance(table.head(2), Concordance)
    assert "<table" in table[["left", "node"]]._repr_html_()


NEAR = (
    "The bloody war began. A bloody war it was. The calm sea shone. A calm day came and a bloody nose bled. "
    "The long war went on."
)


def test_collocates_count_words_near_the_node_within_the_sentence():
    table = collocates(articles_of(NEAR), "war", span=1, min_n=1, quotes=NO_QUOTES).set_index("word")
    assert table.loc["bloody", ["n_near", "n_word", "n_node"]].tolist() == [2, 3, 3]
    assert "the" not in table.index  # "began. A" and "on." end sentences; "the" stands two words away


def test_collocate_measures_follow_their_formulas():
    row = collocates(articles_of(NEAR), "war", span=1, min_n=1, quotes=NO_QUOTES).set_index("word").loc["bloody"]
    total, window = 24, 6  # words besides the three nodes; two neighbours each
    expected = 3 * window / total
    assert row["expected"] == pytest.approx(expected)
    assert row["mi3"] == pytest.approx(math.log2(2**3 / expected))
    assert row["log_dice"] == pytest.approx(14 + math.log2(2 * 2 / (3 + 3)))
    assert row["t_score"] == pytest.approx((2 - expected) / math.sqrt(2))
    assert row["log_likelihood"] == pytest.approx(log_likelihood(2, window, 1, total - window))


def test_sentence_windows_reach_further_and_outlets_can_be_kept_apart():
    texts = articles_of("The war was long and bloody. Rain fell.", "The war was short. Snow fell.", outlets=["A", "B"])
    whole = collocates(texts, "war", span="sentence", min_n=1, by="outlet", quotes=NO_QUOTES)
    near = collocates(texts, "war", span=1, min_n=1, by="outlet", quotes=NO_QUOTES)
    assert set(near["word"]) == {"the", "be"}
    words = whole.groupby("outlet")["word"].agg(set)
    assert "bloody" in words["A"] and "bloody" not in words["B"] and "fall" not in words["A"]


def test_span_and_ranking_are_checked():
    with pytest.raises(ValueError, match="number of words"):
        collocates(articles_of(NEAR), "war", span=0)
    with pytest.raises(ValueError, match="the measures are"):
        collocates(articles_of(NEAR), "war", sort="magic")


WHO = {"Brook": ["Ada Brook", "Brook"], "Marsh": ["Marsh"]}


def described(text: str, entity: str = "Brook") -> list[tuple[str, str]]:
    table = descriptions(articles_of(text), WHO, quotes=NO_QUOTES)
    table = table[table["entity"] == entity]
    return list(zip(table["relation"], table["word"], strict=True))


def test_what_someone_does_and_what_is_done_to_someone():
    assert ("agent", "attack") in described("Brook attacked Marsh.")
    assert ("patient", "attack") in described("Brook attacked Marsh.", "Marsh")
    table = descriptions(articles_of("Marsh was attacked by Brook."), WHO, quotes=NO_QUOTES)
    roles = set(zip(table["entity"], table["relation"], table["word"], table["form"], strict=True))
    assert {("Marsh", "patient", "attack", "passive"), ("Brook", "agent", "attack", "passive")} <= roles


def test_modifiers_appositions_and_predicates():
    assert ("apposition", "dictator") in described("Brook, the ageing dictator, arrived on Monday.")
    assert ("predicate", "furious") in described("Brook is furious.")
    assert ("modifier", "embattled") in described("The embattled Brook arrived on Monday.")


def test_profile_counts_own_voice_and_keeps_the_share_of_agency():
    text = "Brook attacked Marsh. Brook praised Marsh."
    profile = description_profile(descriptions(articles_of(text), WHO, quotes=NO_QUOTES))
    brook = profile[profile["entity"] == "Brook"]
    assert brook["agent_share"].eq(1).all() and brook["n_relation"].eq(2).all()
    assert profile[profile["entity"] == "Marsh"]["agent_share"].eq(0).all()


def test_no_mention_gives_empty_tables_with_columns():
    table = descriptions(articles_of("It rained."), WHO, quotes=NO_QUOTES)
    assert table.empty and description_profile(table).empty
    assert "agent_share" in description_profile(table)


@pytest.mark.parametrize(
    ("option", "message"),
    [({"by": "event"}, "by is 'event'; it is \"outlet\""), ({"unit": "stem"}, "unit is 'stem'; choose one of")],
)
def test_collocates_refuse_a_grouping_or_unit_they_do_not_have(option, message):
    with pytest.raises(ValueError, match=message):
        collocates(articles_of(TEXT), "war", quotes=NO_QUOTES, **option)


def test_a_collocate_is_drawn_to_the_node_and_stands_in_its_sentence():
    text = (
        "The dirty war went on. The rain came. The dirty war cost money. The rain stayed. A war. Rain again. "
        "The sun, the rain, the wind, the rain and the snow came, said the port."
    )
    table = collocates(articles_of(text), "war", span=3, min_n=1, quotes=NO_QUOTES).set_index("word")
    assert "dirty" in table.index and "rain" not in table.index
    assert (table["n_near"] > table["expected"]).all() and "the" not in table.index


def test_lines_are_sorted_by_the_words_of_their_own_article():
    table = concordance(
        articles_of("Nobody wants war", "Zebras fear war now", "All the war zones"), "war", quotes=NO_QUOTES
    )
    assert table["article_id"].tolist() == ["a0", "a1", "a2"]  # nothing follows in a0, so it comes first
    before = concordance(articles_of("Zebras fear war", "war now", "All war"), "war", sort="left", quotes=NO_QUOTES)
    assert before["article_id"].tolist() == ["a1", "a2", "a0"]


def test_a_word_in_the_next_sentence_is_not_near():
    text = "The war ended. Rain fell. A war ended. Rain fell. Boats left the port and came home with fish and salt."
    table = collocates(articles_of(text), "war", span=2, min_n=1, quotes=NO_QUOTES).set_index("word")
    assert "end" in table.index and "rain" not in table.index
