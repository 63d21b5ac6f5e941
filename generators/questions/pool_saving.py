"""How many values pooling leaves, and how many times fewer these are."""

from generators.authoring import Ask, Fraction, Wrong, about, drawn, number, times


@about("pooling", "Apply", "beginner", kinds="MCQ NAT", minutes=1)
@drawn(ask=["ratio", *["left"] * 5], F=[2, 3, 4], n=[*range(3, 9), 12, 14, 16, 28, 32, 56],
       C=[3, 8, 16, 32, 64, 128], mode=["max", "average"])
def question(ask: str, F: int, n: int, C: int, mode: str) -> Ask:
    W, ratio = F * n, ask == "ratio"
    before, left, slid = W * W * C, n * n * C, W - F + 1
    wrong = [
        Wrong(F, "one-axis-only", f"You shrank one axis; height and width both shrink {F} times: {F} · {F}."),
        Wrong(F**3, "channels-pooled", f"You shrank the channels; each of the {C} is pooled alone."),
        Wrong(F * F - 1, "dropped-for-ratio", f"So many of a window's {F * F} values go; one in {F * F} is left."),
        Wrong(2 * F, "sides-added", f"You added {F} + {F}; height and width shrink independently: {F} · {F}."),
        Wrong(1, "unchanged", f"The number of channels stays, but the map is {n}×{n} after the pooling, not {W}×{W}."),
    ] if ratio else [
        Wrong(W * n * C, "one-axis-only", f"You shrank one axis; the map becomes {n} wide *and* {n} high."),
        Wrong(Fraction(left, F), "channels-pooled", f"You shrank the channels too; each of the {C} stays."),
        Wrong(slid * slid * C, "stride-forgotten", f"You moved the window 1 pixel at a time; its stride is {F}."),
        Wrong(before, "unchanged", f"This is the input; of each {F}×{F} window one value is left."),
        Wrong(before - left, "lost-for-left", f"These are the values that are lost; {number(left)} are left."),
        Wrong(n * n, "channels-forgotten", f"This is one channel; there are {C}."),
        Wrong(C, "global-for-window", f"This is global pooling, one value per channel; here there are {n} · {n}."),
    ]
    return Ask(
        f"{F}×{F} {mode} pooling with stride {F} runs on a {W}×{W}×{C} map. "
        f"{'How many times fewer values are left' if ratio else 'How many values are left'}?",
        F * F if ratio else left,
        [f"The map becomes ${W}/{F} = {n}$ wide and high; all {C} channels stay.",
         f"${times(n, n, C)} = {left}$ of ${times(W, W, C)} = {before}$ values: one in ${times(F, F)} = {F * F}$."],
        wrong,
    )
