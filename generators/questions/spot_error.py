"""Find the wrong line of a worked solution; the lines after it follow from it."""

from generators.authoring import Line, Redraw, Which, about, drawn
from generators.chains import CHAINS


@about("worked solutions", "Evaluate", "intermediate", kinds="MCQ", marks=2, minutes=2.5, version=2)
@drawn(task=list(CHAINS), a=[20, 27, 32, 45], b=[3, 5], c=[1, 2, 3], d=[2, 3, 4], wrong=range(4))
def question(task: str, a: int, b: int, c: int, d: int, wrong: int) -> Which:
    title, chain = CHAINS[task]
    values, steps = [a, b, c, d], []
    for i, (text, right, slip, why) in enumerate(chain):
        good = right(*values)
        values.append(slip(*values) if i == wrong else good)
        if i == wrong and values[-1] == good:
            raise Redraw("the slip changes nothing")
        shown = f"Line {i + 1}, “{text.format(v=values[-1])}”, is "
        steps.append(shown + (f"wrong: it has to be {good}, because {why}." if i == wrong else "right."))
    lines = [Line(f"{i + 1}. {step[0].format(v=values[4 + i])}",
                  "" if i == wrong else f"{task}-line-{i + 1}-suspected",
                  "This line follows from what stands before it.") for i, step in enumerate(chain)]
    prompt = (f"{title.format(a=a, b=b, c=c, d=d)} One line of this solution is wrong; the lines after it follow from "
              "it. Which line is wrong?")
    return Which(prompt, lines, steps[: wrong + 1], fixed=True)
