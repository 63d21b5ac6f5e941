"""The interpreter's and the libraries' folders, and how bubblewrap shows them and nothing of ours."""

from __future__ import annotations

import os
import sys
from functools import cache
from pathlib import Path

from ..root import ROOT
from .inside.visible import GPU_READABLE, SYSTEM_LIBRARIES, gpu_devices


@cache
def import_path() -> list[str]:
    """Standard library and installed packages; no other folder that is on the path, with whatever else it holds."""
    return [p for p in dict.fromkeys(sys.path) if os.path.exists(p) and _holds_libraries(p) and not _ours(p)]


def _holds_libraries(path: str) -> bool:
    prefixes = {sys.prefix, sys.base_prefix, sys.exec_prefix, sys.base_exec_prefix}
    installed = os.path.basename(path) in ("site-packages", "dist-packages")
    return installed or any(_is_below(path, prefix) for prefix in prefixes)


def _ours(path: str) -> bool:
    """The checkout, or a folder of it that is not an environment's library."""
    return (path == str(ROOT) or _is_below(path, str(ROOT))) and "site-packages" not in path


def _is_below(path: str, folder: str) -> bool:
    """Whether a path is inside a folder, written as the system writes paths."""
    path, folder = os.path.normcase(path), os.path.normcase(folder)
    return path.startswith(folder.rstrip(os.sep) + os.sep)


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
    here = str(Path(__file__).resolve().parent / "inside")
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
