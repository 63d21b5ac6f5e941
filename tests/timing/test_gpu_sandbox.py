"""A worker that may use a GPU is as confined as any."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.sandbox.inside.ops import Call
from grader.sandbox.inside.wire import Name
from grader.sandbox.isolation import CONFINED
from grader.sandbox.launch import Sandbox
from grader.sandbox.order import Submitted
from tests.timing.gpu_checks import FAST_CONV, LINUX

pytestmark = LINUX

LOOK_AROUND = """
import os, resource, socket, torch

def refused(action):
    try:
        action()
    except OSError:
        return True
    return False

def look(secret):
    return {
        "cuda": torch.cuda.is_initialized(),
        "descriptors": resource.getrlimit(resource.RLIMIT_NOFILE)[0],
        "address space": resource.getrlimit(resource.RLIMIT_AS)[0] != resource.RLIM_INFINITY,
        "own maps": not refused(lambda: open("/proc/self/maps").close()),
        "memory file": not refused(lambda: os.close(os.memfd_create("a"))),
        "refused": [
            refused(lambda: open(secret)),
            refused(lambda: open("/proc/1/cmdline")),
            refused(lambda: os.listdir(os.path.dirname(secret))),
            refused(lambda: open("/tmp/somewhere", "w")),
            refused(lambda: socket.socket()),
            refused(os.fork),
            refused(lambda: os.kill(os.getppid(), 0)),
        ],
    }
"""


def look(secret: Path, *, gpu: bool, bubblewrap: bool = True) -> tuple[dict, set[str], str]:
    """What a worker finds, what was refused to it when it tried, and its layer."""
    limits = FAST_CONV.limits
    with Sandbox("torch", limits, gpu=gpu, use_bubblewrap=bubblewrap) as sandbox:
        worker = sandbox.worker(Submitted({"a.py": LOOK_AROUND.encode()}, "a.py", ("look",)))
        worker.load()
        op = Call(Name("submission", "look"), [str(secret)], {})
        found = worker.ask(op)(1 << 16)
        maps = Path(f"/proc/{parent(worker.link.pid)}/maps").read_text()
        worker.close()
    assert "libtorch" in maps
    assert "libcuda.so" not in maps, "the zygote has not touched CUDA"
    return found, set(worker.isolation.blocked), worker.isolation.layer


def parent(pid: int) -> int:
    """The process that forked it."""
    return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])


@pytest.mark.slow
@pytest.mark.parametrize("bubblewrap", [True, False], ids=["best", "confined"])
def test_a_worker_that_may_use_a_gpu_is_as_confined_as_any(tmp_path, bubblewrap):
    secret = tmp_path / "secret"
    secret.write_text("nobody reads this")
    found, blocked, layer = look(secret, gpu=True, bubblewrap=bubblewrap)
    assert all(found["refused"]), found
    assert blocked >= CONFINED
    assert not found["cuda"]
    assert not found["address space"]
    assert found["own maps"]
    assert found["memory file"]
    plain, blocked_before, layer_before = look(secret, gpu=False, bubblewrap=bubblewrap)
    assert (blocked, layer) == (blocked_before, layer_before)
    assert all(plain["refused"]), plain
    assert plain["address space"]
    assert plain["descriptors"] == 64
    assert not plain["own maps"]
    assert not plain["memory file"]
