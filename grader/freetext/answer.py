"""A written answer: a `.md` or `.txt` file, read as text and never interpreted, and the task that it is for."""

from __future__ import annotations

import hashlib
import os
import re
import stat
from dataclasses import dataclass
from pathlib import Path

from ..atomic import PLAINLY
from ..errors import GraderError
from .essays import FreeTextTask, UnknownEssay, essay_slugs, load_essay

SUFFIXES = (".md", ".txt")
MAX_BYTES = 1 << 18
FRONT = 12  # lines that may say which task it is
OPENERS = ("my", "task", "exercise", "question", "essay", "answer")
TASK = re.compile(r"(?:task|exercise|essay)\s*:\s*(.+)", re.IGNORECASE)
HEADING = re.compile(r"#{1,6}\s+(.+)")


class AnswerError(GraderError):
    """There is nothing to assess. The message says what was wrong and what to do."""


@dataclass(frozen=True)
class Answer:
    """A file's text with plain line ends. `digest` is of the text: line ends and blanks at the end do not count."""

    path: Path
    text: str

    @property
    def digest(self) -> str:
        """SHA-256, hexadecimal."""
        plain = "\n".join(line.rstrip() for line in self.text.split("\n")).strip("\n")
        return hashlib.sha256(plain.encode("utf-8")).hexdigest()

    @property
    def words(self) -> int:
        """How many words were written; headings, quotations and the line that names the task do not count."""
        lines = [line.strip() for line in self.text.split("\n")]
        own = [line for line in lines if not line.startswith(("#", ">", "---")) and not TASK.fullmatch(line)]
        return sum(len(re.findall(r"\w+(?:['’.,]\w+)*", line)) for line in own)


def read_answer(file: str | Path) -> Answer:
    """Read a file. Raises AnswerError for a file that is missing, too large, or not text."""
    path = Path(file)
    if path.suffix.lower() not in SUFFIXES:
        raise AnswerError(f"{path}: free text is handed in as a .md or .txt file.")
    try:
        data = _bytes(path)
    except OSError as error:
        raise AnswerError(f"{path}: {error.strerror or error}. Is the name right?") from error
    except ValueError as error:  # NUL in a name
        raise AnswerError(f"{path}: {error}") from error
    return Answer(path, _text(path, data))


def _bytes(path: Path) -> bytes:
    mode = path.stat().st_mode
    if not stat.S_ISREG(mode):
        what = "a folder" if stat.S_ISDIR(mode) else "not a regular file"
        raise AnswerError(f"{path} is {what}. Hand in the .md or .txt file itself.")
    with open(os.open(path, PLAINLY), "rb") as file:
        data = file.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise AnswerError(f"{path} is too large to be an answer (the limit is {MAX_BYTES >> 10} KiB).")
    return data


def _text(path: Path, data: bytes) -> str:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise AnswerError(f"{path} is saved as UTF-16. Save it as UTF-8 and hand it in again.")
    if b"\0" in data:
        raise AnswerError(f"{path} contains NUL bytes: it is not text. Save it as plain text (UTF-8).")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise AnswerError(f"{path} is not UTF-8 (line {line}). Save it as UTF-8 and hand it in again.") from error
    return text.replace("\r\n", "\n").replace("\r", "\n")


# ---------------------------------------------------------------- which task


def find_essay(answer: Answer, slug: str | None = None) -> FreeTextTask:
    """The task that an answer is for: `slug`, or by a line `task: a3` or `# A3` at its start, or by the file's name.

    Raises AnswerError where it names none.
    """
    try:
        if slug is not None:
            return load_essay(slug)
        named = _by_line(answer.text) or named_task(answer.path.stem)
        if named is not None:
            return load_essay(named)
    except UnknownEssay as error:
        raise AnswerError(f"{answer.path}: {error}") from error
    raise AnswerError(
        f"{answer.path} does not say which task it is for. Begin it with a line such as `# A3` or `task: a3`, or add "
        "--exercise a3. `grade rubric --list` shows the tasks. Code is handed in as .py or .ipynb."
    )


def _by_line(text: str) -> str | None:
    """The task of a `task:` line, known or not; else of the first heading that begins with a known task's name."""
    lines = [line.strip() for line in text.split("\n") if line.strip()][:FRONT]
    for line in lines:
        if found := TASK.fullmatch(line.strip("*_")):
            told = found[1].strip("*_ `")
            return named_task(told) or told
    headings = [found[1] for line in lines if (found := HEADING.fullmatch(line))]
    return next(filter(None, map(named_task, headings)), None)


def named_task(text: str) -> str | None:
    """The task whose name the text begins with: `A3: Two layers`, `Interview 1`, `my_a3`."""
    words = re.findall(r"[a-z0-9]+", text.lower())
    while words and words[0] in OPENERS:
        words = words[1:]
    found = [slug for slug in essay_slugs() if _begins(words, slug)]
    return max(found, key=len, default=None)


def _begins(words: list[str], slug: str) -> bool:
    parts = slug.split("-")
    return words[: len(parts)] == parts or words[:1] == ["".join(parts)]


def other_tasks(answer: Answer, essay: FreeTextTask) -> list[str]:
    """Further tasks that headings of the file name: one file answers one task."""
    headings = [found[1] for line in answer.text.split("\n") if (found := HEADING.fullmatch(line.strip()))]
    named = dict.fromkeys(filter(None, map(named_task, headings)))
    return [name for name in named if name != essay.slug]
