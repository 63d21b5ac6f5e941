"""Free-text questions of exam length; the tasks and their rubrics are those of `exercises/essays/`."""

from generators.authoring import Essay, about, drawn
from generators.essays import rubric, task, wrong_claims

TASKS = [
    "a1", "a2", "a3", "a4", "a5", "alexnet", "d1", "d3", "derive-gradient",
    "derive-output-size", "feature-hierarchy", "interview-1", "interview-2", "interview-4", "myth-1", "myth-2",
    "myth-3", "myth-4", "myth-5", "myth-6", "myth-7", "strided-or-pooling", "why-depth", "why-padding",
]  # fmt: skip
MINUTES_PER_MARK = 2


@about("free text", "Understand", "intermediate", kinds="ESSAY", minutes=12)
@drawn(name=TASKS)
def question(name: str) -> Essay:
    data = task(name)
    return Essay(
        " ".join(data["question"].split()),
        rubric(data),
        data["model"],
        wrong_claims(data),
        {"bloom": data["bloom"], "difficulty": data["level"], "minutes": MINUTES_PER_MARK * data["points"]},
    )
