"""Official documents the tests print."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from lanling_desktop.printing.official import (
    Block,
    Colophon,
    Heading,
    NameList,
    OfficialDocument,
    Paragraph,
    Signature,
    numbered,
)

NAMES = ["王建国", "李娜", "张伟", "刘洋", "陈静", "欧阳建华", "赵敏", "孙强", "周磊", "吴芳"]


def minutes(body: list[Block] | None = None, **changes: object) -> OfficialDocument:
    """A 纪要 under a red mark."""
    said: list[Block] = [
        Paragraph("2026年9月10日，王建国同志主持召开第9次例会，议定事项纪要如下：" * 3),
        Heading("关于电动自行车充电问题"),
        Heading("新增充电桩", 2),
        Paragraph("由金牛物业负责新增充电桩24个，2026年10月15日前完成，预算26000.00元。" * 6),
        Heading("责任到人", 3),
        Heading("登记簿", 4),
        Paragraph("“飞线充电”当场劝阻并登记。"),
        NameList("出席", NAMES),
        NameList("请假", ["何平（出差）"]),
        NameList("列席", ["金牛物业冯涛"]),
    ]
    document = OfficialDocument(
        kind="纪要",
        title="金牛小区红色议事厅第9次例会纪要",
        body=numbered(said if body is None else body),
        unit="金牛社区党总支",
        mark="金牛社区红色议事厅纪要",
        number="〔2026〕3号",
        colophon=Colophon("金牛社区党总支", date(2026, 9, 11), ["卞庄街道党工委", "金牛物业"]),
        print_no="2026-00012",
        check_code="A1B2C3D4",
    )
    return replace(document, **changes)  # type: ignore[arg-type]


def notice(**changes: object) -> OfficialDocument:
    """A plain 通知 with everything a document can have but a head."""
    document = OfficialDocument(
        kind="通知",
        title="关于做好2026年度党员中心户年度复核和挂牌更新工作的通知",
        body=[Paragraph("为进一步发挥党员中心户作用，现就年度复核工作通知如下。")],
        unit="金牛社区党总支",
        number="金社发〔2026〕12号",
        addressee="各网格党支部",
        attachments=["复核表", "登记表"],
        signature=Signature(["金牛社区居民委员会"], date(2026, 9, 1), sealed=False),
        note="联系人：李娜",
        colophon=Colophon("金牛社区党总支", date(2026, 9, 1)),
    )
    return replace(document, **changes)  # type: ignore[arg-type]
