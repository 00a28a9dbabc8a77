"""Mutated sentences, pages and exports through every public function that takes text: no hang, crash or false offset.

    python tests/benchmarks/fuzz.py [--seconds 600] [--seed 0] [--only find_amounts ...] [--save FAILURES.jsonl]

Sentences come from the bundled corpus and, where it is there, from ``../shared/bench``; marks, numbers, foreign
letters and control characters are put in, pieces taken out, doubled and exchanged. A case is one function on one text.
Functions that need no parse run in turn for half of the time, those that parse for a third, pages and exports for the
rest. A paragraph may take a second (`LIMIT`). Prints how many cases ran for each function, the slowest, the peak memory
and every failure; texts that fail belong into ``tests/test_odd_text.py``.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import random
import re
import resource
import signal
import sys
import tempfile
import time
import traceback
import warnings
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pandas as pd

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

LIMIT = 1.0  # seconds for one paragraph
SHARED = ROOT.parent / "shared" / "bench"
PIECES = [
    "\"", "“", "”", "„", "«", "»", "‘", "’", "'", "''", "``", "(", ")", "[", "]", "{", "}", "—", "–", "-", "‑",
    "…", "...", ".", ",", ";", ":", "!", "?", " ", "  ", "\n", "\n\n", "\t", "\r\n", "\x00", "\xa0", "\u200b",
    "\u2028", "\ufeff", "�", "\ud800", "\u202e", "\xad", "&quot;", "&#8217;", "<b>", "</p>", "<!--", "$", "€",
    "£", "%", "$5.6", "1,000,000", "million", "half a", "two thirds of", "²", "½", "\u0663", "१", "1" * 40,
    "0", "-1", "1e9", "2024", "May 3", "said", "according to", "told", "U.S.", "u.s.", "Mr.", "Ann Berg", "he",
    "it", "the minister", "not", "anything but", "https://a.b/c", "@ann", "#tag", "ß", "É", "é", "é", "Ж",
    "Сosmodrome", "日本", "\u0627\u0644\u0639\u0631\u0628\u064a\u0629", "😀", "👩\u200d👩\u200d👧", "(photo)",
    "ADVERTISEMENT", "READ MORE:", "By Ann Berg", "Q:", "A:", "*", "_", "\\", "|", "=", "`", "~"]


def sentences(limit: int = 4000) -> list[str]:
    """Real sentences to start from."""
    import framing

    texts = framing.example()["text"].tolist()
    for path in [SHARED / "sentiment" / "dev_rw.jsonl", SHARED / "loaded" / "dev.jsonl"]:
        if path.is_file():
            for line in path.read_text("utf-8").splitlines()[:800]:
                row = json.loads(line)
                texts.append(str(row.get("sentence") or row.get("text") or ""))
    found = [piece for text in texts for piece in re.split(r"(?<=[.!?”])\s+|\n+", text) if len(piece) > 20]
    return found[:limit]


def mutated(text: str, chance: random.Random) -> str:
    """The text with one to eight changes."""
    for _ in range(chance.randint(1, 8)):
        at, length = chance.randrange(len(text) + 1), chance.randint(0, 12)
        what = chance.random()
        if what < .45:
            text = text[:at] + chance.choice(PIECES) + text[at:]
        elif what < .6:
            text = text[:at] + text[at + length:]
        elif what < .7:
            text = text[:at] + text[at:at + length] * chance.randint(2, 5) + text[at + length:]
        elif what < .8:
            words = text.split(" ")
            chance.shuffle(words)
            text = " ".join(words)
        elif what < .9:
            text = text[:at] + text[at:].swapcase()
        else:
            text = text[:at] + chance.choice(PIECES) * chance.randint(2, 12) + text[at:]
    return text


def true_offsets(table: pd.DataFrame, text: str, column: str = "") -> None:
    """Raise where ``start`` to ``end`` is no stretch of the text, or not the stretch the row names."""
    for row in table.itertuples(index=False):
        if pd.isna(row.start):
            continue
        if not 0 <= row.start < row.end <= len(text):
            raise AssertionError(f"offsets {row.start} to {row.end} in {len(text)} characters")
        if column and " ".join(str(getattr(row, column)).split()) != " ".join(text[row.start:row.end].split()):
            raise AssertionError(f"{getattr(row, column)!r} is not {text[row.start:row.end]!r}")


def fast() -> dict[str, Callable[[str], Any]]:
    from framing.articles.fields import guess_language, iso_date
    from framing.entities.names import plain_name, split_speakers
    from framing.entities.places import find_places
    from framing.quotes.cues import cue_stance
    from framing.quotes.relays import as_written, media_aliases
    from framing.text import unicode
    from framing.text.amounts import find_amounts
    from framing.text.quotation_marks import quotation_spans
    from framing.words.house_styles import own_name_spans
    from framing.words.patterns import sequences
    from framing.zones.passages import dateline

    def amounts(text: str) -> None:
        for one in find_amounts(text):
            assert 0 <= one.start < one.end <= len(text)

    def marks(text: str) -> None:
        for one in quotation_spans(text):
            assert 0 <= one.start <= one.inner_start < one.inner_end <= one.end <= len(text)

    def folded(text: str) -> None:
        assert len(unicode.fold(text)) == len(text)

    def passages(text: str) -> None:
        from framing.zones.page_rules import zones_of

        last = 0
        for start, end, _ in zones_of(text, known=None, headline=None):
            assert last <= start < end <= len(text)
            last = end

    def places(text: str) -> None:
        for start, end, _ in find_places(text):
            assert 0 <= start < end <= len(text)

    def patterns(text: str) -> None:
        try:
            sequences(text[:60])
        except ValueError:
            return  # brackets that do not close are refused with a line

    def read(text: str) -> None:
        import framing

        try:
            table = framing.read_articles(pd.DataFrame({"text": [text]}, dtype="object"))
        except ValueError as error:
            assert "could be read" in str(error)
            return
        assert table["text"].map(type).eq(str).all()

    return {"find_amounts": amounts, "quotation_spans": marks, "fold": folded, "repair": unicode.repair,
            "letters": unicode.letters, "find_passages": passages, "dateline": dateline, "find_places": places,
            "as_written": as_written, "media_aliases": media_aliases, "plain_name": plain_name,
            "split_speakers": split_speakers, "cue_stance": cue_stance, "patterns": patterns,
            "guess_language": guess_language, "iso_date": iso_date,
            "own_name_spans": lambda text: own_name_spans(text, text[:20]), "read_articles": read}


def _table(text: str) -> pd.DataFrame:
    import framing

    return framing.read_articles(pd.DataFrame({"article_id": ["a"], "outlet": ["o"], "event": ["e"],
                                               "headline": ["Bridge stays shut"], "text": [text]}, dtype="object"),
                                 clean=False)


def parsed() -> dict[str, Callable[[pd.DataFrame], Any]]:
    """Functions of an articles table that parse it."""
    import framing

    facts = pd.DataFrame({"fact": ["shut"], "statement": ["The bridge stays shut for 400 days."]})

    def cut(make: Callable[..., pd.DataFrame], column: str = "") -> Callable[[pd.DataFrame], None]:
        return lambda articles: true_offsets(make(articles), articles["text"].iloc[0], column)

    def quotes(articles: pd.DataFrame) -> None:
        text, table = articles["text"].iloc[0], framing.find_quotes(articles)
        true_offsets(table, text)
        for row in table.itertuples(index=False):
            for start, end in [*row.content_spans, *row.cue_spans, *row.source_spans]:
                assert 0 <= start < end <= len(text)

    return {
        "find_quotes": quotes, "find_quotes rules": lambda a: framing.find_quotes(a, method="rules"),
        "resolve_mentions": cut(framing.resolve_mentions, "mention"), "tokens": cut(framing.tokens, "token"),
        "find_labels": cut(framing.find_labels, "text"), "find_loaded": cut(framing.find_loaded),
        "concordance": cut(lambda a: framing.concordance(a, "the"), "node"), "frequencies": framing.frequencies,
        "sentence_tone": cut(framing.sentence_tone, "text"), "tone": cut(framing.tone), "emphasis": framing.emphasis,
        "headline_against_body": cut(framing.headline_against_body), "group_events": framing.group_events,
        "coverage": cut(lambda a: framing.coverage(a, facts)), "find_wire_copy": framing.find_wire_copy,
        "suggest_facts": framing.suggest_facts, "descriptions": lambda a: framing.descriptions(a, ["Ann Berg"]),
        "collocates": lambda a: framing.collocates(a, "the"), "house_style": framing.house_style,
    }


def pages() -> Iterator[tuple[str, bytes]]:
    """Pages and exports to start from, as file name and content."""
    for path in sorted((ROOT / "tests" / "samples").glob("*")):
        if path.suffix != ".json":
            yield path.name, path.read_bytes()
    for path in sorted((SHARED / "html" / "pages").glob("*.html.gz"))[:30]:
        yield path.name.removesuffix(".gz"), gzip.decompress(path.read_bytes())[:60_000]


def mutated_bytes(data: bytes, chance: random.Random) -> bytes:
    for _ in range(chance.randint(1, 6)):
        at, length = chance.randrange(len(data) + 1), chance.randint(1, 200)
        what = chance.random()
        if what < .4:
            data = data[:at] + data[at + length:]
        elif what < .7:
            data = data[:at] + chance.choice(PIECES).encode("utf-8", "surrogatepass") * chance.randint(1, 9) + data[at:]
        elif what < .85:
            data = data[:at] + data[at:at + length] * 3 + data[at:]
        else:
            data = data[:at] + bytes(chance.randrange(256) for _ in range(8)) + data[at:]
    return data


def read_file(name: str, data: bytes) -> None:
    """Read as a user would; a file in which there is nothing to read is refused with a line."""
    import framing

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(data)
        try:
            articles = framing.read_articles(path)
        except ValueError as error:
            assert "could be read" in str(error)
            return
        for row in framing.find_passages(articles).itertuples(index=False):
            assert 0 <= row.start < row.end


class Run:
    """Counts, slowest times and failures of one run."""

    def __init__(self, save: Path | None) -> None:
        self.n: Counter[str] = Counter()
        self.slowest: dict[str, float] = {}
        self.failures: dict[tuple[str, str], str] = {}
        self.save = save

    def case(self, name: str, call: Callable[[Any], Any], given: Any, shown: str, limit: float = LIMIT) -> None:
        begin = time.process_time()
        problem = ""
        signal.setitimer(signal.ITIMER_PROF, 4 * limit)  # a hang; what is slow is measured below
        try:
            call(given)
        except Exception as error:
            frame = traceback.extract_tb(error.__traceback__)[-1]
            problem = f"{type(error).__name__}: {str(error)[:120]} ({Path(frame.filename).name}:{frame.lineno})"
        signal.setitimer(signal.ITIMER_PROF, 0)
        took = time.process_time() - begin
        self.n[name] += 1
        self.slowest[name] = max(self.slowest.get(name, 0.0), took)
        if took > limit and not problem:
            problem = f"took {took:.1f} s"
        key = (name, re.sub(r"\d+", "0", problem))
        if problem and key not in self.failures:
            self.failures[key] = shown
            print(f"FAILED {name}: {problem}\n    {shown[:300]!r}", flush=True)
            if self.save:
                with self.save.open("a", encoding="utf-8", errors="surrogatepass") as file:
                    file.write(json.dumps({"function": name, "problem": problem, "text": shown}) + "\n")


def _hangs(*_: Any) -> None:
    raise TimeoutError("hangs")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--seconds", type=float, default=600)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--only", nargs="+", default=[])
    parser.add_argument("--save", type=Path)
    options = parser.parse_args()
    os.environ["FRAMING_CACHE"] = "off"
    from framing import language, steadiness
    from framing.quotes import finding
    from framing.steadiness import ArticleLeftOut

    warnings.simplefilter("ignore")
    warnings.simplefilter("error", ArticleLeftOut)
    chance, run, starts = random.Random(options.seed), Run(options.save), sentences()
    signal.signal(signal.SIGPROF, _hangs)
    steadiness.SECONDS = 4 * LIMIT
    def chosen(functions: dict[str, Any]) -> dict[str, Any]:
        return {name: call for name, call in functions.items() if not options.only or name in options.only}

    for call in chosen(parsed()).values():  # models are loaded once
        call(_table("The mayor, Ann Berg, said the bridge is shut."))
    begin = time.monotonic()
    while chosen(fast()) and time.monotonic() - begin < options.seconds * .5:
        for _ in range(200):
            text = mutated(" ".join(chance.sample(starts, chance.randint(1, 3))), chance)
            for name, call in chosen(fast()).items():
                if name != "read_articles" or chance.random() < .05:
                    run.case(name, call, text, text)
    while chosen(parsed()) and time.monotonic() - begin < options.seconds * .85:
        text = mutated(" ".join(chance.sample(starts, chance.randint(1, 4))), chance)
        articles = _table(text)
        for name, call in chosen(parsed()).items():
            run.case(name, call, articles, text)
        language._recent.clear(), finding._recent.clear()
    originals = [] if options.only else list(pages())
    while originals and time.monotonic() - begin < options.seconds:
        name, data = chance.choice(originals)
        changed = mutated_bytes(data, chance)
        run.case(f"read {Path(name).suffix}", lambda given, name=name: read_file(name, given), changed,
                 f"{name} (seed {options.seed}, {run.n.total()})", 5 * LIMIT)
    table = pd.DataFrame({"n": run.n, "slowest_s": pd.Series(run.slowest).round(2)})
    print(table.to_string())
    print(f"{run.n.total():,} cases, {len(run.failures)} kinds of failure, peak memory "
          f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")
    return int(bool(run.failures))


if __name__ == "__main__":
    sys.exit(main())
