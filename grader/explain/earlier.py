"""An earlier call that spoils a right one: alone, in a process of its own, a call is answered as it should be."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from ..checks.compare import agree
from ..checks.log import Entry
from ..sandbox.inside.ops import Call, Op
from ..sandbox.inside.wire import Name
from .simpler import simpler
from .trace import Asking, Steps, all_before, leading_to, mapped, with_op

Spoiled = tuple[Steps, Entry]  # the steps, some of which spoil the last one; its answer


def spoiled(asking: Asking, entries: Sequence[Entry], failed: Entry) -> Spoiled | None:
    """A call that is right alone and wrong after others, with as few of these as are found; None where it is not so.

    Each time it is asked in a process in which nothing was asked before. The others are the answer's `earlier`.
    """
    alone = _once(leading_to(entries, failed))
    if not right(asking, alone):
        return None
    for steps in _after_others(asking, entries, failed, alone):
        if found := _surely(asking, steps, failed):
            return _simplest(asking, steps, found)
    return None


def right(asking: Asking, alone: Steps) -> bool:
    """Whether these steps, with nothing asked before, give the right answer."""
    asking.renew()
    answers = asking.answers(alone)
    return len(answers) == len(alone) and not any(entry.failed for entry in answers)


def _surely(asking: Asking, steps: Steps, failed: Entry) -> Entry | None:
    """The wrong answer to the last step, if it is the same one twice: then it is no accident."""
    asking.renew()
    if (found := asking.surely_wrong(steps, failed)) is None:
        return None
    asking.renew()
    again = asking.surely_wrong(steps, found)
    return again if again is not None and agree(found.actual, again.actual, found.tolerance) else None


def _simplest(asking: Asking, steps: Steps, found: Entry) -> Spoiled | None:
    """With simpler numbers, where the last call is right alone with these, too."""
    with asking.each_anew():
        shorter, answer = simpler(asking, steps, found)
    alone = [step for step in shorter if not step.spoils]
    spoils = shorter is not steps and len(alone) < len(shorter) and right(asking, alone)
    if spoils and _surely(asking, shorter, answer) is not None:
        steps, found = shorter, answer
    found.earlier = [step for step in steps if step.spoils and isinstance(step.op, Call) and step.op.keep is None]
    return (steps, found) if found.earlier else None


def _once(steps: Steps) -> Steps:
    """The last of them called but once."""
    op = steps[-1].op
    return [*steps[:-1], with_op(steps[-1], replace(op, times=1))] if isinstance(op, Call) and op.times > 1 else steps


# ---------------------------------------------------------------- what may have spoiled it


def _after_others(asking: Asking, entries: Sequence[Entry], failed: Entry, alone: Steps) -> Iterator[Steps]:
    """It after calls that may spoil it: itself, itself with other numbers, and what the check has asked before."""
    again = isinstance(failed.op, Call) and failed.op.times > 1
    yield from ([*alone[:-1], other, alone[-1]] for other in _others(alone[-1], again))
    mine = {id(step.op) for step in alone}
    before = [_spoiling(step, step.op) for step in all_before(entries, failed)[:-1] if id(step.op) not in mine]
    yield from _shortest(asking, before, alone, failed) if before else ()


def _spoiling(step: Entry, op: Op | None) -> Entry:
    assert op is not None, "it asks something"
    new = with_op(step, op)
    new.spoils = True
    return new


def _others(last: Entry, again: bool) -> Iterator[Entry]:
    """The same call; of a function also with its arrays in reverse order, or zero."""
    op = last.op
    if not isinstance(op, Call) or op.then is not None or op.given or op.keep is not None:
        return
    function = isinstance(op.target, Name) and op.target.scope == "submission"
    if again or function:
        yield _spoiling(last, op)
    for change in (_reversed, np.zeros_like) if function else ():
        yield _spoiling(last, replace(op, args=_all(op.args, change), kwargs=_all(op.kwargs, change)))


def _all(values: Any, change: Callable[[np.ndarray], np.ndarray]) -> Any:
    return mapped(values, lambda array: replace(array, data=np.ascontiguousarray(change(array.data)), strides=None))


def _reversed(data: np.ndarray) -> np.ndarray:
    return data.ravel()[::-1].reshape(data.shape)


def _shortest(asking: Asking, before: Steps, alone: Steps, failed: Entry) -> Iterator[Steps]:
    """It after one of the steps before it, and after the fewest of the last ones after which it is wrong.

    It is taken for granted that more of them do no good; whoever calls sees whether what is found does spoil it.
    """
    few, many = 0, len(before)
    while many - few > 1 and not asking.over:
        half = (few + many) // 2
        asking.renew()
        wrong = asking.surely_wrong([*before[-half:], *alone], failed) is not None
        few, many = (few, half) if wrong else (half, many)
    yield [before[-many], *alone]
    if many > 1:
        yield [*before[-many:], *alone]
