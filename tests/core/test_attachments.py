"""Attachments through the office: real files in, the same bytes out, nothing half, nothing lost."""

from __future__ import annotations

import contextlib
import hashlib
import os
import signal
import subprocess
import sys
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from lanling_desktop import opening
from lanling_desktop.check import check
from lanling_desktop.core import attachments, pictures
from lanling_desktop.core.attachments import PHOTO, SCAN, Incoming
from lanling_desktop.core.clock import fixed
from lanling_desktop.core.errors import OfficeError
from lanling_desktop.core.file_types import ENDINGS, RefusedError, media_type
from lanling_desktop.core.office import Office
from lanling_desktop.core.vault import Vault
from lanling_desktop.people.actions import merge_persons
from tests.core.pictures import jpeg, package, pdf, png, written
from tests.office import add_member, person_of

CLOCK = fixed(2026, 11, 23)


@pytest.fixture
def worker(desk_office: Office) -> str:
    raw = {"person.name": "张玉兰", "code": "GZ001", "status": "在职"}
    return desk_office.save("community_worker", None, raw, confirmed=True).main


def files(office: Office) -> list[Path]:
    return list(office.vault.files())


def add(office: Office, owner: str, *given: Incoming) -> list[attachments.Attached]:
    attachments.add(office, "community_worker", owner, given)
    return attachments.of(office, "community_worker", owner)


def test_a_file_comes_out_as_it_went_in(desk_office: Office, worker: str, tmp_path: Path) -> None:
    data = jpeg(taken="2026:11:20 09:30:00")
    path = written(tmp_path, "社会工作师证书.JPG", data)
    (kept,) = add(desk_office, worker, attachments.read_in(path))
    assert attachments.content(desk_office, kept) == data
    assert (kept.title, kept.file_name, kept.what) == ("社会工作师证书", "社会工作师证书.JPG", SCAN)
    assert (kept.size, kept.media_type, kept.ending) == (len(data), "image/jpeg", ".jpg")
    assert kept.digest == hashlib.sha256(data).hexdigest()
    assert (kept.added_on, kept.taken_on) == (date(2026, 11, 23), date(2026, 11, 20))
    assert [each.name for each in files(desk_office)] == [kept.digest]
    assert desk_office.vault.folder.name == "向阳 社区.lanling.附件"
    assert check(desk_office) == []


def test_a_posted_photograph_is_a_photograph_and_a_scan_a_scan(desk_office: Office) -> None:
    raw = {"title": "公示", "posted_on": "2026-11-20", "place": "公示栏"}
    posted = desk_office.save("publicity", None, raw).main
    given = [Incoming("近景.jpg", jpeg()), Incoming("稿.pdf", pdf())]
    attachments.add(desk_office, "publicity", posted, given)
    kept = attachments.of(desk_office, "publicity", posted)
    assert [(each.title, each.what) for each in kept] == [("近景", PHOTO), ("稿", SCAN)]
    assert [each.title for each in attachments.photos(desk_office, "publicity", posted)] == ["近景"]


def test_one_act_with_its_history_undo_and_redo(desk_office: Office, worker: str) -> None:
    add(desk_office, worker, Incoming("一.jpg", jpeg()), Incoming("二.pdf", pdf()))
    act, _ = desk_office.undoable()
    assert act is not None
    assert act.title == "给社区工作者 张玉兰 加附件 一、二"
    said = [(each.label, each.after) for each in desk_office.history("community_worker", worker)]
    assert ("附件名称", "一") in said
    before = [each.read_bytes() for each in files(desk_office)]
    desk_office.undo()
    assert attachments.of(desk_office, "community_worker", worker) == []
    assert [each.read_bytes() for each in files(desk_office)] == before, "undo takes no file away"
    assert check(desk_office) == [], "a file that a redo wants is no orphan"
    desk_office.redo()
    kept = attachments.of(desk_office, "community_worker", worker)
    assert [attachments.content(desk_office, each) for each in kept] == [jpeg(), pdf()]


def test_taking_away_is_the_bin_and_can_be_taken_back(desk_office: Office, worker: str) -> None:
    (kept,) = add(desk_office, worker, Incoming("一.jpg", jpeg()))
    desk_office.bin("attachment", kept.id, "加错人了")
    assert attachments.of(desk_office, "community_worker", worker) == []
    (gone,) = attachments.of(desk_office, "community_worker", worker, binned=True)
    assert gone.binned_why == "加错人了"
    assert attachments.content(desk_office, gone) == jpeg()
    desk_office.restore("attachment", kept.id)
    assert attachments.of(desk_office, "community_worker", worker) == [kept]


def test_the_same_file_twice_is_stored_once(desk_office: Office, worker: str) -> None:
    other = desk_office.save("community_worker", None, {"person.name": "李强"}, confirmed=True).main
    add(desk_office, worker, Incoming("一.jpg", jpeg()))
    assert (
        attachments.add(desk_office, "community_worker", worker, [Incoming("又.jpg", jpeg())])
        is None
    ), "the record has it already"
    (theirs,) = add(desk_office, other, Incoming("别名.jpg", jpeg()))
    assert len(files(desk_office)) == 1
    assert attachments.content(desk_office, theirs) == jpeg()


def test_check_names_what_was_changed_what_is_gone_and_what_belongs_to_nobody(
    desk_office: Office, worker: str
) -> None:
    one, two = add(desk_office, worker, Incoming("证书.jpg", jpeg()), Incoming("合同.pdf", pdf()))
    place = desk_office.vault.place(one.digest)
    place.write_bytes(place.read_bytes()[:-1] + b"x")
    desk_office.vault.place(two.digest).unlink()
    (desk_office.vault.folder / "aa").mkdir(exist_ok=True)
    (desk_office.vault.folder / "aa" / "stray").write_bytes(b"left by a power cut")
    found = {each.where: each.what for each in check(desk_office)}
    assert "被改动过" in found["附件 社区工作者 张玉兰 的“证书”"]
    assert "不见了" in found["附件 社区工作者 张玉兰 的“合同”"]
    assert "不属于任何记录" in found["附件文件夹"]
    with pytest.raises(OfficeError, match=r"证书.*被改动过"):
        attachments.content(desk_office, one)
    add(desk_office, worker, Incoming("再加.pdf", png()))
    other = desk_office.save("community_worker", None, {"person.name": "李强"}, confirmed=True).main
    add(desk_office, other, Incoming("原件.jpg", jpeg()))
    assert attachments.content(desk_office, one) == jpeg(), "the original given again heals it"


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("程序.jpg", b"MZ\x90\x00" + b"\0" * 200, "不是能加的文件"),
        ("网页.pdf", b"<html><script>x</script></html>", "不是能加的文件"),
        ("空.jpg", b"", "空的"),
        ("半张.jpg", jpeg(size=(800, 800))[:2_000], "没有传完"),
        ("旧.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "旧格式"),
        ("宏.docx", package("word/document.xml", "word/vbaProject.bin"), "宏"),
        ("压缩.zip", package("a.txt"), "压缩包"),
        ("破.xlsx", package("xl/workbook.xml")[:20], "打不开"),
        ("苹果.heic", b"\0\0\0\x18ftypheic" + b"\0" * 60, "HEIC"),
        ("大.pdf", pdf() + b"0" * attachments.LARGEST, "超过 20 MB"),
    ],
    ids=lambda each: each if isinstance(each, str) else "",  # bytes of a zip tell the time
)
def test_what_is_not_let_in_is_said_and_nothing_is_kept(
    desk_office: Office, worker: str, name: str, data: bytes, words: str
) -> None:
    good = Incoming("好.jpg", jpeg())
    with pytest.raises(OfficeError, match=words) as said:
        attachments.add(desk_office, "community_worker", worker, [good, Incoming(name, data)])
    assert said.value.what.startswith(f"“{name}”")
    assert "一个也没有添加" in said.value.safe
    assert attachments.of(desk_office, "community_worker", worker) == []
    assert files(desk_office) == []


def test_the_type_is_what_the_file_is_not_what_it_is_called(
    desk_office: Office, worker: str
) -> None:
    named = package("word/document.xml")
    (kept,) = add(desk_office, worker, Incoming("..\\..\\证书.exe", named))
    assert (kept.ending, kept.file_name, kept.title) == (".docx", "证书.exe", "证书")


@given(st.binary(max_size=300))
def test_any_bytes_are_a_known_type_or_refused(data: bytes) -> None:
    for head in (
        b"",
        b"\xff\xd8\xff",
        b"\x89PNG\r\n\x1a\n",
        b"PK\x03\x04",
        b"BM",
        b"II*\0",
        b"RIFF",
    ):
        kind = ""
        with contextlib.suppress(RefusedError):
            kind = media_type(head + data)
        assert kind in ("", *ENDINGS)


@pytest.mark.parametrize("turned", [1, 3, 6, 8])
def test_a_photograph_is_turned_as_the_camera_was_held(turned: int) -> None:
    data = jpeg("red", (800, 400), turned=turned)
    drawn = pictures.for_paper(data, 200)
    assert (drawn.width, drawn.height) == ((200, 100) if turned in (1, 3) else (100, 200))
    shown = Image.open(BytesIO(drawn.data))
    assert not shown.getexif(), "the camera's notes stay behind"
    # The red half is left, right, on top, at the foot.
    at = {1: (10, 50), 3: (190, 50), 6: (50, 10), 8: (50, 190)}[turned]
    red, green, blue = shown.getpixel(at)  # type: ignore[misc]
    assert red > 200
    assert green < 60
    assert blue < 60
    small = Image.open(BytesIO(pictures.thumbnail(data, 48)))
    assert max(small.size) == 48


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "L", "LA", "P", "1", "I;16"])
def test_every_kind_of_picture_can_be_shown_and_printed(mode: str) -> None:
    data = png("white", (60, 30), mode)
    assert media_type(data) == "image/png"
    assert pictures.thumbnail(data, 48).startswith(b"\x89PNG")
    drawn = pictures.for_paper(data, 500)
    assert (drawn.width, drawn.height) == (60, 30), "nothing is blown up"
    assert Image.open(BytesIO(drawn.data)).mode == "RGB"


def test_under_a_key_the_folder_tells_nothing(tmp_path: Path) -> None:
    path, key = tmp_path / "锁.lanling", "ab" * 32
    secret = pdf() + "张玉兰 34052419800101001X".encode()
    with opening.create_office(path, key=key, clock=CLOCK) as office:
        made = office.save("community_worker", None, {"person.name": "张玉兰"}, confirmed=True).main
        (kept,) = add(office, made, Incoming("张玉兰身份证.pdf", secret))
        assert check(office) == []
    (stolen,) = Vault(path).files()
    raw = stolen.read_bytes()
    assert b"%PDF" not in raw
    assert "张玉兰".encode() not in raw
    digest = hashlib.sha256(secret).hexdigest()
    assert digest[:8] not in str(stolen.relative_to(path.parent))
    with pytest.raises(OfficeError, match="不见了"):
        Vault(path, key="cd" * 32).get(kept.digest)
    stolen.write_bytes(raw[:-1] + bytes([raw[-1] ^ 1]))
    with opening.open_office(path, key=key, clock=CLOCK) as office:
        assert [each.what for each in check(office)] == ["附件的文件被改动过，内容已经不是原来的"]


def test_an_office_is_locked_with_its_attachments(tmp_path: Path) -> None:
    plain, locked = Vault(tmp_path / "a.lanling"), Vault(tmp_path / "b.lanling", key="ab" * 32)
    digests = [plain.put(jpeg()), plain.put(pdf())]
    plain.reseal(locked, digests)
    assert [locked.get(each) for each in digests] == [jpeg(), pdf()]
    assert {each.name for each in locked.files()}.isdisjoint(digests)


def test_a_backup_and_its_restoring_bring_the_files(
    desk_office: Office, worker: str, tmp_path: Path
) -> None:
    (kept,) = add(desk_office, worker, Incoming("证书.jpg", jpeg()))
    stick = tmp_path / "U 盘"
    stick.mkdir()
    opening.backup_office(desk_office, stick / "备份.lanling")
    opening.backup_office(desk_office, stick / "备份.lanling")
    opening.restore_office(stick / "备份.lanling", tmp_path / "新" / "甲.lanling", clock=CLOCK)
    with opening.open_office(tmp_path / "新" / "甲.lanling", clock=CLOCK) as office:
        assert attachments.content(office, attachments.one(office, kept.id)) == jpeg()
        assert check(office) == []


def test_a_full_disk_keeps_nothing_and_says_so(
    desk_office: Office, worker: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", full)
        with pytest.raises(OfficeError, match="磁盘已满"):
            attachments.add(desk_office, "community_worker", worker, [Incoming("证.jpg", jpeg())])
    assert files(desk_office) == []
    assert attachments.of(desk_office, "community_worker", worker) == []


_WRITER = """
import sys
from pathlib import Path
from lanling_desktop.core.vault import Vault
vault = Vault(Path(sys.argv[1]))
print("begun", flush=True)
for number in range(100_000):
    vault.put(number.to_bytes(4, "big") * 50_000)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")
def test_a_kill_while_writing_leaves_no_half_file_under_a_name(tmp_path: Path) -> None:
    office = tmp_path / "甲.lanling"
    for _ in range(5):
        writer = subprocess.Popen(
            [sys.executable, "-c", _WRITER, str(office)], stdout=subprocess.PIPE
        )
        assert writer.stdout is not None
        writer.stdout.readline()
        vault = Vault(office)
        seen = len(list(vault.files()))
        while len(list(vault.files())) < seen + 5 and writer.poll() is None:
            pass
        writer.send_signal(signal.SIGKILL)
        writer.wait()
        writer.stdout.close()
    named = [each for each in vault.files() if not each.name.startswith(".")]
    assert len(named) >= 5
    for each in named:
        assert len(vault.get(each.name)) == 200_000


def test_two_of_one_person_become_one_with_all_files(desk_office: Office) -> None:
    one, two = (person_of(desk_office, add_member(desk_office, "张玉兰")) for _ in range(2))
    attachments.add(desk_office, "person", two, [Incoming("照片.jpg", jpeg())])
    merge_persons(desk_office, keep=one, drop=two)
    assert [each.title for each in attachments.of(desk_office, "person", one)] == ["照片"]
    assert attachments.portrait(desk_office, "person", one) == jpeg()


def test_no_sheet_brings_an_attachment_in(desk_office: Office) -> None:
    with pytest.raises(OfficeError, match="所属的记录里添加"):
        desk_office.save("attachment", None, {"title": "证书", "what": SCAN})


def test_a_register_that_takes_none_is_given_none(desk_office: Office) -> None:
    (community,) = desk_office.resolve("community", "向阳社区")
    with pytest.raises(ValueError, match="community takes no attachments"):
        attachments.add(desk_office, "community", community, [Incoming("图.jpg", jpeg())])
    assert files(desk_office) == []
