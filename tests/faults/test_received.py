"""C.3 D, rows 40 to 52: what superiors send, each clause of a row in one sheet or file."""

from __future__ import annotations

import json
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

import openpyxl
import pytest

from lanling_desktop.core.errors import OfficeError
from lanling_desktop.core.office import Office
from lanling_desktop.core.plain import View
from lanling_desktop.exchange import plan, returned, transfer, workbook
from lanling_desktop.exchange.gate import admit
from lanling_desktop.printing.paper import Request, draw_paper
from lanling_desktop.standards import identity
from tests.exchange.sheets import FILES, SHEET_1, SOFFICE, convert, rewrite, sheet_xml, simple
from tests.office import numbered, state_of

HERE = Path(__file__).parent / "files"
HEADS = ("姓名", "身份证号", "出生日期", "手机", "家庭住址")
needs_office = pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed")


def bring(office: Office, path: Path, **how: bool) -> transfer.Outcome:
    return transfer.import_file(office, "person", path, **how)


def persons(office: Office) -> list[tuple[object, ...]]:
    view = View("person")
    keys = ("name", "identity_number", "phone")
    return [row[1:] for row in office.page(view, 0, 99, keys=keys, masked=False)]


@pytest.mark.fault(40)
def test_a_number_that_lost_its_end_is_refused_even_where_its_check_digit_fits_by_luck(
    desk_office: Office, tmp_path: Path
) -> None:
    """Excel puts noughts for the last three: one in eleven of these is a valid number."""
    lost = [int(f"371324{1950 + n:04}0101000") * 10 for n in range(60)]
    lucky = [
        n for n, each in enumerate(lost) if not identity.check(str(each), desk_office.today).problem
    ]
    assert lucky, "none of them fits by luck: the test shows nothing"
    path = simple(
        tmp_path / "a.xlsx",
        [HEADS, *((f"王{chr(0x4E00 + n)}", each) for n, each in enumerate(lost))],
    )
    outcome = bring(desk_office, path)
    assert outcome.changes is None
    assert [each.address for each in outcome.plan.troubles] == [f"B{n + 2}" for n in range(60)]
    assert all("数字" in each.words for each in outcome.plan.troubles)
    bring(desk_office, path, skip_errors=True)
    assert persons(desk_office) == []


@pytest.mark.fault(40)
@pytest.mark.parametrize("cell", ["3.71324E+17", "3.71324199001E+17", "371324199001010000"])
def test_a_csv_that_passed_through_excel_is_refused_too(
    desk_office: Office, tmp_path: Path, cell: str
) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f"姓名,身份证号\n王芳,{cell}\n", encoding="gb18030")
    (trouble,) = bring(desk_office, path).plan.troubles
    assert trouble.address == "B2"
    assert persons(desk_office) == []


def _one_wrong(rows: int) -> list[Sequence[object]]:
    made: list[Sequence[object]] = [HEADS]
    for n in range(rows):
        day = f"{1950 + n % 50}{n // 50 % 12 + 1:02d}{n // 600 % 28 + 1:02d}"
        number = numbered(day, n // 16_800 * 2 + 1)
        wrong = number[:-1] + ("1" if number[-1] != "1" else "2")
        made.append((f"王{chr(0x4E00 + n % 5000)}", wrong if n == rows // 2 else number))
    return made


@pytest.mark.fault(44)
@pytest.mark.parametrize("rows", [1_500, pytest.param(50_000, marks=pytest.mark.campaign)])
@pytest.mark.timeout(1800)
def test_one_bad_row_in_the_middle_stops_all_and_comes_back_marked(
    desk_office: Office, tmp_path: Path, rows: int
) -> None:
    path = simple(tmp_path / "居民.xlsx", _one_wrong(rows))
    before = state_of(desk_office)
    outcome = bring(desk_office, path)
    assert outcome.changes is None
    assert state_of(desk_office) == before
    (trouble,) = outcome.plan.troubles
    assert trouble.address == f"B{rows // 2 + 2}"
    with pytest.raises(OfficeError, match=f"B{rows // 2 + 2}") as refused:
        transfer.carry_out(desk_office, outcome.plan)
    assert "没有导入任何一行" in refused.value.safe
    assert "跳过错误行" in refused.value.then
    out = tmp_path / "错误.xlsx"
    faults = [
        returned.CellError("表", each.row, each.column, each.words)
        for each in outcome.plan.troubles
    ]
    returned.write_errors(path, out, faults, header_row=1)
    sheet = workbook.read(out).sheets[0]
    assert sheet.row(rows // 2 + 2).cell(6).text == trouble.words
    assert bring(desk_office, path, skip_errors=True).changes is not None
    assert desk_office.count(View("person")) == rows - 1


def _worst_sheet(folder: Path) -> Path:
    """Title, 单位 line, two rows of heads, note row, hidden column and row, filter, empty tail."""
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.append(["兰陵街道居民花名册"])
    page.merge_cells("A1:H1")
    page.append(["单位（盖章）：兰陵社区"])
    page.append(["序号", "基本情况", None, None, "联系方式", None, "旧编号", "备注"])
    page.append([None, "姓名", "身份证号", "出生日期", "手机", "家庭住址", None, None])
    for cells in ("B3:D3", "E3:F3", "A3:A4", "G3:G4", "H3:H4"):
        page.merge_cells(cells)
    page.append(["注：身份证号请填文本格式，与户口簿一致，不得空缺，由网格员核对"])
    page.merge_cells("A5:H5")
    for n in range(1, 4):
        number = numbered(f"198{n}0101", n)
        page.append(
            [n, f"王芳{'一二三'[n - 1]}", number, f"198{n}.1.1", f"1390000000{n}", "", "旧", ""]
        )
    page.append([None, "王芳四", numbered("19840101", 1)])
    page.append(["合计", "4 人"])
    page.append(["填表人：李", None, None, None, "审核人：赵"])
    page.column_dimensions["G"].hidden = True
    page.row_dimensions[7].hidden = True
    page.auto_filter.ref = "A4:H9"
    page.auto_filter.add_filter_column(1, ["王芳一"])
    book.save(folder / "b.xlsx")
    tail = b"".join(
        b'<row r="%d"><c r="A%d" s="0"/><c r="H%d" s="0"/></row>' % (n, n, n)
        for n in range(12, 1_048_577)
    )
    change = {SHEET_1: lambda data: data.replace(b"</sheetData>", tail + b"</sheetData>")}
    return rewrite(folder / "b.xlsx", folder / "花名册.xlsx", change)


@pytest.mark.fault(45)
def test_the_worst_sheet_of_a_superior_is_read_whole_in_time(
    desk_office: Office, tmp_path: Path
) -> None:
    path = _worst_sheet(tmp_path)
    begun = time.process_time()
    received = plan.receive(desk_office, "person", path)
    planned = plan.plan(desk_office, received)
    spent = time.process_time() - begun
    assert spent < _walk_of(path) * 25 + 1, f"{spent:.1f} s of the processor"
    assert received.header.rows == (3, 4)
    assert received.header.title == "兰陵街道居民花名册"
    assert [row.title for row in planned.rows] == ["王芳一", "王芳二", "王芳三", "王芳四"]
    assert [(each.row, each.reason) for each in planned.left_out] == [
        (5, "表上说明行"),
        (10, "合计行"),
        (11, "表下说明或签字行"),
    ]
    assert planned.unknown == ("序号", "旧编号")
    assert planned.troubles == ()
    assert bring(desk_office, path).changes is not None
    assert len(persons(desk_office)) == 4


def _walk_of(path: Path) -> float:
    """What this machine needs to inflate the sheet and look for its tags: what a second is here."""
    begun = time.process_time()
    with zipfile.ZipFile(path) as archive:
        data = archive.read(SHEET_1)
    assert data.count(b"<row") > 1_000_000
    return time.process_time() - begun


@pytest.mark.fault(46)
@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ("90/5/1", "两位"),
        ("90.5.1", "两位"),
        ("900501", "两位"),
        ("5/1/90", ""),
        ("农历四月初七", "看不出是哪一天"),
        ("庚午年四月初七", "看不出是哪一天"),
        ("1990年13月1日", ""),
        ("1990.2.29", ""),
        ("32994", "日期序号"),
    ],
)
def test_a_date_nobody_can_be_sure_of_is_named_with_its_cell(
    desk_office: Office, tmp_path: Path, cell: str, words: str
) -> None:
    path = simple(tmp_path / "a.xlsx", [HEADS, ("王芳", "", cell)])
    (trouble,) = bring(desk_office, path).plan.troubles
    assert trouble.address == "C2"
    assert words in trouble.words
    assert persons(desk_office) == []


@pytest.mark.fault(47)
def test_odd_signs_are_put_right_and_the_preview_says_so(
    desk_office: Office, tmp_path: Path
) -> None:
    row = (
        "王\u200b\n芳\u00a0",
        "'３４０５２４１９８００１０１００１Ｘ",
        "",
        "\ufeff138\u00a01234\u20605678",
        "",
    )
    path = simple(tmp_path / "a.xlsx", [HEADS, row])
    (planned,) = plan.plan(desk_office, plan.receive(desk_office, "person", path)).rows
    assert {note.split("：")[0] for note in planned.notes} >= {"姓名", "身份证号", "联系电话"}
    assert bring(desk_office, path).changes is not None
    assert persons(desk_office) == [("王芳", "34052419800101001X", "13812345678")]


RARE_NAMES = {
    "买买提·艾力": "买买提·艾力",
    "买买提•艾力": "买买提·艾力",
    "买买提．艾力": "买买提·艾力",
    "𠮷野𬭩": "𠮷野𬭩",
    "王\ue863\uf8ff": "王\ue863\uf8ff",
    "李e\u0301": "李e\u0301",
    "葛\U000e0100": "葛\U000e0100",
    "张㛃䶮": "张㛃䶮",
}


@pytest.mark.fault(48)
@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_names_outside_gbk_are_kept_and_said_where_paper_has_no_shape_for_them(
    desk_office: Office, tmp_path: Path, kind: str
) -> None:
    if kind == "xlsx":
        path = simple(tmp_path / "a.xlsx", [HEADS[:1], *([each] for each in RARE_NAMES)])
        heads = openpyxl.load_workbook(path)
        heads.worksheets[0].cell(1, 2, "身份证号")
        heads.save(path)
    else:
        path = tmp_path / "a.csv"
        path.write_text(
            "姓名,身份证号\n" + "".join(f"{each},\n" for each in RARE_NAMES), encoding="utf-8"
        )
    assert bring(desk_office, path).changes is not None
    assert sorted(row[0] for row in persons(desk_office)) == sorted(RARE_NAMES.values())  # type: ignore[type-var]
    from lanling_desktop import catalogue

    with pytest.raises(OfficeError, match=r"U\+E863") as refused:
        draw_paper(desk_office, catalogue.papers()["list_person"], Request())
    assert "没有印出任何内容" in refused.value.safe


@pytest.mark.fault(49)
@pytest.mark.parametrize(
    "encoding", ["gbk", "gb18030", "utf-8", "utf-8-sig", "utf-16", "utf-16-le"]
)
def test_a_csv_comes_in_as_it_was_written(
    desk_office: Office, tmp_path: Path, encoding: str
) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes("姓名,身份证号,家庭住址\r\n王芳,,老街8号\r\n".encode(encoding))
    assert bring(desk_office, path).changes is not None
    assert [row[0] for row in persons(desk_office)] == ["王芳"]


@pytest.mark.fault(49)
@pytest.mark.parametrize("encoding", ["shift_jis", "euc_kr", "utf-32", "cp037"])
def test_a_csv_in_no_coding_of_ours_is_refused_and_nothing_wrong_is_kept(
    desk_office: Office, tmp_path: Path, encoding: str
) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes("name,姓名\r\n".encode(encoding, "ignore") * 3 + bytes(range(128, 256)))
    with pytest.raises(OfficeError):
        bring(desk_office, path)
    assert persons(desk_office) == []


@pytest.mark.fault(50)
def test_a_workbook_with_a_password_is_named(desk_office: Office) -> None:
    with pytest.raises(OfficeError, match="有打开密码"):
        bring(desk_office, HERE / "有密码.xlsx")


@needs_office
@pytest.mark.fault(50)
@pytest.mark.parametrize(
    ("kind", "suffix", "said"),
    [
        ("html", "xls", "网页（HTML）"),
        ("fods", "xls", ".fods"),
        ("pdf", "xlsx", "PDF"),
    ],
)
def test_what_libreoffice_writes_is_named_under_a_wrong_name(
    desk_office: Office, tmp_path: Path, kind: str, suffix: str, said: str
) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    made = convert(FILES / "党员花名册.xlsx", kind, folder)
    renamed = made.rename(tmp_path / f"花名册.{suffix}")
    with pytest.raises(OfficeError) as refused:
        bring(desk_office, renamed)
    assert said in refused.value.what
    assert refused.value.then


@needs_office
@pytest.mark.fault(50)
@pytest.mark.parametrize(
    ("kind", "said"), [("docx", "Word"), ("odt", "OpenDocument"), ("doc", "Word")]
)
def test_a_letter_renamed_to_a_table_is_named(
    desk_office: Office, tmp_path: Path, kind: str, said: str
) -> None:
    (tmp_path / "通知.txt").write_text("请于周五前上报花名册。", encoding="utf-8")
    folder = tmp_path / "out"
    folder.mkdir()
    made = convert(tmp_path / "通知.txt", kind, folder)
    with pytest.raises(OfficeError, match=said):
        bring(desk_office, made.rename(tmp_path / "花名册.xlsx"))


@needs_office
@pytest.mark.fault(50)
@pytest.mark.parametrize("kind", ["xls", "ods", "xlsx"])
def test_what_libreoffice_saved_comes_in_whole(
    desk_office: Office, tmp_path: Path, kind: str
) -> None:
    rows = [
        (f"王{chr(0x4E00 + n)}", numbered(f"19800{n + 1}01", 1), f"1980-0{n + 1}-01")
        for n in range(9)
    ]
    source = simple(tmp_path / "居民.xlsx", [HEADS[:3], *rows])
    folder = tmp_path / "out"
    folder.mkdir()
    made = convert(source, kind, folder)
    renamed = made.rename(tmp_path / "居民.et") if kind == "xls" else made
    assert bring(desk_office, renamed).plan.count("新增") == 9


def _bombs(folder: Path) -> dict[str, Path]:
    """Each of the bombs of row 51 that a mail may bring."""
    plain = simple(folder / "plain.xlsx", [["姓名", "手机"], ["王芳", "13900000001"]])
    laughs = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "lol"><!ENTITY c "&b;&b;">]><a>&c;</a>'
    outside = b'<?xml version="1.0"?><!DOCTYPE a SYSTEM "http://127.0.0.1:9/a.dtd"><a>&b;</a>'
    entity = (
        b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'
    )
    strings = b"".join(b"<si><t>%d</t></si>" % n for n in range(1_000_100))
    inner = folder / "inner.zip"
    with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a", b"\0" * 10_000_000)
    link = b"<externalLink xmlns:r='r'><externalBook r:id='rId1'/></externalLink>"
    parts: dict[str, dict[str, Callable[[bytes], bytes] | bytes]] = {
        "ratio": {SHEET_1: b"<a>" + b" " * 100_000_000 + b"</a>"},
        "strings": {"xl/sharedStrings.xml": b"<?xml version='1.0'?><sst>" + strings + b"</sst>"},
        "nested": {"xl/media/a.zip": inner.read_bytes()},
        "deep": {SHEET_1: sheet_xml(b"<a>" * 200_000)},
        "laughs": {"xl/workbook.xml": laughs},
        "dtd": {SHEET_1: outside},
        "entity": {"xl/sharedStrings.xml": entity},
        "link": {"xl/externalLinks/externalLink1.xml": link},
        "connection": {"xl/connections.xml": b"<connections/>"},
    }
    found = {name: rewrite(plain, folder / f"{name}.xlsx", each) for name, each in parts.items()}
    many = folder / "members.xlsx"
    with zipfile.ZipFile(many, "w") as archive:
        for number in range(30_000):
            archive.writestr(f"xl/{number}.xml", b"")
    return {**found, "members": many}


_WATCHED = """
import json, sys, time
from pathlib import Path
from lanling_desktop.exchange import gate, workbook
from lanling_desktop.core.errors import OfficeError
import python_calamine, csv, xml.parsers.expat
names = sys.argv[1:]
seen, heard = [], []
def hook(event, arguments):
    if event == "open" and seen is not None:
        seen.append(str(arguments[0]))
    elif event.split(".")[0] in ("socket", "subprocess", "os.system", "urllib", "ctypes"):
        heard.append(event)
sys.addaudithook(hook)
for name in names:
    seen.clear()
    begun = time.process_time()
    try:
        workbook.read(Path(name))
        what = ""
    except OfficeError as refused:
        what = refused.what
    spent = time.process_time() - begun
    opened = sorted({each for each in seen if not each.endswith((".py", ".pyc"))} - {name})
    peak = next(x for x in open("/proc/self/status").read().splitlines() if x.startswith("VmHWM"))
    print(json.dumps([Path(name).stem, what, spent, opened, heard, int(peak.split()[1]) / 1024]))
"""


@pytest.mark.fault(51)
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="only Linux tells the peak")
def test_every_bomb_is_refused_in_time_opening_nothing_but_itself(tmp_path: Path) -> None:
    """Within a second of the processor, 100 MB above the program, and no file or socket besides."""
    bombs = _bombs(tmp_path)
    sound = simple(tmp_path / "sound.xlsx", [["姓名", "手机"], ["王芳", "1"]])
    paths = [str(each) for each in (sound, *bombs.values())]
    done = subprocess.run(
        [sys.executable, "-c", _WATCHED, *paths], check=True, capture_output=True, text=True,
        timeout=280, cwd=Path(__file__).parents[2],
    )  # fmt: skip
    told = [json.loads(line) for line in done.stdout.splitlines()]
    assert [each[0] for each in told] == ["sound", *bombs]
    base = told[0][5]
    assert told[0][1] == "", "a sound file is read"
    for name, what, spent, opened, heard, peak in told:
        assert opened == [], name
        assert heard == [], name
        if name != "sound":
            assert what, f"{name} was let in"
            assert spent < 1.0, f"{name}: {spent:.2f} s"
            assert peak - base < 100, f"{name}: {peak - base:.0f} MB"


@pytest.mark.fault(51)
def test_a_table_with_macros_is_data_and_says_so(desk_office: Office, tmp_path: Path) -> None:
    plain = simple(tmp_path / "a.xlsx", [HEADS[:2], ["王芳", ""]])
    path = rewrite(plain, tmp_path / "b.xlsm", {"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0"})
    assert "宏不会运行" in admit(path).notes[0]
    outcome = bring(desk_office, path)
    assert any("宏不会运行" in note for note in outcome.plan.notes), (
        "the clerk reads it in the preview"
    )
    assert [row[0] for row in persons(desk_office)] == ["王芳"]


@pytest.mark.fault(52)
def test_formula_cells_by_their_value_or_by_name_and_commands_as_words(
    desk_office: Office, tmp_path: Path
) -> None:
    rows = (
        b"<row r='1'><c r='A1' t='str'><v>%s</v></c><c r='B1' t='str'><v>%s</v></c></row>"
        b"<row r='2'><c r='A2' t='str'><f>B9&amp;C9</f><v>%s</v></c></row>"
        b"<row r='3'><c r='A3'><f>B9</f></c><c r='B3' t='str'><v>x</v></c></row>"
        b"<row r='4'><c r='A4' t='str'><v>%s</v></c><c r='B4' t='str'><v>=cmd|' /C calc'!A0</v></c></row>"
        b"<row r='5'><c r='A5' t='str'><v>%s</v></c><c r='B5' t='e'><f>1/0</f><v>#DIV/0!</v></c></row>"
    ) % tuple(each.encode() for each in ("姓名", "备注", "王芳", "李敏", "赵刚"))
    base = simple(tmp_path / "b.xlsx", [["a"]])
    path = rewrite(base, tmp_path / "a.xlsx", {SHEET_1: sheet_xml(rows)})
    outcome = bring(desk_office, path)
    assert [(each.address, "没有计算结果" in each.words) for each in outcome.plan.troubles] == [
        ("A3", True),
        ("B5", False),
    ]
    bring(desk_office, path, skip_errors=True)
    names = {row[0] for row in persons(desk_office)}
    assert names == {"王芳", "李敏"}
    (li,) = (hit.id for hit in desk_office.find("李敏", register="person"))
    assert desk_office.read("person", li)["remark"] == "=cmd|' /C calc'!A0"
