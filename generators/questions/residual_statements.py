"""What is true of residual networks, and what is only often said."""

from generators.authoring import Which, about, drawn
from generators.statements import chosen, which


@about("residual networks", "Understand", "intermediate", kinds="MSQ MCQ", minutes=1.5, version=3)
@drawn(picked=chosen("residual"))
def question(picked: list[list[int]]) -> Which:
    return which("residual", "residual networks", picked)
