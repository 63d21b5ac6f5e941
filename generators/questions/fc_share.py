"""Which part of a network's parameters sits in one fully connected layer."""

from generators.authoring import Ask, Fraction, Wrong, about, drawn, number, times


@about("parameters", "Analyze", "intermediate", kinds="NAT MCQ", marks=2, minutes=2, version=3)
@drawn(H=range(2, 9), C=[64, 128, 256, 512], N=[512, 1024, 4096], rest=[1_000_000, 5_000_000, 14_714_688, 40_000_000])
def question(H: int, C: int, N: int, rest: int) -> Ask:
    layer = (H * H * C + 1) * N
    total = layer + rest
    key = Fraction(100 * layer, total)
    return Ask(
        f"A fully connected layer of {N} units (with biases) follows a flattened {H}×{H}×{C} map. All other layers "
        f"together have {number(rest)} parameters. What percentage of the network's parameters sits in this layer?",
        key,
        [
            rf"The layer: $({times(H, H, C)} + 1) \cdot {N} = {layer}$.",
            f"The whole network: ${layer} + {rest} = {total}$.",
            rf"$100 \cdot {layer} / {total} \approx {float(key):.1f}$ percent.",
        ],
        [
            Wrong(100 - key, "other-part", "This is the share of the other layers."),
            Wrong(Fraction(100 * layer, rest), "share-of-rest", "The layer itself is part of the total."),
            Wrong(Fraction(100 * (H * H + 1) * N, (H * H + 1) * N + rest), "channels-forgotten",
                  "All channels are connected."),
            Wrong(Fraction(100 * (C + 1) * N, (C + 1) * N + rest), "gap-assumed",
                  "The map is flattened, not averaged."),
            Wrong(Fraction(100 * total, layer), "ratio-inverted", "Part divided by whole."),
            Wrong(Fraction(200 * layer, layer + total), "layer-counted-twice", f"You counted the {layer} twice."),
            Wrong(Fraction(100 * ((H + 1) ** 2 * C + 1) * N, ((H + 1) ** 2 * C + 1) * N + rest), "map-too-large",
                  f"You took {H + 1}×{H + 1} positions; the map has {H}×{H}."),
        ],
        digits=1,
        unit="%",
    )
