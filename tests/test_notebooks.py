"""The notebooks: complete, saved with outputs, and compared so strictly that one moved point turns them red."""

import json
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

import framing

sys.path.insert(0, str(Path(__file__).parents[1] / "notebooks"))
import run

NOTEBOOKS = sorted((Path(__file__).parents[1] / "notebooks").glob("[0-9][0-9]_*.ipynb"))
CELL = (
    "from framing import plots, show_figure\nimport pandas as pd\n"
    "show_figure(plots.plot_tone(pd.DataFrame({'outlet': ['Gazette', 'Courier'], 'target': 'Mayor', 'voice': "
    "'outlet', 'estimate': [%s, -0.2], 'low': [0.1, -0.3], 'high': [0.5, -0.1], 'n_articles': 8, 'n_events': 8})))"
)


def nbval(path):
    return subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            "--nbval",
            "--nbval-current-env",
            "-q",
            "-p",
            "no:cacheprovider",
            "-c",
            "/dev/null",
            "--rootdir",
            str(path.parent),
            str(path),
        ],
        capture_output=True,
        text=True,
    )


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_every_notebook_is_saved_whole_without_errors_times_or_machine_paths(path):
    notebook = json.loads(path.read_text(encoding="utf-8"))
    code = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    assert all(cell["execution_count"] for cell in code)
    assert any(cell["outputs"] for cell in code)
    outputs = json.dumps([cell["outputs"] for cell in code])
    assert '"output_type": "error"' not in outputs and '"name": "stderr"' not in outputs
    assert not re.search(r"/(?:home|root|work|tmp|Users)/", outputs)
    assert "parameters" in [tag for cell in code for tag in cell["metadata"].get("tags", [])]
    assert notebook["metadata"]["language_info"] == {"name": "python"}


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_every_notebook_asks_a_question_and_ends_with_what_it_does_not_show(path):
    cells = nbformat.read(path, as_version=4).cells
    titles = re.findall(r"^#+ (.*)", "\n".join(cell.source for cell in cells if cell.cell_type == "markdown"), re.M)
    assert "?" in titles[0] and titles[-1] == "What this does not show"
    assert not any(tag.startswith(("nbval", "raises")) for cell in cells for tag in cell.metadata.get("tags", []))


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_the_words_of_a_notebook_hold_for_whatever_articles_it_runs_on(path):
    """No name, place or number of a bundled corpus stands in a source; what is known of the articles is computed."""
    told = "\n".join(cell.source for cell in nbformat.read(path, as_version=4).cells)
    strangers = "|".join(
        [
            *framing.example("summit")["outlet"].unique(),
            *framing.example("tannery")["outlet"].unique(),
            "Kim",
            "Putin",
            "Russia",
            "Korea",
            "Valloway",
            "Tannery",
            "summit",
            "tannery",
            "forty",
            "five outlets",
            "eight events",
            r"40 articles",
        ]
    )
    assert re.findall(rf"\b(?:{strangers})\b", told) == []


ALONE = ["unshare", "--net", "sh", "-c"]  # a network without routes; kernels talk over the loopback


@pytest.fixture(scope="module")
def bare_study(tmp_path_factory):
    """A study of one short article without date or event, made, measured and run through every notebook, offline."""
    folder = tmp_path_factory.mktemp("bare")
    text = 'Mayor opens dam\n\nThe mayor opened the dam on Monday.\n\n"The valley is safe," Mayor Tom Reed said.'
    (folder / "in" / "Gazette").mkdir(parents=True)
    (folder / "in" / "Gazette" / "dam.txt").write_text(text, encoding="utf-8")
    off = (
        bool(shutil.which("unshare") and shutil.which("ip"))
        and not subprocess.run([*ALONE, "ip link set lo up"], capture_output=True).returncode
    )
    python = shlex.quote(sys.executable)
    steps = ["ip link set lo up", "ip route > routes"] if off else []
    commands = ["new study --articles in", *(f"{name} study" for name in "check analyze rivals names facts".split())]
    steps.append(
        f"{python} -c 'from framing.cli import main; "
        f"raise SystemExit(max(main(line.split()) for line in {json.dumps(commands)}))'"
    )
    steps.append(f"{python} {shlex.quote(str(Path(run.__file__)))} --articles study --to out")
    done = subprocess.run(
        [*(ALONE if off else ["sh", "-c"]), " && ".join(steps)], cwd=folder, capture_output=True, text=True
    )
    return folder, done, off


def test_one_short_article_without_date_or_event_gives_a_whole_study_that_tells_of_nothing_else(bare_study):
    folder, done, _ = bare_study
    assert done.returncode == 0, done.stdout + done.stderr
    assert (folder / "study/results/report.html").is_file()
    made = sorted((folder / "out").rglob("*.ipynb"))
    assert [path.name for path in made] == [path.name for path in NOTEBOOKS]
    for path in made:
        notebook = nbformat.read(path, as_version=4)
        told = json.dumps([cell.get("outputs", []) for cell in notebook.cells])
        assert run.errors(notebook) == [] and '"stderr"' not in told, path.name
        assert "1 article of 1 outlet (Gazette), no events named, without dates." in told
        assert re.findall(r"Putin|Kim Jong|Quayside|Valloway|Tannery|Beacon", told) == [], path.name


def test_everything_runs_without_a_network(bare_study):
    folder, done, off = bare_study
    if not off:
        pytest.skip("this user may make no network namespace (unshare --net, ip)")
    assert (done.returncode, (folder / "routes").read_text()) == (0, ""), done.stderr


def test_one_failing_cell_stops_neither_its_notebook_nor_the_next_and_is_named(tmp_path, capfd):
    def notebook(name, *cells):
        made = nbformat.v4.new_notebook(
            cells=[
                nbformat.v4.new_code_cell("A = 1", metadata={"tags": ["parameters"]}),
                *map(nbformat.v4.new_code_cell, cells),
            ]
        )
        nbformat.write(made, tmp_path / name)
        return str(tmp_path / name)

    first = notebook("a.ipynb", "1 / 0", "print('still here')")
    second = notebook("b.ipynb", "print('the next')")
    assert run.main(["--to", str(tmp_path / "out"), first, second]) == 1
    said = capfd.readouterr()
    assert "a.ipynb: cell 2 (1 / 0): ZeroDivisionError" in said.err and "b.ipynb" in said.out
    texts = [
        "".join(
            output.get("text", "")
            for cell in nbformat.read(path, as_version=4).cells
            for output in cell.get("outputs", [])
        )
        for path in sorted((tmp_path / "out").rglob("*.ipynb"))
    ]
    assert texts == ["still here\n", "the next\n"]


def test_there_is_no_sanitizer_to_hide_a_change():
    assert len(NOTEBOOKS) >= 7
    for settings in ("pyproject.toml", "Makefile"):
        assert "sanitize" not in (Path(__file__).parents[1] / settings).read_text(encoding="utf-8")


def test_one_plotted_value_moved_by_a_hundredth_turns_nbval_red(tmp_path):
    cells = [nbformat.v4.new_code_cell(CELL % 0.3) for _ in range(2)]
    notebook = nbformat.v4.new_notebook(cells=cells)
    notebook.metadata["kernelspec"] = {"display_name": "Python 3", "language": "python", "name": "python3"}
    from nbclient import NotebookClient

    NotebookClient(notebook, kernel_name="python3", record_timing=False).execute()
    notebook.cells[1].source = CELL % 0.31
    path = tmp_path / "figure.ipynb"
    nbformat.write(notebook, path)
    done = nbval(path)
    assert done.returncode == 1 and "1 failed, 1 passed" in done.stdout, done.stdout
    assert re.findall(r"^FAILED .*Cell (\d)", done.stdout, re.M) == ["1"]


@pytest.fixture
def saved_cells(request, monkeypatch, path):
    """The notebook's code cells as nbval collects them, each with its own strict comparison; no kernel is started."""
    plugin = pytest.importorskip("nbval.plugin", reason="nbval is not installed")
    monkeypatch.setattr(plugin.IPyNbCell, "format_output_compare", lambda *_: None)  # the report on a red cell: slow
    return [cell for cell in plugin.IPyNbFile.from_parent(request.session, path=path).collect() if cell.cell.outputs]


def altered(value):
    """`value` with one word or number of a text in it changed: each that is read, and one in 20 of what is drawn."""
    if isinstance(value, dict):
        for name, part in value.items():
            if name not in ("metadata", "output_type", "execution_count", "name"):
                yield from ((f"{name}: {what}", {**value, name: other}) for what, other in altered(part))
    elif isinstance(value, list):
        for number, part in enumerate(value):
            yield from ((what, [*value[:number], other, *value[number + 1 :]]) for what, other in altered(part))
    else:
        for number, found in enumerate(re.finditer(r"\d(?=\D|$)|\b[^\W\d]+", value)):  # a last digit, or a word
            word = found[0]
            if number % 20 and value.rfind("<", 0, found.start()) > value.rfind(">", 0, found.start()):
                continue  # within a tag: a coordinate, a colour
            other = str((int(word) + 1) % 10) if word.isdecimal() else word[:-1] + ("x" if word[-1] != "x" else "y")
            yield word, value[: found.start()] + other + value[found.end() :]


@pytest.mark.parametrize(
    "path",
    [*NOTEBOOKS, *(NOTEBOOKS[0].parent / "workshop" / f"{reader}.ipynb" for reader in ("student", "teacher"))],
    ids=lambda path: path.stem,
)
def test_every_number_label_and_table_cell_of_every_notebook_is_compared(saved_cells):
    """Whatever of a saved output is changed, in a figure, a table or a line of words, nbval turns red."""
    n = 0
    for cell in saved_cells:
        assert not cell.options["skip"] and not cell.options["xfail"] and cell.options["check"]
        saved = cell.cell.outputs
        assert cell.compare_outputs(saved, saved)
        for what, other in altered(saved):
            n += 1
            assert not cell.compare_outputs(nbformat.from_dict(other), saved), f"{what} unseen: {cell.cell.source}"
    assert n > 500 and any("<td" in json.dumps(cell.cell.outputs) for cell in saved_cells)


def test_importing_framing_is_quick_and_loads_neither_spacy_nor_matplotlib():
    code = (
        "import sys, framing; heavy = {'spacy', 'matplotlib', 'sklearn', 'scipy', 'pandas', 'wordllama'}; "
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
