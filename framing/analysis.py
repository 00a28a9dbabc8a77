"""The whole road at once: from a source of articles to every table, for the command and the report."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from framing.articles import read_with_audit
from framing.compare import compare
from framing.emphasis import emphasis, emphasis_profile
from framing.keyness import keyness
from framing.labels import find_labels, label_share
from framing.language import parse
from framing.loaded import find_loaded
from framing.passages import find_passages
from framing.quotes import find_quotes
from framing.sample import what_can_show
from framing.sentiment import sentence_tone, tone, tone_profile
from framing.speech import speech_share
from framing.tables import KEYS
from framing.tokens import tokens, voice_share

FOLLOWED = 5  # targets, speakers and items that are compared between outlets, the most frequent ones
KEYNESS_PERMUTATIONS = 999


@dataclass(frozen=True)
class Analysis:
    """Everything one run found: `tables` by name, the `choices` it was run with, `notes` for the reader."""

    tables: dict[str, pd.DataFrame]
    choices: dict[str, Any]
    notes: list[str] = field(default_factory=list)

    @property
    def articles(self) -> pd.DataFrame:
        return self.tables["articles"]

    @property
    def outlets(self) -> list[str]:
        return sorted(self.articles["outlet"].astype(str).unique())


def analyze(source: Any, *, concepts: Any = None, facts: Any = None, contrasts: Any = None, seed: int = 0,
            progress: bool = False) -> Analysis:
    """Read `source` and measure everything.

    Parameters
    ----------
    source : as for `read_articles`, or the table that it returned.
    concepts : a concept file of rival labels; without one the shipped files are used.
    facts : a table, or CSV file, with ``fact, statement``; with it the tables gain ``coverage``.
    contrasts : a file of contrasts declared before looking, see `read_contrasts`.
    seed : of every random draw.
    progress : show a bar on stderr while articles are parsed.

    Returns
    -------
    `Analysis`, whose ``tables`` are ``articles, passages, quotes, tokens, labels, tone, emphasis,
    comparisons, audit`` and, for figures and the report, ``label_share, keyness, speech_share,
    voice_share, sentence_tone, tone_profile, emphasis_profile, loaded, sample`` and ``coverage``.
    Raises as `read_articles` does when nothing can be read.
    """
    articles, audit = read_with_audit(source)
    for _ in parse(articles, progress=progress):
        pass  # every later step finds the parse in the cache
    quotes = find_quotes(articles)
    words = tokens(articles, quotes=quotes)
    labels = find_labels(articles, concepts, quotes=quotes)
    targets = tone(articles, quotes=quotes)
    places = emphasis(articles, quotes=quotes, labels=labels)
    tables = {
        "articles": articles, "passages": find_passages(articles), "quotes": quotes, "tokens": words,
        "labels": labels, "tone": targets, "emphasis": places, "audit": audit,
        "label_share": label_share(labels, seed=seed), "speech_share": speech_share(quotes),
        "voice_share": voice_share(words, seed=seed), "sentence_tone": sentence_tone(articles, quotes=quotes),
        "tone_profile": tone_profile(targets, seed=seed), "emphasis_profile": emphasis_profile(places, seed=seed),
        "loaded": find_loaded(articles, quotes=quotes), "sample": what_can_show(articles),
    }
    if articles["outlet"].nunique() > 1:
        tables["keyness"] = keyness(articles, quotes=quotes, voice="outlet",
                                    n_permutations=KEYNESS_PERMUTATIONS, seed=seed)
    if facts is not None:
        from framing.coverage import coverage

        tables["coverage"] = coverage(articles, facts, quotes=quotes)
    tables["comparisons"] = compare_everything(tables, seed=seed)
    choices = {"source": str(source) if isinstance(source, str | Path) else "a table",
               "concepts": "shipped" if concepts is None else str(concepts),
               "facts": None if facts is None else str(facts) if isinstance(facts, str | Path) else "a table",
               "contrasts": None if contrasts is None else str(contrasts), "seed": seed}
    return Analysis(tables, choices, _notes(tables))


def compare_everything(tables: dict[str, pd.DataFrame], *, seed: int = 0) -> pd.DataFrame:
    """Each outlet against the rest on every family of measures, paired by event: exploration, not claims.

    Families: share of words in the outlet's own voice; labels used in its own voice (0 or 1 per article);
    tone toward the most frequent targets in its own voice; share of quoted words of the most quoted
    speakers; items in the headline. ``p_adjusted`` is within a family.
    """
    if tables["articles"]["outlet"].nunique() < 2:
        return compare(article_measures(tables).iloc[:0], "value", items="item")
    measures = article_measures(tables)
    families = [compare(rows, "value", items="item", reference="rest", seed=seed)
                for _, rows in measures.groupby("family", sort=False)]
    return pd.concat(families, ignore_index=True)


def article_measures(tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """The measures that are compared: one row per article and item, ``family, item, value``.

    An article without a value for an item (no quotation at all, a target it never names) has no row for it.
    """
    articles = tables["articles"][KEYS]
    words = tables["tokens"][~tables["tokens"]["pos"].isin(["PUNCT", "SPACE"])]
    own = words.assign(value=(words["voice"] == "outlet").astype(float)).groupby("article_id")["value"].mean()
    parts = [_rows(articles, "voice", "words in the outlet's own voice", own)]
    labels = tables["labels"]
    labels = labels[labels["voice"] == "outlet"]
    for label in _most_frequent(labels, "label", 2 * FOLLOWED):
        used = labels[labels["label"] == label].groupby("article_id").size().gt(0).astype(float)
        parts.append(_rows(articles, "labels", f"uses “{label}”", used, absent=0.0))
    targets = tables["tone"]
    targets = targets[targets["voice"] == "outlet"]
    for target in _most_frequent(targets, "target", FOLLOWED):
        mean = targets[targets["target"] == target].groupby("article_id")["score"].mean()
        parts.append(_rows(articles, "tone", f"tone toward {target}", mean))
    voices = tables["emphasis"]
    voices = voices[(voices["kind"] == "voice") & ~voices["item"].isin(["the outlet", "unattributed"])]
    spoken = voices.groupby("article_id")["n_words"].sum()
    for speaker in _most_frequent(voices, "item", FOLLOWED):
        mine = voices[voices["item"] == speaker].groupby("article_id")["n_words"].sum()
        share = mine.reindex(spoken.index, fill_value=0) / spoken
        parts.append(_rows(articles, "speech", f"quoted words of {speaker}", share))
    items = tables["emphasis"]
    items = items[items["kind"].isin(["person", "country", "body"]) & items["in_headline"].fillna(False).astype(bool)]
    for item in _most_frequent(items, "item", FOLLOWED):
        there = items[items["item"] == item].groupby("article_id").size().gt(0).astype(float)
        parts.append(_rows(articles, "headline", f"{item} in the headline", there, absent=0.0))
    return pd.concat(parts, ignore_index=True)


def _rows(articles: pd.DataFrame, family: str, item: str, values: pd.Series,
          absent: float | None = None) -> pd.DataFrame:
    rows = articles.assign(family=family, item=item, value=articles["article_id"].map(values))
    return rows.fillna({"value": absent}) if absent is not None else rows.dropna(subset=["value"])


def _most_frequent(table: pd.DataFrame, column: str, most: int) -> list[str]:
    """The values that stand in most articles (at least two), ties in alphabetical order."""
    counts = table.groupby(column)["article_id"].nunique().reset_index(name="n")
    counts = counts[counts["n"] > 1].sort_values(["n", column], ascending=[False, True])
    return [str(name) for name in counts[column].head(most)]


def _notes(tables: dict[str, pd.DataFrame]) -> list[str]:
    notes = []
    articles = tables["articles"]
    if articles["outlet"].nunique() < 2:
        notes.append("There is one outlet, so nothing is compared. Put each outlet in a folder of its own, or name "
                     "outlets in articles.csv.")
    if articles["event"].isna().all():
        notes.append("No events are named, so outlets cannot be paired by event. Add an event column to "
                     "articles.csv, or use group_events().")
    return notes
