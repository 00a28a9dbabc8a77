"""The explorer shows what the functions give, and nothing else."""

import pandas as pd
import pytest

import framing
from framing.studies.folder import ALL, FIGURES, Explorer

widgets = pytest.importorskip("ipywidgets", reason="ipywidgets is not installed")


@pytest.fixture(scope="module")
def study():
    articles = framing.example("tannery")
    return framing.open_study(articles[articles["event"].isin(["vote", "deal"])].reset_index(drop=True))


def controls(box) -> dict[str, object]:
    found = {}
    for child in getattr(box, "children", ()):
        found |= controls(child) if getattr(child, "children", ()) else {getattr(child, "description", ""): child}
    return found


def test_what_is_clicked_is_what_the_function_draws(study):
    box = framing.studies.explorer(study)
    found, picture = controls(box), box.children[-1]
    found["Event"].value = "vote"
    found["Outlets"].value = ("The Gannet", "The Inland Courier")
    for which in FIGURES:
        found["Figure"].value = which
        assert "<svg" in picture.value, which
    found["Figure"].value = "speakers"
    quotes = study.table("quotes")
    quotes = quotes[quotes["event"].eq("vote") & quotes["outlet"].isin(found["Outlets"].value)]
    expected = framing.show_figure(framing.plots.plot_speech_share(framing.speech_share(quotes), outlets=study.outlets))
    assert picture.value == expected._repr_html_()


def test_only_the_event_and_outlets_chosen_are_counted(study):
    state = Explorer(study)
    assert state.event == ALL and len(state.chosen("quotes")) == len(study.table("quotes"))
    state.event, state.outlets = "deal", ["The Gannet"]
    assert set(state.chosen("quotes")["outlet"]) == {"The Gannet"} and set(state.chosen("tone")["event"]) == {"deal"}
    with pytest.raises(ValueError, match="no figure 'bias'"):
        state.figure("bias")


def test_the_export_button_writes_the_figure_and_its_data(study, tmp_path):
    box = framing.studies.explorer(study, folder=tmp_path / "out")
    controls(box)["Export"].click()
    assert {path.suffix for path in (tmp_path / "out").iterdir()} >= {".svg", ".csv", ".png"}
    assert len(pd.read_csv(tmp_path / "out/explored_names.csv")) > 0
