"""The pages that are made: the glossary of columns and the API reference from the code, and one of each notebook.

python docs/generate.py            writes them into docs/, as building the documentation does
"""

from __future__ import annotations

import ast
import inspect
import json
import re
import tomllib
from functools import partial
from operator import attrgetter
from pathlib import Path
from typing import Any

import framing
from framing.tables import COLUMNS

HERE = Path(__file__).resolve().parent
ROOMS = {
    "articles": "Reading articles",
    "zones": "Where the article is on the page",
    "entities": "Who is meant",
    "quotes": "Who said what",
    "words": "Which word was chosen",
    "sentiment": "Tone",
    "salience": "What leads, what is told",
    "stats": "Comparing outlets",
    "evaluate": "How right is it",
    "plots": "Figures",
    "reports": "Everything at once",
    "studies": "A study of one's own",
}
SECTIONS = re.compile(r"^(Parameters|Returns|Notes|References|Raises|Examples)\n-+$", re.M)


def glossary() -> str:
    """The glossary of columns as Markdown: each table, then each column with its meaning and unit."""
    meanings = tomllib.loads((HERE / "columns.toml").read_text(encoding="utf-8"))
    named = list(dict.fromkeys(name for columns in COLUMNS.values() for name in columns))
    missing, unused = [name for name in named if name not in meanings], sorted(set(meanings) - set(named))
    if missing or unused:
        raise ValueError(f"docs/columns.toml lacks {missing} and explains {unused}, which no table has.")
    lines = [
        "# Glossary of columns",
        "",
        "Every table is a pandas table; a column of one name means one thing. Missing is `NA`.",
        "",
        "## Tables",
        "",
    ]
    lines += [f"- **{table}**: {', '.join(f'`{name}`' for name in columns)}" for table, columns in COLUMNS.items()]
    lines += ["", "## Columns", "", "| column | meaning | unit | in |", "| --- | --- | --- | --- |"]
    for name in sorted(named):
        tables = ", ".join(table for table, columns in COLUMNS.items() if name in columns)
        where = "most tables" if tables.count(",") > 6 else tables
        lines.append(f"| `{name}` | {meanings[name]['meaning']} | {meanings[name].get('unit', '')} | {where} |")
    return "\n".join(lines) + "\n"


def public() -> dict[str, list[str]]:
    """The names that `framing` offers, by room: those of `framing` itself as they are, the others with their room."""
    found: dict[str, list[str]] = {room: [] for room in ROOMS}
    for stub in sorted((HERE.parent / "framing").rglob("__init__.pyi")):
        for node in ast.parse(stub.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ImportFrom) and node.module:
                of_room = stub.parent.name if stub.parent.name in ROOMS else ""
                names = [f"{of_room}.{alias.asname}" if of_room else str(alias.asname) for alias in node.names]
                found[of_room or node.module.split(".")[0]] += names
    checks = inspect.getmembers(framing.evaluate, inspect.isfunction)
    found["evaluate"] += [
        f"evaluate.{name}" for name, function in checks if function.__module__ == "framing.evaluate" and name[0] != "_"
    ]
    found["plots"] += [f"plots.{name}" for name in framing.plots.__all__ if callable(getattr(framing.plots, name))]
    return {room: list(dict.fromkeys(names)) for room, names in found.items()}


def examples() -> dict[str, str]:
    """The example of each function, from examples.md."""
    pieces = re.split(r"^## `(\w+)`\n", (HERE / "examples.md").read_text(encoding="utf-8"), flags=re.M)
    return dict(zip(pieces[1::2], (piece.strip() for piece in pieces[2::2]), strict=True))


def api() -> str:
    """The API reference as Markdown: signature, docstring and example of every public name."""
    shown, lines = (
        examples(),
        [
            "# API reference",
            "",
            "Everything that `import framing` offers, by the question it answers. The examples are run by the tests.",
            "",
        ],
    )
    for room, names in public().items():
        lines += [f"## {ROOMS[room]}", ""]
        for name in sorted(names):
            thing = attrgetter(name)(framing)
            signature = "" if inspect.isclass(thing) or inspect.ismodule(thing) else _signature(thing)
            lines += [
                f"### `{name}`",
                "",
                "```python",
                f"framing.{name}{_wrapped(signature)}",
                "```",
                "",
                markdown(inspect.getdoc(thing) or ""),
                "",
            ]
            if name.rpartition(".")[2] in shown:
                lines += ["**Example**", "", shown[name.rpartition(".")[2]], ""]
    return "\n".join(lines).rstrip() + "\n"


class _Written(str):
    """A type as it is written in the code."""

    def __repr__(self) -> str:
        return str(self)


def _signature(function: Any) -> str:
    signature = inspect.signature(function)
    parameters = [one.replace(annotation=_Written(one.annotation)) for one in signature.parameters.values()]
    return str(signature.replace(parameters=parameters, return_annotation=_Written(signature.return_annotation)))


def _wrapped(signature: str) -> str:
    if len(signature) < 90:
        return signature
    inside, _, returned = signature[1:].rpartition(") -> ")
    parts = re.split(r", (?=[\w*]+(?::|,|=|$))", inside)
    return "(\n    " + ",\n    ".join(parts) + f",\n) -> {returned}"


def markdown(docstring: str) -> str:
    """A docstring of the house in Markdown: sections as bold words, code as code, parameters as a list."""
    docstring = re.sub(r"``(.+?)``", lambda hit: f"`{' '.join(hit.group(1).split())}`", docstring, flags=re.S)
    parts = SECTIONS.split(docstring)
    written = [_prose(parts[0])]
    for title, body in zip(parts[1::2], parts[2::2], strict=True):
        written.append(f"**{title}**\n\n" + (_parameters(body) if title == "Parameters" else _prose(body)))
    return "\n\n".join(written)


def _prose(text: str) -> str:
    text = re.sub(
        r"::\n\n((?:    .*\n?|\n)+)", lambda hit: ":\n\n```\n" + inspect.cleandoc(hit.group(1)) + "\n```\n", text
    )
    pieces = re.split(r"(```.*?```)", text.strip(), flags=re.S)
    return "".join(piece if piece.startswith("```") else _inline(piece) for piece in pieces)


def _inline(text: str) -> str:
    pieces = re.split(r"(`[^`]*`)", text)
    return "".join(piece if piece.startswith("`") else re.sub(r"([<*_\[])", r"\\\1", piece) for piece in pieces)


def _parameters(text: str) -> str:
    lines = []
    for line in text.strip("\n").splitlines():
        hit = re.match(r"([\w, *]+?) : (.*)", line)
        lines.append(f"- `{hit.group(1)}`: {_inline(hit.group(2))}" if hit else f"  {_inline(line.strip())}")
    return "\n".join(lines).strip()


def notebook(path: Path) -> str:
    """A notebook with its saved outputs as Markdown: figures and tables are the HTML that a reader of Jupyter sees."""
    parts = []
    for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
        source = "".join(cell["source"])
        parts.append(source if cell["cell_type"] == "markdown" else f"```python\n{source}\n```")
        for output in cell.get("outputs", []):
            data = output.get("data", {"text/plain": output.get("text", "")})
            kind = "text/html" if "text/html" in data else "text/plain"
            shown = "".join(data[kind]).strip("\n")
            fence = "`" * max(4, 1 + max(map(len, re.findall("`+", shown)), default=0))
            parts.append(f"{fence}{'{raw} html' if kind == 'text/html' else 'text'}\n{shown}\n{fence}" if shown else "")
    return "\n\n".join(filter(None, parts)) + "\n"


PAGES = {
    "glossary.md": glossary,
    "api.md": api,
    **{
        f"notebooks/{path.stem}.md": partial(notebook, path)
        for path in sorted((HERE.parent / "notebooks").glob("[0-9][0-9]_*.ipynb"))
    },
}


def write() -> None:
    """Write the pages whose text has changed."""
    (HERE / "notebooks").mkdir(exist_ok=True)
    for name, make in PAGES.items():
        place, text = HERE / name, make()
        if not place.exists() or place.read_text(encoding="utf-8") != text:
            place.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    write()
