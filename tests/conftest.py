"""Shared fixtures: where the benchmarks lie, and a cache of parses kept out of the user's own."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import hypothesis
import pandas as pd
import pytest

hypothesis.settings.register_profile("no clock", deadline=None)  # a busy machine is no fault
hypothesis.settings.load_profile("no clock")

SHARED = Path(__file__).resolve().parents[2] / "shared"
WHOLE_RUNS = ("test_notebooks", "test_in_jupyterlab", "test_report", "test_tone_rows", "test_cli", "test_hostile_runs")


def pytest_collection_modifyitems(items):
    """Files with whole runs in them go first, so that workers end together."""
    items.sort(key=lambda item: item.path.stem not in WHOLE_RUNS)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with benchmark data beside the repository; users do not have it."""
    if not (SHARED / "bench").is_dir():
        pytest.skip("the benchmark folder ../shared is not on this machine")
    return SHARED


@pytest.fixture(scope="session")
def us_news(shared: Path) -> pd.DataFrame:
    """150 articles on 50 events of US news, named by event and outlet, each headline above its text."""
    path = shared / "bench" / "events" / "articles.jsonl"
    if not path.exists():
        pytest.skip("the annotated news is not there")
    rows = pd.DataFrame(json.loads(line) for line in path.read_text(encoding="utf-8").splitlines())
    return pd.DataFrame(
        {
            "article_id": rows["event"].str[:8] + " " + rows["outlet"],
            "outlet": rows["outlet"],
            "event": rows["event"],
            "date": rows["date"],
            "headline": rows["title"],
            "text": rows["title"] + "\n\n" + rows["text"],
        }
    )


@pytest.fixture(scope="session", autouse=True)
def own_cache(tmp_path_factory):
    """Parse into a cache of this test session, one for all workers, never into the user's."""
    place = tmp_path_factory.getbasetemp()
    shared_by_workers = place.parent if "PYTEST_XDIST_WORKER" in os.environ else place
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FRAMING_CACHE", str(shared_by_workers / "cache"))
        yield


@pytest.fixture(scope="module")
def browser():
    """A chromium of the machine's own; closed after each file of tests, since it keeps an event loop."""
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    path = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if path is None:
        pytest.skip("no chromium on this machine")
    with playwright.sync_playwright() as started:
        chromium = started.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield chromium
        chromium.close()


@pytest.fixture
def article():
    """Make an articles table of one article, taken verbatim as body."""

    def make(text: str, outlet: str = "Gazette", event: str = "e1", **columns) -> pd.DataFrame:
        from framing import read_articles

        row = {"article_id": "a1", "outlet": outlet, "event": event, "text": text, **columns}
        return read_articles(pd.DataFrame([row]), clean=False)

    return make
