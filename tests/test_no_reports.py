"""What looks like an attribution and is none: deeds, words that say nothing, and "WATCH:" before a headline."""

from __future__ import annotations

import json

import pandas as pd
import pytest

from framing import find_quotes, read_articles
from framing.language import parse
from framing.quotes.corrections import corrected
from framing.quotes.tagger import Attribution


def kept(text: str, content: str, cue: str, source: str) -> bool:
    """Does `corrected` keep the content of an attribution that a tagger was sure of?"""
    table = read_articles(pd.DataFrame([{"article_id": "a", "outlet": "x", "text": text}]), clean=False)
    doc = next(doc for _, doc in parse(table))
    spans = [[(text.index(part), text.index(part) + len(part))] if part else [] for part in (content, cue, source)]
    given = Attribution(*spans)
    whole = (0, len(text))
    return any(
        a.content == [(text.index(content), text.index(content) + len(content))]
        for a in corrected(doc, text, [given], [whole])
    )


@pytest.mark.parametrize(
    ("text", "content", "cue", "source"),
    [
        (
            "The islanders answered the minister's “worry” with a smile.",
            "the minister's “worry” with a smile",
            "answered",
            "The islanders",
        ),
        ("The crew met the charge with silence.", "the charge", "met", "The crew"),
        ("The two ministers viewed the new engine room.", "the new engine room", "viewed", "The two ministers"),
        ("The log book says nothing.", "nothing", "says", "The log book"),
        ("The brothers had agreed on much.", "much", "agreed on", "The brothers"),
        ("No date has been announced.", "No date", "has been announced", ""),
        ("Tom Bell, defending Moe, said the boat was old.", "Moe", "defending", "Tom Bell,"),
        ("The mayor is defending her plan for the harbour.", "her plan for the harbour", "defending", "The mayor"),
    ],
)
def test_a_deed_without_words_is_no_attribution(text, content, cue, source):
    assert not kept(text, content, cue, source)


@pytest.mark.parametrize(
    ("text", "content", "cue", "source"),
    [
        (
            "The islanders answered the minister with “no comment at all”.",
            "“no comment at all”",
            "answered",
            "The islanders",
        ),
        (
            "The ministers viewed the ferry as a threat to the harbour.",
            "the ferry as a threat to the harbour",
            "viewed",
            "The ministers",
        ),
        ("The mayor denied it.", "it", "denied", "The mayor"),
        ("The mayor announced a new date.", "a new date", "announced", "The mayor"),
    ],
)
def test_what_gives_something_of_what_was_said_stays(text, content, cue, source):
    assert kept(text, content, cue, source)


def headline(text: str) -> pd.DataFrame:
    zones = json.dumps([[0, len(text), "headline"]])
    return find_quotes(
        pd.DataFrame([{"article_id": "a", "outlet": "x", "event": "e", "text": text, "known_zones": zones}])
    )


@pytest.mark.parametrize("kicker", ["VIDEO", "Exclusive", "OPINION", "UPDATE", "BREAKING", "LIVE", "Watch"])
def test_a_kicker_is_nobody_but_the_quotation_behind_it_stays(kicker):
    rows = headline(f'{kicker}: "We will not sail tonight"')
    assert rows["content"].tolist() == ['"We will not sail tonight"']
    assert rows["source"].isna().all() and rows["speaker"].isna().all()


def test_the_name_behind_a_kicker_is_the_speaker():
    rows = headline('EXCLUSIVE: Dahl: "I am done with this ferry"')
    assert rows["source"].tolist() == ["Dahl"] and rows["content"].tolist() == ['"I am done with this ferry"']


@pytest.mark.parametrize("text", ["ANALYSIS: Why the ferry will never sail again", "The ferry has sunk: EXCLUSIVE"])
def test_the_outlets_own_headline_is_not_said_by_its_kicker(text):
    assert headline(text).empty


def test_who_speaks_after_a_kicker_still_does():
    assert headline("BREAKING: The ferry has sunk, police say")["source"].tolist() == ["police"]


@pytest.mark.parametrize("verb", ["said", "accepted"])
def test_a_lawyer_between_commas_is_not_cited_by_what_he_does_in_court(verb):
    text = f"Tom Bell, defending Moe, {verb} that the boat was old and the rope was rotten."
    rows = find_quotes(pd.DataFrame([{"article_id": "a", "outlet": "x", "event": "e", "text": text}]))
    assert rows["cue"].tolist() == [verb]
