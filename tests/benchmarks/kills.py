"""`framing analyze` killed with kill -9 at random moments, then run again: the same bytes as an undisturbed run?

    python tests/benchmarks/kills.py [--times 20] [--seed 0] [--articles FOLDER]

The undisturbed run has a cache of its own. Each killed one begins with an empty cache and writes over the result of the
one before: it is killed after a random part of the undisturbed run's time and begun again to its end, with what it left
in the cache. Prints a line for each kill; ends with status 1 where a byte differs.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TEXT = [
    "Dam opens\n\nMayor Tom Reed opened the dam on Monday. “The valley is safe,” Reed said.",
    "A folly\n\nThe dam is a folly, farmer Eve Cole said. Reed denied it. The band played on.",
]


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def begin(source: Path, out: Path, cache: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "framing", "analyze", str(source), "--out", str(out)],
        cwd=ROOT,
        env={**os.environ, "FRAMING_CACHE": str(cache), "PYTHONPATH": str(ROOT)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--times", type=int, default=20)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--articles", type=Path, help="by default two invented ones")
    options = parser.parse_args()
    chance, differ, moments = random.Random(options.seed), 0, 0
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        source = options.articles or place / "in"
        for number, text in enumerate([] if options.articles else TEXT):
            (source / f"Outlet {number}").mkdir(parents=True)
            (source / f"Outlet {number}" / "dam.txt").write_text(text, encoding="utf-8")
        begun = time.monotonic()
        if begin(source, place / "whole", place / "cache-whole").wait():
            raise SystemExit("the undisturbed run failed")
        whole, lasts = files(place / "whole"), time.monotonic() - begun
        for number in range(options.times):
            shutil.rmtree(place / "cache", ignore_errors=True)
            run = begin(source, place / "out", place / "cache")
            after = chance.uniform(0, lasts)
            try:
                run.wait(after)
            except subprocess.TimeoutExpired:
                run.kill()
                run.wait()
                moments += 1
            half = sum(path.name.startswith(".unfinished-") for path in (place / "out").glob(".*"))
            again = begin(source, place / "out", place / "cache").wait()
            same = again == 0 and files(place / "out") == whole
            differ += not same
            print(
                f"{number + 1}: killed after {after:.1f} of {lasts:.1f} s{', while writing' if half else ''}; then "
                f"{'the same bytes' if same else 'OTHER BYTES'}",
                flush=True,
            )
    print(f"{moments} of {options.times} runs killed before their end; {differ} results differ")
    return int(differ > 0)


if __name__ == "__main__":
    sys.exit(main())
