"""How fast a whole analysis is: against bare spaCy, again from the cache, with two processes, and by step.

    python tests/benchmarks/speed.py [--articles 60] [--texts FOLDER]

Takes so many texts of the PolNeAR corpus (train part, every nth of all seven outlets) unless other texts are given,
named ``outlet_date_title.txt``. Every row is a process of its own, with one thread: seconds of processor time, with
those of its own processes, seconds on the clock, and processor time as a multiple of bare spaCy. Processor time changes
less with what else runs; the clock of two processes says something on a quiet machine only. Then the steps of the
first run.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd

HERE = Path(__file__).resolve()
POLNEAR = HERE.parents[3] / "shared" / "bench" / "quotes" / "polnear" / "train" / "text"
STEPS = {
    "framing.reports.pipeline": """
        read_with_audit _read_ahead find_quotes resolve_mentions find_labels find_passages tokens names_of tone emphasis
        sentence_tone find_loaded find_rivals agency _side_by_side label_share agency_share speech_share voice_share
        tone_profile emphasis_profile _sample word_counts keyness_of compared
    """,
    "framing.reports.page": "write_csv draw_figures take_picture render",
}


def chosen(folder: Path, most: int) -> pd.DataFrame:
    """`most` of the texts, spread evenly over all in order of their names."""
    paths = sorted(folder.glob("*.txt"))
    rows = []
    for path in (paths[number * len(paths) // most] for number in range(min(most, len(paths)))):
        outlet, date, _ = path.stem.split("_", 2)
        rows.append({"article_id": path.stem, "outlet": outlet, "date": date, "text": path.read_text("utf-8")})
    return pd.DataFrame(rows)


def bare(source: Path) -> None:
    """Every text parsed by the English model as it comes, and nothing else."""
    import spacy

    from framing.language import MODELS

    texts = pd.read_json(source, lines=True, convert_dates=False)["text"]
    for _ in spacy.load(next(name for name in MODELS if spacy.util.is_package(name))).pipe(texts):
        pass


def by_step(source: Path, out: Path) -> None:
    """The analysis with a clock in each step; prints seconds of processor time, the longest first."""
    from importlib import import_module

    from framing.cli import main

    seconds: Counter[str] = Counter()

    def timed(name: str, step: Callable[..., Any]) -> Callable[..., Any]:
        def run(*args: Any, **options: Any) -> Any:
            begun = time.process_time()
            result = step(*args, **options)
            if name == "draw_figures":  # drawn one after another, as they are asked for
                result = iter(list(result))
            seconds[name] += time.process_time() - begun
            return result

        return run

    for module, names in STEPS.items():
        for name in names.split():
            setattr(import_module(module), name, timed(name, getattr(import_module(module), name)))
    main(["analyze", str(source), "--out", str(out)])
    seconds["everything else, imports and models among it"] = time.process_time() - sum(seconds.values())
    for name, spent in seconds.most_common():
        print(f"| {name.strip('_').replace('_', ' ')} | {spent:.1f} |")


def run(*arguments: str, cache: Path) -> tuple[float, float, str]:
    """Seconds of processor and of the clock that a process with these arguments took, and what it printed."""
    threads = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")
    environment = {**os.environ, **threads, "FRAMING_CACHE": str(cache), "PYTHONPATH": str(HERE.parents[2])}
    before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    done = subprocess.run([sys.executable, *arguments], env=environment, capture_output=True, text=True, check=True)
    after, ended = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return spent, ended - begun, done.stdout


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=60)
    parser.add_argument("--texts", type=Path, default=POLNEAR)
    parser.add_argument("--bare", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--by-step", type=Path, nargs=2, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.bare or options.by_step:
        bare(options.bare) if options.bare else by_step(*options.by_step)
        return
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        articles, source = chosen(options.texts, options.articles), place / "articles.jsonl"
        articles.to_json(source, orient="records", lines=True)
        analyze = ["-m", "framing", "analyze", str(source), "--out"]
        ways = {
            "bare spaCy": ([str(HERE), "--bare", str(source)], "none"),
            "whole analysis": ([str(HERE), "--by-step", str(source), str(place / "one")], "one"),
            "again, nothing changed": ([*analyze, str(place / "again")], "one"),
            "again, drawn at another size": ([*analyze, str(place / "slide"), "--size", "slide"], "one"),
            "two processes": ([*analyze, str(place / "two"), "--jobs", "2"], "two"),
        }
        print(f"{len(articles)} articles, {articles['text'].str.split().str.len().sum():,} words\n")
        print("| | s of processor | s on the clock | times bare spaCy |\n| --- | --- | --- | --- |")
        floor, printed = None, {}
        for what, (arguments, cache) in ways.items():
            spent, waited, printed[what] = run(*arguments, cache=place / cache)
            floor = floor or spent
            print(f"| {what} | {spent:.1f} | {waited:.1f} | {spent / floor:.2f} |", flush=True)
        print("\n| step of the first run | s of processor |\n| --- | --- |")
        print("\n".join(line for line in printed["whole analysis"].splitlines() if line.startswith("|")))


if __name__ == "__main__":
    main()
