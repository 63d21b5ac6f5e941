"""dy/dx of a residual block as a formula in D = dF/dx."""

from generators.authoring import Ask, Wrong, about, drawn
from generators.diagrams import residual


def scaled(k: int, name: str) -> str:
    """k times something: D · 3*D · -D."""
    return {1: name, -1: f"-{name}"}.get(k, f"{k}*{name}")


@about("residual networks", "Understand", "beginner", kinds="EXPRESSION", minutes=1, version=4)
@drawn(branch=[1, 2, 3, 4, 5], shortcut=[-2, -1, 1, 2, 3, 4], blocks=[1, 2, 3])
def question(branch: int, shortcut: int, blocks: int) -> Ask:
    def chain(factor: str) -> str:
        return factor if blocks == 1 else f"({factor})^{blocks}"

    own, sign, size, many = scaled(branch, "D"), "-" if shortcut < 0 else "+", abs(shortcut), blocks > 1
    one, skip = f"{own} {sign} {size}", scaled(shortcut, "x").replace("*", " · ").replace("-", "−")
    key, count = chain(one), ["", "Two", "Three"][blocks - 1]
    y = f"{scaled(branch, 'F(x)')} {sign} {scaled(size, 'x')}".replace("*", "")
    slips = [
        (chain(own), "identity-forgotten", f"You left the shortcut out; it adds the derivative of {skip} to `{own}`"),
        (chain(scaled(branch * shortcut, "D")), "paths-multiplied", f"You multiplied the paths; they add up: `{one}`"),
        (chain(f"{own} + 1"), "shortcut-as-identity", f"You let the shortcut be x; it is {skip}: `{one}`"),
        (chain(f"{own} {sign} {scaled(size, 'x')}"), "shortcut-not-differentiated", f"You kept {skip} itself: `{one}`"),
        (chain(f"D {sign} {size}"), "branch-factor-forgotten", f"F(x) counts {branch} times, so D does: `{one}`"),
        (str(shortcut**blocks), "identity-only", f"You differentiated the shortcut alone; the branch adds `{own}`"),
        (one, "one-block-only", f"This is one block; the chain rule multiplies {blocks} such factors"),
        (f"{blocks}*({one})", "blocks-added", f"You added the {blocks} blocks; the chain rule multiplies them"),
        (f"{chain(own)} {sign} {size}", "one-shortcut", f"You used {skip} once; each of the {blocks} blocks has it"),
        (f"{chain(own)} + ({shortcut})^{blocks}", "powers-added", "You raised each term; mixed terms are missing"),
    ]
    return Ask(
        f"A residual block computes $y = {y}$ for a scalar x, with $D = dF/dx$ the same everywhere. No activation "
        f"follows the addition.{f' {count} such blocks are chained.' * many} What is the derivative of the output with "
        "respect to the input, as a formula in D?",
        key,
        [f"One block: `{one}`.", *[f"{count} in a chain multiply: `{key}`."] * many],
        [Wrong(value, slug, f"{why}.") for value, slug, why in slips],
        picture=residual([scaled(branch, "F(x)").replace("*", " · ")], skip,
                         f"{count.lower()} such blocks in a chain" * many),
    )
