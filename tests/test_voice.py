"""`voice_spans` and `add_voice`: whose words each stretch is."""

from __future__ import annotations

from itertools import pairwise

import pandas as pd
import pytest

import framing.quotes.voice
from framing.quotes.voice import add_voice, voice_at, voice_spans
from framing.salience.prominence import emphasis
from framing.words.frequency import frequencies, tokens

TEXT = 'The ferry, said Anna Berg, was "too old to sail". The "people\'s budget" passed, Cole Hart added.'


def quote(kind, *pieces, speaker="Anna Berg", number=1, nested=False):
    spans = tuple((TEXT.index(piece), TEXT.index(piece) + len(piece)) for piece in pieces)
    return {
        "article_id": "a1",
        "quote_id": f"a1-q{number}",
        "kind": kind,
        "content_spans": spans,
        "cue": "said",
        "source": speaker,
        "speaker": speaker,
        "nested": nested,
    }


@pytest.fixture
def quotes():
    return pd.DataFrame(
        [
            quote("mixed", "The ferry", 'was "too old to sail"'),
            quote("scare", "people's budget", speaker=pd.NA, number=2),
        ]
    )


def voices(spans):
    return [(TEXT[a:b], voice) for a, b, voice, _, _ in spans]


def test_words_between_marks_are_quoted_and_the_rest_of_the_content_reported(quotes):
    assert voices(voice_spans(TEXT, quotes)) == [
        ("The ferry", "reported"),
        ("was ", "reported"),
        ('"too old to sail"', "quoted"),
    ]


def test_scare_quotes_stay_the_outlets_words(quotes):
    spans = voice_spans(TEXT, quotes)
    assert voice_at(spans, TEXT.index("budget"))[0] == "outlet"
    assert voice_at(spans, TEXT.index("old"))[:2] == ("quoted", "Anna Berg")


def test_the_outer_speaker_holds_nested_words():
    whole = quote("indirect", 'The ferry, said Anna Berg, was "too old to sail"', speaker="Cole Hart")
    inner = quote("mixed", "The ferry", 'was "too old to sail"', number=2, nested=True)
    for order in ([whole, inner], [inner, whole]):
        assert {span[3] for span in voice_spans(TEXT, pd.DataFrame(order))} == {"Cole Hart"}


def test_spans_never_overlap_and_are_sorted(quotes):
    twice = pd.concat([quotes, quotes, pd.DataFrame([quote("direct", "old to", speaker="Cole Hart")])])
    spans = voice_spans(TEXT, twice)
    assert all(one[1] <= other[0] for one, other in pairwise(spans))


def test_no_quotes_no_spans(quotes):
    assert voice_spans(TEXT, quotes.iloc[:0]) == []


def test_add_voice_takes_the_majority_of_each_row(quotes):
    articles = pd.DataFrame({"article_id": ["a1"], "text": [TEXT]})
    rows = [("ferry",), ("too old",), ("budget",), ("said Anna Berg, was",), ("passed",)]
    table = pd.DataFrame(
        [{"article_id": "a1", "start": TEXT.index(w), "end": TEXT.index(w) + len(w)} for (w,) in rows],
        index=[5, 3, 9, 1, 0],
    )
    found = add_voice(table, articles, quotes)
    assert found["voice"].tolist() == ["reported", "quoted", "outlet", "outlet", "outlet"]
    assert found["speaker"].fillna("-").tolist() == ["Anna Berg", "Anna Berg", "-", "-", "-"]
    assert found.index.tolist() == [5, 3, 9, 1, 0] and "voice" not in table


def test_add_voice_names_the_missing_column(quotes):
    with pytest.raises(ValueError, match="no start, end"):
        add_voice(pd.DataFrame({"article_id": ["a1"]}), pd.DataFrame({"text": [TEXT]}), quotes)


def test_a_missing_offset_is_the_outlets_voice(quotes):
    table = pd.DataFrame({"article_id": ["a1"], "start": [pd.NA], "end": [pd.NA]})
    articles = pd.DataFrame({"article_id": ["a1"], "text": [TEXT]})
    assert add_voice(table, articles, quotes)["voice"].tolist() == ["outlet"]


TOLD = "The harbour office said the ferry would stay in port. The crew went home."


def told(article, **changes):
    articles = article(TOLD)
    said = {"kind": "indirect", "start": TOLD.index("the ferry"), "end": TOLD.index(".")}
    row = {
        **said,
        "article_id": "a1",
        "quote_id": "a1-q1",
        "content_spans": ((said["start"], said["end"]),),
        "cue": "said",
        "source": "The harbour office",
        "speaker": "the harbour office",
        **changes,
    }
    return articles, pd.DataFrame([row])


def own_words(table):
    return table.loc[table["voice"] == "outlet", "token"].tolist()


def test_voices_are_worked_out_once_for_the_same_articles_and_quotes(article, monkeypatch):
    articles, quotes = told(article, speaker="the harbour office at dawn")
    seen = []
    monkeypatch.setattr(framing.quotes.voice, "voice_spans", lambda *given: seen.append(given) or voice_spans(*given))
    tokens(articles, quotes=quotes)
    emphasis(articles, quotes=quotes)
    add_voice(pd.DataFrame({"article_id": ["a1"], "start": [0], "end": [3]}), articles.copy(), quotes.copy())
    frequencies(articles, quotes=quotes)
    assert len(seen) == 1


@pytest.mark.parametrize("changes", [{"cue": "decided"}, {"source": "I"}, {"source": pd.NA}, {"kind": "scare"}])
def test_voices_follow_a_quote_that_was_corrected(article, changes):
    articles, quotes = told(article)
    assert "ferry" not in own_words(tokens(articles, quotes=quotes))
    assert "ferry" not in frequencies(articles, quotes=quotes)["word"].tolist()
    quotes = told(article, **changes)[1]
    assert "ferry" in own_words(tokens(articles, quotes=quotes))
    assert "ferry" in frequencies(articles, quotes=quotes)["word"].tolist()


def test_voices_follow_a_table_of_quotes_changed_in_place(article):
    articles, quotes = told(article)
    assert tokens(articles, quotes=quotes)["speaker"].dropna().unique().tolist() == ["the harbour office"]
    quotes.loc[0, "speaker"] = "Port Authority"
    assert tokens(articles, quotes=quotes)["speaker"].dropna().unique().tolist() == ["Port Authority"]
