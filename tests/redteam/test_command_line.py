"""The command `grade` in a hostile place: among files that want to be imported, with outputs that cannot be written."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal as signals
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from subprocess import DEVNULL

import pytest

from grader.exercise import load_exercise

PARTS = Path(__file__).with_name("parts")
ATTACKS = Path(__file__).with_name("attacks")
HONEST = (PARTS / "honest.py").read_text()
WRONG = "def conv2d(X, K, stride=1, padding=0):\n    return [[0.0]]\n"
GRADE = [sys.executable, "-P", "-c", "from grader.cli import main; main()"]
HELD = f"held-open-by-the-sleeper-of-{os.getpid()}"
FULL, LESS, USAGE, OURS = 0, 1, 2, 3


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder to work in that `scene` does not expect to find empty."""
    folder = tmp_path / "place"
    folder.mkdir()
    (folder / "right.py").write_text(HONEST)
    (folder / "wrong.py").write_text(WRONG)
    return folder


def run(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [*GRADE, "submit", *arguments],
        cwd=folder,
        capture_output=True,
        timeout=120,
        check=False,
        env=os.environ | {"OMP_NUM_THREADS": "1"} | environment,
    )


def graded(done: subprocess.CompletedProcess[bytes]) -> dict:
    """The JSON on stdout, which holds nothing else."""
    assert done.stdout, done.stderr.decode()
    return json.loads(done.stdout)


def test_modules_in_the_working_directory_are_not_imported(scene, place):
    trap = f"open({str(scene.canary)!r}, 'w').close(); raise SystemExit(0)\n"
    for name in ("numpy", "torch", "pytest", "conftest", "json", "grader", "click", "rich", "sitecustomize", "site"):
        (place / f"{name}.py").write_text(trap)
    (place / "pytest.ini").write_text("[pytest]\naddopts = -p conftest\n")
    (place / "pyproject.toml").write_text("[tool.pytest.ini_options]\naddopts = '-p conftest'\n")
    assert run(place, "right.py").returncode == FULL
    assert run(place, "wrong.py").returncode == LESS
    assert run(place, ".", "--exercise", "conv", "--format", "json").returncode in (FULL, LESS)


def test_settings_of_pytest_in_the_environment_have_no_say(scene, place):
    hostile = {"PYTEST_ADDOPTS": "--collect-only -x --maxfail=1", "PYTEST_PLUGINS": "no_such_plugin"}
    done = run(place, "right.py", "--format", "json", PYTHONWARNINGS="error", **hostile)
    assert done.returncode == FULL, done.stderr.decode()
    assert graded(done)["score"] == 22


@pytest.mark.parametrize("layer", ["best", "confined"])
def test_a_folder_on_the_import_path_is_not_shown(layer, scene, place, bare):
    """Its owner may keep anything beside the modules; of what is on the path a worker sees libraries alone."""
    shown = place / "modules"
    shown.mkdir()
    (shown / "secret.txt").write_text("nobody else reads this")
    (place / "thief.py").write_text(f"print(open({str(shown / 'secret.txt')!r}).read())\n{HONEST}")
    more = {"PATH": bare} if layer == "confined" else {}
    done = run(place, "thief.py", "--format", "json", PYTHONPATH=f"{shown}{os.pathsep}/tmp", **more)
    assert done.returncode == FULL, done.stderr.decode()  # what could not be read is left out
    assert b"nobody else" not in done.stdout
    [note] = graded(done)["notes"]
    assert note.startswith("line 1 was left out")


@pytest.mark.sampled(quick=3)
@pytest.mark.parametrize("name", ["forging/result_printed", "leaving/atexit_result", "messages/terminal_escapes"])
def test_stdout_is_one_json_object_whatever_is_printed(name, scene, place):
    source = scene.filled_in((ATTACKS / f"{name}.py").read_text())
    (place / "attack.py").write_text(source)
    done = run(place, "attack.py", "--format", "json")
    assert done.returncode == LESS
    result = graded(done)
    assert (result["score"], result["max_score"]) == (0, 22)
    assert len(result["checks"]) == len(load_exercise("conv").checks)
    assert b"\x1b" not in done.stdout


@pytest.mark.slow
@pytest.mark.parametrize("form", ["text", "json", "html"])
def test_reports_carry_messages_as_text(form, scene, place):
    (place / "attack.py").write_text(scene.filled_in((ATTACKS / "messages" / "html_and_markup.py").read_text()))
    (place / "escapes.py").write_text(scene.filled_in((ATTACKS / "messages" / "terminal_escapes.py").read_text()))
    done = run(place, "attack.py", "escapes.py", "--format", form)
    assert done.returncode == LESS
    assert b"nasty" in done.stdout
    assert b"\x1b" not in done.stdout
    if form == "html":
        assert b"<script>alert" not in done.stdout
        assert b"<img src=x" not in done.stdout
    if form == "text":
        assert b"[bold green]" in done.stdout


NAMES = ["-x.py", "a b.py", "a\nb.py", "\x1b[2J.py", "ümlaut.py", "$(id).py", "[red].py", os.fsdecode(b"\xff\xfe.py")]


@pytest.mark.slow
@pytest.mark.sampled(ci=6)
@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("form", ["text", "json", "html"])
def test_file_names_may_be_anything(name, form, scene, place):
    (place / name).write_text(HONEST)
    done = run(place, "--format", form, "--", name)
    assert done.returncode == FULL, done.stderr.decode(errors="replace")
    assert b"\x1b" not in done.stdout
    done.stdout.decode("utf-8")


@pytest.mark.slow
def test_a_terminal_that_knows_only_ascii(scene, place):
    for form in ("text", "json"):
        done = run(place, "wrong.py", "--format", form, PYTHONIOENCODING="ascii", LC_ALL="C", PYTHONUTF8="0")
        assert done.returncode == LESS, done.stderr.decode()
    assert graded(done)["max_score"] == 22


# ---------------------------------------------------------------- where the report goes


@pytest.mark.slow
def test_a_report_that_cannot_be_written_leaves_nothing_behind(scene, place):
    (place / "folder").mkdir()
    for target in ("folder", "no/such/folder/report.json", "/proc/report.json", "x" * 300, "right.py/report.json"):
        done = run(place, "wrong.py", "--format", "json", "-o", target)
        assert done.returncode == USAGE, target
        assert b"Traceback" not in done.stderr
    assert sorted(os.listdir(place)) == ["folder", "right.py", "wrong.py"]


def test_a_report_over_a_link_replaces_the_link_and_not_what_it_leads_to(scene, place):
    (place / "report.json").symlink_to(scene.canary)
    assert run(place, "wrong.py", "--format", "json", "-o", "report.json").returncode == LESS
    assert not (place / "report.json").is_symlink()
    assert json.loads((place / "report.json").read_text())["max_score"] == 22


@pytest.mark.slow
def test_a_report_to_a_device_goes_there(scene, place):
    done = run(place, "wrong.py", "--format", "json", "-o", "/dev/stdout")
    assert graded(done)["score"] == 0
    assert run(place, "wrong.py", "-o", "/dev/null").returncode == LESS
    assert Path("/dev/null").is_char_device()
    assert Path("/dev/stdout").is_symlink()


@pytest.mark.slow
def test_a_full_disk_leaves_the_old_report(scene, place):
    (place / "report.json").write_text("old")
    limited = ["bash", "-c", 'ulimit -f 1; exec "$@"', "bash", *GRADE, "submit", "wrong.py", "--format", "json", "-o"]
    done = subprocess.run([*limited, "report.json"], cwd=place, capture_output=True, timeout=120, check=False)
    assert done.returncode == OURS, done.stderr.decode()
    assert (place / "report.json").read_text() == "old"
    assert len(os.listdir(place)) == 3


# ---------------------------------------------------------------- isolation that is asked for


@pytest.fixture
def bare(tmp_path) -> str:
    """A PATH without bubblewrap."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for name in ("rm", "chmod", "timeout"):
        (folder / name).symlink_to(shutil.which(name) or f"/bin/{name}")
    return str(folder)


@pytest.mark.slow
def test_isolation_that_is_not_there_is_not_made_up(scene, place, bare):
    done = run(place, "right.py", "--require-isolation", "contained", PATH=bare)
    assert done.returncode == USAGE
    assert b"contained" in done.stderr
    assert done.stdout == b""
    done = run(place, "right.py", "--format", "json", PATH=bare)
    assert done.returncode == FULL
    assert graded(done)["isolation"] in ("process", "confined")


@pytest.mark.sampled(quick=3)
@pytest.mark.parametrize("signal", ["TERM", "INT", "KILL"])
@pytest.mark.parametrize("layer", ["best", "confined"])
def test_a_grader_that_is_killed_leaves_no_worker_and_no_file(signal, layer, scene, place, bare):
    """Its temporary folder is looked at by `scene`."""
    (place / "sleeper.py").write_text(f"import time\nheld = open('{HELD}', 'w')\ntime.sleep(1000)\n")
    environment = os.environ | {"TMPDIR": str(scene.temporary)} | ({"PATH": bare} if layer == "confined" else {})
    command = [*GRADE, "submit", "sleeper.py", "--exercise", "conv"]
    with subprocess.Popen(command, cwd=place, stdout=DEVNULL, stderr=DEVNULL, env=environment) as grader:
        settled(lambda: HELD in {Path(name).name for name in opened()})
        grader.send_signal(getattr(signals, f"SIG{signal}"))
    settled(lambda: not os.listdir(scene.temporary))


def opened() -> Iterator[str]:
    """The files that any process holds open."""
    for process in filter(str.isdecimal, os.listdir("/proc")):
        with contextlib.suppress(OSError):  # it is gone by now
            for number in os.listdir(f"/proc/{process}/fd"):
                with contextlib.suppress(OSError):
                    yield os.readlink(f"/proc/{process}/fd/{number}")


def settled(condition: Callable[[], bool]) -> None:
    """Wait until something is so; a busy machine takes its time."""
    for _ in range(1500):
        if condition():
            return
        time.sleep(0.02)
