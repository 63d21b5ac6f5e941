"""The gradient of a small network's loss as a formula."""

from generators.authoring import Ask, Wrong, about, drawn

SETUPS = {
    "linear": ("A unit computes y = w x + b", "x, w, b", {"w": "x", "b": "1", "x": "w"}),
    "two": ("Two linear units compute h = u x and y = w h + b, so y = w u x + b", "x, u, w, b",
            {"w": "u*x", "u": "w*x", "b": "1"}),
    "square": ("A unit squares its sum: y = z² with z = w x + b", "z, x, w", {"w": "2*z*x", "b": "2*z", "x": "2*z*w"}),
    "residual": ("A residual unit computes y = w x + x", "x, w", {"w": "x", "x": "(w + 1)"}),
    "cube": ("A unit takes the third power of its sum: y = z³ with z = w x + b", "z, x, w",
             {"w": "3*z^2*x", "b": "3*z^2", "x": "3*z^2*w"}),
    "product": ("A gate multiplies: y = g h with h = w x + b", "g, h, x, w",
                {"w": "g*x", "g": "h", "b": "g", "x": "g*w"}),
}
LOSSES = {"half": ("L = (y − t)²/2", "(y - t)", 1), "whole": ("L = (y − t)²", "2*(y - t)", 2)}


@about("backpropagation", "Apply", "intermediate", kinds="EXPRESSION", minutes=2)
@drawn(setup=list(SETUPS), loss=list(LOSSES), name=lambda setup: list(SETUPS[setup][2]))
def question(setup: str, loss: str, name: str) -> Ask:
    said, names, slopes = SETUPS[setup]
    formula, error, twice = LOSSES[loss]
    slope = slopes[name]
    others = [other for other in slopes if other != name]
    return Ask(
        f"{said}. The loss for the target t is {formula}. Write the derivative of L with respect to {name} as a "
        f"formula in {names}.",
        f"{error}*{slope}",
        [f"By the chain rule dL/d{name} = dL/dy · dy/d{name}.", f"dL/dy = `{error}`, dy/d{name} = `{slope}`."],
        [
            Wrong(f"{error}", "chain-rule-stopped", f"This is dL/dy; multiply by dy/d{name}."),
            Wrong(f"{slope}", "loss-forgotten", f"This is dy/d{name}; multiply by dL/dy."),
            Wrong(f"(0 - 1)*{error}*{slope}", "sign-reversed", "The derivative of y − t with respect to y is +1."),
            Wrong(f"{error}*{slope}*{'2' if twice == 1 else '1/2'}", "factor-two",
                  f"The derivative of {formula[4:]} is {'y − t' if twice == 1 else '2 (y − t)'}."),
            Wrong(f"{error}^2*{slope}", "not-differentiated", "You kept the square; its derivative has the power 1."),
            Wrong(f"{error}*{slopes[others[0]]}", "other-variable",
                  f"This is the derivative with respect to {others[0]}."),
            Wrong(f"{error} + {slope}", "added", "The chain rule multiplies."),
        ],
    )
