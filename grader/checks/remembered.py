"""Answers of our own modules, kept for the next submission: in a batch, all submissions' checks ask them the same.

Off unless `keep` is called. An answer is found by all that the module was asked before and by what it is asked now
(every byte, hashed), so it is the same as if it were computed again: other inputs are another question. A module is
imported once in a process, so its file's path names its version. Of submissions nothing is kept but the verdicts on
answers, found by these very answers (every byte, hashed).
"""

from __future__ import annotations

import hashlib
import pickle
import time
from collections.abc import Iterable, Mapping
from types import ModuleType
from typing import Any
from weakref import WeakKeyDictionary

from ..sandbox.inside import wire
from ..sandbox.inside.fresh import FreshFunctions
from ..sandbox.inside.interpreter import Interpreter
from ..sandbox.inside.ops import Op

MOST = 64 << 20  # bytes; all is forgotten when it is reached
_kept: dict[bytes, Any] | None = None
_size = 0
_hashes: WeakKeyDictionary[Op, bytes] = WeakKeyDictionary()


def keep() -> None:
    """Remember from now on, in this process."""
    global _kept
    _kept = {} if _kept is None else _kept


def forget() -> None:
    """Start anew, if anything is remembered at all."""
    global _size
    if _kept is not None:
        _kept.clear()
        _size = 0


def keeping() -> bool:
    """Whether anything is remembered in this process."""
    return _kept is not None


def digest(key: bytes, question: Any) -> bytes:
    """A hash of a question that follows what `key` names; empty where nothing is kept."""
    return b"" if _kept is None else hashlib.blake2b(key + pickle.dumps(question), digest_size=16).digest()


def asked(ops: Iterable[Op]) -> bytes:
    """What hashes of these operations make; each is hashed once, as all submissions are asked the same ones."""
    return b"" if _kept is None else b"".join(map(_hashed, ops))


def _hashed(op: Op) -> bytes:
    if (known := _hashes.get(op)) is None:
        known = _hashes[op] = digest(b"op", op)
    return known


def shared(key: bytes) -> list[Any]:
    """The list kept under this key, to be added to; a new one each time where nothing is kept."""
    return [] if _kept is None else _kept.setdefault(key, [])


def grown(result: Any) -> None:
    """Count a value that has been kept."""
    if keeping():
        shape, tensors = wire.pack(result)
        counted(sum(t.nbytes for t in tensors) + len(repr(shape)) + 200)


def counted(size: int) -> None:
    """Count bytes that have been kept; forget everything rather than keep too much."""
    global _size
    if _kept is None:
        return
    _size += size
    if _size > MOST:
        forget()


class Remembered(Interpreter):
    """An interpreter of one of our modules, named by `key`, that computes only what is not remembered."""

    def __init__(self, scopes: Mapping[str, ModuleType | FreshFunctions], key: str):
        super().__init__(scopes)
        self._chain = key.encode()
        self._skipped: list[Op] = []

    def execute(self, op: Op) -> Any:
        """The result in the wire's form if it is remembered; else carry out what was skipped, then this."""
        if _kept is None:
            return super().execute(op)
        self._chain = digest(self._chain, _hashed(op))
        if self._chain in _kept:
            self._skipped.append(op)
            result, self.seconds = _kept[self._chain]
            return result
        for earlier in self._skipped:
            super().execute(earlier)
        self._skipped.clear()
        started = time.process_time()
        result = wire.snapshot(super().execute(op))
        self.seconds = time.process_time() - started
        grown(result)
        _kept[self._chain] = result, self.seconds
        return result
