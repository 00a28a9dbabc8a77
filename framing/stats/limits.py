"""What a sample can show at all: said before any result, from the corpus itself."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from framing.stats.family import paired_interval
from framing.stats.p_values import p_words
from framing.stats.pairing import (
    Contrast,
    article_rows,
    cells_of,
    cluster_needed,
    columns_needed,
    line_up,
    outlet_pairs,
    plural,
)
from framing.stats.power import ALPHA, detectable
from framing.stats.reassignments import ENOUGH, smallest_p
from framing.stats.resampling import difference_interval
from framing.tables import LEFT_OUT, as_articles

SAMPLE = ["measure", "outlet", "reference", "n_articles", "n_events", "smallest_p", "width", "detectable", "note"]
RANDOM = 1 / 10_000  # the least p of the 9,999 random reassignments that `compare` draws by default
QUOTED = "share of words in quotation marks"  # the example measure: every article has one


def what_can_show(articles: pd.DataFrame, table: pd.DataFrame | None = None, value: str | None = None, *,
                  per: str | None = None, measure: str | None = None, reference: str | None = None,
                  pair: str | None = "event", seed: int = 0) -> pd.DataFrame:
    """How small a difference between two outlets this sample could show, before looking for any.

    Parameters
    ----------
    articles : as from `read_articles`.
    table, value, per : a per-article measure as for `compare`; without it the share of each article's words
        that stands in quotation marks serves as an example of a measure.
    reference : None for all pairs of outlets, "rest", or one outlet.

    Returns
    -------
    One row per pair of outlets: ``n_articles`` and ``n_events`` that can be used; ``smallest_p``, the least
    two-sided p value possible; ``width`` of the 95 % interval to expect, in the unit of the measure;
    ``detectable``, the difference that a test at p <= .05 finds in 80 % of samples like this one; ``note``.
    ``width`` and ``detectable`` are missing where nothing can reach p <= .05 or articles do not vary.

    Notes
    -----
    ``detectable`` comes from simulation: differences between the outlets within events are centred on zero,
    drawn anew 400 times, shifted by a supposed difference and tested as `compare` tests them (a plain yes or
    no per article is drawn with the reference's share instead). It shows spread only, not who has more, and is
    itself uncertain with few events. Testing several outlets or measures at once needs larger differences.
    """
    if table is None:
        table, value, per, measure = _quoted(articles), "value", "per", measure or QUOTED
    if value is None:
        raise ValueError("A table was given without the column to look at. Name it: "
                         "what_can_show(articles, table, \"column\").")
    columns_needed(table, "outlet", value, per)
    cluster_needed(table, pair)
    rows, _ = article_rows(table, value, per=per, by="outlet", event=pair or "event", name=measure or value)
    pairs = outlet_pairs(sorted(set(table["outlet"].dropna().astype(str))), reference)
    found = [_limits(line_up(cells, outlet, other, paired=pair is not None), seed)
             for cells in cells_of(rows) for outlet, other in pairs]
    return pd.DataFrame(found, columns=SAMPLE)


def in_words(table: pd.DataFrame) -> str:
    """The rows of `what_can_show` as plain sentences; pairs of outlets in the same position share one line."""
    alike = table.assign(unpaired=table["note"].astype(str).str.startswith("not paired"))
    alike["rest"] = alike["reference"] == "rest"
    grouped = alike.groupby(["measure", "rest", "unpaired", "n_events", "smallest_p"], sort=False)
    return "\n".join(_sentence(rows) for _, rows in grouped)


def _limits(contrast: Contrast, seed: int) -> dict[str, Any]:
    row = {name: getattr(contrast, name) for name in
           ("measure", "outlet", "reference", "n_articles", "n_events", "note")}
    first, second = contrast.first, contrast.second
    if contrast.ways is not None:
        floor = min(1.0, 1 / float(np.isfinite(contrast.ways).sum(axis=1).prod(dtype=float)))
    else:
        floor = smallest_p(len(first)) if contrast.paired else smallest_p(len(first), len(second))
    floor = max(floor, RANDOM) if floor < 1 / ENOUGH else floor
    row |= {"smallest_p": floor, "width": np.nan, "detectable": np.nan}
    if min(len(first), len(second)) < 2:
        return row
    low, high, _ = (paired_interval(contrast) if contrast.paired else difference_interval(first, second))
    row["width"] = high - low
    if floor <= ALPHA and np.isfinite(high - low):
        row["detectable"] = detectable(contrast, seed=seed)
    return row


def _quoted(articles: pd.DataFrame) -> pd.DataFrame:
    """Words inside quotation marks and words, per article, page furniture and second stories left out."""
    from framing.text.quotation_marks import quotation_spans
    from framing.zones.passages import find_passages
    table = as_articles(articles)
    passages = find_passages(table)
    own = dict(tuple(passages[~passages["zone"].isin(LEFT_OUT)].groupby("article_id")))
    inside, words = [], []
    for article_id, text in zip(table["article_id"], table["text"], strict=True):
        marks = [mark for mark in quotation_spans(text) if mark.depth == 0]
        spans = list(own[article_id][["start", "end"]].itertuples(index=False)) if article_id in own else []
        quoted = [text[max(start, mark.start):min(end, mark.end)] for mark in marks for start, end in spans]
        inside.append(sum(len(piece.split()) for piece in quoted))
        words.append(sum(len(text[start:end].split()) for start, end in spans))
    return table[["article_id", "outlet", "event"]].assign(value=inside, per=words)


def _sentence(rows: pd.DataFrame) -> str:
    """One sentence or two on pairs of outlets that share the same number of events."""
    row = rows.iloc[0]
    n_articles = _range(rows["n_articles"].astype(float), "{:.0f}")
    text = (f"{_who(rows)} ({n_articles} articles{' in each comparison' if len(rows) > 1 else ''}). "
            f"The smallest p value possible is {p_words(row['smallest_p'], exact=True)}")
    if row["smallest_p"] > ALPHA:
        return text + ", so no difference, however large, can be told from chance at the usual 5 %."
    widths, differences = rows["width"].dropna(), rows["detectable"].dropna()
    if widths.empty:
        return text + f". In {row['measure']} the articles do not vary enough to say more."
    text += f". For the {row['measure']}, expect 95 % intervals about {_range(widths)} wide"
    if len(differences):
        text += f"; a difference of {_range(differences)} would be found in four samples out of five"
    return text + "."


def _who(rows: pd.DataFrame) -> str:
    """Which outlets are compared and the events they share, up to the number of articles."""
    row, rest = rows.iloc[0], bool((rows["reference"] == "rest").all())
    apart = str(row["note"]).startswith("not paired")
    events = "cannot be paired by event" if apart else f"share {row['n_events']} {plural('event', row['n_events'])}"
    if len(rows) > 2:
        who = f"{'The' if apart else 'Each of'} {len(rows)} {'outlets' if rest else 'pairs of outlets'}"
        events = events.replace("share ", "shares ", 1)
        return f"{who} {events}{' with the others together' if rest else ''}"
    if rest:
        names = " and ".join(map(str, rows["outlet"]))
        some = events if apart or len(rows) > 1 else events.replace("share ", "shares ", 1)
        return f"{names}{' each' if len(rows) > 1 and not apart else ''} {some} with the others together"
    pairs = [f"{outlet} and {other}" for outlet, other in zip(rows["outlet"], rows["reference"], strict=True)]
    return f"{pairs[0]} {events}" + "".join(f", and so {'cannot' if apart else 'do'} {pair}" for pair in pairs[1:])


def _range(numbers: pd.Series, form: str = "{:.2g}") -> str:
    low, high = form.format(numbers.min()), form.format(numbers.max())
    return low if low == high else f"{low} to {high}"
