"""Files that leave the office: named safely, and whole or not there at all."""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from lanling_desktop.core import atomic
from lanling_desktop.core.errors import OfficeError

MAX_NAME = 80  # characters: with the folder before it, well under Windows' 260

_FORBIDDEN = re.compile(
    r'[<>:"/\\|?*\x00-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2028\u2029\ufeff\ud800-\udfff]'
)
_RESERVED = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(\..*)?", re.I)


def safe_file_name(title: str, suffix: str = "") -> str:
    """Make a title into a file name any Windows accepts, inside whatever folder it is put.

    `suffix` (like '.xlsx') is added after the cutting, so it always stays.
    """
    name = _FORBIDDEN.sub("_", title)
    name = re.sub(r"\s+", " ", name).strip(" .")
    name = name[:MAX_NAME].rstrip(" .")
    if not name.strip("_"):
        name = "未命名"
    if _RESERVED.fullmatch(name):
        name = f"_{name}"
    return name + suffix


@contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """Give a temporary place beside `path`; only a finished file takes its name.

    An existing file stays as it was until then, and stays for good if anything fails.
    """
    if path.exists() and not path.is_file():  # a device or a folder: it would be replaced
        what = f"“{path.name}”不是文件，不能写到那里。"
        raise OfficeError(what, "台账数据没有变化，什么也没有写。", "请另写一个文件名。")
    try:
        handle, name = tempfile.mkstemp(prefix=".~", suffix=path.suffix, dir=path.parent)
    except OSError as error:
        raise _not_written(path, error) from error
    os.close(handle)
    place = Path(name)
    try:
        yield place
        with place.open("rb+") as file:
            os.fsync(file.fileno())
        atomic.take_name(place, path, atomic.BRIEF)
    except OSError as error:
        raise _not_written(path, error) from error
    finally:
        with suppress(OSError):  # one that a scanner holds goes at its own time
            place.unlink(missing_ok=True)


def _not_written(path: Path, error: OSError) -> OfficeError:
    if isinstance(error, PermissionError):
        what = f"“{path.name}”写不进去：它可能正在 WPS 里打开着，或者这个文件夹不允许写入。"
        then = "请先在 WPS 里关掉它，或者换一个文件夹，再导出一次。"
    elif isinstance(error, FileNotFoundError):
        what = f"文件夹“{path.parent.name}”不存在，U 盘可能已经拔掉。"
        then = "请换一个文件夹，再导出一次。"
    else:
        what = f"“{path.name}”没有写完，磁盘可能满了。"
        then = "请清理磁盘或换一个位置，再导出一次。"
    return OfficeError(what, "台账数据没有变化，原来的文件也还在。", then)
