"""The examples in docstrings run, and give what they say."""

from __future__ import annotations

import doctest
import importlib
from pathlib import Path

import pytest

import framing

ROOT = Path(framing.__file__).parent
WITH_EXAMPLES = sorted(
    path.relative_to(ROOT.parent).with_suffix("").as_posix().replace("/", ".")
    for path in ROOT.rglob("*.py")
    if ">>> " in path.read_text(encoding="utf-8")
)


@pytest.mark.parametrize("name", WITH_EXAMPLES)
def test_the_examples_of_a_module_give_what_they_say(name):
    failed, tried = doctest.testmod(importlib.import_module(name), optionflags=doctest.NORMALIZE_WHITESPACE)
    assert tried and not failed


def test_the_rooms_for_text_files_and_numbers_show_examples():
    assert {
        "framing.articles.fields",
        "framing.salience.statements",
        "framing.text.quotation_marks",
        "framing.quotes.cues",
        "framing.stats.intervals",
        "framing.zones.passages",
    } <= set(WITH_EXAMPLES)
