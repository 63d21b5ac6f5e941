"""Runs a file statement by statement, as cells are run: one that fails is left out, and what follows is run.

What is left out is reported in plain data, for the student to be told; no verdict rests on it.
"""

from __future__ import annotations
import __future__ as features

import ast
import importlib.machinery
import sys
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from types import CodeType, ModuleType
from typing import Any, NamedTuple

from . import absent
from .places import shown
from .rebound import Definitions
from .strays import parsed

Describe = Callable[[BaseException], dict[str, Any]]  # an exception as a failure
Begun = Callable[[list[Any]], None]
MOST = 20  # that are reported
MOST_TEXT = 300
MOST_NAMES = 50
OURS = str(Path(__file__).parent)
DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


class OutOfTime(BaseException):
    """The grader has waited long enough for a statement; no `except Exception` of the file's own is to catch it."""


class CompiledStatement(NamedTuple):
    """A statement at the top level of a file, compiled, or why it cannot be compiled."""

    statement: ast.stmt
    place: list[Any]  # line, column, text, file
    code: CodeType | BaseException


class Statements:
    """Runs the files below a folder. `left_out` says of each statement that failed where it is, why, and what it binds.

    `skipped` are the places (file, line, column) of statements that are left out without being tried again; `begun` is
    told the place of each before it is run. What takes a name of `wanted` away from a function or class is noted, too.
    """

    def __init__(
        self,
        folder: str,
        describe: Describe,
        skipped: list[list[Any]],
        begun: Begun | None = None,
        wanted: Sequence[str] = (),
    ):
        self.folder, self.describe, self.begun, self.wanted = folder, describe, begun, wanted
        self.skipped = {tuple(place) for place in skipped}
        self.left_out: list[dict[str, Any]] = []
        self.passed_over = ""  # a module that is looked for elsewhere
        self._running: list[CompiledStatement] = []  # one inside the other, as files import each other
        self._stopped: CompiledStatement | None = None
        self._spaces: dict[int, Definitions] = {}  # by their namespaces

    def run(self, path: Path, names: dict[str, Any]) -> None:
        """Run a file among these names. Raises SyntaxError."""
        source = path.read_bytes()
        tree = parsed(source, str(path)).tree
        if b"from ." in source and not names.get("__package__"):
            _find_beside(tree, path.parent)
        absent.stand_in_for(_needed(tree))
        if b"set_trace" in source:
            absent.no_debugger()
        if b"import *" in source:
            absent.Inert.wanted |= _mentioned(tree)
        definitions = self._spaces.setdefault(id(names), Definitions(self.wanted, names))
        for step in list(self._steps(tree, path, source.decode("utf-8", "replace").splitlines())):
            self._run(step, names)
            definitions.look(step)

    def restore(self, names: dict[str, Any]) -> None:
        """Give the names that are asked for back to what was defined in this namespace, when all of it has been run."""
        for name, step in self._spaces[id(names)].restore() if id(names) in self._spaces else ():
            self._note(step, {"rebound": name, "names": [name], "cut": False})

    def _steps(self, tree: ast.Module, path: Path, lines: list[str]) -> Iterator[CompiledStatement]:
        """All are compiled before the first is run, which may change whatever compiles."""
        flags, file = _flags(tree), shown(path, self.folder)
        for number, statement in enumerate(tree.body):
            if number and _is_text(statement):
                continue  # compiled alone, it would be the module's docstring
            line, column = statement.lineno, statement.col_offset
            text = lines[line - 1].strip()[:MOST_TEXT] if line <= len(lines) else ""
            yield CompiledStatement(statement, [line, column, text, file], _compiled(statement, str(path), flags))

    def _run(self, step: CompiledStatement, names: dict[str, Any]) -> None:
        if self._is_skipped(step):
            return self._leave_out(step, OutOfTime())
        try:
            self._execute(step, names)
        except BaseException as error:
            if not self._again_without(step, error, names):
                self._leave_out(step, error)

    def _execute(self, step: CompiledStatement, names: dict[str, Any]) -> None:
        if isinstance(step.code, BaseException):
            raise step.code
        if self.begun is not None:
            self.begun(step.place)
        self._running.append(step)
        try:
            exec(step.code, names)
        finally:
            self._running.pop()

    def _again_without(self, step: CompiledStatement, error: BaseException, names: dict[str, Any]) -> bool:
        """Where a library cannot be loaded here, for whatever reason of its own, its import gives a stand-in."""
        if not isinstance(step.statement, (ast.Import, ast.ImportFrom)) or isinstance(error, OutOfTime):
            return False
        if not self._raised_elsewhere(error):
            return False
        absent.give_up(_imported(step.statement))
        try:
            self._execute(step, names)
        except BaseException:
            return False
        return True

    def _raised_elsewhere(self, error: BaseException) -> bool:
        """In code that is neither the submission's nor ours."""
        trace, places = error.__traceback__, (self.folder, "<frozen importlib", OURS)
        while trace is not None and trace.tb_frame.f_code.co_filename.startswith(places):
            trace = trace.tb_next
        return trace is not None

    def _leave_out(self, step: CompiledStatement, error: BaseException) -> None:
        why = self.describe(error)
        brief = why | {"said": str(why.get("said", ""))[:MOST_TEXT], "lines": why.get("lines", [])[-1:]}
        self._note(step, {"names": _bound(step.statement), "error": brief, "cut": isinstance(error, OutOfTime)})

    def _note(self, step: CompiledStatement, found: dict[str, Any]) -> None:
        if len(self.left_out) < MOST:
            self.left_out.append(found | {"at": step.place, "defines": _defines(step.statement)})

    def _is_skipped(self, step: CompiledStatement) -> bool:
        line, column, _, file = step.place
        return (file, line, column) in self.skipped

    # ------------------------------------------------------------ in time

    def interrupt(self) -> list[Any] | None:
        """End the statement that runs, by an exception; where that was tried before, its place. None: nothing runs."""
        if not self._running:
            return None
        step, self._stopped, before = self._running[-1], self._running[-1], self._stopped
        if step is not before:
            raise OutOfTime
        return step.place

    @property
    def running(self) -> list[Any] | None:
        """The place of the statement that runs."""
        return self._running[-1].place if self._running else None

    # ------------------------------------------------------------ files that are imported

    def hook(self, folder: str) -> importlib.machinery.FileFinder:
        """Finds modules in the submission's folders. Raises ImportError for others."""
        if not folder.startswith(self.folder):
            raise ImportError
        loaders: Any = (partial(StatementLoader, self), [".py"])
        return SubmissionFinder(self.passed_over, folder, loaders)

    def install(self) -> None:
        """From now on, files below the folder are run in this way when they are imported."""
        sys.path_hooks.insert(0, self.hook)


class SubmissionFinder(importlib.machinery.FileFinder):
    """Finds the modules of one folder, but for one that has the name of a module of Python's."""

    def __init__(self, passed_over: str, folder: str, loaders: Any):
        super().__init__(folder, loaders)
        self._passed_over = passed_over

    def find_spec(self, fullname: str, target: ModuleType | None = None) -> importlib.machinery.ModuleSpec | None:
        """Where a module is, if it is here."""
        return None if fullname == self._passed_over else super().find_spec(fullname, target)


class StatementLoader(importlib.machinery.SourceFileLoader):
    """Loads a module of the submission."""

    def __init__(self, statements: Statements, name: str, path: str):
        super().__init__(name, path)
        self._statements = statements

    def exec_module(self, module: Any) -> None:
        """Run its file."""
        self._statements.run(Path(self.path), vars(module))
        self._statements.restore(vars(module))


def _compiled(statement: ast.stmt, path: str, flags: int) -> CodeType | BaseException:
    try:
        code: CodeType = compile(ast.Module([statement], []), path, "exec", flags, dont_inherit=True)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        return error
    return code


def _flags(tree: ast.Module) -> int:
    """What `from __future__ import …` asks of the compiler."""
    froms = [s for s in tree.body if isinstance(s, ast.ImportFrom) and s.module == "__future__"]
    wanted = [getattr(features, item.name, None) for s in froms for item in s.names]
    flags = 0
    for feature in wanted:
        flags |= getattr(feature, "compiler_flag", 0)
    return flags


def _is_text(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)


def _needed(tree: ast.Module) -> set[str]:
    """Packages that are imported where no `try` would go on without them."""
    found: set[str] = set()
    waiting: list[ast.AST] = [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            found |= _imported(node)
        inside = list(ast.iter_child_nodes(node))
        if isinstance(node, ast.Try) and node.handlers:
            inside = [*(child for handler in node.handlers for child in handler.body), *node.orelse, *node.finalbody]
        waiting += inside
    return found


def _find_beside(tree: ast.Module, folder: Path) -> None:
    """In a file outside of packages, `from .helper import …` finds what lies in its folder, as `from helper` does."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.level == 1 and node.module:
            first = folder / node.module.partition(".")[0]
            if first.is_dir() or first.with_name(f"{first.name}.py").is_file():
                node.level = 0


def _imported(node: ast.Import | ast.ImportFrom) -> set[str]:
    """The packages that an import statement needs."""
    if isinstance(node, ast.Import):
        return {item.name.partition(".")[0] for item in node.names}
    return {node.module.partition(".")[0]} if node.module and not node.level else set()


def _mentioned(tree: ast.Module) -> set[str]:
    """Names that a file uses and binds nowhere."""
    names = [node for node in ast.walk(tree) if isinstance(node, ast.Name)]
    return {node.id for node in names if isinstance(node.ctx, ast.Load)} - {
        *(node.id for node in names if isinstance(node.ctx, ast.Store)),
        *(node.name for node in tree.body if isinstance(node, DEFINITIONS)),
    }


def _bound(statement: ast.stmt) -> list[str]:
    """Names that a statement binds at the top level, and some that it only seems to."""
    found: set[str] = set()
    for node in ast.walk(statement):
        if isinstance(node, DEFINITIONS):
            found.add(node.name)
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            found.add(node.id)
        elif isinstance(node, ast.alias):
            found.add((node.asname or node.name).partition(".")[0])
    return sorted(found)[:MOST_NAMES]


def _defines(statement: ast.stmt) -> bool:
    """Whether functions or classes may be lost with it."""
    return any(isinstance(node, (*DEFINITIONS, ast.Import, ast.ImportFrom)) for node in ast.walk(statement))
