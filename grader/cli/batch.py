"""`grade batch`: a whole class."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from . import options


@click.command("batch")
@click.argument("path", metavar="DIR|ZIP", type=click.Path(path_type=Path))
@options.exercise("All files are for this one; found by the names they define otherwise.")
@options.assignment("Its name in the gradebook.  [default: the exercise's, or the folder's]")
@options.gradebook
@click.option(
    "--roster", metavar="CSV", type=click.Path(path_type=Path), help="The class list: names, ids, who is missing."
)
@click.option(
    "--who",
    metavar="CSV",
    type=click.Path(path_type=Path),
    help="Whose a hand-in is: columns hand-in, student; remembered.",
)
@click.option(
    "--times",
    metavar="CSV",
    type=click.Path(path_type=Path),
    help="When work was handed in: student or file, time; or Moodle's grading worksheet.",
)
@click.option(
    "--times-from",
    type=click.Choice(["files"]),
    help="Take the files' own dates where nothing else tells. Copying changes them.",
)
@click.option("--zone", metavar="NAME", help="Where times without a zone are from.  [default: the assignment's]")
@click.option(
    "--out", metavar="DIR", type=click.Path(path_type=Path, file_okay=False), help="Write pages and a summary."
)
@options.jobs
@click.option(
    "--cluster", metavar="ADDRESS", help="A Dask scheduler (tcp://…), `local`, or a .toml file with a table [slurm]."
)
@click.option(
    "--wait",
    metavar="MINUTES",
    type=click.FloatRange(min=0),
    help="Give up after so long without a worker of the cluster's.  [default: 10]",
)
@options.seed("The inputs for everybody; the last batch's otherwise.")
@click.option("--fresh", is_flag=True, help="New inputs, everything graded again.")
@options.isolation()
@options.layer
@click.option(
    "--timing/--no-timing", default=True, help="Whether to run checks of speed. No two runs of them agree exactly."
)
@options.no_explain
@options.json_progress
@click.option("--dry-run", is_flag=True, help="Read everything, say what is odd; grade nothing, write nothing.")
def command(**choices: Any) -> int:
    """Grade a class: a folder or .zip of submissions, as it is or as Moodle, Canvas or Gradescope give it.

    Every result is in the gradebook as soon as it is there. If the command is interrupted, however hard, the same
    command goes on from there; who has handed in again is graded again.

    \b
    grade batch submissions.zip
    grade batch downloads/ --exercise conv --roster class.csv --out report/
    grade batch submissions.zip --no-timing --seed 7           the same marks whenever and wherever it runs
    grade batch submissions.zip --cluster tcp://head:8786 --require-isolation contained
    grade batch submissions.zip --fresh                        new inputs, everything again

    Exit code 0: done. 2: nothing to grade, or nothing can start. 3: something was not graded because the grader or a
    worker failed.
    """
    from .work.batch import grade_batch
    from .work.batch_options import BatchOptions

    return grade_batch(BatchOptions(**choices))
