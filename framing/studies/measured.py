"""What was measured on a study's articles and is kept, so that a notebook reads it and only what changed is redone.

Each table is known by a key: a digest of the articles as read, of the declared files that it rests on, and of framing
itself. A study folder keeps its tables in ``measured/``; those of articles alone and of the bundled corpora lie in
the cache folder (see `framing.cache`). With ``FRAMING_CACHE=off`` nothing outside a study folder is kept on disk.
"""

from __future__ import annotations

import hashlib
import json
import os
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Any, Protocol

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

import framing
from framing import cache
from framing.quotes.certainty import COUNTED_FROM
from framing.salience.events import with_events
from framing.salience.facts import facts_of_events
from framing.steadiness import noting, say, watched
from framing.tables import fingerprint
from framing.text.unicode import count
from framing.words.keywords import COLUMNS as KEYNESS
from framing.words.rivals import RIVALRIES

PATIENCE = 2.0  # seconds before anything is shown: what is quick needs no bar
WATCHED = ("JPY_SESSION_NAME", "COLAB_RELEASE_TAG")  # set for kernels that JupyterLab, Notebook and Colab start
EVERY = 0.5  # seconds between two updates


@contextmanager
def telling(what: str, n_articles: int) -> Iterator[None]:
    """Within this, a notebook shows how far the work on `what` is. Nothing of it stays in the saved output.

    Nothing is shown outside a notebook, nor where a program runs it (nbclient, nbval): there nobody waits. A cell that
    measures should do so before it prints anything: the line is taken away by clearing the cell's output.
    """
    notebook = _notebook()
    if notebook is None:
        yield
        return
    line = _Line(what, n_articles, notebook)
    try:
        with watched(line.one_more):
            yield
    finally:
        line.clear()


def _notebook() -> Any | None:
    """IPython's display module in a kernel with a person before it, else None."""
    if not any(os.environ.get(name) for name in WATCHED):
        return None
    try:
        from IPython import display, get_ipython
    except ImportError:
        return None
    shell = get_ipython()
    return display if shell is not None and hasattr(shell, "kernel") else None


class _Line:
    def __init__(self, what: str, total: int, notebook: Any) -> None:
        self.what, self.total, self.notebook = what, total, notebook
        self.done, self.handle = 0, None
        self.began = self.told = time.monotonic()

    def one_more(self) -> None:
        self.done += 1
        now = time.monotonic()
        if now - self.began < PATIENCE or now - self.told < EVERY:
            return
        self.told = now
        words = {"text/plain": in_words(self.what, self.done, self.total, now - self.began)}
        if self.handle is None:
            self.handle = self.notebook.display(words, raw=True, display_id=True)
        else:
            self.handle.update(words, raw=True)

    def clear(self) -> None:
        if self.handle is not None:
            self.notebook.clear_output(wait=False)


def in_words(what: str, done: int, total: int, seconds: float) -> str:
    """``"tone: 12 of 40 articles, about 1 minute left"``; a step that goes over the articles twice starts anew."""
    here = (done - 1) % total + 1 if total else done
    left = seconds / done * (total - here)
    minutes = round(left / 60)
    time_left = count(minutes, "minute") if left >= 50 else f"{max(1, round(left))} s"
    return f"{what.replace('_', ' ')}: {here} of {total} articles, about {time_left} left"


class Study(Protocol):
    """What is measured here: see `framing.studies.folder.Study`."""

    @property
    def folder(self) -> Path | None: ...
    @property
    def articles(self) -> pd.DataFrame: ...
    @property
    def concepts(self) -> Path | None: ...
    @property
    def facts(self) -> Path | None: ...
    @property
    def contrasts(self) -> Path | None: ...
    @property
    def names(self) -> Path | None: ...

    def table(self, name: str) -> pd.DataFrame: ...


IN_MEMORY = 64  # tables
_recent: cache.Recent[pd.DataFrame] = cache.Recent(IN_MEMORY)

# The measured tables: which declared files each rests on, and how it is made. Those not named here are derived
# from these in moments.
MEASURES: dict[str, tuple[tuple[str, ...], Callable[[Study], pd.DataFrame]]] = {
    "passages": ((), lambda study: framing.find_passages(study.articles)),
    "quotes": (
        ("names",),
        lambda study: framing.find_quotes(study.articles, names=study.names, certainty=COUNTED_FROM),
    ),
    "tokens": (("names",), lambda study: framing.words.tokens(study.articles, quotes=study.table("quotes"))),
    "labels": (
        ("concepts", "names"),
        lambda study: framing.find_labels(study.articles, study.concepts, quotes=study.table("quotes")),
    ),
    "tone": (
        ("names",),
        lambda study: framing.tone(study.articles, quotes=study.table("quotes"), mentions=_mentions(study)),
    ),
    "sentence_tone": (
        ("names",),
        lambda study: framing.sentiment.sentence_tone(study.articles, quotes=study.table("quotes")),
    ),
    "emphasis": (
        ("concepts", "names"),
        lambda study: framing.emphasis(
            study.articles, quotes=study.table("quotes"), labels=study.table("labels"), mentions=_mentions(study)
        ),
    ),
    "loaded": (("names",), lambda study: framing.find_loaded(study.articles, quotes=study.table("quotes"))),
    "facts": (("facts",), lambda study: _facts(study)),
    "coverage": (
        ("facts", "names"),
        lambda study: framing.coverage(study.articles, study.table("facts"), quotes=study.table("quotes")),
    ),
    "keyness": (("names",), lambda study: _keyness(study)),
    "keyness_by_event": (
        ("names",),
        lambda study: framing.words.keyness_by_event(with_events(study.articles), quotes=study.table("quotes")),
    ),
    "rivals": (
        ("names",),
        lambda study: framing.find_rivals(with_events(study.articles), quotes=study.table("quotes"), top=RIVALRIES),
    ),
    "agency": (
        ("names",),
        lambda study: framing.agency(study.articles, quotes=study.table("quotes"), mentions=_mentions(study)),
    ),
    "comparisons": (("concepts", "names", "contrasts"), lambda study: _comparisons(study)),
    "facts_drafted": ((), lambda study: facts_of_events(study.articles)),
    "wire_copy": ((), lambda study: framing.find_wire_copy(study.articles)),
    "headlines": ((), lambda study: framing.salience.headline_against_body(study.articles)),
}
FILLED = (
    "passages",
    "quotes",
    "tokens",
    "labels",
    "tone",
    "sentence_tone",
    "emphasis",
    "loaded",
    "coverage",
    "rivals",
    "agency",
    "comparisons",
)
DRAFTED = 15  # facts taken from the draft where a study declares none


def _mentions(study: Study) -> pd.DataFrame:
    return framing.entities.resolve_mentions(study.articles, names=study.names)


def _keyness(study: Study) -> pd.DataFrame:
    """Every outlet against the rest; with one outlet there is nothing to compare, and the table is empty."""
    articles, quotes = study.articles, study.table("quotes")
    if articles["outlet"].nunique() < 2:
        return pd.DataFrame({name: pd.Series(dtype="object") for name in KEYNESS})
    return framing.keyness(articles, quotes=quotes, voice="outlet", unit="topic")


def _facts(study: Study) -> pd.DataFrame:
    """The facts that are looked for: those that the study declares, else the first of the draft."""
    from framing.salience.facts import read_facts

    return study.table("facts_drafted").head(DRAFTED) if study.facts is None else read_facts(study.facts)


COMPARED = ("tokens", "labels", "tone", "emphasis", "loaded", "agency")  # what measures are taken from


def _comparisons(study: Study) -> pd.DataFrame:
    from framing.reports.pipeline import compared

    hypotheses = None if study.contrasts is None else framing.stats.read_contrasts(study.contrasts)
    return compared({"articles": study.articles} | {name: study.table(name) for name in COMPARED}, hypotheses)


def measured(study: Study, name: str) -> pd.DataFrame:
    """The table `name` of `study`: read where it was measured on the same articles and declarations, else measured.

    Raises ``ValueError`` for a name that is none of `MEASURES`.
    """
    if name not in MEASURES:
        raise ValueError(f"There is no table {name!r} to measure; choose one of {', '.join(MEASURES)}.")
    key = _key(study, name)

    def read_or_measured() -> pd.DataFrame:
        table = _read(_place(study, name, key), key)
        if table is not None:
            return table
        with noting() as left_out, telling(name, len(study.articles)):
            table = MEASURES[name][1](study)
        say(left_out)
        return _kept(study, name, key, table, on_disk=not left_out)  # what was left out is said again on every run

    return _recent.made(key, read_or_measured).copy()


def keep(study: Study, tables: Mapping[str, pd.DataFrame], *, seed: int = 0) -> None:
    """Keep those of `tables`, as `analyze` gives them with this seed, that `measured` would make in the same way."""
    unlike = {"coverage": study.facts is None, "rivals": seed != 0, "comparisons": seed != 0}  # facts are drafted there
    for name in FILLED:
        if name in tables and not unlike.get(name):
            key = _key(study, name)
            _recent.pop(key, None)  # another study of the same articles has no file here
            _recent.made(key, partial(_kept, study, name, key, tables[name]))


def _kept(study: Study, name: str, key: str, table: pd.DataFrame, *, on_disk: bool = True) -> pd.DataFrame:
    """`table` as it comes back from the disk, so that a first run and a second one see the same."""
    packed, place = pack(table, key), _place(study, name, key)
    if place is not None and on_disk:
        with suppress(OSError):  # a full or read-only disk: measured again the next time
            _write(packed, place)
    return unpack(packed)


def _key(study: Study, name: str) -> str:
    digest = hashlib.sha256(cache.version() + f"{name}|{fingerprint(study.articles)}".encode())
    for declared in MEASURES[name][0]:
        file = getattr(study, declared)
        digest.update(b"\x1f" + (file.read_bytes() if file is not None else b"none"))
    return digest.hexdigest()


def _place(study: Study, name: str, key: str) -> Path | None:
    if study.folder is not None:
        return study.folder / "measured" / f"{name}.parquet"
    folder = cache.cache_folder()
    return None if folder is None else folder / key[:2] / f"{key}.parquet"


def _write(packed: pa.Table, place: Path) -> None:
    """Written beside and then moved, so that a run that is stopped leaves no half of a table."""
    with cache.moved_to(place) as name:
        pq.write_table(packed, name)


def _read(place: Path | None, key: str) -> pd.DataFrame | None:
    """The kept table, or None where there is none of this key: none at all, of other articles, or a spoilt file."""
    if place is None or not place.is_file():
        return None
    try:
        if (pq.read_schema(place).metadata or {}).get(b"framing_key") != key.encode():
            return None
        return unpack(pq.read_table(place))
    except (OSError, ValueError, KeyError, pa.ArrowException):
        return None  # a file that cannot be read is measured again, as with kept parses


# Tables of Python objects as Parquet and back, cell by cell the same: tuples of spans and missing cells included.


def pack(table: pd.DataFrame, key: str = "") -> pa.Table:
    """`table` as an Arrow table: columns of objects as JSON, all others as they are."""
    objects = [str(name) for name in table if table[name].dtype == object]
    plain = table.reset_index(drop=True).copy()
    for name in objects:
        plain[name] = pd.Series([_as_json(cell) for cell in table[name]], dtype="string")
    about = {
        "framing_key": key,
        "objects": json.dumps(objects),
        "dtypes": json.dumps({str(name): str(dtype) for name, dtype in table.dtypes.items()}),
    }
    packed = pa.Table.from_pandas(plain, preserve_index=False)
    return packed.replace_schema_metadata({**(packed.schema.metadata or {}), **about})


def unpack(packed: pa.Table) -> pd.DataFrame:
    """The table that `pack` was given."""
    about = {name.decode(): value.decode() for name, value in packed.schema.metadata.items() if name != b"pandas"}
    dtypes, table = json.loads(about["dtypes"]), packed.to_pandas()
    for name in json.loads(about["objects"]):
        table[name] = pd.Series([_from_json(cell) for cell in table[name]], dtype=object)
    return table.astype({name: dtype for name, dtype in dtypes.items() if str(table[name].dtype) != dtype})


def _as_json(cell: Any) -> str | None:
    if isinstance(cell, tuple | list):
        return json.dumps({"tuple": [_as_json(part) for part in cell]})
    if cell is None or cell is pd.NA or cell is pd.NaT:
        return None
    if isinstance(cell, float) and cell != cell:
        return json.dumps({"nan": True})
    if hasattr(cell, "item"):  # a NumPy number
        cell = cell.item()
    return json.dumps(cell, ensure_ascii=True)


def _from_json(cell: Any) -> Any:
    if cell is None or cell is pd.NA or cell != cell:
        return pd.NA
    value = json.loads(cell)
    if isinstance(value, dict):
        return float("nan") if "nan" in value else tuple(_from_json(part) for part in value["tuple"])
    return value
