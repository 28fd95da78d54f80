"""What several test files share: the sample pages, one store built from them, a browser, and the rule of skipping.

On a user's machine a test that needs something absent (a browser) is skipped and says so. Where ``KG_CI`` is set
nothing may be absent: there a skip is a failure.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Generator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
IN_CI = bool(os.environ.get("KG_CI"))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if IN_CI and report.skipped and not hasattr(report, "wasxfail"):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid}: skipped, but KG_CI is set and nothing may be missing here: {reason}"
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(
    collector: pytest.Collector,
) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    report = yield
    if IN_CI and report.skipped:
        report.outcome = "failed"
        report.longrepr = f"{collector.nodeid}: skipped as a whole, but KG_CI is set: {report.longrepr}"
    return report


@pytest.fixture(scope="session")
def root() -> Path:
    """The top folder of the clone."""
    return ROOT


@pytest.fixture(scope="session")
def seeds() -> Path:
    """The folder of the five sample pages."""
    return ROOT / "seeds"


@pytest.fixture(scope="session")
def seed_store(seeds: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store built from the sample pages, once a session; tests read it and leave it as it is."""
    import kg

    where = tmp_path_factory.mktemp("seeds") / "store"
    kg.build([seeds], where)
    return where


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of a Chromium or Chrome; the test is skipped where there is none."""
    for name in ("chromium", "chromium-browser", "google-chrome", "chrome"):
        path = shutil.which(name)
        if path:
            return path
    pytest.skip("no Chromium on this machine; install it to draw the explorer page (Debian: apt install chromium)")
