"""Who speaks, and whose words fill the space."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Patch

from framing.plots.style import (
    GREY,
    MM,
    ROW_MM,
    SIZES,
    SPEAKER_TRUST,
    VOICE_FILL,
    VOICE_TRUST,
    empty,
    figure_style,
    finish,
    ink,
    known_name,
    legend_above,
    n_words,
    new_axes,
    outlet_colours,
    rows_of,
    title_above,
)
from framing.tables import require_columns
from framing.text.unicode import count, short


@figure_style
def plot_speech_share(table: pd.DataFrame, *, outlet: str | None = None, outlets: Sequence[str] | None = None,
                      ax: Axes | None = None, size: str = "double", most: int = 8) -> Any:
    """Who is given words: bars of quoted words by speaker, one panel per outlet. From `speech_share`.

    With `outlet` (or `ax`) one panel, and one Axes is returned; otherwise the list of panels.
    """
    require_columns(table, ["outlet", "speaker", "n_words", "n_quotes", "share"], made_by="speech_share")
    names = sorted(table["outlet"].astype(str).unique()) if outlet is None else [outlet]
    if outlet is not None:
        known_name(outlet, [*table["outlet"], *(outlets or [])] if len(table) else [], "outlet")
    colours = outlet_colours([*map(str, outlets or []), *table["outlet"].astype(str)])
    own = ax is None
    if ax is not None:
        panels = [ax]
        names = names[:1]
    else:
        columns = min(3, max(len(names), 1)) if size != "column" else 1
        lines = -(-max(len(names), 1) // columns)
        row_mm = max(0.75 * ROW_MM, 1.3 * SIZES[size][2] / 72 / MM)
        most = min(most, max(2, int(((SIZES[size][1] - 20) / lines - 14) / row_mm)))  # as many as are readable
        grid = new_axes(size, 20 + lines * (14 + row_mm * most), columns=columns, rows=lines,
                        squeeze=False, sharex=True)
        panels = list(grid.flat)
    widest = max(0.3, float(table["share"].max())) if len(table) else 0.3
    drawn, longest = [], 28 if len(names) < 3 or size == "column" else 22
    letters = int(SIZES[size][0] * MM * 72 / (1 if own and size == "column" else min(3, len(names) or 1))
                  / (0.7 * SIZES[size][2]))
    rows_each = table.groupby(table["outlet"].astype(str)).size().reindex(names, fill_value=0).clip(upper=most)
    slots = max(3, int(rows_each.max())) if names else 3  # so that bars are as thick in every panel
    for panel, name in zip(panels, names, strict=False):
        rows = (table[table["outlet"].astype(str) == name]
                .sort_values(["share", "n_words"], ascending=False, kind="stable").head(most))
        drawn.append(rows)
        speakers = [short(str(speaker), longest) for speaker in rows["speaker"].fillna("not identified")]
        bars = panel.barh(rows_of(panel, speakers, wrap=False), rows["share"], height=0.7,
                          color=colours.get(name, GREY))
        panel.set_ylim(bottom=-0.6 - (slots - len(rows)))
        for place, low, high in _intervals(rows):
            panel.plot([low, high], [place - 0.44] * 2, color=GREY, linewidth=0.8)
        panel.bar_label(bars, [f"{share:.0%} ({n})" for share, n in
                               zip(rows["share"], rows["n_quotes"], strict=True)], padding=2)
        ticks = [tick for tick in (0, 0.25, 0.5, 0.75, 1) if tick <= widest]
        panel.set(title=short(name, letters), xlim=(0, widest * 1.35), xticks=ticks)
        panel.xaxis.set_major_formatter(lambda share, _: f"{share:.0%}")
        panel.tick_params(axis="x", labelbottom=True)  # the lowest panel of a column may stand above an empty place
    for panel in panels[len(names):]:
        panel.set_axis_off()
    if not names:
        empty(panels[0], "quotations")
    data = pd.concat(drawn) if drawn else table
    leaders = "; ".join(f"{name}: {rows['speaker'].fillna('not identified').iloc[0]} "
                        f"({rows['share'].iloc[0]:.0%})" for name, rows in zip(names, drawn, strict=True)
                        if len(rows))
    finish(panels[0], data, alt=f"Bars of who is quoted in {count(len(names), 'outlet')}. Most words: {leaders}."
           if names else "No quotation was found.",
           caption=f"Share of each outlet's quoted and reported words, and the number of "
           f"quotations{_all_quotes(table)}. " + ("Line: 95 % interval, events resampled. " if "low" in table else "") +
           f"{SPEAKER_TRUST} “Not identified” is kept.", own=own)
    return panels[0] if outlet is not None or not own else panels


def _intervals(rows: pd.DataFrame) -> list[tuple[float, float, float]]:
    """Place of the bar, low and high, for the rows that have an interval; the first row stands on top."""
    if not {"low", "high"} <= set(rows.columns):
        return []
    return [(len(rows) - 1.0 - number, float(row.low), float(row.high)) for number, row in enumerate(rows.itertuples())
             if pd.notna(row.low) and pd.notna(row.high)]


def _all_quotes(table: pd.DataFrame) -> str:
    totals = table.groupby("outlet")["n_quotes"].sum()
    return "; n = " + ", ".join(f"{outlet} {int(n)}" for outlet, n in totals.items()) if len(totals) else ""


@figure_style
def plot_space(table: pd.DataFrame, *, outlets: Sequence[str] | None = None, ax: Axes | None = None,
               size: str = "double") -> Axes:
    """How each outlet's words divide between its own voice and others'. From `voice_share`."""
    require_columns(table, ["outlet", "voice", "share", "n_articles"], made_by="voice_share")
    names = sorted(table["outlet"].astype(str).unique())
    colours = outlet_colours([*map(str, outlets or []), *names])
    own = ax is None
    if ax is None:
        ax = new_axes(size, 30 + 1.5 * ROW_MM * max(len(names), 2))
    if not names:
        empty(ax, "words")
        return finish(ax, table, alt="There are no words to divide.", own=own)
    voices = [voice for voice in VOICE_FILL if voice in set(table["voice"])]
    for place, name in zip(rows_of(ax, names), names, strict=True):
        left = 0.0
        for voice in voices:
            part = table[(table["outlet"].astype(str) == name) & (table["voice"] == voice)]
            width = float(part["share"].iloc[0]) if len(part) else 0.0
            ax.barh(place, width, left=left, height=0.7, color=colours[name], alpha=VOICE_FILL[voice],
                    edgecolor="white", linewidth=0.5)
            if width > 0.06:
                ax.text(left + width / 2, place, f"{width:.0%}", ha="center", va="center",
                        color=ink(colours[name], VOICE_FILL[voice]))
            left += width
            if voice == "outlet" and {"low", "high"} <= set(part.columns) and part["low"].notna().any():
                ax.plot(part[["low", "high"]].iloc[0].astype(float), [place - 0.27] * 2, color="black", linewidth=0.9)
    ax.set(xlim=(0, 1), xlabel="Share of the article's words")
    ax.xaxis.set_major_formatter(lambda share, _: f"{share:.0%}")
    words = {"outlet": "the outlet's own voice", "quoted": "inside quotation marks",
             "reported": "reported without marks"}
    lines = legend_above(ax, [Patch(facecolor=GREY, alpha=VOICE_FILL[voice], label=words[voice]) for voice in voices])
    title_above(ax, "Whose words fill the space", lines)
    own_voice = table[table["voice"] == "outlet"]
    parts = "; ".join(f"{row.outlet} {row.share:.0%}" for row in own_voice.itertuples())
    return finish(ax, table, alt=f"Stacked bars of whose words fill the space. The outlet's own voice: {parts}.",
                  caption=f"Mean over articles; the line is the 95 % interval of the outlet's own share. "
                  f"{n_words(table)} {VOICE_TRUST}", own=own)
