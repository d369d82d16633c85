"""`python -m tests.fuzz importer [libFuzzer options]`; needs atheris, which the project does not.

Finds are written to build/fuzz; one that is mended goes into the corpus, so that it is read again.
"""

from __future__ import annotations

import importlib.util
import sys
import warnings
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FOUND = ROOT / "build" / "fuzz"


def main(words: list[str]) -> int:
    if words[:1] != ["importer"]:
        print("usage: python -m tests.fuzz importer [-max_total_time=1200 …]")
        return 2
    if importlib.util.find_spec("atheris") is None:
        print("atheris is not installed: `pip install atheris` in an environment of its own")
        return 2
    import atheris

    with atheris.instrument_imports(include=["lanling_desktop"]):
        from tests.fuzz import importer

    warnings.simplefilter("error")  # as in the tests
    work = FOUND / "importer"
    work.mkdir(parents=True, exist_ok=True)
    for name, data in importer.seeds().items():
        (work / f"seed_{name}").write_bytes(data)
    options = ["-rss_limit_mb=3000", "-timeout=30", f"-artifact_prefix={FOUND}/"]
    atheris.Setup(
        [sys.argv[0], *options, *words[1:], str(work), str(importer.CORPUS)], importer.one
    )
    atheris.Fuzz()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
