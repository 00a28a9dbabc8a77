"""Who is who on any news: kinds of names that general news brings, each on invented sentences."""

from __future__ import annotations

import pandas as pd
import pytest

import framing
from framing.entities.names import same_person
from framing.entities.resolution import resolve_mentions
from framing.salience.prominence import emphasis, emphasis_profile


def entities(table: pd.DataFrame, *kinds: str) -> set[str]:
    found = resolve_mentions(table)
    return set(found.loc[found["entity_kind"].isin(kinds), "entity"])


@pytest.fixture
def people(article):
    """The people of a text, by the names that the tables print."""
    return lambda text: entities(article(text), "person")


@pytest.fixture
def meant(article):
    """Whom the first mention that is written so means."""

    def find(text: str, words: str) -> str | None:
        found = resolve_mentions(article(text))
        hit = found[found["mention"] == words]
        return None if hit.empty else hit["entity"].iloc[0]

    return find


# -- Jr. and family


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "Paul Brenner Jr. spoke. Brenner Jr. said no. His father, President Paul Brenner, said yes.",
            {"Paul Brenner Jr.", "Paul Brenner"},
        ),
        (
            "Paul Brenner said yes. Paul Brenner Jr. said no. Paul Brenner left; Paul Brenner Jr. stayed.",
            {"Paul Brenner Jr.", "Paul Brenner"},
        ),
        ("Owen K. Ware Jr. was charged on Friday. Mr. Ware said it was a lie. Mr. Ware left.", {"Owen K. Ware Jr."}),
        (
            "Senator Hal Dorn Sr. met his son, Hal Dorn Jr., in Akron. Hal Dorn Jr. wept. Hal Dorn Sr. smiled.",
            {"Hal Dorn Sr.", "Hal Dorn Jr."},
        ),
        ("Judge Amos Pratt III ruled on Monday. Pratt said the law was plain.", {"Amos Pratt III"}),
        (
            "Governor George W. Lusk met George H. Lusk, a farmer. George W. Lusk laughed.",
            {"George W. Lusk", "George H. Lusk"},
        ),
        (
            "Ivana Brenner and Paul Brenner Jr. came. Ivana Brenner spoke first. Paul Brenner Jr. did not.",
            {"Ivana Brenner", "Paul Brenner Jr."},
        ),
        ("Robert Quill IV, the owner, sold it. Quill said he was glad.", {"Robert Quill IV"}),
        ("Martin Lowe King Jr. preached here. King said so in a letter.", {"Martin Lowe King Jr."}),
        ("Sen. Dale Hobbs, Jr., spoke. Mr. Hobbs said that it would rain.", {"Dale Hobbs Jr."}),
    ],
)
def test_a_suffix_is_part_of_a_name_and_tells_father_from_son(people, text, names):
    assert people(text) == names


@pytest.mark.parametrize(
    ("text", "words", "name"),
    [
        (
            "Paul Brenner Jr. met a lawyer. President Brenner knew nothing. Brenner Jr. shrugged.",
            "President Brenner",
            None,
        ),
        (
            "Paul Brenner Jr. met a lawyer. Brenner Jr. shrugged, and Brenner Jr. left.",
            "Brenner Jr.",
            "Paul Brenner Jr.",
        ),
        (
            "President Paul Brenner denied it. Paul Brenner Jr. met a lawyer. Paul Brenner Jr. left. Brenner tweeted.",
            "Brenner",
            "Paul Brenner",
        ),
        ("Owen K. Ware Jr. was charged. Mr. Ware denied it.", "Ware", "Owen K. Ware Jr."),
    ],
)
def test_a_bare_surname_is_not_the_sons_where_the_father_is_in_the_text(meant, text, words, name):
    assert meant(text, words) == name


# -- titles, offices and "former"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Former Akron Mayor Lena Brandt spoke. Brandt said no.", "Lena Brandt"),
        ("Special Agent Dov Stern testified. Stern said no.", "Dov Stern"),
        ("Newsday Editor-in-Chief Pia Holm resigned. Holm said no.", "Pia Holm"),
        ("Plus, Anna Berg won. Anna Berg smiled. Berg said no.", "Anna Berg"),
        ("Former Harbour City Mayor Michael Brandt ran. Brandt said no.", "Michael Brandt"),
        ("Chief of Staff William Orr came. Orr said no.", "William Orr"),
        ("Deputy Assistant Secretary Rosa Lind came. Lind said no.", "Rosa Lind"),
        ("Republican Gov. Asa Holt signed it. Holt said no.", "Asa Holt"),
        ("House Majority Whip Karl Dunn counted. Dunn said no.", "Karl Dunn"),
        ("National Security Adviser Jon Bohl resigned. Bohl said no.", "Jon Bohl"),
        ("Then-President Ada Rush said no. Rush left.", "Ada Rush"),
        ("Attorney General-designate Vera Moll came. Moll said no.", "Vera Moll"),
        ("Press Secretary Sean Pike spoke. Pike said no.", "Sean Pike"),
        ("Special Counsel Rolf Munk answered. Munk said no.", "Rolf Munk"),
    ],
)
def test_titles_offices_and_former_are_no_part_of_a_name(people, text, name):
    assert people(text) == {name}


@pytest.mark.parametrize(
    "text",
    [
        "Former Brandt aides spoke. President Lena Brandt said no.",
        "Hi Brandt, wrote the editor. Lena Brandt did not answer.",
        "Plus Brandt won Ohio. Lena Brandt thanked voters.",
    ],
)
def test_a_word_before_a_surname_makes_no_second_person(people, text):
    assert people(text) <= {"Lena Brandt"}


# -- one person under several names


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Chuck Holt", "Charles Holt", True),
        ("Liz Holt", "Elizabeth Holt", True),
        ("Dick Holt", "Richard J. Holt", True),
        ("Neil Holt", "Neil M. Holt", True),
        ("Sarah Holt", "Sarah Huck Holt", True),
        ("Bill Holt", "William Holt", True),
        ("Mike Holt", "Michael Holt", True),
        ("Jim Holt", "James E. Holt", True),
        ("Bob Holt", "Robert Holt", True),
        ("Kate Holt", "Katherine Holt", True),
        ("Tim Holt", "Timothy Holt", True),
        ("Joe Holt", "Joseph Holt", True),
        ("George W. Holt", "George H. W. Holt", False),
        ("Bill Holt", "Robert Holt", False),
        ("Paul Holt Jr.", "Paul Holt Sr.", False),
        ("Ann Holt", "Bill Holt", False),
        ("Chuck Holt", "Charles Hole", False),
    ],
)
def test_short_given_names_and_initials(one, other, same):
    assert same_person(one, other) is same and same_person(other, one) is same


def corpus(*texts: str) -> pd.DataFrame:
    rows = [{"article_id": f"a{n}", "outlet": f"o{n}", "event": "e", "text": text} for n, text in enumerate(texts)]
    return framing.read_articles(pd.DataFrame(rows), clean=False)


def test_one_person_is_one_over_outlets_whatever_the_short_name():
    found = entities(
        corpus(
            "Senator Chuck Holt spoke. Holt said no.",
            "Senator Charles E. Holt spoke. Chuck Holt left.",
            "Mr. Holt, the senator, said no. Charles Holt said it twice.",
        ),
        "person",
    )
    assert len(found) == 1


def test_speakers_and_mentions_stand_under_one_name():
    table = corpus(
        "Senator Chuck Holt said on Monday that the bill was dead. “It is over,” Holt said.",
        "Senator Charles Holt was glad. Charles Holt waved. “We won,” Charles Holt said.",
    )
    speakers = set(framing.find_quotes(table)["speaker"].dropna())
    assert speakers == entities(table, "person") and len(speakers) == 1


def test_a_president_named_by_surname_alone_is_the_one_of_the_other_articles():
    found = entities(
        corpus(
            "President Brenner said no. Paul Brenner Jr. came. Brenner Jr. left.",
            "President Paul Brenner said no. Brenner left.",
        ),
        "person",
    )
    assert found == {"Paul Brenner", "Paul Brenner Jr."}


# -- places and powers


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("New Mexico voted on Monday.", set()),
        ("The state of Georgia recounted. Atlanta waited, and so did Sen. Ola Brandt.", set()),
        ("Georgia and Russia signed a truce. Tbilisi was calm.", {"Georgia", "Russia"}),
        ("Representative Jordan spoke. Mr. Jordan left the House.", set()),
        ("Rep. Ed Jordan of Ohio spoke. Jordan said no.", set()),
        ("Jordan and Egypt closed the border.", {"Jordan", "Egypt"}),
        ("The White House denied it.", set()),
        ("Capitol Hill was quiet.", set()),
        ("Voters in New Jersey and New England stayed at home.", set()),
        ("Sen. Ada Cuba said no. Cuba left early.", set()),
        ("Voters in Georgia and Alabama stayed at home.", set()),
        ("He moved from Lebanon, Pa., to Ohio.", set()),
    ],
)
def test_states_people_and_seats_are_no_countries(article, text, names):
    assert entities(article(text), "country") == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("The visit harmed US-Israel relations.", {"United States", "Israel"}),
        ("The visit harmed U.S.-Israel ties.", {"United States", "Israel"}),
        ("The visit harmed U.S.-Israeli ties.", {"United States"}),
        ("The Iran-Iraq war lasted eight years.", {"Iran", "Iraq"}),
        ("A wall on the US-Mexico border was begun.", {"United States", "Mexico"}),
        ("The China-Russia pact was signed.", {"China", "Russia"}),
        ("The US-Mexico-Canada pact was signed.", {"United States", "Mexico", "Canada"}),
        ("A North Korea-South Korea summit was held.", {"North Korea", "South Korea"}),
        ("Guinea-Bissau voted on Monday.", {"Guinea-Bissau"}),
        ("French-German talks went on.", set()),
        ("The U.S.-led talks failed.", set()),
        ("Voters in Winston-Salem stayed at home.", set()),
        ("The pro-Israel group marched.", set()),
        ("Ada Chad-Berg said no.", set()),
    ],
)
def test_countries_that_a_hyphen_joins_are_both_named(article, text, names):
    assert entities(article(text), "country") == names


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The White House denied the report.", "White House"),
        ("Washington denied the report.", "Washington"),
        ("Moscow denied the report.", "Moscow"),
        ("The Kremlin denied the report.", "Kremlin"),
        ("Beijing denied the report.", "Beijing"),
        ("Tehran said no.", "Tehran"),
        ("Downing Street said no.", "Downing Street"),
        ("Capitol Hill said no.", "Capitol Hill"),
        ("Kyiv said no.", "Kyiv"),
        ("Ankara said no.", "Ankara"),
    ],
)
def test_a_government_named_by_its_place_is_kept_apart_and_joined_on_request(article, text, name):
    written, joined = (
        resolve_mentions(article(text), places=places) for places in ("as written", "with their country")
    )
    assert written["entity"].tolist() == [name] and written["entity_kind"].tolist() == ["seat"]
    assert joined["entity_kind"].tolist() == ["country"] and joined["entity"].tolist() != [name]


def test_an_unknown_way_with_places_is_refused(article):
    with pytest.raises(ValueError, match="as written"):
        resolve_mentions(article("Moscow said no."), places="joined")


# -- parties and groups


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("Democrats blocked the bill.", "Democrats", "party"),
        ("The Republicans left.", "Republicans", "party"),
        ("House Democrats passed it.", "House Democrats", "party"),
        ("Senate Republicans refused.", "Senate Republicans", "party"),
        ("The G.O.P. lost seats.", "Republicans", "party"),
        ("The Democratic Party won.", "Democrats", "party"),
        ("The Republican Party won.", "Republicans", "party"),
        ("Labour lost Leeds.", "Labour", "party"),
        ("The Conservatives lost.", "Conservatives", "party"),
        ("The Tea Party marched.", "Tea Party", "group"),
        ("Alabama Republicans stood by him.", "Alabama Republicans", "party"),
        ("The Obama administration sued.", "Obama administration", "body"),
        ("The Holt campaign paid for it.", "Holt campaign", "body"),
        ("The House GOP split.", "House Republicans", "party"),
    ],
)
def test_parties_and_groups_are_entities_of_their_own(article, text, name, kind):
    found = resolve_mentions(article(text))
    assert (name, kind) in set(zip(found["entity"], found["entity_kind"], strict=True))


def test_a_democratic_senator_and_a_republic_are_no_party(article):
    assert not entities(article("The Democratic senator left. A republican form of rule was voted on."), "party")


# -- headlines


def in_headline(headline: str, text: str) -> set[str]:
    row = {"article_id": "a1", "outlet": "o", "headline": headline, "text": text}
    table = framing.read_articles(pd.DataFrame([row]))
    found = resolve_mentions(table)
    passages = framing.find_passages(table)
    head = passages[passages["zone"] == "headline"]
    assert len(head) == 1, "the headline is read as headline"
    return set(found.loc[(found["start"] < head["end"].iloc[0]), "entity"])


BODY = (
    "President Lena Brandt spoke in Akron on Monday. Senator Karl Dunn answered her there.\n\n"
    "Brandt said that the bill was good. Dunn, who leads the committee, said that it was bad.\n\n"
    "Brandt said she would sign it anyway."
)


@pytest.mark.parametrize(
    ("headline", "names"),
    [
        ("Brandt Says Defense Bill Will Pass In February", {"Lena Brandt"}),
        ("Brandt Sees One-in-Three Chance G.O.P. Will Lose House", {"Lena Brandt"}),
        ("Brandt Taunts G.O.P. for Ignoring Jobs Bill", {"Lena Brandt"}),
        ("Brandt Defends NSA Programs, Says Congress Knew About Surveillance", {"Lena Brandt"}),
        ("Dunn to Brandt: We won't pay for 'that wall!'", {"Lena Brandt", "Karl Dunn"}),
        ("F.B.I. 'Destroyed' Dunn’s Life for Lying, Brandt Says, but 'Nothing Happened'", {"Lena Brandt", "Karl Dunn"}),
        ("U.S.-Led Talks Fail as Brandt Walks Out", {"Lena Brandt"}),
        ("Dunn and Brandt Trade Barbs Over U.S. Debt", {"Lena Brandt", "Karl Dunn"}),
        ("Brandt's Bill Is Dead, Dunn Says", {"Lena Brandt", "Karl Dunn"}),
        ("Brandt, in Akron, Attacks U.S. Senate", {"Lena Brandt"}),
        ("BRANDT: DUNN IS WRONG", {"Lena Brandt", "Karl Dunn"}),
        ("Sen. Dunn Blasts Brandt's 'Bad' Bill", {"Lena Brandt", "Karl Dunn"}),
    ],
)
def test_people_of_the_text_are_found_in_its_headline(headline, names):
    assert names <= in_headline(headline, BODY)


CHAMBERS = BODY + (
    "\n\nThe House will vote on Friday. The Senate has voted, and the House has not. The Pentagon asked Congress for "
    "more money. The Supreme Court was silent."
)


@pytest.mark.parametrize(
    ("headline", "bodies"),
    [
        ("Brandt Sees Chance G.O.P. Will Lose House", {"House"}),
        ("Lena Brandt: Republicans May Lose Control Of House", {"House"}),
        ("Brandt: '1-in-3 chance' Republicans could lose House in November", {"House"}),
        ("Democrats Take Control of House and Senate", {"House", "Senate"}),
        ("Democrats Win Senate", {"Senate"}),
        ("Senate Passes Farm Bill", {"Senate"}),
        ("Supreme Court Upholds Farm Law", {"Supreme Court"}),
        ("Congress Fails To Pass Budget", {"Congress"}),
        ("Brandt Urges Congress to Act", {"Congress"}),
        ("Brandt Sues Pentagon", {"Pentagon"}),
        ("Blast Hits White House", set()),
        ("Senate Republicans Block Bill", set()),
        ("Fire Guts Opera House in Akron", set()),
        ("State Senate Blocks Dunn Bill", set()),
        ("Ohio House Votes Down Bill", set()),
        ("Dunn Woos House Democrats", set()),
    ],
)
def test_bodies_of_the_text_are_found_in_its_headline(headline, bodies):
    assert in_headline(headline, CHAMBERS) & {"House", "Senate", "Congress", "Pentagon", "Supreme Court"} == bodies


def test_a_body_named_like_a_thing_of_the_text_is_not_in_the_headline():
    text = CHAMBERS + "\n\nThe fire began in a house by the river."
    assert "House" not in in_headline("Two Die as Fire Sweeps House in Akron", text)


def test_a_family_name_that_comes_first_is_found_in_a_headline():
    assert "Cho Min Ho" in in_headline(
        "Cho accepts invitation to Akron", BODY + "\n\nCho Min Ho, the premier, said yes."
    )


def test_words_of_a_headline_are_no_body():
    found = framing.read_articles(
        pd.DataFrame(
            [
                {
                    "article_id": "a1",
                    "outlet": "o",
                    "text": BODY,
                    "headline": "ACLU Condemns Tea Party Anger In Resolution",
                }
            ]
        )
    )
    assert not any("Condemns" in name for name in resolve_mentions(found)["entity"])


# -- those who made what is quoted


@pytest.fixture
def speaker(article):
    """Who is said to say the content that holds these words."""

    def find(text: str, words: str) -> str | None:
        quotes = framing.find_quotes(article(text))
        hit = [row.speaker for row in quotes.itertuples() if words in row.content and not row.nested]
        return None if not hit or pd.isna(hit[0]) else hit[0]

    return find


@pytest.mark.parametrize(
    ("text", "words", "name"),
    [
        ("Senator Lena Brandt wrote on Monday. Brandt’s letter said that the dam was unsafe.", "unsafe", "Lena Brandt"),
        (
            "A statement from Harbour Bank came late. The statement said that no money was lost.",
            "no money",
            "Harbour Bank",
        ),
        (
            "Senator Lena Brandt released a statement on Monday. The statement said that the dam was unsafe.",
            "unsafe",
            "Lena Brandt",
        ),
        ("Senator Lena Brandt posted a video. “We will win,” the video says.", "We will win", "Lena Brandt"),
        ("Senator Lena Brandt sued. Her lawsuit says that the dam was unsafe.", "unsafe", "Lena Brandt"),
        (
            "Senator Lena Brandt was angry. Brandt’s account tweeted: “The dam is a disgrace and it must go.”",
            "disgrace",
            "Lena Brandt",
        ),
        ("A letter by Lena Brandt, the senator, said that the dam was unsafe.", "unsafe", "Lena Brandt"),
        ("Karl Dunn sent a memo to Lena Brandt. The memo said that the dam was unsafe.", "unsafe", "Karl Dunn"),
        ("A White House statement said that the dam was unsafe.", "unsafe", "White House"),
        (
            "In a letter, Lena Brandt asked for help. The letter warned that the dam was unsafe.",
            "unsafe",
            "Lena Brandt",
        ),
        ("A report said that the dam was unsafe. Lena Brandt nodded.", "unsafe", "report"),
    ],
)
def test_what_is_written_speaks_for_whoever_wrote_it(speaker, text, words, name):
    assert speaker(text, words) == name


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("President Lena Holt spoke. The administration sued on Monday.", True),
        ("The Holt administration spoke. The administration sued on Monday.", True),
        ("Former President Lena Holt spoke. The administration sued on Monday.", False),
        ("President Lena Holt met President Karl Dunn. The administration sued on Monday.", False),
        ("The administration of the school spoke on Monday to President Lena Holt.", False),
    ],
)
def test_the_administration_is_that_of_the_one_president_of_the_text(article, text, found):
    assert ("Holt administration" in entities(article(text), "body")) is found


# -- the review of names, and decisions on them

TWO = (
    "Senator Chuck Holt spoke in Akron. Holt said that the dam was safe. Ann Holt, a farmer, said that it was not.",
    "Senator Charles Holt spoke in Akron. Democrats cheered. The White House said that the dam was safe.",
)


def test_every_name_is_listed_with_its_variants_counts_and_doubts_first():
    table = framing.names(corpus(*TWO))
    rows = table.set_index("name")
    assert set(rows.loc["Chuck Holt", "variants"].split("; ")) == {"Holt", "Chuck Holt", "Charles Holt"}
    assert rows.loc["Chuck Holt", ["n_articles", "n_outlets", "role"]].tolist() == [2, 2, "other official"]
    assert "Ann Holt" in rows.loc["Chuck Holt", "doubt"] and "Charles Holt" in rows.loc["Chuck Holt", "doubt"]
    assert rows.loc["Democrats", "kind"] == "party" and rows.loc["White House", "kind"] == "place"
    doubtful = table["doubt"].notna().tolist()
    assert doubtful == sorted(doubtful, reverse=True) and any(doubtful) and not all(doubtful)


def test_no_articles_no_names():
    assert framing.names(corpus("")).empty


@pytest.mark.parametrize(
    ("decisions", "people"),
    [
        ('[rename]\n"Charles Holt" = "Senator H"', {"Senator H", "Ann Holt"}),
        ('[rename]\n"Chuck Holt" = "Senator H"', {"Senator H", "Ann Holt"}),
        ('drop = ["Ann Holt"]', {"Chuck Holt"}),
        ('[merge]\n"Ann Holt" = ["Charles Holt", "Chuck Holt"]', {"Ann Holt"}),
        ('[split]\n"Charles Holt" = ["Chuck Holt"]', {"Charles Holt", "Chuck Holt", "Ann Holt"}),
        ('[group]\n"Opposition" = ["Charles Holt"]', {"Ann Holt"}),
    ],
)
def test_decisions_are_taken_before_counting_in_mentions_and_speakers(tmp_path, decisions, people):
    path = tmp_path / "names.toml"
    path.write_text(decisions, encoding="utf-8")
    found = resolve_mentions(corpus(*TWO), names=path)
    assert set(found.loc[found["entity_kind"] == "person", "entity"]) == people
    speakers = set(framing.find_quotes(corpus(*TWO), names=path)["speaker"].dropna()) - {"White House"}
    assert speakers <= people | {"Opposition"}
    if "group" in decisions:
        assert "Opposition" in speakers and set(found.loc[found["entity"] == "Opposition", "entity_kind"]) == {"group"}


@pytest.mark.parametrize(
    ("text", "message"),
    [("[marge]\n", "marge"), ("drop = 3", "list of names"), ("[merge\n", "TOML"), ("[merge]\na = 1", "list of names")],
)
def test_a_file_of_decisions_that_says_something_else_is_refused(tmp_path, text, message):
    (tmp_path / "names.toml").write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=message):
        resolve_mentions(corpus(*TWO), names=tmp_path)


def test_decisions_beside_the_articles_reach_every_table_and_the_manifest(tmp_path):
    for outlet, text in zip(("Gazette", "Courier"), TWO, strict=True):
        (tmp_path / outlet).mkdir()
        (tmp_path / outlet / "one.txt").write_text("A dam\n\n" + text, encoding="utf-8")
    (tmp_path / "names.toml").write_text('[rename]\n"Charles Holt" = "Senator H"', encoding="utf-8")
    analysis = framing.analyze(tmp_path)
    for table, column in (("tone", "target"), ("emphasis", "item"), ("names", "name"), ("quotes", "speaker")):
        values = set(analysis.tables[table][column].dropna())
        assert "Senator H" in values and "Charles Holt" not in values, table
    assert analysis.choices["names"].endswith("names.toml") and len(analysis.choices["names_sha256"]) == 64


# -- certainty


def test_a_speaker_who_is_named_is_certain_and_a_doubtful_one_is_missing(article):
    table = article("Pia Lund met Ada Berg in Oslo. “It rained,” Pia Lund said. She said that she was wet.")
    sure = framing.find_quotes(table, threshold=0.0)
    assert sure.loc[sure["source"] == "Pia Lund", "certainty"].tolist() == [1.0]
    she = sure[sure["source"] == "She"]
    assert (she["certainty"] < 1).all() and she["speaker"].notna().all()
    strict = framing.find_quotes(table, threshold=0.99)
    assert len(strict) == len(sure) and strict.loc[strict["source"] == "She", "speaker"].isna().all()
    assert strict.loc[strict["source"] == "Pia Lund", "speaker"].tolist() == ["Pia Lund"]


# -- deeds that are no words, and titles of shows that are no scare quotes


@pytest.mark.parametrize(
    "text",
    [
        "President Holt vetoed the measure on Friday.",
        "Governor Brandt pardoned two farmers.",
        "The senator took criticism from both parties.",
        "Dunn faced criticism from farmers over the dam.",
        "The mayor drew praise from shopkeepers.",
        "The House passed the measure on Monday.",
        "The grand jury indicted the banker.",
        "The committee subpoenaed the records.",
        "The Senate overrode the veto.",
        "The council enacted the plan in May.",
        "Holt delayed the vote on the treaty.",
        "Democrats staged a vote on the plan.",
        "He got an earful from voters in Akron.",
    ],
)
def test_a_deed_is_no_attribution(article, text):
    assert framing.find_quotes(article(text)).empty


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Holt spoke on NBC’s “Meet the Press” on Sunday.", "Press"),
        ("“It is over,” Holt said on CBS’ “Face the Nation.”", "Nation"),
        ("Dunn told “Fox News Sunday” that the dam was unsafe.", "Sunday"),
        ("Appearing on ABC’s “This Week,” Brandt denied it.", "Week"),
        ("In an interview with “60 Minutes,” Holt wept.", "Minutes"),
        ("She was a guest on “The Late Show” in May.", "Show"),
        ("He hosts “The Morning Hour” on public radio.", "Hour"),
        ("Asked about it on “Good Morning America,” Dunn shrugged.", "America"),
        ("The senator, on “State of the Union,” refused to answer.", "Union"),
        ("Brandt will be on “Hannity” tonight.", "Hannity"),
        ("He watched “Fox & Friends” every day.", "Friends"),
    ],
)
def test_the_title_of_a_show_is_nobodys_words(article, text, title):
    quotes = framing.find_quotes(article(text))
    assert not any(title in content for content in quotes["content"])


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Holt called the plan “reckless.”", "reckless"),
        ("“Bring It On,” Holt said.", "Bring It On"),
        ("Holt insisted on “a fair deal.”", "a fair deal"),
        ("The sign on the wall read “Keep Out.”", "Keep Out"),
    ],
)
def test_words_in_marks_that_are_no_show_stay(article, text, words):
    assert any(words in content for content in framing.find_quotes(article(text))["content"])


@pytest.mark.parametrize(
    ("text", "words", "name"),
    [
        (
            "Ada Berg won. The remarks echo those of his successor, Ivo Dahl, who asserted that the dam was unsafe.",
            "unsafe",
            "Ivo Dahl",
        ),
        (
            "Ada Berg spoke for the Washington Post. The Washington Post said that the dam was unsafe.",
            "unsafe",
            "Washington Post",
        ),
        ("The State Department said that the dam was unsafe.", "unsafe", "State Department"),
        ("Indiana lawmakers said that the dam was unsafe.", "unsafe", "Indiana lawmakers"),
    ],
)
def test_who_means_the_name_beside_it_and_papers_keep_theirs(speaker, text, words, name):
    assert speaker(text, words) == name


# -- a word that opens the sentence, and names that begin small


@pytest.mark.parametrize(
    "text",
    [
        "Anna Berg left. Following Berg, the council rose.",
        "Anna Berg left. Following Berg’s speech, all rose.",
        "Anna Berg lost. Unlike Berg, the mayor kept his seat.",
        "Anna Berg lost. Despite Berg, the harbour was built.",
        "Anna Berg won. Plus Berg has friends.",
        "Anna Berg wrote to us. Hi Berg, we answered.",
        "Anna Berg won. Like Berg, many voters want change.",
        "Anna Berg won. Besides Berg, nobody ran.",
        "Anna Berg spoke. Regarding Berg, the court was silent.",
        "Anna Berg voted. Including Berg, ten members voted.",
    ],
)
def test_a_word_that_opens_a_sentence_is_no_given_name(people, text):
    assert people(text) == {"Anna Berg"}


@pytest.mark.parametrize(
    "name",
    [
        "Joe diMarenna",
        "Anna deLasso",
        "Bill vonTramm",
        "Rosa daCosta",
        "Paul laRue",
        "Maria diPalma",
        "John deWitt",
        "Emma duPree",
        "Karl vanHolt",
        "Lena leBron",
    ],
)
def test_a_surname_may_begin_with_a_small_particle(people, name):
    text = f"Attorney {name} spoke on Monday. “It is over,” {name.split()[1]} said."
    assert people(text) == {name}


# -- names of other lands: particles, two surnames, accents, initials, the surname first


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (
            "Ursula van der Linde spoke in Ghent. Van der Linde said no. Mrs. van der Linde left.",
            "Ursula van der Linde",
        ),
        ("Bill de Rosa ran for mayor. De Rosa said no. Critics of de Rosa left.", "Bill de Rosa"),
        ("Karim bin Saleh opened the tower. Sheikh Karim said no. Bin Saleh is old.", "Karim bin Saleh"),
        ("Tarek al-Masrin spoke. Al-Masrin said no. Mr. al-Masrin left. Masrin smiled.", "Tarek al-Masrin"),
        ("Virgil van Dorp limped off. Van Dorp said no.", "Virgil van Dorp"),
        ("Kevin De Bruin scored. De Bruin said no. Fans sang for De Bruin.", "Kevin De Bruin"),
        ("Guido von Haus sold the bank. Von Haus said no. Mr. von Haus left.", "Guido von Haus"),
        ("Oscar de la Cerna won. De la Cerna said no.", "Oscar de la Cerna"),
        ("Leonardo da Costa sang. Da Costa said no. Costa is 40.", "Leonardo da Costa"),
        ("Jeroen van den Burg won. Van den Burg said no. The judges liked van den Burg.", "Jeroen van den Burg"),
        ("Marc du Pont sued. Du Pont said no. Mr. du Pont won.", "Marc du Pont"),
        ("Adel el-Nasri fled. El-Nasri said no. Nasri is 59.", "Adel el-Nasri"),
    ],
)
def test_a_particle_is_part_of_a_surname_whatever_its_capitals(people, text, name):
    assert people(text) == {name}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Andrés Manuel Lopez Marin spoke. Lopez Marin said no. Mr. Lopez Marin left.", {"Andrés Manuel Lopez Marin"}),
        ("Claudia Sandbaum Pardo won. Sandbaum said it was time.", {"Claudia Sandbaum Pardo"}),
        ("Pedro Sánchez Prado met the king. Sánchez said no. Mr. Sanchez is 52.", {"Pedro Sánchez Prado"}),
        ("Gabriel Gala Marquez wrote. Gala Marquez said no. Gala is read.", {"Gabriel Gala Marquez"}),
        ("Enrique Palma Nieto came. Palma Nieto said no. Palma left.", {"Enrique Palma Nieto"}),
        (
            "Santiago Solari Ruiz and Marta Ruiz won. Solari said it was luck. Ruiz said it was skill.",
            {"Santiago Solari Ruiz", "Marta Ruiz"},
        ),
        ("Felipe Caldera Hinojo ruled. Caldera said no. Mr. Caldera left.", {"Felipe Caldera Hinojo"}),
        ("Judge Amy Lerman Jacobs ruled. Jacobs said no. Judge Jacobs left.", {"Amy Lerman Jacobs"}),
        ("Javier Ortiz Smith left. Ortiz Smith said no. Ortiz will return.", {"Javier Ortiz Smith"}),
        ("Helena Bonner Carter sang. Bonner Carter said no.", {"Helena Bonner Carter"}),
        ("Alba Romero-Costa ran. Romero-Costa said no. Ms. Romero-Costa won.", {"Alba Romero-Costa"}),
    ],
)
def test_of_two_surnames_either_may_stand_for_the_whole(people, text, names):
    assert people(text) == names


def test_a_bare_second_surname_is_whoever_has_no_other(meant):
    text = "Santiago Solari Ruiz and Marta Ruiz won. Solari said it was luck. Ruiz said it was skill."
    assert meant(text, "Ruiz") == "Marta Ruiz" and meant(text, "Solari") == "Santiago Solari Ruiz"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("José Muñara won. Jose Munara said no.", "Jose Munara"),
        ("Angela Mérino came. Merino said no.", "Merino"),
        ("Zlatan Ibravić scored. Ibravic said no.", "Ibravic"),
        ("Tayyip Erdağ spoke. Erdag said no.", "Erdag"),
        ("Lars Sjöblom ran. Sjoblom said no.", "Sjoblom"),
        ("Adam Żakow hid. Zakow said no.", "Zakow"),
        ("Emmanuel Lefèbre came. Lefebre said no.", "Lefebre"),
        ("Peter Sørling sang. Sorling said no.", "Sorling"),
        ("Maria Goncalo sang. Gonçalo said no.", "Gonçalo"),
        ("Milan Dvořan ruled. Dvoran said no.", "Dvoran"),
    ],
)
def test_a_name_is_one_with_and_without_its_accents(meant, people, text, words):
    assert len(people(text)) == 1 and {meant(text, words)} == people(text)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("J.K. Holm wrote. Holm said no. J. K. Holm left.", 1),
        ("Lt. Gen. H.R. Master spoke. Gen. Master said no. Master left.", {"H.R. Master"}),
        ("The crowd met R. Kelman on Sunday. Kelman said no.", {"R. Kelman"}),
        ("Sen. J.D. Vane spoke. Vane said no.", {"J.D. Vane"}),
        ("The court heard T.S. Mohr. Mohr said that it was true.", {"T.S. Mohr"}),
        ("A critic, A.O. Scottman, agreed. Scottman said no.", {"A.O. Scottman"}),
        ("W. James Antel wrote. Antel said no.", {"W. James Antel"}),
        ("Dr. M.S. Donald hit a six. Donald said no.", {"M.S. Donald"}),
        ("The prize went to E.J. Donne. Donne said yes.", {"E.J. Donne"}),
        ("Justice P.N. Bhagwan ruled. Bhagwan said no.", {"P.N. Bhagwan"}),
    ],
)
def test_initials_are_a_first_name(people, text, names):
    assert len(people(text)) == 1 if names == 1 else people(text) == names


@pytest.mark.parametrize(
    ("text", "words", "name"),
    [
        ("Mohammed bin Salar met an envoy. MBS left early.", "MBS", "Mohammed bin Salar"),
        ("Alexandria Ocado-Cole voted. AOC said no.", "AOC", "Alexandria Ocado-Cole"),
        ("Lee Kuan Yong founded it. Lee said no. His son, Lee Hsien Long, won.", "Lee", "Lee Kuan Yong"),
        ("Aung San Suu Kyo was jailed. Suu Kyo said no.", "Suu Kyo", "Aung San Suu Kyo"),
        ("Yoon Suk Yon spoke. Mr. Yoon said no.", "Yoon", "Yoon Suk Yon"),
        ("Carrie Lam Cheng Yuet-no quit. Lam said no.", "Lam", "Carrie Lam Cheng Yuet-no"),
        ("Premier Shigeru Ishida resigned. Ishida Shigeru had led since May.", "Ishida Shigeru", "Ishida Shigeru"),
        ("Ma Ying-jo flew. Mr. Ma said no.", "Ma", "Ma Ying-jo"),
        ("Nguyen Phu Trang led. Trang said no.", "Trang", "Nguyen Phu Trang"),
        ("Tsai Ing-wan won. Ms. Tsai said no.", "Tsai", "Tsai Ing-wan"),
    ],
)
def test_short_forms_of_names_from_elsewhere(meant, text, words, name):
    assert meant(text, words) == name


def test_across_outlets_a_surname_of_several_words_is_the_full_name(article):
    table = pd.concat(
        [
            article("Ursula van der Linde spoke. Alba Romero-Costa and Javier Ortiz Smith said no."),
            article("Van der Linde said no. Romero-Costa agreed. Mr. Ortiz Smith said yes."),
        ]
    ).assign(article_id=["one", "two"])
    assert entities(table, "person") == {"Ursula van der Linde", "Alba Romero-Costa", "Javier Ortiz Smith"}


# -- rivers, ships, storms and buildings are nobody


@pytest.mark.parametrize(
    "text",
    [
        "Heavy rain swelled the Danube. The Danube is expected to fall by Friday.",
        "The Severn burst its banks, and the Severn was still rising on Tuesday.",
        "Hurricane Ida killed 12 people. Ida weakened, and Ida is expected to move north.",
        "Storm Eunice battered Kent. Eunice was the worst in years. Eunice left homes without power.",
        "Typhoon Haiyan hit Leyte. Haiyan killed thousands. Nurses said Haiyan had destroyed it.",
        "The container ship Ever Given ran aground. The Ever Given blocked traffic. Ever Given was refloated.",
        "The ferry Anna Maria sank. The Anna Maria was old. Anna Maria had been inspected.",
        "Trump Tower reopened on Friday. Workers at Trump Tower said the lifts had failed.",
        "The Charles Bridge was closed. The Charles was flooded.",
        "The Mary Rose sank in 1545. Divers raised the Mary Rose.",
        "Kelly Ingram Park was full on Sunday. Kelly Ingram Park was closed later.",
        "HMS Alice Grey sailed. USS John Pell followed.",
    ],
)
def test_things_with_names_are_no_people(people, text):
    assert people(text) == set()


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Rebecca Hall came on Monday. Hall said the play was hard.", "Rebecca Hall"),
        ("Mayor Grace Park said no.", "Grace Park"),
        ("Kari Lake lost. Lake said she won.", "Kari Lake"),
        ("Susan Street sang. Street said no.", "Susan Street"),
        ("Judge Michael Bay ruled.", "Michael Bay"),
    ],
)
def test_people_may_be_called_like_places(people, text, name):
    assert people(text) == {name}


@pytest.mark.parametrize("letters", ["JAXA", "PEMEX", "INEGI", "AFP", "RIA", "UEFA", "SBU", "BKA", "EFF", "RMT"])
def test_letters_are_a_body_and_nobody(article, letters):
    table = article(f"The union thanked {letters}. {letters} said it was glad.")
    assert entities(table, "person") == set() and letters in entities(table, "body", "party", "group")


def test_a_firm_named_after_two_is_one_speaker(article):
    quotes = framing.find_quotes(article("Johnson & Johnson said it would cooperate."))
    assert quotes["speaker"].tolist() == ["Johnson & Johnson"]


@pytest.mark.parametrize(
    ("text", "words", "name"),
    [
        ("Jamal Wade Sr. met his son, Jamal Wade Jr. The younger Wade slept.", "Wade", "Jamal Wade Jr."),
        ("Jamal Wade Sr. met his son, Jamal Wade Jr. The elder Wade slept.", "Wade", "Jamal Wade Sr."),
        ("Luiz Inácio Lula da Silva came. Lula said no. Lula da Silva left.", "Lula", "Luiz Inácio Lula da Silva"),
        ("Deputy Chief Ron Castle came. The chief said no.", "The chief", None),
        ("Deputy Chief Ron Castle came. The deputy chief said no.", "The deputy chief", "Ron Castle"),
        ("Assistant Coach Lea Moll sang. The coach said no.", "The coach", None),
        ("Letby-Shaw, 34, is in prison. Letby-Shaw said no.", "Letby-Shaw", "Letby-Shaw"),
        ("Director-General Tedros Adan said no. Adan left.", "Adan", "Tedros Adan"),
        ("Secretary-General Ana Guter said no. Guter left.", "Guter", "Ana Guter"),
        ("Attorney-General Mark Drey said no. Drey left.", "Drey", "Mark Drey"),
    ],
)
def test_who_is_meant_by_generation_rank_and_age(meant, text, words, name):
    assert meant(text, words) == name


def test_a_body_keeps_its_capital_at_the_start_of_a_sentence(article):
    quotes = framing.find_quotes(article("The vote was on Monday. Congress said the minister was wrong."))
    assert quotes["speaker"].tolist() == ["Congress"]


FATHER_AND_SON = [
    "Donald J. Holt was named on Tuesday. Mr. Holt spoke. Donald Holt Jr., his eldest son, spoke later.",
    "Donald Holt was named on Tuesday. Mr. Holt spoke. A reply came from Donald Holt Jr. The votes were counted.",
    "Owen K. Ware sold the mill. His son, Owen Ware Jr., bought it.",
    "Owen Ware sold the mill. Later Owen Ware Jr. bought it. “It was cheap,” said the younger Mr. Ware.",
    "Frank L. Doyle spoke first. Frank Doyle Jr. spoke last.",
    "Peter Lund left the firm. Peter Lund Jr., namesake of the founder, stayed.",
    "Peter Lund Jr. stayed, and his father, Peter A. Lund, left.",
    "Carl Moss runs the bank. Carl Moss Sr., his father, founded it.",
    "James Reyes II opened the school. James B. Reyes closed it.",
    "Harold Finch was mayor for years. Years later Harold Finch III ran for the seat.",
]


INITIALS = [
    "President Owen Ware signed it in 1990. His son, President Owen T. Ware, signed another in 2001.",
    "It was used twice: by President George Holt in 1990 and by his son, President George W. Holt, in 2001.",
    "Peter A. Lund founded the firm. His grandson, Peter Lund, sold it.",
    "Ann Moss led the union. Her daughter Ann B. Moss leads it now.",
    "Carl Finch was the mayor, whose eldest son, Carl D. Finch, ran the mill.",
    "Hal Dorn spoke first. His father, Senator Hal R. Dorn, spoke last.",
    "Rita Berg closed the mill. Her niece, Rita K. Berg, opened it again.",
    "James Reyes taught here. His nephew, former Mayor James T. Reyes, studied here.",
    "Frank Doyle lost. His brother, Francis Doyle, won.",
    "Donald Shaw spoke. His father, Judge Donald F. Shaw, listened.",
]


@pytest.mark.parametrize("text", [*FATHER_AND_SON, *INITIALS])
def test_relatives_of_one_name_are_two(article, text):
    found = framing.names(article(text))
    people = found[found["kind"] == "person"]["name"]
    assert len(people) == 2, people.tolist()


def test_one_article_with_a_son_takes_no_name_from_the_father_of_all_the_others():
    texts = [f"Donald Holt spoke on day {n}. Mr. Holt left." for n in range(6)]
    texts.append("Donald Holt Jr. spoke on Monday. Mr. Holt left at noon.")
    rows = [{"article_id": str(n), "outlet": "Gazette", "text": text} for n, text in enumerate(texts)]
    found = framing.names(framing.read_articles(pd.DataFrame(rows), clean=False)).set_index("name")["n_articles"]
    assert found.to_dict() == {"Donald Holt": 6, "Donald Holt Jr.": 1}


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Ivana Holt", "Ivanka Holt", False),
        ("Marina Sands", "Martina Sands", False),
        ("Robin Hale", "Robert Hale", False),
        ("Anna Lind", "Anita Lind", False),
        ("Carlos Vega", "Carla Vega", False),
        ("Elena Marsh", "Elenora Marsh", False),
        ("Sergei Orlov", "Sergey Orlov", True),
        ("Hassan Diab", "Hasan Diab", True),
        ("Sara Berg", "Sarah Berg", True),
        ("Phillip Reed", "Philip Reed", True),
        ("Steven Cole", "Stephen Cole", True),
    ],
)
def test_two_given_names_are_two_people_and_two_spellings_of_one_are_one(one, other, same):
    assert same_person(one, other) is same


@pytest.mark.parametrize(
    "text",
    [
        "He had a voice in major American investments. They pressed American diplomats twice.",
        "None of the major TV networks covered it. TV is dying.",
        "She is a chief Democratic negotiator. The Democratic bill failed.",
        "Many of the major Republican candidates left. A Republican bill failed.",
        "They must report to the Justice Department. The Justice Department said no.",
        "Marovia's Justice Ministry asked for it. The Justice Ministry will wait.",
        "A private German investor bought it. German law forbids it.",
        "The chief British negotiator left. British rules stay.",
        "The former chief European regulator spoke. European rules stay.",
        "A general Labour Party meeting was called. General Motors sold cars.",
        "The Judge Committee met. The Senator League met.",
        "He called the top general NATO official. NATO said no.",
    ],
)
def test_a_rank_that_is_an_adjective_makes_nobody_of_the_word_behind_it(people, text):
    assert people(text) == set()


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Last spring the billionaire Paul Singer wrote a check. Singer signed on in May.", "Paul Singer"),
        ("Chris Baker left. Baker said no.", "Chris Baker"),
        ("He met Anna Shepherd there. Shepherd said no.", "Anna Shepherd"),
        ("The donor, Peter Marshal, paid. Marshal said no.", "Peter Marshal"),
        ("Lucy Bishop sang. Bishop said it was fun.", "Lucy Bishop"),
        ("He challenged David King to a debate. King said no.", "David King"),
        ("Mary Nurse voted. Nurse said no.", "Mary Nurse"),
        ("Tom Carpenter built it. Carpenter said it will last.", "Tom Carpenter"),
        ("They heard Jane Farmer sing. Farmer said it was late.", "Jane Farmer"),
        ("Robert Major ran. Major said he would win.", "Robert Major"),
        ("Emma Pope won. Pope said it was luck.", "Emma Pope"),
    ],
)
def test_a_surname_may_be_a_trade(people, text, name):
    assert people(text) == {name}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Channel News’ Bret Kaier noticed it. Kaier said no.", "Bret Kaier"),
        ("The Wire's Ada Holm wrote it. Holm said no.", "Ada Holm"),
        ("Fox Times’ Ann Berg asked. Berg said no.", "Ann Berg"),
        ("The Jets’ Tim Orban ran. Orban said it hurt.", "Tim Orban"),
        ("Reuters’ Eva Lind saw it. Lind said no.", "Eva Lind"),
        ("The Democrats’ Paul Dorn lost. Dorn said no.", "Paul Dorn"),
        ("Marovia’s Jan Petek won. Petek said no.", "Jan Petek"),
        ("The Eagles' Mark Stroud fell. Stroud said no.", "Mark Stroud"),
        ("Slate Politics’ Lea Moor asked. Moor said no.", "Lea Moor"),
        ("The Greens’ Karl Vogt spoke. Vogt said no.", "Karl Vogt"),
    ],
)
def test_whose_somebody_is_is_no_part_of_the_name(people, text, name):
    assert people(text) == {name}


@pytest.mark.parametrize(
    ("text", "source", "name"),
    [
        ("Holt aides said the plan is done. Ada Holt left.", "Holt aides", "Holt aides"),
        ("Holt supporters said no. Senator Holt left.", "Holt supporters", "Holt supporters"),
        ("Most of the vulnerable members said they would wait.", "Most", "most of the vulnerable members"),
        ("Many of the senators said they would wait.", "Many", "many of the senators"),
        ("Some of her friends said she would wait.", "Some", "some of her friends"),
        ("Gov. Ann Berg and Sen. Jo Lund as well as Mayor Tim Orr said no.", "Gov", "Ann Berg; Jo Lund; Tim Orr"),
        ("Ann Berg as well as Jo Lund said the plan was dead.", "Ann", "Ann Berg; Jo Lund"),
        ("A new poll that was taken in May shows the race is tight.", "poll", "new poll"),
        ("Berg backers say the vote was lost. Ann Berg left.", "Berg backers", "Berg backers"),
        ("Lund allies argue that it is over. Jo Lund left.", "Lund allies", "Lund allies"),
        ("Orr officials say that it is over. Tim Orr left.", "Orr officials", "Orr officials"),
    ],
)
def test_a_source_without_a_name_keeps_its_words(article, text, source, name):
    quotes = framing.find_quotes(article(text))
    hit = quotes[quotes["source"].fillna("").str.contains(source)]
    assert not hit.empty and hit["speaker"].iloc[0] == name


@pytest.mark.parametrize(
    "text",
    [
        "Owen Ware signed it. His wife cheered when Owen T. Ware left.",
        "Owen Ware signed it on Monday. Mr. Ware left. Owen T. Ware was born in Akron.",
        "George Holt spoke. His son was there. George W. Holt smiled.",
    ],
)
def test_one_person_with_a_family_stays_one(article, text):
    found = framing.names(article(text))
    assert found[found["kind"] == "person"]["name"].nunique() == 1


def test_relatives_of_one_article_stay_two_across_articles():
    rows = [
        {"article_id": "a", "outlet": "Gazette", "text": INITIALS[1]},
        {"article_id": "b", "outlet": "Courier", "text": "President George W. Holt spoke. Mr. Holt left."},
    ]
    found = framing.names(pd.DataFrame(rows)).set_index("name")
    assert found.loc["George W. Holt", "n_articles"] == 2 and found.loc["George Holt", "n_articles"] == 1


@pytest.mark.parametrize(
    ("outlet", "words", "name"),
    [
        ("New York Times", "The Times", "New York Times"),
        ("The New York Times", "The Times", "New York Times"),
        ("Washington Post", "The Post", "Washington Post"),
        ("The Boston Globe", "The Globe", "Boston Globe"),
        ("Wall Street Journal", "The Journal", "Wall Street Journal"),
        ("Daily Telegraph", "The Telegraph", "Daily Telegraph"),
    ],
)
def test_a_newspaper_that_calls_itself_by_its_last_word_means_itself(outlet, words, name):
    rows = [
        {"article_id": "a", "outlet": outlet, "text": f"The mayor told {words} that the bridge is safe. He left."},
        {
            "article_id": "b",
            "outlet": "Courier",
            "text": f"The mayor told the Quad-City {words[4:]} it was not. He left.",
        },
    ]
    found = resolve_mentions(pd.DataFrame(rows))
    assert name in set(found.loc[found["article_id"] == "a", "entity"])
    assert name not in set(found.loc[found["article_id"] == "b", "entity"])


def test_bodies_are_split_and_a_split_of_nobody_says_so(tmp_path):
    rows = [
        {"article_id": "a", "outlet": "Gazette", "text": "The mayor told The Times that the bridge is safe. He left."},
        {"article_id": "b", "outlet": "Courier", "text": "The mayor told the Quad-City Times it was not. He left."},
    ]
    path = tmp_path / "names.toml"
    path.write_text('[split]\n"Quad-City Times" = ["Times"]', encoding="utf-8")
    both = {"Quad-City Times", "Times"}
    assert both - set(resolve_mentions(pd.DataFrame(rows))["entity"]) == {"Times"}
    assert both <= set(resolve_mentions(pd.DataFrame(rows), names=path)["entity"])
    path.write_text('[split]\n"Quad-City Times" = ["Daily Planet"]', encoding="utf-8")
    with pytest.warns(UserWarning, match="no article names Daily Planet"):
        resolve_mentions(pd.DataFrame(rows), names=path)


# -- a variant that somebody declares is a mention wherever it stands


@pytest.mark.parametrize(
    ("variant", "text", "n"),
    [
        ("Dunn Aide", "Dunn Aide Calls Visit Unwise, a paper wrote.", 1),
        ("Iron Lady", "The Iron Lady laughed, and the Iron Lady left.", 2),
        ("the Iron Lady", "She was called the Iron Lady.", 1),
        ("senator from Akron", "The senator from Akron said that the dam was unsafe.", 1),
        ("Akron’s own", "Akron’s own laughed.", 1),
        ("Lenny", "Lenny laughed. “Go, Lenny,” they said.", 2),
        ("Lady Brandt", "Lady Brandt’s friends laughed.", 1),
        ("Iron Lady", "The Iron Lady-like laugh was heard, and the Iron Ladyship laughed.", 0),
        ("Senator", "Senator Lena Brandt laughed.", 1),  # one mention, and not two
        ("Lena", "A ship, Lena Pride, sank.", 0),
    ],
)
def test_a_declared_variant_is_a_mention_wherever_it_stands_as_written(article, variant, text, n):
    told = article(f"Senator Lena Brandt met President Karl Dunn. {text}")
    target = "Lena Brandt"
    plain = resolve_mentions(told, pronouns=False)
    found = resolve_mentions(told, pronouns=False, names={target: [variant]})
    start = told["text"].iloc[0].index(text)
    at = found[(found["entity"] == target) & (found["start"] >= start)]
    assert len(at) == n and set(at["entity_kind"]) <= {"person"}
    dunn = [table.loc[table["entity"] == "Karl Dunn", "start"].tolist() for table in (plain, found)]
    assert dunn[0] == dunn[1]  # "Dunn Aide" names him still


def test_a_declared_variant_stays_out_of_a_longer_name_and_reaches_headlines():
    row = {
        "article_id": "a1",
        "outlet": "o",
        "headline": "Dunn Aide Calls Visit ‘Unwise’",
        "text": "Lena Brandt, an aide to President Karl Dunn, called it unwise. She met Anna Fell. Ida Anna Fell left.",
    }
    table = framing.read_articles(pd.DataFrame([row]))
    mentions = resolve_mentions(table, names={"Lena Brandt": ["Dunn Aide"]}, pronouns=False)
    shares = emphasis_profile(emphasis(table, mentions=mentions))
    shares = shares[(shares["item"] == "Lena Brandt") & (shares["kind"] == "person")]
    assert shares["headline_share"].tolist() == [1]
    joined = resolve_mentions(table, names={"Lena Brandt": ["Anna"]}, pronouns=False)
    assert joined.loc[joined["mention"] == "Anna", "entity"].tolist() == []


@pytest.mark.parametrize(
    ("source", "members"),
    [
        ("More than a half-dozen House and Senate Democrats", 1),
        ("A half-dozen House and Senate Republicans", 1),
        ("Dozens of House and Senate members", 1),
        ("A number of House and Senate aides", 1),
        ("Several House and Senate Democrats", 1),
        ("At least 30 House and Senate Democrats", 1),
        ("About 20 House and Senate lawmakers", 1),
        ("House and Senate Democrats", 1),
        ("Senate and House Republicans", 1),
        ("Many House and Senate leaders", 1),
        ("Lena Brandt and Senate Democrats", 2),
        ("The White House and Senate Democrats", 2),
        ("House Democrats and Senate Republicans", 2),
    ],
)
def test_no_speaker_is_broken_off_a_group_of_two_houses(article, source, members):
    found = framing.find_quotes(article(f"The vote is near. {source} said on Monday that the dam was unsafe."))
    speakers = [name for row in found["speaker"].dropna() for name in row.split("; ")]
    assert len(speakers) == members and not any(name.endswith(("House", "Senate")) for name in speakers[members - 1 :])


# -- Firms, products, works and places that the parse takes for people


@pytest.mark.parametrize(
    ("text", "nobody"),
    [
        ("Shoppers spend hours on Plixigram. Plixigram is growing, and Plixigram pays for it.", "Plixigram"),
        ("The Vexotron Lite is cheaper than the old one. Fans of the Vexotron Lite were pleased.", "Vexotron Lite"),
        ("Marta Brandt Productions and ZDN made the show.", "Marta Brandt Productions"),
        ("NovaDrive launched its first van. NovaDrive will build two plants.", "NovaDrive"),
        ("Players can download Gloomhaven Rift on Friday, and Gloomhaven Rift costs nine dollars.", "Gloomhaven Rift"),
        ("Reviews of the Zephyr X4 are mixed. The Zephyr X4 is too slow.", "Zephyr X4"),
        ("Bakeries love the Krumbel Hybrid, a Krumbel with two ovens.", "Krumbel Hybrid"),
        ("Trade grew after Grexit. Grexit was a long affair.", "Grexit"),
        ("It was an odd fish shop. The Odd Fish opens at nine, and Odd Fish sells out by ten.", "Odd Fish"),
        ("Masten Orbital Systems won the contract, and Masten Orbital Systems will hire.", "Masten Orbital Systems"),
    ],
)
def test_what_no_article_shows_to_be_somebody_is_no_person(people, text, nobody):
    assert nobody not in people(text)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Merkel visited the northern towns on Monday. Crowds greeted Merkel.", "Merkel"),
        ("Reporters met Obama, and Obama said nothing new.", "Obama"),
        ("The Halvorsen administration fell. Halvorsen lost the vote.", "Halvorsen"),
        ("Lakshin Odebra relied on the votes of the south. The south relied on Odebra.", "Lakshin Odebra"),
        ("Jaafar ODEH, who took the photograph, lives in Haifa.", "Jaafar ODEH"),
        ("Tova Reinholt, 41, sells boats.", "Tova Reinholt"),
        ("Gwynne LeBrandt spoke. They thanked LeBrandt for the work.", "Gwynne LeBrandt"),
        ("Rusmik Ozarin said prices would rise.", "Rusmik Ozarin"),
        ("Anna Kessler joined the board. The Kessler plan is old.", "Anna Kessler"),
        ("Mr. Plovdan paid for it. Plovdan is rich.", "Plovdan"),
    ],
)
def test_who_speaks_travels_or_has_relatives_stays_somebody(people, text, name):
    assert name in people(text)


def test_a_bare_surname_that_one_article_does_not_explain_is_the_person_whom_another_names():
    table = corpus(
        "Olga Brenner signed the law on Monday.",
        "Two towns will lose money under the Brenner cuts. The Brenner cuts hurt.",
    )
    found = resolve_mentions(table)
    assert list(found.loc[found["mention"] == "Brenner", "entity"]) == ["Olga Brenner"] * 2


@pytest.mark.parametrize(
    ("text", "bodies"),
    [
        ("The Tariffs and Exchange Commission fined them.", {"Tariffs and Exchange Commission"}),
        ("The winners are Blue Origin, Firefly Aerospace and Boeing Co.", {"Blue Origin", "Firefly Aerospace"}),
    ],
)
def test_a_body_is_named_whole_and_two_bodies_are_two(article, text, bodies):
    assert bodies <= entities(article(text), "body")


@pytest.mark.parametrize("short", ["TV", "USB", "ASAP", "IPO"])
def test_capital_letters_for_things_are_no_body(article, short):
    assert short not in entities(
        article(f"Nobody knew what {short} meant. {short} was new, and {short} was dear."), "body"
    )
