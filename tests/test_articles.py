"""Reading articles: folders, files, lists and tables; nothing lost, everything in the audit."""

from __future__ import annotations

import json
import warnings
import zipfile
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings, strategies as st

from framing import audit_articles, read_articles
from framing.articles.reading import NOT_READ, STATUSES, read_with_audit
from framing.tables import COLUMNS
from framing.zones.passages import find_passages

FERRY = "Ferry returns to the harbour\n\nThe ferry came back on Monday, the harbour master said."
SUFFIXES = ["txt", "csv", "html", "json", "jsonl", "md", "parquet", "rtf", "docx", "zip"]
BRIDGE = "Bridge closes for repairs\n\nThe old bridge closes on Tuesday, engineers told the council."


def write(folder: Path, files: dict[str, str | bytes]) -> Path:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def test_a_folder_gives_one_row_per_file_with_the_sub_folder_as_outlet(tmp_path):
    articles = read_articles(write(tmp_path, {"gazette/ferry.txt": FERRY, "herald/ferry.txt": BRIDGE}))
    assert list(articles.columns) == COLUMNS["articles"]
    assert articles["outlet"].tolist() == ["gazette", "herald"]
    assert articles["article_id"].tolist() == ["gazette/ferry", "herald/ferry"]
    assert articles["text"].tolist() == [FERRY, BRIDGE]


def test_without_sub_folders_the_outlet_is_the_files_name(tmp_path):
    articles = read_articles(write(tmp_path, {"gazette.txt": FERRY, "herald.txt": BRIDGE}))
    assert articles["outlet"].tolist() == ["gazette", "herald"]


def test_a_folder_around_all_outlets_is_not_taken_for_an_outlet(tmp_path):
    write(tmp_path, {"articles/gazette/a.txt": FERRY, "articles/herald/b.txt": BRIDGE})
    articles = read_articles(tmp_path)
    assert articles["outlet"].tolist() == ["gazette", "herald"]


def test_a_manifest_gives_outlet_event_date_and_headline(tmp_path):
    manifest = (
        "path,outlet,event,date,headline\n"
        "texts/a.txt,The Gazette,ferry,13 September 2023,Ferry returns to the harbour\n"
    )
    articles = read_articles(write(tmp_path, {"articles.csv": manifest, "texts/a.txt": FERRY}))
    row = articles.iloc[0]
    assert [row.outlet, row.event, row.date] == ["The Gazette", "ferry", "2023-09-13"]
    start, end, zone = json.loads(row.known_zones)[0]
    assert (row.text[start:end], zone) == ("Ferry returns to the harbour", "headline")
    assert row.text == FERRY


def test_a_manifest_names_files_that_are_not_there_and_refuses_paths_out_of_the_folder(tmp_path):
    manifest = "path,outlet\na.txt,Gazette\nlost.txt,Gazette\n../../etc/secret.txt,Gazette\n"
    write(tmp_path, {"articles.csv": manifest, "a.txt": FERRY})
    with pytest.warns(UserWarning, match=r"2 files or articles were not read \(beside 1 that were\)"):
        articles, audit = read_with_audit(tmp_path)
    assert len(articles) == 1
    missing = audit[audit["status"] == "missing"].set_index("path")["reason"]
    assert "no such file" in missing["lost.txt"]
    assert "leads out of the folder" in missing["../../etc/secret.txt"]


def test_readme_images_and_hidden_files_are_ignored_but_named_in_the_audit(tmp_path):
    write(tmp_path, {"a.txt": FERRY, "README.md": "About", "photo.png": b"\x89PNG", ".notes.txt": "x"})
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        articles, audit = read_with_audit(tmp_path)
    assert len(articles) == 1
    assert audit[audit["status"] == "ignored"]["path"].tolist() == [".notes.txt", "README.md", "photo.png"]


def test_a_table_keeps_its_ids_outlets_and_events():
    table = pd.DataFrame(
        {"article_id": ["x", "y"], "outlet": ["Gazette", "Herald"], "event": ["e1", "e1"], "text": [FERRY, BRIDGE]}
    )
    articles = read_articles(table)
    assert articles[["article_id", "outlet", "event", "text"]].equals(
        table[["article_id", "outlet", "event", "text"]].astype(object)
    )


def test_a_separate_headline_is_put_before_the_text_and_marked():
    table = pd.DataFrame(
        [
            {
                "headline": "Ferry returns",
                "standfirst": "After a week",
                "byline": "Ann Lee",
                "text": "The ferry came back.",
            }
        ]
    )
    row = read_articles(table).iloc[0]
    assert row.text == "Ferry returns\n\nAfter a week\n\nAnn Lee\n\nThe ferry came back."
    zones = {zone: row.text[start:end] for start, end, zone in json.loads(row.known_zones)}
    assert zones == {"headline": "Ferry returns", "standfirst": "After a week", "byline": "Ann Lee"}


def test_a_headline_the_text_begins_with_is_not_doubled():
    table = pd.DataFrame([{"title": "Ferry Returns To The Harbour", "content": FERRY}])
    row = read_articles(table).iloc[0]
    assert row.text == FERRY
    assert json.loads(row.known_zones) == [[0, 28, "headline"]]


@pytest.mark.parametrize("text", ["a\r\nb\u00adc\x00d", "caf\u00c3\u00a9 \u201cyes\u201d", "", "\ufeff x ", FERRY])
def test_without_clean_the_text_is_left_to_the_character(text):
    table = pd.DataFrame([{"text": text, "headline": "Another headline"}])
    row = read_articles(table, clean=False).iloc[0]
    assert row.text == text
    assert json.loads(row.known_zones) == [[0, len(text), "body"]]


def test_a_file_is_left_to_the_character_without_clean(tmp_path):
    write(tmp_path, {"a.txt": "One\r\n\r\ntwo\u00ad three".encode()})
    assert read_articles(tmp_path / "a.txt", clean=False)["text"][0] == "One\r\n\r\ntwo\u00ad three"


@pytest.mark.parametrize(
    ("encoding", "named"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("latin-1", "latin-1"),
        ("cp1252", "cp1252"),
    ],
)
def test_encodings_are_found_and_recorded(tmp_path, encoding, named):
    dash = "\u2013" if encoding != "latin-1" else "-"
    text = f"The caf\u00e9 in M\u00fcnchen stayed open {dash} for now, its owner said on Friday evening.\n"
    write(tmp_path, {"a.txt": text.encode(encoding)})
    articles, audit = read_with_audit(tmp_path)
    assert articles["text"][0] == text
    assert audit["encoding"][0] == named


def test_cyrillic_in_a_legacy_encoding_is_read(tmp_path):
    text = "Паром вернулся в гавань в понедельник, сообщил начальник порта журналистам газеты."
    write(tmp_path, {"a.txt": text.encode("cp1251")})
    assert read_articles(tmp_path)["text"][0] == text


def test_repairs_are_counted_in_the_audit(tmp_path):
    write(tmp_path, {"a.txt": "The har\u00adbour\x00 mas\u00adter said it\u00e2\u20ac\u2122s open."})
    articles, audit = read_with_audit(tmp_path)
    assert articles["text"][0] == "The harbour master said it\u2019s open."
    assert audit["n_repaired"][0] == 6


def test_a_binary_file_called_txt_is_an_audit_row(tmp_path):
    write(tmp_path, {"good.txt": FERRY, "bad.txt": bytes(range(256)) * 40, "image.txt": b"\x89PNG\r\n\x1a\n\x00"})
    with pytest.warns(UserWarning, match="2 files or articles were not read"):
        articles, audit = read_with_audit(tmp_path)
    assert articles["article_id"].tolist() == ["good"]
    reasons = audit.set_index("path")["reason"]
    assert "binary" in reasons["bad.txt"]
    assert "PNG" in reasons["image.txt"]


def test_an_empty_file_is_an_audit_row(tmp_path):
    write(tmp_path, {"good.txt": FERRY, "empty.txt": "", "blank.txt": " \n\n "})
    with pytest.warns(UserWarning, match="2 files or articles were not read"):
        _, audit = read_with_audit(tmp_path)
    assert audit[audit["status"] == "skipped"]["reason"].tolist() == [
        "the file holds only white space",
        "the file is empty",
    ]


def test_a_missing_path_is_one_clear_error():
    with pytest.raises(FileNotFoundError, match=r"There is no file or folder '/no/such/place'.*Give the path"):
        read_articles("/no/such/place")
    with pytest.raises(FileNotFoundError):
        audit_articles("/no/such/place")


def test_an_empty_folder_is_one_clear_error(tmp_path):
    with pytest.raises(ValueError, match=r"holds no articles \(0 other files\)\. Put text, HTML"):
        read_articles(tmp_path)


def test_a_csv_without_text_is_one_clear_error_naming_its_columns(tmp_path):
    write(tmp_path, {"a.csv": "speech,speaker\nhello,Ann\n"})
    with pytest.raises(ValueError, match=r"no column holds the text; the columns are \['speech', 'speaker'\]"):
        read_articles(tmp_path / "a.csv")


def test_a_table_without_text_is_one_clear_error():
    with pytest.raises(ValueError, match=r"no column holds the text; the columns are \['words'\]"):
        read_articles(pd.DataFrame({"words": ["x"]}))


def test_a_web_address_is_not_downloaded():
    with pytest.raises(ValueError, match="nothing is downloaded"):
        read_articles("https://example.org/story.html")


@pytest.mark.parametrize("source", [None, 3, [1, 2], b"bytes"])
def test_anything_else_is_a_type_error(source):
    with pytest.raises(TypeError):
        read_articles(source)


def test_an_empty_table_gives_an_empty_table_with_all_columns():
    articles = read_articles(pd.DataFrame({"text": []}))
    assert list(articles.columns) == COLUMNS["articles"]
    assert articles.empty


def test_an_article_with_only_a_headline_is_read(tmp_path):
    write(tmp_path, {"a.txt": "Ferry returns to the harbour"})
    assert read_articles(tmp_path)["text"].tolist() == ["Ferry returns to the harbour"]


def test_exact_duplicates_within_an_outlet_are_counted_once_and_flagged(tmp_path):
    write(tmp_path, {"gazette/a.txt": FERRY, "gazette/b.txt": FERRY + "\n", "herald/a.txt": FERRY})
    articles, audit = read_with_audit(tmp_path)
    assert articles["article_id"].tolist() == ["gazette/a", "herald/a"]
    duplicate = audit[audit["status"] == "duplicate"]
    assert duplicate[["article_id", "duplicate_of"]].values.tolist() == [["gazette/b", "gazette/a"]]


def test_two_copies_of_a_page_with_other_menus_are_duplicates(tmp_path):
    page = (
        "<html><head><meta property='og:site_name' content='Gazette'></head><body><nav><p>{}</p></nav><h1>Ferry "
        "returns to the harbour</h1><p>"
        + "The ferry came back on Monday, the harbour master said. " * 6
        + "</p></body></html>"
    )
    write(tmp_path, {"a.html": page.format("Home"), "b.html": page.format("World")})
    assert audit_articles(tmp_path)["status"].tolist() == ["read", "duplicate"]


def test_ids_given_twice_are_made_unique():
    articles = read_articles(pd.DataFrame({"article_id": ["x", "x"], "text": [FERRY, BRIDGE]}))
    assert articles["article_id"].tolist() == ["x", "x~2"]


@pytest.mark.parametrize(("delimiter", "name"), [(",", "a.csv"), (";", "a.csv"), ("\t", "a.tsv"), ("|", "a.csv")])
def test_tables_are_read_with_any_delimiter(tmp_path, delimiter, name):
    rows = [
        ["Title", "Publication", "Date", "Full Text"],
        ["Ferry returns", "Gazette", "2023-09-13", '"Two lines\nof it"'],
    ]
    write(tmp_path, {name: "\n".join(delimiter.join(row) for row in rows)})
    row = read_articles(tmp_path / name).iloc[0]
    assert [row.outlet, row.date, row.headline] == ["Gazette", "2023-09-13", "Ferry returns"]
    assert row.text == "Ferry returns\n\nTwo lines\nof it"


def test_a_broken_row_is_named_and_the_others_are_read(tmp_path):
    broken = 'text,outlet\nFirst story,Gazette\nSecond,Herald,too,many\nThird story,Herald\n"cut off'
    write(tmp_path, {"a.csv": broken})
    with pytest.warns(UserWarning, match="2 files or articles were not read"):
        articles, audit = read_with_audit(tmp_path / "a.csv")
    assert articles["text"].tolist() == ["First story", "Third story"]
    file_row = audit.iloc[0]
    assert [file_row.status, file_row.found, file_row.parsed] == ["incomplete", 4, 2]
    assert "4 cells where the header has 2" in audit["reason"].tolist()[1:][2]


@pytest.mark.parametrize("name", ["a.jsonl", "a.json"])
def test_json_is_read_by_line_and_as_a_list(tmp_path, name):
    rows = [{"text": FERRY, "source": "Gazette", "date": "2023-09-13T08:00:00Z"}, {"text": BRIDGE, "source": "Herald"}]
    write(tmp_path, {name: "\n".join(map(json.dumps, rows)) if name.endswith("l") else json.dumps(rows)})
    articles = read_articles(tmp_path / name)
    assert articles["outlet"].tolist() == ["Gazette", "Herald"]
    assert articles["date"][0] == "2023-09-13"


def test_a_list_of_authors_is_read_as_names():
    row = read_articles(pd.DataFrame([{"text": "It came back.", "authors": "['Ann Lee', 'Bo Ek']"}])).iloc[0]
    assert row.byline == "Ann Lee, Bo Ek"


def test_numeric_dates_are_read_by_the_column_and_left_out_where_ambiguous():
    both = read_articles(pd.DataFrame({"text": ["a", "b"], "date": ["13/09/2023", "04/05/2023"]}))
    assert both["date"].tolist() == ["2023-09-13", "2023-05-04"]
    table = pd.DataFrame({"text": ["a"], "date": ["04/05/2023"]})
    assert pd.isna(read_articles(table)["date"][0])
    assert "two readings" in audit_articles(table)["reason"][0]


def test_a_list_of_files_is_read_in_its_order(tmp_path):
    write(tmp_path, {"gazette/a.txt": FERRY, "herald/b.txt": BRIDGE})
    articles = read_articles([tmp_path / "herald/b.txt", tmp_path / "gazette/a.txt"])
    assert articles["outlet"].tolist() == ["herald", "gazette"]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (
            "The ferry came back to the harbour on Monday, and the captain said that it was good to be home with the "
            "passengers who had waited for it.",
            "en",
        ),
        (
            "Die Fähre kam am Montag in den Hafen zurück, und der Kapitän sagte, dass er sich mit den Fahrgästen freue, die "
            "auf das Schiff gewartet hatten.",
            "de",
        ),
        ("페리가 월요일 항구로 돌아왔다고 항만 관계자가 말했다.", "ko"),
        ("Ferry returns", None),
        ("", None),
    ],
)
def test_the_language_is_named_only_where_it_is_evident(text, language):
    found = read_articles(pd.DataFrame([{"text": text}]))["language"][0]
    assert found == language if language else pd.isna(found)


def test_a_line_that_says_when_the_story_was_published_gives_its_date(tmp_path):
    write(
        tmp_path,
        {
            "a.txt": FERRY + "\n\nPublished: 13 September 2023, 10:15\n",
            "b.txt": "17 C\nTuesday, October 3, 2023\n\n" + FERRY,
        },
    )
    dates = read_articles(tmp_path)["date"]
    assert dates[0] == "2023-09-13"
    assert pd.isna(dates[1])  # the day beside the weather is the day the page was saved


HEADLINE = "Ferry returns to the harbour\n"


@pytest.mark.parametrize(
    "line",
    [
        "2023-09-13",
        "2023/09/13 08:15",
        "2023-09-13T08:15:00Z",
        "13 September 2023",
        "September 13, 2023",
        "Sept. 13, 2023",
        "Wednesday, September 13, 2023",
        "Wed, 13 Sep 2023",
        "September 13, 2023 4:15 PM ET",
        "13.09.2023, 10:15",
        "Mittwoch, 13. September 2023",
        "mercredi 13 septembre 2023",
        "By Ann Lee\n13 September 2023",
        "It was away for a year\nBy Ann Lee\n\nSeptember 13, 2023",
    ],
)
def test_a_line_below_the_title_that_is_only_a_date_gives_the_date(tmp_path, line):
    story = (
        "The ferry came back on Monday, the harbour master said. It had been away for a year, and many had missed it."
    )
    write(tmp_path, {"a.txt": f"{HEADLINE}{line}\n\n{story}"})
    assert read_articles(tmp_path)["date"].tolist() == ["2023-09-13"]


@pytest.mark.parametrize(
    "head",
    [
        HEADLINE + "04/05/2023",  # open to two readings
        HEADLINE + "September 2023",
        HEADLINE + "The ferry of 13 September 2023",
        HEADLINE + "It came back on September 13, 2023, a Wednesday",
        HEADLINE + "10:15",
        "Home | News | Sport | Weather\nWednesday, September 13, 2023\n" + HEADLINE,
        "17 C\nWednesday, September 13, 2023\n" + HEADLINE,
        "Today\n13 September 2023\n" + HEADLINE,
        HEADLINE + "The ferry came back, the harbour master said, and " + "it was good " * 10 + "\n13 September 2023",
        HEADLINE + "One\nTwo\nThree\nFour\n13 September 2023",
    ],
)
def test_any_other_date_in_the_head_of_a_text_is_not_taken_for_its_day(tmp_path, head):
    write(tmp_path, {"a.txt": f"{head}\n\nThe ferry came back on Monday, the harbour master said. It had been away."})
    assert read_articles(tmp_path)["date"].isna().all()


def test_a_broken_row_of_the_manifest_is_named_and_its_file_still_read(tmp_path):
    write(
        tmp_path,
        {"articles.csv": "path,outlet\na.txt,Gazette\nb.txt,Herald,too much\n", "a.txt": FERRY, "b.txt": BRIDGE},
    )
    with pytest.warns(UserWarning, match="row 2: 3 cells where the header has 2"):
        assert read_articles(tmp_path)["outlet"].tolist() == ["Gazette", "b"]


def test_files_at_the_top_of_an_archive_have_their_own_names_as_outlets(tmp_path):
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
        archive.writestr("gazette.txt", FERRY)
        archive.writestr("herald.txt", BRIDGE)
    assert read_articles(tmp_path / "all.zip")["outlet"].tolist() == ["gazette", "herald"]


def test_a_manifest_in_a_sub_folder_describes_the_files_beside_it(tmp_path):
    write(
        tmp_path,
        {
            "articles/articles.csv": "path,outlet\na.txt,Gazette\n",
            "articles/a.txt": FERRY,
            "key/gold.csv": "text,zone\nFerry,headline\n",
            "README.md": "About",
        },
    )
    articles, audit = read_with_audit(tmp_path)
    assert articles[["outlet", "path"]].values.tolist() == [["Gazette", "articles/a.txt"]]
    assert audit.set_index("path")["status"]["key/gold.csv"] == "ignored"


def test_a_file_beside_those_of_the_manifest_is_read_though_it_is_not_listed(tmp_path):
    write(tmp_path, {"articles.csv": "path,outlet\na.txt,Gazette\n", "a.txt": FERRY, "forgotten.txt": BRIDGE})
    assert read_articles(tmp_path)["outlet"].tolist() == ["Gazette", "forgotten"]


def test_zones_corrected_by_hand_are_kept(tmp_path):
    write(tmp_path, {"a.txt": FERRY, "zones.csv": "path,line,zone\na.txt,The ferry came back,caption\n"})
    row = read_articles(tmp_path).iloc[0]
    assert [row.text[start:end] for start, end, zone in json.loads(row.known_zones) if zone == "caption"] == [
        "The ferry came back on Monday, the harbour master said."
    ]


def test_headline_and_byline_are_taken_from_the_page_where_no_column_names_them(tmp_path):
    story = (
        FERRY.replace("\n\n", "\n\nBy Ann Lee\n\n", 1)
        + "\n\nPassengers had waited in the terminal since Thursday, and many had slept on the benches there."
    )
    write(tmp_path, {"a.txt": story})
    row = read_articles(tmp_path).iloc[0]
    assert [row.headline, row.byline] == ["Ferry returns to the harbour", "Ann Lee"]


def test_every_status_in_the_audit_is_explained(tmp_path):
    assert set(NOT_READ) < set(STATUSES)


def test_reading_what_was_read_changes_nothing():
    table = pd.DataFrame([{"headline": "Ferry returns", "text": "It came back.", "outlet": "Gazette"}])
    once = read_articles(table)
    pd.testing.assert_frame_equal(read_articles(once), once.assign(path=pd.Series([pd.NA], dtype=object)))


def test_a_table_read_before_keeps_its_texts_zones_and_paths(tmp_path):
    write(
        tmp_path,
        {
            "gazette/a.txt": "Ferry returns\n\nBy Ann Lee\nGazette staff\n\nBy Bo Ek\n\n" + BRIDGE,
            "gazette/b.html": f"<html><body><h1>Ferry returns again</h1><p>{FERRY}</p></body></html>",
        },
    )
    once = read_articles(tmp_path)
    pd.testing.assert_frame_equal(read_articles(once), once)
    once.to_csv(tmp_path / "table.csv", index=False)
    again = read_articles(tmp_path / "table.csv")
    assert again[["article_id", "text", "path"]].equals(once[["article_id", "text", "path"]])


@settings(max_examples=60)
@given(st.text(), st.none() | st.text(max_size=40))
def test_any_text_is_read_and_its_zones_index_it(text, headline):
    row = read_articles(pd.DataFrame([{"text": text, "headline": headline}])).iloc[0]
    zones = [] if pd.isna(row.known_zones) else json.loads(row.known_zones)
    assert all(0 <= start < end <= len(row.text) for start, end, _ in zones)
    assert read_articles(pd.DataFrame([{"text": text}]), clean=False)["text"][0] == text


@settings(max_examples=60)
@given(st.binary(max_size=300), st.sampled_from(SUFFIXES))
def test_any_bytes_are_an_article_or_an_audit_row(tmp_path_factory, data, suffix):
    path = tmp_path_factory.mktemp("any") / f"a.{suffix}"
    path.write_bytes(data)
    audit = audit_articles(path)
    assert len(audit) >= 1
    assert set(audit["status"]) <= set(STATUSES)


GERMAN = (
    "Die Fähre kehrt zurück\n\nDie Fähre ist am Montag in den Hafen von Holm zurückgekehrt, und der Kapitän "
    "hat mit der Polizei gesprochen. Das Schiff ist nicht auf dem Weg in die Werft."
)
ENGLISH = FERRY + " It was not the first time that she had to turn and wait for the pilots of the port, said the crew."


def test_articles_in_another_language_are_counted_in_one_warning(tmp_path):
    write(tmp_path, {"gazette/a.txt": ENGLISH, "zeitung/b.txt": GERMAN})
    with pytest.warns(UserWarning, match=r"1 of 2 articles are not in English \(de; the first is zeitung/b\)"):
        read_articles(tmp_path)


def test_an_outlet_under_two_spellings_is_named_in_one_warning(tmp_path):
    table = pd.DataFrame({"outlet": ["The Gazette", "the gazette", "Herald"], "text": [FERRY, BRIDGE, FERRY]})
    with pytest.warns(UserWarning) as caught:
        read_articles(table)
    assert [str(warning.message).split(". ")[0] for warning in caught] == [
        "'The Gazette' and 'the gazette' differ in capitals, spaces or marks only and are counted as 2 outlets"
    ]


def test_articles_in_english_under_plain_names_give_no_warning(tmp_path):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        read_articles(write(tmp_path, {"gazette/a.txt": FERRY, "gazette-on-sunday/b.txt": BRIDGE}))


def test_what_to_know_before_believing_stands_among_the_notes_of_an_analysis():
    from framing.reports.pipeline import analyze

    table = pd.DataFrame({"outlet": ["Gazette", "GAZETTE"], "text": [FERRY, GERMAN]})
    with pytest.warns(UserWarning):
        notes = analyze(table).notes
    assert notes[0].startswith("1 of 2 articles are not in English (de")
    assert notes[1].startswith("'GAZETTE' and 'Gazette' differ in capitals")


def test_the_outlet_is_the_folder_where_outlets_part_not_the_year_below_it(tmp_path):
    articles = read_articles(write(tmp_path, {"gazette/2023/a.txt": FERRY, "herald/2023/may/b.txt": BRIDGE}))
    assert articles["outlet"].tolist() == ["gazette", "herald"]


def test_articles_without_a_word_are_no_duplicates_of_each_other():
    audit = audit_articles(pd.DataFrame({"outlet": "Gazette", "text": ["* * *", "— — —", FERRY]}))
    assert audit["duplicate_of"].isna().all()


STORY = (
    "The council of the town voted on Tuesday to close the old bridge over the river until May, officials said.\n\n"
    "Residents said they had not been asked, and that the closure would cost them an hour on the way to work.\n"
)
WITH_SITE = [
    ("Council closes bridge until May | Fox News", "Fox News"),
    ("Council closes bridge until May - The New York Times", "New York Times"),
    ("Council closes bridge until May — HuffPost", "HuffPost"),
    ("Council closes bridge until May – BBC News", "BBC News"),
    ("Council closes bridge until May|Daily Example", "Daily Example"),
    ("Council closes bridge until May » The Gazette", "Gazette"),
    ("Council closes bridge until May : NPR", "NPR"),
    ("Council closes bridge until May · The Hill", "The Hill"),
    ("Council closes bridge until May | FOX NEWS", "fox_news"),
    ("Council closes bridge until May - Politico.com", "Politico"),
]
NO_SITE = [
    ("Merkel | the last year of the bridge", "Gazette"),
    ("Trump - Putin", "Gazette"),
    ("Council closes bridge – Gazette readers ask why", "Gazette"),
    ("Council closes bridge - The New York Times", "Gazette"),
    ("Council sues the Gazette", "Gazette"),
    ("Council to meet — Kyiv", "Kyiv Independent"),
    ("Bridge closed - the post", "Washington Post"),
    ("Council closes bridge: Gazette", "Gazette"),
    ("Council closes bridge in Stoke-Gazette", "Gazette"),
    ("Gazette | Council closes bridge", "Gazette"),
]


def stories(tmp_path: Path, how: str, headline: str, outlet: str) -> pd.DataFrame:
    """The story under this headline, read from a text, a page or a table with and without a column of its own."""
    if how == "text":
        return read_articles(write(tmp_path, {f"{outlet}/a.txt": f"{headline}\n\n{STORY}"}))
    if how == "page":
        paragraphs = "".join(f"<p>{line}</p>" for line in STORY.splitlines() if line)
        page = f"<html><head><title>{headline}</title></head><body><h1>{headline}</h1>{paragraphs}</body></html>"
        return read_articles(write(tmp_path, {f"{outlet}/a.html": page}))
    if how == "column":
        table = pd.DataFrame({"outlet": [outlet], "headline": [headline], "text": [STORY]})
    else:  # an export whose text begins with the headline, site and all
        title = headline if how == "both" else headline.partition(" | ")[0]
        table = pd.DataFrame({"outlet": [outlet], "headline": [title], "text": [f"{headline}\n\n{STORY}"]})
    table.to_csv(tmp_path / "a.csv", index=False)
    return read_articles(tmp_path / "a.csv")


@pytest.mark.parametrize("how", ["text", "page", "column", "both", "bare"])
@pytest.mark.parametrize(("headline", "outlet"), WITH_SITE)
def test_the_name_of_the_site_behind_a_headline_is_no_part_of_it(tmp_path, how, headline, outlet):
    articles = stories(tmp_path, how, headline, outlet)
    assert articles["headline"][0] == "Council closes bridge until May"
    passages = find_passages(articles)
    assert passages.loc[passages["zone"] == "headline", "text"].tolist() == ["Council closes bridge until May"]
    assert passages["text"][passages["zone"] == "furniture"].str.len().le(20).all()
    for row in passages.itertuples():
        assert articles["text"][0][row.start : row.end] == row.text
    pd.testing.assert_frame_equal(read_articles(articles), articles)


@pytest.mark.parametrize("how", ["text", "column", "both"])
@pytest.mark.parametrize(("headline", "outlet"), NO_SITE)
def test_what_is_not_the_name_of_the_site_stays_in_the_headline(tmp_path, how, headline, outlet):
    articles = stories(tmp_path, how, headline, outlet)
    assert articles["headline"][0] == headline
    assert "furniture" not in set(find_passages(articles)["zone"])


def test_the_text_of_a_page_keeps_the_name_of_its_site_as_furniture(tmp_path):
    articles = stories(tmp_path, "text", "Council closes bridge | Fox News", "Fox News")
    assert articles["text"][0] == f"Council closes bridge | Fox News\n\n{STORY}"
    verbatim = read_articles(tmp_path, clean=False)
    assert verbatim["text"][0].startswith("Council closes bridge | Fox News")


def test_the_site_named_by_a_page_counts_where_a_folder_has_another_name(tmp_path):
    head = (
        '<title>Bridge closed until May | Daily Example</title><meta property="og:site_name" content="Daily Example">'
    )
    page = (
        f"<html><head>{head}</head><body><h1>Bridge closed until May | Daily Example</h1><p>{STORY}</p></body></html>"
    )
    assert read_articles(write(tmp_path, {"DE/a.html": page}))["headline"][0] == "Bridge closed until May"
