"""Inputs and answers are the same in every format, and text of a submission stays text."""

from __future__ import annotations

import json

import numpy as np

from grader.checks.log import Entry
from grader.model import CheckResult, Result, Verdict
from grader.model.findings import Told
from grader.report.as_json import to_json
from grader.report.evidence import Evidence
from grader.report.evidence import evidence as evidence_of
from grader.report.feedback import feedback
from grader.report.html import to_html
from grader.report.junit import to_junit
from grader.report.text import to_text
from tests.report.failing import check, failed

HOSTILE = "\x1b[31m\u202e</pre><script>\nexpected [1]"


def shown(entry: Entry) -> Result:
    return Result("conv", "Convolution", "my_conv.py", 7, "confined", [check(entry)])


def test_all_formats_show_input_and_answers():
    result = shown(failed("def shapes(sizes): return [(1, 2)]", lambda s: s.shapes(np.array([[1.0, np.nan]]))))
    call, found = "shapes(np.array([[1., np.nan]]))", "expected [(3, 4, 4), (8, 2, 2)], got [(1, 2)]"
    for text in (to_text(result), to_html([result]), feedback(result.checks[0]), to_junit([result])):
        assert text.count(found) == 1
        assert call in text
    told = json.loads(to_json([result]))["checks"][0]["evidence"]
    assert told["inputs"] == [{"name": None, "shape": [1, 2], "dtype": "float64", "values": [[1.0, "nan"]]}]
    assert told["whole_expected"] == [[3, 4, 4], [8, 2, 2]]
    assert Evidence(**told) == evidence_of(result.checks[0])


def test_the_page_shows_a_small_matrix_once_with_all_digits():
    page = to_html([shown(failed("def double(x): return 3 * x", lambda s: s.double(np.array([[1.03125, 2.0]]))))])
    assert "double(np.array([[1.03125, 2.]]))" in page
    assert 'class="values' not in page
    assert ">2.0625<" in page
    assert ">3.09375<" in page


def test_the_page_writes_what_its_pictures_cut():
    deep = np.arange(8.0).reshape(2, 2, 2)
    page = to_html([shown(failed("def double(x): return 3 * x", lambda s: s.double(deep)))])
    assert "expected [[[0, 2], [4, 6]], [[8, 10], [12, 14]]]" in page


def test_text_of_a_submission_stays_text():
    source = f"def shapes(sizes): return [{HOSTILE!r}, (1, 2)]"
    result = shown(failed(source, lambda s: s.shapes([HOSTILE])))
    for text in (to_text(result), to_html([result]), to_junit([result])):
        assert "\x1b" not in text
        assert "\u202e" not in text
    assert "<script>" not in to_html([result])
    raised = shown(failed(f"def shapes(sizes): raise ValueError({HOSTILE!r})", lambda s: s.shapes(1)))
    assert to_html([raised]).count("expected [1]") == 1


def test_evidence_stored_before_it_had_inputs_still_loads():
    old = {"call": "conv2d(<array 4×4>)", "expected_shape": [2, 2], "actual_shape": [2], "expected": [[1.0]]}
    found = CheckResult("one", "One", Verdict.WRONG_ANSWER, 0.0, 1.0, (Told(text="no", evidence=old),))
    assert "no" in to_html([Result("conv", "Convolution", "a.py", 7, "confined", [found])])


def test_a_small_answer_keeps_its_digits_beside_a_larger_one():
    page = to_html([shown(failed("def double(x): return np.ones((5, 5)) / 3", lambda s: s.double([1.03125, 2])))])
    assert ">2.0625<" in page
