"""What learners handed in is kept for them alone, the newest of each exercise, and compared with the time before."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from grader.gradebook import tries as module
from grader.gradebook.tries import KeptTries, changed
from grader.model import CheckResult, Result, Verdict


@pytest.fixture
def tries(tmp_path: Path) -> Iterator[KeptTries]:
    with KeptTries.open(tmp_path / "tries.sqlite") as found:
        yield found


def result(*won: str, exercise: str = "conv") -> Result:
    checks = [CheckResult(n, f"The {n}.", Verdict.ACCEPTED, float(n in won), 1.0) for n in ("stride", "padding")]
    return Result(exercise, "Convolution", "my_conv.py", 1, "confined", checks)


def test_each_learner_has_tries_of_their_own(tries: KeptTries) -> None:
    number = tries.add("ada", result("stride"), {"a.py": b"x = '\xff\0'"}, "<p>report</p>")
    tries.add("ben", result(), {}, "")
    tries.add("ada", result(exercise="pooling"), {}, "")
    [own] = tries.of("ada", "conv")
    assert (own.score, own.possible) == (1.0, 2.0)
    assert tries.one("ben", "conv", number) is None
    whole = tries.one("ada", "conv", number)
    assert whole is not None
    assert (whole.report, whole.files) == ("<p>report</p>", {"a.py": "x = '��'"})
    assert tries.before(whole) is None


def test_the_oldest_go(tries: KeptTries, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST", 2)
    tries.add("ben", result(), {}, "")
    numbers = [tries.add("ada", result(), {}, "") for _ in range(3)]
    assert [t.id for t in tries.of("ada", "conv")] == [numbers[2], numbers[1]]
    assert len(tries.of("ben", "conv")) == 1


def test_what_changed_is_checks_and_lines(tries: KeptTries) -> None:
    tries.add("ada", result("stride"), {"a.py": b"x = 1\ny = 2\n"}, "")
    number = tries.add("ada", result("padding"), {"a.py": b"x = 1\ny = 3\n", "b.py": b"z\n"}, "")
    after = tries.one("ada", "conv", number)
    assert after is not None
    before = tries.before(after)
    assert before is not None
    found = changed(before, after)
    assert (found.won, found.lost) == (("The padding.",), ("The stride.",))
    assert found.lines == (
        *(("@", "a.py"), ("@", "line 1"), (" ", "x = 1"), ("-", "y = 2"), ("+", "y = 3")),
        *(("@", "b.py"), ("@", "line 1"), ("+", "z")),
    )
    assert changed(after, after).lines == ()
