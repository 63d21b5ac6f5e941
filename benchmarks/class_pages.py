"""Seconds and bytes of a class's page and lists: python -m benchmarks.class_pages [--sizes 120 100000] [--keep DIR]

The students are made up: twenty checks, eight misconceptions and a cause for each loss, in 25 sections, one of
two hundred without a mark. No grading and no gradebook; their own pages are not written.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

from grader.batch.pages import Pages
from grader.classreport.data import ClassTable
from grader.classreport.html import class_page, list_pages
from grader.classreport.lists import people_lists
from grader.classreport.model import ClassMember, Classroom, ClassStats, ExerciseMark
from grader.classreport.stats import analyse
from grader.model import CheckResult, Misconception, Result, Verdict
from grader.model.cause import Cause, Why
from grader.report.kinds import CauseKind

CHECKS, WRONG, SECTIONS = 20, 8, 25
MISTAKES = [Misconception(f"mistake-{n}", f"Mistake number {n}", "What it is, and why it is wrong.") for n in range(8)]


def classroom(size: int) -> Classroom:
    """So many students of one exercise."""
    chance = random.Random(size)
    people = [
        ClassMember(f"s{n:06}@uni.example", f"Student {n:06}", f"Group {n % SECTIONS + 1}", [_mark(n, chance)],
                    f"students/s{n:06}/index.html")
        for n in range(size)
    ]  # fmt: skip
    return Classroom("week 1", {"conv": "Convolution"}, people)


def _mark(number: int, chance: random.Random) -> ExerciseMark:
    if number % 200 == 7:
        return ExerciseMark("conv", Decimal(CHECKS), None)
    lost = sorted(chance.sample(range(CHECKS), chance.choice([0, 0, 1, 1, 2, 4])))
    found = {check: MISTAKES[check % WRONG] for check in lost}
    checks = [_check(n, found.get(n)) for n in range(CHECKS)]
    causes = tuple(Cause(Why.NAMED, (f"check-{n}",), 1.0, mistake.slug) for n, mistake in found.items())
    result = Result("conv", "Convolution", "my_conv.py", 7, "confined", checks, None, causes, seconds=0.3)
    kinds = [CauseKind(f"named {mistake.slug}", mistake.title) for mistake in found.values()]
    return ExerciseMark("conv", Decimal(CHECKS), Decimal(CHECKS - len(lost)), grading=number + 1, result=result,
                        kinds=kinds)  # fmt: skip


def _check(number: int, mistake: Misconception | None) -> CheckResult:
    verdict, score = (Verdict.ACCEPTED, 1.0) if mistake is None else (Verdict.WRONG_ANSWER, 0.0)
    return CheckResult(f"check-{number}", f"The check number {number}.", verdict, score, 1.0, (), mistake, 0.01)


def pages(folder: Path, own: Classroom, stats: ClassStats) -> Iterator[str]:
    """Write the class's page and its lists, as `grade report -o DIR` does; what took how long, and how large it is."""
    started, target, table = time.process_time(), Pages(folder), ClassTable(own, stats)
    lists = people_lists(own, table)
    for address, text in list_pages(lists, stats):
        target.write(address, text)
    target.write("index.html", class_page(own, stats, lists=lists, table=table))
    yield f"{time.process_time() - started:.1f} s"
    yield f"{(folder / 'index.html').stat().st_size / 1000:.0f} kB"
    sizes = [path.stat().st_size / 1000 for path in folder.glob("lists/*.html")]
    yield f"{len(sizes)} lists, {max(sizes, default=0):.0f} kB at most, {sum(sizes) / 1000:.1f} MB in all"


def main() -> None:
    """A line of the table for each size."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=[120, 10_000, 100_000])
    parser.add_argument("--keep", type=Path, help="Write the pages here, each size in its folder.")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        for size in options.sizes:
            own = classroom(size)
            started = time.process_time()
            stats = analyse(own)
            counting = f"{time.process_time() - started:.1f} s"
            folder = (options.keep or Path(temporary)) / str(size)
            print("", size, counting, *pages(folder, own, stats), "", sep=" | ", flush=True)


if __name__ == "__main__":
    main()
