"""One odd article never stops a corpus: it is left out, said, and the rest goes on."""

from __future__ import annotations

import time

import pandas as pd
import pytest

import framing
from framing import steadiness
from framing.quotes.finding import by_tagger
from framing.steadiness import ArticleLeftOut

GOOD = "The mayor said the bridge is safe. Trams ran on Monday."
ODD = "Nothing here can be read at all, said nobody."


def corpus(*texts: str) -> pd.DataFrame:
    rows = [{"article_id": f"a{n}", "outlet": f"o{n % 2}", "event": "e", "text": text} for n, text in enumerate(texts)]
    return framing.read_articles(pd.DataFrame(rows), clean=False)


def failing(doc, passages):
    if "Nothing here" in doc.text:
        raise IndexError("no such word")
    return by_tagger(doc, passages)


def test_an_article_that_a_step_fails_on_is_left_out_and_named_in_one_warning():
    with pytest.warns(ArticleLeftOut, match=r"1 article .* find_quotes .* 'a1' \(IndexError: no such word\)"):
        quotes = framing.find_quotes(corpus(GOOD, ODD, GOOD), method=failing)
    assert set(quotes["article_id"]) == {"a0", "a2"}


def test_a_fault_of_every_article_is_raised_as_it_is():
    with pytest.raises(IndexError, match="no such word"):
        framing.find_quotes(corpus(ODD, ODD), method=failing)
    with pytest.raises(IndexError, match="no such word"):
        framing.find_quotes(corpus(ODD), method=failing)


def test_a_wrong_call_is_an_error_and_no_article_is_blamed():
    with pytest.raises(ValueError, match="no method"):
        framing.tone(corpus(GOOD, GOOD), method="oracle")


def test_an_article_that_takes_too_long_is_left_out(monkeypatch):
    monkeypatch.setattr(steadiness, "SECONDS", 0.3)

    def endless(doc, passages):
        until = time.monotonic() + 60
        while "Nothing here" in doc.text and time.monotonic() < until:
            pass
        return []

    with pytest.warns(ArticleLeftOut, match=r"'a1' \(TakesTooLong"):
        quotes = framing.find_quotes(corpus(GOOD, ODD, GOOD), method=endless)
    assert quotes.empty


def test_a_fault_after_the_articles_were_read_is_traced_to_its_article():
    @steadiness.steady
    def step(articles):
        if articles["text"].str.contains("Nothing here").any():
            raise KeyError("later")
        return len(articles)

    with pytest.warns(ArticleLeftOut, match="'a1'"):
        assert step(corpus(GOOD, ODD, GOOD)) == 2


def test_a_whole_run_goes_on_without_the_article_and_the_audit_names_it_and_the_step(monkeypatch):
    from framing.reports import pipeline

    @steadiness.steady
    def tone(articles, **given):
        if articles["text"].str.contains("Nothing here").any():
            raise ZeroDivisionError("division by zero")
        return framing.tone(articles, **given)

    monkeypatch.setattr(pipeline, "tone", tone)
    done = framing.analyze(corpus(GOOD, ODD, GOOD + " More."))
    audit = done.tables["audit"].set_index("article_id")
    assert audit.loc["a1", "status"] == "skipped"
    assert audit.loc["a1", "reason"] == "tone failed on it (ZeroDivisionError: division by zero)"
    assert audit.loc["a0", "status"] == "read"
    for name in ("articles", "passages", "quotes", "tokens", "tone", "sentence_tone"):
        assert "a1" not in set(done.tables[name]["article_id"]), name
    assert set(done.tables["tokens"]["article_id"]) == {"a0", "a2"}
