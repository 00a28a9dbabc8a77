"""Letters beyond the usual font: found in another font of the machine, or named in one warning; and lines of them."""

import warnings
from contextlib import nullcontext

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from matplotlib.backends import _backend_pdf_ps
from matplotlib.font_manager import FontProperties, findfont, fontManager, get_font
from matplotlib.ft2font import FT2Font, LoadFlags
from matplotlib.text import Text
from pypdf import PdfReader

from framing import plots, save_figure
from framing.cli import main
from framing.plots import export, fitting
from framing.text.unicode import fill, room_of, short

SHARES = pd.DataFrame({"outlet": ["한국일보", "Gazette"], "voice": "outlet", "share": [0.7, 0.6], "n_articles": 3})


@pytest.fixture(autouse=True)
def close_figures():
    yield
    plt.close("all")


@pytest.fixture
def font(tmp_path):
    """A font file of squares for the letters given, which stands in no list of matplotlib's."""

    def make(family: str, letters: str):
        pen = TTGlyphPen(None)
        pen.moveTo((0, 0))
        for corner in ((500, 0), (500, 500), (0, 500)):
            pen.lineTo(corner)
        pen.closePath()
        names = [".notdef", *(f"u{ord(letter):04X}" for letter in letters)]
        built = FontBuilder(1000, isTTF=True)
        built.setupGlyphOrder(names)
        built.setupCharacterMap({ord(letter): f"u{ord(letter):04X}" for letter in letters})
        built.setupGlyf(dict.fromkeys(names, pen.glyph()))
        built.setupHorizontalMetrics(dict.fromkeys(names, (600, 0)))
        built.setupHorizontalHeader(ascent=800, descent=-200)
        built.setupNameTable({"familyName": family, "styleName": "Regular", "psName": family.replace(" ", "")})
        built.setupOS2()
        built.setupPost()
        path = tmp_path / f"{family.replace(' ', '')}-Regular.ttf"
        built.save(path)
        return str(path)

    return make


@pytest.fixture
def installed(monkeypatch):
    """The machine has these fonts beside the usual one, and no others."""

    def only(**paths):
        monkeypatch.setattr(
            fitting, "_installed", lambda: {name.replace("_", " "): path for name, path in paths.items()}
        )
        fitting.covering.cache_clear()

    monkeypatch.setattr(fontManager, "ttflist", list(fontManager.ttflist))
    yield only
    fitting.covering.cache_clear()
    fontManager._findfont_cached.cache_clear()


def test_letters_the_usual_font_lacks_come_from_an_installed_one_and_only_where_needed(font, installed, tmp_path):
    installed(Test_Hangul=font("Test Hangul", "한국일보"))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        ax = plots.plot_space(SHARES)
        files = save_figure(ax, tmp_path / "space")
    families = {text.get_text(): text.get_fontfamily() for text in ax.get_figure().findobj(Text) if text.get_text()}
    assert families["한국일보"] == ["DejaVu Sans", "Test Hangul"]
    assert families["Gazette"] == families["Whose words fill the space"] == ["DejaVu Sans"]
    assert "TestHangul" in files[0].read_text(encoding="utf-8")  # its outlines stand in the SVG


def test_the_fewest_fonts_that_together_have_all_letters_are_taken(font, installed):
    installed(Few=font("Few", "한"), Most=font("Most", "한국日"), Other=font("Other", "報"))
    assert fitting.covering(frozenset("한국日報")) == ["Most", "Other"]


def test_letters_no_font_has_are_named_in_one_warning_with_what_to_install(installed, tmp_path):
    installed()
    with pytest.warns(UserWarning) as warned:
        save_figure(plots.plot_space(SHARES.replace({"Gazette": "हिन्दी"})), tmp_path / "space")
    assert len(warned) == 1
    assert str(warned[0].message) == (
        "Figures show boxes for Devanagari (द, न, ह, ि …) and Korean (Hangul) (국, 보, 일, 한): no font on this "
        "machine has these letters. Install Noto Sans Devanagari and Noto Sans CJK (from fonts.google.com/noto, or the "
        "fonts-noto packages of your system) and run this again."
    )


def test_a_figure_from_elsewhere_shows_no_silent_boxes_either(installed, tmp_path):
    installed()
    figure, ax = plt.subplots()
    ax.set_title("한국")
    with pytest.warns(fitting.MissingLetters, match="Hangul"):
        save_figure(figure, tmp_path / "x", data=SHARES, alt="Nothing", formats=["svg"])


@pytest.mark.parametrize("name", ["Комсомольская правда", "Καθημερινή", "“Gazette” − 5 °C …", "Łódź\u200b"])
def test_a_figure_whose_letters_are_all_in_its_font_stays_as_it_is(name, installed):
    installed()
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        ax = plots.plot_space(SHARES.replace({"한국일보": name}))
    assert {tuple(text.get_fontfamily()) for text in ax.get_figure().findobj(Text)} == {("DejaVu Sans",)}


def test_fonts_new_to_matplotlib_are_found_and_damaged_ones_passed_over(font, monkeypatch, tmp_path):
    (tmp_path / "damaged.ttf").write_bytes(b"no font")
    paths = [font("Test New", "한"), str(tmp_path / "damaged.ttf")]
    monkeypatch.setattr(fitting, "findSystemFonts", lambda: paths)
    found = fitting._installed.__wrapped__()
    assert found["Test New"] == paths[0]
    assert not any("Last Resort" in family for family in found)  # its letters are boxes


def test_the_command_says_once_which_letters_its_figures_lack(installed, tmp_path, capsys):
    installed()
    for outlet, text in (("한국일보", "The dam opened."), ("Gazette", "The dam is a folly.")):
        (tmp_path / "in" / outlet).mkdir(parents=True)
        (tmp_path / "in" / outlet / "dam.txt").write_text(f"Dam\n\n{text} Mayor Tom Reed came.\n", encoding="utf-8")
    assert main(["analyze", str(tmp_path / "in"), "--out", str(tmp_path / "out")]) == 0
    said = capsys.readouterr().err
    assert said.count("Figures show boxes") == 1 and "Note: Figures show boxes for Korean (Hangul) (국, 보" in said


def test_wide_letters_take_the_room_of_two_and_may_part_anywhere():
    assert room_of("한국 a") == 6
    assert fill("朝日新聞デジタル", 8) == "朝日新聞\nデジタル"
    assert fill("Northern Gazette", 9, break_long_words=False) == "Northern\nGazette"
    assert short("朝日新聞デジタル", 9) == "朝日新聞…" and short("Northern Gazette", 9) == "Northern…"


@pytest.mark.parametrize("letters", ["a", "How 0.5 – “fi”", "ÄÖü…", "Ж and x", "ﬁ", export.USUAL], ids=range(6))
@pytest.mark.parametrize("weight", ["normal", "bold"])
def test_a_pdf_has_the_letters_of_the_whole_font_in_their_form(letters, weight):
    path = findfont(FontProperties(family=["DejaVu Sans"], weight=weight))
    whole = get_font(path)
    glyphs = {whole.get_char_index(ord(letter)) for letter in letters}
    for _ in range(2):  # cut, then at hand
        with export._fonts_at_hand(), _backend_pdf_ps.get_glyphs_subset(path, glyphs) as found:
            cut = FT2Font(_backend_pdf_ps.font_as_file(found.font))
        for glyph in glyphs:
            here, there = form_of(cut, found.glyph_index_map[glyph]), form_of(whole, glyph)
            assert here[0] == there[0]
            assert np.array_equal(here[1], there[1]) and np.array_equal(here[2], there[2])
    assert _backend_pdf_ps.get_glyphs_subset is export._subset


def form_of(font, glyph):
    """How far a letter reaches, and its outline, in the units of the font."""
    width = font.load_glyph(glyph, flags=LoadFlags.NO_SCALE | LoadFlags.NO_HINTING).horiAdvance
    return width, *font.get_path()


def test_a_saved_pdf_reads_as_the_one_of_whole_fonts_ligatures_too(tmp_path, monkeypatch):
    table = pd.DataFrame(
        {"outlet": ["Official Gazette", "Flinders"], "voice": "outlet", "share": [0.7, 0.6], "n_articles": 3}
    )
    [cut] = save_figure(plots.plot_space(table), tmp_path / "cut", formats=["pdf"])[:1]
    monkeypatch.setattr(export, "_fonts_at_hand", nullcontext)
    [whole] = save_figure(plots.plot_space(table), tmp_path / "whole", formats=["pdf"])[:1]
    words = [PdfReader(path).pages[0].extract_text() for path in (cut, whole)]
    assert words[0] == words[1] and "Official Gazette" in words[0]
