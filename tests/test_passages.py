"""Zones of a page: the article's own words are kept, everything else on the page is kept apart."""

from __future__ import annotations

import hashlib

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from framing.passages import (
    correct_zones,
    count_words,
    dateline,
    find_passages,
    page_fields,
    words_left_out,
)
from framing.tables import COLUMNS, ZONES

# Zones of five real pages, read line by line by hand: the file's hash, then line number -> zone.
PAGES = {
    "4527fc0b1b8eb867": {"furniture": [0], "headline": [2], "standfirst": [4], "lead": [6],
                         "body": [8, 12, 14, 16, 20, 22], "subheading": [10, 18], "credit": [24],
                         "other_story": [26, 28, 30, 32, 34, 38, 40, 42, 44, 46, 48, 50]},
    "564c339b0d19d321": {"furniture": [0, 1, 2, 3, 4, 5, 12, 27, 29, 31, 41, 63], "caption": [6, 51], "headline": [8],
                         "standfirst": [10, 11], "lead": [13], "credit": [61],
                         "body": [14, 16, 18, 20, 22, 24, 25, 33, 35, 37, 39, 43, 45, 47, 49, 53, 55, 57, 59]},
    "2e2abf1ca2fa44cd": {"furniture": [0, 30, *range(34, 71, 2)], "headline": [2], "lead": [4], "byline": [32],
                         "body": list(range(6, 29, 2))},
    "8859abb0bbca0d4b": {"headline": [0], "caption": [2, 4, 6, 18, 20, 22], "lead": [8], "subheading": [28],
                         "body": [10, 12, 14, 16, 24, 26, 30, 32, 34, 36], "furniture": [38, 40]},
    "5ef9802af3172bab": {"furniture": [0, 1, 2, 35, 37, 40, 41, 43, 45, 47], "headline": [4], "caption": [6],
                         "standfirst": [7, 8, 9], "lead": [11], "body": list(range(13, 34, 2))},
}


def page(text: str, **columns) -> pd.DataFrame:
    return pd.DataFrame([{"article_id": "a1", "outlet": "Gazette", "event": "e1", "text": text, **columns}])


def zones(text: str, **columns) -> list[str]:
    return find_passages(page(text, **columns))["zone"].tolist()


def zone_of(text: str, beginning: str) -> str:
    passages = find_passages(page(text))
    return passages.loc[passages["text"].str.startswith(beginning), "zone"].item()


def test_every_line_of_five_real_pages_has_the_zone_a_reader_gave_it(shared):
    seen = 0
    for path in sorted((shared / "articles").glob("*.txt")):
        raw = path.read_bytes()
        gold = PAGES.get(hashlib.sha256(raw).hexdigest()[:16])
        if gold is None:
            continue
        text, wanted, position = raw.decode("utf-8"), [], 0
        for number, line in enumerate(text.split("\n")):
            if line.strip():
                wanted.append((position, next(zone for zone, lines in gold.items() if number in lines)))
            position += len(line) + 1
        found = find_passages(page(text))
        starts = [position + len(text[position:]) - len(text[position:].lstrip()) for position, _ in wanted]
        assert list(zip(found["start"], found["zone"], strict=True)) == \
            list(zip(starts, [zone for _, zone in wanted], strict=True)), path.name
        seen += 1
    assert seen == 5


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet=st.one_of(st.characters(exclude_categories=["Cs"]), st.sampled_from("\n\n\r\t .,:•“”\"'’Aa9—…\u2028\u00a0\ufeff")),
               max_size=400))
def test_any_text_is_covered_once_and_offsets_index_it(text):
    passages = find_passages(page(text))
    assert list(passages) == COLUMNS["passages"]
    covered, last = set(), 0
    for row in passages.itertuples():
        assert row.start >= last and text[row.start:row.end] == row.text and row.zone in ZONES
        last = row.end
        covered.update(range(row.start, row.end))
    assert all(char.isspace() or i in covered for i, char in enumerate(text))
