"""The work of a step grows with the length of the text, whatever the text: counted in lines that run, not in seconds."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

import numpy as np
import pandas as pd
import pytest

import framing
from framing import cache
from framing.language import _start_sentences, make_doc, model, parse
from framing.quotes import pieces, tagger
from framing.quotes.finding import find_quotes
from framing.quotes.speech import _in_order
from framing.reports.reading import Places, readings
from framing.salience import wire_copy
from framing.words.frequency import tokens
from framing.words.rivals import find_rivals

PACKAGE = str(Path(framing.__file__).parent)
FEW, MANY = 40, 160  # sentences
NOTICED = 5_000  # lines from which the growth of a function is looked at
MOST = 6  # times the lines, for four times the text: somewhat more than four, as looking up takes a little longer

TEXTS = {
    "speaker behind": "“It fell,” said Ann Berg. ",
    "pronoun behind": "Ann Berg came. “It fell,” she said. ",
    "speaker and colon": "It was late. Ann Berg: “It fell and broke.” ",
    "said to be said": "The mill is shut, Ann Berg says, according to Tom Rook. Ann Berg said that Tom Rook had told her it "
    "was “unsafe at any speed”. ",
    "paragraphs and bylines": "The Harbour Board, led by Ann Berg, met UNESCO in Dover.\n\nBy Tom Rook\n\n“It fell,” the agency "
    "said. Tom Rook, 47, of Mill Lane, Deal, who lost his boat, said it would rise.\n\n",
}


def lines_run(step: Callable[[], Any]) -> Counter[CodeType]:
    """How many lines of each function of the package run while `step` does."""
    count: Counter[CodeType] = Counter()

    def line(frame: FrameType, event: str, _: Any) -> Any:
        count[frame.f_code] += event == "line"
        return line

    before = sys.gettrace()
    sys.settrace(lambda frame, *_: line if frame.f_code.co_filename.startswith(PACKAGE) else None)
    try:
        step()
    finally:
        sys.settrace(before)
    return count


def grown(step: Callable[[int], Callable[[], Any]]) -> list[str]:
    """The functions whose lines grow faster than the text."""
    few, many = lines_run(step(FEW)), lines_run(step(MANY))
    assert sum(many.values()) > NOTICED
    return [
        f"{code.co_name} ({Path(code.co_filename).name}:{code.co_firstlineno}): {few[code]} to {n}"
        for code, n in many.items()
        if n >= NOTICED and n > MOST * MANY / FEW / 4 * few[code]
    ]


@pytest.fixture
def told(article, monkeypatch):
    """An article of so many sentences, parsed, with nothing measured of it before."""
    monkeypatch.setenv("FRAMING_CACHE", "off")

    def make(sentence: str, n: int) -> pd.DataFrame:
        for recent in list(cache._in_memory.values()):
            recent.clear()
        articles = article("The bridge is shut.\n\n" + sentence * n)
        assert len(list(parse(articles))) == 1
        return articles

    make("The bridge stays shut. ", 1)
    return make


@pytest.mark.parametrize("sentence", TEXTS.values(), ids=TEXTS)
def test_quotations_are_found_and_counted_in_a_time_that_grows_with_the_text(told, sentence):
    def counted(n: int) -> Callable[[], Any]:
        articles = told(sentence, n)
        both = pd.concat([articles, articles.assign(article_id="a2", outlet="Herald")], ignore_index=True)

        def step() -> None:
            find_quotes(articles)
            tokens(articles)
            find_rivals(both, n_permutations=0)

        return step

    assert grown(counted) == []


@pytest.mark.parametrize("sentence", TEXTS.values(), ids=TEXTS)
def test_an_article_is_shown_in_a_time_that_grows_with_its_length(told, sentence):
    def shown(n: int) -> Callable[[], Any]:
        articles = told(sentence, n)
        tables = {
            "articles": articles,
            "passages": framing.find_passages(articles),
            "tokens": tokens(articles),
            "quotes": find_quotes(articles),
        }
        return lambda: readings(tables, Places(tables))

    assert grown(shown) == []


def test_what_outlets_share_is_looked_for_in_each_paragraph_once(article, monkeypatch):
    """A text of many paragraphs is written in one house style a paragraph at a time, and not as often as it has some."""
    written: list[int] = []
    usual = wire_copy.fold
    monkeypatch.setattr(wire_copy, "fold", lambda text: written.append(len(text)) or usual(text))
    articles = article("The bridge is shut.\n\n" + "The harbour stays open, said Ann Berg on Monday.\n\n" * MANY)
    both = pd.concat([articles, articles.assign(article_id="a2", outlet="Herald")], ignore_index=True)
    (share, _) = framing.find_wire_copy(both)["share"]
    assert share > 0.9 and 0 < sum(written) <= both["text"].str.len().sum()


class Read(str):
    """A text that counts how many of its characters were taken out of it."""

    taken = 0

    def __getitem__(self, place: Any) -> str:
        found = str.__getitem__(self, place)
        self.taken += len(found)
        return found


def test_who_stands_beside_a_quotation_is_told_by_what_is_near_it(told):
    """However long the paragraph before it."""
    taken = []
    for n in (FEW, MANY):
        articles = told(TEXTS["speaker behind"], n)
        ((row, doc),) = parse(articles)
        text, last = Read(row.text), row.text.rindex("“")
        cue, source = pieces.speaker_beside(doc, text, (last, last + 10))
        assert (row.text[slice(*cue)], row.text[slice(*source)]) == ("said", "Ann Berg")
        taken.append(text.taken)
    assert taken[0] == taken[1] < 100


class Compared(np.ndarray):
    """An array that counts how many of its places were compared with something."""

    n = 0

    def __array_ufunc__(self, ufunc: Any, method: str, *inputs: Any, **options: Any) -> Any:
        Compared.n += self.size * (ufunc is np.equal)
        return getattr(ufunc, method)(*[np.asarray(one) for one in inputs], **options)


def test_the_words_between_marks_are_looked_up_once_for_all_marks(told):
    articles = told(TEXTS["speaker behind"], MANY)
    ((row, doc),) = parse(articles)
    features = tagger.read(doc, [(0, len(row.text))], text=row.text)
    labels, _ = tagger.label(features)
    completed = pieces.complete(labels, features, row.text)
    Compared.n = 0
    object.__setattr__(features, "inside", features.inside.view(Compared))
    assert (pieces.complete(labels, features, row.text) == completed).all()
    assert Compared.n <= 10 * len(labels)


class Word(str):
    """A word that counts how often it was compared with another."""

    n = 0
    __hash__ = str.__hash__

    def __eq__(self, other: object) -> bool:
        Word.n += 1
        return str.__eq__(self, other)


def test_words_in_one_order_are_counted_without_comparing_each_with_each():
    one = [Word(f"w{number % 50}") for number in range(300)]
    other = [Word(f"w{number % 50}") for number in range(300) if number % 7]
    Word.n = 0
    assert _in_order(one, other) == len(other)
    assert Word.n <= 2 * (len(one) + len(other))
    assert _in_order(["a", "b", "c", "d"], ["b", "d", "a", "c"]) == 2
    assert _in_order(["a", "a", "b"], ["b", "a", "a"]) == 2
    assert _in_order([], ["a"]) == _in_order(["a"], []) == 0


class Unset:
    """A parsed text whose words cannot be told one by one where a sentence begins, as spaCy looks through all of it."""

    def __init__(self, doc: Any) -> None:
        self.doc = doc

    def __getattr__(self, name: str) -> Any:
        return getattr(self.doc, name)

    def __len__(self) -> int:
        return len(self.doc)

    def __getitem__(self, place: int) -> Any:
        return Fixed(self.doc[place])


class Fixed:
    """A word of such a text."""

    def __init__(self, token: Any) -> None:
        object.__setattr__(self, "token", token)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.token, name)

    def __setattr__(self, name: str, value: Any) -> None:
        raise AssertionError(f"{name} of one word was set")


def test_where_sentences_begin_is_put_down_for_all_words_at_once():
    text = "The mill is shut, Rep. Ann Berg said. It opens. • One • two\nThree"
    doc = make_doc(model(), text)
    _start_sentences(Unset(doc), [0, text.index("Three")])
    told = {token.text: token.is_sent_start for token in doc}
    assert told["The"] is told["Three"] is True
    assert told["Ann"] is told["said"] is told["opens"] is False
    assert told["It"] is told["•"] is None
