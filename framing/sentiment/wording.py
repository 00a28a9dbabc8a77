"""Wording toward a target: does the choice of words evaluate it, whatever is told?

"The mayor resigned" is bad news; "the hapless mayor slunk away" judges. Read from the tree: which loaded words of a
sentence describe the target, which tell what it does or owns, which only stand by; whether a reporting verb doubts it,
and whether marks of irony or contrast stand beside it. One weight for each sign makes the score that means are taken
of. Whether it takes a side is a second question, learned from rows that blind readers judged: each loaded word tied to
the target has a chance to be what evaluates it, and a row takes a side where one of them surely does. All weights can
be read in ``framing/data/models/wording/weights.json``.
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
from framing.sentiment.model import SIDE
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
TIED = ("describes", "acts", "how", "owns")  # of a word that may evaluate the target
MILD = 0.33  # of the score that takes no side: it stays below it
OPEN = {"ADJ", "ADV", "NOUN", "VERB"}
LIKELY = 0.6  # how likely loaded a word outside the list must be
UNLISTED = 0.6  # what such a word weighs beside a listed one
EVALUATING, JUDGING = 1.5, 0.5  # valence from which an unlisted adjective or adverb evaluates; what it weighs
SIDED = 0.2  # of the side of a loaded word (-1 to 1) from which it is one; the weights were learned with it
DENIED = -0.5  # what is left of a word under a negation
LEAST = 0.9  # valence (-4 to 4) from which a word has a side
TELLING = frozenset(["dobj", "attr", "acomp", "oprd", "advmod", "prep", "prt", "xcomp", "dative"])
BELOW = frozenset(["amod", "compound", "advmod", "conj", "poss", "nmod", "appos", "pobj", "dobj", "acomp"])
JUDGES = "judges and said"  # what is seen of a word without which no side is taken
LONGEST = 4  # words in scare quotes


@dataclass(frozen=True)
class Loaded:
    """A word of a sentence that is more than plain: where, how much (0 to 1), and to which side (-1, 0, 1)."""

    place: int
    weight: float
    side: float
    judges: bool = False  # a list has it among the words that judge whoever they are said of
    kind: str = "neighbours"  # class of the list, "valence" where only VADER's has it, or by its neighbours alone


@dataclass(frozen=True)
class WordingModel:
    """Weights of the signs, of word vectors for words that stand in no list, and of what tells that a word evaluates."""

    signs: np.ndarray  # one number for each of SIGNS
    loaded: np.ndarray  # 257: of a word vector, and a constant
    side: np.ndarray  # 257
    evaluates: tuple[dict[str, float], dict[str, float]]  # running down, raising: one number for each of `seen_of_word`
    certain: tuple[float, float]  # chances from which a side is taken


@lru_cache(maxsize=1)
def load_wording() -> WordingModel:
    """The weights in ``framing/data/models/wording``, read on first use."""
    read = json.loads((files("framing") / "data" / "models" / "wording" / "weights.json").read_text("utf-8"))
    return WordingModel(
        np.array([read["signs"][name] for name in SIGNS]),
        np.array(read["loaded"]),
        np.array(read["side"]),
        (read["negative"], read["positive"]),
        (read["certain"]["negative"], read["certain"]["positive"]),
    )


@lru_cache(maxsize=1)
def _list() -> dict[str, Any]:
    data = tomllib.loads((files("framing") / "data" / "lexicons" / "wording.toml").read_text("utf-8"))
    for name in ("contrast", "irony", "plain", "mild", "judges", "ascribes", "light", "law"):
        data[name] = frozenset(word.strip() for word in data[name]["words"].replace("\n", " ").split(","))
    return data


@on_one_thread
def wording_scores(pairs: list[Pair]) -> np.ndarray:
    """Per target -1 (runs it down) to 1 (praises it), 0 where the wording is plain; four decimals.

    The signs together say how much. A side is taken only where a word that judges is said of the target and the chance
    that some word evaluates it is high enough: marks ("only", "yet"), affairs ("scandal") and words known by their
    neighbours alone move the score and take none.
    """
    model = load_wording()
    signs, words = read_words(pairs)
    said = np.tanh(signs @ model.signs)
    ahead = np.zeros((len(pairs), 2))  # of the bar
    for column, (weights, certain) in enumerate(zip(model.evaluates, model.certain, strict=True)):
        chance = [chance_of(row[column], weights) if judges(row[column]) else 0.0 for row in words]
        ahead[:, column] = rounded(np.array(chance, float)) - certain
    side = np.where(ahead[:, 0] >= ahead[:, 1], -1, 1)
    return rounded(np.where(ahead.max(1) >= 0, side * np.maximum(SIDE, side * said), MILD * said))


def judges(words: list[dict[str, float]]) -> bool:
    """Is one of the words said of the target itself, and one that judges whoever it is said of?"""
    return any(JUDGES in word for word in words)


def chance_of(words: list[dict[str, float]], weights: dict[str, float]) -> float:
    """The chance that at least one of the words evaluates the target ("noisy or")."""
    without = 1.0
    for word in words:
        without /= 1 + np.exp(sum(weights.get(name, 0.0) * value for name, value in word.items()))
    return 1 - without


def read_words(pairs: list[Pair]) -> tuple[np.ndarray, list[tuple[list[dict[str, float]], list[dict[str, float]]]]]:
    """targets x signs: sums of weights of loaded words by link and side, and 0 or 1 for the other signs.

    Beside it, per target: what is seen of each word that may run it down, and of each that may raise it.
    """
    signs, words = np.zeros((len(pairs), len(SIGNS))), []
    read: dict[int, list[Loaded]] = {}
    for row, (reading, seen) in enumerate(pairs):
        if id(reading) not in read:
            read[id(reading)] = list(loaded_words(reading))
        links = _links(reading, seen)
        signs[row] = _signs(reading, seen, read[id(reading)], links)
        tied = [w for w in read[id(reading)] if links.get(w.place) in TIED and not seen.inside[w.place]]
        told = [(w, seen_of_word(reading, seen, w, links[w.place])) for w in tied]
        words.append(([what for w, what in told if w.side <= 0], [what for w, what in told if w.side > 0]))
    return signs, words


def seen_of_word(reading: SentenceReading, seen: Seen, word: Loaded, link: str) -> dict[str, float]:
    """What tells whether a loaded word evaluates the target: its class, how it is tied to the target, whose it is."""
    n, target = word.place, reading.deps[seen.head]
    head, below = reading.heads[n], reading.deps[n]
    said = _said_of(reading, seen, n, link, praise=word.side > 0)
    marks = [
        "always",
        f"class {word.kind}",
        f"part {reading.pos[n]}",
        f"is {below}",
        f"{link}",
        f"{link}, target {simple_role(seen.role)}",
        f"{link}, target is {target}",
        f"target is {target}",
    ]
    if said:
        marks += ["said", f"said, {link}", f"said, class {word.kind}", f"said, part {reading.pos[n]}"]
    if word.judges:
        marks += ["judges", JUDGES] if said else ["judges"]
    if target == "compound" and not reading.is_name[reading.heads[seen.head]]:
        marks.append("target in a noun")
    if below in ("amod", "compound", "advmod") and head >= 0:
        marks.append("of the target" if seen.inside[head] else "of a name" if reading.is_name[head] else "of a word")
        if any(seen.inside[child] and reading.deps[child] == "poss" for child in reading.children[head]):
            marks.append("of its own")
    between = range(min(n, seen.head) + 1, max(n, seen.head))
    for mark, holds in (
        ("mild", reading.words[n] in _list()["mild"]),
        ("without a side", word.side == 0),
        ("negated", reading.negated[n]),
        ("ascribed", _ascribed(reading, n)),
        ("in marks", reading.quote[n] > 0),
        ("target a pronoun", reading.pos[seen.head] == "PRON"),
        ("a name between", any(reading.is_name[m] and not seen.inside[m] for m in between)),
    ):
        if holds:
            marks.append(mark)
    values = lexicons()[0]
    valence = abs(values.get(reading.lower[n], values.get(reading.words[n], 0.0)))
    return dict.fromkeys(marks, 1.0) | {
        "weight": word.weight,
        "valence": min(valence, 3.5) / 3.5,
        "words between": float(rounded(np.log1p(len(between)))) / 3,
    }


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
            weight, side, kind = (phrase.weight, _side_of(phrase), phrase.kind) if phrase else (0.0, 0.0, "")
            judges = phrase is not None and _judges(phrase, phrase.words, "")
        else:
            weight, side, judges, kind = word_load(
                lower, reading.words[n], reading.pos[n], reading.deps[n] in DESCRIBES
            )
        if weight > 0:
            denied = reading.negated[n]
            yield Loaded(n, weight, side * (DENIED if denied else 1.0), judges and not denied, kind)


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
def word_load(lower: str, lemma: str, pos: str, describes: bool) -> tuple[float, float, bool, str]:
    """How loaded a word is (0 to 1), to which side (-1 to 1), by the list, else by its neighbours; does it judge? Its class.

    Of verbs neighbours tell nothing ("warned" stands beside "blasted"); a verb counts where a list has it.
    """
    if lemma in _list()["plain"]:
        return 0.0, 0.0, False, ""
    single = loaded_lexicon()[0]
    entry = single.get(lower) or single.get(lemma)
    if pos == "VERB" and entry is not None and entry.kind == "charged verb" and cue_stance(lemma) == "denying":
        return 0.0, 0.0, False, ""  # "denied" reports; its stance is a sign of its own
    valence = lexicons()[0].get(lower, lexicons()[0].get(lemma, 0.0))
    if entry is not None and (not entry.pos or pos in entry.pos or ("ADJ" in entry.pos and describes)):
        side = _side_of(entry) or (float(np.sign(valence)) if abs(valence) >= LEAST else 0.0)
        return entry.weight, side, bool(side) and _judges(entry, lemma, pos), entry.kind
    if pos in ("ADJ", "ADV") and abs(valence) >= EVALUATING:
        return JUDGING, float(np.sign(valence)), lemma in _list()["judges"], "valence"
    if pos == "VERB":
        return 0.0, 0.0, False, ""
    model = load_wording()
    vector = np.append(word_vector(lemma), 1.0)
    chance = 1 / (1 + np.exp(-float(rounded(vector @ model.loaded))))
    if chance < LIKELY:
        return 0.0, 0.0, False, ""
    side = float(np.sign(valence)) if abs(valence) >= LEAST else float(np.tanh(rounded(vector @ model.side) / 2))
    return UNLISTED * chance, side, False, "neighbours"


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


def _signs(reading: SentenceReading, seen: Seen, loaded: list[Loaded], links: dict[int, str]) -> np.ndarray:
    sums = dict.fromkeys(SIGNS, 0.0)
    for word in loaded:
        if seen.inside[word.place]:
            continue
        link = links.get(word.place, "elsewhere")
        side = "negative" if word.side < -SIDED else "positive" if word.side > SIDED else "unsigned"
        sums[f"{link}, {side}"] += word.weight
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
    return np.array([sums[name] for name in SIGNS])


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
