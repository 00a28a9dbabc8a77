"""What kind of voice a person of an article is: by the titles it gives, by whom they speak for, or as a citizen."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from framing.entities.names import is_short_for
from framing.entities.roles import OF_THEIR_BODY, role_of_function

if TYPE_CHECKING:
    from framing.entities.mentions import Cast

_OWNER = re.compile(r"((?:[A-Z][\w-]+ )*[A-Z][\w-]+)[’']s?\b")
_AGED = re.compile(r",? (?:aged )?\(?(\d{1,3})(?:\)|,|\.|;| and\b)")
_AT_HOME = re.compile(r",(?: \d{1,3},)? (?:who (?:lives|lived|has lived|grew up)|of [A-Z][\w’'-]+ (?:Street|Road|Lane|"
                      r"Avenue|Close|Drive|Terrace))\b| from (?:number|No\.?) \d")


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
        held = [p.name for p in cast.people if whose and p.name != name and (
            whose == p.name or is_short_for(whose, p.name))]
        if len(held) == 1:
            return role_of_person(cast, held[0], depth + 1)
    return "citizen" if person and not titles and (ages_of(cast, name) or _is_at_home(cast, name)) else "unknown"


def ages_of(cast: Cast, name: str) -> set[str]:
    """The ages the text gives a person: "Anna Berg, 52, ..."."""
    hits = [_AGED.match(cast.text, mention.end) for mention in cast.mentions
            if mention.entity == name and mention.how in {"name", "short"}]
    return {hit.group(1) for hit in hits if hit}


def _is_at_home(cast: Cast, name: str) -> bool:
    return any(_AT_HOME.match(cast.text, mention.end) for mention in cast.mentions
               if mention.entity == name and mention.how in {"name", "short"})
