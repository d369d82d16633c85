"""How an office file is made and opened, in one place for the screens, the command line and tests."""

from __future__ import annotations

from pathlib import Path

from lanling_desktop import catalogue
from lanling_desktop.core.clock import Clock
from lanling_desktop.core.office import Office
from lanling_desktop.core.store import Store

SUFFIX = ".lanling"
"""What an office file's name ends in."""


def create_office(
    path: Path, *, key: str | None = None, clock: Clock | None = None, actor: str = ""
) -> Office:
    """Make a new, empty office file and open it. Refused when the file is already there."""
    registers = catalogue.registers()
    return Office(Store.create(path, key=key), registers, clock=clock, actor=actor)


def open_office(
    path: Path, *, key: str | None = None, clock: Clock | None = None, actor: str = ""
) -> Office:
    """Open an office file, bringing an older one up to date. Raises `OfficeError` in words."""
    registers = catalogue.registers()
    return Office(Store.open(path, key=key), registers, clock=clock, actor=actor)
