"""One importer per format, each chosen by what is in the file and not by its suffix alone.

The order matters: layouts of databases come before the general formats they are written in. To add a
format, write a module with ``NAME``, ``sniff(file)`` and ``read(file)`` (see `base`) and list it here.
"""

from __future__ import annotations

from importlib import import_module
from types import ModuleType

from framing.articles.opened_file import File, Found, Reading, Unreadable

FORMATS = ["mediacloud", "table", "nexis_txt", "nexis", "factiva", "europresse",
           "proquest", "docx", "rtf", "pdf", "mail", "mhtml", "xml", "container",
           "html", "markdown", "text"]

__all__ = ["FORMATS", "File", "Found", "Reading", "Unreadable", "choose", "importer"]


def importer(name: str) -> ModuleType:
    """The importer called `name`. Raises ``ValueError`` with the names there are."""
    if name not in FORMATS:
        raise ValueError(f"No format is called {name!r}; there are {', '.join(FORMATS)}.")
    return import_module(f"framing.articles.formats.{name}")


def choose(file: File) -> ModuleType:
    """The first importer that knows the file by its content. Raises `Unreadable` where none does."""
    if not file.data:
        raise Unreadable("the file is empty")
    for name in FORMATS:
        module = importer(name)
        if module.sniff(file):
            return module
    _ = file.text  # raises with what the bytes look like
    raise Unreadable(f"unknown layout; supported are {', '.join(FORMATS)}")
