"""Outlets read from the beginnings of file names, where a flat folder names them so, and nowhere else."""

from __future__ import annotations

import pytest

from framing import audit_articles, read_articles
from framing.articles.fields import outlets_in_names
from framing.cli import main
from framing.studies import check_articles

STORIES = {
    "Fox News": ["Clinton advisers have lots to say", "Ginsburg under fire from both sides", "Texas Rep resigns"],
    "HuffPost": ["Did Ginsburg cross the line", "GOP Rep resigns after claims"],
    "New York Times": ["Facing Congress Clinton defends", "Hillary Clinton urges Obama", "Texas congressman resigns"],
}
OUTLETS = [outlet for outlet, titles in STORIES.items() for _ in titles]


def names(form: str) -> tuple[list[str], list[str]]:
    """Names of files in a form such as "{outlet} - {title}", and how each text begins."""
    made, opened = [], []
    for outlet, titles in STORIES.items():
        for title in titles:
            number = len(made) + 1
            day = f"2016-07-{number + 9}"
            made.append(form.format(outlet=outlet, title=title, n=number, day=day, packed=day.replace("-", "")))
            opened.append(f"{title}\n\nA text that tells of it, number {number}.")
    return made, opened


@pytest.mark.parametrize(
    "form",
    [
        "{outlet} - {title}",
        "{outlet} – {title}",
        "{outlet} — {title}",
        "{outlet}_{title}",
        "{outlet} _ {title}",
        "{outlet}__{title}",
        "{outlet}: {title}",
        "{outlet} | {title}",
        "{day} {outlet} {title}",
        "{day} - {outlet} - {title}",
        "{day}_{outlet}_{title}",
        "{packed}_{outlet}_{title}",
        "{n:02} {outlet} - {title}",
        "{n}. {outlet} - {title}",
        "({n}) {outlet} - {title}",
        "{outlet} {day} {title}",
        "{outlet} - {day} - {title}",
        "{outlet} {title}",
    ],
)
def test_a_name_that_begins_most_files_is_their_outlet(form):
    made, opened = names(form)
    assert outlets_in_names(made, opened) == OUTLETS


def test_without_the_headline_in_the_text_a_separator_is_needed():
    for form in ("{outlet} - {title}", "{outlet}__{title}", "{day} – {outlet} – {title}"):
        assert outlets_in_names(names(form)[0], [""] * len(OUTLETS)) == OUTLETS
    for form in ("{outlet} {title}", "{day} {outlet} {title}"):
        assert outlets_in_names(names(form)[0], [""] * len(OUTLETS)) == [None] * len(OUTLETS)


@pytest.mark.parametrize(
    "made",
    [
        ["article 1", "article 2", "article 3", "article 4"],
        ["article - 1", "article - 2", "text - 1", "text - 2"],
        ["01 - dam", "02 - fair", "03 - vote", "04 - rain"],
        ["2016-07-12 - dam", "2016-07-12 - fair", "2016-07-13 - vote", "2016-07-13 - rain"],
        ["July - dam", "July - fair", "May - vote", "May - rain"],
        ["event1_dam opens", "event1_a folly", "event2_fair begins", "event2_rain on fair"],
        ["Opinion - The dam", "Opinion - The fair", "Politics - The vote", "Politics - The rain"],
        ["en_dam opens", "en_fair begins", "de_damm", "de_markt"],
        ["gazette", "herald", "courier", "beacon"],
        ["Fox - a dam", "CNN - a fair", "BBC - a vote", "ABC - rain"],
        ["Fox - a dam", "Fox - a fair", "Fox - a vote", "Fox - rain"],
        ["dam_gazette", "dam_herald", "fair_gazette", "fair_herald"],
        ["Dam opens", "Dam leaks", "Fair begins", "Fair ends"],
        ["Fox - a dam", "Fox - a fair", "CNN - a vote", "CNN - rain", "b", "c", "d", "e", "f", "g"],
        ["new_york_times_dam", "new_york_times_fair", "new_york_post_vote", "new_york_post_rain", "bbc_a", "bbc_b"],
        ["IMG_2041", "IMG_2042", "DSC_0001", "DSC_0002"],
        ["week 1 - dam", "week 1 - fair", "week 2 - vote", "week 2 - rain"],
    ],
)
def test_numbers_dates_sections_events_and_what_may_be_read_in_two_ways_are_no_outlets(made):
    assert outlets_in_names(made, [""] * len(made)) == [None] * len(made)


def test_a_person_whose_name_begins_the_headline_too_is_no_outlet():
    made = ["Trump - why he won", "Trump - how he lost", "Clinton - the emails", "Clinton - the speech"]
    assert outlets_in_names(made, [f"{name}\n\nText." for name in made]) == [None] * 4


def test_an_outlet_of_one_file_is_read_beside_others_of_several():
    made = ["Fox News - Dam", "Fox News - Fair", "CNN - Dam opens", "cnn - Fair begins", "BBC - Rain", "notes"]
    assert outlets_in_names(made, [""] * 6) == ["Fox News", "Fox News", "CNN", "CNN", "BBC", None]


def test_where_events_repeat_as_outlets_do_the_texts_tell_which_is_which():
    made = ["Gazette - dam", "Herald - dam", "Gazette - fair", "Herald - fair"]
    texts = ["The dam opened.", "A dam leaks.", "The fair began.", "Rain on the fair."]
    assert outlets_in_names(made, texts) == ["Gazette", "Herald", "Gazette", "Herald"]
    turned = [" - ".join(reversed(name.split(" - "))) for name in made]
    assert outlets_in_names(turned, texts) == outlets_in_names(made, [""] * 4) == [None] * 4


@pytest.fixture
def flat(tmp_path):
    folder = tmp_path / "flat"
    folder.mkdir()
    for name, text in zip(*names("{outlet} - {title}"), strict=True):
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return folder


def test_a_flat_folder_gives_its_outlets_and_audit_and_check_say_so(flat, capsys):
    assert read_articles(flat)["outlet"].tolist() == OUTLETS
    said = "Outlets were read from the beginnings of file names: Fox News, HuffPost, New York Times"
    assert main(["audit", str(flat)]) == 0 and said in capsys.readouterr().out
    assert said in " ".join(check_articles(flat)["finding"])
    assert "the outlet is read from the beginning of the file's name: Fox News" in set(audit_articles(flat)["reason"])


def test_folders_and_manifests_win(flat):
    (flat / "articles.csv").write_text("path,outlet\nFox News - Texas Rep resigns.txt,Fox\n", encoding="utf-8")
    assert set(read_articles(flat)["outlet"]) == {"Fox", "Fox News", "HuffPost", "New York Times"}
    (flat / "articles.csv").unlink()
    (flat / "Gazette").mkdir()
    for path in list(flat.glob("*.txt")):
        path.rename(flat / "Gazette" / path.name)
    assert set(read_articles(flat)["outlet"]) == {"Gazette"}


def test_where_every_outlet_has_one_article_the_check_says_so_and_what_to_do(tmp_path):
    for name in ("dam opens", "a fair begins", "rain again", "a vote is lost"):
        (tmp_path / f"{name}.txt").write_text(f"{name}\n\nThe text of {name}.", encoding="utf-8")
    found = check_articles(tmp_path)
    row = found[found["finding"].str.startswith("Every outlet has one article")].iloc[0]
    assert "the file's name stands for the outlet" in row.finding
    assert "folder" in row.to_do and "Outlet - Title" in row.to_do


DAM = "Dam opens\n\nThe dam opened on Monday, and the valley came to see it. Nobody spoke against it that day."


@pytest.mark.parametrize("copy", ["Dam (1)", "Dam(2)", "Dam copy", "Dam copy 2", "Copy of Dam", "Dam-copy", "Dam_Copy"])
def test_a_copy_in_a_flat_folder_is_called_a_copy_and_counted_once(tmp_path, copy):
    for name in ("Dam", copy):
        (tmp_path / f"{name}.txt").write_text(DAM, encoding="utf-8")
    (tmp_path / "Fair.txt").write_text("Fair begins\n\nThe fair began under rain.", encoding="utf-8")
    assert len(read_articles(tmp_path)) == 2
    found = check_articles(tmp_path)
    row = found[found["what"] == "duplicates"].iloc[0]
    assert "copies, counted once" in row.finding and row.to_do == "Delete one of each."
    assert "agency" not in " ".join(found["finding"])


def test_a_copy_beside_a_manifest_that_lists_the_first_is_counted_once_too(tmp_path):
    (tmp_path / "Dam (1).txt").write_text(DAM, encoding="utf-8")
    (tmp_path / "Gazette - dam.txt").write_text(DAM, encoding="utf-8")
    (tmp_path / "dam.txt").write_text(DAM, encoding="utf-8")
    (tmp_path / "articles.csv").write_text("path,outlet\ndam.txt,Gazette\n", encoding="utf-8")
    audit = audit_articles(tmp_path)
    assert read_articles(tmp_path)["outlet"].tolist() == ["Gazette"]
    assert (audit["status"] == "duplicate").sum() == 2


def test_a_copy_is_counted_once_by_every_measure_and_said(flat, capsys):
    (flat / "HuffPost - once more.txt").write_text(
        (flat / "HuffPost - Did Ginsburg cross the line.txt").read_text(encoding="utf-8"), encoding="utf-8"
    )
    assert len(read_articles(flat)) == len(OUTLETS)
    assert main(["audit", str(flat)]) == 0
    assert "9 found, 9 parsed, 1 of them a copy of another and counted once." in capsys.readouterr().out


def test_the_same_text_in_two_outlets_is_kept_and_both_readings_are_named(tmp_path):
    for outlet in ("Gazette", "Herald"):
        (tmp_path / outlet).mkdir()
        (tmp_path / outlet / "dam.txt").write_text(DAM, encoding="utf-8")
    found = check_articles(tmp_path)
    rows = found[found["what"] == "duplicates"]
    assert len(read_articles(tmp_path)) == 2 and rows["finding"].tolist() == [
        "2 articles with the same text under different outlets (Gazette/dam, Herald/dam)."
    ]
    assert "saved twice" in rows["to_do"].iloc[0] and "agency" in rows["to_do"].iloc[0]


def test_files_that_are_not_read_are_named_by_kind(flat, capsys):
    for name in ("a.png", "b.PNG", "c.png", "talk.mp3", "README.md", ".hidden.png"):
        (flat / name).write_bytes(b"\x89PNG")
    (flat / "page_files").mkdir()
    (flat / "page_files" / "logo.png").write_bytes(b"\x89PNG")
    said = "Files that are no articles were not read: 1 .mp3 (talk.mp3), 3 .png (a.png, b.PNG and 1 more)."
    assert main(["audit", str(flat)]) == 0 and said in capsys.readouterr().out
    found = check_articles(flat)
    assert found.set_index("finding").loc[said, "n"] == 4


def test_only_files_of_text_are_said_to_be_damaged(tmp_path):
    import pandas as pd

    from framing.studies.check import _files

    audit = pd.DataFrame(
        {"path": ["a.pdf", "b.txt"], "article_id": ["a", "b"], "status": "read", "reason": pd.NA, "n_repaired": 3}
    ).assign(encoding=[pd.NA, "utf-8"])
    rows = [row for row in _files(audit) if row[0] == "encoding"]
    assert [row[1] for row in rows] == [1] and "b.txt" in rows[0][2] and "a.pdf" not in rows[0][2]
