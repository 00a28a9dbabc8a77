"""The formats, each known by what is in the file and not by its suffix alone.

The order matters: layouts of databases come before the general formats they are written in. To add a format, write
``sniff(file)`` and ``read(file)`` (see `articles.decoding`), put them into the module's ``FORMATS``, and name it here.
"""

from __future__ import annotations

from importlib import import_module

from framing.articles.decoding import File, Format, Found, Reading, Unreadable

FORMATS = {  # in the order in which a file is shown to them: name of the format, module that reads it
    "mediacloud": "table",
    "table": "table",
    "nexis_txt": "nexis",
    "nexis": "nexis",
    "factiva": "factiva",
    "europresse": "databases",
    "proquest": "databases",
    "docx": "documents",
    "rtf": "documents",
    "pdf": "documents",
    "mail": "container",
    "mhtml": "container",
    "xml": "xml",
    "container": "container",
    "html": "html",
    "markdown": "documents",
    "text": "documents",
}

__all__ = ["FORMATS", "File", "Found", "Reading", "Unreadable", "choose", "importer"]


def importer(name: str) -> Format:
    """The format called `name`. Raises ``ValueError`` with the names there are."""
    if name not in FORMATS:
        raise ValueError(f"No format is called {name!r}; there are {', '.join(FORMATS)}.")
    known: list[Format] = import_module(f"framing.articles.formats.{FORMATS[name]}").FORMATS
    return next(one for one in known if one.name == name)


def choose(file: File) -> Format:
    """The first format that knows the file by its content. Raises `Unreadable` where none does."""
    if not file.data:
        raise Unreadable("the file is empty")
    for name in FORMATS:
        known = importer(name)
        if known.sniff(file):
            return known
    _ = file.text  # raises with what the bytes look like
    raise Unreadable(f"unknown layout; supported are {', '.join(FORMATS)}")
