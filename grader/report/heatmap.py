"""Two windows of numbers → tables of coloured cells: expected, the student's, and their difference."""

from __future__ import annotations

import math
from dataclasses import dataclass

from .evidence import Evidence
from .palette import STEPS

LIMIT = 12  # rows and columns
NOISE = 1e-4  # of the largest difference: shown as ≈0
WIDE = 6  # more columns are set tightly: fewer digits, no zero before the point
FEW = 20  # numbers that are shown with as many digits as text would
DIGITS = 8  # most significant digits in a cell
Window = list[list[float | None]]


@dataclass(frozen=True)
class Cell:
    """One number: as shown, its colour class, the first difference or not, and the number in full."""

    text: str
    shade: str
    first: bool = False
    full: str = ""


@dataclass(frozen=True)
class HeatRow:
    """A row with its index in the whole array (None for a vector)."""

    index: int | None
    cells: list[Cell]


@dataclass(frozen=True)
class HeatMap:
    """One picture. `part` is what of the array is shown, as in NumPy; `scale` the value of full colour."""

    name: str
    shape: str
    part: str
    columns: list[int]
    rows: list[HeatRow]
    scale: str
    tight: bool


@dataclass(frozen=True)
class Frame:
    """Where a window lies: the whole array's shape, the index of its corner, of the first difference."""

    shape: list[int]
    origin: list[int]
    first: tuple[int, int] | None


@dataclass(frozen=True)
class Ink:
    """How a picture's numbers are set: the value of full colour, significant digits, tightly or not.

    What is smaller than `noise` times the largest value is shown as ≈0.
    """

    top: float
    digits: int
    tight: bool
    noise: float = 0.0


def heat_maps(found: Evidence | None) -> list[HeatMap]:
    """Up to three pictures; none of single numbers, and no difference of unlike shapes."""
    if found is None:
        return []
    expected, actual = _window(found.expected), _window(found.actual)
    if max(_size(expected), _size(actual)) < 2:
        return []
    frames = [_frame(found, shape) for shape in (found.expected_shape, found.actual_shape)]
    wide = max(map(len, [*expected, *actual])) > WIDE
    few = min(_size(expected), _size(actual)) <= FEW
    inks = Ink(_largest([*expected, *actual]), _digits(found, 2 if wide else 6 if few else 3), wide)
    pictures = [
        _picture(name, window, frame, inks)
        for name, window, frame in zip(("expected", "yours"), (expected, actual), frames, strict=True)
        if window
    ]
    if found.expected_shape == found.actual_shape and _like(expected, actual):
        change = _minus(actual, expected)
        inks = Ink(_largest(change), 2 if wide else 3, wide, NOISE)
        pictures.append(_picture("yours − expected", change, frames[0], inks))
    return pictures


def drawn(found: Evidence | None) -> bool:
    """The pictures show all values of expected and actual, in as many digits as the text would."""
    maps = heat_maps(found)
    if found is None or not maps or maps[0].tight:
        return False
    pairs = ((found.expected, found.whole_expected), (found.actual, found.whole_actual))
    return all(isinstance(whole, str) or window in (whole, [whole]) for window, whole in pairs)


def legend(maps: list[HeatMap]) -> str:
    """What the marks in the pictures mean."""
    cells = [cell for m in maps for row in m.rows for cell in row.cells]
    said = []
    if any(cell.first for cell in cells):
        said.append("Outlined: the first value that differs.")
    if any(cell.shade == "odd" for cell in cells):
        said.append("Hatched: not a finite number.")
    if len(maps) == 2:
        said.append("The shapes differ, so there is no difference to draw.")
    return " ".join(said)


def number(value: object) -> float:
    """A cell of the evidence; whatever is no number counts as NaN."""
    try:
        return float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError, OverflowError):
        return math.nan


def short(value: float, digits: int = 3, *, tight: bool = False) -> str:
    """A number in a few characters, with a real minus sign."""
    if math.isnan(value):
        return "nan"
    if math.isinf(value):
        return "∞" if value > 0 else "−∞"
    text = _rounded(value, digits)
    if tight and abs(value) < 1:
        text = text.replace("0.", ".", 1) if text.startswith(("0.", "-0.")) else text
    return text.replace("-", "−")


def _rounded(value: float, digits: int) -> str:
    """Whole numbers as they are, large ones without decimals, small and huge ones with an exponent."""
    size = abs(value)
    if size < 1e6 and (value == int(value) or size >= 10**digits):
        return f"{value + 0.0:.0f}"
    form = f".{digits - 1}e" if size < 1e-3 else f".{digits}g"
    mantissa, _, exponent = f"{value:{form}}".partition("e")
    return f"{mantissa}e{int(exponent)}" if exponent else mantissa


def _window(rows: list[list[float]] | None) -> Window:
    """Numbers of a bounded rectangle; None where a row is too short."""
    cut = [[number(v) for v in row[:LIMIT]] for row in (rows or [])[:LIMIT]]
    width = max(map(len, cut), default=0)
    return [[*row, *[None] * (width - len(row))] for row in cut] if width else []


def _size(window: Window) -> int:
    return sum(len(row) for row in window)


def _like(a: Window, b: Window) -> bool:
    return len(a) == len(b) and all(len(x) == len(y) for x, y in zip(a, b, strict=True))


def _minus(a: Window, b: Window) -> Window:
    return [[_change(x, y) for x, y in zip(*rows, strict=True)] for rows in zip(a, b, strict=True)]


def _change(x: float | None, y: float | None) -> float | None:
    if x is None or y is None:
        return None
    return 0.0 if x == y or (math.isnan(x) and math.isnan(y)) else x - y


def _largest(rows: Window) -> float:
    return max((abs(v) for row in rows for v in row if v is not None and math.isfinite(v)), default=0.0)


def _frame(found: Evidence, shape: list[int] | None) -> Frame:
    """The origin is meant for the expected array; one of another number of axes is shown from its start."""
    axes = len(shape or [])
    origin = found.origin if found.origin is not None and len(found.origin) == axes else [0] * axes
    first = None
    if found.index and len(found.index) == axes:
        row = found.index[-2] - origin[-2] if axes > 1 else 0
        first = (row, found.index[-1] - origin[-1])
    return Frame(shape or [], origin, first)


def _digits(found: Evidence, least: int) -> int:
    """As few as tell expected and actual apart at the first difference."""
    a, b = number(found.expected_value), number(found.actual_value)
    return next((d for d in range(least, DIGITS) if short(a, d) != short(b, d)), least)


def _picture(name: str, window: Window, frame: Frame, ink: Ink) -> HeatMap:
    matrix = len(frame.shape) > 1
    corner_row = frame.origin[-2] if matrix else 0
    corner_column = frame.origin[-1] if frame.origin else 0
    rows = [
        HeatRow(
            corner_row + i if matrix else None,
            [_cell(v, ink, first=(i, j) == frame.first) for j, v in enumerate(row)],
        )
        for i, row in enumerate(window)
    ]
    columns = [corner_column + j for j in range(len(window[0]))]
    return HeatMap(name, shape_text(frame.shape), _part(frame, window), columns, rows, short(ink.top), ink.tight)


def shape_text(shape: list[int]) -> str:
    """As Python shows a shape."""
    return str(tuple(shape))


def _part(frame: Frame, window: Window) -> str:
    """`[0, 4:16, 2:14]`, or nothing for the whole array."""
    sizes = [len(window), len(window[0])][-len(frame.shape) :] if frame.shape else []
    if list(frame.shape) == sizes:
        return ""
    lead = [str(i) for i in frame.origin[: -len(sizes)]]
    slices = [f"{o}:{o + n}" for o, n in zip(frame.origin[-len(sizes) :], sizes, strict=True)]
    return f"[{', '.join(lead + slices)}]"


def _cell(value: float | None, ink: Ink, *, first: bool) -> Cell:
    if value is None:
        return Cell("", "gap")
    nearly_nothing = not first and 0 < abs(value) < ink.noise * ink.top
    text = "≈0" if nearly_nothing else short(value, ink.digits, tight=ink.tight)
    full = f"{value:.9g}".replace("-", "−")
    return Cell(text, shade(value, ink.top), first, "" if full == text else full)


def shade(value: float, top: float) -> str:
    """The colour class: `n9` … `n1`, `z`, `p1` … `p9`; `odd` for what is no finite number."""
    if not math.isfinite(value):
        return "odd"
    step = round(value / top * STEPS) if top else 0
    return "z" if step == 0 else f"{'n' if step < 0 else 'p'}{abs(step)}"
