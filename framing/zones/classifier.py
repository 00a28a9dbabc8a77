"""A second opinion on lines that rules alone leave in doubt: a small network reads all their signs together."""

from __future__ import annotations

import re
from functools import lru_cache

import numpy as np

from framing.zones.lines import Line
from framing.zones.signs import MARKED, STORY, signs
from framing.zones.sound import weights

MOST_LINES = 3000  # longer pages are no news pages: the rules alone decide
FEWEST = 3  # paragraphs of story: with fewer there is nothing to compare with
LONGEST = 150  # words; longer paragraphs are left as the rules have them
SPOKEN = re.compile(r"[“\"«„][^”\"»]{12,}[”\"»“]")  # somebody is quoted: news oftener than furniture
SURE = .97  # that such a line is no part of the story


def in_doubt(line: Line) -> bool:
    """True for sentences the rules took for body, or for furniture only because of what stands around them."""
    if not 0 < line.n <= LONGEST or not (line.is_prose or line.ends_sentence):
        return False
    return line.zone in STORY or (line.zone == "furniture" and line.is_prose and not line.tags & MARKED)


def doubts(lines: list[Line]) -> list[float | None]:
    """How likely each line in doubt is no part of the story (0 to 1); None where there is no doubt."""
    asked = [in_doubt(line) for line in lines]
    if not any(asked) or len(lines) > MOST_LINES:
        return [None] * len(lines)
    names, (mean, scale, hidden, bias, out), last = _network()
    rows = signs(lines)
    numbers = np.array([[row[name] for name in names] for row, ask in zip(rows, asked, strict=True) if ask])
    numbers = np.clip((numbers - mean) / scale, -6, 6)
    odds = np.maximum(numbers @ hidden + bias, 0) @ out + last
    found = iter((1 / (1 + np.exp(-np.clip(odds, -30, 30)))).tolist())
    return [next(found) if ask else None for ask in asked]


def reconsider(lines: list[Line]) -> None:
    """Change the zones of lines of which the network is sure enough that the rules were wrong.

    What runs on from such a line (the items of a list) goes with it, and so does a heading above it. The lead
    passes to the next paragraph of the story. A page without one line that is furniture by its wording alone is
    taken to be a clean text, and left as it is.
    """
    if sum(line.zone in STORY for line in lines) < FEWEST or not any(line.tags & MARKED for line in lines):
        return
    limits = weights()["limits"]
    found = doubts(lines)
    taken = False
    for i, (line, doubt) in enumerate(zip(lines, found, strict=True)):
        limit = SURE if SPOKEN.search(line.text) else limits["out"]
        if line.zone == "body" and (taken if doubt is None else doubt > limit):
            if not taken and i and lines[i - 1].zone == "subheading":
                lines[i - 1].zone = "furniture"
            line.zone, taken = "furniture", True
            continue
        taken = False
        if line.zone == "furniture" and doubt is not None and doubt < limits["back"]:
            line.zone = "body"
    lead = next((i for i, line in enumerate(lines) if line.zone == "lead"), None)
    if lead is not None and (found[lead] or 0) > limits["lead"]:
        following = next((line for line in lines[lead + 1:] if line.zone == "body"), None)
        if following is not None:
            lines[lead].zone, following.zone = "furniture", "lead"


@lru_cache(maxsize=1)
def _network() -> tuple[list[str], list[np.ndarray], float]:
    part = weights()["network"]
    return (part["signs"], [np.asarray(part[name], float) for name in ("mean", "scale", "hidden", "bias", "out")],
            float(part["intercept"]))
