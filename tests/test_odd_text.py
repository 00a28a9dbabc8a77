"""Odd text never stops, hangs or slows anything more than its length allows; what was found by fuzzing stays mended."""

from __future__ import annotations

import time
from random import Random

import pandas as pd
import pytest

import framing
from framing.entities.mentions import covered, covering
from framing.quotes.sources import as_written
from framing.salience.statements import find_amounts
from framing.text.quotation_marks import quotation_spans


def table(text: str) -> pd.DataFrame:
    rows = pd.DataFrame([{"article_id": "a", "outlet": "o", "event": "e", "text": text}], dtype="object")
    return framing.read_articles(rows, clean=False)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("$5.6” billion", [5.6, 1e9]),
        ("(billion", [1e9]),
        ("a “million” dollars", [1, 1e6]),
        ("twenty-five “thousand”", [25, 1e3]),
        ("the hundreds", [100]),
        ("1" * 400, []),
        ("² of 3²", [3]),
        ("million " * 80, []),
        ("$5.6 billion", [5.6e9]),
        ("millions of people", [1e6]),
    ],
)
def test_amounts_end_and_are_numbers(text, values):
    assert [amount.value for amount in find_amounts(text)] == values


@pytest.mark.parametrize("name", ["„", "’ ”", "--", "…", "‘", "", " "])
def test_a_name_without_a_letter_is_nobody(name):
    assert as_written(name) == []


def test_a_mark_that_is_taken_for_a_source_is_none():
    quotes = framing.find_quotes(table("hey. ‘according „P"))
    assert quotes["source"].dropna().str.contains(r"\w").all() and quotes["content"].str.contains(r"\w").all()


@pytest.mark.parametrize(
    "piece",
    [
        '"',
        "“",
        "“”",
        "” ",
        "'",
        "‘a ",
        "a' 'b ",
        "''",
        "«",
        "„",
        "“It fell. ",
        "’s ‘",
        "“It fell,” said Ann. ",
        "'90s ",
        ' "',
        "?\ufffd",
        "5'11\" ",
    ],
)
def test_a_fifth_of_a_million_characters_of_marks_are_read_in_seconds(piece):
    text = (piece * (200_000 // len(piece) + 1))[:200_000]
    begin = time.process_time()
    quotation_spans(text)
    assert time.process_time() - begin < 5  # .1 to .8 s; with time that grows by the square it was half an hour


def test_an_unclosed_mark_runs_on_whatever_follows():
    text = "“" + "The bridge fell, he said. " * 2000
    assert [(mark.start, mark.closed) for mark in quotation_spans(text)] == [(0, False)]


@pytest.mark.parametrize("piece", ['"', "'", "([{", "a", "a-", "a.", "A"])
def test_an_endless_word_is_cut_in_seconds(piece):
    from framing.language import make_doc, model

    text = (piece * 50_000)[:50_000]
    nlp = model()
    begin = time.process_time()
    assert make_doc(nlp, text).text == text
    assert time.process_time() - begin < 5  # .5 s at most; spaCy alone takes minutes


def test_words_are_cut_as_ever_where_none_is_endless():
    from framing.language import make_doc, model

    for text in framing.example()["text"].head(10):
        assert [token.text for token in make_doc(model(), text)] == [token.text for token in model().tokenizer(text)]


@pytest.mark.parametrize(
    "text",
    [
        "It  fell " + "a'" * 100 + "  \n b",
        "'" * 121 + " it fell",
        "x" * 500,
        " " + "(" * 130,
        "https://a.b/" + "c/" * 80 + " end.",
    ],
)
def test_no_character_is_lost_around_an_endless_word(text):
    from framing.language import make_doc, model

    assert make_doc(model(), text).text == text


ODD = [
    '"' * 400,
    "“" * 300 + "It fell.",
    "'" * 500,
    "([{" * 120,
    "a" * 900,
    "– " * 300,
    "1" * 600,
    "1," * 300,
    "\u202e\ufeff\u200b",
    "he " * 200,
    "Ann Berg " * 60,
    "\ud800 said Ann.",
    "”,” said ’ of “",
    ": : : “:”",
    "The $5.6” billion plan is “(million",
    "²½ of ٣ per cent",
    "said saidBerg excluding Anton most killing Karimovi senat2024ors A unfair. a of the that toast Kim to Tom was romance: "
    "Putin “great victory” from the promises",
]


@pytest.mark.parametrize("text", ODD)
def test_every_step_reads_odd_text_with_true_offsets(text):
    articles = table(f"Bridge shut\n\nAnn Berg said it is safe.\n\n{text}")
    whole = articles["text"].iloc[0]
    facts = pd.DataFrame({"fact": ["shut"], "statement": ["The bridge is shut."]})
    for step in (
        framing.find_passages,
        framing.find_quotes,
        framing.entities.resolve_mentions,
        framing.words.tokens,
        framing.find_labels,
        framing.find_loaded,
        framing.sentiment.sentence_tone,
        framing.tone,
        framing.salience.headline_against_body,
        lambda a: framing.coverage(a, facts),
        lambda a: framing.concordance(a, "bridge"),
    ):
        found = step(articles)
        known = found[found["start"].notna()]
        assert ((known["start"] >= 0) & (known["start"] < known["end"]) & (known["end"] <= len(whole))).all()


def test_an_endless_sentence_is_cut_and_no_other():
    from framing.language import LONGEST_SENTENCE, parse

    listed = "The council named " + ", ".join(f"Ann Berg {'abcdefgh'[n % 8]}" for n in range(60)) + "."
    for text, longest in [("Ann Berg " * 1500, LONGEST_SENTENCE + 1), ("1, " * 2000, LONGEST_SENTENCE + 1)]:
        sentences = [sentence for _, doc in parse(table(text)) for sentence in doc.sents]
        assert max(map(len, sentences)) <= longest and len(sentences) > 8
        assert "".join(sentence.text_with_ws for sentence in sentences) == text
    starts = [token.idx for _, doc in parse(table(listed + "\n\n" + listed)) for token in doc if token.is_sent_start]
    assert {0, len(listed) + 2} <= set(starts) and len(starts) < 20


def test_a_sentence_told_a_thousand_times_is_compared_once(monkeypatch):
    from framing.salience import facts

    told = [
        "The council said on Monday that the old bridge over the river would stay shut for 400 days.",
        "Mayor Ann Berg told reporters that the repair would cost 12 million euros.",
        "Ferries carried 900 people across the river on Friday.",
    ]
    rows = [
        {"article_id": name, "outlet": name, "event": "e", "text": "Bridge shut\n\n" + " ".join(told * 200)}
        for name in "ab"
    ]
    compared, resembling = [], facts._resembling
    monkeypatch.setattr(
        facts, "_resembling", lambda number, *rest: compared.append(number) or resembling(number, *rest)
    )
    facts = framing.suggest_facts(framing.read_articles(pd.DataFrame(rows), clean=False))
    assert len(compared) < 20
    assert sorted(facts["statement"]) == sorted(told)


def test_a_name_told_a_hundred_times_in_one_sentence_is_scored_a_few_times(monkeypatch):
    from framing.sentiment import tones

    scored = []
    real = tones.probabilities
    monkeypatch.setattr(tones, "probabilities", lambda pairs: scored.append(len(pairs)) or real(pairs))
    articles = framing.read_articles(pd.DataFrame({"text": ["Ann Berg " * 100], "outlet": ["o"]}), clean=False)
    tone = framing.tone(articles, ["Ann Berg"])
    assert len(tone) and sum(scored) <= tones.MOST_MENTIONS * len(tone)


def test_looking_stretches_up_finds_what_going_through_them_finds():
    chance = Random(3)
    for _ in range(200):
        spans = [(start, start + chance.randint(1, 9)) for start in (chance.randrange(60) for _ in range(8))]
        overlaps = covering(spans)
        for start in range(-2, 75):
            for end in range(start + 1, start + 6):
                assert overlaps(start, end) == covered(start, end, spans), (spans, start, end)
    assert not covering([])(0, 5)
