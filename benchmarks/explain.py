"""What explanations cost: wrong files of each exercise, handed in with and without: python benchmarks/explain.py [SLUG …].

Seconds are of processor time, of all processes of the command. Each file is handed in twice in turn, with the same
seed; `--files N` says how many of an exercise's. With `--batch N`, a class of so many files, half of them wrong, is
graded with and without, too; with `--thorough`, the first of the files by `grade explain`.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from grader.exercise import Exercise, all_exercises, load_exercise

GRADE = Path(sys.executable).with_name("grade")
PLAIN = ("--no-timing", "--seed", "1", "--format", "json")
HEAD = "| exercise | files | without, s | more, median | more, most | the dearest | in a batch | `grade explain`, s |"


def seconds(command: str, *arguments: str | Path) -> float:
    """Processor time of one command."""
    before = os.times()
    subprocess.run([GRADE, command, *arguments], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    after = os.times()
    return after.children_user + after.children_system - before.children_user - before.children_system


def spread(files: Sequence[Path], count: int) -> list[Path]:
    """So many of them, evenly."""
    return [files[i * len(files) // count] for i in range(min(count, len(files)))] if len(files) > count else [*files]


def batch_ratio(exercise: Exercise, count: int) -> float:
    """How many times as long a class takes of which half is wrong."""
    right, wrong = (sorted((exercise.folder / kind).glob("*.py")) for kind in ("right", "wrong"))
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place, "class")
        folder.mkdir()
        for i, path in enumerate(spread(wrong, count // 2)):
            Path(folder, f"w{i:03}.py").write_bytes(path.read_bytes() + f"\n# {i}\n".encode())
            Path(folder, f"r{i:03}.py").write_bytes(right[i % len(right)].read_bytes() + f"\n# {i}\n".encode())
        options = (folder, "--exercise", exercise.slug, "--seed", "1", "--no-timing", "--jobs", "1")
        without = seconds("batch", *options, "--gradebook", f"{place}/1.db", "--out", f"{place}/1", "--no-explain")
        return seconds("batch", *options, "--gradebook", f"{place}/2.db", "--out", f"{place}/2") / without


def row(exercise: Exercise, asked: argparse.Namespace) -> str:
    """One line of the table."""
    files = spread(exercise.wrong_files, asked.files)
    pairs = [(seconds("submit", f, *PLAIN, "--no-history", "--no-explain"), seconds("submit", f, *PLAIN, "--no-history")) for f in files]
    more = [beside - without for without, beside in pairs]
    batch = f"{batch_ratio(exercise, asked.batch):.2f}" if asked.batch else ""
    thorough = f"{seconds('explain', files[0], '--seed', '1'):.1f}" if asked.thorough else ""
    cells = (
        exercise.slug,
        len(files),
        f"{statistics.median(w for w, _ in pairs):.2f}",
        f"{statistics.median(more):.2f}",
        f"{max(more):.2f}",
        f"`{files[more.index(max(more))].stem}`",
        batch,
        thorough,
    )
    if asked.every:
        print("\n".join(f"  {m:5.2f} {f.stem}" for m, f in sorted(zip(more, files, strict=True))))
    return f"| {' | '.join(map(str, cells))} |"


def main() -> None:
    """Print a table."""
    reader = argparse.ArgumentParser(description="What explanations cost.")
    reader.add_argument("slugs", nargs="*", metavar="SLUG", help="an exercise; without any, all of them")
    reader.add_argument("--files", type=int, default=6, metavar="N", help="wrong files of each exercise")
    reader.add_argument("--batch", type=int, default=0, metavar="N", help="files of a class, half of them wrong")
    reader.add_argument("--thorough", action="store_true", help="ask `grade explain` about the first file, too")
    reader.add_argument("--every", action="store_true", help="print what each file costs")
    asked = reader.parse_args()
    print(HEAD)
    print("|---" * HEAD.count(" | ") + "|---|")
    for exercise in [load_exercise(slug) for slug in asked.slugs] or all_exercises():
        print(row(exercise, asked), flush=True)


if __name__ == "__main__":
    main()
