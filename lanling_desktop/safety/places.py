"""What belongs to an office file, and where it lies."""

from __future__ import annotations

from pathlib import Path

from lanling_desktop.core import vault
from lanling_desktop.core.keyring import keys_beside


def keys_of(office: Path) -> Path:
    """The file of wrapped keys beside an office file (`core.keyring`)."""
    return keys_beside(office)


def attachments_of(office: Path) -> Path:
    """The folder of attached files, each named by its content."""
    return vault.beside(office)


def trail_of(office: Path) -> Path:
    """The folder of the trail: every act since the backups, sealed."""
    return office.with_name(f"{office.stem}.流水")


def backups_of(office: Path, folder: Path | None = None) -> Path:
    """The folder of an office's backups: beside it, or below another folder."""
    return (folder or office.parent) / f"{office.stem}.备份"
