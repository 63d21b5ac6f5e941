"""Budgets of a vision system: pixels of all cameras, frames a second, latencies in a row."""

from generators.authoring import Ask, Fraction, Wrong, about, drawn

ASKS = {"pixels": "How many million pixels arrive with one set of frames",
        "rate": "How many sets of frames per second can it process, one after another",
        "latency": "How many milliseconds does one set take through all stages"}


@about("memory and compute", "Apply", "beginner", kinds="NAT MCQ", minutes=1, version=5)
@drawn(ask=list(ASKS), cameras=[4, 6, 8], W=[1280, 1920, 2560], H=[720, 960, 1080, 1440],
       stages=lambda draw: [10 * draw.integer(1, 10) for _ in range(draw.integer(2, 4))])
def question(ask: str, cameras: int, W: int, H: int, stages: list[int]) -> Ask:
    total, most, added = sum(stages), max(stages), " + ".join(map(str, stages))
    pixels, rate, count = Fraction(cameras * W * H, 10**6), Fraction(1000, total), len(stages)
    key, line, wrong = {
        "pixels": (pixels, f"{cameras} · {W} · {H} = {pixels * 10**6} pixels, {float(pixels):.2f} million.", [
            Wrong(pixels / cameras, "one-camera", f"This is one camera, {W} · {H}; {cameras} arrive at once."),
            Wrong(3 * pixels, "colours-counted", "You counted three colours; together they are one pixel."),
            Wrong(4 * pixels, "four-bytes-each", "You multiplied by 4 bytes; asked are pixels, not memory."),
            Wrong(pixels / 3, "divided-by-colours", "You divided by three colours; a pixel has all three."),
            Wrong(pixels * 10**6 / 2**20, "binary-million", "You divided by 2²⁰ pixels; a million is 10⁶.")]),
        "rate": (rate, f"One set takes {total} ms: 1000 / {total} ≈ {float(rate):.2f} per second.", [
            Wrong(Fraction(1000, most), "slowest-only", f"1000 / {most} would need stages that overlap; one set takes "
                  f"{added} ms."),
            Wrong(1 / rate, "ratio-inverted", f"{total} / 1000 is the seconds that one set takes; turn it over."),
            Wrong(rate / 10, "hundred-milliseconds", "You divided 100 ms by the sum; a second has 1000."),
            Wrong(rate * cameras, "frames-for-sets", f"You counted single frames; {cameras} of them are one set."),
            Wrong(rate / cameras, "cameras-in-a-row", f"You put {cameras} cameras in a row; they are read at once."),
            Wrong(rate * count, "mean-for-sum", f"You divided by the mean of {count} stages; a set passes all.")]),
        "latency": (total, f"{added} = {total} ms.", [
            Wrong(most, "slowest-only", f"This is the slowest stage alone; add all: {added}."),
            Wrong(Fraction(total, count), "mean-for-sum", f"This is the mean of {count} stages; add them."),
            Wrong(total * cameras, "cameras-in-a-row", f"You put {cameras} cameras in a row; they are read at once."),
            Wrong(total - stages[-1], "last-missed", f"You stopped before the last stage, {stages[-1]} ms."),
            Wrong(total - stages[0], "first-missed", f"You left out the first stage, {stages[0]} ms."),
            Wrong(most * count, "slowest-for-all", f"You gave all stages the {most} ms of the slowest.")]),
    }[ask]
    return Ask(
        f"A system reads {cameras} cameras of {W}×{H} pixels at once. Its stages follow each other without overlap "
        f"and take {', '.join(map(str, stages))} ms per set of frames. {ASKS[ask]}?",
        key, [line], wrong, digits=None if ask == "latency" else 2,
    )
