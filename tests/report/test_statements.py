"""Statements as `grade start` prints them: formulas come out whole, and a person can read them."""

from __future__ import annotations

import ast
import re

import pytest
from click.testing import CliRunner
from markdown_it import MarkdownIt
from rich.cells import cell_len

from grader.cli.group import cli
from grader.exercise import all_exercises
from grader.freetext.essays import all_essays
from grader.report.layout import PLAIN
from grader.report.readable import markdown

MATH = re.compile(r"\$\$.+?\$\$|\$[^$]+\$", re.DOTALL)
MATRIX = re.compile(r"\\begin\{pmatrix\}(.*?)\\end\{pmatrix\}", re.DOTALL)
WITH_MATH = [e.slug for e in all_exercises() if MATH.search(e.statement)]
ESSAYS_WITH_MATH = [e.slug for e in all_essays() if MATH.search(e.question)]


def started(slug: str, tmp_path, monkeypatch, width: int) -> str:
    """What the command prints in a terminal of this width."""
    monkeypatch.chdir(tmp_path)
    result = CliRunner(env={"COLUMNS": str(width)}).invoke(cli, ["start", slug, "--force"])
    assert result.exit_code == 0
    return result.stdout


@pytest.mark.parametrize("slug", [e.slug for e in all_exercises()])
def test_no_tex_is_left_and_nothing_is_wider_than_the_terminal(slug, tmp_path, monkeypatch):
    shown = started(slug, tmp_path, monkeypatch, 80)
    assert not re.search(r"\\[a-zA-Z,;{}]|\\\\|\$|matrix\}|\bBig\b|qquad", shown)
    assert max(map(cell_len, shown.splitlines())) <= 80


@pytest.mark.parametrize("width", [80, 120])
@pytest.mark.parametrize("slug", [e.slug for e in all_exercises()])
def test_signatures_and_names_stay_whole(slug, width, tmp_path, monkeypatch):
    statement = next(e.statement for e in all_exercises() if e.slug == slug)
    shown = started(slug, tmp_path, monkeypatch, width)
    spans = {span for span in re.findall(r"(?<!`)`([^`\n]+)`(?!`)", statement) if cell_len(span) <= 76}
    assert [span for span in spans if span not in shown] == []
    assert "…" not in shown.replace("\n", " ") or "…" in statement


@pytest.mark.parametrize("slug", [e.slug for e in all_exercises()])
def test_nothing_is_cut_off_in_a_narrow_terminal(slug, tmp_path, monkeypatch):
    statement = next(e.statement for e in all_exercises() if e.slug == slug)
    assert started(slug, tmp_path, monkeypatch, 40).count("…") <= statement.count("…") + statement.count("dots")


@pytest.mark.parametrize("slug", [e.slug for e in all_exercises()])
def test_examples_fit_a_terminal(slug):
    statement = next(e.statement for e in all_exercises() if e.slug == slug)
    blocks = [token.content for token in MarkdownIt().parse(statement) if token.type in ("code_block", "fence")]
    assert all(cell_len(line) <= 76 for block in blocks for line in block.splitlines())


@pytest.mark.parametrize("slug", WITH_MATH)
def test_every_row_of_every_matrix_is_there(slug, tmp_path, monkeypatch):
    statement = next(e.statement for e in all_exercises() if e.slug == slug)
    shown = started(slug, tmp_path, monkeypatch, 400).replace("\u00a0", " ")
    for found in MATRIX.finditer(statement):
        rows = [" +".join(re.escape(cell.strip()) for cell in row.split("&")) for row in found[1].split(r"\\")]
        gap = "(?:; | ⎤? *\n? *[⎡⎢⎣⎤⎥⎦ \n]*)"
        assert re.search(gap.join(rows), shown), found[0]


@pytest.mark.parametrize(
    "slug, formula",
    [
        ("gradcam", "αₖ = (1/(hw)) ∑_(i,j) (∂ y^c)/(∂ Aᵏ_ij), L = ReLU(∑ₖ αₖ Aᵏ)"),
        ("gradcam", "A¹ = [4 0; 1 2], A² = [0 3; 1 1]"),
        ("mc_dropout", "σ = √((1/R)∑ᵣ₌₁^R (pᵣ - μ)²)"),
        ("pruning", "⌊fraction · n⌋"),
        ("transfer", "2048 · 256 + 256 + 256 · 6 + 6 = 526,086"),
    ],
)
def test_formulas_that_a_person_checked(slug, formula, tmp_path, monkeypatch):
    assert formula in started(slug, tmp_path, monkeypatch, 400)


@pytest.mark.parametrize("slug", ESSAYS_WITH_MATH)
def test_an_essays_formulas_stand_as_they_were_written(slug, tmp_path, monkeypatch):
    question = next(e.question for e in all_essays() if e.slug == slug)
    shown = " ".join(started(slug, tmp_path, monkeypatch, 80).split())
    assert all(" ".join(found.split()) in shown for found in MATH.findall(question))


def test_what_markdown_would_obey_is_escaped_and_code_is_left_alone():
    assert markdown("$x_L * y_L * z$, `$a_1$`") == r"x\_L \* y\_L \* z, `$a_1$`"
    assert markdown("```sh\necho $HOME $PATH\n```") == "```sh\necho $HOME $PATH\n```"


def test_a_matrix_in_a_list_stays_in_it():
    text = markdown("- so:\n  $$\\begin{pmatrix}1&0\\\\0&1\\end{pmatrix}$$\n  and on")
    assert [row[:2] for row in text.splitlines() if row.strip()][1:] == ["  "] * 5


def test_what_is_shown_of_exercises_can_be_shown_in_ascii():
    """In a terminal or pipe that does not speak UTF-8, nothing of titles and misconceptions becomes a question mark."""
    texts = [exercise.title for exercise in all_exercises()]
    for exercise in all_exercises():
        texts += [check.title for check in exercise.checks]
        texts += [ast.get_docstring(ast.parse(path.read_bytes())) or "" for path in exercise.folder.glob("wrong/*.py")]
    lost = {letter for text in texts for letter in text.translate(PLAIN) if not letter.isascii()}
    assert len(texts) > 500
    assert not lost
    assert "180°".translate(PLAIN) == "180 degrees"
