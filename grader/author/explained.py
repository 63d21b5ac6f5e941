"""Explains mutants of each reference and right file, of which the mistake is known: `make explained`.

Each is graded and explained behind the sandbox, as `grade submit` does it. What is said of it is then held against
fresh inputs: a name is false where its misconception answers otherwise, a rule or a relation is violated where a case
is not as it says. Of some, the line is looked for as `grade explain` does.
"""

from __future__ import annotations

import argparse
import json
import random
import signal
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ..checks import remembered
from ..exercise import Exercise, all_exercises
from ..judge.grade import grade
from ..model import CheckResult, Result
from ..model.findings import LimitHit, Raised
from ..report.script import numbers
from ..root import ROOT
from ..sandbox.launch import Sandbox
from ..submission.load import load
from . import beside
from .bank import lost_checks
from .command import FAULTY, GOOD, chosen, ended, parser
from .honesty import Doubter, endless
from .mutants import candidates
from .mutation import Mutant
from .table import CaseRow, ExplainedRow, check_table, summed, table, update_table
from .trial import told_by_child, written

PAGE = ROOT / "docs" / "inside" / "feedback.md"
SAMPLE = 50  # mutants of an exercise
SEED = 1  # of the grading
LINE_SECONDS = 10.0  # as `grade explain` looks for them
DOUBT_SECONDS = 900  # of processor time
SMALL = {"numpy": 12, "torch": 40}  # numbers that a case may write out and still be small


@dataclass(frozen=True)
class MutantExplained:
    """What came of one mutant: a count for each column of both tables, and what fresh inputs speak against."""

    counts: ExplainedRow
    cases: CaseRow
    doubts: tuple[str, ...] = ()


def drawn(exercise: Exercise, sample: int, seed: int) -> list[tuple[Path, Mutant]]:
    """So many mutants of the reference and the right files, of each kind of edit in turn."""
    every = candidates(exercise)
    random.Random(seed).shuffle(every)
    before: Counter[str] = Counter()
    turns = []
    for path, mutant in every:
        turns.append((before[mutant.kind], path, mutant))
        before[mutant.kind] += 1
    return [(path, mutant) for _, path, mutant in sorted(turns, key=lambda turn: turn[0])[:sample]]


def outcome(exercise: Exercise, mutant: Mutant, sandbox: Sandbox, lines: bool) -> MutantExplained:
    """Grade and explain one mutant, and doubt what is said."""
    with written(mutant.source) as file:
        plain = _graded(exercise, file, sandbox)
        if not plain.causes:
            return MutantExplained(ExplainedRow(exercise.slug, mutants=1), CaseRow(exercise.slug))
        row, cases = _said(exercise, plain), _shown(exercise, plain)
        doubts = _doubts(exercise, file, lost_checks(plain.checks)) if row.rule or row.relation or row.named else ()
        row = replace(row, false=_any(doubts, "name:", "nobody"), violated=_any(doubts, "rule:", "relation:"))
        row = _with_lines(row, mutant, _graded(exercise, file, sandbox, LINE_SECONDS)) if lines else row
        return MutantExplained(row, cases, doubts)


def _graded(exercise: Exercise, file: Path, sandbox: Sandbox, line_seconds: float = 0) -> Result:
    asked = load(file)
    return grade(asked, exercise, seed=SEED, sandbox=sandbox, timing=False, explained=True, line_seconds=line_seconds)


def _said(exercise: Exercise, result: Result) -> ExplainedRow:
    """One mutant's counts, before anything is doubted."""
    found = [c.explanation for c in result.checks if c.explanation is not None]
    row = ExplainedRow(
        exercise.slug,
        mutants=1,
        failing=1,
        case=int(any(e.case for e in found)),
        rule=int(any(e.rule for e in found)),
        relation=int(any(e.relation for e in found)),
        named=int(any(c.misconception for c in result.checks)),
    )
    told, line = row.rule or row.relation or row.named, _line_said(result)
    return replace(row, raised=int(not told and line), silent=int(not told and not line))


def _line_said(result: Result) -> bool:
    """Whether an exception, or a limit that is hit in a loop, is shown with its line; of loading, too."""
    found = [result.unloaded, *(finding for check in result.checks for finding in check.findings)]
    return any(isinstance(finding, (Raised, LimitHit)) and finding.lines for finding in found)


def _shown(exercise: Exercise, result: Result) -> CaseRow:
    """Whether one mutant has a case, and none with many numbers."""
    cases = [c.explanation.case for c in result.checks if c.explanation is not None and c.explanation.case is not None]
    small = bool(cases) and all(numbers(case) <= SMALL[exercise.framework] for case in cases)
    return CaseRow(exercise.slug, failing=1, case=int(bool(cases)), small=int(small))


def _doubts(exercise: Exercise, file: Path, lost: Sequence[CheckResult]) -> tuple[str, ...]:
    """What fresh inputs speak against. One that does not come to an end cannot be held against anything."""

    def work() -> str:
        signal.signal(signal.SIGPROF, endless)
        return json.dumps(list(Doubter(exercise, file).doubts(lost)))

    said = told_by_child(work, DOUBT_SECONDS)
    return tuple(json.loads(said)) if said else ("nobody knows: it did not come to an end",)


def _any(doubts: Sequence[str], *kinds: str) -> int:
    return int(any(doubt.startswith(kinds) for doubt in doubts))


def _with_lines(row: ExplainedRow, mutant: Mutant, result: Result) -> ExplainedRow:
    """Whether the mutated line is the first, or among the first three, of the costliest cause with lines."""
    explanations = {c.name: c.explanation for c in result.checks}
    named = [e.lines for cause in result.causes for name in cause.checks if (e := explanations[name]) and e.lines]
    numbers = [line.line for line in named[0]] if named else []
    return replace(row, searched=1, first=int(numbers[:1] == [mutant.line]), three=int(mutant.line in numbers))


def examine(exercise: Exercise, asked: argparse.Namespace) -> tuple[ExplainedRow, CaseRow]:
    """An exercise's row in either table; what is doubtful is printed as it is found."""
    row, cases = ExplainedRow(exercise.slug), CaseRow(exercise.slug)
    mutants = drawn(exercise, asked.after + asked.sample, asked.seed)[asked.after :]
    print(
        f"{exercise.slug}: {len(mutants)} mutants of {_kinds(mutants)} kinds, drawn with seed {asked.seed}", flush=True
    )
    with Sandbox.of(exercise) as sandbox:
        for path, mutant in mutants:
            found = outcome(exercise, mutant, sandbox, row.searched < asked.lines)
            row = summed(exercise.slug, [row, found.counts], ExplainedRow)
            cases = summed(exercise.slug, [cases, found.cases], CaseRow)
            for doubt in found.doubts:
                where = f"{path.relative_to(ROOT)}: {mutant.kind}: {doubt}"
                print(f"{where}\n  - {mutant.before}\n  + {mutant.after}", flush=True)
    return row, cases


def _kinds(mutants: Sequence[tuple[Path, Mutant]]) -> int:
    return len({mutant.kind for _, mutant in mutants})


def main(arguments: Sequence[str]) -> int:
    """Print the table. Returns 1 if anything is said that is not so, 2 for what cannot be done at all."""
    reader = parser("explained", "Explain mutants of all right files.")
    reader.add_argument("--sample", type=int, default=SAMPLE, metavar="N", help="mutants of each exercise")
    reader.add_argument("--after", type=int, default=0, metavar="N", help="leave out the first N: of an earlier run")
    reader.add_argument("--lines", type=int, default=0, metavar="N", help="of how many the line is looked for")
    reader.add_argument("--seed", type=int, default=0, metavar="N", help="of the sample")
    reader.add_argument("--update", action="store_true", help=f"write the rows into {PAGE.name}")
    return ended(_examine_all, reader.parse_args(arguments))


def _examine_all(asked: argparse.Namespace) -> int:
    exercises = chosen(asked.slugs)
    if asked.update:
        check_table(PAGE, ExplainedRow)
        check_table(PAGE, CaseRow)
        beside.check(PAGE)
    remembered.keep()
    rows, cases = [], []
    for exercise in exercises:
        row, shown = examine(exercise, asked)
        rows.append(row)
        cases.append(shown)
        if asked.update:
            _update(row, shown)
    print(table(rows, ExplainedRow), table(cases, CaseRow), sep="\n\n")
    if asked.update:
        beside.update(PAGE)
    return FAULTY if any(row.false or row.violated for row in rows) else GOOD


def _update(row: ExplainedRow, cases: CaseRow) -> None:
    slugs = {e.slug for e in all_exercises()}
    update_table(PAGE, [row], slugs, ExplainedRow)
    update_table(PAGE, [cases], slugs, CaseRow)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
