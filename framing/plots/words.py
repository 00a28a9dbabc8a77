"""Labels and words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

import matplotlib.pyplot as plt
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import to_rgba

from framing.plots.fitting import MM, line_mm, lines_of, longest
from framing.plots.style import (
    BLUE,
    GREY,
    NAMES_SHARE,
    ROW_MM,
    VOICE_TRUST,
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
    known_name,
    legend_lines,
    measures,
    n_words,
    names_room,
    new_axes,
    open_words,
    ordered,
    outlet_looks,
    peaks,
    rests_on_many,
    row_mm,
    rows_of,
    rows_that_fit,
    title_above,
)
from framing.stats.limits import LEAST_OUTLETS, LEAST_USES
from framing.tables import require_columns
from framing.text.unicode import count, listed

BUILT_IN = "The names come with framing (built-in concepts); nobody declared them for these articles. "
COUNTED_WORDS = (
    "Counts are of the outlet's own voice (what it quotes or reports is left out) unless the table was made for another, "
    "and without titles before names. "
)
LEFT_OUT = "function words are not drawn, nor words that nearly always stand in a phrase that is"
IN_PHRASE = 0.8  # of its uses: a word that stands as often in one longer phrase says nothing besides it
RIVAL_COLOURS = ["#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#F0E442"]  # Okabe and Ito


@figure_style
def plot_labels(
    table: pd.DataFrame,
    *,
    outlets: Sequence[str] | None = None,
    built_in: bool = False,
    ax: Axes | None = None,
    size: Size = "page",
    top: int = 24,
) -> Axes:
    """Who uses which label, in whose voice: counts under each concept, own voice and quoted. From `find_labels`.

    Draws the `top` labels, or as many as the size has room for. `built_in`: the labels are those that come with framing,
    which the caption then says.
    """
    require_columns(table, ["outlet", "concept", "label", "voice"], made_by="find_labels")
    names = ordered(table["outlet"], outlets)
    sizes = _rivals_first(table.groupby(["concept", "label"]).size().sort_values(ascending=False, kind="stable"))
    own = ax is None
    if own:
        room = rows_that_fit(size, row_mm(size), around_mm(size, 0) + header_mm(names, size))
        while top > 1 and top + len({concept for concept, _ in sizes.index[:top]}) > room:
            top -= 1
    chosen = list(sizes.index[:top])
    concepts = [concept for concept, _ in chosen]
    if 1 < len(chosen) < len(sizes) and concepts.count(concepts[-1]) == 1 < len(sizes[concepts[-1]]):
        chosen.pop()  # its rival has no room
    labels = sorted(chosen)
    rows = [
        row
        for concept in dict.fromkeys(concept for concept, _ in labels)
        for row in [(concept, None), *[pair for pair in labels if pair[0] == concept]]
    ]
    if ax is None:
        ax = new_axes(size, around_mm(size, 0) + header_mm(names, size) + row_mm(size) * max(len(rows), 2))
    if not labels:
        empty(ax, "labels")
        return finish(ax, table, alt="No label was found.", own=own)
    counts = (
        table.assign(own=table["voice"] == "outlet")
        .groupby(["concept", "label", "outlet"])["own"]
        .agg(n_own="sum", n_all="size")
    )
    drawn, texts, strongest = [], [], max(int(counts["n_own"].max()), 1)
    _, _, points = measures(size)
    high = int(2 * row_mm(size) / line_mm(points) - 1) if own else 1  # the row of a concept has no cells to stand on
    places = rows_of(
        ax, [_heading(ax, str(concept), high) if label is None else label for concept, label in rows], lines=1
    )
    for tick, (_, label) in zip(ax.get_yticklabels(), rows, strict=True):
        tick.set_fontweight("bold" if label is None else "normal")
    for place, (concept, label) in zip(places, rows, strict=True):
        if label is None:
            ax.axhline(place + 0.5, color=GREY, linewidth=0.6)
            continue
        for across, outlet in enumerate(names):
            key = (concept, label, outlet)
            n_own, n_all = (int(n) for n in counts.loc[key]) if key in counts.index else (0, 0)
            depth = 0.15 + 0.75 * n_own / strongest if n_own else 0.0
            square = cell(across, place, BLUE if n_own else "#FFFFFF")
            square.set_alpha(depth if n_own else 1.0)
            ax.add_patch(square)
            words = f"{n_own} + {n_all - n_own}" if n_all else "·"
            texts.append(ax.text(across, place, words, ha="center", va="center", color=ink(BLUE, depth)))
            drawn.append(
                {
                    "concept": concept,
                    "label": label,
                    "outlet": outlet,
                    "n_own_voice": n_own,
                    "n_other_voices": n_all - n_own,
                }
            )
    columns_of(ax, names, size)
    ax.set_title("Names given to one thing: own voice + quoted or reported", pad=12)
    data = pd.DataFrame(drawn)
    loudest = data.sort_values("n_own_voice", ascending=False, kind="stable").head(4)
    loudest = loudest[loudest["n_own_voice"] > 0]
    words = "; ".join(f"“{row.label}” {count(row.n_own_voice, 'time')} in {row.outlet}" for row in loudest.itertuples())
    n_concepts = len({concept for concept, _ in labels})
    return finish(
        ax,
        data,
        alt=f"Grid of {count(len(labels), 'label')} of {count(n_concepts, 'concept')} by "
        f"{count(len(names), 'outlet')}. "
        + (f"Most frequent in an outlet's own voice: {words}." if words else "None in an outlet's own voice."),
        caption="Each cell: times in the outlet's own voice + times in somebody else's (quoted or "
        "reported), in " + _articles_with(table) + ". Darker: more often in its own voice. Under each "
        f"concept its names{_of_all(len(labels), len(sizes), 'most frequent with rivals')}. "
        f"{BUILT_IN if built_in else ''}{VOICE_TRUST}",
        own=own,
        cells=texts,
    )


def _heading(ax: Axes, concept: str, lines: int) -> str:
    """The name of a concept in bold above its labels, in so many lines at most."""
    points = float(plt.rcParams["ytick.labelsize"])
    return "\n".join(lines_of(concept, points, names_room(ax), most=lines, bold=True))


def _rivals_first(sizes: pd.Series) -> pd.Series:
    """Counts of ``(concept, label)``, most first, those of each concept's first two labels together: one shows no choice.

    Labels without a rival come last.
    """
    second = {concept: n.iloc[1] for concept, n in sizes.groupby(level=0) if len(n) > 1}
    keys, seen = [], Counter[str]()
    for concept, n in zip(sizes.index.get_level_values(0), sizes, strict=True):
        seen[concept] += 1
        keys.append((-(n if seen[concept] > 2 else second.get(concept, 0)), list(seen).index(concept)))
    return sizes.iloc[sorted(range(len(keys)), key=keys.__getitem__)]


def _too_rare(n_outlets: int) -> str:
    return f"Not drawn: {count(n_outlets, 'outlet')} with fewer than {LEAST_USES} namings of it. " if n_outlets else ""


def _first_compared(table: pd.DataFrame) -> str:
    """The first concept whose names can be compared: two outlets name it, one of them often enough for a share."""
    if "n_concept" not in table:
        return str(table["concept"].iloc[0]) if len(table) else ""
    uses = table[table["n_concept"] > 0].groupby(["concept", "outlet"], sort=False)["n_concept"].max()
    by_concept = uses.groupby("concept", sort=False)
    enough = (by_concept.size() >= LEAST_OUTLETS) & (by_concept.max() >= LEAST_USES)
    return str(enough.idxmax()) if enough.any() else ""


def _no_shares(table: pd.DataFrame, concept: str) -> str:
    """Why no share is drawn, in a sentence for the figure and its alternative text."""
    if table.empty:
        return "No label was found."
    if "n_concept" not in table:
        return f"No label for {concept} was found."
    if concept:
        return f"No outlet names {concept} {LEAST_USES} times in its own voice."
    uses = table.groupby(["concept", "outlet"], sort=False)["n_concept"].max().groupby("concept", sort=False).sum()
    names = listed(f"{name} ({n})" for name, n in uses.sort_values(ascending=False, kind="stable").items())
    return f"Too rare to be drawn (only one outlet names it, or none {LEAST_USES} times in its own voice): {names}."


def _of_all(n_drawn: int, n_all: int, which: str) -> str:
    return f": the {n_drawn} {which} of {n_all}" if n_drawn < n_all else ""


def _articles_with(table: pd.DataFrame) -> str:
    if "article_id" not in table:
        return "all articles"
    return count(table["article_id"].nunique(), "article") + " that use any"


@figure_style
def plot_label_share(
    table: pd.DataFrame,
    *,
    concept: str | None = None,
    outlets: Sequence[str] | None = None,
    built_in: bool = False,
    ax: Axes | None = None,
    size: Size = "page",
    top: int = 12,
) -> Axes:
    """Share of each rival label among all labels for one concept, per outlet. From `label_share`.

    `concept`: which one; by default the first that two outlets name, one of them five times or more. Outlets that name the
    thing fewer than five times are not drawn. `built_in`: as for `plot_labels`.
    """
    require_columns(table, ["outlet", "concept", "label", "share", "low", "high"], made_by="label_share")
    concept = _first_compared(table) if concept is None else concept
    if concept:
        known_name(str(concept), table["concept"], "concept")
    rows = table[table["concept"] == concept]
    enough = rows["n_concept"] >= LEAST_USES if "n_concept" in rows else pd.Series(True, rows.index)
    n_rare, rows = rows.loc[~enough, "outlet"].nunique(), rows[enough]
    used = rows.groupby("label", sort=False)["share"].max()
    used = used[used > 0]
    names = ordered(rows["outlet"], outlets)
    own, above = ax is None, around_mm(size, legend_lines(names, size))
    high = dots_mm(size, rows["outlet"].nunique())
    if own:
        top = min(top, rows_that_fit(size, high, above))
    kept = used.sort_values(ascending=False, kind="stable").index[:top]
    rows = rows[rows["label"].isin(kept)]
    if ax is None:
        ax = new_axes(size, above + high * max(rows["label"].nunique(), 1))
    if rows.empty:
        why = _no_shares(table, str(concept))
        empty(ax, why)
        return finish(ax, rows, alt=why, own=own)
    lines = dots(ax, rows.assign(solid=rests_on_many(rows)), "label", "share", outlets, filled="solid")
    ax.set(xlim=(-0.03, 1.03), xlabel="Share of the outlet's own labels for this concept, with 95 % interval")
    title_above(ax, f"Names given to {concept}", lines)
    return finish(
        ax,
        rows,
        alt=f"Dot plot of the names used for {concept}. " + peaks(rows, "label", "share"),
        caption="In the outlet's own voice; labels in other voices are left out"
        f"{_of_all(len(kept), len(used), 'largest')}. {interval_words(ax, rows)}"
        f"{open_words(rows)}{n_words(rows)} {_too_rare(n_rare)}{BUILT_IN if built_in else ''}{VOICE_TRUST}",
        own=own,
    )


@figure_style
def plot_keyness(
    table: pd.DataFrame,
    *,
    outlet: str | None = None,
    outlets: Sequence[str] | None = None,
    ax: Axes | None = None,
    size: Size = "page",
    top: int = 12,
) -> Axes:
    """Two-sided bars of the words one outlet uses more, and less, than its reference. From `keyness`.

    Draws the `top` words of either side, or as many as the size has room for. Function words
    (scikit-learn's English list) are in the table but not drawn.
    """
    require_columns(table, ["word", "outlet", "reference", "log_ratio", "n_target", "n_reference"], made_by="keyness")
    name = _outlet_drawn(table, outlet, outlets)
    own, high = ax is None, max(0.85 * ROW_MM, line_mm(measures(size)[2]))
    if own:
        top = min(top, rows_that_fit(size, high, around_mm(size)) // 2)
    rows = drawn_words(table, name, top)
    if ax is None:
        ax = new_axes(size, around_mm(size) + high * max(len(rows), 3))
    if rows.empty:
        empty(ax, "words to compare")
        return finish(ax, rows, alt="No words could be compared.", own=own)
    bars, n_sure = _bars_of_words(ax, rows, "log_ratio", _hue_of(name, table, outlets))
    counts = [f"{a}:{b}" for a, b in zip(rows["n_target"], rows["n_reference"], strict=True)]
    ax.bar_label(bars, counts, padding=2, color=GREY)
    ax.margins(x=_room_for(counts, size))
    against = _reference(rows)
    ax.set(
        title=f"Words of {name} against {against}",
        xlabel="Log ratio (1 = twice the rate); counts in outlet : reference",
    )
    upper = ", ".join(rows[rows["log_ratio"] > 0]["word"].head(5))
    return finish(
        ax,
        rows,
        alt=f"Bars of the {len(rows)} most distinctive words of {name} against {against}; most "
        f"over-used: {upper or 'none'}. {n_sure} have a family-wise p below .05.",
        caption=f"Right, in colour: words that {name} uses more; left, in grey: words it uses less. "
        f"{COUNTED_WORDS}"
        + ("A count of 0 is taken for 0.5. " if (rows[["n_target", "n_reference"]] == 0).any(axis=None) else "")
        + f"Exploration, ranked by log-likelihood; {LEFT_OUT}. {_strength(rows, n_sure)}",
        own=own,
    )


@figure_style
def plot_word_shift(
    table: pd.DataFrame,
    *,
    outlet: str | None = None,
    outlets: Sequence[str] | None = None,
    ax: Axes | None = None,
    size: Size = "page",
    top: int = 24,
) -> Axes:
    """Which words make up the difference between one outlet and its reference: the gap in rate of each. From `keyness`.

    Where `plot_keyness` shows how many times more often, this shows how many more: common words come first. Draws the
    `top` largest gaps, function words left out; each with its interval where `keyness` was asked for
    ``measures="rate_difference"``. For two outlets name one as its ``reference``.
    """
    require_columns(
        table,
        ["word", "outlet", "reference", "per_million_target", "per_million_reference", "log_ratio"],
        made_by="keyness",
    )
    name = _outlet_drawn(table, outlet, outlets)
    own, high = ax is None, max(0.85 * ROW_MM, line_mm(measures(size)[2]))
    if own:
        top = min(top, rows_that_fit(size, high, around_mm(size)))
    rows = drawn_words(table, name, len(table))
    gap = (rows["per_million_target"] - rows["per_million_reference"]).astype(float) / 100
    rows = rows.assign(gap=gap, distance=gap.abs()).sort_values(["distance", "word"], ascending=[False, True])[:top]
    rows = rows.sort_values(["gap", "word"], ascending=[False, True]).drop(columns="distance")
    if ax is None:
        ax = new_axes(size, around_mm(size) + high * max(len(rows), 3))
    if rows.empty:
        empty(ax, "words to compare")
        return finish(ax, rows, alt="No words could be compared.", own=own)
    bars, n_sure = _bars_of_words(ax, rows, "gap", _hue_of(name, table, outlets))
    with_lines = "rate_difference_low" in rows and bool(rows["rate_difference_low"].notna().any())
    if with_lines:
        middles = [bar.get_y() + bar.get_height() / 2 for bar in bars]
        ax.hlines(
            middles, rows["rate_difference_low"] / 100, rows["rate_difference_high"] / 100, color="black", linewidth=0.7
        )
    against = _reference(rows)
    ax.set(title=f"What {name} says more and less than {against}", xlabel="Uses more (or less) in 10,000 words")
    upper = ", ".join(rows[rows["gap"] > 0]["word"].head(5))
    return finish(
        ax,
        rows,
        alt=f"Bars of the {count(len(rows), 'word')} whose rates differ most between {name} and {against}; "
        f"more in {name}: {upper or 'none'}. {n_sure} have a family-wise p below .05.",
        caption="Difference of rates"
        + ("; line: 95 % interval of its difference" if with_lines else "")
        + f". {COUNTED_WORDS}Drawn: the largest; {LEFT_OUT}. {_strength(rows, n_sure)}",
        own=own,
    )


def _outlet_drawn(table: pd.DataFrame, outlet: str | None, outlets: Sequence[str] | None) -> str:
    """The outlet asked for, which the table must know, or its first."""
    name = outlet if outlet is not None else (str(table["outlet"].iloc[0]) if len(table) else "")
    known_name(name, [*table["outlet"], *(outlets or [])] if len(table) else [], "outlet")
    return name


def _hue_of(name: str, table: pd.DataFrame, outlets: Sequence[str] | None) -> Any:
    return outlet_looks([*(outlets or []), *table["outlet"]], None)[0][name]


def _reference(rows: pd.DataFrame) -> str:
    reference = str(rows["reference"].iloc[0])
    return "all other outlets" if reference == "rest" else reference


def _bars_of_words(ax: Axes, rows: pd.DataFrame, value: str, hue: Any) -> tuple[Any, int]:
    """A bar for each word: right of zero in the outlet's hue, left in grey, pale where the sample does not show it.

    Returns the bars, and how many are shown by the sample.
    """
    sure = _sure(rows)
    bars = ax.barh(rows_of(ax, rows["word"], lines=1), rows[value], height=0.7)
    for bar, is_sure, length in zip(bars, sure, rows[value], strict=True):
        colour = hue if length > 0 else GREY
        bar.set(facecolor=to_rgba(colour, 0.9 if is_sure else 0.3), edgecolor=colour, linewidth=0.6)
    ax.axvline(0, color=GREY, linewidth=0.6)
    return bars, int(sure.sum())


def _room_for(counts: Sequence[str], size: Size) -> float:
    """The margin that leaves room for the words at the ends of bars, as a share of what the bars span."""
    width, _, points = measures(size)
    plot, words = (1 - NAMES_SHARE - 0.04) * width * MM * 72, longest(counts, points) + 4
    return max(0.05, words / max(plot - 2 * words, 0.2 * plot))


def drawn_words(table: pd.DataFrame, outlet: str, top: int = 12) -> pd.DataFrame:
    """The words of `keyness` that its figure draws for an outlet: the strongest on either side, no function words.

    Of a phrase and the words that nearly always stand in it the phrase alone, where the strongest of them would be.
    """
    from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS

    rows = table[(table["outlet"].astype(str) == outlet) & ~table["word"].isin(ENGLISH_STOP_WORDS)]
    rows = rows.reset_index(drop=True)
    by = "log_likelihood" if "log_likelihood" in rows else "log_ratio"
    strength = rows[by].astype(float).abs()
    for part, phrase in _parts_of_phrases(rows).items():
        strength[phrase] = max(strength[phrase], strength.pop(part))
    rows = rows.loc[strength.sort_values(ascending=False, kind="stable").index]
    rows = pd.concat([rows[rows["log_ratio"] > 0].head(top), rows[rows["log_ratio"] <= 0].head(top)])
    return rows.sort_values("log_ratio", ascending=False, kind="stable")


def _parts_of_phrases(rows: pd.DataFrame) -> dict[int, int]:
    """Rows of words and the row of the phrase in which nearly all their uses stand, shorter words first.

    A word that the sample shows to differ is kept where it does not show it of the phrase.
    """
    if not {"n_target", "n_reference"} <= set(rows.columns):
        return {}
    n = (rows["n_target"] + rows["n_reference"]).tolist()
    above, sure = (rows["log_ratio"] > 0).tolist(), _sure(rows).tolist()
    place = {word: number for number, word in enumerate(rows["word"].astype(str))}
    found: dict[int, int] = {}
    for phrase, number in sorted(place.items(), key=lambda at: len(at[0].split())):
        words = phrase.split()
        for length in range(1, len(words)):
            for start in range(len(words) - length + 1):
                part = place.get(" ".join(words[start : start + length]), number)
                same = above[part] == above[number] and sure[part] <= sure[number]
                if part != number and same and n[number] >= IN_PHRASE * n[part]:
                    found.setdefault(part, number)
    return dict(sorted(found.items(), key=lambda at: len(str(rows["word"][at[0]]).split())))


def _sure(rows: pd.DataFrame) -> pd.Series:
    return rows["p_adjusted"].astype(float) < 0.05 if "p_adjusted" in rows else pd.Series(False, rows.index)


def _strength(rows: pd.DataFrame, n_sure: int) -> str:
    """What full and pale bars are, of those that are drawn."""
    test = "p < .05 when whole articles are permuted within events and the best of all words is taken (max-T)"
    if not n_sure:
        return f"All pale: none has {test} in this sample{_sample(rows)}."
    pale = f"; pale: not shown by this sample{_sample(rows)}" if n_sure < len(rows) else ""
    return f"Full strength: {test}{pale}."


def _sample(rows: pd.DataFrame) -> str:
    if not {"n_articles", "n_events"} <= set(rows.columns):
        return ""
    events = rows["n_events"].max()
    told = f" and {count(events, 'event')}" if events else ", whose events are not named"
    return f" of {count(rows['n_articles'].max(), 'article')}{told}"


@figure_style
def plot_rivals(
    table: pd.DataFrame,
    *,
    outlets: Sequence[str] | None = None,
    ax: Axes | None = None,
    size: Size = "page",
    top: int = 10,
) -> Axes:
    """Rival names for one thing, a row each: the name each outlet uses most in its own voice. From `find_rivals`.

    Draws the first `top` rows, or as many as the size has room for.
    """
    require_columns(table, ["referent", "kind", "names", "used", "n_events", "sure"], made_by="find_rivals")
    own, high = ax is None, row_mm(size) + line_mm(measures(size)[2], 1)
    used = pd.Series([outlet for used in table["used"].head(top) for _, outlet, _, _ in used], dtype=object)
    names = ordered(used, outlets)
    if own:
        top = min(top, rows_that_fit(size, high, around_mm(size, 0) + header_mm(names, size)))
    shown = table.head(top).reset_index(drop=True)
    counts: list[dict[tuple[str, str], list[int]]] = []  # times in the outlet's own voice, and in others'
    for used in shown["used"]:
        tally: dict[tuple[str, str], list[int]] = {}
        for name, outlet, voice, n in used:
            tally.setdefault((outlet, name), [0, 0])[voice != "outlet"] += n
        counts.append(tally)
    if ax is None:
        ax = new_axes(size, around_mm(size, 0) + header_mm(names, size) + high * max(len(shown), 2))
    if shown.empty:
        empty(ax, "rival names")
        return finish(ax, shown, alt="No rival names were found.", own=own)
    rows = [" / ".join(row.names[:3]) for row in shown.itertuples()]
    drawn, texts = [], []
    for place, row, tally in zip(rows_of(ax, rows), shown.itertuples(), counts, strict=True):
        for across, outlet in enumerate(names):
            best = sorted(
                ((n, others, name) for (here, name), (n, others) in tally.items() if here == outlet),
                key=lambda b: (-b[0], -b[1], b[2]),
            )
            own_name = bool(best and best[0][0])
            order = list(row.names).index(best[0][2]) if own_name else 0
            square = cell(across, place, RIVAL_COLOURS[order % len(RIVAL_COLOURS)] if own_name else "#FFFFFF")
            square.set_alpha(0.35 if own_name else 1.0)
            ax.add_patch(square)
            words = "\n".join(f"{name} {n} + {others}" for n, others, name in best[:2]) or "·"
            texts.append(ax.text(across, place, words, ha="center", va="center"))
            drawn += [
                {
                    "rivalry": " / ".join(row.names),
                    "referent": row.referent,
                    "outlet": outlet,
                    "name": name,
                    "n": n,
                    "n_others": others,
                    "n_events": row.n_events,
                    "sure": row.sure,
                }
                for n, others, name in best
            ]
    columns_of(ax, names, size)
    ax.set_title("What the outlets call the same thing", pad=12)
    first = "; ".join(rows[:4])
    return finish(
        ax,
        pd.DataFrame(drawn),
        alt=f"Grid of {len(rows)} {'rivalry' if len(rows) == 1 else 'rivalries'} by "
        f"{count(len(names), 'outlet')}, from names that outlets use for one thing. First: {first}.",
        caption="Found from the coverage itself, for a person to accept or strike out: each cell has the "
        "names the outlet uses most in its own voice, times in its own voice + times in others', in the articles of these "
        "events; one colour in a "
        "row is one name. Those of "
        f"several events and those that part the outlets most come first. {VOICE_TRUST}",
        own=own,
        cells=texts,
    )


@figure_style
def plot_agency(
    table: pd.DataFrame,
    *,
    measure: str = "acts",
    outlets: Sequence[str] | None = None,
    ax: Axes | None = None,
    size: Size = "page",
    top: int = 8,
) -> Axes:
    """Who acts and to whom things are done, per outlet, with intervals. From `agency_share`.

    Draws the first `top` actors, or as many as the size has room for.
    """
    require_columns(table, ["actor", "outlet", "measure", "estimate", "low", "high", "n"], made_by="agency_share")
    known_name(measure, table["measure"] if len(table) else [measure], "measure")
    rows = table[table["measure"] == measure].reset_index(drop=True)
    own, names = ax is None, ordered(rows["outlet"], outlets)
    above, high = around_mm(size, legend_lines(names, size)), dots_mm(size, rows["outlet"].nunique())
    if own:
        top = min(top, rows_that_fit(size, high, above))
    rows = rows[rows["actor"].isin(list(dict.fromkeys(rows["actor"]))[:top])]
    if ax is None:
        ax = new_axes(size, above + high * max(rows["actor"].nunique(), 1))
    if rows.empty:
        empty(ax, "clauses")
        return finish(ax, rows, alt="No clauses with a doer were found.", own=own)
    lines = dots(ax, rows.assign(solid=rests_on_many(rows)), "actor", "estimate", outlets, filled="solid")
    of = "clauses with the actor in which it acts" if measure == "acts" else "deeds done to it that name no doer"
    ax.set(xlim=(-0.03, 1.03), xlabel=f"Share of {of}")
    title_above(ax, "Who acts, and who is acted on" if measure == "acts" else "Where no doer is named", lines)
    return finish(
        ax,
        rows,
        alt=f"Dot plot of the share of {of}. " + peaks(rows, "actor", "estimate"),
        caption="In the outlet's own voice, by clause; nouns of action are not counted. "
        f"{interval_words(ax, rows)}{open_words(rows)}By the parse of a small model. {count(rows['n'].sum(), 'clause')}. "
        f"{VOICE_TRUST}",
        own=own,
    )
