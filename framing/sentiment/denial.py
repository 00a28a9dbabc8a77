"""Denied blame is no blame, denied praise no praise: "isn't a bad idea", "found no fault", "anything but honest".

The model has seen too few such sentences to learn what a denial turns round. Here the parse tells which words of praise
and blame are denied, and where no others are left in what is said of the target, most of the probability goes over.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import numpy as np

from framing.sentiment.features import (
    CLAUSES,
    LINKING,
    VERBAL,
    Pair,
    Seen,
    SentenceReading,
    lexicons,
    stance_verbs,
    subtree,
)
from framing.text.lexicon import word_lists

_LISTED = word_lists("lexicons/denial")

NOT = frozenset(_LISTED["not"])
NOBODY = frozenset(_LISTED["nobody"])
FREE = frozenset(_LISTED["free"])
FREED = {word: frozenset(small) for word, small in _LISTED["freed"].items()}
OPPOSITES = tuple(map(tuple, _LISTED["opposites"]))
IDLE = frozenset(_LISTED["idle"])
LIGHT = frozenset(_LISTED["light"])
HOLDERS = frozenset(_LISTED["holders"])
MORE = _LISTED["valence"]
BREACH = frozenset(_LISTED["breach"])
BREACHED = frozenset(_LISTED["breached"])
CEASE = frozenset(_LISTED["cease"])
ABOUT = frozenset(["acl", "ccomp", "csubj", "pcomp", "xcomp"])  # "asking her was no mistake", "no mistake to ask her"
PROOF = frozenset(_LISTED["proof"])
FEW = frozenset(_LISTED["few"])
LEAST = 0.9  # valence (-4 to 4) from which a word is praise or blame
RIVAL = 0.4  # of what is denied: so much that is not denied leaves everything as it was
ELSEWHERE = ("prep_as", "prep_from", "prep_like", "prep_than", "prep_without")  # "no puppet of Putin" acquits no Putin
CONDITIONS = frozenset(_LISTED["conditions"])
PERSONS = frozenset(["he", "she", "they", "who", "i", "we", "you", "which", "that"])  # who may be the target
MOVED, TO_OTHER_SIDE = 0.85, 0.35  # of the probability of blame; and how much of that becomes praise


def with_denials(pairs: list[Pair], chance: np.ndarray) -> np.ndarray:
    """targets x 3 anew: denied blame mostly neutral, denied praise blame."""
    result = chance.copy()
    read: dict[int, tuple[frozenset[int], list[int]]] = {}
    for row, (reading, seen) in enumerate(pairs):
        if id(reading) not in read:
            read[id(reading)] = denied_words(reading), _idle_words(reading)
        denied, idle = read[id(reading)]
        turned = _turned(reading, seen, denied) if denied else 0
        negative, neutral, positive = result[row]
        if not turned and _said_of(reading, seen, idle):  # the model may have taken "not only honest" for a denial
            praised = -_turned(reading, seen, frozenset(range(len(reading.tokens))))
            moved = MOVED * (negative if praised > 0 else positive if praised < 0 else 0.0) * praised
            result[row] = negative - moved, neutral, positive + moved
        elif turned > 0:
            moved = MOVED * negative
            result[row] = negative - moved, neutral + moved * (1 - TO_OTHER_SIDE), positive + moved * TO_OTHER_SIDE
        elif turned < 0:
            moved = MOVED * positive
            result[row] = negative + moved, neutral, positive - moved
    return result


def _idle_words(reading: SentenceReading) -> list[int]:
    """Words of denial that deny nothing: "not only", "no doubt", "could not be more honest"."""
    return [
        n
        for n, lower in enumerate(reading.lower[:-1])
        if lower in NOT | NOBODY | {"no"}
        and (reading.lower[n + 1] in IDLE or (reading.heads[n] >= 0 and _beyond(reading, reading.heads[n], n)))
    ]


def _said_of(reading: SentenceReading, seen: Seen, words: list[int]) -> bool:
    """Does one of the words stand in what the target is said to be?"""
    return (
        bool(words)
        and seen.role == "nsubj"
        and seen.verb >= 0
        and reading.words[seen.verb] in LINKING
        and bool(set(words) & set(seen.views["clause"]))
    )


def _beyond(reading: SentenceReading, head: int, place: int) -> bool:
    """Does a denial with "could" and a comparative say the utmost: "could not be happier"?"""
    return any(reading.lower[c] in ("could", "can") for c in reading.children[head]) and any(
        token.tag_ in ("JJR", "RBR") for token in reading.tokens[place:]
    )


def _turned(reading: SentenceReading, seen: Seen, denied: frozenset[int]) -> int:
    """1 where all blame of the target is denied, -1 where all praise is, 0 otherwise."""
    here = {n for view in ("clause", "modifiers", "path", "arguments", "governor") for n in seen.views[view]}
    if seen.verb < 0 or reading.deps[seen.verb] in ("aux", "auxpass"):
        here |= set(seen.views["sentence"])
    here |= set(_said_of_clause(reading, seen.verb))
    here -= _of_others(reading, seen)
    if any(role in seen.role for role in ELSEWHERE) or seen.role == "prep_of>attr":
        return 0
    weight = {(sign, flag): 0.0 for sign in (-1, 1) for flag in (True, False)}
    for n in here:
        value = _valence(reading, n)
        if abs(value) >= LEAST and not (value > 0 and n in denied and reading.pos[n] in VERBAL):
            weight[1 if value > 0 else -1, n in denied] += abs(value)
    blame, praise = weight[-1, True], weight[1, True]
    if blame > praise and weight[-1, False] <= RIVAL * blame:
        return 1
    if praise > blame and weight[1, False] <= RIVAL * praise:
        return -1
    return 0


def _of_others(reading: SentenceReading, seen: Seen) -> set[int]:
    """The words of clauses joined by "and" or "but" that have a subject of their own: "..., but it was no blow"."""
    found: set[int] = set()
    for n, dep in enumerate(reading.deps):
        subjects = [c for c in reading.children[n] if reading.deps[c] in ("nsubj", "nsubjpass", "expl")]
        if (
            dep == "conj"
            and reading.pos[n] in VERBAL
            and any(not seen.inside[c] and reading.lower[c] not in PERSONS for c in subjects)
        ):
            below = set(subtree(reading, n))
            found |= below if seen.head not in below else set()
    return found


def _said_of_clause(reading: SentenceReading, verb: int) -> Iterable[int]:
    """What a sentence says of the deed that a clause names: the mistake of "hiring her was a mistake"."""
    at = verb
    while at >= 0 and reading.deps[at] in ABOUT and (at := reading.heads[at]) >= 0:
        for n in [at, *reading.children[at]]:
            if reading.deps[n] in ("attr", "acomp"):
                yield from (n, *(c for c in reading.children[n] if reading.deps[c] == "amod"))


def _valence(reading: SentenceReading, n: int) -> float:
    lower, lemma = reading.lower[n], reading.words[n]
    if reading.is_name[n] or lower in NOT | NOBODY | FREE | {"no", "like"} or lemma in HOLDERS or lemma in FREED:
        return 0.0
    lexicon, _ = lexicons()
    head = reading.heads[n]
    if reading.deps[n] == "compound" and head >= 0 and (reading.words[head] in MORE or reading.lower[head] in lexicon):
        return 0.0  # a war hero is a hero
    if lemma in BREACHED and reading.heads[n] >= 0 and reading.words[reading.heads[n]] in BREACH:
        return -1.5
    value = MORE.get(lemma, lexicon.get(lower, lexicon.get(lemma, 0.0)))
    if not value and reading.pos[n] == "ADJ" and lower.startswith("un"):  # "not unreasonable"
        return -lexicon.get(lower[2:], 1.0)
    return value


def denied_words(reading: SentenceReading) -> frozenset[int]:
    """The words that an odd number of denials bear on."""
    times: Counter[int] = Counter()
    for n, lower in enumerate(reading.lower):
        following = reading.lower[n + 1] if n + 1 < len(reading.lower) else ""
        if following not in IDLE and not _no_denial(reading, n):
            times.update(set(_borne(reading, n, lower)))
        for words in OPPOSITES:
            if tuple(reading.lower[n : n + len(words)]) == words:
                times.update(set(_next(reading, n + len(words))))
    return frozenset(n for n, count in times.items() if count % 2)


def _no_denial(reading: SentenceReading, n: int) -> bool:
    """Is it the No. 1, a plea of not guilty, or "with no cuts"?"""
    head = reading.heads[n]
    above = [head, reading.heads[head]] if head >= 0 else []
    by = reading.heads[head] if head >= 0 and reading.deps[head] == "pobj" else -1
    return (
        (n > 0 and reading.tokens[n].text == "No")
        or any(at >= 0 and reading.words[at] == "plead" for at in above)
        or (reading.lower[n] == "no" and by >= 0 and reading.lower[by] == "with")
    )


def _borne(reading: SentenceReading, n: int, lower: str) -> Iterable[int]:
    """What one word of denial bears on."""
    head = reading.heads[n]
    if lower in NOT:
        yield from _under_denial(reading, head, n) if head >= 0 else ()
        if lower in ("hardly", "barely", "scarcely") and reading.lower[n + 1 : n + 2] and reading.pos[n + 1] == "DET":
            yield from _next(reading, n + 1)
    elif head >= 0 and (lower == "no" or _few(reading, n)):
        yield from _phrase(reading, head)
        yield from _deed(reading, head)
        yield from _unproved(reading, head)
    elif lower in NOBODY or (lower == "one" and reading.lower[n - 1 : n] == ["no"]):
        for child in reading.children[n]:
            yield from _phrase(reading, child)
            yield from _infinitive(reading, child)
        if head >= 0 and reading.deps[n] not in ("dobj", "pobj", "attr"):
            while (reading.pos[head] not in VERBAL or reading.deps[head] in ("aux", "auxpass")) and reading.heads[
                head
            ] >= 0:
                head = reading.heads[head]
            yield from _under_denial(reading, head, n)
        elif reading.deps[n] == "dobj" and head >= 0:
            yield from _deed(reading, n)
            yield from (
                c for c in reading.children[head] if c > n and reading.deps[c] in ("acomp", "amod", "advmod", "oprd")
            )
    elif lower in FREE:
        for child in reading.children[n]:
            yield from _phrase(reading, child) if reading.pos[child] not in VERBAL else ()
    elif reading.words[n] in FREED:
        freed = [c for c in reading.children[n] if reading.deps[c] == "dobj"]  # "cleared Harlan of fraud"
        for child in [*reading.children[n], *(c for top in freed for c in reading.children[top])]:
            if reading.lower[child] in FREED[reading.words[n]]:
                yield from (m for m in _phrase(reading, child) if m != n)


def _few(reading: SentenceReading, n: int) -> bool:
    """Is it the little of "found little fault", not of "a little fault"?"""
    return (
        reading.lower[n] in FEW
        and reading.deps[n] in ("amod", "det")
        and not any(reading.lower[c] in ("a", "the") for c in reading.children[reading.heads[n]])
    )


def _unproved(reading: SentenceReading, thing: int) -> Iterable[int]:
    """The verb and its object in "no evidence that she took bribes"."""
    for clause in reading.children[thing] if reading.words[thing] in PROOF else ():
        if reading.pos[clause] in VERBAL and any(reading.lower[c] == "that" for c in reading.children[clause]):
            yield clause
            for child in reading.children[clause]:
                if child > clause and reading.deps[child] in ("dobj", "attr", "acomp", "advmod", "prep"):
                    yield from _phrase(reading, child)


def _deed(reading: SentenceReading, thing: int) -> Iterable[int]:
    """The verb of "broke no law" and "hurt nobody"."""
    head = reading.heads[thing]
    if reading.deps[thing] == "dobj" and head >= 0 and reading.words[head] not in LIGHT:
        yield head


def _under_denial(reading: SentenceReading, head: int, place: int) -> Iterable[int]:
    """Of a verb what it says, and itself; of any other word the phrase it stands in."""
    if reading.words[head] in CEASE or any(reading.lower[c] in CONDITIONS for c in reading.children[head]):
        return
    if reading.pos[head] not in VERBAL:
        yield from (n for n in _phrase(reading, head) if n > place)
        return
    if _beyond(reading, head, place):
        return
    heavy = abs(_valence(reading, head)) >= LEAST
    # "did not condemn the raid" is no praise of who did not; "cannot be faulted" and "nobody blames her" are
    passive = any(reading.deps[c] == "auxpass" for c in reading.children[head])
    if heavy and (
        reading.words[head] not in stance_verbs()
        or passive
        or reading.lower[place] in NOBODY | {"one"}
        or reading.deps[head] == "xcomp"
    ):
        yield head
        things = [c for c in reading.children[head] if reading.deps[c] == "dobj"]
        for child in [*reading.children[head], *(c for top in things for c in reading.children[top])]:
            # "is not to blame for the leak", "nobody accuses her of fraud"
            if reading.lower[child] in ("for", "of"):
                yield from _phrase(reading, child)
                yield from (c for c in reading.children[child] if reading.deps[c] == "pcomp")  # "accused of lying"
    linking = reading.words[head] in LINKING
    for child in reading.children[head]:
        if child > head and (
            reading.deps[child] in ("attr", "acomp", "oprd")
            or (
                reading.deps[child] in ("dobj", "xcomp", "advmod")
                and (linking or reading.words[head] in LIGHT | BREACH)
                and not heavy
            )
        ):
            yield from _phrase(reading, child)


def _infinitive(reading: SentenceReading, top: int) -> Iterable[int]:
    """The verb of "nothing to criticise"."""
    if reading.deps[top] in ("relcl", "acl", "xcomp") and reading.pos[top] in VERBAL:
        yield top


def _phrase(reading: SentenceReading, top: int) -> list[int]:
    """A word and what hangs on it, without clauses and without what a denial of its own bears on.

    Nothing where it is compared: "not as bad as Trump" says less of the one, "no better friend" the utmost.
    """
    beside = reading.children[top]
    below = [*beside, *(c for n in beside if reading.deps[n] == "amod" for c in reading.children[n])]
    if any(reading.lower[c] in ("as", "so", "more") and reading.deps[c] == "advmod" for c in below) or any(
        reading.tokens[n].tag_ in ("JJR", "RBR") for n in (top, *beside)
    ):
        return []
    found, waiting = [], [top]
    while waiting:
        at = waiting.pop()
        found.append(at)
        for child in reading.children[at]:
            own = any(reading.lower[c] in NOT or reading.lower[c] == "no" for c in reading.children[child])
            if reading.deps[child] not in CLAUSES and not own and reading.lower[child] != "but":
                waiting.append(child)
    return found


def _next(reading: SentenceReading, place: int, most: int = 5) -> Iterable[int]:
    """The next few words, up to a mark, a "but" or a verb with a tense."""
    for n in range(place, min(place + most, len(reading.tokens))):
        if (
            reading.pos[n] == "PUNCT"
            or reading.lower[n] in ("but", "and", "that", "who", "which")
            or reading.tokens[n].tag_ in ("VBD", "VBZ", "VBP")
        ):
            return
        yield n
