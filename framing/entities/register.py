"""One register of names for a corpus: under which name every table prints each person, body and party."""

from __future__ import annotations

import re
import tomllib
import warnings
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import combinations
from pathlib import Path
from typing import Any

from framing.entities.mentions import Cast, Mention, covering
from framing.entities.names import (
    DOMINANT,
    Names,
    is_short_for,
    is_without_suffix,
    merge_names,
    name_words,
    of_a_family,
    read_names,
    same_person,
    suffix_of,
)
from framing.entities.organisations import merge_bodies, party_named
from framing.entities.places import place_words
from framing.entities.roles import Title, same_function
from framing.text.unicode import fold, nearest

COMMONER = 2  # so many times more articles with the plain name than with a suffix speak of another bearer
SECTIONS = ("merge", "split", "rename", "group")  # tables of names.toml; `drop` is a list
Key = tuple[Any, str]  # an article and a name in it


@dataclass(frozen=True)
class Decisions:
    """What an analyst decided on names; see `read_decisions`."""

    merge: Mapping[str, str] = field(default_factory=dict)  # variant: name
    split: frozenset[frozenset[str]] = frozenset()  # names that are never one
    rename: Mapping[str, str] = field(default_factory=dict)
    drop: frozenset[str] = frozenset()
    group: Mapping[str, str] = field(default_factory=dict)  # name: side

    def lines(self) -> list[tuple[str, ...]]:
        """Every decision in a fixed order, for a manifest."""
        return sorted(
            [
                *(("merge", *pair) for pair in self.merge.items()),
                *(("split", *sorted(pair)) for pair in self.split),
                *(("rename", *pair) for pair in self.rename.items()),
                *(("drop", name) for name in self.drop),
                *(("group", *pair) for pair in self.group.items()),
            ]
        )

    def printed(self, name: str) -> str | None:
        """The name, or side, that tables print for a settled name; None for one that is dropped."""
        name = self.rename.get(name, name)
        return None if name in self.drop else self.group.get(name, name)


def read_decisions(names: Names | Decisions) -> Decisions:
    """Decisions on names from ``names.toml``, from a folder that holds one, or in any form that `read_names` takes.

    The file has, each only where needed: ``drop = ["Getty Images"]``, and the tables ``[merge]``
    (``"Charles Schumer" = ["Chuck Schumer", "Schumer"]``), ``[split]`` (``"Ann Holt" = ["Anne Holt"]``: two people),
    ``[rename]`` (``"Charles Schumer" = "Chuck Schumer"``) and ``[group]`` (``"Government" = ["Ann Holt", "Home
    Office"]``: counted together under that name). They apply in this order, `drop` before `group`. Raises
    ``ValueError`` for a file that says anything else, with what it says.
    """
    if isinstance(names, Decisions):
        return names
    if isinstance(names, str | Path):
        path = Path(names)
        path = path / "names.toml" if path.is_dir() and (path / "names.toml").exists() else path
        if path.suffix == ".toml":
            if not path.exists():
                raise FileNotFoundError(
                    f"There is no file {path.name} at the place given for names. Write one with "
                    f"the tables {', '.join(SECTIONS)} and the list drop, each only where needed."
                )
            return _from_toml(path)
    return Decisions(merge=read_names(names))


def _from_toml(path: Path) -> Decisions:
    try:
        given = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise ValueError(
            f"{path.name} cannot be read as TOML: {error}. Put names between quotation marks, and lists "
            "between square brackets."
        ) from error
    unknown = sorted(set(given) - {*SECTIONS, "drop"})
    if unknown:
        raise ValueError(
            f"{path.name} has {', '.join(unknown)}; it may have the tables {', '.join(SECTIONS)} and the "
            "list drop. A list drop must stand above the first table."
        )
    lists = {
        section: {name: _as_list(path, section, name, value) for name, value in given.get(section, {}).items()}
        for section in ("merge", "split", "group")
    }
    merge = {variant: name for name, variants in lists["merge"].items() for variant in [name, *variants]}
    return Decisions(
        merge,
        frozenset(frozenset({name, other}) for name, others in lists["split"].items() for other in others),
        {str(old): str(new) for old, new in given.get("rename", {}).items()},
        frozenset(_as_list(path, "drop", "drop", given.get("drop", []))),
        {member: side for side, members in lists["group"].items() for member in members},
    )


def matched_nothing(decisions: Decisions, texts: Iterable[str]) -> list[str]:
    """The decisions on names that stand in none of the texts and that no other decision makes, a line each."""
    text = "\n".join(map(fold, texts))
    spoken_of = [
        *(("merge", variant) for variant, name in decisions.merge.items() if variant != name),
        *(("split", name) for pair in decisions.split for name in sorted(pair)),
        *(("rename", name) for name in decisions.rename),
        *(("drop", name) for name in sorted(decisions.drop)),
        *(("group", name) for name in decisions.group),
    ]
    made = {*decisions.merge.values(), *decisions.rename.values()}
    lost = [(section, name) for section, name in spoken_of if name not in made and not _stands_in(text, name)]
    runs = [run.split() for run in set(_NAMES.findall(text))] if lost else []
    names = {" ".join(run[a:b]) for run in runs for a, b in combinations(range(len(run) + 1), 2)}
    found = []
    for section, name in dict.fromkeys(lost):
        near = nearest(name, names)
        meant = f" (did you mean {near!r}?)" if near else ""
        found.append(f"{section} {name!r}: no article has this name{meant}")
    return found


_NAMES = re.compile(r"\b[^\W\d_a-z][\w.'-]*\w(?: (?:[^\W\d_a-z][\w.'-]*\w|[^\W\d_a-z]\.)){0,4}")


def _stands_in(text: str, name: str) -> bool:
    """Whether the words of the name stand there on end, or, written large as they are, with a few between them."""
    words = [re.escape(word) for word in fold(name).split()]
    on_end, apart = r"\s+".join(words), r"(?:\W+\w+){0,3}?\W+".join(words)
    return bool(re.search(rf"(?<!\w){on_end}(?!\w)", text, re.IGNORECASE) or re.search(rf"(?<!\w){apart}(?!\w)", text))


def _as_list(path: Path, section: str, name: str, value: Any) -> list[str]:
    values = [value] if isinstance(value, str) else value
    if not isinstance(values, list) or not all(isinstance(one, str) for one in values):
        raise ValueError(f"{path.name} gives {value!r} for {name!r} under {section}; give a list of names.")
    return [one.strip() for one in values]


@dataclass
class Register:
    """Under which name each person of each article and each body stands in the tables, before `Decisions.printed`."""

    people: dict[Key, str]
    bodies: dict[str, str]
    doubts: dict[Key, str]  # why a person's name may be wrong
    counts: Counter[str]  # mentions of each settled person
    decisions: Decisions
    listed: dict[str, str]  # settled names, and the variant under which the decisions speak of them

    @cached_property
    def declared(self) -> dict[str, tuple[str, str]]:
        """The variants that decisions merge into somebody or something named, with that name and its kind.

        Not a part of the name alone: whom "May" means in an article depends on the article.
        """
        people, bodies = set(self.people.values()), set(self.bodies.values())
        found = {}
        for variant, name in self.decisions.merge.items():
            place = place_words().get(name)
            kind = (
                "person"
                if name in people
                else "body"
                if name in bodies
                else "country"
                if place and place.how == "name"
                else "party"
                if party_named(name) == name
                else ""
            )
            if kind and variant and variant != name and not (" " not in variant and is_short_for(variant, name)):
                found[variant] = (name, kind)
        return found

    @cached_property
    def of_surname(self) -> dict[str, str]:
        """Surnames as written that only one person of the corpus bears, or one by far more often than any other."""
        bearers: dict[str, list[str]] = defaultdict(list)
        for name in self.counts:
            if len(name_words(name)) > 1 and not suffix_of(name):
                bearers[name.split()[-1]].append(name)
        found = {}
        for surname, names in bearers.items():
            first, *others = sorted(names, key=lambda name: (-self.counts[name], name))
            if not others or self.counts[first] > DOMINANT * self.counts[others[0]]:
                found[surname] = first
        return found

    def person(self, article_id: Any, name: str) -> str:
        return self.people.get((article_id, name), name)

    def body(self, name: str) -> str:
        return self.bodies.get(name, name)

    def printed(self, name: str) -> str | None:
        """The name or side that tables print for a settled name, None if dropped; any of its full variants may be
        what the decisions name."""
        return self.decisions.printed(self.listed[name]) if name in self.listed else self.decisions.printed(name)


def register_of(casts: Mapping[Any, Cast], names: Names | Decisions = None) -> Register:
    """The register of a corpus, from the casts of its articles and an analyst's decisions."""
    decisions = read_decisions(names)
    counts: Counter[str] = Counter()
    bodies: Counter[str] = Counter()
    titles: dict[str, list[Title]] = defaultdict(list)
    for cast in casts.values():
        for mention in cast.mentions:
            if mention.kind == "person" and mention.how != "pronoun" and mention.entity:
                counts[mention.entity] += 1
            elif mention.kind == "body" and mention.entity:
                bodies[mention.entity] += 1
        for person in cast.people:
            counts[person.name] += 0
            titles[person.name] += person.titles
    merged = merge_names(counts, _chosen(casts, counts, decisions))
    of_titles: dict[str, dict[str, list[Title]]] = defaultdict(lambda: defaultdict(list))  # by surname and name
    for name, (target, _) in merged.items():
        of_titles[name_words(target)[-1]][target] += titles[name]
    sons = _one_with_the_son(casts, merged)
    register = Register({}, {}, {}, Counter(), decisions, {})
    for article_id, cast in casts.items():
        own = {merged[person.name][0] for person in cast.people if len(name_words(person.name)) > 1}
        for person in cast.people:
            name, how = merged[person.name]
            if how in {"short", "unsure", "same"} and len(name_words(person.name)) == 1 and not suffix_of(person.name):
                name, doubt = _by_title(
                    person.name, person.titles, of_titles.get(name_words(person.name)[-1], {}), counts, own, name
                )
                if doubt:
                    register.doubts[article_id, person.name] = doubt
            name = sons.get(name, name)
            register.people[article_id, person.name] = name
            register.counts[name] += sum(m.entity == person.name and m.how != "pronoun" for m in cast.mentions)
    spoken_of = {*decisions.rename, *decisions.drop, *decisions.group}
    for (_, written), target in register.people.items():
        if target not in spoken_of and written in spoken_of and len(name_words(written)) > 1:
            register.listed[target] = written
    chosen = {name: name for pair in decisions.split for name in pair if name in bodies}
    chosen |= {name: decisions.merge[name] for name in bodies if name in decisions.merge}
    _say_what_is_not_split(decisions, {*counts, *bodies})
    register.bodies = merge_bodies({name: n for name, n in bodies.items() if name not in chosen}) | chosen
    return register


def with_surnames(cast: Cast, mentions: list[Mention], register: Register) -> list[Mention]:
    """`mentions`, and single words that the article does not show to be somebody's, where other articles do.

    "The Brenner plan" in an article that never says who Brenner is, beside one that names Olga Brenner in full.
    """
    named = [(start, end, register.of_surname.get(cast.text[start:end])) for start, end in cast.unsure]
    found = [(start, end, name) for start, end, name in named if name and not cast.is_left_out(start, end)]
    theirs = covering([(start, end) for start, end, _ in found])
    kept = [m for m in mentions if m.kind != "body" or not theirs(m.start, m.end)]
    taken = covering([(m.start, m.end) for m in kept])
    return kept + [
        Mention(start, end, name, "person", "short", cast.sentence_at(start))
        for start, end, name in found
        if not taken(start, end)
    ]


def with_declared(cast: Cast, mentions: list[Mention], register: Register, article_id: Any) -> list[Mention]:
    """`mentions`, and those of the variants that decisions merge into a name, wherever they stand as written.

    They go before what the rules made of the same words, but for a person's name; a longer name around them stays.
    """
    if not register.declared:
        return mentions
    variants = "|".join(map(re.escape, sorted(register.declared, key=len, reverse=True)))
    added: list[Mention] = []
    gone: set[int] = set()
    for hit in re.finditer(rf"(?<![\w’'-])(?:{variants})(?![\w-])", cast.text):
        start, end = hit.span()
        name, kind = register.declared[hit.group()]
        around = [m for m in mentions if m.how != "pronoun" and m.start <= start and end <= m.end]
        titles = [m for m in mentions if m.how == "title" and m.start < end and start < m.end]
        same = [m for m in around if re.fullmatch(r"(?:[Tt]he )?", cast.text[m.start : start]) and m.end == end]
        named = any(m.kind == "person" and m.how in {"name", "short"} for m in around)
        beside = any(
            m.start == end + 1 and m.kind == "person" and register.person(article_id, str(m.entity)) == name
            for m in mentions
        )  # "House speaker John Boehner" is one mention
        longer = [m for m in around if m not in same and m.how != "title"]
        if not (named or beside or longer or cast.is_left_out(start, end)):
            gone |= set(map(id, [*same, *titles]))
            added.append(Mention(start, end, name, kind, "name", cast.sentence_at(start)))
    return [m for m in mentions if id(m) not in gone] + added


def _chosen(casts: Mapping[Any, Cast], counts: Mapping[str, int], decisions: Decisions) -> dict[str, str]:
    """The merges decided on; every name of a split stands for itself, and those that an article gives to relatives."""
    relatives = {
        name
        for cast in casts.values()
        for one, other in combinations([person.name for person in cast.people], 2)
        if len(name_words(one)) > 1 and len(name_words(other)) > 1 and same_person(one, other)
        for name in (one, other)
    }
    apart = {name for pair in decisions.split for name in pair if name in counts}
    return {name: name for name in sorted(apart | relatives)} | dict(decisions.merge)


def _say_what_is_not_split(decisions: Decisions, known: Collection[str]) -> None:
    for pair in sorted(map(sorted, decisions.split)):
        missing = [name for name in pair if name not in known]
        if missing:
            warnings.warn(
                f"names.toml splits {' from '.join(pair)}, but no article names {' or '.join(missing)} as somebody of "
                "that name, so nothing was split. Write both names as they stand among the variants of the table of "
                "names; forms that one article uses side by side are one person there, and cannot be split.",
                stacklevel=3,
            )


def _by_title(
    short: str,
    own_titles: Iterable[Title],
    titles: Mapping[str, list[Title]],
    counts: Mapping[str, int],
    beside: set[str],
    settled: str,
) -> tuple[str, str]:
    """Whom "President Brenner" means where the article gives no full name: who holds the office in the others.

    Not one whom the article names in full besides. Returns the name and, where several would do, a doubt.
    """
    full = [
        name
        for name in titles
        if name not in beside and len(name_words(name)) > 1 and is_short_for(short, name) and not suffix_of(name)
    ]
    nouns = {title.noun for title in own_titles if title.noun}
    held = [name for name in full if any(same_function(noun, title.noun) for noun in nouns for title in titles[name])]
    if held:
        best = max(held, key=lambda name: (counts.get(name, 0), name))
        return best, "several people of one surname and office" if len(held) > 1 else ""
    if settled in beside and nouns:
        return short, "a surname with an office that nobody of that name is given"
    return settled, "a bare surname that several people have" if len(full) > 1 and settled == short else ""


def _one_with_the_son(casts: Mapping[Any, Cast], merged: Mapping[str, tuple[str, str]]) -> dict[str, str]:
    """Names without a suffix that one outlet leaves out and another prints: "Owen Ware" of "Owen K. Ware Jr.".

    They stay two people where one article names both, repeats the suffix or tells of a family, and where the plain name
    is the more common by far.
    """
    heads = {name for name, _ in merged.values()}
    one: dict[str, str] = {}
    for son in sorted(name for name in heads if suffix_of(name)):
        plain = [name for name in heads if len(name_words(name)) > 1 and is_without_suffix(name, son)]
        if not plain:
            continue
        written = re.compile(rf"\b{re.escape(name_words(son)[-1])},? {suffix_of(son)}\b", re.IGNORECASE)
        named = [{merged[person.name][0] for person in cast.people} & {son, *plain} for cast in casts.values()]
        told_apart = any(len(names) > 1 for names in named) or any(
            len(written.findall(cast.text)) > 1 or (son in names and of_a_family(cast.text, son))
            for cast, names in zip(casts.values(), named, strict=True)
        )
        told_apart |= sum(bool(names - {son}) for names in named) > COMMONER * sum(son in names for names in named)
        if not told_apart:
            one |= dict.fromkeys(plain, son)
    return one
