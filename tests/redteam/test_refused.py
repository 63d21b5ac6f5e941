"""Files, folders and archives that hold nothing to grade: refused with a reason, in time."""

from __future__ import annotations

import io
import os
import struct
import time
import zipfile
from pathlib import Path

import pytest

from grader.submission.files import SubmissionError
from grader.submission.load import find_exercises, load
from tests.redteam.traps import HONEST, PARTS, SECONDS, Build, code, link, notebook, source, written, zipped


def fifo(folder: Path) -> Path:
    os.mkfifo(folder / "pipe.py")
    return folder / "pipe.py"


def dangling(folder: Path) -> Path:
    (folder / "link.py").symlink_to("nowhere.py")
    return folder / "link.py"


def loop(folder: Path) -> Path:
    (folder / "loop.py").symlink_to("loop.py")
    return folder / "loop.py"


def device(name: str) -> Build:
    def build(folder: Path) -> Path:
        (folder / "device.py").symlink_to(name)
        return folder / "device.py"

    return build


def folder_of_links(folder: Path) -> Path:
    inside = folder / "handed_in"
    inside.mkdir()
    (inside / "a.py").symlink_to("/proc/self/environ")
    (inside / "b.py").symlink_to(PARTS / "honest.py")
    (inside / "up").symlink_to("..")
    os.mkfifo(inside / "c.py")
    (inside / "d.py").mkdir()
    return inside


def encrypted(folder: Path) -> Path:
    path = zipped(("my_conv.py", HONEST))(folder)
    data = bytearray(path.read_bytes())
    for signature, offset in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        data[data.index(signature) + offset] |= 1
    return written(path, bytes(data))


def truncated(folder: Path) -> Path:
    path = zipped(("my_conv.py", HONEST * 20))(folder)
    return written(path, path.read_bytes()[:200])


def changed_inside(folder: Path) -> Path:
    path = zipped(("my_conv.py", HONEST * 20))(folder)
    data = bytearray(path.read_bytes())
    data[60:90] = bytes(30)
    return written(path, bytes(data))


def unknown_method(folder: Path) -> Path:
    path = zipped(("my_conv.py", HONEST))(folder)
    data = bytearray(path.read_bytes())
    for signature, offset in ((b"PK\3\4", 8), (b"PK\1\2", 10)):
        data[data.index(signature) + offset] = 99
    return written(path, bytes(data))


def announced_size(folder: Path) -> Path:
    """An archive whose directory says that its file has 7 bytes."""
    path = zipped(("my_conv.py", HONEST), method=zipfile.ZIP_STORED)(folder)
    data = bytearray(path.read_bytes())
    at = data.index(b"PK\1\2")
    data[at + 24 : at + 28] = struct.pack("<I", 7)
    return written(path, bytes(data))


def zip_in_zip(folder: Path) -> Path:
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("my_conv.py", HONEST)
    return zipped(("inner.zip", inner.getvalue()))(folder)


def endless_directory(folder: Path) -> Path:
    """An archive that lists a hundred thousand files."""
    path = zipped(("my_conv.py", HONEST), method=zipfile.ZIP_STORED)(folder)
    data = path.read_bytes()
    start, end = data.index(b"PK\1\2"), data.index(b"PK\5\6")
    return written(path, data[:start] + data[start:end] * 100_000 + data[end:])


def endless_folder(folder: Path) -> Path:
    for i in range(210):
        for j in range(100):
            written(folder / "handed_in" / str(i) / f"{j}.txt", "")
    return folder / "handed_in"


REFUSED: dict[str, tuple[Build, str]] = {
    "named pipe": (fifo, "not a regular file"),
    "link to nowhere": (dangling, "a link to a file that is not there"),
    "link to itself": (loop, "symbolic links"),
    "endless device": (device("/dev/zero"), "not a regular file"),
    "terminal": (device("/dev/tty"), "not a regular file"),
    "nothing there": (lambda folder: folder / "nothing.py", "No such file"),
    "name with a NUL": (lambda folder: Path("a\0b.py"), "null"),
    "name too long": (lambda folder: folder / ("x" * 5000 + ".py"), "too long"),
    "another kind of file": (source("x = 1", "my_conv.txt"), "hand in"),
    "empty folder": (lambda folder: folder, "holds no"),
    "folder of links and pipes": (folder_of_links, "holds no"),
    "endless folder": (endless_folder, "holds more than"),
    "source too large": (source("#" * (2 << 20)), "too large"),
    "archive that is none": (source(b"PK\3\4" + b"\0" * 100, "a.zip"), "cannot be unpacked"),
    "empty archive": (source(b"PK\5\6" + bytes(18), "a.zip"), "holds no"),
    "empty file as archive": (source(b"", "a.zip"), "cannot be unpacked"),
    "encrypted archive": (encrypted, "cannot be unpacked"),
    "truncated archive": (truncated, "cannot be unpacked"),
    "archive changed inside": (changed_inside, "cannot be unpacked"),
    "archive packed by an unknown method": (unknown_method, "cannot be unpacked"),
    "archive that lies about sizes": (announced_size, "cannot be unpacked"),
    "archive in an archive": (zip_in_zip, "holds no"),
    "archive of a hundred thousand files": (endless_directory, "holds more than"),
    "archive bomb": (zipped(("my_conv.py", b"#" * (100 << 20))), "too much"),
    "archive bomb of many": (zipped(*((f"a{i}.py", b"#" * (1 << 20)) for i in range(60))), "too much"),
    "archive bomb under one name": (zipped(*(("a.py", b"#" * (1 << 20)) for _ in range(60))), "too much"),
    "archive of too many files": (zipped(*((f"a{i}.py", "x = 1\n") for i in range(300))), "too much"),
    "archive bomb, LZMA": (zipped(("my_conv.py", b"#" * (50 << 20)), method=zipfile.ZIP_LZMA), "too much"),
    "archive bomb, bzip2": (zipped(("my_conv.py", b"#" * (50 << 20)), method=zipfile.ZIP_BZIP2), "too much"),
    "only entries that lead outside": (
        zipped(("../my_conv.py", HONEST), ("/etc/my_conv.py", HONEST), ("a/../../b.py", HONEST), ("..\\c.py", HONEST)),
        "holds no",
    ),
    "only links": (zipped((link("my_conv.py", "x"), "/etc/passwd"), (link("b.py", "x"), "@CANARY@")), "holds no"),
    "nothing that an exercise asks for": (source("x = 1\n"), "defines nothing"),
    "empty source": (source(""), "nothing is written"),
    "thousands of cells": (notebook(*(code("x = 1") for _ in range(5000))), "too many cells"),
}


@pytest.mark.sampled(quick=4, ci=4)
@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("name", REFUSED)
def test_nothing_to_grade_is_said_in_time(name: str, scene, tmp_path: Path):
    build, said = REFUSED[name]
    folder = tmp_path / "student"
    folder.mkdir()
    path = build(folder)
    started = time.monotonic()
    with pytest.raises(SubmissionError, match=f"(?i){said}"):
        find_exercises(load(path))
    assert time.monotonic() - started < SECONDS
