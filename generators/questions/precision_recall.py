"""Precision, recall, F1 and accuracy from counts."""

from generators.authoring import Ask, Fraction, Wrong, about, drawn

SAID = {"precision": "TP/(TP + FP)", "recall": "TP/(TP + FN)", "F1": "2 TP/(2 TP + FP + FN)"}


@about("evaluation", "Apply", "beginner", kinds="NAT MCQ", minutes=1.5)
@drawn(ask=list(SAID), tp=[18, 24, 30, 36, 42, 45, 60, 72, 84, 90], fp=[4, 6, 8, 10, 12, 15, 20, 30],
       fn=[3, 5, 9, 14, 16, 18, 25, 40], tn=[50, 80, 120, 200, 300, 500])
def question(ask: str, tp: int, fp: int, fn: int, tn: int) -> Ask:
    total = tp + fp + fn + tn
    values = {"precision": Fraction(tp, tp + fp), "recall": Fraction(tp, tp + fn),
              "F1": Fraction(2 * tp, 2 * tp + fp + fn), "accuracy": Fraction(tp + tn, total),
              "specificity": Fraction(tn, tn + fp), "mean": (Fraction(tp, tp + fp) + Fraction(tp, tp + fn)) / 2,
              "jaccard": Fraction(tp, tp + fp + fn), "rate": Fraction(fp, fp + tn), "ill": Fraction(tp + fn, total)}
    named = {
        "precision": "This is the precision, TP/(TP + FP): how many alarms are right.",
        "recall": "This is the recall, TP/(TP + FN): how many of the ill are found.",
        "F1": "This is F₁, the harmonic mean of precision and recall.",
        "accuracy": f"This is the accuracy: {tp + tn} of {total} are right.",
        "specificity": "This is the specificity, TN/(TN + FP).",
        "mean": "This is the plain mean of precision and recall.",
        "jaccard": "You divided TP by TP + FP + FN.",
        "rate": "This is the false positive rate, FP/(FP + TN).",
        "ill": "This is the share of the ill in the test.",
    }
    put = SAID[ask].replace("2 TP", f"2 · {tp}").replace("TP", str(tp)).replace("FP", str(fp)).replace("FN", str(fn))
    return Ask(
        f"A network looks for a disease in {total} X-rays. Ill and reported: {tp} (TP); well and reported: {fp} (FP); "
        f"ill and not reported: {fn} (FN); well and not reported: {tn} (TN). What is the "
        f"{ask.replace('F1', 'F₁ score')}?",
        100 * values[ask],
        [f"The {ask.replace('F1', 'F₁ score')} is {SAID[ask]}.", f"{put} ≈ {float(values[ask]):.4f}."],
        [Wrong(100 * values[name], f"{name}-for-{ask}", why) for name, why in named.items() if name != ask],
        digits=1, unit="%",
    )
