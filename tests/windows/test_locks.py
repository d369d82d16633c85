"""The rules of Windows for open files hold in every test of this house (tests/conftest.py)."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from lanling_desktop.core.office import Office

posix = pytest.mark.skipif(os.name == "nt", reason="Windows has these rules itself")


@posix
def test_an_open_file_is_neither_removed_nor_renamed_nor_replaced(tmp_path: Path) -> None:
    held, other = tmp_path / "夹" / "开.txt", tmp_path / "别.txt"
    held.parent.mkdir()
    held.write_text("开", encoding="utf-8")
    other.write_text("别", encoding="utf-8")
    with held.open(encoding="utf-8"):
        for act in (held.unlink, lambda: held.replace(tmp_path / "c"), lambda: other.replace(held)):
            with pytest.raises(PermissionError) as refused:
                act()
            assert refused.value.winerror == 32
        with pytest.raises(PermissionError):
            shutil.rmtree(held.parent)
        with pytest.raises(PermissionError):
            held.parent.rename(tmp_path / "另名")
    with pytest.raises(FileExistsError):
        other.rename(held)
    other.replace(held)
    assert held.read_text(encoding="utf-8") == "别"


@posix
def test_the_database_of_an_open_office_is_such_a_file(desk_office: Office) -> None:
    with pytest.raises(PermissionError):
        desk_office.path.unlink()
    desk_office.close()
    desk_office.path.unlink()
