"""What the quote tagger sees of each token: small integers from the parse and from the typography.

One row per token that is not white space. Names of people and places are seen only as kinds (person, place,
capitalised), so that a tagger trained on one country's news reads another's; quotation marks of every style
look the same, so that 'single' and «angled» marks read like "double" ones.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from framing.text.quotation_marks import quotation_spans

# Columns of `Features.ids`, in order; the first eight hold entries of a vocabulary, the rest small codes.
WORDED = ["word", "lemma", "suffix", "tag", "dep", "entity", "begins", "ends"]
CODED = {"shape": 8, "head_at": 12, "state": 24, "from_open": 8, "to_close": 8, "stretch": 30,
         "paragraph_marks": 24, "sentence_marks": 3, "sentence_at": 16, "paragraph_at": 40, "depth": 8}
COLUMNS = [*WORDED, *CODED]
MASKED = {"PROPN": "<name>", "NUM": "<number>"}
BLANK = np.array([number for number in range(0x3001) if chr(number).isspace()], dtype=np.uint32)
OPEN, CLOSE = "<open>", "<close>"
_ATTRIBUTES = ["LOWER", "LEMMA", "SUFFIX", "TAG", "DEP", "ENT_TYPE", "POS", "HEAD", "SENT_START", "IDX", "LENGTH",
               "SHAPE"]


@dataclass(frozen=True)
class Features:
    """`ids` has a row per token; `head` is the row of its head; `paragraph` and `sentence` number it."""

    ids: np.ndarray
    head: np.ndarray
    paragraph: np.ndarray
    sentence: np.ndarray
    start: np.ndarray
    end: np.ndarray
    token: np.ndarray  # position in the Doc
    inside: np.ndarray  # number of the stretch between marks the token stands in, or -1
    stretches: np.ndarray  # start, end (marks included) and whether it is closed, of each stretch


def hashes(strings: list[str]) -> np.ndarray:
    """spaCy's number of each string."""
    from spacy.strings import get_string_id

    return np.array([get_string_id(s) if s else 0 for s in strings], dtype=np.uint64)


class Lookup:
    """Number of each known string (as spaCy's number), in the order given, from 1; 0 for all others."""

    def __init__(self, codes: np.ndarray):
        self.order = np.argsort(codes)
        self.codes = codes[self.order]

    def __call__(self, codes: np.ndarray) -> np.ndarray:
        if not len(self.codes):
            return np.zeros(len(codes), dtype=np.int64)
        at = np.minimum(np.searchsorted(self.codes, codes), len(self.codes) - 1)
        return np.where(self.codes[at] == codes, self.order[at] + 1, 0)


def _bucket(distance: np.ndarray, limits: list[int]) -> np.ndarray:
    return np.searchsorted(np.array(limits), distance, side="left")


def raw(doc: Any, passages: list[tuple[int, int]] | None = None, *,
        depth: int = 0, text: str | None = None) -> tuple[dict[str, np.ndarray], Features]:
    """The strings (as spaCy's numbers) and the coded columns of one article.

    `passages` are the character spans of its paragraphs, tokens outside them being left out; lines if None.
    `depth` 1 sees only the marks of quotations within quotations. `text` is the text of `doc` where it is at hand,
    as spaCy puts it together anew each time it is asked for.
    """
    text = doc.text if text is None else text
    table = doc.to_array(_ATTRIBUTES)
    letters = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    column = dict(zip(_ATTRIBUTES, table.T, strict=True)) if len(doc) else {
        name: np.zeros(0, dtype=np.uint64) for name in _ATTRIBUTES}
    start = column["IDX"].astype(np.int64)
    blank = np.isin(letters[start], BLANK) if len(doc) else np.zeros(0, dtype=bool)
    if passages is not None:
        begins, ends = np.array(passages, dtype=np.int64).reshape(-1, 2).T
        paragraph = np.searchsorted(begins, start, side="right") - 1
        blank |= (paragraph < 0) | (start >= ends[paragraph]) if len(begins) else True
    kept = np.flatnonzero(~blank)
    at = np.cumsum(~blank) - 1
    head = np.arange(len(doc)) + column["HEAD"].astype(np.int64)
    head = np.where(blank[head], np.arange(len(doc)), head)[kept] if len(doc) else head
    head = at[head]
    n = len(kept)
    here = np.arange(n)
    start = start[kept]
    end = start + column["LENGTH"].astype(np.int64)[kept]
    place = np.cumsum(letters == 10)[start] if passages is None and n else start
    if passages is not None:
        place = paragraph[kept]
    paragraph = np.cumsum(np.diff(place, prepend=place[:1]) > 0)
    begins_sentence = np.zeros(len(doc) + 1, dtype=bool)
    begins_sentence[:-1] = column["SENT_START"] == 1
    sentence = np.cumsum(begins_sentence[:-1])[kept]
    names = {"word": column["LOWER"], "lemma": column["LEMMA"], "suffix": column["SUFFIX"], "tag": column["TAG"],
             "dep": column["DEP"], "entity": column["ENT_TYPE"]}
    words = {name: value[kept].copy() for name, value in names.items()}
    pos = column["POS"][kept]
    ids = np.zeros((n, len(COLUMNS)), dtype=np.int64)
    coded = {name: ids[:, len(WORDED) + k] for k, name in enumerate(CODED)}

    from spacy.symbols import NUM, PROPN

    for kind, name in ((PROPN, MASKED["PROPN"]), (NUM, MASKED["NUM"])):
        for field in ("word", "lemma", "suffix"):
            words[field][pos == kind] = hashes([name])[0]
    inside, stretches = _mark_columns(text, depth, start, paragraph, sentence, words, coded)
    _tree_columns(head, here, words, coded)
    first = letters[start] if n else start
    lower = (first >= 97) & (first <= 122)
    upper = (first >= 65) & (first <= 90)
    upper_second = np.zeros(n, dtype=bool)
    longer = end - start > 1
    upper_second[longer] = (letters[start[longer] + 1] >= 65) & (letters[start[longer] + 1] <= 90)
    coded["shape"][:] = np.select([lower, upper & upper_second, upper & longer, upper, (first >= 48) & (first <= 57),
                                   first > 127], [1, 2, 3, 4, 5, 6], 0)
    coded["sentence_at"][:] = _position(sentence, [0, 1, 3], [0, 1, 3])
    length = np.bincount(paragraph, minlength=1)[paragraph] if n else paragraph
    at_start = here - np.searchsorted(paragraph, paragraph) if n else here
    coded["paragraph_at"][:] = (np.minimum(paragraph, 3) * 8 + _bucket(length, [3, 12, 40]) * 2 + (at_start == 0))
    return words, Features(ids, head, paragraph, sentence, start, end, kept, inside, stretches)


def _position(group: np.ndarray, before: list[int], after: list[int]) -> np.ndarray:
    """Distance from the first and the last of its group, as one code."""
    here = np.arange(len(group))
    first = np.searchsorted(group, group)
    last = np.searchsorted(group, group, side="right") - 1
    return _bucket(here - first, before) * (len(after) + 1) + _bucket(last - here, after)


def _mark_columns(text: str, depth: int, start: np.ndarray, paragraph: np.ndarray, sentence: np.ndarray,
                  words: dict[str, np.ndarray], coded: dict[str, np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
    marks = [mark for mark in quotation_spans(text) if mark.depth == depth]
    n = len(start)
    inside = np.full(n, -1)
    sign = np.zeros(n, dtype=np.int64)
    here = np.arange(n)
    open_code, close_code = hashes([OPEN, CLOSE])
    left_open = np.zeros(paragraph[-1] + 2 if n else 2, dtype=bool)
    for number, mark in enumerate(marks):
        first, last = np.searchsorted(start, mark.start), np.searchsorted(start, mark.end)
        if first >= last:
            continue
        inside[first:last] = number
        within = here[first:last][(start[first:last] >= mark.inner_start) & (start[first:last] < mark.inner_end)]
        begin, stop = (within[0], within[-1] + 1) if len(within) else (first, last)
        sign[first:begin] = 1
        sign[stop:last] = 2
        size = stop - begin
        coded["from_open"][begin:stop] = 1 + _bucket(np.arange(size), [0, 1, 2, 4, 8])
        coded["to_close"][begin:stop] = 1 + _bucket(np.arange(size)[::-1], [0, 1, 2, 4, 8])
        final = text[mark.inner_end - 1:mark.inner_end]
        kind = {",": 1, ".": 2, "?": 3, "!": 3, "…": 2, "-": 4, "—": 4}.get(final, 0)
        capital = text[mark.inner_start:mark.inner_start + 1].isupper()
        coded["stretch"][first:last] = 1 + (kind * 2 + capital) * 2 + mark.closed
        coded["state"][first:last] = _bucket(np.array([size]), [1, 2, 4, 8, 16, 40])[0] * 3 + 1
        if not mark.closed:
            left_open[paragraph[last - 1] + 1] = True
    for code, value in ((1, open_code), (2, close_code)):
        for name in ("word", "lemma", "suffix", "tag"):
            words[name][sign == code] = value
        coded["state"][sign == code] += code
    held = inside >= 0
    if n:
        share = np.bincount(paragraph, weights=held) / np.bincount(paragraph)
        begins = np.searchsorted(paragraph, np.arange(len(share)))
        opens = held[begins]
        filled = np.select([share == 0, share > 0.99, opens], [0, 3, 2], 1)
        follows = np.append(opens[1:], False)
        coded["paragraph_marks"][:] = (filled * 4 + left_open[:len(filled)] * 2 + follows)[paragraph]
        groups = np.unique(sentence, return_inverse=True)[1]
        share = np.bincount(groups, weights=held) / np.bincount(groups)
        coded["sentence_marks"][:] = np.where(share == 0, 0, np.where(share > 0.99, 2, 1))[groups]
    spans = np.array([(mark.start, mark.end, mark.closed) for mark in marks], dtype=np.int64).reshape(-1, 3)
    return inside, spans


def _tree_columns(head: np.ndarray, here: np.ndarray, words: dict[str, np.ndarray],
                  coded: dict[str, np.ndarray]) -> None:
    left, right, depth = here.copy(), here.copy(), np.zeros(len(here), dtype=np.int64)
    above = head.copy()
    for _ in range(40):
        before = left.copy(), right.copy()
        np.minimum.at(left, head, left)
        np.maximum.at(right, head, right)
        if (before[0] == left).all() and (before[1] == right).all():
            break
    for _ in range(7):
        depth += above != head[above]
        above = head[above]
    order = np.argsort(-depth, kind="stable")  # the topmost subtree that begins or ends here wins
    top_left, top_right = here.copy(), here.copy()
    top_left[left[order]] = order
    top_right[right[order]] = order
    words["begins"], words["ends"] = words["dep"][top_left], words["dep"][top_right]
    away = head - here
    coded["head_at"][:] = np.where(away == 0, 0, np.where(away > 0, 1, 6) + _bucket(np.abs(away), [1, 2, 5, 12]))
    coded["depth"][:] = np.minimum(depth, 7)
