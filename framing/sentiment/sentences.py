"""The sentences that tone is measured on, each with the zone of the page it stands in."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

import pandas as pd

from framing.language import parse
from framing.tables import LEFT_OUT
from framing.zones.passages import find_passages

if TYPE_CHECKING:
    from spacy.tokens import Span


class Sentence(NamedTuple):
    """One sentence of one article; ``start`` and ``end`` index the article's text."""

    article: Any
    number: int
    start: int
    end: int
    zone: str
    span: Span


def sentences(articles: pd.DataFrame) -> Iterator[Sentence]:
    """Every sentence with a word in it outside page furniture and second stories, in order.

    Sentences are numbered within the article as in `framing.tokens`.
    """
    zones_of = dict(list(find_passages(articles).groupby("article_id", sort=False)))
    for article, doc in parse(articles):
        if article.article_id not in zones_of:
            continue
        passages = zones_of[article.article_id]
        begins, zones = passages["start"].tolist(), passages["zone"].tolist()
        for number, span in enumerate(doc.sents):
            words = [token for token in span if not token.is_space]
            if not any(token.is_alpha or token.like_num for token in words):
                continue
            start, end = words[0].idx, words[-1].idx + len(words[-1])
            zone = zones[max(bisect_right(begins, start) - 1, 0)]
            if zone not in LEFT_OUT:
                yield Sentence(article, number, start, end, zone, span)
