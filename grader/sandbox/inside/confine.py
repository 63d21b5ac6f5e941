"""What a worker gives up before the submission is loaded: files, network, processes, signals, memory without end.

Runs inside the worker. Every measure is one function that raises OSError where the machine cannot do it; `probe`
then finds out by trying what is really blocked, and only that is believed.
"""

from __future__ import annotations

import ctypes
import errno
import os
import socket
import struct
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import Any, ClassVar

from .limits import limit

libc = ctypes.CDLL(None, use_errno=True)

PR_SET_PDEATHSIG, PR_SET_SECCOMP, PR_CAPBSET_DROP, PR_SET_CHILD_SUBREAPER, PR_SET_NO_NEW_PRIVS = 1, 22, 24, 36, 38
SECCOMP_MODE_FILTER = 2
SIGKILL = 9

# Landlock, https://docs.kernel.org/userspace-api/landlock.html
LANDLOCK_CREATE_RULESET, LANDLOCK_ADD_RULE, LANDLOCK_RESTRICT_SELF = 444, 445, 446
WRITE_FILE, READ_FILE, READ_DIR = 1 << 1, 1 << 2, 1 << 3
REMOVE_DIR, REMOVE_FILE, MAKE_DIR, MAKE_REG, TRUNCATE, IOCTL = 1 << 4, 1 << 5, 1 << 7, 1 << 8, 1 << 14, 1 << 15
READ = READ_FILE | READ_DIR
ALL_FILE_RIGHTS = {1: (1 << 13) - 1, 2: (1 << 14) - 1, 3: (1 << 15) - 1, 4: (1 << 15) - 1}
SCRATCH = READ | WRITE_FILE | REMOVE_DIR | REMOVE_FILE | MAKE_DIR | MAKE_REG | TRUNCATE

# Calls that NumPy, torch and plain Python code live on. Everything else is refused: sockets, fork, exec, kill,
# ptrace, io_uring, namespaces, memfd, System V memory, and whatever a later kernel brings.
ALLOWED_CALLS = """
read write readv writev pread64 pwrite64 preadv pwritev lseek close close_range dup dup2 dup3 flock ftruncate
fsync fdatasync stat lstat fstat newfstatat statx statfs fstatfs access faccessat faccessat2
readlink readlinkat getdents getdents64 getcwd chdir fchdir mkdir mkdirat rmdir unlink unlinkat rename renameat
renameat2 umask pipe pipe2 poll ppoll select pselect6 epoll_create epoll_create1 epoll_ctl epoll_wait
epoll_pwait eventfd eventfd2 mmap munmap mprotect mremap mincore brk futex futex_waitv set_robust_list
get_robust_list rseq set_tid_address membarrier arch_prctl sched_yield sched_getaffinity sched_getparam
sched_getscheduler sched_get_priority_max sched_get_priority_min getpriority get_mempolicy getcpu exit exit_group
gettid getpid getppid getpgrp getpgid getsid getuid geteuid getgid getegid getgroups getresuid getresgid uname
sysinfo getrandom clock_gettime clock_getres clock_nanosleep nanosleep gettimeofday time times getrusage
getrlimit getitimer setitimer alarm pause rt_sigaction rt_sigprocmask rt_sigreturn rt_sigpending rt_sigsuspend
rt_sigtimedwait sigaltstack restart_syscall
""".split()
CLONE_THREAD = 0x00010000
# Without F_SETOWN and F_SETSIG, by which the kernel can be made to send any signal to any process of the same user.
DESCRIPTOR_COMMANDS = (0, 1, 2, 3, 4, 5, 6, 7, 36, 37, 38, 1030, 1032)  # F_DUPFD … F_SETLKW, F_OFD_…, F_DUPFD_CLOEXEC
# Early Landlock knows no right to truncate: so opening a file for reading must not empty it.
OPEN_CALLS = {"open": 1, "openat": 2}  # the number of the flags' argument
# Without MADV_COLD and MADV_PAGEOUT, which hide from the grader that a page was used.
ADVICE = (*range(5), *range(8, 20))  # MADV_NORMAL … MADV_DONTNEED, MADV_FREE … MADV_KEEPONFORK
DEVICE_REQUESTS = (0x5401, 0x5413, 0x541B, 0x5421, 0x5450, 0x5451)  # TCGETS, TIOCGWINSZ, FIONREAD, FIONBIO, FIO(N)CLEX

# What the NVIDIA driver's library needs on top: requests of type 'F' to its devices, small numbers and two large ones
# to its unified memory (nv-ioctl-numbers.h and uvm_ioctl.h of open-gpu-kernel-modules), and the placement of memory.
GPU_CALLS = "memfd_create mbind set_mempolicy mlock munlock".split()
GPU_REQUESTS = ((0xFFFFFF00, 0), (0xFF00, 0x4600), (0xFFFFFFFF, 0x30000001), (0xFFFFFFFF, 0x30000002))  # mask, value


def _check(result: int) -> int:
    if result < 0:
        code = ctypes.get_errno()
        raise OSError(code, os.strerror(code))
    return result


def die_with_parent() -> None:
    """Be killed when the zygote ends, however it ends."""
    _check(libc.prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0))


def adopt_orphans() -> None:
    """Become the parent of processes that a worker leaves behind, so that they can be ended."""
    _check(libc.prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0))


def no_new_privileges() -> None:
    """No set-uid program can raise rights again."""
    _check(libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0))


def drop_capabilities() -> None:
    """Give up root's powers; the user stays, so that its interpreter stays readable."""
    capability = 0
    while libc.prctl(PR_CAPBSET_DROP, capability, 0, 0, 0) == 0:
        capability += 1
    header = struct.pack("<Ii", 0x20080522, 0)  # version 3, this process
    _check(libc.capset(header, bytes(24)))


class FileRules:
    """What workers may do with files: two Landlock rulesets, one on top of the other.

    The first has hundreds of rules, is made once, in the zygote, and holds for all workers. The second is each
    worker's own and short: of `shared` places, where every worker has a part of its own, it leaves only that part.
    """

    def __init__(self, scratch_root: str, own_process: bool = False) -> None:
        self.abi = _check(libc.syscall(LANDLOCK_CREATE_RULESET, None, 0, 1))
        self.rights = ALL_FILE_RIGHTS.get(self.abi, (1 << 16) - 1)
        self.own_process = own_process  # whether a worker may read its own part of /proc
        self.shared = {os.path.realpath(scratch_root): SCRATCH} | ({"/proc": READ} if own_process else {})
        self.ruleset = self._new()
        self._elsewhere: list[str] = []  # outermost folders with nothing in them that is shared
        self._within: tuple[str, ...] = ()  # the same, as beginnings of paths
        for place, rights in self.shared.items():
            self._add(self.ruleset, place, rights)

    def allow(self, path: str, rights: int) -> None:
        """For all workers: a path without links on its way. One that does not exist is passed over."""
        with suppress(OSError):
            self._add(self.ruleset, path, rights)
            if not path.startswith(self._within) and (outermost := _outermost_beside(path, self.shared)):
                self._elsewhere.append(outermost)
                self._within = (*self._within, f"{outermost}/")

    def apply(self, scratch: str) -> None:
        """From now on this process sees only the allowed paths, and writes only below `scratch`."""
        own = self._new()
        self._add(own, scratch, SCRATCH)
        if self.own_process:
            self._add(own, "/proc/self", READ)
        for path in self._elsewhere:
            self._add(own, path, self.rights)  # there, the first ruleset decides
        for ruleset in (self.ruleset, own):
            _check(libc.syscall(LANDLOCK_RESTRICT_SELF, ruleset, 0))
            os.close(ruleset)

    def _new(self) -> int:
        return _check(libc.syscall(LANDLOCK_CREATE_RULESET, *self._attributes(), 0))

    def _add(self, ruleset: int, path: str, rights: int) -> None:
        """A rule for a file, or for all below a folder."""
        fd = os.open(path, os.O_PATH | os.O_CLOEXEC)
        try:
            is_folder = (os.fstat(fd).st_mode & 0o170000) == 0o040000
            rights &= self.rights if is_folder else self.rights & (READ_FILE | WRITE_FILE | TRUNCATE | IOCTL)
            _check(libc.syscall(LANDLOCK_ADD_RULE, ruleset, 1, struct.pack("<Qi", rights, fd), 0))
        finally:
            os.close(fd)

    def _attributes(self) -> tuple[bytes, ctypes.c_size_t]:
        """All file rights handled; from ABI 4 on TCP too, from 6 on abstract sockets and signals."""
        network = 3 if self.abi >= 4 else 0
        scoped = 3 if self.abi >= 6 else 0
        size = 24 if self.abi >= 6 else 16 if self.abi >= 4 else 8
        return struct.pack("<QQQ", self.rights, network, scoped)[:size], ctypes.c_size_t(size)


def _outermost_beside(path: str, places: Iterable[str]) -> str | None:
    """The outermost folder around a path (or itself) that holds none of these places; None if the path holds one."""
    steps = path.split("/")
    around = ("/".join(steps[:n]) for n in range(2, len(steps) + 1))
    return next((a for a in around if not any(f"{place}/".startswith(f"{a}/") for place in places)), None)


class CallFilter:
    """A seccomp program, compiled once in the zygote."""

    def __init__(self, program: bytes) -> None:
        self._program = ctypes.create_string_buffer(program, len(program))
        self._header = _Program(len(program) // 8, ctypes.addressof(self._program))

    def load(self) -> None:
        """From now on this process makes only the calls that the program allows."""
        _check(libc.prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, ctypes.byref(self._header), 0, 0))


class _Program(ctypes.Structure):
    """`struct sock_fprog`."""

    _fields_: ClassVar = [("length", ctypes.c_ushort), ("instructions", ctypes.c_void_p)]


def call_filter(gpu: bool = False) -> CallFilter:
    """What a worker may ask of the system. Raises OSError where there is no seccomp."""
    rules = _call_rules(gpu)
    with os.fdopen(os.memfd_create("calls"), "w+b") as file:
        rules.export_bpf(file)
        file.seek(0)
        return CallFilter(file.read())


def _call_rules(gpu: bool) -> Any:
    seccomp = _import_pyseccomp()
    rules = seccomp.SyscallFilter(seccomp.ERRNO(errno.EPERM))
    for name in [*ALLOWED_CALLS, *(GPU_CALLS if gpu else ())]:
        with suppress(OSError, ValueError):  # not every call exists on every processor
            rules.add_rule(seccomp.ALLOW, name)
    thread = seccomp.Arg(0, seccomp.MASKED_EQ, CLONE_THREAD, CLONE_THREAD)
    rules.add_rule(seccomp.ALLOW, "clone", thread)
    rules.add_rule(seccomp.ERRNO(errno.ENOSYS), "clone3")  # its flags cannot be seen; the C library then uses clone
    rules.add_rule(seccomp.ALLOW, "prctl", seccomp.Arg(0, seccomp.EQ, 15))  # PR_SET_NAME, for threads
    rules.add_rule(seccomp.ALLOW, "prlimit64", seccomp.Arg(0, seccomp.EQ, 0), seccomp.Arg(2, seccomp.EQ, 0))
    for request in DEVICE_REQUESTS:
        rules.add_rule(seccomp.ALLOW, "ioctl", seccomp.Arg(1, seccomp.EQ, request))
    for mask, value in GPU_REQUESTS if gpu else ():
        rules.add_rule(seccomp.ALLOW, "ioctl", seccomp.Arg(1, seccomp.MASKED_EQ, mask, value))
    for advice in ADVICE:
        rules.add_rule(seccomp.ALLOW, "madvise", seccomp.Arg(2, seccomp.EQ, advice))
    for command in DESCRIPTOR_COMMANDS:
        rules.add_rule(seccomp.ALLOW, "fcntl", seccomp.Arg(1, seccomp.EQ, command))
    for call, flags in OPEN_CALLS.items():
        with suppress(OSError, ValueError):
            for mask, value in ((os.O_TRUNC, 0), (os.O_ACCMODE, os.O_WRONLY), (os.O_ACCMODE, os.O_RDWR)):
                rules.add_rule(seccomp.ALLOW, call, seccomp.Arg(flags, seccomp.MASKED_EQ, mask, value))
    return rules


def _import_pyseccomp() -> Any:
    """pyseccomp looks for libraries with helper programs that the sandbox does not have; the names are known."""
    import ctypes.util

    find, known = ctypes.util.find_library, {"c": "libc.so.6", "seccomp": "libseccomp.so.2"}
    ctypes.util.find_library = known.get  # type: ignore[assignment]
    try:
        import pyseccomp
    except (ImportError, RuntimeError) as error:
        raise OSError(f"no libseccomp: {error}") from error
    finally:
        ctypes.util.find_library = find
    return pyseccomp


def confine(config: dict[str, Any], rules: FileRules | None, calls: CallFilter | None) -> list[str]:
    """Give up all of it, as far as the machine can do it; what it cannot is added to the errors. See `probe`."""
    steps: list[Callable[[], None]] = [no_new_privileges, drop_capabilities]
    if rules is not None:
        steps.append(lambda: rules.apply(config["scratch"]))
    steps.append(lambda: limit(config))
    if calls is not None:
        steps.append(calls.load)
    for step in steps:
        try:
            step()
        except (OSError, ValueError) as error:
            config["errors"].append(str(error))
    return probe(config["forbidden_file"], config["forbidden_folder"])


def probe(forbidden_file: str, forbidden_folder: str) -> list[str]:
    """Try what must not work; returns what was indeed refused."""
    attempts: dict[str, Callable[[], Any]] = {
        "files": lambda: os.close(os.open(forbidden_file, os.O_RDONLY)),
        "writes": lambda: _create(os.path.join(forbidden_folder, ".cnn-grader-probe")),
        "network": lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM).close(),
        "processes": _fork,
        "programs": _execute,
        "signals": lambda: os.kill(os.getppid(), 0),
    }
    return [name for name, attempt in attempts.items() if _refused(attempt)]


def _refused(attempt: Callable[[], Any]) -> bool:
    try:
        attempt()
    except OSError:
        return True
    return False


def _create(path: str) -> None:
    os.close(os.open(path, os.O_CREAT | os.O_WRONLY, 0o600))
    os.unlink(path)


def _fork() -> None:
    child = os.fork()
    if child == 0:
        os._exit(0)
    os.waitpid(child, 0)


def _execute() -> None:
    """execve of nothing: ENOENT means that it would have worked."""
    try:
        os.execv("/nonexistent", ["x"])
    except FileNotFoundError:
        return
