"""The files of a download, a folder or a zip, as entries to be read one at a time. Nothing is unpacked to disk."""

from __future__ import annotations

import io
import os
import stat
import time
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

from ..atomic import PLAINLY
from ..clean import clean, decoded
from ..errors import GraderError
from ..gradebook.records import EPOCH
from ..submission.load import IGNORED, MAX_FILE, MAX_TOTAL
from .problems import Kind, Problem

MAX_ENTRIES = 200_000
JUNK = (".DS_Store", "Thumbs.db", "desktop.ini")
ENCRYPTED = 1


class IntakeError(GraderError):
    """There is nothing to grade. The message says why and what to do."""


class Unreadable(Exception):
    """One entry cannot be read; the text says why."""

    def __init__(self, kind: Kind, text: str):
        super().__init__(text)
        self.kind = kind


@dataclass(frozen=True)
class DownloadedFile:
    """One file: its path below the download, when it was written (seconds), and a function that reads it.

    `written`: the same as a date; a zip's is without a zone, and may be missing.
    """

    name: str
    stamp: float
    read: Callable[[], bytes]
    written: datetime | None = None


def entries(path: Path) -> Iterator[DownloadedFile | Problem]:
    """All files of a folder or zip; a file that is left out comes as a problem. Raises IntakeError."""
    if path.is_dir():
        return _folder(path)
    if path.suffix.lower() != ".zip" or not path.is_file():
        raise IntakeError(f"{path}: give a folder or a .zip with the submissions. Is the name right?")
    try:
        return in_zip(zipfile.ZipFile(path))
    except Exception as error:  # zipfile lets many kinds through
        raise IntakeError(f"{path} cannot be unpacked: {error}") from error


def most(name: str) -> int:
    """The most bytes that a file of this name may have."""
    return MAX_FILE if name.lower().endswith(".py") else MAX_TOTAL


def shown(name: str) -> str:
    """A file's name as safe text."""
    return clean(decoded(name), 1000).replace("\n", "\N{REPLACEMENT CHARACTER}")


def is_junk(name: str) -> bool:
    """Left by an operating system or an editor."""
    parts = PurePosixPath(name).parts
    return bool(set(parts) & set(IGNORED)) or parts[-1] in JUNK or parts[-1].startswith("._")


# ---------------------------------------------------------------- folder


def _folder(folder: Path) -> Iterator[DownloadedFile | Problem]:
    seen = 0
    closed: list[OSError] = []
    for root, folders, names in os.walk(folder, onerror=closed.append):
        seen += len(folders) + len(names)
        if seen > MAX_ENTRIES:
            raise IntakeError(f"{folder} holds more than {MAX_ENTRIES} files: is this the folder of the submissions?")
        here = Path(root).relative_to(folder)
        links = [f for f in folders if Path(root, f).is_symlink()]
        yield from (Problem(Kind.LINK, shown((here / f).as_posix())) for f in links)
        yield from (Problem(Kind.JUNK, shown((here / f).as_posix())) for f in folders if f in IGNORED)
        folders[:] = sorted(f for f in folders if f not in links and f not in IGNORED)
        for name in sorted(names):
            yield _file(Path(root, name), decoded((here / name).as_posix()))
    for error in closed:
        name = Path(error.filename).relative_to(folder).as_posix()
        yield Problem(Kind.UNREADABLE, shown(name), error.strerror or str(error))


def _file(path: Path, name: str) -> DownloadedFile | Problem:
    if is_junk(name):
        return Problem(Kind.JUNK, shown(name))
    try:
        found = path.lstat()
    except OSError as error:
        return Problem(Kind.UNREADABLE, shown(name), error.strerror or str(error))
    if stat.S_ISLNK(found.st_mode):
        return Problem(Kind.LINK, shown(name))
    if not stat.S_ISREG(found.st_mode):
        return Problem(Kind.UNREADABLE, shown(name), "it is not a regular file")
    return DownloadedFile(name, found.st_mtime, lambda: _read(path), datetime.fromtimestamp(found.st_mtime, UTC))


def _read(path: Path) -> bytes:
    try:
        fd = os.open(path, PLAINLY | getattr(os, "O_NOFOLLOW", 0))
        with open(fd, "rb") as file:
            return _limited(file.read(most(path.name) + 1), path.name)
    except OSError as error:
        raise Unreadable(Kind.UNREADABLE, error.strerror or str(error)) from error


def _limited(data: bytes, name: str) -> bytes:
    if len(data) > most(name):
        raise Unreadable(Kind.TOO_LARGE, f"more than {most(name) >> 20} MiB")
    return data


# ---------------------------------------------------------------- zip


def in_zip(archive: zipfile.ZipFile) -> Iterator[DownloadedFile | Problem]:
    """The files of an open archive. Sizes are counted while unpacking: what the archive says is not trusted."""
    infos = archive.infolist()
    if len(infos) > MAX_ENTRIES:
        raise IntakeError(f"the archive holds more than {MAX_ENTRIES} files")
    for info in infos:
        if not info.is_dir():
            yield _zipped(archive, info)


def _zipped(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> DownloadedFile | Problem:
    path = PurePosixPath(decoded(info.filename.replace("\\", "/")))
    name = path.as_posix()
    if not path.parts or path.is_absolute() or ".." in path.parts:
        return Problem(Kind.UNREADABLE, shown(info.filename), "its name leads out of the archive")
    if is_junk(name):
        return Problem(Kind.JUNK, shown(name))
    if stat.S_ISLNK(info.external_attr >> 16):
        return Problem(Kind.LINK, shown(name))
    return DownloadedFile(name, _stamp(info), lambda: _unzipped(archive, info, name), _written(info))


def _stamp(info: zipfile.ZipInfo) -> float:
    try:
        return time.mktime((*info.date_time, 0, 0, -1))
    except (OverflowError, ValueError):
        return 0.0


def _written(info: zipfile.ZipInfo) -> datetime | None:
    """The date in the zip, unless it is the one that a zip has where nobody gave it any."""
    try:
        return None if info.date_time == EPOCH else datetime(*info.date_time)
    except ValueError:
        return None


def _unzipped(archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str) -> bytes:
    if info.flag_bits & ENCRYPTED:
        raise Unreadable(Kind.UNREADABLE, "it is encrypted")
    try:
        with archive.open(info) as file:
            return _limited(file.read(most(name) + 1), name)
    except Unreadable:
        raise
    except Exception as error:  # BadZipFile, zlib.error, LZMAError, NotImplementedError, …
        raise Unreadable(Kind.UNREADABLE, f"it cannot be unpacked: {str(error)[:200]}") from error


def open_zip(data: bytes) -> zipfile.ZipFile:
    """A student's archive. Raises Unreadable."""
    try:
        return zipfile.ZipFile(io.BytesIO(data))
    except Exception as error:
        raise Unreadable(Kind.UNREADABLE, f"it cannot be unpacked: {str(error)[:200]}") from error
