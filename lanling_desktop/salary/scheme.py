"""A pay scheme as data: one JSON document says every variant of domain.md 2.5."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import date
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from functools import cache
from pathlib import Path
from types import UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from lanling_desktop.core.errors import OfficeError
from lanling_desktop.paths import resource

JUNIOR, INTERMEDIATE, SENIOR = LEVELS = ("初级", "中级", "高级")
FREQUENCIES = {"month": 1, "quarter": 3, "half_year": 6, "year": 12}
_ROUNDINGS = {each: each for each in (ROUND_HALF_UP, ROUND_HALF_EVEN, ROUND_DOWN)}
VALUE_WORDS = {"coefficient": "系数", "amount": "金额", None: "系数或金额"}
Amounts = Mapping[str, Decimal | None]
T = TypeVar("T")


@dataclass(frozen=True)
class Post:
    """A post class: its grades, where a beginner stands, and pay of its own beside the grade's."""

    name: str
    min: int | None = None
    max: int | None = None
    entry: int | None = None
    pay: Decimal | None = None


@dataclass(frozen=True)
class GradeRow:
    """One cell of the grid: a grade's coefficient or amount, for all posts or for one."""

    grade: int
    value: Decimal | None = None
    post: str = ""


@dataclass(frozen=True)
class Base:
    """What a coefficient is multiplied with: `kind` fixed, index_times_multiple or none."""

    kind: str | None = "fixed"
    name: str = ""
    value: Decimal | None = None
    multiple: Decimal | None = Decimal(1)
    unit: str = "month"


@dataclass(frozen=True)
class Tenure:
    """How years become bands."""

    years_per_band: int | None = 3
    banding: str | None = "ceil_min1"  # ceil_min1 | floor_plus1
    part_year: str | None = "full_years_only"  # full_years_only | round_up
    exclude_gaps: bool | None = True
    exclude_unqualified_years: bool | None = False
    adjust_on: str | None = "01-01"  # 01-01 | anniversary | next_month


@dataclass(frozen=True)
class EducationRule:
    """What a degree counts: `mode` add_grades, deemed_years, start_grade or none."""

    mode: str | None = "none"
    full: Amounts = field(default_factory=dict)
    partial_deemed_years: Amounts = field(default_factory=dict)


@dataclass(frozen=True)
class CertificateRule:
    """What a professional certificate counts: `mode` allowance, add_grades or none."""

    mode: str | None = "none"
    allowance: Amounts = field(default_factory=dict)
    grades: Amounts = field(default_factory=dict)
    highest_only: bool = True
    requires_registration: bool = True
    effective: str = "next_month"  # next_month | same_month


@dataclass(frozen=True)
class HonourRule:
    """What an honour counts, by its level."""

    mode: str | None = "none"  # add_grades | none
    grades: Amounts = field(default_factory=dict)


@dataclass(frozen=True)
class Split:
    """How much of the pay waits for the score: a percentage, or a fixed amount on top."""

    mode: str | None = "percent"  # percent | fixed | none
    performance_pct: Decimal | None = Decimal(0)
    performance_fixed: Decimal | None = None
    performance_frequency: str | None = "month"  # month | quarter | half_year | year


@dataclass(frozen=True)
class Probation:
    """What is paid until the probation is over."""

    pct_of_staff_entry: Decimal | None = Decimal(100)
    pays_performance: bool | None = True


@dataclass(frozen=True)
class Rounding:
    """To what amounts are rounded, in yuan, and how."""

    grade_pay: Decimal = Decimal("0.01")
    item: Decimal = Decimal("0.01")
    mode: str = ROUND_HALF_UP

    def to_grade(self, amount: Decimal) -> Decimal:
        """An amount of a grade, rounded."""
        return rounded(amount, self.grade_pay, self.mode)

    def to_item(self, amount: Decimal) -> Decimal:
        """An amount of a slip, rounded."""
        return rounded(amount, self.item, self.mode)


@dataclass(frozen=True)
class Scheme:
    """The whole of it."""

    name: str
    doc_no: str = ""
    issuer: str = ""
    effective_from: str = ""
    is_example: bool = False
    source: str = ""
    posts: tuple[Post, ...] = ()
    grades: tuple[GradeRow, ...] = ()
    base: Base = Base()
    value_of_grade: str | None = "coefficient"  # coefficient | amount
    tenure: Tenure = Tenure()
    education: EducationRule = EducationRule()
    certificate: CertificateRule = CertificateRule()
    honour: HonourRule = HonourRule()
    concurrent_post: Decimal | None = Decimal(0)
    split: Split = Split()
    assessment: Amounts = field(default_factory=dict)
    probation: Probation = Probation()
    rounding: Rounding = Rounding()
    keep_higher: bool = False

    def post(self, name: str) -> Post:
        """The post class of that name."""
        for each in self.posts:
            if each.name == name:
                return each
        raise missing(self, f"岗位“{name}”")

    def cell(self, post: str, grade: int) -> Decimal:
        """The coefficient or amount of a grade; a row for the post alone stands before one for all."""
        for wanted in (post, ""):
            for row in self.grades:
                if row.grade == grade and row.post == wanted and row.value is not None:
                    return row.value
        raise missing(self, f"{post}第 {grade} 级的{VALUE_WORDS[self.value_of_grade]}")


class EmptyCellError(OfficeError):
    """A figure the scheme needs and does not say; `cell` names it."""

    def __init__(self, scheme: str, cell: str) -> None:
        self.cell = cell
        super().__init__(
            f"薪酬方案“{scheme}”里{cell}还没有填",
            "没有改动任何数据",
            "请按文件把它填上，再核算",
        )


def missing(scheme: Scheme, cell: str) -> EmptyCellError:
    """The refusal that names an empty cell."""
    return EmptyCellError(scheme.name, cell)


def needed(scheme: Scheme, value: Decimal | int | None, cell: str) -> Decimal:
    """A figure, or the refusal that names its cell."""
    if value is None:
        raise missing(scheme, cell)
    return Decimal(value)


def decided(scheme: Scheme, value: T | None, cell: str) -> T:
    """A switch of the scheme, or the refusal that names it."""
    if value is None:
        raise missing(scheme, cell)
    return value


def rounded(amount: Decimal, unit: Decimal, mode: str = ROUND_HALF_UP) -> Decimal:
    """An amount rounded to whole units: yuan, fen or ten yuan."""
    return (amount / unit).quantize(Decimal(1), rounding=_ROUNDINGS[mode]) * unit


def empty_cells(scheme: Scheme) -> tuple[str, ...]:
    """Every cell the scheme leaves open, in words, before anybody is paid by it."""
    return tuple(_empty(scheme))


def _empty(scheme: Scheme) -> Iterator[str]:
    if not scheme.posts:
        yield "岗位"
    yield from (cell for cell, value in _switches(scheme) if value is None)
    if scheme.base.kind != "none" and scheme.base.value is None:
        yield f"基数（{scheme.base.name or '固定基数'}）"
    if scheme.base.kind == "index_times_multiple" and scheme.base.multiple is None:
        yield "基数的倍数"
    if scheme.tenure.years_per_band is None:
        yield "几年一档"
    known = {(row.post, row.grade) for row in scheme.grades if row.value is not None}
    label = VALUE_WORDS[scheme.value_of_grade]
    for post in scheme.posts:
        if post.min is None or post.max is None or post.entry is None:
            yield f"{post.name}的等级范围"
            continue
        for grade in range(post.min, post.max + 1):
            if not {("", grade), (post.name, grade)} & known:
                yield f"{post.name}第 {grade} 级的{label}"
    yield from _empty_rules(scheme)


BASE_KIND, VALUE, BANDING, PART_YEAR, GAPS, UNQUALIFIED, ADJUST = (
    "基数 方式", "等级的值", "年限 分档办法", "年限 不满一年", "年限 扣除间断",
    "年限 扣除不称职年度", "年限 何时调整",
)  # fmt: skip
EDUCATION, CERTIFICATE, HONOUR, SPLIT, FREQUENCY, PROBATION = (
    "学历 办法", "证书 办法", "荣誉 办法", "绩效 办法", "绩效 绩效发放", "试用期 发绩效",
)  # fmt: skip


def _switches(scheme: Scheme) -> tuple[tuple[str, object], ...]:
    tenure, split = scheme.tenure, scheme.split
    return (
        (BASE_KIND, scheme.base.kind),
        (VALUE, scheme.value_of_grade),
        (BANDING, tenure.banding),
        (PART_YEAR, tenure.part_year),
        (GAPS, tenure.exclude_gaps),
        (UNQUALIFIED, tenure.exclude_unqualified_years),
        (ADJUST, tenure.adjust_on),
        (EDUCATION, scheme.education.mode),
        (CERTIFICATE, scheme.certificate.mode),
        (HONOUR, scheme.honour.mode),
        (SPLIT, split.mode),
        (FREQUENCY, split.performance_frequency if split.mode != "none" else ""),
        (PROBATION, scheme.probation.pays_performance),
    )


def _empty_rules(scheme: Scheme) -> Iterator[str]:
    tables: tuple[tuple[str, Amounts], ...] = (
        ("学历", scheme.education.full if scheme.education.mode != "none" else {}),
        ("学历折算年限", scheme.education.partial_deemed_years),
        (
            "证书津贴",
            scheme.certificate.allowance if scheme.certificate.mode == "allowance" else {},
        ),
        ("证书加级", scheme.certificate.grades if scheme.certificate.mode == "add_grades" else {}),
        ("荣誉加级", scheme.honour.grades if scheme.honour.mode == "add_grades" else {}),
        ("考核系数", scheme.assessment if scheme.split.mode != "none" else {}),
    )
    for label, table in tables:
        yield from (f"{label}“{word}”" for word, value in table.items() if value is None)
    if scheme.concurrent_post is None:
        yield "一肩挑补贴"
    if scheme.split.mode == "percent" and scheme.split.performance_pct is None:
        yield "绩效比例"
    if scheme.split.mode == "fixed" and scheme.split.performance_fixed is None:
        yield "绩效金额"
    if scheme.probation.pct_of_staff_entry is None:
        yield "试用期比例"


# As a file


def dumped(scheme: Scheme) -> str:
    """The scheme as its file has it: amounts as text, so that no figure is a float."""
    return json.dumps(plain(scheme), ensure_ascii=False, indent=1)


def plain(value: Any) -> Any:
    """Anything of frozen dataclasses as JSON holds it."""
    if is_dataclass(value):
        return {each.name: plain(getattr(value, each.name)) for each in fields(value)}
    if isinstance(value, Mapping):
        return {key: plain(each) for key, each in value.items()}
    if isinstance(value, (tuple, list)):
        return [plain(each) for each in value]
    return str(value) if isinstance(value, (Decimal, date)) else value


def loaded(text: str) -> Scheme:
    """The scheme of a file. Raises `OfficeError` naming the place that cannot be read."""
    try:
        said = json.loads(text.encode(), parse_float=Decimal)
        scheme: Scheme = rebuilt(Scheme, said)
    except (ValueError, TypeError, KeyError, ArithmeticError, AttributeError, RuntimeError) as why:
        raise OfficeError(
            f"这不是薪酬方案文件，或有的地方读不懂：{str(why)[:200]}",
            "没有改动任何数据",
            "请换一个文件，或请发来的单位重新保存一次",
        ) from None
    _refuse_unknown_words(scheme)
    return scheme


SWITCHES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("base.kind", ("fixed", "index_times_multiple", "none")),
    ("base.unit", ("month", "year")),
    ("value_of_grade", ("coefficient", "amount")),
    ("tenure.banding", ("ceil_min1", "floor_plus1")),
    ("tenure.part_year", ("full_years_only", "round_up")),
    ("tenure.adjust_on", ("01-01", "anniversary", "next_month")),
    ("education.mode", ("add_grades", "deemed_years", "start_grade", "none")),
    ("certificate.mode", ("allowance", "add_grades", "none")),
    ("certificate.effective", ("next_month", "same_month")),
    ("honour.mode", ("add_grades", "none")),
    ("split.mode", ("percent", "fixed", "none")),
    ("split.performance_frequency", tuple(FREQUENCIES)),
    ("rounding.mode", tuple(_ROUNDINGS)),
)


def _refuse_unknown_words(scheme: Scheme) -> None:
    for place, words in SWITCHES:
        value: Any = scheme
        for name in place.split("."):
            value = getattr(value, name)
        if value is not None and value not in words:
            raise OfficeError(
                f"薪酬方案里 {place} 写的是“{value}”，只能是 {'、'.join(words)}",
                "没有改动任何数据",
                "请在文件里改正后再读入",
            )


def rebuilt(kind: Any, said: Any) -> Any:
    """A value of an annotated type out of JSON; unknown names are refused, not dropped."""
    origin, inner = get_origin(kind), get_args(kind)
    if origin in (Union, UnionType):
        if said is None:
            return None
        return rebuilt(next(each for each in inner if each is not type(None)), said)
    if is_dataclass(kind):
        return _rebuilt_record(kind, said)
    if origin is tuple:
        return tuple(rebuilt(inner[0], each) for each in said)
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return {str(key): rebuilt(inner[1], each) for key, each in said.items()}
    return _rebuilt_word(kind, said)


@cache
def _hints(kind: Any) -> Mapping[str, Any]:
    return get_type_hints(kind)


def _rebuilt_record(kind: Any, said: Any) -> Any:
    hints = _hints(kind)
    unknown = set(said) - set(hints)
    if unknown:
        raise ValueError(f"不认识的栏目 {'、'.join(sorted(unknown))}")
    return kind(**{name: rebuilt(hints[name], each) for name, each in said.items()})


def _rebuilt_word(kind: Any, said: Any) -> Any:
    if kind is date:
        return date.fromisoformat(said)
    if kind is Decimal:
        value = Decimal(str(said))
        if not value.is_finite():
            raise ValueError(f"{said} 不是一个数")
        return value
    if not isinstance(said, kind) or (kind is int and isinstance(said, bool)):
        raise TypeError(f"“{said}”的类型不对")
    return said


def examples() -> tuple[Path, ...]:
    """The schemes that come with the program, by name."""
    return tuple(sorted(resource("schemes").glob("*.json")))


# Compared

LABELS = {
    "name": "名称", "doc_no": "文件编号", "issuer": "制定机关", "effective_from": "起始日期",
    "is_example": "示例", "source": "来源", "posts": "岗位", "grades": "等级", "base": "基数",
    "value_of_grade": "等级的值", "tenure": "年限", "education": "学历", "certificate": "证书",
    "honour": "荣誉", "concurrent_post": "一肩挑补贴", "split": "绩效", "assessment": "考核系数",
    "probation": "试用期", "rounding": "取整", "keep_higher": "就高", "min": "最低等级",
    "max": "最高等级", "entry": "起点等级", "pay": "岗位工资", "kind": "方式", "value": "数值",
    "multiple": "倍数", "unit": "单位", "years_per_band": "几年一档", "banding": "分档办法",
    "part_year": "不满一年", "exclude_gaps": "扣除间断", "exclude_unqualified_years": "扣除不称职年度",
    "adjust_on": "何时调整", "mode": "办法", "full": "学历学位齐全",
    "partial_deemed_years": "只有一证折算年限", "allowance": "津贴", "highest_only": "只按最高",
    "requires_registration": "须登记有效", "effective": "何时起算", "performance_pct": "绩效比例",
    "performance_fixed": "绩效金额", "performance_frequency": "绩效发放",
    "pct_of_staff_entry": "按工作人员起点的比例", "pays_performance": "发绩效",
    "grade_pay": "等级工资取到", "item": "各项取到", "post": "岗位", "grade": "等级",
}  # fmt: skip

_SAID = {
    "fixed": "固定", "index_times_multiple": "指标乘倍数", "none": "无", "month": "每月",
    "year": "每年", "quarter": "每季", "half_year": "每半年", "coefficient": "系数",
    "amount": "金额", "ceil_min1": "不满一档的算一档", "floor_plus1": "满一档升一档",
    "full_years_only": "只算整年", "round_up": "不满一年算一年", "01-01": "每年1月1日",
    "anniversary": "满年当日", "next_month": "次月", "same_month": "当月", "add_grades": "加级",
    "deemed_years": "折算年限", "start_grade": "定起点", "allowance": "津贴", "percent": "按比例",
    "ROUND_HALF_UP": "四舍五入", "ROUND_HALF_EVEN": "四舍六入五成双", "ROUND_DOWN": "舍去",
}  # fmt: skip


Way = tuple[str | int, ...]


def labelled(said: Mapping[str, Any]) -> Iterator[tuple[str, Way, str]]:
    """Every cell of a scheme as its file has it: in words, by keys, and what it says in words."""
    for at, row in enumerate(said["grades"]):
        place = f"{row['post'] or '各岗位'} {row['grade']} 级"
        yield place, ("grades", at, "value"), said_of(row["value"])
    for at, post in enumerate(said["posts"]):
        for key, each in post.items():
            if key != "name":
                yield f"{post['name']} {LABELS[key]}", ("posts", at, key), said_of(each)
    for key, value in said.items():
        if key not in ("grades", "posts"):
            yield from _leaves(LABELS[key], (key,), value)


def _leaves(place: str, path: Way, value: Any) -> Iterator[tuple[str, Way, str]]:
    if isinstance(value, dict):
        for key, each in value.items():
            yield from _leaves(f"{place} {LABELS.get(key, key)}", (*path, key), each)
    else:
        yield place, path, said_of(value)


def meant(path: tuple[str, ...], typed: str, before: Any) -> Any:
    """What a cell's words mean: a switch by its word, a number as typed, nothing for 未填."""
    if typed in ("", UNKNOWN):
        return "" if not typed and isinstance(before, str) else None
    if typed in ("是", "否"):
        return typed == "是"
    words = dict(SWITCHES).get(".".join(path))
    if words is not None:
        return next((word for word in words if _SAID.get(word, word) == typed), typed)
    whole = path[0] == "posts" and path[-1] != "pay"
    return int(typed) if (whole or path[-1] == "years_per_band") and typed.isdigit() else typed


def said_of(value: Any) -> str:
    """A value of a scheme in words."""
    if value is None:
        return UNKNOWN
    if isinstance(value, bool):
        return "是" if value else "否"
    return _SAID.get(value, str(value)) if isinstance(value, str) else str(value)


UNKNOWN = "未填"
