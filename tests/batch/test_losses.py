"""Kill -9 of the command and of its processes, and a full disk: nothing is lost, nothing counted twice."""

from __future__ import annotations

import contextlib
import json
import os
import random
import signal
import subprocess
import time
from pathlib import Path

import pytest

from tests.batch.conftest import Uninterrupted
from tests.batch.makers import ENVIRONMENT, gradings, run, snapshot


def start(command: list[str]) -> subprocess.Popen[bytes]:
    """The command, on its way."""
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=ENVIRONMENT)


def children(pid: int) -> dict[int, str]:
    """Processes that a process started, and their command lines."""
    found = {}
    for folder in Path("/proc").iterdir():
        with contextlib.suppress(OSError, ValueError):
            if int((folder / "stat").read_text().rpartition(")")[2].split()[1]) == pid:
                found[int(folder.name)] = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode()
    return found


def wait_for(condition, seconds: float = 120.0) -> None:
    """Until it holds."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it never came to that"
        time.sleep(0.02)


def recorded(where: Path) -> int:
    """How many gradings there are so far."""
    try:
        return gradings(where)
    except Exception:  # no gradebook yet, or no tables in it
        return 0


def gone(pids: list[int]) -> bool:
    """Whether these processes have ended."""
    return not any(Path(f"/proc/{pid}").exists() for pid in pids)


def killed_and_resumed(graded: Uninterrupted, where: Path, moments: list[float]) -> None:
    """Kill the command after so many seconds, again and again; then let it finish."""
    for seconds in moments:
        process = start(graded.batch(where, "--seed", "7"))
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(seconds)
        workers = list(children(process.pid))
        process.kill()
        process.wait()
        wait_for(lambda workers=workers: gone(workers), 30)
    run(graded.batch(where, "--seed", "7"))
    assert snapshot(where) == graded.snapshot


@pytest.mark.slow
def test_the_command_is_killed_at_random_moments(graded, tmp_path, thorough):
    chance = random.Random(0)
    moments = [chance.uniform(0.1, graded.seconds) for _ in range(20 if thorough else 3)]
    killed_and_resumed(graded, tmp_path / "book.sqlite", moments)


@pytest.mark.slow
def test_what_was_reported_is_kept(graded, tmp_path):
    """Killed as soon as it tells of results: gradings are committed together, and told of only then."""
    where, told = tmp_path / "book.sqlite", 0
    for least in (1, 5, 9):
        command = [*graded.batch(where, "--seed", "7"), "--json-progress"]
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=ENVIRONMENT)
        while told < least:
            report = json.loads(process.stderr.readline())
            told = report["graded"] + report["known"]
        process.kill()
        process.communicate()
        assert gradings(where) >= told
    run(graded.batch(where, "--seed", "7"))
    assert snapshot(where) == graded.snapshot


@pytest.mark.slow
def test_a_grading_process_is_killed(graded, tmp_path):
    where = tmp_path / "book.sqlite"
    process = start(graded.batch(where, "--seed", "7"))
    for least in (2, 6):
        wait_for(lambda least=least: recorded(where) >= least)
        graders = [pid for pid, line in children(process.pid).items() if "spawn_main" in line]
        for pid in graders[:1]:
            os.kill(pid, signal.SIGKILL)
    assert process.wait(120) == 0
    assert snapshot(where) == graded.snapshot


@pytest.mark.slow
def test_interrupted_from_the_keyboard(graded, tmp_path):
    where = tmp_path / "book.sqlite"
    process = subprocess.Popen(
        graded.batch(where, "--seed", "7"), stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=ENVIRONMENT
    )
    wait_for(lambda: recorded(where) >= 2)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 130
    assert said.decode().startswith("grade: interrupted.")
    assert said.count(b"\n") == 1
    run(graded.batch(where))
    assert snapshot(where) == graded.snapshot


@pytest.fixture
def small_disk(tmp_path):
    """A file system of its own that can be filled up."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=400k", "tmpfs", str(place)]
    if os.geteuid() != 0 or subprocess.run(mount, capture_output=True).returncode:
        pytest.skip("only root can make a small disk")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


@pytest.mark.slow
def test_the_disk_is_full(graded, small_disk):
    where = small_disk / "book.sqlite"
    done = run(graded.batch(where, "--seed", "7"), code=3)
    assert "disk" in done.stderr
    assert "run the same command again" in done.stderr
    assert "Traceback" not in done.stderr
    subprocess.run(["mount", "-o", "remount,size=32m", str(small_disk)], check=True)
    run(graded.batch(where, "--seed", "7"))
    assert snapshot(where) == graded.snapshot
