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


@pytest.mark.parametrize(
    ("text", "content", "cue", "source"),
    [
        ("A neighbour called 911 at noon.", "911", "called", "A neighbour"),
        ("Two people spoke, adding to a series of problems.", "a series of problems", "adding to", "Two people"),
        ("The crew called the police at noon.", "the police", "called", "The crew"),
        ("The sisters who wrote it live in Selby.", "it", "wrote", "The sisters"),
        ("The painters found inspiration for their work.", "their work", "found inspiration for", "The painters"),
        ("Children end up revealing their home address.", "their home address", "revealing", "Children"),
        ("Drivers were sharing their location.", "their location", "sharing", "Drivers"),
        ("The clip had been altered to show Reed asleep.", "Reed asleep", "had been altered to show", "The clip"),
        ("Tom Need wrote Tom.Need@wsx.example on Monday.", "Tom.Need@wsx.example", "wrote", "Tom Need"),
        (
            "The column is known as Dear Rita, and was founded by her mother, Paula Brandt.",
            "Dear Rita",
            "is known as",
            "her mother, Paula Brandt",
        ),
    ],
)
def test_what_is_done_with_a_thing_is_no_attribution(text, content, cue, source):
    assert not kept(text, content, cue, source)


@pytest.mark.parametrize(
    ("text", "content", "cue", "source"),
    [
        ("Reed called the mayor a liar.", "the mayor a liar", "called", "Reed"),
        ("The inquiry found no trace of fraud.", "no trace of fraud", "found", "The inquiry"),
        ("Reed denied it.", "it", "denied", "Reed"),
        ("The board revealed a plan to close the mill.", "a plan to close the mill", "revealed", "The board"),
    ],
)
def test_what_is_said_of_a_thing_still_is(text, content, cue, source):
    assert kept(text, content, cue, source)


@pytest.mark.parametrize(
    "text",
    [
        "We estimate that the bridge will cost nine million dollars.",
        "I think that the new stand is too small for the town.",
        "I wrote back, saying that I needed a comment before Friday.",
        "We have found that most programs cost too much.",
        "We believe that the harbour can be saved.",
    ],
)
def test_what_the_author_says_counts_as_nobodys_words(text):
    found = find_quotes(read_articles(pd.DataFrame([{"article_id": "a", "outlet": "x", "text": text}]), clean=False))
    assert (found["attribution_certainty"] < 0.5).all() and (found["voice"] == "outlet").all()


@pytest.mark.parametrize(
    ("text", "content", "cue", "source"),
    [
        ("No one has told how the fire began.", "how the fire began", "has told", "No one"),
        ("Nobody knew what had become of the boat.", "what had become of the boat", "knew", "Nobody"),
        ("If they believed that he lied, they kept still.", "that he lied", "believed", "they"),
        ("The van, which Reed announced, costs more.", "which", "announced", "Reed"),
        ("Nothing indicated that he was ill.", "that he was ill", "indicated", "Nothing"),
        ("Reed did not know how to swim.", "how to swim", "did not know", "Reed"),
        ("Investors do not seem to know what to make of it.", "what to make of it", "know", "Investors"),
    ],
)
def test_what_nobody_says_is_kept_and_not_counted(text, content, cue, source):
    table = read_articles(pd.DataFrame([{"article_id": "a", "outlet": "x", "text": text}]), clean=False)
    doc = next(doc for _, doc in parse(table))
    spans = [[(text.index(part), text.index(part) + len(part))] for part in (content, cue, source)]
    assert [a.certainty < 0.5 for a in corrected(doc, text, [Attribution(*spans)], [(0, len(text))])] == [True]


@pytest.mark.parametrize(
    ("text", "content", "cue", "source"),
    [
        ("The video shows a man knocked to the ground.", "a man knocked to the ground", "shows", "The video"),
        (
            "Surveillance footage shows officers racing up a stair.",
            "officers racing up a stair",
            "shows",
            "Surveillance footage",
        ),
    ],
)
def test_what_is_seen_in_a_film_is_not_said(text, content, cue, source):
    assert not kept(text, content, cue, source)


def test_a_letter_begins_with_whom_it_is_written_to():
    text = (
        "DEAR RITA: My husband bought a boat.\n\nDEAR UPSET: Of course you may sell it.\n\nDEAR RITA: My son wants one."
    )
    table = read_articles(pd.DataFrame([{"article_id": "a", "outlet": "x", "text": text}]), clean=False)
    assert not find_quotes(table)["source"].dropna().str.startswith("DEAR").any()


def test_a_name_with_its_handle_above_the_first_sentence_is_a_byline():
    text = "Trading day\n\nKeris Lahti @kerislahti\n\nBeauty maker Coty is breaking out.\n\nThe stock rose, and it will rise."
    table = read_articles(pd.DataFrame([{"article_id": "a", "outlet": "x", "text": text}]), clean=False)
    assert find_quotes(table).empty
