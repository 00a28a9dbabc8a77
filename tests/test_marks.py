"""`quotation_spans`: quotation marks as newspapers print them, in invented sentences."""

from __future__ import annotations

import random

import pytest

from framing.text.quotation_marks import quotation_spans


def inside(text: str) -> list[str]:
    return [text[m.inner_start : m.inner_end] for m in quotation_spans(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"The ferry sails," she said.', ["The ferry sails,"]),
        ("“The ferry sails,” she said. “It is late.”", ["The ferry sails,", "It is late."]),
        ("'The ferry sails,' she said.", ["The ferry sails,"]),
        ("‘The ferry sails,’ she said.", ["The ferry sails,"]),
        ("«The ferry sails», she said.", ["The ferry sails"]),
        ("« The ferry sails », she said.", [" The ferry sails "]),
        ("»The ferry sails«, she said.", ["The ferry sails"]),
        ("„The ferry sails“, she said.", ["The ferry sails"]),
        ("„The ferry sails”, she said.", ["The ferry sails"]),
        ("''The ferry sails,'' she said.", ["The ferry sails,"]),
        ("``The ferry sails,'' she said.", ["The ferry sails,"]),
        ("”The ferry sails,” she said.", ["The ferry sails,"]),
        ("“The ferry sails,“ she said.", ["The ferry sails,"]),
        ('“The ferry sails," she said.', ["The ferry sails,"]),
        ('"The ferry sails,” she said.', ["The ferry sails,"]),
        ("\"The ferry sails,' she said.", ["The ferry sails,"]),
        ("‘The ferry sails,” she said.", ["The ferry sails,"]),
        ("&quot;The ferry sails,&quot; she said.", ["The ferry sails,"]),
        ("â€œThe ferry sails,â€\x9d she said. Itâ€™s late.", ["The ferry sails,"]),
        ("\x93The ferry sails,\x94 she said. It\x92s late.", ["The ferry sails,"]),
        ("\ufffdThe ferry sails,\ufffd she said. It\ufffds late.", ["The ferry sails,"]),
        ('("The ferry sails.")', ["The ferry sails."]),
        ('—"The ferry sails"—', ["The ferry sails"]),
    ],
)
def test_every_pair_of_marks_is_read(text, expected):
    assert inside(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "It's the harbour's oldest pier, and the dockers' union won't sell.",
        "The dockers’ strike and the nurses’ march were over by the ’90s.",
        "Rock 'n' roll in the '90s, 'til dawn.",
        "'Twas the night before, and 'em that know don't tell.",
        'He stands 6\'2" tall and the plank was 12" wide.',
        "The room measured 10' x 12' and the pipe 3/4\" across.",
        "She is 5' 10\" in her socks.",
        "O'Neill met D’Angelo near the l'Étoile bar.",
        "The class of '68 met in the workers' hall.",
        "No marks at all here.",
        "",
    ],
)
def test_apostrophes_and_measures_are_no_quotations(text):
    assert quotation_spans(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("'The dockers' strike is over,' he said.", ["The dockers' strike is over,"]),
        ("‘The dockers’ strike is over,’ he said.", ["The dockers’ strike is over,"]),
        ("The 'heroes' of the dockers' strike", ["heroes"]),
        ('"He is 6\'2" tall," she said.', ["He is 6'2\" tall,"]),
        ('"A 12" pipe burst," she said.', ['A 12" pipe burst,']),
        ("“It was in 1999” and “later”", ["It was in 1999", "later"]),
        ("Fans sang 'We won't go home' all night.", ["We won't go home"]),
        ("'I'm sure the '90s' best ferry won,' she said.", ["I'm sure the '90s' best ferry won,"]),
        ("Harbour’s ‘lost’ pier", ["lost"]),
    ],
)
def test_quotations_beside_apostrophes_are_told_apart(text, expected):
    assert inside(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "“He said ‘no’ to me,” she said.",
        "\"He said 'no' to me,\" she said.",
        "'He said \"no\" to me,' she said.",
        "‘He said “no” to me,’ she said.",
        '"He said "no" to me," she said.',
        "“He said “no” to me,” she said.",
    ],
)
def test_a_quotation_in_a_quotation_has_depth_one(text):
    marks = quotation_spans(text)
    assert [(m.depth, text[m.inner_start : m.inner_end]) for m in marks][1] == (1, "no")
    assert marks[0].depth == 0 and marks[0].end > marks[1].end


def test_each_paragraph_reopens_and_only_the_last_closes():
    text = "“We waited.\n\n“We waited longer.\n\n“Nobody came,” she said."
    marks = quotation_spans(text)
    assert [(m.opened, m.closed) for m in marks] == [(True, False), (True, False), (True, True)]
    assert inside(text) == ["We waited.", "We waited longer.", "Nobody came,"]


def test_a_running_quotation_may_close_without_reopening():
    assert inside('"We waited.\n\nWe waited longer.\n\nNobody came," she said.') == [
        "We waited.",
        "We waited longer.",
        "Nobody came,",
    ]


def test_a_paragraph_left_open_may_hold_other_marks():
    text = '"We watched “The Long Pier” twice.\n\n"Then we slept."'
    assert [m.end for m in quotation_spans(text) if m.depth == 0] == [text.index("\n"), len(text)]


def test_a_missing_closing_mark_costs_one_sentence_not_the_paragraph():
    text = 'She was "tired of the port and went home. Then the boats came in.'
    assert inside(text) == ["tired of the port and went home."]


def test_a_missing_closing_mark_does_not_swallow_the_next_quotation():
    text = '"We will win, he said. "They will lose," she said.'
    assert inside(text) == ["We will win, he said.", "They will lose,"]


def test_a_missing_opening_mark_reaches_back_to_the_paragraph():
    (mark,) = quotation_spans('Hopes" for the harbour')
    assert (mark.start, mark.opened, mark.closed) == (0, False, True)


def test_lines_wrapped_in_mid_sentence_are_one_paragraph():
    assert inside('She said: "The ferry\nsails at noon," and left.') == ["The ferry\nsails at noon,"]


def test_only_the_part_asked_for_is_read():
    text = '"One." "Two." "Three."'
    marks = quotation_spans(text, 7, 13)
    assert [text[m.start : m.end] for m in marks] == ['"Two."']


def test_nothing_raises_and_every_offset_is_valid_on_random_marks():
    pieces = [*"\"'“”‘’„«»`´ab.,:1 S\n", "''", "â€œ", "\ufffd", "—", "n't", "\n\n", "&quot;"]
    dice = random.Random(7)
    for _ in range(3000):
        text = "".join(dice.choice(pieces) for _ in range(dice.randint(0, 40)))
        marks = quotation_spans(text)
        for mark in marks:
            assert 0 <= mark.start <= mark.inner_start < mark.inner_end <= mark.end <= len(text)
            assert "\n\n" not in text[mark.start : mark.end]
        for one in marks:
            for other in marks:
                apart = one.end <= other.start or other.end <= one.start
                within = (one.start <= other.start and other.end <= one.end) or (
                    other.start <= one.start and one.end <= other.end
                )
                assert apart or within, text
