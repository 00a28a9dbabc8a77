"""Which cue a piece of content belongs to, and which source a cue: scores for pairs of tagged spans.

A pair is described by where the two stand to each other (order, distance, what lies between, sentence,
paragraph, quotation marks) and by how they hang together in the parse; a small network turns that into a score.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from framing.quotes.tagger_features import COLUMNS, Features

CONTENT, CUE, SOURCE = 1, 2, 3
# Labels: 0 outside; then begin and inside of content said before its cue's place, after it, without a cue;
# of cues; of sources.
LABELS = ["O", "B-content-after-cue", "I-content-after-cue", "B-content-before-cue", "I-content-before-cue",
          "B-content-no-cue", "I-content-no-cue", "B-cue", "I-cue", "B-source", "I-source"]
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
    roots = np.array([a + int(np.argmin(depth[a:b])) for a, b in zip(spans.first, spans.last, strict=True)],
                     dtype=np.int64)
    a1, b1, a2, b2 = spans.first[one], spans.last[one], spans.first[two], spans.last[two]
    after = a2 >= b1
    low, high = np.where(after, b1, b2), np.where(after, a2, a1)
    shape, tokens = f.ids[:, 8], np.arange(len(f.head) + 1)
    starts = {role: np.concatenate([[0], np.cumsum(np.isin(tokens[:-1], spans.first[spans.role == role]))])
              for role in (CONTENT, CUE, SOURCE)}
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
        after, gap == 0, gap <= 1, gap <= 3, gap <= 8, gap <= 20, gap <= 60, np.log1p(gap) / 4,
        open_words == 0, open_words <= 2, np.log1p(open_words) / 4,
        *[np.minimum(starts[role][high] - starts[role][low], 3) / 2 for role in (CONTENT, CUE, SOURCE)],
        *[(starts[role][high] - starts[role][low]) == 0 for role in (CONTENT, CUE, SOURCE)],
        sentences == 0, sentences == 1, sentences == 2, np.minimum(sentences, 6) / 3,
        paragraphs == 0, paragraphs == 1, np.minimum(paragraphs, 4) / 2,
        held1, held2, held1 & held2 & (f.inside[a1] == f.inside[a2]), f.inside[b1 - 1] >= 0,
        begins_paragraph1, begins_sentence1, begins_sentence2,
        up12 == 1, up12 == 2, up12 > 2, up21 == 1, up21 == 2, up21 > 2, shared,
        np.log1p(b1 - a1) / 3, np.log1p(b2 - a2) / 3, depth[roots[one]] / 8, depth[roots[two]] / 8,
        spans.role[one] == CONTENT, spans.role[two] == CONTENT, f.paragraph[a1] == 0,
        f.sentence[a1] == f.sentence[np.minimum(b1, len(f.sentence) - 1)],
        fits, side1 == AFTER_CUE, side1 == BEFORE_CUE, side1 == NO_CUE,
        np.minimum(_gap_to(spans, CUE, b1, wordy, after=True), 40) / 20,
        np.minimum(_gap_to(spans, CUE, a1, wordy, after=False), 40) / 20,
    ]
    dense = np.stack([np.asarray(column, dtype=np.float32) for column in columns], axis=1)
    lemma, tag, dep = f.ids[:, 1], f.ids[:, 3], f.ids[:, 4]
    sides = [np.where(spans.role == SOURCE, tag[spans.first], lemma[roots])[which] for which in (one, two)]
    # the token just before and just after the gap tells a comma, a colon or a full stop from words
    stretch = f.ids[:, COLUMNS.index("stretch")]
    codes = np.stack([stretch[b1 - 1], stretch[b2 - 1], tag[roots[one]], dep[roots[one]], tag[roots[two]],
                      dep[roots[two]], tag[a1], tag[b2 - 1], tag[np.minimum(low, len(tag) - 1)],
                      tag[np.maximum(high - 1, 0)], *sides], axis=1)
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
