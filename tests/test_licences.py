"""Everything that is shipped stands in the licences folder, with words that allow shipping it."""

from __future__ import annotations

import importlib.util
import re
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def licences() -> ModuleType:
    spec = importlib.util.spec_from_file_location("licences", ROOT / "packaging" / "licences.py")
    assert spec is not None
    assert spec.loader is not None
    made = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = made
    spec.loader.exec_module(made)
    return made


def test_every_component_has_its_texts(licences: ModuleType, tmp_path: Path) -> None:
    folder = licences.gather(tmp_path / "licenses")
    names = {each.name for each in folder.iterdir()}
    notice = (folder / "NOTICE.txt").read_text(encoding="utf-8")
    assert {"LICENSE.txt", "LGPL-3.0.txt", "GPL-3.0.txt", "Python.txt", "NOTICE.txt"} <= names
    components = licences.components()
    assert {"pyside6-essentials", "shiboken6", "sqlalchemy", "reportlab", "pillow", "lxml"} <= {
        each.name for each in components
    }
    for each in components:
        assert each.texts, f"{each.name} has no licence text"
        assert f"{each.name} {each.version}" in notice
        if each.name not in licences.OF_QT:
            assert [name for name in names if name.startswith(f"{each.name}-0-")], each.name
    ciphers = (folder / "SQLCipher.txt").read_text(encoding="utf-8")
    assert "must reproduce the above copyright" in ciphers  # its condition, met by this file
    assert "Apache License" in (folder / "Apache-2.0.txt").read_text(encoding="utf-8")
    assert "LGPL 3.0" in notice
    assert "替换" in notice


def test_a_bundle_with_something_unlicensed_is_not_built(licences: ModuleType) -> None:
    """build.spec asks this of every module and every library it is about to ship."""
    shipped = ("sqlalchemy.orm", "PySide6/QtCore.abi3.so", "lxml\\etree.pyd", "json", "ui.app")
    assert licences.without_texts(shipped) == set()
    assert licences.without_texts((*shipped, "hypothesis.core")) == {"hypothesis"}


def test_nothing_shipped_binds_the_whole_program(licences: ModuleType) -> None:
    """GPL or AGPL alone would; Qt is taken by its LGPL, the boot loader by its exception."""
    for each in licences.components():
        bound = re.search(r"A?GPL", each.licence) and not re.search(
            r"LGPL|exception", each.licence, re.IGNORECASE
        )
        assert not bound, f"{each.name}: {each.licence}"


def test_every_font_stands_beside_its_licence() -> None:
    fonts = ROOT / "resources" / "fonts"
    texts = {each.name.split("-")[0] for each in fonts.glob("*.txt")}
    assert {each.stem.split("-")[0] for each in fonts.glob("*.ttf")} <= texts
