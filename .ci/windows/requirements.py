"""Print the requirements of the program and of its tests, one a line, out of pyproject.toml."""

import sys
import tomllib
from pathlib import Path

LINT = ("mypy", "ruff", "import-linter")  # the same on every system: not run again under wine


def main(pyproject: Path) -> None:
    """Print them."""
    project = tomllib.loads(pyproject.read_text(encoding="utf-8"))["project"]
    for each in (*project["dependencies"], *project["optional-dependencies"]["dev"]):
        if not each.startswith(LINT):
            print(each)
    print("colorama\npefile\npywin32-ctypes")  # what pytest and PyInstaller want besides on Windows


main(Path(sys.argv[1]))
