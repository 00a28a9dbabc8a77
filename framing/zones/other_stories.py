"""Is this text part of the same story? Told by its words and names, not by its place."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise
from math import log

from framing.zones import lines
from framing.zones.lines import ADDRESS, DAYS, MONTHS, REQUESTS, WORD, Line, key, stem

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
                before = line.text[max(hit.start() - 4, 0) : hit.start()].rstrip(" \xa0\t\n“‘\"'(")
                if before and (before[-1].isalnum() or before[-1] in ",;’"):
                    found.append(stem(word))
    return found


# Weights of `Story.fit`: a logistic regression, fitted once on stories cut in two against openings of other stories (188
# articles; area under the curve .97).
FIT = {
    "always": 6.6, "kinship": 4.8, "shared": 7.5, "story": -2.0, "known": 6.2, "length": -0.6,
    "goes on": 1.3, "quotes": 2.5, "addresses": -1.0, "announced": -1.5, "headed": 0.5,
}  # fmt: skip


class Story:
    """What the story has said so far: its content words and its names."""

    def __init__(self, lines: Iterable[Line]):
        lines = list(lines)
        self.words: Counter[str] = Counter()
        self.names: set[str] = set()
        self.size = 0  # words
        self.in_english = bool(lines) and lines[0].function_share >= 0.15
        self.add(lines)

    def add(self, lines: Iterable[Line]) -> None:
        lines = list(lines)
        self.words.update(vocabulary(lines))
        self.names |= set(names(lines))
        self.size += sum(line.n for line in lines)

    def fit(self, heads: list[Line], prose: list[Line]) -> float:
        """How well `prose` under the headings `heads` goes on with this story: log-odds, 0 is undecided.

        A logistic regression on shared words and names (`FIT`), and a heading that announces this text but nothing of
        the story.
        """
        counts = [self.words[word] for line in prose for word in line.content]
        shared = sum(min(count, 3) for count in counts) / max(len(counts), 1)
        mine = names(prose)
        known = sum(name in self.names or name in self.words for name in mine)
        first = prose[0].words[0].lower() if prose[0].words else ""
        score = FIT["always"] + FIT["kinship"] * kinship(prose, self.words) + FIT["shared"] * shared
        score += FIT["story"] * log(len(self.words) + 1) + FIT["known"] * (known + 0.5) / (len(mine) + 1.5)
        score += FIT["length"] * log(sum(line.n for line in prose) + 1)
        score += FIT["goes on"] if first in GOES_ON else FIT["quotes"] if prose[0].text[0] in '“"‘' else 0
        score += FIT["addresses"] if addresses(prose) else 0
        if heads and heads[-1].n >= 5:
            score += FIT["announced"] if announces(heads[-1], prose, self) else FIT["headed"]
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


# The story below its lead, and where it ends: boxes in mid-text, trailing lists, a second story.

MARKED = {"box", "short", "stamp", "junk", "link", "site", "aside", "twice", "duration"}  # kinds of furniture
TOLD = frozenset(["was", "were", "had", "said", "told", "did", "asked", "added", "went", "came", "took", "made"])
AHEAD = 30  # headings with their paragraphs that are looked at to tell a second story
MOST_OTHER = 3  # times the story's own length: a longer remainder is no second story
LONGEST_SUBHEADING = 8  # words; longer lines without a full stop in mid-story are links to other stories


@dataclass
class Unit:
    """Paragraphs that stand together: the headings above, the prose, what kinds of line came before."""

    heads: list[Line] = field(default_factory=list)
    prose: list[Line] = field(default_factory=list)
    before: set[str] = field(default_factory=set)
    after: set[str] = field(default_factory=set)


def read_below(lines: list[Line], lead: int, top: int | None) -> None:
    """Set the zones of the lines below the lead, unit by unit."""
    story = Story([lines[lead], *([lines[top]] if top is not None else [])])
    _asides(lines[lead:])
    units = _units(lines, lead + 1)
    spoken = {word for unit in units for line in unit.prose for word in line.words} | set(lines[lead].words)
    boxed = closed = False
    for number, unit in enumerate(units):
        boxed = boxed or bool(unit.before & {"box", "site", "link", "twice"})
        closed = closed or "credit" in unit.before
        if not unit.prose:
            _no_prose(unit.heads, spoken, outside=boxed and "link" not in unit.before)
            continue
        fit = _fit(unit, story, boxed=boxed, closed=closed, last=number == len(units) - 1)
        ahead = [line for later in units[number : number + AHEAD] for line in later.prose] if fit < 0 else []
        if -2 <= fit < 0 and not (unit.heads and announces(unit.heads[-1], unit.prose, story)):
            fit += max(story.fit([], ahead), 0)
        if fit >= 0:
            boxed = closed = False
            _headings(unit, story, lines)
            _set(unit.prose, "body")
            story.add(unit.prose)
            continue
        words = sum(line.n for line in unit.prose)
        headed = bool(unit.heads) and unit.heads[-1].n >= 4 and len(unit.prose) >= 2 and words >= 40
        if headed and sum(line.n for line in ahead) > MOST_OTHER * story.size:  # a live page, a digest
            _set([*unit.heads, *unit.prose], "body")
            continue
        if headed and story.fit(unit.heads, ahead) < 0 and (boxed or closed or fit < -1.5):
            _set(unit.heads[:-1], "furniture")
            _set([*unit.heads[-1:], *unit.prose], "other_story")
            _set([line for later in units[number + 1 :] for line in [*later.heads, *later.prose]], "other_story")
            _claim(lines)
            return
        boxed = True
        _set([*unit.heads, *unit.prose], "furniture")


def _asides(lines: list[Line]) -> None:
    """Single lines that speak to the reader, or another language, and share no word with all the rest."""
    prose = [line for line in lines if line.is_prose and not line.zone]
    words = vocabulary({line.text: line for line in prose}.values())
    english = sum(line.function_share >= 0.15 for line in prose) > len(prose) / 2
    personal = sum(addresses([line]) for line in prose) > 0.3 * len(prose)  # an interview, a letter
    for before, line in pairwise(prose):
        shared = sum(words[word] > 1 for word in line.content)
        if line.n > 25 or personal or before.text.endswith("?") or shared > 1 or re.search('[“”"«‘]', line.text):
            continue
        if addresses([line]) or (not shared and english and line.n >= 6 and not line.function_share):
            line.zone = "furniture"
            line.tags.add("aside")


def _fit(unit: Unit, story: Story, *, boxed: bool, closed: bool, last: bool) -> float:
    """Whether a unit goes on with the story: below 0 it does not."""
    heads, prose = unit.heads, unit.prose
    words = sum(line.n for line in prose)
    if sum(line.trails_off for line in prose) > len(prose) / 2 and (heads or unit.after or boxed):
        return -1.0
    titled, outside = bool(heads) and heads[-1].n >= 5, boxed or closed or len(heads) > 2
    enclosed = words <= 25 and bool(unit.before & MARKED) and (last or bool(unit.after & MARKED))
    if not (outside or titled or enclosed):
        return 1.0
    score = story.fit(heads, prose[:4])
    score += 1.5 if words > story.size else 0  # a page has more of its own story than of any other
    if not heads and enclosed:
        told = TOLD & {word.lower() for line in prose for word in line.words}
        score += 2.0 if told or re.search('[“”"]', prose[0].text) else 0
    elif not heads:
        score += 1.0 + min(words / 12, 3.5)  # text that simply resumes after a box
    elif heads[-1].n <= 5:
        score += (2.0 if words > 40 else 0.5) if outside else 2.5 if titled else 3.0  # perhaps a subheading
    else:
        score += 0 if outside else 1.5  # a link to another story, and then this one goes on
    if closed:
        score -= 1.0
    if titled and len(prose) == 1 and words <= 40 and (boxed or "short" in unit.after):
        score -= 1.0  # a teaser under its title
    return score


def _units(lines: list[Line], begin: int) -> list[Unit]:
    texts = {line.text for line in lines}
    labels = Counter(hit.group() for text in texts if (hit := re.match(r"[A-Z][\w.’' -]{0,30}:\s", text)))
    units, unit = [], Unit()
    for i in range(begin, len(lines)):
        line = lines[i]
        if line.zone or "twice" in line.tags:
            line.zone = line.zone or "furniture"
            if unit.prose or (unit.heads and line.tags & {"box", "credit"}):
                unit.after = set(line.tags)
                units.append(unit)
                unit = Unit()
            unit.before |= line.tags
        elif _runs_on(line, lines, i, labels):
            unit.prose.append(line)
        else:
            if unit.prose:
                units.append(unit)
                unit = Unit()
            unit.heads.append(line)
    return [*units, unit] if unit.heads or unit.prose else units


def _runs_on(line: Line, lines: list[Line], i: int, labels: Counter[str]) -> bool:
    """Body text though perhaps no whole sentence: prose, a list item, a line of verse, an answer."""
    if line.is_prose or line.ends_sentence:
        return True
    if line.bare_end.endswith((":", ";", ",")) or line.trails_off:
        return line.n >= 2
    if line.text[0].islower() and line.n >= 3:
        return True
    before = lines[i - 1]
    after = lines[i + 1] if i + 1 < len(lines) else None
    if before.zone == "furniture" or (line.is_bullet and "in a box" in before.tags):
        line.tags.add("in a box")
        return False
    if line.is_bullet:
        return before.text.endswith(":") or before.is_bullet or bool(after and after.is_bullet)
    if before.bare_end.endswith((",", ";", ":")) and before.n >= 3 and not line.after_blank:
        return True
    label = re.match(r"[A-Z][\w.’' -]{0,30}:\s", line.text)
    return label is not None and (labels[label.group()] > 1 or label.group().strip() in ("Q:", "A:"))


def _headings(unit: Unit, story: Story, lines: list[Line]) -> None:
    """Lines without a full stop inside the story: a subheading, or links where they are too long.

    A short line beside furniture that shares no word with the story or the text below belongs to the box.
    """
    _set(unit.heads, "furniture")
    if not unit.heads or unit.heads[-1].n > LONGEST_SUBHEADING:
        return
    head = unit.heads[-1]
    beside = len(unit.heads) > 1 or any(
        line.zone == "furniture" and line is not head for line in lines[head.place - 1 : head.place + 2]
    )
    foreign = not kinship([head], story.words + vocabulary(unit.prose))
    head.zone = "furniture" if beside and foreign else "subheading"


def _no_prose(heads: list[Line], spoken: set[str], *, outside: bool) -> None:
    """Lines with no prose under them: an author's name right after the story, else furniture."""
    for head in heads:
        named = head is heads[0] and not outside and lines.is_name(head.text) and head.words[-1] not in spoken
        head.zone = "byline" if named else "furniture"


def _set(lines: list[Line], zone: str) -> None:
    for line in lines:
        line.zone = zone


def _claim(lines: list[Line]) -> None:
    """Captions and credits of a second story belong to it; furniture stays furniture."""
    first = next(i for i, line in enumerate(lines) if line.zone == "other_story")
    _set([line for line in lines[first:] if line.zone in ("caption", "credit", "byline")], "other_story")
