"""Intersection over union of two boxes."""

from generators.authoring import Ask, Fraction, Wrong, about, drawn
from generators.boxes import area, common
from generators.pictures import boxes

SIDES = range(3, 9)


@about("object detection", "Apply", "beginner", kinds="NAT MCQ", minutes=2)
@drawn(
    a=lambda draw: (lambda x, y: [x, y, x + draw.pick(SIDES), y + draw.pick(SIDES)])(draw.below(5), draw.below(5)),
    b=lambda draw: (lambda x, y: [x, y, x + draw.pick(SIDES), y + draw.pick(SIDES)])(draw.below(5), draw.below(5)),
    where=lambda a, b: 4 <= area(common(a, b)) < min(area(a), area(b)) and area(a) != area(b),
)
def question(a: list[int], b: list[int]) -> Ask:
    (left, top, right, bottom), both = common(a, b), area(common(a, b))
    union = area(a) + area(b) - both
    outer = (max(a[2], b[2]) - min(a[0], b[0])) * (max(a[3], b[3]) - min(a[1], b[1]))
    longer = (right - left + 1) * (bottom - top + 1)
    sizes = [(box[2] - box[0] + 1) * (box[3] - box[1] + 1) for box in (a, b)]
    return Ask(
        f"Two boxes are given by (left, top, right, bottom): A = ({', '.join(map(str, a))}) and B = "
        f"({', '.join(map(str, b))}); a box from 0 to 4 is 4 wide. What is their intersection over union (IoU)?",
        Fraction(both, union),
        [f"The intersection goes from {left} to {right} and from {top} to {bottom}: "
         rf"${right - left} \cdot {bottom - top} = {both}$.",
         f"A has {area(a)}, B {area(b)}: the union is {area(a)} + {area(b)} − {both} = {union}.",
         f"{both}/{union} ≈ {both / union:.3f}."],
        [
            Wrong(Fraction(both, area(a) + area(b)), "union-counts-twice", f"You divided by {area(a)} + {area(b)}."),
            Wrong(Fraction(2 * both, area(a) + area(b)), "dice-for-iou", "This is the Dice coefficient (F₁)."),
            Wrong(Fraction(both, area(a)), "share-of-A", f"You divided by A alone, {area(a)}."),
            Wrong(Fraction(both, area(b)), "share-of-B", f"You divided by B alone, {area(b)}."),
            Wrong(Fraction(both, outer), "enclosing-box", f"You divided by the box around both, {outer}."),
            Wrong(Fraction(longer, sum(sizes) - longer), "pixels-inclusive",
                  "You counted both ends; 0 to 4 is 4 wide."),
            Wrong(Fraction(union - both, union), "distance-for-iou", "This is 1 less the IoU."),
        ],
        digits=3, possible=(0, 1), picture=boxes(A=a, B=b),
    )
