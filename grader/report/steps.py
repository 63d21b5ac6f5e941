"""The steps of a case as lines of Python: as a student would write them."""

from __future__ import annotations

import ast
import keyword
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from ..model.explanation import Case, Step, View
from ..sandbox.inside.ops import Assign, Call, CountParameters, Get, Hold, Inspect, LoadState, ReadState
from ..sandbox.inside.wire import Array, Name, Ref
from .helpers import Helpers
from .literals import Code

TAKEN = ("expected", "actual", "before", "agrees", "weights", "np", "torch", "sys", "faulthandler", *keyword.kwlist)
VIEWS = {View.WHOLE: "{}", View.SHAPE: "np.shape({})", View.LENGTH: "len({})", View.KEYS: "sorted({})"}
UNRECORDED = "with torch.no_grad(): "
LONG = 40  # characters of an argument that stands in the call
PROPERTIES = {
    "values": ("{}", "{}"),
    "dtype": ("{}.dtype", "{}.dtype"),
    "strides": ("{}.strides", "{}.stride()"),
    "grad": ("{}.grad", "{}.grad"),
}


class CaseLines:
    """A case's values (`given`) and what is done with them (`done`), and the expression that is asked for (`call`)."""

    def __init__(self, case: Case):
        self.case = case
        self.code = Code()
        self.given: list[str] = []
        self.done: list[str] = []
        self.before: list[str] = []  # what is noted between both
        self.call = ""
        self.used: dict[str, None] = {}  # names of the submission
        self._helpers = Helpers(case.kit)
        self._names: dict[int, str] = {}  # of objects, or what makes them
        self._taken = Counter(TAKEN)
        self._uses = Counter(ref for step in case.steps for ref in _refs(list(step.op.parts().values())))
        self._called = {step.op.target.id for step in case.steps if _is_method(step.op)}
        for step in case.steps[:-1]:
            self._add(step)
        self._ask(case.steps[-1])

    @property
    def helpers(self) -> tuple[list[str], str]:
        """The imports and the definitions of the helpers that the lines use."""
        return self._helpers.source("\n".join([*self.given, *self.before, *self.done]))

    # ------------------------------------------------------------ one step

    def _add(self, step: Step) -> None:
        match step.op:
            case Call(keep=int(number)):
                self._keep(step, number)
            case Call(times=times):
                self.done += [("" if step.op.recorded else UNRECORDED) + self._expression(step)] * times
            case Hold(value=value, keep=number):
                self._names[number] = self._variable(self._parameter_of(number) or "X", value)
            case Assign(ref=ref, values=values):
                self.done += [self._assignment(step, self._names[ref.id], *pair) for pair in values.items()]
            case LoadState(ref=ref, values=values):
                self.done.append(f"weights = {self._names[ref.id]}.state_dict()")
                self.done += [f"weights[{name!r}]{self._filled(value)}" for name, value in values.items()]

    def _keep(self, step: Step, number: int) -> None:
        """An object gets a name, unless it is used but once, and made by a helper."""
        code = self._expression(step)
        if self._uses[number] == 1 and number not in self._called and step.op.target.scope == "kit":
            self._names[number] = code
            return
        name = self._free(self._parameter_of(number) or self._usual(step))
        self._names[number] = name
        self.done.append(f"{name} = {code}")

    def _usual(self, step: Step) -> str:
        if self.case.torch:
            return "net" if step.op.target.scope == "kit" else "model"
        return "layer" if step.op.target.scope == "submission" else step.op.target.name.lower()

    def _assignment(self, step: Step, name: str, attr: str, value: Any) -> str:
        shaped = f".reshape(np.shape({name}.{attr}))" if attr in step.reshaped else ""
        return f"{name}.{attr} = {self.code.text(value)}{shaped}"

    def _filled(self, value: Array) -> str:
        flat = value.data.ravel()
        if (flat == flat[0]).all():
            return f".fill_({flat[0]})"
        return f".copy_({self.code.array(value)})"

    # ------------------------------------------------------------ the last step

    def _ask(self, step: Step) -> None:
        match step.op:
            case Inspect(arguments=arguments):
                self._look_at(self._names[arguments[str(self.case.path[0])].id])
                return
            case Call(keep=None, then=(args, kwargs)):
                other = replace(step, op=replace(step.op, args=args, kwargs=kwargs, then=None))
                self.call = self._free("answer")
                self.done += [f"{self.call} = {self._expression(step)}", self._expression(other)]
            case Call(keep=None, recorded=False):
                self.call = self._free("answer")
                self.done.append(f"{UNRECORDED}{self.call} = {self._expression(step)}")
            case Call(keep=None, times=times):
                self.call = self._expression(step)
                self.done += [self.call] * (times - 1)
            case Get(ref=ref, attr=attr):
                self.call = f"{self._names[ref.id]}.{attr}"
            case CountParameters(ref=ref):
                self.call = f"sum(p.numel() for p in {self._names[ref.id]}.parameters())"
            case ReadState(ref=ref, names=names):
                state = f"{self._names[ref.id]}.state_dict()"
                self.call = state if self.case.path else f"{{name: {state}[name] for name in {names}}}"
            case _:
                self._add(step)
        if self.case.view is View.NOTHING:
            self._come_to_the_end()
            return
        places = "".join(f"[{place!r}]" for place in self.case.path)
        part = f"({self.call}){places}" if places and _has_operator(self.call) else f"{self.call}{places}"
        self.done.append(f"actual = {VIEWS[self.case.view].format(part)}")

    def _come_to_the_end(self) -> None:
        """The last step gives no value to compare: it should raise nothing."""
        if isinstance(self.case.steps[-1].op, Call) and self.call:
            self.done.append(self.call)
        self.call = self.done[-1] if self.done else ""
        self.done.append("actual = expected")

    def _look_at(self, name: str) -> None:
        """An argument after the call, and a note of what it was before."""
        self.call = self.done[-1] if self.done else name
        part = name + "".join(f"[{place!r}]" for place in self.case.path[1:-1])
        last = str(self.case.path[-1])
        if len(self.case.path) > 1 and last in PROPERTIES:
            look = PROPERTIES[last][self.case.torch].format(part)
            copy = {"values": ".clone()" if self.case.torch else ".copy()"}.get(last, "")
            note = f"expected = {look}{copy}  # before the call"
        elif _has_refs(self.case.expected):
            look, note = f"[before.index(part) for part in {name}]", f"before = list({name})"
        else:
            look, note = name, f"expected = copy.deepcopy({name})  # before the call"
        lines = self.before if name in "\n".join(self.given) else self.done
        at = len(lines) if lines is self.before else max(len(lines) - 1, 0)
        lines.insert(at, note)
        self.done.append(f"actual = {look}")

    # ------------------------------------------------------------ calls and their arguments

    def _expression(self, step: Step) -> str:
        op = step.op
        names = [*step.parameters[: len(op.args)], *[""] * (len(op.args) - len(step.parameters))]
        numbers = op.given or [0] * (len(op.args) + len(op.kwargs))
        pairs = [*zip(names, op.args, strict=True), *op.kwargs.items()]
        codes = [self._argument(n, v, number) for (n, v), number in zip(pairs, numbers, strict=True)]
        by_name = dict(zip((n for n, _ in pairs), codes, strict=True))
        of_kit = isinstance(op.target, Name) and op.target.scope == "kit" and "" not in by_name
        if of_kit and (code := self._helpers.written_out(op.target.name, by_name)):
            return code
        named = [f"{n}={code}" for n, code in zip(op.kwargs, codes[len(op.args) :], strict=True)]
        return f"{self._target(op)}({', '.join([*codes[: len(op.args)], *named])})"

    def _target(self, op: Call) -> str:
        if isinstance(op.target, Ref):
            return f"{self._names[op.target.id]}.{op.attr}".removesuffix(".")
        if op.target.scope == "submission":
            self.used[op.target.name] = None
        return op.target.name

    def _argument(self, name: str, value: Any, number: int) -> str:
        """An argument as it stands in the call; what holds an array, is long or is looked at later has a name."""
        if isinstance(value, Ref):
            return self._names[value.id]
        if _has_refs(value):
            code = self._with_objects(value)
            if number:
                self._names[number] = self._free(name or "value")
                self.done.append(f"{self._names[number]} = {code}")
                code = self._names[number]
            return code
        scalar = isinstance(value, Array) and value.kind == "scalar"
        named = not scalar and isinstance(value, (Array, list, dict))
        if named and (number or _has_arrays(value) or len(repr(value)) > LONG):
            code = self._variable(name or "value", value)
            self._names |= {number: code} if number else {}
            return code
        if isinstance(value, Name) and value.scope == "submission":
            self.used[value.name] = None
        return value.name if isinstance(value, Name) else self.code.text(value)

    def _with_objects(self, value: Any) -> str:
        if isinstance(value, (list, tuple)):
            inside = ", ".join(map(self._with_objects, value))
            return f"[{inside}]" if isinstance(value, list) else f"({inside},)"
        return self._names[value.id] if isinstance(value, Ref) else self.code.text(value)

    def _variable(self, name: str, value: Any) -> str:
        name = self._free(name)
        self.given.append(f"{name} = {self.code.text(value)}")
        return name

    def _free(self, name: str) -> str:
        """The name, or one with a number, that nothing has yet."""
        name = re.sub(r"\W", "_", name)
        while True:
            self._taken[name] += 1
            found = name if self._taken[name] == 1 else f"{name}{self._taken[name]}"
            if found == name or found not in self._taken:
                return found

    def _parameter_of(self, number: int) -> str:
        """What the first call that is given this object calls it."""
        for step in self.case.steps:
            if isinstance(step.op, Call):
                pairs = [*zip(step.parameters, step.op.positional(), strict=False), *step.op.kwargs.items()]
                for name, value in pairs:
                    if isinstance(value, Ref) and value.id == number:
                        return name
        return ""


def _is_method(op: Any) -> bool:
    return isinstance(op, Call) and isinstance(op.target, Ref)


def _refs(value: Any) -> Iterator[int]:
    if isinstance(value, Ref):
        yield value.id
    elif isinstance(value, (list, tuple, dict)):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _refs(part)


def _has_refs(value: Any) -> bool:
    return any(True for _ in _refs(value))


def _has_arrays(value: Any) -> bool:
    if isinstance(value, (list, tuple, dict)):
        return any(map(_has_arrays, value.values() if isinstance(value, dict) else value))
    return isinstance(value, Array)


def _has_operator(code: str) -> bool:
    """Whether an index behind the expression would be of its last operand alone."""
    return isinstance(ast.parse(code, mode="eval").body, (ast.BinOp, ast.UnaryOp, ast.BoolOp, ast.Compare, ast.IfExp))
