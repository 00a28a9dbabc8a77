"""Keyness: the words one outlet uses more, or less, than others, and how much such a list can claim."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import permutations
from typing import Any

import numpy as np
import pandas as pd
from scipy.special import stdtrit

from framing.precision import on_one_thread, p_words
from framing.stats.limits import ALPHA
from framing.tables import require_columns
from framing.text.unicode import count
from framing.words import measures as statistics
from framing.words.frequency import WordCounts, spread, word_counts
from framing.words.index import Voice

MEASURES: dict[str, Callable[..., Any]] = {
    "percent_diff": statistics.percent_diff,
    "odds_ratio": statistics.odds_ratio,
    "relative_rate": statistics.relative_rate,
    "simple_maths": statistics.simple_maths,
    "log_likelihood_2": lambda *counts: statistics.log_likelihood(*counts, cells=2),
    "bayes_factor_bic": statistics.bayes_factor_bic,
    "ell": statistics.ell,
    "chi_square": statistics.chi_square,
    "chi_square_yates": lambda *counts: statistics.chi_square(*counts, yates=True),
    "fisher_p": statistics.fisher_exact,
}
COLUMNS = """
    word outlet reference n_target n_reference per_million_target per_million_reference n_articles_target
    n_articles_reference log_likelihood log_ratio log_odds_z text_dispersion p p_adjusted dp dp_norm juilland_d
    n_articles n_events smallest_p method
""".split()
RATE = "rate_difference"  # the measure that has an interval: three columns
RATE_ENDS = [f"{RATE}_low", f"{RATE}_high"]
EVENT_COLUMNS = ["event", "word", "outlet", "n_target", "n_reference", "log_likelihood", "log_ratio", "counts"]
MIN_IN_EVENT = 3  # occurrences in the articles of one event that a word needs to be listed
MIN_N = 5  # occurrences on both sides together below which a word is not listed
MIN_ARTICLES = 5  # articles on both sides together that a word must be in to be tested: fewer show next to nothing

# Words that survive max-T when one outlet is set against another on the same events, house style folded,
# in the annotated corpus BASIL (Fan et al. 2019): what an open list has been seen to show.
SEEN = {10: 0, 20: 1, 50: 2, 100: 9}


def keyness(
    articles: pd.DataFrame,
    *,
    reference: Any = None,
    by: str = "outlet",
    unit: str = "word",
    voice: Voice = "outlet",
    pos: str | Sequence[str] | None = None,
    measures: str | Sequence[str] = (),
    min_n: int = MIN_N,
    min_articles: int = MIN_ARTICLES,
    n_permutations: int = 999,
    seed: int = 0,
    quotes: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Words each outlet uses more, or less, than a reference does, with size, evidence and significance.

    Parameters
    ----------
    articles : as from `read_articles`.
    reference : what each outlet is set against: None or "rest" (all other outlets together), "pairs" (each
        other outlet in turn), the name of one outlet, another table of articles, or a frequency list (a
        table with ``word, n``).
    by : the column that makes the sides, "outlet" unless you compare something else.
    unit : "word", "lemma", or "topic": words and phrases of two to four words without formulas of the trade, see
        `frequencies`. voice : whose words, by default the outlet's own; None for all.
    pos : only words of these parts of speech, such as ``["ADJ", "NOUN", "VERB"]``.
    measures : more columns, of those in `MEASURES`: percent_diff, chi_square, fisher_p, ...; or "rate_difference", the
        target's rate less the reference's per million, with its 95 % interval, which `plot_word_shift` draws.
    min_n : occurrences on both sides together that a word needs to be listed. min_articles : articles it needs to
        be in to be tested.
    n_permutations, seed : for the test; 0 permutations leaves ``p`` missing.

    Returns
    -------
    One row per outlet, reference and word, most evidence first: ``n_target, n_reference`` (occurrences),
    ``per_million_*`` (rates), ``n_articles_*`` (articles that have the word), ``log_likelihood`` (four-cell
    G2, 0 up), ``log_ratio`` (1: twice the rate; -1: half), ``log_odds_z`` (Monroe's ranking),
    ``text_dispersion`` (G2 of articles), ``p`` and ``p_adjusted`` (0 to 1; articles permuted, by event where
    both sides have the events; max-T over all words tested; missing for words in fewer than `min_articles`),
    ``dp, dp_norm`` (0 even to 1 clumped) and ``juilland_d`` (1 even to 0) over the target's articles, then
    ``n_articles, n_events, smallest_p`` (what the sample could show at best) and ``method``.

    Notes
    -----
    An open list explores. Where there is nothing to find (one outlet split at random, 400 times) evidence by token
    calls 14 % of words significant, ``p`` 4 %, and ``p_adjusted`` any word in 4 to 6 % of splits: trust the last,
    and declare before looking which words you will claim. `keyness_note` says how much a list of this size can
    claim. Voice is as good as `find_quotes`.
    """
    measures = [measures] if isinstance(measures, str) else list(measures)
    unknown = [name for name in measures if name not in MEASURES and name != RATE]
    if unknown:
        raise ValueError(
            f"There is no measure {', '.join(map(str, unknown))}; there are {', '.join(MEASURES)}, {RATE}."
        )
    require_columns(articles, ["text", *([] if by == "outlet" else [by])], made_by="read_articles")
    if articles.empty:
        return pd.DataFrame({column: pd.Series(dtype="object") for column in _columns(measures)})
    reference = "rest" if reference is None else reference
    if isinstance(reference, pd.DataFrame) and "text" in reference:
        other = reference.assign(**{by: "reference"})
        other["article_id"] = "reference " + pd.Series(range(len(other)), index=other.index).astype(str)
        articles, reference, quotes = pd.concat([articles, other], ignore_index=True), "reference", None
    renamed = articles if by == "outlet" else articles.assign(outlet=articles[by])
    counts = word_counts(renamed, unit=unit, voice=voice, pos=pos, quotes=quotes)
    return keyness_of(
        counts,
        reference=reference,
        measures=measures,
        min_n=min_n,
        min_articles=min_articles,
        n_permutations=n_permutations,
        seed=seed,
    )


def keyness_by_event(
    articles: pd.DataFrame,
    *,
    unit: str = "topic",
    voice: Voice = "outlet",
    pos: str | Sequence[str] | None = None,
    min_n: int = MIN_IN_EVENT,
    top: int | None = 10,
    quotes: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """The words and phrases that part the outlets within each event, with counts per article.

    Parameters
    ----------
    articles : as from `read_articles`, with ``event``; events of one outlet are left out.
    unit, voice, pos, quotes : as for `keyness`; by default words and phrases of a topic in the outlets' own voice.
    min_n : occurrences in the event that a word needs. top : words of each event; None for all.

    Returns
    -------
    One row per event and word, events in order, most evidence first: ``outlet``, which uses it most beside the others;
    ``n_target, n_reference`` (occurrences in its articles and in the others' articles on the event);
    ``log_likelihood`` (four-cell G2, 0 up) and ``log_ratio`` (1: twice the rate); ``counts``: ``(article_id, outlet,
    n)`` of every article on the event, zeros too.

    Notes
    -----
    Description, places to look: a few articles show nothing about an outlet's habit, so there is no p. Whether a
    difference comes back over events is asked of `keyness`.
    """
    require_columns(articles, ["text", "event"], made_by="read_articles")
    if articles.empty:
        return pd.DataFrame({column: pd.Series(dtype="object") for column in EVENT_COLUMNS})
    counts = word_counts(articles, unit=unit, voice=voice, pos=pos, quotes=quotes)
    found = [
        table
        for _, here in counts.articles.groupby("event", sort=True)
        if here["outlet"].nunique() > 1 and len(table := _parting_words(counts, here, min_n, top))
    ]
    if not found:
        return pd.DataFrame({column: pd.Series(dtype="object") for column in EVENT_COLUMNS})
    return pd.concat(found, ignore_index=True)[EVENT_COLUMNS]


def _parting_words(counts: WordCounts, here: pd.DataFrame, min_n: int, top: int | None) -> pd.DataFrame:
    """The words of one event, each with the outlet that uses it most beside the others."""
    rows = here.index.to_numpy()
    together = _sums(counts.matrix[rows])
    listed = np.flatnonzero(together >= min_n)
    if not len(listed):
        return pd.DataFrame()
    matrix, sizes, sides = counts.matrix[rows][:, listed].toarray(), counts.sizes[rows], here["outlet"].astype(str)
    tables = []
    for outlet in sorted(set(sides)):
        ours = (sides == outlet).to_numpy()
        n, others = matrix[ours].sum(axis=0), matrix[~ours].sum(axis=0)
        row = n, sizes[ours].sum(), others, sizes[~ours].sum()
        tables.append(
            pd.DataFrame(
                {
                    "place": range(len(listed)),
                    "outlet": outlet,
                    "n_target": n.astype(int),
                    "n_reference": others.astype(int),
                    "log_likelihood": statistics.log_likelihood(*row),
                    "log_ratio": statistics.log_ratio(*row),
                }
            )
        )
    table = pd.concat(tables, ignore_index=True)
    table = table[table["log_ratio"] > 0].assign(word=lambda found: counts.words[listed[found["place"]]])
    table = _ordered(table).drop_duplicates("place")
    ids = list(zip(here["article_id"], sides, strict=True))
    told = [
        tuple((article, outlet, int(n)) for (article, outlet), n in zip(ids, matrix[:, place], strict=True))
        for place in table["place"]
    ]
    table = table.assign(event=here["event"].iloc[0], counts=pd.Series(told, index=table.index, dtype="object"))
    return table if top is None else table.head(top)


@on_one_thread
def keyness_of(
    counts: WordCounts,
    *,
    reference: Any = "rest",
    measures: Sequence[str] = (),
    min_n: int = MIN_N,
    min_articles: int = MIN_ARTICLES,
    n_permutations: int = 999,
    seed: int = 0,
) -> pd.DataFrame:
    """`keyness` of words counted before, as by `word_counts`; `reference` is no table of articles here.

    Raises ``ValueError`` where there is nothing to set an outlet against.
    """
    sides = counts.articles["outlet"].astype(str).to_numpy()
    if isinstance(reference, pd.DataFrame):
        tables = [_against_list(counts, sides, outlet, reference, measures, min_n) for outlet in sorted(set(sides))]
    else:
        tables = [
            _against_articles(counts, sides, outlet, other, measures, min_n, min_articles, n_permutations, seed)
            for outlet, other in _contrasts(sorted(set(sides)), reference)
        ]
    tables = [table for table in tables if len(table)]
    columns = _columns(measures)
    if not tables:
        return pd.DataFrame({column: pd.Series(dtype="object") for column in columns})
    return pd.concat(tables, ignore_index=True)[columns]


def _columns(measures: Sequence[str]) -> list[str]:
    wide = [column for name in measures for column in ([name] if name != RATE else [RATE, *RATE_ENDS])]
    return [*COLUMNS[:10], *wide, *COLUMNS[10:]]


def keyness_note(table: pd.DataFrame) -> str:
    """One or two sentences on how much a keyness list of this size can claim, to stand above it."""
    require_columns(table, ["p_adjusted", "smallest_p", "n_articles", "n_events", "word"], made_by="keyness")
    if table.empty:
        return "No word occurs often enough to be compared."
    head = f"{count(table['word'].nunique(), 'word')} compared"
    tested = table[table["p"].notna()]
    if tested.empty:
        return (
            f"{head} without a test: {count(table['n_articles'].max(), 'article')}. Permuting articles needs articles on "
            f"both sides and words that occur in {MIN_ARTICLES} of them; the evidence by token is description."
        )
    n, events = int(tested["n_articles"].max()), int(tested["n_events"].max())
    lowest = float(tested["smallest_p"].min())
    survive = int((tested["p_adjusted"].astype(float) < ALPHA).sum())
    size = count(n, "article") + (f" on {count(events, 'event')}" if events else "")
    if lowest > ALPHA:
        return (
            f"{head} in {size}. The smallest p this sample can give is {p_words(lowest, exact=True)}: no "
            "word can be shown to differ, whatever its count. Read the list as places to look, with the sentences "
            "behind it."
        )
    seen = max((size for size in SEEN if size <= max(events, min(SEEN))), default=10)
    return (
        f"{head} in {size}, {count(len(tested), 'row')} tested; {survive} with p < .05 when all words of an outlet are "
        "taken together. An open list explores: "
        f"with {seen} events, {count(SEEN[seen], 'word')} of such a list held in news where three outlets covered the "
        "same events. Claims need a few contrasts declared beforehand."
    )


def _contrasts(outlets: list[str], reference: Any) -> Iterator[tuple[str, str]]:
    if len(outlets) < 2:
        raise ValueError(
            f"Keyness compares outlets, and words were found of {', '.join(outlets) or 'none'} only. Add "
            "articles of another outlet, or pass reference= a table of articles or a frequency list."
        )
    if reference == "pairs":
        yield from permutations(outlets, 2)
    elif reference == "rest":
        yield from ((outlet, "rest") for outlet in outlets)
    elif reference in outlets:
        yield from ((outlet, reference) for outlet in outlets if outlet != reference)
    else:
        raise ValueError(
            f"reference is {reference!r}; the outlets are {outlets}. Name one of them, or pass 'rest', "
            "'pairs', a table of articles or a frequency list."
        )


def _against_articles(
    counts: WordCounts,
    sides: np.ndarray,
    outlet: str,
    reference: str,
    measures: Sequence[str],
    min_n: int,
    min_articles: int,
    n_permutations: int,
    seed: int,
) -> pd.DataFrame:
    ours = sides == outlet
    theirs = ~ours if reference == "rest" else sides == reference
    n_target, n_reference = _sums(counts.matrix[ours]), _sums(counts.matrix[theirs])
    listed = np.flatnonzero(n_target + n_reference >= min_n)
    if not len(listed):
        return pd.DataFrame()
    sizes = counts.sizes[ours].sum(), counts.sizes[theirs].sum()
    table = _measured(counts.words, n_target, n_reference, sizes, listed, measures)
    table["outlet"], table["reference"] = outlet, reference
    if RATE in measures:
        table = table.assign(**_rate_difference(counts, [(ours, 1), (theirs, -1)], listed, 0.0))
    with_target = _sums(counts.matrix[ours][:, listed] > 0).astype(int)
    with_reference = _sums(counts.matrix[theirs][:, listed] > 0).astype(int)
    table["n_articles_target"], table["n_articles_reference"] = with_target, with_reference
    table["text_dispersion"] = statistics.text_dispersion_keyness(with_target, ours.sum(), with_reference, theirs.sum())
    even = spread(counts.matrix[ours][:, listed], counts.sizes[ours])
    table[["dp", "dp_norm", "juilland_d"]] = even[["dp", "dp_norm", "juilland_d"]]
    tested = _tested(counts, ours | theirs, sides, listed, outlet, reference, min_articles, n_permutations, seed)
    return _ordered(pd.concat([table, tested], axis=1))


def _tested(
    counts: WordCounts,
    used: np.ndarray,
    sides: np.ndarray,
    listed: np.ndarray,
    outlet: str,
    reference: str,
    min_articles: int,
    n_permutations: int,
    seed: int,
) -> pd.DataFrame:
    """Rates per article, articles permuted: only `framing.compare` gives p values."""
    from scipy.sparse import diags

    from framing.stats.comparison import max_t

    columns = ["p", "p_adjusted", "smallest_p", "n_articles", "n_events", "method"]
    matrix = counts.matrix[used][:, listed]
    wide = np.flatnonzero(np.asarray((matrix > 0).sum(axis=0)).ravel() >= min_articles)
    events = counts.articles["event"].to_numpy(dtype=object)[used]
    blank = pd.DataFrame(np.nan, index=range(len(listed)), columns=columns[:3]).assign(
        n_articles=int(used.sum()), n_events=pd.Series(events).nunique(), method="not tested"
    )
    if not n_permutations or not len(wide):
        return blank
    rates = diags(1 / counts.sizes[used]) @ matrix[:, wide]
    tested = max_t(
        rates.tocsr(),
        sides[used],
        events,
        target=outlet,
        n_permutations=n_permutations,
        seed=seed,
        reference=None if reference == "rest" else reference,
    )[columns]
    tested.index = pd.Index(wide)
    return (
        tested.reindex(range(len(listed)))
        .fillna({**blank.iloc[0, 3:], "method": "in too few articles to test"})
        .astype({"n_articles": int, "n_events": int})
    )


def _against_list(
    counts: WordCounts, sides: np.ndarray, outlet: str, reference: pd.DataFrame, measures: Sequence[str], min_n: int
) -> pd.DataFrame:
    require_columns(reference, ["word", "n"], made_by="frequencies")
    listed_n = reference.groupby(reference["word"].astype(str).str.lower())["n"].sum()
    ours = sides == outlet
    n_target = _sums(counts.matrix[ours])
    n_reference = pd.Series(counts.words).map(listed_n).fillna(0).to_numpy(dtype=float)
    listed = np.flatnonzero((n_target > 0) & (n_target + n_reference >= min_n))
    if not len(listed):
        return pd.DataFrame()
    sizes = counts.sizes[ours].sum(), float(reference["n"].sum())
    table = _measured(counts.words, n_target, n_reference, sizes, listed, measures)
    even = spread(counts.matrix[ours][:, listed], counts.sizes[ours])
    if RATE in measures:
        table = table.assign(**_rate_difference(counts, [(ours, 1)], listed, n_reference[listed] / sizes[1]))
    table = table.assign(
        outlet=outlet,
        reference="frequency list",
        n_articles_target=even["n_articles"],
        n_articles_reference=pd.NA,
        text_dispersion=np.nan,
        dp=even["dp"],
        dp_norm=even["dp_norm"],
        juilland_d=even["juilland_d"],
        p=np.nan,
        p_adjusted=np.nan,
        smallest_p=np.nan,
        n_articles=int(ours.sum()),
        n_events=counts.articles["event"][ours].nunique(),
        method="not tested: a list has no articles to permute",
    )
    return _ordered(table)


def _measured(
    words: np.ndarray,
    n_target: np.ndarray,
    n_reference: np.ndarray,
    sizes: tuple[float, float],
    listed: np.ndarray,
    measures: Sequence[str],
) -> pd.DataFrame:
    row = n_target[listed], sizes[0], n_reference[listed], sizes[1]
    prior = (n_target + n_reference) / (n_target + n_reference).sum() * min(sizes) + 0.01
    _, z = statistics.log_odds_dirichlet(n_target, n_reference, prior)
    return pd.DataFrame(
        {
            "word": words[listed],
            "n_target": n_target[listed].astype(int),
            "n_reference": n_reference[listed].astype(int),
            "per_million_target": row[0] / row[1] * 1e6,
            "per_million_reference": row[2] / row[3] * 1e6,
            "log_likelihood": statistics.log_likelihood(*row),
            "log_ratio": statistics.log_ratio(*row),
            "log_odds_z": z[listed],
            **{name: MEASURES[name](*row) for name in measures if name != RATE},
        }
    )


def _rate_difference(
    counts: WordCounts, sides: Sequence[tuple[np.ndarray, int]], listed: np.ndarray, known: Any
) -> dict[str, np.ndarray]:
    """Target's rate less the reference's, per million, and its interval: events vary, or articles without an event.

    Rates are ratios of sums, whose variance is taken by linearisation over clusters (Cochran, *Sampling Techniques*,
    1977, ch. 6 and 10); `known` is the rate of a reference that does not vary.
    """
    from scipy.sparse import csr_matrix

    events = counts.articles["event"].astype(object)
    cluster = np.asarray(pd.factorize(events.where(events.notna(), counts.articles["article_id"]).astype(str))[0])
    gap, moves, seen = -np.asarray(known, dtype=float), np.zeros((cluster.max() + 1, len(listed))), set()
    for mask, sign in sides:
        sizes, matrix = counts.sizes[mask].astype(float), counts.matrix[mask][:, listed]
        rate = _sums(matrix) / sizes.sum()
        within = csr_matrix((np.ones(mask.sum()), (cluster[mask], np.arange(mask.sum()))), (len(moves), mask.sum()))
        moves += sign * ((within @ matrix).toarray() - np.outer(within @ sizes, rate)) / sizes.sum()
        gap = gap + sign * rate
        seen |= set(cluster[mask])
    n = len(seen)
    half = (
        stdtrit(n - 1, 0.975) * np.sqrt(n / (n - 1) * (moves**2).sum(axis=0)) if n > 1 else np.full(len(listed), np.nan)
    )
    return {RATE: gap * 1e6, RATE_ENDS[0]: (gap - half) * 1e6, RATE_ENDS[1]: (gap + half) * 1e6}


def _ordered(table: pd.DataFrame) -> pd.DataFrame:
    rounded = table["log_likelihood"].round(9)  # the last digit of a sum must not decide the order
    order = np.lexsort((table["word"].to_numpy(dtype=str), -rounded.to_numpy()))
    return table.iloc[order].reset_index(drop=True)


def _sums(matrix: Any) -> np.ndarray:
    return np.asarray(matrix.sum(axis=0)).ravel().astype(float)
