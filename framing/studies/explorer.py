"""Controls in a notebook for looking around: the same tables and figures as the functions, chosen by clicking."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd

import framing
from framing.studies.folder import Study, open_study

ALL = "all events"
FIGURES = ("names", "share of names", "tone", "speakers")


class Explorer:
    """What is chosen (`event`, `outlets`, `concept`, `target`) and the figure of it; see `explorer`."""

    def __init__(self, study: Study) -> None:
        self.study, self.event, self.outlets = study, ALL, list(study.outlets)
        self.concepts = sorted(study.table("labels")["concept"].dropna().astype(str).unique())
        counts = study.table("tone")["target"].value_counts()
        self.targets = sorted(map(str, counts.index[:30]))
        self.concept = self.concepts[0] if self.concepts else ""
        self.target = str(counts.index[0]) if len(counts) else ""

    def chosen(self, name: str) -> pd.DataFrame:
        """The rows of the study's table `name` that belong to the event and the outlets chosen."""
        table = self.study.table(name)
        table = table[table["outlet"].isin(self.outlets)]
        return (table if self.event == ALL else table[table["event"] == self.event]).reset_index(drop=True)

    def figure(self, which: str) -> Any:
        """The Axes of one of `FIGURES`, drawn by the same function that a notebook calls."""
        if which == "names":
            return framing.plots.plot_labels(self.chosen("labels"), outlets=self.study.outlets)
        if which == "share of names":
            shares = framing.label_share(self.chosen("labels"))
            return framing.plots.plot_label_share(shares, concept=self.concept, outlets=self.study.outlets)
        if which == "tone":
            tone = self.chosen("tone")
            profile = framing.tone_profile(tone[tone["target"] == self.target])
            return framing.plots.plot_tone(profile, outlets=self.study.outlets)
        if which == "speakers":
            return framing.plots.plot_speech_share(framing.speech_share(self.chosen("quotes")), outlets=self.study.outlets)
        raise ValueError(f"There is no figure {which!r}; choose one of {', '.join(FIGURES)}.")

    def export(self, which: str, folder: str | Path) -> list[Path]:
        """Write the figure with its data to `folder`, named after it; the files are returned."""
        return framing.save_figure(self.figure(which), Path(folder) / f"explored_{which.replace(' ', '_')}")


def explorer(study: Any = None, *, folder: str | Path = "explored") -> Any:
    """Controls for event, outlets, concept and target, and the figure of what is chosen.

    Parameters
    ----------
    study : as for `open_study`, or what that returned.
    folder : where the button "Export" writes the figure and its data.

    Returns
    -------
    A widget for JupyterLab. It shows nothing that the functions do not give: the figure is made by the same call, and a
    notebook that others should be able to follow uses the functions. Raises ``ImportError`` where ipywidgets is not
    installed.
    """
    try:
        import ipywidgets as widgets
    except ImportError:
        raise ImportError('The explorer needs ipywidgets. Run: pip install "media-framing[notebooks]"') from None
    state = Explorer(study if isinstance(study, Study) else open_study(study))
    which = widgets.Dropdown(options=FIGURES, description="Figure")
    event = widgets.Dropdown(options=[ALL, *state.study.events], description="Event")
    outlets = widgets.SelectMultiple(options=state.study.outlets, value=state.study.outlets, description="Outlets")
    concept = widgets.Dropdown(options=state.concepts, description="Concept")
    target = widgets.Dropdown(options=state.targets, value=state.target or None, description="Target")
    button, picture, said = widgets.Button(description="Export"), widgets.HTML(), widgets.Label()

    def draw(_: Any = None) -> None:
        state.event, state.outlets = event.value, list(outlets.value)
        state.concept, state.target = concept.value or "", target.value or ""
        picture.value = framing.show_figure(state.figure(which.value))._repr_html_()

    def export(_: Any) -> None:
        said.value = "Written: " + ", ".join(path.name for path in state.export(which.value, folder))

    for control in (which, event, outlets, concept, target):
        control.observe(draw, names="value")
    button.on_click(export)
    draw()
    wrapped = widgets.Layout(flex_flow="row wrap")  # a narrow notebook cuts nothing off
    return widgets.VBox([widgets.HBox([which, event, concept, target], layout=wrapped),
                         widgets.HBox([outlets, button, said], layout=wrapped), picture])
