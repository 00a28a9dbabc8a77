"""What a sample can show at all: said before any result, from the corpus itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd

from framing.precision import on_one_thread, p_words
from framing.stats.comparison import paired_interval
from framing.stats.intervals import difference_interval
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
from framing.stats.permutation import ENOUGH, deals, picks, smallest_p, swaps
from framing.tables import LEFT_OUT, as_articles

SAMPLE = ["measure", "outlet", "reference", "n_articles", "n_events", "smallest_p", "width", "detectable", "note"]
RANDOM = 1 / 10_000  # the least p of the 9,999 random reassignments that `compare` draws by default
QUOTED = "share of words in quotation marks"  # the example measure: every article has one


@on_one_thread
def what_can_show(
    articles: pd.DataFrame,
    table: pd.DataFrame | None = None,
    value: str | None = None,
    *,
    per: str | None = None,
    measure: str | None = None,
    reference: str | None = None,
    pair: str | None = "event",
    seed: int = 0,
) -> pd.DataFrame:
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
        raise ValueError(
            'A table was given without the column to look at. Name it: what_can_show(articles, table, "column").'
        )
    columns_needed(table, "outlet", value, per)
    cluster_needed(table, pair)
    rows, _ = article_rows(table, value, per=per, by="outlet", event=pair or "event", name=measure or value)
    pairs = outlet_pairs(sorted(set(table["outlet"].dropna().astype(str))), reference)
    found = [
        _limits(line_up(cells, outlet, other, paired=pair is not None), seed)
        for cells in cells_of(rows)
        for outlet, other in pairs
    ]
    return pd.DataFrame(found, columns=SAMPLE)


def in_words(table: pd.DataFrame) -> str:
    """The rows of `what_can_show` as plain sentences; pairs of outlets in the same position share one line."""
    alike = table.assign(unpaired=table["note"].astype(str).str.startswith("not paired"))
    alike["rest"] = alike["reference"] == "rest"
    grouped = alike.groupby(["measure", "rest", "unpaired", "n_events", "smallest_p"], sort=False)
    return "\n".join(_sentence(rows) for _, rows in grouped)


def _limits(contrast: Contrast, seed: int) -> dict[str, Any]:
    row = {
        name: getattr(contrast, name) for name in ("measure", "outlet", "reference", "n_articles", "n_events", "note")
    }
    first, second = contrast.first, contrast.second
    if contrast.ways is not None:
        floor = min(1.0, 1 / float(np.isfinite(contrast.ways).sum(axis=1).prod(dtype=float)))
    else:
        floor = smallest_p(len(first)) if contrast.paired else smallest_p(len(first), len(second))
    floor = max(floor, RANDOM) if floor < 1 / ENOUGH else floor
    row |= {"smallest_p": floor, "width": np.nan, "detectable": np.nan}
    if min(len(first), len(second)) < 2:
        return row
    low, high, _ = paired_interval(contrast) if contrast.paired else difference_interval(first, second)
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
        quoted = [text[max(start, mark.start) : min(end, mark.end)] for mark in marks for start, end in spans]
        inside.append(sum(len(piece.split()) for piece in quoted))
        words.append(sum(len(text[start:end].split()) for start, end in spans))
    return table[["article_id", "outlet", "event"]].assign(value=inside, per=words)


def _sentence(rows: pd.DataFrame) -> str:
    """One sentence or two on pairs of outlets that share the same number of events."""
    row = rows.iloc[0]
    n_articles = _range(rows["n_articles"].astype(float), "{:.0f}")
    text = (
        f"{_who(rows)} ({n_articles} article{'s' * (n_articles != '1')}{' in each comparison' if len(rows) > 1 else ''}). "
        f"The smallest p value possible is {p_words(row['smallest_p'], exact=True)}"
    )
    if row["smallest_p"] > ALPHA:
        between = " between one outlet and the others" if row["rest"] else " between two outlets"
        return text + f", so no difference{between}, however large, can be told from chance at the usual 5 %."
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


# Power by simulation from the corpus itself: which difference a test would find in four samples out of five.

ALPHA, POWER = 0.05, 0.80  # by convention: five false alarms in a hundred, four real differences in five found
SIMULATIONS, SHUFFLES = 400, 999
LEAST_USES = 5  # of names for a thing, below which no share of one of them is drawn or listed
LEAST_OUTLETS = 2  # that name a thing before its names are compared
TIE = 1 - 1e-9

Test = Callable[[float], np.ndarray]  # a supposed difference -> the p value of every simulated sample


@on_one_thread
def detectable(contrast: Contrast, *, seed: int = 0) -> float:
    """The difference found at p <= .05 in 80 % of samples like this one; missing where none is.

    The units are centred, so that there is nothing to find, drawn anew `SIMULATIONS` times, shifted by a
    supposed difference and tested as `compare` tests them. Where articles are a plain yes or no, they are
    drawn with the reference's share of yes, and the target's with a share so much larger (or smaller, if most
    are yes).
    """
    rng = np.random.default_rng([seed, len(contrast.first), len(contrast.second)])
    if contrast.yes_no and contrast.paired:
        test, most = _yes_no(contrast, rng, seed)
        return _least(test, most, most)
    if not contrast.paired:
        test, spread = _dealt(contrast.first, contrast.second, rng, seed)
    elif contrast.ways is None or contrast.pull is None:
        test, spread = _swapped(contrast.first - contrast.second, rng, seed)
    else:
        test, spread = _rearranged(contrast.ways, contrast.pull, rng, seed)
    return _least(test, spread, 4096 * spread)


def _least(test: Test, first: float, most: float) -> float:
    """The least difference with enough power, by doubling from `first` up to `most` and then bisection."""

    def found(shift: float) -> bool:
        return bool((test(shift) <= ALPHA).mean() >= POWER)

    low, high = 0.0, first
    while not found(high):
        low, high = high, 2 * high
        if high > most or not high > 0:
            return np.nan
    for _ in range(10):
        middle = (low + high) / 2
        low, high = (low, middle) if found(middle) else (middle, high)
    return high


def _drawn(units: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Samples x units: centred, and stretched to the spread of the population they stand for."""
    centred = (units - units.mean()) * np.sqrt(len(units) / (len(units) - 1))
    return centred[rng.integers(0, len(units), (SIMULATIONS, len(units)))]


def _some(rows: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    return rows if len(rows) <= 2 * SHUFFLES else rows[rng.integers(0, len(rows), SHUFFLES)]


def _linear(rows: np.ndarray, true: np.ndarray, shifted: np.ndarray, units: np.ndarray) -> Test:
    base, base_true = rows @ units.T, units @ true
    slope, slope_true = (rows @ shifted)[:, None], float(true @ shifted)
    return lambda shift: (np.abs(base + shift * slope) >= np.abs(base_true + shift * slope_true) * TIE).mean(axis=0)


def _swapped(differences: np.ndarray, rng: np.random.Generator, seed: int) -> tuple[Test, float]:
    units, ones = _drawn(differences, rng), np.ones(len(differences))
    rows = _some(swaps(len(differences), n_permutations=SHUFFLES, seed=seed)[0], rng).astype(float)
    return _linear(rows, ones, ones, units), float(units.std())


def _dealt(first: np.ndarray, second: np.ndarray, rng: np.random.Generator, seed: int) -> tuple[Test, float]:
    n1, n2 = len(first), len(second)
    units = np.hstack([_drawn(first, rng), _drawn(second, rng)])
    rows = _some(deals(n1, n2, n_permutations=SHUFFLES, seed=seed)[0], rng)
    weights, true = np.where(rows == 1, 1 / n1, -1 / n2), np.repeat([1 / n1, -1 / n2], [n1, n2])
    return _linear(weights, true, np.repeat([1.0, 0.0], [n1, n2]), units), float(units.std())


def _rearranged(ways: np.ndarray, pull: np.ndarray, rng: np.random.Generator, seed: int) -> tuple[Test, float]:
    """Several outlets on the other side, or unequal numbers of articles (see `permutation.rearrange`)."""
    n, size = len(ways), np.isfinite(ways).sum(axis=1)
    centred = (ways - ways[:, 0].mean() * pull) * np.sqrt(n / (n - 1))
    rows = _some(picks(size, n_permutations=SHUFFLES, seed=seed)[0], rng)
    rows = np.vstack([np.zeros(n), rows])  # the true arrangement first
    total, slope = np.empty((2, len(rows), SIMULATIONS))
    for sample in range(SIMULATIONS):
        events = rng.integers(0, n, n)
        chosen = np.floor(rows * size[events]).astype(int)
        total[:, sample] = centred[events, chosen].sum(axis=1)
        slope[:, sample] = pull[events, chosen].sum(axis=1)

    def test(shift: float) -> np.ndarray:
        seen = np.abs(total + shift * slope)
        return (seen >= seen[0] * TIE).mean(axis=0)

    return test, float(centred[:, 0].std())


def _yes_no(contrast: Contrast, rng: np.random.Generator, seed: int) -> tuple[Test, float]:
    """One yes or no per outlet and event, drawn with a given share of yes; and the largest difference."""
    n = len(contrast.first)
    size = np.full(n, 2)
    if contrast.reference == "rest" and contrast.ways is not None:
        size = np.isfinite(contrast.ways).sum(axis=1)
    share = float(contrast.second.mean())
    share = min(share, 1 - share)
    absent = np.arange(size.max())[:, None] >= size
    rows = np.vstack([np.zeros(n), _some(picks(size, n_permutations=SHUFFLES, seed=seed)[0], rng)])
    chosen = np.floor(rows * size).astype(int)
    plays = np.hstack([chosen == outlet for outlet in range(size.max())]).astype(float)
    dice = rng.random((size.max(), n, SIMULATIONS))

    def test(shift: float) -> np.ndarray:
        bar = np.full((size.max(), 1, 1), share)
        bar[0] += shift
        yes = np.where(absent[:, :, None], 0.0, dice < bar)
        difference = (size[:, None] * yes - yes.sum(axis=0)) / (size[:, None] - 1)
        total = plays @ difference.reshape(-1, SIMULATIONS)
        return (np.abs(total) >= np.abs(total[0]) - 1e-9).mean(axis=0)

    return test, 1 - share
