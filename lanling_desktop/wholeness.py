"""Whether the program's own files are all there: virus scanners take some away.

The frozen program carries a list of its files (`files.txt`, written by build.spec). A checkout has
none, and is taken for whole. Nothing here needs more than Python itself: it must run when Qt or a
database's library is what is gone.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

LIST = "files.txt"
_NAMED = 3
_SAFE = "数据没有改动，数据文件和备份都在"
_THEN = "请重新运行安装程序，数据会保留；若又被删掉，请在杀毒软件里信任本程序"


def root() -> Path | None:
    """The folder of the frozen program's files; None in a checkout."""
    frozen = getattr(sys, "_MEIPASS", None)
    return Path(frozen) if frozen else None


def missing(folder: Path | None = None) -> list[str]:
    """Files of the list that are gone or have another size."""
    place = folder or root()
    if place is None:
        return []
    try:
        lines = (place / LIST).read_text(encoding="utf-8").splitlines()
    except OSError:
        return []  # a build without a list: nobody knows
    gone = []
    for line in lines:
        size, _, name = line.partition("\t")
        try:
            whole = (place / name).stat().st_size == int(size)
        except (OSError, ValueError):
            whole = False
        if not whole:
            gone.append(name)
    return gone


def listed(folder: Path) -> str:
    """The list of a folder's files as `missing` reads it."""
    files = sorted(each for each in folder.rglob("*") if each.is_file() and each.name != LIST)
    lines = (f"{each.stat().st_size}\t{each.relative_to(folder).as_posix()}\n" for each in files)
    return "".join(lines)


def sentences(gone: Sequence[str]) -> tuple[str, str, str]:
    """What happened, whether the data is safe, what to do."""
    named = "、".join(gone[:_NAMED])
    more = f" 等 {len(gone)} 个" if len(gone) > _NAMED else ""
    return f"程序文件缺失：{named}{more}", _SAFE, _THEN


def explained(trouble: ImportError | FileNotFoundError, folder: Path | None = None) -> str:
    """What to say of a start that failed; '' when nothing of the program's is missing."""
    gone = missing(folder)
    if not gone and isinstance(trouble, ImportError) and (folder or root()) is not None:
        gone = [trouble.name or str(trouble)]
    return "\n".join(f"{each}。" for each in sentences(gone)) if gone else ""


def say(text: str) -> None:
    """Tell it where a clerk sees it, with nothing but what the system brings."""
    if sys.platform == "win32":
        import ctypes

        ctypes.windll.user32.MessageBoxW(None, text, "兰陵社区台账", 0x10)
    elif sys.stderr is not None:
        sys.stderr.write(f"{text}\n")
