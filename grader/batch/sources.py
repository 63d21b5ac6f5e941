"""The files of a download, a folder or a zip, as entries to be read one at a time. Nothing is unpacked to disk."""

from __future__ import annotations

import io
import os
import stat
import struct
import time
import weakref
import zipfile
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import IO, Any, cast

from ..atomic import PLAINLY
from ..clean import clean, decoded
from ..errors import GraderError
from ..gradebook.records import EPOCH
from ..submission.files import IGNORED, MAX_FILE, MAX_TOTAL
from .problems import NOTES, Kind, Problem

MAX_ENTRIES = 200_000
JUNK = (".DS_Store", "Thumbs.db", "desktop.ini")
ENCRYPTED, NAMED_IN_UTF_8 = 1, 0x800  # flags of an entry in a zip
UNIX = 3  # the system that an entry was made on
DIRECTORY = struct.Struct("<8s H 18x HHH 12x")  # in a zip's directory: flags, lengths of an entry's name and more
DIRECTORY_SIGNATURE = b"PK\x01\x02"
HEAD = struct.Struct("<6s H 18x HH")  # the same before an entry's data
HEAD_SIGNATURE = b"PK\x03\x04"


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
        return in_zip(zip_at(path))
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
    places: list[Path] = []
    holding: set[Path] = set()
    for root, folders, names in os.walk(folder, onerror=closed.append):
        seen += len(folders) + len(names)
        if seen > MAX_ENTRIES:
            raise IntakeError(f"{folder} holds more than {MAX_ENTRIES} files: is this the folder of the submissions?")
        here = Path(root).relative_to(folder)
        places.append(here)
        links = [f for f in folders if Path(root, f).is_symlink()]
        yield from (Problem(Kind.LINK, shown((here / f).as_posix())) for f in links)
        yield from (Problem(Kind.JUNK, shown((here / f).as_posix())) for f in folders if f in IGNORED)
        folders[:] = sorted(f for f in folders if f not in links and f not in IGNORED)
        for name in sorted(names):
            item = _file(Path(root, name), decoded((here / name).as_posix()))
            if not isinstance(item, Problem) or item.kind not in NOTES:
                holding.add(here)
            yield item
    for error in closed:
        here = Path(error.filename).relative_to(folder)
        holding.add(here)
        yield Problem(Kind.UNREADABLE, shown(here.as_posix()), error.strerror or str(error))
    yield from (Problem(Kind.NOTHING, shown(p.as_posix())) for p in _bare(places, holding))


def _bare(places: Collection[Path], holding: Collection[Path]) -> list[Path]:
    """The outermost folders with no file in them or below, unless they are part of a hand-in that has files."""
    filled = {place for folder in holding for place in (folder, *folder.parents)}
    return [p for p in places if p not in filled and p.parent in filled and p.parent not in {*holding} - {Path()}]


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
    path = PurePosixPath(_name(info).replace("\\", "/"))
    name = path.as_posix()
    if not path.parts or path.is_absolute() or ".." in path.parts:
        return Problem(Kind.UNREADABLE, shown(name), "its name leads out of the archive")
    if is_junk(name):
        return Problem(Kind.JUNK, shown(name))
    if stat.S_ISLNK(info.external_attr >> 16):
        return Problem(Kind.LINK, shown(name))
    return DownloadedFile(name, _stamp(info), lambda: _unzipped(archive, info, name), _written(info))


def _name(info: zipfile.ZipInfo) -> str:
    """The name: UTF-8, whether the archive says so or not; else Windows-1252 from Unix, DOS's code page from others."""
    name = info.filename
    if info.flag_bits & NAMED_IN_UTF_8:
        return decoded(name)
    try:
        data = name.encode("cp437")  # which zipfile took it for
    except UnicodeEncodeError:  # the archive's own second spelling, which zipfile has read
        return name
    return decoded(data.decode("utf-8", "surrogateescape")) if _is_utf_8(data) or info.create_system == UNIX else name


def _is_utf_8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


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


def zip_of(data: bytes) -> zipfile.ZipFile:
    """A student's archive. Raises Unreadable."""
    try:
        return _zip(io.BytesIO(data))
    except Exception as error:
        raise Unreadable(Kind.UNREADABLE, f"it cannot be unpacked: {str(error)[:200]}") from error


def zip_at(path: Path) -> zipfile.ZipFile:
    """A download. Raises whatever zipfile does."""
    file = path.open("rb")
    try:
        archive = _zip(file)
    except BaseException:
        file.close()
        raise
    weakref.finalize(archive, file.close)
    return archive


def _zip(file: IO[bytes]) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(file)
    except UnicodeDecodeError:
        return zipfile.ZipFile(cast(IO[bytes], _HonestNames(file)))


class _HonestNames:
    """A zip's file in which no name that is not UTF-8 is said to be: one such name would close the whole archive."""

    def __init__(self, file: IO[bytes]):
        self._file = file

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)

    def read(self, size: int = -1) -> bytes:
        """Read on; the directory, which zipfile reads at once, and the head of an entry are put right."""
        data = self._file.read(size)
        if data.startswith(DIRECTORY_SIGNATURE):
            return _honest(data, DIRECTORY)
        if data.startswith(HEAD_SIGNATURE) and size == HEAD.size:
            name = self._file.read(HEAD.unpack(data)[2])
            self._file.seek(-len(name), os.SEEK_CUR)
            return _honest(data + name, HEAD)[:size]
        return data


def _honest(data: bytes, form: struct.Struct) -> bytes:
    """The same entries, one after the other, without the flag where a name is not what it says."""
    parts, place = [], 0
    while place + form.size <= len(data):
        before, flags, *lengths = form.unpack_from(data, place)
        end = place + form.size + sum(lengths)
        name = data[place + form.size :][: lengths[0]]
        kept = flags if _is_utf_8(name) else flags & ~NAMED_IN_UTF_8
        parts += [before, kept.to_bytes(2, "little"), data[place + len(before) + 2 : end]]
        place = end
    return b"".join(parts) + data[place:]
