"""`font_look.py OFFICE`: prints an office's roster and paints a screen's words; says what both look like.

A process of its own, because fonts of the machine are found once.
"""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path

from PySide6.QtGui import QFontDatabase, QImage
from PySide6.QtWidgets import QApplication

from lanling_desktop import catalogue
from lanling_desktop.core.clock import fixed
from lanling_desktop.opening import open_office
from lanling_desktop.printing import preview
from lanling_desktop.printing.paper import Request, print_paper
from ui import theme


def main(office_path: str) -> None:
    application = QApplication(["look"])
    machine = len(QFontDatabase.families())
    theme.apply(application, 100, contrast=False)
    with open_office(Path(office_path), clock=fixed(2026, 11, 23)) as office:
        paper = catalogue.papers()["list_party_member"]
        pdf = print_paper(office, paper, Request()).pdf
    pages = [preview.render(pdf, page, 150) for page in range(preview.page_count(pdf))]
    button = theme.button("单于静安 𠮷野 党员中心户", "primary", key="Ctrl+S")
    shown = button.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    look = {
        "families": machine,
        "paper": hashlib.sha256(b"".join(each[2] for each in pages)).hexdigest(),
        "screen": hashlib.sha256(bytes(shown.constBits())).hexdigest(),
    }
    sys.stdout.write(json.dumps(look))


if __name__ == "__main__":
    main(sys.argv[1])
