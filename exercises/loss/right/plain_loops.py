# Row by row with Python floats; returns a list of two.
from math import exp, fsum, log


def softmax_cross_entropy(logits, labels):
    N = len(labels)
    losses = []
    gradient = []
    for row, label in zip(logits, labels):
        row = [float(v) for v in row]
        top = max(row)
        powers = [exp(v - top) for v in row]
        total = fsum(powers)
        losses.append(top + log(total) - row[int(label)])
        gradient.append([(p / total - (k == label)) / N for k, p in enumerate(powers)])
    return [sum(losses) / N, gradient]
