"""A study of one's own: its folder, what is doubtful in it, and what is measured once and kept."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pandas as pd
import pytest

from framing import example, example_path, new_study, open_study
from framing.cli import main
from framing.studies import check_articles, measured
from framing.studies.folder import declares, notebook_sources
from framing.studies.measured import MEASURES, in_words, pack, unpack

GAZETTE = """Mayor opens dam

The mayor opened the new dam on Monday, before a crowd of two hundred people from the valley and three from the town.

"The valley is safe," Mayor Tom Reed said. Critics call it a folly, and farmers have written eleven letters against it.

The dam cost nine million crowns and took four years to build, one more than the council had promised the valley.
"""
COURIER = """Folly or safety? A dam divides the valley

The dam that opened on Monday is a folly, and the valley knows it, though nobody at the party would say so aloud.

Farmer Eve Cole said that the water would drown her fields. Mayor Tom Reed denied it, and the brass band went on.

Four years of work ended with a speech, a ribbon and a band that knew three tunes, two of them about the sea at night.
"""


@pytest.fixture
def articles(tmp_path):
    for outlet, text in (("Gazette", GAZETTE), ("Courier", COURIER)):
        (tmp_path / "in" / outlet).mkdir(parents=True)
        (tmp_path / "in" / outlet / "dam.txt").write_text(text, encoding="utf-8")
    return tmp_path / "in"


@pytest.fixture
def study(tmp_path, articles):
    new_study(tmp_path / "my study", articles=articles)
    return tmp_path / "my study"


def findings(source) -> dict[str, str]:
    return dict(check_articles(source)[["what", "finding"]].itertuples(index=False, name=None))


def test_a_new_study_holds_articles_declarations_notebooks_and_next_steps(study):
    assert {"README.md", "articles", "concepts.toml", "contrasts.toml", "facts.csv", "names.toml", "notebooks"} == {
        path.name for path in study.iterdir()
    }
    assert "my study" in (study / "README.md").read_text(encoding="utf-8")
    notebooks = sorted((study / "notebooks").glob("*.ipynb"))
    assert [path.name for path in notebooks] == [path.name for path in notebook_sources()] and len(notebooks) >= 7
    for path in notebooks:
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        assert not any(cell.get("outputs") for cell in cells)
        set_here = ["".join(cell["source"]) for cell in cells if "parameters" in cell["metadata"].get("tags", [])]
        assert set_here == ["ARTICLES = '..'\nFIGURES = '../figures'"]


def test_events_whose_articles_are_days_apart_are_named():
    def said(*days):
        rows = [
            {
                "article_id": f"a{n}",
                "outlet": f"O{n}",
                "event": "flood",
                "date": day,
                "headline": "Dam",
                "text": f"Dam {n}.",
            }
            for n, day in enumerate(days)
        ]
        table = check_articles(pd.DataFrame(rows))
        return [row.finding for row in table.itertuples() if row.what == "dates" and "apart" in row.finding]

    assert said("2024-03-04", "2024-03-07") == ["1 event with articles 2 days apart or more, 3 at most (flood)."]
    assert said("2024-03-04", "2024-03-05") == said("2024-03-04", pd.NA) == []


def test_a_new_study_overwrites_nothing(study):
    (study / "facts.csv").write_text("fact,statement\ncost,The dam cost nine million crowns.\n", encoding="utf-8")
    assert new_study(study) == [] and "cost" in (study / "facts.csv").read_text(encoding="utf-8")


def test_a_study_without_articles_says_where_to_put_them(tmp_path, capsys):
    new_study(tmp_path / "empty")
    for command in ("check", "analyze"):
        assert main([command, str(tmp_path / "empty")]) == 2
        assert "holds no articles" in capsys.readouterr().err


def test_a_manifest_is_drafted_with_what_is_known_and_events_proposed_and_never_overwritten(study, capsys):
    assert main(["manifest", str(study)]) == 0
    rows = pd.read_csv(study / "articles/articles.csv")
    assert rows["path"].tolist() == ["Courier/dam.txt", "Gazette/dam.txt"] and rows["outlet"].tolist() == [
        "Courier",
        "Gazette",
    ]
    assert rows["headline"].tolist() == ["Folly or safety? A dam divides the valley", "Mayor opens dam"]
    assert rows["event"].tolist()[1:] == ["Mayor opens dam"] or rows["event"].nunique() == 1
    assert rows["event"].tolist()[0] == "Folly or safety? A dam divides the valley" and rows["date"].isna().all()
    assert open_study(study).events == sorted(set(rows["event"]))
    assert main(["manifest", str(study)]) == 2 and "already" in capsys.readouterr().err


def test_files_that_hold_only_comments_declare_nothing_and_the_shipped_concepts_are_used(study):
    opened = open_study(study)
    assert (opened.concepts, opened.facts, opened.contrasts, opened.names) == (None, None, None, None)
    (study / "concepts.toml").write_text(
        '[[concept]]\nname = "dam"\n[[concept.label]]\nname = "folly"\npatterns = ["folly"]\n', encoding="utf-8"
    )
    assert open_study(study).concepts == study / "concepts.toml"
    assert open_study(study).table("labels")["label"].unique().tolist() == ["folly"]


def test_every_comment_in_the_templates_is_true_once_uncommented(study):
    from framing.stats.comparison import read_contrasts
    from framing.words.concepts import load_concepts

    for name in ("concepts.toml", "contrasts.toml"):
        lines = (study / name).read_text(encoding="utf-8").splitlines()
        start = next(number for number, line in enumerate(lines) if line.startswith("# [["))
        told = [line.removeprefix("#").strip() for line in lines[start:] if not line.startswith("# A name that")]
        (study / name).write_text("\n".join(told), encoding="utf-8")
        assert declares(study / name)
    labels = [label.name for concept in load_concepts(study / "concepts.toml") for label in concept.labels]
    assert labels == ["affordable homes", "tower blocks", "development"]
    assert len(read_contrasts(study / "contrasts.toml")) == 1


def test_a_misspelt_declaration_is_named_with_the_file(study):
    (study / "concepts.toml").write_text("[[concept]\nname = dam", encoding="utf-8")
    with pytest.raises(ValueError, match=r"concepts\.toml cannot be read as TOML"):
        open_study(study)


def test_a_folder_of_articles_a_table_and_a_bundled_corpus_are_opened_alike(articles):
    assert open_study(articles).outlets == ["Courier", "Gazette"] and open_study(articles).folder is None
    assert open_study(example("tannery").head(3)).name == "a table"
    assert open_study().concepts == example_path("summit", "summit.toml")
    assert open_study("tannery").facts == example_path("tannery", "facts.csv")
    with pytest.raises(FileNotFoundError, match="bundled corpus: summit, tannery"):
        open_study("no such place")


def test_which_articles_these_are_is_said_in_a_sentence(articles):
    assert open_study(articles).in_words() == (
        "2 articles of 2 outlets (Courier, Gazette), no events named, without dates."
    )
    assert "40 articles of 5 outlets" in open_study("tannery").in_words()
    assert "on 8 events, from 2024-03-04 to 2024-05-29." in open_study("tannery").in_words()


def test_a_table_is_measured_once_and_only_what_changed_is_measured_again(study, monkeypatch):
    made = []
    for name, (rests_on, make) in MEASURES.items():
        monkeypatch.setitem(
            MEASURES, name, (rests_on, lambda study, name=name, make=make: made.append(name) or make(study))
        )

    def run() -> list[str]:
        made.clear()
        measured._recent.clear()
        for name in ("tone", "labels"):
            open_study(study).table(name)
        return sorted(made)

    assert run() == ["labels", "quotes", "tone"]
    assert run() == []
    (study / "concepts.toml").write_text(
        '[[concept]]\nname = "dam"\n[[concept.label]]\nname = "folly"\npatterns = ["folly"]\n', encoding="utf-8"
    )
    assert run() == ["labels"]
    (study / "articles/Gazette/dam.txt").write_text(GAZETTE + "\nOne more sentence.\n", encoding="utf-8")
    assert run() == ["labels", "quotes", "tone"]


def test_a_spoilt_file_of_measured_tables_is_measured_again(study):
    first = open_study(study).table("quotes")
    (study / "measured/quotes.parquet").write_bytes(b"PAR1 no more")
    measured._recent.clear()
    pd.testing.assert_frame_equal(open_study(study).table("quotes"), first)


def test_every_measured_table_comes_back_as_it_was(articles):
    opened = open_study(articles)
    for name, (_, make) in MEASURES.items():
        table = make(opened)
        back = unpack(pack(table))
        pd.testing.assert_frame_equal(back, table.reset_index(drop=True), check_column_type=False)
        for column in table:
            if table[column].dtype == object:
                assert [type(cell) for cell in back[column] if cell is not pd.NA] == [
                    type(cell) for cell in table[column] if not (cell is None or cell is pd.NA)
                ], (name, column)


def test_an_unknown_table_is_refused_with_the_names_there_are(articles):
    with pytest.raises(ValueError, match=r"no table 'quote'.*quotes"):
        open_study(articles).table("quote")


def test_the_check_says_what_is_missing_and_what_to_do(articles):
    found = check_articles(articles)
    said = dict(found[["what", "finding"]].itertuples(index=False, name=None))
    assert said["events"].startswith("No article names its event") and said["dates"].startswith("2 articles without")
    assert found["to_do"].str.len().gt(20).all()


def test_what_is_declared_and_not_there_is_said_with_what_may_be_meant(study, capsys):
    (study / "concepts.toml").write_text(
        '[[concept]]\nname = "the dam"\n[[concept.label]]\nname = "folly"\n[[concept.label]]\nname = "monster"\n'
        '[[concept]]\nname = "the sea"\n[[concept.label]]\nname = "ocean"\n'
    )
    (study / "names.toml").write_text(
        'drop = ["Brass Band", "Town Hall"]\n[merge]\n"Tom Reed" = ["Tom Rede", "mayor"]\n"A. B." = ["Eve Cole"]\n'
        '[rename]\n"A. B." = "Eve"\n"Nobody Here" = "Ann"\n[group]\n"Farmers" = ["Eve", "Adam Cole"]\n'
    )
    (study / "contrasts.toml").write_text(
        '[[contrast]]\nname = "who scolds"\nmeasure = "label_use"\nitem = "folly"\noutlet = "Gazete"\n'
    )
    found = check_articles(study)
    concepts, names, contrasts = found.loc[found["what"] == "declared", "finding"]
    assert "concept 'the dam': 'monster' not found" in concepts and "'folly'" not in concepts
    assert "concept 'the sea': no word of it was found" in concepts
    assert "merge 'Tom Rede': no article has this name (did you mean 'Tom Reed'?)" in names
    assert all(lost in names for lost in ["rename 'Nobody Here'", "drop 'Town Hall'", "group 'Adam Cole'"])
    assert all(there not in names for there in ["Brass Band", "'mayor'", "'Eve'", "'A. B.'", "'Eve Cole'"])
    assert "contrast 'who scolds': no article is of 'Gazete' (did you mean 'Gazette'?)" in contrasts
    notes = open_study(study).analysis().notes
    assert [concepts, names, contrasts] == [note for note in notes if note in {concepts, names, contrasts}]


def test_what_is_declared_and_there_is_no_matter(study):
    (study / "concepts.toml").write_text('[[concept]]\nname = "the dam"\n[[concept.label]]\nname = "folly"\n')
    (study / "names.toml").write_text('[merge]\n"Mayor Tom Reed" = ["Reed"]\n')
    (study / "contrasts.toml").write_text('[[contrast]]\nmeasure = "label_use"\nitem = "folly"\noutlet = "Gazette"\n')
    assert "declared" not in set(check_articles(study)["what"])


def test_proposed_events_are_named_by_what_their_headlines_share_and_stay_apart():
    from framing.studies.folder import _named_by_headlines

    def named(*of_events):
        rows = [(f"event {number}", told) for number, lines in enumerate(of_events, 1) for told in lines]
        events, told = zip(*rows, strict=True)
        return list(
            dict.fromkeys(_named_by_headlines(pd.Series(events, index=range(4, 4 + len(rows))), pd.Series(told)))
        )

    assert named(
        ["Mayor's dam opens after long row", "Dam opened by mayor at last", "A wall of water: the dam and its mayor"],
        [pd.NA, "Dam opens"],
        ["Dam opens"],
        [pd.NA],
        ["A" * 60],
        ["Rain on the fair", "Sun on the fair"],
    ) == ["Mayor dam opens", "Dam opens", "Dam opens (event 3)", "event 4", "event 5", "Rain on the fair"]


def test_commands_are_printed_as_they_can_be_typed_here(tmp_path, monkeypatch, capsys):
    from framing.studies.folder import command

    scripts = tmp_path / ".venv" / "bin"
    scripts.mkdir(parents=True)
    (scripts / "framing").write_text("", encoding="utf-8")
    monkeypatch.setattr("sys.executable", str(scripts / "python"))
    monkeypatch.setattr("shutil.which", lambda name: None)
    monkeypatch.chdir(tmp_path)
    assert main(["new", "my study"]) == 0
    assert ".venv/bin/framing check 'my study'" in capsys.readouterr().out
    told = (tmp_path / "my study" / "README.md").read_text(encoding="utf-8")
    assert "`.venv/bin/framing analyze 'my study'`" in told and "{" not in told
    monkeypatch.chdir(scripts)
    assert command("check", "x") == f"{scripts / 'framing'} check x"
    monkeypatch.setattr("shutil.which", lambda name: str(scripts / "framing"))
    assert command("check", "x") == "framing check x"
    (scripts / "framing").unlink()
    assert command() == "framing"
    monkeypatch.setattr("shutil.which", lambda name: None)
    assert command("check", "x") == f"{scripts / 'python'} -m framing check x"


@pytest.mark.parametrize("command", ["check", "analyze", "audit", "manifest", "facts"])
def test_a_mistyped_path_is_said_at_once_with_the_nearest_name(articles, command, capsys, monkeypatch):
    monkeypatch.chdir(articles.parent)
    monkeypatch.setitem(__import__("sys").modules, "framing.studies.folder", None)  # nothing large is loaded
    (articles.parent / "my articles").mkdir()
    assert main([command, "my artcles"]) == 2
    assert "There is no folder or file 'my artcles'. Did you mean 'my articles'?" in capsys.readouterr().err
    assert main([command, "my artcles/Gazette"]) == 2
    assert "Did you mean" in capsys.readouterr().err
    assert main([command, "quite another"]) == 2
    assert "Did you mean" not in capsys.readouterr().err


def test_what_to_do_names_the_command_that_works_here(study, articles, monkeypatch):
    monkeypatch.setattr("shutil.which", lambda name: None)
    monkeypatch.setattr("sys.executable", str(study.parent / "bin" / "python"))
    monkeypatch.chdir(study.parent)

    def to_do(source) -> str:
        return check_articles(source).set_index("what")["to_do"]["events"]

    assert to_do(articles).startswith("List the articles in articles.csv (path, outlet, event, date)")
    assert to_do(study).startswith(
        f"Run {study.parent}/bin/python -m framing manifest '{study}': it writes articles/articles.csv, with events"
    )
    rows = pd.DataFrame({"path": ["Gazette/dam.txt", "Courier/dam.txt"], "outlet": ["Gazette", "Courier"]})
    rows.to_csv(study / "articles/articles.csv", index=False)
    assert to_do(study) == "Fill in the column event of articles/articles.csv."


def test_a_study_that_has_its_articles_is_not_told_to_put_some_there(tmp_path, articles, capsys):
    assert main(["new", str(tmp_path / "full"), "--articles", str(articles)]) == 0
    assert "put articles into" not in capsys.readouterr().out
    assert main(["new", str(tmp_path / "bare")]) == 0
    assert "put articles into" in capsys.readouterr().out


def test_the_check_finds_one_outlet_lonely_events_copies_and_other_languages(tmp_path):
    def table(*rows):
        return pd.DataFrame(rows, columns=["outlet", "event", "date", "headline", "text"])

    said = findings(
        table(
            ("Gazette", "dam", "2024-05-01", "Mayor opens dam", GAZETTE),
            ("Gazette", "fair", "2024-05-02", "Fair", COURIER),
        )
    )
    assert "one outlet, 'Gazette'" in said["outlets"]
    german = "Der Bürgermeister hat am Montag den neuen Damm eröffnet, und die Bauern sind nicht froh darüber. " * 5
    said = findings(
        table(
            ("Gazette", "dam", "2024-05-01", "Mayor opens dam", GAZETTE),
            ("Courier", "dam", "2024-05-01", "A dam divides the valley", COURIER),
            ("Gazette", "dam", "2024-05-01", "Mayor opens dam", GAZETTE.replace("eleven", "twelve")),
            ("Bote", "damm", "2999-05-01", "Der Damm", german),
        )
    )
    assert "1 event with one outlet only (damm)" in said["events"] or "share 1 event" in said["events"]
    assert "not in English" in said["languages"] and "in the future" in said["dates"]
    assert "nearly the same" in said["duplicates"]


def test_nothing_doubtful_is_said_too_but_not_as_a_promise(capsys, tmp_path):
    rows = [
        {
            "outlet": outlet,
            "event": f"event {day}",
            "date": f"2024-05-0{day}",
            "headline": f"Dam news {day}",
            "text": f"The dam, day {day}.\n\n" + " ".join(f"{outlet.lower()}{day}word{n}" for n in range(80)),
        }
        for outlet in ("Gazette", "Courier")
        for day in range(1, 8)
    ]
    pd.DataFrame(rows).to_csv(tmp_path / "all.csv", index=False)
    assert main(["check", str(tmp_path / "all.csv")]) in (0, 1)
    assert "14 articles of 2 outlets" in capsys.readouterr().out


def test_the_commands_make_check_and_analyze_a_study(articles, tmp_path, capsys):
    place = tmp_path / "dam study"
    assert main(["new", str(place), "--articles", str(articles)]) == 0
    assert main(["check", str(place)]) == 0
    said = capsys.readouterr().out
    assert "framing check" in said and "- No article names its event" in said
    assert main(["analyze", str(place)]) == 0
    assert (place / "results/report.html").exists() and (place / "measured/tone.parquet").exists()
    assert main(["facts", str(place)]) == 0
    assert (place / "facts_draft.csv").read_text(encoding="utf-8").startswith("fact,statement")


PAPERS = {
    "Gazette": {
        "march": """Marchers fill the square over rents

Thousands of protesters filled the main square on Monday over the new rent law. Councillor Ann Holt spoke to the crowd.

The protesters want the rent law withdrawn by the end of May. Holt said that the council would listen to the crowd.
""",
        "vote": """Council passes rent law

The council passed the rent law by 19 votes to 14 on Tuesday night. Protesters shouted from the gallery for an hour.

Councillor Tom Holt called the vote a mistake. Councillor Ann Holt left before the protesters were led out.
""",
    },
    "Courier": {
        "march": """Getty Street closed as rioters fill the square

Thousands of rioters filled the main square on Monday over the new rent law. Councillor Ann Holt spoke to the crowd.

The rioters want the rent law withdrawn by the end of May. Anne Holt said that the council would listen to the crowd.
""",
        "vote": """Rent law passed

The council passed the rent law by 19 votes to 14 on Tuesday night. Rioters shouted from the gallery for an hour.

Councillor Tom Holt called the vote a mistake, and the rioters were led out of the hall by the doorkeepers.
""",
    },
}


@pytest.fixture
def rents(tmp_path):
    rows = [
        {"outlet": outlet, "event": event, "text": text}
        for outlet, told in PAPERS.items()
        for event, text in told.items()
    ]
    (tmp_path / "rents in").mkdir()
    pd.DataFrame(rows).to_csv(tmp_path / "rents in" / "all.csv", index=False)
    new_study(tmp_path / "rents", articles=tmp_path / "rents in")
    return tmp_path / "rents"


def test_a_draft_of_rivals_is_a_concept_file_and_once_saved_is_counted_with(rents, capsys):
    assert main(["rivals", str(rents)]) == 0
    said = capsys.readouterr().out
    assert "proposal" in said and f"save it as {rents / 'concepts.toml'}" in said
    draft = rents / "concepts_draft.toml"
    assert '"protester' in draft.read_text(encoding="utf-8") and '"rioter' in draft.read_text(encoding="utf-8")
    draft.replace(rents / "concepts.toml")
    labels = open_study(rents).table("labels")
    assert {"protester", "rioter"} <= set(labels["label"])


def test_a_draft_of_names_declares_nothing_until_edited_and_then_what_stands_in_it(rents, capsys):
    from framing.entities.register import read_decisions

    assert main(["names", str(rents)]) == 0
    draft = rents / "names_draft.toml"
    told = draft.read_text(encoding="utf-8")
    assert not declares(draft) and "names.toml" in capsys.readouterr().out
    assert "Tom Holt" not in told.partition("# Told apart")[0]
    assert re.search(r"^# Ann Holt: \d mentions in \d articles; Tom Holt: \d", told.split("# Told apart")[1], re.M)
    assert '# "Ann Holt" = ["Anne Holt"]' in told.split("# [split]")[1]
    lines = [re.sub(r"^# (?=\[|\"|drop|\])", "", line) for line in told.splitlines()]
    (rents / "names.toml").write_text("\n".join(lines), encoding="utf-8")
    decided = read_decisions(rents / "names.toml")
    assert not decided.merge and frozenset({"Ann Holt", "Anne Holt"}) in decided.split


@pytest.mark.parametrize(
    ("name", "other", "one"),
    [
        ("Bill Clinton", "Hillary Clinton", False),
        ("Jeb Bush", "George Bush", False),
        ("Jeb Bush", "George W. Bush", False),
        ("George T. Conway III", "Kellyanne Conway", False),
        ("Ann Holt", "Tom Holt", False),
        ("Donald Trump", "Melania Trump", False),
        ("George Bush", "George W. Bush", True),
        ("Dick Durbin", "Richard Durbin", True),
        ("J. Brook", "John Brook", True),
        ("Bill Brook", "William Brook", True),
        ("Joe Biden", "Joseph R. Biden Jr.", True),
    ],
)
def test_only_names_that_may_be_one_person_are_proposed_as_one(name, other, one):
    from framing.entities.resolution import _Doubt, _one_line_each

    pairs = [(name, _Doubt("the same surname as", "merge", [other]))]
    lines, apart = _one_line_each(pairs, {name: "", other: ""})
    assert lines == ([(name, [other])] if one else []) and apart == ([] if one else [[name, other]])


def test_a_draft_of_names_lists_the_speakers_that_are_no_name(tmp_path, capsys):
    (tmp_path / "in" / "Gazette").mkdir(parents=True)
    told = (
        "Dam opens\n\nMayor Tom Reed opened the dam on Monday. “The valley is safe,” Tom Reed said.\n\n"
        "“The valley was never safe,” a senior official said. “It will hold,” the spokesman said on Monday.\n"
    )
    (tmp_path / "in" / "Gazette" / "dam.txt").write_text(told, encoding="utf-8")
    new_study(tmp_path / "dam", articles=tmp_path / "in")
    assert main(["names", str(tmp_path / "dam")]) == 0
    draft = tmp_path / "dam" / "names_draft.toml"
    sources = draft.read_text(encoding="utf-8").split("# Sources that are no name")[1]
    assert "spokesman: 1 quotation in 1 article" in sources and "Tom Reed:" not in sources
    assert not declares(draft)


def test_what_was_decided_on_names_is_proposed_no_more(rents, capsys):
    (rents / "names.toml").write_text('[split]\n"Ann Holt" = ["Anne Holt", "Tom Holt"]\n', encoding="utf-8")
    assert main(["names", str(rents)]) == 0
    assert (
        capsys.readouterr().out.startswith("Nothing to propose was found") and not (rents / "names_draft.toml").exists()
    )


@pytest.mark.parametrize("what", ["facts", "rivals", "names"])
def test_a_draft_that_is_there_is_never_written_over(rents, what, capsys):
    assert main([what, str(rents)]) == 0
    draft = next(rents.glob("*_draft.*"))
    draft.write_text("edited", encoding="utf-8")
    assert main([what, str(rents)]) == 2
    assert "already" in capsys.readouterr().err and draft.read_text(encoding="utf-8") == "edited"


@pytest.mark.parametrize("what", ["facts", "rivals", "names"])
def test_where_there_is_nothing_to_draft_it_is_said_and_no_file_is_written(tmp_path, what, capsys):
    (tmp_path / "in" / "Gazette").mkdir(parents=True)
    (tmp_path / "in" / "Gazette" / "rain.txt").write_text("Rain\n\nIt rained on the hills all day.\n", encoding="utf-8")
    assert main([what, str(tmp_path / "in")]) == 2 and "framing new STUDY" in capsys.readouterr().err
    new_study(tmp_path / "rain", articles=tmp_path / "in")
    assert main([what, str(tmp_path / "rain")]) == 0
    assert capsys.readouterr().out.startswith("Nothing to propose was found")
    assert not list((tmp_path / "rain").glob("*_draft.*"))


def test_analyze_needs_a_place_for_results_when_there_is_no_study(articles, capsys):
    assert main(["analyze", str(articles)]) == 2
    assert "framing new STUDY" in capsys.readouterr().err


def test_no_path_in_a_study_holds_a_character_that_windows_refuses(study):
    names = [part for path in study.rglob("*") for part in Path(path).relative_to(study).parts]
    assert [name for name in names if set(name) & set('<>:"|?*\\') or name.endswith((" ", "."))] == []


def test_progress_says_how_far_and_how_long():
    assert in_words("sentence_tone", 10, 40, 20.0) == "sentence tone: 10 of 40 articles, about 60 s left".replace(
        "60 s", "1 minute"
    )
    assert in_words("quotes", 39, 40, 39.0) == "quotes: 39 of 40 articles, about 1 s left"
    assert in_words("coverage", 42, 40, 42.0).startswith("coverage: 2 of 40 articles")


@pytest.mark.parametrize("watched", ["", "os.environ['JPY_SESSION_NAME'] = 'a notebook'"])
def test_a_progress_line_leaves_no_trace_in_a_saved_notebook(watched, monkeypatch):
    monkeypatch.delenv("JPY_SESSION_NAME", raising=False)
    nbformat = pytest.importorskip("nbformat")
    from nbclient import NotebookClient

    code = (
        f"import os, time\n{watched}\nfrom framing.steadiness import handed_out\n"
        "from framing.studies import measured as progress\n"
        "import pandas as pd\nprogress.PATIENCE = progress.EVERY = 0\n"
        "rows = pd.DataFrame({'article_id': list('abc'), 'text': 'x'}).itertuples()\n"
        "with progress.telling('quotes', 3):\n    for row, made in handed_out(rows, lambda row: row.text):\n"
        "        time.sleep(.05)\nprint('done')"
    )
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(code)])
    NotebookClient(notebook, kernel_name="python3").execute()
    outputs = notebook.cells[0].outputs
    assert [output.get("text") for output in outputs] == ["done\n"]


def test_nothing_is_shown_where_a_program_runs_the_notebook(monkeypatch):
    from framing.studies import measured

    monkeypatch.delenv("JPY_SESSION_NAME", raising=False)
    assert measured._notebook() is None


def test_what_analyze_measured_is_what_the_notebooks_read(study):
    opened = open_study(study)
    opened.analysis()
    kept = {path.stem: path.stat().st_mtime_ns for path in (study / "measured").glob("*.parquet")}
    assert {"quotes", "tone", "labels", "emphasis", "tokens"} <= set(kept)
    measured._recent.clear()
    for name in measured.FILLED:
        if name in kept:
            table = open_study(study).table(name)
            pd.testing.assert_frame_equal(table, unpack(pack(MEASURES[name][1](opened))))
    assert kept.items() <= {path.stem: path.stat().st_mtime_ns for path in (study / "measured").iterdir()}.items()


def test_a_study_on_a_disk_that_takes_nothing_more_is_measured_all_the_same(study, monkeypatch):
    def full(*_args, **_options):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(measured.pq, "write_table", full)
    monkeypatch.setattr(measured, "_recent", measured.cache.Recent(4))
    quotes = open_study(study).table("quotes")
    assert "Tom Reed" in set(quotes["speaker"]) and not list((study / "measured").glob("*"))


def test_names_declared_in_a_study_rest_under_its_tables(study):
    before = open_study(study).table("quotes")
    (study / "names.toml").write_text('[rename]\n"Tom Reed" = "Mayor Reed"\n', encoding="utf-8")
    after = open_study(study).table("quotes")
    assert "Tom Reed" in set(before["speaker"]) and "Tom Reed" not in set(after["speaker"])
    assert "Mayor Reed" in set(after["speaker"])


def test_an_analysis_with_another_seed_leaves_no_table_that_notebooks_would_draw_otherwise(study):
    open_study(study).analysis(seed=7)
    kept = {path.stem for path in (study / "measured").glob("*.parquet")}
    assert "rivals" not in kept and {"quotes", "tone"} <= kept
    open_study(study).analysis()
    assert (study / "measured" / "rivals.parquet").is_file()
