"""The learned quote tagger: cue, content and source of each attribution in one parsed article.

A small gated network reads every token with its neighbours (up to eight away) and its head in the parse, five
times over, and what its paragraph and the neighbouring ones hold; the best sequence of begin and inside labels
is found per paragraph, and `framing.quotes.linker` joins the pieces. Plain numpy; the weights
(``data/models/quotes``) are loaded on first use. They are trained by ``training/train_quotes.py``;
``MODEL_CARD.md`` beside the weights says on what, and how well they do.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import lru_cache
from importlib.resources import files
from typing import Any

import numpy as np

from framing.precision import on_one_thread, rounded
from framing.quotes.linker import CONTENT, CUE, LABELS, Spans, cue_pairs, pair_features, source_pairs, spans_of
from framing.quotes.tagger_features import COLUMNS, WORDED, Features, Lookup, raw

LONGEST_ROW = 160  # tokens labelled as one sequence; a longer paragraph is cut between sentences
Span = tuple[int, int]


@dataclass
class Attribution:
    """One attribution; each part is a list of character spans, empty if nothing was found."""

    content: list[Span] = field(default_factory=list)
    cue: list[Span] = field(default_factory=list)
    source: list[Span] = field(default_factory=list)
    certainty: float = 1.0  # 0 to 1: mean over its tokens of the tagger's probability that they are content


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
            raise FileNotFoundError(f"The quote tagger's weights {name} are missing from the installed package; "
                                    "install it again, or train them with training/train_quotes.py.")
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


def read(doc: Any, passages: list[Span] | None = None, *, depth: int = 0, model: Model | None = None,
         text: str | None = None) -> Features:
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
        seen[:reach, size:2 * size] = 0
        seen[reach:, size:2 * size] = x[:-reach]
        seen[-reach:, 2 * size:3 * size] = 0
        seen[:-reach, 2 * size:3 * size] = x[reach:]
        seen[:, 3 * size:] = x[f.head]
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
        breaks = [*(np.flatnonzero(np.diff(sentence[begin:end])) + begin + 1), end]
        while end - begin > LONGEST_ROW:
            fits = [stop for stop in breaks if begin < stop <= begin + LONGEST_ROW]
            cut = fits[-1] if fits else begin + LONGEST_ROW
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
def attributions(features: Features, labels: np.ndarray, certainty: np.ndarray,
                 model: Model | None = None) -> list[Attribution]:
    """The attributions that the labelled spans make up, in order of their cue or first content."""
    spans = spans_of(labels)
    if not len(spans.role):
        return []
    links = (model or load()).links
    cue_of = _best_pairs(features, spans, *cue_pairs(spans), links, "cue")
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
    source_of = _best_pairs(features, spans, *source_pairs(spans, anchors), links, "source")

    def place(number: int) -> Span:
        return int(features.start[spans.first[number]]), int(features.end[spans.last[number] - 1])

    return [Attribution([place(content) for content in groups[anchor]],
                        [place(anchor)] if spans.role[anchor] == CUE else [],
                        [place(source_of[anchor])] if anchor in source_of else [],
                        float(rounded(np.concatenate([certainty[spans.first[k]:spans.last[k]]
                                                  for k in groups[anchor]]).mean())))
            for anchor in anchors.tolist()]


def _runs_on(f: Features, spans: Spans, previous: int, content: int) -> bool:
    """Does this paragraph go on with a quotation that the one before it left open?"""
    first, before = spans.first[content], spans.last[previous] - 1
    at, was = f.inside[first], f.inside[before]
    return (at > 0 and was == at - 1 and not f.stretches[was, 2] and f.paragraph[first] == f.paragraph[before] + 1
            and f.start[first] <= f.stretches[at, 0] and f.end[before] >= f.stretches[was, 1])


def _best_pairs(features: Features, spans: Spans, one: np.ndarray, two: np.ndarray,
                links: dict[str, np.ndarray], name: str) -> dict[int, int]:
    """The best candidate of each anchor, where one scores above zero; of equals the first in the text."""
    if not len(one):
        return {}
    dense, codes = pair_features(features, spans, one, two)
    x = dense @ links[f"{name}_w.weight"].T + links[f"{name}_w.bias"]
    for number in range(codes.shape[1]):
        x += links[f"{name}_emb.{number}.weight"][codes[:, number]]
    x = np.maximum(np.maximum(x, 0) @ links[f"{name}_mid.weight"].T + links[f"{name}_mid.bias"], 0)
    score = (x @ links[f"{name}_out.weight"].T)[:, 0] + links[f"{name}_out.bias"]
    chosen: dict[int, int] = {}
    highest: dict[int, float] = {}
    for anchor, candidate, value in zip(one.tolist(), two.tolist(), rounded(score).tolist(), strict=True):
        if value > highest.get(anchor, 0.0):
            chosen[anchor], highest[anchor] = candidate, value
    return chosen
