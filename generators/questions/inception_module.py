"""Channels and parameters of an Inception module (Szegedy et al. 2015, figure 2b)."""

from generators.authoring import Ask, Slips, Wrong, about, drawn
from generators.diagrams import branches

ASKS = {"channels": "How many channels does the output have", "params": "How many parameters does the module have (one "
        "bias per filter)"}


@about("Inception", "Apply", "advanced", kinds="MCQ NAT", marks=2, minutes=3, version=2)
@drawn(
    ask=list(ASKS), Ci=[192, 256, 480, 512], b1=[64, 96, 128], r3=[48, 64, 96], b3=[96, 128, 192], r5=[16, 24, 32],
    b5=[32, 48, 64], pp=[32, 48, 64],
)
def question(ask: str, Ci: int, b1: int, r3: int, b3: int, r5: int, b5: int, pp: int) -> Ask:
    parts = [(Ci + 1) * b1, (Ci + 1) * r3, (9 * r3 + 1) * b3, (Ci + 1) * r5, (25 * r5 + 1) * b5, (Ci + 1) * pp]
    width, params = b1 + b3 + b5 + pp, sum(parts)
    slips: Slips = {
        "channels": [(width + r3 + r5, "reducers-concatenated"), (max(b1, b3, b5, pp), "largest-branch"),
                     (width - pp, "pool-branch-forgotten"),
                     (width - pp + Ci, "pool-branch-keeps-input"), (width + Ci, "input-concatenated"),
                     (b1, "branches-added")],
        "params": [(params - b1 - r3 - b3 - r5 - b5 - pp, "bias-forgotten"),
                   ((Ci + 1) * b1 + (9 * Ci + 1) * b3 + (25 * Ci + 1) * b5, "no-reducers"),
                   (params - parts[5], "pool-branch-forgotten"), (params - parts[1] - parts[3], "reducers-forgotten"),
                   (params - r3 - r5, "reducer-biases-forgotten"), (parts[0] + parts[2] + parts[4], "outer-only")],
    }
    why = "The four branches' outputs are concatenated along the channels; reducers are inside their branches."
    return Ask(
        f"An Inception module on {Ci} channels has four branches: 1×1 ({b1}); 1×1 ({r3}) then 3×3 ({b3}); 1×1 ({r5}) "
        f"then 5×5 ({b5}); 3×3 max pooling then 1×1 ({pp}). Numbers in brackets are filters; all keep the size. "
        f"{ASKS[ask]}?",
        width if ask == "channels" else params,
        [
            f"Concatenated: {b1} + {b3} + {b5} + {pp} = {width} channels.",
            f"Convolutions, in order: {' + '.join(map(str, parts))} = {params} parameters.",
        ],
        [Wrong(value, slug, why) for value, slug in slips[ask]],
        picture=branches([f"1×1 ({b1})"], [f"1×1 ({r3})", f"3×3 ({b3})"], [f"1×1 ({r5})", f"5×5 ({b5})"],
                         ["pool 3×3", f"1×1 ({pp})"], start=f"{Ci} channels", end="concatenation"),
    )
