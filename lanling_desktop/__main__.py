"""`python -m lanling_desktop`: the window, or the same work without one (design.md 6)."""

from __future__ import annotations

import sys


def main(arguments: list[str]) -> int:
    """Do what the arguments ask; open the window when they ask for nothing else."""
    try:
        return _main(arguments)
    except (ImportError, FileNotFoundError) as trouble:
        from lanling_desktop import wholeness

        said = wholeness.explained(trouble)
        if not said:
            raise
        wholeness.say(said)
        return 1


def _main(arguments: list[str]) -> int:
    from lanling_desktop import command_line

    if command_line.concerns(arguments):
        return command_line.main(arguments)
    if "--selftest" in arguments:
        from ui import selftest

        return selftest.main(arguments)
    from ui import app

    return app.main(arguments)


if __name__ == "__main__":
    if getattr(sys, "frozen", False):  # a frozen program's other processes begin here too
        from multiprocessing import freeze_support

        freeze_support()
    sys.exit(main(sys.argv[1:]))
