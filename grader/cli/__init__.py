"""The command `grade`.

`group` lists the commands. One file declares one command; `options.py` holds the options that several have. What a
command does is in `work/`, and nothing there imports a declaration.
"""

from __future__ import annotations

import sys
from typing import NoReturn

from ..errors import OURS
from ..startup import leave, start

IN_SANDBOX = ("submit", "explain")  # what they need first takes longest to start


def main() -> NoReturn:
    """The entry point."""
    start()
    if sys.argv[1:] and sys.argv[1] in IN_SANDBOX:
        from ..sandbox import zygotes

        with zygotes.begun():
            code = _done()
    else:
        code = _done()
    leave(code, failed=OURS)


def _done() -> int:
    """Do what the command line says; returns the exit code."""
    from .group import cli  # click: not before the sandbox is on its way

    try:
        cli(prog_name="grade")
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(end.code is not None)
    except Exception:
        import traceback  # takes as long as all the rest of this file

        traceback.print_exc()  # Python would exit with 1, which stands for "less than full marks"
        return OURS
    raise AssertionError("click exits by itself")
