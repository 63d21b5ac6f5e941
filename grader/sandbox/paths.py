"""What of the file system a worker may see: the interpreter, its libraries, and nothing of ours."""

from __future__ import annotations

import glob
import os
import sys
from functools import cache
from pathlib import Path
from typing import NamedTuple

from ..exercise import ROOT

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


class Entry(NamedTuple):
    """A path, and whether it is a link."""

    path: str
    link: bool


@cache
def import_path() -> list[str]:
    """Standard library and installed packages; no other folder that is on the path, with whatever else it holds."""
    return [p for p in dict.fromkeys(sys.path) if os.path.exists(p) and _holds_libraries(p) and not _ours(p)]


def _holds_libraries(path: str) -> bool:
    prefixes = {sys.prefix, sys.base_prefix, sys.exec_prefix, sys.base_exec_prefix}
    installed = os.path.basename(path) in ("site-packages", "dist-packages")
    return installed or any(path.startswith(prefix.rstrip("/") + "/") for prefix in prefixes)


def _ours(path: str) -> bool:
    """The checkout, or a folder of it that is not an environment's library."""
    return f"{path}/".startswith(f"{ROOT}/") and "site-packages" not in path


@cache
def readable(hidden: tuple[str, ...] = ()) -> list[str]:
    """Files and folders that a worker may read: every entry of the import path and of the system's libraries but ours.

    Entries are listed one by one, because a rule on a folder would include our packages where they are installed
    beside NumPy. `hidden` packages (dotted names) are left out too.
    """
    entries = [e for folder in import_path() for e in _entries(folder, ("site-packages", "dist-packages", *OURS))]
    for name in hidden:
        entries = [e for entry in entries for e in _without(entry, name.split("."))]
    entries += [e for folder in SYSTEM_LIBRARIES for e in _entries(folder, ("python",))]
    real = {os.path.realpath(e.path) if e.link else e.path for e in entries}
    return _outermost(real | {os.path.realpath(f) for f in SINGLE_FILES})


def _outermost(paths: set[str]) -> list[str]:
    """Without those that lie below another of them."""
    kept: list[str] = []
    for path in sorted(paths, key=lambda p: p + "/"):  # so that what lies below a folder follows it at once
        if not kept or not path.startswith(kept[-1] + "/"):
            kept.append(path)
    return kept


def _entries(folder: str, without: tuple[str, ...]) -> list[Entry]:
    """What a folder holds (a file: itself), below the folder's real path."""
    real = os.path.realpath(folder)
    if os.path.isfile(real):
        return [Entry(real, False)]
    try:
        return [Entry(e.path, e.is_symlink()) for e in os.scandir(real) if not e.name.startswith(without)]
    except OSError:
        return []


def _without(entry: Entry, package: list[str]) -> list[Entry]:
    """An entry of the import path, or what of it does not belong to this package."""
    if os.path.basename(entry.path).partition(".")[0] != package[0]:
        return [entry]
    if len(package) == 1:
        return []
    return [e for child in _entries(entry.path, ()) for e in _without(child, package[1:])]


def gpu_devices() -> list[str]:
    """The driver's devices."""
    return sorted(path for path in glob.glob("/dev/nvidia*") if not os.path.isdir(path))


def bubblewrap_arguments(scratch_bytes: int, gpu: bool = False) -> list[str]:
    """A file system with the interpreter and an empty /tmp; own processes, network and IPC."""
    arguments = ["--unshare-pid", "--unshare-net", "--unshare-ipc", "--unshare-uts", "--unshare-cgroup-try"]
    arguments += ["--die-with-parent", "--new-session", "--cap-drop", "ALL"]
    arguments += ["--size", str(4 * scratch_bytes), "--tmpfs", "/tmp"]  # first: what is below /tmp is mounted on it
    for folder in _mounted():
        arguments += ["--ro-bind-try", folder, folder]
    arguments += ["--proc", "/proc", "--dev", "/dev", *(_gpu_arguments() if gpu else ()), "--remount-ro", "/dev"]
    for package in _our_installed_packages():
        arguments += ["--tmpfs", package]
    here = str(Path(__file__).resolve().parent)
    return [*arguments, "--ro-bind", here, here, "--chdir", "/tmp", "--"]


def _gpu_arguments() -> list[str]:
    """The driver's devices and what describes them; /proc is there already."""
    devices = [part for path in gpu_devices() for part in ("--dev-bind-try", path, path)]
    shown = [path for path in GPU_READABLE if not path.startswith("/proc/")]
    return devices + [part for path in shown for part in ("--ro-bind-try", path, path)]


def _mounted() -> list[str]:
    """Folders to mount, outer ones first, none inside another."""
    wanted = {*SYSTEM_LIBRARIES, "/etc/ld.so.cache", "/usr/bin", "/bin", "/sbin", sys.prefix, sys.base_prefix}
    wanted |= {str(Path(sys.executable).resolve().parent.parent), *import_path()}
    ordered = sorted(os.path.realpath(p) if p in import_path() else p for p in wanted if os.path.exists(p))
    return [p for p in ordered if not any(p != q and p.startswith(q.rstrip("/") + "/") for q in ordered)]


def _our_installed_packages() -> list[str]:
    """Our folders, where a mounted folder would show them."""
    mounted = _mounted()
    shown = [str(ROOT / name) for name in ("grader", "exercises", "solutions", "generators")]
    return [p for p in shown if any(p.startswith(m.rstrip("/") + "/") for m in mounted)]
