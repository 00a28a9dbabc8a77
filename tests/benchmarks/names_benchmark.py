"""Who is who on general news: predictions for the names of BASIL, scored on two halves of the events.

    python tests/benchmarks/names_benchmark.py [--part dev] [--half 1|2] [--errors] [--predictions FILE]

Needs the articles and the scorer in ``../shared/bench`` (``events`` and ``names``). An event belongs to half 1 when the
first hexadecimal digit of the MD5 of its name is below 8: errors are read in half 1 only, half 2 is counted. Prints a
line of figures per half; nothing of the corpus is kept unless ``--predictions`` names a file.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import json
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import pandas as pd

SHARED = Path(__file__).resolve().parents[2].parent / "shared" / "bench"
NAMED = {"person", "body", "party", "group"}  # kinds of names that the annotators give


def half_of(event: str) -> int:
    return 1 if int(hashlib.md5(event.encode()).hexdigest()[0], 16) < 8 else 2


def load_articles(folder: Path = SHARED) -> pd.DataFrame:
    """The articles of the 50 events as a table that `framing.read_articles` takes; some share an id in the corpus."""
    rows = [json.loads(line) for line in (folder / "events" / "articles.jsonl").read_text("utf-8").splitlines()]
    return pd.DataFrame(
        {
            "article_id": [f"{row['id']} {place}" for place, row in enumerate(rows)],
            "outlet": [row["outlet"] for row in rows],
            "event": [row["event"] for row in rows],
            "date": [row["date"] for row in rows],
            "headline": [row["title"] for row in rows],
            "text": [row["text"] for row in rows],
        }
    )


def predictions(given: pd.DataFrame) -> list[dict[str, Any]]:
    """One answer per article: names from `resolve_mentions`, quotations with a known speaker from `find_quotes`."""
    import framing
    from framing.zones.passages import find_passages

    plain = dict(zip(given["article_id"], given["text"], strict=True))
    titles = dict(zip(given["article_id"], given["headline"], strict=True))
    articles = framing.read_articles(given)
    mentions, quotes = framing.entities.resolve_mentions(articles), framing.find_quotes(articles)
    passages = find_passages(articles)
    headlines = passages[passages["zone"] == "headline"]
    answers = []
    for article in articles.itertuples():
        text = plain[article.article_id]
        offset = article.text.find(text)
        if offset < 0:
            raise ValueError(f"The text of {article.article_id} was changed while reading; offsets cannot be compared.")
        heads = headlines[headlines["article_id"] == article.article_id]
        spans = list(zip(heads["start"], heads["end"], strict=True))
        own = mentions[(mentions["article_id"] == article.article_id) & mentions["entity_kind"].isin(NAMED)]
        named: dict[str, bool] = {}
        for row in own.itertuples():
            named[row.entity] = named.get(row.entity, False) or any(a <= row.start < b for a, b in spans)
        said = quotes[(quotes["article_id"] == article.article_id) & quotes["speaker"].notna()]
        answers.append(
            {
                "id": article.article_id.split()[0],
                "title": titles[article.article_id],
                "text": text,
                "named": [{"name": name, "in_headline": inside} for name, inside in named.items()],
                "quotes": [
                    {"spans": [[a - offset, b - offset] for a, b in row.content_spans], "speaker": speaker}
                    for row in said.itertuples()
                    for speaker in row.speaker.split("; ")
                ],
            }
        )
    return answers


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--part", default="dev")
    parser.add_argument("--half", type=int, choices=(1, 2))
    parser.add_argument("--errors", action="store_true", help="list what was missed, of half 1 only")
    parser.add_argument("--predictions", type=Path)
    options = parser.parse_args()
    spec = importlib.util.spec_from_file_location("score_names", SHARED / "names" / "score_names.py")
    scorer = importlib.util.module_from_spec(spec)  # type: ignore[arg-type]
    spec.loader.exec_module(scorer)  # type: ignore[union-attr]
    given = load_articles()
    event_of = dict(zip(given["article_id"].str.split().str[0], given["event"], strict=True))
    if options.half:
        given = given[given["event"].map(half_of) == options.half]
    began = time.perf_counter()
    answers = predictions(given)
    print(f"{time.perf_counter() - began:.0f} s for {len(given)} articles", file=sys.stderr)
    gold = str(SHARED / "names" / f"{options.part}.jsonl")
    for half in (1, 2):
        lines = [json.dumps(answer) for answer in answers if half_of(event_of[answer["id"]]) == half]
        if not lines:
            continue
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "answers.jsonl"
            path.write_text("\n".join(lines), encoding="utf-8")
            print(f"half {half}:", end=" ", flush=True)
            scorer.main(gold, str(path), errors=options.errors and half == 1)
    if options.predictions:
        options.predictions.write_text("\n".join(map(json.dumps, answers)) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
