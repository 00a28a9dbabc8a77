"""Is the tone model right on your own articles? A sheet to fill in, and its error once filled in."""

from __future__ import annotations

from typing import Any

import pandas as pd

from framing.sentiment.targets import sentences
from framing.stats.intervals import newcombe, wilson
from framing.tables import KEYS, as_articles, require_columns

CODES = {-1: "negative", 0: "neutral", 1: "positive"}
SHEET = [*KEYS, "sentence", "start", "end", "target", "voice", "text", "coded", "polarity", "score"]
CHECK = ["of", "class", "n", "n_wrong", "error", "low", "high"]
VOICES = ("outlet", "quoted", "reported")


def check_tone(table: pd.DataFrame, articles: pd.DataFrame | None = None, *, n: int = 60,
               seed: int = 0) -> pd.DataFrame:
    """Draw sentences to judge by hand; given back filled in, say how often the model errs on them.

    Parameters
    ----------
    table : first a table from `tone`, then the sheet this function returned with its column ``coded`` filled in.
    articles : the articles of that tone table, for the sheet; not needed for the result.
    n : rows to draw, as evenly as possible from negative, neutral and positive.
    seed : of the draw.

    Returns
    -------
    With a tone table, the coding sheet: one row per sentence and target in random order, ``text`` with the target
    in [[double brackets]], ``coded`` empty: write -1, 0 or 1 (or the words) for how the sentence sounds toward
    the target, before you look at ``polarity`` and ``score`` in the last columns. Hide those two to be strict.

    With a filled sheet, the errors: one row per group, with ``of`` ("all", "predicted" class, "coded" class,
    "voice", or "negative taken for positive" and the reverse), ``class``, ``n``, ``n_wrong``, ``error`` (0 to 1)
    and its 95 % Wilson interval ``low, high``. The row "outlet less others" compares voices by Newcombe's interval.
    Rows left empty are not counted. Raises ``ValueError`` for other codes, or if nothing is coded.

    Notes
    -----
    The sheet is balanced by predicted class, so "all" is the error on such a sample; the errors by predicted
    class hold for the whole corpus. Sixty rows give intervals about 25 points wide.
    """
    if "coded" in table.columns:
        return _errors(table)
    require_columns(table, [*KEYS, "sentence", "start", "end", "target", "voice", "polarity", "score"],
                    made_by="tone")
    if articles is None:
        raise ValueError("To draw a sheet the articles are needed as well: check_tone(tone_table, articles).")
    return _sheet(table, as_articles(articles), n, seed)


def _sheet(table: pd.DataFrame, articles: pd.DataFrame, n: int, seed: int) -> pd.DataFrame:
    mixed = table[table["polarity"].notna()].sort_values(["article_id", "start", "target", "voice"], kind="stable")
    mixed = mixed.sample(frac=1, random_state=seed)
    rank = mixed.groupby("polarity").cumcount()  # the first of each class, the second of each class, ...
    drawn = mixed.loc[rank.sort_values(kind="stable").index[:n]].sample(frac=1, random_state=seed)
    texts = articles.set_index("article_id")["text"]
    spans = {(one.article.article_id, one.number): (one.start, one.end)
             for one in sentences(articles[articles["article_id"].isin(drawn["article_id"])])}
    rows: list[dict[str, Any]] = []
    for row in drawn.to_dict("records"):
        text, place = texts[row["article_id"]], (row["article_id"], row["sentence"])
        if place not in spans:
            raise ValueError(f"Article {row['article_id']!r} has no sentence {row['sentence']}. Pass the articles "
                             "that the tone table was made from.")
        start, end = spans[place]
        marked = f"{text[start:row['start']]}[[{text[row['start']:row['end']]}]]{text[row['end']:end]}"
        rows.append({**row, "text": " ".join(marked.split()), "coded": pd.NA})
    return pd.DataFrame(rows, columns=SHEET)


def _errors(sheet: pd.DataFrame) -> pd.DataFrame:
    require_columns(sheet, ["coded", "polarity", "voice"], made_by="check_tone")
    names = {**{str(code): code for code in CODES}, **{name: code for code, name in CODES.items()},
             **{f"{code}.0": code for code in CODES}, "+1": 1}
    written = sheet["coded"].map(lambda code: "" if pd.isna(code) else str(code).strip().lower())
    strange = sorted({code for code in written if code and code not in names})
    if strange:
        raise ValueError(f"The column coded holds {strange[0]!r} ({len(strange)} codes of this kind); "
                         "write -1, 0 or 1, or negative, neutral or positive, and leave unsure rows empty.")
    if not written.ne("").any():
        raise ValueError("No row of this sheet is coded yet. Fill in the column coded with -1, 0 or 1.")
    done = sheet[written.ne("")].assign(coded=written[written.ne("")].map(names))
    wrong = done["coded"].astype(int) != done["polarity"].astype(int)
    rows = [_row("all", "all", wrong)]
    for of, column in (("predicted", "polarity"), ("coded", "coded")):
        rows += [_row(of, name, wrong[done[column] == code]) for code, name in CODES.items()]
    rows += [_row("negative taken for positive", "negative", (done["polarity"] == 1)[done["coded"] == -1]),
             _row("positive taken for negative", "positive", (done["polarity"] == -1)[done["coded"] == 1])]
    rows += [_row("voice", voice, wrong[done["voice"] == voice]) for voice in VOICES]
    own = wrong[done["voice"] == "outlet"]
    other = wrong[done["voice"] != "outlet"]
    if len(own) and len(other):
        low, high = newcombe(own.sum(), len(own), other.sum(), len(other))
        rows.append(["outlet less others", "all", len(done), int(wrong.sum()), own.mean() - other.mean(),
                     float(low), float(high)])
    return pd.DataFrame(rows, columns=CHECK)


def _row(of: str, name: str, wrong: pd.Series) -> list[Any]:
    if wrong.empty:
        return [of, name, 0, 0, float("nan"), float("nan"), float("nan")]
    low, high = wilson(wrong.sum(), len(wrong))
    return [of, name, len(wrong), int(wrong.sum()), float(wrong.mean()), float(low), float(high)]
