"""A case as a script that stands alone: the student's file, NumPy, torch where the exercise has it, nothing of ours.

It prints `expected: …` and `actual:   …` last; its exit status is 0 where they agree, else 1.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import numpy as np

from ..clean import clean
from ..model import Result
from ..model.explanation import Case, View
from ..model.findings import Aspect, Outline, Raised
from ..sandbox.inside.ops import Inspect
from ..sandbox.inside.wire import Array, Opaque, Ref
from . import message
from .importing import imported
from .literals import Code
from .steps import CaseLines

MOST_TEXT = 400  # characters of expected and actual
LIMIT = "faulthandler.dump_traceback_later(5, exit=True)"
FIRST = "import faulthandler  # one wrong answer as a script: run it again after each change"
EXCEPTION = """\
except Exception as error:
    actual = f"{type(error).__name__}: {error}"
"""
PRINTED = """\
print("expected:", {text}(expected))
print("actual:  ", {text}(actual))
sys.exit(0 if agrees(actual, expected) else 1)
"""
PLAIN = """\
print("expected:", " ".join(str(expected).split()))
print("actual:  ", " ".join(str(actual).split()))
sys.exit(0 if agrees(actual, expected) else 1)
"""


def script(case: Case, result: Result) -> str:
    """The whole script."""
    lines = CaseLines(case)
    parts = [
        _head(case, result, lines),
        lines.helpers[1],
        "\n".join([*lines.given, *lines.before, *_expected_line(case)]),
        _attempt(case, lines.done),
        _comparison(case),
        _text_function(case),
        _same_looks(case) + (PRINTED.format(text="text") if _has_parts(case) else PLAIN),
    ]
    return _joined([part.strip("\n") for part in parts if part.strip("\n")])


def _joined(parts: list[str]) -> str:
    """Functions and classes with two empty lines around them, all else with one."""
    text = parts[0]
    for before, part in pairwise(parts):
        wide = any(re.search(r"^(def|class|@)", each, re.MULTILINE) for each in (before, part))
        text += ("\n\n\n" if wide else "\n\n") + part
    return text + "\n"


def numbers(case: Case) -> int:
    """How many numbers in arrays and weights the case writes out."""
    return CaseLines(case).code.numbers


def call(case: Case) -> str:
    """What is asked for."""
    return clean(CaseLines(case).call, MOST_TEXT)


def expected(case: Case) -> str:
    """What should come out, as the script prints it."""
    return _texts(case)[0]


def actual(case: Case) -> str:
    """What came out, as the script printed it."""
    return _texts(case)[1]


# ---------------------------------------------------------------- the head: what is imported


def _head(case: Case, result: Result, lines: CaseLines) -> str:
    body = "\n".join([*lines.given, *lines.before, *lines.done])
    modules = ["import sys", *(["import copy"] if "copy.deepcopy" in body else [])]
    libraries = ["import numpy as np", *(["import torch"] if case.torch else [])]
    own = [line for line in lines.helpers[0] if line not in libraries]
    limit = LIMIT + "  # an endless loop ends after 5 s, with its line"
    begin = [FIRST, *modules, "", *libraries, *own, "", limit] if case.torch else [FIRST, limit, *modules, ""]
    begin += [] if case.torch else [*libraries, *own]
    return "\n".join([*begin, "", imported(result, list(lines.used))])


# ---------------------------------------------------------------- what is done and compared


def _expected_line(case: Case) -> list[str]:
    if isinstance(case.steps[-1].op, Inspect):
        return [f"expected = {list(range(len(case.expected)))}"] if _objects(case.expected) else []
    return [f"expected = {case.error!r}" if case.error else f"expected = {Code().text(_plain(case.expected))}"]


def _attempt(case: Case, done: list[str]) -> str:
    body = "".join(f"    {line}\n" for code in done for line in code.split("\n"))
    looked = done[-1] if isinstance(case.steps[-1].op, Inspect) else f"actual = {case.error!r}"
    raised = f"except {case.error}:\n    {looked}\n" if case.error else ""
    tensor = "if isinstance(actual, torch.Tensor):\n    actual = actual.detach().numpy()\n"
    whole = f"try:\n{body}{raised}{EXCEPTION}"
    if not case.torch:
        return whole
    if isinstance(case.steps[-1].op, Inspect) and case.path[-1] == "values":
        tensor += "expected = expected.detach().numpy()\n"
    return whole + tensor


def _comparison(case: Case) -> str:
    """The function that tells whether they agree: as short as the expected value allows."""
    if isinstance(case.steps[-1].op, Inspect):
        same = "np.array_equal(actual, expected)" if case.path[-1] == "values" else "actual == expected"
        return f"def agrees(actual, expected):\n    return {same}"
    return "\n".join(["def agrees(actual, expected):", *(f"    {line}" for line in _agreement(case))])


def _agreement(case: Case) -> list[str]:
    """Its lines, for the kinds of values that are expected."""
    kinds = {str} if case.error else set(_kinds(case.expected))
    lines = []
    if np.ndarray in kinds and kinds & {list, tuple, dict} and case.torch:
        lines += ["if isinstance(actual, torch.Tensor):", "    actual = actual.detach().numpy()"]
    if dict in kinds:
        lines += ["if isinstance(expected, dict):"]
        lines += ["    same = isinstance(actual, dict) and actual.keys() == expected.keys()"]
        lines += ["    return same and all(agrees(actual[key], expected[key]) for key in expected)"]
    if kinds & {list, tuple}:
        lines += ["if isinstance(expected, (list, tuple)):"]
        lines += ["    same = isinstance(actual, (list, tuple, np.ndarray)) and len(actual) == len(expected)"]
        lines += ["    return same and all(map(agrees, actual, expected))"]
    if np.ndarray not in kinds:
        return [*lines, "return type(actual) is type(expected) and actual == expected"]
    if kinds & {bool, str, type(None)}:
        lines += ["if expected is None or isinstance(expected, (bool, str)):"]
        lines += ["    return type(actual) is type(expected) and actual == expected"]
    return [*lines, *_numbers_agree(case)]


def _numbers_agree(case: Case) -> list[str]:
    lines = []
    if case.view is View.WHOLE and case.aspect is Aspect.DTYPE:
        lines += ['if np.asarray(actual).dtype.kind != "f":', "    return False  # not floating point"]
    if case.view is View.WHOLE and case.aspect is Aspect.KIND:
        lines += ["kinds = np.ndarray, np.number, int, float, list, tuple"]
        lines += ["if isinstance(actual, bool) or not isinstance(actual, kinds):", "    return False"]
    lines += ["try:", "    numbers = np.asarray(actual, dtype=float)"]
    lines += ["except (TypeError, ValueError):", "    return False"]
    one, other = ("numbers.ravel()", "np.ravel(expected)") if case.ravelled else ("numbers", "expected")
    if not (case.rtol or case.atol):
        return [*lines, f"return np.array_equal({one}, {other})"]
    shapes = "numbers.size == np.size(expected)" if case.ravelled else "numbers.shape == np.shape(expected)"
    return [*lines, f"return {shapes} and np.allclose({one}, {other}, rtol={case.rtol:g}, atol={case.atol:g})"]


def _kinds(value: Any) -> Iterator[type]:
    """The kinds of values in an expected one; numbers and arrays are one."""
    if isinstance(value, (list, tuple, dict)):
        yield type(value)
        for part in value.values() if isinstance(value, dict) else value:
            yield from _kinds(part)
    else:
        yield np.ndarray if _is_number(value) else type(value)


def _text_function(case: Case) -> str:
    """What writes a value with parts, each as itself."""
    if not _has_parts(case):
        return ""
    lines = ["def text(value):"]
    if any(isinstance(side, dict) for side in (case.expected, case.actual)):
        lines += ["    if isinstance(value, dict):"]
        lines += ['        return "{" + ", ".join(f"{key}: {text(part)}" for key, part in value.items()) + "}"']
    lines += ["    if isinstance(value, (list, tuple)):"]
    lines += ['        return ("[{}]" if isinstance(value, list) else "({})").format(", ".join(map(text, value)))']
    if case.torch:
        lines += ["    value = value.detach().numpy() if isinstance(value, torch.Tensor) else value"]
    return "\n".join([*lines, '    return " ".join(str(value).split())'])


def _same_looks(case: Case) -> str:
    """More digits, where both would look alike."""
    return "np.set_printoptions(precision=17)\n" if _alike(case) else ""


def _alike(case: Case) -> bool:
    if case.error or case.raised is not None:
        return False
    return _line(_python(_plain(case.expected))) == _line(_python(case.actual))


# ---------------------------------------------------------------- values as text


def _texts(case: Case) -> tuple[str, str]:
    with np.printoptions(precision=17 if _alike(case) else 8):
        if _objects(case.expected):
            places = {part: place for place, part in enumerate(case.expected)}
            return _line(list(range(len(places)))), _line([places.get(part) for part in case.actual])
        due = "" if isinstance(case.steps[-1].op, Inspect) else case.error
        wanted = due or _line(_python(_plain(case.expected)))
        came = _line(_python(case.actual)) if case.raised is None else _raised(case)
    return clean(wanted, MOST_TEXT), clean(came, MOST_TEXT)


def _raised(case: Case) -> str:
    if isinstance(case.raised, Raised):
        return _line(f"{case.raised.type}: {case.raised.said}")
    return _line(message.text(case.raised)) if case.raised is not None else ""


def _line(value: Any) -> str:
    """As the script prints it: in one line."""
    if isinstance(value, dict):
        return f"{{{', '.join(f'{key}: {_line(part)}' for key, part in value.items())}}}"
    if isinstance(value, (list, tuple)):
        return ("[{}]" if isinstance(value, list) else "({})").format(", ".join(map(_line, value)))
    return " ".join(str(value).split())


def _has_parts(case: Case) -> bool:
    return any(isinstance(side, (list, tuple, dict)) for side in (case.expected, case.actual))


def _objects(value: Any) -> bool:
    return isinstance(value, (list, tuple)) and any(isinstance(part, Ref) for part in value)


def _is_number(value: Any) -> bool:
    return isinstance(value, (Array, int, float)) and not isinstance(value, bool)


def _plain(value: Any) -> Any:
    """An expected value without what does not count: tensors as arrays, float32 as float64."""
    match value:
        case Array(data=data) if data.ndim == 0:
            return data.item()
        case Array(data=data) if data.dtype.kind == "f" and data.dtype != np.float64:
            return Array(np.array([float(str(v)) for v in data.ravel()]).reshape(data.shape))
        case Array(data=data):
            return Array(data)
        case list() | tuple():
            return type(value)(map(_plain, value))
        case dict():
            return {key: _plain(part) for key, part in value.items()}
    return value


def _python(value: Any) -> Any:
    """A value from the wire as Python has it, to be printed."""
    match value:
        case Array(data=data):
            return data
        case list() | tuple():
            return type(value)(map(_python, value))
        case dict():
            return {key: _python(part) for key, part in value.items()}
        case Opaque(type_name=name):
            return f"an object ({name})"
        case Outline(kind=kind, shape=shape):
            return f"{kind} of shape {shape}"
    return value
