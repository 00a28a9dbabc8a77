"""In which order outlets tell the facts they share."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import pandas as pd

from framing.stats.comparison import estimate_by
from framing.tables import require_columns

COLUMNS = ["outlet", "other", "agreement", "low", "high", "n_facts", "n_articles", "n_events", "method"]
STATISTICS = ("kendall", "spearman")


def order_of_telling(table: pd.DataFrame) -> pd.DataFrame:
    """The place of each fact in the telling of each article: 1 is told first.

    Parameters
    ----------
    table : as from `coverage`.

    Returns
    -------
    The rows with ``found`` "found", with ``order`` (1 to the number of facts found in the article; two facts in one
    sentence share the lower number), by article and order.
    """
    require_columns(table, ["article_id", "fact", "found", "position"], made_by="coverage")
    rows = table[(table["found"] == "found") & table["position"].notna()].copy()
    position = rows["position"].astype(float)
    rows["order"] = position.groupby(rows["article_id"], sort=False).rank(method="min").astype("int64")
    return rows.sort_values(["article_id", "order"], kind="stable", ignore_index=True)


def order_agreement(table: pd.DataFrame, *, statistic: str = "kendall", least: int = 3, seed: int = 0) -> pd.DataFrame:
    """Do two outlets tell the facts they share in the same order?

    Parameters
    ----------
    table : as from `coverage`.
    statistic : "kendall" (tau-b: pairs of facts in the same order, less those in the other) or "spearman".
    least : facts that two articles must share to be compared.

    Returns
    -------
    One row per pair of outlets: ``agreement`` (-1 the other way round, 0 unrelated, 1 the same order: mean over
    pairs of articles on one event), ``low, high`` (95 %, see `estimate_by`), ``n_facts`` (mean number of facts
    compared), ``n_articles`` (pairs of articles), ``n_events`` and ``method``. Raises ``ValueError`` for another
    `statistic`.

    Notes
    -----
    Two articles of the inverted pyramid agree somewhat by habit, so compare pairs of outlets with each other rather
    than with 0. Order over few shared facts is coarse: with three, tau is -1, -.33, .33 or 1.
    """
    from scipy.stats import kendalltau, spearmanr

    if statistic not in STATISTICS:
        raise ValueError(f"There is no statistic {statistic!r}; choose from {', '.join(STATISTICS)}.")
    require_columns(table, ["article_id", "outlet", "event", "fact", "found", "position"], made_by="coverage")
    rows = order_of_telling(table)
    rows["event"] = rows["event"].astype("object").where(rows["event"].notna(), "all articles")
    pairs: list[dict[str, Any]] = []
    for event, here in rows.groupby("event", sort=True):
        told = {key: part.set_index("fact")["position"].astype(float)
                for key, part in here.groupby(["outlet", "article_id"], sort=True)}
        for (one, first), (two, second) in combinations(told, 2):
            both = pd.concat([told[one, first], told[two, second]], axis=1, keys=["a", "b"]).dropna()
            if one == two or len(both) < least or both["a"].nunique() < 2 or both["b"].nunique() < 2:
                continue
            value = (kendalltau if statistic == "kendall" else spearmanr)(both["a"], both["b"])[0]
            pairs.append({"article_id": f"{first} / {second}", "outlet": one, "other": two, "event": event,
                          "agreement": float(value), "n_facts": len(both)})
    if not pairs:
        return pd.DataFrame(columns=COLUMNS)
    found = pd.DataFrame(pairs)
    result = estimate_by(found, "agreement", by=["outlet", "other"], seed=seed)
    result = result.rename(columns={"estimate": "agreement"})
    result[["low", "high"]] = result[["low", "high"]].clip(-1, 1)
    facts = found.groupby(["outlet", "other"])["n_facts"].mean().round(1).reset_index()
    return result.merge(facts, on=["outlet", "other"]).reindex(columns=COLUMNS)
