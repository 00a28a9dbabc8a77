"""How figures look: sizes, colours, and the pieces that several drawings share.

Plot functions wear `figure_style`, which sets type and lines for one drawing and leaves matplotlib's settings as
they were, and end with `finish`, which notes the table and the words that `save_figure` and `show_figure` need.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from weakref import WeakKeyDictionary

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch, Rectangle
from matplotlib.text import Text

from framing.plots.fonts import cover_letters
from framing.precision import same_table
from framing.text.unicode import count, fill, room_of

MM = 1 / 25.4

# Width and greatest height in mm and type in points. "column" and "double" are the widths most journals
# ask for (89 and 183 mm, at most 170 high, type 5 to 7 pt).
SIZES = {"column": (89, 170, 6.0), "double": (183, 170, 7.0), "half_page": (170, 120, 8.0),
         "square": (150, 150, 9.0), "slide": (254, 143, 12.0)}

# Okabe and Ito's palette as named by Wong, "Points of view: Color blindness", Nature Methods 8, 441 (2011).
PALETTE = {"blue": "#0072B2", "vermillion": "#D55E00", "bluish green": "#009E73", "reddish purple": "#CC79A7",
           "orange": "#E69F00", "sky blue": "#56B4E9", "black": "#000000", "yellow": "#F0E442"}
MARKERS = "osD^vPX*"  # one per outlet besides its colour, so that grey printing works
GREY, LIGHT = "#555555", "#D9D9D9"

_STYLE: Any = {"font.family": ["DejaVu Sans"], "text.parse_math": False, "axes.spines.top": False,
          "axes.spines.right": False, "axes.linewidth": 0.6, "xtick.major.width": 0.6,
          "ytick.major.width": 0.6, "xtick.major.size": 2.5, "ytick.major.size": 2.5, "lines.linewidth": 1.0,
          "lines.markersize": 4.0, "legend.frameon": False, "hatch.linewidth": 0.5, "axes.axisbelow": True,
          "axes.titlelocation": "left", "axes.titleweight": "bold", "axes.unicode_minus": True,
          "figure.dpi": 100, "figure.max_open_warning": 0}


@dataclass(frozen=True)
class About:
    """What a figure must carry with it: its data, its description in words, its caption."""

    data: pd.DataFrame
    alt: str
    caption: str



NOTED: WeakKeyDictionary[Figure, About] = WeakKeyDictionary()


def outlet_colours(outlets: Sequence[str]) -> dict[str, str]:
    """One colour per outlet, the same in every figure drawn from the same list of outlets.

    Eight outlets have a hue of their own; further ones are grey and told apart by marker and order.
    """
    names = sorted(dict.fromkeys(map(str, outlets)))
    hues = list(PALETTE.values())
    return {name: hues[number] if number < len(hues) else GREY for number, name in enumerate(names)}


def outlet_markers(outlets: Sequence[str]) -> dict[str, str]:
    """One marker per outlet, in the order of `outlet_colours`."""
    names = sorted(dict.fromkeys(map(str, outlets)))
    return {name: MARKERS[number % len(MARKERS)] for number, name in enumerate(names)}


def check_size(size: str) -> None:
    """Raise ``ValueError`` with the names there are unless `size` is one of `SIZES`."""
    if size not in SIZES:
        raise ValueError(f"There is no figure size {size!r}; choose one of {', '.join(SIZES)}.")


def figure_style(draw: Callable[..., Any]) -> Callable[..., Any]:
    """Run a plot function in this project's type and lines; matplotlib's own settings stay untouched."""
    @functools.wraps(draw)
    def drawn(*args: Any, size: str = "double", **options: Any) -> Any:
        check_size(size)
        points = SIZES[size][2]
        type_sizes: Any = {"font.size": points, "axes.titlesize": points + 1, "axes.labelsize": points,
                      "xtick.labelsize": points, "ytick.labelsize": points, "legend.fontsize": points}
        with plt.rc_context({**_STYLE, **type_sizes}):
            return draw(*(same_table(each) if isinstance(each, pd.DataFrame) else each for each in args),
                        size=size, **options)
    return drawn


def new_axes(size: str, height_mm: float, *, columns: int = 1, rows: int = 1, **options: Any) -> Any:
    """A new figure of a named size with room for `height_mm` (less where the size allows less)."""
    width, tallest, _ = SIZES[size]
    _, axes = plt.subplots(rows, columns, figsize=(width * MM, min(max(height_mm, 35), tallest) * MM),
                           layout="constrained", **options)
    return axes


def finish(ax: Axes, table: pd.DataFrame, *, alt: str, caption: str = "", own: bool = True, room: float = 0.7) -> Axes:
    """Note what is drawn; under a figure of its `own` (no `ax` was given) print the caption small.

    `room` is the share of the figure's width that the plot itself takes, beside the names of its rows.
    """
    figure = figure_of(ax)
    NOTED[figure] = About(table.reset_index(drop=True), " ".join(alt.split()), " ".join(caption.split()))
    if own:
        _wrap_words(ax, figure, room)
    if caption and own:
        width = figure.get_size_inches()[0]
        points = max(5.0, plt.rcParams["font.size"] - 1.5)
        wrapped = fill(" ".join(caption.split()), max(30, int(width * 72 / (points * 0.56))))
        figure.supxlabel(wrapped, fontsize=points, color=GREY, x=0.01, ha="left")
    cover_letters(figure)
    return ax


def _wrap_words(ax: Axes, figure: Figure, share: float) -> None:
    """Break title and x label where they would run out of the figure, of whose width the plot takes this `share`."""
    grid = ax.get_subplotspec()
    columns = grid.get_gridspec().ncols if grid is not None else 1
    room = share * figure.get_size_inches()[0] * 72 / columns
    titles = [text for text in ax.get_children() if isinstance(text, Text) and text.get_text() == ax.get_title("left")]
    for text, factor in [*((title, 0.64) for title in titles if title.get_text()), (ax.xaxis.label, 0.56)]:
        letters = int(room / (factor * float(text.get_fontsize())))
        text.set_text(fill(text.get_text(), max(letters, 20)))


def about(ax: Axes | Figure) -> About:
    """The data, alt text and caption of a figure that a plot function of this package drew."""
    figure = figure_of(ax)
    if figure not in NOTED:
        raise ValueError("This figure was not drawn by a plot_* function of framing, so it has no data or "
                         "alt text. Pass data= and alt= yourself.")
    return NOTED[figure]


def figure_of(drawn: Any) -> Figure:
    if isinstance(drawn, Figure):
        return drawn
    if hasattr(drawn, "get_figure"):
        return drawn.get_figure(root=True)
    return next(iter(drawn)).get_figure(root=True)


# Pieces that several drawings share: rows, dots with intervals, grid cells, counts in words.

VOICE_FILL = {"outlet": 1.0, "quoted": 0.45, "reported": 0.2}  # how dark each voice is drawn
ROW_MM = 5.0  # height of one row of dots or bars
RING = 1.9  # how much wider an open mark is that stands around a filled one

# How far to trust what a figure rests on, printed under it; the numbers stand in the cards under models/.
VOICE_TRUST = "Whose voice a word is in was found by a model (F1 .89 on words of hand-annotated news)."
SPEAKER_TRUST = "Speakers are found by rules and a model, rightly in about seven of ten quotations (F1 .71)."
FACTS_TRUST = ("On events nothing was learned from, “found” has a precision of .76 to .91 and a recall of .63 to .92: "
               "read the evidence.")
TONE_TRUST = ("Single sentences are often misread (docs/tone.md has the figures): read those that a mean rests on, and "
              "check a sample of your own.")


def empty(ax: Axes, what: str) -> None:
    ax.text(0.5, 0.5, f"No {what} in these articles", ha="center", va="center", color=GREY,
            transform=ax.transAxes)
    ax.set_axis_off()


def known_name(name: str, there: Iterable[Any], what: str) -> None:
    """Raise ``ValueError`` where `name` is none of those in a table; a table of none has nothing to draw anyway."""
    names = list(dict.fromkeys(map(str, there)))
    if names and name not in names:
        raise ValueError(f"There is no {what} {name!r} in this table; there are {', '.join(names)}.")


def rows_of(ax: Axes, labels: Iterable[str], *, wrap: bool = True) -> np.ndarray:
    """Names down the rows, the first on top; where each row stands. Long names are broken into lines (`wrap`)."""
    labels = [str(label) for label in labels]
    if wrap:
        letters = max(14, int(0.36 * _width(ax) / (0.58 * float(plt.rcParams["ytick.labelsize"]))))
        labels = [line if "\n" in line else fill(line, letters) for line in labels]
    places = np.arange(len(labels))[::-1]
    ax.set_yticks(places, labels)
    ax.set_ylim(-0.6, len(labels) - 0.4)
    ax.tick_params(axis="y", length=0)
    return places


def outlet_looks(names: Iterable[Any],
                  outlets: Sequence[str] | None) -> tuple[dict[str, str], dict[str, str]]:
    everyone = sorted({str(name) for name in names} | {str(name) for name in (outlets or [])})
    return outlet_colours(everyone), outlet_markers(everyone)


def dot(ax: Axes, value: Any, place: float, low: Any, high: Any, colour: str, marker: str, *,
         filled: bool = True, ring: bool = False) -> None:
    """One estimate: a line over its interval (where there is one) and a marker on the estimate.

    A `ring` is an open mark so wide that it shows around a filled one on the same place.
    """
    if pd.notna(low) and pd.notna(high):
        ax.plot([low, high], [place, place], color=colour, linewidth=1.2, solid_capstyle="butt")
    if pd.notna(value):
        size = float(plt.rcParams["lines.markersize"])
        edge = 0.7 if ring else float(plt.rcParams["lines.markeredgewidth"])
        ax.plot(value, place, marker, color=colour, markerfacecolor=colour if filled else "white",
                markersize=RING * size if ring else size, markeredgewidth=edge, zorder=2 if ring else 2.1)


def dots(ax: Axes, table: pd.DataFrame, row: str, value: str, outlets: Sequence[str] | None, *,
          filled: str | None = None, beside: str | None = None) -> int:
    """Rows of estimates with intervals, one marker per outlet within each row; returns the legend's lines.

    Where the column `filled` is False the mark is a ring, drawn under the filled ones. The column `beside` is
    drawn as a short upright stroke in the same line.
    """
    colours, markers = outlet_looks(table["outlet"], outlets)
    names = list(dict.fromkeys(table[row].astype(str)))
    present = [name for name in colours if name in set(table["outlet"].astype(str))]
    step = 0.8 / max(len(present), 1)
    for place, name in zip(rows_of(ax, names), names, strict=True):
        here = table[table[row].astype(str) == name]
        for number, outlet in enumerate(present):
            for line in here[here["outlet"].astype(str) == outlet].to_dict("records"):
                dot(ax, line[value], place + 0.4 - step * (number + 0.5), line.get("low"), line.get("high"),
                     colours[outlet], markers[outlet], filled=not filled or bool(line[filled]),
                     ring=bool(filled) and not line[filled])
                if beside and pd.notna(line[beside]):
                    ax.plot([line[beside]], [place + 0.4 - step * (number + 0.5)], linestyle="", marker="|",
                            color=colours[outlet], markersize=5, markeredgewidth=0.9)
        if place:
            ax.axhline(place - 0.5, color=LIGHT, linewidth=0.4)
    handles = [Line2D([], [], linestyle="", marker=markers[name], color=colours[name], label=name)
               for name in present]
    return legend_above(ax, handles)


def legend_above(ax: Axes, handles: Sequence[Any]) -> int:
    """A legend between title and axes, in as many columns as its words leave room for; returns its lines."""
    room = _width(ax) / (0.62 * float(plt.rcParams["legend.fontsize"]))
    longest = max((room_of(str(handle.get_label())) + (9 if isinstance(handle, Patch) else 5) for handle in handles),
                  default=1)
    columns = int(max(1, min(len(handles), (0.85 * room) // longest)))
    ax.legend(handles=handles, loc="lower left", bbox_to_anchor=(0, 1.0), ncols=columns, columnspacing=1.0,
              handletextpad=0.2, borderaxespad=0.2)
    return -(-len(handles) // columns)


def columns_of(ax: Axes, names: Sequence[str]) -> None:
    """Names above the columns 0, 1, ... of a grid, broken into lines that fit."""
    grid_axes(ax, _broken(names, _width(ax)))


def header_mm(names: Sequence[str], size: str) -> float:
    """How high the names above a grid's columns stand, beyond the one line that every grid has."""
    width, _, points = SIZES[size]
    lines = max((name.count("\n") for name in _broken(names, width * MM * 72)), default=0)
    return 1.25 * points / 72 / MM * lines


def _broken(names: Sequence[str], width: float) -> list[str]:
    """The names of columns that share 72 % of so many points of width, in lines."""
    letters = max(6, int(0.72 * width / max(len(names), 1) / (0.6 * float(plt.rcParams["xtick.labelsize"]))))
    return [fill(name, letters, break_long_words=False) for name in names]


def _width(ax: Axes) -> float:
    """The width of the figure in points."""
    figure = ax.get_figure(root=True)
    return float(figure.get_size_inches()[0]) * 72 if figure is not None else 500.0


def apart(places: Sequence[float], gap: float) -> list[float]:
    """Places in order, each at least `gap` after the one before, moved as little to the right as that takes."""
    moved: list[float] = []
    for place in places:
        moved.append(max(place, moved[-1] + gap) if moved else place)
    return moved


def n_words(table: pd.DataFrame) -> str:
    """The size of each outlet's part of the table, from the least to the most articles of a row, for a caption."""
    if "n_articles" not in table or table.empty:
        return ""
    together = table.dropna(subset=["n_articles"]).groupby("outlet")["n_articles"]
    if not together.ngroups:
        return ""
    sizes = {outlet: f"{int(n.min())}" if n.min() == n.max() else f"{int(n.min())} to {int(n.max())}"
             for outlet, n in together}
    events = (f" over up to {count(table['n_events'].max(), 'event')}"
              if "n_events" in table and table["n_events"].notna().any() else "")
    return "n = " + ", ".join(f"{outlet} {n}" for outlet, n in sizes.items()) + " articles" + events + "."


def peaks(table: pd.DataFrame, row: str, value: str, *, least: int = 0) -> str:
    """One sentence per row naming the outlet with the highest value, for at most six rows.

    With `least` outlets whose value rests on fewer articles are passed over, and rows that leave no two to compare.
    """
    words = []
    if least:
        table = table[table["n_articles"].fillna(0) >= least]
        table = table[table.groupby(row)["outlet"].transform("nunique") > 1]
    for name, part in table.dropna(subset=[value]).reset_index(drop=True).groupby(row, sort=False):
        numbers = part[value].astype(float)
        top = part.loc[numbers.idxmax()]
        words.append(f"{name}: {top[value]:.2f} in every outlet" if len(part) > 1 and numbers.nunique() == 1 else
                     f"{name}: highest in {top['outlet']} ({top[value]:.2f})")
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
