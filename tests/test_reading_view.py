"""One article in a notebook, and tables in the outlets' colours: every word escaped, every mark where it belongs."""

import pandas as pd
import pytest

import framing

ARTICLE = pd.DataFrame(
    [
        {
            "article_id": "g1",
            "outlet": "Gazette <b>",
            "event": "dam",
            "date": "2024-05-01",
            "headline": "Mayor opens dam",
            "text": 'The dam <script>alert(1)</script> is a folly.\n\n"It is safe," Mayor Tom Reed said.',
        }
    ]
)
DAM = {"concept": [{"name": "the dam", "label": [{"name": "folly", "patterns": ["folly"]}]}]}


def test_words_of_an_article_are_shown_and_never_run():
    shown = framing.show(framing.read_articles(ARTICLE))._repr_html_()
    assert "<script" not in shown and "&lt;script&gt;alert(1)&lt;/script&gt;" in shown
    assert "Gazette &lt;b&gt; · dam · 2024-05-01" in shown


def test_quotations_and_names_are_marked_in_place_with_who_speaks():
    articles = framing.read_articles(ARTICLE)
    quotes = framing.find_quotes(articles)
    labels = framing.find_labels(articles, DAM, quotes=quotes)
    shown = framing.show(articles, quotes=quotes, labels=labels)._repr_html_()
    assert '<span style="background:#fdf1d6" title="quoted: Tom Reed">&quot;It is safe,&quot;</span>' in shown
    assert 'title="the dam: folly">folly</span>' in shown


def test_zones_are_told_apart():
    shown = framing.show(framing.read_articles(ARTICLE))._repr_html_()
    assert 'font-size:1.3em;font-weight:bold" title="headline">Mayor opens dam</p>' in shown


def test_a_row_is_shown_as_a_table_is_and_no_row_is_refused_in_words():
    articles = framing.read_articles(ARTICLE)
    assert framing.show(articles.iloc[0])._repr_html_() == framing.show(articles)._repr_html_()
    with pytest.raises(ValueError, match="no article to show"):
        framing.show(articles.head(0))


def test_an_outlet_keeps_the_colour_of_the_figures_in_any_part_of_a_table():
    table = pd.DataFrame({"outlet": ["Courier", "Gazette"], "n": [1, 2]})
    whole = framing.show_table(table, outlets=["Courier", "Gazette"])._repr_html_()
    part = framing.show_table(table.tail(1), outlets=["Courier", "Gazette"])._repr_html_()
    assert "border-left:5px solid #D55E00" in part and part.count("border-left") == 1
    assert "#0072B2" in whole and "border-left" not in framing.show_table(table)._repr_html_()
