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
