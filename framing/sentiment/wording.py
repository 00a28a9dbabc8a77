"""Wording toward a target: does the choice of words evaluate it, whatever is told?

"The mayor resigned" is bad news; "the hapless mayor slunk away" judges. Read from the tree: which loaded words of a
sentence describe the target, which tell what it does or owns, which only stand by; whether a reporting verb doubts it,
and whether marks of irony or contrast stand beside it. One weight for each sign; they can be read in
``framing/data/models/wording/weights.json``.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

import numpy as np

from framing.precision import on_one_thread, rounded
from framing.quotes.cues import cue_stance
from framing.sentiment.features import LINKING, VERBAL, Pair, Seen, SentenceReading, lexicons, simple_role
from framing.text.lexicon import word_vector
from framing.words.loaded_wording import DESCRIBES, Entry, loaded_lexicon

LINKS = ("describes", "acts", "how", "owns", "suffers", "clause", "elsewhere")
SIDES = ("negative", "positive", "unsigned")
STANCES = ("doubting", "emotive", "evasive", "assertive", "denying")  # of the verb by which the target speaks
MARKS = (
    "scare quotes near",
    "scare quotes",
    "irony near",
    "irony",
    "contrast near",
    "contrast",
    "exclamation",
    "parenthesis",
)
SIGNS = [*(f"{link}, {side}" for link in LINKS for side in SIDES), *(f"speaks, {stance}" for stance in STANCES), *MARKS]
NEAR = ("describes", "acts", "how", "owns", "suffers")
MILD = 0.33  # of the score where no such word is: then it stays below the side that it might take
OPEN = {"ADJ", "ADV", "NOUN", "VERB"}
LIKELY = 0.6  # how likely loaded a word outside the list must be
UNLISTED = 0.6  # what such a word weighs beside a listed one
EVALUATING, JUDGING = 1.5, 0.5  # valence from which an unlisted adjective or adverb evaluates; what it weighs
SIDED = 0.2  # of the side of a loaded word (-1 to 1) from which it is one; the weights were learned with it
DENIED = -0.5  # what is left of a word under a negation
LEAST = 0.9  # valence (-4 to 4) from which a word has a side
TELLING = frozenset(["dobj", "attr", "acomp", "oprd", "advmod", "prep", "prt", "xcomp", "dative"])
BELOW = frozenset(["amod", "compound", "advmod", "conj", "poss", "nmod", "appos", "pobj", "dobj", "acomp"])
LONGEST = 4  # words in scare quotes


@dataclass(frozen=True)
class Loaded:
    """A word of a sentence that is more than plain: where, how much (0 to 1), and to which side (-1, 0, 1)."""

    place: int
    weight: float
    side: float
    judges: bool = False  # a list has it among the words that judge whoever they are said of


@dataclass(frozen=True)
class WordingModel:
    """Weights of the signs, and of word vectors for words that stand in no list."""

    signs: np.ndarray  # one number for each of SIGNS
    loaded: np.ndarray  # 257: of a word vector, and a constant
    side: np.ndarray  # 257


@lru_cache(maxsize=1)
def load_wording() -> WordingModel:
    """The weights in ``framing/data/models/wording``, read on first use."""
    read = json.loads((files("framing") / "data" / "models" / "wording" / "weights.json").read_text("utf-8"))
    return WordingModel(
        np.array([read["signs"][name] for name in SIGNS]), np.array(read["loaded"]), np.array(read["side"])
    )


@lru_cache(maxsize=1)
def _list() -> dict[str, Any]:
    data = tomllib.loads((files("framing") / "data" / "lexicons" / "wording.toml").read_text("utf-8"))
    for name in ("contrast", "irony", "plain", "mild", "judges", "ascribes", "light", "law"):
        data[name] = frozenset(word.strip() for word in data[name]["words"].replace("\n", " ").split(","))
    return data


@on_one_thread
def wording_scores(pairs: list[Pair]) -> np.ndarray:
    """Per target -1 (runs it down) to 1 (praises it), 0 where the wording is plain; four decimals."""
    return scored(*sign_matrix(pairs), load_wording().signs)


def scored(signs: np.ndarray, judged: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """The score of each row of signs; it takes a side only where a word that judges is said of the target.

    Marks ("only", "yet", "claimed"), words known by their neighbours alone, and nouns that name an affair ("scandal")
    move it, but take no side by themselves.
    """
    said = np.tanh(signs @ weights)
    return rounded(np.where(judged, said, MILD * said))


def sign_matrix(pairs: list[Pair]) -> tuple[np.ndarray, np.ndarray]:
    """targets x signs: sums of weights of loaded words by link and side, and 0 or 1 for the other signs.

    Beside it, per target: is a word that judges said of it?
    """
    result, judged = np.zeros((len(pairs), len(SIGNS))), np.zeros(len(pairs), bool)
    read: dict[int, list[Loaded]] = {}
    for row, (reading, seen) in enumerate(pairs):
        if id(reading) not in read:
            read[id(reading)] = list(loaded_words(reading))
        result[row], judged[row] = _signs(reading, seen, read[id(reading)])
    return result, judged


def evaluating_words(reading: SentenceReading, seen: Seen) -> list[str]:
    """The loaded words that bear on the target, in order."""
    links = _links(reading, seen)
    return [reading.tokens[word.place].text for word in loaded_words(reading) if links.get(word.place) in NEAR]


def loaded_words(reading: SentenceReading) -> Iterator[Loaded]:
    """The words of a sentence that carry a judgement, names and other people's words left out."""
    phrases: dict[int, Entry | None] = {}
    for first, last, entry in _phrases(reading):
        place = max((n for n in range(first, last + 1) if reading.pos[n] in OPEN), default=last)
        phrases.update(dict.fromkeys(range(first, last + 1), None) | {place: entry})
    for n, lower in enumerate(reading.lower):
        if reading.is_name[n] or reading.pos[n] not in OPEN or _charge(reading, n):
            continue
        if n in phrases:
            phrase = phrases[n]
            weight, side = (phrase.weight, _side_of(phrase)) if phrase else (0.0, 0.0)
            judges = phrase is not None and _judges(phrase, phrase.words, "")
        else:
            weight, side, judges = word_load(lower, reading.words[n], reading.pos[n], reading.deps[n] in DESCRIBES)
        if weight > 0:
            yield Loaded(n, weight, side * (DENIED if reading.negated[n] else 1.0), judges and not reading.negated[n])


def _judges(entry: Entry, lemma: str, pos: str) -> bool:
    """Does a listed word judge whoever it is said of, and not only name what happened?"""
    lists = _list()
    if lemma in lists["mild"]:
        return False
    kinds = lists["signs"]["judging"] + (lists["signs"]["negative"] if pos in ("ADJ", "ADV") else [])
    return entry.kind in kinds or lemma in lists["judges"]


def _charge(reading: SentenceReading, n: int) -> bool:
    """Is the word what somebody is charged with?"""
    law = _list()["law"]
    for at in (reading.heads[n], reading.heads[reading.heads[n]] if reading.heads[n] >= 0 else -1):
        if at >= 0 and reading.deps[n] in ("pobj", "conj", "pcomp") and reading.words[at] in law:
            return True
    return False


def _phrases(reading: SentenceReading) -> Iterator[tuple[int, int, Entry]]:
    for n, (lower, lemma) in enumerate(zip(reading.lower, reading.words, strict=True)):
        for words, entry in [*_by_first().get(lower, ()), *(_by_first().get(lemma, ()) if lemma != lower else ())]:
            last = n + len(words) - 1
            if last < len(reading.lower) and all(
                word in (reading.lower[n + k], reading.words[n + k]) for k, word in enumerate(words)
            ):
                yield n, last, entry
                break


@lru_cache(maxsize=1)
def _by_first() -> dict[str, list[tuple[list[str], Entry]]]:
    found: dict[str, list[tuple[list[str], Entry]]] = {}
    for entry in sorted(loaded_lexicon()[1], key=lambda entry: -len(entry.words)):
        words = entry.words.lower().replace("-", " - ").split()
        found.setdefault(words[0], []).append((words, entry))
    return found


def _side_of(entry: Entry) -> float:
    signs = _list()["signs"]
    return -1.0 if entry.kind in signs["negative"] else 1.0 if entry.kind in signs["positive"] else 0.0


@lru_cache(maxsize=50_000)
def word_load(lower: str, lemma: str, pos: str, describes: bool) -> tuple[float, float, bool]:
    """How loaded a word is (0 to 1), to which side (-1 to 1), by the list, else by its neighbours; does it judge?

    Of verbs neighbours tell nothing ("warned" stands beside "blasted"); a verb counts where a list has it.
    """
    if lemma in _list()["plain"]:
        return 0.0, 0.0, False
    single = loaded_lexicon()[0]
    entry = single.get(lower) or single.get(lemma)
    if pos == "VERB" and entry is not None and entry.kind == "charged verb" and cue_stance(lemma) == "denying":
        return 0.0, 0.0, False  # "denied" reports; its stance is a sign of its own
    valence = lexicons()[0].get(lower, lexicons()[0].get(lemma, 0.0))
    if entry is not None and (not entry.pos or pos in entry.pos or ("ADJ" in entry.pos and describes)):
        side = _side_of(entry) or (float(np.sign(valence)) if abs(valence) >= LEAST else 0.0)
        return entry.weight, side, bool(side) and _judges(entry, lemma, pos)
    if pos in ("ADJ", "ADV") and abs(valence) >= EVALUATING:
        return JUDGING, float(np.sign(valence)), lemma in _list()["judges"]
    if pos == "VERB":
        return 0.0, 0.0, False
    model = load_wording()
    vector = np.append(word_vector(lemma), 1.0)
    chance = 1 / (1 + np.exp(-float(rounded(vector @ model.loaded))))
    if chance < LIKELY:
        return 0.0, 0.0, False
    side = float(np.sign(valence)) if abs(valence) >= LEAST else float(np.tanh(rounded(vector @ model.side) / 2))
    return UNLISTED * chance, side, False


def _links(reading: SentenceReading, seen: Seen) -> dict[int, str]:
    """How each word is tied to the target; words that are not are left out."""
    links: dict[int, str] = dict.fromkeys(seen.views["clause"], "clause")
    role = simple_role(seen.role)
    doer = role in ("subject", "agent") or (role == "owner" and seen.role.endswith("nsubj"))
    verbs = _verbs(reading, seen.verb) if seen.verb >= 0 else []
    if doer:
        for verb in verbs:
            for n in reading.children[verb]:
                named = any(reading.is_name[m] for m in (n, *reading.children[n]) if reading.deps[m] != "poss")
                if not named and reading.deps[n] in TELLING:
                    links.update(dict.fromkeys(_near(reading, n), "how"))
        links.update(dict.fromkeys(verbs, "acts"))
    elif verbs:
        links[seen.verb] = "suffers"
    owner = reading.deps[seen.head] in ("poss", "pobj") and reading.heads[seen.head] >= 0
    links.update(dict.fromkeys(seen.views["modifiers"], "owns" if owner else "describes"))
    if owner:
        links.update(dict.fromkeys((n for n in _near(reading, seen.head)), "describes"))
        above = reading.heads[seen.head]
        thing = reading.heads[above] if reading.lower[above] == "of" else -1  # "the disastrous budget of Harlan"
        if thing >= 0 and reading.pos[thing] == "NOUN":
            links.update((n, "owns") for n in _near(reading, thing) if n not in links or links[n] == "clause")
    before = seen.inside.index(True) - 1
    if before >= 0 and reading.pos[before] == "NOUN" and reading.heads[before] in (reading.heads[seen.head], seen.head):
        links.update(dict.fromkeys(_near(reading, before), "describes"))  # "the hapless mayor Reed"
    if role == "subject" and seen.verb >= 0 and reading.words[seen.verb] in LINKING:
        for n in reading.children[seen.verb]:
            if reading.deps[n] in ("attr", "acomp", "oprd"):
                links.update(dict.fromkeys(_near(reading, n), "describes"))
    return {
        n: link
        for n, link in links.items()
        if not seen.inside[n] and not (link == "clause" and _of_another(reading, seen, n))
    }


def _of_another(reading: SentenceReading, seen: Seen, n: int) -> bool:
    """Does the word describe somebody else who is named: "met the notorious liar Adler"?"""
    head = reading.heads[n]
    above = [head, reading.heads[head]] if head >= 0 and reading.deps[n] in ("amod", "compound", "appos") else []
    beside = [c for at in (n, *above[:1]) for c in reading.children[at] if reading.deps[c] in ("appos", "compound")]
    return any(m >= 0 and reading.is_name[m] and not seen.inside[m] for m in (*above, *beside))


def _verbs(reading: SentenceReading, verb: int) -> list[int]:
    """A verb and those joined to it without a subject of their own."""
    found = [verb]
    for at in found:
        found += [
            n
            for n in reading.children[at]
            if reading.deps[n] in ("conj", "xcomp", "advcl")
            and reading.pos[n] in VERBAL
            and n not in found
            and not any(reading.deps[c] in ("nsubj", "nsubjpass") for c in reading.children[n])
        ]
    return found


def _near(reading: SentenceReading, top: int) -> Iterator[int]:
    """A word and what describes it, two steps down."""
    yield top
    for child in reading.children[top]:
        if reading.deps[child] in BELOW and not reading.is_name[child]:  # a name's words are its bearer's
            yield child
            yield from (n for n in reading.children[child] if reading.deps[n] in ("amod", "compound", "advmod", "conj"))


def _signs(reading: SentenceReading, seen: Seen, loaded: list[Loaded]) -> tuple[np.ndarray, bool]:
    links = _links(reading, seen)
    sums, judged = dict.fromkeys(SIGNS, 0.0), False
    for word in loaded:
        if seen.inside[word.place]:
            continue
        link = links.get(word.place, "elsewhere")
        side = "negative" if word.side < -SIDED else "positive" if word.side > SIDED else "unsigned"
        sums[f"{link}, {side}"] += word.weight
        judged |= word.judges and _said_of(reading, seen, word.place, link, praise=word.side > 0)
    if seen.verb >= 0 and simple_role(seen.role) in ("subject", "agent"):
        for verb in _verbs(reading, seen.verb):
            stance = cue_stance(reading.words[verb])
            if stance in STANCES and not reading.negated[verb]:
                sums[f"speaks, {stance}"] = 1.0
    for n in _scare(reading):
        sums["scare quotes near" if links.get(n) in NEAR else "scare quotes"] = 1.0
    for name in ("irony", "contrast"):
        for n, lower in enumerate(reading.lower):
            if lower in _list()[name] and not reading.is_name[n]:
                near = links.get(n) in NEAR or links.get(reading.heads[n]) in NEAR
                sums[f"{name} near" if near else name] = 1.0
    own = [token.text for token, hidden in zip(reading.tokens, reading.is_name, strict=True) if not hidden]
    sums["exclamation"], sums["parenthesis"] = float("!" in own), float("(" in own or "—" in own)
    return np.array([sums[name] for name in SIGNS]), judged


def _said_of(reading: SentenceReading, seen: Seen, n: int, link: str, *, praise: bool) -> bool:
    """Is the word said of the target itself, of its deed, or of what is its own?

    Not of a thing that its deed only touches ("led the state through catastrophic floods"), which the link "how" holds
    too, nor of what another noun says of it ("tales of Adler"); and who praises ("applauded") is not praised.
    """
    if _ascribed(reading, n):
        return False
    verb = reading.pos[n] == "VERB" and reading.deps[n] not in DESCRIBES
    if link == "owns":
        return not verb and reading.deps[seen.head] == "poss"
    if link != "how":
        return (link == "acts" and not praise) or (link == "describes" and not verb)
    at = n
    while reading.deps[at] in ("amod", "compound", "conj") and reading.heads[at] >= 0:
        at = reading.heads[at]
    above = reading.heads[at]
    if reading.deps[at] == "pobj" and above >= 0 and reading.lower[above] == "as":
        return True  # "spoke as a shameless liar"
    if reading.deps[at] == "dobj":
        return above >= 0 and reading.words[above] in _list()["light"]
    return reading.deps[at] in ("advmod", "npadvmod", "acomp", "oprd", "attr")


def _ascribed(reading: SentenceReading, n: int) -> bool:
    """Does somebody's judgement hold the word: "considers him poisonous", "is seen as a coward", "self-described"?"""
    ascribes, at = _list()["ascribes"], n
    while reading.heads[at] >= 0 and reading.heads[at] != at:
        below = [m for c in reading.children[at] for m in (c, *reading.children[c])]
        if any(reading.lower[m].startswith("self-") or reading.lower[m] in ("self", "so-called") for m in below):
            return True
        dep, above = reading.deps[at], reading.heads[at]
        if dep in ("relcl", "advcl", "nsubj", "nsubjpass", "appos") or reading.deps[above] == "appos":
            return False
        if reading.words[above] in ascribes and dep in ("oprd", "ccomp", "xcomp", "prep", "acomp"):
            return True
        at = above
    return False


def _scare(reading: SentenceReading) -> list[int]:
    """Words in a short quotation that nobody is named for."""
    counts: dict[int, list[int]] = {}
    for n, mark in enumerate(reading.quote):
        if mark:
            counts.setdefault(mark, []).append(n)
    return [
        n
        for places in counts.values()
        if len(places) <= LONGEST
        and not any(reading.is_name[n] for n in places)
        and reading.tokens[places[0]].text[:1].islower()
        for n in places
    ]
