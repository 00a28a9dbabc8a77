"""Time and memory of `framing measure` as a study grows: articles of resampled sentences, each size in a new process.

    python tests/benchmarks/partitions_benchmark.py [--articles 300 3000] [--sentences 6] [--jobs 1] [--texts FOLDER]

Sentences come from the PolNeAR corpus (train part) unless other texts are given, named ``outlet_date_title.txt``; an
article keeps those of one outlet, and so many articles of seven outlets share an event. Prints seconds of processor time,
articles per core-hour, the peak of memory of the largest process, and the exponent by which time grows.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import random
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve()
POLNEAR = HERE.parents[3] / "shared" / "bench" / "quotes" / "polnear" / "train" / "text"


def resampled(texts: Path, n_articles: int, n_sentences: int, place: Path) -> None:
    """`n_articles` of sentences drawn from those of an outlet, as JSON lines; seeded."""
    sentences: dict[str, list[str]] = {}
    for path in sorted(texts.glob("*.txt")):
        lines = [line for line in path.read_text("utf-8").splitlines() if len(line.split()) > 5]
        sentences.setdefault(path.stem.split("_", 1)[0], []).extend(lines)
    draw, outlets = random.Random(0), sorted(sentences)
    with place.open("w", encoding="utf-8") as file:
        for number in range(n_articles):
            outlet = outlets[number % len(outlets)]
            record = {
                "article_id": f"a{number:06d}",
                "outlet": outlet,
                "event": f"event {number // 28:05d}",
                "text": "\n\n".join(draw.choices(sentences[outlet], k=n_sentences)),
            }
            file.write(json.dumps(record) + "\n")


def run(source: Path, folder: Path, jobs: int, cache: Path) -> tuple[float, float]:
    """Seconds of processor time and peak memory in MB of a run and of its processes."""
    threads = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")
    command = [sys.executable, str(HERE), "--run", str(source), str(folder), str(jobs)]
    environment = {**os.environ, **threads, "FRAMING_CACHE": str(cache), "PYTHONPATH": str(HERE.parents[2])}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    spent, peak = done.stdout.split()[-2:]
    return float(spent), float(peak)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, nargs="+", default=[300, 3000])
    parser.add_argument("--sentences", type=int, default=6)
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--texts", type=Path, default=POLNEAR)
    parser.add_argument("--run", nargs=3, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.run:
        from framing.cli import main as framing

        source, folder, jobs = options.run
        framing(["measure", source, "--out", folder, "--jobs", jobs])
        used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
        spent = sum(one.ru_utime + one.ru_stime for one in used)
        print(spent, max(one.ru_maxrss for one in used) / 1024)
        return
    print("| articles | s of processor | articles per core-hour | peak memory, MB |\n| --- | --- | --- | --- |")
    seen = []
    for n in options.articles:
        with tempfile.TemporaryDirectory() as name:
            source = Path(name) / "monitor.jsonl"
            resampled(options.texts, n, options.sentences, source)
            spent, peak = run(source, Path(name) / "out", options.jobs, Path(name) / "cache")
        seen.append((n, spent))
        print(f"| {n:,} | {spent:,.0f} | {3600 * n / spent:,.0f} | {peak:,.0f} |", flush=True)
    if len(seen) > 1:
        (few, before), (many, after) = seen[0], seen[-1]
        print(f"\nTime grows with the power {math.log(after / before) / math.log(many / few):.2f} of the number.")


if __name__ == "__main__":
    main()
