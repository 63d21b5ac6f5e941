"""`grade submit --watch`: grade again whenever the files are saved, from a process that stays warm."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

import click

from ...errors import FULL, INTERRUPTED, GraderError
from ...sandbox.warm import WarmSandboxes
from ...sandbox.zygotes import Zygotes
from ...submission.saves import saves
from .interrupts import Kind, noted
from .submit import SubmitOptions, submit


def watch(files: Sequence[str], options: SubmitOptions, zygotes: Zygotes) -> int:
    """Grade, and again at every change until Ctrl-C; returns the last exit code.

    Inputs stay the same from one time to the next, so that a difference is the file's doing. Speed is not measured:
    it would keep a student waiting at every save.
    """
    if options.case is not None:
        raise click.UsageError("--case writes one file and --watch goes on: use one of them")
    from ...checks import remembered
    from ...judge.run import known_questions

    remembered.keep()
    seed = int.from_bytes(os.urandom(4), "little") if options.seed is None else options.seed
    options = replace(options, seed=seed, no_timing=True)
    code = FULL
    with contextlib.closing(WarmSandboxes(zygotes)) as sandboxes, _ended_by_keyboard() as ended:
        for _ in saves(files, ended):
            click.clear()  # on a terminal
            if (code := _graded(files, options, zygotes, sandboxes)) == INTERRUPTED:
                break
            click.echo(f"Save {_named(files)} to grade again (speed is not measured here); Ctrl-C ends.", err=True)
            sandboxes.ahead(lambda exercise: known_questions(exercise, seed))
    return code


@contextlib.contextmanager
def _ended_by_keyboard() -> Iterator[Callable[[], bool]]:
    """Ctrl-C ends the block. Gives a way to ask whether it was pressed, where the exception was lost."""
    pressed: list[Kind] = []
    with contextlib.suppress(KeyboardInterrupt), noted({signal.SIGINT: KeyboardInterrupt}, pressed):
        yield lambda: bool(pressed)


def _graded(files: Sequence[str], options: SubmitOptions, zygotes: Zygotes, sandboxes: WarmSandboxes) -> int:
    try:
        return submit(files, options, zygotes, sandboxes)
    except GraderError as error:  # a file that is half written, or gone for a moment
        click.echo(f"Error: {error}", err=True)
        return error.exit_code
    finally:
        with contextlib.suppress(OSError):
            sys.stdout.flush()


def _named(files: Sequence[str]) -> str:
    return files[0] if len(files) == 1 else f"one of {len(files)} files"
