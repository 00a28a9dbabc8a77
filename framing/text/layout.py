"""Words for figures and pages: counts, and lines that fit, in which Chinese, Japanese and Korean letters are wide."""

from __future__ import annotations

import textwrap
import unicodedata
from typing import Any

_FILLER = "\ue000"  # stands after a wide letter while lines are measured; of Unicode's private letters


def room_of(words: str) -> int:
    """How many narrow letters take as much room as these words."""
    return len(_measured(words))


def fill(words: str, letters: int, *, break_long_words: bool = True) -> str:
    """`words` in lines of at most so many `letters`; wide letters have no spaces between them and may part anywhere."""
    measured = _measured(words)
    return textwrap.fill(measured, letters, break_long_words=break_long_words or measured != words).replace(_FILLER, "")


def short(words: str, longest: int = 28) -> str:
    """`words`, or as much of their beginning as the room of `longest` letters allows, with an ellipsis."""
    measured = _measured(words)
    return words if len(measured) <= longest else measured[:longest - 1].replace(_FILLER, "") + "…"


def spaced(name: Any) -> str:
    """A name as a reader wants it: an id such as ``first_visit`` with spaces, any other name as it is."""
    words = str(name)
    return words if any(map(str.isspace, words)) else words.replace("_", " ").strip() or words


def count(number: Any, noun: str) -> str:
    """``"1 article"``, ``"1,200 articles"``."""
    number = int(number)
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def _measured(words: str) -> str:
    return "".join(letter + _FILLER * (unicodedata.east_asian_width(letter) in "WF") for letter in words)
