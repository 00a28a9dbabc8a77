"""Every figure of an analysis at every size: words on words and words that run out, and a sheet to look at.

    python tests/every_figure.py SOURCE [FOLDER]

SOURCE is what ``framing analyze`` takes, or ``summit`` or ``tannery``. Prints each trouble and ends with their number,
which is the exit status; with FOLDER a sheet of all figures is written there for each size.
"""

from __future__ import annotations

import sys
import warnings
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt

import framing
from framing import plots
from framing.plots.fitting import text_troubles
from framing.plots.style import SIZES, figure_of
from framing.reports.page import draw_figures
from framing.reports.pipeline import Analysis, analyze


def drawn(analysis: Analysis, size: str) -> Iterator[tuple[str, Any]]:
    """Every figure of the report, and those that it has no place for."""
    yield from draw_figures(analysis, size=size)
    tables, options = analysis.tables, {"outlets": analysis.outlets, "size": size}
    if "keyness" in tables:
        for outlet in analysis.outlets:
            yield f"word_shift of {outlet}", plots.plot_word_shift(tables["keyness"], outlet=outlet, **options)
            yield f"keyness of {outlet}", plots.plot_keyness(tables["keyness"], outlet=outlet, **options)
    loaded = tables["loaded"]
    yield "dispersion", plots.plot_dispersion(loaded, analysis.articles, **options)
    yield "timeline of uses", plots.plot_timeline(loaded, articles=analysis.articles, **options)


def troubles(analysis: Analysis, size: str, folder: Path | None = None) -> list[str]:
    """What is wrong with the words of each figure at this size, one line for each figure that has something."""
    found, pictures = [], []
    for name, made in drawn(analysis, size):
        figure = figure_of(made)
        overlaps, clipped = text_troubles(figure)
        if overlaps or clipped:
            found.append(f"{name} at {size}: {overlaps[:2]} {clipped[:2]}")
        if folder is not None:
            figure.canvas.draw()
            pictures.append((name, figure.canvas.buffer_rgba()))
        plt.close(figure)
    if folder is not None:
        _sheet(pictures, folder / f"{size}.png")
    return found


def _sheet(pictures: list[tuple[str, Any]], path: Path) -> None:
    import numpy as np
    from PIL import Image

    columns, wide = 4, 520
    tiles = [Image.fromarray(np.asarray(pixels)).convert("RGB") for _, pixels in pictures]
    tiles = [tile.resize((wide, round(tile.height * wide / tile.width))) for tile in tiles]
    tall = [0] * columns
    places = []
    for tile in tiles:  # each under the shortest column
        column = tall.index(min(tall))
        places.append((column * (wide + 10), tall[column]))
        tall[column] += tile.height + 10
    sheet = Image.new("RGB", (columns * (wide + 10), max(tall, default=1)), "grey")
    for tile, place in zip(tiles, places, strict=True):
        sheet.paste(tile, place)
    path.parent.mkdir(parents=True, exist_ok=True)
    sheet.save(path)


def read(source: str) -> Analysis:
    if source not in ("summit", "tannery"):
        return analyze(source)
    path = partial(framing.example_path, source)
    return analyze(
        framing.example(source),
        concepts=path(f"{source}.toml"),
        contrasts=path("contrasts.toml"),
        facts=path("facts.csv"),
    )


def main(source: str, folder: str = "") -> int:
    analysis, found = read(source), []
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Figures show boxes|Glyph|constrained_layout not applied")
        for size in SIZES:
            found += troubles(analysis, size, Path(folder) if folder else None)
            print(size, *found[-9:], sep="\n  ", flush=True)
    print(f"{len(found)} figures with words on words or out of the paper")
    return min(len(found), 99)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]))
