"""Denied blame is no blame and denied praise no praise, in many wordings."""

from __future__ import annotations

import pandas as pd
import pytest

import framing

DENIED_BLAME = [
    "Harlan's plan isn't a bad idea.",
    "Critics found no fault with Harlan.",
    "Harlan did nothing wrong, the inquiry found.",
    "Harlan is not bad at all as a negotiator.",
    "Harlan's audit found no problems and no complaints.",
    "Harlan was never a liar.",
    "Nobody in the town blames Harlan.",
    "Harlan made no mistakes in the second half.",
    "Harlan was cleared of wrongdoing.",
    "The judges saw nothing to criticise in Harlan.",
    "Harlan is not to blame for the leak.",
    "Harlan governed without scandal.",
    "Harlan is no fool.",
    "There was no evidence of fraud by Harlan.",
    "Harlan cannot be faulted.",
    "Harlan was acquitted of corruption.",
    "Harlan's record is free of scandal.",
    "Harlan is far from a failure.",
    "Harlan is hardly a failure.",
    "Harlan has never cheated anyone.",
    "Harlan was not found guilty.",
    "Harlan didn't do anything wrong.",
    "Nothing Harlan did was illegal.",
    "Harlan's idea was not stupid.",
    "Harlan did not lie to the council.",
]
DENIED_PRAISE = [
    "Harlan is anything but honest.",
    "Harlan's tour was hardly a success.",
    "Harlan is no hero.",
    "Harlan is far from competent.",
    "Harlan is not a good mayor.",
    "Harlan was never a great speaker.",
    "Harlan is not trustworthy.",
    "Harlan's answers were by no means honest.",
    "Harlan's plan is not a good idea.",
    "Harlan's first year was anything but a triumph.",
    "Harlan's defence was hardly brilliant.",
    "Harlan is nowhere near ready or competent.",
    "Harlan is not exactly a genius.",
]
# Words of denial that deny nothing, or something else: what was blame stays blame, what was praise stays praise.
STILL_BLAME = [
    "Harlan is not only incompetent but corrupt.",
    "Harlan is nothing but a liar.",
    "Harlan is no doubt a crook.",
    "Harlan is a liar who does not care.",
    "Harlan did not stop the corruption that ruined the city.",
]
STILL_PRAISE = [
    "Harlan is not only honest but brilliant.",
    "Harlan is nothing but kind and generous.",
    "Harlan is no doubt a brilliant leader.",
    "Harlan could not be more generous.",
]

# Ten and more of each kind, written before the rules were mended.
KINDS = {
    "a bad thing it is not": (
        0,
        [
            "The plan of Harlan isn't a bad one.",
            "Harlan's budget is not a bad budget.",
            "Harlan was not a bad manager.",
            "Letting Harlan decide wasn't a stupid idea.",
            "Harlan hasn't been a terrible chairman.",
            "Harlan's answer was not unreasonable.",
            "It was no mistake to ask Harlan.",
            "Harlan is not a dishonest man.",
            "Harlan's proposal wouldn't be the worst solution.",
            "Harlan isn't incompetent.",
            "Hiring Harlan was not a mistake.",
        ],
    ),
    "no fault found": (
        0,
        [
            "The auditors found no fault with Harlan.",
            "Investigators found no wrongdoing by Harlan.",
            "The panel saw no flaws in Harlan's figures.",
            "The report finds no blame with Harlan.",
            "The board had no complaint about Harlan.",
            "Reviewers found little fault in Harlan's work.",
            "The inquiry uncovered no misconduct by Harlan.",
            "Prosecutors found no evidence of a crime by Harlan.",
            "The committee raised no objection to Harlan.",
            "The commission found nothing improper in Harlan's contract.",
            "Nobody found any fault with Harlan.",
        ],
    ),
    "nothing wrong done": (
        0,
        [
            "Harlan did nothing wrong.",
            "Harlan has done nothing illegal.",
            "Harlan had done no wrong.",
            "Harlan never did anything improper.",
            "Harlan broke no law.",
            "Harlan committed no crime.",
            "Harlan did no harm.",
            "Harlan has nothing to be ashamed of.",
            "Harlan violated no rules, the judge said.",
            "Harlan did not break any rules.",
            "Harlan hurt nobody.",
        ],
    ),
    "nothing proved": (
        0,
        [
            "There is no evidence that Harlan took bribes.",
            "There was no proof that Harlan lied.",
            "Police found no sign that Harlan cheated.",
            "There is no indication that Harlan was corrupt.",
            "The inquiry saw no hint that Harlan stole money.",
            "Auditors found no evidence that Harlan abused his office.",
            "There is no suggestion that Harlan is dishonest.",
            "The police have no evidence that Harlan committed fraud.",
            "There was no trace of fraud by Harlan.",
            "No evidence that Harlan lied was found.",
        ],
    ),
    "cleared or not accused": (
        0,
        [
            "The court cleared Harlan of fraud.",
            "A jury acquitted Harlan of corruption.",
            "The report absolves Harlan of blame.",
            "The inquiry exonerated Harlan of misconduct.",
            "Nobody accused Harlan of lying.",
            "Nobody accuses Harlan of fraud.",
            "No one accused Harlan of corruption.",
            "Harlan was not accused of cheating.",
            "Harlan is hardly a crook.",
            "Harlan is not a thief.",
            "Harlan was never a bully.",
        ],
    ),
    "anything but": (
        -1,
        [
            "Harlan is anything but honest.",
            "Harlan's speech was anything but brilliant.",
            "Harlan has been anything but fair.",
            "The work of Harlan was anything but excellent.",
            "Harlan seemed anything but confident.",
            "Harlan's campaign was far from perfect.",
            "Harlan's record is far from impressive.",
            "Harlan is the opposite of a hero.",
            "Harlan was nowhere near good enough.",
            "Harlan's performance was less than stellar.",
            "Harlan is far from trustworthy.",
        ],
    ),
    "hardly": (
        -1,
        [
            "Harlan's visit was hardly a success.",
            "Harlan is hardly a genius.",
            "Harlan is hardly an honest broker.",
            "Harlan was hardly helpful.",
            "Harlan's speech was barely competent.",
            "Harlan is scarcely a hero.",
            "Harlan hardly deserves praise.",
            "Harlan is hardly the best man for the job.",
            "Harlan was hardly impressive.",
            "Harlan's first term can hardly be called a triumph.",
            "Harlan is hardly qualified.",
        ],
    ),
}
# A denied comparison says less, not nothing; and who is not immune to a bad thing has it.
STILL_MEASURED = [
    "Adler isn't as corrupt as Harlan.",
    "Nobody is as dishonest as Harlan.",
    "Harlan is not as crooked as Adler.",
    "No scandal was as shameful as Harlan's.",
    "Harlan isn't immune from corruption.",
    "Harlan was not free of scandal.",
    "The town has never been as badly governed as under Harlan.",
    "Adler is not as incompetent as Harlan was.",
    "There is evidence that Harlan took bribes.",
    "Harlan was accused of lying.",
    "There is no doubt that Harlan is corrupt.",
    "The court convicted Harlan of fraud.",
    "Harlan is not above lying.",
    "Harlan never tires of lying.",
    "Harlan's team is not immune to failure.",
]

# Real denials that acquit nobody and blame nobody: of somebody else, of a comparison, as a plea, on a condition, beside
# the point. What was blame stays blame.
BESIDE_THE_POINT = {
    "a plea": [
        "Harlan pleaded not guilty to fraud.",
        "Harlan has pleaded not guilty to charges of bribery.",
        "Harlan, accused of rape, pleaded not guilty.",
    ],
    "somebody else's clause": [
        "Harlan's clumsy and disastrous speech hurt the party, but it was not a fatal blow.",
        "Harlan lied to the council, and the mayor did nothing wrong.",
        "Harlan bungled the budget, but the board found no fault with the clerk.",
    ],
    "of another": [
        "Adler is no puppet of the corrupt Harlan.",
        "I'm not a liar like Harlan.",
        "The town has nothing to fear from the crooked Harlan.",
    ],
    "how much": [
        "The board had never seen anything so shameful as Harlan's lies.",
        "There was no worse crook than Harlan.",
    ],
    "by doing without": ["Harlan smeared the council without naming a single source."],
    "a condition": ["The council will sue if Harlan does not stop the fraud."],
    "no attack on others": ["Harlan never condemned the fraud of his party."],
}


def scores(sentences: list[str]) -> pd.DataFrame:
    starts = [text.index("Harlan") for text in sentences]
    return framing.sentiment.score_targets(
        pd.DataFrame({"sentence": sentences, "start": starts, "end": [start + len("Harlan") for start in starts]})
    )


@pytest.fixture(scope="module")
def scored() -> dict[str, int]:
    more = [sentence for _, sentences in KINDS.values() for sentence in sentences]
    more += [sentence for sentences in BESIDE_THE_POINT.values() for sentence in sentences]
    table = scores([*DENIED_BLAME, *DENIED_PRAISE, *STILL_BLAME, *STILL_PRAISE, *more, *STILL_MEASURED])
    return dict(zip(table["sentence"], table["polarity"].astype(int), strict=True))


@pytest.mark.parametrize("sentence", DENIED_BLAME)
def test_denied_blame_is_not_negative(scored, sentence):
    assert scored[sentence] >= 0


@pytest.mark.parametrize("sentence", DENIED_PRAISE)
def test_denied_praise_is_negative(scored, sentence):
    assert scored[sentence] < 0


@pytest.mark.parametrize("sentence", STILL_BLAME)
def test_blame_that_nothing_denies_stays(scored, sentence):
    assert scored[sentence] < 0


@pytest.mark.parametrize("sentence", STILL_PRAISE)
def test_praise_that_nothing_denies_stays(scored, sentence):
    assert scored[sentence] > 0


@pytest.mark.parametrize("kind", KINDS)
def test_every_wording_of_a_kind_of_denial_is_read(scored, kind):
    wanted, sentences = KINDS[kind]
    found = {sentence: scored[sentence] for sentence in sentences}
    assert {s: side for s, side in found.items() if (side < 0) != (wanted < 0)} == {}


@pytest.mark.parametrize("sentence", STILL_MEASURED)
def test_a_denied_comparison_or_immunity_acquits_nobody(scored, sentence):
    assert scored[sentence] < 0


@pytest.mark.parametrize("kind", BESIDE_THE_POINT)
def test_a_denial_beside_the_point_leaves_blame_as_it_was(scored, kind):
    assert {sentence: scored[sentence] for sentence in BESIDE_THE_POINT[kind] if scored[sentence] >= 0} == {}


def test_a_war_hero_is_a_hero_and_number_two_no_denial():
    table = scores(["Harlan is not a war hero.", "Harlan is the perfect No. 2, reliable and honest."])
    assert table["polarity"].tolist() == [-1, 1]


def test_scores_stay_probabilities():
    assert scores([*DENIED_BLAME, *DENIED_PRAISE])["score"].between(-1, 1).all()


def test_after_a_denial_polarity_and_score_agree_and_the_rounded_chances_still_sum_to_one():
    from framing.sentiment.model import likeliest, probabilities, read_targets

    texts = [*DENIED_BLAME, *DENIED_PRAISE, *STILL_BLAME, *STILL_PRAISE]
    starts = [text.index("Harlan") for text in texts]
    chance = probabilities(read_targets([(text, start, start + 6) for text, start in zip(texts, starts, strict=True)]))
    assert (chance == chance.round(4)).all()
    assert chance.sum(1) == pytest.approx(1, abs=3e-4)
    table = scores(texts)
    assert table["polarity"].tolist() == likeliest(chance).tolist()
    assert table["score"].tolist() == (chance[:, 2] - chance[:, 0]).round(4).tolist()
    assert (table["polarity"] * table["score"] >= 0).all()
