"""Plotting in a solution costs nothing where the plotting package is missing."""

from __future__ import annotations

import pytest

from grader.report.message import message
from grader.root import ROOT

CONV = (ROOT / "solutions" / "conv.py").read_text()
PICTURES = """
import matplotlib.pyplot as plt
from tqdm import tqdm
from IPython.display import display, HTML
import seaborn as sns
plt.style.use("ggplot")
fig, ax = plt.subplots(1, 2)
ax[0].imshow([[1]], cmap=plt.cm.gray)
with plt.xkcd():
    plt.show()
display(HTML("x"))
assert [i for i in tqdm(range(3))] == [0, 1, 2]
"""


def test_pictures_do_not_cost_marks(grade_source):
    result = grade_source(PICTURES + CONV)
    assert result.full_marks, result.unloaded


LOOKED_AT = [  # what is done in a graded function, to look into it
    "breakpoint()",
    "import pdb; pdb.set_trace()",
    "from pdb import Pdb; Pdb().set_trace()",
    "import ipdb; ipdb.set_trace()",
    "from icecream import ic; ic(X)",
    "from loguru import logger; logger.info(X.shape)",
    "import wandb; wandb.log({'loss': 1})",
]


@pytest.mark.parametrize("line", LOOKED_AT)
def test_a_line_that_only_looks_costs_no_marks(line, grade_source):
    looking = CONV.replace("    X = np.pad(", f"    {line}\n    X = np.pad(", 1)
    assert looking != CONV
    assert grade_source(looking).full_marks


def test_what_a_profiler_gives_to_all_files_is_there(grade_source):
    assert grade_source(CONV.replace("def conv2d(", "@profile\ndef conv2d(")).full_marks


def test_a_result_that_is_a_picture_is_still_wrong(grade_source):
    result = grade_source("import matplotlib\ndef conv2d(X, K, stride=1, padding=0):\n    return matplotlib.x(X)\n")
    assert result.score == 0


@pytest.mark.slow
def test_other_missing_packages_cost_nothing_unless_they_are_used(grade_source):
    assert grade_source("import nonsense\n" + CONV).full_marks
    used = CONV.replace("    X = np.pad(", "    nonsense.x()\n    X = np.pad(", 1)
    said = [message(c) for c in grade_source("import nonsense\n" + used).checks if not c.score]
    assert said
    assert any("nonsense is not installed where this is graded" in text for text in said)


NOT_THERE = """
import copy
import torch
import torch.nn as nn
from scipy.signal import correlate2d
from torch.nn import *


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.layer = Linear(2, 3)


@torch.no_grad()
def predicted(net: Net, x: torch.Tensor | None = None):
    return net(x)


device = "cuda" if torch.cuda.is_available() else "cpu"
net = copy.deepcopy(Net()).to(device)
"""
NOT_ALLOWED = "which this exercise does not allow: it is what you are to write."
SELF_TEST = "assert np.allclose(conv2d(np.eye(3), np.eye(2)), correlate2d(np.eye(3), np.eye(2), 'valid'))\n"


def test_solutions_of_other_exercises_in_the_same_file_cost_nothing(grade_source):
    result = grade_source(NOT_THERE + CONV)
    assert result.full_marks, result.unloaded
    assert result.notes == []


def test_a_test_that_the_file_makes_of_itself_is_left_out_and_what_follows_is_not(grade_source):
    source = NOT_THERE + CONV.replace("def conv2d_multichannel", SELF_TEST + "\n\ndef conv2d_multichannel")
    result = grade_source(source)
    line = source.splitlines().index(SELF_TEST.strip()) + 1
    assert result.full_marks, result.unloaded
    (note,) = result.notes
    assert note.startswith(f"line {line} was left out")
    assert "scipy.signal.correlate2d" in note


def test_an_error_of_its_own_is_told(grade_source):
    (note,) = grade_source(NOT_THERE + CONV + "1 / 0\n").notes
    assert "ZeroDivisionError" in note


def said_of_bans(result):
    return {message(c) for c in result.checks if c.verdict == "banned_call" and c.kind == "correctness"}


def test_what_is_not_there_is_named_where_it_is_used(grade_source):
    source = NOT_THERE + CONV + "\n\ndef conv2d(X, K, stride=1, padding=0):\n    return correlate2d(X, K, 'valid')\n"
    where = f"line {len(source.splitlines())}"
    assert said_of_bans(grade_source(source)) == {f"{where} uses scipy.signal.correlate2d, {NOT_ALLOWED}"}


def test_its_value_is_no_answer(grade_source):
    source = NOT_THERE + "zeros = torch.zeros(3, 3)\n\n\ndef conv2d(X, K, stride=1, padding=0):\n    return zeros\n"
    assert said_of_bans(grade_source(source)) == {f"your code uses torch.zeros, {NOT_ALLOWED}"}
