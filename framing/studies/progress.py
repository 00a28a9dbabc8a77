"""A line in the notebook while something long is measured: how many articles, how much time is left; then gone."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from framing.steadiness import watched
from framing.text.unicode import count

PATIENCE = 2.0  # seconds before anything is shown: what is quick needs no bar
WATCHED = ("JPY_SESSION_NAME", "COLAB_RELEASE_TAG")  # set for kernels that JupyterLab, Notebook and Colab start
EVERY = 0.5  # seconds between two updates


@contextmanager
def telling(what: str, n_articles: int) -> Iterator[None]:
    """Within this, a notebook shows how far the work on `what` is. Nothing of it stays in the saved output.

    Nothing is shown outside a notebook, nor where a program runs it (nbclient, nbval): there nobody waits. A cell that
    measures should do so before it prints anything: the line is taken away by clearing the cell's output.
    """
    notebook = _notebook()
    if notebook is None:
        yield
        return
    line = _Line(what, n_articles, notebook)
    try:
        with watched(line.one_more):
            yield
    finally:
        line.clear()


def _notebook() -> Any | None:
    """IPython's display module in a kernel with a person before it, else None."""
    if not any(os.environ.get(name) for name in WATCHED):
        return None
    try:
        from IPython import display, get_ipython
    except ImportError:
        return None
    shell = get_ipython()
    return display if shell is not None and hasattr(shell, "kernel") else None


class _Line:
    def __init__(self, what: str, total: int, notebook: Any) -> None:
        self.what, self.total, self.notebook = what, total, notebook
        self.done, self.handle = 0, None
        self.began = self.told = time.monotonic()

    def one_more(self) -> None:
        self.done += 1
        now = time.monotonic()
        if now - self.began < PATIENCE or now - self.told < EVERY:
            return
        self.told = now
        words = {"text/plain": in_words(self.what, self.done, self.total, now - self.began)}
        if self.handle is None:
            self.handle = self.notebook.display(words, raw=True, display_id=True)
        else:
            self.handle.update(words, raw=True)

    def clear(self) -> None:
        if self.handle is not None:
            self.notebook.clear_output(wait=False)


def in_words(what: str, done: int, total: int, seconds: float) -> str:
    """``"tone: 12 of 40 articles, about 1 minute left"``; a step that goes over the articles twice starts anew."""
    here = (done - 1) % total + 1 if total else done
    left = seconds / done * (total - here)
    minutes = round(left / 60)
    time_left = count(minutes, "minute") if left >= 50 else f"{max(1, round(left))} s"
    return f"{what.replace('_', ' ')}: {here} of {total} articles, about {time_left} left"
