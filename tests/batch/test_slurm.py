"""A batch on a real SLURM: the documented job, one that ends midway, and everything that can keep one from starting."""

from __future__ import annotations

import re
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.batch.makers import snapshot
from tests.batch.one_node import OneNode
from tests.batch.test_losses import recorded, wait_for

pytestmark = pytest.mark.slow
DOCUMENTED = Path(__file__).parents[2] / "docs" / "instructor" / "batch.md"


@pytest.fixture(scope="module")
def slurm(tmp_path_factory) -> Iterator[OneNode]:
    """A node that is idle."""
    made = OneNode(tmp_path_factory.mktemp("slurm"))
    try:
        if made.missing:
            pytest.skip(f"no SLURM here: {made.missing}")
        yield made
    finally:
        made.close()


def described(folder: Path, *changes: tuple[str, str]) -> str:
    """The file of docs/instructor/batch.md, for workers on loopback, with these changes."""
    found = re.search(r"```toml\n(.*?)```", DOCUMENTED.read_text(), re.DOTALL)
    assert found
    text = re.sub(r"^ +", "", found[1], flags=re.MULTILINE) + 'interface = "lo"\n'
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    (folder / "slurm.toml").write_text(text)
    return "slurm.toml"


def begin(slurm: OneNode, folder: Path, command: list[str]) -> subprocess.Popen[str]:
    """The command, on its way."""
    made = subprocess.Popen(
        command, cwd=folder, env=slurm.environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    slurm.running.append(made)
    return made


def test_the_same_marks_when_jobs_end_midway(graded, slurm, tmp_path):
    """As at the end of a walltime: a job is gone with all its workers, and another takes its place."""
    where = tmp_path / "book.sqlite"
    command = graded.batch(where, "--seed", "7", "--cluster", described(tmp_path, ("jobs = 2", "jobs = 1")))
    process = begin(slurm, tmp_path, command)
    wait_for(lambda: recorded(where) >= 2)
    [job], before = slurm.queue(), slurm.queue("--states=all")
    slurm.call("scancel", job)
    _, said = process.communicate(timeout=240)
    assert process.returncode == 0, said
    assert snapshot(where) == graded.snapshot
    wait_for(lambda: not slurm.queue())
    assert len(slurm.queue("--states=all")) == len(before) + 1


@pytest.mark.parametrize(
    "change, answer",
    [
        (('queue = "teaching"', 'queue = "lecture"'), "sbatch: invalid partition specified: lecture"),
        (("memory = ", 'memory = "900GB" # '), "sbatch: Memory specification can not be satisfied"),
    ],
)
def test_what_sbatch_refuses_is_said_at_once(graded, slurm, tmp_path, change, answer):
    command = graded.batch(tmp_path / "book.sqlite", "--cluster", described(tmp_path, change))
    _, said = (process := begin(slurm, tmp_path, command)).communicate(timeout=120)
    assert process.returncode == 2
    assert said.startswith(f"grade: {answer}")
    assert said.count("\n") == 1


def test_a_queue_that_starts_nothing_is_told_of_and_given_up(graded, slurm, tmp_path):
    closed = described(tmp_path, ('queue = "teaching"', 'queue = "closed"'))
    command = [*graded.batch(tmp_path / "book.sqlite", "--cluster", closed), "--wait", "0.2"]
    _, said = (process := begin(slurm, tmp_path, command)).communicate(timeout=120)
    assert process.returncode == 3
    first, last = said.splitlines()
    assert first == "grade: no job has started: 2 pending, PartitionDown"
    assert last.startswith("grade: no worker for 0.2 minutes: no job has started: 2 pending, PartitionDown. What was")
    assert not slurm.queue()


@pytest.mark.parametrize("number, code", [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_whoever_ends_it_leaves_no_job_behind(graded, slurm, tmp_path, number, code):
    closed = described(tmp_path, ('queue = "teaching"', 'queue = "closed"'))
    process = begin(slurm, tmp_path, graded.batch(tmp_path / "book.sqlite", "--cluster", closed))
    wait_for(lambda: len(slurm.queue()) == 2, 60)
    time.sleep(0.5)
    process.send_signal(number)
    _, said = process.communicate(timeout=120)
    assert process.returncode == code, said
    assert said.count("\n") == 1
    assert not slurm.queue()
