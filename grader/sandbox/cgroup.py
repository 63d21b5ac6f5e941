"""A control group for the worker: memory and processes, where the grading server lets us make one.

Version 2 (a writable group of our own, with the controllers delegated) or version 1 (root). Everything here is
optional: `Group.create` gives None where it does not work.
"""

from __future__ import annotations

import contextlib
import os
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..model import Limits

ROOT = Path("/sys/fs/cgroup")
Setting = tuple[Path | None, str, dict[str, str]]  # parent, name, files to write


class Group:
    """One group (version 2) or one per controller (version 1)."""

    def __init__(self, folders: list[Path]):
        self.folders = folders

    @classmethod
    def create(cls, limits: Limits) -> Group | None:
        """A new group with the limits set, or None."""
        name = f"cnn-grader-{os.getpid()}-{os.urandom(4).hex()}"
        memory = str((limits.memory_mib + 1024) << 20)  # what was preloaded counts too
        processes = str(limits.threads + 8)
        attempts: tuple[list[Setting], ...] = (
            [(_own_group(), name, {"memory.max": memory, "pids.max": processes, "memory.swap.max": "0"})],
            [
                (ROOT / "memory", name, {"memory.limit_in_bytes": memory}),
                (ROOT / "pids", name, {"pids.max": processes}),
            ],
        )
        for attempt in attempts:
            if group := cls._try(attempt):
                return group
        return None

    @classmethod
    def _try(cls, attempt: list[Setting]) -> Group | None:
        group = cls([])
        try:
            for parent, name, settings in attempt:
                if parent is None or not (parent / "cgroup.procs").exists():
                    raise OSError("no such hierarchy")
                _remove_orphans(parent)
                folder = parent / name
                folder.mkdir()
                group.folders.append(folder)
                for file, value in settings.items():
                    if file != "memory.swap.max" or (folder / file).exists():
                        (folder / file).write_text(value)
        except OSError:
            group.remove()
            return None
        return group

    def add(self, pid: int) -> None:
        """Put a process in; a failure shows in `holds`."""
        for folder in self.folders:
            with contextlib.suppress(OSError):
                (folder / "cgroup.procs").write_text(str(pid))

    def holds(self, pid: int) -> bool:
        """Whether the process is in every one of the groups."""
        try:
            return all(str(pid) in (f / "cgroup.procs").read_text().split() for f in self.folders)
        except OSError:
            return False

    def remove(self) -> None:
        """Remove the groups, once the last process is gone from them."""
        for folder in self.folders:
            for _ in range(50):
                try:
                    folder.rmdir()
                    break
                except FileNotFoundError:
                    break
                except OSError:
                    time.sleep(0.01)
        self.folders = []


def remove_groups_of(pid: int) -> None:
    """Remove the groups of a grader that was killed; its workers end by themselves, a moment later."""
    for parent in (_own_group(), ROOT / "memory", ROOT / "pids"):
        if parent is not None:
            Group(list(parent.glob(f"cnn-grader-{pid}-*"))).remove()


def _remove_orphans(parent: Path) -> None:
    """Empty groups of graders that were killed; one that holds a process cannot be removed."""
    for folder in parent.glob("cnn-grader-*"):
        with contextlib.suppress(OSError):
            alive = Path("/proc", folder.name.split("-")[2]).exists()
            if not alive and time.time() - folder.stat().st_mtime > 60:
                folder.rmdir()


def _own_group() -> Path | None:
    """Our own group of version 2, if it has a parent that may have children with limits."""
    with contextlib.suppress(OSError):
        for line in Path("/proc/self/cgroup").read_text().splitlines():
            if line.startswith("0::"):
                own = ROOT / line[3:].strip("/")
                controllers = (own / "cgroup.subtree_control").read_text().split()
                return own if {"memory", "pids"} <= set(controllers) else None
    return None
