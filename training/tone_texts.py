"""What the tone model's teacher reads: further targets in unlabelled text, and sentences with the target masked."""

from __future__ import annotations

import json
import random
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from sklearn.model_selection import GroupKFold

from framing.language import model as language
from framing.sentiment.features import SentenceReading, common_words

if TYPE_CHECKING:
    from spacy.tokens import Span

SHARES = {"PERSON": 1.0, "ORG": 0.6, "NORP": 0.35, "GPE": 0.25}  # entities taken as targets
HE_OR_SHE, OTHERS = ("he", "she", "him", "his", "her"), ("they", "them", "their", "we", "it")
LEFT_OUT = {"republican", "democratic", "american", "democrat", "russian", "muslim", "it", "chinese", "mexican"}
SHORTEST, LONGEST = 6, 60  # words in a sentence worth reading
TARGET, PERSON = "<target>", "Smith"  # what the teacher reads for the target, and for any other person

Row = dict[str, Any]


def article_of(name: str) -> str:
    return "_".join(name.split("_")[:3])


def read_rows(path: Path) -> list[Row]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def halves(rows: list[Row]) -> np.ndarray:
    """0 or 1 per row; an article falls into one half."""
    nothing = np.zeros(len(rows), int)
    result = nothing.copy()
    folds = GroupKFold(2, shuffle=True, random_state=0).split(nothing, nothing, [article_of(row["id"]) for row in rows])
    for number, (_, held) in enumerate(folds):
        result[held] = number
    return result


def common_of(rows: list[Row]) -> frozenset[str]:
    """The words that are no names."""
    texts = sorted({row["sentence"] for row in rows})
    return common_words([[token.text for token in doc] for doc in language().pipe(texts, batch_size=64)])


def further_targets(gold: list[Row], texts: Path, n_gold: int, n_texts: int) -> list[Row]:
    """Up to `n_gold` unlabelled targets in the labelled sentences and `n_texts` in a folder of ``.txt`` files, mixed.

    ``id`` is "other:" and the id of a labelled target of that sentence, or "text:" and the file's name.
    """
    chance = random.Random(0)
    beside, found = _beside(gold, chance), _in_texts(texts, chance)
    rows = beside + found
    chance.shuffle(rows)
    rows = [row for row in rows if row["sentence"][row["start"] : row["end"]].lower() not in LEFT_OUT]
    chosen = [row for row in rows if row["id"].startswith("other:")][:n_gold]
    chosen += [row for row in rows if row["id"].startswith("text:")][:n_texts]
    random.Random(1).shuffle(chosen)
    return chosen


def _beside(gold: list[Row], chance: random.Random) -> list[Row]:
    labelled: dict[str, list[Row]] = {}
    for row in gold:
        labelled.setdefault(row["sentence"], []).append(row)
    rows = []
    for doc in language().pipe(labelled, batch_size=64):
        here = labelled[doc.text]
        rows += [
            {"id": f"other:{here[0]['id']}", "sentence": doc.text, "start": start, "end": end}
            for start, end in _targets(doc[:], [(row["start"], row["end"]) for row in here], chance)
        ]
    return rows


def _in_texts(folder: Path, chance: random.Random) -> list[Row]:
    paragraphs = [
        (line.strip(), path.stem)
        for path in sorted(folder.glob("*.txt"))
        for line in path.read_text("utf-8").split("\n")
        if len(line.split()) >= 5
    ]
    rows: list[Row] = []
    known: set[str] = set()
    for doc, name in language().pipe(paragraphs, as_tuples=True, batch_size=64):
        for span in doc.sents:
            text = span.text.strip()
            if SHORTEST <= len(text.split()) <= LONGEST and text not in known and span.text == text:
                known.add(text)
                rows += [
                    {"id": f"text:{name}", "sentence": text, "start": start, "end": end}
                    for start, end in _targets(span, [], chance)
                ]
    return rows


def _targets(span: Span, taken: Iterable[tuple[int, int]], chance: random.Random) -> list[tuple[int, int]]:
    """Characters of some of the people, bodies, places and pronouns of a sentence, in order."""
    first, held = span.start_char, list(taken)
    found: list[tuple[int, int]] = []

    def free(start: int, end: int) -> bool:
        return not any(a < end and start < b for a, b in held + found)

    for entity in span.ents:
        if entity.label_ not in SHARES or not (entity.text[:1].isalpha() and entity.text[0].isupper()):
            continue
        if chance.random() >= SHARES[entity.label_]:
            continue
        start, end = entity.start_char - first, entity.end_char - first
        start += 4 * entity.text.lower().startswith("the ")
        end -= 2 * entity.text.endswith(("'s", "’s"))
        if end - start > 1 and free(start, end):
            found.append((start, end))
    for token in span:
        argument = token.dep_ in ("nsubj", "dobj", "nsubjpass")
        if (token.lower_ in HE_OR_SHE and chance.random() < 0.6) or (
            token.lower_ in OTHERS and argument and chance.random() < 0.12
        ):
            start = token.idx - first
            if free(start, start + len(token)):
                found.append((start, start + len(token)))
    return sorted(found)


def masked(reading: SentenceReading, start: int, end: int) -> str:
    """The sentence with the target's words, and other words of its name, as one TARGET and other people as PERSON."""
    inside = [token.idx < end and token.idx + len(token) > start for token in reading.tokens]
    own = {reading.lower[n] for n, flag in enumerate(inside) if flag and reading.is_name[n]}
    words: list[str] = []
    before = None
    for n, token in enumerate(reading.tokens):
        name = reading.is_name[n]
        kind = (
            TARGET
            if inside[n] or (name and reading.lower[n] in own)
            else PERSON
            if name and token.ent_type_ == "PERSON"
            else None
        )
        if kind is not None and kind == before:
            words.pop()
        words.append((kind or token.text) + token.whitespace_)
        before = kind
    return "".join(words)


def masked_texts(rows: list[Row], common: frozenset[str]) -> list[str]:
    """Each row's sentence as the teacher reads it; every distinct sentence is parsed once."""
    texts = list(dict.fromkeys(row["sentence"] for row in rows))
    readings = {
        text: SentenceReading(doc[:], common)
        for text, doc in zip(texts, language().pipe(texts, batch_size=64), strict=True)
    }
    return [masked(readings[row["sentence"]], row["start"], row["end"]) for row in rows]
