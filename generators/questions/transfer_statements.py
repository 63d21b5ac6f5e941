"""What is true of transfer learning, and what is only often said."""

from generators.authoring import Which, about, drawn
from generators.statements import chosen, which


@about("transfer learning", "Understand", "intermediate", kinds="MSQ MCQ", minutes=1.5, version=3)
@drawn(picked=chosen("transfer"))
def question(picked: list[list[int]]) -> Which:
    return which("transfer", "transfer learning", picked)
