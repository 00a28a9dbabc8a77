"""Articles in, one table out: the only module, with importers/, that opens article files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd

from framing.tables import COLUMNS, as_articles


def read_articles(source: Any, *, clean: bool = True) -> pd.DataFrame:
    """One row per article, from a folder, a file, a list of files or a table with ``text``."""
    if isinstance(source, pd.DataFrame):
        table = as_articles(source)
    else:
        rows = []
        folder = Path(source)
        manifest = folder / "articles.csv"
        info = pd.read_csv(manifest).set_index("path").to_dict("index") if manifest.exists() else {}
        for path in sorted(folder.rglob("*.txt")):
            name = path.relative_to(folder).as_posix()
            rows.append({"article_id": path.stem, "outlet": path.stem, "path": name,
                         "text": path.read_text(encoding="utf-8"), **info.get(name, {})})
        table = as_articles(pd.DataFrame(rows))
    if not clean:
        table["known_zones"] = [f'[[0, {len(text)}, "body"]]' for text in table["text"]]
    return table[COLUMNS["articles"]]
