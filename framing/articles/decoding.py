"""What is in a file: text in whatever encoding, archives, documents; what an importer is given, what it gives back.

An importer is a `Format`: a name, ``sniff(file)`` (is this my format, judged by content) and ``read(file)``, which
returns a `Reading` or raises `Unreadable` with a reason for the audit. `without_repeats` then leaves out what one
export holds twice.
"""

from __future__ import annotations

import codecs
import io
import re
import time
import zipfile
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import PurePosixPath
from typing import Any, NamedTuple

from framing.text.unicode import letters

# What a file really is, by its first bytes, for those that are no text.
SIGNATURES = [
    (b"%PDF", "a PDF"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"\x1f\x8b", "a gzip archive; unpack it"),
    (b"PK\x03\x04", "a zip archive"),
    (b"7z\xbc\xaf", "a 7-Zip archive; unpack it"),
    (b"Rar!", "a RAR archive; unpack it"),
    (b"\xd0\xcf\x11\xe0", "an old Word, Excel or Outlook file; save it as docx or rtf"),
    (b"SQLite format 3", "an SQLite database; export a CSV"),
    (b"\x7fELF", "a program"),
    (b"MZ", "a program"),
    (b"RIFF", "sound, video or an image"),
    (b"ID3", "sound"),
    (b"\x00\x00\x01\x00", "an icon"),
]
BOMS = [
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
]
# Western single-byte text: accented letters and typographic marks, and little else above ASCII.
_WESTERN = re.compile(rb"[\x85\x91-\x97\xa0\xa3\xa7\xa9\xab\xad\xb0\xb4\xb7\xbb\xbd\xc0-\xd6\xd8-\xf6\xf8-\xff]")
_HIGH = re.compile(rb"[\x80-\xff]")
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_MULTIBYTE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
SAMPLE = 100_000  # bytes looked at when guessing
_DECLARED = re.compile(rb"""<(?:meta[^>]{0,200}charset|\?xml[^>]{0,100}encoding)\s*=\s*["']?\s*([\w.:-]+)""", re.I)
LEGACY = """
    cp1252 latin_1 cp1250 cp1251 koi8_r cp1253 cp1254 cp1255 cp1256 mac_roman shift_jis euc_jp gb18030 big5 euc_kr
""".split()


class Unreadable(ValueError):
    """A file no article can be taken from; the message is the reason the audit gives."""


def decode(data: bytes) -> tuple[str, str]:
    """The text of `data` and the name of its encoding. Raises ``ValueError`` for what is no text.

    Byte order marks first, then UTF-8, UTF-16 without a mark, UTF-8 with a few broken bytes (those read
    as Windows-1252), what an HTML page declares, then Western and other legacy encodings
    (charset-normalizer). Single-byte guesses can be wrong on a few letters; the audit names them.
    """
    for mark, name in BOMS:
        if data.startswith(mark):
            return data.decode(name, errors="replace"), name
    for start, what in SIGNATURES:
        if data.startswith(start):
            raise ValueError(f"not text: the file is {what}")
    sample = data[:SAMPLE]
    nuls = sample.count(0)
    if nuls > len(sample) * 0.2:
        name = "utf-16-le" if sample[1::2].count(0) > nuls / 2 else "utf-16-be"
        text = data.decode(name, errors="replace")
        if text.count("\ufffd") + text.count("\x00") <= len(text) * 0.01:
            return text, name
    _refuse_binary(sample)
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        return _legacy(data, sample)


def _legacy(data: bytes, sample: bytes) -> tuple[str, str]:
    good, high = len(b"".join(_MULTIBYTE.findall(data))), len(_HIGH.findall(data))
    if good > high / 2:
        return data.decode("utf-8", errors="framing_cp1252"), "utf-8, some bytes cp1252"
    declared = _DECLARED.search(data[:4_000])
    if declared:
        try:
            return data.decode(declared[1].decode("ascii")), declared[1].decode("ascii").lower()
        except (LookupError, UnicodeDecodeError):
            pass
    n_western = len(_WESTERN.findall(sample))
    n_high = len(_HIGH.findall(sample))
    if n_western >= n_high * 0.9 and n_high < len(sample) * 0.15:
        plain = not re.search(rb"[\x80-\x9f]", data)
        name = "latin-1" if plain else "cp1252"
        return data.decode(name, errors="replace"), name
    from charset_normalizer import from_bytes

    best = from_bytes(sample, cp_isolation=LEGACY).best()
    if best is None:
        raise ValueError("not text in any encoding known here; save it again as UTF-8")
    return data.decode(best.encoding, errors="replace"), best.encoding.replace("_", "-")


def _refuse_binary(sample: bytes) -> None:
    n_control = len(_CONTROL.findall(sample))
    if n_control > max(8, len(sample) * 0.02):
        raise ValueError(
            f"not text: {n_control} of its first {len(sample)} bytes are control codes; it looks like a binary file"
        )


def _as_cp1252(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", errors="replace"), error.end


codecs.register_error("framing_cp1252", _as_cp1252)


# Zip archives: opened and unpacked within bounds; bombs are refused.

MOST_FILES = 20_000
LARGEST_MEMBER = 50_000_000  # bytes, unpacked
HIGHEST_RATIO = 200  # unpacked to packed size; text packs ten to one, bombs a thousand to one
SMALL = 5_000_000  # bytes unpacked, all together, below which no archive is called a bomb
_CHUNK = 1 << 20


def is_zip(data: bytes) -> bool:
    return data.startswith((b"PK\x03\x04", b"PK\x05\x06"))


def open_zip(data: bytes) -> zipfile.ZipFile:
    """The archive, its list of files read. Raises `Unreadable` where it is damaged or has too many files."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise Unreadable(f"a damaged archive ({str(error)[:80]})") from None
    if len(archive.infolist()) > MOST_FILES:
        raise Unreadable(f"refused: an archive of {len(archive.infolist()):,} files, more than {MOST_FILES:,}")
    return archive


def read_member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, largest: int = LARGEST_MEMBER) -> bytes:
    """The bytes of one file, unpacked no further than `largest`. Raises `Unreadable` with the reason."""
    if info.flag_bits & 1:
        raise Unreadable("protected by a password")
    if info.file_size > largest:
        raise Unreadable(f"refused: {info.file_size / 1e6:,.0f} MB unpacked, more than {largest / 1e6:,.0f} MB")
    if _is_bomb(info):
        raise Unreadable(
            f"refused: packed {info.file_size // max(info.compress_size, 1)} to one, as only a zip bomb is"
        )
    chunks, size = [], 0
    try:
        with archive.open(info) as stream:
            while chunk := stream.read(_CHUNK):
                size += len(chunk)
                if size > largest:  # what the archive says of its sizes need not be true
                    raise Unreadable(f"refused: more than {largest / 1e6:,.0f} MB unpacked")
                chunks.append(chunk)
    except (zipfile.BadZipFile, OSError, EOFError, ValueError, RuntimeError, NotImplementedError) as error:
        if isinstance(error, Unreadable):
            raise
        raise Unreadable(f"damaged in the archive ({str(error)[:80]})") from None
    except Exception as error:  # zlib.error and its like from other packers
        raise Unreadable(f"damaged in the archive ({str(error)[:80]})") from None
    return b"".join(chunks)


def refuse_bomb(archive: zipfile.ZipFile, packed: int, largest: int, *, whole: bool = False) -> None:
    """Raise `Unreadable` where the archive's own list of files shows that it was made to overwhelm a reader.

    Single files that unpack to too much are left to `read_member`, unless the archive is read as a `whole`.
    """
    infos = archive.infolist()
    total = sum(info.file_size for info in infos if whole or not _is_bomb(info))
    if total > SMALL and total > HIGHEST_RATIO * max(packed, 1):
        raise Unreadable(
            f"refused: {len(infos):,} files of {total / 1e6:,.0f} MB packed {total // max(packed, 1)} to "
            "one, as only a zip bomb is"
        )
    if sum(info.compress_size for info in infos) > packed:
        raise Unreadable("refused: its files overlap within the archive, as only a zip bomb's do")
    if total > largest:
        raise Unreadable(
            f"refused: the archive unpacks to more than {largest / 1e6:,.0f} MB; unpack it and give the folder"
        )


def _is_bomb(info: zipfile.ZipInfo) -> bool:
    return info.file_size > 1_000_000 and info.file_size > HIGHEST_RATIO * max(info.compress_size, 1)


# What word processors save: the paragraphs of a Word document and the lines of an RTF file.
#
# The parts of a Word document are read with python-docx, whose parser resolves no entities, after the archive has been
# checked: a document type declaration, too large a part or too high a compression is refused.

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_LEFT_OUT = {f"{_W}del", f"{_W}moveFrom", "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"}
_MARKS = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}
LARGEST_PART = 60_000_000  # bytes of one XML part, unpacked
LARGEST_RTF = 25_000_000  # characters without pictures
_PICTURE = re.compile(r"[0-9a-fA-F\r\n]{400,}")  # pictures are written out as hexadecimal digits
_OBJECT = re.compile(r"\\bin\d+")


def is_docx(data: bytes) -> bool:
    return packs(data, "word/document.xml")


def is_workbook(data: bytes) -> bool:
    return packs(data, "xl/workbook.xml")


def packs(data: bytes, name: str) -> bool:
    """Does a zip archive, broken ones included, hold a member of this name, as office files are told?"""
    if not data.startswith(b"PK"):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return name in archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return name.encode() in data[:200_000]


def word_paragraphs(data: bytes) -> list[tuple[str, str]]:
    """``(style in lower case, text)`` of each paragraph, tables and text boxes included, in order."""
    _refuse_dangerous(data)
    import docx
    from docx.opc.exceptions import PackageNotFoundError
    from lxml.etree import XMLSyntaxError

    try:
        document = docx.Document(io.BytesIO(data))
        names = {style.style_id: (style.name or "").lower() for style in document.styles}
        nodes = document.element.body.iter(f"{_W}p")
        found = [(names.get(_style_id(node), ""), _text(node)) for node in nodes if not _dropped(node)]
    except (
        PackageNotFoundError,
        zipfile.BadZipFile,
        XMLSyntaxError,
        KeyError,
        ValueError,
        AttributeError,
        OSError,
    ) as error:
        raise Unreadable(f"a damaged Word document ({type(error).__name__}: {str(error)[:80]})") from None
    return [(style, text) for style, text in found if text.strip()]


def _refuse_dangerous(data: bytes) -> None:
    with open_zip(data) as archive:
        for info in archive.infolist():
            if not info.filename.lower().endswith((".xml", ".rels")):
                continue
            part = read_member(archive, info, LARGEST_PART)
            if b"<!DOCTYPE" in part or b"<!ENTITY" in part or "<!DOCTYPE".encode("utf-16-le") in part:
                raise Unreadable("refused: the Word document declares entities, which no word processor writes")


def _style_id(paragraph: Any) -> str:
    style = paragraph.find(f"{_W}pPr/{_W}pStyle")
    return "" if style is None else style.get(f"{_W}val", "")


def _dropped(node: Any) -> bool:
    return any(parent.tag in _LEFT_OUT for parent in node.iterancestors())


def _text(paragraph: Any) -> str:
    """Text of the paragraph's own runs, without deleted text; a text box inside is a paragraph of its own."""
    parts = []
    stack = list(reversed(list(paragraph)))
    while stack:
        node = stack.pop()
        if node.tag in _LEFT_OUT or node.tag == f"{_W}p":
            continue
        if node.tag == f"{_W}t":
            parts.append(node.text or "")
        elif node.tag in _MARKS:
            parts.append(_MARKS[node.tag])
        else:
            stack.extend(reversed(list(node)))
    return "".join(parts).replace("\n\n", "\n").strip("\n")


def rtf_text(data: bytes) -> str:
    """The text of an RTF file, one line per paragraph. Raises `Unreadable` where it cannot be taken apart."""
    from striprtf.striprtf import rtf_to_text

    source = _PICTURE.sub("", data.lstrip().decode("latin-1"))
    if _OBJECT.search(source):
        source = re.sub(r"\\bin\d+[^{}]*", "", source)
    if len(source) > LARGEST_RTF:
        raise Unreadable(
            f"{len(source) / 1e6:,.0f} MB of rich text, more than the {LARGEST_RTF / 1e6:,.0f} MB read at "
            "once; split the file"
        )
    try:
        text: str = rtf_to_text(source, encoding="cp1252", errors="replace")  # type: ignore[no-untyped-call]
    except (IndexError, ValueError, KeyError, LookupError, RecursionError, TypeError) as error:
        raise Unreadable(f"damaged rich text ({type(error).__name__}: {str(error)[:80]})") from None
    return text.replace("\r\n", "\n").replace("\r", "\n")


# PDF files of text, by pypdf: lines joined to paragraphs, what repeats on every page left out.
#
# A PDF says where letters stand, not what a paragraph is: lines are joined up to one that ends a sentence before the
# right margin. Scanned pages hold pictures and no text, and are refused with a line.

MOST_PAGES = 400
PDF_SECONDS = 60  # for one file
FEWEST_LETTERS = 40  # of a page with text on it, on average
REPEATED = 0.5  # share of the pages on which a line at the edge stands that is no part of the text
SHORT_LINE = 0.8  # of the usual width of a line: one that ends earlier ends its paragraph


def pdf_text(data: bytes) -> str:
    """The text of a PDF, a blank line between paragraphs. Raises `Unreadable` where none can be taken out of it."""
    pages = pages_of(data)
    kept = _without_edges(pages)
    if sum(sum(map(str.isalpha, line)) for lines in kept for line in lines) < FEWEST_LETTERS * max(len(pages), 1) * 0.5:
        raise Unreadable("the PDF holds pictures of pages and no text; read it with text recognition and save the text")
    return "\n\n".join(_joined_lines([line for lines in kept for line in [*lines, _PAGE]]))


_PAGE = "\f"
_PAGE_NUMBER = re.compile(r"\s*(?:page\s*)?\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?\s*$", re.I)


def pages_of(data: bytes) -> list[list[str]]:
    """The lines of each page as they stand in the file."""
    import logging

    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what is wrong with a file is said in the audit
    began = time.monotonic()
    try:
        reader = PdfReader(io.BytesIO(data), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            raise Unreadable("protected by a password")
        if len(reader.pages) > MOST_PAGES:
            raise Unreadable(f"a PDF of {len(reader.pages):,} pages, more than the {MOST_PAGES} read at once; split it")
        pages = []
        for page in reader.pages:
            if time.monotonic() - began > PDF_SECONDS:
                raise Unreadable(f"the PDF took longer than {PDF_SECONDS} seconds to read; save it as text")
            pages.append([" ".join(line.split()) for line in (page.extract_text() or "").split("\n")])
        return pages
    except Unreadable:
        raise
    except (
        PyPdfError,
        ValueError,
        KeyError,
        TypeError,
        AttributeError,
        IndexError,
        OSError,
        RecursionError,
        NotImplementedError,
        AssertionError,
        ArithmeticError,
        LookupError,
        ImportError,
        MemoryError,
    ) as error:
        raise Unreadable(f"a damaged PDF ({type(error).__name__}: {str(error)[:80]})") from None


def _without_edges(pages: list[list[str]]) -> list[list[str]]:
    """The pages without the lines at top and foot that most of them have, but for numbers: titles and page counts."""

    def plain(line: str) -> str:
        return re.sub(r"\d+", "#", line.strip().lower())

    filled = [[line for line in lines if line.strip()] for lines in pages]
    edges = Counter(mark for lines in filled for mark in {plain(line) for line in [*lines[:2], *lines[-2:]]})
    often = {mark for mark, count in edges.items() if len(pages) > 2 and count >= max(3, REPEATED * len(pages))}
    kept = []
    for lines in pages:
        there = [number for number, line in enumerate(lines) if line.strip()]
        at_edge = {*there[:2], *there[-2:]}
        kept.append(
            [
                line
                for number, line in enumerate(lines)
                if not (number in at_edge and (plain(line) in often or _PAGE_NUMBER.match(line)))
            ]
        )
    return kept


def _joined_lines(lines: list[str]) -> list[str]:
    long = sorted(len(line) for line in lines if len(line) > 20)
    width = long[int(0.8 * len(long))] if long else 80
    paragraphs: list[str] = []
    open_ = False
    for line in lines:
        if line == _PAGE:
            continue  # a paragraph may go on over the page
        if not line.strip():
            open_ = False
            continue
        if open_ and paragraphs:
            last = paragraphs[-1]
            hyphened = re.search(r"[a-z]-$", last) and line[:1].islower()
            paragraphs[-1] = last[:-1] + line if hyphened else f"{last} {line}"
        else:
            paragraphs.append(line)
        open_ = len(line) >= SHORT_LINE * width
    return paragraphs


__all__ = ["AGREED", "MAIN", "File", "Format", "Found", "Reading", "Unreadable", "without_repeats"]
MAIN = "main"
LEAST_LETTERS = 60  # of a text that two records are compared by
AGREED = "agreed"  # MAIN of a web page, by all who looked for it


@dataclass(frozen=True)
class Found:
    """One article as found in a file, nothing repaired yet.

    `blocks` are ``(zone, text)`` paragraphs of the page in order, which become the article's text: a zone
    where the structure tells it, ``MAIN`` where it only tells that the paragraph belongs to the article (its finer zone
    is found by rule; ``AGREED`` where all readings of a web page tell it), None where it tells nothing. Without blocks,
    `text` is the page and `headline`, `standfirst` and `byline` are looked for in it, and put before it where it lacks
    them.
    """

    text: str = ""
    headline: str | None = None
    standfirst: str | None = None
    byline: str | None = None
    date: str | None = None
    outlet: str | None = None
    site: str | None = None  # what a web page calls its site: the outlet where no folder or manifest names it
    event: str | None = None
    url: str | None = None
    language: str | None = None
    article_id: str | None = None
    known_zones: str | None = None
    blocks: tuple[tuple[str | None, str], ...] = ()
    where: str = ""  # "row 12", "document 3": for the audit
    problem: str = ""  # what was odd, though the article was read
    path: str | None = None  # of a table read before: the file it was made from
    finished: bool = False  # from a table that read_articles made: its text is final
    certain: bool = True  # MAIN stretches are the article's beyond doubt, as in a database's export
    cut: bool = False  # its end is missing; `problem` says how that shows
    markup: bool = False  # `text` is written in HTML, whose tags are no words


@dataclass
class Reading:
    """All that one file gave: articles, what it declares to hold, and what could not be parsed."""

    articles: list[Found] = field(default_factory=list)
    declared: int | None = None
    skipped: list[tuple[str, str]] = field(default_factory=list)  # (where in the file, why)
    listed: list[Found] = field(default_factory=list)  # described here, their text in another file
    note: str = ""
    repeated: list[tuple[str, str]] = field(default_factory=list)  # (where, of which article it is a copy): left out


class Format(NamedTuple):
    """A kind of file: its name in the audit, how it is known, and how it is read."""

    name: str
    sniff: Callable[[File], bool]
    read: Callable[[File], Reading]


@dataclass(frozen=True)
class File:
    """The bytes of one file and its name, relative to what was given to `read_articles`."""

    name: str
    data: bytes = field(repr=False)

    @property
    def suffix(self) -> str:
        return PurePosixPath(self.name).suffix.lower()

    @property
    def stem(self) -> str:
        return PurePosixPath(self.name).stem

    @cached_property
    def decoded(self) -> tuple[str, str]:
        """The text and the name of the encoding. Raises `Unreadable` for bytes that are no text."""
        try:
            return decode(self.data)
        except ValueError as error:
            raise Unreadable(str(error)) from None

    @property
    def text(self) -> str:
        return self.decoded[0]

    @cached_property
    def lines(self) -> list[str]:
        """Its paragraphs or lines of text, out of a docx, an RTF, a PDF or a plain text file."""
        if self.data.startswith(b"%PDF"):
            return pdf_text(self.data).split("\n")
        if self.data.startswith(b"PK"):
            return [line for _, text in word_paragraphs(self.data) for line in text.split("\n")]
        if self.data.startswith(b"{\\rtf"):
            return rtf_text(self.data).split("\n")
        return self.text.splitlines()

    @cached_property
    def lines_or_none(self) -> list[str]:
        """`lines`, or none for a file that is something else; for recognising a layout."""
        try:
            return self.lines
        except Unreadable:
            return []

    @cached_property
    def opening(self) -> str:
        """The first few thousand characters, or "" where the bytes are no text."""
        try:
            return self.text[:8_000]
        except Unreadable:
            return ""


# What one export holds twice: a document under the same number, or the same text under the same head.


def without_repeats(reading: Reading) -> Reading:
    """`reading` with every article once, the first; the copies are listed in ``repeated`` for the audit.

    Two records are one article where outlet, day, headline and text agree in letters and digits. A headline without a
    text repeats nothing, and neither do texts of a few words, which may be the same by chance.
    """
    if len(reading.articles) < 2 or any(found.finished for found in reading.articles):
        return reading
    first: dict[tuple[str, ...], str] = {}
    kept, copies = [], []
    for number, found in enumerate(reading.articles, 1):
        where = found.where or f"article {number}"
        key = _key(found)
        if key is None or key not in first:
            kept.append(found)
            if key is not None:
                first[key] = where
        else:
            copies.append((where, f"the same article as {first[key]}, and counted once"))
    if not copies:
        return reading
    declared = reading.declared
    return replace(
        reading,
        articles=kept,
        repeated=[*reading.repeated, *copies],
        declared=declared - len(copies) if declared is not None else None,
    )


def _key(found: Found) -> tuple[str, ...] | None:
    main = [text for zone, text in found.blocks if zone in (MAIN, AGREED, "lead", "body", None)]
    text = letters(" ".join(main) if found.blocks else found.text)
    if len(text) < LEAST_LETTERS:
        return None
    return (letters(found.outlet or found.site or ""), found.date or "", letters(found.headline or ""), text)
