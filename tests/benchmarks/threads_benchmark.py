"""No step may be slower with the default number of threads than with one: seconds of each step with both.

    python tests/benchmarks/threads_benchmark.py [--runs 3]

Each setting runs in a process of its own on the bundled corpus, parsed beforehand; of several runs the least time
counts. The last column is default over one: 1 means as fast, 2 twice as slow.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from itertools import count
from typing import Any

from framing import cache

SETTINGS = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")


def steps() -> dict[str, Callable[[], Any]]:
    """What is timed, over one corpus whose quotes are found once."""
    import framing

    articles = framing.example()
    quotes = framing.find_quotes(articles)
    facts = framing.example_path("summit", "facts.csv")
    framing.tone(articles.head(2), quotes=quotes)  # loads the model
    run = count()

    def anew() -> Any:
        """The articles under ids not seen before, so that nothing kept is used again."""
        number = next(run)
        return articles.assign(article_id=[f"{name} {number}" for name in articles["article_id"]])

    return {
        "find_quotes": lambda: framing.find_quotes(anew()),
        "tone": lambda: framing.tone(articles, quotes=quotes),
        "coverage": lambda: framing.coverage(articles, facts),
        "group_events": lambda: framing.group_events(articles),
        "keyness": lambda: framing.keyness(articles, quotes=quotes),
    }


def timed(runs: int) -> dict[str, float]:
    found = {}
    for name, step in steps().items():
        times = []
        for _ in range(runs):
            (cache.cache_folder() / cache.FILE).unlink(missing_ok=True)  # measured anew, from kept parses
            begun = time.perf_counter()
            step()
            times.append(time.perf_counter() - begun)
        found[name] = min(times)
    return found


def in_process(runs: int, threads: str | None, kept: str) -> dict[str, float]:
    plain = {key: value for key, value in os.environ.items() if key not in SETTINGS}
    chosen = {} if threads is None else dict.fromkeys(SETTINGS, threads)
    done = subprocess.run(
        [sys.executable, __file__, "--runs", str(runs), "--inside"],
        check=True,
        text=True,
        capture_output=True,
        env={**plain, **chosen, "FRAMING_CACHE": kept},
    )
    return json.loads(done.stdout)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.inside:
        print(json.dumps(timed(options.runs)))
        return
    with tempfile.TemporaryDirectory() as kept:
        in_process(1, "1", kept)  # parses, so that no setting pays for it
        one, default = in_process(options.runs, "1", kept), in_process(options.runs, None, kept)
    print(f"{'step':<14}{'1 thread':>10}{f'default ({os.cpu_count()})':>14}{'default / 1':>13}")
    for name in one:
        print(f"{name:<14}{one[name]:>9.2f}s{default[name]:>13.2f}s{default[name] / one[name]:>13.2f}")


if __name__ == "__main__":
    main()
