"""Which layer holds a submission's process, as seen from outside."""

from __future__ import annotations

from typing import NamedTuple

from .cgroup import Group
from .processes import own_namespace

CONFINED = {"files", "writes", "network", "processes", "programs", "signals"}
NAMESPACES = ("pid", "net", "mnt", "ipc")


class Isolation(NamedTuple):
    """What holds the submission: the layer in force and why it is not a higher one."""

    layer: str
    blocked: list[str]
    problems: list[str]


def layer(blocked: set[str], pid: int, group: Group | None) -> str:
    """The highest layer of which all is in force; `blocked` is what the process found refused."""
    if not blocked >= CONFINED:
        return "process"
    if not all(own_namespace(pid, kind) for kind in NAMESPACES):
        return "confined"
    if group is None or not group.holds(pid):
        return "contained"
    return "capped"
