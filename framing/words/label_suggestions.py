"""Names that a concept file does not know yet: what else stands where a label would stand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import pandas as pd

from framing.tables import as_articles
from framing.words.concepts import Concept, load_concepts
from framing.words.index import WordIndex, rows_of, word_index
from framing.words.labels import find_labels
from framing.words.patterns import find_pattern

COLUMNS = ["concept", "phrase", "n", "n_articles", "outlets", "how", "article_id", "start", "end", "sentence"]
_LEFT = ["amod", "compound", "nmod"]


def suggest_labels(articles: pd.DataFrame, concepts: Any = None, *, referent: str | Sequence[str] | None = None,
                   min_n: int = 1, quotes: pd.DataFrame | None = None) -> pd.DataFrame:
    """Noun phrases that name something of the referent and that no declared label covers.

    Parameters
    ----------
    articles : as from `read_articles`.
    concepts : as for `find_labels`; concepts with a ``referent`` are looked at.
    referent : the words to look around ("Ukraine"), instead of those in the concept file; what any of its labels
        covers is left out.
    min_n : times a phrase must occur.

    Returns
    -------
    One row per concept and phrase, the most frequent first: ``phrase`` ("fighting"), ``n, n_articles``,
    ``outlets`` that use it, ``how`` it stands ("fighting in Ukraine"), and the first place: ``article_id,
    start, end, sentence``.

    Notes
    -----
    For a person to choose from: many are names of other things ("ambassador in Ukraine"). Found by the parse,
    so headlines give fewer.
    """
    articles = as_articles(articles)
    found = load_concepts(concepts)
    if referent is not None:
        words = (referent,) if isinstance(referent, str) else tuple(referent)
        known = [] if concepts is None else found
        found = [Concept(name="about " + words[0], referent=words, labels=tuple(x for c in known for x in c.labels),
                         sets={name: entries for c in known for name, entries in c.sets.items()})]
    found = [concept for concept in found if concept.referent]
    index = word_index(articles, quotes)
    rows = []
    for concept in found:
        covered = _known(articles, index, concept, quotes)
        for first, last, how in _phrases(index, concept):
            if not covered[first:last + 1].any():
                rows.append((concept.name, _text(index, first, last), how, first, last))
    return _table(index, rows, min_n)


def _known(articles: pd.DataFrame, index: WordIndex, concept: Concept, quotes: pd.DataFrame | None) -> np.ndarray:
    """True for tokens that a label of the concept covers."""
    covered = np.zeros(len(index.form), dtype=bool)
    if not concept.labels:
        return covered
    row_of = {article_id: row for row, article_id in enumerate(articles["article_id"])}
    edges = np.searchsorted(index.article, np.arange(len(articles) + 1))
    for hit in find_labels(articles, [concept], quotes=quotes).itertuples(index=False):
        begin, stop = edges[row_of[hit.article_id]:row_of[hit.article_id] + 2]
        first, last = np.searchsorted(index.start[begin:stop], [hit.start, hit.end])
        covered[begin + first:begin + last] = True
    return covered


def _phrases(index: WordIndex, concept: Concept) -> Iterator[tuple[int, int, str]]:
    """First and last token of each noun phrase tied to the referent, and the whole as written."""
    seen = set()
    for pattern in concept.referent:
        for first, last in find_pattern(index, pattern, sets=concept.sets).tolist():
            head = next((i for i in range(first, last + 1) if not first <= index.head[i] <= last), last)
            dep, above = index.tags[index.dep[head]], int(index.head[head])
            if dep == "pobj" and index.tags[index.pos[above]] == "ADP":
                noun = int(index.head[above])
            elif dep in ("poss", "nmod", "compound", "amod"):
                noun = above
            else:
                continue
            if index.tags[index.pos[noun]] != "NOUN" or first <= noun <= last or noun in seen:
                continue
            seen.add(noun)
            begin = noun
            while begin > 0 and index.head[begin - 1] == noun and index.tags[index.dep[begin - 1]] in _LEFT and not (
                    first <= begin - 1 <= last):
                begin -= 1
            text = index.articles["text"].iloc[index.article[noun]]
            whole = text[index.start[min(begin, first)]:index.end[max(noun, last)]]
            yield begin, noun, " ".join(whole.split())


def _text(index: WordIndex, first: int, last: int) -> str:
    """The phrase with its last word in dictionary form."""
    words = [index.vocabulary[number] for number in index.form[first:last]]
    return " ".join([*words, index.vocabulary[index.lemma[last]]])


def _table(index: WordIndex, rows: list[tuple[str, str, str, int, int]], min_n: int) -> pd.DataFrame:
    table = pd.DataFrame(rows, columns=["concept", "phrase", "how", "first", "last"])
    if table.empty:
        return pd.DataFrame({column: pd.Series(dtype="object") for column in COLUMNS})
    placed = rows_of(index, table["first"].to_numpy(dtype=int), table["last"].to_numpy(dtype=int))
    table = table.join(placed[["article_id", "outlet", "start", "end", "sentence"]])
    grouped = table.groupby(["concept", "phrase"], sort=False, as_index=False).agg(
        n=("how", "size"), n_articles=("article_id", "nunique"),
        outlets=("outlet", lambda names: ", ".join(sorted(set(map(str, names))))), how=("how", "first"),
        article_id=("article_id", "first"), start=("start", "first"), end=("end", "first"),
        sentence=("sentence", "first"))
    grouped = grouped[grouped["n"] >= min_n]
    return grouped.sort_values(["concept", "n_articles", "n", "phrase"], ascending=[True, False, False, True],
                               ignore_index=True)[COLUMNS]
