"""How figures leave the computer: SVG, PDF, PNG, data and alt text; the same bytes on every run."""

from __future__ import annotations

import base64
import html
import io
import re
import warnings
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from functools import lru_cache
from inspect import signature
from pathlib import Path
from typing import Any

import matplotlib.pyplot as plt
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.backends import _backend_pdf_ps
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, findfont, get_font
from matplotlib.layout_engine import PlaceHolderLayoutEngine

from framing.plots.fitting import cover_letters
from framing.plots.style import FONT, figure_of, noted_in
from framing.tables import write_csv

LAYOUT_DPI = 300  # letters are measured as finely as they are printed, and unhinted, so that none runs over an edge
PACKING = 2  # of a PNG: 7 % larger than usual, in an eighth less time
SAVING: Any = {
    "svg.hashsalt": "framing",
    "svg.fonttype": "path",
    "pdf.fonttype": 42,
    "text.parse_math": False,
    "text.hinting": "no_hinting",
}
_TAG = re.compile(r"<(?!!--)[^<>]*>")  # not the comments, which hold the words of labels
_WORDS = re.compile(r"<text[^>]*>([^<]*)")
_LONG = re.compile(r"-?\d+\.\d{4,}(?:e-\d+)?")


def save_figure(
    ax: Axes | Figure,
    path: str | Path,
    *,
    data: pd.DataFrame | None = None,
    alt: str | None = None,
    caption: str | None = None,
    formats: Sequence[str] = ("svg", "pdf", "png"),
    dpi: int = 300,
) -> list[Path]:
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
    figure = figure_of(ax)
    known = noted_in(figure)
    data = data if data is not None else (known.data if known else None)
    alt = alt or (known.alt if known else None)
    if data is None or not alt:
        raise ValueError(
            "A figure is saved with its data and alt text. This one was not drawn by a plot_* "
            "function of framing: pass data= (the table drawn) and alt= (what it shows)."
        )
    caption = caption if caption is not None else (known.caption if known else "")
    stem = Path(path)
    stem.parent.mkdir(parents=True, exist_ok=True)
    metadata: Any = {
        "svg": {},
        "png": {"Software": None, "Description": alt},
        "pdf": {"CreationDate": None, "ModDate": None, "Creator": None, "Producer": None, "Title": alt[:200]},
    }
    unknown = [suffix for suffix in formats if suffix not in metadata]
    if unknown:
        raise ValueError(f"There is no figure format {unknown[0]!r}; choose from {', '.join(metadata)}.")
    written = []
    with plt.rc_context(SAVING), settled(figure), _fonts_at_hand():
        for suffix in formats:
            written.append(stem.with_name(f"{stem.name}.{suffix}"))
            if suffix == "svg":
                written[-1].write_text(inline_svg(figure, alt), encoding="utf-8")
            else:
                packing: Any = {"pil_kwargs": {"compress_level": PACKING}} if suffix == "png" else {}
                figure.savefig(written[-1], format=suffix, dpi=dpi, metadata=metadata[suffix], **packing)
    table_file, words_file = stem.with_name(f"{stem.name}.csv"), stem.with_name(f"{stem.name}.txt")
    write_csv(data, table_file)
    words_file.write_text(alt + "\n" + (f"\n{caption}\n" if caption else ""), encoding="utf-8")
    return [*written, table_file, words_file]


@contextmanager
def settled(figure: Figure) -> Iterator[None]:
    """Place everything once, so that all formats show the same layout and none works it out again."""
    if noted_in(figure) is None:  # drawn elsewhere
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
    with plt.rc_context({"figure.autolayout": False, "figure.constrained_layout.use": False}):
        figure.set_layout_engine(None)  # with "none" matplotlib draws all once more before it writes a file
    try:
        yield
    finally:
        figure.set_layout_engine(engine)


def inline_svg(ax: Axes | Figure, alt: str, *, text: bool = False) -> str:
    """The figure as one SVG element that a screen reader reads as `alt`; the same bytes on every run.

    With `text` its words stay text, to be found and copied, and the page must bring the font: see `font_face`.
    """
    buffer = io.StringIO()
    figure = figure_of(ax)
    kept: Any = {**SAVING, **({"svg.fonttype": "none"} if text else {})}
    with plt.rc_context(kept), settled(figure):
        figure.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None})
    svg = buffer.getvalue()
    svg = svg[svg.index("<svg") :].strip()
    svg = re.sub(r"\s*<metadata>.*?</metadata>", "", svg, flags=re.DOTALL)
    svg = _TAG.sub(lambda tag: _LONG.sub(_short, tag[0]), svg)
    return svg.replace("<svg ", f'<svg role="img" aria-label="{html.escape(alt, quote=True)}" ', 1) + "\n"


def font_face(svgs: Iterable[str]) -> str:
    """Style rules with the letters that figures kept as text need, of the font that they are set in."""
    from fontTools import subset

    letters = "".join(sorted(set("".join(html.unescape(words) for svg in svgs for words in _WORDS.findall(svg)))))
    if not letters:
        return ""
    rules = []
    for weight in ("normal", "bold"):
        options = subset.Options(flavor="woff", layout_features=["kern"], notdef_outline=True, drop_tables=["FFTM"])
        font = subset.load_font(findfont(FontProperties(family=[FONT], weight=weight)), options)
        cutter = subset.Subsetter(options)
        cutter.populate(text=letters)
        cutter.subset(font)
        buffer = io.BytesIO()
        subset.save_font(font, buffer, options)
        data = base64.b64encode(buffer.getvalue()).decode()
        rules.append(
            f"@font-face {{ font-family: '{FONT}'; font-weight: {weight}; "
            f"src: url(data:font/woff;base64,{data}) format('woff'); }}"
        )
    return "\n".join(rules)


# The letters of most figures: a PDF carries all of them, so that the font is cut once and not for every figure.
USUAL = "".join(map(chr, [*range(0x20, 0x7F), *range(0xA0, 0x100)])) + "–—−…‘’“”≤≥ﬀﬁﬂﬃﬄ"


_cutting: Any = _backend_pdf_ps
_subset: Any = _cutting.get_glyphs_subset


@lru_cache(maxsize=8)
def _usual_letters(path: Any) -> tuple[Any, bytes, set[int]]:
    """The font with the `USUAL` letters alone, as matplotlib cuts it and as a file, and their glyphs."""
    font = get_font(path)
    usual = {int(font.get_char_index(ord(letter))) for letter in USUAL}
    with _subset(path, usual) as cut:
        return cut, _cutting.font_as_file(cut.font).getvalue(), usual


@contextmanager
def _fonts_at_hand() -> Iterator[None]:
    """Within this, a PDF gets its letters from a font that is cut already, unless it needs others."""
    if "glyphs" not in signature(_subset).parameters:  # matplotlib before 3.11, where letters have no numbers yet
        yield
        return
    as_file, files = _cutting.font_as_file, {}

    def cut(path: Any, glyphs: Iterable[int]) -> Any:
        found, data, usual = _usual_letters(path)
        if not set(glyphs) <= usual:
            return _subset(path, glyphs)
        files[found.font] = data
        return nullcontext(found)

    _cutting.get_glyphs_subset = cut
    _cutting.font_as_file = lambda font: io.BytesIO(files[font]) if font in files else as_file(font)
    try:
        yield
    finally:
        _cutting.get_glyphs_subset, _cutting.font_as_file = _subset, as_file


def _short(number: re.Match[str]) -> str:
    """A coordinate in three decimals: a thousandth of a point cannot be seen, and the rest is the processor's."""
    return f"{float(number[0]) + 0.0:.3f}".rstrip("0").rstrip(".")


class ShownFigure:
    """A figure as HTML: inline SVG with alt text and a caption. Jupyter shows it; nbval compares it."""

    def __init__(self, markup: str, alt: str) -> None:
        self._markup, self._alt = markup, alt

    def _repr_html_(self) -> str:
        return self._markup

    def __repr__(self) -> str:
        return f"Figure: {self._alt}"


def show_figure(
    ax: Axes | Figure,
    *,
    alt: str | None = None,
    caption: str | None = None,
    save: str | Path | None = None,
    data: pd.DataFrame | None = None,
) -> ShownFigure:
    """The figure for a notebook: drawn inline, readable by a screen reader, compared by nbval.

    With ``save`` it is also written by `save_figure` (same stem rules). The figure is closed afterwards,
    so that Jupyter does not show it twice.
    """
    figure = figure_of(ax)
    known = noted_in(figure)
    alt = alt or (known.alt if known else "")
    if not alt:
        raise ValueError("A figure is shown with alt text. Pass alt= (what it shows, in a sentence).")
    caption = caption if caption is not None else (known.caption if known else "")
    with settled(figure):
        if save is None:
            svg = inline_svg(figure, alt)
        else:
            svg = save_figure(ax, save, data=data, alt=alt, caption=caption)[0].read_text(encoding="utf-8")
    plt.close(figure)
    words = html.escape(alt)
    return ShownFigure(f'<figure style="margin:0">{svg}<figcaption>{words}</figcaption></figure>', alt)
