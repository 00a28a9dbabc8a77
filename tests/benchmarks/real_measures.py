"""Per-article measures of real news for the calibration scripts: rates of words, marks and lengths."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pandas as pd

SHARED = Path(__file__).resolve().parents[3] / "shared" / "bench"
WORD = re.compile(r"\w+(?:['’-]\w+)*")


def event_articles() -> pd.DataFrame:
    """150 articles: 50 events, each told by three outlets."""
    table = pd.read_json(SHARED / "events" / "articles.jsonl", lines=True)
    return table.rename(columns={"id": "article_id"})[["article_id", "outlet", "event", "text"]]


def polnear_articles() -> pd.DataFrame:
    """840 articles of seven outlets on United States politics, with no events in common."""
    folder = SHARED / "quotes" / "polnear" / "train" / "text"
    rows = [
        (path.stem, path.name.split("_")[0], path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.txt"))
    ]
    return pd.DataFrame(rows, columns=["article_id", "outlet", "text"])


def counts(articles: pd.DataFrame, *, least: float = 0.05) -> pd.DataFrame:
    """articles x words: counts of every word in at least the share `least` of the articles."""
    bags = [Counter(word.lower() for word in WORD.findall(text)) for text in articles["text"]]
    spread = Counter(word for bag in bags for word in bag)
    words = sorted(word for word, n in spread.items() if n >= least * len(articles))
    return pd.DataFrame([[bag[word] for word in words] for bag in bags], columns=words)


def measures(articles: pd.DataFrame, n_words: int = 12) -> pd.DataFrame:
    """A spread of measures: words from common to rare, quoted share, sentence and article length."""
    table = counts(articles)
    length = pd.Series([len(WORD.findall(text)) for text in articles["text"]])
    spread = (table > 0).mean()
    ranked = spread[spread.between(0.3, 0.95)].sort_values(kind="stable").index
    chosen = [ranked[i * (len(ranked) - 1) // (n_words - 1)] for i in range(n_words)]
    result = {f"rate of {word!r}": 1000 * table[word] / length for word in chosen}
    result["words"] = length.astype(float)
    result["letters per word"] = pd.Series([sum(map(len, WORD.findall(text))) for text in articles["text"]]) / length
    quoted = [
        sum(len(WORD.findall(piece)) for piece in re.findall(r"[“\"]([^”\"]*)[”\"]", text)) for text in articles["text"]
    ]
    result["share in quotation marks"] = pd.Series(quoted) / length
    result["words per sentence"] = length / pd.Series(
        [len(re.findall(r"[.!?]", text)) + 1 for text in articles["text"]]
    )
    return pd.DataFrame(result)
