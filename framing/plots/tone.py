"""Tone toward targets."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
from matplotlib.axes import Axes

from framing.plots.style import (
    GREY,
    ROW_MM,
    TONE_TRUST,
    count,
    dots,
    empty,
    figure_style,
    finish,
    n_words,
    new_axes,
    peaks,
    title_above,
)
from framing.tables import require_columns


@figure_style
def plot_tone(table: pd.DataFrame, *, voice: str = "outlet", outlets: Sequence[str] | None = None,
              ax: Axes | None = None, size: str = "double", most: int = 8) -> Axes:
    """Mean tone toward each target, per outlet, in one voice, with intervals. From `tone_profile`."""
    require_columns(table, ["outlet", "target", "voice", "estimate", "low", "high"], made_by="tone_profile")
    rows = table[table["voice"] == voice]
    top = rows.groupby("target")["n_articles"].sum().sort_values(ascending=False, kind="stable").index[:most]
    rows = rows[rows["target"].isin(top)]
    own = ax is None
    if ax is None:
        ax = new_axes(size, 32 + 2.6 * ROW_MM * max(len(top), 1))
    if rows.empty:
        empty(ax, "targets")
        return finish(ax, rows, alt="No tone toward a target was found.", own=own)
    leaders = peaks(rows, "target", "estimate", least=2)
    lines = dots(ax, rows, "target", "estimate", outlets)
    ax.axvline(0, color=GREY, linewidth=0.6)
    ax.set(xlim=(-1.05, 1.05), xlabel="Mean tone (−1 negative, 0 neutral, 1 positive), with 95 % interval")
    whose = {"outlet": "in the outlet's own voice", "quoted": "in quoted speech",
             "reported": "in reported speech"}.get(voice, voice)
    title_above(ax, f"Tone toward people, countries and bodies, {whose}", lines)
    return finish(ax, rows, alt=f"Dot plot of mean tone {whose} toward {count(len(top), 'target')}. "
                  + (f"Among outlets with two articles or more: {leaders}" if leaders else
                     "No two outlets have two articles each on a target."),
                  caption=f"Mean over articles of the score per article; no line where fewer than two events have the "
                  f"target. {n_words(rows)} {TONE_TRUST}", own=own)
