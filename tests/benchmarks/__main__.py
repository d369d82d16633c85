"""Every benchmark in one table: figure, promise, value. `python -m tests.benchmarks [NAME …]`.

Sizes: LANLING_BENCH_PERSONS (1,000,000), LANLING_BENCH_ROWS (5,000), LANLING_BENCH_IMPORT (10,000).
"""

from __future__ import annotations

import os
import sys
from importlib import import_module
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


def main(wanted: list[str]) -> int:
    """Run the benchmarks named, or all; 1 when a promise is broken."""
    names = sorted(path.stem for path in Path(__file__).parent.glob("bench_*.py"))
    kept = True
    print(f"{'':2}{'value':>12}  {'promise':<10} figure")
    for name in names:
        if wanted and name.removeprefix("bench_") not in wanted:
            continue
        for figure, promise, value, held in import_module(f"tests.benchmarks.{name}").measure():
            kept = kept and held
            print(f"{'  ' if held else '!!'}{value:12.2f}  {promise:<10} {figure}", flush=True)
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
