"""Find the wrong line of a worked solution; the lines after it follow from it."""

from generators.authoring import Line, Redraw, Which, about, drawn
from generators.chains import CHAINS


@about("worked solutions", "Evaluate", "intermediate", kinds="MCQ", marks=2, minutes=2.5, version=3)
@drawn(task=list(CHAINS), a=[20, 27, 32, 45], b=[3, 5], c=[1, 2, 3], d=[2, 3, 4], wrong=range(4))
def question(task: str, a: int, b: int, c: int, d: int, wrong: int) -> Which:
    title, chain = CHAINS[task]
    values, steps, lines = [a, b, c, d], [], []
    for i, (text, how, right, slip, why) in enumerate(chain):
        good, shown = right(*values), how.format(a=a, b=b, c=c, d=d, x=values[4:])
        values.append(slip(*values) if i == wrong else good)
        if i == wrong and values[-1] == good:
            raise Redraw("the slip changes nothing")
        line = text.format(v=values[-1])
        told = f"wrong: it has to be {shown} = {good}, because {why}." if i == wrong else f"right: {shown} = {good}."
        steps.append(f"Line {i + 1}, “{line}”, is {told}")
        follows = f"Line {i + 1} does follow from what stands before it: {shown} = {good}; {why}."
        lines.append(Line(f"{i + 1}. {line}", *([] if i == wrong else [f"{task}-line-{i + 1}-suspected", follows])))
    prompt = (f"{title.format(a=a, b=b, c=c, d=d)} One line of this solution is wrong; the lines after it follow from "
              "it. Which line is wrong?")
    return Which(prompt, lines, steps[: wrong + 1], fixed=True)
