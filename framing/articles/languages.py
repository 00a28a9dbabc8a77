"""Languages as two-letter codes, from what exports and pages declare, and from the text where nothing is declared.

Names and commonest words stand in ``data/pages/languages.toml``.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

from framing.text.lexicon import word_lists

_KNOWN = word_lists("pages/languages")
CODES = {name: code for code, names in _KNOWN["names"].items() for name in names}
UNKNOWN = "und"  # ISO 639: running text in a language that is not told, though surely not English


def language_code(name: object) -> str | None:
    """"ENGLISH", "en-GB" or "eng" as "en"; None for what is not known."""
    word = re.split(r"[-_;,\s()]", str(name or "").strip().lower())[0]
    if word in CODES:
        return CODES[word]
    return word if (len(word) == 2 and word.isalpha() and word.isascii()) or word == UNKNOWN else None


_WORDS = {language: frozenset(words) for language, words in _KNOWN["commonest_words"].items()}
_SCRIPTS = {"ko": "[\uac00-\ud7a3]", "ja": "[\u3040-\u30ff]", "zh": "[\u4e00-\u9fff]", "el": "[\u0370-\u03ff]",
            "he": "[\u0590-\u05ff]"}
_BY_SCRIPT = _KNOWN["scripts"]
# Letters that only one language of a script writes, in the order they are asked.
_TELLING = {"ar": [("ur", "ٹڈڑےں"), ("fa", "پچژگ"), ("ar", "")],
            "ru": [("uk", "іїєґ"), ("sr", "ђћџјљњ"), ("ru", "ыэ"), ("bg", "ъ"), ("ru", "")]}
SAMPLE = 2_000  # characters looked at
ENOUGH = 20  # words below which no guess is made
EVIDENT = .12  # share of common words that running text has at least
_ENGLISH = frozenset(_KNOWN["english"]["words"])
ENGLISH_AT_LEAST = .06
RUNNING = 60  # words of a text that is called not English for want of English words


def guess_language(text: str) -> str | None:
    """The language of running text where it is evident from its commonest words or its script, else None.

    Text of sentences with next to no common English word is `UNKNOWN`: another language, not told which.
    """
    sample = text[:SAMPLE]
    letters = sum(letter.isalpha() for letter in sample)
    for language, script in _SCRIPTS.items():
        if letters and len(re.findall(script, sample)) > (.2 if language == "ja" else .5) * letters:
            return language
    if other := _by_script(sample, letters):
        return other
    words = re.findall(r"[^\W\d_]+", sample.lower())
    if len(words) < ENOUGH:
        return None
    counts = sorted(((sum(word in common for word in words), language) for language, common in _WORDS.items()),
                    reverse=True)
    (most, language), (second, _) = counts[:2]
    if most >= EVIDENT * len(words) and most >= 2 * second:
        return language
    near = {language for count, language in counts if count * 2 > most}
    if most >= EVIDENT * len(words) and "en" not in near:
        return language  # between near relatives (Danish, Norwegian) the first, as long as it is surely not English
    english = sum(word in _ENGLISH for word in words)
    sentences = len(re.findall(r"[^\W\d_]{2,}[.!?](?:\s|$)", sample))
    if len(words) >= RUNNING and sentences >= 3 and english < ENGLISH_AT_LEAST * len(words):
        return UNKNOWN
    return None


def _by_script(sample: str, letters: int) -> str | None:
    """The language of a text most of whose letters are in a script that is not Latin."""
    foreign = [letter for letter in sample if letter > "\u02ff" and letter.isalpha()]
    if not foreign or len(foreign) <= .5 * letters:
        return None
    scripts = Counter(unicodedata.name(letter, "?").split()[0] for letter in foreign)
    script, count = scripts.most_common(1)[0]
    if script == "LATIN" or count <= .5 * letters:
        return None
    found = _BY_SCRIPT.get(script, UNKNOWN)
    lower = sample.lower()
    return next((language for language, telling in _TELLING.get(found, [])
                 if not telling or sum(lower.count(letter) for letter in telling) > .01 * letters), found)
