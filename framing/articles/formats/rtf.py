"""Rich text: the page without its formatting, by striprtf."""

from __future__ import annotations

from framing.articles.decoding import rtf_text
from framing.articles.opened_file import File, Found, Reading, Unreadable

NAME = "rtf"


def sniff(file: File) -> bool:
    return file.data[:64].lstrip().startswith(b"{\\rtf")


def read(file: File) -> Reading:
    text = rtf_text(file.data)
    if not text.strip():
        raise Unreadable("the document holds no text")
    cut = file.data.count(b"{") - file.data.count(b"\\{") > file.data.count(b"}") - file.data.count(b"\\}")
    problem = "cut off: the file ends before its groups are closed" if cut else ""
    return Reading([Found(text=text, problem=problem, cut=cut)])
