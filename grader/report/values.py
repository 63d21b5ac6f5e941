"""Values as a student reads them: up to twenty numbers whole, more by their shape. All are in the wire's form."""

from __future__ import annotations

import math
import textwrap
from typing import Any

import numpy as np

from ..clean import clean
from ..model.findings import Outline
from ..sandbox.inside.wire import Array, Name, Opaque, Ref
from .layouts import laid_out

MOST = 20  # numbers in a value that is written out
DIGITS = 6  # significant, unless two values that differ would look alike
EXACT = 17  # digits tell all floating-point numbers apart
FEW = 6  # entries of a list that are shown one by one, however large they are
WIDTH = 70  # of a line; with its indent it fits a terminal of 80
TEXT = 60  # characters of a text inside a value
LABELS = ("expected ", "got      ")
USUAL = {  # what these make of a list, if they are not told the dtype
    "np.array": ("float64", "int64", "bool", "complex128"),
    "torch.tensor": ("float32", "int64", "bool", "complex64"),
}


def is_small(value: Any) -> bool:
    """It holds at most twenty numbers (whatever else is in it counts as one each)."""
    return _count(value) <= MOST


def _count(value: Any) -> int:
    if isinstance(value, Array):
        return max(value.data.size, 1)
    if isinstance(value, Outline):
        return max(math.prod(value.shape), 1)
    if not isinstance(value, (list, tuple, dict)):
        return 1
    total = 0
    for part in value.values() if isinstance(value, dict) else value:
        total += _count(part)
        if total > MOST:
            break
    return max(total, 1)


class Writer:
    """Writes values in one line each, and remembers whether it had to round a number.

    As `code`, arrays are written as Python that makes them again.
    """

    def __init__(self, digits: int = DIGITS, *, code: bool = False):
        self.digits, self.code = digits, code
        self.rounded = False

    def text(self, value: Any) -> str:
        """One value; a large one in a few words."""
        match value:
            case Array(data=data, kind=kind, strides=strides):
                return self._array(data, kind, strides)
            case float():
                return self._float(np.float64(value), ".0" if self.code else "")
            case list() | tuple() | dict():
                return self._collection(value)
            case str():
                return repr(value if len(value) <= TEXT else f"{value[:TEXT]}…")
            case Outline():
                return _outline(value)
            case Ref():
                return "<object>"
            case Name(name=name):
                return name
            case Opaque(type_name=name):
                return f"<{name[:TEXT]}>"
        return repr(value)

    def _collection(self, value: list[Any] | tuple[Any, ...] | dict[Any, Any]) -> str:
        if not is_small(value) and (len(value) > FEW or not self.code):
            return f"<{type(value).__name__} of {len(value)}>"
        if isinstance(value, dict):
            return f"{{{', '.join(f'{self.text(k)}: {self.text(v)}' for k, v in value.items())}}}"
        inside = ", ".join(map(self.text, value))
        if isinstance(value, list):
            return f"[{inside}]"
        return f"({inside},)" if len(value) == 1 else f"({inside})"

    def _array(self, data: np.ndarray, kind: str, strides: tuple[int, ...] | None) -> str:
        if not 0 < data.size <= MOST:
            return _outline(Outline(kind, data.shape, data.dtype.name))
        if strides is not None and self.code:
            return laid_out(data, strides, lambda part: self._array(part, kind, None), torch=kind == "tensor")
        if self.code and kind == "scalar" and data.dtype.kind in "iu":  # an int would be another call
            return f"np.{data.dtype.name}({data[()]})"
        if not self.code or kind == "scalar":
            return _nested(self.cells(data), data.shape)
        maker = "torch.tensor" if kind == "tensor" else "np.array"
        module = maker.partition(".")[0]
        dtype = "" if data.dtype.name in USUAL[maker] else f", dtype={module}.{data.dtype.name}"
        return f"{maker}({_nested(self.cells(data, f'{module}.'), data.shape)}{dtype})"

    def cells(self, data: np.ndarray, module: str = "") -> list[str]:
        """Each number of an array, in C order; `module` is where code has NaN and infinity from."""
        if data.dtype.kind != "f":
            return [str(v) for v in data.ravel()]
        return [self._float(v, "." if self.code else "", module) for v in data.ravel()]

    def _float(self, value: np.floating, whole: str, module: str = "") -> str:
        """As short as possible; whole numbers end in `whole`, which in code makes them floating point."""
        if not np.isfinite(value):
            return f"{'-' if value < 0 else ''}{module}{str(value).lstrip('-')}"
        if not value and not self.code:
            return "0"  # also for what is −0.0
        text = str(value).removesuffix(".0")
        digits = text.partition("e")[0].lstrip("-0.").replace(".", "")
        if len(digits) > self.digits and "." in text:
            text, self.rounded = f"{value:.{self.digits}g}", True
        return text if "." in text or "e" in text else f"{text}{whole}"


def _outline(value: Outline) -> str:
    if not value.dtype:
        return f"<{value.kind} of {value.shape[0]}>"
    dtype = "" if value.dtype == "float64" else f" {value.dtype}"
    return f"<array {'×'.join(map(str, value.shape))}{dtype}>"


def _nested(cells: list[str], shape: tuple[int, ...]) -> str:
    """Numbers as nested lists in one line."""
    if not shape:
        return cells[0]
    return f"[{', '.join(_nested(part, shape[1:]) for part in _parts(cells, shape[0]))}]"


def _parts(cells: list[str], count: int) -> list[list[str]]:
    size = len(cells) // count
    return [cells[i * size : (i + 1) * size] for i in range(count)]


def _rows(cells: list[str], shape: tuple[int, ...], room: int) -> list[str]:
    """The same with a line for each row, or more if it is too long for the room."""
    if len(shape) == 1:
        per_line = max(room // (len(cells[0]) + 2), 1)
        lines = [", ".join(cells[i : i + per_line]) + "," for i in range(0, len(cells), per_line)]
    else:
        lines = [line for part in _parts(cells, shape[0]) for line in _ended(_rows(part, shape[1:], room - 1), ",")]
    return _ended([f"{' ' if i else '['}{line}" for i, line in enumerate(lines)], "]", drop=",")


def _ended(lines: list[str], end: str, drop: str = "") -> list[str]:
    return [*lines[:-1], lines[-1].removesuffix(drop) + end]


# ---------------------------------------------------------------- in a few words


def described(value: Any) -> str:
    """A value in a few words."""
    match value:
        case Array(data=data, kind="scalar"):
            return f"{data[()]} ({data.dtype})"
        case Array(data=data, kind=kind):
            return _array(kind, data.shape, data.dtype.name)
        case Outline(kind=kind, shape=shape, dtype=dtype):
            return _array(kind, shape, dtype) if dtype else f"a {kind} of {shape[0]}"
        case Opaque(type_name=name):
            return "an object" if name == "object" else f"an object ({name})"
        case Ref():
            return "an object"
        case None:
            return "None"
        case list() | tuple() | dict():
            return f"a {type(value).__name__} of {len(value)}"
        case str():
            return f"the text {value[:60]!r}"
    return f"{value!r} ({type(value).__name__})"


def _array(kind: str, shape: tuple[int, ...], dtype: str) -> str:
    return f"a torch.Tensor of shape {shape}" if kind == "tensor" else f"an array of shape {shape}, {dtype}"


def outline(value: Any) -> Outline | None:
    """An array's kind, shape and dtype; None for what is none."""
    if isinstance(value, Array):
        return Outline(value.kind, value.data.shape, value.data.dtype.name)
    return value if isinstance(value, Outline) and value.dtype else None


# ---------------------------------------------------------------- expected and actual


def compared(expected: Any, actual: Any) -> str:
    """`expected …, got …`: in a line if that fits, else under each other. Nothing if they would look the same."""
    for digits in range(DIGITS, EXACT + 1):
        writer = Writer(digits)
        texts = writer.text(expected), writer.text(actual)
        if texts[0] != texts[1]:
            return _laid_out(expected, actual, writer, texts)
    return ""


def _laid_out(expected: Any, actual: Any, writer: Writer, texts: tuple[str, str]) -> str:
    note = " (rounded)" if writer.rounded else ""
    if len(line := f"expected {texts[0]}, got {texts[1]}{note}") <= WIDTH:
        return line
    room = WIDTH - len(LABELS[0])
    short = max(map(len, texts)) <= room
    blocks = [[text] for text in texts] if short else _blocks((expected, actual), writer, texts, room)
    lines = [
        (label if i == 0 else " " * len(label)) + line
        for label, block in zip(LABELS, blocks, strict=True)
        for i, line in enumerate(block)
    ]
    fits = len(lines[-1] + note) <= WIDTH
    return "\n".join(lines) + (note if fits else f"\n{' ' * len(LABELS[0])}{note.strip()}")


def _blocks(values: tuple[Any, Any], writer: Writer, texts: tuple[str, str], room: int) -> list[list[str]]:
    """Each value in several lines: arrays by rows, the points of both under each other; other values wrapped."""
    cells = [writer.cells(v.data) if _has_rows(v) else [] for v in values]
    aligned = iter(_aligned([cell for each in cells for cell in each]))
    return [
        _rows([next(aligned) for _ in each], value.data.shape, room)
        if each
        else textwrap.wrap(text, room, break_long_words=False)
        for value, each, text in zip(values, cells, texts, strict=True)
    ]


def _aligned(cells: list[str]) -> list[str]:
    """Numbers as wide as each other, with their points in one column."""
    parts = [cell.partition(".") for cell in cells]
    before = max((len(whole) for whole, _, _ in parts), default=0)
    after = max((len(point + fraction) for _, point, fraction in parts), default=0)
    return [whole.rjust(before) + (point + fraction).ljust(after) for whole, point, fraction in parts]


def _has_rows(value: Any) -> bool:
    return isinstance(value, Array) and value.data.ndim > 0 and 0 < value.data.size <= MOST


# ---------------------------------------------------------------- for programs


def data(value: Any) -> Any:
    """The value as JSON has it, in full: arrays as nested lists, NaN and infinities as text; large ones in words."""
    if isinstance(value, Array) and 0 < value.data.size <= MOST:
        return data(value.data.tolist())
    if isinstance(value, float):
        return value if math.isfinite(value) else str(value)
    if value is None or isinstance(value, (bool, int)):
        return value
    if isinstance(value, str):
        return clean(value, 400)
    if isinstance(value, complex) or not isinstance(value, (list, tuple, dict)) or not is_small(value):
        return clean(Writer().text(value), 400)
    if isinstance(value, dict):
        return {clean(k, 400): data(v) for k, v in value.items()}
    return [data(v) for v in value]
