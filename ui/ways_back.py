"""From a damaged office back to an open one: what the pages of `unopened` ask for is done here."""

from __future__ import annotations

import weakref
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from lanling_desktop import opening
from lanling_desktop.safety import damage
from lanling_desktop.safety.damage import NotOpenedError
from lanling_desktop.safety.restore import Wish
from ui.screens.unopened import BehindPage, DamagedPage, TakenPage, Way

if TYPE_CHECKING:
    from ui.app import Program

_ASIDE = "坏的数据文件另存在旁边，名字里有“恢复前”"


class Ways(QObject):
    """Stands between the page that is shown and the file."""

    def __init__(self, program: Program, trouble: NotOpenedError) -> None:
        super().__init__(program)
        self._program = weakref.proxy(program)  # no ring of references, as in `closed_work`
        self._trouble = trouble
        self.page = page = program.window.show_unopened(trouble)
        if isinstance(page, BehindPage):
            page.catch_up_requested.connect(self._catch_up)
            page.as_is_requested.connect(self._as_is)
        elif isinstance(page, TakenPage):
            page.look_requested.connect(self._look)
            page.cancelled.connect(program.window.close)
        elif isinstance(page, DamagedPage):
            page.rebuild_requested.connect(self._rebuild)
            page.file_requested.connect(self._from_file)
            page.look_requested.connect(self._look)

    @Slot()
    def _catch_up(self) -> None:
        path, key = self._trouble.path, self._trouble.key
        self._program.closed.change(
            lambda: opening.catch_up_office(path, key=key), "正在补回操作", "已补回，一项不少"
        )

    @Slot()
    def _as_is(self) -> None:
        path, key = self._trouble.path, self._trouble.key
        self._program.closed.change(
            lambda: opening.open_office(path, key=key, as_is=True).close(),
            "正在打开",
            "已按现在的样子打开；缺的操作还在操作流水里，可在“备份与恢复”里找回",
        )

    @Slot(object)
    def _rebuild(self, way: Way) -> None:
        path, key = self._trouble.path, self._trouble.key
        wish = Wish(way.backup.path, replayed=bool(way.acts))
        count = f"，并补回 {len(way.acts)} 项操作" if way.acts else ""
        self._program.closed.change(
            lambda: opening.restore_office(way.backup.path, path, key=key, wish=wish),
            "正在恢复",
            f"已从备份恢复{count}。{_ASIDE}",
        )

    @Slot(object)
    def _from_file(self, source: Path) -> None:
        path, key = self._trouble.path, self._trouble.key
        acts = damage.acts_after(source, path, key=key)
        wish = Wish(source, replayed=bool(acts))
        count = f"，并补回 {len(acts)} 项操作" if acts else ""
        self._program.closed.change(
            lambda: opening.restore_office(source, path, key=key, wish=wish),
            "正在恢复",
            f"已恢复{count}。{_ASIDE}",
        )

    @Slot()
    def _look(self) -> None:
        self._program.window.wait_bare("正在打开")
        assert self._program.opener is not None
        self._program.opener.look(self._trouble)
