"""Speakers behind epithets, relatives with one surname, unnamed somebodies, and layouts without marks."""

from __future__ import annotations

import pandas as pd
import pytest

from framing import find_quotes, read_articles
from framing.entities.names import plain_name, same_person
from framing.entities.resolution import resolve_mentions
from framing.quotes.speakers import resolve_speakers

MATCH = """Rovers 1-1 Vale

Captain Tom Ashdown, 34, scored late. Rovers manager Ada Lisboa, 52, watched from the stand.

"We were lucky," said Lisboa. "Tom saved us."

The 52-year-old praised the crowd. The striker said he was tired.

The 34-year-old joked that he would sleep for a week."""

FAMILY = """Harriet Boyle kept the post office in Lower Corran. Mrs Boyle’s husband, Frank, was at the dam.

"They sent me a mug," Mr Boyle told the inquiry. Mrs Boyle wept.

The couple next door, Petar and Jelena Radman, had left. Petar said the road was under water."""

FIRM = """Terminal operator Marlin Docks cut its outlook, and analysts at Banco Sol were not surprised.

Marlin Docks said sales would be flat. The company said it regretted the news.

Thornby council met at noon. The council insisted that no decision had been made."""

CHANCE = """A source close to the couple says the wedding is off. A pal of the singer was less sure.

The source added that the cake had been eaten. The friend said the dog had eaten it.

A young colleague stopped me on the stairs. She said the rota was empty."""


@pytest.fixture
def resolve(article):
    """The speaker of one source in a text: ``resolve(text, context, source)``."""

    def run(text, *sources):
        rows = []
        for number, (context, source) in enumerate(sources):
            at = text.index(context) + context.index(source)
            rows.append(
                {
                    "article_id": "a1",
                    "quote_id": f"q{number}",
                    "kind": "indirect",
                    "cue": "said",
                    "source": source,
                    "source_spans": ((at, at + len(source)),),
                    "cue_spans": (),
                    "content_spans": (),
                    "start": at,
                    "end": at + 1,
                    "nested": False,
                }
            )
        return resolve_speakers(pd.DataFrame(rows), article(text))["speaker"].tolist()

    return run


def test_an_age_tells_who_is_meant(resolve):
    assert resolve(
        MATCH, ("said Lisboa", "Lisboa"), ("The 52-year-old", "The 52-year-old"), ("The 34-year-old", "The 34-year-old")
    ) == ["Ada Lisboa", "Ada Lisboa", "Tom Ashdown"]


def test_a_husband_told_apart_by_his_address_has_the_surname(resolve):
    assert resolve(FAMILY, ("Mr Boyle told", "Mr Boyle"), ("Mrs Boyle wept", "Mrs Boyle"))[0] == "Frank Boyle"
    assert resolve(FAMILY, ("Mrs Boyle wept", "Mrs Boyle")) == ["Harriet Boyle"]


def test_a_couple_shares_its_surname(resolve):
    assert resolve(FAMILY, ("Petar said", "Petar")) == ["Petar Radman"]


def test_the_company_and_the_council_are_those_named_before(resolve):
    assert resolve(
        FIRM,
        ("Marlin Docks said", "Marlin Docks"),
        ("The company said", "The company"),
        ("The council insisted", "The council"),
    ) == ["Marlin Docks", "Marlin Docks", "Thornby council"]


def test_what_a_firm_is_does_not_belong_to_its_name(resolve):
    assert resolve(FIRM, ("Terminal operator Marlin Docks", "Terminal operator Marlin Docks")) == ["Marlin Docks"]


def test_unnamed_sources_are_taken_up_by_the_same_noun(resolve):
    assert resolve(
        CHANCE,
        ("A source close to the couple", "A source close to the couple"),
        ("A pal of the singer", "A pal of the singer"),
        ("The source added", "The source"),
        ("The friend said", "The friend"),
    ) == ["source close to the couple", "pal of the singer", "source close to the couple", "pal of the singer"]


def test_a_pronoun_may_take_up_somebody_without_a_name(resolve):
    assert resolve(CHANCE, ("She said the rota", "She")) == ["young colleague"]


def test_who_after_an_address_is_the_person(resolve):
    text = "Joan Frith, of Mill Lane, Leyburn, who denies fraud, wept in the dock."
    assert resolve(text, ("who denies", "who")) == ["Joan Frith"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Counsel for the firm, Alastair Reeve KC, rose. Reeve sat down.", "Alastair Reeve"),
        ("Detective Constable Neil Warren told the jury so.", "Neil Warren"),
        ("Coun Ama Bell spoke. Coun Bell sat down.", "Ama Bell"),
        ("Father Ilija Marin waited. The priest sighed.", "Ilija Marin"),
    ],
)
def test_titles_and_letters_are_no_part_of_a_name(article, text, name):
    found = resolve_mentions(article(text))
    assert set(found.loc[found["entity_kind"] == "person", "entity"]) == {name}


def test_a_title_without_a_name_is_no_person_of_that_name(article):
    found = resolve_mentions(article("The respected General Secretary visited a dam. He said it was high."))
    assert "Secretary" not in set(found["entity"])


def test_pieces_of_a_country_and_small_words_are_no_bodies(article):
    text = (
        "The leader of the Democratic People's Republic of Korea went to Vostok Bay. "
        "Defence Minister Ivo Berg said such UN bans failed. Such UN bans are many."
    )
    entities = set(resolve_mentions(article(text))["entity"])
    assert not entities & {"Democratic People", "Defence", "Such UN"} and "North Korea" in entities


def test_its_belongs_to_the_clause_or_to_who_had_the_thing_before(article):
    text = "The United States fears that Russia may buy shells for its invasion."
    found = resolve_mentions(article(text))
    assert found.loc[found["mention"] == "its", "entity"].tolist() == ["Russia"]
    text = "The US has condemned Russia's invasion and said its invasion broke the law."
    found = resolve_mentions(article(text))
    assert found.loc[found["mention"] == "its", "entity"].tolist() == ["Russia"]


@pytest.mark.parametrize("odd", ["", "’", "— —", "e", "' '"])
def test_names_of_signs_alone_raise_nothing(odd):
    assert not same_person(odd, "Anna Berg")


INTERVIEW = """Cellist Nora Lind on trams and stage fright

Nora Lind meets me in a canteen. Lind has a cold.

How do you prepare?

I don't, really. I eat a banana and I go on.

Your cello was stolen. What happened?

I left it on the tram. The driver brought it to my door.

Why no encores?

My dinner is over by then. You don't ask the cook for another potato.
"""


def test_answers_without_marks_belong_to_the_interviewee(article):
    quotes = find_quotes(article(INTERVIEW))
    answers = quotes[~quotes["nested"].astype(bool) & (quotes["n_words"] > 8)]
    assert answers["speaker"].tolist() == ["Nora Lind"] * 3


def test_subheads_that_ask_do_not_make_an_interview(article):
    text = (
        "Storm hits coast\n\nThe storm took roofs.\n\nWhat do forecasters say?\n\nGusts will go on.\n\n"
        "Is it over?\n\nNot yet, and more rain is due.\n\nWhere is it worst?\n\nThe north has no power."
    )
    assert not (find_quotes(article(text))["n_words"] > 3).any()


def test_a_statement_printed_in_full_belongs_to_who_issued_it(article):
    text = (
        "The Velland harbour ministry issued the following statement on Monday:\n\n"
        "We condemn the blockade. Our ships will sail.\n\nWe call on all sides to talk.\n\nThe harbour closed."
    )
    row = find_quotes(article(text)).iloc[0]
    assert row["content"].startswith("We condemn") and row["content"].endswith("to talk.")
    assert row["speaker"] == "Velland harbour ministry"


def test_a_post_belongs_to_the_name_above_it(article):
    text = "The airport joined in.\n\nBrisford Airport (@flybrisford)\n\nGate 9 is now boarding for Mars, bring a coat."
    rows = find_quotes(article(text))
    assert rows.loc[rows["content"].str.startswith("Gate 9"), "source"].str.startswith("Brisford Airport").any()


def test_what_the_author_thinks_is_the_outlets_voice(article):
    rows = find_quotes(article("I think that we should ask what this means. The minister says that he will go."))
    voices = dict(zip(rows["source"], rows["voice"], strict=True))
    assert voices["The minister"] == "reported" and voices.get("I", "outlet") == "outlet"


def test_a_name_given_only_in_part_is_the_speaker(resolve):
    text = "A surgeon who gave her name only as Nino said she had stopped counting."
    source = "A surgeon who gave her name only as Nino"
    assert resolve(text, (source, source)) == ["Nino"]


def test_it_takes_up_the_ministry_quoted_before(resolve):
    text = "The Vardanian defence ministry said a shell had struck a bakery. It accused the other side of lying."
    source = "The Vardanian defence ministry"
    assert resolve(text, (source, source), ("It accused", "It"))[1] == "Vardanian defence ministry"


def test_a_doctor_is_nobody_who_holds_another_office(resolve):
    text = "Councillor Ruth Haldane said roots had lifted the pavement. The doctor said my wrist was broken."
    source = "Councillor Ruth Haldane"
    assert resolve(text, (source, source), ("The doctor", "The doctor"))[1] == "doctor"


@pytest.fixture
def said_by(article):
    """The speaker of the row whose content begins with these words."""

    def find(text: str, content: str):
        found = find_quotes(article(text))
        return found.loc[found["content"].str.lstrip("“").str.startswith(content), "speaker"].tolist()

    return find


@pytest.mark.parametrize(
    ("text", "content", "speaker"),
    [
        (
            "Toyota says sales rose. Honda says so too. Volkswagen is giving us a glimpse of its van.\n\n"
            "The German automaker says the van will go 300 miles.",
            "the van will go",
            "Volkswagen",
        ),
        (
            "“We remain wary,” said Kotak Institutional Equities.\n\nA slump could hurt the market, the brokerage said.",
            "A slump could",
            "Kotak Institutional Equities",
        ),
        ("NASA will fly in May. The agency said the crew was ready.", "the crew was ready", "NASA"),
        (
            "“It is late,” Reed told NBC News. Customs and Border Protection closed the gate. The agency said it was safe.",
            "it was safe",
            "Customs and Border Protection",
        ),
        ("The Carlyle Group sold its stake. The Carlyle Group said it was pleased.", "it was pleased", "Carlyle Group"),
    ],
)
def test_the_company_and_the_agency_are_whoever_the_text_was_speaking_of(said_by, text, content, speaker):
    assert said_by(text, content) == [speaker]


@pytest.mark.parametrize(
    ("text", "content", "speaker"),
    [
        (
            "A fresh Reuters poll has lower numbers, but also shows that most people want an inquiry.",
            "that most people",
            "Reuters",
        ),
        ("The European Space Agency says sleep could help. AP", "sleep could help", "European Space Agency"),
        (
            "Tova Noel and Michael Thomas met. Noel and Thomas both admitted that they had slept.",
            "that they had slept",
            "Tova Noel; Michael Thomas",
        ),
        ("China said it was calm, while the police deny the charge.", "it was calm", "China"),
        ("One small, 2-month study showed that eating late does harm.", "that eating late", "one small 2-month study"),
        ("A large, well-run trial found that the drug works.", "that the drug works", "large well-run trial"),
        ("The mayor was accused by rivals of hiding the report.", "of hiding the report", "rivals"),
        (
            "Marsh, a stolid man, is accused by critics of promoting high taxes and of failing to answer.",
            "of promoting high taxes and of failing",
            "critics",
        ),
        (
            "Union president Keith Marden told a few thousand teachers who covered the lawn that the state should spend its reserves.",
            "that the state should",
            "Keith Marden",
        ),
        ("Berg told the workers who had come to the gate that the plant would close in May.", "that the plant", "Berg"),
    ],
)
def test_source_and_content_are_cut_where_they_end(said_by, text, content, speaker):
    assert speaker in said_by(text, content)


def test_a_medium_that_bears_a_surname_is_itself():
    texts = [
        "Mayor Michael Bloomberg said he was proud.",
        "As both NBC News and Bloomberg have reported, there is a risk in such accounts.",
    ]
    rows = [{"article_id": f"a{n}", "outlet": "x", "event": "e", "text": text} for n, text in enumerate(texts)]
    found = find_quotes(read_articles(pd.DataFrame(rows), clean=False))
    assert found.loc[found["article_id"] == "a1", "speaker"].tolist() == ["NBC News; Bloomberg"]


@pytest.mark.parametrize("name", ["Taylor Quist", "Jordan Vale", "Rowan Ilse"])
def test_the_pronouns_of_a_text_tell_who_is_she(article, name):
    surname = name.split()[-1]
    text = (
        f"{name} sang on Monday. She thanked her crew, and she left. {surname} said her tour was over. "
        f"Tom Braun has worked with {surname}.\n\nHe has denied being unfair."
    )
    found = find_quotes(article(text))
    assert found.loc[found["cue"].str.contains("denied", na=False), "speaker"].tolist() == ["Tom Braun"]


def test_those_without_a_noun_keep_their_word():
    assert plain_name("those held in them") == "those held in them"
    assert plain_name("those officials") == "officials"


@pytest.mark.parametrize("name", ["many in Norvik", "some on the right", "most at the mill", "those with boats"])
def test_how_many_where_keeps_its_word(name):
    assert plain_name(name) == name


@pytest.mark.parametrize(
    ("text", "content", "speaker"),
    [
        ("Untreated plague is always fatal, says the WHO. WHO says it spreads.", "it spreads", "WHO"),
        ("Oslo-based McClarty said its finances were sound.", "its finances", "McClarty"),
        (
            "Oslo-based McClarty reported a loss. Most of it was old. But the company also reported that its debt was paid.",
            "that its debt",
            "McClarty",
        ),
    ],
)
def test_firms_and_the_who_speak_under_their_names(said_by, text, content, speaker):
    assert said_by(text, content) == [speaker]


def test_a_title_with_and_is_one_persons(said_by):
    text = (
        "“They help us,” says Chris Marlow, senior vice president partnerships and revenue at Ubisol. “They are new.”"
    )
    assert said_by(text, "They help us") == ["Chris Marlow"]
    assert said_by("“They help us,” said Anna Berg, officials and workers.", "They help us") == [
        "Anna Berg; officials; workers"
    ]


@pytest.mark.parametrize(
    ("text", "content", "speaker"),
    [
        (
            "The slogan was mocked.\n\nI love that they own it. Nobody will take your slogan.\n\n"
            "— Robert Quill (@rquill) November 18, 2019\n\nThe state did not answer.",
            "I love that",
            "Robert Quill",
        ),
        (
            "The slogan was mocked.\n\nThe pier is real and it cost nine million. — Ada Berg 🌈 (@adaberg) May 4, 2021\n\nIt did.",
            "The pier is real",
            "Ada Berg",
        ),
        (
            "It was mocked.\n\nOne more for the list of bad slogans we have.\n\n— Tom Reed (@tomr) May 4, 2021\n\non. the. pier.\n\n"
            "— Lia Holt (@liah) May 5, 2021\n\nThe state did not answer.",
            "on. the. pier.",
            "Lia Holt",
        ),
    ],
)
def test_an_embedded_post_is_whose_name_stands_below_it(said_by, text, content, speaker):
    assert said_by(text, content) == [speaker]
