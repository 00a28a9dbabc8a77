"""People and bodies meant by an epithet: "the 52-year-old", "the striker", "the Portuguese", "the company", "the pair".

An epithet takes up somebody the article has brought in before. It goes to the most salient such person whom nothing in
the text contradicts: another age, another country, an office that does not go with it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from functools import lru_cache

from framing.entities.definite_descriptions import states_in
from framing.entities.mentions import Cast, Person
from framing.entities.names import is_short_for
from framing.entities.places import Place, place_words
from framing.entities.pronouns import FADE, SOMEBODY, Heard, referent
from framing.entities.roles import (
    OF_THEIR_BODY,
    functions,
    gender_of_noun,
    role_of_function,
    role_of_words,
    same_function,
)
from framing.text.lexicon import word_lists

_LISTED = word_lists("names/words")

_DEFINITE = re.compile(
    r"(?:the|this|that|our|my) ((?:[\w’'-]+ ){0,3}?)([^\W\d_][\w’'-]*|\d{1,3}-year-old)", re.IGNORECASE
)
_AGE = re.compile(r"(\d{1,3})-year-old\b")
_PAIR = re.compile(
    r"(?:the|both|this) (?:\w+ )?(?:pair|couple|duo|two|twins|newlyweds|brothers|sisters)", re.IGNORECASE
)
_ANYBODY = re.compile(
    r"(?:international|star|champion|winner|legend|ace|medallist|medalist|veteran|frontman|newcomer|"
    r"native|hero|heroine|favourite|favorite|boss|man|woman|(?:grand)?(?:mum|mom|mother|dad|father|"
    r"parent)-of-\w+)",
    re.IGNORECASE,
)
_UNNAMED_ALIKE = [*map(frozenset, _LISTED["unnamed_alike"])]
_COMPANIES = frozenset(_LISTED["companies"])
_BODIES = _COMPANIES | frozenset(
    "council union club charity university college hospital school ministry department "
    "commission committee board party court authority institute association federation "
    "foundation museum guild trust society network regulator watchdog bureau inquiry "
    "tribunal church agency group".split()
)
_OTHER_PARTY = {"republican": "democrat", "democrat": "republican"}
_RUNNING = frozenset(["nominee", "candidate", "contender", "hopeful", "front-runner", "frontrunner"])  # anybody may be
_OFFICES = {"government", "military", "other official", "expert", "media", "civil society"}
_DESCRIBES = re.compile(r"-(?:based|owned|backed|listed|run|led|born)\b")  # "the Oslo-based company" is no name
_NOWHERE = Place("", "")
RECENT = 4  # sentences an epithet looks back
FORGOTTEN = 150  # sentences after which a mention weighs nothing that could tell
ACTED = 0.95  # weight of a mention that is the subject of its sentence; see `framing.entities.mentions.WEIGHTS`


def meant_by(cast: Cast, text: str, start: int, heard: Heard, avoid: list[tuple[int, int]]) -> str | None:
    """The speaker whom the epithet `text` at `start` takes up, as written in tables, or None.

    `heard` holds the speakers of earlier quotations; nobody named in the spans to `avoid` is meant.
    """
    if _PAIR.fullmatch(text):
        return _last_pair(cast, start)
    hit = _DEFINITE.fullmatch(text)
    if not hit:
        return None
    noun = hit.group(2).lower()
    words = [word for word in hit.group(1).split() if not _DESCRIBES.search(word)]
    named = [word for word in words if word[0].isupper() and word not in place_words()]
    if noun in _BODIES and (named or (hit.group(2)[0].isupper() and hit.group(1)[:1].isupper())):
        return None  # "the Carlyle Group" and "the Interfax news agency" are themselves
    if noun in _BODIES:
        return _body(cast, noun, start, heard)
    return _unnamed_alike(cast, noun, start, heard) or _person(
        cast, hit.group(1) or "", hit.group(2), start, heard, avoid
    )


def _person(cast: Cast, words: str, noun: str, start: int, heard: Heard, avoid: list[tuple[int, int]]) -> str | None:
    low, place = noun.lower(), place_words().get(noun)
    age, role = _AGE.match(low), functions().get(low, "")
    by_country = place is not None and place.how == "adjective"
    of_party = _OTHER_PARTY.get(low, "") and words[:1].isupper()  # "the Ohio Republican"
    other = next((other for word, other in _OTHER_PARTY.items() if word in f"{words}{low}".lower()), "")
    if not (age or by_country or role or of_party or _ANYBODY.fullmatch(low) or gender_of_noun(low)):
        return None
    if not age and re.search(
        rf"\b(?:an?|another|one|some) (?:[\w-]+ )?{re.escape(low)}\b", cast.text[:start], re.IGNORECASE
    ):
        return None  # "a witness ... the witness": somebody who is not named
    here, never = cast.sentence_at(start), set()
    ages = {person.name: ages_of(cast, person.name) for person in cast.people} if age else {}
    of_age = [name for name, known in ages.items() if age and age.group(1) in known]
    if len(of_age) == 1:
        return of_age[0]
    for person in cast.people:
        countries = {country for title in person.titles for country in title.countries}
        states = frozenset(state for title in person.titles for state in states_in(title.beside))
        if (
            cast.sentence_at(person.first) == here
            or (states and states_in(words) and not states & states_in(words))
            or (ages.get(person.name) and person.name not in of_age)
            or (place and countries and place.country not in countries)
            or (role and not by_country and not _goes_with(person, low, role))
            or (other and any(other in title.beside.lower() for title in person.titles))
        ):
            never.add(person.name)
    word = {"f": "she", "m": "he"}.get(gender_of_noun(low), SOMEBODY)
    best = referent(cast, start, word, avoid, heard, frozenset(never))
    return (
        best.entity
        if best
        and best.kind == "person"
        and best.start < start
        and best.entity not in never
        and (here - best.sentence <= RECENT)
        else None
    )


def _goes_with(person: Person, noun: str, role: str) -> bool:
    """May this person be called so? By an office only who holds it, by the rest all who hold no office."""
    if noun in _RUNNING or any(same_function(noun, title.noun) for title in person.titles):
        return True
    roles = {role_of_function(title.noun, title.beside) for title in person.titles}
    return role in roles if role == "expert" else role == "citizen" and not roles & _OFFICES


def _unnamed_alike(cast: Cast, noun: str, start: int, heard: Heard) -> str | None:
    """The unnamed source quoted before that the same noun, or one much like it, means."""
    group = next((group for group in _UNNAMED_ALIKE if noun in group), {noun})
    named = {person.name for person in cast.people}
    for place in heard.before(start):
        for name in heard[place]:
            head = re.split(r" (?:of|for|close|with|from|in|at|on|who|familiar|working)\b|,", name)[0].lower().split()
            if name not in named and name[:1].islower() and head and head[-1] in group:
                return name
    return None


def _body(cast: Cast, noun: str, start: int, heard: Heard) -> str | None:
    """The body last named with this noun ("Thornby council"), or the company the article is about."""
    named = named_with(cast.text, noun)
    before = bisect_right(named, start, key=lambda found: found[0])
    if before:
        return named[before - 1][1]
    if noun not in _COMPANIES and noun != "agency":
        return None
    here, acted = cast.sentence_at(start), defaultdict[int, set[str]](set)  # who is the subject of each sentence before
    for mention in cast.near(_begin_of(cast, here - RECENT), start):
        subject = mention.kind == "body" and mention.weight >= ACTED and here - RECENT < mention.sentence < here
        if subject and mention.entity and _may_be(mention.entity, noun):
            acted[mention.sentence].add(mention.entity)
    if acted and len(acted[max(acted)]) == 1:
        return acted[max(acted)].pop()  # "Norvik is giving us a glimpse. The carmaker said ..."
    return _company(cast, start, heard) if noun in _COMPANIES else None


@lru_cache(maxsize=32)
def named_with(text: str, noun: str) -> list[tuple[int, str]]:
    """The names that hold a noun ("Thornby council", "Council of Thornby") and where each ends."""
    name = rf"(?:[A-Z][\w’'&.-]*\s(?:(?:of|for|and|&|[a-z]+[’'])\s)?)+(?i:{noun})\b"
    long = rf"\b(?i:{noun})\s(?:of|for)\s(?:the\s)?[A-Z][\w’'&-]*(?:\s[A-Z][\w’'&-]*)*"
    named = [
        (hit.end(), re.sub(r"^(?:(?:The|This|That|A|An|Its|Their|Our|But|And|In|At|On|As|When)\s)+", "", hit.group()))
        for hit in re.finditer(f"{name}|{long}", text)
    ]
    return [
        (end, full)
        for end, full in named
        if " " in full
        and not (noun == "group" and full.endswith("group"))  # "a Kent group" is no name
        and not _DESCRIBES.search(full)
        and not (full.lower().endswith(noun) and place_words().get(full[: -len(noun) - 1], _NOWHERE).how == "adjective")
    ]


def _begin_of(cast: Cast, sentence: int) -> int:
    return cast.sentences[sentence] if 0 <= sentence < len(cast.sentences) else 0


def _may_be(body: str, noun: str) -> bool:
    role = role_of_words(body)
    return role in {"company", "unknown"} if noun in _COMPANIES else role not in {"company", "media", "citizen"}


def _company(cast: Cast, start: int, heard: Heard) -> str | None:
    """The company that the article is about, or that was last heard and named."""
    scores: dict[str, float] = defaultdict(float)
    people, here = {person.name for person in cast.people}, cast.sentence_at(start)
    first = [mention for mention in cast.near(0, _begin_of(cast, 1)) if mention.sentence == 0]
    known = _begin_of(cast, here - FORGOTTEN)
    near = [mention for mention in cast.near(known, start) if mention.sentence > 0]
    for mention in [*first, *near]:
        if mention.kind == "body" and mention.start < start and mention.entity:
            scores[mention.entity] += mention.weight * FADE ** ((here - mention.sentence) / 3)
            scores[mention.entity] += 0.5 * (mention.sentence == 0)  # whom the article is about
    spoke = [(place, one) for place, names in heard.items() if place < start for one in names]
    bodies = {one for _, one in spoke if one[:1].isupper()} - people - place_words().keys()
    spoke = [(place, one) for place, one in spoke if one in bodies]
    for one in bodies:  # bodies that spoke, at every place that names them
        spoke += [
            (known + hit.start(), one) for hit in re.finditer(rf"(?<!\w){re.escape(one)}(?!\w)", cast.text[known:start])
        ]
    for place, one in spoke:
        scores[one] += FADE ** ((here - cast.sentence_at(place)) / 3)
    fitting = [one for one in scores if role_of_words(one) in {"company", "unknown"}]
    return max(fitting, key=lambda one: (scores[one], one)) if fitting else None


def _last_pair(cast: Cast, start: int) -> str | None:
    people = {person.name for person in cast.people}
    pairs = [m.entity for m in cast.mentions if m.kind == "group" and m.how == "pair" and m.start < start and m.entity]
    pairs = [pair for pair in pairs if set(pair.split("; ")) <= people]
    return pairs[-1] if pairs else None


# What kind of voice a person of an article is: by the titles it gives, by whom they speak for, or as a citizen.

_OWNER = re.compile(r"((?:[A-Z][\w-]+ )*[A-Z][\w-]+)[’']s?\b")
_AGED = re.compile(r",? (?:aged )?\(?(\d{1,3})(?:\)|,|\.|;| and\b)")
_AT_HOME = re.compile(
    r",(?: \d{1,3},)? (?:who (?:lives|lived|has lived|grew up)|of [A-Z][\w’'-]+ (?:Street|Road|Lane|"
    r"Avenue|Close|Drive|Terrace))\b| from (?:number|No\.?) \d"
)


def role_of_person(cast: Cast, name: str, depth: int = 0) -> str:
    """The role of one of the article's people, "unknown" where it says nothing.

    A spokesman of somebody has that person's role; somebody with no office whose age or home is told is a citizen.
    """
    person = next((person for person in cast.people if person.name == name), None)
    titles = person.titles if person else []
    for title in titles:
        role = role_of_function(title.noun, title.beside)
        if role != "unknown":
            return role
    for title in titles if depth < 2 else []:
        owner = _OWNER.search(title.beside) if title.noun in OF_THEIR_BODY else None
        words = re.sub(r"^(?:for|of|to) ", "", title.beside)  # "Berg spokesman", "spokesman for Berg"
        whose = owner.group(1) if owner else words if title.noun in OF_THEIR_BODY and words[:1].isupper() else ""
        held = [
            p.name for p in cast.people if whose and p.name != name and (whose == p.name or is_short_for(whose, p.name))
        ]
        if len(held) == 1:
            return role_of_person(cast, held[0], depth + 1)
    return "citizen" if person and not titles and (ages_of(cast, name) or name in cast.once(_at_home)) else "unknown"


def ages_of(cast: Cast, name: str) -> set[str]:
    """The ages the text gives a person: "Anna Berg, 52, ..."."""
    return cast.once(_ages).get(name, set())


def _ages(cast: Cast) -> dict[str, set[str]]:
    ages: dict[str, set[str]] = {}
    for name, hit in _behind_names(cast, _AGED):
        ages.setdefault(name, set()).add(hit.group(1))
    return ages


def _at_home(cast: Cast) -> set[str]:
    """The people of whom the text tells where they live."""
    return {name for name, _ in _behind_names(cast, _AT_HOME)}


def _behind_names(cast: Cast, pattern: re.Pattern[str]) -> list[tuple[str, re.Match[str]]]:
    return [
        (mention.entity, hit)
        for mention in cast.mentions
        if mention.entity and mention.how in {"name", "short"} and (hit := pattern.match(cast.text, mention.end))
    ]
