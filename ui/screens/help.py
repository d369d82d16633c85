"""帮助: short Chinese pages; F1 opens the one of the screen in sight."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, Qt, QTimer, Slot
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QScrollArea,
    QSizePolicy,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from lanling_desktop import paths
from ui import theme
from ui.session import Session
from ui.widgets.pages import Page

PAGES = (
    ("first", "开始使用"),
    ("register", "登记与查找"),
    ("import", "导入与导出"),
    ("attachments", "照片与附件"),
    ("hall", "红色议事厅"),
    ("grids", "网格与组织树"),
    ("staff", "队伍与共建"),
    ("pay", "工资与薪酬方案"),
    ("print", "打印与归档"),
    ("backups", "备份与恢复"),
    ("safety", "数据安全"),
    ("privacy", "个人信息"),
    ("licences", "第三方许可"),
)
_TOPICS = {
    "today": "first",
    "hall": "hall",
    "meeting_hall": "hall",
    "hall_meeting": "hall",
    "action_item": "hall",
    "visitor_reception": "hall",
    "hall_figures": "hall",
    "follow_up": "hall",
    "first": "first",
    "tree": "grids",
    "grid": "grids",
    "grid_worker": "grids",
    "community_worker": "staff",
    "red_secretary": "staff",
    "pay": "pay",
    "pay_run": "pay",
    "grade_decision": "pay",
    "salary_scheme": "pay",
    "contribution_rate": "pay",
    "contribution_base": "pay",
    "tax_deduction": "pay",
    "tax_opening": "pay",
    "pay_item": "pay",
    "performance_score": "pay",
    "pay_absence": "pay",
    "pay_history": "pay",
    "resident_unit": "staff",
    "part_time_member": "staff",
    "papers": "print",
    "preview": "print",
    "settings": "safety",
    "correction": "privacy",
    "disposal": "privacy",
    "retention_period": "privacy",
    "backups": "backups",
    "import": "import",
}


class HelpScreen(Page):
    """The pages at the left, the words at the right."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.page = ""
        self.text = QTextBrowser(self)
        self.text.setOpenLinks(False)
        self.text.setAccessibleName("帮助正文")
        self.text.setFrameShape(QTextBrowser.Shape.NoFrame)
        self._group = QButtonGroup(self)
        titles = QWidget(self)
        column = QVBoxLayout(titles)
        column.setContentsMargins(0, 0, theme.px(8), 0)
        column.setSpacing(theme.px(8))
        self.buttons = {}
        for key, title in PAGES:
            button = theme.button(title, "plain", parent=self)
            button.setCheckable(True)
            button.clicked.connect(partial(self.show_page, key))
            self._group.addButton(button)
            self.buttons[key] = button
            column.addWidget(button)
        column.addStretch(1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(*[theme.px(16)] * 4)
        layout.setSpacing(theme.px(16))
        self._area = area = QScrollArea(
            self
        )  # at a large text size they are more than a low screen holds
        area.setWidget(titles)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Expanding)
        layout.addWidget(area)
        layout.addWidget(self.text, 1)
        self.show_page("first")
        # When the style is through: it gives the words a font of its own.
        self._again = QTimer(self, singleShot=True, interval=0)
        self._again.timeout.connect(self._set_anew)

    def begin(self) -> None:
        """The focus into the words, so that arrows scroll."""
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def changeEvent(self, event: QEvent) -> None:
        """Set anew at another text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_again"):
            self._again.start()

    @Slot()
    def _set_anew(self) -> None:
        self.show_page(self.page)

    def regions(self) -> list[QWidget]:
        """The words, for F6."""
        return [self.text]

    def show_topic(self, topic: str) -> None:
        """The page that belongs to a screen."""
        self.show_page(_TOPICS.get(topic, "register"))

    def show_page(self, key: str, _checked: bool = False) -> None:
        """One of the pages."""
        self.page = key
        self.buttons[key].setChecked(True)
        self._area.ensureWidgetVisible(self.buttons[key])
        self.text.clear()  # heads keep the sizes of the font they were set in
        self.text.document().setDefaultFont(theme.font(theme.RAIL_PT))
        self.text.document().setDocumentMargin(theme.px(16))
        self.text.setMarkdown(paths.resource(f"help/{key}.md").read_text(encoding="utf-8"))
