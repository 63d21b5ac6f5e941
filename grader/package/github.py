"""A workflow for GitHub Actions, named as GitHub Classroom wanted it (`.github/workflows/classroom.yml`).

Only GitHub's own actions are used; the points are printed in the form in which Classroom's reporter printed them.
"""

from __future__ import annotations

import json
import shlex
from collections.abc import Iterable

from ..exercise import load_exercise
from .gradescope import CPU_TORCH, with_torch

WORKFLOW = """\
name: Autograding Tests
on:
  - push
  - workflow_dispatch
  - repository_dispatch
permissions:
  actions: read
  contents: read
jobs:
  run-autograding-tests:
    runs-on: ubuntu-latest
    if: github.actor != 'github-classroom[bot]'
    timeout-minutes: 30
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-python@v5
        with:
          python-version: "3.12"
      - name: Isolation
        run: command -v bwrap || sudo apt-get install -y -qq bubblewrap
      - name: Install the grader
        run: python -m pip install --quiet --extra-index-url %(index)s "$GRADER"%(torch)s
        env:
          GRADER: %(spec)s
      - name: Grade
        run: python -I -m grader.package.run --github . %(slugs)s
"""


def workflow(slugs: Iterable[str], spec: str) -> str:
    """The file's text; `spec` is what pip installs. Raises ExerciseError for an exercise that there is not."""
    names = [load_exercise(slug).slug for slug in dict.fromkeys(slugs)]
    torch = " torch" if with_torch(names) else ""
    return WORKFLOW % {"index": CPU_TORCH, "torch": torch, "spec": json.dumps(spec), "slugs": shlex.join(names)}
