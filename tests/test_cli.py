import json
import re
import shutil
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path

import pandas as pd
import pytest

from framing.cli import main

FIRST = """Mayor opens dam

By Ann Lee

The mayor opened the new dam on Monday, before a crowd of two hundred people from the valley.

"The valley is safe," Mayor Tom Reed said. Critics call it a folly.

The dam cost nine million crowns and took four years to build.
"""
SECOND = """Folly or safety? A dam divides the valley

The dam that opened on Monday is a folly, and the valley knows it.

Farmer Eve Cole said that the water would drown her fields. Mayor Tom Reed denied it.

Four years of work ended with a speech and a brass band.
"""
TABLES = ["articles", "passages", "quotes", "tokens", "labels", "tone", "emphasis", "comparisons", "audit"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Two articles that no test changes: the files of a run on them are kept, and the next test that asks has them."""
    place = tmp_path_factory.mktemp("dam") / "in"
    for outlet, text in (("Gazette", FIRST), ("Courier", SECOND)):
        (place / outlet).mkdir(parents=True)
        (place / outlet / "dam.txt").write_text(text, encoding="utf-8")
    return place


@pytest.fixture
def own(folder, tmp_path):
    """A copy of the folder to change."""
    return Path(shutil.copytree(folder, tmp_path / "in"))


@pytest.fixture(scope="module")
def with_picture(folder, tmp_path_factory):
    """A folder with a file that is no article, what a run on it said, and where it wrote."""
    place = tmp_path_factory.mktemp("picture")
    shutil.copytree(folder, place / "in")
    (place / "in" / "Gazette" / "picture.txt").write_bytes(bytes(range(256)) * 20)
    with redirect_stdout(StringIO()) as out, redirect_stderr(StringIO()) as err:
        status = main(["analyze", str(place / "in"), "--out", str(place / "one")])
    return place / "in", (status, out.getvalue(), err.getvalue()), place / "one"


def run(capsys, *arguments):
    status = main([str(argument) for argument in arguments])
    said = capsys.readouterr()
    return status, said.out, said.err


def test_version_is_printed_by_the_installed_command():
    done = subprocess.run([sys.executable, "-m", "framing", "--version"], capture_output=True, text=True, check=True)
    assert done.stdout.startswith("framing 0.")


def test_analyze_writes_every_table_every_figure_the_report_and_the_manifest(folder, tmp_path, capsys):
    out = tmp_path / "out"
    status, said, errors = run(capsys, "analyze", folder, "--out", out, "--parquet")
    assert (status, "2 found, 2 parsed" in said) == (0, True), errors
    for name in TABLES:
        table = pd.read_csv(out / "tables" / f"{name}.csv")
        assert len(pd.read_parquet(out / "tables" / f"{name}.parquet")) == len(table), name
    svgs = sorted(path.stem for path in (out / "figures").glob("*.svg"))
    assert {"space", "speech_share", "emphasis", "comparisons"} <= set(svgs)  # no five sentences on anybody: no tone
    assert all(len(pd.read_csv(out / "figures" / f"{stem}.csv")) for stem in svgs)  # nothing drawn is no figure
    for stem in svgs:
        for suffix in ("pdf", "png", "csv", "txt"):
            assert (out / "figures" / f"{stem}.{suffix}").stat().st_size > 0
    page = (out / "report.html").read_text(encoding="utf-8")
    assert page.count('role="img"') == len(svgs)
    assert re.findall(r"<script[^>]*>", page) == ['<script type="application/json" id="texts">', "<script>"]
    assert "script-src 'sha256-" in page and "http://" not in page.replace("http://www.w3.org", "")
    about = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    assert about["n_articles"] == 2 and len(about["article_sha256"]) == 2 and "2 articles" in about["methods"]


def test_the_same_run_writes_the_same_bytes(folder, tmp_path, capsys, monkeypatch):
    for name in ("one", "two"):
        assert run(capsys, "analyze", folder, "--out", tmp_path / name)[0] == 0
        monkeypatch.setenv("FRAMING_CACHE", str(tmp_path / "cache"))  # else what is kept would be written again
    for path in sorted((tmp_path / "one").rglob("*.*")):
        other = tmp_path / "two" / path.relative_to(tmp_path / "one")
        assert path.read_bytes() == other.read_bytes(), path.name


def test_a_run_in_which_nothing_changed_measures_nothing_and_writes_and_says_the_same(
    with_picture, tmp_path, capsys, monkeypatch
):
    source, first, one = with_picture
    monkeypatch.setattr("framing.reports.pipeline.analyze", None)
    again = run(capsys, "analyze", source, "--out", tmp_path / "two")
    assert first[0] == 1 and "Note: " in first[2]
    assert [again[0], again[2]] == [first[0], first[2]]
    how_long, told = first[1].split("\n", 1)
    assert how_long.startswith("Measuring 2 articles. Ten took ")
    assert again[1].replace(str(tmp_path / "two"), str(one)) == told
    files = [path.relative_to(one) for path in one.rglob("*.*")]
    assert files == [path.relative_to(tmp_path / "two") for path in (tmp_path / "two").rglob("*.*")]
    assert all((one / file).read_bytes() == (tmp_path / "two" / file).read_bytes() for file in files)


def test_text_from_an_article_is_never_markup_nor_a_formula(own, tmp_path, capsys):
    nasty = FIRST.replace("Mayor opens dam", "<script>alert(1)</script> & $x^2$").replace("Tom Reed", "=cmd()")
    (own / "Gazette" / "dam.txt").write_text(nasty, encoding="utf-8")
    assert run(capsys, "analyze", own, "--out", tmp_path / "out")[0] == 0
    assert "<script>alert" not in (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    for path in (tmp_path / "out" / "tables").glob("*.csv"):
        cells = pd.read_csv(path, dtype=str, keep_default_na=False).to_numpy().ravel()
        assert not [cell for cell in cells if cell.startswith(("=", "@", "+"))], path.name


def test_a_file_that_cannot_be_read_is_named_and_the_rest_is_analysed(with_picture):
    _, (status, _, errors), out = with_picture
    assert status == 1 and "picture.txt" in errors and "Traceback" not in errors
    audit = pd.read_csv(out / "tables" / "audit.csv")
    assert audit.loc[audit["path"].str.contains("picture"), "status"].tolist() == ["skipped"]


@pytest.mark.parametrize(
    "make, words",
    [
        (lambda path: None, "no-such"),
        (lambda path: path.mkdir(), "no-such"),
        (lambda path: path.write_text("url,date\nx,2020-01-01\n", encoding="utf-8"), "url"),
    ],
)
def test_input_of_which_nothing_can_be_done_is_one_clear_line(tmp_path, capsys, make, words):
    path = tmp_path / ("no-such.csv" if words == "url" else "no-such")
    make(path)
    status, _, errors = run(capsys, "analyze", path, "--out", tmp_path / "out")
    assert status == 2 and words in errors and len(errors.strip().splitlines()) == 1


def test_latin_1_and_a_headline_alone_are_read(own, tmp_path, capsys):
    (own / "Gazette" / "cafe.txt").write_bytes("Un café ferme\n\nLe café du village est fermé.".encode("latin-1"))
    (own / "Gazette" / "short.txt").write_text("Dam holds\n", encoding="utf-8")
    assert run(capsys, "analyze", own, "--out", tmp_path / "out")[0] == 0
    articles = pd.read_csv(tmp_path / "out" / "tables" / "articles.csv")
    assert len(articles) == 4 and articles["text"].str.contains("café").any()


def test_one_outlet_alone_is_analysed_with_a_note(folder, tmp_path, capsys):
    status, _, errors = run(capsys, "analyze", folder / "Gazette", "--out", tmp_path / "out")
    assert status == 0 and "one outlet" in errors
    assert pd.read_csv(tmp_path / "out" / "tables" / "comparisons.csv").empty


def test_audit_says_what_can_be_read(folder, capsys):
    status, said, _ = run(capsys, "audit", folder)
    assert status == 0 and "2 found, 2 parsed" in said


def test_no_command_prints_help(capsys):
    status, _, errors = run(capsys)
    assert status == 2 and "analyze" in errors


@pytest.mark.parametrize(
    "option, content, words",
    [
        ("--concepts", None, "no concept file"),
        ("--facts", "fact,text\na,b\n", "no statement"),
        ("--contrasts", None, "no file of contrasts"),
        ("--contrasts", "[[contrast]]\nmeasure = 'tone'\n", "lacks outlet"),
        ("--size", None, "no figure size"),
    ],
)
def test_a_wrong_choice_is_named_before_anything_is_measured(
    folder, tmp_path, capsys, monkeypatch, option, content, words
):
    def nothing(*_, **__):
        raise AssertionError("measured before the choices were read")

    monkeypatch.setattr("framing.reports.pipeline.find_quotes", nothing)
    file = tmp_path / "choice.file"
    if content:
        file.write_text(content, encoding="utf-8")
    status, _, errors = run(capsys, "analyze", folder, "--out", tmp_path / "out", option, file)
    assert status == 2 and words in errors and len(errors.strip().splitlines()) == 1


@pytest.mark.parametrize("command, out", [("analyze", "file.txt"), ("analyze", "file.txt/deeper"), ("audit", "in")])
def test_a_place_that_cannot_be_written_is_named_at_once(own, tmp_path, capsys, command, out):
    (tmp_path / "file.txt").write_text("taken", encoding="utf-8")
    status, said, errors = run(capsys, command, own, "--out", tmp_path / out)
    assert status == 2 and not said and "Give " in errors and "Errno" not in errors


DECLARED = """[[contrast]]
name = "Who says folly"
measure = "label_use"
item = "folly"
outlet = "Courier"
direction = "greater"
"""
FOLLY = """[[concept]]
name = "the dam"
[[concept.label]]
name = "folly"
[[concept.label]]
name = "project"
"""


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    """The report on three outlets and three events, with a declared contrast, and the folder it stands in."""
    place = tmp_path_factory.mktemp("report")
    rows = [
        {"path": f"{outlet}{number}.txt", "outlet": outlet, "event": f"event {number}"}
        for outlet in ("Courier", "Gazette", "Herald")
        for number in range(3)
    ]
    (place / "in").mkdir()
    for row in rows:
        text = SECOND if row["outlet"] == "Courier" else FIRST.replace(" Critics call it a folly.", "")
        (place / "in" / row["path"]).write_text(text.replace("Monday", f"Monday {row['event']}"), encoding="utf-8")
    pd.DataFrame(rows).to_csv(place / "in" / "articles.csv", index=False)
    (place / "contrasts.toml").write_text(DECLARED, encoding="utf-8")
    (place / "concepts.toml").write_text(FOLLY, encoding="utf-8")
    choices = [
        str(place / "in"),
        "--out",
        str(place / "out"),
        "--contrasts",
        str(place / "contrasts.toml"),
        "--concepts",
        str(place / "concepts.toml"),
    ]
    assert main(["analyze", *choices]) == 0
    return (place / "out" / "report.html").read_text(encoding="utf-8"), place / "out"


def test_declared_contrasts_stand_apart_from_exploration_in_page_figures_and_words(page):
    markup, out = page
    declared, explored = (pd.read_csv(out / "figures" / f"{name}.csv") for name in ("declared", "comparisons"))
    assert declared["declared"].all() and not explored["declared"].any()
    assert "Do the declared contrasts hold?" in markup and "Who says folly: holds (+1.00, p = ." in markup
    assert not re.findall(r"p (?:=|<|value possible is) 0\.", markup)


def test_the_page_says_what_pairs_can_show_and_what_an_outlet_against_the_rest_can_show(page):
    sample = pd.read_csv(page[1] / "tables" / "sample.csv")
    compared = pd.read_csv(page[1] / "tables" / "comparisons.csv")
    assert sample["reference"].eq("rest").sum() == 3 and len(sample) == 6
    assert compared["p"].min() >= sample["smallest_p"].min()
    assert "Each of 3 outlets shares 3 events with the others together" in page[0]


def test_the_page_is_well_formed_with_one_place_per_id_and_headings_in_order(page):
    import lxml.html

    tree = lxml.html.fromstring(page[0])
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids)) and set(re.findall(r'(?:href="#|url\(#)([^")]+)', page[0])) <= set(ids)
    assert [heading.tag for heading in tree.xpath("//h1|//h2|//h3")][:2] == ["h1", "h2"]
    assert all(svg.get("aria-label") for svg in tree.xpath("//svg")) and tree.get("lang") == "en"


def test_a_page_without_files_beside_it_names_none_and_leaves_no_figure_open(folder, tmp_path):
    import matplotlib.pyplot as plt

    import framing

    before = plt.get_fignums()
    text = framing.report(folder, tmp_path / "alone.html").read_text(encoding="utf-8")
    assert plt.get_fignums() == before and 'role="img"' in text
    assert "tables/" not in text and "figures/" not in text and "manifest.json" not in text


def test_an_outlet_without_a_word_of_its_own_stops_no_analysis(own, tmp_path, capsys):
    (own / "Courier" / "dam.txt").write_text("2023: 100.", encoding="utf-8")
    status, _, errors = run(capsys, "analyze", own, "--out", tmp_path / "out")
    assert status == 0, errors
    assert not (tmp_path / "out" / "tables" / "keyness.csv").exists()


def test_a_seed_below_zero_is_refused_before_anything_is_done(folder, tmp_path, capsys):
    with pytest.raises(SystemExit) as stopped:
        main(["analyze", str(folder), "--out", str(tmp_path / "out"), "--seed", "-1"])
    assert stopped.value.code == 2 and "0 or more" in capsys.readouterr().err


def test_the_words_of_an_analysis_are_counted_once(folder, monkeypatch):
    from framing import keyness
    from framing.reports import pipeline
    from framing.words import frequency

    counted, own_names = [], frequency._own_names
    monkeypatch.setattr(frequency, "_own_names", lambda index: counted.append(index) or own_names(index))
    tables = pipeline.analyze(folder, seed=3).tables
    assert len(counted) == 1
    pd.testing.assert_frame_equal(tables["keyness"], keyness(tables["articles"], unit="topic", seed=3))


def test_the_page_on_one_article_counts_it_in_words_and_shows_no_empty_box(tmp_path):
    import framing

    text = "The dam is a folly.\n\nIt opened on Monday, and nobody came."
    articles = pd.DataFrame({"article_id": ["a1"], "outlet": ["Gazette"], "text": [text]})
    page = framing.report(articles, tmp_path / "page.html").read_text(encoding="utf-8")
    words = " ".join(re.sub(r"<svg.*?</svg>|<[^>]*>", "", page, flags=re.DOTALL).split())
    assert "1 article of 1 outlet (Gazette)." in words and "1 article of 1 outlet was analysed with" in words
    assert "1 article read." in words and "No quotation was found." in words
    assert not re.search(r"\bNo \w+ in these articles", page) and "0 of 0 rows" not in words


def test_a_passage_stands_on_the_page_as_the_article_has_it(tmp_path):
    import framing

    articles = pd.DataFrame({"article_id": ["a1"], "outlet": ["Gazette"], "text": ["The dam is a folly. It fell."]})
    page = framing.report(articles, tmp_path / "page.html").read_text(encoding="utf-8")
    assert "The dam is a <mark>folly</mark>. It fell." in page


def test_what_open_word_lists_can_show_is_said_of_real_news(page):
    assert "in real news, with fewer than about 50 events" in page[0]


def test_a_run_that_is_stopped_while_writing_leaves_what_was_there_and_says_so(folder, tmp_path, capsys, monkeypatch):
    out = tmp_path / "out"
    assert run(capsys, "analyze", folder, "--out", out)[0] == 0
    before = {path: path.read_bytes() for path in out.rglob("*") if path.is_file()}

    def stopped(*_args, **_options):
        raise KeyboardInterrupt

    monkeypatch.setattr("framing.reports.page.save_methods", stopped)
    status, _, said = run(capsys, "analyze", folder, "--out", out, "--seed", 1)
    assert status == 130 and "stopped by you" in said
    assert {path: path.read_bytes() for path in out.rglob("*") if path.is_file()} == before


def test_a_full_disk_leaves_what_was_there_and_one_line(own, tmp_path, capsys, monkeypatch):
    out = tmp_path / "out"

    def full(*_args, **_options):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("framing.reports.page.write_csv", full)
    status, _, said = run(capsys, "analyze", own, "--out", out)
    assert status == 2 and "No space left on device" in said and not list(out.rglob("*.csv"))


def test_files_of_an_earlier_run_go_and_those_of_others_stay(folder, tmp_path, capsys):
    out = tmp_path / "out"
    assert run(capsys, "analyze", folder, "--out", out, "--parquet")[0] == 0
    (out / "tables" / "mine.csv").write_text("mine")
    outside = tmp_path / "outside.csv"
    outside.write_text("not ours")
    about = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    assert "tables/quotes.parquet" in about["files"]
    about["files"] += ["../outside.csv", "/etc/passwd", 3]
    (out / "manifest.json").write_text(json.dumps(about), encoding="utf-8")
    assert run(capsys, "analyze", folder, "--out", out)[0] == 0
    assert not list(out.rglob("*.parquet")) and (out / "tables" / "mine.csv").exists() and outside.exists()
