"""What is said of statements that were left out while a file was loaded: where, why, and what to do about it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..model.findings import Banned, Ending, LeftOut, LimitHit, NotReturned, Quantity, Raised, Rebound

MOST = 3  # statements of which all is told
CELL = re.compile(r"notebook/cell_0*(\d+)\.py")
ADVICE = ' Put it under `if __name__ == "__main__":`, and it is run only when you run the file yourself.'
ANOTHER_NAME = " Give the result another name."
LIMITS = {
    Quantity.LOADING: "takes more than {:.2g} s of computing",
    Quantity.WALL: "takes more than {:.2g} s",
    Quantity.OUTPUT: "prints more than {:g} KiB",
    Quantity.MEMORY: "needs more than {:g} MiB of memory",
    Quantity.FILES: "writes more than {:g} MiB",
    Quantity.THREADS: "starts more than {:g} threads",
}
ENDINGS = {
    Ending.SIGNAL: "ends the program with {} (a crash in compiled code?)",
    Ending.EXIT: "ends the program",
    Ending.OUT_OF_MEMORY: "needs more memory than there is",
}
DEFINING = ("def ", "async def ", "class ", "@", "import ", "from ")


def notes(found: Sequence[LeftOut], main: str) -> list[str]:
    """A line for each of the first ones, and one for all others."""
    found = list({left_out.key: left_out for left_out in reversed(found)}.values())[::-1]  # of a file loaded twice
    told, others = found[:MOST], found[MOST:]
    lines = [_note(left_out, found, main) for left_out in told]
    advised = next((n for n, left_out in enumerate(told) if _is_action(left_out)), None)
    if advised is not None:
        lines[advised] += ANOTHER_NAME if isinstance(told[advised].finding, Rebound) else ADVICE
    if others:
        lines.append(f"More was left out: {', '.join(where(left_out, main) for left_out in others)}.")
    return lines


def _is_action(left_out: LeftOut) -> bool:
    """Whether it only does something, and would be as well elsewhere."""
    broken = isinstance(left_out.finding, Raised) and left_out.finding.kind == "SyntaxError"
    return not broken and not left_out.place.text.startswith(DEFINING)


def where(left_out: LeftOut, main: str = "") -> str:
    """The place: a line, with its cell, or with the file if it is not the main one."""
    place = left_out.place
    line = f"line {place.line}"
    if cell := CELL.fullmatch(place.file):
        return f"cell {cell[1]}, {line}"
    return f"{place.file}, {line}" if main and place.file != main else line


def _note(left_out: LeftOut, found: Sequence[LeftOut], main: str) -> str:
    code = f"`{left_out.place.text}`" if left_out.place.text else "it"
    return f"{where(left_out, main)} was left out, and all else was graded: {code} {why(left_out, found)}."


def why(left_out: LeftOut, found: Sequence[LeftOut] = ()) -> str:
    """What the statement does that it should not, as the end of a sentence without its full stop."""
    match left_out.finding:
        case Rebound(name=name):
            return f"takes the name `{name}` away from what you defined"
        case Banned(name=name):
            return f"uses {name}, which this exercise does not allow"
        case LimitHit(quantity=quantity, limit=limit):
            return LIMITS[quantity].format(limit) if limit and quantity in LIMITS else "does not come to an end"
        case NotReturned(ending=ending, detail=detail):
            return ENDINGS.get(ending, "cannot be run").format(detail)
        case Raised(kind="SystemExit"):
            return "ends the program"
        case Raised(kind="EOFError"):
            return "asks for input, and nobody is there to answer"
        case Raised(kind="NameError", said=said) if earlier := _missing(said, left_out, found):
            return f"needs what {where(earlier)} would have made"
        case Raised(type="ModuleNotFoundError", said=said):
            return f"cannot be run: {said}"
        case Raised() as raised:
            return _raised(raised, left_out)
    return "cannot be run"


def _missing(said: str, left_out: LeftOut, found: Sequence[LeftOut]) -> LeftOut | None:
    """The statement left out before that binds the name which an error says is not defined."""
    names = set(re.findall(r"name '(\w+)' is not defined", said))
    earlier = found[: found.index(left_out)] if left_out in found else ()
    return next((e for e in earlier if names & {*e.names} and e.place.file == left_out.place.file), None)


def _raised(raised: Raised, left_out: LeftOut) -> str:
    inner = raised.lines[-1] if raised.lines else left_out.place
    at = f" in line {inner.line}" if (inner.line, inner.file or left_out.place.file) != left_out.key[:2][::-1] else ""
    text = raised.said.strip().partition("\n")[0].rstrip()
    said = f"{raised.type}: {text}".removesuffix(": ").rstrip(".:")
    return f"gives {said}{at}"
