"""A warm process that forks workers: NumPy (and torch, where the exercise needs it) are imported once, here.

It never sees a submission. It talks JSON with the grader on one socket, a message a packet: first what to import,
then a configuration for each worker (descriptors come along), and back `started` (its pidfd comes along), `ready`,
`forked` (a pidfd and the scratch folder come along) and `exit`. When the grader hangs up, it kills its workers and
ends.
"""

from __future__ import annotations

import contextlib
import gc
import json
import os
import select
import shutil
import signal
import socket
from collections.abc import Iterable
from functools import partial
from typing import Any, NoReturn

from . import confine, prepared, visible, worker

MESSAGE_BYTES = 1 << 18
ROUNDS = 100  # how often new left-over processes are looked for


def main(config: dict[str, Any]) -> None:
    """NumPy is here already; import what else is asked for, warm, freeze; then fork until the grader hangs up."""
    control = socket.socket(fileno=config["control"])
    errors: list[str] = []
    _introduce(control)
    confine.adopt_orphans()
    calls = _call_filter(errors, config["gpu"])
    prepared.always()
    wanted, _ = _receive(control)
    if wanted is None:  # the grader ended before it sent that
        _leave(config["own_folder"])
    prepared.prepare(wanted | config)
    os.makedirs(config["scratch_root"], exist_ok=True)
    rules = _file_rules(config, wanted["hidden"], errors)
    gc.freeze()
    _send(control, {"ready": True})
    Zygote(control, rules, calls, errors, config["own_folder"], wanted["hidden"]).loop()


def _introduce(control: socket.socket) -> None:
    """Send the grader a pidfd of this process, for it to put this and all of its workers into a control group."""
    pidfd = os.pidfd_open(os.getpid())
    _send(control, {"started": True}, [pidfd])
    os.close(pidfd)


def _file_rules(config: dict[str, Any], hidden: list[str], errors: list[str]) -> confine.FileRules | None:
    gpu = config["gpu"]
    try:
        rules = confine.FileRules(config["scratch_root"], own_process=gpu)
    except OSError as error:
        errors.append(f"Landlock: {error}")
        return None
    for path in visible.readable(config["path"], hidden, gpu):
        rules.allow(path, confine.READ)
    for path in config["path"]:
        rules.allow(os.path.realpath(path), confine.READ_DIR)
    for device in ("/dev/null", "/dev/zero", "/dev/urandom", "/dev/random"):
        rules.allow(device, confine.READ_FILE | confine.WRITE_FILE)
    for device in visible.gpu_devices() if gpu else ():
        rules.allow(device, confine.READ_FILE | confine.WRITE_FILE | confine.IOCTL)
    return rules


def _call_filter(errors: list[str], gpu: bool) -> confine.CallFilter | None:
    try:
        return confine.call_filter(gpu)
    except OSError as error:
        errors.append(f"seccomp: {error}")
        return None


def _send(control: socket.socket, message: dict[str, Any], fds: list[int] | None = None) -> None:
    """To a grader that has hung up nothing is sent: `_receive` says so then."""
    with contextlib.suppress(ConnectionError):
        socket.send_fds(control, [json.dumps(message).encode()], fds or [])


def _receive(control: socket.socket) -> tuple[Any, list[int]]:
    """The grader's next message and the descriptors that came with it; None when it has hung up."""
    try:
        data, fds, _, _ = socket.recv_fds(control, MESSAGE_BYTES, 4)
    except ConnectionError:  # it did not read our last message
        return None, []
    return (json.loads(data) if data else None), fds


def _leave(own_folder: str | None) -> NoReturn:
    if own_folder:
        _remove(own_folder)
    os._exit(0)


class Zygote:
    """The fork server's loop."""

    def __init__(
        self,
        control: socket.socket,
        rules: confine.FileRules | None,
        calls: confine.CallFilter | None,
        errors: list[str],
        own_folder: str | None,
        hidden: list[str],
    ):
        self.own_folder, self.hidden = own_folder, hidden
        self.control, self.rules, self.calls, self.errors = control, rules, calls, errors
        self.workers: dict[int, tuple[int, str]] = {}  # pidfd → (pid, scratch)

    def loop(self) -> None:
        """Serve until the control socket closes."""
        while True:
            poll = select.poll()
            for fd in (self.control.fileno(), *self.workers):
                poll.register(fd, select.POLLIN)
            for fd, _ in poll.poll():
                if fd == self.control.fileno():
                    self._request()
                else:
                    self._reap(fd)

    def _request(self) -> None:
        config, fds = _receive(self.control)
        if config is None:
            self._end()
        self._fork(config, fds)

    def _fork(self, config: dict[str, Any], fds: list[int]) -> None:
        """fds: the worker's socket, its stdout and its stderr. Where the system refuses, the grader is told."""
        try:
            os.makedirs(config["scratch"], exist_ok=True)
            pid = os.fork()
        except OSError as error:
            _send(self.control, {"forked": config["scratch"], "error": str(error)})
            return _close(fds)
        if pid == 0:
            self._become_worker(config, fds)
        pidfd, scratch = os.pidfd_open(pid), os.open(config["scratch"], os.O_PATH)
        self.workers[pidfd] = (pid, config["scratch"])
        _send(self.control, {"forked": config["scratch"], "pid": pid}, [pidfd, scratch])
        _close([*fds, scratch])

    def _become_worker(self, config: dict[str, Any], fds: list[int]) -> None:
        try:
            confine.die_with_parent()
            os.setsid()
            null = os.open(os.devnull, os.O_RDWR)
            for target, fd in enumerate([null, fds[1], fds[2]]):
                os.dup2(fd, target)
            _close_all_but({0, 1, 2, fds[0], *([self.rules.ruleset] if self.rules else [])})
            config |= {"errors": list(self.errors), "hidden": self.hidden}
            worker.run(worker.Channel(fds[0]), config, partial(confine.confine, config, self.rules, self.calls))
        finally:
            os._exit(70)

    def _reap(self, pidfd: int) -> None:
        """Report how a worker ended; a scratch folder that cannot be emptied ends this zygote."""
        pid, scratch = self.workers.pop(pidfd)
        _, status, usage = os.wait4(pid, 0)
        os.close(pidfd)
        if self.calls is None:
            self._kill_left_over(pid)
        clean = _remove(scratch)
        seconds = usage.ru_utime + usage.ru_stime
        _send(
            self.control,
            {"exit": pid, "status": status, "cpu": seconds, "rss_kib": usage.ru_maxrss, "clean": clean},
        )

    def _kill_left_over(self, pid: int) -> None:
        """Where new processes are not forbidden: end those of this worker, also the ones that left its group."""
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(pid, signal.SIGKILL)
        ours = {worker for worker, _ in self.workers.values()}
        for _ in range(ROUNDS):
            orphans = _children() - ours
            if not orphans:
                return
            for orphan in orphans:
                os.kill(orphan, signal.SIGKILL)
                os.waitpid(orphan, 0)

    def _end(self) -> NoReturn:
        """The grader is gone, perhaps without having cleared up."""
        for pidfd in self.workers:
            with contextlib.suppress(ProcessLookupError):
                signal.pidfd_send_signal(pidfd, signal.SIGKILL)
        for pid, _ in self.workers.values():
            os.waitpid(pid, 0)
            if self.calls is None:
                self._kill_left_over(pid)
        _leave(self.own_folder)


def _close(fds: Iterable[int]) -> None:
    for fd in fds:
        os.close(fd)


def _children() -> set[int]:
    """Our children; orphans of workers are among them, as we adopt them."""
    with contextlib.suppress(OSError):
        return {int(pid) for pid in open(f"/proc/self/task/{os.getpid()}/children").read().split()}
    return set()


def _remove(folder: str) -> bool:
    with contextlib.suppress(RecursionError):
        shutil.rmtree(folder, ignore_errors=True)
    return not os.path.exists(folder)


def _close_all_but(keep: set[int]) -> None:
    low = 3
    for fd in sorted(f for f in keep if f >= 3):
        os.closerange(low, fd)
        low = fd + 1
    os.closerange(low, 1 << 16)
