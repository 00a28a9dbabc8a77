"""Studies too large for memory: articles in partitions, each measured by itself, summed up at the end.

A partition holds whole events as far as they are named, else whole days, so that what is measured within an event is
measured once. Each is written when it is done: a run that is stopped goes on with the next one, and the files are the
same, byte for byte. Who measures, one process, several, or the workers of a Dask cluster, changes no byte either.

Names are joined within a partition ("Schumer" with "Chuck Schumer"); across partitions they are one where they are
written the same, and `names.toml` holds for all.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
import shutil
import warnings
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, Future, wait
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.dataset as ds
import pyarrow.parquet as pq
from tqdm import tqdm

import framing
from framing import cache
from framing.articles.files import list_files
from framing.articles.reading import audit_articles, not_read, read_with_audit
from framing.entities.register import Decisions, read_decisions
from framing.entities.resolution import with_country
from framing.quotes.certainty import COUNTED_FROM
from framing.reports.files import MANIFEST, PACKAGES, check_folder, files_in, names_beside, package_version
from framing.reports.pipeline import (
    EXPLORED,
    KEYNESS_PERMUTATIONS,
    WITH_ZEROS,
    explore,
    hits_of,
    measure_tables,
    measured_in,
    most_frequent,
    with_zeros,
    without,
)
from framing.stats.comparison import estimate_by
from framing.steadiness import noting
from framing.tables import COLUMNS, KEYS, WORD, fingerprint, write_csv
from framing.text.unicode import fold
from framing.words.concepts import Concept, load_concepts
from framing.words.frequency import WordCounts, word_counts
from framing.words.keywords import keyness_of
from framing.workers import workers

SIZE = 200  # articles of a partition, about
WHOLE = 20_000_000  # bytes of files up to which articles are read at once, some five thousand of them
PIECE = 1000  # articles of a larger file in memory at once
STREAMED = {".jsonl", ".ndjson", ".csv", ".tsv", ".parquet"}  # formats whose files are read piece by piece
BLOCKS = 5000  # blocks of articles whose words are counted together, at most, for keyness
NO_ZEROS = ["voice_share", "tone", "valence"]  # of an article that has no such row nothing is known
SUMMED = [*NO_ZEROS, *WITH_ZEROS]
# The columns of each table that hold no text, as Parquet has them; all others are text.
TYPES = {
    "articles": {"n_words": "int64"},
    "quotes": {
        **dict.fromkeys(("n_words", "start", "end"), "int64"),
        **dict.fromkeys(("certainty", "attribution_certainty"), "float64"),
        "nested": "bool",
    },
    "labels": dict.fromkeys(("start", "end"), "int64"),
    "names": dict.fromkeys(("n_mentions", "n_articles", "n_outlets"), "int64"),
    "tone": {
        **dict.fromkeys(("sentence", "polarity", "start", "end"), "int64"),
        **dict.fromkeys(("wording", "valence", "score"), "float64"),
    },
    "emphasis": {
        **dict.fromkeys(("in_headline", "in_standfirst", "in_lead"), "bool"),
        **dict.fromkeys(("rank", "order", "n_mentions", "n_outlet", "n_quoted", "n_reported", "n_words"), "int64"),
        **dict.fromkeys(("n_article_words", "start", "end", "longest_quotation"), "int64"),
        **dict.fromkeys(("first_position", "share_words", "share_mentions", "share_sentences"), "float64"),
        **dict.fromkeys(("share_headline", "first_quotation"), "float64"),
    },
    "loaded": {"start": "int64", "end": "int64", "score": "float64"},
    "agency": dict.fromkeys(("start", "end"), "int64"),
    "headline_against_body": {**dict.fromkeys(("n_mentions", "start", "end"), "int64"), "similarity": "float64"},
    "quote_matches": {**dict.fromkeys(("utterance", "n_words", "start", "end"), "int64"), "kept": "float64"},
    "missing_speakers": {"n_outlets": "int64", "n_words": "int64", "named": "bool"},
    "audit": dict.fromkeys(("declared", "found", "parsed", "n_repaired"), "int64"),
    "left_out": {},
    "words": {"n": "int64", "size": "int64"},
    "measures": {"value": "float64"},
}


@dataclass(frozen=True)
class Choices:
    """What every partition is measured with; the same as the options of `analyze`."""

    concepts: list[Concept]
    decisions: Decisions | None
    places: str
    certainty: float
    seed: int

    def told(self) -> dict[str, Any]:
        """These choices as they stand in the manifest, files as digests of what they say."""
        said = {
            "concepts_sha256": repr(self.concepts),
            "names_sha256": None if self.decisions is None else repr(self.decisions.lines()),
        }
        digests = {name: text and hashlib.sha256(text.encode()).hexdigest() for name, text in said.items()}
        return {**digests, "places": self.places, "certainty": self.certainty, "seed": self.seed}


def measure(
    source: Any,
    folder: str | Path,
    *,
    concepts: Any = None,
    names: Any = None,
    places: str = "as written",
    certainty: float = COUNTED_FROM,
    seed: int = 0,
    size: int = SIZE,
    jobs: int = 1,
    scheduler: Any = None,
    progress: bool = False,
) -> list[Path]:
    """Measure a study of any size into `folder`, in bounded memory, going on where an earlier run was stopped.

    Parameters
    ----------
    source : as for `read_articles`. Where all files are JSON lines, CSV or Parquet they are read piece by piece;
        anything else is held in memory while it is divided.
    concepts, names, places, certainty, seed, jobs : as for `analyze`.
    scheduler : the address of a Dask scheduler, or a client, see `framing.workers.workers`; articles and tables go
        through this process, so that no folder needs to be shared.
    size : articles of a partition, about; a large event makes a larger one.
    progress : show articles done, rate and time left on stderr.

    Returns
    -------
    The files written. ``articles/part-00000.parquet`` and so on hold the articles, ``tables/NAME/part-00000.parquet``
    what was measured, with the columns of the glossary (tuples as JSON): ``quotes, labels, names, tone, emphasis,
    loaded, agency, headline_against_body``, ``quote_matches, missing_speakers`` where outlets share events, ``audit``,
    ``left_out`` (articles that a step failed on: ``article_id, step, reason``), and

    ``measures``: one row per article and item, ``article_id, outlet, event, measure, item, value``, see
    `measure_tables`; of measures that are 0 without the item no zeros, but a row without item for every article in
    which it could have been.
    ``words``: ``block, outlet, word, n, size``: how often a block (articles of one outlet) has the word in its own
    voice, and how many words it has.

    ``summary/`` holds what is read first: ``comparisons.csv`` as from `analyze`, ``profiles.csv`` with the mean of each
    measure by outlet, ``keyness.csv``, ``outlets.csv``. ``manifest.json`` says what all rests on.

    Raises as `analyze` does, and ``ValueError`` where `folder` lies within the articles or holds other files.
    """
    folder = Path(folder)
    names = names_beside(source) if names is None else names
    choices = Choices(
        load_concepts(concepts), None if names is None else read_decisions(names), places, certainty, seed
    )
    with_country(places)  # complains of a choice that there is not
    _check(source, folder)
    state: dict[str, Any] = {
        "framing": framing.__version__,
        "corpus_sha256": _digest(source),
        "code_sha256": cache.version().hex(),
        "packages": {name: package_version(name) for name in PACKAGES},
        "size": size,
        "choices": choices.told(),
    }
    kept = _manifest(folder)
    if any(kept.get(name) != value for name, value in state.items()):
        _clear(folder)
        kept = state
        _put(folder / MANIFEST, _json(state))  # so that nobody takes what stands here for articles
    if "n_articles" not in kept:
        kept = {**state, "n_articles": _divide(source, folder, size)}
        _put(folder / MANIFEST, _json(kept))
    state["n_articles"] = kept["n_articles"]
    _measure_all(folder, choices, state["n_articles"], jobs=jobs, scheduler=scheduler, progress=progress)
    _sum_up(folder, seed)
    written = sorted({*files_in(folder), MANIFEST})
    _put(folder / MANIFEST, _json({**state, "files": written}))
    return [folder / name for name in written]


def not_measured(folder: Path) -> list[str]:
    """A line for every file and article that was not read, or that a step failed on."""
    audit, left_out = (
        ds.dataset(folder / "tables" / name, format="parquet").to_table().to_pandas() for name in ("audit", "left_out")
    )
    return [f"{row.path}: {row.reason}" for row in not_read(audit).itertuples()] + [
        f"{row.article_id}: {row.step} failed on it ({row.reason})" for row in left_out.itertuples()
    ]


def _check(source: Any, folder: Path) -> None:
    check_folder(folder)
    if isinstance(source, str | Path) and Path(source).is_dir():
        place, articles = folder.resolve(), Path(source).resolve()
        if place == articles or articles in place.parents:
            raise ValueError(f"{folder} lies within the articles, {source}. Give --out a folder beside them.")
    if folder.is_dir() and any(folder.iterdir()) and "size" not in _manifest(folder):
        raise ValueError(f"{folder} holds other files. Give --out a new folder, or one that such a run wrote.")


def _manifest(folder: Path) -> dict[str, Any]:
    try:
        kept = json.loads((folder / MANIFEST).read_text("utf-8"))
    except (OSError, ValueError):  # none, or not ours
        return {}
    return kept if isinstance(kept, dict) else {}


def _digest(source: Any) -> str:
    """A digest of every file of the source, names and bytes."""
    if isinstance(source, pd.DataFrame):
        return fingerprint(source)
    digest = hashlib.sha256()
    for name, path in list_files(source).files:
        digest.update(name.encode("utf-8", "surrogatepass") + b"\x1f")
        with path.open("rb") as file:
            digest.update(hashlib.file_digest(file, "sha256").digest())
    return digest.hexdigest()


def _clear(folder: Path) -> None:
    """Remove what a run of other articles or choices wrote here."""
    for name in ("articles", "tables", "summary", SCRATCH):
        shutil.rmtree(folder / name, ignore_errors=True)


def _json(value: Any) -> bytes:
    return (json.dumps(value, indent=2, ensure_ascii=False) + "\n").encode()


def _put(place: Path, data: bytes) -> None:
    with cache.moved_to(place) as name:
        name.write_bytes(data)


# -- articles, piece by piece, into partitions

SCRATCH = ".unfinished"
AT_ONCE = 2000  # articles in memory while they are put into partitions


def _divide(source: Any, folder: Path, size: int) -> int:
    """Write the articles as partitions, those of one event (or day) into one; returns how many articles there are."""
    scratch = folder / SCRATCH
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir(parents=True)
    n, problem = 0, None
    with (scratch / "articles.jsonl").open("w", encoding="utf-8") as lines:
        for number, (articles, audit, why) in enumerate(_once(_read(source, scratch / "piece"))):
            for row in articles.to_dict("records"):
                lines.write(json.dumps({name: _plain(cell) for name, cell in row.items()}) + "\n")
            n, problem = n + len(articles), problem or why
            _put(folder / "tables" / "audit" / _part(number), _parquet(audit, "audit"))
    if not n:
        raise problem or ValueError("No article could be read. Give JSON lines, CSV, Parquet, or a folder of articles.")
    n_parts = -(-n // size)
    with (scratch / "articles.jsonl").open(encoding="utf-8") as lines:
        while some := list(islice(lines, AT_ONCE)):
            for line in some:
                with (scratch / f"{_place(json.loads(line), n_parts)}.jsonl").open("a", encoding="utf-8") as part:
                    part.write(line)
    full = sorted((int(path.stem), path) for path in scratch.glob("[0-9]*.jsonl"))
    for number, (_, path) in enumerate(full):
        with path.open(encoding="utf-8") as lines:
            rows = pd.DataFrame([json.loads(line) for line in lines], columns=COLUMNS["articles"])
        _put(folder / "articles" / _part(number), _parquet(rows, "articles"))
    shutil.rmtree(scratch)
    return n


def _place(row: dict[str, Any], n_parts: int) -> int:
    """The number of the partition that an article belongs to."""
    together = next(f"{name} {row[name]}" for name in ("event", "date", "article_id") if row[name])
    return int.from_bytes(hashlib.blake2b(together.encode(), digest_size=8).digest(), "big") % n_parts


def _part(number: int) -> str:
    return f"part-{number:05d}.parquet"


def _plain(cell: Any) -> Any:
    if isinstance(cell, list | tuple):
        return json.dumps(cell)
    if pd.isna(cell):
        return None
    return cell.item() if hasattr(cell, "item") else cell


def _parquet(table: pd.DataFrame, name: str) -> bytes:
    """`table` as Parquet with the types of `TYPES`, the same in every partition; tuples as JSON."""
    types = TYPES[name]
    columns = {
        column: pa.array(
            [cell if types.get(column) or cell is None else str(cell) for cell in map(_plain, table[column])],
            type=pa.type_for_alias(types.get(column, "string")),
        )
        for column in table.columns
    }
    memory = io.BytesIO()
    pq.write_table(pa.table(columns), memory, compression="zstd")
    return memory.getvalue()


Piece = tuple[pd.DataFrame, pd.DataFrame, ValueError | None]


def _read(source: Any, scratch: Path) -> Iterator[Piece]:
    """Articles and audit of the source, of large files of many articles piece by piece; and why none could be read."""
    listed = None if isinstance(source, pd.DataFrame) else list_files(source)
    large = listed is not None and sum(path.stat().st_size for _, path in listed.files) > WHOLE
    if listed is None or not large or listed.about or any(p.suffix.lower() not in STREAMED for _, p in listed.files):
        yield _articles_of(source)
        return
    for name, path in listed.files:
        before, stem = 0, Path(name).with_suffix("").as_posix()
        for piece in _pieces(path, scratch / name):
            articles, audit, why = _articles_of(scratch)
            shutil.rmtree(scratch)
            numbered = {  # by their place in the piece, where the file gives them no name
                old: f"{stem}-{before + int(found[1] or 1):04d}"
                for old in articles["article_id"]
                if (found := re.fullmatch(re.escape(stem) + r"(?:-(\d{4,}))?", old))
            }
            yield _renamed(articles, numbered), _renamed(audit, numbered), why
            before += piece


def _articles_of(source: Any) -> Piece:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what was not read stands in the audit
        try:
            return *read_with_audit(source), None
        except ValueError as error:
            audit = audit_articles(source)
            return pd.DataFrame(columns=COLUMNS["articles"]), audit, error


def _pieces(path: Path, place: Path) -> Iterator[int]:
    """Write `PIECE` articles of the file to `place` at a time; yields how many, once they can be read there."""
    place.parent.mkdir(parents=True, exist_ok=True)
    suffix = path.suffix.lower()
    if suffix == ".parquet":
        for batch in pq.ParquetFile(path).iter_batches(PIECE):
            place.parent.mkdir(parents=True, exist_ok=True)
            pq.write_table(pa.Table.from_batches([batch]), place)
            yield len(batch)
    elif suffix in (".csv", ".tsv"):
        for rows in pd.read_csv(
            path, chunksize=PIECE, dtype=str, keep_default_na=False, sep=None, engine="python", encoding="utf-8-sig"
        ):
            place.parent.mkdir(parents=True, exist_ok=True)
            rows.to_csv(place, index=False, sep="\t" if suffix == ".tsv" else ",")
            yield len(rows)
    else:
        with path.open("rb") as lines:
            while some := list(islice(lines, PIECE)):
                place.parent.mkdir(parents=True, exist_ok=True)
                place.write_bytes(b"".join(some))
                yield len(some)


def _once(pieces: Iterator[Piece]) -> Iterator[Piece]:
    """The pieces without articles that an earlier piece had, the same text of one outlet, and with ids of their own."""
    first: dict[bytes, str] = {}
    used: set[str] = set()
    for number, (articles, audit, why) in enumerate(pieces):
        new = {}
        for old in articles["article_id"]:
            name, copy = old, 2
            while name in used:
                name, copy = f"{old}~{copy}", copy + 1
            new[old] = name
            used.add(name)
        articles, audit = _renamed(articles, new), _renamed(audit, new)
        copies: dict[str, str] = {}
        for row in articles.itertuples():
            words = " ".join(WORD.findall(fold(str(row.text)).casefold()))
            key = hashlib.blake2b(f"{row.outlet}\x1f{words}".encode("utf-8", "surrogatepass"), digest_size=16).digest()
            earlier = first.setdefault(key, str(row.article_id))
            if earlier != row.article_id and words and number:  # within a piece the reader has seen to it
                copies[str(row.article_id)] = earlier
        rows = audit["article_id"].isin(list(copies))
        audit.loc[rows, "status"] = "duplicate"
        audit.loc[rows, "duplicate_of"] = audit.loc[rows, "article_id"].map(copies)
        yield articles[~articles["article_id"].isin(list(copies))], audit, why


def _renamed(table: pd.DataFrame, names: dict[str, str]) -> pd.DataFrame:
    return table.assign(article_id=[names.get(name, name) for name in table["article_id"]])


# -- each partition by itself


def _measure_all(folder: Path, choices: Choices, n_articles: int, *, jobs: int, scheduler: Any, progress: bool) -> None:
    """Measure the partitions that are not yet, in any order: none depends on another."""
    parts = sorted((folder / "articles").glob("part-*.parquet"))
    counts = {path: pq.read_metadata(path).num_rows for path in parts}
    todo = [path for path in parts if not (folder / "tables" / "measures" / path.name).is_file()]
    block = max(1, n_articles // BLOCKS)
    cache.trim()
    with ExitStack() as stack:
        bar = stack.enter_context(tqdm(total=n_articles, desc="Measuring", unit="article", disable=not progress))
        bar.update(n_articles - sum(counts[path] for path in todo))
        if scheduler is None and jobs < 2:
            for path in todo:
                _put_tables(folder, path.name, measured_part(path.read_bytes(), path.stem, choices, block))
                bar.update(counts[path])
            return
        pool, n_workers = stack.enter_context(workers(jobs, scheduler))
        waiting = iter(todo)
        running: dict[Future[dict[str, bytes]], Path] = {}
        while True:
            for path in islice(waiting, 2 * n_workers - len(running)):
                running[pool.submit(measured_part, path.read_bytes(), path.stem, choices, block)] = path
            if not running:
                return
            for done in wait(running, return_when=FIRST_COMPLETED).done:
                path = running.pop(done)
                _put_tables(folder, path.name, done.result())
                bar.update(counts[path])


def _put_tables(folder: Path, part: str, tables: dict[str, bytes]) -> None:
    for name in sorted(tables, key=lambda name: name == "measures"):  # the last one says that the part is done
        _put(folder / "tables" / name / part, tables[name])


def measured_part(articles: bytes, part: str, choices: Choices, block: int) -> dict[str, bytes]:
    """The tables of one partition, as Parquet: what a worker does, wherever it is."""
    rows = pq.read_table(io.BytesIO(articles)).to_pandas().astype(object)
    rows = rows.where(rows.notna(), pd.NA)
    rows["n_words"] = rows["n_words"].astype("Int64")
    with noting() as left_out:
        found = measured_in(
            rows,
            rivals=choices.concepts,
            decisions=choices.decisions,
            places=choices.places,
            certainty=choices.certainty,
            seed=choices.seed,
            drafts=False,
        )
        found = {name: without(table, left_out) for name, table in found.items()}
        counts = word_counts(found["articles"], unit="topic", quotes=found["quotes"])
    found |= {
        "measures": _measures(found),
        "words": _words(counts, part, block),
        "left_out": pd.DataFrame(left_out, columns=["article_id", "step", "reason"]).drop_duplicates("article_id"),
    }
    return {name: _parquet(found[name], name) for name in TYPES if name in found and name not in ("articles", "audit")}


def _measures(tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """What `measure_tables` gives of these articles, without its zeros."""
    found = [rows.assign(measure=name) for name, rows in measure_tables(tables, measures=NO_ZEROS).items()]
    for name in WITH_ZEROS:
        articles, hits = hits_of(name, tables)
        found += [articles.assign(measure=name, item=None, value=0.0)]
        found += [hits.merge(articles, on="article_id").assign(measure=name)]
    return pd.concat([rows[[*KEYS, "measure", "item", "value"]] for rows in found if len(rows)], ignore_index=True)


def _words(counts: WordCounts, part: str, block: int) -> pd.DataFrame:
    """How often each block of articles has each word of its topic; phrases, which differ by partition, are left out."""
    outlets = counts.articles["outlet"].astype(str)
    number = outlets.groupby(outlets).cumcount() // block
    names, place = np.unique(
        [f"{part} {n:04d} {outlet}" for n, outlet in zip(number, outlets, strict=True)], return_inverse=True
    )
    summed = pd.DataFrame({"block": names, "outlet": [name.split(" ", 2)[2] for name in names]})
    summed["size"] = np.bincount(place, weights=counts.sizes, minlength=len(names)).astype(int)
    matrix = counts.matrix.tocoo()
    cells = pd.DataFrame({"place": place[matrix.row], "word": counts.words[matrix.col], "n": matrix.data.astype(int)})
    cells = cells[~cells["word"].astype(str).str.contains(" ", regex=False)]
    cells = cells.groupby(["place", "word"], as_index=False)["n"].sum()
    rows = summed.iloc[cells["place"]].reset_index(drop=True).assign(word=cells["word"], n=cells["n"])
    return rows[["block", "outlet", "word", "n", "size"]]


# -- all partitions together, one measure at a time


def _sum_up(folder: Path, seed: int) -> None:
    comparisons, profiles = [], []
    for name in SUMMED:
        rows = _rows(folder, name)
        if rows["outlet"].nunique() > 1 and name in EXPLORED:
            comparisons.append(explore({name: rows}, seed=seed))
        profiles.append(estimate_by(rows, "value", by=["item", "outlet"], seed=seed).assign(measure=name))
    tables = {
        "comparisons": pd.concat(comparisons, ignore_index=True) if comparisons else explore({}),
        "profiles": _first(pd.concat(profiles, ignore_index=True), "measure"),
        "outlets": _outlets(folder),
        "keyness": _keyness(folder, seed),
    }
    for name, table in tables.items():
        memory = io.StringIO()
        write_csv(table, memory)
        _put(folder / "summary" / f"{name}.csv", memory.getvalue().encode())


def _first(table: pd.DataFrame, column: str) -> pd.DataFrame:
    return table[[column, *(name for name in table.columns if name != column)]]


def _rows(folder: Path, name: str) -> pd.DataFrame:
    """One measure of all articles, zeros included, of the items that stand in most articles."""
    data = ds.dataset(folder / "tables" / "measures", format="parquet")
    here = pc.field("measure") == name
    if name == "voice_share":
        return data.to_table(filter=here, columns=[*KEYS, "item", "value"]).to_pandas()
    told = data.to_table(filter=here & pc.field("item").is_valid(), columns=["article_id", "item", "value"])
    items = most_frequent(told.to_pandas())
    hits = data.to_table(
        filter=here & pc.field("item").isin(pa.array(items, "string")), columns=[*KEYS, "item", "value"]
    ).to_pandas()
    if name in NO_ZEROS:
        return hits
    articles = data.to_table(filter=here & pc.field("item").is_null(), columns=KEYS).to_pandas()
    return with_zeros(articles, hits[["article_id", "item", "value"]])


def _outlets(folder: Path) -> pd.DataFrame:
    data = ds.dataset(folder / "articles", format="parquet").to_table(columns=["outlet", "event", "date", "n_words"])
    rows = data.to_pandas().groupby("outlet", sort=True)
    return rows.agg(
        n_articles=("outlet", "size"),
        n_events=("event", "nunique"),
        n_words=("n_words", "sum"),
        first_date=("date", "min"),
        last_date=("date", "max"),
    ).reset_index()


def _keyness(folder: Path, seed: int) -> pd.DataFrame:
    """Each outlet's own words against those of the rest; the unit is the block, its event the partition."""
    from scipy.sparse import csr_matrix

    column: dict[str, int] = {}
    blocks: dict[str, tuple[int, str, int]] = {}
    cells: list[np.ndarray] = []
    for path in sorted((folder / "tables" / "words").glob("part-*.parquet")):
        table = pq.read_table(path).to_pydict()
        for block, outlet, size in zip(table["block"], table["outlet"], table["size"], strict=True):
            blocks.setdefault(block, (len(blocks), outlet, size))
        row = [blocks[block][0] for block in table["block"]]
        place = [column.setdefault(word, len(column)) for word in table["word"]]
        cells.append(np.array([row, place, table["n"]], np.int32))
    row, place, n = np.concatenate(cells, axis=1)
    order = np.argsort(np.array(list(column)), kind="stable")
    rank = np.empty(len(order), np.int32)
    rank[order] = np.arange(len(order), dtype=np.int32)
    articles = pd.DataFrame(
        {
            "article_id": list(blocks),
            "outlet": [outlet for _, outlet, _ in blocks.values()],
            "event": [block.split(" ", 1)[0] for block in blocks],
        }
    )
    counts = WordCounts(
        words=np.array(list(column))[order],
        matrix=csr_matrix((n.astype(float), (row, rank[place])), shape=(len(blocks), len(column))),
        sizes=np.array([size for _, _, size in blocks.values()], float),
        articles=articles,
        n_other_voices=0,
        n_furniture=0,
        n_own_name=0,
    )
    several = articles["outlet"].nunique() > 1
    return keyness_of(counts, n_permutations=KEYNESS_PERMUTATIONS, seed=seed) if several else pd.DataFrame()
