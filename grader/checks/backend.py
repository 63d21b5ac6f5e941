"""What answers the operations that a check asks for: a worker in the sandbox, or a module of ours in this process."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

from ..model import Failure
from ..model.findings import NotDefined, Raised
from ..sandbox.inside.interpreter import Interpreter, aloud, answer, kind_of
from ..sandbox.inside.namespace import MissingName
from ..sandbox.inside.ops import Op

Pending = Callable[[int, float | None], Any]  # the most bytes and seconds that the answer may take → the answer


class LocalBackend:
    """Answers in this process: for the reference and the misconceptions, never for a submission.

    `quieted`: whoever asks keeps what runs quiet, all answers long.
    """

    def __init__(self, interpreter: Interpreter, quieted: bool = False):
        self.interpreter = interpreter
        self._answer = aloud if quieted else answer

    def ask(self, op: Op, *, more: bool = False) -> Pending:
        """Computed when it is waited for. Raises Failure as a worker's backend does."""
        return lambda *_: self.answer(op)

    def answer(self, op: Op) -> Any:
        """The answer in the wire's form. Raises Failure."""
        try:
            return self._answer(self.interpreter, op)
        except MissingName as missing:
            raise Failure(NotDefined(names=(str(missing),))) from None
        except Exception as error:
            raised = Raised(kind=kind_of(error), type=type(error).__name__, said=str(error))
            raise Failure(raised) from error


class Backend(Protocol):
    """Whatever answers operations for the submission."""

    def ask(self, op: Op, *, more: bool = False) -> Pending:
        """Ask; returns what waits for the answer in the wire's form. With `more`, others are sent with it.

        Both raise Failure.
        """
