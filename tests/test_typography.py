"""Quotations in newspaper typography: hand-made cases in ``data/typography.jsonl``, through `find_quotes`.

Each case holds a text and the words somebody says in it, with a word of the source: null where no source is named
(the row must be there, its source missing), "?" where reasonable readers differ.
"""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

from framing import find_quotes
from framing.text.quotation_marks import quotation_spans

CASES = [
    json.loads(line)
    for line in (Path(__file__).parent / "data" / "typography.jsonl").read_text(encoding="utf-8").splitlines()
]
SOURCES_RIGHT = 0.9  # of the sources that the cases name, at least


@pytest.fixture(scope="module")
def found() -> dict[str, pd.DataFrame]:
    articles = pd.DataFrame(
        {
            "article_id": [f"t{number:03}" for number in range(len(CASES))],
            "outlet": "Gazette",
            "text": [case["text"] for case in CASES],
        }
    )
    articles["known_zones"] = [f'[[0, {len(text)}, "body"]]' for text in articles["text"]]
    quotes = find_quotes(articles)
    return {case: quotes[quotes["article_id"] == case] for case in articles["article_id"]}


def covering(rows: pd.DataFrame, text: str, words: str) -> pd.DataFrame:
    """The outermost rows whose content holds these words, letters and figures only."""
    start = text.index(words)
    wanted = {place for place in range(start, start + len(words)) if text[place].isalnum()}
    held = [len(wanted & {p for a, b in spans for p in range(a, b)}) for spans in rows["content_spans"]]
    return rows[[number == len(wanted) and not nested for number, nested in zip(held, rows["nested"], strict=True)]]


def test_there_are_enough_cases():
    assert len(CASES) >= 120 and len({case["text"] for case in CASES}) == len(CASES)


@pytest.mark.parametrize("number", range(len(CASES)), ids=lambda n: f"{CASES[n]['kind']} {n}")
def test_every_offset_points_at_its_words(found, number):
    text = CASES[number]["text"]
    for row in found[f"t{number:03}"].itertuples():
        for spans in (row.content_spans, row.cue_spans, row.source_spans):
            assert all(0 <= start < end <= len(text) for start, end in spans)
            assert list(spans) == sorted(spans)
        pieces = [" ".join(text[start:end].split()) for start, end in row.content_spans]
        assert " … ".join(pieces) == row.content
        assert (row.start, row.end) == (min(a for a, _ in row.content_spans), max(b for _, b in row.content_spans))


@pytest.mark.parametrize("number", range(len(CASES)), ids=lambda n: f"{CASES[n]['kind']} {n}")
def test_what_is_said_is_in_one_row(found, number):
    case = CASES[number]
    for said in case["says"]:
        rows = covering(found[f"t{number:03}"], case["text"], said["words"])
        assert len(rows) == 1, (said, found[f"t{number:03}"][["kind", "content", "source"]].values.tolist())


@pytest.mark.parametrize(
    "number", [n for n, case in enumerate(CASES) if case["kind"] in {"measures", "apostrophes"} and not case["says"]]
)
def test_apostrophes_and_measures_make_no_quotation(number):
    assert not [mark for mark in quotation_spans(CASES[number]["text"]) if mark.inner_end - mark.inner_start > 3]


@pytest.mark.parametrize(
    "number", [n for n, case in enumerate(CASES) if any(said["source"] is None for said in case["says"])]
)
def test_undecided_quotations_are_rows_without_a_source(found, number):
    case = CASES[number]
    for said in case["says"]:
        if said["source"] is None:
            assert covering(found[f"t{number:03}"], case["text"], said["words"])["source"].isna().all()


def test_most_named_sources_are_found(found):
    right, wrong = 0, []
    for number, case in enumerate(CASES):
        for said in case["says"]:
            if said["source"] in (None, "?"):
                continue
            rows = covering(found[f"t{number:03}"], case["text"], said["words"])
            named = [f"{row.source} {row.speaker}" for row in rows.itertuples()]
            if any(said["source"].lower() in name.lower() for name in named):
                right += 1
            else:
                wrong.append((case["kind"], said["words"], named))
    assert right / (right + len(wrong)) >= SOURCES_RIGHT, wrong
