"""How a sentence sounds, and how it sounds toward a person, country or body named in it."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import pandas as pd

from framing.tables import KEYS, as_articles
from framing.tone_sentences import sentences
from framing.voice import add_voice

SENTENCE_TONE = [*KEYS, "sentence", "start", "end", "zone", "voice", "speaker", "textblob_polarity",
                 "textblob_subjectivity", "vader_compound", "text"]


def sentence_tone(articles: pd.DataFrame, *, quotes: pd.DataFrame | None = None) -> pd.DataFrame:
    """The usual word-list scores of every sentence: a baseline to look at, not a finding.

    Parameters
    ----------
    articles : as from `read_articles`.
    quotes : as from `find_quotes`; found anew when not given.

    Returns
    -------
    One row per sentence outside page furniture: ``article_id, outlet, event``; ``sentence`` (its number in
    the article); ``start, end``; ``zone``; ``voice`` ("outlet", "quoted" or "reported": whoever speaks most of
    the sentence) and ``speaker``; ``textblob_polarity`` (-1 to 1), ``textblob_subjectivity`` (0 to 1),
    ``vader_compound`` (-1 to 1); ``text``.

    Notes
    -----
    Both lists score the words of a sentence, not what it says of anyone in it. Against hand labels of tone
    toward a named person in news (NewsMTSC test sentences), the sign of TextBlob reaches a macro-F1 of .40 to
    .42 and VADER .48 to .51, where .33 is a blind guess; TextBlob calls a negative portrayal positive more
    often than negative. Use `tone` for tone toward someone.

    References
    ----------
    Hutto & Gilbert (2014), VADER, ICWSM. Loria, TextBlob. Hamborg & Donnay (2021), NewsMTSC, EACL.
    """
    articles = as_articles(articles)
    rows = []
    for one in sentences(articles):
        text = one.article.text[one.start:one.end]
        polarity, subjectivity = textblob_scores(text)
        rows.append([*(getattr(one.article, key) for key in KEYS), one.number, one.start, one.end, one.zone,
                     polarity, subjectivity, vader_score(text), text])
    table = pd.DataFrame(rows, columns=[name for name in SENTENCE_TONE if name not in ("voice", "speaker")])
    if table.empty:
        return pd.DataFrame({name: pd.Series(dtype="object") for name in SENTENCE_TONE})
    return add_voice(table, articles, quotes)[SENTENCE_TONE]


def textblob_scores(text: str) -> tuple[float, float]:
    """TextBlob's polarity (-1 to 1) and subjectivity (0 to 1) of one piece of text."""
    from textblob import TextBlob

    polarity, subjectivity = TextBlob(text).sentiment
    return float(polarity), float(subjectivity)


def vader_score(text: str) -> float:
    """VADER's compound score (-1 to 1) of one piece of text."""
    return float(_vader().polarity_scores(text)["compound"])


@lru_cache(maxsize=1)
def _vader() -> Any:
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    return SentimentIntensityAnalyzer()
