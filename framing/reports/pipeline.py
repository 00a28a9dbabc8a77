"""The whole road at once: from a source of articles to every table, for the command and the report."""

from __future__ import annotations

import hashlib
import platform
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import as_completed
from contextlib import suppress
from dataclasses import dataclass, field
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

import pandas as pd

import framing
from framing import cache
from framing.articles.reading import cautions, read_with_audit
from framing.entities.register import Decisions, matched_nothing, read_decisions
from framing.entities.resolution import names as names_of, resolve_mentions, with_country
from framing.language import parse
from framing.quotes.certainty import COUNTED_FROM
from framing.quotes.finding import find_quotes
from framing.quotes.speech import missing_speakers, quote_matches, speech_share
from framing.reports.files import PACKAGES, names_beside, package_version
from framing.salience.events import with_events
from framing.salience.facts import coverage, facts_of_events, headline_against_body, read_facts
from framing.salience.prominence import emphasis, emphasis_profile
from framing.sentiment.tones import sentence_tone, tone, tone_profile
from framing.stats.comparison import compare, compare_declared, contrasts_hash, read_contrasts
from framing.stats.limits import what_can_show
from framing.steadiness import LeftOut, noting, steady
from framing.tables import KEYS, empty_table
from framing.text.unicode import count, listed, nearest
from framing.words.agency import agency, agency_share, by_actor
from framing.words.concepts import load_concepts
from framing.words.frequency import tokens, voice_share, word_counts
from framing.words.keywords import keyness_of
from framing.words.labels import competing, find_labels, label_share, never_found
from framing.words.loaded_wording import find_loaded
from framing.words.rivals import RIVALRIES, find_rivals
from framing.workers import workers
from framing.zones.passages import find_passages

KEYNESS_PERMUTATIONS = 999
PART = 8  # articles that a process reads before it takes the next ones

VAIN = 8  # declarations named in the line on those that found nothing
DRAWN = 16  # outlets of one figure: as many as there are markers, see plots.style


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

    @property
    def built_in(self) -> bool:
        """Whether the names counted are those that come with framing; nobody declared them."""
        return self.choices.get("concepts") == "shipped"

    @property
    def drawn(self) -> list[str]:
        """The outlets that figures show: all, or of many those with most articles that can be told apart."""
        counts = self.articles["outlet"].astype(str).value_counts()
        return sorted(sorted(self.outlets, key=lambda name: (-counts[name], name))[:DRAWN])


def analyze(
    source: Any,
    *,
    concepts: Any = None,
    facts: Any = None,
    contrasts: Any = None,
    names: Any = None,
    places: str = "as written",
    certainty: float = COUNTED_FROM,
    seed: int = 0,
    progress: bool = False,
    jobs: int = 1,
    scheduler: Any = None,
) -> Analysis:
    """Read `source` and measure everything.

    Parameters
    ----------
    source : as for `read_articles`, or the table that it returned.
    concepts : a concept file of rival labels; without one the shipped files are used.
    facts : a table, or CSV file, with ``fact, statement``; with it the tables gain ``coverage``.
    contrasts : a file of contrasts declared before looking, see `read_contrasts`.
    names : a ``names.toml`` of your decisions on names, see `framing.entities.register.read_decisions`; without one,
        that in the folder `source`, if there is one. They apply before anything is counted.
    places : "as written" keeps "Moscow" and "the White House" apart from their countries, "with their country" counts
        them as these; said in the notes.
    certainty : from which ``attribution_certainty`` on attributions count, as for `find_quotes`; in the manifest, and
        in the paragraph for a methods section.
    seed : of every random draw.
    progress : show a bar on stderr while articles are parsed.
    jobs : processes that read at once; each takes about 1 GB. The result is the same whatever their number. With
        ``FRAMING_CACHE=off`` there is one.
    scheduler : the address of a Dask scheduler, or a client, whose workers read in place of processes here.

    Returns
    -------
    `Analysis`, whose ``tables`` are ``articles, passages, names, quotes, tokens, labels, tone, emphasis,
    comparisons, audit`` and, for figures and the report, ``label_share, keyness, speech_share,
    voice_share, sentence_tone, tone_profile, emphasis_profile, loaded, rivals, agency, agency_share, sample,
    headline_against_body``, with facts ``coverage`` and ``facts``, and where outlets share events ``quote_matches,
    missing_speakers, suggested_facts``.
    Raises as `read_articles`, `load_concepts`, `coverage` and `read_contrasts` do, before anything is measured.
    """
    articles, audit = read_with_audit(source)
    rivals = load_concepts(concepts)
    statements = None if facts is None else read_facts(facts)
    hypotheses = None if contrasts is None else read_contrasts(contrasts)
    names = names_beside(source) if names is None else names
    decisions, joined = read_decisions(names), with_country(places)
    with noting() as left_out:
        _read_ahead(articles, progress=progress, jobs=jobs, scheduler=scheduler)  # later steps find it in the cache
        found = measured_in(
            articles,
            rivals=rivals,
            statements=statements,
            decisions=None if names is None else decisions,
            places=places,
            certainty=certainty,
            seed=seed,
        )
    audit = with_left_out(audit, left_out)
    found = {name: without(table, left_out) for name, table in found.items()}
    articles, quotes = found["articles"], found["quotes"]
    labels_drawn = competing(found["labels"]) if concepts is None else found["labels"]
    tables = found | {
        "audit": audit,
        "label_share": label_share(labels_drawn),
        "agency_share": agency_share(found["agency"], seed=seed),
        "speech_share": speech_share(quotes, intervals=True, seed=seed),
        "voice_share": voice_share(found["tokens"], seed=seed),
        "tone_profile": tone_profile(found["tone"], seed=seed),
        "emphasis_profile": emphasis_profile(found["emphasis"], seed=seed),
        "sample": _sample(articles, seed),
    }
    own_words = word_counts(articles, unit="topic", quotes=quotes)
    if own_words.articles["outlet"].nunique() > 1:  # an outlet may have no own words
        tables["keyness"] = keyness_of(own_words, n_permutations=KEYNESS_PERMUTATIONS, seed=seed)
    if statements is not None:
        tables["facts"] = statements
    tables["comparisons"] = compared(tables, hypotheses, seed=seed)
    choices = {
        "source": str(source) if isinstance(source, str | Path) else "a table",
        "concepts": "shipped" if concepts is None else str(concepts),
        "facts": None if facts is None else str(facts) if isinstance(facts, str | Path) else "a table",
        "contrasts": None if contrasts is None else str(contrasts),
        "seed": seed,
        "contrasts_sha256": None if contrasts is None else contrasts_hash(contrasts),
        "names": None if names is None else str(names) if isinstance(names, str | Path) else "a table",
        "names_sha256": None if names is None else hashlib.sha256(repr(decisions.lines()).encode()).hexdigest(),
        "places": places,
        "certainty": certainty,
    }
    notes = _notes(tables) + in_vain(
        articles,
        labels=None if concepts is None else found["labels"],
        concepts=rivals,
        decisions=None if names is None else decisions,
        contrasts=hypotheses,
    )
    if joined:
        notes.append("Capitals and seats of government (Moscow, the White House) are counted with their countries.")
    return Analysis(tables, choices, notes)


def in_vain(
    articles: pd.DataFrame,
    *,
    labels: pd.DataFrame | None = None,
    concepts: Any = (),
    decisions: Decisions | None = None,
    contrasts: pd.DataFrame | None = None,
) -> list[str]:
    """What was declared and found nothing, a line each for concepts (by their `labels`), decisions on names, contrasts."""
    outlets = list(articles["outlet"].astype(str).unique())
    absent = []
    for row in () if contrasts is None else contrasts.itertuples():
        for outlet in sorted({row.outlet, row.reference} - {"rest", *outlets}):
            near = nearest(outlet, outlets)
            meant = f" (did you mean {near!r}?)" if near else ""
            absent.append(f"contrast {row.name!r}: no article is of {outlet!r}{meant}")
    lines = {
        "Declared names of things that were not found": [] if labels is None else never_found(labels, concepts),
        "Decisions on names that match nothing": (
            [] if decisions is None else matched_nothing(decisions, articles["text"])
        ),
        "Declared contrasts that cannot be tested": absent,
    }
    return [f"{what}: {listed(lost, VAIN, '; ')}." for what, lost in lines.items() if lost]


def measured_in(
    articles: pd.DataFrame,
    *,
    rivals: Any,
    statements: pd.DataFrame | None = None,
    decisions: Decisions | None = None,
    places: str = "as written",
    certainty: float = COUNTED_FROM,
    seed: int = 0,
    drafts: bool = True,
) -> dict[str, pd.DataFrame]:
    """What is measured of each article and of the articles of one event: the tables of `analyze` before its summaries.

    `rivals` as `load_concepts` gives them, `statements` as `read_facts` does, `decisions` on names as `read_decisions`
    does, None where none were made. Without `drafts` no rival names are looked for and no facts suggested.
    """
    quotes = find_quotes(articles, names=decisions, certainty=certainty)
    mentions = resolve_mentions(articles, names=decisions, places=places)
    labels = find_labels(articles, rivals, quotes=quotes)
    found = {
        "articles": articles,
        "passages": find_passages(articles),
        "quotes": quotes,
        "labels": labels,
        "tokens": tokens(articles, quotes=quotes),
        "names": names_of(articles, names=decisions),
        "tone": tone(articles, quotes=quotes, mentions=mentions),
        "emphasis": emphasis(articles, quotes=quotes, labels=labels, mentions=mentions),
        "sentence_tone": sentence_tone(articles, quotes=quotes),
        "loaded": find_loaded(articles, quotes=quotes),
        "agency": agency(articles, quotes=quotes, mentions=mentions),
    }
    if drafts:
        found["rivals"] = find_rivals(with_events(articles), quotes=quotes, top=RIVALRIES, seed=seed)
    if statements is not None:
        found["coverage"] = coverage(articles, statements, quotes=quotes)
    return found | _side_by_side(articles, quotes, suggest=drafts and statements is None)


def _side_by_side(articles: pd.DataFrame, quotes: pd.DataFrame, *, suggest: bool) -> dict[str, pd.DataFrame]:
    """What shows when the articles of one event lie side by side; facts are suggested event by event."""
    found = {"headline_against_body": headline_against_body(articles)}
    together = articles.groupby("event")["outlet"].nunique()
    shared = [str(event) for event, n in together.items() if n > 1]
    if shared:
        found |= {"quote_matches": quote_matches(quotes), "missing_speakers": missing_speakers(quotes, articles)}
    if shared and suggest:
        found["suggested_facts"] = facts_of_events(articles[articles["event"].astype(str).isin(shared)])
    return found


def _read_ahead(articles: pd.DataFrame, *, progress: bool, jobs: int, scheduler: Any = None) -> None:
    """Fill the cache, so that a run that is stopped goes on where it was, and several processes can share the work."""
    cache.trim()
    alone = scheduler is None and (jobs < 2 or len(articles) < 2 * PART)
    if alone or cache.cache_folder() is None:
        _parse_all(articles, progress=progress)
        return
    from tqdm import tqdm

    parts = [articles.iloc[start : start + PART].reset_index(drop=True) for start in range(0, len(articles), PART)]
    read = _measure_part if scheduler is None else _measure_part_away
    with (
        workers(jobs, scheduler) as (pool, _),
        tqdm(total=len(articles), desc="Reading articles", unit="article", disable=not progress) as bar,
    ):
        for done in as_completed([pool.submit(read, part) for part in parts]):
            n, kept = done.result()
            if kept:
                cache.take_in(kept)
            bar.update(n)


def _measure_part(articles: pd.DataFrame) -> tuple[int, bytes]:
    """In a process of its own: what takes longest, into the cache. What fails fails again in the caller and is said."""
    with noting(), suppress(Exception):
        tone(articles, quotes=find_quotes(articles))
    return len(articles), b""


def _measure_part_away(articles: pd.DataFrame) -> tuple[int, bytes]:
    """The same on another machine: what it put into a cache of its own comes back with it."""
    with cache.apart() as folder:
        _measure_part(articles)
        return len(articles), cache.packed(folder)


@steady
def _parse_all(articles: pd.DataFrame, *, progress: bool) -> None:
    for _ in parse(articles, progress=progress):
        pass


def without(table: pd.DataFrame, left_out: list[LeftOut]) -> pd.DataFrame:
    """The rows of articles that every step could be done on, so that all tables tell of the same articles."""
    if not left_out or "article_id" not in table:
        return table
    return table[~table["article_id"].isin([one.article_id for one in left_out])].reset_index(drop=True)


def with_left_out(audit: pd.DataFrame, left_out: list[LeftOut]) -> pd.DataFrame:
    """The audit with the articles that a step could not be done on: skipped, with the first step and why."""
    audit = audit.copy()
    for one in reversed(left_out):
        rows = audit["article_id"] == one.article_id
        audit.loc[rows, "status"] = "skipped"
        audit.loc[rows, "reason"] = f"{one.step} failed on it ({one.reason})"
    return audit


def compared(tables: Mapping[str, pd.DataFrame], hypotheses: Any = None, *, seed: int = 0) -> pd.DataFrame:
    """The table ``comparisons``: the contrasts of `hypotheses`, which were declared before looking, then `explore`."""
    several = tables["articles"]["outlet"].nunique() > 1
    measures = measure_tables(tables) if several or hypotheses is not None else {}
    explored = explore(measures if several else {}, seed=seed)
    if hypotheses is None:
        return explored
    declared = compare_declared(measures, hypotheses, seed=seed)
    declared["measure"] = in_plain_words(declared["measure"])
    return pd.concat([declared, explored], ignore_index=True)


def explore(
    measures: dict[str, pd.DataFrame], *, n_permutations: int = 9999, n_boot: int = 2000, seed: int = 0
) -> pd.DataFrame:
    """Each outlet against the rest on the most frequent items of every measure, paired by event.

    These are differences to look into, not claims: nothing was declared before looking. One row per outlet
    and measure, as from `compare`; ``p_adjusted`` is within one measure's items and outlets. Takes what
    `measure_tables` gives; nothing to compare gives an empty table.
    """
    found = []
    for name in (name for name in EXPLORED if name in measures):
        rows = measures[name][measures[name]["item"].isin(most_frequent(measures[name]))]
        rows = rows.assign(item=[WORDING[name].format(item=item) for item in rows["item"]])
        found.append(
            compare(
                rows, "value", items="item", reference="rest", n_permutations=n_permutations, n_boot=n_boot, seed=seed
            )
        )
    return pd.concat([part for part in found if len(part)] or [empty_table("comparisons")], ignore_index=True)


def _sample(articles: pd.DataFrame, seed: int) -> pd.DataFrame:
    """What can be shown between each two outlets and, of three or more, between each and the rest."""
    several = articles["outlet"].nunique() > 2
    return pd.concat(
        [
            what_can_show(articles, reference=reference, seed=seed)
            for reference in ([None, "rest"] if several else [None])
        ],
        ignore_index=True,
    )


def _notes(tables: dict[str, pd.DataFrame]) -> list[str]:
    articles = tables["articles"]
    notes = cautions(articles)
    if articles["outlet"].nunique() < 2:
        notes.append(
            "There is one outlet, so nothing is compared. Put each outlet in a folder of its own, or name "
            "outlets in articles.csv."
        )
    if (n := articles["outlet"].nunique()) > DRAWN:
        notes.append(
            f"Figures show {DRAWN} of {n} outlets, those with most articles and of equals the first by name: more cannot "
            "be told apart. Tables and pages hold all."
        )
    if articles["event"].isna().all():
        notes.append(
            "No events are named, so outlets cannot be paired by event. Add an event column to "
            "articles.csv (framing new and framing manifest make one with events proposed); here rival names alone were "
            "looked for, in events grouped by their words."
        )
    return notes


def manifest(analysis: Analysis) -> dict[str, Any]:
    """What this run rests on: versions, hashes of the articles, choices, and a paragraph to paste."""
    articles = analysis.articles
    hashes = {
        str(row.article_id): hashlib.sha256(str(row.text).encode("utf-8", "surrogatepass")).hexdigest()
        for row in articles.itertuples()
    }
    corpus = hashlib.sha256("".join(sorted(hashes.values())).encode()).hexdigest()
    return {
        "framing": framing.__version__,
        "python": platform.python_version(),
        "packages": {name: package_version(name) for name in PACKAGES},
        "choices": analysis.choices,
        "n_articles": len(articles),
        "n_outlets": articles["outlet"].nunique(),
        "n_events": articles["event"].nunique(),
        "corpus_sha256": corpus,
        "article_sha256": hashes,
        "notes": analysis.notes,
        "methods": methods_paragraph(analysis),
    }


def methods_paragraph(analysis: Analysis) -> str:
    """A paragraph for the methods section of a write-up, true of this run."""
    articles = analysis.articles
    n_events = articles["event"].nunique()
    unit = (
        f"Outlets were compared within the {n_events} events they share, the article being the unit: differences "
        "are means over events with 95 % intervals (each named in its row: Newcombe for a plain yes or no, else "
        "jackknife or studentised bootstrap over events), and p values come from exchanging outlets within "
        "events, adjusted by max-T within each family of measures."
        if n_events > 1
        else "Articles were not paired by event, since fewer than two events are named."
    )
    return (
        f"{count(len(articles), 'article')} of {count(articles['outlet'].nunique(), 'outlet')} "
        f"{'was' if len(articles) == 1 else 'were'} analysed with framing "
        f"{framing.__version__} (seed {analysis.choices['seed']}). Page furniture and second stories are left out. "
        "Words were counted apart for the outlet's own voice and for the voices it quotes or reports, found "
        "by a tagger trained on the PolNeAR corpus; attributions without quotation marks count from a certainty of "
        f"{analysis.choices['certainty']:g} on. Labels were counted with "
        + (
            "the concept files shipped with the package"
            if analysis.built_in
            else f"the concept file {Path(analysis.choices['concepts']).name}"
        )
        + "; wording toward targets was scored from loaded words and their place in the sentence, good and bad told "
        "of them (valence) by a model trained on NewsMTSC, both with the target masked. " + unit
    )


# What is compared between outlets: every measure as one row per article and item, zeros included.

FOLLOWED = 6  # items per measure that the exploration looks at, those in most articles
WORDING = {
    "voice_share": "words in the outlet's own voice",
    "label_use": "uses “{item}”",
    "tone": "tone toward {item}",
    "valence": "good or bad told of {item}",
    "speech_share": "words given to {item}",
    "headline": "{item} in the headline",
    "lead": "{item} in the lead",
    "label_share": "share of “{item}”",
    "loaded_share": "own words that may be loaded",
    "acts": "clauses in which {item} acts",
    "no_doer": "clauses in which nobody is said to do it to {item}",
}
WITH_ZEROS = ["label_use", "speech_share", "headline", "lead"]
EXPLORED = ["voice_share", "label_use", "tone", "speech_share", "headline"]


def measure_tables(
    tables: Mapping[str, pd.DataFrame], *, measures: Sequence[str] | None = None
) -> dict[str, pd.DataFrame]:
    """The measures of one analysis by name, as `compare` and `compare_declared` take them.

    Parameters
    ----------
    tables : with ``articles, tokens, labels, tone, emphasis``, as far as the measures need them, and, where there are
        such, ``loaded, agency``.
    measures : which to make; by default all.

    Returns
    -------
    Tables of ``article_id, outlet, event, item, value``:

    ``voice_share`` (no item): share of the article's words in the outlet's own voice.
    ``label_use``: 1 if the article uses the label in the outlet's own voice, else 0.
    ``label_share``: share of the label among the article's own namings of its concept; articles that name the
    concept at all.
    ``tone``: mean wording toward the target in the outlet's own voice, and ``valence``: the good and bad told of it
    there; articles that have such a sentence.
    ``speech_share``: share of quoted and reported words that go to the speaker; articles that quote at all.
    ``headline``, ``lead``: 1 if the item stands in headline or lead, else 0; articles that have that zone.
    ``loaded_share`` (no item): candidates of `find_loaded` in the outlet's own voice, of its own words there.
    ``acts``: of an article's own clauses with this person or group the share in which it is the doer; ``no_doer``: of
    those in which something is done to it, the share that names nobody.

    The last three rest on candidates and on a parse: they are compared when asked for, and explored by nobody.
    """
    articles = tables["articles"][KEYS]
    made: dict[str, Callable[[], pd.DataFrame]] = {
        "voice_share": lambda: _own_voice(articles, tables["tokens"]),
        "label_share": lambda: _label_share(tables["labels"]),
        "tone": lambda: _tone(tables["tone"], "wording"),
        "valence": lambda: _tone(tables["tone"], "valence"),
    }
    made |= {name: partial(_with_zeros_of, name, tables) for name in WITH_ZEROS}
    if "loaded" in tables:
        made["loaded_share"] = lambda: _loaded(articles, tables["tokens"], tables["loaded"])
    if "agency" in tables:
        clauses = tables["agency"]
        parts = lru_cache(lambda: by_actor(clauses[clauses["voice"] == "outlet"]))
        made["acts"] = lambda: _shares_of_actors(parts(), "acts")
        made["no_doer"] = lambda: _shares_of_actors(parts()[parts()["acts"] == 0], "nobody")
    return {name: make() for name, make in made.items() if measures is None or name in measures}


def _with_zeros_of(name: str, tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    return with_zeros(*hits_of(name, tables))


def hits_of(name: str, tables: Mapping[str, pd.DataFrame]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Of a measure that is 0 where an article lacks an item: the articles that could have one, and those items that
    stand in them, as ``article_id, item, value``."""
    if name == "label_use":
        return tables["articles"][KEYS], _there(_own(tables["labels"]).rename(columns={"label": "item"}))
    if name == "speech_share":
        return _speech(tables["emphasis"])
    return _in_zone(tables["emphasis"], f"in_{name}")


def in_plain_words(measures: pd.Series) -> list[str]:
    """Names such as "tone: Kim Jong Un", as `compare_declared` gives them, in words for a figure."""
    parts = [str(name).split(": ", 1) for name in measures]
    return [WORDING[part[0]].format(item=part[-1]) if part[0] in WORDING else ": ".join(part) for part in parts]


def most_frequent(rows: pd.DataFrame, most: int = FOLLOWED) -> list[str]:
    """The items with a value other than 0 in most articles (at least two), ties in alphabetical order."""
    counts = rows[rows["value"] != 0].groupby("item")["article_id"].nunique().reset_index(name="n")
    counts = counts[counts["n"] > 1].sort_values(["n", "item"], ascending=[False, True])
    return [str(name) for name in counts["item"].head(most)]


def _own_voice(articles: pd.DataFrame, tokens: pd.DataFrame) -> pd.DataFrame:
    words = tokens[~tokens["pos"].isin(["PUNCT", "SPACE"])]
    own = words.assign(value=(words["voice"] == "outlet").astype(float)).groupby("article_id")["value"].mean()
    rows = articles.assign(item=WORDING["voice_share"], value=articles["article_id"].map(own))
    return rows.dropna(subset=["value"])


def _loaded(articles: pd.DataFrame, tokens: pd.DataFrame, loaded: pd.DataFrame) -> pd.DataFrame:
    words = tokens[~tokens["pos"].isin(["PUNCT", "SPACE"]) & (tokens["voice"] == "outlet")].groupby("article_id").size()
    hits = loaded[loaded["voice"] == "outlet"].groupby("article_id").size()
    share = hits.reindex(words.index, fill_value=0) / words
    rows = articles.assign(item=WORDING["loaded_share"], value=articles["article_id"].map(share))
    return rows.dropna(subset=["value"])


def _shares_of_actors(parts: pd.DataFrame, column: str) -> pd.DataFrame:
    shares = parts.groupby([*KEYS, "actor"], dropna=False)[column].mean().reset_index()
    return shares.rename(columns={"actor": "item", column: "value"})[[*KEYS, "item", "value"]]


def _own(labels: pd.DataFrame) -> pd.DataFrame:
    return labels[labels["voice"] == "outlet"]


def _label_share(labels: pd.DataFrame) -> pd.DataFrame:
    own = _own(labels)
    n_concept = own.groupby([*KEYS, "concept"], dropna=False).size().rename("per").reset_index()
    items = own[["concept", "label"]].drop_duplicates()
    n_label = own.groupby(["article_id", "concept", "label"]).size().rename("n").reset_index()
    rows = n_concept.merge(items, on="concept").merge(n_label, on=["article_id", "concept", "label"], how="left")
    rows["value"] = rows["n"].fillna(0) / rows["per"]
    return rows.rename(columns={"label": "item"})[[*KEYS, "item", "value"]]


def _tone(tone: pd.DataFrame, measure: str) -> pd.DataFrame:
    known = measure in tone and tone[measure].notna().any()  # word lists give one score for both
    own = tone[tone["voice"] == "outlet"].assign(value=lambda rows: rows[measure if known else "score"].astype(float))
    return own.groupby([*KEYS, "target"], dropna=False)["value"].mean().reset_index().rename(columns={"target": "item"})


def _speech(places: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    spoken = places[(places["kind"] == "voice") & (places["item"] != "the outlet")]
    total = spoken.groupby("article_id")["n_words"].sum()
    named = spoken[spoken["item"] != "unattributed"]
    share = named["n_words"].astype(float) / named["article_id"].map(total).astype(float)
    return spoken[KEYS].drop_duplicates("article_id"), named[["article_id", "item"]].assign(value=share)


def _in_zone(places: pd.DataFrame, column: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    named = places[places["kind"].isin(["person", "country", "seat", "body", "party", "group"])]
    has_zone = places.groupby("article_id")[column].agg(lambda seen: seen.notna().any())
    articles = places[KEYS].drop_duplicates("article_id")
    articles = articles[articles["article_id"].map(has_zone).fillna(False).astype(bool)]
    return articles, _there(named[named[column].fillna(False).astype(bool)])


def _there(hits: pd.DataFrame) -> pd.DataFrame:
    return hits[["article_id", "item"]].drop_duplicates().assign(value=1.0)


def with_zeros(articles: pd.DataFrame, hits: pd.DataFrame) -> pd.DataFrame:
    """One row per article and item: the value where it stands in `hits`, 0 elsewhere."""
    rows = articles.merge(hits[["item"]].drop_duplicates(), how="cross")
    rows = rows.merge(hits, on=["article_id", "item"], how="left")
    rows["value"] = rows["value"].fillna(0.0).astype(float)
    return rows
