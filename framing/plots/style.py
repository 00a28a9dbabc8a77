"""How figures look: sizes, colours, and the pieces that several drawings share.

Plot functions wear `figure_style`, which sets type and lines for one drawing and leaves matplotlib's settings as
they were, and end with `finish`, which notes the table and the words that `save_figure` and `show_figure` need.
"""

from __future__ import annotations

import functools
import math
import warnings
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from typing import Any
from weakref import WeakKeyDictionary

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib import rcParamsDefault
from matplotlib.axes import Axes
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from matplotlib.font_manager import fontManager
from matplotlib.lines import Line2D
from matplotlib.patches import Patch, Rectangle
from matplotlib.text import Text

from framing.plots.fitting import (
    LEADING,
    MM,
    SMALLEST,
    cover_letters,
    fit_cells,
    line_mm,
    lines_of,
    longest,
    names_in_lines,
)
from framing.precision import same_table
from framing.text.unicode import count

# Width and greatest height in mm and type in points. "column" and "page" are the widths most journals ask for (89 and
# 183 mm, at most 170 high, type 5 to 7 pt); "a4" and "letter" leave margins of two centimetres or an inch.
SIZES = {
    "column": (89, 170, 6.0),
    "page": (183, 170, 7.0),
    "slide": (254, 143, 12.0),
    "a4": (170, 247, 8.0),
    "letter": (165, 228, 8.0),
    "square": (150, 150, 8.0),
}
Size = str | tuple[float, float] | tuple[float, float, float]  # a name, or width and greatest height in mm and type

# Okabe and Ito's palette as named by Wong, "Points of view: Color blindness", Nature Methods 8, 441 (2011), with its
# four palest hues darkened until they stand out from white paper by 3 to 1, as WCAG asks of graphics.
PALETTE = {
    "blue": "#0072B2",
    "vermillion": "#D55E00",
    "bluish green": "#008C66",
    "reddish purple": "#BE6497",
    "orange": "#B27B00",
    "sky blue": "#2F93CC",
    "black": "#000000",
    "dark yellow": "#7D7600",
}
BLUE = PALETTE["blue"]  # of what is one colour for all outlets
MARKERS = "osD^vPX*<>hpdx+1"  # one per outlet besides its colour: sixteen outlets are told apart in grey, too
GREY, LIGHT = "#555555", "#D9D9D9"

FONT = "DejaVu Sans"  # comes with matplotlib, so that a figure looks the same on every machine
_STYLE: Any = {
    "text.parse_math": False,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.linewidth": 0.6,
    "xtick.major.width": 0.6,
    "ytick.major.width": 0.6,
    "xtick.major.size": 2.5,
    "ytick.major.size": 2.5,
    "lines.linewidth": 1.0,
    "lines.markersize": 4.0,
    "legend.frameon": False,
    "hatch.linewidth": 0.5,
    "axes.axisbelow": True,
    "axes.titlelocation": "left",
    "axes.titleweight": "bold",
    "axes.unicode_minus": True,
    "figure.dpi": 100,
    "figure.max_open_warning": 0,
}


@dataclass(frozen=True)
class About:
    """What a figure must carry with it: its data, its description in words, its caption."""

    data: pd.DataFrame
    alt: str
    caption: str


NOTED: WeakKeyDictionary[Axes, About] = WeakKeyDictionary()


@dataclass(frozen=True)
class Look:
    """What whoever draws a figure asked for beside its table."""

    colours: Mapping[str, str] = field(default_factory=dict)
    markers: Mapping[str, str] = field(default_factory=dict)
    title: str | None = None
    caption: bool | str = True


PLAIN = Look()
_LOOK: ContextVar[Look] = ContextVar("look", default=PLAIN)


def outlet_colours(outlets: Sequence[str]) -> dict[str, str]:
    """One colour per outlet, the same in every figure drawn from the same list of outlets, whatever its order.

    There are eight hues; further outlets share them and are told apart by their marker.
    """
    names = sorted(dict.fromkeys(map(str, outlets)))
    hues = list(PALETTE.values())
    return {name: hues[number % len(hues)] for number, name in enumerate(names)}


def outlet_markers(outlets: Sequence[str]) -> dict[str, str]:
    """One marker per outlet, in the order of `outlet_colours`."""
    names = sorted(dict.fromkeys(map(str, outlets)))
    return {name: MARKERS[number % len(MARKERS)] for number, name in enumerate(names)}


def check_size(size: Any) -> None:
    """Raise ``ValueError`` with the names there are unless `size` is one of `SIZES` or a width and height in mm."""
    known = (
        isinstance(size, tuple)
        and len(size) in (2, 3)
        and all(isinstance(part, int | float) and part > 0 for part in size)
    )
    if not known and size not in SIZES:
        raise ValueError(
            f"There is no figure size {size!r}; choose one of {', '.join(SIZES)}, or give width and "
            "greatest height in mm, such as (120, 80)."
        )


def measures(size: Size) -> tuple[float, float, float]:
    """Width and greatest height in mm, and type in points."""
    if isinstance(size, str):
        return SIZES[size]
    return (size[0], size[1], size[2] if len(size) > 2 else 7.0)


def growth(size: Size) -> float:
    """How much larger marks and lines are than on a page, as the type is; never smaller."""
    return max(1.0, measures(size)[2] / SIZES["page"][2])


def _family(font: str | Sequence[str] | None) -> list[str]:
    """The fonts asked for; else those that matplotlib's settings name, where somebody changed them; else our own."""
    if font is not None:
        return [*([font] if isinstance(font, str) else font), FONT]
    set_now: Any = plt.rcParams
    usual: Any = rcParamsDefault
    changed = any(set_now[name] != usual[name] for name in ("font.family", "font.sans-serif", "font.serif"))
    if not changed:
        return [FONT]
    named: list[str] = []
    for family in set_now["font.family"]:
        named += set_now[f"font.{family}"] if family in ("sans-serif", "serif", "monospace") else [family]
    installed = {entry.name for entry in fontManager.ttflist}
    return [*[name for name in named if name in installed][:1], FONT]


def figure_style(draw: Callable[..., Any]) -> Callable[..., Any]:
    """Run a plot function in this project's type and lines; matplotlib's own settings stay untouched.

    Every plot function so gains these choices: ``size`` (a name of `SIZES`, or width, greatest height in mm and type in
    points); ``outlets`` (which are drawn, in this order); ``names`` (what to print instead of an outlet's name);
    ``colours`` and ``markers`` by outlet; ``title``; ``caption`` (False for none, or words of your own); ``font``.
    """

    @functools.wraps(draw)
    def drawn(
        *tables: Any,
        size: Size = "page",
        outlets: Sequence[str] | None = None,
        names: Mapping[str, str] | None = None,
        colours: Mapping[str, str] | None = None,
        markers: Mapping[str, str] | None = None,
        title: str | None = None,
        caption: bool | str = True,
        font: str | Sequence[str] | None = None,
        **options: Any,
    ) -> Any:
        check_size(size)
        points = measures(size)[2]
        tables = tuple(
            _chosen(same_table(table), outlets, names) if isinstance(table, pd.DataFrame) else table for table in tables
        )
        if names and options.get("outlet") is not None:
            options["outlet"] = names.get(options["outlet"], options["outlet"])
        if outlets is not None:
            options["outlets"] = [str((names or {}).get(str(name), name)) for name in outlets]
        renamed = {
            which: {(names or {}).get(name, name): look for name, look in (given or {}).items()}
            for which, given in (("colours", colours), ("markers", markers))
        }
        token = _LOOK.set(Look(**renamed, title=title, caption=caption))
        larger = growth(size)
        type_sizes: Any = {
            **{
                name: larger * _STYLE[name]
                for name in _STYLE
                if name.endswith((".linewidth", ".width", ".markersize", ".major.size"))
            },
            "font.size": points,
            "axes.titlesize": points + 1,
            "axes.labelsize": points,
            "xtick.labelsize": points,
            "ytick.labelsize": points,
            "legend.fontsize": points,
        }
        try:
            with plt.rc_context({**_STYLE, "font.family": _family(font), **type_sizes}):
                return draw(*tables, size=size, **options)
        finally:
            _LOOK.reset(token)

    return drawn


def _chosen(table: pd.DataFrame, outlets: Sequence[str] | None, names: Mapping[str, str] | None) -> pd.DataFrame:
    """The rows of the outlets asked for, under the names asked for."""
    if outlets is not None and "outlet" in table:
        table = table[table["outlet"].astype(str).isin(list(map(str, outlets)))]
    if names:
        for column in [name for name in ("outlet", "reference") if name in table]:
            table = table.assign(**{column: [names.get(str(name), name) for name in table[column]]})
    return table


def ordered(names: Iterable[Any], outlets: Sequence[str] | None) -> list[str]:
    """The outlets of a figure in their order: as asked for, else alphabetical."""
    return list(dict.fromkeys(map(str, outlets))) if outlets is not None else sorted({str(name) for name in names})


def new_axes(size: Size, height_mm: float, *, columns: int = 1, rows: int = 1, **options: Any) -> Any:
    """A new figure of a named size with room for `height_mm` (less where the size allows less)."""
    width, tallest, _ = measures(size)
    _, axes = plt.subplots(
        rows, columns, figsize=(width * MM, min(max(height_mm, 35), tallest) * MM), layout="constrained", **options
    )
    return axes


def rows_that_fit(size: Size, row_mm: float, above_mm: float) -> int:
    """How many rows a figure of this size holds beside what stands above and below them."""
    return max(2, int((measures(size)[1] - above_mm) / row_mm))


def row_mm(size: Size, lines: int = 1) -> float:
    """The height of a row of so many lines of type."""
    return max(ROW_MM, line_mm(measures(size)[2], lines) + 0.8)


def around_mm(size: Size, lines: int = 2) -> float:
    """What title, axis, caption and so many lines of legend take of a figure's height, generously."""
    points = measures(size)[2]
    return line_mm(points, 5 + lines) + line_mm(max(SMALLEST, points - 1.5), CAPTION_LINES) + 6


CAPTION_LINES = 6
CAPTION_SHARE = 0.3  # of a figure's height that its caption takes at most


def finish(
    ax: Axes, table: pd.DataFrame, *, alt: str, caption: str = "", own: bool = True, cells: Sequence[Text] = ()
) -> Axes:
    """Note what is drawn; under a figure of its `own` (no `ax` was given) print the caption small.

    `cells` are the words in the cells of a grid, which are set as large as the cells of the figure allow.
    """
    figure, look = figure_of(ax), _LOOK.get()
    caption = look.caption if isinstance(look.caption, str) else caption
    NOTED[ax] = About(table.reset_index(drop=True), " ".join(alt.split()), " ".join(caption.split()))
    if look.title is not None:
        _retitle(ax, figure, look.title, own)
    if own:
        _wrap_words(ax, figure)
    if caption and own and look.caption is not False:
        _print_caption(figure, " ".join(caption.split()))
    cover_letters(figure)
    if own and cells:
        _set_cells(ax, figure, cells)
    return ax


def _set_cells(ax: Axes, figure: Figure, cells: Sequence[Text]) -> None:
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Glyph .* missing from font")  # `cover_letters` has said so, in one line
        figure.draw_without_rendering()
    columns, rows = (round(abs(high - low)) for low, high in (ax.get_xlim(), ax.get_ylim()))
    left_out = fit_cells(ax, columns, rows, cells)
    if left_out:
        known = NOTED[ax]
        words = known.caption + left_out
        NOTED[ax] = replace(known, caption=words.strip())
        if _LOOK.get().caption is not False:
            _print_caption(figure, words.strip())


def _retitle(ax: Axes, figure: Figure, words: str, own: bool) -> None:
    if own and figure.get_suptitle():
        title_of_panels(figure, words)
        return
    for text in _titles(ax):
        text.set_text(words)
    if not _titles(ax):
        ax.set_title(words)


def title_of_panels(figure: Figure, words: str) -> None:
    """A title above all panels."""
    points = float(plt.rcParams["axes.titlesize"])
    room = 0.96 * float(figure.get_size_inches()[0]) * 72
    lines = lines_of(words, points, room, most=2, bold=True)
    figure.suptitle("\n".join(lines), x=0.01, ha="left", fontweight="bold", fontsize=points)


def _titles(ax: Axes) -> list[Text]:
    words = ax.get_title("left")
    return [text for text in ax.get_children() if isinstance(text, Text) and words and text.get_text() == words]


def _print_caption(figure: Figure, caption: str) -> None:
    """The caption at the foot, smaller where it would take more than its share of the height."""
    width, height = (float(side) * 72 for side in figure.get_size_inches())
    points = max(SMALLEST, plt.rcParams["font.size"] - 1.5)
    width *= 0.91 if caption.isascii() else 0.87  # letters of other fonts are only about as wide as measured
    lines = lines_of(caption, points, width)
    while points > SMALLEST and LEADING * points * len(lines) > CAPTION_SHARE * height:
        points = max(SMALLEST, points - 0.5)
        lines = lines_of(caption, points, width)
    figure.supxlabel("\n".join(lines), fontsize=points, color=GREY, x=0.01, ha="left")


def _wrap_words(ax: Axes, figure: Figure) -> None:
    """Break title and x label where they would run out of the figure, whose left part the names of the rows take."""
    width = _width(ax)
    beside = _names_width(ax)
    room = max(0.3 * width, 0.96 * width - beside)
    for text in _titles(ax):
        points = float(text.get_fontsize())
        text.set_text("\n".join(lines_of(" ".join(text.get_text().split()), points, room, bold=True, most=3)))
    label = ax.xaxis.label
    if label.get_text():
        label.set_text(
            "\n".join(lines_of(" ".join(label.get_text().split()), float(label.get_fontsize()), room, most=3))
        )


def _names_width(ax: Axes) -> float:
    points = float(plt.rcParams["ytick.labelsize"])
    return (
        longest(
            (line for label in ax.get_yticklabels() for line in label.get_text().split("\n")),
            points,
            bold=any(label.get_fontweight() == "bold" for label in ax.get_yticklabels()),
        )
        + 6
    )


def about(drawn: Any) -> About:
    """The data, alt text and caption of what a plot function of this package drew; of a figure, of all its panels."""
    if isinstance(drawn, Axes) and drawn in NOTED:
        return NOTED[drawn]
    known = noted_in(figure_of(drawn))
    if known is None:
        raise ValueError(
            "This figure was not drawn by a plot_* function of framing, so it has no data or "
            "alt text. Pass data= and alt= yourself."
        )
    return known


def noted_in(figure: Figure) -> About | None:
    """What is known of the panels of a figure together; None where none was drawn by this package."""
    panels = [NOTED[ax] for ax in figure.axes if ax in NOTED]
    if len(panels) < 2:
        return panels[0] if panels else None
    data = pd.concat([panel.data.assign(panel=number) for number, panel in enumerate(panels, 1)], ignore_index=True)
    alt, caption = (
        " ".join(f"Panel {number}: {words}" for number, words in enumerate(each, 1) if words)
        for each in ([panel.alt for panel in panels], [panel.caption for panel in panels])
    )
    return About(data, alt, caption)


def figure_of(drawn: Any) -> Figure:
    if isinstance(drawn, Figure):
        return drawn
    if hasattr(drawn, "get_figure"):
        return drawn.get_figure(root=True)
    return next(iter(drawn)).get_figure(root=True)


# Pieces that several drawings share: rows, dots with intervals, grid cells, counts in words.

VOICE_FILL = {"outlet": 1.0, "quoted": 0.45, "reported": 0.2}  # how dark each voice is drawn
ROW_MM = 5.0  # least height of one row of dots or bars
RING = 1.9  # how much wider an open mark is that stands around a filled one
NAMES_SHARE = 0.36  # of a figure's width that the names of its rows may take
FEW = 5  # articles: a mark that rests on fewer is drawn open

# How far to trust what a figure rests on, printed under it; the numbers stand in the cards under models/.
VOICE_TRUST = "Whose voice a word is in was found by a model (F1 .89 on words of hand-annotated news)."
SPEAKER_TRUST = (
    "Of the quotations counted, readers found about five in six wholly right on US news, four in five on other topics."
)
COUNTED_TRUST = "Words reported without quotation marks count from a certainty of .65 on, if not set otherwise."
FACTS_TRUST = (
    "On events nothing was learned from, “found” has a precision of .77 to .96 and a recall of .63 to .96: "
    "read the evidence."
)
TONE_TRUST = (
    "Of sentences that evaluate by this measure blind readers found two of three negative ones right and half of the "
    "positive ones, and it misses most (docs/tone.md): read those that a mean rests on, and check a sample of your own."
)


def empty(ax: Axes, what: str) -> None:
    """No data: "No labels in these articles", or the whole sentence that says why nothing is drawn."""
    words = what if what.endswith(".") else f"No {what} in these articles"
    lines = lines_of(words, float(plt.rcParams["font.size"]), 0.9 * _width(ax))
    ax.text(0.5, 0.5, "\n".join(lines), ha="center", va="center", color=GREY, transform=ax.transAxes)
    ax.set_axis_off()


def known_name(name: str, there: Iterable[Any], what: str) -> None:
    """Raise ``ValueError`` where `name` is none of those in a table; a table of none has nothing to draw anyway."""
    names = list(dict.fromkeys(map(str, there)))
    if names and name not in names:
        raise ValueError(f"There is no {what} {name!r} in this table; there are {', '.join(names)}.")


def names_room(ax: Axes) -> float:
    """Points that the names of rows may take of the width."""
    return NAMES_SHARE * _width(ax)


def rows_of(ax: Axes, labels: Iterable[str], *, lines: int = 2) -> np.ndarray:
    """Names down the rows, the first on top; where each row stands. Names take a third of the width, in `lines`."""
    points = float(plt.rcParams["ytick.labelsize"])
    names = names_in_lines([str(label) for label in labels], points, names_room(ax), lines)
    places = np.arange(len(names))[::-1]
    ax.set_yticks(places, names)
    ax.set_ylim(-0.6, len(names) - 0.4)
    ax.tick_params(axis="y", length=0)
    return places


def lines_in(names: Iterable[Any], size: Size, *, most: int = 2, share: float = NAMES_SHARE) -> int:
    """How many lines the longest of these names takes beside a figure's rows."""
    width, _, points = measures(size)
    return max((len(lines_of(str(name), points, share * width * MM * 72, most=most)) for name in names), default=1)


def outlet_looks(names: Iterable[Any], outlets: Sequence[str] | None) -> tuple[dict[str, str], dict[str, str]]:
    """Colour and marker of every outlet, in the order in which they are drawn."""
    everyone, look = ordered(names, outlets), _LOOK.get()
    colours, markers = outlet_colours(everyone), outlet_markers(everyone)
    return (
        {name: look.colours.get(name, colours[name]) for name in everyone},
        {name: look.markers.get(name, markers[name]) for name in everyone},
    )


def dot(
    ax: Axes,
    value: Any,
    place: float,
    low: Any,
    high: Any,
    colour: str,
    marker: str,
    *,
    filled: bool = True,
    ring: bool = False,
) -> None:
    """One estimate: a line over its interval (where there is one) and a marker on the estimate.

    A `ring` is an open mark so wide that it shows around a filled one on the same place. An estimate of zero has a thin
    pale line, so that what was never seen does not draw the eye.
    """
    if pd.notna(low) and pd.notna(high):
        line = float(plt.rcParams["lines.linewidth"])
        width, alpha = (1.2 * line, 1.0) if value != 0 else (0.5 * line, 0.5)
        ax.plot([low, high], [place] * 2, color=colour, linewidth=width, alpha=alpha, solid_capstyle="butt")
    if pd.notna(value):
        size = float(plt.rcParams["lines.markersize"])
        edge = 0.7 if ring else float(plt.rcParams["lines.markeredgewidth"])
        ax.plot(
            value,
            place,
            marker,
            color=colour,
            markerfacecolor=colour if filled else "white",
            markersize=RING * size if ring else size,
            markeredgewidth=edge,
            zorder=2 if ring else 2.1,
        )


def dots(
    ax: Axes,
    table: pd.DataFrame,
    row: str,
    value: str,
    outlets: Sequence[str] | None,
    *,
    filled: str | None = None,
    ring: str | None = None,
    beside: str | None = None,
    stroke: str = "",
) -> float:
    """Rows of estimates with intervals, one marker per outlet within each row; returns the legend's height in points.

    Where the column `filled` is False the mark is open. Where the column `ring` is True it is a wide ring, drawn under
    the filled ones and a little lower. The column `beside` is drawn as a short upright stroke in the same line, which
    the legend calls `stroke`.
    """
    colours, markers = outlet_looks(table["outlet"], outlets)
    names = list(dict.fromkeys(table[row].astype(str)))
    present = [name for name in colours if name in set(table["outlet"].astype(str))]
    step = 0.8 / max(len(present), 1)
    for place, name in zip(rows_of(ax, names), names, strict=True):
        here = table[table[row].astype(str) == name]
        for number, outlet in enumerate(present):
            for line in here[here["outlet"].astype(str) == outlet].to_dict("records"):
                is_ring = bool(ring) and bool(line[ring])
                at = place + 0.4 - step * (number + (0.72 if is_ring else 0.36 if ring else 0.5))
                dot(
                    ax,
                    line[value],
                    at,
                    line.get("low"),
                    line.get("high"),
                    colours[outlet],
                    markers[outlet],
                    filled=not is_ring and (not filled or bool(line[filled])),
                    ring=is_ring,
                )
                if beside and pd.notna(line[beside]):
                    ax.plot([line[beside]], [at], linestyle="", color=colours[outlet], **_stroke())
        if place:
            ax.axhline(place - 0.5, color=LIGHT, linewidth=0.4)
    handles = [Line2D([], [], linestyle="", marker=markers[name], color=colours[name], label=name) for name in present]
    if beside:
        handles.append(Line2D([], [], linestyle="", color=GREY, label=stroke, **_stroke()))
    return legend_above(ax, handles)


def _stroke() -> dict[str, Any]:
    """A short upright stroke, as large as the type of the figure asks for."""
    tall = 1.25 * float(plt.rcParams["lines.markersize"])
    return {"marker": "|", "markersize": tall, "markeredgewidth": 0.18 * tall}


def dots_mm(size: Size, n_outlets: int) -> float:
    """The height of a row of dots, one outlet above the other."""
    return max(row_mm(size, 2), 2.6 * ROW_MM * min(1.0, max(n_outlets, 2) / 5), 1.9 * growth(size) * n_outlets)


LEGEND_SHARE = 0.2  # of a figure's height that a legend takes at most, if smaller type can do it


def _legend_plan(labels: Sequence[str], points: float, room: float, high: float, mark: float) -> tuple[float, int, int]:
    """Type, columns and lines of a legend in `room` points of width, in smaller type where it would stand too high."""
    while True:
        widest = min(longest(labels, points), room) + mark * points
        columns = int(max(1, min(len(labels), room // widest)))
        lines = -(-len(labels) // columns)
        columns = -(-len(labels) // lines) if labels else 1  # as many in each line
        if points <= SMALLEST or 1.5 * points * lines <= LEGEND_SHARE * high:
            return points, columns, lines
        points = max(SMALLEST, points - 0.5)


def legend_above(ax: Axes, handles: Sequence[Any]) -> float:
    """A legend between title and axes, in as many columns as its words leave room for; returns its height in points."""
    patches = any(isinstance(handle, Patch) for handle in handles)  # which fill the place that a mark stands within
    mark = 3.4 if patches else 3.0
    room = max(0.45 * _width(ax), 0.93 * _width(ax) - _names_width(ax))
    labels = [str(handle.get_label()) for handle in handles]
    points, columns, lines = _legend_plan(labels, float(plt.rcParams["legend.fontsize"]), room, _height(ax), mark)
    for handle, name in zip(handles, names_in_lines(labels, points, room - mark * points, 1), strict=True):
        handle.set_label(name)
    handles = [handle for column in range(columns) for handle in handles[column::columns]]  # to be read across
    ax.legend(
        handles=handles,
        loc="lower left",
        bbox_to_anchor=(0, 1.0),
        ncols=columns,
        columnspacing=0.8,
        handletextpad=0.6 if patches else 0.2,
        borderaxespad=0.2,
        fontsize=points,
    )
    return 1.65 * points * lines


def legend_lines(names: Sequence[str], size: Size) -> int:
    """About how many lines of the figure's type a legend of these names takes."""
    width, tallest, points = measures(size)
    smaller, _, lines = _legend_plan(names, points, 0.6 * width * MM * 72, tallest * MM * 72, 3.0)
    return int(-(-lines * 1.2 * smaller // points))


UPRIGHT_MM = 26.0  # what names that stand upright above a grid take


HEADER_LINES = 4  # of names above a grid, before they stand upright


def columns_of(ax: Axes, names: Sequence[str], size: Size) -> None:
    """Names above the columns 0, 1, ... of a grid: broken into lines, or upright where their words are wider."""
    lines, upright = _column_names(names, size)
    grid_axes(ax, lines)
    if upright:
        ax.tick_params(axis="x", labelrotation=90)


def header_mm(names: Sequence[str], size: Size) -> float:
    """How high the names above a grid's columns stand, beyond the one line that every grid has."""
    lines, upright = _column_names(names, size)
    points = measures(size)[2]
    if upright:
        return longest(lines, points) / 72 / MM
    return line_mm(points, max((name.count("\n") for name in lines), default=0))


def _column_names(names: Sequence[str], size: Size) -> tuple[list[str], bool]:
    width, tallest, points = measures(size)
    room = (1 - NAMES_SHARE - 0.04) * width * MM * 72 / max(len(names), 1)
    widest = longest((word for name in names for word in str(name).split()), points)
    lines = max((len(lines_of(str(name), points, 0.92 * room)) for name in names), default=0)
    high = max((len(str(name)) for name in names), default=0)
    if widest <= 0.92 * room and ((high < 30 and lines <= HEADER_LINES) or len(names) < 4):
        return names_in_lines(list(map(str, names)), points, 0.92 * room, HEADER_LINES), False
    return names_in_lines(list(map(str, names)), points, min(UPRIGHT_MM, 0.2 * tallest) * MM * 72, 1), True


def _height(ax: Axes) -> float:
    figure = ax.get_figure(root=True)
    return float(figure.get_size_inches()[1]) * 72 if figure is not None else 350.0


def _width(ax: Axes) -> float:
    """The width in points that the figure leaves a panel."""
    figure, grid = ax.get_figure(root=True), ax.get_subplotspec()
    columns = 1.0
    if grid is not None:
        columns = grid.get_gridspec().ncols / (grid.colspan.stop - grid.colspan.start)
    return float(figure.get_size_inches()[0]) * 72 / columns if figure is not None else 500.0


def n_words(table: pd.DataFrame) -> str:
    """The size of each outlet's part of the table, from the least to the most articles of a row, for a caption."""
    if "n_articles" not in table or table.empty:
        return ""
    together = table.dropna(subset=["n_articles"]).groupby("outlet")["n_articles"]
    if not together.ngroups:
        return ""
    sizes = {str(outlet): (int(n.min()), int(n.max())) for outlet, n in together}
    events = (
        f" over up to {count(table['n_events'].max(), 'event')}"
        if "n_events" in table and table["n_events"].notna().any()
        else ""
    )
    return f"n = {by_outlet(sizes, 'articles')}{events}."


MANY = 8  # outlets: of more a caption gives the least and the most


def by_outlet(sizes: Mapping[str, tuple[int, int]], what: str) -> str:
    """The least and most of each outlet; of three and more with one number, or of many, of all together."""
    least, most = min(low for low, _ in sizes.values()), max(high for _, high in sizes.values())
    if len(sizes) > MANY or (len(sizes) > 2 and least == most):
        return f"{least if least == most else f'{least} to {most}'} {what} of each outlet"
    return (
        ", ".join(f"{name} {low if low == high else f'{low} to {high}'}" for name, (low, high) in sizes.items())
        + f" {what}"
    )


def reach(values: pd.DataFrame) -> float:
    """Where an axis that goes to 1 ends: there, or at the next tenth where its inner half holds all marks and lines."""
    most = float(values.abs().max().max())
    return max(math.ceil(10 * most) / 10, 0.1) if most <= 0.5 else 1.0


def rests_on_many(table: pd.DataFrame) -> pd.Series:
    """Which rows rest on `FEW` articles or more, so that their mark is filled; all where nothing says on how many."""
    if "n_articles" not in table:
        return pd.Series(True, table.index)
    return table["n_articles"].fillna(0) >= FEW


def open_words(table: pd.DataFrame) -> str:
    """What open marks are, where a figure of dots has any."""
    return "" if rests_on_many(table).all() else f"Open: fewer than {FEW} articles. "


def interval_words(ax: Axes, table: pd.DataFrame) -> str:
    """What the lines of a figure of dots are, where it has any."""
    some = {"low", "high"} <= set(table.columns) and table["low"].notna()
    if some is False or not some.any():
        return ""
    none = "" if some.all() else ", none where there are fewer than two events or all are alike"
    return f"Lines: 95 % intervals{none}. {hidden_words(ax, table)}"


def hidden_words(ax: Axes, table: pd.DataFrame) -> str:
    """That a mark hides its interval, where one is so short; once the axis has its limits."""
    left, right = ax.get_xlim()
    mark = RING * float(plt.rcParams["lines.markersize"]) / ((1 - NAMES_SHARE) * _width(ax)) * (right - left)
    width = (table["high"] - table["low"]).dropna().astype(float)
    return "An interval that does not show is narrower than its mark. " if (width < mark).any() else ""


def peaks(table: pd.DataFrame, row: str, value: str, *, least: int = 0) -> str:
    """One sentence per row naming the outlet, or outlets, with the highest value as printed, for at most six rows.

    With `least` outlets whose value rests on fewer articles are passed over, and rows that leave no two to compare.
    """
    words = []
    if least:
        table = table[table["n_articles"].fillna(0) >= least]
        table = table[table.groupby(row)["outlet"].transform("nunique") > 1]
    for name, part in table.dropna(subset=[value]).reset_index(drop=True).groupby(row, sort=False):
        numbers = part[value].astype(float).round(2) + 0.0  # no minus before nothing
        highest = dict.fromkeys(part.loc[numbers == numbers.max(), "outlet"].astype(str))
        everywhere = len(part) > 1 and numbers.nunique() == 1
        number = f"{numbers.max():.2f}".replace("-", "−")
        words.append(
            f"{name}: {number} in every outlet"
            if everywhere
            else f"{name}: highest in {' and '.join(highest)} ({number})"
        )
    return "; ".join(words[:6]) + ("." if words else "")


def title_above(ax: Axes, words: str, legend: float) -> None:
    """The title, above a legend of so many points that stands on the axes."""
    ax.set_title(words, pad=6 + legend)


def ink(colour: str, alpha: float = 1.0) -> str:
    """Black or white, whichever stands out more from `colour` laid over white (WCAG's contrast)."""
    light = luminance(tuple(1 - alpha * (1 - part) for part in to_rgb(colour)))
    return "black" if (light + 0.05) / 0.05 > 1.05 / (light + 0.05) else "white"


def luminance(rgb: Sequence[float]) -> float:
    """Relative luminance as WCAG 2 defines it."""
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in rgb)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def cell(across: float, place: float, colour: str, share: float = 1.0) -> Rectangle:
    """A cell of a grid; what rests on less fills less of it."""
    wide, high = 0.96 * share, 0.9 * share
    return Rectangle(
        (across - wide / 2, place - high / 2), wide, high, facecolor=colour, edgecolor=LIGHT, linewidth=0.6
    )


def grid_axes(ax: Axes, names: Sequence[str]) -> None:
    ax.set_xlim(-0.5, len(names) - 0.5)
    ax.set_xticks(range(len(names)), names)
    ax.tick_params(axis="x", length=0)
    ax.xaxis.tick_top()
    for side in ("left", "bottom"):
        ax.spines[side].set_visible(False)
