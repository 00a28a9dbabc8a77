"""What leads, what is told, in which order, and what is not found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeAlias

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from framing.plots.style import (
    FACTS_TRUST,
    GREY,
    Size,
    around_mm,
    cell,
    columns_of,
    dots,
    dots_mm,
    empty,
    figure_style,
    finish,
    header_mm,
    ink,
    interval_words,
    legend_lines,
    lines_in,
    n_words,
    new_axes,
    ordered,
    peaks,
    row_mm,
    rows_of,
    rows_that_fit,
    title_above,
)
from framing.tables import require_columns
from framing.text.unicode import count, spaced

FOUND, UNSURE = "#0072B2", "#D9D9D9"


@figure_style
def plot_emphasis(table: pd.DataFrame, *, kind: str | None = None, outlets: Sequence[str] | None = None,
                  ax: Axes | None = None, size: Size = "page", top: int = 8) -> Axes:
    """How often an item stands in headline and lead, per outlet. From `emphasis_profile`.

    Filled mark: share of articles with the item in the headline; ring: in the lead. Draws the `top`
    items of one `kind`, or of all kinds but "voice" (who speaks there).
    """
    require_columns(table, ["outlet", "item", "kind", "headline_share", "lead_share", "n_articles"],
                    made_by="emphasis_profile")
    rows = table[table["kind"] != "voice"] if kind is None else table[table["kind"] == kind]
    several = rows.groupby("item")["kind"].transform("nunique") > 1  # a label may be named like a person
    rows = rows.assign(item=rows["item"].where(~several, rows["item"] + " (" + rows["kind"].astype(str) + ")"))
    seen = (rows.groupby("item")[["headline_share", "lead_share"]].sum().sum(axis=1)
            .sort_values(ascending=False, kind="stable"))
    own, names = ax is None, ordered(rows["outlet"], outlets)
    above, high = around_mm(size, legend_lines(names, size)), dots_mm(size, max(3, 2 * rows["outlet"].nunique()))
    if own:
        top = min(top, rows_that_fit(size, high, above))
    kept = seen[seen > 0].index[:top]
    rows = rows[rows["item"].isin(kept)]
    order = {item: number for number, item in enumerate(kept)}
    rows = rows.sort_values("item", key=lambda items: items.map(order), kind="stable")
    if ax is None:
        ax = new_axes(size, above + high * max(len(kept), 1))
    if rows.empty:
        empty(ax, "items")
        return finish(ax, rows, alt="Nothing to place in headline or lead.", own=own)
    both = pd.concat([_zone(rows, "lead"), _zone(rows, "headline")])
    lines = dots(ax, both, "item", "share", outlets, ring="in_lead")
    ax.set(xlim=(-0.03, 1.03), xlabel="Share of the outlet's articles (filled: in the headline; ring: in the lead)")
    title_above(ax, "Who and what stands in headline and lead", lines)
    headlines = peaks(rows, "item", "headline_share")
    return finish(ax, rows, alt=f"Dot plot of {count(len(kept), 'item')} in headlines and leads. "
                  + (f"In headlines: {headlines}" if headlines else
                     f"No article has a headline. In leads: {peaks(rows, 'item', 'lead_share')}"),
                  caption=f"Articles without the item count as 0. {interval_words(both)}{n_words(rows)}", own=own)


def _zone(rows: pd.DataFrame, zone: str) -> pd.DataFrame:
    """The rows with the share of one zone, and its interval where the table has one."""
    nothing = pd.Series(np.nan, rows.index)
    return rows.assign(share=rows[f"{zone}_share"], low=rows.get(f"{zone}_share_low", nothing),
                       high=rows.get(f"{zone}_share_high", nothing), in_lead=zone == "lead")


Statements: TypeAlias = pd.DataFrame | Mapping[str, str] | None


@figure_style
def plot_coverage(table: pd.DataFrame, *, facts: Statements = None, ax: Axes | None = None, size: Size = "page",
                  outlets: Sequence[str] | None = None, top: int = 40) -> Axes:
    """The omission grid: facts down, outlets across; how many of an outlet's articles tell each fact.

    The number is found of n articles: those on events on which some outlet is found, or may be found, to tell the
    fact, or all where none is. The darker, the more of them; the larger, the more articles it rests on; grey and "?":
    unsure; white: not found in these articles; "–": the outlet has none on such an event. With `facts` (the list that
    was looked for) each row is called by its statement. Draws the first `top` facts, or as many as there is room for.
    """
    require_columns(table, ["fact", "outlet", "article_id", "found"], made_by="coverage")
    names = ordered(table["outlet"], outlets)
    every = list(dict.fromkeys(table["fact"]))
    called = _statements(facts)
    own = ax is None
    lines = lines_in([called.get(fact, spaced(fact)) for fact in every], size)
    above = around_mm(size, 1) + header_mm(names, size)
    if own:
        top = min(top, rows_that_fit(size, row_mm(size, lines), above))
    shown = every[:top]
    if ax is None:
        ax = new_axes(size, above + row_mm(size, lines) * max(len(shown), 2))
    if not shown:
        empty(ax, "facts")
        return finish(ax, table, alt="No facts were looked for.", own=own)
    could_tell = _where_it_could_be_told(table)
    counts = (could_tell.groupby(["fact", "outlet", "found"]).size().unstack(fill_value=0)
              .reindex(columns=["found", "unsure", "not found"], fill_value=0))
    most = max(int(counts.sum(axis=1).max()), 1)
    gaps_in: list[tuple[str, str]] = []
    texts = []
    for place, fact in zip(rows_of(ax, [called.get(fact, spaced(fact)) for fact in shown]), shown, strict=True):
        for across, outlet in enumerate(names):
            n = counts.loc[(fact, outlet)] if (fact, outlet) in counts.index else None
            if n is None:
                texts.append(ax.text(across, place, "–", ha="center", va="center", color=GREY))
                continue
            total, found = int(n.sum()), int(n["found"])
            depth = 0.25 + 0.75 * found / total if found else 0.0
            square = cell(across, place, FOUND if found else UNSURE if n["unsure"] else "white",
                          0.6 + 0.4 * (total / most) ** 0.5)
            square.set_alpha(depth if found else 1.0)
            ax.add_patch(square)
            texts.append(ax.text(across, place, f"{found}/{total}" + (" ?" if n["unsure"] else ""), ha="center",
                                 va="center", color=ink(FOUND, depth)))
            if not found and not n["unsure"]:
                gaps_in.append((spaced(fact), outlet))
    columns_of(ax, names, size)
    ax.set_title("Which facts each outlet tells", pad=8)
    n_articles = table.groupby("outlet")["article_id"].nunique()
    caption = ("Cells: articles in which the fact was found, of the outlet's articles on events on which any outlet "
               "may tell it (on all events where none does); the darker, the more of them; the smaller, the fewer "
               "articles. Grey, “?”: unsure, to be read; "
               "white: not found in these articles, which does not show intent; “–”: no article on these events. "
               + (f"Drawn: {len(shown)} of {len(every)} facts. " if len(shown) < len(every) else "")
               + f"{FACTS_TRUST} n = " + ", ".join(f"{outlet} {n}" for outlet, n in n_articles.items()) + " articles.")
    gaps = "; ".join(f"{fact} not found in {outlet}" for fact, outlet in gaps_in[:6])
    alt = (f"Grid of {count(len(shown), 'fact')} by {count(len(names), 'outlet')}. "
           f"{count(len(gaps_in), 'cell')} empty" + (f": {gaps}" if gaps_in else "")
           + ("; and more." if len(gaps_in) > 6 else "."))
    return finish(ax, table, alt=alt, caption=caption, own=own, cells=texts)


def _statements(facts: Statements) -> dict[str, str]:
    """What each fact says, by its name."""
    if isinstance(facts, pd.DataFrame):
        return dict(zip(facts["fact"].astype(str), facts["statement"].astype(str), strict=True))
    return dict(facts or {})


def _where_it_could_be_told(table: pd.DataFrame) -> pd.DataFrame:
    """The rows of `coverage` on events on which any outlet is found, or may be found, to tell the fact.

    A fact that nobody tells keeps all its rows, since nothing says to which event it belongs.
    """
    told = table["found"] != "not found"
    keys = [table["fact"], table["event"].fillna("") if "event" in table else pd.Series("", table.index)]
    here, anywhere = told.groupby(keys).transform("any"), told.groupby(keys[0]).transform("any")
    return table[here | ~anywhere]


@figure_style
def plot_order(table: pd.DataFrame, *, facts: Statements = None, outlets: Sequence[str] | None = None,
               ax: Axes | None = None, size: Size = "page", top: int = 24) -> Axes:
    """Where in its articles each outlet tells each fact: a mark per article, facts in the usual order of telling.

    From `coverage`. With `facts` (the list that was looked for) each row is called by its statement. Draws the `top`
    facts that most articles tell, or as many as the size has room for.
    """
    require_columns(table, ["article_id", "outlet", "fact", "found", "position"], made_by="coverage")
    rows = table[(table["found"] == "found") & table["position"].notna()]
    told = rows.groupby("fact").agg(n=("article_id", "nunique"), at=("position", "median")).sort_values(
        ["n", "at"], ascending=[False, True], kind="stable")
    called = _statements(facts)
    own, names = ax is None, ordered(rows["outlet"], outlets)
    above = around_mm(size, legend_lines(names, size))
    lines = lines_in([called.get(fact, spaced(fact)) for fact in told.index], size)
    high = max(row_mm(size, lines), 1.2 * rows["outlet"].nunique())
    if own:
        top = min(top, rows_that_fit(size, high, above))
    shown = list(told[:top].sort_values(["at", "n"], ascending=[True, False], kind="stable").index)
    rows = rows[rows["fact"].isin(shown)]
    if ax is None:
        ax = new_axes(size, above + high * max(len(shown), 2))
    if rows.empty:
        empty(ax, "facts found")
        return finish(ax, rows, alt="No fact was found in these articles.", own=own)
    order = {fact: number for number, fact in enumerate(shown)}
    rows = rows.sort_values("fact", key=lambda facts: facts.map(order), kind="stable")
    marks = rows.assign(row_name=[called.get(fact, spaced(fact)) for fact in rows["fact"]])
    legend = dots(ax, marks, "row_name", "position", outlets)
    ax.set(xlim=(-0.03, 1.03), xlabel="Position in the article (0 = first word, 1 = last)")
    title_above(ax, "In which order the facts are told", legend)
    n_articles = rows["article_id"].nunique()
    first = "; ".join(f"{spaced(fact)} (median {told.loc[fact, 'at']:.2f})" for fact in shown[:3])
    return finish(ax, rows, alt=f"Marks of {count(n_articles, 'article')} with the place of "
                  f"{count(len(shown), 'fact')}. Told first: {first}.",
                  caption="A mark is the first place of one article that states the fact; facts from the one usually "
                  f"told first (median) down. {FACTS_TRUST}"
                  + (f" Drawn: the {len(shown)} of {len(told)} facts that most articles tell." if len(told) > len(shown)
                     else ""), own=own)
