import pandas as pd
import pytest

from framing.quotes.cues import outlets_wording
from framing.quotes.voice import voice_spans


@pytest.mark.parametrize(
    "kind, cue, source, own",
    [
        ("scare", pd.NA, pd.NA, True),
        ("indirect", "is considered", pd.NA, True),  # nobody is named, so the outlet vouches for it
        ("indirect", "seeks", "the mayor", True),  # an intention told by the outlet
        ("indirect", "has accepted", "the mayor", True),  # a deed
        ("indirect", "said", "the mayor", False),
        ("indirect", "fears", "the mayor", False),
        ("indirect", "according to", "the mayor", False),
        ("mixed", "accepted", "the mayor", False),  # marks show that words were taken over
        ("direct", pd.NA, pd.NA, False),
    ],
)
def test_whose_wording_an_attribution_is(kind, cue, source, own):
    assert outlets_wording(kind, cue, source) is own


def test_a_deed_leaves_its_words_to_the_outlet_and_speech_does_not():
    text = "The mayor seeks to please pariahs. The mayor said pariahs vote."
    rows = pd.DataFrame(
        [
            {
                "kind": "indirect",
                "cue": "seeks",
                "source": "The mayor",
                "content_spans": ((16, 33),),
                "nested": False,
                "speaker": "Ann Lee",
                "quote_id": "q1",
            },
            {
                "kind": "indirect",
                "cue": "said",
                "source": "The mayor",
                "content_spans": ((50, 62),),
                "nested": False,
                "speaker": "Ann Lee",
                "quote_id": "q2",
            },
        ]
    )
    assert [(text[start:end], voice) for start, end, voice, *_ in voice_spans(text, rows)] == [
        ("pariahs vote", "reported")
    ]
