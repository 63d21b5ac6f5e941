"""The layer `process` where a system has little: the commands, with most of what is Linux's own taken away from them.

The same files, graded here behind the best layer, get the same marks, names and explanations.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from grader.exercise import all_exercises, load_exercise
from grader.judge.grade import grade
from grader.report.as_json import to_json
from grader.report.text import to_text
from grader.root import ROOT
from grader.sandbox import spawner, watch
from grader.sandbox.launch import Sandbox
from grader.sandbox.loaded import Stuck
from grader.sandbox.order import Submitted
from grader.submission.load import load
from tests.batch.makers import folder

CONV = (ROOT / "solutions" / "conv.py").read_text()
WRONG = (ROOT / "exercises" / "conv" / "wrong" / "bias_per_channel.py").read_text()
SINGLE, MULTICHANNEL = CONV[: CONV.index("def conv2d_multi")], CONV[CONV.index("def conv2d_multi") :]


def instead(line: str) -> str:
    """The right file, but for what `conv2d_multichannel` does."""
    return f"{SINGLE}def conv2d_multichannel(X, K, b, stride=1, padding=0):\n    {line}\n"


def notebook(*cells: str) -> str:
    made = [
        {"cell_type": "code", "id": f"c{i}", "metadata": {}, "outputs": [], "execution_count": None, "source": cell}
        for i, cell in enumerate(cells)
    ]
    return json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": made})


FILES = {
    "right.py": CONV,
    "wrong.py": WRONG,
    "exit_in_a_call.py": instead("import sys; sys.exit(0)"),
    "crash.py": instead("import os; os._exit(5)"),
    "notebook.ipynb": notebook(SINGLE, "%matplotlib inline", MULTICHANNEL),
}
ENDLESS = {
    "exit_at_the_top.py": CONV + "\nimport sys\nsys.exit(3)\n",
    "loud_at_the_top.py": CONV + "\nprint('loud ' * 1_000_000)\n",
    "loop.py": instead("while True: pass"),
    "loop_at_the_top.py": CONV + "\nwhile True:\n    pass\n",
    "loud_in_a_call.py": instead("print('x' * (8 << 20))"),
}
POINTS = {"right.py": 22, "wrong.py": 18, "notebook.ipynb": 22}


def variables(shim: bool, psutil: bool = True) -> dict[str, str]:
    """With psutil, times are those of the processor: nothing depends on what else the machine does."""
    path = {"PYTHONPATH": str(Path(__file__).parent)} if shim else {}
    return dict(os.environ) | path | {"PSUTIL": "yes" if psutil else "no"}


def run(where: Path, *arguments: str, shim: bool = True, psutil: bool = True) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "grader", *arguments]
    return subprocess.run(
        command, cwd=where, env=variables(shim, psutil), capture_output=True, text=True, check=False, timeout=500
    )


def graded(where: Path, slug: str, *files: str, **how: bool) -> dict[str, dict[str, Any]]:
    """What `grade submit` finds, by file."""
    options = ("--no-timing", "--no-history", "--seed", "1", "--format", "json", "--exercise", slug)
    done = run(where, "submit", *files, *options, **how)
    assert done.returncode in (0, 1), done.stderr
    report = json.loads(done.stdout)
    return {result["file"]: result for result in report.get("results", [report])}


def told(result: dict[str, Any]) -> dict[str, Any]:
    """What is said of a file. (What is searched for as long as there is time may differ.)"""
    checks = [[check[key] for key in ("name", "verdict", "score", "misconception")] for check in result["checks"]]
    causes = [[cause[key] for key in ("checks", "points", "headline", "misconception")] for cause in result["causes"]]
    first = [check["message"].splitlines()[-1:] for check in result["checks"]]
    return {"score": result["score"], "checks": checks, "causes": causes, "said": first, "notes": result["notes"]}


@pytest.fixture
def here(sandboxes, tmp_path) -> Callable[..., dict[str, Any]]:
    """The same file graded in this process, behind the best layer."""

    def said(file: str, source: str, slug: str = "conv") -> dict[str, Any]:
        path = folder(tmp_path, {file: source}) / file
        exercise = load_exercise(slug)
        result = grade(load(path), exercise, seed=1, sandbox=sandboxes(slug), timing=False, explained=True)
        return told(json.loads(to_json([result])))

    return said


@pytest.fixture(scope="module")
def there(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    return graded(folder(tmp_path_factory.mktemp("there"), FILES), "conv", *FILES)


def test_the_stand_in_takes_away_what_it_says():
    gone = (
        "import os, signal, socket; print(hasattr(os, 'fork'), hasattr(socket, 'AF_UNIX'), hasattr(signal, 'SIGKILL'))"
    )
    asked = f"{gone}; print(os.path.exists('/proc/self/stat')); import resource"
    done = subprocess.run(
        [sys.executable, "-c", asked], env=variables(True), capture_output=True, text=True, check=False
    )
    assert done.stdout.split() == ["False"] * 4
    assert "import of resource halted" in done.stderr


@pytest.mark.slow
@pytest.mark.sampled(ci=4)
@pytest.mark.parametrize("file", FILES)
def test_the_same_is_said_as_behind_the_best_layer(file: str, there, here):
    assert there[file]["isolation"] == "process"
    assert told(there[file]) == here(file, FILES[file])
    assert there[file]["score"] == POINTS.get(file, 13)


@pytest.mark.slow
def test_the_names_are_there(there):
    assert [cause["misconception"]["slug"] for cause in there["wrong.py"]["causes"]] == ["bias-per-channel"]
    assert any("exit(0)" in check["message"] for check in there["exit_in_a_call.py"]["checks"])


@pytest.mark.slow
def test_what_does_not_end_or_prints_too_much_loses_no_more_than_there(tmp_path, here):
    found = graded(folder(tmp_path / "there", ENDLESS), "conv", *ENDLESS)
    for file, source in ENDLESS.items():
        best = here(file, source)
        assert told(found[file])["checks"] == best["checks"]
        assert found[file]["score"] == (22 if "top" in file else 13)


NUMPY = [exercise.slug for exercise in all_exercises() if exercise.framework == "numpy"]


@pytest.mark.sampled(ci=5)
@pytest.mark.slow
@pytest.mark.parametrize("slug", [*NUMPY[::2], "fast_conv", "gradcam", "mnist_cnn", "transfer", "resnet"])
def test_a_right_and_a_wrong_file_of_each_exercise(slug: str, tmp_path):
    exercise = load_exercise(slug)
    wrong = sorted((exercise.folder / "wrong").glob("*.py"))[0]
    files = {"right.py": exercise.reference_file.read_text(), "wrong.py": wrong.read_text()}
    found = graded(folder(tmp_path, files), slug, *files)
    assert found["right.py"]["score"] == found["right.py"]["max_score"]
    assert wrong.stem.replace("_", "-") in str(found["wrong.py"]["causes"])


@pytest.mark.slow
def test_without_psutil_too(tmp_path):
    found = graded(folder(tmp_path, {"right.py": CONV}), "conv", "right.py", psutil=False)
    assert found["right.py"]["score"] == found["right.py"]["max_score"]


@pytest.mark.slow
def test_a_batch(tmp_path):
    folder(
        tmp_path / "class",
        {f"student{i}/conv.py": FILES[name] for i, name in enumerate(("right.py", "wrong.py", "crash.py"))},
    )
    done = run(tmp_path, "batch", "class", "--exercise", "conv", "--no-timing", "--jobs", "1", "--seed", "1")
    assert done.returncode == 0, done.stderr
    assert "process 3" in done.stdout


# ---------------------------------------------------------------- on any Linux, when asked for


def test_it_is_said_that_nothing_is_isolated(tmp_path):
    folder(tmp_path, {"right.py": CONV})
    done = run(tmp_path, "submit", "right.py", "--isolation", "process", "--no-timing", "--no-history", shim=False)
    assert "not isolated from hostile code" in done.stdout
    assert "22 of 22 points" in done.stdout


def test_more_cannot_be_required_of_it(tmp_path):
    folder(tmp_path, {"right.py": CONV})
    more = ("--isolation", "process", "--require-isolation", "confined")
    done = run(tmp_path, "submit", "right.py", *more, shim=False)
    assert done.returncode == 2
    assert "isolation here is 'process', 'confined' is required" in done.stderr


def test_an_interpreter_that_cannot_be_started_is_our_fault_and_said(monkeypatch, tmp_path):
    monkeypatch.setattr(spawner, "interpreter", lambda: "/nowhere/python")
    path = folder(tmp_path, {"right.py": CONV}) / "right.py"
    conv = load_exercise("conv")
    with Sandbox.of(conv, layer="process") as sandbox:
        result = grade(load(path), conv, sandbox=sandbox)
    assert result.internal_error
    assert "Python (/nowhere/python) cannot be started: No such file or directory" in to_text(result)


def test_a_statement_that_hears_of_nothing_is_told_by_another_thread(monkeypatch):
    monkeypatch.setattr(watch, "LOADING", 0.03)
    monkeypatch.setattr(watch, "LOADING_ON", 0.01)
    deaf = b"import signal, time\nsignal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])\ntime.sleep(1000)\n"
    with Sandbox.of(load_exercise("conv"), layer="process") as sandbox:
        worker = sandbox.worker(Submitted({"deaf.py": deaf}, "deaf.py", ()))
        with pytest.raises(Stuck) as stuck:
            worker.load()
    assert stuck.value.left_out.place.line == 3


# ---------------------------------------------------------------- the end


def workers(parent: int) -> list[int]:
    """The interpreters that a process has started."""
    listed = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
    return [int(pid) for pid in listed]


def soon(true: Callable[[], object]) -> bool:
    """Whether it becomes true."""
    deadline = time.monotonic() + 60
    while not true() and time.monotonic() < deadline:
        time.sleep(0.02)
    return bool(true())


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@pytest.mark.slow
@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_no_worker_outlives_its_grader(end: signal.Signals, tmp_path):
    folder(tmp_path, {"loop.py": "from pathlib import Path\nPath('begun').touch()\nwhile True: pass\n" + CONV})
    command = [sys.executable, "-m", "grader", "submit", "loop.py", "--exercise", "conv", "--isolation", "process"]
    grader = subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        assert soon(lambda: workers(grader.pid))
        started = workers(grader.pid)
        time.sleep(0.5)
        grader.send_signal(end)
        grader.wait(60)
    finally:
        grader.kill()
    assert soon(lambda: not any(alive(pid) for pid in started))
