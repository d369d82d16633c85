"""设置: the unit, who is at the desk, the text size, the data folder, a backup, the holidays."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QEvent, Qt, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from lanling_desktop.core import code_tables, holidays
from lanling_desktop.core.acts import RejectedError
from lanling_desktop.core.errors import OfficeError
from lanling_desktop.core.field import Field, Kind
from lanling_desktop.core.records import fields_of
from lanling_desktop.organisation.rules import FEWEST_LINKED, MOST_LINKED
from ui import files, theme
from ui.preferences import SCALES
from ui.screens.password_settings import PasswordSettings
from ui.session import Session
from ui.widgets.boxes import TextBox
from ui.widgets.form import Form
from ui.widgets.pages import Page, buttons, words
from ui.widgets.work import Progress

_SECTIONS = (
    (
        "单位",
        (
            ("unit", Field("单位名称", help="印在表格的“单位（盖章）”处")),
            (
                "community",
                Field("默认社区", Kind.LINK, link="community", help="新登记的记录归这个社区"),
            ),
            ("actor", Field("录入员姓名", required=True, help="写进操作记录")),
        ),
    ),
    (
        "党员中心户联系党员数",
        (
            (FEWEST_LINKED[0], Field("最少", Kind.INTEGER, help="少于它的列入“联系党员不足”")),
            (MOST_LINKED[0], Field("最多", Kind.INTEGER, help="超过它时提醒，不拦")),
        ),
    ),
)


def _sections(*, named: bool) -> list[tuple[str, list[tuple[str, Field]]]]:
    """The form's sections; where an account says who is at the desk, it is not asked for."""
    return [
        (title, [(key, said) for key, said in fields if key != "actor" or not named])
        for title, fields in _SECTIONS
    ]


class SettingsScreen(Page):
    """Every setting of the office on one page."""

    renamed = Signal()
    help_topic = "settings"

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        desk = session.office.desk
        community = str(desk.get("community", "") or "")
        self.form = Form(
            _sections(named=session.office.keyring is not None),
            {
                "unit": desk.get("unit", ""),
                "community": community,
                "actor": session.office.actor,
                **{key: desk.get(key, default) for key, default in (FEWEST_LINKED, MOST_LINKED)},
            },
            texts={"community": self._title_of(community)},
            lookup=session.office.lookup,
            today=lambda: session.office.today,
            parent=self,
        )
        self.form.submitted.connect(self._save)
        self.form.body.show_whole()
        self._inner = QWidget()
        self._column = QVBoxLayout(self._inner)
        self._column.setContentsMargins(*[theme.px(12)] * 4)
        self._column.setSpacing(theme.px(12))
        self._column.addWidget(words("设置", "head"))
        self._column.addWidget(self.form)
        save = theme.button("保存设置", "primary", parent=self)
        save.clicked.connect(self.form.submit)
        self._column.addLayout(buttons(save))
        self._sizes()
        self.passwords = PasswordSettings(session, self)
        self._column.addWidget(self.passwords)
        self._folder()
        self._holidays()
        self._tables()
        self._column.addStretch(1)
        self._fit()
        area = QScrollArea(self)
        area.setWidget(self._inner)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(area)

    def begin(self) -> None:
        """The focus into the first box."""
        self.form.jump("unit")

    def changeEvent(self, event: QEvent) -> None:
        """Room for the boxes at another text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_inner"):
            self._fit()
            self._mark_size()

    def _fit(self) -> None:
        self._inner.setMaximumWidth(theme.px(760))
        self.notice.setFixedHeight(theme.px(96))

    def regions(self) -> list[QWidget]:
        """The page, for F6."""
        return [self._inner]

    def _title_of(self, community: str) -> str:
        try:
            return self._session.office.read("community", community).title if community else ""
        except OfficeError:
            return ""

    def _sizes(self) -> None:
        self._column.addWidget(words("文字大小(Ctrl++、Ctrl+-)", "section"))
        self.sizes = []
        for scale in SCALES:
            button = theme.button(f"{scale}%", "plain", parent=self)
            button.setAccessibleName(f"文字 {scale}%")
            button.setObjectName(str(scale))
            button.setCheckable(True)
            button.clicked.connect(self._size_chosen)
            self.sizes.append(button)
        self._column.addLayout(buttons(*self.sizes))
        self._mark_size()

    def _folder(self) -> None:
        self._column.addWidget(words("数据文件与备份", "section"))
        path = words(str(self._session.office.path), "")
        path.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._column.addWidget(path)
        self.open_folder = theme.button("打开文件夹", "plain", parent=self)
        self.open_folder.clicked.connect(self._open_folder)
        self.backup = theme.button("备份与恢复(Ctrl+Shift+B)", "plain", parent=self)
        self.backup.clicked.connect(self._session.backups_requested)
        self.copy = theme.button("另存一份数据文件…", "plain", parent=self)
        self.copy.clicked.connect(self._choose_backup)
        self._column.addLayout(buttons(self.open_folder, self.backup, self.copy))
        self.backed_up = words(self._backup_words(), "quiet")
        self._column.addWidget(self.backed_up)

    def _holidays(self) -> None:
        self._column.addWidget(words("放假安排", "section"))
        self.years = words("", "quiet")
        self._column.addWidget(self.years)
        self.notice = TextBox(self)
        self.notice.setAccessibleName("放假通知")
        self.notice.setPlaceholderText("把国务院办公厅的节假日安排通知全文粘贴到这里")
        self._column.addWidget(self.notice)
        read = theme.button("读取通知", "plain", parent=self)
        read.clicked.connect(self.read_notice)
        self._column.addLayout(buttons(read))
        self._show_years()

    def _tables(self) -> None:
        self._column.addWidget(words("代码表(选单里的词，用顿号隔开，先后就是次序)", "section"))
        office, said = self._session.office, fields_of(code_tables.CodeTable)["words"]
        tables = code_tables.shipped().values()
        self.tables = Form(
            [
                (
                    "",
                    [
                        (
                            each.key,
                            replace(said, label=each.title, help="", required=each.least > 0),
                        )
                        for each in tables
                    ],
                )
            ],
            {each.key: "、".join(code_tables.words_now(office, each.key)) for each in tables},
            parent=self,
        )
        self.tables.body.show_whole()
        self.tables.submitted.connect(self._save_tables)
        self._column.addWidget(self.tables)
        save = theme.button("保存代码表", "plain", parent=self)
        save.clicked.connect(self.tables.submit)
        self._column.addLayout(buttons(save))

    @Slot()
    def _save_tables(self) -> None:
        changed = None
        for key, typed in self.tables.values().items():
            try:
                done = code_tables.put(self._session.office, key=key, words=str(typed or ""))
            except RejectedError as refused:
                for each in refused.problems:
                    self.tables.set_problem(each.key, each.words)
                return
            changed = done or changed
        self.tables.set_clean()
        said = f"已{changed.title}" if changed else "没有改动，不用保存"
        self._session.notifier.say(said, undo=changed is not None)

    def _show_years(self) -> None:
        years = "、".join(str(each) for each in holidays.known(self._session.office.desk).years)
        self.years.setText(f"已有年份：{years or '无'}；没有的年份按周一至周五估算")

    @Slot()
    def _save(self) -> None:
        said = self.form.values()
        office = self._session.office
        desk = office.desk
        desk.put("unit", said["unit"] or "")
        desk.put("community", said["community"] or "")
        desk.put("community_name", self._title_of(said["community"] or ""))
        for key, default in (FEWEST_LINKED, MOST_LINKED):
            desk.put(key, int(said[key] or default))
        if office.keyring is None:  # else the account says who it is
            desk.put("actor", said["actor"])
            office.actor = said["actor"]
        self.form.set_clean()
        self.renamed.emit()
        self._session.notifier.say("已保存设置")

    def _mark_size(self) -> None:
        for each in self.sizes:
            each.setChecked(each.objectName() == str(theme.scale()))

    @Slot()
    def _size_chosen(self) -> None:
        deeds = getattr(self.window(), "set_scale", None)
        if deeds is not None:
            deeds(int(self.sender().objectName()))
        self._mark_size()

    @Slot()
    def _open_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._session.office.path.parent)))

    @Slot()
    def _choose_backup(self) -> None:
        office = self._session.office
        name = f"{office.path.stem}.备份-{office.clock.now():%Y%m%d-%H%M}{office.path.suffix}"
        chosen = files.ask_save(self, "备份到", self._session.settings, name, files.OFFICE)
        if chosen:
            self.back_up(chosen)

    def back_up(self, target: Path) -> None:
        """Copy the office file, checked, to `target`, its attachments beside it."""
        from lanling_desktop.opening import backup_office

        office = self._session.office

        def job(_progress: Progress) -> None:
            backup_office(office, target)
            office.desk.put("last_backup", office.clock.stamp())

        def done(_result: None) -> None:
            self.backed_up.setText(self._backup_words())
            self.renamed.emit()
            self._session.notifier.say(f"已备份到 {target.name}，并检查无误")

        def failed(error: BaseException) -> None:
            from ui.crash import say_or_report

            say_or_report(self._session.notifier, error)

        self._session.worker.run(job, done, failed, text="正在备份")

    def _backup_words(self) -> str:
        stamp = str(self._session.office.desk.get("last_backup", "") or "")
        return f"上次备份：{stamp[:16]}" if stamp else "尚未备份"

    @Slot()
    def read_notice(self) -> None:
        """Take in the pasted notice."""
        try:
            year = holidays.keep(self._session.office.desk, self.notice.toPlainText())
        except OfficeError as error:
            self._session.notifier.trouble(error)
            return
        self.notice.clear()
        self._show_years()
        self._session.notifier.say(f"已读取 {year.year} 年放假安排，共 {len(year.off)} 天")
