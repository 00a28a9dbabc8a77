"""The notebooks and the explorer as a reader has them: JupyterLab in a browser, every cell run, every figure seen."""

from __future__ import annotations

import contextlib
import json
import os
import re
import subprocess
import sys
import time
from pathlib import Path

import nbformat
import pytest

NOTEBOOKS = Path(__file__).parents[1] / "notebooks"
OPENED = ["00_start_here", "07_your_articles"]
EXPLORE = """import framing
articles = framing.example("summit")
two = articles[articles["event"].isin(["arrival", "banquet"])].reset_index(drop=True)
framing.studies.explorer(two, folder="explored")"""
TOKEN, PATIENCE = "0123456789", 300  # seconds


def source(cell) -> str:
    return "".join(cell["source"])


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Notebooks as in the repository but without outputs, and one with the explorer."""
    made = tmp_path_factory.mktemp("lab") / "notebooks"
    made.mkdir()
    for stem in OPENED:
        notebook = nbformat.read(NOTEBOOKS / f"{stem}.ipynb", as_version=4)
        for cell in notebook.cells:
            if cell.cell_type == "code":
                cell.outputs, cell.execution_count = [], None
        nbformat.write(notebook, made / f"{stem}.ipynb")
    kernel = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}}
    nbformat.write(
        nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(EXPLORE)], metadata=kernel), made / "explore.ipynb"
    )
    return made


@pytest.fixture(scope="module")
def lab(folder):
    """The address of a JupyterLab on the folder, with settings of its own."""
    pytest.importorskip("jupyterlab", reason="JupyterLab is not installed")
    home = folder.parent / "jupyter"
    own = {f"JUPYTER_{name}_DIR": str(home / name) for name in ("CONFIG", "DATA", "RUNTIME")}
    own |= {f"JUPYTERLAB_{name}_DIR": str(home / name) for name in ("SETTINGS", "WORKSPACES")}
    asked = home / "SETTINGS" / "@jupyterlab" / "apputils-extension" / "notification.jupyterlab-settings"
    asked.parent.mkdir(parents=True)
    asked.write_text('{"fetchNews": "false", "checkForUpdates": false}', encoding="utf-8")
    with (folder.parent / "lab.log").open("wb") as log:
        server = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "jupyterlab",
                "--no-browser",
                "--allow-root",
                "--port=0",
                f"--ServerApp.root_dir={folder}",
                f"--IdentityProvider.token={TOKEN}",
            ],
            cwd=folder,
            env=os.environ | own,
            stdout=log,
            stderr=log,
        )
    try:
        yield until(lambda: _address(home / "RUNTIME"), server)
    finally:
        server.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            server.wait(60)
        server.kill()


def _address(runtime: Path) -> str | None:
    for file in runtime.glob("jpserver-*.json"):
        with contextlib.suppress(json.JSONDecodeError):
            return str(json.loads(file.read_text(encoding="utf-8"))["url"])
    return None


def until(found, server=None, seconds=PATIENCE):
    end = time.monotonic() + seconds
    while time.monotonic() < end and (server is None or server.poll() is None):
        if value := found():
            return value
        time.sleep(0.5)
    raise AssertionError(f"waited {seconds} s for {found}")


@pytest.fixture
def view(browser, lab):
    page = browser.new_page(viewport={"width": 1280, "height": 1000})
    faults = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.set_default_timeout(PATIENCE * 1000)  # a busy machine is slow
    page.lab = lab
    yield page
    page.close()
    assert faults == []


def run_all(view, name):
    """Open a notebook, run it from top to bottom, save it; what the saved file holds, and the notebook in the page."""
    view.goto(f"{view.lab}lab/tree/{name}.ipynb?token={TOKEN}&reset")
    notebook = view.locator(".jp-NotebookPanel:not(.lm-mod-hidden) .jp-Notebook")
    notebook.locator(".jp-CodeCell").first.wait_for()
    view.get_by_text(re.compile(r"Python 3 \(ipykernel\) \| Idle")).wait_for()
    view.get_by_role("menuitem", name="Run", exact=True).click()
    view.get_by_role("menuitem", name="Run All Cells", exact=True).click()
    prompts = notebook.locator(".jp-CodeCell .jp-InputPrompt")
    until(lambda: all(re.fullmatch(r"\[\d+\]:", words.strip()) for words in prompts.all_text_contents()))
    return notebook


def keep(view, name):
    """Pictures to look at, where somebody asks for them: the notebook, a screen at a time."""
    if place := os.environ.get("FRAMING_SCREENSHOTS"):
        for number, cell in enumerate(view.locator(".jp-Notebook .jp-Cell").all()):
            cell.scroll_into_view_if_needed()
            if number % 4 == 0:
                view.screenshot(path=str(Path(place) / f"{name}_{number:02d}.png"))


@pytest.mark.parametrize("name", OPENED)
def test_every_cell_runs_every_figure_is_seen_and_what_is_saved_is_what_the_repository_holds(view, folder, name):
    notebook = run_all(view, name)
    keep(view, name)
    assert notebook.locator("[data-mime-type='application/vnd.jupyter.error']").count() == 0
    assert notebook.locator("[data-mime-type='application/vnd.jupyter.stderr']").count() == 0
    committed = nbformat.read(NOTEBOOKS / f"{name}.ipynb", as_version=4)
    code = [cell for cell in committed.cells if cell.cell_type == "code"]
    cells = notebook.locator(".jp-CodeCell")
    assert cells.count() == len(code)
    n_figures = 0
    for cell, shown in zip(code, cells.all(), strict=True):
        if "<svg" not in json.dumps(cell.outputs):
            continue
        n_figures += 1
        picture = shown.locator("figure svg")
        picture.scroll_into_view_if_needed()
        box, room = picture.bounding_box(), shown.bounding_box()
        assert picture.is_visible() and box["width"] > 250 and box["height"] > 80, source(cell)
        assert box["x"] + box["width"] <= room["x"] + room["width"] + 1, f"cut off on the right: {source(cell)}"
        assert shown.locator("figure svg path").count() > 20 and shown.locator("figcaption").inner_text(), source(cell)
    assert n_figures == sum("show_figure(" in source(cell) for cell in code) > 0
    view.keyboard.press("Control+s")
    saved = until(lambda: _saved(folder / f"{name}.ipynb", len(code)))
    told = [cell.outputs for cell in saved.cells if cell.cell_type == "code"]
    assert [_plain(outputs) for outputs in told] == [_plain(cell.outputs) for cell in code]


def _saved(path: Path, n_cells: int):
    notebook = nbformat.read(path, as_version=4)
    return notebook if sum(bool(cell.get("execution_count")) for cell in notebook.cells) == n_cells else None


def _plain(outputs):
    return [
        {name: output[name] for name in ("output_type", "name", "text", "data") if name in output} for output in outputs
    ]


def test_the_explorers_controls_are_clicked_and_draw_and_export(view, folder):
    notebook = run_all(view, "explore")
    picture = notebook.locator(".jp-OutputArea figure svg")
    picture.wait_for()
    assert notebook.locator("[data-mime-type='application/vnd.jupyter.error']").count() == 0
    room = notebook.locator(".jp-OutputArea").first.bounding_box()
    for control in notebook.locator(".jp-OutputArea select, .jp-OutputArea button").all():
        box = control.bounding_box()
        assert control.is_visible() and box["x"] + box["width"] <= room["x"] + room["width"], "cut off on the right"
    seen = [picture.inner_html()]

    def changes(control: str, option: str) -> None:
        notebook.get_by_label(control, exact=True).select_option(option)
        until(lambda: picture.count() and picture.inner_html() != seen[-1], seconds=90)
        seen.append(picture.inner_html())
        keep(view, f"explorer_{len(seen)}")

    changes("Event", "arrival")
    notebook.get_by_label("Concept", exact=True).select_option("a stop to the fighting")
    notebook.get_by_label("Figure", exact=True).select_option("share of names")
    notebook.get_by_text("There is no concept").wait_for()  # on this event; said, and no old picture is left
    changes("Concept", "the fighting")
    changes("Figure", "tone")
    targets = notebook.get_by_label("Target", exact=True)
    changes(
        "Target",
        next(
            name
            for name in targets.locator("option").all_text_contents()
            if name != targets.locator("option:checked").text_content()
        ),
    )
    changes("Figure", "speakers")
    changes("Outlets", "The Amur Concord")
    told = picture.get_attribute("aria-label")
    assert len(set(seen)) == len(seen) and "The Amur Concord" in told and "Palisade" not in told
    notebook.get_by_role("button", name="Export").click()
    notebook.get_by_text("Written: explored_speakers").wait_for()
    assert {path.suffix for path in (folder / "explored").iterdir()} >= {".svg", ".csv", ".png"}
