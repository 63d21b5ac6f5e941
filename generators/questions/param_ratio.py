"""How many times larger one network is than another."""

import math

from generators.authoring import Ask, Fraction, Wrong, about, drawn, number

SIZES = [60_000, 160_074, 164_160, 526_086, 590_080, 3_504_872, 5_288_548, 6_998_552, 11_689_512, 25_557_032,
         61_000_000, 138_357_544, 150_529_000]


@about("parameters", "Apply", "beginner", kinds="NAT MCQ", minutes=1, version=5)
@drawn(large=SIZES, small=SIZES, where=lambda large, small: 2 * small < large < 100 * small)
def question(large: int, small: int) -> Ask:
    key = Fraction(large, small)
    coarse = [round(size, 1 - len(str(size))) for size in (large, small)]
    A, B, ratio, less = number(large), number(small), number(key, 1), number(100 - 100 / key, 1)
    return Ask(
        f"Network A has {A} parameters, network B has {B}. How many times as many does A have?",
        key,
        [f"{A} / {B} ≈ {float(key):.2f}."],
        [
            Wrong(1 / key, "ratio-inverted", f"You divided B by A; how often B goes into A is {A} / {B}."),
            Wrong(key - 1, "difference-for-ratio",
                  f"You divided A − B by B: that much more A has, {ratio} times as many."),
            Wrong(1 - 1 / key, "saving-for-ratio", f"You divided A − B by A: B saves {less} %; asked is A / B."),
            Wrong(100 - 100 / key, "saving-in-percent", f"B has {less} % fewer than A; asked is A / B, a factor."),
            Wrong(100 / key, "share-in-percent", f"B is {number(100 / key, 1)} % of A; it goes into A more than once."),
            Wrong(key + 1, "ratio-as-increase", f"You took {ratio} for an increase and added B once more."),
            Wrong(Fraction(math.log2(key)), "doublings-counted", f"So often B doubles to A, {ratio} times B."),
            Wrong(Fraction(*coarse), "rounded-first",
                  f"You rounded to {number(coarse[0])} and {number(coarse[1])} first: too coarse for one decimal."),
            Wrong(key * 10, "decimal-point", f"Ten times too many: times B gives {number(large * 10)}."),
            Wrong(key / 10, "decimal-point-left", f"Ten times too few: times B gives {number(key * small / 10, 0)}."),
        ],
        digits=1,
        possible=(1, None),
    )  # fmt: skip
