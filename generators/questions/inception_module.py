"""Channels and parameters of an Inception module (Szegedy et al. 2015, figure 2b)."""

from generators.authoring import Ask, Wrong, about, drawn
from generators.diagrams import branches
from generators.shapes import filters

ASKS = {"channels": "How many channels does the output have",
        "params": "How many parameters does the module have (one bias per filter)"}


@about("Inception", "Apply", "advanced", kinds="MCQ NAT", marks=2, minutes=3, version=3)
@drawn(ask=list(ASKS), Ci=[192, 256, 480, 512], b1=[64, 96, 128], r3=[48, 64, 96], b3=[96, 128, 192], r5=[16, 24, 32],
       b5=[32, 48, 64], pp=[32, 48, 64])
def question(ask: str, Ci: int, b1: int, r3: int, b3: int, r5: int, b5: int, pp: int) -> Ask:
    parts = [filters(*conv) for conv in [(1, Ci, b1), (1, Ci, r3), (3, r3, b3), (1, Ci, r5), (5, r5, b5), (1, Ci, pp)]]
    width, every, params = b1 + b3 + b5 + pp, b1 + r3 + b3 + r5 + b5 + pp, sum(parts)
    wrong = {
        "channels": [
            Wrong(every, "reducers-concatenated", f"You stacked the {r3} and {r5} of the reducers too."),
            Wrong(b1 + r3 + r5 + pp, "reducers-for-ends", f"You stacked {r3} and {r5}; branches end in {b3}, {b5}."),
            Wrong(max(b1, b3, b5, pp), "widest-branch", "This is the widest branch; the channels of all are stacked."),
            Wrong(width - pp, "pool-branch-forgotten", f"You left out the pooling branch; its 1×1 gives {pp}."),
            Wrong(width - pp + Ci, "pool-keeps-input", f"Pooling keeps {Ci} channels; the 1×1 after it gives {pp}."),
            Wrong(width + Ci, "input-concatenated", f"You stacked the {Ci} channels of the input as well.")],
        "params": [
            Wrong(params - every, "bias-forgotten", f"You left out the biases of the {every} filters."),
            Wrong(params - parts[5], "pool-branch-forgotten", f"You left out the 1×1 after pooling, {Ci} → {pp}."),
            Wrong(params - parts[1] - parts[3], "reducers-forgotten", "You left out the 1×1 before 3×3 and 5×5."),
            Wrong(params - sum(parts[1:5]) + filters(3, Ci, b3) + filters(5, Ci, b5), "no-reducers",
                  f"You let the 3×3 and 5×5 read {Ci} channels; they read {r3} and {r5}."),
            Wrong(params + 9 * Ci, "pooling-parameters", f"You gave pooling 9 weights for each of {Ci} channels."),
            Wrong(params + 8 * Ci * pp, "pool-window-in-1x1", "You gave the 1×1 after pooling a window of 3×3.")],
    }[ask]
    return Ask(
        f"An Inception module on {Ci} channels has four branches: 1×1 ({b1}); 1×1 ({r3}) then 3×3 ({b3}); 1×1 ({r5}) "
        f"then 5×5 ({b5}); 3×3 max pooling then 1×1 ({pp}). Numbers in brackets are filters; all keep the size. "
        f"{ASKS[ask]}?",
        width if ask == "channels" else params,
        [f"Concatenated: {b1} + {b3} + {b5} + {pp} = {width} channels.",
         f"Convolutions, in order: {' + '.join(map(str, parts))} = {params} parameters."], wrong,
        picture=branches([f"1×1 ({b1})"], [f"1×1 ({r3})", f"3×3 ({b3})"], [f"1×1 ({r5})", f"5×5 ({b5})"],
                         ["pool 3×3", f"1×1 ({pp})"], start=f"{Ci} channels", end="concatenation"),
    )
