"""What is true of pooling, and what is only often said."""

from generators.authoring import Which, about, drawn
from generators.statements import chosen, which


@about("pooling", "Understand", "beginner", kinds="MSQ MCQ", minutes=1.5, version=2)
@drawn(picked=chosen("pooling"))
def question(picked: list[list[int]]) -> Which:
    return which("pooling", "pooling", picked)
