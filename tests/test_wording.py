"""Wording: does the choice of words evaluate the target, whatever is told? And its table."""

from __future__ import annotations

import json
from importlib.resources import files

import numpy as np
import pandas as pd
import pytest

import framing
from framing.sentiment.model import ORDINARY, SIDE, firmness, for_these_articles, ordinary_shares, read_targets, sides
from framing.sentiment.wording import LINKS, SIGNS, evaluating_words, load_wording, loaded_words, wording_scores

# Ten and more of each kind.
RUNS_DOWN = {
    "an epithet": [
        "The disgraced Harlan spoke at noon.",
        "Harlan, a notorious liar, spoke at noon.",
        "The bumbling Harlan came late.",
        "Harlan is a ruthless opportunist.",
        "Harlan, the arrogant chairman, left early.",
        "Harlan is a hypocrite.",
        "The hapless Harlan signed the paper.",
        "Harlan, a far-right zealot, will run.",
        "Harlan is an incompetent crony.",
        "The thuggish Harlan runs the port.",
        "Harlan, a shady fixer, bought the house.",
    ],
    "how a deed is told": [
        "Harlan bungled the budget.",
        "Harlan lashed out at reporters.",
        "Harlan smeared his rival.",
        "Harlan peddled the theory on Monday.",
        "Harlan boasted about the bridge.",
        "Harlan squandered the fund.",
        "Harlan whined about the ruling.",
        "Harlan fumbled the answer.",
        "Harlan bullied the clerks.",
        "Harlan stonewalled the committee.",
        "Harlan sabotaged the talks.",
    ],
    "what is his or hers": [
        "Harlan's reckless plan will be voted on today.",
        "Harlan's absurd claim was printed on Monday.",
        "Harlan's shameful silence lasted a week.",
        "The disastrous budget of Harlan was passed.",
        "Harlan's toxic speech was shown on television.",
        "Harlan's bogus figures were in the report.",
        "Harlan's cynical ploy was on the agenda.",
        "Harlan's bizarre letter reached the board.",
        "Harlan's corrupt office moved to the harbour.",
        "Harlan's ridiculous hat was on the table.",
        "Harlan's hateful book is out.",
    ],
}
PRAISES = [
    "The brilliant Harlan spoke at noon.",
    "Harlan, a courageous judge, spoke at noon.",
    "Harlan is a visionary leader.",
    "The tireless Harlan signed the paper.",
    "Harlan gave a magnificent speech.",
    "Harlan is a wise and honest broker.",
    "Harlan's remarkable plan will be voted on today.",
    "Harlan is a heroic figure.",
    "Harlan gave an inspiring answer.",
    "Harlan's excellent figures were in the report.",
    "The beloved Harlan came late.",
]
# Bad news and good, plainly told; other people's feelings; loaded words for somebody else.
PLAIN = [
    "Harlan was arrested on Monday.",
    "Harlan was sentenced to three years in prison.",
    "Harlan lost the election.",
    "Harlan resigned after the audit.",
    "Harlan was charged with fraud.",
    "Harlan won the election.",
    "Harlan died on Sunday.",
    "Harlan received the prize for chemistry.",
    "Harlan was injured in the crash.",
    "Harlan was appointed director.",
    "Prosecutors charged Harlan with murder.",
    "Harlan said the meeting would be on Tuesday.",
    "Harlan met the notorious liar Adler.",
    "Police searched the office of Harlan.",
    # plain verbs that stand beside loaded ones in meaning
    "Harlan toasted the new bridge.",
    "Harlan denied the report on Monday.",
    "Harlan warned of a flood.",
    "Harlan removed the sign.",
    "Harlan insisted on a vote.",
    "Harlan avoided the topic.",
    "Harlan called the mayor.",
    "Harlan repeated the offer.",
    "Harlan shed two jobs.",
    "Harlan turned to the board.",
    "Harlan owed two payments.",
]
# Marks of contrast, doubt and irony with nothing that judges beside them.
MARKS_ALONE = [
    "Harlan only signed the paper on Monday.",
    "Only Harlan signed the paper.",
    "Yet Harlan signed the paper.",
    "But Harlan signed the paper.",
    "Even Harlan signed the paper.",
    "Harlan even signed the paper.",
    "Harlan just signed the paper.",
    "Harlan has yet to sign the paper.",
    "Harlan still signed the paper.",
    "Harlan finally signed the paper.",
    "Despite the rain, Harlan spoke at noon.",
    "Harlan instead went to the harbour.",
    "Suddenly Harlan left the room.",
    "Harlan barely moved.",
    "Harlan is only the second person to hold both offices.",
    "Harlan said the board had still only met twice.",
    "Harlan insisted that she would only speak at noon.",
    "Harlan claimed the board had even met twice.",
    "Harlan, the supposed owner, only signed the paper.",
    "Harlan spoke of the “plan” only on Monday.",
]

# What judges is said of a thing beside the target's deed, or of what another noun says of the target.
OF_ANOTHER_THING = [
    "Harlan visited the harbour as the board began a shameful debate.",
    "Harlan led the town through disastrous floods.",
    "Harlan left the hall after a clumsy speech by the owner.",
    "Harlan opened a superb museum.",
    "Harlan passed a law against dishonest landlords.",
    "Harlan began a brilliant course at the college.",
    "The board told absurd tales of Harlan.",
    "Harlan worked in a pathetic little office.",
    "Harlan met a crowd of hysterical callers.",
    "Harlan signed the reckless budget of the board.",
    "Harlan spoke to the arrogant owners on Monday.",
    "Harlan read from a ludicrous letter.",
]
# What somebody else judges, what the target feels, which side it is on, and news of success and failure.
NO_JUDGEMENT = [
    "The board considers Harlan a shameless liar.",
    "The board views Harlan as a poisonous coward.",
    "Harlan is seen as an arrogant bully.",
    "The owners called Harlan a pathetic coward.",
    "Harlan, a self-described liar, signed the paper.",
    "Harlan is proud of the sale.",
    "Harlan, furious at the delay, left the room.",
    "Harlan wondered about the sale.",
    "The far-right Harlan party met on Monday.",
    "Harlan, a populist, signed the paper.",
    "Harlan, a party operative, signed the paper.",
    "Harlan was victorious in the race.",
    "Harlan's failed bid for the harbour ended on Monday.",
    "Harlan, winner of an award for outstanding work, signed the paper.",
    "Harlan had a great night.",
    "Harlan applauded the plan.",
    "Harlan heralded the deal.",
    "Harlan extolled the mayor.",
    "Harlan set out to inspire the town.",
    "Harlan cheered the sale.",
]
SAID_OF_IT = [
    "Harlan, a shameless liar, signed the paper.",
    "The arrogant Harlan signed the paper.",
    "Harlan told shameless lies.",
    "Harlan made absurd claims.",
    "Harlan is a coward and a shameless liar.",
    "Harlan's reckless budget was read on Monday.",
    "Harlan recklessly signed the paper.",
    "Harlan squandered the town's money.",
    "Harlan continued as a shameless liar.",
    "Harlan bungled the sale.",
]


def worded(sentences: list[str]) -> dict[str, float]:
    rows = [(text, text.index("Harlan"), text.index("Harlan") + 6) for text in sentences]
    return dict(zip(sentences, wording_scores(read_targets(rows)).tolist(), strict=True))


@pytest.mark.parametrize("kind", RUNS_DOWN)
def test_words_that_judge_the_target_run_it_down(kind):
    assert {text: value for text, value in worded(RUNS_DOWN[kind]).items() if value > -0.1} == {}


def test_most_of_them_take_a_side_and_the_others_abstain():
    found = worded([text for kind, texts in RUNS_DOWN.items() if kind != "what is his or hers" for text in texts])
    sided = [text for text, value in found.items() if value <= -SIDE]
    assert len(found) == 22 and len(sided) >= 18  # measured 19: a bar of certainty leaves three out


def test_words_of_praise_raise_the_target():
    assert {text: value for text, value in worded(PRAISES).items() if value < 0.15} == {}


def test_bad_and_good_news_in_plain_words_evaluate_nobody():
    assert {text: value for text, value in worded(PLAIN).items() if abs(value) >= SIDE} == {}


def test_what_judges_another_thing_takes_no_side_and_what_is_said_of_the_target_does():
    assert {
        text: value for text, value in worded([*OF_ANOTHER_THING, *NO_JUDGEMENT]).items() if abs(value) >= SIDE
    } == {}
    assert {text: value for text, value in worded(SAID_OF_IT).items() if value > -SIDE} == {}


def test_marks_alone_never_take_a_side():
    assert {text: value for text, value in worded(MARKS_ALONE).items() if abs(value) >= SIDE} == {}


@pytest.mark.parametrize("mark", ["only", "even", "still", "finally", "somehow", "merely"])
def test_a_mark_beside_a_word_that_judges_weighs_as_before(mark):
    found = worded(["Harlan made absurd claims.", f"Harlan {mark} made absurd claims."])
    assert found[f"Harlan {mark} made absurd claims."] < min(-SIDE, found["Harlan made absurd claims."])


@pytest.mark.parametrize(
    ("plain", "judging"),
    [
        ("Harlan said the road was ready.", "Harlan claimed the road was ready."),
        ("The expert Harlan wrote the report.", "The “expert” Harlan wrote the report."),
        ("Harlan, an expert, wrote the report.", "Harlan, a self-described expert, wrote the report."),
        ("Harlan admitted the error.", "Harlan even admitted the error."),
    ],
)
def test_doubt_scare_quotes_irony_and_contrast_count_against_the_target(plain, judging):
    found = worded([plain, judging])
    assert found[judging] < found[plain]


@pytest.mark.parametrize("names", [("Mary Jones", "Peter Brown"), ("Ruritania", "Germany"), ("Harlan", "Netanyahu")])
def test_swapping_the_name_keeps_the_wording(names):
    frames = ["{} bungled the budget.", "The courageous {} spoke at noon.", "{} was arrested on Monday."]
    values = [
        wording_scores(
            read_targets([(frame.format(name), frame.index("{"), frame.index("{") + len(name)) for frame in frames])
        ).tolist()
        for name in names
    ]
    assert values[0] == pytest.approx(values[1], abs=0.1)


def test_a_bare_name_is_plain():
    assert worded(["Harlan", "Harlan.", "Harlan of Ruritania"]) == {"Harlan": 0, "Harlan.": 0, "Harlan of Ruritania": 0}


def test_the_words_that_bear_on_the_target_are_named():
    text = "The hapless Harlan bungled the budget while a corrupt court looked on."
    reading, seen = read_targets([(text, 12, 18)])[0]
    assert evaluating_words(reading, seen) == ["hapless", "bungled"]
    assert {reading.tokens[word.place].text for word in loaded_words(reading)} >= {"hapless", "bungled", "corrupt"}


def test_the_weights_can_be_read_and_loaded_words_nearer_the_target_weigh_more():
    folder = files("framing") / "data" / "models" / "wording"
    signs = json.loads((folder / "weights.json").read_text("utf-8"))["signs"]
    assert list(signs) == SIGNS and load_wording().signs.tolist() == list(signs.values())
    blame = {link: signs[f"{link}, negative"] for link in LINKS}
    assert max(blame["describes"], blame["acts"], blame["how"]) < blame["owns"] < blame["elsewhere"]


TEXT = (
    "The hapless mayor Tamsin Reed bungled the budget on Monday. Tamsin Reed was arrested on Tuesday. "
    "“Tamsin Reed is a wonderful mayor,” said Anna Berg. Tamsin Reed spoke at noon."
)


@pytest.fixture
def table(article):
    return framing.tone(article(TEXT), targets=["Tamsin Reed"])


def test_wording_and_valence_answer_two_questions(table):
    own = table[table["voice"] == "outlet"].set_index("sentence")
    assert own.loc[0, "wording"] < -SIDE and own.loc[0, "words"] == "hapless; bungled"
    assert own.loc[1, "wording"] > -SIDE and own.loc[1, "valence"] < -SIDE  # an arrest is bad news, plainly told
    assert own.loc[3, "wording"] == 0 and own.loc[3, "words"] == ""
    assert table.loc[table["voice"] == "quoted", "wording"].item() > 0


def test_word_lists_and_own_functions_have_no_wording(article):
    found = framing.tone(article(TEXT), targets=["Tamsin Reed"], method="vader")
    assert found["wording"].isna().all() and found["words"].isna().all()
    assert (found["valence"] == found["score"]).all()
    assert framing.tone_profile(found)["measure"].unique().tolist() == ["score"]


def test_polarity_is_the_side_of_the_score():
    score = np.array([-1, -0.34, -0.3399, 0, 0.3399, 0.34, 1])
    assert sides(score).tolist() == [-1, -1, 0, 0, 0, 1, 1]


def test_shares_are_found_again_in_answers_drawn_for_other_shares():
    rng = np.random.default_rng(0)
    wanted, centres = np.array([0.4, 0.5, 0.1]), np.array([[2.0, 0, 0], [0, 2, 0], [0, 0, 2]])
    truth = rng.choice(3, 4000, p=wanted)
    seen = centres[truth] + rng.normal(size=(4000, 3))
    likely = np.exp(-((seen[:, None] - centres) ** 2).sum(2) / 2) * np.array(ORDINARY)
    chance = likely / likely.sum(1, keepdims=True)
    assert ordinary_shares(chance) == pytest.approx(wanted, abs=0.05)


def test_few_rows_leave_the_shares_near_the_ordinary_ones():
    assert ordinary_shares(np.array([[0.98, 0.01, 0.01]])) == pytest.approx(ORDINARY, abs=0.02)


def test_the_calibrated_answers_stay_probabilities_and_keep_their_order():
    chance = np.array([[0.9, 0.08, 0.02], [0.6, 0.3, 0.1], [0.1, 0.8, 0.1], [0.05, 0.25, 0.7], [0.0, 0.02, 0.98]])
    found = for_these_articles(chance)
    assert found.sum(1) == pytest.approx(1, abs=2e-4)
    assert (np.diff(firmness(found)) > 0).all()
    unsure = firmness(found, np.ones(len(found), bool))
    assert (np.diff(unsure) > 0).all() and (sides(unsure) == 0).all()


def test_no_side_is_taken_toward_somebody_for_whom_only_a_pronoun_stands(article):
    text = "Mary Jones spoke at noon. {} is a corrupt liar who stole millions of the city and was convicted of fraud."
    named, unnamed, both = (
        framing.tone(article(text.format(word)), targets=["Mary Jones"]).iloc[-1]
        for word in ("Jones", "She", "She, Mary Jones,")
    )
    assert named["polarity"] == both["polarity"] == -1
    assert unnamed["polarity"] == 0 > unnamed["score"] > named["score"]
    assert named["wording"] < -SIDE < unnamed["wording"] < 0


def rows(*cells):
    return pd.DataFrame(
        [
            {
                "article_id": a,
                "outlet": o,
                "event": e,
                "target": "Reed",
                "voice": "outlet",
                "polarity": 0,
                "score": 0.0,
                "wording": w,
                "valence": v,
            }
            for a, o, e, w, v in cells
        ]
    )


def test_a_profile_leads_with_wording_and_shows_valence_beside_it():
    profile = framing.tone_profile(
        rows(("a", "Gazette", "e1", -0.6, 0.2), ("a", "Gazette", "e1", 0.0, 0.2), ("b", "Gazette", "e2", 0.5, 0.4))
    ).iloc[0]
    assert profile["measure"] == "wording" and profile["estimate"] == pytest.approx((-0.3 + 0.5) / 2)
    assert profile["valence"] == pytest.approx(0.3)
    assert profile[["n_sentences", "n_coloured", "n_negative", "n_positive"]].tolist() == [3, 2, 1, 1]


def test_contributions_add_up_to_the_mean_and_the_largest_comes_first():
    tone = rows(("a", "Gazette", "e1", -0.6, 0), ("a", "Gazette", "e1", 0.1, 0), ("b", "Gazette", "e2", 0.5, 0))
    found = framing.sentiment.tone_contributors(tone, outlet="Gazette", target="Reed")
    assert found["contribution"].tolist() == pytest.approx([0.25, -0.15, 0.025])
    assert found["contribution"].sum() == pytest.approx(framing.tone_profile(tone)["estimate"].item())
    assert len(framing.sentiment.tone_contributors(tone, top=1)) == 1


def test_an_outlet_that_no_row_has_is_named():
    with pytest.raises(ValueError, match="outlet 'Courier'; the most frequent are 'Gazette'"):
        framing.sentiment.tone_contributors(rows(("a", "Gazette", "e1", 0, 0)), outlet="Courier")


def test_nothing_is_drawn_from_fewer_than_five_sentences():
    profile = pd.DataFrame(
        {
            "outlet": ["Gazette", "Courier"],
            "target": "Reed",
            "voice": "outlet",
            "measure": "wording",
            "estimate": [-0.2, 0.3],
            "low": [-0.3, 0.2],
            "high": [-0.1, 0.4],
            "n_sentences": [9, 4],
            "n_coloured": [3, 4],
            "n_articles": 3,
            "n_events": 3,
            "valence": [-0.5, 0.1],
        }
    )
    from framing.plots.style import about

    ax = framing.plots.plot_tone(profile)
    noted = about(ax)
    assert noted.data["outlet"].tolist() == ["Gazette"]
    assert "Left out: 1 mean over fewer than five sentences" in noted.caption
    assert "3 of 9 sentences evaluate their target" in noted.caption
    assert [line.get_xdata()[0] for line in ax.lines if line.get_marker() == "|"] == [-0.5]
    assert "No tone" in about(framing.plots.plot_tone(profile[profile["n_sentences"] < 5])).alt


def test_it_in_a_quotation_is_no_mention_of_whoever_was_named_before(article):
    text = "Norvik lost money. “It is wonderful weather,” Anna Berg said of the day. It will close."
    found = framing.tone(article(text), targets=["Norvik"])
    assert "quoted" not in set(found["voice"])


def test_an_office_judges_nobody(article):
    rows = framing.tone(article("Vice President Ada Berg met the board. The vice president left at noon."))
    assert (rows["wording"] == 0).all()
