"""Transfer learning: what a new head adds, and what is trained while the backbone is frozen."""

from generators.authoring import Ask, Fraction, Slips, Wrong, about, drawn, number, times

BACKBONES = {"ResNet-18": (512, 11_176_512), "ResNet-50": (2048, 23_508_032), "MobileNetV2": (1280, 2_223_872),
             "EfficientNet-B0": (1280, 4_007_548), "DenseNet-121": (1024, 6_953_856)}
ASKS = {
    "trained": "How many parameters are trained",
    "total": "How many parameters does the whole network have now",
    "share": "What percentage of the whole network's parameters is trained",
}


@about("transfer learning", "Apply", "intermediate", kinds="MCQ NAT", marks=2, minutes=2.5)
@drawn(ask=["trained", "trained", "total", "share"], backbone=list(BACKBONES), hidden=[64, 128, 256, 512],
       classes=[2, 4, 6, 10, 12, 20])
def question(ask: str, backbone: str, hidden: int, classes: int) -> Ask:
    features, frozen = BACKBONES[backbone]
    first, last = (features + 1) * hidden, (hidden + 1) * classes
    head, old = first + last, (features + 1) * 1000
    share = Fraction(100 * head, frozen + head)
    keys: dict[str, int | Fraction] = {"trained": head, "total": frozen + head, "share": share}
    slips: Slips = {
        "trained": [(head - hidden - classes, "bias-forgotten"), (last, "last-layer-only"), (first, "first-layer-only"),
                    ((features + 1) * classes, "hidden-layer-ignored"), (frozen + head, "frozen-counted"),
                    (head + 2 * features, "features-counted"), (head + old, "old-head-kept")],
        "total": [(head, "trained-only"), (frozen, "head-forgotten"), (frozen + head + old, "old-head-kept"),
                  (frozen - old + head, "old-head-removed-twice"), (frozen + first, "last-layer-forgotten")],
        "share": [(Fraction(100 * head, frozen), "share-of-backbone"), (100 - share, "rest-for-share"),
                  (Fraction(100 * last, frozen + head), "last-layer-only"), (share / 100, "percent-forgotten"),
                  (Fraction(100 * head, frozen + head + old), "old-head-kept")],
    }
    why = f"The head has {first} + {last} = {head} parameters; the {number(frozen)} of the backbone stay frozen."
    return Ask(
        f"{backbone} without its classifier has {number(frozen)} parameters and gives {features} features. It is "
        f"frozen; its 1000-class head is replaced by a fully connected layer of {hidden} units, ReLU, dropout and one "
        f"of {classes} units (both with biases). {ASKS[ask]}?",
        keys[ask],
        [rf"First: ${times(features + 1, hidden)} = {first}$; last: ${times(hidden + 1, classes)} = {last}$.", why],
        [Wrong(value, slug, why) for value, slug in slips[ask]],
        digits=2 if ask == "share" else None,
        unit="%" if ask == "share" else "",
    )
