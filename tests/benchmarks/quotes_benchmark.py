"""How well `find_quotes` does on PolNeAR, by kind and by outlet, and what it costs beside the parse.

    python tests/benchmarks/quotes_benchmark.py [--part dev] [--method tagger] [--speed] [--predictions FILE]

Needs the annotated articles and the scorer in ``../shared/bench/quotes``. textacy is timed beside where it is
installed. Prints tables; nothing of the corpus is kept.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import resource
import sys
import time
from collections import Counter, defaultdict
from pathlib import Path
from types import ModuleType
from typing import Any

import pandas as pd

SHARED = Path(__file__).resolve().parents[2].parent / "shared" / "bench" / "quotes"


def load_scorer(folder: Path = SHARED) -> ModuleType:
    spec = importlib.util.spec_from_file_location("score_quotes", folder / "score_quotes.py")
    module = importlib.util.module_from_spec(spec)  # type: ignore[arg-type]
    spec.loader.exec_module(module)  # type: ignore[union-attr]
    return module


def load_articles(part: str = "dev", folder: Path = SHARED, every: int = 1) -> pd.DataFrame:
    """The articles of one part as `read_articles` gives them, text untouched."""
    import framing

    paths = sorted((folder / "polnear" / part / "text").glob("*.txt"))[::every]
    rows = [
        {"article_id": path.stem, "outlet": path.stem.split("_")[0], "text": path.read_bytes().decode("utf-8")}
        for path in paths
    ]
    return framing.read_articles(pd.DataFrame(rows), clean=False)


def gold(part: str, scorer: ModuleType, folder: Path = SHARED) -> dict[str, list[dict[str, Any]]]:
    first: dict[str, Path] = {}
    for path in sorted((folder / "polnear" / part / "attributions").glob("*.ann")):
        first.setdefault(path.stem.rpartition("_")[0], path)
    return {name: scorer.read_gold(path) for name, path in first.items()}


def as_predictions(quotes: pd.DataFrame) -> dict[str, list[dict[str, Any]]]:
    """The rows that answer the corpus's question: outermost attributions, no scare quotes."""
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in quotes[(quotes["kind"] != "scare") & ~quotes["nested"].astype(bool)].itertuples(index=False):
        found[row.article_id].append(
            {
                "content": [list(s) for s in row.content_spans],
                "source": [list(s) for s in row.source_spans],
                "cue": [list(s) for s in row.cue_spans],
            }
        )
    return found


def counts(
    articles: pd.DataFrame, predictions: dict[str, list[dict[str, Any]]], part: str, scorer: ModuleType
) -> dict[str, Counter]:
    truth = gold(part, scorer)
    return {
        name: scorer.count_article(text, truth[name], predictions.get(name, []))
        for name, text in zip(articles["article_id"], articles["text"], strict=True)
    }


def by_kind(
    articles: pd.DataFrame, predictions: dict[str, list[dict[str, Any]]], part: str, scorer: ModuleType
) -> pd.DataFrame:
    """Recall of match and of who said what for direct, mixed and indirect gold quotes."""
    truth, tally = gold(part, scorer), defaultdict(Counter)
    for name, text in zip(articles["article_id"], articles["text"], strict=True):
        at = scorer.word_numbers(text)
        sets = [
            [
                (content, scorer.words_in(q.get("source") or [], at))
                for q in quotes
                if (content := scorer.words_in(q["content"], at))
            ]
            for quotes in (truth[name], predictions.get(name, []))
        ]
        marked = scorer.words_in(scorer.quoted_stretches(text), at)
        pairs = scorer.pair_up(*sets, lambda g, p: scorer.iou(g, p) if scorer.iou(g, p) >= 0.5 else None)
        for number, (content, source) in enumerate(sets[0]):
            quoted = len(content & marked)
            kind = "direct" if quoted == len(content) else "mixed" if quoted else "indirect"
            tally[kind]["n"] += 1
            if number in pairs:
                tally[kind]["found"] += 1
                tally[kind]["who"] += scorer.right_source(source, sets[1][pairs[number]][1])
    return pd.DataFrame(
        [
            {"kind": kind, "n": n["n"], "found": n["found"] / n["n"], "who": n["who"] / n["n"]}
            for kind, n in sorted(tally.items())
        ]
    )


def by_outlet(tallies: dict[str, Counter], scorer: ModuleType) -> pd.DataFrame:
    rows = []
    for outlet in sorted({name.split("_")[0] for name in tallies}):
        mine = [n for name, n in tallies.items() if name.split("_")[0] == outlet]
        scores = scorer.summary(mine, 0)
        row = {"outlet": outlet, "articles": len(mine)}
        row |= {key: scores["all"][key]["F1"] for key in ("tokens", "overlap", "match", "who_said_what")}
        rows.append(row | {"direct_who": scores["direct_recall_only"]["who_said_what"]})
    return pd.DataFrame(rows)


def speed(articles: pd.DataFrame) -> None:
    """CPU seconds of the parse, of tagging and of resolving speakers; then textacy, if it is installed."""
    os.environ["FRAMING_CACHE"] = "off"
    from framing import language
    from framing.quotes import finding as quotes, tagger
    from framing.zones.passages import passage_spans

    language.model(), tagger.load()
    quotes.find_quotes(articles[:1])  # word lists and patterns are read once
    language._recent.clear()
    quotes._recent.clear()
    start = time.process_time()
    docs = [doc for _, doc in language.parse(articles)]
    parsed = time.process_time() - start
    start = time.process_time()
    for row, doc in zip(articles.itertuples(index=False), docs, strict=True):
        quotes.by_tagger(doc, [(a, b) for a, b, _ in passage_spans(row)])
    tagged = time.process_time() - start
    language.IN_MEMORY = max(language.IN_MEMORY, len(docs))
    start = time.process_time()
    quotes.find_quotes(articles)
    whole = time.process_time() - start
    words = articles["text"].str.count(r"\w+(?:['’-]\w+)*").sum()
    n = len(articles)
    print(
        f"\n{n} articles, {words / n:.0f} words each; CPU ms per article: parse {1000 * parsed / n:.0f}, tagging "
        f"{1000 * tagged / n:.1f}, everything find_quotes adds {1000 * whole / n:.1f} "
        f"({whole / parsed:.0%} of the parse); {n / (parsed + whole):.1f} articles/s; "
        f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB"
    )
    if importlib.util.find_spec("textacy"):
        from textacy.extract import direct_quotations

        start, failed = time.process_time(), 0
        nlp = language.model()
        for text in articles["text"]:
            try:
                list(direct_quotations(nlp(text)))
            except ValueError:
                failed += 1
        print(
            f"textacy, parse included: {n / (time.process_time() - start):.1f} articles/s; "
            f"{failed} articles raise an error"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--part", default="dev")
    parser.add_argument("--method", default="tagger")
    parser.add_argument("--every", type=int, default=1, metavar="N", help="only every N-th article")
    parser.add_argument("--speed", action="store_true", help="measure cost, not accuracy")
    parser.add_argument("--predictions", type=Path, help="also write them here, in the scorer's format")
    parser.add_argument("--certainty", type=float, default=0.0, help="count attributions from this certainty on")
    options = parser.parse_args()
    articles = load_articles(options.part, every=options.every)
    if options.speed:
        return speed(articles)
    import framing

    predictions = as_predictions(
        framing.find_quotes(articles, method=options.method, nested=False, certainty=options.certainty)
    )
    if options.predictions:
        options.predictions.write_text(
            "".join(
                json.dumps({"article": name, "quotes": predictions.get(name, [])}) + "\n"
                for name in articles["article_id"]
            ),
            encoding="utf-8",
        )
    scorer = load_scorer()
    tallies = counts(articles, predictions, options.part, scorer)
    scorer.print_table(scorer.summary(list(tallies.values()), 0))
    for table in (by_kind(articles, predictions, options.part, scorer), by_outlet(tallies, scorer)):
        print("\n" + table.to_string(index=False, float_format="%.3f"))
    return None


if __name__ == "__main__":
    sys.exit(main())
