"""How many times larger one network is than another."""

from generators.authoring import Ask, Fraction, Wrong, about, drawn, number

SIZES = [60_000, 160_074, 164_160, 526_086, 590_080, 3_504_872, 5_288_548, 6_998_552, 11_689_512, 25_557_032,
         61_000_000, 138_357_544, 150_529_000]


@about("parameters", "Apply", "beginner", kinds="NAT MCQ", minutes=1, version=2)
@drawn(large=SIZES, small=SIZES, where=lambda large, small: 2 * small < large < 100 * small)
def question(large: int, small: int) -> Ask:
    key = Fraction(large, small)
    return Ask(
        f"Network A has {number(large)} parameters, network B has {number(small)}. How many times as many does A have?",
        key,
        [f"{number(large)} / {number(small)} ≈ {float(key):.2f}."],
        [
            Wrong(1 / key, "ratio-inverted", "A divided by B."),
            Wrong(key - 1, "difference-for-ratio", "This is by how much A is larger, in sizes of B."),
            Wrong(1 - 1 / key, "saving-for-ratio", "This is the share that B saves."),
            Wrong(key + 1, "sum-for-ratio", "This compares both together with B."),
            Wrong(key * 10, "decimal-point", "Mind the powers of ten."),
            Wrong(key / 10, "decimal-point-left", "Mind the powers of ten."),
        ],
        digits=1,
    )
