"""`resolve_speakers` and its rooms: one person or body for every source, in invented articles."""

from __future__ import annotations

import pandas as pd
import pytest

from framing import find_quotes
from framing.entities.names import apply_names, canonical_names, plain_name, read_names, same_person
from framing.entities.places import countries_in, find_places
from framing.entities.resolution import resolve_mentions
from framing.entities.roles import ROLES, role_of_function, role_of_words
from framing.quotes.speakers import resolve_speakers, speaker_links

STORY = """Velland harbour deal signed

Marovian President Anton Velik met Velland leader Cho Min-ho in the port of Velland on Monday.
Foreign Minister Dara Novak took part.

Cho told Velik that the harbour would open in May. He said he was certain of it, according to the VTN news agency.

"It was a good day," Marovian presidential spokesman Ivo Petek said. "It was overdue," he added.

The Velland leader praised the dockers. Novak, speaking later, called the deal a gift."""


@pytest.fixture
def resolve(article):
    """Resolve sources given as (words that follow or hold the source, source): the speaker of each, in order."""

    def run(text, *sources, **columns):
        rows = []
        for number, (context, source) in enumerate(sources):
            at = text.index(context) + context.index(source)
            content = columns.get("content", ())
            rows.append(
                {
                    "article_id": "a1",
                    "quote_id": f"q{number}",
                    "kind": "indirect",
                    "cue": "said",
                    "source": source,
                    "source_spans": ((at, at + len(source)),),
                    "cue_spans": (),
                    "content_spans": content,
                    "start": at,
                    "end": at + 1,
                    "nested": False,
                }
            )
        return resolve_speakers(pd.DataFrame(rows), article(text))

    return run


def speaker(resolve, text, context, source, **columns):
    return resolve(text, (context, source), **columns)["speaker"].iloc[0]


@pytest.mark.parametrize(
    ("context", "source", "expected"),
    [
        ("Cho told", "Cho", "Cho Min-ho"),
        ("He said he was certain", "He", "Cho Min-ho"),
        ('"It was overdue," he', "he", "Ivo Petek"),
        ("Marovian presidential spokesman Ivo Petek", "Marovian presidential spokesman Ivo Petek", "Ivo Petek"),
        ("The Velland leader praised", "The Velland leader", "Cho Min-ho"),
        ("Novak, speaking later", "Novak", "Dara Novak"),
    ],
)
def test_a_source_is_one_person_within_its_article(resolve, context, source, expected):
    assert speaker(resolve, STORY, context, source) == expected


def test_a_possessive_title_finds_the_person_the_text_gives_it_to(resolve):
    text = (
        "Russian President Vladimir Stav spoke. Kremlin spokesman Egor Lunin came later.\n\n"
        "Stav’s spokesman said the talks went well."
    )
    assert speaker(resolve, text, "Stav’s spokesman", "Stav’s spokesman") == "Egor Lunin"


def test_head_of_state_is_the_president(resolve):
    text = "French President Alma Roche spoke on Monday. The bridge will open, according to the French head of state."
    assert speaker(resolve, text, "the French head of state", "the French head of state") == "Alma Roche"


def test_its_leader_belongs_to_the_country_before(resolve):
    text = (
        "The envoy flew to North Korea at the invitation of its leader Cho Min-ho.\n\n"
        "The North Korean leader thanked him."
    )
    assert speaker(resolve, text, "The North Korean leader", "The North Korean leader") == "Cho Min-ho"


def test_a_description_nobody_carries_is_kept_in_its_words(resolve):
    assert (
        speaker(resolve, "The mayor of Oslo spoke. Anna Berg left.", "The mayor of Oslo", "The mayor of Oslo")
        == "mayor of Oslo"
    )


def test_two_people_with_one_surname_are_told_apart_by_address(resolve):
    text = (
        "Mr John Hale and Mrs Ruth Hale came to the hearing.\n\nMrs Hale said the roof leaked. Mr Hale said it did not."
    )
    found = resolve(text, ("Mrs Hale said", "Mrs Hale"), ("Mr Hale said", "Mr Hale"))
    assert found["speaker"].tolist() == ["Ruth Hale", "John Hale"]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("Moscow and Pyongyang", "Moscow; Pyongyang"),
        ("Both Russia and North Korea", "Russia; North Korea"),
        ("The army of France and the government of Japan", "French army; Japanese government"),
        ("US officials and analysts", "US officials and analysts"),
    ],
)
def test_groups_are_split_into_their_members(resolve, source, expected):
    assert speaker(resolve, f"{source} denied the report on Monday.", source, source) == expected


def test_he_and_a_name_are_two_speakers(resolve):
    text = "President Anton Velik was in town on Monday, as he and mayor Cora Lind praised the new bridge."
    assert speaker(resolve, text, "he and mayor Cora Lind", "he and mayor Cora Lind") == "Anton Velik; Cora Lind"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("The US", "US"),
        ("Pyongyang", "Pyongyang"),
        ("the state-run KCNA news agency", "KCNA"),
        ("the Interfax news agency", "Interfax"),
        ("the South Korean military", "South Korean military"),
        ("South Korea’s military", "South Korean military"),
        ("The military in Seoul", "South Korean military"),
        ("the government in Tokyo", "Japanese government"),
        ("American officials", "US officials"),
        ("Analysts", "analysts"),
        ("media reports", "media reports"),
    ],
)
def test_bodies_and_unnamed_sources_have_one_form(resolve, source, expected):
    assert speaker(resolve, f"On Monday {source} said the test had failed.", source, source) == expected


def test_unresolved_pronouns_are_missing_not_invented(resolve):
    found = resolve("He said the roof leaked.", ("He said", "He"))
    assert found["speaker"].isna().all() and found["speaker_role"].tolist() == ["unknown"]


def test_nobody_named_in_what_he_says_is_he(resolve):
    text = "Mayor Cora Lind met engineer Paul Ost. Ost praised the pier. “Ost did well,” she said."
    at = text.index("“Ost did well,”")
    assert speaker(resolve, text, "she said", "she", content=((at, at + 15),)) == "Cora Lind"


def test_an_agency_speaks_unless_somebody_else_does(resolve):
    text = "The talks went well, KCNA reported. Leader Cho Min-ho said the harbour would open, according to KCNA."
    found = resolve(text, ("KCNA reported", "KCNA"), ("Leader Cho Min-ho", "Leader Cho Min-ho"))
    assert found["speaker"].tolist() == ["KCNA", "Cho Min-ho"]
    assert found["via"].fillna("-").tolist() == ["-", "KCNA"]


def test_an_agency_that_quotes_somebody_relays(resolve):
    text = "The talks went well, the TASS news agency quoted minister Dara Novak as saying."
    found = resolve(text, ("the TASS news agency", "the TASS news agency"))
    assert found[["speaker", "via"]].values.tolist() == [["Dara Novak", "TASS"]]


def test_told_a_newspaper_is_a_relay_and_told_a_person_is_none(resolve):
    found = resolve(
        "Anna Berg told Reuters that it rained. Anna Berg told Cora Lind that it snowed.",
        ("Anna Berg told Reuters", "Anna Berg"),
        ("Anna Berg told Cora", "Anna Berg"),
    )
    assert found["via"].fillna("-").tolist() == ["Reuters", "-"]


def test_the_agency_is_the_one_named_before(resolve):
    text = "The state news agency KCNA praised the launch. It was a triumph, the agency said."
    assert speaker(resolve, text, "the agency said", "the agency") == "KCNA"


@pytest.mark.parametrize(
    ("source", "role"),
    [
        ("Prime Minister Alma Roche", "government"),
        ("Admiral Alma Roche", "military"),
        ("Senator Alma Roche", "other official"),
        ("Professor Alma Roche", "expert"),
        ("journalist Alma Roche", "media"),
        ("chief executive Alma Roche", "company"),
        ("activist Alma Roche", "civil society"),
        ("Local residents", "citizen"),
        ("Two sources close to the talks", "anonymous"),
        ("Moscow", "government"),
        ("US State Department spokeswoman Alma Roche", "government"),
        ("police spokesman Ivo Petek", "other official"),
        ("the navy", "military"),
        ("Alma Roche", "unknown"),
    ],
)
def test_roles_follow_the_words_of_the_text(resolve, source, role):
    found = resolve(f"On Monday {source} said that the pier would close.", (f"{source} said", source))
    assert found["speaker_role"].tolist() == [role]


def test_every_role_is_on_the_list():
    for words in ["KCNA", "a bank", "officials", "the union", "blue sky", ""]:
        assert role_of_words(words) in ROLES
    assert role_of_function("spokesman", "for the navy") == "military"


def test_speakers_have_one_name_across_articles():
    articles = pd.DataFrame(
        {
            "article_id": ["a", "b"],
            "outlet": ["A", "B"],
            "event": "e",
            "text": [
                "Kremlin spokesman Dmitri Pesk spoke. Pesk said it rained.",
                "Kremlin spokesman Dmitry Pesk spoke. Dmitry Pesk said it rained. Dmitry Pesk said so again.",
            ],
        }
    )
    rows = [
        {
            "article_id": i,
            "source": "Pesk",
            "source_spans": ((t.index("Pesk said"), t.index("Pesk said") + 4),),
            "content_spans": (),
            "kind": "indirect",
        }
        for i, t in zip(articles["article_id"], articles["text"], strict=True)
    ]
    found = resolve_speakers(pd.DataFrame(rows), articles)["speaker"]
    assert found.nunique() == 1


def test_a_title_given_in_another_article_helps():
    articles = pd.DataFrame(
        {
            "article_id": ["a", "b"],
            "outlet": ["A", "B"],
            "event": "e",
            "text": [
                "Velik praised the ferry. The French president said that it would sail.",
                "French President Anton Velik came to town. Mr Velik smiled.",
            ],
        }
    )
    text = articles["text"][0]
    at = text.index("The French president")
    row = {
        "article_id": "a",
        "source": "The French president",
        "source_spans": ((at, at + 20),),
        "content_spans": (),
        "kind": "indirect",
    }
    assert resolve_speakers(pd.DataFrame([row]), articles)["speaker"].tolist() == ["Anton Velik"]


def test_the_table_given_is_not_changed_and_empty_input_is_fine(article):
    empty = pd.DataFrame(columns=["article_id", "source", "source_spans", "content_spans"])
    assert list(resolve_speakers(empty, article("x")).columns)[-4:] == ["speaker", "via", "speaker_role", "certainty"]
    with pytest.raises(ValueError, match="no source_spans"):
        resolve_speakers(empty.drop(columns="source_spans"), article("x"))


# -- names


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Dmitry Pesk", "Dmitri Pesk", True),
        ("Sergei Lavr", "Sergey Lavr", True),
        ("Cho Min-ho", "Cho Min Ho", True),
        ("Volodymyr Zel", "Vladimir Zel", False),
        ("Donald J. Hale", "Donald Hale", True),
        ("Bill Hale", "Ruth Hale", False),
        ("Cho Min-ho", "Cho Yo-jong", False),
        ("Elena Marsh", "Ellen Marsh", False),
    ],
)
def test_spellings_of_one_name_are_one_person(one, other, same):
    assert same_person(one, other) is same


def test_canonical_names_list_variants_and_leave_the_doubtful_alone():
    quotes = pd.DataFrame(
        {
            "speaker": [
                "Anton Velik",
                "Velik",
                "Anton Velik",
                "Cho Min-ho",
                "Cho Yo-jong",
                "Cho",
                "the US",
                "United States",
                "US",
                pd.NA,
                "Moscow; Velik",
            ]
        }
    )
    table = canonical_names(quotes).set_index("variant")
    assert table.loc["Velik", "name"] == "Anton Velik"
    assert table.loc["Cho", ["name", "how"]].tolist() == ["Cho", "unsure"]
    assert table.loc[["US", "United States", "the US"], "name"].nunique() == 1
    assert table.loc["Moscow", "name"] == "Moscow"


def test_names_as_printed_are_listed_too():
    quotes = pd.DataFrame(
        {"speaker": ["Anton Velik", "Anton Velik", "analysts"], "source": ["President Velik", "He", "Analysts"]}
    )
    table = canonical_names(quotes)
    assert table[table["how"] == "printed"][["name", "variant"]].values.tolist() == [["Anton Velik", "President Velik"]]


def test_your_own_names_go_first(tmp_path):
    (tmp_path / "speakers.csv").write_text("name,variant\nCho Min Ho,Cho\nCho Min Ho,Cho Min-ho\n", encoding="utf-8")
    quotes = pd.DataFrame({"speaker": ["Cho", "Cho Min-ho", "Anna Berg"]})
    assert apply_names(quotes, tmp_path)["speaker"].tolist() == ["Cho Min Ho", "Cho Min Ho", "Anna Berg"]
    assert read_names({"Cho Min Ho": ["Cho"]})["Cho"] == "Cho Min Ho"


def test_a_missing_names_file_says_what_to_write(tmp_path):
    with pytest.raises(FileNotFoundError, match="columns name and variant"):
        read_names(tmp_path)


def test_acronyms_are_not_the_end_of_a_name():
    quotes = pd.DataFrame({"speaker": ["UN", "Cho Min Un"]})
    assert apply_names(quotes)["speaker"].tolist() == ["UN", "Cho Min Un"]


@pytest.mark.parametrize(
    ("mention", "name"),
    [
        ("the official North Korean news agency KCNA", "KCNA"),
        ("The US", "US"),
        ("U.S.", "U.S."),
        ("Russian news agencies", "Russian news agencies"),
        ("some analysts", "analysts"),
        ("“Anna Berg,”", "Anna Berg"),
    ],
)
def test_plain_names(mention, name):
    assert plain_name(mention) == name


def test_links_tell_the_government_behind_a_capital():
    quotes = pd.DataFrame(
        {"speaker": ["Pyongyang", "Russia; US", "Anna Berg", "Japanese government", "Kremlin", pd.NA]}
    )
    links = speaker_links(quotes).set_index("speaker")["link"].to_dict()
    assert links == {
        "Pyongyang": "North Korean government",
        "Russia": "Russian government",
        "US": "US government",
        "Japanese government": "Japanese government",
        "Kremlin": "Russian government",
    }


# -- mentions and places


def test_mentions_carry_offsets_and_one_name(article):
    table = resolve_mentions(article(STORY))
    for row in table.itertuples():
        assert STORY[row.start : row.end] == row.mention
    cho = table[table["entity"] == "Cho Min-ho"]
    assert {"name", "short", "title", "pronoun"} <= set(cho["how"])
    assert set(table["entity_kind"]) <= {"person", "country", "body"}


def test_a_capital_is_a_government_or_a_place(article):
    text = article("Moscow denied the report. The envoy met reporters in Moscow on Monday.")
    table = resolve_mentions(text, places="with their country")
    assert table[["entity", "how"]].values.tolist() == [["Russia", "seat"], ["Russia", "place"]]
    table = resolve_mentions(text)
    assert table[["entity", "how"]].values.tolist() == [["Moscow", "seat"], ["Moscow", "place"]]


def test_the_two_leaders_are_two_rows(article):
    text = "Marovian President Anton Velik met Velland leader Cho Min-ho.\n\nThe two leaders shook hands."
    table = resolve_mentions(article(text))
    pair = table[table["mention"] == "The two leaders"]
    assert sorted(pair["entity"]) == ["Anton Velik", "Cho Min-ho"]


def test_pronouns_can_be_left_out(article):
    assert "pronoun" not in set(resolve_mentions(article(STORY), pronouns=False)["how"])


def test_no_text_no_mentions(article):
    assert resolve_mentions(article("")).empty and resolve_mentions(article("")).columns[0] == "article_id"


def test_places_by_any_word():
    assert countries_in("the DPRK and Washington") == {"North Korea", "United States"}
    assert [place.how for _, _, place in find_places("French Paris, France")] == ["adjective", "seat", "name"]
    assert find_places("He went North to the Chadwick farm") == []


def test_relatives_whose_full_names_never_stand_together_are_told_apart_by_address(resolve):
    text = (
        "The jury heard where Walter Berg was that night.\n\nMr. Berg's wife, Anna, told the court he was asleep. "
        "Mrs. Berg said he snores.\n\nHis sister Clara, a nurse, said nobody picked up. Ms. Berg laughed."
    )
    assert speaker(resolve, text, "Mrs. Berg said", "Mrs. Berg") == "Anna Berg"


# -- pronouns: somebody else than the nearest name


@pytest.mark.parametrize(
    ("text", "context", "source", "expected"),
    [
        (
            "Glen Beck spoke at length. “We are ill,” he said. Saying the party of Obama was too simple.\n\n“I am not ill,” "
            "he said.",
            "ill,” he said.",
            "he",
            "Glen Beck",
        ),
        (
            "John Skip said he backed the party and echoed Roy Moor’s claim.\n\n“Most will not be shocked,” he said.",
            "shocked,” he",
            "he",
            "John Skip",
        ),
        (
            "Adam Hale spoke on Monday. “The bid of Paul Orr is over,” Hale said. He also said the vote was near.",
            "He also",
            "He",
            "Adam Hale",
        ),
        (
            "Robert Gant called the words of Rick Sand wrong. “This must stop,” he said.",
            "stop,” he",
            "he",
            "Robert Gant",
        ),
        ("Mark Warne praised James Mott on Monday. He called Mott an island of calm.", "He called", "He", "Mark Warne"),
        ("Josh Blake wrote about Paul Hasek. “It is not funny,” he added.", "funny,” he", "he", "Josh Blake"),
        ("In his letter on Monday, James Mott said he would stay.", "said he would", "he", "James Mott"),
        ("Anna Berg met Paul Orr in the harbour. “It is late,” she said.", "late,” she", "she", "Anna Berg"),
        ("Paul Orr met Anna Berg in the harbour. “It is late,” he said.", "late,” he", "he", "Paul Orr"),
        (
            "Mitch Connor spoke first. “We need a policy,” Connor said. “We need it now,” he told reporters.\n\nPaul Orr "
            "agreed.",
            "now,” he",
            "he",
            "Mitch Connor",
        ),
    ],
)
def test_he_and_she_are_who_spoke_or_acted_last(resolve, text, context, source, expected):
    assert speaker(resolve, text, context, source) == expected


def test_the_certainty_of_a_pronoun_is_a_chance(resolve):
    found = resolve("Paul Orr and Adam Hale met. He said it was late.", ("He said", "He"))
    sure = resolve("Paul Orr left on Monday. He said it was late.", ("He said", "He"))
    assert 0 < found["certainty"].iloc[0] < sure["certainty"].iloc[0] <= 1


@pytest.mark.parametrize(
    "text",
    [
        "The attack suggested that the group was still strong.",
        "The trial ended on Monday. The crash showed that the track was worn.",
        "Sunday's election confirmed that the coalition had lost its majority.",
        "The earthquake indicated that the city was not prepared.",
        "Two missile launches signaled that talks were over.",
        "The visit suggests that ties are warming.",
        "Monday's derailment showed that the rails were old.",
        "Two test flights showed that the wing holds.",
        "The blast revealed that the valve had been open.",
        "The storm proved that the dykes were too low.",
        "The match told them that the keeper was tired.",
        "The victory means that the party will govern, and the collapse showed that it can.",
    ],
)
def test_what_happens_says_nothing(article, text):
    from framing import find_quotes

    speakers = find_quotes(article(text))["speaker"].dropna()
    assert not any(word in name.lower() for name in speakers for word in text.lower().split() if len(word) > 5)


@pytest.mark.parametrize(
    ("text", "words", "meant"),
    [
        ("Ann Berg met Tim Orr. “I will vote for him,” Orr said.", "him", None),
        ("Tim Orr spoke to Bob Hale. Hale said, “I like him.”", "him", "Tim Orr"),
        ("Bob Hale won. “He is a good man,” said Tim Orr, a baker.", "He", "Bob Hale"),
        ("Bob Hale won. Tim Orr told the Wire: “He is a good man.”", "He", "Bob Hale"),
        ("Bob Hale won. Tim Orr came late. “I saw him there,” Orr said. “He was glad.”", "He", "Bob Hale"),
        ("Bob Hale won. Tim Orr came late. “I saw him there,” Orr said. “He was glad.”", "him", "Bob Hale"),
        ("“He does need to speak,” said Bruce Horn, a member from Utah.", "He", None),
        ("“It is his turn,” Peter Orr said.", "his", None),
        ("Ada Holt sang. “She was great,” Eva Lind said.", "She", "Ada Holt"),
        ("Ada Holt sang. Eva Lind wrote, “She was great.”", "She", "Ada Holt"),
    ],
)
def test_nobody_says_he_of_himself(article, text, words, meant):
    found = resolve_mentions(article(text))
    hit = found[(found["mention"] == words) & (found["how"] == "pronoun")]
    assert (None if hit.empty else hit["entity"].iloc[0]) == meant


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Tim Orr spoke on Monday. “Bob Hale will lose,” he said.", "Tim Orr"),
        ("Tim Orr came late. “I am sure Bob Hale has friends,” he said.", "Tim Orr"),
        ("Tim Orr smiled. He said: “Bob Hale lost, and Bob Hale knows it.”", "Tim Orr"),
        ("Tim Orr agreed that Bob Hale may win. “Bob Hale has his share of support,” he said.", "Tim Orr"),
        ("Ann Berg rose. “Ada Holt was wrong, and Ada Holt will pay,” she said.", "Ann Berg"),
        ("Ann Berg rose. “Ada Holt was wrong,” she added. She left.", "Ann Berg"),
        ("Tim Orr told the court he was ill. “Bob Hale did it,” he said.", "Tim Orr"),
        ("Tim Orr wept. “It was Bob Hale who did it,” he told the court.", "Tim Orr"),
        ("Tim Orr voted. “Bob Hale is my man,” he tweeted.", "Tim Orr"),
        ("Tim Orr wrote a book. “Bob Hale saved me,” he writes.", "Tim Orr"),
    ],
)
def test_whoever_says_he_said_is_not_whom_he_names(article, text, meant):
    found = resolve_mentions(article(text))
    hit = found[found["mention"].str.lower().isin(["he", "she"]) & (found["how"] == "pronoun")]
    assert set(hit["entity"]) == {meant}


@pytest.mark.parametrize(
    ("text", "source", "meant"),
    [
        ("Tim Orr, the former governor, met Gov. Bob Hale. The governor said no.", "The governor", "Bob Hale"),
        ("Gov. Bob Hale met former Gov. Tim Orr. The governor said no.", "The governor", "Bob Hale"),
        ("Former Sen. Ann Berg met Sen. Eva Lind. The senator said no.", "The senator", "Eva Lind"),
        ("Former Mayor Tim Orr spoke. The mayor said no.", "The mayor", "Tim Orr"),
        (
            "Former Ohio Gov. Tim Orr spoke. The former Maryland governor said no.",
            "The former Maryland governor",
            "former Maryland governor",
        ),
        ("Former Ohio Gov. Tim Orr spoke. The former Ohio governor said no.", "The former Ohio governor", "Tim Orr"),
        (
            "Bob Hale called on a judge to resign. The presumptive nominee said no.",
            "The presumptive nominee",
            "Bob Hale",
        ),
        (
            "Bob Hale called on a judge to resign. The presumptive Republican presidential nominee wrote it.",
            "The presumptive Republican presidential nominee",
            "Bob Hale",
        ),
        (
            "Democratic nominee Ann Berg met Bob Hale. Hale spoke. The Republican nominee said no.",
            "The Republican nominee",
            "Bob Hale",
        ),
        ("Tim Orr met reporters. The Wisconsin Republican said no.", "The Wisconsin Republican", "Tim Orr"),
        ("Sen. Ann Berg met reporters. The Ohio Democrat said no.", "The Ohio Democrat", "Ann Berg"),
    ],
)
def test_an_office_is_whose_it_is_now_and_there(resolve, text, source, meant):
    assert resolve(text, (source, source))["speaker"].iloc[0] == meant


@pytest.mark.parametrize(
    ("cue", "counts"),
    [
        ("must declare", False),
        ("has to show", False),
        ("is poised to argue", False),
        ("’s expected to announce", False),
        ("may say", False),
        ("when asked", False),
        ("will have to explain", False),
        ("should tell", False),
        ("were due to announce", False),
        ("needs to explain", False),
        ("had said", True),
        ("has argued", True),
        ("told", True),
        ("could not say", True),
    ],
)
def test_what_is_yet_to_be_said_is_not_counted(cue, counts):
    from framing.quotes.cues import how_said

    assert (how_said("indirect", cue, "Ann Berg")[0] != "unsaid") == counts


@pytest.mark.parametrize(
    ("text", "source", "meant"),
    [
        ("Ann Berg won. Everyone but Berg said yes.", "Everyone but Berg", "everyone but Berg"),
        (
            "Ann Berg won. Several members supporting Berg declined.",
            "Several members supporting Berg",
            "members supporting Berg",
        ),
        ("Ann Berg won. Some donors backing Berg said no.", "Some donors backing Berg", "donors backing Berg"),
        ("Ann Berg won. The groups opposing Berg said no.", "The groups opposing Berg", "groups opposing Berg"),
        (
            "Ann Berg won. The lawyers representing Berg said no.",
            "The lawyers representing Berg",
            "lawyers representing Berg",
        ),
        ("Ann Berg won. All members except Berg said yes.", "All members except Berg", "members except Berg"),
        ("Ann Berg won. People around Berg said yes.", "People around Berg", "people around Berg"),
        ("Ann Berg won. One former executive who left said no.", "One former executive who", "one former executive"),
        ("Ann Berg won. A new poll that came out shows a race.", "A new poll that", "new poll"),
        ("Ann Berg won. Supporters who came said yes.", "Supporters who", "supporters"),
        ("Ann Berg won. Her lawyer, Tim Orr, said yes.", "Her lawyer, Tim Orr", "Tim Orr"),
        ("Ann Berg won. Party leader Ann Berg said yes.", "Party leader Ann Berg", "Ann Berg"),
    ],
)
def test_whom_somebody_is_for_or_against_does_not_speak_for_them(resolve, text, source, meant):
    assert resolve(text, (source, source))["speaker"].iloc[0] == meant


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Campaign President Chad Orban said no. Chad Orban left.", {"Chad Orban"}),
        ("Georgia Lind sang. Lind said it was fun.", {"Georgia Lind"}),
        ("Actor Chad Vogt came. Vogt said no.", {"Chad Vogt"}),
        ("Asked by host Tim Orr, the governor said no. Orr left.", {"Tim Orr"}),
        ("India Holm ran. Holm said it hurt.", {"India Holm"}),
        ("As Sen. Rand Orban put it, all is lost. Orban said no.", {"Rand Orban"}),
        ("Officer Austin Stroud fell. Stroud said no.", {"Austin Stroud"}),
        ("Senator Carolina Moor asked. Moor said no.", {"Carolina Moor"}),
        ("The General Assembly met. Tim Orr said no.", {"Tim Orr"}),
    ],
)
def test_a_given_name_may_be_that_of_a_place(article, text, names):
    found = resolve_mentions(article(text))
    assert set(found.loc[found["entity_kind"] == "person", "entity"]) == names


def test_who_asked_is_not_who_answers(article):
    import framing

    text = "Asked by host Tim Orr, the governor said that he would not. Governor Bob Hale ruled."
    quotes = framing.find_quotes(article(text))
    assert "Tim Orr" not in set(quotes["speaker"].dropna())


@pytest.mark.parametrize(
    ("text", "source", "meant"),
    [
        ("Tim Orr, who until now was silent, said no.", "who until now", "Tim Orr"),
        ("Ann Berg, who in 2010 lost, said no.", "who in 2010", "Ann Berg"),
        (
            "Supporters in the crowd of about 2,600 waved and said yes.",
            "Supporters in the crowd of about 2,600",
            "supporters in the crowd of about 2,600",
        ),
        ("In the party, Tim Orr said, all is well.", "In the party", None),
        ("On Monday Tim Orr said that all is well.", "On Monday", None),
        ("In 1979 and now, Ann Berg said, it was wrong.", "In 1979 and now", None),
    ],
)
def test_a_piece_of_a_clause_is_no_source(resolve, text, source, meant):
    found = resolve(text, (source, source))["speaker"].iloc[0]
    assert (None if pd.isna(found) else found) == meant


@pytest.mark.parametrize(
    ("text", "found", "kept"),
    [
        ("Ann Berg announced her plans in a letter to the board.", "her plans in a letter to the board", "her plans"),
        (
            "Ann Berg said that the port is lost, a claim the mayor denied.",
            "that the port is lost, a claim the mayor denied",
            "that the port is lost",
        ),
        (
            "Ann Berg said it was lost, a contention that all disputed.",
            "it was lost, a contention that all disputed",
            "it was lost",
        ),
        ("Ann Berg called the deal a theft in a statement.", "the deal a theft in a statement", "the deal a theft"),
        (
            "Ann Berg said it cost a lot, an allegation the firm denied.",
            "it cost a lot, an allegation the firm denied",
            "it cost a lot",
        ),
        (
            "Ann Berg criticized the new deal in an op-ed on Monday.",
            "the new deal in an op-ed on Monday",
            "the new deal",
        ),
        ("Ann Berg said it is lost if the mayor signs.", "it is lost if", "it is lost if the mayor signs"),
        ("Ann Berg praised his service in the Marines.", "his service in the", "his service in the Marines"),
        ("The women, the firm says, do not have much in common.", "The women", "The women"),
        (
            "In any event, the firm says, the women do not have much in common.",
            "the women",
            "the women do not have much in common",
        ),
        (
            "Ann Berg said it would win because the judge is fair.",
            "it would win because",
            "it would win because the judge is fair",
        ),
        (
            "Ann Berg said that a letter in a drawer was lost.",
            "that a letter in a drawer was lost",
            "that a letter in a drawer was lost",
        ),
        ("Ann Berg told the new mayor that it is lost.", "the new mayor that it is lost", "that it is lost"),
        ("Ann Berg said “it works” as she left the room.", "“it works” as she left the room", "“it works”"),
    ],
)
def test_a_content_ends_with_its_clause(article, text, found, kept):
    from framing.language import parse
    from framing.quotes.corrections import corrected
    from framing.quotes.tagger import Attribution

    _, doc = next(iter(parse(article(text))))
    body = doc.text
    cue = next(
        word for word in ("announced", "said", "called", "criticized", "praised", "says", "told") if word in body
    )
    at, said = body.index(found), body.index(cue)
    attribution = Attribution([(at, at + len(found))], [(said, said + len(cue))], [])
    (row,) = corrected(doc, body, [attribution], [(0, len(body))])
    assert [body[slice(*span)] for span in row.content] == [kept]


@pytest.mark.parametrize(
    ("text", "content"),
    [
        (
            "The firm lost money and the mayor left town, according to the board.",
            "The firm lost money and the mayor left town",
        ),
        ("Holt met donors, officials and scholars, according to the Wire.", "Holt met donors, officials and scholars"),
        (
            "According to the Wire, Holt falls behind Berg, trailing Lund and Orr.",
            "Holt falls behind Berg, trailing Lund and Orr",
        ),
    ],
)
def test_according_to_holds_for_the_whole_sentence(article, text, content):
    import framing

    quotes = framing.find_quotes(article(text))
    assert content in set(quotes["content"])


@pytest.mark.parametrize(
    "headline, speaker",
    [
        ("Reed To Berg: 'Quit The Race'", "Tom Reed"),
        ("Berg On Reed: 'He Is Weak'", "Ann Berg"),
        ("Tom Reed to Ann Berg: 'Sell the harbour'", "Tom Reed"),
        ("Ann Berg on the Harbour: 'It stays'", "Ann Berg"),
        ("Berg: 'It Stays'", "Ann Berg"),
        ("Council on Foreign Relations: 'It stays'", "Council on Foreign Relations"),
    ],
)
def test_in_a_headline_the_one_before_to_and_on_speaks(article, headline, speaker):
    from framing import find_quotes

    table = article(f"{headline}\n\nTom Reed and Ann Berg quarrelled over the harbour on Monday.", headline=headline)
    quotes = find_quotes(table)
    assert quotes.loc[quotes["start"] < len(headline), "speaker"].tolist() == [speaker]


@pytest.mark.parametrize(
    ("source", "cue", "speaker"),
    [
        ("The Weekly Standard and ABC News", "reported", "Weekly Standard; ABC News"),
        ("CNN and Fox News", "reported", "CNN; Fox News"),
        ("The Guardian and The Washington Post", "said", "Guardian; Washington Post"),
        ("The Sierra Club and Oil Change International", "said", "Sierra Club; Oil Change International"),
        ("The New York Times and NBC News", "found", "New York Times; NBC News"),
        ("Anna Holt and her lawyer, Tom Rook,", "claim", "Anna Holt; Tom Rook"),
        ("Anna Holt and her brother, Karl Holt,", "said", "Anna Holt; Karl Holt"),
        ("Karl Holt and his deputy, Ada Finch,", "say", "Karl Holt; Ada Finch"),
        ("Ada Finch and her counsel, Tom Rook,", "argued", "Ada Finch; Tom Rook"),
        ("The House Energy and Commerce Committee", "said", "House Energy and Commerce Committee"),
        ("Washington and its allies", "said", "Washington and its allies"),
        ("The Gay and Lesbian Alliance Against Defamation", "says", "Gay and Lesbian Alliance Against Defamation"),
    ],
)
def test_two_who_speak_are_two(article, source, cue, speaker):
    quotes = find_quotes(article(f"{source} {cue} that the talks had failed in the spring."))
    assert quotes["speaker"].tolist() == [speaker]


@pytest.mark.parametrize("verb", ["pointed to", "defended", "praised", "recalled", "rejected", "accepted", "welcomed"])
@pytest.mark.parametrize("office", ["governor", "mayor"])
def test_who_acts_after_a_name_does_not_hold_its_office(article, verb, office):
    text = (
        f"Anna Holt, {office} of Port Elm, was asked by Tom Rook about the law. After the talk with Mr. Rook, the {office} "
        f"{verb} a report on the harbour. The {office} said that the law was fair."
    )
    assert find_quotes(article(text))["speaker"].tolist()[-1] == "Anna Holt"


@pytest.mark.parametrize("name", ["Bloomberg", "Times", "Herald", "Post", "Reuters"])
@pytest.mark.parametrize("given", ["Michael R.", "Karl"])
def test_somebody_with_an_office_is_a_person_whatever_bears_the_same_name(article, given, name):
    text = f"{given} {name}, former mayor of Port Elm, left on Friday. “Nobody is satisfied,” he said."
    assert find_quotes(article(text))["speaker"].tolist() == [f"{given} {name}"]


@pytest.mark.parametrize("joint", ["-", "/", "–", " / "])
@pytest.mark.parametrize(
    ("first", "second"), [("NBC", "Wall Street Journal"), ("Washington Post", "ABC News"), ("CNN", "Washington Post")]
)
def test_a_poll_of_two_outlets_is_of_both(article, joint, first, second):
    quotes = find_quotes(article(f"A new {first}{joint}{second} poll found that the town is worried about the dam."))
    assert quotes["speaker"].tolist() == [f"{first}; {second}"]


@pytest.mark.parametrize("name", ["Berg", "Ann Berg"])
@pytest.mark.parametrize(
    "when", ["over the weekend", "Friday", "on Friday", "later", "earlier this year", "during the talks", "yesterday"]
)
def test_when_somebody_spoke_is_no_part_of_the_name(resolve, name, when):
    text = f"Ann Berg won the vote. {name} {when} denied that she knew the engineer."
    assert resolve(text, (f"{name} {when}", f"{name} {when}"))["speaker"].iloc[0] == "Ann Berg"


def test_they_and_it_are_somebody_only_where_that_is_sure(article):
    from framing import find_quotes
    from framing.quotes.speakers import OF_THEY

    text = (
        "The Reds met the Blues in the hall on Monday. Ann Berg and Tom Rook watched the Greens. The board sat late. "
        "“We will not pay,” they said. “It is over,” it added."
    )
    every = find_quotes(article(text), threshold=0.0)
    usual = find_quotes(article(text))
    for row, now in zip(every.itertuples(), usual.itertuples(), strict=True):
        of_they = str(row.source).lower() in ("they", "it")
        assert pd.isna(now.speaker) == (pd.isna(row.speaker) or (of_they and row.certainty < OF_THEY))
