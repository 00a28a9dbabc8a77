"""How the time of every public step grows with the length of odd texts.

    python tests/benchmarks/growth.py [--sizes 10000 100000 1000000] [--shapes marks ...] [--steps find_quotes ...]

One row per shape of text, step and size: seconds of processor time, and ``exponent``, the growth from the smallest size
at which the step takes a tenth of a second (1 is linear). The parse is a step of its own; later steps find it in the
cache. Peak memory of the process is printed last.
"""

from __future__ import annotations

import argparse
import math
import os
import resource
import signal
import sys
import time
import warnings
from pathlib import Path
from typing import Any

import pandas as pd

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

PROSE = "The council met on Monday, and Mayor Ann Berg said that the bridge would stay shut for 400 days. "
SHAPES = {
    "marks": lambda n: '"' * n,
    "curly marks": lambda n: "“”" * (n // 2),
    "opening marks": lambda n: "“" * n,
    "marks and spaces": lambda n: '" ' * (n // 2),
    "one mark open": lambda n: ('"' + PROSE * (n // len(PROSE) + 1))[:n],
    "each opens": lambda n: ("“It fell. " * (n // 10 + 1))[:n],
    "quoted prose": lambda n: ("“It fell,” said Ann Berg. " * (n // 26 + 1))[:n],
    "apostrophes": lambda n: "'" * n,
    "apostrophes and letters": lambda n: "a' 'b " * (n // 6),
    "brackets": lambda n: "([{" * (n // 3),
    "bracket pairs": lambda n: "() " * (n // 3),
    "endless word": lambda n: "a" * n,
    "endless capital word": lambda n: "A" * n,
    "hyphened word": lambda n: "ab-" * (n // 3),
    "dotted word": lambda n: "a." * (n // 2),
    "endless line": lambda n: ("the old bridge and " * (n // 19 + 1))[:n],
    "names": lambda n: ("Ann Berg " * (n // 9 + 1))[:n],
    "digits": lambda n: "1" * n,
    "commas in numbers": lambda n: "1," * (n // 2),
    "spaces": lambda n: "a" + " " * (n - 2) + "b",
    "line ends": lambda n: "a" + "\n" * (n - 2) + "b",
    "short lines": lambda n: "Yes.\n\n" * (n // 6),
    "capital lines": lambda n: "SPORT\n" * (n // 6),
    "dashes": lambda n: "– " * (n // 2),
    "prose": lambda n: (PROSE * (n // len(PROSE) + 1))[:n],
    "paragraphs": lambda n: ((PROSE * 3 + "\n\n") * (n // (3 * len(PROSE)) + 1))[:n],
    "news": lambda n: _news(n),
}


def _news(n: int) -> str:
    """The bundled articles one after another, as often as it takes: ordinary prose, a third of it quoted."""
    import framing

    return ("\n\n".join(framing.example()["text"]) * (n // 90_000 + 1))[:n]


def _two(articles: pd.DataFrame) -> pd.DataFrame:
    """The article in two outlets, for steps that compare."""
    return pd.concat([articles, articles.assign(article_id="b", outlet="p")], ignore_index=True)


def steps() -> dict[str, Any]:
    """Every public function that takes articles, called as a first user would."""
    import framing
    from framing.entities.places import find_places
    from framing.language import parse
    from framing.salience.statements import find_amounts
    from framing.text.quotation_marks import quotation_spans
    from framing.words.agency import agency
    from framing.words.rivals import find_rivals

    facts = pd.DataFrame({"fact": ["shut"], "statement": ["The bridge stays shut for 400 days."]})
    return {
        "find_passages": framing.find_passages,
        "quotation_spans": lambda a: quotation_spans(a["text"].iloc[0]),
        "find_amounts": lambda a: find_amounts(a["text"].iloc[0]),
        "find_places": lambda a: list(find_places(a["text"].iloc[0])),
        "parse": lambda a: [None for _ in parse(a)],
        "find_quotes": framing.find_quotes,
        "resolve_mentions": framing.entities.resolve_mentions,
        "tokens": framing.words.tokens,
        "find_labels": framing.find_labels,
        "sentence_tone": framing.sentiment.sentence_tone,
        "tone": framing.tone,
        "emphasis": framing.emphasis,
        "headline_against_body": framing.salience.headline_against_body,
        "find_loaded": framing.find_loaded,
        "group_events": framing.group_events,
        "coverage": lambda a: framing.coverage(a, facts),
        "concordance": lambda a: framing.concordance(a, "bridge"),
        "concordance regex": lambda a: framing.concordance(a, "bridge", kind="regex"),
        "frequencies": framing.frequencies,
        "collocates": lambda a: framing.words.collocates(a, "bridge"),
        "descriptions": lambda a: framing.descriptions(a, ["Ann Berg"]),
        "find_wire_copy": lambda a: framing.find_wire_copy(_two(a)),
        "suggest_facts": lambda a: framing.suggest_facts(_two(a)),
        "suggest_labels": framing.words.suggest_labels,
        "agency": agency,
        "rivals": lambda a: find_rivals(_two(a)),
        "names": framing.names,
        "house_style": framing.words.house_style,
        "reading view": _reading_view,
    }


def _reading_view(articles: pd.DataFrame) -> Any:
    """The page of the article in the report, from its tables, which are made before and not counted."""
    import framing
    from framing.reports.reading import Places, readings

    begun = time.process_time()
    tables = {
        "articles": articles,
        "passages": framing.find_passages(articles),
        "tokens": framing.words.tokens(articles),
        "quotes": framing.find_quotes(articles),
        "labels": framing.find_labels(articles),
        "loaded": framing.find_loaded(articles),
        "sentence_tone": framing.sentiment.sentence_tone(articles),
    }
    _not_counted.append(time.process_time() - begun)
    return readings(tables, Places(tables))


_not_counted: list[float] = []


def articles_of(text: str) -> pd.DataFrame:
    import framing

    head = "Bridge stays shut\n\nThe bridge over the river stays shut, Mayor Ann Berg said.\n\n"
    return framing.read_articles(
        pd.DataFrame(
            {
                "article_id": ["a"],
                "outlet": ["o"],
                "event": ["e"],
                "headline": ["Bridge stays shut"],
                "text": [head + text],
            }
        )
    )


def measure(shape: str, sizes: list[int], only: list[str], limit: int) -> list[list[Any]]:
    rows: list[list[Any]] = []
    over: set[str] = set()
    for size in sizes:
        text = SHAPES[shape](size)
        articles = None
        for name, step in {"read_articles": articles_of, **steps()}.items():
            if name in over or (only and name not in [*only, "read_articles"]):
                continue
            signal.setitimer(signal.ITIMER_VIRTUAL, limit)
            begin, problem = time.process_time(), ""
            try:
                result = step(text if name == "read_articles" else articles)
                articles = result if name == "read_articles" else articles
            except TimeoutError:
                problem = "over the limit"
            except ValueError as error:
                problem = f"ValueError: {str(error)[:60]}"
            except Exception as error:
                problem = f"{type(error).__name__}: {str(error)[:60]}"
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)
            taken = time.process_time() - begin - sum(_not_counted)
            _not_counted.clear()
            rows.append([shape, name, size, round(taken, 3), problem])
            if problem == "over the limit":
                over.add(name)
            if articles is None:
                break
    return rows


def with_exponent(table: pd.DataFrame) -> pd.DataFrame:
    def growth(row: pd.Series) -> float:
        first = table[(table["shape"] == row["shape"]) & (table["step"] == row["step"]) & (table["seconds"] >= 0.1)]
        if first.empty or first["size"].iloc[0] >= row["size"]:
            return math.nan
        return math.log(row["seconds"] / first["seconds"].iloc[0]) / math.log(row["size"] / first["size"].iloc[0])

    table["exponent"] = table.apply(growth, axis=1).round(2)
    return table


def _stop(*_: Any) -> None:
    raise TimeoutError


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000, 1_000_000])
    parser.add_argument("--shapes", nargs="+", default=list(SHAPES))
    parser.add_argument("--steps", nargs="+", default=[])
    parser.add_argument("--limit", type=int, default=120, help="seconds of processor a step may take")
    parser.add_argument("--least", type=float, default=0.0, help="show steps that take at least so many seconds")
    options = parser.parse_args()
    os.environ["FRAMING_CACHE"] = "off"
    warnings.simplefilter("ignore")
    signal.signal(signal.SIGVTALRM, _stop)
    measure("prose", [500], [], 300)  # models are loaded once
    for shape in options.shapes:
        table = with_exponent(
            pd.DataFrame(
                measure(shape, options.sizes, options.steps, options.limit),
                columns=["shape", "step", "size", "seconds", "problem"],
            )
        )
        shown = table[(table["seconds"] >= options.least) | (table["problem"] != "")]
        print(shown.to_string(index=False), flush=True)
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main()
