"""How sure an attribution is: the chance that a careful reader finds all of it right.

A logistic regression on signs that can be read off a row (`SIGNS`), fitted by ``training/train_attributions.py`` on 2,131
rows that readers judged who did not know the program; what it reaches on rows left out stands in
``data/models/attributions/MODEL_CARD.md``.
"""

from __future__ import annotations

import json
import re
from functools import lru_cache
from importlib.resources import files
from math import exp, log, log1p
from typing import Any

import pandas as pd

from framing.precision import rounded
from framing.quotes.cues import how_said
from framing.quotes.tagger import Attribution

# From which certainty on attributions without quotation marks count in a study, its tables and figures: from here on .86 of
# the rows of US news that were judged are wholly right, of all kinds together, and .92 of the right ones are left.
COUNTED_FROM = 0.65
NEVER_COUNTED = 0.45  # the most for what somebody is asked or yet to say, what nobody says, and what the author says

# What is known before anybody asks who speaks ...
SIGNS = """
    tagged least source_link cue_link speech plain_verb bare_verb slight that pieces no_cue long_cue far_cue nested mixed
    words source_words name pronoun
""".split()
# ... and afterwards: nobody found; one of two or three; a pronoun or surname that may be another's; somebody without a name.
OF_SPEAKER = ["missing", "half", "likely", "unnamed", "several"]
PLAIN = frozenset({"say", "tell", "add", "according", "accord"})
FAR = 40  # characters between cue and content
HALF, LIKELY = 0.5, 0.8  # certainties of the speaker
_PRONOUN = re.compile(
    r"he|she|it|they|i|we|you|who|which|that|this|th[oe]se|"
    r"(?:many|some|others?|another|several|all|both|most|few|none|one|two)(?: of (?:them|those|these|us|the \w+))?",
    re.IGNORECASE,
)
_CAPITAL = re.compile(r"(?<!^)\b[A-Z]|^(?!(?:The|A|An|One|Some|Many|Most)\b)[A-Z]")


def signs(
    attribution: Attribution, kind: str, content: str, n_words: int, cue: Any, source: Any, nested: bool, gap: int
) -> tuple[list[float], bool]:
    """The values of `SIGNS`, and whether the row can ever count; `gap` is from the cue to a content after it."""
    written = cue.lower() if isinstance(cue, str) else ""
    named = source if isinstance(source, str) else ""
    said, bases = how_said(kind, cue, source, content=content, nested=nested)
    speech, plain = said == "said", bool(bases & PLAIN)
    values = [
        attribution.certainty,
        attribution.least,
        _odds(attribution.source_link),
        _odds(attribution.cue_link),
        speech,
        speech and plain,
        speech and not plain,
        0 < n_words <= 2,
        content.startswith("that "),
        len(attribution.content) > 1,
        not written,
        len(written.split()) > 2,
        gap > FAR,
        nested,
        kind == "mixed",
        log1p(n_words),
        log1p(len(named.split())),
        bool(_CAPITAL.search(named)),
        bool(_PRONOUN.fullmatch(named)),
    ]
    return [float(value) for value in values], said != "unsaid"


def signs_of_speaker(speaker: Any, sure: Any) -> list[float]:
    """The values of `OF_SPEAKER`."""
    name = speaker if isinstance(speaker, str) else ""
    chance = 0.0 if pd.isna(sure) else float(sure)
    return [
        float(value)
        for value in (
            not name,
            bool(name) and chance <= HALF,
            bool(name) and HALF < chance < LIKELY,
            name[:1].islower(),
            ";" in name,
        )
    ]


def evidence(values: list[float], counts: bool) -> float:
    """Log odds by the `signs` that are known before anybody asks who speaks: the first part of `chance`."""
    weights = _weights()
    odds = weights["intercept"] + sum(weights[name] * value for name, value in zip(SIGNS, values, strict=True))
    return float(rounded(odds if counts else min(odds, _odds(NEVER_COUNTED))))


def chance(odds: Any, speaker: Any, sure: Any) -> float:
    """The chance (0 to 1) that the row is wholly right, with the speaker found and how sure that is.

    What is not known of a speaker only takes away, so what `evidence` never counts is never counted.
    """
    weights = _weights()
    told = zip(OF_SPEAKER, signs_of_speaker(speaker, sure), strict=True)
    return float(rounded(1 / (1 + exp(-(odds + sum(weights[name] * value for name, value in told))))))


def _odds(probability: float) -> float:
    bounded = min(max(probability, 0.01), 0.999)
    return log(bounded / (1 - bounded))


@lru_cache(maxsize=1)
def _weights() -> dict[str, float]:
    path = files("framing") / "data" / "models" / "attributions" / "weights.json"
    found: dict[str, float] = json.loads(path.read_text("utf-8"))
    return found
