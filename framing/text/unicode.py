"""Characters: damage repaired once when an article is read, and look-alikes folded for matching.

`repair` may change the length of a text, so it runs once, in `read_articles`, before any offset exists.
`fold` never does: one character in, one out. A text can be searched folded and shown as read.
"""

from __future__ import annotations

import os
import re
import textwrap
import unicodedata
from collections.abc import Iterable
from difflib import SequenceMatcher, get_close_matches
from pathlib import Path
from typing import Any

# Invisible characters that split words or hide in them: soft hyphen, zero-width space and joiner marks,
# byte order mark, and the marks and overrides of writing direction. Joiners that shape letters stay.
INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]")
# Line ends other than "\n", of which Windows, old Macs, page feeds and Unicode each have their own.
LINE_ENDS = re.compile("\r\n|\r|\x0b|\x0c|\x85|\u2028|\u2029")
COUNTED_EXACTLY = 5_000  # characters of a line up to which changes are counted one by one

# Cyrillic and Greek letters that print like Latin ones (a subset of Unicode's confusables.txt).
LOOK_ALIKES = dict(
    zip(
        "АВЕЅІЈКМНОРСТУХЗаеоѕіјрсухһԁԛԝѵҮүΑΒΕΖΗΙΚΜΝΟΡΤΥΧοναιυϲ",
        "ABESIJKMHOPCTYX3aeosijpcyxhdqwvYyABEZHIKMNOPTYXovaiuc",
        strict=True,
    )
)
LOOK_ALIKES.pop("З")  # prints like the digit 3, never inside an English word
_FOLDED = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛ʼʻ′‵´`＇", "'"),
        **dict.fromkeys("“”„‟″‶«»〝〞＂", '"'),
        **dict.fromkeys("\u2010\u2011\u2012\u2212\ufe63\uff0d", "-"),
        **dict.fromkeys(
            "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000", " "
        ),
        **{chr(code): chr(code - 0xFEE0) for code in range(0xFF10, 0xFF5B)},  # full-width digits and letters
    }
)
_JOINED = re.compile(r"(?<=[^\W\d_])–(?=\w)")  # the en dash of "Russia–Ukraine"
_WORD = re.compile(r"[^\W\d_]+")
_FOREIGN = re.compile("[\u0370-\u052f]")
_LATIN = re.compile("[A-Za-z]")


def fold(text: str) -> str:
    """`text` for matching: plain quotation marks, spaces and hyphens, Latin for look-alike letters.

    Always as long as `text`, so an offset in one is an offset in the other. A dash that joins two words without a
    space ("Russia–Ukraine") is a hyphen. A Cyrillic or Greek letter
    becomes Latin only inside a word that also has Latin letters ("Сosmodrome"), so that words really
    written in another alphabet stay what they are. Case and accents are kept.
    """
    text = text.translate(_FOLDED)
    text = _JOINED.sub("-", text) if "–" in text else text
    return _WORD.sub(_latin_word, text) if _FOREIGN.search(text) else text


def _latin_word(match: re.Match[str]) -> str:
    word = match.group()
    if not _LATIN.search(word) or not _FOREIGN.search(word):
        return word
    letters = [LOOK_ALIKES.get(letter, letter) for letter in word]
    return word if any(_FOREIGN.match(letter) for letter in letters) else "".join(letters)


def letters(text: str) -> str:
    """Letters and digits of `text`, folded and in lower case: the same for two copies of one line."""
    return re.sub(r"[\W_]+", "", fold(text)).casefold()


def repair(text: str) -> tuple[str, int]:
    """`text` with damage undone, and how many characters that changed.

    Mojibake ("â€™"), NUL bytes and control characters, soft hyphens, direction marks, typographic
    ligatures, lone surrogates, decomposed accents and foreign line ends. Quotation marks, dashes and
    non-breaking spaces stay as read: they are the outlet's typography. See ftfy (Speer 2019).
    """
    joined, n_line_ends = LINE_ENDS.subn("\n", text)
    if joined.isascii() and joined.isprintable():
        return joined, n_line_ends
    visible, n_invisible = INVISIBLE.subn("", joined)
    if visible.isascii() and not re.search(r"[\x00-\x08\x0e-\x1f\x7f]|&#?\w+;", visible):
        return visible, n_line_ends + n_invisible
    fixed = _fix(visible)
    return fixed, n_line_ends + n_invisible + _n_changed(visible, fixed)


def _fix(text: str) -> str:
    import ftfy

    fixed = ftfy.fix_text(text, uncurl_quotes=False, fix_character_width=False, normalization=None)
    fixed = INVISIBLE.sub("", LINE_ENDS.sub("\n", fixed))  # mojibake may have hidden some
    return unicodedata.normalize("NFC", fixed)


def _n_changed(before: str, after: str) -> int:
    if before == after:
        return 0
    old, new = before.split("\n"), after.split("\n")
    if len(old) != len(new):
        old, new = [before], [after]
    return sum(_n_changed_in_line(a, b) for a, b in zip(old, new, strict=True) if a != b)


def _n_changed_in_line(before: str, after: str) -> int:
    if len(before) > COUNTED_EXACTLY:
        return max(
            1,
            sum(a != b for a, b in zip(before, after, strict=False))
            if len(before) == len(after)
            else abs(len(before) - len(after)),
        )
    blocks = SequenceMatcher(None, before, after, autojunk=False).get_matching_blocks()
    return max(1, len(before) - sum(block.size for block in blocks))


# Words for figures and pages: counts, and lines that fit, in which Chinese, Japanese and Korean letters are wide.

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
    return words if len(measured) <= longest else measured[: longest - 1].replace(_FILLER, "") + "…"


_ID = re.compile(r"(?=.*\d)[0-9a-fA-F._-]{6,}")


def is_nameless(name: Any) -> bool:
    """Whether this is a number or a hash, which names a thing for no reader."""
    return bool(_ID.fullmatch(str(name)))


def one_line(words: str) -> str:
    """On one line, without marks that no TOML file may hold."""
    return "".join(c for c in " ".join(words.split()) if c.isprintable())


def signed(value: float) -> str:
    """A number with its sign and two decimals, as it is printed: "+0.25", "−0.40"; what rounds to nothing, "0.00"."""
    words = f"{value:+.2f}".replace("-", "−")
    return "0.00" if words in ("+0.00", "−0.00") else words


def spaced(name: Any) -> str:
    """A name as a reader wants it: an id such as ``first_visit`` with spaces, any other name as it is."""
    words = str(name)
    return words if any(map(str.isspace, words)) else words.replace("_", " ").strip() or words


def did_you_mean(path: Path) -> str:
    """ " Did you mean 'articles'?", where a name near the missing part of `path` lies in the same folder; else ""."""
    missing = path.absolute()
    try:
        while not missing.parent.exists():
            missing = missing.parent
        near = nearest(missing.name, [name for name in os.listdir(missing.parent) if not name.startswith(".")])
    except (OSError, ValueError):
        return ""
    if not near:
        return ""
    folder = path.parent if missing == path.absolute() else missing.parent
    return f" Did you mean {str(folder / near)!r}?"


def nearest(name: str, names: Iterable[str]) -> str:
    """The one of `names` that `name` may be a slip of; "" where none is near enough."""
    there = {one.casefold(): one for one in sorted(names)}
    near = get_close_matches(name.casefold(), there, n=1, cutoff=0.7)
    return there[near[0]] if near else ""


def count(number: Any, noun: str) -> str:
    """``"1 article"``, ``"1,200 articles"``."""
    number = int(number)
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def listed(names: Iterable[str], most: int = 6, mark: str = ", ") -> str:
    """The first names, and how many more there are."""
    names = list(names)
    return mark.join(names[:most]) + (f" and {len(names) - most} more" if len(names) > most else "")


def _measured(words: str) -> str:
    return "".join(letter + _FILLER * (unicodedata.east_asian_width(letter) in "WF") for letter in words)
