"""Every figure at every size on tables that are hard to draw: nothing stands on anything, nothing runs out."""

import warnings
from itertools import combinations

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from matplotlib.colors import to_rgb

from framing import plots
from framing.plots.export import save_figure
from framing.plots.fitting import cut_to, lines_of, text_troubles, width_of
from framing.plots.style import MARKERS, PALETTE, SIZES, about, ink, luminance, outlet_colours, outlet_markers

LONG = "The {} Evening Courier of the Northern Valleys"
OUTLETS = [
    *(LONG.format(word) for word in ("Old", "New", "Grand", "Small", "First", "Last", "Royal", "Daily")),
    "한국일보와 조선일보 그리고 동아일보의 신문",
    "صحيفة الشرق الأوسط اليومية للأخبار العالمية",
    "Ox",
    "Süddeutsche-Rheinisch-Westfälische-Tageszeitung",
]
ITEMS = [f"Ministry of the Interior and Public Order no. {number}" for number in range(30)]


def every(**columns):
    """One row per outlet and item, among them zeros and intervals of all widths."""
    rows = [
        {
            "outlet": outlet,
            "item": item,
            "estimate": ((i * 7 + j * 3) % 11 - 5) / 5,
            "n_articles": 2 + (i + j) % 9,
            "n_events": 8,
        }
        for i, outlet in enumerate(OUTLETS)
        for j, item in enumerate(ITEMS)
    ]
    table = pd.DataFrame(rows)
    table["low"], table["high"] = table["estimate"] - 0.3, table["estimate"] + 0.3
    table["share"] = table["estimate"].clip(lower=0)
    return table.assign(**columns)


def coverage():
    rows = [
        {
            "outlet": outlet,
            "article_id": f"{i}-{e}",
            "event": f"e{e}",
            "fact": item,
            "position": (i + j) % 10 / 10,
            "found": ("found", "unsure", "not found")[(i + j + e) % 3],
        }
        for i, outlet in enumerate(OUTLETS)
        for e in range(3)
        for j, item in enumerate(ITEMS)
    ]
    return pd.DataFrame(rows)


def comparisons():
    table = every(
        measure=[f"share of words given to the {item}" for _ in OUTLETS for item in ITEMS],
        reference="rest",
        p=0.02,
        p_adjusted=0.04,
        smallest_p=0.0078,
        declared=False,
    )
    return table[:40]


def labels():
    return pd.DataFrame(
        [
            {
                "outlet": outlet,
                "concept": f"concept no. {j % 3} of the long public debate",
                "label": item,
                "voice": "outlet" if i % 2 else "quoted",
            }
            for i, outlet in enumerate(OUTLETS)
            for j, item in enumerate(ITEMS)
            for _ in range((i + j) % 14)
        ]
    )


def rivals():
    names = ["partnership of outcasts", "rapprochement", "friendship", "special military operation"]
    return pd.DataFrame(
        [
            {
                "referent": item,
                "kind": "noun",
                "names": (*names, item),
                "n_events": 3,
                "sure": 0.7,
                "used": tuple(
                    (names[(i + j + k) % 4], outlet, "outlet", 1 + (i + k) % 9)
                    for i, outlet in enumerate(OUTLETS)
                    for k in range(2)
                ),
            }
            for j, item in enumerate(ITEMS)
        ]
    )


def agency():
    table = every(measure="acts", n=4).rename(columns={"item": "actor"})
    return table.assign(**{name: table[name].clip(0, 1) for name in ("estimate", "low", "high")})


def speech():
    table = every().rename(columns={"item": "speaker"}).assign(n_words=30, n_quotes=12)
    table["share"] = 1 / len(ITEMS) + (np.arange(len(table)) % 5) / 400
    return table


def voices():
    return pd.DataFrame(
        [
            {
                "outlet": outlet,
                "voice": voice,
                "share": share,
                "n_articles": 8,
                "n_events": 8,
                "low": share - 0.1,
                "high": share + 0.1,
            }
            for outlet in OUTLETS
            for voice, share in (("outlet", 0.5), ("quoted", 0.45), ("reported", 0.05))
        ]
    )


def keyness():
    return pd.DataFrame(
        [
            {
                "word": f"Bundesverfassungsgerichtsurteil{number}",
                "outlet": OUTLETS[0],
                "reference": "rest",
                "log_ratio": (number - 20) / 5,
                "log_likelihood": float(number),
                "n_target": 1234,
                "n_reference": 12345,
                "per_million_target": 900.0 + 40 * number,
                "per_million_reference": 1500.0,
                "p_adjusted": number / 40,
            }
            for number in range(40)
        ]
    )


def articles():
    days = pd.date_range("2023-12-20", periods=40).strftime("%Y-%m-%d")
    return pd.DataFrame(
        [
            {
                "article_id": f"{i}-{j}",
                "outlet": outlet,
                "date": days[(i * 7 + j * j) % 40],
                "text": "x" * 900,
                "event": f"the long debate no. {j}",
            }
            for i, outlet in enumerate(OUTLETS)
            for j in range(9)
        ]
    )


def agreement():
    """Thirty variables of twelve coders, some of them not measurable."""
    rows = []
    for number, item in enumerate(ITEMS):
        alpha = float("nan") if number % 7 == 3 else (number - 6) / 24
        rows.append([item, "all", alpha, alpha - 0.2, alpha + 0.2, 40, 12])
        rows += [
            [item, f"{one} and {other}", alpha - 0.1 + place / 400, np.nan, np.nan, 20, 2]
            for place, (one, other) in enumerate(combinations(OUTLETS, 2))
        ]
    return pd.DataFrame(rows, columns=["variable", "coders", "alpha", "low", "high", "n_units", "n_coders"])


HARD = {
    "plot_agreement": agreement,
    "plot_comparisons": comparisons,
    "plot_tone": lambda: every(voice="outlet").rename(columns={"item": "target"}),
    "plot_label_share": lambda: every(concept="the long public debate").rename(columns={"item": "label"}),
    "plot_labels": labels,
    "plot_rivals": rivals,
    "plot_agency": agency,
    "plot_speech_share": speech,
    "plot_keyness": keyness,
    "plot_emphasis": lambda: every(
        kind="person",
        headline_share=0.3,
        lead_share=0.6,
        headline_share_low=0.1,
        headline_share_high=0.5,
        lead_share_low=0.2,
        lead_share_high=0.9,
    ),
    "plot_sources": speech,
    "plot_timeline": articles,
    "plot_word_shift": keyness,
    "plot_space": voices,
    "plot_coverage": coverage,
    "plot_order": coverage,
}


@pytest.fixture(autouse=True)
def closed():
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Figures show boxes|Glyph|constrained_layout not applied")
        yield
    plt.close("all")


def figure(drawn):
    return (drawn[0] if isinstance(drawn, list) else drawn).get_figure()


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", HARD)
def test_no_word_of_a_hard_figure_stands_on_another_or_runs_out(name, size):
    overlaps, clipped = text_troubles(figure(getattr(plots, name)(HARD[name](), size=size)))
    assert (overlaps[:5], clipped[:5]) == ([], [])


@pytest.mark.parametrize("name", HARD)
@pytest.mark.parametrize("size", ["column", "slide"])
@pytest.mark.parametrize("n", [0, 1])
def test_one_row_and_no_rows_are_drawn_without_words_on_words(name, size, n):
    overlaps, clipped = text_troubles(figure(getattr(plots, name)(HARD[name]().iloc[:n], size=size)))
    assert (overlaps, clipped) == ([], [])


@pytest.mark.parametrize("size", SIZES)
def test_strips_of_many_articles_are_drawn_without_words_on_words(size):
    uses = pd.DataFrame({"article_id": [f"{i}-{j}" for i in range(12) for j in range(9)], "start": range(0, 864, 8)})
    drawn = plots.plot_dispersion(uses, articles(), size=size)
    assert text_troubles(drawn.get_figure()) == ([], [])


def test_a_timeline_counts_articles_and_of_a_word_its_uses_by_the_day():
    table = pd.DataFrame(
        {
            "article_id": list("abc"),
            "outlet": ["A", "A", "B"],
            "text": "x",
            "date": ["2024-01-01", "2024-01-01T09:00:00Z", pd.NA],
        }
    )
    known = about(plots.plot_timeline(table))
    assert known.data[["outlet", "n"]].to_numpy().tolist() == [["A", 2]]
    assert "Without a date and not drawn: 1" in known.caption
    uses = about(plots.plot_timeline(pd.DataFrame({"article_id": ["a", "a", "b"]}), articles=table))
    assert uses.data["n"].tolist() == [3] and "3 uses" in uses.alt


def test_who_quotes_whom_holds_shares_counts_and_the_rest_in_one_row():
    table = pd.DataFrame(
        {
            "outlet": list("AAAB"),
            "speaker": ["Ann", "Tom", pd.NA, "Ann"],
            "n_words": [6, 3, 1, 5],
            "n_quotes": [2, 1, 1, 1],
            "share": [0.6, 0.3, 0.1, 1.0],
        }
    )
    ax = plots.plot_sources(table, top=1)
    assert [label.get_text() for label in ax.get_yticklabels()] == ["Ann", "1 other", "not identified"]
    assert sorted(text.get_text() for text in ax.texts) == ["10% (1)", "100% (1)", "30% (1)", "60% (2)", "·", "·"]


def test_ticks_of_dispersion_stand_where_the_word_stands_and_empty_strips_are_kept():
    two = pd.DataFrame({"article_id": ["a", "b"], "outlet": ["A", "B"], "text": ["x" * 100, "x" * 10]})
    ax = plots.plot_dispersion(pd.DataFrame({"article_id": ["a", "a"], "start": [25, 50]}), two)
    assert len(ax.get_yticklabels()) == 2 and about(ax).data["position"].tolist() == [0.25, 0.5]
    late = plots.plot_dispersion(pd.DataFrame({"article_id": ["b"], "start": [5]}), two, top=1)
    assert [label.get_text() for label in late.get_yticklabels()] == ["B"] and "1 of 2 articles" in about(late).caption


def test_a_strip_is_named_by_the_event_or_by_the_headline_where_that_is_a_hash():
    table = pd.DataFrame(
        {
            "article_id": ["a", "b", "c"],
            "outlet": "Courier",
            "text": "x" * 9,
            "event": ["dam breaks", "6b541575-99b1-40d2", "6b541575-99b1-40d3"],
            "headline": ["One", "Dam holds", pd.NA],
        }
    )
    ax = plots.plot_dispersion(pd.DataFrame({"article_id": ["a"], "start": [5]}), table)
    assert [label.get_text() for label in ax.get_yticklabels()] == [
        "Courier · dam breaks",
        "Courier · Dam holds",
        "Courier",
    ]


def test_a_word_shift_is_the_gap_of_the_rates():
    ax = plots.plot_word_shift(keyness(), top=3)
    gaps = [bar.get_width() for bar in ax.patches]
    assert gaps == sorted(gaps, reverse=True) and gaps[0] == pytest.approx((900 + 40 * 39 - 1500) / 100)


def test_words_on_words_and_words_that_run_out_are_noticed():
    made, ax = plt.subplots()
    ax.text(0.5, 0.5, "one")
    ax.text(0.5, 0.5, "other")
    ax.text(0.9, 0.2, "a long text that leaves the paper")
    overlaps, clipped = text_troubles(made)
    assert overlaps == [("one", "other")] and clipped == ["a long text that leaves the paper"]


def test_cells_too_small_for_their_numbers_say_so_and_keep_them_in_the_data():
    names = [f"Outlet {number:02}" for number in range(60)]
    table = pd.DataFrame({"outlet": names, "concept": "the dam", "label": "folly", "voice": "outlet"})
    drawn = plots.plot_labels(pd.concat([table] * 12, ignore_index=True), size="column")
    assert not [text for text in drawn.texts if text.get_text()] and len(about(drawn).data) == 60
    assert "too small for their numbers" in about(drawn).caption


def test_cells_that_leave_something_out_say_so():
    few = plots.plot_labels(labels(), size="column")
    assert {text.get_text() for text in few.texts} & set("123456789")
    assert "room for one number, their first" in about(few).caption
    narrow = plots.plot_rivals(rivals(), size="column")
    assert not [text for text in narrow.texts if text.get_text()]  # not "a…" and "b…"
    assert "too small for their words" in about(narrow).caption
    wide = plots.plot_labels(labels()[lambda rows: rows["outlet"].isin(OUTLETS[:2])], size="page")
    assert "The cells" not in about(wide).caption


def test_a_row_of_contrasts_names_who_differs_however_long_what_is_measured():
    drawn = plots.plot_comparisons(comparisons(), size="column")
    assert {label.get_text().split("–")[-1].strip() for label in drawn.get_yticklabels()} <= {"rest", "…"}
    named = [label.get_text().replace("\n", " ") for label in drawn.get_yticklabels()]
    assert all("Old" in name or "New" in name for name in named) and any("…" in name for name in named)


def test_words_are_cut_and_broken_by_their_width_not_by_their_letters():
    assert width_of("MMMM", 8) > 2 * width_of("iiii", 8)
    assert len(cut_to("M" * 40, 8, 60)) < len(cut_to("i" * 40, 8, 60))
    assert all(width_of(line, 8) <= 60 for line in lines_of("a long name of several words", 8, 60))
    assert len(lines_of("word " * 40, 8, 60, most=2)) == 2


# Colours: contrast with the paper, colour blindness, grey.

# Machado, Oliveira and Fernandes (2009), severity 1, as linear-light matrices.
BLIND = {
    "protan": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "deutan": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
    "tritan": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]],
}


def lab(rgb):
    x, y, z = (
        np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
        @ rgb
        / [0.9505, 1, 1.089]
    )
    f = [t ** (1 / 3) if t > 0.008856 else 7.787 * t + 16 / 116 for t in (x, y, z)]
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def linear(colour):
    return np.array([part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in to_rgb(colour)])


@pytest.mark.parametrize("seen", ["as it is", "grey", *BLIND])
def test_sixteen_outlets_are_told_apart_by_marker_or_colour_however_they_are_seen(seen):
    names = [f"Outlet {number:02}" for number in range(16)]
    colours, shapes = outlet_colours(names), outlet_markers(names)

    def look(colour):
        rgb = linear(colour)
        rgb = np.full(3, luminance(to_rgb(colour))) if seen == "grey" else np.array(BLIND.get(seen, np.eye(3))) @ rgb
        return lab(np.clip(rgb, 0, 1))

    for one, other in combinations(names, 2):
        far = np.linalg.norm(look(colours[one]) - look(colours[other]))
        assert shapes[one] != shapes[other] or far > 8, (one, other, far)


def test_every_hue_stands_out_from_white_paper_and_no_two_are_one():
    for name, colour in PALETTE.items():
        assert 1.05 / (luminance(to_rgb(colour)) + 0.05) >= 3, name
    assert len(set(PALETTE.values())) == 8 and len(set(MARKERS)) == 16


@pytest.mark.parametrize("colour", [*PALETTE.values(), "#D9D9D9", "#FFFFFF"])
@pytest.mark.parametrize("alpha", [1.0, 0.45, 0.2])
def test_words_on_a_colour_are_black_or_white_whichever_can_be_read(colour, alpha):
    light = luminance([1 - alpha * (1 - part) for part in to_rgb(colour)])
    ratio = (light + 0.05) / 0.05 if ink(colour, alpha) == "black" else 1.05 / (light + 0.05)
    assert ratio >= 4.5


# What whoever draws can ask for.

TONE = pd.DataFrame(
    {
        "outlet": ["Courier", "Gazette", "Herald"],
        "target": "Mayor",
        "voice": "outlet",
        "estimate": [0.2, -0.4, 0.1],
        "low": [0.1, -0.6, 0],
        "high": [0.3, -0.2, 0.2],
        "n_articles": 8,
        "n_events": 8,
    }
)


def legend(ax):
    return [text.get_text() for text in ax.get_legend().get_texts()]


def test_outlets_are_drawn_as_named_in_that_order_and_no_others():
    assert legend(plots.plot_tone(TONE, outlets=["Herald", "Courier"])) == ["Herald", "Courier"]
    grid = plots.plot_coverage(
        pd.DataFrame({"outlet": ["A", "B", "C"], "fact": "f", "article_id": list("abc"), "found": "found"}),
        outlets=["C", "A"],
    )
    assert [label.get_text() for label in grid.get_xticklabels()] == ["C", "A"]
    space = plots.plot_space(
        pd.DataFrame({"outlet": ["A", "B"], "voice": "outlet", "share": 0.5, "n_articles": 3}), outlets=["B", "A"]
    )
    assert [label.get_text() for label in space.get_yticklabels()] == ["B", "A"]


def test_an_outlet_keeps_its_colour_in_whatever_order_outlets_are_named():
    one, other = (plots.plot_tone(TONE, outlets=names) for names in (["Courier", "Herald"], ["Herald", "Courier"]))

    def colours(ax):
        return dict(zip(legend(ax), [handle.get_color() for handle in ax.get_legend().legend_handles], strict=True))

    assert colours(one) == colours(other)


def test_colours_markers_names_title_font_caption_and_millimetres_can_be_given():
    ax = plots.plot_tone(
        TONE,
        names={"Courier": "The Courier"},
        colours={"Courier": "#123456"},
        markers={"Courier": "d"},
        title="How it sounds",
        caption=False,
        font="DejaVu Serif",
        size=(100, 80),
    )
    mark = next(line for line in ax.lines if line.get_color() == "#123456" and line.get_marker() == "d")
    assert mark.get_xdata()[0] == 0.2 and legend(ax)[-1] == "The Courier"
    assert ax.get_title("left") == "How it sounds" and ax.get_yticklabels()[0].get_fontfamily()[0] == "DejaVu Serif"
    made = ax.get_figure()
    assert made._supxlabel is None and about(ax).caption.startswith("Mean over articles")
    assert made.get_size_inches()[0] * 25.4 == pytest.approx(100) and made.get_size_inches()[1] * 25.4 <= 80 + 1e-6
    assert about(plots.plot_tone(TONE, caption="In our own words.")).caption == "In our own words."


def test_fonts_that_somebody_set_in_matplotlib_are_kept():
    with plt.rc_context({"font.family": ["serif"], "font.serif": ["DejaVu Serif"]}):
        ax = plots.plot_tone(TONE)
    assert ax.get_yticklabels()[0].get_fontfamily()[0] == "DejaVu Serif"


def test_a_figure_of_panels_keeps_the_data_and_the_words_of_each(tmp_path):
    made, panels = plt.subplots(1, 2, layout="constrained", figsize=(9, 4))
    plots.plot_tone(TONE, ax=panels[0])
    plots.plot_space(voices().head(6), ax=panels[1])
    save_figure(made, tmp_path / "both", formats=["svg"])
    data, words = pd.read_csv(tmp_path / "both.csv"), (tmp_path / "both.txt").read_text(encoding="utf-8")
    assert data["panel"].value_counts().to_dict() == {1: 3, 2: 6}
    assert "Panel 1: Dot plot of mean wording" in words and "Panel 2: Stacked bars" in words
    assert about(panels[0]).alt.startswith("Dot plot") and about(panels[1]).alt.startswith("Stacked")


def test_speakers_beyond_the_top_are_one_bar():
    table = pd.DataFrame(
        {
            "outlet": "Courier",
            "speaker": list("abcdef"),
            "n_words": 10,
            "n_quotes": 1,
            "share": [0.3, 0.2, 0.2, 0.1, 0.1, 0.1],
        }
    )
    ax = plots.plot_speech_share(table, outlet="Courier", top=3)
    assert [label.get_text() for label in ax.get_yticklabels()] == ["a", "b", "c", "3 others"]
    assert [bar.get_width() for bar in ax.patches] == pytest.approx([0.3, 0.2, 0.2, 0.3])
    assert "all other speakers together" in about(ax).caption


def test_a_caption_names_only_what_is_drawn():
    bare = TONE.assign(low=np.nan, high=np.nan)
    assert "95 %" not in about(plots.plot_tone(bare)).caption and "95 %" in about(plots.plot_tone(TONE)).caption
    known = pd.DataFrame({"outlet": ["A"], "speaker": ["x"], "n_words": 1, "n_quotes": 1, "share": 1.0})
    assert "Not identified" not in about(plots.plot_speech_share(known)[0]).caption
    assert "Not identified" in about(plots.plot_speech_share(known.assign(speaker=pd.NA))[0]).caption
    loose = TONE.assign(measure="m", reference="rest", p=0.5, note="not paired, 1 event in common")
    ax = plots.plot_comparisons(loose)
    assert "on the same events" not in ax.get_title("left") and "All open" in about(ax).caption


@pytest.mark.parametrize("size", ["page", "slide"])
def test_a_name_that_has_no_room_is_cut_and_its_counts_stay(size):
    used = tuple(
        (name, f"Gazette {number}", voice, n)
        for number in range(6)
        for name, voice, n in [("partnership of the outcasts of the world", "outlet", 17), ("tie", "quoted", 2)]
    )
    rows = [
        {"referent": "they", "kind": "noun", "names": ("partnership of the outcasts of the world", "tie"), "used": used}
    ]
    ax = plots.plot_rivals(pd.DataFrame(rows).assign(n_events=8, sure=0.8), size=size)
    cells = [text.get_text() for text in ax.texts if "17" in text.get_text() or "…" in text.get_text()]
    assert len(cells) == 6 and all(cell.startswith("partn") and cell.endswith(" 17 + 0") for cell in cells)


@pytest.mark.parametrize("n", [1, 7, 12, 100])
def test_a_count_in_a_cell_is_whole_or_not_there(n):
    names = ["presidential commission", "parliamentary committee"]
    used = tuple((name, f"Outlet {number:02}", "outlet", n) for number in range(9) for name in names)
    rows = pd.DataFrame([{"referent": "it", "kind": "noun", "names": names, "used": used}]).assign(n_events=3, sure=0.9)
    for size in SIZES:
        ax = plots.plot_rivals(rows, size=size)
        cells = [text.get_text() for text in ax.texts]
        assert not [cell for cell in cells if cell.rstrip("…")[-1:].isdigit() and not cell.endswith(f" {n} + 0")]
        without = [cell for cell in cells if cell and not cell[-1].isdigit()]
        assert bool(without) == ("its counts" in about(ax).caption)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", ["plot_rivals", "plot_labels", "plot_coverage", "plot_sources"])
def test_words_in_cells_are_never_much_smaller_than_those_around_them(name, size):
    ax = getattr(plots, name)(HARD[name](), size=size, outlets=OUTLETS[:5])
    sizes = [text.get_fontsize() for text in ax.texts if text.get_text()]
    assert min(sizes, default=9) >= max(5, 0.6 * SIZES[size][2]) - 1e-9
