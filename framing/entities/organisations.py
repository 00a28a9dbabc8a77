"""One name per body across the corpus, parties and movements among them.

"U.N." and "United Nations" are one, and so are "KCNA" and its long name; "House Republicans" are a party, "the Holt
administration" bears a person's name.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from framing.entities.places import find_places, us_states
from framing.entities.roles import media_names
from framing.text.lexicon import read_list, word_lists

_LISTED = word_lists("names/words")

ONE_PAPER = 0.9  # share of the mentions of longer names that must mean one newspaper; set by hand
_SMALL = {"of", "the", "and", "for", "in", "on", "to", "de"}


def merge_bodies(counts: Mapping[str, int]) -> dict[str, str]:
    """``{variant: name}`` for bodies with their counts; the commonest form of each is its name.

    Two names are one body's when they differ by dots, case or "the" alone ("U.N.", "VOSTOCHNY"), when one stands
    for the other in ``data/names/bodies.csv``, when one is the initials of the other and of no third name, or
    when a country or "UN" before it is all that is added ("US State Department") and no other country's body
    of that name is in the corpus, or when one is the last word of the newspaper that the corpus names ("The Post").
    """
    groups: dict[str, list[str]] = defaultdict(list)
    for variant in sorted(counts):
        groups[_key(variant)].append(variant)
    of_key = {key: key for key in groups}
    for short, long in [*_initials(groups), *_without_country(groups), *_papers(groups, counts)]:
        of_key[_root(of_key, short)] = _root(of_key, long)
    together: dict[str, list[str]] = defaultdict(list)
    for key, variants in groups.items():
        together[_root(of_key, key)] += variants
    return {
        variant: best for variants in together.values() for best in [_best(variants, counts)] for variant in variants
    }


def _best(variants: list[str], counts: Mapping[str, int]) -> str:
    """The commonest form, dots and capitals aside, in its plainest spelling; of an acronym that ``bodies.csv`` does not
    know, the long name."""
    long = [name for name in variants if not re.fullmatch(r"[A-Z&]{2,7}", name.replace(".", ""))]
    if long and not any(_fold(name) in _known() for name in variants):
        variants = long
    variants = [name for name in variants if _fold(name) not in _last_words()] or variants
    forms: Counter[str] = Counter()
    for name in variants:
        forms[_fold(name)] += counts[name]
    return min(
        variants,
        key=lambda name: (
            -forms[_fold(name)],
            "." in name,
            name.isupper() and len(name) > 5,
            -counts[name],
            -len(name),
            name,
        ),
    )


def _root(of_key: dict[str, str], key: str) -> str:
    while of_key[key] != key:
        key = of_key[key]
    return key


def _fold(name: str) -> str:
    """Without dots, apostrophes and "the", lower case but for acronyms: "who" is not the WHO."""
    words = re.sub(r"^the\s+|[.’'`]", "", name.strip(), flags=re.IGNORECASE).split()
    shouted = len(words) > 1 and all(word.isupper() for word in words)
    return " ".join(word if word.isupper() and len(word) < 6 and not shouted else word.casefold() for word in words)


def _key(variant: str) -> str:
    name, known = _fold(variant), _known()
    if name in known:
        return known[name]
    first = max((form for form in known if name.startswith(f"{form} ")), key=len, default="")
    return f"{known[first]}{name[len(first) :]}" if first else name


@lru_cache(maxsize=1)
def _known() -> dict[str, str]:
    """Every form in ``data/names/bodies.csv``, folded, and the folded name it stands for."""
    return {
        _fold(form): _fold(row["name"])
        for row in read_list("bodies")
        for form in [row["name"], *row["names"].split(";")]
    }


def _initials(groups: Mapping[str, list[str]]) -> Iterable[tuple[str, str]]:
    """Acronyms and the only long name in the corpus that they are the initials of."""
    longer: dict[str, list[str]] = defaultdict(list)
    for key in groups:
        words = [word for word in re.split(r"[\s-]+", key) if word not in _SMALL]
        if len(words) > 2:
            longer["".join(word[0] for word in words).upper()].append(key)
    for key in groups:
        if key.isupper() and len(longer.get(key, [])) == 1:
            yield key, longer[key][0]


@lru_cache(maxsize=1)
def _last_words() -> frozenset[str]:
    """Last words of newspapers' names, folded: "times"."""
    return frozenset(name.casefold() for name in media_names() if " " not in name)


def is_own_paper(name: str, outlet: str) -> bool:
    """Is this the last word of the outlet's own name ("The Times" in the New York Times), as newspapers call themselves?"""
    return _fold(name) in _last_words() and " " in outlet.strip() and _fold(outlet).split()[-1:] == [_fold(name)]


def _papers(groups: Mapping[str, list[str]], counts: Mapping[str, int]) -> Iterable[tuple[str, str]]:
    """The last word of newspapers' names ("Times"), and the one that nine of ten mentions of such longer names mean."""
    longer: dict[str, Counter[str]] = defaultdict(Counter)
    for key, variants in groups.items():
        *before, last = key.split()
        if before and last in _last_words() and last in groups:
            longer[last][key] = sum(counts[variant] for variant in variants)
    for last, named in longer.items():
        [(best, n)] = named.most_common(1)
        if n >= ONE_PAPER * named.total():
            yield last, best


def _without_country(groups: Mapping[str, list[str]]) -> Iterable[tuple[str, str]]:
    """Names that another name holds with a country before it, if only one country's body is so called."""
    of_tail: dict[str, list[str]] = defaultdict(list)
    for key, variants in groups.items():
        for variant in variants:
            tail = _tail(variant)
            if tail and key not in (keys := of_tail[_key(tail)]):
                keys.append(key)
    for tail, keys in of_tail.items():
        if tail in groups and len(keys) == 1 and keys[0] != tail:
            yield tail, keys[0]


def _tail(name: str) -> str:
    """ "State Department" of "US State Department"; "" where no country stands first."""
    words = re.sub(r"^the\s+", "", name, flags=re.IGNORECASE)
    places = find_places(words)
    if places and places[0][0] == 0:
        rest = re.sub(r"^[’']s?\s|^\s", "", words[places[0][1] :])
    else:
        rest = re.sub(r"^(?:U\.?N\.?|United Nations|E\.?U\.?)\s", "", words)
        rest = "" if rest == words else rest
    return rest if len(rest.split()) > 1 else ""


_CHAMBERS = ("House", "Senate", "Congressional")
_UNDER = re.compile(r"(?<![\w’'-])([A-Z][\w-]+) (?:administration|campaign)(?![\w-])")
_NO_OWNER = frozenset(_LISTED["no_owner"])


class Party(NamedTuple):
    """A party or movement where a text names it."""

    start: int
    end: int
    name: str
    kind: str  # "party", or "movement" for what is no party


@lru_cache(maxsize=1)
def _names() -> dict[str, tuple[str, str]]:
    """Every way in which ``data/names/parties.csv`` writes a party, with its name and kind."""
    return {
        form: (row["name"], "party" if row["kind"] == "party" else "movement")
        for row in read_list("parties")
        for form in filter(None, [row["name"], *row["names"].split(";")])
    }


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    before = "|".join(map(re.escape, sorted([*_CHAMBERS, *us_states()], key=len, reverse=True)))
    names = "|".join(map(re.escape, sorted(_names(), key=len, reverse=True)))
    return re.compile(rf"(?<![\w’'-])(?<!of )(?:({before}|senate|house) )?({names})(?![\w-])")


def find_parties(text: str) -> Iterator[Party]:
    """Where `text` names a party or movement; the members of a chamber or a state are a party's part of their own.

    "Democratic" and "republican" as adjectives, and one Democrat, are no party.
    """
    for hit in _pattern().finditer(text):
        name, kind = _names()[hit.group(2)]
        part = hit.group(1) if kind == "party" else ""
        start = hit.start() if part or not hit.group(1) else hit.start(2)
        alone = hit.group(2).isalpha() and hit.group(2).istitle() and not hit.group(2).endswith("s")
        if not (alone and re.match(r" [A-Z]", text[hit.end() : hit.end() + 2])):  # "Labour Day"
            yield Party(start, hit.end(), f"{part[0].upper()}{part[1:]} {name}" if part else name, kind)


def party_named(words: str) -> str | None:
    """The printed name of a party that these words alone name ("the G.O.P."), else None."""
    plain = re.sub(r"^[Tt]he ", "", words)
    hit = next(find_parties(plain), None)
    return hit.name if hit and hit.start == 0 and hit.end == len(plain) else None


def find_named_after(text: str) -> Iterator[tuple[int, int]]:
    """Where `text` names an administration or a campaign by its head: "the Holt administration"."""
    for hit in _UNDER.finditer(text):
        if hit.group(1) not in _NO_OWNER:
            yield hit.span()
