"""How long keyness and the concordance take on many articles, and how much memory.

    python tests/benchmarks/words_speed.py [--articles 1000] [--tokens 1000000] [--shared ../shared]

Keyness: 999 permutations of whole articles over the whole vocabulary. Concordance: queries over a million
tokens, after the first parse. Articles of the annotated corpora are repeated where there are too few.
"""

from __future__ import annotations

import argparse
import json
import resource
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd

from framing import read_articles
from framing.tables import empty_table
from framing.words.frequency import word_counts
from framing.words.index import word_index
from framing.words.keywords import keyness
from framing.words.kwic import concordance

NO_QUOTES = empty_table("quotes")
QUERIES = [
    ("the", "phrase"),
    ("president", "phrase"),
    ("say", "lemma"),
    ("ADJ president", "pos"),
    (r"\bcontrovers\w+", "regex"),
    ("in the wake of", "phrase"),
    ("(attack|slam|blast) NOUN", "pos"),
]


def timed(what: str, call: Callable[[], Any]) -> Any:
    begin, busy = time.perf_counter(), time.process_time()
    result = call()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{what:58s}{time.perf_counter() - begin:8.2f} s{time.process_time() - busy:8.2f} s of one core"
        f"{peak:8.0f} MB at most"
    )
    return result


def corpus(shared: Path, n: int) -> pd.DataFrame:
    """`n` articles of the events corpus: three outlets on each event, repeated as new events where needed."""
    rows = [json.loads(line) for line in (shared / "bench/events/articles.jsonl").open(encoding="utf-8")]
    rows = [
        {
            "article_id": f"{row['id']}-{number // len(rows)}",
            "outlet": row["outlet"],
            "text": row["text"],
            "event": f"{row['event']}-{number // len(rows)}",
        }
        for number, row in ((number, rows[number % len(rows)]) for number in range(n))
    ]
    return read_articles(pd.DataFrame(rows), clean=False)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=1000)
    parser.add_argument("--tokens", type=int, default=1_000_000)
    parser.add_argument("--shared", type=Path, default=Path(__file__).resolve().parents[3] / "shared")
    args = parser.parse_args()
    articles = corpus(args.shared, args.articles)
    timed(f"parse and index {len(articles)} articles (first time)", lambda: word_index(articles, NO_QUOTES))
    counts = timed("count words", lambda: word_counts(articles, quotes=NO_QUOTES))
    print(f"  {int(counts.sizes.sum()):,} words, {len(counts.words):,} different ones")
    table = timed(
        "keyness, whole vocabulary, each outlet against the rest",
        lambda: keyness(articles, min_n=1, min_articles=1, quotes=NO_QUOTES),
    )
    print(f"  {len(table):,} rows, 999 permutations of articles within {table['n_events'].max()} events, max-T")
    timed("keyness without the test", lambda: keyness(articles, min_n=1, n_permutations=0, quotes=NO_QUOTES))
    while len(word_index(articles, NO_QUOTES).form) < args.tokens:
        more = corpus(args.shared, len(articles) + 300)
        articles = more
        word_index(articles, NO_QUOTES)
    index = timed("index of the larger set", lambda: word_index(articles, NO_QUOTES))
    print(f"  {len(index.form):,} tokens in {len(articles):,} articles")
    for again in ("first", "again"):
        for query, kind in QUERIES:

            def call(query: str = query, kind: str = kind) -> pd.DataFrame:
                return concordance(articles, query, kind=kind, quotes=NO_QUOTES)

            lines = timed(f"concordance {kind} {query!r}, {again}", call)
            print(f"  {len(lines):,} lines")


if __name__ == "__main__":
    main()
