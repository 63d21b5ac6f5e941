"""Which augmentations keep the label."""

from generators.augmentations import CHANGES, TASKS
from generators.authoring import Line, Stream, Which, about, drawn


def picked(draw: Stream, task: str) -> list[str]:
    """Four changes; one to three of them keep the label."""
    keep, spoil = TASKS[task][1].split(), list(TASKS[task][2])
    right = draw.integer(4 - min(len(spoil), 3), 3)
    return [*draw.sample(keep, right), *draw.sample(spoil, 4 - right)]


@about("augmentation", "Understand", "beginner", kinds="MSQ", minutes=1.5)
@drawn(task=list(TASKS), changes=picked)
def question(task: str, changes: list[str]) -> Which:
    said, _, spoil = TASKS[task]
    lines = [Line(f"{CHANGES[name][0].upper()}{CHANGES[name][1:]}", f"{task}-{name}" if name in spoil else "",
                  spoil.get(name, "")) for name in changes]
    steps = [f"{line.text}: no. {line.why}" for line in lines if line.slug]
    kept = " ".join(line.text.lower() + "," for line in lines if not line.slug)
    return Which(f"A network learns to recognise {said}. Which of these changes to a training image, made at random, "
                 "keep its label right?", lines, [*steps, f"Still the same thing: {kept[:-1]}."])
