"""Python 3.11 and 3.12 may fail when two threads make syntax trees at once (python/cpython#106905)."""

from __future__ import annotations

import ast
import functools
import os
import threading


def one_at_a_time() -> None:
    """From here on, whoever calls `ast.parse` in this process waits until no other thread does.

    A fork waits, too: its child has none of the other threads, and would wait for one of them for ever.
    """
    parse, lock = ast.parse, threading.Lock()
    if hasattr(parse, "__wrapped__"):
        return

    @functools.wraps(parse)
    def parsed(*args: object, **options: object) -> ast.AST:
        with lock:
            return parse(*args, **options)  # type: ignore[call-overload, no-any-return]

    if hasattr(os, "register_at_fork"):
        os.register_at_fork(before=lock.acquire, after_in_parent=lock.release, after_in_child=lock.release)
    ast.parse = parsed  # type: ignore[assignment]
