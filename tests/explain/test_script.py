"""A case is a script that stands alone: it fails with the wrong file and passes with a right one of the same name."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import nbformat
import numpy as np
import pytest
from click.testing import CliRunner

from grader.checks.backend import LocalBackend
from grader.checks.diagnose import scopes
from grader.cli.group import cli
from grader.exercise import EXERCISES, SOLUTIONS, all_exercises, load_exercise
from grader.gradebook.findings import from_rows, to_rows
from grader.judge.causes import causes
from grader.judge.grade import grade
from grader.judge.means import Explaining
from grader.judge.run import run_checks
from grader.model import Result
from grader.model.explanation import Explanation
from grader.report.as_json import to_dict
from grader.report.html import to_html
from grader.report.literals import Code, ramp, scattered, wave
from grader.report.text import to_text
from grader.sandbox.inside.interpreter import Interpreter
from grader.sandbox.inside.wire import Array
from grader.submission.load import load

RUNNER = Path(__file__).with_name("run_scripts.py")
NUMPY = [e.slug for e in all_exercises() if e.framework == "numpy"]
TORCH = [e.slug for e in all_exercises() if e.framework == "torch"]
FLIPPED = EXERCISES / "conv" / "wrong" / "kernel_flipped.py"
QUICK = [
    "backprop/integer_gradient",
    "batchnorm/gamma_beta_unused",
    "conv/kernel_flipped",
    "conv/window_averaged",
    "loss/gradient_cut",
]
QUICK += ["padding/other_modes_give_none", "pooling/uint8_wraps", "training/one_epoch_long", "shapes/total_only"]
QUICK += ["padding/image_overwritten_before_the_error"]  # and a right one raises, too
SIZES = ["mnist_cnn/batch_norm_left_out", "mobilenet/padding_missing"]  # compared beside values in the hundreds
SUM_OF_A_HELPER = "mnist_cnn/convolution_bias_left_out"  # one value of it is compared

Run = Callable[[Path, Path], dict[str, Any]]


@pytest.fixture(scope="module")
def run() -> Iterator[Run]:
    """Runs a script in an interpreter that has NumPy, torch and nothing of ours."""
    command = [sys.executable, "-I", "-S", str(RUNNER), str(Path(np.__file__).parents[1]), "numpy", "torch"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as runner:

        def runs(script: Path, folder: Path) -> dict[str, Any]:
            assert runner.stdin is not None
            assert runner.stdout is not None
            runner.stdin.write(json.dumps({"script": str(script), "folder": str(folder)}) + "\n")
            runner.stdin.flush()
            answer: dict[str, Any] = json.loads(runner.stdout.readline())
            return answer

        yield runs


def judged(path: Path, slug: str) -> Result:
    """A file of ours, graded in this process."""
    exercise = load_exercise(slug)
    checks = [c for c in exercise.checks if c.kind == "correctness" and c.device == "cpu"]
    backend = LocalBackend(Interpreter(scopes(exercise, path)))
    found = run_checks(exercise, checks, lambda _: backend, 1, named=False, explaining=Explaining())
    results = [found[c.name] for c in checks]
    why = causes(tuple(checks), results, {})
    return Result(slug, slug, str(path), 1, "process", results, causes=why, main=path.name)


def assert_storable(result: Result) -> None:
    """The gradebook's rows are JSON, and say all that was found out."""
    for found in (result.causes, *(check.findings for check in result.checks), *explained(result)):
        rows = json.loads(json.dumps(to_rows(found)))
        assert to_rows(from_rows(rows)) == rows


def explained(result: Result) -> list[tuple[Explanation]]:
    return [(check.explanation,) for check in result.checks if check.explanation is not None]


def cases_of(result: Result) -> list[dict[str, Any]]:
    return [c["case"] for c in to_dict(result)["causes"] if c["case"] is not None]


def tried(run: Run, case: dict[str, Any], folder: Path, source: Path, name: str) -> dict[str, Any]:
    """What the script says beside this file, which has this name there."""
    folder.mkdir()
    shutil.copy(source, folder / f"{name}.py")
    patient = case["script"].replace("dump_traceback_later(5,", "dump_traceback_later(100,")  # a machine may be busy
    (folder / "case_1.py").write_text(patient, encoding="utf-8")
    return run(folder / "case_1.py", folder)


def assert_tells(run: Run, path: Path, folder: Path) -> int:
    """How many cases a wrong file has: each fails with it, and passes with the reference. All can be stored."""
    slug = path.parent.parent.name
    result = judged(path, slug)
    assert_storable(result)
    cases = cases_of(result)
    for number, case in enumerate(cases):
        assert not re.search(r"\b(grader|exercises|solutions)\b", case["script"])
        wrong = tried(run, case, folder / f"{path.stem}-{number}-wrong", path, path.stem)
        assert wrong["status"] == 1, wrong["output"]
        assert [line[:10] for line in wrong["output"].splitlines()[-2:]] == ["expected: ", "actual:   "]
        right = tried(run, case, folder / f"{path.stem}-{number}-right", SOLUTIONS / f"{slug}.py", path.stem)
        assert right["status"] == 0, right["output"]
    return len(cases)


@pytest.mark.sampled(quick=4, ci=3)
@pytest.mark.parametrize("name", QUICK)
def test_a_case_fails_with_the_wrong_file_and_passes_with_a_right_one(name, run, tmp_path):
    slug, _, stem = name.partition("/")
    assert assert_tells(run, EXERCISES / slug / "wrong" / f"{stem}.py", tmp_path)


@pytest.mark.sampled(ci=3)
@pytest.mark.slow
@pytest.mark.parametrize("name", [*SIZES, SUM_OF_A_HELPER])
def test_so_it_does_where_a_network_is_looked_at_by_its_parts(name, run, tmp_path):
    slug, _, stem = name.partition("/")
    assert assert_tells(run, EXERCISES / slug / "wrong" / f"{stem}.py", tmp_path)


WRITES = """
_right = ConvNeXtBlock.forward
ConvNeXtBlock.forward = lambda self, x: _right(self, x) if torch.is_grad_enabled() else x.copy_(_right(self, x))
"""


@pytest.mark.slow
def test_so_it_does_where_no_gradients_are_recorded(run, tmp_path):
    path = tmp_path / "convnext" / "wrong" / "overwrites.py"
    path.parent.mkdir(parents=True)
    path.write_text((SOLUTIONS / "convnext.py").read_text() + WRITES)
    result = judged(path, "convnext")
    assert "  # under torch.no_grad()" in to_text(result)
    assert "Wrong exactly where no gradients are recorded" in to_text(result)
    assert [c["script"].count("    with torch.no_grad(): model(x)\n    actual = x\n") for c in cases_of(result)] == [1]
    assert assert_tells(run, path, tmp_path) == 1


@pytest.mark.sampled(ci=7)
@pytest.mark.slow
@pytest.mark.parametrize("slug", [*NUMPY, *TORCH])
def test_so_do_the_cases_of_the_bank(slug, run, tmp_path):
    files = load_exercise(slug).wrong_files[1 :: 6 if slug in NUMPY else 20]
    found = [assert_tells(run, path, tmp_path) for path in files]
    assert sum(map(bool, found)) >= (0.9 if slug in NUMPY else 0.5) * len(files)  # a helper's verdict has no case


def test_a_case_shows_few_numbers_and_prints_what_the_report_says(run, tmp_path):
    [case, *_] = cases_of(judged(FLIPPED, "conv"))
    assert 0 < case["numbers"] <= 12
    assert case["call"].startswith("conv2d(X, K")
    assert case["script"].startswith("import faulthandler")
    assert "faulthandler.dump_traceback_later(5, exit=True)" in case["script"]
    output = tried(run, case, tmp_path / "case", FLIPPED, "kernel_flipped")["output"]
    assert output.splitlines() == [f"expected: {case['expected']}", f"actual:   {case['actual']}"]


def test_a_formula_gives_numbers_of_which_no_two_are_equal_where_that_has_to_be(tmp_path):
    """Of equal pixels the contract does not say which is the maximum, and one that grows is always the last one."""
    wrong = tmp_path / "winners.py"
    wrong.write_text((SOLUTIONS / "backprop.py").read_text().replace("p, q = np.divmod", "q, p = np.divmod"))
    result = judged(wrong, "backprop")
    assert "pool_backward" in result.causes[0].checks
    assert max(case["numbers"] for case in cases_of(result)) <= 12
    assert "np.arange(140) * 53 % 140" in cases_of(result)[0]["script"]


@pytest.mark.parametrize("shape", [(7,), (2, 4), (1, 3, 8, 6)])
@pytest.mark.parametrize("dtype", ["float64", "int64", "float32", "uint8"])
@pytest.mark.parametrize("formula", [ramp, wave, scattered])
def test_a_formula_is_read_as_the_array_that_it_stands_for(formula, dtype, shape):
    data = np.asarray(formula(shape), dtype)
    code = Code()
    read = eval(code.text(Array(data)), {"np": np})
    assert (read.dtype, read.tolist()) == (data.dtype, data.tolist())
    assert code.numbers == 0 or (formula is wave and dtype in ("int64", "uint8"))


@pytest.mark.slow
def test_weights_go_by_the_students_own_names():
    path = EXERCISES / "mobilenet" / "wrong" / "shortcut_by_channels_only.py"
    [case, *_] = cases_of(judged(path, "mobilenet"))
    assert re.search(r'weights\["[\w.]+"\]\.copy_\(', case["script"].replace("'", '"'))
    assert "def fill" not in case["script"]
    assert case["numbers"] <= 40


# ---------------------------------------------------------------- a student's files, in the sandbox

RIGHT = (SOLUTIONS / "conv.py").read_text(encoding="utf-8")
DOUBLED = RIGHT.replace("def conv2d(", "def _right(", 1) + (
    "\n\ndef conv2d(X, K, stride=1, padding=0):\n    return 2 * _right(X, K, stride, padding)\n"
)


def graded(path: Path, slug: str = "conv") -> Result:
    return grade(load(path), load_exercise(slug), seed=1, timing=False, explained=True)


def run_alone(script: str, folder: Path) -> subprocess.CompletedProcess[str]:
    (folder / "case_1.py").write_text(script, encoding="utf-8")
    return subprocess.run([sys.executable, "case_1.py"], cwd=folder, capture_output=True, text=True, check=False)


def test_a_file_that_cannot_be_imported_by_its_name_is_found_all_the_same(tmp_path):
    (tmp_path / "my-conv.py").write_text(DOUBLED)
    [case, *_] = cases_of(graded(tmp_path / "my-conv.py"))
    done = run_alone(case["script"], tmp_path)
    assert (done.returncode, done.stdout.splitlines()[-1]) == (1, f"actual:   {case['actual']}")


def test_a_notebooks_case_is_pasted_below_it(tmp_path):
    book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(DOUBLED)])
    nbformat.write(book, tmp_path / "my_conv.ipynb")
    [case, *_] = cases_of(graded(tmp_path / "my_conv.ipynb"))
    assert "Paste this below the last cell" in case["script"]
    assert "from my_conv" not in case["script"]
    assert run_alone(DOUBLED + "\n" + case["script"], tmp_path).returncode == 1
    assert run_alone(RIGHT + "\n" + case["script"], tmp_path).returncode == 0


@pytest.mark.slow
def test_lines_that_were_left_out_are_left_out_again(tmp_path):
    source = (EXERCISES / "fast_conv" / "wrong" / "weight_transposed.py").read_text(encoding="utf-8")
    test_of_their_own = "\nimport torch\nprint(torch.conv2d(torch.ones(1, 1, 2, 2), torch.ones(1, 1, 1, 1)).exit())\n"
    (tmp_path / "my_conv.py").write_text(source + test_of_their_own, encoding="utf-8")
    [case, *_] = cases_of(graded(tmp_path / "my_conv.py", "fast_conv"))
    done = run_alone(case["script"], tmp_path)
    assert (done.returncode, done.stdout.splitlines()[-2]) == (1, f"expected: {case['expected']}")


@pytest.mark.slow
def test_statements_that_failed_or_took_too_long_are_left_out_again(tmp_path):
    above = "import numpy as np; data = np.load('data.npy')\n"
    between = "\n@undefined\ndef other():\n    pass\n\n\nwhile True:\n    pass\n\n"
    (tmp_path / "my_conv.py").write_text(above + between + DOUBLED)
    [case, *_] = cases_of(graded(tmp_path / "my_conv.py"))
    done = run_alone(case["script"], tmp_path)
    assert (done.returncode, done.stdout.splitlines()[-1]) == (1, f"actual:   {case['actual']}"), done.stderr


@pytest.mark.slow
def test_what_only_went_wrong_because_of_what_was_asked_before_is_no_case(tmp_path):
    """The 40th call and all after it are wrong: a script that asks once would be right."""
    late = "    CALLS.append(1)\n    return (1 + (len(CALLS) > 39)) *"
    (tmp_path / "my_conv.py").write_text("CALLS = []\n" + DOUBLED.replace("    return 2 *", late))
    result = graded(tmp_path / "my_conv.py")
    assert result.score < result.max_score
    assert cases_of(result) == []


def test_there_is_no_case_of_what_is_not_defined(tmp_path):
    (tmp_path / "my_conv.py").write_text(RIGHT.replace("def conv2d_multichannel", "def other"))
    assert cases_of(graded(tmp_path / "my_conv.py")) == []


@pytest.fixture
def here(tmp_path, monkeypatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "my_conv.py").write_text(DOUBLED)
    return tmp_path


def test_the_command_writes_a_case_and_replaces_only_its_own(here):
    command = ["submit", "my_conv.py", "--no-timing", "--case", "1"]
    for _ in range(2):
        done = CliRunner().invoke(cli, command)
        assert done.exit_code == 1, done.output
        assert run_alone((here / "case_1.py").read_text(), here).returncode == 1
    (here / "case_1.py").write_text("my_own = 1\n")
    refused = CliRunner().invoke(cli, command)
    assert refused.exit_code == 2
    assert (here / "case_1.py").read_text() == "my_own = 1\n"


@pytest.mark.slow
def test_a_case_that_is_not_there_is_said_to_be_so(here):
    refused = CliRunner().invoke(cli, ["submit", "my_conv.py", "--no-timing", "--case", "9"])
    assert (refused.exit_code, (here / "case_9.py").exists()) == (2, False)
    assert "there is no case 9" in refused.output


def test_no_case_is_written_where_less_is_to_be_told(here):
    refused = CliRunner().invoke(cli, ["submit", "my_conv.py", "--no-timing", "--feedback", "name", "--case", "1"])
    assert (refused.exit_code, (here / "case_1.py").exists()) == (2, False)


@pytest.mark.slow
def test_reports_lead_to_the_case(here):
    result = graded(here / "my_conv.py")
    assert "--case 1" in to_text(result)
    page = to_html([result])
    assert '<pre class="script"' in page
    assert "from my_conv import" in page
    assert page.count("<script>") == 1
