"""Files made to do harm, or to break readers: each is refused with a clear line, in bounded time and memory."""

from __future__ import annotations

import io
import json
import random
import resource
import subprocess
import sys
import zipfile
from pathlib import Path

import docx
import pytest

from framing import audit_articles, read_articles
from framing.articles.markup import DEEPEST

STORY = b"The ferry came back on Tuesday night, five days after the storm, the harbour master said."


def reasons(path: Path) -> list[str]:
    audit = audit_articles(path)
    return audit.loc[audit["status"] == "skipped", "reason"].tolist()


def zip_of(path: Path, members: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return path


def test_a_zip_bomb_is_refused_without_unpacking_it(tmp_path):
    path = zip_of(tmp_path / "bomb.zip", {"a.txt": bytes(40_000_000), "b.txt": STORY})
    assert reasons(path) == ["refused: packed 1028 to one, as only a zip bomb is"]
    with pytest.warns(UserWarning, match="zip bomb"):
        assert read_articles(path)["text"].tolist() == [STORY.decode()]


def test_a_zip_that_lies_about_its_sizes_is_unpacked_no_further_than_allowed(tmp_path, monkeypatch):
    from framing.articles import files

    monkeypatch.setattr(files, "LARGEST_TOTAL", 3_000_000)
    members = {f"{n}.txt": random.Random(n).randbytes(1_000_000) for n in range(6)}
    assert any("unpacks to more than 3 MB" in reason for reason in reasons(zip_of(tmp_path / "a.zip", members)))


@pytest.mark.parametrize(
    "name", ["../escape.txt", "a/../../escape.txt", "/etc/escape.txt", "C:/escape.txt", "..\\escape.txt"]
)
def test_paths_out_of_an_archive_are_refused(tmp_path, name):
    path = zip_of(tmp_path / "a.zip", {name: STORY, "good.txt": STORY})
    assert reasons(path) == ["refused: its path leads out of the archive"]
    assert not list(tmp_path.parent.glob("escape*"))


def test_an_archive_in_an_archive_is_not_opened(tmp_path):
    inner = zip_of(tmp_path / "inner", {"a.txt": STORY}).read_bytes()
    assert reasons(zip_of(tmp_path / "a.zip", {"inner.zip": inner, "b.txt": STORY})) == [
        "an archive within an archive; unpack it first"
    ]


def test_an_archive_of_too_many_files_is_refused(tmp_path, monkeypatch):
    from framing.articles import decoding

    monkeypatch.setattr(decoding, "MOST_FILES", 10)
    path = zip_of(tmp_path / "a.zip", {f"{n}.txt": STORY for n in range(11)})
    assert reasons(path) == ["refused: an archive of 11 files, more than 10"]


def word_document(tmp_path: Path, document_xml: bytes) -> Path:
    stream = io.BytesIO()
    docx.Document().save(stream)
    path = tmp_path / "a.docx"
    with zipfile.ZipFile(stream) as whole, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as changed:
        for info in whole.infolist():
            changed.writestr(info, document_xml if info.filename == "word/document.xml" else whole.read(info))
    return path


def test_a_word_document_with_external_entities_is_refused_and_reads_no_file(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("TOP SECRET")
    xml = f"""<?xml version="1.0"?><!DOCTYPE w [<!ENTITY x SYSTEM "file://{secret}">]>
    <w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r>
    <w:t>&x;</w:t></w:r></w:p></w:body></w:document>"""
    path = word_document(tmp_path, xml.encode())
    assert reasons(path) == ["refused: the Word document declares entities, which no word processor writes"]


def test_a_word_document_with_a_billion_laughs_is_refused(tmp_path):
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    xml = f'<?xml version="1.0"?><!DOCTYPE w [<!ENTITY l0 "lol">{entities}]><w>&l11;</w>'
    assert reasons(word_document(tmp_path, xml.encode()))[0].startswith("refused: the Word document declares entities")


def test_a_word_document_that_unpacks_to_too_much_is_refused(tmp_path):
    path = word_document(tmp_path, b"<w>" + b" " * 30_000_000 + b"</w>")
    assert "zip bomb" in reasons(path)[0]


@pytest.mark.parametrize("opening", ["<div>", "<b>", "<table><tr><td>", "<ul><li>", "<blockquote>", "<span><div>"])
def test_deeply_nested_html_is_refused_or_read_in_bounded_time(tmp_path, opening):
    page = "<!DOCTYPE html><html><body>" + opening * 50_000 + STORY.decode() + "</body></html>"
    (tmp_path / "a.html").write_text(page)
    found = audit_articles(tmp_path / "a.html")
    assert found["status"][0] == "read" or f"nested more than {DEEPEST} deep" in found["reason"][0]


@pytest.mark.parametrize(
    "page",
    [
        "<html>" + "<p>x" * 200_000,
        "<html><body>" + "&amp;" * 300_000,
        "<html><body>" + "<" * 300_000,
        "<html><body " + "a='b' " * 100_000 + "><p>x</p>",
        "<html><body><p>" + "x" * 1_000_000 + "</p>",
        "<html><!--" + "-" * 500_000,
        "<!DOCTYPE html [" + "<!ENTITY a 'b'>" * 20_000 + "]><html><body><p>&a;</p>",
        "<html><body><script>" + "while(1){}" * 50_000,
        "<html><body><p>" + "&#" + "9" * 100_000 + ";</p>",
    ],
)
def test_hostile_html_gives_an_article_or_a_reason(tmp_path, page):
    (tmp_path / "a.html").write_text(page)
    row = audit_articles(tmp_path / "a.html").iloc[0]
    assert row["status"] == "read" or (row["status"] in ("incomplete", "skipped") and row["reason"])


def test_script_and_markup_in_a_page_are_text_or_nothing(tmp_path):
    (tmp_path / "a.html").write_text(
        "<html><body><h1>Ferry returns to the harbour</h1><script>alert(1)</script><p>"
        + STORY.decode()
        + " &lt;script&gt;alert(2)&lt;/script&gt;</p></body></html>"
    )
    text = read_articles(tmp_path)["text"][0]
    assert "alert(1)" not in text
    assert "<script>alert(2)</script>" in text  # as the page shows it; whoever writes HTML from it must escape it


def test_a_200_mb_file_is_refused_by_its_size_alone(tmp_path):
    for name in ("a.txt", "a.html", "a.docx", "a.rtf", "a.csv", "a.zip"):
        with (tmp_path / name).open("wb") as file:
            file.truncate(200_000_000)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    audit = audit_articles(tmp_path)
    assert all("200 MB, more than the" in reason and reason.endswith("split the file") for reason in audit["reason"])
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100_000  # kB


def test_an_article_too_long_to_be_one_is_refused(tmp_path):
    (tmp_path / "a.txt").write_bytes(STORY * 30_000)
    assert reasons(tmp_path / "a.txt") == ["the text is longer than 2,000,000 characters"]


@pytest.mark.parametrize(
    "text",
    [
        "[" * 200_000,
        '{"a":' * 100_000,
        '{"text": "' + "x" * 3_000_000 + '"}',
        "1e999999999",
        '{"text": NaN}',
        "null",
        '"text"',
    ],
)
def test_hostile_json_gives_a_reason(tmp_path, text):
    (tmp_path / "a.json").write_text(text)
    assert audit_articles(tmp_path)["status"][0] in ("skipped", "read")


def test_hostile_csv_gives_a_reason(tmp_path):
    (tmp_path / "a.csv").write_text("text\n" + '"' + "x" * 3_000_000)
    (tmp_path / "b.csv").write_text("," * 100_000 + "\n")
    (tmp_path / "c.csv").write_text("text,text\n=cmd|' /C calc'!A0,second\n")
    audit = audit_articles(tmp_path)
    assert audit.loc[audit["status"] == "read", "path"].tolist() == ["c.csv"]


def test_hostile_rich_text_gives_a_reason(tmp_path):
    (tmp_path / "a.rtf").write_bytes(b"{\\rtf1 " + b"{" * 300_000)
    (tmp_path / "b.rtf").write_bytes(b"{\\rtf1 " + b"}" * 1000 + STORY)
    (tmp_path / "c.rtf").write_bytes(b"{\\rtf1 \\u-99999999999? \\'zz " + STORY + b"}")
    (tmp_path / "d.rtf").write_bytes(b"{\\rtf1\\bin99999999 " + bytes(1000) + STORY + b"}")
    assert set(audit_articles(tmp_path)["status"]) <= {"read", "skipped", "incomplete", "duplicate"}


def test_links_to_folders_are_not_followed_and_devices_are_not_read(tmp_path):
    (tmp_path / "a.txt").write_bytes(STORY)
    (tmp_path / "loop").symlink_to(tmp_path)
    (tmp_path / "null.txt").symlink_to("/dev/zero")
    audit = audit_articles(tmp_path)
    assert audit["path"].tolist() == ["a.txt", "null.txt"]
    assert audit["reason"][1] == "not a regular file"


def test_a_file_that_may_not_be_opened_is_an_audit_row(tmp_path, monkeypatch):
    (tmp_path / "a.txt").write_bytes(STORY)
    (tmp_path / "b.txt").write_bytes(STORY)
    whole = Path.read_bytes

    def read_bytes(path: Path) -> bytes:
        if path.name == "b.txt":
            raise PermissionError(13, "Permission denied")
        return whole(path)

    monkeypatch.setattr(Path, "read_bytes", read_bytes)
    assert reasons(tmp_path) == ["cannot be opened (Permission denied)"]


def test_memory_stays_bounded_on_hostile_files(tmp_path):
    zip_of(tmp_path / "bomb.zip", {f"{n}.txt": bytes(45_000_000) for n in range(8)})
    (tmp_path / "deep.html").write_text("<html><body>" + "<div>" * 300_000)
    (tmp_path / "wide.json").write_text(json.dumps([{"text": "x"}] * 5_000))
    code = (
        "import resource, sys; resource.setrlimit(resource.RLIMIT_AS, (3 << 30, 3 << 30)); "
        "from framing import audit_articles; print(len(audit_articles(sys.argv[1])))"
    )
    done = subprocess.run([sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) > 5_000
