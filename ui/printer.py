"""The system's printers: which there are, and a PDF's pages on one of them.

Pages go to the printer as pictures at its own resolution, so that what comes out is what the
preview showed, whatever fonts the printer has. Everything here may run off the screens' thread.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QMarginsF, QRectF, QSizeF
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from lanling_desktop.core.errors import OfficeError
from lanling_desktop.printing import preview

Step = Callable[[int, int, str], None]
LEAST, MOST = 300, 600  # dots per inch: below letters fray, above only time and memory grow


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


def print_pdf(pdf: bytes, printer: QPrinter, title: str, step: Step) -> int:
    """Print every page and return how many; broken off, the printer's job is given up."""
    sizes = preview.page_sizes(pdf)
    printer.setDocName(title)
    printer.setFullPage(True)
    printer.setResolution(_resolution(printer))
    printer.setPageLayout(_layout(sizes[0]))
    painter = QPainter()
    if not painter.begin(printer):
        raise _silent(printer)
    try:
        for page, size in enumerate(sizes):
            step(page, len(sizes), "正在打印")
            if page:
                printer.setPageLayout(_layout(size))
                if not printer.newPage():
                    raise _silent(printer)
            _paint(painter, printer, pdf, page)
        step(len(sizes), len(sizes), "正在打印")
    except BaseException:
        printer.abort()
        raise
    finally:
        painter.end()
    if printer.printerState() == QPrinter.PrinterState.Error:
        raise _silent(printer)
    return len(sizes)


def _paint(painter: QPainter, printer: QPrinter, pdf: bytes, page: int) -> None:
    dpi = min(printer.resolution(), MOST)
    width, height, data = preview.render_grey(pdf, page, dpi)
    image = QImage(data, width, height, width, QImage.Format.Format_Grayscale8)
    sheet = printer.paperRect(QPrinter.Unit.DevicePixel)
    scale = min(sheet.width() / width, sheet.height() / height)
    fitted = QSizeF(width * scale, height * scale)
    left, top = (sheet.width() - fitted.width()) / 2, (sheet.height() - fitted.height()) / 2
    painter.drawImage(QRectF(left, top, fitted.width(), fitted.height()), image)


def _resolution(printer: QPrinter) -> int:
    """The finest the printer has within bounds; where it names none, the least that is enough."""
    offered = printer.supportedResolutions()
    within = [each for each in offered if LEAST <= each <= MOST]
    if within:
        return max(within)
    return min(offered, key=lambda each: abs(each - LEAST), default=LEAST)


def _layout(size: tuple[float, float]) -> QPageLayout:
    narrow, wide = sorted(size)
    sheet = QPageSize(QSizeF(narrow, wide), QPageSize.Unit.Point)
    turned = size[0] > size[1]
    way = QPageLayout.Orientation.Landscape if turned else QPageLayout.Orientation.Portrait
    layout = QPageLayout(sheet, way, QMarginsF())
    layout.setMode(QPageLayout.Mode.FullPageMode)
    return layout


def _silent(printer: QPrinter) -> OfficeError:
    return OfficeError(
        f"打印机“{printer.printerName()}”没有应答，这一份没有打出来",
        "这份表已存进“打印与归档”，没有丢",
        "请看看打印机是否开机、联机、有纸，再按打印；也可以换一台打印机",
    )
