"""The look in one place: colours, sizes, fonts, icons and the one style sheet made of them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from PySide6.QtCore import (
    QByteArray,
    QEvent,
    QLibraryInfo,
    QLocale,
    QObject,
    QSize,
    Qt,
    QTranslator,
)
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontDatabase,
    QIcon,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
    QPixmap,
    QPixmapCache,
    QShortcutEvent,
)
from PySide6.QtWidgets import QApplication, QPushButton, QStyleFactory, QWidget

from lanling_desktop import paths

Role = QPalette.ColorRole


@dataclass(frozen=True, slots=True)
class Token:
    """A colour of the look, and the system colour that stands for it in high contrast."""

    hex: str
    system: QPalette.ColorRole


INK = Token("#1F2328", Role.WindowText)
QUIET = Token("#5B6068", Role.WindowText)
PAPER = Token("#FFFFFF", Role.Base)
STRIPE = Token("#FBFAF7", Role.Base)
GROUND = Token("#F7F5F1", Role.Window)
RAIL = Token("#EFEBE3", Role.Window)
RAIL_HOVER = Token("#E6E0D4", Role.Window)
LINE = Token("#DDD6C9", Role.Mid)
BORDER = Token("#8C857A", Role.WindowText)
RED = Token("#A61E22", Role.Highlight)
RED_DARK = Token("#8A1519", Role.Highlight)
ON_RED = Token("#FFFFFF", Role.HighlightedText)
BLUE = Token("#1F4E79", Role.Link)
AMBER = Token("#8A5A00", Role.WindowText)
GREEN = Token("#1E6B3A", Role.WindowText)
SELECTION = Token("#F6E3DF", Role.Highlight)
ON_SELECTION = Token("#1F2328", Role.HighlightedText)
TODAY = Token("#FBE7C6", Role.Base)
DISABLED = Token("#6F747B", Role.WindowText)

TEXT, MARK = 4.5, 3.0  # WCAG 2.2 AA: words; controls, icons and focus rings
# Every pair that meets on a screen: what is read, what it stands on, the contrast it needs.
PAIRS: tuple[tuple[Token, Token, float], ...] = (
    *((INK, ground, TEXT) for ground in (PAPER, STRIPE, GROUND, RAIL, RAIL_HOVER, TODAY)),
    *((QUIET, ground, TEXT) for ground in (PAPER, STRIPE, GROUND, RAIL, RAIL_HOVER, SELECTION)),
    *((RED, ground, TEXT) for ground in (PAPER, STRIPE, GROUND, RAIL, SELECTION)),
    *((BLUE, ground, TEXT) for ground in (PAPER, GROUND, RAIL, SELECTION)),
    *((AMBER, ground, TEXT) for ground in (PAPER, GROUND, RAIL, TODAY, SELECTION)),
    *((GREEN, ground, TEXT) for ground in (PAPER, GROUND, RAIL, SELECTION)),
    (ON_SELECTION, SELECTION, TEXT),
    (ON_RED, RED, TEXT),
    (ON_RED, RED_DARK, TEXT),
    (ON_RED, BLUE, TEXT),
    (DISABLED, PAPER, TEXT),
    (DISABLED, GROUND, MARK),
    (BORDER, PAPER, MARK),
    (BORDER, GROUND, MARK),
    (BORDER, RAIL, MARK),
)

ROW, CONTROL, RAIL_WIDTH, PANEL_WIDTH, ICON = 32, 32, 184, 400, 20
BODY_PT, RAIL_PT, HEAD_PT = 10.0, 11.0, 13.5
SCALES = (100, 115, 130, 150, 175, 200)
_FONTS = (
    "NotoSansSC-Regular.ttf",
    "NotoSansSC-Medium.ttf",
    "NotoSansSC-Bold.ttf",
    "NotoSerifSC-Regular.ttf",  # the last two hold the rare characters of names, as on paper
    "HanaMinB.ttf",
)
_held: list[QObject] = []  # wrappers PySide would drop, and their connections with them
_FALLBACK = (
    "Noto Sans SC",
    "Microsoft YaHei UI",
    "Microsoft YaHei",
    "Noto Sans CJK SC",
    "Noto Serif SC",
    "HanaMinB",
)


def apply(app: QApplication, scale: int = 100, *, contrast: bool | None = None) -> None:
    """Dress the program; called again when the text scale or the system's contrast changes."""
    scale = max(100, min(200, scale))
    high = _system_wants_contrast(app) if contrast is None else contrast
    app.setProperty("office_scale", scale)
    app.setProperty("office_contrast", high)
    if app.property("office_dressed") is None:
        app.setProperty("office_dressed", True)
        app.setStyle(QStyleFactory.create("Fusion"))
        app.setWindowIcon(QIcon(str(paths.resource("icon.ico"))))
        _speak_chinese(app)
        _load_fonts()
        _follow_contrast(app)
    hints = app.styleHints()
    if high:
        hints.unsetColorScheme()
        app.setPalette(_system_palette())
    else:
        hints.setColorScheme(Qt.ColorScheme.Light)
        app.setPalette(_palette())
    app.setFont(font(BODY_PT))
    app.setStyleSheet(_sheet(high))


def _system_palette() -> QPalette:
    return QPalette()  # one without colours: the system's own show through


def scale() -> int:
    """The text scale in force, 100 to 200."""
    app = QApplication.instance()
    return int(app.property("office_scale") or 100) if app else 100


def px(size: float) -> int:
    """A length of the look at the text scale in force."""
    return round(size * scale() / 100)


def high_contrast() -> bool:
    """Whether the system's own colours are in force."""
    app = QApplication.instance()
    return bool(app.property("office_contrast")) if app else False


def colour(token: Token) -> QColor:
    """A colour to paint with, the system's own one in high contrast."""
    return QApplication.palette().color(token.system) if high_contrast() else QColor(token.hex)


def font(points: float, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    """The screen font at a size of the look, at the text scale in force, with tabular figures."""
    return QFont(_font(points * scale() / 100, weight))


@cache
def _font(points: float, weight: QFont.Weight) -> QFont:
    made = QFont()
    made.setFamilies([*dict.fromkeys((*_families(), *QFont().families()))])
    made.setPointSizeF(points)
    made.setWeight(weight)
    made.setFeature(QFont.Tag("tnum"), 1)
    return made


def contrast_ratio(one: Token, other: Token) -> float:
    """WCAG 2.2 contrast of two colours."""
    light, dark = sorted((_luminance(one.hex), _luminance(other.hex)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def icon(name: str, token: Token = INK, size: int = ICON) -> QIcon:
    """One of our own line icons in a colour of the look."""
    made = QIcon()
    for mode, tone in ((QIcon.Mode.Normal, token), (QIcon.Mode.Disabled, DISABLED)):
        for factor in (1.0, 1.25, 1.5, 2.0):
            made.addPixmap(_drawn(name, colour(tone), round(px(size) * factor)), mode)
    return made


def picture(name: str, token: Token, ratio: float = 1.0, size: int = ICON) -> QPixmap:
    """An icon to paint at its size on a screen of that pixel ratio."""
    made = QPixmap(_drawn(name, colour(token), round(px(size) * ratio)))
    made.setDevicePixelRatio(ratio)
    return made


def icon_size(size: int = ICON) -> QSize:
    """The size icons are shown at."""
    return QSize(px(size), px(size))


def button(
    text: str, kind: str = "plain", *, key: str = "", parent: QWidget | None = None
) -> QPushButton:
    """A button: `primary` is the one act of a place, `plain`, `quiet` without a box, `link`.

    `key` is the shortcut that presses it, said in its words.
    """
    shown = key.replace("Left", "←").replace("Right", "→")
    words = f"{text}({shown})" if key else text
    made = _PrimaryButton(words, parent) if kind == "primary" else _Button(words, parent)
    made.setProperty("kind", kind)
    made.setAutoDefault(False)
    if key:
        made.setShortcut(key)
        made.setAccessibleName(text)
        made.setToolTip(words)
    if kind == "link":
        made.setCursor(Qt.CursorShape.PointingHandCursor)
    return made


class _Button(QPushButton):
    """Its key acts at once; Qt's own button shows itself pressed for 100 ms before."""

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QShortcutEvent) and not event.isAmbiguous():
            self.click()
            return True
        return super().event(event)


class _PrimaryButton(_Button):
    """Its focus ring is white, inside the red."""

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.hasFocus() and not high_contrast():
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(colour(ON_RED), 2))
            painter.drawRoundedRect(self.rect().adjusted(4, 4, -4, -4), 2, 2)
            painter.end()


def mark(widget: QWidget, name: str, value: object) -> None:
    """Set a property the style sheet looks at, and dress the widget anew when it changed."""
    if widget.property(name) != value:
        widget.setProperty(name, value)
        widget.style().unpolish(widget)
        widget.style().polish(widget)


def _system_wants_contrast(app: QApplication) -> bool:
    hints = app.styleHints()  # PySide drops what hangs on a wrapper nobody holds
    wish = hints.accessibility().contrastPreference()
    return wish == Qt.ContrastPreference.HighContrast


def _follow_contrast(app: QApplication) -> None:
    def dress(wish: Qt.ContrastPreference) -> None:
        apply(app, scale(), contrast=wish == Qt.ContrastPreference.HighContrast)

    hints = app.styleHints()
    wishes = hints.accessibility()
    wishes.contrastPreferenceChanged.connect(dress)
    _held.extend((hints, wishes))


def _speak_chinese(app: QApplication) -> None:
    QLocale.setDefault(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
    words = QTranslator(app)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    for each in (folder, str(paths.resource("translations"))):
        if words.load("qtbase_zh_CN", each):
            app.installTranslator(words)
            break
    left_out = QTranslator(app)  # what Qt's own Chinese leaves in English
    if left_out.load("left_out", str(paths.resource("translations"))):
        app.installTranslator(left_out)


@cache
def _families() -> tuple[str, ...]:
    return tuple(each for each in _FALLBACK if QFontDatabase.hasFamily(each))


def _load_fonts() -> None:
    for name in _FONTS:
        path = paths.resource(f"fonts/{name}")
        if path.is_file():
            QFontDatabase.addApplicationFont(str(path))
    _families.cache_clear()
    _font.cache_clear()


def _drawn(name: str, tone: QColor, side: int) -> QPixmap:
    from PySide6.QtSvg import QSvgRenderer

    key = f"lanling/{name}/{tone.name()}/{side}"
    known: QPixmap | None = QPixmapCache.find(key)  # type: ignore[call-overload]
    if known is not None:
        return known
    svg = _svg(paths.resource(f"icons/{name}.svg")).replace("currentColor", tone.name())
    made = QPixmap(side, side)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    QSvgRenderer(QByteArray(svg.encode())).render(painter)
    painter.end()
    QPixmapCache.insert(key, made)
    return made


@cache
def _svg(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def _luminance(colour_hex: str) -> float:
    parts = [int(colour_hex[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _palette() -> QPalette:
    made = QPalette()
    for role, token in (
        (Role.Window, GROUND),
        (Role.WindowText, INK),
        (Role.Base, PAPER),
        (Role.AlternateBase, STRIPE),
        (Role.Text, INK),
        (Role.Button, PAPER),
        (Role.ButtonText, INK),
        (Role.BrightText, ON_RED),
        (Role.Highlight, SELECTION),
        (Role.HighlightedText, ON_SELECTION),
        (Role.PlaceholderText, QUIET),
        (Role.Link, BLUE),
        (Role.LinkVisited, BLUE),
        (Role.ToolTipBase, PAPER),
        (Role.ToolTipText, INK),
        (Role.Light, PAPER),
        (Role.Midlight, RAIL),
        (Role.Mid, LINE),
        (Role.Dark, BORDER),
        (Role.Shadow, BORDER),
        (Role.Accent, RED),
    ):
        made.setColor(role, QColor(token.hex))
    for role in (Role.Text, Role.WindowText, Role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, role, QColor(DISABLED.hex))
    return made


def _sheet(high: bool) -> str:
    sizes: dict[str, float] = {
        "control": px(CONTROL) - 4,
        "row": px(ROW) - 1,
        "pad": px(9),
        "gap": px(4),
    }
    sizes |= {"cell": px(5), "head": px(8), "rail_head": px(26)}
    sizes["pad_focus"] = sizes["pad"] - 1
    points = {"body": BODY_PT, "rail": RAIL_PT, "head": HEAD_PT}
    sizes.update({f"{name}_pt": size * scale() / 100 for name, size in points.items()})
    if high:
        return _CONTRAST_SHEET % sizes
    tones = {
        name.lower(): token.hex for name, token in globals().items() if isinstance(token, Token)
    }
    return _SHEET % (tones | sizes)


_CONTRAST_SHEET = """
QLineEdit, QPlainTextEdit, QListView, QTableView, QTreeView {
  border: 1px solid palette(window-text); border-radius: 4px; }
QLineEdit { min-height: %(control)dpx; padding: 1px %(pad)dpx; }
QPlainTextEdit { padding: %(gap)dpx %(gap)dpx; }
QLineEdit:focus, QPlainTextEdit:focus, QListView:focus, QTreeView:focus {
  border: 2px solid palette(highlight); }
QLineEdit:focus { padding: 0 %(pad_focus)dpx; }
QPushButton {
  background: palette(button); color: palette(button-text); border-radius: 4px;
  border: 1px solid palette(button-text); min-height: %(control)dpx; padding: 1px %(pad)dpx; }
QPushButton:focus { border: 2px solid palette(highlight); padding: 0 %(pad_focus)dpx; }
QPushButton:checked { background: palette(highlight); color: palette(highlighted-text); }
QPushButton:disabled { border-style: dotted; }
QTableView { outline: 0; }
QLabel[kind="head"] { font-size: %(head_pt).2fpt; font-weight: 600; }
QFrame[kind="bar"], QFrame[kind="notice"], QFrame[kind="trouble"] {
  border: 1px solid palette(window-text); border-radius: 4px; }
QFrame[kind="bar"] QLabel, QFrame[kind="notice"] QLabel, QFrame[kind="trouble"] QLabel { border: 0; }
"""

_SHEET = """
QLineEdit, QPlainTextEdit, QListView, QTableView, QTreeView {
  background: %(paper)s; color: %(ink)s; border: 1px solid %(border)s; border-radius: 4px;
  selection-background-color: %(blue)s; selection-color: %(on_red)s; }
QTableView, QListView, QTreeView {
  selection-background-color: %(selection)s; selection-color: %(on_selection)s;
  border-color: %(line)s; gridline-color: %(line)s; alternate-background-color: %(stripe)s; }
QTableView, QListView, QTreeView { outline: 0; }
QTableView::item { padding: 0 %(cell)dpx; }
QTreeView::item { padding: %(cell)dpx; border: 0; }
QTreeView::item:selected { background: %(selection)s; color: %(on_selection)s; }
QCalendarWidget QTableView::item { padding: 0; }
QCalendarWidget QToolButton { color: %(ink)s; font-weight: 700; }
QCalendarWidget QToolButton::menu-indicator { image: none; }
QListView[kind="popup"] { border: 1px solid %(border)s; }
QLineEdit, QPlainTextEdit { placeholder-text-color: %(quiet)s; }
QLineEdit { min-height: %(control)dpx; padding: 1px %(pad)dpx; }
QPlainTextEdit { padding: %(gap)dpx %(gap)dpx; }
QLineEdit[wrong="true"], QPlainTextEdit[wrong="true"] { border: 1px solid %(red)s; }
QLineEdit:focus, QPlainTextEdit:focus, QListView:focus, QTreeView:focus {
  border: 2px solid %(red)s; }
QLineEdit:focus { padding: 0 %(pad_focus)dpx; }
QLineEdit:read-only, QPlainTextEdit:read-only { background: %(ground)s; border-color: %(line)s; }
QHeaderView { background: %(rail)s; }
QTableCornerButton::section {
  background: %(rail)s; border: 0; border-right: 1px solid %(line)s;
  border-bottom: 1px solid %(line)s; }
QHeaderView::section {
  background: %(rail)s; color: %(ink)s; border: 0; border-right: 1px solid %(line)s;
  border-bottom: 1px solid %(line)s; padding: 0 %(head)dpx; min-height: %(row)dpx; }
QPushButton {
  background: %(paper)s; color: %(ink)s; border: 1px solid %(border)s; border-radius: 4px;
  min-height: %(control)dpx; padding: 1px %(pad)dpx; }
QPushButton:hover { background: %(ground)s; }
QPushButton:pressed { background: %(rail)s; }
QPushButton:disabled { color: %(disabled)s; border-color: %(line)s; }
QPushButton:focus { border: 2px solid %(red)s; padding: 0 %(pad_focus)dpx; }
QPushButton:checked { background: %(selection)s; border-color: %(red)s; font-weight: 600; }
RailHead { min-height: %(rail_head)dpx; }
QPushButton[kind="primary"] { background: %(red)s; color: %(on_red)s; border-color: %(red)s; }
QPushButton[kind="primary"]:hover, QPushButton[kind="primary"]:pressed {
  background: %(red_dark)s; }
QPushButton[kind="primary"]:disabled {
  background: %(line)s; color: %(ink)s; border-color: %(line)s; }
QPushButton[kind="primary"]:focus { border: 2px solid %(red)s; }
QPushButton[kind="quiet"] { background: transparent; border-color: transparent; }
QPushButton[kind="quiet"]:hover { background: %(rail)s; }
QPushButton[kind="quiet"]:focus { border: 2px solid %(red)s; }
QPushButton[kind="link"] {
  background: transparent; border: 1px solid transparent; color: %(blue)s; }
QPushButton[kind="link"]:hover { text-decoration: underline; }
QPushButton[kind="link"]:focus { border: 2px solid %(red)s; }
QCheckBox { min-height: %(control)dpx; border: 2px solid transparent; border-radius: 4px; }
QCheckBox:focus { border: 2px solid %(red)s; }
QToolButton { background: transparent; border: 2px solid transparent; border-radius: 4px; }
QToolButton:hover { background: %(rail)s; }
QToolButton:focus { border: 2px solid %(red)s; }
QScrollArea { border: 0; background: transparent; }
QMenu { background: %(paper)s; color: %(ink)s; border: 1px solid %(border)s; }
QMenu::item { padding: %(gap)dpx 24px; min-height: %(row)dpx; }
QMenu::item:selected { background: %(selection)s; color: %(on_selection)s; }
QProgressBar {
  border: 1px solid %(border)s; border-radius: 4px; background: %(paper)s; text-align: center; }
QProgressBar::chunk { background: %(selection)s; }
QToolTip {
  background: %(paper)s; color: %(ink)s; border: 1px solid %(border)s; padding: %(gap)dpx; }
QLabel[kind="head"] { font-size: %(head_pt).2fpt; font-weight: 700; }
QLabel[kind="strong"] { font-weight: 700; }
QLabel[kind="section"] { color: %(quiet)s; font-weight: 700; }
QLabel[kind="tag"] { background: %(red)s; color: %(on_red)s; border-radius: 4px;
    padding: 1px 8px; font-weight: 700; }
QLabel[kind="quiet"], QLabel[kind="why"] { color: %(quiet)s; }
QLabel[kind="wrong"] { color: %(red)s; }
QLabel[kind="note"] { color: %(amber)s; }
QLabel[kind="drop"] { color: %(quiet)s; border: 1px dashed %(border)s; border-radius: 4px; }
QLabel[kind="done"] { color: %(green)s; }
QFrame[kind="foot"] { background: %(rail)s; border: 0; border-top: 1px solid %(line)s; }
QFrame[kind="rail"] { background: %(rail)s; border: 0; border-right: 1px solid %(line)s; }
QFrame[kind="rail"] QScrollBar:vertical { width: 8px; background: transparent; margin: 0; }
QFrame[kind="rail"] QScrollBar::handle:vertical {
  background: %(border)s; border-radius: 4px; min-height: 32px; }
QFrame[kind="rail"] QScrollBar::add-line, QFrame[kind="rail"] QScrollBar::sub-line { height: 0; }
QFrame[kind="panel"] { background: %(paper)s; border: 0; border-left: 1px solid %(line)s; }
QFrame[kind="bar"] { background: %(paper)s; border: 1px solid %(line)s; border-radius: 4px; }
QFrame[kind="notice"] { background: %(today)s; border: 0; border-radius: 4px; }
QFrame[kind="trouble"] {
  background: %(paper)s; border: 0; border-top: 2px solid %(red)s; }
"""
