"""What the learning curves of two plain networks say of the deeper one (He et al. 2016, figure 1)."""

from generators import curves
from generators.authoring import Line, Which, about, drawn

KINDS = {
    "degradation": "It learns, but ends worse even on the training images: degradation",
    "overfitting": "It fits the training images better and ends worse on new ones: overfitting",
    "not-learning": "It hardly learns: its training error stays near that of guessing",
    "better": "It ends better on the training images and on new ones",
}


def run(kind: str, a: int, gap: int, more: int) -> curves.Run:
    """The deeper network's curves, beside a shallow one that ends at a and a + gap."""
    if kind == "not-learning":
        return curves.stuck(more - 4)
    if kind == "overfitting":
        return curves.overfitting(a - 7, a + gap - 1, more + 4)
    return curves.learning(a + more, gap) if kind == "degradation" else curves.learning(a - 4 - more // 6, gap)


@about("learning curves", "Analyze", "intermediate", kinds="MCQ", marks=2, minutes=2)
@drawn(kind=list(KINDS), layers=[[20, 56], [18, 50], [16, 44]], a=range(8, 15), gap=range(2, 6), more=range(5, 13))
def question(kind: str, layers: list[int], a: int, gap: int, more: int) -> Which:
    small, large = curves.learning(a, gap), run(kind, a, gap, more)
    (st, sv), (dt, dv) = [[errors[-1] for errors in part] for part in (small, large)]
    names = [f"{n} layers" for n in layers]
    ends = f"On training images {names[1]} end at {dt} % and {names[0]} at {st} %, on new ones at {dv} % and {sv} %"
    whys = {
        "degradation": f"{ends}; degradation is learning that ends with the higher training error.",
        "overfitting": f"{ends}; overfitting needs the lower training error and the higher validation error.",
        "not-learning": f"{ends}; guessing among ten classes is wrong in 90 % of the cases.",
        "better": f"{ends}: that is not lower on both.",
    }
    lines = [Line(text, f"{kind}-taken-for-{slug}" * (kind != slug), whys[slug]) for slug, text in KINDS.items()]
    prompt = (f"Two plain networks, of {layers[0]} and of {layers[1]} layers, learn to tell ten equally frequent "
              f"classes from the same images. After 60 epochs, {names[0]} err on {st} % of the training images and on "
              f"{sv} % of the validation images. What do the curves show of {names[1]}?")
    steps = [f"{ends}.", "The training error decides first: without a low one there is nothing to overfit."]
    return Which(prompt, lines, steps, picture=curves.drawn(names[0], small, names[1], large))
