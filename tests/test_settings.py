"""What a file sets for its whole process, as for another exercise, costs nothing of what it is graded for."""

from __future__ import annotations

import pytest

from grader.root import ROOT

STRICT = "import numpy as np, warnings\nnp.seterr(all='raise')\nwarnings.simplefilter('error')\n"
TORCH = [
    "torch.set_default_dtype(torch.float64)",
    "torch.set_default_device('meta')",
    "torch.set_grad_enabled(False)",
    "torch.set_default_dtype = None",
]


def solution(slug: str) -> str:
    return (ROOT / "solutions" / f"{slug}.py").read_text(encoding="utf-8")


def test_overflows_and_warnings_are_no_errors(grade_source):
    warned = solution("loss").replace("    shifted =", "    warnings.warn('x')\n    np.log(0.0)\n    shifted =", 1)
    assert warned != solution("loss")
    assert grade_source(STRICT + warned, "loss").full_marks


@pytest.mark.sampled(quick=2, ci=1)
@pytest.mark.parametrize("line", TORCH)
def test_torch_computes_as_usual(line, grade_source):
    assert grade_source(f"import torch\n{line}\n{solution('inception')}", "inception").full_marks
