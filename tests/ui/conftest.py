"""Every test of a screen starts from the plain look at 100 %."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from ui import theme


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The offscreen platform has no window manager, and says so each time it is asked for one."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.qt_log_ignore("^This plugin does not support "))


@pytest.fixture(autouse=True)
def plain_look(qapp: QApplication) -> None:
    if theme.scale() != 100 or theme.high_contrast() or not qapp.styleSheet():
        theme.apply(qapp, 100, contrast=False)
