"""Plotting in a solution costs nothing where the plotting package is missing."""

from __future__ import annotations

from grader.report.message import unloaded
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


def test_a_result_that_is_a_picture_is_still_wrong(grade_source):
    result = grade_source("import matplotlib\ndef conv2d(X, K, stride=1, padding=0):\n    return matplotlib.x(X)\n")
    assert result.score == 0


def test_other_missing_packages_are_named(grade_source):
    assert "No module named 'nonsense'" in unloaded(grade_source("import nonsense\n" + CONV))
