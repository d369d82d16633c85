"""A print system of one's own: a private cupsd whose queues keep what was sent to them."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

_CUPSD = shutil.which("cupsd") or shutil.which("cupsd", path="/usr/sbin")
_LPADMIN = shutil.which("lpadmin") or shutil.which("lpadmin", path="/usr/sbin")
_SHEETS = {"A4": (595, 842), "A5": (420, 595)}
_HEAD = """*PPD-Adobe: "4.3"
*FormatVersion: "4.3"
*FileVersion: "1.0"
*LanguageVersion: English
*LanguageEncoding: ISOLatin1
*PCFileName: "OFFICE.PPD"
*Manufacturer: "Test"
*Product: "(Test)"
*ModelName: "Test Office"
*ShortNickName: "Test Office"
*NickName: "Test Office"
*PSVersion: "(3010.000) 0"
*LanguageLevel: "3"
*ColorDevice: True
*DefaultColorSpace: RGB
*cupsFilter2: "application/pdf application/pdf 0 -"
*OpenUI *Resolution: PickOne
*DefaultResolution: 600dpi
*Resolution 600dpi/600 DPI: "<</HWResolution[600 600]>>setpagedevice"
*CloseUI: *Resolution
*OpenUI *ColorModel: PickOne
*DefaultColorModel: RGB
*ColorModel RGB/Color: ""
*ColorModel Gray/Gray: ""
*CloseUI: *ColorModel
*OpenUI *Duplex/2-Sided Printing: PickOne
*DefaultDuplex: None
*Duplex None/Off: "<</Duplex false>>setpagedevice"
*Duplex DuplexNoTumble/Long-Edge: "<</Duplex true/Tumble false>>setpagedevice"
*Duplex DuplexTumble/Short-Edge: "<</Duplex true/Tumble true>>setpagedevice"
*CloseUI: *Duplex
"""


class Cups:
    """A running cupsd; `sent` are the documents as they went to the printers."""

    def __init__(self, folder: Path, port: int) -> None:
        self.folder, self.server = folder, f"127.0.0.1:{port}"

    def add(self, name: str, *sheets: str) -> None:
        """A colour printer that turns sheets and has these."""
        ppd = self.folder / f"{name}.ppd"
        ppd.write_text(_HEAD + "".join(_sizes(sheets)), encoding="ascii")
        target = f"file:{self.folder}/{name}.out"
        self._run("-p", name, "-E", "-v", target, "-P", str(ppd))

    def make_default(self, name: str) -> None:
        self._run("-d", name)

    def _run(self, *arguments: str) -> None:
        assert _LPADMIN is not None
        subprocess.run(
            [_LPADMIN, "-h", self.server, *arguments], check=True, capture_output=True, timeout=30
        )

    def sent(self) -> list[Path]:
        return sorted(self.folder.glob("spool/d*"))

    def asked(self) -> list[bytes]:
        """What was asked of each job besides its pages."""
        return [each.read_bytes() for each in sorted(self.folder.glob("spool/c*"))]


def _sizes(sheets: tuple[str, ...]) -> Iterator[str]:
    for kind in ("PageSize", "PageRegion"):
        yield f"*OpenUI *{kind}: PickOne\n*Default{kind}: {sheets[0]}\n"
        for each in sheets:
            wide, high = _SHEETS[each]
            yield f'*{kind} {each}/{each}: "<</PageSize[{wide} {high}]>>setpagedevice"\n'
        yield f"*CloseUI: *{kind}\n"
    for kind, form in (("ImageableArea", '"0 0 {} {}"'), ("PaperDimension", '"{} {}"')):
        yield f"*Default{kind}: {sheets[0]}\n"
        for each in sheets:
            yield f"*{kind} {each}/{each}: {form.format(*_SHEETS[each])}\n"


@contextmanager
def running(folder: Path) -> Iterator[Cups]:
    """cupsd for as long as the block lasts; skips where there is none."""
    if _CUPSD is None or _LPADMIN is None or os.geteuid() != 0:
        pytest.skip("no cupsd here, or no right to start one")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    made = Cups(folder, port)
    for each in ("spool/tmp", "cache", "state", "log", "root"):
        (folder / each).mkdir(parents=True, exist_ok=True)
    for each in [folder, *folder.rglob("*")]:
        shutil.chown(each, "lp", "lp")
    for each in [folder, *folder.parents]:
        if os.stat(each).st_uid == 0 and str(each).startswith(("/tmp/", str(folder))):  # noqa: PTH116
            each.chmod(each.stat().st_mode | 0o011)  # cupsd gives its rights away
    (folder / "cupsd.conf").write_text(
        f"Listen {made.server}\nDefaultAuthType None\nWebInterface No\nBrowsing No\n"
        "DirtyCleanInterval 0\nPreserveJobHistory Yes\nPreserveJobFiles Yes\n"
        "<Location />\nOrder allow,deny\nAllow all\n</Location>\n"
        "<Location /admin>\nOrder allow,deny\nAllow all\n</Location>\n"
        "<Policy default>\n<Limit All>\nOrder deny,allow\n</Limit>\n</Policy>\n",
        encoding="ascii",
    )
    (folder / "files.conf").write_text(
        f"FileDevice Yes\nServerRoot {folder}/root\nRequestRoot {folder}/spool\n"
        f"TempDir {folder}/spool/tmp\nCacheDir {folder}/cache\nStateDir {folder}/state\n"
        f"AccessLog {folder}/log/access\nErrorLog {folder}/log/error\nPageLog {folder}/log/page\n"
        "User lp\nGroup lp\nSystemGroup root\n",
        encoding="ascii",
    )
    conf = ["-c", str(folder / "cupsd.conf"), "-s", str(folder / "files.conf")]
    with subprocess.Popen(
        [_CUPSD, "-f", *conf], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        try:
            _wait(port, process)
            yield made
        finally:
            process.terminate()


def _wait(port: int, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + 30
    while time.monotonic() < end and process.poll() is None:
        with socket.socket() as probe:
            probe.settimeout(1)
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
    pytest.skip("cupsd does not start on this machine")


@contextmanager
def hanging() -> Iterator[str]:
    """The address of a print system that takes calls and never answers."""
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen(16)
        yield f"127.0.0.1:{server.getsockname()[1]}"
