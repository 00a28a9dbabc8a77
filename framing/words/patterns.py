"""Phrase patterns: what a label or a search looks for, and where in the articles it stands.

A pattern is words with spaces between them::

    war of aggression                each word as written or as its dictionary form, in any case
    (full scale|all out) war         one of several; they may have several words
    [illegal] migrant                a word that may be missing
    war of * aggression              any one word;  [*] is at most one
    invad*                           any ending
    GPE regime, ADJ war              a kind of name (GPE, NORP, PERSON, ...) or a part of speech (ADJ, ...)
    @states                          one of a named set of words, those of its entries that are one word

A hyphen counts as a space ("full-scale" is "full scale"), whichever way it is printed, and so does a dash between
two words without spaces ("Russia–Ukraine"). Patterns never cross the end of a sentence, and
what they hold is always taken as words, never as a regular expression.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import product

import numpy as np

from framing.text.lexicon import whole_lemma
from framing.text.unicode import fold
from framing.words.index import JOINING, WordIndex, folded_word

PARTS_OF_SPEECH = """
    ADJ ADP ADV AUX CCONJ DET INTJ NOUN NUM PART PRON PROPN PUNCT SCONJ SYM VERB
""".split()
KINDS_OF_NAME = ["EVENT", "FAC", "GPE", "LAW", "LOC", "NORP", "ORG", "PERSON", "PRODUCT"]
MOST_FORMS = 500  # sequences one pattern may unfold to: twenty brackets are an error, not a wait

_PIECE = re.compile(r"[()\[\]|]|[^\s()\[\]|]+")


@dataclass(frozen=True)
class Step:
    """One step of a sequence: ``kind`` is word, start, any, pos, name or set."""

    kind: str
    value: str


@lru_cache(maxsize=20_000)
def sequences(pattern: str, *, plain: bool = False, tags: bool = True) -> tuple[tuple[Step, ...], ...]:
    """The sequences of steps a pattern stands for, the longest first.

    With ``plain=True`` everything is taken as words as they stand (brackets and tags too), with
    ``tags=False`` parts of speech and kinds of name are words.
    Raises ``ValueError`` for a pattern that is empty or whose brackets do not close.
    """
    if plain:
        found = [tuple(Step("word", word) for word in _words(pattern))]
    else:
        pieces = _PIECE.findall(pattern)
        found = [tuple(option) for option in _alternatives(pieces, pattern, closing="", tags=tags)]
        if pieces:
            raise ValueError(f"The pattern {pattern!r} closes a bracket it never opened.")
    found = sorted({option for option in found if option}, key=lambda option: (-len(option), str(option)))
    if not found or any(all(step.kind == "any" for step in option) for option in found):
        raise ValueError(f"The pattern {pattern!r} holds no word to look for.")
    return tuple(found)


def _alternatives(pieces: list[str], pattern: str, *, closing: str, tags: bool) -> list[list[Step]]:
    options: list[list[Step]] = []
    current: list[list[Step]] = [[]]
    while pieces:
        piece = pieces.pop(0)
        if piece == closing:
            return options + current
        if piece == "|":
            options, current = options + current, [[]]
            continue
        if piece in ")]":
            pieces.insert(0, piece)
            break
        if piece in "([":
            inner = _alternatives(pieces, pattern, closing=")" if piece == "(" else "]", tags=tags)
            steps = inner + [[]] if piece == "[" else inner
        else:
            steps = [_steps(piece, tags)]
        if len(current) * len(steps) > MOST_FORMS:
            raise ValueError(
                f"The pattern {pattern!r} stands for more than {MOST_FORMS} phrases. Split it into several patterns."
            )
        current = [one + two for one, two in product(current, steps)]
    if closing:
        raise ValueError(f"The pattern {pattern!r} has a bracket that is never closed: {closing} is missing.")
    return options + current


def _steps(piece: str, tags: bool) -> list[Step]:
    if piece == "*":
        return [Step("any", "*")]
    if tags and piece in PARTS_OF_SPEECH:
        return [Step("pos", piece)]
    if tags and piece in KINDS_OF_NAME:
        return [Step("name", piece)]
    if piece.startswith("@") and len(piece) > 1:
        return [Step("set", piece[1:])]
    if piece.endswith("*"):
        words = _words(piece[:-1])
        return [*(Step("word", word) for word in words[:-1]), Step("start", words[-1])] if words else []
    return [Step("word", word) for word in _words(piece)]


@lru_cache(maxsize=20_000)
def _words(text: str) -> tuple[str, ...]:
    """Cut as the articles are cut, hyphens inside words dropped."""
    from framing.language import model

    folded = fold(text)
    return tuple(
        folded_word(token.text)
        for token in model().make_doc(folded)
        if not token.is_space and (token.text not in JOINING or folded.strip() in JOINING)
    )


def parts_of_speech(pos: str | Sequence[str] | None) -> list[str] | None:
    """The parts of speech asked for, one or several; None for all. Raises ``ValueError`` naming those there are."""
    if pos is None:
        return None
    wanted = [pos] if isinstance(pos, str) else list(pos)
    unknown = [name for name in wanted if name not in PARTS_OF_SPEECH]
    if unknown or not wanted:
        raise ValueError(
            f"There is no part of speech {', '.join(map(repr, unknown)) or 'in an empty list'}; "
            f"choose of {', '.join(PARTS_OF_SPEECH)}, or None for all."
        )
    return wanted


def find_pattern(
    index: WordIndex,
    pattern: str,
    *,
    lemmas: bool = True,
    plain: bool = False,
    tags: bool = True,
    sets: Mapping[str, Sequence[str]] | None = None,
    plurals: bool = False,
) -> np.ndarray:
    """Where the pattern stands: one row per hit, first and last token (both included), in order.

    With `plurals` a name of several that is written large ("Dreamers"), which has no dictionary form, is found too.
    Hits of the same pattern do not overlap: of two, the longer is kept, then the earlier.
    """
    hits = [
        _find_sequence(index, steps, lemmas, sets or {}, plurals)
        for steps in sequences(pattern, plain=plain, tags=tags)
    ]
    rows = np.concatenate(hits) if hits else np.zeros((0, 2), dtype=np.int32)
    if len(hits) > 1 and len(rows) > 1:
        rows = np.unique(rows, axis=0)
        rows = rows[longest(rows)]
    return rows


def longest(spans: np.ndarray) -> np.ndarray:
    """Which of the spans (first, last; both included) remain when longer ones beat those they overlap.

    Returns row numbers in order of position. Equal spans all remain.
    """
    order = sorted(range(len(spans)), key=lambda i: (spans[i][0] - spans[i][1], spans[i][0]))
    taken: dict[int, tuple[int, int]] = {}
    kept = []
    for row in order:
        first, last = int(spans[row][0]), int(spans[row][1])
        holders = {taken[place] for place in range(first, last + 1) if place in taken}
        if holders - {(first, last)}:
            continue
        kept.append(row)
        taken.update(dict.fromkeys(range(first, last + 1), (first, last)))
    return np.array(sorted(kept, key=lambda i: (spans[i][0], i)), dtype=np.int64)


def _find_sequence(
    index: WordIndex, steps: tuple[Step, ...], lemmas: bool, sets: Mapping[str, Sequence[str]], plurals: bool
) -> np.ndarray:
    none = np.zeros((0, 2), dtype=np.int32)
    places: list[np.ndarray | None] = []
    for step in steps:
        places.append(None if step.kind == "any" else _places(index, step, lemmas, sets, plurals))
        if places[-1] is not None and not len(places[-1]):
            return none
    known = [(len(place), number) for number, place in enumerate(places) if place is not None]
    _, anchor = min(known)
    anchored = places[anchor]
    assert anchored is not None
    begin = anchored - anchor
    begin = begin[(begin >= 0) & (begin + len(steps) <= len(index.steps))]
    sentence = index.sentence_number
    for number, place in enumerate(places):
        if number == anchor or not len(begin):
            continue
        here = begin + number
        if place is None:
            fits = index.is_word[index.steps[here]]
        else:
            slot = np.minimum(np.searchsorted(place, here), len(place) - 1)
            fits = place[slot] == here
        begin = begin[fits]
    first, last = index.steps[begin], index.steps[begin + (len(steps) - 1)]
    same = sentence[first] == sentence[last]
    return np.stack([first[same], last[same]], axis=1)


def _places(index: WordIndex, step: Step, lemmas: bool, sets: Mapping[str, Sequence[str]], plurals: bool) -> np.ndarray:
    """Where in ``index.steps`` one step fits."""
    if step.kind in ("pos", "name"):
        column = index.pos if step.kind == "pos" else index.entity
        return np.flatnonzero(np.isin(column[index.steps], index.tag_numbers([step.value]))).astype(np.int32)
    if step.kind == "start":
        numbers = [n for n, word in enumerate(index.vocabulary) if word.startswith(step.value)]
        return index.steps_with(numbers)
    words = [step.value]
    if step.kind == "set":
        if step.value not in sets:
            raise ValueError(
                f"There is no set of words named {step.value!r}; there are {sorted(sets)}. "
                "Declare it under [sets] in the concept file."
            )
        words = [entry[0] for entry in map(_words, sets[step.value]) if len(entry) == 1]
    numbers = [index.number_of[word] for word in dict.fromkeys(words) if word in index.number_of]
    found = [index.steps_with(numbers)] if numbers else []
    if lemmas:  # a dictionary form may have lost its last letter on the way: "hop" of "hopes"
        short = [word[:-1] for word in words if word[-1:] == "e" and whole_lemma(word[:-1]) == word]
        numbers += [index.number_of[word] for word in short if word in index.number_of]
        found += [index.steps_with(numbers, column="lemma")] if numbers else []
    many = (
        [index.number_of[f"{word}s"] for word in words if f"{word}s" in index.number_of] if lemmas and plurals else []
    )
    if many:
        several = index.steps_with(many)
        found.append(several[np.isin(index.pos[index.steps[several]], index.tag_numbers(["PROPN"]))])
    if len(found) < 2:
        return found[0] if found else np.zeros(0, dtype=np.int32)
    both = np.sort(np.concatenate(found))
    return both[np.diff(both, prepend=-1) > 0]
