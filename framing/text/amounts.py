"""Numbers and amounts however they are written: "forty-second", "almost 40 seconds", "650 km", "400 miles"."""

from __future__ import annotations

import math
import re
from functools import lru_cache
from typing import NamedTuple

_ONES = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
         "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_WORDS: dict[str, float] = {word: float(n) for n, word in enumerate(_ONES)}
_WORDS |= {word: 20.0 + 10 * n for n, word in enumerate(_TENS)}
_WORDS |= {"twice": 2.0, "thrice": 3.0, "dozen": 12.0, "pair": 2.0, "couple": 2.0, "duo": 2.0,
           "trio": 3.0}
_ORDINALS = {"first": 1.0, "second": 2.0, "third": 3.0, "fourth": 4.0, "fifth": 5.0, "sixth": 6.0, "seventh": 7.0,
             "eighth": 8.0, "ninth": 9.0, "tenth": 10.0}
_SCALES = {"hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "m": 1e6, "mn": 1e6,
           "bn": 1e9, "k": 1e3, "hundreds": 1e2, "thousands": 1e3, "millions": 1e6, "billions": 1e9}
_UNITS: dict[str, tuple[str, float]] = {}
for _names, _kind, _factor in [
        ("second seconds sec secs", "time", 1), ("minute minutes min mins", "time", 60),
        ("hour hours hr hrs", "time", 3600), ("day days", "time", 86400), ("week weeks", "time", 7 * 86400),
        ("fortnight", "time", 14 * 86400), ("month months", "time", 30.44 * 86400),
        ("year years", "time", 365.25 * 86400), ("decade decades", "time", 3652.5 * 86400),
        ("century centuries", "time", 36525 * 86400),
        ("metre metres meter meters m", "length", 1),
        ("kilometre kilometres kilometer kilometers km kms", "length", 1e3),
        ("mile miles", "length", 1609.344), ("foot feet ft", "length", 0.3048), ("yard yards", "length", 0.9144),
        ("centimetre centimetres centimeter centimeters cm", "length", 0.01), ("inch inches", "length", 0.0254),
        ("kilogram kilograms kilo kilos kg", "mass", 1), ("tonne tonnes", "mass", 1e3), ("ton tons", "mass", 1e3),
        ("pound pounds lb lbs", "pound", 1), ("dollar dollars usd", "dollar", 1), ("euro euros eur", "euro", 1),
        ("percent pct percentage", "share", 1), ("degree degrees", "degree", 1), ("point points", "point", 1),
        ("kroner krone", "krone", 1), ("yen", "yen", 1), ("pence", "pound", 0.01), ("litre litres liter liters",
                                                                                   "litre", 1)]:
    for _name in _names.split():
        _UNITS[_name] = (_kind, float(_factor))
_LONE = {"century", "centuries", "decade", "decades", "fortnight"}  # an amount without a number before it
_SIGNS = {"$": "dollar", "€": "euro", "£": "pound"}
_PARTS = {"half": 0.5, "halves": 0.5, "quarter": 0.25, "quarters": 0.25, "third": 1 / 3, "thirds": 1 / 3,
          "fifth": 0.2, "fifths": 0.2, "tenth": 0.1, "tenths": 0.1}
_ROUGH = re.compile(r"\b(?:about|around|some|roughly|approximately|nearly|almost|over|above|than|least|under|most|"
                    r"up to|close to|an estimated|or so)\s*[$€£]?$", re.IGNORECASE)
NEAR = 0.1  # by how much a rough number may differ
_TOKEN = re.compile(r"[$€£]|\d+(?:[.,]\d{3})*(?:[.,]\d+)?|%|[^\W\d_]+")
YEARS = (1500, 2100)


class Amount(NamedTuple):
    """A number with its kind of unit, in seconds, metres, kilograms, ... ("" for a bare number, "year" for a year)."""

    start: int
    end: int
    value: float
    unit: str
    rough: bool = False  # "about 400", "more than 40"


@lru_cache(maxsize=20_000)
def find_amounts(text: str) -> tuple[Amount, ...]:
    """Every number of `text` in order, with the unit that follows it; "a century" counts, "one of" does not.

    >>> [(amount.value, amount.unit) for amount in find_amounts("$5.6 billion for 12 per cent")]
    [(5600000000.0, 'dollar'), (12.0, 'share')]
    """
    tokens = [(hit.start(), hit.end(), hit.group().lower()) for hit in _TOKEN.finditer(text)]
    found: list[Amount] = []
    place = 0
    while place < len(tokens):
        start, end, word = tokens[place]
        unit, after = "", place + 1
        part = _part(text, tokens, place)
        if part is not None:
            found.append(part[0])
            place = part[1]
            continue
        if word in _SIGNS and after < len(tokens) and tokens[after][2][0].isdecimal():
            unit, place = _SIGNS[word], after
        value, after = _number(text, tokens, place)
        if value is None:
            if word in _LONE:
                kind, factor = _UNITS[word]
                found.append(Amount(start, end, factor, kind))
            place = max(after, place + 1)
            continue
        end = tokens[after - 1][1]
        if not unit and after < len(tokens) and (tokens[after][2] in _UNITS or tokens[after][2] == "%") \
                and len(text[end:tokens[after][0]]) <= 1 and (tokens[after][2] != "second" or text[end] == "-"):
            kind, factor = _UNITS.get(tokens[after][2], ("share", 1.0))
            value, unit, end, after = value * factor, kind, tokens[after][1], after + 1
            if kind == "share" and after < len(tokens) and tokens[after][2] in {"point", "points"}:
                unit, end, after = "point", tokens[after][1], after + 1
        elif not unit and after + 1 < len(tokens) and tokens[after][2] in {"basis", "per"} \
                and tokens[after + 1][2] in {"point", "points", "cent"}:
            value, unit = (value, "share") if tokens[after][2] == "per" else (value / 100, "point")
            end, after = tokens[after + 1][1], after + 2
        if not unit and YEARS[0] <= value < YEARS[1] and value == int(value) and text[start:end].isdecimal():
            unit = "year"
        rough = _ROUGH.search(text, max(start - 16, 0), start) is not None
        if math.isfinite(value):  # a line of a thousand digits is no amount
            found.append(Amount(start, end, value, unit, rough))
        place = after
    return tuple(found)


def _part(text: str, tokens: list[tuple[int, int, str]], place: int) -> tuple[Amount, int] | None:
    """"Two thirds of", "half a point", "a quarter of a percentage point", and the place after it."""
    words = [word for _, _, word in tokens[place:place + 7]]
    if words[0] == "half":
        value, taken, several = 0.5, 1, False
    elif len(words) > 1 and words[1] in _PARTS and words[0] in {"a", "an", *_ONES[1:10]}:
        times = _WORDS.get(words[0], 1.0)
        value, taken, several = times * _PARTS[words[1]], 2, times > 1
    else:
        return None
    start, end = tokens[place][0], tokens[place + taken - 1][1]
    rest = words[taken:]
    skipped = next((n for n, word in enumerate(rest) if word not in {"of", "a", "an", "the", "percentage"}), 0)
    if skipped and rest[skipped] in _UNITS:
        kind, factor = _UNITS[rest[skipped]]
        after = place + taken + skipped
        return Amount(start, tokens[after][1], value * factor, kind), after + 1
    if rest[:1] == ["of"] or several:
        return Amount(start, end, value * 100, "share", True), place + taken
    return None


def agree(one: Amount, other: Amount) -> float:
    """How well two amounts agree: 1 the same, about .8 within rounding (400 miles, 650 km), 0 different or of
    different kinds."""
    if one.unit != other.unit:
        return 0.0
    if one.value == other.value:
        return 1.0
    if one.unit == "year" or not one.value or not other.value:
        return 0.0
    apart = abs(one.value - other.value) / max(abs(one.value), abs(other.value))
    if not one.unit:
        return 0.8 if (one.rough or other.rough) and apart <= NEAR else 0.0
    return 0.9 if apart <= 0.03 else 0.7 if apart <= 0.1 else 0.0


def _number(text: str, tokens: list[tuple[int, int, str]], place: int) -> tuple[float | None, int]:
    """The value of the number words that begin at `place`, and the place after them."""
    word = tokens[place][2]
    ordinal = re.fullmatch(r"(?:st|nd|rd|th)", tokens[place + 1][2]) if place + 1 < len(tokens) else None
    if word[0].isdecimal():
        value, place = _digits(word), place + 1
        if ordinal and tokens[place][0] == tokens[place - 1][1]:
            return value, place + 1
    elif word in _WORDS:
        value, place = _WORDS[word], place + 1
        if 20 <= value < 100 and place < len(tokens) and tokens[place][2] in (*_ONES[1:10], *_ORDINALS) \
                and text[tokens[place - 1][1]:tokens[place][0]] in {"-", " "}:
            if tokens[place][2] in _ORDINALS and tokens[place][2] == "second":
                return value, place  # "forty-second": a unit follows
            value, place = value + _WORDS.get(tokens[place][2], _ORDINALS.get(tokens[place][2], 0)), place + 1
    elif word in {"a", "an"} and place + 1 < len(tokens) and tokens[place + 1][2] in {"hundred", "thousand", "million",
                                                                                     "billion", "dozen"}:
        value, place = 1.0, place + 1
        if tokens[place][2] == "dozen":
            return 12.0, place + 1
    elif word in _SCALES and len(word) > 2:
        value, place = _SCALES[word], place + 1
    else:
        return None, place + 1
    while place < len(tokens) and tokens[place][2] in _SCALES and text[tokens[place - 1][1]:tokens[place][0]] in {
            "", " ", "-"} and not (tokens[place][2] == "m" and text[tokens[place - 1][1]:tokens[place][0]] == " "):
        value, place = value * _SCALES[tokens[place][2]], place + 1
    return value, place


def _digits(word: str) -> float:
    if re.fullmatch(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?", word):
        return float(word.replace(",", ""))
    if re.fullmatch(r"\d+[.,]\d+", word):
        return float(word.replace(",", "."))
    digits = re.sub(r"\D", "", word)
    return float(digits)
