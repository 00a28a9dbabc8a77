"""What the furniture of a news page says: fixed phrases of English-language news, never names of sites.

The lists stand in ``data/pages/phrases.toml`` and ``data/names/agencies.toml``. Phrases are matched word by word (lower
case, punctuation ignored), so reading a line takes the same short time whatever it holds.
"""

from __future__ import annotations

from functools import lru_cache

from framing.text.lexicon import word_lists

_SAID = {name: frozenset(phrases) for name, phrases in word_lists("pages/phrases").items()}
MONTHS, DAYS = _SAID["months"], _SAID["days"]
DATE_WORDS = MONTHS | DAYS | _SAID["date_words"]
AGENCIES = frozenset(word_lists("names/agencies")["credits"]["words"])
FUNCTION_WORDS = _SAID["function_words"]  # prose is full of them, menus and lists of links are not
LINES, OPENINGS = _SAID["lines"], _SAID["openings"]  # whole lines; first words of short lines
LINKS, LINK_LABELS = _SAID["links"], _SAID["link_labels"]
BOXES, BOX_OPENINGS = _SAID["boxes"], _SAID["box_openings"]  # open a part of the page that is not the story
SECTIONS = _SAID["sections"]  # a site's departments: furniture above and below a story
SITE_STRONG, SITE = _SAID["site_strong"], _SAID["site"]  # words of a site speaking to its visitor
ADDRESS, REQUESTS = _SAID["address"], _SAID["requests"]
STAMP_OPENINGS, BYLINE_OPENINGS, ROLES = _SAID["stamp_openings"], _SAID["byline_openings"], _SAID["roles"]
CREDIT_OPENINGS, CREDIT_WITHIN = _SAID["credit_openings"], _SAID["credit_within"]
BIO_WITHIN, NOT_NAMES = _SAID["bio_within"], _SAID["not_names"]


def key(words: list[str]) -> str:
    """Words as the phrase lists write them: lower case, straight apostrophes, single spaces."""
    return " ".join(words).lower().replace("’", "'").replace("‘", "'")


def opens_with(line: str, phrases: frozenset[str], longest: int = 5) -> bool:
    """True if the first words of `line` (as made by `key`) are one of `phrases`."""
    words = line.split(" ", longest)
    return any(" ".join(words[:size]) in phrases for size in range(1, min(longest, len(words)) + 1))


def count_phrases(line: str, phrases: frozenset[str]) -> int:
    """How many of `phrases` stand in `line` (as made by `key`), the longest first, none counted twice."""
    return find_phrases(line, phrases)[0]


def find_phrases(line: str, phrases: frozenset[str]) -> tuple[int, list[str]]:
    """How many of `phrases` stand in `line`, and the words of the line that belong to none."""
    lengths = _lengths(phrases)
    words = line.split(" ")
    hits = position = 0
    rest = []
    while position < len(words):
        step = 0
        for size in lengths.get(words[position], ()):
            if " ".join(words[position:position + size]) in phrases:
                hits, step = hits + 1, size
                break
        if not step:
            rest.append(words[position])
        position += step or 1
    return hits, rest


@lru_cache(maxsize=64)
def _lengths(phrases: frozenset[str]) -> dict[str, tuple[int, ...]]:
    """First word -> the lengths in words of the phrases that begin with it, longest first."""
    found: dict[str, set[int]] = {}
    for phrase in phrases:
        words = phrase.split(" ")
        found.setdefault(words[0], set()).add(len(words))
    return {word: tuple(sorted(sizes, reverse=True)) for word, sizes in found.items()}
