"""The padding that keeps the size at stride 1."""

from generators.authoring import Ask, Wrong, about, drawn


@about("padding", "Remember", "beginner", kinds="MCQ NAT", minutes=1, version=2)
@drawn(F=[3, 5, 7, 9, 11], D=[1, 1, 2, 3, 4])
def question(F: int, D: int) -> Ask:
    reach = D * (F - 1)
    key = reach // 2
    spread = "Neighbouring weights of the filter are " + (f"{D} pixels apart." if D > 1 else "1 pixel apart.")
    return Ask(
        f"How many pixels of padding on every side keep the size of the map in a {F}-by-{F} convolution with stride 1 "
        f"and dilation {D}?",
        key,
        [
            f"{spread} The filter reaches over $D (F - 1) + 1 = {reach + 1}$ pixels.",
            rf"$W - {reach + 1} + 2P + 1 = W$ gives $P = D (F - 1)/2 = {D} \cdot ({F} - 1)/2 = {key}$.",
        ],
        [
            Wrong(1, "same-means-one", "P = 1 is right for 3×3 filters without dilation only."),
            Wrong(reach, "full-for-same", "This on every side is full padding: the output grows."),
            Wrong(key + 1, "rounded-up", "This makes the output 2 pixels larger."),
            Wrong(0, "valid-for-same", f"Without padding the map loses {reach} pixels of its width."),
            Wrong(key - 1, "one-too-few", "The output would be 2 pixels smaller."),
            Wrong(F, "kernel-for-padding", "Only the part of the filter beyond its middle sticks out."),
            Wrong((F - 1) // 2, "dilation-forgotten", f"With dilation {D} the filter reaches over {reach + 1} pixels."),
            Wrong(D * F // 2 + 1, "minus-one-forgotten", "The filter's middle lies on the pixel itself: F − 1, not F."),
        ],
    )
