"""Collocates: the words that stand near a word more often than chance would put them there."""

from __future__ import annotations

import numpy as np
import pandas as pd

from framing.tables import as_articles
from framing.words.frequency import UNITS, folded_vocabulary
from framing.words.index import Voice, WordIndex, in_voice, word_index
from framing.words.measures import log_likelihood
from framing.words.patterns import find_pattern

COLUMNS = ["outlet", "word", "n_near", "n_word", "n_node", "n_articles", "expected", "log_likelihood", "mi3",
           "log_dice", "t_score"]
RANKINGS = ["log_likelihood", "mi3", "log_dice", "t_score", "n_near"]


def collocates(articles: pd.DataFrame, query: str, *, span: int | str = 5, by: str | None = None,
               unit: str = "lemma", voice: Voice = None, min_n: int = 3,
               sort: str = "log_likelihood", quotes: pd.DataFrame | None = None) -> pd.DataFrame:
    """Words near a word or phrase, and how strongly they are drawn to it.

    Parameters
    ----------
    articles : as from `read_articles`.
    query : the node, a pattern on dictionary forms as in `concordance` (kind "pos").
    span : how near, in words on either side within the sentence, or "sentence" for the whole of it.
    by : None for all articles together (``outlet`` is "all"), or "outlet" for each outlet on its own.
    unit : "lemma" or "word". voice : only nodes in this voice ("outlet", "quoted", "reported").
    min_n : times a word must stand near the node to be listed.
    sort : the measure that orders the list.

    Returns
    -------
    One row per word: ``n_near`` (times near the node; once where two nodes are near), ``n_word`` and
    ``n_node`` (times at all), ``n_articles`` in which the two meet, ``expected`` (times near by chance),
    ``log_likelihood`` (four cells), ``mi3``, ``log_dice`` (at most 14; comparable across corpora), ``t_score``.
    Only words drawn to the node are listed, not those that keep away.

    Notes
    -----
    These count words, not articles: one article can carry a collocate, so read ``n_articles``. Evert (2008),
    Corpora and collocations; logDice is Rychlý (2008), MI3 Daille (1994).
    """
    if sort not in RANKINGS:
        raise ValueError(f"sort is {sort!r}; the measures are {', '.join(RANKINGS)}.")
    if by not in (None, "outlet"):
        raise ValueError(f'by is {by!r}; it is "outlet", or None for all articles together.')
    if unit not in UNITS:
        raise ValueError(f"unit is {unit!r}; choose one of {UNITS}.")
    if span != "sentence" and not (isinstance(span, int) and span >= 1):
        raise ValueError(f'span is {span!r}; it is a number of words, 1 or more, or "sentence".')
    index = word_index(as_articles(articles), quotes)
    nodes = find_pattern(index, query)
    nodes = nodes[in_voice(index, voice)[nodes[:, 0]]]
    outlets = index.articles["outlet"].astype(str).to_numpy()
    tables = []
    for outlet in [None] if by is None else sorted(set(outlets)):
        inside = np.ones(len(index.form), dtype=bool) if outlet is None else (outlets == outlet)[index.article]
        table = _near(index, nodes[inside[nodes[:, 0]]], inside & index.is_word, span, unit)
        tables.append(table.assign(outlet="all" if outlet is None else outlet))
    table = pd.concat(tables, ignore_index=True)
    table = table[(table["n_near"] >= min_n) & (table["n_near"] > table["expected"])]
    return table.sort_values(["outlet", sort, "word"], ascending=[True, False, True],
                             ignore_index=True)[COLUMNS]


def _near(index: WordIndex, nodes: np.ndarray, words: np.ndarray, span: int | str, unit: str) -> pd.DataFrame:
    names, number = np.unique(folded_vocabulary(index), return_inverse=True)
    column = number[index.lemma if unit == "lemma" else index.form]
    words = words & (names[column] != "")
    in_node = np.zeros(len(words), dtype=bool)
    for first, last in nodes:
        in_node[first:last + 1] = True
    others = np.flatnonzero(words & ~in_node)
    near = others[_within(index, nodes, others, np.flatnonzero(words), span)]
    n_near = np.bincount(column[near], minlength=len(names))
    n_word = np.bincount(column[others], minlength=len(names))
    seen = np.flatnonzero(n_near)
    pairs = np.unique(np.stack([column[near], index.article[near]], axis=1), axis=0)
    n_articles = np.bincount(pairs[:, 0], minlength=len(names)) if len(pairs) else n_near
    o, f, window, total = n_near[seen].astype(float), n_word[seen].astype(float), len(near), len(others)
    expected = f * window / max(total, 1)
    rest = max(total - window, 1)
    with np.errstate(divide="ignore", invalid="ignore"):
        return pd.DataFrame({
            "word": names[seen].astype(str), "n_near": o.astype(int), "n_word": f.astype(int), "n_node": len(nodes),
            "n_articles": n_articles[seen].astype(int), "expected": expected,
            "log_likelihood": log_likelihood(o, max(window, 1), np.minimum(f - o, rest), rest) if len(o) else o,
            "mi3": np.log2(o ** 3 / expected), "log_dice": 14 + np.log2(2 * o / (len(nodes) + f)),
            "t_score": (o - expected) / np.sqrt(o)})


def _within(index: WordIndex, nodes: np.ndarray, others: np.ndarray, words: np.ndarray,
            span: int | str) -> np.ndarray:
    """For each of the other words: does it stand near a node, in its sentence?"""
    sentence = index.sentence_number
    if span == "sentence":
        return np.isin(sentence[others], sentence[nodes[:, 0]])
    rank = np.searchsorted(words, np.arange(len(sentence)))  # distance is counted in words, not marks
    near = np.zeros(len(sentence), dtype=bool)
    for first, last in nodes:
        begin = words[max(rank[first] - int(span), 0):rank[first]]
        after = rank[last] + 1 if rank[last] < len(words) and words[rank[last]] == last else rank[last]
        end = words[after:after + int(span)]
        for side in (begin, end):
            near[side[sentence[side] == sentence[first]]] = True
    return near[others]
