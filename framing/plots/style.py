"""How figures look and how they leave the computer: sizes, colours, alt text, SVG, PDF, PNG and data.

Nothing here knows what is drawn. Plot functions wear `figure_style`, which sets type and lines for one
drawing and leaves matplotlib's settings as they were, and end with `finish`, which notes the table and
the words that `save_figure` and `show_figure` need.
"""

from __future__ import annotations

import functools
import html
import io
import re
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

import matplotlib.pyplot as plt
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.layout_engine import PlaceHolderLayoutEngine
from matplotlib.text import Text

from framing.plots.fonts import cover_letters
from framing.tables import write_csv
from framing.text.layout import fill

MM = 1 / 25.4
LAYOUT_DPI = 300  # letters are measured as finely as they are printed, and unhinted, so that none runs over an edge

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
_SAVING: Any = {"svg.hashsalt": "framing", "svg.fonttype": "path", "pdf.fonttype": 42,
                "text.parse_math": False, "text.hinting": "no_hinting"}


@dataclass(frozen=True)
class About:
    """What a figure must carry with it: its data, its description in words, its caption."""

    data: pd.DataFrame
    alt: str
    caption: str


_about: WeakKeyDictionary[Figure, About] = WeakKeyDictionary()


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
            return draw(*args, size=size, **options)
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
    figure = _figure(ax)
    _about[figure] = About(table.reset_index(drop=True), " ".join(alt.split()), " ".join(caption.split()))
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
    figure = _figure(ax)
    if figure not in _about:
        raise ValueError("This figure was not drawn by a plot_* function of framing, so it has no data or "
                         "alt text. Pass data= and alt= yourself.")
    return _about[figure]


def _figure(drawn: Any) -> Figure:
    if isinstance(drawn, Figure):
        return drawn
    if hasattr(drawn, "get_figure"):
        return drawn.get_figure(root=True)
    return next(iter(drawn)).get_figure(root=True)


def save_figure(ax: Axes | Figure, path: str | Path, *, data: pd.DataFrame | None = None,
                alt: str | None = None, caption: str | None = None,
                formats: Sequence[str] = ("svg", "pdf", "png"), dpi: int = 300) -> list[Path]:
    """Write a figure with everything print needs: vector and pixel files, data and alt text.

    Parameters
    ----------
    ax : what a ``plot_*`` function returned.
    path : where to, without a suffix: ``figures/labels`` gives ``labels.svg, .pdf, .png, .csv, .txt``.
    data, alt, caption : taken from the plot function unless given here.
    formats : of "svg" (text as outlines, so it looks the same everywhere), "pdf" (text stays text, TrueType
        embedded), "png".
    dpi : dots per inch of the PNG.

    Returns
    -------
    The paths written. The same figure gives the same bytes on every run: no dates, no random ids.
    """
    figure = _figure(ax)
    known = _about.get(figure)
    data = data if data is not None else (known.data if known else None)
    alt = alt or (known.alt if known else None)
    if data is None or not alt:
        raise ValueError("A figure is saved with its data and alt text. This one was not drawn by a plot_* "
                         "function of framing: pass data= (the table drawn) and alt= (what it shows).")
    caption = caption if caption is not None else (known.caption if known else "")
    stem = Path(path)
    stem.parent.mkdir(parents=True, exist_ok=True)
    metadata: Any = {"svg": {}, "png": {"Software": None, "Description": alt},
                     "pdf": {"CreationDate": None, "ModDate": None, "Creator": None, "Producer": None,
                             "Title": alt[:200]}}
    unknown = [suffix for suffix in formats if suffix not in metadata]
    if unknown:
        raise ValueError(f"There is no figure format {unknown[0]!r}; choose from {', '.join(metadata)}.")
    written = []
    with plt.rc_context(_SAVING), _settled(figure):
        for suffix in formats:
            written.append(stem.with_name(f"{stem.name}.{suffix}"))
            if suffix == "svg":
                written[-1].write_text(inline_svg(figure, alt), encoding="utf-8")
            else:
                figure.savefig(written[-1], format=suffix, dpi=dpi, metadata=metadata[suffix])
    table_file, words_file = stem.with_name(f"{stem.name}.csv"), stem.with_name(f"{stem.name}.txt")
    write_csv(data, table_file)
    words_file.write_text(alt + "\n" + (f"\n{caption}\n" if caption else ""), encoding="utf-8")
    return [*written, table_file, words_file]


@contextmanager
def _settled(figure: Figure) -> Iterator[None]:
    """Place everything once, so that all formats show the same layout and none works it out again."""
    if figure not in _about:  # drawn elsewhere
        cover_letters(figure)
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Glyph .* missing from font")  # `cover_letters` has said so, in one line
        with _placed(figure):
            yield


@contextmanager
def _placed(figure: Figure) -> Iterator[None]:
    engine = figure.get_layout_engine()
    if engine is None or isinstance(engine, PlaceHolderLayoutEngine):  # no layout to do, or done already
        yield
        return
    dpi = figure.dpi
    figure.set_dpi(LAYOUT_DPI)
    figure.draw_without_rendering()
    figure.set_dpi(dpi)
    figure.set_layout_engine("none")
    try:
        yield
    finally:
        figure.set_layout_engine(engine)


def inline_svg(ax: Axes | Figure, alt: str) -> str:
    """The figure as one SVG element that a screen reader reads as `alt`; the same bytes on every run."""
    buffer = io.StringIO()
    figure = _figure(ax)
    with plt.rc_context(_SAVING), _settled(figure):
        figure.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None})
    svg = buffer.getvalue()
    svg = svg[svg.index("<svg"):].strip()
    svg = re.sub(r"\s*<metadata>.*?</metadata>", "", svg, flags=re.DOTALL)
    return svg.replace("<svg ", f'<svg role="img" aria-label="{html.escape(alt, quote=True)}" ', 1) + "\n"


class ShownFigure:
    """A figure as HTML: inline SVG with alt text and a caption. Jupyter shows it; nbval compares it."""

    def __init__(self, markup: str, alt: str) -> None:
        self._markup, self._alt = markup, alt

    def _repr_html_(self) -> str:
        return self._markup

    def __repr__(self) -> str:
        return f"Figure: {self._alt}"


def show_figure(ax: Axes | Figure, *, alt: str | None = None, caption: str | None = None,
                save: str | Path | None = None, data: pd.DataFrame | None = None) -> ShownFigure:
    """The figure for a notebook: drawn inline, readable by a screen reader, compared by nbval.

    With ``save`` it is also written by `save_figure` (same stem rules). The figure is closed afterwards,
    so that Jupyter does not show it twice.
    """
    figure = _figure(ax)
    known = _about.get(figure)
    alt = alt or (known.alt if known else "")
    if not alt:
        raise ValueError("A figure is shown with alt text. Pass alt= (what it shows, in a sentence).")
    caption = caption if caption is not None else (known.caption if known else "")
    with _settled(figure):
        if save is not None:
            save_figure(ax, save, data=data, alt=alt, caption=caption)
        svg = inline_svg(figure, alt)
    plt.close(figure)
    words = html.escape(alt)
    return ShownFigure(f'<figure style="margin:0">{svg}<figcaption>{words}</figcaption></figure>', alt)
