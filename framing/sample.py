"""What a sample can show at all: said before any result, from the corpus itself."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from framing.pairing import Contrast, article_rows, cells_of, columns_needed, line_up, outlet_pairs
from framing.permutation import ENOUGH, deals, smallest_p, swaps
from framing.resampling import difference_interval, ratio_interval
from framing.tables import as_articles

SAMPLE = ["measure", "outlet", "reference", "n_articles", "n_events", "smallest_p", "width", "detectable", "note"]
ALPHA, POWER = 0.05, 0.80
SIMULATIONS, SHUFFLES = 400, 999
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
    drawn anew 400 times, shifted by a supposed difference and tested as `compare` tests them. It shows
    spread only, not who has more, and is itself uncertain with few events. Testing several outlets or measures
    at once needs larger differences than these.
    """
    if table is None:
        table, value, per, measure = _quoted(articles), "value", "per", measure or QUOTED
    if value is None:
        raise ValueError("A table was given without the column to look at. Name it: "
                         "what_can_show(articles, table, \"column\").")
    columns_needed(table, "outlet", value, per)
    rows, _ = article_rows(table, value, per=per, by="outlet", event=pair or "event", name=measure or value)
    pairs = outlet_pairs(sorted(set(table["outlet"].dropna().astype(str))), reference)
    found = [_limits(line_up(cells, outlet, other, paired=pair is not None), seed)
             for cells in cells_of(rows) for outlet, other in pairs]
    return pd.DataFrame(found, columns=SAMPLE)


def in_words(table: pd.DataFrame) -> str:
    """The rows of `what_can_show` as plain sentences, one paragraph per pair of outlets."""
    return "\n".join(_sentence(row) for row in table.to_dict("records"))


def _limits(contrast: Contrast, seed: int) -> dict[str, Any]:
    row = {name: getattr(contrast, name) for name in
           ("measure", "outlet", "reference", "n_articles", "n_events", "note")}
    first, second = contrast.first, contrast.second
    floor = smallest_p(len(first)) if contrast.paired else smallest_p(len(first), len(second))
    floor = max(floor, RANDOM) if floor < 1 / ENOUGH else floor
    row |= {"smallest_p": floor, "width": np.nan, "detectable": np.nan}
    if min(len(first), len(second)) < 2:
        return row
    low, high, _ = (ratio_interval(first - second, difference=True) if contrast.paired
                    else difference_interval(first, second))
    row["width"] = high - low
    if floor <= ALPHA and np.isfinite(high - low):
        row["detectable"] = _detectable(contrast, seed)
    return row


def _detectable(contrast: Contrast, seed: int) -> float:
    """The shift found with 80 % power, by bisection over simulated samples."""
    rng = np.random.default_rng([seed, len(contrast.first), len(contrast.second)])

    def drawn(units: np.ndarray) -> np.ndarray:
        spread = (units - units.mean()) * np.sqrt(len(units) / (len(units) - 1))
        return spread[rng.integers(0, len(units), (SIMULATIONS, len(units)))]

    if contrast.paired:
        units = drawn(contrast.first - contrast.second)
        rows = swaps(len(contrast.first), n_permutations=SHUFFLES, seed=seed)[0].astype(float)
        if len(rows) > 2 * SHUFFLES:
            rows = rows[rng.integers(0, len(rows), SHUFFLES)]
        observed = shifted = np.ones(len(contrast.first))
    else:
        n1, n2 = len(contrast.first), len(contrast.second)
        units = np.hstack([drawn(contrast.first), drawn(contrast.second)])
        shifted = np.repeat([1.0, 0.0], [n1, n2])
        observed = np.repeat([1 / n1, -1 / n2], [n1, n2])
        dealt = deals(n1, n2, n_permutations=SHUFFLES, seed=seed)[0]
        rows = np.where(dealt == 1, 1 / n1, -1 / n2)
    base, base_observed = rows @ units.T, units @ observed
    slope, slope_observed = rows @ shifted, float(shifted @ observed)

    def power(shift: float) -> float:
        bar = np.abs(base_observed + shift * slope_observed) * (1 - 1e-9)
        return float(((np.abs(base + shift * slope[:, None]) >= bar).mean(axis=0) <= ALPHA).mean())

    low, high = 0.0, float(units.std())
    for _ in range(12):
        if power(high) >= POWER:
            break
        low, high = high, 2 * high
    else:
        return np.nan
    for _ in range(10):
        middle = (low + high) / 2
        low, high = (low, middle) if power(middle) >= POWER else (middle, high)
    return high


def _quoted(articles: pd.DataFrame) -> pd.DataFrame:
    """Words inside quotation marks and words, per article."""
    from framing.marks import quotation_spans
    table = as_articles(articles)
    spans = [[mark for mark in quotation_spans(text) if mark.depth == 0] for text in table["text"]]
    inside = [sum(len(text[mark.start:mark.end].split()) for mark in marks)
              for text, marks in zip(table["text"], spans, strict=True)]
    return table[["article_id", "outlet", "event"]].assign(
        value=inside, per=[len(text.split()) for text in table["text"]])


def _sentence(row: dict[str, Any]) -> str:
    sides = f"{row['outlet']} and {'the other outlets' if row['reference'] == 'rest' else row['reference']}"
    shared = "share no event" if not row["n_events"] else (
        f"share {row['n_events']} {'event' if row['n_events'] == 1 else 'events'}")
    if str(row["note"]).startswith("not paired"):
        shared = "cannot be paired by event"
    text = f"{sides} {shared} ({row['n_articles']} articles). The smallest p value possible is {row['smallest_p']:.3g}"
    if row["smallest_p"] > ALPHA:
        return text + ", so no difference, however large, can be told from chance at the usual 5 %."
    text += "."
    if np.isfinite(row["width"]):
        text += f" For the {row['measure']}, expect an interval about {row['width']:.2g} wide"
        text += (f"; a difference of {row['detectable']:.2g} would be found in four samples out of five."
                 if np.isfinite(row["detectable"]) else ".")
    else:
        text += f" In {row['measure']} the articles do not vary enough to say more."
    return text
