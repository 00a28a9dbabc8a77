"""One importer per format: every article of the samples comes back, damage gives an audit row, never a crash."""

from __future__ import annotations

import io
import json
import random
import zipfile
from pathlib import Path

import docx
import pandas as pd
import pytest
from hypothesis import given, settings, strategies as st

from framing import audit_articles, find_passages, read_articles
from framing.articles.reading import NOT_READ, STATUSES, read_with_audit

SAMPLES = Path(__file__).parent / "samples"
FERRY, BRIDGE = "Ferry returns to Port Aldern", "Bridge closes on 1 May 2024"
DATABASES = [
    "factiva_codes.html",
    "factiva_plain.html",
    "factiva_codes.rtf",
    "factiva_plain.rtf",
    "proquest.html",
    "proquest.txt",
]


def nexis_lines() -> list[str]:
    return (SAMPLES / "nexis.txt").read_text(encoding="utf-8").split("\n")


def as_docx(lines: list[str], styles: dict[str, str] | None = None) -> bytes:
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line, style=(styles or {}).get(line))
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def as_rtf(lines: list[str]) -> bytes:
    body = "".join(f"{line}\\par\n" for line in lines)
    return ("{\\rtf1\\ansi\\ansicpg1252 " + body + "}").encode("cp1252")


def as_zip(files: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return stream.getvalue()


def zones(articles: pd.DataFrame, number: int = 0) -> dict[str, list[str]]:
    passages = find_passages(articles.iloc[[number]])
    return passages.groupby("zone", sort=False)["text"].agg(list).to_dict()


@pytest.mark.filterwarnings("ignore:1 files or articles were not read")  # a record without text, named below
@pytest.mark.parametrize("sample", DATABASES)
def test_a_database_export_gives_every_article_with_outlet_date_and_headline(sample):
    audit = audit_articles(SAMPLES / sample)
    articles = read_articles(SAMPLES / sample)
    assert articles["headline"].tolist() == [FERRY, BRIDGE]
    assert articles["outlet"].tolist() == ["The Aldern Gazette", "The Herald"]
    assert articles["date"].tolist() == ["2023-09-13", "2023-09-12"]  # not the date in the headline
    assert articles["language"].tolist() == ["en", "en"]
    assert articles["byline"][0] in ("Ann Lee", "Lee, Ann")
    assert audit["parsed"].sum() == 2
    first = zones(articles)
    assert first["headline"] == [FERRY]
    assert first["lead"][0].startswith("The ferry came back to Port Aldern")
    assert any("Tom Reed" in text for text in first["body"])
    assert not any("2023" in text or "Document" in text for text in first["lead"] + first["body"])


def test_a_record_without_full_text_is_named():
    with pytest.warns(UserWarning, match="no full text of 'Letters to the editor'"):
        read_articles(SAMPLES / "proquest.txt")


@pytest.mark.parametrize("kind", ["txt", "docx", "rtf"])
def test_a_nexis_export_gives_every_article_and_the_declared_count(tmp_path, kind):
    lines = nexis_lines()
    data = {"txt": "\n".join(lines).encode(), "docx": as_docx(lines), "rtf": as_rtf(lines)}[kind]
    (tmp_path / f"export.{kind}").write_bytes(data)
    with pytest.warns(UserWarning, match="Nexis could not display this document"):
        articles, audit = read_with_audit(tmp_path)
    assert articles["outlet"].tolist() == ["The Aldern Gazette (Aldern)", "The Herald", "The Aldern Gazette (Aldern)"]
    assert articles["date"].tolist() == ["2023-09-13", "2023-09-12", "2023-09-14"]
    assert articles["headline"].tolist() == [
        "Ferry returns to Port Aldern after a week of storms",
        "Bridge closes",
        "September 11, 2001 memorial moved to the harbour",
    ]
    file_row = audit.iloc[0]
    assert [file_row.declared, file_row.found, file_row.parsed] == [4, 4, 3]
    assert file_row.status == "incomplete"
    first = zones(articles)
    assert first["byline"] == ["Ann Lee"]
    assert first["standfirst"] == ["Passengers had waited in the terminal since Thursday"]
    assert first["caption"] == ["The ferry at the quay on Tuesday. Photo: Port Office"]
    assert first["subheading"] == ["A slow crossing"]
    assert len(first["lead"] + first["body"]) == 3


def test_nexis_articles_saved_one_to_a_file_need_no_cover_page(tmp_path):
    lines = nexis_lines()
    start = lines.index("Bridge closes")
    (tmp_path / "one.docx").write_bytes(as_docx(lines[start : lines.index("End of Document", start) + 1]))
    articles = read_articles(tmp_path)
    assert articles[["headline", "outlet", "date"]].values.tolist() == [["Bridge closes", "The Herald", "2023-09-12"]]


def test_the_older_lexisnexis_text_layout_is_read():
    articles, audit = read_with_audit(SAMPLES / "nexis_academic.txt")
    assert articles["headline"].tolist() == ["Ferry returns to Port Aldern after a week of storms", "Bridge closes"]
    assert articles["outlet"].tolist() == ["The Aldern Gazette", "The Herald"]
    assert articles["date"].tolist() == ["2023-09-13", "2023-09-12"]
    assert zones(articles)["lead"] == [
        "The ferry came back to Port Aldern on Tuesday night, five days after the storm had kept it on the far shore."
    ]
    assert audit["declared"][0] == 2


def test_media_cloud_stories_are_joined_to_texts_by_address_or_named_as_missing(tmp_path):
    (tmp_path / "stories.csv").write_bytes((SAMPLES / "mediacloud.csv").read_bytes())
    page = (
        "<html><head>"
        '<link rel="canonical" href="http://gazette.example.org/2023/09/ferry-returns-to-port-aldern/">'
        f"<title>{FERRY}</title></head><body><h1>{FERRY}</h1><p>The ferry came back on Tuesday night, five days "
        "after the storm had kept it on the far shore, the harbour master told the newspaper.</p></body></html>"
    )
    (tmp_path / "page1.html").write_text(page)
    (tmp_path / "bridge-closes.txt").write_text("The old bridge closes on Monday, engineers told the council.")
    with pytest.warns(UserWarning, match=r"no text of 'Letters to the editor'; save https://herald"):
        articles, audit = read_with_audit(tmp_path)
    assert articles["outlet"].tolist() == ["The Herald", "The Aldern Gazette"]
    assert articles["date"].tolist() == ["2023-09-12", "2023-09-13"]
    assert articles["headline"].tolist() == [BRIDGE, FERRY]
    assert (audit["status"] == "missing").sum() == 1


def test_a_media_cloud_list_alone_says_what_is_missing():
    with pytest.raises(ValueError, match="no text of 'Ferry returns to Port Aldern'; save https"):
        read_articles(SAMPLES / "mediacloud.csv")


def test_a_word_document_gives_headline_subheadings_and_text_without_deletions(tmp_path):
    lines = [
        FERRY,
        "By Ann Lee",
        "The ferry came back on Tuesday night, five days after the storm.",
        "A slow crossing",
        "The next sailing leaves on Friday at noon, the harbour master said.",
    ]
    data = as_docx(lines, {FERRY: "Title", "A slow crossing": "Heading 2"})
    (tmp_path / "gazette.docx").write_bytes(data)
    articles = read_articles(tmp_path)
    found = zones(articles)
    assert found["headline"] == [FERRY]
    assert found["subheading"] == ["A slow crossing"]
    assert found["lead"] == [lines[2]]
    assert articles["byline"][0] == "Ann Lee"


def test_tables_and_tracked_changes_of_a_word_document_are_read_as_they_stand(tmp_path):
    document = docx.Document()
    document.add_paragraph("The ferry came back.")
    document.add_table(1, 1).cell(0, 0).text = "Sailings: Friday"
    paragraph = document.add_paragraph("Kept ")
    mark = docx.oxml.parse_xml(
        '<w:del xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:r><w:delText>cut</w:delText>'
        "</w:r></w:del>"
    )
    added = docx.oxml.parse_xml(
        '<w:ins xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:r><w:t>added</w:t></w:r>'
        "</w:ins>"
    )
    paragraph._p.extend([mark, added])
    document.save(tmp_path / "a.docx")
    assert read_articles(tmp_path)["text"][0] == "The ferry came back.\n\nSailings: Friday\n\nKept added"


def test_rich_text_is_read_with_its_special_characters(tmp_path):
    (tmp_path / "a.rtf").write_bytes(rb"{\rtf1\ansi\ansicpg1252 {\b Caf\'e9} opens \u8220?again\u8221?\par Second\par}")
    assert read_articles(tmp_path)["text"][0] == "Café opens “again”\nSecond\n"


def test_markdown_keeps_headline_subheadings_captions_and_front_matter(tmp_path):
    (tmp_path / "a.md").write_text(
        f"---\ntitle: Other\nauthor: Ann Lee\ndate: 2023-09-13\noutlet: Gazette\n---\n# {FERRY}\n\n"
        "The **ferry** came [back](https://example.org) on Tuesday night, five days after the storm.\n\n"
        "![The ferry at the quay](ferry.jpg)\n\n## A slow crossing\n\nThe next sailing leaves on Friday at noon.\n"
    )
    articles = read_articles(tmp_path)
    found = zones(articles)
    assert articles[["outlet", "date", "byline", "headline"]].values.tolist() == [
        ["Gazette", "2023-09-13", "Ann Lee", FERRY]
    ]
    assert found["caption"] == ["The ferry at the quay"]
    assert found["subheading"] == ["A slow crossing"]
    assert found["lead"] == ["The ferry came back on Tuesday night, five days after the storm."]


def test_parquet_is_read(tmp_path):
    pd.DataFrame(
        {
            "title": [FERRY],
            "content": ["It came back."],
            "publication": ["Gazette"],
            "date": [pd.Timestamp("2023-09-13 08:00")],
        }
    ).to_parquet(tmp_path / "a.parquet")
    row = read_articles(tmp_path / "a.parquet").iloc[0]
    assert [row.headline, row.outlet, row.date] == [FERRY, "Gazette", "2023-09-13"]
    assert row.text == f"{FERRY}\n\nIt came back."


def test_html_gives_headline_byline_date_outlet_and_address(tmp_path):
    page = f"""<!DOCTYPE html><html lang="en-GB"><head><title>{FERRY} | Gazette</title>
    <meta property="og:site_name" content="Gazette">
    <meta property="article:published_time" content="2023-09-13T08:00Z">
    <link rel="canonical" href="https://gazette.example.org/ferry"></head>
    <body><nav><ul><li>Home</li><li>World</li></ul></nav>
    <article><h1>{FERRY}</h1><p class="standfirst">Passengers had waited since Thursday</p>
    <div class="byline">By Ann Lee</div>
    <figure><img src="a.jpg"><figcaption>The ferry at the quay. Photo: Port Office</figcaption></figure>
    <p>The ferry came back to Port Aldern on Tuesday night, five days after the storm had kept it on the far shore.</p>
    <p>The harbour master said the next sailing would leave on Friday at noon, weather permitting.</p></article>
    <footer><p>© 2023 Gazette</p></footer></body></html>"""
    (tmp_path / "page.html").write_text(page)
    articles = read_articles(tmp_path)
    row = articles.iloc[0]
    assert [row.headline, row.byline, row.date, row.outlet, row.url, row.language] == [
        FERRY,
        "Ann Lee",
        "2023-09-13",
        "Gazette",
        "https://gazette.example.org/ferry",
        "en",
    ]
    found = zones(articles)
    assert found["standfirst"] == ["Passengers had waited since Thursday"]
    assert found["caption"] == ["The ferry at the quay. Photo: Port Office"]
    assert found["furniture"] == ["Home", "World", "© 2023 Gazette"]
    assert len(found["lead"] + found["body"]) == 2


def test_a_page_saved_as_one_file_is_read(tmp_path):
    page = (
        f"<html><body><h1>{FERRY}</h1><p>The ferry came back on Tuesday night, the caf=C3=A9 was full.</p></body>"
        "</html>"
    )
    (tmp_path / "page.mhtml").write_text(
        'From: <Saved by a browser>\nMIME-Version: 1.0\nContent-Type: multipart/related; type="text/html"; '
        'boundary="--b"\n\n----b\nContent-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: '
        f"quoted-printable\n\n{page}\n----b--\n"
    )
    articles, audit = read_with_audit(tmp_path)
    assert articles["text"][0] == f"{FERRY}\n\nThe ferry came back on Tuesday night, the café was full."
    assert audit["format"][0] == "mhtml"


def test_an_author_whom_only_the_metadata_name_is_not_put_into_the_text(tmp_path):
    page = (
        f'<html><head><title>{FERRY}</title><meta name="author" content="Ann Lee"></head><body><h1>{FERRY}</h1>'
        "<p>The ferry came back on Tuesday night.</p></body></html>"
    )
    (tmp_path / "page.html").write_text(page)
    row = read_articles(tmp_path).iloc[0]
    assert [row.byline, row.text] == ["Ann Lee", f"{FERRY}\n\nThe ferry came back on Tuesday night."]


def test_a_page_whose_end_is_missing_is_read_and_says_so(tmp_path):
    (tmp_path / "page.html").write_text(f"<html><body><h1>{FERRY}</h1><p>The ferry came back on Tuesday ni")
    _, audit = read_with_audit(tmp_path)
    assert audit[["status", "reason"]].values.tolist() == [
        ["read", "the page's markup is not closed; its end may be missing"]
    ]


def test_a_folder_names_the_outlet_before_the_page_does(tmp_path):
    page = f'<html><head><meta property="og:site_name" content="Site"></head><body><h1>{FERRY}</h1></body></html>'
    for name in ("gazette/a.html", "b.html"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(page)
    assert read_articles(tmp_path).set_index("path")["outlet"].to_dict() == {
        "gazette/a.html": "gazette",
        "b.html": "Site",
    }


def test_the_format_is_told_by_content_and_not_by_the_suffix(tmp_path):
    (tmp_path / "export.txt").write_bytes((SAMPLES / "factiva_plain.rtf").read_bytes())
    (tmp_path / "page.txt").write_text(
        "<!DOCTYPE html><html><body><h1>Ferry returns again</h1><p>It came back on "
        "Tuesday night, the harbour master said.</p></body></html>"
    )
    assert audit_articles(tmp_path)["format"].tolist() == ["factiva", "factiva", "factiva", "html"]


def test_the_format_can_be_chosen_by_hand(tmp_path):
    (tmp_path / "a.txt").write_text("<p>Kept as it is</p>")
    assert read_articles(tmp_path, format="text")["text"][0] == "<p>Kept as it is</p>"
    with pytest.raises(ValueError, match="No format is called 'word'; there are mediacloud, table, nexis"):
        read_articles(tmp_path, format="word")


def test_a_zip_archive_is_read_like_a_folder(tmp_path):
    manifest = b"path,outlet,date\ntexts/a.txt,Gazette,2023-09-13\n"
    data = as_zip(
        {
            "articles.csv": manifest,
            "texts/a.txt": b"The ferry came back.",
            "texts/b.docx": as_docx(["Bridge."]),
            "texts/photo.png": b"\x89PNG",
        }
    )
    (tmp_path / "all.zip").write_bytes(data)
    articles, audit = read_with_audit(tmp_path / "all.zip")
    assert articles["outlet"].tolist() == ["Gazette", "texts"]
    assert articles["path"].tolist() == ["all.zip/texts/a.txt", "all.zip/texts/b.docx"]
    assert audit["parsed"].sum() == 2


SOURCES = {
    **{name: (SAMPLES / name).read_bytes() for name in [*DATABASES, "nexis.txt", "nexis_academic.txt"]},
    "nexis.docx": as_docx(nexis_lines()),
    "nexis.rtf": as_rtf(nexis_lines()),
    "texts.zip": as_zip({"a.txt": b"The ferry came back. " * 50, "b.txt": b"The bridge closes. " * 50}),
    "rows.jsonl": b'{"text": "The ferry came back."}\n{"text": "The bridge closes."}\n',
}


@pytest.mark.filterwarnings("ignore::UserWarning")
@pytest.mark.parametrize("name", SOURCES)
def test_a_truncated_export_gives_an_audit_row_and_no_crash(tmp_path, name):
    path = tmp_path / name
    for share in (0.05, 0.2, 0.35, 0.5, 0.65, 0.8, 0.95):
        path.write_bytes(SOURCES[name][: int(len(SOURCES[name]) * share)])
        audit = audit_articles(path)
        assert len(audit) >= 1
        assert set(audit["status"]) <= set(STATUSES)


@pytest.mark.filterwarnings("ignore::UserWarning")
@pytest.mark.parametrize("name", SOURCES)
def test_a_corrupted_export_gives_an_audit_row_and_no_crash(tmp_path, name):
    path = tmp_path / name
    for seed in range(8):
        chance = random.Random(seed)
        data = bytearray(SOURCES[name])
        for _ in range(1 + len(data) // 100):
            data[chance.randrange(len(data))] = chance.randrange(256)
        path.write_bytes(bytes(data))
        assert len(audit_articles(path)) >= 1


@pytest.mark.parametrize(
    ("name", "cut_at", "reason"),
    [
        ("nexis.txt", "Bridge closes\nThe Herald\n", "declares 4 articles"),
        ("factiva_plain.html", "engineers told", "cut off: no document number"),
        (
            "proquest.txt",
            "____________________________________________________________\n\nDocument 2 of 3",
            "declares 3",
        ),
        ("nexis_academic.txt", "                               2 of 2", "declares 2 articles, 1 parsed"),
        ("factiva_plain.rtf", "HER\\par", "neither a text nor the fields"),
        ("rows.jsonl", 'closes."}', "no JSON"),
    ],
)
def test_a_cut_export_says_what_is_missing(tmp_path, name, cut_at, reason):
    data = SOURCES[name]
    path = tmp_path / name
    path.write_bytes(data[: data.rindex(cut_at.encode())])
    audit = audit_articles(path)
    lost = audit[audit["status"].isin(NOT_READ)]
    assert any(reason in str(why) for why in lost["reason"]), audit[["status", "reason"]].values.tolist()


def test_a_changed_layout_of_a_database_fails_loudly_and_never_merges_its_articles(tmp_path):
    documents = "".join(
        f"Some headline {n}\nText of the story, number {n}.\nDocument GAZ00000202309{n}ej9d0001a\n"
        for n in (11, 12, 13)
    )
    (tmp_path / "factiva.txt").write_text(documents)
    (tmp_path / "factiva.html").write_text("<html><head><title>Factiva</title></head><body><p>Story</p></body></html>")
    rule = "_" * 60
    (tmp_path / "proquest.txt").write_text(f"ProQuest\n{rule}\nTitle one\nText\n{rule}\nTitle two\nText\n{rule}\n")
    (tmp_path / "nexis.txt").write_text("Date and Time: today\nJob Number: 7\nDocuments (3)\n1. One\n2. Two\n")
    audit = audit_articles(tmp_path)
    assert set(audit["status"]) <= {"skipped", "incomplete"}
    whole = " ".join(audit["reason"].astype(str))
    for said in (
        "neither a text nor the fields",
        "unknown layout of a Factiva page",
        "unknown layout of a ProQuest",
        "declares 3 articles, 0 parsed",
    ):
        assert said in whole


def test_nexis_articles_without_end_marks_are_kept_apart(tmp_path):
    lines = [line for line in nexis_lines() if line != "End of Document"]
    (tmp_path / "export.txt").write_text("\n".join(lines))
    with pytest.warns(UserWarning, match="could not display"):
        articles = read_articles(tmp_path)
    assert articles["headline"].tolist() == [
        "Ferry returns to Port Aldern after a week of storms",
        "Bridge closes",
        "September 11, 2001 memorial moved to the harbour",
    ]


@settings(max_examples=40)
@given(st.data())
def test_lines_of_an_export_in_any_order_never_raise(tmp_path_factory, data):
    name = data.draw(st.sampled_from(["nexis.txt", "nexis_academic.txt", "proquest.txt"]))
    lines = (SAMPLES / name).read_text(encoding="utf-8").split("\n")
    chosen = data.draw(st.lists(st.sampled_from(lines), max_size=60))
    path = tmp_path_factory.mktemp("mixed") / "a.txt"
    path.write_text("\n".join(chosen), encoding="utf-8")
    audit = audit_articles(path)
    assert not audit["reason"].astype(str).str.contains("not really").any()  # no importer was taken by surprise


def test_an_unknown_layout_of_a_table_says_what_was_seen(tmp_path):
    (tmp_path / "a.json").write_text(json.dumps([{"speech": "x", "who": "y"}]))
    with pytest.raises(ValueError, match=r"no column holds the text; the columns are \['speech', 'who'\]"):
        read_articles(tmp_path)


def test_a_folder_of_2000_files_with_1_percent_broken_yields_every_good_one_and_names_every_bad_one(tmp_path):
    chance = random.Random(7)
    words = ["harbour", "ferry", "storm", "captain", "council", "bridge", "quay", "engineers", "winter", "noon"]
    broken = [
        b"",
        b" \n\t\n",
        b"\x89PNG\r\n\x1a\n" + bytes(300),
        bytes(range(256)) * 20,
        b"%PDF-1.7 trailer",
        b"PK\x03\x04 not an archive",
        b"{\\rtf1",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500),
        b"\x1f\x8b\x08\x00" + bytes(40),
        b"<html><body></body></html>",
    ]
    bad = set()
    for number in range(2000):
        path = tmp_path / f"outlet{number % 20:02d}" / f"{number:04d}.txt"
        path.parent.mkdir(exist_ok=True)
        if number % 100 == 50:
            path.write_bytes(broken[number // 100 % 10])
            bad.add(path.relative_to(tmp_path).as_posix())
        else:
            path.write_text(f"Story {number}\n\n" + " ".join(chance.choices(words, k=40)) + ".\n")
    with pytest.warns(UserWarning, match=r"20 files or articles were not read \(beside 1980 that were\)"):
        articles, audit = read_with_audit(tmp_path)
    assert len(articles) == 1980
    assert articles["outlet"].nunique() == 20
    assert set(audit.loc[audit["status"] == "skipped", "path"]) == bad
    assert audit["reason"][audit["status"] == "skipped"].nunique() >= 8


@pytest.mark.parametrize("first_line, delimiter", [("sep=;\r\n", ";"), ("", ";"), ('"sep=\t"\r\n', "\t")])
def test_a_table_saved_by_excel_is_read_whatever_its_delimiter(tmp_path, first_line, delimiter):
    rows = [
        ["Title", "Publication", "Date", "Text"],
        ["Ferry cancelled", "Gazette", "14.03.2024", "A crane fell, and the café’s windows broke."],
    ]
    text = first_line + "\r\n".join(delimiter.join(row) for row in rows)
    (tmp_path / "list.csv").write_bytes(text.encode("cp1252"))
    article = read_articles(tmp_path / "list.csv").iloc[0]
    assert (article["headline"], article["outlet"], article["date"]) == ("Ferry cancelled", "Gazette", "2024-03-14")
    assert "café’s" in article["text"]


MAIL = (
    "From: Gazette <news@gazette.example>\r\nTo: ada@example.org\r\nSubject: =?utf-8?q?Ferry_cancelled_=E2=80=93_"
    "crane_falls?=\r\nDate: Thu, 14 Mar 2024 10:00:00 +0000\r\nMIME-Version: 1.0\r\n"
)


def test_an_e_mail_gives_subject_day_and_text_without_its_header(tmp_path):
    body = "A crane fell on Monday, the café’s owner said."
    (tmp_path / "alert.eml").write_bytes((MAIL + f"Content-Type: text/plain; charset=utf-8\r\n\r\n{body}").encode())
    article = read_articles(tmp_path / "alert.eml").iloc[0]
    assert (article["headline"], article["date"]) == ("Ferry cancelled – crane falls", "2024-03-14")
    assert "the café’s owner said." in article["text"] and "gazette.example" not in article["text"]


def test_an_e_mail_with_a_page_in_it_is_read_as_a_page(tmp_path):
    story = "".join(f"<p>A crane fell across the harbour road, and clerk {n} saw it fall.</p>" for n in range(6))
    (tmp_path / "letter.eml").write_bytes(
        (
            MAIL + "Content-Type: text/html; charset=utf-8\r\n\r\n<html><body><h1>Crane "
            f"falls</h1>{story}</body></html>"
        ).encode()
    )
    article = read_articles(tmp_path / "letter.eml").iloc[0]
    assert article["date"] == "2024-03-14" and "<p>" not in article["text"] and "clerk 5" in article["text"]


def test_an_e_mail_without_text_says_so(tmp_path):
    (tmp_path / "empty.eml").write_bytes((MAIL + "Content-Type: image/png\r\n\r\nAAAA").encode())
    assert audit_articles(tmp_path / "empty.eml")["reason"].tolist() == ["an e-mail without a text"]


def pasted(number: int) -> str:
    clerks = [f"Clerk {n} had warned of the rusting crane in spring, and nobody had listened to her." for n in range(6)]
    return "\n\n".join(
        [
            f"Ferry {number} cancelled after crane falls",
            f"The ferry to Maren was cancelled on day {number}, the harbour board said.",
            *clerks,
        ]
    )


@pytest.mark.parametrize("rule", ["-" * 40, "=====", "* * * * * * *", "__________"])
def test_articles_pasted_into_one_file_between_ruled_lines_are_kept_apart(tmp_path, rule):
    (tmp_path / "all.txt").write_text(f"\n\n{rule}\n\n".join(pasted(n) for n in (1, 2, 3)), encoding="utf-8")
    articles, audit = read_articles(tmp_path / "all.txt"), audit_articles(tmp_path / "all.txt")
    assert articles["text"].tolist() == [pasted(1), pasted(2), pasted(3)]
    assert (audit["found"].iloc[0], audit["parsed"].iloc[0]) == (3, 3)


def test_ruled_lines_within_one_article_do_not_cut_it(tmp_path):
    rule = "\n\n----------\n\n"
    text = pasted(1) + rule + "Then it rained. " + "The clerks went home by boat. " * 20 + rule + "Share this"
    (tmp_path / "one.txt").write_text(text, encoding="utf-8")
    assert len(read_articles(tmp_path / "one.txt")) == 1


def test_a_link_saved_instead_of_a_page_is_no_article(tmp_path):
    (tmp_path / "page.url").write_text("[InternetShortcut]\nURL=https://gazette.example/ferry\n")
    (tmp_path / "story.txt").write_text(pasted(1), encoding="utf-8")
    assert read_articles(tmp_path)["headline"].tolist() == ["Ferry 1 cancelled after crane falls"]
    audit = audit_articles(tmp_path).set_index("path")
    assert audit.loc["page.url", "status"] == "ignored"


@pytest.mark.parametrize(
    "wrap",
    [
        lambda rows: rows,
        lambda rows: {"articles": rows},
        lambda rows: {"response": {"status": "ok", "results": rows}},
        lambda rows: {row["headline"]: row for row in rows},
    ],
)
def test_articles_are_found_in_json_however_they_are_wrapped(tmp_path, wrap):
    rows = [{"headline": f"Ferry {n}", "outlet": "Gazette", "text": f"Crane {n} fell on Monday."} for n in (1, 2)]
    (tmp_path / "list.json").write_text(json.dumps(wrap(rows), indent=1), encoding="utf-8")
    assert read_articles(tmp_path / "list.json")["headline"].tolist() == ["Ferry 1", "Ferry 2"]


def test_json_without_a_text_says_what_it_holds(tmp_path):
    (tmp_path / "list.json").write_text(json.dumps({"meta": {"page": 1}, "total": 3}), encoding="utf-8")
    assert "'meta', 'total'" in audit_articles(tmp_path / "list.json")["reason"].item()
