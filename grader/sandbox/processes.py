"""What starting, watching and ending processes needs, whatever they are."""

from __future__ import annotations

import contextlib
import os
import select
import shutil
import subprocess
import sys
from pathlib import Path

from . import paths

HOME = str(Path(__file__).resolve().parent)  # `inside` is imported from here, in there
BEGIN = "import gc, sys, json; gc.disable(); c = json.loads(sys.argv[1]); sys.path[:] = [*c['path'], c['home']]; "
GPU_VARIABLES = ("CUDA_VISIBLE_DEVICES", "LD_LIBRARY_PATH")  # which GPU, and where its driver's library is
WINDOWS_VARIABLES = ("SYSTEMROOT", "SYSTEMDRIVE", "WINDIR", "PATH", "PATHEXT", "COMSPEC", "NUMBER_OF_PROCESSORS")


def import_from() -> dict[str, object]:
    """What `BEGIN` reads: where modules are imported from."""
    return {"path": paths.import_path(), "home": HOME}


def interpreter() -> str:
    """The program to start; not Windows' launcher of an environment, which would stand between us and the process."""
    base = getattr(sys, "_base_executable", sys.executable) if os.name == "nt" else sys.executable
    return str(base or sys.executable)


def environment(home: str, gpu: bool) -> dict[str, str]:
    """A worker's variables: one thread for each library, no display, and what the system itself needs."""
    threads = {f"{name}_NUM_THREADS": "1" for name in ("OMP", "MKL", "OPENBLAS", "NUMEXPR", "VECLIB")}
    basic = {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "HOME": home, "MPLBACKEND": "Agg"}
    names = [*(GPU_VARIABLES if gpu else ()), *(WINDOWS_VARIABLES if os.name == "nt" else ())]
    kept = {name: os.environ[name] for name in names if name in os.environ}
    return basic | threads | kept | {"PYTHONHASHSEED": "random", "MALLOC_ARENA_MAX": "2"}


def ended(pidfd: int, seconds: float) -> bool:
    """Whether the process ends within this time."""
    poll = select.poll()
    poll.register(pidfd, select.POLLIN)
    return bool(poll.poll(seconds * 1000))


def host_pid(pidfd: int) -> int:
    """The process's number in our own namespace. Raises ProcessLookupError when it is gone."""
    for line in Path(f"/proc/self/fdinfo/{pidfd}").read_text().splitlines():
        if line.startswith("Pid:"):
            return int(line.split()[1])
    raise ProcessLookupError(f"no process behind descriptor {pidfd}")


def children(pid: int) -> list[int]:
    """The children of a process with one thread; none where /proc does not tell."""
    with contextlib.suppress(OSError):
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    return []


def own_namespace(pid: int, kind: str) -> bool:
    """Whether a process has a namespace of this kind that is not ours."""
    try:
        return os.readlink(f"/proc/{pid}/ns/{kind}") != os.readlink(f"/proc/self/ns/{kind}")
    except OSError:
        return False


def remove_tree(folder: str) -> None:
    """Remove a folder that a submission wrote in, however deep and whatever its rights."""
    with contextlib.suppress(RecursionError):
        shutil.rmtree(folder, ignore_errors=True)
    if os.path.exists(folder) and os.name == "posix":
        subprocess.run(["chmod", "-R", "u+rwx", folder], check=False, capture_output=True)
        subprocess.run(["rm", "-rf", "--", folder], check=False, capture_output=True)


def folder_bytes(folder: str, limit: int) -> int:
    """What a folder holds, counted until it is more than the limit. One that cannot be looked into is too much."""
    total, waiting = 0, [folder]
    while waiting and total <= limit:
        try:
            with os.scandir(waiting.pop()) as entries:
                for entry in entries:
                    total += file_bytes(entry.stat(follow_symlinks=False))
                    if entry.is_dir(follow_symlinks=False):
                        waiting.append(entry.path)
        except FileNotFoundError:
            continue
        except OSError:  # no rights, or deeper than any path is long
            return limit + 1
    return total


def file_bytes(found: os.stat_result) -> int:
    """What a file takes; every file is a block at least."""
    return max(4096, found.st_blocks * 512 if hasattr(found, "st_blocks") else found.st_size)
