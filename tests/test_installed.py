"""What pip installs outside of a checkout works, without PyTorch too: for all but the exercises that need it."""

from __future__ import annotations

import json
import os
import shutil
import site
import subprocess
import sys
import venv
import zipfile
from collections.abc import Iterator
from email.parser import Parser
from pathlib import Path

import pytest

from grader.exercise import SOLUTIONS, all_exercises
from grader.root import ROOT

LIBRARIES = Path(site.getsitepackages()[0])
NOT_THERE = ("torch", "functorch", "torchgen", "cnn_grader", "__editable__")
NUMPY = [e.slug for e in all_exercises() if e.framework == "numpy"]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    options = [
        "--quiet",
        "--no-deps",
        "--no-build-isolation",
        "--disable-pip-version-check",
        "--wheel-dir",
        str(folder),
    ]
    subprocess.run([sys.executable, "-m", "pip", "wheel", *options, str(ROOT)], check=True)
    [made] = folder.glob("*.whl")
    return made


@pytest.fixture(scope="module")
def without_torch(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The programs of an environment that has this wheel and our own libraries, but no PyTorch."""
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, symlinks=True)
    packages = next((folder / "lib").glob("python*/site-packages"))
    for path in LIBRARIES.iterdir():
        if not path.name.startswith(NOT_THERE) and path.suffix != ".pth":
            (packages / path.name).symlink_to(path)
    install = ["install", "--quiet", "--no-deps", "--no-index", "--disable-pip-version-check", str(wheel)]
    subprocess.run([sys.executable, "-m", "pip", "--python", str(folder / "bin" / "python"), *install], check=True)
    yield folder / "bin"
    shutil.rmtree(folder)


def ran(programs: Path, folder: Path, *command: str) -> subprocess.CompletedProcess[str]:
    environment = {"PATH": f"{programs}:{os.environ['PATH']}", "HOME": str(folder), "LANG": "C.UTF-8"}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


@pytest.mark.slow
def test_pytorch_is_an_extra(wheel):
    with zipfile.ZipFile(wheel) as archive:
        [name] = [n for n in archive.namelist() if n.endswith("/METADATA")]
        needs = Parser().parsestr(archive.read(name).decode()).get_all("Requires-Dist")
    assert [n for n in needs if n.startswith("torch") and "extra" not in n] == []
    assert "torch>=2.2; extra == 'torch'" in needs


@pytest.mark.slow
def test_numpy_exercises_need_no_pytorch(without_torch, tmp_path, thorough):
    some = NUMPY if thorough else NUMPY[::3]
    files = [str(SOLUTIONS / f"{slug}.py") for slug in some]
    done = ran(without_torch, tmp_path, "grade", "submit", "--no-timing", "--no-explain", "--format", "json", *files)
    results = json.loads(done.stdout)["results"]
    assert done.stderr == ""
    own = {r["exercise"]: r for r in results if Path(r["file"]).stem == r["exercise"]}
    assert sorted(own) == sorted(some)
    assert [slug for slug, r in own.items() if r["score"] != r["max_score"]] == []


@pytest.mark.sampled(ci=3)
@pytest.mark.slow
@pytest.mark.parametrize(
    "command",
    [
        ("grade", "list"),
        ("grade", "start", "resnet"),
        ("grade", "quiz", "new", "--count", "20", "--seed", "1", "--key"),
        ("grade", "bench", str(SOLUTIONS / "conv.py")),
        ("grade", "doctor"),
        ("python", "-m", "grader", "--help"),
    ],
    ids=lambda command: " ".join(command[:3]),
)
def test_so_does_all_that_is_no_pytorch_exercise(without_torch, tmp_path, command):
    done = ran(without_torch, tmp_path, *command)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Traceback" not in done.stderr


def compiled(programs: Path) -> set[Path]:
    """What Python has compiled of the package."""
    return set(programs.parent.glob("lib/python*/site-packages/grader/**/*.pyc"))


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("bwrap") is None, reason="bubblewrap makes the package read-only, for root too")
def test_who_cannot_write_into_the_package_grades_all_the_same(without_torch, tmp_path):
    home = str(without_torch.parent)
    read_only = ["bwrap", "--bind", "/", "/", "--dev-bind", "/dev", "/dev", "--proc", "/proc", "--ro-bind", home, home]
    before = compiled(without_torch)
    (tmp_path / "class").mkdir()
    shutil.copy(SOLUTIONS / "conv.py", tmp_path / "class" / "ada.py")
    for command in (["submit", "class/ada.py"], ["batch", "class", "--out", "report"], ["report"]):
        untimed = ["--no-timing"] if command[0] != "report" else []
        done = ran(without_torch, tmp_path, *read_only, "grade", *command, *untimed)
        assert (done.returncode, done.stderr) == (0, ""), (command, done)
    assert compiled(without_torch) == before


@pytest.mark.sampled(ci=3)
@pytest.mark.slow
@pytest.mark.parametrize("command", ["submit", "explain", "batch"])
def test_a_pytorch_exercise_says_what_to_install(without_torch, tmp_path, command):
    (tmp_path / "class").mkdir()
    shutil.copy(SOLUTIONS / "resnet.py", tmp_path / "class" / "ada.py")
    target = "class" if command == "batch" else "class/ada.py"
    done = ran(without_torch, tmp_path, "grade", command, target)
    assert done.returncode == 2, done.stdout + done.stderr
    assert "resnet is graded with PyTorch: pip install 'cnn-grader[torch]'" in " ".join(
        (done.stdout + done.stderr).split()
    )
