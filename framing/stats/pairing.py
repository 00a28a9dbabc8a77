"""Line articles up for a comparison: one value per outlet and event, and which events can be paired."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy as np
import pandas as pd

from framing.stats.permutation import differences

EVENT = "event"  # the column that pairs articles unless another is named; a table may lack it
ALONE = "\0"  # begins the made-up event of an article that has none
FEWEST = 2  # events two outlets must share to be compared by event


@dataclass(frozen=True)
class Cells:
    """One measure: events x outlets, with the mean value of the articles in each cell and their number.

    `articles` has one row per article, sorted: the places of its event and outlet, its value and weight.
    """

    measure: str
    events: np.ndarray
    outlets: list[str]
    values: np.ndarray
    n_articles: np.ndarray
    articles: np.ndarray


@dataclass(frozen=True)
class Contrast:
    """One measure in one outlet against a reference, lined up: by event if `paired`, else unit by unit.

    `ways` is set where swapping the two sides of an event would not do (see `arrangements`): events x
    arrangements, the difference in each, the true one first; `pull` is what a shift of the target adds there.
    """

    measure: str
    outlet: str
    reference: str
    paired: bool
    first: np.ndarray
    second: np.ndarray
    events: np.ndarray
    n_articles: int
    n_events: int
    note: str
    ways: np.ndarray | None = None
    pull: np.ndarray | None = None
    yes_no: bool = False  # every article is a plain yes (1) or no (0)

    @property
    def shares(self) -> bool:
        """Whether every unit that is compared is a plain yes or no."""
        return self.yes_no and bool(np.isin(np.concatenate([self.first, self.second]), [0.0, 1.0]).all())


def outlet_pairs(outlets: Sequence[str], reference: str | None) -> list[tuple[str, str]]:
    """Who is compared with whom: all pairs, each with the "rest", or each with one `reference`."""
    if reference is None:
        return list(combinations(outlets, 2))
    if reference == "rest":
        return [(outlet, "rest") for outlet in outlets] if len(outlets) > 1 else []
    if reference not in outlets:
        raise ValueError(
            f"There is no outlet {reference!r} to compare with; the outlets are {list(outlets)}. "
            "Name one of them, or 'rest', or None for all pairs."
        )
    return [(outlet, reference) for outlet in outlets if outlet != reference]


def line_up(cells: Cells, outlet: str, reference: str, *, paired: bool = True) -> Contrast:
    """The two sides of one contrast, with a note on events that had to be left out."""
    one = [cells.outlets.index(outlet)] if outlet in cells.outlets else []
    other = [
        i for i, name in enumerate(cells.outlets) if (name != outlet if reference == "rest" else name == reference)
    ]
    known = np.isfinite(cells.values)
    here, there = known[:, one].any(axis=1), known[:, other].any(axis=1)
    shared = here & there
    notes: list[str] = []
    ways = pull = None
    if paired and shared.sum() >= FEWEST:
        used = shared
        first, second = _row_means(cells.values[shared][:, one]), _row_means(cells.values[shared][:, other])
        alone = int((here ^ there).sum())
        if alone:
            notes.append(f"{alone} {plural('event', alone)} left out, covered by one side only")
        ways, pull = _ways(cells, np.flatnonzero(shared), one + other)
    else:
        used = here | there
        first, second = cells.values[:, one][known[:, one]], cells.values[:, other][known[:, other]]
        if not len(first) or not len(second):
            empty = [name for name, side in ((outlet, first), (reference, second)) if not len(side)]
            notes.append(
                f"no article of {' or '.join('any other' if name == 'rest' else name for name in empty)} "
                "has this measure"
            )
        elif paired:
            notes.append(
                f"not paired, {shared.sum() or 'no'} {plural('event', shared.sum())} in common: "
                "a difference may come from different events"
            )
    named = np.array([not event.startswith(ALONE) for event in cells.events], bool)
    return Contrast(
        cells.measure,
        outlet,
        reference,
        bool(paired and shared.sum() >= FEWEST),
        first,
        second,
        cells.events[used],
        int(cells.n_articles[used][:, one + other].sum()),
        int((used & named).sum()),
        "; ".join(notes),
        ways,
        pull,
        bool(np.isin(cells.articles[:, 2], [0.0, 1.0]).all() and (cells.articles[:, 3] == 1).all()),
    )


def article_rows(
    table: pd.DataFrame, value: str, *, per: str | None, by: str, event: str | None, name: Any
) -> tuple[pd.DataFrame, int]:
    """Rows of ``measure, outlet, event, article, value, weight`` in a fixed order, and how many lack a value.

    `name` is the measure: one string, or one per row.
    """
    rows = pd.DataFrame({"outlet": table[by].to_numpy(), "article": articles_of(table)})
    rows["event"] = events_of(table, event, rows["article"])
    rows["measure"] = name
    rows["value"], rows["weight"] = numbers(table, value), numbers(table, per) if per else 1.0
    rows = rows.dropna(subset=["outlet", "measure"])
    rows[["outlet", "measure"]] = rows[["outlet", "measure"]].astype(str)
    if per is None and rows.duplicated(["measure", "article"]).any():
        twice = rows.loc[rows.duplicated(["measure", "article"]), "article"].iloc[0]
        raise ValueError(
            f"Article {twice!r} has several rows, and one value per article is needed. Add them "
            "up first, name a denominator with per=, or name with items= the column that tells "
            "the rows apart."
        )
    known = rows["value"].notna() & rows["weight"].gt(0)
    n_lost = int(rows.loc[~known, "article"].nunique())
    return rows[known].sort_values(["measure", "outlet", "event", "article", "value", "weight"], kind="stable"), n_lost


def cells_of(rows: pd.DataFrame, order: Sequence[str] = ()) -> Iterator[Cells]:
    """The cells of each measure, in the given or else in alphabetical order."""
    keys = ["measure", "event", "outlet"]
    articles = rows.groupby([*keys, "article"], sort=True)[["value", "weight"]].sum().reset_index()
    parts = dict(tuple(articles.groupby("measure", sort=True)))
    for measure in order or parts:
        part = parts.get(measure)
        if part is None:
            continue
        events, outlets = np.unique(part["event"].astype(str)), sorted(part["outlet"].unique())
        event, outlet = np.searchsorted(events, part["event"].astype(str)), np.searchsorted(outlets, part["outlet"])
        table = np.column_stack([event, outlet, part["value"], part["weight"]]).astype(float)
        cell, shape = event * len(outlets) + outlet, (len(events), len(outlets))
        value, weight, n_articles = (
            np.bincount(cell, amounts, len(events) * len(outlets)).reshape(shape)
            for amounts in (table[:, 2], table[:, 3], np.ones(len(part)))
        )
        with np.errstate(invalid="ignore", divide="ignore"):
            yield Cells(measure, events.astype(object), outlets, value / weight, n_articles, table)


def _ways(cells: Cells, events: np.ndarray, outlets: list[int]) -> tuple[np.ndarray | None, np.ndarray | None]:
    """Differences under every arrangement of each event; None where swapping two equal sides is enough."""
    sizes = cells.n_articles[events][:, outlets]
    if len(outlets) == 2 and (sizes[:, 0] == sizes[:, 1]).all():
        return None, None
    begin = np.searchsorted(cells.articles[:, 0], np.arange(len(cells.events) + 1))
    found: list[tuple[np.ndarray, np.ndarray]] = []
    for event in events:
        here = cells.articles[begin[event] : begin[event + 1]]
        parts = [part for outlet in outlets if len(part := here[here[:, 1] == outlet])]
        value, weight = np.concatenate(parts)[:, 2], np.concatenate(parts)[:, 3]
        target = np.repeat([1.0] + [0.0] * (len(parts) - 1), [len(part) for part in parts])
        key = [len(part) for part in parts], str(cells.events[event])
        found.append((differences(value, weight, *key), differences(target * weight, weight, *key)))
    most = max(len(ways) for ways, _ in found)
    table = np.full((2, len(events), most), np.nan)
    for row, both in enumerate(found):
        table[:, row, : len(both[0])] = both
    return table[0], table[1]


def numbers(table: pd.DataFrame, column: str) -> np.ndarray:
    """A column as floats, missing as NaN; ``ValueError`` for words where numbers should be."""
    found = pd.to_numeric(table[column], errors="coerce")
    if (found.isna() & table[column].notna()).any():
        wrong = table.loc[(found.isna() & table[column].notna()).to_numpy(), column].iloc[0]
        raise ValueError(
            f"The column {column!r} holds {wrong!r}, which is no number. Name a column of numbers, one per article."
        )
    return found.to_numpy(dtype=float, na_value=np.nan)


def articles_of(table: pd.DataFrame) -> np.ndarray:
    """The article of each row; without ``article_id`` every row is an article."""
    if "article_id" in table:
        return table["article_id"].astype(str).to_numpy()
    return np.array([f"row {number:09d}" for number in range(len(table))], dtype=object)


def events_of(table: pd.DataFrame, column: str | None, articles: Any) -> pd.Series:
    """The event of each row; an article without one is an event of its own, shared with nobody."""
    alone = pd.Series([f"{ALONE}{article}" for article in articles], dtype=object)
    if column is None or column not in table:
        return alone
    events = table[column].reset_index(drop=True).astype(object)
    return events.map(str).where(events.notna(), alone).astype(object)


def columns_needed(table: pd.DataFrame, *columns: str | None) -> None:
    """Raise ``ValueError`` naming the columns that are missing."""
    missing = [column for column in columns if column and column not in table.columns]
    if missing:
        raise ValueError(
            f"This table has no {', '.join(missing)}; its columns are {list(table.columns)}. Pass a table "
            "with one row per article that has these columns, or rename yours to match."
        )


def cluster_needed(table: pd.DataFrame, column: str | None) -> None:
    """Raise ``ValueError`` for a column of events that was asked for by another name and is not there."""
    if column != EVENT:
        columns_needed(table, column)


def draws_needed(n: int, what: str, least: int) -> None:
    """Raise ``ValueError`` for fewer random draws than a p value or an interval can be made of."""
    if isinstance(n, bool) or not isinstance(n, int | np.integer) or n < least:
        raise ValueError(
            f"{what} is {n!r}; it is a whole number of at least {least}. Leave it out for the usual number of draws."
        )


def plural(word: str, n: int) -> str:
    return word if n == 1 else f"{word}s"


def _row_means(values: np.ndarray) -> np.ndarray:
    """Mean of each row's known values; every row has one."""
    known = np.isfinite(values)
    return np.where(known, values, 0.0).sum(axis=1) / known.sum(axis=1)
