"""From any number back to its sentences."""

from __future__ import annotations

import pandas as pd

from framing.tables import as_articles, require_columns


def evidence(rows: pd.DataFrame | pd.Series, articles: pd.DataFrame, *, context: int = 120) -> pd.DataFrame:
    """The words behind each row, with what stands before and after them.

    Parameters
    ----------
    rows : one row or a table of rows cut from text: any table with ``article_id, start, end``, such as
        those of `find_quotes`, `find_labels`, `tone`, `coverage` or `concordance`.
    articles : the articles they were cut from.
    context : characters shown on either side, cut at a word.

    Returns
    -------
    One row per row given, in the same order: ``article_id, outlet, event, before, passage, after,
    start, end``. ``passage`` is exactly ``text[start:end]``. A row with no offsets (a fact that was not
    found, say) keeps its place with a missing passage.
    Raises ``ValueError`` for rows whose ``article_id`` is not among the articles or whose offsets lie
    outside the text: such rows come from other articles or from texts since changed.
    """
    table = rows.to_frame().T if isinstance(rows, pd.Series) else rows
    if "start" not in table and isinstance(articles, pd.DataFrame) and "start" in articles:
        table, articles = articles, table  # either order reads well, so either is taken
    require_columns(table, ["article_id", "start", "end"], made_by="find_quotes")
    articles = as_articles(articles).drop_duplicates("article_id").set_index("article_id")
    strangers = sorted(set(table["article_id"].astype(str)) - set(articles.index.astype(str)))
    if strangers:
        raise ValueError(f"{len(strangers)} article_id of these rows are not among the articles "
                         f"(the first is {strangers[0]!r}). Pass the articles table the rows were made from.")
    found = []
    for row in table.itertuples(index=False):
        article = articles.loc[row.article_id]
        where = (row.article_id, article["outlet"], article["event"])
        if pd.isna(row.start) or pd.isna(row.end):
            found.append((*where, pd.NA, pd.NA, pd.NA, pd.NA, pd.NA))
            continue
        text, start, end = article["text"], int(row.start), int(row.end)
        if not 0 <= start <= end <= len(text):
            raise ValueError(f"Offsets {start} to {end} lie outside article {row.article_id!r} of {len(text)} "
                             "characters. Pass the articles table the rows were made from.")
        found.append((*where, _before(text, start, context), text[start:end], _after(text, end, context),
                      start, end))
    columns = ["article_id", "outlet", "event", "before", "passage", "after", "start", "end"]
    return pd.DataFrame(found, columns=columns)


def _before(text: str, start: int, context: int) -> str:
    piece = text[max(0, start - context):start]
    if start > context and " " in piece:
        piece = "…" + piece[piece.index(" "):]
    return " ".join(piece.split())


def _after(text: str, end: int, context: int) -> str:
    piece = text[end:end + context]
    if end + context < len(text) and " " in piece:
        piece = piece[:piece.rindex(" ")] + " …"
    return " ".join(piece.split())
