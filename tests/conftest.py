"""Shared fixtures: where the benchmarks lie, and a cache of parses kept out of the user's own."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

SHARED = Path(__file__).resolve().parents[2] / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with benchmark data beside the repository; users do not have it."""
    if not (SHARED / "bench").is_dir():
        pytest.skip("the benchmark folder ../shared is not on this machine")
    return SHARED


@pytest.fixture(scope="session", autouse=True)
def own_cache(tmp_path_factory):
    """Parse into a cache of this test session, never into the user's."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FRAMING_CACHE", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture
def article():
    """Make an articles table of one article, taken verbatim as body."""

    def make(text: str, outlet: str = "Gazette", event: str = "e1", **columns) -> pd.DataFrame:
        from framing import read_articles

        row = {"article_id": "a1", "outlet": outlet, "event": event, "text": text, **columns}
        return read_articles(pd.DataFrame([row]), clean=False)

    return make
