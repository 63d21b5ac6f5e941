"""The exercise bank: every file of ours is graded as it should be, behind the real sandbox.

Quickly for a few files of each exercise; the slow test takes all of them and keeps the table in the docs true.
"""

from __future__ import annotations

import ast
from collections import Counter

import pytest

from grader.author import bank, seeds
from grader.author.table import BankRow, table
from grader.checks import remembered
from grader.checks.diagnose import load_module
from grader.exercise import all_exercises, load_exercise, misconception_text
from grader.judge.grade import grade
from grader.root import ROOT
from grader.submission.load import load

SLUGS = [e.slug for e in all_exercises()]
QUICK = "pooling"


@pytest.fixture(autouse=True)
def remembered_here(monkeypatch):
    """As in a batch: what our own files answer is computed once. Nothing of it is for other tests."""
    monkeypatch.setattr(remembered, "_kept", {})
    monkeypatch.setattr(remembered, "_size", 0)


@pytest.mark.sampled(ci=7)
@pytest.mark.parametrize("slug", [QUICK, *(pytest.param(s, marks=pytest.mark.slow) for s in SLUGS if s != QUICK)])
def test_the_reference_the_starter_and_one_wrong_file(slug, sandboxes):
    exercise = load_exercise(slug)
    files = list(bank.files(exercise))
    chosen = [f for f in files if f[0] in ("reference", "starter")] + [f for f in files if f[0] == "wrong"][-1:]
    for kind, path in chosen:
        checks = grade(load(path), exercise, seed=1, sandbox=sandboxes(slug)).checks
        assert not bank.fault(kind, path, checks), path


EVERY = {"numpy": 4, "torch": 12}  # of the wrong files: `make bank` has all of them


@pytest.mark.sampled(ci=7)
@pytest.mark.slow
@pytest.mark.parametrize("slug", SLUGS)
def test_files_are_graded_as_they_should_be(slug):
    exercise = load_exercise(slug)
    row, faults = bank.examine(exercise, EVERY[exercise.framework])
    assert faults == 0
    assert row.full == row.right
    assert row.named == row.caught == row.wrong > 0


@pytest.mark.parametrize("slug", SLUGS)
def test_the_table_in_the_docs_counts_every_file(slug):
    kinds = Counter(kind for kind, _ in bank.files(load_exercise(slug)))
    right, wrong = kinds["right"], kinds["wrong"]
    row = BankRow(slug, right=right, full=right, wrong=wrong, caught=wrong, named=wrong)
    assert table([row], BankRow).splitlines()[2] in bank.PAGE.read_text()


def broken_grader(*_, **__):
    """A grader that fails."""
    raise ValueError("bad luck")


QUICK = "loss"  # with nothing to time
LOSES_POINTS = load_exercise(QUICK).wrong_files[0].read_text()
RIGHT = (ROOT / "solutions" / f"{QUICK}.py").read_text()


@pytest.mark.sampled(quick=4, ci=2)
@pytest.mark.parametrize(
    "kind, text, said",
    [
        ("starter", RIGHT, "won "),
        ("idle", RIGHT, "won "),
        ("slow", RIGHT, "lost nothing"),
        ("slow", LOSES_POINTS, "lost more than speed"),
        ("reference", LOSES_POINTS, "lost "),
        ("right", LOSES_POINTS, "lost "),
        ("wrong", RIGHT, "lost nothing"),
        ("wrong", LOSES_POINTS, "named "),
        ("right", "def f(:", "lost "),
        ("reference", None, "internal error"),
        ("right", RIGHT, ""),
    ],
)
def test_any_fault_of_a_bank_ends_with_1(tmp_path, monkeypatch, capsys, kind, text, said):
    path = tmp_path / "odd_name.py"
    path.write_text(text or RIGHT)
    if text is None:
        monkeypatch.setattr(bank, "grade", broken_grader)
    monkeypatch.setattr(bank, "files", lambda _: [(kind, path)])
    assert bank.main([QUICK]) == int(bool(said))
    assert (f"{path}: {said}" in capsys.readouterr().err) == bool(said)


@pytest.fixture
def page(tmp_path, monkeypatch):
    """A page whose table has an exercise that is gone, one that does not run, and old numbers of one that does."""
    made = tmp_path / "bank.md"
    old = [BankRow("conv", 7, 7, 44, 44, 44), BankRow("no_longer", 1, 1, 1, 1, 1), BankRow(QUICK, 9, 9, 9, 9, 9)]
    made.write_text(f"# Bank ✓\n\n{table(old, BankRow)}\n\nText below.\n")
    monkeypatch.setattr(bank, "PAGE", made)
    return made


def only(monkeypatch, tmp_path, kind, text):
    """One file instead of an exercise's own."""
    path = tmp_path / "odd_name.py"
    path.write_text(text)
    monkeypatch.setattr(bank, "files", lambda _: [(kind, path)])


def test_an_update_writes_the_rows_that_ran_and_the_sums(page, tmp_path, monkeypatch):
    only(monkeypatch, tmp_path, "right", RIGHT)
    assert bank.main([QUICK, "--update"]) == 0
    rows = "| conv | 7 | 7 | 44 | 44 | 44 |\n| loss | 1 | 1 | 0 | 0 | 0 |\n| **all** | 8 | 8 | 44 | 44 | 44 |"
    head = "| exercise | right | full marks | wrong | caught | named |\n|---|---|---|---|---|---|"
    assert page.read_text() == f"# Bank ✓\n\n{head}\n{rows}\n\nText below.\n"


def test_an_update_leaves_the_row_of_an_exercise_with_a_fault(page, tmp_path, monkeypatch):
    only(monkeypatch, tmp_path, "wrong", RIGHT)
    assert bank.main([QUICK, "--update"]) == 1
    assert "| loss | 9 | 9 | 9 | 9 | 9 |" in page.read_text()


def test_without_update_the_page_stays(page, tmp_path, monkeypatch):
    before = page.read_bytes()
    only(monkeypatch, tmp_path, "right", RIGHT)
    assert bank.main([QUICK]) == 0
    assert page.read_bytes() == before


@pytest.mark.parametrize("text", ["# No table\n", f"{table([], BankRow)}\n| conv | seven |\n", None])
def test_a_page_that_cannot_be_updated_is_refused_before_anything_is_graded(page, monkeypatch, capsys, text):
    monkeypatch.setattr(bank, "examine", broken_grader)
    page.unlink() if text is None else page.write_text(text)
    assert bank.main([QUICK, "--update"]) == 2
    said = capsys.readouterr().err
    assert said.startswith(str(page))
    assert said.count("\n") == 1


@pytest.mark.parametrize("slug", ["no_such", "a1"])
def test_an_exercise_that_there_is_not_is_one_line(slug, monkeypatch, capsys):
    monkeypatch.setattr(bank, "examine", broken_grader)
    assert bank.main([QUICK, slug]) == 2
    said = capsys.readouterr()
    assert not said.out
    assert f"'{slug}'" in said.err
    assert said.err.count("\n") == 1


def test_the_table_in_the_docs_has_every_exercise_and_the_sums():
    text = bank.PAGE.read_text()
    rows = [line.strip("| ").split(" | ") for line in text.split("\n") if line.startswith("| ") and "full" not in line]
    *own, total = [BankRow(slug, *map(int, counts)) for slug, *counts in rows]
    assert [row.slug for row in own] == SLUGS
    assert table(own, BankRow) in text
    assert total.slug == "**all**"


@pytest.mark.sampled(ci=7)
@pytest.mark.slow
@pytest.mark.parametrize("slug", SLUGS)
def test_a_right_file_is_right_whatever_is_drawn(slug):
    """Sums that cancel, values that are almost equal: what one seed in a thousand draws must cost nobody a point."""
    exercise = load_exercise(slug)
    assert not seeds.losses(exercise, range(1 if exercise.framework == "torch" else 5))


@pytest.mark.slow
def test_what_a_right_file_loses_with_some_seed_is_said(monkeypatch):
    """One that is wrong with every seed stands for it."""
    exercise = load_exercise(QUICK)
    wrong = exercise.wrong_files[0]
    monkeypatch.setattr(seeds, "files", lambda _: [("reference", exercise.reference_file), ("right", wrong)])
    found = seeds.losses(exercise, [7, 8])
    assert {(loss.path, loss.seed) for loss in found} == {(wrong, 7), (wrong, 8)}
    assert str(found[0]).startswith(f"exercises/{QUICK}/wrong/{wrong.name}: seed 7 lost ")


@pytest.mark.slow
def test_the_command_grades_with_so_many_seeds(capsys):
    assert seeds.main([QUICK, "--seeds", "2", "--first", "5"]) == 0
    files = 1 + len(list((load_exercise(QUICK).folder / "right").glob("*.py")))
    assert capsys.readouterr().out == f"{QUICK}: {files} files, 2 seeds, 0 checks lost\n"
    assert seeds.main(["no_such"]) == 2


@pytest.mark.parametrize("slug", SLUGS)
def test_an_exercise_is_whole(slug):
    exercise = load_exercise(slug)
    statement = exercise.statement
    assert all(name in statement for name in exercise.names)
    assert f"{exercise.points:g}" in statement, "the statement says how many points there are"
    assert {n for c in exercise.checks for n in c.needs} <= set(exercise.names)
    assert len(exercise.wrong_files) >= 5
    assert len(list((exercise.folder / "right").glob("*.py"))) >= 3
    defined = {n.name for n in ast.parse(exercise.starter_file.read_text()).body if hasattr(n, "name")}
    assert set(exercise.names) <= defined
    load_module(exercise.starter_file, f"starter_{slug}")


@pytest.mark.parametrize("slug", SLUGS)
def test_a_misconception_speaks_to_the_student(slug):
    for path in load_exercise(slug).wrong_files:
        title, hint = misconception_text(path)
        assert 3 < len(title) < 80, path
        assert 20 < len(hint) < 600, path
