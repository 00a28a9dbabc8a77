"""Concept files: what one thing may be called, declared before counting.

A file in TOML holds concepts, each with its rival labels::

    [[concept]]
    name = "the fighting in Ukraine"
    note = "what the war is called"
    referent = ["Ukraine"]                 # what suggest_labels looks around
    ignore = ["war of words"]              # phrases that are none of the labels
    titles = false                         # a title before a name ("President Obama") is no hit; true if not said
    between = ["@states", "@peoples"]      # two different ones in the sentence: what binds or divides states

    [[concept.label]]
    name = "war of aggression"
    patterns = ["war of aggression"]       # see framing.words.patterns
    note = "the crime of aggression; Kampala amendments 2010"
    pos = "NOUN"                           # of the last word
    near = ["@states"]                     # at least one within reach in the sentence
    not_near = ["date night"]              # none within reach
    within = 12                            # reach in words
    object = ["town", "GPE"]               # what it is done to, where the sentence says it: "seized the town", not "the chance"

    [[concept.label]]
    names = ["[illegal] annexation", "(land|power) grab", ["gray zone", "grey zone"]]   # in the place of name and patterns

Each of ``names`` is a label of its own ("annexation", "land grab", "power grab", "gray zone") that shares the note and the
conditions: what is printed and counted is then a name that somebody wrote. A list inside is one name with its variants,
and so are two spellings ("defence pact", "defense pact").

A file may also declare sets::

    [sets]
    states = ["Russia", "North Korea"]
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import product
from pathlib import Path
from typing import Any

import pandas as pd

from framing.entities.places import place_words
from framing.tables import require_columns
from framing.text.unicode import one_line
from framing.words.house_styles import american
from framing.words.patterns import parts_of_speech, sequences

SHIPPED = Path(__file__).parents[1] / "data" / "concepts"
REACH = 12  # words on either side that `near` and `not_near` look at

_LABEL_KEYS = {"name", "names", "patterns", "note", "pos", "near", "not_near", "within", "object"}
_CONCEPT_KEYS = {"name", "note", "referent", "ignore", "titles", "between", "label"}


@dataclass(frozen=True)
class Label:
    """One of the names a thing may be given."""

    name: str
    patterns: tuple[str, ...]
    note: str = ""
    pos: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    not_near: tuple[str, ...] = ()
    within: int = REACH
    object: tuple[str, ...] = ()


@dataclass(frozen=True)
class Concept:
    """A thing with rival names."""

    name: str
    labels: tuple[Label, ...]
    note: str = ""
    referent: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    titles: bool = True
    between: tuple[str, ...] = ()
    sets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def load_concepts(source: Any = None) -> list[Concept]:
    """The concepts of a TOML file, a folder of such files, a table of its contents, or those shipped.

    Parameters
    ----------
    source : path of a file or folder; a dictionary as `tomllib` reads it; a list of `Concept`; or None for
        the concept files that come with framing.

    Raises ``ValueError`` that names the file, the concept and what is wrong with it.
    """
    if source is None:
        return list(_shipped())
    if isinstance(source, Mapping):
        return _concepts(source, "these concepts")
    if isinstance(source, Iterable) and not isinstance(source, str | Path):
        concepts = list(source)
        if not all(isinstance(concept, Concept) for concept in concepts):
            raise TypeError("A list of concepts holds Concept objects, as load_concepts() returns.")
        return concepts
    path = Path(source)
    files = sorted(path.glob("*.toml")) if path.is_dir() else [path]
    if not files:
        raise ValueError(f"There is no .toml file in {path}.")
    concepts = [concept for file in files for concept in _concepts(_read(file), file.name)]
    _refuse_repeats([concept.name for concept in concepts], f"concepts in {path.name}")
    return concepts


@lru_cache(maxsize=1)
def _shipped() -> tuple[Concept, ...]:
    return tuple(load_concepts(SHIPPED))


@lru_cache(maxsize=1)
def _shipped_sets() -> dict[str, tuple[str, ...]]:
    """The sets of ``sets.toml``; those of states, capitals and peoples also have the words of ``countries.csv``."""
    sets = {name: list(words) for name, words in _read(SHIPPED / "sets.toml")["sets"].items()}
    for word, place in place_words().items():
        sets[{"name": "states", "seat": "capitals", "adjective": "peoples"}[place.how]].append(word)
    return {name: tuple(dict.fromkeys(words)) for name, words in sets.items()}


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        raise ValueError(f"There is no concept file at {path}.") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ValueError(f"{path.name} is not a TOML file that can be read: {error}") from None


def _concepts(data: Mapping[str, Any], where: str) -> list[Concept]:
    entries = data.get("concept", [])
    if not isinstance(entries, list):
        raise ValueError(f"In {where}, concepts are declared as [[concept]], with double brackets.")
    if not entries and "sets" not in data:
        raise ValueError(f"In {where} there is no [[concept]]; its entries are {list(data)}.")
    own = {name: _strings(words, f"the set {name!r} in {where}") for name, words in data.get("sets", {}).items()}
    sets = {**_shipped_sets(), **own}
    concepts = [_concept(entry, where, sets) for entry in entries]
    _refuse_repeats([concept.name for concept in concepts], f"concepts in {where}")
    return concepts


def _concept(entry: Mapping[str, Any], where: str, sets: Mapping[str, tuple[str, ...]]) -> Concept:
    name = entry.get("name")
    if not isinstance(name, str) or not name.strip():
        raise ValueError(f"In {where} a [[concept]] has no name.")
    where = f"the concept {name!r} in {where}"
    _refuse_unknown(entry, _CONCEPT_KEYS, where)
    labels = tuple(_label(label, where, sets) for group in entry.get("label", []) for label in _each(group, where))
    if not labels:
        raise ValueError(f"In {where} there is no [[concept.label]]; a concept needs at least one.")
    _refuse_repeats([label.name for label in labels], f"labels in {where}")
    titles = entry.get("titles", True)
    if not isinstance(titles, bool):
        raise ValueError(f"In {where}, titles is {titles!r}; it is true or false.")
    return Concept(
        name=name,
        labels=labels,
        note=entry.get("note", ""),
        sets=sets,
        titles=titles,
        referent=_strings(entry.get("referent", []), where),
        ignore=_patterns(entry.get("ignore", []), where, sets),
        between=_patterns(entry.get("between", []), where, sets),
    )


_PIECE = re.compile(r"\[[^\]]*\]|\([^)]*\)|[^\s()\[\]]+")


def _each(entry: Mapping[str, Any], where: str) -> Iterator[Mapping[str, Any]]:
    """The label itself, or one for each of its ``names``: alternatives in round brackets are names of their own."""
    if "names" not in entry:
        yield entry
        return
    names = entry["names"]
    if "name" in entry or "patterns" in entry or not isinstance(names, list) or not names:
        raise ValueError(f"In {where} a label has names: a list of them, in the place of name and patterns.")
    shared = {key: value for key, value in entry.items() if key != "names"}
    found: dict[str, tuple[str, list[str]]] = {}
    for variants in names:
        first, *others = _strings(variants, where) or ("",)
        pieces = [one[1:-1].split("|") if one[0] == "(" else [one] for one in _PIECE.findall(first)]
        if others and any(len(piece) > 1 for piece in pieces):
            raise ValueError(
                f"In {where}, {first!r} stands for several names and has variants; give each its own list."
            )
        for words in product(*pieces):
            name = " ".join(word.strip() for word in words if word[0] != "[")
            found.setdefault(spelt(name), (name, []))[1].extend([" ".join(words), *others])
    for name, patterns in found.values():
        yield {**shared, "name": name, "patterns": patterns}


def spelt(name: str) -> str:
    """What two spellings of one name share: "defence pact" and "defense pact", "stand off" and "standoff"."""
    return "".join(american(word) for word in name.lower().replace("-", " ").split())


def _label(entry: Mapping[str, Any], where: str, sets: Mapping[str, tuple[str, ...]]) -> Label:
    name = entry.get("name")
    if not isinstance(name, str) or not name.strip():
        raise ValueError(f"In {where} a [[concept.label]] has no name.")
    where = f"the label {name!r} of {where}"
    _refuse_unknown(entry, _LABEL_KEYS, where)
    within = entry.get("within", REACH)
    if not isinstance(within, int) or within < 1:
        raise ValueError(f"In {where}, within is {within!r}; it is a number of words, 1 or more.")
    return Label(
        name=name,
        note=entry.get("note", ""),
        within=within,
        patterns=_patterns(entry.get("patterns", [name]), where, sets),
        pos=_parts(_strings(entry.get("pos", []), where), where),
        near=_patterns(entry.get("near", []), where, sets),
        not_near=_patterns(entry.get("not_near", []), where, sets),
        object=_patterns(entry.get("object", []), where, sets),
    )


def _patterns(value: Any, where: str, sets: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """The patterns, a lone ``@set`` replaced by its entries."""
    patterns: list[str] = []
    for pattern in _strings(value, where):
        if pattern.startswith("@") and " " not in pattern:
            _refuse_sets({pattern[1:]} - set(sets), where, sets)
            patterns.extend(sets[pattern[1:]])
        else:
            patterns.append(pattern)
    for pattern in patterns:
        try:
            named = {step.value for steps in sequences(pattern) for step in steps if step.kind == "set"}
        except ValueError as error:
            raise ValueError(f"In {where}: {error}") from None
        _refuse_sets(named - set(sets), where, sets)
    return tuple(patterns)


def _parts(names: tuple[str, ...], where: str) -> tuple[str, ...]:
    try:
        return tuple(parts_of_speech(names) or ()) if names else ()
    except ValueError as error:
        raise ValueError(f"In {where}: {error}") from None


def _refuse_sets(unknown: Iterable[str], where: str, sets: Iterable[str]) -> None:
    for name in sorted(unknown):
        raise ValueError(
            f"In {where} there is no set named {name!r}; there are {sorted(sets)}. "
            "Declare it under [sets], or mend its name."
        )


def _strings(value: Any, where: str) -> tuple[str, ...]:
    entries = [value] if isinstance(value, str) else value
    if not isinstance(entries, list | tuple) or not all(isinstance(entry, str) for entry in entries):
        raise ValueError(f"In {where}, {value!r} should be a text or a list of texts.")
    return tuple(entries)


def _refuse_unknown(entry: Mapping[str, Any], known: set[str], where: str) -> None:
    unknown = sorted(set(entry) - known)
    if unknown:
        raise ValueError(
            f"In {where} there is no such key as {', '.join(unknown)}; the keys are {', '.join(sorted(known))}."
        )


def _refuse_repeats(names: list[str], what: str) -> None:
    repeated = sorted({name for name in names if names.count(name) > 1})
    if repeated:
        raise ValueError(f"Two {what} are named {repeated[0]!r}; give each its own name.")


_HEADER = """# Rival names proposed by find_rivals, for a person to accept. Edit freely: strike out names, add
# patterns, give each concept a name and each label a note. How a file is written: framing.words.concepts; count with
# find_labels.
"""
BETWEEN = "[PUNCT] [*] [*]"  # what may stand between: "illegal border crossings", "picked it up"
_MARKS = re.compile(r"[()\[\]|*@]")  # mean something else in a pattern


def accept_rivals(rivals: pd.DataFrame, rows: Iterable[int], path: str | Path) -> Path:
    """Write the accepted rivalries as a concept file that `load_concepts` and `find_labels` read.

    Parameters
    ----------
    rivals : as from `find_rivals`. rows : which of them, by the index of the table (0 is the first).
    path : where to write; a file that is there is replaced.

    Returns
    -------
    The path. Each rivalry is a concept named by its referent and its commonest name, with a comment on the events and
    on which outlet wrote what; each name is a label, held to the part of speech it was found in. Words may stand
    between a modifier and its noun, as where it was found: each row accepted finds every use that it counted.
    Raises ``ValueError`` for rows that the table does not have, and where no row is accepted.
    """
    require_columns(rivals, ["referent", "kind", "names", "events", "used", "sure"], made_by="find_rivals")
    wanted = list(dict.fromkeys(rows))
    unknown = [row for row in wanted if row not in rivals.index]
    if unknown or not wanted:
        raise ValueError(
            f"There is no row {', '.join(map(str, unknown)) or 'given'}; the table's rows are "
            f"{rivals.index.min()} to {rivals.index.max()}. Pass the numbers of the rows to accept."
        )
    parts, taken = [_HEADER], set()
    for row in rivals.loc[wanted].itertuples():
        names = [name for name in row.names if not _MARKS.search(name)]
        title = f"{names[0]}, of {row.referent}" if row.referent != "-" else f"{names[0]} and its rivals"
        while title in taken:
            title += ", again"
        taken.add(title)
        parts.append(f"\n[[concept]]\nname = {_text(title)}")
        parts.append(f"# sure {row.sure}; events: {one_line(', '.join(row.events))}")
        for name in names:
            counts = [f"{outlet} {n} ({voice})" for used, outlet, voice, n in row.used if used == name]
            lines = ["[[concept.label]]", f"name = {_text(name)}", f"patterns = [{_text(_apart(name, row.kind))}]"]
            if " " not in name:
                lines.append(f"pos = {['NOUN', 'PROPN'] if row.kind == 'noun' else ['VERB', 'AUX']}".replace("'", '"'))
            lines.append(f"# {one_line(', '.join(counts))}")
            parts.append("\n".join(lines))
    target = Path(path)
    target.write_text("\n".join(parts) + "\n", encoding="utf-8")
    load_concepts(target)
    return target


def _apart(name: str, kind: str) -> str:
    """The pattern of a name as it was found: a modifier need not stand beside its noun, nor a particle beside its verb."""
    first, _, last = name.rpartition(" ")
    return f"{first} {BETWEEN} {last}" if first and kind in ("modifier", "verb") else name


def _text(words: str) -> str:
    return json.dumps(one_line(words), ensure_ascii=False)
