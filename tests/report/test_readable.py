"""TeX and Markdown of the questions, as a terminal shows them."""

from __future__ import annotations

import re

import pytest

from generators.build import build
from generators.registry import load, slugs
from grader.report.layout import lines_to_text
from grader.report.readable import formula, lines


def shown(text: str, indent: int = 0, label: str = "") -> str:
    return lines_to_text(lines(text, indent, label)).replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("tex", "text"),
    [
        (r"\lfloor (7 - 3)/2 \rfloor + 1 = 3", "⌊(7 - 3)/2⌋ + 1 = 3"),
        (r"27 C^2 + a_{ij}", "27 C² + a_ij"),
        (r"x^{2n+1} \cdot r_0", "x²ⁿ⁺¹ · r₀"),
        (r"\frac{\partial L}{\partial x}", "(∂ L)/(∂ x)"),
        (r"\frac{1}{2} \le \alpha", "1/2 ≤ α"),
        (r"\text{if } \hat{y} \approx \sqrt{2}", "if ŷ ≈ √2"),
        (r"\unknown{x} \% \{a\}", "unknownx % {a}"),
    ],
)
def test_formulas(tex: str, text: str) -> None:
    assert formula(tex) == text


def test_matrices_stand_in_blocks_and_rows_in_the_line() -> None:
    text = r"X = $\begin{bmatrix} 1 & -2 \\ 30 & 4 \end{bmatrix}$, f = $\begin{bmatrix} 1 & 2 \end{bmatrix}$. Compute."
    assert shown(text) == "X =\n    ⎡  1  -2 ⎤\n    ⎣ 30   4 ⎦\nf = [1 2]. Compute.\n"
    alone = text.partition(",")[0].removeprefix("X = ")
    assert shown(alone, 4, " A)") == " A)\n        ⎡  1  -2 ⎤\n        ⎣ 30   4 ⎦\n"


def test_marks_of_markdown_go_and_signs_of_arithmetic_stay() -> None:
    assert shown("`conv 8 3x3`; *valid* and **bold**: 2 * 3 * 4, a_1, `3*D + 2`") == (
        "conv 8 3x3; valid and bold: 2 * 3 * 4, a_1, 3*D + 2\n"
    )


def test_no_tex_is_left_in_any_question() -> None:
    for slug in slugs():
        for seed, kind in enumerate(load(slug).kinds):
            question = build(slug, seed, kind)
            texts = [question.prompt, *question.solution, *(option.text for option in question.options)]
            for text in texts:
                assert not re.search(r"\$|\\|\{|\x00", shown(text)), (slug, shown(text))
                assert shown(text).strip()
