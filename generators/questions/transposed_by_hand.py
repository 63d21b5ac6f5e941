"""Transposed convolution by hand: stamps are laid down and overlaps add up."""

from generators.arrays import Rows, correlate, flat, mapped, padded, stamped, transposed, turned
from generators.authoring import Ask, Wrong, about, drawn, integers, table
from generators.pictures import matrices


@about("transposed convolution", "Apply", "intermediate", kinds="MATRIX", marks=2, minutes=3)
@drawn(X=integers(-1, 4, 2, 2), K=integers(-1, 3, 2, 2), S=[1, 1, 2],
       where=lambda X, K: turned(K) != K and transposed(K) != K and 0 not in flat(X) and len(set(flat(X))) > 2)
def question(X: Rows, K: Rows, S: int) -> Ask:
    key, side = stamped(X, K, S), S + 2
    (a, b), (c, d) = X
    at, step = (1, "") if S == 1 else (2, " \\cdot 2")
    terms = f"({d})({K[0][0]})"
    if S == 1:
        terms = f"({a})({K[1][1]}) + ({b})({K[1][0]}) + ({c})({K[0][1]}) + {terms}"
    last = [[0] * side for _ in range(side)]
    for i, row in enumerate(X):
        for j, x in enumerate(row):
            for m, n in ((0, 0), (0, 1), (1, 0), (1, 1)):
                last[i * S + m][j * S + n] = x * K[m][n]
    return Ask(
        f"Compute the transposed convolution of X = {table(X)} with K = {table(K)}, stride {S}, no padding, no bias.",
        key,
        [f"The output has $(2 - 1) \\cdot {S} + 2 = {side}$ rows and columns. The stamp $X[i][j] \\cdot K$ has its "
         f"upper left corner at row $i{step}$, column $j{step}$; where stamps overlap, they are added.",
         f"At row {at}, column {at}: ${terms} = {key[at][at]}$.",
         f"All entries: {table(key)}."],
        [
            Wrong(correlate(X, K), "ordinary-convolution", "You laid K on X, which makes it smaller."),
            Wrong(stamped(X, turned(K), S), "kernel-flipped", "A stamp is K as it is written, times one pixel."),
            Wrong(stamped(X, transposed(K), S), "kernel-transposed", "The layer's name does not mean Kᵀ."),
            Wrong(last if S == 1 else None, "overlaps-overwritten", "Where two stamps meet, their values are added."),
            Wrong(stamped(X, K, 3 - S), "stride-wrong", f"Neighbouring stamps start {S} apart."),
            Wrong(stamped(K, X, S) if S > 1 else None, "roles-exchanged", "You laid X down for every entry of K."),
            Wrong(mapped(lambda v: -v, key), "sign-reversed", "Mind the signs."),
            Wrong(padded(mapped(lambda x, k: x * k, X, K), 1) if S > 1 else None, "entry-by-entry",
                  "You multiplied X and K entry by entry; every pixel meets all of K."),
        ],
        picture=matrices(X=X, K=K),
    )
