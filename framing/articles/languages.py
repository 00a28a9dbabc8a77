"""Languages as two-letter codes, from what exports and pages declare."""

from __future__ import annotations

import re

CODES = {"english": "en", "german": "de", "deutsch": "de", "french": "fr", "français": "fr", "spanish": "es",
         "español": "es", "italian": "it", "italiano": "it", "dutch": "nl", "portuguese": "pt", "polish": "pl",
         "russian": "ru", "ukrainian": "uk", "chinese": "zh", "japanese": "ja", "korean": "ko", "arabic": "ar",
         "turkish": "tr", "swedish": "sv", "danish": "da", "norwegian": "no", "finnish": "fi", "czech": "cs",
         "hungarian": "hu", "romanian": "ro", "greek": "el", "hebrew": "he", "hindi": "hi", "indonesian": "id"}


def language_code(name: object) -> str | None:
    """"ENGLISH", "en-GB" or "eng" as "en"; None for what is not known."""
    word = re.split(r"[-_;,\s]", str(name or "").strip().lower())[0]
    if word in CODES:
        return CODES[word]
    if len(word) == 2 and word.isalpha():
        return word
    return "en" if word == "eng" else None


# The commonest words of running text that few other languages here share.
_COMMON = {
    "en": "the of and to in is that was for with said has from are which",
    "de": "der die und den das von mit ist des ein nicht auch auf sich dem",
    "fr": "le les des et est une dans qui pour que sur pas du au avec",
    "es": "el los las del que una por con para se su como más fue sus",
    "it": "il di che della per una sono con del gli alla nel anche più ha",
    "pt": "os que uma para com não da dos ao na em mais foi pelo são",
    "nl": "het een van en dat op zijn voor met niet aan ook bij werd naar",
    "pl": "nie się na jest że do przez jak po dla który oraz od tym",
    "sv": "och att det som på är av för den med till inte har ett om"}
_WORDS = {language: frozenset(words.split()) for language, words in _COMMON.items()}
_SCRIPTS = {"ko": "[\uac00-\ud7a3]", "ja": "[\u3040-\u30ff]", "zh": "[\u4e00-\u9fff]", "el": "[\u0370-\u03ff]",
            "he": "[\u0590-\u05ff]"}
SAMPLE = 2_000  # characters looked at
ENOUGH = 20  # words below which no guess is made
EVIDENT = .12  # share of common words that running text has at least


def guess_language(text: str) -> str | None:
    """The language of running text where it is evident from its commonest words or its script, else None."""
    sample = text[:SAMPLE]
    letters = sum(letter.isalpha() for letter in sample)
    for language, script in _SCRIPTS.items():
        if letters and len(re.findall(script, sample)) > (.2 if language == "ja" else .5) * letters:
            return language
    words = re.findall(r"[^\W\d_]+", sample.lower())
    if len(words) < ENOUGH:
        return None
    counts = sorted(((sum(word in common for word in words), language) for language, common in _WORDS.items()),
                    reverse=True)
    (most, language), (second, _) = counts[:2]
    return language if most >= EVIDENT * len(words) and most >= 2 * second else None
