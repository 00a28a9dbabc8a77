"""Functions that a text gives to people ("Russian President X", "X, spokesman for the ministry"), and kinds of voice.

What kind of voice a speaker is (government, expert, media, citizen, ...) is told by rules that can be read. The words
stand in ``data/names/roles.csv``: nouns for a person's function, words that tell what a body is (the
rows are tried from the top), and acronyms. Two rules go before them: a spokesperson, head or aide has the role
of the body they speak for; officials of a country are its government.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from framing.entities.places import countries_in, find_places, place_words
from framing.text.lexicon import read_list, word_lists

_LISTED = word_lists("names/words")

ROLES = [
    "government",
    "military",
    "other official",
    "expert",
    "media",
    "company",
    "civil society",
    "citizen",
    "anonymous",
    "unknown",
]

LEADER = frozenset(_LISTED["leaders"])
NARROW = frozenset(_LISTED["leaders_apart"])
SPOKEN_FOR = frozenset(_LISTED["spokespeople"])
SAME_FUNCTION = [SPOKEN_FOR, *map(frozenset, _LISTED["same_function"])]
OF_THEIR_BODY = SPOKEN_FOR | frozenset(_LISTED["of_their_body"])

ABBREVIATED: dict[str, str] = _LISTED["addresses"]
_PRESS_OFFICE = re.compile(
    r"\b[Pp]ress (?:service|office|cent(?:er|re)|department|bureau|secretary|statement|release|"
    r"conference)\b"
)  # no medium
_LEADING = re.compile(r"\b(?:leaders?|leadership|allies)\b", re.IGNORECASE)
_ANONYMOUS = re.compile(
    r"\b(?:condition of anonymity|anonymous(?:ly)?|unnamed|(?:person|people) familiar|"
    r"sources?|insiders?)\b",
    re.IGNORECASE,
)


_SMALL = {"the", "and", "of", "in", "a", "an", "its", "their", "both", "for", "from", "by", "with", "on", "at", "to"}
_STATE = frozenset(_LISTED["state"])
_WOMEN = frozenset(_LISTED["women"])
_MEN = frozenset(_LISTED["men"])


def gender_of_noun(noun: str) -> str:
    """ "f" for "actress" or "policewoman", "m" for "widower" or "fireman", else ""."""
    word = noun.lower()
    if word in _WOMEN or word.endswith("woman"):
        return "f"
    return "m" if word in _MEN or word.endswith("man") else ""


@lru_cache(maxsize=1)
def _rows() -> list[tuple[str, str, list[str]]]:
    return [(row["role"], row["of"], row["words"].split(";")) for row in read_list("roles")]


@lru_cache(maxsize=1)
def functions() -> dict[str, str]:
    """Every noun for a person's function, with its role; "unknown" for those that take it from their body."""
    found = {noun: role for role, of, nouns in reversed(_rows()) if of == "person" for noun in nouns}
    return {**{noun: "unknown" for group in [SPOKEN_FOR, *SAME_FUNCTION] for noun in group}, **found}


@lru_cache(maxsize=1)
def _bodies() -> list[tuple[str, re.Pattern[str]]]:
    return [
        (
            role,
            re.compile(
                r"(?<![\w-])(?:"
                + "|".join(map(re.escape, words))
                + (r")(?![\w-])" if of == "acronym" else r")(?:e?s)?(?![\w-])"),
                0 if of == "acronym" else re.IGNORECASE,
            ),
        )
        for role, of, words in sorted(_rows(), key=lambda row: row[1] == "body")
        if of != "person"
    ]


@lru_cache(maxsize=1)
def media_names() -> frozenset[str]:
    """Names of news agencies, papers and broadcasters: the capitalised words of the media rows."""
    return frozenset(
        word for role, of, words in _rows() if role == "media" and of != "person" for word in words if word[0].isupper()
    )


def same_function(one: str, other: str) -> bool:
    """May these two nouns stand for one function, as "leader" for "president"?"""
    one, other = one.lower(), other.lower()
    if one == other or any(one in group and other in group for group in SAME_FUNCTION):
        return True
    return one in LEADER and other in LEADER and not (one in NARROW and other in NARROW)


def role_of_function(noun: str, beside: str = "") -> str:
    """Role of a person by a noun ("spokesman") and the words beside it ("for the US State Department")."""
    noun = noun.lower()
    own = functions().get(noun, "unknown")
    if noun in OF_THEIR_BODY and beside:
        about = role_of_words(beside)
        if about not in {"unknown", "citizen", "anonymous"} and not (
            about == "government" and own != "unknown" and noun not in {"official", "officials"}
        ):
            return about
    return own


@lru_cache(maxsize=20_000)
def role_of_words(words: str) -> str:
    """Role by the words of a body's name or of an unnamed source ("local residents", "state media")."""
    if _ANONYMOUS.search(words):
        return "anonymous"
    words = re.sub(r"\bPeople[’']s\b", "", _PRESS_OFFICE.sub("", words))
    place = any(part in place_words() for part in _phrases(words))
    for role, pattern in _bodies():
        if pattern.search(words):
            others = _LEADING.sub("", words) if role == "government" else words
            if others != words and role_of_words(others) not in {"unknown", "citizen"}:
                return role_of_words(others)  # "Senate Republican leaders"
            of_state = place and role in {"expert", "other official"}
            return "government" if of_state and re.search(r"\bofficials?\b", words, re.IGNORECASE) else role
    return "government" if place and _of_the_state(words) else "unknown"


def _of_the_state(words: str) -> bool:
    """Are these words only a country's, or its "side"? A "Danish wind lobby" and a "German group" are not the state."""
    plain = [word for word in re.findall(r"(?<![\w’'-])[a-z][\w-]*", words) if word not in _SMALL]
    return not plain or plain[-1] in _STATE


def _phrases(words: str) -> list[str]:
    parts = re.sub(r"[’']s?\b", "", words).replace(",", " ").split()
    return parts + [" ".join(pair) for pair in pairwise(parts)]


DETERMINERS = set(
    """
    the a an its their his her our and by of with to for that as from when while after before but or on in at if
""".split()
)
_BREAKS = set(
    """
    said told who met says was is according has had which where whose
""".split()
) | (DETERMINERS - {"the", "a", "an", "its", "their", "his", "her", "our"})
_VERBS = {"said", "told", "says", "who", "which", "was", "is", "has", "had", "wrote", "added", "tells"}
_BEFORE_TITLES = {"former", "deputy", "chief", "top", "senior", "acting", "then", "outgoing", "incoming", "late", "ex"}
_PAUSE = re.compile(r"[,;:!?()\"“”‘—–\n/•]|\.(?=\s+[A-Z]\w*\s*$|\s+[a-z])|(?<=[a-z]{3})\.")
_OWNED = re.compile(
    r"((?:[A-Z][\w-]+ ){0,3}[A-Z][\w-]+[’']s?|\b[Hh]is|\b[Hh]er|\b[Ii]ts|\b[Oo]ur|\b[Mm]y) "
    r"((?:[\w-]+ ){0,3}[\w-]+), $"
)


_SEAT = re.compile(r"\s\((?:[RDI][-–][A-Z]|(?:Lab|Con|Lib Dem|SNP|Green|Plaid Cymru)[,)])")  # "Anna Berg (D-Ohio)"
_IN_COURT = re.compile(r",\s(?:for the )?(prosecuti(?:ng|on)|defending|defence)\b")


@dataclass(frozen=True)
class Title:
    """A function the text gives somebody: the noun, the words beside it, the countries they name."""

    noun: str
    beside: str
    countries: frozenset[str]


class Run(NamedTuple):
    """Capitalised words in a row, cut into what stands before a name and the name."""

    start: int
    end: int
    name_start: int
    name: str
    before: str  # capitalised words before the name, with its function: "Russian President"
    noun: str  # the function: "president", or ""
    address: str  # "mr", "mrs", ... or ""


def function_at(words: list[str]) -> str:
    """The function noun that ends these words, the longest one known: "Defence Minister"."""
    for size in (4, 3, 2, 1):
        phrase = " ".join(words[-size:]).lower().strip(".").replace(" - ", "-")
        if len(words) >= size and phrase in functions():
            return phrase
    return ABBREVIATED.get(words[-1].lower().rstrip("."), "") if words else ""


def title_before(text: str, run: Run) -> Title | None:
    """ "Russian President X", "Kremlin spokesperson X", "its leader X", "The head of the agency, X,"."""
    left = text[max(0, run.start - 110) : run.start]
    if run.noun:
        beside = run.before
        if not countries_in(beside):
            beside = " ".join([*_modifiers(left), beside])
        return Title(run.noun, beside, countries_in(beside) or _its_country(text, run.start, left))
    words = _words_before(left)
    noun = function_at(words[-4:]) if words and words[-1][0].islower() else ""
    if noun:
        joined = " ".join(_modifiers(" ".join(words[: len(words) - len(noun.split())]) + " "))
        return Title(noun, joined, countries_in(joined) or _its_country(text, run.start, left))
    hit = re.search(r"([A-Z]\w+(?: [A-Z]\w+)*) of (?:the )?$", left)
    if hit and len(run.name.split()) > 1 and run.start < run.name_start and function_at(hit.group(1).split()):
        return Title(function_at(hit.group(1).split()), run.before, countries_in(run.before))
    if not left.endswith(", "):
        return None
    if left.endswith(("Prosecuting, ", "Defending, ")):
        return Title("prosecutor" if left.endswith("Prosecuting, ") else "lawyer", "", frozenset())
    hit = _OWNED.search(left)
    if hit and function_at(hit.group(2).split()):
        beside = f"{hit.group(1)} {hit.group(2)}"
        return Title(function_at(hit.group(2).split()), beside, countries_in(beside))
    hit = re.search(r"\b(?:[Aa]n?|[Oo]ne|[Aa]nother) ((?:[\w’'-]+ ){0,3}?)([a-z-]+), $", left)
    if hit and function_at([*hit.group(1).split(), hit.group(2)]) and text[run.end : run.end + 1] in {",", ".", ";"}:
        return Title(function_at([*hit.group(1).split(), hit.group(2)]), "", frozenset())  # "an apprentice, Kevin, 17,"
    hit = re.search(r"\b[Tt]he ((?:[\w’'-]+ ){0,3}?)(\w+)((?: (?:of|for|in|at) [\w’' -]{2,50})?), $", left)
    if (
        hit
        and function_at([*hit.group(1).split(), hit.group(2)])
        and text[run.end : run.end + 1] in {",", ".", ";", ")"}
    ):
        noun = function_at([*hit.group(1).split(), hit.group(2)])
        beside = hit.group(1) + hit.group(3).strip()
        return Title(noun, beside.strip(), countries_in(beside))
    return None


def _words_before(left: str) -> list[str]:
    """The last words of a stretch, back to the nearest punctuation, eight at most; none if it ends in punctuation."""
    if not left.endswith((" ", "\u00a0")) or not left[:-1]:
        return []
    return _PAUSE.split(left)[-1].split()[-8:]


def _modifiers(left: str) -> list[str]:
    """The words right before a function noun that belong to it: capitalised, or "former", "deputy", ..."""
    kept: list[str] = []
    for word in reversed(_words_before(left)):
        if word.lower() in DETERMINERS or not (
            word[0].isupper() or word.lower() in _BEFORE_TITLES or role_of_words(word) != "unknown"
        ):
            break
        kept.insert(0, word)
    return kept


def _its_country(text: str, start: int, left: str) -> frozenset[str]:
    """Of "its leader Kim": the country named last before."""
    if not re.search(r"\b(?:its|their) (?:\w+ ){1,3}$", left):
        return frozenset()
    named = [place.country for _, _, place in find_places(text[max(0, start - 400) : start])]
    return frozenset(named[-1:])


def title_after(text: str, end: int) -> Title | None:
    """ "X, spokesman for the US State Department," and "X, Kremlin spokesperson"."""
    court = _IN_COURT.match(text, end)
    if court:
        return Title("prosecutor" if court.group(1).startswith("pros") else "lawyer", "", frozenset())
    if _SEAT.match(text, end):
        return Title("lawmaker", "", frozenset())
    hit = re.match(
        r",\s(?:who (?:is|was|has been) (?:now |also )?)?"
        r"((?:[^\s,;:.!?()\"“”—–]+(?:\s|$|(?=[,;:.!?)]))){1,14})",
        text[end : end + 160],
    )
    if not hit:
        return None
    words = hit.group(1).split()
    for place in range(min(8, len(words))):
        noun = function_at(words[: place + 1])
        if not noun:
            continue
        follower = words[place + 1] if place + 1 < len(words) else ""
        longer = function_at(words[: place + 2]) if follower else ""
        if longer and (" " in longer or not follower[:1].isupper()):
            continue  # "Chief Executive"
        if follower in _VERBS and words[0].lower() not in {"who", "now", "also"} and not hit[0].startswith(", who"):
            return None  # "Asked by X, the governor said"
        if words[0].lower() == "the" and follower.endswith("ed") and words[place + 2 : place + 3] != ["by"]:
            return None  # "Asked by X, the governor pointed to ..."
        if follower[:1].isupper():
            return None  # the next person in a list: "X, Foreign Minister Y and Z"
        before = [w for w in words[: place + 1 - len(noun.split())] if w.lower() not in {"the", "a", "an"}]
        if any(word in _BREAKS for word in before):
            return None
        rest = words[place + 1 :] if follower in {"of", "for", "at", "to", "in", "on", "with"} else []
        verb = next((n for n, word in enumerate(rest) if word in _VERBS), len(rest))
        beside = " ".join([*before, *rest[:verb]])
        return Title(noun, beside, countries_in(beside))
    return None
