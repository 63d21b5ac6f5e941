"""From what a student hands in to what can be graded: `.py`, `.ipynb`, `.zip` or a folder. Nothing is run here."""

from __future__ import annotations

import io
import os
import stat
from collections.abc import Callable
from dataclasses import field, replace
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from ..clean import clean, decoded
from ..errors import GraderError
from ..exercise import Exercise, all_exercises, exercises_with
from ..model import Record, record
from . import unfit
from .notebook import FOLDER, NotebookError, as_sources, code_cells, joined_cells
from .scan import CallSite, Facts, scan

if TYPE_CHECKING:
    import zipfile

MAX_FILE = 1 << 20
MAX_TOTAL = 32 << 20  # a notebook carries its pictures
MAX_FILES = 200
MAX_ENTRIES = 20_000  # of a folder that is looked through
MAX_DEPTH = 20
MAX_NOTEBOOKS = 5
IGNORED = ("__MACOSX", "__pycache__", ".git", ".venv", ".ipynb_checkpoints", "node_modules")


class SubmissionError(GraderError):
    """There is nothing to grade. The message says what was wrong and what to do."""


@record()
class Submission(Record):
    """A submission's files, which of them is the main one, and what its source says.

    A notebook becomes a folder of cells, `main` being that folder. `problem` is set when the source cannot be read:
    it is then graded with no points.
    """

    path: str
    files: dict[str, bytes]
    main: str
    facts: Facts
    notes: list[str] = field(default_factory=list)

    @property
    def problem(self) -> str:
        """Why the source cannot be graded, or nothing."""
        return self.facts.problem


def load(path: str | Path, meanwhile: Callable[[], object] = int) -> Submission:
    """Read a submission. Raises SubmissionError when there is nothing that could be graded.

    `meanwhile` may be called while a child reads the source.
    """
    path = Path(path)
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError) as error:
        if isinstance(error, FileNotFoundError):
            raise SubmissionError(unfit.not_there(path)) from error
        raise SubmissionError(f"{path}: {getattr(error, 'strerror', error)}. Is the name right?") from error
    if stat.S_ISDIR(mode):
        return _from_files(path, _folder(path))
    if not stat.S_ISREG(mode):
        raise SubmissionError(f"{path} is not a regular file. Hand in a .py, .ipynb or .zip file, or a folder.")
    match path.suffix.lower():
        case ".zip":
            return _from_files(path, _archive(path))
        case ".ipynb":
            return notebook(path, _read(path))
        case ".py":
            name, data = f"{path.stem if path.stem.isidentifier() else 'submission'}.py", _read(path)
            return Submission(_shown(path), {name: data}, name, scan({name: data}, meanwhile)[name])
    raise SubmissionError(unfit.not_gradable(path))


def restore(path: str, files: dict[str, bytes], main: str, problem: str = "") -> Submission:
    """A submission that was read before, from its files; what they say is read anew."""
    if not files:
        return Submission(path, {}, main, Facts(problem=problem))
    facts = scan(files)
    if main == FOLDER:
        return _cells(path, files, [facts[name] for name in files])
    return Submission(path, files, main, joined(main, facts))


def _shown(path: Path) -> str:
    """A path as safe text in one line."""
    return clean(decoded(str(path)), 1000).replace("\n", "\N{REPLACEMENT CHARACTER}")


def _read(path: Path) -> bytes:
    try:
        fd = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
        with open(fd, "rb") as file:
            data = file.read(MAX_TOTAL + 1)
    except OSError as error:
        raise SubmissionError(f"{path}: {error.strerror or error}") from error
    if len(data) > _most(path.name):
        raise SubmissionError(f"{path} is too large to be a solution (the limit is {_most(path.name) >> 20} MiB).")
    return data


def _most(name: str) -> int:
    return MAX_FILE if name.lower().endswith(".py") else MAX_TOTAL


# ---------------------------------------------------------------- several files


def _folder(folder: Path) -> dict[str, bytes]:
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
            if path.is_symlink() or not path.is_file() or path.suffix not in (".py", ".ipynb"):
                continue
            files[decoded(path.relative_to(folder).as_posix())] = _read(path)
            _bounded(files, sum(map(len, files.values())), folder)
    return files


def _archive(path: Path) -> dict[str, bytes]:
    """Source files of an archive; sizes are counted while unpacking: what the archive says is not trusted."""
    import zipfile

    files: dict[str, bytes] = {}
    total = 0
    try:
        data = _read(path)
        if data.count(b"PK\1\2") > MAX_ENTRIES:  # in the directory, which takes long to read
            raise SubmissionError(f"{path} holds more than {MAX_ENTRIES} files. Hand in the solution alone.")
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for entry in archive.infolist():
                if (name := _safe_name(entry)) is None:
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
    """The entry's name, if it is a source file that stays inside the archive's folder."""
    name = PurePosixPath(decoded(entry.filename.replace("\\", "/")))
    link = stat.S_ISLNK(entry.external_attr >> 16)
    inside = not name.is_absolute() and ".." not in name.parts and not set(name.parts) & set(IGNORED)
    if link or entry.is_dir() or not inside or name.suffix not in (".py", ".ipynb") or name.name.startswith("._"):
        return None
    return name.as_posix()


def _bounded(files: dict[str, bytes], total: int, where: Path) -> None:
    if len(files) > MAX_FILES or total > MAX_TOTAL or any(len(d) > _most(n) for n, d in files.items()):
        raise SubmissionError(
            f"{where} holds too much (limits: {MAX_FILES} source files, 1 MiB each, {MAX_TOTAL >> 20} MiB together)."
        )


def _without_common_folder(files: dict[str, bytes]) -> dict[str, bytes]:
    """`solution/my_conv.py` → `my_conv.py`, when everything is in one folder."""
    tops = {name.partition("/")[0] for name in files if "/" in name}
    while files and len(tops) == 1 and all("/" in name for name in files):
        files = {name.partition("/")[2]: data for name, data in files.items()}
        tops = {name.partition("/")[0] for name in files if "/" in name}
    return files


def _from_files(path: Path, files: dict[str, bytes]) -> Submission:
    """The main file is the one that defines most of what some exercise asks for."""
    if not files:
        raise SubmissionError(unfit.nothing_inside(path))
    sources = {n: d for n, d in files.items() if n.endswith(".py")}
    wanted = {name for exercise in all_exercises() for name in exercise.names}

    def rank(name: str, facts: Facts) -> tuple[int, int]:
        return len(wanted & set(facts.defined)), -name.count("/")

    if not sources:
        notebooks = {name: notebook(path, data) for name, data in sorted(files.items())[:MAX_NOTEBOOKS]}
        return notebooks[max(notebooks, key=lambda n: rank(n, notebooks[n].facts))]
    facts = scan(dict(sorted(sources.items())))
    main = max(facts, key=lambda n: rank(n, facts[n]))
    return Submission(_shown(path), sources, main, joined(main, facts))


def joined(main: str, facts: dict[str, Facts]) -> Facts:
    """The main file's names, the calls of all files."""
    calls = [c if name == main else CallSite(c.name, c.line, "*") for name, f in facts.items() for c in f.calls]
    return replace(facts[main], calls=calls)


# ---------------------------------------------------------------- notebooks


def notebook(path: Path, data: bytes) -> Submission:
    """A notebook's code cells, without magics; a cell that does not parse costs itself only. Raises SubmissionError."""
    try:
        cells = code_cells(data)
    except NotebookError as error:
        problem = f"The notebook cannot be read: {error}. Save it again in Jupyter."
        return Submission(_shown(path), {}, "", Facts(problem=problem))
    if len(cells) > MAX_FILES:
        raise SubmissionError(f"{path} has too many cells.")
    return _cells(_shown(path), *as_sources(cells))


def _cells(path: str, sources: dict[str, bytes], facts: list[Facts]) -> Submission:
    return Submission(path, sources, FOLDER, *joined_cells(facts))


# ---------------------------------------------------------------- which exercise


def find_exercises(submission: Submission) -> list[Exercise]:
    """The exercises that a submission is for, by the names that it defines.

    A name that several exercises ask for (`conv2d`) counts for the one whose parameters and framework fit. An exercise
    of which only some names are there counts if none is complete: a helper may have a name that another exercise asks
    for; a note says so. Raises SubmissionError if none fits.
    """
    defined = set(submission.facts.defined)
    found = exercises_with(defined)
    if not found:
        raise SubmissionError(f"{submission.path}: {unfit.nothing_asked_for(submission.facts)}")
    meant = [e for e in found if not _better(e, found, submission)]
    complete = [e for e in meant if defined >= set(e.names)]
    submission.notes.extend(
        f"{', '.join(sorted(defined & set(e.names)))} was not graded as part of '{e.slug}' (--exercise {e.slug} does)"
        for e in meant
        if complete and e not in complete
    )
    return complete or meant


def _better(exercise: Exercise, found: list[Exercise], submission: Submission) -> bool:
    """Whether another exercise asks for all the names that point to this one, and fits better."""
    own = set(submission.facts.defined) & set(exercise.names)
    rivals = [e for e in found if e.slug != exercise.slug and own <= set(e.names)]
    return any(_fit(r, submission) > _fit(exercise, submission) for r in rivals)


def _fit(exercise: Exercise, submission: Submission) -> tuple[float, float, float]:
    """How well they fit: parameter names as in the starter, framework imported, share of the names defined."""
    from .scan import read

    own = set(submission.facts.defined) & set(exercise.names)
    uses_torch = any(i.split(".")[0] == "torch" for i in submission.facts.imports)
    starter = read(exercise.starter_file.read_bytes(), "starter.py").defined
    same = sum(submission.facts.defined[n] == starter.get(n) for n in own)
    return (same / len(own), uses_torch == (exercise.framework == "torch"), len(own) / len(exercise.names))
