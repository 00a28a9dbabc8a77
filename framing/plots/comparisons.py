"""Differences between outlets."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from framing.plots.style import (
    GREY,
    MM,
    ROW_MM,
    SIZES,
    TONE_TRUST,
    dot,
    dots,
    empty,
    figure_style,
    finish,
    n_words,
    new_axes,
    outlet_looks,
    peaks,
    rows_of,
    title_above,
)
from framing.stats.p_values import p_statement, p_words
from framing.tables import require_columns
from framing.text.unicode import count, fill, room_of


@figure_style
def plot_comparisons(table: pd.DataFrame, *, outlets: Sequence[str] | None = None, title: str | None = None,
                     ax: Axes | None = None, size: str = "double", most: int = 24) -> Axes:
    """Dots with intervals: how far each outlet is from its reference, one row per contrast.

    Draws at most `most` rows, declared contrasts first and apart from exploration; of more, those with the
    smallest adjusted p, in the order of the table, and the caption says so. A filled dot has an adjusted p below
    .05, an open one has not. The zero line is "no difference".
    """
    require_columns(table, ["measure", "outlet", "reference", "estimate", "low", "high", "p"],
                    made_by="compare")
    rows = table.reset_index(drop=True)
    rows["declared"] = rows["declared"].fillna(False).astype(bool) if "declared" in rows else False
    mixed = rows["declared"].nunique() > 1
    names, row_mm = _row_names(rows.assign(declared=rows["declared"] & mixed), size)
    rows["row_name"] = names
    if ax is None:
        most = min(most, int((SIZES[size][1] - 32) / row_mm))
    adjusted = "p_adjusted" if "p_adjusted" in rows else "p"
    clearest = rows.sort_values(["declared", adjusted], ascending=[False, True], kind="stable").index[:most]
    rows = rows.loc[rows.index.isin(clearest)].sort_values("declared", ascending=False, kind="stable")
    own = ax is None
    if ax is None:
        ax = new_axes(size, 24 + row_mm * max(len(rows), 2))
    names = rows.pop("row_name").tolist()
    if rows.empty:
        empty(ax, "comparisons")
        return finish(ax, rows, alt="No comparison could be made with these articles.", own=own)
    colours, markers = outlet_looks(rows["outlet"], outlets)
    ax.axvline(0, color=GREY, linewidth=0.6)
    for place, row, p in zip(rows_of(ax, names, wrap=False), rows.itertuples(), rows[adjusted], strict=True):
        outlet = str(row.outlet)
        dot(ax, row.estimate, place, row.low, row.high, colours[outlet], markers[outlet],
             filled=pd.notna(p) and p < 0.05)
        ax.annotate(_contrast_words(row, p), (1.01, place), xycoords=("axes fraction", "data"), va="center",
                    color=GREY)
    ax.set(title=title or "Differences between outlets on the same events",
           xlabel="Difference (outlet minus reference), with 95 % interval")
    n_events = rows["n_events"].max() if "n_events" in rows else pd.NA
    smallest = _smallest(rows)
    caption = (_pairing(rows) + " The article is the unit; p is adjusted for the contrasts tested together; n counts "
               "events. Filled: p < .05. "
               + (f"Drawn: {len(rows)} of {len(table)} contrasts, those with the smallest p. "
                  if len(rows) < len(table) else "")
               + (f"Smallest p this sample can show: {smallest}. " if smallest else "")
               + ("● declared before looking; the rest is exploration." if mixed else
                  "All declared before looking." if rows["declared"].any() else
                  "Exploration: nothing here was declared before looking."))
    clear = int((rows[adjusted] < 0.05).sum())
    alt = (f"Dot plot of {count(len(rows), 'contrast')} between outlets"
           + (f" over up to {count(n_events, 'event')}" if pd.notna(n_events) else "")
           + f"; {clear} of them with an adjusted p below .05. " + _extremes(rows))
    return finish(ax, rows, alt=alt, caption=caption, own=own, room=0.5)


def _row_names(rows: pd.DataFrame, size: str) -> tuple[list[str], float]:
    """What each row compares, broken into lines that leave the drawing half of the width; and the row's height."""
    width, _, points = SIZES[size]
    letters = max(20, int(0.5 * width * MM * 72 / (0.58 * points)))
    names = []
    for row in rows.itertuples():
        measure, sides = f"{'● ' if row.declared else ''}{row.measure}:", f"{row.outlet} – {row.reference}"
        lines = [f"{measure} {sides}"] if room_of(measure) + room_of(sides) < letters else [
            line for part in (measure, sides) for line in fill(part, letters).split("\n")]
        names.append("\n".join(lines))
    most = max((name.count("\n") + 1 for name in names), default=1)
    return names, max(ROW_MM, (1.25 * most + 0.35) * points / 72 * 25.4)


def _contrast_words(row: Any, p: Any) -> str:
    events = getattr(row, "n_events", pd.NA)
    return ("not tested" if pd.isna(p) else p_statement(p)) + (
        f", n = {int(events)}" if pd.notna(events) else "")


def _smallest(rows: pd.DataFrame) -> str:
    """The least p that these rows can have, from the lowest to the highest where they differ; empty if unknown."""
    known = rows["smallest_p"].dropna() if "smallest_p" in rows else pd.Series(dtype=float)
    ends = dict.fromkeys([p_words(known.min()), p_words(known.max())] if len(known) else [])
    return " to ".join(ends) + (", by row" if len(ends) > 1 else "")


def _pairing(rows: pd.DataFrame) -> str:
    """What was paired, in words."""
    notes = rows["note"].fillna("").astype(str) if "note" in rows else pd.Series("", rows.index)
    loose = int(notes.str.startswith("not paired").sum())
    return ("Paired by event." if not loose else "Not paired, for lack of events that both sides cover."
            if loose == len(rows) else f"Paired by event, but for {loose} of {len(rows)} rows with too few events.")


def _extremes(rows: pd.DataFrame) -> str:
    top = rows.loc[rows["estimate"].astype(float).abs().idxmax()] if rows["estimate"].notna().any() else None
    return "" if top is None else (f"The largest difference is {top['estimate']:+.2f} for {top['measure']} "
                                   f"({top['outlet']} against {top['reference']}).")


# Tone toward targets.


LEAST_SENTENCES = 5  # a mean over fewer is not drawn


@figure_style
def plot_tone(table: pd.DataFrame, *, voice: str = "outlet", outlets: Sequence[str] | None = None,
              ax: Axes | None = None, size: str = "double", most: int = 8) -> Axes:
    """Mean wording toward each target, per outlet, in one voice, with intervals; a stroke for what was told.

    From `tone_profile`. Means over fewer than five sentences are left out, and the caption says how many.
    """
    require_columns(table, ["outlet", "target", "voice", "estimate", "low", "high"], made_by="tone_profile")
    rows = table[table["voice"] == voice]
    few = rows["n_sentences"].lt(LEAST_SENTENCES) if "n_sentences" in rows else pd.Series(False, rows.index)
    rows = rows[~few]
    top = rows.groupby("target")["n_articles"].sum().sort_values(ascending=False, kind="stable").index[:most]
    rows = rows[rows["target"].isin(top)]
    own = ax is None
    if ax is None:
        ax = new_axes(size, 32 + 2.6 * ROW_MM * max(len(top), 1))
    if rows.empty:
        empty(ax, "targets with five sentences" if few.any() else "targets")
        return finish(ax, rows, alt="No tone toward a target was found"
                      + (" in five sentences or more." if few.any() else "."), own=own)
    worded = "measure" not in rows or (rows["measure"] == "wording").any()
    beside = "valence" if worded and "valence" in rows and rows["valence"].notna().any() else None
    leaders = peaks(rows, "target", "estimate", least=2)
    lines = dots(ax, rows, "target", "estimate", outlets, beside=beside)
    ax.axvline(0, color=GREY, linewidth=0.6)
    what = "wording" if worded else "score"
    ax.set(xlim=(-1.05, 1.05), xlabel=("Mean wording (−1 runs down, 0 plain, 1 praises)" if worded else
                                       "Mean score (−1 negative, 0 neutral, 1 positive)") + ", with 95 % interval")
    whose = {"outlet": "in the outlet's own voice", "quoted": "in quoted speech",
             "reported": "in reported speech"}.get(voice, voice)
    title_above(ax, f"{what.capitalize()} toward people, countries and bodies, {whose}", lines)
    return finish(ax, rows, alt=f"Dot plot of mean {what} {whose} toward {count(len(top), 'target')}. "
                  + (f"Among outlets with two articles or more: {leaders}" if leaders else
                     "No two outlets have two articles each on a target."),
                  caption=f"Mean over articles of the {what} per article; no line where fewer than two events have the "
                  f"target. " + ("The upright stroke is the valence: good or bad told of the target, however worded. "
                                 if beside else "") + f"{n_words(rows)} {_coloured(rows, few)}{TONE_TRUST}", own=own)


def _coloured(rows: pd.DataFrame, few: pd.Series) -> str:
    """How many sentences the dots rest on, how many of them take a side, and what was left out."""
    said = ""
    if "n_coloured" in rows and "n_sentences" in rows:
        n_all = count(int(rows["n_sentences"].sum()), "sentence")
        said = f"{int(rows['n_coloured'].sum())} of {n_all} evaluate their target. "
    return said + (f"Left out: {count(int(few.sum()), 'mean')} over fewer than five sentences. " if few.any() else "")
