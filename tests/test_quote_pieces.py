"""Rules for the pieces of a quotation, on attributions as a tagger might leave them; all sentences invented."""

from __future__ import annotations

import re

import pandas as pd
import pytest

from framing import find_quotes, read_articles
from framing.language import parse
from framing.quotes import pieces
from framing.quotes.certainty import COUNTED_FROM
from framing.quotes.corrections import corrected
from framing.quotes.cues import how_said
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


def mended(text: str, content: str, cue: str, source: str = "") -> tuple[str, str]:
    """The content and the source of one attribution after `corrected`."""
    given = Attribution([at(text, content)], [at(text, cue)], [at(text, source)] if source else [])
    row = corrected(parsed(text), text, [given], [(0, len(text))])[0]
    return " … ".join(text[a:b] for a, b in sorted(row.content)), " ".join(text[a:b] for a, b in row.source)


@pytest.mark.parametrize(
    ("source", "cue", "said", "besides"),
    [
        ("The mayor", "said", "prices may fall by spring", "and urged patience"),
        ("The mayor", "said", "engineers expect more rain", "and thanked the crews"),
        ("Ada Finch", "believes", "that the dam was built badly", "and wants an inquiry"),
        ("Two unions", "believe", "that the offer is poor", "and plan to strike in May"),
        ("The board", "announced", "that it will sell the mill", "and named a new manager"),
        ("Tom Rook", "said", "he would order a review of the locks", "and warned against rumours"),
        ("The minister", "stressed", "that nobody has been charged", "but declined to give names"),
        ("The harbour master", "added", "that ferries could be late", "but did not name any"),
        ("The owners", "say", "the pumps were tested in June", "and plan to repair the roof"),
        ("The owners", "say", "that the lease is old", "and have asked a court for help"),
        ("The council", "promised", "help for the shops", "and walked its guests around"),
        ("The judge", "ruled", "that the paper is free to print", "and ordered the town to pay"),
    ],
)
def test_what_a_speaker_does_besides_is_not_said(source, cue, said, besides):
    text = f"{source} {cue} {said} {besides}."
    assert mended(text, f"{said} {besides}", cue, source)[0] == said


@pytest.mark.parametrize(
    "said",
    [
        "prices fell and wages rose",
        "the crews worked all night and saved the mill",
        "prices may fall and should stay low",
        "the dam is old and needs repair",
        "he had left the harbour and gone home",
        "the pumps failed and that nobody knew",
        "the paper was closed and sold",
        "she hopes to win and stay",
        "the boats were late and the nets were torn",
        "the owners deny the charge and want a trial",
    ],
)
def test_what_is_said_of_others_with_and_is_said(said):
    text = f"The mayor said {said}."
    assert mended(text, said, "said", "The mayor")[0] == said


@pytest.mark.parametrize(
    ("before", "noun", "said", "after"),
    [
        ("The", "decision", "to end the strike on Monday", "enraged the owners"),
        ("His", "recommendation", "that the locks be closed", "put him at odds with the board"),
        ("The", "claim", "that the mill was sold", "surprised the clerks"),
        ("Her", "demand", "that he resign", "angered the town"),
        ("His", "promise", "to repair the bridge", "pleased the shops"),
        ("The", "warning", "that the dam may fail", "emptied the streets"),
        ("The", "threat", "to close the mill", "worried the town"),
        ("The", "suggestion", "that prices fell", "drew laughter"),
        ("The mayor’s", "belief", "that the river is clean", "has shaped the plan"),
        ("The", "accusation", "that she lied to the court", "cost her the office"),
    ],
)
def test_what_a_claim_did_is_not_claimed(before, noun, said, after):
    text = f"{before} {noun} {said} {after}."
    assert mended(text, f"{said} {after}", noun)[0] == said


@pytest.mark.parametrize(
    ("content", "rest"),
    [
        ("the town needs a mayor", "who knows the river"),
        ("she had met the engineer", "who built the dam"),
        ("the board will sell the compromise", "the mayor announced this week"),
        ("they expect the amount", "the council demanded in May"),
        ("the fire began in a shed", "that stood behind the mill"),
        ("nobody had read the warning", "which the clerks had sent"),
        ("Ada Finch was the only member", "who had voted"),
        ("the harbour has no crane", "that lifts such a boat"),
        ("it was the man", "whose boat had sunk"),
        ("he would thank everyone", "who came to help"),
    ],
)
def test_a_content_does_not_break_off_before_what_belongs_to_its_last_word(content, rest):
    text = f"The spokesman said {content} {rest}."
    assert mended(text, content, "said", "The spokesman")[0] == f"{content} {rest}"


@pytest.mark.parametrize("joint", ["and", "or", "but"])
@pytest.mark.parametrize(
    "said", ["the mill will close", "he had called the clerk", "the boats are late", "nobody was hurt"]
)
def test_a_content_does_not_end_with_and(joint, said):
    text = f"The mayor said {said} {joint}, as he left, planned to tell the town that the bridge was safe."
    assert not mended(text, f"{said} {joint}", "said", "The mayor")[0].endswith(f" {joint}")


@pytest.mark.parametrize(
    ("cue", "told", "said"),
    [
        ("told", "the president", "he could not speak in the hall"),
        ("told", "Tom Rook", "she would sell the mill"),
        ("told", "reporters", "the bridge was safe"),
        ("told", "the Port Elm Herald", "that it was lost"),
        ("warned", "the crews", "the dam could fail"),
        ("told", "Ada Reed", "that the vote was off"),
        ("assured", "them", "they would be paid"),
        ("reminded", "the board", "that the vote was secret"),
        ("informed", "the owners", "their licence was at risk"),
        ("asked", "the mayor", "if he knew the engineer"),
        ("asked", "him", "whether the river was clean"),
        ("explained to", "Tom Rook", "two points about the lease"),
    ],
)
def test_whom_something_is_told_is_not_told(cue, told, said):
    text = f"Ada Finch {cue} {told} {said}."
    assert mended(text, f"{told} {said}", cue, "Ada Finch")[0] == said


@pytest.mark.parametrize(
    ("subject", "aside", "tagged"),
    [
        ("Ada Finch", "whose victory was cheered by Republicans", "Republicans"),
        ("Ada Finch", "who was flanked by two of the engineers", "two of the engineers"),
        ("Tom Rook", "whose boat was built by Ada Finch", "Ada Finch"),
        ("Tom Rook", "then the deputy director of the harbour", "the deputy director of the harbour"),
        ("Tom Rook", "who came with the mayor", "the mayor"),
        ("The treaty", "which most towns signed", "most towns signed"),
        ("The mayor", "who was seen with the owners", "the owners"),
        ("Ada Finch", "who succeeded Tom Rook", "Tom Rook"),
        ("Ada Finch", "praised by the council", "the council"),
        ("The engineer", "who made her name by building the dam", "her name by building the dam"),
    ],
)
def test_the_speaker_is_the_subject_and_nobody_in_an_aside_on_it(subject, aside, tagged):
    text = f"{subject}, {aside}, said that the mill would stay open."
    assert mended(text, "that the mill would stay open", "said", tagged)[1].startswith(subject)


@pytest.mark.parametrize(
    ("content", "rest"),
    [
        ("the bridge will stay closed until the crane", "has been repaired"),
        ("he will leave when the pumps", "are tested"),
        ("the mill was sold before the strike", "began"),
        ("the boats sank because the nets", "were torn"),
        ("she would have stayed if the board", "had asked her"),
        ("the town should be led by those who", "have built it"),
        ("she called it “a poor offer” by", "the owners"),
        ("the report on “the lost pumps” was in", "the hands of the court"),
        ("it was “a good day” for", "the harbour"),
        ("he would vote for “the mill” or", "for the bridge"),
    ],
)
def test_a_content_does_not_break_off_after_a_subject_or_a_quoted_word(content, rest):
    text = f"The spokesman said {content} {rest}."
    assert mended(text, content, "said", "The spokesman")[0] == f"{content} {rest}"


@pytest.mark.parametrize("cue", ["said on", "said last week on"])
@pytest.mark.parametrize(
    "show", ["Face the Nation", "Meet the Press", "Ask the Mayor", "Find the Ball", "Stop the Clock"]
)
def test_a_show_on_which_something_is_said_is_not_said(cue, show):
    text = f"Ada Finch {cue} “{show}” that the mill would stay open."
    assert (
        mended(text, f"“{show}” that the mill would stay open", cue, "Ada Finch")[0] == "that the mill would stay open"
    )


@pytest.mark.parametrize(
    ("verb", "thing", "rest"),
    [
        ("rejected", "calls", "to step aside"),
        ("rebuffed", "demands", "to sell the mill"),
        ("dismissed", "claims", "that he betrayed the town"),
        ("denied", "reports", "that the dam had failed"),
        ("disputed", "the notion", "that the river is clean"),
        ("resisted", "pleas", "to close the bridge"),
        ("ignored", "warnings", "that the pumps were old"),
        ("rejected", "the idea", "that prices fell"),
        ("opposed", "proposals", "to rent the harbour"),
        ("denied", "rumours", "that he had left"),
        ("brushed aside", "concerns", "that the board would resign"),
    ],
)
def test_what_is_rejected_is_the_call_and_not_only_what_it_calls_for(verb, thing, rest):
    text = f"Ada Finch {verb} {thing} {rest}."
    assert mended(text, rest, f"{verb} {thing}", "Ada Finch")[0] == f"{thing} {rest}"


@pytest.mark.parametrize(
    ("source", "cue", "content"),
    [
        ("Ada Finch", "tweeted", "a photo of her boat"),
        ("Ada Finch", "posted", "a video of the strike"),
        ("The mayor", "shared", "a picture of the bridge"),
        ("The mayor", "published", "photographs of the flood"),
        ("The council", "released", "footage of the crash"),
        ("The video", "shows", "a man on a boat"),
        ("A photo", "shows", "her beside the mayor"),
        ("The footage", "depicts", "two men at the lock"),
        ("The pictures", "show", "the mill before the fire"),
        ("Tom Rook", "posted", "a clip of the speech"),
        ("A report", "came,regarding", "the locks of the harbour"),
    ],
)
def test_what_a_picture_shows_is_nobodys_words(source, cue, content):
    text = f"{source} {cue.replace(',', ', ')} {content}."
    given = Attribution([at(text, content)], [at(text, cue.split(",")[-1])], [at(text, source)])
    assert corrected(parsed(text), text, [given], [(0, len(text))]) == []


@pytest.mark.parametrize("noun", ["claim", "point", "view", "charge", "statement"])
@pytest.mark.parametrize("after", ["that the board denied", "on which the towns disagree", "which surprised many"])
def test_a_remark_on_what_was_said_is_not_said(noun, after):
    text = f"Ada Finch said the letters do not bind the town, a {noun} {after}."
    said = "the letters do not bind the town"
    assert mended(text, f"{said}, a {noun} {after}", "said", "Ada Finch")[0] == said


@pytest.mark.parametrize(
    ("subject", "clause"),
    [
        ("Ada Finch", "sold the mill in May"),
        ("The board", "has closed the bridge"),
        ("Tom Rook of the harbour board", "left the town on Monday"),
        ("The owners", "paid nothing for the pumps"),
        ("Ada Finch, the engineer,", "praised her brother’s boat"),
        ("Two boats", "sank off the coast"),
        ("The town", "needs a new dam"),
        ("His plan", "includes similar savings"),
        ("The court", "ruled against the owners"),
        ("Nobody", "was hurt in the fire"),
    ],
)
@pytest.mark.parametrize(("cue", "source"), [("reports", "the Port Elm Herald"), ("said", "the clerk")])
def test_a_clause_before_its_cue_has_its_subject(subject, clause, cue, source):
    text = f"{subject} {clause}, {source} {cue}."
    assert mended(text, clause, cue, source)[0] == f"{subject} {clause}"


@pytest.mark.parametrize(
    ("whose", "relayed"),
    [
        ("Tom Rook", "the indictment"),
        ("Tom Rook", "the Port Elm Herald"),
        ("Ada Finch", "people who were there"),
        ("The mayor", "her lawyer"),
        ("The owners", "the court"),
        ("Mr. Rook", "a report of the board"),
        ("The board", "the minutes"),
        ("Ada Finch", "two engineers"),
        ("The clerk", "a letter that was found"),
        ("The council", "the newspaper"),
    ],
)
@pytest.mark.parametrize("behind", [False, True])
def test_who_speaks_is_the_subject_and_not_the_one_according_to_whom(whose, relayed, behind):
    start = f"{whose}, according to {relayed}," if not behind else f"According to {relayed}, {whose}"
    text = f"{start} told the crew that the mill would stay open."
    assert mended(text, "that the mill would stay open", "told", relayed)[1] == whose


@pytest.mark.parametrize("when", ["At 9:24 p.m.", "At 7:51 a.m."])
@pytest.mark.parametrize(
    ("name", "aside"),
    [
        ("Ms. Reed", "reading the latest draft"),
        ("Mr. Rook", "seeing the letter"),
        ("Ada Finch", "reading the minutes"),
        ("Tom Rook", "leaving the hall"),
        ("Mrs. Finch", "hearing the news"),
    ],
)
def test_a_subject_behind_the_hour_is_a_subject(when, name, aside):
    text = f"{when}, {name}, {aside}, complained in a letter, “These do not resolve all my issues.”"
    given = Attribution([at(text, "“These do not resolve all my issues.”")], [at(text, "complained in a letter")], [])
    (row,) = corrected(parsed(text), text, [given], [(0, len(text))])
    assert [text[a:b].split(",")[0] for a, b in row.source] == [name]


@pytest.mark.parametrize("said", ["the bridge was safe", "she backed the plan to sell the mill"])
@pytest.mark.parametrize(
    "silence",
    [
        "but declined to give details",
        "but did not elaborate",
        "but otherwise did not delve into details",
        "but would not say who had checked it",
        "but still declined to say whether she would run",
        "but refused to name the owners",
        "but did not specify when",
        "but did not offer evidence",
        "but would not discuss the lease",
        "but did not answer questions",
    ],
)
def test_what_somebody_does_not_say_is_told_by_the_outlet(said, silence):
    text = f"Ada Finch said {said}, {silence}."
    assert mended(text, f"{said}, {silence}", "said", "Ada Finch")[0] == said


@pytest.mark.parametrize(
    "said",
    [
        "the bridge was safe but did not please the town",
        "the owners paid but could not provide a boat",
        "the board met but will not sell",
        "he had tried but failed to win",
        "the mill was old but did not burn",
    ],
)
def test_what_somebody_says_did_not_happen_is_said(said):
    text = f"Ada Finch said {said}."
    assert mended(text, said, "said", "Ada Finch")[0] == said


@pytest.mark.parametrize(
    ("said", "rest"),
    [
        ("that he was “following a similar path”", "as Finch and Rook"),
        ("that the owners used “their pumps”", "as an example of greed"),
        ("that they saw “the old mill”", "as their home"),
        ("to reaffirm “Our River Is Ours”", "as the motto of the town"),
        ("that he had “the same right”", "as the mayor"),
        ("that the board treats “its own crews”", "as enemies"),
        ("that the town knew “this man”", "as a thief"),
        ("that she “started work”", "as a clerk"),
        ("that the lease would serve “the owners”", "as well as the town"),
        ("that they took “his silence”", "as consent"),
    ],
)
def test_what_is_compared_after_a_closing_mark_belongs_to_what_is_said(said, rest):
    text = f"The mayor said {said} {rest}."
    assert mended(text, f"{said} {rest}", "said", "The mayor")[0] == f"{said} {rest}"


@pytest.mark.parametrize("who", ["Democrats", "the owners", "the town", "Tom Rook", "the crews"])
@pytest.mark.parametrize("would", ["she would", "she could"])
def test_of_as_she_said_she_would_no_more_is_said(who, would):
    text = f"If the clerk does put the plan to a vote, as the mayor said {would}, {who} will have to decide soon."
    assert mended(text, f"{would}, {who} will have to decide soon", "said", "the mayor")[0] == would


@pytest.mark.parametrize(
    ("next_sentence", "stray"),
    [
        ("The lease is a matter that the towns consider important", "that the towns consider important"),
        ("It was the first fire since the flood of last year", "the flood of last year"),
        ("The vote is the third of a board that hardly ever meets", "hardly ever meets"),
        ("The clerks sealed the vault in case somebody came", "in case somebody came"),
        ("The mill drew crews from a town that has no river", "a town that has no river"),
        ("The talks were about the amount the owners should pay", "the amount the owners should pay"),
        ("The law lets a mayor skip rules in a flood", "skip rules in a flood"),
        ("The engineers wore coats as the rain fell on the dam", "the rain fell on the dam"),
        ("The case may change suits of many owners against one town", "many owners against one town"),
        ("A couple that marries in Port Elm is treated alike", "treated alike"),
    ],
)
def test_a_piece_from_within_another_sentence_is_not_said(next_sentence, stray):
    text = f"The spokesman said that the bridge was safe. {next_sentence}."
    found = Attribution(
        [at(text, "that the bridge was safe"), at(text, stray)], [at(text, "said")], [at(text, "The spokesman")]
    )
    (row,) = corrected(parsed(text), text, [found], [(0, len(text))])
    assert [text[a:b] for a, b in row.content] == ["that the bridge was safe"]


@pytest.mark.parametrize("cue", ["said", "added", "wrote", "asked", "told the crew"])
@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("“We have worked hard for it,”", "“and we will work hard to keep it.”"),
        ("“As a friend of the town,”", "“I know what you lost.”"),
    ],
)
def test_two_halves_of_a_quotation_around_one_cue_are_one_row(cue, first, second):
    text = f"{first} Ada Finch {cue}, {second}"
    found = [Attribution([at(text, half)], [at(text, cue)], [at(text, "Ada Finch")]) for half in (first, second)]
    (row,) = corrected(parsed(text), text, found, [(0, len(text))])
    assert [text[a:b] for a, b in sorted(row.content)] == [first, second]


@pytest.mark.parametrize("cue", ["said", "saying"])
@pytest.mark.parametrize(
    "clause",
    [
        "she felt no anger toward the owners",
        "the bridge was safe",
        "he sees a bigger issue at work here",
        "the talks can go on after the strike",
        "they had lost the river",
    ],
)
def test_what_stands_behind_the_cue_belongs_to_what_is_said_in_the_sentences_after_it(cue, clause):
    lead = "Ada Finch left the hall saying" if cue == "saying" else "Ada Finch said"
    text = f"{lead} {clause}. “We shall see. The town is ours.”"
    found = Attribution([at(text, "“We shall see. The town is ours.”")], [at(text, cue)], [at(text, "Ada Finch")])
    (row,) = corrected(parsed(text), text, [found], [(0, len(text))])
    assert [text[a:b] for a, b in sorted(row.content)] == [clause, "“We shall see. The town is ours.”"]


@pytest.mark.parametrize("verb", ["said", "says"])
@pytest.mark.parametrize(
    ("noun", "rest"),
    [
        ("claims", "that activists “judge people” were false"),
        ("reports", "that the dam had failed were wrong"),
        ("claims", "that he sold the mill are a lie"),
        ("complaints", "that the river smells are old"),
        ("rumours", "that she would resign were silly"),
    ],
)
def test_claims_that_somebody_calls_false_are_what_is_said(verb, noun, rest):
    text = f"The mayor {verb} {noun} {rest}."
    assert mended(text, rest, f"{verb} {noun}", "The mayor")[0] == f"{noun} {rest}"


@pytest.mark.parametrize("who", ["The law of the town", "The court", "Ada Finch", "The mayor", "The union"])
@pytest.mark.parametrize("when", ["in 1979 and now", "in May and in June"])
def test_when_something_is_said_is_no_source(who, when):
    text = f"{who}, both {when}, finds that such a man is guilty."
    assert mended(text, "that such a man is guilty", "finds", when)[1].startswith(who)


@pytest.mark.parametrize(
    "sentence",
    [
        "The mayor was headed to a hospital but left her guards and went to the mill",
        "The van was to follow the boat, but the guards took her away before they came",
        "The board may sell the harbour if the price of the lease falls again",
        "Two owners left the hall when the vote on the dam began",
        "The crews had warned the clerk about the pumps in the mill",
    ],
)
@pytest.mark.parametrize("end", ["the Herald has learned", "another engineer said"])
def test_what_goes_before_the_cue_that_ends_a_sentence_is_the_whole_sentence(sentence, end):
    text = f"{sentence}, {end}."
    source, cue = end.rsplit(" ", 2 if "has" in end else 1)[0], "has learned" if "has" in end else "said"
    part = " ".join(sentence.split()[-6:])
    assert mended(text, part, cue, source)[0] == sentence


def test_a_reflexive_belongs_to_its_cue_and_a_clause_before_a_semicolon_to_nobody():
    text = "The council left the hall, declaring itself “quite alarmed”."
    assert mended(text, "“quite alarmed”", "declaring itself", "The council")[0] == "“quite alarmed”"
    text = "The rocks fell into the sea; the spot lies outside the harbour, the council says."
    assert mended(text, "the spot lies outside the harbour", "says", "the council")[0].startswith("the spot")


def rows_of(text: str) -> pd.DataFrame:
    """The outermost attributions of one article of one sentence more."""
    story = "The council met on Monday.\n\n" + text
    quotes = find_quotes(read_articles(pd.DataFrame([{"article_id": "a", "outlet": "x", "text": story}]), clean=False))
    return quotes[(quotes["kind"] != "scare") & ~quotes["nested"].astype(bool)]


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("In 2012 Mr. Holt was quoted as saying, “The harbor was never ours to sell.”", "Mr. Holt"),
        ("Ms. Varga was quoted as saying, “Nobody asked the farmers.”", "Ms. Varga"),
        ("Last spring Senator Ames was quoted as saying, “We counted every vote twice.”", "Senator Ames"),
        ("In an interview in 1998, Ms. Lund was quoted as saying, “I never wanted the post.”", "Ms. Lund"),
        ("Mr. Pruitt is quoted as saying: “Those pipes were rotten.”", "Mr. Pruitt"),
        ("At the time, Dr. Osei was quoted as saying, “The vaccine will be late.”", "Dr. Osei"),
        ("Mayor Ruth Calder was quoted by a local paper as saying, “The bridge stays shut.”", "Mayor Ruth Calder"),
        ("The bishop has been quoted as saying, “Money is a poor shepherd.”", "The bishop"),
        ("In the report, Officer Dunn is quoted as saying, “He ran at me.”", "Officer Dunn"),
        ("“The well was dry,” Mr. Sato was quoted as saying.", "Mr. Sato"),
        ("A former aide was quoted in The Gazette as saying, “She read every memo.”", "A former aide"),
        ("In 2009, Mr. Brandt was quoted as having said, “Taxes are theft.”", "Mr. Brandt"),
    ],
)
def test_who_is_quoted_as_saying_it_is_the_source(text, source):
    row = rows_of(text).iloc[0]
    assert (row["kind"], row["source"]) == ("direct", source)
    assert row["content"] == re.search("“.*”", text).group()


@pytest.mark.parametrize(
    ("text", "source"),
    [
        (
            "Her comments, said Tom Ashe, the mayor’s spokesman, are “fully in line with what the mayor has told us.”",
            "Tom Ashe, the mayor’s spokesman",
        ),
        ("His remarks, Governor Paul Webb said, were “a gift to our rivals.”", "Governor Paul Webb"),
        ("The report, said Dana Cole, the agency’s director, is “a wake-up call.”", "Dana Cole, the agency’s director"),
        (
            "Their statement, said Ruth Calder, a union lawyer, shows “contempt for the crews.”",
            "Ruth Calder, a union lawyer",
        ),
        ("Those words, Senator Ames said, “will follow him for years.”", "Senator Ames"),
        ("The letter, said Lena Ortiz, was “written in anger.”", "Lena Ortiz"),
        ("The budget, said Mr. Holt, the treasurer, is “in better shape than ever.”", "Mr. Holt, the treasurer"),
        ("The decision, Ms. Lund said, “insults every farmer here.”", "Ms. Lund"),
        ("Berg’s claims, said her opponent, Tom Rook, are “made of air.”", "her opponent, Tom Rook"),
        (
            "Mr. Brandt’s speech, said Ann Varga, the party chair, was “long on anger and short on plans.”",
            "Ann Varga, the party chair",
        ),
    ],
)
def test_who_said_it_between_commas_is_the_source_and_not_what_it_is_about(text, source):
    (row,) = rows_of(text).itertuples()
    assert row.source == source
    assert row.content.startswith(text.split(",")[0]) and source not in row.content


@pytest.mark.parametrize(
    ("text", "source"),
    [
        (
            "Ortiz’s comments came as Mayor Webb refused a debate with union leaders, saying it could “deepen the rift” in town.",
            "Mayor Webb",
        ),
        (
            "Calder’s remarks came as Governor Ames called off a meeting with farmers, saying the talks would “reward blackmail.”",
            "Governor Ames",
        ),
        ("Lund’s statement comes as Senator Osei rejects an inquiry, calling it “a circus.”", "Senator Osei"),
        (
            "The comments came as Prime Minister Sato turned down an offer from the banks, saying he would not “mortgage the country.”",
            "Prime Minister Sato",
        ),
        ("Holt’s words came after Ms. Varga pulled out of the race, saying she was “tired of the noise.”", "Ms. Varga"),
        ("His remarks came hours after Tom Rook left the committee, saying the vote had been “bought.”", "Tom Rook"),
        ("Webb’s letter came as the union ended its strike, saying the firm had “blinked first.”", "the union"),
        (
            "The announcement came as Mr. Pruitt dropped his lawsuit, arguing that the court was “no place for politics.”",
            "Mr. Pruitt",
        ),
        ("Ames’s warning came as Russia moved troops to the border, saying it was “a routine drill.”", "Russia"),
        ("Her comments came a day after Ruth Calder quit, saying the board had “lost its way.”", "Ruth Calder"),
    ],
)
def test_remarks_that_come_as_somebody_acts_say_nothing(text, source):
    assert rows_of(text).iloc[-1]["source"] == source


@pytest.mark.parametrize(
    ("text", "source"),
    [
        (
            "Holt dismissed party strategist Ruth Calder’s comment on Monday that it is under a “siege of cranks” of the left.",
            "party strategist Ruth Calder",
        ),
        ("Ms. Varga rejected Mr. Ames’s charge that her office had “cooked the figures.”", "Mr. Ames"),
        ("Senator Osei disputed the governor’s claim that the levee was “strong as a mountain.”", "the governor"),
        ("Tom Rook brushed aside Lena Ortiz’s assertion that the union was “run by bullies.”", "Lena Ortiz"),
        ("The company denied Dr. Sato’s accusation that it had “poisoned a whole valley.”", "Dr. Sato"),
        ("Mayor Webb dismissed the bishop’s remark that the town had become “a market of souls.”", "the bishop"),
        ("Ms. Lund rejected the senator’s statement that farmers “want handouts.”", "the senator"),
        ("Mr. Pruitt disputed Ms. Cole’s suggestion that he was “asleep at the wheel.”", "Ms. Cole"),
        ("The treasurer dismissed Dunn’s warning that the bonds would be “worthless by spring.”", "Dunn"),
        ("Brandt denied her rival’s allegation that she “bought every vote in the valley.”", "her rival"),
        ("The ministry rejected Poland’s claim that the drill was “a threat to Europe.”", "Poland"),
    ],
)
def test_words_in_marks_of_a_claim_that_is_refused_are_whose_claim_it_is(text, source):
    (row,) = rows_of(text).itertuples()
    assert row.source == source and row.content.startswith("that ")


@pytest.mark.parametrize(
    "text",
    [
        "Holt rejected Berg’s claim that the dam was unsafe.",
        "Holt dismissed the idea that the dam was “a ticking bomb.”",
        "Holt dismissed Berg as “a clown.”",
        "Holt rejected Berg’s plan, saying it was “a gift to thieves.”",
        "Holt dismissed Berg’s claim as “nonsense on stilts.”",
        "Holt disputed Berg’s claim that the dam was unsafe, calling it “nonsense.”",
    ],
)
def test_a_refusal_in_words_of_its_own_is_of_who_refuses(text):
    rows = rows_of(text)
    assert set(rows["source"]) == {"Holt"}


@pytest.mark.parametrize(
    "text",
    [
        "Senator Ames said her party would lose the county, an unusually gloomy assessment from a campaign chief.",
        "Ms. Lund said the farm would be sold, a reversal of the position she took in May.",
        "Mayor Webb said that nobody should wait for the state, a nod to farmers who built their own dams.",
        "The colonel said his men had fired first, an admission that stunned the court.",
        "Mr. Pruitt said the pipes were safe, a claim disputed by engineers.",
        "Holt said the vote was rigged, an accusation his rivals called absurd.",
        "The treasurer said taxes might rise, a striking departure from years of party doctrine.",
        "Ortiz said that some people never pay, a thinly veiled reference to her rival’s debts.",
        "The bishop said greed had ruined the town, a pointed rebuke to the mayor.",
        "Mr. Brandt said he would sign the bill, a retreat from his threats of last week.",
    ],
)
def test_what_a_statement_is_summed_up_as_is_not_said(text):
    row = rows_of(text).iloc[0]
    assert text.split(", ")[0].endswith(row["content"])


@pytest.mark.parametrize(
    "text",
    [
        "Holt said the dam would hold, reducing the danger of floods.",
        "Varga said the tax would drive firms away, raising prices for families.",
        "The union said the depot would close, leaving 40 drivers without work.",
        "Ames said the law had failed, prompting families to leave.",
        "The governor said the fire had spread overnight, forcing 200 people from their homes.",
        "Osei said the bank had lied to its clients, fueling distrust.",
        "Webb said the bridge was a gift from the state, a token of friendship.",
        "Calder said her father was a miner, a man who never wrote a letter.",
        "Rook said the report was a disgrace, a collection of lies and rumors.",
        "Lund said he had met Berg, the author of the plan, in May.",
    ],
)
def test_what_the_speaker_says_would_come_of_it_is_said(text):
    row = rows_of(text).iloc[0]
    assert text.rstrip(".").endswith(row["content"])


@pytest.mark.parametrize(
    "text",
    [
        "The mothers, known as “the candle women,” stood at the gate.",
        "A group of farmers known as “the barn crew” blocked the road.",
        "The drug, called “blue salt” on the street, killed two men.",
        "The program is called “Safe Harbor.”",
        "The two brothers, nicknamed “the owls,” ran the mill.",
        "The alley is known as “the pit.”",
        "The exercise was dubbed “Iron Spring.”",
        "The old boats, often called “coffins,” were burned.",
        "The levy is sometimes called “the bread tax.”",
        "The cell, known as “the hole,” has no window.",
    ],
)
def test_a_name_that_nobody_is_said_to_give_is_nobodys_words(text):
    assert rows_of(text).empty


def test_whoever_gives_the_name_is_the_source():
    rows = rows_of("Berg is called “a crook” by her rivals.")
    assert rows["source"].tolist() == ["her rivals"]
    assert rows_of("Berg calls the plan “a sham.”")["source"].tolist() == ["Berg"]
    assert rows_of("Berg called the plan “a sham.”")["source"].tolist() == ["Berg"]


@pytest.mark.parametrize(
    "text",
    [
        "Neither the mayor nor the council had yet identified which roads would be closed.",
        "The police had not yet identified the man who fired.",
        "The agency has yet to identify which of the plants leaked.",
    ],
)
def test_what_is_yet_to_be_told_does_not_count(text):
    assert (rows_of(text)["attribution_certainty"] < COUNTED_FROM).all()


@pytest.mark.parametrize(
    "text",
    [
        "The mayor declared that the town was “open for work.”",
        "The governor declared the levee safe.",
        "The union demanded that the depot reopen.",
        "The union demanded to see the books.",
        "The company announced a new line of trucks.",
    ],
)
def test_what_is_declared_or_demanded_in_words_counts(text):
    (row,) = rows_of(text).itertuples()
    assert how_said(row.kind, row.cue, row.source, content=row.content)[0] == "said"
