"""What is true of convolution layers, and what is only often said."""

from generators.authoring import Which, about, drawn
from generators.statements import chosen, which


@about("convolution", "Understand", "beginner", kinds="MSQ MCQ", minutes=1.5, version=3)
@drawn(picked=chosen("convolution"))
def question(picked: list[list[int]]) -> Which:
    return which("convolution", "convolution layers", picked)
