"""A place where nothing may be written, for tests that root runs too."""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

_VERSION = 0x20080522
_OVERRIDE = (1 << 1) | (1 << 2)  # CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH


@contextmanager
def without_powers() -> Iterator[None]:
    """Root of this thread obeys the rights of files, as every clerk does."""
    if sys.platform == "win32":
        pytest.skip("a folder is not closed by its mode here")
    if os.geteuid() != 0:
        yield
        return
    if not sys.platform.startswith("linux"):
        pytest.skip("rights are laid down otherwise here")
    libc = ctypes.CDLL(None, use_errno=True)
    header = (ctypes.c_uint32 * 2)(_VERSION, 0)
    data = (ctypes.c_uint32 * 6)()
    if libc.capget(header, data) != 0:
        pytest.skip("this machine does not tell root's powers")
    kept = list(data)
    data[0] &= ~_OVERRIDE
    if libc.capset(header, data) != 0:
        pytest.skip("this machine does not let root lay its powers down")
    try:
        yield
    finally:
        for at, each in enumerate(kept):
            data[at] = each
        libc.capset(header, data)


@contextmanager
def closed(*folders: Path) -> Iterator[None]:
    """Folders and what lies right in them cannot be written while this lasts."""
    marked = [each for folder in folders for each in (*folder.iterdir(), folder)]
    kept = [each.stat().st_mode for each in marked]
    for each in marked:
        each.chmod(0o555 if each.is_dir() else 0o444)
    try:
        with without_powers():
            yield
    finally:
        for each, mode in zip(marked, kept, strict=True):
            each.chmod(mode)
