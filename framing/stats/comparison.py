"""Compare outlets within the same events: estimates, intervals and p values that hold for few articles.

The article is the unit, never the word, and outlets are compared on the events they share. Everything in
`framing` that shows an interval or a p value gets it here, from `permutation`, `resampling` and `shares`.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from framing.precision import on_one_thread
from framing.stats.intervals import difference_interval, newcombe, newcombe_paired, ratio_interval, wilson
from framing.stats.pairing import (
    FEWEST,
    Contrast,
    article_rows,
    articles_of,
    cells_of,
    cluster_needed,
    columns_needed,
    draws_needed,
    events_of,
    line_up,
    numbers,
    outlet_pairs,
    plural,
)
from framing.stats.permutation import Tested, benjamini_hochberg, rearrange, shuffle, sign_flip, weights
from framing.tables import COLUMNS

LEAST_DRAWS = 19  # permutations or resamples: with fewer no p can be .05
ESTIMATES = ["estimate", "low", "high", "n_articles", "n_events", "method"]


@on_one_thread
def estimate_by(
    table: pd.DataFrame,
    value: str,
    *,
    per: str | None = None,
    by: str | Sequence[str] = "outlet",
    cluster: str | None = "event",
    n_boot: int = 2000,
    seed: int = 0,
) -> pd.DataFrame:
    """Mean of a per-article value, or ratio of two sums, for each outlet, with a 95 % interval.

    Parameters
    ----------
    table : one row per article (and, with `by` naming more columns, per item), zeros included.
    value, per : the column to average; with `per`, the estimate is ``sum(value) / sum(per)``, for example
        quoted words per word. Rows without a value or with nothing in `per` are left out.
    by : column or columns that define the groups. cluster : what is resampled; rows without one are clusters of
        their own, and so is every row of a table without the column "event".

    Returns
    -------
    One row per group, sorted: the group, ``estimate, low, high``, ``n_articles``, ``n_events`` (clusters)
    and ``method``. Shares of articles (zeros and ones, one article per event) get Wilson's interval;
    everything else a studentised bootstrap over events, or the jackknife below five events. ``low`` and
    ``high`` are missing with fewer than two events or no variation; shares that are 0 or 1 in every event get
    Wilson's interval with the event as unit. Raises ``ValueError`` for a missing column or words instead of numbers.

    Notes
    -----
    How often the intervals hold the true value in real news is measured in docs/comparisons.md. They
    describe one outlet; to claim a difference use `compare`, which pairs events.
    """
    groups = [by] if isinstance(by, str) else list(by)
    columns_needed(table, *groups, value, per)
    cluster_needed(table, cluster)
    draws_needed(n_boot, "n_boot", LEAST_DRAWS)
    keys = [f"by{i}" for i in range(len(groups))]
    rows = pd.DataFrame({key: table[name].to_numpy() for key, name in zip(keys, groups, strict=True)})
    rows["value"], rows["weight"] = numbers(table, value), numbers(table, per) if per else 1.0
    rows["article"] = articles_of(table)
    rows["cluster"] = events_of(table, cluster, rows["article"])
    rows = rows[rows["value"].notna() & rows["weight"].gt(0)].dropna(subset=keys)
    rows = rows.sort_values([*keys, "cluster", "article", "value", "weight"], kind="stable")
    clusters = rows.groupby([*keys, "cluster"], sort=True)[["value", "weight"]].sum()
    together = rows.assign(plain=rows["value"].isin([0, 1])).groupby(keys, sort=True)
    n_rows, n_articles, plain = together.size(), together["article"].nunique(), together["plain"].all()
    of_group = clusters.index.droplevel("cluster")
    edges = np.flatnonzero(of_group[1:] != of_group[:-1]) + 1
    found: list[dict[str, Any]] = []
    for number, sums in enumerate(np.split(clusters.to_numpy(float), edges) if len(clusters) else []):
        hits, total = sums.T
        if per is None and len(sums) == n_rows.iloc[number] and plain.iloc[number]:
            low, high = map(float, wilson(hits.sum(), total.sum()))
            method = "Wilson"
        else:
            low, high, method = ratio_interval(hits, total, n_boot=n_boot, seed=seed)
            least, most = (hits >= 0).all(), bool(per) and (hits <= total).all()
            if least and most and not np.isfinite(low) and hits.sum() in (0, total.sum()):
                low, high = map(float, wilson(len(hits) * hits.sum() / total.sum(), len(hits)))
                method = "Wilson over events"
            low, high = max(low, 0.0) if least else low, min(high, 1.0) if least and most else high
        key = n_rows.index[number]
        found.append(
            {
                **dict(zip(groups, key if len(groups) > 1 else [key], strict=True)),
                "estimate": hits.sum() / total.sum(),
                "low": low,
                "high": high,
                "n_articles": int(n_articles.iloc[number]),
                "n_events": len(sums),
                "method": method,
            }
        )
    return pd.DataFrame(found, columns=[*groups, *ESTIMATES])


@on_one_thread
def compare(
    table: pd.DataFrame,
    value: str | Sequence[str],
    *,
    per: str | None = None,
    by: str = "outlet",
    pair: str | None = "event",
    reference: str | None = None,
    items: str | None = None,
    measure: str | None = None,
    n_permutations: int = 9999,
    n_boot: int = 2000,
    seed: int = 0,
) -> pd.DataFrame:
    """How much outlets differ on a per-article measure, within the events that both covered.

    Parameters
    ----------
    table : one row per article with `by`, `pair` and the value. With `items` naming a column (a label, a
        source, a target) one row per article and item, zeros included; each item is then a measure.
    value : column, or columns, to compare; with `per`, the ratio ``sum(value) / sum(per)`` per outlet and
        event, and an article may have several rows.
    reference : an outlet that all others are compared with; "rest" for each outlet against the others; None
        for all pairs. pair : None compares all articles without pairing.
    measure : what to call the measure in the result; by default the column's or the item's name.

    Returns
    -------
    One row per measure and contrast. ``estimate`` is `outlet` minus `reference`: the mean over events of the
    difference within each event (several articles of one outlet on one event are averaged first), with
    ``low`` and ``high`` (95 %); ``effect_size`` (``effect`` names it: Cohen's d_z of paired differences,
    Hedges' g unpaired); ``target_value`` and ``reference_value``; the two-sided permutation ``p``;
    ``p_adjusted`` by step-down max-T over all rows of this call, for claims; ``q_value``
    (Benjamini-Hochberg), for exploration; ``smallest_p``, the least p this row could have had;
    ``n_articles`` and ``n_events`` used; ``note`` on what was left out; ``declared`` (False: see
    `compare_declared`).

    Notes
    -----
    Read ``smallest_p`` before ``p``: five events cannot go below .0625, and an event in which both outlets
    have the same value adds nothing. Outlets that share fewer than two events cannot be paired; their
    articles are shuffled instead, and the note says so: such a difference may come from different events.
    Events count equally, so ``estimate`` differs a little from the difference of two `estimate_by` rows.
    Against the rest, any outlet of an event may play the target, so that few events with many outlets can
    show more than pairs can. The max-T over several pairs of outlets swaps the two sides of all pairs of an
    event together, which holds approximately; the outlets compared with the rest are joined by Bonferroni.
    False-alarm rates and coverage on real news are in docs/comparisons.md.

    Raises ``ValueError`` for a missing column, words instead of numbers, an unknown `reference`, or several
    rows for one article without `per` or `items`.

    References
    ----------
    Westfall & Young (1993); Phipson & Smyth (2010); Efron & Tibshirani (1993), ch. 12 (bootstrap-t).
    """
    values = [value] if isinstance(value, str) else list(value)
    columns_needed(table, by, *values, per, items)
    cluster_needed(table, pair)
    draws_needed(n_permutations, "n_permutations", LEAST_DRAWS)
    draws_needed(n_boot, "n_boot", LEAST_DRAWS)
    contrasts, lost = [], 0
    everyone = outlet_pairs(sorted(set(table[by].dropna().astype(str))), reference)
    for column in values:
        name: Any = measure or column
        if items is not None:
            labels = table[items].astype(object).reset_index(drop=True)
            name = labels if measure is None else labels.map(lambda label: f"{measure}: {label}")
        rows, n_lost = article_rows(table, column, per=per, by=by, event=pair or "event", name=name)
        lost = max(lost, n_lost)
        for cells in cells_of(rows):
            contrasts += [line_up(cells, outlet, other, paired=pair is not None) for outlet, other in everyone]
    result = results(contrasts, n_permutations=n_permutations, n_boot=n_boot, seed=seed)
    if lost:
        left_out = f"{lost} {plural('article', lost)} without a value left out"
        result["note"] = [f"{note}; {left_out}" if note else left_out for note in result["note"]]
    return result


@on_one_thread
def max_t(
    values: Any,
    outlets: ArrayLike,
    events: ArrayLike | None,
    *,
    target: str,
    reference: str | None = None,
    n_permutations: int = 999,
    seed: int = 0,
) -> pd.DataFrame:
    """Test many measures at once (words, labels) for one outlet against another, or against all others.

    Parameters
    ----------
    values : articles x measures, a dense array, a SciPy sparse matrix or a table; no missing values.
    outlets, events : one per article. Where both sides share at least two events the test is paired by event
        (articles of one outlet on one event are averaged; of several other outlets any may play the target),
        else the articles are shuffled.

    Returns
    -------
    One row per measure in the order given: ``measure`` (its number, or column name), ``estimate`` (mean
    difference), ``statistic`` (Student's t), ``p``, ``p_adjusted`` (step-down max-T over all measures),
    ``smallest_p``, ``n_articles``, ``n_events``, ``method``.
    """
    draws_needed(n_permutations, "n_permutations", LEAST_DRAWS)
    names = list(values.columns) if isinstance(values, pd.DataFrame) else list(range(values.shape[1]))
    matrix = values.to_numpy(float) if isinstance(values, pd.DataFrame) else values
    outlet = np.asarray(outlets).astype(str)
    if matrix.shape[0] != len(outlet):
        raise ValueError(
            f"There are {matrix.shape[0]} rows of values but {len(outlet)} outlets. "
            "Pass one outlet and one event for each row."
        )
    ours = outlet == target
    theirs = ~ours if reference in (None, "rest") else outlet == reference
    if not ours.any() or not theirs.any():
        raise ValueError(
            f"Nothing to compare: {ours.sum()} articles of {target!r} and {theirs.sum()} of "
            f"{reference or 'other outlets'!r}. The outlets are {sorted(set(outlet))}."
        )
    known = np.full(len(outlet), None) if events is None else np.asarray(events, dtype=object)
    event = events_of(pd.DataFrame({"event": known}), "event", range(len(outlet))).to_numpy(object)
    shared = np.intersect1d(event[ours].astype(str), event[theirs].astype(str))
    paired = len(shared) >= FEWEST
    if paired:
        inside = np.isin(event.astype(str), shared)
        ours, theirs = ours & inside, theirs & inside
        tested = _tested_by_event(matrix, event.astype(str), outlet, ours, theirs, n_permutations, seed)
    else:
        first, second = (_units(matrix, event, outlet, side) for side in (ours, theirs))
        tested = shuffle(first, second, n_permutations=n_permutations, seed=seed)
    used = ours | theirs
    n_events = len({name for name, given in zip(event[used], pd.notna(known)[used], strict=True) if given})
    return pd.DataFrame(
        {
            "measure": names,
            "estimate": tested.estimate,
            "statistic": tested.statistic,
            "p": tested.p,
            "p_adjusted": tested.p_adjusted,
            "smallest_p": tested.smallest_p,
            "n_articles": int(used.sum()),
            "n_events": n_events,
            "method": tested.method,
        }
    )


def _tested_by_event(
    matrix: Any,
    event: np.ndarray,
    outlet: np.ndarray,
    ours: np.ndarray,
    theirs: np.ndarray,
    n_permutations: int,
    seed: int,
) -> Tested:
    """Test articles x measures by event: swap two equal sides, else rearrange the articles."""
    from scipy.sparse import csr_matrix

    chosen = np.flatnonzero(ours | theirs)
    chosen = chosen[np.lexsort((outlet[chosen], theirs[chosen], event[chosen]))]  # event by event, target first
    blocks = []
    for here in np.split(chosen, np.flatnonzero(event[chosen][1:] != event[chosen][:-1]) + 1):
        sizes = [len(list(run)) for _, run in groupby(outlet[here])]
        blocks.append((here, weights(sizes, event[here[0]])))
    most = max(len(table) for _, table in blocks)
    rows = np.concatenate(
        [np.repeat(i * most + np.arange(len(table)), table.shape[1]) for i, (_, table) in enumerate(blocks)]
    )
    columns = np.concatenate([np.tile(here, len(table)) for here, table in blocks])
    entries = np.concatenate([table.ravel() for _, table in blocks])
    found = csr_matrix((entries, (rows, columns)), shape=(len(blocks) * most, matrix.shape[0])) @ matrix
    found = np.asarray(found.toarray() if hasattr(found, "toarray") else found, float)
    found = found.reshape(len(blocks), most, -1)
    if most == 2:
        return sign_flip(found[:, 0], n_permutations=n_permutations, seed=seed)
    for i, (_, table) in enumerate(blocks):
        found[i, len(table) :] = np.nan
    return rearrange(found, n_permutations=n_permutations, seed=seed)


def _units(matrix: Any, event: np.ndarray, outlet: np.ndarray, side: np.ndarray) -> np.ndarray:
    """Events and outlets x measures: means of one side's articles."""
    from scipy.sparse import csr_matrix

    chosen = np.flatnonzero(side)
    rows = pd.DataFrame({"event": event[chosen].astype(str), "outlet": outlet[chosen]})
    together = rows.groupby(["event", "outlet"], sort=True)
    size, group = together["outlet"].transform("size").to_numpy(), together.ngroup().to_numpy()
    means = csr_matrix((1.0 / size, (group, chosen)), shape=(int(group.max()) + 1, matrix.shape[0])) @ matrix
    return np.asarray(means.toarray() if hasattr(means, "toarray") else means, float)


# Contrasts that are claimed, or explored, as one family: estimates, intervals, p values, one table.


@on_one_thread
def results(
    contrasts: Sequence[Contrast], *, n_permutations: int = 9999, n_boot: int = 2000, seed: int = 0
) -> pd.DataFrame:
    """The comparisons table of contrasts that are claimed, or explored, as one family."""
    if not contrasts:
        return pd.DataFrame(columns=COLUMNS["comparisons"])
    rows = [_describe(contrast, n_boot=n_boot, seed=seed) for contrast in contrasts]
    for row, tested in zip(rows, _p_values(contrasts, n_permutations, seed), strict=True):
        row |= tested
        row["method"] = f"{row.pop('test')}; {row['method']}" if row["test"] else row["method"]
    table = pd.DataFrame(rows)
    table["q_value"] = benjamini_hochberg(table["p"].to_numpy(float))
    table["declared"] = False
    return table.reindex(columns=COLUMNS["comparisons"])


def _describe(contrast: Contrast, *, n_boot: int, seed: int) -> dict[str, Any]:
    """Everything about a contrast but its p values; missing where a side has no articles."""
    first, second = contrast.first, contrast.second
    row: dict[str, Any] = {
        name: getattr(contrast, name) for name in ("measure", "outlet", "reference", "n_articles", "n_events", "note")
    }
    row |= {
        "effect": "Cohen's d_z" if contrast.paired else "Hedges' g",
        "effect_size": np.nan,
        "target_value": first.mean() if len(first) else np.nan,
        "reference_value": second.mean() if len(second) else np.nan,
    }
    if not len(first) or not len(second):
        return row | {"estimate": np.nan, "low": np.nan, "high": np.nan, "method": "nothing to compare"}
    if contrast.paired:
        difference = first - second
        estimate, spread = difference.mean(), difference.std(ddof=1)
        low, high, method = paired_interval(contrast, n_boot=n_boot, seed=seed)
        row["effect_size"] = estimate / spread if spread > 0 else np.nan
    else:
        estimate = first.mean() - second.mean()
        if contrast.shares:
            low, high = map(float, newcombe(first.sum(), len(first), second.sum(), len(second)))
            method = "Newcombe"
        else:
            low, high, method = difference_interval(first, second, n_boot=n_boot, seed=seed)
        row["effect_size"] = _hedges(first, second)
    return row | {"estimate": estimate, "low": low, "high": high, "method": method}


def paired_interval(contrast: Contrast, *, n_boot: int = 2000, seed: int = 0) -> tuple[float, float, str]:
    """Interval of the mean difference within events; Newcombe's for articles that are a plain yes or no.

    Where several outlets or articles make a side and its shares do not vary, the events count as so many
    independent yeses and noes, which is cautious.
    """
    first, second = contrast.first, contrast.second
    if contrast.shares:
        low, high = newcombe_paired(
            int((first * second).sum()),
            int((first * (1 - second)).sum()),
            int(((1 - first) * second).sum()),
            int(((1 - first) * (1 - second)).sum()),
        )
        return low, high, "Newcombe, paired"
    low, high, method = ratio_interval(first - second, difference=True, n_boot=n_boot, seed=seed)
    if contrast.yes_no and not np.isfinite(high - low):
        n = len(first)
        low, high = map(float, newcombe(first.sum(), n, second.sum(), n))
        method = "Newcombe over events"
    return (max(low, -1.0), min(high, 1.0), method) if contrast.yes_no else (low, high, method)


def _p_values(contrasts: Sequence[Contrast], n_permutations: int, seed: int) -> list[dict[str, Any]]:
    """p values of every contrast: one max-T over all pairs of outlets compared by event, one for each outlet
    compared with the rest, each unpaired contrast alone; joined by Bonferroni over these blocks."""
    members: dict[tuple[str, Any], list[int]] = {}
    for i, contrast in enumerate(contrasts):
        if not len(contrast.first) or not len(contrast.second):
            continue
        kind = "unpaired" if not contrast.paired else "rest" if contrast.reference == "rest" else "pairs"
        which = {"unpaired": i, "pairs": 0, "rest": contrast.outlet}[kind]
        members.setdefault((kind, which), []).append(i)
    missing = {"p": np.nan, "p_adjusted": np.nan, "smallest_p": np.nan, "test": ""}
    found: list[dict[str, Any]] = [dict(missing) for _ in contrasts]
    for (design, _), block in members.items():
        here = [contrasts[i] for i in block]
        if design == "unpaired":
            tested = shuffle(here[0].first, here[0].second, n_permutations=n_permutations, seed=seed)
        elif all(contrast.ways is None for contrast in here):
            differences = _by_event([c.events for c in here], [c.first - c.second for c in here])
            tested = sign_flip(differences, n_permutations=n_permutations, seed=seed)
        else:
            tested = rearrange(
                _by_event([c.events for c in here], [_ways(c) for c in here]), n_permutations=n_permutations, seed=seed
            )
        for place, i in enumerate(block):
            found[i] = {
                "p": tested.p[place],
                "smallest_p": tested.smallest_p[place],
                "test": tested.method,
                "p_adjusted": min(1.0, tested.p_adjusted[place] * len(members)),
            }
    return found


def _ways(contrast: Contrast) -> np.ndarray:
    """Differences of a paired contrast under every arrangement of each event."""
    difference = contrast.first - contrast.second
    return np.column_stack([difference, -difference]) if contrast.ways is None else contrast.ways


def _by_event(events: Sequence[np.ndarray], values: Sequence[np.ndarray]) -> np.ndarray:
    """Values of several contrasts, each with events of its own, in one array: events (x arrangements) x contrasts."""
    every = np.array(sorted({event for some in events for event in some}))
    width = tuple(max(value.shape[1] for value in values) for _ in values[0].shape[1:])
    table = np.full((len(every), *width, len(values)), np.nan)
    for place, (some, value) in enumerate(zip(events, values, strict=True)):
        at = np.searchsorted(every, some.astype(str))
        if width:
            table[at, : value.shape[1], place] = value
        else:
            table[at, place] = value
    return table


def _hedges(first: np.ndarray, second: np.ndarray) -> float:
    """Standardised difference of two groups, corrected for few articles (Hedges 1981)."""
    freedom = len(first) + len(second) - 2
    if freedom < 2:
        return np.nan
    squares = ((first - first.mean()) ** 2).sum() + ((second - second.mean()) ** 2).sum()
    if not squares > 0:
        return np.nan
    return float((first.mean() - second.mean()) / np.sqrt(squares / freedom) * (1 - 3 / (4 * freedom - 1)))


@on_one_thread
def alike(
    values: ArrayLike, outlets: ArrayLike, events: ArrayLike, *, n_permutations: int = 999, seed: int = 0
) -> tuple[float, float]:
    """Do all outlets make the same choice? One p for several outlets and several shares at once.

    Parameters
    ----------
    values : articles x shares (of the names of one thing, say). outlets, events : one per article; articles
        without an event are left out.

    Returns
    -------
    ``p`` and the smallest it could have been, from handing the articles of each event to its outlets at random. The
    statistic is the sum, over outlets and shares, of the squared sum over events of the article's difference from the
    mean of its event: large where an outlet chooses alike event after event. Both missing where fewer than two events
    hold articles of two outlets that differ.
    """
    draws_needed(n_permutations, "n_permutations", LEAST_DRAWS)
    table = np.asarray(values, dtype=float).reshape(len(np.asarray(outlets)), -1)
    outlet, event = np.asarray(outlets, dtype=object), np.asarray(events, dtype=object)
    places = {name: np.flatnonzero(event == name) for name in sorted({str(e) for e in event if pd.notna(e)})}
    texts = np.array([str(e) if pd.notna(e) else "" for e in event], dtype=object)
    places = {name: np.flatnonzero(texts == name) for name in places}
    kept, ways = [], 1.0
    for rows in places.values():
        centred = table[rows] - table[rows].mean(axis=0)
        if len(rows) > 1 and np.abs(centred).max() > 1e-9 and len(set(outlet[rows])) > 1:
            kept.append((rows, centred))
            ways *= len({tuple(row) for row in np.round(centred, 9).tolist()})
    if len(kept) < FEWEST:
        return float("nan"), float("nan")
    columns = {name: number for number, name in enumerate(sorted({str(o) for rows, _ in kept for o in outlet[rows]}))}
    draw = np.random.default_rng(seed)
    sums = np.zeros((n_permutations + 1, len(columns), table.shape[1]))
    for rows, centred in kept:
        who = np.array([columns[str(name)] for name in outlet[rows]])
        orders = np.argsort(draw.random((n_permutations + 1, len(rows))), axis=1)
        orders[0] = np.arange(len(rows))
        for place, number in enumerate(who):
            sums[:, number] += centred[orders[:, place]]
    statistic = (sums**2).sum(axis=(1, 2))
    p = float((statistic >= statistic[0] - 1e-9).sum() / (n_permutations + 1))
    least = float((statistic >= statistic.max() - 1e-9).sum() / (n_permutations + 1))
    return p, least


FIELDS = ["name", "measure", "item", "outlet", "reference", "direction", "note"]
NEEDED = ["measure", "outlet"]
DECLARED = [*COLUMNS["comparisons"], "name", "item", "direction", "as_declared"]


def read_contrasts(path: str | Path) -> pd.DataFrame:
    """The hypotheses in a TOML file, one row each: ``name, measure, item, outlet, reference, direction, note``.

    ``reference`` is "rest" and ``direction`` missing where not given. ``table.attrs["sha256"]`` holds
    `contrasts_hash` of the file. Raises ``ValueError`` naming what is wrong and where.
    """
    if not Path(path).is_file():
        raise ValueError(
            f"There is no file of contrasts at {path}. Give the path of a TOML file with a block "
            "[[contrast]] for each hypothesis."
        )
    content = Path(path).read_bytes()
    try:
        found = tomllib.loads(content.decode("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ValueError(
            f"{Path(path).name} is not a TOML file: {error}. Each hypothesis is a block "
            '[[contrast]] of lines like outlet = "Gazette".'
        ) from None
    blocks = found.get("contrast")
    if not isinstance(blocks, list) or not blocks or set(found) != {"contrast"}:
        raise ValueError(
            f"{Path(path).name} holds {sorted(found) or 'nothing'}; it needs one or more blocks "
            "that begin with [[contrast]], and nothing else."
        )
    rows = [_checked(block, f"contrast {number} of {Path(path).name}") for number, block in enumerate(blocks, start=1)]
    table = pd.DataFrame(rows, columns=FIELDS)
    if table["name"].duplicated().any():
        raise ValueError(
            f"{Path(path).name} uses the name {table.loc[table['name'].duplicated(), 'name'].iloc[0]!r} "
            "twice. Give every contrast a name of its own."
        )
    table.attrs["sha256"] = contrasts_hash(path)
    return table


def contrasts_hash(path: str | Path) -> str:
    """SHA-256 of a file of hypotheses, for the manifest: it shows that nothing was changed after looking.

    Line endings do not count, so that the same file has the same hash on every system.
    """
    return hashlib.sha256(Path(path).read_bytes().replace(b"\r\n", b"\n")).hexdigest()


def compare_declared(
    tables: Mapping[str, pd.DataFrame],
    contrasts: pd.DataFrame,
    *,
    pair: str | None = "event",
    n_permutations: int = 9999,
    n_boot: int = 2000,
    seed: int = 0,
) -> pd.DataFrame:
    """Test declared contrasts, and nothing else, as one family.

    Parameters
    ----------
    tables : for each measure named in `contrasts` a table with ``outlet, event, value`` and, where they
        apply, ``article_id``, ``per`` (the denominator) and ``item``; one row per article and item, zeros
        included.
    contrasts : as from `read_contrasts`.

    Returns
    -------
    One row per contrast in the order declared, none left out: the columns of `compare` with ``declared``
    True, then ``name, item, direction`` and ``as_declared``: whether the estimate lies on the declared side.
    ``p`` stays two-sided, so a strong difference the other way is not hidden; a hypothesis holds up where
    ``p_adjusted`` is small *and* ``as_declared`` is True. What could not be tested has a missing ``p`` and
    the reason in ``note``.
    """
    columns_needed(contrasts, *NEEDED)
    contrasts = contrasts.reindex(columns=FIELDS).reset_index(drop=True)
    prepared, reasons = [], []
    for row in contrasts.to_dict("records"):
        reference = "rest" if pd.isna(row["reference"]) else str(row["reference"])
        contrast, reason = _line_up(tables, row, str(row["outlet"]), reference, pair)
        prepared.append(contrast)
        reasons.append(reason)
    result = results(prepared, n_permutations=n_permutations, n_boot=n_boot, seed=seed)
    own = contrasts["note"].fillna("").astype(str).tolist()
    result["note"] = ["; ".join(filter(None, parts)) for parts in zip(reasons, result["note"], own, strict=True)]
    result["declared"] = True
    for column in ("name", "item", "direction"):
        result[column] = contrasts[column]
    sign = contrasts["direction"].map({"greater": 1.0, "less": -1.0})
    decided = sign.notna() & result["estimate"].notna()
    result["as_declared"] = (np.sign(result["estimate"]) == sign).astype("boolean").where(decided)
    return result.reindex(columns=DECLARED)


def _line_up(
    tables: Mapping[str, pd.DataFrame], row: dict[str, Any], outlet: str, reference: str, pair: str | None
) -> tuple[Contrast, str]:
    """The two sides of a declared contrast; empty, with the reason, where it cannot be tested."""
    measure, item = str(row["measure"]), row["item"]
    label = measure if pd.isna(item) else f"{measure}: {item}"
    nothing = Contrast(label, outlet, reference, False, np.empty(0), np.empty(0), np.empty(0, object), 0, 0, "")
    if measure not in tables:
        return nothing, f"not tested: there is no measure {measure!r} among {sorted(tables)}"
    table = tables[measure]
    columns_needed(table, "outlet", "value")
    if pd.isna(item) and "item" in table and table["item"].nunique() > 1:
        some = ", ".join(map(repr, sorted(map(str, table["item"].dropna().unique()))[:3]))
        return nothing, f"not tested: {measure} is measured of several items ({some}, ...); name one as item"
    if not pd.isna(item):
        columns_needed(table, "item")
        table = table[table["item"].astype(str) == str(item)]
        if table.empty:
            return nothing, f"not tested: {item!r} is not in the table of {measure}"
    rows, _ = article_rows(
        table, "value", per="per" if "per" in table else None, by="outlet", event=pair or "event", name=label
    )
    known = set(rows["outlet"])
    for name in {outlet, reference} - {"rest"}:
        if name not in known:
            return nothing, f"not tested: no articles of {name!r}; the outlets are {sorted(known)}"
    contrast = line_up(next(cells_of(rows)), outlet, reference, paired=pair is not None)
    return contrast, ""


def _checked(block: Any, where: str) -> dict[str, Any]:
    if not isinstance(block, dict):
        raise ValueError(f'{where} is {block!r}; it needs lines like outlet = "Gazette".')
    unknown, missing = sorted(set(block) - set(FIELDS)), [field for field in NEEDED if not block.get(field)]
    if unknown or missing:
        raise ValueError(
            f"{where} {'has unknown ' + ', '.join(unknown) if unknown else ''}"
            f"{' and ' if unknown and missing else ''}{'lacks ' + ', '.join(missing) if missing else ''}. "
            f"The fields are {', '.join(FIELDS)}."
        )
    for field in FIELDS:
        if not isinstance(block.get(field, ""), str):
            raise ValueError(
                f"{where} has {field} = {block[field]!r}; write one text in quotation marks. Two "
                "hypotheses are two blocks [[contrast]]."
            )
    direction = block.get("direction")
    if direction not in (None, "greater", "less"):
        raise ValueError(f'{where} has direction {direction!r}; write "greater" or "less", or leave it out.')
    if block.get("reference", "rest") == block["outlet"]:
        raise ValueError(f'{where} compares {block["outlet"]!r} with itself. Name another outlet, or "rest".')
    row = {field: block.get(field, pd.NA) for field in FIELDS}
    row["reference"] = block.get("reference", "rest")
    if pd.isna(row["name"]):
        item = "" if pd.isna(row["item"]) else f" of {row['item']}"
        row["name"] = f"{row['measure']}{item}, {row['outlet']} against {row['reference']}"
    return row
