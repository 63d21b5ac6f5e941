"""Memory of parameters or feature maps (1 MB = 10^6 bytes)."""

from generators.authoring import Ask, Fraction, Wrong, about, drawn, equals, number

BYTES = {"float32": 4, "float16": 2, "int8": 1}
PARAMETERS = [60_000, 3_500_000, 5_300_000, 6_800_000, 25_600_000, 61_000_000, 138_000_000, 150_000_000]
ACTIVATIONS = [H * H * C for H, C in (
    (112, 64), (224, 64), (56, 256), (28, 512), (56, 64), (112, 32), (14, 1024), (7, 2048), (28, 192), (224, 32))]


@about("memory and compute", "Apply", "beginner", kinds="NAT MCQ", minutes=1, version=5)
@drawn(copies=[1, 1, 8, 16, 32], values=lambda copies: PARAMETERS if copies == 1 else ACTIVATIONS, dtype=list(BYTES))
def question(values: int, dtype: str, copies: int) -> Ask:
    size = BYTES[dtype]
    one = Fraction(values * copies, 10**6)
    key = one * size
    what = f"{number(values)} parameters" if copies == 1 else (
        f"the activations of a layer for a batch of {copies} images ({number(values)} values per image)")
    takes = f"A number in {dtype} takes {size} byte{'s' * (size > 1)}"
    return Ask(
        f"How many megabytes (1 MB = 10⁶ bytes) do {what} take in {dtype}?",
        key,
        [f"{takes}.", f"{copies} · {number(values)} · {size} / 10⁶ {equals(key, 2)}."],
        [
            Wrong(key / copies if copies > 1 else None, "batch-forgotten", f"This is one image of {copies}."),
            Wrong(one if size > 1 else None, "numbers-for-bytes", f"You counted the numbers. {takes}."),
            Wrong(key * 8, "bits-for-bytes", "You multiplied by 8: these are megabits, 8 to a megabyte."),
            *(Wrong(one * other, f"{name}-assumed", f"You took {other} bytes a number, as in {name}. {takes}.")
              for name, other in {**BYTES, "float64": 8}.items() if other > 1 and name != dtype),
            Wrong(key / 8, "divided-by-eight", f"You divided by 8 bits. {takes}; nothing is counted in bits."),
            Wrong(key * 10**6 / 2**20, "binary-megabytes", "You divided by 2²⁰; here 1 MB is 10⁶ bytes."),
            Wrong(key / 1000, "gigabytes", "You divided by 10⁹: these are gigabytes."),
        ],
        digits=2,
        unit="MB",
    )
