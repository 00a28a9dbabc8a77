"""How a sentence sounds, and how it sounds toward a person, country or body named in it."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from functools import lru_cache
from itertools import islice
from typing import Any

import numpy as np
import pandas as pd

from framing.precision import rounded
from framing.quotes.voice import add_voice
from framing.sentiment.model import likeliest, probabilities, read_targets, scores_of
from framing.sentiment.targets import Spoken, Targets, sentences, spoken_of
from framing.steadiness import steady
from framing.tables import COLUMNS, KEYS, as_articles, empty_table, require_columns

SENTENCE_TONE = [*KEYS, "sentence", "start", "end", "zone", "voice", "speaker", "textblob_polarity",
                 "textblob_subjectivity", "vader_compound", "text"]

TONE_PROFILE = ["outlet", "target", "voice", "estimate", "low", "high", "n_sentences", "n_negative", "n_positive",
                "n_articles", "n_events", "method"]
METHODS = ("default", "vader", "textblob")
VADER_NEUTRAL = 0.05  # its authors' threshold
BATCH = 512  # rows scored at once
Scorer = Callable[[pd.DataFrame], pd.DataFrame]


@steady
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


@steady
def tone(articles: pd.DataFrame, targets: Targets = None, *, quotes: pd.DataFrame | None = None,
         mentions: pd.DataFrame | None = None,
         method: str | Scorer = "default") -> pd.DataFrame:
    """How each sentence sounds toward each person, country or body in it, by whose voice says so.

    Parameters
    ----------
    articles : as from `read_articles`.
    targets : whom to score: names (``["Russia", "Kim Jong Un"]``) or names with other forms
        (``{"Russia": ["Moscow", "the Kremlin"]}``). None: everyone that `resolve_mentions` finds.
    quotes : as from `find_quotes`; found anew when not given.
    mentions : as from `resolve_mentions`; found anew when not given, so that ``Moscow`` is not scored as Russia.
    method : "default" (the shipped model), "vader" or "textblob" (word lists on the sentence, as baselines), or
        your own function: given a table with ``sentence, start, end`` it returns, as `score_targets` does, a
        table of as many rows with ``polarity`` and ``score``.

    Returns
    -------
    One row per sentence, target and voice, in the order of the text: ``article_id, outlet, event``;
    ``sentence`` (its number); ``target``; ``polarity`` (-1, 0, 1); ``score`` (-1 to 1: probability of positive
    less that of negative); ``start, end`` (the target's first mention there); ``zone``; ``voice``; ``speaker``
    (missing in the outlet's voice and where unknown); ``method``. Raises ``ValueError`` for an unknown method,
    and warns of targets that no sentence names.

    Notes
    -----
    In a sentence that quotes, the outlet's row is scored without the words of others. Praise or blame that the
    sentence ascribes to somebody ("Kim praised Russia") is "reported", not the outlet's tone. Names are hidden
    from the model. On hand-labelled news it is right on about three of four sentences; means over 30 and more
    sentences order people well, single rows do not. Measure it on your own texts with `check_tone`.

    References
    ----------
    Trained on NewsMTSC: Hamborg & Donnay (2021), EACL.
    """
    if not callable(method) and method not in METHODS:
        raise ValueError(f"There is no method {method!r}; choose one of {', '.join(METHODS)}, or pass a function.")
    articles = as_articles(articles)
    if articles.empty:
        return empty_table("tone")
    name = method if isinstance(method, str) else getattr(method, "__name__", "own")
    spoken, rows = spoken_of(articles, quotes, targets, mentions), []
    while batch := list(islice(spoken, BATCH)):
        for one, (polarity, score) in zip(batch, _scores(batch, method), strict=True):
            rows.append([*(getattr(one.sentence.article, key) for key in KEYS), one.sentence.number, one.target,
                         polarity, score, one.mentions[0].start, one.mentions[0].end, one.sentence.zone,
                         one.voice, one.speaker, name])
    table = pd.DataFrame(rows, columns=COLUMNS["tone"])
    _warn_of_absent(targets, set(table["target"]))
    return table.astype({"polarity": "Int64", "score": float}) if rows else empty_table("tone")


def _warn_of_absent(targets: Targets, found: set[str]) -> None:
    """One warning for all the targets that no sentence speaks of."""
    wanted = [targets] if isinstance(targets, str) else targets or []
    absent = [str(name) for name in wanted if str(name) not in found]
    if absent:
        names = ", ".join(repr(name) for name in absent)
        warnings.warn(f"No sentence of these articles names {names}. Check the spelling against the entity column of "
                      "resolve_mentions(articles) and against canonical_names(find_quotes(articles)), or give "
                      f"the forms the articles use: targets={{{absent[0]!r}: ['another form']}}.", stacklevel=3)


def _scores(batch: list[Spoken], method: str | Scorer) -> list[tuple[int, float]]:
    """``(polarity, score)`` of each; several mentions in one sentence share one verdict."""
    if method == "default":
        chance = probabilities([pair for one in batch for pair in one.pairs])
        ends = np.cumsum([len(one.pairs) for one in batch])
        means = np.array([rounded(part.mean(0)) for part in np.split(chance, ends[:-1])])
        return list(zip(likeliest(means).tolist(), rounded(means[:, 2] - means[:, 0]).tolist(), strict=True))
    if isinstance(method, str):
        values = [vader_score(one.text()) if method == "vader" else textblob_scores(one.text())[0] for one in batch]
        least = VADER_NEUTRAL if method == "vader" else 0.0
        return [(int(value > least) - int(value < -least), value) for value in values]
    table = pd.DataFrame({"sentence": [one.text() for one in batch],
                          "start": [one.mentions[0].start - one.sentence.start for one in batch],
                          "end": [one.mentions[0].end - one.sentence.start for one in batch]})
    found = method(table)
    if not isinstance(found, pd.DataFrame) or len(found) != len(table):
        raise ValueError(f"The function given as method returned {type(found).__name__} for {len(table)} rows. "
                         "Return a table with one row per row given and the columns polarity and score.")
    require_columns(found, ["polarity", "score"], made_by="score_targets")
    return list(zip(found["polarity"], found["score"], strict=True))


def tone_profile(tone_table: pd.DataFrame, *, n_boot: int = 2000, seed: int = 0) -> pd.DataFrame:
    """Mean tone toward each target per outlet and voice, with the article as unit.

    Parameters
    ----------
    tone_table : as from `tone`.
    n_boot, seed : of the bootstrap over events.

    Returns
    -------
    One row per outlet, target and voice: ``estimate`` (-1 to 1: each article's mean score, averaged over
    articles), ``low, high`` (95 % interval; missing with fewer than two events), ``n_sentences``,
    ``n_negative``, ``n_positive``, ``n_articles``, ``n_events`` and ``method``. Raises ``ValueError`` if a
    column is missing.

    Notes
    -----
    The interval covers which articles happened to be sampled, not the model's own error: see `check_tone`. Below
    about 30 sentences the order of two targets is often wrong. To claim that outlets differ use `compare`.
    """
    from framing.stats.comparison import estimate_by

    require_columns(tone_table, [*KEYS, "target", "voice", "polarity", "score"], made_by="tone")
    by = ["outlet", "target", "voice"]
    if tone_table.empty:
        return pd.DataFrame({name: pd.Series(dtype="object") for name in TONE_PROFILE})
    rows = tone_table.assign(score=tone_table["score"].astype(float),
                             negative=tone_table["polarity"] < 0, positive=tone_table["polarity"] > 0)
    articles = rows.groupby([*KEYS, "target", "voice"], dropna=False, as_index=False)["score"].mean()
    counts = rows.groupby(by, as_index=False).agg(n_sentences=("score", "count"), n_negative=("negative", "sum"),
                                                  n_positive=("positive", "sum"))
    table = estimate_by(articles, "score", by=by, n_boot=n_boot, seed=seed).merge(counts, on=by)
    table["low"], table["high"] = table["low"].clip(lower=-1), table["high"].clip(upper=1)  # no score is beyond
    return table[TONE_PROFILE].sort_values(by, ignore_index=True)


def score_targets(table: pd.DataFrame) -> pd.DataFrame:
    """Tone toward one target per row: what a sentence says of the person, country or body marked in it.

    Parameters
    ----------
    table : with ``sentence`` (text), ``start`` and ``end`` (characters of the target in that sentence).

    Returns
    -------
    A copy with two more columns: ``polarity`` (-1 negative, 0 neutral, 1 positive: the likeliest class) and
    ``score`` (-1 to 1: probability of positive less that of negative). Both are missing where a cell is missing
    or the sentence empty.
    Raises ``ValueError`` where a target lies outside its sentence or holds no word.

    Notes
    -----
    The target's name is hidden from the model, other names too. On hand-labelled news about three of four
    classes are right; the model card has the scores by class and kind of sentence. Irony, and praise or blame that
    needs knowledge of the world, are missed. Use means over many sentences, and `check_tone` on your own texts.

    References
    ----------
    Trained on NewsMTSC: Hamborg & Donnay (2021), EACL.
    """
    require_columns(table, ["sentence", "start", "end"], made_by="tone")
    result = table.copy()
    known = table[["sentence", "start", "end"]].notna().all(axis=1).to_numpy(dtype=bool)
    known = known & np.array([bool(str(text).strip()) for text in table["sentence"]], dtype=bool)
    rows = [(str(row.sentence), int(row.start), int(row.end))
            for row in table.loc[known, ["sentence", "start", "end"]].itertuples(index=False)]
    score, polarity = np.full(len(table), np.nan), np.full(len(table), np.nan)
    if rows:
        score[known], polarity[known] = scores_of(read_targets(rows))
    result["polarity"] = pd.Series(polarity, index=table.index).astype("Int64")
    result["score"] = pd.Series(score, index=table.index)
    return result


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
