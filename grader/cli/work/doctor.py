"""`grade doctor`: try what isolation and libraries this machine offers."""

from __future__ import annotations

import os
import platform
import shutil
import sys

from rich.console import Console
from rich.table import Table

from ...editions import installed
from ...errors import FULL, OURS
from ...model import Limits
from ...sandbox.isolation import Isolation
from ...sandbox.launch import Sandbox
from ...sandbox.order import LAYERS, SandboxError, Submitted
from ...timing.presence import CONTROL, gpus

LIBRARIES = ("numpy", "torch", "pytest", "nbformat", "pyseccomp")
MEANING = {
    "process": "a process of its own with a time limit: NOT isolated from hostile code",
    "confined": "no files but the interpreter's, no network, no new processes, no signals (Landlock, seccomp)",
    "contained": "also its own file system, process, network and IPC namespaces (bubblewrap)",
    "capped": "also a control group that caps memory and processes",
}
REMEDIES = {
    "confined": "needs Linux 5.13 or newer with Landlock, and libseccomp (Debian, Ubuntu: apt install libseccomp2)",
    "contained": "needs bubblewrap (Debian, Ubuntu: apt install bubblewrap) and user namespaces, or root",
    "capped": "needs a writable control group: root, or systemd-run --user --scope -p Delegate=yes",
}
PROBE = Submitted({"probe.py": b""}, "probe.py", ())


def examine() -> int:
    """Print the findings; the exit code says whether grading works at all."""
    console = Console(highlight=False)
    console.print(f"Python {platform.python_version()} on {platform.platform()}")
    console.print(", ".join(f"{name} {installed(name) or '(missing)'}" for name in LIBRARIES))
    console.print(f"bubblewrap: {shutil.which('bwrap') or 'not installed'}\n")
    try:
        isolation = _try()
    except SandboxError as error:
        console.print(f"[red]The sandbox does not start:[/red] {error}", markup=True)
        return OURS
    _print_layers(console, isolation.layer)
    for problem in isolation.problems:
        console.print(f"note: {problem}", markup=False)
    console.print(f"GPU: {_gpu()}")
    return FULL


def _try() -> Isolation:
    """Start a worker and see what it could give up. Raises SandboxError."""
    with Sandbox("numpy", Limits()) as sandbox:
        worker = sandbox.worker(PROBE)
        worker.close()
        return worker.isolation


def _print_layers(console: Console, layer: str) -> None:
    table = Table(box=None, pad_edge=False, show_header=False)
    reached = LAYERS.index(layer)
    for i, name in enumerate(LAYERS):
        sign = "[green]✓[/green]" if i <= reached else "[yellow]–[/yellow]"
        remedy = "" if i <= reached else f"\n{REMEDIES[name]}"
        table.add_row(sign, f"[bold]{name}[/bold]", MEANING[name] + remedy)
    console.print("Isolation, found by trying:")
    console.print(table)
    console.print(f"In force: [bold]{layer}[/bold]\n")


def _gpu() -> str:
    """Name the GPUs, as the driver does: torch takes seconds to import."""
    if sys.platform != "linux":
        return "not looked for on this system"
    if not os.path.exists(CONTROL):
        return "none"
    return f"{', '.join(gpus()) or 'of an unknown model'} (checks marked for a GPU are timed on it)"
