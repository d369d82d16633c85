"""Every test of a screen starts from the plain look at 100 %."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from ui import theme


@pytest.fixture(autouse=True)
def plain_look(qapp: QApplication) -> None:
    if theme.scale() != 100 or theme.high_contrast() or not qapp.styleSheet():
        theme.apply(qapp, 100, contrast=False)
