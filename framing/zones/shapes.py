"""Shapes of lines that words alone do not show: dates, running times, weather, captions, names."""

from __future__ import annotations

import re

from framing.zones.phrases import AGENCIES, DATE_WORDS, DAYS, MONTHS, NOT_NAMES

JUNK = re.compile(r"[\W\d_]+|(?:https?://|www\.)\S+|\S+\.\w+/\S+|\S+@\S+\.\w+|[\[({]*\w*_\w*[\])}]*|[a-z]{2,8}px")
GLUED_LINK = re.compile(r"(?:Read more|Read also|Also read|See also|More on this|Related)(?=[A-Z])")
MENU = re.compile(r"[^|•·>»]{1,40}(?:[|•·>»][^|•·>»]{1,40}){2,12}")
HANDLES = re.compile(r"(?:[@#]\w+[\s,]*)+")
_MONTH = "(?:" + "|".join(sorted(MONTHS)) + ")"
DATE = re.compile(rf"\b(?:\d{{1,2}}(?:st|nd|rd|th)?[ -]{_MONTH}\b\.?(?:,? \d{{4}})?|"
                  rf"{_MONTH}\b\.? \d{{1,2}}\b(?:,? \d{{4}})?|"
                  r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4})", re.I)
CLOCK = re.compile(r"\b\d{1,2}[:.]\d{2}\b|\b\d{1,2} ?[ap]\.?m\b", re.I)
DURATION = re.compile(r"(?:video\s*)?[\[(]?\d{1,2}:\d{2}(?::\d{2})?[\])]?(?:\s*/?\s*\d{1,2}:\d{2})?", re.I)
DEGREES = re.compile(r"[+\-−]?\d{1,3}(?:[.,]\d)?\s?(?:°\s?[CF]?|º\s?[CF]?|[CF])(?![\w'])")
MINUTES_READ = re.compile(r"\b\d+[\s-]?min(?:ute)?s?\.? (?:read|listen|watch|video)\b", re.I)
COUNTER = re.compile(r"(?:page )?\d+ (?:of|/) \d+|\d[\d.,]*\s?[kKmM]? (?:shares?|comments?|views?|likes?|reactions?|"
                     r"replies|reads|votes)", re.I)
_PHOTO = (r"(?:photos?|photographs?|pictures?|pics?|images?|illustrations?|graphics?|screengrabs?|screenshots?)")
CAPTION_START = re.compile(rf"[\[(]?\s*(?:(?:file |handout |ap |afp |reuters |pool )?{_PHOTO}"
                           r"(?: credit| source| caption)?\s*"
                           r"(?:[:/©]|by\b|courtesy\b|via\b|caption\b)|credit\s*:|caption\s*:|"
                           r"pictured\s*[:,(]|file photo\b|"
                           r"(?:file|archive) (?:picture|image)\b|left to right\b|from left\b|©\s*[A-Z])", re.I)
CAPTION_TAIL = re.compile(rf"(?:^|[\s\[(|/.—–-])(?:{_PHOTO}|credit)\s?(?:[:/©]|by\b|courtesy\b|credit\b)"
                          r"[^.!?]{2,60}[\])]?\.?$", re.I)
BRACKET_TAIL = re.compile(r"[\[(]([^\[\]()]{1,90})[\])]\.?$")
SLASH_TAIL = re.compile(r"\b(?:REUTERS|AP Photo|AP|AFP|EPA|Getty Images?|Pool|Sputnik)\s?/\s?[A-Z][\w ./'’-]{2,50}$")
GLUED_CREDIT = re.compile(r"[.”\"]\s?(?:Photo )?Credit(?:\s?\.\.\.|:)?\s?[A-Z][^.!?]{2,80}$")
DASH_TAIL = re.compile(r"(?:\s|[.!?”\"])[—–-]{1,2}\s?(dpa|[A-Z][\w/ &,-]{1,40})\.?$")
_PARTICLES = ("de", "van", "von", "der", "den", "del", "della", "di", "da", "bin", "al", "el", "la", "le")


def names_agency(text: str) -> bool:
    """True if `text` holds nothing much but the name of a news or photo agency."""
    words = re.findall(r"[A-Za-z]+", text)
    return 0 < len(words) <= 8 and any(word.lower() in AGENCIES and (word[0].isupper() or len(words) == 1)
                                       for word in words)


def is_date_line(text: str, words: list[str]) -> bool:
    """A date, a time or a time stamp and nothing else."""
    if not 1 <= len(words) <= 16 or not any(char.isdigit() for char in text):
        return False
    rest = [word for word in re.findall(r"[^\W\d_]+(?:\.[^\W\d_]+)*", text.lower()) if word not in DATE_WORDS]
    dated = any(word.lower() in MONTHS or word.lower() in DAYS for word in re.findall(r"[^\W\d_]+", text))
    return not rest or (len(rest) <= 1 and dated and len(words) >= 4)




def is_name(text: str) -> bool:
    """Shaped like one or more people's names ("Ada Brown", "Ada Brown and Li van Dam")."""
    if NOT_NAMES & set(text.lower().split()):
        return False
    parts = re.split(r",|&|\||\band\b", text)
    for part in parts:
        words = part.split()
        if not 2 <= len(words) <= 4:
            return False
        for number, word in enumerate(words):
            if word in _PARTICLES:
                if number == len(words) - 1:
                    return False
            elif not re.fullmatch(r"[A-Z][\w'’.\-]*", word) or any(char.isdigit() for char in word):
                return False
    return 1 <= len(parts) <= 4
