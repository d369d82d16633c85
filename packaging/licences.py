"""The licence texts of everything the frozen program ships, read off the installed distributions.

Used by build.spec; a test finds the folder complete. PySide6's wheels carry no texts: Qt's are
kept in packaging/licenses, with Python's own.
"""

from __future__ import annotations

import re
import shutil
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.metadata import (
    Distribution,
    PackageNotFoundError,
    distribution,
    packages_distributions,
)
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
_TEXT = re.compile(r"(licen[cs]e|copying|notice|authors)[^/]*$", re.IGNORECASE)
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
OF_QT = {"pyside6-essentials", "shiboken6"}
OURS = "lanling-desktop"


@dataclass(frozen=True)
class Component:
    """One thing that is shipped: its name, version, licence in a word, and the texts."""

    name: str
    version: str
    licence: str
    texts: tuple[Path, ...]


def components() -> list[Component]:
    """Every distribution the program depends on at run time, with the boot loader."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    found: dict[str, Distribution] = {}
    for each in project["dependencies"]:
        _walk(each, found)
    found["pyinstaller"] = distribution("pyinstaller")
    return [_component(name, found[name]) for name in sorted(found)]


def without_texts(modules: Iterable[str]) -> set[str]:
    """Of the modules and files of a bundle, the distributions whose texts are not gathered."""
    known = {each.name for each in components()} | {OURS}
    owners = packages_distributions()
    found: set[str] = set()
    for top in {re.split(r"[./\\]", each)[0] for each in modules}:
        whose = {_normal(each) for each in owners.get(top, ())}
        if not whose & known:
            found |= whose
    return found


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _walk(requirement: str, found: dict[str, Distribution]) -> None:
    matched = _NAME.match(requirement)
    assert matched is not None, requirement
    name = _normal(matched.group())
    if name in found or "extra ==" in requirement:
        return
    try:
        found[name] = distribution(name)
    except PackageNotFoundError:  # wanted on other systems or older Pythons only
        return
    for each in found[name].requires or ():
        _walk(each, found)


def _component(name: str, of: Distribution) -> Component:
    said = of.metadata
    classified = [
        each.rsplit(" :: ", 1)[-1] for each in said.get_all("Classifier") or () if "License" in each
    ]
    licence = said.get("License-Expression") or (said.get("License") or "").splitlines()[:1]
    word = licence if isinstance(licence, str) else (licence[0] if licence else "")
    texts = tuple(_qt_texts() if name in OF_QT else _texts(of))
    return Component(name, of.version, word or "; ".join(classified), texts)


def _qt_texts() -> Iterator[Path]:
    yield from (HERE / "licenses" / each for each in ("LGPL-3.0.txt", "GPL-3.0.txt"))


def _texts(of: Distribution) -> Iterator[Path]:
    for each in of.files or ():
        path = Path(str(of.locate_file(each)))
        if (
            "dist-info" in each.as_posix()
            and path.is_file()
            and ("/licenses/" in each.as_posix() or _TEXT.search(each.as_posix()))
        ):
            yield path


def gather(target: Path) -> Path:
    """Write all texts and the notice below `target`, which is made anew; returns it."""
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    shutil.copy(ROOT / "LICENSE", target / "LICENSE.txt")
    for each in (HERE / "licenses").iterdir():
        shutil.copy(each, target / each.name)
    lines = [(HERE / "notice.txt").read_text(encoding="utf-8").rstrip()]
    for each in components():
        lines.append(f"  {each.name} {each.version}  {each.licence}")
        if each.name in OF_QT:
            continue
        for at, text in enumerate(each.texts):
            suffix = "" if text.suffix == ".txt" else ".txt"
            shutil.copy(text, target / f"{each.name}-{at}-{text.name}{suffix}")
    (target / "NOTICE.txt").write_text("\r\n".join("\n".join(lines).splitlines()) + "\r\n", "utf-8")
    return target
