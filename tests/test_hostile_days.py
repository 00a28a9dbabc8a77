"""Hostile days of files: archives made to overwhelm, links, names in no encoding, the folders that a run itself wrote."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import openpyxl
import pytest

from framing import audit_articles, read_articles
from framing.articles.reading import NOT_READ, read_with_audit
from framing.tables import COLUMNS

STORY = b"Ferry returns\n\nThe ferry came back on Tuesday night, five days after the storm, the harbour master said."
ENDLESS = b"Nothing is said here. " * 40_909  # 900 kB that packs a thousand to one


def zipped(members: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return stream.getvalue()


def reasons(path: Path) -> list[str]:
    audit = audit_articles(path)
    return audit.loc[audit["status"].isin(NOT_READ), "reason"].tolist()


BOMBS = {
    "300 members of 900 kB": {f"{n}.txt": ENDLESS for n in range(300)},
    "members just below one that is called a bomb itself": {f"{n}.txt": ENDLESS + b"x" for n in range(60)},
    "pages": {f"{n}.html": b"<html><body>" + b"<p>Nothing is said. </p>" * 40_000 for n in range(100)},
    "rows": {f"{n}.csv": b"text\n" + b"Nothing is said here.\n" * 40_000 for n in range(100)},
    "of the alphabet": {f"{chr(97 + n % 26)}/{n}.txt": bytes([97 + n % 26]) * 900_000 for n in range(200)},
    "members without end": {f"{n}.txt": bytes(900_000) for n in range(400)},
}


@pytest.mark.parametrize("kind", BOMBS)
def test_an_archive_whose_members_are_each_allowed_but_all_together_a_bomb_is_refused_in_one_line(tmp_path, kind):
    (tmp_path / "a.zip").write_bytes(zipped(BOMBS[kind]))
    (tmp_path / "b.txt").write_bytes(STORY)
    began = time.monotonic()
    found = reasons(tmp_path)
    assert len(found) == 1 and "as only a zip bomb is" in found[0]
    assert time.monotonic() - began < 10


def test_a_folder_of_small_hostile_archives_beside_one_text_is_done_in_seconds(tmp_path):
    (tmp_path / "a.zip").write_bytes(zipped({"a.txt": bytes(250_000_000 // 5)}))
    (tmp_path / "b.zip").write_bytes(zipped({f"{n}/{n}.txt": b"" for n in range(2_500)}))
    inner = zipped({"a.txt": STORY})
    for _ in range(20):
        inner = zipped({"in.zip": inner, "too.zip": inner})
    (tmp_path / "c.zip").write_bytes(inner)
    (tmp_path / "good.txt").write_bytes(STORY)
    began = time.monotonic()
    with pytest.warns(UserWarning):
        articles, audit = read_with_audit(tmp_path)
    assert articles["headline"].tolist() == ["Ferry returns"]
    assert time.monotonic() - began < 20
    assert "an archive within an archive; unpack it first" in set(audit["reason"])


def test_files_that_overlap_within_an_archive_are_refused(tmp_path):
    data = zipped({f"{n}.txt": os.urandom(2_000) for n in range(20)})
    end = data.rindex(b"PK\x05\x06")
    entry = data[data.index(b"PK\x01\x02") : end]
    size = len(entry)
    more = data[:end] + entry * 5
    patched = (
        more
        + data[end : end + 8]
        + (120).to_bytes(2, "little") * 2
        + (size * 6).to_bytes(4, "little")
        + data[end + 16 :]
    )
    (tmp_path / "a.zip").write_bytes(patched)
    (tmp_path / "b.txt").write_bytes(STORY)
    assert any("overlap" in reason for reason in reasons(tmp_path))


def test_an_archive_that_takes_too_long_is_left_with_one_line(tmp_path, monkeypatch):
    from framing.articles import files

    monkeypatch.setattr(files, "SECONDS", 0)
    monkeypatch.setattr(files, "SECONDS_PER_MB", 0)
    (tmp_path / "a.zip").write_bytes(zipped({f"{n}.txt": STORY for n in range(9)}))
    (tmp_path / "b.txt").write_bytes(STORY)
    found = reasons(tmp_path)
    assert len(found) == 1 and "files were not read. Unpack it and give the folder" in found[0]


def test_a_link_in_an_archive_is_no_file(tmp_path):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        link = zipfile.ZipInfo("link.txt")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/hostname")
        archive.writestr("a.txt", STORY)
    (tmp_path / "a.zip").write_bytes(stream.getvalue())
    assert reasons(tmp_path) == ["a link to another file, not a file"]


def test_a_workbook_that_unpacks_to_too_much_is_refused(tmp_path):
    book, stream = openpyxl.Workbook(), io.BytesIO()
    book.active.append(["text"])
    book.save(stream)
    with zipfile.ZipFile(stream) as whole:
        parts = {info.filename: whole.read(info) for info in whole.infolist()}
    parts["xl/worksheets/sheet1.xml"] = b"<worksheet>" + b" " * 90_000_000 + b"</worksheet>"
    (tmp_path / "a.xlsx").write_bytes(zipped(parts))
    (tmp_path / "b.txt").write_bytes(STORY)
    assert "zip bomb" in reasons(tmp_path)[0]


@pytest.mark.parametrize("suffix", [".txt", ".html", ".csv", ".zip"])
def test_a_linked_file_outside_the_folder_is_not_read_and_a_line_says_so(tmp_path, suffix):
    inside, outside = tmp_path / "in", tmp_path / "out"
    inside.mkdir(), outside.mkdir()
    (outside / f"secret{suffix}").write_bytes(b"SECRET " + STORY)
    (inside / "a.txt").write_bytes(STORY)
    (inside / f"link{suffix}").symlink_to(outside / f"secret{suffix}")
    (inside / f"again{suffix}").symlink_to(inside / f"link{suffix}")
    with pytest.warns(UserWarning, match="a link to a file outside the folder"):
        articles, audit = read_with_audit(inside)
    assert articles["path"].tolist() == ["a.txt"]
    assert audit.loc[audit["status"] == "skipped", "path"].tolist() == [f"again{suffix}", f"link{suffix}"]


def test_a_manifest_cannot_bring_in_a_file_from_outside(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "secret.txt").write_bytes(b"SECRET " + STORY)
    (tmp_path / "in" / "a.txt").write_bytes(STORY)
    (tmp_path / "in" / "link.txt").symlink_to("../secret.txt")
    (tmp_path / "in" / "articles.csv").write_text(
        "path,outlet\na.txt,Gazette\nlink.txt,Gazette\n../secret.txt,Gazette\n"
    )
    with pytest.warns(UserWarning):
        articles, _ = read_with_audit(tmp_path / "in")
    assert not articles["text"].str.contains("SECRET").any()


def test_a_linked_folder_outside_is_named_and_loops_end(tmp_path):
    (tmp_path / "in" / "sub").mkdir(parents=True)
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "b.txt").write_bytes(b"SECRET " + STORY)
    (tmp_path / "in" / "a.txt").write_bytes(STORY)
    (tmp_path / "in" / "elsewhere").symlink_to(tmp_path / "other")
    (tmp_path / "in" / "sub" / "loop").symlink_to(tmp_path / "in")
    (tmp_path / "in" / "one.txt").symlink_to(tmp_path / "in" / "two.txt")
    (tmp_path / "in" / "two.txt").symlink_to(tmp_path / "in" / "one.txt")
    (tmp_path / "in" / "nowhere.txt").symlink_to(tmp_path / "in" / "gone.txt")
    found = dict(audit_articles(tmp_path / "in")[["path", "reason"]].itertuples(index=False))
    assert found["elsewhere"] == "a link to a folder outside this one; copy the folder"
    assert all(str(found[name]).startswith("cannot be opened") for name in ("one.txt", "two.txt", "nowhere.txt"))


def test_a_link_to_a_file_of_the_same_folder_does_not_count_it_twice(tmp_path):
    (tmp_path / "a.txt").write_bytes(STORY)
    (tmp_path / "b.txt").symlink_to(tmp_path / "a.txt")
    articles, audit = read_with_audit(tmp_path)
    assert articles["path"].tolist() == ["a.txt"]
    assert audit["status"].tolist() == ["read", "ignored"]


def write_run(folder: Path, *, stopped: bool = False) -> None:
    """What a run of the analysis leaves, in outline."""
    (folder / "tables").mkdir(parents=True)
    (folder / "figures").mkdir()
    row = "a,Gazette,e,concept,label,0,5,Ferry story told by a label,lead,outlet,,1\n"
    (folder / "tables" / "labels.csv").write_text(",".join(COLUMNS["labels"]) + "\n" + row * 20)
    (folder / "tables" / "audit.csv").write_text(",".join(COLUMNS["audit"]) + "\na.txt,a,read,,1,1,1,,utf-8,0,text\n")
    (folder / "figures" / "00_labels.csv").write_text("outlet,text,share\nGazette,ferry,.5\n")
    (folder / "figures" / "00_labels.txt").write_text("A grid of names.")
    (folder / "report.html").write_text("<html><body><h1>Report</h1><p>" + STORY.decode() + "</p></body></html>")
    if not stopped:
        (folder / "manifest.json").write_text(
            json.dumps(
                {"framing": "0.1.0", "python": "3.11", "corpus_sha256": "0", "article_sha256": {"a": "0"}}, indent=2
            )
        )


@pytest.mark.parametrize("stopped", [False, True])
@pytest.mark.parametrize("where", ["out", "results/2024/out", "."])
def test_the_output_of_an_earlier_run_is_never_read_as_articles(tmp_path, where, stopped):
    (tmp_path / "gazette").mkdir()
    (tmp_path / "gazette" / "a.txt").write_bytes(STORY)
    write_run(tmp_path / where, stopped=stopped)
    articles, audit = read_with_audit(tmp_path)
    assert articles["path"].tolist() == ["gazette/a.txt"]
    assert ["ignored", "written by an earlier run of framing, not articles"] in audit[
        ["status", "reason"]
    ].values.tolist()
    assert not audit["status"].isin(NOT_READ).any()


def test_the_output_of_an_earlier_run_within_an_archive_is_no_article_either(tmp_path):
    write_run(tmp_path / "all" / "out")
    (tmp_path / "all" / "a.txt").write_bytes(STORY)
    members = {
        path.relative_to(tmp_path).as_posix(): path.read_bytes()
        for path in sorted((tmp_path / "all").rglob("*"))
        if path.is_file()
    }
    (tmp_path / "b.zip").write_bytes(zipped(members))
    assert read_articles(tmp_path / "b.zip")["path"].tolist() == ["b.zip/all/a.txt"]


@pytest.mark.parametrize("name", ["labels", "quotes", "tokens", "passages", "tone", "coverage", "emphasis", "audit"])
def test_a_table_of_results_given_as_articles_is_refused(tmp_path, name):
    (tmp_path / f"{name}.csv").write_text(",".join(COLUMNS[name]) + "\n" + ",".join("x" for _ in COLUMNS[name]) + "\n")
    with pytest.raises(ValueError, match="that an earlier run of framing wrote"):
        read_articles(tmp_path / f"{name}.csv")


def test_another_manifest_json_does_not_hide_a_folder(tmp_path):
    (tmp_path / "gazette").mkdir()
    (tmp_path / "gazette" / "a.txt").write_bytes(STORY)
    (tmp_path / "gazette" / "manifest.json").write_text('{"name": "an app", "framing": true}')
    assert "gazette/a.txt" in audit_articles(tmp_path)["path"].tolist()


NAMES = [
    b"K\xf6ln.txt",
    b"\xff\xfe.txt",
    b"caf\xe9 \x93x\x94.html",
    b"\xcf\xe0\xf0.txt",
    b"new\nline.txt",
    b"tab\there.txt",
]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.skipif(sys.platform != "linux", reason="other systems allow no such names")
def test_a_name_that_is_no_utf8_is_shown_with_a_replacement_and_its_file_read(tmp_path, name):
    (tmp_path / "A").mkdir()
    with open(os.path.join(os.fsencode(tmp_path / "A"), name), "wb") as file:
        file.write(b"<html><body><p>" + STORY + b"</p></body></html>" if name.endswith(b".html") else STORY)
    articles, audit = read_with_audit(tmp_path)
    assert len(articles) == 1
    for table in (articles, audit):
        table.to_csv(tmp_path / "t.csv", encoding="utf-8")
    assert "\ufffd" in articles["article_id"][0] and "\n" not in articles["article_id"][0]


@pytest.mark.skipif(sys.platform != "linux", reason="other systems allow no such names")
def test_two_names_shown_alike_stay_two_articles_and_a_folder_of_such_a_name_is_an_outlet(tmp_path):
    folder = os.path.join(os.fsencode(tmp_path), b"K\xf6lner Blatt")
    os.mkdir(folder)
    for name, text in ((b"\xe9.txt", STORY), (b"\xe8.txt", STORY + b" It stayed.")):
        with open(os.path.join(folder, name), "wb") as file:
            file.write(text)
    articles = read_articles(tmp_path)
    assert articles["article_id"].nunique() == 2
    assert set(articles["outlet"]) == {"K\ufffdlner Blatt"}


@pytest.mark.skipif(sys.platform != "linux", reason="other systems allow no such names")
def test_the_audit_of_such_names_can_be_printed_and_written(tmp_path):
    with open(os.path.join(os.fsencode(tmp_path), b"K\xf6ln.bin"), "wb") as file:
        file.write(bytes(1_000))
    (tmp_path / "a.txt").write_bytes(STORY)
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            "import sys; from framing.cli import main; sys.exit(main(sys.argv[1:]))",
            "audit",
            str(tmp_path),
            "--out",
            str(tmp_path / "o" / "audit.csv"),
        ],
        capture_output=True,
        timeout=120,
    )
    assert done.returncode == 1, done.stderr
    assert b"Not read: K\xef\xbf\xbdln.bin" in done.stderr
