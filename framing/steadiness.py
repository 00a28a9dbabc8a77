"""One odd article never stops a corpus: what fails or takes too long on an article leaves it out and goes on.

`language.parse`, through which every step gets its articles one by one, says here which article it hands out; a step
marked `steady` that fails is done again without that article. What was left out is said: in a warning, or, within
`noting`, in the list that ends up in the audit.
"""

from __future__ import annotations

import signal
import threading
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any, NamedTuple, TypeVar

import pandas as pd

from framing.tables import as_articles

# Processor seconds that one step may take on one article: forty times what the slowest step takes on common news.
SECONDS, SECONDS_PER_CHARACTER = 60.0, 0.002
ALIKE = 20  # first articles that fail in the same words before the fault is taken to lie elsewhere

Step = TypeVar("Step", bound=Callable[..., Any])


class LeftOut(NamedTuple):
    """An article that a step could not be done on, and why."""

    article_id: Any
    step: str
    reason: str


class ArticleLeftOut(UserWarning):
    """Some articles could not be worked on and are not in the result."""


class TakesTooLong(Exception):
    """One article took more processor time than a step may take."""


_in_hand: list[Any] = []  # article_id of the article each running loop over `parse` works on, innermost last
_noted: list[list[LeftOut]] = []
_watchers: list[Callable[[], None]] = []
_running = 0


@contextmanager
def noting() -> Iterator[list[LeftOut]]:
    """Within this, articles left out are put into the list given instead of being warned of."""
    _noted.append([])
    try:
        yield _noted[-1]
    finally:
        _noted.pop()


@contextmanager
def watched(tell: Callable[[], None]) -> Iterator[None]:
    """Within this, `tell` is called after each article that a step has worked on."""
    _watchers.append(tell)
    try:
        yield
    finally:
        _watchers.remove(tell)


def handed_out(rows: Iterator[Any], make: Callable[[Any], Any]) -> Iterator[tuple[Any, Any]]:
    """``(row, make(row))`` of each row, with a note of which article is being worked on, and its time measured."""
    place = len(_in_hand)
    try:
        for row in rows:
            _in_hand[place:] = [row.article_id]
            _allow(SECONDS + SECONDS_PER_CHARACTER * len(row.text))
            yield row, make(row)
            _allow(0)
            for tell in _watchers:
                tell()
        del _in_hand[place:]  # a fault from here on is no article's
    finally:
        _allow(0)


def _allow(seconds: float) -> None:
    if _running and _may_time():
        signal.setitimer(signal.ITIMER_PROF, seconds)


def _may_time() -> bool:
    """Time is measured where the system can interrupt a step: in the main thread, not on Windows."""
    return hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread()


def _too_long(*_: Any) -> None:
    raise TakesTooLong("took too long")


def steady(step: Step) -> Step:
    """A function of an articles table that leaves out the articles it fails on, and says so.

    Where nothing shows which article it was, each is tried by itself. It fails as before where the fault is no single
    article's: where all of them fail, or none by itself, or the first twenty in the same words.
    """

    @wraps(step)
    def steadily(articles: pd.DataFrame, *rest: Any, **options: Any) -> Any:
        left_out: list[LeftOut] = []
        first: Exception | None = None
        while True:
            del _in_hand[len(_in_hand) if _running else 0 :]
            outer = len(_in_hand)
            try:
                with _timing():
                    result = step(articles, *rest, **options)
                break
            except Exception as error:
                here = _in_hand[outer : outer + 1]
                del _in_hand[outer:]
                first = first or error
                table = as_articles(articles)
                faults = (
                    {here[0]: error}
                    if here and here[0] in set(table["article_id"])
                    else _alone(step, table, rest, options)
                )
                left_out += [
                    LeftOut(name, step.__name__, f"{type(fault).__name__}: {str(fault)[:200]}")
                    for name, fault in faults.items()
                ]
                alike = len(left_out) >= ALIKE and len({one.reason for one in left_out}) == 1
                if not faults or len(faults) == len(table) or alike:
                    raise first from None
                articles = table[~table["article_id"].isin(list(faults))].reset_index(drop=True)
        say(left_out)
        return result

    return steadily  # type: ignore[return-value]


def _alone(step: Callable[..., Any], table: pd.DataFrame, rest: Any, options: Any) -> dict[Any, Exception]:
    """The articles that the step fails on by themselves, with how it fails."""
    faults: dict[Any, Exception] = {}
    for number in range(len(table) if len(table) > 1 else 0):
        try:
            with _timing():
                step(table.iloc[number : number + 1].reset_index(drop=True), *rest, **options)
        except Exception as error:
            faults[table["article_id"].iloc[number]] = error
            if len(faults) >= ALIKE and len(faults) == number + 1:
                break  # everything fails
    return faults


@contextmanager
def _timing() -> Iterator[None]:
    global _running
    before = signal.signal(signal.SIGPROF, _too_long) if not _running and _may_time() else None
    _running += 1
    try:
        yield
    finally:
        _running -= 1
        if before is not None:
            signal.setitimer(signal.ITIMER_PROF, 0)
            signal.signal(signal.SIGPROF, before)


def say(left_out: list[LeftOut]) -> None:
    if not left_out:
        return
    if _noted:
        _noted[-1].extend(left_out)
        return
    one, n = left_out[0], len(left_out)
    warnings.warn(
        f"{n} {'article' if n == 1 else 'articles'} could not be worked on by {one.step} and "
        f"{'is' if n == 1 else 'are'} left out of its result; the first is {one.article_id!r} ({one.reason}).",
        ArticleLeftOut,
        stacklevel=4,
    )
