"""From what a student hands in to what can be graded: `.py`, `.ipynb`, `.zip` or a folder. Nothing is run here."""

from __future__ import annotations

import io
import os
import stat
from collections.abc import Callable, Collection
from dataclasses import field, replace
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from ..atomic import PLAINLY
from ..clean import clean, decoded
from ..errors import GraderError
from ..exercise import Exercise, all_exercises, exercises_with
from ..model import Record, record
from . import unfit
from .kinds import MAX_FILES, SOURCES, data_among, has_room
from .notebook import FOLDER, NotebookError, as_sources, code_cells, joined_cells, written_modules
from .scan import CallSite, Facts, read, scan

if TYPE_CHECKING:
    import zipfile

MAX_FILE = 1 << 20
MAX_TOTAL = 32 << 20  # a notebook carries its pictures
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
    it is then graded with no points. `data` are other files, for it to read.
    """

    path: str
    files: dict[str, bytes]
    main: str
    facts: Facts
    notes: list[str] = field(default_factory=list)
    data: dict[str, bytes] = field(default_factory=dict)

    @property
    def problem(self) -> str:
        """Why the source cannot be graded, or nothing."""
        return self.facts.problem


def load(path: str | Path, meanwhile: Callable[[dict[str, bytes]], object] = len) -> Submission:
    """Read a submission. Raises SubmissionError when there is nothing that could be graded.

    `meanwhile` may be called with the submission's files, while a child reads the source.
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
            return notebook(path, read_source(path))
        case ".py":
            name, data = f"{path.stem if path.stem.isidentifier() else 'submission'}.py", read_source(path)
            facts = scan({name: data}, lambda: meanwhile({name: data}))[name]
            return Submission(_shown(path), {name: data}, name, facts)
    raise SubmissionError(unfit.not_gradable(path))


def restore(path: str, files: dict[str, bytes], main: str, problem: str = "") -> Submission:
    """A submission that was read before, from its files; what they say is read anew."""
    data = data_among(files)
    files = {name: content for name, content in files.items() if name not in data}
    if not files:
        return Submission(path, {}, main, Facts(problem=problem))
    facts = scan(files)
    if main == FOLDER:
        return replace(_cells(path, files, facts), data=data)
    return Submission(path, files, main, joined(main, facts), data=data)


def _shown(path: Path) -> str:
    """A path as safe text in one line."""
    return clean(decoded(str(path)), 1000).replace("\n", "\N{REPLACEMENT CHARACTER}")


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
            if path.is_symlink() or not path.is_file() or not _fits(name, path.stat().st_size, files):
                continue
            files[decoded(path.relative_to(folder).as_posix())] = read_source(path)
            _bounded(files, sum(map(len, files.values())), folder)
    return files


def _fits(name: str, size: int, files: dict[str, bytes]) -> bool:
    """Whether a file is read: any source, and data beside those that are there."""
    return name.endswith(SOURCES) or (not name.startswith(".") and has_room(data_among(files), size))


def _archive(path: Path) -> dict[str, bytes]:
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


def _from_files(path: Path, files: dict[str, bytes]) -> Submission:
    """The main file is the one that defines most of what some exercise asks for; data files lie beside it."""
    sources = {name: data for name, data in files.items() if name.endswith(".py")}
    books = [name for name in sorted(files) if name.endswith(".ipynb")][:MAX_NOTEBOOKS]
    if not sources and not books:
        raise SubmissionError(unfit.nothing_inside(path))
    found = [_of_sources(_shown(path), sources, scan(dict(sorted(sources.items()))))] if sources else []
    found += [notebook(path, files[name]) for name in books]
    wanted = _wanted()
    best = max(found, key=lambda submission: _asked_for(submission.facts, wanted))
    beside = sources if best.main == FOLDER else {}
    modules = {name: data for name, data in beside.items() if not name.startswith(f"{FOLDER}/")}
    return replace(best, files=modules | best.files, data=data_among(files))


def _of_sources(path: str, sources: dict[str, bytes], facts: dict[str, Facts]) -> Submission:
    wanted = _wanted()
    main = max(facts, key=lambda name: (_asked_for(facts[name], wanted), -name.count("/")))
    return Submission(path, sources, main, joined(main, facts))


def joined(main: str, facts: dict[str, Facts]) -> Facts:
    """The main file's names, the calls of all files."""
    calls = [c if name == main else CallSite(c.name, c.line, "*") for name, f in facts.items() for c in f.calls]
    return replace(facts[main], calls=calls)


def with_beside(submission: Submission, modules: dict[str, bytes], facts: dict[str, Facts]) -> Submission:
    """The submission with further modules, of which these facts are known; its own files stay as they are."""
    together = joined("", {"": submission.facts} | facts)
    return replace(submission, files=modules | submission.files, facts=together)


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
    modules = written_modules(cells)
    sources, facts = as_sources(cells)
    written = scan(modules)
    wanted = _wanted() if written else set()
    if any(_asked_for(own, wanted) for own in written.values()) and not any(
        _asked_for(facts[name], wanted) for name in sources
    ):
        return _of_sources(_shown(path), modules, written)
    return _cells(_shown(path), sources | modules, facts | written)


def _cells(path: str, files: dict[str, bytes], facts: dict[str, Facts]) -> Submission:
    """A notebook's cells, and the modules beside them."""
    cells = [name for name in files if name.startswith(f"{FOLDER}/")]
    together, notes = joined_cells([facts[name] for name in cells])
    others = [CallSite(c.name, c.line, "*") for name in files if name not in cells for c in facts[name].calls]
    return Submission(path, files, FOLDER, replace(together, calls=[*together.calls, *others]), notes)


def _wanted() -> set[str]:
    """The names that exercises ask for: reads all of them."""
    return {name for exercise in all_exercises() for name in exercise.names}


def _asked_for(facts: Facts, wanted: set[str]) -> int:
    """How many of these names a file defines."""
    return len(wanted & set(facts.defined))


# ---------------------------------------------------------------- which exercise


def find_exercises(submission: Submission, among: Collection[str] | None = None) -> list[Exercise]:
    """The exercises that a submission is for, by the names that it defines; `among` these, if they are given.

    A name that several exercises ask for (`conv2d`) counts for the one whose parameters and framework fit. An exercise
    of which only some names are there counts if none is complete: a helper may have a name that another exercise asks
    for; a note says so. Raises SubmissionError if none fits.
    """
    defined = set(submission.facts.defined)
    found = [e for e in exercises_with(defined) if among is None or e.slug in among]
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
    own = set(submission.facts.defined) & set(exercise.names)
    uses_torch = any(i.split(".")[0] == "torch" for i in submission.facts.imports)
    starter = _defined(exercise.starter_file.read_bytes())
    same = sum(submission.facts.defined[n] == starter.get(n) for n in own)
    return (same / len(own), uses_torch == (exercise.framework == "torch"), len(own) / len(exercise.names))


@lru_cache(maxsize=64)
def _defined(starter: bytes) -> dict[str, list[str]]:
    """The names that a starter defines, with their parameters."""
    return read(starter, "starter.py").defined
