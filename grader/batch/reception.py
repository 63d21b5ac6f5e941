"""Which workers of a Dask cluster get work: those that are there and grade by this machine's standard.

Each worker is asked for its digest of grader, exercises and solutions before its first job. One that gives the same
gets a resource of the scheduler's with the digest in its name, which every job needs; any other is named, once.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from ..editions import standard
from .executor import FarmError
from .vigil import say

PATIENCE = 20.0  # seconds for the workers that are there at the beginning


def greeting(expected: str, resource: str) -> Callable[[], str]:
    """What a worker is asked: empty if it may grade, else why it may not.

    It travels as code, not by name: a worker without this package answers, too.
    """

    def greet() -> str:
        try:
            import grader  # noqa: F401
        except ImportError:
            return "it has no cnn-grader: pip install 'cnn-grader[cluster]' there"
        try:
            from grader.editions import standard
        except ImportError:
            return "its cnn-grader is another version; install the same one there"
        if (found := standard()) != expected:
            return f"it grades by another standard ({found[:8]}, here {expected[:8]}); install the same version there"
        from distributed import get_worker
        from distributed.utils import sync

        worker: Any = get_worker()
        sync(worker.loop, worker.set_resources, **{resource: 1e6})  # more than it ever does jobs at a time
        return ""

    return greet


class Reception:
    """Meets the workers of a scheduler. `accepted` maps the address of each that may work to what Dask says of it.

    `turns`: how often there were workers after there had been none; jobs that waited meanwhile have to be given again.
    """

    def __init__(self, client: Any):
        self._client = client
        expected = standard()
        self.resource = f"cnn-grader-{expected[:16]}"
        self._greet = greeting(expected, self.resource)
        self._asked: dict[str, Any] = {}
        self.accepted: dict[str, Any] = {}
        self.refused: dict[str, str] = {}
        self.turns = 0
        self.arrived = 0  # how many were ever accepted

    def open(self) -> None:
        """Meet those who are there already, if they answer soon. Raises FarmError."""
        deadline = time.monotonic() + PATIENCE
        self.look()
        while self._asked and time.monotonic() < deadline:
            time.sleep(0.05)
            self.look()

    def look(self) -> None:
        """Meet who is new, forget who is gone. Raises FarmError if the scheduler is lost."""
        present = workers_of(self._client)
        self.accepted = {a: present[a] for a in self.accepted if a in present}
        self.refused = {a: why for a, why in self.refused.items() if a in present}
        for address in self._asked.keys() - present.keys():
            self._asked.pop(address).cancel()
        for address in present.keys() - self.accepted.keys() - self.refused.keys() - self._asked.keys():
            self._asked[address] = self._ask(address)
        for address in [a for a, answer in self._asked.items() if answer.done()]:
            self._answered(address, present[address], self._asked.pop(address))

    def _ask(self, address: str) -> Any:
        with lost(self._client):
            return self._client.submit(self._greet, workers=[address], allow_other_workers=False, pure=False)

    def _answered(self, address: str, info: Mapping[str, Any], answer: Any) -> None:
        if answer.status == "finished":
            with lost(self._client):
                why = answer.result()
        else:
            why = f"it cannot be asked which standard it grades by: {answer.exception()!r}"
        if why:
            self.refused[address] = why
            say(f"worker {_named(address, info)} gets no work: {why}")
            return
        self.turns += not self.accepted
        self.arrived += 1
        self.accepted[address] = info

    @property
    def width(self) -> int:
        """How many jobs the accepted workers do at a time."""
        return sum(info["nthreads"] for info in self.accepted.values())

    def why_nobody(self, place: str) -> str:
        """Why there are no workers, for people."""
        if self.refused:
            address, why = next(iter(self.refused.items()))
            return f"no worker at {place} may grade: {len(self.refused)} refused, {address} as {why}"
        if self._asked:
            return f"no worker at {place} has answered yet: {len(self._asked)} asked; busy with other work?"
        return f"the scheduler at {place} has no workers: start some with `dask worker {place}`"


def _named(address: str, info: Mapping[str, Any]) -> str:
    name = str(info.get("name", address))
    return address if name == address else f"{name} ({address})"


def workers_of(client: Any) -> dict[str, Any]:
    """What the scheduler reports of its workers, by address. Raises FarmError if it is lost."""
    with lost(client):
        found: dict[str, Any] = client.scheduler_info(n_workers=-1)["workers"]
        return dict(found)


@contextmanager
def lost(client: Any) -> Iterator[None]:
    """Turn whatever a lost scheduler makes Dask raise into a FarmError."""
    check(client)
    try:
        yield
    except FarmError:
        raise
    except Exception as error:
        raise FarmError(f"the scheduler is lost ({type(error).__name__}: {error})") from error


def check(client: Any) -> None:
    """Raises FarmError unless the scheduler is connected."""
    if client.status != "running":
        raise FarmError(f"the connection to the scheduler is lost (it is '{client.status}')")
