"""Transfer learning: what a new head adds, and what is trained while the backbone is frozen."""

from generators.authoring import Ask, Fraction, Wrong, about, drawn, number, times

BACKBONES = {"ResNet-18": (512, 11_176_512), "ResNet-50": (2048, 23_508_032), "MobileNetV2": (1280, 2_223_872),
             "EfficientNet-B0": (1280, 4_007_548), "DenseNet-121": (1024, 6_953_856)}
ASKS = {"trained": "How many parameters are trained",
        "total": "How many parameters does the whole network have now",
        "share": "What percentage of the whole network's parameters is trained"}


@about("transfer learning", "Apply", "intermediate", kinds="MCQ NAT", marks=2, minutes=2.5, version=4)
@drawn(ask=["trained", "trained", "total", "share"], backbone=list(BACKBONES), hidden=[64, 128, 256, 512],
       classes=[2, 4, 6, 10, 12, 20])
def question(ask: str, backbone: str, hidden: int, classes: int) -> Ask:
    features, frozen = BACKBONES[backbone]
    first, last, old = (features + 1) * hidden, (hidden + 1) * classes, (features + 1) * 1000
    direct, head, whole = (features + 1) * classes, first + last, frozen + first + last
    share, parts, bare = Fraction(100 * head, whole), f"{first} + {last}", head - hidden - classes
    slips = [
        (bare, frozen + bare, "bias-forgotten", f"You left out the units' biases, {hidden} + {classes}."),
        (last, frozen + last, "last-layer-only", f"You left out the layer of {hidden} units: {first} are new there."),
        (first, frozen + first, "first-layer-only", f"You left out the last layer: {last} are new there."),
        (direct, frozen + direct, "hidden-layer-ignored", f"The features feed {hidden} units, not the {classes}."),
        (head + hidden, whole + hidden, "dropout-counted", f"ReLU and dropout learn nothing; you added {hidden}."),
        (whole, whole, "frozen-counted", f"You took the backbone's {number(frozen)} for trained."),
        (head, whole + old, "old-head-kept", f"You counted the old layer {features} → 1000 too; it was replaced."),
    ]
    wrong = [Wrong({"trained": part, "total": total, "share": Fraction(100 * part, total)}[ask], slug, why)
             for part, total, slug, why in slips] + {"trained": [], "total": [
        Wrong(head, "trained-only", f"This is what is trained; the frozen {number(frozen)} are in the network too."),
        Wrong(frozen, "head-forgotten", f"This is the backbone; the new head adds {parts}."),
    ], "share": [
        Wrong(Fraction(100 * head, frozen), "share-of-backbone", "You divided by the backbone; add the head to it."),
        Wrong(100 - share, "rest-for-share", "This is the share that stays frozen; asked is the other one."),
    ]}[ask]  # fmt: skip
    return Ask(
        f"{backbone} without its classifier has {number(frozen)} parameters and gives {features} features. It is "
        f"frozen; its 1000-class head is replaced by a fully connected layer of {hidden} units, ReLU, dropout and one "
        f"of {classes} units (both with biases). {ASKS[ask]}?", {"trained": head, "total": whole, "share": share}[ask],
        [rf"First: ${times(features + 1, hidden)} = {first}$; last: ${times(hidden + 1, classes)} = {last}$.",
         f"The head has {parts} = {head} parameters; the {number(frozen)} of the backbone stay frozen."],
        wrong, digits=2 if ask == "share" else None, unit="%" if ask == "share" else "")
