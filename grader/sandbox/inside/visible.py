"""What of the file system a worker may see: the interpreter, its libraries, and nothing of ours."""

from __future__ import annotations

import glob
import os
from typing import NamedTuple

OURS = ("grader", "exercises", "solutions", "generators", "cnn_grader", "__editable__", "tests")
SYSTEM_LIBRARIES = ("/lib", "/lib64", "/usr/lib", "/usr/lib64", "/usr/local/lib")
# The NVIDIA driver as its library finds it; the same in a container, where the library is in a folder of its own.
GPU_READABLE = (
    "/proc/driver/nvidia",
    "/proc/devices",
    "/proc/meminfo",
    "/proc/version",
    "/sys/bus/pci",
    "/sys/devices",
    "/usr/local/nvidia",
)
SINGLE_FILES = ("/etc/ld.so.cache", "/etc/localtime", "/usr/share/zoneinfo", "/proc/cpuinfo", "/sys/devices/system/cpu")


class PathEntry(NamedTuple):
    """A path, and whether it is a link."""

    path: str
    link: bool


def readable(import_path: list[str], hidden: list[str], gpu: bool) -> list[str]:
    """Files and folders that a worker may read: every entry of the import path and of the system's libraries but ours.

    Entries are listed one by one, because a rule on a folder would include our packages where they are installed
    beside NumPy. `hidden` packages (dotted names) are left out too.
    """
    entries = [e for folder in import_path for e in _entries(folder, ("site-packages", "dist-packages", *OURS))]
    for name in hidden:
        entries = [e for entry in entries for e in _without(entry, name.split("."))]
    entries += [e for folder in SYSTEM_LIBRARIES for e in _entries(folder, ("python",))]
    real = {os.path.realpath(e.path) if e.link else e.path for e in entries}
    real |= {os.path.realpath(f) for f in (*SINGLE_FILES, *(GPU_READABLE if gpu else ()))}
    return _outermost(real)


def _outermost(paths: set[str]) -> list[str]:
    """Without those that lie below another of them."""
    kept: list[str] = []
    for path in sorted(paths, key=lambda p: p + "/"):  # so that what lies below a folder follows it at once
        if not kept or not path.startswith(kept[-1] + "/"):
            kept.append(path)
    return kept


def _entries(folder: str, without: tuple[str, ...]) -> list[PathEntry]:
    """What a folder holds (a file: itself), below the folder's real path."""
    real = os.path.realpath(folder)
    if os.path.isfile(real):
        return [PathEntry(real, False)]
    try:
        return [PathEntry(e.path, e.is_symlink()) for e in os.scandir(real) if not e.name.startswith(without)]
    except OSError:
        return []


def _without(entry: PathEntry, package: list[str]) -> list[PathEntry]:
    """An entry of the import path, or what of it does not belong to this package."""
    if os.path.basename(entry.path).partition(".")[0] != package[0]:
        return [entry]
    if len(package) == 1:
        return []
    return [e for child in _entries(entry.path, ()) for e in _without(child, package[1:])]


def gpu_devices() -> list[str]:
    """The driver's devices."""
    return sorted(path for path in glob.glob("/dev/nvidia*") if not os.path.isdir(path))
