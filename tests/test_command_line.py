"""The verbs: one line per result, sentences on standard error, never a traceback."""

from __future__ import annotations

import errno
import io
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from lanling_desktop import catalogue, command_line
from lanling_desktop.core.clock import fixed
from lanling_desktop.core.plain import View
from lanling_desktop.core.vault import Vault
from lanling_desktop.opening import create_office, open_office

CLOCK = fixed(2026, 11, 23)
ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def office_file(demo_file: Path, tmp_path: Path) -> str:
    path = tmp_path / "兰陵 演示.lanling"
    path.write_bytes(demo_file.read_bytes())
    Vault(demo_file).carry(path)
    return str(path)


def ran(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, list[str], str]:
    code = command_line.main([str(each) for each in words], clock=CLOCK)
    out, err = capsys.readouterr()
    return code, out.splitlines(), err


def test_list_registers_and_papers(capsys: pytest.CaptureFixture[str], office_file: str) -> None:
    code, lines, _ = ran(capsys, "list", "registers", "--office", office_file)
    assert code == 0
    assert ["person", "居民", "400"] in [line.split("\t") for line in lines]
    code, lines, _ = ran(capsys, "list", "papers", "--office", office_file)
    assert code == 0
    assert all(len(line.split("\t")) == 3 for line in lines)
    assert any(line.startswith("central_household_roster\t党员中心户花名册\t") for line in lines)


def test_find_check_and_backup(
    capsys: pytest.CaptureFixture[str], office_file: str, tmp_path: Path
) -> None:
    code, lines, _ = ran(capsys, "find", "兰陵花园", "--office", office_file)
    assert code == 0
    assert any(line.startswith("小区\t兰陵花园\t") for line in lines)
    assert not any("371324" in line and "****" not in line for line in lines)
    assert ran(capsys, "check", office_file)[:2] == (0, [f"{office_file}\t没有发现问题"])
    kept = tmp_path / "备份.lanling"
    assert ran(capsys, "backup", office_file, "-o", kept)[0] == 0
    code, lines, _ = ran(capsys, "restore", kept, "-o", office_file)
    assert code == 0
    assert "原文件另存为" in lines[0]


def test_check_says_what_is_wrong_where(
    capsys: pytest.CaptureFixture[str], office_file: str
) -> None:
    with open_office(Path(office_file), clock=CLOCK) as office, office.store.writing() as session:
        session.connection().exec_driver_sql("UPDATE journal_entry SET actor = '别人'")
    code, lines, _ = ran(capsys, "check", office_file)
    assert code == 1
    assert lines[0] == "操作记录第 1 行\t操作记录被改动过"


def test_export_edited_and_imported_again(
    capsys: pytest.CaptureFixture[str], office_file: str, tmp_path: Path
) -> None:
    from openpyxl import load_workbook

    sheet = tmp_path / "小区.xlsx"
    code, lines, _ = ran(capsys, "export", "小区", "--office", office_file, "-o", sheet)
    assert (code, lines) == (0, [f"{sheet}\t小区\t89"])
    book = load_workbook(sheet)
    for row in book.active.iter_rows():
        for cell in row:
            if cell.value == "兰陵花园":
                cell.value = "兰陵花园一期"
    book.save(sheet)
    code, lines, _ = ran(capsys, "import", "compound", sheet, "--office", office_file, "--dry-run")
    assert code == 0
    assert lines[0].startswith("未写入\t小区.xlsx\t")
    code, lines, _ = ran(capsys, "import", "compound", sheet, "--office", office_file)
    assert code == 0
    assert lines[0].startswith("已导入\t小区.xlsx\t")
    with open_office(Path(office_file), clock=CLOCK) as office:
        assert office.resolve("compound", "兰陵花园一期")
        assert office.count(View("compound")) == 89


def test_a_masked_export_tells_no_number_and_no_door(
    capsys: pytest.CaptureFixture[str], office_file: str, tmp_path: Path
) -> None:
    from openpyxl import load_workbook

    sheet = tmp_path / "党员.xlsx"
    assert ran(capsys, "export", "党员", "--office", office_file, "-o", sheet)[0] == 0
    said = [str(c.value) for row in load_workbook(sheet).active.iter_rows() for c in row]
    assert any("号楼***" in each for each in said)
    assert not any("单元" in each for each in said)
    assert not any(each.startswith("154") and "*" not in each for each in said)
    code, lines, _ = ran(capsys, "import", "党员", sheet, "--office", office_file)
    assert code == 0
    assert "新增 0 行，修改 0 行" in lines[0]


def test_print_one_paper(
    capsys: pytest.CaptureFixture[str], office_file: str, tmp_path: Path
) -> None:
    target = tmp_path / "甲.pdf"
    words = ("print", "党员中心户登记表", "--office", office_file, "-o", target)
    code, lines, _ = ran(capsys, *words, "--record=ZXH-001", "--edition=公示版", "--day=2026-11-01")
    assert code == 0
    assert lines[0].split("\t")[::3] == ["2026-00001", str(target)]
    assert target.read_bytes().startswith(b"%PDF-")
    for wrong, said in (
        ("--edition=红色版", "没有“红色版”"),
        ("--day=昨天", "看不懂日期“昨天”"),
        ("--record=ZXH-999", "找不到“ZXH-999”"),
        ("--foo=1", "没有“--foo”这个参数"),
    ):
        code, lines, err = ran(capsys, *words, wrong)
        assert (code, lines) == (1, [])
        assert said in err


def test_the_halls_are_listed_and_printed(
    capsys: pytest.CaptureFixture[str], office_file: str, tmp_path: Path
) -> None:
    at = ("--office", office_file)
    _, lines, _ = ran(capsys, "list", "registers", *at)
    counted = {line.split("\t")[0]: int(line.split("\t")[2]) for line in lines}
    assert counted["meeting_hall"] == 89
    assert min(counted[key] for key in ("hall_meeting", "action_item", "phrase")) > 12
    _, lines, _ = ran(capsys, "list", "papers", *at)
    (line,) = [each for each in lines if each.startswith("hall_month\t月度汇总\t")]
    assert line.endswith("[--month=月份，如2026-11]")
    with open_office(Path(office_file), clock=CLOCK) as office:
        (hall,) = office.resolve("meeting_hall", "兰陵花园红色议事厅")
        (meeting,) = office.resolve("hall_meeting", "兰陵花园红色议事厅2026年第9次会议")
        for said in ("兰陵花园红色议事厅2026年第9次会议", meeting):
            assert command_line._record_id(office, "hall_meeting", said) == meeting
    out = tmp_path / "汇总.pdf"
    for asked in (
        ("hall_month",),
        ("月度汇总", "--month=2026-10", "--record=兰陵花园红色议事厅"),
        ("年度汇总", "--year=2025", f"--id={hall}"),
        ("年度汇总", "--day=2026-03-01", "--community=向阳社区"),
    ):
        code, lines, err = ran(capsys, "print", *asked, *at, "-o", out)
        assert (code, err, len(lines)) == (0, "", 1), asked
        assert out.read_bytes().startswith(b"%PDF")
    code, _, err = ran(capsys, "print", "月度汇总", "--month=十月", *at, "-o", out)
    assert code == 1
    assert "请按 2026-11 的样子填写" in err


def test_past_meetings_are_imported(capsys: pytest.CaptureFixture[str], office_file: str) -> None:
    book = ROOT / "tests/hall/files/红色议事厅会议登记表.xls"
    words = ("import", "议事会议", book, "--office", office_file)
    code, lines, _ = ran(capsys, *words, "--dry-run")
    assert code == 0
    assert lines[0].startswith("未写入\t")
    assert ran(capsys, *words)[0] == 0
    assert "新增 0 行，修改 0 行，一致 4 行" in ran(capsys, *words)[1][0]


def test_an_import_says_what_it_left_out_and_what_it_put_right(
    capsys: pytest.CaptureFixture[str], office_file: str, tmp_path: Path
) -> None:
    sheet = tmp_path / "居民.csv"
    sheet.write_text(
        "序号,姓名,手机,血型,家庭住址\n1,孙一,138 1234 5678,A,新区花园1号楼101\n"
        "2,孙二,138 1234 5679,B,新区花园1号楼102\n,合计,2,,\n",
        encoding="utf-8",
    )
    words = ("import", "居民", sheet, "--office", office_file)
    for more in (("--dry-run",), ()):
        code, lines, _ = ran(capsys, *words, *more)
        assert code == 0
        said = [line.split("\t")[1:] for line in lines[1:]]
        assert ["整列", "血型", "没有对应的栏目，这一列没有导入"] in said
        assert not any("序号" in line for line in lines)
        assert ["第 4 行", "没有导入", "合计行：合计"] in said
        assert ["第 2、3 行", "提示", "联系电话：已规范写法"] in said
        assert ["全表", "说明", "将一并新建 1 个小区：新区花园"] in said
        made = [each for each in said if each[0] == "全表" and "个户" in each[2]]
        assert made == [
            ["全表", "说明", "将一并新建 2 个户：新区花园 1号楼 101、新区花园 1号楼 102"]
        ]


def test_a_list_is_asked_for_its_own_columns(
    capsys: pytest.CaptureFixture[str], office_file: str, tmp_path: Path
) -> None:
    words = ("print", "list_compound", "--office", office_file, "-o", tmp_path / "甲.pdf")
    assert ran(capsys, *words, "--columns=name,address")[0] == 0
    code, _, err = ran(capsys, *words, "--columns=name,dog")
    assert code == 1
    assert "小区没有“dog”这一栏" in err
    assert "没有“dog”这种筛选" in ran(capsys, *words, "--ready=dog")[2]
    code, _, err = ran(capsys, *words, "--colums=name")
    assert "可用：--record、--id、--day、--edition、--text、--ready、--community、--columns" in err


@pytest.mark.parametrize("verb", ["print", "export", "backup"])
def test_a_device_or_a_folder_is_not_written_over(
    capsys: pytest.CaptureFixture[str], office_file: str, tmp_path: Path, verb: str
) -> None:
    given = {
        "print": ("list_compound", "--office", office_file),
        "export": ("compound", "--office", office_file),
        "backup": (office_file,),
    }[verb]
    (tmp_path / "夹").mkdir()
    if hasattr(os, "mkfifo"):  # Windows has none
        os.mkfifo(tmp_path / "管道")
    for name in [each.name for each in tmp_path.iterdir() if not each.is_file()]:
        code, lines, err = ran(capsys, verb, *given, "-o", tmp_path / name)
        assert (code, lines) == (1, [])
        assert "不是文件，不能写到那里" in err
        assert not (tmp_path / name).is_file()


def test_a_full_disk_under_the_results_is_said(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, office_file: str
) -> None:
    class Full(io.StringIO):
        def flush(self) -> None:
            raise OSError(errno.ENOSPC, "No space left on device")

    class Sooner(Full):
        def write(self, _text: str) -> int:
            raise OSError(errno.ENOSPC, "No space left on device")

    for stream in (Full(), Sooner()):
        monkeypatch.setattr(sys, "stdout", stream)
        assert command_line.main(["check", office_file], clock=CLOCK) == 1
        err = capsys.readouterr().err
        assert "结果没有显示完" in err
        assert "Traceback" not in err


def test_papers_prints_every_one(
    capsys: pytest.CaptureFixture[str], office_file: str, tmp_path: Path
) -> None:
    code, lines, _ = ran(capsys, "papers", "--office", office_file, "-o", tmp_path / "表册")
    assert code == 0
    files = {path.name for path in (tmp_path / "表册").iterdir()}
    printed = {line.split("\t")[1] for line in lines if not line.startswith("-")}
    assert {f"{title}.pdf" for title in printed} == files
    assert {"党员中心户花名册.pdf", "党员花名册.pdf", "户籍花名册.pdf"} <= files
    assert {"会议纪要.pdf", "公示.pdf", "办结回执.pdf", "月度汇总.pdf", "年度汇总.pdf"} <= files


def test_an_empty_office_prints_what_it_can(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = tmp_path / "空.lanling"
    create_office(path, clock=CLOCK).close()
    code, lines, err = ran(capsys, "papers", "--office", path, "-o", tmp_path / "表册")
    assert (code, err) == (0, "")
    assert "-\t党员中心户花名册\t党员中心户花名册是空的，没有可打印的内容" in lines


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("list", "registers", "--office", "/无/此.lanling"), "找不到"),
        (("check", "/无/此.lanling"), "找不到"),
        (("restore", "/无/此.lanling", "-o", "/tmp/乙.lanling"), "找不到"),
    ],
)
def test_trouble_is_three_sentences(
    capsys: pytest.CaptureFixture[str], words: tuple[str, ...], said: str
) -> None:
    code, lines, err = ran(capsys, *words)
    assert (code, lines) == (1, [])
    assert said in err
    assert err.count("。") == 3
    assert "Traceback" not in err


def test_an_unknown_register_is_said(
    capsys: pytest.CaptureFixture[str], office_file: str, tmp_path: Path
) -> None:
    words = ("export", "狗", "--office", office_file, "-o", tmp_path / "甲.xlsx")
    assert "没有“狗”这种名册" in ran(capsys, *words)[2]


@pytest.mark.parametrize("words", [[], ["--quit-after-paint"], ["/x/甲.lanling"]])
def test_the_rest_is_for_the_window(words: list[str]) -> None:
    assert not command_line.concerns(words)


def test_a_demo_without_a_screen_is_printed(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    assert not command_line.concerns(["--demo"]), "offscreen is a screen"
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    assert command_line.concerns(["--demo"])
    monkeypatch.setattr("lanling_desktop.demo.PERSONS", 300)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    few = {key: each for key, each in catalogue.papers().items() if "roster" in key}
    monkeypatch.setattr(catalogue, "papers", lambda: few)
    code, lines, _ = ran(capsys, "--demo")
    assert code == 0
    assert "没有屏幕" in lines[0]
    assert list(tmp_path.rglob("党员花名册.pdf"))


def test_a_console_that_knows_no_rare_character(
    monkeypatch: pytest.MonkeyPatch, office_file: str
) -> None:
    raw = io.BytesIO()
    narrow = io.TextIOWrapper(raw, encoding="gbk", errors="strict")
    monkeypatch.setattr(sys, "stdout", narrow)
    command_line._say("党员", "王𬭩")
    assert command_line.main(["check", office_file], clock=CLOCK) == 0
    narrow.flush()
    assert "党员\t王?" in raw.getvalue().decode("gbk")


def test_no_console_at_all(monkeypatch: pytest.MonkeyPatch, office_file: str) -> None:
    monkeypatch.setattr(sys, "stdout", None)
    monkeypatch.setattr(sys, "stderr", None)
    assert command_line.main(["check", office_file], clock=CLOCK) == 0
    assert command_line.main(["check", "/无/此.lanling"], clock=CLOCK) == 1


# As a process


def process(*words: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "lanling_desktop", *words],
        cwd=ROOT,
        capture_output=True,
        check=False,
        env={**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONWARNINGS": "error"},
    )


def test_demo_as_a_process(tmp_path: Path) -> None:
    done = process("demo", str(tmp_path), "--persons", "300")
    assert (done.returncode, done.stderr) == (0, b"")
    assert (tmp_path / "demo.lanling").is_file()
    again = process("demo", str(tmp_path))
    assert again.returncode == 1
    assert b"Traceback" not in again.stderr


@pytest.mark.skipif(shutil.which("bash") is None, reason="bash is not installed")
def test_a_pipe_that_closes_early_is_no_trouble(office_file: str) -> None:
    command = f'"{sys.executable}" -m lanling_desktop find z --office "{office_file}" | head -n 1'
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", command], cwd=ROOT, capture_output=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, b"")


def test_the_windows_start_loads_nothing_heavy() -> None:
    code = (
        "import sys; from lanling_desktop import command_line; command_line.concerns([]);"
        "print(sorted({'sqlalchemy','reportlab','argparse','tempfile','openpyxl'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=True)
    assert done.stdout.strip() == b"[]"
