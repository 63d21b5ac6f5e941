"""The file with the recorded points: refused where it is none, replaced whole."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.freetext.assessment import RecordError, load_record, record_path
from tests.essays.commands import A3, ALL, grade, shown

pytestmark = pytest.mark.usefixtures("here")


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"[]",
        b"{}",
        b"\xff\xfe",
        b'{"format": "cnn-grader rubric record", "version": 9}',
        b'{"format": "cnn-grader rubric record", "version": 1, "essay": "a3", "file": "a3.md", "assessments": 7}',
        b"[" * 100_000,
        b"9" * 10_000,
    ],
)
def test_a_record_that_is_none_is_refused_and_left_alone(here, data):
    (here / "a3.rubric.json").write_bytes(data)
    for arguments in (["submit", "a3.md"], ["rubric", "a3.md", "--points", "weights=2"]):
        result = grade(*arguments)
        assert result.exit_code == 2
        assert "a3.rubric.json is not a record" in result.stderr
    assert (here / "a3.rubric.json").read_bytes() == data


@pytest.mark.parametrize("points", ["true", "NaN", "1e999", '"2"', "null", "1" + "0" * 400])
def test_points_in_a_record_are_numbers(here, points):
    grade("rubric", "a3.md", "--points", "weights=2")
    text = (here / "a3.rubric.json").read_text()
    (here / "a3.rubric.json").write_text(text.replace('"weights": 2.0', f'"weights": {points}'))
    assert grade("submit", "a3.md").exit_code == 2


def test_points_beyond_the_rubric_do_not_count(here):
    grade("rubric", "a3.md", "--points", "weights=2")
    text = (here / "a3.rubric.json").read_text()
    (here / "a3.rubric.json").write_text(text.replace('"weights": 2.0', '"weights": 200.0, "charm": 50'))
    assert shown()["score"] == 0


def test_a_changed_rubric_is_noticed(here):
    grade("rubric", "a3.md", *ALL)
    text = (here / "a3.rubric.json").read_text()
    (here / "a3.rubric.json").write_text(text.replace(A3.fingerprint, "0" * 16))
    assert "the rubric has changed since this assessment" in grade("submit", "a3.md").stdout


def test_a_record_of_another_file_or_task_is_refused(here):
    grade("rubric", "a3.md", *ALL)
    assert "not to a4" in grade("submit", "a3.md", "--exercise", "a4").stderr
    (here / "a3.txt").write_text("# A3\n\nother words", encoding="utf-8")
    assert "is the record of a3.md" in grade("submit", "a3.txt").stderr
    (here / "a3.md").rename(here / "b.md")
    (here / "a3.rubric.json").rename(here / "b.rubric.json")
    assert grade("submit", "b.md").exit_code == 0, "renamed together they belong together"


def test_a_record_is_replaced_whole_or_not_at_all(here, monkeypatch):
    grade("rubric", "a3.md", "--points", "weights=2")
    before = (here / "a3.rubric.json").read_bytes()

    def fail(self: Path, target: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", fail)
    result = grade("rubric", "a3.md", "--points", "limits=2")
    assert result.exit_code == 3
    assert "cannot write a3.rubric.json" in result.stderr
    assert (here / "a3.rubric.json").read_bytes() == before
    assert sorted(p.name for p in here.iterdir()) == ["a3.md", "a3.rubric.json"]


def test_the_record_lies_beside_the_file(tmp_path):
    assert record_path(Path("x/y.b.md")) == Path("x/y.b.rubric.json")
    (tmp_path / "folder.json").mkdir()
    with pytest.raises(RecordError):
        load_record(tmp_path / "folder.json")
