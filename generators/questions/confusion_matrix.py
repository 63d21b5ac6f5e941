"""Reading a confusion matrix of three classes."""

from generators.arrays import Rows, transposed
from generators.authoring import Ask, Fraction, Wrong, about, drawn, table
from generators.pictures import matrices

ASKS = {"accuracy": "the accuracy", "recall": "the recall of class {c}", "precision": "the precision of class {c}",
        "balanced": "the mean of the three classes' recalls"}


@about("evaluation", "Apply", "beginner", kinds="NAT MCQ", minutes=2)
@drawn(ask=list(ASKS), c=[1, 2, 3], M=lambda draw: [[draw.integer(12, 40) if i == j else draw.integer(0, 12)
                                                    for j in range(3)] for i in range(3)],
       where=lambda M: len({sum(row) for row in (*M, *transposed(M))}) == 6)
def question(ask: str, c: int, M: Rows) -> Ask:
    rows, columns, hit = [sum(r) for r in M], [sum(k) for k in transposed(M)], M[c - 1][c - 1]
    total, right, row, column = sum(rows), sum(M[i][i] for i in range(3)), rows[c - 1], columns[c - 1]
    values = {
        "accuracy": Fraction(right, total), "recall": Fraction(hit, row), "precision": Fraction(hit, column),
        "balanced": sum((Fraction(M[i][i], rows[i]) for i in range(3)), Fraction(0)) / 3,
        "mean-precision": sum((Fraction(M[i][i], columns[i]) for i in range(3)), Fraction(0)) / 3,
        "error": 1 - Fraction(right, total), "share": Fraction(hit, total), "of-right": Fraction(hit, right),
        "binary": 1 - Fraction(row + column - 2 * hit, total),
    }
    named = {
        "accuracy": f"This is the accuracy, {right} of {total}.",
        "recall": f"You divided {hit} by class {c}'s row: of what is {c}, how much is called so.",
        "precision": f"You divided {hit} by class {c}'s column: of what is called {c}, how much is it.",
        "balanced": "This is the mean recall: each class counts the same, however large it is.",
        "mean-precision": "This is the mean precision: you divided by columns.",
        "error": f"This is the share of errors, {total - right} of {total}.",
        "share": f"You divided the {hit} by all {total} images.",
        "of-right": f"You divided {hit} by the right ones, {right}.",
        "binary": f"This is how often “{c} or not {c}” is right.",
    }
    work = {"accuracy": f"On the diagonal: {right} of {total}", "recall": f"Row {c} holds {row}, {hit} of them right",
            "precision": f"Column {c} holds {column}, {hit} of them right",
            "balanced": "Recalls: " + ", ".join(f"{M[i][i]}/{rows[i]}" for i in range(3))}[ask]
    return Ask(
        f"In the confusion matrix {table(M)} rows are the true classes 1, 2, 3 and columns what the network says. What "
        f"is {ASKS[ask].format(c=c)}?", 100 * values[ask], [f"{work}: ≈ {float(100 * values[ask]):.1f} %."],
        [Wrong(100 * values[name], f"{name}-for-{ask}", why) for name, why in named.items() if name != ask],
        digits=1, unit="%", picture=matrices(M=M))
