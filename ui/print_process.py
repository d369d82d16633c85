"""The printers in a process of their own: a driver that hangs or falls takes no window with it.

Qt holds Python's lock while it waits for a driver, so no thread would do. The process is begun
anew for each print, by spawning as on Windows, and ended with it.
"""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from types import TracebackType
from typing import Any

from lanling_desktop.core.errors import OfficeError
from ui.widgets.work import Progress

_LOOK, _SLOW, _END = 0.1, 8.0, 3.0  # seconds
GIVE_UP = 120.0
"""Seconds without a page after which a printer is taken for silent."""
_FELL = "的驱动程序出错退出了"
_context = multiprocessing.get_context("spawn")


class PrintProcess:
    """Acts of `ui.printer` by name, each waited for without holding anybody up.

    Use it in a worker's job, as a context: `Progress` carries how far it is, and the wish to stop.
    """

    def __init__(self, progress: Progress) -> None:
        self._progress = progress

    def __enter__(self) -> PrintProcess:
        self._answers, answering = _context.Pipe(duplex=False)
        taking, self._wishes = _context.Pipe(duplex=False)
        self._child = _context.Process(target=serve, args=(taking, answering), daemon=True)
        self._child.start()
        taking.close()
        answering.close()
        return self

    def ask(self, act: str, *given: Any, patient: bool = False) -> Any:
        """Do an act of `ui.printer`; a `patient` one waits for a clerk and not for a driver.

        Raises `OfficeError` when the printer does not answer, `Cancelled` when that was wished.
        """
        try:
            self._wishes.send((act, given))
        except OSError as gone:
            raise _silent(_FELL) from gone
        heard, state = time.monotonic(), (0, 0, "")
        while True:
            self._progress.step(*state)
            if self._answers.poll(_LOOK):
                kind, said = self._hear()
                heard = time.monotonic()
                if kind == "step":
                    state = said
                elif kind == "done":
                    return said
                else:
                    raise said if kind == "trouble" else RuntimeError(said)
            elif not self._child.is_alive():  # not every system closes the pipe with the process
                raise _silent(_FELL)
            waited = time.monotonic() - heard
            if not patient and waited > GIVE_UP:
                raise _silent(f" {waited:.0f} 秒没有应答")
            if not patient and waited > _SLOW:
                state = (*state[:2], f"打印机 {waited:.0f} 秒没有应答，可按 Esc 取消")

    def _hear(self) -> tuple[str, Any]:
        try:
            heard: tuple[str, Any] = self._answers.recv()
        except (EOFError, OSError) as gone:
            raise _silent(_FELL) from gone
        return heard

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._wishes.close()  # the other side gives its job up, or ends
        self._child.join(_END)
        if self._child.is_alive():
            self._child.terminate()
            self._child.join(_END)
        if self._child.is_alive():
            self._child.kill()
            self._child.join()
        self._answers.close()
        self._child.close()


class _GoneError(Exception):
    """Nobody waits for the print any more."""


def serve(taking: Connection, answering: Connection) -> None:
    """The other process: do what is asked until nobody asks."""
    from PySide6.QtWidgets import QApplication

    from ui import printer

    application = QApplication.instance() or QApplication(["lanling"])

    def step(done: int, total: int, words: str) -> None:
        if taking.poll():  # nothing more is asked during an act: the way is closed
            raise _GoneError
        answering.send(("step", (done, total, words)))

    acts: dict[str, Callable[..., Any]] = {
        "names": printer.names,
        "print_on": lambda *given: printer.print_on(*given, step),
        "print_by_dialog": lambda *given: printer.print_by_dialog(*given, step),
    }
    while True:
        try:
            act, given = taking.recv()
        except (EOFError, OSError):
            break
        try:
            answering.send(("done", acts[act](*given)))
        except _GoneError:
            break
        except OfficeError as trouble:
            answering.send(("trouble", trouble))
        except Exception as error:
            import traceback

            answering.send(("bug", "".join(traceback.format_exception(error))))
    del application


def _silent(why: str) -> OfficeError:
    return OfficeError(
        f"打印机{why}，这一份没有打出来",
        "这份表已存进“打印与归档”，没有丢",
        "请看看打印机是否开机、联机、有纸，再到“打印与归档”重印；也可以换一台打印机",
    )
