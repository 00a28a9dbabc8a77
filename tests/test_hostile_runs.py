"""Hostile days of runs: what `framing analyze` does, its exit status and its one line, where something is amiss."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pandas as pd
import pytest

from framing.cli import main
from framing.plots.style import MARKERS
from framing.reports import files as files_of_runs, page, pipeline

FIRST = "Dam opens\n\nMayor Tom Reed opened the dam on Monday. “The valley is safe,” Reed said. It cost nine million."
SECOND = "A folly\n\nThe dam is a folly, farmer Eve Cole said. Reed denied it. The brass band played until the evening."


@pytest.fixture
def without_figures(monkeypatch):
    """Figures take most of the time of a small run and are not what is asked here."""
    monkeypatch.setattr(page, "draw_figures", lambda *_args, **_options: iter(()))


@pytest.fixture
def folder(tmp_path, without_figures):
    for outlet, text in (("Gazette", FIRST), ("Courier", SECOND)):
        (tmp_path / "in" / outlet).mkdir(parents=True)
        (tmp_path / "in" / outlet / "dam.txt").write_text(text, encoding="utf-8")
    return tmp_path / "in"


def run(capsys, source, out, *options):
    status = main(["analyze", str(source), "--out", str(out), *options])
    return status, capsys.readouterr().err


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize(
    "setting",
    [
        {"FRAMING_CACHE": "/proc/none/cache"},
        {"FRAMING_CACHE": "", "HOME": "/proc/none"},
        {"FRAMING_CACHE": "", "HOME": "", "XDG_CACHE_HOME": "/proc/none"},
    ],
)
@pytest.mark.skipif(sys.platform != "linux", reason="a folder that even root cannot write to")
def test_no_home_and_a_cache_that_cannot_be_written_change_nothing(folder, tmp_path, capsys, monkeypatch, setting):
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    for name, value in setting.items():
        monkeypatch.setenv(name, value)
    assert run(capsys, folder, tmp_path / "one")[0] == 0
    monkeypatch.setenv("FRAMING_CACHE", str(tmp_path / "cache"))
    assert run(capsys, folder, tmp_path / "two")[0] == 0
    assert files(tmp_path / "one") == files(tmp_path / "two")


def test_an_output_folder_that_may_only_be_read_is_named_before_anything_is_measured(
    folder, tmp_path, capsys, monkeypatch
):
    monkeypatch.setattr("framing.reports.files.os.access", lambda *_: False)
    monkeypatch.setattr(pipeline, "find_quotes", None)
    status, said = run(capsys, folder, tmp_path / "out")
    assert status == 2 and "may only be read" in said and len(said.splitlines()) == 1


def test_a_clock_in_the_past_changes_nothing(folder, tmp_path, capsys, monkeypatch):
    monkeypatch.setenv("FRAMING_CACHE", str(tmp_path / "cache"))
    assert run(capsys, folder, tmp_path / "one")[0] == 0
    for kept in (tmp_path / "cache").glob("??/*.zip"):
        kept.unlink()  # the files themselves, so that they are made once more
    monkeypatch.setattr(time, "time", lambda: 0.0)
    assert run(capsys, folder, tmp_path / "two")[0] == 0
    assert files(tmp_path / "one") == files(tmp_path / "two")


def test_output_inside_the_input_is_not_read_by_the_next_run(folder, capsys):
    assert run(capsys, folder, folder / "out")[0] == 0
    first = files(folder / "out")
    assert run(capsys, folder, folder / "out")[0] == 0
    again = files(folder / "out")
    assert again["tables/articles.csv"] == first["tables/articles.csv"]
    assert len(pd.read_csv(folder / "out" / "tables" / "articles.csv")) == 2


def test_neither_dates_nor_events_is_a_note_and_no_fault(tmp_path, capsys, without_figures):
    table = pd.DataFrame({"outlet": ["Gazette", "Courier"], "text": [FIRST, SECOND]})
    table.to_csv(tmp_path / "in.csv", index=False)
    status, said = run(capsys, tmp_path / "in.csv", tmp_path / "out")
    assert status == 0 and "No events are named" in said


WORDS = {
    "ar": "قال رئيس البلدية يوم الاثنين إن الجسر القديم فوق النهر سيبقى مغلقا حتى شهر مايو لأن الإصلاحات لم تنته بعد.",
    "ru": "Мэр города заявил в понедельник, что старый мост через реку останется закрытым до мая, и это надолго.",
    "de": "Der Bürgermeister sagte am Montag, dass die alte Brücke über den Fluss bis Mai gesperrt bleibt.",
    "fr": "Le maire a dit lundi que le vieux pont sur la rivière restera fermé jusqu’en mai, et que ça dure.",
    "zh": "市长星期一表示，河上的旧桥将关闭到五月，因为维修工作还没有完成，市民必须乘坐渡轮过河。",
    "he": "ראש העיר אמר ביום שני כי הגשר הישן מעל הנהר יישאר סגור עד חודש מאי משום שהתיקונים עדיין לא הסתיימו.",
    "fa": "شهردار روز دوشنبه گفت که پل قدیمی روی رودخانه تا ماه مه بسته می‌ماند چون تعمیرات هنوز پایان نیافته است.",
}


@pytest.mark.parametrize("language", WORDS)
def test_another_language_is_said_and_not_silently_analysed(folder, tmp_path, capsys, language):
    (folder / "Gazette" / "other.txt").write_text(" ".join([WORDS[language]] * 4), encoding="utf-8")
    status, said = run(capsys, folder, tmp_path / "out")
    assert status == 0 and f"1 of 3 articles are not in English ({language}" in said


NAMES = [
    "../../evil",
    "a/b",
    "/etc/x",
    "..",
    "=cmd|' /C calc'!A0",
    "@sum(1)",
    "+1",
    "two\nlines",
    "tab\there",
    "<script>alert(1)</script>",
    "{{ 7 * 7 }}",
    "$x^2$",
    "CON",
    "K\u202eoln",
    "%s%n",
    "a\\b",
]


def test_odd_names_of_outlets_are_text_and_no_path_formula_or_markup(tmp_path, capsys, monkeypatch):
    rows = [
        {"outlet": name, "event": "dam", "text": f"{FIRST} It was told by number {n}."} for n, name in enumerate(NAMES)
    ]
    pd.DataFrame(rows).to_csv(tmp_path / "in.csv", index=False)
    monkeypatch.setattr(pipeline, "DRAWN", 16)
    drawn = page.draw_figures
    monkeypatch.setattr(
        page, "draw_figures", lambda *args, **options: (one for one in drawn(*args, **options) if one[0] == "space")
    )
    status, _ = run(capsys, tmp_path / "in.csv", tmp_path / "out")
    assert status == 0
    assert {path.name for path in tmp_path.iterdir()} == {"in.csv", "out"}
    for path in (tmp_path / "out" / "tables").glob("*.csv"):
        cells = pd.read_csv(path, dtype=str, keep_default_na=False).to_numpy().ravel()
        assert not [cell for cell in cells if cell.startswith(("=", "@", "+"))], path.name
    shown = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    assert "<script>alert" not in shown and "{{ 7 * 7 }}" in shown


@pytest.mark.parametrize("missing", ["nan", "NaN", "NaT", "NA", "<NA>", "None", "null", "n/a", ""])
def test_a_missing_cell_of_a_manifest_is_neither_a_date_nor_an_event(folder, capsys, missing):
    (folder / "articles.csv").write_text(
        f"path,outlet,date,event\nGazette/dam.txt,Gazette,{missing},{missing}\n"
        f"Courier/dam.txt,Courier,{missing},{missing}\n",
        encoding="utf-8",
    )
    import framing

    articles = framing.read_articles(folder)
    assert len(articles) == 2 and articles["date"].isna().all() and articles["event"].isna().all()


def test_of_many_outlets_figures_draw_those_that_can_be_told_apart_and_say_so(tmp_path, monkeypatch):
    assert len(MARKERS) == pipeline.DRAWN
    rows = [{"outlet": f"Outlet {n:03}", "event": "dam", "text": f"{FIRST} Told by {n}."} for n in [*range(300), 299]]
    articles = pd.DataFrame(rows)
    analysis = pipeline.Analysis({"articles": articles}, {})
    assert len(analysis.outlets) == 300
    assert analysis.drawn == [*(f"Outlet {n:03}" for n in range(15)), "Outlet 299"]
    import framing

    notes = pipeline._notes({"articles": framing.read_articles(articles.head(20))})
    assert any(
        "Figures show 16 of 20 outlets, those with most articles and of equals the first by name" in note
        for note in notes
    )


def test_of_two_runs_into_one_folder_one_replaces_the_whole_of_the_other(tmp_path, monkeypatch):
    moved = files_of_runs.os.replace
    monkeypatch.setattr(files_of_runs.os, "replace", lambda *args: (time.sleep(0.01), moved(*args)))

    def place(name: str) -> None:
        scratch = tmp_path / name
        scratch.mkdir()
        for number in range(8):
            (scratch / f"{number}.csv").write_text(name)
        (scratch / files_of_runs.MANIFEST).write_text(name)
        files_of_runs.put_in_place(scratch, tmp_path / "out")

    (tmp_path / "out").mkdir()
    runs = [threading.Thread(target=place, args=[name]) for name in ("one", "two")]
    for one in runs:
        one.start()
    for one in runs:
        one.join()
    assert len(set(files(tmp_path / "out").values())) == 1 and len(files(tmp_path / "out")) == 9


def test_what_a_killed_run_left_half_written_goes_and_what_another_run_writes_stays(tmp_path):
    for name in ("left", "busy"):
        (tmp_path / f"{files_of_runs.UNFINISHED}{name}" / "tables").mkdir(parents=True)
    with files_of_runs._held(tmp_path / f"{files_of_runs.UNFINISHED}busy"):
        files_of_runs._clear_unfinished(tmp_path)
        assert [path.name for path in tmp_path.iterdir()] == [f"{files_of_runs.UNFINISHED}busy"]


KILLED = """
import os, sys
from framing.reports import files as files_of_runs, page
from framing.cli import main
page.draw_figures = lambda *_, **__: iter(())
moves, moved = [], files_of_runs.os.replace
def replace(*args):
    moves.extend([args] if files_of_runs.UNFINISHED in str(args[0]) else [])  # the cache moves files, too
    if len(moves) > 5 and sys.argv[3] == "9":
        os.kill(os.getpid(), 9)
    moved(*args)
files_of_runs.os.replace = replace
sys.exit(main(["analyze", sys.argv[1], "--out", sys.argv[2], "--seed", sys.argv[4]]))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no such signal there")
def test_a_run_killed_while_it_replaces_an_older_result_leaves_no_manifest_and_the_next_gives_the_same_bytes(
    folder, tmp_path, capsys
):
    assert run(capsys, folder, tmp_path / "whole", "--seed", "1")[0] == 0
    assert run(capsys, folder, tmp_path / "out")[0] == 0
    killed = subprocess.run(
        [sys.executable, "-c", KILLED, str(folder), str(tmp_path / "out"), "9", "1"], capture_output=True
    )
    assert killed.returncode == -signal.SIGKILL
    assert not (tmp_path / "out" / files_of_runs.MANIFEST).exists()  # the sign of a whole result
    assert run(capsys, folder, tmp_path / "out", "--seed", "1")[0] == 0
    assert files(tmp_path / "out") == files(tmp_path / "whole")
