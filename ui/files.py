"""Asking for a file: the system's own dialog, beginning where the last one ended."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSettings
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QWidget

_FOLDER = "files/folder"
TABLES = "Excel 或 WPS 表格 (*.xlsx *.xls *.csv *.xlsb *.ods);;所有文件 (*)"
WORKBOOK = "Excel 表格 (*.xlsx)"
OFFICE = "台账数据 (*.lanling)"
SCHEME = "薪酬方案文件 (*.json)"
PDF = "PDF 文件 (*.pdf)"
PAPERS = (
    "照片、扫描件和文档 (*.jpg *.jpeg *.png *.bmp *.tif *.tiff *.webp *.pdf *.ofd *.docx *.xlsx)"
    ";;所有文件 (*)"
)


def folder(settings: QSettings) -> Path:
    """Where files were last taken from or put to."""
    kept = Path(str(settings.value(_FOLDER, "") or ""))
    return kept if kept.is_absolute() and kept.is_dir() else Path.home()


def keep_folder(settings: QSettings, path: Path) -> None:
    """Begin there the next time."""
    settings.setValue(_FOLDER, str(path.parent))


def ask_open(
    parent: QWidget, title: str, settings: QSettings, kinds: str = TABLES, *, at: str = ""
) -> Path | None:
    """A file to read, None when none was chosen."""
    start = at or str(folder(settings))
    chosen, _ = QFileDialog.getOpenFileName(parent, title, start, kinds, options=_options())
    return _kept(chosen, settings)


def ask_open_many(parent: QWidget, title: str, settings: QSettings, kinds: str) -> list[Path]:
    """Files to read; none when none was chosen."""
    start = str(folder(settings))
    chosen, _ = QFileDialog.getOpenFileNames(parent, title, start, kinds, options=_options())
    for each in chosen[:1]:
        _kept(each, settings)
    return [Path(each) for each in chosen]


def ask_save(
    parent: QWidget, title: str, settings: QSettings, name: str, kinds: str
) -> Path | None:
    """A place to write to, with the kind's ending; None when none was chosen."""
    start = str(folder(settings) / name)
    chosen, _ = QFileDialog.getSaveFileName(parent, title, start, kinds, options=_options())
    path = _kept(chosen, settings)
    ending = Path(name).suffix
    return path.with_name(path.name + ending) if path and not path.suffix else path


def _kept(chosen: str, settings: QSettings) -> Path | None:
    if not chosen:
        return None
    path = Path(chosen)
    keep_folder(settings, path)
    return path


def _options() -> QFileDialog.Option:
    """Without a desktop there is no system dialog to ask."""
    bare = QGuiApplication.platformName() in ("offscreen", "minimal")
    return QFileDialog.Option.DontUseNativeDialog if bare else QFileDialog.Option(0)
