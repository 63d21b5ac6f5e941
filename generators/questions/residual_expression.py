"""dy/dx of a residual block as a formula in D = dF/dx."""

from generators.authoring import Ask, Wrong, about, drawn
from generators.diagrams import residual


@about("residual networks", "Understand", "beginner", kinds="EXPRESSION", minutes=1, version=2)
@drawn(branch=[1, 2, 3, 4], shortcut=[1, 2, 3, 4], blocks=[1, 2])
def question(branch: int, shortcut: int, blocks: int) -> Ask:
    def scaled(k: int, name: str) -> str:
        return name if k == 1 else f"{k}*{name}"

    one = f"{scaled(branch, 'D')} + {shortcut}"
    key = one if blocks == 1 else f"({one})^2"
    y = f"{'' if branch == 1 else branch}F(x) + {'' if shortcut == 1 else shortcut}x"
    why = "The branch gives its factor times D, the shortcut adds its factor; chained blocks multiply."
    return Ask(
        f"A residual block computes $y = {y}$ for a scalar x, with $D = dF/dx$ the same everywhere. "
        f"No activation follows the addition.{' Two such blocks are chained.' * (blocks - 1)} "
        "What is the derivative of the output with respect to the input, as a formula in D?",
        key,
        [f"One block: `{one}`.", *[f"Two in a chain multiply: `{key}`."] * (blocks - 1)],
        [
            Wrong(scaled(branch, "D") if blocks == 1 else f"({scaled(branch, 'D')})^2", "identity-forgotten", why),
            Wrong(f"{branch * shortcut}*D", "factors-multiplied", why),
            Wrong(one if blocks == 2 else f"{one} + 1", "blocks-miscounted", why),
            Wrong(f"2*({one})", "factors-added", why),
            Wrong(str(shortcut**blocks), "identity-only", why),
            Wrong(f"({scaled(branch, 'D')})^{blocks} + {shortcut}", "one-shortcut", why),
        ],
        picture=residual([scaled(branch, "F(x)").replace("*", " · ")], f"{shortcut} · x" if shortcut > 1 else "x",
                         "two such blocks in a chain" * (blocks > 1)),
    )
