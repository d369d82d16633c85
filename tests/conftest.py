"""What every test stands on: no screen, no stray log record, no file outside its own folder."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from lanling_desktop.core.office import Office
from tests.faults.report import Report
from tests.windows import locks

if sys.platform != "win32":  # there the windows of a test are shown: it has its own screen
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


# No machine's speed is promised: a slow one fails no rule.
settings.register_profile(
    "office", deadline=None, suppress_health_check=[HealthCheck.too_slow], parent=settings.default
)
settings.load_profile("office")


def pytest_configure(config: pytest.Config) -> None:
    """What the run shows of the 64 faults is written by the process that gives the work out."""
    if not hasattr(config, "workerinput"):
        config.pluginmanager.register(Report())


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """The rows a test shows go with its report, from worker to controller."""
    rows = {mark.args[0] for mark in item.iter_markers("fault")}
    item.user_properties += [("fault", row) for row in sorted(rows)]


class _Unexpected(logging.Handler):
    """Keeps the records nobody announced by `caplog.at_level` or `expect_logs`."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)


@pytest.fixture(autouse=True)
def no_unexpected_logs(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail the test on a log record of WARNING or above, unless it is marked `expect_logs`."""
    handler = _Unexpected()
    root = logging.getLogger()
    root.addHandler(handler)
    yield
    root.removeHandler(handler)
    if handler.records and "expect_logs" not in request.fixturenames:
        said = "; ".join(f"{r.name}: {r.getMessage()}" for r in handler.records)
        pytest.fail(f"unexpected log records: {said}")


@pytest.fixture
def expect_logs() -> None:
    """Ask for this in a test that means to log a warning."""


@pytest.fixture(autouse=True)
def office_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The office's own folder, fresh for each test."""
    folder = tmp_path / "office"
    monkeypatch.setenv("LANLING_DATA", str(folder))
    return folder


@pytest.fixture(autouse=True)
def windows_locks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every test runs under Windows' rules: an open file is neither removed, renamed nor replaced."""
    locks.impose(monkeypatch)


@pytest.fixture
def ini_path(tmp_path: Path) -> Path:
    """Where a test's window remembers its columns and size."""
    return tmp_path / "window.ini"


@pytest.fixture(scope="session")
def desk_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty office of one community, on 2026-11-23: founded once; never written to."""
    from lanling_desktop.core.clock import fixed
    from lanling_desktop.opening import create_office

    path = tmp_path_factory.mktemp("desk") / "向阳 社区.lanling"
    with create_office(path, clock=fixed(2026, 11, 23), actor="王敏") as office:
        office.desk.put("community", office.save("community", None, {"name": "向阳社区"}).main)
    return path


@pytest.fixture
def desk_office(desk_file: Path, tmp_path: Path) -> Iterator[Office]:
    """A copy of it of one's own: to found one for each test takes five times as long."""
    from lanling_desktop.core.clock import fixed
    from lanling_desktop.opening import open_office

    path = tmp_path / desk_file.name
    path.write_bytes(desk_file.read_bytes())
    with open_office(path, clock=fixed(2026, 11, 23), actor="王敏") as office:
        yield office


@pytest.fixture(scope="session")
def demo_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small demo office, built once; never written to."""
    from lanling_desktop import demo
    from lanling_desktop.core.clock import fixed

    path = tmp_path_factory.mktemp("demo") / demo.FILE
    demo.build(path, persons=400, clock=fixed(2026, 11, 23))
    return path


@pytest.fixture
def demo_office(demo_file: Path, tmp_path: Path) -> Iterator[Office]:
    """A demo office of one's own."""
    from lanling_desktop.core.clock import fixed
    from lanling_desktop.core.vault import Vault
    from lanling_desktop.opening import open_office

    path = tmp_path / demo_file.name
    path.write_bytes(demo_file.read_bytes())
    Vault(demo_file).carry(path)
    with open_office(path, clock=fixed(2026, 11, 23), actor="王敏") as office:
        yield office
