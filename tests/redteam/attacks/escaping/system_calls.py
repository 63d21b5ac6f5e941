"""Calls that no solution needs, straight to the kernel, with arguments that are valid.

Expect: wrong_answer
"""
@ARMED@
import ctypes

libc = ctypes.CDLL(None, use_errno=True)
buffer = ctypes.create_string_buffer(4096)
size = ctypes.c_uint64(4096)
value = lambda *words: (ctypes.c_uint64 * 64)(*words)
CALLS = {
    "io_uring_setup": (425, 8, buffer),
    "memfd_create": (319, b"redteam", 0),
    "memfd_secret": (447, 0),
    "userfaultfd": (323, 1),
    "unshare user": (272, 0x10000000),
    "unshare mount": (272, 0x00020000),
    "unshare network": (272, 0x40000000),
    "unshare pid": (272, 0x20000000),
    "setns": (308, 0, 0),
    "mount": (165, b"none", b"/tmp", b"tmpfs", 0, 0),
    "umount": (166, b"/tmp", 2),
    "pivot_root": (155, b"/tmp", b"/tmp"),
    "open_tree": (428, -100, b"/", 1),
    "fsopen": (430, b"tmpfs", 0),
    "chroot": (161, b"."),
    "bpf": (321, 0, value(2, 4, 4, 1), 72),
    "perf_event_open": (298, value(0, 128 << 32), 0, -1, -1, 0),
    "add_key": (248, b"user", b"redteam", b"x", 1, -2),
    "keyctl": (250, 0, -2, 1),
    "request_key": (249, b"user", b"redteam", 0, -2),
    "personality": (135, 0x0040000),
    "seccomp strict": (317, 0, 0, 0),
    "landlock_create_ruleset": (444, value(1), 8, 0),
    "prctl no seccomp": (157, 22, 0),
    "prctl dumpable": (157, 4, 0),
    "prctl pdeathsig": (157, 1, 0),
    "prctl subreaper": (157, 36, 1),
    "prctl keepcaps": (157, 8, 1),
    "setuid": (105, 0),
    "setgroups": (116, 0, 0),
    "capset": (126, value(0x20080522), value(0xFFFFFFFF, 0xFFFFFFFF)),
    "setpriority": (141, 0, 0, 19),
    "sched_setscheduler": (144, 0, 3, value(0)),
    "sched_setaffinity": (203, 0, 8, value(1)),
    "ioprio_set": (251, 1, 0, 7),
    "setrlimit": (160, 7, value(8, 8)),
    "prlimit of others": (302, @PID@, 7, 0, buffer),
    "setsid": (112,),
    "setpgid": (109, 0, 0),
    "chmod": (90, b".", 0o777),
    "fchmodat": (268, -100, b".", 0o777),
    "chown": (92, b".", 0, 0),
    "setxattr": (188, b".", b"user.redteam", b"x", 1, 0),
    "mknod": (133, b"redteam_fifo", 0o010644, 0),
    "symlink": (88, b"/etc", b"redteam_link"),
    "link": (86, b"/etc/passwd", b"redteam_hard"),
    "truncate": (76, b"@CANARY@", 0),
    "utimensat": (280, -100, b"@CANARY@", 0, 0),
    "utime": (132, b"@CANARY@", 0),
    "inotify_init": (253,),
    "fanotify_init": (300, 0, 0),
    "shmget": (29, 0, 4096, 0o1600),
    "semget": (64, 0, 1, 0o1600),
    "msgget": (68, 0, 0o1600),
    "mq_open": (240, b"redteam", 0o102, 0o600, 0),
    "timer_create": (222, 0, 0, buffer),
    "timerfd_create": (283, 0, 0),
    "signalfd": (289, -1, buffer, 8, 0),
    "name_to_handle_at": (303, -100, b"/", value(128), buffer, 0),
    "open_by_handle_at": (304, -100, value(128), 0),
    "kcmp": (312, @PID@, @PID@, 0, 0, 0),
    "process_madvise": (440, -1, value(0), 1, 4, 0),
    "pidfd_open": (434, @PID@, 0),
    "syslog": (103, 3, buffer, 100),
    "acct": (163, 0),
    "swapon": (167, b"/tmp/x", 0),
    "reboot": (169, 0, 0, 0, 0),
    "sethostname": (170, b"redteam", 7),
    "settimeofday": (164, value(0, 0), 0),
    "init_module": (175, buffer, 10, b""),
    "kexec_load": (246, 0, 0, 0, 0),
    "quotactl": (179, 0, 0, 0, 0),
    "modify_ldt": (154, 0, buffer, 16),
    "iopl": (172, 3),
    "vmsplice": (278, 1, value(0, 0), 1, 0),
    "splice": (275, 1, 0, 2, 0, 1, 0),
    "tee": (276, 1, 2, 1, 0),
    "copy_file_range": (326, 1, 0, 2, 0, 1, 0),
    "vhangup": (153,),
    "rseq unregister": (334, 0, 32, 1, 0) if False else (157, 999),
    "clone into user namespace": (56, 0x10000011, 0, 0, 0, 0),
    "clone3": (435, value(0x10000000, 0, 0, 0, 17), 88),
    "fork": (57,),
    "vfork": (58,) if False else (57,),
    "execve": (59, b"/bin/true", 0, 0),
    "execveat": (322, -100, b"/bin/true", 0, 0, 0),
    "ptrace": (101, 0, 0, 0, 0),
    "socket": (41, 2, 1, 0),
    "socketpair": (53, 1, 1, 0, buffer),
    "x32 getpid": (0x40000027,) if False else (157, 998),
}
ALLOWED = {}
for name, call in CALLS.items():
    ctypes.set_errno(0)
    if libc.syscall(*call) >= 0:
        ALLOWED[name] = call
print(ALLOWED)
WORKED = bool(ALLOWED)

# <works>
