"""What no attack may do, watched from outside: processes, files, memory files and canaries before and after."""

from __future__ import annotations

import contextlib
import ctypes
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

import grader.sandbox.zygotes
from grader.checks.draw import Draw
from grader.exercise import Exercise, load_exercise
from grader.model import Limits
from grader.sandbox.launch import Sandbox
from grader.sandbox.order import Submitted
from grader.timing.device import Device
from grader.timing.fixture import Timing

os.environ.setdefault("OMP_NUM_THREADS", "1")

ROOT = Path(__file__).resolve().parents[2]
MARK = "redteam_was_here"
SECRET = b"nobody but the user reads or writes this\n"
PLACES = (Path("/tmp"), Path("/var/tmp"), Path("/dev/shm"), Path.home(), ROOT, ROOT / "grader", Path("/"))
LIMITS = Limits(
    cpu_seconds=3, wall_seconds=8, total_seconds=15, memory_mib=256, threads=32, output_kib=256, scratch_mib=4
)
CHECKS = ("examples", "window", "stride", "keywords", "integers", "unchanged", "bias", "channels_unchanged")
ARMED = 'assert __import__("os").path.basename(__import__("os").getcwd()).startswith("submission-"), "not in a worker"'
PR_SET_CHILD_SUBREAPER = 36
ENDING_SECONDS = 30.0


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--layer confined` runs everything without bubblewrap."""
    parser.addoption("--layer", choices=("best", "confined"), default="best", help="isolation to attack")


@pytest.fixture(scope="session", autouse=True)
def foster_parent() -> None:
    """Processes that lose their parent become ours, so that none is overlooked."""
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


@pytest.fixture(scope="session", autouse=True)
def _layer_that_holds() -> None:
    """Attacks are for real: where nothing would hold them, none is made."""
    with Sandbox("numpy", LIMITS) as sandbox:
        worker = sandbox.worker(Submitted({"nothing.py": b""}, "nothing.py", ()))
        layer = worker.isolation.layer
        worker.close()
    if layer == "process":
        pytest.skip("this machine cannot confine hostile code: no attack is made here")


@pytest.fixture
def confined(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine without bubblewrap."""
    monkeypatch.setattr(grader.sandbox.zygotes.shutil, "which", lambda name, **_: None)


@pytest.fixture(autouse=True)
def chosen_layer(request: pytest.FixtureRequest) -> None:
    """The layer that `--layer` asks for."""
    if request.config.getoption("--layer") == "confined":
        request.getfixturevalue("confined")


@dataclass(frozen=True)
class Scene:
    """What an attack may try to harm."""

    canary: Path
    victim: int
    temporary: Path

    def filled_in(self, text: str) -> str:
        """The attack's source with the names of its targets, and armed: as it lies in its file it is no Python."""
        targets = {"CANARY": self.canary, "VICTIM": self.victim, "PID": os.getpid(), "ROOT": ROOT, "HOME": Path.home()}
        targets["ARMED"] = ARMED
        for name, target in targets.items():
            text = text.replace(f"@{name}@", str(target))
        return text


@pytest.fixture
def scene(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Scene]:
    """A private file, a bystander's process, a temporary folder of its own; all as before at the end."""
    canary = tmp_path / "home" / "cnn_grader_canary"
    canary.parent.mkdir()
    canary.write_bytes(SECRET)
    os.utime(canary, (1e9, 1e9))
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    work = tmp_path / "work"
    work.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    monkeypatch.chdir(work)
    victim = subprocess.Popen(["sleep", "600"], start_new_session=True)
    before, groups = _children(), _groups()
    try:
        yield Scene(canary, victim.pid, temporary)
        assert victim.poll() is None, "a bystander was killed"
        assert _left_over(before) == {}, "processes were left behind"
    finally:
        victim.kill()
        victim.wait()
    assert canary.read_bytes() == SECRET, "the canary was changed"
    assert canary.stat().st_mtime == 1e9, "the canary was touched"
    assert os.listdir(canary.parent) == [canary.name], "something was put beside the canary"
    assert os.listdir(temporary) == [], "the temporary folder was not cleared"
    assert os.listdir(work) == [], "something was left in the working directory"
    assert [str(p) for folder in PLACES for p in folder.glob(f"*{MARK}*")] == []
    assert _groups() == groups, "a control group was left behind"


def _groups() -> set[str]:
    prefix = f"cnn-grader-{os.getpid()}-"
    walk = os.walk("/sys/fs/cgroup")  # passes over groups that end meanwhile
    return {os.path.join(root, name) for root, names, _ in walk for name in names if name.startswith(prefix)}


def _children() -> set[int]:
    """Our living descendants' process numbers. A browser that other tests keep starts some when it likes: left out."""
    parents = {}
    for folder in Path("/proc").iterdir():
        with contextlib.suppress(OSError, ValueError):
            name, _, rest = (folder / "stat").read_text().rpartition(")")
            fields = rest.split()
            if fields[0] != "Z" and "(chrom" not in name:
                parents[int(folder.name)] = int(fields[1])
    found = {os.getpid()}
    while more := {pid for pid, parent in parents.items() if parent in found} - found:
        found |= more
    return found - {os.getpid()}


def _left_over(before: set[int]) -> dict[int, str]:
    """Descendants that are new, and what they are; those that are being killed are given time on a busy machine."""
    deadline = time.monotonic() + ENDING_SECONDS
    while (new := _children() - before) and time.monotonic() < deadline:
        time.sleep(0.02)
    return {pid: _described(pid) for pid in new}


def _described(pid: int) -> str:
    """A process's state and command, for the message."""
    with contextlib.suppress(OSError):
        folder = Path(f"/proc/{pid}")
        state = (folder / "stat").read_text().rpartition(")")[2].split()[0]
        command = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode("utf-8", "replace")
        return f"{state}, {(folder / 'wchan').read_text()}: {command[:300]}"
    return "gone meanwhile"


@pytest.fixture(scope="session")
def conv() -> Exercise:
    """The exercise that most attacks are on: some of its checks, with limits that are reached soon."""
    exercise = replace(load_exercise("conv"), limits=LIMITS)
    vars(exercise)["checks"] = tuple(c for c in exercise.checks if c.name in CHECKS)
    return exercise


@pytest.fixture(scope="session")
def timed_conv() -> Exercise:
    """Windows, and how fast they are."""
    return _only("conv", ("window", "speed"), LIMITS)


@pytest.fixture(scope="session")
def timed_fast_conv() -> Exercise:
    """The same in torch, where speed has points in the maximum."""
    return _only("fast_conv", ("single_image", "speed"), replace(LIMITS, memory_mib=512))


@pytest.fixture(scope="session")
def banned_conv() -> Exercise:
    """Convolution in torch, without torch's own."""
    return _only("fast_conv", ("window", "bias"), replace(LIMITS, memory_mib=512))


@pytest.fixture
def fast_conv_on_gpu(monkeypatch: pytest.MonkeyPatch, scene: Scene) -> Exercise:
    """The same where speed is judged on a GPU: the processor stands in for it, with a small task."""
    monkeypatch.setattr("grader.timing.device.CUDA", Device("cpu", side=128, flush_mib=4))
    monkeypatch.setattr(Device, "lock_file", scene.canary.parent.parent / "gpu.lock")
    monkeypatch.setattr("grader.judge.grade.no_gpu", lambda: None)
    original = Timing.at_most_on_gpu

    def smaller(timing: Timing, *_: object, **_options: object) -> None:
        original(timing, 5, "conv2d", _images, size=32, work=lambda n: 1.0, against="torch_conv2d")

    monkeypatch.setattr(Timing, "at_most_on_gpu", smaller)
    return _only("fast_conv", ("single_image", "speed_on_gpu"), replace(LIMITS, memory_mib=512))


def _images(draw: Draw, n: int) -> tuple:
    return draw.tensor(2, 4, n, n), draw.tensor(8, 4, 3, 3)


def _only(slug: str, names: tuple[str, ...], limits: Limits) -> Exercise:
    exercise = replace(load_exercise(slug), limits=limits)
    vars(exercise)["checks"] = tuple(c for c in exercise.checks if c.name in names)
    return exercise


@pytest.fixture(scope="session")
def basic_block() -> Exercise:
    """The checks of BasicBlock alone."""
    exercise = replace(load_exercise("resnet"), names=("BasicBlock",), limits=replace(LIMITS, memory_mib=512))
    checks = tuple(c for c in exercise.checks if c.needs == ("BasicBlock",))
    vars(exercise)["checks"] = checks
    return exercise


@pytest.fixture(scope="session")
def bubblewrap() -> bool:
    """Whether bubblewrap is there to be left out."""
    return shutil.which("bwrap") is not None
