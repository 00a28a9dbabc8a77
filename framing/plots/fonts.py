"""Letters that the usual font of figures lacks: fonts of this machine that have them, or a warning that names them."""

from __future__ import annotations

import unicodedata
import warnings
from collections.abc import Iterable
from functools import cache, lru_cache

from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, findfont, findSystemFonts, fontManager
from matplotlib.ft2font import FT2Font
from matplotlib.text import Text

# Families that have many letters and look well in print; where none of them serves, any installed one may.
PREFERRED = ("Noto Sans CJK", "Noto Sans", "Source Han Sans", "Hiragino Sans", "PingFang", "Apple SD Gothic Neo",
             "Microsoft YaHei", "Yu Gothic", "Malgun Gothic", "Nirmala UI", "Segoe UI", "Arial Unicode MS", "Tahoma",
             "WenQuanYi", "Droid Sans Fallback", "FreeSans")
NO_LETTERS = ("Last Resort", "LastResort", "Emoji", "Color")  # parts of names of fonts of boxes and of pictures
EAST_ASIAN = {"CJK": "Chinese characters", "HIRAGANA": "Japanese kana", "KATAKANA": "Japanese kana",
              "KATAKANA-HIRAGANA": "Japanese kana", "HANGUL": "Korean (Hangul)", "IDEOGRAPHIC": "Chinese characters",
              "FULLWIDTH": "full-width letters", "HALFWIDTH": "half-width letters", "BOPOMOFO": "Bopomofo"}


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
    for path, family in sorted(known.items(), key=lambda font: (_rank(font[1]), font[1], "Regular" not in font[0],
                                                                font[0])):
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
    named = " and ".join(f"{script} ({', '.join(letters[:4])}{' …' if len(letters) > 4 else ''})"
                         for script, letters in scripts.items())
    return (f"Figures show boxes for {named}: no font on this machine has these letters. Install {' and '.join(fonts)} "
            "(from fonts.google.com/noto, or the fonts-noto packages of your system) and run this again.")
