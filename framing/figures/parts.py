"""Pieces that several drawings share: rows, dots with intervals, grid cells, counts in words."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import to_rgb
from matplotlib.lines import Line2D
from matplotlib.patches import Patch, Rectangle

from framing.drawing import GREY, LIGHT, outlet_colours, outlet_markers

VOICE_FILL = {"outlet": 1.0, "quoted": 0.45, "reported": 0.2}  # how dark each voice is drawn
ROW_MM = 5.0  # height of one row of dots or bars

def empty(ax: Axes, what: str) -> None:
    ax.text(0.5, 0.5, f"No {what} in these articles", ha="center", va="center", color=GREY,
            transform=ax.transAxes)
    ax.set_axis_off()


def count(number: Any, noun: str) -> str:
    number = int(number)
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def rows_of(ax: Axes, labels: Iterable[str]) -> np.ndarray:
    labels = [str(label) for label in labels]
    places = np.arange(len(labels))[::-1]
    ax.set_yticks(places, labels)
    ax.set_ylim(-0.6, len(labels) - 0.4)
    ax.tick_params(axis="y", length=0)
    return places


def outlet_looks(names: Iterable[Any],
                  outlets: Sequence[str] | None) -> tuple[dict[str, str], dict[str, str]]:
    everyone = sorted({str(name) for name in names} | {str(name) for name in (outlets or [])})
    return outlet_colours(everyone), outlet_markers(everyone)


def p_words(p: Any) -> str:
    return "n/a" if pd.isna(p) else "< .001" if p < 0.001 else f"{p:.3f}".lstrip("0") if p < 1 else "1"


def dot(ax: Axes, value: Any, place: float, low: Any, high: Any, colour: str, marker: str, *,
         filled: bool = True) -> None:
    """One estimate: a line over its interval (where there is one) and a marker on the estimate."""
    if pd.notna(low) and pd.notna(high):
        ax.plot([low, high], [place, place], color=colour, linewidth=1.2, solid_capstyle="butt")
    if pd.notna(value):
        ax.plot(value, place, marker, color=colour, markerfacecolor=colour if filled else "white")


def dots(ax: Axes, table: pd.DataFrame, row: str, value: str, outlets: Sequence[str] | None, *,
          filled: str | None = None) -> int:
    """Rows of estimates with intervals, one marker per outlet within each row; returns the legend's lines."""
    colours, markers = outlet_looks(table["outlet"], outlets)
    names = list(dict.fromkeys(table[row].astype(str)))
    present = [name for name in colours if name in set(table["outlet"].astype(str))]
    step = 0.8 / max(len(present), 1)
    for place, name in zip(rows_of(ax, names), names, strict=True):
        here = table[table[row].astype(str) == name]
        for number, outlet in enumerate(present):
            for line in here[here["outlet"].astype(str) == outlet].to_dict("records"):
                dot(ax, line[value], place + 0.4 - step * (number + 0.5), line.get("low"), line.get("high"),
                     colours[outlet], markers[outlet], filled=bool(line[filled]) if filled else True)
        if place:
            ax.axhline(place - 0.5, color=LIGHT, linewidth=0.4)
    handles = [Line2D([], [], linestyle="", marker=markers[name], color=colours[name], label=name)
               for name in present]
    return legend_above(ax, handles)


def legend_above(ax: Axes, handles: Sequence[Any]) -> int:
    """A legend between title and axes, in as many columns as its words leave room for; returns its lines."""
    figure = ax.get_figure(root=True)
    points = float(plt.rcParams["legend.fontsize"])
    room = figure.get_size_inches()[0] * 72 / (0.62 * points) if figure is not None else 80.0
    longest = max((len(str(handle.get_label())) + (9 if isinstance(handle, Patch) else 5) for handle in handles),
                  default=1)
    columns = int(max(1, min(len(handles), (0.85 * room) // longest)))
    ax.legend(handles=handles, loc="lower left", bbox_to_anchor=(0, 1.0), ncols=columns, columnspacing=1.0,
              handletextpad=0.2, borderaxespad=0.2)
    return -(-len(handles) // columns)


def columns_of(ax: Axes, names: Sequence[str]) -> None:
    """Names above the columns 0, 1, ... of a grid, broken into lines that fit."""
    figure = ax.get_figure(root=True)
    points = float(plt.rcParams["xtick.labelsize"])
    width = figure.get_size_inches()[0] * 72 if figure is not None else 500.0
    letters = max(6, int(0.72 * width / max(len(names), 1) / (0.6 * points)))
    broken = [textwrap.fill(name, letters, break_long_words=False) for name in names]
    grid_axes(ax, broken)


def apart(places: Sequence[float], gap: float) -> list[float]:
    """Places in order, each at least `gap` after the one before, moved as little to the right as that takes."""
    moved: list[float] = []
    for place in places:
        moved.append(max(place, moved[-1] + gap) if moved else place)
    return moved


def n_words(table: pd.DataFrame) -> str:
    """The size of each outlet's part of the table, for a caption."""
    if "n_articles" not in table or table.empty:
        return ""
    sizes = table.groupby("outlet")["n_articles"].max().dropna()
    events = (f" over up to {count(table['n_events'].max(), 'event')}"
              if "n_events" in table and table["n_events"].notna().any() else "")
    return "n = " + ", ".join(f"{outlet} {int(n)}" for outlet, n in sizes.items()) + " articles" + events + "."


def peaks(table: pd.DataFrame, row: str, value: str) -> str:
    """One sentence per row naming the outlet with the highest value, for at most six rows."""
    words = []
    for name, part in table.dropna(subset=[value]).groupby(row, sort=False):
        top = part.loc[part[value].astype(float).idxmax()]
        words.append(f"{name}: highest in {top['outlet']} ({top[value]:.2f})")
    return "; ".join(words[:6]) + ("." if words else "")


def title_above(ax: Axes, words: str, lines: int) -> None:
    """The title, above a legend of `lines` lines that stands on the axes."""
    ax.set_title(words, pad=6 + 1.55 * float(plt.rcParams["legend.fontsize"]) * lines)


def ink(colour: str, alpha: float = 1.0) -> str:
    """Black or white, whichever reads better on `colour`."""
    red, green, blue = (1 - alpha * (1 - part) for part in to_rgb(colour))
    return "black" if 0.299 * red + 0.587 * green + 0.114 * blue > 0.55 else "white"


def cell(across: float, place: float, colour: str) -> Rectangle:
    return Rectangle((across - 0.48, place - 0.45), 0.96, 0.9, facecolor=colour, edgecolor=LIGHT, linewidth=0.6)


def grid_axes(ax: Axes, names: Sequence[str]) -> None:
    ax.set_xlim(-0.5, len(names) - 0.5)
    ax.set_xticks(range(len(names)), names)
    ax.tick_params(axis="x", length=0)
    ax.xaxis.tick_top()
    for side in ("left", "bottom"):
        ax.spines[side].set_visible(False)


def short(words: str, longest: int = 28) -> str:
    return words if len(words) <= longest else words[:longest - 1] + "…"
