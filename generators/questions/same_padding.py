"""The padding that keeps the size at stride 1."""

from generators.authoring import Ask, Wrong, about, drawn


@about("padding", "Remember", "beginner", kinds="MCQ NAT", minutes=0.5)
@drawn(F=[3, 5, 7, 9, 11])
def question(F: int) -> Ask:
    key = (F - 1) // 2
    return Ask(
        f"How many pixels of padding on every side keep the size of a {F}×{F} convolution (stride and dilation 1)?",
        key,
        [rf"$W - F + 2P + 1 = W$ gives $P = (F - 1)/2 = ({F} - 1)/2 = {key}$."],
        [
            Wrong(1, "same-means-one", "P = 1 is right for 3×3 only; a larger filter loses more at the border."),
            Wrong(F - 1, "full-for-same", "F − 1 on every side is full padding: the output grows."),
            Wrong((F + 1) // 2, "rounded-up", "This makes the output 2 pixels larger."),
            Wrong(0, "valid-for-same", f"Without padding the map loses {F - 1} pixels of its width."),
            Wrong(F, "kernel-for-padding", "Padding by the filter's size makes the output larger than the input."),
        ],
    )
