"""Memory of parameters or feature maps (1 MB = 10^6 bytes)."""

from generators.authoring import Ask, Fraction, Wrong, about, drawn, number

BYTES = {"float32": 4, "float16": 2, "int8": 1}
PARAMETERS = [60_000, 3_500_000, 5_300_000, 6_800_000, 25_600_000, 61_000_000, 138_000_000, 150_000_000]
ACTIVATIONS = [H * H * C for H, C in (
    (112, 64), (224, 64), (56, 256), (28, 512), (56, 64), (112, 32), (14, 1024), (7, 2048), (28, 192), (224, 32))]


@about("memory and compute", "Apply", "beginner", kinds="NAT MCQ", minutes=1, version=2)
@drawn(copies=[1, 1, 8, 16, 32], values=lambda copies: PARAMETERS if copies == 1 else ACTIVATIONS, dtype=list(BYTES))
def question(values: int, dtype: str, copies: int) -> Ask:
    size = BYTES[dtype]
    key = Fraction(values * size * copies, 10**6)
    what = f"{number(values)} parameters" if copies == 1 else (
        f"the activations of a layer for a batch of {copies} images ({number(values)} values per image)")
    takes = f"A number in {dtype} takes {size} byte{'s' * (size > 1)}."
    return Ask(
        f"How many megabytes (1 MB = 10^6 bytes) do {what} take in {dtype}?",
        key,
        [takes, rf"${copies} \cdot {values} \cdot {size} / 10^6 = {float(key):.2f}$."],
        [
            Wrong(key / size if size > 1 else key * 4, "bytes-per-value", takes),
            Wrong(key * 8, "bits-for-bytes", "Megabytes, not megabits."),
            Wrong(key / 8, "divided-by-eight", "A byte has 8 bits; the numbers are already counted in bytes."),
            Wrong(key * 10**6 / 2**20, "binary-megabytes", "A megabyte was stated to be 10^6 bytes."),
            Wrong(key / copies if copies > 1 else None, "batch-forgotten", "All images count."),
            Wrong(key * 2, "twice-the-bytes", takes),
        ],
        digits=2,
        unit="MB",
    )
