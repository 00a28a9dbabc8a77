"""Bytes to text: which encoding, and whether it is text at all."""

from __future__ import annotations

import codecs
import re

# What a file really is, by its first bytes, for those that are no text.
SIGNATURES = [
    (b"%PDF", "a PDF"), (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"), (b"GIF8", "a GIF image"), (b"\x1f\x8b", "a gzip archive; unpack it"),
    (b"PK\x03\x04", "a zip archive"), (b"7z\xbc\xaf", "a 7-Zip archive; unpack it"),
    (b"Rar!", "a RAR archive; unpack it"),
    (b"\xd0\xcf\x11\xe0", "an old Word, Excel or Outlook file; save it as docx or rtf"),
    (b"SQLite format 3", "an SQLite database; export a CSV"), (b"\x7fELF", "a program"), (b"MZ", "a program"),
    (b"RIFF", "sound, video or an image"), (b"ID3", "sound"), (b"\x00\x00\x01\x00", "an icon"),
]
BOMS = [(codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"), (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16")]
# Western single-byte text: accented letters and typographic marks, and little else above ASCII.
_WESTERN = re.compile(
    rb"[\x85\x91-\x97\xa0\xa3\xa7\xa9\xab\xad\xb0\xb4\xb7\xbb\xbd\xc0-\xd6\xd8-\xf6\xf8-\xff]")
_HIGH = re.compile(rb"[\x80-\xff]")
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_MULTIBYTE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
SAMPLE = 100_000  # bytes looked at when guessing
_DECLARED = re.compile(
    rb"""<(?:meta[^>]{0,200}charset|\?xml[^>]{0,100}encoding)\s*=\s*["']?\s*([\w.:-]+)""", re.I)
LEGACY = ["cp1252", "latin_1", "cp1250", "cp1251", "koi8_r", "cp1253", "cp1254", "cp1255", "cp1256",
          "mac_roman", "shift_jis", "euc_jp", "gb18030", "big5", "euc_kr"]


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
        raise ValueError(f"not text: {n_control} of its first {len(sample)} bytes are control codes; "
                         "it looks like a binary file")


def _as_cp1252(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start:error.end].decode("cp1252", errors="replace"), error.end


codecs.register_error("framing_cp1252", _as_cp1252)
