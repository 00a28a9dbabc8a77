"""Studies too large for memory: partitions, going on after a stop, reading piece by piece, and a Dask cluster."""

import hashlib
import json
import os
import signal
import threading
import time

import pandas as pd
import pyarrow.dataset as ds
import pytest

import framing
from framing.cli import main
from framing.quotes.certainty import COUNTED_FROM
from framing.reports.pipeline import analyze
from framing.studies import partitions
from framing.studies.partitions import measure, not_measured


@pytest.fixture(scope="module")
def articles():
    """Two events of the second bundled corpus: ten articles of five outlets."""
    table = framing.example("tannery")
    return table[table["event"].isin(sorted(table["event"].unique())[:2])].reset_index(drop=True)


@pytest.fixture(scope="module")
def whole(articles, tmp_path_factory):
    """The folder of an undisturbed run in three partitions or so."""
    folder = tmp_path_factory.mktemp("whole") / "out"
    measure(articles, folder, size=4)
    return folder


def digests(folder):
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def table(folder, name):
    return ds.dataset(folder / "tables" / name, format="parquet").to_table().to_pandas()


def test_one_partition_compares_as_an_analysis_does(articles, tmp_path):
    measure(articles, tmp_path / "out", size=100)
    found = pd.read_csv(tmp_path / "out" / "summary" / "comparisons.csv").set_index(["measure", "outlet", "reference"])
    wanted = analyze(articles).tables["comparisons"].set_index(["measure", "outlet", "reference"])
    assert len(found) == len(wanted) > 20 and set(found.index) == set(wanted.index)
    for column in ("estimate", "low", "high", "p", "p_adjusted"):
        pd.testing.assert_series_equal(
            found[column], wanted[column].loc[found.index], check_dtype=False, check_names=False, rtol=6e-6, atol=1e-9
        )  # six digits are written


def test_an_event_stands_in_one_partition_and_every_article_in_one(articles, whole):
    parts = [pd.read_parquet(path) for path in sorted((whole / "articles").glob("part-*.parquet"))]
    assert len(parts) > 1 and sum(map(len, parts)) == len(articles)
    assert set(pd.concat(parts)["article_id"]) == set(articles["article_id"])
    assert all(not set(one["event"]) & set(other["event"]) for one in parts for other in parts if one is not other)


def test_every_partition_of_a_table_has_the_same_columns_and_types(whole):
    for folder in sorted((whole / "tables").iterdir()):
        schemas = {str(ds.dataset(path, format="parquet").schema) for path in folder.glob("part-*.parquet")}
        assert len(schemas) == 1, folder.name
    assert {"quotes", "tone", "measures", "words", "audit", "left_out"} <= {
        folder.name for folder in (whole / "tables").iterdir()
    }


def test_tables_hold_what_the_functions_find(articles, whole):
    quotes = framing.find_quotes(articles, certainty=COUNTED_FROM)
    found = table(whole, "quotes")
    assert set(found["quote_id"]) == set(quotes["quote_id"])
    spans = dict(zip(found["quote_id"], found["content_spans"], strict=True))
    assert all(
        json.loads(spans[row.quote_id]) == [list(span) for span in row.content_spans] for row in quotes.itertuples()
    )


def test_a_run_that_was_stopped_goes_on_and_ends_in_the_same_bytes(articles, whole, tmp_path, monkeypatch):
    measured, done = partitions.measured_part, []

    def stopped(*given):
        if done:
            raise KeyboardInterrupt
        done.append(given[1])
        return measured(*given)

    monkeypatch.setattr(partitions, "measured_part", stopped)
    with pytest.raises(KeyboardInterrupt):
        measure(articles, tmp_path / "out", size=4)
    assert "files" not in json.loads((tmp_path / "out" / "manifest.json").read_text("utf-8"))
    again = []
    monkeypatch.setattr(partitions, "measured_part", lambda *given: again.append(given[1]) or measured(*given))
    measure(articles, tmp_path / "out", size=4)
    assert done[0] not in again and again
    assert digests(tmp_path / "out") == digests(whole)


def test_a_run_stopped_while_articles_are_divided_divides_them_again(articles, whole, tmp_path, monkeypatch):
    put = partitions._put

    def stopped(place, data):
        if place.parent.name == "articles":
            raise KeyboardInterrupt
        put(place, data)

    monkeypatch.setattr(partitions, "_put", stopped)
    with pytest.raises(KeyboardInterrupt):
        measure(articles, tmp_path / "out", size=4)
    monkeypatch.setattr(partitions, "_put", put)
    measure(articles, tmp_path / "out", size=4)
    assert digests(tmp_path / "out") == digests(whole)


def test_other_choices_or_articles_keep_nothing(articles, tmp_path):
    measure(articles[:3], tmp_path / "out", size=2)
    n_parts = len(list((tmp_path / "out" / "articles").iterdir()))
    measure(articles[:3], tmp_path / "out", size=2, certainty=0.9)
    told = json.loads((tmp_path / "out" / "manifest.json").read_text("utf-8"))
    assert told["choices"]["certainty"] == 0.9 and told["n_articles"] == 3
    measure(articles[:1], tmp_path / "out", size=2)
    assert len(list((tmp_path / "out" / "articles").iterdir())) == 1 <= n_parts
    assert set(table(tmp_path / "out", "emphasis")["article_id"]) == {articles["article_id"][0]}


@pytest.mark.parametrize("suffix", [".jsonl", ".csv", ".tsv", ".parquet"])
@pytest.mark.parametrize("named", [True, False])
def test_a_large_file_is_read_piece_by_piece_with_nothing_lost_or_counted_twice(
    articles, tmp_path, monkeypatch, suffix, named
):
    monkeypatch.setattr(partitions, "WHOLE", 0)
    monkeypatch.setattr(partitions, "PIECE", 3)
    rows = articles[["article_id", "outlet", "event", "date", "headline", "text"]]
    rows = pd.concat([rows, rows[:1].assign(article_id="the copy")], ignore_index=True)
    rows = rows if named else rows.drop(columns="article_id")
    path = tmp_path / f"monitor{suffix}"
    write = {
        ".jsonl": lambda: rows.to_json(path, orient="records", lines=True),
        ".csv": lambda: rows.to_csv(path, index=False),
        ".tsv": lambda: rows.to_csv(path, index=False, sep="\t"),
        ".parquet": lambda: rows.to_parquet(path, index=False),
    }
    write[suffix]()
    n = partitions._divide(path, tmp_path / "out", 4)
    found = ds.dataset(tmp_path / "out" / "articles", format="parquet").to_table().to_pandas()
    assert n == len(found) == len(articles) and found["article_id"].is_unique
    assert sorted(zip(found["outlet"], found["event"], strict=True)) == sorted(
        zip(articles["outlet"], articles["event"], strict=True)
    )
    copies = table(tmp_path / "out", "audit").query("status == 'duplicate'")
    assert copies["article_id"].tolist() == ["the copy" if named else "monitor-0011"]
    assert copies["duplicate_of"].tolist() == [articles["article_id"][0] if named else "monitor-0001"]
    if not named:
        assert set(found["article_id"]) == {f"monitor-{number:04d}" for number in range(1, 11)}


def test_a_file_without_a_text_gives_one_clear_error(tmp_path, monkeypatch):
    monkeypatch.setattr(partitions, "WHOLE", 0)
    (tmp_path / "empty.jsonl").write_text('{"outlet": "Gazette", "text": ""}\n' * 3, encoding="utf-8")
    with pytest.raises(ValueError, match="No article could be read"):
        measure(tmp_path / "empty.jsonl", tmp_path / "out")


def test_what_could_not_be_read_is_named(articles, tmp_path, capsys):
    folder = tmp_path / "in"
    folder.mkdir()
    articles[:2].to_json(folder / "monitor.jsonl", orient="records", lines=True)
    (folder / "broken.json").write_bytes(b"\x00\x01\x02")
    assert main(["measure", str(folder), "--out", str(tmp_path / "out")]) == 1
    told = capsys.readouterr()
    assert "broken.json" in told.err and "Start with" in told.out
    assert len(not_measured(tmp_path / "out")) == 1


def test_decisions_on_names_beside_the_articles_hold_as_in_an_analysis(tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    text = "Ann Berg spoke in Maren on Monday. Carl Voss disagreed. Ann Berg left."
    (folder / "Gazette - A quarrel.txt").write_text(text, encoding="utf-8")
    (folder / "names.toml").write_text('drop = ["Carl Voss"]\n', encoding="utf-8")
    measure(folder, tmp_path / "out")
    found = set(table(tmp_path / "out", "names")["name"])
    assert "Ann Berg" in found and "Carl Voss" not in found


@pytest.mark.parametrize("inside", ["", "out", "deep/out"])
def test_no_output_within_the_articles(tmp_path, inside):
    (tmp_path / "a.txt").write_text("The council met on Monday.", encoding="utf-8")
    with pytest.raises(ValueError, match="lies within the articles"):
        measure(tmp_path, tmp_path / inside)


def test_other_files_are_not_written_over(articles, tmp_path):
    (tmp_path / "thesis.docx").write_bytes(b"years of work")
    with pytest.raises(ValueError, match="holds other files"):
        measure(articles[:1], tmp_path)
    assert (tmp_path / "thesis.docx").read_bytes() == b"years of work"


def test_what_was_measured_is_never_read_as_articles(articles, whole, tmp_path):
    import shutil

    shutil.copytree(whole, tmp_path / "study" / "results")
    articles[:1].to_json(tmp_path / "study" / "monitor.jsonl", orient="records", lines=True)
    (tmp_path / "study" / "results" / "summary" / "outlets.csv").unlink()  # a run that did not end
    assert len(framing.read_articles(tmp_path / "study")) == 1


class TestDask:
    """On a cluster of processes of this machine."""

    @pytest.fixture(scope="class")
    def cluster(self):
        distributed = pytest.importorskip("distributed", reason="Dask is not installed")
        with distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None
        ) as cluster:
            yield cluster

    def test_the_loss_of_a_worker_changes_no_byte(self, articles, whole, cluster, tmp_path):
        from distributed import Client

        with Client(cluster) as client:
            first = client.run(os.getpid)

            def kill():
                while not any(client.processing().values()):
                    time.sleep(0.05)
                os.kill(min(first.values()), signal.SIGKILL)

            killer = threading.Thread(target=kill)
            killer.start()
            measure(articles, tmp_path / "out", size=4, scheduler=cluster.scheduler_address)
            killer.join()
            client.wait_for_workers(2, timeout=60)
            assert set(client.run(os.getpid).values()) != set(first.values())
        assert digests(tmp_path / "out") == digests(whole)

    def test_an_analysis_finds_what_a_local_one_finds(self, articles, cluster, tmp_path, monkeypatch):
        from distributed import Client

        from framing import cache

        local = analyze(articles).tables
        monkeypatch.setenv("FRAMING_CACHE", str(tmp_path / "cache"))
        with Client(cluster) as client:
            away = analyze(articles, scheduler=client).tables
        assert cache.contents()["n_parses"] >= len(articles)  # sent back by the workers
        assert local.keys() == away.keys()
        for name, found in local.items():
            pd.testing.assert_frame_equal(found, away[name])

    def test_workers_that_would_count_otherwise_are_refused(self, articles, cluster, tmp_path, monkeypatch):
        from framing import workers

        monkeypatch.setattr(workers.cache, "version", lambda: b"another")
        with pytest.raises(ValueError, match="another version"):
            measure(articles[:1], tmp_path / "out", scheduler=cluster.scheduler_address)

    def test_workers_of_several_threads_are_refused(self, articles, tmp_path):
        distributed = pytest.importorskip("distributed", reason="Dask is not installed")
        with (
            distributed.LocalCluster(n_workers=1, threads_per_worker=2, processes=False, dashboard_address=None) as one,
            pytest.raises(ValueError, match="several threads"),
        ):
            measure(articles[:1], tmp_path / "out", scheduler=one.scheduler_address)

    def test_an_address_without_a_scheduler(self, articles, tmp_path, monkeypatch):
        pytest.importorskip("distributed", reason="Dask is not installed")
        from framing import workers

        monkeypatch.setattr(workers, "PATIENCE", "1s")
        with pytest.raises(ValueError, match="No Dask scheduler answers"):
            measure(articles[:1], tmp_path / "out", scheduler="tcp://127.0.0.1:9")
