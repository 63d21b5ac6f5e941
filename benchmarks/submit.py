"""Whole-process times of `grade submit` beside the bare floor: `make bench`, or python benchmarks/submit.py [rounds].

The floor is a Python process that imports NumPy (or torch), loads the student's file and makes the very calls that the
checks make: no sandbox, no reference, no comparison, no report. Commands run in turn, round by round; medians are
printed, and the ratio of each to its floor, pair by pair.
"""

from __future__ import annotations

import os
import pickle
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

from grader.checks.backend import LocalBackend
from grader.checks.diagnose import scopes
from grader.exercise import Check, load_exercise
from grader.judge.run import run_checks
from grader.root import ROOT
from grader.sandbox.inside.interpreter import Interpreter
from grader.sandbox.inside.ops import Call, Gradients, Hold, Op
from grader.sandbox.inside.wire import Name, Ref

PYTHON, GRADE = (str(Path(sys.executable).with_name(name)) for name in ("python", "grade"))
HISTORY = tempfile.mkdtemp(prefix="grade-history-")  # not the user's own
PLAIN_PYTEST = """
import numpy as np
from {module} import conv2d, conv2d_multichannel
def test_conv():
    X, K = np.arange(35.0).reshape(5, 7), np.arange(6.0).reshape(2, 3)
    assert conv2d(X, K).shape == (4, 5)
"""
FLOOR = """
import importlib.util, pickle, sys
{imports}
spec = importlib.util.spec_from_file_location("student", sys.argv[1])
student = importlib.util.module_from_spec(spec)
spec.loader.exec_module(student)
for name, steps in pickle.load(open(sys.argv[2], "rb")):
    made = getattr(student, name)
    {body}
"""
NUMPY = FLOOR.format(imports="import numpy", body="[made(*args, **kwargs) for args, kwargs in steps]")
TORCH = FLOOR.format(
    imports="import torch; torch.set_num_threads(1)",
    body="""
    for args, kwargs, inputs in steps:
        block = made(*args, **kwargs)
        for x in inputs:
            block(torch.from_numpy(x).requires_grad_()).sum().backward()
""",
)


class Recorder(LocalBackend):
    """Answers in process and notes the calls."""

    def __init__(self, interpreter: Interpreter, calls: list[Op]):
        super().__init__(interpreter)
        self.calls = calls

    def answer(self, op: Op) -> object:
        """Note the operation, then answer."""
        self.calls.append(op)
        return super().answer(op)


def recorded(slug: str, file: Path, only: str = "") -> list[Op]:
    """All operations of an exercise's checks (of those whose name starts with `only`)."""
    exercise = load_exercise(slug)
    calls: list[Op] = []

    def backend(_check: Check) -> Recorder:
        return Recorder(Interpreter(scopes(exercise, file)), calls)

    run_checks(exercise, [c for c in exercise.checks if c.name.startswith(only)], backend, seed=1)
    return calls


def numpy_steps(ops: list[Op]) -> list:
    """Function calls with their arguments."""
    to_plain = Interpreter({}).resolve
    steps = []
    for op in ops:
        if isinstance(op, Call) and isinstance(op.target, Name):
            try:
                steps.append((op.target.name, [(to_plain(op.args), to_plain(op.kwargs))]))
            except KeyError:
                continue  # an argument that is kept on the other side
    return steps


def torch_steps(ops: list[Op]) -> list:
    """Constructions, and the inputs that each object was given (gradients count as one forward and backward pass)."""
    to_plain = Interpreter({}).resolve
    built: dict[int, tuple] = {}
    held: dict[int, np.ndarray] = {}
    for op in ops:
        if isinstance(op, Hold):
            held[op.keep] = op.value.data
        elif isinstance(op, Gradients):
            built[op.ref.id][1][0][2].append(op.input.data)
        elif not isinstance(op, Call):
            continue
        elif isinstance(op.target, Name) and op.keep is not None:
            built[op.keep] = (op.target.name, [(to_plain(op.args), to_plain(op.kwargs), [])])
        elif isinstance(op.target, Ref) and not op.attr:
            given = op.positional()[0]
            built[op.target.id][1][0][2].append(held[given.id] if isinstance(given, Ref) else given.data)
    return list(built.values())


def seconds(command: list[str]) -> float:
    """Wall time of one whole process."""
    environment = os.environ | {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "GRADE_HOME": HISTORY}
    started = time.perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment, check=False)
    return time.perf_counter() - started


def compare(title: str, commands: dict[str, list[str]], rounds: int) -> None:
    """Run all in turn; print medians and ratios to the first."""
    times: dict[str, list[float]] = {name: [] for name in commands}
    for i in range(rounds + 1):
        for name, command in commands.items():
            taken = seconds(command)
            if i:  # the first round warms the file cache
                times[name].append(taken)
    floor = next(iter(times.values()))
    print(title)
    for name, values in times.items():
        ratio = statistics.median(v / f for v, f in zip(values, floor, strict=True))
        print(f"  {name:<34} {1000 * statistics.median(values):8.0f} ms   {ratio:5.2f} × floor")


def numpy_commands(folder: Path) -> dict[str, list[str]]:
    """`conv`: its floor first, then plain pytest, then ours; `folder` gets what they read."""
    conv = ROOT / "exercises/conv/right/plain_loops.py"
    (folder / "numpy_floor.py").write_text(NUMPY)
    (folder / "conv.pickle").write_bytes(pickle.dumps(numpy_steps(recorded("conv", conv))))
    (folder / "student_conv.py").write_bytes(conv.read_bytes())
    (folder / "test_plain.py").write_text(PLAIN_PYTEST.format(module="student_conv"))
    pytest = [PYTHON, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-c", os.devnull, f"--rootdir={folder}"]
    return {
        "floor: import, load, same calls": [PYTHON, f"{folder}/numpy_floor.py", str(conv), f"{folder}/conv.pickle"],
        "plain pytest, no isolation": [*pytest, f"{folder}/test_plain.py"],
        "grade submit --no-timing": [GRADE, "submit", str(conv), "--no-timing"],
        "grade submit, speed measured too": [GRADE, "submit", str(conv)],
    }


def torch_commands(folder: Path) -> dict[str, list[str]]:
    """`resnet`: its floor first, then ours; `folder` gets what they read."""
    block = ROOT / "solutions/resnet.py"
    (folder / "torch_floor.py").write_text(TORCH)
    (folder / "block.pickle").write_bytes(pickle.dumps(torch_steps(recorded("resnet", block))))
    return {
        "floor: import, load, same calls": [PYTHON, f"{folder}/torch_floor.py", str(block), f"{folder}/block.pickle"],
        "grade submit": [GRADE, "submit", str(block)],
    }


def main(rounds: int) -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        compare("conv (NumPy)", numpy_commands(folder), rounds)
        compare("resnet (PyTorch)", torch_commands(folder), max(3, rounds // 3))
        compare("start-up", {"python -c pass": [PYTHON, "-c", "pass"], "grade --help": [GRADE, "--help"]}, rounds)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 15)
