"""The model of tone toward a target: names are hidden, who does what to whom is seen."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from framing.language import model as language
from framing.sentiment.features import SentenceReading, attitude, see, simple_role
from framing.sentiment.model import _lstm, load_model, logits, probabilities, read_targets, token_arrays
from framing.sentiment.tones import score_targets


def reading_of(sentence: str) -> SentenceReading:
    return SentenceReading(language()(sentence)[:], load_model().common)


def scored(*cases: tuple[str, str]) -> pd.DataFrame:
    """Scores of targets given as (sentence, target); the target's first occurrence counts."""
    rows = [(sentence, sentence.index(target), sentence.index(target) + len(target)) for sentence, target in cases]
    return score_targets(pd.DataFrame(rows, columns=["sentence", "start", "end"]))


def test_a_bare_name_says_almost_nothing_and_every_name_says_the_same():
    names = ["Trump", "Hillary Clinton", "Putin", "Nelson Mandela", "Adolf Hitler", "Germany", "she"]
    scores = scored(*[(name, name) for name in names])["score"]
    assert scores.abs().max() < 0.35
    assert scores.max() - scores.min() < 0.1


@pytest.mark.parametrize(
    "frame",
    [
        "Yesterday {} praised the brave firefighters of the city.",
        "Prosecutors accused {} of lying to investigators about the money.",
        "Critics say {} has failed again and again.",
        "On Monday {} said that the talks would continue next week.",
    ],
)
def test_swapping_the_name_keeps_the_score(frame):
    names = ["Barack Obama", "Vladimir Putin", "Angela Merkel", "Jane Miller"]
    scores = scored(*[(frame.format(name), name) for name in names])["score"]
    assert scores.max() - scores.min() < 0.1


def test_who_is_attacked_fares_worse_than_who_is_praised():
    table = scored(
        ("Senators praised Mary Jones for her courage and honesty.", "Mary Jones"),
        ("Senators condemned Mary Jones for her lies and corruption.", "Mary Jones"),
    )
    assert table["polarity"].tolist() == [1, -1]
    assert table["score"][0] > 0.5 and table["score"][1] < -0.5


def test_two_targets_of_one_sentence_are_told_apart():
    sentence = "John Smith accused Peter Brown of taking bribes."
    table = scored((sentence, "John Smith"), (sentence, "Peter Brown"))
    assert table["polarity"][1] == -1
    assert table["score"][0] > table["score"][1] + 0.3


def test_a_negation_changes_the_score():
    table = scored(
        ("The court said Mary Jones was honest and reliable.", "Mary Jones"),
        ("The court said Mary Jones was not honest and never reliable.", "Mary Jones"),
    )
    assert table["score"][0] > table["score"][1] + 0.3


def test_a_speaker_of_plain_news_is_neutral():
    assert scored(("Mary Jones said the meeting would take place on Tuesday.", "Mary Jones"))["polarity"][0] == 0


def test_score_is_the_difference_of_probabilities_and_polarity_the_likeliest_class():
    rows = [("Senators praised Mary Jones.", 17, 27), ("Mary Jones lied to the court.", 0, 10)]
    chance = probabilities(read_targets(rows))
    table = score_targets(pd.DataFrame(rows, columns=["sentence", "start", "end"]))
    assert chance.sum(1) == pytest.approx([1, 1], abs=1.5e-4)  # each of three is rounded to four decimals
    assert table["score"].tolist() == pytest.approx(list(chance[:, 2] - chance[:, 0]))
    assert table["polarity"].tolist() == list(chance.argmax(1) - 1)


def test_a_score_does_not_depend_on_the_other_rows():
    cases = [
        ("Senators praised Mary Jones.", "Mary Jones"),
        (
            "A very long sentence about the weather of the region, its rivers, its hills and its many quiet "
            "villages ended with a word about Mary Jones, who was late.",
            "Mary Jones",
        ),
        ("She lied.", "She"),
    ]
    together = scored(*cases)["score"]
    assert together.tolist() == pytest.approx([scored(case)["score"][0] for case in cases], abs=1e-5)


def test_missing_cells_give_missing_scores_and_no_rows_give_no_scores():
    table = pd.DataFrame({"sentence": ["Mary Jones lied.", None, " "], "start": 0, "end": 10}, index=[7, 3, 5])
    found = score_targets(table)
    assert found.index.tolist() == [7, 3, 5]
    assert found["score"].notna().tolist() == [True, False, False]
    assert found["polarity"].isna().tolist() == [False, True, True]
    assert list(score_targets(table.iloc[:0]).columns) == ["sentence", "start", "end", "polarity", "score"]
    assert "score" not in table


@pytest.mark.parametrize(("start", "end"), [(0, 99), (-1, 4), (4, 4), (4, 5)])
def test_a_target_that_holds_no_word_is_refused_with_the_place_named(start, end):
    with pytest.raises(ValueError, match=f"characters {start} to {end} of 'Mary Jones lied"):
        score_targets(pd.DataFrame({"sentence": ["Mary Jones lied."], "start": [start], "end": [end]}))


def test_a_table_without_offsets_is_refused():
    with pytest.raises(ValueError, match="no start, end"):
        score_targets(pd.DataFrame({"sentence": ["Mary Jones lied."]}))


def test_names_never_reach_the_model():
    sentence = "Mary Jones told Peter Brown that Jones would leave Ruritania."
    seen = see(reading_of(sentence), 0, 10)
    together = " ".join(seen.names).lower()
    assert not any(name in together for name in ("mary", "jones", "peter", "brown", "ruritania"))
    assert "<target>" in together and "<name>" in together


@pytest.mark.parametrize(
    ("sentence", "target", "role"),
    [
        ("Mary Jones criticized the plan.", "Mary Jones", "subject"),
        ("The plan was criticized by Mary Jones.", "Mary Jones", "agent"),
        ("Voters elected Mary Jones.", "Mary Jones", "object"),
        ("Mary Jones was elected.", "Mary Jones", "passive"),
        ("Mary Jones's plan failed.", "Mary Jones", "owner"),
    ],
)
def test_the_role_of_a_target_is_read_from_the_tree(sentence, target, role):
    start = sentence.index(target)
    assert simple_role(see(reading_of(sentence), start, start + len(target)).role) == role


@pytest.mark.parametrize(
    ("sentence", "target", "holder"),
    [
        ("The minister praised Mary Jones.", "Mary Jones", "minister"),
        ("Mary Jones was condemned by the unions.", "Mary Jones", "unions"),
        ("Mary Jones praised the minister.", "Mary Jones", None),
        ("Mary Jones came home.", "Mary Jones", None),
    ],
)
def test_praise_and_blame_have_a_holder(sentence, target, holder):
    reading, start = reading_of(sentence), sentence.index(target)
    held, place = attitude(reading, see(reading, start, start + len(target)))
    assert held == (holder is not None)
    assert holder is None or reading.tokens[place].text == holder


def test_the_recurrent_layer_follows_its_equations():
    rng = np.random.default_rng(0)
    weights = {
        "lstm.weight_ih_l0": rng.normal(size=(8, 3)),
        "lstm.weight_hh_l0": rng.normal(size=(8, 2)),
        "lstm.bias_ih_l0": rng.normal(size=8),
        "lstm.bias_hh_l0": rng.normal(size=8),
    }
    read = rng.normal(size=(1, 2, 3))
    state, memory = np.zeros(2), np.zeros(2)
    expected = []
    for step in range(2):
        gates = (
            weights["lstm.weight_ih_l0"] @ read[0, step]
            + weights["lstm.weight_hh_l0"] @ state
            + weights["lstm.bias_ih_l0"]
            + weights["lstm.bias_hh_l0"]
        )
        enter, keep, new, leave = np.split(gates, 4)
        memory = memory / (1 + np.exp(-keep)) + np.tanh(new) / (1 + np.exp(-enter))
        state = np.tanh(memory) / (1 + np.exp(-leave))
        expected.append(state)
    words, beside = np.concatenate([np.zeros((1, 2)), read[0, ::-1, :2]]), read[..., 2:]  # the second word listed first
    found = _lstm(weights, words, np.array([[2, 1]]), beside, "")
    assert found[0] == pytest.approx(np.array(expected), abs=1e-12)


def test_a_target_is_read_alike_alone_and_among_longer_and_shorter_ones():
    """Words that several sentences share are multiplied once, and padding leaves every state alone."""
    sentences = [
        "Reed lied.",
        "The mayor praised Reed, who had lied.",
        "Reed said that the mayor, who had praised Reed before, lied to the valley on Monday.",
    ]
    pairs = read_targets([(text, text.index("Reed"), text.index("Reed") + 4) for text in sentences])
    model = load_model()
    together = logits(model.network, token_arrays(pairs, model.deps))
    alone = [logits(model.network, token_arrays([pair], model.deps))[0] for pair in pairs]
    assert together == pytest.approx(np.array(alone), abs=1e-10)
    assert np.abs(np.diff(together, axis=0)).max() > 0.01


def test_weights_are_small_and_hold_no_pickle():
    from importlib.resources import files

    folder = files("framing") / "data" / "models" / "tone"
    for name in ("linear.npz", "network.npz", "vocabulary.json"):
        assert len((folder / name).read_bytes()) < 5_000_000
    with (folder / "linear.npz").open("rb") as file:
        assert all(values.dtype != object for values in np.load(file, allow_pickle=False).values())


@pytest.mark.parametrize(("part", "floor"), [("dev_rw", 0.75), ("dev_mt", 0.67)])
def test_macro_f1_on_hand_labelled_news_stays_above_its_floor(shared, part, floor):
    from sklearn.metrics import f1_score

    table = pd.read_json(shared / "bench" / "sentiment" / f"{part}.jsonl", lines=True)
    found = score_targets(table.drop(columns="polarity"))["polarity"].astype(int)
    assert f1_score(table["polarity"], found, average="macro") >= floor
