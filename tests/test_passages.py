"""Zones of a page: the article's own words are kept, everything else on the page is kept apart."""

from __future__ import annotations

import hashlib
import json
import random
import textwrap
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings, strategies as st
from page_maker import HELD, OTHER_STORIES, SEEN, Piece, make_page, tally

import framing
from framing.tables import COLUMNS, LEFT_OUT, ZONES
from framing.zones import classifier
from framing.zones.classifier import reconsider
from framing.zones.lines import paragraphs
from framing.zones.passages import (
    by_rule,
    correct_zones,
    dateline,
    find_passages,
    page_fields,
    words_left_out,
    words_per_article,
)

MOST_FURNITURE = 0.01  # of the furniture's words may be taken for body

# Zones of five real pages, read line by line by hand: the file's hash, then line number -> zone.
PAGES = {
    "4527fc0b1b8eb867": {
        "furniture": [0],
        "headline": [2],
        "standfirst": [4],
        "lead": [6],
        "body": [8, 12, 14, 16, 20, 22],
        "subheading": [10, 18],
        "credit": [24],
        "other_story": [26, 28, 30, 32, 34, 38, 40, 42, 44, 46, 48, 50],
    },
    "564c339b0d19d321": {
        "furniture": [0, 1, 2, 3, 4, 5, 12, 27, 29, 31, 41, 63],
        "caption": [6, 51],
        "headline": [8],
        "standfirst": [10, 11],
        "lead": [13],
        "credit": [61],
        "body": [14, 16, 18, 20, 22, 24, 25, 33, 35, 37, 39, 43, 45, 47, 49, 53, 55, 57, 59],
    },
    "2e2abf1ca2fa44cd": {
        "furniture": [0, 30, *range(34, 71, 2)],
        "headline": [2],
        "lead": [4],
        "byline": [32],
        "body": list(range(6, 29, 2)),
    },
    "8859abb0bbca0d4b": {
        "headline": [0],
        "caption": [2, 4, 6, 18, 20, 22],
        "lead": [8],
        "subheading": [28],
        "body": [10, 12, 14, 16, 24, 26, 30, 32, 34, 36],
        "furniture": [38, 40],
    },
    "5ef9802af3172bab": {
        "furniture": [0, 1, 2, 35, 37, 40, 41, 43, 45, 47],
        "headline": [4],
        "caption": [6],
        "standfirst": [7, 8, 9],
        "lead": [11],
        "body": list(range(13, 34, 2)),
    },
}


def page(text: str, **columns) -> pd.DataFrame:
    return pd.DataFrame([{"article_id": "a1", "outlet": "Gazette", "event": "e1", "text": text, **columns}])


def zones(text: str, **columns) -> list[str]:
    return find_passages(page(text, **columns))["zone"].tolist()


def zone_of(text: str, beginning: str) -> str:
    passages = find_passages(page(text))
    return passages.loc[passages["text"].str.startswith(beginning), "zone"].item()


def test_every_line_of_five_real_pages_has_the_zone_a_reader_gave_it(shared):
    seen = 0
    for path in sorted((shared / "articles").glob("*.txt")):
        raw = path.read_bytes()
        gold = PAGES.get(hashlib.sha256(raw).hexdigest()[:16])
        if gold is None:
            continue
        text, wanted, position = raw.decode("utf-8"), [], 0
        for number, line in enumerate(text.split("\n")):
            if line.strip():
                wanted.append((position, next(zone for zone, lines in gold.items() if number in lines)))
            position += len(line) + 1
        found = find_passages(page(text))
        starts = [position + len(text[position:]) - len(text[position:].lstrip()) for position, _ in wanted]
        assert list(zip(found["start"], found["zone"], strict=True)) == list(
            zip(starts, [zone for _, zone in wanted], strict=True)
        ), path.name
        seen += 1
    assert seen == 5


@settings(max_examples=200)
@given(
    st.text(
        alphabet=st.one_of(
            st.characters(exclude_categories=["Cs"]), st.sampled_from("\n\n\r\t .,:•“”\"'’Aa9—…\u2028\u00a0\ufeff")
        ),
        max_size=400,
    )
)
def test_any_text_is_covered_once_and_offsets_index_it(text):
    passages = find_passages(page(text))
    assert list(passages) == COLUMNS["passages"]
    covered, last = set(), 0
    for row in passages.itertuples():
        assert row.start >= last and text[row.start : row.end] == row.text and row.zone in ZONES
        last = row.end
        covered.update(range(row.start, row.end))
    assert all(char.isspace() or i in covered for i, char in enumerate(text))


LEAD = "The ferry to Maren was cancelled on Monday after a crane fell across the harbour road, officials said."
BODY = [
    "Nobody was hurt, but the harbour road will stay shut until the crane has been lifted.",
    "“We heard a bang and then nothing,” said Ada Brown, who runs the ferry office.",
    "The harbour board had warned in spring that the crane was rusting.",
    "Ferry tickets bought for Monday are valid until the end of the month, the board said.",
]
STORY = "\n\n".join(["Ferry cancelled after crane falls on harbour road", LEAD, *BODY])


def kept(text: str) -> list[str]:
    """The body and lead paragraphs of a page."""
    passages = find_passages(page(text))
    return passages.loc[passages["zone"].isin(["lead", "body"]), "text"].tolist()


def test_a_plain_story_is_headline_lead_and_body():
    assert zones(STORY) == ["headline", "lead", "body", "body", "body", "body"]


def test_an_exclusive_is_a_headline_at_the_top_and_a_link_below():
    title = "Exclusive: crane that fell on the harbour road had no licence since spring"
    assert zones("\n\n".join([title, LEAD, *BODY]))[0] == "headline"
    assert zones("\n\n".join([STORY, title]))[-1] == "furniture"


def test_a_paragraph_that_quotes_somebody_is_taken_out_only_when_nearly_certain(monkeypatch):
    from framing.zones import classifier, passages

    monkeypatch.setattr(classifier, "doubts", lambda lines: [0.95] * len(lines))
    passages.zones_of.cache_clear()
    found = zones("\n\n".join(["Subscribe to our newsletter", STORY]))
    passages.zones_of.cache_clear()
    assert found[-4:] == ["furniture", "lead", "furniture", "furniture"]  # Ada Brown is quoted; the lead moved to her


@pytest.mark.parametrize("n_pages", [30, 300])
def test_pages_in_furniture_never_seen_keep_their_words_and_lose_the_furniture(n_pages):
    kept_words, body_words, furniture_words, furniture_as_body, _ = wrapped_pages(HELD, n_pages)
    assert kept_words / body_words >= 0.99
    assert furniture_as_body / furniture_words <= MOST_FURNITURE


@pytest.mark.parametrize("n_pages", [30, 300])
def test_pages_in_furniture_of_known_styles_keep_their_words_and_lose_the_furniture(n_pages):
    kept_words, body_words, furniture_words, furniture_as_body, headlines = wrapped_pages(SEEN, n_pages)
    assert kept_words / body_words >= 0.99
    assert furniture_as_body / furniture_words <= MOST_FURNITURE
    assert headlines >= 0.96 * n_pages


def wrapped_pages(styles, n_pages: int) -> tuple[int, int, int, int, int]:
    """Words of body kept and in all, of furniture in all and taken for body; headlines found."""
    stories = corpus_stories()
    kept_words = body_words = furniture_words = furniture_as_body = headlines = 0
    for number in range(n_pages):
        rng = random.Random(number)
        other = rng.choice(OTHER_STORIES) if rng.random() < 0.3 else None
        text, spans = make_page(stories[(number * 7) % len(stories)], rng, styles, other=other)
        passages = list(find_passages(page(text))[["start", "end", "zone"]].itertuples(index=False, name=None))
        counts = tally(text, spans, passages)
        headlines += any(key == "headline > headline" for key in counts)
        for key, n in counts.items():
            truth, zone = key.split(" > ")
            body_words += n * (truth == "body")
            kept_words += n * (truth == "body" and zone in ("lead", "body"))
            furniture_words += n * (truth in ("furniture", "other_story"))
            furniture_as_body += n * (truth in ("furniture", "other_story") and zone in ("lead", "body"))
    return kept_words, body_words, furniture_words, furniture_as_body, headlines


def corpus_stories() -> list[list[Piece]]:
    """The stories of the bundled corpus without its own furniture, by the corpus's hand-made zones."""
    folder = Path(framing.__file__).parent / "examples" / "summit"
    gold = pd.read_csv(folder / "key" / "gold_zones.csv")
    paths = pd.read_csv(folder / "articles" / "articles.csv").set_index("article_id")["path"]
    stories = []
    for article_id, rows in gold.groupby("article_id", sort=True):
        text = (folder / "articles" / paths[article_id]).read_text(encoding="utf-8")
        stories.append(
            [
                Piece({"lead": "body"}.get(row.zone, row.zone), text[row.start : row.end])
                for row in rows.itertuples()
                if row.zone in ("headline", "standfirst", "lead", "body", "subheading")
            ]
        )
    return stories


def test_the_bundled_corpus_has_the_zones_of_its_key():
    folder = Path(framing.__file__).parent / "examples" / "summit"
    gold = pd.read_csv(folder / "key" / "gold_zones.csv")
    paths = pd.read_csv(folder / "articles" / "articles.csv").set_index("article_id")["path"]
    right = total = 0
    for article_id, rows in gold.groupby("article_id"):
        text = (folder / "articles" / paths[article_id]).read_text(encoding="utf-8")
        found = dict(zip(find_passages(page(text))["start"], find_passages(page(text))["zone"], strict=True))
        for row in rows.itertuples():
            right += found.get(row.start) == row.zone
            total += 1
            left_out = found.get(row.start) in LEFT_OUT
            assert (row.zone in LEFT_OUT) == left_out, (article_id, row.zone, text[row.start : row.start + 60])
    assert right / total >= 0.98


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\u2028"])
def test_any_line_end_divides_paragraphs(end):
    assert zones(STORY.replace("\n", end)) == zones(STORY)


def test_lines_wrapped_by_an_editor_are_one_paragraph():
    wrapped = "\n\n".join(textwrap.fill(paragraph, 62) for paragraph in STORY.split("\n\n"))
    passages = find_passages(page(wrapped))
    assert passages["zone"].tolist() == zones(STORY)
    assert " ".join(passages["text"][1].split()) == LEAD


def test_touching_paragraphs_are_not_taken_for_wrapped_lines():
    assert zones(STORY.replace("\n\n", "\n")) == zones(STORY)


def test_very_short_paragraphs_and_quotations_alone_on_a_line_stay_in_the_body():
    text = "\n\n".join([STORY, "Then silence.", "“It was loud.”", "“Very loud,” said Brown.", "No one spoke."])
    assert kept(text)[-4:] == ["Then silence.", "“It was loud.”", "“Very loud,” said Brown.", "No one spoke."]


def test_a_list_inside_the_story_stays_in_the_body():
    text = (
        STORY + "\n\nThe board asks passengers to:\n• keep their tickets\n• walk round by the "
        "fish market\n• wait for news\n\nThe crane will be lifted on Thursday, the board said."
    )
    assert len(kept(text)) == 10


def test_an_interview_in_questions_and_answers_stays_whole():
    text = "\n\n".join(
        [
            "“The crane was a warning”: the ferry clerk talks",
            "Ada Brown has sold ferry tickets in Maren for thirty years. She spoke to us about the crane.",
            "What did you hear?",
            "A bang. Then nothing at all.",
            "Were you afraid?",
            "I was, and so was the cat.",
            "Q: Will you stay?",
            "A: Where else would I go?",
        ]
    )
    assert len(kept(text)) == 7


def test_verse_quoted_in_a_story_stays_in_the_body():
    text = (
        STORY + "\n\nThe clerk recited an old rhyme:\n\nThe crane that stands upon the quay,\nIt leans "
        "a little to the sea,\nand when it falls, as fall it must,\nthe ferry men shall sweep the rust.\n\nThen she closed her office."
    )
    assert len(kept(text)) == 11


def test_a_subheading_is_told_from_a_link_and_from_a_box():
    text = "\n\n".join(
        [
            STORY,
            "A road still shut",
            "The harbour road is the only way to the ferry, and the board knows it.",
            "How the council of Maren quietly sold off its last two lighthouses",
            "The ferry sails again when the crane is gone, the harbour board said.",
        ]
    )
    assert zone_of(text, "A road") == "subheading"
    assert zone_of(text, "How the council") == "furniture"
    assert zone_of(text, "The ferry sails") == "body"


LIVE = """{}

09.14

Good morning and welcome. Counting is still under way in four provinces.

09.22

Serrano: "We are cautiously happy"

Outgoing mayor Lidia Serrano has just spoken outside her headquarters.

09.41

Turnout in the hill districts was far higher than anyone expected.

10.05

Serrano has gone home, and the commission counts on.
"""


@pytest.mark.parametrize(
    "headline",
    [
        "Valmora votes: polls close",
        "Election night",
        "Valmora election live – latest results",
        "Live: Valmora goes to the polls",
        "LIVE BLOG: Valmora votes",
        "As it happened: Valmora election night",
    ],
)
def test_what_stands_over_the_first_time_stamp_of_a_live_blog_is_its_headline(headline):
    text = LIVE.format(headline)
    assert [zone_of(text, line) for line in (headline, "Serrano:")] == ["headline", "subheading"]


def test_a_title_over_the_first_post_of_a_live_blog_is_a_subheading():
    text = LIVE.format("Election night in Valmora").replace("Good", "Four provinces still count\n\nGood", 1)
    found = [zone_of(text, line) for line in ("Election night", "Four provinces", "Good morning")]
    assert found == ["headline", "subheading", "lead"]


def test_a_time_above_the_page_makes_no_live_blog():
    text = (
        "The Orvane Times\n\n09.14\n\nSign up for our newsletter and get our best stories in your inbox.\n\n"
        "Flood reaches the old mill of Orvane\n\n09.20\n\nThe flood reached the old mill of Orvane on Monday.\n"
    )
    assert zone_of(text, "Flood reaches") == "headline"


def test_a_headline_alone_is_a_headline():
    assert zones("Ferry cancelled after crane falls") == ["headline"]


def test_one_long_paragraph_under_a_headline_is_the_lead():
    assert zones("Ferry cancelled after crane falls\n\n" + " ".join([LEAD, *BODY] * 5)) == ["headline", "lead"]


def test_a_lead_in_capitals_is_a_lead():
    assert zones(STORY.replace(LEAD, LEAD.upper()))[:2] == ["headline", "lead"]


def test_a_teaser_with_an_ellipsis_and_its_time_are_furniture():
    text = (
        STORY
        + "\n\nLatest\n\nTwins win the lottery twice\n\nTwin sisters from Maren have won the lottery for the…\n\n2 hours ago"
    )
    assert zones(text)[6:] == ["furniture"] * 4


def test_a_second_story_is_kept_apart_with_its_caption():
    text = "\n\n".join(
        [
            STORY,
            "Text by wire services",
            "Beekeepers turn a roof into an orchard",
            "Two hundred hives now stand on the roof of the old mill in Umberhall, where retired plumbers keep bees.",
            "Apple trees in tubs followed in spring, lifted by a lorry that had come to mend the gutters of the mill.",
            "Plumbers on the mill roof in May. Photo: Petra Holm",
        ]
    )
    assert zones(text)[6:] == ["credit", "other_story", "other_story", "other_story", "other_story"]


PITCH = "Our weekend letter on gardens, wine and slow trains is written by Petra Holm and comes out on Fridays."


def test_a_sentence_foreign_to_the_story_is_furniture_beside_a_line_that_surely_is():
    paragraphs = STORY.split("\n\n")
    text = "\n\n".join(["Subscribe now", *paragraphs[:3], PITCH, *paragraphs[3:]])
    assert zone_of(text, "Our weekend letter") == "furniture"
    assert kept(text) == kept(STORY)


def test_a_page_without_any_sure_furniture_is_left_as_the_rules_have_it():
    lines = paragraphs(STORY)
    by_rule(lines)
    before = [line.zone for line in lines]
    reconsider(lines)
    assert [line.zone for line in lines] == before


def test_a_list_goes_with_the_sentence_it_runs_on_from(monkeypatch):
    asked = "\n\nThe board asks passengers to:\n• keep their tickets\n• wait for news"
    lines = paragraphs("Subscribe now\n\n" + STORY + asked)
    by_rule(lines)
    asks = next(line for line in lines if line.text.startswith("The board asks"))
    monkeypatch.setattr(
        classifier,
        "doubts",
        lambda lines: [0.99 if line is asks else None if line.is_bullet else 0.0 for line in lines],
    )
    reconsider(lines)
    assert [line.zone for line in lines[-3:]] == ["furniture"] * 3


def test_when_the_lead_is_no_story_the_next_paragraph_leads(monkeypatch):
    lines = paragraphs("Subscribe now\n\n" + STORY)
    by_rule(lines)
    lead = next(line for line in lines if line.zone == "lead")
    monkeypatch.setattr(classifier, "doubts", lambda lines: [0.99 if line is lead else 0.0 for line in lines])
    reconsider(lines)
    assert [line.zone for line in lines if line.text in (LEAD, BODY[0])] == ["furniture", "lead"]


def test_opinion_addressed_to_the_reader_stays_whole_among_furniture():
    told = [
        "You put the bottle in the green bin. You rinsed it first, because you are that kind of person.",
        "Then a lorry took your bottle to a yard outside the city, where nobody wanted it.",
        "I have followed my own bottles for a year, and most of them went nowhere good.",
        "Ask your council where its bottles go. Ask twice.",
        "If you want to change what happens to your bottle, vote for someone who will.",
    ]
    text = "\n\n".join(["Subscribe now", "Your bottle went nowhere", *told, "Share this article", "Most read"])
    assert kept(text) == told


DATELINES = """
SEOUL, Sept 13 (AP) — |(Reuters) - |Dec 29 (Reuters) - |MAREN — |SÃO PAULO – |ST. ELM, N.H. -- |Maren (AFP) – |
Port Elm, August 21 (Central Agency) -- |DES MOINES, Iowa, Aug. 10 (UPI) — |SEOUL/TOKYO, Sept 13 - |MAREN (dpa) - |
EASTMERE, Tuesday — |COEUR D’ALENE, Idaho - |MAREN—|MAREN, 3 May 2020 - |MAREN (AFP): |WINSTON-SALEM, N.C. --  |MAREN –- 
"""


@pytest.mark.parametrize("opening", DATELINES.replace("\n", "").split("|"))
def test_a_dateline_of_any_agency_is_found(opening):
    text = f"{opening}Two missiles flew."
    assert dateline(text) == (0, len(opening))
    assert dateline(f"One line.\n\n{text}", 11) == (11, 11 + len(opening))


@pytest.mark.parametrize(
    "opening",
    """
The mayor - a man of few words - said no.|AFL-CIO to endorse Berg.|BERG: We go on.|Ada Berg: We go on.|
Sen. Ada Berg (R-Texas) — announced in March|BERG--Ada, 98, of Maren, passed away|Ada Berg (45) - the mayor|
UNIONS WIN AND LOSE IN ONE WEEK - Ada Berg writes|Ada Berg Was Asked About Maren – And Said This|U.S. ships left.|MAREN — 
""".replace("\n", "").split("|"),
)
def test_what_only_looks_like_a_dateline_is_none(opening):
    assert dateline(opening) is None


def test_a_dateline_stays_in_the_lead():
    assert zone_of(STORY.replace(LEAD, "MAREN, March 4 (AP) — " + LEAD), "MAREN") == "lead"


def test_known_spans_win_and_split_a_paragraph():
    text = "One line.\n\nA second line, with an aside."
    found = find_passages(page(text, known_zones='[[11, 24, "body"], [24, 40, "furniture"]]'))
    assert found[["zone", "text"]].to_numpy().tolist()[1:] == [
        ["body", "A second line"],
        ["furniture", ", with an aside."],
    ]


@pytest.mark.parametrize(
    "title",
    [
        "Harbour Talks Stall Over U.S.-China Ferry Tariffs",
        "Envoy Calls U.K.-Norway Ferry Pact a Mistake",
        "Ferry Ban Widens U.S.–Canada Rift",
        "Gov.-Elect Marsh Picks Harbour Chief",
        "Crane Falls on Bridge to St.-Denis Ferry",
        "Ferry Crane Sent Back to the U.S.",
        "Harbour Board Faces Audit by the I.R.S.",
        "Harbour Crane Falls in Portland, Ore.",
        "Harbour Board Elects Paul Holt Jr.",
        "Harbour Road to Reopen at 6 a.m.",
        "Ferry Owners Sue Crane Maker Lifting Co.",
        "Sen. Brown Wants Harbour Crane Inspected",
        "Former Reps. Ada Brown and Li van Dam Plead Guilty in Harbour Crane Bribery Trial",
        "Holt v. Harbour Board: Judge Hears Why the Crane in Mass. Harbour Fell on the Road",
    ],
)
def test_an_abbreviation_in_a_headline_does_not_make_it_a_sentence(title):
    expected = ["headline", "lead", "body", "body", "body", "body"]
    assert zones("\n\n".join([title, LEAD, *BODY])) == expected
    for below in ("2019-02-15", "By Ada Brown"):
        assert zones("\n\n".join([title, below, LEAD, *BODY]))[0] == "headline"
        assert zones("\n\n".join([title.capitalize(), below, LEAD, *BODY]))[0] == "headline"


@pytest.mark.parametrize(
    "sentence",
    [
        "The crane had come from a yard in the U.S.",
        "The ferry sails again from Portland, Ore., at 6 a.m.",
        "The new ferry was ordered by Paul Holt Jr.",
        "The harbour road was shut.—Harbour News",
        "The harbour board moved its offices to Washington, D.C.",
    ],
)
def test_a_sentence_that_ends_in_an_abbreviation_or_is_signed_stays_one(sentence):
    title = STORY.split("\n", 1)[0]
    assert zones("\n\n".join([title, sentence, LEAD, *BODY]))[:2] == ["headline", "lead"]
    assert zones("\n\n".join([title, LEAD, sentence, *BODY]))[2] == "body"
    assert zones("\n\n".join([title, LEAD, *BODY, sentence]))[-1] == "body"
    assert zones("\n\n".join([sentence, LEAD, *BODY]))[0] in ("lead", "body")


@pytest.mark.parametrize(
    "title",
    [
        "Paul Holt's Words on Ferry Service Differ From Harbour Records",
        "Harbour Board Names Press Chief After Crane Fall",
        "Mayor Signs Ferry Service Bill",
        "Harbour Agency Boss Quits",
        "Crane Operators Press Harbour Board",
        "Ferry Staff Walk Out Over Crane",
        "Anna Berg's use of private email address while harbour chief draws scrutiny",
        "Harbour board loses newsletter writers after crane falls on ferry road",
        "Ferry firm hid cookies in harbour guests' phones, watchdog says",
        "Crane maker ends paid subscription for harbour lifts after fall",
    ],
)
def test_the_first_line_of_a_page_is_its_headline_though_it_holds_a_word_of_bylines_or_of_sites(title):
    assert zones("\n\n".join([title, LEAD, *BODY]))[:2] == ["headline", "lead"]


@pytest.mark.parametrize(
    ("line", "zone"),
    [
        ("Ada Brown, Harbour Correspondent", "byline"),
        ("Ada Brown Staff Writer", "byline"),
        ("Ada Brown and Li Dam, Reuters staff", "byline"),
        ("The Courier's Europe Correspondent", "byline"),
        ("Sign up for our newsletter and get our best stories in your inbox", "furniture"),
        ("Subscribe to read our newsletter", "furniture"),
        ("Get breaking news alerts and newsletter offers straight to the inbox", "furniture"),
    ],
)
def test_a_byline_or_a_line_to_the_visitor_at_the_top_of_a_page_is_no_headline(line, zone):
    found = zones("\n\n".join([line, STORY]))
    assert found[1] == "headline" and found[0] in (zone, "furniture")


@pytest.mark.parametrize("name", [" — AFP", " (Reuters)", " - dpa", "-Reuters", "—AFP"])
def test_an_agency_named_at_the_end_of_the_last_paragraph_makes_it_no_caption(name):
    assert zones(STORY + name)[-1] == "body"


def test_an_agency_named_under_a_picture_above_the_story_makes_it_a_caption():
    text = STORY.replace(
        "\n\n", "\n\nThe crane lies across the harbour road on Monday, March 4, 2024. — Reuters\n\n", 1
    )
    assert zones(text)[:3] == ["headline", "caption", "lead"]


def test_text_taken_verbatim_is_all_body():
    text = "Menu\n\nSubscribe now\n\n" + STORY
    assert set(zones(text, known_zones=f'[[0, {len(text)}, "body"]]')) == {"body"}


@pytest.mark.parametrize("spans", ["nonsense", "[[0, 5]]", '[[0, 5, "prose"]]', "{}x"])
def test_known_spans_that_cannot_be_read_are_named(spans):
    with pytest.raises(ValueError, match="known_zones"):
        find_passages(page(STORY, known_zones=spans))


def test_a_persons_correction_wins_and_leaves_the_rest():
    corrections = pd.DataFrame({"article_id": ["a1"], "line": ["The harbour board had"], "zone": ["caption"]})
    corrected = correct_zones(page(STORY), corrections)
    assert find_passages(corrected)["zone"].tolist() == ["headline", "lead", "body", "body", "caption", "body"]


def test_a_correction_wins_over_a_known_span_and_keeps_what_is_beside_it():
    text = "First line here.\n\nSecond line here."
    table = page(text, known_zones=f'[[0, {len(text)}, "body"]]')
    corrections = pd.DataFrame({"article_id": ["a1"], "line": ["Second"], "zone": ["furniture"]})
    assert find_passages(correct_zones(table, corrections))["zone"].tolist() == ["body", "furniture"]


def test_corrections_that_fit_nothing_are_named_once():
    corrections = pd.DataFrame({"article_id": ["a1", "a9"], "line": ["No such line", "x"], "zone": ["body", "body"]})
    with pytest.warns(UserWarning, match="2 of 2 zone corrections fit no paragraph.*No such line"):
        correct_zones(page(STORY), corrections)


def test_a_correction_to_an_unknown_zone_is_refused():
    with pytest.raises(ValueError, match="prose"):
        correct_zones(page(STORY), pd.DataFrame({"article_id": ["a1"], "line": ["The"], "zone": ["prose"]}))


def test_the_fields_of_a_page_are_read_from_its_zones():
    text = STORY.replace("\n\n", "\n\nBy Ada Brown\n\n• Ferry tickets stay valid\n• Harbour road shut\n\n", 1)
    fields = page_fields(page(text)).iloc[0]
    assert fields["headline"] == "Ferry cancelled after crane falls on harbour road"
    assert fields["standfirst"] == "Ferry tickets stay valid Harbour road shut"
    assert fields["byline"] == "Ada Brown"
    assert page_fields(page("Just a lead here, and nothing else to be seen."))["byline"].isna().all()


def test_words_left_out_are_counted_by_zone():
    text = STORY + "\n\nSubscribe to our newsletter"
    assert words_per_article(page(text)).tolist() == words_per_article(page(STORY)).tolist()
    out = words_left_out(page(text)).set_index("zone")
    assert out.loc["furniture", "n_words"] == 4 and out.loc["other_story", "n_words"] == 0
    assert out.loc["furniture", "share"] == pytest.approx(4 / (4 + words_per_article(page(STORY))[0]))


def test_no_articles_give_an_empty_table():
    assert list(find_passages(page(STORY).iloc[:0])) == COLUMNS["passages"]
    assert zones("") == [] and zones(" \n\u00a0\n") == []


def test_of_two_corrections_of_one_paragraph_the_first_counts_and_the_other_is_named():
    text = "The ferry sank at noon.\n\nNobody was hurt."
    table = pd.DataFrame({"article_id": ["a"], "text": [text]})
    with pytest.warns(UserWarning, match="1 of 2 zone corrections fit no paragraph; the first begins 'The'"):
        found = correct_zones(
            table, pd.DataFrame({"article_id": "a", "line": ["The ferry", "The"], "zone": ["caption", "furniture"]})
        )
    assert json.loads(found["known_zones"][0]) == [[0, 23, "caption"]]


def test_of_two_lines_marked_as_headline_the_first_is_the_articles():
    table = pd.DataFrame(
        {
            "text": ["Ferry sinks\n\nMore ferries\n\nThe ferry sank."],
            "known_zones": ['[[0, 11, "headline"], [13, 25, "headline"], [27, 42, "body"]]'],
        }
    )
    assert page_fields(table)["headline"].tolist() == ["Ferry sinks"]
