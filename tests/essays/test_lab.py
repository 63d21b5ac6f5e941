"""`grade lab`: the sheet of 100 points from graded results and a record; what is missing stays open."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.cli.group import cli
from grader.exercise import load_exercise
from grader.freetext.essays import load_essay
from grader.freetext.lab import lab_sheet
from grader.report.as_json import to_dict

LAB = load_essay("lab")
ALL = [f"--points={c.id}={c.points:g}" for c in LAB.criteria]


@pytest.fixture(autouse=True)
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "lab.md").write_text("# Lab report\n\nOur soil has six classes.\n", encoding="utf-8")
    return tmp_path


def grade(*arguments: str) -> Result:
    result = CliRunner().invoke(cli, arguments)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.output
    return result


def graded(slug: str, **lost: float) -> dict:
    """A result as `grade submit --format json` writes it: all points, but so many lost in some checks."""
    checks = [
        {
            "name": c.name,
            "title": c.title,
            "verdict": "wrong_answer" if c.name in lost else "accepted",
            "score": c.points - lost.get(c.name, 0),
            "max_score": c.points,
        }
        for c in load_exercise(slug).checks
    ]
    return {"exercise": slug, "file": f"my_{slug}.py", "checks": checks}


def write(name: str, data: object) -> str:
    Path(name).write_text(json.dumps(data), encoding="utf-8")
    return f"--results={name}"


def sheet(*arguments: str) -> dict:
    return json.loads(grade("lab", *arguments, "--format", "json").stdout)


def by_part(data: dict) -> dict[str, float | None]:
    return {p["id"]: p["score"] for p in data["parts"]}


def test_with_nothing_everything_is_open():
    data = sheet()
    assert (data["score"], data["max_score"], data["open"], data["complete"]) == (0, 100, 100, False)
    assert set(by_part(data).values()) == {None}
    result = grade("lab")
    assert result.exit_code == 1
    assert "0 of 100 points  ·  100 still open" in result.stdout


def test_all_points():
    transfer, gradcam = write("t.json", graded("transfer")), write("g.json", graded("gradcam"))
    assert grade("rubric", "lab.md", *ALL).exit_code == 0
    result = grade("lab", transfer, gradcam, "--rubric", "lab.rubric.json")
    assert result.exit_code == 0
    assert "100 of 100 points" in result.stdout
    assert "open" not in result.stdout


def test_code_alone_gives_its_part_and_the_rest_is_open():
    data = sheet(write("t.json", graded("transfer")))
    assert by_part(data) == {
        "data": 8,
        "transfer": 19,
        "performance": None,
        "gradcam": None,
        "confusion": 4,
        "report": None,
    }
    assert (data["score"], data["open"]) == (31, 69)


def test_points_are_shared_out_by_the_checks_of_each_part():
    split = [c for c in load_exercise("transfer").checks if c.needs == ("split_indices",)]
    lost = {split[0].name: split[0].points}
    data = sheet(write("t.json", graded("transfer", **lost)))
    assert by_part(data)["data"] == round(8 * (1 - split[0].points / sum(c.points for c in split)), 2)
    assert by_part(data)["transfer"] == 19


def test_results_that_were_graded_together():
    both = {"exercise": "transfer,gradcam", "results": [graded("transfer"), graded("gradcam")], "checks": []}
    assert sheet(write("both.json", both))["score"] == 40


def test_points_of_people_alone():
    grade("rubric", "lab.md", "--points", "accuracy=9", "--points", "discussion=6", "--by", "A. Rao")
    data = sheet("--rubric", "lab.rubric.json")
    assert (data["score"], data["open"]) == (15, 82)
    source = next(s for p in data["parts"] for s in p["sources"] if s["name"] == "accuracy")
    assert (source["score"], source["detail"]) == (9, "by A. Rao")


@pytest.mark.parametrize("verdict", ["not_run", "inconclusive", "internal_error"])
def test_an_undecided_check_leaves_its_part_open(verdict):
    result = graded("gradcam")
    result["checks"][0] |= {"verdict": verdict, "score": 0, "max_score": 0}
    data = sheet(write("g.json", result))
    assert by_part(data)["gradcam"] is None
    assert "grade gradcam again" in grade("lab", "--results=g.json").stdout


def test_a_report_that_changed_is_open_again(here):
    grade("rubric", "lab.md", *ALL)
    (here / "lab.md").write_text("# Lab report\n\nSomething else.\n", encoding="utf-8")
    data = sheet("--rubric", "lab.rubric.json")
    assert data["score"] == 0
    assert data["notes"] == ["lab.md has changed since it was assessed: assess it again"]
    (here / "lab.md").unlink()
    data = sheet("--rubric", "lab.rubric.json")
    assert data["score"] == 60
    assert "whether it has changed since is not known" in data["notes"][0]


def test_other_exercises_are_noted_and_not_counted():
    data = sheet(write("c.json", graded("conv")))
    assert data["score"] == 0
    assert data["notes"] == ["c.json: 'conv' is no part of this lab"]


# ---------------------------------------------------------------- files that do not fit


def other_version(result: dict) -> dict:
    return result | {"checks": result["checks"][1:]}


def more_than_all(result: dict) -> dict:
    result["checks"][0]["score"] = result["checks"][0]["max_score"] = 1000
    return result


def not_a_number(result: dict) -> dict:
    result["checks"][0]["score"] = float("nan")
    return result


def huge(result: dict) -> dict:
    result["checks"][0]["score"] = 10**400
    return result


def unknown_verdict(result: dict) -> dict:
    result["checks"][0]["verdict"] = "perfect"
    return result


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ([], "is not a result"),
        ({}, "is not a result"),
        (7, "is not a result"),
        ({"results": 7}, "is not a result"),
        ({"exercise": 7, "checks": []}, "has no name"),
        ({"exercise": "nonsense", "checks": []}, "no exercise 'nonsense'"),
        ({"exercise": "../../etc", "checks": []}, "no exercise"),
        ({"exercise": "a3", "checks": []}, "is free text"),
        ({"exercise": "gradcam", "checks": [{}]}, "is not a result"),
        (other_version(graded("gradcam")), "another version of 'gradcam'"),
        (more_than_all(graded("gradcam")), "points that it cannot have"),
        (not_a_number(graded("gradcam")), "points that it cannot have"),
        (huge(graded("gradcam")), "is not a result"),
        (unknown_verdict(graded("gradcam")), "is not a result"),
    ],
)
def test_a_result_that_does_not_fit_is_refused(data, said):
    result = grade("lab", write("x.json", data))
    assert result.exit_code == 2
    assert said in result.stderr
    assert result.stdout == ""


@pytest.mark.parametrize("data", [b"", b"\xff", b"[" * 100_000, b"\x1b[31m"])
def test_what_is_no_json_is_refused(here, data):
    (here / "x.json").write_bytes(data)
    result = grade("lab", "--results", "x.json")
    assert result.exit_code == 2
    assert "\x1b" not in result.output


def test_files_that_are_missing_or_given_twice():
    assert "No such file" in grade("lab", "--results", "missing.json").stderr
    assert "no such file" in grade("lab", "--rubric", "missing.rubric.json").stderr
    twice = [write("a.json", graded("gradcam")), write("b.json", graded("gradcam"))]
    assert "two results for 'gradcam'" in grade("lab", *twice).stderr


def test_a_record_of_another_task_or_a_task_without_parts(here):
    (here / "a3.md").write_text("# A3\n\nwords", encoding="utf-8")
    grade("rubric", "a3.md", "--points", "weights=1")
    assert "the record of 'a3', not of 'lab'" in grade("lab", "--rubric", "a3.rubric.json").stderr
    assert "not a lab" in grade("lab", "a3").stderr
    assert "no free-text task 'x'" in grade("lab", "x").stderr


def test_a_record_cannot_lead_to_other_files(here):
    grade("rubric", "lab.md", *ALL)
    text = (here / "lab.rubric.json").read_text()
    (here / "lab.rubric.json").write_text(text.replace('"file": "lab.md"', '"file": "../../../etc/passwd"'))
    assert "passwd is not beside" in grade("lab", "--rubric", "lab.rubric.json").stdout


def test_hostile_names_do_not_come_through():
    result = graded("gradcam") | {"file": "\x1b[31m\u202e.py \ud800"}
    for form in ("text", "json"):
        shown = grade("lab", write("g.json", result), "--format", form)
        assert shown.exit_code == 1
        assert not {"\x1b", "\u202e"} & set(shown.output)


def test_the_sheet_goes_to_a_file(here):
    assert grade("lab", "-o", "sheet.txt").stdout == ""
    assert "still open" in (here / "sheet.txt").read_text(encoding="utf-8")


def test_real_results_fit(grade_source, here):
    reference = load_exercise("gradcam").reference_file.read_text(encoding="utf-8")
    result = grade_source(reference, "gradcam")
    assert by_part(sheet(write("g.json", to_dict(result))))["gradcam"] == 9


@settings(max_examples=20)
@given(st.lists(st.integers(0, 4), min_size=30, max_size=30))
def test_scores_and_open_points_never_exceed_the_parts(tmp_path_factory, quarters):
    folder = tmp_path_factory.mktemp("lab")
    result = graded("transfer")
    for check, quarter in zip(result["checks"], quarters, strict=False):
        check["score"] = check["max_score"] * quarter / 4
    (folder / "t.json").write_text(json.dumps(result))
    found = lab_sheet("lab", [folder / "t.json"], None)
    assert all(0 <= r.score + r.open <= r.part.points for r in found.rows)
    assert found.max_score == 100
