"""Write the student's and the teacher's notebook from one source, and run both.

    python notebooks/workshop/make.py

In ``source.ipynb`` a cell tagged "solution" stands in the teacher's notebook only, one tagged "blank" in the
student's only, and all others in both.
"""

from __future__ import annotations

import copy
import sys
from pathlib import Path

import nbformat

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from run import errors, execute  # noqa: E402

LEFT_OUT = {"student": "solution", "teacher": "blank"}


def version(source: nbformat.NotebookNode, reader: str) -> nbformat.NotebookNode:
    """The notebook of `reader` ("student" or "teacher"), without outputs."""
    notebook = copy.deepcopy(source)
    notebook.cells = [cell for cell in notebook.cells if LEFT_OUT[reader] not in cell.metadata.get("tags", [])]
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    return notebook


def main() -> int:
    source = nbformat.read(HERE / "source.ipynb", as_version=4)
    failed = 0
    for reader in LEFT_OUT:
        path = HERE / f"{reader}.ipynb"
        nbformat.write(version(source, reader), path)
        made = execute(path, {}, folder=HERE)
        for fault in errors(made):
            failed += 1
            print(f"{path.name}: {fault}", file=sys.stderr)
        nbformat.write(made, path)
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main())
