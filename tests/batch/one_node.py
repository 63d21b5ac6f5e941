"""A real SLURM of one node on loopback: munged, slurmctld and slurmd of this machine, in a folder of their own."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
from pathlib import Path
from typing import Any

from tests.batch.makers import ENVIRONMENT
from tests.batch.test_cluster import free_port
from tests.batch.test_losses import wait_for

PROGRAMS = ("munged", "slurmctld", "slurmd", "sbatch", "squeue", "scancel")
ENOUGH = 30  # seconds until the node is idle
CONFIGURATION = """
ClusterName=one
SlurmctldHost={host}(127.0.0.1)
SlurmctldPort={controller}
SlurmdPort={node}
AuthType=auth/munge
AuthInfo=socket={folder}/munge.socket
SlurmUser=root
SlurmdUser=root
StateSaveLocation={folder}/state
SlurmdSpoolDir={folder}/spool
SlurmctldPidFile={folder}/slurmctld.pid
SlurmdPidFile={folder}/slurmd.pid
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
MpiDefault=none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core_Memory
SchedulerParameters=sched_interval=1
SlurmdParameters=config_overrides
KillWait=2
NodeName={host} NodeAddr=127.0.0.1 CPUs=2 RealMemory=4000
PartitionName=teaching Nodes={host} Default=YES State=UP
PartitionName=closed Nodes={host} State=DOWN
"""


class OneNode:
    """Its programs, the environment in which `sbatch` finds it, and why it does not run, if it does not."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.environment = {**ENVIRONMENT, "SLURM_CONF": str(folder / "slurm.conf")}
        self.running: list[subprocess.Popen[Any]] = []
        self.missing = self._start()

    def _start(self) -> str:
        """Start all of it; what is missing, if something is."""
        if absent := [name for name in PROGRAMS if shutil.which(name, path=f"{os.environ['PATH']}:/usr/sbin") is None]:
            return f"no {', '.join(absent)}: apt install slurm-wlm munge"
        if os.geteuid() != 0:
            return "only root can start slurmd"
        self._configure()
        key, socket_file = self.folder / "munge.key", self.folder / "munge.socket"
        munge = [f"--{name}={self.folder / f'munged.{name}'}" for name in ("pid-file", "log-file", "seed-file")]
        self._program("munged", "--foreground", "--force", f"--key-file={key}", f"--socket={socket_file}", *munge)
        wait_for(socket_file.exists, ENOUGH)
        self._program("slurmctld", "-D", "-i")
        self._program("slurmd", "-D", "-N", socket.gethostname())
        try:
            wait_for(lambda: "idle" in self.call("sinfo", "--noheader", "--format=%T"), ENOUGH)
        except AssertionError:
            return f"the node does not come up: {(self.folder / 'slurmd.log').read_text()[-300:]}"
        return ""

    def _configure(self) -> None:
        for name in ("state", "spool"):
            (self.folder / name).mkdir()
        self.folder.chmod(0o755)
        (self.folder / "munge.key").write_bytes(os.urandom(1024))
        (self.folder / "munge.key").chmod(0o400)
        unified = Path("/sys/fs/cgroup/cgroup.controllers").exists()
        plugin = "CgroupPlugin=cgroup/v2\nIgnoreSystemd=yes\n" if unified else "CgroupPlugin=cgroup/v1\n"
        (self.folder / "cgroup.conf").write_text(plugin)
        places = {"folder": self.folder, "controller": free_port(), "node": free_port(), "host": socket.gethostname()}
        (self.folder / "slurm.conf").write_text(CONFIGURATION.format(**places))

    def _program(self, name: str, *options: str) -> None:
        with (self.folder / f"{name}.log").open("wb") as log:
            command = [shutil.which(name, path=f"{os.environ['PATH']}:/usr/sbin") or name, *options]
            made = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, env=self.environment)
        self.running.append(made)

    def call(self, *command: str) -> str:
        """What one of SLURM's programs prints."""
        done = subprocess.run(command, capture_output=True, text=True, timeout=30, env=self.environment)
        return done.stdout

    def queue(self, *options: str) -> list[str]:
        """The ids of the jobs that are in the queue."""
        return self.call("squeue", "--noheader", "--format=%i", *options).split()

    def close(self) -> None:
        """End all of it."""
        self.call("scancel", "--state=PENDING")
        self.call("scancel", "--state=RUNNING")
        for process in reversed(self.running):
            process.terminate()
            process.wait(30)
