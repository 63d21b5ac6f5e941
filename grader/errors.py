"""How a command ends: its exit codes, and errors that carry one of them."""

from __future__ import annotations

import errno

FULL, LESS, USAGE, OURS = 0, 1, 2, 3
"""Full marks or all done; less; the command asks for what cannot be done; the grader or its machine failed."""


INTERRUPTED, TERMINATED = 130, 143
"""As a shell has it: by Ctrl-C; by SIGTERM."""


class GraderError(Exception):
    """What stops a command, in a message for the person who typed it. The command ends with `exit_code`."""

    exit_code = USAGE

    def __init__(self, message: str, exit_code: int | None = None):
        super().__init__(message)
        if exit_code is not None:
            self.exit_code = exit_code


class NotInstalled(GraderError):
    """A library that only some parts need is missing; the message says which, and how to get it."""


DISK = (errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EFBIG)


def unwritten(error: OSError) -> int:
    """The exit code where a file could not be written: a disk that fails, or a place that cannot be."""
    return OURS if error.errno in DISK else USAGE
