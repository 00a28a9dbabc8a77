"""What leads, what is told, in which order, and what is not found."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from framing.plots.style import (
    FACTS_TRUST,
    GREY,
    LIGHT,
    ROW_MM,
    apart,
    cell,
    columns_of,
    dots,
    empty,
    figure_style,
    finish,
    header_mm,
    ink,
    n_words,
    new_axes,
    outlet_colours,
    peaks,
    rows_of,
    title_above,
)
from framing.tables import require_columns
from framing.text.unicode import count, room_of, short, spaced

FOUND, UNSURE = "#0072B2", "#D9D9D9"


@figure_style
def plot_emphasis(table: pd.DataFrame, *, kind: str | None = None, outlets: Sequence[str] | None = None,
                  ax: Axes | None = None, size: str = "double", most: int = 8) -> Axes:
    """How often an item stands in headline and lead, per outlet. From `emphasis_profile`.

    Filled mark: share of articles with the item in the headline; ring: in the lead. Draws the `most`
    frequent items of one `kind`, or of all kinds but "voice" (who speaks there).
    """
    require_columns(table, ["outlet", "item", "kind", "headline_share", "lead_share", "n_articles"],
                    made_by="emphasis_profile")
    rows = table[table["kind"] != "voice"] if kind is None else table[table["kind"] == kind]
    several = rows.groupby("item")["kind"].transform("nunique") > 1  # a label may be named like a person
    rows = rows.assign(item=rows["item"].where(~several, rows["item"] + " (" + rows["kind"].astype(str) + ")"))
    top = (rows.groupby("item")[["headline_share", "lead_share"]].sum().sum(axis=1)
           .sort_values(ascending=False, kind="stable"))
    top = top[top > 0].index[:most]
    rows = rows[rows["item"].isin(top)]
    order = {item: number for number, item in enumerate(top)}
    rows = rows.sort_values("item", key=lambda items: items.map(order), kind="stable")
    own = ax is None
    if ax is None:
        ax = new_axes(size, 32 + 3.2 * ROW_MM * max(len(top), 1))
    if rows.empty:
        empty(ax, "items")
        return finish(ax, rows, alt="Nothing to place in headline or lead.", own=own)
    both = pd.concat([rows.assign(share=rows["lead_share"], in_headline=False),
                      rows.assign(share=rows["headline_share"], in_headline=True)])
    both["low"] = both["high"] = np.nan
    lines = dots(ax, both, "item", "share", outlets, filled="in_headline")
    ax.set(xlim=(-0.03, 1.03), xlabel="Share of the outlet's articles (filled: in the headline; ring: in the lead)")
    title_above(ax, "Who and what stands in headline and lead", lines)
    headlines = peaks(rows, "item", "headline_share")
    return finish(ax, rows, alt=f"Dot plot of {count(len(top), 'item')} in headlines and leads. "
                  + (f"In headlines: {headlines}" if headlines else
                     f"No article has a headline. In leads: {peaks(rows, 'item', 'lead_share')}"),
                  caption=f"Articles without the item count as 0. {n_words(rows)} "
                  "Intervals stand in the data of the figure.", own=own)


@figure_style
def plot_coverage(table: pd.DataFrame, *, ax: Axes | None = None, size: str = "double",
                  outlets: Sequence[str] | None = None) -> Axes:
    """The omission grid: facts down, outlets across; how many of an outlet's articles tell each fact.

    The number is found of n articles: those on events on which some outlet is found, or may be found, to tell the
    fact, or all where none is. The darker, the more of them; grey and "?": unsure; white: not found in these
    articles; "–": the outlet has none on such an event.
    """
    require_columns(table, ["fact", "outlet", "article_id", "found"], made_by="coverage")
    names = list(outlets) if outlets is not None else sorted(table["outlet"].astype(str).unique())
    facts = list(dict.fromkeys(table["fact"]))
    own = ax is None
    if ax is None:
        ax = new_axes(size, 25 + header_mm(names, size) + ROW_MM * max(len(facts), 2))
    if not facts:
        empty(ax, "facts")
        return finish(ax, table, alt="No facts were looked for.", own=own)
    could_tell = _where_it_could_be_told(table)
    counts = (could_tell.groupby(["fact", "outlet", "found"]).size().unstack(fill_value=0)
              .reindex(columns=["found", "unsure", "not found"], fill_value=0))
    gaps_in: list[tuple[str, str]] = []
    for place, fact in zip(rows_of(ax, map(spaced, facts), wrap=False), facts, strict=True):
        for across, outlet in enumerate(names):
            n = counts.loc[(fact, outlet)] if (fact, outlet) in counts.index else None
            if n is None:
                ax.text(across, place, "–", ha="center", va="center", color=GREY)
                continue
            total, found = int(n.sum()), int(n["found"])
            depth = 0.25 + 0.75 * found / total if found else 0.0
            square = cell(across, place, FOUND if found else UNSURE if n["unsure"] else "white")
            square.set_alpha(depth if found else 1.0)
            ax.add_patch(square)
            ax.text(across, place, f"{found}/{total}" + (" ?" if n["unsure"] else ""), ha="center", va="center",
                    color=ink(FOUND, depth))
            if not found and not n["unsure"]:
                gaps_in.append((spaced(fact), outlet))
    columns_of(ax, names)
    ax.set_title("Which facts each outlet tells", pad=8)
    n_articles = table.groupby("outlet")["article_id"].nunique()
    caption = ("Cells: articles in which the fact was found, of the outlet's articles on events on which any outlet "
               "may tell it (on all events where none does); the darker, the more. Grey, “?”: unsure, to be read; "
               "white: not found in these articles, which does not show intent; “–”: no article on these events. "
               f"{FACTS_TRUST} n = " + ", ".join(f"{outlet} {n}" for outlet, n in n_articles.items()) + " articles.")
    gaps = "; ".join(f"{fact} not found in {outlet}" for fact, outlet in gaps_in[:6])
    alt = (f"Grid of {count(len(facts), 'fact')} by {count(len(names), 'outlet')}. "
           f"{count(len(gaps_in), 'cell')} empty" + (f": {gaps}" if gaps_in else "")
           + ("; and more." if len(gaps_in) > 6 else "."))
    return finish(ax, table, alt=alt, caption=caption, own=own)


def _where_it_could_be_told(table: pd.DataFrame) -> pd.DataFrame:
    """The rows of `coverage` on events on which any outlet is found, or may be found, to tell the fact.

    A fact that nobody tells keeps all its rows, since nothing says to which event it belongs.
    """
    told = table["found"] != "not found"
    keys = [table["fact"], table["event"].fillna("") if "event" in table else pd.Series("", table.index)]
    here, anywhere = told.groupby(keys).transform("any"), told.groupby(keys[0]).transform("any")
    return table[here | ~anywhere]


@figure_style
def plot_order(table: pd.DataFrame, *, outlets: Sequence[str] | None = None, ax: Axes | None = None,
               size: str = "double", most: int = 40) -> Axes:
    """Strips of telling: one line per article, a numbered mark where each fact stands. From `coverage`."""
    require_columns(table, ["article_id", "outlet", "fact", "found", "position"], made_by="coverage")
    rows = table[(table["found"] == "found") & table["position"].notna()]
    facts = list(dict.fromkeys(table["fact"]))
    articles = rows[["outlet", "event", "article_id"]].drop_duplicates().sort_values(["outlet", "event"])
    n_all, articles = len(articles), articles[:most]
    rows = rows[rows["article_id"].isin(articles["article_id"])]
    own = ax is None
    if ax is None:
        ax = new_axes(size, 26 + 0.8 * ROW_MM * max(len(articles), 2))
    if rows.empty:
        empty(ax, "facts found")
        return finish(ax, rows, alt="No fact was found in these articles.", own=own)
    colours = outlet_colours([*map(str, outlets or []), *table["outlet"].astype(str)])
    number = {fact: place + 1 for place, fact in enumerate(facts)}
    gap = 0.085 if size == "column" else 0.036  # the width of a mark, so that none hides another
    names = [_article_name(row.outlet, row.event, 28 if size == "column" else 36) for row in articles.itertuples()]
    for place, row in zip(rows_of(ax, names, wrap=False), articles.itertuples(), strict=True):
        ax.plot([0, 1], [place, place], color=LIGHT, linewidth=3, solid_capstyle="butt", zorder=1)
        hits = rows[rows["article_id"] == row.article_id].sort_values("position", kind="stable")
        for at, hit in zip(apart(hits["position"].astype(float).tolist(), gap), hits.itertuples(), strict=True):
            colour = colours[str(row.outlet)]
            ax.text(at, place, str(number[hit.fact]), ha="center", va="center", zorder=3, color=ink(colour),
                    bbox={"boxstyle": "round,pad=0.2", "facecolor": colour, "linewidth": 0})
    ax.set(xlim=(-0.02, 1.02), xlabel="Position in the article (0 = first word, 1 = last)")
    ax.set_title("In which order the facts are told")
    key = "; ".join(f"{number[fact]} {spaced(fact)}" for fact in facts if fact in set(rows["fact"]))
    return finish(ax, rows, alt=f"Strips of {count(len(articles), 'article')} with the place of "
                  f"{count(rows['fact'].nunique(), 'fact')}.",
                  caption=f"First place that states the fact. Facts: {key}. {FACTS_TRUST}"
                  + (f" Drawn: {len(articles)} of {n_all} articles." if n_all > len(articles) else ""), own=own)


def _article_name(outlet: Any, event: Any, longest: int) -> str:
    """Outlet and event; where they do not fit the outlet is cut first, since its colour tells it, too."""
    if pd.isna(event):
        return short(str(outlet), longest)
    told = short(str(event), max(longest // 2, longest - 3 - room_of(str(outlet))))
    return f"{short(str(outlet), longest - 3 - room_of(told))} · {told}"
