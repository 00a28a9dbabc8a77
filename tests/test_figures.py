import hashlib
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import matplotlib
import numpy as np
import pandas as pd
import pytest

matplotlib.use("Agg")
import matplotlib.pyplot as plt

from framing import plots
from framing.plots import style
from framing.plots.export import save_figure, show_figure
from framing.plots.style import SIZES, about, figure_style, outlet_colours
from framing.salience import emphasis_profile


@pytest.fixture(autouse=True)
def closed():
    yield
    plt.close("all")


def estimates(**columns):
    base = {
        "outlet": ["Courier", "Gazette"],
        "estimate": [0.2, -0.4],
        "low": [0.1, -0.6],
        "high": [0.3, -0.2],
        "n_articles": [8, 8],
        "n_events": [8, 8],
    }
    return pd.DataFrame({**base, **columns})


TABLES = {
    "plot_comparisons": estimates(
        measure="tone",
        reference="rest",
        p=[0.01, 0.2],
        p_adjusted=[0.02, 0.3],
        smallest_p=0.0078,
        declared=[True, False],
    ),
    "plot_tone": estimates(target="Mayor", voice="outlet"),
    "plot_label_share": estimates(concept="the dam", label="project", share=[0.2, 0.9]),
    "plot_labels": pd.DataFrame(
        {
            "outlet": ["Courier", "Gazette", "Gazette"],
            "concept": "the dam",
            "label": ["project", "folly", "folly"],
            "voice": ["outlet", "outlet", "quoted"],
        }
    ),
    "plot_speech_share": pd.DataFrame(
        {
            "outlet": ["Courier", "Courier", "Gazette"],
            "speaker": ["Ann Lee", pd.NA, "Ann Lee"],
            "n_words": [30, 10, 20],
            "n_quotes": [3, 1, 2],
            "share": [0.75, 0.25, 1.0],
        }
    ),
    "plot_keyness": pd.DataFrame(
        {
            "word": ["dam", "folly"],
            "outlet": "Gazette",
            "reference": "rest",
            "log_ratio": [2.0, -1.0],
            "log_likelihood": [12.0, 4.0],
            "n_target": [8, 1],
            "n_reference": [2, 2],
            "p_adjusted": [0.01, 0.6],
        }
    ),
    "plot_emphasis": estimates(item="Mayor", kind="person", headline_share=[0.5, 0.25], lead_share=[1.0, 0.75]),
    "plot_space": pd.DataFrame(
        {
            "outlet": ["Courier"] * 3,
            "voice": ["outlet", "quoted", "reported"],
            "share": [0.5, 0.3, 0.2],
            "n_articles": 8,
            "n_events": 8,
        }
    ),
    "plot_coverage": pd.DataFrame(
        {
            "article_id": ["a1", "a2"],
            "outlet": ["Courier", "Gazette"],
            "event": "e1",
            "fact": "the dam broke",
            "found": ["found", "not found"],
            "position": [0.1, np.nan],
        }
    ),
    "plot_order": pd.DataFrame(
        {
            "article_id": ["a1", "a1"],
            "outlet": "Courier",
            "event": "e1",
            "fact": ["broke", "rescue"],
            "found": "found",
            "position": [0.1, 0.8],
        }
    ),
    "plot_sources": pd.DataFrame(
        {
            "outlet": ["Courier", "Courier", "Gazette"],
            "speaker": ["Ann Lee", pd.NA, "Tom Reed"],
            "n_words": [30, 10, 20],
            "n_quotes": [3, 1, 2],
            "share": [0.75, 0.25, 1.0],
        }
    ),
    "plot_timeline": pd.DataFrame(
        {
            "article_id": ["a1", "a2", "a3"],
            "outlet": ["Courier", "Courier", "Gazette"],
            "date": ["2024-03-04", "2024-03-04", "2024-03-09"],
        }
    ),
    "plot_word_shift": pd.DataFrame(
        {
            "word": ["dam", "folly"],
            "outlet": "Gazette",
            "reference": "Courier",
            "log_ratio": [2.0, -1.0],
            "per_million_target": [900.0, 100.0],
            "per_million_reference": [300.0, 300.0],
            "p_adjusted": [0.01, 0.6],
            "rate_difference_low": [200.0, -500.0],
            "rate_difference_high": [1000.0, 100.0],
        }
    ),
    "plot_rivals": pd.DataFrame(
        {
            "referent": ["the dam"],
            "kind": "noun",
            "names": [("project", "folly")],
            "used": [
                (
                    ("project", "Courier", "outlet", 4),
                    ("folly", "Gazette", "outlet", 2),
                    ("project", "Gazette", "quoted", 9),
                )
            ],
            "n_events": 3,
            "sure": 0.8,
        }
    ),
    "plot_agency": estimates(actor="the police", measure="acts", n=7).assign(
        estimate=[0.75, 0.25], low=[0.5, 0.1], high=[0.9, 0.5]
    ),
    "plot_agreement": pd.DataFrame(
        {
            "variable": "tone",
            "coders": ["all", "Ada and Ben", "Ada and Cleo"],
            "alpha": [0.8, 0.9, 0.6],
            "low": [0.7, 0.6, 0.5],
            "high": [0.9, 1.0, 0.7],
            "n_units": 9,
            "n_coders": [3, 2, 2],
        }
    ),
}


def first(drawn):
    return drawn[0] if isinstance(drawn, list) else drawn


@pytest.mark.parametrize("name", TABLES)
def test_every_plot_draws_on_the_axes_it_is_given_and_returns_it(name):
    _, ax = plt.subplots()
    assert first(getattr(plots, name)(TABLES[name], ax=ax)) is ax


@pytest.mark.parametrize("name", TABLES)
def test_every_plot_carries_data_and_alt_text_and_leaves_its_table_and_settings_alone(name):
    table, before = TABLES[name].copy(), dict(plt.rcParams)
    drawn = about(first(getattr(plots, name)(table)))
    assert drawn.alt.endswith(".") and len(drawn.alt) > 30 and len(drawn.data)
    pd.testing.assert_frame_equal(table, TABLES[name])
    assert dict(plt.rcParams) == before


@pytest.mark.parametrize("name", TABLES)
def test_every_plot_says_so_when_there_is_nothing_to_draw(name):
    ax = first(getattr(plots, name)(TABLES[name].iloc[:0]))
    assert any("No " in text.get_text() for text in ax.texts)


@pytest.mark.parametrize("name", TABLES)
@pytest.mark.parametrize("size", ["column", "page"])
def test_every_plot_keeps_to_the_width_and_height_of_its_size(name, size):
    figure = first(getattr(plots, name)(TABLES[name], size=size)).get_figure()
    width, tallest, _ = SIZES[size]
    in_mm = figure.get_size_inches() * 25.4
    assert in_mm[0] == pytest.approx(width) and in_mm[1] <= tallest + 1e-6


def test_bars_of_speech_are_as_long_as_the_shares():
    ax = plots.plot_speech_share(TABLES["plot_speech_share"], outlet="Courier")
    assert [bar.get_width() for bar in ax.patches] == [0.75, 0.25]
    assert [label.get_text() for label in ax.get_yticklabels()] == ["Ann Lee", "not identified"]


def test_the_bar_of_all_others_is_torn_rather_than_flatten_the_named_speakers():
    rows = pd.DataFrame({"outlet": "Gazette", "speaker": [f"Speaker {number}" for number in range(40)]})
    rows = rows.assign(n_words=5, n_quotes=1, share=1 / 40)
    ax = plots.plot_speech_share(rows, outlet="Gazette", top=8)
    *named, others = [bar.get_width() for bar in ax.patches]
    assert named == pytest.approx([1 / 40] * 8)
    assert others == pytest.approx(0.12)
    assert "80% (32)" in [text.get_text() for text in ax.texts]
    assert "torn" in about(ax).caption
    assert about(ax).data["share"].iloc[-1] == pytest.approx(0.8)
    whole = plots.plot_speech_share(rows.head(9).assign(share=1 / 9), outlet="Gazette", top=8)
    assert "torn" not in about(whole).caption


@pytest.mark.parametrize("name", ["plot_tone", "plot_comparisons"])
def test_marks_grow_with_the_type(name):
    page, slide = (
        max(line.get_markersize() for line in first(getattr(plots, name)(TABLES[name], size=size)).lines)
        for size in ("page", "slide")
    )
    assert slide / page == pytest.approx(SIZES["slide"][2] / SIZES["page"][2])


def test_dots_of_comparisons_stand_on_the_estimates_and_only_clear_ones_are_filled():
    ax = plots.plot_comparisons(TABLES["plot_comparisons"])
    dots = [line for line in ax.lines if line.get_marker() not in ("None", None, "")]
    assert [line.get_xdata()[0] for line in dots] == [0.2, -0.4]
    assert [line.get_markerfacecolor() == "white" for line in dots] == [False, True]


@pytest.mark.parametrize(
    "name, column",
    [
        ("plot_tone", "estimate"),
        ("plot_label_share", "share"),
        ("plot_agency", "estimate"),
        ("plot_order", "position"),
        ("plot_comparisons", "estimate"),
        ("plot_emphasis", "headline_share"),
    ],
)
def test_every_mark_stands_on_its_number_and_every_line_on_its_interval(name, column):
    table = TABLES[name]
    ax = getattr(plots, name)(table)
    drawn = [line for line in markers(ax) if name != "plot_emphasis" or line.get_markerfacecolor() != "white"]
    at = [line.get_xdata()[0] for line in drawn]
    assert at == table[column].tolist()
    ends = [tuple(line.get_xdata()) for line in ax.lines if len(line.get_xdata()) == 2 and line.get_marker() == "None"]
    if name not in ("plot_order", "plot_emphasis"):  # which have no intervals
        assert set(zip(table["low"], table["high"], strict=True)) <= set(ends)


@pytest.mark.parametrize("name", ["plot_tone", "plot_label_share", "plot_agency"])
def test_a_mark_that_rests_on_fewer_than_five_articles_is_open_and_the_caption_says_so(name):
    table = TABLES[name].assign(n_articles=[5, 4])
    ax = getattr(plots, name)(table)
    assert [mark.get_markerfacecolor() == "white" for mark in markers(ax)] == [False, True]
    assert "Open: fewer than 5 articles." in about(ax).caption and "solid" not in about(ax).data
    many = getattr(plots, name)(table.assign(n_articles=5))
    assert not any(mark.get_markerfacecolor() == "white" for mark in markers(many))
    assert "Open" not in about(many).caption


def test_an_outlet_that_never_does_it_has_a_thin_pale_line():
    ax = plots.plot_label_share(TABLES["plot_label_share"].assign(share=[0.0, 0.5]))
    never, half = [line for line in ax.lines if len(line.get_xdata()) == 2 and line.get_marker() == "None"][:2]
    assert never.get_linewidth() < half.get_linewidth() and never.get_alpha() < half.get_alpha()


def test_bars_of_words_are_as_long_as_their_numbers_and_pale_where_the_sample_does_not_show_them():
    words = plots.plot_keyness(TABLES["plot_keyness"])
    assert [bar.get_width() for bar in words.patches] == [2.0, -1.0]
    assert [text.get_text() for text in words.get_yticklabels()] == ["dam", "folly"]
    assert [round(bar.get_facecolor()[3], 1) for bar in words.patches] == [0.9, 0.3]
    assert [text.get_text() for text in words.texts] == ["8:2", "1:2"]
    shift = plots.plot_word_shift(TABLES["plot_word_shift"])
    assert [bar.get_width() for bar in shift.patches] == [6.0, -2.0]
    lines = [(line[0][0], line[1][0]) for line in shift.collections[0].get_segments()]
    assert lines == [(2.0, 10.0), (-5.0, 1.0)] and "95 % interval" in about(shift).caption
    bare = plots.plot_word_shift(
        TABLES["plot_word_shift"].drop(columns=["rate_difference_low", "rate_difference_high"])
    )
    assert not bare.collections and "95 %" not in about(bare).caption


def test_a_share_of_fewer_than_five_namings_is_not_drawn():
    table = TABLES["plot_label_share"]
    few = plots.plot_label_share(table.assign(n_concept=[4, 5]))
    assert len(about(few).data) == 1 and "Not drawn: 1 outlet with fewer than 5 namings" in about(few).caption
    none = plots.plot_label_share(table.assign(n_concept=[1, 4]), concept="the dam")
    assert about(none).data.empty and "No outlet names the dam 5 times" in about(none).alt


def shares_of(**concepts):
    """As `label_share` gives them: for each concept how often each outlet names it."""
    rows = [
        {"concept": concept, "outlet": f"Outlet {number}", "label": label, "share": 0.5, "n": n / 2, "n_concept": n}
        for concept, times in concepts.items()
        for number, n in enumerate(times)
        for label in ("raid", "arrest")
    ]
    return pd.DataFrame(rows).assign(low=0.4, high=0.6, n_articles=6, n_events=3)


@pytest.mark.parametrize(
    ("concepts", "drawn"),
    [
        ({"war": [9], "police": [6, 2]}, "police"),
        ({"war": [3, 4], "police": [5, 5], "tax": [9, 9]}, "police"),
        ({"war": [9, 0], "police": [1, 8]}, "police"),
        ({"war": [8, 1], "police": [9, 9]}, "war"),
    ],
)
def test_shares_are_of_the_first_concept_that_can_be_compared(concepts, drawn):
    ax = plots.plot_label_share(shares_of(**concepts))
    assert set(about(ax).data["concept"]) == {drawn} and drawn in about(ax).alt


@pytest.mark.parametrize("size", ["column", "page", "slide"])
@pytest.mark.parametrize(
    ("concepts", "said"),
    [
        ({"war": [4, 3], "tax": [9]}, "tax (9), war (7)."),
        ({"war": [2, 2]}, "war (4)."),
        ({f"concept {n}": [1, 2] for n in range(9)}, " and 3 more."),
    ],
)
def test_an_empty_figure_of_shares_says_what_its_alternative_text_says(concepts, said, size):
    ax = plots.plot_label_share(shares_of(**concepts), size=size)
    (text,) = ax.texts
    assert about(ax).alt.startswith("Too rare to be drawn") and about(ax).alt.endswith(said)
    assert text.get_text().replace("\n", " ") == about(ax).alt and about(ax).data.empty
    ax.figure.canvas.draw()
    inside = text.get_window_extent()
    assert inside.width < ax.figure.bbox.width and inside.height < ax.figure.bbox.height


@pytest.mark.parametrize("table", [shares_of(war=[2, 4]), shares_of(war=[2, 4]).iloc[:0]])
def test_an_empty_figure_of_one_concept_is_told_in_the_same_words(table):
    ax = plots.plot_label_share(table, concept="war")
    assert ax.texts[0].get_text().replace("\n", " ") == about(ax).alt


def test_captions_say_which_names_nobody_declared_and_whose_words_are_counted():
    for name in ("plot_labels", "plot_label_share"):
        draw = getattr(plots, name)
        assert "nobody declared them" in about(draw(TABLES[name], built_in=True)).caption
        assert "nobody declared them" not in about(draw(TABLES[name])).caption
    assert "Counts are of the outlet's own voice" in about(plots.plot_keyness(TABLES["plot_keyness"])).caption
    assert "own voice + times in others'" in about(plots.plot_rivals(TABLES["plot_rivals"])).caption


@pytest.mark.parametrize("high", [0.2, 0.35, 0.5, 0.7, 0.9, 1.0])
def test_an_interval_of_speech_that_reaches_beyond_the_frame_ends_in_an_arrow_and_is_said_to(high):
    rows = pd.DataFrame(
        {
            "outlet": "Gazette",
            "speaker": ["Anna Berg", "Cole Hart"],
            "n_words": [30, 20],
            "n_quotes": [3, 2],
            "share": [0.3, 0.2],
            "low": 0.05,
            "high": [high, 0.2],
        }
    )
    panel = plots.plot_speech_share(rows, outlet="Gazette")
    frame = panel.get_xlim()[1]
    lines = [line for line in panel.get_lines() if line.get_linestyle() == "-"]
    arrows = [line for line in panel.get_lines() if line.get_marker() == ">"]
    assert lines and all(max(line.get_xdata()) < frame for line in lines)
    assert len(arrows) == (high > frame) == ("An arrow" in about(panel).caption)


def test_grids_say_in_each_cell_what_the_table_holds():
    sources = plots.plot_sources(TABLES["plot_sources"])
    assert sorted(text.get_text() for text in sources.texts) == ["100% (2)", "25% (1)", "75% (3)", "·", "·", "·"]
    rivals = plots.plot_rivals(TABLES["plot_rivals"])  # own voice + other voices
    assert [text.get_text() for text in rivals.texts] == ["project 4 + 0", "folly 2 + 0\nproject 0 + 9"]
    drawn = about(rivals).data  # every use that the table and the report count, each once
    assert dict(zip(drawn["name"] + " " + drawn["outlet"], drawn["n"] + drawn["n_others"], strict=True)) == {
        "project Courier": 4,
        "folly Gazette": 2,
        "project Gazette": 9,
    }
    assert [text.get_text() for text in rivals.get_xticklabels()] == ["Courier", "Gazette"]
    told = plots.plot_coverage(TABLES["plot_coverage"])
    assert [text.get_text() for text in told.texts] == ["1/1", "0/1"]


def test_marks_of_a_timeline_stand_on_their_days_and_their_area_is_the_number_of_articles():
    ax = plots.plot_timeline(TABLES["plot_timeline"])
    marks = [
        (day, size)
        for part in ax.collections
        for (day, _), size in zip(part.get_offsets().tolist(), part.get_sizes().tolist(), strict=True)
    ]
    days = [matplotlib.dates.num2date(day).strftime("%Y-%m-%d") for day, _ in marks]
    assert days == ["2024-03-04", "2024-03-09"] and marks[0][1] == pytest.approx(2 * marks[1][1])


def test_parts_of_a_bar_of_space_are_as_wide_as_the_shares():
    bars = plots.plot_space(TABLES["plot_space"]).patches
    assert [bar.get_x() for bar in bars] == pytest.approx([0, 0.5, 0.8])
    assert [bar.get_width() for bar in bars] == pytest.approx([0.5, 0.3, 0.2])


def test_grid_of_labels_counts_own_voice_and_other_voices_apart():
    ax = plots.plot_labels(TABLES["plot_labels"])
    assert sorted(text.get_text() for text in ax.texts) == ["1 + 0", "1 + 1", "·", "·"]


def test_each_outlet_keeps_its_colour_when_others_are_left_out():
    everyone = ["Courier", "Gazette", "Herald"]
    ax = plots.plot_speech_share(TABLES["plot_speech_share"], outlet="Gazette", outlets=everyone)
    assert matplotlib.colors.to_hex(ax.patches[0].get_facecolor()) == outlet_colours(everyone)["Gazette"].lower()


def test_a_name_with_dollar_signs_is_drawn_as_written_not_as_a_formula():
    table = TABLES["plot_speech_share"].assign(speaker=r"$\frac{1}{2}$ Ltd")
    ax = plots.plot_speech_share(table, outlet="Gazette")
    label = ax.get_yticklabels()[0]
    assert label.get_text() == r"$\frac{1}{2}$ Ltd" and not label.get_parse_math()
    show_figure(ax)


def saved(folder, names=TABLES):
    """The hash of every file of every plot, drawn and saved from scratch."""
    made = {}
    for name in names:
        ax = first(getattr(plots, name)(TABLES[name]))
        made |= {
            path.name: hashlib.sha256(path.read_bytes()).hexdigest()
            for path in save_figure(ax, Path(folder) / name, dpi=60)
        }
        plt.close("all")
    return made


def test_two_runs_give_the_same_bytes_of_every_plot_in_every_format(tmp_path):
    """The other run is a process of its own, with other hashes, in which the plots are drawn in the other order."""
    code = (
        "import json, sys; sys.path.insert(0, sys.argv[1]); import test_figures as t; "
        "print(json.dumps(t.saved(sys.argv[2], list(t.TABLES)[::-1])))"
    )
    run = subprocess.run(
        [sys.executable, "-c", code, str(Path(__file__).parent), str(tmp_path / "other")],
        check=True,
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONHASHSEED": "7"},
    )
    here, there = saved(tmp_path / "here"), json.loads(run.stdout.splitlines()[-1])
    assert len(here) == 5 * len(TABLES)
    assert {name for name in here if here[name] != there[name]} == set()


def test_every_plot_that_there_is_stands_among_these_tables():
    assert {name for name in plots.__all__ if name.startswith("plot_")} == {*TABLES, "plot_dispersion"}


def test_moving_one_point_changes_the_svg():
    def svg(value):
        return show_figure(plots.plot_tone(estimates(target="Mayor", voice="outlet", estimate=value)))._repr_html_()

    assert svg([0.2, -0.4]) != svg([0.21, -0.4])


def test_inline_svg_is_an_image_with_a_label_that_no_markup_escapes():
    table = TABLES["plot_tone"].assign(target='<script>"x"</script>')
    markup = show_figure(plots.plot_tone(table))._repr_html_()
    assert 'role="img"' in markup and "<script>" not in markup
    assert re.search(r'aria-label="[^"]*&lt;script&gt;&quot;x&quot;', markup)


def test_pdf_text_stays_text_and_svg_needs_no_font(tmp_path):
    written = {path.suffix: path for path in save_figure(plots.plot_tone(TABLES["plot_tone"]), tmp_path / "tone")}
    page = written[".pdf"].read_bytes()
    assert b"/FontFile2" in page and b"/Type3" not in page  # TrueType programs, not drawn shapes
    assert "font-family" not in written[".svg"].read_text(encoding="utf-8")


def test_a_figure_from_elsewhere_is_saved_only_with_data_and_words(tmp_path):
    _, ax = plt.subplots()
    with pytest.raises(ValueError, match=r"data= .* alt="):
        save_figure(ax, tmp_path / "x")
    save_figure(ax, tmp_path / "x", data=pd.DataFrame({"n": [1]}), alt="An empty plot.", formats=["svg"])
    assert (tmp_path / "x.txt").read_text(encoding="utf-8") == "An empty plot.\n"


def test_an_unknown_size_or_format_names_the_known_ones(tmp_path):
    with pytest.raises(ValueError, match="column, page"):
        plots.plot_tone(TABLES["plot_tone"], size="poster")
    with pytest.raises(ValueError, match="svg, png, pdf"):
        save_figure(plots.plot_tone(TABLES["plot_tone"]), tmp_path / "x", formats=["gif"])


def test_style_is_undone_even_when_a_plot_fails():
    @figure_style
    def broken(*, size):
        raise RuntimeError(size)

    before = dict(plt.rcParams)
    with pytest.raises(RuntimeError):
        broken()
    assert dict(plt.rcParams) == before


def test_saved_cells_never_become_formulas(tmp_path):
    table = TABLES["plot_speech_share"].assign(speaker="=HYPERLINK(1)")
    save_figure(plots.plot_speech_share(table, outlet="Gazette"), tmp_path / "x", formats=["svg"])
    assert "'=HYPERLINK" in (tmp_path / "x.csv").read_text(encoding="utf-8")


def test_an_item_is_drawn_once_per_outlet_and_who_speaks_is_not_an_item_of_the_headline():
    table = estimates(item="Mayor", kind="person", headline_share=[0.5, 0.25], lead_share=[1.0, 0.75])
    voices = table.assign(kind="voice", headline_share=0.9)
    label = table.assign(kind="label", headline_share=0.1)
    ax = plots.plot_emphasis(pd.concat([table, voices], ignore_index=True))
    assert [text.get_text() for text in ax.get_yticklabels()] == ["Mayor"] and len(markers(ax)) == 4
    ax = plots.plot_emphasis(pd.concat([table, label], ignore_index=True))
    assert [text.get_text() for text in ax.get_yticklabels()] == ["Mayor (person)", "Mayor (label)"]


def markers(ax):
    return [line for line in ax.lines if line.get_marker() not in ("None", None, "")]


def test_contrasts_that_are_not_drawn_are_counted_and_the_clearest_are_kept():
    one = TABLES["plot_comparisons"].iloc[[1]]
    table = pd.concat(
        [one.assign(measure=f"m{number}", p_adjusted=1 - number / 100) for number in range(60)], ignore_index=True
    )
    ax = plots.plot_comparisons(table, top=10)
    names = [text.get_text() for text in ax.get_yticklabels()]
    assert [name.split(":")[0] for name in names] == [f"m{number}" for number in range(50, 60)]
    assert "10 of 60 contrasts" in about(ax).caption


def test_a_figure_of_contrasts_says_what_could_not_be_paired_and_what_was_not_tested():
    table = TABLES["plot_comparisons"].assign(p_adjusted=[0.02, np.nan], note=["", "not paired, no events in common"])
    ax = plots.plot_comparisons(table)
    assert "1 of 2 rows with too few events" in about(ax).caption
    assert [text.get_text() for text in ax.texts] == ["p = .020, n = 8", "not tested, n = 8"]
    assert "Not paired" in about(plots.plot_comparisons(table.assign(note="not paired, 1 event in common"))).caption


def test_captions_give_the_least_and_most_articles_behind_the_rows_of_an_outlet():
    table = pd.concat([TABLES["plot_tone"], TABLES["plot_tone"].assign(target="Farmer", n_articles=[1, 8])])
    assert "Courier 1 to 8, Gazette 8 articles" in about(plots.plot_tone(table)).caption


def test_the_interval_of_the_own_share_is_drawn_on_the_bar():
    table = TABLES["plot_space"].assign(low=[0.4, 0.2, 0.1], high=[0.6, 0.4, 0.3])
    assert [list(line.get_xdata()) for line in plots.plot_space(table).lines] == [[0.4, 0.6]]


def test_every_panel_of_speech_has_its_scale_written_under_it():
    panels = plots.plot_speech_share(
        pd.concat([TABLES["plot_speech_share"].assign(outlet=f"Outlet {number}") for number in range(4)])
    )
    assert all(any(tick.get_text() for tick in panel.get_xticklabels()) for panel in panels)


@pytest.mark.parametrize("name", ["plot_comparisons", "plot_labels", "plot_coverage", "plot_space"])
@pytest.mark.parametrize("dpi", [100, 300])
def test_long_names_stay_inside_a_column_and_the_plot_keeps_room(name, dpi, tmp_path):
    names = {"Courier": "The Courier of the Northern Valleys", "Gazette": "The Gazette and Evening Advertiser"}
    ax = getattr(plots, name)(TABLES[name].replace({"outlet": names}), size="column")
    save_figure(ax, tmp_path / "x", formats=["png"], dpi=dpi)
    edge = plt.imread(tmp_path / "x.png")[:, :2, :3]
    figure = ax.get_figure()
    figure.draw_without_rendering()
    assert edge.min() == 1 and ax.get_position().width > 0.3


def test_saving_leaves_the_layout_of_the_figure_as_it_was(tmp_path):
    ax = plots.plot_tone(TABLES["plot_tone"])
    engine, dpi = ax.get_figure().get_layout_engine(), ax.get_figure().dpi
    save_figure(ax, tmp_path / "tone", formats=["png"])
    assert ax.get_figure().get_layout_engine() is engine and ax.get_figure().dpi == dpi


@pytest.mark.parametrize(
    "words, card", [(style.VOICE_TRUST, "quotes"), (style.SPEAKER_TRUST, "quotes"), (style.FACTS_TRUST, "coverage")]
)
def test_every_score_under_a_figure_stands_in_the_model_card(words, card):
    text = (Path(style.__file__).parents[1] / "data" / "models" / card / "MODEL_CARD.md").read_text(encoding="utf-8")
    scores = [float(score) for score in re.findall(r"(?<!\d)\.\d+", text)]
    for printed in map(float, re.findall(r"\.\d\d", words)):
        assert any(printed == pytest.approx(score, abs=0.006) for score in scores)


@pytest.mark.parametrize(
    "name, choice",
    [
        ("plot_keyness", {"outlet": "Herald"}),
        ("plot_label_share", {"concept": "x"}),
        ("plot_speech_share", {"outlet": "Herald"}),
    ],
)
def test_an_outlet_or_concept_that_is_not_there_is_named_with_those_that_are(name, choice):
    with pytest.raises(ValueError, match=rf"no (outlet|concept) '{next(iter(choice.values()))}' .*there are"):
        getattr(plots, name)(TABLES[name], **choice)
    if "outlet" in choice:  # one of the corpus that the table has nothing of
        getattr(plots, name)(TABLES[name], outlets=["Courier", "Gazette", "Herald"], **choice)


def test_what_is_no_table_is_refused_in_words():
    with pytest.raises(TypeError, match=r"Expected a table, got NoneType. .*tone_profile\(\)"):
        plots.plot_tone(None)


def test_words_that_the_sample_shows_are_drawn_in_full_colour_and_the_rest_pale():
    table = pd.concat(
        [
            TABLES["plot_keyness"].iloc[[0]].assign(word=word, p_adjusted=p, log_ratio=2.0 - place / 10)
            for place, (word, p) in enumerate((("dam", 0.01), ("folly", 0.06), ("flood", np.nan)))
        ]
    )
    ax = plots.plot_keyness(table)
    assert [bar.get_facecolor()[3] for bar in ax.patches] == [0.9, 0.3, 0.3]
    assert {bar.get_edgecolor()[3] for bar in ax.patches} == {1.0}  # so that pale bars stand out from the paper, too
    assert matplotlib.colors.to_hex(ax.patches[0].get_facecolor()) == outlet_colours(["Gazette"])["Gazette"].lower()
    assert "1 have a family-wise p below .05" in about(ax).alt


def test_the_grid_of_facts_counts_found_of_all_and_marks_what_is_unsure():
    table = pd.concat(
        [
            TABLES["plot_coverage"],
            pd.DataFrame(
                {
                    "article_id": ["a3", "a4"],
                    "outlet": ["Courier", "Gazette"],
                    "event": "e2",
                    "fact": "the dam broke",
                    "found": ["not found", "unsure"],
                    "position": np.nan,
                }
            ),
        ]
    )
    assert [text.get_text() for text in plots.plot_coverage(table).texts] == ["1/2", "0/2 ?"]


def test_facts_stand_in_the_order_of_telling_with_a_mark_for_each_article():
    table = pd.DataFrame(
        {
            "article_id": ["a1", "a1", "a2", "a2"],
            "outlet": ["Courier"] * 2 + ["Gazette"] * 2,
            "event": "e1",
            "fact": ["rescue", "broke"] * 2,
            "found": "found",
            "position": [0.8, 0.1, 0.5, 0.2],
        }
    )
    ax = plots.plot_order(table)
    assert [label.get_text() for label in ax.get_yticklabels()] == ["broke", "rescue"]
    assert sorted(line.get_xdata()[0] for line in markers(ax)) == [0.1, 0.2, 0.5, 0.8]
    named = plots.plot_order(table, facts={"broke": "The dam broke on Monday."})
    assert named.get_yticklabels()[0].get_text() == "The dam broke on Monday."


@pytest.mark.parametrize("name", TABLES)
def test_rows_that_share_an_index_are_drawn_as_if_numbered(name):
    table = pd.concat([TABLES[name], TABLES[name]])  # as after pd.concat of two corpora
    apart = next(column for column in ("outlet", "variable", "referent") if column in table)
    table[apart] = [*TABLES[name][apart], *("Herald " + TABLES[name][apart])]
    numbered = table.reset_index(drop=True)
    one, two = (about(first(getattr(plots, name)(part))) for part in (table, numbered))
    assert one.alt == two.alt and len(one.data) == len(two.data)


def test_alternative_text_names_no_leader_where_all_outlets_are_equal():
    from framing.plots.style import peaks

    table = pd.DataFrame(
        {"item": ["Elm", "Elm", "Oak", "Oak"], "outlet": ["A", "B", "A", "B"], "share": [0, 0, 0.25, 0.5]}
    )
    assert peaks(table, "item", "share") == "Elm: 0.00 in every outlet; Oak: highest in B (0.50)."


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ([1.0, 1.0, 0.2], "highest in A and B (1.00)"),
        ([0.501, 0.499, 0.2], "highest in A and B (0.50)"),
        ([-0.004, 0.003, -0.002], "0.00 in every outlet"),
        ([-0.004, -0.2, -0.3], "highest in A (0.00)"),
        ([-0.4, -0.2, -0.3], "highest in B (−0.20)"),
        ([np.nan, 0.2, 0.2], "0.20 in every outlet"),
        ([np.nan, np.nan, 0.2], "highest in C (0.20)"),
    ],
)
def test_alternative_text_names_all_that_share_the_highest_printed_number(values, said):
    from framing.plots.style import peaks

    table = pd.DataFrame({"item": "Elm", "outlet": ["A", "B", "C"], "share": values})
    assert peaks(table, "item", "share") == f"Elm: {said}."


def test_bars_of_speech_are_as_thick_in_every_panel():
    table = pd.DataFrame(
        {
            "outlet": ["Courier"] * 5 + ["Gazette"],
            "speaker": list("abcdea"),
            "n_words": 10,
            "n_quotes": 1,
            "share": [0.2] * 5 + [1.0],
        }
    )
    thick = {panel.patches[0].get_window_extent().height for panel in plots.plot_speech_share(table)}
    assert max(thick) == pytest.approx(min(thick))


def test_articles_without_headlines_are_counted_and_said_to_have_none():
    places = pd.DataFrame(
        {
            "article_id": ["a1", "a2"],
            "outlet": "Courier",
            "event": ["e1", "e2"],
            "item": "Tom Reed",
            "kind": "person",
            "in_headline": pd.NA,
            "in_lead": [True, False],
            "first_position": 0.1,
            "share_words": 0.5,
        }
    )
    profile = emphasis_profile(places)
    assert profile[["n_articles", "n_events"]].iloc[0].tolist() == [2, 2]
    known = about(plots.plot_emphasis(profile))
    assert "No article has a headline. In leads: Tom Reed: highest in Courier (0.50)." in known.alt
    assert "n = Courier 2 articles over up to 2 events." in known.caption


def test_no_quotations_make_no_bars_and_say_so():
    nothing = TABLES["plot_speech_share"].iloc[:0]
    assert about(first(plots.plot_speech_share(nothing))).alt == "No quotation was found."
    assert about(first(plots.plot_speech_share(nothing))).caption == ""


def test_the_least_p_is_a_range_where_rows_differ_in_it():
    table = TABLES["plot_comparisons"]
    same, apart = (
        about(plots.plot_comparisons(table.assign(smallest_p=least))).caption
        for least in (0.0078125, [0.0001, 0.0078125])
    )
    assert "can show: .008. " in same and "can show: < .001 to .008, by row. " in apart


def test_alternative_text_of_tone_names_no_leader_that_rests_on_one_article():
    table = pd.concat(
        [TABLES["plot_tone"], TABLES["plot_tone"].assign(outlet=["Herald", "Mirror"], estimate=0.9, n_articles=1)]
    )
    assert "Mayor: highest in Courier (0.20)." in about(plots.plot_tone(table)).alt
    alone = about(plots.plot_tone(table.assign(n_articles=1))).alt
    assert "highest" not in alone and "No two outlets have two articles each" in alone


def test_a_ring_in_the_lead_shows_around_the_mark_in_the_headline():
    ax = plots.plot_emphasis(TABLES["plot_emphasis"].assign(lead_share=[0.5, 0.25]))
    marks = [line for line in ax.lines if line.get_marker() not in ("None", None, "")]
    rings = [line for line in marks if line.get_markerfacecolor() == "white"]
    filled = [line for line in marks if line not in rings]
    assert [line.get_xdata()[0] for line in rings] == [line.get_xdata()[0] for line in filled] == [0.5, 0.25]
    assert all(
        ring.get_markersize() > 1.5 * mark.get_markersize() and ring.get_ydata()[0] < mark.get_ydata()[0]
        for ring, mark in zip(rings, filled, strict=True)
    )  # a little lower, so that both intervals show


def test_ids_of_facts_are_drawn_with_spaces_and_statements_as_written():
    table = TABLES["plot_order"].assign(fact=["first_visit", "the file a_b leaked"])
    assert "“first visit” (median 0.10); “the file a_b leaked” (median 0.80)" in about(plots.plot_order(table)).alt
    grid = plots.plot_coverage(table.assign(found="not found"))
    assert {label.get_text() for label in grid.get_yticklabels()} == {"first visit", "the file a_b leaked"}
    assert "“first visit” not found in Courier" in about(grid).alt


@pytest.mark.parametrize("as_table", [True, False])
def test_facts_are_called_by_their_statements_in_the_alternative_text_too(as_table):
    said = {"first_visit": "It was the first visit since 2019.", "un_ban": "The UN bans the trade"}
    facts = pd.DataFrame({"fact": said.keys(), "statement": said.values()}) if as_table else said
    table = TABLES["plot_order"].assign(fact=["first_visit", "un_ban"])
    told = about(plots.plot_order(table, facts=facts)).alt
    gaps = about(plots.plot_coverage(table.assign(found="not found"), facts=facts)).alt
    for alt in (told, gaps):
        assert "“It was the first visit since 2019”" in alt and "“The UN bans the trade”" in alt
        assert "un ban" not in alt and "first visit not" not in alt
    spoken = {"first_visit": "“We will come back,” he said.", "un_ban": "x"}
    assert "first: “We will come back,” he said (median" in about(plots.plot_order(table, facts=spoken)).alt


def test_an_interval_that_its_mark_hides_is_named_in_the_caption():
    words = "An interval that does not show is narrower than its mark."
    for name in ("plot_comparisons", "plot_tone", "plot_label_share"):
        table = TABLES[name].iloc[[0, 0]].reset_index(drop=True)
        value = "share" if "share" in table else "estimate"
        narrow = table.assign(low=table[value] - 0.001, high=[table[value][0] + 0.001, 0.9])
        wide = table.assign(low=-0.5, high=0.5)
        none = table.assign(low=np.nan, high=np.nan)
        draw = getattr(plots, name)
        assert words in about(draw(narrow)).caption, name
        assert words not in about(draw(wide)).caption + about(draw(none)).caption, name


def test_a_filled_row_whose_interval_holds_zero_is_named_in_the_caption():
    table = TABLES["plot_comparisons"]
    assert "holds zero" not in about(plots.plot_comparisons(table)).caption
    at_odds = about(plots.plot_comparisons(table.assign(low=[-0.1, -0.6], high=[0.5, 0.2])))
    assert "In 1 filled row the interval holds zero" in at_odds.caption


def test_every_figure_has_a_title_above_everything():
    for name, table in TABLES.items():
        drawn = getattr(plots, name)(table)
        panels = drawn if isinstance(drawn, list) else [drawn]
        assert panels[0].figure.get_suptitle() or panels[0].get_title("left"), name
    panels = plots.plot_speech_share(TABLES["plot_speech_share"])
    assert panels[0].figure.get_suptitle() == "Who is given words"
    assert [panel.get_title("left") for panel in panels] == ["Courier", "Gazette"]
    one = plots.plot_speech_share(TABLES["plot_speech_share"], outlet="Courier", title="Who speaks")
    assert (one.figure.get_suptitle(), one.get_title("left")) == ("Who speaks", "Courier")


def test_a_fact_is_counted_over_the_events_on_which_some_outlet_tells_it():
    rows = [
        (outlet, event, fact)
        for fact in ("broke", "untold")
        for event in ("e1", "e2")
        for outlet in ("Courier", "Gazette", "Herald")
        if (outlet, event) != ("Herald", "e1")
    ]
    table = pd.DataFrame(rows, columns=["outlet", "event", "fact"])
    table["article_id"] = table["outlet"] + table["event"]
    table["found"] = ["found" if row == ("Courier", "e1", "broke") else "not found" for row in rows]
    drawn = plots.plot_coverage(table)
    assert [text.get_text() for text in drawn.texts] == ["1/1", "0/1", "–", "0/2", "0/2", "0/1"]
    assert "“broke” not found in Gazette" in about(drawn).alt and "“broke” not found in Herald" not in about(drawn).alt
    assert "on events on which any outlet may tell it" in about(drawn).caption


@pytest.mark.parametrize("name", ["plot_keyness", "plot_word_shift"])
def test_the_caption_of_words_tells_of_full_and_pale_bars_only_where_there_are_any(name):
    def caption(*p):
        return about(getattr(plots, name)(TABLES[name].assign(p_adjusted=p))).caption

    assert "Full strength" in caption(0.01, 0.6) and "; pale: not shown" in caption(0.01, 0.6)
    assert "Full strength" not in caption(0.3, 0.6) and "All pale: none has p < .05" in caption(0.3, 0.6)
    assert "pale" not in caption(0.01, 0.02)


def test_the_caption_of_words_explains_grey_bars():
    assert "in grey: words it uses less" in about(plots.plot_keyness(TABLES["plot_keyness"])).caption


def test_the_cut_that_captions_name_is_the_one_that_counts():
    from framing.quotes.certainty import COUNTED_FROM

    assert re.findall(r"\.\d+(?= on)", style.COUNTED_TRUST) == [f"{COUNTED_FROM:g}".removeprefix("0")]


# What a reader who sees only the figure and its caption would take wrongly.


@pytest.mark.parametrize(
    ("notes", "printed", "said"),
    [
        (["", ""], ["n = 8", "n = 8"], "n counts events. "),
        (
            ["not paired, 1 event in common", ""],
            ["n = 60", "n = 8"],
            "n counts events, and articles where not paired. ",
        ),
        (["not paired, no event in common"] * 2, ["n = 60", "n = 60"], "n counts articles. "),
    ],
)
def test_a_contrast_that_is_not_paired_prints_its_articles_not_the_events_it_has_not(notes, printed, said):
    table = TABLES["plot_comparisons"].assign(n_articles=60, n_events=[0 if note else 8 for note in notes], note=notes)
    ax = plots.plot_comparisons(table)
    assert [text.get_text().split(", ")[1] for text in ax.texts] == printed and said in about(ax).caption
    bare = plots.plot_comparisons(table.drop(columns="n_articles")).texts[0].get_text()
    assert ("n =" in bare) == (not notes[0])


def test_an_open_row_whose_interval_is_clear_of_zero_is_named_in_the_caption():
    table = TABLES["plot_comparisons"]
    assert "In 1 open row the interval is clear of zero" in about(plots.plot_comparisons(table)).caption
    assert "clear of zero" not in about(plots.plot_comparisons(table.assign(p_adjusted=0.01))).caption
    assert "clear of zero" not in about(plots.plot_comparisons(table.assign(low=-0.9, high=0.9))).caption


def depths(ax):
    return [round(square.get_alpha(), 2) for square in ax.patches]


@pytest.mark.parametrize("most", [0.02, 0.05, 0.4])
def test_the_shade_of_a_source_tells_speakers_apart_and_the_rest_has_none(most):
    table = pd.DataFrame({"outlet": "Courier", "speaker": ["Ann", "Tom", "Eve", "Bob", pd.NA]})
    table = table.assign(
        share=[most, most / 2, 0.002, 0.002, 0.5], n_words=[90, 50, 2, 1, 300], n_quotes=[9, 5, 1, 1, 30]
    )
    ax = plots.plot_sources(table, top=2)
    assert [label.get_text() for label in ax.get_yticklabels()] == ["Ann", "Tom", "2 others", "not identified"]
    assert depths(ax) == [1.0, 0.55, 1.0, 1.0]
    hues = [matplotlib.colors.to_hex(square.get_facecolor()) for square in ax.patches]
    assert hues[:2] == [style.BLUE.lower()] * 2 and hues[2:] == [style.LIGHT.lower()] * 2
    assert "grey: not one speaker" in about(ax).caption
    assert "grey" not in about(plots.plot_sources(table.head(2))).caption


def test_words_of_somebody_are_never_printed_as_no_words():
    table = pd.DataFrame({"outlet": "Courier", "speaker": ["Ann", "Tom"], "share": [0.997, 0.003]})
    table = table.assign(n_words=[997, 3], n_quotes=[90, 1])
    assert "<1% (1)" in [text.get_text() for text in plots.plot_sources(table).texts]
    assert "<1% (1)" in [text.get_text() for text in plots.plot_speech_share(table, outlet="Courier").texts]


@pytest.mark.parametrize("share, high", [(0.05, 0.1), (0.08, 0.3), (0.2, 0.3), (0.4, 0.6), (0.9, 1.0)])
def test_the_scale_of_speech_reaches_as_far_as_its_intervals(share, high):
    table = pd.concat(
        [
            TABLES["plot_speech_share"].iloc[[0]].assign(outlet=f"Outlet {n}", share=share, low=0.01, high=high)
            for n in range(3)
        ]
    )
    for panel in plots.plot_speech_share(table):
        ticks = panel.get_xticks()
        assert 3 <= len(ticks) <= 4 and ticks[-1] > 0.45 * min(panel.get_xlim()[1], 1)


def words_of(**counts):
    """As `keyness` gives them: how often a word stands in the outlet and its reference."""
    rows = [
        {"word": word.replace("_", " "), "n_target": n, "n_reference": m, "log_ratio": np.log2((n or 0.5) / (m or 0.5))}
        for word, (n, m) in counts.items()
    ]
    table = pd.DataFrame(rows).assign(outlet="Gazette", reference="rest", p_adjusted=0.6)
    return table.assign(log_likelihood=table["n_target"] + table["n_reference"])


@pytest.mark.parametrize(
    ("counts", "drawn"),
    [
        ({"kim": (9, 2), "kim_jong": (9, 2), "jong": (9, 2)}, ["kim jong"]),
        ({"far": (8, 1), "far_east": (8, 1), "east": (9, 1)}, ["far east"]),
        ({"north": (21, 7), "korea": (18, 2), "north_korea": (17, 1)}, ["north korea", "north"]),
        (
            {"donald": (11, 3), "donald_trump": (11, 2), "president_donald_trump": (7, 0)},
            ["president donald trump", "donald trump"],
        ),
        ({"war": (9, 0), "war_of_words": (4, 0)}, ["war", "war of words"]),
        ({"dam": (9, 0), "dams": (9, 0)}, ["dam", "dams"]),
        ({"wall": (2, 9), "wall_street": (2, 8)}, ["wall street"]),
        ({"wall": (6, 5), "wall_street": (4, 5)}, ["wall", "wall street"]),  # on the other side of zero
        ({"new_york_times": (9, 1), "york": (9, 1), "new_york": (9, 1), "new": (9, 1)}, ["new york times"]),
        ({"storm": (9, 1)}, ["storm"]),
    ],
)
def test_a_phrase_and_the_words_that_stand_only_in_it_are_one_bar(counts, drawn):
    assert sorted(about(plots.plot_keyness(words_of(**counts))).data["word"]) == sorted(drawn)


def test_the_phrase_stands_where_the_strongest_of_its_words_would_and_no_shown_word_gives_way_to_one_that_is_not():
    table = words_of(kim=(10, 2), kim_jong=(9, 1), dam=(11, 0))
    assert about(plots.plot_keyness(table, top=1)).data["word"].tolist() == ["kim jong"]
    sure = table.assign(p_adjusted=[0.01, 0.6, 0.6])
    assert "kim" in about(plots.plot_keyness(sure)).data["word"].tolist()


def test_a_bar_that_rests_on_no_use_says_what_its_ratio_is_of():
    assert "A count of 0 is taken for 0.5" in about(plots.plot_keyness(words_of(dam=(9, 0)))).caption
    assert "taken for" not in about(plots.plot_keyness(words_of(dam=(9, 1)))).caption
    assert "outlet's own voice" in about(plots.plot_word_shift(TABLES["plot_word_shift"])).caption


def test_the_stroke_of_valence_stands_in_the_legend_where_it_is_drawn():
    def legend(table):
        return [text.get_text() for text in plots.plot_tone(table).get_legend().get_texts()]

    assert legend(TABLES["plot_tone"].assign(valence=0.1)) == ["Courier", "Gazette", "valence"]
    assert legend(TABLES["plot_tone"]) == ["Courier", "Gazette"]


@pytest.mark.parametrize("n", range(1, 13))
def test_a_legend_is_read_across_and_its_lines_hold_as_many_names(n):
    names = [f"The Evening Courier {number:02}" for number in range(n)]
    ax = plots.plot_tone(pd.concat([TABLES["plot_tone"].iloc[[0]].assign(outlet=name) for name in names]))
    figure = ax.get_figure()
    figure.draw_without_rendering()
    boxes = [(text.get_window_extent(), text.get_text()) for text in ax.get_legend().get_texts()]
    across = sorted(boxes, key=lambda box: (-round(box[0].y0), box[0].x0))
    assert [words for _, words in across] == names
    in_line = pd.Series([round(box.y0) for box, _ in boxes]).value_counts(sort=False)
    assert in_line.nunique() == 1 or sorted(in_line)[1] - sorted(in_line)[0] <= len(in_line)


@pytest.mark.parametrize("size", ["column", "page", "slide"])
def test_of_a_concept_two_names_are_drawn_or_none_as_long_as_there_are_rivals(size):
    rows = [("ruler", "king", 40), ("ruler", "lord", 1)]
    rows += [(f"concept {n}", word, uses) for n in range(9) for word, uses in (("one", 20), ("two", 9), ("three", 2))]
    rows += [("alone", "single", 99)]
    table = pd.DataFrame([row[:2] for row in rows for _ in range(row[2])], columns=["concept", "label"])
    drawn = about(plots.plot_labels(table.assign(outlet="Courier", voice="outlet"), top=9, size=size)).data
    each = drawn.groupby("concept")["label"].nunique()
    assert (each >= 2).all() and "alone" not in each and len(drawn) >= 6


def test_labels_without_a_rival_are_drawn_where_there_is_room():
    drawn = about(plots.plot_labels(TABLES["plot_labels"].iloc[[0]])).data
    assert drawn["label"].tolist() == ["project"]


@pytest.mark.parametrize(("high", "end"), [(0.04, 0.1), (0.31, 0.4), (0.5, 0.5), (0.51, 1.0), (1.0, 1.0)])
def test_an_axis_of_shares_ends_where_the_lower_half_holds_all(high, end):
    table = TABLES["plot_emphasis"].assign(
        headline_share=0.02, headline_share_low=0.0, headline_share_high=high, lead_share=0.01
    )
    assert plots.plot_emphasis(table).get_xlim()[1] == pytest.approx(1.03 * end)
    tone = TABLES["plot_tone"].assign(estimate=[0.02, -0.01], low=[-high, -0.02], high=0.03)
    assert plots.plot_tone(tone).get_xlim() == pytest.approx((-1.05 * end, 1.05 * end))
    assert plots.plot_tone(tone.assign(low=-0.02, valence=[-high, 0.0])).get_xlim()[0] == pytest.approx(-1.05 * end)


def test_outlets_without_headlines_are_named_where_others_have_some():
    table = TABLES["plot_emphasis"]
    assert "Without headlines" not in about(plots.plot_emphasis(table)).caption
    some = table.assign(headline_share=[0.5, np.nan])
    assert "Without headlines: Gazette." in about(plots.plot_emphasis(some)).caption


@pytest.mark.parametrize("column", ["node", "label"])
def test_strips_and_days_of_uses_say_of_which_word(column):
    articles = TABLES["plot_timeline"].assign(text="x" * 9, outlet=["A", "A", "B"])
    uses = pd.DataFrame({"article_id": ["a1", "a3"], "start": [2, 3], column: ["dam", "Dam"]})
    strips = plots.plot_dispersion(uses, articles)
    days = plots.plot_timeline(uses, articles=articles)
    assert strips.get_title("left") == "Where in the articles “dam” stands" and "2 uses of “dam”" in about(strips).alt
    assert days.get_title("left") == "When “dam” is used" and "2 uses of “dam”" in about(days).alt
    several = uses.assign(**{column: ["dam", "folly"]})
    assert plots.plot_dispersion(several, articles).get_title("left") == "Where in the articles it stands"


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("outlet", ["Post", "Port Ansel Evening Beacon", "The Evening Courier of the Northern Valleys"])
@pytest.mark.parametrize(
    "measure", ["tone", "words in the outlet's own voice", "words given to the Ministry of the Interior"]
)
def test_a_row_of_contrasts_is_broken_between_what_is_measured_and_who_is_compared(measure, outlet, size):
    table = TABLES["plot_comparisons"].iloc[[0]].assign(measure=measure, outlet=outlet)
    lines = plots.plot_comparisons(table, size=size).get_yticklabels()[0].get_text().split("\n")
    assert len(lines) == 1 or not any(": " in line for line in lines)
    assert len(lines) <= 3 and lines[-1] != "rest" and lines[-1].endswith(("rest", "…"))


def test_marks_of_days_grow_with_the_type():
    page, slide = (plots.plot_timeline(TABLES["plot_timeline"], size=size) for size in ("page", "slide"))
    areas = [float(np.concatenate([dots.get_sizes() for dots in ax.collections]).max()) for ax in (page, slide)]
    assert areas[1] / areas[0] == pytest.approx((12 / 7) ** 2)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(
    "concept", ["a person suspected or convicted", "Moscow and Pyongyang together", "money for people in need of help"]
)
def test_the_name_of_a_concept_stands_whole_where_a_column_has_two_lines_for_it(concept, size):
    table = TABLES["plot_labels"].assign(concept=concept)
    ax = plots.plot_labels(pd.concat([table, table.assign(label="tie")]), size=size)
    heading = next(label for label in ax.get_yticklabels() if label.get_fontweight() == "bold")
    assert heading.get_text().replace("\n", " ") == concept
    assert style_troubles(ax) == ([], [])


def style_troubles(ax):
    from framing.plots.fitting import text_troubles

    return text_troubles(ax.get_figure())


@pytest.mark.parametrize("outlet", ["Post", "The Lantern Bay Herald", "The Evening Courier of the Northern Valleys"])
def test_a_strip_keeps_its_subject_however_long_the_name_of_its_outlet(outlet):
    articles = TABLES["plot_timeline"].assign(text="x" * 9, outlet=outlet, event=["banquet", "talks", "arrival"])
    uses = pd.DataFrame({"article_id": ["a1", "a3"], "start": [2, 3]})
    for size in SIZES:
        names = [label.get_text() for label in plots.plot_dispersion(uses, articles, size=size).get_yticklabels()]
        assert [name.split(" · ")[1] for name in names] == ["banquet", "talks", "arrival"]
        assert all(name.startswith(outlet[:4]) for name in names)


@pytest.mark.parametrize("lines", [1, 2])
@pytest.mark.parametrize(
    "names",
    [
        [f"Ministry of the Interior and of Public Order of the Northern Valleys no. {n}" for n in range(12)],
        [f"Bundesverfassungsgerichtsurteilsbegründungsentwurfsfassungsverzeichnis{n}" for n in range(12)],
        [
            "The spokesman of the commission for the northern valleys Ann Lee",
            "The spokesman of the commission for the northern valleys Tom Reed",
        ],
        ["国家发展和改革委员会北方山谷地区办公室主任" * 3 + end for end in "甲乙"],
    ],
)
def test_long_names_that_begin_alike_are_told_apart(names, lines):
    from framing.plots.fitting import names_in_lines, width_of

    cut = names_in_lines(names, 7, 120, lines)
    assert len(set(cut)) == len(names) and all("…" in name for name in cut)
    assert all(width_of(line, 7) <= 121 and name.count("\n") < lines for name in cut for line in name.split("\n"))
    assert all(name.endswith(shown.split("…")[1]) for name, shown in zip(names, cut, strict=True))
    assert names_in_lines(names[:1] * 2, 7, 120, lines)[0].endswith("…")  # one name twice is cut as ever


def test_contrasts_of_many_long_measures_keep_the_end_that_parts_them():
    table = pd.concat(
        [
            TABLES["plot_comparisons"].iloc[[0]].assign(measure=f"words given to the Ministry of the Interior no. {n}")
            for n in range(9)
        ]
    ).assign(outlet="The Evening Courier of the Northern Valleys")
    names = [label.get_text() for label in plots.plot_comparisons(table, size="column").get_yticklabels()]
    assert len(set(names)) == 9


@pytest.mark.parametrize(
    ("sizes", "said"),
    [
        ([8], "n = A 8 articles"),
        ([8, 8], "n = A 8, B 8 articles"),
        ([8, 8, 8], "n = 8 articles of each outlet"),
        ([8, 7, 8], "n = A 8, B 7, C 8 articles"),
        (range(2, 14), "n = 2 to 13 articles of each outlet"),
    ],
)
def test_captions_name_the_size_of_each_outlet_unless_they_are_many_or_all_alike(sizes, said):
    table = pd.concat(
        [TABLES["plot_tone"].iloc[[0]].assign(outlet=chr(65 + n), n_articles=size) for n, size in enumerate(sizes)]
    )
    assert said in about(plots.plot_tone(table)).caption


def test_the_fields_of_a_legend_stand_apart_from_their_words():
    legend = plots.plot_space(TABLES["plot_space"]).get_legend()
    legend.get_figure().draw_without_rendering()
    for patch, text in zip(legend.get_patches(), legend.get_texts(), strict=True):
        assert text.get_window_extent().x0 - patch.get_window_extent().x1 >= 0.4 * text.get_fontsize() * 100 / 72


@pytest.mark.parametrize("size", SIZES)
def test_the_name_of_an_outlet_above_a_grid_is_whole_in_as_many_lines_as_it_has_words(size):
    names = [
        "Port Ansel Evening Beacon",
        "Ansel Coast Radio",
        "The Gannet",
        "Harbor Business Ledger",
        "The Inland Courier",
    ]
    table = pd.concat([TABLES["plot_sources"].iloc[[0]].assign(outlet=name) for name in names])
    ax = plots.plot_sources(table, size=size)
    assert [label.get_text().replace("\n", " ") for label in ax.get_xticklabels()] == sorted(names)
    assert style_troubles(ax) == ([], [])


def test_of_targets_in_as_many_articles_those_of_most_sentences_are_drawn_and_the_others_counted():
    table = pd.concat(
        estimates(target=name, voice="outlet").assign(n_articles=3, n_sentences=n)
        for name, n in zip("ABCDEFGHIJ", range(5, 15), strict=True)
    )
    ax = plots.plot_tone(table)
    rows = about(ax).data
    assert set(rows["target"]) == set("CDEFGHIJ")
    assert "Not drawn: 2 targets of fewer articles or sentences." in about(ax).caption
    assert "Not drawn" not in about(plots.plot_tone(table[table["target"] != "A"], top=9)).caption
