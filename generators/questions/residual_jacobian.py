"""The Jacobian of a residual block with a linear branch: I + J."""

from generators.arrays import Rows, mapped, transposed
from generators.authoring import Ask, Wrong, about, drawn, integers, table


@about("residual networks", "Apply", "intermediate", kinds="MATRIX", minutes=1.5, version=2)
@drawn(J=integers(-3, 4, 2, 2), where=lambda J: J[0][1] != J[1][0])
def question(J: Rows) -> Ask:
    one = [[1, 0], [0, 1]]
    key = mapped(lambda a, b: a + b, one, J)
    return Ask(
        f"A residual block computes $y = F(x) + x$ for vectors of two entries, with $F(x) = J x$, J = {table(J)}, and "
        "no activation after the addition. What is the Jacobian matrix of y with respect to x?",
        key,
        ["The shortcut contributes the identity matrix, the branch J.", f"I + J = {table(key)}."],
        [
            Wrong(J, "identity-forgotten", "The shortcut adds the identity matrix."),
            Wrong(mapped(lambda v: v + 1, J), "one-everywhere", "The identity has ones on the diagonal only."),
            Wrong(one, "identity-only", "The branch has a derivative too."),
            Wrong(transposed(key), "transposed", "Row $i$ holds the derivatives of $y_i$."),
            Wrong(mapped(lambda a, b: a * (b + 1), one, J), "diagonal-only", "J mixes the entries."),
        ],
    )
