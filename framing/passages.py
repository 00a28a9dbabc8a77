"""Where the article is on the page: one row per paragraph, with its zone."""

from __future__ import annotations

import json
import re

import pandas as pd

from framing.tables import COLUMNS, KEYS, as_articles


def find_passages(articles: pd.DataFrame) -> pd.DataFrame:
    """One row per paragraph of each article, with its zone."""
    rows = []
    for article in as_articles(articles).itertuples(index=False):
        keys = [getattr(article, key) for key in KEYS]
        known = [] if pd.isna(article.known_zones) else json.loads(article.known_zones)
        for number, hit in enumerate(re.finditer(r"[^\n]*\S[^\n]*", article.text)):
            line = hit.group()
            start, end = hit.start() + len(line) - len(line.lstrip()), hit.start() + len(line.rstrip())
            zone = next((z for a, b, z in known if a <= start < b),
                        {0: "headline", 1: "lead"}.get(number, "body"))
            rows.append([*keys, number, zone, start, end, article.text[start:end]])
    return pd.DataFrame(rows, columns=COLUMNS["passages"])
