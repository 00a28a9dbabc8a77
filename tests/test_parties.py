"""Counterparts, nicknames, ministers by their capital, and the roles of people without a title."""

from __future__ import annotations

import pandas as pd
import pytest

from framing.entities.names import same_person
from framing.entities.resolution import resolve_mentions
from framing.entities.roles import role_of_words
from framing.quotes.speakers import resolve_speakers

VISIT = """Turkish President Selim Aksoy received Georgian President Nino Baratashvili in the harbour town on Friday.

"I am glad you came," Aksoy told his guest.

The Georgian noted that her host had rowed it himself."""

WATER = """Kazakh Energy Minister Daniyar Omarov met Mongolian Energy Minister Bat Erdene on the border.

Omarov spoke of delays. His Mongolian counterpart said there were none.

"The minister in Astana has the same maps as I do," he said."""

NICKNAMES = """Robert “Bobby” Hale, who mends clocks, lost his shop. Anna Kral, known in the lane as Magpie, kept hers.

Everyone in the lane calls Piet Oskam the Squire. Bobby said he would sue. Magpie said it was late.

The Squire said nothing would help."""


@pytest.fixture
def resolve(article):
    """Rows of one source each: ``resolve(text, ("The mayor noted", "The mayor"))``."""

    def run(text, *sources):
        rows = []
        for context, source, *content in sources:
            at = text.index(context) + context.index(source)
            said = text.index(content[0]) if content else 0
            rows.append(
                {
                    "article_id": "a1",
                    "source": source,
                    "source_spans": ((at, at + len(source)),),
                    "content_spans": ((said, said + len(content[0])),) if content else (),
                    "cue_spans": (),
                    "start": at,
                    "end": at + len(source),
                }
            )
        return resolve_speakers(pd.DataFrame(rows), article(text))

    return run


def one(resolve, text, *source):
    return resolve(text, source)["speaker"].iloc[0]


def test_a_national_is_the_one_person_of_that_country(resolve):
    assert one(resolve, VISIT, "The Georgian noted", "The Georgian") == "Nino Baratashvili"


def test_a_counterpart_holds_the_same_office_in_the_other_country(resolve):
    assert one(resolve, WATER, "His Mongolian counterpart", "His Mongolian counterpart") == "Bat Erdene"


def test_a_minister_named_by_the_capital_in_the_words_is_not_who_says_them(resolve):
    assert one(resolve, WATER, '," he said', "he", "The minister in Astana has the same maps as I do") == "Bat Erdene"


def test_the_leader_of_a_party_is_no_premier(resolve):
    text = (
        "Russian Deputy Prime Minister Pavel Orlin spoke. Zafar Holik, leader of the Future party, did not.\n\n"
        "The Russian vice-premier called the talks warm."
    )
    assert one(resolve, text, "The Russian vice-premier", "The Russian vice-premier") == "Pavel Orlin"


@pytest.mark.parametrize(
    ("context", "source", "expected"),
    [
        ("Bobby said", "Bobby", "Robert Hale"),
        ("Magpie said", "Magpie", "Anna Kral"),
        ("The Squire said", "The Squire", "Piet Oskam"),
    ],
)
def test_a_nickname_the_article_explains_is_its_bearer(resolve, context, source, expected):
    assert one(resolve, NICKNAMES, context, source) == expected


def test_an_acronym_in_brackets_is_no_nickname(article):
    found = resolve_mentions(article("The United Nations (UN) Security Council met on Monday."))
    assert "Security Council" in " ".join(found["mention"]) and not (found["entity_kind"] == "person").any()


def test_names_in_a_headline_of_capitals_are_those_of_the_text(resolve):
    text = "TRADE TO DOUBLE: VELIK\n\nMarovian minister Anton Velik spoke on Monday. Velik said it would rain."
    assert one(resolve, text, "VELIK", "VELIK") == "Anton Velik"


def test_transliterations_with_dj_and_j_are_one_person():
    assert same_person("Djuma Rahimov", "Juma Rakhimov") and same_person("Dzhokhar Adam", "Jokhar Adam")


def test_epithets_do_not_decide_under_which_spelling_a_person_stands():
    from framing import read_articles

    texts = {
        "a": "Georgian leader Nino Bara-Li met Turkish leader Selim Aksoy. Nino Bara-Li left.",
        "b": VISIT.replace("Baratashvili", "Bara Li"),
    }
    rows = [{"article_id": name, "outlet": name, "event": "e", "text": text} for name, text in texts.items()]
    people = resolve_mentions(read_articles(pd.DataFrame(rows), clean=False))
    named = people[people["entity_kind"] == "person"]
    plain = named[named["how"].isin(["name", "short"])]
    assert set(named["entity"]) == set(plain["entity"])


def test_a_quotation_goes_to_whom_it_is_put_by_or_in_whose_telling_it_stands(resolve, article):
    text = "Velik boasted. The dam, in his telling, is safe. Anton Velik smiled."
    rows = pd.DataFrame(
        [
            {
                "article_id": "a1",
                "source": pd.NA,
                "source_spans": (),
                "cue_spans": (),
                "content_spans": ((text.index("is safe"), text.index("is safe") + 7),),
                "start": text.index("is safe"),
                "end": text.index("is safe") + 7,
            }
        ]
    )
    assert resolve_speakers(rows, article(text))["speaker"].iloc[0] == "Anton Velik"
    text = "A deal on grain was near, as suggested by Ankara. Nobody denied it."
    rows["content_spans"] = [((0, text.index(", as")),)]
    assert resolve_speakers(rows, article(text))["speaker"].iloc[0] == "Ankara"


@pytest.mark.parametrize(
    ("words", "role"),
    [
        ("the press service of the Tajik government", "government"),
        ("the Danish wind lobby", "civil society"),
        ("a spokeswoman for the German group", "unknown"),
        ("the Russian side", "government"),
        ("the South Korean press", "media"),
        ("Seoul", "government"),
        ("the authors", "expert"),
    ],
)
def test_a_country_word_alone_does_not_make_a_government(words, role):
    assert role_of_words(words) == role


def test_people_without_an_office_are_citizens_where_age_or_home_is_told(resolve):
    text = (
        "Pia Lund, 44, lost her car. Ove Holm, who lives on Mill Road, lost two. Kari Nes said nothing.\n\n"
        "Minister Liv Dahl, 51, came by boat. Dahl's spokesman, Arne Moe, held the rope."
    )
    found = resolve(text, *((f"{name}", name) for name in ("Pia Lund", "Ove Holm", "Kari Nes", "Liv Dahl", "Arne Moe")))
    assert found["speaker_role"].tolist() == ["citizen", "citizen", "unknown", "government", "government"]


def test_a_body_has_the_role_the_article_tells_elsewhere(resolve):
    text = "Telvanta cut its outlook. The Oslo-based company said sales fell. Telvanta blamed the rain."
    found = resolve(
        text,
        ("Telvanta cut", "Telvanta"),
        ("The Oslo-based company", "The Oslo-based company"),
        ("Telvanta blamed", "Telvanta"),
    )
    assert found["speaker"].tolist() == ["Telvanta"] * 3 and set(found["speaker_role"]) == {"company"}


def test_a_bare_surname_is_whom_the_article_brings_in_first_not_whom_it_writes_out_most(resolve):
    text = (
        "Senator Hillary Corbin spoke in Leeds. Her husband, Bill Corbin, waved. “I am late,” Corbin said.\n\n"
        "Bill Corbin left with Bill Corbin junior's dog. Corbin stayed."
    )
    assert one(resolve, text, "Corbin said", "Corbin") == "Hillary Corbin"
    assert one(resolve, text, "Corbin stayed", "Corbin") == "Hillary Corbin"


def test_a_person_called_bill_is_a_person(article):
    found = resolve_mentions(article("The bill passed. Bill Corbin, the mayor, wept. ‘Bill Corbin, again!’ he read."))
    assert found.loc[found["entity"] == "Bill Corbin", "mention"].tolist().count("Bill Corbin") == 2


def test_a_name_right_after_a_single_quotation_mark_is_a_name(article):
    found = resolve_mentions(article("He read it out: 'Anna Berg has won.' Then he sat down. Berg's brother laughed."))
    assert "Anna Berg" in found["mention"].tolist()


@pytest.mark.parametrize(
    ("text", "source", "role"),
    [
        ("Rep. Ada Lind (D-Ohio) spoke. Ada Lind said no.", "Ada Lind", "other official"),
        ("Pia Holm, Chief Executive of Holm Homes, said it would rain.", "Pia Holm", "company"),
        (
            "Mayor Ola Brandt was away. A spokesman for Brandt said it was fine.",
            "A spokesman for Brandt",
            "other official",
        ),
        (
            "The minister in charge of small businesses said it was fine.",
            "The minister in charge of small businesses",
            "government",
        ),
        ("Senate Republican leaders said it was late.", "Senate Republican leaders", "other official"),
        ("Our correspondent, Pau Ferrand, says it rained.", "Pau Ferrand", "media"),
    ],
)
def test_roles_by_seat_office_and_whom_one_speaks_for(resolve, text, source, role):
    assert resolve(text, (source, source))["speaker_role"].iloc[0] == role


@pytest.mark.parametrize(
    "headline, party",
    [
        ("G.O.P. Will Lose House", "Republicans"),
        ("Shutdown Ends as G.O.P. Yields", "Republicans"),
        ("GOP Will Lose House", "Republicans"),
        ("Dems Win Harbour Vote", "Democrats"),
        ("Republicans Fear Loss", "Republicans"),
    ],
)
def test_a_party_in_a_headline_is_a_party_whatever_word_follows(article, headline, party):
    mentions = resolve_mentions(article(f"{headline}\n\nThe vote was on Monday in the harbour town."))
    assert mentions.loc[mentions["start"] < len(headline), "entity"].tolist()[:1] == [party]
