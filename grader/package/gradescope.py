"""A zip for Gradescope: this project with the chosen exercises, `setup.sh` and `run_autograder`.

https://gradescope-autograders.readthedocs.io/en/latest/specs/: both scripts lie at the root of the zip, which is
unpacked to /autograder/source; the student's files are in /autograder/submission; /autograder/results/results.json
has to be written. `AUTOGRADER_ROOT` is for trying it elsewhere.
"""

from __future__ import annotations

import io
import shlex
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath

from ..exercise import ExerciseError, load_exercise
from ..root import ROOT

EPOCH = (1980, 1, 1, 0, 0, 0)  # the same project gives the same zip
PROJECT = ("pyproject.toml", "README.md", "constraints.txt")
PACKAGES = ("grader", "generators")
LEFT_OUT = {"__pycache__", "right", "rivals", "slow"}  # other correct solutions are for our own tests
CPU_TORCH = "https://download.pytorch.org/whl/cpu"

SETUP = f"""\
#!/usr/bin/env bash
# Runs once, as root, when the image is built: a Python environment with the grader from this very zip.
set -euo pipefail
root="${{AUTOGRADER_ROOT:-/autograder}}"

newest() {{
    for name in python3.13 python3.12 python3.11 python3; do
        if "$name" -c 'import ensurepip, sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            echo "$name"
            return
        fi
    done
}}

if [ -z "$(newest)" ] || ! command -v bwrap >/dev/null; then
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends bubblewrap libseccomp2
    [ -n "$(newest)" ] || DEBIAN_FRONTEND=noninteractive apt-get install -y -qq python3.11 python3.11-venv
fi
[ -d "$root/venv" ] || "$(newest)" -m venv "$root/venv"
cd "$root/source/project"
"$root/venv/bin/pip" install --quiet --disable-pip-version-check --extra-index-url {CPU_TORCH} -c constraints.txt %s
"$root/venv/bin/grade" doctor || true  # for the log: what isolation there is
"""

RUN = """\
#!/usr/bin/env bash
# Runs for every submission. Students see results.json and nothing that is printed here.
root="${AUTOGRADER_ROOT:-/autograder}"
cd "$root"
exec "$root/venv/bin/python" -I -m grader.package.run \\
    --gradescope "$root/results/results.json" --require %s "$root/submission" %s
"""


def gradescope_zip(slugs: Iterable[str], require: str) -> bytes:
    """The zip. Raises ExerciseError for an exercise that there is not, and outside a checkout."""
    slugs = list(dict.fromkeys(slugs))
    if not (ROOT / "pyproject.toml").is_file():
        raise ExerciseError("packages are made from a checkout of cnn-grader, not from an installed copy")
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        _add(archive, "setup.sh", (SETUP % ("'.[torch]'" if with_torch(slugs) else ".")).encode(), 0o755)
        _add(archive, "run_autograder", (RUN % (require, shlex.join(slugs))).encode(), 0o755)
        for path in sorted(set(_files(slugs))):
            _add(archive, f"project/{path.as_posix()}", (ROOT / path).read_bytes(), 0o644)
    return buffer.getvalue()


def with_torch(slugs: Iterable[str]) -> bool:
    """Whether one of the exercises needs PyTorch. Raises ExerciseError for an exercise that there is not."""
    return "torch" in {load_exercise(slug).framework for slug in slugs}


def points(slugs: Iterable[str]) -> float:
    """What the assignment is worth."""
    return sum(load_exercise(slug).points for slug in dict.fromkeys(slugs))


def _add(archive: zipfile.ZipFile, name: str, data: bytes, mode: int) -> None:
    info = zipfile.ZipInfo(name, EPOCH)
    info.external_attr = (0o100000 | mode) << 16
    info.compress_type = zipfile.ZIP_DEFLATED
    archive.writestr(info, data)


def _files(slugs: list[str]) -> Iterator[PurePosixPath]:
    """What the grader needs for these exercises: their folders and references, and none of the others'."""
    yield from map(PurePosixPath, PROJECT)
    for package in PACKAGES:
        yield from _below(ROOT / package)
    for slug in slugs:
        exercise = load_exercise(slug)
        yield from _below(exercise.folder)
        yield _relative(exercise.reference_file)
    for folder in ("exercises", "solutions"):
        yield from (_relative(p) for p in (ROOT / folder).glob("__init__.py"))


def _below(folder: Path) -> Iterator[PurePosixPath]:
    for path in folder.rglob("*"):
        if path.is_file() and not path.is_symlink() and not LEFT_OUT & set(path.relative_to(folder).parts):
            yield _relative(path)


def _relative(path: Path) -> PurePosixPath:
    return PurePosixPath(path.relative_to(ROOT).as_posix())
