"""The whole road at once: from a source of articles to every table, for the command and the report."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from framing.articles import cautions, read_with_audit
from framing.compare import compare
from framing.emphasis import emphasis, emphasis_profile
from framing.labels import find_labels, label_share
from framing.language import parse
from framing.loaded import find_loaded
from framing.measures import EXPLORED, WORDING, in_plain_words, measure_tables, most_frequent
from framing.passages import find_passages
from framing.quotes import find_quotes
from framing.sentiment import sentence_tone, tone, tone_profile
from framing.speech import speech_share
from framing.statistics.contrasts import compare_declared, contrasts_hash, read_contrasts
from framing.statistics.sample import what_can_show
from framing.steadiness import LeftOut, noting, steady
from framing.tables import empty_table
from framing.tokens import tokens, voice_share
from framing.wording.concept_files import load_concepts
from framing.wording.frequencies import count_words
from framing.wording.keyness import keyness_of

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
    Raises as `read_articles`, `load_concepts`, `coverage` and `read_contrasts` do, before anything is measured.
    """
    from framing.coverage import coverage, read_facts

    articles, audit = read_with_audit(source)
    rivals = load_concepts(concepts)
    statements = None if facts is None else read_facts(facts)
    hypotheses = None if contrasts is None else read_contrasts(contrasts)
    with noting() as left_out:
        _parse_all(articles, progress=progress)  # every later step finds the parse in the cache
        quotes = find_quotes(articles)
        labels = find_labels(articles, rivals, quotes=quotes)
        found = {
            "articles": articles, "passages": find_passages(articles), "quotes": quotes,
            "tokens": tokens(articles, quotes=quotes), "labels": labels, "tone": tone(articles, quotes=quotes),
            "emphasis": emphasis(articles, quotes=quotes, labels=labels),
            "sentence_tone": sentence_tone(articles, quotes=quotes), "loaded": find_loaded(articles, quotes=quotes)}
        if statements is not None:
            found["coverage"] = coverage(articles, statements, quotes=quotes)
    audit = _with_left_out(audit, left_out)
    found = {name: _without(table, left_out) for name, table in found.items()}
    articles, quotes = found["articles"], found["quotes"]
    tables = found | {
        "audit": audit,
        "label_share": label_share(found["labels"]),
        "speech_share": speech_share(quotes, intervals=True, seed=seed),
        "voice_share": voice_share(found["tokens"], seed=seed), "tone_profile": tone_profile(found["tone"], seed=seed),
        "emphasis_profile": emphasis_profile(found["emphasis"], seed=seed), "sample": _sample(articles, seed),
    }
    own_words = count_words(articles, quotes=quotes)
    if own_words.articles["outlet"].nunique() > 1:  # an outlet may have no own words
        tables["keyness"] = keyness_of(own_words, n_permutations=KEYNESS_PERMUTATIONS, seed=seed)
    several = articles["outlet"].nunique() > 1
    measures = measure_tables(tables) if several or hypotheses is not None else {}
    tables["comparisons"] = explore(measures if several else {}, seed=seed)
    if hypotheses is not None:
        declared = compare_declared(measures, hypotheses, seed=seed)
        declared["measure"] = in_plain_words(declared["measure"])
        tables["comparisons"] = pd.concat([declared, tables["comparisons"]], ignore_index=True)
    choices = {"source": str(source) if isinstance(source, str | Path) else "a table",
               "concepts": "shipped" if concepts is None else str(concepts),
               "facts": None if facts is None else str(facts) if isinstance(facts, str | Path) else "a table",
               "contrasts": None if contrasts is None else str(contrasts), "seed": seed,
               "contrasts_sha256": None if contrasts is None else contrasts_hash(contrasts)}
    return Analysis(tables, choices, _notes(tables))


@steady
def _parse_all(articles: pd.DataFrame, *, progress: bool) -> None:
    for _ in parse(articles, progress=progress):
        pass


def _without(table: pd.DataFrame, left_out: list[LeftOut]) -> pd.DataFrame:
    """The rows of articles that every step could be done on, so that all tables tell of the same articles."""
    if not left_out or "article_id" not in table:
        return table
    return table[~table["article_id"].isin([one.article_id for one in left_out])].reset_index(drop=True)


def _with_left_out(audit: pd.DataFrame, left_out: list[LeftOut]) -> pd.DataFrame:
    """The audit with the articles that a step could not be done on: skipped, with the first step and why."""
    audit = audit.copy()
    for one in reversed(left_out):
        rows = audit["article_id"] == one.article_id
        audit.loc[rows, "status"] = "skipped"
        audit.loc[rows, "reason"] = f"{one.step} failed on it ({one.reason})"
    return audit


def explore(measures: dict[str, pd.DataFrame], *, seed: int = 0) -> pd.DataFrame:
    """Each outlet against the rest on the most frequent items of every measure, paired by event.

    These are differences to look into, not claims: nothing was declared before looking. One row per outlet
    and measure, as from `compare`; ``p_adjusted`` is within one measure's items and outlets. Takes what
    `measure_tables` gives; nothing to compare gives an empty table.
    """
    found = []
    for name in EXPLORED if measures else []:
        rows = measures[name][measures[name]["item"].isin(most_frequent(measures[name]))]
        rows = rows.assign(item=[WORDING[name].format(item=item) for item in rows["item"]])
        found.append(compare(rows, "value", items="item", reference="rest", seed=seed))
    return pd.concat([part for part in found if len(part)] or [empty_table("comparisons")], ignore_index=True)


def _sample(articles: pd.DataFrame, seed: int) -> pd.DataFrame:
    """What can be shown between each two outlets and, of three or more, between each and the rest."""
    several = articles["outlet"].nunique() > 2
    return pd.concat([what_can_show(articles, reference=reference, seed=seed)
                      for reference in ([None, "rest"] if several else [None])], ignore_index=True)


def _notes(tables: dict[str, pd.DataFrame]) -> list[str]:
    articles = tables["articles"]
    notes = cautions(articles)
    if articles["outlet"].nunique() < 2:
        notes.append("There is one outlet, so nothing is compared. Put each outlet in a folder of its own, or name "
                     "outlets in articles.csv.")
    if articles["event"].isna().all():
        notes.append("No events are named, so outlets cannot be paired by event. Add an event column to "
                     "articles.csv, or use group_events().")
    return notes
