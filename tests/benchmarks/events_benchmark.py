"""How well and how fast articles are put together by event.

python tests/benchmarks/events_benchmark.py                 # ../shared/bench/events: F1 with and without dates
python tests/benchmarks/events_benchmark.py --synthetic 100000   # invented articles: minutes, memory, F1
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import time
from collections import Counter
from pathlib import Path

import pandas as pd

from framing import group_events

HERE = Path(__file__).resolve()
BENCH = HERE.parents[3] / "shared" / "bench" / "events" / "articles.jsonl"
SYLLABLES = "ba ce di fo gu ha je ki lo mu na pe ri so tu va we xi yo zu bra cle dri fro glu sta tre plo".split()


def pairwise_f1(gold: list, found: list) -> tuple[float, float, float]:
    """Precision, recall and F1 over pairs of articles said to tell one event."""

    def pairs(groups: Counter) -> int:
        return sum(n * (n - 1) // 2 for n in groups.values())

    both = pairs(Counter(zip(gold, found, strict=True)))
    precision = both / max(pairs(Counter(found)), 1)
    recall = both / max(pairs(Counter(gold)), 1)
    return precision, recall, 2 * precision * recall / max(precision + recall, 1e-9)


def real_articles(path: Path = BENCH) -> pd.DataFrame:
    """The 150 articles of the benchmark as an articles table, the event left out of it in ``gold``."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    table = pd.DataFrame(
        {
            "article_id": [f"{row['id']} {place}" for place, row in enumerate(rows)],
            "outlet": [row["outlet"] for row in rows],
            "headline": [row["title"] for row in rows],
            "date": [row["date"] for row in rows],
            "text": [row["text"] for row in rows],
            "gold": [row["event"] for row in rows],
        }
    )
    table["known_zones"] = [f'[[0, {len(text)}, "body"]]' for text in table["text"]]
    return table


def synthetic_articles(n: int, *, per_event: int = 5, seed: int = 0) -> pd.DataFrame:
    """`n` invented articles, `per_event` on each event: phrases of the event among words all articles use."""
    rng = random.Random(seed)
    common = ["".join(rng.choices(SYLLABLES, k=2)) for _ in range(4_000)]
    weights = [1 / (rank + 10) for rank in range(len(common))]
    rows = []
    for number in range(n):
        event = number // per_event
        own = random.Random(f"{seed} {event}")
        words = ["".join(own.choices(SYLLABLES, k=4)) for _ in range(25)]
        phrases = [" ".join(own.choices(words, k=3)) for _ in range(15)]
        day = own.randrange(3_650)
        paragraphs = []
        for _ in range(6):
            text = rng.choices(common, weights, k=28) + rng.choices(phrases, k=4)
            rng.shuffle(text)
            paragraphs.append(" ".join(text).capitalize() + ".")
        date = pd.Timestamp("2015-01-01") + pd.Timedelta(days=day + rng.randrange(2))
        rows.append(
            (
                f"a{number}",
                f"outlet {number % per_event}",
                " ".join(rng.choices(words, k=5)),
                date.date(),
                "\n\n".join(paragraphs),
                event,
            )
        )
    table = pd.DataFrame(rows, columns=["article_id", "outlet", "headline", "date", "text", "gold"])
    table["known_zones"] = [f'[[0, {len(text)}, "body"]]' for text in table["text"]]
    return table


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--synthetic", type=int, default=0, help="how many invented articles; 0 for the benchmark")
    options = parser.parse_args()
    articles = synthetic_articles(options.synthetic) if options.synthetic else real_articles()
    for days in (14.0, None):
        begun = time.perf_counter()
        found = group_events(articles, days=days)
        scores = pairwise_f1(articles["gold"].tolist(), found["event"].tolist())
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
        print(
            f"{len(articles)} articles, {'with' if days else 'without'} dates: precision {scores[0]:.3f}, recall "
            f"{scores[1]:.3f}, F1 {scores[2]:.3f}; {time.perf_counter() - begun:.0f} s, peak memory {peak:.2f} GB"
        )
        if options.synthetic:
            break


if __name__ == "__main__":
    main()
