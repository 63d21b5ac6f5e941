"""A real Dask scheduler with two workers gives the same marks; also when one of them, or the scheduler, is killed."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from distributed import Client

from grader.batch.cluster import job_script, open_cluster
from grader.batch.reception import workers_of
from grader.batch.slurm import ClusterError, read_slurm
from grader.root import ROOT
from tests.batch.conftest import COUNT
from tests.batch.makers import ENVIRONMENT, gradings, run, snapshot
from tests.batch.test_losses import recorded, start, wait_for

SLURM = """
[slurm]
jobs = 4
queue = "teaching"
account = "cs231"
cores = 8
processes = 8
memory = "16GB"
walltime = "01:00:00"
job_extra_directives = ["--gres=gpu:1"]
worker_extra_args = ["--resources", "GPU=1"]
"""


def program(name: str, *options: str, log: Path, cwd: Path | None = None) -> subprocess.Popen[bytes]:
    """One of Dask's own programs."""
    command = [sys.executable, "-m", f"distributed.cli.{name}", *options, "--no-dashboard"]
    with log.open("wb") as file:
        return subprocess.Popen(command, stdout=file, stderr=file, env=ENVIRONMENT, cwd=cwd)


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


class Cluster:
    """A scheduler and two workers, as an administrator starts them."""

    def __init__(self, folder: Path):
        self.folder, self.port = folder, free_port()
        self.address = f"tcp://127.0.0.1:{self.port}"
        self.running: list[subprocess.Popen[bytes]] = []
        self.scheduler = self.start_scheduler()
        self.workers = [self.start_worker() for _ in range(2)]

    def start_scheduler(self) -> subprocess.Popen[bytes]:
        """The scheduler, listening."""
        options = ["--host", "127.0.0.1", "--port", str(self.port)]
        made = self._start("dask_scheduler", *options)
        wait_for(self._listens, 60)
        return made

    def start_worker(self, *more: str, cwd: Path | None = None) -> subprocess.Popen[bytes]:
        """A worker of one thread; it imports what lies in `cwd`."""
        options = ["--nthreads", "1", "--no-nanny", "--local-directory", str(self.folder), *more]
        return self._start("dask_worker", self.address, *options, cwd=cwd)

    def _start(self, name: str, *options: str, cwd: Path | None = None) -> subprocess.Popen[bytes]:
        made = program(name, *options, log=self.folder / f"{name}-{len(self.running)}.log", cwd=cwd)
        self.running.append(made)
        return made

    def _listens(self) -> bool:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.port), 1):
            return True
        return False

    def close(self) -> None:
        """End all of it."""
        for process in self.running:
            process.kill()
            process.wait()


@pytest.fixture
def cluster(tmp_path) -> Iterator[Cluster]:
    """For one test, as tests kill parts of it."""
    made = Cluster(tmp_path)
    yield made
    made.close()


@pytest.mark.slow
def test_the_same_marks_with_a_worker_killed_midway(graded, tmp_path, cluster):
    where = tmp_path / "book.sqlite"
    process = start(graded.batch(where, "--seed", "7", "--cluster", cluster.address))
    wait_for(lambda: recorded(where) >= 3)
    cluster.workers[0].kill()
    assert process.wait(180) == 0
    assert snapshot(where) == graded.snapshot


@pytest.mark.slow
def test_the_scheduler_is_killed(graded, tmp_path, cluster):
    where = tmp_path / "book.sqlite"
    command = graded.batch(where, "--seed", "7", "--cluster", cluster.address)
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=ENVIRONMENT)
    wait_for(lambda: recorded(where) >= 2)
    cluster.scheduler.kill()
    killed = time.monotonic()
    _, said = process.communicate(timeout=120)
    assert process.returncode == 3, said
    assert time.monotonic() - killed < 90
    assert b"the same command goes on from there" in said
    assert said.count(b"\n") == 1, said.decode()
    assert gradings(where) < COUNT
    for worker in cluster.workers:
        worker.kill()
    cluster.start_scheduler()
    cluster.start_worker()
    run(command)
    assert snapshot(where) == graded.snapshot


@pytest.mark.slow
def test_a_worker_of_another_standard_gets_no_work(graded, tmp_path, cluster):
    """One worker has a reference that somebody changed: it is named, and grades nobody; alone, that is said in time."""
    cluster.start_worker("--name", "odd", cwd=another_checkout(tmp_path / "other"))
    where = tmp_path / "book.sqlite"
    command = [*graded.batch(where, "--seed", "7", "--cluster", cluster.address), "--wait", "0.2"]
    with Client(cluster.address, set_as_default=False) as client:
        wait_for(lambda: len(workers_of(client)) == 3)
        done = run(command)
        assert "worker odd (tcp://" in done.stderr
        assert "gets no work: it grades by another standard" in done.stderr
        assert snapshot(where) == graded.snapshot
        for worker in cluster.workers:
            worker.kill()
        wait_for(lambda: len(workers_of(client)) == 1)
    done = run([*command, "--fresh"], code=3)
    assert "no worker for 0.2 minutes" in done.stderr
    assert "1 refused" in done.stderr


def another_checkout(folder: Path) -> Path:
    """A copy of all that grades, with one reference that somebody has changed."""
    for name in ("grader", "generators", "exercises", "solutions"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    with (folder / "solutions" / "conv.py").open("a") as file:
        file.write("\n# mended\n")
    return folder


@pytest.mark.slow
def test_work_for_a_gpu_goes_to_workers_that_own_one(cluster):
    with open_cluster(cluster.address, 1) as farm:
        assert farm.with_gpu() is None
        owner = cluster.start_worker("--resources", "GPU=1")
        wait_for(lambda: farm.check() or farm.with_gpu())
        jobs = [farm.submit(os.getppid, gpu=True) for _ in range(4)]
        assert {job.result(60) for job in jobs} == {owner.pid}


@pytest.mark.slow
def test_a_cluster_of_this_machine(graded, tmp_path):
    where = tmp_path / "book.sqlite"
    run(graded.batch(where, "--seed", "7", "--cluster", "local"))
    assert snapshot(where) == graded.snapshot


def test_a_job_for_slurm(tmp_path):
    path = tmp_path / "cluster.toml"
    path.write_text(SLURM)
    script = job_script(read_slurm(path), "tcp://10.0.0.1:8786", "grade-1")
    for line in ("#SBATCH -p teaching", "#SBATCH -A cs231", "#SBATCH -t 01:00:00", "#SBATCH --gres=gpu:1"):
        assert line in script
    assert "tcp://10.0.0.1:8786 --name grade-1" in script
    assert "--resources GPU=1" in script


SBATCH = """#!/bin/sh
echo 1
echo submitted > {log}
"""


@pytest.mark.slow
def test_interrupted_while_slurm_lets_it_wait(tmp_path, graded, monkeypatch):
    """An sbatch that takes jobs and starts none; Ctrl-C ends with the code of an interruption."""
    tools, log = tmp_path / "bin", tmp_path / "submitted"
    tools.mkdir()
    for name, text in (("sbatch", SBATCH.format(log=log)), ("squeue", "#!/bin/sh\n"), ("scancel", "#!/bin/sh\n")):
        (tools / name).write_text(text)
        (tools / name).chmod(0o755)
    (tmp_path / "cluster.toml").write_text('[slurm]\ncores = 1\nmemory = "1GB"\ninterface = "lo"\n')
    command = graded.batch(tmp_path / "book.sqlite", "--cluster", "cluster.toml")
    environment = {**ENVIRONMENT, "PATH": f"{tools}:{ENVIRONMENT['PATH']}"}
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment, cwd=tmp_path)
    wait_for(lambda: log.exists() and (tmp_path / "book.sqlite").exists())
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 130, said
    assert said.decode().startswith("grade: interrupted.")


@pytest.mark.parametrize(
    "text, said",
    [
        ("[other]", "no table"),
        ("[slurm", "Expected"),
        ("[slurm]\ncores = 1", "needs memory"),
        ("[slurm]\ncores = 'four'\nmemory = '1GB'", "'cores' has to be of type int"),
        ("[slurm]\ncores = 0\nmemory = '1GB'", "'cores' has to be at least 1"),
        ("[slurm]\ncores = true\nmemory = '1GB'", "'cores' has to be of type int"),
        ("[slurm]\ncores = 1\nmemory = '1GB'\nnodes = 2", "knows no 'nodes'"),
    ],
)
def test_mistakes_in_the_file(tmp_path, text, said):
    path = tmp_path / "cluster.toml"
    path.write_text(text)
    with pytest.raises(ClusterError, match=said):
        read_slurm(path)
