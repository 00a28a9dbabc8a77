"""Words that fit: measured as they are set, broken into lines or cut with an ellipsis; what stands on what.

Letters that the usual font lacks come from fonts of this machine that have them, or a warning names them.
"""

from __future__ import annotations

import re
import unicodedata
import warnings
from collections.abc import Callable, Iterable, Sequence
from functools import cache, lru_cache
from itertools import accumulate
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, findfont, findSystemFonts, fontManager
from matplotlib.ft2font import FT2Font
from matplotlib.text import Text
from matplotlib.textpath import text_to_path

MM = 1 / 25.4
LEADING = 1.3  # distance of lines, in the size of their letters
LEAST_LETTERS = 4  # of a cut word, its ellipsis among them: less says nothing
SMALLEST = 5.0  # points: smaller type cannot be read in print
USUAL_WIDTH = 0.55  # of a letter of running text, in the size of its letters
WIDE = 1.02  # points an em of an East Asian letter takes at size 1, whose font is only known when drawn


@lru_cache(maxsize=20_000)
def _width(words: str, weight: str, family: tuple[str, ...]) -> tuple[float, int]:
    """How wide the words are at the size in which letters are measured, and how many East Asian letters are left out."""
    narrow = "".join(letter for letter in words if unicodedata.east_asian_width(letter) not in "WF")
    prop = FontProperties(family=list(family), size=text_to_path.FONT_SCALE, weight=weight)
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Glyph .* missing from font")  # `cover_letters` finds a font and says so
        width = text_to_path.get_text_width_height_descent(narrow, prop, False)[0] if narrow else 0.0
    return float(width), len(words) - len(narrow)


def width_of(words: str, points: float, *, bold: bool = False) -> float:
    """How many points wide these words are in the type of the figure."""
    width, wide = _width(words, "bold" if bold else "normal", tuple(plt.rcParams["font.family"]))
    return width * (points / text_to_path.FONT_SCALE) + WIDE * points * wide


def cut_to(words: str, points: float, room: float, *, bold: bool = False) -> str:
    """The words, or as much of their beginning as `room` points hold, with an ellipsis."""
    if width_of(words, points, bold=bold) <= room:
        return words
    low, high = 0, len(words)
    while low < high:
        middle = (low + high + 1) // 2
        if width_of(words[:middle].rstrip() + "…", points, bold=bold) <= room:
            low = middle
        else:
            high = middle - 1
    return words[:low].rstrip() + "…"


def lines_of(words: str, points: float, room: float, *, most: int | None = None, bold: bool = False) -> list[str]:
    """The words in lines of `room` points; words longer than a line are parted; at most `most` lines, the last cut."""
    lines: list[str] = []
    for part in words.split("\n"):
        line, pieces, at = "", _pieces(part), 0
        while at < len(pieces):
            n = _how_many(line, pieces[at:], points, room, bold)
            if n == 0:
                lines.append(line.rstrip())
                line, n = "", 1
            line += "".join(pieces[at : at + n])
            at += n
            while width_of(line.rstrip(), points, bold=bold) > room and len(line) > 1:
                head = cut_to(line, points, room, bold=bold)[:-1]
                if not head or len(head) >= len(line.rstrip()):
                    break
                lines.append(head)
                line = line[len(head) :].lstrip()
        lines.append(line.rstrip())
    if most is not None and len(lines) > most:
        rest = " ".join(lines[most - 1 :])
        lines = [*lines[: most - 1], cut_to(rest, points, room, bold=bold)]
    return lines or [""]


def lines_to_the_end(words: str, points: float, room: float, most: int) -> list[str]:
    """The words in at most so many lines of `room` points, with their end: what has no room is left out before it."""
    lines = lines_of(words, points, room)
    if len(lines) <= most:
        return lines
    start = "…" if most > 1 else cut_to(words, points, room / 2)
    left = room - width_of(start, points)
    at = next((at for at in range(1, len(words)) if width_of(words[at:].lstrip(), points) <= left), len(words))
    return [*lines[: most - 1], start + words[at:].lstrip()]


def names_in_lines(names: Sequence[str], points: float, room: float, most: int) -> list[str]:
    """Each name in so many lines, cut at its end; those that would then read alike are cut before it."""
    allowed = [max(most, name.count("\n") + 1) for name in names]
    cut = ["\n".join(lines_of(name, points, room, most=n)) for name, n in zip(names, allowed, strict=True)]
    meant: dict[str, set[str]] = {}
    for name, shown in zip(names, cut, strict=True):
        meant.setdefault(shown, set()).add(name)
    return [
        "\n".join(lines_to_the_end(name, points, room, n)) if len(meant[shown]) > 1 else shown
        for name, shown, n in zip(names, cut, allowed, strict=True)
    ]


def _how_many(line: str, pieces: list[str], points: float, room: float, bold: bool) -> int:
    """How many of the pieces `line` has room for, one at least where it is empty; tried first where it is likely."""

    def fits(n: int) -> bool:
        return width_of(line + "".join(pieces[: n - 1]) + pieces[n - 1].rstrip(), points, bold=bold) <= room

    least, letters = 0 if line else 1, room / (USUAL_WIDTH * points) - len(line)
    n = max(1, sum(end <= letters for end in accumulate(map(len, pieces))))
    while n > least and not fits(n):
        n -= 1
    while n < len(pieces) and fits(n + 1):
        n += 1
    return n


def _pieces(words: str) -> list[str]:
    """Where a line may end: after spaces, and beside East Asian letters, which no spaces part."""
    pieces: list[str] = []
    current = ""
    for letter in words:
        if unicodedata.east_asian_width(letter) in "WF":
            if current:
                pieces.append(current)
            pieces.append(letter)
            current = ""
        else:
            current += letter
            if letter == " ":
                pieces.append(current)
                current = ""
    return [*pieces, current] if current else pieces


def line_mm(points: float, lines: int = 1) -> float:
    """How high so many lines of type stand, in millimetres."""
    return LEADING * points * lines / 72 / MM


def fit_cells(ax: Axes, columns: int, rows: int, texts: Sequence[Text]) -> str:
    """Shrink, then shorten, the words in the cells of a laid-out grid; what was left out, in words for the caption.

    Numbers may drop their spaces, then all but the first, then stand in the data of the figure alone. Cells of several
    lines, which hold words, keep their first line, then as much of it as there is room for, if that still says anything.
    """
    box = ax.get_window_extent()
    scale = 72 / ax.get_figure(root=True).dpi  # type: ignore[union-attr]
    wide, high = 0.92 * box.width * scale / max(columns, 1), 0.9 * box.height * scale / max(rows, 1)
    points = float(plt.rcParams["font.size"])
    least = max(SMALLEST, 0.6 * points)  # so that they can be read on a slide, too
    worded = any(letter.isalpha() for text in texts for letter in text.get_text())
    steps: list[tuple[Callable[[str], str], str]] = [(lambda words: words, "")]
    if worded:
        one_line = " The cells have room for one line, their first; the others stand in the data of the figure."
        name_alone = (
            " The cells have room for one name, their first; its counts and the others stand in the data of the figure."
        )
        steps += [
            (lambda words: words.split("\n")[0], one_line),
            (lambda words: _cut_name(words.split("\n")[0], wide, least), one_line),
            (lambda words: cut_to(_COUNTS.sub("", words.split("\n")[0]), least, wide), name_alone),
        ]
    else:
        first = " The cells have room for one number, their first; the others stand in the data of the figure."
        steps += [(_without_spaces, ""), (_first_number, first)]
    for shorter, left_out in steps:
        words = [shorter(text.get_text()) for text in texts]
        names = [_COUNTS.sub("", each) for each in words]
        if any(name.endswith("…") and len(name) <= LEAST_LETTERS for name in names):
            continue
        widest = longest((line for each in words for line in each.split("\n")), points)
        n_lines = max((each.count("\n") + 1 for each in words), default=1)
        size = min(points, points * wide / widest if widest else points, high / LEADING / n_lines)
        if size >= least:
            for text, each in zip(texts, words, strict=True):
                text.set(text=each, fontsize=size)
            return left_out
    for text in texts:
        text.set_text("")
    what = "words" if worded else "numbers"
    return f" The cells are too small for their {what}, which stand in the data of the figure."


_COUNTS = re.compile(r"(?: \+? ?\d+)+$")  # "romance 18 + 2"


def _cut_name(words: str, room: float, points: float) -> str:
    """`words` as far as there is room for them; of a name with its counts the name is cut, and the counts stay."""
    counts = found[0] if (found := _COUNTS.search(words)) else ""
    return cut_to(words.removesuffix(counts), points, room - width_of(counts, points)) + counts


def _without_spaces(words: str) -> str:
    return words.replace(" ", "")


def _first_number(words: str) -> str:
    return words.replace("+", "/").split("/")[0].strip()


def shown_texts(figure: Figure) -> list[Text]:
    """The texts that a drawn figure shows; not the labels of ticks out of view, which matplotlib keeps in store."""
    hidden: set[Text] = set()
    for ax in figure.axes:
        for axis in (ax.xaxis, ax.yaxis):
            stored = {text for tick in (*axis.majorTicks, *axis.minorTicks) for text in (tick.label1, tick.label2)}
            in_view: Any = axis
            drawn = in_view._update_ticks() if ax.axison and ax.get_visible() else []
            hidden |= stored - {text for tick in drawn for text in (tick.label1, tick.label2)}
            if not ax.axison:
                hidden |= {axis.label, axis.offsetText}
    return [
        text for text in figure.findobj(Text) if text.get_visible() and text.get_text().strip() and text not in hidden
    ]


def text_troubles(figure: Figure, *, slack: float = 1.0) -> tuple[list[tuple[str, str]], list[str]]:
    """Pairs of texts that stand on each other, and texts that run out of the figure, by `slack` points or more."""
    figure.draw_without_rendering()
    scale = 72 / figure.dpi
    boxes = [(text.get_text(), text.get_window_extent()) for text in shown_texts(figure)]
    boxes = [(words, box) for words, box in boxes if box.width > 0 and box.height > 0]
    edge = figure.bbox
    clipped = [
        words
        for words, box in boxes
        if max(edge.x0 - box.x0, edge.y0 - box.y0, box.x1 - edge.x1, box.y1 - edge.y1) * scale > slack
    ]
    places = np.array([box.extents for _, box in boxes]).reshape(-1, 4)
    low, high = (
        pick(places[:, None, part], places[None, :, part])
        for pick, part in ((np.maximum, slice(0, 2)), (np.minimum, slice(2, 4)))
    )
    touching = ((high - low) * scale > slack).all(axis=2)
    overlaps = [(boxes[one][0], boxes[other][0]) for one, other in zip(*np.nonzero(np.triu(touching, 1)), strict=True)]
    return overlaps, clipped


def longest(words: Iterable[str], points: float, *, bold: bool = False) -> float:
    return max((width_of(each, points, bold=bold) for each in words), default=0.0)


# Families that have many letters and look well in print; where none of them serves, any installed one may.
PREFERRED = (
    "Noto Sans CJK",
    "Noto Sans",
    "Source Han Sans",
    "Hiragino Sans",
    "PingFang",
    "Apple SD Gothic Neo",
    "Microsoft YaHei",
    "Yu Gothic",
    "Malgun Gothic",
    "Nirmala UI",
    "Segoe UI",
    "Arial Unicode MS",
    "Tahoma",
    "WenQuanYi",
    "Droid Sans Fallback",
    "FreeSans",
)
NO_LETTERS = ("Last Resort", "LastResort", "Emoji", "Color")  # parts of names of fonts of boxes and of pictures
EAST_ASIAN = {
    "CJK": "Chinese characters",
    "HIRAGANA": "Japanese kana",
    "KATAKANA": "Japanese kana",
    "KATAKANA-HIRAGANA": "Japanese kana",
    "HANGUL": "Korean (Hangul)",
    "IDEOGRAPHIC": "Chinese characters",
    "FULLWIDTH": "full-width letters",
    "HALFWIDTH": "half-width letters",
    "BOPOMOFO": "Bopomofo",
}


class MissingLetters(UserWarning):
    """Figures show boxes for ``letters``, which no font of this machine has."""

    def __init__(self, letters: Iterable[str]) -> None:
        self.letters = frozenset(letters)
        super().__init__(_advice(self.letters))


def cover_letters(figure: Figure) -> None:
    """Let each text fall back on installed fonts for letters its own font lacks; warn of those that none has.

    A figure whose letters are all in its font stays as it is.
    """
    texts = [text for text in figure.findobj(Text) if not text.get_text().isascii() and lacking(text)]
    if not texts:
        return
    families = covering(frozenset().union(*map(lacking, texts)))
    for text in texts:
        text.set_fontfamily([*text.get_fontfamily(), *families])
    missing = set().union(*map(lacking, texts))
    if missing:
        warnings.warn(MissingLetters(missing), stacklevel=2)


def lacking(text: Text) -> set[str]:
    """The letters of `text` that none of its font families has."""
    letters = {letter for letter in text.get_text() if unicodedata.category(letter)[0] not in "CZ"}
    for family in text.get_fontfamily():
        properties: FontProperties = text.get_fontproperties().copy()
        properties.set_family(family)
        letters = _not_in(findfont(properties), letters)
    return letters


@lru_cache(maxsize=64)
def covering(letters: frozenset[str]) -> list[str]:
    """The fewest installed families that have these letters, as far as any has them."""
    families, left = [], set(letters)
    for listed in (True, False):
        candidates = [(family, path) for family, path in _installed().items() if family.startswith(PREFERRED) is listed]
        while left and candidates:
            without, number = min((len(_not_in(path, left)), number) for number, (_, path) in enumerate(candidates))
            if without == len(left):
                break
            family, path = candidates[number]
            if family not in {entry.name for entry in fontManager.ttflist}:
                fontManager.addfont(path)
            families.append(family)
            left = _not_in(path, left)
    return families


@cache
def _installed() -> dict[str, str]:
    """An upright font of every family of this machine, those installed since matplotlib last looked among them."""
    known = {entry.fname: entry.name for entry in fontManager.ttflist if entry.style == "normal"}
    seen = {entry.fname for entry in fontManager.ttflist}
    for path in sorted(set(findSystemFonts()) - seen):
        try:
            known[path] = FT2Font(path).family_name
        except (OSError, RuntimeError):  # a damaged file, or a kind of font that matplotlib does not read
            continue
    families: dict[str, str] = {}
    for path, family in sorted(
        known.items(), key=lambda font: (_rank(font[1]), font[1], "Regular" not in font[0], font[0])
    ):
        if not any(part in family for part in NO_LETTERS):
            families.setdefault(family, path)
    return families


def _rank(family: str) -> int:
    return next((number for number, name in enumerate(PREFERRED) if family.startswith(name)), len(PREFERRED))


def _not_in(path: str, letters: Iterable[str]) -> set[str]:
    font = _opened(path)
    return {letter for letter in letters if not font.get_char_index(ord(letter))}


@lru_cache(maxsize=16)
def _opened(path: str) -> FT2Font:
    return FT2Font(path)


def _advice(missing: Iterable[str]) -> str:
    """What is missing, by script, and which fonts to install."""
    scripts: dict[str, list[str]] = {}
    fonts = []
    for letter in sorted(missing):
        word = unicodedata.name(letter, "UNKNOWN").split()[0]
        if word in EAST_ASIAN:
            script, font = EAST_ASIAN[word], "Noto Sans CJK"
        elif unicodedata.category(letter)[0] in "LM":
            script, font = word.title(), f"Noto Sans {word.title()}"
        else:
            script, font = "symbols", "Noto Sans Symbols"
        scripts.setdefault(script, []).append(letter)
        if font not in fonts:
            fonts.append(font)
    named = " and ".join(
        f"{script} ({', '.join(letters[:4])}{' …' if len(letters) > 4 else ''})" for script, letters in scripts.items()
    )
    return (
        f"Figures show boxes for {named}: no font on this machine has these letters. Install {' and '.join(fonts)} "
        "(from fonts.google.com/noto, or the fonts-noto packages of your system) and run this again."
    )
