"""Rules for the pieces of a quotation, on attributions as a tagger might leave them; all sentences invented."""

from __future__ import annotations

import re

import pandas as pd
import pytest

from framing import find_quotes, read_articles
from framing.language import parse
from framing.quotes import pieces
from framing.quotes.corrections import corrected
from framing.quotes.finding import by_layout
from framing.quotes.tagger import Attribution
from framing.text.quotation_marks import quotation_spans


def parsed(text: str):
    table = read_articles(pd.DataFrame([{"article_id": "a", "outlet": "x", "text": text}]), clean=False)
    return next(doc for _, doc in parse(table))


def at(text: str, part: str) -> tuple[int, int]:
    start = text.index(part)
    return start, start + len(part)


def settled(text: str, *found: tuple[list[str], str, str]) -> list[dict[str, object]]:
    """`pieces.settle_pieces` on attributions given as (contents, cue, source), told in words."""
    given = [
        Attribution(
            [at(text, part) for part in contents], [at(text, cue)] if cue else [], [at(text, source)] if source else []
        )
        for contents, cue, source in found
    ]
    marks = [(mark.start, mark.end) for mark in quotation_spans(text) if mark.depth == 0]
    return [
        {
            "content": [text[a:b] for a, b in sorted(x.content)],
            "cue": [text[a:b] for a, b in x.cue],
            "source": [text[a:b] for a, b in x.source],
        }
        for x in pieces.settle_pieces(parsed(text), text, given, marks)
    ]


def test_a_quotation_ends_at_its_mark_and_not_with_its_speaker():
    text = "“The mill is closed,” she told the crew. They went home."
    rows = settled(text, (["“The mill is closed,” she told the crew"], "", ""))
    assert rows[0]["content"] == ["“The mill is closed,”"]
    assert rows[0]["source"] == ["she"] and rows[0]["cue"] == ["told"]


def test_a_fragment_in_marks_may_go_on_outside_them():
    text = "He promised “a new mill” by the river."
    (row,) = settled(text, (["“a new mill” by the river"], "promised", "He"))
    assert row["content"] == ["“a new mill” by the river"]


def test_a_clause_after_the_speaker_is_not_spoken():
    text = "“The mill is closed,” said Ada Finch, as a few men swept the yard. “It will not open again.”"
    rows = settled(
        text, (["“The mill is closed,”", "a few men swept the yard", "“It will not open again.”"], "said", "Ada Finch")
    )
    assert [row["content"] for row in rows] == [["“The mill is closed,”", "“It will not open again.”"]]


def test_the_same_speaker_goes_on_after_another_cue():
    text = "“The mill is closed,” said Ada Finch, calling for calm. “It will not open again.”"
    rows = settled(
        text,
        (["“The mill is closed,”"], "said", "Ada Finch"),
        (["calm", "“It will not open again.”"], "calling for", "Ada Finch"),
    )
    assert ["“The mill is closed,”", "“It will not open again.”"] in [row["content"] for row in rows]


@pytest.mark.parametrize(
    ("text", "quotation", "source"),
    [
        ("The unions reject the plan. Ada Finch: “Nobody asked us.”", "“Nobody asked us.”", "Ada Finch"),
        (
            "Prices will rise, said Tom Rook. “Nobody asked us,” Ada Finch complained on Monday.",
            "“Nobody asked us,”",
            "Ada Finch",
        ),
        ("Prices will rise, said Tom Rook. “Nobody asked us,” grumbles Ada Finch.", "“Nobody asked us,”", "Ada Finch"),
    ],
)
def test_the_speaker_beside_a_quotation_has_it(text, quotation, source):
    rows = settled(
        text,
        (
            ["Prices will rise" if "Prices" in text else "the plan", quotation],
            "said" if "said" in text else "reject",
            "Tom Rook" if "Rook" in text else "The unions",
        ),
    )
    mine = [row for row in rows if quotation in row["content"]]
    assert [row["source"] for row in mine] == [[source]] and mine[0]["content"] == [quotation]


def test_a_fragment_after_itself_is_what_the_marks_hold():
    text = "The council declares itself “quite alarmed” about the dam all the same."
    (row,) = settled(text, (["itself “quite alarmed” about the dam all the same"], "declares", "The council"))
    assert row["content"] == ["“quite alarmed”"] and row["cue"] == ["declares itself"]


def test_fragments_a_sentence_further_on_stand_alone():
    text = "“This is our dam,” Rook boasted. Cameras followed him. The river, he finds, has a “great future.”"
    rows = settled(text, (["“This is our dam,”", "has a “great future.”"], "boasted", "Rook"))
    assert [row["content"] for row in rows] == [["“This is our dam,”"], ["has a “great future.”"]]


def test_the_outlets_clause_after_the_cue_is_left_out():
    text = "The dam will hold, engineers said, as the water rose above the marks of last year."
    found = [
        Attribution(
            [at(text, "The dam will hold"), at(text, "as the water rose above the marks of last year")],
            [at(text, "said")],
            [at(text, "engineers")],
        )
    ]
    (row,) = corrected(parsed(text), text, found, [(0, len(text))])
    assert [text[a:b] for a, b in row.content] == ["The dam will hold"]


@pytest.mark.parametrize("losses", ["losses", "record-breaking losses"])
def test_the_clause_before_the_speaker_is_what_was_said(losses):
    text = f"Two boats sank off the cape, the navy said, the latest in a string of {losses}."
    found = [Attribution([at(text, f"the latest in a string of {losses}")], [at(text, "said")], [at(text, "the navy")])]
    (row,) = corrected(parsed(text), text, found, [(0, len(text))])
    assert [text[a:b] for a, b in row.content] == ["Two boats sank off the cape"]


def test_a_quotation_in_wrapped_lines_keeps_its_middle(article):
    wrapped = 'Anna Berg said: "The bridge will\nclose in March and open\nin June."'
    quotes = find_quotes(article(f"The council met.\n\n{wrapped}"))
    assert "close in March" in quotes["content"].iloc[0]


@pytest.mark.parametrize("dateline", ["PORT ELM, May 14 (Wire) - ", "PORT ELM — ", "PORT ELM, Veria (WN) -- "])
def test_a_dateline_is_no_part_of_what_was_said(dateline):
    text = f"{dateline}Dockers walked off the job, officials said."
    found = [Attribution([(0, text.index(", officials"))], [at(text, "said")], [at(text, "officials")])]
    (row,) = corrected(parsed(text), text, found, [(0, len(text))])
    assert [text[a:b] for a, b in row.content] == ["Dockers walked off the job"]


def test_short_quotations_before_their_speaker_are_speech(article):
    quotes = find_quotes(article("The pact is dead.\n\n„Es reicht“, she begins. Then the hall falls silent."))
    assert quotes.loc[quotes["content"].str.contains("reicht"), "kind"].tolist() == ["direct"]


def test_words_in_marks_after_the_speaker_stay_what_was_said():
    text = "He was, the mayor said, “a danger to the harbour.”"
    found = [Attribution([at(text, "“a danger to the harbour.”")], [at(text, "said")], [at(text, "the mayor")])]
    (row,) = corrected(parsed(text), text, found, [(0, len(text))])
    assert text[slice(*row.content[-1])] == "“a danger to the harbour.”"


def _paragraphs(text: str) -> list[tuple[int, int]]:
    return [(hit.start(), hit.end()) for hit in re.finditer("[^\n]+", text)]


def test_an_abbreviation_that_opens_paragraphs_is_no_speaker_of_a_transcript():
    text = "Talks went on.\n\nU.S. officials met the board on Friday.\n\nU.S. ships left the port of Elm on Sunday."
    assert by_layout(text, _paragraphs(text)) == []
    named = text.replace("U.S. officials", "WALLACE. Officials").replace("U.S. ships", "BERG. Ships")
    assert [named[slice(*a.source[0])] for a in by_layout(named, _paragraphs(named))] == ["WALLACE", "BERG"]


def test_a_dateline_is_no_part_of_the_source(article):
    text = "PORT ELM, May 14 - Harbour master Ada Berg said the crane would go by autumn."
    assert find_quotes(article(text)).iloc[0]["source"] == "Harbour master Ada Berg"
