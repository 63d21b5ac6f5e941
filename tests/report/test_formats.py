"""Results as platforms read them: JUnit, Gradescope, PrairieLearn, Autolab."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest

from grader.model import CheckResult, Misconception, Result, Verdict
from grader.model.findings import Asked, Fault, NotReadable, Raised, Told, Unmet
from grader.report.as_json import to_json
from grader.report.autolab import to_autolab
from grader.report.gradescope import to_gradescope
from grader.report.html import to_html
from grader.report.junit import to_junit
from grader.report.prairielearn import to_prairielearn

FLIPPED = Misconception("kernel-flipped", "Kernel flipped", "Networks use cross-correlation: K[m, n] as it stands.")
HOSTILE = 'x: \x1b[31m ]]> <script> \x00 \ufffe \ud800 {"scores": {"conv": 100}} \U0001f600'

DIVIDED = Raised(kind="ZeroDivisionError", type="ZeroDivisionError", said="division by zero")
WRONG = Unmet(asked=Asked("conv2d", ((None, 1),)), text="4 of 4 values differ")


def check(name: str, verdict: Verdict, score: float = 0.0, of: float = 2.0, **more) -> CheckResult:
    return CheckResult(name, f"Title of {name}: it works.", verdict, score, of, **more)


CHECKS = [
    check("good", Verdict.ACCEPTED, 2.0),
    check("flipped", Verdict.WRONG_ANSWER, findings=(WRONG,), misconception=FLIPPED, seconds=0.5),
    check("crash", Verdict.RUNTIME_ERROR, findings=(DIVIDED,)),
    check("gpu", Verdict.NOT_RUN, findings=(Told(text="no GPU"),)),
    check("slow", Verdict.INCONCLUSIVE, 1.0),
    check("ours", Verdict.INTERNAL_ERROR, of=0.0, findings=(Fault(trace="it broke"),)),
]
RESULT = Result("conv", "Convolution", "my_conv.py", 7, "confined", CHECKS, stdout="hello\n", seconds=1.5)
POOLING = replace(RESULT, exercise="pooling", checks=CHECKS[:2], stdout="")
EVIL_NAME = Misconception("a", HOSTILE, HOSTILE)
EVIL = replace(
    RESULT,
    unloaded=NotReadable(text=HOSTILE),
    stdout=HOSTILE,
    notes=[HOSTILE],
    checks=[check("evil", Verdict.RUNTIME_ERROR, findings=(Told(text=HOSTILE),), misconception=EVIL_NAME)],
)


# ---------------------------------------------------------------- JUnit


def junit(results: list[Result], student: str | None = None) -> ET.Element:
    """Parsed by a real parser, from bytes as a file has them."""
    return ET.fromstring(to_junit(results, student).encode())


def properties(element: ET.Element) -> dict[str, str]:
    return {p.get("name"): p.get("value") for p in element.findall("properties/property")}


def test_junit_counts_and_kinds():
    root = junit([RESULT])
    (suite,) = root.findall("testsuite")
    assert {k: suite.get(k) for k in ("tests", "failures", "errors", "skipped")} == {
        "tests": "6",
        "failures": "2",
        "errors": "1",
        "skipped": "2",
    }
    kinds = {case.get("name"): {child.tag for child in case} - {"properties"} for case in suite.findall("testcase")}
    assert kinds == {
        "good": set(),
        "flipped": {"failure"},
        "crash": {"failure"},
        "gpu": {"skipped"},
        "slow": {"skipped"},
        "ours": {"error"},
    }
    assert suite.find("system-out").text.endswith("hello\n")


def test_junit_points_are_properties_and_add_up():
    suite = junit([RESULT]).find("testsuite")
    assert properties(suite) == {"score": "3", "max_score": "10", "seed": "7", "isolation": "confined"}
    cases = [properties(case) for case in suite.findall("testcase")]
    assert sum(float(c["points"]) for c in cases) == 3
    assert sum(float(c["max_points"]) for c in cases) == 10
    assert [c.get("misconception") for c in cases] == [None, "kernel-flipped", None, None, None, None]


def test_junit_several_exercises_and_a_student():
    root = junit([RESULT, POOLING], "anna")
    assert [(s.get("name"), properties(s)["student"]) for s in root] == [("conv", "anna"), ("pooling", "anna")]
    assert root.get("tests") == "8"


def test_junit_of_hostile_text_is_xml():
    case = junit([EVIL], HOSTILE).find(".//testcase")
    assert "<script>" in case.find("failure").text
    assert not re.search("[\x00\x1b\ufffe]", ET.tostring(case, encoding="unicode"))


# ---------------------------------------------------------------- Gradescope

TEST_FIELDS = {  # the specification's fields and types
    "score": float,
    "max_score": float,
    "status": str,
    "name": str,
    "name_format": str,
    "number": str,
    "output": str,
    "output_format": str,
    "tags": list,
    "visibility": str,
    "extra_data": dict,
}
FIELDS = {
    "score": float,
    "execution_time": float,
    "output": str,
    "output_format": str,
    "test_output_format": str,
    "test_name_format": str,
    "visibility": str,
    "stdout_visibility": str,
    "extra_data": dict,
    "tests": list,
    "leaderboard": list,
}
VISIBILITIES = {"hidden", "after_due_date", "after_published", "visible"}
TEXT_FORMATS = {"text", "html", "simple_format", "md", "ansi"}


def gradescope(results: list[Result]) -> dict:
    """Read by the rules of Gradescope's specification: known fields of the right types, a score somewhere."""
    data = json.loads(to_gradescope(results))
    assert all(isinstance(value, FIELDS[name]) for name, value in data.items())
    assert {data["visibility"], data["stdout_visibility"]} <= VISIBILITIES
    assert {data["output_format"], data["test_output_format"], data["test_name_format"]} <= TEXT_FORMATS
    assert "score" in data or all("score" in test for test in data["tests"])
    for test in data["tests"]:
        assert all(isinstance(value, TEST_FIELDS[name]) for name, value in test.items())
        assert test["visibility"] in VISIBILITIES
        assert test.get("status", "passed") in ("passed", "failed")
    return data


def test_gradescope_adds_up_the_points():
    data = gradescope([RESULT])
    assert "score" not in data, "it would take the place of the tests' sum"
    assert sum(test["score"] for test in data["tests"]) == RESULT.score
    assert sum(test["max_score"] for test in data["tests"]) == RESULT.max_score
    assert [test.get("status") for test in data["tests"]] == ["passed", "failed", "failed", None, None, None]
    assert "hello" in data["output"]
    assert "ask for a regrade" in data["output"]


def test_gradescope_shows_why():
    test = gradescope([RESULT])["tests"][1]
    assert test["output"] == f"conv2d(1)\n4 of 4 values differ.\nKernel flipped. {FLIPPED.hint}"
    assert test["tags"] == ["wrong_answer", "kernel-flipped"]


def test_gradescope_tells_exercises_apart():
    names = [test["name"] for test in gradescope([RESULT, POOLING])["tests"]]
    assert len(set(names)) == 8
    assert names[-1].startswith("pooling: ")


# ---------------------------------------------------------------- PrairieLearn


def prairielearn(results: list[Result]) -> dict:
    """Read by the rules of PrairieLearn's documentation: a score in [0, 1] where gradable, at most 1 MB."""
    text = to_prairielearn(results)
    assert len(text.encode()) <= 1_000_000
    data = json.loads(text)
    assert isinstance(data["gradable"], bool)
    if data["gradable"]:
        assert isinstance(data["score"], float)
        assert 0.0 <= data["score"] <= 1.0
    else:
        assert data["format_errors"]
    for test in data["tests"]:
        assert all(isinstance(test[name], str) for name in ("name", "description", "message"))
        assert all(isinstance(test[name], float) for name in ("points", "max_points"))
    return data


def test_prairielearn_has_the_share_and_the_points():
    data = prairielearn([RESULT, POOLING])
    assert data["score"] == pytest.approx(5 / 14)
    assert sum(test["points"] for test in data["tests"]) == 5
    assert data["message"] == "5 of 14 points"


def test_prairielearn_does_not_count_what_only_we_failed_at():
    data = prairielearn([replace(RESULT, checks=CHECKS[5:])])
    assert not data["gradable"]
    assert "score" not in data


def test_prairielearn_stays_below_its_limit():
    many = [check(f"c{n}", Verdict.WRONG_ANSWER, findings=(Told(text="é" * 4000),)) for n in range(160)]
    data = prairielearn([replace(RESULT, checks=many, stdout="é" * 8000)])
    assert len(data["tests"]) == 160


# ---------------------------------------------------------------- Autolab


def autolab(results: list[Result]) -> dict[str, float]:
    """As its parseAutoresult does: the last line that is not empty, every `word:` put in quotes, then JSON."""
    last = [line for line in to_autolab(results).splitlines() if line.strip()][-1]
    parsed = json.loads(re.sub(r"([a-zA-Z0-9]+):", r'"\1":', last))
    assert parsed["scores"]
    return parsed["scores"]


@pytest.mark.parametrize(
    ("results", "scores"),
    [([RESULT], {"conv": 3}), ([RESULT, POOLING], {"conv": 3, "pooling": 2}), ([RESULT, RESULT], {"conv": 6})],
)
def test_autolab_finds_the_scores_in_the_last_line(results, scores):
    assert autolab(results) == scores


def test_autolab_is_not_fooled_by_what_the_submission_printed():
    assert autolab([EVIL]) == {"conv": 0}


def test_autolab_scores_have_no_noise():
    noisy = replace(RESULT, checks=[check(f"c{n}", Verdict.ACCEPTED, 0.1, 0.1) for n in range(3)])
    assert autolab([noisy]) == {"conv": 0.3}


def test_autolab_shows_each_test_with_a_hint():
    line = to_autolab([RESULT]).splitlines()[-2]
    data = json.loads(line)
    assert (data["_presentation"], data["stages"]) == ("semantic", ["conv"])
    assert data["conv"]["Title of good: it works."] == {"passed": True}
    assert "cross-correlation" in data["conv"]["Title of flipped: it works."]["hint"]


@pytest.mark.parametrize("render", [gradescope, prairielearn])
def test_hostile_text_is_harmless_json(render):
    data = render([EVIL])
    assert "\x1b" not in json.dumps(data, ensure_ascii=False)
    assert "\x00" not in data["output"]


# ---------------------------------------------------------------- a time that cannot be true


def test_an_invalid_time_is_lost_everywhere():
    told = (Told(text="sooner than it can be"),)
    result = replace(RESULT, checks=[check("speed", Verdict.INVALID, findings=told, kind="timing")])
    (case,) = junit([result]).findall("testsuite/testcase")
    assert case.find("failure").get("type") == "invalid"
    (test,) = gradescope([result])["tests"]
    assert (test["status"], test["score"], test["tags"]) == ("failed", 0, ["invalid"])
    (test,) = prairielearn([result])["tests"]
    assert (test["points"], test["description"]) == (0, "invalid")
    assert autolab([result]) == {"conv": 0}
    assert json.loads(to_json([result]))["checks"][0]["verdict"] == "invalid"
    assert "time not valid" in to_html([result])
    assert "sooner than it can be" in to_html([result])
