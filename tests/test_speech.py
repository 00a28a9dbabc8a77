"""Tables of who is given words: shares, first and longest, cues, missing speakers, the same utterance."""

from __future__ import annotations

import importlib

import pandas as pd
import pytest

from framing.evaluate import check_quotes, quote_scores, sample_quotes
from framing.quotes.speech import (
    cue_table,
    leading_speakers,
    missing_speakers,
    quote_matches,
    speech_forms,
    speech_share,
    spoken_rows,
)


def quote(
    outlet,
    event,
    speaker,
    n_words=10,
    kind="direct",
    cue="said",
    content="",
    zone="body",
    role="unknown",
    start=0,
    nested=False,
):
    return {
        "article_id": f"{outlet}-{event}",
        "outlet": outlet,
        "event": event,
        "speaker": speaker,
        "n_words": n_words,
        "kind": kind,
        "cue": cue,
        "content": content,
        "zone": zone,
        "speaker_role": role,
        "start": start,
        "end": start + 5,
        "content_spans": ((start, start + 5),),
        "nested": nested,
        "via": pd.NA,
    }


def quotes_table(*rows):
    table = pd.DataFrame(rows)
    table["quote_id"] = [f"q{number}" for number in range(len(table))]
    return table


GAZETTE = [
    quote("Gazette", "e1", "mayor", 60),
    quote("Gazette", "e1", "tenant", 10, "indirect", "claimed", start=9),
    quote("Gazette", "e2", "tenant", 10, "mixed", "claims"),
]
HERALD = [quote("Herald", "e1", "tenant", 30, "direct", "fears"), quote("Herald", "e1", pd.NA, 10)]


def test_share_counts_words_not_quotes():
    table = speech_share(quotes_table(*GAZETTE))
    assert table[["speaker", "share"]].values.tolist() == [["mayor", 0.75], ["tenant", 0.25]]
    assert table[["n_quotes", "n_words", "n_articles", "n_events"]].values.tolist() == [[1, 60, 1, 1], [2, 20, 2, 2]]


def test_unattributed_words_are_a_row_of_their_own():
    table = speech_share(quotes_table(*HERALD))
    assert table["speaker"].isna().tolist() == [False, True] and table["share"].tolist() == [0.75, 0.25]


def test_scare_quotes_and_nested_ones_do_not_count():
    extra = [quote("Herald", "e1", pd.NA, 99, "scare"), quote("Herald", "e1", "mayor", 99, nested=True)]
    assert speech_share(quotes_table(*HERALD, *extra)).equals(speech_share(quotes_table(*HERALD)))


def test_what_a_group_says_counts_for_each_member():
    rows = spoken_rows(quotes_table(quote("Herald", "e1", "Moscow; Pyongyang", 8, role="government; military")))
    assert rows[["speaker", "speaker_role"]].values.tolist() == [["Moscow", "government"], ["Pyongyang", "military"]]
    assert speech_share(quotes_table(quote("Herald", "e1", "A; B", 8)))["share"].tolist() == [0.5, 0.5]


def test_shares_by_role_by_event_and_by_kind():
    quotes = quotes_table(*GAZETTE)
    assert speech_share(quotes, "speaker_role")["speaker_role"].tolist() == ["unknown"]
    assert speech_share(quotes, per_event=True)[["event", "share"]].values.tolist() == [
        ["e1", 60 / 70],
        ["e1", 10 / 70],
        ["e2", 1.0],
    ]
    assert speech_share(quotes, kind="mixed")["speaker"].tolist() == ["tenant"]


def test_intervals_hold_the_share_and_keep_the_rows():
    rows = [
        quote("Gazette", f"e{n}", speaker, words)
        for n in range(6)
        for speaker, words in (("mayor", 10 + n), ("tenant", 5))
    ]
    plain, table = speech_share(quotes_table(*rows)), speech_share(quotes_table(*rows), intervals=True)
    assert table["speaker"].tolist() == plain["speaker"].tolist()
    assert ((table["low"] <= table["share"]) & (table["share"] <= table["high"])).all()


def test_a_missing_column_is_named():
    with pytest.raises(ValueError, match="no speaker"):
        speech_share(quotes_table(*GAZETTE).drop(columns="speaker"))


def test_empty_quotes_give_empty_tables():
    empty = quotes_table(*GAZETTE).iloc[:0]
    for function in (speech_share, leading_speakers, speech_forms, cue_table, missing_speakers, quote_matches):
        assert function(empty).empty


def test_first_longest_and_headline_speakers():
    rows = [
        quote("Gazette", "e1", "mayor", 3, zone="headline"),
        quote("Gazette", "e1", "tenant", 9, start=20),
        quote("Gazette", "e1", "mayor", 30, "indirect", start=50),
    ]
    row = leading_speakers(quotes_table(*rows)).iloc[0]
    assert (row["first"], row["longest"], row["longest_words"], row["headline"]) == ("tenant", "mayor", 33, "mayor")
    assert row["share_direct"] == pytest.approx(12 / 42) and row["n_speakers"] == 2


def test_forms_of_speech_add_up():
    row = speech_forms(quotes_table(*GAZETTE)).set_index("speaker").loc["tenant"]
    assert (row["direct"], row["mixed"], row["indirect"], row["share_direct"], row["n_quotes"]) == (0, 10, 10, 0, 2)


def test_cues_are_counted_in_base_form_with_their_stance():
    table = cue_table(quotes_table(*GAZETTE))
    assert table[["cue", "stance", "n_quotes"]].values.tolist() == [["claim", "doubting", 2], ["say", "neutral", 1]]
    assert table["speakers"].tolist() == ["tenant", "mayor"]


def test_who_is_quoted_elsewhere_and_not_found_here():
    table = missing_speakers(quotes_table(*GAZETTE, *HERALD))
    assert table[["outlet", "event", "speaker", "found", "quoted_by"]].values.tolist() == [
        ["Herald", "e1", "mayor", "not found", "Gazette"]
    ]
    assert table["n_words"].tolist() == [60] and table["named"].isna().all()


def test_a_capital_and_its_government_are_one_speaker_when_looking_for_who_is_missing():
    quotes = quotes_table(quote("Gazette", "e1", "Moscow"), quote("Herald", "e1", "Russia"))
    assert missing_speakers(quotes).empty


def test_outlets_that_quote_nobody_need_the_articles():
    articles = pd.DataFrame(
        {
            "article_id": ["Gazette-e1", "Times-e1"],
            "outlet": ["Gazette", "Times"],
            "event": "e1",
            "text": ["Mayor Anna Berg spoke.", "Mayor Anna Berg walked along the pier."],
        }
    )
    quotes = quotes_table(quote("Gazette", "e1", "Anna Berg"))
    table = missing_speakers(quotes, articles)
    assert table[["outlet", "speaker", "named"]].values.tolist() == [["Times", "Anna Berg", True]]


SAID = "The glory of the harbour that produced the first divers will last for ever"


def test_the_same_utterance_is_matched_across_outlets_with_what_was_cut():
    quotes = quotes_table(
        quote("Gazette", "e1", "Anna Berg", content=f"“{SAID}, and our children will sing of it.”"),
        quote(
            "Herald",
            "e1",
            "Anna Berg",
            content="“The glory to the harbour, which gave us the first divers, will last for ever.”",
        ),
        quote("Herald", "e1", "Cole Hart", content="“Taxes on fish will rise again in spring.”", start=50),
    )
    table = quote_matches(quotes)
    assert table["outlet"].tolist() == ["Gazette", "Herald"] and table["utterance"].tolist() == [1, 1]
    assert table["kept"].tolist()[0] == 1 and 0.4 < table["kept"].tolist()[1] < 1
    assert "children will sing" in table["cut"].tolist()[1] and pd.isna(table["cut"].tolist()[0])


FULL = "“The old harbour crane will be sold in spring, and a new ferry will sail to Maren every summer morning.”"
HALVES = ["“The old harbour crane will be sold in spring,”", "“a new ferry will sail to Maren every summer morning.”"]


@pytest.mark.parametrize(
    ("pieces", "kept", "verbatim"),
    [
        ([FULL], 1, 1),
        (HALVES, 1, 1),
        (
            ["“A new ferry will sail to Maren every summer morning. The old harbour crane will be sold in spring.”"],
            1,
            0.6,
        ),
        (HALVES[::-1], 1, 0.6),
        (["the old harbour crane will be sold in spring"], 0.5, 0.5),
        (
            ["“The old harbour crane will be sold in spring, and a new ferry will sail to Maren every summer night.”"],
            0.95,
            0.9,
        ),
        (["“a new ferry will sail each morning in summer to Maren”"], 0.6, 0.4),
        ([*HALVES, "the old harbour crane would be sold in spring, she repeated"], 1, 1),  # said again
        ([HALVES[0], "“The old harbour crane will be sold.”"], 0.5, 0.5),
        ([FULL, *HALVES], 1, 1),
    ],
)
def test_a_version_is_what_an_article_has_of_a_statement_and_says_what_is_the_same_in_words_and_order(
    pieces, kept, verbatim
):
    quotes = quotes_table(
        quote("Gazette", "e1", "Anna Berg", content=FULL),
        *[
            quote("Herald", "e1", "Anna Berg", content=piece, start=100 * n, n_words=len(piece.split()))
            for n, piece in enumerate(pieces)
        ],
    )
    table = quote_matches(quotes)
    assert table["outlet"].tolist() == ["Gazette", "Herald"]
    assert table[["kept", "verbatim"]].iloc[0].tolist() == [1, 1]
    assert table["kept"].iloc[1] == pytest.approx(kept, abs=0.1)
    assert table["verbatim"].iloc[1] == pytest.approx(verbatim, abs=0.11)
    assert table["n_pieces"].tolist() == [1, table["content"].iloc[1].count(" … ") + 1]
    assert pd.isna(table["cut"].iloc[1]) == (kept == 1)
    assert table["n_words"].iloc[1] == len(table["content"].iloc[1].replace(" … ", " ").split())


def test_a_piece_that_shares_no_words_with_the_fullest_version_is_no_version_of_it():
    bridge = "“A new ferry will sail every summer morning and the bridge tolls for lorries will double next winter.”"
    tolls = "“The bridge tolls for lorries will double next winter.”"
    quotes = quotes_table(
        quote("Gazette", "e1", "Anna Berg", content=FULL),
        quote("Herald", "e1", "Anna Berg", content=bridge),
        quote("Courier", "e1", "Anna Berg", content=tolls),
    )
    table = quote_matches(quotes, similarity=0.3)
    for _, rows in table.groupby("utterance"):
        fullest = set(rows["content"].iloc[0].lower().split())
        assert all(len(fullest & set(content.lower().split())) >= 5 for content in rows["content"])
        assert rows["article_id"].is_unique and (rows["kept"] > 0.15).all()


def test_what_one_article_prints_in_one_piece_and_others_in_two_is_one_statement_in_three_versions():
    rows = [quote("Gazette", "e1", "Anna Berg", content=FULL)]
    for outlet in ("Herald", "Courier"):
        rows += [quote(outlet, "e1", "Anna Berg", content=half, start=50 * n) for n, half in enumerate(HALVES)]
    table = quote_matches(quotes_table(*rows))
    assert table["utterance"].tolist() == [1, 1, 1] and table["n_pieces"].tolist() == [1, 2, 2]


def test_one_outlet_or_two_events_make_no_match():
    first, same, later = (
        quote(*where, "Anna Berg", content=SAID) for where in (("Gazette", "e1"), ("Gazette", "e1"), ("Herald", "e2"))
    )
    assert quote_matches(quotes_table(first, same)).empty and quote_matches(quotes_table(first, later)).empty


def test_speakers_who_contradict_each_other_are_no_match_and_an_agency_is():
    rows = [quote("Gazette", "e1", "Anna Berg", content=SAID), quote("Herald", "e1", "Cole Hart", content=SAID)]
    assert quote_matches(quotes_table(*rows)).empty
    rows[1] = quote("Herald", "e1", "KCNA", content=SAID, role="media")
    assert len(quote_matches(quotes_table(*rows))) == 2


def test_matches_do_not_depend_on_the_order_of_rows():
    endings = [("A", "today"), ("B", ""), ("C", "we hope"), ("A", "and ever")]
    quotes = quotes_table(
        *[
            quote(outlet, "e1", "Anna Berg", content=f"{SAID} {ending}", start=n)
            for n, (outlet, ending) in enumerate(endings)
        ]
    )
    turned = quotes.iloc[::-1]
    assert quote_matches(quotes).equals(quote_matches(turned))


# -- checking


GOLD = pd.DataFrame(
    {
        "article_id": "a",
        "content_spans": ["0-10", "20-30;40-50", "60-70"],
        "speaker": ["Anna Berg", "Moscow", pd.NA],
        "kind": ["direct", "indirect", "direct"],
    }
)


def found_table(*rows):
    return pd.DataFrame(
        [
            {
                "article_id": "a",
                "outlet": "o",
                "event": "e",
                "kind": kind,
                "content": "x",
                "speaker": who,
                "content_spans": spans,
                "start": spans[0][0],
                "end": spans[-1][1],
                "nested": False,
            }
            for kind, who, *spans in rows
        ]
    )


def test_scores_count_found_right_and_false():
    quotes = found_table(
        ("direct", "Cole Hart", (0, 10)),
        ("indirect", "Russia", (20, 30), (40, 52)),
        ("direct", "Cole Hart", (80, 90)),
        ("scare", pd.NA, (95, 99)),
    )
    scores = quote_scores(quotes, GOLD)
    assert scores["found"] == pytest.approx(2 / 3) and scores["precision"] == pytest.approx(2 / 3)
    assert scores["right_speaker"] == 0.5  # Russia is Moscow; Cole Hart is not Anna Berg
    assert scores["covered_direct"] == 0.5 and scores["covered_indirect"] == 1  # 60-70 stands in no row
    errors = check_quotes(quotes, GOLD)
    assert errors["error"].tolist() == ["wrong speaker", "missed", "not in the gold"]


def test_open_gold_rows_are_neither_missed_nor_false():
    gold = GOLD.assign(need=["clear", "open", "open"])
    scores = quote_scores(found_table(("direct", "Anna Berg", (0, 10)), ("direct", pd.NA, (60, 66))), gold)
    assert scores["found"] == scores["precision"] == scores["right_speaker"] == 1 and scores["n"] == 1


def test_a_sample_is_the_same_for_the_same_seed():
    quotes = found_table(*[("direct", "Anna Berg", (n, n + 5)) for n in range(0, 300, 10)])
    first, again, other = (sample_quotes(quotes, 5, seed=seed) for seed in (1, 1, 2))
    assert first.equals(again) and not first.index.equals(other.index)
    assert len(first) == 5 and first["content_right"].isna().all()


def test_gold_without_spans_says_what_a_gold_looks_like():
    with pytest.raises(ValueError, match=r"no content_spans.*gold_quotes\.csv"):
        quote_scores(found_table(("direct", "Anna Berg", (0, 10))), GOLD.drop(columns="content_spans"))


def test_words_of_nobody_known_have_an_interval_like_any_speaker():
    rows = [quote("Herald", f"e{event}", who, n) for event in range(6) for who, n in (("mayor", 9), (pd.NA, 5 + event))]
    table = speech_share(quotes_table(*rows), intervals=True)
    assert table["speaker"].isna().sum() == 1 and table[["low", "high"]].notna().all(axis=None)


def test_intervals_ask_for_no_more_rows_than_articles_and_speakers_of_an_outlet(monkeypatch):
    asked = []
    comparison = importlib.import_module("framing.stats.comparison")
    monkeypatch.setattr(
        comparison,
        "estimate_by",
        lambda table, *args, **options: (
            asked.append(len(table)),
            pd.DataFrame(columns=["outlet", "who", "low", "high"]),
        )[1],
    )
    rows = [quote(f"outlet {event % 5}", f"e{event}", f"speaker {event}") for event in range(30)]
    speech_share(quotes_table(*rows), intervals=True)
    assert asked == [5 * 6 * 6]  # not articles x outlets x events x speakers
