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
from framing.text.lexicon import read_list

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

# Nouns that may stand for one another: "the Russian leader" may be the Russian president.
LEADER = {
    "leader",
    "president",
    "head of state",
    "head of government",
    "ruler",
    "dictator",
    "strongman",
    "prime minister",
    "premier",
    "chancellor",
    "king",
    "queen",
    "monarch",
    "emperor",
    "supreme leader",
    "autocrat",
    "despot",
    "tsar",
    "commander-in-chief",
}
NARROW = {"president", "prime minister", "premier", "chancellor", "king", "queen"}  # never for one another
SPOKEN_FOR = {"spokesman", "spokeswoman", "spokesperson", "press secretary", "mouthpiece"}
SAME_FUNCTION = [
    SPOKEN_FOR,
    {"prime minister", "premier"},
    {"senator", "lawmaker", "legislator"},
    {"congressman", "congresswoman", "representative", "lawmaker"},
    {"mp", "mep", "lawmaker", "parliamentarian", "backbencher", "frontbencher", "politician"},
    {"councillor", "councilor", "councilman", "councilwoman", "alderman", "politician"},
    {"deputy prime minister", "deputy premier", "vice premier", "vice-premier"},
    {
        "minister",
        "secretary",
        "health secretary",
        "education secretary",
        "defence secretary",
        "transport secretary",
        "environment secretary",
        "business secretary",
        "culture secretary",
        "home secretary",
        "foreign secretary",
        "secretary of state",
        "foreign minister",
        "defence minister",
        "defense minister",
        "finance minister",
        "interior minister",
        "justice minister",
        "health minister",
        "economics minister",
        "economy minister",
        "environment minister",
        "education minister",
        "transport minister",
        "trade minister",
    },
    {"priest", "vicar", "clergyman", "pastor", "reverend", "bishop", "archbishop", "cleric"},
    {
        "detective",
        "inspector",
        "detective inspector",
        "detective constable",
        "constable",
        "officer",
        "policeman",
        "policewoman",
        "detective chief inspector",
        "detective sergeant",
    },
    {"chairman", "chairwoman", "chairperson", "chair", "head", "chief", "boss"},
    {"ceo", "chief executive", "chief executive officer", "boss", "head", "chief"},
    {"director", "head", "chief", "boss"},
    {"nominee", "candidate", "contender", "hopeful"},
    {"billionaire", "businessman", "businesswoman", "mogul", "tycoon", "entrepreneur", "magnate"},
    {"lawyer", "attorney", "counsel"},
    {"police chief", "chief", "chief constable"},
    {"professor", "academic", "scholar", "historian", "researcher", "scientist", "sociologist", "political scientist"},
    {"doctor", "scientist", "researcher", "biologist", "ecologist", "physicist", "chemist", "astronomer", "geologist"},
    {"doctor", "physician", "surgeon", "medic"},
    {"economist", "analyst", "strategist"},
    {"manager", "coach", "boss", "head coach"},
    {"mother", "mum", "mom"},
    {"father", "dad"},
]
OF_THEIR_BODY = SPOKEN_FOR | {
    "head",
    "chief",
    "director",
    "official",
    "officials",
    "adviser",
    "advisor",
    "aide",
    "deputy",
    "representative",
    "member",
    "leader",
    "chairman",
    "chairwoman",
    "chair",
    "chairperson",
    "manager",
    "president",
    "secretary",
    "chief of staff",
}

# Forms of address, and the function they tell of, if any.
ABBREVIATED = {
    "mr": "",
    "mrs": "",
    "ms": "",
    "miss": "",
    "mx": "",
    "sir": "",
    "dame": "",
    "lord": "",
    "lady": "",
    "madame": "",
    "mme": "",
    "dr": "doctor",
    "prof": "professor",
    "sen": "senator",
    "gov": "governor",
    "rep": "representative",
    "gen": "general",
    "lt": "lieutenant",
    "col": "colonel",
    "sgt": "sergeant",
    "capt": "captain",
    "adm": "admiral",
    "maj": "major",
    "rev": "reverend",
    "pres": "president",
    "cmdr": "commander",
    "brig": "brigadier",
    "hon": "",
    "fr": "priest",
    "insp": "inspector",
    "amb": "ambassador",
    "supt": "superintendent",
    "coun": "councillor",
    "cllr": "councillor",
    "ald": "alderman",
    "pc": "constable",
    "dc": "constable",
    "dci": "inspector",
    "mdm": "",
    "madam": "",
    "herr": "",
    "frau": "",
    "monsieur": "",
    "señor": "",
    "señora": "",
    "comrade": "",
    "sheikh": "",
    "sheikha": "",
    "ayatollah": "leader",
    "pope": "pope",
}
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
_STATE = set(
    """
    side sides capital capitals negotiators negotiator counterpart counterparts forces team communists information
    intelligence data figures statistics
""".split()
)
_WOMEN = set(
    """
    actress mum mom mother gran grandmother grandma great-gran great-grandmother widow wife daughter sister niece
    aunt bride girlfriend fiancée waitress lady landlady heroine duchess princess queen girl nun granddaughter
    stepmother headmistress
""".split()
)
_MEN = set(
    """
    actor dad father grandfather grandad widower husband son brother nephew uncle groom boyfriend waiter landlord
    duke prince king boy monk priest grandson stepfather headmaster fiancé
""".split()
)


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
