"""Mean average precision of a detector on two classes, not interpolated."""

from itertools import accumulate

from generators.authoring import Ask, Fraction, Wrong, about, drawn


def precisions(hits: list[int]) -> list[Fraction]:
    """After each detection, the share of right ones so far."""
    return [Fraction(right, k) for k, right in enumerate(accumulate(hits), 1)]


def average(hits: list[int], objects: int) -> Fraction:
    """Precision at every right detection, added and divided by the number of objects."""
    return sum((p for p, hit in zip(precisions(hits), hits, strict=True) if hit), Fraction(0)) / objects


@about("object detection", "Apply", "advanced", kinds="NAT MCQ", marks=2, minutes=4)
@drawn(hits=lambda draw: [draw.shuffled([1] * draw.integer(2, 3) + [0] * draw.integer(1, 2)) for _ in range(2)],
       missed=lambda draw: [draw.below(3), draw.below(3)],
       where=lambda hits, missed: sum(missed) > 0 and any(h != sorted(h, reverse=True) for h in hits))
def question(hits: list[list[int]], missed: list[int]) -> Ask:
    objects = [sum(h) + m for h, m in zip(hits, missed, strict=True)]
    each = [average(h, n) for h, n in zip(hits, objects, strict=True)]
    key = (each[0] + each[1]) / 2
    shown = "; ".join(f"class {c}: {', '.join('wrong right'.split()[h] for h in row)}, of {n} objects in the images"
                      for c, row, n in zip("AB", hits, objects, strict=True))
    steps = [f"Class {c}: the precisions at the right detections, "
             f"({' + '.join(str(p) for p, h in zip(precisions(row), row, strict=True) if h)})/{n} ≈ {float(value):.4f}."
             for c, row, n, value in zip("AB", hits, objects, each, strict=True)]
    rows = list(zip(hits, objects, strict=True))
    slips = [
        (sum(average(h, sum(h)) for h in hits) / 2, "missed-ignored", "You left out the objects that were missed."),
        (sum(Fraction(sum(h), len(h)) for h in hits) / 2, "precision-at-end", "You took the precision of whole lists."),
        (sum(sum(precisions(h)) / len(h) for h in hits) / 2, "at-every-detection", "You averaged over wrong ones too."),
        (sum(average(h, len(h)) for h in hits) / 2, "divided-by-detections", "You divided by all detections."),
        (sum(Fraction(sum(h), n) for h, n in rows) / 2, "recall-for-precision", "This is the mean recall."),
        (average(hits[0] + hits[1], sum(objects)), "classes-joined", "You made one list of both; each has its own."),
        (each[0], "first-class-only", "This is class A alone."), (each[1], "last-class-only", "This is B alone."),
    ]
    return Ask(
        f"Detections of two classes by falling score; {shown}. Average precision is the sum of the precisions at the "
        "right detections, divided by the number of objects (no interpolation). What is the mean average precision "
        "(mAP)?",
        key, [*steps, f"The mean of both ≈ {float(key):.3f}."],
        [Wrong(Fraction(value), slug, why) for value, slug, why in slips],
        digits=3, possible=(0, 1))
