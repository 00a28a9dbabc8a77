"""The documentation says what the code does: every column and name is explained, examples run, links lead somewhere."""

from __future__ import annotations

import doctest
import importlib.util
import json
import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote

import lxml.html
import pytest

import framing

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
spec = importlib.util.spec_from_file_location("generate", DOCS / "generate.py")
generate = importlib.util.module_from_spec(spec)
spec.loader.exec_module(generate)


def test_the_glossary_has_every_column_of_every_table_and_no_other(monkeypatch):
    monkeypatch.setitem(generate.COLUMNS, "quotes", [*generate.COLUMNS["quotes"], "mood"])
    with pytest.raises(ValueError, match="lacks \\['mood'\\]"):
        generate.glossary()


def test_the_reference_has_every_public_name():
    names = {name for names in generate.public().values() for name in names}
    rooms = [room for room in generate.ROOMS if room in framing.__all__ and room != "evaluate"]
    offered = {name for name in framing.__all__ if name not in {*rooms, "evaluate", "__version__"}}
    for room in rooms:
        inside = getattr(framing, room)
        offered |= {f"{room}.{name}" for name in inside.__all__ if callable(getattr(inside, name))}
    assert offered == {name for name in names if not name.startswith("evaluate.")}
    assert {"evaluate.check_quotes", "evaluate.check_tone", "evaluate.quote_scores"} <= names
    assert len([name for name in offered if "." not in name]) <= 45
    assert set(re.findall(r"^### `([\w.]+)`", generate.api(), re.M)) == names


def test_the_glossary_gives_each_column_its_meaning_its_unit_and_its_tables():
    told = generate.glossary()
    assert "| `date` | Day of publication." in told and "| YYYY-MM-DD | articles |" in told


def test_every_example_gives_what_it_shows():
    tried = doctest.testfile(str(DOCS / "examples.md"), module_relative=False)
    assert tried.attempted >= 12 and tried.failed == 0


def test_every_link_between_pages_leads_to_a_file():
    generate.write()
    broken = [
        f"{page.name}: {link}"
        for page in [
            *DOCS.rglob("*.md"),
            *(ROOT / "notebooks").rglob("*.md"),
            ROOT / "README.md",
            ROOT / "CONTRIBUTING.md",
        ]
        for link in re.findall(r"\]\(([^)#\s]+)", page.read_text(encoding="utf-8"))
        if not link.startswith(("http", "mailto:")) and not (page.parent / link).exists()
    ]
    assert broken == []


def broken(site: Path) -> list[str]:
    """Links and pictures of a built site that lead to no file, or to no place in one."""
    utf8 = lxml.html.HTMLParser(encoding="utf-8")
    pages = {path: lxml.html.parse(path, parser=utf8) for path in site.rglob("*.html")}
    places = {path: {*page.xpath("//@id"), *page.xpath("//a/@name"), ""} for path, page in pages.items()}
    found = []
    for path, page in pages.items():
        for link in page.xpath("//a/@href | //img/@src | //link/@href | //script/@src"):
            if re.match(r"[a-z]+:", link):
                continue
            file, _, place = unquote(link).partition("#")
            target = (path.parent / file.partition("?")[0]).resolve() if file else path
            if not target.exists() or (target in places and place not in places[target]):
                found.append(f"{path.name}: {link}")
    return found


def test_a_link_that_leads_nowhere_is_seen(tmp_path):
    (tmp_path / "a.html").write_text(
        '<a href="b.html#yes">1</a><a href="b.html#no">2</a><a href="c.html">3</a>'
        '<a href="#">4</a><a href="https://example.org">5</a><img src="d.png">'
    )
    (tmp_path / "b.html").write_text('<h1 id="yes">Yes</h1>')
    assert broken(tmp_path) == ["a.html: b.html#no", "a.html: c.html", "a.html: d.png"]


def test_the_site_is_built_without_a_warning(tmp_path):
    pytest.importorskip("sphinx", reason="Sphinx is not installed")
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "sphinx",
            "-b",
            "html",
            "-W",
            "--keep-going",
            "-q",
            str(DOCS),
            str(tmp_path / "site"),
            "-d",
            str(tmp_path / "trees"),
        ],
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stderr) == (0, "")
    home = (tmp_path / "site/index.html").read_text(encoding="utf-8")
    assert "How did these outlets tell the same story?" in home and "toctree" in home
    notebook = (tmp_path / "site/notebooks/00_start_here.html").read_text(encoding="utf-8")
    assert "How did these outlets tell the same story?" in notebook and "<svg" in notebook and "<table" in notebook
    assert broken(tmp_path / "site") == []
    assert not [
        path
        for path in (tmp_path / "site").rglob("*.html")
        if re.search(r'(?:src|href)="https?://[^"]*\.(?:js|css|woff2?)"', path.read_text(encoding="utf-8"))
    ]


def test_files_that_other_services_read_can_be_read():
    settings = json.loads((ROOT / ".devcontainer/devcontainer.json").read_text(encoding="utf-8"))
    assert "constraints.txt" in settings["postCreateCommand"]
    constraints, editable = (ROOT / ".binder/requirements.txt").read_text().splitlines()
    assert (ROOT / ".binder" / constraints.removeprefix("-c ")).is_file()  # seen from the file
    start = (ROOT / "docs/start.md").read_text(encoding="utf-8")
    colab = re.search(r"%pip install -q -c framing/(\S+) \./framing\n", start)  # in the folder unpacked under that name
    assert (ROOT / colab[1]).is_file() and "--prefix framing/ -o framing.zip" in start
    path, extra = re.fullmatch(r"-e (.+)\[(\w+)\]", editable).groups()
    assert (ROOT / path / "pyproject.toml").is_file() and extra == "notebooks"  # seen from the folder pip runs in
