"""Titles of films, books, songs and shows between quotation marks are no speech and no scare quotes."""

from __future__ import annotations

import pandas as pd
import pytest

import framing

ONLY_TITLES = [
    "The actor Troy Mallon is remembered from teaching films such as “Parking Your Submarine” and “Dig a Hole and Fill "
    "It”.",
    "Her second novel, “Nobody Told the Lighthouse Keeper”, sold out within a week.",
    "He starred in the sitcom “We Never Liked the Neighbours” for nine seasons.",
    "The band opened with “I Will Not Be Home for Dinner” and closed with “Rain on Tin”.",
    "Viewers of “Tell Me What You Saw”, a crime drama, have complained.",
    "The museum bought “Woman Who Forgot the Milk”, a painting by Ina Vorst.",
    "Ina Vorst, author of “Why We Stopped Talking”, will speak in Leeds on Friday.",
    'His essay "How the Harbour Was Lost" appeared in 2011.',
    'The documentary "They Said It Would Float" won two prizes.',
    "She directed “Last Bus to Marrow” before she turned forty.",
    'The album, titled "Please Do Not Feed the Ghosts," was released in May.',
    "A podcast called “The People Against the Pond” made him famous.",
    "He wrote the hit single “You Said Forever” in a hotel room.",
    "“The Long Way Round the Barn” is her third film.",
    "“A Spoon for Mr Adder” was written in 1974 by Lena Holt.",
    "The play “Nothing Is Ever Finished” opens at the Corn Hall on May 3.",
    "In “The Cartographer’s Lunch,” Holt tells the story of a man who draws maps.",
    "Netflix has renewed “Bad Weather People” for a third season.",
    "He is best known for playing the butler in “Dinner at Eleven”.",
    "A film called “Seven Roads to Harbour Hill” moved her to tears.",
    "The song titled “Dig a Hole for Me” reached them too late.",
    "She read from her book, “We Need to Talk About Gravel,” and signed copies.",
]
SPEECH = [
    ("The mayor said the plan was “a hole that we dig and fill again”.", "a hole that we dig and fill again"),
    ("“We never liked the neighbours,” he wrote in the book.", "We never liked the neighbours"),
    ("In his book he wrote: “Nobody told the keeper.”", "Nobody told the keeper"),
    ("The teacher called the film “a waste of my afternoon”.", "a waste of my afternoon"),
    ("Critics described her new book as “a joy from the first page to the last”.", "a joy from the first page"),
    ("“I loved that film,” said Mallon of “Dig a Hole and Fill It”.", "I loved that film"),
    ("Marchers carried a banner that read “No Pond for the People”.", "No Pond for the People"),
]


@pytest.fixture(scope="module")
def quotes():
    texts = [*ONLY_TITLES, *(text for text, _ in SPEECH)]
    articles = framing.read_articles(pd.DataFrame({"text": texts}), clean=False)
    found = framing.find_quotes(articles)
    return {text: found[found["article_id"] == name] for name, text in zip(articles["article_id"], texts, strict=True)}


@pytest.mark.parametrize("text", ONLY_TITLES)
def test_a_title_is_neither_speech_nor_a_scare_quote(quotes, text):
    assert quotes[text]["content"].tolist() == []


@pytest.mark.parametrize(("text", "said"), SPEECH)
def test_speech_beside_a_work_stays_speech(quotes, text, said):
    assert any(said in content for content in quotes[text]["content"])


def test_a_title_named_in_speech_stays_part_of_it(article):
    found = framing.find_quotes(article("Troy Mallon said his film “Parking Your Submarine” was a joke."))
    assert found["content"].tolist() == ["his film “Parking Your Submarine” was a joke"]


def test_a_title_is_no_quotation_and_leaves_the_quotation_beside_it(article):
    found = framing.find_quotes(article("“I loved that film,” said Mallon of “Dig a Hole and Fill It”."))
    assert found["content"].tolist() == ["“I loved that film,”"]


NOTHING_SAID = [
    "The energy minister, Karl Voss, defended the plan in parliament.",
    "The chancellor defended her record on housing.",
    "Senator Poole presented the bill to the committee.",
    "Lawyers for the company challenged the ruling.",
    "The prime minister outlined the reform in parliament.",
    "The board debated the merger for two hours.",
    "The envoy raised the matter with his hosts.",
    "The clerk reviewed the file on Monday.",
]
NOBODY = [
    "But experience shows that binding targets do two things.",
    "History tells us that empires fall.",
    "Practice shows that short rules are kept.",
    "Common sense suggests that roads need repair.",
    "Logic dictates that the smaller bank goes first.",
    "Evidence suggests that the bridge was weak.",
]


@pytest.fixture(scope="module")
def of_deeds():
    articles = framing.read_articles(pd.DataFrame({"text": [*NOTHING_SAID, *NOBODY]}), clean=False)
    return dict(
        zip(
            articles["text"],
            (framing.find_quotes(articles).query("article_id == @name") for name in articles["article_id"]),
            strict=True,
        )
    )


@pytest.mark.parametrize("text", NOTHING_SAID)
def test_a_deed_done_to_a_matter_says_nothing(of_deeds, text):
    assert of_deeds[text].empty


@pytest.mark.parametrize("text", NOBODY)
def test_what_cannot_speak_is_no_speaker(of_deeds, text):
    assert of_deeds[text]["speaker"].isna().all()
    assert not of_deeds[text]["voice"].isin(["quoted", "reported"]).any()


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Karl Voss defended the plan, saying that it would save money.", "Karl Voss"),
        ("Karl Voss defended the plan as “a good one for everybody here”.", "Karl Voss"),
        ("Anna Experience said she would sue.", "Anna Experience"),
        ("A report by the auditor says that the money was lost.", "report by the auditor"),
    ],
)
def test_who_says_something_beside_a_deed_is_kept(article, text, speaker):
    assert speaker in framing.find_quotes(article(text))["speaker"].tolist()
