"""What is done with months of pay and with schemes (F7)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from lanling_desktop.core.errors import OfficeError
from lanling_desktop.core.field import Field, Kind
from lanling_desktop.core.office import Office
from lanling_desktop.core.plain import Changes, Entry, Values
from lanling_desktop.core.register import Procedure
from lanling_desktop.salary import actions, bank, chosen, deciding, rules, schemes

_LONGEST = 20_000
_DAY = ("day", Field("从哪天起", Kind.DATE, required=True))


def _in(*states: str) -> Any:
    def offered(values: Values) -> bool:
        return (values.get("status") or rules.DRAFT) in states

    return offered


def _today(office: Office, _entry: Entry) -> Mapping[str, Any]:
    return {"day": office.today}


# The month


def _retro(office: Office, record_id: str, said: Values) -> Changes:
    return actions.retro_pay(office, record_id, since=said["since"], reason=said["reason"])


def _pay(office: Office, record_id: str, said: Values) -> Changes:
    return actions.pay(office, record_id, day=said["day"])


def _simple(run: Any) -> Any:
    def act(office: Office, record_id: str, _said: Values) -> Changes:
        done: Changes = run(office, record_id)
        return done

    return act


def _bank(office: Office, record_id: str, said: Values) -> Changes:
    return bank.save_list(office, record_id, Path(said["path"]))


def _beside(office: Office, entry: Entry) -> Mapping[str, Any]:
    return {"path": str(office.path.parent / f"{entry.texts['title']}代发表.xlsx")}


def _narrow(office: Office, record_id: str, said: Values) -> Changes:
    return actions.narrow(office, record_id, said.get("people") or "")


def _chosen_now(office: Office, entry: Entry) -> Mapping[str, Any]:
    return {"people": chosen.names_now(office, entry.id)}


def _january(_office: Office, entry: Entry) -> Mapping[str, Any]:
    return {"since": entry["month"].replace(month=1)}


RUN = (
    Procedure(
        "calculate",
        "核算",
        (),
        _simple(actions.calculate),
        offered=_in(rules.DRAFT, rules.CALCULATED),
        slow=True,
    ),
    Procedure(
        "review",
        "审核通过",
        (),
        _simple(actions.review),
        offered=_in(rules.CALCULATED),
        slow=True,
    ),
    Procedure("approve", "审批通过", (), _simple(actions.approve), offered=_in(rules.REVIEWED)),
    Procedure(
        "pay",
        "发放",
        (("day", Field("发放日期", Kind.DATE, required=True)),),
        _pay,
        offered=_in(rules.APPROVED),
        proposed=_today,
        slow=True,
    ),
    Procedure("archive", "归档", (), _simple(actions.archive), offered=_in(rules.PAID)),
    Procedure(
        "retro",
        "补发以往月份",
        (
            ("since", Field("从哪个月起", Kind.DATE, required=True, month_enough=True)),
            ("reason", Field("事由", required=True)),
        ),
        _retro,
        offered=_in(rules.DRAFT, rules.CALCULATED),
        proposed=_january,
        slow=True,
    ),
    Procedure(
        "narrow",
        "改核算范围",
        (
            (
                "people",
                Field(
                    "只算这些人",
                    Kind.LONG_TEXT,
                    max_length=_LONGEST,
                    help="姓名或工号，一行一个，可从 Excel 粘贴；空着是全部人员",
                ),
            ),
        ),
        _narrow,
        offered=_in(rules.DRAFT, rules.CALCULATED),
        proposed=_chosen_now,
        slow=True,
    ),
    Procedure(
        "bank",
        "存银行代发表",
        (("path", Field("文件位置", required=True, max_length=1000, help="如 D:\\代发.xlsx")),),
        _bank,
        offered=_in(rules.APPROVED, *rules.CLOSED),
        proposed=_beside,
        slow=True,
    ),
    Procedure(
        "send_back",
        "退回重算",
        (),
        _simple(actions.send_back),
        offered=_in(rules.REVIEWED, rules.APPROVED),
    ),
)


# Schemes


def _read_in(office: Office, record_id: str, said: Values) -> Changes:
    if said.get("example"):
        text = schemes.shipped_text(said["example"])
        return schemes.load(office, text, scheme_id=record_id)
    if not said.get("path"):
        raise OfficeError("没有说读入哪一个", "没有改动任何数据", "请选一个示例，或填文件的位置")
    return schemes.load_file(office, Path(said["path"]), scheme_id=record_id)


def _save(office: Office, record_id: str, said: Values) -> Changes:
    schemes.save_file(office, record_id, Path(said["path"]))
    return Changes(0, "保存薪酬方案到文件")


def _fill_in(office: Office, record_id: str, said: Values) -> Changes:
    return schemes.fill_in(office, record_id, said["text"])


def _as_lines(office: Office, entry: Entry) -> Mapping[str, Any]:
    return {"text": schemes.words_of(deciding.scheme_of(office, entry.id))}


def _make_own(office: Office, record_id: str, said: Values) -> Changes:
    return schemes.make_own(
        office,
        record_id,
        name=said["name"],
        doc_no=said["doc_no"],
        issuer=said.get("issuer") or "",
    )


def _named(_office: Office, entry: Entry) -> Mapping[str, Any]:
    return {
        "name": str(entry["name"] or "").removeprefix("示例："),
        "doc_no": entry["doc_no"],
        "issuer": entry["issuer"],
    }


def _adopt(office: Office, record_id: str, said: Values) -> Changes:
    return schemes.adopt(office, record_id, day=said["day"])


def _from_when(office: Office, entry: Entry) -> Mapping[str, Any]:
    """The day the scheme itself says, where it says one."""
    said = schemes.opened(office, entry.id).effective_from
    return {"day": date.fromisoformat(said) if said else office.today}


def _new_version(office: Office, record_id: str, said: Values) -> Changes:
    return schemes.new_version(office, record_id, day=said["day"], name=said.get("name") or "")


def _retire(office: Office, record_id: str, said: Values) -> Changes:
    return schemes.retire(office, record_id, day=said["day"], reason=said["reason"])


def _decide(office: Office, record_id: str, said: Values) -> Changes:
    return deciding.decide(
        office,
        worker_id=said["worker_id"],
        scheme_id=record_id,
        day=said["day"],
        doc_no=said.get("doc_no") or "",
        grade=said.get("grade"),
        reason=said.get("reason") or "",
    )


def _decide_all(office: Office, record_id: str, said: Values) -> Changes:
    doc_no = said.get("doc_no") or ""
    return deciding.decide_all(office, scheme_id=record_id, day=said["day"], doc_no=doc_no)


_DOC = ("doc_no", Field("批准文号"))
_PATH = Field("文件位置", max_length=1000, help="如 D:\\薪酬方案.json")

SCHEME = (
    Procedure(
        "read_in",
        "导入方案（示例或文件）",
        (
            ("example", Field("从示例开始", Kind.CHOICE, choices=schemes.shipped())),
            ("path", _PATH),
        ),
        _read_in,
        offered=_in(rules.DRAFTED),
    ),
    Procedure(
        "fill_in",
        "填写方案表",
        (
            (
                "text",
                Field("一行一格", Kind.LONG_TEXT, required=True, max_length=_LONGEST),
            ),
        ),
        _fill_in,
        offered=_in(rules.DRAFTED),
        proposed=_as_lines,
    ),
    Procedure(
        "make_own",
        "改为本单位方案",
        (
            ("name", Field("方案名称", required=True)),
            ("doc_no", Field("文件编号", required=True)),
            ("issuer", Field("制定机关")),
        ),
        _make_own,
        offered=_in(rules.DRAFTED),
        proposed=_named,
    ),
    Procedure("adopt", "启用", (_DAY,), _adopt, offered=_in(rules.DRAFTED), proposed=_from_when),
    Procedure(
        "new_version",
        "另存为新版",
        (_DAY, ("name", Field("方案名称", help="不填即在原名后写明起始日期"))),
        _new_version,
        offered=_in(rules.ACTIVE, rules.RETIRED),
        proposed=_today,
    ),
    Procedure(
        "decide_all",
        "认定全部岗位等级",
        (_DAY, _DOC),
        _decide_all,
        offered=_in(rules.ACTIVE),
        proposed=_today,
        slow=True,
    ),
    Procedure(
        "decide",
        "认定一人",
        (
            ("worker_id", Field("工作者", Kind.LINK, link="community_worker", required=True)),
            _DAY,
            _DOC,
            ("grade", Field("认定等级", Kind.INTEGER, help="不填即按规则认定", least=1)),
            ("reason", Field("与规则不同的理由")),
        ),
        _decide,
        offered=_in(rules.ACTIVE),
        proposed=_today,
    ),
    Procedure(
        "retire",
        "停用",
        (_DAY, ("reason", Field("停用原因", required=True))),
        _retire,
        offered=_in(rules.ACTIVE),
        proposed=_today,
    ),
    Procedure(
        "save",
        "导出方案",
        (("path", Field("文件位置", required=True, max_length=1000)),),
        _save,
    ),
)
