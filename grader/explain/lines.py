"""Which line is wrong: small edits of the submission's own code, tried in its sandbox on the cases that were asked.

An edit that makes every case right proves its line. Where none does, lines are ranked by what ran in wrong cases and
not in right ones, and by how much an edit of theirs mends.
"""

from __future__ import annotations

import ast
import contextlib
import time
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import islice
from math import sqrt
from typing import Any, NamedTuple

from ..checks.backend import Pending
from ..checks.log import Entry, Log
from ..model import Failure
from ..model.explanation import BlamedLine
from ..model.findings import Raised
from ..sandbox.inside.ops import DeviceOp, ModuleOp
from ..sandbox.inside.strays import parsed
from ..sandbox.remote import Worker
from .asked import AskedCase, by_case
from .budget import Budget
from .repairs import DONOR, PLAIN, TERM, Scope, functions, repairs, scope_of
from .trees import Spot, spots

SECONDS = 0.25  # of processor time, that a call of edited code may take
AT_ONCE, AT_FIRST = 20, 3  # edits in one send
SECONDS_AT_ONCE = 0.5  # of processor time, that one send should take
IN_ALL, LEAST = 11.5, 2.0  # seconds of processor time for grading, explaining and this; for this at least
TRACED = 12  # cases of each kind, of which the lines are noted
TRIED = 6  # wrong cases that an edit has to make right, before it is tried on all
RESTARTS = 25  # of the worker, after edits that did not come to an end
SHOWN = 3  # lines
NOTHING = 0.6  # what a statement that does nothing is suspected for besides
HEAD = 0.4  # what the first line of a function is suspected for
RAISING = 0.5  # the same of a line that raises an exception

Started = Callable[[Mapping[str, bytes]], Worker]  # a worker that has loaded these files
Line = tuple[str, int]


class Edit(NamedTuple):
    """A definition as it is and with one edit, and where that is."""

    line: Line
    original: str
    definition: str


class LineSearch:
    """The submission's files that may be edited, and what starts workers with them.

    From now on time counts: what takes long before lines are looked for is taken from what is left for them.
    """

    def __init__(self, files: Mapping[str, bytes], started: Started, seconds: float):
        self.files, self.started, self.seconds = files, started, seconds
        self._worker: Worker | None = None
        self._said: dict[ast.stmt, str] = {}
        self._scopes: dict[ast.AST, Scope] = {}
        self._proofs: list[Edit] = []  # of the checks before
        self._restarts = 0
        self._at_once = AT_FIRST
        self._began = time.process_time()
        self._edited = ""  # the definition that was edited last, as it was

    def lines(self, log: Log) -> tuple[BlamedLine, ...]:
        """The likeliest lines for what a check's log says is wrong; nothing where its cases cannot be asked again."""
        cases = [asked for asked in by_case(log.entries) if not _bound(asked)]
        wrong = sorted((asked for asked in cases if asked.wrong), key=_effort)
        right = sorted((asked for asked in cases if not asked.wrong), key=_effort)
        try:
            return self._found(wrong, right) if wrong else ()
        finally:
            self._close()

    def _found(self, wrong: Sequence[AskedCase], right: Sequence[AskedCase]) -> tuple[BlamedLine, ...]:
        suspicion = self._suspicion(_spread(wrong, TRACED), _spread(right, TRACED))
        mends: dict[Line, float] = {}
        proved = {edit.line: None for edit in self._proofs if self._proves(edit, [*wrong, *right])}
        for cost in (PLAIN, TERM, DONOR):
            for line in sorted(suspicion, key=lambda x: self._rank(x, suspicion[x])) if not proved else []:
                for edit, share in self._tried(self._edits(line, cost), wrong):
                    mends[line] = max(mends.get(line, 0.0), share)
                    if share == 1 and self._proves(edit, [*wrong, *right]):
                        proved[line] = None
                        self._proofs.append(edit)
                        break
        score = {line: doubt + mends.get(line, 0.0) for line, doubt in suspicion.items()}
        ranked = sorted(score, key=lambda x: (x not in proved, self._rank(x, score[x])))
        return tuple(self._blamed(line, line in proved) for line in ranked[:SHOWN])

    def _rank(self, line: Line, score: float) -> tuple[float, int, Line]:
        """What is suspected most comes first; of several, lines with more in them."""
        return -round(score, 6), -len(self._spots.get(line, ())), line

    @cached_property
    def budget(self) -> Budget:
        """From when it is needed first. Until then, a worker has used about as much as this process."""
        left = IN_ALL - 2 * (time.process_time() - self._began)
        return Budget(min(self.seconds, max(left, LEAST)), self._processor_time)

    def _blamed(self, line: Line, proved: bool) -> BlamedLine:
        text = self.files[line[0]].decode("utf-8", "replace").splitlines()
        return BlamedLine(*line, text[line[1] - 1].strip() if line[1] <= len(text) else "", proved)

    # ------------------------------------------------------------ lines that run

    def _suspicion(self, wrong: Sequence[AskedCase], right: Sequence[AskedCase]) -> dict[Line, float]:
        """How much each line that runs in wrong cases is suspected: by Ochiai's formula, from 0 to 1, and more."""
        ran = [self._ran(asked) for asked in wrong]
        beside = [self._ran(asked) for asked in right]
        found: dict[Line, float] = {}
        for line in {line for lines in ran for line in lines if line[0] in self.files}:
            inside, outside = (sum(line in lines for lines in several) for several in (ran, beside))
            found[line] = inside / sqrt(len(ran) * (inside + outside))
        for line in _raising(wrong) & found.keys():
            found[line] += RAISING
        for line in self._idle() & found.keys():
            found[line] += NOTHING
        return dict.fromkeys(self._heads(found), HEAD) | found

    def _ran(self, asked: AskedCase) -> set[Line]:
        with contextlib.suppress(Failure):
            worker = self._ready()
            worker.begin()
            worker.lines(True)
            _answered(self._ask(asked))
            return set(worker.lines(False))
        return set()

    def _heads(self, ran: Container[Line]) -> set[Line]:
        """Lines with the defaults of functions that ran."""
        found = ((name, node) for name, tree in self._trees.items() for node in ast.walk(tree))
        return {
            (name, node.lineno)
            for name, node in found
            if isinstance(node, ast.FunctionDef) and any((name, s.lineno) in ran for s in node.body)
        }

    def _idle(self) -> set[Line]:
        """Lines with a statement that does nothing."""
        found = ((name, node) for name, tree in self._trees.items() for node in ast.walk(tree))
        return {(name, node.lineno) for name, node in found if isinstance(node, ast.Pass)}

    @cached_property
    def _trees(self) -> dict[str, ast.Module]:
        return {name: parsed(data, name).tree for name, data in self.files.items()}

    # ------------------------------------------------------------ edits

    def _edits(self, line: Line, cost: int) -> Iterator[Edit]:
        """All edits of this line that go so far."""
        seen = set(self._said.values())
        for statement, function, spot, node in self._spots.get(line, ()):
            original, scope = self._said[statement], self._scopes[function]
            for other in repairs(spot, node, scope, cost):
                spot.put(ast.copy_location(other, node))
                text = original
                with contextlib.suppress(Exception):  # what is no code
                    text = ast.unparse(statement)
                spot.put(node)
                if text not in seen:
                    seen.add(text)
                    yield Edit(line, original, text)

    @cached_property
    def _spots(self) -> dict[Line, list[tuple[ast.stmt, ast.AST, Spot, ast.AST]]]:
        """What may be edited in each line, with the definition and the function that it belongs to."""
        found: dict[Line, list[tuple[ast.stmt, ast.AST, Spot, ast.AST]]] = {}
        for name, tree in self._trees.items():
            for statement in tree.body:
                for function in functions(statement):
                    self._said[statement], self._scopes[function] = ast.unparse(statement), scope_of(function)
                    for spot, node in spots(function):
                        line = (name, getattr(node, "lineno", getattr(spot.parent, "lineno", 0)))
                        found.setdefault(line, []).append((statement, function, spot, node))
        return found

    def _tried(self, edits: Iterator[Edit], wrong: Sequence[AskedCase]) -> Iterator[tuple[Edit, float]]:
        """Each edit with the share of some wrong cases that it makes right; those that make the first right."""
        while not self.budget.spent() and (batch := list(islice(edits, self._at_once))):
            while batch and self._restarts < RESTARTS and not self.budget.spent():
                outcomes = self._timed(batch, wrong[len(wrong) // 2])
                for edit, good in zip(batch, outcomes, strict=False):
                    if good:
                        yield edit, self._share(edit, _spread(wrong, TRIED))
                batch = batch[len(outcomes) :]

    def _timed(self, edits: Sequence[Edit], asked: AskedCase) -> list[bool]:
        """As `_first_right`; then it is known how many take not too long."""
        before = self.budget.left
        outcomes = self._first_right(edits, asked)
        self.budget.spent()
        each = max((before - self.budget.left) / max(len(outcomes), 1), SECONDS_AT_ONCE / AT_ONCE)
        self._at_once = max(int(SECONDS_AT_ONCE / each), 1)
        return outcomes

    def _first_right(self, edits: Sequence[Edit], asked: AskedCase) -> list[bool]:
        """Whether each edit makes this case right; up to the first that does not come to an end."""
        found: list[bool] = []
        try:
            worker = self._ready()
            worker.begin()
            waiting = [(self._define(edit), self._ask(asked)) for edit in edits]
            for defined, asking in waiting:
                sound = _defined(defined)
                found.append(_right(asking) and sound)
                self.budget.spent()  # a worker that dies no longer tells what it has used
        except Failure:
            found.append(False)
            self.budget.charge(SECONDS)
            self._close()
            self._restarts += 1
        return found

    def _share(self, edit: Edit, wrong: Sequence[AskedCase]) -> float:
        """Of these cases, what the edit makes right."""
        return self._right_ones(edit, wrong) / len(wrong)

    def _right_ones(self, edit: Edit, cases: Sequence[AskedCase]) -> int:
        count = 0
        with contextlib.suppress(Failure):
            self._ready().begin()
            if _defined(self._define(edit)):
                for asked in cases:
                    count += _right(self._ask(asked))
        return count

    def _define(self, edit: Edit) -> Pending:
        """Ask for the edited definition, and for the one that was edited last as it was."""
        before = self._edited if self._edited != edit.original else ""
        self._edited = edit.original
        return self._ready().define(f"{before}\n\n{edit.definition}")

    def _proves(self, edit: Edit, cases: Sequence[AskedCase]) -> bool:
        """Whether every case is right with the edit, in a process that has seen no other."""
        self._close()
        right = self._right_ones(edit, cases) if not self.budget.spent() else 0
        self._close()
        return right == len(cases)

    # ------------------------------------------------------------ asking

    def _ready(self) -> Worker:
        if self._worker is None or self._worker.dead:
            self._close()
            self._worker, self._edited = self.started(self.files), ""
        return self._worker

    def _processor_time(self) -> float:
        worker = self._worker
        return time.process_time() + (worker.usage.cpu if worker is not None and not worker.dead else 0.0)

    def _close(self) -> None:
        if self._worker is not None:
            self.budget.spent()  # what this worker has used is known no longer
            self._worker.close()
            self._worker = None

    def _ask(self, asked: AskedCase) -> list[tuple[Entry, Any]]:
        worker = self._ready()
        entries = [entry.again() for entry in asked.asking]
        return [(entry, worker.ask(entry.op, more=True)) for entry in entries if entry.op is not None]


def _answered(asking: Sequence[tuple[Entry, Any]]) -> None:
    """Take the answers. Raises Failure where there are no more to come."""
    for entry, pending in asking:
        entry.answered = True
        try:
            entry.actual = pending(entry.allowance, SECONDS)
        except Failure as failure:
            if failure.fatal:
                raise
            entry.failure = failure


def _defined(pending: Pending) -> bool:
    """Whether a definition could be run. Raises Failure where there are no more answers to come."""
    try:
        pending(1 << 10, SECONDS)
    except Failure as failure:
        if failure.fatal:
            raise
        return False
    return True


def _right(asking: Sequence[tuple[Entry, Any]]) -> bool:
    _answered(asking)
    return not any(entry.failed for entry, _ in asking)


def _bound(asked: AskedCase) -> bool:
    """Whether the case needs what was found out about the submission before: names of its tensors."""
    return any(isinstance(op, (ModuleOp, DeviceOp)) for op in asked.ops)


def _spread(cases: Sequence[AskedCase], count: int) -> Sequence[AskedCase]:
    """So many of them, from all sizes."""
    return cases[:: -(-len(cases) // count)] if len(cases) > count else cases


def _effort(asked: AskedCase) -> int:
    return sum(entry.allowance for entry in asked.asking)


def _raising(wrong: Sequence[AskedCase]) -> set[Line]:
    """Lines that exceptions come from."""
    found = (e.failure.finding for asked in wrong for e in asked.failed if e.failure is not None)
    return {(f.lines[-1].file, f.lines[-1].line) for f in found if isinstance(f, Raised) and f.lines}
