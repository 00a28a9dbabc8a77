"""What was measured is kept under everything it rests on, and a broken, full or missing cache is done without."""

import os
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pandas as pd
import pytest

from framing import analyze, cache, find_quotes, read_articles, tone
from framing.sentiment import model
from framing.studies.folder import open_study

TEXT = "Mayor Ada Grey praised the plan.\n\n“It is a fine plan,” said Tom Brook. Critics called Grey a disgrace."


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("FRAMING_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


def counted(calls):
    def measure(places):
        calls.append(list(places))
        return [f"value {place}".encode() for place in places]

    return measure


def test_only_what_is_not_there_is_measured(folder):
    keys, calls = [cache.key_of("step", n) for n in range(5)], []
    cache.remembered(keys[1:3], lambda places: [b"old"] * len(places))
    assert cache.remembered(keys, counted(calls)) == [b"value 0", b"old", b"old", b"value 3", b"value 4"]
    assert calls == [[0, 3, 4]]
    cache.remembered(keys, counted(calls))
    assert len(calls) == 1


def test_a_key_tells_texts_settings_and_versions_apart(folder, monkeypatch):
    one = cache.key_of("tone", "a text", [(0, 3)])
    assert len({one, cache.key_of("tone", "a text", [(0, 4)]), cache.key_of("quotes", "a text", [(0, 3)])}) == 3
    assert cache.key_of("tone", "a text", [(0, 3)]) == one
    monkeypatch.setattr(cache, "version", lambda: b"another version of the code")
    assert cache.key_of("tone", "a text", [(0, 3)]) != one


def test_off_keeps_nothing(tmp_path, monkeypatch):
    monkeypatch.setenv("FRAMING_CACHE", "off")
    calls = []
    for _ in range(2):
        cache.remembered([b"key"], counted(calls))
    assert calls == [[0], [0]] and cache.contents()["bytes"] == 0


@pytest.mark.parametrize("broken", [b"", b"no database at all, but long enough to be looked at" * 20])
def test_a_broken_file_is_done_without_and_made_anew(folder, broken):
    folder.mkdir()
    (folder / cache.FILE).write_bytes(broken)
    calls = []
    assert cache.remembered([b"key"], counted(calls)) == [b"value 0"]
    cache.remembered([b"key"], counted(calls))
    cache.remembered([b"key"], counted(calls))
    assert len(calls) <= 2


def test_a_file_in_the_place_of_the_folder_stops_nothing(folder):
    folder.write_text("a file")
    assert cache.remembered([b"key"], counted([])) == [b"value 0"]


def test_many_writers_at_once_lose_nothing(folder):
    keys = [cache.key_of("step", n) for n in range(400)]

    def write(start):
        return cache.remembered(keys[start : start + 100], lambda places: [str(start + n).encode() for n in places])

    with ThreadPoolExecutor(8) as workers:
        list(workers.map(write, range(0, 301, 50)))
    assert cache.remembered(keys, counted([])) == [str(n).encode() for n in range(400)]


def test_what_was_used_longest_ago_goes_first_when_the_file_grows(folder, monkeypatch):
    keys = [cache.key_of("step", n) for n in range(100)]
    cache.remembered(keys, lambda places: [b"x" * 1000 for _ in places])
    with sqlite3.connect(folder / cache.FILE) as base:
        base.executemany("UPDATE measured SET used = ? WHERE key = ?", [(n, key) for n, key in enumerate(keys)])
    monkeypatch.setattr(cache, "LARGEST", 50_000)
    calls = []
    cache.remembered([cache.key_of("one more")], counted(calls))
    assert set(cache._read(keys)) == set(keys[50:]) and (folder / cache.FILE).stat().st_size < 90_000


def test_a_second_look_gives_the_same_tables_without_measuring(folder, monkeypatch):
    articles = read_articles(pd.DataFrame([{"outlet": "Herald", "event": "plan", "text": TEXT}]))
    first = find_quotes(articles), tone(articles)

    def measured(_):
        raise AssertionError("measured a second time")

    monkeypatch.setattr("framing.quotes.finding._recent", cache.Recent(1))
    monkeypatch.setattr("framing.quotes.finding._article_rows", lambda *_: measured(None))
    monkeypatch.setattr(model, "_measured", measured)
    pd.testing.assert_frame_equal(find_quotes(articles), first[0])
    pd.testing.assert_frame_equal(tone(articles), first[1])
    assert len(first[0]) and len(first[1])


def test_the_same_words_under_another_name_of_outlet_are_told_apart(folder):
    tables = [find_quotes(read_articles(pd.DataFrame([{"outlet": name, "text": TEXT}]))) for name in ("Herald", "Post")]
    assert [set(table["outlet"]) for table in tables] == [{"Herald"}, {"Post"}]
    assert tables[0]["content"].tolist() == tables[1]["content"].tolist()


def test_the_cache_is_shown_and_cleared_and_nothing_else_is_touched(folder):
    find_quotes(read_articles(pd.DataFrame([{"outlet": "Herald", "text": TEXT + " This was on Monday."}])))
    (folder / "mine.txt").write_text("mine")
    seen = cache.contents()
    assert seen["n_parses"] == 1 and seen["n_results"] >= 1 and seen["bytes"] > 0
    cache.clear()
    assert cache.contents()["bytes"] == 0 and (folder / "mine.txt").read_text() == "mine"


def test_parses_read_longest_ago_go_when_there_are_too_many(folder, monkeypatch):
    for number in range(4):
        path = folder / "ab" / f"{number:064d}.spacy"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x" * 100)
        os.utime(path, (number, number))
    monkeypatch.setattr(cache, "LARGEST_FOLDER", 300)
    cache.trim()
    assert sorted(path.stem[-1] for path in folder.glob("??/*.spacy")) == ["3"]


def test_two_processes_give_what_one_gives_and_a_run_that_was_stopped_goes_on(folder, monkeypatch):
    places = "Ash Birch Cedar Elm Fir Holly Ivy Oak".split()
    articles = read_articles(
        pd.DataFrame(
            [
                {
                    "outlet": outlet,
                    "event": place,
                    "text": f"{TEXT} The vote on {place} Street was put off, said the {outlet}.",
                }
                for place in places
                for outlet in ("Herald", "Post")
            ]
        )
    )
    both = analyze(articles, jobs=2)
    kept = cache.contents()
    assert kept["n_parses"] == len(articles) and kept["n_results"] > len(articles)
    monkeypatch.setattr("framing.quotes.finding._recent", cache.Recent(1))
    one = analyze(articles)
    assert cache.contents()["n_parses"] == len(articles)
    assert both.tables.keys() == one.tables.keys() and len(one.tables["quotes"]) and len(one.tables["tone"])
    for name, table in one.tables.items():
        pd.testing.assert_frame_equal(both.tables[name], table)


def test_of_what_is_kept_in_memory_the_one_asked_for_longest_ago_goes():
    kept, made = cache.Recent(2), []
    for key in ["a", "b", "a", "c", "a", "b"]:
        assert kept.made(key, lambda key=key: made.append(key) or key.upper()) == key.upper()
    assert made == ["a", "b", "c", "b"]
    with pytest.raises(KeyError):
        kept.made("d", lambda: {}["a fault of the maker"])
    assert list(kept) == ["a", "b"]


def test_files_are_kept_together_and_come_back_whole_or_not_at_all(folder, tmp_path):
    made, key = tmp_path / "made", cache.key_of("a run")
    (made / "tables").mkdir(parents=True)
    (made / "tables" / "tone.csv").write_text("a,b\n" * 1000)
    (made / "report.html").write_bytes(bytes(range(256)) * 50)
    assert not cache.holds_folder(key) and not cache.put_folder(key, tmp_path / "none")
    cache.keep_folder(key, made)
    assert cache.holds_folder(key) and cache.put_folder(key, tmp_path / "again")
    for path in (made / "tables" / "tone.csv", made / "report.html"):
        assert (tmp_path / "again" / path.relative_to(made)).read_bytes() == path.read_bytes()
    [place] = folder.glob("??/*.zip")
    whole = place.read_bytes()
    for broken in (b"", whole[: len(whole) // 2], whole[:200] + bytes(50) + whole[250:]):
        place.write_bytes(broken)
        assert not cache.put_folder(key, tmp_path / "broken")
    assert cache.contents()["bytes"] > 0
    cache.clear()
    assert not cache.holds_folder(key)


def test_what_a_run_rests_on_makes_its_key(folder, tmp_path, monkeypatch):
    (tmp_path / "in" / "Herald").mkdir(parents=True)
    article, concepts = tmp_path / "in" / "Herald" / "one.txt", tmp_path / "concepts.toml"
    article.write_text(TEXT)
    concepts.write_text("# nothing yet")
    keys = [open_study(tmp_path / "in").key_of_run(0)]
    assert open_study(tmp_path / "in").key_of_run(0) == keys[0]
    keys.append(open_study(tmp_path / "in").key_of_run(1))
    keys.append(replace(open_study(tmp_path / "in"), concepts=concepts).key_of_run(0))
    concepts.write_text("# something")
    keys.append(replace(open_study(tmp_path / "in"), concepts=concepts).key_of_run(0))
    (tmp_path / "in" / "names.toml").write_text("# decisions beside the articles")
    keys.append(open_study(tmp_path / "in").key_of_run(0))
    article.write_text(TEXT + " It rained.")
    keys.append(open_study(tmp_path / "in").key_of_run(0))
    monkeypatch.setattr("framing.reports.files.package_version", lambda name: "another")
    keys.append(open_study(tmp_path / "in").key_of_run(0))
    assert len(set(keys)) == len(keys)
