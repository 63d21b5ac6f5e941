"""Under which condition a claim is true: a true rule is said with its condition."""

from generators.authoring import Which, about, drawn
from generators.statements import CLAIMS, under_which


@about("conditions", "Analyze", "intermediate", kinds="MCQ", marks=2, minutes=2)
@drawn(claim=[list(claim) for claim in CLAIMS])
def question(claim: list[int | str]) -> Which:
    return under_which(str(claim[0]), int(claim[1]))
