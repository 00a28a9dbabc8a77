"""Mutated sentences, pages and exports through every public function that takes text: no hang, crash or false offset.

    python tests/benchmarks/fuzz.py [--hours .2] [--seed 0] [--only find_amounts ...]
    nice -n 19 python tests/benchmarks/fuzz.py --hours 1 --counts COUNTS.json     # goes on where COUNTS.json ends
    python tests/benchmarks/fuzz.py --seed 0 --round 17                           # one round again

Sentences come from the bundled corpus and, where it is there, from ``../shared/bench``; marks, numbers, foreign
letters and control characters are put in, pieces taken out, doubled and exchanged. A case is one function on one text.
Cases come in rounds, each drawn from the seed and its number alone, so that a failure is met again by its round: many
texts through the functions that need no parse, some through those that do (as a corpus, parsed once; where that fails,
or takes a second more than a corpus usually does, its halves, down to each text by itself), some pages and exports. A
paragraph may take a second (`LIMIT`). Prints how many cases ran for each function, the slowest, the peak memory and
every failure; texts that fail belong into ``tests/test_odd_text.py``.
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
TEXTS, WHOLE, FILES = 4000, 100, 80  # of a round: through fast functions, of these also read; pages and exports
CORPORA, TOGETHER = 3, 40  # of a round: corpora that are parsed, texts of each
SHARED = ROOT.parent / "shared" / "bench"
PIECES = [
    '"',
    "“",
    "”",
    "„",
    "«",
    "»",
    "‘",
    "’",
    "'",
    "''",
    "``",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    "—",
    "–",
    "-",
    "‑",
    "…",
    "...",
    ".",
    ",",
    ";",
    ":",
    "!",
    "?",
    " ",
    "  ",
    "\n",
    "\n\n",
    "\t",
    "\r\n",
    "\x00",
    "\xa0",
    "\u200b",
    "\u2028",
    "\ufeff",
    "�",
    "\ud800",
    "\u202e",
    "\xad",
    "&quot;",
    "&#8217;",
    "<b>",
    "</p>",
    "<!--",
    "$",
    "€",
    "£",
    "%",
    "$5.6",
    "1,000,000",
    "million",
    "half a",
    "two thirds of",
    "²",
    "½",
    "\u0663",
    "१",
    "1" * 40,
    "0",
    "-1",
    "1e9",
    "2024",
    "May 3",
    "said",
    "according to",
    "told",
    "U.S.",
    "u.s.",
    "Mr.",
    "Ann Berg",
    "he",
    "it",
    "the minister",
    "not",
    "anything but",
    "https://a.b/c",
    "@ann",
    "#tag",
    "ß",
    "É",
    "é",
    "é",
    "Ж",
    "Сosmodrome",
    "日本",
    "\u0627\u0644\u0639\u0631\u0628\u064a\u0629",
    "😀",
    "👩\u200d👩\u200d👧",
    "(photo)",
    "ADVERTISEMENT",
    "READ MORE:",
    "By Ann Berg",
    "Q:",
    "A:",
    "*",
    "_",
    "\\",
    "|",
    "=",
    "`",
    "~",
]


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
        if what < 0.45:
            text = text[:at] + chance.choice(PIECES) + text[at:]
        elif what < 0.6:
            text = text[:at] + text[at + length :]
        elif what < 0.7:
            text = text[:at] + text[at : at + length] * chance.randint(2, 5) + text[at + length :]
        elif what < 0.8:
            words = text.split(" ")
            chance.shuffle(words)
            text = " ".join(words)
        elif what < 0.9:
            text = text[:at] + text[at:].swapcase()
        else:
            text = text[:at] + chance.choice(PIECES) * chance.randint(2, 12) + text[at:]
    return text


def true_offsets(table: pd.DataFrame, articles: pd.DataFrame, column: str = "") -> None:
    """Raise where ``start`` to ``end`` is no stretch of the text, or not the stretch the row names."""
    texts = dict(zip(articles["article_id"], articles["text"], strict=True))
    for row in table.itertuples(index=False):
        if pd.isna(row.start):
            continue
        text = texts[row.article_id]
        if not 0 <= row.start < row.end <= len(text):
            raise AssertionError(f"offsets {row.start} to {row.end} in {len(text)} characters")
        if column and " ".join(str(getattr(row, column)).split()) != " ".join(text[row.start : row.end].split()):
            raise AssertionError(f"{getattr(row, column)!r} is not {text[row.start : row.end]!r}")


def fast() -> dict[str, Callable[[str], Any]]:
    from framing.articles.fields import guess_language, iso_date
    from framing.entities.names import plain_name, same_person, split_speakers
    from framing.entities.places import find_places
    from framing.quotes.cues import cue_stance
    from framing.quotes.sources import as_written, media_aliases
    from framing.salience.statements import find_amounts
    from framing.text import unicode
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
        from framing.zones.passages import zones_of

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

    return {
        "find_amounts": amounts,
        "quotation_spans": marks,
        "fold": folded,
        "repair": unicode.repair,
        "letters": unicode.letters,
        "find_passages": passages,
        "dateline": dateline,
        "find_places": places,
        "as_written": as_written,
        "media_aliases": media_aliases,
        "plain_name": plain_name,
        "split_speakers": split_speakers,
        "cue_stance": cue_stance,
        "patterns": patterns,
        "guess_language": guess_language,
        "iso_date": iso_date,
        "same_person": lambda text: same_person(text[:40], text[20:60]),
        "own_name_spans": lambda text: own_name_spans(text, text[:20]),
        "read_articles": read,
    }


def _table(texts: list[str]) -> pd.DataFrame:
    """The texts as a corpus of two outlets and one event."""
    import framing

    rows = [
        {
            "article_id": f"a{number}",
            "outlet": "op"[number % 2],
            "event": "e",
            "headline": "Bridge stays shut",
            "text": text,
        }
        for number, text in enumerate(texts)
    ]
    return framing.read_articles(pd.DataFrame(rows, dtype="object"), clean=False)


def parsed() -> dict[str, Callable[[pd.DataFrame], Any]]:
    """Functions of an articles table that parse it."""
    import framing
    from framing.reports.reading import Places, readings

    facts = pd.DataFrame({"fact": ["shut"], "statement": ["The bridge stays shut for 400 days."]})

    def cut(make: Callable[..., pd.DataFrame], column: str = "") -> Callable[[pd.DataFrame], None]:
        return lambda articles: true_offsets(make(articles), articles, column)

    def quotes(articles: pd.DataFrame) -> None:
        table = framing.find_quotes(articles)
        true_offsets(table, articles)
        length = articles.set_index("article_id")["text"].map(len)
        for row in table.itertuples(index=False):
            for start, end in [*row.content_spans, *row.cue_spans, *row.source_spans]:
                assert 0 <= start < end <= length[row.article_id]

    def searched(articles: pd.DataFrame) -> None:
        """The beginning of each text looked for, as words and as a pattern of the user's."""
        for text in articles["text"].head(3):
            for kind in ("phrase", "regex"):
                try:
                    true_offsets(framing.concordance(articles, text[:12], kind=kind), articles, "node")
                except ValueError as error:
                    assert str(error)  # refused with a line

    def compared(articles: pd.DataFrame) -> None:
        try:
            framing.keyness(articles, voice=None)
        except ValueError as error:
            assert "Keyness compares outlets" in str(error)  # words of one outlet only

    def page(articles: pd.DataFrame) -> None:
        """Each article as the report shows it: every letter of it, none of it as markup."""
        tables = {
            "articles": articles,
            "passages": framing.find_passages(articles),
            "quotes": framing.find_quotes(articles),
            "labels": framing.find_labels(articles),
            "loaded": framing.find_loaded(articles),
            "sentence_tone": framing.sentiment.sentence_tone(articles),
        }
        assert set(readings(tables, Places(tables))) == set(articles["article_id"])

    return {
        "find_quotes": quotes,
        "find_quotes rules": lambda a: framing.find_quotes(a, method="rules"),
        "resolve_mentions": cut(framing.entities.resolve_mentions, "mention"),
        "tokens": cut(framing.words.tokens, "token"),
        "find_labels": cut(framing.find_labels, "text"),
        "find_loaded": cut(framing.find_loaded),
        "concordance": cut(lambda a: framing.concordance(a, "the"), "node"),
        "frequencies": framing.frequencies,
        "sentence_tone": cut(framing.sentiment.sentence_tone, "text"),
        "tone": cut(framing.tone),
        "emphasis": framing.emphasis,
        "headline_against_body": cut(framing.salience.headline_against_body),
        "group_events": framing.group_events,
        "coverage": cut(lambda a: framing.coverage(a, facts)),
        "find_wire_copy": framing.find_wire_copy,
        "suggest_facts": framing.suggest_facts,
        "descriptions": lambda a: framing.descriptions(a, ["Ann Berg"]),
        "collocates": lambda a: framing.words.collocates(a, "the"),
        "house_style": framing.words.house_style,
        "find_passages, as a table": cut(framing.find_passages),
        "names": framing.names,
        "agency": cut(framing.agency, "text"),
        "find_rivals": lambda a: framing.find_rivals(a, n_permutations=19),
        "suggest_labels": framing.words.suggest_labels,
        "keyness": compared,
        "speech_share": lambda a: framing.speech_share(framing.find_quotes(a)),
        "missing_speakers": lambda a: framing.missing_speakers(framing.find_quotes(a), a),
        "quote_matches": lambda a: framing.quote_matches(framing.find_quotes(a)),
        "unlisted_cues": lambda a: framing.quotes.unlisted_cues(framing.find_quotes(a)),
        "concordance of anything": searched,
        "reading view": page,
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
        if what < 0.4:
            data = data[:at] + data[at + length :]
        elif what < 0.7:
            data = data[:at] + chance.choice(PIECES).encode("utf-8", "surrogatepass") * chance.randint(1, 9) + data[at:]
        elif what < 0.85:
            data = data[:at] + data[at : at + length] * 3 + data[at:]
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


class Tally:
    """Counts, slowest times and failures of all rounds done with one seed, kept in a file where one is named."""

    def __init__(self, seed: int, kept: Path | None) -> None:
        self.seed, self.kept, self.round = seed, kept, 0
        self.n: Counter[str] = Counter()
        self.usual: dict[str, float] = {}  # least seconds a text of a corpus took
        self.slowest: dict[str, float] = {}
        self.failures: list[dict[str, Any]] = []
        if kept and kept.is_file():
            told = json.loads(kept.read_text("utf-8"))
            if told["seed"] != seed:
                raise SystemExit(f"{kept} was counted with seed {told['seed']}, not {seed}; name another file.")
            self.round, self.n, self.slowest = told["rounds"], Counter(told["n"]), told["slowest_s"]
            self.failures = told["failures"]

    def keep(self) -> None:
        if self.kept:
            told = {
                "seed": self.seed,
                "rounds": self.round,
                "cases": self.n.total(),
                "n": self.n,
                "slowest_s": self.slowest,
                "failures": self.failures,
            }
            self.kept.write_text(json.dumps(told, indent=1), "utf-8")

    def case(self, name: str, call: Callable[[Any], Any], given: Any, shown: str, limit: float = LIMIT) -> None:
        problem, took = tried(call, given, limit)
        self.count(name, 1, took)
        self.fail(name, problem or (f"took {took:.1f} s" if took > limit else ""), shown)

    def cases(self, name: str, call: Callable[[pd.DataFrame], Any], corpus: pd.DataFrame, texts: list[str]) -> None:
        """One case for each text: the corpus at once; where it fails or is slow, its halves, at last each by itself."""
        known, problem = len(self.failures), self._halved(name, call, corpus, texts)
        if problem and len(self.failures) == known:
            self.fail(name, f"only together: {problem}", json.dumps(texts))

    def _halved(self, name: str, call: Callable[[pd.DataFrame], Any], corpus: pd.DataFrame, texts: list[str]) -> str:
        if len(texts) == 1:
            self.case(name, call, corpus, texts[0])
            return ""
        problem, took = tried(call, corpus, LIMIT * len(texts))
        if not problem and took < LIMIT + len(texts) * self.usual.get(name, 0.0):
            self.usual[name] = min(self.usual.get(name, took), took / len(texts))
            self.count(name, len(texts), took / len(texts))
            return ""
        half = len(texts) // 2
        for part in (texts[:half], texts[half:]):
            self._halved(name, call, _table(part), part)
        return problem

    def count(self, name: str, n: int, took: float) -> None:
        self.n[name] += n
        self.slowest[name] = max(self.slowest.get(name, 0.0), round(took, 3))

    def fail(self, name: str, problem: str, shown: str) -> None:
        kind = re.sub(r"\d+", "0", problem)
        if not problem or any((told["function"], told["kind"]) == (name, kind) for told in self.failures):
            return
        self.failures.append({"function": name, "problem": problem, "kind": kind, "round": self.round, "text": shown})
        print(
            f"FAILED {name}: {problem}\n    {shown[:300]!r}\n    again: --seed {self.seed} --round {self.round} "
            f"--only {name!r}",
            flush=True,
        )


def tried(call: Callable[[Any], Any], given: Any, limit: float) -> tuple[str, float]:
    """What goes wrong, if anything, and processor seconds."""
    begin, problem = time.process_time(), ""
    signal.setitimer(signal.ITIMER_PROF, 4 * limit)  # a hang; what is slow is measured by the caller
    try:
        call(given)
    except Exception as error:
        frame = traceback.extract_tb(error.__traceback__)[-1]
        problem = f"{type(error).__name__}: {str(error)[:120]} ({Path(frame.filename).name}:{frame.lineno})"
    signal.setitimer(signal.ITIMER_PROF, 0)
    return problem, time.process_time() - begin


def play(tally: Tally, starts: list[str], files: list[tuple[str, bytes]], only: list[str]) -> None:
    """One round."""
    from framing import language
    from framing.quotes import finding

    chance = random.Random(f"{tally.seed} {tally.round}")

    def draw(most: int) -> str:
        return mutated(" ".join(chance.sample(starts, chance.randint(1, most))), chance)

    def chosen(functions: dict[str, Any]) -> dict[str, Any]:
        return {name: call for name, call in functions.items() if not only or name in only}

    for number, text in enumerate([draw(3) for _ in range(TEXTS)]):
        for name, call in chosen(fast()).items():
            if name != "read_articles" or number < WHOLE:
                tally.case(name, call, text, text)
    calls = chosen(parsed())
    for texts in [[draw(3) for _ in range(TOGETHER)] for _ in range(CORPORA)]:
        corpus = _table(texts) if calls else None
        for name, call in calls.items():
            tally.cases(name, call, corpus, texts)
        language._recent.clear(), language._packed.clear(), finding._recent.clear()
    for name, data in [chance.choice(files) for _ in range(FILES if files else 0)]:
        changed = mutated_bytes(data, chance)
        if not only or f"read {Path(name).suffix}" in only:
            tally.case(
                f"read {Path(name).suffix}", lambda given, name=name: read_file(name, given), changed, name, 5 * LIMIT
            )


def _hangs(*_: Any) -> None:
    raise TimeoutError("hangs")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--hours", type=float, default=1 / 6)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--round", type=int, help="this round alone, again")
    parser.add_argument("--only", nargs="+", default=[], help="these functions alone, as the counts call them")
    parser.add_argument("--counts", type=Path, help="where counts and failures are kept, and gone on from")
    options = parser.parse_args()
    os.environ["FRAMING_CACHE"] = "off"
    from framing import steadiness

    warnings.simplefilter("ignore")
    warnings.simplefilter("error", steadiness.ArticleLeftOut)
    tally, starts, files = Tally(options.seed, options.counts), sentences(), list(pages())
    for call in parsed().values():  # models are loaded once
        call(_table(["The mayor, Ann Berg, said the bridge is shut."]))
    signal.signal(signal.SIGPROF, _hangs)
    steadiness.SECONDS = 4 * LIMIT
    begin = time.monotonic()
    if options.round is not None:
        tally.round = options.round
        play(tally, starts, files, options.only)
    while options.round is None and time.monotonic() - begin < options.hours * 3600:
        play(tally, starts, files, options.only)
        tally.round += 1
        tally.keep()
    table = pd.DataFrame({"n": tally.n, "slowest_s": pd.Series(tally.slowest).round(2)})
    print(table.to_string())
    print(
        f"{tally.n.total():,} cases in {tally.round} rounds of seed {tally.seed}, {len(tally.failures)} kinds of "
        f"failure, peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB"
    )
    return int(bool(tally.failures))


if __name__ == "__main__":
    sys.exit(main())
