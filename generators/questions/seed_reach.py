"""Which values of a script differ from run to run: a seed reaches forwards only, and into its own generator only."""

from generators.authoring import Line, Stream, Which, about, drawn

DRAWS = {  # a name, and what is drawn from which generator
    "W": {"numpy": "np.random.randn(8, 9)", "torch": "torch.randn(8, 9)", "own": "np.random.default_rng().random(9)"},
    "order": {"numpy": "np.random.permutation(600)", "torch": "torch.randperm(600)",
              "fixed": "np.random.default_rng(3).permutation(600)"},
    "mask": {"numpy": "np.random.rand(64) < 0.7", "torch": "torch.rand(64) < 0.7",
             "own": "np.random.default_rng().random(64) < 0.7"},
    "noise": {"numpy": "np.random.normal(size=9)", "torch": "torch.randn(9)",
              "fixed": "np.random.default_rng(5).normal(size=9)"},
}  # fmt: skip
SEEDS = {"numpy": "np.random.seed(0)", "torch": "torch.manual_seed(0)"}
WHY = {"fixed": "its generator has a seed of its own.", "own": "its generator has no seed.",
       "early": "it is drawn before the seed is set.", "other": "the seed is that of another generator.",
       "seeded": "the seed of its generator is set before."}  # fmt: skip


def script(draw: Stream) -> list[list[str]]:
    """Four names with their generators, and the seed, first to fourth of the five: one to three values differ."""
    while True:
        lines = [[name, draw.pick(list(DRAWS[name]))] for name in draw.shuffled(list(DRAWS))]
        lines.insert(draw.integer(0, 3), ["seed", draw.pick(list(SEEDS))])
        if {"seeded", "fixed"} & {*reasons(lines)} and {"early", "other", "own"} & {*reasons(lines)}:
            return lines


def reasons(lines: list[list[str]]) -> list[str]:
    """Why each value is the same in each run, or differs."""
    at = [name for name, _ in lines].index("seed")
    return [source if source in ("fixed", "own") else "other" if source != lines[at][1] else
            "early" if n < at else "seeded" for n, (name, source) in enumerate(lines) if name != "seed"]  # fmt: skip


@about("seeds", "Analyze", "intermediate", kinds="MSQ", marks=2, minutes=2.5)
@drawn(lines=script)
def question(lines: list[list[str]]) -> Which:
    code = [SEEDS[source] if name == "seed" else f"{name} = {DRAWS[name][source]}" for name, source in lines]
    told = dict(zip([name for name, _ in lines if name != "seed"], reasons(lines), strict=True))
    options = [Line(f"`{name}`", f"{why}-taken-for-unseeded" if why in ("fixed", "seeded") else "",
                    f"{name} is the same in each run: {WHY[why]}") for name, why in told.items()]
    steps = [f"{name} {'is the same' if why in ('fixed', 'seeded') else 'differs'}: {WHY[why]}"
             for name, why in told.items()]
    listing = " ".join(f"({n}) `{line}`" for n, line in enumerate(code, 1))
    return Which(f"A script has these lines, in this order: {listing}. It is run twice, on one machine. Which values "
                 "differ between the runs?", options, steps)
