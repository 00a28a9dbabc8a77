"""What a run leaves in its folder: tables, figures, the report and a manifest."""

from __future__ import annotations

import hashlib
import json
import platform
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import pandas as pd

import framing
from framing.reports.pipeline import Analysis
from framing.tables import write_csv
from framing.text.unicode import count

PACKAGES = ["numpy", "pandas", "scipy", "scikit-learn", "spacy", "matplotlib", "textblob", "vaderSentiment",
            "trafilatura", "ftfy", "wordllama"]


def write_outputs(analysis: Analysis, folder: str | Path, *, parquet: bool = False,
                  size: str = "double") -> list[Path]:
    """Write ``tables/``, ``figures/``, ``report.html`` and ``manifest.json`` under `folder`; return the paths.

    Existing files of the same names are replaced, others are left alone. The same run writes the same bytes.
    """
    from framing.reports.page import draw_figures, render, take_picture

    folder = Path(folder)
    check_folder(folder)
    (folder / "tables").mkdir(parents=True, exist_ok=True)
    written = []
    for name, table in analysis.tables.items():
        written.append(folder / "tables" / f"{name}.csv")
        write_csv(table, written[-1])
        if parquet:
            written.append(folder / "tables" / f"{name}.parquet")
            storable(table).to_parquet(written[-1], index=False)
    pictures = [take_picture(name, drawn, folder / "figures") for name, drawn in draw_figures(analysis, size=size)]
    written += [file for picture in pictures for file in picture.files]
    about = manifest(analysis)
    written.append(folder / "report.html")
    written[-1].write_text(render(analysis, pictures, about), encoding="utf-8")
    written.append(folder / "manifest.json")
    written[-1].write_text(json.dumps(about, indent=2, ensure_ascii=False, default=str) + "\n", encoding="utf-8")
    return written


def check_folder(folder: Path) -> None:
    """Raise ``ValueError`` where `folder` cannot be one, because it or a folder above it is a file."""
    for path in (folder, *folder.parents):
        if path.exists():
            if not path.is_dir():
                raise ValueError(f"{path} is a file, so nothing can be written to {folder}. Give the name of a "
                                 "folder, which may be new.")
            return


def storable(table: pd.DataFrame) -> pd.DataFrame:
    """`table` with columns of one type each, as Parquet needs: tuples of spans become JSON."""
    def plain(cell: Any) -> Any:
        return json.dumps(cell) if isinstance(cell, list | tuple) else cell

    result = table.copy()
    for column in result.columns:
        if result[column].dtype == object:
            result[column] = result[column].map(plain).convert_dtypes()
            if result[column].dtype == object:
                result[column] = result[column].map(lambda cell: None if pd.isna(cell) else str(cell))
    return result


def manifest(analysis: Analysis) -> dict[str, Any]:
    """What this run rests on: versions, hashes of the articles, choices, and a paragraph to paste."""
    articles = analysis.articles
    hashes = {str(row.article_id): hashlib.sha256(str(row.text).encode("utf-8", "surrogatepass")).hexdigest()
              for row in articles.itertuples()}
    corpus = hashlib.sha256("".join(sorted(hashes.values())).encode()).hexdigest()
    return {"framing": framing.__version__, "python": platform.python_version(),
            "packages": {name: _version(name) for name in PACKAGES}, "choices": analysis.choices,
            "n_articles": len(articles), "n_outlets": articles["outlet"].nunique(),
            "n_events": articles["event"].nunique(), "corpus_sha256": corpus, "article_sha256": hashes,
            "notes": analysis.notes, "methods": methods_paragraph(analysis)}


def methods_paragraph(analysis: Analysis) -> str:
    """A paragraph for the methods section of a write-up, true of this run."""
    articles = analysis.articles
    n_events = articles["event"].nunique()
    unit = (f"Outlets were compared within the {n_events} events they share, the article being the unit: differences "
            "are means over events with 95 % intervals (each named in its row: Newcombe for a plain yes or no, else "
            "jackknife or studentised bootstrap over events), and p values come from exchanging outlets within "
            "events, adjusted by max-T within each family of measures." if n_events > 1 else
            "Articles were not paired by event, since fewer than two events are named.")
    return (f"{count(len(articles), 'article')} of {count(articles['outlet'].nunique(), 'outlet')} "
            f"{'was' if len(articles) == 1 else 'were'} analysed with framing "
            f"{framing.__version__} (seed {analysis.choices['seed']}). Page furniture and second stories are left out. "
            "Words were counted apart for the outlet's own voice and for the voices it quotes or reports, found "
            "by a tagger trained on the PolNeAR corpus. Labels were counted with "
            + ("the concept files shipped with the package" if analysis.choices["concepts"] == "shipped" else
               f"the concept file {Path(analysis.choices['concepts']).name}") +
            "; tone toward targets was scored by a model trained on NewsMTSC with the target masked. " + unit)


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None
