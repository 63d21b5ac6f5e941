"""What a batch normalisation layer learns and what it only stores (PyTorch's BatchNorm2d)."""

from generators.authoring import Ask, Wrong, about, drawn


@about("batch normalisation", "Remember", "beginner", kinds="MCQ NAT", minutes=1)
@drawn(ask=["learned", "buffers"], C=[8, 16, 32, 64, 96, 128, 256, 512], H=[7, 14, 28, 56])
def question(ask: str, C: int, H: int) -> Ask:
    key = 2 * C if ask == "learned" else 2 * C + 1
    asked = "How many parameters does it learn" if ask == "learned" else (
        "How many numbers does it store that are not learned (running mean, running variance, one counter of batches)")
    why = "Per channel: scale and shift are learned, running mean and variance are stored; one counter for the layer."
    slips = [(C, "one-per-channel"), (4 * C, "buffers-counted"), (4 * C + 1, "everything-counted"), (2, "one-pair"),
             (2 * C * H * H, "per-position"), (0, "nothing-learned"), (4 * C + 1 - key, "learned-stored-confused")]
    return Ask(
        f"A batch normalisation layer with scale and shift follows a convolution whose output is {H}×{H}×{C}. {asked}?",
        key,
        ["All statistics, scales and shifts are per channel.",
         rf"$2 \cdot {C}{' + 1' if ask == 'buffers' else ''} = {key}$."],
        [Wrong(value, slug, why) for value, slug in slips],
    )
