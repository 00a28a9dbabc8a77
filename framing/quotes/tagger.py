"""The learned quote tagger: cue, content and source of each attribution in one parsed article.

It sees each token that is not white space as small integers from the parse and from the typography. Names of people and
places are seen only as kinds (person, place, capitalised), so that a tagger trained on one country's news reads
another's; quotation marks of every style look the same. A small gated network reads every token with its neighbours (up
to eight away) and its head in the parse, five times over, and what its paragraph and the neighbouring ones hold; the
best sequence of begin and inside labels is found per paragraph.

Which cue a piece of content belongs to, and which source a cue, is told by a second small network from how the two
stand to each other (order, distance, what lies between, sentence, paragraph, quotation marks) and how they hang
together in the parse. Plain numpy; the weights (``data/models/quotes``) are loaded on first use. They are trained by
``training/train_quotes.py``; ``MODEL_CARD.md`` beside the weights says on what, and how well they do.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field, replace
from functools import lru_cache
from importlib.resources import files
from math import exp
from typing import Any

import numpy as np

from framing.precision import on_one_thread, rounded
from framing.text.quotation_marks import quotation_spans

CONTENT, CUE, SOURCE = 1, 2, 3
# Labels: 0 outside; then begin and inside of content said before its cue's place, after it, without a cue;
# of cues; of sources.
LABELS = """
    O B-content-after-cue I-content-after-cue B-content-before-cue I-content-before-cue B-content-no-cue
    I-content-no-cue B-cue I-cue B-source I-source
""".split()
ROLE_OF = np.array([0, CONTENT, CONTENT, CONTENT, CUE, SOURCE])  # of (label + 1) // 2
AFTER_CUE, BEFORE_CUE, NO_CUE = 1, 2, 3
NEAR = 5  # candidates looked at on each side


@dataclass(frozen=True)
class Spans:
    """Tagged spans in order: rows first to last (last excluded) of `Features`."""

    role: np.ndarray
    side: np.ndarray  # of content: AFTER_CUE, BEFORE_CUE or NO_CUE
    first: np.ndarray
    last: np.ndarray


def spans_of(labels: np.ndarray) -> Spans:
    """The spans that a sequence of `LABELS` stands for."""
    begins = np.flatnonzero(labels % 2 == 1)
    kind = (labels + 1) // 2
    if not len(begins):
        nothing = np.zeros(0, dtype=np.int64)
        return Spans(nothing, nothing, nothing, nothing)
    stops = np.flatnonzero((labels % 2 == 1) | (labels == 0))
    after = np.searchsorted(stops, begins, side="right")
    last = np.append(stops, len(labels))[after]
    return Spans(ROLE_OF[kind[begins]], kind[begins], begins, last)


def cue_pairs(spans: Spans) -> tuple[np.ndarray, np.ndarray]:
    """Each content with the cues near it and with the content before it, which it may go on from."""
    contents, cues = np.flatnonzero(spans.role == CONTENT), np.flatnonzero(spans.role == CUE)
    one, two = candidates(contents, cues, spans.first)
    one, two = np.concatenate([one, contents[1:]]), np.concatenate([two, contents[:-1]])
    order = np.argsort(one, kind="stable")
    return one[order], two[order]


def source_pairs(spans: Spans, anchors: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Each anchor (a cue, or a content without one) with the sources near it."""
    return candidates(anchors, np.flatnonzero(spans.role == SOURCE), spans.first)


def candidates(anchors: np.ndarray, others: np.ndarray, first: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Pairs of each anchor with the `NEAR` others before it and after it; both arrays number spans."""
    at = np.searchsorted(first[others], first[anchors])
    reach = at[:, None] + np.arange(-NEAR, NEAR)[None]
    valid = (reach >= 0) & (reach < len(others))
    left = np.repeat(anchors, valid.sum(1))
    return left, others[reach[valid]]


def pair_features(f: Features, spans: Spans, one: np.ndarray, two: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Numbers and category codes of each pair of span numbers (`one` the anchor, `two` the candidate)."""
    depth = _depth(f.head)
    roots = np.array(
        [a + int(np.argmin(depth[a:b])) for a, b in zip(spans.first, spans.last, strict=True)], dtype=np.int64
    )
    a1, b1, a2, b2 = spans.first[one], spans.last[one], spans.first[two], spans.last[two]
    after = a2 >= b1
    low, high = np.where(after, b1, b2), np.where(after, a2, a1)
    shape, tokens = f.ids[:, 8], np.arange(len(f.head) + 1)
    starts = {
        role: np.concatenate([[0], np.cumsum(np.isin(tokens[:-1], spans.first[spans.role == role]))])
        for role in (CONTENT, CUE, SOURCE)
    }
    wordy = np.concatenate([[0], np.cumsum(shape > 0)])
    covered = np.zeros(len(f.head), dtype=np.int64)
    for a, b in zip(spans.first, spans.last, strict=True):
        covered[a:b] = 1
    loose = np.concatenate([[0], np.cumsum((shape > 0) & (covered == 0))])
    gap = wordy[high] - wordy[low]
    open_words = loose[high] - loose[low]
    sentences = np.abs(f.sentence[a2] - f.sentence[a1])
    paragraphs = np.abs(f.paragraph[a2] - f.paragraph[a1])
    held1, held2 = f.inside[a1] >= 0, f.inside[a2] >= 0
    begins_paragraph1 = np.concatenate([[True], np.diff(f.paragraph) > 0])[a1]
    begins_sentence1 = np.concatenate([[True], np.diff(f.sentence) > 0])[a1]
    begins_sentence2 = np.concatenate([[True], np.diff(f.sentence) > 0])[a2]
    up12 = _climb(f.head, roots[one], a2, b2)
    up21 = _climb(f.head, roots[two], a1, b1)
    side1 = spans.side[one]
    fits = np.where(after, side1 == BEFORE_CUE, side1 == AFTER_CUE)
    shared = f.head[roots[one]] == f.head[roots[two]]
    columns = [
        after,
        gap == 0,
        gap <= 1,
        gap <= 3,
        gap <= 8,
        gap <= 20,
        gap <= 60,
        np.log1p(gap) / 4,
        open_words == 0,
        open_words <= 2,
        np.log1p(open_words) / 4,
        *[np.minimum(starts[role][high] - starts[role][low], 3) / 2 for role in (CONTENT, CUE, SOURCE)],
        *[(starts[role][high] - starts[role][low]) == 0 for role in (CONTENT, CUE, SOURCE)],
        sentences == 0,
        sentences == 1,
        sentences == 2,
        np.minimum(sentences, 6) / 3,
        paragraphs == 0,
        paragraphs == 1,
        np.minimum(paragraphs, 4) / 2,
        held1,
        held2,
        held1 & held2 & (f.inside[a1] == f.inside[a2]),
        f.inside[b1 - 1] >= 0,
        begins_paragraph1,
        begins_sentence1,
        begins_sentence2,
        up12 == 1,
        up12 == 2,
        up12 > 2,
        up21 == 1,
        up21 == 2,
        up21 > 2,
        shared,
        np.log1p(b1 - a1) / 3,
        np.log1p(b2 - a2) / 3,
        depth[roots[one]] / 8,
        depth[roots[two]] / 8,
        spans.role[one] == CONTENT,
        spans.role[two] == CONTENT,
        f.paragraph[a1] == 0,
        f.sentence[a1] == f.sentence[np.minimum(b1, len(f.sentence) - 1)],
        fits,
        side1 == AFTER_CUE,
        side1 == BEFORE_CUE,
        side1 == NO_CUE,
        np.minimum(_gap_to(spans, CUE, b1, wordy, after=True), 40) / 20,
        np.minimum(_gap_to(spans, CUE, a1, wordy, after=False), 40) / 20,
    ]
    dense = np.stack([np.asarray(column, dtype=np.float32) for column in columns], axis=1)
    lemma, tag, dep = f.ids[:, 1], f.ids[:, 3], f.ids[:, 4]
    sides = [np.where(spans.role == SOURCE, tag[spans.first], lemma[roots])[which] for which in (one, two)]
    # the token just before and just after the gap tells a comma, a colon or a full stop from words
    stretch = f.ids[:, COLUMNS.index("stretch")]
    codes = np.stack(
        [
            stretch[b1 - 1],
            stretch[b2 - 1],
            tag[roots[one]],
            dep[roots[one]],
            tag[roots[two]],
            dep[roots[two]],
            tag[a1],
            tag[b2 - 1],
            tag[np.minimum(low, len(tag) - 1)],
            tag[np.maximum(high - 1, 0)],
            *sides,
        ],
        axis=1,
    )
    return dense, codes


def code_sizes(sizes: list[int]) -> list[int]:
    """How many codes each category column of `pair_features` can hold, given those of `COLUMNS`."""
    lemma, tag, dep, stretch = (sizes[COLUMNS.index(name)] for name in ("lemma", "tag", "dep", "stretch"))
    return [stretch, stretch, tag, dep, tag, dep, tag, tag, tag, tag, max(lemma, tag), max(lemma, tag)]


def _gap_to(spans: Spans, role: int, place: np.ndarray, wordy: np.ndarray, *, after: bool) -> np.ndarray:
    """Words from each place to the next span of a role after it, or to the last one before it; 99 if none."""
    if after:
        edges = np.append(spans.first[spans.role == role], -1)
        nearest = edges[np.searchsorted(edges[:-1], place)]
        gap = wordy[nearest] - wordy[place]
    else:
        edges = np.append(spans.last[spans.role == role], -1)
        nearest = edges[np.searchsorted(edges[:-1], place, side="right") - 1]
        gap = wordy[place] - wordy[nearest]
    return np.where(nearest < 0, 99, gap)


def _depth(head: np.ndarray) -> np.ndarray:
    depth, above = np.zeros(len(head), dtype=np.int64), head
    for _ in range(30):
        moved = above != head[above]
        depth += moved
        above = head[above]
        if not moved.any():
            break
    return depth + (head != np.arange(len(head)))


def _climb(head: np.ndarray, start: np.ndarray, first: np.ndarray, last: np.ndarray) -> np.ndarray:
    """Steps up the tree from `start` until inside first..last: 1, 2, 3 or more; 0 if it never gets there."""
    steps = np.zeros(len(start), dtype=np.int64)
    at = start
    for step in range(1, 9):
        at = head[at]
        hit = (steps == 0) & (at >= first) & (at < last)
        steps[hit] = min(step, 3)
    return steps


# Columns of `Features.ids`, in order; the first eight hold entries of a vocabulary, the rest small codes.
WORDED = ["word", "lemma", "suffix", "tag", "dep", "entity", "begins", "ends"]
CODED = {
    "shape": 8,
    "head_at": 12,
    "state": 24,
    "from_open": 8,
    "to_close": 8,
    "stretch": 30,
    "paragraph_marks": 24,
    "sentence_marks": 3,
    "sentence_at": 16,
    "paragraph_at": 40,
    "depth": 8,
}
COLUMNS = [*WORDED, *CODED]
MASKED = {"PROPN": "<name>", "NUM": "<number>"}
BLANK = np.array([number for number in range(0x3001) if chr(number).isspace()], dtype=np.uint32)
OPEN, CLOSE = "<open>", "<close>"
_ATTRIBUTES = """
    LOWER LEMMA SUFFIX TAG DEP ENT_TYPE POS HEAD SENT_START IDX LENGTH SHAPE
""".split()


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


def raw(
    doc: Any, passages: list[tuple[int, int]] | None = None, *, depth: int = 0, text: str | None = None
) -> tuple[dict[str, np.ndarray], Features]:
    """The strings (as spaCy's numbers) and the coded columns of one article.

    `passages` are the character spans of its paragraphs, tokens outside them being left out; lines if None.
    `depth` 1 sees only the marks of quotations within quotations. `text` is the text of `doc` where it is at hand,
    as spaCy puts it together anew each time it is asked for.
    """
    text = doc.text if text is None else text
    table = doc.to_array(_ATTRIBUTES)
    letters = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    column = (
        dict(zip(_ATTRIBUTES, table.T, strict=True))
        if len(doc)
        else {name: np.zeros(0, dtype=np.uint64) for name in _ATTRIBUTES}
    )
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
    names = {
        "word": column["LOWER"],
        "lemma": column["LEMMA"],
        "suffix": column["SUFFIX"],
        "tag": column["TAG"],
        "dep": column["DEP"],
        "entity": column["ENT_TYPE"],
    }
    words = {name: value[kept].copy() for name, value in names.items()}
    pos = column["POS"][kept]
    ids = np.zeros((n, len(COLUMNS)), dtype=np.int64)
    coded = {name: ids[:, len(WORDED) + k] for k, name in enumerate(CODED)}

    from spacy.symbols import NUM, PROPN

    for kind, name in ((PROPN, MASKED["PROPN"]), (NUM, MASKED["NUM"])):
        for part in ("word", "lemma", "suffix"):
            words[part][pos == kind] = hashes([name])[0]
    inside, stretches = _mark_columns(text, depth, start, paragraph, sentence, words, coded)
    _tree_columns(head, here, words, coded)
    first = letters[start] if n else start
    lower = (first >= 97) & (first <= 122)
    upper = (first >= 65) & (first <= 90)
    upper_second = np.zeros(n, dtype=bool)
    longer = end - start > 1
    upper_second[longer] = (letters[start[longer] + 1] >= 65) & (letters[start[longer] + 1] <= 90)
    coded["shape"][:] = np.select(
        [lower, upper & upper_second, upper & longer, upper, (first >= 48) & (first <= 57), first > 127],
        [1, 2, 3, 4, 5, 6],
        0,
    )
    coded["sentence_at"][:] = _position(sentence, [0, 1, 3], [0, 1, 3])
    length = np.bincount(paragraph, minlength=1)[paragraph] if n else paragraph
    at_start = here - np.searchsorted(paragraph, paragraph) if n else here
    coded["paragraph_at"][:] = np.minimum(paragraph, 3) * 8 + _bucket(length, [3, 12, 40]) * 2 + (at_start == 0)
    return words, Features(ids, head, paragraph, sentence, start, end, kept, inside, stretches)


def _position(group: np.ndarray, before: list[int], after: list[int]) -> np.ndarray:
    """Distance from the first and the last of its group, as one code."""
    here = np.arange(len(group))
    first = np.searchsorted(group, group)
    last = np.searchsorted(group, group, side="right") - 1
    return _bucket(here - first, before) * (len(after) + 1) + _bucket(last - here, after)


def _mark_columns(
    text: str,
    depth: int,
    start: np.ndarray,
    paragraph: np.ndarray,
    sentence: np.ndarray,
    words: dict[str, np.ndarray],
    coded: dict[str, np.ndarray],
) -> tuple[np.ndarray, np.ndarray]:
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
        final = text[mark.inner_end - 1 : mark.inner_end]
        kind = {",": 1, ".": 2, "?": 3, "!": 3, "…": 2, "-": 4, "—": 4}.get(final, 0)
        capital = text[mark.inner_start : mark.inner_start + 1].isupper()
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
        coded["paragraph_marks"][:] = (filled * 4 + left_open[: len(filled)] * 2 + follows)[paragraph]
        groups = np.unique(sentence, return_inverse=True)[1]
        share = np.bincount(groups, weights=held) / np.bincount(groups)
        coded["sentence_marks"][:] = np.where(share == 0, 0, np.where(share > 0.99, 2, 1))[groups]
    spans = np.array([(mark.start, mark.end, mark.closed) for mark in marks], dtype=np.int64).reshape(-1, 3)
    return inside, spans


def _tree_columns(
    head: np.ndarray, here: np.ndarray, words: dict[str, np.ndarray], coded: dict[str, np.ndarray]
) -> None:
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


LONGEST_ROW = 160  # tokens labelled as one sequence; a longer paragraph is cut between sentences
Span = tuple[int, int]


@dataclass
class Attribution:
    """One attribution; each part is a list of character spans, empty if nothing was found."""

    content: list[Span] = field(default_factory=list)
    cue: list[Span] = field(default_factory=list)
    source: list[Span] = field(default_factory=list)
    certainty: float = 1.0  # 0 to 1: mean over its tokens of the tagger's probability that they are content
    least: float = 1.0  # ... and the lowest of its tokens
    source_link: float = 1.0  # chance of the source, or of having none, among the candidates; 0 to 1
    cue_link: float = 1.0  # ... and of the cue, the least over its pieces


@dataclass(frozen=True)
class Model:
    arrays: dict[str, np.ndarray]
    links: dict[str, np.ndarray]
    lookups: list[Lookup]


@lru_cache(maxsize=1)
def load() -> Model:
    """The weights, read once. Raises ``FileNotFoundError`` saying how to get them back."""
    return load_from(files("framing") / "data" / "models" / "quotes")


def load_from(folder: Any) -> Model:
    """The weights in another folder, such as those of a tagger trained on other articles."""
    arrays = {}
    for name in ("words.npz", "tagger.npz", "linker.npz"):
        path = folder / name
        if not path.is_file():
            raise FileNotFoundError(
                f"The quote tagger's weights {name} are missing from the installed package; "
                "install it again, or train them with training/train_quotes.py."
            )
        with path.open("rb") as file, np.load(file, allow_pickle=False) as stored:
            arrays[name] = {key: stored[key] for key in stored.files}
    tagger = {**arrays["words.npz"], **arrays["tagger.npz"]}
    for key in [key for key in tagger if f"{key}_scale" in tagger]:
        tagger[key] = tagger[key] * tagger.pop(f"{key}_scale").astype(np.float32)[:, None]
    wide = {key: a.astype(np.float32) if a.dtype == np.float16 else a for key, a in tagger.items()}
    links = {key: a.astype(np.float64) for key, a in arrays["linker.npz"].items()}
    return Model(wide, links, [Lookup(tagger[f"codes_{name}"]) for name in WORDED])


def look_up(words: dict[str, np.ndarray], features: Features, lookups: list[Lookup]) -> Features:
    """`features` with the vocabulary columns filled in."""
    ids = features.ids.copy()
    for number, (name, lookup) in enumerate(zip(WORDED, lookups, strict=True)):
        ids[:, number] = lookup(words[name])
    return replace(features, ids=ids)


def read(
    doc: Any, passages: list[Span] | None = None, *, depth: int = 0, model: Model | None = None, text: str | None = None
) -> Features:
    """What the tagger sees of `doc`; only tokens in `passages` (character spans), if these are given.

    With ``depth=1`` only the marks of quotations within quotations are seen.
    """
    words, features = raw(doc, passages, depth=depth, text=text)
    return look_up(words, features, (model or load()).lookups)


@on_one_thread
def label(features: Features, model: Model | None = None) -> tuple[np.ndarray, np.ndarray]:
    """For each token its place in `LABELS`, and the probability that it is content."""
    if not len(features.ids):
        return np.zeros(0, dtype=np.int64), np.zeros(0)
    arrays = (model or load()).arrays
    scores = _emissions(features, arrays)
    odds = np.exp(scores - scores.max(1, keepdims=True))
    content = odds[:, [name.endswith("cue") and "content" in name for name in LABELS]].sum(1) / odds.sum(1)
    return _best_labels(scores, features, arrays), rounded(content.astype(np.float64))


def _norm(x: np.ndarray, weights: np.ndarray) -> np.ndarray:
    x = x - x.mean(1, keepdims=True)
    x /= np.sqrt((x * x).mean(1, keepdims=True) + 1e-5)
    return x * weights[0] + weights[1]


def _emissions(f: Features, model: dict[str, np.ndarray]) -> np.ndarray:
    """Score of each label for each token."""
    n = len(f.ids)
    x = np.zeros((n, model["input_norm"].shape[1]), dtype=np.float32)
    for number, name in enumerate(COLUMNS):
        x += model[f"table_{name}"][f.ids[:, number]]
    x = _norm(x, model["input_norm"])
    size = x.shape[1]
    seen = np.zeros((n, 4 * size), dtype=np.float32)  # of the token, one before it, one after it, its head
    for block, reach in enumerate(model["reach"]):
        if block == model.get("context_at", -1):
            x = _norm(x + _around(x, f, model), model["context_norm"])
        seen[:, :size] = x
        seen[:reach, size : 2 * size] = 0
        seen[reach:, size : 2 * size] = x[:-reach]
        seen[-reach:, 2 * size : 3 * size] = 0
        seen[:-reach, 2 * size : 3 * size] = x[reach:]
        seen[:, 3 * size :] = x[f.head]
        z = seen @ model[f"block_{block}_weight"]
        z += model[f"block_{block}_bias"]
        gate = np.exp(-z[:, size:])
        gate += 1
        x = _norm(x + z[:, :size] / gate, model[f"block_{block}_norm"])
    return x @ model["out_weight"] + model["out_bias"]


def _around(x: np.ndarray, f: Features, model: dict[str, np.ndarray]) -> np.ndarray:
    """What each token's paragraph and the ones before and after it hold, the same for all its tokens."""
    row = rows_of(f.paragraph, f.sentence)
    largest = np.maximum.reduceat(x, np.searchsorted(row, np.arange(row[-1] + 1)))
    nothing = np.zeros_like(largest[:1])
    before, after = np.concatenate([nothing, largest[:-1]]), np.concatenate([largest[1:], nothing])
    z = np.concatenate([largest, before, after], axis=1) @ model["context_weight"] + model["context_bias"]
    return np.maximum(z, 0)[row]


def rows_of(paragraph: np.ndarray, sentence: np.ndarray) -> np.ndarray:
    """Number of the sequence each token is labelled in: its paragraph, or a part of a long one."""
    row = np.zeros(len(paragraph), dtype=np.int64)
    number = -1
    starts = np.flatnonzero(np.diff(paragraph, prepend=-1))
    for begin, end in zip(starts, [*starts[1:], len(paragraph)], strict=True):
        number += 1
        breaks = [begin, *(np.flatnonzero(np.diff(sentence[begin:end])) + begin + 1).tolist(), end]
        while end - begin > LONGEST_ROW:
            fits = breaks[bisect_right(breaks, begin + LONGEST_ROW) - 1]
            cut = fits if fits > begin else begin + LONGEST_ROW
            row[begin:cut] = number
            number, begin = number + 1, cut
        row[begin:end] = number
    return row


def _best_labels(scores: np.ndarray, f: Features, model: dict[str, np.ndarray]) -> np.ndarray:
    """The Viterbi path of every row at once; an I label only follows a B or I of its kind."""
    barred = np.zeros((len(LABELS), len(LABELS)), dtype=np.float32)
    first = model["first"].copy()
    for inside in range(2, len(LABELS), 2):
        others = [k for k in range(len(LABELS)) if k not in (inside, inside - 1)]
        barred[others, inside] = first[inside] = -1e4
    moves = model["transitions"] + barred
    row = rows_of(f.paragraph, f.sentence)
    length = np.bincount(row)
    order = np.argsort(-length, kind="stable")
    begin, length = np.searchsorted(row, np.arange(len(length)))[order], length[order]
    best = scores[begin] + first
    back = []
    for step in range(1, length[0]):
        active = int((length > step).sum())
        options = best[:active, :, None] + moves
        back.append(options.argmax(1))
        best[:active] = options.max(1) + scores[begin[:active] + step]
    last = (best + model["last"]).argmax(1)
    labels = np.zeros(len(scores), dtype=np.int64)
    for step in range(length[0] - 1, -1, -1):
        active = int((length > step).sum())
        labels[begin[:active] + step] = last[:active]
        if step:
            last[:active] = back[step - 1][np.arange(active), last[:active]]
    return labels


@on_one_thread
def attributions(
    features: Features, labels: np.ndarray, certainty: np.ndarray, model: Model | None = None
) -> list[Attribution]:
    """The attributions that the labelled spans make up, in order of their cue or first content."""
    spans = spans_of(labels)
    if not len(spans.role):
        return []
    links = (model or load()).links
    cue_of, cue_chance = _best_pairs(features, spans, *cue_pairs(spans), links, "cue")
    groups: dict[int, list[int]] = {}
    owner: dict[int, int] = {}
    previous = -1
    for content in np.flatnonzero(spans.role == CONTENT).tolist():
        chosen = cue_of.get(content, content)
        if previous >= 0 and _runs_on(features, spans, previous, content):
            chosen = previous
        owner[content] = owner.get(chosen, chosen)
        previous = content
        groups.setdefault(owner[content], []).append(content)
    anchors = np.array(sorted(groups), dtype=np.int64)
    source_of, source_chance = _best_pairs(features, spans, *source_pairs(spans, anchors), links, "source")

    def sure(anchor: int) -> list[float]:
        inside = np.concatenate([certainty[spans.first[k] : spans.last[k]] for k in groups[anchor]])
        cued = min(cue_chance.get(content, 1.0) for content in groups[anchor])
        return rounded([inside.mean(), inside.min(), source_chance.get(anchor, 1.0), cued]).tolist()

    def place(number: int) -> Span:
        return int(features.start[spans.first[number]]), int(features.end[spans.last[number] - 1])

    return [
        Attribution(
            [place(content) for content in groups[anchor]],
            [place(anchor)] if spans.role[anchor] == CUE else [],
            [place(source_of[anchor])] if anchor in source_of else [],
            *sure(anchor),
        )
        for anchor in anchors.tolist()
    ]


def _runs_on(f: Features, spans: Spans, previous: int, content: int) -> bool:
    """Does this paragraph go on with a quotation that the one before it left open?"""
    first, before = spans.first[content], spans.last[previous] - 1
    at, was = f.inside[first], f.inside[before]
    return (
        at > 0
        and was == at - 1
        and not f.stretches[was, 2]
        and f.paragraph[first] == f.paragraph[before] + 1
        and f.start[first] <= f.stretches[at, 0]
        and f.end[before] >= f.stretches[was, 1]
    )


def _best_pairs(
    features: Features, spans: Spans, one: np.ndarray, two: np.ndarray, links: dict[str, np.ndarray], name: str
) -> tuple[dict[int, int], dict[int, float]]:
    """The best candidate of each anchor, where one scores above zero; of equals the first in the text.

    And the chance of what is taken, the candidate or none, by a softmax over the candidates and a "none" of score 0.
    """
    if not len(one):
        return {}, {}
    dense, codes = pair_features(features, spans, one, two)
    x = dense @ links[f"{name}_w.weight"].T + links[f"{name}_w.bias"]
    for number in range(codes.shape[1]):
        x += links[f"{name}_emb.{number}.weight"][codes[:, number]]
    x = np.maximum(np.maximum(x, 0) @ links[f"{name}_mid.weight"].T + links[f"{name}_mid.bias"], 0)
    score = (x @ links[f"{name}_out.weight"].T)[:, 0] + links[f"{name}_out.bias"]
    chosen: dict[int, int] = {}
    highest: dict[int, float] = {}
    whole: dict[int, float] = {}
    for anchor, candidate, value in zip(one.tolist(), two.tolist(), rounded(score).tolist(), strict=True):
        whole[anchor] = whole.get(anchor, 1.0) + exp(min(value, 50.0))
        if value > highest.get(anchor, 0.0):
            chosen[anchor], highest[anchor] = candidate, value
    return chosen, {anchor: exp(min(highest.get(anchor, 0.0), 50.0)) / total for anchor, total in whole.items()}
