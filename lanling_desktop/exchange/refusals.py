"""The sentences with which a received file is turned away."""

from __future__ import annotations

from lanling_desktop.core.errors import OfficeError

SAFE = "没有导入任何内容，原文件没有改动。"
SAVE_AGAIN = "请用 WPS 或 Excel 打开它，另存为“.xlsx”后再导入。"
ASK_AGAIN = "请向发送人要一份正常的 .xlsx 文件；不要再打开这个文件。"


def refusal(what: str, then: str = SAVE_AGAIN) -> OfficeError:
    """Build the error for a file that is not read at all."""
    return OfficeError(what, SAFE, then)


def damaged(what: str = "文件已损坏，读到一半就断了。") -> OfficeError:
    """Build the error for a file of a known kind whose inside is broken."""
    return refusal(what, "请用 WPS 打开看看能否修复，另存为“.xlsx”后再导入；打不开就请对方重发。")


def hostile(what: str) -> OfficeError:
    """Build the error for a file no ordinary program writes."""
    return refusal(what, ASK_AGAIN)
