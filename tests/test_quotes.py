"""`find_quotes`: one invented sentence for each way in which newspapers attribute words."""

from __future__ import annotations

import sys
from pathlib import Path

import pandas as pd
import pytest

from framing import find_quotes
from framing.quotes.cues import how_said
from framing.tables import COLUMNS
from framing.words import tokens

sys.path.insert(0, str(Path(__file__).parent / "benchmarks"))
import quotes_benchmark as benchmark


def spoken(quotes: pd.DataFrame, *words: str) -> pd.Series:
    """The outermost row whose content holds all of `words`; the test fails if there is none."""
    rows = quotes[[all(word in content for word in words) for content in quotes["content"]]]
    rows = rows[~rows["nested"].astype(bool) & (rows["kind"] != "scare")]
    assert len(rows), f"no quotation with {words} among {quotes['content'].tolist()}"
    return rows.iloc[0]


@pytest.mark.parametrize(
    ("text", "words", "source", "kind"),
    [
        (
            "The council met on Monday.\n\nThe new bridge will open in May, according to the city engineer.",
            ["bridge"],
            "engineer",
            "indirect",
        ),
        (
            "Mayor: “Nobody will lose a home”\n\nThe mayor spoke to tenants on Tuesday evening in the town hall.",
            ["Nobody will lose a home"],
            "Mayor",
            "direct",
        ),
        (
            "The minister met farmers.\n\nAnna Berg said that the harvest had failed in three provinces.",
            ["harvest had failed"],
            "Anna Berg",
            "indirect",
        ),
        (
            "“We will not sell the port,” Anna Berg said. “It belongs to the town.”",
            ["We will not sell", "It belongs"],
            "Anna Berg",
            "direct",
        ),
        ("Anna Berg fears that the port will be sold before the vote.", ["port will be sold"], "Anna Berg", "indirect"),
        (
            "Residents complained about the noise. The claim that the plant is safe was made by the company.",
            ["plant is safe"],
            None,
            "indirect",
        ),
        (
            "Anna Berg was quoted as saying that the ferry was too old to sail.",
            ["ferry was too old"],
            "Anna Berg",
            "indirect",
        ),
        (
            "Anna Berg called the plan “a gift to the rich” and left the hall.",
            ["a gift to the rich"],
            "Anna Berg",
            None,
        ),
        (
            "“The ferry,” Anna Berg told reporters on Friday, “is too old to sail.”",
            ["The ferry", "too old"],
            "Anna Berg",
            "direct",
        ),
        (
            "‘The ferry is too old to sail,’ Anna Berg said. ‘It leaks at both ends.’",
            ["The ferry", "leaks"],
            "Anna Berg",
            "direct",
        ),
    ],
)
def test_an_attribution_is_found_with_its_source(article, text, words, source, kind):
    row = spoken(find_quotes(article(text)), *words)
    assert kind is None or row.kind == kind
    assert source is None or source in row.source


def test_a_quotation_over_two_paragraphs_is_one_row(article):
    text = (
        "“We have waited for ten years,” said Anna Berg, who runs the harbour. “Nobody came.\n\n"
        "“Now they want our votes. They will not get them.”\n\nThe council meets again in May."
    )
    row = spoken(find_quotes(article(text)), "ten years", "want our votes")
    assert row.kind == "direct" and "Anna Berg" in row.source


def test_offsets_point_at_the_words(article):
    text = "The ferry, said Anna Berg, was “too old to sail”. The “people’s budget” passed."
    quotes = find_quotes(article(text))
    for row in quotes.itertuples():
        assert " … ".join(text[start:end] for start, end in row.content_spans) == row.content
        assert row.start == row.content_spans[0][0] and row.end == row.content_spans[-1][1]
        assert all(text[start:end] in row.source for start, end in row.source_spans)


def test_scare_quotes_are_the_outlets_own_words(article):
    quotes = find_quotes(article("The so-called “smart bins” cost the town two million crowns last year."))
    row = quotes[quotes["content"] == "smart bins"].iloc[0]
    assert (row.kind, row.voice) == ("scare", "outlet")
    assert pd.isna(row.source) and pd.isna(row.speaker)


def test_quotations_within_quotations_are_nested_rows(article):
    text = "Anna Berg told the court that the engineer had said the bridge was safe after the last inspection."
    quotes = find_quotes(article(text))
    inner = quotes[quotes["nested"].astype(bool)]
    assert any("engineer" in source for source in inner["source"])
    assert not find_quotes(article(text), nested=False)["nested"].any()


def test_furniture_is_left_out(article):
    text = "The council met.\n\n“Sign up for our newsletter today,” Anna Berg said.\n\nThe vote is in May."
    page = article(text)
    start = text.index("“Sign")
    page["known_zones"] = f'[[0, {start}, "body"], [{start}, {text.index("The vote")}, "furniture"]]'
    assert find_quotes(page).empty


def test_no_quotes_give_an_empty_table_with_all_columns(article):
    assert list(find_quotes(article("")).columns) == COLUMNS["quotes"]
    assert list(find_quotes(pd.DataFrame({"text": []})).columns) == COLUMNS["quotes"]


def test_results_do_not_depend_on_order_or_company():
    texts = ["Anna Berg said the ferry was old.", "“No,” said the mayor. “Never.”", "It rained in the hills."]
    table = pd.DataFrame({"article_id": ["a", "b", "c"], "text": texts})
    forward = find_quotes(table)
    backward = find_quotes(table.iloc[::-1])
    columns = ["article_id", "content", "cue", "source", "kind"]
    assert sorted(forward[columns].astype(str).values.tolist()) == sorted(backward[columns].astype(str).values.tolist())


def test_the_table_handed_out_can_be_changed_without_harm(article):
    page = article("Anna Berg said the ferry was old.")
    first = find_quotes(page)
    first["content"] = "changed"
    assert "changed" not in find_quotes(page)["content"].tolist()


def test_an_unknown_method_says_what_can_be_used(article):
    with pytest.raises(ValueError, match="'tagger', 'rules'"):
        find_quotes(article("He left."), method="magic")


def test_a_method_of_your_own_fills_the_same_table(article):
    from framing.quotes.tagger import Attribution

    text = "Anna Berg said the ferry was old."
    quotes = find_quotes(article(text), method=lambda doc, passages: [Attribution([(15, 32)], [(10, 14)], [(0, 9)])])
    assert quotes["content"].tolist() == ["the ferry was old"] and quotes["source"].tolist() == ["Anna Berg"]


def test_rules_find_what_stands_under_a_listed_verb(article):
    quotes = find_quotes(article("Anna Berg said the ferry was too old."), method="rules")
    assert spoken(quotes, "ferry was too old").source == "Anna Berg"


FLOOR = {"tokens": 0.87, "overlap": 0.84, "match": 0.74, "who_said_what": 0.66}


def test_scores_on_annotated_news_do_not_fall(shared):
    """The development part of PolNeAR."""
    folder = shared / "bench" / "quotes"
    scorer = benchmark.load_scorer(folder)
    articles = benchmark.load_articles("dev", folder)
    predictions = benchmark.as_predictions(find_quotes(articles, nested=False))
    scores = scorer.summary(list(benchmark.counts(articles, predictions, "dev", scorer).values()), 0)
    found = {key: scores["all"][key]["F1"] for key in FLOOR}
    assert all(found[key] >= floor for key, floor in FLOOR.items()), found
    assert scores["direct_recall_only"]["who_said_what"] >= 0.88


@pytest.mark.parametrize(
    ("text", "words", "source"),
    [
        (
            "Readers wrote to us.\n\n“Nobody asked us before the bridge came down.”\n\n— Maria Lopez, 34, nurse\n\nMay.",
            "Nobody asked us",
            "Maria Lopez, 34, nurse",
        ),
        (
            "They spoke on Sunday.\n\nWALLACE: Will you sell the port?\n\nBERG: No. It belongs to the town.\n\nThe end.",
            "It belongs to the town",
            "BERG",
        ),
        (
            "Readers wrote to us.\n\nMaria Lopez, 34\n\n“Nobody asked us before the bridge came down.”\n\n"
            "Peter Hahn, 61\n\n“We should have been told of the plan.”\n\nThe vote is in May.",
            "should have been told",
            "Peter Hahn",
        ),
        (
            "Readers wrote to us.\n“Nobody asked us before it came down.” ― Maria Lopez\xa0\n"
            "“He only talks, and loudly.”― Peter Hahn",
            "He only talks",
            "Peter Hahn",
        ),
        (
            'The talk follows.\n\n"WALLACE: Will you sell the port?\n\n"BERG: No.\n\n"It belongs to the town.”\n\nThe end.',
            "It belongs to the town",
            "BERG",
        ),
        (
            "They spoke on Sunday.\n\nWALLACE: Will you sell the port?\n\nBERG: No.\n\nIt belongs to the town.\n\n[APPLAUSE]"
            "\n\nWALLACE: Thank you.\n\nThe end.",
            "It belongs to the town",
            "BERG",
        ),
    ],
)
def test_layouts_that_name_the_speaker_beside_the_words(article, text, words, source):
    assert spoken(find_quotes(article(text)), words).source == source


def test_words_over_headlines_are_no_labels_of_turns(article):
    quotes = find_quotes(
        article(
            "The day in short.\n\nWATCH: Ferry leaves the quay at noon today.\n\n"
            "EXCLUSIVE: Mayor to quit over the leaky ferry."
        )
    )
    assert not set(quotes["source"].dropna()) & {"WATCH", "EXCLUSIVE"}


def test_what_follows_a_transcript_or_stands_in_brackets_is_nobodys_turn(article):
    quotes = find_quotes(
        article(
            'The talk follows.\n\n"WALLACE: Will you sell the port?\n\n"(CROSSTALK)\n\n"BERG: No, '
            'and never.\n\nThe vote is in May.\n\n"It is late," Otto Holm said in the hall.'
        )
    )
    quotes = quotes[quotes["kind"] != "scare"]
    assert quotes["source"].tolist() == ["WALLACE", "BERG", "Otto Holm"]
    assert not quotes["content"].str.contains("CROSSTALK|vote").any()


# -- is it an attribution at all?


@pytest.mark.parametrize(
    ("kind", "cue", "said"),
    [
        ("indirect", "said", True),
        ("indirect", "has repeatedly argued", True),
        ("indirect", "according to", True),
        ("mixed", "told reporters", True),
        ("indirect", "vetoed", False),
        ("indirect", "is intended to", False),
        ("indirect", "has looked to", False),
        ("indirect", "sued", False),
        ("mixed", "changed a reference to", False),
        ("indirect", None, False),
    ],
)
def test_a_verb_of_speech_makes_an_attribution_surer_than_a_deed(kind, cue, said):
    assert how_said(kind, cue, "Ann")[0] == ("said" if said else "doubtful")
    assert how_sure(kind, cue, "Ann") > how_sure(kind, cue, "Ann", tagged=0.6)
    assert how_sure(kind, "said", "Ann") >= how_sure(kind, cue, "Ann")
    assert said == (how_sure(kind, cue, "Ann") > how_sure(kind, "vetoed", "Ann"))


def how_sure(kind, cue, source, tagged=1.0, speaker="Ann", nested=False):
    """The chance of an attribution about which nothing else is doubtful."""
    from framing.quotes.certainty import chance, evidence, signs
    from framing.quotes.tagger import Attribution

    attribution = Attribution([(0, 40)], certainty=tagged, least=tagged)
    odds = evidence(*signs(attribution, kind, "that the bridge is shut for good", 7, cue, source, nested, 1))
    return chance(odds, speaker, 1.0)


@pytest.mark.parametrize(
    ("cue", "named", "sure"),
    [
        ("said", True, True),
        ("said", False, False),
        ("was asked to say", True, False),
        ("Asked to say", True, False),
        ("asked", True, False),
        ("asked for", True, False),
        ("did not say", True, False),
        ("has not yet announced", True, False),
        ("doesn’t believe", True, True),
        ("does not think", True, True),
        ("said little", True, False),
        ("never told", True, False),
        ("has said", True, True),
    ],
)
def test_what_is_asked_or_not_said_is_no_sure_attribution(cue, named, sure):
    assert how_said("indirect", cue, "Ann" if named else None)[0] == ("said" if sure else "doubtful")


def test_a_speaker_who_is_not_known_makes_a_row_less_sure_and_never_surer():
    from framing.quotes.certainty import NEVER_COUNTED, OF_SPEAKER, chance, signs_of_speaker

    known = chance(2.0, "Ann Berg", 1.0)
    for speaker, sure in (
        (None, None),
        ("Ann Berg", 0.45),
        ("Ann Berg", 0.6),
        ("the mayor", 1.0),
        ("Ann Berg; Tim Orr", 1.0),
    ):
        assert sum(signs_of_speaker(speaker, sure)) >= 1 and len(signs_of_speaker(speaker, sure)) == len(OF_SPEAKER)
        assert chance(2.0, speaker, sure) < known
    assert how_sure("indirect", "must say", "Ann") <= NEVER_COUNTED < how_sure("indirect", "said", "Ann")


NESTED = {
    # what stands in somebody's words: the words of others there, and their kind by marks of their own
    "“Tim Orr told me that the dam was safe and would hold,” Ann Lee said.": ("indirect", True),
    "“Tim Orr said the dam was safe for at least ten years,” Ann Lee told reporters.": ("indirect", True),
    "“Tim Orr warned us that the wall would break before winter,” Ann Lee said.": ("indirect", True),
    "“The owner told us, ‘I will not pay for the wall,’” Ann Lee said.": ("direct", True),
    "“You know the wall would break in a storm like that one,” Ann Lee said.": ("indirect", False),
    "“That shows the wall was never going to hold,” Ann Lee said.": ("indirect", False),
    "“The mayor embraced the very same plan when he stood for office,” Ann Lee said.": ("indirect", False),
    "“They do not represent the view of most people in this town,” Ann Lee said.": ("indirect", False),
    "“He gave me permission to read the letter out,” Ann Lee said.": ("indirect", False),
    "“This bill encourages further building on the marsh,” Ann Lee said.": ("indirect", False),
}


def test_what_is_told_in_somebodys_words_has_marks_of_its_own_and_counts_where_a_verb_of_speech_tells_it(article):
    from framing.quotes.certainty import COUNTED_FROM

    seen = 0
    for text, (kind, counted) in NESTED.items():
        quotes = find_quotes(article(text))
        inner = quotes[quotes["nested"].astype(bool)]
        seen += len(inner) > 0
        assert set(inner["kind"]) <= {kind}, text
        sure = inner["attribution_certainty"] >= COUNTED_FROM
        assert sure.all() if counted else not sure.any(), (text, inner["attribution_certainty"].tolist())
        outer = quotes[~quotes["nested"].astype(bool)]
        assert (outer["kind"] == "direct").all() and (outer["attribution_certainty"] >= COUNTED_FROM).all()
        assert set(inner["voice"]) <= {"quoted"}
    assert seen >= 5


def test_doubtful_attributions_can_be_left_out_by_their_certainty(article):
    from framing import find_quotes

    table = article("“It is late,” Anna Berg said. Berg said that the harbour was closed. The “helpful” council met.")
    every = find_quotes(table)
    sure = find_quotes(table, certainty=0.99)
    said = every["attribution_certainty"]
    assert said.dropna().between(0, 1).all() and (said.isna() == (every["kind"] == "scare")).all()
    assert len(sure) < len(every) and set(sure["kind"]) == {"direct", "scare"}
    assert set(sure["quote_id"]) < set(every["quote_id"])
    mixed = find_quotes(article("Berg vetoed what she called “a bad bill”."))
    assert set(mixed.loc[mixed["kind"] != "indirect", "quote_id"]) <= set(
        find_quotes(article("Berg vetoed what she called “a bad bill”."), certainty=1)["quote_id"]
    )  # words between marks stay somebody's


def test_a_study_counts_attributions_from_a_certainty_on_and_says_so(tmp_path):
    from framing.quotes.certainty import COUNTED_FROM
    from framing.reports.pipeline import analyze, methods_paragraph

    folder = tmp_path / "Courier"
    folder.mkdir()
    told = "Anna Berg said that the harbour was closed. Berg thanked the crew for their work. The port hopes to grow."
    (folder / "one.txt").write_text(f"The harbour\n\n{told}", encoding="utf-8")
    every, usual = analyze(tmp_path, certainty=0.0), analyze(tmp_path)
    sure = usual.tables["quotes"]["attribution_certainty"]
    assert sure.ge(COUNTED_FROM).all() and 0 < len(sure) < len(every.tables["quotes"])
    assert usual.choices["certainty"] == COUNTED_FROM and "from a certainty of 0.65 on" in methods_paragraph(usual)
    words = usual.tables["tokens"].set_index("token")["voice"]
    assert words["crew"] == "outlet" and words["closed"] == "reported"


@pytest.mark.parametrize(
    "before, said, speaker",
    [
        ("Mayor Ann Berg lashed out on Twitter, saying:", "The dam has a very dumb design. Shame!", "Ann Berg"),
        ("Mayor Ann Berg won. And Berg herself tweeted:", "This council is a disgrace.", "Ann Berg"),
        ("One union activist tweeted:", "This mayor must go at once.", "one union activist"),
        ("Tom Reed spoke in Paris. In a speech last July, he said:", "We will never sell the harbour.", "Tom Reed"),
        ("Anna Berg responded on Facebook on Monday:", "I am proud of what this town has built.", "Anna Berg"),
        ("On Monday Tom Reed wrote in a letter to staff:", "Nobody will lose a job over this.", "Tom Reed"),
        ("Tom Reed answered the critics. He added:", "They know nothing of dams.", "Tom Reed"),
        ("Mayor Ann Berg posted this on Instagram:", "What a day for the valley!", "Ann Berg"),
        ("Tom Reed, a farmer, replied via Facebook:", "Ask the fish.", "Tom Reed"),
        ("Mayor Ann Berg stated the following:", "The dam is safe and will stay.", "Ann Berg"),
    ],
)
def test_a_paragraph_without_marks_below_a_verb_of_saying_is_somebodys_words(article, before, said, speaker):
    quotes = find_quotes(article(f"The council met.\n\n{before}\n\n{said}\n\nIt meets again on Monday."))
    row = quotes[quotes["content"] == said]
    assert row["speaker"].tolist() == [speaker] and (row["voice"] != "outlet").all()


@pytest.mark.parametrize(
    "before, said",
    [
        ("Read what Ann Berg wrote:", "The dam opens on Monday."),
        ("The mayor said the plan has three parts:", "A new dam."),
        ("These are the facts:", "The dam is safe."),
        ("Watch the moment the mayor said:", "The dam opens on Monday."),
    ],
)
def test_what_stands_below_another_colon_is_the_outlets(article, before, said):
    quotes = find_quotes(article(f"The council met.\n\n{before}\n\n{said}\n\nIt meets again on Monday."))
    assert said not in quotes["content"].tolist()


@pytest.mark.parametrize("day", ["July 13, 2016", "13 July", "4:05 PM - Jul 13, 2016"])
def test_a_post_signed_with_a_handle_is_its_writers(article, day):
    post = "The mayor is a fool and a coward."
    quotes = find_quotes(article(f"The council met.\n\n{post} — Tom Reed (@treed) {day}\n\nMore came later."))
    assert quotes.loc[quotes["content"] == post, "speaker"].tolist() == ["Tom Reed"]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("At least one senator, Ohio’s Carla Dunn, said he should resign over it.", "Carla Dunn"),
        ("Two members left early. One of them, Kent’s Otto Lind, said the plan would fail.", "Otto Lind"),
        ("At least one lawmaker, Rep. Carla Dunn, said the plan would fail.", "Carla Dunn"),
        ("A spokesperson for Mayor Carla Dunn said the plan would fail.", "spokesperson for Mayor Carla Dunn"),
        ("A spokesman for Mayor Carla Dunn said the plan would fail.", "spokesman for Mayor Carla Dunn"),
        ("A lawyer for former Gov. Otto Lind said the plan would fail.", "lawyer for former Gov. Otto Lind"),
        ("An aide to Senator Carla Dunn said the plan would fail.", "aide to Senator Carla Dunn"),
        ("Documents leaked to the Harbour Times say that 400 people were held.", "documents"),
        ("Prison officials interviewed by the Harbour Times said that 400 people were held.", "prison officials"),
        ("Papers obtained by the Harbour Times show that 400 people were held.", "papers"),
        ("Court records seen by Reuters show that 400 people were held.", "court records"),
        ("A letter from Carla Dunn sent to the Harbour Times said that 400 people were held.", "Carla Dunn"),
        ("A report published by the Harbour Times said that 400 people were held.", "Harbour Times"),
        ("A survey conducted by Reuters said that 400 people were held.", "Reuters"),
    ],
)
def test_who_only_got_the_papers_or_is_spoken_for_is_no_speaker(article, text, speaker):
    found = find_quotes(article(text))
    assert found["speaker"].tolist() == [speaker]


@pytest.mark.parametrize(
    ("cue", "content", "unsaid"),
    [
        ("declined", "to comment on whether the plan was lawful", True),
        ("declined to comment on", "the plan", True),
        ("refused on Monday to say", "anything more to the panel", True),
        ("has refused to discuss", "the case with the press", True),
        ("refusing to answer", "questions on the plan", True),
        ("repeatedly declined to say", "whether she would stand", True),
        ("refusal to say", "which side he would be on", True),
        ("declines to identify", "the man who called", True),
        ("refused to be drawn on", "the terms of the sale", True),
        ("declined", "an invitation to speak in the town", False),
        ("refused to accept", "that the plan had failed at all", False),
        ("said", "that he refused to comment on the plan", False),
    ],
)
def test_who_declines_to_say_says_nothing(cue, content, unsaid):
    assert (how_said("indirect", cue, "Ann Berg", content=content)[0] == "unsaid") == unsaid
    assert how_said("direct", cue, "Ann Berg", content=content)[0] != "unsaid"


@pytest.mark.parametrize("cue", ["called up", "had called in", "calls off", "is calling back", "called over"])
def test_whom_somebody_calls_up_is_no_content(cue):
    assert how_said("indirect", cue, "Ann Berg", content="Otto Lind, whose son was hurt, to speak")[0] == "doubtful"
    assert how_said("indirect", "called", "Ann Berg", content="the plan a mistake from the start")[0] == "said"


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("Carla Dunn said the law spares people “real harm,” comments that drew anger.", "real harm,”"),
        ("Carla Dunn said women can refuse a “fake vow,” remarks she later took back.", "fake vow,”"),
        ("Otto Lind said that the pier was “rotten to the core,” claims the board denies.", "to the core,”"),
        ("Otto Lind said the mayor was “a fraud,” allegations that she denies.", "a fraud,”"),
        (
            "Otto Lind said that the pier had been closed for good, statements the board called false.",
            "closed for good",
        ),
    ],
)
def test_what_the_outlet_calls_the_words_is_no_part_of_them(article, text, content):
    found = find_quotes(article(text), certainty=0.65)["content"].iloc[0]
    assert found.endswith(content)


def test_words_in_marks_of_a_doubtful_row_are_scare_quotes_where_rows_are_counted(article):
    table = article(
        "Liberals Fume At ‘Worst Mayor’ Otto Lind\n\nOtto Lind signed the bill on Monday. The vote was close."
    )
    (every,) = find_quotes(table).query("kind != 'indirect'").itertuples()
    (counted,) = find_quotes(table, certainty=0.65).query("kind != 'indirect'").itertuples()
    assert (every.kind, every.speaker) == ("mixed", "liberals") and every.attribution_certainty < 0.45
    assert (counted.kind, counted.content, counted.voice) == ("scare", "Worst Mayor", "quoted")
    assert pd.isna(counted.speaker) and pd.isna(counted.attribution_certainty) and counted.quote_id == every.quote_id
    assert table["text"].iloc[0][counted.start : counted.end] == "Worst Mayor" and counted.n_words == 2
    words = tokens(table).set_index("token")["voice"]
    assert (words["Worst"], words["Liberals"]) == ("quoted", "outlet")


def test_a_long_doubtful_quotation_stays_somebodys(article):
    text = (
        "In a post the bill “grabs power away from the elites and the power brokers and gives it back,” it was read. "
        "The vote is in May."
    )
    (row,) = find_quotes(article(text), certainty=0.65).query("kind != 'indirect'").itertuples()
    assert row.voice == "quoted" and row.n_words > 10


@pytest.mark.parametrize(
    ("text", "content"),
    [
        (
            "Otto Lind said that he backed the plan but stopped short of endorsing the bridge.",
            "that he backed the plan",
        ),
        (
            "The board said that 500 people were hurt, but it did not say how many were inside.",
            "that 500 people were hurt",
        ),
        ("Ann Berg suggested a deal had been reached, without offering any details.", "a deal had been reached"),
        ("Ann Berg said she had met the man but declined to name him.", "she had met the man"),
        ("Ann Berg said she would not pay but would not say why.", "she would not pay"),
        ("Ann Berg said that the mill was sold but gave no price.", "that the mill was sold"),
        ("Ann Berg said that the mill was sold, without naming the buyer.", "that the mill was sold"),
        ("Ann Berg said that it was not a crime but a mistake.", "that it was not a crime but a mistake"),
        (
            "Ann Berg said the plan could not be paid for without giving up the school.",
            "the plan could not be paid for without giving up the school",
        ),
        ("Ann Berg said the town was poor but would not sell.", "the town was poor but would not sell"),
    ],
)
def test_what_somebody_does_not_say_is_no_part_of_what_they_say(article, text, content):
    assert find_quotes(article(text))["content"].iloc[0] == content


@pytest.mark.parametrize(
    "ahead", ["Earlier Friday", "Late Monday", "On Tuesday night", "Yesterday", "Last week", "Later Sunday evening"]
)
def test_when_it_is_said_is_no_speaker(article, ahead):
    text = f"{ahead}, chairman of the harbour committee Rep. Ann Berg (D-Ohio) revealed that the search had begun."
    assert find_quotes(article(text))["speaker"].tolist() == ["Ann Berg"]


@pytest.mark.parametrize(
    ("said", "speaker", "medium"),
    [
        ("Dunn said in 2014, according to the AP", "Carla Dunn", "AP"),
        ("Dunn said, according to AFP", "Carla Dunn", "AFP"),
        ("she told the crowd on Monday, according to the Harbour Times", "Carla Dunn", "Harbour Times"),
        ("Carla Dunn wrote in the letter, according to Reuters", "Carla Dunn", "Reuters"),
        ("the mayor reportedly told friends, according to the Harbour Times", "mayor", "Harbour Times"),
        ("she added later, according to CNN", "Carla Dunn", "CNN"),
    ],
)
def test_who_says_it_speaks_and_the_medium_only_relays_it(article, said, speaker, medium):
    table = article(f"Carla Dunn came to town. Otto Lind stayed.\n\n“I am not to everybody’s taste,” {said}.")
    (row,) = find_quotes(table).itertuples()
    assert (row.speaker, row.via, row.kind) == (speaker, medium, "direct")


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Another issue dealt with an Aug. 16 cable. That cable warned the camp could not hold.", "cable"),
        (
            "The latest criticism comes in a letter that reached the town. The letter says the camp could not hold.",
            "letter",
        ),
        (
            "The letter signed by the faculty at Harbour College says that towns face ruin.",
            "faculty at Harbour College",
        ),
        ("A statement issued by the Harbour Board says that towns face ruin.", "Harbour Board"),
        ("Holt released a statement on Monday. The statement said the mill was shut.", "Holt"),
        ("Ann Holt said in a statement that she was sad. The statement said the mill was shut.", "Ann Holt"),
        (
            "Ann Holt posted a video on Monday. In the video the mill is seen. The video says the mill was shut.",
            "Ann Holt",
        ),
    ],
)
def test_a_letter_speaks_for_whoever_wrote_it_and_for_nobody_else(article, text, speaker):
    assert find_quotes(article(text))["speaker"].iloc[-1] == speaker


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        (
            "Otto Lind left. Lind and fellow Harbour Democrats said that the bill was dead.",
            "Otto Lind; fellow Harbour Democrats",
        ),
        ("Ann Berg and Trade Minister Otto Lind said that the deal was thin.", "Ann Berg; Otto Lind"),
        ("Otto Lind and other Democrats said the plan would fail.", "Otto Lind; Democrats"),
        ("Otto Lind and two aides said the plan would fail.", "Otto Lind; two aides"),
        ("Otto Lind and his team said the plan would fail.", "Otto Lind"),
    ],
)
def test_whoever_speaks_with_somebody_is_named_too(article, text, speaker):
    assert find_quotes(article(text))["speaker"].tolist() == [speaker]


def test_the_agency_is_the_one_named_in_full_and_no_wire_service(article):
    text = (
        "The European Space Agency met on Monday.\n\nBERLIN (AP) -- The agency said that its researchers studied sleep."
    )
    assert find_quotes(article(text))["speaker"].tolist() == ["European Space Agency"]
    text = "PYONGYANG -- KCNA reported on Monday from the north. The agency said that the launch had failed."
    assert "KCNA" in find_quotes(article(text))["speaker"].tolist()


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("The state’s new campaign is out. ‘Meth. We’re on it.’ The posters hang in every town.", "scare"),
        ("“We will never sell the harbour to anybody.” Ann Berg left the hall. The vote is in May.", "direct"),
    ],
)
def test_a_slogan_is_nobodys_words_where_rows_are_counted(article, text, kind):
    assert find_quotes(article(text), certainty=0.65)["kind"].tolist() == [kind]
