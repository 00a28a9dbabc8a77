"""What leads, what is told, in which order, what is not found; when outlets wrote, where in articles a word stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeAlias

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib import dates as _dates
from matplotlib.axes import Axes

from framing.plots.fitting import MM, cut_to, width_of
from framing.plots.style import (
    BLUE,
    FACTS_TRUST,
    GREY,
    LIGHT,
    NAMES_SHARE,
    Size,
    around_mm,
    by_outlet,
    cell,
    columns_of,
    dots,
    dots_mm,
    empty,
    figure_style,
    finish,
    growth,
    header_mm,
    ink,
    interval_words,
    legend_lines,
    lines_in,
    measures,
    n_words,
    new_axes,
    ordered,
    outlet_looks,
    peaks,
    reach,
    row_mm,
    rows_of,
    rows_that_fit,
    title_above,
)
from framing.tables import require_columns
from framing.text.unicode import count, is_nameless, listed, spaced

FOUND, UNSURE = BLUE, LIGHT


@figure_style
def plot_emphasis(
    table: pd.DataFrame,
    *,
    kind: str | None = None,
    outlets: Sequence[str] | None = None,
    ax: Axes | None = None,
    size: Size = "page",
    top: int = 8,
) -> Axes:
    """How often an item stands in headline and lead, per outlet. From `emphasis_profile`.

    Filled mark: share of articles with the item in the headline; ring: in the lead. Draws the `top`
    items of one `kind`, or of all kinds but "voice" (who speaks there).
    """
    require_columns(
        table, ["outlet", "item", "kind", "headline_share", "lead_share", "n_articles"], made_by="emphasis_profile"
    )
    rows = table[table["kind"] != "voice"] if kind is None else table[table["kind"] == kind]
    several = rows.groupby("item")["kind"].transform("nunique") > 1  # a label may be named like a person
    rows = rows.assign(item=rows["item"].where(~several, rows["item"] + " (" + rows["kind"].astype(str) + ")"))
    seen = (
        rows.groupby("item")[["headline_share", "lead_share"]]
        .sum()
        .sum(axis=1)
        .sort_values(ascending=False, kind="stable")
    )
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
    end = reach(both[["share", "low", "high"]].astype(float))
    ax.set(
        xlim=(-0.03 * end, 1.03 * end),
        xlabel="Share of the outlet's articles (filled: in the headline; ring: in the lead)",
    )
    title_above(ax, "Who and what stands in headline and lead", lines)
    headlines = peaks(rows, "item", "headline_share")
    return finish(
        ax,
        rows,
        alt=f"Dot plot of {count(len(kept), 'item')} in headlines and leads. "
        + (
            f"In headlines: {headlines}"
            if headlines
            else f"No article has a headline. In leads: {peaks(rows, 'item', 'lead_share')}"
        ),
        caption=f"Articles without the item count as 0. {interval_words(ax, both)}{n_words(rows)}{_no_headlines(rows)}",
        own=own,
    )


def _no_headlines(rows: pd.DataFrame) -> str:
    """Of which outlets no headline is known, so that they have no filled mark."""
    known = rows.groupby("outlet")["headline_share"].count()
    return f" Without headlines: {listed(map(str, known.index[known == 0]))}." if (known == 0).any() else ""


def _zone(rows: pd.DataFrame, zone: str) -> pd.DataFrame:
    """The rows with the share of one zone, and its interval where the table has one."""
    nothing = pd.Series(np.nan, rows.index)
    return rows.assign(
        share=rows[f"{zone}_share"],
        low=rows.get(f"{zone}_share_low", nothing),
        high=rows.get(f"{zone}_share_high", nothing),
        in_lead=zone == "lead",
    )


Statements: TypeAlias = pd.DataFrame | Mapping[str, str] | None


@figure_style
def plot_coverage(
    table: pd.DataFrame,
    *,
    facts: Statements = None,
    ax: Axes | None = None,
    size: Size = "page",
    outlets: Sequence[str] | None = None,
    top: int = 40,
) -> Axes:
    """The omission grid: facts down, outlets across; how many of an outlet's articles tell each fact.

    The number is found of n articles: those on events on which some outlet is found, or may be found, to tell the
    fact, or all where none is. The darker, the more of them; the larger, the more articles it rests on; grey and "?":
    unsure; white: not found in these articles; "–": the outlet has none on such an event. With `facts` (the list that
    was looked for) each row is called by its statement. Draws the first `top` facts, or as many as there is room for.
    """
    require_columns(table, ["fact", "outlet", "article_id", "found"], made_by="coverage")
    names = ordered(table["outlet"], outlets)
    every = list(dict.fromkeys(table["fact"]))
    called = _called(every, facts)
    own = ax is None
    lines = lines_in(called.values(), size)
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
    counts = (
        could_tell.groupby(["fact", "outlet", "found"])
        .size()
        .unstack(fill_value=0)
        .reindex(columns=["found", "unsure", "not found"], fill_value=0)
    )
    most = max(int(counts.sum(axis=1).max()), 1)
    gaps_in: list[tuple[str, str]] = []
    texts = []
    for place, fact in zip(rows_of(ax, [called[fact] for fact in shown]), shown, strict=True):
        for across, outlet in enumerate(names):
            n = counts.loc[(fact, outlet)] if (fact, outlet) in counts.index else None
            if n is None:
                texts.append(ax.text(across, place, "–", ha="center", va="center", color=GREY))
                continue
            total, found = int(n.sum()), int(n["found"])
            depth = 0.25 + 0.75 * found / total if found else 0.0
            square = cell(
                across, place, FOUND if found else UNSURE if n["unsure"] else "white", 0.6 + 0.4 * (total / most) ** 0.5
            )
            square.set_alpha(depth if found else 1.0)
            ax.add_patch(square)
            texts.append(
                ax.text(
                    across,
                    place,
                    f"{found}/{total}" + (" ?" if n["unsure"] else ""),
                    ha="center",
                    va="center",
                    color=ink(FOUND, depth),
                )
            )
            if not found and not n["unsure"]:
                gaps_in.append((_quoted(called[fact]), outlet))
    columns_of(ax, names, size)
    ax.set_title("Which facts each outlet tells", pad=8)
    n_articles = table.groupby("outlet")["article_id"].nunique()
    caption = (
        "Cells: articles in which the fact was found, of the outlet's articles on events on which any outlet "
        "may tell it (on all events where none does); the darker, the more of them; the smaller, the fewer "
        "articles. Grey, “?”: unsure, to be read; "
        "white: not found in these articles, which does not show intent; “–”: no article on these events. "
        + (f"Drawn: {len(shown)} of {len(every)} facts. " if len(shown) < len(every) else "")
        + f"{FACTS_TRUST} n = {by_outlet({str(name): (n, n) for name, n in n_articles.items()}, 'articles')}."
    )
    gaps = "; ".join(f"{fact} not found in {outlet}" for fact, outlet in gaps_in[:6])
    alt = (
        f"Grid of {count(len(shown), 'fact')} by {count(len(names), 'outlet')}. "
        f"{count(len(gaps_in), 'cell')} empty"
        + (f": {gaps}" if gaps_in else "")
        + ("; and more." if len(gaps_in) > 6 else ".")
    )
    return finish(ax, table, alt=alt, caption=caption, own=own, cells=texts)


def _called(names: Iterable[str], facts: Statements) -> dict[str, str]:
    """What each fact says; of one without a statement its name."""
    if isinstance(facts, pd.DataFrame):
        facts = dict(zip(facts["fact"].astype(str), facts["statement"].astype(str), strict=True))
    return {fact: (facts or {}).get(fact, spaced(fact)) for fact in names}


def _quoted(statement: str) -> str:
    """A statement within a sentence, in marks unless it brings its own."""
    words = statement.rstrip(".")
    return words if words[:1] in ('"', "“") else f"“{words}”"


def _where_it_could_be_told(table: pd.DataFrame) -> pd.DataFrame:
    """The rows of `coverage` on events on which any outlet is found, or may be found, to tell the fact.

    A fact that nobody tells keeps all its rows, since nothing says to which event it belongs.
    """
    told = table["found"] != "not found"
    keys = [table["fact"], table["event"].fillna("") if "event" in table else pd.Series("", table.index)]
    here, anywhere = told.groupby(keys).transform("any"), told.groupby(keys[0]).transform("any")
    return table[here | ~anywhere]


@figure_style
def plot_order(
    table: pd.DataFrame,
    *,
    facts: Statements = None,
    outlets: Sequence[str] | None = None,
    ax: Axes | None = None,
    size: Size = "page",
    top: int = 24,
) -> Axes:
    """Where in its articles each outlet tells each fact: a mark per article, facts in the usual order of telling.

    From `coverage`. With `facts` (the list that was looked for) each row is called by its statement. Draws the `top`
    facts that most articles tell, or as many as the size has room for.
    """
    require_columns(table, ["article_id", "outlet", "fact", "found", "position"], made_by="coverage")
    rows = table[(table["found"] == "found") & table["position"].notna()]
    told = (
        rows.groupby("fact")
        .agg(n=("article_id", "nunique"), at=("position", "median"))
        .sort_values(["n", "at"], ascending=[False, True], kind="stable")
    )
    called = _called(told.index, facts)
    own, names = ax is None, ordered(rows["outlet"], outlets)
    above = around_mm(size, legend_lines(names, size))
    lines = lines_in(called.values(), size)
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
    marks = rows.assign(row_name=rows["fact"].map(called))
    legend = dots(ax, marks, "row_name", "position", outlets)
    ax.set(xlim=(-0.03, 1.03), xlabel="Position in the article (0 = first word, 1 = last)")
    title_above(ax, "In which order the facts are told", legend)
    n_articles = rows["article_id"].nunique()
    first = "; ".join(f"{_quoted(called[fact])} (median {told.loc[fact, 'at']:.2f})" for fact in shown[:3])
    return finish(
        ax,
        rows,
        alt=f"Marks of {count(n_articles, 'article')} with the place of "
        f"{count(len(shown), 'fact')}. Told first: {first}.",
        caption="A mark is the first place of one article that states the fact; facts from the one usually "
        f"told first (median) down. {FACTS_TRUST}"
        + (f" Drawn: the {len(shown)} of {len(told)} facts that most articles tell." if len(told) > len(shown) else ""),
        own=own,
    )


dates: Any = _dates  # which has no types
AREA = 18.0  # square points of the mark of one article


@figure_style
def plot_timeline(
    table: pd.DataFrame,
    *,
    articles: pd.DataFrame | None = None,
    outlets: Sequence[str] | None = None,
    ax: Axes | None = None,
    size: Size = "page",
) -> Axes:
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
        names = names[: rows_that_fit(size, high, around_mm(size, 0))]
    if ax is None:
        ax = new_axes(size, around_mm(size, 0) + high * max(len(names), 2))
    if counts.empty:
        empty(ax, "dates")
        return finish(ax, counts, alt="No article has a date.", own=own)
    colours, _ = outlet_looks([*(outlets or []), *names], None)
    most = int(counts["n"].max())
    unit = min(AREA, 220 / most) * growth(size) ** 2
    for place, outlet in zip(rows_of(ax, names), names, strict=True):
        ax.axhline(place, color=LIGHT, linewidth=0.5, zorder=1)
        here = counts[counts["outlet"] == outlet]
        ax.scatter(
            dates.date2num(here["day"].to_numpy()),
            [place] * len(here),
            s=unit * here["n"].to_numpy(float),
            color=colours[outlet],
            alpha=0.75,
            linewidth=0,
            zorder=2,
        )
    first, last = counts["day"].min(), counts["day"].max()
    pad = max(pd.Timedelta(days=1), (last - first) * 0.04)
    ax.set_xlim(dates.date2num(first - pad), dates.date2num(last + pad))
    locator = dates.AutoDateLocator(minticks=2, maxticks=max(3, int(measures(size)[0] // 30)))
    ax.xaxis.set_major_locator(locator)
    ax.xaxis.set_major_formatter(dates.ConciseDateFormatter(locator, show_offset=True))
    term = _term(table)
    ax.set_title("When each outlet wrote" if what == "article" else f"When {term or 'it'} is used")
    peak = counts.loc[counts["n"].idxmax()]
    return finish(
        ax,
        counts,
        alt=f"Timeline of {count(counts['n'].sum(), what)} {f'of {term} ' * (term != '')}of {count(len(names), 'outlet')} from "
        f"{first:%Y-%m-%d} to {last:%Y-%m-%d}. "
        + (
            f"Most on one day: {count(most, what)}, {peak['outlet']}, {peak['day']:%Y-%m-%d}."
            if most > 1
            else f"No outlet has more than one {what} on a day."
        ),
        caption=(
            f"A mark is a day; its area is the number of {what}s, at most {most}."
            if most > 1
            else f"A mark is one {what}."
        )
        + (f" Without a date and not drawn: {undated}." if undated else "")
        + (f" Drawn: {len(names)} of {n_all} outlets." if len(names) < n_all else ""),
        own=own,
    )


@figure_style
def plot_dispersion(
    table: pd.DataFrame,
    articles: pd.DataFrame,
    *,
    outlets: Sequence[str] | None = None,
    ax: Axes | None = None,
    size: Size = "page",
    top: int = 40,
) -> Axes:
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
    labels = [_strip_name(row, size) for row in rows.itertuples()]
    drawn = []
    tall = 1.5 * float(plt.rcParams["lines.markersize"])
    for place, row in zip(rows_of(ax, labels, lines=1), rows.itertuples(), strict=True):
        ax.plot([0, 1], [place, place], color=LIGHT, linewidth=0.6, zorder=1)
        at = uses.get(row.article_id, np.array([])) / max(len(row.text), 1)
        ax.plot(at, [place] * len(at), "|", color=colours[str(row.outlet)], markersize=tall, markeredgewidth=tall / 5)
        drawn += [{"article_id": row.article_id, "outlet": row.outlet, "position": float(one)} for one in at]
    ax.set(xlim=(-0.02, 1.02), xlabel="Position in the article (0 = first letter, 1 = last)")
    term = _term(table)
    ax.set_title(f"Where in the articles {term or 'it'} stands")
    having = len({one["article_id"] for one in drawn})
    return finish(
        ax,
        pd.DataFrame(drawn, columns=["article_id", "outlet", "position"]),
        alt=f"Strips of {count(len(rows), 'article')}; {count(len(drawn), 'use')} {f'of {term} ' * (term != '')}in {having} of them.",
        caption="A strip is an article, a tick a use."
        + (f" Drawn: the {len(rows)} of {n_all} articles with most uses." if len(rows) < n_all else ""),
        own=own,
    )


def _term(table: pd.DataFrame) -> str:
    """The word or name that rows of `concordance`, `find_labels` or `find_loaded` are uses of, if they are of one."""
    for column in ("node", "label", "term"):
        if column in table and table[column].astype(str).str.casefold().nunique() == 1:
            return f"“{table[column].iloc[0]}”"
    return ""


def _strip_name(row: Any, size: Size) -> str:
    """Outlet and subject of an article; where both have no room the outlet leaves half of it."""
    width, _, points = measures(size)
    room, subject = NAMES_SHARE * width * MM * 72, "".join(f" · {words}" for words in _subject(row))
    left = max(room - width_of(subject, points), 0.5 * room) if subject else room
    return cut_to(str(row.outlet), points, left) + subject


def _subject(row: Any) -> list[str]:
    """What an article is about: its event; where that is a number or a hash, its headline."""
    event, headline = getattr(row, "event", None), getattr(row, "headline", None)
    if pd.notna(event) and not is_nameless(event):
        return [spaced(event)]
    return [str(headline)] if pd.notna(headline) else []
