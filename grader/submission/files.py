"""What is handed in, as files: one, those of a folder, or those of an archive. Nothing of it is run."""

from __future__ import annotations

import io
import os
import stat
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from ..atomic import PLAINLY
from ..clean import decoded
from ..errors import GraderError
from .kinds import MAX_FILES, SOURCES, data_among, has_room

if TYPE_CHECKING:
    import zipfile

MAX_FILE = 1 << 20
MAX_TOTAL = 32 << 20  # a notebook carries its pictures
MAX_ENTRIES = 20_000  # of a folder that is looked through
MAX_DEPTH = 20
IGNORED = ("__MACOSX", "__pycache__", ".git", ".venv", ".ipynb_checkpoints", "node_modules")


class SubmissionError(GraderError):
    """There is nothing to grade. The message says what was wrong and what to do."""


def read_source(path: Path) -> bytes:
    """What a file holds, up to the most that a solution may. Raises SubmissionError."""
    try:
        fd = os.open(path, PLAINLY)
        with open(fd, "rb") as file:
            data = file.read(MAX_TOTAL + 1)
    except OSError as error:
        raise SubmissionError(f"{path}: {error.strerror or error}") from error
    if len(data) > _most(path.name):
        raise SubmissionError(f"{path} is too large to be a solution (the limit is {_most(path.name) >> 20} MiB).")
    return data


def _most(name: str) -> int:
    return MAX_FILE if name.lower().endswith(".py") else MAX_TOTAL


def folder_files(folder: Path) -> dict[str, bytes]:
    """Source files below a folder; links and special files are left out."""
    files: dict[str, bytes] = {}
    seen = 0
    for root, folders, names in os.walk(folder):
        seen += len(folders) + len(names)
        if seen > MAX_ENTRIES:
            raise SubmissionError(f"{folder} holds more than {MAX_ENTRIES} files. Hand in the solution alone.")
        deep = len(Path(root).relative_to(folder).parts) >= MAX_DEPTH
        folders[:] = [] if deep else [f for f in sorted(folders) if f not in IGNORED and not Path(root, f).is_symlink()]
        for name in sorted(names):
            path = Path(root, name)
            if path.is_symlink() or not path.is_file() or not _fits(name, path.stat().st_size, files):
                continue
            files[decoded(path.relative_to(folder).as_posix())] = read_source(path)
            _bounded(files, sum(map(len, files.values())), folder)
    return files


def _fits(name: str, size: int, files: dict[str, bytes]) -> bool:
    """Whether a file is read: any source, and data beside those that are there."""
    return name.endswith(SOURCES) or (not name.startswith(".") and has_room(data_among(files), size))


def archive_files(path: Path) -> dict[str, bytes]:
    """Source files of an archive; sizes are counted while unpacking: what the archive says is not trusted."""
    import zipfile

    files: dict[str, bytes] = {}
    total = 0
    try:
        data = read_source(path)
        if data.count(b"PK\1\2") > MAX_ENTRIES:  # in the directory, which takes long to read
            raise SubmissionError(f"{path} holds more than {MAX_ENTRIES} files. Hand in the solution alone.")
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for entry in archive.infolist():
                if (name := _safe_name(entry)) is None or not _fits(name, entry.file_size, files):
                    continue
                with archive.open(entry) as file:
                    files[name] = file.read(_most(name) + 1)
                total += len(files[name])  # entries of the same name count too
                _bounded(files, total, path)
    except SubmissionError:
        raise
    except Exception as error:  # BadZipFile, zlib.error, LZMAError, RuntimeError and what else a broken archive gives
        raise SubmissionError(f"{path} cannot be unpacked: {error}. Pack it again as a plain .zip.") from error
    return _without_common_folder(files)


def _safe_name(entry: zipfile.ZipInfo) -> str | None:
    """The entry's name, if it is a file that stays inside the archive's folder and is not hidden."""
    name = PurePosixPath(decoded(entry.filename.replace("\\", "/")))
    link = stat.S_ISLNK(entry.external_attr >> 16)
    inside = not name.is_absolute() and ".." not in name.parts and not set(name.parts) & set(IGNORED)
    if link or entry.is_dir() or not inside or name.name.startswith("."):
        return None
    return name.as_posix()


def _bounded(files: dict[str, bytes], total: int, where: Path) -> None:
    files = {name: data for name, data in files.items() if name.endswith(SOURCES)}
    if len(files) > MAX_FILES or total > MAX_TOTAL or any(len(d) > _most(n) for n, d in files.items()):
        raise SubmissionError(
            f"{where} holds too much (limits: {MAX_FILES} source files, 1 MiB each, {MAX_TOTAL >> 20} MiB together)."
        )


def _without_common_folder(files: dict[str, bytes]) -> dict[str, bytes]:
    """`solution/my_conv.py` → `my_conv.py`, when everything is in one folder."""
    sources = [name for name in files if name.endswith(SOURCES)]
    while sources and all("/" in name for name in sources) and len(tops := {n.partition("/")[0] for n in sources}) == 1:
        top = f"{tops.pop()}/"
        files = {name.removeprefix(top): data for name, data in files.items()}
        sources = [name.removeprefix(top) for name in sources]
    return files
