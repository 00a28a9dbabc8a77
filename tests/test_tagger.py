"""The learned tagger's parts: what it sees, how labels become spans, how spans become attributions."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from framing import language
from framing.quotes import pieces, tagger
from framing.quotes.tagger import AFTER_CUE, COLUMNS, CONTENT, CUE, LABELS, SOURCE, spans_of


@pytest.fixture
def seen():
    """What the tagger sees of a text."""

    def read(text: str, passages=None) -> tagger.Features:
        ((_, doc),) = language.parse(pd.DataFrame({"text": [text]}))
        return tagger.read(doc, passages)

    return read


def column(features: tagger.Features, name: str) -> list[int]:
    return features.ids[:, COLUMNS.index(name)].tolist()


def test_labels_become_spans_with_role_and_side():
    labels = np.array(
        [
            LABELS.index(name)
            for name in """
        B-source I-source B-cue B-content-after-cue I-content-after-cue O B-cue B-source
    """.split()
        ]
    )
    spans = spans_of(labels)
    assert spans.role.tolist() == [SOURCE, CUE, CONTENT, CUE, SOURCE]
    assert list(zip(spans.first, spans.last, strict=True)) == [(0, 2), (2, 3), (3, 5), (6, 7), (7, 8)]
    assert spans.side[2] == AFTER_CUE


def test_no_labels_are_no_spans():
    assert not len(spans_of(np.zeros(5, dtype=np.int64)).role)


def test_quotation_marks_of_every_style_look_alike(seen):
    double = seen("“The ferry is old,” Anna Berg said.")
    single = seen("‘The ferry is old,’ Anna Berg said.")
    angled = seen("«The ferry is old,» Anna Berg said.")
    for name in ("state", "from_open", "to_close", "stretch", "paragraph_marks"):
        assert column(double, name) == column(single, name) == column(angled, name)


def test_names_are_seen_only_as_names(seen):
    one, other = seen("Then Anna Berg said so."), seen("Then Peter Hahn said so.")
    names = [k for k in range(len(one.ids)) if one.start[k] in (5, 10)]
    for name in ("word", "lemma", "suffix"):
        assert np.array(column(one, name))[names].tolist() == np.array(column(other, name))[names[:2]].tolist()


def test_every_column_tells_tokens_apart(seen):
    features = seen(
        "“No!” said Anna Berg, 34, of Oslo. “The ferry which the town bought in 1999 is old,” she told "
        "the BBC, and then it rained.\n\nA line.\n\n“We left it open\n\n"
        "“and go on. It is ‘too old’ to sail, he thinks.”"
    )
    assert [name for name in COLUMNS if len(set(column(features, name))) < 2] == []


def test_tokens_outside_the_passages_are_not_seen(seen):
    text = "Sign up now.\n\nAnna Berg said so."
    features = seen(text, [(14, len(text))])
    assert features.start.min() == 14
    assert (features.head >= 0).all() and (features.head < len(features.ids)).all()


def test_every_paragraph_begins_a_new_row_and_long_ones_are_cut_between_sentences():
    paragraph = np.repeat([0, 1], [5, 300])
    sentence = np.repeat(np.arange(31), [5] + [10] * 30)
    rows = tagger.rows_of(paragraph, sentence)
    assert rows[4] == 0 and rows[5] == 1
    assert np.bincount(rows).max() <= tagger.LONGEST_ROW
    assert set(np.flatnonzero(np.diff(rows)) + 1) <= set(np.flatnonzero(np.diff(sentence)) + 1)


def test_an_inside_label_never_comes_first(seen):
    labels, certainty = tagger.label(seen("“No,” said Anna Berg. “The ferry is old.” It rained.\n\nThe end."))
    assert ((certainty >= 0) & (certainty <= 1)).all()
    for place, label in enumerate(labels):
        if label and label % 2 == 0:
            assert labels[place - 1] in (label, label - 1)


def test_a_text_without_words_has_no_labels(seen):
    labels, certainty = tagger.label(seen(" \n \n"))
    assert len(labels) == len(certainty) == 0


def test_a_quotation_found_in_part_is_completed_to_its_marks(seen):
    text = "“The ferry is old and slow,” said Anna Berg."
    features = seen(text)
    labels = np.zeros(len(features.ids), dtype=np.int64)
    labels[2:5] = [3, 4, 4]  # "ferry is old"
    done = pieces.complete(labels, features, text)
    inside = features.end <= text.index("”") + 1
    assert (done[inside] > 0).all() and not done[~inside].any()
    assert done[0] % 2 == 1 and (done[inside][1:] % 2 == 0).all()


def test_a_sentence_before_a_quotation_is_not_part_of_it(seen):
    text = "There is a worry abroad: “The ferry is too old to sail,” said Anna Berg."
    features = seen(text)
    labels = np.where(features.end <= text.index("”") + 1, 4, 0)
    labels[0] = 3
    done = pieces.complete(labels, features, text)
    assert not done[features.start < text.index("“")].any()
    assert done[features.start == text.index("“")] == 3


def test_missing_weights_say_what_to_do(tmp_path):
    with pytest.raises(FileNotFoundError, match="install it again"):
        tagger.load_from(tmp_path)
