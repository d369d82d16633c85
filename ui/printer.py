"""The system's printers: which there are, and a PDF's pages on one of them.

Pages go to the printer as pictures at its own resolution, so that what comes out is what the
preview showed, whatever fonts the printer has. A driver that hangs holds its whole process, so all
of this is asked for through `ui.print_process` and never by a screen itself.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QMarginsF, QRectF, QSizeF
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo

from lanling_desktop.core.errors import OfficeError
from lanling_desktop.printing import preview

Step = Callable[[int, int, str], None]
LEAST, MOST = 300, 600  # dots per inch: below letters fray, above only time and memory grow
_POINTS = 72.0
_NEAR = 6.0  # points by which two sheets may differ and be the same
_SAME = 0.97  # of its size: a printer's own margins take as much, a smaller sheet takes more


@dataclass(frozen=True, slots=True)
class Job:
    """What is to come out of a printer."""

    pdf: bytes
    title: str
    both_sides: bool = False


@dataclass(frozen=True, slots=True)
class Sent:
    """What went to a printer: to which, how many pages, and how small they had to be made."""

    name: str
    pages: int
    scale: float = 1.0


def names() -> list[str]:
    """The printers the system knows, its own choice first."""
    known = list(QPrinterInfo.availablePrinterNames())
    usual = QPrinterInfo.defaultPrinterName()
    return sorted(known, key=lambda name: name != usual)


def device(name: str) -> QPrinter:
    """A printer to paint on."""
    made = QPrinter(QPrinter.PrinterMode.HighResolution)
    made.setPrinterName(name)
    return made


def print_on(name: str, job: Job, step: Step) -> Sent:
    """Print on the printer of that name."""
    made = device(name)
    if not made.isValid():
        raise silent(name)
    _choose_sides(made, job)
    return print_pdf(job, made, step)


def print_by_dialog(name: str, job: Job, step: Step) -> Sent | None:
    """Ask in the system's own dialog (copies, trays, sides), then print; None when put away."""
    made = device(name)
    _choose_sides(made, job)
    made.setDocName(job.title)
    made.setPageLayout(_layout(preview.page_sizes(job.pdf)[0], made))
    dialog = QPrintDialog(made)
    dialog.setWindowTitle(f"打印 {job.title}")
    dialog.setOption(QPrintDialog.PrintDialogOption.PrintPageRange, on=False)
    if dialog.exec() != QPrintDialog.DialogCode.Accepted:
        return None
    return print_pdf(job, made, step)


def print_pdf(job: Job, printer: QPrinter, step: Step) -> Sent:
    """Print every page; broken off, the printer's job is given up."""
    sizes = preview.page_sizes(job.pdf)
    printer.setDocName(job.title)
    printer.setFullPage(True)
    printer.setResolution(_resolution(printer))
    printer.setPageLayout(_layout(sizes[0], printer))
    shifts = _shifts(job.pdf, sizes) if _turns(printer) else [(0.0, 0.0)] * len(sizes)
    painter = QPainter()
    if not painter.begin(printer):
        raise silent(printer.printerName())
    painter.setRenderHint(QPainter.RenderHint.LosslessImageRendering)  # no rings about letters
    scale = 1.0
    try:
        for page, size in enumerate(sizes):
            step(page, len(sizes), "正在打印")
            if page:
                printer.setPageLayout(_layout(size, printer))
                if not printer.newPage():
                    raise silent(printer.printerName())
            scale = min(scale, _paint(painter, printer, job.pdf, page, shifts[page]))
        step(len(sizes), len(sizes), "正在打印")
    except BaseException:
        printer.abort()
        raise
    finally:
        painter.end()
    if printer.printerState() == QPrinter.PrinterState.Error:
        raise silent(printer.printerName())
    return Sent(printer.printerName(), len(sizes), 1.0 if scale >= _SAME else scale)


def _choose_sides(printer: QPrinter, job: Job) -> None:
    """Both sides where that is wanted and the printer can: bound at the long edge, left or top."""
    can = QPrinterInfo(printer).supportedDuplexModes()
    long_edge = QPrinter.DuplexMode.DuplexLongSide
    both = job.both_sides and long_edge in can
    printer.setDuplex(long_edge if both else QPrinter.DuplexMode.DuplexNone)


def _turns(printer: QPrinter) -> bool:
    """Whether what is printed is turned over along its long edge."""
    return printer.duplex() == QPrinter.DuplexMode.DuplexLongSide


def _shifts(pdf: bytes, sizes: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """How far each page is moved so that the room for binding lies at the bound edge on backs too.

    Sheets are bound at the left, turned ones at the top (GB/T 9704): on the back that edge is the
    right one, or the foot. What is drawn on all pages of a way gets the two margins exchanged.
    """
    edges = [preview.margins(pdf, page) for page in range(len(sizes))]
    made = []
    for page, (width, height) in enumerate(sizes):
        same_way = [
            each
            for each, (wide, high) in zip(edges, sizes, strict=True)
            if each is not None and (wide > high) == (width > height)
        ]
        if page % 2 == 0 or not same_way:
            made.append((0.0, 0.0))
            continue
        left, top, right, bottom = (min(each[side] for each in same_way) for side in range(4))
        across = min(0.0, right - left) if width <= height else 0.0
        up = min(0.0, bottom - top) if width > height else 0.0
        made.append((across, up))
    return made


def _paint(
    painter: QPainter, printer: QPrinter, pdf: bytes, page: int, shift: tuple[float, float]
) -> float:
    """One page on the sheet that is in the printer; how large it is of what it should be."""
    dpi = min(printer.resolution(), MOST)
    image = _picture(pdf, page, dpi, printer)
    sheet = printer.paperRect(QPrinter.Unit.DevicePixel)
    scale = min(sheet.width() / image.width(), sheet.height() / image.height())
    natural = printer.resolution() / dpi
    scale = min(scale, natural)  # a larger sheet leaves white, it does not blow a form up
    fitted = QSizeF(image.width() * scale, image.height() * scale)
    left, top = (sheet.width() - fitted.width()) / 2, (sheet.height() - fitted.height()) / 2
    unit = dpi * scale / _POINTS
    at = QRectF(left + shift[0] * unit, top + shift[1] * unit, fitted.width(), fitted.height())
    painter.drawImage(at, image)
    return scale / natural


def _picture(pdf: bytes, page: int, dpi: int, printer: QPrinter) -> QImage:
    """A page as the printer takes it: a red head stays red, black is sent as grey."""
    colours = printer.colorMode() == QPrinter.ColorMode.Color and preview.is_coloured(pdf, page)
    if colours:
        width, height, data = preview.render(pdf, page, dpi)
        return QImage(data, width, height, width * 4, QImage.Format.Format_RGB32).copy()
    width, height, data = preview.render_grey(pdf, page, dpi)
    return QImage(data, width, height, width, QImage.Format.Format_Grayscale8).copy()


def _resolution(printer: QPrinter) -> int:
    """The finest the printer has within bounds; where it names none, the least that is enough."""
    offered = printer.supportedResolutions()
    within = [each for each in offered if LEAST <= each <= MOST]
    if within:
        return max(within)
    return min(offered, key=lambda each: abs(each - LEAST), default=LEAST)


def _layout(size: tuple[float, float], printer: QPrinter) -> QPageLayout:
    """The page's sheet, turned as the page is; the printer's usual one where it has no such."""
    narrow, wide = sorted(size)
    sheet = QPageSize(QSizeF(narrow, wide), QPageSize.Unit.Point)
    known = QPrinterInfo(printer)
    offered = known.supportedPageSizes()
    if offered and not any(_same_sheet(each, narrow, wide) for each in offered):
        usual = known.defaultPageSize()
        sheet = usual if usual.isValid() else offered[0]
    turned = size[0] > size[1]
    way = QPageLayout.Orientation.Landscape if turned else QPageLayout.Orientation.Portrait
    layout = QPageLayout(sheet, way, QMarginsF())
    layout.setMode(QPageLayout.Mode.FullPageMode)
    return layout


def _same_sheet(sheet: QPageSize, narrow: float, wide: float) -> bool:
    sides = sorted(sheet.size(QPageSize.Unit.Point).toTuple())
    return abs(sides[0] - narrow) < _NEAR and abs(sides[1] - wide) < _NEAR


def silent(name: str) -> OfficeError:
    """What is said of a printer that does not answer."""
    return OfficeError(
        f"打印机“{name}”没有应答，这一份没有打出来",
        "这份表已存进“打印与归档”，没有丢",
        "请看看打印机是否开机、联机、有纸，再按打印；也可以换一台打印机",
    )
