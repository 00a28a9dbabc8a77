"""Is this text part of the same story? Told by its words and names, not by its place."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from math import log

from framing.zones.lines import WORD, Line, stem
from framing.zones.phrases import ADDRESS, DAYS, MONTHS, REQUESTS, key

_NOT_NAMES = frozenset([*MONTHS, *DAYS, "i"])
GOES_ON = frozenset(re.split(" ", "he she they it his her their its this that these those but and yet so then also"))


def vocabulary(lines: Iterable[Line]) -> Counter[str]:
    """In how many of `lines` each content word stands."""
    counts: Counter[str] = Counter()
    for line in lines:
        counts.update(line.content)
    return counts


def kinship(lines: Iterable[Line], story: Counter[str]) -> float:
    """Share of the content words of `lines` that the story also uses (0 to 1)."""
    shared = total = 0
    for line in lines:
        total += len(line.content)
        shared += sum(word in story for word in line.content)
    return shared / total if total else 0.0


def names(lines: Iterable[Line]) -> list[str]:
    """Capitalised words inside sentences (rough stems): mostly names of people, places and bodies."""
    found = []
    for line in lines:
        for hit in WORD.finditer(line.text):
            word = hit.group()
            if word[0].isupper() and word.lower() not in _NOT_NAMES:
                before = line.text[max(hit.start() - 4, 0):hit.start()].rstrip(" \xa0\t\n“‘\"'(")
                if before and (before[-1].isalnum() or before[-1] in ",;’"):
                    found.append(stem(word))
    return found


class Story:
    """What the story has said so far: its content words and its names."""

    def __init__(self, lines: Iterable[Line]):
        lines = list(lines)
        self.words: Counter[str] = Counter()
        self.names: set[str] = set()
        self.size = 0  # words
        self.in_english = bool(lines) and lines[0].function_share >= .15
        self.add(lines)

    def add(self, lines: Iterable[Line]) -> None:
        lines = list(lines)
        self.words.update(vocabulary(lines))
        self.names |= set(names(lines))
        self.size += sum(line.n for line in lines)

    def fit(self, heads: list[Line], prose: list[Line]) -> float:
        """How well `prose` under the headings `heads` goes on with this story: log-odds, 0 is undecided.

        A logistic regression on shared words and names, fitted once on stories cut in two against openings
        of other stories (188 articles; area under the curve .97), and a heading that announces this text
        but nothing of the story.
        """
        counts = [self.words[word] for line in prose for word in line.content]
        shared = sum(min(count, 3) for count in counts) / max(len(counts), 1)
        mine = names(prose)
        known = sum(name in self.names or name in self.words for name in mine)
        first = prose[0].words[0].lower() if prose[0].words else ""
        score = 6.6 + 4.8 * kinship(prose, self.words) + 7.5 * shared - 2.0 * log(len(self.words) + 1)
        score += 6.2 * (known + .5) / (len(mine) + 1.5) - .6 * log(sum(line.n for line in prose) + 1)
        score += 1.3 if first in GOES_ON else 2.5 if prose[0].text[0] in "“\"‘" else 0
        score -= 1.0 if addresses(prose) else 0
        if heads and heads[-1].n >= 5:
            score += -1.5 if announces(heads[-1], prose, self) else .5
        return score


def announces(title: Line, prose: list[Line], story: Story) -> bool:
    """A heading that shares more words with the text below it than with the story above it."""
    return kinship([title], vocabulary(prose)) > kinship([title], story.words)


def addresses(prose: list[Line]) -> bool:
    """Speaks to the reader ("you", "our", "Get the ...") outside quotation marks, in a line or two."""
    if sum(line.n for line in prose) > 60 or sum(len(line.text) for line in prose) > 2000:
        return False
    text = " ".join(re.sub(r"[\"“«][^\"”»]*[\"”»]", " ", line.text) for line in prose)
    words = key(WORD.findall(text)).split()
    return any(word in ADDRESS for word in words) or (bool(words) and words[0] in REQUESTS)
