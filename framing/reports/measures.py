"""What is compared between outlets: every measure as one row per article and item, zeros included."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from framing.tables import KEYS

FOLLOWED = 6  # items per measure that the exploration looks at, those in most articles
WORDING = {"voice_share": "words in the outlet's own voice", "label_use": "uses “{item}”",
           "tone": "tone toward {item}", "speech_share": "words given to {item}", "headline": "{item} in the headline",
           "lead": "{item} in the lead", "label_share": "share of “{item}”"}
EXPLORED = ["voice_share", "label_use", "tone", "speech_share", "headline"]


def measure_tables(tables: Mapping[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """The measures of one analysis by name, as `compare` and `compare_declared` take them.

    Parameters
    ----------
    tables : with ``articles, tokens, labels, tone, emphasis``.

    Returns
    -------
    Tables of ``article_id, outlet, event, item, value``:

    ``voice_share`` (no item): share of the article's words in the outlet's own voice.
    ``label_use``: 1 if the article uses the label in the outlet's own voice, else 0.
    ``label_share``: share of the label among the article's own namings of its concept; articles that name the
    concept at all.
    ``tone``: mean score toward the target in the outlet's own voice; articles that have such a sentence.
    ``speech_share``: share of quoted and reported words that go to the speaker; articles that quote at all.
    ``headline``, ``lead``: 1 if the item stands in headline or lead, else 0; articles that have that zone.
    """
    articles, places = tables["articles"][KEYS], tables["emphasis"]
    named = places[places["kind"].isin(["person", "country", "body"])]
    return {"voice_share": _own_voice(articles, tables["tokens"]), "label_use": _label_use(articles, tables["labels"]),
            "label_share": _label_share(tables["labels"]), "tone": _tone(tables["tone"]),
            "speech_share": _speech(places), "headline": _in_zone(places, named, "in_headline"),
            "lead": _in_zone(places, named, "in_lead")}


def in_plain_words(measures: pd.Series) -> list[str]:
    """Names such as "tone: Kim Jong Un", as `compare_declared` gives them, in words for a figure."""
    parts = [str(name).split(": ", 1) for name in measures]
    return [WORDING[part[0]].format(item=part[-1]) if part[0] in WORDING else ": ".join(part) for part in parts]


def most_frequent(rows: pd.DataFrame, most: int = FOLLOWED) -> list[str]:
    """The items with a value other than 0 in most articles (at least two), ties in alphabetical order."""
    counts = rows[rows["value"] != 0].groupby("item")["article_id"].nunique().reset_index(name="n")
    counts = counts[counts["n"] > 1].sort_values(["n", "item"], ascending=[False, True])
    return [str(name) for name in counts["item"].head(most)]


def _own_voice(articles: pd.DataFrame, tokens: pd.DataFrame) -> pd.DataFrame:
    words = tokens[~tokens["pos"].isin(["PUNCT", "SPACE"])]
    own = words.assign(value=(words["voice"] == "outlet").astype(float)).groupby("article_id")["value"].mean()
    rows = articles.assign(item=WORDING["voice_share"], value=articles["article_id"].map(own))
    return rows.dropna(subset=["value"])


def _label_use(articles: pd.DataFrame, labels: pd.DataFrame) -> pd.DataFrame:
    own = labels[labels["voice"] == "outlet"]
    return _with_zeros(articles, own.rename(columns={"label": "item"}))


def _label_share(labels: pd.DataFrame) -> pd.DataFrame:
    own = labels[labels["voice"] == "outlet"]
    n_concept = own.groupby([*KEYS, "concept"], dropna=False).size().rename("per").reset_index()
    items = own[["concept", "label"]].drop_duplicates()
    n_label = own.groupby(["article_id", "concept", "label"]).size().rename("n").reset_index()
    rows = n_concept.merge(items, on="concept").merge(n_label, on=["article_id", "concept", "label"], how="left")
    rows["value"] = rows["n"].fillna(0) / rows["per"]
    return rows.rename(columns={"label": "item"})[[*KEYS, "item", "value"]]


def _tone(tone: pd.DataFrame) -> pd.DataFrame:
    own = tone[tone["voice"] == "outlet"].assign(value=lambda rows: rows["score"].astype(float))
    return own.groupby([*KEYS, "target"], dropna=False)["value"].mean().reset_index().rename(columns={"target": "item"})


def _speech(places: pd.DataFrame) -> pd.DataFrame:
    spoken = places[(places["kind"] == "voice") & (places["item"] != "the outlet")]
    if spoken.empty:
        return pd.DataFrame(columns=[*KEYS, "item", "value"])
    total = spoken.groupby("article_id")["n_words"].sum()
    articles = spoken[KEYS].drop_duplicates("article_id")
    named = spoken[spoken["item"] != "unattributed"]
    rows = articles.merge(named[["item"]].drop_duplicates(), how="cross")
    rows = rows.merge(named[["article_id", "item", "n_words"]], on=["article_id", "item"], how="left")
    rows["value"] = rows["n_words"].fillna(0).astype(float) / rows["article_id"].map(total)
    return rows[[*KEYS, "item", "value"]]


def _in_zone(places: pd.DataFrame, named: pd.DataFrame, column: str) -> pd.DataFrame:
    has_zone = places.groupby("article_id")[column].agg(lambda seen: seen.notna().any())
    articles = places[KEYS].drop_duplicates("article_id")
    articles = articles[articles["article_id"].map(has_zone).fillna(False).astype(bool)]
    return _with_zeros(articles, named[named[column].fillna(False).astype(bool)])


def _with_zeros(articles: pd.DataFrame, hits: pd.DataFrame) -> pd.DataFrame:
    """One row per article and item: 1 where a hit is, 0 elsewhere."""
    rows = articles.merge(hits[["item"]].drop_duplicates(), how="cross")
    there = hits[["article_id", "item"]].drop_duplicates().assign(value=1.0)
    return rows.merge(there, on=["article_id", "item"], how="left").fillna({"value": 0.0})
