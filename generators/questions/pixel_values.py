"""Input normalisation with numbers: a pixel into the network, and back for a picture."""

from generators.authoring import Ask, Fraction, Wrong, about, carried, drawn, number

CHANNELS = {"MNIST": (1307, 3081), "ImageNet's red": (4850, 2290), "ImageNet's green": (4560, 2240),
            "ImageNet's blue": (4060, 2250)}  # fmt: skip


@about("input normalisation", "Apply", "beginner", kinds="MCQ NAT", minutes=1.5, version=2)
@drawn(ask=["in", "out"], channel=list(CHANNELS), pixel=range(15, 250, 5), z=[n for n in range(-16, 21) if n],
       where=lambda ask, channel, z: ask == "in" or 0 < 10 * CHANNELS[channel][0] + z * CHANNELS[channel][1] < 10**5)
def question(ask: str, channel: str, pixel: int, z: int) -> Ask:
    mean, std = (Fraction(n, 10_000) for n in CHANNELS[channel])
    m, s, value, share = f"{float(mean):g}", f"{float(std):g}", Fraction(z, 10), Fraction(pixel, 255)
    said = (f"Each pixel of {channel} is divided by 255; then the mean {m} is subtracted, and the result is divided by "
            f"the standard deviation {s}. ")
    if ask == "in":
        key = (share - mean) / std
        return Ask(
            f"{said}What does the network get for the pixel {pixel}?", key,
            [f"{pixel}/255 = {number(share, 4)}.", f"({number(share, 4)} − {m}) / {s} = {number(key, 2)}."],
            [Wrong((pixel - mean) / std, "not-scaled", f"{m} is a mean of values up to 1: divide {pixel} by 255."),
             Wrong(share / std - mean, "mean-after-division", f"You divided by {s} before you subtracted {m}."),
             Wrong((share + mean) / std, "mean-added", f"The mean {m} is subtracted."),
             Wrong((share - mean) * std, "multiplied", f"You multiplied by {s}: divide."),
             Wrong((share - mean) / (std * std), "divided-by-variance", f"You divided by {s}², the variance."),
             Wrong((mean - share) / std, "other-way-round", f"You took {pixel}/255 from {m}; {m} is subtracted."),
             Wrong((share - std) / mean, "mean-for-deviation", f"{m} is the mean, {s} the standard deviation."),
             Wrong(share, "only-scaled", "You only divided by 255."),
             Wrong(share - mean, "deviation-forgotten", f"You did not divide by {s}.")], digits=2)  # fmt: skip
    key = value * std + mean
    slips = [Wrong((value + mean) * std, "mean-first", f"Undo the last step first: times {s}, then plus {m}."),
             Wrong(value * std - mean, "mean-subtracted", f"The mean was subtracted: add {m}."),
             Wrong(value * mean + std, "mean-for-deviation", f"{m} is the mean, {s} the standard deviation."),
             Wrong(mean - value * std, "sign-reversed", "The mean was subtracted, not subtracted from."),
             Wrong(value, "only-scaled", f"You only multiplied by 255: times {s} and plus {m} come first."),
             Wrong(value * std, "mean-forgotten", f"You did not add the mean {m}."),
             Wrong(value * std + Fraction(1, 2), "middle-for-mean", f"Half of the range is not the mean: add {m}."),
             Wrong(value + mean, "deviation-forgotten", f"You did not multiply by {s}."),
             Wrong(value / std + mean, "divided-again", f"The last step divided by {s}: multiply.")]  # fmt: skip
    return Ask(f"{said}The network got {number(value, 1)}. Which value from 0 to 255 did the pixel have?", 255 * key,
               [f"{number(value, 1)} · {s} + {m} = {number(key, 4)}, times 255."],
               carried(slips, lambda part: 255 * part), digits=0, possible=(0, 255))
