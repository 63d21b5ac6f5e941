"""What is said about a check that was not passed: the only place that makes sentences of findings.

`message` is the whole text, as JSON has it; `call`, `sentence` and `values` are its parts, for renderers that set them
apart. All renderers, and the gradebook's pages, say what these functions say.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ..clean import clean
from ..model import CheckResult, Finding, Result
from ..model.findings import (
    Asked,
    Assessed,
    Banned,
    Ending,
    Fault,
    LeftOut,
    LimitHit,
    Mismatch,
    NotCalled,
    NotDefined,
    NotReadable,
    NotReturned,
    Phase,
    Place,
    Quantity,
    Raised,
    Stumbled,
    Told,
    Unmet,
)
from ..model.untimed import NotTimed, Reason
from . import near
from .left_out import where, why
from .measured import measured
from .mismatch import difference, figures, first_difference
from .reasons import not_timed

MAX_CALL = 2000  # characters
PHASES = {Phase.CALL: "", Phase.LOADING: "while loading the file: ", Phase.MEASURING: "While being measured: "}
LIMITS = {
    Quantity.CALL: "the limit was hit: no answer to this call after {:.3g} s of computing",
    Quantity.LOADING: "the limit was hit: more than {:.3g} s of computing",
    Quantity.CPU: "the limit was hit: more than {:g} s of processor time",
    Quantity.WALL: "the limit was hit: no answer within {:.3g} s",
    Quantity.TOTAL: "the {:g} s for all checks are used up",
    Quantity.TOTAL_CPU: "used more than {:.0f} s of processor time in all",
    Quantity.MEMORY: "the limit was hit: more than {:g} MiB of memory",
    Quantity.THREADS: "the limit was hit: more than {:g} threads",
    Quantity.FILES: "the limit was hit: more than {:g} MiB of files",
    Quantity.OUTPUT: "the limit was hit: more than {:g} KiB printed",
}
MEANT = {  # exceptions whose text does not say what to do
    "EOFError": "It asks for input, and nobody is there to answer: take the value from an argument.",
}
ENDINGS = {
    Ending.SIGNAL: "the process was ended by {} (a crash in compiled code?)",
    Ending.EXIT: "the process ended by itself (exit code {}): does it call exit?",
    Ending.OUT_OF_MEMORY: "the system ended the process because memory ran out",
    Ending.AFTERWARDS: "the process ended as soon as it had answered",
    Ending.CUT_OFF: "the submission cut itself off from the grader",
    Ending.NONSENSE: "the process answered with something that is not an answer ({})",
    Ending.NOT_LOADED: "the reply to loading was malformed",
    Ending.TOO_LARGE: "the returned array is far larger than expected: {}",
}


# ---------------------------------------------------------------- of a check


def message(check: CheckResult) -> str:
    """All that is said about a check, the call first; of one that was measured, its figures. Nothing if it passed."""
    return clean("\n".join(map(_whole, check.findings))) or _figures(check)


def call(check: CheckResult) -> str:
    """The call that went wrong, or nothing."""
    return called(check.findings[0]) if check.findings else ""


def explanation(check: CheckResult) -> str:
    """The message without the call; numbers as one sentence, then small values in full."""
    return "\n".join(part for part in (sentence(check), values(check)) if part)


def sentence(check: CheckResult) -> str:
    """What went wrong with the call, without the values in full."""
    return clean("\n".join(map(_sentence, check.findings))) or _figures(check)


def values(check: CheckResult) -> str:
    """The small values in full, expected and actual, laid out in lines of one width; or nothing."""
    return clean("\n".join(text for text in map(_values, check.findings) if text))


def _figures(check: CheckResult) -> str:
    return measured(check.measurement, check.verdict) if check.measurement is not None else ""


def unloaded(result: Result) -> str:
    """Why the file could not be read or loaded, or nothing."""
    return clean(text(result.unloaded)) if result.unloaded is not None else ""


def not_asked(check: CheckResult) -> bool:
    """The grading was interrupted before it came to this check."""
    return any(isinstance(found, NotTimed) and found.reason is Reason.INTERRUPTED for found in check.findings)


def is_all(check: CheckResult, finding: Finding | None) -> bool:
    """This finding is all there is to say about the check."""
    return finding is not None and check.findings == (finding,)


# ---------------------------------------------------------------- of a finding


def called(finding: Finding) -> str:
    """The call with its arguments as they were passed, as Python that can be pasted if all of them are small."""
    asked = finding.asked
    if asked is None or isinstance(finding, Banned):  # with any arguments
        return ""
    if asked.arguments is None:
        return clean("\n".join([*map(_earlier, asked.earlier), asked.call]), MAX_CALL)
    if asked.tried:
        said = ", ".join(asked.tried)
        if asked.factors is not None:
            factors = ", ".join(f"{name} {value}" for name, value in asked.factors)
            said = f"{said} with {factors or 'the simplest of all inputs'}"
        return clean(said, MAX_CALL)
    return clean("\n".join([*map(_earlier, asked.earlier), _call(asked)]), MAX_CALL)


def _earlier(asked: Asked) -> str:
    return f"{_call(asked)}  # the call before"


def _call(asked: Asked) -> str:
    """One call with its arguments."""
    from .values import Writer  # NumPy, which a page without calls does not need

    writer = Writer(code=True)
    assert asked.arguments is not None, "it is a call"
    parts = [f"{name}={writer.text(v)}" if name else writer.text(v) for name, v in asked.arguments]
    notes = "  # rounded" if writer.rounded else ""
    notes += "  # called again with the same arguments" if asked.times > 1 else ""
    notes += "  # its answer, after another call" if asked.later else ""
    notes += "" if asked.recorded else "  # under torch.no_grad()"
    return f"{asked.call}{'(…)' if asked.instance else ''}({', '.join(parts)}){notes}"


def depends(finding: Finding) -> str:
    """That a call is right alone and wrong after others, where that was found out."""
    asked = finding.asked
    if asked is None or not asked.earlier:
        return ""
    same = all((one.call, repr(one.arguments)) == (asked.call, repr(asked.arguments)) for one in asked.earlier)
    before = "call" if len(asked.earlier) == 1 else f"{len(asked.earlier)} calls"
    alone, after = ("The first time", "the second time") if same else ("Alone", f"after the {before} before it")
    what = "this" if asked.arguments is None else "this call"
    return f"{alone}, {what} gives the right answer; {after}, a wrong one. Your result depends on earlier calls."


def text(finding: Finding) -> str:
    """What went wrong, without the call and the numbers."""
    return f"{PHASES[finding.phase]}{_said(finding)}"


def names_said(names: Sequence[str]) -> str:
    """Names as code, in a sentence: `a`, `b` and `c`."""
    return listed(f"`{name}`" for name in names)


def listed(words: Iterable[str], last: str = "and") -> str:
    """At least one word, in a sentence: a, b and c."""
    *others, word = words
    return f"{', '.join(others)} {last} {word}" if others else word


def _whole(finding: Finding) -> str:
    lines = [called(finding), depends(finding), text(finding)]
    if isinstance(finding, Mismatch):
        lines += [*figures(finding.numbers), _values(finding)]
    return "\n".join(line for line in lines if line)


def _sentence(finding: Finding) -> str:
    return "\n".join(part for part in (depends(finding), _difference(finding)) if part)


def _difference(finding: Finding) -> str:
    said = text(finding)
    if not isinstance(finding, Mismatch):
        return said
    if finding.numbers is not None:
        said = f"{said} {first_difference(finding.numbers)}".strip()
    return f"T{said[1:]}" if said.startswith(("the ", "this ")) else said


def _values(finding: Finding) -> str:
    if not isinstance(finding, Mismatch) or finding.whole is None:
        return ""
    from .values import compared

    return compared(*finding.whole)


def _said(finding: Finding) -> str:
    match finding:
        case Mismatch():
            return f"{difference(finding)}."
        case Raised():
            said = [_exception(finding), *map(_place, finding.lines), *near.sentences(finding.near)]
            return "\n".join([*said, *([MEANT[finding.type]] if finding.type in MEANT else [])])
        case LimitHit(quantity=quantity, limit=limit, lines=lines):
            return LIMITS[quantity].format(limit) + "".join(map(_at, lines[:1]))
        case NotReturned(ending=ending, detail=detail):
            return ENDINGS[ending].format(detail)
        case NotDefined(names=names, because=LeftOut() as left_out):
            return f"{names_said(names)} could not be defined: {where(left_out)} {why(left_out)}."
        case NotDefined(names=names):
            be = "is" if len(names) == 1 else "are"
            missing = f"{names_said(names)} {be} not defined in your file (or {be} not callable)."
            return " ".join([missing, *near.sentences(finding.near)])
        case Banned(name=name):
            return f"{_where(finding)} uses {name}, which this exercise does not allow: it is what you are to write."
        case NotCalled(name=name, times=times):
            return f"`{name}` gave no answer in {times} checks, so it is not called again. An endless loop?"
        case NotTimed(cause=cause):
            return not_timed(finding) + (_said(cause) if cause else "")
        case Stumbled(error=error):
            return f"the check cannot go on with these answers ({error})"
        case Unmet():
            return f"{finding.text}."
        case NotReadable() | Told():
            return finding.text
        case Assessed(points=points, possible=possible, by=by):
            return f"{points:g} of {possible:g} given by {by}" if by else "awaits assessment"
        case Fault(trace=trace):
            return _fault(trace)
    raise TypeError(f"no finding: {type(finding).__name__}")


def _where(found: Banned) -> str:
    line = f"line {found.line}" if found.line else "your code"
    return f"{found.file}, {line}" if found.file else line


def _fault(trace: str) -> str:
    if not trace:
        return "The check gave no result. Please report it."
    return f"The grader itself failed here; this check does not count. Please report it.\n{trace}"


# ---------------------------------------------------------------- an exception


def _exception(found: Raised) -> str:
    said = found.said or ("this is still to be written" if found.kind == "NotImplementedError" else "")
    return f"{found.type}: {said}".removesuffix(": ")


def _at(place: Place) -> str:
    """Where the submission was when a limit was hit."""
    what = "in the loop of" if place.text.startswith(("while ", "for ")) else "at"
    file = f"{place.file}, " if "/" in place.file else ""
    return f". It was {what} {file}line {place.line}, `{place.text}`"


def _place(place: Place) -> str:
    if not place.file:
        return f"line {place.line}: {place.text}"
    return f"{place.file}, line {place.line}, in {place.function}: {place.text}"
