"""The corpora that come with the package, to learn on and to test with."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from framing.articles.reading import read_articles

HERE = Path(__file__).parent


def example_names() -> list[str]:
    """The names that `example` knows."""
    return sorted(folder.name for folder in HERE.iterdir() if (folder / "articles" / "articles.csv").exists())


def example_path(name: str = "summit", file: str = "") -> Path:
    """The folder of a bundled corpus, or one file in it, such as ``"facts.csv"`` or ``"summit.toml"``.

    Raises ``ValueError`` for a name that is not bundled or a file that the corpus does not have.
    """
    if name not in example_names():
        raise ValueError(f"There is no bundled corpus {name!r}. Choose one of: {', '.join(example_names())}.")
    folder = HERE / name
    files = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    if file and file not in files and not (folder / file).is_dir():
        beside = [path for path in files if not path.startswith("articles/")]
        raise ValueError(f"The corpus {name!r} has no file {file!r}. Beside its articles it has: "
                         f"{', '.join(beside)}.")
    return folder / file if file else folder


def example(name: str = "summit") -> pd.DataFrame:
    """The articles of a bundled corpus: one row per article, as from `read_articles`.

    ``summit`` holds 40 articles: five invented outlets on eight real events of September 2023. What is
    planted in them, and where, stands in its ``key`` folder (see `example_path`).

    Raises ``ValueError`` for a name that is not bundled.
    """
    return read_articles(example_path(name, "articles"))
