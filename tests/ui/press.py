"""The print process' acts in this process, for tests that put printers of their own in the way."""

from __future__ import annotations

from types import TracebackType
from typing import Any

from ui import printer
from ui.widgets.work import Progress


class PrintHere:
    """Stands for `ui.print_process.PrintProcess`."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress

    def __enter__(self) -> PrintHere:
        return self

    def ask(self, act: str, *given: Any, patient: bool = False) -> Any:
        if act == "names":
            return printer.names()
        return getattr(printer, act)(*given, self._progress.step)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        pass
