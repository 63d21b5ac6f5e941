"""Budgets of a vision system: pixels of all cameras, frames a second, latencies in a row."""

from generators.authoring import Ask, Fraction, Slips, Wrong, about, drawn

ASKS = {
    "pixels": "How many million pixels arrive with one set of frames",
    "rate": "How many sets of frames per second can it process, one after another",
    "latency": "How many milliseconds does one set take through all stages",
}


@about("memory and compute", "Apply", "beginner", kinds="NAT MCQ", minutes=1, version=2)
@drawn(
    ask=list(ASKS), cameras=[4, 6, 8], W=[1280, 1920, 2560], H=[720, 960, 1080, 1440],
    stages=lambda draw: [10 * draw.integer(1, 10) for _ in range(draw.integer(2, 4))],
)
def question(ask: str, cameras: int, W: int, H: int, stages: list[int]) -> Ask:
    total = sum(stages)
    pixels = Fraction(cameras * W * H, 10**6)
    keys: dict[str, int | Fraction] = {"pixels": pixels, "rate": Fraction(1000, total), "latency": total}
    slips: Slips = {
        "pixels": [(pixels / cameras, "one-camera"), (3 * pixels, "colours-counted"),
                   (Fraction(cameras * (W + H), 1000), "sides-added"),
                   (4 * pixels, "four-bytes-each"), (pixels * 10**6 / 2**20, "binary-million")],
        "rate": [(Fraction(1000, max(stages)), "slowest-only"), (Fraction(total, 1000), "ratio-inverted"),
                 (Fraction(100, total), "unit-wrong"),
                 (Fraction(1000 * len(stages), total), "mean-stage"), (Fraction(1000, min(stages)), "fastest-only")],
        "latency": [(max(stages), "slowest-only"), (Fraction(total, len(stages)), "mean"),
                    (total * cameras, "cameras-in-a-row"),
                    (total - stages[-1], "last-missed"), (total - stages[0], "first-missed"),
                    (total * len(stages), "stages-counted-twice")],
    }
    why = f"Stages follow each other: {' + '.join(map(str, stages))} = {total} ms; {cameras} cameras of {W}·{H} pixels."
    return Ask(
        f"A system reads {cameras} cameras of {W}×{H} pixels at once. Its stages follow each other without overlap "
        f"and take {', '.join(map(str, stages))} ms per set of frames. {ASKS[ask]}?",
        keys[ask],
        [{"pixels": f"{cameras} · {W} · {H} = {pixels * 10**6} pixels, {float(pixels):.2f} million.",
          "rate": f"One set takes {total} ms: 1000 / {total} ≈ {float(keys['rate']):.2f} per second.",
          "latency": f"{' + '.join(map(str, stages))} = {total} ms."}[ask]],
        [Wrong(value, slug, why) for value, slug in slips[ask]],
        digits=None if ask == "latency" else 2,
    )
