"""What several extractors take for the main text of a page, and how far they agree, block by block.

trafilatura (Barbaresi 2021), the Readability algorithm (readability-lxml) and Resiliparse (Bevendorff et al. 2018) err
on different pages; what two of them keep is the article's. A page's own ``articleBody`` (schema.org) has a voice too.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable
from itertools import combinations
from typing import Any

from framing.text.unicode import letters

ENOUGH = 40  # words of main text below which an extractor is taken to have found nothing
GRAM = 3  # words in a row by which part of a line is recognised in a main text
MOST_WORDS = 60  # of a line that are compared when lines are matched in part
PART = 0.6  # share of a line's words that must be found in a main text
BESIDE = 4  # lines on each side that tell which of two same lines is the one kept
ERRORS = (ValueError, TypeError, AttributeError, KeyError, IndexError, RecursionError, LookupError, AssertionError)
_WORD = re.compile(r"\w+")


def main_texts(text: str, document: Any, stated: str) -> dict[str, str]:
    """The main text of the page by the name of who found it; of each that found enough.

    `document` is trafilatura's reading, `stated` the ``articleBody`` that the page gives itself.
    """
    found = {
        "trafilatura": (getattr(document, "text", None) or ""),
        "readability": _safely(_readability, text),
        "resiliparse": _safely(_resiliparse, text),
        "stated": stated,
    }
    return {name: main for name, main in found.items() if len(_WORD.findall(main)) >= ENOUGH}


def _safely(extract: Callable[[str], str], text: str) -> str:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return extract(text)
    except ERRORS:
        return ""  # the others read the page without it


def _readability(text: str) -> str:
    from lxml.html import document_fromstring
    from readability import Document

    from framing.articles.markup import text_of

    return text_of(document_fromstring(Document(text).summary()))


def _resiliparse(text: str) -> str:
    from resiliparse.extract.html2text import extract_plain_text

    return str(extract_plain_text(text, main_content=True, alt_texts=False, links=False, list_bullets=False))


def in_main_text(blocks: list[str], main: str) -> list[bool]:
    """Which of `blocks` stand in the text `main`: as a line, within one, or with most of their words in a row.

    Of lines that say the same, as many are taken as the main text has: those with the most of it beside them.
    """
    lines = [letters(line) for line in main.split("\n")]
    whole: dict[str, int] = {}
    for line in lines:
        if line:
            whole[line] = whole.get(line, 0) + 1
    words = _WORD.findall(main.lower())
    grams = set(zip(words, words[1:], words[2:], strict=False))
    found: list[bool] = []
    same: dict[str, list[int]] = {}
    for number, block in enumerate(blocks):
        pieces = [letters(piece) for piece in block.split("\n")]
        plain = "".join(pieces)
        same.setdefault(plain, []).append(number)
        found.append(
            bool(plain)
            and (
                plain in whole
                or _part(block, grams)
                or sum(len(piece) for piece in pieces if piece in whole) > PART * len(plain)
            )
        )
    for plain, numbers in same.items():
        if len(numbers) < 2 or not found[numbers[0]]:
            continue
        alike, last = set(numbers), len(found)
        at = {
            number: sum(
                found[other]
                for other in range(max(number - BESIDE, 0), min(number + BESIDE + 1, last))
                if other not in alike
            )
            for number in numbers
        }
        n_kept = max(whole.get(plain, 0), 1)
        for number in sorted(numbers, key=lambda number: (-at[number], number))[n_kept:]:
            found[number] = False
    return found


def agreement(blocks: list[str], votes: list[list[bool]]) -> float:
    """Share (0 to 1) of words that the two readings nearest to each other have in common, of all that either has.

    1 where fewer than two readings found a main text: nothing is there to agree.
    """
    sizes = [len(_WORD.findall(block)) for block in blocks]
    shares = []
    for first, second in combinations(votes, 2):
        either = sum(n for n, a, b in zip(sizes, first, second, strict=True) if a or b)
        shares.append(
            sum(n for n, a, b in zip(sizes, first, second, strict=True) if a and b) / either if either else 0.0
        )
    return max(shares, default=1.0)


def _part(block: str, grams: set[tuple[str, str, str]]) -> bool:
    words = _WORD.findall(block.lower())[:MOST_WORDS]
    if len(words) < GRAM:
        return False
    hit = [False] * len(words)
    for at, gram in enumerate(zip(words, words[1:], words[2:], strict=False)):
        if gram in grams:
            hit[at : at + GRAM] = [True] * GRAM
    return sum(hit) >= PART * len(words)
