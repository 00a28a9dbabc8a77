"""Run every notebook from top to bottom and write the figures.

    python notebooks/run.py                        the bundled corpora: outputs stay in the notebooks, the workshop's too
    python notebooks/run.py --articles STUDY       your own (a study folder, or a folder of articles): executed copies
                                                   and figures in figures/STUDY-name/
    python notebooks/run.py --to FOLDER            the bundled corpus, executed copies and figures in FOLDER

A second run changes no file: no times, paths or versions are written into the notebooks. A cell or notebook that fails
is named, and the rest goes on; a notebook of the bundled corpus that failed is left as it was.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbformat.v4 import new_code_cell

HERE = Path(__file__).resolve().parent
FIGURES = HERE.parent / "figures"


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--articles", type=Path, help="a study folder, or a folder of your own articles")
    parser.add_argument("--to", type=Path, help="write executed copies and figures there")
    parser.add_argument("--jobs", type=int, default=min(2, os.cpu_count() or 1), help="notebooks that run at once")
    parser.add_argument("notebooks", nargs="*", type=Path, help="only these notebooks")
    choice = parser.parse_args(arguments)
    if choice.articles and not choice.articles.exists():
        print(f"There is no folder {choice.articles}. Give the path of a folder of articles.", file=sys.stderr)
        return 2
    paths = choice.notebooks or sorted(HERE.glob("[0-9][0-9]_*.ipynb"))
    target, figures, parameters = HERE, FIGURES, {}
    if choice.articles or choice.to:
        figures = choice.to.resolve() / "figures" if choice.to else FIGURES
        parameters = {"FIGURES": str(figures)}
        if choice.articles:
            source = choice.articles.resolve()
            figures = figures / (re.sub(r"[^\w.-]+", "_", source.name) or "articles")
            parameters = {"ARTICLES": str(source), "FIGURES": str(figures)}
        target = figures / "notebooks"
        target.mkdir(parents=True, exist_ok=True)
    with ThreadPoolExecutor(max(1, choice.jobs)) as pool:
        tasks = [pool.submit(_workshop)] if target == HERE and not choice.notebooks else []
        for number, path in enumerate(paths):
            tasks.append(pool.submit(_ran, path, parameters, target))
            if number == 0:
                tasks[-1].result()  # what the first measures, the others read
        went_well = [task.result() for task in tasks]
    print(f"Executed notebooks: {_shown(target)}. Figures: {_shown(figures)}.")
    return 0 if all(went_well) else 1


def _shown(folder: Path) -> str:
    """A folder as it is reached from here."""
    return str(folder.relative_to(Path.cwd()) if folder.is_relative_to(Path.cwd()) else folder)


def _ran(path: Path, parameters: dict[str, str], target: Path) -> bool:
    """Run a notebook and write it to `target`; whether all went well. What failed is named."""
    print(path.name, flush=True)
    try:
        notebook = execute(path, parameters)
    except (CellTimeoutError, DeadKernelError) as error:
        print(f"{path.name} stopped: {error}", file=sys.stderr)
        return False
    faults = errors(notebook)
    for fault in faults:
        print(f"{path.name}: {fault}", file=sys.stderr)
    if not faults or target != HERE:
        nbformat.write(notebook, target / path.name)
    return not faults


def _workshop() -> bool:
    print("workshop", flush=True)
    return subprocess.run([sys.executable, str(HERE / "workshop" / "make.py")]).returncode == 0


def errors(notebook: nbformat.NotebookNode) -> list[str]:
    """What failed, a line for each cell: its number, its first line, and the error in words."""
    return [f"cell {number} ({cell.source.splitlines()[0][:60]}): {output.ename}: {output.evalue}"
            for number, cell in enumerate(notebook.cells) if cell.cell_type == "code"
            for output in cell.outputs if output.output_type == "error"]


def execute(path: Path, parameters: dict[str, str], *, folder: Path = HERE) -> nbformat.NotebookNode:
    """The notebook at `path` with fresh outputs, `parameters` set after its cell tagged "parameters"."""
    notebook = nbformat.read(path, as_version=4)
    if parameters:
        tags = [cell.metadata.get("tags", []) for cell in notebook.cells]
        place = next(number for number, tag in enumerate(tags) if "parameters" in tag) + 1
        lines = "\n".join(f"{name} = {value!r}" for name, value in parameters.items())
        notebook.cells.insert(place, new_code_cell(lines, id="parameters-set"))
    NotebookClient(notebook, kernel_name="python3", timeout=1200, record_timing=False, allow_errors=True,
                   extra_arguments=["--IPKernelApp.log_level=40"],  # errors, not the notice about its local port
                   resources={"metadata": {"path": str(folder)}}).execute()
    notebook.metadata = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
                         "language_info": {"name": "python"}}
    return notebook


if __name__ == "__main__":
    raise SystemExit(main())
