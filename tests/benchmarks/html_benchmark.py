"""How much of the article is kept on real news pages, and how much else is taken for it; trafilatura beside it.

    python tests/benchmarks/html_benchmark.py                  # ../shared/bench/html: means over pages, and both halves
    python tests/benchmarks/html_benchmark.py --pages          # each page, the worst first
    python tests/benchmarks/html_benchmark.py --folder PATH    # another folder of gold.jsonl and pages/<id>.html.gz

Words are compared as multisets, as ``score_html.py`` beside the pages does; of ours lead, body and subheadings count.
The pages are half of the public article-extraction-benchmark (Scrapinghub 2020); `halves` are its pages by even and odd
place in the file, each scored alone: what was chosen on one should hold on the other.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import statistics
import time
import warnings
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import trafilatura

from framing import find_passages, read_articles

HERE = Path(__file__).resolve()
BENCH = HERE.parents[3] / "shared" / "bench" / "html"
WORD = re.compile(r"[\w’']+")
TEXT = ["lead", "body", "subheading"]


def words(text: str) -> Counter[str]:
    return Counter(word.lower().replace("’", "'") for word in WORD.findall(text or ""))


def score(wanted: str, found: str) -> tuple[float, float, float]:
    """Recall, share of other words, and F1 of one page."""
    want, have = words(wanted), words(found)
    both = sum((want & have).values())
    recall, precision = both / max(1, sum(want.values())), both / max(1, sum(have.values()))
    return recall, 1 - precision if have else 0.0, 2 * recall * precision / (recall + precision) if both else 0.0


def pages(folder: Path = BENCH) -> list[tuple[dict[str, Any], Path]]:
    """What a page should give (``id, url, body``), and its file."""
    gold = [json.loads(line) for line in (folder / "gold.jsonl").read_text(encoding="utf-8").splitlines()]
    return [(page, folder / "pages" / f"{page['id']}.html.gz") for page in gold]


def ours(path: Path) -> str:
    passages = find_passages(read_articles(path))
    return "\n\n".join(passages.loc[passages["zone"].isin(TEXT), "text"])


def by_trafilatura(path: Path) -> str:
    return trafilatura.extract(path.read_bytes(), include_comments=False) or ""


def measure(folder: Path, read: Callable[[Path], str], scratch: Path) -> tuple[list[tuple[float, float, float]], float]:
    """The scores of each page, and milliseconds of one processor a page."""
    rows, seconds = [], 0.0
    for page, path in pages(folder):
        unpacked = scratch / f"{page['id']}.html"
        unpacked.write_bytes(gzip.decompress(path.read_bytes()))
        begun = time.process_time()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            found = read(unpacked)
        seconds += time.process_time() - begun
        rows.append(score(page["body"], found))
    return rows, 1000 * seconds / max(len(rows), 1)


def summary(rows: list[tuple[float, float, float]]) -> str:
    recall, other, f1 = (statistics.mean(row[n] for row in rows) for n in range(3))
    return (
        f"recall {recall:.3f}  other words {other:.3f}  F1 {f1:.3f}  "
        f"recall under .8 on {sum(row[0] < 0.8 for row in rows)} of {len(rows)} pages"
    )


def main() -> None:
    import tempfile

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folder", type=Path, default=BENCH)
    parser.add_argument("--pages", action="store_true")
    options = parser.parse_args()
    names = [page["url"] for page, _ in pages(options.folder)]
    with tempfile.TemporaryDirectory() as scratch:
        for name, read in (("framing", ours), ("trafilatura", by_trafilatura)):
            rows, cost = measure(options.folder, read, Path(scratch))
            print(f"{name:12} {summary(rows)}  {cost:.0f} ms of one processor a page")
            print(
                f"{'':12} halves: F1 {statistics.mean(r[2] for r in rows[::2]):.3f} and "
                f"{statistics.mean(r[2] for r in rows[1::2]):.3f}"
            )
            for row, url in sorted(zip(rows, names, strict=True), key=lambda pair: pair[0][2]) if options.pages else []:
                print(f"    {row[0]:.2f} {row[1]:.2f} {row[2]:.2f} {url}")


if __name__ == "__main__":
    main()
