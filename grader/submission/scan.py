"""What a source file says without being run: the names it defines and the calls it makes.

Parsing is done in a short-lived child with little memory and time, because a source can be made to crash or exhaust
its parser.
"""

from __future__ import annotations

import ast
import json
import re
import symtable
import time
import warnings
from collections.abc import Callable
from dataclasses import field
from functools import partial
from typing import Any

from ..model import Record, record
from ..sandbox.inside.strays import ParsedSource, parsed
from .child import ALL_SECONDS, PATIENCE, answers
from .endings import endings
from .imported import Use, Uses, imports
from .outline import attributes, signatures, twice
from .unreadable import foreign, why

UNREADABLE = "The file could not be read: it is too large or too deeply nested for Python's parser."
LATE = "The file was not read: reading the others took too long."


@record()
class CallSite(Record):
    """A use of an imported name: its full dotted name, where, and inside which top-level definition ("*": unknown)."""

    name: str
    line: int
    inside: str


@record()
class Facts(Record):
    """What was read from one source file.

    `defined` are the names bound at the top level, with the parameter names for functions; `uses` maps a top-level
    definition to the names it mentions; `problem` tells why nothing could be read; `endings` which functions may end
    without a value (`endings.ReturnHabit`); `signatures` and `attributes` are what is defined anywhere (`outline`);
    `twice` are the lines of what is defined more than once; `strays` the lines that are no Python and were left out,
    `odd` those with characters that were read as plain ones (`strays.parsed`).
    """

    defined: dict[str, list[str]] = field(default_factory=dict)
    imports: list[str] = field(default_factory=list)
    calls: list[CallSite] = field(default_factory=list)
    uses: dict[str, list[str]] = field(default_factory=dict)
    problem: str = ""
    endings: dict[str, str] = field(default_factory=dict)
    signatures: dict[str, list[str]] = field(default_factory=dict)
    attributes: dict[str, list[str]] = field(default_factory=dict)
    twice: dict[str, list[int]] = field(default_factory=dict)
    strays: list[int] = field(default_factory=list)
    odd: list[int] = field(default_factory=list)


def scan(sources: dict[str, bytes], meanwhile: Callable[[], object] = int) -> dict[str, Facts]:
    """Read each file's facts in a child process; a file that crashes its reader loses only its own facts.

    `meanwhile` is called while the child reads.
    """
    found: dict[str, Facts] = {}
    waiting = list(sources)
    deadline, spent = time.monotonic() + PATIENCE, 0.0
    while waiting and spent < ALL_SECONDS and time.monotonic() < deadline:
        jobs = [partial(_as_dict, sources[name], name) for name in waiting]
        found_now, seconds = answers(jobs, deadline, ALL_SECONDS - spent, meanwhile)
        spent += seconds
        found |= {name: _facts(answer) for name, answer in zip(waiting, found_now, strict=False)}
        waiting = waiting[len(found_now) :]
        if waiting:
            found[waiting.pop(0)] = Facts(problem=UNREADABLE)
    return found | {name: Facts(problem=LATE) for name in waiting}


def _as_dict(source: bytes, name: str) -> dict[str, Any]:
    facts = vars(read(source, name))
    return facts | {"calls": [vars(call) for call in facts["calls"]]}


def _facts(answer: bytes) -> Facts:
    data = json.loads(answer)
    calls = [CallSite(**c) for c in data.pop("calls")]
    return Facts(calls=calls, **data)


def read(source: bytes, name: str) -> Facts:
    """One file's facts, in this process (trusted sources, and inside the child)."""
    if problem := foreign(source):
        return Facts(problem=problem)
    if b"\0" in source:
        return Facts(problem="The file contains NUL bytes: it is not Python source.")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about invalid escapes, which are legal
            found = parsed(source, name)
    except SyntaxError as error:
        return Facts(_seemingly_defined(source), problem=why(error))
    except ValueError as error:
        return Facts(problem=f"The file is not Python source: {error}.")
    except (RecursionError, MemoryError):
        return Facts(_seemingly_defined(source), problem="The file is too deeply nested for Python's parser.")
    try:
        return _read(found)
    except RecursionError:
        return Facts(problem="The file is too deeply nested to be read.")


def _seemingly_defined(source: bytes) -> dict[str, list[str]]:
    """Names that a source which does not parse seems to define: to know which exercise it was meant for."""
    patterns = (rb"^%s(?:def|class)[ \t]+([A-Za-z_]\w{0,99})" % margin for margin in (b"", b"[ \t]+"))
    found = next(filter(None, (re.findall(pattern, source, re.MULTILINE) for pattern in patterns)), [])
    return {name.decode("ascii", "replace"): [] for name in found[:1000]}


def _read(found: ParsedSource) -> Facts:
    tree = found.tree
    uses = Uses(tree)
    facts = Facts(
        strays=list(found.left_out),
        odd=list(found.changed),
        twice=twice(tree),
        imports=_imports(tree),
        endings=dict(endings(tree)),
        signatures=signatures(tree),
        attributes=attributes(tree),
    )
    for statement in tree.body:
        names = _bound(statement)
        facts.defined.update({n: a for n, a in names.items() if a or n not in facts.defined})
        mentioned, calls = _outer_names(statement), _calls(statement, uses)
        for name in {*names, *_changed(statement)}:
            facts.uses[name] = sorted({*facts.uses.get(name, []), *mentioned})
            facts.calls.extend(CallSite(full, line, name) for full, line in calls.get(name, calls[""]))
    return facts


def _imports(tree: ast.Module) -> list[str]:
    """The modules that are imported anywhere; a dot for the file's own package."""
    nodes = list(ast.walk(tree))
    whole = [item.name for node in nodes if isinstance(node, ast.Import) for item in node.names]
    return [*whole, *(node.module or "." for node in nodes if isinstance(node, ast.ImportFrom))]


def _outer_names(statement: ast.stmt) -> set[str]:
    """Names that a statement takes from the module, or imports itself: not its parameters and local variables."""
    try:
        waiting = [symtable.symtable(ast.unparse(statement), "statement", "exec")]
    except (SyntaxError, ValueError):  # unparse has limits
        return {n.id for n in ast.walk(statement) if isinstance(n, ast.Name)}
    found: set[str] = set()
    while waiting:
        table = waiting.pop()
        waiting += table.get_children()
        outer = table.get_type() == "module"
        found |= {s.get_name() for s in table.get_symbols() if outer or s.is_global() or s.is_imported()}
    return found


def _changed(statement: ast.stmt) -> set[str]:
    """Names whose attributes or items a top-level statement sets: `helper.f = …`, `table["f"] = …`."""
    if isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
        return set()
    found = set()
    for node in ast.walk(statement):
        if isinstance(node, (ast.Attribute, ast.Subscript)) and isinstance(node.ctx, ast.Store):
            while isinstance(node, (ast.Attribute, ast.Subscript)):
                node = node.value
            found |= {node.id} if isinstance(node, ast.Name) else set()
    return found


def _bound(statement: ast.stmt) -> dict[str, list[str]]:
    """Names that a top-level statement binds, also within if and try, with a function's parameter names.

    What runs only as a script (`if __name__ == "__main__":`) binds nothing.
    """
    match statement:
        case ast.FunctionDef(args=arguments) | ast.AsyncFunctionDef(args=arguments):
            return {statement.name: [a.arg for a in [*arguments.posonlyargs, *arguments.args]]}
        case ast.ClassDef():
            return {statement.name: []}
        case ast.Import() | ast.ImportFrom():
            return {item.asname or item.name.partition(".")[0]: [] for item in statement.names}
        case ast.If(test=ast.Compare(left=ast.Name(id="__name__"))):
            return {}
    names: dict[str, list[str]] = {}
    for node in ast.walk(statement):
        if isinstance(node, (ast.FunctionDef, ast.ClassDef, ast.Import, ast.ImportFrom)):
            names |= _bound(node)
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            names[node.id] = []
    return names


def _calls(statement: ast.stmt, uses: Uses) -> dict[str, list[Use]]:
    """What a statement uses of the modules imported; an import brings each of its names its own."""
    if isinstance(statement, (ast.Import, ast.ImportFrom)):
        return {"": []} | {name: [Use(full, statement.lineno)] for name, full in imports(statement).items()}
    return {"": uses.within(statement)}
