"""What a batch normalisation layer learns and what it only stores (PyTorch's BatchNorm2d)."""

from generators.authoring import Ask, Wrong, about, drawn

PAIRS = ["scale and shift", "running mean and variance"]


@about("batch normalisation", "Remember", "beginner", kinds="MCQ NAT", minutes=1, version=2)
@drawn(ask=["learned", "buffers"], C=[8, 16, 32, 64, 96, 128, 256, 512], H=[7, 14, 28, 56])
def question(ask: str, C: int, H: int) -> Ask:
    learned = ask == "learned"
    counter = 0 if learned else 1
    key = 2 * C + counter
    pair, other = PAIRS if learned else PAIRS[::-1]
    asked = "How many parameters does it learn" if learned else (
        "How many numbers does it store that are not learned (running mean, running variance, one counter of batches)")
    return Ask(
        f"A batch normalisation layer with scale and shift follows a convolution whose output is {H}×{H}×{C}. {asked}?",
        key,
        ["All statistics, scales and shifts are per channel.",
         rf"$2 \cdot {C}{'' if learned else ' + 1'} = {key}$."],
        [
            Wrong(C + counter, "one-per-channel", f"You counted one number per channel; {pair} are two."),
            Wrong(4 * C, "learned-and-stored", "You counted the running mean and variance too; they are only stored."
                  if learned else "You counted scale and shift too, which are learned, and left out the counter."),
            Wrong(4 * C + 1, "everything-counted",
                  f"This is all that the layer holds; {other}{' and the counter' * learned} do not belong to it."),
            Wrong(2 * C + 1 - counter, "stored-for-learned" if learned else "counter-forgotten",
                  f"You counted what is stored: {other} of {C} channels and the counter of batches." if learned else
                  f"{2 * C} are {pair}; the counter of batches comes on top."),
            Wrong(2 + counter, "one-pair", f"You counted {pair} once for the layer; each of {C} channels has its own."),
            Wrong(2 * C * H * H + counter, "per-position",
                  f"You counted {pair} at each of {H}·{H} positions; all positions of a channel share them."),
            Wrong(2 * H * H + counter, "positions-for-channels",
                  f"You counted {pair} for {H}·{H} positions; they belong to the {C} channels."),
            Wrong(0, f"nothing-{'learned' if learned else 'stored'}",
                  "Subtracting the mean and dividing learn nothing, but scale and shift do." if learned else
                  "You stored nothing; in evaluation the layer needs the running mean and variance."),
        ],
    )
