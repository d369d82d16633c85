"""C.3-5, C.3-56: names made from titles, and files that are whole or not there."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lanling_desktop.core.errors import OfficeError
from lanling_desktop.exchange.files import safe_file_name, whole_file


@pytest.mark.fault(56)
@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("党员花名册（2026年）", "党员花名册（2026年）"),
        ("..\\..\\花名册", "_.._花名册"),
        ("../../etc/passwd", "_.._etc_passwd"),
        ("C:\\花名册", "C__花名册"),
        ("a:b|c", "a_b_c"),
        ("CON", "_CON"),
        ("con.txt", "_con.txt"),
        ("COM1", "_COM1"),
        ("lpt9.a", "_lpt9.a"),
        ("花名册. . ", "花名册"),
        ("", "未命名"),
        (" ... ", "未命名"),
        ("///", "未命名"),
        ("花名册\u202exslx", "花名册_xslx"),
        ("第\n一\t届", "第_一_届"),
    ],
)
def test_titles(title: str, name: str) -> None:
    assert safe_file_name(title) == name
    assert safe_file_name(title, ".xlsx") == name + ".xlsx"


@pytest.mark.fault(56)
@given(st.text(max_size=400))
def test_any_title_stays_inside_the_folder(title: str) -> None:
    name = safe_file_name(title, ".xlsx")
    folder = Path("/folder")
    assert (folder / name).parent == folder
    assert name.endswith(".xlsx")
    assert len(name) <= 100
    assert not set(name) & set('<>:"/\\|?*')
    assert not name.startswith((".", " "))


def test_a_failure_leaves_the_old_file_and_no_other(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"old")

    def write() -> None:
        with whole_file(path) as place:
            place.write_bytes(b"half")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        write()
    assert path.read_bytes() == b"old"
    assert [entry.name for entry in tmp_path.iterdir() if entry.is_file()] == ["a.xlsx"]


def test_a_full_disk_is_named(tmp_path: Path) -> None:
    with pytest.raises(OfficeError, match="磁盘可能满了"), whole_file(tmp_path / "a.xlsx"):
        raise OSError(28, "No space left on device")
    assert not (tmp_path / "a.xlsx").exists()


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with (
        pytest.raises(OfficeError, match="文件夹“U盘”不存在"),
        whole_file(tmp_path / "U盘" / "a.xlsx"),
    ):
        pass
