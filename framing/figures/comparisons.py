"""Differences between outlets."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from framing.drawing import GREY, figure_style, finish, new_axes
from framing.figures.parts import ROW_MM, count, dot, empty, outlet_looks, p_words, rows_of
from framing.tables import require_columns


@figure_style
def plot_comparisons(table: pd.DataFrame, *, outlets: Sequence[str] | None = None, title: str | None = None,
                     ax: Axes | None = None, size: str = "double", most: int = 24) -> Axes:
    """Dots with intervals: how far each outlet is from its reference, one row per contrast.

    Draws at most `most` rows, declared contrasts first and apart from exploration. A filled dot has an
    adjusted p below .05, an open one has not. The zero line is "no difference".
    """
    require_columns(table, ["measure", "outlet", "reference", "estimate", "low", "high", "p"],
                    made_by="compare")
    rows = table.copy()
    rows["declared"] = rows["declared"].fillna(False).astype(bool) if "declared" in rows else False
    rows = rows.sort_values("declared", ascending=False, kind="stable").head(most)
    own = ax is None
    if ax is None:
        ax = new_axes(size, 22 + ROW_MM * max(len(rows), 2))
    if rows.empty:
        empty(ax, "comparisons")
        return finish(ax, rows, alt="No comparison could be made with these articles.", own=own)
    colours, markers = outlet_looks(rows["outlet"], outlets)
    names = [f"{'● ' if row.declared else ''}{row.measure}: {row.outlet} – {row.reference}"
             for row in rows.itertuples()]
    adjusted = rows["p_adjusted"] if "p_adjusted" in rows else rows["p"]
    ax.axvline(0, color=GREY, linewidth=0.6)
    for place, row, p in zip(rows_of(ax, names), rows.itertuples(), adjusted, strict=True):
        outlet = str(row.outlet)
        dot(ax, row.estimate, place, row.low, row.high, colours[outlet], markers[outlet],
             filled=pd.notna(p) and p < 0.05)
        ax.annotate(_contrast_words(row, p), (1.01, place), xycoords=("axes fraction", "data"), va="center",
                    color=GREY)
    ax.set(title=title or "Differences between outlets on the same events",
           xlabel="Difference (outlet minus reference), with 95 % interval")
    n_events = rows["n_events"].max() if "n_events" in rows else pd.NA
    smallest = rows["smallest_p"].min() if "smallest_p" in rows else pd.NA
    caption = ("Paired by event, article as the unit. Filled: adjusted p < .05. "
               + (f"Smallest p this sample can show: {p_words(smallest)}. " if pd.notna(smallest) else "")
               + ("● declared before looking; the rest is exploration." if rows["declared"].any() else
                  "Exploration: nothing here was declared before looking."))
    clear = int((adjusted < 0.05).sum())
    alt = (f"Dot plot of {count(len(rows), 'contrast')} between outlets"
           + (f" over up to {count(n_events, 'event')}" if pd.notna(n_events) else "")
           + f"; {clear} of them with an adjusted p below .05. " + _extremes(rows))
    return finish(ax, rows, alt=alt, caption=caption, own=own)


def _contrast_words(row: Any, p: Any) -> str:
    events = getattr(row, "n_events", pd.NA)
    return f"p {p_words(p)}" + (f", n = {int(events)}" if pd.notna(events) else "")


def _extremes(rows: pd.DataFrame) -> str:
    top = rows.loc[rows["estimate"].astype(float).abs().idxmax()] if rows["estimate"].notna().any() else None
    return "" if top is None else (f"The largest difference is {top['estimate']:+.2f} for {top['measure']} "
                                   f"({top['outlet']} against {top['reference']}).")
