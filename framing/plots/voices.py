"""Who speaks, and whose words fill the space."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import matplotlib.pyplot as plt
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import to_rgba
from matplotlib.patches import Patch

from framing.plots.fitting import MM, line_mm, lines_of
from framing.plots.style import (
    BLUE,
    COUNTED_TRUST,
    GREY,
    LIGHT,
    ROW_MM,
    SPEAKER_TRUST,
    VOICE_FILL,
    VOICE_TRUST,
    Size,
    around_mm,
    by_outlet,
    cell,
    columns_of,
    empty,
    figure_of,
    figure_style,
    finish,
    header_mm,
    ink,
    known_name,
    legend_above,
    lines_in,
    measures,
    n_words,
    new_axes,
    ordered,
    outlet_looks,
    row_mm,
    rows_of,
    rows_that_fit,
    title_above,
    title_of_panels,
)
from framing.tables import require_columns
from framing.text.unicode import count


@figure_style
def plot_speech_share(
    table: pd.DataFrame,
    *,
    outlet: str | None = None,
    outlets: Sequence[str] | None = None,
    ax: Axes | None = None,
    size: Size = "page",
    top: int = 8,
) -> Any:
    """Who is given words: bars of quoted words by speaker, one panel per outlet. From `speech_share`.

    Draws the `top` speakers of each outlet, or as many as the size has room for, and one bar for all others. With
    `outlet` (or `ax`) one panel, and one Axes is returned; otherwise the list of panels.
    """
    require_columns(table, ["outlet", "speaker", "n_words", "n_quotes", "share"], made_by="speech_share")
    there = [name for name in ordered(table["outlet"], outlets) if name in set(table["outlet"].astype(str))]
    if outlet is not None:
        known_name(outlet, [*table["outlet"], *(outlets or [])] if len(table) else [], "outlet")
    names = there if outlet is None else [outlet]
    colours, _ = outlet_looks([*(outlets or []), *table["outlet"]], None)
    own = ax is None
    width, tallest, points = measures(size)
    tallest -= line_mm(points + 1)  # of the title above all panels
    bar_mm, shown = max(0.75 * ROW_MM, line_mm(points)), names
    columns = 1
    if ax is not None:
        panels, shown = [ax], names[:1]
    else:
        columns = max(1, min(int(width // (8.5 * points)), 3, len(names)))
        head = line_mm(points + 1, 2) + line_mm(points) + 5
        lines = min(-(-max(len(names), 1) // columns), max(1, int((tallest - 22) / (head + 4 * bar_mm))))
        shown = names[: lines * columns]
        top = min(top, max(2, int(((tallest - 22) / lines - head) / bar_mm) - 1))
        grid = new_axes(
            size,
            24 + line_mm(points + 1) + lines * (head + bar_mm * (top + 1)),
            columns=columns,
            rows=lines,
            squeeze=False,
            sharex=True,
        )
        panels = list(grid.flat)
    drawn = [_speakers_drawn(table[table["outlet"].astype(str) == name], top) for name in shown]
    named = [rows.loc[rows["speaker_rank"] != "others", "share"] for rows in drawn]
    widest = max([0.12, *(float(shares.max()) for shares in named if len(shares))])
    torn = [bool((rows["share"] > widest).any()) for rows in drawn]  # only what all others have together is wider
    further = False  # an interval goes on beyond the frame
    slots = max([3, *(len(rows) for rows in drawn)])  # so that bars are as thick in every panel
    for panel, name, rows, cut in zip(panels, shown, drawn, torn, strict=False):
        speakers = rows["speaker"].fillna("not identified")
        others = rows["speaker_rank"] == "others"
        bars = panel.barh(
            rows_of(panel, speakers, lines=1),
            rows["share"].clip(upper=widest),
            height=0.7,
            color=[LIGHT if other else colours.get(name, GREY) for other in others],
            edgecolor=[GREY if other else colours.get(name, GREY) for other in others],
            linewidth=0.4,
        )
        panel.set_ylim(bottom=-0.6 - (slots - len(rows)))
        if cut:
            for at in (0.85, 0.9):
                panel.plot([at * widest, (at + 0.05) * widest], [-0.45, 0.45], color="white", linewidth=1.5)
        right = widest * (1.35 if columns == 1 else 1.75)
        for place, low, high in _intervals(rows):
            panel.plot([low, min(high, 0.98 * right)], [place - 0.44] * 2, color=GREY, linewidth=0.8)
            if high > 0.98 * right:
                panel.plot([0.98 * right], [place - 0.44], color=GREY, marker=">", markersize=3, linestyle="")
                further = True
        panel.bar_label(
            bars,
            [f"{_percent(share)} ({n})" for share, n in zip(rows["share"], rows["n_quotes"], strict=True)],
            padding=2,
        )
        step = next((step for step in (0.05, 0.1, 0.2, 0.25) if right / step < 4), 0.5)
        ticks = [tick * step for tick in range(4) if tick * step <= min(right, 1)]
        room = 0.5 * width * MM * 72 / columns
        panel.set(
            title="\n".join(lines_of(name, points + 1, room, most=2, bold=True)) if own else name,
            xticks=ticks,
            xlim=(0, right),
        )
        panel.xaxis.set_major_formatter(lambda share, _: f"{share:.0%}")
        panel.tick_params(axis="x", labelbottom=True)  # the lowest panel of a column may stand above an empty place
    for panel in panels[len(shown) :]:
        panel.set_axis_off()
    if own and names:
        title_of_panels(figure_of(panels), "Who is given words")
    if not names:
        empty(panels[0], "quotations")
    data = pd.concat(drawn).drop(columns="speaker_rank") if drawn else table
    leaders = "; ".join(
        f"{name}: {rows['speaker'].fillna('not identified').iloc[0]} ({rows['share'].iloc[0]:.0%})"
        for name, rows in zip(shown, drawn, strict=True)
        if len(rows)
    )
    missing = rows_missing(drawn)
    caption = (
        f"Share of each outlet's quoted and reported words, and the number of "
        f"quotations{_all_quotes(table)}. {COUNTED_TRUST} "
        + ("Line: 95 % interval, events resampled. " if any(len(_intervals(rows)) for rows in drawn) else "")
        + ("An arrow: it reaches further than drawn. " if further else "")
        + (f"Drawn: {len(shown)} of {len(names)} outlets. " if len(shown) < len(names) else "")
        + f"{SPEAKER_TRUST}{missing}"
        + (" Where it is torn it is longer than drawn: its share stands beside it." if any(torn) else "")
    )
    finish(
        panels[0],
        data,
        alt=f"Bars of who is quoted in {count(len(shown), 'outlet')}. Most words: {leaders}."
        if names
        else "No quotation was found.",
        caption=caption if names else "",
        own=own,
    )
    return panels[0] if outlet is not None or not own else panels


def rows_missing(drawn: Sequence[pd.DataFrame]) -> str:
    """What the bars leave out or put together, in words."""
    others = any((rows["speaker_rank"] == "others").any() for rows in drawn)
    unknown = any(rows["speaker"].isna().any() for rows in drawn)
    return (" The last bar: all other speakers together." if others else "") + (
        " “Not identified”: quotations whose speaker was not found." if unknown else ""
    )


def _speakers_drawn(rows: pd.DataFrame, top: int) -> pd.DataFrame:
    """The speakers with most words; all others together in one row."""
    rows = rows.sort_values(["share", "n_words"], ascending=False, kind="stable").assign(speaker_rank="one")
    if len(rows) <= top + 1:
        return rows
    rest = rows[top:]
    others = rows.iloc[[top]].assign(
        speaker=count(len(rest), "other"),
        speaker_rank="others",
        n_words=rest["n_words"].sum(),
        n_quotes=rest["n_quotes"].sum(),
        share=rest["share"].sum(),
    )
    for column in [name for name in ("low", "high") if name in others]:
        others[column] = float("nan")
    return pd.concat([rows[:top], others])


def _intervals(rows: pd.DataFrame) -> list[tuple[float, float, float]]:
    """Place of the bar, low and high, for the rows that have an interval; the first row stands on top."""
    if not {"low", "high"} <= set(rows.columns):
        return []
    return [
        (len(rows) - 1.0 - number, float(row.low), float(row.high))
        for number, row in enumerate(rows.itertuples())
        if pd.notna(row.low) and pd.notna(row.high)
    ]


def _percent(share: float) -> str:
    """A share that is something is never printed as nothing."""
    return "<1%" if 0 < share < 0.005 else f"{share:.0%}"


def _all_quotes(table: pd.DataFrame) -> str:
    totals = table.groupby("outlet")["n_quotes"].sum()
    sizes = {str(outlet): (int(n), int(n)) for outlet, n in totals.items()}
    return f"; n = {by_outlet(sizes, 'quotations')}" if sizes else ""


@figure_style
def plot_sources(
    table: pd.DataFrame,
    *,
    outlets: Sequence[str] | None = None,
    ax: Axes | None = None,
    size: Size = "page",
    top: int = 20,
) -> Axes:
    """Who quotes whom: speakers down, outlets across, the share of each outlet's quoted words in the cell.

    From `speech_share`. Draws the `top` speakers with most words over all outlets, or as many as the size has room for;
    the last row is everybody else.
    """
    require_columns(table, ["outlet", "speaker", "n_words", "n_quotes", "share"], made_by="speech_share")
    names = ordered(table["outlet"], outlets)
    known = table.dropna(subset=["speaker"])
    words = known.groupby("speaker")["n_words"].sum().reset_index()
    words = words.sort_values(["n_words", "speaker"], ascending=[False, True])
    own = ax is None
    above = around_mm(size, 0) + header_mm(names, size)
    if own:
        top = min(top, rows_that_fit(size, row_mm(size), above) - 2)
    shown = words["speaker"].head(max(top, 1)).tolist()
    groups = table["speaker"].where(
        table["speaker"].isna() | table["speaker"].isin(shown), count(len(words) - len(shown), "other")
    )
    shares = (
        table.assign(group=groups.fillna("not identified"), outlet=table["outlet"].astype(str))
        .groupby(["group", "outlet"])
        .agg(share=("share", "sum"), n_quotes=("n_quotes", "sum"))
    )
    rows = [
        name
        for name in (*shown, count(len(words) - len(shown), "other"), "not identified")
        if name in shares.index.get_level_values(0)
    ]
    if ax is None:
        ax = new_axes(size, above + row_mm(size) * max(len(rows), 2))
    if not rows:
        empty(ax, "quotations")
        return finish(ax, table, alt="No quotation was found.", own=own)
    drawn, texts = [], []
    most = float(shares["share"].reindex(shown, level=0).max()) if shown else 0.0
    for place, speaker in zip(rows_of(ax, rows, lines=1), rows, strict=True):
        for across, outlet in enumerate(names):
            share, n = shares.loc[(speaker, outlet)] if (speaker, outlet) in shares.index else (0.0, 0)
            named = speaker in shown
            depth = min(0.1 + 0.9 * float(share) / (most or 1.0), 1.0) if n and named else 0.0
            square = cell(across, place, "white" if not n else QUOTED if named else LIGHT)
            square.set_alpha(depth or 1.0)
            ax.add_patch(square)
            texts.append(
                ax.text(
                    across,
                    place,
                    f"{_percent(share)} ({int(n)})" if n else "·",
                    ha="center",
                    va="center",
                    color=ink(QUOTED, depth),
                )
            )
            drawn.append({"speaker": speaker, "outlet": outlet, "share": float(share), "n_quotes": int(n)})
    columns_of(ax, names, size)
    ax.set_title("Who quotes whom", pad=8)
    data = pd.DataFrame(drawn)
    alone = [speaker for speaker in shown if (data[data["speaker"] == speaker]["n_quotes"] > 0).sum() == 1]
    return finish(
        ax,
        data,
        alt=f"Grid of {count(len(rows), 'speaker')} by {count(len(names), 'outlet')}. "
        + (
            f"Quoted by one outlet only: {'; '.join(alone[:6])}."
            if alone and len(names) > 1
            else "Most words: " + rows[0] + "."
        ),
        caption=f"Share of each outlet's quoted and reported words (number of quotations)"
        f"{_all_quotes(table)}. The darker, the larger"
        f"{'; grey: not one speaker' if len(rows) > len(shown) else ''}. “·”: not found. {COUNTED_TRUST} {SPEAKER_TRUST}",
        own=own,
        cells=texts,
    )


QUOTED = BLUE


@figure_style
def plot_space(
    table: pd.DataFrame, *, outlets: Sequence[str] | None = None, ax: Axes | None = None, size: Size = "page"
) -> Axes:
    """How each outlet's words divide between its own voice and others'. From `voice_share`."""
    require_columns(table, ["outlet", "voice", "share", "n_articles"], made_by="voice_share")
    there = set(table["outlet"].astype(str))
    names = [name for name in ordered(table["outlet"], outlets) if name in there]
    colours, _ = outlet_looks([*(outlets or []), *names], None)
    own, high = ax is None, max(1.5 * ROW_MM, row_mm(size, lines_in(names, size)))
    n_all = len(names)
    if own:
        names = names[: rows_that_fit(size, row_mm(size, lines_in(names, size)), around_mm(size, 3))]
    if ax is None:
        ax = new_axes(size, around_mm(size, 3) + high * max(len(names), 2))
    if not names:
        empty(ax, "words")
        return finish(ax, table, alt="There are no words to divide.", own=own)
    voices = [voice for voice in VOICE_FILL if voice in set(table["voice"])]
    least = 2.2 * float(plt.rcParams["font.size"]) / (0.55 * measures(size)[0] * MM * 72)  # room for a number
    for place, name in zip(rows_of(ax, names), names, strict=True):
        left = 0.0
        for voice in voices:
            part = table[(table["outlet"].astype(str) == name) & (table["voice"] == voice)]
            width = float(part["share"].iloc[0]) if len(part) else 0.0
            ax.barh(
                place,
                width,
                left=left,
                height=0.7,
                facecolor=to_rgba(colours[name], VOICE_FILL[voice]),
                edgecolor=colours[name],
                linewidth=0.5,
            )
            if width > max(0.06, least):
                ax.text(
                    left + width / 2,
                    place,
                    f"{width:.0%}",
                    ha="center",
                    va="center",
                    color=ink(colours[name], VOICE_FILL[voice]),
                )
            left += width
            if voice == "outlet" and {"low", "high"} <= set(part.columns) and part["low"].notna().any():
                ax.plot(part[["low", "high"]].iloc[0].astype(float), [place - 0.27] * 2, color="black", linewidth=0.9)
    ax.set(xlim=(0, 1), xlabel="Share of the article's words")
    ax.xaxis.set_major_formatter(lambda share, _: f"{share:.0%}")
    words = {
        "outlet": "the outlet's own voice",
        "quoted": "inside quotation marks",
        "reported": "reported without marks",
    }
    lines = legend_above(
        ax,
        [
            Patch(facecolor=to_rgba(GREY, VOICE_FILL[voice]), edgecolor=GREY, linewidth=0.5, label=words[voice])
            for voice in voices
        ],
    )
    title_above(ax, "Whose words fill the space", lines)
    own_voice = table[table["voice"] == "outlet"]
    parts = "; ".join(f"{row.outlet} {row.share:.0%}" for row in own_voice.itertuples())
    line = "; the line is the 95 % interval of the outlet's own share" if ax.lines else ""
    cut = f"Drawn: {len(names)} of {n_all} outlets. " if len(names) < n_all else ""
    return finish(
        ax,
        table,
        alt=f"Stacked bars of whose words fill the space. The outlet's own voice: {parts}.",
        caption=f"Mean over articles{line}. {cut}{n_words(table)} {VOICE_TRUST}",
        own=own,
    )
