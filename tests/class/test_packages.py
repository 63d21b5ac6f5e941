"""Packages for other platforms, run as these would run them: the same layout, the same scripts, no network."""

from __future__ import annotations

import io
import json
import os
import shutil
import site
import subprocess
import tempfile
import venv
import zipfile
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from grader.cli.group import cli
from grader.exercise import EXERCISES, load_exercise
from grader.package import run

OFFLINE = {"PIP_NO_INDEX": "1", "PIP_NO_DEPS": "1", "PIP_NO_BUILD_ISOLATION": "0", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
RIGHT = sorted((EXERCISES / "pooling" / "right").glob("*.py"))[0]
WRONG = EXERCISES / "conv" / "wrong" / "kernel_flipped.py"


def packed(*arguments: str) -> bytes:
    """What the command writes."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "out"
        result = CliRunner().invoke(cli, ["package", *arguments, "-o", str(path)])
        assert result.exit_code == 0, result.output
        return path.read_bytes()


def environment(folder: Path) -> dict[str, str]:
    """A virtual environment with this one's libraries, and the variables to install without a network.

    This project is not among them: it is installed here as a line in a .pth file, which is read in its own folder only.
    """
    venv.create(folder / "venv", with_pip=True)
    own = next((folder / "venv" / "lib").glob("python*/site-packages"))
    (own / "libraries.pth").write_text(f"{site.getsitepackages()[0]}\n")
    path = f"{folder / 'venv' / 'bin'}:{os.environ['PATH']}"
    return {"PATH": path, "HOME": str(folder), "LANG": "C.UTF-8", **OFFLINE}


def run_in(folder: Path, command: list[str], env: dict[str, str]) -> subprocess.CompletedProcess:
    """The command, with what it printed."""
    return subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, timeout=300)


# ---------------------------------------------------------------- Gradescope


@pytest.fixture(scope="module")
def image(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """/autograder after Gradescope has built its image."""
    root = tmp_path_factory.mktemp("gradescope") / "autograder"
    for name in ("source", "submission", "results"):
        (root / name).mkdir(parents=True)
    with zipfile.ZipFile(io.BytesIO(packed("gradescope", "conv", "pooling"))) as archive:
        for entry in archive.infolist():
            path = Path(archive.extract(entry, root / "source"))
            path.chmod(entry.external_attr >> 16 & 0o777)
    shutil.copy(root / "source" / "run_autograder", root)
    env = environment(root) | {"AUTOGRADER_ROOT": str(root)}
    built = run_in(root / "source", ["bash", "./setup.sh"], env)
    assert built.returncode == 0, built.stdout + built.stderr
    return root


def submitted(image: Path, files: dict[str, str | Path]) -> tuple[subprocess.CompletedProcess, Path]:
    """What happens when a student submits these files; and where the results should be."""
    for name in ("submission", "results"):
        shutil.rmtree(image / name)
        (image / name).mkdir()
    for name, content in files.items():
        (image / "submission" / name).write_text(content if isinstance(content, str) else content.read_text())
    env = {"PATH": os.environ["PATH"], "AUTOGRADER_ROOT": str(image)}
    return run_in(image, ["./run_autograder"], env), image / "results" / "results.json"


def conforming(path: Path) -> dict:
    """results.json by Gradescope's rules: a score, or one in each test; known visibilities and states."""
    data = json.loads(path.read_text())
    tests = data.get("tests", [])
    assert "score" in data or (tests and all("score" in t for t in tests))
    for part in (data, *tests):
        assert part.get("visibility", "visible") in ("hidden", "after_due_date", "after_published", "visible")
        assert part.get("status", "passed") in ("passed", "failed")
        assert part.get("output_format", "text") in ("text", "html", "simple_format", "md", "ansi")
    return data


@pytest.mark.slow
def test_gradescope_grades_each_exercise_from_its_file(image: Path) -> None:
    done, results = submitted(image, {"a.py": WRONG, "b.py": RIGHT, "notes.txt": "not code"})
    assert done.returncode == 0, done.stdout + done.stderr
    data = conforming(results)
    assert {r["exercise"] for r in data["extra_data"]["results"]} == {"conv", "pooling"}
    by_name = {t["name"]: t for t in data["tests"]}
    assert any("kernel-flipped" in t["tags"] or "kernel_flipped" in t["tags"] for t in by_name.values())
    pooling = [t for t in data["tests"] if "pool" in t["name"].lower()]
    assert pooling
    assert sum(t["max_score"] for t in data["tests"]) == load_exercise("conv").points + load_exercise("pooling").points


@pytest.mark.slow
def test_gradescope_gives_a_file_that_cannot_be_read_no_points_and_says_why(image: Path) -> None:
    done, results = submitted(image, {"my_conv.py": "def conv2d(X, K:\n"})
    assert done.returncode == 0
    data = conforming(results)
    assert sum(t["score"] for t in data["tests"]) == 0
    assert "never closed" in results.read_text()


@pytest.mark.slow
def test_gradescope_without_a_source_file_says_so(image: Path) -> None:
    done, results = submitted(image, {"essay.txt": "I did my best."})
    data = conforming(results)
    assert (done.returncode, data["score"]) == (0, 0)
    assert "no .py or .ipynb file" in data["output"]


@pytest.mark.slow
def test_a_submission_on_gradescope_sees_neither_solutions_nor_results(image: Path) -> None:
    spy = f"""
import os
found = []
for path in ({str(image / "source")!r}, {str(image / "results")!r}, {str(image / "venv")!r} + "/lib"):
    try:
        found += [f for _, _, names in os.walk(path) for f in names if f.endswith(("conv.py", ".json"))]
    except OSError:
        pass
try:
    import solutions.conv
    found.append("solutions")
except ImportError:
    pass
raise ValueError(f"found {{len(found)}} files {{found[:3]}}")
"""
    done, results = submitted(image, {"my_conv.py": spy + "\ndef conv2d(X, K): pass\n"})
    assert done.returncode == 0, done.stdout
    assert "found 0 files" in results.read_text()


def test_the_zip_holds_the_chosen_exercises_alone() -> None:
    with zipfile.ZipFile(io.BytesIO(packed("gradescope", "conv"))) as archive:
        names = archive.namelist()
        modes = {i.filename: i.external_attr >> 16 & 0o777 for i in archive.infolist()}
    assert {"setup.sh", "run_autograder"} <= set(names)
    assert modes["run_autograder"] == modes["setup.sh"] == 0o755
    assert {n for n in names if n.startswith("project/solutions/")} == {"project/solutions/conv.py"}
    assert {n.split("/")[2] for n in names if n.startswith("project/exercises/")} == {"conv"}
    assert not any("/right/" in n or "__pycache__" in n or "/tests/" in n for n in names)


def test_the_same_project_gives_the_same_zip() -> None:
    assert packed("gradescope", "conv") == packed("gradescope", "conv", "conv")


# ---------------------------------------------------------------- GitHub


def steps(text: str) -> list[dict]:
    """The workflow's steps; it has one job, of the name that Classroom looked for."""
    data = yaml.safe_load(text)
    assert data["name"] == "Autograding Tests"
    assert list(data["jobs"]) == ["run-autograding-tests"]
    return data["jobs"]["run-autograding-tests"]["steps"]


@pytest.fixture(scope="module")
def runner(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[dict], dict[str, str]]:
    """A runner's folder, the workflow's steps and environment after everything but the grading."""
    folder = tmp_path_factory.mktemp("github")
    env = environment(folder)
    with zipfile.ZipFile(io.BytesIO(packed("gradescope", "conv"))) as archive:
        archive.extractall(folder / "published")
    spec = str(folder / "published" / "project")
    found = [s for s in steps(packed("github", "conv", "--install", spec).decode()) if "run" in s]
    (folder / "work").mkdir()
    for step in found[:-1]:
        done = as_github(folder, step, env)
        assert done.returncode == 0, done.stdout + done.stderr
    return folder, found, env


def as_github(folder: Path, step: dict, env: dict[str, str]) -> subprocess.CompletedProcess:
    """`shell: bash` of GitHub Actions."""
    script = folder / "step.sh"
    script.write_text(step["run"])
    more = {"GITHUB_STEP_SUMMARY": str(folder / "summary.md"), **step.get("env", {})}
    command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", str(script)]
    return run_in(folder / "work", command, env | more)


@pytest.mark.slow
def test_github_shows_the_points_and_what_is_wrong(runner: tuple[Path, list[dict], dict[str, str]]) -> None:
    folder, found, env = runner
    shutil.copy(WRONG, folder / "work" / "my_conv.py")
    done = as_github(folder, found[-1], env)
    assert done.returncode == 1, done.stdout + done.stderr
    [report] = [line for line in done.stdout.splitlines() if line.startswith("::notice title=Autograding report::")]
    points = json.loads(report.removeprefix("::notice title=Autograding report::"))
    assert 0 < points["totalPoints"] < points["maxPoints"] == load_exercise("conv").points
    assert "flipped" in done.stdout
    assert "flipped" in (folder / "summary.md").read_text()


def test_github_needs_to_be_told_where_the_grader_comes_from() -> None:
    result = CliRunner().invoke(cli, ["package", "github", "conv"])
    assert result.exit_code == 2
    assert "--install" in result.output


def test_what_is_installed_may_be_called_anything() -> None:
    spec = "git+https://example.org/a.git@v1#egg='x' \"y\": {z}"
    [install] = [s for s in steps(packed("github", "conv", "--install", spec).decode()) if "GRADER" in s.get("env", {})]
    assert install["env"]["GRADER"] == spec


def test_an_unknown_exercise_is_named() -> None:
    for platform in ("gradescope", "github"):
        result = CliRunner().invoke(cli, ["package", platform, "nonesuch", "--install", "x", "-o", "/dev/null"])
        assert (result.exit_code, "nonesuch" in result.output) == (2, True)


# ---------------------------------------------------------------- what both call


def test_a_submission_cannot_give_the_runner_orders(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    forged = '::notice title=Autograding report::{"totalPoints": 99, "maxPoints": 1}'
    (tmp_path / "my_conv.py").write_text(f"raise ValueError('''x\n{forged}\n''')\ndef conv2d(X, K): pass\n")
    assert run.main([str(tmp_path), "conv", "--github"]) == 1
    lines = capsys.readouterr().out.splitlines()
    word = lines[0].removeprefix("::stop-commands::")
    end = lines.index(f"::{word}::")
    assert len(word) == 32
    assert all(not line.startswith("::") for line in lines[1:end])
    assert sum("Autograding report" in line for line in lines[end:]) == 1
    assert '"totalPoints": 0' in lines[-1]


def test_without_the_layer_that_is_required_nothing_is_graded(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copy(WRONG, tmp_path)

    def refuse(*_: object, **__: object) -> None:
        raise run.IsolationError("this machine offers less")

    monkeypatch.setattr(run, "grade", refuse)
    results = tmp_path / "results.json"
    assert run.main([str(tmp_path), "conv", "--require", "capped", "--gradescope", str(results)]) == 3
    assert not results.exists()
    assert "offers less" in capsys.readouterr().out


@pytest.mark.slow
def test_of_several_notebooks_and_files_each_exercise_takes_its_own(tmp_path: Path) -> None:
    import nbformat

    shutil.copy(RIGHT, tmp_path / "mine.py")
    cells = [nbformat.v4.new_code_cell(WRONG.read_text())]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), tmp_path / "other.ipynb")
    conv, pooling = run.graded(tmp_path, ["conv", "pooling"], "process")
    assert 0 < conv.score < conv.max_score
    assert pooling.full_marks
