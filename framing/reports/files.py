"""What a run leaves in its folder: written beside and then moved; and what those files rest on.

Nothing large is loaded here, so that a run in which nothing changed writes its files again in a second.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from framing import cache

MANIFEST = "manifest.json"
UNFINISHED = ".unfinished-"  # a folder in which a run is writing
PACKAGES = """
    numpy pandas scipy scikit-learn spacy matplotlib textblob vaderSentiment trafilatura ftfy wordllama
""".split()


def package_version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None


def names_beside(source: Any) -> Path | None:
    """The ``names.toml`` in the folder of the articles, if there is one."""
    path = Path(source) / "names.toml" if isinstance(source, str | Path) else None
    return path if path is not None and path.is_file() else None


def write_again(key: bytes, folder: str | Path) -> list[Path]:
    """Write what an earlier run kept under `key` (see `framing.cache.keep_folder`); no paths where there is nothing."""
    if not cache.holds_folder(key):
        return []
    with beside(Path(folder)) as scratch:
        return put_in_place(scratch, Path(folder)) if cache.put_folder(key, scratch) else []


@contextmanager
def beside(folder: Path) -> Iterator[Path]:
    """A new folder within `folder` in which a run writes, gone afterwards."""
    check_folder(folder)
    folder.mkdir(parents=True, exist_ok=True)
    _clear_unfinished(folder)
    with tempfile.TemporaryDirectory(prefix=UNFINISHED, dir=folder) as scratch, _held(Path(scratch)):
        yield Path(scratch)


def _clear_unfinished(folder: Path) -> None:
    """Remove what runs that were killed while writing left here; what another run is writing stays."""
    for scratch in folder.glob(f"{UNFINISHED}*"):
        with _held(scratch) as mine:
            if mine:
                shutil.rmtree(scratch, ignore_errors=True)


@contextmanager
def _held(folder: Path, *, wait: bool = False) -> Iterator[bool]:
    """Whether `folder` is this run's alone within this; the system lets go of it when the process ends, however."""
    try:
        import fcntl

        handle = os.open(folder, os.O_RDONLY)
    except (ImportError, OSError):  # not on Windows, nor where the folder is gone
        yield False
        return
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
            mine = True
        except OSError:  # another run's, or a file system without locks
            mine = False
        yield mine
    finally:
        os.close(handle)


def put_in_place(scratch: Path, folder: Path) -> list[Path]:
    """Move what was written; the manifest goes first and comes last, so that a folder without one is half done."""
    with _held(folder, wait=True):  # of two runs at once the later replaces the whole of the other
        new = sorted(files_in(scratch), key=lambda name: name == MANIFEST)
        old = set(_earlier_files(folder)).difference(new)
        (folder / MANIFEST).unlink(missing_ok=True)
        for name in old:
            (folder / name).unlink(missing_ok=True)
        for name in new:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            os.replace(scratch / name, folder / name)
        return [folder / name for name in new]


def files_in(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def _earlier_files(folder: Path) -> list[str]:
    """What the manifest of an earlier run says it wrote, as far as that lies in `folder`."""
    try:
        named = json.loads((folder / MANIFEST).read_text(encoding="utf-8")).get("files", [])
    except (OSError, ValueError, AttributeError):  # none, or not ours
        return []
    inside = folder.resolve()
    return [
        name
        for name in named
        if isinstance(name, str)
        and (folder / name).is_file()
        and not (folder / name).is_symlink()
        and inside in (folder / name).resolve().parents
    ]


def check_folder(folder: Path) -> None:
    """Raise ``ValueError`` where nothing can be written: `folder` or one above it is a file, or may only be read."""
    for path in (folder, *folder.parents):
        if path.exists():
            if not path.is_dir():
                raise ValueError(
                    f"{path} is a file, so nothing can be written to {folder}. Give the name of a "
                    "folder, which may be new."
                )
            if not os.access(path, os.W_OK | os.X_OK):
                raise ValueError(
                    f"{path} may only be read, so nothing can be written to {folder}. Give --out a folder of your own."
                )
            return
