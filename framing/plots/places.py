"""When outlets wrote, and where in their articles a word stands."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from matplotlib import dates as _dates
from matplotlib.axes import Axes

from framing.plots.style import (
    LIGHT,
    Size,
    around_mm,
    empty,
    figure_style,
    finish,
    lines_in,
    measures,
    new_axes,
    ordered,
    outlet_looks,
    row_mm,
    rows_of,
    rows_that_fit,
)
from framing.tables import require_columns
from framing.text.unicode import count, is_nameless, spaced

dates: Any = _dates  # which has no types
AREA = 18.0  # square points of the mark of one article


@figure_style
def plot_timeline(table: pd.DataFrame, *, articles: pd.DataFrame | None = None, outlets: Sequence[str] | None = None,
                  ax: Axes | None = None, size: Size = "page") -> Axes:
    """When each outlet wrote: a mark per day, its area the number of articles. From `read_articles`.

    With `articles`, `table` holds rows cut from them, such as those of `concordance` or `find_labels`, and a mark shows
    how many stand in the articles of that day: the timeline of a word or a name.
    """
    rows, what = table, "article"
    if articles is not None:
        require_columns(table, ["article_id"], made_by="concordance")
        require_columns(articles, ["article_id", "outlet", "date"], made_by="read_articles")
        what = "use"
        rows = table[["article_id"]].merge(articles[["article_id", "outlet", "date"]], on="article_id")
    require_columns(rows, ["outlet", "date"], made_by="read_articles")
    names = ordered(rows["outlet"] if articles is None else articles["outlet"], outlets)
    day = pd.to_datetime(rows["date"], errors="coerce", utc=True, format="mixed")
    day = day.dt.tz_localize(None).dt.normalize()
    undated = int(day.isna().sum())
    rows = rows.assign(day=day, outlet=rows["outlet"].astype(str)).dropna(subset=["day"])
    counts = rows[rows["outlet"].isin(names)].groupby(["outlet", "day"]).size().reset_index(name="n")
    own, high = ax is None, row_mm(size, lines_in(names, size)) + 2
    n_all = len(names)
    if own:
        names = names[:rows_that_fit(size, high, around_mm(size, 0))]
    if ax is None:
        ax = new_axes(size, around_mm(size, 0) + high * max(len(names), 2))
    if counts.empty:
        empty(ax, "dates")
        return finish(ax, counts, alt="No article has a date.", own=own)
    colours, _ = outlet_looks([*(outlets or []), *names], None)
    most = int(counts["n"].max())
    unit = min(AREA, 220 / most)
    for place, outlet in zip(rows_of(ax, names), names, strict=True):
        ax.axhline(place, color=LIGHT, linewidth=0.5, zorder=1)
        here = counts[counts["outlet"] == outlet]
        ax.scatter(dates.date2num(here["day"].to_numpy()), [place] * len(here), s=unit * here["n"].to_numpy(float),
                   color=colours[outlet], alpha=0.75, linewidth=0, zorder=2)
    first, last = counts["day"].min(), counts["day"].max()
    pad = max(pd.Timedelta(days=1), (last - first) * 0.04)
    ax.set_xlim(dates.date2num(first - pad), dates.date2num(last + pad))
    locator = dates.AutoDateLocator(minticks=2, maxticks=max(3, int(measures(size)[0] // 30)))
    ax.xaxis.set_major_locator(locator)
    ax.xaxis.set_major_formatter(dates.ConciseDateFormatter(locator, show_offset=True))
    ax.set_title("When each outlet wrote" if what == "article" else "When it is used")
    peak = counts.loc[counts["n"].idxmax()]
    return finish(ax, counts, alt=f"Timeline of {count(counts['n'].sum(), what)} of {count(len(names), 'outlet')} from "
                  f"{first:%Y-%m-%d} to {last:%Y-%m-%d}. Most on one day: {count(peak['n'], what)}, {peak['outlet']}, "
                  f"{peak['day']:%Y-%m-%d}.",
                  caption=f"A mark is a day; its area is the number of {what}s, at most {most}."
                  + (f" Without a date and not drawn: {undated}." if undated else "")
                  + (f" Drawn: {len(names)} of {n_all} outlets." if len(names) < n_all else ""), own=own)


@figure_style
def plot_dispersion(table: pd.DataFrame, articles: pd.DataFrame, *, outlets: Sequence[str] | None = None,
                    ax: Axes | None = None, size: Size = "page", top: int = 40) -> Axes:
    """Where a word stands in each article: a strip per article, a tick per use. From `concordance` and its articles.

    Articles without the word have an empty strip. Draws the `top` articles with most uses, by outlet, or as many as the
    size has room for.
    """
    require_columns(table, ["article_id", "start"], made_by="concordance")
    require_columns(articles, ["article_id", "outlet", "text"], made_by="read_articles")
    names = ordered(articles["outlet"], outlets)
    order = {name: number for number, name in enumerate(names)}
    rows = articles[articles["outlet"].astype(str).isin(names)].reset_index(drop=True)
    rows = rows.assign(rank=rows["outlet"].astype(str).map(order)).sort_values(["rank", "article_id"], kind="stable")
    n_all, own, high = len(rows), ax is None, max(3.2, row_mm(size) * 0.85)
    if own:
        top = min(top, rows_that_fit(size, high, around_mm(size, 0)))
    n_uses = rows["article_id"].map(table.groupby("article_id").size()).fillna(0)
    rows = rows.loc[sorted(n_uses.sort_values(ascending=False, kind="stable").index[:top], key=rows.index.get_loc)]
    if ax is None:
        ax = new_axes(size, around_mm(size, 0) + high * max(len(rows), 2))
    if rows.empty or table.empty:
        empty(ax, "uses")
        return finish(ax, table, alt="The word was not found in these articles.", own=own)
    colours, _ = outlet_looks([*(outlets or []), *names], None)
    uses = {article: part.to_numpy(float) for article, part in table.groupby("article_id")["start"]}
    labels = [" · ".join([str(row.outlet), *_subject(row)]) for row in rows.itertuples()]
    drawn = []
    for place, row in zip(rows_of(ax, labels, lines=1), rows.itertuples(), strict=True):
        ax.plot([0, 1], [place, place], color=LIGHT, linewidth=0.6, zorder=1)
        at = uses.get(row.article_id, np.array([])) / max(len(row.text), 1)
        ax.plot(at, [place] * len(at), "|", color=colours[str(row.outlet)], markersize=6, markeredgewidth=1.2)
        drawn += [{"article_id": row.article_id, "outlet": row.outlet, "position": float(one)} for one in at]
    ax.set(xlim=(-0.02, 1.02), xlabel="Position in the article (0 = first letter, 1 = last)")
    ax.set_title("Where in the articles it stands")
    having = len({one["article_id"] for one in drawn})
    return finish(ax, pd.DataFrame(drawn, columns=["article_id", "outlet", "position"]),
                  alt=f"Strips of {count(len(rows), 'article')}; {count(len(drawn), 'use')} in {having} of them.",
                  caption="A strip is an article, a tick a use."
                  + (f" Drawn: the {len(rows)} of {n_all} articles with most uses." if len(rows) < n_all else ""),
                  own=own)


def _subject(row: Any) -> list[str]:
    """What an article is about: its event; where that is a number or a hash, its headline."""
    event, headline = getattr(row, "event", None), getattr(row, "headline", None)
    if pd.notna(event) and not is_nameless(event):
        return [spaced(event)]
    return [str(headline)] if pd.notna(headline) else []
