"""Every noun, verb and describing word of the articles with what stands around it, to be lined up across outlets.

Words may be names for one thing by the list ``near_names.txt``, by near-synonyms and by word vectors.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np

from framing.tables import ZONES
from framing.text.lexicon import LIGHT, opposites, stem, synonyms, whole_lemma, word_lists, word_vector
from framing.words.house_styles import american
from framing.words.index import NAMES, WordIndex
from framing.words.labels import part_of_a_name
from framing.words.patterns import find_pattern, longest

LIST = Path(__file__).parents[1] / "data" / "lexicons" / "near_names.txt"
LISTED, SYNONYM = 1.0, 0.85  # likeness of words of one line of the list, and of near-synonyms
NEAR, SAME = 0.3, 0.65  # cosines between which likeness by vectors rises from 0 to VECTOR; see docs/word-choice.md
VECTOR = 0.8


@lru_cache(maxsize=1)
def near_names() -> tuple[dict[str, frozenset[int]], dict[str, frozenset[int]]]:
    """Each word with the lines it stands in: those of words for one thing, and those of things of one kind."""
    alike: dict[str, set[int]] = {}
    apart: dict[str, set[int]] = {}
    for number, line in enumerate(LIST.read_text(encoding="utf-8").splitlines()):
        if not line.strip() or line.startswith("#"):
            continue
        words = apart if line.startswith("!") else alike
        for word in line.lstrip("! ").split(","):
            words.setdefault(word.strip(), set()).add(number)
    return (
        {word: frozenset(lines) for word, lines in alike.items()},
        {word: frozenset(lines) for word, lines in apart.items()},
    )


@lru_cache(maxsize=1)
def phrases() -> dict[tuple[str, ...], str]:
    """The entries of several words, by their words."""
    return {tuple(word.replace("-", " ").split()): word for word in near_names()[0] if " " in word}


def word_likenesses(words: list[str]) -> np.ndarray:
    """0 to 1 for every two of the words: how far, by meaning alone, they may name one thing. 0 for one stem,
    contraries and things of one kind."""
    units = np.array([_unit(word) for word in words]) if words else np.zeros((0, 1))
    table = VECTOR * np.clip((units @ units.T - NEAR) / (SAME - NEAR), 0.0, 1.0)
    alike, apart = near_names()
    for groups, worth in ((synonyms(), SYNONYM), (alike, LISTED)):
        _mark(table, words, groups, worth)
    _mark(table, words, apart, 0.0)
    against = opposites()
    stems: dict[str, list[int]] = {}
    for number, word in enumerate(words):
        stems.setdefault(stem(american(word.replace("-", ""))), []).append(number)
        for other in against.get(word, ()):
            if other in words:
                table[number, words.index(other)] = table[words.index(other), number] = 0.0
    for same in stems.values():
        table[np.ix_(same, same)] = 0.0
    return np.asarray(np.round(table, 6))


def _mark(table: np.ndarray, words: list[str], groups: dict[str, frozenset[int]], worth: float) -> None:
    holders: dict[int, list[int]] = {}
    for number, word in enumerate(words):
        for line in groups.get(word, ()):
            holders.setdefault(line, []).append(number)
    for same in holders.values():
        here = np.ix_(same, same)
        table[here] = np.maximum(table[here], worth) if worth else 0.0


@lru_cache(maxsize=50_000)
def _unit(word: str) -> np.ndarray:
    vector = word_vector(word)
    length = float(np.linalg.norm(vector))
    return vector / length if length else vector


NO_THINGS = ["DATE", "TIME", "MONEY", "PERCENT", "CARDINAL", "ORDINAL", "QUANTITY"]
EMPTY = LIGHT | frozenset(word_lists("lexicons/common")["wide"])  # too wide in meaning to name one thing
LEAST_LONG, LONG_SHARE = 3, 0.33  # a standing phrase: times, and share of the uses of its head


@dataclass
class Mention:
    """One place where something is named: `key` is the name, `slots` what it hangs on and what hangs on it."""

    kind: str  # "noun", "verb" or "modifier"
    key: str
    head: str  # the noun a modifier stands before, the last noun of a phrase; the key itself else
    article: int
    sentence: int
    first: int
    last: int
    voice: int
    slots: frozenset[str]
    title: bool = False  # before a name ("President Obama")
    place: int = -1  # of the head of a standing phrase

    @property
    def name(self) -> str:
        return f"{self.key} {self.head}" if self.kind == "modifier" else self.key


def read_mentions(index: WordIndex) -> list[Mention]:
    """All mentions of all articles, in order of place."""
    reader = _Reader(index)
    found = [mention for place in range(len(index.form)) if (mention := reader.mention(place)) is not None]
    return _with_long_names(index, found)


class _Reader:
    def __init__(self, index: WordIndex) -> None:
        self.index = index
        tags = index.tags
        self.dep = [tags[n] for n in index.dep]
        self.pos = [tags[n] for n in index.pos]
        self.entity = [tags[n] for n in index.entity]
        self.lemmas = [whole_lemma(word) for word in index.vocabulary]
        self.children: dict[int, list[int]] = {}
        for place, head in enumerate(index.head.tolist()):
            if head != place:
                self.children.setdefault(head, []).append(place)
        self.glued = self._glued()
        self.phrase = self._phrases()
        self.inside = {at for last, (first, _) in self.phrase.items() for at in range(first, last)}

    def _glued(self) -> dict[int, tuple[int, int]]:
        """Words joined by hyphens: each token with the first and last of its word."""
        index, whole = self.index, {}
        stepped = np.zeros(len(index.form), dtype=bool)
        stepped[index.steps] = True
        place = 0
        while place < len(stepped):
            last = place
            while last + 2 < len(stepped) and not stepped[last + 1] and stepped[last + 2]:
                last += 2
            if last > place:
                whole.update(dict.fromkeys(range(place, last + 1), (place, last)))
            place = last + 1
        return whole

    def _phrases(self) -> dict[int, tuple[int, str]]:
        """Listed phrases: their last token with the first and the phrase."""
        index, listed = self.index, phrases()
        begins = {words[0] for words in listed}
        steps, found = index.steps.tolist(), {}
        for number, place in enumerate(steps):
            if self.lemma(place) not in begins and index.vocabulary[index.form[place]] not in begins:
                continue
            for length in (4, 3, 2):
                here = steps[number : number + length]
                for column in (index.lemma, index.form):
                    words = tuple(index.vocabulary[column[at]] for at in here)
                    if (
                        len(here) == length
                        and words in listed
                        and (index.sentence_number[here[0]] == index.sentence_number[here[-1]])
                    ):
                        found[here[-1]] = (place, listed[words])
        return found

    def lemma(self, place: int) -> str:
        return self.lemmas[self.index.lemma[place]]

    def mention(self, place: int) -> Mention | None:
        index, pos, dep = self.index, self.pos[place], self.dep[place]
        first, last = self.glued.get(place, (place, place))
        key = self.lemma(place)
        if last > first:
            if place != last:
                return None
            key = "".join(index.vocabulary[index.form[at]] for at in range(first, last + 1))
            pos = "ADJ" if self.dep[last] in ("amod", "compound") or self.pos[last] in ("ADJ", "VERB") else pos
        core = place
        if place in self.inside:
            return None
        if place in self.phrase:
            first, key = self.phrase[place]
            core = next((at for at in range(first, place + 1) if not first <= index.head[at] <= place), place)
            pos, dep = self.pos[core], self.dep[core]
            pos = pos if pos in ("VERB", "ADJ") else "NOUN"
        elif self.entity[place] in NO_THINGS or self.entity[place] in NAMES or pos == "PROPN":
            return None
        if key in EMPTY or len(key) < 3 or not key[0].isalpha():
            return None
        head = key
        if pos == "NOUN":
            kind = "noun"
        elif pos == "VERB" and dep != "amod":
            kind = "verb"
            particle = next((at for at in self.children.get(place, []) if self.dep[at] == "prt"), None)
            if particle is not None:
                key = f"{key} {index.vocabulary[index.form[particle]]}"
                head, last = key, max(last, particle) if particle == last + 1 else last
        elif pos in ("ADJ", "VERB") and dep in ("amod", "compound", "nmod"):
            kind, head = "modifier", self.lemma(int(index.head[core]))
        else:
            return None
        title = dep in ("compound", "nmod") and self.pos[int(index.head[core])] == "PROPN"
        return Mention(
            kind,
            key,
            head,
            int(index.article[place]),
            int(index.sentence_number[place]),
            first,
            last,
            int(index.voice[place]),
            self.slots(core, kind),
            title,
        )

    def slots(self, place: int, kind: str) -> frozenset[str]:
        """What the word hangs on and what hangs on it, each as a relation and a word."""
        index, found = self.index, set()
        above = int(index.head[place])
        if kind == "modifier":
            found.add(f"of {self.lemma(above)}")
            found |= {f"near {slot}" for slot in self.slots(above, "noun")}
        elif kind == "noun":
            found |= self._above(place, above)
        for child in self.children.get(place, []):
            dep = self.dep[child]
            if dep in ("nsubj", "agent"):
                inner = child if dep == "nsubj" else next(iter(self.children.get(child, [])), child)
                found.add(f"subject {self.lemma(inner)}")
            elif dep in ("dobj", "nsubjpass"):
                found.add(f"object {self.lemma(child)}")
            elif dep == "prep":
                found |= {f"with {self.lemma(at)}" for at in self.children.get(child, []) if self.dep[at] == "pobj"}
            elif dep in ("amod", "compound", "poss", "nmod"):
                found.add(f"with {self.lemma(child)}")
            elif dep in ("xcomp", "ccomp"):
                found.add(f"then {self.lemma(child)}")
        return frozenset(found)

    def _above(self, place: int, above: int) -> set[str]:
        dep = self.dep[place]
        if dep == "conj":
            return self._above(above, int(self.index.head[above])) if above != place else set()
        if dep in ("nsubj", "dobj", "nsubjpass"):
            role = "does" if dep == "nsubj" else "has done"
            return {f"{role} {self.lemma(above)}"}
        if dep == "pobj":
            beyond = int(self.index.head[above])
            return {f"under {self.lemma(beyond)}"}
        return {f"under {self.lemma(above)}"} if dep in ("compound", "poss") else set()

    def long_name(self, mention: Mention) -> tuple[int, int, str]:
        """First and last token and words of the phrase: describing words before, "of" and a common noun behind."""
        index, place = self.index, mention.last
        first = mention.first
        while (
            first > 0
            and index.head[first - 1] == place
            and self.dep[first - 1] in ("amod", "compound")
            and (self.entity[first - 1] == "")
        ):
            first -= 1
        last, words = place, [*(index.vocabulary[n] for n in index.form[first : mention.first]), mention.key]
        for child in self.children.get(place, []):
            inner = [at for at in self.children.get(child, []) if self.dep[at] == "pobj"]
            if (
                child == place + 1
                and index.vocabulary[index.form[child]] == "of"
                and inner == [child + 1]
                and (self.pos[inner[0]] == "NOUN")
            ):
                last = inner[0]
                words += ["of", index.vocabulary[index.form[last]]]
        return first, last, " ".join(words)


def _with_long_names(index: WordIndex, mentions: list[Mention]) -> list[Mention]:
    """Nouns that often stand in one phrase ("war of aggression") are named by the phrase there.

    Counted over all articles, not by outlet: which outlet wrote what plays no part in the search.
    """
    reader = _Reader(index)
    nouns = [m for m in mentions if m.kind == "noun" and " " not in m.key]
    long = {id(m): reader.long_name(m) for m in nouns}
    uses = Counter(m.key for m in nouns)
    forms = Counter((m.key, long[id(m)][2]) for m in nouns)
    taken: set[int] = set()
    for m in nouns:
        first, last, words = long[id(m)]
        n = forms[m.key, words]
        if words != m.key and n >= LEAST_LONG and n >= LONG_SHARE * uses[m.key]:
            taken |= set(range(first, last + 1)) - {m.last}
            m.key, m.first, m.place = words, first, m.last
            m.last = last
    return [m for m in mentions if (m.last if m.place < 0 else m.place) not in taken]


class Uses:
    """Every place where a name stands, whether or not it was lined up; to be counted once a rivalry is found.

    Not counted: what is part of somebody's or something's proper name ("National Review"), by the
    same rules as in `find_labels`, and what is part of a listed phrase of another meaning. Headlines, often all in
    capitals, and titles before a person's name count.
    """

    def __init__(self, index: WordIndex, mentions: Sequence[Mention]) -> None:
        self.index = index
        self.placed: dict[tuple[str, str], list[tuple[int, int]]] = defaultdict(list)
        self.listed: dict[int, tuple[int, int]] = {}  # tokens of listed phrases
        for m in mentions:
            self.placed[m.kind, m.name].append((m.first, m.last))
            if m.last > m.first and " " in m.key and m.key in near_names()[0]:
                self.listed.update(dict.fromkeys(range(m.first, m.last + 1), (m.first, m.last)))
        self.kinds = {name: index.tag_numbers(tags) for name, tags in (("noun", ["NOUN", "PROPN"]), ("name", NAMES))}

    def of(self, kind: str, names: Iterable[str]) -> list[tuple[str, int, int]]:
        """Name, first and last token of each use, in order; of overlapping ones the longest."""
        found: dict[tuple[int, int], str] = {}
        for name in names:
            for span in self.placed[kind, name]:
                found.setdefault(span, name)
            if kind != "verb":
                for first, last in find_pattern(self.index, name, plain=True).tolist():
                    if self._names_it(first, last):
                        found.setdefault((first, last - (kind == "modifier")), name)
        if not found:
            return []
        spans = np.array(sorted(found))
        spans = spans[~part_of_a_name(self.index, spans)]
        return [(found[first, last], first, last) for first, last in spans[longest(spans)].tolist()]

    def _names_it(self, first: int, last: int) -> bool:
        index = self.index
        begin, stop = self.listed.get(first, (first, last))
        if begin < first or stop > last:
            return False
        core = next((at for at in range(last, first - 1, -1) if not first <= index.head[at] <= last), last)
        if index.pos[core] not in self.kinds["noun"]:
            return False
        if index.zone[first] == ZONES.index("headline"):  # of words in capitals the parse says little
            return True
        if first < last:  # a name of several words is hardly met by chance in another
            return True
        if index.entity[core] in self.kinds["name"]:
            return False
        opens = first == 0 or index.sentence_number[first - 1] != index.sentence_number[first]
        titles = index.tags[index.entity[int(index.head[core])]] == "PERSON"
        return bool(index.tags[index.pos[core]] != "PROPN" or opens or titles)


class Rarity:
    """How telling a slot or word is: 0 in every event, 1 in one sentence only."""

    def __init__(self, mentions: list[Mention]) -> None:
        self.seen = Counter(slot for m in mentions for slot in m.slots)
        self.total = math.log(len(mentions) + 2)

    def of(self, slots: frozenset[str]) -> float:
        return sum(1 - math.log(self.seen[slot] + 1) / self.total for slot in slots)
