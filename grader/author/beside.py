"""Ten wrong files, each with what plain pytest says of it and what `grade submit` does: part of `make explained`.

The files were made in public (`tests/public/files`, each with its source); plain pytest runs what a teacher may write
by hand (`docs/inside/pytest`). Both outputs are real, of 80 columns, up to the first failing test.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
import textwrap
from pathlib import Path

from ..atomic import replace_file
from ..root import ROOT
from .table import TableError

FILES = ROOT / "tests" / "public" / "files"
TESTS = ROOT / "docs" / "inside" / "pytest"
TEN = (
    "conv/stride_in_the_size_only",
    "conv/padded_and_not_used",
    "conv/last_column_of_even_kernels",
    "loss/maximum_of_the_whole_batch",
    "loss/mean_in_the_loss_alone",
    "batchnorm/momentum_the_other_way",
    "pooling/pointer_not_moved_to_the_next_row",
    "padding/same_with_ceil",
    "receptive_field/dilated_twice",
    "shapes/pooling_rounded_up",
)
BEGIN, END = "<!-- ten files: begin -->\n", "<!-- ten files: end -->\n"
PYTEST = ("-m", "pytest", "-q", "--maxfail=1", "-p", "no:cacheprovider", "-W", "ignore")
GRADE = ("-m", "grader.cli.unhurried", "submit", "--no-timing", "--seed", "1", "--exercise")
LEFT_OUT = re.compile(r"^(isolation: |To see expected|=+ short test|FAILED |!+ stopping|– \+0|      Nothing is timed)")
SECONDS, WIDTH = 120, 80


def pair(name: str) -> tuple[str, str]:
    """What plain pytest and `grade submit` print of a file, `exercise/stem`."""
    slug = name.partition("/")[0]
    with tempfile.TemporaryDirectory() as folder:
        shutil.copy(FILES / f"{name}.py", Path(folder, f"my_{slug}.py"))
        shutil.copy(TESTS / f"test_{slug}.py", folder)
        plain = _output(folder, *PYTEST, f"test_{slug}.py")
        return plain, _output(folder, *GRADE, slug, f"my_{slug}.py")


def _output(folder: str, *arguments: str) -> str:
    """What Python prints in a folder, in 80 columns and without colours."""
    paths = {"PYTHONPATH": str(ROOT), "COLUMNS": "80", "NO_COLOR": "1", "TERM": "dumb", "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        env={**os.environ, **paths},
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )
    lines = [_wrapped(line) for line in done.stdout.splitlines() if not LEFT_OUT.match(line)]
    return re.sub(r" in \d+\.\d+s|submission-\w+/", "", "\n".join(lines)).strip("\n")


def _wrapped(line: str) -> str:
    """As a terminal of 80 columns shows it."""
    hanging = " " * (len(line) - len(line.lstrip()))
    return textwrap.fill(line, WIDTH, subsequent_indent=hanging, drop_whitespace=True) if line.strip() else ""


def page_part() -> str:
    """The ten, in Markdown."""
    return "\n".join(_block(number, name) for number, name in enumerate(TEN, 1))


def _block(number: int, name: str) -> str:
    docstring = (FILES / f"{name}.py").read_text(encoding="utf-8").partition('"""')[2].partition("\n")[0]
    plain, graded = pair(name)
    link = f"[`{name}`](../../tests/public/files/{name}.py)"
    blocks = "".join(f"{title}\n\n```text\n{text}\n```\n\n" for title, text in (("pytest:", plain), ("grade:", graded)))
    return f"### {number}. {link}\n\n{docstring}\n\n{blocks}"


def update(page: Path) -> None:
    """Put them between the page's markers. Raises TableError."""
    before, after = _around(page)
    replace_file(page, f"{before}\n{page_part()}{after}")


def check(page: Path) -> None:
    """Raises TableError where `update` would."""
    _around(page)


def _around(page: Path) -> tuple[str, str]:
    """What stands before and after the ten files, the markers with it."""
    text = page.read_text(encoding="utf-8")
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not (begin and end):
        raise TableError(f"{page} has no place for the ten files: {BEGIN.strip()} and {END.strip()}")
    return before + begin, end + after
