"""Windows' rules for open files, imposed here: what is open is neither removed nor renamed.

`os` is where every way leads: pathlib, shutil and tempfile call it. SQLite's own files count, since
its handles are this process's too.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

_IN_USE, _EXISTS = 32, 183
_TARGETS: dict[str, tuple[int, ...]] = {
    "remove": (0,),
    "unlink": (0,),
    "replace": (0, 1),
    "rename": (0, 1),
}


def impose(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make `os` refuse what Windows refuses, until the test is over."""
    if os.name == "nt":
        return
    for name, targets in _TARGETS.items():
        monkeypatch.setattr(os, name, _guarded(getattr(os, name), targets, name == "rename"))


def held(path: str | Path) -> str:
    """The file at a path, or below it, that this process has open; '' when none is."""
    whole = Path(os.path.realpath(path))
    for handle in list(Path("/proc/self/fd").iterdir()):
        try:
            opened = handle.readlink()
        except OSError:
            continue
        if whole in opened.parents or (opened == whole and not whole.is_dir()):
            return str(opened)
    return ""


def _guarded(
    real: Callable[..., Any], targets: tuple[int, ...], never_over: bool
) -> Callable[..., Any]:
    def act(*given: Any, **more: Any) -> Any:
        base = more.get("dir_fd", more.get("src_dir_fd"))
        root = Path(f"/proc/self/fd/{base}").readlink() if base is not None else Path()
        for place in targets:
            opened = held(root / os.fspath(given[place]))
            if opened:
                raise _error(PermissionError(13, "另一个程序正在使用此文件", opened), _IN_USE)
        if never_over and os.path.lexists(given[1]):
            raise _error(FileExistsError(17, "文件已存在", str(given[1])), _EXISTS)
        return real(*given, **more)

    return act


def _error(made: Any, number: int) -> OSError:
    made.winerror = number
    return made  # type: ignore[no-any-return]


def held_by_scanner(monkeypatch: pytest.MonkeyPatch, times: int) -> list[Path]:
    """A scanner holds the first `times` files that are to get a name; those it held."""
    seen: list[Path] = []
    real = os.replace

    def replace(source: Any, target: Any, **more: Any) -> Any:
        if len(seen) < times:
            seen.append(Path(target))
            raise _error(PermissionError(13, "拒绝访问", str(target)), 5)
        return real(source, target, **more)

    monkeypatch.setattr(os, "replace", replace)
    return seen
