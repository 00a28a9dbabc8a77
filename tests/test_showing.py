import pandas as pd

from framing import show_table

TABLE = pd.DataFrame(
    {"outlet": ["<b>Courier</b>", None], "share": [0.1 + 0.2, 0.0004], "n": [3, 12], "spans": [((1, 2), (3, 4)), ()]}
)


def cells(shown):
    import lxml.html

    tree = lxml.html.fragments_fromstring(shown._repr_html_())[0]
    return [[cell.text_content() for cell in row] for row in tree.xpath(".//tbody/tr")]


def test_numbers_have_few_digits_small_ones_are_not_made_zero_and_what_is_missing_is_a_dash():
    assert cells(show_table(TABLE)) == [["<b>Courier</b>", "0.30", "3", "(1, 2), (3, 4)"], ["–", "0.0004", "12", ""]]


def test_no_cell_nor_heading_nor_caption_is_markup():
    markup = show_table(TABLE.rename(columns={"n": "<i>n</i>"}), caption="<u>x</u>")._repr_html_()
    assert "<b>" not in markup and "<i>" not in markup and "<u>" not in markup


def test_the_reader_is_told_how_many_rows_there_are():
    assert "<p>1 of 2 rows</p>" in show_table(TABLE, rows=1)._repr_html_()
    assert "<p>2 rows</p>" in show_table(TABLE)._repr_html_()


def test_long_texts_are_cut_and_columns_chosen():
    shown = show_table(pd.DataFrame({"text": ["abcd " * 40], "n": [1]}), ["text"], width=20)
    assert cells(shown) == [["abcd abcd abcd abcd…"]]


def test_an_event_that_a_hash_names_is_cut_to_what_tells_events_apart_and_left_whole_elsewhere():
    from framing.reports.write_up import shown_cell

    for name, said in (
        ("6b541575-99b1-40d2-8a68-11667e42f31f", "6b541575…"),
        ("flood in the northern valley 2024", "flood in the northern valley 2024"),
        ("2024-03-04", "2024-03-04"),
        ("17", "17"),
    ):
        assert shown_cell("event", name, 2) == said
    assert shown_cell("article_id", "6b541575-99b1-40d2-8a68-11667e42f31f", 2).endswith("f31f")
