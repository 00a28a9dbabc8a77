"""Rich text: the page without its formatting, by striprtf."""

from __future__ import annotations

import re

from framing.articles.opened_file import File, Found, Reading, Unreadable

NAME = "rtf"
LARGEST = 25_000_000  # characters without pictures
_PICTURE = re.compile(r"[0-9a-fA-F\r\n]{400,}")  # pictures are written out as hexadecimal digits
_OBJECT = re.compile(r"\\bin\d+")


def sniff(file: File) -> bool:
    return file.data[:64].lstrip().startswith(b"{\\rtf")


def read(file: File) -> Reading:
    text = rtf_text(file.data)
    if not text.strip():
        raise Unreadable("the document holds no text")
    cut = file.data.count(b"{") - file.data.count(b"\\{") > file.data.count(b"}") - file.data.count(b"\\}")
    problem = "cut off: the file ends before its groups are closed" if cut else ""
    return Reading([Found(text=text, problem=problem, cut=cut)])


def rtf_text(data: bytes) -> str:
    """The text of an RTF file, one line per paragraph. Raises `Unreadable` where it cannot be taken apart."""
    from striprtf.striprtf import rtf_to_text

    source = _PICTURE.sub("", data.lstrip().decode("latin-1"))
    if _OBJECT.search(source):
        source = re.sub(r"\\bin\d+[^{}]*", "", source)
    if len(source) > LARGEST:
        raise Unreadable(f"{len(source) / 1e6:,.0f} MB of rich text, more than the {LARGEST / 1e6:,.0f} MB read at "
                         "once; split the file")
    try:
        text = rtf_to_text(source, encoding="cp1252", errors="replace")
    except (IndexError, ValueError, KeyError, LookupError, RecursionError, TypeError) as error:
        raise Unreadable(f"damaged rich text ({type(error).__name__}: {str(error)[:80]})") from None
    return text.replace("\r\n", "\n").replace("\r", "\n")
