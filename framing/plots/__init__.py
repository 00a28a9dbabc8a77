"""One drawing per table: `plot_*` takes a finished table and returns the Axes it drew on.

No statistics here: whatever stands in a figure is a column of the table drawn, and `save_figure` writes
that table beside the picture. Every plot function takes ``ax`` (draw there instead of on a new figure), ``size`` (a
name of `style.SIZES`, or width and greatest height in mm), ``outlets`` (which are drawn, in this order; name all
outlets of the corpus, and each keeps its colour in figures that show only some), ``names`` (printed instead),
``colours, markers`` by outlet, ``title, caption, font``, and ``top`` (how many rows) where it draws a choice.
"""

from framing.plots.comparisons import plot_agreement, plot_comparisons, plot_tone
from framing.plots.emphasis import plot_coverage, plot_dispersion, plot_emphasis, plot_order, plot_timeline
from framing.plots.export import save_figure, show_figure
from framing.plots.style import SIZES, about, outlet_colours
from framing.plots.voices import plot_sources, plot_space, plot_speech_share
from framing.plots.words import plot_agency, plot_keyness, plot_label_share, plot_labels, plot_rivals, plot_word_shift

__all__ = [
    "SIZES",
    "about",
    "outlet_colours",
    "plot_agency",
    "plot_agreement",
    "plot_comparisons",
    "plot_coverage",
    "plot_dispersion",
    "plot_emphasis",
    "plot_keyness",
    "plot_label_share",
    "plot_labels",
    "plot_order",
    "plot_rivals",
    "plot_sources",
    "plot_space",
    "plot_speech_share",
    "plot_timeline",
    "plot_tone",
    "plot_word_shift",
    "save_figure",
    "show_figure",
]
