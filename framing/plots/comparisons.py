"""Differences between outlets, and between the people who coded them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from framing.plots.fitting import MM, lines_of, lines_to_the_end
from framing.plots.style import (
    BLUE,
    GREY,
    NAMES_SHARE,
    TONE_TRUST,
    Size,
    around_mm,
    dot,
    dots,
    dots_mm,
    empty,
    figure_style,
    finish,
    hidden_words,
    interval_words,
    legend_lines,
    lines_in,
    measures,
    n_words,
    new_axes,
    open_words,
    ordered,
    outlet_looks,
    peaks,
    reach,
    rests_on_many,
    row_mm,
    rows_of,
    rows_that_fit,
    title_above,
)
from framing.precision import p_statement, p_words
from framing.tables import require_columns
from framing.text.unicode import count, spaced


@figure_style
def plot_comparisons(
    table: pd.DataFrame,
    *,
    outlets: Sequence[str] | None = None,
    ax: Axes | None = None,
    size: Size = "page",
    top: int = 24,
) -> Axes:
    """Dots with intervals: how far each outlet is from its reference, one row per contrast.

    Draws at most `top` rows, declared contrasts first and apart from exploration; of more, those with the
    smallest adjusted p (of equal ones the smaller plain p, then the larger difference), in the order of the table, and
    the caption says so. A filled dot has an adjusted p below .05, an open one has not. Zero is "no difference".
    """
    require_columns(table, ["measure", "outlet", "reference", "estimate", "low", "high", "p"], made_by="compare")
    rows = table.reset_index(drop=True)
    rows["declared"] = rows["declared"].fillna(False).astype(bool) if "declared" in rows else False
    mixed = rows["declared"].nunique() > 1
    rows["row_name"] = [_row_name(row, "● " if row.declared and mixed else "", size) for row in rows.itertuples()]
    lines = lines_in(rows["row_name"], size, most=3)
    own, high = ax is None, row_mm(size, lines)
    if own:
        top = min(top, rows_that_fit(size, high, around_mm(size, 0)))
    adjusted = "p_adjusted" if "p_adjusted" in rows else "p"
    clearest = (
        rows.assign(size=-rows["estimate"].astype(float).abs())
        .sort_values(["declared", adjusted, "p", "size"], ascending=[False, True, True, True], kind="stable")
        .index[:top]
    )
    rows = rows.loc[rows.index.isin(clearest)].sort_values("declared", ascending=False, kind="stable")
    if ax is None:
        ax = new_axes(size, around_mm(size, 0) + high * max(len(rows), 2))
    names = rows.pop("row_name").tolist()
    if rows.empty:
        empty(ax, "comparisons")
        return finish(ax, rows, alt="No comparison could be made with these articles.", own=own)
    colours, markers = outlet_looks([*rows["outlet"], *(outlets or [])], None)
    ax.axvline(0, color=GREY, linewidth=0.6)
    unpaired = _loose(rows)
    n = rows.get("n_events", nothing := pd.Series(pd.NA, rows.index)).mask(unpaired, rows.get("n_articles", nothing))
    for place, row, p, size_of in zip(rows_of(ax, names, lines=3), rows.itertuples(), rows[adjusted], n, strict=True):
        outlet = str(row.outlet)
        dot(
            ax,
            row.estimate,
            place,
            row.low,
            row.high,
            colours[outlet],
            markers[outlet],
            filled=pd.notna(p) and p < 0.05,
        )
        ax.annotate(
            _contrast_words(p, size_of), (1.01, place), xycoords=("axes fraction", "data"), va="center", color=GREY
        )
    ax.set(
        title="Differences between outlets" + ("" if unpaired.all() else " on the same events"),
        xlabel="Difference (outlet minus reference)" + (", with 95 % interval" if rows["low"].notna().any() else ""),
    )
    n_events = rows["n_events"].max() if "n_events" in rows else pd.NA
    smallest = _smallest(rows)
    caption = (
        _pairing(rows)
        + " The article is the unit; p is adjusted for the contrasts tested together; n counts "
        + (
            "articles. "
            if unpaired.all()
            else "events, and articles where not paired. "
            if unpaired.any()
            else "events. "
        )
        + _marks_in_words(rows[adjusted])
        + hidden_words(ax, rows)
        + _at_odds(rows, adjusted)
        + (
            f"Drawn: {len(rows)} of {len(table)} contrasts, those with the smallest p. "
            if len(rows) < len(table)
            else ""
        )
        + (f"Smallest p this sample can show: {smallest}. " if smallest else "")
        + (
            "● declared before looking; the rest is exploration."
            if mixed
            else "All declared before looking."
            if rows["declared"].any()
            else "Exploration: nothing here was declared before looking."
        )
    )
    clear = int((rows[adjusted] < 0.05).sum())
    alt = (
        f"Dot plot of {count(len(rows), 'contrast')} between outlets"
        + (f" over up to {count(n_events, 'event')}" if pd.notna(n_events) else "")
        + f"; {clear} of them with an adjusted p below .05. "
        + _extremes(rows)
    )
    return finish(ax, rows, alt=alt, caption=caption, own=own)


def _row_name(row: Any, mark: str, size: Size) -> str:
    """Measure and the two compared, in one line or in lines of their own: three, of which the measure is cut first."""
    measure, who = f"{mark}{row.measure}:", f"{row.outlet} – {row.reference}"
    if lines_in([f"{measure} {who}"], size) == 1:
        return f"{measure} {who}"
    width, _, points = measures(size)
    room = NAMES_SHARE * width * MM * 72
    compared = lines_of(who.replace("– ", "–\u00a0"), points, room, most=2)  # no line begins with the reference
    measured = lines_to_the_end(measure, points, room, 3 - len(compared))
    return "\n".join([*measured, *compared])


def _marks_in_words(p: pd.Series) -> str:
    """What filled and open marks mean, of those that are drawn."""
    clear = p.astype(float) < 0.05
    return (
        "Filled: p < .05; open: not shown. "
        if clear.any() and not clear.all()
        else "Filled: p < .05. "
        if clear.any()
        else "All open: none has p < .05. "
    )


def _at_odds(rows: pd.DataFrame, adjusted: str) -> str:
    """How many intervals hold zero though their p is small, or the reverse: the two answer different questions."""
    low, high, p = (rows[name].astype(float) for name in ("low", "high", adjusted))
    n = int(((low <= 0) & (high >= 0) & (p < 0.05)).sum())
    n_open = int((((low > 0) | (high < 0)) & (p >= 0.05)).sum())
    return (
        f"In {count(n, 'filled row')} the interval holds zero: p rearranges articles, the interval weighs events; "
        "doubt these. "
        if n
        else ""
    ) + (
        f"In {count(n_open, 'open row')} the interval is clear of zero: it is that of one row alone, p allows for all "
        "rows tested; nothing is shown by these. "
        if n_open
        else ""
    )


def _loose(rows: pd.DataFrame) -> pd.Series:
    """Which rows could not be paired by event."""
    notes = rows["note"].fillna("").astype(str) if "note" in rows else pd.Series("", rows.index)
    return notes.str.startswith("not paired")


def _contrast_words(p: Any, n: Any) -> str:
    return ("not tested" if pd.isna(p) else p_statement(p)) + (f", n = {int(n)}" if pd.notna(n) else "")


def _smallest(rows: pd.DataFrame) -> str:
    """The least p that these rows can have, from the lowest to the highest where they differ; empty if unknown."""
    known = rows["smallest_p"].dropna() if "smallest_p" in rows else pd.Series(dtype=float)
    ends = dict.fromkeys([p_words(known.min()), p_words(known.max())] if len(known) else [])
    return " to ".join(ends) + (", by row" if len(ends) > 1 else "")


def _pairing(rows: pd.DataFrame) -> str:
    """What was paired, in words."""
    loose = int(_loose(rows).sum())
    return (
        "Paired by event."
        if not loose
        else "Not paired: fewer than two events are covered by both sides of a row."
        if loose == len(rows)
        else f"Paired by event, but for {loose} of {len(rows)} rows with too few events."
    )


def _extremes(rows: pd.DataFrame) -> str:
    top = rows.loc[rows["estimate"].astype(float).abs().idxmax()] if rows["estimate"].notna().any() else None
    return (
        ""
        if top is None
        else (
            f"The largest difference is {top['estimate']:+.2f} for {top['measure']} "
            f"({top['outlet']} against {top['reference']})."
        )
    )


# Tone toward targets.


LEAST_SENTENCES = 5  # a mean over fewer is not drawn


@figure_style
def plot_tone(
    table: pd.DataFrame,
    *,
    voice: str = "outlet",
    outlets: Sequence[str] | None = None,
    ax: Axes | None = None,
    size: Size = "page",
    top: int = 8,
) -> Axes:
    """Mean wording toward each target, per outlet, in one voice, with intervals; a stroke for what was told.

    From `tone_profile`. Draws the `top` targets of most articles, among equals of most sentences, or as many as the size
    has room for; means over fewer than five sentences are left out. The caption says how many of both. Open marks rest on
    fewer than five articles.
    """
    require_columns(table, ["outlet", "target", "voice", "estimate", "low", "high"], made_by="tone_profile")
    rows = table[table["voice"] == voice]
    few = rows["n_sentences"].lt(LEAST_SENTENCES) if "n_sentences" in rows else pd.Series(False, rows.index)
    rows = rows[~few]
    own, names = ax is None, ordered(rows["outlet"], outlets)
    marks = [*names, *["valence"][: "valence" in rows]]
    above, high = around_mm(size, legend_lines(marks, size)), dots_mm(size, rows["outlet"].nunique())
    if own:
        top = min(top, rows_that_fit(size, high, above))
    sizes = [name for name in ("n_articles", "n_sentences") if name in rows]
    told = rows.groupby("target")[sizes].sum().sort_values(sizes, ascending=False, kind="stable").index
    kept = told[:top]
    rows = rows[rows["target"].isin(kept)]
    if ax is None:
        ax = new_axes(size, above + high * max(len(kept), 1))
    if rows.empty:
        empty(ax, "targets with five sentences" if few.any() else "targets")
        return finish(
            ax,
            rows,
            alt="No tone toward a target was found" + (" in five sentences or more." if few.any() else "."),
            own=own,
        )
    worded = "measure" not in rows or (rows["measure"] == "wording").any()
    beside = "valence" if worded and "valence" in rows and rows["valence"].notna().any() else None
    leaders = peaks(rows, "target", "estimate", least=2)
    lines = dots(
        ax,
        rows.assign(solid=rests_on_many(rows)),
        "target",
        "estimate",
        outlets,
        filled="solid",
        beside=beside,
        stroke="valence",
    )
    ax.axvline(0, color=GREY, linewidth=0.6)
    what = "wording" if worded else "score"
    end = 1.05 * reach(rows[["estimate", "low", "high", *([beside] if beside else [])]].astype(float))
    ax.set(
        xlim=(-end, end),
        xlabel=(
            "Mean wording (−1 runs down, 0 plain, 1 praises)"
            if worded
            else "Mean score (−1 negative, 0 neutral, 1 positive)"
        ),
    )
    whose = {"outlet": "in the outlet's own voice", "quoted": "in quoted speech", "reported": "in reported speech"}.get(
        voice, voice
    )
    title_above(ax, f"{what.capitalize()} toward people, countries and bodies, {whose}", lines)
    return finish(
        ax,
        rows,
        alt=f"Dot plot of mean {what} {whose} toward {count(len(kept), 'target')}. "
        + (
            f"Among outlets with two articles or more: {leaders}"
            if leaders
            else "No two outlets have two articles each on a target."
        ),
        caption=f"Mean over articles of the {what} per article. {interval_words(ax, rows)}{open_words(rows)}"
        + ("The upright stroke is the valence: good or bad told of the target, however worded. " if beside else "")
        + f"{n_words(rows)} {_coloured(rows, few)}{_not_drawn(len(told) - len(kept))}{TONE_TRUST}",
        own=own,
    )


def _not_drawn(n: int) -> str:
    return f"Not drawn: {count(n, 'target')} of fewer articles or sentences. " if n else ""


def _coloured(rows: pd.DataFrame, few: pd.Series) -> str:
    """How many sentences the dots rest on, how many of them take a side, and what was left out."""
    said = ""
    if "n_coloured" in rows and "n_sentences" in rows:
        n_all = count(int(rows["n_sentences"].sum()), "sentence")
        said = f"{int(rows['n_coloured'].sum())} of {n_all} evaluate their target. "
    return said + (f"Left out: {count(int(few.sum()), 'mean')} over fewer than five sentences. " if few.any() else "")


# Agreement of coders.

TENTATIVE, FIRM = 0.667, 0.8  # Krippendorff's marks: below the first draw no conclusion, from the second on it is firm


@figure_style
def plot_agreement(
    table: pd.DataFrame,
    *,
    outlets: Sequence[str] | None = None,
    ax: Axes | None = None,
    size: Size = "page",
    top: int = 24,
) -> Axes:
    """How well coders agree, a row per thing coded: alpha of all with its interval, a tick for every two of them.

    From `evaluate.coder_agreement`. Filled marks are .80 or above. Draws the first `top` rows, or as many as the size
    has room for.
    """
    require_columns(
        table, ["variable", "coders", "alpha", "low", "high", "n_units", "n_coders"], made_by="coder_agreement"
    )
    whole = table[table["coders"] == "all"]
    words = [spaced(name) for name in whole["variable"]]
    own, high = ax is None, row_mm(size, lines_in(words, size))
    if own:
        top = min(top, rows_that_fit(size, high, around_mm(size, 0)))
    n_all, whole, words = len(whole), whole.head(top), words[:top]
    if ax is None:
        ax = new_axes(size, around_mm(size, 0) + high * max(len(whole), 2))
    if whole.empty:
        empty(ax, "codes")
        return finish(ax, whole, alt="No coders were compared.", own=own)
    rows = table[table["variable"].isin(whole["variable"])]
    two = rows[(rows["coders"] != "all") & rows["alpha"].notna()]
    for mark in (TENTATIVE, FIRM):
        ax.axvline(mark, color=GREY, linewidth=0.6, linestyle=":")
    for place, row in zip(rows_of(ax, words), whole.itertuples(), strict=True):
        at = two.loc[two["variable"] == row.variable, "alpha"].astype(float).tolist()
        if at:
            ax.plot(at, [place - 0.28] * len(at), linestyle="", marker="|", color=GREY)
        dot(ax, row.alpha, place, row.low, row.high, BLUE, "o", filled=pd.notna(row.alpha) and row.alpha >= FIRM)
        said = f"α = {row.alpha:.2f}".replace("-", "−") if pd.notna(row.alpha) else "not measurable"
        ax.annotate(
            f"{said}, n = {row.n_units}", (1.01, place), xycoords=("axes fraction", "data"), va="center", color=GREY
        )
    least = min([0.0, *rows["alpha"].dropna(), *whole["low"].dropna()])
    ax.set(
        xlim=(max(least, -1.0) - 0.04, 1.04),
        title="How well the coders agree",
        xlabel="Krippendorff's alpha (0 = as by chance, 1 = always)"
        + (", with 95 % interval" if whole["low"].notna().any() else ""),
    )
    n_coders, lacking = int(whole["n_coders"].max()), int(whole["alpha"].isna().sum())
    told = "; ".join(
        f"{name} {row.alpha:.2f}" for name, row in zip(words, whole.itertuples(), strict=True) if pd.notna(row.alpha)
    )
    return finish(
        ax,
        rows,
        alt=f"Dot plot of the agreement of {count(n_coders, 'coder')} on "
        f"{count(len(whole), 'variable')}. " + (f"Alpha: {told}." if told else "None can be measured."),
        caption=_marked_by(whole["alpha"]) + f"Dotted lines: {TENTATIVE} and {FIRM:.2f}, from which "
        "Krippendorff calls agreement tentative and firm. n: units that two coders or more coded. "
        + ("A tick: two of the coders. " if len(two) else "")
        + (f"Not measurable: {lacking}, where all shared units have one code or none is shared. " if lacking else "")
        + (f"Drawn: {len(whole)} of {n_all} variables. " if len(whole) < n_all else ""),
        own=own,
    )


def _marked_by(alpha: pd.Series) -> str:
    firm = alpha.dropna().astype(float) >= FIRM
    return (
        ""
        if firm.empty
        else (
            f"Filled: {FIRM:.2f} or above. "
            if firm.all()
            else f"Filled: {FIRM:.2f} or above; open: below. "
            if firm.any()
            else f"All open: none is {FIRM:.2f} or above. "
        )
    )
