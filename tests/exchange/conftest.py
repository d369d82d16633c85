"""Memory and the received roster."""

import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from lanling_desktop.core.errors import OfficeError
from lanling_desktop.exchange.gate import admit
from tests.exchange.sheets import make_roster

MAX_REFUSAL_MEMORY = 100 * 1024 * 1024


@contextmanager
def bounded_memory() -> Iterator[None]:
    tracemalloc.start()
    try:
        yield
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < MAX_REFUSAL_MEMORY


@pytest.fixture
def refused(monkeypatch: pytest.MonkeyPatch) -> Callable[[Path], OfficeError]:
    """Pass a file to the gate, which must refuse it without a reader and without much memory."""

    def forbidden(*_: object, **__: object) -> None:
        raise AssertionError("a reader saw a refused file")

    for door in ("from_path", "from_filelike", "from_object"):
        monkeypatch.setattr(f"python_calamine.CalamineWorkbook.{door}", forbidden, raising=False)

    def check(path: Path) -> OfficeError:
        with bounded_memory(), pytest.raises(OfficeError) as caught:
            admit(path)
        error = caught.value
        assert error.what
        assert "没有导入任何内容" in error.safe
        assert error.then
        return error

    return check


@pytest.fixture
def roster(tmp_path: Path) -> Path:
    path = tmp_path / "花名册.xlsx"
    make_roster(path)
    return path
