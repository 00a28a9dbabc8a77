"""Compare outlets within the same events: estimates, intervals and p values that hold for few articles.

The article is the unit, never the word, and outlets are compared on the events they share. Everything in
`framing` that shows an interval or a p value gets it here (with `permutation`, `resampling` and `shares`).
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from framing.permutation import Tested, benjamini_hochberg, shuffle, sign_flip
from framing.resampling import difference_interval, ratio_interval
from framing.shares import newcombe, wilson
from framing.tables import COLUMNS, require_columns

ESTIMATES = ["estimate", "low", "high", "n_articles", "n_events", "method"]


def estimate_by(table: pd.DataFrame, value: str, *, per: str | None = None,
                by: str | Sequence[str] = "outlet", cluster: str | None = "event", n_boot: int = 2000,
                seed: int = 0) -> pd.DataFrame:
    """Mean of a per-article value, or ratio of two sums, for each outlet, with a 95 % interval.

    Parameters
    ----------
    table : one row per article (and, with `by` naming more columns, per item), zeros included.
    value, per : the column to average; with `per`, the estimate is ``sum(value) / sum(per)``, for example
        quoted words per word. Rows without a value or with nothing in `per` are left out.
    by : column or columns that define the groups. cluster : what is resampled; rows without one, and any
        table without that column, are clusters of their own.

    Returns
    -------
    One row per group, sorted: the group, ``estimate, low, high``, ``n_articles``, ``n_events`` (clusters)
    and ``method``. ``low`` and ``high`` are missing with fewer than two events or no variation. Shares of
    articles (zeros and ones, one article per event) get Wilson's interval; everything else a studentised
    bootstrap over events, or the jackknife below six events.

    Notes
    -----
    In real news the intervals hold the true value in 92 to 97 % of samples of 8, 20 and 50 events; see
    docs/comparisons.md. They describe one outlet; to claim a difference use `compare`, which pairs events.
    """
    groups = [by] if isinstance(by, str) else list(by)
    require_columns(table, [*groups, value, *([per] if per else [])], made_by="the measure")
    rows = pd.DataFrame({f"by{i}": table[name].to_numpy() for i, name in enumerate(groups)})
    rows["value"] = _numbers(table, value)
    rows["weight"] = _numbers(table, per) if per else 1.0
    rows["article"] = _articles(table)
    rows["cluster"] = _events(table, cluster, rows["article"])
    keys = [f"by{i}" for i in range(len(groups))]
    rows = rows[rows["value"].notna() & rows["weight"].gt(0)].dropna(subset=keys)
    rows = rows.sort_values([*keys, "cluster", "article", "value", "weight"], kind="stable", key=_as_text)
    found: list[dict[str, Any]] = []
    for key, group in rows.groupby(keys, sort=False):
        sums = group.groupby("cluster", sort=True)[["value", "weight"]].sum()
        numerator, denominator = sums["value"].to_numpy(), sums["weight"].to_numpy()
        estimate = numerator.sum() / denominator.sum()
        if per is None and len(sums) == len(group) and group["value"].isin([0, 1]).all():
            low, high = map(float, wilson(numerator.sum(), denominator.sum()))
            method = "Wilson"
        else:
            low, high, method = ratio_interval(numerator, denominator, n_boot=n_boot, seed=seed)
            if (group["value"] >= 0).all() and per and (group["value"] <= group["weight"]).all():
                low, high = float(np.clip(low, 0, 1)), float(np.clip(high, 0, 1))
        found.append({**dict(zip(groups, key, strict=True)), "estimate": estimate, "low": low, "high": high,
                      "n_articles": group["article"].nunique(), "n_events": len(sums), "method": method})
    return pd.DataFrame(found, columns=[*groups, *ESTIMATES])


def compare(table: pd.DataFrame, value: str | Sequence[str], *, per: str | None = None, by: str = "outlet",
            pair: str | None = "event", reference: str | None = None, items: str | None = None,
            measure: str | None = None, n_permutations: int = 9999, n_boot: int = 2000,
            seed: int = 0) -> pd.DataFrame:
    """How much outlets differ on a per-article measure, within the events that both covered.

    Parameters
    ----------
    table : one row per article with `by`, `pair` and the value. With `items` naming a column (a label, a
        source, a target) one row per article and item, zeros included; each item is then a measure.
    value : column, or columns, to compare; with `per`, the ratio ``sum(value) / sum(per)`` per article.
    reference : an outlet that all others are compared with; "rest" for each outlet against the others; None
        for all pairs. pair : None compares all articles without pairing.
    measure : what to call the measure in the result; by default the column's or the item's name.

    Returns
    -------
    One row per measure and contrast: ``estimate`` is `outlet` minus `reference`, the mean over events of the
    difference within each event (several articles of one outlet on one event are averaged first), with
    ``low`` and ``high`` (95 %); ``effect_size`` (Cohen's d_z of the paired differences, Hedges' g unpaired);
    the permutation ``p``; ``p_adjusted`` by step-down max-T over all rows of this call, for claims;
    ``q_value`` (Benjamini-Hochberg), for exploration; ``smallest_p``, the least p this row could have had;
    ``n_articles``, ``n_events`` used; ``target_value``, ``reference_value``; ``note`` on what was left out.

    Notes
    -----
    Read ``smallest_p`` before ``p``: five events cannot go below .0625. Outlets that share fewer than two
    events cannot be paired; their articles are shuffled instead, and the note says so: such a difference may
    come from different events. Events count equally, so `estimate` differs a little from the difference of
    two `estimate_by` rows. False-alarm rates on real news are in docs/comparisons.md.

    Raises ``ValueError`` for a missing column, an unknown `reference`, or several rows for one article.
    """
    cells, dropped = _cells(table, value, per=per, by=by, pair=pair, items=items, measure=measure)
    contrasts = _contrasts(sorted(set(table[by].dropna().astype(str))), reference)
    designs = [Design(cells, name, first, second, paired=pair is not None)
               for name in dict.fromkeys(cells["measure"]) for first, second in contrasts]
    rows = [design.row(n_boot=n_boot, seed=seed) for design in designs]
    if not rows:
        return pd.DataFrame(columns=COLUMNS["comparisons"])
    _add_p(rows, designs, n_permutations=n_permutations, seed=seed)
    result = pd.DataFrame(rows)
    result["q_value"] = benjamini_hochberg(result["p"].to_numpy(float))
    result["declared"] = False
    if dropped:
        result["note"] = [_join(note, dropped) for note in result["note"]]
    return result.reindex(columns=COLUMNS["comparisons"])


class Design:
    """One contrast of one measure: which cells are compared, and whether by event."""

    def __init__(self, cells: pd.DataFrame, measure: str, outlet: str, reference: str, *,
                 paired: bool) -> None:
        self.measure, self.outlet, self.reference = measure, outlet, reference
        own = cells[cells["measure"] == measure]
        ours = own[own["outlet"] == outlet]
        theirs = own[own["outlet"] != outlet] if reference == "rest" else own[own["outlet"] == reference]
        first, second = ours.groupby("event")["value"].mean(), theirs.groupby("event")["value"].mean()
        shared = first.index.intersection(second.index).sort_values()
        self.paired = paired and len(shared) >= 2
        notes = []
        if self.paired:
            self.first, self.second = first[shared], second[shared]
            ours, theirs = ours[ours["event"].isin(shared)], theirs[theirs["event"].isin(shared)]
            alone = len(first.index.union(second.index)) - len(shared)
            if alone:
                notes.append(f"{alone} {_plural('event', alone)} left out, covered by one side only")
        else:
            self.first = ours.set_index(["event", "outlet"])["value"].sort_index()
            self.second = theirs.set_index(["event", "outlet"])["value"].sort_index()
            if paired:
                notes.append(f"not paired: {len(shared) or 'no'} shared {_plural('event', len(shared))}; "
                             "outlets may differ because their events do")
        self.n_articles = int(ours["n_articles"].sum() + theirs["n_articles"].sum())
        used = pd.concat([ours["event"], theirs["event"]])
        self.n_events = int(used[~used.str.startswith(ALONE)].nunique())
        self.notes = notes
        self.binary = bool(pd.concat([self.first, self.second]).isin([0, 1]).all())

    @property
    def differences(self) -> pd.Series:
        return self.first - self.second

    def row(self, *, n_boot: int, seed: int) -> dict[str, Any]:
        """Everything about the contrast but its p values."""
        first, second = self.first.to_numpy(), self.second.to_numpy()
        row: dict[str, Any] = {"measure": self.measure, "outlet": self.outlet, "reference": self.reference}
        row["target_value"] = first.mean() if len(first) else np.nan
        row["reference_value"] = second.mean() if len(second) else np.nan
        if self.paired:
            difference = first - second
            row["estimate"] = difference.mean()
            low, high, method = ratio_interval(difference, n_boot=n_boot, seed=seed)
            spread = difference.std(ddof=1)
            row |= {"effect": "Cohen's d_z", "effect_size": _ratio(difference.mean(), spread)}
        else:
            row["estimate"] = row["target_value"] - row["reference_value"]
            if self.binary and len(first) and len(second):
                low, high = map(float, newcombe(first.sum(), len(first), second.sum(), len(second)))
                method = "Newcombe"
            else:
                low, high, method = difference_interval(first, second, n_boot=n_boot, seed=seed)
            row |= {"effect": "Hedges' g", "effect_size": _hedges(first, second)}
        return row | {"low": low, "high": high, "n_articles": self.n_articles, "n_events": self.n_events,
                      "method": method, "note": "; ".join(self.notes)}


def max_t(values: Any, outlets: ArrayLike, events: ArrayLike | None, *, target: str,
          reference: str | None = None, n_permutations: int = 999, seed: int = 0) -> pd.DataFrame:
    """Test many measures at once (words, labels) for one outlet against another, or against all others.

    Parameters
    ----------
    values : articles x measures, a dense array, a SciPy sparse matrix or a table; no missing values.
    outlets, events : one per article. Where both sides share at least two events the test is paired by event
        (articles of one side on one event are averaged), else articles are shuffled.

    Returns
    -------
    One row per measure in the order given: ``measure`` (its number, or column name), ``estimate`` (mean
    difference), ``statistic`` (Student's t), ``p``, ``p_adjusted`` (step-down max-T over all measures),
    ``smallest_p``, ``n_articles``, ``n_events``, ``method``.
    """
    names = list(values.columns) if isinstance(values, pd.DataFrame) else list(range(values.shape[1]))
    matrix = values.to_numpy(float) if isinstance(values, pd.DataFrame) else values
    outlet = np.asarray(outlets).astype(str)
    if matrix.shape[0] != len(outlet):
        raise ValueError(f"There are {matrix.shape[0]} rows of values but {len(outlet)} outlets. "
                         "Pass one outlet and one event for each row.")
    ours = outlet == target
    theirs = ~ours if reference in (None, "rest") else outlet == reference
    if not ours.any() or not theirs.any():
        raise ValueError(f"Nothing to compare: {ours.sum()} articles of {target!r} and {theirs.sum()} of "
                         f"{reference or 'other outlets'!r}. The outlets are {sorted(set(outlet))}.")
    numbers = pd.Series(np.arange(len(outlet)))
    event = (pd.Series([None] * len(outlet)) if events is None
             else pd.Series(np.asarray(events, dtype=object))).astype(object)
    event = _events(pd.DataFrame({"event": event}), "event", numbers)
    shared = sorted(set(event[ours]) & set(event[theirs]))
    if len(shared) >= 2:
        first, second = (_averages(matrix, event, outlet, side, shared) for side in (ours, theirs))
        tested = sign_flip(first - second, n_permutations=n_permutations, seed=seed)
        used, n_events = (ours | theirs) & event.isin(shared).to_numpy(), len(shared)
    else:
        first, second = (_units(matrix, event, outlet, side) for side in (ours, theirs))
        tested = shuffle(first, second, n_permutations=n_permutations, seed=seed)
        used = ours | theirs
        n_events = int(event[used][~event[used].str.startswith(ALONE)].nunique())
    return pd.DataFrame({"measure": names, "estimate": tested.estimate, "statistic": tested.statistic,
                         "p": tested.p, "p_adjusted": tested.p_adjusted, "smallest_p": tested.smallest_p,
                         "n_articles": int(used.sum()), "n_events": n_events, "method": tested.method})


ALONE = "\0"  # begins the made-up event of an article that has none


def _numbers(table: pd.DataFrame, column: str) -> np.ndarray:
    return pd.to_numeric(table[column], errors="coerce").to_numpy(dtype=float, na_value=np.nan)


def _as_text(column: pd.Series) -> pd.Series:
    return column if pd.api.types.is_numeric_dtype(column) else column.astype(str)


def _articles(table: pd.DataFrame) -> np.ndarray:
    if "article_id" in table:
        return table["article_id"].astype(str).to_numpy()
    return np.array([f"row {number:09d}" for number in range(len(table))])


def _events(table: pd.DataFrame, column: str | None, articles: Any) -> pd.Series:
    """The event of each row; an article without one is an event of its own, shared with nobody."""
    alone = ALONE + pd.Series(np.asarray(articles)).astype(str)
    if column is None or column not in table:
        return alone
    events = table[column].reset_index(drop=True)
    return events.astype(str).where(events.notna(), alone).astype(object)


def _cells(table: pd.DataFrame, value: str | Sequence[str], *, per: str | None, by: str, pair: str | None,
           items: str | None, measure: str | None) -> tuple[pd.DataFrame, str]:
    """One value per measure, outlet and event, sorted; and a note on articles that had no value."""
    values = [value] if isinstance(value, str) else list(value)
    require_columns(table, [by, *values, *([per] if per else []), *([items] if items else [])],
                    made_by="the measure")
    parts = []
    for column in values:
        part = pd.DataFrame({"outlet": table[by].to_numpy(), "article": _articles(table)})
        part["event"] = _events(table, pair or "event", part["article"])
        name = measure or column
        if items is None:
            part["measure"] = name
        else:
            labels = table[items].reset_index(drop=True)
            part["measure"] = labels if measure is None else f"{measure}: " + labels.astype(str)
        part["value"], part["weight"] = _numbers(table, column), _numbers(table, per) if per else 1.0
        parts.append(part.dropna(subset=["outlet", "measure"]))
    rows = pd.concat(parts, ignore_index=True)
    rows["outlet"] = rows["outlet"].astype(str)
    if per is None and rows.duplicated(["measure", "article", "outlet"]).any():
        twice = rows.loc[rows.duplicated(["measure", "article", "outlet"]), "article"].iloc[0]
        raise ValueError(f"Article {twice!r} has several rows, and one value per article is needed. Add them "
                         "up first, name a denominator with per=, or name with items= the column that tells "
                         "the rows apart.")
    known = rows["value"].notna() & rows["weight"].gt(0)
    n_dropped = rows.loc[~known, "article"].nunique()
    rows = rows[known].sort_values(["measure", "outlet", "event", "article", "value", "weight"],
                                   kind="stable", key=_as_text)
    grouped = rows.groupby(["measure", "outlet", "event"], sort=True)
    cells = grouped.agg(value=("value", "sum"), weight=("weight", "sum"), n_articles=("article", "nunique"))
    cells["value"] /= cells["weight"]
    note = f"{n_dropped} {_plural('article', n_dropped)} without a value left out" if n_dropped else ""
    order = {name: i for i, name in enumerate(values)} if items is None and measure is None else {}
    return cells.reset_index().sort_values(
        "measure", key=lambda column: column.map(order) if order else _as_text(column), kind="stable"), note


def _contrasts(outlets: list[str], reference: str | None) -> list[tuple[str, str]]:
    if reference is None:
        return list(combinations(outlets, 2))
    if reference == "rest":
        return [(outlet, "rest") for outlet in outlets] if len(outlets) > 1 else []
    if reference not in outlets:
        raise ValueError(f"There is no outlet {reference!r} to compare with; the outlets are {outlets}. "
                         "Name one of them, or 'rest', or None for all pairs.")
    return [(outlet, reference) for outlet in outlets if outlet != reference]


def _add_p(rows: list[dict[str, Any]], designs: list[Design], *, n_permutations: int, seed: int) -> None:
    """Fill in p values: one family for all paired contrasts, one per unpaired one, joined by Bonferroni."""
    paired = [i for i, design in enumerate(designs) if design.paired]
    blocks: list[tuple[list[int], Tested]] = []
    if paired:
        table = pd.concat([designs[i].differences for i in paired], axis=1).sort_index()
        blocks.append((paired, sign_flip(table.to_numpy(), n_permutations=n_permutations, seed=seed)))
    for i, design in enumerate(designs):
        if not design.paired and len(design.first) and len(design.second):
            tested = shuffle(design.first, design.second, n_permutations=n_permutations, seed=seed)
            blocks.append(([i], tested))
    for row in rows:
        row |= {"p": np.nan, "p_adjusted": np.nan, "smallest_p": np.nan}
    for members, tested in blocks:
        for place, i in enumerate(members):
            rows[i]["p"], rows[i]["smallest_p"] = tested.p[place], tested.smallest_p[place]
            rows[i]["p_adjusted"] = min(1.0, tested.p_adjusted[place] * len(blocks))
            rows[i]["method"] = f"{tested.method}; {rows[i]['method']}"


def _averages(matrix: Any, event: pd.Series, outlet: np.ndarray, side: np.ndarray,
              shared: list[str]) -> np.ndarray:
    """events x measures: the side's mean per event, each of its outlets counting the same."""
    return _group_means(matrix, event, outlet, side & event.isin(shared).to_numpy(), ["event"])


def _units(matrix: Any, event: pd.Series, outlet: np.ndarray, side: np.ndarray) -> np.ndarray:
    """units x measures: the mean of each outlet's articles on each event."""
    return _group_means(matrix, event, outlet, side, ["event", "outlet"])


def _group_means(matrix: Any, event: pd.Series, outlet: np.ndarray, side: np.ndarray,
                 keys: list[str]) -> np.ndarray:
    from scipy.sparse import csr_matrix
    chosen = np.flatnonzero(side)
    rows = pd.DataFrame({"event": event.to_numpy()[chosen], "outlet": outlet[chosen]})
    per_outlet = rows.groupby(["event", "outlet"])["outlet"].transform("size").to_numpy()
    n_outlets = rows.groupby("event")["outlet"].transform("nunique").to_numpy() if keys == ["event"] else 1
    groups = rows.groupby(keys, sort=True).ngroup().to_numpy()
    weights = csr_matrix((1.0 / (per_outlet * n_outlets), (groups, chosen)),
                         shape=(groups.max() + 1, matrix.shape[0]))
    means = weights @ matrix
    return np.asarray(means.todense() if hasattr(means, "todense") else means, float)


def _ratio(value: float, by: float) -> float:
    return value / by if by > 0 else np.nan


def _hedges(first: np.ndarray, second: np.ndarray) -> float:
    n1, n2 = len(first), len(second)
    if n1 + n2 < 4 or min(n1, n2) < 1:
        return np.nan
    squares = ((first - first.mean()) ** 2).sum() + ((second - second.mean()) ** 2).sum()
    freedom = n1 + n2 - 2
    return _ratio(first.mean() - second.mean(), np.sqrt(squares / freedom)) * (1 - 3 / (4 * freedom - 1))


def _plural(word: str, n: int) -> str:
    return word if n == 1 else f"{word}s"


def _join(*notes: str) -> str:
    return "; ".join(note for note in notes if note)


